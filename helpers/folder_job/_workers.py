"""Workers that have laid down their work when their job ends, however it ends."""

import threading
from contextlib import contextmanager

from joblib import Parallel, delayed


class Gate:
    """The way to work for threads: once it is closed, none is at work any more.

    A thread that is still inside OpenCV when the interpreter ends makes it abort. In another
    process, as on a cluster, a gate is always open: nobody waits for it.
    """

    def __init__(self):
        self._change, self._at_work, self._closed = threading.Condition(), 0, False

    def __reduce__(self):
        return Gate, ()

    @contextmanager
    def at_work(self):
        """Count as one who works; yield whether the gate was still open."""
        with self._change:
            is_open = not self._closed
            self._at_work += is_open
        try:
            yield is_open
        finally:
            with self._change:
                self._at_work -= is_open
                self._change.notify_all()

    def close(self):
        """Let nobody begin, and wait for all who have begun; a further Ctrl-C waits as well."""
        while True:
            try:
                with self._change:
                    self._closed = True
                    self._change.wait_for(lambda: not self._at_work)
                    return
            except KeyboardInterrupt:
                continue


@contextmanager
def closing(gate):
    """Close a gate at the end."""
    try:
        yield gate
    finally:
        gate.close()


def side_by_side(workers, function, tasks, gate, *, ordered=False):
    """Yield the results of a function of one task, made by threads or by what joblib is told.

    Parameters
    ----------
    workers : int
    function : of the gate and a task; each piece of work stands in a ``with gate.at_work()``
    tasks : iterable
    gate : Gate
    ordered : bool
        In the order of the tasks, or as they are done.
    """
    way = "generator" if ordered else "generator_unordered"
    parallel = Parallel(n_jobs=workers, prefer="threads", return_as=way)
    return parallel(delayed(function)(gate, task) for task in tasks)
