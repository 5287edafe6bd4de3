"""Pictures as arrays: dtype, range, channels, masks and files.

A picture is float in [0, 1], uint8 in 0..255 or bool, of shape (M, N) or (M, N, 3), in RGB order.
Blue-green-red order exists only inside `read_image` and `write_image`.
"""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers.files import write_whole
from helpers.images._sources import Unusable as Unusable
from helpers.images._sources import read_source as read_source

REC_601 = (0.299, 0.587, 0.114)
REC_709 = (0.2126, 0.7152, 0.0722)
BAND = 512  # rows that are floats at the same time
LOSSLESS = (".png", ".tif", ".tiff")  # endings that keep 16 bits and transparency


class ImageFormat(NamedTuple):
    """Depth (``uint8`` or ``uint16``) and number of channels (1, 3 or 4) of a file."""

    depth: str
    channels: int


def check_image(image, *, name="image", colour=None):
    """Return `image` as an array after checking shape, dtype and range.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]
    name : str
        Name of the argument, for the message.
    colour : bool, optional
        True demands (M, N, 3), False demands (M, N).

    Raises
    ------
    TypeError
        If the dtype is another one.
    ValueError
        If the shape is wrong, the picture is empty, or a float is NaN or outside [0, 1].
    """
    image = np.asarray(image)
    shapes = {None: "(M, N) or (M, N, 3)", True: "(M, N, 3)", False: "(M, N)"}[colour]
    is_colour = image.ndim == 3 and image.shape[-1] == 3
    fits = is_colour if colour else image.ndim == 2 or (colour is None and is_colour)
    if not fits or image.size == 0:
        raise ValueError(f"`{name}` must be a picture of shape {shapes}; got {image.shape}.")
    if image.dtype != np.uint8 and image.dtype.kind not in "bf":
        raise TypeError(f"`{name}` must be bool, uint8 or float; got {image.dtype}.")
    if image.dtype.kind == "f":
        low, high = image.min(), image.max()
        if not (low >= 0 and high <= 1):  # NaN fails both
            raise ValueError(f"`{name}` must be within [0, 1]; got {low:.4g} to {high:.4g}.")
    return image


def as_float(image):
    """Convert a picture to float64 in [0, 1]: uint8 is divided by 255.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]

    Returns
    -------
    array of the same shape, float64, always a new array
    """
    image = check_image(image)
    return image / 255.0 if image.dtype == np.uint8 else image.astype(np.float64)


def as_uint8(image):
    """Convert a picture to uint8 in 0..255: floats are multiplied by 255 and rounded.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]

    Returns
    -------
    array of the same shape, uint8, always a new array

    Raises
    ------
    ValueError
        If a float lies outside [0, 1]: clip on purpose, with ``np.clip``, or not at all.
    """
    image = check_image(image)
    return image.copy() if image.dtype == np.uint8 else np.rint(image * 255.0).astype(np.uint8)


def to_grey(image, *, weights=REC_601):
    """Weigh red, green and blue into one grey channel: the luma of an RGB picture.

    Parameters
    ----------
    image : array of shape (M, N, 3), uint8 or float in [0, 1]
    weights : three numbers that are not negative and sum to 1

    Returns
    -------
    array of shape (M, N), the dtype of `image` (uint8 is rounded)

    Notes
    -----
    On gamma-encoded values, as files store them, the result is luma, not luminance
    (ITU-R BT.601-7, section 2.5.1).
    """
    image = check_image(image, colour=True)
    if image.dtype == np.bool_:
        raise TypeError("`image` must be uint8 or float; got bool: a mask has no shades to weigh.")
    weights = np.asarray(weights, dtype=np.float64)
    if weights.shape != (3,) or not (weights >= 0).all() or abs(weights.sum() - 1) > 1e-3:
        raise ValueError(f"`weights` must be three shares that sum to 1; got {weights.tolist()}.")
    red, green, blue = np.moveaxis(image, -1, 0)
    grey = red * weights[0] + green * weights[1] + blue * weights[2]
    return (np.rint(grey) if image.dtype == np.uint8 else np.minimum(grey, 1)).astype(image.dtype)


def split_channels(image):
    """Return the red, green and blue channel as three copies of shape (M, N)."""
    image = check_image(image, colour=True)
    return tuple(image[..., channel].copy() for channel in range(3))


def disc_mask(shape, *, center=None, radius=None):
    """Mark the pixels whose centres lie within a disc.

    Parameters
    ----------
    shape : the first two are rows and columns
    center : (row, column), optional
        Default: the middle of the picture, ``(M - 1) / 2, (N - 1) / 2``.
    radius : float >= 0, in pixels, optional
        Default: the largest disc that fits, ``min(M, N) / 2``.

    Returns
    -------
    array of shape (M, N), bool
    """
    rows, columns = shape[:2]
    row, column = ((rows - 1) / 2, (columns - 1) / 2) if center is None else center
    radius = min(rows, columns) / 2 if radius is None else radius
    if not radius >= 0:
        raise ValueError(f"`radius` must be at least 0; got {radius}.")
    down, right = np.ogrid[:rows, :columns]
    return (down - row) ** 2 + (right - column) ** 2 <= radius**2


def read_image(path, *, dtype="uint8"):
    """Read a picture file as RGB of shape (M, N, 3).

    Parameters
    ----------
    path : str or Path
    dtype : {"uint8", "float"}
        uint8 in 0..255 or float64 in [0, 1]; a file of 16 bits keeps its depth only as float.

    Returns
    -------
    array of shape (M, N, 3) and that dtype, turned upright as the camera noted

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not a picture that can be read.
    """
    if dtype not in ("uint8", "float"):
        raise ValueError(f'`dtype` must be "uint8" or "float"; got {dtype!r}.')
    pixels = _decode(path, cv2.IMREAD_COLOR_BGR | cv2.IMREAD_ANYDEPTH)
    pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)  # OpenCV 5.0 reads RGB TIFFs of 16 bits wrong
    scale = np.iinfo(pixels.dtype).max if pixels.dtype.kind == "u" else 1
    if dtype == "uint8" and scale == 255:
        return pixels
    image = pixels / scale
    np.clip(image, 0, 1, out=image)  # files of floats may go beyond
    return as_uint8(image) if dtype == "uint8" else image


def read_format(path):
    """Return the `ImageFormat` of a file: what `write_image` restores with ``like=``."""
    pixels = _decode(path, cv2.IMREAD_UNCHANGED)
    depth = "uint16" if pixels.dtype.itemsize > 1 else "uint8"
    return ImageFormat(depth, 1 if pixels.ndim == 2 else pixels.shape[2])


def write_image(path, image, *, like=None):
    """Write a picture, whole or not at all, in the format that the ending of `path` names.

    Parameters
    ----------
    path : str or Path
    image : array of shape (M, N) or (M, N, 3), RGB, bool, uint8 or float in [0, 1]
    like : path or ImageFormat, optional
        Restore depth and channels of that file; its alpha channel is kept if the size agrees.

    Raises
    ------
    ValueError
        If OpenCV cannot write that ending, or the ending cannot hold what `like` asks for.
    """
    path, image = Path(path), check_image(image)
    form = ImageFormat("uint8", 1 if image.ndim == 2 else 3) if like is None else like
    alpha = None
    if not isinstance(form, ImageFormat):
        form = read_format(like)
        alpha = _decode(like, cv2.IMREAD_UNCHANGED)[..., 3] if form.channels == 4 else None
    if (form.depth == "uint16" or form.channels == 4) and path.suffix.lower() not in LOSSLESS:
        kept = "16 bits" if form.depth == "uint16" else "transparency"
        raise ValueError(f"`path` must end in .png or .tif to keep {kept}; got {path.name}.")
    pixels = _encode_pixels(image, form, alpha)
    if not cv2.haveImageWriter(str(path)):
        raise ValueError(f"`path` must end like a picture, such as .png or .jpg; got {path.name}.")
    written, content = cv2.imencode(path.suffix, pixels)
    if not written:
        raise ValueError(f"`path` must have an ending that can hold {form}; got {path.name}.")
    write_whole(path, content.tobytes())


def _decode(path, flags):
    """Read bytes first: OpenCV itself fails on paths that are not ASCII on Windows."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"`path` must be an existing file; got {path}.")
    content = np.fromfile(path, dtype=np.uint8)
    pixels = cv2.imdecode(content, flags) if content.size else None
    if pixels is None:
        raise ValueError(f"`path` must be a picture that can be read; got {path}.")
    return pixels


def _encode_pixels(image, form, alpha):
    """Scale to the depth, grey or blue-green-red or with alpha, as `form` says."""
    if form.channels == 1 and image.ndim == 3:
        image = to_grey(as_float(image) if image.dtype == np.bool_ else image)
    top = 65535 if form.depth == "uint16" else 255
    pixels = np.empty(image.shape, dtype=form.depth)
    for start in range(0, len(image), BAND):
        pixels[start : start + BAND] = np.rint(as_float(image[start : start + BAND]) * top)
    if form.channels == 1:
        return pixels
    pixels = pixels[..., ::-1] if pixels.ndim == 3 else np.stack([pixels] * 3, axis=-1)
    if form.channels == 3:
        return np.ascontiguousarray(pixels)
    if alpha is None or alpha.shape != pixels.shape[:2]:
        alpha = np.full(pixels.shape[:2], top, dtype=form.depth)
    return np.dstack([pixels, alpha])
