"""What is seen of each picture of one or two folders, and the choices of the page."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers import data, own_data
from helpers._arguments import probability, whole
from helpers.files import Problem, results_base
from helpers.images import read_image, write_image
from helpers.similarity import is_flat, thumbnail

MOST = 20_000  # pictures whose pairs are compared
SAMPLES = 40
CHANGES = {  # what was done to some of the sample pictures
    "mirrored": lambda image: image[:, ::-1],
    "turned": lambda image: np.rot90(image),
    "cropped": lambda image: image[5:91, 5:91],
    "smaller": lambda image: cv2.resize(image, (48, 48), interpolation=cv2.INTER_AREA),
    "brighter": lambda image: np.clip(image.astype(int) + 15, 0, 255).astype(np.uint8),
}


class Choices(NamedTuple):
    """Checked parameters of the page."""

    limit: int
    confirm: float
    changed: bool


class Sight(NamedTuple):
    """What was seen of one picture; its pixels are not kept."""

    folder: int
    name: str
    sha256: str
    size: int
    shape: tuple
    small: np.ndarray
    flat: bool


class Pictures(NamedTuple):
    """Folders, what was seen of their pictures, and files left out with the reason."""

    paths: tuple
    sights: tuple
    left_out: dict


def check_choices(*, limit, confirm, changed):
    """Check the parameters that need no folder.

    Parameters
    ----------
    limit : int, from 0 to 32
        Most of 64 bits in which two codes may differ.
    confirm : float in [0, 1]
        Least structural similarity of two thumbnails.
    changed : bool
        Whether turned, mirrored and cropped copies are looked for.

    Returns
    -------
    Choices
    """
    limit = whole(limit, "limit", 0, error=Problem)
    if limit > 32:
        raise Problem(f"`limit` must be at most 32, by which unlike pictures differ; got {limit}.")
    if not isinstance(changed, bool):
        raise Problem(f"`changed` must be true or false; got {changed}.")
    return Choices(limit, probability(confirm, "confirm", error=Problem), changed)


def look_into(source, other=None, output=None, *, workers=2):
    """Look at every picture of a folder and its subfolders, and perhaps of a second folder.

    Parameters
    ----------
    source : str, Path or None
        None: small pictures cut from the course's own, some of them changed and put beside.
    other : str, Path or None
        A second folder: then only pairs of pictures from both are looked for.
    output : str, Path or None
        Where the sample pictures are put.
    workers : int >= 1
        Threads; no more than two are used.

    Returns
    -------
    Pictures

    Raises
    ------
    Problem
        If a folder is missing, is the other one, or there are too few pictures or too many.
    """
    whole(workers, "workers", error=Problem)
    paths = [_samples(output) if source is None else own_data.find_file(source, folder=True)]
    paths += [] if other is None else [own_data.find_file(other, folder=True)]
    paths = [path.absolute() for path in paths]
    if len(paths) == 2 and _nested(*(path.resolve() for path in paths)):
        raise Problem("`other` must be a folder apart from the source: one lies in the other.")
    sights, left_out = [], {}
    for number, path in enumerate(paths):
        seen, missing = own_data.look_through(path, _see, workers=workers)
        sights += [Sight(number, name, *sight) for name, sight in seen.items()]
        left_out |= {f"{path.name}/{name}": reason for name, reason in missing.items()}
    counts = [sum(sight.folder == number for sight in sights) for number in range(len(paths))]
    if min(counts) < 3 - len(paths) or len(sights) > MOST:
        shown = " and ".join(f"{n} in {p.name}" for n, p in zip(counts, paths, strict=True))
        reasons = own_data.first_reasons(left_out)
        raise Problem(
            f"From 2 to {MOST:,} pictures can be compared; there are {shown}."
            + (f" Not used: {reasons}." if reasons else "")
        )
    return Pictures(tuple(paths), tuple(sights), left_out)


def _nested(one, other):
    return one.is_relative_to(other) or other.is_relative_to(one)


def _see(name, found):
    small = thumbnail(found.picture)
    shape = found.picture.shape[:2]
    return found.sha256, found.size, shape, small, min(shape) < 9 or is_flat(small)


def _samples(output):
    """Cut sample pictures, and put changed copies of some beside them, one of them an exact one."""
    base = results_base(output) / "sample_copies"
    try:
        tiles = data.sample_folder(base / "tiles", count=SAMPLES)
        (base / "changed").mkdir(exist_ok=True)
        files = sorted(tiles.iterdir())[1::7]
        for file, (word, change) in zip(files, CHANGES.items(), strict=False):
            copy = np.ascontiguousarray(change(read_image(file)))
            write_image(base / "changed" / f"{word}.jpg", copy)
        (base / "changed" / "the_same.png").write_bytes(files[0].read_bytes())
    except (ValueError, OSError) as error:
        raise Problem(f"The sample pictures cannot be put there: {error}") from None
    return base
