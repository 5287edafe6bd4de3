"""Read scores that are chances, and carry them to another base rate."""

from typing import NamedTuple

import numpy as np

from helpers import _arguments, base_rates, intervals, own_data
from helpers.analysis.base_rate._counts import base_rate_interval
from helpers.own_data import Problem

GROUPS = 5  # of scores, in which what they say is compared with what is
FEW = 10  # of rows in a group: below this the page does not compare
FROM_SCORES = "scores"


class Scores(NamedTuple):
    """One score for each row of a file, NaN where there is none; labels too, if there are any."""

    name: str
    values: np.ndarray
    truth: np.ndarray | None
    known: np.ndarray
    notes: tuple

    def used(self):
        """Return the scores that are there."""
        return self.values[self.known]

    def labels(self):
        """Return the labels of these rows, or None."""
        return None if self.truth is None else self.truth[self.known]


class Places(NamedTuple):
    """The shares of positives behind the scores and where they are used, and where they come from.

    `low` and `high` are the ends of the interval of `used`, equal to it if it was given.
    """

    trained: float
    used: float
    low: float
    high: float
    notes: tuple


def check_shares(trained, used, threshold, confidence, seed):
    """Refuse shares and choices that cannot be meant, before a file is opened.

    Parameters
    ----------
    trained : float in (0, 1) or None
    used : float in (0, 1), "scores" or None
    threshold, confidence : floats in (0, 1)
    seed : int >= 0

    Raises
    ------
    Problem
    """
    if trained is not None:
        _arguments.inner_share(trained, "trained", 0.5, error=Problem)
    if isinstance(used, str):
        _arguments.one_of(used, "used", (FROM_SCORES,), error=Problem)
    elif used is not None:
        _arguments.inner_share(used, "used", 0.05, error=Problem)
    _arguments.inner_share(threshold, "threshold", 0.5, error=Problem)
    _arguments.inner_share(confidence, "confidence", 0.95, error=Problem)
    _arguments.whole(seed, "seed", 0, error=Problem)


def read_scores(path, score, label=None, positive=None, *, written=None):
    """Read a column of scores from 0 to 1, and one of labels if there is one.

    Parameters
    ----------
    path : str or Path
    score : str
        Column of chances of the positive class.
    label : str, optional
        Column of two classes.
    positive : the class that high scores speak for, as it stands in the file
    written : own_data.Written, optional

    Returns
    -------
    Scores
        Rows without a score stay, so that results can be put beside the file.

    Raises
    ------
    Problem
        If scores lie outside 0 to 1, labels are of one class, or the file is not as asked.
    """
    if not isinstance(score, str) or score == label:
        raise Problem(f"`score` must be the name of a column other than `label`; got {score}.")
    labels = [] if label is None else [label]
    choices = {"labels": labels, "gaps": [score, *labels], "written": written}
    table = own_data.read_table(path, numbers=[score], **choices)
    values = table[score]
    known = np.isfinite(values)
    outside = values[known & ~((values >= 0) & (values <= 1))]
    if outside.size:
        whole = " Are they per cent? Divide them by 100." * bool(_is_percent(values[known]))
        raise Problem(
            f'Column "{score}" must hold chances from 0 to 1; {outside.size} of {known.sum()} are '
            f"none, such as {outside[0]:.4g}.{whole}"
        )
    truth = None
    if label is not None:
        known &= table[label] != ""
        truth = np.zeros(values.size, dtype=bool)
        truth[known] = own_data.positives(table[label][known], positive, name=label)
    if known.sum() < 2:
        raise Problem(
            f'Column "{score}" holds {known.sum()} scores that can be used; 2 are needed.'
        )
    notes = [f"{table.rows} rows, {known.sum()} of them used", *table.notes]
    if certain := int(np.sum((values[known] == 0) | (values[known] == 1))):
        notes.append(f"{certain} scores are exactly 0 or 1: no base rate moves them")
    return Scores(score, values, truth, known, tuple(notes))


def find_places(scores, counts, trained, used, confidence=0.95):
    """Return the share of positives behind the scores, and the one where they are used.

    Parameters
    ----------
    scores : Scores
    counts : Counts
    trained : float in (0, 1), or None for that of the labels
    used : float in (0, 1); None for cases / people; "scores" for an estimate from the scores
    confidence : float in (0, 1)

    Returns
    -------
    Places

    Raises
    ------
    Problem
        If a share is not known, or is 0 or 1.
    """
    if trained is None and scores.truth is None:
        raise Problem(
            "`trained` is missing: name the share of positives among the rows that the model "
            "learnt from, or a column of their classes in `label`."
        )
    how = "as told in `trained`" if trained is not None else "the share in the labels"
    trained = float(scores.labels().mean()) if trained is None else trained
    notes = [f"behind the scores {trained:.4g} are positive ({how})"]
    if used is None and counts.people is None:
        raise Problem("`used` is missing: name the share at the place of use, or count cases.")
    if used == FROM_SCORES:
        share = _estimate(scores, trained)
        notes.append(f"at the place of use {share:.4g} (estimated from the scores themselves)")
        return Places(trained, share, share, share, tuple(notes))
    if used is not None:
        notes.append(f"at the place of use {used:.4g} (as told in `used`)")
        return Places(trained, used, used, used, tuple(notes))
    share, low, high = base_rate_interval(counts, confidence)
    if share in (0, 1):
        raise Problem(
            f"`cases` is {counts.cases} of {counts.people}: no score survives a base rate of "
            f"{share:g}. Set `used` to a share above 0 and below 1."
        )
    notes.append(f"at the place of use {share:.4g} ({counts.cases} of {counts.people})")
    return Places(trained, share, low, high, tuple(notes))


def shift_scores(values, places):
    """Carry scores over to the place of use, and to both ends of its interval.

    Parameters
    ----------
    values : array of shape (n,) in [0, 1], NaN where there is no score
    places : Places

    Returns
    -------
    dict of "shifted", "low", "high" -> array of shape (n,)
    """
    values, there = np.asarray(values, dtype=float), ~np.isnan(values)
    columns = {}
    for name, used in (("shifted", places.used), ("low", places.low), ("high", places.high)):
        columns[name] = np.full(values.shape, np.nan)
        columns[name][there] = base_rates.shift_prior(values[there], places.trained, used)
    return columns


def compare_groups(scores, confidence=0.95):
    """Compare, in groups of equal size, what the scores say with the share of positives.

    Parameters
    ----------
    scores : Scores
    confidence : float in (0, 1)

    Returns
    -------
    dict of column -> list
        Empty without labels, and with fewer than ten rows in a group.
    """
    truth, values = scores.labels(), scores.used()
    if truth is None or values.size < FEW * GROUPS:
        return {}
    order = np.argsort(values, kind="stable")
    columns = {name: [] for name in ("scores from", "to", "rows", "say", "are", "low", "high")}
    for rows in np.array_split(order, GROUPS):
        ends = intervals.proportion_interval(truth[rows].sum(), rows.size, confidence=confidence)
        told = values[rows].min(), values[rows].max(), rows.size, values[rows].mean()
        for name, value in zip(columns, (*told, truth[rows].mean(), *ends), strict=True):
            columns[name].append(value)
    return columns


def _is_percent(values):
    return values.min() >= 0 and 1 < values.max() <= 100


def _estimate(scores, trained):
    try:
        share = base_rates.estimate_prior(scores.used(), trained)
    except ValueError as error:
        raise Problem(
            f"`used` cannot be estimated: all scores equal `trained`. ({error})"
        ) from None
    if share in (0, 1):
        raise Problem(
            f"`used` cannot be estimated: the scores fit best to a share of {share:g}. Set it to a "
            "share above 0 and below 1."
        )
    return share
