"""Show estimates with their intervals: pictures, a table, and sentences for a report."""

import numpy as np

from helpers import plot
from helpers.analysis.intervals import _group_names as group_names
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals._report import estimate_groups
from helpers.own_data import Problem

DOTS = 300  # drawn of each group at the most
QUICK = 999  # resamples while a slider moves
EXPLORED = 20_000  # values that a slider may resample
BESIDE = 20  # groups of which two panels find room side by side
WORDED = {
    "t": "Student's t",
    "welch": "Welch's t",
    "newcombe": "Newcombe",
    "wilson": "Wilson",
    "wald": "Wald",
    "clopper-pearson": "Clopper-Pearson",
    "agresti-coull": "Agresti-Coull",
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


def fit_figure(names, panels=2):
    """Return a grid and a size that leave the axes their height under long or many names.

    Parameters
    ----------
    names : iterable of str
    panels : int

    Returns
    -------
    dict
        `nrows`, `ncols` and `figsize` (in inches), as ``plt.subplots`` takes them.
    """
    shown = group_names.shorten([*names])
    height = 4.6 if _turned(shown) else 3.4
    if len(shown) > BESIDE:
        return {"nrows": panels, "ncols": 1, "figsize": (8.0, height * panels)}
    return {"nrows": 1, "ncols": panels, "figsize": (8.0, height)}


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
        ax.set_ylabel("rows")
        ax.set_title(f"{column}: counts", pad=28)  # the legend lies below it
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 0.99), ncols=2, frameon=False)
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
        Takes Axes, `confidence` and `method`; the limits hold the widest intervals of all, but
        nothing below 0 of a quantity that cannot be negative.
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
    positive = statistic == "standard deviation" or all(v.min() >= 0 for v in groups.values())
    bottom = max(min(ends) - room, 0 if positive else -np.inf)

    def draw(ax, confidence, method):
        found = estimates(confidence, method)
        draw_intervals(found, quantity, ax, names=list(groups))
        ax.set(ylim=(bottom, max(ends) + room), title=f"{method}, {confidence:.2f}")
        if not found:
            return f"{method} at {confidence:.2f} needs more values, or values that differ."
        wide = np.mean([e.high - e.low for e in found])
        said = f"{method} at {confidence:.2f}: the intervals are {wide:.4g} wide on average."
        if positive and (below := sum(e.low < 0 for e in found)):
            reach, cut = ("reaches", "is") if below == 1 else ("reach", "are")
            said += f" {below} {reach} below 0, where it cannot be, and {cut} cut there."
        return said

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
        where = "" if group is None else f" in {group_names.mention(group, e.group)}"
        said.append(
            f"The {quantity}{where} is estimated at {e.value:.4g} ({level} confidence interval "
            f"{e.low:.4g} to {e.high:.4g}, {_worded(e)}, n = {e.n})."
        )
    said.append(
        f"The {level} belong to the method: of many samples drawn in the same way, about {level} "
        "give an interval that holds the true value."
    )
    return said + [_all_together(len(estimates), confidence)] * (len(estimates) > 1)


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
        f"The difference in the {quantity}, {group_names.mention(group, gap.group)}, is "
        f"estimated at {gap.value:.4g} ({100 * confidence:g} % confidence interval "
        f"{gap.low:.4g} to {gap.high:.4g}, {_worded(gap)}); {meaning}."
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
    return WORDED.get(estimate.method, estimate.method)


def _all_together(many, confidence):
    share, least = 100 * confidence**many, 100 * (1 - many * (1 - confidence))
    often = f"{round(share, 1):g} %" if share >= 0.1 else "less than 0.1 %"
    anyway = f", and in at least {least:.3g} % in any case" if least > 0 else ""
    return (
        f"All {many} intervals hold their true values together in {often} of such studies if "
        f"they are independent of each other{anyway}."
    )


def _name_groups(ax, names):
    shown = group_names.shorten(names)
    look = {"rotation": 90} if _turned(shown) else {}
    if len(shown) > 30:
        look["fontsize"] = "small"
    ax.set_xticks(np.arange(1, len(names) + 1), shown, **look)
    ax.set(xlim=(0.4, len(names) + 0.6), xlabel="")


def _turned(shown):
    return len("".join(shown)) > 36
