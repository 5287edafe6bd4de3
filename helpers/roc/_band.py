"""How sure a ROC curve is: a bootstrap interval for the sensitivity at each false positive rate."""

from typing import NamedTuple

import numpy as np

from helpers._arguments import inner_share, whole
from helpers.roc import _ranking
from helpers.roc._ranking import scored

BLOCK = 1 << 17  # numbers drawn at once


class RocBand(NamedTuple):
    """Sensitivity at each false positive rate, with the ends of its interval."""

    fpr: np.ndarray
    tpr: np.ndarray
    low: np.ndarray
    high: np.ndarray


def bootstrap_band(
    y_true, y_score, *, fpr=None, confidence=0.95, resamples=2000, rng=None, positive=None
):
    """Return a pointwise percentile bootstrap band, each class resampled by itself.

    The sensitivity at a false positive rate x is the highest that some threshold reaches with a
    rate of at most x, as in `threshold_at_specificity`; nothing is interpolated.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`.
    fpr : array of shape (k,), in [0, 1], optional
        Where to look. Default: 0, 0.01, ..., 1.
    confidence : float in (0, 1)
    resamples : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    RocBand
        Pointwise: each interval is meant to hold the true sensitivity at its own rate with
        `confidence`. The whole true curve lies within the band less often than that. Near rates
        of 0 and 1 the interval hangs on a few patients and holds the truth too rarely.
    """
    tail, resamples = (1 - inner_share(confidence)) / 2, whole(resamples, "resamples")
    at = np.linspace(0, 1, 101) if fpr is None else _rates(fpr)
    positives, negatives = _ranking.classes(*scored(y_true, y_score, positive))
    below = np.searchsorted(np.sort(negatives), positives)  # negatives that each positive beats
    allowed = np.floor(at * negatives.size + 1e-9).astype(np.int64)  # false positives
    drawn = _drawn(below, negatives.size, allowed, resamples, np.random.default_rng(rng))
    own = _reached(below[None], np.arange(negatives.size)[None], allowed)[0]
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return RocBand(at, own, low, high)


def _rates(fpr):
    rates = np.array(fpr, dtype=np.float64)
    if rates.ndim != 1 or rates.size == 0:
        raise ValueError(f"`fpr` must have shape (k,) with k >= 1; got {rates.shape}.")
    for outside in rates[~((rates >= 0) & (rates <= 1))][:1]:
        raise ValueError(f"`fpr` must be within [0, 1]; got {outside:g}.")
    return rates


def _drawn(below, size, allowed, resamples, rng):
    """Return the sensitivities of each resample, of shape (resamples, k)."""
    rows, result = max(1, BLOCK // (size + below.size)), np.empty((resamples, allowed.size))
    for start in range(0, resamples, rows):
        count = min(rows, resamples - start)
        negatives = np.sort(rng.integers(0, size, (count, size), dtype=np.uint32), axis=1)
        chosen = rng.integers(0, below.size, (count, below.size), dtype=np.uint32)
        result[start : start + count] = _reached(below[chosen], negatives, allowed)
    return result


def _reached(below, negatives, allowed):
    """Return the share of positives above the first negative that may not be called positive.

    A row of `negatives` holds places in the sorted sample, in ascending order; a positive is
    above place j if it beats more than j negatives.
    """
    count, size = negatives.shape
    places = size + 1
    line = np.arange(count)[:, None] * places
    beaten = np.bincount((below + line).ravel(), minlength=count * places).reshape(count, places)
    upto = np.cumsum(beaten, axis=1)
    last = np.maximum(size - 1 - allowed, 0)
    share = 1 - np.take_along_axis(upto, negatives[:, last].astype(np.int64), 1) / below.shape[1]
    share[:, allowed >= size] = 1  # everybody may be called positive
    return share
