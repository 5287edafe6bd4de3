"""Prove what is wrong: change one thing in an answer's source, and see whether it is right then.

A change that makes every case right names its place with certainty. A change that leads to a
declared misconception, or to a plain relation, shows two mistakes, of which both are named.
"""

import ast
import contextlib
from dataclasses import replace
from functools import partial

import numpy as np

from helpers.checker._attempts import FINE, tried
from helpers.checker._comparing import MOST
from helpers.checker._evidence import ignorant
from helpers.checker._relations import plain_relations
from helpers.checker._rivals import as_good, without
from helpers.checker._safety import is_nearer
from helpers.checker._slips import EQUAL
from helpers.checker._source import tree_of
from helpers.checker._targets import Targets
from helpers.checker._trial import is_constant, judged, telling
from helpers.checker._wording import TWO


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
    void = ignorant(mine.exercise, tree)
    slips = {hint: t for hint, t in theirs.items() if hint not in void and _leads_nearer(mine, t)}
    others = {hint: t.got for hint, t in (slips | _turned(mine)).items() if _telling(t)}
    first = second = None
    with contextlib.closing(tried(function, mine, Targets(mine, others), tree, ())) as found:
        for place, hint, edit in found:
            if hint == "":
                first = place, edit
                break
            if second is None and _shows_two(edit, hint in slips, tree):
                second = place, edit, hint
    if first is not None:
        return _nearly(function, mine, tree, *first)
    return None if second is None else _both(function, mine, tree, others, *second)


def _shows_two(edit, leads_to_slip, tree):
    """Tell whether a change that leads to something else shows two mistakes.

    Sides that are exchanged, and then a result upside down, are rather one other idea.
    """
    sides = edit.kind == "exchanged" and isinstance(edit.node, ast.BinOp)
    if leads_to_slip:
        return edit.is_telling or edit.is_fair(tree)
    return edit.is_telling and not sides


def mended(function, mine, kinds):
    """Return a hint if one change of these kinds makes an answer right, or None."""
    tree = _changeable(function, mine)
    if tree is None:
        return None
    with contextlib.closing(tried(function, mine, Targets(mine, {}), tree, kinds)) as found:
        first = next(((place, edit) for place, _, edit in found), None)
    return None if first is None else _nearly(function, mine, tree, *first)


def _nearly(function, mine, tree, place, edit):
    """Tell the change that mends an answer, a better one, or two of which each does."""
    reaching = partial(_reaching, function, mine, tree, Targets(mine, {}), "")
    edit, place = without(edit, reaching) or (edit, place)
    other = as_good(edit, reaching)
    if other is not None:
        return f"nearly right. One of two changes is enough: {_either(place, other)}."
    sure = "With one change every value is right. " * (edit.kind in _MANY)
    return f"nearly right. {sure}{place}."


def _both(function, mine, tree, slips, place, edit, hint):
    """Tell the change that leads to a known slip, or two of which each does, and the slip."""
    targets = Targets(mine, {hint: slips[hint]})
    other = as_good(edit, partial(_reaching, function, mine, tree, targets, hint))
    said = place if other is None else f"One of two: {_either(place, other)}"
    if edit.words == EQUAL and other is None:  # that side may be right, and differ in the slip only
        there = _small(place.removesuffix(f": {EQUAL}"))
        return f"with equal values on the other side, {there}, it is what one slip gives: {hint}"
    return f"{TWO} {said}. And then: {hint}"


def _either(*places):
    one, two = map(_small, places)
    return f"either {one}; or {two}"


def _small(said):
    return said[0].lower() + said[1:]


def _reaching(function, mine, tree, targets, key, kinds):
    """Yield (Edit, its place) of the changes of these kinds that lead to a target."""
    for place, reached, edit in tried(function, mine, targets, tree, kinds):
        if reached == key:
            yield edit, place


def _changeable(function, mine):
    """Return the answer's source, unless no value is wrong, or a change might copy a huge one."""
    if set(mine.faults) <= FINE:
        return None
    values = (outcome.value for outcome in mine.got if isinstance(outcome.value, np.ndarray))
    return None if any(value.size > MOST for value in values) else tree_of(function)


def _telling(theirs):
    return len(telling(theirs)) >= 3 and not is_constant(theirs) and not _is_input(theirs)


def _leads_nearer(mine, slip):
    return is_nearer(mine, [None if o.error is not None else o.value for o in slip.got])


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


# So many changes of these kinds are tried that one may fit by chance.
_MANY = {"wrapped", "unwrapped", "renamed", "numbered", "operated"}
