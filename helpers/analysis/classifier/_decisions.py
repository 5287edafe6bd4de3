"""Cut scores at a threshold: choose it, count what it does, measure its optimism."""

from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, intervals, roc
from helpers.analysis.classifier._cautions import FEW
from helpers.own_data import Problem

PARTS = 10  # into which rows are split to measure optimism
DRAWN = 20_000_000  # rows that choose thresholds, at the most


class Rule(NamedTuple):
    """Least specificity; or, if that is None, costs of a false positive and a false negative."""

    specificity: float | None
    cost_fp: float
    cost_fn: float
    prevalence: float | None


class Share(NamedTuple):
    """A share of a 2x2 table with its interval; NaN if there is nothing to divide by."""

    name: str
    count: int
    total: int
    value: float
    low: float
    high: float


class Optimism(NamedTuple):
    """Sensitivity and specificity as seen, and as expected of new rows.

    `few` names what a class has few of, "rows" or "subjects"; it is empty if there are enough.
    """

    sensitivity: float
    specificity: float
    expected_sensitivity: float
    expected_specificity: float
    repeats: int
    few: str = ""


def make_rule(specificity, costs, prevalence):
    """Return the rule for a threshold, checked before anything is read.

    Parameters
    ----------
    specificity : float in (0, 1), or None for the threshold of the lowest cost
    costs : (cost of a false positive, cost of a false negative), not both 0
    prevalence : float in (0, 1), or None for that of the rows

    Returns
    -------
    Rule

    Raises
    ------
    Problem
    """
    if specificity is not None:
        _arguments.inner_share(specificity, "specificity", 0.9, error=Problem)
    if not isinstance(costs, list | tuple) or len(costs) != 2:
        raise Problem(
            "`costs` must be two numbers, of a false positive and of a false negative; got "
            f"{costs}."
        )
    costs = [_arguments.at_least(cost, "costs", 0, error=Problem) for cost in costs]
    if costs == [0, 0]:
        raise Problem("`costs` must not both be 0: nothing would matter.")
    if prevalence is not None:
        _arguments.inner_share(prevalence, "prevalence", 0.05, error=Problem)
    return Rule(specificity, *costs, prevalence)


def check_choices(confidence, resamples, seed):
    """Refuse choices that cannot be followed.

    Parameters
    ----------
    confidence : float in (0, 1)
    resamples : int >= 200
    seed : int >= 0

    Raises
    ------
    Problem
    """
    _arguments.inner_share(confidence, "confidence", 0.95, error=Problem)
    _arguments.whole(resamples, "resamples", 200, error=Problem)
    _arguments.whole(seed, "seed", 0, error=Problem)


def choose_threshold(found, model, rule):
    """Choose the threshold that the rule asks for on these rows.

    Parameters
    ----------
    found : Scores
    model : str
    rule : Rule

    Returns
    -------
    OperatingPoint
        On the scale of `found`, where high scores speak for the positive class.
    """
    return _choose(found.truth, found.models[model], rule, found.weights)


def count_decisions(found, model, threshold, *, confidence=0.95):
    """Count right and wrong calls at a threshold, with an interval for each share.

    Parameters
    ----------
    found : Scores
    model : str
    threshold : float
        Positive is called if score >= threshold.
    confidence : float in (0, 1)

    Returns
    -------
    (ConfusionMatrix, dict of name -> Share)
        Sensitivity, specificity, PPV and NPV; the last two hold at the share of positives in
        these rows only. Counts are rows, shares are weighted. Intervals are Wilson's; of rows
        with subjects or weights those of `intervals.clustered_proportion_interval`, which needs
        no resamples and has an interval for 0 of n too. There is none where a rule calls
        everybody or nobody, or all rows in question belong to one subject.
    """
    called = found.models[model] >= threshold
    parts = {
        "sensitivity": (found.truth, called),
        "specificity": (~found.truth, ~called),
        "PPV": (called, found.truth),
        "NPV": (~called, ~found.truth),
    }
    shares = {}
    for name, (rows, hits) in parts.items():
        shares[name] = _share(name, found, rows, hits, confidence)
        if name in ("sensitivity", "specificity") and called.all() | ~called.any():
            shares[name] = shares[name]._replace(low=np.nan, high=np.nan)
    return roc.confusion_matrix(found.truth, called), shares


def measure_optimism(found, model, rule, *, repeats=50, seed=0):
    """Measure how much better a threshold looks on the rows it was chosen on.

    The rows are split into ten parts, each with its share of both classes. Nine parts choose a
    threshold, the tenth is counted; all ten take their turn, and the split is drawn anew. The
    rows of a subject stay in one part.

    Parameters
    ----------
    found : Scores
    model : str
    rule : Rule
    repeats : int
        Fewer are used on many rows, where the optimism is small.
    seed : int

    Returns
    -------
    Optimism
    """
    truth, scores = found.truth, found.models[model]
    if rule.prevalence is None:  # a part of the rows has nearly the same, and shall not move it
        rule = rule._replace(prevalence=found.share())
    weights = found.row_weights()
    repeats = min(repeats, max(2, DRAWN // (PARTS * truth.size)))
    rng, right = np.random.default_rng(seed), np.zeros(2)
    codes, kinds = _kinds(found)
    part = np.empty(kinds.size, dtype=int)
    for _ in tqdm(range(repeats), desc="optimism", delay=2, leave=False):
        for kind in (2, 1, 3):  # with positives only, negatives only, both
            part[kinds == kind] = rng.permutation(np.count_nonzero(kinds == kind)) % PARTS
        for number in range(PARTS):
            out = part[codes] == number
            known = None if found.weights is None else weights[~out]
            cut = _choose(truth[~out], scores[~out], rule, known).threshold
            hits = weights[out] * ((scores[out] >= cut) == truth[out])
            right += hits @ truth[out], hits @ ~truth[out]
    own = choose_threshold(found, model, rule)
    expected = right / repeats / (weights @ truth, weights @ ~truth)
    least = min(np.count_nonzero(kinds & bit) for bit in (1, 2))
    few = ("rows" if found.clusters is None else "subjects") if least < FEW else ""
    return Optimism(own.sensitivity, own.specificity, *map(float, expected), repeats, few)


def spread_prevalence(shares, prevalences):
    """Compute predictive values over a range of prevalence.

    Parameters
    ----------
    shares : dict with the `Share` of "sensitivity" and "specificity"
    prevalences : array of shape (k,), in (0, 1)

    Returns
    -------
    dict of name -> array of shape (k,)
        The ends take both lower (or both upper) ends of sensitivity and specificity at once, so
        that they hold the truth at least as often as both intervals do together.
    """
    columns = {"prevalence": np.asarray(prevalences, dtype=float)}
    for end in ("value", "low", "high"):
        both = (shares[name] for name in ("sensitivity", "specificity"))
        ends = [(getattr(share, end), share.value) for share in both]
        pair = [value if np.isnan(low) else low for low, value in ends]  # sure if all are called
        ppv, npv = roc.predictive_values(*pair, columns["prevalence"])
        suffix = "" if end == "value" else f"_{end}"
        columns[f"ppv{suffix}"], columns[f"npv{suffix}"] = ppv, npv
    return columns


def _choose(truth, scores, rule, weights):
    if rule.specificity is not None:
        return roc.threshold_at_specificity(truth, scores, rule.specificity, weights=weights)
    choices = {"prevalence": rule.prevalence, "weights": weights}
    return roc.threshold_at_cost(
        truth, scores, cost_fp=rule.cost_fp, cost_fn=rule.cost_fn, **choices
    )


def _kinds(found):
    """Return the place of each row's subject, and which classes (2, 1 or both) a subject has."""
    codes = found.row_clusters()
    kinds = np.zeros(codes.max() + 1, dtype=int)
    for bit, side in ((2, found.truth), (1, ~found.truth)):
        kinds[np.unique(codes[side])] += bit
    return codes, kinds


def _share(name, found, rows, hits, confidence):
    count, total = int(np.count_nonzero(rows & hits)), int(np.count_nonzero(rows))
    if total == 0:
        return Share(name, count, total, *(float("nan"),) * 3)
    if found.clusters is None and found.weights is None:
        ends = intervals.proportion_interval(count, total, confidence=confidence)
        return Share(name, count, total, count / total, *ends)
    weights, codes = found.row_weights(), found.row_clusters()
    value = float(weights @ (rows & hits) / (weights @ rows))
    weights = weights * total / (weights @ rows)
    trials = np.bincount(codes, weights * rows)
    successes = np.minimum(np.bincount(codes, weights * (rows & hits)), trials)
    if np.count_nonzero(trials) < 2:
        return Share(name, count, total, value, *(float("nan"),) * 2)
    ends = intervals.clustered_proportion_interval(successes, trials, confidence=confidence)
    return Share(name, count, total, value, *ends)
