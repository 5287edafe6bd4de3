"""A linear head: ridge regression on classes, its strength and its probabilities chosen inside.

Nothing but the rows that it is fitted on decides: each group of them is left out in turn, in closed
form, and what the others say of it chooses the strength and makes scores into probabilities.
"""

from typing import NamedTuple

import numpy as np
from scipy import special

FLOOR = 0.05  # is added to each deviation, as in `learned.ridge_head`
STRENGTHS = np.logspace(-3, 2, 11)  # times the mean squared distance to the middle
SHARPEST, HALVINGS = np.log(1000.0), 24


class Head(NamedTuple):
    """Scores are ``(rows - centre) / deviation @ weights + shares``.

    `centre` and `deviation` have shape (d,), `weights` (d, k), `shares` (k,). Probabilities are the
    softmax of `sharp` times the scores.
    """

    centre: np.ndarray
    deviation: np.ndarray
    weights: np.ndarray
    shares: np.ndarray
    sharp: float
    strength: float

    def chances(self, rows):
        """Return the probability of each class, shape (n, k), for rows of shape (n, d)."""
        return special.softmax(self.sharp * self.scores(rows), axis=1)

    def scores(self, rows):
        """Return one score for each class, shape (n, k)."""
        return (rows - self.centre) / self.deviation @ self.weights + self.shares


def fit_head(rows, labels, groups, classes):
    """Fit ridge regression to one column for each class, 1 where a row belongs to it and else 0.

    Parameters
    ----------
    rows : array of shape (n, d), float64
    labels : array of shape (n,), int from 0 to classes - 1
    groups : array of shape (n,), int
        Rows of one group are left out together.
    classes : int

    Returns
    -------
    Head
        Of all strengths the one with the least mean surprise (log loss) of the rows that were left
        out, at its best sharpness. One row that says nothing is added, so that few rows which are
        all right make nothing certain (as J. C. Platt, Probabilistic outputs for support vector
        machines, 1999, does with one for each of two classes).

    Notes
    -----
    With the smoothing matrix H of ridge regression and its intercept, what is left of a group that
    was left out is ``(I - H_gg)^-1 (y_g - H y)``, exactly, for one strength (R. D. Cook and
    S. Weisberg, Residuals and Influence in Regression, 1982). Centre, deviations and the shares of
    the classes are those of all rows here.
    """
    centre, deviation, n = rows.mean(axis=0), rows.std(axis=0) + FLOOR, len(rows)
    answers = np.eye(classes)[labels]
    shares = answers.mean(axis=0)
    rows, aims = (rows - centre) / deviation, answers - shares
    left, squares = _directions(rows)
    penalties = STRENGTHS * max(squares.sum() / n, 1e-12)
    several = [np.flatnonzero(groups == g) for g in np.flatnonzero(np.bincount(groups) > 1)]
    kept = (left * (squares / (squares + penalty)) for penalty in penalties)  # one at a time
    scores = np.array([_left_out(left, part, aims, several) for part in kept]) + shares
    sharp, surprise = _sharpen(scores, answers)
    place = int(surprise.argmin())
    inner = left @ ((left.T @ aims) / (squares + penalties[place])[:, None])
    return Head(
        centre, deviation, rows.T @ inner, shares, float(sharp[place]), float(STRENGTHS[place])
    )


def _directions(rows):
    """Return left singular vectors of centred rows and squared singular values above rounding."""
    wide = rows.shape[1] > len(rows)
    squares, vectors = np.linalg.eigh(rows @ rows.T if wide else rows.T @ rows)
    kept = squares > 1e-10 * max(squares[-1], 1e-300)
    squares, vectors = squares[kept], vectors[:, kept]
    return (vectors if wide else rows @ vectors / np.sqrt(squares)), squares


def _left_out(left, kept, aims, several):
    """Return the scores of each row by the others, less the mean of all answers."""
    gaps = aims - kept @ (left.T @ aims)
    own = 1 - 1 / len(aims) - np.sum(kept * left, axis=1)
    found = gaps / own[:, None]
    for places in several:
        inside = np.eye(len(places)) - 1 / len(aims) - kept[places] @ left[places].T
        found[places] = np.linalg.solve(inside, gaps[places])
    return aims - found


def _sharpen(scores, answers):
    """Return for each set of scores, shape (s, n, k), its best sharpness and its mean surprise.

    The surprise is convex in the sharpness, so its slope is halved down to 0.
    """
    n, classes = answers.shape
    none = 1 / (n + 1)
    aims = (1 - none) * answers + none / classes
    low, high = (np.full(len(scores), side * SHARPEST) for side in (-1.0, 1.0))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        chances = special.softmax(np.exp(middle)[:, None, None] * scores, axis=2)
        rising = np.sum((chances - aims) * scores, axis=(1, 2)) > 0
        low, high = np.where(rising, low, middle), np.where(rising, middle, high)
    sharp = np.exp(middle)
    told = special.log_softmax(sharp[:, None, None] * scores, axis=2)
    return sharp, -np.sum(aims * told, axis=(1, 2)) / n
