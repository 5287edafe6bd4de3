"""Training, validation and test part of a folder, with no group in two of them."""

import re
from pathlib import PurePosixPath

import numpy as np

from helpers import own_data
from helpers._arguments import nearest
from helpers.files import Problem
from helpers.similarity import likely_copies

PARTS = ("train", "validation", "test")
WAYS = ("file", "prefix", "folder")
TRIES = 50  # random orders, of which the one nearest to the wished shares is taken


def check_shares(shares):
    """Return the three shares as floats, or say which rule they break."""
    numbers = shares if isinstance(shares, list | tuple) else ()
    fits = all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
    if len(numbers) != 3 or not fits or not all(0 <= n <= 1 for n in numbers) or numbers[0] == 0:
        hint = ""
        if len(numbers) == 3 and fits and min(numbers) >= 0 < numbers[0] and sum(numbers) == 100:
            hint = f" Is [{', '.join(f'{n / 100:g}' for n in numbers)}] meant?"
        raise Problem(
            "`shares` must be three numbers from 0 to 1, for training (above 0), validation and "
            f"test; got {shares}.{hint}"
        )
    if abs(sum(numbers) - 1) > 1e-6:
        raise Problem(f"`shares` must sum to 1; {shares} sum to {sum(numbers):.4g}.")
    return tuple(float(n) for n in numbers)


def name_groups(names, by):
    """Return the group of each picture.

    Parameters
    ----------
    names : list of str
        Paths below the source, with ``/`` between folders.
    by : str
        "file": each on its own. "prefix": the name before its last ``_``, in whichever subfolder.
        "folder": the subfolder. A name that ends in ``.csv``: a table with the columns name and
        group. Anything with a bracket: a regular expression that fits the start of the name (the
        last part of the path); the group is what stands in its first bracket.

    Returns
    -------
    list of str

    Raises
    ------
    Problem
        If `by` is none of these, or leaves a picture without a group.
    """
    if by == "file":
        return list(names)
    if by == "prefix":
        return [(s := PurePosixPath(name).stem).rpartition("_")[0] or s for name in names]
    if by == "folder":
        return [str(PurePosixPath(name).parent) for name in names]
    if isinstance(by, str) and by.lower().endswith(".csv"):
        found = _from_table(names, by)
    elif isinstance(by, str) and "(" in by:
        found = _from_pattern(names, by)
    else:
        raise Problem(
            f"`by` must be one of {', '.join(WAYS)}, a CSV file or a pattern with brackets; got "
            f'"{by}".{nearest(by, WAYS)}'
        )
    if without := [name for name, group in zip(names, found, strict=True) if not group]:
        raise Problem(
            f"`by` must give every picture a group; {by} gives none to {len(without)} of "
            f"{len(names)}, such as {without[0]}."
        )
    return found


def _from_table(names, by):
    table = own_data.read_table(by, labels=["name", "group"], least=1)
    groups = {}
    for name, group in zip(table["name"].tolist(), table["group"].tolist(), strict=True):
        if groups.setdefault(name, group) != group:
            raise Problem(
                f"{by} puts {name} into two groups, {groups[name]} and {group}: keep one."
            )
    return [groups.get(name, "") for name in names]


def _from_pattern(names, by):
    try:
        pattern = re.compile(by)
    except re.error as error:
        raise Problem(f"`by` must be a regular expression; {by} is none: {error}.") from None
    if not pattern.groups:
        raise Problem(f"`by` must have a bracket round the group; got {by}.")
    found = [pattern.match(PurePosixPath(name).name) for name in names]
    return [match[1] if match else "" for match in found]


def draw_parts(groups, shares, seed):
    """Put whole groups into parts, so that the numbers of pictures come near the shares.

    Groups come in random order, each into the part that lacks most pictures. Of some such orders
    the one nearest to the shares is taken.

    Parameters
    ----------
    groups : list of str, the group of each picture
    shares : (float, float, float)
        Wished shares of the pictures; a part of share 0 stays empty.
    seed : int >= 0

    Returns
    -------
    list of str, the part of each picture

    Raises
    ------
    Problem
        If there are fewer groups than parts with a share.
    """
    names, sizes = np.unique(np.asarray(groups, dtype=object), return_counts=True)
    wanted = [place for place, share in enumerate(shares) if share > 0]
    if len(names) < len(wanted):
        shown = ", ".join(str(name) for name in names[:3])
        raise Problem(
            f"{len(groups)} pictures are in {len(names)} groups ({shown}), and {len(wanted)} parts "
            "need at least one each: group them by something else, or set a share to 0."
        )
    rng, best, least = np.random.default_rng(seed), None, np.inf
    for _ in range(TRIES):
        places, miss = _deal(rng.permutation(len(names)), sizes, shares, wanted)
        if miss < least:
            best, least = places, miss
        if least < len(wanted):
            break
    part = {name: PARTS[place] for name, place in zip(names, best, strict=True)}
    return [part[group] for group in groups]


def _deal(order, sizes, shares, wanted):
    """Return the place of each group, and by how many pictures the parts miss their shares."""
    lack = [share * int(sizes.sum()) for share in shares]
    places, empty = [0] * len(order), set(wanted)
    for turn, group in enumerate(order.tolist()):
        open_to = empty if len(order) - turn <= len(empty) else wanted
        place = max(sorted(open_to), key=lack.__getitem__)
        places[group] = place
        lack[place] -= int(sizes[group])
        empty.discard(place)
    return places, sum(map(abs, lack))


def find_twins(pictures, parts):
    """Find pictures that have a likely copy in another part.

    Parameters
    ----------
    pictures : list of Sight
    parts : list of str, the part of each picture

    Returns
    -------
    dict of int -> (int, str)
        For each picture with a copy, the one most like it in another part, and what makes the
        later of the two: "same bytes", or a word of `similarity.Copies`.

    Raises
    ------
    Problem
        If there are too many of them to be listed.
    """
    small = np.array([sight.thumbnail for sight in pictures])
    try:
        found = likely_copies(small, parts=parts)
    except ValueError as error:
        raise Problem(f"Nearly all pictures are copies of those in other parts: {error}") from None
    pairs = sorted(zip(-found.similarity, found.first, found.second, found.how, strict=True))
    owners = {}
    for place, sight in enumerate(pictures):
        owners.setdefault(sight.sha256, {}).setdefault(parts[place], place)
    same = [sorted(places.values())[:2] for places in owners.values() if len(places) > 1]
    told = [(one, other, "same bytes") for one, other in same]
    twins = {}
    for one, other, how in told + [(one, other, how) for _, one, other, how in pairs]:
        twins.setdefault(int(one), (int(other), how))
        twins.setdefault(int(other), (int(one), how))
    return dict(sorted(twins.items()))
