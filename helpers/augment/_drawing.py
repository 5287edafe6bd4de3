"""Random settings for the transforms of `augment`: which ones, and how strong."""

import numpy as np


def _flip(rng):
    return {"direction": ("horizontal", "vertical")[rng.integers(2)]}


def _rotate(rng):
    return {"degrees": _within(rng, -25, 25)}


def _shift(rng):
    return {"down": _within(rng, -0.15, 0.15), "right": _within(rng, -0.15, 0.15)}


def _scale(rng):
    return {"factor": _within(rng, 0.8, 1.25)}


def _crop(rng):
    share = _within(rng, 0.7, 0.95)
    top, left = _within(rng, 0, 1 - share), _within(rng, 0, 1 - share)
    return {"rows": share, "columns": share, "top": top, "left": left}


def _blur(rng):
    return {"sigma": _within(rng, 0.5, 1.5)}


def _jitter_colour(rng):
    factors = ("saturation", "brightness", "contrast")
    return {"hue": _within(rng, -15, 15)} | {name: _within(rng, 0.75, 1.25) for name in factors}


def _erase(rng):
    rows, columns = _within(rng, 0.1, 0.3), _within(rng, 0.1, 0.3)
    top, left = _within(rng, 0, 1 - rows), _within(rng, 0, 1 - columns)
    return {"rows": rows, "columns": columns, "top": top, "left": left}


# In the order in which they are applied: places first, so that they fit into one warp.
SETTINGS = {
    "flip": _flip,
    "rotate": _rotate,
    "shift": _shift,
    "scale": _scale,
    "crop": _crop,
    "blur": _blur,
    "jitter_colour": _jitter_colour,
    "erase": _erase,
}


def draw(operations, rng, *, colour):
    """Draw different operations and their settings.

    Parameters
    ----------
    operations : (int, int)
        Least and most operations.
    rng : numpy Generator
    colour : bool
        Whether `jitter_colour` may be drawn.

    Returns
    -------
    dict of str -> dict, names and keyword arguments in the order in which they are applied
    """
    least, most = check_operations(operations, colour=colour)
    names = [name for name in SETTINGS if colour or name != "jitter_colour"]
    number = rng.integers(least, most + 1)
    chosen = sorted(rng.choice(len(names), size=number, replace=False))
    return {names[place]: SETTINGS[names[place]](rng) for place in chosen}


def check_operations(operations, *, colour):
    """Return the least and most operations as two whole numbers in order.

    Parameters
    ----------
    operations : (int, int)
    colour : bool
        Whether `jitter_colour` counts.

    Returns
    -------
    (int, int)
    """
    limit = len(SETTINGS) if colour else len(SETTINGS) - 1
    given = tuple(operations) if isinstance(operations, tuple | list) else ()
    whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) for n in given)
    if len(given) != 2 or not whole or not 1 <= given[0] <= given[1] <= limit:
        raise ValueError(
            "`operations` must be the least and the most operations, whole numbers from 1 to "
            f"{limit}; got {operations!r}."
        )
    return int(given[0]), int(given[1])


def _within(rng, low, high):
    """Draw a number of three decimals: short to read, and exact when it is read again."""
    return round(float(rng.uniform(low, high)), 3)
