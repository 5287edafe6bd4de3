"""Operations that change each level by a rule, wherever it stands: levels are those of bytes."""

import cv2
import numpy as np

from helpers._arguments import not_negative, probability
from helpers.augment._geometry import clipped, picture

NEARLY = 1e-4  # of a level: float32 shares times 255 miss their level by less


def invert(image):
    """Turn light into dark.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    return (255 if image.dtype == np.uint8 else 1) - image


def solarize(image, threshold):
    """Invert what is at least as light as a threshold.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    threshold : float in [0, 1], a share of white

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    top = 255 if image.dtype == np.uint8 else 1
    return np.where(image >= top * probability(threshold, "threshold"), top - image, image)


def posterize(image, bits):
    """Keep the highest bits of each level: 2 ** bits levels are left, each the least of its group.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    bits : int in [1, 8]

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    if isinstance(bits, bool) or bits not in range(1, 9):
        raise ValueError(f"`bits` must be a whole number from 1 to 8; got {bits!r}.")
    step = 2 ** (8 - int(bits))
    if image.dtype == np.uint8:
        return image // step * step
    return (np.floor((image * 255 + NEARLY) / step) * step / 255).astype(image.dtype)


def autocontrast(image):
    """Stretch each channel so that its darkest level is black and its lightest white.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
        A channel of one level stays as it is.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    low, high = image.min(axis=(0, 1)), image.max(axis=(0, 1))
    span = np.where(high > low, high.astype(np.float64) - low, 1)
    stretched = (image.astype(np.float64) - low) / span
    stretched = np.where(high > low, stretched, image / (255 if image.dtype == np.uint8 else 1))
    return _as(stretched, image.dtype)


def equalize(image):
    """Give each level the share of pixels of its channel that are not lighter.

    The darkest level becomes black: (c - c0) / (n - c0), where c counts the pixels up to a level,
    c0 those of the darkest and n all.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
        A channel of one level stays as it is.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    channels = image.reshape(*image.shape[:2], -1)
    flat = [_flattened(channels[..., k]) for k in range(channels.shape[2])]
    return _as(np.stack(flat, axis=-1).reshape(image.shape), image.dtype)


def sharpen(image, amount):
    """Add what a blur of 1 pixel takes away: image + amount * (image - blurred).

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    amount : float >= 0
        0 changes nothing; results are cut at black and white.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, amount = picture(image), not_negative(amount, "amount")
    blurred = cv2.GaussianBlur(image, (0, 0), 1, borderType=cv2.BORDER_REFLECT)
    return clipped(cv2.addWeighted(image, 1 + amount, blurred, -amount, 0))


def _flattened(channel):
    """Return the share that each pixel's level gets, float64."""
    levels, place, counts = np.unique(channel, return_inverse=True, return_counts=True)
    if len(levels) == 1:
        return channel / (255 if channel.dtype == np.uint8 else 1)
    shares = (np.cumsum(counts) - counts[0]) / (channel.size - counts[0])
    return shares[place].reshape(channel.shape)


def _as(shares, dtype):
    """Return shares of white as pictures of `dtype`."""
    return np.rint(shares * 255).astype(dtype) if dtype == np.uint8 else shares.astype(dtype)
