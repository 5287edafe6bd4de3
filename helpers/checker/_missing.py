"""What is turned round, too much or missing in an expression, and the words for it.

Each function takes a node and the tree, and yields (another node, what is wrong with this one).
"""

import ast

from helpers.checker._safety import is_size
from helpers.checker._slips import changed
from helpers.checker._source import called


def turned(node, tree):
    """Turn truth round."""
    if isinstance(node, ast.UnaryOp) and not isinstance(node.operand, ast.Constant):
        yield node.operand, "it is turned round once too often"
    if isinstance(node, (ast.Compare, ast.BoolOp)) and not isinstance(node, ast.UnaryOp):
        yield ast.UnaryOp(ast.Invert(), node), "true and false are exchanged here"
        yield ast.UnaryOp(ast.Not(), node), "true and false are exchanged here"


def inverted(node, tree):
    """Turn 0 and 1 round by a comparison."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        zero = ast.Compare(node.operand, [ast.Eq()], [ast.Constant(0)])
        yield zero, "`~` turns round True and False only; on 0 and 1 it gives -1 and -2"


def bracketed(node, tree):
    """Regroup `a op (b op c)` and `(a op b) op c`."""
    if not isinstance(node, ast.BinOp):
        return
    words = "brackets are missing, or stand in the wrong place"
    if isinstance(node.left, ast.BinOp):
        inner = ast.BinOp(node.left.right, node.op, node.right)
        yield ast.BinOp(node.left.left, node.left.op, inner), words
    if isinstance(node.right, ast.BinOp):
        inner = ast.BinOp(node.left, node.op, node.right.left)
        yield ast.BinOp(inner, node.right.op, node.right.right), words
    whole = _below(node)
    if whole is not None:
        yield whole, words


def _below(node):
    """Put all that follows a division into its denominator: `a / b * c + d` below `a`."""
    spine, part = [], node
    while isinstance(part, ast.BinOp) and not isinstance(part.op, ast.Div):
        spine.append(part)
        part = part.left
    if len(spine) < 2 or not isinstance(part, ast.BinOp):
        return None
    lower = part.right
    for above in reversed(spine):
        lower = ast.BinOp(lower, above.op, above.right)
    return ast.BinOp(part.left, part.op, lower)


def unwrapped(node, tree):
    """Leave out a call or one side."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", "it"))
        if isinstance(node.func, ast.Attribute):
            yield node.func.value, f"`{name}` is too much here"
        if name.endswith("_like"):  # an argument would be written into instead
            return
        if len(node.args) >= 1 and not isinstance(node.args[0], ast.GeneratorExp):
            yield node.args[0], f"`{name}` is too much here"
        for at, word in enumerate(node.keywords):
            if word.arg != "axis":
                rest = node.keywords[:at] + node.keywords[at + 1 :]
                yield changed(node, keywords=rest), f"look at `{word.arg}`"
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and not _is_tool(node.value)
    ):
        yield node.value, "the index in the brackets is not wanted here"
    if isinstance(node, ast.BinOp):
        yield node.left, "a part of this is too much"
        yield node.right, "a part of this is too much"


_MISSING = {
    "np.array(x)": "this is a list, and an array is needed: `np.array` makes one",
    "x.astype(float)": "floats are needed here: `.astype(float)` is missing",
    "1 - x": "1 minus this is needed",
    "x / 2": "a half is missing",
    "2 * x": "a factor 2 is missing",
    "x ** 2": "a square is missing",
    "np.sqrt(x)": "a square root is missing",
    "x + 1": "it is too small by 1",
    "x - 1": "it is too large by 1",
    "-x": "a minus is missing",
    "np.abs(x)": "the sign should not count: an absolute value is missing",
    "np.logical_not(x)": "True and False are exchanged",
    "1 / x": "1 divided by this is needed",
    "np.rint(x)": "rounding is missing, or cuts off",
    "np.ceil(x)": "rounding up is missing",
    "np.log(x)": "a logarithm is missing",
    "np.exp(x)": "an exponential is missing",
    "np.radians(x)": "an angle in degrees is read as radians: `np.radians` is missing",
    "np.degrees(x)": "degrees are needed",
    "np.maximum(x, 0)": "values below 0 must become 0: a lower limit is missing",
    "np.clip(x, 0, 255)": "values leave 0..255: a clip is missing",
    "x / 255": "values from 0 to 1 are needed: divide by 255",
    "x * 255": "values in 0..255 are needed",
    "x % 180": "the value leaves 0..179",
    "x % 360": "the angle leaves 0..360",
    "np.nan_to_num(x)": "it is not finite (0 / 0 gives NaN), which spoils all that follows",
    "x.astype(int)": "whole numbers of a wide dtype are needed: `.astype(int)` is missing",
    "x.T": "rows and columns are exchanged",
    "x[::-1]": "the order is turned round",
    "x[1:]": "the first one is too much",
    "x[:-1]": "the last one is too much",
    "np.sort(x)": "it must be in order first",
    "x / x.sum()": "the sum is not 1: divide by it",
    "x > 0": "whether it is positive is needed",
    "x == 1": "whether it equals 1 is needed",
    "len(x)": "its length is needed",
    "x[:, None]": "an axis is missing",
}


FLOATS = _MISSING["x.astype(float)"]
PLAIN = {_MISSING[text] for text in ("x ** 2", "np.sqrt(x)", "np.rint(x)")}
PLAIN |= {_MISSING[text] for text in ("x.T", "x[::-1]", "np.radians(x)", "np.degrees(x)")}
_ONE_OFF = (_MISSING["x + 1"], _MISSING["x - 1"])
_ALL_OVER = ("np.logical_not(x)", "np.sqrt(x)", "np.radians(x)")
EVERYWHERE = {_MISSING[text] for text in _ALL_OVER}
_PATTERNS = {ast.parse(text, mode="eval").body: words for text, words in _MISSING.items()}


_VALUES = (ast.Name, ast.Call, ast.BinOp, ast.Subscript, ast.Attribute, ast.Compare)


_ROOMS = {"np", "math", "stats", "special", "cv2"}


def _filled(pattern, node):
    """Copy a pattern with a node in the place of `x`; `deepcopy` would take much longer."""
    if isinstance(pattern, list):
        return [_filled(part, node) for part in pattern]
    if not isinstance(pattern, ast.AST):
        return pattern
    if getattr(pattern, "id", "") == "x":
        return node
    fields = {name: _filled(part, node) for name, part in ast.iter_fields(pattern)}
    return type(pattern)(**fields)


def wrapped(node, tree):
    """Put what is missing around a value."""
    if not isinstance(node, _VALUES) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    if getattr(node, "id", "") in _ROOMS | {"int", "float", "len", "range"}:
        return
    if _is_tool(node):
        return
    patterns = list(_PATTERNS.items())
    if is_size(node, tree):  # a loop or a shape that ends too early is rarely so by a factor
        patterns.sort(key=lambda row: row[1] not in _ONE_OFF)
    void = set(_void(node, tree))
    for pattern, words in patterns:
        if words in void:
            continue
        if words == _TRUTH and _is_number(node):
            words = "whether it equals 0 is needed"
        yield _filled(pattern, node), words


def _void(node, tree):
    """Yield the words of what would mend this answer by accident only, or end Python."""
    parts = list(ast.walk(tree))
    if not any(called(part) in _TURNS for part in parts):
        yield from _ANGLES
    if any(getattr(part, "id", "") == "cv2" for part in parts):
        yield from _SHORT
    if _is_shape(node):
        yield _TRUTH
    if any(getattr(part, "attr", "") == "shape" and part.value is node for part in parts):
        yield _MISSING["x.T"]


_TRUTH = _MISSING["np.logical_not(x)"]
_SHORT = {  # of uint8 they make float16, with which OpenCV destroys memory
    _MISSING[text]
    for text in ("np.sqrt(x)", "np.log(x)", "np.exp(x)", "np.radians(x)", "np.degrees(x)")
}
_ANGLES = {_MISSING["np.radians(x)"], _MISSING["np.degrees(x)"]}
_TURNS = {"sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "asin", "acos", "atan"}
_TURNS |= {"atan2", "hypot", "angle", "exp", "radians", "degrees", "deg2rad", "rad2deg"}


def _is_shape(node):
    """Tell whether a value is a shape or a part of one."""
    inner = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(inner, ast.Attribute) and inner.attr in ("shape", "size", "ndim")


def _is_number(node):
    """Tell whether a value is surely no truth: a sum, a difference, a size."""
    sums = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))
    return sums or called(node) in ("abs", "absolute", "sum", "len")


def _is_tool(node):
    """Tell whether a node is no value, such as `np.r_`, which as an array would have no end."""
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in _ROOMS
