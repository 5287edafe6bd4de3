"""Say what the counts and the shift mean, in sentences for a report."""

import numpy as np

from helpers import base_rates, intervals
from helpers.analysis.base_rate._counts import PAIRS, base_rate_interval, update
from helpers.analysis.base_rate._scores import FROM_SCORES

MORE = 4  # times as many are counted in the advice
NAMES = {"people": "people for the base rate", "sick": "sick people", "healthy": "healthy people"}


def report_counts(counts, answers, ratios, confidence):
    """Word the base rate, both likelihood ratios and both answers.

    Parameters
    ----------
    counts : Counts
    answers : dict of result -> Answer
    ratios : dict of result -> (median, low, high)
    confidence : float

    Returns
    -------
    list of str
    """
    share, low, high = base_rate_interval(counts, confidence)
    level = f"{100 * confidence:g} %"
    said = [
        f"Base rate: {share:.4g} ({level} confidence interval {low:.4g} to {high:.4g}, Wilson; "
        f"{counts.cases} of {counts.people} people)."
    ]
    for result, answer in answers.items():
        ratio, least, most = ratios[result]
        said.append(
            f"After a {result} result (likelihood ratio {ratio:.3g}, {least:.3g} to {most:.3g}) "
            f"the chance of being sick is {answer.value:.3g} ({level} interval {answer.low:.3g} to "
            f"{answer.high:.3g}: medians and quantiles of draws from beta distributions; "
            f"{counts.found} of {counts.sick} sick found, {counts.alarms} of {counts.healthy} "
            "healthy alarmed)."
        )
    if counts.found * counts.healthy <= counts.alarms * counts.sick:
        said.append(
            "Warning: a positive result is no more frequent among the sick than among the healthy. "
            "Were negative results of the healthy counted as `alarms`?"
        )
    return said


def advise(counts, answers, confidence, seed=0):
    """Say which count should be improved first, and what that would do.

    Parameters
    ----------
    counts : Counts
    answers : dict of result -> Answer
    confidence : float
    seed : int

    Returns
    -------
    list of str
    """
    said = []
    for result, answer in answers.items():
        first = max(PAIRS, key=answer.parts.get)
        more = counts.enlarged(first, MORE)
        then = update(more, confidence=confidence, seed=seed)[result]
        said.append(
            f"After a {result} result {100 * answer.parts[first]:.0f} % of the uncertainty "
            f"(variance of the log-odds) comes from the number of {NAMES[first]}: count those "
            f"first. With {MORE} times as many and the same share the interval would be "
            f"{then.low:.3g} to {then.high:.3g}."
        )
    return said


def report_shift(scores, places, shifted, threshold, groups, used=None):
    """Word what the shift does to the scores.

    Parameters
    ----------
    scores : Scores
    places : Places
    shifted : dict of name -> array, as from `shift_scores`
    threshold : float
        Chance from which a case is called.
    groups : dict of column -> list, as from `compare_groups`
    used : the reader's choice; None, a share or "scores"

    Returns
    -------
    list of str
    """
    step = np.log(places.used / (1 - places.used)) - np.log(places.trained / (1 - places.trained))
    cut, least, most = (
        base_rates.shift_prior(threshold, share, places.trained)
        for share in (places.used, places.high, places.low)
    )
    values, new = scores.used(), shifted["shifted"][scores.known]
    before, after = np.count_nonzero(values >= threshold), np.count_nonzero(new >= threshold)
    range_of = "" if least == most else f" ({least:.4g} to {most:.4g} over the interval of that)"
    said = [
        f"{scores.name}: {'; '.join(places.notes)}. The log-odds of each score move by {step:.3g}.",
        f"A chance of {threshold:g} at the place of use is reached from a score of {cut:.4g} on"
        f"{range_of}: {after} of {values.size} rows, instead of the {before} that {threshold:g} "
        "as it stands would call.",
    ]
    if used == FROM_SCORES:
        said.append(
            "The share at the place of use was estimated from scores without labels: that is right "
            "only if the scores are calibrated where they come from. An interval is not given."
        )
    return said + _judge_groups(groups)


def _judge_groups(groups):
    if not groups:
        return [
            "Whether the scores mean what they say where they come from was not checked: that "
            "needs labels and at least 50 rows. A shift carries such faults along."
        ]
    say, are, rows = (np.array(groups[name]) for name in ("say", "are", "rows"))
    low, high = intervals.proportion_interval(np.rint(are * rows), rows)  # whatever was chosen
    off = int(np.count_nonzero((say < low) | (say > high)))
    found = (
        f"In {off} of {say.size} groups of scores the mean score lies outside the 95 % interval of "
        "the share of positives"
    )
    if off > 1:
        return [
            f"Warning: {found}: these scores are not calibrated, and a shift does not mend that."
        ]
    return [f"{found}: no sign against calibration, if the model had not seen these rows."]


def answer_columns(answers):
    """Return the answers as columns for a table.

    Parameters
    ----------
    answers : dict of result -> Answer

    Returns
    -------
    dict of column -> list
    """
    rows = answers.values()
    columns = {
        "result": [a.result for a in rows],
        "chance": [a.value for a in rows],
        "from": [a.low for a in rows],
        "to": [a.high for a in rows],
    }
    return columns | {f"part of the {name}": [a.parts[name] for a in rows] for name in PAIRS}


def describe_answers(answers):
    """Say what the picture of the answers shows.

    Parameters
    ----------
    answers : dict of result -> Answer

    Returns
    -------
    str
    """
    ends = ", ".join(f"{a.value:.2f} after a {a.result} result" for a in answers.values())
    return f"Chance of being sick against the base rate, marked at the counted one: {ends}."


def describe_shift(scores, places):
    """Say what the picture of the shift shows.

    Parameters
    ----------
    scores : Scores
    places : Places

    Returns
    -------
    str
    """
    side = "below" if places.used < places.trained else "above"
    return (
        f"Left: shifted scores of {scores.name} lie {side} the diagonal, in a band. Right: what "
        "the scores say against the share of positives, as dots with intervals."
    )
