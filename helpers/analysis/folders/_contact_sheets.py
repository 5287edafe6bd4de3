"""Training pictures before and after, side by side, with their masks or boxes laid over them."""

import json

import cv2
import numpy as np

from helpers.analysis.folders._work import FOLDERS, keep_or_write, read_manifest
from helpers.augment import random_transform
from helpers.files import Problem, readable
from helpers.folder_job import Boxes, Mask, find_pairs, read_labels_of
from helpers.images import Unusable, read_source
from helpers.own_data import names_below
from helpers.sheets import encode, fit, grid, tile

ROOM = 120  # pixels a side for one picture of a contact sheet
COLOURS = np.array(  # of Okabe and Ito, told apart by all eyes
    [(86, 180, 233), (213, 94, 0), (0, 158, 115), (240, 228, 66), (204, 121, 167), (230, 159, 0)],
    dtype=np.uint8,
)
SHARE = 0.45  # of a colour over a picture


def lay_over(picture, labels):
    """Lay a mask or boxes over a picture: each label but 0 in a colour of its own.

    Parameters
    ----------
    picture : array of shape (M, N) or (M, N, 3), uint8
    labels : Mask, Boxes or None
        None gives the picture back.

    Returns
    -------
    array of shape (M, N, 3), uint8
    """
    colour = picture if picture.ndim == 3 else np.stack([picture] * 3, axis=-1)
    if isinstance(labels, Mask):
        colour = _tinted(colour, labels.values)
    elif isinstance(labels, Boxes):
        colour = colour.copy()
        thick = max(1, round(max(colour.shape) / 100))
        for thing in labels.things:
            shade = COLOURS[thing.label % len(COLOURS)].tolist()
            cv2.polylines(
                colour, [_inner(corners) for corners in thing.outlines], True, shade, thick
            )
    return colour


def _inner(corners):
    """Return the outermost pixels within an outline as (column, row)."""
    inward = 0.5 * np.sign(corners.mean(axis=0) - corners)
    return np.rint(corners - 0.5 + inward)[:, ::-1].astype(np.int32)


def _tinted(colour, values):
    if values.ndim == 3:  # a mask that is colours already
        inside, shades = values.any(axis=-1), values.astype(np.float64)
    else:
        _, order = np.unique(values, return_inverse=True)
        order = order.reshape(values.shape)
        inside = values != 0
        first = int(values.min() == 0)  # 0 is the ground, the next label gets the first colour
        shades = COLOURS[(order - first) % len(COLOURS)].astype(np.float64)
    rim = inside & (cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    share = np.where(rim, 1.0, np.where(inside, SHARE, 0.0))[..., None]
    return np.rint((1 - share) * colour + share * shades).astype(np.uint8)


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
    pictures : list of the original and the transformed one, labels laid over both
    caption : str
    """
    training = [place for place, part in enumerate(plan.parts) if part == "train"]
    training.sort(key=lambda place: plan.copies[place])
    sight = folder.pictures[training[number % len(training)]]
    try:
        file = folder.path / sight.name
        picture = read_source(file, value_range=folder.value_range).picture
        labels = read_labels_of(folder.pairs, sight.name, picture.shape)
    except Unusable as reason:
        raise Problem(f"{readable(sight.name)} can no longer be used: {reason}.") from None
    rng = np.random.default_rng([seed, number])
    ways = {"operations": choices.operations, "border": folder.pairs.border}
    image, described = random_transform(picture, rng=rng, **ways)
    moved = move(labels, described, folder.pairs.border, choices.least_seen)
    told = "; ".join(
        f"{name} " + ", ".join(f"{key} {value}" for key, value in settings.items())
        for name, settings in described.items()
    )
    if isinstance(labels, Boxes):
        told += f"; boxes {len(moved.things)} of {len(labels.things)}"
    shown = [(picture, labels), (image, moved)] if labels is not None else []
    laid = [lay_over(*pair) for pair in shown] or [picture, image]
    return [fit(pixels, 480) for pixels in laid], f"{readable(sight.name)}: {told}"


def move(labels, described, border, least_seen):
    """Return a mask or boxes after a transform, as the job moves them."""
    if isinstance(labels, Mask):
        return labels.moved(described, border)
    return labels.moved(described, least_seen) if labels is not None else None


def draw_sheets(job, *, most=24, columns=8):
    """Draw training pictures before and after on two contact sheets, in the same places.

    Masks or boxes are laid over them as the files of the job have them.

    Parameters
    ----------
    job : Path of a finished job
    most, columns : int
        Pictures on a sheet, spread over all of them, and how many in a row.

    Returns
    -------
    before, after : arrays of shape (M, N, 3), uint8
    """
    first, asked = {}, json.loads((job / "job.json").read_bytes())
    for row in read_manifest(job):
        first.setdefault(row["source"], row["file"])
    names = sorted(first)
    chosen = [names[i] for i in np.linspace(0, len(names) - 1, min(most, len(names))).astype(int)]
    columns, sheets = min(columns, len(chosen)), []
    for part, files in ((FOLDERS["train"], chosen), ("train", [first[n] for n in chosen])):
        pairs = find_pairs(job / part, names_below(job / part)[0], asked["labels"])
        ranged = asked["value_range"] if part != "train" else None
        tiles = [_tile(job / part, file, pairs, ranged) for file in files]
        sheets.append(grid(tiles, columns))
    return tuple(sheets)


def _tile(folder, name, pairs, value_range):
    picture = read_source(folder / name, value_range=value_range).picture
    if pairs.kind != "none":
        picture = lay_over(picture, read_labels_of(pairs, name, picture.shape))
    return tile(picture, name.rpartition("/")[2], ROOM)


def write_sheets(job, sheets):
    """Write ``before.png`` and ``after.png`` beside the parts.

    Parameters
    ----------
    job : Path
    sheets : before and after, from `draw_sheets`
    """
    for name, sheet in zip(("before.png", "after.png"), sheets, strict=True):
        keep_or_write(job / name, encode(sheet, ".png"))
