"""Means of resamples, bootstrap intervals and coverage against loops, NumPy and SciPy."""

import numpy as np
from report import Row
from scipy import stats

from helpers import intervals

MEGABYTE = 1_000_000


def rows(tiny=False):
    """Declare every row; `tiny` shrinks samples and repeats."""
    repeats, resamples, studies = (500, 200, 50) if tiny else (50_000, 9_999, 10_000)
    small, large = (20, 40) if tiny else (500, 5_000)
    return [
        *means_rows(small, repeats),
        *[bca_row(size, resamples, goal) for size, goal in ((small, 2), (large, 4))],
        t_coverage_row(studies),
        bootstrap_coverage_row(5 if tiny else 200, 100 if tiny else 999),
    ]


def population(size):
    return np.random.default_rng(1).gamma(2, 10, size=size)


def alike(theirs, ours):
    """Compare two sets of means by their mean and spread, within six standard errors."""
    fewest = min(theirs.size, ours.size)
    near = abs(theirs.mean() - ours.mean()) < 6 * ours.std() * np.sqrt(2 / fewest)
    return near and abs(theirs.std() / ours.std() - 1) < 6 / np.sqrt(fewest)


def loop_of_means(values, size, repeats):
    rng, result = np.random.default_rng(3), []
    for _ in range(repeats):
        total = 0.0
        for _ in range(size):
            total += values[int(rng.random() * len(values))]
        result.append(total / size)
    return np.array(result)


def means_rows(size, repeats):
    """The loop makes one mean in a hundred, so that its goal is a hundredth too."""
    values, part = population(10_000), max(20, repeats // 100)
    listed, rng = values.tolist(), np.random.default_rng(2)
    ours = {
        "ours": lambda: intervals.sample_means(values, size, repeats, rng=1),
        "work": repeats * size,
        "agree": {"agree": alike},
    }
    return [
        Row(
            name=f"{repeats:,} means of {size}, NumPy",
            library=lambda: rng.choice(values, (repeats, size)).mean(axis=1),
            over_library=2.2,
            memory=3,
            unit=MEGABYTE,
            **ours,
        ),
        Row(
            name=f"{repeats:,} means of {size}, loop over 1/{repeats // part}",
            loop=lambda: loop_of_means(listed, size, part),
            over_loop=20 * part / repeats,
            **ours,
        ),
    ]


def bca_row(size, resamples, goal):
    """Our time is that of bare calls: to draw (two thirds), to gather, and one product.

    How SciPy's draws compare depends on the processor: 2.2 to 3 times ours at 500 values, 4.7 to
    6.6 times at 5,000.
    """
    sample = population(size)
    margin = 40 / np.sqrt(resamples) * sample.std() / np.sqrt(size)  # six standard errors

    def scipy():
        found = stats.bootstrap((sample,), np.mean, n_resamples=resamples, vectorized=True)
        return tuple(found.confidence_interval)

    return Row(
        name=f"BCa of a mean, n = {size}, SciPy",
        ours=lambda: intervals.bootstrap_interval(sample, resamples=resamples, rng=1),
        library=scipy,
        over_library=goal,
        memory=1 / 50,
        must=True,
        agree={"rtol": 0, "atol": margin},
    )


def t_coverage_row(studies, size=100):
    def draw(rng, repeats):
        return rng.gamma(2, 2, size=(repeats, size))

    def loop():
        rng, hits = np.random.default_rng(2), 0
        for _ in range(studies):
            sample = rng.gamma(2, 2, size=size)
            error = stats.sem(sample)
            low, high = stats.t.interval(0.95, size - 1, loc=sample.mean(), scale=error)
            hits += low <= 4 <= high
        return hits / studies

    return Row(
        name=f"coverage of t, {studies:,} studies, loop",
        ours=lambda: intervals.coverage(intervals.mean_interval, draw, 4, repeats=studies, rng=1),
        loop=loop,
        over_loop=30,
        memory=10,
        unit=MEGABYTE,
        must=True,
        agree={"rtol": 0, "atol": 6 * np.sqrt(2 * 0.05 / studies)},
    )


def bootstrap_coverage_row(studies, resamples, size=50):
    samples = np.random.default_rng(4).gamma(2, 2, size=(studies, size))
    how = {"method": "percentile", "rng": 1}

    def ours():
        low, high = intervals.bootstrap_interval(samples, resamples=resamples, **how)
        return np.mean((low <= 4) & (high >= 4))

    def scipy():
        hits = 0
        for sample in samples:
            found = stats.bootstrap((sample,), np.mean, n_resamples=resamples, **how)
            low, high = found.confidence_interval
            hits += low <= 4 <= high
        return hits / studies

    return Row(
        name=f"coverage of the bootstrap, {studies} studies, SciPy",
        ours=ours,
        library=scipy,
        over_library=35,
        memory=10,
        unit=MEGABYTE,
        must=True,
        agree={"rtol": 0, "atol": 0.05 if studies > 100 else 0.5},
    )
