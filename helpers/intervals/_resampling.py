"""Work behind the intervals: resampling in blocks that stay in the cache, and the BCa shares."""

import numpy as np
from scipy import special

from helpers.random_bits import draw_indices, raw_bits

BLOCK = 1 << 15  # numbers drawn at once
TABLE = 1 << 22  # entries of a table of counts at the most


def means(values, size, repeats, bits):
    """Return the means of `repeats` resamples of `size`."""
    center = values.mean()
    around, ones = values - center, np.ones(size)
    rows = max(1, BLOCK // size)
    result = np.empty(repeats)
    for start in range(0, repeats, rows):
        stop = min(start + rows, repeats)
        chosen = draw_indices((stop - start) * size, values.size, bits)
        drawn = np.take(around, chosen, mode="clip").reshape(-1, size)
        result[start:stop] = drawn @ ones
    return result / size + center


def statistics(rows, statistic, resamples, rng):
    """Return the statistic of each resample, shape (samples, resamples).

    `rows` are arrays of shape (samples, n) that are resampled with the same indices.
    """
    bits, size = raw_bits(rng), rows[0].shape[1]
    if statistic is np.mean and len(rows) == 1:
        if len(rows[0]) == 1:
            return means(rows[0][0], size, resamples, bits)[None]
        return _means_of_many(rows[0], resamples, bits)
    drawn = np.empty((len(rows[0]), resamples))
    step = max(1, BLOCK // size)
    for start in range(0, resamples, step):
        stop = min(start + step, resamples)
        chosen = draw_indices((stop - start) * size, size, bits).reshape(-1, size)
        for number in range(len(drawn)):
            parts = [part[number][chosen] for part in rows]
            drawn[number, start:stop] = apply(statistic, parts)
    return drawn


def _means_of_many(values, resamples, bits):
    """Count how often each place is drawn, once for all samples, then multiply."""
    size = values.shape[1]
    center = values.mean(axis=1, keepdims=True)
    around, step = (values - center).T, max(1, TABLE // size)
    drawn = np.empty((len(values), resamples))
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        place = draw_indices(count * size, size, bits).reshape(count, size)
        place += size * np.arange(count)[:, None]
        weights = np.bincount(place.ravel(), minlength=count * size).reshape(count, size)
        drawn[:, start : start + count] = (weights.astype(np.float64) @ around / size).T
    return drawn + center


def apply(statistic, parts):
    """Call the statistic along the last axis, and check that it reduces it."""
    result = np.asarray(statistic(*parts, axis=-1), dtype=np.float64)
    if result.shape != parts[0].shape[:-1]:
        raise ValueError(
            "`statistic` must return one number for each sample; got shape "
            f"{result.shape} for {parts[0].shape[:-1]} samples."
        )
    return result


def quantiles(drawn, shares):
    """Return the quantiles of each row at shares of its own, between neighbours on a line.

    One sort of all rows is several times faster than `numpy.quantile` row by row.
    """
    drawn.sort(axis=1)
    place = shares * (drawn.shape[1] - 1)
    before = np.floor(place).astype(np.intp)
    low = np.take_along_axis(drawn, before, axis=1)
    high = np.take_along_axis(drawn, np.minimum(before + 1, drawn.shape[1] - 1), axis=1)
    return low + (place - before) * (high - low)


def pulls(rows, statistic):
    """Return how far each value pulls the statistic, from leaving it out; shape (samples, n)."""
    left = _leave_one_out(rows, statistic)
    return left.mean(axis=1, keepdims=True) - left


def bca_shares(pull, drawn, found, shares):
    """Shift the shares at which quantiles are taken, for bias (z0) and for skew (a).

    Equations 2.3 and 6.6 of Efron (1987); where all resamples agree the shares stay. `pull` holds
    the pull of each value, in any unit.
    """
    constant = drawn.min(axis=1) == drawn.max(axis=1)
    bias = special.ndtri(np.where(constant, 0.5, _share_below(drawn, found)))[:, None]
    if np.isinf(bias).any():
        raise ValueError(
            "`statistic` of the sample must lie among those of its resamples for BCa; it lies "
            "beyond all of them. The method 'percentile' has no such condition."
        )
    spread = np.sum(pull**2, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        skew = np.sum(pull**3, axis=1, keepdims=True) / (6 * spread**1.5)
    score = bias + special.ndtri(shares)
    room = 1 - np.where(spread > 0, skew, 0) * score  # from 0 on the share is as good as 0 or 1
    moved = special.ndtr(bias + score / np.maximum(room, 1e-12))
    return np.where(constant[:, None], shares, moved)


def _share_below(drawn, found):
    """Return the share of resamples below the estimate; equal ones, up to rounding, count half."""
    rounding = 1e-9 * (drawn.max(axis=1) - drawn.min(axis=1))
    below = np.mean(drawn < (found - rounding)[:, None], axis=1)
    return (below + np.mean(drawn <= (found + rounding)[:, None], axis=1)) / 2


def _leave_one_out(rows, statistic):
    """Return the statistic without each value in turn, shape (samples, n)."""
    values = rows[0]
    size = values.shape[1]
    if size == 1:
        return np.zeros_like(values)
    if statistic is np.mean and len(rows) == 1:
        return (values.sum(axis=1, keepdims=True) - values) / (size - 1)
    others = np.arange(size - 1)
    left = np.empty(values.shape)
    step = max(1, BLOCK // size)
    for start in range(0, size, step):
        out = np.arange(start, min(start + step, size))[:, None]
        kept = others + (others >= out)
        for number in range(len(values)):
            left[number, out[:, 0]] = apply(statistic, [part[number][kept] for part in rows])
    return left
