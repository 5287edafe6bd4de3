"""Show estimates with their intervals: pictures, a table, and sentences for a report."""

import numpy as np

from helpers import plot
from helpers.analysis import _interval_methods as ways
from helpers.analysis.interval_report import estimate_groups
from helpers.own_data import Problem

DOTS = 300  # drawn of each group at the most
QUICK = 999  # resamples while a slider moves
EXPLORED = 20_000  # values that a slider may resample
WORDED = {
    "t": "Student's t",
    "welch": "Welch's t",
    "newcombe": "Newcombe",
    "bca": "BCa bootstrap",
    "percentile": "percentile bootstrap",
    "basic": "basic bootstrap",
}


def name_quantity(statistic, column, positive=None):
    """Return what is estimated in words.

    Parameters
    ----------
    statistic, column : str
    positive : the class that a proportion counts

    Returns
    -------
    str
    """
    whole = f'"{positive}" in {column}' if statistic == "proportion" else column
    return f"{statistic} of {whole}"


def draw_values(groups, column, ax):
    """Draw the values of each group as dots, or the shares of two classes as bars.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    column : str
    ax : Axes
    """
    place = np.arange(1, len(groups) + 1)
    if all(np.isin(values, (0, 1)).all() for values in groups.values()):
        ones = np.array([values.sum() for values in groups.values()])
        sizes = np.array([values.size for values in groups.values()])
        ax.bar(place, sizes, color="0.85", label="all")
        ax.bar(place, ones, color=plot.BLUE, label="positive")
        ax.set(ylabel="rows", title=f"{column}: counts")
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, frameon=False)
    else:
        rng = np.random.default_rng(0)  # side steps only, so that dots do not hide each other
        for x, values in zip(place, groups.values(), strict=True):
            shown = values
            if values.size > DOTS:
                shown = np.quantile(values, np.linspace(0, 1, DOTS), method="nearest")
            ax.plot(x + rng.uniform(-0.25, 0.25, shown.size), shown, ".", color="0.45", ms=4)
        ax.set(ylabel=column, title="the values")
    _name_groups(ax, list(groups))
    return ax


def draw_intervals(estimates, quantity, ax, *, names=None):
    """Draw the interval of each group.

    Parameters
    ----------
    estimates : list of Estimate
    quantity : str, for the axis
    ax : Axes
    names : list of str, optional
        Groups on the axis, also those without an estimate. Default: those of `estimates`.
    """
    found = {estimate.group: estimate for estimate in estimates}
    names = list(found) if names is None else names
    empty = (np.nan, np.nan, np.nan)
    rows = [found[name][2:5] if name in found else empty for name in names]
    center, low, high = np.array(rows, dtype=float).T
    plot.plot_intervals(low, high, center, ax=ax)
    ax.set(ylabel=quantity, title="the intervals")
    _name_groups(ax, names)
    return ax


def offer_methods(groups, statistic):
    """Return the methods that are quick enough for a slider.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    statistic : str

    Returns
    -------
    list of str
    """
    small = sum(values.size for values in groups.values()) <= EXPLORED
    return list(ways.METHODS[statistic] if small else ways.FORMULAS[statistic])


def make_drawing(groups, statistic, quantity, seed=0):
    """Return a function that draws the intervals for a confidence and a method.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    statistic : str
    quantity : str
    seed : int

    Returns
    -------
    callable
        Takes Axes, `confidence` and `method`; the limits hold the widest intervals of all.
    """

    def estimates(confidence, method):
        choices = {"method": method, "confidence": confidence, "resamples": QUICK, "seed": seed}
        try:
            return estimate_groups(groups, statistic, quiet=True, **choices)[0]
        except Problem:
            return []

    widest = [e for way in offer_methods(groups, statistic) for e in estimates(0.99, way)]
    ends = [end for e in widest for end in (e.low, e.high)] or [0, 1]
    room = 0.05 * (max(ends) - min(ends))

    def draw(ax, confidence, method):
        found = estimates(confidence, method)
        draw_intervals(found, quantity, ax, names=list(groups))
        ax.set(ylim=(min(ends) - room, max(ends) + room), title=f"{method}, {confidence:.2f}")
        if not found:
            return f"{method} at {confidence:.2f} needs more values, or values that differ."
        wide = np.mean([e.high - e.low for e in found])
        return f"{method} at {confidence:.2f}: the intervals are {wide:.4g} wide on average."

    return draw


def result_columns(estimates, statistic, confidence, coverage, *, digits=None):
    """Return the estimates as columns of a table.

    Parameters
    ----------
    estimates : list of Estimate
    statistic : str
    confidence : float
    coverage : list of float, as from `measure_coverage`
    digits : int, optional
        Significant digits, for a table that people read.

    Returns
    -------
    dict of name -> list
    """
    columns = {name: [getattr(e, name) for e in estimates] for name in estimates[0]._fields}
    size = len(estimates)
    columns["statistic"], columns["confidence"] = [statistic] * size, [confidence] * size
    columns["measured_coverage"] = list(coverage)
    if digits is not None:
        columns["reason"] = columns.pop("reason")
        del columns["statistic"], columns["confidence"]  # they stand among the parameters
        for name in ("value", "low", "high", "measured_coverage"):
            columns[name] = [f"{value:.{digits}g}" for value in columns[name]]
    return columns


def report_estimates(estimates, quantity, confidence, group=None):
    """Word the estimates for a report.

    Parameters
    ----------
    estimates : list of Estimate
    quantity : str
    confidence : float
    group : str, optional
        Name of the column of groups.

    Returns
    -------
    list of str
    """
    level = f"{100 * confidence:g} %"
    said = []
    for e in estimates:
        where = "" if group is None else f" in {group} {e.group}"
        said.append(
            f"The {quantity}{where} is estimated at {e.value:.4g} ({level} confidence interval "
            f"{e.low:.4g} to {e.high:.4g}, {_worded(e)}, n = {e.n})."
        )
    said.append(
        f"The {level} belong to the method: of many samples drawn in the same way, about {level} "
        "give an interval that holds the true value."
    )
    all_held = 1 - len(estimates) * (1 - confidence)
    if len(estimates) > 1:
        sure = f"in at least {100 * all_held:.3g} %" if all_held > 0 else "in a smaller share"
        said.append(
            f"All {len(estimates)} intervals hold their true values together {sure} of such "
            "studies."
        )
    return said


def report_difference(gap, quantity, confidence, group):
    """Word a difference of two groups.

    Parameters
    ----------
    gap : Estimate, as from `difference`
    quantity : str
    confidence : float
    group : str
        Name of the column of groups.

    Returns
    -------
    str
    """
    side = "smaller" if gap.high < 0 else "larger"
    meaning = f"0 lies outside: the first is {side}, as far as such an interval can tell"
    if gap.low <= 0 <= gap.high:
        meaning = "0 lies within: the data do not tell which is larger, nor that they are equal"
    return (
        f"The difference in the {quantity}, {group} {gap.group}, is estimated at {gap.value:.4g} "
        f"({100 * confidence:g} % confidence interval {gap.low:.4g} to {gap.high:.4g}, "
        f"{_worded(gap)}); {meaning}."
    )


def report_coverage(estimates, coverage, confidence):
    """Say how often each method held the truth in imitated studies.

    Parameters
    ----------
    estimates : list of Estimate
    coverage : list of float, as from `measure_coverage`
    confidence : float

    Returns
    -------
    list of str
    """
    said = []
    for e, share in zip(estimates, coverage, strict=True):
        if np.isnan(share):
            said.append(f"{e.group}: not measured, it would take too long or cannot be imitated")
            continue
        low = share < confidence - 0.03
        warning = "; this is too few, report it as approximate" if low else ""
        said.append(
            f"{e.group}: {e.method} held {100 * share:.0f} of 100 imitated studies{warning}"
        )
    return said


def _worded(estimate):
    return WORDED.get(estimate.method, estimate.method.capitalize())


def _name_groups(ax, names):
    shown = [name if len(name) <= 12 else name[:11] + "…" for name in names]
    turned = len("".join(shown)) > 40
    ax.set_xticks(np.arange(1, len(names) + 1), shown, rotation=90 if turned else 0)
    ax.set(xlim=(0.4, len(names) + 0.6), xlabel="")
