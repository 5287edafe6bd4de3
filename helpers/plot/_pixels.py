"""Pictures, their numbers and their levels."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.plot._describe import Pictures, describe
from helpers.plot._style import BLACK, CHANNELS


def show_images(images, titles=None, *, columns=None, size=2.9, limits=None, alt=None, ax=None):
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
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
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
    if alt is not None:
        describe(axes, alt)
    return axes[: len(images)]


def show_values(image, title="", *, first=(0, 0), limits=None, alt=None, ax=None):
    """Draw a small array as squares with its numbers written in them.

    Parameters
    ----------
    image : array of shape (M, N), at most about 12 x 16
    title : str
    first : (int, int)
        Row and column of the first pixel, for the labels of the axes.
    limits : (float, float), optional
        Values drawn black and white; default as in `show_images`.
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
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
    if alt is not None:
        describe(ax, alt)
    return ax


def plot_histogram(image, title="", *, alt=None, ax=None):
    """Draw how many pixels have each level, one line for a grey picture and three for RGB.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8
    title : str
    alt : str, optional
        What is seen, for readers who do not see it; see `describe`.
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
    if alt is not None:
        describe(ax, alt)
    return ax
