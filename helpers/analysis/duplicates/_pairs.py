"""Pairs of equal and of likely copied pictures, and the groups that they form."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from helpers.files import Problem
from helpers.similarity import chains, likely_copies

EXACT = "same bytes"


class Pair(NamedTuple):
    """Numbers of two pictures, how the second comes from the first, differing bits, similarity."""

    first: int
    second: int
    how: str
    bits: int
    similarity: float


def find_pairs(pictures, choices):
    """Find pairs of files of the same bytes, and of pictures that are probably copies.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices

    Returns
    -------
    list of Pair
        The most alike first. With two folders, pairs of pictures from both only. Of files with
        the same bytes each is paired with the first one only.

    Raises
    ------
    Problem
        If there are too many pairs to be listed.
    """
    sights, two = pictures.sights, len(pictures.paths) == 2
    owners, exact = {}, set()
    for place, sight in enumerate(sights):
        owners.setdefault((sight.sha256, sight.folder), place)
    for place, sight in enumerate(sights):
        other = owners.get((sight.sha256, 1 - sight.folder if two else 0), place)
        exact |= {(min(place, other), max(place, other))} if place != other else set()
    kept = [
        place
        for place, sight in enumerate(sights)
        if not sight.flat and owners[sight.sha256, sight.folder] == place
    ]
    copies = [pair for pair in _copies(pictures, np.array(kept), choices) if pair[:2] not in exact]
    return [Pair(one, other, EXACT, 0, 1.0) for one, other in sorted(exact)] + copies


def _copies(pictures, places, choices):
    """Return pairs of likely copies among some of the pictures."""
    small = np.array([pictures.sights[place].small for place in places]).reshape(-1, 64, 64)
    folders = np.array([pictures.sights[place].folder for place in places])
    rules = {"limit": choices.limit, "least": choices.confirm, "changed": choices.changed}
    if len(pictures.paths) == 2:
        rules["parts"] = folders
    if not len(places) or (len(pictures.paths) == 2 and len(set(folders)) < 2):
        return []
    try:
        found = likely_copies(small, **rules)
    except ValueError as error:
        raise Problem(str(error)) from None
    order = np.lexsort((found.second, found.first, -found.similarity))
    return [
        Pair(
            int(places[found.first[i]]),
            int(places[found.second[i]]),
            "likely a copy" if found.how[i] == "as it is" else str(found.how[i]),
            int(found.bits[i]),
            float(found.similarity[i]),
        )
        for i in order
    ]


def group(pairs, count):
    """Join pictures that pairs connect; two members of a group need not be alike themselves.

    Parameters
    ----------
    pairs : list of Pair
    count : int, number of pictures

    Returns
    -------
    list of lists of int
        Groups of two pictures or more, the largest first.
    """
    ends = np.array([(pair.first, pair.second) for pair in pairs], dtype=int).reshape(-1, 2).T
    member = chains(*ends, count)
    groups = {}
    for place in sorted(set(ends.ravel().tolist())):
        groups.setdefault(int(member[place]), []).append(place)
    return sorted(groups.values(), key=lambda places: (-len(places), places))


def unlike(groups, pairs):
    """Count the groups that hold two pictures which are no pair themselves.

    Parameters
    ----------
    groups : list of lists of int
    pairs : list of Pair

    Returns
    -------
    int
    """
    first = {pair.second: pair.first for pair in pairs if pair.how == EXACT}
    joined = {(first.get(pair.first, pair.first), pair.second) for pair in pairs}
    alone = [[place for place in places if place not in first] for places in groups]
    return sum(not joined.issuperset(combinations(places, 2)) for places in alone)
