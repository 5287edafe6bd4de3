"""What is printed or stamped on a page beside its ink: ruled lines, and colours."""

import cv2
import numpy as np

from helpers.analysis.scan import _ink as scan
from helpers.images import as_uint8, to_grey

LONGEST = 1200  # pixels of the longer side on which colours are looked for
CHROMA = 30  # levels between the channels of a colour, paper taken as white, at least
TINT = 0.35  # of what the darkest channel lacks to white, at least
SOME, NEARLY_ALL = 0.02, 0.9  # shares of ink between which its colour is told
HUES = ("red", "yellow", "green", "cyan", "blue", "magenta")  # from 0 degrees on, 60 apart
STRIPS = 8  # parts of the page, each of which is looked at by itself
SEEN = 3  # strips in which lines must be seen: text hides them in others
FULL, BROKEN = 0.85, 0.4  # shares of a strip that a line fills: one way only, or both ways
THICK = 8  # pixels at most
LINES = 6  # at least, at equal distances
EVEN = 0.15  # of the distance, by which it may vary


def coloured_share(pixels):
    """Return how much of the ink of a scan has a colour, and which.

    Parameters
    ----------
    pixels : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]

    Returns
    -------
    (share, hue)
        Of the pixels that differ from the paper around them; 0 and "" without colour.
    """
    if pixels.ndim == 2:
        return 0.0, ""
    scale = min(1.0, LONGEST / max(pixels.shape))
    size = [max(1, round(scale * length)) for length in pixels.shape[1::-1]]
    small = as_uint8(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
    grey = to_grey(small)
    paper = np.maximum(np.median(small[grey >= np.median(grey)], axis=0), 1)
    balanced = np.clip(small * (255 / paper), 0, 255)
    lowest, highest = balanced.min(axis=-1), balanced.max(axis=-1)
    ink = scan.binarise(small.min(axis=-1), "local", offset=30)
    coloured = ink & (highest - lowest > np.maximum(CHROMA, TINT * (255 - lowest)))
    if not coloured.any():
        return 0.0, ""
    mean = balanced[coloured].mean(axis=0)
    hue = 2 * int(cv2.cvtColor(np.uint8([[mean]]), cv2.COLOR_RGB2HSV)[0, 0, 0])
    return float(coloured.sum() / ink.sum()), HUES[round(hue / 60) % 6]


def count_rules(ink):
    """Count lines across and down a page that lie at equal distances.

    Parameters
    ----------
    ink : array of shape (M, N), bool

    Returns
    -------
    (across, down), two int
        Seen in at least three of eight strips, 0 where they are not at equal distances. Broken
        lines count if there are some both ways, which lines of text are not.
    """
    broken = tuple(_count(view, BROKEN) for view in (ink, ink.T))
    return broken if all(broken) else tuple(_count(view, FULL) for view in (ink, ink.T))


def tell_marks(ink, coloured, hue):
    """Warn of ruled lines and of coloured ink, which count as ink.

    Parameters
    ----------
    ink : array of shape (M, N), bool
    coloured : float, share of the ink
    hue : str

    Returns
    -------
    list of str
    """
    across, down = count_rules(ink)
    lines = []
    if across and down:
        lines.append(
            f"WARNING: {across} lines across and {down} down at equal distances: squared paper or "
            "a table. They count as ink."
        )
    elif across or down:
        way = "across" if across else "down"
        lines.append(
            f"WARNING: {across or down} lines {way} at equal distances: ruled paper or a table. "
            "They count as ink."
        )
    if SOME <= coloured <= NEARLY_ALL:
        lines.append(
            f"WARNING: {coloured:.0%} of what differs from the paper is coloured, most of it "
            f"{hue}: a stamp, a marker or coloured lines. What is dark enough of it counts as ink."
        )
    return lines


def _count(ink, share):
    counts = []
    for strip in np.array_split(ink.view(np.uint8), STRIPS, axis=1):
        if strip.shape[1] < 8:
            return 0
        near = cv2.dilate(np.ascontiguousarray(strip), np.ones((3, 1), np.uint8))
        full = np.diff((near.mean(axis=1) > share).astype(np.int8), prepend=0, append=0)
        starts, ends = np.flatnonzero(full == 1), np.flatnonzero(full == -1)
        thin = ends - starts <= THICK
        counts.append(_evenly((starts + ends)[thin] / 2))
    return int(np.sort(counts)[-SEEN])


def _evenly(places):
    """Return how many places there are, or 0 if less than two thirds have one distance."""
    if places.size < LINES:
        return 0
    steps = np.diff(places)
    alike = np.abs(steps - np.median(steps)) <= max(1, EVEN * np.median(steps))
    return places.size if alike.mean() >= 2 / 3 else 0
