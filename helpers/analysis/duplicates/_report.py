"""What the page says and shows of pairs and groups: sentences, tables, contact sheets."""

from collections import Counter

import numpy as np

from helpers import sheets
from helpers.analysis.duplicates._pairs import EXACT, unlike
from helpers.images import Unusable, read_source

ROWS, COLUMNS = 8, 5  # of the contact sheet
SHOWN = 3  # pictures of a group that an explorer shows


def tell_pictures(pictures):
    """Say how many pictures were compared, and what was left out.

    Parameters
    ----------
    pictures : Pictures

    Returns
    -------
    list of str
    """
    count = Counter(sight.folder for sight in pictures.sights)
    held = " and ".join(f"{count[n]} in {path.name}" for n, path in enumerate(pictures.paths))
    lines = [f"Pictures: {held}, with their subfolders."]
    flat = [sight for sight in pictures.sights if sight.flat]
    if flat:
        lines.append(
            f"{len(flat)} of them are flat or smaller than 9 pixels, such as {flat[0].name}: of "
            "these only files with the same bytes are found."
        )
    if pictures.left_out:
        name, reason = next(iter(pictures.left_out.items()))
        lines.append(f"Not used: {len(pictures.left_out)} files, such as {name} ({reason}).")
    return lines


def tell_pairs(pictures, pairs, groups):
    """Say what was found, for a report.

    Parameters
    ----------
    pictures : Pictures
    pairs : list of Pair
    groups : list of lists of int

    Returns
    -------
    list of str
    """
    if not pairs:
        where = "between the two folders" if len(pictures.paths) == 2 else "in the folder"
        return [f"No two pictures {where} are the same file or likely copies of each other."]
    hows = Counter(pair.how.replace("the first is cropped", "cropped") for pair in pairs)
    shown = ", ".join(f"{how} ({n})" for how, n in hows.most_common())
    members = sum(map(len, groups))
    lines = [
        f"Pairs: {len(pairs)} ({shown}). They join {members} of {len(pictures.sights)} pictures "
        f"in {len(groups)} groups; the largest holds {len(groups[0])}."
    ]
    if far := unlike(groups, pairs):
        lines.append(
            f"Groups with pictures that are joined only by way of others: {far}. Being alike is "
            "not handed on, so look before you believe."
        )
    if len(pictures.paths) == 2:
        lines.append(
            "Leak: if one folder is for training and the other for testing, take the pictures of "
            "a pair out of one of them."
        )
    return lines


def tabulate(pictures, pairs, groups):
    """Return the pairs as columns for a table.

    Parameters
    ----------
    pictures : Pictures
    pairs : list of Pair
    groups : list of lists of int

    Returns
    -------
    dict of column -> list
    """
    group_of = {place: n + 1 for n, places in enumerate(groups) for place in places}
    first = [pictures.sights[pair.first] for pair in pairs]
    second = [pictures.sights[pair.second] for pair in pairs]
    return {
        "group": [group_of[pair.first] for pair in pairs],
        "first": [_name(pictures, sight) for sight in first],
        "second": [_name(pictures, sight) for sight in second],
        "how": [pair.how for pair in pairs],
        "bits": [pair.bits for pair in pairs],
        "similarity": [round(pair.similarity, 3) for pair in pairs],
        "more pixels": [_larger(a.shape, b.shape) for a, b in zip(first, second, strict=True)],
        "first bytes": [sight.size for sight in first],
        "second bytes": [sight.size for sight in second],
        "same bytes": [pair.how == EXACT for pair in pairs],
    }


def draw_groups(pictures, groups):
    """Draw the first groups on a contact sheet, a row for each.

    Parameters
    ----------
    pictures : Pictures
    groups : list of lists of int

    Returns
    -------
    array of shape (M, N, 3), uint8
    """
    shown = [places[:COLUMNS] for places in groups[:ROWS]]
    width = max(map(len, shown))
    strips = [
        sheets.grid([_tile(pictures, place, f"{number}: ") for place in places], width)
        for number, places in enumerate(shown, 1)
    ]
    return sheets.grid(strips, min(len(strips), max(1, COLUMNS // width)))


def explore_groups(pictures, pairs, groups):
    """Return a function that shows the pictures of one group, with its pairs in words.

    Parameters
    ----------
    pictures : Pictures
    pairs : list of Pair
    groups : list of lists of int

    Returns
    -------
    callable for `sliders.explore`, with `group` from 1 to the number of groups
    """

    def view(group):
        places = groups[group - 1]
        told = [
            f"{_name(pictures, pictures.sights[pair.second])}: {pair.how}, {pair.bits} bits apart, "
            f"similarity {pair.similarity:.2f}, of {_name(pictures, pictures.sights[pair.first])}"
            for pair in pairs
            if pair.first in places
        ]
        more = f"; and {len(told) - SHOWN} more pairs" if len(told) > SHOWN else ""
        shown = [sheets.fit(_pixels(pictures, place), 230) for place in places[:SHOWN]]
        return shown, "; ".join(told[:SHOWN]) + more

    return view


def _tile(pictures, place, before):
    name = pictures.sights[place].name.rpartition("/")[2]
    return sheets.tile(_pixels(pictures, place), before + name)


def _pixels(pictures, place):
    sight = pictures.sights[place]
    try:
        return read_source(pictures.paths[sight.folder] / sight.name).picture
    except Unusable:
        return sight.small  # the file has gone since


def _name(pictures, sight):
    return f"{pictures.paths[sight.folder].name}/{sight.name}"


def _larger(one, other):
    sizes = [int(np.prod(shape)) for shape in (one, other)]
    return "equal" if sizes[0] == sizes[1] else "first" if sizes[0] > sizes[1] else "second"
