"""Bound the work on changed answers by counted steps, so that a busy machine says the same."""

import ast
import contextlib
import time

import numpy as np

from helpers.checker._running import result

CALLS = 1500  # of changed answers, all changes together
ROUNDS = 200_000  # of their loops
SLOW = 200  # calls that a second of computing stands for: a learner waits
_NAME = "__round__"  # what a loop calls in each of its rounds
_FREE = 1000  # rounds that every call may make
_ODD = ("divide", "invalid", "over")  # what makes NaN or infinity
_PARTS = ("body", "orelse", "handlers", "finalbody", "cases")  # where statements stand
_LONG = 1.0  # seconds of computing: only a loop in other functions or in C takes so long


class Spent(BaseException):
    """Raised in a loop that makes too many rounds; `except Exception` must not swallow it."""


class Budget:
    """Count the calls and the rounds of loops of changed answers."""

    def __init__(self):
        self.calls = self.rounds = 0
        self._most = _FREE
        self._usual = {}
        self._odd = "raise"  # a change that makes NaN mends nothing, and LAPACK prints about it

    @property
    def is_spent(self):
        """Tell whether no further change should be tried."""
        return self.calls >= CALLS or self.rounds >= ROUNDS

    @property
    def names(self):
        """Return what must stand in the namespace of a changed answer."""
        return {_NAME: self._round}

    def _round(self):
        self.rounds += 1
        if self.rounds > self._most:
            raise Spent

    def _allow(self, *_):
        self._odd = "ignore"

    def learn(self, function, cases, loops):
        """Count the rounds of the unchanged answer in each case, and see whether it makes NaN."""
        for place, args in enumerate(cases):
            self._most, before = self.rounds + ROUNDS, self.rounds
            with np.errstate(call=self._allow, **dict.fromkeys(_ODD, "call")):
                result(function, args, _LONG if loops else None)
            self._usual[place] = self.rounds - before
        self.calls = self.rounds = 0

    @contextlib.contextmanager
    def free(self, most=float("inf")):
        """Let the calls within make so many rounds, and count none of them."""
        rounds, self.rounds = self.rounds, self._most - most
        try:
            yield
        finally:
            self.rounds = rounds

    def call(self, function, args, place, loops):
        """Return (value,) of a changed answer in a case, or None if it raised or is too slow."""
        self.calls += 1
        self._most = self.rounds + _FREE + 4 * self._usual.get(place, 0)
        begun = time.process_time()
        with np.errstate(**dict.fromkeys(_ODD, self._odd)):
            found = result(function, args, _LONG if loops else None)
        self.calls += int(SLOW * (time.process_time() - begun))
        return found


def loops_of(tree):
    """List the loops of a tree; only statements are looked at, for this is asked often."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.While, ast.For)):
            found.append(node)
        waiting += [below for part in _PARTS for below in getattr(node, part, ())]
    return found


@contextlib.contextmanager
def counted(tree):
    """Let each loop of a tree count its rounds while this lasts."""
    loops = loops_of(tree)
    for loop in loops:
        call = ast.Expr(ast.Call(ast.Name(_NAME, ast.Load()), [], []))
        loop.body.insert(0, ast.fix_missing_locations(ast.copy_location(call, loop)))
    try:
        yield
    finally:
        for loop in loops:
            del loop.body[0]
