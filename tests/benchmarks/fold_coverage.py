"""How often corrected resampled t intervals hold what a model reaches in cross-validation.

``python -m tests.benchmarks.fold_coverage`` measures it in 300 tables of each kind, or in as many
as said: the table behind what `helpers.analysis.balancing` says of rates at a threshold that nobody
moved. The truth is the mean of the same cross-validation over all tables of a kind.
"""

import sys
from typing import NamedTuple

import numpy as np
from scipy import special

from helpers import roc, show
from helpers.analysis import balancing
from helpers.analysis.balancing import _estimates, _splits

MEASURES = ("balanced accuracy", "sensitivity", "AUC", "Brier score")
RARE, SHIFTS = (12, 25, 50), (0.8, 1.2, 1.6, 2.0, 2.5)
EACH, OTHERS, WITHIN = 6, 4, 0.6  # rows of a subject, common for each rare one, spread of its rows
STEPS = 12  # of Newton's method


class Covered(NamedTuple):
    """Share of tables whose interval holds the mean over all tables, and that mean."""

    shares: dict
    means: dict


def draw_table(rng, rare, shift, each):
    """Return features, labels and subjects: a rare class that is shifted in one of three columns.

    The class belongs to the subject, and so do the means of its rows, which spread around them.
    """
    who = np.repeat(np.arange(rare * (1 + OTHERS)), each)
    ill = who < rare
    features = rng.normal(size=(who.max() + 1, 3))[who] + WITHIN * rng.normal(size=(who.size, 3))
    features[:, 0] += shift * ill
    return features, ill, who


def fit_all(features, labels, trained):
    """Return the chances of all rows under the page's logistic regression, for all folds at once.

    Parameters
    ----------
    features : array of shape (n, d)
    labels : array of shape (n,), bool
    trained : array of shape (folds, n), bool
        Rows of each training part; its own means and deviations scale the features.

    Returns
    -------
    array of shape (folds, n)
    """
    counts = trained.sum(axis=1)[:, None]
    centre = trained @ features / counts
    scale = np.sqrt(trained @ features**2 / counts - centre**2)
    rows = (features - centre[:, None]) / scale[:, None]
    rows = np.concatenate([np.ones((*rows.shape[:2], 1)), rows], axis=2)
    slopes = np.zeros((len(trained), rows.shape[2]))
    penalty = np.diag([0.0] + [1.0] * features.shape[1])
    for _ in range(STEPS):
        chance = special.expit((rows @ slopes[..., None])[..., 0])
        pull = ((trained * (labels - chance))[:, None] @ rows)[:, 0] - slopes @ penalty
        weights = trained * chance * (1 - chance)
        bend = rows.transpose(0, 2, 1) @ (weights[..., None] * rows) + penalty
        slopes += np.linalg.solve(bend, pull[..., None])[..., 0]
    return special.expit((rows @ slopes[..., None])[..., 0])


def judge(labels, chance):
    """Return the `MEASURES` of one test part at the threshold 0.5."""
    found, spared = np.mean(chance[labels] >= 0.5), np.mean(chance[~labels] < 0.5)
    return (found + spared) / 2, found, roc.auc(labels, chance), np.mean((chance - labels) ** 2)


def measure(rare, shift, each=1, tables=300, seed=0):
    """Measure coverage at 95 %, with folds by subject if a subject has several rows."""
    plan, ends = balancing.make_plan(), []
    for number in range(tables):
        rng = np.random.default_rng([seed, number, rare])
        features, ill, who = draw_table(rng, rare, shift, each)
        parts = list(_splits.splits(ill, plan._replace(seed=number), who if each > 1 else None))
        trained = np.ones((len(parts), ill.size), dtype=bool)
        for place, (_, test) in enumerate(parts):
            trained[place, test] = False
        chances = fit_all(features, ill, trained)
        folds = [judge(ill[t], c[t]) for (_, t), c in zip(parts, chances, strict=True)]
        ends.append([_estimates.corrected_interval(v, plan.folds)[:3] for v in np.transpose(folds)])
    mean, low, high = np.moveaxis(ends, 2, 0)
    truth = mean.mean(axis=0)
    shares = np.mean((low <= truth) & (truth <= high), axis=0)
    return Covered(*(dict(zip(MEASURES, v.tolist(), strict=True)) for v in (shares, truth)))


def main(tables=300):
    """Print the coverage for each number of rare cases and each shift."""
    for each, what in ((EACH, "subjects"), (1, "rows")):
        rows = []
        for rare in RARE:
            for shift in SHIFTS:
                found = measure(rare, shift, each, tables)
                sensitivity = {"mean sensitivity": found.means["sensitivity"]}
                rows.append({f"rare {what}": rare, "shift": shift} | sensitivity | found.shares)
        print(show.table(rows, digits=3, caption=f"folds by {what}, {tables} tables"), end="\n\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
