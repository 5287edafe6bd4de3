"""Tell which changes may make an answer right by chance, but undo no slip that somebody makes."""

import ast
from collections import defaultdict

from helpers.checker._source import called

_EXP, _LOG = {"exp", "exp2", "expit", "softmax"}, {"log", "log2", "log10", "log1p", "logit"}
_GROUPS = {name: group for group, names in (("exp", _EXP), ("log", _LOG)) for name in names}
_ONCE = {"set", "unique", "fromkeys"}  # each value comes once
_UNLIKE = {"quantile", "percentile", "searchsorted", "digitize"}  # one thing looked up in another
_BLANK = {"zeros", "zeros_like", "empty", "empty_like"}


def stands(tree):
    """Gather which nodes of an answer stand where some changes mean nothing.

    Returns
    -------
    dict
        Ids of nodes: under "exp" and "log" what goes into such a function, under "equals" the two
        sides of a comparison for equality, under "inverted" what `~` turns, under "loop" the values
        of a loop that can end early.
        Under "unlike" are pairs of a node and a name that would be given to one call twice.
    """
    found, given = defaultdict(set), defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name in node.targets:
                given[getattr(name, "id", "")].append(node.value)
    for node in ast.walk(tree):
        group = _GROUPS.get(called(node))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            group = "inverted"
        if group is not None:
            inner = [part for arg in _operands(node) if arg for part in ast.walk(arg)]
            found[group] |= {id(part) for part in inner}
            values = [v for part in inner for v in given[getattr(part, "id", None)]]
            if group == "inverted":
                values = [part for value in values for part in ast.walk(value)]
            found[group] |= {id(value) for value in values}
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            sides = [node.left, *node.comparators]
            if not any(isinstance(side, ast.Constant) for side in sides):
                found["equals"] |= {id(side) for side in sides}
        if called(node) in _UNLIKE and len(node.args) > 1:
            for at, arg in enumerate(node.args[:2]):
                rest = {getattr(part, "id", None) for part in ast.walk(node.args[1 - at])}
                found["unlike"] |= {(id(part), name) for part in ast.walk(arg) for name in rest}
        if isinstance(node, ast.For) and ends_early(node):
            found["loop"] |= {id(part) for part in ast.walk(node.iter)}
    return found


def by_chance(node, other, found):
    """Tell whether another node would mend an answer by chance.

    It would if it undoes a step, as in `exp(log(x))`, computes with a side of `a == b`, computes
    with an array of zeros or with what `~` turns, which only changes a dtype, or looks a value up
    in itself. Or it lets the values of a loop come several times, so that the loop ends elsewhere.
    """
    if isinstance(other, ast.Name) and (id(node), other.id) in found["unlike"]:
        return True
    name = called(other)
    around = isinstance(other, (ast.BinOp, ast.Call)) and _wraps(other, node)
    if id(node) in found["inverted"] and around and name != "logical_not":
        return True
    plus = isinstance(getattr(other, "op", None), (ast.Add, ast.Sub))
    if called(node) in _BLANK and not plus and node in _operands(other):
        return True
    if isinstance(other, ast.Call) and node in other.args:
        undone = {"log": "exp", "exp": "log"}.get(name)
        return id(node) in found[undone] or (undone is not None and id(node) in found["equals"])
    if called(node) in _ONCE and isinstance(node, ast.Call):
        return id(node) in found["loop"] and other in node.args
    if not isinstance(other, ast.BinOp):
        return False
    power = isinstance(other.op, ast.Pow) and other.left is node
    return power and id(node) in found["equals"]


def _wraps(other, node):
    """Tell whether a node is an operand, an argument, or what a method belongs to."""
    owner = getattr(getattr(other, "func", None), "value", None)
    return owner is node or any(part is node for part in _operands(other))


def _operands(node):
    """List what an operation or a function computes with."""
    return getattr(node, "args", None) or [
        getattr(node, side, None) for side in ("left", "right", "operand")
    ]


def turns_more(edit, tree):
    """Tell whether a turned array is read in several places, so that right ones are turned, too."""
    for *_, other in edit.spots:
        if not isinstance(other, ast.Attribute) or other.attr != "T":
            continue
        for each in ast.walk(tree):
            if isinstance(each, ast.Assign) and any(p is other for p in _alike(each.value)):
                names = {getattr(target, "id", "") for target in each.targets}
                if sum(_is_read(node, names) for node in ast.walk(tree)) > 1:
                    return True
    return False


def _alike(node):
    """Yield the parts of a value that turn it if they are turned: it and its operands."""
    yield node
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        yield from _alike(node.left)
        yield from _alike(node.right)


def _is_read(node, names):
    return isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)


def ends_early(loop):
    """Tell whether a loop may end before its last round."""
    return any(isinstance(part, (ast.Break, ast.Return)) for part in ast.walk(loop))
