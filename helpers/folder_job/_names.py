"""Names of files that belong together: a picture, and what tells of it."""

import re
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import NamedTuple

FOLDERS = {"masks": re.compile(r"(.+[_ -])?masks?", re.I), "yolo": re.compile("labels", re.I)}
ENDS = re.compile(r"[_.-](masks?|gt|labels?|seg|segmentation)$", re.I)  # of names in such folders
BESIDE = re.compile(r"[_.-]mask$", re.I)  # of names beside pictures
NO_PICTURE = (".txt", ".json", ".csv", ".xml", ".yaml", ".yml", ".md")
USUAL = ("images", "image", "imgs", "img", "pictures", "photos", "jpegimages")
CLASSES = ("classes.txt", "predefined_classes.txt")  # names of the classes of YOLO, one a line


class Candidate(NamedTuple):
    """A file that may tell of a picture: its name, its path, and where the picture may be.

    A place is (None, folders, stem), or (i, folders without the one at i, stem) if the picture
    lies in a folder of any name at i. `is_inside` tells whether it lies below the folder.
    """

    name: str
    path: Path
    is_inside: bool
    places: tuple


def candidates_below(folder, names, kind, beside=BESIDE):
    """Return the candidates among the files of a folder: in folders for them, or beside pictures.

    Parameters
    ----------
    folder : Path
    names : list of str, paths below it
    kind : {"masks", "yolo"}
    beside : pattern, what the names of masks end with

    Returns
    -------
    list of Candidate
    """
    found = []
    for name in names:
        path = PurePosixPath(name)
        is_text = path.suffix.lower() == ".txt" and path.name not in CLASSES
        if is_text if kind == "masks" else not is_text:
            continue
        parents = path.parts[:-1]
        at = next((i for i, part in enumerate(parents) if FOLDERS[kind].fullmatch(part)), None)
        stems = (path.stem, ENDS.sub("", path.stem))
        if at is not None:
            parents = parents[:at] + parents[at + 1 :]
        elif kind == "masks" and (short := beside.sub("", path.stem)) not in ("", path.stem):
            stems = (short,)
        elif kind == "masks":
            continue
        places = [(None, parents, stem) for stem in stems]
        places += [(at, parents, stem) for stem in stems if at is not None]
        found.append(Candidate(name, folder / name, True, tuple(places)))
    return found


def candidates_in(given):
    """Return all files of another folder as candidates, by their paths below it."""
    found = []
    for path in sorted(path for path in given.rglob("*") if path.is_file()):
        inner = path.relative_to(given)
        stems = (path.stem, ENDS.sub("", path.stem))
        places = tuple((None, inner.parts[:-1], stem) for stem in stems)
        if path.name not in CLASSES and not path.name.startswith("."):
            found.append(Candidate(f"{given.name}/{inner.as_posix()}", path, False, places))
    return found


def folders_beside(folder, kind):
    """Return the folders for masks or texts that lie beside a folder of pictures."""
    folder = folder.absolute()
    words = ("labels",) if kind == "yolo" else ("masks", "mask", f"{folder.name}_masks")
    places = [folder.parent / word for word in words]
    for at, part in list(enumerate(folder.parts))[-3:]:
        if part.lower() in USUAL:
            places += [Path(*folder.parts[:at], word, *folder.parts[at + 1 :]) for word in words]
    return [place for place in dict.fromkeys(places) if place.is_dir() and place != folder]


class Index:
    """Pictures by their places, with and without one of their folders."""

    def __init__(self, names):
        self._names = defaultdict(list)
        for name in names:
            path = PurePosixPath(name)
            if path.suffix.lower() in NO_PICTURE:
                continue
            parents = path.parts[:-1]
            for stem in (path.stem, path.name):
                self._names[None, parents, stem].append(name)
                for at in range(len(parents)):
                    self._names[at, parents[:at] + parents[at + 1 :], stem].append(name)

    def of(self, candidate):
        """Return the pictures that a candidate may tell of, best one."""
        for place in candidate.places:
            if found := self._names.get(place):
                at = place[0]
                usual = [n for n in found if at is not None and n.split("/")[at].lower() in USUAL]
                return usual or found
        return []


def pair(names, candidates, noun):
    """Give each candidate its picture.

    Parameters
    ----------
    names : list of str
        Files that may be pictures; those of candidates are left out.
    candidates : list of Candidate
    noun : str, such as "a mask"

    Returns
    -------
    of : dict of the name of a picture -> Path
    lonely : dict of the name of a candidate -> why it has no picture
    """
    own = {candidate.name for candidate in candidates if candidate.is_inside}
    index, of, lonely = Index([name for name in names if name not in own]), {}, {}
    for candidate in candidates:
        found = index.of(candidate)
        if not found:
            lonely[candidate.name] = f"{noun} without a picture"
        elif len(found) > 1:
            lonely[candidate.name] = f"{noun} that fits {len(found)} pictures, such as {found[0]}"
        elif found[0] in of:
            lonely[candidate.name] = f"{noun}, but {found[0]} has another"
        else:
            of[found[0]] = candidate.path
    return of, lonely
