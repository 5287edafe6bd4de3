"""Read the source of an answer, and build it anew with a change."""

import ast
import dis
import inspect
import textwrap
import types

_TELLING = ("BINA", "COMP", "STOR", "CONT", "IS_O", "UNAR", "RETU", "FOR_", "LOAD")


def tree_of(function):
    """Return the `ast.FunctionDef` of a function, or None where its source is not certain."""
    if not isinstance(function, types.FunctionType) or function.__code__.co_freevars:
        return None
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return None
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef) or body[0].decorator_list:
        return None
    fresh = _code(body[0])  # a cell that was edited since has another source
    return body[0] if fresh and _deeds(fresh) == _deeds(function.__code__) else None


def _deeds(code):
    """List what a code object does, without how it calls and how far it jumps.

    These depend on the imports of its module.
    """
    said = [i for i in dis.get_instructions(code) if i.opname[:4] in _TELLING]
    return [(i.opname[:4], _told(i)) for i in said]  # LOAD_METHOD may be LOAD_ATTR


def _told(instruction):
    jumps = instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs
    return None if jumps or isinstance(instruction.argval, types.CodeType) else instruction.argval


def _code(tree):
    module = compile(ast.Module([tree], []), "<answer>", "exec")
    return next((c for c in module.co_consts if isinstance(c, types.CodeType)), None)


def built(function, tree, names=()):
    """Return the function of a changed tree in a copy of the same namespace, or None.

    `names` maps further names to what they mean there.
    """
    try:
        code, space = _code(tree), {**function.__globals__, **dict(names)}
        made = types.FunctionType(code, space, function.__name__, function.__defaults__)
        made.__kwdefaults__ = function.__kwdefaults__
    except Exception:  # a change that is no program
        return None
    return made


def line(tree, node):
    """Return the number of a node's line, counted from the `def`."""
    return node.lineno - tree.lineno + 1


def called(node):
    """Return the name of the function or method that a node calls, or ""."""
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def names(node):
    """Gather the names in a node."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def words(node, most=50):
    """Return the source of a node as code in a hint, cut where it is long."""
    text = " ".join(ast.unparse(node).split())
    return f"`{text if len(text) <= most else text[: most - 3] + '...'}`"
