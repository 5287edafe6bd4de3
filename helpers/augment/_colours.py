"""Colours that change without wrapping, in bands that keep large pictures small in memory."""

import functools

import cv2
import numpy as np

from helpers._arguments import not_negative
from helpers.augment._geometry import picture

COLOUR_BAND = 1 << 22  # values of a large picture that are floats at the same time
CACHED = 1 << 15  # values toned at once: larger buffers are fresh memory, which costs more


def jitter_colour(image, *, hue=0.0, saturation=1.0, brightness=1.0, contrast=1.0):
    """Change colours without wrapping: hue turns as an angle, all else is clipped.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
        Grey pictures have no hue or saturation to change.
    hue : float, in degrees
    saturation, brightness : float >= 0
        Factors of saturation and value (HSV); on grey pictures brightness is a plain factor.
    contrast : float >= 0
        Factor of the distance from the mean of the picture.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    saturation = not_negative(saturation, "saturation")
    brightness = not_negative(brightness, "brightness")
    contrast = not_negative(contrast, "contrast")
    if not np.isfinite(hue):
        raise ValueError(f"`hue` must be a finite number; got {hue}.")
    if image.ndim == 2 and (hue != 0 or saturation != 1):
        raise ValueError(f"`image` must have colours to change their hue; got {image.shape}.")
    rows = max(1, COLOUR_BAND // image[0].size)
    bands = [slice(start, start + rows) for start in range(0, len(image), rows)]
    toned = functools.partial(_toned, hue=hue, saturation=saturation, brightness=brightness)
    whole = toned(image) if len(bands) == 1 else None  # large pictures are toned twice instead
    mean = 0.0
    if contrast != 1:
        means = [(toned(image[band]) if whole is None else whole).mean() for band in bands]
        mean = float(np.average(means, weights=[image[band].size for band in bands]))
    result = np.empty_like(image)
    for band in bands:
        values = toned(image[band]) if whole is None else whole
        values -= mean
        values *= contrast
        values += mean
        result[band] = _back(values, image.dtype)
    return result


def _toned(image, *, hue, saturation, brightness):
    """Return float32 with other hue, saturation and brightness, not yet clipped."""
    values = np.empty(image.shape, dtype=np.float32)
    rows = max(1, CACHED // image[0].size)
    for start in range(0, len(image), rows):
        band = image[start : start + rows].astype(np.float32)
        if image.dtype == np.uint8:
            band /= 255
        if image.ndim == 3 and (hue != 0 or saturation != 1):
            band = _turned(band, hue, saturation)
        np.multiply(band, brightness, out=values[start : start + rows])
    return values


def _turned(values, hue, saturation):
    """Return colours of another hue and saturation."""
    hsv = cv2.cvtColor(values, cv2.COLOR_RGB2HSV)
    angles, depths = cv2.extractChannel(hsv, 0), cv2.extractChannel(hsv, 1)
    angles += np.float32(np.fmod(hue, 360))
    depths *= saturation
    cv2.insertChannel(_within_a_turn(angles), hsv, 0)
    cv2.insertChannel(np.minimum(depths, 1, out=depths), hsv, 1)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB, dst=values)


def _within_a_turn(degrees):
    """Return what % 360 returns for angles from -360 to 720, in less time."""
    return degrees - 360 * np.floor(degrees / 360)


def _back(values, dtype):
    """Round and cut values, in place, and return them as `dtype`."""
    top = 1
    if dtype == np.uint8:
        values *= (top := 255)
        np.rint(values, out=values)
    return np.clip(values, 0, top, out=values).astype(dtype)
