"""Which file tells what a picture shows: a mask, a text of boxes, or one table for all."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from helpers._arguments import nearest
from helpers.folder_job import _coco, _masks, _yolo
from helpers.folder_job._names import (
    BESIDE,
    CLASSES,
    candidates_below,
    candidates_in,
    folders_beside,
    pair,
)
from helpers.images import Unusable

KINDS = ("auto", "none", "masks", "yolo", "coco")
NOUNS = {"masks": "a mask", "yolo": "boxes"}
LOOKED_AT = 40  # texts that tell whether texts are boxes


@dataclass(frozen=True)
class Pairs:
    """What was recognised in a folder.

    Attributes
    ----------
    kind : {"none", "masks", "yolo", "coco"}
    where : str, in words
    of : dict of the path of a picture below the folder -> Path of its mask or text, or its
        `_coco.Entry`
    files : frozenset of the paths below the folder that are no pictures
    lonely : dict of a file, or a name in a table -> the reason why it has no picture
    names : dict of the number of a class -> its name
    head : dict, what a table of COCO says beside pictures and things
    """

    kind: str = "none"
    where: str = ""
    of: dict = field(default_factory=dict)
    files: frozenset = frozenset()
    lonely: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    head: dict = field(default_factory=dict)

    @property
    def border(self):
        """What lies outside a picture: a mirrored thing has a mirrored mask, but no box."""
        return "constant" if self.kind in ("yolo", "coco") else "reflect"

    @property
    def left_behind(self):
        """What is told of things beside boxes and outlines, and does not move with them."""
        return _coco.left_behind(self.of.values()) if self.kind == "coco" else []

    def only(self, name):
        """Return what one picture needs, light enough to travel to another process."""
        of = {name: self.of[name]} if name in self.of else {}
        return Pairs(self.kind, self.where, of)


def find_pairs(folder, names, labels="auto"):
    """Find the files of a folder that tell where in its pictures something is.

    Parameters
    ----------
    folder : str or Path
    names : list of str
        Paths of all files below it, with ``/`` between folders.
    labels : str or Path
        "auto": masks (``x_mask.png`` for ``x.png``, or the picture's name in a folder ``masks``
        in or beside this one), boxes of YOLO (``x.txt``, or in a folder ``labels``) or of COCO (a
        ``.json`` in the folder), whichever there is. "masks", "yolo" or "coco": this kind. "none":
        every file is taken as a picture. Else the path of a COCO file or of a folder of masks or
        texts, or what the names of masks end with, such as "_seg".

    Returns
    -------
    Pairs

    Raises
    ------
    ValueError
        If `labels` is none of these, several kinds are found, or there is nothing of what it names.
    """
    folder, words = Path(folder), str(labels)
    if words == "none":
        return Pairs()
    if words in FINDERS:
        if (found := FINDERS[words](folder, names)) is None:
            raise ValueError(f'`labels` is "{words}", and {folder.name} holds none of that kind.')
        return found
    if words != "auto":
        return _find_named(folder, names, words)
    found = [pairs for find in FINDERS.values() if (pairs := find(folder, names, sure=True))]
    if len(found) > 1:
        told = " and ".join(f'"{pairs.kind}" ({pairs.where})' for pairs in found)
        raise ValueError(f"`labels` must name one kind; {folder.name} holds {told}.")
    return found[0] if found else Pairs()


def _find_named(folder, names, words):
    given = next((p for p in (folder / words, Path(words).expanduser()) if p.exists()), None)
    if given is not None and given.is_dir():
        return _find_in(folder, names, given)
    if given is not None and given.suffix.lower() == ".json":
        return _read_coco(folder, names, given, sure=False)
    if given is None and re.match(r"[_.-]\w+$", words):
        pattern = re.compile(re.escape(words) + "$", re.I)
        if found := _find_masks(folder, names, beside=pattern):
            return found
        raise ValueError(f'`labels` is "{words}", and no file is named so beside its picture.')
    raise ValueError(
        f"`labels` must be one of {', '.join(KINDS)}, a COCO file, a folder, or what names of "
        f'masks end with, such as "_seg"; got "{words}".{nearest(words, KINDS)}'
    )


def _find_in(folder, names, given):
    """Pair the files of one folder that was named."""
    found = candidates_in(given)
    kind = "yolo" if found and all(c.path.suffix == ".txt" for c in found) else "masks"
    below = given.absolute().is_relative_to(folder.absolute())
    own = {name for name in names if below and (folder / name).is_relative_to(given)}
    pairs = _joined(folder, [n for n in names if n not in own], kind, found, f"in {given.name}")
    if pairs is None:
        raise ValueError(f"`labels` is the folder {given.name}, and no file in it fits a picture.")
    return replace(pairs, files=pairs.files | own)


def _find_masks(folder, names, *, sure=False, beside=BESIDE):
    """Find masks by their names; `sure` asks that they look like masks, too."""
    found = candidates_below(folder, names, "masks", beside)
    pairs = _joined(folder, names, "masks", found) or _beside(folder, names, "masks")
    if pairs and sure:
        seen = [(folder / name, path) for name, path in sorted(pairs.of.items())]
        pairs = pairs if _masks.look_like_masks(seen) else None
    return pairs


def _find_yolo(folder, names, *, sure=False):
    """Find texts of boxes; `sure` asks that at least half of them can be read as boxes."""
    found = candidates_below(folder, names, "yolo")
    pairs = _joined(folder, names, "yolo", found) or _beside(folder, names, "yolo")
    if pairs and sure:
        some = sorted(pairs.of.values())[:: max(1, len(pairs.of) // LOOKED_AT)]
        pairs = pairs if 2 * sum(map(_is_boxes, some)) >= len(some) else None
    return pairs


def _find_coco(folder, names, *, sure=False):
    """Find the one table of boxes among the files of a folder."""
    files, tables, faults = [n for n in names if n.lower().endswith(".json")], [], []
    for file in files:
        try:
            tables.append(_read_coco(folder, names, folder / file))
        except ValueError as error:
            faults.append(error)
    if len(tables) > 1:
        told = ", ".join(pairs.where for pairs in tables)
        raise ValueError(f"`labels` must name one COCO file; {folder.name} holds {told}.")
    if not tables and len(files) == 1 and not sure:
        raise faults[0]
    return replace(tables[0], files=tables[0].files | set(files)) if tables else None


FINDERS = {"masks": _find_masks, "yolo": _find_yolo, "coco": _find_coco}


def _beside(folder, names, kind):
    """Pair with the files of a folder beside the one of the pictures."""
    for given in folders_beside(folder, kind):
        found = [c for c in candidates_in(given) if (c.path.suffix == ".txt") == (kind == "yolo")]
        if pairs := _joined(folder, names, kind, found, f"in {given.name} beside {folder.name}"):
            return pairs
    return None


def _joined(folder, names, kind, found, where=""):
    """Return the pairs, or None if there is not one."""
    of, lonely = pair(names, found, NOUNS[kind])
    if not of:
        return None
    if kind == "yolo":  # a text that is no list of boxes is a text
        paths = {candidate.name: candidate.path for candidate in found}
        lonely = {name: why for name, why in lonely.items() if _is_boxes(paths[name], least=1)}
    own = {c.name for c in found if c.is_inside and (c.name in lonely or c.path in of.values())}
    places = sorted({PurePosixPath(name).parent.as_posix() for name in own})
    where = where or ("in " + ", ".join(places[:3]) if places != ["."] else "beside the pictures")
    tables = [n for n in names if PurePosixPath(n).name in CLASSES] if kind == "yolo" else []
    names_of = _class_names(folder, tables, found) if kind == "yolo" else {}
    return Pairs(kind, where, of, frozenset(own | set(tables)), lonely, names_of)


def _is_boxes(path, least=0):
    try:
        return len(_yolo.read_rows(path)) >= least
    except Unusable:
        return False


def _class_names(folder, tables, found):
    """Return the names of the classes of YOLO, if a file among or above its texts has them."""
    places = [folder / name for name in tables]
    places += [found[0].path.parent / name for name in CLASSES]
    for place in places + [found[0].path.parent.parent / name for name in CLASSES]:
        if place.is_file():
            lines = place.read_text(encoding="utf-8-sig", errors="replace").splitlines()
            return {number: line.strip() for number, line in enumerate(lines) if line.strip()}
    return {}


def _read_coco(folder, names, file, *, sure=True):
    try:
        entries, head = _coco.read_table(file)
    except Unusable as reason:
        raise ValueError(f"`labels` must be a table of COCO; {file.name} {reason}.") from None
    by_end = {}
    for name in names:
        by_end.setdefault(PurePosixPath(name).name, []).append(name)
    known, of, lonely = set(names), {}, {}
    for told, entry in entries.items():
        path = PurePosixPath(str(told).replace("\\", "/"))
        found = [path.as_posix()] if path.as_posix() in known else by_end.get(path.name, [])
        if len(found) == 1 and found[0] not in of:
            of[found[0]] = entry
        else:
            fits = f"fits {len(found)} pictures" if len(found) > 1 else "without a picture"
            lonely[str(told)] = f"an entry of {file.name} {fits}"
    if not of:
        raise ValueError(f"`labels` must tell of pictures in {folder.name}; {file.name} does not.")
    below = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else ""
    classes = {int(row["id"]): str(row["name"]) for row in head["categories"]}
    return Pairs("coco", file.name, of, frozenset({below} - {""}), lonely, classes, head)
