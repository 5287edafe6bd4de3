"""How sure an area under the ROC curve is: DeLong's interval and test, and the bootstrap."""

from typing import NamedTuple

import numpy as np
from scipy import special

from helpers._arguments import inner_share, one_of, whole
from helpers.roc import _clusters, _curve, _ranking
from helpers.roc._ranking import scored


class AucInterval(NamedTuple):
    """Area under the ROC curve, the ends of its confidence interval, and its standard error."""

    auc: float
    low: float
    high: float
    standard_error: float


class PairedTest(NamedTuple):
    """Two areas on the same samples, their difference a - b with its interval, and the test."""

    auc_a: float
    auc_b: float
    difference: float
    low: float
    high: float
    z: float
    p_value: float


def delong_interval(
    y_true, y_score, *, confidence=0.95, scale="logit", positive=None, clusters=None, weights=None
):
    """Return the AUC with a confidence interval from DeLong's variance.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`, with at least two samples of each class.
    confidence : float in (0, 1)
    scale : {"logit", "plain"}
        "logit" makes the interval symmetric in log(AUC / (1 - AUC)), so that it stays within 0
        and 1; its standard error there is that of the AUC over AUC (1 - AUC), by the delta
        method. "plain" is DeLong's own interval, AUC +- z standard errors, cut at 0 and 1.
    clusters : array of shape (n,), optional
        Who a sample belongs to. Clusters are taken as independent, the samples of one are not
        (Obuchowski); one may hold samples of both classes. Two of each class are needed.
    weights : array of shape (n,), positive, optional
        How much each sample stands for, on any scale: the AUC is that of the weighted
        population. They are no counts of equal samples; repeat those.

    Returns
    -------
    AucInterval
        `standard_error` is that of the AUC itself, on both scales.

    Notes
    -----
    Measured on 20,000 samples of normal scores, 95 % asked for. AUC 0.95: "logit" held the truth
    in 94.8 % (30 + 30), 94.9 % (100 + 100), 97.7 % (15 + 15) and 81.9 % (8 + 500), "plain" in
    87.1 %, 92.3 %, 81.6 % and 74.3 %. AUC 0.8: "logit" in 95.8 %, 95.1 %, 96.0 % and 89.7 %,
    "plain" in 93.2 %, 94.2 %, 91.2 % and 86.3 %. Neither can be trusted below about 30 of a class.
    Clusters of 4 rows that share 0.6 of their variance, AUC 0.8, 3000 samples: "logit" held the
    truth in 94.4 % to 95.1 % with 40 and 80 clusters, in 94.0 % with 20, in 91.6 % with 10; without
    `clusters` in 77 % where each held one class, and in 93 % to 94 % where each held both.

    At perfect separation DeLong's variance is 0 and the plain interval [1, 1]. The logit scale
    then gives an exact bound for one side, [(1 - confidence) ** (1 / k), 1] with k the size of the
    smaller class, which is about 1 - 3 / k at 95 %. For that many pairs of a positive and a
    negative share no sample, all are in the right order, and if the AUC is A this happens with
    a chance of at most A ** k. No better bound holds for all kinds of scores: it is reached if
    the smaller class is beyond the other with the chance A, and on the wrong side of it else. An
    AUC of 0 is its mirror image; where all scores are equal, that share of pairs is tied.

    References
    ----------
    E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Comparing the areas under two or more
    correlated ROC curves, Biometrics 44 (1988) 837-845, doi:10.2307/2531595. The logit scale: M.
    S. Pepe, The Statistical Evaluation of Medical Tests for Classification and Prediction,
    Oxford University Press (2003), chapter 5. Clusters: N. A. Obuchowski, Nonparametric analysis
    of clustered ROC curve data, Biometrics 53 (1997) 567-578, doi:10.2307/2533958.
    """
    confidence = inner_share(confidence)
    one_of(scale, "scale", ("logit", "plain"))
    truth, scores = scored(y_true, y_score, positive)
    if clusters is not None or weights is not None:
        rows = _clusters.rows(truth, weights, clusters)
        area, added = _clusters.additions(truth, scores, rows.weights)
        error, pairs = _clusters.error(truth, added, rows), _clusters.pairs(truth, rows)
    else:
        area, error = _curve.area_and_error(truth, scores)
        positives = np.count_nonzero(truth)
        pairs = min(positives, truth.size - positives)
    return AucInterval(area, *_ends(area, error, confidence, scale, pairs), error)


def _ends(area, error, confidence, scale, pairs):
    """Return the ends of an interval; `pairs` is how many pairs of samples share none."""
    if error == 0 and scale == "logit":
        alike = (1 - confidence) ** (1 / pairs)  # share of pairs that are as all of these
        return area * alike, 1 - (1 - area) * alike
    reach = special.ndtri((1 + confidence) / 2) * error
    if scale == "plain":
        return max(area - float(reach), 0.0), min(area + float(reach), 1.0)
    reach /= area * (1 - area)
    middle = special.logit(area)
    return float(special.expit(middle - reach)), float(special.expit(middle + reach))


def delong_test(
    y_true, score_a, score_b, *, confidence=0.95, positive=None, clusters=None, weights=None
):
    """Compare the AUCs of two scores on the same samples.

    Parameters
    ----------
    y_true, positive
        As for `roc_curve`, with at least two samples of each class.
    score_a, score_b : arrays of shape (n,)
    confidence : float in (0, 1)
    clusters, weights : arrays of shape (n,), optional
        As for `delong_interval`.

    Returns
    -------
    PairedTest
        Not valid for nested models that were fitted to these very samples. The interval is on
        the plain scale.
    """
    width = special.ndtri((1 + inner_share(confidence)) / 2)
    both = [
        scored(y_true, score, positive, name)
        for name, score in (("score_a", score_a), ("score_b", score_b))
    ]
    (auc_a, auc_b), error = _compared(both, clusters, weights)
    difference = auc_a - auc_b
    if error > 0:
        z = difference / error
    else:
        z = 0.0 if difference == 0 else np.copysign(np.inf, difference)
    ends = (difference - width * error, difference + width * error)
    p_value = 2 * special.ndtr(-abs(z))
    return PairedTest(auc_a, auc_b, difference, *(float(x) for x in (*ends, z, p_value)))


def _compared(both, clusters, weights):
    """Return two areas and the standard error of their difference."""
    truth = both[0][0]
    if clusters is not None or weights is not None:
        rows = _clusters.rows(truth, weights, clusters)
        areas, added = zip(*(_clusters.additions(*one, rows.weights) for one in both), strict=True)
        return areas, _clusters.error(truth, added[0] - added[1], rows)
    _ranking.check_two_of_each(truth)
    pairs = [_ranking.placements(*_ranking.classes(*one)) for one in both]
    above, below = (a - b for a, b in zip(*pairs, strict=True))
    error = np.sqrt(_ranking.covariance(above, above) + _ranking.covariance(below, below))
    return [float(above.mean()) for above, _ in pairs], error


def bootstrap_auc(y_true, y_score, *, confidence=0.95, resamples=2000, rng=None, positive=None):
    """Return the AUC with a percentile bootstrap interval, each class resampled by itself.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`.
    confidence : float in (0, 1)
    resamples : int >= 1
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    AucInterval
    """
    tail, resamples = (1 - inner_share(confidence)) / 2, whole(resamples, "resamples")
    truth, scores = scored(y_true, y_score, positive)
    groups = _ranking.classes(truth, scores)
    areas = _ranking.bootstrap_areas(*groups, resamples, np.random.default_rng(rng))
    low, high = np.quantile(areas, [tail, 1 - tail])
    return AucInterval(_curve.area(truth, scores), float(low), float(high), float(areas.std()))
