"""Valleys between groups: how many pictures lie half-way from one centre to another."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from helpers.clustering import assign, k_means

NEAR = 0.25  # of the way between two centres


class Valleys(NamedTuple):
    """Pictures on the lines between centres, for each pair of groups.

    `middle` and `centre` have shape (pairs,): how many lie near the middle, and near the centre
    that has fewer; both are means over the divisions into halves.
    """

    middle: np.ndarray
    centre: np.ndarray


def valleys(points, k, *, splits=10, starts=5, rng):
    """Count the points half-way between centres that were found without them.

    Centres are found in one half of the points; the other half is laid on the lines between
    them. So a valley is none that the centres themselves were fitted to.

    Parameters
    ----------
    points : array of shape (n, d)
    k : int from 2 to n // 2
    splits : int >= 1
        Divisions into halves by chance.
    starts : int >= 1
    rng : numpy.random.Generator

    Returns
    -------
    Valleys
        The counts of both halves together. If the density along a line has a single peak, then
        at least as many are expected in the middle as near the emptier centre.
    """
    half, first = len(points) // 2, k_means(points, k, starts=starts, rng=rng).centres
    found = np.zeros((2, k * (k - 1) // 2))
    for _ in range(splits):
        order = rng.permutation(len(points))
        for fitted, other in ((order[:half], order[half:]), (order[half:], order[:half])):
            centres = k_means(points[fitted], k, starts=starts, rng=rng).centres
            far = np.sum((first[:, None] - centres) ** 2, axis=2)
            found += _counts(points[other], centres[linear_sum_assignment(far)[1]])
    return Valleys(*found / splits)


def _counts(points, centres):
    """Count points near the middle and near the emptier centre of each pair, shape (2, pairs)."""
    labels, counts = assign(points, centres), []
    for one, other in combinations(range(len(centres)), 2):
        line = centres[other] - centres[one]
        between = points[(labels == one) | (labels == other)] - centres[one]
        places = between @ line / (line @ line)
        low, middle, high = (np.count_nonzero(np.abs(places - at) < NEAR) for at in (0, 0.5, 1))
        counts.append((middle, min(low, high)))
    return np.array(counts).T
