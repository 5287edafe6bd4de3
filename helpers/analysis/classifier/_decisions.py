"""Cut scores at a threshold: choose it, count what it does, measure its optimism."""

from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, intervals, roc
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
    """Sensitivity and specificity as seen, and as expected of new rows."""

    sensitivity: float
    specificity: float
    expected_sensitivity: float
    expected_specificity: float
    repeats: int


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


def choose_threshold(truth, scores, rule):
    """Choose the threshold that the rule asks for on these rows.

    Parameters
    ----------
    truth : array of shape (n,), bool
    scores : array of shape (n,)
    rule : Rule

    Returns
    -------
    OperatingPoint
    """
    if rule.specificity is not None:
        return roc.threshold_at_specificity(truth, scores, rule.specificity)
    costs = {"cost_fp": rule.cost_fp, "cost_fn": rule.cost_fn}
    return roc.threshold_at_cost(truth, scores, prevalence=rule.prevalence, **costs)


def count_decisions(truth, scores, threshold, *, confidence=0.95):
    """Count right and wrong calls at a threshold, with Wilson's interval for each share.

    Parameters
    ----------
    truth : array of shape (n,), bool
    scores : array of shape (n,)
    threshold : float
        Positive is called if score >= threshold.
    confidence : float in (0, 1)

    Returns
    -------
    (ConfusionMatrix, dict of name -> Share)
        Sensitivity, specificity, PPV and NPV; the last two hold at the share of positives in
        these rows only.
    """
    matrix = roc.confusion_matrix(truth, scores >= threshold)
    tn, fp, fn, tp = matrix
    parts = {
        "sensitivity": (tp, tp + fn),
        "specificity": (tn, tn + fp),
        "PPV": (tp, tp + fp),
        "NPV": (tn, tn + fn),
    }
    return matrix, {name: _share(name, *part, confidence) for name, part in parts.items()}


def measure_optimism(truth, scores, rule, *, repeats=50, seed=0):
    """Measure how much better a threshold looks on the rows it was chosen on.

    The rows are split into ten parts, each with its share of both classes. Nine parts choose a
    threshold, the tenth is counted; all ten take their turn, and the split is drawn anew.

    Parameters
    ----------
    truth : array of shape (n,), bool
    scores : array of shape (n,)
    rule : Rule
    repeats : int
        Fewer are used on many rows, where the optimism is small.
    seed : int

    Returns
    -------
    Optimism
    """
    if rule.prevalence is None:  # a part of the rows has nearly the same, and shall not move it
        rule = rule._replace(prevalence=float(truth.mean()))
    repeats = min(repeats, max(2, DRAWN // (PARTS * truth.size)))
    rng, found, part = np.random.default_rng(seed), np.zeros(2), np.empty(truth.size, dtype=int)
    for _ in tqdm(range(repeats), desc="optimism", delay=2, leave=False):
        for group in (truth, ~truth):
            part[group] = rng.permutation(np.count_nonzero(group)) % PARTS
        for number in range(PARTS):
            out = part == number
            cut = choose_threshold(truth[~out], scores[~out], rule).threshold
            called = scores[out] >= cut
            found += np.sum(called & truth[out]), np.sum(~called & ~truth[out])
    own = choose_threshold(truth, scores, rule)
    expected = found / repeats / (truth.sum(), (~truth).sum())
    return Optimism(own.sensitivity, own.specificity, *map(float, expected), repeats)


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
        pair = (getattr(shares[name], end) for name in ("sensitivity", "specificity"))
        ppv, npv = roc.predictive_values(*pair, columns["prevalence"])
        suffix = "" if end == "value" else f"_{end}"
        columns[f"ppv{suffix}"], columns[f"npv{suffix}"] = ppv, npv
    return columns


def _share(name, count, total, confidence):
    if total == 0:
        return Share(name, count, total, *(float("nan"),) * 3)
    ends = intervals.proportion_interval(count, total, confidence=confidence)
    return Share(name, count, total, count / total, *ends)
