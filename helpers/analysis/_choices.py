"""Checks of the choices on a page: a `Problem` for each that cannot be followed."""

import numpy as np

from helpers._files import Problem, nearest


def share(value, name, example):
    """Return a number above 0 and below 1 as float."""
    given = _number(value)
    if not 0 < given < 1:
        hint = f" Is {given / 100:g} meant?" if 1 < given < 100 else _hint(value)
        raise Problem(
            f"`{name}` must be above 0 and below 1, such as {example}; got {value}.{hint}"
        )
    return given


def at_least(value, name, least, *, whole=False):
    """Return a finite number that is not below `least`, as int if it must be whole."""
    given = _number(value)
    if not (least <= given < np.inf and (not whole or given == int(given))):
        kind = "whole number" if whole else "number"
        raise Problem(f"`{name}` must be a {kind} of at least {least}; got {value}.{_hint(value)}")
    return int(given) if whole else given


def one_of(value, name, options):
    """Return the option that was named."""
    if value in options:
        return value
    near = nearest(value, options, "nearest")
    raise Problem(f'`{name}` must be one of {", ".join(options)}; got "{value}".{near}')


def _hint(value):
    """Say how a number that came as text is written."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        float(text.replace(",", "."))
    except ValueError:
        return ""
    if "," in text:
        return f" Write {text.replace(',', '.')} with a point."
    return f" Write {text} without quotation marks."


def _number(value):
    numeric = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return float(value) if numeric else float("nan")
