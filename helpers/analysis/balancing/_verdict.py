"""What a comparison shows, in words that claim no more than its intervals."""

import numpy as np

from helpers.analysis.balancing._estimates import (
    SIGNS,
    changed,
    differences,
    levels,
    too_short,
)
from helpers.analysis.balancing._plan import MEASURES, MODELS, RESAMPLING

PRICES = {"sensitivity": "specificity", "specificity": "sensitivity"}  # what pays for a rate
EQUAL = "no interval: all folds are equal"


def verdict(result):
    """Say what helps on the chosen measure, then what happens to ranking and probabilities.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    list of str
    """
    plan, name = result.plan, MEASURES[result.plan.measure]
    gaps, told = differences(result, plan.measure), _told(result)
    better, worse = changed(gaps, plan.measure)
    said = [f"Better than doing nothing on {name}: {_list(better, told, result.called)}."]
    if not better:
        said = [
            f"No method is shown to help: none is better than doing nothing on {name} beyond what "
            f"chance explains.{_gain_left(result, gaps)}"
        ]
    if open_ := [m for m in gaps if m not in better + worse]:
        said.append(f"Not told apart from doing nothing: {_list(open_, told, result.called)}.")
    if worse:
        said.append(f"Worse than doing nothing on {name}: {_list(worse, told, result.called)}.")
    if len(gaps) > 1:
        said.append(
            "Each method is compared with doing nothing, not with the others: one that is named as "
            "better is not shown to be better than one that is not told apart."
        )
    if "threshold" in plan.methods and set(RESAMPLING) & set(plan.methods):
        said.append(_beyond_the_threshold(result))
    for other, what in (("auc", "ranking (AUC)"), ("brier", "Brier score")):
        if other != plan.measure:
            said.append(_side_effect(result, other, what))
    said.append(_families(plan, len(gaps)))
    if short := too_short(result, plan.measure):
        said.append(
            f"Warning: the interval for the {name} of doing nothing is likely too short: {short} "
            "(logistic regression, 5 folds, 10 repeats)."
        )
    return said


def report_sentence(result):
    """Return one sentence for a report.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    str
    """
    plan, labels = result.plan, result.labels
    gaps = _told(result)
    start = levels(result, plan.measure)["nothing"]
    again = f" repeated {plan.repeats} times" if plan.repeats > 1 else ""
    rows, kept = f"{len(labels)} rows", ""
    if result.subjects is not None:
        rows += f" of {np.unique(result.subjects).size} subjects"
        kept = ", all rows of a subject in one fold"
    interval = EQUAL
    if start.low == start.low:
        interval = f"nominal {100 * plan.confidence:.4g} % interval {_ends(start, '.3f')}"
    if short := too_short(result, plan.measure):
        interval += f", likely too short, as {short}"
    adjusted = f"{len(gaps)} comparisons (corrected resampled t, Bonferroni)"
    return (
        f"In {plan.folds}-fold stratified cross-validation{again} ({rows}, {labels.sum()} positive"
        f"{kept}), {MODELS[plan.model]} reached a mean {MEASURES[plan.measure]} of "
        f"{start.mean:.3f} ({interval}); differences from it, with intervals "
        + (f"adjusted for {adjusted}" if len(gaps) > 1 else "by the corrected resampled t")
        + f": {_list(gaps, gaps, result.called)}."
    )


def _families(plan, count):
    """Say which comparisons share a confidence, and which do not."""
    said = (
        f"{count} method{'s are' if count > 1 else ' is'} compared with doing nothing"
        + (f": intervals are widened so that all {count} together have" if count > 1 else ", at")
        + f" a nominal confidence of {plan.confidence:.4g}; each measure is a question of its own."
    )
    many = len(set(RESAMPLING) & set(plan.methods))
    if "threshold" not in plan.methods or not many:
        return said
    if many == 1:
        return (
            f"{said} The one that resamples is also compared with the moved threshold: a second "
            "family, at that confidence by itself."
        )
    return (
        f"{said} The {many} that resample are also compared with the moved threshold: a second "
        f"family, whose intervals are widened so that these {many} together have that confidence."
    )


def _gain_left(result, gaps):
    """Say what gain the widest interval leaves open, as far as the measure has room for it."""
    measure = result.plan.measure
    level = levels(result, measure)["nothing"].mean
    room = 1 - level if SIGNS[measure] > 0 else level
    ends = [gap.high if SIGNS[measure] > 0 else -gap.low for gap in gaps.values()]
    ends = [end for end in ends if end > 0]
    if room < 1e-12:
        return " Doing nothing reached the best value that there is."
    if not ends:
        return ""
    more = ", and no more is possible" if max(ends) > room else ""
    return f" A gain of up to {min(room, max(ends)):.2g} cannot be ruled out{more}."


def _side_effect(result, measure, what):
    gaps = differences(result, measure)
    words = {method: _gap(gap) for method, gap in gaps.items()}
    parts = [
        f"is {how} than that of doing nothing with: {_list(methods, words, result.called)}"
        for how, methods in zip(("better", "worse"), changed(gaps, measure), strict=True)
        if methods
    ]
    if not parts:
        return f"No method is shown to change the {what}."
    return f"The {what} {'; it '.join(parts)}."


def _beyond_the_threshold(result):
    measure = result.plan.measure
    better, _ = changed(differences(result, measure, against="threshold"), measure)
    if better:
        told = _told(result, against="threshold")
        return f"Better than moving the threshold: {_list(better, told, result.called)}."
    return f"Resampling is not shown to be better than moving the threshold on {MEASURES[measure]}."


def _told(result, against="nothing"):
    """Return for each method its difference in words; for a rate with that of the other rate."""
    measure = result.plan.measure
    told = {m: _gap(gap) for m, gap in differences(result, measure, against=against).items()}
    if price := PRICES.get(measure):
        for method, gap in differences(result, price, against=against).items():
            told[method] += f"; {price} {_gap(gap)}"
    return told


def _list(methods, told, called):
    return ", ".join(f"{called[m]} ({told[m]})" for m in methods)


def _gap(gap):
    digits = _digits(gap)
    ends = _ends(gap, f"+.{digits}f") if gap.low == gap.low else EQUAL
    return f"{gap.mean:+.{digits}f}, {ends}"


def _digits(gap):
    """Return the fewest decimals, from 3 on, at which the ends differ and neither looks like 0."""
    for digits in range(3, 9):
        low, high = (round(end, digits) for end in (gap.low, gap.high))
        if low != high and bool(low) == bool(gap.low) and bool(high) == bool(gap.high):
            return digits
    return 3


def _ends(estimate, form):
    return f"{estimate.low:{form}} to {estimate.high:{form}}"
