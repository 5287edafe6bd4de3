"""Prove what is wrong: change one thing in an answer's source, and see whether it is right then.

A change that makes every case right names its place with certainty. A change that leads to a
declared misconception, or to a plain relation, shows two mistakes, of which both are named.
"""

import ast
import contextlib
from dataclasses import replace

import numpy as np

from helpers.checker._budget import Budget, counted, loops_of
from helpers.checker._comparing import MOST
from helpers.checker._edits import edits, instead
from helpers.checker._evidence import ignorant
from helpers.checker._guards import quiet
from helpers.checker._relations import plain_relations
from helpers.checker._running import run
from helpers.checker._safety import is_luck, is_nearer, stand_ins
from helpers.checker._source import built, line, tree_of, words
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
    second = None
    for place, hint, edit in _tried(function, mine, Targets(mine, others), tree, ()):
        if hint == "":
            sure = "" if edit.kind not in _MANY else "With one change every case is right. "
            return f"nearly right. {sure}{place}."
        if second is None and (edit.is_telling or (hint in slips and edit.is_fair(tree))):
            second = f"{TWO} {place}. And then: {hint}"
    return second


def mended(function, mine, kinds):
    """Return a hint if one change of these kinds makes an answer right, or None."""
    tree = _changeable(function, mine)
    if tree is None:
        return None
    found = next(_tried(function, mine, Targets(mine, {}), tree, kinds), None)
    return None if found is None else f"nearly right. {found[0]}."


def _tried(function, mine, targets, tree, kinds):
    """Yield (place, what is reached, the Edit) for changes that lead there."""
    budget, changes = Budget(), edits(tree, kinds)
    with quiet(function), contextlib.closing(changes):
        attempt = _Attempt(function, mine, tree, targets, budget)
        narrow = _is_narrow(mine)
        for edit in changes:
            if edit.kind == "widened" and not narrow:
                continue
            key = attempt.reached()
            if key is not None and not is_luck(edit, tree, mine.exercise.cases.values()):
                other = attempt.idle(edit, key)
                if other is None:
                    yield _place(tree, edit), key, edit
                elif key == "":
                    yield _place(tree, edit._replace(words=_unwanted(other))), key, edit
            elif budget.is_spent:
                return


class _Attempt:
    """Build a changed answer and run it over the cases."""

    def __init__(self, function, mine, tree, targets, budget):
        self.function, self.mine, self.tree = function, mine, tree
        self.targets, self.budget, self.loops = targets, budget, bool(loops_of(tree))
        budget.learn(self._built(), mine.exercise.cases.values(), self.loops)

    def _built(self):
        with counted(self.tree):
            return built(self.function, self.tree, self.budget.names)

    def reached(self):
        """Return the key of the target whose value the tree gives in every case, or None."""
        changed = self._built()
        if changed is None:
            return None
        alive = list(self.targets.rows)
        for place, args in enumerate(self.mine.exercise.cases.values()):
            returned = self.budget.call(changed, args, place, self.loops)
            alive = self.targets.matching(alive, place, *returned) if returned else []
            if not alive:
                return None
        if "" in alive:
            return "" if self._is_fine(changed) else None
        return alive[0] if len(alive) == 1 else None

    def _is_fine(self, changed):
        exercise = self.mine.exercise
        with self.budget.free():
            got = [run(changed, args) for args in exercise.cases.values()]
        return set(judged(exercise, got, self.mine.want).faults) <= _FINE

    def idle(self, edit, key):
        """Return what also reaches the same in the place of a change, else None."""
        for other in stand_ins(edit):
            with instead(edit, other):
                same = self.reached() == key
            if same:
                return other
        return None


def _unwanted(other):
    plain = isinstance(other, ast.Constant)
    shown, rest = (other.value, "it") if plain else (words(other), "the rest")
    return f"all is right with {shown} in its place, so {rest} is not wanted"


def _changeable(function, mine):
    """Return the answer's source, unless a change might copy a result too large for that."""
    values = (outcome.value for outcome in mine.got if isinstance(outcome.value, np.ndarray))
    return None if any(value.size > MOST for value in values) else tree_of(function)


def _is_narrow(mine):
    """Tell whether a case hands over whole numbers of a short dtype, or truth."""
    args = (arg for row in mine.exercise.cases.values() for arg in row)
    kinds = (arg.dtype for arg in args if isinstance(arg, np.ndarray))
    return any(kind.kind in "bui" and kind.itemsize < 8 for kind in kinds)


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


def _place(tree, edit):
    if edit.node is tree or not hasattr(edit.node, "lineno"):
        return f"{edit.words[0].upper()}{edit.words[1:]}"
    more = f", and {edit.places - 1} more like it" if edit.places > 1 else ""
    return f"In line {line(tree, edit.node)}, {words(edit.node)}{more}: {edit.words}"


# So many changes of these kinds are tried that one may fit by chance.
_MANY = {"wrapped", "unwrapped", "renamed", "numbered", "operated"}
_FINE = {"", "dtype", "mutates"}
