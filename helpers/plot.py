"""Arrays in, Axes out: draws, computes nothing, never calls `plt.show`."""

import base64
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart with every common colour vision, and in print.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, BLACK = (
    *("#0072B2", "#E69F00", "#009E73", "#D55E00"),
    *("#CC79A7", "#56B4E9", "#F0E442", "#000000"),
)
CHANNELS = (RED, GREEN, BLUE)


class Pictures(Figure):
    """A figure that a notebook stores as JPEG or PNG, whichever is smaller."""

    def _ipython_display_(self):
        from IPython.display import display  # only IPython calls this method

        encoded = {}
        for kind, options in (("jpeg", {"quality": 85}), ("png", {"optimize": True})):
            buffer = BytesIO()
            self.savefig(buffer, format=kind, bbox_inches="tight", pil_kwargs=options)
            encoded[f"image/{kind}"] = base64.b64encode(buffer.getvalue()).decode()
        kind = min(encoded, key=lambda kind: len(encoded[kind]))
        display({kind: encoded[kind], "text/plain": repr(self)}, raw=True)


def use_style():
    """Set the look that all figures of the course share."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, RED, PURPLE, SKY]),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlesize": 11,
            "figure.constrained_layout.use": True,
            "figure.dpi": 80,
            "figure.figsize": (7.0, 3.2),
            "font.size": 10.5,
            "image.cmap": "gray",
            "image.interpolation": "nearest",
            "lines.linewidth": 2,
        }
    )


def show_images(images, titles=None, *, columns=None, size=2.9, limits=None, ax=None):
    """Show pictures side by side on one common grey scale.

    Parameters
    ----------
    images : list of arrays of shape (M, N) or (M, N, 3)
    titles : list of str, optional
    columns : int, optional
        Default: all in one row.
    size : float
        Height of one picture in inches.
    limits : (float, float), optional
        Values drawn black and white. Default: the range of the dtype (0..255, else 0..1), so
        that two pictures can be compared; nothing is stretched unless asked for.
    ax : Axes or array of Axes, optional

    Returns
    -------
    array of Axes of shape (len(images),)
    """
    images = [np.asarray(image) for image in images]
    columns = columns or len(images)
    if ax is None:
        rows = -(-len(images) // columns)
        wide = max(image.shape[1] / image.shape[0] for image in images)
        inches = (size * wide * columns, (size + 0.3) * rows)
        _, ax = plt.subplots(rows, columns, figsize=inches, FigureClass=Pictures)
    axes = np.atleast_1d(np.asarray(ax)).ravel()
    for spare in axes[len(images) :]:
        spare.axis("off")
    for axis, image, title in zip(axes, images, titles or [""] * len(images), strict=False):
        low, high = limits or ((0, 255) if image.dtype.kind in "iu" else (0, 1))
        axis.imshow(image, cmap="gray", vmin=low, vmax=high)
        axis.set(title=title, xticks=[], yticks=[])
        axis.spines[:].set(visible=True, color="0.7")  # white on a white page needs a frame
    return axes[: len(images)]


def show_values(image, title="", *, first=(0, 0), limits=None, ax=None):
    """Draw a small array as squares with its numbers written in them.

    Parameters
    ----------
    image : array of shape (M, N), at most about 12 x 16
    title : str
    first : (int, int)
        Row and column of the first pixel, for the labels of the axes.
    limits : (float, float), optional
        Values drawn black and white; default as in `show_images`.
    ax : Axes, optional
    """
    image = np.asarray(image)
    rows, columns = image.shape
    if ax is None:
        _, ax = plt.subplots(figsize=(0.5 * columns + 0.9, 0.5 * rows + 0.8))
    low, high = limits or ((0, 255) if image.dtype.kind in "iu" else (0, 1))
    ax.imshow(image, cmap="gray", vmin=low, vmax=high)
    for (row, column), value in np.ndenumerate(image):
        ink = "white" if float(value) < (low + high) / 2 else "black"
        text = f"{value:.2g}" if image.dtype.kind == "f" else str(value)
        ax.text(column, row, text, ha="center", va="center", color=ink, fontsize=9)
    ax.set(title=title, xlabel="column", ylabel="row")
    ax.set_yticks(range(rows), range(first[0], first[0] + rows))
    ax.set_xticks(range(columns), range(first[1], first[1] + columns))
    return ax


def plot_histogram(image, title="", *, ax=None):
    """Draw how many pixels have each level, one line for a grey picture and three for RGB.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8
    title : str
    ax : Axes, optional
    """
    image = np.asarray(image)
    if ax is None:
        _, ax = plt.subplots(figsize=(5.0, 2.8))
    channels = [image] if image.ndim == 2 else np.moveaxis(image, -1, 0)
    colours, names = (
        ((BLACK,), ("grey",)) if image.ndim == 2 else (CHANNELS, ("red", "green", "blue"))
    )
    for channel, colour, name in zip(channels, colours, names, strict=True):
        counts = np.bincount(channel.ravel(), minlength=256)
        ax.fill_between(range(256), counts, step="mid", alpha=0.25, color=colour, linewidth=0)
        ax.step(range(256), counts, where="mid", color=colour, linewidth=1.2, label=name)
    ax.set(title=title, xlabel="level", ylabel="pixels", xlim=(-1, 256), ylim=(0, None))
    if image.ndim == 3:
        ax.legend(frameon=False)
    return ax


def show_people(counts, colours=None, *, hollow=(), rows=20, ax=None):
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
    return ax


def plot_intervals(low, high, center=None, *, truth=None, ax=None):
    """Draw intervals side by side as upright lines, those that miss the truth dashed and red.

    Parameters
    ----------
    low, high : numbers or arrays of shape (k,)
        Ends of interval 1 to k, drawn from left to right.
    center : number or array of shape (k,), optional
        Drawn as dots.
    truth : float, optional
        Drawn as a horizontal line. An interval with low <= truth <= high holds it.
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
    return ax


def plot_roc(fpr, tpr, *, label=None, point=None, band=None, ax=None):
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
    return ax
