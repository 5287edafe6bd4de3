"""What is told of one picture: a mask or boxes, read, fingerprinted, moved and written."""

import hashlib
import json
from collections import Counter
from pathlib import Path

from helpers.files import write_whole
from helpers.folder_job import _coco, _masks, _yolo
from helpers.images import Unusable

COLUMNS = {"masks": ("labels", "labels_sha256"), "coco": ("boxes", "dropped")}
COLUMNS |= {"none": (), "yolo": (*COLUMNS["masks"], *COLUMNS["coco"])}


def read_labels_of(pairs, name, shape):
    """Read what is told of a picture.

    Parameters
    ----------
    pairs : Pairs
    name : str, path of the picture below its folder
    shape : the first two are rows and columns of the picture, upright

    Returns
    -------
    Mask, Boxes, or None if the kind is "none"

    Raises
    ------
    Unusable
        If there is none though there must be, or it does not fit the picture. A picture without
        a text of YOLO shows nothing.
    """
    found = pairs.of.get(name)
    if pairs.kind == "yolo":
        return _yolo.read_boxes(found, shape)
    if pairs.kind == "none":
        return None
    if found is None:
        raise Unusable("has no mask" if pairs.kind == "masks" else f"is not in {pairs.where}")
    if pairs.kind == "masks":
        return _masks.read_mask(found, shape)
    return _coco.boxes_of(found, shape)


def labels_shown(labels, names):
    """Return what a mask or boxes show, by name, and how often.

    Parameters
    ----------
    labels : Mask, Boxes or None
    names : dict of int -> str, names of classes

    Returns
    -------
    dict of str -> int; each label of a mask counts once
    """
    if labels is None:
        return {}
    if isinstance(labels, _masks.Mask):
        return {str(label): 1 for label in sorted(_masks.labels_in(labels.values))}
    return dict(Counter(names.get(t.label, f"class {t.label}") for t in labels.things))


def fingerprint(pairs, name):
    """Return the SHA-256 of what is told of a picture, or "" if nothing is.

    Parameters
    ----------
    pairs : Pairs
    name : str, path of the picture below its folder

    Returns
    -------
    str
    """
    found = pairs.of.get(name)
    if isinstance(found, Path):
        try:
            content = found.read_bytes()
        except OSError as error:
            raise Unusable(f"its {found.name} cannot be read: {error.strerror}") from None
    else:
        content = json.dumps(found, sort_keys=True).encode() if found else b""
    return hashlib.sha256(content).hexdigest() if content or found else ""


def write_moved(folder, file, labels, description, pairs, least_seen):
    """Move what is told of a picture, write it beside the new picture, and return its record.

    Parameters
    ----------
    folder : Path, of the job
    file : str, name of the new picture
    labels : Mask, Boxes or None
    description : dict, the transform
    pairs : Pairs
    least_seen : float

    Returns
    -------
    dict of the columns of this kind
    """
    if pairs.kind == "none":
        return {}
    if pairs.kind == "masks":
        moved = labels.moved(description, pairs.border)
        name = f"masks/{file.rpartition('.')[0]}.{moved.ending}"
        write_whole(folder / name, content := moved.encoded(folder / name))
        return {"labels": name, "labels_sha256": _digest(content)}
    moved = labels.moved(description, least_seen)
    kept = len(moved.things)
    counts = {"boxes": kept, "dropped": len(labels.things) - kept}
    if pairs.kind == "coco":
        return counts
    name, content = f"{file.rpartition('.')[0]}.txt", _yolo.write_rows(moved)
    write_whole(folder / name, content)
    return {"labels": name, "labels_sha256": _digest(content)} | counts


def tables_of(pairs, records, shapes, least_seen):
    """Return the files by name that tell of all pictures at once: of COCO the table.

    Parameters
    ----------
    pairs : Pairs
    records : dict of the name of a new picture -> its record
    shapes : dict of the name of a source -> its shape
    least_seen : float

    Returns
    -------
    dict of str -> bytes
    """
    if pairs.kind == "yolo" and pairs.names:
        last = max(pairs.names)
        lines = [pairs.names.get(number, "") for number in range(last + 1)]
        return {"classes.txt": "".join(f"{line}\n" for line in lines).encode()}
    if pairs.kind != "coco":
        return {}
    pictures = []
    for file in sorted(records):
        entry = pairs.of[name := records[file]["source"]]
        boxes = _coco.boxes_of(entry, shapes[name])
        pictures.append((file, entry, boxes.moved(records[file]["transform"], least_seen)))
    return {_coco.NAME: _coco.encoded(_coco.join_table(pairs.head, pictures))}


def copied_tables(pairs, copies):
    """Return the files by name that tell of untouched copies of pictures.

    Parameters
    ----------
    pairs : Pairs
    copies : dict of the name of a copy -> the name of the picture

    Returns
    -------
    dict of str -> bytes
    """
    if pairs.kind == "coco":
        told = {copy: pairs.of[name] for copy, name in sorted(copies.items())}
        return {_coco.NAME: _coco.encoded(_coco.part_of_table(pairs.head, told))}
    return tables_of(pairs, {}, {}, 0)


def _digest(content):
    return hashlib.sha256(content).hexdigest()
