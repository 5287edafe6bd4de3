"""What a page says of classes, and of masks and boxes: sentences and a table."""

from collections import defaultdict
from pathlib import Path

from helpers.analysis.folders._parts import PARTS
from helpers.files import readable

KINDS = {"masks": "masks", "yolo": "texts of boxes (YOLO)", "coco": "entries of a table (COCO)"}
FROM = {
    "labels": "what masks or boxes show",
    "folder": "the folders",
    "prefix": "the first part of the names",
}
SHOWN = 5  # names in a warning


def _counts(plan):
    """Return of each class how much of it is in each part."""
    counts = defaultdict(lambda: dict.fromkeys([p for p in PARTS if p in plan.parts], 0))
    for part, classes in zip(plan.parts, plan.classes, strict=True):
        for name, count in classes.items():
            counts[name][part] += count
    return dict(sorted(counts.items()))


def table_of_classes(plan):
    """Return the columns class, one for each part, and all; a dict without rows if there is none.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    dict of str -> list
    """
    counts = _counts(plan)
    if not counts:
        return {}
    table = {"class": list(map(readable, counts))}
    for part in next(iter(counts.values())):
        table[part] = [counted[part] for counted in counts.values()]
    return table | {"all": [sum(counted.values()) for counted in counts.values()]}


def count_classes(plan):
    """Say in one sentence which classes were balanced.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
    """
    if plan.way == "none":
        return "No classes are known: groups alone decide who goes where."
    number = len(_counts(plan))
    noun = "class" if number == 1 else "classes"
    return f"{number} {noun}, by {FROM.get(plan.way, Path(plan.way).name)}."


def warn_of_classes(plan):
    """Warn of each part that misses a class.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    list of str
        Each starts with "Warning"; none if each part holds all.
    """
    counts, said = _counts(plan), []
    for part in [part for part in PARTS if part in plan.parts]:
        missing = [readable(name) for name, counted in counts.items() if not counted[part]]
        if not missing:
            continue
        told = ", ".join(missing[:SHOWN]) + (" and more" if len(missing) > SHOWN else "")
        what = "a model would never see" if part == "train" else "it tells nothing of"
        said.append(
            f"Warning: the {part} part holds none of {told} ({len(missing)} of {len(counts)} "
            f"classes): {what} {'it' if len(missing) == 1 else 'them'}. Too few groups hold "
            f"{'that class' if len(missing) == 1 else 'those classes'} to be in every part."
        )
    return said


def describe_labels(folder):
    """Say in one line which masks or boxes were found.

    Parameters
    ----------
    folder : Folder

    Returns
    -------
    str
    """
    pairs = folder.pairs
    if pairs.kind == "none":
        return "masks and boxes: none were found"
    told = f"masks and boxes: {len(pairs.of)} {KINDS[pairs.kind]}, {pairs.where}"
    without = [sight.name for sight in folder.pictures if sight.name not in pairs.of]
    if without:
        shown = ", ".join(map(readable, without[:SHOWN])) + ", ..." * (len(without) > SHOWN)
        verb = (
            "picture has none and counts" if len(without) == 1 else "pictures have none and count"
        )
        told += f"; {len(without)} {verb} as empty: {shown}"
    if pairs.lonely:
        told += f"; {len(pairs.lonely)} without a picture"
    return told


def describe_classes(folder, plan, choices):
    """Say in sentences how classes were balanced, and how masks or boxes were moved.

    Parameters
    ----------
    folder : Folder
    plan : Plan
    choices : Choices

    Returns
    -------
    list of str
    """
    said, counts = [], _counts(plan)
    if len(counts) > 1:
        missing = len(warn_of_classes(plan))
        parts = ("all parts hold every class", "1 part misses a class")[missing == 1]
        parts = f"{missing} parts miss a class" if missing > 1 else parts
        way = FROM.get(plan.way, Path(plan.way).name)
        said.append(f"The {len(counts)} classes, by {way}, were balanced: {parts}.")
    if folder.pairs.kind == "masks":
        said.append(
            "Each mask got the geometry of its picture's transform by nearest neighbours, so no "
            "label is new; blur, colours and erased rectangles left it as it was."
        )
    elif folder.pairs.kind != "none":
        said.append(
            "Each box got the geometry of its picture's transform, was cut at the border, and was "
            f"dropped where less than {choices.least_seen:g} of it was seen; outside the pictures "
            "lies black."
        )
    if lost := folder.pairs.left_behind:
        said.append(
            f"The pictures that were made have no {' and no '.join(lost)}: they stay with the "
            "untouched copies."
        )
    return said
