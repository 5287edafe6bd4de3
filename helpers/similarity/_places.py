"""Pixel against pixel: checked pairs, the squared error, and the shift that comes first."""

from numbers import Integral
from typing import NamedTuple

import numpy as np
from scipy import fft

from helpers.images import REC_601

LEAST = 8  # rows and columns: below, a shift is guessed
TINY = 1e-12  # of the longest wave: below, the angle of a wave is rounding


class Alignment(NamedTuple):
    """How to move a picture onto its reference, and how sharply that shift stands out.

    `rows` down and `columns` to the right, whole pixels; negative is up and to the left.
    `response` is at most 1: the mean over all waves of the cosine of the angle that the shift
    leaves. Strangers reach about 0.015 at 512 x 512 pixels, 0.15 at 64 x 64 and 0.35 at 16 x 16:
    the smaller the pictures, the less the response tells a common view from strangers.
    """

    rows: int
    columns: int
    response: float


def mean_squared_error(reference, image):
    """Return the mean of the squared differences, computed as float64: nothing wraps.

    Parameters
    ----------
    reference, image : arrays of one shape and dtype, (M, N) or (M, N, 3), uint8 or float

    Returns
    -------
    float
        In squared units of the pictures; 0 for equal ones.

    Raises
    ------
    ValueError, TypeError
        If shapes or dtypes differ, or a value is not finite.
    """
    reference, image = pair(reference, image)
    return float(np.mean(np.square(np.subtract(reference, image, dtype=np.float64))))


def align(reference, image):
    """Find by phase correlation how far `image` must be moved to lie on `reference`.

    Only whole pixels are moved, and at most half a side: rotation, zoom and half pixels remain.
    Edges are faded out, since what left the picture has no partner.

    Parameters
    ----------
    reference, image : arrays of one shape and dtype, (M, N) or (M, N, 3), uint8 or float
        At least 8 rows and 8 columns. Colour is weighed into grey.

    Returns
    -------
    Alignment
        For `overlap`. The best shift of pictures that show no common view means nothing.

    Raises
    ------
    ValueError
        If a picture is too small, or has one value only: it fits everywhere alike.

    References
    ----------
    C. D. Kuglin, D. C. Hines, The phase correlation image alignment method, Proc. IEEE Int. Conf.
    on Cybernetics and Society (1975) 163-165.
    """
    pictures = pair(reference, image)
    shape = pictures[0].shape[:2]
    if min(shape) < LEAST:
        raise ValueError(f"Pictures must have at least {LEAST} rows and columns; got {shape}.")
    faded = [_faded(*each) for each in zip(pictures, ("reference", "image"), strict=True)]
    sizes = [fft.next_fast_len(size, real=True) for size in shape]
    first, second = (fft.rfft2(picture, sizes) for picture in faded)
    waves = first * second.conj()
    length = np.abs(waves)
    waves /= np.maximum(length, TINY * length.max())
    peaks = fft.irfft2(waves, sizes)
    place = np.unravel_index(peaks.argmax(), peaks.shape)
    moves = [
        int((at + size // 2) % size - size // 2) for at, size in zip(place, sizes, strict=True)
    ]
    return Alignment(*moves, float(peaks[place]))


def overlap(reference, image, rows, columns):
    """Cut out of both pictures what they share once `image` is moved.

    Parameters
    ----------
    reference, image : arrays of one shape and dtype, (M, N) or (M, N, 3), uint8 or float
    rows, columns : int
        How far `image` is moved down and to the right, as `align` says.

    Returns
    -------
    reference, image : arrays of one shape, copies

    Raises
    ------
    ValueError, TypeError
        If nothing is shared, or a move is not whole.
    """
    reference, image = pair(reference, image)
    if not all(isinstance(move, Integral) for move in (rows, columns)):
        raise TypeError(f"`rows` and `columns` must be whole numbers; got {rows} and {columns}.")
    height, width = reference.shape[:2]
    if abs(rows) >= height or abs(columns) >= width:
        raise ValueError(
            f"A move by ({rows}, {columns}) leaves nothing that two pictures of {height} rows and "
            f"{width} columns share."
        )
    return (
        reference[_kept(rows, height), _kept(columns, width)].copy(),
        image[_kept(-rows, height), _kept(-columns, width)].copy(),
    )


def pair(reference, image):
    """Check two pictures that are to be compared, and that they agree in shape and dtype."""
    reference, image = _picture(reference, "reference"), _picture(image, "image")
    if reference.shape != image.shape or reference.dtype != image.dtype:
        raise ValueError(
            "`reference` and `image` must agree in shape and dtype; got "
            f"{reference.shape} {reference.dtype} and {image.shape} {image.dtype}."
        )
    return reference, image


def _picture(image, name):
    image = np.asarray(image)
    fits = image.ndim == 2 or (image.ndim == 3 and image.shape[-1] == 3)
    if not fits or image.size == 0:
        raise ValueError(f"`{name}` must have shape (M, N) or (M, N, 3); got {image.shape}.")
    if image.dtype == np.uint8:
        return image
    if image.dtype.kind != "f" or image.dtype.itemsize not in (4, 8):
        raise TypeError(f"`{name}` must be uint8, float32 or float64; got {image.dtype}.")
    if not np.isfinite(image).all():
        raise ValueError(f"`{name}` must be finite; got NaN or infinity.")
    return image


def _faded(image, name):
    """Return the grey picture around its mean, faded out to the edges by a Hann window."""
    grey = image.astype(np.float64) if image.ndim == 2 else image @ np.array(REC_601)
    if grey.min() == grey.max():
        raise ValueError(f"`{name}` must have more than one value; all are {grey[0, 0]:.4g}.")
    down, right = (np.hanning(size + 2)[1:-1] for size in grey.shape)
    return (grey - grey.mean()) * down[:, None] * right


def _kept(shift, length):
    """Return the slice of a line that a line of the same length, moved by `shift`, covers."""
    return slice(max(shift, 0), length + min(shift, 0))
