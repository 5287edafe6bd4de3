"""Slips of one sign, number or name: what may stand there instead, and the words for it.

Each function takes a node and the tree, and yields (another node, what is wrong with this one).
"""

import ast

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
    ast.Pow: (ast.Mult,),
}


_JOINTS = {
    ast.FloorDiv: (ast.Div, "`//` throws the fraction away: `/` keeps it"),
    ast.BitXor: (ast.Pow, "`^` is not a power in Python: a power is written `**`"),
    ast.BitAnd: (ast.BitOr, "`&` is true only where both hold; `|` where at least one does"),
    ast.BitOr: (ast.BitAnd, "`|` is true where at least one holds; `&` only where both do"),
    ast.And: (ast.Or, "`and` is true only where both hold; `or` where at least one does"),
    ast.Or: (ast.And, "`or` is true where at least one holds; `and` only where both do"),
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
    "fmod": ("mod",),
}  # fmt: skip


_REDUCTIONS = {"mean", "sum", "std", "var", "any", "all", "min", "max", "argmin", "argmax"}

_REDUCTIONS |= {"median", "cumsum", "sort", "argsort", "prod", "quantile"}


def changed(node, **fields):
    """Copy a node with other fields."""
    new = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(new, node)


def kept(node, tree):
    """Keep a result that was thrown away: `np.clip(out, 0, 255)` alone on its line."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if {word.arg for word in call.keywords} & {"out", "inplace"}:
            return
        inner = call.func.value if isinstance(call.func, ast.Attribute) else None
        for name in (*call.args[:1], inner):
            if isinstance(name, ast.Name) and name.id not in ("np", "math"):
                target = ast.Name(name.id, ast.Store())
                yield ast.Assign([target], call), "its result is thrown away: give it a name"


def moved_out(node, tree):
    """Move the `return` at the end of a loop behind it."""
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        if not isinstance(body, list) or isinstance(node, (ast.For, ast.While)):
            continue
        for at, loop in enumerate(body):
            if isinstance(loop, (ast.For, ast.While)) and isinstance(loop.body[-1], ast.Return):
                rest = loop.body[:-1] or [ast.Pass()]
                new = [*body[:at], changed(loop, body=rest), loop.body[-1], *body[at + 1 :]]
                words = "the `return` stands inside the loop, which ends in its first round"
                yield changed(node, **{field: new}), words


EQUAL = "look at equal values: they fall on the wrong side"


def compared(node, tree):
    """Turn a comparison round, or move its equality; that of a dtype is seldom wrong."""
    if isinstance(node, ast.Compare) and not _is_of_dtype(node.left):
        for at, old in enumerate(node.ops):
            for new in _COMPARISONS.get(type(old), ()):
                strict = {type(old), new} in ({ast.Lt, ast.LtE}, {ast.Gt, ast.GtE})
                words = EQUAL if strict else "this comparison is the wrong way round"
                yield changed(node, ops=[*node.ops[:at], new(), *node.ops[at + 1 :]]), words


def _is_of_dtype(node):
    return any(getattr(part, "attr", "") in ("dtype", "kind") for part in ast.walk(node))


def joined(node, tree):
    """Put the twin of `|`, `and`, `^` or `//`."""
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)) and type(node.op) in _JOINTS:
        power = isinstance(node, ast.BinOp) and not is_one(node.right)
        if power or not isinstance(node.op, ast.BitXor):
            other, words = _JOINTS[type(node.op)]
            yield changed(node, op=other()), words


def operated(node, tree):
    """Put another operation."""
    words = "another operation is needed here"
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        alone = isinstance(node, ast.BinOp) and (is_one(node.right) or is_one(node.left))
        for new in () if alone else _OPERATORS.get(type(node.op), ()):
            yield changed(node, op=new()), words
    if is_operation(node, ast.Mult) and isinstance(node.left, ast.Constant):
        yield changed(node, left=node.right, op=ast.Div(), right=node.left), words
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value), "the old value should not be kept"
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        for op in (ast.Add(), ast.BitOr()):
            words = "this replaces the old value, instead of adding to it"
            yield ast.AugAssign(node.targets[0], op, node.value), words


def is_operation(node, op):
    """Tell whether a node is `a op b` with an operation of this kind."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, op)


def is_one(node):
    """Tell whether a node is the number 1."""
    return isinstance(node, ast.Constant) and node.value == 1


def axes(node, tree):
    """Put another axis or `ddof`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr in _REDUCTIONS:
        rest = [word for word in node.keywords if word.arg != "axis"]
        for value in (0, 1, -1, None):
            new = [] if value is None else [ast.keyword("axis", ast.Constant(value))]
            if value is not None or len(rest) < len(node.keywords):
                yield changed(node, keywords=[*rest, *new]), "look at the axis"
            if value is not None and not rest and len(node.args) == 1 and len(node.keywords) == 0:
                yield changed(node, args=[], keywords=new), "look at the axis"
    if node.func.attr in ("std", "var"):
        rest = [word for word in node.keywords if word.arg != "ddof"]
        for value in (0, 1):
            new = ast.keyword("ddof", ast.Constant(value))
            yield changed(node, keywords=[*rest, new]), "look at `ddof`: n or n - 1 below?"


def exchanged(node, tree):
    """Exchange parts, sides, arguments or branches."""
    if isinstance(node, ast.Tuple) and 2 <= len(node.elts) <= 4:
        names = isinstance(node.ctx, ast.Store)
        words = "this order does not fit how these names are used later"
        for at in range(len(node.elts) - 1):
            new = [*node.elts]
            new[at], new[at + 1] = new[at + 1], new[at]
            yield changed(node, elts=new), words if names else "two parts are in the wrong order"
        if len(node.elts) > 2:
            other = changed(node, elts=node.elts[::-1])
            yield other, words if names else "the parts are in the opposite order"
    if isinstance(node, ast.BinOp) and type(node.op) in _DIRECTED and not _is_plain(node):
        words = f"the two sides of `{_DIRECTED[type(node.op)]}` are exchanged"
        yield changed(node, left=node.right, right=node.left), words
    if is_operation(node, ast.Div) and is_operation(
        node.left, ast.Mult
    ):  # a * b / c becomes a * (c / b)
        quotient = ast.BinOp(node.right, ast.Div(), node.left.right)
        other = ast.BinOp(node.left.left, ast.Mult(), quotient)
        yield other, "the quotient in this is upside down"
    if isinstance(node, ast.Call):
        for at in range(len(node.args) - 1):
            new = [*node.args]
            new[at], new[at + 1] = new[at + 1], new[at]
            yield changed(node, args=new), "two arguments are in the wrong order"
    if isinstance(node, (ast.If, ast.IfExp)) and node.orelse:
        words = "the two branches are exchanged"
        yield changed(node, body=node.orelse, orelse=node.body), words


_DIRECTED = {ast.Sub: "-", ast.Div: "/", ast.FloorDiv: "//", ast.Pow: "**"}


def _is_plain(node):
    """Tell whether nobody turns a node round: `1 - p`, or `x // 2`, which then would be 0."""
    halves = isinstance(node.op, ast.FloorDiv) and isinstance(node.right, ast.Constant)
    return halves or (isinstance(node.op, ast.Sub) and is_one(node.left))


def twins(node, tree):
    """Call a related function."""
    name = getattr(node, "attr", getattr(node, "id", None))
    if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
        field = "attr" if isinstance(node, ast.Attribute) else "id"
        for twin in _TWINS.get(name, ()):
            words = f"another function than `{name}` is needed"
            yield changed(node, **{field: twin}), words
