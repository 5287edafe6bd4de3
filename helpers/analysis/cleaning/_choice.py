"""Clean a picture: filters by strength, what each takes away, and which one a picture asks for."""

from typing import NamedTuple

import cv2
import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, filters, own_data
from helpers.analysis.cleaning._kinds import is_spiky, is_striped, is_unclear
from helpers.analysis.cleaning._noise_estimate import TILE
from helpers.analysis.cleaning._view import correlation, make_view, middle, slope
from helpers.images import as_float, as_uint8
from helpers.own_data import Problem

CUTOFFS = (0.3, 0.2, 0.14, 0.1, 0.07)  # cycles per pixel
STRONGEST = 5
RIM = 48  # pixels that `low_pass` sees reflected: it takes a picture for one tile of a pattern
IMPULSES = 0.0005  # share from which they must be removed
NEAR = 0.005  # of the smallest miss: filters that near are tied
CRIMMINS = 24  # pixels that one of its iterations can look at
ROWS = 512  # filtered at once


def _low_pass(image, strength):
    padded = cv2.copyMakeBorder(image, RIM, RIM, RIM, RIM, cv2.BORDER_REFLECT)
    slow = filters.low_pass(padded, CUTOFFS[strength - 1], shape="butterworth")
    slow = slow[RIM:-RIM, RIM:-RIM]
    return slow if slow.dtype == np.uint8 else slow.clip(0, 1)


def _crimmins(image, strength):
    """Move pixels by whole levels of 256, as Crimmins does; the rest of their depth stays."""
    if image.dtype == np.uint8:
        return filters.crimmins(image, strength)
    levels = as_uint8(image)
    moved = filters.crimmins(levels, strength).astype(np.int16) - levels
    return np.clip(image + moved.astype(image.dtype) / 255, 0, 1)


def _window(function):
    return lambda image, strength: function(image, 2 * strength + 1)


def _gaussian(image, strength):
    return filters.gaussian(image, strength / 2)


FILTERS = {
    "median": _window(filters.median),
    "conservative": _window(filters.conservative),
    "crimmins": _crimmins,
    "gaussian": _gaussian,
    "low pass": _low_pass,
    "mean": _window(filters.mean),
}
SIZES = {
    "crimmins": lambda strength: f"{strength} iteration{'s' * (strength > 1)}",
    "gaussian": lambda strength: f"sigma {strength / 2} pixels",
    "low pass": lambda strength: f"cutoff {CUTOFFS[strength - 1]} cycles per pixel",
}


class Trial(NamedTuple):
    """What one filter does to the sample: what it removed and its miss are in levels."""

    method: str
    strength: int
    removed: float
    edges: float
    miss: float


def check_choices(method, strength, seed):
    """Refuse choices that cannot be followed, before anything is read.

    Parameters
    ----------
    method : "auto", "none" or a key of `FILTERS`
    strength : int in 1..5
    seed : int >= 0

    Raises
    ------
    Problem
    """
    _arguments.one_of(method, "method", ("auto", "none", *FILTERS), error=Problem)
    if _arguments.whole(strength, "strength", 1, error=Problem) > STRONGEST:
        raise Problem(f"`strength` must be at most {STRONGEST}; got {strength}.")
    _arguments.whole(seed, "seed", 0, error=Problem)


def read_large_enough(path, value_range="used"):
    """Read a picture in which noise can be estimated.

    Parameters
    ----------
    path : str or Path
    value_range : "used", None or (low, high)
        Which values become black and white, as for `images.read_picture`.

    Returns
    -------
    images.Picture

    Raises
    ------
    Problem
        If it cannot be read, or has fewer than 128 rows or columns.
    """
    picture = own_data.read_picture(path, value_range=value_range)
    rows, columns = picture.pixels.shape[:2]
    if min(rows, columns) < 2 * TILE:
        raise Problem(
            f"{path.name} has {rows} x {columns} pixels; at least {2 * TILE} rows and columns "
            "are needed to estimate noise."
        )
    return picture


def describe(method, strength):
    """Name a filter with its size, as ``median, 5 x 5 pixels`` for (``median``, 2).

    Parameters
    ----------
    method : str
    strength : int in 1..5

    Returns
    -------
    str
    """
    if method == "none":
        return "no filter"
    width = 2 * strength + 1
    return f"{method}, {SIZES.get(method, lambda _: f'{width} x {width} pixels')(strength)}"


def explore_view(image):
    """Return a function for `sliders.explore` that shows a part of a picture and the filters.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]

    Returns
    -------
    callable with `method`, `strength`, and `down`, `across` in per cent
    """
    return make_view(image, FILTERS, describe, CRIMMINS * STRONGEST)


def clean(image, method, strength):
    """Filter a picture of any size, band by band, and show progress after two seconds.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    method : a key of `FILTERS`, or "none"
    strength : int in 1..5

    Returns
    -------
    array of the shape and dtype of `image`
    """
    if method == "none":
        return image.copy()
    work, result = FILTERS[method], np.empty_like(image)
    halo = CRIMMINS * strength if method == "crimmins" else RIM
    starts = range(0, len(image), ROWS)
    for start in tqdm(starts, desc=method, delay=2, leave=False):
        above = max(0, start - halo)
        band = work(image[above : start + ROWS + halo], strength)
        result[start : start + ROWS] = band[start - above : start - above + ROWS]
    return result


def compare(image, *, strengths=(1, 2, 3)):
    """Try every filter on the middle of a picture, without knowing the truth.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    strengths : int in 1..5

    Returns
    -------
    list of Trial, the smallest miss first
        `edges` is the correlation of the size of what was removed with the slope of the picture.
        For `miss` a grid of pixels is hidden, replaced by what lies around, and compared with
        the filtered picture there: root mean square in levels, the noise itself included. It
        ranks filters if the noise is independent from pixel to pixel.

    Notes
    -----
    Hiding pixels: J. Batson and L. Royer, Noise2Self, ICML 2019.
    """
    image, rows = middle(image), []
    scale = 255.0 if image.dtype != np.uint8 else 1.0
    steep = slope(filters.gaussian(image.astype(np.float32), 1.5))
    hidden = _hide(image)
    combinations = [(method, strength) for method in FILTERS for strength in strengths]
    for method, strength in tqdm(combinations, desc="filters", delay=2, leave=False):
        found = FILTERS[method](image, strength)
        gone = image.astype(np.float32) - found
        edges = correlation(np.abs(gone), steep)
        miss = _miss(image, hidden, FILTERS[method], strength)
        rows.append(Trial(method, strength, float(gone.std()) * scale, edges, miss))
    return sorted(rows, key=lambda row: row.miss)


def choose(trials, estimate):
    """Choose the filter with the smallest miss, or none if there is hardly any noise.

    Of filters within `NEAR` of it the one is taken that removes most nearly the SD of the noise.

    Parameters
    ----------
    trials : list of Trial
    estimate : NoiseEstimate

    Returns
    -------
    (method, strength, reason)
    """
    single = estimate.impulses.value >= IMPULSES or is_spiky(estimate)
    if single:
        trials = [trial for trial in trials if trial.method in ("median", "conservative")]
        reason = "of the filters that remove impulses it predicts hidden pixels best"
    elif why := _why_none(trials, estimate):
        return "none", 1, why
    else:
        reason = "it predicts hidden pixels best among the filters tried"
    best = min(trials, key=lambda row: row.miss)
    tied = [row for row in trials if row.miss <= best.miss * (1 + NEAR)]
    taken = best
    if not single:
        taken = min(tied, key=lambda row: abs(row.removed - estimate.typical))
    if taken is not best:
        reason = (
            f"its miss is within {NEAR:.1%} of the smallest ({describe(*best[:2])}), and it "
            f"removes {taken.removed:.2g} levels, nearer to the noise ({estimate.typical:.2g})"
        )
    return taken.method, taken.strength, reason


def _why_none(trials, estimate):
    """Return why no filter is chosen: what varies from pixel to pixel is too small; or nothing."""
    least = min(1.0, estimate.step)
    if is_striped(estimate) and estimate.typical < 1:
        return "the noise from pixel to pixel is below one level of 256, and stripes stay"
    if is_unclear(estimate) and estimate.typical < 1:
        return "what varies is coarser than a pixel and of no clear kind: choose `method` by eye"
    if estimate.typical < least:
        return "the noise is below one level of the file: a filter would only blur"
    if estimate.typical < 1 and min(t.miss for t in trials) > np.sqrt(2) * estimate.typical:
        return "no filter predicts hidden pixels to less than the noise itself: it would only blur"
    return ""


def _hide(image):
    """Return copies of a picture with a grid of pixels replaced by the middle of their four."""
    padded = np.pad(image, ((1, 1), (1, 1)) + ((0, 0),) * (image.ndim - 2), mode="reflect")
    four = np.stack([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
    filled = np.sort(four, axis=0)[1:3].mean(axis=0).astype(image.dtype)
    pairs = []
    for row, column in ((1, 1), (3, 3)):
        grid, copy = np.s_[row::4, column::4], image.copy()
        copy[grid] = filled[grid]
        pairs.append((grid, copy))
    return pairs


def _miss(image, hidden, work, strength):
    """Return the root mean square difference of hidden pixels and what is said of them."""
    squares = []
    for grid, copy in hidden:
        seen, said = (as_float(p[grid]) * 255 for p in (image, work(copy, strength)))
        plain = (seen > 1) & (seen < 254)  # an impulse says nothing about what lies below it
        squares.append(np.mean((seen - said) ** 2, where=plain if plain.any() else True))
    return float(np.sqrt(np.mean(squares)))
