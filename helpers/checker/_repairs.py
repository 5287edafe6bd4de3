"""Prove what is wrong: change one thing in an answer's source, and see whether it is right then.

A change that makes every case right names its place with certainty. A change that leads to a
declared misconception shows two mistakes, of which both are named.
"""

import ast
import time

import numpy as np

from helpers.checker._comparing import MOST
from helpers.checker._edits import edits
from helpers.checker._running import run
from helpers.checker._source import built, line, tree_of, words
from helpers.checker._trial import is_constant, judged, telling

_COMPUTED = 0.8  # seconds of computing, all changes together
_WAITED = 2.0  # seconds by the clock, on a busy machine
_EACH = 0.3


def repair(function, mine, theirs):
    """Return a hint for the one change that mends an answer, or None.

    Parameters
    ----------
    function : the answer
    mine : Trial of the answer
    theirs : dict, hint -> Trial of a misconception
    """
    tree = _changeable(function, mine)
    if tree is None:
        return None
    targets = {"": mine.want, **{hint: t.got for hint, t in theirs.items() if _telling(t)}}
    each = _EACH if any(isinstance(node, ast.While) for node in ast.walk(tree)) else None
    until = time.process_time() + _COMPUTED, time.monotonic() + _WAITED
    second = None
    for edit in edits(tree):
        if time.process_time() > until[0] or time.monotonic() > until[1]:
            break
        hint = _reached(mine, built(function, tree), targets, each)
        if hint == "":
            return f"nearly right. {_place(tree, edit)}."
        if hint is not None and second is None and "too much" not in edit.words:
            second = f"two things. {_place(tree, edit)}. And then: {hint}"
    return second


def mended(function, mine, kinds):
    """Return a hint if one change of these kinds makes an answer right, or None."""
    tree = _changeable(function, mine)
    if tree is None:
        return None
    for edit in edits(tree, kinds):
        if _reached(mine, built(function, tree), {"": mine.want}, _EACH) == "":
            return f"nearly right. {_place(tree, edit)}."
    return None


def _changeable(function, mine):
    """Return the answer's source, unless a change might copy a result too large for that."""
    values = (outcome.value for outcome in mine.got if isinstance(outcome.value, np.ndarray))
    return None if any(value.size > MOST for value in values) else tree_of(function)


def _telling(theirs):
    return len(telling(theirs)) >= 3 and not is_constant(theirs) and not _is_input(theirs)


def _is_input(theirs):
    """Tell whether a slip hands back what it was given: a broken change does that as well."""
    rows = zip(theirs.exercise.cases.values(), theirs.got, strict=True)
    return all(
        any(theirs.same(outcome.value, arg) for arg in args)
        for args, outcome in rows
        if outcome.error is None
    )


def _place(tree, edit):
    if edit.node is tree or not hasattr(edit.node, "lineno"):
        return f"{edit.words[0].upper()}{edit.words[1:]}"
    return f"In line {line(tree, edit.node)}, {words(edit.node)}: {edit.words}"


def _reached(mine, function, targets, seconds):
    """Return the key of the target whose value a function gives in every case, or None."""
    if function is None:
        return None
    alive, got = dict(targets), []
    for place, args in enumerate(mine.exercise.cases.values()):
        got.append(run(function, args, seconds))
        if got[-1].error is not None:
            return None
        value = got[-1].value
        alive = {
            key: outcomes
            for key, outcomes in alive.items()
            if outcomes[place].error is None and mine.same(value, outcomes[place].value)
        }
        if not alive:
            return None
    faults = judged(mine.exercise, got, mine.want).faults
    if "" in alive:
        return "" if set(faults) <= {"", "dtype", "mutates"} else None
    return next(iter(alive)) if len(alive) == 1 else None
