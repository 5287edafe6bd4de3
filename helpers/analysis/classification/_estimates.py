"""Accuracy, balanced accuracy, classes, differences: means over repeats with their intervals."""

from typing import NamedTuple

import numpy as np

from helpers import intervals, roc

RIVALS = ("colour", "majority")


class Estimate(NamedTuple):
    """A mean with the ends of its interval; NaN where nothing varies."""

    value: float
    low: float
    high: float


def share(right, groups, confidence):
    """Return a share of right calls with an interval over groups.

    Parameters
    ----------
    right : array of shape (n,), in [0, 1]
        For each picture the share of repeats in which it was right.
    groups : array of shape (n,)
        Pictures of one group count as one answer at the most.
    confidence : float in (0, 1)

    Returns
    -------
    Estimate

    Notes
    -----
    Repeats are averaged for each picture first: the same pictures in other folds are no new
    evidence. Then Clopper and Pearson's interval for as many pictures as the groups are worth
    (`intervals.clustered_proportion_interval`), at most one for each group. What is promised is
    the mean over folders of the same kind, with models that learn from them. Share of 100 drawn
    folders in which 95 % intervals held it, with an error of 0.01 to 0.03
    (``python -m tests.benchmarks.classification_coverage``)::

        classes  groups  pictures  mean accuracy  accuracy  balanced  class  difference
              2       5         1          0.672      0.96      0.97   0.99        0.92
              2       5         1          0.837      0.96      0.94   0.99        0.92
              2      20         1          0.777      0.95      0.97   0.98        0.92
              2      20         1          0.953      0.97      0.96   0.99        0.93
              2      60         1          0.859      0.97      0.96   0.98        0.92
              2      60         1          0.987      1.00      0.99   1.00        0.97
              5       5         1          0.356      0.97      0.96   0.99        0.95
              5       5         1          0.547      0.97      0.97   1.00        0.97
              5      20         1          0.530      0.98      0.97   0.98        0.97
              5      20         1          0.763      0.99      0.95   0.97        1.00
              3       8         4          0.664      0.98      0.98   1.00        0.87
              3       8         4          0.885      0.97      0.95   1.00        0.87

    Groups are those of a class and pictures those of a group; the last column is of intervals for
    a paired difference from a rival, which are Student's over groups. Classes are drawn at two
    distances, rows with 40 features.
    """
    return _of_groups(right, np.ones(len(right)), groups, confidence)


def _of_groups(right, told, groups, confidence):
    """Return the share of what was told that is right; a group counts as one answer at the most."""
    codes = np.unique(groups, return_inverse=True)[1]
    totals, sizes = np.bincount(codes, right), np.bincount(codes, told)
    value = float(totals.sum() / sizes.sum()) if sizes.any() else np.nan
    if np.count_nonzero(sizes) < 2:
        return Estimate(value, np.nan, np.nan)
    scale = min(1.0, sizes.sum() / np.sum(sizes**2))
    low, high = intervals.clustered_proportion_interval(
        np.minimum(totals, sizes) * scale, sizes * scale, confidence=confidence
    )
    return Estimate(value, float(low), float(high))


def accuracy(result, confidence, model="features"):
    """Return the share of all pictures that were called right.

    Parameters
    ----------
    result : Result
    confidence : float
    model : name in `MODELS`

    Returns
    -------
    Estimate
    """
    return share(result.right(model), result.groups, confidence)


def class_shares(result, confidence, model="features"):
    """Return for each class the share of its pictures that were called right.

    Parameters
    ----------
    result : Result
    confidence : float
    model : name in `MODELS`

    Returns
    -------
    dict of class -> Estimate
    """
    right, found = result.right(model), {}
    for place, name in enumerate(result.classes):
        own = result.labels == place
        found[name] = share(right[own], result.groups[own], confidence)
    return found


def balanced_accuracy(result, confidence, model="features"):
    """Return the mean of the classes' shares: each class counts the same.

    Parameters
    ----------
    result : Result
    confidence : float
    model : name in `MODELS`

    Returns
    -------
    Estimate
        Distances to the ends are those of the classes, squared and added (G. Y. Zou, W. Huang and
        X. Zhang, A note on confidence interval estimation for a linear function of binomial
        proportions, Computational Statistics and Data Analysis 53, 2009, 1080-1085).
    """
    value, low, high = np.array(list(class_shares(result, confidence, model).values())).T
    below, above = (np.sqrt(np.sum((value - end) ** 2)) / len(value) for end in (low, high))
    middle = value.mean()
    return Estimate(float(middle), float(max(0, middle - below)), float(min(1, middle + above)))


def differences(result, confidence):
    """Return by how much more pictures are called right than by each rival, picture by picture.

    Parameters
    ----------
    result : Result
    confidence : float
        Of both differences together (Bonferroni).

    Returns
    -------
    dict of rival -> Estimate
    """
    codes, found = np.unique(result.groups, return_inverse=True)[1], {}
    sizes = np.bincount(codes)
    for rival in RIVALS:
        gap = result.right() - result.right(rival)
        totals = np.bincount(codes, gap)
        low, high = intervals.clustered_mean_interval(
            totals, sizes, confidence=1 - (1 - confidence) / len(RIVALS)
        )
        ends = (np.nan, np.nan) if high - low < 1e-12 else np.clip((low, high), -1, 1)
        found[rival] = Estimate(float(gap.mean()), *map(float, ends))
    return found


def when_sure(result, sure, confidence):
    """Return how many labels are given at a least probability, and how many of them are right.

    Parameters
    ----------
    result : Result
    sure : float in [0, 1]
    confidence : float

    Returns
    -------
    given : float
        Share of pictures, over all repeats.
    right : Estimate
        Of those; NaN if fewer than two groups get labels.
    """
    chances = result.chances["features"]
    told = chances.max(axis=2) >= sure
    right = told & (chances.argmax(axis=2) == result.labels)
    shares = (np.mean(part, axis=0) for part in (right, told))
    return float(told.mean()), _of_groups(*shares, result.groups, confidence)


def two_classes(result, confidence):
    """Return the ROC curve and the AUC of two classes, by the mean probability over repeats.

    Parameters
    ----------
    result : Result
    confidence : float

    Returns
    -------
    dict of model -> (RocCurve, AucInterval)
        Of the second class against the first; empty if there are more classes.
    """
    if len(result.classes) != 2:
        return {}
    truth, found = result.labels == 1, {}
    for model in ("features", "colour"):
        scores = result.chances[model].mean(axis=0)[:, 1]
        area = roc.delong_interval(truth, scores, confidence=confidence, clusters=result.groups)
        found[model] = roc.roc_curve(truth, scores), area
    return found


def confusion(result):
    """Return how often each class was called each class, as a mean over repeats.

    Parameters
    ----------
    result : Result

    Returns
    -------
    array of shape (k, k)
        Rows are the true classes and sum to their numbers of pictures.
    """
    k = len(result.classes)
    calls = result.chances["features"].argmax(axis=2)
    counts = np.bincount((result.labels * k + calls).ravel(), minlength=k * k)
    return counts.reshape(k, k) / len(calls)
