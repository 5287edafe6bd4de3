"""Dark edges around a page and the shadow of a fold across it: found, and cut or taken as paper."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers.analysis.scan import _ink as scan

LONGEST = 800  # pixels of the longer side on which dark zones are looked for
STROKE = 1 / 60  # of the longer side: what is narrower may be ink
ALONG = 0.2  # share of a side that a dark edge covers at least
ACROSS = 0.6  # share of the page that a fold crosses at least
NARROW = 0.2  # share of the page that a fold is wide at most
MOST = 0.5  # of the picture: if more is dark, it is the paper
BLACK = 0.2  # of the level of paper: so dark is the glass of a scanner, or the depth of a fold
FLAT = 20  # levels between the tenths of an edge that is less black
STEP = 0.25  # of the level of paper, by which it is lighter where such an edge ends
CONTRAST = 24  # levels by which text is darker than what lies around it
WORD = 12  # times the width of a stroke: a line that is longer is no word
WRITTEN = 0.03  # share of a dark part that may look like text
RAGGED = 0.1  # share of a row that may be dark after cutting


class Zones(NamedTuple):
    """Dark zones as arrays of shape (M, N), bool: edges of the picture, and folds across it."""

    edge: np.ndarray
    fold: np.ndarray


def find_zones(grey, level):
    """Find what is too wide for ink: dark edges and folds.

    Parameters
    ----------
    grey : array of shape (M, N), uint8, ink dark
    level : int, up to which a pixel is dark

    Returns
    -------
    Zones
        Empty where more than half of the picture would be dark.
    """
    scale = min(1.0, LONGEST / max(grey.shape))
    size = [max(1, round(scale * length)) for length in grey.shape[::-1]]
    small = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 3)
    edge, fold = (np.zeros(small.shape, dtype=np.uint8) for _ in range(2))
    for part in _wide_parts(small, level):
        if _along(part) >= ALONG:
            edge |= part
        elif _is_fold(part):
            fold |= part
    if (edge | fold).mean() > MOST:
        edge[:], fold[:] = 0, 0
    grown = (cv2.dilate(zone, np.ones((5, 5), np.uint8)) for zone in (edge, fold))
    back = grey.shape[::-1]
    return Zones(*(cv2.resize(z, back, interpolation=cv2.INTER_NEAREST) > 0 for z in grown))


def inner_rectangle(dark):
    """Return the rectangle that is left when dark rows and columns are cut from its sides.

    Parameters
    ----------
    dark : array of shape (M, N), bool

    Returns
    -------
    (top, bottom, left, right)
        As in ``dark[top:bottom, left:right]``: no outer row or column of it is darker by more
        than a tenth than the least dark one, which may cross a fold.
    """
    sums = np.pad(dark.cumsum(0, dtype=np.int64).cumsum(1), ((1, 0), (1, 0)))
    box = [0, dark.shape[0], 0, dark.shape[1]]
    while box[0] < box[1] and box[2] < box[3]:
        top, bottom, left, right = box
        down = np.diff(sums[top : bottom + 1, right] - sums[top : bottom + 1, left])
        across = np.diff(sums[bottom, left : right + 1] - sums[top, left : right + 1])
        down, across = down / (right - left), across / (bottom - top)
        more = [*(down[[0, -1]] - down.min()), *(across[[0, -1]] - across.min())]
        side = int(np.argmax(more))
        if more[side] <= RAGGED:
            break
        box[side] += 1 - 2 * (side % 2)
    return tuple(box)


def _wide_parts(small, level):
    """Return dark parts without text in them: what is as dark as glass, and its shadow."""
    width = max(3, round(STROKE * max(small.shape))) | 1  # an even square would shift what it opens
    dark = small <= level
    if dark.all() or not dark.any():
        return []
    paper = small[~dark].mean()
    lines = _text(small, width)
    seeds = _parts(_open(small <= BLACK * paper, width))
    flat = _parts(_open(dark, width))
    seeds += [part for part in flat if _is_flat(small, part, STEP * paper, width)]
    core = np.zeros_like(small)
    for part in seeds:
        core |= part * (lines[part > 0].mean() <= WRITTEN)
    rest = small[core == 0]
    if rest.size == small.size or len(np.unique(rest)) < 2:  # nothing dark, or no shadow to ask for
        return _parts(core)
    shade = (max(level, scan.otsu(rest)) + paper) / 2
    for part in _parts(_open(small <= shade, width)):
        shadow = (part > 0) & (core == 0)
        if part[core > 0].any() and shadow.any() and lines[shadow].mean() <= WRITTEN:
            core |= part
    return _parts(core)


def _text(small, width):
    """Mark what is dark, narrow and short: letters and words, but no rule and no narrow fold."""
    narrow = cv2.morphologyEx(_framed(small, width, 0), cv2.MORPH_BLACKHAT, _square(width))
    narrow = (narrow[width:-width, width:-width] > CONTRAST).astype(np.uint8)
    _, numbers, sizes, _ = cv2.connectedComponentsWithStats(narrow, connectivity=8)
    extents = sizes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return (numbers > 0) & (extents < WORD * width)[numbers]


def _is_flat(small, part, step, width):
    """Tell whether a part has one level and ends with a step, as no shadow does."""
    tenths = np.quantile(small[part > 0], (0.1, 0.9))
    ring = cv2.dilate(part, _square(2 * width + 1)) > cv2.dilate(part, _square(5))
    return np.ptp(tenths) <= FLAT and ring.any() and np.median(small[ring]) > tenths[1] + step


def _open(dark, width):
    """Return the places where a square fits that is dark all over, as uint8; outside is dark."""
    padded = _framed(dark.astype(np.uint8), width, 1)
    return cv2.morphologyEx(padded, cv2.MORPH_OPEN, _square(width))[width:-width, width:-width]


def _framed(picture, width, value):
    return cv2.copyMakeBorder(picture, *[width] * 4, cv2.BORDER_CONSTANT, value=value)


def _square(width):
    return np.ones((width, width), dtype=np.uint8)


def _parts(mask):
    count, numbers = cv2.connectedComponents(mask, connectivity=8)
    return [(numbers == number).astype(np.uint8) for number in range(1, count)]


def _along(part):
    """Return the largest share of a side of the picture that a part covers."""
    return max(part[0].mean(), part[-1].mean(), part[:, 0].mean(), part[:, -1].mean())


def _is_fold(part):
    extents = [np.ptp(np.flatnonzero(part.any(axis=a))) / part.shape[1 - a] for a in (0, 1)]
    return max(extents) >= ACROSS and min(extents) <= NARROW
