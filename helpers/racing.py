"""A fair race: the same work by a loop, by a library and by our kernel, timed in one run."""

import time
from typing import NamedTuple

import numpy as np


class Lane(NamedTuple):
    """Best time of one contestant in seconds, and how many of ours fit into it."""

    name: str
    seconds: float
    ratio: float


class Race(tuple):
    """The lanes of a race, `ours` last; prints as a table."""

    __slots__ = ()

    def __repr__(self):
        rows = [
            f"{lane.name:<8} {1000 * lane.seconds:>10.3f} ms {lane.ratio:>10.1f} x" for lane in self
        ]
        return "\n".join(rows)

    def __getitem__(self, name):
        if isinstance(name, str):
            return next(lane for lane in self if lane.name == name)
        return super().__getitem__(name)


def race(*, ours, library=None, loop=None, rounds=7, rtol=1e-6, atol=1e-6, agree=None):
    """Check that contestants agree, then time them in turns and keep each one's best.

    Times on a shared computer drift from minute to minute; taking turns within one run makes the
    *ratio* trustworthy. The loop runs once when it takes longer than a second.

    Parameters
    ----------
    ours, library, loop : callables without arguments
    rounds : int >= 1
    rtol, atol : float
        Tolerance of the agreement, as in `numpy.allclose`.
    agree : callable, optional
        Takes a contestant's result and ours, returns whether they agree; for results that are
        random or not arrays.

    Returns
    -------
    Race
        A `Lane` for each contestant, ours last; ``race(...)["library"].ratio`` is how many times
        longer the library took than ours.

    Raises
    ------
    ValueError
        If a result differs from ours: a faster wrong answer wins nothing.
    """
    if rounds < 1:
        raise ValueError(f"`rounds` must be at least 1; got {rounds}.")
    runners = {"loop": loop, "library": library, "ours": ours}
    runners = {name: run for name, run in runners.items() if run is not None}
    agree = agree or (lambda theirs, own: np.allclose(theirs, own, rtol=rtol, atol=atol))
    expected, best = ours(), {}
    for name, run in runners.items():
        best[name], result = _time(run)
        if not agree(result, expected):
            raise ValueError(f"`{name}` must give the result of `ours`; it differs.")
    for _ in range(rounds):
        for name, run in runners.items():
            if name != "loop" or best[name] < 1:
                best[name] = min(best[name], _time(run)[0])
    return Race(Lane(name, best[name], best[name] / best["ours"]) for name in runners)


def _time(run):
    started = time.perf_counter()
    result = run()
    return time.perf_counter() - started, result
