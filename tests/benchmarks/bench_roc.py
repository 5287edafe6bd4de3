"""Curves, areas and their intervals against scikit-learn, the rank-based DeLong and loops."""

import numpy as np
from report import Row
from scipy import stats
from sklearn import metrics

from helpers import roc


def rows(tiny=False):
    """Declare every row; `tiny` shrinks samples and repeats."""
    sizes = (60, 80, 100) if tiny else (1_000, 100_000, 1_000_000)
    larger = (70, 90) if tiny else (10_000, 100_000)
    boot = (50, 60, 70) if tiny else (1_000, 10_000, 100_000)
    parts = (20, 20, 20) if tiny else (200, 100, 20)
    return [
        *[curve_row(n, goal) for n, goal in zip(sizes, (4, 4, 2.5), strict=True)],
        *[area_row(n, goal) for n, goal in zip(sizes, (20, 7, 4), strict=True)],
        delong_loop_row(sizes[0]),
        *[delong_ranks_row(n) for n in larger],
        *[bootstrap_row(*row) for row in zip(boot, parts, (150, 20, 10), strict=True)],
        band_row(sizes[0], parts[0]),
    ]


def patients(size):
    rng = np.random.default_rng(1)
    labels = rng.random(size) < 0.3
    return labels, rng.normal(labels.astype(float))


def curve_row(size, goal):
    labels, scores = patients(size)
    return Row(
        name=f"ROC curve, n = {size:,}, scikit-learn",
        ours=lambda: tuple(roc.roc_curve(labels, scores)),
        library=lambda: metrics.roc_curve(labels, scores, drop_intermediate=False),
        over_library=goal,
        must=True,
    )


def area_row(size, goal):
    labels, scores = patients(size)
    return Row(
        name=f"AUC, n = {size:,}, scikit-learn",
        ours=lambda: roc.auc(labels, scores),
        library=lambda: metrics.roc_auc_score(labels, scores),
        over_library=goal,
        must=True,
    )


def delong_loop_row(size):
    labels, scores = patients(size)
    sick, well = scores[labels].tolist(), scores[~labels].tolist()

    def loop():
        wins = [[(x > y) + 0.5 * (x == y) for y in well] for x in sick]
        above = np.array([sum(row) / len(well) for row in wins])
        below = np.array([sum(column) / len(sick) for column in zip(*wins, strict=True)])
        return interval(above, below)

    return Row(
        name=f"DeLong interval, n = {size:,}, loop",
        ours=lambda: tuple(roc.delong_interval(labels, scores, scale="plain")),
        loop=loop,
        over_loop=120,
    )


def delong_ranks_row(size):
    labels, scores = patients(size)

    def ranked():
        sick, well = scores[labels], scores[~labels]
        ranks = stats.rankdata(np.r_[sick, well])
        above = (ranks[: sick.size] - stats.rankdata(sick)) / well.size
        below = 1 - (ranks[sick.size :] - stats.rankdata(well)) / sick.size
        return interval(above, below)

    return Row(
        name=f"DeLong interval, n = {size:,}, ranks",
        ours=lambda: tuple(roc.delong_interval(labels, scores, scale="plain")),
        library=ranked,
        over_library=3.5,
        memory=10,
        unit=8 * size,
    )


def interval(above, below):
    error = np.sqrt(above.var(ddof=1) / above.size + below.var(ddof=1) / below.size)
    area, reach = above.mean(), stats.norm.ppf(0.975) * error
    return area, max(0, area - reach), min(1, area + reach), error


def resamples(labels, scores, repeats, statistic):
    """Resample each class by itself, as a tutorial writes it."""
    rng, found = np.random.default_rng(2), []
    sick, well = np.flatnonzero(labels), np.flatnonzero(~labels)
    for _ in range(repeats):
        chosen = np.r_[rng.choice(sick, sick.size), rng.choice(well, well.size)]
        found.append(statistic(labels[chosen], scores[chosen]))
    return np.array(found)


def bootstrap_row(size, part, goal):
    """The library's lane makes a part of the 2000 resamples, so that its goal is a part too."""
    labels, scores = patients(size)

    def ours():
        found = roc.bootstrap_auc(labels, scores, rng=1)
        return found.auc, found.standard_error

    def library():
        areas = resamples(labels, scores, part, metrics.roc_auc_score)
        return areas.mean(), areas.std()

    def alike(theirs, ours):
        near = abs(theirs[0] - ours[0]) < 6 * ours[1] / np.sqrt(part)
        return near and abs(theirs[1] / ours[1] - 1) < 6 / np.sqrt(2 * part)

    return Row(
        name=f"2000 AUCs, n = {size:,}, sklearn {part} of them",
        ours=ours,
        library=library,
        over_library=goal * part / 2000,
        must=True,
        agree={"agree": alike},
    )


def band_row(size, part):
    labels, scores = patients(size)
    rates = np.linspace(0.1, 0.9, 9)

    def reached(truth, score):
        fpr, tpr, _ = metrics.roc_curve(truth, score, drop_intermediate=False)
        return tpr[np.searchsorted(fpr, rates + 1e-9, "right") - 1]

    def ours():
        band = roc.bootstrap_band(labels, scores, fpr=rates, rng=1)
        return band.low, band.high

    def library():
        return np.quantile(resamples(labels, scores, part, reached), [0.025, 0.975], axis=0)

    def alike(theirs, ours):  # a quantile of few resamples wanders by less than half the width
        return np.all(np.abs(np.subtract(theirs, ours)) < 0.5 * np.subtract(*ours[::-1]) + 1e-9)

    return Row(
        name=f"2000 ROC curves, n = {size:,}, sklearn {part} of them",
        ours=ours,
        library=library,
        agree={"agree": alike},
    )
