"""Compare results by what they mean, and say where they differ first."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from numbers import Integral, Number
from typing import NamedTuple

import numpy as np

_SHORT = {np.dtype(np.float32): 1e-5}
MOST = 10**6  # numbers; no case asks for more
_PLAIN = (str, bytes, Number, np.generic, set, frozenset)
_HOMES = ("builtins", "numpy", "fractions", "decimal")


class Difference(NamedTuple):
    """The first element that differs: `kind` is "shape" or "value", `where` an index or ""."""

    kind: str
    where: str
    expected: object
    got: object
    count: int = 1
    total: int = 1


def difference(got, want, rtol, atol, where=""):
    """Return the first Difference between two results, or None if they mean the same.

    Lists, tuples, arrays, tables and records are compared by value, never by dtype. An integer
    in `want` forgives less than 0.01 unless `atol` is larger, however large the integer is.
    """
    got, want = _plain(got), _plain(want)
    if isinstance(want, Mapping) and isinstance(got, Mapping):
        if set(got) != set(want):
            return Difference("value", f"{where} (keys)", tuple(want), tuple(got))
        pairs = [(f"[{key!r}]", got[key], want[key]) for key in want]
    else:
        x, y = _numbers(got), _numbers(want)
        nested = isinstance(want, tuple) and any(map(_is_sequence, want))
        if x is not None and y is not None and not nested:
            return _first_wrong(x, y, rtol, atol, where)
        if not (_is_sequence(want) and _is_sequence(got)):
            return None if _equal(got, want) else Difference("value", where, want, got)
        if len(got) != len(want):
            return Difference("shape", where, (len(want),), (len(got),))
        names = getattr(want, "_fields", range(len(want)))
        pairs = [(f"[{name}]", *pair) for name, *pair in zip(names, got, want, strict=True)]
    gaps = (difference(g, w, rtol, atol, where + name) for name, g, w in pairs)
    return next((gap for gap in gaps if gap is not None), None)


def flat(value):
    """Return the numbers of a result in one row of floats; None for others or too many."""
    value = _plain(value)
    if isinstance(value, (list, tuple)) and _numbers(value) is None:
        rows = [flat(part) for part in value]
        return None if any(row is None for row in rows) or not rows else np.concatenate(rows)
    array = _numbers(value)
    try:
        odd = array is None or array.dtype.kind == "c" or array.size > MOST
        return None if odd else array.astype(float).ravel()
    except (OverflowError, TypeError):  # beyond the floats
        return None


def _plain(value):
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(getattr(value, field.name) for field in fields(value))
    return value.to_numpy() if type(value).__module__.startswith("pandas") else value


def _is_sequence(value):
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _equal(a, b):
    """Compare what is no number; an object of the answer's own may claim to equal everything."""
    if a is b or any(isinstance(v, np.ndarray) and v.size > 1 for v in (a, b)):
        return a is b  # many numbers have no one truth value, and may not fit into memory twice
    known = isinstance(b, _PLAIN) and type(a).__module__ in _HOMES
    try:
        return bool((known or type(a) is type(b)) and b == a)
    except Exception:
        return False


def _numbers(value):
    if isinstance(value, np.ma.MaskedArray):  # its values are not all meant
        return None
    try:
        array = np.asarray(value)
    except Exception:  # ragged lists, and objects that refuse to be arrays
        return None
    boxed = array.dtype.kind == "O" and all(isinstance(v, Number) for v in array.flat)
    return array if boxed or array.dtype.kind in "biufc" else None


def _first_wrong(x, y, rtol, atol, where):
    if x.shape != y.shape:
        return Difference("shape", where, y.shape, x.shape)
    wrong = ~np.asarray(_close(x, y, rtol, atol), dtype=bool)
    if not wrong.any():
        return None
    at = tuple(np.argwhere(wrong)[0].tolist())
    where += f"{list(at)}" if at else ""
    return Difference("value", where, y[at], x[at], int(wrong.sum()), wrong.size)


def _close(x, y, rtol, atol):
    whole = [
        a.dtype.kind in "biu"
        or (a.dtype.kind == "O" and all(isinstance(v, Integral) for v in a.flat))
        for a in (x, y)
    ]
    if all(whole) and atol < 1:
        return x == y
    if x.dtype in _SHORT and not whole[1]:  # as exact as a short float can be
        rtol = max(rtol, _SHORT[x.dtype])
    kind = complex if any(np.iscomplexobj(a) for a in (x, y)) else float
    try:
        x, y = x.astype(kind), y.astype(kind)
    except (OverflowError, TypeError):  # integers beyond the floats
        return x == y
    if whole[1]:
        rtol, atol = 0, np.maximum(atol, np.minimum(rtol * np.abs(y), 0.01))
    return np.isclose(x, y, rtol=rtol, atol=atol, equal_nan=True)
