"""People as dots, intervals as lines, and the ROC curve."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.plot._describe import describe
from helpers.plot._style import BLACK, BLUE, GREEN, ORANGE, PURPLE, RED, SKY


def show_people(counts, colours=None, *, hollow=(), rows=20, alt=None, ax=None):
    """Draw people as dots, one colour for each group, filled column by column.

    Parameters
    ----------
    counts : dict of str -> int
        People in each group; the groups lie side by side in this order.
    colours : list of colours, optional
        One for each group.
    hollow : collection of str
        Groups drawn as rings, so that two questions can be asked of one person: which colour,
        and filled or not.
    rows : int
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
    ax : Axes, optional

    Raises
    ------
    ValueError
        If a count is negative or not a whole number.
    """
    for name, count in counts.items():
        if not isinstance(count, int | np.integer) or count < 0:
            raise ValueError(f"`counts` must be whole numbers from 0; got {name!r}: {count}.")
    if ax is None:
        _, ax = plt.subplots(figsize=(7.0, 3.6))
    ends = np.cumsum(list(counts.values()))
    colours = colours or (BLUE, ORANGE, GREEN, RED, PURPLE, SKY)
    for (name, count), end, colour in zip(counts.items(), ends, colours, strict=False):
        column, row = np.divmod(np.arange(end - count, end), rows)
        inside = "none" if name in hollow else colour
        label = f"{name}: {count}"
        ax.scatter(column, row, s=26, facecolors=inside, edgecolors=colour, label=label)
    ax.set(xlim=(-1, -(-ends[-1] // rows)), ylim=(rows, -1), aspect="equal")
    ax.axis("off")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0), ncols=2, frameon=False)
    if alt is not None:
        describe(ax, alt)
    return ax


def plot_intervals(low, high, center=None, *, truth=None, alt=None, ax=None):
    """Draw intervals side by side as upright lines, those that miss the truth dashed and red.

    Parameters
    ----------
    low, high : numbers or arrays of shape (k,)
        Ends of interval 1 to k, drawn from left to right.
    center : number or array of shape (k,), optional
        Drawn as dots.
    truth : float, optional
        Drawn as a horizontal line. An interval with low <= truth <= high holds it.
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
    ax : Axes, optional

    Returns
    -------
    Axes
        Its lines are labelled, so that ``ax.legend()`` tells what the colours mean.

    Raises
    ------
    ValueError
        If `low`, `high` and `center` differ in shape, or a lower end lies above its upper end.
    """
    low, high = np.atleast_1d(low), np.atleast_1d(high)
    center = None if center is None else np.atleast_1d(center)
    shapes = [part.shape for part in (low, high, center) if part is not None]
    if low.ndim != 1 or len(set(shapes)) != 1:
        raise ValueError(f"`low`, `high` and `center` must have one shape (k,); got {shapes}.")
    for swapped in np.flatnonzero(low > high)[:1]:
        raise ValueError(f"`low` must not exceed `high`; got {low[swapped]} and {high[swapped]}.")
    if ax is None:
        _, ax = plt.subplots(figsize=(7.0, 3.0))
    looks = [(np.full(low.shape, True), BLUE, "-", 1.3, None)]
    if truth is not None:
        held = (low <= truth) & (truth <= high)
        looks = [
            (held, BLUE, "-", 1.3, "holds the truth"),
            (~held, RED, (0, (3, 1)), 2.2, "misses it"),
        ]
        ax.axhline(truth, color=BLACK, linewidth=1, zorder=0)
    for chosen, colour, style, width, label in looks:
        place = np.flatnonzero(chosen) + 1
        look = {"linewidths": width, "label": label}
        ax.vlines(place, low[chosen], high[chosen], colour, [style], **look)
        if center is not None:
            ax.plot(place, center[chosen], "o", color=colour, markersize=3)
    ax.set(xlabel="interval", xlim=(0, low.size + 1))
    ax.locator_params(axis="x", integer=True)
    if alt is not None:
        describe(ax, alt)
    return ax


def plot_roc(fpr, tpr, *, label=None, point=None, band=None, alt=None, ax=None):
    """Draw a ROC curve above the diagonal of a scorer that knows nothing.

    Parameters
    ----------
    fpr, tpr : arrays of shape (k,), in [0, 1]
        False and true positive rates in the order of the thresholds, joined by straight lines.
    label : str, optional
        For ``ax.legend()``.
    point : (float, float), optional
        One (fpr, tpr) drawn as a large dot: a chosen threshold.
    band : (fpr, low, high), three arrays of one shape, optional
        Shaded from `low` to `high`, such as the ends of a confidence band.
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
    ax : Axes, optional
        May hold other curves already; the diagonal is drawn once.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `fpr` and `tpr` differ in shape, or a rate lies outside [0, 1].
    """
    rates = {"fpr": np.asarray(fpr, dtype=float), "tpr": np.asarray(tpr, dtype=float)}
    shapes = [part.shape for part in rates.values()]
    if rates["fpr"].ndim != 1 or shapes[0] != shapes[1]:
        raise ValueError(f"`fpr` and `tpr` must have one shape (k,); got {shapes}.")
    chosen = (0, 0) if point is None else point
    for name, part in (rates | {"point": np.asarray(chosen, dtype=float)}).items():
        for outside in part[~((part >= 0) & (part <= 1))][:1]:
            raise ValueError(f"`{name}` must be within [0, 1]; got {outside:g}.")
    if ax is None:
        _, ax = plt.subplots(figsize=(4.0, 4.0))
    if not any(line.get_gid() == "chance" for line in ax.lines):
        ax.plot([0, 1], [0, 1], "--", color="0.6", linewidth=1, zorder=1, gid="chance")
    (line,) = ax.plot(rates["fpr"], rates["tpr"], label=label, clip_on=False)
    if point is not None:
        ax.plot(*point, "o", color=line.get_color(), markersize=9, clip_on=False)
    if band is not None:
        ax.fill_between(*band, color=line.get_color(), alpha=0.2, linewidth=0)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set_xlabel("false positive rate (1 - specificity)")
    ax.set_ylabel("true positive rate (sensitivity)")
    if alt is not None:
        describe(ax, alt)
    return ax
