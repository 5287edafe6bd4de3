"""What is kept of each picture of a folder of classes, and what makes such a folder useless."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers.analysis.classification._samples import make_samples
from helpers.clustering import colour_histogram, texture_features
from helpers.files import Problem, readable, results_base
from helpers.folder_job import find_pairs
from helpers.images import Unusable, middle_square
from helpers.sheets import fit
from helpers.similarity import thumbnail

MOST, FEWEST = 5_000, 3  # pictures in all, and of a class
MOST_CLASSES = 50
SIDE, SMALL = 256, 128  # pixels: plain features are taken at the first, the network sees the second
PARTS = ("train", "training", "val", "valid", "validation", "test", "testing")
LOOSE = "in no folder of a class"


class Sight(NamedTuple):
    """What is kept of one picture: no pixels but a thumbnail and what the network is to see.

    `colour` has shape (3,), in [0, 1]; `plain` (71,); `network` is uint8, at most 128 a side.
    """

    name: str
    sha256: str
    shape: tuple
    small: np.ndarray
    colour: np.ndarray
    plain: np.ndarray | None
    network: np.ndarray | None


class Pictures(NamedTuple):
    """A folder, what was seen of its pictures, and files left out with the reason.

    `classes` are sorted; `labels` has shape (n,), the place of each picture's class.
    """

    path: Path
    sights: tuple
    left_out: dict
    classes: tuple
    labels: np.ndarray


def look_into(source, apply, choices, output=None, *, workers=2):
    """Look at every picture of a folder of classes, and of a second folder without classes.

    Parameters
    ----------
    source : str, Path or None
        A folder with a subfolder for each class; what lies deeper belongs to that class. None:
        small patches of the course's own photographs, also to be labelled.
    apply : str, Path or None
        Pictures to be labelled. It must lie apart from the source.
    choices : Choices
    output : str, Path or None
        Folder for the results and the sample pictures; it must not lie in the source.
    workers : int >= 1
        Threads; no more than two are used.

    Returns
    -------
    known : Pictures
    new : Pictures without classes, or None

    Raises
    ------
    Problem
        If a folder is missing, holds the other one, or its classes cannot be learned.
    """
    if source is None:
        source, new = make_samples(output)
        apply = new if apply is None else apply
    path = own_data.find_file(source, folder=True).absolute()
    other = None if apply is None else own_data.find_file(apply, folder=True).absolute()
    if other is not None and _nested(path.resolve(), other.resolve()):
        raise Problem("`apply` must be a folder apart from the source: one lies in the other.")
    if results_base(output).resolve().is_relative_to(path.resolve()):
        raise Problem(
            f"`output` must lie outside the source {readable(path.name)}, or the results would "
            "become a class: name another folder."
        )
    _check_layout(path)
    known = _with_classes(*_look(path, choices, workers), path)
    if other is None:
        return known, None
    sights, left_out = _look(other, choices, workers)
    if not sights:
        told = own_data.first_reasons(left_out)
        raise Problem(
            f"{readable(other.name)} holds no picture to be labelled."
            + (f" Not used: {told}." if told else "")
        )
    return known, Pictures(other, tuple(sights), left_out, known.classes, np.empty(0, dtype=int))


def _nested(one, other):
    return one.is_relative_to(other) or other.is_relative_to(one)


def _look(path, choices, workers):
    names, _ = own_data.names_below(path)
    if len(names) > 4 * MOST:
        raise Problem(f"{readable(path.name)} holds {len(names):,} files; {MOST:,} are the most.")
    try:
        masks = find_pairs(path, names).files
    except ValueError:
        masks = ()  # labels of two kinds: texts and tables are no pictures anyway

    def see(name, found):
        picture = found.picture
        if min(picture.shape[:2]) < 2:
            raise Unusable("a side of one pixel")
        image = fit(picture, SIDE)
        colour = np.broadcast_to(picture.reshape(-1, *picture.shape[2:]).mean(axis=0) / 255, 3)
        plain, network = None, None
        if choices.features == "plain":
            plain = np.hstack([np.sqrt(colour_histogram(image)), texture_features(image)])
        else:
            network = fit(np.ascontiguousarray(middle_square(picture)), SMALL)
        small = thumbnail(picture)
        return Sight(name, found.sha256, picture.shape[:2], small, colour, plain, network)

    seen, left_out = own_data.look_through(path, see, workers=workers, skip=masks)
    return list(seen.values()), left_out


def _with_classes(sights, left_out, path):
    """Sort pictures into the classes of their first folders, and refuse what cannot be learned."""
    loose = [sight.name for sight in sights if "/" not in sight.name]
    left_out = left_out | dict.fromkeys(loose, LOOSE)
    sights = tuple(sight for sight in sights if "/" in sight.name)
    names = [sight.name.partition("/")[0] for sight in sights]
    counts = Counter(names)
    _check_counts(counts, left_out, path)
    classes, labels = np.unique(names, return_inverse=True)
    return Pictures(path, sights, left_out, tuple(classes.tolist()), labels)


def _check_counts(counts, left_out, path):
    told = own_data.first_reasons(left_out)
    told = f" Not used: {told}." if told else ""
    folder = readable(path.name)
    if not counts:
        raise Problem(f"{folder} holds no picture in a folder of a class.{told}")
    if len(counts) < 2:
        (only,) = counts
        raise Problem(
            f"{folder} holds one class, {readable(only)} ({counts[only]} pictures); two or more "
            f"folders are needed.{_deeper(path / only)}{told}"
        )
    if len(counts) > MOST_CLASSES or sum(counts.values()) > MOST:
        raise Problem(
            f"{MOST:,} pictures of {MOST_CLASSES} classes are the most; {folder} holds "
            f"{sum(counts.values()):,} of {len(counts)}."
        )
    few = {name: count for name, count in counts.items() if count < FEWEST}
    if few:
        shown = ", ".join(f"{readable(name)} ({count})" for name, count in list(few.items())[:5])
        raise Problem(
            f"Each class needs at least {FEWEST} pictures that can be used, better 5 or more; too "
            f"few are in {shown}: add some, or take the folder away.{told}"
        )


def _deeper(path):
    """Ask whether the only folder is the source that was meant."""
    below = sorted(readable(p.name) for p in path.iterdir() if p.is_dir())
    return f" It holds {', '.join(below[:3])}: is {readable(path.name)} meant?" if below else ""


def _check_layout(path):
    """Refuse folders that are parts of a split, or differ in capital letters only."""
    names = [p.name for p in path.iterdir() if p.is_dir() and not p.name.startswith(".")]
    parts = [name for name in sorted(names) if name.lower() in PARTS]
    if parts and len(parts) >= len(names) - 1:
        raise Problem(
            f"{readable(path.name)} holds {', '.join(parts)}: these are parts of a split and no "
            f"classes. Name one of them, such as {path.name}/{parts[-1]}."
        )
    alike = defaultdict(list)
    for name in sorted(names):
        alike[own_data.same_name(name).casefold()].append(readable(name))
    for same in alike.values():
        if len(same) > 1:
            raise Problem(f"{' and '.join(same)} would be two classes: give them one name.")
