"""Checks of single arguments that kernels share: argument, rule, value."""

import numpy as np


def whole(value, name, least=1):
    """Return a whole number of at least `least` as int."""
    try:
        fits = value == int(value) and value >= least and not isinstance(value, bool | np.bool_)
    except (TypeError, ValueError, OverflowError):  # a text, None, NaN, infinity
        fits = False
    if not fits:
        raise ValueError(f"`{name}` must be a whole number of at least {least}; got {value}.")
    return int(value)


def positive(value, name):
    """Return a finite number above 0 as float."""
    if not 0 < value < np.inf:
        raise ValueError(f"`{name}` must be a positive number; got {value}.")
    return float(value)


def not_negative(value, name):
    """Return a finite number of at least 0 as float."""
    if not 0 <= value < np.inf:
        raise ValueError(f"`{name}` must be a number of at least 0; got {value}.")
    return float(value)


def probability(value, name):
    """Return a number within [0, 1] as float."""
    if not 0 <= value <= 1:
        raise ValueError(f"`{name}` must be within [0, 1]; got {value}.")
    return float(value)


def inner_share(value, name="confidence"):
    """Return a number above 0 and below 1 as float: 95 is not meant as 0.95."""
    if not 0 < value < 1:
        raise ValueError(f"`{name}` must be above 0 and below 1, such as 0.95; got {value}.")
    return float(value)
