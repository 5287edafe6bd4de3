"""A page made upright: turned until its lines are level, without dark edges and folds."""

from typing import NamedTuple

import cv2
import numpy as np
from scipy import ndimage

from helpers.analysis.scan import _ink as scan
from helpers.analysis.scan._angle import SHARP, find_angle
from helpers.analysis.scan._edges import Zones, find_zones, inner_rectangle

SMALLEST, SHIFT = 0.1, 1.5  # degrees, and pixels across a page, that it is turned for at least
LONGEST = 1200  # pixels of the longer side on which lines and fillings are looked for
SIDE = 32_766  # pixels that OpenCV can turn
LEAST = 0.2  # of rows and of columns that must be left after cutting


class Sheet(NamedTuple):
    """An upright page.

    Attributes
    ----------
    grey : array of shape (M, N), uint8
    blank : array of shape (M, N), bool, or None
        Places of dark zones and of what was not scanned, which hold paper now.
    skew : float, degrees clockwise by which the scan lay turned and is turned back
    sharpness : float, how far the lines stand out among all angles; NaN if `skew` was given
    cut : (top, bottom, left, right), pixels that were cut off
    edge, fold : float, shares of the scan that are dark edges and folds
    kept : bool, True if they were left as they are
    matrix : array of shape (2, 3)
        From (column, row, 1) of the scan to (column, row) of the page.
    """

    grey: np.ndarray
    blank: np.ndarray | None
    skew: float
    sharpness: float
    cut: tuple
    edge: float
    fold: float
    kept: bool
    matrix: np.ndarray


def straighten(grey, *, skew="auto", borders="cut", ink="auto"):
    """Turn a page until its lines of text are level, and take away dark edges and folds.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    skew : "auto" or float
        Degrees within -15..15 by which the page lies turned clockwise. With "auto" it is found,
        and a page without lines of text, or turned by less than 0.1 degrees or a pixel and a
        half across, is not turned.
    borders : "cut" or "keep"
        Dark edges are cut off, and what is left of them, and folds, become paper; or all stays.
    ink : "auto", "dark" or "light"

    Returns
    -------
    Sheet

    Notes
    -----
    On 24 drawn pages of 2 to 26 lines, turned by up to 12 degrees, the angle was found to
    0.05 degrees; lines found by a Hough transform missed it by up to 0.07 degrees.
    """
    dark = _ink_is_dark(grey, ink)
    seen = grey if dark else 255 - grey
    zones = find_zones(seen, scan.otsu(seen))
    sharpness = float("nan")
    if skew == "auto":
        skew, sharpness = _find_skew(seen, zones)
    shares = [float(zone.mean()) for zone in zones]
    turned, zones, unseen, matrix = _turn(seen, zones, float(skew))
    top, bottom, left, right = 0, turned.shape[0], 0, turned.shape[1]
    if borders == "cut" and zones.edge.any():
        top, bottom, left, right = inner_rectangle(zones.edge)
    whole = bottom - top < LEAST * grey.shape[0] or right - left < LEAST * grey.shape[1]
    if whole:
        top, bottom, left, right = 0, turned.shape[0], 0, turned.shape[1]
    cut = top, turned.shape[0] - bottom, left, turned.shape[1] - right
    matrix[:, 2] -= left, top
    inner = np.s_[top:bottom, left:right]
    kept = borders == "keep" or whole
    blank = (unseen if kept else zones.edge | zones.fold | unseen)[inner]
    page = _fill(turned[inner], blank) if blank.any() else turned[inner]
    page, blank = page if dark else 255 - page, blank if blank.any() else None
    return Sheet(np.ascontiguousarray(page), blank, skew, sharpness, cut, *shares, kept, matrix)


def tell_sheet(sheet):
    """Say how a page was made upright, and warn of what was dark around it.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    list of str
    """
    if np.isnan(sheet.sharpness):
        lines = [f"Turned back by {sheet.skew:.2f} degrees, as chosen by you."]
    elif sheet.sharpness < SHARP:
        lines = [
            "No lines of text stand out, so that the page was not turned. Set `skew` if it lies "
            "askew."
        ]
    elif sheet.skew == 0:
        lines = ["The lines are level: the page was not turned."]
    else:
        way = "clockwise" if sheet.skew > 0 else "anticlockwise"
        lines = [f"The lines lie turned {abs(sheet.skew):.2f} degrees {way}: turned back."]
    for share, name in ((sheet.edge, "dark edges"), (sheet.fold, "a dark fold across the page")):
        if share and sheet.kept:
            lines.append(f"WARNING: {share:.1%} of the scan are {name}, which may count as ink.")
        elif share:
            done = "cut off or taken as paper" if name == "dark edges" else "taken as paper"
            lines.append(
                f"WARNING: {share:.1%} of the scan are {name}: {done}. If that was ink, set "
                '`borders` to "keep".'
            )
    return lines


def _ink_is_dark(grey, ink):
    """Tell whether ink is dark, with "auto" from the inner part of a page."""
    rows, columns = (length // 5 for length in grey.shape)
    inner = grey[rows : len(grey) - rows, columns : grey.shape[1] - columns]
    return scan.choose_ink(inner, scan.otsu(inner), ink)


def _find_skew(seen, zones):
    """Return the angle of the lines, 0 if there are none or it is too small, and the sharpness."""
    scale = min(1.0, LONGEST / max(seen.shape))
    size = [max(1, round(scale * length)) for length in seen.shape[::-1]]
    small = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
    ink = scan.binarise(small, "local")
    for zone in zones:
        wide = cv2.resize(zone.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)
        ink &= cv2.dilate(wide, np.ones((9, 9), np.uint8)) == 0
    angle, sharpness = find_angle(ink)
    least = max(SMALLEST, np.rad2deg(SHIFT / seen.shape[1]))
    return (angle if sharpness >= SHARP and abs(angle) >= least else 0.0), sharpness


def _turn(seen, zones, skew):
    """Turn a page back on a sheet that is large enough, and mark what was not scanned."""
    rows, columns = seen.shape
    if skew == 0 or max(rows, columns) * (1 + np.sin(np.deg2rad(scan.STEEPEST))) > SIDE:
        return seen, zones, np.zeros(seen.shape, dtype=bool), np.eye(2, 3)
    matrix = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), skew, 1)
    cosine, sine = np.abs(matrix[0, :2])
    width, height = round(columns * cosine + rows * sine), round(rows * cosine + columns * sine)
    matrix[:, 2] += (width - columns) / 2, (height - rows) / 2

    def turn(mask, outside):
        nearest = {"flags": cv2.INTER_NEAREST, "borderValue": float(outside)}
        return cv2.warpAffine(mask.view(np.uint8), matrix, (width, height), **nearest) > 0

    unseen = turn(np.zeros(seen.shape, dtype=bool), True)
    smooth = {"flags": cv2.INTER_CUBIC, "borderMode": cv2.BORDER_REPLICATE}
    page = cv2.warpAffine(seen, matrix, (width, height), **smooth)
    around = zones.edge.any()  # beyond a dark edge there is no page
    return page, Zones(turn(zones.edge, around), turn(zones.fold, False)), unseen, matrix


def _fill(page, blank):
    """Continue the paper smoothly into places that hold none."""
    scale = min(1.0, LONGEST / max(page.shape))
    size = [max(1, round(scale * length)) for length in page.shape[::-1]]
    small = cv2.medianBlur(cv2.resize(page, size, interpolation=cv2.INTER_AREA), 5)
    hole = cv2.resize(blank.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    hole = ndimage.binary_dilation(hole, iterations=3)
    near = ndimage.distance_transform_edt(hole, return_distances=False, return_indices=True)
    smooth = cv2.resize(small[tuple(near)], page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(blank, smooth, page)
