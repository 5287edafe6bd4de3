"""The groups themselves: who belongs where, how far from the centre, and who is far out."""

from typing import NamedTuple

import numpy as np

from helpers.analysis.grouping._features import one_of_each
from helpers.clustering import assign, k_means

FAR = 1.5  # times the middle half of the distances, above the third quartile
FEWEST = 8  # pictures of a group whose distances have a usual spread


class Groups(NamedTuple):
    """Groups from 1, the largest first, and how far each picture lies from its centre.

    `labels`, `distances` and `far` have shape (n,); `limits` has shape (k,): the distance from
    which on a picture is far out, infinite for small groups.
    """

    labels: np.ndarray
    distances: np.ndarray
    far: np.ndarray
    limits: np.ndarray


def divide(points, pictures, verdict, choices):
    """Divide all pictures into the number of groups of the verdict.

    Centres are found with one picture of each chain of near copies; all others join the nearest.
    A picture is far out if its distance is above the third quartile of its group by more than
    one and a half times the range from first to third quartile.

    Parameters
    ----------
    points : array of shape (n, d)
    pictures : Pictures
    verdict : Verdict
    choices : Choices

    Returns
    -------
    Groups

    References
    ----------
    J. W. Tukey, Exploratory Data Analysis, Addison-Wesley (1977), chapter 2.
    """
    used = points[one_of_each(points, pictures)]
    centres = k_means(used, verdict.k, starts=20, rng=choices.seed).centres
    order = np.argsort(-np.bincount(assign(points, centres)), kind="stable")
    centres = centres[order]
    labels = assign(points, centres)
    distances = np.linalg.norm(points - centres[labels], axis=1)
    limits = np.array([_limit(distances[labels == group]) for group in range(len(centres))])
    return Groups(labels + 1, distances, distances > limits[labels], limits)


def _limit(distances):
    if len(distances) < FEWEST:
        return np.inf
    low, high = np.quantile(distances, (0.25, 0.75))
    return high + FAR * (high - low)
