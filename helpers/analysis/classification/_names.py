"""What names and formats of files give away: things photographed twice, sources, wrong folders."""

import re
from collections import Counter, defaultdict
from pathlib import PurePosixPath

import numpy as np

from helpers.files import readable
from helpers.own_data import from_pattern, same_name

ENDS = r"(.*?)[ _.()-]*[0-9]*[)]?[.][^.]*$"  # a name without its last number
SHOWN = 3  # names in a sentence
TOLD = 0.95  # share of pictures whose format tells the class, from which on the page warns


def tell_names(pictures, choices):
    """Warn of what could make a test too good: names of one thing, of a source, of other classes.

    The classifier does not see names; but they tell what the pictures may share.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices

    Returns
    -------
    list of str
        Each starts with "Warning"; none if nothing was noticed.
    """
    told = [_tell_other_class(pictures), _tell_formats(pictures)]
    if choices.by == "file":
        told += [_tell_ids(pictures)]
    return [words for words in told if words]


def _tell_ids(pictures):
    """Tell that several names begin alike, within classes or for whole classes."""
    names = [sight.name for sight in pictures.sights]
    begins = from_pattern(names, ENDS)
    owners, inside = defaultdict(list), defaultdict(set)
    for name, begin, label in zip(names, begins, pictures.labels.tolist(), strict=True):
        if begin:
            owners[begin].append(name)
            inside[pictures.classes[label]].add(begin)
    several = {begin: own for begin, own in owners.items() if len(own) > 1}
    many = sum(map(len, several.values()))
    if len(several) > len(pictures.classes) and 2 * many > len(names):
        begin, own = max(several.items(), key=lambda item: len(item[1]))
        return (
            f"Warning: {many} names begin in {len(several)} ways, such as {readable(begin)} "
            f"({len(own)}). Is each of these one thing, person or day? Then keep it together: set "
            f"`by` to {ENDS!r}."
        )
    single = {name: min(begins) for name, begins in inside.items() if len(begins) == 1}
    strange = [begin for name, begin in single.items() if not _mentions(begin, name)]
    if len(single) == len(pictures.classes) == len(set(single.values())) == len(strange):
        shown = ", ".join(map(readable, strange[:SHOWN]))
        return (
            f"Warning: all names of a class begin alike ({shown}). If each class comes from one "
            "source, such as one slide, one camera or one day, the source may be what is learned."
        )
    return ""


def _tell_other_class(pictures):
    """Tell of names that hold the word of another class, and not of their own."""
    wrong = []
    for sight, label in zip(pictures.sights, pictures.labels.tolist(), strict=True):
        stem = PurePosixPath(sight.name).stem
        others = [c for place, c in enumerate(pictures.classes) if place != label]
        if any(_mentions(stem, c) for c in others) and not _mentions(stem, pictures.classes[label]):
            wrong.append(readable(sight.name))
    if not wrong:
        return ""
    return (
        f"Warning: {len(wrong)} names say another class than their folder, such as "
        f"{', '.join(wrong[:SHOWN])}. Are they in the right folder?"
    )


def _mentions(text, word):
    """Tell whether a word stands in a text, with no letter before or behind it."""
    text, word = same_name(text).casefold(), re.escape(same_name(word).casefold())
    return bool(re.search(rf"(?<![^\W\d_]){word}(?![^\W\d_])", text))


def _tell_formats(pictures):
    """Tell that kind and size of the files alone give the class away."""
    kinds = defaultdict(Counter)
    for sight, label in zip(pictures.sights, pictures.labels.tolist(), strict=True):
        kinds[PurePosixPath(sight.name).suffix.lower(), sight.shape][label] += 1
    right = sum(max(counts.values()) for counts in kinds.values()) / len(pictures.sights)
    usual = np.bincount(pictures.labels).max() / len(pictures.sights)
    if right < TOLD or right < (1 + usual) / 2 or 4 * len(kinds) > len(pictures.sights):
        return ""
    (ending, (rows, columns)), counts = max(kinds.items(), key=lambda item: sum(item[1].values()))
    return (
        f"Warning: ending and size of the files alone tell the class of {right:.0%} of the "
        f"pictures: {ending or 'no ending'} of {rows} x {columns} is "
        f"{readable(pictures.classes[counts.most_common(1)[0][0]])}. Sharpness and traces of "
        "compression may be what is learned: bring all pictures into one form from their originals."
    )
