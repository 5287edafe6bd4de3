"""Slips of a number: one too many, a bad start, a slice that cuts off too much.

Each function takes a node and the tree, and yields (another node, what is wrong with this one).
"""

import ast

from helpers.checker._slips import changed, is_one, is_operation
from helpers.checker._source import called


def started(node, tree):
    """Begin with another value: a running minimum or maximum must not win at once."""
    start = getattr(getattr(node, "value", None), "value", None)
    if isinstance(node, ast.Assign) and type(start) in (int, float):
        for text in ("float('inf')", "-float('inf')"):
            value = ast.parse(text, mode="eval").body
            yield changed(node, value=value), "look at this start value: does it win at once"


def ended(node, tree):
    """Let a loop take one round more."""
    if called(node) == "range" and node.args and not node.keywords:
        at = min(1, len(node.args) - 1)
        if not isinstance(node.args[at], ast.Constant):
            args = [*node.args]
            args[at] = ast.BinOp(args[at], ast.Add(), ast.Constant(1))
            yield changed(node, args=args), "it ends one too early, for the end is left out"


def added(node, tree):
    """Write `1 + x` for `1 - x`, or `x + 1` for `x - 1`."""
    for old, new in ((ast.Sub, ast.Add), (ast.Add, ast.Sub)):
        if is_operation(node, old) and (is_one(node.left) or is_one(node.right)):
            yield changed(node, op=new()), "another operation is needed here"


def counted(node, tree):
    """Put a number one larger or smaller, or take more."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        for step in (1, -1)[: 1 if _begins_range(node, tree) else 2]:
            side = "small" if step == 1 else "large"
            yield ast.Constant(node.value + step), f"the number {node.value} is too {side} by 1"
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value), f"{node.value} is the wrong one of the two"
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper", "step"):
            if getattr(node, side) is not None:
                told = f"`{ast.unparse(node)}`"
                words = f"{told} is too much" if side == "step" else f"{told} cuts off too much"
                yield changed(node, **{side: None}), words


def _begins_range(node, tree):
    """Tell whether a loop starts with this 0: nobody means -1 there."""
    calls = (part for part in ast.walk(tree) if called(part) == "range") if node.value == 0 else ()
    return any(call.args[:1] == [node] and len(call.args) > 1 for call in calls)


def leftover(node, tree):
    """Leave out `+ 1`, `- 1` or `1 +`."""
    if is_operation(node, (ast.Add, ast.Sub)) and is_one(node.right):
        yield node.left, f"`{'+' if isinstance(node.op, ast.Add) else '-'} 1` is too much"
    if is_operation(node, ast.Add) and is_one(node.left):
        yield node.right, "`1 +` is too much"


_NUMBERS = (0, 1, 2, -1, 3, 4, 8, 180, 255, 256, 360)


def numbered(node, tree):
    """Put quite another number."""
    if isinstance(node, ast.Constant) and type(node.value) is int and node.value in _NUMBERS:
        for value in _NUMBERS:
            if abs(value - node.value) > 1:
                yield ast.Constant(value), f"another number than {node.value} is needed"
    if isinstance(node, ast.Constant) and type(node.value) is float:
        for value in (1 - node.value, node.value / 2, node.value * 2, 1.0, 0.0):
            yield ast.Constant(value), "another number is needed here"
