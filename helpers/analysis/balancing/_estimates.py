"""Means and differences over repeated folds, with intervals that know the folds share rows."""

from typing import NamedTuple

import numpy as np
from scipy import special

from helpers.analysis.balancing._plan import MEASURES, RESAMPLING

SIGNS = {name: -1 if name == "brier" else 1 for name in MEASURES}  # a low Brier score is good
HELD = ((0.15, "61 to 77"), (0.3, "75 to 85"), (0.4, "87 to 91"))  # of 100, below such a rate


class Estimate(NamedTuple):
    """Mean over folds, its interval, and the P value for a mean of 0: NaN if folds are equal."""

    mean: float
    low: float
    high: float
    p: float


def corrected_interval(values, folds, *, confidence=0.95):
    """Return the corrected resampled t interval for a mean over repeated folds.

    Parameters
    ----------
    values : array of shape (J,), J >= 2
        One value for each test part.
    folds : int >= 2
        Folds of one repeat: a test part is 1 / (folds - 1) of a training part.
    confidence : float in (0, 1)

    Returns
    -------
    Estimate
        Equal values tell nothing about chance: the interval and P are NaN.

    Notes
    -----
    The variance of the mean is s^2 (1 / J + n_test / n_train) instead of s^2 / J: C. Nadeau and
    Y. Bengio, 2003, doi:10.1023/A:1024068626366. Where rows of one subject are alike it holds if
    folds keep subjects whole. In 250 tables of 60 subjects (12 of the rarer class), 6 rows each,
    95 % intervals held the Brier score in 98 % (62 % with folds by row), the AUC in 94 % (60 %),
    balanced accuracy in 83 % (53 %), and what class weights change of the last in 99 % (91 %). Of a
    rate that is low it is too short, with subjects or without: see `too_short`.
    """
    values = np.asarray(values, dtype=np.float64)
    mean, freedom = values.mean(), values.size - 1
    error = np.sqrt((1 / values.size + 1 / (folds - 1)) * values.var(ddof=1))
    half = -special.stdtrit(freedom, (1 - confidence) / 2) * error
    if error <= 1e-12:
        return Estimate(float(mean), np.nan, np.nan, np.nan)
    p = 2 * special.stdtr(freedom, -abs(mean) / error)
    return Estimate(float(mean), float(mean - half), float(mean + half), float(p))


def levels(result, measure):
    """Return for each method the mean of a measure, its interval kept within [0, 1].

    Parameters
    ----------
    result : Comparison
    measure : name in `MEASURES`

    Returns
    -------
    dict of method -> Estimate
    """
    plan, found = result.plan, {}
    for method, values in zip(plan.methods, result.measures[measure], strict=True):
        mean, low, high, p = corrected_interval(values, plan.folds, confidence=plan.confidence)
        low, high = np.clip((low, high), 0, 1).tolist()
        found[method] = Estimate(mean, low, high, p)
    return found


def too_short(result, measure):
    """Say how often intervals for what doing nothing reaches held where one of its rates is low.

    Parameters
    ----------
    result : Comparison
    measure : name in `MEASURES`

    Returns
    -------
    str
        Empty for the AUC, the Brier score and a rate that is not low, and without an interval.

    Notes
    -----
    Share of 300 simulated tables in which a 95 % interval held, with an error of 0.01 to 0.03: four
    common cases for each rare one, three features, logistic regression at the threshold 0.5, 5
    folds and 10 repeats (``python -m tests.benchmarks.fold_coverage``). Subjects have six rows
    each; the last two columns of 50 subjects are of 150 tables::

        rarer class   shift of its mean   0.8    1.2    1.6    2.0    2.5
        12 subjects   mean sensitivity         0.093  0.214  0.363  0.498  0.636
                      held: sensitivity        0.613  0.753  0.873  0.940  0.967
                      held: balanced accuracy  0.643  0.750  0.867  0.923  0.950
        25 subjects   mean sensitivity         0.070  0.204  0.360  0.505  0.647
                      held: sensitivity        0.630  0.777  0.873  0.933  0.970
                      held: balanced accuracy  0.663  0.790  0.880  0.930  0.953
        50 subjects   mean sensitivity         0.064  0.212  0.377  0.519  0.663
                      held: sensitivity        0.630  0.750  0.873  0.927  0.967
                      held: balanced accuracy  0.673  0.773  0.883  0.927  0.953
        12 rows       mean sensitivity         0.078  0.179  0.307  0.432  0.565
                      held: sensitivity        0.680  0.810  0.900  0.937  0.973
                      held: balanced accuracy  0.707  0.817  0.897  0.927  0.970
        25 rows       mean sensitivity         0.061  0.178  0.327  0.466  0.604
                      held: sensitivity        0.710  0.810  0.893  0.930  0.960
                      held: balanced accuracy  0.720  0.833  0.893  0.920  0.950
        50 rows       mean sensitivity         0.063  0.202  0.358  0.500  0.637
                      held: sensitivity        0.697  0.797  0.890  0.947  0.973
                      held: balanced accuracy  0.743  0.830  0.893  0.930  0.967
        100 rows      mean sensitivity         0.052  0.192  0.357  0.502  0.646
                      held: sensitivity        0.707  0.803  0.907  0.960  0.983
                      held: balanced accuracy  0.770  0.850  0.910  0.960  0.980

    A low rate shortens them most; with twice or four times as many rare cases they hold little more
    often. The AUC was held by 0.87 to 0.97 and the Brier score by 0.92 to 1.
    """
    rates = {name: levels(result, name)["nothing"].mean for name in ("sensitivity", "specificity")}
    name = min(rates, key=rates.get)
    held = next((words for below, words in HELD if rates[name] < below), "")
    level = levels(result, measure)["nothing"]
    if not held or measure not in (name, "balanced_accuracy") or np.isnan(level.low):
        return ""
    return (
        f"at a {name} of {rates[name]:.2g} nominal 95 % intervals held in {held} of 100 simulated "
        "tables"
    )


def differences(result, measure, *, against="nothing"):
    """Return the paired difference of each other method, wide enough for all of them together.

    Intervals are kept within [-1, 1], where differences lie.

    Parameters
    ----------
    result : Comparison
    measure : name in `MEASURES`
    against : str
        The method that is taken away. Against the moved threshold only resampling is compared.

    Returns
    -------
    dict of method -> Estimate
        With m methods each interval has the confidence 1 - (1 - confidence) / m and P is m times
        as large (Bonferroni), so the promise holds for all together.
    """
    plan, values = result.plan, result.measures[measure]
    others = [m for m in plan.methods if m != against and (against == "nothing" or m in RESAMPLING)]
    share = 1 - (1 - plan.confidence) / max(1, len(others))
    base, found = values[plan.methods.index(against)], {}
    for method in others:
        gap = values[plan.methods.index(method)] - base
        mean, low, high, p = corrected_interval(gap, plan.folds, confidence=share)
        low, high = np.clip((low, high), -1, 1).tolist()
        found[method] = Estimate(mean, low, high, float(np.minimum(1, len(others) * p)))
    return found


def changed(gaps, measure):
    """Split methods into those that are better and those that are worse beyond chance.

    Parameters
    ----------
    gaps : dict of method -> Estimate
    measure : name in `MEASURES`

    Returns
    -------
    better, worse : lists of methods whose interval leaves 0 out
    """
    sign = SIGNS[measure]
    clear = {method: sign * gap.mean for method, gap in gaps.items() if gap.low > 0 or gap.high < 0}
    return [m for m in clear if clear[m] > 0], [m for m in clear if clear[m] < 0]
