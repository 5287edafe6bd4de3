"""Confidence intervals: of a mean, of a proportion, by the bootstrap, and how often they cover."""

import numpy as np
from scipy import special

from helpers._arguments import inner_share, positive, whole
from helpers.intervals import _resampling
from helpers.intervals._checks import Interval
from helpers.intervals._checks import as_interval as _interval
from helpers.intervals._checks import numbers as _sample
from helpers.intervals._clusters import (
    clustered_difference_interval,
    clustered_mean_interval,
    clustered_proportion_interval,
)
from helpers.intervals._comparisons import (
    bootstrap_difference_interval,
    paired_proportion_interval,
)
from helpers.intervals._spread import deviation_interval
from helpers.random_bits import raw_bits

__all__ = ["BOOTSTRAPS", "PROPORTIONS", "Interval", "bootstrap_difference_interval"]
__all__ += ["bootstrap_distribution", "bootstrap_interval", "clustered_difference_interval"]
__all__ += ["clustered_mean_interval", "clustered_proportion_interval", "coverage"]
__all__ += ["deviation_interval", "mean_interval", "paired_proportion_interval"]
__all__ += ["proportion_interval", "sample_means"]

PROPORTIONS = ("wald", "wilson", "clopper-pearson", "agresti-coull")
BOOTSTRAPS = ("percentile", "basic", "bca")
BLOCK = 1 << 18  # numbers drawn at once by `coverage`


def sample_means(population, size, repeats, *, rng=None):
    """Draw `repeats` samples of `size` with replacement and return their means.

    Parameters
    ----------
    population : array of shape (n,)
    size, repeats : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of shape (repeats,), float64

    Notes
    -----
    Indices are scaled 32-bit numbers, so some values are likelier than others by at most
    n / 2^32. Memory stays at a few hundred kilobytes whatever `repeats` is.
    """
    population = _sample(population, "population")
    if population.ndim != 1:
        raise ValueError(f"`population` must have shape (n,); got {population.shape}.")
    size, repeats = whole(size, "size"), whole(repeats, "repeats")
    return _resampling.means(population, size, repeats, raw_bits(rng))


def mean_interval(sample, *, confidence=0.95, sd=None):
    """Return a confidence interval for the mean of the population behind each sample.

    Parameters
    ----------
    sample : array of shape (..., n)
        Values of one sample along the last axis.
    confidence : float in (0, 1)
    sd : float > 0, optional
        Standard deviation of the population, if it is known: then mean +- z sd / sqrt(n). By
        default it is estimated from the sample: mean +- t s / sqrt(n), with n - 1 degrees of
        freedom (Student, 1908, doi:10.1093/biomet/6.1.1).

    Returns
    -------
    Interval of numbers, or of arrays of shape (...)

    Raises
    ------
    ValueError
        If a sample is empty, has one value and no `sd`, or is not finite.
    """
    sample, tail = _sample(sample), (1 - inner_share(confidence)) / 2
    size = sample.shape[-1]
    if sd is None:
        if size < 2:
            raise ValueError("`sample` must hold at least 2 values unless `sd` is given; got 1.")
        half = -special.stdtrit(size - 1, tail) * sample.std(axis=-1, ddof=1) / np.sqrt(size)
    else:
        half = -special.ndtri(tail) * positive(sd, "sd") / np.sqrt(size)
    center = sample.mean(axis=-1)
    return _interval(center - half, center + half)


def proportion_interval(successes, trials, *, confidence=0.95, method="wilson"):
    """Return a confidence interval for a proportion.

    Parameters
    ----------
    successes, trials : whole numbers or arrays of them, 0 <= successes <= trials, trials >= 1
    confidence : float in (0, 1)
    method : {"wilson", "wald", "clopper-pearson", "agresti-coull"}
        Clopper-Pearson covers at least as often as promised; the others on average, or less
        (L. D. Brown, T. T. Cai and A. DasGupta, 2001, doi:10.1214/ss/1009213286).

    Returns
    -------
    Interval of numbers or arrays, within [0, 1]
    """
    successes, trials = _counts(successes, trials)
    tail = (1 - inner_share(confidence)) / 2
    if method not in PROPORTIONS:
        raise ValueError(f"`method` must be one of {', '.join(PROPORTIONS)}; got {method!r}.")
    if method == "clopper-pearson":
        failures = trials - successes
        low = special.betaincinv(np.maximum(successes, 1e-300), failures + 1, tail)
        high = special.betainccinv(successes + 1, np.maximum(failures, 1e-300), tail)
    else:
        center, half = _center_and_half(successes, trials, -special.ndtri(tail), method)
        low, high = np.maximum(center - half, 0), np.minimum(center + half, 1)
    # Rounding must not take 0 and 1 themselves away from the counts that allow them.
    return _interval(np.where(successes == 0, 0, low), np.where(successes == trials, 1, high))


def bootstrap_interval(
    sample, statistic=np.mean, *, confidence=0.95, method="bca", resamples=9999, rng=None
):
    """Return a bootstrap confidence interval for any statistic.

    Parameters
    ----------
    sample : array of shape (..., n), or a tuple of such arrays that are resampled in pairs
    statistic : callable
        Takes the array (or arrays) and ``axis``, as `numpy.median` does.
    confidence : float in (0, 1)
    method : {"bca", "percentile", "basic"}
        BCa corrects the percentiles for bias and skew (B. Efron, Better bootstrap confidence
        intervals, 1987, doi:10.1080/01621459.1987.10478410).
    resamples : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    Interval of numbers, or of arrays of shape (...)
        Samples of several rows are resampled with the same indices, row by row. Where all
        resamples agree, both ends are that value.

    Raises
    ------
    ValueError
        If a sample is empty or not finite, or the statistic is not; with BCa also if the
        statistic of the sample lies outside those of all resamples.
    """
    paired = isinstance(sample, tuple)
    parts = [_sample(part) for part in (sample if paired else (sample,))]
    if len({part.shape for part in parts}) != 1:
        shapes = [part.shape for part in parts]
        raise ValueError(f"`sample` must hold arrays of one shape; got {shapes}.")
    if method not in BOOTSTRAPS:
        raise ValueError(f"`method` must be one of {', '.join(BOOTSTRAPS)}; got {method!r}.")
    tail = (1 - inner_share(confidence)) / 2
    shape, rows = parts[0].shape[:-1], [part.reshape(-1, part.shape[-1]) for part in parts]
    drawn = _resampling.statistics(rows, statistic, whole(resamples, "resamples"), rng)
    found = _resampling.apply(statistic, rows)
    if not (np.isfinite(drawn).all() and np.isfinite(found).all()):
        raise ValueError("`statistic` must be finite on every resample; got NaN or infinity.")
    shares = np.tile([tail, 1 - tail], (len(found), 1))
    if method == "bca":
        pulls = _resampling.pulls(rows, statistic)
        shares = _resampling.bca_shares(pulls, drawn, found, shares)
    low, high = _resampling.quantiles(drawn, shares).T.reshape(2, *shape)
    if method == "basic":
        center = 2 * found.reshape(shape)
        low, high = center - high, center - low
    return _interval(low, high)


def bootstrap_distribution(sample, statistic=np.mean, *, resamples=9999, rng=None):
    """Return the statistic of each of many resamples.

    Parameters
    ----------
    sample : array of shape (n,)
    statistic : callable
        Takes an array and ``axis``, as `numpy.median` does.
    resamples : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of shape (resamples,), float64
    """
    rows = [_sample(sample).reshape(1, -1)]
    return _resampling.statistics(rows, statistic, whole(resamples, "resamples"), rng)[0]


def coverage(interval, draw, truth, *, repeats=10_000, rng=None):
    """Return the share of repeated studies whose interval contains the truth.

    Parameters
    ----------
    interval : callable
        Takes samples of shape (k, n), returns an `Interval` of k lower and k upper ends.
    draw : callable
        Takes a generator and k, returns k new samples as an array of shape (k, n), or a tuple of
        such arrays, or anything that `interval` takes.
    truth : float
    repeats : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    float in [0, 1]
        Its own standard error is sqrt(c (1 - c) / repeats).

    Raises
    ------
    ValueError
        If `interval` does not return k lower and k upper ends.
    """
    rng, repeats = np.random.default_rng(rng), whole(repeats, "repeats")
    first = draw(rng, 1)
    size = sum(np.size(part) for part in (first if isinstance(first, tuple) else (first,)))
    hits, rows = 0, max(1, min(repeats, BLOCK // max(1, size)))
    for start in range(0, repeats, rows):
        count = min(rows, repeats - start)
        low, high = map(np.asarray, interval(draw(rng, count)))
        if not low.shape == high.shape == (count,):
            raise ValueError(
                f"`interval` must return {count} lower and upper ends for {count} samples; got "
                f"shapes {low.shape} and {high.shape}."
            )
        hits += np.count_nonzero((low <= truth) & (truth <= high))
    return hits / repeats


def _center_and_half(successes, trials, z, method):
    """Return middle and half width of the intervals that are symmetric round a middle."""
    if method == "wilson":
        spread = successes * (1 - successes / trials) + z**2 / 4
        return (successes + z**2 / 2) / (trials + z**2), z * np.sqrt(spread) / (trials + z**2)
    if method == "agresti-coull":
        successes, trials = successes + z**2 / 2, trials + z**2
    center = successes / trials
    return center, z * np.sqrt(center * (1 - center) / trials)


def _counts(successes, trials):
    successes, trials = np.broadcast_arrays(successes, trials)
    for name, count in (("successes", successes), ("trials", trials)):
        is_number = count.dtype.kind in "iuf"
        if not is_number or not np.all(np.isfinite(count) & (np.floor(count) == count)):
            raise ValueError(f"`{name}` must be whole numbers; got {count}.")
    if not np.all(trials >= 1):
        raise ValueError(f"`trials` must be at least 1; got {trials.min()}.")
    wrong = (successes < 0) | (successes > trials)
    if wrong.any():
        raise ValueError(
            "`successes` must be within 0 and `trials`; got "
            f"{successes[wrong].flat[0]} of {trials[wrong].flat[0]}."
        )
    return successes.astype(np.float64), trials.astype(np.float64)
