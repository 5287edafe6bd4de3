"""How often the page that groups a folder speaks of groups, with and without any.

``python -m tests.benchmarks.group_verdicts`` prints the table behind the rule of
`helpers.analysis.grouping.judge`, from 20 draws of each kind, size and number of columns, or from
as many as said (a third of them with 300 points).
"""

import sys
from collections import Counter

import numpy as np

from helpers import show
from helpers.analysis import grouping

SIZES, COLUMNS = (20, 60, 300), (2, 20)
CHOICES = grouping.check_choices(features="colour", groups=None, seed=0)


def normal(rng, n, d):
    """Return one round cloud, shape (n, d)."""
    return rng.normal(size=(n, d))


def uniform(rng, n, d):
    """Return points spread evenly over a cube, shape (n, d)."""
    return rng.uniform(size=(n, d))


def flattened(rng, n, d):
    """Return one normal cloud whose spreads fall as 1, 1/2, 1/3 and so on, shape (n, d)."""
    return rng.normal(size=(n, d)) / np.arange(1, d + 1)


def line(rng, n, d):
    """Return points spread evenly along a line in a random direction, with noise, shape (n, d)."""
    way = rng.normal(size=d)
    noise = rng.normal(size=(n, d)) * 0.05 / d**0.5
    return rng.uniform(size=(n, 1)) * way / np.linalg.norm(way) + noise


def arc(rng, n, d):
    """Return points spread evenly along half a circle, with noise, shape (n, d)."""
    points, angles = rng.normal(size=(n, d)) * 0.1 / d**0.5, rng.uniform(0, np.pi, n)
    points[:, 0] += np.cos(angles)
    points[:, 1] += np.sin(angles)
    return points


def skewed(rng, n, d):
    """Return one cloud with long tails: exponentials of normal columns, shape (n, d)."""
    return np.exp(rng.normal(size=(n, d)))


def blobs(rng, n, d, apart=6):
    """Return three round clouds whose centres are six SDs apart, shape (n, d)."""
    corners = np.array([[0, 0], [1, 0], [0.5, 0.75**0.5]]) * apart
    points = rng.normal(size=(n, d))
    points[:, :2] += corners[np.arange(n) % 3]
    return points


STRUCTURELESS = (normal, uniform, flattened, line, arc, skewed)


def verdicts(draw, n, d, draws):
    """Count the verdicts, with the number of groups, on some draws of n points in d columns."""
    found = Counter()
    for seed in range(draws):
        points = draw(np.random.default_rng([seed, n, d]), n, d)
        verdict = grouping.judge(points, CHOICES._replace(seed=seed))
        found[verdict.kind, verdict.k] += 1
    return found


def tabulate(draws, *, kinds=(*STRUCTURELESS, blobs), sizes=SIZES, columns=COLUMNS):
    """Return a row for each kind of points and each size: how often each verdict was given."""
    for draw in kinds:
        for n in sizes:
            found = Counter()
            for d in columns:
                found += verdicts(draw, n, d, draws if n < 300 else max(draws // 3, 1))
            row = {"points": draw.__name__, "n": n, "draws": found.total()}
            for kind in ("none", "parts", "groups"):
                row[kind] = sum(times for (name, _), times in found.items() if name == kind)
            yield row | {"three groups": found["groups", 3]}


if __name__ == "__main__":
    rows = []
    for row in tabulate(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        print(*row.values(), flush=True)
        rows.append(row)
    print(show.table(rows))
