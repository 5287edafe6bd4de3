"""How often the intervals of the page that classifies a folder hold what such classifiers reach.

``python -m tests.benchmarks.classification_coverage`` measures it in 100 drawn folders of each
kind, or in as many as said: the table in `helpers.analysis.classification`. The truth is the mean
of the same cross-validation over all folders of a kind.
"""

import sys
from typing import NamedTuple

import numpy as np

from helpers import show
from helpers.analysis.classification import _estimates, _folds
from helpers.analysis.classification._choices import Choices
from helpers.analysis.classification._folder import Pictures
from helpers.analysis.classification._together import Together

NAMES = ("accuracy", "balanced accuracy", "a class", "difference")
KINDS = ((2, 5, 1), (2, 20, 1), (2, 60, 1), (5, 5, 1), (5, 20, 1), (3, 8, 4))
SHIFTS = (1.0, 2.0)
COLUMNS, TELLING, WITHIN = 40, 6, 0.5  # features, those that classes differ in, spread in a group
CHOICES = Choices("plain", "file", 0.8, 0.8, 5, 2, 0.95, 0)


class Covered(NamedTuple):
    """Share of folders whose interval holds the mean over all folders, and that mean."""

    shares: dict
    means: dict


def draw_folder(rng, classes, groups, each, shift):
    """Return features, two rival features, labels and groups: classes of normal groups."""
    owner = np.repeat(np.arange(classes * groups), each)
    labels = owner // groups
    middles = np.zeros((classes, COLUMNS))
    middles[:, :TELLING] = np.random.default_rng(classes).normal(size=(classes, TELLING)) * shift
    rows = rng.normal(size=(owner.max() + 1, COLUMNS))[owner] + middles[labels]
    rows += WITHIN * rng.normal(size=rows.shape)
    return rows, rows[:, :2], labels, owner


def study(rng, classes, groups, each, shift, seed):
    """Return value, lower and upper end of each of `NAMES` in one drawn folder."""
    rows, rival, labels, owner = draw_folder(rng, classes, groups, each, shift)
    names = tuple(map(str, range(classes)))
    pictures = Pictures(None, (), {}, names, labels)
    together = Together(owner, *np.empty((3, 0), dtype=int))
    result = _folds.cross_validate(rows, rival, pictures, together, CHOICES._replace(seed=seed))
    return [
        _estimates.accuracy(result, 0.95),
        _estimates.balanced_accuracy(result, 0.95),
        _estimates.class_shares(result, 0.95)["0"],
        _estimates.differences(result, 0.90)["colour"],  # each of two: 0.95
    ]


def measure(classes, groups, each, shift, folders=100, seed=0):
    """Measure how often intervals of 95 % hold, in drawn folders of one kind."""
    found = [
        study(np.random.default_rng([seed, n, groups]), classes, groups, each, shift, n)
        for n in range(folders)
    ]
    value, low, high = np.moveaxis(np.array(found), 2, 0)
    truth = value.mean(axis=0)
    low, high = np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high)
    held = np.mean((low <= truth) & (truth <= high), axis=0)
    return Covered(*(dict(zip(NAMES, v.tolist(), strict=True)) for v in (held, truth)))


def main(folders=100):
    """Print the coverage for each kind of folder."""
    rows = []
    for kind in KINDS:
        for shift in SHIFTS:
            found = measure(*kind, shift, folders)
            start = dict(zip(("classes", "groups", "pictures of each"), kind, strict=True))
            start |= {"shift": shift, "mean accuracy": found.means["accuracy"]}
            rows.append(start | found.shares)
            print(show.table(rows[-1:], digits=3), flush=True)
    print(show.table(rows, digits=3, caption=f"{folders} folders of each kind"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
