"""A folder of the reader's pictures: what is in it, and how it is split before anything is made."""

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers._arguments import one_of
from helpers.analysis.folders._classes import NO_CLASS, find_classes
from helpers.analysis.folders._parts import draw_parts, find_twins
from helpers.analysis.folders._samples import SAMPLES, make_samples
from helpers.files import Problem, readable, results_base
from helpers.folder_job import Pairs, find_pairs, fingerprint, labels_shown, read_labels_of
from helpers.images import check_range
from helpers.similarity import thumbnail

HEAVY = 10_000_000  # pixels of a picture above which it is worked on alone
LONGEST = 255  # bytes of a name that file systems take
MASKS = "masks"  # folder of the masks in each part


class Sight(NamedTuple):
    """What was seen of one picture and its labels; neither is kept.

    `shown` maps each label of its mask, or class of its boxes, to how often it is there; `told`
    is the SHA-256 of the mask or boxes.
    """

    name: str
    sha256: str
    shape: tuple
    thumbnail: np.ndarray
    shown: dict | None = None
    told: str = ""


class Folder(NamedTuple):
    """Pictures sorted by name, files left out with the reason, conversions, base of results.

    `pairs` tells where masks or boxes are, `value_range` what deep files are read by.
    """

    path: Path
    pictures: tuple
    left_out: dict
    converted: dict
    base: Path
    pairs: Pairs = Pairs()
    value_range: object = None


class Plan(NamedTuple):
    """The group, part and copy's name of each picture, and doubles in different parts.

    `way` says how classes were found, `classes` what each picture counts for, `labels` the name
    of the copy of its mask or text, "" where there is none.
    """

    groups: list
    parts: list
    copies: list
    twins: dict
    way: str
    classes: list
    labels: list


def look_into(
    source, output=None, *, workers=1, labels="auto", sample="pictures", value_range=None
):
    """Look at every file of a folder and its subfolders; hidden ones are passed over.

    Parameters
    ----------
    source : str, Path or None
        None: small pictures cut from the course's own, in a folder of the output.
    output : str, Path or None
        Folder for results; it must not lie in the source.
    workers : int
        Threads; no more than two are used, since a large picture needs much memory.
    labels : str or Path
        As for `folder_job.find_pairs`.
    sample : {"pictures", "masks"}
        Which samples are cut when `source` is None.
    value_range : None, "used" or (low, high)
        As for `augment_folder`.

    Returns
    -------
    Folder

    Raises
    ------
    Problem
        If the folder is missing, holds no usable picture, or encloses the results.
    """
    base = results_base(output)
    one_of(sample, "sample", SAMPLES, error=Problem)
    path = make_samples(base, sample) if source is None else own_data.find_file(source, folder=True)
    path = path.absolute()  # "." has no name
    if base.resolve().is_relative_to(path.resolve()):
        raise Problem(
            f"`output` must lie outside the source {readable(path.name)}, or the results would "
            "become sources: name another folder."
        )
    try:
        value_range = check_range(value_range)
        pairs = find_pairs(path, own_data.names_below(path)[0], labels)
    except ValueError as error:
        raise Problem(str(error)) from None

    def see(name, found):
        read = read_labels_of(pairs, name, found.picture.shape)
        shown, told = labels_shown(read, pairs.names), fingerprint(pairs, name)
        small, shape = thumbnail(found.picture), found.picture.shape
        return Sight(name, found.sha256, shape, small, shown, told), found.converted

    ways = {"workers": workers, "skip": pairs.files, "value_range": value_range}
    seen, left_out = own_data.look_through(path, see, **ways)
    left_out |= pairs.lonely
    if not seen:
        raise Problem(
            f"{readable(path.name)} holds no picture that can be used. "
            f"It holds {own_data.first_reasons(left_out) or 'nothing'}."
        )
    converted = {name: how for name, (_, how) in seen.items() if how}
    sights = tuple(sight for sight, _ in seen.values())
    return Folder(path, sights, left_out, converted, base, pairs, value_range)


def plan_parts(folder, choices):
    """Split a folder into training, validation and test part.

    Parameters
    ----------
    folder : Folder
    choices : Choices

    Returns
    -------
    Plan

    Raises
    ------
    Problem
        If there are too few groups, names that would collide in one folder or be too long, no
        class for a class folder, or fewer pictures to make than there are to train on.
    """
    names = [picture.name for picture in folder.pictures]
    groups = own_data.name_groups(names, choices.by)
    shown = [picture.shown or {} for picture in folder.pictures]
    way, classes = find_classes(names, groups, shown, choices.classes)
    copies = _name_copies(names, classes if choices.class_folders else None)
    labels = [_label_copy(folder.pairs, *pair) for pair in zip(names, copies, strict=True)]
    _check_names(names, copies)
    _check_names(names, labels)
    parts = draw_parts(groups, choices.shares, choices.seed, classes)
    if choices.count < (training := parts.count("train")):
        raise Problem(
            f"`count` must be at least {training}, or some of the {training} training pictures "
            f"would not be used; got {choices.count}."
        )
    twins = find_twins(folder.pictures, parts)
    return Plan(groups, parts, copies, twins, way, classes, labels)


def _name_copies(names, classes):
    """Name the copy of each picture below its part: flat, or in the folder of its class."""
    names = _without_shared(names)
    if classes is None:
        return [name.replace("/", "__") for name in names]
    copies = []
    for name, told in zip(names, classes, strict=True):
        folder = next(iter(told), "").replace("/", "_")
        if len(told) != 1 or folder.startswith(".") or folder == MASKS:
            raise Problem(
                "`class_folders` needs one class for each picture, whose name can name a folder; "
                f"{readable(name)} has {', '.join(map(readable, told)) or 'none'}: set `classes`."
            )
        inner = [part for part in PurePosixPath(name).parts if part != folder]
        copies.append(f"{folder}/{'__'.join(inner)}")
    return copies


def _without_shared(names):
    """Leave out a folder "images" that all of them lie in."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and min(tops).lower() in NO_CLASS:
        return [name.partition("/")[2] or name for name in names]
    return names


def _label_copy(pairs, name, copy):
    """Name the copy of a mask or text below its part."""
    path = pairs.of.get(name)
    if not isinstance(path, Path):
        return ""
    stem = copy.rpartition(".")[0] or copy
    return f"{MASKS}/{stem}{path.suffix}" if pairs.kind == "masks" else f"{stem}.txt"


def _check_names(names, copies):
    """Refuse copies that would have one name, or one too long."""
    owner = {}
    for name, copy in zip(names, copies, strict=True):
        if copy and (other := owner.setdefault(copy.casefold(), name)) != name:
            raise Problem(
                f"{readable(other)} and {readable(name)} would get one name, {readable(copy)}: "
                "rename one of them."
            )
        if (length := max(len(os.fsencode(part)) for part in copy.split("/"))) > LONGEST:
            raise Problem(
                f"{readable(name)} would get a name of {length} bytes, {readable(copy)}; file "
                f"systems take {LONGEST}: rename it."
            )
