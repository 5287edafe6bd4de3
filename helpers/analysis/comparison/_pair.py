"""Two pictures of the reader's, brought to one size and one kind, with a note for each step."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers import data, own_data
from helpers._arguments import odd, one_of
from helpers.files import Problem, results_base
from helpers.images import as_uint8, to_grey, write_image

MOST = 25_000_000  # pixels of a picture
LEAST = 16  # rows and columns
ASPECT = 0.02  # most by which the proportions may differ
SAMPLE = "data/rocket.jpg"


class Pair(NamedTuple):
    """Two pictures as float32 levels of 255, one shape; their names, and what was done to them."""

    first: np.ndarray
    second: np.ndarray
    names: tuple
    notes: tuple


def check_choices(register, match_levels, window):
    """Check the parameters that need no picture.

    Parameters
    ----------
    register, match_levels : bool
    window : odd int from 3 to 51, or "gaussian"
    """
    for name, value in (("register", register), ("match_levels", match_levels)):
        if not isinstance(value, bool):
            raise Problem(f"`{name}` must be true or false; got {value}.")
    if isinstance(window, str):
        one_of(window, "window", ("gaussian",), error=Problem)
    elif odd(window, "window", error=Problem) > 51:
        raise Problem(f"`window` must be at most 51 pixels; got {window}.")


def sample_second(output=None):
    """Make a second picture out of the sample: moved by 7 and -5 pixels, darker, saved as JPEG.

    Parameters
    ----------
    output : str, Path or None
        Base of the results.

    Returns
    -------
    Path
    """
    base = results_base(output) / "sample_pair"
    image = data.load_image(Path(SAMPLE).name)
    moved = np.roll(image, (-7, 5), axis=(0, 1))
    try:
        base.mkdir(parents=True, exist_ok=True)
        write_image(base / "second.jpg", np.rint(moved * 0.85).astype(np.uint8))
    except OSError as error:
        raise Problem(f"The sample picture cannot be put there: {error.strerror}.") from None
    return base / "second.jpg"


def read_pair(one, two):
    """Read two pictures and bring them to one size: the larger is scaled down.

    Parameters
    ----------
    one, two : str or Path

    Returns
    -------
    Pair
        Grey if one of them is.

    Raises
    ------
    Problem
        If one cannot be read or is too small, or if their proportions differ by more than 2 %.
    """
    read = _read_both(one, two)
    names = tuple(Path(path).name for path in (one, two))
    notes = [f"{name}: {note}" for name, p in zip(names, read, strict=True) for note in p.notes]
    images = [picture.pixels for picture in read]
    for name, image in zip(names, images, strict=True):
        if min(image.shape[:2]) < LEAST:
            rows, columns = image.shape[:2]
            raise Problem(f"{name} has {rows} x {columns} pixels; it needs {LEAST} a side.")
    depths = [picture.form.depth for picture in read]
    if depths[0] != depths[1]:
        told = [_bits(picture.about) for picture in read]
        notes.append(f"{names[0]} has {told[0]}, {names[1]} {told[1]}")
    if len({image.ndim for image in images}) == 2:
        notes.append("one is grey, so both are compared in grey")
        images = [to_grey(image) if image.ndim == 3 else image for image in images]
    images = [image if image.dtype == np.uint8 else 255 * image for image in images]
    images, told = _to_one_size([image.astype(np.float32) for image in images], names)
    return Pair(*images, names, (*notes, *told))


def _read_both(one, two):
    """Read two pictures laid on white; floats and signed values of both in one range."""
    read = [own_data.read_picture(path, most=MOST) for path in (one, two)]
    ranges = [p.about.value_range for p in read if p.about.sample != "unsigned"]
    if len(ranges) == 2 and ranges[0] != ranges[1]:
        both = min(low for low, _ in ranges), max(high for _, high in ranges)
        read = [own_data.read_picture(p, value_range=both, most=MOST) for p in (one, two)]
    return [picture.flat() for picture in read]


def _bits(about):
    return f"{about.bits}-bit floats" if about.sample == "float" else f"{about.bits} bits"


def _to_one_size(images, names):
    shapes = [image.shape[:2] for image in images]
    if shapes[0] == shapes[1]:
        return images, []
    told = " and ".join(f"{n} {r} x {c}" for n, (r, c) in zip(names, shapes, strict=True))
    proportion = (shapes[0][0] * shapes[1][1]) / (shapes[0][1] * shapes[1][0])
    if not 1 - ASPECT <= proportion <= 1 / (1 - ASPECT):
        raise Problem(
            f"The pictures must have the same proportions within 2 %: {told}. Cut them to the same "
            "view first."
        )
    larger = int(np.prod(shapes[1]) > np.prod(shapes[0]))
    size = shapes[1 - larger][::-1]
    images[larger] = cv2.resize(images[larger], size, interpolation=cv2.INTER_AREA)
    scale = (np.prod(size) / np.prod(shapes[larger])) ** 0.5
    return images, [f"sizes differ ({told}): {names[larger]} was scaled down by {scale:.3f}"]


def shown(image):
    """Return levels as a picture of bytes."""
    return as_uint8(np.clip(image, 0, 255) / 255)
