"""Judge how well scores rank: AUC, comparisons, bands."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, roc
from helpers.analysis.classifier import _cautions
from helpers.own_data import Problem

BAND_ROWS = 10_000  # of each class that a band is computed from, at the most
BAND_SUBJECTS = 100  # of which a row is kept in any case


class Comparison(NamedTuple):
    """AUC of the first model minus that of the second, with interval and p values."""

    first: str
    second: str
    difference: float
    low: float
    high: float
    p_value: float
    p_holm: float


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


def rank_models(found, *, confidence=0.95, judge_turned=False):
    """Compute the AUC of each model with DeLong's interval on the logit scale.

    Parameters
    ----------
    found : Scores
    confidence : float in (0, 1)
    judge_turned : bool
        Whether a score may rank the wrong way round, with its whole interval below 0.5.

    Returns
    -------
    dict of name -> AucInterval
        Where the classes are separated perfectly, a bound for one side (`roc.delong_interval`).

    Raises
    ------
    Problem
        If a model ranks the wrong way round and may not.
    """
    choices = {"confidence": confidence} | found.kin()
    areas = {
        name: roc.delong_interval(found.truth, scores, **choices)
        for name, scores in found.models.items()
    }
    if not judge_turned:
        _cautions.refuse_turned(areas)
    return areas


def compare_models(found, *, confidence=0.95):
    """Compare the AUCs of all pairs of models on the same rows, by DeLong's paired test.

    Parameters
    ----------
    found : Scores
    confidence : float in (0, 1)
        Of each interval by itself.

    Returns
    -------
    list of Comparison
        Interval and p values are NaN if one of the two separates the classes perfectly, or both
        stand to the other class alike in every row. `p_holm` is adjusted for the number of the
        other pairs (S. Holm, A simple sequentially rejective multiple test procedure,
        Scandinavian Journal of Statistics 6, 1979, 65-70).
    """
    pairs, choices = list(combinations(found.models, 2)), {"confidence": confidence} | found.kin()
    tests = [
        roc.delong_test(found.truth, found.models[one], found.models[other], **choices)
        for one, other in pairs
    ]
    blind = [bool({0, 1} & {t.auc_a, t.auc_b}) or t.high - t.low < 1e-9 for t in tests]
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


def draw_bands(found, *, confidence=0.95, resamples=2000, seed=0):
    """Compute a pointwise confidence band for each ROC curve.

    Parameters
    ----------
    found : Scores
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
    kept = _thinned(found, rng)
    kin = {name: part if part is None else part[kept] for name, part in found.kin().items()}
    choices = {"confidence": confidence, "resamples": resamples} | kin
    bar = tqdm(found.models.items(), desc="bands", delay=2, leave=False)
    return {
        name: roc.bootstrap_band(
            found.truth[kept], scores[kept], rng=np.random.default_rng(seed), **choices
        )
        for name, scores in bar
    }


def _thinned(found, rng):
    """Return the rows that a band is computed from, among them some of many subjects."""
    kept = []
    for side in (np.flatnonzero(found.truth), np.flatnonzero(~found.truth)):
        some = side
        if side.size > BAND_ROWS:
            some = rng.choice(side, BAND_ROWS, replace=False)
            if found.clusters is not None:
                first = side[np.unique(found.clusters[side], return_index=True)[1]]
                some = np.union1d(some, first[:BAND_SUBJECTS])
        kept.append(some)
    return np.concatenate(kept)
