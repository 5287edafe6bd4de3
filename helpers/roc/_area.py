"""How sure an area under the ROC curve is: DeLong's interval and test, and the bootstrap."""

from typing import NamedTuple

import numpy as np
from scipy import special

from helpers._arguments import inner_share, whole
from helpers.roc import _ranking
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


def delong_interval(y_true, y_score, *, confidence=0.95, positive=None):
    """Return the AUC with DeLong's confidence interval, cut at 0 and 1.

    Parameters
    ----------
    y_true, y_score, positive
        As for `roc_curve`, with at least two samples of each class.
    confidence : float in (0, 1)

    Returns
    -------
    AucInterval
        Perfect separation gives [1, 1], which is more certain than any sample can be.

    References
    ----------
    E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Comparing the areas under two or more
    correlated ROC curves, Biometrics 44 (1988) 837-845, doi:10.2307/2531595.
    """
    z = special.ndtri((1 + inner_share(confidence)) / 2)
    groups = _ranking.classes(*scored(y_true, y_score, positive))
    above, below = _ranking.placements(*(np.sort(group) for group in groups))
    error = float(np.sqrt(_ranking.covariance(above, above) + _ranking.covariance(below, below)))
    area = float(above.mean())
    low, high = np.clip([area - z * error, area + z * error], 0, 1)
    return AucInterval(area, float(low), float(high), error)


def delong_test(y_true, score_a, score_b, *, confidence=0.95, positive=None):
    """Compare the AUCs of two scores on the same samples.

    Parameters
    ----------
    y_true, positive
        As for `roc_curve`, with at least two samples of each class.
    score_a, score_b : arrays of shape (n,)
    confidence : float in (0, 1)

    Returns
    -------
    PairedTest
        Not valid for nested models that were fitted to these very samples.
    """
    width = special.ndtri((1 + inner_share(confidence)) / 2)
    pairs = [
        _ranking.placements(*_ranking.classes(*scored(y_true, score, positive, name)))
        for name, score in (("score_a", score_a), ("score_b", score_b))
    ]
    auc_a, auc_b = (float(above.mean()) for above, _ in pairs)
    above, below = (a - b for a, b in zip(*pairs, strict=True))
    error = np.sqrt(_ranking.covariance(above, above) + _ranking.covariance(below, below))
    difference = auc_a - auc_b
    if error > 0:
        z = difference / error
    else:
        z = 0.0 if difference == 0 else np.copysign(np.inf, difference)
    ends = (difference - width * error, difference + width * error)
    p_value = 2 * special.ndtr(-abs(z))
    return PairedTest(auc_a, auc_b, difference, *(float(x) for x in (*ends, z, p_value)))


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
    groups = _ranking.classes(*scored(y_true, y_score, positive))
    areas = _ranking.bootstrap_areas(*groups, resamples, np.random.default_rng(rng))
    low, high = np.quantile(areas, [tail, 1 - tail])
    return AucInterval(_ranking.area(*groups), float(low), float(high), float(areas.std()))
