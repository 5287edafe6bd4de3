"""Plain facts from the source of an answer: only what is certain, and likely a slip."""

import ast

from helpers.checker._source import called, line, tree_of, words

_PURE = {"clip", "round", "rint", "sqrt", "abs", "astype", "copy", "sorted", "reversed", "mean"}
_PURE |= {"sum", "transpose", "reshape", "ravel", "flatten", "where", "roll", "minimum", "maximum"}
_PURE |= {"concatenate", "append", "stack", "exp", "log", "log10", "floor", "ceil", "cumsum", "dot"}
_PURE |= {"unique", "argsort", "delete", "insert", "pad", "flip", "max", "min", "std", "squeeze"}


def facts(function, rules=None):
    """Yield sentences about the source of a function, the most telling first."""
    tree = tree_of(function)
    if tree is None:
        return
    for rule in rules or (*_CERTAIN, _power, _never_read):
        yield from rule(tree)


def is_certain(function):
    """Tell whether the source shows a slip that surely is one."""
    return next(facts(function, _CERTAIN), None) is not None


def _thrown_away(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value.func
            name = getattr(call, "attr", getattr(call, "id", ""))
            library = isinstance(call, ast.Name) or _is_numpy(call.value)
            out = {keyword.arg for keyword in node.value.keywords} & {"out", "inplace"}
            pure = name in _PURE and (library or name in ("clip", "astype", "copy", "round"))
            if pure and not out and len(node.value.args) < 4:
                yield (
                    f"the result of line {line(tree, node)}, {words(node.value)}, is thrown away:"
                    " give it a name, or return it"
                )
        elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.BinOp, ast.Compare)):
            yield (
                f"line {line(tree, node)}, {words(node.value)}, computes something that nobody"
                " keeps: a `=` or a `return` is missing"
            )


def _is_numpy(node):
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def _early_return(tree):
    for loop in ast.walk(tree):
        ends = isinstance(loop, (ast.For, ast.While)) and isinstance(loop.body[-1], ast.Return)
        if ends and not any(isinstance(n, ast.Continue) for n in ast.walk(loop)):
            yield (
                f"the `return` in line {line(tree, loop.body[-1])} stands inside the loop, so"
                " the loop ends in its first round: move it to the left"
            )


def _returns_both(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and node.orelse:
            ends = [branch[-1] for branch in (node.body, node.orelse)]
            if all(isinstance(end, ast.Return) for end in ends):
                if ast.dump(ends[0]) == ast.dump(ends[1]) and len(node.body + node.orelse) == 2:
                    yield (f"both branches of the `if` in line {line(tree, node)} return the same")
                elif _in_loop(tree, node):
                    yield (
                        f"both branches of the `if` in line {line(tree, node)} return, so the loop"
                        " around it ends in its first round"
                    )


def _in_loop(tree, node):
    loops = (n for n in ast.walk(tree) if isinstance(n, (ast.For, ast.While)))
    return any(node in loop.body for loop in loops)


def _power(tree):
    for node in ast.walk(tree):
        power = isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)
        if power and isinstance(node.right, ast.Constant) and type(node.right.value) is int:
            yield (
                f"line {line(tree, node)}, {words(node)}: `^` is not a power in Python;"
                " a power is written `**`"
            )


def _copy_lost(tree):
    """Find `image.copy()[row] = ...` and `mask.astype(float)[k] += ...`."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if not isinstance(node, (ast.Assign, ast.AugAssign)):
            continue
        for target in targets:
            call = target.value if isinstance(target, ast.Subscript) else None
            name = getattr(getattr(call, "func", None), "attr", "")
            if isinstance(call, ast.Call) and name in ("copy", "astype", "flatten"):
                yield (
                    f"line {line(tree, node)} writes into the copy that {words(call)} makes, and"
                    " nobody keeps it: give the copy a name first"
                )


def _smallest_of_left_out(tree):
    """Find `(apart * mask).min(...)` and `np.argmin(apart * mask)`."""
    masks = {t.id for n in ast.walk(tree) if _makes_mask(n) for t in n.targets if _is_name(t)}
    for node in ast.walk(tree):
        if called(node) not in ("min", "argmin"):
            continue
        for value in (getattr(node.func, "value", None), *node.args[:1]):
            product = isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult)
            if product and any(_is_mask(side, masks) for side in (value.left, value.right)):
                yield (
                    f"line {line(tree, node)}, {words(node)}: what the mask leaves out is 0 there,"
                    " and the smallest may be such a 0"
                )


def _makes_mask(node):
    return isinstance(node, ast.Assign) and _is_mask(node.value, ())


def _is_mask(node, names):
    turned = isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Invert, ast.Not))
    return turned or isinstance(node, ast.Compare) or (_is_name(node) and node.id in names)


def _is_name(node):
    return isinstance(node, ast.Name)


def _never_read(tree):
    for name in unread(tree).values():
        if not name.startswith("_"):
            yield f"the parameter `{name}` is never read"


def unread(tree):
    """Return place -> name of the parameters that a function never reads."""
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _reads(n)}
    read |= {n.target.id for n in ast.walk(tree) if _adds_to_name(n)}
    places = enumerate([*tree.args.posonlyargs, *tree.args.args])
    return {at: place.arg for at, place in places if place.arg not in read}


def _reads(name):
    return isinstance(name.ctx, ast.Load)


def _adds_to_name(node):
    return isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)


_CERTAIN = (_thrown_away, _early_return, _returns_both, _copy_lost, _smallest_of_left_out)
