"""A folder of the reader's pictures: what is in it, and how it is split before anything is made."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import data, own_data
from helpers._arguments import one_of, whole
from helpers.analysis.folders._parts import check_shares, draw_parts, find_twins, name_groups
from helpers.augment import check_operations
from helpers.files import Problem, results_base
from helpers.similarity import thumbnail

SAMPLES = 120
HEAVY = 10_000_000  # pixels of a picture above which it is worked on alone


class Choices(NamedTuple):
    """Checked parameters of a page."""

    count: int
    operations: tuple
    by: str
    shares: tuple
    workers: int
    format: str
    seed: int


class Sight(NamedTuple):
    """What was seen of one picture; its pixels are not kept."""

    name: str
    sha256: str
    shape: tuple
    thumbnail: np.ndarray


class Folder(NamedTuple):
    """Pictures sorted by name, files left out with the reason, conversions, base of results."""

    path: Path
    pictures: tuple
    left_out: dict
    converted: dict
    base: Path


class Plan(NamedTuple):
    """The group, part and copy's name of each picture, and doubles in different parts."""

    groups: list
    parts: list
    copies: list
    twins: dict


def check_choices(*, count, operations, by, shares, workers, format, seed):
    """Check the parameters that need no folder.

    Parameters
    ----------
    count : int >= 1
        Training pictures to make.
    operations : (int, int)
        Least and most operations for each, from 1 to 7.
    by : str
        As for `parts.name_groups`.
    shares : three floats that sum to 1
    workers : int >= 1
    format : {"png", "jpg"}
    seed : int >= 0

    Returns
    -------
    Choices
    """
    try:
        operations = check_operations(operations, colour=False)
    except ValueError as error:
        raise Problem(str(error)) from None
    count = whole(count, "count", error=Problem)
    workers = whole(workers, "workers", error=Problem)
    form, shares = one_of(format, "format", ("png", "jpg"), error=Problem), check_shares(shares)
    if isinstance(by, str) and by.lower().endswith(".csv"):
        by = str(own_data.find_file(by))
    else:
        name_groups(["a_b"] if "(" not in str(by) else [], by)
    seed = whole(seed, "seed", 0, error=Problem)
    return Choices(count, operations, by, shares, workers, form, seed)


def look_into(source, output=None, *, workers=1):
    """Look at every file of a folder and its subfolders; hidden ones are passed over.

    Parameters
    ----------
    source : str, Path or None
        None: 120 small pictures cut from the course's own, in ``sample_pictures`` of the output.
    output : str, Path or None
        Folder for results; it must not lie in the source.
    workers : int
        Threads; no more than two are used, since a large picture needs much memory.

    Returns
    -------
    Folder

    Raises
    ------
    Problem
        If the folder is missing, holds no usable picture, or encloses the results.
    """
    base = results_base(output)
    path = _samples(base) if source is None else own_data.find_file(source, folder=True)
    path = path.absolute()  # "." has no name
    if base.resolve().is_relative_to(path.resolve()):
        raise Problem(
            f"`output` must lie outside the source {path.name}, or the results would become "
            "sources: name another folder."
        )
    seen, left_out = own_data.look_through(path, _see, workers=workers)
    if not seen:
        told = "; ".join(f"{name}: {reason}" for name, reason in list(left_out.items())[:3])
        raise Problem(
            f"{path.name} holds no picture that can be used. It holds {told or 'nothing'}."
        )
    converted = {name: how for name, (_, how) in seen.items() if how}
    return Folder(path, tuple(sight for sight, _ in seen.values()), left_out, converted, base)


def _samples(base):
    try:
        return data.sample_folder(base / "sample_pictures", count=SAMPLES)
    except (ValueError, OSError) as error:
        raise Problem(f"The sample pictures cannot be put there: {error}") from None


def _see(name, found):
    small = thumbnail(found.picture)
    return Sight(name, found.sha256, found.picture.shape, small), found.converted


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
        If there are too few groups, names that would collide in one folder, or fewer pictures to
        make than there are to train on.
    """
    names = [picture.name for picture in folder.pictures]
    copies, owner = [name.replace("/", "__") for name in names], {}
    for name, copy in zip(names, copies, strict=True):
        if (other := owner.setdefault(copy.casefold(), name)) != name:
            raise Problem(f"{other} and {name} would get one name, {copy}: rename one of them.")
    groups = name_groups(names, choices.by)
    parts = draw_parts(groups, choices.shares, choices.seed)
    if choices.count < (training := parts.count("train")):
        raise Problem(
            f"`count` must be at least {training}, or some of the {training} training pictures "
            f"would not be used; got {choices.count}."
        )
    return Plan(groups, parts, copies, find_twins(folder.pictures, parts))
