"""Boxes as YOLO writes them: a text for each picture, a line for each thing, shares of the sides.

A line is the class and the middle, width and height of a box, or the class and the corners of an
outline, x before y, all from 0 to 1.
"""

import numpy as np

from helpers.folder_job._boxes import Boxes, Thing, corners_of
from helpers.images import Unusable


def read_rows(path):
    """Return the lines of a file as lists of a class and floats.

    Raises
    ------
    Unusable
        With the line that is none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unusable(f"its boxes {path.name} cannot be read: {error.strerror}") from None
    except ValueError:
        raise Unusable(f"its boxes {path.name} are no text") from None
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            label, *values = map(float, line.split())
            fits = label >= 0 and label == int(label)
        except (ValueError, OverflowError):
            fits, values = False, []
        if not fits or not (len(values) == 4 or (len(values) >= 6 and len(values) % 2 == 0)):
            raise Unusable(
                f"its boxes {path.name}, line {number}, must be a class and 4 numbers, or the "
                f"corners of an outline; got {line.strip()[:40]}"
            )
        if not all(-0.001 <= value <= 1.001 for value in values):
            raise Unusable(
                f"its boxes {path.name}, line {number}, must be shares from 0 to 1; got "
                f"{line.strip()[:40]}"
            )
        rows.append([int(label), *values])
    return rows


def read_boxes(path, shape):
    """Read the boxes of a picture of some shape; no file means no thing.

    Parameters
    ----------
    path : Path or None
    shape : the first two are rows and columns

    Returns
    -------
    Boxes
    """
    rows = read_rows(path) if path else []
    return Boxes(tuple(_thing(row, shape[:2]) for row in rows), tuple(shape[:2]))


def _thing(row, shape):
    label, *values = row
    if len(values) > 4:
        corners = np.reshape(values, (-1, 2))[:, ::-1] * shape
        return Thing((corners,), False, label, {})
    x, y, width, height = values
    edges = np.array([y - height / 2, x - width / 2, y + height / 2, x + width / 2])
    return Thing((corners_of(*(edges * np.tile(shape, 2))),), True, label, {})


def write_rows(boxes):
    """Return boxes as the bytes of such a file."""
    return "".join(_line(thing, boxes.shape) for thing in boxes.things).encode()


def _line(thing, shape):
    if thing.is_box:
        top, left, bottom, right = np.array(thing.box) / np.tile(shape, 2)
        values = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
    else:
        values = (thing.outlines[0] / shape)[:, ::-1].ravel()
    return f"{thing.label} " + " ".join(f"{value:.6f}" for value in values) + "\n"
