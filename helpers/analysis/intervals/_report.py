"""Put an interval on a statistic of a column, group by group, and say why this interval."""

from typing import NamedTuple
from zlib import crc32

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals import _studies as studies
from helpers.analysis.intervals._rule import choose_method
from helpers.own_data import Problem

FEW_SUBJECTS = 10
NO_SUBJECTS = ("median", "trimmed mean", "standard deviation")


class Estimate(NamedTuple):
    """A statistic of one group with its interval, and why this method was used.

    `n` counts values, of a paired difference pairs; `subjects` is None where rows are independent.
    """

    group: str
    n: int
    value: float
    low: float
    high: float
    method: str
    reason: str
    subjects: int | None = None


def check_choices(statistic, method, confidence, resamples, seed, *, subject=None):
    """Refuse choices that cannot be followed, before anything is read.

    Parameters
    ----------
    statistic : str, a key of `ways.METHODS`
    method : "auto" or a method for that statistic
    confidence : float in (0, 1)
    resamples : int >= 200
    seed : int >= 0
    subject : str, optional

    Raises
    ------
    Problem
    """
    _arguments.one_of(statistic, "statistic", tuple(ways.METHODS), error=Problem)
    _arguments.one_of(method, "method", ("auto", *ways.METHODS[statistic]), error=Problem)
    _arguments.inner_share(confidence, "confidence", 0.95, error=Problem)
    _arguments.whole(resamples, "resamples", 200, error=Problem)
    _arguments.whole(seed, "seed", 0, error=Problem)
    if subject is not None and statistic in NO_SUBJECTS:
        raise Problem(
            f"`subject` serves the mean and the proportion; for a {statistic} write one row for "
            "each subject, and set `subject` to None."
        )
    if subject is not None and method != "auto":
        raise Problem(f'`method` must be "auto" where `subject` is set; got "{method}".')


def estimate_groups(
    samples, statistic, *, method="auto", confidence=0.95, resamples=9999, seed=0, quiet=False
):
    """Estimate the statistic of each group with an interval.

    Parameters
    ----------
    samples : Samples
    statistic : str
    method : "auto" or a method for that statistic
    confidence : float in (0, 1)
    resamples : int
    seed : int
    quiet : bool
        True shows no progress.

    Returns
    -------
    (list of Estimate, list of str)
        The second says which groups were left out, and why: too few values, no spread, or an
        interval without width.

    Raises
    ------
    Problem
        If no group can be estimated.
    """
    found, omitted = [], []
    bar = tqdm(samples.groups, desc="groups", delay=2, leave=False, disable=quiet)
    for name in bar:
        rng = np.random.default_rng([seed, crc32(name.encode())])  # the same whatever the others
        try:
            found.append(_estimate(samples, name, statistic, method, confidence, resamples, rng))
        except _Omitted as why:
            omitted.append(f'group "{name}" is left out: {why}')
    if not found:
        raise Problem(f"No interval can be given: {'; '.join(omitted[:5])}.")
    return found, omitted


def measure_coverage(samples, estimates, statistic, *, confidence=0.95, seed=0):
    """Measure how often each method would hold the truth if a sample were the whole population.

    Parameters
    ----------
    samples : Samples
    estimates : list of Estimate
    statistic : str
    confidence : float in (0, 1)
    seed : int

    Returns
    -------
    list of Share
        Of `STUDIES` imitated studies; NaN with a reason where there are fewer than ten values,
        where all are alike, or where it takes too long. Rows of a subject stay together.
    """
    shares = []
    for estimate in tqdm(estimates, desc="coverage", delay=2, leave=False):
        study = _study(samples, estimate.group, statistic, estimate.method)
        shares.append(studies.imitate(study, statistic, confidence, seed))
    return shares


class _Omitted(Exception):
    """Why a group has no interval."""


def _estimate(samples, name, statistic, method, confidence, resamples, rng):
    values, reason = samples.groups[name], "chosen by you"
    if samples.subjects is not None:
        return _of_subjects(samples, name, statistic, confidence)
    if method == "auto":
        method, reason = choose_method(values, statistic, confidence, resamples)
    if why := ways.refusal(values, method, confidence, resamples):
        raise _Omitted(why)
    study = studies.of_rows(values, statistic, method)
    low, high = study.ends(confidence, resamples, rng)
    if why := no_width(low, high, method):
        raise _Omitted(why)
    return Estimate(name, values.size, study.value, low, high, method, reason)


def _of_subjects(samples, name, statistic, confidence):
    values = samples.groups[name]
    many = np.unique(samples.subjects[name]).size
    if many < 2:
        raise _Omitted("it holds one subject")
    if statistic != "proportion" and values.min() == values.max():
        raise _Omitted(ways.refusal(values, "t", confidence, 1))
    study = studies.of_subjects(values, samples.subjects[name], statistic)
    low, high = study.ends(confidence, 1, None)
    if why := no_width(low, high, study.method):
        raise _Omitted(why)
    reason = f"{values.size} rows of {many} subjects, and rows of a subject may be alike"
    if np.ptp(np.unique(samples.subjects[name], return_counts=True)[1]):
        reason += "; each row counts once, so subjects with more rows weigh more"
    reason += few_subjects(many)
    return Estimate(name, values.size, study.value, low, high, study.method, reason, many)


def _study(samples, name, statistic, method):
    values = samples.groups[name]
    if samples.subjects is not None:
        return studies.of_subjects(values, samples.subjects[name], statistic)
    return studies.of_rows(values, statistic, method)


def few_subjects(many, where=""):
    """Warn of few subjects, or return nothing."""
    if many >= FEW_SUBJECTS:
        return ""
    return f"; fewer than {FEW_SUBJECTS} subjects{where} tell little, read it with care"


def no_width(low, high, method):
    """Say why ends that agree are no interval, or nothing if they differ."""
    if high - low > 1e-12 * max(abs(low), abs(high)):
        return ""
    return (
        f"both ends of {method} are {low:.4g}, as too many values are equal; that is no certainty, "
        "but an interval without width"
    )
