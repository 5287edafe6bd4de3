"""Pictures of the reader's, looked at before they are decoded."""

import io
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from helpers.files import Problem, find_file
from helpers.images import ImageFormat, read_format, read_image

MOST_PIXELS = 100_000_000


class Picture(NamedTuple):
    """Pixels of shape (M, N) or (M, N, 3), uint8 or float32, and the file's own format."""

    pixels: np.ndarray
    form: ImageFormat
    notes: tuple


def read_picture(path, *, most=MOST_PIXELS):
    """Read a picture of the reader's, after a look at its size.

    Parameters
    ----------
    path : str or Path
    most : int
        Most pixels that are decoded.

    Returns
    -------
    Picture
        Grey files give shape (M, N). Files of 8 bits give uint8, deeper ones float32 in [0, 1].

    Raises
    ------
    Problem
        If it is missing, not a picture, damaged, or larger than `most`.
    """
    path = find_file(path)
    try:
        with Image.open(path) as header:
            columns, rows = header.size
            frames = getattr(header, "n_frames", 1)
            profile = _profile(header)
    except Image.DecompressionBombError as error:
        raise Problem(f"{path.name} is too large to open safely: {error}") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Problem(
            f"{path.name} is not a picture that can be read: name a PNG, JPEG, TIFF or WebP file."
        ) from None
    if rows * columns > most:
        raise Problem(
            f"{path.name} has {rows} x {columns} pixels; at most {most / 1e6:.0f} million are "
            "read. Make a smaller copy."
        )
    try:
        form = read_format(path)
        deep = form.depth == "uint16"
        pixels = read_image(path, dtype="float" if deep else "uint8")
    except ValueError:
        raise Problem(f"{path.name} is damaged: its pixels cannot be decoded.") from None
    pixels = pixels.astype(np.float32) if deep else pixels
    notes = [f"only the first of {frames} frames is used"] if frames > 1 else []
    notes += ["transparency is kept aside"] if form.channels == 4 else []
    notes += [f"its colour profile ({profile}) is not applied"] if profile else []
    grey = form.channels == 1
    return Picture(np.ascontiguousarray(pixels[..., 0]) if grey else pixels, form, tuple(notes))


def _profile(header):
    """Name the colour profile of a file; nothing where there is none, or the usual one."""
    content = header.info.get("icc_profile")
    if not content:
        return ""
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(content))).strip()
    except (ImageCms.PyCMSError, OSError):
        name = "unreadable"
    return "" if "srgb" in name.casefold() else name
