"""Statistics of one column with every method that can put an interval on them.

Each function takes samples along the last axis, so that one call serves one study or a thousand.
"""

import numpy as np
from scipy import special

from helpers import intervals
from helpers.analysis.intervals._group_names import counted
from helpers.files import Problem

FEW = 10  # below this nobody sees the shape of a distribution
TRIM = 0.2  # share that a trimmed mean drops at each end
WORK = 200_000_000  # values drawn by one bootstrap, at the most
BOOTSTRAPS = intervals.BOOTSTRAPS
FORMULAS = {
    "mean": ("t",),
    "median": ("order statistics",),
    "trimmed mean": ("winsorised t",),
    "standard deviation": ("bonett",),
    "proportion": intervals.PROPORTIONS,
}
METHODS = {
    name: formulas if name == "proportion" else (*formulas, *BOOTSTRAPS)
    for name, formulas in FORMULAS.items()
}
LEAST = {"t": 2, "winsorised t": 5, "bonett": 10, **dict.fromkeys(BOOTSTRAPS, 10)}


def trimmed_mean(values, axis=-1):
    """Return the mean of the middle 60 %; a sort is faster than a partition."""
    ordered = np.sort(values, axis=axis)
    cut = int(TRIM * ordered.shape[axis])
    return ordered.take(range(cut, ordered.shape[axis] - cut), axis=axis).mean(axis=axis)


def deviation(values, axis=-1):
    """Return the standard deviation with n - 1."""
    return np.std(values, axis=axis, ddof=1)


STATISTICS = {
    "mean": np.mean,
    "median": np.median,
    "trimmed mean": trimmed_mean,
    "standard deviation": deviation,
    "proportion": np.mean,
}


def least(method, confidence):
    """Return the fewest values that a method can work with."""
    if method == "order statistics":  # both ends of the sample must miss rarely enough
        return int(np.ceil(1 - np.log2(1 - confidence)))
    return LEAST.get(method, 1)


def refusal(values, method, confidence, resamples):
    """Say why a method cannot be used on a sample, or nothing if it can."""
    if values.size < (needed := least(method, confidence)):
        return f"{counted(values.size, 'value')}, and {method} needs at least {needed}"
    if method not in intervals.PROPORTIONS and values.min() == values.max():
        return f"all {values.size} values are {values[0]:.4g}: they do not show any spread"
    if method in BOOTSTRAPS and values.size * max(resamples, values.size) > 2 * WORK:
        return f"{values.size} values are too many for {method}; choose another method"
    return ""


def interval(rows, statistic, method, confidence, resamples, rng):
    """Return the `Interval` of each sample."""
    if method == "t":
        return intervals.mean_interval(rows, confidence=confidence)
    if method == "bonett":
        return intervals.deviation_interval(rows, confidence=confidence)
    if method in intervals.PROPORTIONS:
        successes = rows.sum(axis=-1).astype(np.int64)
        size = rows.shape[-1]
        return intervals.proportion_interval(successes, size, confidence=confidence, method=method)
    if method in FORMULAS[statistic]:
        formula = {"median": _order, "trimmed mean": _winsorised}[statistic]
        return intervals.Interval(*formula(rows, (1 - confidence) / 2))
    try:
        return intervals.bootstrap_interval(
            rows,
            STATISTICS[statistic],
            confidence=confidence,
            method=method,
            resamples=resamples,
            rng=rng,
        )
    except ValueError as error:
        raise Problem(f"{method} fails here: {error}") from None


def welch(one, other, confidence):
    """Return the ends for a difference of means without assuming equal spreads (Welch, 1947)."""
    parts = [np.var(part, axis=-1, ddof=1) / part.shape[-1] for part in (one, other)]
    both = parts[0] + parts[1]
    below = [part.shape[-1] - 1 for part in (one, other)]
    with np.errstate(invalid="ignore"):  # an imitated study may be constant
        freedom = both**2 / sum(part**2 / n for part, n in zip(parts, below, strict=True))
    half = -special.stdtrit(freedom, (1 - confidence) / 2) * np.sqrt(both)
    gap = one.mean(axis=-1) - other.mean(axis=-1)
    return intervals.Interval(gap - half, gap + half)


def newcombe(one, other, confidence):
    """Return the ends for a difference of proportions, from Wilson's for each (Newcombe, 1998)."""
    ends = [interval(part, "proportion", "wilson", confidence, 1, None) for part in (one, other)]
    return square_and_add(one.mean(axis=-1), ends[0], other.mean(axis=-1), ends[1])


def square_and_add(p, ends, q, other_ends):
    """Return the ends for p - q of two groups from the ends for each."""
    gap, (low, high), (low_q, high_q) = p - q, ends, other_ends
    return intervals.Interval(
        gap - np.hypot(p - low, high_q - q), gap + np.hypot(high - p, q - low_q)
    )


def _order(rows, tail):
    """Take the k-th smallest and largest value: the median lies outside with at most 2 tails."""
    size = rows.shape[-1]
    half_below = special.bdtr(np.arange(size + 1), size, 0.5)  # chance of so many below the median
    place = max(1, int(np.searchsorted(half_below, tail)))
    ordered = np.sort(rows, axis=-1)
    return ordered[..., place - 1], ordered[..., size - place]


def _winsorised(rows, tail):
    """Tukey and McLaughlin (1963): t from the values pulled in to the trimmed ends."""
    size = rows.shape[-1]
    cut = int(TRIM * size)
    ordered = np.sort(rows, axis=-1)
    pulled = np.clip(ordered, ordered[..., [cut]], ordered[..., [size - cut - 1]])
    error = deviation(pulled) / ((1 - 2 * TRIM) * np.sqrt(size))
    half = -special.stdtrit(size - 2 * cut - 1, tail) * error
    center = trimmed_mean(rows)
    return center - half, center + half
