"""Boxes and outlines as COCO writes them: one table of pictures, things and classes."""

import json
from typing import NamedTuple

import numpy as np

from helpers.folder_job._boxes import Boxes, Thing, area_of, corners_of
from helpers.images import Unusable

NAME = "annotations.json"
LEFT_BEHIND = ("keypoints", "num_keypoints")  # left and right would have to change in a mirror
PLACES = 3  # decimals of a pixel


class Entry(NamedTuple):
    """A picture in the table, with the rows of its things."""

    image: dict
    rows: tuple


def read_table(path):
    """Return the entries of a table by ``file_name``, and the table without its pictures.

    Parameters
    ----------
    path : Path

    Returns
    -------
    entries : dict of str -> Entry
    head : dict, what is copied: categories, licenses, info

    Raises
    ------
    Unusable
        If it is no such table; the reason says what is missing.
    """
    try:
        table = json.loads(path.read_bytes())
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from None
    except ValueError:
        raise Unusable("is no JSON") from None
    keys = ("images", "annotations", "categories")
    if not isinstance(table, dict) or not all(isinstance(table.get(key), list) for key in keys):
        raise Unusable("must hold the lists images, annotations and categories")
    try:
        rows = {image["id"]: [] for image in table["images"]}
        for row in table["annotations"]:
            if row["image_id"] not in rows:
                raise Unusable(f"names an image {row['image_id']} that it does not list")
            _check_box(row)
            rows[row["image_id"]].append(row)
        entries = {i["file_name"]: Entry(i, tuple(rows[i["id"]])) for i in table["images"]}
        head = {key: value for key, value in table.items() if key not in keys[:2]}
        {int(category["id"]): category["name"] for category in table["categories"]}
    except Unusable:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable(f"lacks or has another kind of {error}") from None
    return entries, head


def _check_box(row):
    box = [float(value) for value in row["bbox"]]
    if len(box) != 4 or not np.isfinite(box).all() or min(box[2:]) < 0:
        raise Unusable(f"has a bbox that is none: {row['bbox']}")
    int(row["category_id"])


def boxes_of(entry, shape):
    """Return the things of a picture of some shape.

    Parameters
    ----------
    entry : Entry
    shape : the first two are rows and columns

    Returns
    -------
    Boxes

    Raises
    ------
    Unusable
        If the table says another size.
    """
    told = entry.image.get("height", shape[0]), entry.image.get("width", shape[1])
    if tuple(told) != tuple(shape[:2]):
        raise Unusable(
            f"has {shape[0]} x {shape[1]} pixels, and the table of boxes says {told[0]} x {told[1]}"
        )
    return Boxes(tuple(map(_thing, entry.rows)), tuple(shape[:2]))


def _thing(row):
    polygons = row.get("segmentation")
    if isinstance(polygons, list) and polygons and all(len(p) >= 6 for p in polygons):
        outlines = tuple(np.reshape(np.float64(p), (-1, 2))[:, ::-1] for p in polygons)
        return Thing(outlines, False, int(row["category_id"]), row)
    left, top, width, height = map(float, row["bbox"])
    corners = corners_of(top, left, top + height, left + width)
    return Thing((corners,), True, int(row["category_id"]), row)


def left_behind(entries):
    """Return the kinds of what is told of things and is not moved: they get none.

    Parameters
    ----------
    entries : iterable of Entry

    Returns
    -------
    list of str
    """
    rows = [row for entry in entries for row in entry.rows]
    kinds = {
        "keypoints": any("keypoints" in row for row in rows),
        "run-length masks": any(isinstance(row.get("segmentation"), dict) for row in rows),
    }
    return [kind for kind, is_there in kinds.items() if is_there]


def join_table(head, pictures):
    """Return the table of other pictures.

    Parameters
    ----------
    head : dict, from `read_table`
    pictures : list of (file name, entry of its source, Boxes)

    Returns
    -------
    dict
    """
    images, rows = [], []
    for number, (name, entry, boxes) in enumerate(pictures, 1):
        size = {"height": int(boxes.shape[0]), "width": int(boxes.shape[1])}
        images.append(entry.image | {"id": number, "file_name": name} | size)
        for thing in boxes.things:
            rows.append(_row(thing) | {"id": len(rows) + 1, "image_id": number})
    return {"images": images, "annotations": rows, **head}


def part_of_table(head, entries):
    """Return the table of some pictures under other names, their things as they are.

    Parameters
    ----------
    head : dict, from `read_table`
    entries : dict of file name -> Entry

    Returns
    -------
    dict
    """
    images = [entry.image | {"file_name": name} for name, entry in entries.items()]
    rows = [row for entry in entries.values() for row in entry.rows]
    return {"images": images, "annotations": rows, **head}


def _row(thing):
    top, left, bottom, right = thing.box
    row = {key: value for key, value in thing.row.items() if key not in LEFT_BEHIND}
    box = [round(value, PLACES) for value in (left, top, right - left, bottom - top)]
    area = sum(map(area_of, thing.outlines))
    row |= {"bbox": box, "area": round(area, PLACES), "iscrowd": row.get("iscrowd", 0)}
    polygons = [outline[:, ::-1].ravel().round(PLACES).tolist() for outline in thing.outlines]
    return row | {"segmentation": [] if thing.is_box else polygons}


def encoded(table):
    """Return a table as the bytes of a file."""
    return json.dumps(table).encode()
