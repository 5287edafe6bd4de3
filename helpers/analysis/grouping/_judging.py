"""How many groups, and whether there are any: what is measured, and the rule.

A division into groups is always found, so it must show more than structureless data would.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import binom

from helpers.analysis.grouping._valleys import valleys
from helpers.clustering import gap_statistic, k_means, silhouette, split_half_agreement

MOST = 8  # groups that are tried
STABLE = 0.8  # least mean agreement of halves
SURE = 0.05  # most chance of so empty a middle if there were no valley
DEEP = 0.5  # most pictures in a valley, as a share of those round the emptier centre
STARTS, REFERENCES = 3, 19  # 19 of each kind: one time in twenty chance is beyond them all


class Verdict(NamedTuple):
    """What was measured for each number of groups, and what follows.

    `ks`, `agreement`, `silhouettes`, `shuffled`, `gaps` and `errors` have shape (m,); `valleys`
    holds a `Valleys` for each k that is stable or was asked for. `kind` is "groups", "parts" or
    "none"; `k` is the number of groups that are made, 1 for "none" unless one was asked for;
    `reference` is the largest silhouette of structureless data at `tried` groups, or None.
    """

    ks: np.ndarray
    agreement: np.ndarray
    silhouettes: np.ndarray
    shuffled: np.ndarray
    gaps: np.ndarray
    errors: np.ndarray
    valleys: dict
    kind: str
    k: int
    tried: int | None
    reference: float | None


def judge(points, choices):
    """Say whether pictures fall into groups, and into how many.

    The rule, for each number k of groups, or for the one that was asked for:

    - *stable*: two halves of the pictures, grouped apart, agree on all (adjusted Rand index, mean
      of ten divisions) in at least 0.8. A continuum that is cut can be stable too.
    - *groups*: stable, and between each two groups lies a valley. Pictures of one half are laid on
      the line between two centres of the other half. Within a quarter of the way round its middle
      lie at most half as many as so near the emptier one of the centres, and as few would be found
      there in less than one of twenty cases if the density had a single peak. The largest such k
      is proposed.
    - *parts*: no valleys, but the most stable k is tighter (silhouette) than all of 57
      structureless sets: normal, uniform in a box, and the principal axes shuffled, 19 of each.
    - *none*: everything else.

    Called groups (``python -m tests.benchmarks.group_verdicts``; 20 to 300 points in 2 and 20
    columns, 92 draws of each kind): of round, flattened and skewed clouds, cubes and straight
    lines 0; of half circles 5, all of them with 60 points. Of half circles 38 more are parts.

    Parameters
    ----------
    points : array of shape (n, d), n >= 20
        Features of pictures of which none is a copy of another.
    choices : Choices

    Returns
    -------
    Verdict

    References
    ----------
    U. von Luxburg, Clustering stability: an overview, Foundations and Trends in Machine Learning
    2 (2010) 235-274, doi:10.1561/2200000008.
    """
    rng, ks = np.random.default_rng(choices.seed), _numbers(len(points), choices.groups)
    turned = along_axes(points)  # far fewer columns where pictures are few, and the same distances
    agreement = [split_half_agreement(turned, k, starts=STARTS, rng=rng).mean() for k in ks]
    agreement = np.array(agreement)
    tight = np.array([_tightness(turned, k, rng) for k in ks])
    mixed = rng.permuted(points, axis=0)
    mixed = np.array([_tightness(mixed, k, rng) for k in ks])
    gaps = gap_statistic(turned, ks, references=10, starts=2, rng=rng)
    stable = [k for k, share in zip(ks, agreement, strict=True) if share >= STABLE]
    asked = [choices.groups] if choices.groups else []
    lows = {k: valleys(turned, k, starts=STARTS, rng=rng) for k in dict.fromkeys(stable + asked)}
    apart = [k for k in stable if is_apart(lows[k])]
    best = int(ks[agreement.argmax()])
    tried = choices.groups or (apart[-1] if apart else best if stable else None)
    kind, reference = "groups" if tried in apart else "none", None
    if kind == "none" and tried in stable:
        reference = structureless(turned, tried, rng)
        kind = "parts" if tight[list(ks).index(tried)] > reference else "none"
    k = choices.groups or (1 if kind == "none" else tried)
    measured = np.array(ks), agreement, tight, mixed, gaps.gaps, gaps.errors
    return Verdict(*measured, lows, kind, k, tried, reference)


def is_apart(found):
    """Tell whether a valley lies between each two groups.

    Parameters
    ----------
    found : Valleys

    Returns
    -------
    bool
    """
    return bool(np.all(chances(found) < SURE) and np.all(found.middle <= DEEP * found.centre))


def chances(found):
    """Return the chance of so few in the middle, or fewer, if as many were expected there.

    Parameters
    ----------
    found : Valleys

    Returns
    -------
    array of shape (pairs,)
    """
    middle, centre = np.rint(found.middle), np.rint(found.centre)
    return binom.cdf(middle, middle + centre, 0.5)


def structureless(points, k, rng):
    """Return the largest silhouette of k groups in sets without groups.

    Normal and uniform points with the spreads of the data along their principal axes, and the
    data with each principal axis shuffled.

    Parameters
    ----------
    points : array of shape (n, d), along principal axes
    k : int
    rng : numpy.random.Generator

    Returns
    -------
    float
    """
    sds, low, high = points.std(axis=0), points.min(axis=0), points.max(axis=0)
    found = []
    for _ in range(REFERENCES):
        sets = (
            rng.normal(size=points.shape) * sds,
            rng.uniform(low, high, points.shape),
            rng.permuted(points, axis=0),
        )
        found += [_tightness(each, k, rng) for each in sets]
    return max(found)


def along_axes(points):
    """Turn points so that their principal axes are the columns, and leave out those of no spread.

    Parameters
    ----------
    points : array of shape (n, d)

    Returns
    -------
    array of shape (n, m), m <= d, the same distances
    """
    moved = points - points.mean(axis=0)
    _, lengths, axes = np.linalg.svd(moved, full_matrices=False)
    return moved @ axes[lengths > 1e-9 * lengths[0]].T


def _numbers(count, asked):
    """Return the numbers of groups that are tried, one after the other."""
    if asked:
        return range(max(2, asked - 3), min(count // 2, asked + 3) + 1)
    return range(2, max(2, min(MOST, count // 8)) + 1)


def _tightness(points, k, rng):
    return silhouette(points, k_means(points, k, starts=STARTS, rng=rng).labels)
