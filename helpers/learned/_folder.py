"""A folder of pictures as a stream of batches: split once, augmented only where it learns."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers import augment
from helpers._arguments import one_of, whole
from helpers.files import Problem, find_file, readable
from helpers.images import Unusable, middle_square, read_source, to_grey
from helpers.learned._training import places

PARTS = ("train", "validation", "test")


class FolderSplit(NamedTuple):
    """A folder that was looked through: who is which class, which group and which part.

    `names` (``class/file``), `labels` (places in `classes`), `groups` and `parts` have one entry
    for each picture.
    """

    folder: Path
    classes: tuple
    names: tuple
    labels: np.ndarray
    groups: tuple
    parts: np.ndarray


def split_folder(folder, *, shares=(0.6, 0.2, 0.2), group=None, rng=0):
    """Divide a folder with a subfolder for each class into three parts, group by group.

    Every file is read once. Files with the same bytes are one group, whatever they are called.

    Parameters
    ----------
    folder : str or Path
    shares : three numbers above 0 that sum to 1
        For learning, choosing and testing.
    group : callable, optional
        ``group(name)`` of a file returns a word; pictures with the same word (one photograph, one
        patient) stay together. Default: each file is a group.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    FolderSplit

    Raises
    ------
    Problem
        If there are fewer than two classes, a file is no picture, a picture lies in two classes,
        or a class has too few groups for three parts.
    """
    folder = find_file(folder, folder=True)
    if len(shares) != 3 or min(shares) <= 0 or abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"`shares` must be three numbers above 0 that sum to 1; got {shares}.")
    names, digests = _looked_through(folder)
    kinds = [name.split("/")[0] for name in names]
    classes = tuple(sorted(set(kinds)))
    labels = np.array([classes.index(kind) for kind in kinds])
    words = [str(group(Path(name).name)) if group else name for name in names]
    groups = _joined(words, digests, names, labels)
    parts = _dealt(groups, labels, shares, np.random.default_rng(rng))
    for number, kind in enumerate(classes):
        if missing := set(PARTS) - set(parts[labels == number]):
            count = len({g for g, k in zip(groups, labels, strict=True) if k == number})
            raise Problem(
                f"The class {readable(kind)} has {count} groups: too few for a part of its own in "
                f"{' and '.join(sorted(missing))}."
            )
    return FolderSplit(folder, classes, tuple(names), labels, groups, parts)


def pictures_from_folder(
    split, part, *, size=32, batch=32, grey=False, operations=(1, 3), rng=0, start=0
):
    """Read the pictures of one part, batch by batch, each cut to its middle square.

    Only the pictures to learn from are augmented and shuffled: each once a round, for ever, in
    batches of exactly one size. The others come once, in the order of their names, as they are;
    the last batch holds what is left.

    Parameters
    ----------
    split : FolderSplit
    part : {"train", "validation", "test"}
    size : int >= 1, pixels a side
    batch : int >= 1
    grey : bool
    operations : (int, int) or None
        Least and most random transforms of `augment.random_transform`; None for none.
    rng : int
        Seed of orders and transforms.
    start : int >= 0
        Leave out so many batches, to resume.

    Yields
    ------
    pictures, labels
        Returns an iterator of arrays: (n, size, size) or (n, size, size, 3), float in [0, 1],
        and (n,).

    Raises
    ------
    Problem
        If a file changed so that it cannot be read.
    """
    mine = np.flatnonzero(split.parts == one_of(part, "part", PARTS))
    size, batch, number = whole(size, "size"), whole(batch, "batch"), whole(start, "start", 0)
    learning = part == "train"
    while learning or number * batch < len(mine):
        at = places(len(mine), batch, number, rng) if learning else _in_order(mine, batch, number)
        pictures = [_read(split, mine[i], size, grey) for i in at]
        if learning and operations is not None:
            draws = np.random.default_rng([rng, number, 1]).spawn(batch)
            both = zip(pictures, draws, strict=True)
            pictures = [
                augment.random_transform(p, operations=operations, rng=r)[0] for p, r in both
            ]
        yield np.stack(pictures) / 255, split.labels[mine[at]]
        number += 1


def _in_order(mine, batch, number):
    return np.arange(number * batch, min((number + 1) * batch, len(mine)))


def _looked_through(folder):
    """Return the name and the digest of every picture below a folder, or refuse it."""
    kinds = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    if len(kinds) < 2:
        raise Problem(f"{folder} must hold a folder for each class, two or more; got {len(kinds)}.")
    names, digests, faults = [], [], []
    for kind in kinds:
        files = sorted(path for path in kind.iterdir() if not path.name.startswith("."))
        if not files:
            faults.append(f"{readable(kind.name)} is empty")
        for path in files:
            name = f"{kind.name}/{path.name}"
            try:
                digests.append(read_source(path).sha256)
                names.append(name)
            except (Unusable, OSError) as reason:
                faults.append(f"{readable(name)}: {reason}")
    if faults:
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise Problem(f"{folder} cannot be used: {'; '.join(faults[:3])}{more}.")
    return names, digests


def _joined(words, digests, names, labels):
    """Return the group of each picture: those of one word, and of the same bytes, are together."""
    first, root = {}, {}
    for word, digest, name, label in zip(words, digests, names, labels, strict=True):
        seen, other_name, other_label = first.setdefault(digest, (word, name, label))
        if other_label != label:
            same = f"{readable(other_name)} and {readable(name)}"
            raise Problem(f"{same} are the same picture in two classes.")
        a, b = _root(root, seen), _root(root, word)
        root[max(a, b)] = min(a, b)
    return tuple(_root(root, word) for word in words)


def _root(root, word):
    while root.setdefault(word, word) != word:
        word = root[word]
    return word


def _dealt(groups, labels, shares, rng):
    """Return the part of each picture: one group for each part first, then to whom most is due."""
    part_of = {}
    of_class = [Counter(np.array(groups)[labels == label].tolist()) for label in np.unique(labels)]
    for sizes in sorted(of_class, key=len):  # who has the least choice comes first
        due = np.array(shares) * sum(sizes.values())
        for group in sizes.keys() & part_of.keys():
            due[part_of[group]] -= sizes[group]
        empty = [p for p in range(3) if p not in {part_of.get(group) for group in sizes}]
        for group in rng.permutation(sorted(sizes.keys() - part_of.keys())):
            part = empty.pop(0) if empty else int(due.argmax())
            part_of[str(group)] = part
            due[part] -= sizes[group]
    return np.array([PARTS[part_of[group]] for group in groups])


def _read(split, number, size, grey):
    """Return one picture as uint8: its middle square, (size, size) or (size, size, 3)."""
    name = split.names[number]
    try:
        pixels = read_source(split.folder / name).picture
    except (Unusable, OSError) as reason:
        raise Problem(f"{readable(name)} can no longer be read: {reason}.") from None
    square = middle_square(pixels)
    if square.ndim == 3 and grey:
        square = to_grey(square)
    if square.ndim == 2 and not grey:
        square = np.repeat(square[..., None], 3, axis=2)
    way = cv2.INTER_AREA if len(square) > size else cv2.INTER_LINEAR
    return cv2.resize(square, (size, size), interpolation=way)
