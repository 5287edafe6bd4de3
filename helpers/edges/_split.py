"""Otsu's threshold: the split into two groups whose means lie farthest apart."""

import numpy as np

from helpers._arguments import numbers


def otsu_threshold(image):
    """Split the values of a picture into dark and bright so that the two groups are tightest.

    Of all thresholds t it takes the one with the largest w0 w1 (m1 - m0)^2: shares and means of
    the values up to t and above it. That is the smallest spread within the groups.

    Parameters
    ----------
    image : array of any shape, uint8 or other finite numbers
        Floats are not put into bins: each value may be the threshold.

    Returns
    -------
    int or float
        The largest value of the dark group, so ``image > threshold`` is the bright one; of equally
        good splits the lowest.

    Raises
    ------
    ValueError
        If all values are equal.

    References
    ----------
    N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on
    Systems, Man, and Cybernetics 9 (1979) 62-66, doi:10.1109/TSMC.1979.4310076.
    """
    values = numbers(image, "image").ravel()
    if values.dtype == np.uint8:
        levels, counts = np.arange(256), np.bincount(values, minlength=256)
    else:
        levels, counts = np.unique(values, return_counts=True)
    if np.count_nonzero(counts) < 2:
        raise ValueError("`image` must hold at least two different values; got one or none.")
    return levels[_best(counts, levels.astype(np.float64))].item()


def otsu_split(counts):
    """Split a histogram into two groups as `otsu_threshold` does.

    Parameters
    ----------
    counts : array of shape (k,), not negative
        How often each of the levels 0..k-1 occurs; at least two of them occur.

    Returns
    -------
    int
        The last level of the lower group.
    """
    counts = numbers(counts, "counts")
    if counts.ndim != 1 or counts.size < 2:
        raise ValueError(f"`counts` must have shape (k,) with k >= 2; got {counts.shape}.")
    if counts.min() < 0 or np.count_nonzero(counts) < 2:
        raise ValueError("`counts` must not be negative, and above 0 for two levels or more.")
    return int(_best(counts, np.arange(counts.size, dtype=np.float64)))


def _best(counts, levels):
    """Return the index after which to cut: the first of the largest between-group spreads."""
    levels = levels - np.average(levels, weights=counts)  # large offsets cost digits
    below, sums = np.cumsum(counts, dtype=np.float64), np.cumsum(counts * levels)
    above = below[-1] - below
    # both means follow from the sum below, since all values sum to 0
    inside = (below > 0) & (above > 0)
    spread = np.full(levels.size, -1.0)
    np.divide(sums**2, below * above, out=spread, where=inside)
    return np.argmax(spread >= spread.max() * (1 - 1e-12))  # equal but for rounding
