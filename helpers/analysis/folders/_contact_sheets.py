"""Training pictures before and after, side by side."""

import cv2
import numpy as np

from helpers.analysis.folders._work import FOLDERS, keep_or_write, read_manifest
from helpers.augment import random_transform
from helpers.images import read_source
from helpers.sheets import as_rgb, encode

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
    return [_fitted(picture, 480), _fitted(image, 480)], f"{sight.name}: {told}"


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
        tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % columns)
        rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
        sheets.append(np.vstack(rows))
    return tuple(sheets)


def _tile(path):
    picture = as_rgb(_fitted(read_source(path).picture, ROOM - 2))
    label = path.name if len(path.name) <= 18 else f"...{path.name[-15:]}"
    tile = np.full((ROOM + 26, ROOM + 8, 3), 255, dtype=np.uint8)
    small = _fitted(picture, ROOM)
    tile[4 : 4 + small.shape[0], 4 : 4 + small.shape[1]] = small
    look = (cv2.FONT_HERSHEY_SIMPLEX, 0.36, (40, 40, 40), 1, cv2.LINE_AA)
    cv2.putText(tile, label, (4, ROOM + 18), *look)
    return tile


def _fitted(picture, side):
    """Shrink a picture so that no side is longer than `side`."""
    scale = min(1.0, side / max(picture.shape[:2]))
    size = [max(1, round(scale * length)) for length in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def write_sheets(job, sheets):
    """Write ``before.png`` and ``after.png`` beside the parts.

    Parameters
    ----------
    job : Path
    sheets : before and after, from `draw_sheets`
    """
    for name, sheet in zip(("before.png", "after.png"), sheets, strict=True):
        keep_or_write(job / name, encode(sheet, ".png"))
