"""What every interval is: two ends, from numbers that were looked at."""

from typing import NamedTuple

import numpy as np


class Interval(NamedTuple):
    """Lower and upper end: two numbers, or two arrays for many samples at once."""

    low: float
    high: float


def as_interval(low, high):
    """Return numbers for one sample, arrays for many."""
    return Interval(*(float(end) if np.ndim(end) == 0 else end for end in (low, high)))


def numbers(values, name="sample"):
    """Return finite numbers of at least one dimension as float64."""
    values = np.asarray(values)
    if values.dtype.kind not in "biuf" or values.ndim == 0:
        raise TypeError(f"`{name}` must be an array of numbers; got {values.dtype}.")
    if values.size == 0:
        raise ValueError(f"`{name}` must not be empty; got shape {values.shape}.")
    values = values.astype(np.float64)
    if not np.isfinite(values).all():
        bad = np.count_nonzero(~np.isfinite(values))
        raise ValueError(f"`{name}` must be finite; got {bad} values that are NaN or infinite.")
    return values
