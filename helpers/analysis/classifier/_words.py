"""Word for a report what scores are worth: areas, comparisons, thresholds, predictive values."""

import numpy as np

from helpers.analysis.classifier import _decisions as classifier_decisions
from helpers.analysis.classifier._calls import shown

ENDS = ("", "_low", "_high")


def report_areas(areas, found, confidence):
    """Word the AUCs for a report.

    Parameters
    ----------
    areas : dict of name -> AucInterval
    found : Scores
    confidence : float

    Returns
    -------
    list of str
    """
    rows = f"{found.truth.sum()} positive and {(~found.truth).sum()} negative"
    how = "DeLong, logit scale"
    if found.clusters is not None:
        rows = f"{rows} of {found.subjects()} subjects"
        how = "DeLong for rows that belong together (Obuchowski), logit scale"
    how += ", weighted" * (found.weights is not None)
    return [
        f"AUC of {name}: {shown(area.auc)} ({_ends_of_area(area, confidence, how)}, {rows})."
        f"{_meaning_of_area(area, name in found.low)}"
        for name, area in areas.items()
    ]


def _ends_of_area(area, confidence, how):
    share = f"{100 * confidence:g} %"
    if area.standard_error > 0:
        return f"{share} confidence interval {shown(area.low)} to {shown(area.high)}, {how}"
    side = f"at least {shown(area.low)}" if area.auc == 1 else f"at most {shown(area.high)}"
    side = side if area.auc in (0, 1) else f"{shown(area.low)} to {shown(area.high)}"
    return f"{side} with {share} confidence, a bound for one side"


def _meaning_of_area(area, turned):
    if area.standard_error == 0 and area.auc in (0, 1):
        said = " These rows separate the classes without a slip, so they show no spread"
        return f"{said}: the bound counts them only." + _direction(area, turned)
    return _direction(area, turned)


def _direction(area, turned):
    if area.high < 0.5:
        return f" On the whole {'low' if turned else 'high'} values speak for the other class."
    if area.low <= 0.5:
        return (
            " An AUC of 0.5 is not ruled out: a score that knows nothing has it, and so may one "
            "whose lowest and highest values speak for the same class."
        )
    return ""


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
        places = range(3, 10)  # as few as tell the ends apart
        places = next((p for p in places if round(c.low, p) != round(c.high, p)), 3)
        value, low, high = (f"{round(v, places) + 0.0:.{places}f}" for v in c[2:5])
        difference = f"AUC of {c.first} minus {c.second}: {value}"
        if np.isnan(c.p_value):
            said.append(
                f"{difference}. No interval and no test: a model that separates the classes "
                "without a slip, or two that order them alike, show no spread to reckon with."
            )
            continue
        p, kind = (c.p_holm, "p by Holm") if many else (c.p_value, "p")
        size = "< 0.0001" if p < 1e-4 else f"= {p:.2g}"
        better = c.first if c.difference > 0 else c.second
        meaning = (
            f"{better} ranks better, as far as this test can tell"
            if p < 1 - confidence
            else "neither is shown to be better"
        )
        said.append(
            f"{difference} ({100 * confidence:g} % confidence interval {low} to "
            f"{high}, paired; {kind} {size}): {meaning}."
        )
    return said


def report_threshold(model, call, rule, shares, optimism, confidence, method="Wilson"):
    """Word the chosen threshold and what it does.

    Parameters
    ----------
    model : str
    call : Call
    rule : Rule
    shares : dict of name -> Share
    optimism : Optimism
    confidence : float
    method : str
        Of the intervals in `shares`, as from `name_method`.

    Returns
    -------
    list of str
        On new rows nothing is expected of a call that everybody gets.
    """
    goal = f"the lowest cost (false positive {rule.cost_fp:g}, false negative {rule.cost_fn:g})"
    if rule.specificity is not None:
        goal = f"a specificity of at least {rule.specificity:g} on these rows"
    elif rule.prevalence is not None:
        goal += f" at a prevalence of {100 * rule.prevalence:.3g} %, with the rates of these rows"
    else:
        goal += " on these rows, at their own share of positives"
    parts = [_worded(shares[name]) for name in ("sensitivity", "specificity")]
    first = f"{model} calls positive: {call.words}, chosen for {goal}. Counted there: "
    first += "; ".join(parts)
    if not call.decides():
        return [f"{first}. Such a rule asks for no score: nothing is expected of new rows."]
    rough = f"; rough, as a class has few {optimism.few}" if optimism.few else ""
    return [
        f"{first} ({100 * confidence:g} % intervals by {method}, which do not know "
        "that the threshold was chosen here).",
        f"On new rows expect a sensitivity near {shown(optimism.expected_sensitivity)} instead of "
        f"{shown(optimism.sensitivity)} and a specificity near "
        f"{shown(optimism.expected_specificity)} instead of {shown(optimism.specificity)} "
        "(tenfold cross-validation of the choice, "
        f"{optimism.repeats} times{rough}).",
    ]


def name_method(found):
    """Name the intervals of the shares of a 2x2 table.

    Parameters
    ----------
    found : Scores

    Returns
    -------
    str
    """
    if found.clusters is None and found.weights is None:
        return "Wilson"
    what = "subjects" if found.clusters is not None else "weighted rows"
    return f"Clopper and Pearson for as many rows as the {what} are worth"


def report_predictive(shares, found, prevalence=None, confidence=0.95):
    """Word the predictive values at the prevalence of the rows and at a wanted one.

    Parameters
    ----------
    shares : dict of name -> Share
    found : Scores
    prevalence : float in (0, 1), optional
    confidence : float
        Of the intervals in `shares`.

    Returns
    -------
    list of str
    """
    rows = "In these rows" if found.weights is None else "In these rows, as they are weighted,"
    said = [
        f"{rows} {100 * found.share():.3g} % are positive. There: {_worded(shares['PPV'])}; "
        f"{_worded(shares['NPV'])}. This share may be made by the design of the study."
    ]
    if prevalence is not None and min(shares["PPV"].total, shares["NPV"].total) == 0:
        nobody = shares["PPV"].total == 0
        name, share = ("NPV", 1 - prevalence) if nobody else ("PPV", prevalence)
        said.append(
            f"At a prevalence of {100 * prevalence:.3g} %: {name} {share:.3g}, which is the share "
            "of that class, since everybody gets the same call."
        )
    elif prevalence is not None:
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
    return f"{name.upper()} {shown(value)} ({shown(low)} to {shown(high)})"


def _worded(share):
    if share.total == 0:
        return f"{share.name} not defined (nobody gets this call)"
    weighted = "weighted, " * (abs(share.value - share.count / share.total) > 1e-9)
    ends = "" if np.isnan(share.low) else f"{shown(share.low)} to {shown(share.high)}, "
    return f"{share.name} {shown(share.value)} ({weighted}{ends}{share.count} of {share.total})"


def report_counts(call, matrix, why):
    """Say what the threshold does to the rows.

    Parameters
    ----------
    call : Call
    matrix : ConfusionMatrix
    why : str, which model the threshold is for

    Returns
    -------
    list of str
    """
    return [
        f"{why[0].upper()}{why[1:]}. Called positive: {call.words}.",
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
    curves = ", ".join(f"{name} (area {shown(area.auc)})" for name, area in areas.items())
    return (
        f"ROC curves in their bands, with the diagonal of chance: {curves}. Beside them the areas "
        "with their intervals."
    )


def describe_meaning(name, call):
    """Say what the picture of scores and predictive values shows.

    Parameters
    ----------
    name : str, the model
    call : Call

    Returns
    -------
    str
    """
    line = f", with a line at {call.number}" if call.decides() else ""
    return (
        f"Left the scores of {name} in both classes{line}; right PPV and NPV for each prevalence, "
        "from rare to frequent."
    )
