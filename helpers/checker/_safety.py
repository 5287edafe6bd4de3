"""Tell whether a change of an answer is safe to name: it helps, and what it changes matters."""

import ast
import copy

import numpy as np

from helpers.checker._chance import ends_early
from helpers.checker._comparing import flat
from helpers.checker._source import called


def is_nearer(mine, results):
    """Tell whether results lie nearer to the right ones than those of an answer.

    Parameters
    ----------
    mine : Trial of the answer
    results : for each case the value, or None where none is known

    Returns
    -------
    bool
        True if no case gets worse and one gets better. A case is better if fewer of its numbers
        are wrong or all together are less wrong, and neither grows.
    """
    steps = [_step(mine, place, value) for place, value in enumerate(results)]
    return min(steps) >= 0 and max(steps) > 0


def _step(mine, place, value):
    """Return 1 where a value is nearer than that of the answer, -1 where farther, else 0."""
    got, want = mine.got[place], mine.want[place].value
    before = _distance(mine, None if got.error is not None else got.value, want)
    after = _distance(mine, value, want)
    if before == after or before is None is after:
        return 0
    if before is None or after is None:
        return 1 if before is None else -1
    less = [b <= a * (1 + 1e-9) for a, b in zip(before, after, strict=True)]
    return 1 if all(less) else -1


def _distance(mine, value, want):
    """Return how many numbers are wrong and by how much in all, or None for another shape."""
    if value is not None and mine.same(value, want):
        return 0, 0.0
    got, right = flat(value), flat(want)
    if got is None or right is None or got.shape != right.shape:
        return None
    with np.errstate(invalid="ignore"):
        apart = np.where(got == right, 0.0, np.abs(got - right))
    wrong = ~np.isclose(got, right, mine.exercise.rtol, mine.exercise.atol, equal_nan=True)
    return int(wrong.sum()), float(np.nan_to_num(apart, nan=np.inf).sum())


LARGE, NAN = 1009, float("nan")  # of a larger one a loop or an array may have no end
_IDLE = {"axes", "wrapped", "twins", "renamed", "exchanged", "operated", "added", "turned"}


def stand_ins(edit):
    """Yield 0 and 1, or one side of an operation, where they could stand instead of a change.

    If the answer is right with one of them as well, then nothing of the expression is wanted, or
    nothing of the other side, and its axis, say, is not the slip. With 0 as a condition nothing
    under it is done. What is compared with NaN is never equal, above or below, and always unequal.
    """
    node = edit.node
    plain = isinstance(node, ast.expr) and not isinstance(node, (ast.Constant, ast.Tuple))
    loads = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    if edit.kind in _IDLE and plain and loads and edit.places == 1:
        yield from (ast.Constant(0), ast.Constant(1))
        if edit.kind == "wrapped":
            yield ast.Constant(LARGE)
        if edit.kind in ("operated", "added") and isinstance(node, ast.BinOp):
            yield from (copy.copy(node.left), copy.copy(node.right))
    home = edit.spots[0][0]
    if isinstance(node, ast.Constant) and isinstance(home, ast.Compare) and len(home.ops) == 1:
        yield ast.Constant(NAN)
    guards = edit.kind == "compared" and edit.places == 1 and edit.spots[0][1] == "test"
    if guards and isinstance(home, (ast.If, ast.IfExp)):
        yield ast.Constant(0)


def is_luck(edit, tree, cases):
    """Tell whether a change, which stands in the tree now, reaches something by luck only.

    It does if the two sides of a difference or quotient are now the same, so that nothing is left
    of them, if an exponent is 0 now, so that nothing is left of the power, if a loop that can end
    early now goes through the values of a name without one, or if an argument of an unsigned dtype
    wraps.
    """
    for parent, _, _, new in edit.spots:
        steps = isinstance(getattr(new, "op", None), (ast.Add, ast.Sub, ast.Mult, ast.USub))
        if edit.kind == "wrapped" and steps and _is_unsigned(edit.node, tree, cases):
            return True
        sides = [ast.dump(part) for part in ast.iter_child_nodes(parent)]
        less = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Sub, ast.Div))
        if less and sides[0] == sides[-1]:
            return True
        power = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow)
        if power and parent.right is new and getattr(new, "value", None) == 0:
            return True
        part = isinstance(new, ast.Subscript) and new.value is edit.node
        named = part and isinstance(edit.node, ast.Name)
        if named and isinstance(parent, ast.For) and ends_early(parent):
            return True
    return False


def _is_unsigned(node, tree, cases):
    names = [place.arg for place in tree.args.args]
    at = names.index(node.id) if getattr(node, "id", None) in names else None
    values = [] if at is None else [row[at] for row in cases if at < len(row)]
    return any(getattr(getattr(value, "dtype", None), "kind", "") == "u" for value in values)


_SIZED = {"zeros", "ones", "full", "empty", "range", "arange", "reshape", "pad"}


def is_size(node, tree):
    """Tell whether a node stands where a place, a shape or a count is said, and not a value."""
    return any(part is node for each in ast.walk(tree) for part in _sizes(each))


def _sizes(node):
    for said in [*(node.args if called(node) in _SIZED else ()), getattr(node, "slice", None)]:
        yield from ast.walk(said) if said is not None else ()
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        yield node


def endless_pairs(node):
    """Yield (node, name): read there, a list would grow while it is read, or hold itself.

    In a loop any name may be handed on to what is put into the list; NumPy unrolls it without end.
    """
    if isinstance(node, (ast.For, ast.While)):
        parts = list(ast.walk(node))
        grown = {name for call in parts for name, _ in _grown(call)}
        for part in parts:
            yield from ((id(part), name) for name in grown)
    yield from ((id(part), name) for name, part in _grown(node))


def _grown(node):
    """Yield (name of the list, what is put into it) of `out.append(row)`."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _GROWING:
        for part in node.args:
            yield getattr(node.func.value, "id", ""), part


_GROWING = ("append", "extend", "insert")
