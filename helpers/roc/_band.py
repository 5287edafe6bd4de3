"""How sure a ROC curve is: a bootstrap interval for the sensitivity at each false positive rate."""

from typing import NamedTuple

import numpy as np

from helpers._arguments import inner_share, whole
from helpers.roc import _clusters, _ranking
from helpers.roc._ranking import scored

BLOCK = 1 << 17  # numbers drawn at once


class RocBand(NamedTuple):
    """Sensitivity at each false positive rate, with the ends of its interval."""

    fpr: np.ndarray
    tpr: np.ndarray
    low: np.ndarray
    high: np.ndarray


def bootstrap_band(
    y_true,
    y_score,
    *,
    fpr=None,
    confidence=0.95,
    resamples=2000,
    rng=None,
    positive=None,
    clusters=None,
    weights=None,
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
    clusters, weights : arrays of shape (n,), optional
        As for `delong_interval`. Clusters are drawn whole: those with positives only, with
        negatives only and with both each by themselves.

    Returns
    -------
    RocBand
        Pointwise: each interval is meant to hold the true sensitivity at its own rate with
        `confidence`. The whole true curve lies within the band less often than that. Near rates
        of 0 and 1 the interval hangs on a few patients and holds the truth too rarely.
    """
    tail, resamples = (1 - inner_share(confidence)) / 2, whole(resamples, "resamples")
    at = np.linspace(0, 1, 101) if fpr is None else _rates(fpr)
    truth, scores = scored(y_true, y_score, positive)
    if clusters is not None or weights is not None:
        rows = _clusters.rows(truth, weights, clusters)
        return _clustered_band(truth, scores, rows, at, tail, resamples, np.random.default_rng(rng))
    positives, negatives = _ranking.classes(truth, scores)
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


def _clustered_band(truth, scores, rows, at, tail, resamples, rng):
    """Draw clusters, count how often each came, and let its rows weigh as often."""
    order = np.argsort(-scores, kind="stable")
    truth, scores, codes = truth[order], scores[order], rows.codes[order]
    last = np.r_[np.flatnonzero(np.diff(scores)), scores.size - 1]
    sides = [rows.weights[order] * side for side in (truth, ~truth)]
    kinds = np.zeros(codes.max() + 1, dtype=int)
    for bit, side in ((1, truth), (2, ~truth)):
        kinds[np.unique(codes[side])] += bit
    own = _reached_by_weight(np.ones((1, truth.size)), sides, last, at)[0]
    drawn, block = np.empty((resamples, at.size)), max(1, BLOCK // truth.size)
    for start in range(0, resamples, block):
        count = min(block, resamples - start)
        times = np.empty((count, kinds.size))
        for kind in np.unique(kinds):
            places = np.flatnonzero(kinds == kind)
            times[:, places] = rng.multinomial(
                places.size, np.full(places.size, 1 / places.size), count
            )
        drawn[start : start + count] = _reached_by_weight(times[:, codes], sides, last, at)
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return RocBand(at, own, low, high)


def _reached_by_weight(times, sides, last, at):
    """Return the highest sensitivity at each rate, of shape (resamples, k)."""
    tpr, fpr = (np.cumsum(times * side, axis=1)[:, last] for side in sides)
    line = np.arange(times.shape[0])[:, None]
    tpr, fpr = (np.pad(c / c[:, -1:], ((0, 0), (1, 0))) for c in (tpr, fpr))
    steps = (fpr + 2 * line).ravel()  # one ascending line of all resamples
    places = np.searchsorted(steps, at + 2 * line + 1e-9, "right") - 1
    return np.take_along_axis(tpr, places - line * tpr.shape[1], 1)
