"""Masks, outlines and boxes that move as their picture does: the places change, no value does."""

import numpy as np

from helpers.augment import _geometry, _places

WARPED = ("u1", "u2", "i2", "f8")  # kinds of numbers that OpenCV warps; others go through floats


def transform_mask(mask, description, *, border="reflect"):
    """Move the labels of a mask as `repeat_transform` moves the pixels of its picture.

    Nearest neighbours: a label that comes out went in, save 0 with border "constant". Blur, colours
    and erased rectangles leave a mask as it is: what is covered keeps its label.

    Parameters
    ----------
    mask : array of shape (M, N) or (M, N, 3), bool or whole numbers within 2**53
    description : dict of str -> dict
        As `random_transform` returns it.
    border : {"reflect", "nearest", "constant"}
        The one of the picture.

    Returns
    -------
    array of the shape and dtype of `mask`
    """
    mask = np.asarray(mask)
    if mask.ndim not in (2, 3) or mask.shape[2:] not in ((), (3,)) or mask.size == 0:
        raise ValueError(f"`mask` must have shape (M, N) or (M, N, 3); got {mask.shape}.")
    if mask.dtype.kind not in "bui":
        raise TypeError(f"`mask` must hold bool or whole numbers; got {mask.dtype}.")
    matrix = _places.matrix_of(mask.shape, description)
    if matrix is None:
        return mask.copy()
    kind = "u1" if mask.dtype.kind == "b" else mask.dtype.str[1:]
    values = np.ascontiguousarray(mask, dtype=kind if kind in WARPED else "f8")
    return _geometry.moved(values, matrix, border).astype(mask.dtype, copy=False)


def transform_outline(outline, description, shape):
    """Move a polygon as `repeat_transform` moves its picture, and cut it at the border.

    Each side of the border cuts in turn (I. Sutherland and G. Hodgman, 1974,
    doi:10.1145/360767.360802). What the operation "erase" covers counts as unseen, but cuts
    nothing away.

    Parameters
    ----------
    outline : array of shape (k, 2), k >= 3
        Row and column of the corners, in pixels from the upper left edge: pixel 0 reaches from 0
        to 1. Parts may lie outside the picture.
    description : dict of str -> dict
        As `random_transform` returns it; the picture's border is best "constant".
    shape : the first two are rows and columns of the picture

    Returns
    -------
    cut : array of shape (m, 2)
        Empty where nothing lies in the picture.
    seen : float in [0, 1]
        Share of the area of what lay in the picture before that can be seen afterwards.
    """
    rows, columns = shape[:2]
    # What lay outside before shows black, so that it cannot come into sight.
    whole = _cut(_corners(outline), (0, 0), (rows, columns))
    matrix = _places.matrix_of(shape, description)
    if matrix is not None:
        whole = _moved(whole, matrix)
    cut = np.clip(_cut(whole, (0, 0), (rows, columns)), 0, (rows, columns))  # rounding
    seen = _area(cut)
    if "erase" in description:
        seen -= _area(_cut(cut, *_erased(description["erase"], rows, columns)))
    area = _area(whole)
    return cut, min(max(seen / area, 0.0), 1.0) if area > 0 else 0.0


def transform_boxes(boxes, description, shape):
    """Move boxes as `repeat_transform` moves their picture, and cut them at the border.

    Each becomes the smallest upright box round what is seen of it once it is turned, so a turn
    makes it looser, twice even more.

    Parameters
    ----------
    boxes : array of shape (n, 4)
        Top, left, bottom and right edge in pixels, as for `transform_outline`.
    description : dict of str -> dict
        As `random_transform` returns it; the picture's border is best "constant".
    shape : the first two are rows and columns of the picture

    Returns
    -------
    moved : array of shape (n, 4), float
        Zeros where nothing lies in the picture.
    seen : array of shape (n,), float in [0, 1]
        As for `transform_outline`.
    """
    boxes = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    moved, seen = np.zeros(boxes.shape), np.zeros(len(boxes))
    for place, (top, left, bottom, right) in enumerate(boxes):
        corners = [(top, left), (top, right), (bottom, right), (bottom, left)]
        cut, seen[place] = transform_outline(corners, description, shape)
        if len(cut):
            moved[place] = *cut.min(axis=0), *cut.max(axis=0)
    return moved, seen


def _corners(outline):
    outline = np.asarray(outline, dtype=np.float64)
    if outline.ndim != 2 or outline.shape[1] != 2 or len(outline) < 3:
        raise ValueError(f"`outline` must have shape (k, 2) with k >= 3; got {outline.shape}.")
    if not np.isfinite(outline).all():
        raise ValueError("`outline` must hold finite numbers.")
    return outline


def _moved(corners, matrix):
    """Apply a matrix that maps centres of pixels, which lie half a pixel inside their edges."""
    centres = corners[:, ::-1] - 0.5
    return (centres @ matrix[:, :2].T + matrix[:, 2] + 0.5)[:, ::-1]


def _cut(corners, low, high):
    """Cut a polygon by the four sides of an upright rectangle, one after the other."""
    for axis in (0, 1):
        for sign, limit in ((1, low[axis]), (-1, high[axis])):
            corners = _cut_by_side(corners, sign * (corners[:, axis] - limit))
    return corners


def _cut_by_side(corners, inside):
    """Keep the part of a polygon where `inside`, linear along its edges, is not negative."""
    after, further = np.roll(corners, -1, axis=0), np.roll(inside, -1)
    crossing = (inside >= 0) != (further >= 0)
    share = np.divide(inside, inside - further, where=crossing, out=np.zeros(len(inside)))
    cuts = corners + share[:, None] * (after - corners)
    both = np.stack([corners, cuts], axis=1).reshape(-1, 2)
    return both[np.stack([inside >= 0, crossing], axis=1).ravel()]


def _area(corners):
    """Return the area of a polygon, by the shoelace formula."""
    row, column = corners.T
    return abs(np.dot(row, np.roll(column, -1)) - np.dot(column, np.roll(row, -1))) / 2


def _erased(settings, rows, columns):
    """Return the upper left and the lower right corner of what `erase` covers."""
    pixels, spans = _places.pixels_of, []
    for first, size, side in (("top", "rows", rows), ("left", "columns", columns)):
        start = round(pixels(settings[first], side, first))
        spans.append((start, start + round(pixels(settings[size], side, size))))
    return tuple(zip(*spans, strict=True))
