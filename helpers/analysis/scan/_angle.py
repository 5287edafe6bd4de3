"""By how many degrees a page lies turned, found from its lines of text."""

import cv2
import numpy as np

from helpers.analysis.scan._ink import STEEPEST

LONGEST = 1200  # pixels of the longer side on which the angle is looked for
SHARP = 4.0  # the best profile over the middle one of all angles, from which there are lines


def find_angle(ink):
    """Find the angle by which lines of text lie turned clockwise.

    Ends of strokes are thrown along lines of every angle; at the right one they fall into few
    rows, and neighbouring rows differ most (W. Postl, 1986; the sum of squared differences).

    Parameters
    ----------
    ink : array of shape (M, N), bool, without borders

    Returns
    -------
    (angle, sharpness)
        Degrees within -15..15, and how far the best profile stands out: 1 is not at all.
    """
    rows, columns = lower_ends(ink)
    if rows.size < 100:
        return 0.0, 1.0
    coarse = np.arange(-STEEPEST, STEEPEST + 0.05, 0.1)
    scores = np.array([_score(rows, columns, angle) for angle in coarse])
    best = coarse[int(scores.argmax())]
    fine = best + np.arange(-0.1, 0.101, 0.01)
    found = fine[int(np.argmax([_score(rows, columns, angle) for angle in fine]))]
    return float(found), float(scores.max() / np.median(scores))


def lower_ends(ink):
    """Return rows and columns of the pixels of ink that have paper below them, made coarser.

    Parameters
    ----------
    ink : array of shape (M, N), bool

    Returns
    -------
    (rows, columns), two arrays of shape (k,), around the middle of the picture
    """
    scale = min(1.0, LONGEST / max(ink.shape))
    size = [max(1, round(scale * length)) for length in ink.shape[::-1]]
    small = cv2.resize(ink.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 127
    small = cv2.medianBlur(small.astype(np.uint8), 3) > 0 if scale == 1 else small
    rows, columns = np.nonzero(small[:-1] & ~small[1:])
    return rows - small.shape[0] / 2, columns - small.shape[1] / 2


def _score(rows, columns, angle):
    slope = np.deg2rad(angle)
    along = np.rint(rows * np.cos(slope) - columns * np.sin(slope)).astype(np.intp)
    profile = np.bincount(along - along.min()).astype(float)
    return float(np.square(np.diff(profile, prepend=0, append=0)).sum())
