"""Pictures cut into square patches, one in each row, and put together again."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers._arguments import numbers, whole


def to_patches(image, side, *, step=None):
    """Cut a grey picture into square patches, row by row from the top left.

    Parameters
    ----------
    image : array of shape (M, N), bool, integer or finite float
    side : int >= 1
        Pixels a side.
    step : int >= 1, optional
        Pixels from one patch to the next; without it `side`: they touch and do not overlap.

    Returns
    -------
    patches : array of shape (n, side * side), the dtype of `image`, always a new array

    Raises
    ------
    ValueError
        If the patches do not end at the last row and the last column: crop the picture first.
    """
    image, side, step = _grid(image, side, step)
    windows = sliding_window_view(image, (side, side))[::step, ::step]
    return windows.reshape(-1, side * side).copy()


def from_patches(patches, shape, *, step=None):
    """Put patches back where `to_patches` cut them; where they overlap, take their mean.

    Parameters
    ----------
    patches : array of shape (n, side * side), finite numbers
    shape : (int, int)
        Rows and columns of the picture.
    step : int >= 1, optional
        As it was for `to_patches`.

    Returns
    -------
    image : array of that shape, float64

    Raises
    ------
    ValueError
        If number and size of the patches do not belong to such a picture, or a value is no
        finite number.
    """
    patches = numbers(patches, "patches")
    side = round(np.shape(patches)[-1] ** 0.5) if patches.ndim == 2 else 0
    if side < 1 or patches.shape[1] != side * side:
        raise ValueError(f"`patches` must have shape (n, side * side); got {patches.shape}.")
    shape = tuple(whole(length, "shape") for length in shape)
    total, side, step = _grid(np.zeros(shape), side, step)
    down, across = ((length - side) // step + 1 for length in total.shape)
    if len(patches) != down * across:
        needed = f"{down * across} rows for a picture of {total.shape}"
        raise ValueError(f"`patches` must have {needed}; got {len(patches)}.")
    patches, covered = patches.reshape(down, across, side, side), np.zeros_like(total)
    for row in range(side):
        for column in range(side):
            place = (
                slice(row, row + step * (down - 1) + 1, step),
                slice(column, column + step * (across - 1) + 1, step),
            )
            total[place] += patches[:, :, row, column]
            covered[place] += 1
    return total / covered


def check_values(image):
    """Return a picture of any units as an array, after a look at its shape and its numbers."""
    image = numbers(image, "image")
    if image.size == 0 or not (image.ndim == 2 or (image.ndim == 3 and image.shape[2] == 3)):
        raise ValueError(f"`image` must have shape (M, N) or (M, N, 3); got {image.shape}.")
    return image


def _grid(image, side, step):
    image, side = check_values(image), whole(side, "side")
    step = side if step is None else whole(step, "step")
    if image.ndim == 3:
        raise ValueError(f"`image` must have shape (M, N); got {image.shape}.")
    if step > side:
        raise ValueError(f"`step` must be at most `side` ({side}); got {step}.")
    if min(image.shape) < side or any((length - side) % step for length in image.shape):
        raise ValueError(
            f"`image` must hold whole patches of {side} pixels, {step} apart; got {image.shape}."
        )
    return image, side, step
