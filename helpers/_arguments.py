"""Checks of single arguments, the only ones: each message names argument, rule and value.

Kernels raise a ValueError; pages for own files pass ``error=Problem``, which shows no traceback.
"""

import difflib
from numbers import Integral, Real

import numpy as np


def whole(value, name, least=1, *, error=ValueError):
    """Return a whole number of at least `least` as int; 3.0 and truth values are none."""
    fits = isinstance(value, Integral) and not isinstance(value, bool) and value >= least
    return int(_passed(value, name, fits, f"a whole number of at least {least}", error))


def odd(value, name="size", *, error=ValueError):
    """Return the width of a window as int: odd, so that it has a middle."""
    fits = isinstance(value, Integral) and value >= 3 and value % 2
    return int(_passed(value, name, fits, "odd and at least 3", error))


def positive(value, name, *, error=ValueError):
    """Return a finite number above 0 as float."""
    fits = _is_number(value) and 0 < value < np.inf
    return float(_passed(value, name, fits, "a positive number", error))


def at_least(value, name, least, *, error=ValueError):
    """Return a finite number that is not below `least` as float."""
    fits = _is_number(value) and least <= value < np.inf
    return float(_passed(value, name, fits, f"a number of at least {least}", error))


def not_negative(value, name, *, error=ValueError):
    """Return a finite number of at least 0 as float."""
    return at_least(value, name, 0, error=error)


def probability(value, name, *, error=ValueError):
    """Return a number within [0, 1] as float."""
    fits = _is_number(value) and 0 <= value <= 1
    return float(_passed(value, name, fits, "within [0, 1]", error))


def inner_share(value, name="confidence", example=0.95, *, error=ValueError):
    """Return a number above 0 and below 1 as float: 95 is not meant as 0.95."""
    fits = _is_number(value) and 0 < value < 1
    meant = f" Is {value / 100:g} meant?" if _is_number(value) and 1 < value < 100 else ""
    rule = f"above 0 and below 1, such as {example}"
    return float(_passed(value, name, fits, rule, error, meant))


def frequency(value, name="cutoff", *, error=ValueError):
    """Return a frequency that a picture can hold: sqrt(0.5) is the fastest, along the diagonal."""
    fits = _is_number(value) and 0 < value <= 0.71
    return float(_passed(value, name, fits, "within (0, 0.71] cycles per pixel", error))


def one_of(value, name, options, *, error=ValueError):
    """Return the option that was named."""
    fits = isinstance(value, str) and value in options
    near = "" if fits else nearest(value, options)
    rule = f"one of {', '.join(map(str, options))}"
    shown = f'"{value}"' if isinstance(value, str) else repr(value)
    return _passed(value, name, fits, rule, error, near, shown=shown)


def labels(values, name):
    """Return labels as an array of shape (n,) with n >= 1, none of them missing.

    NaN, None, and what does not know whether it equals itself, count as missing.
    """
    values = np.asarray(values)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"`{name}` must have shape (n,) with n >= 1; got {values.shape}.")
    if missing := _count_missing(values):
        raise ValueError(f"`{name}` must not hold missing values; got {missing} of them.")
    return values


def numbers(values, name):
    """Return values as an array of finite numbers."""
    values = np.asarray(values)
    if values.dtype.kind not in "biuf":
        raise ValueError(f"`{name}` must hold numbers; got {values.dtype}.")
    if not np.isfinite(values).all():
        raise ValueError(f"`{name}` must hold finite numbers; got NaN or infinity.")
    return values


def table(values, name, least=1):
    """Return finite numbers of shape (n, d), d >= 1, with at least so many rows, as float64."""
    values = numbers(values, name)
    if values.ndim != 2 or len(values) < least or values.shape[1] == 0:
        raise ValueError(f"`{name}` must have shape (n, d), n >= {least}; got {values.shape}.")
    return values.astype(np.float64, copy=False)


def nearest(name, names):
    """Return a sentence with the names that resemble `name`, or nothing."""
    near = difflib.get_close_matches(str(name), list(map(str, names)), n=3, cutoff=0.5)
    return f" Nearest names: {', '.join(near)}." if near else ""


def _passed(value, name, fits, rule, error, hint="", *, shown=None):
    """Return the value if it fits, else say which rule it breaks and what may have been meant."""
    if fits:
        return value
    shown = value if shown is None else shown
    raise error(f"`{name}` must be {rule}; got {shown}.{hint or _unquoted(value)}")


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool)


def _unquoted(value):
    """Say how a number that came as text is written."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        float(text.replace(",", "."))
    except ValueError:
        return ""
    if "," in text:
        return f" Write {text.replace(',', '.')} with a point."
    return f" Write {text} without quotation marks."


def _count_missing(values):
    if values.dtype.kind == "f":
        return np.count_nonzero(np.isnan(values))
    if values.dtype.kind != "O":
        return 0
    same = [(value is not None, value == value) for value in values]
    return sum(not (there and isinstance(s, bool | np.bool_) and s) for there, s in same)
