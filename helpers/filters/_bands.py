"""Work shared by the filters: checked pictures, channels, bands that fit the cache."""

import math

import cv2
import numpy as np

BAND = 1 << 18  # bytes: a band of rows or columns that stays in the cache of a core


def checked(image, name="image"):
    """Check shape, dtype and NaN in one pass; make the memory order one that OpenCV takes."""
    image = native(image, name)
    if image.dtype != np.uint8 and not math.isfinite(cv2.norm(image, cv2.NORM_L1)):
        with_range(image, name)  # the sum of finite values may be infinite
    return image


def with_range(image, name="image"):
    """Return the checked image with its smallest and largest value, or 0 and 255 for bytes."""
    image = native(image, name)
    if image.dtype == np.uint8:
        return image, 0, 255
    low, high = image.min(), image.max()
    if not (low > -np.inf and high < np.inf):  # NaN fails both
        raise ValueError(f"`{name}` must be finite; got NaN or infinity.")
    return image, low, high


def native(image, name="image"):
    """Check shape and dtype only; make the memory order one that OpenCV takes."""
    image = np.asarray(image)
    fits = image.ndim == 2 or (image.ndim == 3 and image.shape[-1] == 3)
    if not fits or image.size == 0:
        raise ValueError(f"`{name}` must have shape (M, N) or (M, N, 3); got {image.shape}.")
    if image.dtype == np.uint8:
        return np.ascontiguousarray(image)
    if image.dtype.kind != "f" or image.dtype.itemsize not in (4, 8):
        raise TypeError(f"`{name}` must be uint8, float32 or float64; got {image.dtype}.")
    return np.ascontiguousarray(image, dtype=image.dtype.newbyteorder("="))


def channels_of(image):
    """Return the channels as a list of views of shape (M, N)."""
    return [image] if image.ndim == 2 else list(np.moveaxis(image, -1, 0))


def spans(count, nbytes, *, least):
    """Cut `count` lines of `nbytes` each into equal slices of about a band, or of `least` lines."""
    pieces = max(1, round(count / max(least, BAND // nbytes)))
    step = -(-count // pieces)
    return [slice(start, min(count, start + step)) for start in range(0, count, step)]
