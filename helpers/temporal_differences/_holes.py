"""A hole in a picture, filled by walkers or at once."""

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from helpers._arguments import whole
from helpers.temporal_differences._episodes import from_rows

STEPS = ((-1, 0), (1, 0), (0, -1), (0, 1))


def picture_walks(picture, unknown, count, *, rng=None):
    """Let walkers start anywhere in a hole and wander until they meet a known pixel.

    Parameters
    ----------
    picture : array of shape (M, N), finite numbers
    unknown : array of shape (M, N), bool
        The hole; at least one pixel of the picture is known.
    count : int >= 1
    rng : numpy.random.Generator, int, or None

    Returns
    -------
    Episodes
        The states are the pixels of the hole, numbered row by row: ``filled[unknown] = values``.
        The grey level of the known pixel is paid at the end.
    """
    picture, unknown = _hole(picture, unknown)
    count, rng = whole(count, "count"), np.random.default_rng(rng)
    near, degree = _neighbours(unknown)
    number = np.where(unknown.ravel(), np.cumsum(unknown) - 1, -1)
    at, rows = rng.integers(0, degree.size, count), []
    place = np.flatnonzero(unknown)[at]
    while (at >= 0).any():
        rows.append(at)
        moving = np.flatnonzero(at >= 0)
        here = at[moving]
        place = place.copy()
        place[moving] = near[here, (rng.random(moving.size) * degree[here]).astype(int)]
        at = np.where(at >= 0, number[place], -1)
    return from_rows(np.array(rows), picture.ravel()[place])


def neighbour_mean(picture, unknown):
    """Fill a hole so that each unknown pixel is the mean of its neighbours in the picture.

    Each pixel has up to four neighbours; at the border of the picture those that exist count.
    These are the exact values of the walks of `picture_walks`.

    Parameters
    ----------
    picture : array of shape (M, N), finite numbers
        What stands in the hole is not read.
    unknown : array of shape (M, N), bool

    Returns
    -------
    array of shape (M, N), float64
    """
    picture, unknown = _hole(picture, unknown)
    near, degree = _neighbours(unknown)
    number = np.cumsum(unknown) - 1
    rows, columns = np.nonzero(np.arange(4) < degree[:, None])
    ends = near[rows, columns]
    inner = unknown.ravel()[ends]
    moves = (rows[inner], number[ends[inner]])
    system = sparse.diags_array(degree.astype(np.float64)) - sparse.coo_array(
        (np.ones(moves[0].size), moves), shape=(degree.size, degree.size)
    )
    known = np.where(inner, 0.0, picture.ravel()[ends])
    filled = picture.copy()
    filled[unknown] = linalg.spsolve(system.tocsc(), np.bincount(rows, known, degree.size))
    return filled


def _hole(picture, unknown):
    """Return both as arrays, the picture as floats with zeros in the hole."""
    picture, unknown = np.asarray(picture), np.asarray(unknown)
    if picture.ndim != 2 or picture.size == 0 or picture.dtype.kind not in "biuf":
        raise ValueError(f"`picture` must be numbers of shape (M, N); got {picture.shape}.")
    if unknown.shape != picture.shape or unknown.dtype != bool:
        raise ValueError(
            f"`unknown` must be bool of shape {picture.shape}; got {unknown.dtype} of"
            f" {unknown.shape}."
        )
    if not unknown.any() or unknown.all():
        share = "all" if unknown.any() else "none"
        raise ValueError(f"`unknown` must hold some pixels and leave some; got {share} of them.")
    picture = np.where(unknown, 0, picture).astype(np.float64)
    if not np.isfinite(picture).all():
        raise ValueError("`picture` must hold finite numbers outside the hole.")
    return picture, unknown


def _neighbours(unknown):
    """Return the neighbours of each unknown pixel as flat places, shape (n, 4), and their number.

    The places that exist stand first.
    """
    rows, columns = np.nonzero(unknown)
    steps = np.array(STEPS)
    down, across = rows[:, None] + steps[:, 0], columns[:, None] + steps[:, 1]
    exists = (down >= 0) & (down < unknown.shape[0]) & (across >= 0) & (across < unknown.shape[1])
    order = np.argsort(~exists, axis=1, kind="stable")
    near = np.take_along_axis(down * unknown.shape[1] + across, order, axis=1)
    return near, exists.sum(axis=1)
