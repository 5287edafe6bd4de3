"""Small changes of an answer's source, each with the words for the slip that it would mend."""

import ast
from typing import NamedTuple

from helpers.checker import _missing, _slips

_KINDS = (
    *(_slips.kept, _slips.moved_out, _slips.compared, _slips.operated, _slips.axes),
    *(_slips.exchanged, _slips.counted, _slips.twins, _missing.turned, _missing.bracketed),
    *(_missing.unwrapped, _missing.widened, _missing.wrapped, _missing.renamed),
)
_RISKY = (_slips.counted, _missing.unwrapped, _missing.wrapped, _missing.renamed)


class Edit(NamedTuple):
    """The node that is changed, what stands there instead, and what is wrong with it."""

    node: ast.AST
    other: ast.AST
    words: str


def edits(tree, only=()):
    """Yield every Edit of a function's tree, the likeliest slips first.

    `only` names the kinds wanted, such as "kept". While an Edit is handed out, the tree stands
    changed; then it is put back.
    """
    kinds = [kind for kind in _KINDS if not only or kind.__name__ in only]
    nodes, places = list(ast.walk(tree)), _places(tree)
    fixed = {id(part) for node in nodes for part in _fixed(node)}
    for kind in kinds:
        for node in nodes:
            if id(node) in fixed and kind in _RISKY:
                continue
            for other, words in kind(node, tree):
                for parent, field, at, new in _spots(places, tree, node, other):
                    old = _put(parent, field, at, new)
                    yield Edit(node, other, words)
                    _put(parent, field, at, old)


def _spots(places, tree, node, other):
    """Yield where a change is put; the function itself stays, and its body is exchanged."""
    if node is tree:
        yield tree, "body", None, other.body
    for parent, field, at in places.get(id(node), ()):
        yield parent, field, at, ast.copy_location(other, node)


def _places(tree):
    """Tell where each node hangs: id -> list of (parent, field, index or None)."""
    found = {}
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for at, part in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                    row = (parent, field, at if isinstance(value, list) else None)
                    found.setdefault(id(part), []).append(row)
    return found


def _put(parent, field, at, node):
    """Hang a node into its place, and return the one that was there."""
    if at is None:
        old = getattr(parent, field)
        setattr(parent, field, node)
    else:
        old = getattr(parent, field)[at]
        getattr(parent, field)[at] = node
    return old


def _fixed(node):
    """Yield what stays: a change would never enter a branch, or write into nothing."""
    if isinstance(node, ast.If):
        yield from ast.walk(node.test)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield node.value
