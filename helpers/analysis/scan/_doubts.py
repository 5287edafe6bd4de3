"""Decide which side of the threshold is ink, and say when a picture is no scan of ink."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers.analysis.scan import _ink as scan

WIDTH = 31  # pixels of the window within which ink and paper are told apart
ROWS = 512  # looked at once
TWO_VALUED = 0.69  # print measured 0.71 to 1; photographs 0.23 to 0.88, two of three below it
LEAST, TIMES = 20, 3  # levels, and times the noise, that ink differs from paper at least
MOST_INK = 0.35  # shares from which a result is doubted
MOST_FLIPS = 0.1
MOST_UNSURE = 0.1  # of the pixels in doubt by more than 0.1


class Observed(NamedTuple):
    """Ink as the threshold sees it.

    Attributes
    ----------
    ink : array of shape (M, N), bool
    level : int, Otsu's
    dark : bool, True if ink is dark
    way : "local" or a level
    reason : str
    empty : bool, True if what is darker and lighter differ no more than noise does
    """

    ink: np.ndarray
    level: int
    dark: bool
    way: str | int
    reason: str
    empty: bool


def observe(sheet, *, threshold, ink, window, offset):
    """Mark the ink of an upright page; what holds no paper of the scan holds no ink.

    Parameters
    ----------
    sheet : Sheet
    threshold : "auto", "otsu", "local" or a level
    ink : "auto", "dark" or "light"
    window, offset : int, of a local threshold

    Returns
    -------
    Observed
    """
    level = scan.otsu(sheet.grey)
    choices = {"threshold": threshold, "ink": ink, "window": window, "offset": offset}
    dark, way, reason = decide(sheet.grey, level, **choices)
    found = scan.binarise(sheet.grey, way, dark=dark, window=window, offset=offset)
    if sheet.blank is not None:
        found &= ~sheet.blank
    return Observed(found, level, dark, way, reason, is_empty(sheet.grey, level))


def tell_observed(seen):
    """Say which side of which threshold is ink, and warn of a page without any.

    Parameters
    ----------
    seen : Observed

    Returns
    -------
    list of str
    """
    side = "dark" if seen.dark else "light"
    lines = [f"Ink is {side}; threshold {seen.way}: {seen.reason}."]
    if seen.empty:
        lines.append(
            "WARNING: what is darker and what is lighter differ no more than noise does: this "
            "page may hold no ink."
        )
    return lines


def is_empty(grey, level):
    """Tell whether the two sides of a level differ no more than noise makes them differ.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    level : int, Otsu's

    Returns
    -------
    bool
        Noise alone is parted into sides that differ by 1.6 of its standard deviations.
    """
    below = grey <= level
    if below.all() or not below.any():
        return True
    apart = grey[~below].mean() - grey[below].mean()
    fine = grey[:-1, :-1].astype(np.int16) - grey[1:, :-1] - grey[:-1, 1:] + grey[1:, 1:]
    noise = np.median(np.abs(fine)) / 2 / 0.6745
    return bool(apart < max(LEAST, TIMES * noise))


def decide(grey, level, *, threshold, ink, window, offset):
    """Choose the threshold, and with "auto" ink as the rarer side of that threshold.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    level : int, Otsu's
    threshold : "auto", "otsu", "local" or a level
    ink : "auto", "dark" or "light"
    window, offset : int, of a local threshold

    Returns
    -------
    (dark, way, reason)
        `way` is "local" or a level.
    """
    way, reason = threshold, "chosen by you"
    dark = scan.choose_ink(grey, level if isinstance(way, str) else way, ink)
    if threshold == "auto":
        way, reason = scan.choose_threshold(grey, level, dark)
        rarer = min(share := np.mean(grey <= level), 1 - share)
        if way == "otsu" and ink == "auto" and rarer > MOST_INK:  # the side is uncertain too
            way, reason = scan.choose_threshold(grey, level, not dark)
            dark = dark if way == "otsu" else not dark
    if way == "local" and ink == "auto":
        choices = {"window": window, "offset": offset}
        shares = [scan.binarise(grey, way, dark=d, **choices).mean() for d in (True, False)]
        if dark != (shares[0] <= shares[1]):
            dark = not dark
            if threshold == "auto":
                reason = "the light is uneven: which side is rarer depends on it"
    return dark, level if way == "otsu" else way, reason


def explained(grey, ink):
    """Return the share of the local variance of grey that ink and paper explain.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    ink : array of shape (M, N), bool

    Returns
    -------
    float
        1 if around every pixel all ink has one level and all paper one; 0 if neither differs.
    """
    between = total = 0.0
    halo = WIDTH // 2
    for start in range(0, len(grey), ROWS):
        above = max(0, start - halo)
        part = np.s_[above : start + ROWS + halo]
        inner = np.s_[start - above : start - above + ROWS]
        levels, marks = grey[part].astype(np.float32), ink[part].astype(np.float32)
        pictures = levels, levels**2, marks, levels * marks
        mean, square, share, inked = (cv2.blur(p, (WIDTH, WIDTH))[inner] for p in pictures)
        weight = np.maximum(share * (1 - share), 1e-6)
        between += float(((inked - share * mean) ** 2 / weight).sum(dtype=float))
        total += float((square - mean**2).sum(dtype=float))
    return between / total if total > 0 else 1.0


def tell_doubts(grey, ink, flips, probability=None):
    """Warn when the result is likely to be about something else than ink.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    ink : array of shape (M, N), bool
    flips : Flips
    probability : array of shape (M, N), optional

    Returns
    -------
    list of str, empty if nothing speaks against the scan
    """
    causes = (
        "either the scan is that noisy, or the paper was taken for ink. Where section 3 shows ink "
        "as ink it is noise; else set `ink` or `threshold`."
    )
    lines, inked, share = [], ink.mean(), explained(grey, ink)
    if inked > MOST_INK:
        lines.append(
            f"WARNING: {inked:.0%} of the pixels are ink, much for a page: either it has large "
            "dark areas, or the paper was taken for ink. Look at section 3, and if paper counts as "
            "ink there, set `ink` or `threshold`."
        )
    if flips.share > MOST_FLIPS:
        lines.append(f"WARNING: {flips.share:.0%} of the pixels seem flipped: {causes}")
    if share < TWO_VALUED:
        lines.append(
            f"WARNING: ink and paper explain {share:.0%} of the local contrast (at least "
            f"{TWO_VALUED:.0%} wanted): a photograph, or a page with much grey noise. This page "
            "wants something two-valued."
        )
    if probability is not None:
        unsure = np.mean((probability > 0.1) & (probability < 0.9))
        if unsure > MOST_UNSURE:
            lines.append(f"WARNING: {unsure:.0%} of the pixels are in doubt: {causes}")
    return lines
