"""The nearest other rows of each row: the same ones whatever the number of processor cores."""

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

FEW_FEATURES = 8  # up to here a tree finds neighbours faster than comparing all pairs
LEAF = 32  # rows compared at the end of a branch
TIE = 1e-7  # of the largest value: distances that differ by less may be equal
BLOCK = 1 << 22  # distances that are in memory at a time


def nearest(points, k):
    """Return the indices of the k nearest other rows, shape (n, k); of equal ones any."""
    # Squares of huge or tiny values leave the range of floats: a power of two costs no precision.
    scaled = np.ldexp(points.astype(np.float64), -np.frexp(np.abs(points).max())[1])
    if points.shape[1] <= FEW_FEATURES:
        tree = cKDTree(scaled, LEAF, balanced_tree=False, compact_nodes=False)
        found = tree.query(scaled, k + 1)[1]
    else:
        found = _by_pairs(scaled, k + 1)
    itself = found == np.arange(len(points))[:, None]
    itself[~itself.any(axis=1), -1] = True  # more than k equal rows: drop any one
    return found[~itself].reshape(-1, k)


def _by_pairs(points, count):
    """Return the indices of the `count` nearest rows, the row itself among them.

    Threads decide which of equal distances comes first, so rows with such are looked at again.
    """
    from sklearn.neighbors import NearestNeighbors  # two seconds that few features do not need

    centred = points - points.mean(axis=0)  # brute force loses digits far from the origin
    trial = NearestNeighbors(n_neighbors=min(count + 1, len(points)), algorithm="brute")
    apart, found = trial.fit(centred).kneighbors(centred)
    found, again = found[:, :count], np.flatnonzero((np.diff(apart) < TIE).any(axis=1))
    step = max(1, BLOCK // len(points))
    for rows in (again[start : start + step] for start in range(0, len(again), step)):
        distances = cdist(points[rows], points, "sqeuclidean")
        found[rows] = np.argsort(distances, axis=1, kind="stable")[:, :count]
    return found
