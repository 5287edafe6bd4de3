"""Tables of points and groups, checked; distances of points to each other."""

import numpy as np

from helpers._arguments import labels as check_labels

ROUNDING = 4 * np.finfo(np.float64).eps


def check_pair(first, second, names):
    """Return two lists of labels for the same items, each as numbers 0, 1, ..., and their names."""
    first, second = check_labels(first, names[0]), check_labels(second, names[1])
    if len(first) != len(second):
        both = f"`{names[0]}` and `{names[1]}`"
        raise ValueError(f"{both} must have one length; got {len(first)} and {len(second)}.")
    kinds = [np.unique(values, return_inverse=True) for values in (first, second)]
    return [kind for kind, _ in kinds], [numbers for _, numbers in kinds]


def contingency_table(rows, columns):
    """Count the items of each pair of numbers."""
    shape = (rows.max() + 1, columns.max() + 1)
    return np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)


def middle_of(points):
    """Return about the mean, with few binary digits: whole numbers less it stay exact, and ties.

    Products of points near 0 keep their digits, so points are moved by it before.
    """
    middle, spread = points.mean(axis=0), np.ptp(points, axis=0).max()
    if spread == 0:
        return points[0].copy()
    step = 2.0 ** (np.floor(np.log2(spread)) - 8)
    return np.rint(middle / step) * step


def distances(points, others):
    """Return Euclidean distances of shape (n, m), by products: 0 where only rounding is left."""
    sums = np.einsum("ij,ij->i", points, points)[:, None]
    sums = sums + np.einsum("ij,ij->i", others, others)
    squares = points @ others.T
    squares *= -2
    squares += sums
    sums *= ROUNDING * points.shape[1] ** 0.5
    squares[squares <= sums] = 0
    return np.sqrt(squares, out=squares)
