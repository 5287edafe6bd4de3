"""Try a call that may hang inside C in a forked copy of the process, which can be ended.

A signal reaches Python code only between two bytecodes. `sum(range(10**11))` never gets there,
and no thread can stop it. Only calls that look like it are tried first in a copy: a copy of a
kernel lacks the threads of its libraries, so it is not the place to run every answer.
"""

import contextlib
import inspect
import os
import select
import signal
import time
import types
import warnings

_ENDLESS = {"count", "cycle", "repeat", "factorial", "product", "permutations", "combinations"}
_EATERS = {"sum", "max", "min", "list", "tuple", "set", "sorted", "any", "all", "len", "dict"}
_EATERS |= {"deque", "Counter", "fsum", "prod", "array", "fromiter", "frozenset"}


def may_hang(function):
    """Tell whether the code of a function names what may run in C without end."""
    names = set()
    for code in _codes(function):
        names |= set(code.co_names)
    return bool(names & _ENDLESS or ("range" in names and names & _EATERS))


def _codes(function):
    """Yield the code objects of a function and of the learner's functions that it calls."""
    waiting, seen = [inspect.unwrap(function)], set()
    while waiting:
        part = waiting.pop()
        code = part if isinstance(part, types.CodeType) else getattr(part, "__code__", None)
        if not isinstance(code, types.CodeType) or code in seen:
            continue
        seen.add(code)
        yield code
        waiting += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
        space = getattr(part, "__globals__", {})
        waiting += [space[n] for n in code.co_names if isinstance(space.get(n), types.FunctionType)]


def hangs(calls, seconds):
    """Return the place of the first of `calls` that outlasts its seconds, or None.

    Without `fork` (Windows) nothing is tried, and such a call has to be interrupted by hand.
    """
    if not hasattr(os, "fork"):
        return None
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a warning about forking with threads
        child = os.fork()
    if child == 0:
        _work(calls, writing)
    os.close(writing)
    try:
        late = next((at for at in range(len(calls)) if not _answers(reading, seconds)), None)
        if late is not None:
            _settle(reading, child, seconds)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        used = os.wait4(child, 0)[2]
    busy = used.ru_utime + used.ru_stime > seconds / 4
    return late if busy else None  # one that waits for a lost thread does not compute


def _answers(reading, seconds):
    ready, _, _ = select.select([reading], [], [], seconds)
    if ready:
        os.read(reading, 1)  # nothing at its end: the copy is gone, so nothing hangs
    return bool(ready)


def _settle(reading, child, seconds):
    """On a busy machine, wait until the copy has computed enough to tell, or has come back."""
    until = time.monotonic() + 10 * seconds
    while time.monotonic() < until and _computed(child) <= seconds / 4:
        if _answers(reading, seconds / 4):
            return


def _computed(child):
    """Return the seconds that a process has computed; infinity where the system does not say."""
    try:
        with open(f"/proc/{child}/stat", encoding="ascii") as told:
            fields = told.read().rpartition(")")[2].split()
    except OSError:
        return float("inf")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _work(calls, writing):
    """Make the calls in the copy, one byte for each that came back, and never return."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for call in calls:
            with contextlib.suppress(BaseException):
                call()
            os.write(writing, b".")
    finally:
        os._exit(0)
