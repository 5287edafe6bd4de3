"""Another variable of a function that may be meant, and the words for it."""

import ast

from helpers.checker._source import called, names


def renamed(node, tree):
    """Read another variable of the function instead."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        given = {place.arg for place in tree.args.args}
        if any(node is part for each in ast.walk(tree) for part in _ends(each)):
            return
        stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _stores(n)}
        if node.id in given | stored:
            for name in sorted((given | stored) - {node.id} - _looped(node.id, tree)):
                yield ast.Name(name, ast.Load()), f"another name than `{node.id}` is needed"


def _ends(node):
    """Yield what stands in `range(...)`: another length may be long enough by chance."""
    return ast.walk(node) if called(node) == "range" else ()


def _looped(name, tree):
    """Gather what a loop goes through if `name` is its variable: that would only be added up."""
    found = set()
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For) and name in names(loop.target):
            found |= names(loop.iter)
    for given in ast.walk(tree):
        if isinstance(given, ast.Assign) and any(names(to) & found for to in given.targets):
            found |= names(given.value)
    return found


def _stores(name):
    return isinstance(name.ctx, ast.Store)
