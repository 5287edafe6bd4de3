"""From a scan to ink and paper: grey levels, threshold, share of flipped pixels, coupling."""

from typing import NamedTuple

import cv2
import numpy as np
from skimage.filters import threshold_otsu
from tqdm.auto import tqdm

from helpers import _arguments, filters, intervals, ising, noise
from helpers.files import Problem

STEEPEST = 15  # degrees
GRID = 8  # parts of the page a side, each asked for its paper
SAMPLE = 512  # pixels a side of the middle part on which the coupling is chosen
COUPLINGS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
HIDDEN = 0.1  # share of pixels hidden to choose the coupling
FLIPS = (0.002, 0.4)  # the sampler is given a share within these


class Flips(NamedTuple):
    """Share of flipped pixels with its 95 % interval, and that of paper and of ink alone."""

    share: float
    low: float
    high: float
    added: float
    lost: float


def check_choices(*, threshold, ink, window, offset, flip_probability, coupling, **others):
    """Refuse choices that cannot be followed, before anything is read.

    Parameters
    ----------
    threshold : "auto", "otsu", "local" or a level in 1..254
    ink : "auto", "dark" or "light"
    window, offset : int, pixels, levels
    flip_probability : "auto" or a number above 0 and below 0.5
    coupling : "auto" or a number in 0..3
    **others : page, shrink, sweeps, chains and seed, int; skew, "auto" or -15..15 degrees;
        borders, "cut" or "keep"

    Raises
    ------
    Problem
    """
    if not isinstance(threshold, str):
        if _arguments.at_least(threshold, "threshold", 1, error=Problem) > 254:
            raise Problem(f"`threshold` must be at most 254; got {threshold}.")
    else:
        _arguments.one_of(threshold, "threshold", ("auto", "otsu", "local"), error=Problem)
    meant = {"black": "dark", "white": "light"}.get(ink) if isinstance(ink, str) else None
    if meant:
        raise Problem(f'`ink` must be one of auto, dark, light; got "{ink}". Is {meant} meant?')
    _arguments.one_of(ink, "ink", ("auto", "dark", "light"), error=Problem)
    _arguments.odd(window, "window", error=Problem)
    _arguments.whole(offset, "offset", 0, error=Problem)
    _check_sheet(others["skew"], others["borders"])
    if flip_probability != "auto":
        _arguments.inner_share(flip_probability, "flip_probability", 0.05, error=Problem)
        if flip_probability >= 0.5:
            raise Problem(f"`flip_probability` must be below 0.5; got {flip_probability}.")
    if coupling != "auto" and _arguments.at_least(coupling, "coupling", 0, error=Problem) > 3:
        raise Problem(f"`coupling` must be at most 3; got {coupling}.")
    least = {"page": 1, "shrink": 1, "sweeps": 20, "chains": 2, "seed": 0}
    for name, lowest in least.items():
        _arguments.whole(others[name], name, lowest, error=Problem)


def _check_sheet(skew, borders):
    _arguments.one_of(borders, "borders", ("cut", "keep"), error=Problem)
    if skew != "auto":
        _arguments.at_least(skew, "skew", -STEEPEST, error=Problem)
        if skew > STEEPEST:
            raise Problem(f"`skew` must be at most {STEEPEST} degrees; got {skew}.")


def otsu(grey):
    """Return Otsu's level: up to it pixels are dark, above it light.

    Parameters
    ----------
    grey : array of shape (M, N), uint8

    Returns
    -------
    int
    """
    counts = np.bincount(grey.ravel(), minlength=256)
    return int(threshold_otsu(hist=(counts, np.arange(256))))


def choose_ink(grey, level, ink):
    """Say whether ink is dark: with "auto" the rarer of dark and light is ink.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    level : int
    ink : "auto", "dark" or "light"

    Returns
    -------
    bool
    """
    return bool(np.mean(grey <= level) <= 0.5) if ink == "auto" else ink == "dark"


def choose_threshold(grey, level, dark):
    """Choose one level for the page, or a local one if somewhere paper would count as ink.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    level : int, Otsu's
    dark : bool, True if ink is dark

    Returns
    -------
    (way, reason), two str
    """
    if not dark:
        grey, level = 255 - grey, 254 - level
    below = grey <= level
    dark_mean, light_mean = grey[below].mean(), grey[~below].mean()
    rows, columns = (np.array_split(np.arange(length), GRID) for length in grey.shape)
    parts = [grey[r[0] : r[-1] + 1, c[0] : c[-1] + 1] for r in rows for c in columns]
    paper = np.array([np.quantile(part, 0.9) for part in parts])
    between = (paper <= level) & (paper > dark_mean + 0.25 * (light_mean - dark_mean))
    if between.any():
        return "local", (
            f"in {between.sum()} of {GRID**2} parts of the page even the paper is on the ink's "
            f"side of Otsu's level {level if dark else 254 - level}: the light is uneven"
        )
    return "otsu", f"no part of the page (of {GRID**2}) has paper on the ink's side of that level"


def binarise(grey, way, *, dark=True, window=31, offset=10):
    """Mark the ink.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    way : "local" or a level
    dark : bool, True if ink is dark
    window : odd int, pixels
        Local: ink is darker than the mean of this window around it, by more than `offset` levels.
    offset : int

    Returns
    -------
    array of shape (M, N), bool, True for ink
    """
    if way == "local":
        mean = filters.mean(grey, window)
        contrast = cv2.subtract(mean, grey) if dark else cv2.subtract(grey, mean)
        return contrast > offset
    return (grey <= way) if dark else (grey > way)


def estimate_flips(ink):
    """Estimate the share of flipped pixels where all eight neighbours agree.

    Parameters
    ----------
    ink : array of shape (M, N), bool

    Returns
    -------
    Flips
        NaN where there are no such places.

    Notes
    -----
    Flips are independent of each other, so a pixel amid eight equal ones differs from them as
    often as any pixel flips, if nothing in the drawing is as small as one pixel.
    """
    cells = ink.view(np.uint8)
    around = cv2.boxFilter(cells, -1, (3, 3), normalize=False)[1:-1, 1:-1] - cells[1:-1, 1:-1]
    inner, amid_paper, amid_ink = ink[1:-1, 1:-1], around == 0, around == 8
    added = np.count_nonzero(inner & amid_paper), np.count_nonzero(amid_paper)
    lost = np.count_nonzero(~inner & amid_ink), np.count_nonzero(amid_ink)
    found, places = added[0] + lost[0], added[1] + lost[1]
    if places == 0:
        return Flips(*[float("nan")] * 5)
    ends = map(float, intervals.proportion_interval(found, places))
    parts = [float(np.divide(*pair)) if pair[1] else float("nan") for pair in (added, lost)]
    return Flips(float(found / places), *ends, *parts)


def check_flips(ink, amounts, *, seed=0):
    """Flip a known share of the pixels, and estimate it again.

    Parameters
    ----------
    ink : array of shape (M, N), bool
    amounts : list of float
    seed : int

    Returns
    -------
    list of (added, expected, estimated)
        `expected` counts in the share that was estimated before.
    """
    before = estimate_flips(ink).share
    return [
        (a, before + a - 2 * a * before, estimate_flips(noise.flip(ink, a, rng=seed)).share)
        for a in amounts
    ]


def within_limits(share):
    """Return a share of flips that the sampler can work with; NaN gives the largest.

    Parameters
    ----------
    share : float

    Returns
    -------
    float
    """
    return float(np.clip(np.nan_to_num(share, nan=FLIPS[1]), *FLIPS))


def middle(ink, side=SAMPLE):
    """Return the middle of a picture, at most `side` pixels high and wide.

    Parameters
    ----------
    ink : array of shape (M, N)
    side : int

    Returns
    -------
    view of `ink`
    """
    row, column = (max(0, (length - side) // 2) for length in ink.shape)
    return ink[row : row + side, column : column + side]


def try_couplings(ink, flip_probability, *, seed=0):
    """Predict hidden pixels with couplings from weak to strong, and choose one.

    Parameters
    ----------
    ink : array of shape (M, N), bool
    flip_probability : float in (0, 0.5)
    seed : int

    Returns
    -------
    (misses, chosen)
        Mean squared miss for each of `COUPLINGS`, and the weakest of them whose miss is within
        one standard error of the smallest one.
    """
    ink = middle(ink)
    hidden = np.random.default_rng(seed).random(ink.shape) < HIDDEN
    field = np.where(ink, 0.5, -0.5) * np.log(1 / flip_probability - 1)
    field[hidden] = 0
    squares = []
    for coupling in tqdm(COUPLINGS, desc="coupling", delay=2, leave=False):
        q = ising.denoise(field=field, coupling=coupling, rng=seed).probability[hidden]
        seen = q + flip_probability - 2 * q * flip_probability
        squares.append((seen - ink[hidden]) ** 2)
    misses = np.mean(squares, axis=1)
    worse = np.array(squares) - squares[int(misses.argmin())]
    error = worse.std(axis=1) / np.sqrt(hidden.sum())
    return misses, COUPLINGS[int(np.argmax(worse.mean(axis=1) <= error))]
