"""How alike two pictures are: as they are, after a shift, and after their levels were matched."""

from typing import NamedTuple

import numpy as np

from helpers.analysis.comparison._pair import shown
from helpers.files import Problem
from helpers.similarity import (
    Alignment,
    align,
    earth_movers_distance,
    mean_squared_error,
    overlap,
    structural_similarity,
    structural_similarity_map,
)

KNOWN = 0.1  # response below which two large pictures show no common view
FAINT = 0.5  # correlation of the levels below which matching them makes strangers alike


class Step(NamedTuple):
    """One way to compare: its name, both pictures, and four numbers.

    `mse` in squared levels of 255, `psnr` in decibels, `ssim` at most 1, `emd` in levels.
    """

    name: str
    first: np.ndarray
    second: np.ndarray
    mse: float
    psnr: float
    ssim: float
    emd: float


class Comparison(NamedTuple):
    """Steps from the pictures as they are on, the shift, gain, offset, and the step that counts.

    `correlation` is that of the levels, before they are matched.
    """

    steps: tuple
    alignment: Alignment | None
    moved: bool
    gain: float
    offset: float
    correlation: float
    used: Step


def compare(pair, register=True, match_levels=False, window=7):
    """Compare two pictures as they are, registered by whole pixels, and with levels matched.

    Parameters
    ----------
    pair : Pair
    register : bool
        Whether the second picture is moved onto the first; only where the response says that
        both show one view.
    match_levels : bool
        Whether the last step, a gain and an offset for the second picture, counts.
    window : odd int or "gaussian", of the structural similarity

    Returns
    -------
    Comparison

    Raises
    ------
    Problem
        If the window is larger than the pictures, or than what they share.
    """
    steps = [_step("as they are", pair.first, pair.second, window)]
    flat = any(image.min() == image.max() for image in (pair.first, pair.second))
    alignment = None if flat else align(pair.first, pair.second)
    known = least_response(pair.first)
    moved = register and alignment is not None and alignment.response >= known
    moved = moved and alignment[:2] != (0, 0)
    if moved:
        steps.append(_step("registered", *overlap(pair.first, pair.second, *alignment[:2]), window))
    gain, offset, correlation = _levels(steps[-1].first, steps[-1].second)
    matched = (gain * steps[-1].second + offset).astype(np.float32)
    steps.append(_step("levels matched", steps[-1].first, matched, window))
    used = steps[-1] if match_levels else steps[-2]
    return Comparison(tuple(steps), alignment, moved, gain, offset, correlation, used)


def least_response(image):
    """Return the response from which two pictures of this size are taken for one view.

    Strangers reach more on small pictures: of 150 pairs of photographs none passed at 96 and 128
    pixels a side with 0.1, and many at 48 and below.
    """
    return max(KNOWN, 10 / np.sqrt(image[..., :1].size if image.ndim == 3 else image.size))


def similarity_map(step, window):
    """Return the structural similarity of each window as a picture: white is 1, black 0 or less.

    Parameters
    ----------
    step : Step
    window : odd int or "gaussian"

    Returns
    -------
    array of shape (M, N), float64 in [0, 1]
    """
    found = structural_similarity_map(step.first, step.second, window=window, data_range=255)
    return np.clip(found.mean(axis=2) if found.ndim == 3 else found, 0, 1)


def _step(name, first, second, window):
    try:
        ssim = structural_similarity(first, second, window=window, data_range=255)
    except ValueError as error:
        raise Problem(f"`window` does not fit: {error}") from None
    mse = mean_squared_error(first, second)
    psnr = float(10 * np.log10(255**2 / mse)) if mse > 0 else float("inf")
    return Step(name, first, second, mse, psnr, ssim, _distance(first, second))


def _distance(first, second):
    """Return the earth mover's distance of the levels, over the channels on average."""
    counts = [
        [np.bincount(channel.ravel(), minlength=256) for channel in _channels(shown(image))]
        for image in (first, second)
    ]
    return float(np.mean(earth_movers_distance(*map(np.array, counts))))


def _channels(image):
    return np.moveaxis(np.atleast_3d(image), 2, 0)


def _levels(first, second):
    """Return gain and offset that bring the second nearest to the first, and the correlation."""
    x, y = (image.ravel().astype(np.float64) for image in (second, first))
    x_mean, y_mean, x_sd, y_sd = x.mean(), y.mean(), x.std(), y.std()
    together = np.mean((x - x_mean) * (y - y_mean))
    gain = together / x_sd**2 if x_sd > 0 else 0.0
    correlation = together / (x_sd * y_sd) if x_sd * y_sd > 0 else 0.0
    return float(gain), float(y_mean - gain * x_mean), float(correlation)
