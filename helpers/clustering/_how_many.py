"""How many groups? Silhouettes, the gap to structureless data, and the agreement of halves."""

from typing import NamedTuple

import numpy as np

from helpers._arguments import labels as check_labels
from helpers._arguments import table as check_table
from helpers._arguments import whole
from helpers.clustering._agreement import adjusted_rand_index
from helpers.clustering._means import assign, k_means
from helpers.clustering._points import distances, middle_of

BLOCK = 1 << 17  # distances at a time: they stay in the cache


class Gaps(NamedTuple):
    """Gap statistic of several numbers of groups.

    `ks`, `gaps` and `errors` have shape (m,): numbers of groups, the mean logarithm of the
    inertia of structureless points less that of the data, and its standard error with that of
    the simulation. `first` is the smallest k whose gap is not more than an error below that of
    k + 1, or None if there is none.
    """

    ks: np.ndarray
    gaps: np.ndarray
    errors: np.ndarray
    first: int | None


def silhouette_samples(points, labels):
    """Return for each point how much nearer its own group is than the nearest other one.

    (b - a) / max(a, b), with a the mean distance to the other points of its group, and b the
    mean distance to the points of the nearest other group.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
    labels : array of shape (n,), at least two groups

    Returns
    -------
    array of shape (n,), from -1 to 1
        0 for a point that is alone in its group.

    Raises
    ------
    ValueError
        If the lengths differ, or there is one group only.

    References
    ----------
    P. J. Rousseeuw, Silhouettes, J. Computational and Applied Mathematics 20 (1987) 53-65,
    doi:10.1016/0377-0427(87)90125-7.
    """
    points, labels = check_table(points, "points"), check_labels(labels, "labels")
    if len(points) != len(labels):
        both = f"got {len(points)} and {len(labels)}"
        raise ValueError(f"`points` and `labels` must have one length; {both}.")
    groups, numbers = np.unique(labels, return_inverse=True)
    if len(groups) < 2:
        raise ValueError("`labels` must hold at least two groups; got one.")
    sizes = np.bincount(numbers)
    members = (numbers[:, None] == np.arange(len(groups))).astype(np.float64)
    moved, found = points - middle_of(points), np.empty(len(points))
    rows = max(1, BLOCK // len(points))
    for at in range(0, len(points), rows):
        own = numbers[at : at + rows]
        sums = distances(moved[at : at + rows], moved) @ members
        found[at : at + rows] = _silhouettes(sums, own, sizes)
    return found


def silhouette(points, labels):
    """Return the mean of `silhouette_samples`: near 1 for groups that are tight and far apart.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
    labels : array of shape (n,), at least two groups

    Returns
    -------
    float from -1 to 1
        It is defined from two groups on, so it cannot say that there is one; data without groups
        reach 0.4 in two dimensions.

    Raises
    ------
    ValueError
        As for `silhouette_samples`.
    """
    return float(silhouette_samples(points, labels).mean())


def gap_statistic(points, ks, *, references=20, starts=5, rng=None):
    """Compare the inertia with that of points spread evenly over the box of the data.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
    ks : sequence of int, one after the other, such as ``range(1, 8)``
    references : int >= 2
        Structureless sets, uniform in the smallest box along the principal axes.
    starts : int >= 1
        Starts of k-means for each set and k.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    Gaps

    Raises
    ------
    ValueError
        If `ks` does not rise by ones, or `k` groups leave no distance to a centre at all.

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie, Estimating the number of clusters in a data set via the
    gap statistic, J. Royal Statistical Society B 63 (2001) 411-423, doi:10.1111/1467-9868.00293.
    """
    points, ks = check_table(points, "points", least=2), [whole(k, "ks") for k in ks]
    references, rng = whole(references, "references", 2), np.random.default_rng(rng)
    if not ks or ks != list(range(ks[0], ks[0] + len(ks))):
        raise ValueError(f"`ks` must rise by ones, such as range(1, 8); got {ks}.")
    moved = points - points.mean(axis=0)
    axes = np.linalg.svd(moved, full_matrices=False)[2]
    turned = moved @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    data = _log_inertias(turned, ks, starts, rng)
    boxes = [rng.uniform(low, high, turned.shape) for _ in range(references)]
    drawn = np.array([_log_inertias(box, ks, starts, rng) for box in boxes])
    gaps = drawn.mean(axis=0) - data
    errors = drawn.std(axis=0) * (1 + 1 / references) ** 0.5
    enough = np.flatnonzero(gaps[:-1] >= gaps[1:] - errors[1:])
    return Gaps(np.array(ks), gaps, errors, ks[enough[0]] if enough.size else None)


def split_half_agreement(points, k, *, splits=10, starts=5, rng=None):
    """Group two halves of the points apart, and compare what each makes of all points.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
    k : int from 2 to the number of different points in a half
    splits : int >= 1
        Divisions into halves by chance.
    starts : int >= 1
        Starts of k-means in each half.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of shape (splits,)
        The adjusted Rand index of the two divisions of all points: 1 if they agree.

    Raises
    ------
    ValueError
        If `k` is below 2, or above the points of a half.

    References
    ----------
    U. von Luxburg, Clustering stability: an overview, Foundations and Trends in Machine Learning
    2 (2010) 235-274, doi:10.1561/2200000008.
    """
    points, k = check_table(points, "points", least=2), whole(k, "k", 2)
    half, rng = len(points) // 2, np.random.default_rng(rng)
    if k > half:
        raise ValueError(f"`k` must be at most {half} (points in a half); got {k}.")
    found = []
    for _ in range(whole(splits, "splits")):
        order = rng.permutation(len(points))
        sides = points[order[:half]], points[order[half:]]
        centres = [k_means(side, k, starts=starts, rng=rng).centres for side in sides]
        found.append(adjusted_rand_index(*(assign(points, each) for each in centres)))
    return np.array(found)


def _silhouettes(sums, own, sizes):
    """Return silhouettes from the sums of distances to each group, shape (rows, groups)."""
    rows = np.arange(len(own))
    others = sizes[own] - 1
    a = sums[rows, own] / np.maximum(others, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    b = means.min(axis=1)
    larger = np.maximum(a, b)
    with np.errstate(invalid="ignore"):
        values = np.where(larger > 0, (b - a) / larger, 0)
    return np.where(others > 0, values, 0)


def _log_inertias(points, ks, starts, rng):
    found = np.array([k_means(points, k, starts=starts, rng=rng).inertia for k in ks])
    if not found.all():
        k = ks[int(np.argmin(found))]
        raise ValueError(f"`ks` must be below the number of different points; got {k}.")
    return np.log(found)
