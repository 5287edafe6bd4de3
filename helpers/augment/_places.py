"""What a description moves: its operations as one matrix."""

import numpy as np

from helpers._arguments import positive
from helpers.augment import _drawing, _geometry


def direction_of(direction):
    """Return a checked direction of `flip`."""
    if direction not in ("horizontal", "vertical"):
        raise ValueError(f'`direction` must be "horizontal" or "vertical"; got {direction!r}.')
    return direction


def pixels_of(length, side, name):
    """Read whole numbers as pixels and floats as shares of the side."""
    if isinstance(length, bool | np.bool_) or not np.isfinite(length):
        raise ValueError(f"`{name}` must be whole pixels or a float share; got {length}.")
    return length if isinstance(length, int | np.integer) else length * side


PLACES = {  # operations that only move pixels: their matrices are multiplied, then applied at once
    "flip": lambda shape, direction: _geometry.mirroring(shape, direction_of(direction)),
    "rotate": _geometry.rotation,
    "shift": lambda shape, down, right: _geometry.translation(
        pixels_of(down, shape[0], "down"), pixels_of(right, shape[1], "right")
    ),
    "scale": lambda shape, factor: _geometry.scaling(shape, positive(factor, "factor")),
    "crop": _geometry.enlarging,
}


def matrix_of(shape, description):
    """Return the one matrix of all operations that move pixels.

    Parameters
    ----------
    shape : the first two are rows and columns
    description : dict of str -> dict
        As `random_transform` returns it.

    Returns
    -------
    array of shape (2, 3) from (column, row) of the input to those of the output, or None if no
    pixel moves
    """
    if strangers := [name for name in description if name not in _drawing.SETTINGS]:
        known = ", ".join(_drawing.SETTINGS)
        raise ValueError(f"`description` must name some of {known}; got {strangers[0]!r}.")
    places = [
        place(shape, **description[name]) for name, place in PLACES.items() if name in description
    ]
    return _geometry.composed(places) if places else None


def only_flips(description):
    """Tell whether nothing but "flip" moves pixels, so that none is interpolated."""
    return [name for name in description if name in PLACES] == ["flip"]
