"""Corruption models: each returns a noisy copy in the dtype and range that came in."""

import numpy as np

from helpers._arguments import not_negative
from helpers._arguments import probability as share
from helpers.images import check_image


def gaussian(image, sd, *, rng=None):
    """Add normal noise of mean 0, then clip to the range of the picture.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    sd : float >= 0
        Standard deviation in the units of the picture: levels for uint8, shares of 1 for float.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, rng = _numeric(image), np.random.default_rng(rng)
    return _into_range(image + not_negative(sd, "sd") * rng.standard_normal(image.shape), image)


def speckle(image, sd, *, rng=None):
    """Multiply every value by 1 plus normal noise: bright areas suffer more.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    sd : float >= 0
        Standard deviation of the factor, without a unit.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, rng = _numeric(image), np.random.default_rng(rng)
    factor = 1 + not_negative(sd, "sd") * rng.standard_normal(image.shape)
    return _into_range(image * factor, image)


def salt_and_pepper(image, amount, *, salt=0.5, rng=None):
    """Replace a share of the pixels by white (salt) or black (pepper).

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    amount : float in [0, 1]
        Probability that a pixel is replaced, in all its channels at once.
    salt : float in [0, 1]
        Probability that a replaced pixel turns white.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, rng = _numeric(image), np.random.default_rng(rng)
    amount, salt = share(amount, "amount"), share(salt, "salt")
    draw = rng.random(image.shape[:2])
    noisy = image.copy()
    noisy[draw < amount] = 0
    noisy[draw < amount * salt] = 255 if image.dtype == np.uint8 else 1
    return noisy


def flip(image, probability, *, rng=None):
    """Turn each pixel of a two-valued picture into its opposite, independently.

    Parameters
    ----------
    image : array of any shape, bool, or integers that are all -1 or +1
    probability : float in [0, 1]
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = np.asarray(image)
    spins = image.dtype.kind == "i" and bool(np.isin(image, (-1, 1)).all())
    if image.dtype != np.bool_ and not spins:
        raise ValueError(f"`image` must be bool or hold only -1 and +1; got {image.dtype}.")
    flipped = np.random.default_rng(rng).random(image.shape) < share(probability, "probability")
    return np.where(flipped, -image if spins else ~image, image)


def _numeric(image):
    image = check_image(image)
    if image.dtype == np.bool_:
        raise TypeError("`image` must be uint8 or float; got bool: use `flip` for bool pictures.")
    return image


def _into_range(values, image):
    if image.dtype == np.uint8:
        values = np.rint(values)
    return np.clip(values, 0, 255 if image.dtype == np.uint8 else 1).astype(image.dtype)
