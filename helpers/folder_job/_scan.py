"""The sources of a job: which files of a folder are pictures, and what tells of them."""

import os
from pathlib import Path
from typing import NamedTuple

from helpers.files import readable
from helpers.folder_job._labels import fingerprint, read_labels_of
from helpers.folder_job._pairs import Pairs, find_pairs
from helpers.folder_job._workers import side_by_side
from helpers.images import Source, Unusable, read_source

DEEP = 3  # folders that are looked into for masks, texts and tables


class Found(NamedTuple):
    """A usable source: its name below the folder, its file, what is told of it and its SHA-256."""

    name: str
    source: Source
    pairs: Pairs
    told: str
    shape: tuple

    def read(self):
        """Return pixels and labels, or raise `Unusable` if a file is not what it was."""
        if not os.path.lexists(self.source.path) and self.source.picture is None:
            raise Unusable("vanished while the job ran")
        pixels = self.source.pixels()
        if fingerprint(self.pairs, self.name) != self.told:
            raise Unusable("its labels changed while the job ran")
        return pixels, read_labels_of(self.pairs, self.name, self.shape)


def scan(folder, destination, *, workers, labels, class_folders, value_range, gate, room):
    """Look at every file of a folder.

    Parameters
    ----------
    folder, destination : Path
    workers : int
    labels : as for `find_pairs`
    class_folders : bool
        Whether the pictures lie in subfolders, one for each class.
    value_range : as for `read_source`
    gate : Gate
    room : int, bytes of decoded pictures that are kept

    Returns
    -------
    found : list of Found, sorted by name
    skipped : dict of str -> reason
    pairs : Pairs

    Raises
    ------
    ValueError
        If no file can be used.
    """
    target = os.path.realpath(destination)  # unlike `resolve`, it accepts links in a circle
    pairs = find_pairs(folder, _names(folder, target), labels)
    paths, skipped = _entries(folder, target, pairs, class_folders)
    skipped |= {readable(name): why for name, why in pairs.lonely.items()}
    usable, tasks = [], [(name, path, pairs.only(name), value_range) for name, path in paths]
    seen = side_by_side(workers, _look, tasks, gate, ordered=True)
    for (name, *_), found in zip(tasks, seen, strict=True):
        if isinstance(found, str):
            skipped[name] = found
            continue
        picture = found.source.picture  # what another process read came without
        if picture is not None and (room := room - picture.nbytes) < 0:
            found = found._replace(source=found.source.without_picture())
        usable.append(found)
    if not usable:
        told = "; ".join(f"{readable(n)}: {reason}" for n, reason in list(skipped.items())[:3])
        raise ValueError(f"`source` must hold a picture that can be used; got {told or 'nothing'}.")
    return usable, skipped, pairs


def _names(folder, target):
    """Return the paths of the files below a folder, not too deep and not in the destination."""
    names = []
    for place, below, files in os.walk(folder):
        spot = Path(place).relative_to(folder)
        below[:] = [
            name
            for name in below
            if not name.startswith(".") and os.path.realpath(os.path.join(place, name)) != target
        ]
        if len(spot.parts) >= DEEP:
            below.clear()
        names += [(spot / name).as_posix() for name in files if not name.startswith(".")]
    return sorted(names)


def _entries(folder, target, pairs, class_folders):
    """Return name and path of what may be a picture, and what is skipped unread."""
    tops = sorted(path for path in folder.iterdir() if os.path.realpath(path) != target)
    of_labels = {name.split("/")[0] for name in pairs.files if "/" in name}
    tops = [path for path in tops if path.name not in pairs.files]
    if not class_folders:
        return [(path.name, path) for path in tops if path.name not in of_labels], {}
    paths, skipped = [], {}
    for top in tops:
        if top.is_symlink() and top.is_dir():
            skipped[top.name] = "a link to a folder: not followed"
        elif not top.is_dir():
            skipped[top.name] = "not in the folder of a class"
        else:
            paths += [(f"{top.name}/{path.name}", path) for path in sorted(top.iterdir())]
    inner = {name.rpartition("/")[0] for name in pairs.files}
    return [pair for pair in paths if pair[0] not in pairs.files | inner], skipped


def _look(gate, task):
    name, path, pairs, value_range = task
    with gate.at_work() as may:
        if not may:
            return "not looked at"
        try:
            if not os.path.lexists(path):
                raise Unusable("vanished while the job ran")
            source = read_source(path, value_range=value_range)
            shape = source.picture.shape[:2]
            read_labels_of(pairs, name, shape)
            return Found(name, source, pairs, fingerprint(pairs, name), shape)
        except Unusable as reason:
            return str(reason)
