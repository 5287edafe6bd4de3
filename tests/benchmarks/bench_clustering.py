"""k-means from one start against a loop and scikit-learn, and what judges its groups.

scikit-learn assigns and adds up in one compiled pass over points that stay in the cache, on all
processors. Products of NumPy write the comparisons to memory, and read them again: with one
thread each, ours reaches 0.5 to 0.7 of its speed on more than a thousand rows, and twice its
speed on a few hundred. A third is the promise; for large sets `KMeans` is the one to pick. Two
steps of the digits take less than the checks of the points: against the loop that is the limit.
"""

import numpy as np
from report import Row
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from helpers import clustering, data

SETS = ((289, 24, 6), (20_000, 64, 16), (262_144, 3, 8))  # rows, columns, groups
STEPS = 20  # of the largest set; the others run to their end


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the sets."""
    digits = data.load_digits()[0].reshape(-1, 64)[: 60 if tiny else None]
    sets = [(60, 4, 3)] if tiny else SETS
    return [
        loop_row(digits, 4 if tiny else 10),
        library_row("digits", digits, 4 if tiny else 10),
        *[library_row(f"{n:,} x {d}", table(n, d, k), k) for n, d, k in sets],
        silhouette_row(digits, 4 if tiny else 10),
        agreement_row(60 if tiny else 100_000),
    ]


def table(n, d, k):
    """Draw round groups of unit SD, their centres 6 SDs wide: the same on every machine."""
    rng = np.random.default_rng(n)
    return rng.normal(size=(n, d)) + rng.normal(0, 6, (k, d))[rng.integers(0, k, n)]


def loop(points, centres, steps):
    """Assign and update with Python's numbers, as a first script does."""
    points, centres = points.tolist(), centres.tolist()
    for _ in range(steps):
        groups = [[] for _ in centres]
        for point in points:
            ways = [sum((a - b) ** 2 for a, b in zip(point, c, strict=True)) for c in centres]
            groups[ways.index(min(ways))].append(point)
        centres = [
            [sum(column) / len(group) for column in zip(*group, strict=True)] if group else old
            for group, old in zip(groups, centres, strict=True)
        ]
    return np.array(centres)


def loop_row(points, k):
    start = clustering.k_means(points, k, starts=1, max_steps=1, rng=0).centres
    return Row(
        name=f"k_means, {len(points)} x {points.shape[1]}, 2 steps, loop",
        ours=lambda: clustering.k_means(points, k, start=start, max_steps=2).centres,
        loop=lambda: loop(points, start, 2),
        over_loop=100,
    )


def library_row(name, points, k):
    start = clustering.k_means(points, k, starts=1, max_steps=1, rng=0).centres
    steps = STEPS if len(points) > 100_000 else 300
    estimator = KMeans(k, init=start, n_init=1, tol=0, max_iter=steps)
    return Row(
        name=f"k_means from one start, {name}, scikit-learn",
        ours=lambda: clustering.k_means(points, k, start=start, max_steps=steps).inertia,
        library=lambda: estimator.fit(points).inertia_,
        over_library=1 if len(points) < 1000 else 1 / 3,
        agree={"rtol": 1e-9},
    )


def silhouette_row(points, k):
    labels = clustering.k_means(points, k, rng=0).labels
    return Row(
        name=f"silhouette_samples, {len(points)} x {points.shape[1]}, scikit-learn",
        ours=lambda: clustering.silhouette_samples(points, labels),
        library=lambda: silhouette_samples(points, labels),
        over_library=1 / 1.2,  # both take one product of all pairs
        agree={"atol": 1e-9},
    )


def agreement_row(n):
    first, second = np.random.default_rng(n).integers(0, 10, (2, n))
    return Row(
        name=f"adjusted_rand_index, {n:,} labels, scikit-learn",
        ours=lambda: clustering.adjusted_rand_index(first, second),
        library=lambda: adjusted_rand_score(first, second),
        over_library=1,
        agree={"atol": 1e-12},
    )
