"""Kinds of features: what is kept of each picture, and the columns that it becomes.

A kind is one row of `KINDS`, whatever it is made with.
"""

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

from helpers.clustering import colour_histogram, standardise, texture_features
from helpers.compression import principal_components, project
from helpers.files import Problem
from helpers.images import middle_square, to_grey

GRID = 16  # rows and columns of the small picture whose components are taken
COMPONENTS = 10
SEEN = 128  # pixels a side of what the network sees
FEWEST = 20  # pictures that can be grouped
ROUNDED = 9  # digits in which features of different pictures differ
ALIKE = 1e-9  # mean squared distance to the middle below which features are rounding


class Kind(NamedTuple):
    """A kind of features: its name for readers, what is seen of one picture, how rows are scaled.

    `see` takes (M, N) or (M, N, 3), uint8, and returns an array; `scale` takes those of n
    pictures, stacked, and returns (n, d).
    """

    words: str
    see: Callable
    scale: Callable


def _roots(image):
    return np.sqrt(colour_histogram(image))


def _grid(image):
    grey = to_grey(image) if image.ndim == 3 else image
    return cv2.resize(grey, (GRID, GRID), interpolation=cv2.INTER_AREA).ravel() / 255


def _scores(rows):
    if (rows == rows[0]).all():
        return np.zeros((len(rows), 1))
    components = principal_components(rows, min(COMPONENTS, len(rows) - 1, rows.shape[1]))
    return project(rows, components)


def _square(image):
    colour = image if image.ndim == 3 else np.stack([image] * 3, axis=-1)
    return cv2.resize(middle_square(colour), (SEEN, SEEN), interpolation=cv2.INTER_AREA)


def check_network():
    """Say in a sentence that this computer has no network, before a picture is read."""
    try:
        from helpers import learned  # noqa: F401 - seconds that the other kinds need not
    except ImportError as error:
        reason = str(error).partition(". ")[0]
        raise Problem(f'`features` cannot be "network" on this computer: {reason}.') from None


def _network(squares):
    from helpers import learned

    try:
        return _scores(learned.imagenet_features(squares, size=SEEN))
    except FileNotFoundError as error:
        raise Problem(str(error)) from None


KINDS = {
    "colour": Kind("shares of 64 colours", _roots, lambda rows: rows),
    "texture": Kind("seven numbers of brightness and texture", texture_features, standardise),
    "components": Kind("ten principal components of the layout", _grid, _scores),
    "network": Kind("ten components of what a trained network sees", _square, _network),
}


def one_of_each(points, pictures):
    """Return the numbers of the pictures by which groups are found: no copies, no equal rows.

    Parameters
    ----------
    points : array of shape (n, d)
    pictures : Pictures

    Returns
    -------
    array of shape (m,), int, rising

    Raises
    ------
    Problem
        If fewer than 20 remain.
    """
    different = np.unique(pictures.first)
    rows = points[different].round(ROUNDED)
    different = different[np.sort(np.unique(rows, axis=0, return_index=True)[1])]
    if len(different) < FEWEST:
        raise Problem(
            f"Only {len(different)} of {len(points)} pictures differ in these features and are no "
            f"near copies of each other; at least {FEWEST} are needed."
        )
    return different


def describe_pictures(pictures, choices):
    """Return one row of features for each picture; each kind has the same weight.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices

    Returns
    -------
    array of shape (n, d), float64
        The mean of each column is 0. The squared distances of a kind to the middle have the mean
        1 divided by the number of kinds; a kind in which all pictures are alike is left out.

    Raises
    ------
    Problem
        If all pictures are alike in every kind.
    """
    parts = []
    for kind in choices.features:
        rows = KINDS[kind].scale(np.array([sight.seen[kind] for sight in pictures.sights]))
        rows = rows - rows.mean(axis=0)
        spread = np.mean(np.sum(rows**2, axis=1))
        if spread > ALIKE:
            parts.append(rows / (spread * len(choices.features)) ** 0.5)
    if not parts:
        raise Problem(f"All {len(pictures.sights)} pictures are alike in these features.")
    return np.hstack(parts)
