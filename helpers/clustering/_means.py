"""k-means by the method of Lloyd, all starts of one call at once."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from helpers._arguments import one_of, whole
from helpers._arguments import table as check_table
from helpers.clustering._points import middle_of

BLOCK = 1 << 18  # numbers at a time: points or their comparisons, so that they stay in the cache
SUMMED = 1 << 18  # numbers squared at a time; not `BLOCK`, which must not change what comes out
STARTS = ("k-means++", "random")


class Clustering(NamedTuple):
    """Groups of points: the best of all starts.

    `labels` has shape (n,), the group of each point from 0 to k - 1; the numbers say nothing
    else. `centres` has shape (k, d), the mean of each group. `inertia` is the sum of the squared
    distances of the points to the centre of their group. `steps` counts how often the centres
    moved.
    """

    labels: np.ndarray
    centres: np.ndarray
    inertia: float
    steps: int


def k_means(points, k, *, start="k-means++", starts=10, max_steps=300, rng=None):
    """Divide points into `k` groups such that their centres are near in squares.

    Assign each point to the nearest centre, move each centre to the mean of its points, until
    nothing changes. That ends in a local minimum of the inertia, so the best of several starts is
    kept. A group that lost all its points starts anew at the point that is farthest from its
    centre.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
        One case in each row; columns of different units must be scaled before.
    k : int from 1 to the number of different points
    start : {"k-means++", "random"} or array of shape (k, d)
        How the first centres are chosen: points far from each other, of a few drawn by squared
        distance the best; any k points; or these.
    starts : int >= 1
        How many starts; an array as `start` is one.
    max_steps : int >= 1
        How often the centres may move.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    Clustering

    Raises
    ------
    ValueError
        If the points are no table of finite numbers, or there are fewer than `k` different ones.

    Notes
    -----
    From some thousands of rows on scikit-learn's `KMeans`, on several processors, may be quicker.

    References
    ----------
    S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Information Theory 28 (1982),
    doi:10.1109/TIT.1982.1056489; D. Arthur, S. Vassilvitskii, k-means++: the advantages of
    careful seeding, Proc. SODA (2007) 1027-1035.
    """
    points, k = check_table(points, "points"), whole(k, "k")
    starts, max_steps = whole(starts, "starts"), whole(max_steps, "max_steps")
    if k > len(points):
        raise ValueError(f"`k` must be at most {len(points)} (points); got {k}.")
    middle = middle_of(points)
    longer = _with_ones(points, middle)
    rng = np.random.default_rng(rng)
    firsts = _first_centres(longer[:, :-1], middle, k, start, starts, rng)
    best = None
    together = max(1, BLOCK // (k * len(points)))  # starts that run side by side
    for at in range(0, len(firsts), together):
        for found in _lloyd(longer, firsts[at : at + together], max_steps):
            best = found if best is None or found.inertia < best.inertia else best
    return best._replace(centres=best.centres + middle)


def assign(points, centres):
    """Return for each point the number of the nearest centre.

    Parameters
    ----------
    points : array of shape (n, d), finite numbers
    centres : array of shape (k, d), finite numbers

    Returns
    -------
    labels : array of shape (n,), int from 0 to k - 1
        Of equally near centres the first; where numbers are rounded, chance decides.

    Raises
    ------
    ValueError
        If the shapes do not fit or a number is not finite.
    """
    points, centres = check_table(points, "points"), check_table(centres, "centres")
    if points.shape[1] != centres.shape[1]:
        raise ValueError(f"`centres` must have {points.shape[1]} columns; got {centres.shape[1]}.")
    middle = middle_of(points)
    return _nearest(_with_ones(points, middle), (centres - middle)[None])[0]


def _with_ones(points, middle):
    """Return the points less their middle, with a column of ones for `_nearest`."""
    longer = np.ones((len(points), points.shape[1] + 1))
    np.subtract(points, middle, out=longer[:, :-1])
    return longer


def _first_centres(points, middle, k, start, starts, rng):
    """Return first centres of shape (starts, k, d)."""
    if not isinstance(start, str):
        start = check_table(start, "start")
        if start.shape != (k, points.shape[1]):
            raise ValueError(f"`start` must have shape {(k, points.shape[1])}; got {start.shape}.")
        return (start - middle)[None]
    if one_of(start, "start", STARTS) == "random":
        return np.stack([points[rng.choice(len(points), k, replace=False)] for _ in range(starts)])
    return np.stack([_far_apart(points, k, rng) for _ in range(starts)])


def _far_apart(points, k, rng):
    """Choose k points: each time the best of a few, drawn by their squared distance."""
    squares = np.einsum("ij,ij->i", points, points)
    chosen = [int(rng.integers(len(points)))]
    nearest = _squared(points, squares, chosen)[0]
    while len(chosen) < k:
        sums = np.cumsum(nearest)
        if sums[-1] == 0:
            raise _too_few(len(chosen), k)
        drawn = np.searchsorted(sums, rng.random(2 + int(np.log(k))) * sums[-1], side="right")
        left = np.minimum(_squared(points, squares, drawn), nearest)
        best = left.sum(axis=1).argmin()
        chosen.append(int(drawn[best]))
        nearest = left[best]
    return points[chosen]


def _squared(points, squares, rows):
    """Return squared distances of shape (len(rows), n) to some of the points; 0 to equal ones."""
    found = points[rows] @ points.T
    found *= -2
    found += squares
    found += squares[rows, None]
    found[found < 1e-14 * (squares + squares[rows, None])] = 0
    return found


def _lloyd(longer, centres, max_steps):
    """Yield a Clustering for each row of first centres, shape (s, k, d)."""
    labels, centres = _nearest(longer, centres), centres.copy()
    lanes, steps = np.arange(len(centres)), np.zeros(len(centres), int)
    while lanes.size:  # the starts that still change
        centres[lanes] = _means(longer, labels[lanes], centres[lanes])
        steps[lanes] += 1
        new = _nearest(longer, centres[lanes])
        changed = (new != labels[lanes]).any(axis=1) & (steps[lanes] < max_steps)
        labels[lanes] = new
        lanes = lanes[changed]
    for label, middle, count in zip(labels, centres, steps, strict=True):
        yield Clustering(label, middle, _inertia(longer[:, :-1], label, middle), int(count))


def _inertia(points, label, centres):
    """Add up squared distances, a block of points at a time: fresh memory costs more than sums."""
    height = max(1, SUMMED // points.shape[1])
    blocks = [slice(at, at + height) for at in range(0, len(points), height)]
    return float(sum(np.sum((points[b] - centres[label[b]]) ** 2) for b in blocks))


def _nearest(longer, centres):
    """Return labels of shape (s, n) for centres of shape (s, k, d), a block of points at a time.

    Points come with a column of ones. Then x . c - |c|^2 / 2 is one product, largest where c is
    nearest.
    """
    halves = np.einsum("skd,skd->sk", centres, centres) / 2
    weights = np.concatenate([centres, -halves[:, :, None]], axis=2)
    s, k, d = weights.shape
    weights = weights.reshape(s * k, d).T
    labels = np.empty((s, len(longer)), np.intp)
    width = max(256, BLOCK // max(s * k, d))
    for at in range(0, len(longer), width):
        near = (longer[at : at + width] @ weights).reshape(-1, s, k)
        labels[:, at : at + width] = near.argmax(axis=2).T
    return labels


def _means(longer, labels, centres):
    """Return the means of the groups, shape (s, k, d); an empty one takes the worst point."""
    (s, n), k = labels.shape, centres.shape[1]
    columns = (labels + k * np.arange(s)[:, None]).T.ravel()
    ends = np.arange(0, s * n + 1, s, dtype=np.int32)  # small numbers: SciPy need not narrow them
    members = sparse.csc_array((np.ones(s * n), columns.astype(np.int32), ends), (s * k, n))
    sums = (members @ longer).reshape(s, k, -1)
    sums, counts = sums[:, :, :-1], np.rint(sums[:, :, -1]).astype(int)
    for lane in np.flatnonzero(~counts.all(axis=1)):
        _refill(longer[:, :-1], labels[lane], centres[lane], sums[lane], counts[lane])
    return sums / counts[:, :, None]


def _refill(points, label, centres, sums, counts):
    """Move the points that are farthest from their centres into the empty groups, in place."""
    far = np.sum((points - centres[label]) ** 2, axis=1)
    for empty in np.flatnonzero(counts == 0):
        point = far.argmax()
        if far[point] <= 0:
            raise _too_few(np.count_nonzero(counts), len(counts))
        old, far[point] = label[point], -1.0
        sums[old] -= points[point]
        counts[old] -= 1
        sums[empty], counts[empty] = points[point], 1


def _too_few(found, k):
    return ValueError(f"`k` must be at most {found} (different points); got {k}.")
