"""Word for a report what scores are worth: areas, comparisons, thresholds, predictive values."""

import numpy as np

from helpers.analysis.classifier import _decisions as classifier_decisions

ENDS = ("", "_low", "_high")


def report_areas(areas, truth, confidence):
    """Word the AUCs for a report.

    Parameters
    ----------
    areas : dict of name -> AucInterval
    truth : array of shape (n,), bool
    confidence : float

    Returns
    -------
    list of str
    """
    said = []
    rows = f"{truth.sum()} positive and {(~truth).sum()} negative"
    for name, area in areas.items():
        ends = f"{100 * confidence:g} % confidence interval {area.low:.3f} to {area.high:.3f}"
        ends, note = f"{ends}, DeLong, {rows}", ""
        if np.isnan(area.low):
            note = (
                " The classes are separated without a slip: DeLong's method has no interval then."
            )
            ends = rows
        elif area.low <= 0.5:
            note = " An AUC of 0.5, which is pure chance, is not ruled out."
        said.append(f"AUC of {name}: {area.auc:.3f} ({ends}).{note}")
    return said


def report_comparisons(comparisons, confidence):
    """Word the comparisons of models.

    Parameters
    ----------
    comparisons : list of Comparison
    confidence : float

    Returns
    -------
    list of str
    """
    many = sum(not np.isnan(c.p_value) for c in comparisons) > 1
    said = []
    for c in comparisons:
        difference = f"AUC of {c.first} minus {c.second}: {c.difference:.3f}"
        if np.isnan(c.p_value):
            said.append(
                f"{difference}. No interval and no test: a model that separates the classes "
                "without a slip shows no spread to reckon with."
            )
            continue
        p, kind = (c.p_holm, "p by Holm") if many else (c.p_value, "p")
        shown = "< 0.0001" if p < 1e-4 else f"= {p:.2g}"
        better = c.first if c.difference > 0 else c.second
        meaning = (
            f"{better} ranks better, as far as this test can tell"
            if p < 1 - confidence
            else "neither is shown to be better"
        )
        said.append(
            f"{difference} ({100 * confidence:g} % confidence interval {c.low:.3f} to "
            f"{c.high:.3f}, paired; {kind} {shown}): {meaning}."
        )
    return said


def report_threshold(model, point, rule, shares, optimism, confidence):
    """Word the chosen threshold and what it does.

    Parameters
    ----------
    model : str
    point : OperatingPoint
    rule : Rule
    shares : dict of name -> Share
    optimism : Optimism
    confidence : float

    Returns
    -------
    list of str
    """
    goal = f"the lowest cost (false positive {rule.cost_fp:g}, false negative {rule.cost_fn:g})"
    if rule.specificity is not None:
        goal = f"a specificity of at least {rule.specificity:g} on these rows"
    elif rule.prevalence is not None:
        goal += f" at a prevalence of {100 * rule.prevalence:.3g} %, with the rates of these rows"
    else:
        goal += " on these rows, at their own share of positives"
    calls = f"score >= {point.threshold:.4g}" if np.isfinite(point.threshold) else "nobody"
    parts = [_worded(shares[name]) for name in ("sensitivity", "specificity")]
    return [
        f"{model} calls positive: {calls}, chosen for {goal}. Counted there: "
        f"{parts[0]}; {parts[1]} ({100 * confidence:g} % intervals by Wilson, which do not know "
        "that the threshold was chosen here).",
        f"On new rows expect a sensitivity near {optimism.expected_sensitivity:.3f} instead of "
        f"{optimism.sensitivity:.3f} and a specificity near {optimism.expected_specificity:.3f} "
        f"instead of {optimism.specificity:.3f} (tenfold cross-validation of the choice, "
        f"{optimism.repeats} times).",
    ]


def report_predictive(shares, truth, prevalence=None, confidence=0.95):
    """Word the predictive values at the prevalence of the rows and at a wanted one.

    Parameters
    ----------
    shares : dict of name -> Share
    truth : array of shape (n,), bool
    prevalence : float in (0, 1), optional
    confidence : float
        Of the intervals in `shares`.

    Returns
    -------
    list of str
    """
    said = [
        f"In these rows {100 * truth.mean():.3g} % are positive. There: {_worded(shares['PPV'])}; "
        f"{_worded(shares['NPV'])}. This share may be made by the design of the study."
    ]
    if prevalence is not None:
        at = classifier_decisions.spread_prevalence(shares, [prevalence])
        parts = [_predicted(name, *(at[name + end][0] for end in ENDS)) for name in ("ppv", "npv")]
        said.append(
            f"At a prevalence of {100 * prevalence:.3g} %: {', '.join(parts)}; the ends take both "
            f"lower and both upper ends of the {100 * confidence:g} % intervals of sensitivity and "
            "specificity."
        )
    return said


def _predicted(name, value, low, high):
    if np.isnan(value):
        return f"{name.upper()} not defined"
    return f"{name.upper()} {value:.3f} ({low:.3f} to {high:.3f})"


def _worded(share):
    if share.total == 0:
        return f"{share.name} not defined (nobody gets this call)"
    return (
        f"{share.name} {share.value:.3f} ({share.low:.3f} to {share.high:.3f}, {share.count} of "
        f"{share.total})"
    )


def report_counts(point, matrix, why):
    """Say what the threshold does to the rows.

    Parameters
    ----------
    point : with a `threshold`
    matrix : ConfusionMatrix
    why : str, which model the threshold is for

    Returns
    -------
    list of str
    """
    return [
        f"{why[0].upper()}{why[1:]}: {point.threshold:.4g}.",
        f"Positive: {matrix.tp} found, {matrix.fn} missed.",
        f"Negative: {matrix.tn} left alone, {matrix.fp} called positive in error.",
    ]


def share_columns(shares):
    """Return sensitivity, specificity, PPV and NPV as columns for a table.

    Parameters
    ----------
    shares : dict of name -> Share

    Returns
    -------
    dict of column -> list
    """
    rows = shares.values()
    return {
        "share of": [s.name for s in rows],
        "value": [s.value for s in rows],
        "from": [s.low for s in rows],
        "to": [s.high for s in rows],
        "counted": [f"{s.count} of {s.total}" for s in rows],
    }


def describe_curves(areas):
    """Say what the picture of ROC curves and areas shows.

    Parameters
    ----------
    areas : dict of name -> AucInterval

    Returns
    -------
    str
    """
    best = max(areas, key=lambda name: areas[name].auc)
    names = " and ".join(areas)
    return (
        f"ROC curves of {names} in their bands above the diagonal; beside them the areas with "
        f"their intervals, the largest that of {best}."
    )


def describe_meaning(name):
    """Say what the picture of scores and predictive values shows.

    Parameters
    ----------
    name : str, the model

    Returns
    -------
    str
    """
    return (
        f"Left the scores of {name} in both classes with the threshold between them; right PPV "
        "rising and NPV falling from rare to frequent."
    )
