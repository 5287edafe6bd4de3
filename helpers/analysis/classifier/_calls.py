"""How shares and thresholds are written down: a threshold calls the rows that were counted."""

from decimal import ROUND_FLOOR, Context
from typing import NamedTuple

import numpy as np

MOST = 17  # significant digits that tell any two numbers apart


class Call(NamedTuple):
    """Who is called positive: in words, by a short number, and by the exact one of the file.

    `exact` is infinite if everybody or nobody is called.
    """

    words: str
    sign: str
    number: str
    exact: float

    def decides(self):
        """Tell whether there are rows on both sides."""
        return bool(np.isfinite(self.exact))


def shown(share):
    """Write a share with three decimals, or with as many as tell it from 0 and 1.

    Parameters
    ----------
    share : float in [0, 1]

    Returns
    -------
    str
    """
    for places in range(3, 10):
        text = f"{share:.{places}f}"
        if share in (0, 1) or float(text) not in (0, 1):
            return text
    return f"{share:.3f}"


def shortest(threshold, below):
    """Return the shortest decimal above `below` and not above `threshold`.

    Parameters
    ----------
    threshold : float
    below : float
        The next lower score; the decimal calls the same rows as `threshold`.

    Returns
    -------
    str
    """
    written = repr(float(threshold))  # 0.6 itself, not the binary number just below it
    for digits in range(1, MOST):
        number = Context(prec=digits, rounding=ROUND_FLOOR).create_decimal(written).normalize()
        if float(number) > below:
            usual = number == 0 or -5 <= number.adjusted() < 15
            return f"{number:f}" if usual else f"{number:e}"
    return written


def word_call(found, model, threshold, below=None):
    """Say who is called positive at a threshold.

    Parameters
    ----------
    found : Scores
    model : str
    threshold : float
        On the scale of `found`, where high scores speak for the positive class.
    below : float, optional
        The next lower score, if it is known.

    Returns
    -------
    Call
    """
    scores, turned = found.models[model], model in found.low
    sign, side = ("<=", -1) if turned else (">=", 1)
    if np.isposinf(threshold):
        return Call("nobody", sign, str(side * np.inf), side * np.inf)
    if below is None:
        below = scores[scores < threshold].max(initial=-np.inf)
    if np.isneginf(below):
        return Call("everybody", sign, str(-side * np.inf), -side * np.inf)
    number = shortest(threshold, below)
    if turned and float(number):
        number = number.removeprefix("-") if number.startswith("-") else f"-{number}"
    return Call(f"score {sign} {number}", sign, number, side * float(threshold))
