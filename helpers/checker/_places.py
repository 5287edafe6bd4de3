"""Slips of places: a grid that begins with the columns, a place that comes several times.

Each function takes a node and the tree, and yields (another node, what is wrong with this one).
"""

import ast

from helpers.checker._slips import changed
from helpers.checker._source import called


def gridded(node, tree):
    """Let a grid begin with the rows."""
    if called(node) == "meshgrid" and all(word.arg != "indexing" for word in node.keywords):
        words = 'its arrays have as many rows as the second is long: `indexing="ij"` is missing'
        new = ast.keyword("indexing", ast.Constant("ij"))
        yield changed(node, keywords=[*node.keywords, new]), words


def gathered(node, tree):
    """Add up what is written to one place several times."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        target, words = node.target, "`+=` adds once only where a place comes several times"
    elif isinstance(node, ast.Assign):
        target, words = node.targets[0], "where a place comes again, its old value is lost"
    else:
        return
    if isinstance(target, ast.Subscript) and not _has_slice(target):
        add_at = ast.parse("np.add.at", mode="eval").body
        table = changed(target.value, ctx=ast.Load())
        call = ast.Call(add_at, [table, target.slice, node.value], [])
        yield ast.Expr(call), f"{words}: `np.add.at(table, places, values)` adds all of them"


def _has_slice(target):
    return any(isinstance(part, ast.Slice) for part in ast.walk(target.slice))
