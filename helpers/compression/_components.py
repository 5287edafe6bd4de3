"""Principal components of a set of rows, by the smaller of two tables of products."""

from typing import NamedTuple

import numpy as np
from scipy import linalg

from helpers._arguments import numbers, table, whole

SQUARED = 1e-4  # below this share of the largest spread, squares have lost too many digits
SMALLEST = 1e-290  # a sum of squares with all its digits


class Components(NamedTuple):
    """The main directions of a set of rows, the one with the largest spread first.

    `mean` has shape (d,); `directions` has shape (k, d), rows of length 1 at right angles;
    `sds` and `shares` have shape (k,): the standard deviation along each direction, and the
    share of the variance of all columns together that lies along it.
    """

    mean: np.ndarray
    directions: np.ndarray
    sds: np.ndarray
    shares: np.ndarray


def principal_components(rows, k=None):
    """Find the directions along which centred rows vary most.

    Where there are fewer rows than columns, the (n, n) products of rows with rows have the same
    spreads as the (d, d) covariance and cost far less. Where squares would lose the small
    spreads, a singular value decomposition is made instead.

    Parameters
    ----------
    rows : array of shape (n, d), n >= 2, finite numbers
        One picture, patch or case in each row.
    k : int from 1 to min(n - 1, d), optional
        How many; without it as many as there are.

    Returns
    -------
    Components
        Of k directions, or of fewer if the rows vary along fewer. The entry of a direction that
        is largest in size is positive: the sign says nothing else.

    Raises
    ------
    ValueError
        If the rows are not of that kind or all alike, if their squares are too large or too
        small for float64, or if `k` is no such number.

    References
    ----------
    I. T. Jolliffe, Principal Component Analysis, 2nd edition, Springer (2002), chapters 1, 3.
    """
    rows = table(rows, "rows", least=2)
    most = min(len(rows) - 1, rows.shape[1])
    k = most if k is None else count(k, most, "rows less one, and columns")
    if (rows == rows[0]).all():  # their mean is rounded, so that differences need not be 0
        raise ValueError("`rows` must differ from each other; got equal ones.")
    mean = rows.mean(axis=0)
    centred = rows - mean
    total = np.vdot(centred, centred)
    if not SMALLEST < total < np.inf:
        raise ValueError(f"`rows` must have squares that float64 can hold; got a sum of {total:g}.")
    lengths, directions = _by_products(centred, k)
    if lengths[-1] < SQUARED * lengths[0]:
        lengths, directions = linalg.svd(centred, full_matrices=False)[1:]
        present = lengths[:k] > max(rows.shape) * np.finfo(np.float64).eps * lengths[0]
        lengths, directions = lengths[:k][present], directions[:k][present]
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=1)[:, None], axis=1)
    sds = lengths / (len(rows) - 1) ** 0.5
    return Components(mean, directions * np.sign(largest), sds, lengths**2 / total)


def project(rows, components):
    """Return how far each row lies from the mean along each direction.

    Parameters
    ----------
    rows : array of shape (n, d), finite numbers
    components : Components of d columns

    Returns
    -------
    scores : array of shape (n, k), float64

    Raises
    ------
    ValueError
        If the columns of the rows are not those of the components.
    """
    rows, wanted = table(rows, "rows"), len(components.mean)
    if rows.shape[1] != wanted:
        raise ValueError(f"`rows` must have {wanted} columns; got {rows.shape[1]}.")
    return (rows - components.mean) @ components.directions.T


def reconstruct(scores, components):
    """Build rows from their scores: the mean, plus each direction times its score.

    Parameters
    ----------
    scores : array of shape (n, j), finite numbers, j from 0 to the number of directions
        With fewer columns than there are directions, the first `j` directions are used.
    components : Components

    Returns
    -------
    rows : array of shape (n, d), float64

    Raises
    ------
    ValueError
        If there are more scores than directions, or a score is no finite number.
    """
    scores, most = numbers(scores, "scores"), len(components.directions)
    if scores.ndim != 2 or scores.shape[1] > most:
        raise ValueError(f"`scores` must have shape (n, j), j <= {most}; got {scores.shape}.")
    return components.mean + scores @ components.directions[: scores.shape[1]]


def _by_products(centred, k):
    """Return the k largest singular values and right vectors, from products of rows or columns."""
    wide = centred.shape[0] <= centred.shape[1]
    products = centred @ centred.T if wide else centred.T @ centred
    n = len(products)
    if k < n // 2:
        squares, vectors = linalg.eigh(products, subset_by_index=(n - k, n - 1))
    else:
        squares, vectors = linalg.eigh(products, driver="evd")  # quicker where most are wanted
    lengths, vectors = np.sqrt(np.maximum(squares[: -k - 1 : -1], 0)), vectors[:, : -k - 1 : -1].T
    if wide:
        vectors = vectors @ centred / np.maximum(lengths, np.finfo(np.float64).tiny)[:, None]
    return lengths, vectors


def count(k, most, what, least=1):
    if whole(k, "k", least) > most:
        raise ValueError(f"`k` must be at most {most} ({what}); got {k}.")
    return int(k)
