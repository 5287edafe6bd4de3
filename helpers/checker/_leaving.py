"""Recognise a result that comes out when one part of the right formula is left out."""

import ast
import inspect
import textwrap

from helpers.checker._running import result
from helpers.checker._trial import is_constant, telling

_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_OPEN = {"np", "math", "stats", "len", "sum", "min", "max"}
_known = {}


def left_out(mine):
    """Return the words for a part without which the right formula gives every result, or None."""
    if not mine.wrong or "raises" in mine.faults or len(telling(mine)) < 3 or is_constant(mine):
        return None
    cases = list(mine.exercise.cases.values())
    for text, function in _shortened(mine.exercise.reference):
        got = (result(function, args, 0.3) for args in cases)
        if all(g and mine.same(own.value, g[0]) for own, g in zip(mine.got, got, strict=True)):
            return f"this comes out when `{text}` is left out of the right formula."
    return None


def _shortened(reference):
    """Return (what is left out, the function without it) for every part of a reference."""
    if reference not in _known:
        _known[reference] = list(_without(reference))
    return _known[reference]


def _without(reference):
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(reference))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return
    if not isinstance(tree, ast.FunctionDef):
        return
    names = _OPEN | set(reference.__code__.co_varnames)
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for at, node in enumerate(value if isinstance(value, list) else [value]):
                for rest, text, gone in _less(node):
                    if _names(gone) <= names:
                        yield text, _built(reference, tree, (parent, field, at), rest)


def _less(node):
    """Yield (what stays, the words for what goes, the part that goes)."""
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        sign = _SIGNS[type(node.op)]
        yield node.left, f"{sign} {_brackets(node.right)}", node.right
        if sign in "+*-":
            yield node.right, f"{_brackets(node.left)} {sign}", node.left
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield node.args[0], ast.unparse(node.func), node.func


def _brackets(node):
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp) else text


def _names(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _built(reference, tree, place, rest):
    parent, field, at = place
    old = getattr(parent, field)
    new = [*old[:at], rest, *old[at + 1 :]] if isinstance(old, list) else rest
    setattr(parent, field, new)
    try:
        space = dict(reference.__globals__)
        exec(compile(ast.fix_missing_locations(ast.Module([tree], [])), "<part>", "exec"), space)
        return space[reference.__name__]
    finally:
        setattr(parent, field, old)
