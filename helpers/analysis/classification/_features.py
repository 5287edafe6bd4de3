"""Rows of numbers for pictures: what the network sees, plain features, and the mean colour."""

from itertools import combinations_with_replacement

import numpy as np

from helpers.analysis.classification._folder import SMALL
from helpers.files import Problem, results_base

CACHE = ".features"
DEGREE = 3  # of the products of a mean colour: a straight line could not part a class between two


def describe_pictures(pictures, choices, output=None):
    """Return the features of each picture.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices
    output : str, Path or None
        Folder of the results; features of the network are kept there in a hidden folder, by the
        content of pictures, so that another run is fast.

    Returns
    -------
    array of shape (n, d), float64
        1280 columns of the network, or 71 plain ones.

    Raises
    ------
    Problem
        If there is not enough memory, or nothing can be written there.
    """
    try:
        if choices.features == "plain":
            return np.array([sight.plain for sight in pictures.sights])
        from helpers import learned  # seconds that plain features need not

        seen = [sight.network for sight in pictures.sights]
        return learned.imagenet_features(seen, size=SMALL, cache=results_base(output) / CACHE)
    except MemoryError:
        raise Problem(
            f"There is not enough memory for features of {len(pictures.sights)} pictures: close "
            'other programs, take fewer pictures, or set `features` to "plain".'
        ) from None
    except OSError as error:
        raise Problem(f"The features cannot be kept or made: {error.strerror or error}.") from None


def colour_rows(pictures):
    """Return products of up to three of the mean red, green and blue of each picture.

    Parameters
    ----------
    pictures : Pictures

    Returns
    -------
    array of shape (n, 19), float64
    """
    colours = 2 * np.array([sight.colour for sight in pictures.sights]) - 1
    chosen = [c for k in range(1, DEGREE + 1) for c in combinations_with_replacement(range(3), k)]
    return np.column_stack([colours[:, list(c)].prod(axis=1) for c in chosen])
