"""What the page shows: a map of the features, a contact sheet, one group at a time."""

import numpy as np

from helpers import sheets
from helpers.compression import principal_components, project
from helpers.images import Unusable, read_source

ROWS, COLUMNS = 12, 6  # of the contact sheet
SHOWN = 12  # pictures of a group that an explorer shows
MARKS = "osD^vPX"
COLOURS = 6  # of the style, before the next mark


def draw_map(points, groups, verdict, ax):
    """Draw pictures as points along the two directions in which the features vary most.

    Parameters
    ----------
    points : array of shape (n, d)
    groups : Groups
    verdict : Verdict
    ax : Axes

    Returns
    -------
    str
        What the map leaves out, for a caption.
    """
    components = principal_components(points, min(2, points.shape[1]))
    places = np.zeros((len(points), 2))
    places[:, : len(components.directions)] = project(points, components)
    for number in range(1, verdict.k + 1):
        own = groups.labels == number
        colour, mark = f"C{(number - 1) % COLOURS}", MARKS[(number - 1) // COLOURS % len(MARKS)]
        ax.scatter(*places[own].T, c=colour, marker=mark, s=24, alpha=0.7, linewidths=0)
        if verdict.k > 1 and own.any():
            middle = np.median(places[own], axis=0)
            box = {"facecolor": "white", "edgecolor": colour, "boxstyle": "round,pad=0.2"}
            ax.text(*middle, str(number), ha="center", va="center", bbox=box)
    far = places[groups.far]
    ax.scatter(*far.T, s=110, facecolors="none", edgecolors="black", linewidths=1.2)
    ax.set(xlabel="first principal axis", ylabel="second principal axis", aspect="equal")
    share = components.shares.sum()
    return (
        f"The map shows {share:.0%} of the squared distances; {1 - share:.0%} lie across it. "
        "Two pictures side by side can be far apart."
    )


def draw_sheet(pictures, groups, verdict):
    """Draw a row of pictures for each group: six, evenly from its centre to its edge.

    Parameters
    ----------
    pictures : Pictures
    groups : Groups
    verdict : Verdict

    Returns
    -------
    array of shape (M, N, 3), uint8
    """
    strips = []
    for number in range(1, min(verdict.k, ROWS) + 1):
        order = _from_centre(groups, number)
        shown = order if len(order) <= COLUMNS else _spread(order)
        name = f"{number}: " if verdict.k > 1 else ""
        strips.append(sheets.grid([_tile(pictures, n, name) for n in shown], COLUMNS))
    return sheets.grid(strips, 1)


def explore_groups(pictures, groups, verdict):
    """Return a function that shows twelve pictures of one group.

    Parameters
    ----------
    pictures : Pictures
    groups : Groups
    verdict : Verdict

    Returns
    -------
    callable for `sliders.explore`
        Takes `begin`, from 0 to 100 per cent of the way from the centre outwards, and `group`.
    """

    def view(begin, group=1):
        order = _from_centre(groups, group)
        start = round(begin / 100 * max(len(order) - SHOWN, 0))
        shown = order[start : start + SHOWN]
        sheet = sheets.grid([_tile(pictures, n, "") for n in shown], COLUMNS)
        places = f"{start + 1} to {start + len(shown)} of {len(order)}"
        what = f"group {group}" if verdict.k > 1 else "all pictures"
        return sheet, f"{what}: {places}, counted from the centre outwards"

    return view


def _from_centre(groups, number):
    own = np.flatnonzero(groups.labels == number)
    return own[np.argsort(groups.distances[own], kind="stable")]


def _spread(order):
    """Take some of many, evenly from the first to the last."""
    return order[np.linspace(0, len(order) - 1, COLUMNS).round().astype(int)]


def _tile(pictures, number, before):
    sight = pictures.sights[number]
    try:
        picture = read_source(pictures.path / sight.name).picture
    except Unusable:
        picture = sight.small  # the file has gone since
    return sheets.tile(picture, before + sight.name.rpartition("/")[2])
