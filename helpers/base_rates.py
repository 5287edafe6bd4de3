"""Base rates: what evidence makes of a prior, and where a prior comes from.

For two possibilities Bayes' theorem says: posterior odds = likelihood ratio x prior odds, with
odds = p / (1 - p). On the ruler of log-odds evidence is a step, log(likelihood ratio).
"""

from typing import NamedTuple

import numpy as np
from scipy import optimize, special

from helpers._arguments import at_least, inner_share

BLOCK = 1 << 15  # elements turned into floats at once: 256 KB
HAIR = 1e-9  # 0.07 * 100 comes out above 7


class LikelihoodRatios(NamedTuple):
    """How many times as frequent a feature, and its absence, is among the positives."""

    present: np.ndarray
    absent: np.ndarray


def posterior(prior, likelihood_ratio):
    """Return the probability after evidence: its odds are the prior odds times the ratio.

    Parameters
    ----------
    prior : float or array in [0, 1]
    likelihood_ratio : float or array, 0 to infinity
        P(evidence | yes) / P(evidence | no); of independent evidence the product.

    Returns
    -------
    float or array of the shape that both have together
        NaN where prior and evidence exclude each other: certain, and impossible after all.
    """
    prior, ratio = _shares(prior, "prior"), _numbers(likelihood_ratio, "likelihood_ratio")
    for outside in ratio[~(ratio >= 0)][:1]:
        raise ValueError(f"`likelihood_ratio` must be at least 0; got {outside:g}.")
    with np.errstate(divide="ignore", invalid="ignore"):
        return _plain(1 / (1 + (1 - prior) / (prior * ratio)))


def likelihood_ratios(hits, positives, false_alarms, negatives, *, added=1):
    """Estimate from counts how strongly a feature, and its absence, speaks for the positives.

    Parameters
    ----------
    hits : whole number or array of shape (d,)
        How many of the positives have each feature.
    positives : whole number or array, at least 1
    false_alarms, negatives
        The same for the negatives.
    added : float >= 0
        Invented cases with and without the feature in both classes, so that what was not seen
        is not impossible: (hits + added) / (positives + 2 added).

    Returns
    -------
    LikelihoodRatios of numbers or arrays
        With ``added=0`` a feature that one class lacks gives 0 or infinity, and NaN if both do.
    """
    added = at_least(added, "added", 0)
    found = _smoothed(hits, positives, added, ("hits", "positives"))
    alarmed = _smoothed(false_alarms, negatives, added, ("false_alarms", "negatives"))
    with np.errstate(divide="ignore", invalid="ignore"):
        present, absent = found[0] / alarmed[0], found[1] / alarmed[1]
    return LikelihoodRatios(_plain(present), _plain(absent))


def naive_bayes_log_odds(features, ratios, prior):
    """Add up the evidence of features that are taken as independent within each class.

    Parameters
    ----------
    features : array of shape (n, d), bool or 0/1
        What each case has; what it lacks is evidence too.
    ratios : LikelihoodRatios, or a pair of arrays of shape (d,)
        Of a feature that is present and of one that is absent, positive and finite.
    prior : float in (0, 1)

    Returns
    -------
    array of shape (n,), float64
        Log-odds; above 0 the positive class is likelier. `scipy.special.expit` gives chances,
        which are too sure where features repeat each other.
    """
    features, (present, absent) = np.asarray(features), (_numbers(r, "ratios") for r in ratios)
    if features.ndim != 2 or not present.shape == absent.shape == features.shape[1:]:
        shapes = f"{features.shape}, {present.shape} and {absent.shape}"
        raise ValueError(f"`features` and `ratios` must be (n, d), (d,) and (d,); got {shapes}.")
    if features.dtype != bool and not np.isin(features, (0, 1)).all():
        raise ValueError("`features` must be bool or 0 and 1; got other values.")
    for bad in (both := np.r_[present, absent])[~((both > 0) & (both < np.inf))][:1]:
        raise ValueError(f"`ratios` must be positive and finite; got {bad:g}.")
    silence = special.logit(inner_share(prior, "prior", 0.05)) + np.log(absent).sum()
    steps, found = np.log(present) - np.log(absent), np.empty(len(features))
    rows = max(1, BLOCK // max(1, steps.size))
    for at in range(0, len(features), rows):
        np.matmul(features[at : at + rows].astype(np.float64), steps, out=found[at : at + rows])
    found += silence
    return found


def shift_prior(probabilities, trained, used):
    """Carry calibrated probabilities from one base rate to another.

    Parameters
    ----------
    probabilities : float or array in [0, 1]
        Calibrated where the share `trained` is positive, such as among training rows.
    trained, used : floats in (0, 1)
        Share of positives behind the probabilities, and where they will be used.

    Returns
    -------
    float or array
        Their log-odds plus logit(used) - logit(trained): all odds change by one factor, the
        order stays. Right only if the features of each class are the same in both places.
    """
    trained, used = inner_share(trained, "trained", 0.5), inner_share(used, "used", 0.05)
    chances = _shares(probabilities, "probabilities")
    yes, no = chances * (used / trained), (1 - chances) * ((1 - used) / (1 - trained))
    return _plain(yes / (yes + no))


def estimate_prior(probabilities, trained):
    """Estimate the share of positives among cases without labels, by maximum likelihood.

    Parameters
    ----------
    probabilities : array of shape (n,) in [0, 1], n >= 1
        Calibrated where the share `trained` is positive.
    trained : float in (0, 1)

    Returns
    -------
    float in [0, 1]
        Where repeated shifting to the mean of the shifted probabilities settles (M. Saerens,
        P. Latinne and C. Decaestecker, 2002, doi:10.1162/089976602753284446).

    Raises
    ------
    ValueError
        If there are no cases, or all probabilities equal `trained`: they tell nothing.
    """
    trained, chances = inner_share(trained, "trained", 0.5), _shares(probabilities, "probabilities")
    if chances.ndim != 1 or chances.size == 0:
        shape = chances.shape
        raise ValueError(f"`probabilities` must have shape (n,) with n >= 1; got {shape}.")
    yes, no = chances / trained, (1 - chances) / (1 - trained)
    if np.allclose(yes, no, rtol=1e-12, atol=0):
        raise ValueError(f"`probabilities` must differ from `trained`; got {trained:g} only.")

    def slope(share):  # of the log-likelihood, which is concave
        return np.mean((yes - no) / (share * yes + (1 - share) * no))

    low, high = 1e-200, 1 - np.finfo(float).epsneg  # sums of 1 / low stay finite
    if slope(low) <= 0 or slope(high) >= 0:
        return 0.0 if slope(low) <= 0 else 1.0
    return float(optimize.brentq(slope, low, high, xtol=1e-14))


def repeated_tests(prevalence, sensitivity, specificity, positives, *, repeating=0.0):
    """Return the probability of being sick after so many positive results and no negative one.

    Parameters
    ----------
    prevalence, sensitivity, specificity : floats or arrays in [0, 1]
    positives : whole number or array, at least 0
    repeating : float or array in [0, 1]
        Share of the errors of one test that repeat in every test of the same person: such a sick
        person is never found, such a healthy one always alarmed. The other errors are independent.

    Returns
    -------
    float or array; NaN where nobody gets that many positive results
    """
    prior = _shares(prevalence, "prevalence")
    missed = 1 - _shares(sensitivity, "sensitivity")
    alarmed = 1 - _shares(specificity, "specificity")
    times, share = _whole(positives, "positives"), _shares(repeating, "repeating")
    never, always = missed * share, alarmed * share
    true = special.xlogy(times, 1 - _of_the_others(missed, never))  # logarithms, because powers
    false = special.xlogy(times, _of_the_others(alarmed, always))  # of many tests come out as 0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.logaddexp(np.log(never * (times == 0)), np.log1p(-never) + true)
        wrong = np.logaddexp(np.log(always), np.log1p(-always) + false)
        return _plain(special.expit(special.logit(prior) + found - wrong))


def reference_class_forecast(estimates, actuals, new, *, confidence=0.8):
    """Promise what a share of the past tasks would have kept, scaled to a new estimate.

    Parameters
    ----------
    estimates, actuals : arrays of shape (n,), positive
        What was planned for each past task of the class, and what it took, in one unit.
    new : float or array, positive
        The estimate for the new task.
    confidence : float in (0, 1)

    Returns
    -------
    float or array
        `new` times the k-th smallest of the ratios actual / estimate, k = ceil(confidence (n + 1)):
        kept with at least this chance if the new ratio is as likely as each old one to take any
        place in their order. Infinite if k > n: too few tasks for so sure a promise.
    """
    given = {"estimates": estimates, "actuals": actuals, "new": new}
    parts = {name: _numbers(value, name) for name, value in given.items()}
    for name, part in parts.items():
        for outside in part[~((part > 0) & (part < np.inf))][:1]:
            raise ValueError(f"`{name}` must be positive and finite; got {outside:g}.")
    planned, took, new = parts.values()
    if planned.ndim != 1 or planned.shape != took.shape or planned.size == 0:
        shapes = f"{planned.shape} and {took.shape}"
        raise ValueError(
            f"`estimates` and `actuals` must share a shape (n,), n >= 1; got {shapes}."
        )
    place = int(np.ceil(inner_share(confidence, example=0.8) * (planned.size + 1) - HAIR))
    ratios = np.append(np.sort(took / planned), np.inf)
    return _plain(new * ratios[min(place, ratios.size) - 1])


def _of_the_others(rate, fixed):
    """Return the error rate among those without a fixed error, so that all together have `rate`."""
    others = np.where(fixed < 1, 1 - fixed, 1)
    return np.where(fixed < 1, (rate - fixed) / others, 0)


def _smoothed(counts, total, added, names):
    """Return the shares with and without a feature, `added` cases of both kinds included."""
    counts, total = (
        _whole(value, name) for value, name in zip((counts, total), names, strict=True)
    )
    for few in total[total < 1][:1]:
        raise ValueError(f"`{names[1]}` must be at least 1; got {few:g}.")
    counts, total = np.broadcast_arrays(counts, total)
    for count, most in zip(counts[counts > total][:1], total[counts > total][:1], strict=True):
        raise ValueError(f"`{names[0]}` must not exceed `{names[1]}`; got {count:g} of {most:g}.")
    whole = total + 2 * added
    return (counts + added) / whole, (total - counts + added) / whole


def _numbers(value, name):
    value = np.asarray(value)
    if value.dtype.kind not in "biuf":
        raise TypeError(f"`{name}` must be numbers; got {value.dtype}.")
    return value.astype(np.float64)


def _shares(value, name):
    value = _numbers(value, name)
    for outside in value[~((value >= 0) & (value <= 1))][:1]:
        raise ValueError(f"`{name}` must be within [0, 1]; got {outside:g}.")
    return value


def _whole(value, name):
    value = _numbers(value, name)
    for bad in value[~((value >= 0) & (np.floor(value) == value) & (value < np.inf))][:1]:
        raise ValueError(f"`{name}` must be whole numbers of at least 0; got {bad:g}.")
    return value


def _plain(value):
    """Return a number for numbers, an array for arrays."""
    return float(value) if np.ndim(value) == 0 else value
