"""Training, validation and test part of a folder, with no group in two of them."""

from collections import defaultdict

import numpy as np

from helpers.files import Problem, readable
from helpers.similarity import likely_copies

PARTS = ("train", "validation", "test")
TRIES = 50  # random orders, of which the one nearest to the wished shares is taken
WORK = 200_000  # steps of all orders together: large folders have fewer of them
MISSED = (4, 1, 2)  # how much it weighs that a class is missing in each part


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


def draw_parts(groups, shares, seed, classes=None):
    """Put whole groups into parts, so that pictures and classes come near the shares.

    Groups come in random order, those of rare classes first, each into the part that lacks most
    of its rarest class (after K. Sechidis and others, 2011, doi:10.1007/978-3-642-23808-6_10). Of
    some such orders the one is taken in which the fewest classes miss a part, and of these the
    one nearest to the shares.

    Parameters
    ----------
    groups : list of str, the group of each picture
    shares : (float, float, float)
        Wished shares of the pictures; a part of share 0 stays empty.
    seed : int >= 0
    classes : list of dict, optional
        Of each picture class -> count.

    Returns
    -------
    list of str, the part of each picture

    Raises
    ------
    Problem
        If there are fewer groups than parts with a share.
    """
    names, places = np.unique(np.asarray(groups, dtype=object), return_inverse=True)
    wanted = [place for place, share in enumerate(shares) if share > 0]
    if len(names) < len(wanted):
        shown = ", ".join(readable(name) for name in names[:3])
        raise Problem(
            f"{len(groups)} pictures are in {len(names)} groups ({shown}), and {len(wanted)} parts "
            "need at least one each: group them by something else, or set a share to 0."
        )
    held = _hold(places.tolist(), len(names), classes or [{}] * len(groups))
    rng, best, least = np.random.default_rng(seed), None, (np.inf, np.inf)
    kinds = len(set().union(*held))  # classes, and the pictures themselves
    for _ in range(max(3, min(TRIES, WORK // sum(map(len, held))))):
        found, missed, off = _deal(rng.permutation(len(names)).tolist(), held, shares, wanted)
        if (missed, off) < least:
            best, least = found, (missed, off)
        if kinds == 1 and least[1] < len(wanted):
            break
    part = {name: PARTS[place] for name, place in zip(names, best, strict=True)}
    return [part[group] for group in groups]


def _hold(places, number, classes):
    """Return what each group holds: None -> pictures, class -> count."""
    held = [defaultdict(int) for _ in range(number)]
    for place, shown in zip(places, classes, strict=True):
        held[place][None] += 1
        for name, count in shown.items():
            held[place][name] += count
    return held


def _deal(order, held, shares, wanted):
    """Return the place of each group, how much is missing, and how far the parts are off."""
    total, left = defaultdict(int), defaultdict(int)  # of each class counts, and groups to come
    for group in held:
        for name, count in group.items():
            total[name] += count
            left[name] += 1
    lack = {name: [share * count for share in shares] for name, count in total.items()}
    without = {name: set(wanted) for name in total}
    rarest = [min(left[name] for name in group) for group in held]
    if len(total) > 1:
        order = sorted(order, key=rarest.__getitem__)
    places = [0] * len(order)
    for group in order:
        inside = held[group]
        open_to = _open_to(inside, left, without, wanted)
        kinds = sorted(inside, key=lambda name: (name is None, left[name], str(name)))
        pull = {part: [round(lack[kind][part], 9) for kind in kinds] for part in open_to}
        places[group] = place = max(sorted(open_to), key=pull.__getitem__)
        for name, count in inside.items():
            lack[name][place] -= count
            left[name] -= 1
            without[name].discard(place)
    missed = sum(MISSED[place] for empty in without.values() for place in empty)
    return places, missed, sum(abs(miss) for lacks in lack.values() for miss in lacks)


def _open_to(inside, left, without, wanted):
    """Return the parts that a group may go to: those that would stay without one of its classes.

    The part with the greatest weight of `MISSED` comes first if too few groups are left for all.
    """
    for name in sorted(inside, key=lambda name: (name is not None, left[name], str(name))):
        empty = without[name]
        if empty and left[name] <= len(empty):
            return sorted(empty, key=lambda place: -MISSED[place])[: max(1, left[name])]
    return wanted


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
