"""SMOTE and mixup against loops, imbalanced-learn and NumPy."""

import numpy as np
from imblearn.over_sampling import SMOTE
from report import Row

from helpers import imbalance

MEGABYTE = 1_000_000


def rows(tiny=False):
    """Declare every row; `tiny` shrinks tables and pictures."""
    small, large = (40, 60) if tiny else (1_000, 10_000)
    return [
        smote_loop_row(small),
        *[smote_row(size, features) for size in (small, large) for features in (2, 8)],
        smote_row(large, 30),
        *mixup_rows(*((6, (40, 50, 3)) if tiny else (512, (224, 224, 3)))),
    ]


def table(size, features):
    """Return a minority of `size` rows and a majority three times as large."""
    y = np.repeat([0, 1], [3 * size, size])
    return np.random.default_rng(1).normal(size=(len(y), features)), y


def alike(theirs, ours):
    """Compare the new rows of two runs by their mean and spread, within six standard errors.

    New rows share the rows they come from, so both differ less than independent samples would.
    """
    theirs, ours = theirs[-len(theirs) // 3 :], ours[-len(ours) // 3 :]
    scale = 6 * np.sqrt(2 / len(ours))
    near = np.all(np.abs(theirs.mean(axis=0) - ours.mean(axis=0)) < scale * ours.std(axis=0))
    return theirs.shape == ours.shape and near


def loop_of_smote(points, k, count):
    """Make new rows as a tutorial does: all distances, row by row, in plain Python."""
    rng, result = np.random.default_rng(2), []
    listed = points.tolist()
    for _ in range(count):
        own = int(rng.integers(len(listed)))
        start = listed[own]
        far = []
        for other, row in enumerate(listed):
            if other != own:
                far.append((sum((a - b) ** 2 for a, b in zip(start, row, strict=True)), other))
        end = listed[sorted(far)[int(rng.integers(k))][1]]
        place = rng.random()
        result.append([a + place * (b - a) for a, b in zip(start, end, strict=True)])
    return np.array(result)


def smote_loop_row(size):
    X, y = table(size, 2)

    def loop():
        return np.concatenate([X, loop_of_smote(X[y == 1], 5, 2 * size)])

    return Row(
        name=f"SMOTE, {size:,} rows, d = 2, loop",
        ours=lambda: imbalance.smote(X, y, rng=1)[0],
        loop=loop,
        over_loop=500,
        must=True,
        agree={"agree": alike},
    )


def smote_row(size, features):
    """SciPy's search for neighbours is the limit: 0.6 of the time at 2 numbers, all of it at 8."""
    X, y = table(size, features)
    low = features <= imbalance.FEW_FEATURES
    return Row(
        name=f"SMOTE, {size:,} rows, d = {features}, imbalanced-learn",
        ours=lambda: imbalance.smote(X, y, rng=1)[0],
        library=lambda: SMOTE(random_state=1).fit_resample(X, y)[0],
        over_library=1.4 if low else 1 / 1.1,
        work=2 * size,
        must=low,
        agree={"agree": alike},
    )


def mixup_rows(count, shape):
    """In place each call mixes what the last one left, so results are compared by the tests.

    The limit is a copy of the pictures, which reads and writes as many bytes: that is the goal.
    How many times as long NumPy takes hangs on what fresh memory costs: 11 to 17 times were seen.
    """
    X = np.random.default_rng(1).random((count, *shape), dtype=np.float32)
    Y, work = np.eye(10, dtype=np.float32)[np.arange(count) % 10], X.copy()
    size = "x".join(map(str, X.shape))

    def textbook():
        rng = np.random.default_rng(1)
        weights = rng.beta(0.2, 0.2, count)[:, None, None, None]  # float64, as it is written
        return (weights * X + (1 - weights) * X[rng.permutation(count)])[0, 0, 0, 0]

    def ours():
        return imbalance.mixup(work, Y, rng=1, out=work)[0][0, 0, 0, 0]

    def copy():
        np.copyto(work, X)
        return work[0, 0, 0, 0]

    shared = {"ours": ours, "must": True, "agree": {"agree": lambda theirs, mine: True}}
    return [
        Row(
            name=f"mixup {size}, NumPy",
            library=textbook,
            over_library=9,
            memory=2,
            unit=MEGABYTE,
            **shared,
        ),
        Row(name=f"mixup {size}, a copy", library=copy, over_library=1 / 1.5, **shared),
    ]
