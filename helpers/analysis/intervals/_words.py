"""Estimates, differences and what was measured of them, in words and rounded as they need it."""

import numpy as np

from helpers.analysis.intervals._group_names import mention
from helpers.analysis.intervals._studies import STUDIES

WORDED = {
    "t": "Student's t",
    "welch": "Welch's t",
    "clustered t": "Student's t over subjects, CR2",
    "clustered exact": "Clopper-Pearson over subjects",
    "clustered newcombe": "Newcombe over subjects",
    "newcombe": "Newcombe",
    "bonett": "Bonett",
    "bonett-price": "Bonett-Price",
    "wilson": "Wilson",
    "wald": "Wald",
    "clopper-pearson": "Clopper-Pearson",
    "agresti-coull": "Agresti-Coull",
    "bca": "BCa bootstrap",
    "percentile": "percentile bootstrap",
    "basic": "basic bootstrap",
}
SHORT = 0.03  # by which a measured coverage may fall below the nominal one without a word


def name_quantity(statistic, column, positive=None):
    """Return what is estimated in words.

    Parameters
    ----------
    statistic : str
    column : str, or a list of two that are groups themselves
    positive : the class that a proportion counts

    Returns
    -------
    str
    """
    what = f'{statistic} of "{positive}"' if statistic == "proportion" else statistic
    if isinstance(column, list | tuple):
        return what
    return f"{what} {'in' if statistic == 'proportion' else 'of'} {column}"


def estimate_columns(estimates):
    """Return the estimates as columns for a table on the page.

    Parameters
    ----------
    estimates : list of Estimate

    Returns
    -------
    dict of column -> list
    """
    columns = {"group": [e.group for e in estimates], "n": [e.n for e in estimates]}
    if any(e.subjects is not None for e in estimates):
        columns["subjects"] = [e.subjects for e in estimates]
    shown = [rounded(e.value, e.low, e.high) for e in estimates]
    for name, texts in zip(("estimate", "from", "to"), zip(*shown, strict=True), strict=True):
        columns[name] = list(texts)
    return columns | {"method": [e.method for e in estimates]}


def method_reasons(estimates):
    """Say for each group why its method was used.

    Parameters
    ----------
    estimates : list of Estimate

    Returns
    -------
    list of str
    """
    return [f"Method for {e.group}: {e.method}; {e.reason}." for e in estimates]


def describe_picture(estimates, quantity):
    """Say what the picture of values and intervals shows.

    Parameters
    ----------
    estimates : list of Estimate
    quantity : str

    Returns
    -------
    str
    """
    most = max(e.value for e in estimates)
    best = [e.group for e in estimates if e.value == most]
    rest = f"the highest in group{'s' * (len(best) > 1)} {' and '.join(best)}"
    if len(estimates) == 1:
        rest = "one line with its dot"
    return f"Left the values of each group as dots, right an interval for the {quantity}: {rest}."


def report_estimates(estimates, coverage, quantity, confidence, by=None):
    """Word the estimates for a report.

    Parameters
    ----------
    estimates : list of Estimate
    coverage : list of Share, as from `measure_coverage`
    quantity : str
    confidence : float
    by : str, optional
        What the groups are called.

    Returns
    -------
    list of str
    """
    level = f"{100 * confidence:g} %"
    said = []
    for e, share in zip(estimates, coverage, strict=True):
        where = "" if by is None else f" in {mention(by, e.group)}"
        of = "" if e.subjects is None else f" rows of {e.subjects} subjects"
        said.append(
            f"The {quantity}{where} is estimated at {_ends(e, confidence)}, {_worded(e)}, "
            f"n = {e.n}{of}; {_checked(share, confidence)})."
        )
    said.append(
        f"The nominal {level} belong to the method: so many of all samples that are drawn in the "
        "same way would give an interval that holds the true value, if what the method assumes is "
        "met."
    )
    if any(not share.why for share in coverage):
        said[-1] += (
            " What was measured takes the data for a whole population, draws "
            f"{STUDIES} studies from it, and counts how often the method holds its value."
        )
    return said + [_all_together(len(estimates), confidence)] * (len(estimates) > 1)


def report_difference(gap, share, samples, quantity, confidence):
    """Word a difference of two groups.

    Parameters
    ----------
    gap, share : Estimate and Share, as from `difference`
    samples : Samples
    quantity : str
    confidence : float

    Returns
    -------
    list of str
        The difference, and what its method rests on.
    """
    side = "smaller" if gap.high < 0 else "larger"
    meaning = f"0 lies outside: the first is {side}, as far as such an interval can tell"
    if gap.low <= 0 <= gap.high:
        meaning = "0 lies within: the data do not tell which is larger, nor that they are equal"
    what = f"difference in the {quantity}"
    if samples.pairs is not None:
        statistic, _, rest = quantity.partition(" of ")
        what = f"{statistic} of the paired differences{' in ' * bool(rest)}{rest}"
        if gap.method == "bonett-price":
            what = f"paired difference in the {quantity}"
    return [
        f"The {what}, {mention(samples.by, gap.group)}, is estimated at "
        f"{_ends(gap, confidence)}, {_worded(gap)}; {_checked(share, confidence)}); {meaning}.",
        f"Method for the difference: {gap.method}; {gap.reason}.",
    ]


def report_coverage(estimates, coverage, confidence):
    """Say how often each method held the truth in imitated studies.

    Parameters
    ----------
    estimates : list of Estimate
    coverage : list of Share, as from `measure_coverage`
    confidence : float

    Returns
    -------
    list of str
    """
    said = []
    for e, share in zip(estimates, coverage, strict=True):
        if share.why:
            said.append(f"{e.group}: not measured, {share.why}")
            if e.method == "clopper-pearson":
                said[-1] += (
                    f"; Clopper-Pearson holds in at least {100 * confidence:g} of 100 studies of "
                    "independent rows, whatever the proportion is"
                )
            continue
        low = share.value < confidence - SHORT
        warning = "; this is too few, report it as approximate" if low else ""
        said.append(f"{e.group}: {e.method} held {_of_100(share)} imitated studies{warning}")
    return said


def rounded(value, low, high):
    """Return an estimate and its ends as texts, with digits enough to tell the ends apart.

    Four digits of the largest, or three of the width if these are more; -1, 0 and 1 stay whole.
    """
    width, largest = high - low, max(abs(value), abs(low), abs(high), 1e-300)
    places = 3 - int(np.floor(np.log10(largest)))
    if width > 0:
        places = max(places, 2 - int(np.floor(np.log10(width))))
    digits = places + 1 + int(np.floor(np.log10(largest)))
    far = not 1e-4 <= largest < 1e15
    return tuple(
        f"{number:.0f}"
        if number in (-1, 0, 1)
        else f"{number:.{digits}g}"
        if far
        else f"{number:.{max(places, 0)}f}"
        for number in (value, low, high)
    )


def _ends(e, confidence):
    value, low, high = rounded(e.value, e.low, e.high)
    return f"{value} ({100 * confidence:g} % confidence interval {low} to {high}"


def _worded(estimate):
    return WORDED.get(estimate.method, estimate.method)


def _checked(share, confidence):
    """Set what was measured beside the nominal confidence."""
    nominal = f"nominal {100 * confidence:g} %"
    if share.why:
        return f"{nominal}, not measured, as {share.why}"
    but = "but " if share.value < confidence - SHORT else ""
    return f"{nominal}, {but}in resamples of these data {_of_100(share)}"


def _of_100(share):
    """Return a share of 100, which is whole only if nothing was missed."""
    shown = f"{100 * share.value:.0f}"
    if share.value < 1 and shown == "100":
        shown = f"{100 * share.value:.1f}"
    return f"{shown} of 100"


def _all_together(many, confidence):
    share, least = 100 * confidence**many, 100 * (1 - many * (1 - confidence))
    often = f"{round(share, 1):g} %" if share >= 0.1 else "less than 0.1 %"
    anyway = f", and in at least {least:.3g} % in any case" if least > 0 else ""
    return (
        f"If each of the {many} intervals holds its true value in {100 * confidence:g} % of such "
        f"studies, all together do in {often} if they are independent of each other{anyway}."
    )
