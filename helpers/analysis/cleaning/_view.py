"""Look at a picture before and after a filter, and write it like its file."""

import cv2
import numpy as np

from helpers import filters
from helpers.images import as_uint8, write_image

SAMPLE = 512  # pixels a side of the middle part on which filters are compared
GAIN = 4  # of what was removed, when it is drawn


def middle(image, side=SAMPLE):
    """Return the middle of a picture, at most `side` pixels high and wide.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    side : int

    Returns
    -------
    view of `image`
    """
    row, column = (max(0, (length - side) // 2) for length in image.shape[:2])
    return image[row : row + side, column : column + side]


def judge(image, cleaned, visible=None):
    """Look at what was removed.

    Parameters
    ----------
    image, cleaned : arrays of one shape and dtype
    visible : array of shape (M, N), bool, optional
        Pixels that count.

    Returns
    -------
    (removed, edges, pictures)
        SD in levels and correlation with the slope, both in the middle of the picture; before,
        after and what was removed, four times as strong around grey.
    """
    before, after = (as_uint8(middle(part, 256)) for part in (image, cleaned))
    parts = [middle(part).astype(np.float32) for part in (image, cleaned)]
    gone = (parts[0] - parts[1]) * (1 if image.dtype == np.uint8 else 255)
    steep = slope(filters.gaussian(parts[0], 1.5))
    count = np.ones(gone.shape[:2], dtype=bool) if visible is None else middle(visible)
    count = count if count.any() else ~count
    edges = correlation(np.abs(gone[count]), steep[count])
    return float(gone[count].std()), edges, [before, after, _amplified(before, after)]


def make_view(image, ways, describe, reach, *, side=230):
    """Return a function that shows a part at 1:1: before, after, and what was removed.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    ways : dict of method -> function of a picture and a strength
    describe : function of method and strength that names them
    reach : int, pixels around the part that a filter may look at
    side : int, pixels of the part

    Returns
    -------
    callable for `sliders.explore`, with `method`, `strength` and `down`, `across` in per cent
    """
    side = min(side, *(length * 3 // 4 for length in image.shape[:2]))

    def view(method, strength, down, across):
        rows, columns = (
            round((length - side) * share / 100)
            for length, share in zip(image.shape[:2], (down, across), strict=True)
        )
        top, left = max(0, rows - reach), max(0, columns - reach)
        part = image[top : rows + side + reach, left : columns + side + reach]
        inner = np.s_[rows - top : rows - top + side, columns - left : columns - left + side]
        before, after = part[inner], ways[method](part, strength)[inner]
        before, after = (as_uint8(picture) for picture in (before, after))
        removed = np.std(before.astype(np.float32) - after)
        pictures = [before, after, _amplified(before, after)]
        return pictures, f"{describe(method, strength)}: removed SD {removed:.2f} levels"

    return view


def write_comparison(path, pictures):
    """Write pictures of one size side by side.

    Parameters
    ----------
    path : Path
    pictures : list of arrays of shape (M, N) or (M, N, 3), uint8
    """
    gap = np.full((len(pictures[0]), 8, *pictures[0].shape[2:]), 255, dtype=np.uint8)
    parts = [part for picture in pictures for part in (picture, gap)]
    write_image(path, np.concatenate(parts[:-1], axis=1))


def _amplified(before, after):
    gone = before.astype(np.float32) - after
    return np.clip(128 + GAIN * gone, 0, 255).astype(np.uint8)


def slope(image):
    """Return the size of the gradient, in the shape of `image`."""
    down, across = (cv2.Sobel(image, cv2.CV_32F, *step) for step in ((0, 1), (1, 0)))
    return np.hypot(down, across)


def correlation(one, other):
    """Return the correlation of two arrays of one shape, 0 if one of them is constant.

    Parameters
    ----------
    one, other : arrays

    Returns
    -------
    float
    """
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])
