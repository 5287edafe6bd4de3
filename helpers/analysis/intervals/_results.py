"""Show estimates with their intervals: pictures and a table."""

import numpy as np

from helpers import plot
from helpers.analysis.intervals import _group_names as group_names
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals._report import estimate_groups
from helpers.analysis.intervals._words import rounded
from helpers.own_data import Problem

DOTS = 300  # drawn of each group at the most
QUICK = 999  # resamples while a slider moves
EXPLORED = 20_000  # values that a slider may resample
APART = "as if rows were independent"
BESIDE = 20  # groups of which two panels find room side by side


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


def draw_values(samples, column, ax):
    """Draw the values of each group as dots, or the shares of two classes as bars.

    Parameters
    ----------
    samples : Samples
    column : str, or a list of two that are groups themselves
    ax : Axes
    """
    groups = samples.groups
    label = column if isinstance(column, str) else "value"
    place = np.arange(1, len(groups) + 1)
    if all(np.isin(values, (0, 1)).all() for values in groups.values()):
        ones = np.array([values.sum() for values in groups.values()])
        sizes = np.array([values.size for values in groups.values()])
        ax.bar(place, sizes, color="0.85", label="all")
        ax.bar(place, ones, color=plot.BLUE, label="positive")
        ax.set_ylabel("rows")
        ax.set_title(f"{label}: counts", pad=28)  # the legend lies below it
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 0.99), ncols=2, frameon=False)
    else:
        rng = np.random.default_rng(0)  # side steps only, so that dots do not hide each other
        for x, values in zip(place, groups.values(), strict=True):
            shown = values
            if values.size > DOTS:
                shown = np.quantile(values, np.linspace(0, 1, DOTS), method="nearest")
            ax.plot(x + rng.uniform(-0.25, 0.25, shown.size), shown, ".", color="0.45", ms=4)
        ax.set(ylabel=label, title="the values")
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


def offer_methods(samples, statistic):
    """Return the methods that are quick enough for a slider.

    Parameters
    ----------
    samples : Samples
    statistic : str

    Returns
    -------
    list of str
        For rows of subjects: as they are, and as if no two rows belonged together.
    """
    if samples.subjects is not None:
        return ["by subject", APART]
    small = sum(values.size for values in samples.groups.values()) <= EXPLORED
    return list(ways.METHODS[statistic] if small else ways.FORMULAS[statistic])


def make_drawing(samples, statistic, quantity, seed=0):
    """Return a function that draws the intervals for a confidence and a method.

    Parameters
    ----------
    samples : Samples
    statistic : str
    quantity : str
    seed : int

    Returns
    -------
    callable
        Takes Axes, `confidence` and `method`; the limits hold the widest intervals of all, but
        nothing below 0 of a quantity that cannot be negative.
    """
    groups = samples.groups

    def estimates(confidence, method):
        choices = {"method": method, "confidence": confidence, "resamples": QUICK, "seed": seed}
        asked = samples
        if method == APART:
            asked = samples._replace(subjects=None)
            choices["method"] = "t" if statistic == "mean" else "wilson"
        try:
            return estimate_groups(asked, statistic, quiet=True, **choices)[0]
        except Problem:
            return []

    widest = [e for way in offer_methods(samples, statistic) for e in estimates(0.99, way)]
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
            where = "it cannot be" if statistic == "standard deviation" else "no value lies"
            said += f" {below} {reach} below 0, where {where}, and {cut} cut there."
        return said

    return draw


def result_columns(estimates, statistic, confidence, coverage, *, digits=None):
    """Return the estimates as columns of a table.

    Parameters
    ----------
    estimates : list of Estimate
    statistic : str
    confidence : float
    coverage : list of Share, as from `measure_coverage`
    digits : int, optional
        For a table that people read: this many digits of the coverage, and of the estimates as
        many as their intervals need.

    Returns
    -------
    dict of name -> list
    """
    columns = {name: [getattr(e, name) for e in estimates] for name in estimates[0]._fields}
    if all(many is None for many in columns["subjects"]):
        del columns["subjects"]
    size = len(estimates)
    columns["statistic"], columns["confidence"] = [statistic] * size, [confidence] * size
    columns["measured_coverage"] = [share.value for share in coverage]
    if digits is not None:
        columns["reason"] = columns.pop("reason")
        del columns["statistic"], columns["confidence"]  # they stand among the parameters
        shown = [rounded(e.value, e.low, e.high) for e in estimates]
        columns["value"], columns["low"], columns["high"] = map(list, zip(*shown, strict=True))
        columns["measured_coverage"] = [_shown(share, digits) for share in coverage]
    return columns


def _shown(share, digits):
    return f"not measured: {share.why}" if share.why else f"{share.value:.{digits}g}"


def _name_groups(ax, names):
    shown = group_names.shorten(names)
    look = {"rotation": 90} if _turned(shown) else {}
    if len(shown) > 30:
        look["fontsize"] = "small"
    ax.set_xticks(np.arange(1, len(names) + 1), shown, **look)
    ax.set(xlim=(0.4, len(names) + 0.6), xlabel="")


def _turned(shown):
    return len("".join(shown)) > 36
