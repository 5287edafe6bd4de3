"""Training pictures before and after, side by side."""

import numpy as np

from helpers.analysis.folders._work import FOLDERS, keep_or_write, read_manifest
from helpers.augment import random_transform
from helpers.images import read_source
from helpers.sheets import encode, fit, grid, tile

ROOM = 120  # pixels a side for one picture of a contact sheet


def preview(folder, plan, choices, number, seed):
    """Make the training picture of one number as the job would make it with a seed.

    Parameters
    ----------
    folder : Folder
    plan : Plan
    choices : Choices
    number : int >= 0
        The picture's number; its source is the training picture of that number modulo theirs.
    seed : int >= 0

    Returns
    -------
    pictures : list of the original and the transformed one
    caption : str
    """
    training = [place for place, part in enumerate(plan.parts) if part == "train"]
    training.sort(key=lambda place: plan.copies[place])
    sight = folder.pictures[training[number % len(training)]]
    picture = read_source(folder.path / sight.name).picture
    rng = np.random.default_rng([seed, number])
    image, described = random_transform(picture, operations=choices.operations, rng=rng)
    told = "; ".join(
        f"{name} " + ", ".join(f"{key} {value}" for key, value in settings.items())
        for name, settings in described.items()
    )
    return [fit(picture, 480), fit(image, 480)], f"{sight.name}: {told}"


def draw_sheets(job, *, most=24, columns=8):
    """Draw training pictures before and after on two contact sheets, in the same places.

    Parameters
    ----------
    job : Path of a finished job
    most, columns : int
        Pictures on a sheet, spread over all of them, and how many in a row.

    Returns
    -------
    before, after : arrays of shape (M, N, 3), uint8
    """
    first = {}
    for row in read_manifest(job):
        first.setdefault(row["source"], row["file"])
    names = sorted(first)
    chosen = [names[i] for i in np.linspace(0, len(names) - 1, min(most, len(names))).astype(int)]
    columns = min(columns, len(chosen))
    sheets = []
    for folder, files in ((FOLDERS["train"], chosen), ("train", [first[n] for n in chosen])):
        tiles = [_tile(job / folder / file) for file in files]
        sheets.append(grid(tiles, columns))
    return tuple(sheets)


def _tile(path):
    return tile(read_source(path).picture, path.name, ROOM)


def write_sheets(job, sheets):
    """Write ``before.png`` and ``after.png`` beside the parts.

    Parameters
    ----------
    job : Path
    sheets : before and after, from `draw_sheets`
    """
    for name, sheet in zip(("before.png", "after.png"), sheets, strict=True):
        keep_or_write(job / name, encode(sheet, ".png"))
