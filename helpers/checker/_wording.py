"""Put a case, a value, an error or a difference into a few words that never change."""

import inspect
import math
import re
import traceback
from numbers import Integral, Number

import numpy as np

from helpers.checker._comparing import flat
from helpers.checker._errors import plain_words

TWO = "two things give exactly this result."  # other pairs may do that as well
BOXED = "the number is right, but it stands in a list or an array of one: return the number itself"


def show(value, digits=4):
    """Describe a value in a few words, without addresses and without a whole array."""
    if value is None or isinstance(value, (bool, np.bool_)):
        return str(value)
    if isinstance(value, Integral):
        value = int(value)
        return str(value) if abs(value) < 10**20 else _large(value, digits)
    if isinstance(value, Number):
        return f"{value if np.iscomplexobj(value) else float(value):.{digits}g}"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:37] + "...")
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array {value.shape}" if value.ndim else show(value[()], digits)
    if isinstance(value, (list, tuple)):
        if len(value) <= 6 and not any(isinstance(v, (list, tuple, np.ndarray)) for v in value):
            return f"({', '.join(show(v, digits) for v in value)})"
        return f"{type(value).__name__} of {len(value)}"
    return getattr(value, "__name__", None) or f"an object of type {type(value).__name__}"


def _large(value, digits):
    power = int(math.log10(abs(value)))
    first = str(abs(value) // 10 ** (power - digits))
    power += len(first) - digits - 1  # the logarithm of 99...9 is rounded up
    shown = f"{first[0]}.{first[1:]} * " if digits > 4 else ""
    return f"about {'-' * (value < 0)}{shown}10**{power}"


def case(exercise, name):
    """Name a case and its arguments, arrays by shape only."""
    args = exercise.cases[name]
    pairs = zip(_parameters(exercise.reference, args), args, strict=True)
    return f'case "{name}" ({", ".join(f"{key}: {show(arg)}" for key, arg in pairs)})'


def arguments(exercise):
    """Say how a function is called."""
    args = next(iter(exercise.cases.values()))
    names = ", ".join(_parameters(exercise.reference, args))
    return f"the function is called with {len(args)} arguments: ({names})"


def _parameters(reference, args):
    try:
        names = list(inspect.signature(reference).parameters)
    except (TypeError, ValueError):
        names = []
    places = [f"argument {place}" for place in range(1, len(args) + 1)]
    return names[: len(args)] if len(names) >= len(args) else places


def error(function, raised):
    """Tell an exception and the line of the function that it passed through, in plain words."""
    try:
        message = str(raised)
    except Exception:  # an exception that cannot be told
        message = "it has no message that can be read"
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x...", " ".join(message.split()))[:200]
    code = getattr(function, "__code__", None)
    lines = [n for frame, n in traceback.walk_tb(raised.__traceback__) if frame.f_code is code]
    line = f" in line {lines[0] - code.co_firstlineno + 1} of the function" if lines else ""
    kind = type(raised).__name__
    if isinstance(raised, SystemExit):
        return f"{kind}{line}: `exit` and `quit` end Python; `return` ends the function"
    plain = plain_words(text)
    return f"{plain}.\n{kind}{line}: {text}" if plain else f"{kind}{line}: {text}"


def has_plain_words(raised):
    """Tell whether an error is explained in a sentence."""
    try:
        return isinstance(raised, SystemExit) or plain_words(str(raised)) is not None
    except Exception:  # an exception that cannot be told
        return True


def is_near(got, want):
    """Tell whether all numbers of two results agree to three digits."""
    got, want = flat(got), flat(want)
    if got is None or want is None or got.shape != want.shape or not got.size:
        return False
    return bool(np.allclose(got, want, rtol=1e-3, atol=0)) and not bool(
        np.all(want == np.round(want))
    )


def shapes(gap):
    """Tell two shapes apart."""
    part = f"at {gap.where} " if gap.where else ""
    if gap.expected == ():
        return f"{part}expected one number, got an array of shape {gap.got}"
    if gap.got == ():
        return f"{part}expected an array of shape {gap.expected}, got one number"
    return f"{part}expected shape {gap.expected}, got {gap.got}"


def values(gap):
    """Tell two values apart, with as many digits as that takes."""
    expected, got = show(gap.expected), show(gap.got)
    for digits in range(5, 18):
        if expected != got:
            break
        expected, got = show(gap.expected, digits), show(gap.got, digits)
    part = f"at {gap.where} " if gap.where else ""
    cut = "; decimals keep only 16 digits of a whole number" * _is_cut(gap.got, gap.expected)
    return f"{part}expected {expected}, got {got}{cut}{how_many(gap)}"


def _is_cut(got, want):
    """Tell whether two large whole numbers part only beyond the digits that a float keeps."""
    whole = isinstance(got, Integral) and isinstance(want, Integral) and abs(int(want)) > 2**53
    return whole and abs(int(got) - int(want)) <= abs(int(want)) >> 48


def how_many(gap):
    """Count the differing elements of a difference within an array."""
    return f"; {gap.count} of {gap.total} elements differ" if gap.total > 1 else ""


def dtypes(got, want, follows=False):
    """Tell two dtypes apart, one that `follows` those of the arguments in other words."""
    cure = f"convert the result with `.astype({want.dtype})`"
    if follows:
        cure = (
            "make the result with the dtype of what was given, before anything is written into it"
        )
    return f"the values are right, but the dtype is {got.dtype}, expected {want.dtype}: {cure}"
