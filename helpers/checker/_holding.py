"""What an array cannot hold, or must not lose: its dtype is widened, or it is copied first.

Each function takes a node and the tree, and yields (another node, what is wrong with this one).
"""

import ast
import itertools

from helpers.checker._slips import changed


def widened(node, tree):
    """Widen a parameter at the start; `~` means something else for whole numbers than for truth."""
    wanted = node is tree and not any(isinstance(part, ast.Invert) for part in ast.walk(tree))
    for place, kind in itertools.product(tree.args.args if wanted else (), ("float", "int")):
        name = place.arg
        words = (
            f"`{name}` is computed in its own dtype, which wraps or cuts off: widen it first, with"
            f" `.astype({kind})`"
        )
        yield _begun(tree, f"{name} = {name}.astype({kind})"), words


def floated(node, tree):
    """Let an array hold decimals and negative numbers."""
    name = getattr(getattr(node, "func", None), "attr", "")
    if name in _HOLDERS:
        kind = ast.Name("float", ast.Load())
        words = "this array cannot hold what is written into it: make it one of floats"
        yield ast.Call(ast.Attribute(node, "astype", ast.Load()), [kind], []), words


_HOLDERS = {"zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like"}
_HOLDERS |= {"copy", "array", "asarray", "astype"}


def copied(node, tree):
    """Work on a copy of a parameter."""
    for place in tree.args.args if node is tree else ():
        name = place.arg
        words = f"`{name}` is changed in place, and read again later: work on a copy"
        yield _begun(tree, f"{name} = {name}.copy()"), words


def _begun(tree, source):
    return changed(tree, body=[*ast.parse(source).body, *tree.body])
