"""Scores and decisions: the 2x2 table, ROC and precision-recall curves, AUC, thresholds.

Labels are bool, 0/1, or anything two-valued with ``positive=`` naming the positive class. A
larger score means more positive, and a sample is called positive if score >= threshold.
"""

from typing import NamedTuple

import numpy as np

from helpers._arguments import not_negative, probability
from helpers.roc import _curve, _ranking
from helpers.roc._area import AucInterval, PairedTest, bootstrap_auc, delong_interval, delong_test
from helpers.roc._band import RocBand, bootstrap_band
from helpers.roc._ranking import binary, scored

__all__ = [
    "AucInterval",
    "ConfusionMatrix",
    "OperatingPoint",
    "PairedTest",
    "PrecisionRecallCurve",
    "PredictiveValues",
    "Rates",
    "RocBand",
    "RocCurve",
    "auc",
    "average_precision",
    "bootstrap_auc",
    "bootstrap_band",
    "confusion_matrix",
    "delong_interval",
    "delong_test",
    "precision_recall_curve",
    "predictive_values",
    "rates",
    "roc_curve",
    "threshold_at_cost",
    "threshold_at_specificity",
]


class ConfusionMatrix(NamedTuple):
    """Counts of true negatives, false positives, false negatives and true positives."""

    tn: int
    fp: int
    fn: int
    tp: int


class Rates(NamedTuple):
    """Shares of a 2x2 table; those that would divide by zero are NaN and named in `undefined`."""

    sensitivity: float
    specificity: float
    ppv: float
    npv: float
    accuracy: float
    balanced_accuracy: float
    f1: float
    undefined: tuple


class RocCurve(NamedTuple):
    """Element `i` counts the samples with score >= `thresholds[i]`; starts at (0, 0), infinity."""

    fpr: np.ndarray
    tpr: np.ndarray
    thresholds: np.ndarray


class PrecisionRecallCurve(NamedTuple):
    """Element `i` counts the samples with score >= `thresholds[i]`."""

    precision: np.ndarray
    recall: np.ndarray
    thresholds: np.ndarray


class OperatingPoint(NamedTuple):
    """A threshold with what it does on the samples it was chosen on; `cost` is for one person."""

    threshold: float
    sensitivity: float
    specificity: float
    cost: float = float("nan")


class PredictiveValues(NamedTuple):
    """Share of true positives among the positive calls, and of true negatives among the others."""

    ppv: float
    npv: float


def confusion_matrix(y_true, y_pred, *, positive=None):
    """Count the four kinds of decisions.

    Parameters
    ----------
    y_true, y_pred : arrays of shape (n,), two-valued
    positive : label, optional
        The positive class, where labels are not bool or 0/1.

    Returns
    -------
    ConfusionMatrix
    """
    truth = binary(y_true, positive, "y_true", both=False)
    called = binary(y_pred, positive, "y_pred", both=False)
    if truth.size != called.size:
        raise ValueError(
            f"`y_true` and `y_pred` must have one length; got {truth.size} and {called.size}."
        )
    others = [np.asarray(y_true)[~truth][:1].tolist(), np.asarray(y_pred)[~called][:1].tolist()]
    if all(others) and others[0] != others[1]:
        raise ValueError(
            "`y_true` and `y_pred` must have the same two labels; got "
            f"{others[0][0]!r} and {others[1][0]!r} beside the positive one."
        )
    counts = np.bincount(2 * truth + called, minlength=4)
    return ConfusionMatrix(*(int(count) for count in counts))


def rates(matrix):
    """Return the shares of a 2x2 table.

    Parameters
    ----------
    matrix : ConfusionMatrix, or the four counts (tn, fp, fn, tp)

    Returns
    -------
    Rates
    """
    tn, fp, fn, tp = matrix
    total = tn + fp + fn + tp
    parts = {
        "sensitivity": (tp, tp + fn, "nobody is positive"),
        "specificity": (tn, tn + fp, "nobody is negative"),
        "ppv": (tp, tp + fp, "nobody was called positive"),
        "npv": (tn, tn + fn, "nobody was called negative"),
        "accuracy": (tp + tn, total, "there are no samples"),
        "f1": (2 * tp, 2 * tp + fp + fn, "nobody is or was called positive"),
    }
    share = {name: a / b if b else float("nan") for name, (a, b, _) in parts.items()}
    undefined = [f"{name}: {why}" for name, (_, count, why) in parts.items() if not count]
    share["balanced_accuracy"] = (share["sensitivity"] + share["specificity"]) / 2
    if np.isnan(share["balanced_accuracy"]):
        undefined.append("balanced_accuracy: a class is missing")
    return Rates(**share, undefined=tuple(undefined))


def roc_curve(y_true, y_score, *, positive=None, weights=None):
    """Trace true against false positive rate over every threshold.

    Parameters
    ----------
    y_true : array of shape (n,), two-valued
    y_score : array of shape (n,), larger means more positive
    positive : label, optional
    weights : array of shape (n,), positive, optional
        How much each sample stands for, on any scale.

    Returns
    -------
    RocCurve
        One point for each distinct score after the first, which is (0, 0) at infinity.

    Raises
    ------
    ValueError
        If a class is missing, lengths differ, or a score is not finite.
    """
    truth, scores = scored(y_true, y_score, positive)
    weights = None if weights is None else _ranking.weighed(weights, truth)
    tp, fp, thresholds = _curve.cumulated(truth, scores, weights)
    table = np.empty((3, tp.size + 1))  # one array: three fresh ones cost as much as sorting
    table[:, 0] = 0, 0, np.inf
    np.divide(fp, fp[-1], out=table[0, 1:])
    np.divide(tp, tp[-1], out=table[1, 1:])
    table[2, 1:] = thresholds
    return RocCurve(*table)


def precision_recall_curve(y_true, y_score, *, positive=None):
    """Trace precision (PPV) against recall (sensitivity) over every threshold.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`.

    Returns
    -------
    PrecisionRecallCurve
        One point for each distinct score; no point is invented at recall 0.
    """
    tp, fp, thresholds = _curve.cumulated(*scored(y_true, y_score, positive))
    return PrecisionRecallCurve(tp / (tp + fp), tp / tp[-1], thresholds)


def average_precision(y_true, y_score, *, positive=None):
    """Return the sum of precision times the step in recall: no area of trapezoids.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`.

    Returns
    -------
    float
        A scorer that knows nothing gets about the share of positives, not 0.5.
    """
    curve = precision_recall_curve(y_true, y_score, positive=positive)
    return float(np.sum(np.diff(curve.recall, prepend=0) * curve.precision))


def auc(y_true, y_score, *, positive=None):
    """Return the chance that a random positive outranks a random negative; a tie counts half.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`.

    Returns
    -------
    float in [0, 1]
        The area under the ROC curve; 0 for a scorer that ranks all the wrong way round.
    """
    return _curve.area(*scored(y_true, y_score, positive))


def threshold_at_specificity(y_true, y_score, specificity, *, positive=None, weights=None):
    """Return the threshold of the highest sensitivity at a specificity of at least `specificity`.

    Parameters
    ----------
    y_true, y_score, positive, weights
        As for `roc_curve`.
    specificity : float in [0, 1]

    Returns
    -------
    OperatingPoint
        Of equal sensitivities the highest threshold. Its specificity holds on these samples; on
        new ones it is an estimate.
    """
    specificity = probability(specificity, "specificity")
    curve = roc_curve(y_true, y_score, positive=positive, weights=weights)
    last = np.flatnonzero(1 - curve.fpr >= specificity - 1e-12)[-1]
    first = np.flatnonzero(curve.tpr == curve.tpr[last])[0]  # nothing is gained by going lower
    return _point(curve, first)


def threshold_at_cost(
    y_true, y_score, *, cost_fp, cost_fn, prevalence=None, positive=None, weights=None
):
    """Return the threshold of the lowest expected cost, treat-all and treat-none included.

    Parameters
    ----------
    y_true, y_score, positive, weights
        As for `roc_curve`.
    cost_fp, cost_fn : float >= 0, not both 0
        Cost of a false positive and of a false negative, in one unit.
    prevalence : float in [0, 1], optional
        Share of positives where the threshold will be used. Default: that of `y_true`, weighted.

    Returns
    -------
    OperatingPoint
        Of equal costs the highest threshold, which treats fewest; infinity treats nobody.
    """
    cost_fp, cost_fn = not_negative(cost_fp, "cost_fp"), not_negative(cost_fn, "cost_fn")
    if cost_fp == cost_fn == 0:
        raise ValueError("`cost_fp` and `cost_fn` must not both be 0; got 0 and 0.")
    labels = binary(y_true, positive, "y_true")
    curve = roc_curve(labels, y_score, weights=weights)
    own = np.average(labels, weights=weights)
    prevalence = own if prevalence is None else probability(prevalence, "prevalence")
    misses = cost_fn * prevalence * (1 - curve.tpr)
    cost = misses + cost_fp * (1 - prevalence) * curve.fpr
    slack = 8 * np.finfo(float).eps * (cost[0] + cost[-1])  # equal costs differ in the last digit
    best = int(np.flatnonzero(cost <= cost.min() + slack)[0])
    return _point(curve, best)._replace(cost=float(cost[best]))


def predictive_values(sensitivity, specificity, prevalence):
    """Return PPV and NPV by Bayes' theorem: what a call means in a given population.

    Parameters
    ----------
    sensitivity, specificity, prevalence : floats or arrays in [0, 1]

    Returns
    -------
    PredictiveValues of numbers or arrays; NaN where nobody gets that call
    """
    given = {"sensitivity": sensitivity, "specificity": specificity, "prevalence": prevalence}
    for name, value in given.items():
        value = np.asarray(value, dtype=np.float64)
        if not np.all((value >= 0) & (value <= 1)):
            raise ValueError(f"`{name}` must be within [0, 1]; got {given[name]}.")
    sens, spec, prev = (np.asarray(value, dtype=np.float64) for value in given.values())
    with np.errstate(invalid="ignore"):
        ppv = sens * prev / (sens * prev + (1 - spec) * (1 - prev))
        npv = spec * (1 - prev) / (spec * (1 - prev) + (1 - sens) * prev)
    return PredictiveValues(*(float(v) if np.ndim(v) == 0 else v for v in (ppv, npv)))


def _point(curve, index):
    fpr, tpr, threshold = (float(part[index]) for part in curve)
    return OperatingPoint(threshold, tpr, 1 - fpr)
