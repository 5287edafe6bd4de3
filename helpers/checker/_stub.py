"""Tell an answer that was not begun from one that is wrong."""

import dis
import functools
import types


def _body(code):
    return [(i.opname, i.argval) for i in dis.get_instructions(code) if i.opname != "NOP"]


_EMPTY = [_body((lambda: None).__code__), _body((lambda: ...).__code__)]


def is_stub(answer):
    """Tell whether an answer is `...`, None, or a function whose compiled body is empty."""
    while isinstance(answer, functools.partial):
        answer = answer.func
    code = getattr(answer, "__code__", None)
    return (
        answer is ...
        or answer is None
        or (isinstance(code, types.CodeType) and _body(code) in _EMPTY)
    )
