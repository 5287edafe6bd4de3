"""Small changes of an answer's source, each with the words for the slip that it would mend."""

import ast
import copy
from typing import NamedTuple


class Edit(NamedTuple):
    """The node that is changed, what stands there instead, and what is wrong with it."""

    node: ast.AST
    other: ast.AST
    words: str


_COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Div),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.BitXor: (ast.Pow,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Pow: (ast.Mult,),
}
_OPERATOR_WORDS = {
    ast.FloorDiv: "`//` throws the fraction away: `/` keeps it",
    ast.BitXor: "`^` is not a power in Python: a power is written `**`",
    ast.BitAnd: "`&` is true only where both hold: is that meant?",
    ast.BitOr: "`|` is true where at least one holds: is that meant?",
    ast.And: "`and` is true only where both hold: is that meant?",
    ast.Or: "`or` is true where at least one holds: is that meant?",
}
_TWINS = {
    "min": ("max",), "max": ("min",), "minimum": ("maximum",), "maximum": ("minimum",),
    "argmin": ("argmax",), "argmax": ("argmin",), "any": ("all",), "all": ("any",),
    "floor": ("rint", "ceil"), "ceil": ("floor", "rint"), "rint": ("floor", "ceil"),
    "round": ("ceil", "floor"), "sin": ("cos",), "cos": ("sin",), "log": ("log10", "log2"),
    "log10": ("log",), "log2": ("log",), "mean": ("median", "sum"), "sum": ("mean",),
    "median": ("mean",), "norm": ("t",), "radians": ("degrees",), "degrees": ("radians",),
    "var": ("std",), "std": ("var",), "pdf": ("cdf", "ppf"), "cdf": ("ppf", "sf"),
    "hstack": ("vstack",), "vstack": ("hstack",), "flipud": ("fliplr",), "fliplr": ("flipud",),
    "isf": ("ppf",), "zeros": ("ones",), "ones": ("zeros",), "uint8": ("int64", "float64"),
    "zeros_like": ("ones_like",), "ones_like": ("zeros_like",), "rows": ("columns",),
}  # fmt: skip
_REDUCTIONS = {"mean", "sum", "std", "var", "any", "all", "min", "max", "argmin", "argmax"}
_REDUCTIONS |= {"median", "cumsum", "sort", "argsort", "prod", "quantile"}


def edits(tree, only=()):
    """Yield every Edit of a function's tree, the likeliest slips first.

    `only` names the kinds wanted, such as "kept". While an Edit is handed out, the tree stands
    changed; then it is put back.
    """
    kinds = (_kept, _moved_out, _compared, _operated, _axes, _exchanged, _counted, _twins)
    kinds += (_turned, _bracketed, _unwrapped, _widened, _wrapped, _renamed)
    kinds = [kind for kind in kinds if not only or kind.__name__[1:] in only]
    nodes, places = list(ast.walk(tree)), _places(tree)
    fixed = {id(part) for node in nodes for part in _fixed(node)}
    for kind in kinds:
        for node in nodes:
            if id(node) in fixed and kind in (_counted, _unwrapped, _wrapped, _renamed):
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


def _changed(node, **fields):
    new = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(new, node)


def _kept(node, tree):
    """Keep a result that was thrown away: `np.clip(out, 0, 255)` alone on its line."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        inner = call.func.value if isinstance(call.func, ast.Attribute) else None
        for name in (*call.args[:1], inner):
            if isinstance(name, ast.Name) and name.id not in ("np", "math"):
                target = ast.Name(name.id, ast.Store())
                yield ast.Assign([target], call), "its result is thrown away: give it a name"


def _moved_out(node, tree):
    """Move the `return` at the end of a loop behind it."""
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        if not isinstance(body, list) or isinstance(node, (ast.For, ast.While)):
            continue
        for at, loop in enumerate(body):
            if isinstance(loop, (ast.For, ast.While)) and isinstance(loop.body[-1], ast.Return):
                rest = loop.body[:-1] or [ast.Pass()]
                new = [*body[:at], _changed(loop, body=rest), loop.body[-1], *body[at + 1 :]]
                words = "the `return` stands inside the loop, which ends in its first round"
                yield _changed(node, **{field: new}), words


def _compared(node, tree):
    if isinstance(node, ast.Compare):
        for at, old in enumerate(node.ops):
            for new in _COMPARISONS.get(type(old), ()):
                strict = {type(old), new} in ({ast.Lt, ast.LtE}, {ast.Gt, ast.GtE})
                words = (
                    "look at equal values: they fall on the wrong side"
                    if strict
                    else "this comparison is the wrong way round"
                )
                yield _changed(node, ops=[*node.ops[:at], new(), *node.ops[at + 1 :]]), words


def _operated(node, tree):
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        power = isinstance(node, ast.BinOp) and not _is_one(node.right)
        for new in _OPERATORS.get(type(node.op), ()):
            if isinstance(node.op, ast.BitXor) and not power:
                continue
            words = _OPERATOR_WORDS.get(type(node.op), "another operation is needed here")
            yield _changed(node, op=new()), words
    if isinstance(node, ast.BinOp) and type(node.op) in (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow):
        words = "the two sides are exchanged"
        yield _changed(node, left=node.right, right=node.left), words
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value), "the old value should not be kept"
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        for op in (ast.Add(), ast.BitOr()):
            words = "this replaces the old value, instead of adding to it"
            yield ast.AugAssign(node.targets[0], op, node.value), words


def _is_one(node):
    return isinstance(node, ast.Constant) and node.value == 1


def _axes(node, tree):
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr in _REDUCTIONS:
        rest = [word for word in node.keywords if word.arg != "axis"]
        for value in (0, 1, -1, None):
            new = [] if value is None else [ast.keyword("axis", ast.Constant(value))]
            if value is not None or len(rest) < len(node.keywords):
                yield _changed(node, keywords=[*rest, *new]), "look at the axis"
            if value is not None and not rest and len(node.args) == 1 and len(node.keywords) == 0:
                yield _changed(node, args=[], keywords=new), "look at the axis"
    if node.func.attr in ("std", "var"):
        rest = [word for word in node.keywords if word.arg != "ddof"]
        for value in (0, 1):
            new = ast.keyword("ddof", ast.Constant(value))
            yield _changed(node, keywords=[*rest, new]), "look at `ddof`: n or n - 1 below?"


def _exchanged(node, tree):
    if isinstance(node, ast.Tuple) and 2 <= len(node.elts) <= 4:
        for at in range(len(node.elts) - 1):
            new = [*node.elts]
            new[at], new[at + 1] = new[at + 1], new[at]
            yield _changed(node, elts=new), "two parts are in the wrong order"
    if isinstance(node, ast.Call):
        for at in range(len(node.args) - 1):
            new = [*node.args]
            new[at], new[at + 1] = new[at + 1], new[at]
            yield _changed(node, args=new), "two arguments are in the wrong order"
    if isinstance(node, (ast.If, ast.IfExp)) and node.orelse:
        words = "the two branches are exchanged"
        yield _changed(node, body=node.orelse, orelse=node.body), words


def _counted(node, tree):
    if isinstance(node, ast.Constant) and type(node.value) is int:
        for step in (-1, 1):
            side = "small" if step == 1 else "large"
            yield ast.Constant(node.value + step), f"the number {node.value} is too {side} by 1"
        if node.value in (0, 1, 2, 3, 4, 9, 100, 180, 254, 255, 256, 360):
            for value in {0, 1, 2, -1, 180, 255, 360, 8} - {node.value - 1, node.value + 1}:
                if value != node.value:
                    yield ast.Constant(value), f"another number than {node.value} is needed"
    if isinstance(node, ast.Constant) and type(node.value) is float:
        for value in (1 - node.value, node.value / 2, node.value * 2, 1.0, 0.0):
            yield ast.Constant(value), "another number is needed here"
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value), f"{node.value} is the wrong one of the two"
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper", "step"):
            if getattr(node, side) is not None:
                yield _changed(node, **{side: None}), "too much is cut off"


def _twins(node, tree):
    name = getattr(node, "attr", getattr(node, "id", None))
    if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
        field = "attr" if isinstance(node, ast.Attribute) else "id"
        for twin in _TWINS.get(name, ()):
            words = f"another function than `{name}` is needed"
            yield _changed(node, **{field: twin}), words


def _turned(node, tree):
    if isinstance(node, ast.UnaryOp):
        if not isinstance(node.operand, ast.Constant):
            yield node.operand, "it is turned round once too often"
        if isinstance(node.op, ast.Invert):
            zero = ast.Compare(node.operand, [ast.Eq()], [ast.Constant(0)])
            yield zero, "`~` turns round True and False only; on 0 and 1 it gives -1 and -2"
    if isinstance(node, (ast.Compare, ast.BoolOp)) and not isinstance(node, ast.UnaryOp):
        yield ast.UnaryOp(ast.Invert(), node), "true and false are exchanged here"
        yield ast.UnaryOp(ast.Not(), node), "true and false are exchanged here"


def _bracketed(node, tree):
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


def _unwrapped(node, tree):
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", "it"))
        if isinstance(node.func, ast.Attribute):
            yield node.func.value, f"`{name}` is too much here"
        if len(node.args) >= 1 and not isinstance(node.args[0], ast.GeneratorExp):
            yield node.args[0], f"`{name}` is too much here"
        for at, word in enumerate(node.keywords):
            if word.arg != "axis":
                rest = node.keywords[:at] + node.keywords[at + 1 :]
                yield _changed(node, keywords=rest), f"look at `{word.arg}`"
    if isinstance(node, ast.BinOp):
        yield node.left, "a part of this is too much"
        yield node.right, "a part of this is too much"


def _widened(node, tree):
    """Widen a parameter at the start, or work on a copy of it."""
    if node is not tree:
        return
    for place in tree.args.args:
        for kind in ("float", "int", "copy"):
            source = f"{place.arg} = {place.arg}.astype({kind})"
            source = f"{place.arg} = {place.arg}.copy()" if kind == "copy" else source
            new = _changed(tree, body=[*ast.parse(source).body, *tree.body])
            words = (
                f"`{place.arg}` is changed in place, and read again later: work on a copy"
                if kind == "copy"
                else f"`{place.arg}` is computed in its own dtype, which wraps or cuts off:"
                f" widen it first, with `.astype({kind})`"
            )
            yield new, words


_MISSING = {
    "1 - x": "1 minus this is needed",
    "x / 2": "a half is missing",
    "2 * x": "a factor 2 is missing",
    "x ** 2": "a square is missing",
    "np.sqrt(x)": "a square root is missing",
    "x + 1": "it is too small by 1",
    "x - 1": "it is too large by 1",
    "-x": "a minus is missing",
    "np.abs(x)": "the sign should not count: an absolute value is missing",
    "~x": "True and False are exchanged",
    "1 / x": "1 divided by this is needed",
    "np.rint(x)": "rounding is missing, or cuts off",
    "np.ceil(x)": "rounding up is missing",
    "np.log(x)": "a logarithm is missing",
    "np.exp(x)": "an exponential is missing",
    "np.radians(x)": "sine and cosine take radians",
    "np.degrees(x)": "degrees are needed",
    "np.clip(x, 0, 255)": "values leave 0..255: a clip is missing",
    "x / 255": "values from 0 to 1 are needed: divide by 255",
    "x * 255": "values in 0..255 are needed",
    "x % 360": "the angle leaves 0..360",
    "x % 180": "the value leaves 0..179",
    "x.astype(int)": "it is still in a narrow dtype: widen it",
    "x.T": "rows and columns are exchanged",
    "x[::-1]": "the order is turned round",
    "x[1:]": "the first one is too much",
    "x[:-1]": "the last one is too much",
    "np.sort(x)": "it must be in order first",
    "x / x.sum()": "the sum is not 1: divide by it",
    "x > 0": "whether it is positive is needed",
    "x == 1": "the rows of class 1 are needed",
    "len(x)": "its length is needed",
    "x[:, None]": "an axis is missing",
}
_PATTERNS = {ast.parse(text, mode="eval").body: words for text, words in _MISSING.items()}
_VALUES = (ast.Name, ast.Call, ast.BinOp, ast.Subscript, ast.Attribute, ast.Compare)


class _Fill(ast.NodeTransformer):
    """Put a node in the place of `x`."""

    def __init__(self, node):
        self.node = node

    def visit_Name(self, name):
        """Replace the name."""
        return self.node if name.id == "x" else name


def _wrapped(node, tree):
    if not isinstance(node, _VALUES) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    if isinstance(node, ast.Name) and node.id in ("np", "math", "int", "float", "len", "range"):
        return
    for pattern, words in _PATTERNS.items():
        yield _Fill(node).visit(copy.deepcopy(pattern)), words


def _renamed(node, tree):
    """Read another variable of the function instead."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        names = {place.arg for place in tree.args.args}
        stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _stores(n)}
        if node.id in names | stored:
            for name in sorted((names | stored) - {node.id}):
                yield ast.Name(name, ast.Load()), f"another name than `{node.id}` is needed"


def _stores(name):
    return isinstance(name.ctx, ast.Store)
