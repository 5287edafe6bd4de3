"""Prove what is wrong: change one thing in an answer's source, and see whether it is right then.

A change that makes every case right names its place with certainty. A change that leads to a
declared misconception, or to a plain relation, shows two mistakes, of which both are named.
"""

import ast
import contextlib
import time
from dataclasses import replace

import numpy as np

from helpers.checker._comparing import MOST, flat
from helpers.checker._edits import edits
from helpers.checker._facts import unread
from helpers.checker._guards import quiet
from helpers.checker._relations import plain_relations
from helpers.checker._running import result, run
from helpers.checker._source import built, line, tree_of, words
from helpers.checker._trial import is_constant, judged, telling

COMPUTED = 0.8  # seconds of computing, all changes together
WAITED = 2.0  # seconds by the clock, on a busy machine
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
    void = _made_void(mine.exercise, tree)
    others = {hint: other for hint, other in theirs.items() if hint not in void} | _turned(mine)
    targets = _Targets(mine, {hint: t.got for hint, t in others.items() if _telling(t)})
    until = time.process_time() + COMPUTED, time.monotonic() + WAITED
    second = None
    for found in _tried(function, mine, targets, tree, ()):
        if found is None and (time.process_time() > until[0] or time.monotonic() > until[1]):
            break
        place, hint, sure = found or ("", None, False)
        if hint == "":
            return f"nearly right. {place}."
        if hint is not None and second is None and sure:
            second = f"two things. {place}. And then: {hint}"
    return second


def mended(function, mine, kinds):
    """Return a hint if one change of these kinds makes an answer right, or None."""
    tree = _changeable(function, mine)
    if tree is None:
        return None
    until = time.process_time() + COMPUTED, time.monotonic() + WAITED
    for found in _tried(function, mine, _Targets(mine, {}), tree, kinds):
        if time.process_time() > until[0] or time.monotonic() > until[1]:
            return None
        if found is not None:
            return f"nearly right. {found[0]}."
    return None


def _tried(function, mine, targets, tree, kinds):
    """Yield (place, what is reached, whether the change is telling) or None for every change."""
    loops = any(isinstance(node, (ast.While, ast.For)) for node in ast.walk(tree))
    with quiet(function), contextlib.closing(edits(tree, kinds)) as changes:
        for edit in changes:
            key = _reached(mine, built(function, tree), targets, _EACH if loops else None)
            yield None if key is None else (_place(tree, edit), key, edit.is_telling)


def _changeable(function, mine):
    """Return the answer's source, unless a change might copy a result too large for that."""
    values = (outcome.value for outcome in mine.got if isinstance(outcome.value, np.ndarray))
    return None if any(value.size > MOST for value in values) else tree_of(function)


def _telling(theirs):
    return len(telling(theirs)) >= 3 and not is_constant(theirs) and not _is_input(theirs)


def _made_void(exercise, tree):
    """Gather the hints of slips that ignore an argument which an answer reads.

    A change that leads to one of them has only destroyed what the answer does with the argument.
    """
    found, ignored = set(), unread(tree).keys()
    for slip, hint in exercise.misconceptions.items():
        other = tree_of(slip)
        if other is not None and unread(other).keys() - ignored:
            found.add(hint)
    return found


def _is_input(theirs):
    """Tell whether a slip hands back what it was given: a broken change does that as well."""
    rows = zip(theirs.exercise.cases.values(), theirs.got, strict=True)
    return all(
        any(theirs.same(outcome.value, arg) for arg in args)
        for args, outcome in rows
        if outcome.error is None
    )


def _turned(mine):
    """Make trials of the right results after a plain turn, such as "100 times as large"."""
    found = {}
    for turn, words_ in plain_relations():
        with contextlib.suppress(Exception):  # the turn has no meaning for such a result
            got = [replace(outcome, value=turn(outcome.value)) for outcome in mine.want]
            hint = f"compared with the right result, {words_}."
            found[hint] = judged(mine.exercise, got, mine.want)
    return found


def _place(tree, edit):
    if edit.node is tree or not hasattr(edit.node, "lineno"):
        return f"{edit.words[0].upper()}{edit.words[1:]}"
    more = f", and {edit.places - 1} more like it" if edit.places > 1 else ""
    return f"In line {line(tree, edit.node)}, {words(edit.node)}{more}: {edit.words}"


class _Targets:
    """What a change may lead to: "" for the right results, or the hint of a slip."""

    def __init__(self, mine, slips):
        self.mine = mine
        self.rows = {"": [(o.value, _trace(o.value)) for o in mine.want]}
        for hint, outcomes in slips.items():
            self.rows[hint] = [
                None if o.error is not None else (o.value, _trace(o.value)) for o in outcomes
            ]

    def matching(self, keys, place, value):
        """Keep the keys whose result in a case means the same as a value."""
        trace = _trace(value)
        return [key for key in keys if self._same(self.rows[key][place], value, trace)]

    def _same(self, row, value, trace):
        return row is not None and not self._apart(trace, row[1]) and self.mine.same(value, row[0])

    def _apart(self, one, other):
        """Tell by size and sum that two results differ by more than any tolerance."""
        if one is None or other is None:
            return False
        exercise = self.mine.exercise
        free = one[0] * (exercise.atol + 0.01) + max(exercise.rtol, 1e-4) * other[2]
        return one[0] != other[0] or abs(one[1] - other[1]) > free


def _trace(value):
    """Return size, sum and sum of the absolute values of finite numbers, or None."""
    numbers = flat(value)
    total = float(np.abs(numbers).sum()) if numbers is not None else float("nan")
    return (numbers.size, float(numbers.sum()), total) if total - total == 0 else None


def _reached(mine, function, targets, seconds):
    """Return the key of the target whose value a function gives in every case, or None."""
    if function is None:
        return None
    alive = list(targets.rows)
    for place, args in enumerate(mine.exercise.cases.values()):
        returned = result(function, args, seconds)
        alive = targets.matching(alive, place, *returned) if returned else []
        if not alive:
            return None
    if "" in alive:
        got = [run(function, args, seconds) for args in mine.exercise.cases.values()]
        return "" if set(judged(mine.exercise, got, mine.want).faults) <= _FINE else None
    return alive[0] if len(alive) == 1 else None


_FINE = {"", "dtype", "mutates"}
