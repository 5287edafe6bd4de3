"""From slopes to lines one pixel wide: thin, then follow from strong to weak."""

import cv2
import numpy as np

from helpers._arguments import not_negative, numbers
from helpers.edges._gradient import gradient, grey

STEPS = (0, 1), (1, 1), (1, 0), (1, -1)  # one pixel right, down right, down, down left


def thin(strength, direction):
    """Keep a pixel if its strength is a peak across the edge, that is, along the gradient.

    The direction is rounded to the nearest of the eight neighbours. Of two equal pixels side by
    side across an edge one is kept; outside the picture the strength is 0.

    Parameters
    ----------
    strength : array of shape (M, N), float >= 0
    direction : array of shape (M, N), in radians
        Where brightness rises: 0 is right, pi / 2 is down.

    Returns
    -------
    array of the shape and dtype of `strength`, 0 where it was no peak
    """
    strength, direction = grey(strength, "strength"), numbers(direction, "direction")
    if strength.shape != direction.shape:
        raise ValueError(
            "`strength` and `direction` must have one shape; got "
            f"{strength.shape} and {direction.shape}."
        )
    if (widest := np.abs(direction).max()) > 2 * np.pi:
        raise ValueError(f"`direction` must be in radians, within 2 pi; got {widest:g}.")
    nearest = np.rint(direction * (4 / np.pi)).astype(np.int8) & 3  # opposite ways are one
    around = cv2.copyMakeBorder(strength, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    peak = np.zeros(strength.shape, dtype=bool)
    for number, (down, right) in enumerate(STEPS):
        before, after = _moved(around, -down, -right), _moved(around, down, right)
        peak |= (nearest == number) & (strength > before) & (strength >= after)
    return strength * peak


def follow(strength, low, high):
    """Keep what is above `high`, and what is above `low` and connected to it.

    Parameters
    ----------
    strength : array of shape (M, N), uint8 or float
    low, high : float, 0 <= low <= high, in the units of `strength`

    Returns
    -------
    array of shape (M, N), bool
        Pixels touch along sides and corners; all pixels on the way are above `low`.
    """
    strength = grey(strength, "strength")
    low, high = not_negative(low, "low"), not_negative(high, "high")
    if low > high:
        raise ValueError(f"`low` must not exceed `high`; got {low:g} and {high:g}.")
    count, pieces = cv2.connectedComponents((strength > low).astype(np.uint8), connectivity=8)
    kept = np.zeros(count, dtype=bool)
    kept[pieces[strength > high]] = True
    return kept[pieces]


def canny(image, low, high, sigma=None):
    """Find edges: slopes, thinned to peaks, followed from the strong to the weak.

    Parameters
    ----------
    image : array of shape (M, N), uint8 or float
    low, high : float, 0 <= low <= high, in units of `image` per pixel
    sigma : float >= 0.5, in pixels, optional
        As for `gradient`.

    Returns
    -------
    array of shape (M, N), bool
    """
    slopes = gradient(image, sigma)
    return follow(thin(slopes.strength, slopes.direction), low, high)


def _moved(around, down, right):
    """Return the neighbour of each pixel so many rows and columns away."""
    rows, columns = around.shape
    return around[1 + down : rows - 1 + down, 1 + right : columns - 1 + right]
