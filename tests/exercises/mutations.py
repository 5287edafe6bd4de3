"""Change one small thing in the source of a function: the slips that a case must catch."""

import ast
import copy
import inspect
import textwrap
import types

_COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_SIGNS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
_TWINS = [
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("mean", "sum"),
    ("floor", "ceil"),
    ("zeros_like", "ones_like"),
    ("zeros", "ones"),
    ("sin", "cos"),
]
_NAMES = dict([*_TWINS, *((b, a) for a, b in _TWINS)])
_DTYPES = {"uint8": "int16", "int": "uint8", "float": "int", "bool": "float", "float32": "float64"}


def mutants(function):
    """Yield (what was changed, the changed function) for every single slip in a function.

    The functions of the same module that it calls are changed as well, one at a time.
    """
    chain = _reached(function)
    trees = {name: _tree(part) for name, part in chain.items()}
    for name, tree in trees.items():
        for place, node in enumerate(ast.walk(tree)):
            for other in _slips(node):
                mutated = copy.deepcopy(tree)
                _put(mutated, place, other)
                at = f"{name} {node.lineno}:{node.col_offset}"
                told = f"{at} {ast.unparse(node)} -> {ast.unparse(other)}"
                built = _built(function, {**trees, name: mutated})
                if built is not None:
                    yield told, built


def _reached(function):
    """Gather the function and those of its module that it calls, by name."""
    found, waiting = {}, [function]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, types.FunctionType) or part.__name__ in found:
            continue
        if part.__module__ == function.__module__ and part.__name__ != "<lambda>":
            found[part.__name__] = part
            names = {n.id for n in ast.walk(_tree(part)) if isinstance(n, ast.Name)}
            waiting += [part.__globals__.get(name) for name in sorted(names)]
    return found


def _tree(function):
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return ast.Module(tree.body, [])


def _put(tree, place, other):
    """Replace the node at a place of the walk; its parent is found on the way."""
    target = list(ast.walk(tree))[place]
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, other)
            elif isinstance(value, list) and any(part is target for part in value):
                value[:] = [other if part is target else part for part in value]


def _built(function, trees):
    """Run the changed sources in a copy of the module, so that they see each other."""
    space = dict(function.__globals__)
    try:
        for tree in trees.values():
            exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), space)
    except Exception:  # a slip that is no program
        return None
    return space[function.__name__]


def _slips(node):
    """Yield what may stand in the place of a node."""
    kinds = (_compared, _combined, _constants, _indexed, _called, _named)
    for kind in kinds:
        yield from kind(node)


def _compared(node):
    if isinstance(node, ast.Compare):
        for at, old in enumerate(node.ops):
            for new in _COMPARISONS.get(type(old), ()):
                yield _changed(node, ops=[*node.ops[:at], new(), *node.ops[at + 1 :]])


def _combined(node):
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)) and type(node.op) in _SIGNS:
        yield _changed(node, op=_SIGNS[type(node.op)]())
    if isinstance(node, ast.UnaryOp):
        yield node.operand


def _constants(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield ast.Constant(node.value * 1.1)


def _indexed(node):
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper", "step"):
            if getattr(node, side) is not None:
                yield _changed(node, **{side: None})
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.ctx, ast.Load):
        yield _changed(node, elts=node.elts[::-1])


def _called(node):
    if not isinstance(node, ast.Call):
        return
    if len(node.args) >= 2 and not any(isinstance(arg, ast.Starred) for arg in node.args):
        yield _changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for at in range(len(node.keywords)):
        yield _changed(node, keywords=node.keywords[:at] + node.keywords[at + 1 :])
    method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
    if method:
        yield node.func.value
    elif node.args and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield node.args[0]


def _is_module(node):
    return isinstance(node, ast.Name) and node.id in ("np", "math", "stats", "filters", "roc")


def _named(node):
    if isinstance(node, ast.Attribute) and node.attr in {**_NAMES, **_DTYPES}:
        yield _changed(node, attr={**_NAMES, **_DTYPES}[node.attr])
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        new = {**_NAMES, **_DTYPES}.get(node.id)
        if new is not None:
            as_numpy = new in ("uint8", "int16", "float64")
            yield ast.parse(f"np.{new}" if as_numpy else new, mode="eval").body


def _changed(node, **fields):
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})
