"""What the page shows: confusion, ROC curves, the wrongest and the most doubtful pictures."""

import numpy as np

from helpers import sheets
from helpers.analysis.classification import _estimates as estimates
from helpers.analysis.classification._folds import MODELS
from helpers.files import readable
from helpers.images import Unusable, read_source
from helpers.plot import plot_roc

COLUMNS, EACH = 6, 12  # of the sheet, and pictures of each kind
NUMBERS = 12  # classes up to which counts are written into the squares
LONGEST = 14  # letters of a class on an axis


def draw_confusion(result, ax):
    """Draw which classes are taken for which: shares of each row as shades, counts as numbers.

    Parameters
    ----------
    result : Result
    ax : Axes
    """
    counts = estimates.confusion(result)
    shares, k = counts / counts.sum(axis=1, keepdims=True), len(counts)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if k <= NUMBERS and count:
            ink = "white" if shares[row, column] > 0.5 else "black"
            ax.text(column, row, f"{count:.3g}", ha="center", va="center", color=ink, fontsize=9)
    names = [_short(readable(name)) for name in result.classes]
    if k <= 2 * NUMBERS:
        ax.set_yticks(range(k), names)
        ax.set_xticks(range(k), names, rotation=40, ha="right", rotation_mode="anchor")
    ax.set(xlabel="called", ylabel="class of the folder")
    ax.grid(False)


def describe_confusion(result):
    """Say what the picture of the confusion shows.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
    """
    counts = estimates.confusion(result)
    right = np.trace(counts) / counts.sum()
    wrong = counts - np.diag(np.diag(counts))
    row, column = np.unravel_index(wrong.argmax(), wrong.shape)
    names = [readable(name) for name in result.classes]
    most = (
        f"the commonest slip is {names[row]} called {names[column]}" if wrong.any() else "no slip"
    )
    return f"Squares of true and called classes; {right:.0%} lie on the diagonal, {most}."


def draw_curves(result, confidence, ax):
    """Draw the ROC curves of two classes: by the features and by the mean colour.

    Parameters
    ----------
    result : Result
    confidence : float
    ax : Axes
    """
    for model, (curve, area) in estimates.two_classes(result, confidence).items():
        label = f"{MODELS[model]}, AUC {area.auc:.3f}"
        plot_roc(curve.fpr, curve.tpr, label=label, ax=ax)
    ax.legend(loc="lower right", frameon=False, fontsize=9)
    ax.set_title(f"{_short(readable(result.classes[1]))} found")


def worth_a_look(result):
    """Return the pictures that are mostly called wrong, and those that are right with most doubt.

    Parameters
    ----------
    result : Result

    Returns
    -------
    wrong, doubtful : arrays of int, at most twelve each, the worst first
    """
    means, right = result.chances["features"].mean(axis=0), result.right()
    own = means[np.arange(len(means)), result.labels]
    order = np.argsort(own.round(9), kind="stable")
    wrong = order[right[order] < 0.5]
    return wrong[:EACH], order[right[order] >= 0.5][:EACH]


def draw_sheet(result, pictures):
    """Draw the wrongest pictures, and below them the most doubtful of those that are right.

    Parameters
    ----------
    result : Result
    pictures : Pictures

    Returns
    -------
    array of shape (M, N, 3), uint8
    """
    wrong, doubtful = worth_a_look(result)
    strips, number = [], 0
    for places in (wrong, doubtful):
        if len(places):
            tiles = [_tile(result, pictures, n, number + i) for i, n in enumerate(places, 1)]
            strips.append(sheets.grid(tiles, COLUMNS))
        number += len(places)
    return np.vstack(strips)


def tabulate_sheet(result, pictures):
    """Return what the numbers on the sheet stand for, as columns.

    Parameters
    ----------
    result : Result
    pictures : Pictures

    Returns
    -------
    dict of column -> list
    """
    places = np.hstack(worth_a_look(result))
    means = result.chances["features"].mean(axis=0)
    names = [readable(name) for name in result.classes]
    return {
        "number": list(range(1, len(places) + 1)),
        "file": [readable(pictures.sights[n].name) for n in places],
        "called": [names[means[n].argmax()] for n in places],
        "p(own class)": [float(means[n, result.labels[n]]) for n in places],
        "share right": result.right()[places].tolist(),
    }


def explore_sure(result, pictures):
    """Return a function that shows which pictures get no label at a least probability.

    Parameters
    ----------
    result : Result
    pictures : Pictures

    Returns
    -------
    callable for `sliders.explore`, with `sure` in per cent
    """
    means = result.chances["features"].mean(axis=0)
    order = np.argsort(means.max(axis=1).round(9), kind="stable")

    def view(sure):
        given, right = estimates.when_sure(result, sure / 100, 0.95)
        open_ = [n for n in order if means[n].max() < sure / 100]
        tiles = [_tile(result, pictures, n) for n in open_[:EACH]]
        blank = [np.full_like(_tile(result, pictures, 0), 255)]
        told = "no label is given" if np.isnan(right.value) else f"{right.value:.0%} of them right"
        return sheets.grid(tiles or blank, COLUMNS), (
            f"labels for {given:.0%}, {told}; open, with the mean over repeats: {len(open_)}"
        )

    return view


def _tile(result, pictures, place, number=None):
    sight, means = pictures.sights[place], result.chances["features"].mean(axis=0)[place]
    try:
        picture = read_source(pictures.path / sight.name).picture
    except Unusable:
        picture = sight.small  # the file has gone since
    called = readable(result.classes[means.argmax()])
    before = "" if number is None else f"{number}: "
    return sheets.tile(picture, before + _short(called))


def _short(name):
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "\u2026"
