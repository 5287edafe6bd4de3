"""Studies: what was measured once, how an interval follows from it, and imitations of it.

A study of rows, of subjects with several rows each, of two groups or of pairs differs in what is
resampled together and in the formula; all else is the same.
"""

from typing import NamedTuple

import numpy as np

from helpers import intervals
from helpers.analysis.intervals import _methods as ways
from helpers.own_data import Problem

STUDIES = 1000  # imitated studies behind a measured coverage
BLOCK = 1 << 21  # values of imitated studies at once
QUICK = 499  # resamples of a bootstrap within an imitated study


class Share(NamedTuple):
    """How often imitated studies held the sample's own value: NaN with a reason if unknown."""

    value: float
    why: str = ""


class Study(NamedTuple):
    """Parts that are resampled each by itself, along the last axis, and their interval.

    Attributes
    ----------
    parts : list of array of shape (..., n)
    value : float
    method : str
    interval : callable
        Takes the parts of one study or, with an axis of studies before the last, of many,
        a confidence, a number of resamples and a generator; returns an `Interval`.
    noun : str
        What is counted along the last axis.
    """

    parts: list
    value: float
    method: str
    interval: object
    noun: str = "value"

    def ends(self, confidence, resamples, rng):
        """Return both ends as numbers."""
        return tuple(map(float, self.interval(self.parts, confidence, resamples, rng)))


def of_rows(values, statistic, method):
    """Return the study of one sample of independent rows."""

    def interval(parts, confidence, resamples, rng):
        return ways.interval(parts[0], statistic, method, confidence, resamples, rng)

    value = float(ways.STATISTICS[statistic](values, axis=-1))
    return Study([values], value, method, interval)


def of_subjects(values, codes, statistic):
    """Return the study of rows that belong to subjects: their totals and sizes are resampled."""
    formula, method = {
        "mean": (intervals.clustered_mean_interval, "clustered t"),
        "proportion": (intervals.clustered_proportion_interval, "clustered exact"),
    }[statistic]

    def interval(parts, confidence, resamples, rng):
        return formula(*parts[0], confidence=confidence)

    totals = np.bincount(codes, values)
    sizes = np.bincount(codes).astype(np.float64)
    there = sizes > 0
    return Study([np.stack([totals, sizes])[:, there]], values.mean(), method, interval, "subject")


def of_two(one, other, statistic, method):
    """Return the study of two groups of independent rows."""
    compute = ways.STATISTICS[statistic]

    def interval(parts, confidence, resamples, rng):
        if method in ("welch", "newcombe"):
            return getattr(ways, method)(*parts, confidence)
        how = {"confidence": confidence, "method": method, "resamples": resamples, "rng": rng}
        try:
            return intervals.bootstrap_difference_interval(*parts, compute, **how)
        except ValueError as error:
            raise Problem(f"{method} fails here: {error}") from None

    value = float(compute(one, axis=-1) - compute(other, axis=-1))
    return Study([one, other], value, method, interval)


def of_two_by_subject(one, other, statistic):
    """Return the study of two groups of rows that belong to subjects.

    Parameters
    ----------
    one, other : (array of shape (n,), int array of shape (n,))
        Values and who they belong to, with the same numbers in both groups.
    statistic : str

    Notes
    -----
    Subjects of both groups, of the first and of the second alone are resampled by themselves, so
    that each group keeps its number of subjects. A proportion of 0 or 1 shows no variance: then
    the ends of both groups are squared and added, as Newcombe does.
    """
    many = 1 + max(codes.max() for _, codes in (one, other))
    counted = np.stack(
        [
            np.bincount(codes, weights, many)
            for values, codes in (one, other)
            for weights in (values, np.ones(values.size))
        ]
    )
    kind = (counted[1] > 0) + 2 * (counted[3] > 0)
    parts = [counted[:, kind == k] for k in (1, 2, 3) if np.any(kind == k)]

    value, edge = one[0].mean() - other[0].mean(), {one[0].mean(), other[0].mean()} & {0, 1}
    by_ends = statistic == "proportion" and edge

    def interval(parts, confidence, resamples, rng):
        joined = np.concatenate(parts, axis=-1)
        if not by_ends:
            return intervals.clustered_difference_interval(*joined, confidence=confidence)
        formula = intervals.clustered_proportion_interval
        ends = [formula(*joined[k : k + 2], confidence=confidence) for k in (0, 2)]
        shares = [joined[k].sum(axis=-1) / joined[k + 1].sum(axis=-1) for k in (0, 2)]
        return ways.square_and_add(shares[0], ends[0], shares[1], ends[1])

    method = "clustered newcombe" if by_ends else "clustered t"
    return Study(parts, float(value), method, interval, "subject")


def of_paired_answers(one, other):
    """Return the study of two answers (0 or 1) of each subject."""

    def interval(parts, confidence, resamples, rng):
        first, second = ((parts[0] == sign).sum(axis=-1) for sign in (1, -1))
        pairs = parts[0].shape[-1]
        return intervals.paired_proportion_interval(first, second, pairs, confidence=confidence)

    gaps = one - other
    return Study([gaps], float(gaps.mean()), "bonett-price", interval, "pair")


def imitate(study, statistic, confidence, seed):
    """Return how often resampled studies hold the value of the study itself.

    Parameters
    ----------
    study : Study
    statistic : str
    confidence : float in (0, 1)
    seed : int

    Returns
    -------
    Share
    """
    what = f"{study.noun}s{' in a group' * (_groups(study) > 1)}"
    if _fewest(study) < ways.FEW:
        return Share(np.nan, f"fewer than {ways.FEW} {what} show too little to imitate")
    alike = [_are_alike(part) for part in study.parts]
    if all(alike) if study.noun == "subject" else any(alike):
        return Share(np.nan, f"{what} that are all alike cannot be imitated")
    many = sum(part.size for part in study.parts)
    if many * _cost(study.method) * STUDIES > ways.WORK * _room(study.method, statistic):
        return Share(np.nan, "it would take too long")
    rng, held = np.random.default_rng(seed), 0
    most = max(1, BLOCK // many)
    for start in range(0, STUDIES, most):
        drawn = [_resampled(part, min(most, STUDIES - start), rng) for part in study.parts]
        try:
            low, high = study.interval(drawn, confidence, QUICK, rng)
        except Problem:
            return Share(np.nan, f"some imitated study is too odd for {study.method}")
        held += np.count_nonzero((low <= study.value) & (study.value <= high))
    return Share(held / STUDIES)


def _fewest(study):
    """Return the size of the smallest group, of subjects those with rows in it."""
    if study.noun != "subject":
        return min(part.shape[-1] for part in study.parts)
    sizes = np.concatenate([part[1::2] for part in study.parts], axis=-1)
    return np.count_nonzero(sizes, axis=-1).min()


def _groups(study):
    """Return the number of groups that are compared; subjects of both are parted once more."""
    return study.parts[0].shape[0] // 2 if study.noun == "subject" else len(study.parts)


def _are_alike(part):
    """Tell whether all values are equal, or of totals and sizes all means."""
    if part.ndim == 1:
        return part.min() == part.max()
    totals, sizes = part[0::2], part[1::2]
    means = [t[s > 0] / s[s > 0] for t, s in zip(totals, sizes, strict=True)]
    return all(m.size == 0 or m.min() == m.max() for m in means)


def _resampled(part, studies, rng):
    return part[..., rng.integers(0, part.shape[-1], (studies, part.shape[-1]))]


def _cost(method):
    return QUICK if method in ways.BOOTSTRAPS else 1


def _room(method, statistic):
    if method not in ways.BOOTSTRAPS:
        return 0.1
    return 5 if statistic == "mean" else 0.5  # resampled means are one product of matrices
