"""Intervals for a difference: of two samples by the bootstrap, of two answers of one subject."""

import numpy as np
from scipy import special

from helpers._arguments import inner_share, whole
from helpers.intervals import _resampling
from helpers.intervals._checks import as_interval, numbers


def bootstrap_difference_interval(
    one, other, statistic=np.mean, *, confidence=0.95, method="bca", resamples=9999, rng=None
):
    """Return a bootstrap interval for a statistic of one sample minus that of another.

    Parameters
    ----------
    one, other : arrays of shape (..., n) and (..., m)
        Two independent samples; each is resampled by itself.
    statistic : callable
        Takes an array and ``axis``, as `numpy.median` does.
    confidence : float in (0, 1)
    method : {"bca", "percentile", "basic"}
        The acceleration of BCa adds the third and second powers of the pulls of both samples
        (B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, section 14.3, for
        one sample; SciPy's `bootstrap` for several).
    resamples : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    Interval of numbers, or of arrays of shape (...)

    Raises
    ------
    ValueError
        As `bootstrap_interval`, or if the samples differ in their leading axes.
    """
    parts = [numbers(one, "one"), numbers(other, "other")]
    shape = parts[0].shape[:-1]
    if parts[1].shape[:-1] != shape:
        shapes = [part.shape for part in parts]
        raise ValueError(f"`one` and `other` must agree but for their sizes; got {shapes}.")
    if method not in ("bca", "percentile", "basic"):
        raise ValueError(f"`method` must be bca, percentile or basic; got {method!r}.")
    tail, resamples = (1 - inner_share(confidence)) / 2, whole(resamples, "resamples")
    rows, rng = [part.reshape(-1, part.shape[-1]) for part in parts], np.random.default_rng(rng)
    drawn, found = (
        np.subtract(*pair)
        for pair in (
            [_resampling.statistics([part], statistic, resamples, rng) for part in rows],
            [_resampling.apply(statistic, [part]) for part in rows],
        )
    )
    if not (np.isfinite(drawn).all() and np.isfinite(found).all()):
        raise ValueError("`statistic` must be finite on every resample; got NaN or infinity.")
    shares = np.tile([tail, 1 - tail], (len(found), 1))
    if method == "bca":
        pull, counter = (
            _resampling.pulls([part], statistic) * (1 - 1 / part.shape[1]) for part in rows
        )
        shares = _resampling.bca_shares(np.hstack([pull, -counter]), drawn, found, shares)
    low, high = _resampling.quantiles(drawn, shares).T.reshape(2, *shape)
    if method == "basic":
        center = 2 * found.reshape(shape)
        low, high = center - high, center - low
    return as_interval(low, high)


def paired_proportion_interval(only_first, only_second, pairs, *, confidence=0.95):
    """Return a confidence interval for the difference of two proportions of the same subjects.

    Parameters
    ----------
    only_first, only_second : whole numbers or arrays of them
        Pairs with a success the first time alone, and the second time alone.
    pairs : whole number or array, at least the sum of both
    confidence : float in (0, 1)

    Returns
    -------
    Interval of numbers or arrays, within [-1, 1]
        For the first proportion minus the second. Wald's ends after one more pair of either kind
        (D. G. Bonett and R. M. Price, 2012, doi:10.3102/1076998611411915).

    Raises
    ------
    ValueError
        If counts are no whole numbers, or do not fit together.
    """
    counts = np.broadcast_arrays(only_first, only_second, pairs)
    if not all(c.dtype.kind in "iuf" and np.all((c >= 0) & (c == np.floor(c))) for c in counts):
        raise ValueError("`only_first`, `only_second` and `pairs` must be whole numbers.")
    first, second, pairs = (count.astype(np.float64) for count in counts)
    if np.any((pairs < 1) | (first + second > pairs)):
        raise ValueError("`pairs` must be at least 1, and at least the sum of the other two.")
    z = -special.ndtri((1 - inner_share(confidence)) / 2)
    p, q = (first + 1) / (pairs + 2), (second + 1) / (pairs + 2)
    half = z * np.sqrt((p + q - (p - q) ** 2) / (pairs + 2))
    return as_interval(np.maximum(p - q - half, -1), np.minimum(p - q + half, 1))
