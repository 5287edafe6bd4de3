"""The last layer for classes of one's own: in closed form, or trained with the blocks below it."""

from typing import NamedTuple

import numpy as np

from helpers import _arguments
from helpers._arguments import positive

FLOOR = 0.05  # is added to each SD: few pictures leave features that hardly vary


class Head(NamedTuple):
    """A linear head: scores are ``(features - mean) / deviation @ weights + bias``."""

    classes: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, features):
        """Return one score for each class, array of shape (n, classes)."""
        features = _arguments.table(features, "features")
        if features.shape[1] != len(self.mean):
            columns = len(self.mean)
            raise ValueError(f"`features` must have {columns} columns; got {features.shape[1]}.")
        return (features - self.mean) / self.deviation @ self.weights + self.bias

    def predict(self, features):
        """Return the class of the highest score, array of shape (n,)."""
        return self.classes[self.scores(features).argmax(axis=1)]


def ridge_head(features, labels, *, strength=100.0):
    """Find the best linear head in one step: least squares on 0 and 1, large weights penalised.

    Features are centred and divided by their SD plus 0.05, both of these pictures alone. With n
    pictures of d features the smaller of an n x n and a d x d system is solved.

    Parameters
    ----------
    features : array of shape (n, d)
    labels : array of shape (n,), two classes or more
    strength : float > 0
        Penalty of the squared weights; no more of it than that gives the classes' shares.

    Returns
    -------
    Head
        `classes` sorted; `head.scores(features)`, `head.predict(features)`.

    Raises
    ------
    ValueError
        If lengths differ, a value is not finite, or there is one class only.

    References
    ----------
    A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12, 1970.
    """
    features, classes, targets = _checked(features, labels)
    strength = positive(strength, "strength")
    mean, deviation = features.mean(0), features.std(0) + FLOOR
    rows = (features - mean) / deviation
    bias = targets.mean(0)
    if len(rows) <= rows.shape[1]:
        inner = rows @ rows.T + strength * np.eye(len(rows))
        weights = rows.T @ np.linalg.solve(inner, targets - bias)
    else:
        inner = rows.T @ rows + strength * np.eye(rows.shape[1])
        weights = np.linalg.solve(inner, rows.T @ (targets - bias))
    return Head(classes, mean, deviation, weights, bias)


def _checked(features, labels):
    """Return features, the classes and a column of 0 and 1 for each."""
    features, labels = _arguments.table(features, "features"), _arguments.labels(labels, "labels")
    if len(features) != len(labels):
        raise ValueError(f"`labels` must have length {len(features)}; got {len(labels)}.")
    classes = np.unique(labels)
    if len(classes) < 2:
        raise ValueError(f"`labels` must hold two classes or more; got {len(classes)}.")
    return features, classes, (labels[:, None] == classes).astype(np.float64)
