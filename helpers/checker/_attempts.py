"""Run an answer with one change of its source after the other, and see what each leads to."""

import ast
import contextlib
import copy

import numpy as np

from helpers.checker._budget import ROUNDS, Budget, counted, loops_of
from helpers.checker._edits import edits, instead
from helpers.checker._guards import quiet
from helpers.checker._missing import FLOATS
from helpers.checker._running import run
from helpers.checker._safety import LARGE, NAN, is_luck, stand_ins
from helpers.checker._source import built, line, words
from helpers.checker._trial import judged
from helpers.checker._unseen import agree

FINE = {"", "dtype", "mutates"}  # faults of a result whose value is right


def tried(function, mine, targets, tree, kinds):
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
                    if not attempt.takes_any_factor(edit, key):
                        yield _place(tree, edit), key, edit
                elif key == "":
                    yield _place(tree, edit._replace(words=_idle_words(edit, other))), key, edit
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
        if not set(judged(exercise, got, self.mine.want).faults) <= FINE:
            return False
        if any(map(_loses_more, self.mine.got, got, self.mine.want)):
            return False
        with self.budget.free(ROUNDS):
            return agree(exercise, changed, exercise.reference)

    def idle(self, edit, key):
        """Return what also reaches the same in the place of a change, else None."""
        for other in stand_ins(edit):
            with instead(edit, other):
                same = self.reached() == key
            if same:
                return other
        return None

    def takes_any_factor(self, edit, key):
        """Tell whether a factor that no answer needs leads to the same: then it is an accident.

        Different numbers need no more than to stay different, to be names of groups, say.
        """
        if edit.kind != "wrapped" or edit.places > 1 or edit.words == FLOATS:
            return False
        for factor in (3, 0.7, LARGE):
            with instead(edit, ast.BinOp(ast.Constant(factor), ast.Mult(), copy.copy(edit.node))):
                if self.reached() == key:
                    return True
        return False


_UNDONE = "all is right where this never holds, so what is done under it is not wanted"
_ALWAYS = "all is right where this always holds, so nothing is to be left out by it"


def _idle_words(edit, other):
    """Say what an answer that is right with something else in the place of a change shows."""
    value = getattr(other, "value", None)
    if edit.kind == "compared" or value is NAN:
        always = value is NAN and isinstance(edit.spots[0][0].ops[0], ast.NotEq)
        return _ALWAYS if always else _UNDONE
    if value == LARGE:
        return "all is right with any large number in its place"
    plain = isinstance(other, ast.Constant)
    shown, rest = (other.value, "it") if plain else (words(other), "the rest")
    return f"all is right with {shown} in its place, so {rest} is not wanted"


def _loses_more(before, after, want):
    """Tell whether a change spoils an argument, or makes a whole number one that may miss it."""
    whole = all(isinstance(o.value, (int, np.integer)) for o in (before, want))
    cut = whole and isinstance(after.value, (float, np.floating))
    return cut or (after.mutated and not before.mutated and not want.mutated)


def _is_narrow(mine):
    """Tell whether a case hands over whole numbers of a short dtype, or truth."""
    args = (arg for row in mine.exercise.cases.values() for arg in row)
    kinds = (arg.dtype for arg in args if isinstance(arg, np.ndarray))
    return any(kind.kind in "bui" and kind.itemsize < 8 for kind in kinds)


def _place(tree, edit):
    if edit.node is tree or not hasattr(edit.node, "lineno"):
        return f"{edit.words[0].upper()}{edit.words[1:]}"
    more = f", and {edit.places - 1} more like it" if edit.places > 1 else _home(tree, edit)
    return f"In line {line(tree, edit.node)}, {words(edit.node)}{more}: {edit.words}"


def _home(tree, edit):
    """Tell in what a name or number stands that occurs several times in its line; else ""."""
    node, (home, *_) = edit.node, edit.spots[0]
    same = [
        part
        for part in ast.walk(tree)
        if getattr(part, "lineno", None) == node.lineno and ast.dump(part) == ast.dump(node)
    ]
    plain = isinstance(node, (ast.Name, ast.Constant)) and isinstance(home, ast.expr)
    if not plain or len(same) < 2:
        return ""
    with instead(edit, node):  # as it stood
        return f" in {words(home)}"
