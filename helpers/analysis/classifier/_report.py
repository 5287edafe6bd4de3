"""Read labels and scores, and judge how well the scores rank: AUC, comparisons, bands."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, own_data, roc
from helpers.own_data import Problem

LEAST = 5  # of each class
FEW = 30  # of each class: below this the page warns
MOST_MODELS = 6
BAND_ROWS = 10_000  # of each class that a band is computed from, at the most


class Scores(NamedTuple):
    """True labels as bool, scores by the name of the model, and what was noticed on reading."""

    truth: np.ndarray
    models: dict
    notes: tuple


class Comparison(NamedTuple):
    """AUC of the first model minus that of the second, with interval and p values."""

    first: str
    second: str
    difference: float
    low: float
    high: float
    p_value: float
    p_holm: float


def read_scores(path, label, positive, *, scores=None, written=None):
    """Read labels and the scores of one or several models.

    Parameters
    ----------
    path : str or Path
    label : str
        Column of two classes.
    positive : the class that high scores speak for, as it stands in the file
    scores : list of str, optional
        Columns of numbers. Default: all other columns but row numbers, that is whole numbers that
        are all different or count up by one.
    written : own_data.Written, optional
        How the file is written; what it does not say is found.

    Returns
    -------
    Scores

    Raises
    ------
    Problem
        If a class is too small or missing, scores are constant or the same as others, or the
        file is not as asked.
    """
    if scores is not None and (isinstance(scores, str) or not scores or label in scores):
        raise Problem(f"`scores` must be a list of columns other than `label`; got {scores}.")
    asked = {"numbers": scores or "rest", "labels": [label], "written": written}
    table = own_data.read_table(path, **asked, infinite=True)
    truth = own_data.positives(table[label], positive, name=label)
    models = {name: _finite_ranks(v) for name, v in table.columns.items() if name != label}
    counters = [name for name, values in models.items() if _numbers_rows(values)]
    if scores is None:
        models = {name: values for name, values in models.items() if name not in counters}
    if not models:
        raise Problem(
            f"{path.name} has no column of scores but what looks like row numbers "
            f"({', '.join(counters)}); name it in `scores` if it is a score."
        )
    if len(models) > MOST_MODELS:
        raise Problem(
            f"{path.name} has {len(models)} columns of scores; name 1 to {MOST_MODELS} in `scores`."
        )
    _check_models(models)
    sizes = {True: int(truth.sum()), False: int((~truth).sum())}
    if min(sizes.values()) < LEAST:
        raise Problem(
            f'Column "{label}" has {sizes[True]} positive and {sizes[False]} negative rows; at '
            f"least {LEAST} of each are needed."
        )
    notes = [f"{table.rows} rows, {truth.size} of them used"]
    notes += [f"{sizes[True]} positive ({label} = {positive}) and {sizes[False]} negative"]
    notes += [f"models: {', '.join(models)}", *table.notes, *_tell_infinite(table, models)]
    told = "is left out; name it in `scores` to keep it"
    if scores is not None:
        told = "is kept because `scores` names it"
    notes += [f'"{name}" looks like a row number and {told}' for name in counters]
    if min(sizes.values()) < FEW:
        notes.append(f"fewer than {FEW} of a class: all intervals here are rough")
    return Scores(truth, models, tuple(notes))


def pick_model(model, models):
    """Return the model that gets a threshold, and why it is this one.

    Parameters
    ----------
    model : str or None
        None takes the first.
    models : dict of name -> scores

    Returns
    -------
    (str, str)
        Its name, and a note.

    Raises
    ------
    Problem
        If there is no such model.
    """
    why = "it was named in `model`"
    if model is None:
        model, why = next(iter(models)), "the first column of scores; `model` names another one"
    name = _arguments.one_of(model, "model", tuple(models), error=Problem)
    return name, f"the threshold is for {name} ({why})"


def rank_models(truth, models, *, confidence=0.95):
    """Compute the AUC of each model with DeLong's interval.

    Parameters
    ----------
    truth : array of shape (n,), bool
    models : dict of name -> scores of shape (n,)
    confidence : float in (0, 1)

    Returns
    -------
    dict of name -> AucInterval
        The ends are NaN where the classes are separated perfectly: DeLong's variance is 0 then,
        which is no knowledge.

    Raises
    ------
    Problem
        If a model ranks the wrong way round: its whole interval lies below 0.5.
    """
    found = {}
    for name, scores in models.items():
        area = roc.delong_interval(truth, scores, confidence=confidence)
        if area.high < 0.5:
            raise Problem(
                f'The AUC of "{name}" is {area.auc:.3f}: do high scores mean the other class? Set '
                "`positive` to it, or leave this column out of `scores`."
            )
        blind = {"low": np.nan, "high": np.nan} if area.standard_error == 0 else {}
        found[name] = area._replace(**blind)
    return found


def compare_models(truth, models, *, confidence=0.95):
    """Compare the AUCs of all pairs of models on the same rows, by DeLong's paired test.

    Parameters
    ----------
    truth : array of shape (n,), bool
    models : dict of name -> scores of shape (n,)
    confidence : float in (0, 1)
        Of each interval by itself.

    Returns
    -------
    list of Comparison
        Interval and p values are NaN if one of the two separates the classes perfectly.
        `p_holm` is adjusted for the number of the other pairs (S. Holm, A simple sequentially
        rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979, 65-70).
    """
    pairs = list(combinations(models, 2))
    tests = [
        roc.delong_test(truth, models[one], models[other], confidence=confidence)
        for one, other in pairs
    ]
    blind = [1 in (test.auc_a, test.auc_b) for test in tests]
    adjusted = iter(holm([t.p_value for t, no in zip(tests, blind, strict=True) if not no]))
    return [
        Comparison(*pair, t.difference, *(np.nan,) * 4)
        if no
        else Comparison(*pair, t.difference, t.low, t.high, t.p_value, next(adjusted))
        for pair, t, no in zip(pairs, tests, blind, strict=True)
    ]


def holm(p_values):
    """Return p values adjusted by Holm's method, in the same order."""
    order = np.argsort(p_values)
    steps = np.arange(len(p_values), 0, -1) * np.asarray(p_values, dtype=float)[order]
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1) if len(p_values) else []
    return adjusted.tolist()


def draw_bands(truth, models, *, confidence=0.95, resamples=2000, seed=0):
    """Compute a pointwise confidence band for each ROC curve.

    Parameters
    ----------
    truth : array of shape (n,), bool
    models : dict of name -> scores of shape (n,)
    confidence : float in (0, 1)
    resamples : int
    seed : int

    Returns
    -------
    dict of name -> RocBand
        Of a class with more than 10000 rows a random 10000 are used: the band is then a little
        wider than it could be.
    """
    rng = np.random.default_rng(seed)
    kept = [np.flatnonzero(truth), np.flatnonzero(~truth)]
    kept = np.concatenate(
        [
            rng.choice(rows, BAND_ROWS, replace=False) if rows.size > BAND_ROWS else rows
            for rows in kept
        ]
    )
    bar = tqdm(models.items(), desc="bands", delay=2, leave=False)
    return {
        name: roc.bootstrap_band(
            truth[kept],
            scores[kept],
            confidence=confidence,
            resamples=resamples,
            rng=np.random.default_rng(seed),
        )
        for name, scores in bar
    }


def _finite_ranks(values):
    """Put infinite scores beyond all others, so that they keep their rank and can be drawn."""
    finite = values[np.isfinite(values)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    room = (high - low) or 1.0
    return np.where(np.isinf(values), np.where(values > 0, high + room, low - room), values)


def _tell_infinite(table, models):
    names = [name for name in models if np.isinf(table[name]).any()]
    return [f'infinite values of "{name}" rank before or behind all others' for name in names]


def _numbers_rows(values):
    """Tell whether a column looks like a row number and not like a score."""
    if np.any(values != np.floor(values)):
        return False
    return np.unique(values).size == values.size or bool(np.all(np.diff(values) == 1))


def _check_models(models):
    for name, values in models.items():
        if values.min() == values.max():
            raise Problem(
                f'Column "{name}" holds {values[0]:.4g} in every row: a constant score ranks '
                "nobody. Leave it out of `scores`."
            )
    for one, other in combinations(models, 2):
        if np.array_equal(models[one], models[other]):
            raise Problem(f'Columns "{one}" and "{other}" are the same: name only one in `scores`.')
