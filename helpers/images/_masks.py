"""Masks written, and read again: numbers that mean classes, kept as they are."""

from pathlib import Path

import numpy as np

from helpers.files import write_whole
from helpers.images._about import Labels
from helpers.images._encoders import encode_tiff
from helpers.images._meaning import as_labels
from helpers.images._png_writing import pack_png
from helpers.images._reading import decoded, open_content

ENDINGS = (".png", ".tif", ".tiff")


def write_labels(path, values, *, like=None):
    """Write a mask with its values as they are, not scaled, as PNG or TIFF.

    Parameters
    ----------
    path : str or Path, ending in .png, .tif or .tiff
    values : array of shape (M, N) or (M, N, 3), integers or bool
    like : Labels, optional
        Restore its depth and palette where the values fit.

    Raises
    ------
    ValueError
        If the ending is another one, or cannot hold such values.
    """
    write_whole(Path(path), encode_labels(path, values, like=like))


def encode_labels(path, values, *, like=None):
    """Return the bytes that `write_labels` writes, for jobs that look at them first.

    Parameters
    ----------
    path, values, like
        As for `write_labels`.

    Returns
    -------
    bytes
    """
    path, values = Path(path), np.asarray(values)
    ending, palette = path.suffix.lower(), None
    if ending not in ENDINGS:
        raise ValueError(f"`path` must end in .png or .tif to keep labels; got {path.name}.")
    if values.dtype.kind not in "bui" or values.ndim not in (2, 3) or values.size == 0:
        raise ValueError(f"`values` must be whole numbers of shape (M, N); got {values.dtype}.")
    values = values.astype(np.uint8) if values.dtype == np.bool_ else values
    if ending != ".png":
        return encode_tiff([(values, None, None, None)])
    low, top = int(values.min()), int(values.max())
    if low < 0 or top > 65535:
        raise ValueError(f"`path` must end in .tif to keep labels of {low} to {top}; got .png.")
    bits = 8 if top < 256 else 16
    if isinstance(like, Labels):
        if like.palette is not None and top < len(like.palette):
            palette, bits = like.palette, 8
        elif like.about.bits in (1, 2, 4, 8, 16) and top < 2**like.about.bits and values.ndim == 2:
            bits = like.about.bits
    return pack_png(values, max(bits, 8) if values.ndim == 3 else bits, palette)


def decode_labels(content):
    """Return the `Labels` in the bytes of a file, as `read_labels` does."""
    return as_labels(decoded(open_content(content)))
