"""Read labels, scores, weights and subjects, and refuse what cannot be judged."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers.analysis.classifier import _cautions, _columns
from helpers.own_data import Problem

LEAST = 5  # of each class
MOST_MODELS = 6


class Scores(NamedTuple):
    """Rows with true labels (bool) and scores by the name of the model.

    Scores named in `low` stand here with the opposite sign, so that high ones speak for the
    positive class in all of them. `weights` and `clusters` (a number for each subject) are None
    where each row counts once and for itself.
    """

    truth: np.ndarray
    models: dict
    notes: tuple = ()
    weights: np.ndarray | None = None
    clusters: np.ndarray | None = None
    low: tuple = ()

    def kin(self):
        """Return what the kernels must know beside labels and scores."""
        return {"clusters": self.clusters, "weights": self.weights}

    def share(self):
        """Return the share of positives, weighted."""
        return float(np.average(self.truth, weights=self.weights))

    def row_weights(self):
        """Return the weight of each row, 1 where none are given."""
        return np.ones(self.truth.size) if self.weights is None else self.weights

    def row_clusters(self):
        """Return the number of each row's subject, of the row itself where none are given."""
        return np.arange(self.truth.size) if self.clusters is None else self.clusters

    def subjects(self):
        """Return how many subjects there are, or None where rows are independent."""
        return None if self.clusters is None else int(np.unique(self.clusters).size)


def read_scores(
    path,
    label,
    positive,
    *,
    scores=None,
    subject=None,
    weights=None,
    low_is_positive=None,
    written=None,
):
    """Read labels and the scores of one or several models.

    Parameters
    ----------
    path : str or Path
    label : str
        Column of two classes.
    positive : the class that high scores speak for, as it stands in the file
    scores : list of str, optional
        Columns of numbers. Default: all other columns but row numbers, that is whole numbers that
        are all different or count up by one, and ids with repeats (`own_data.read_table`).
    subject : str, optional
        Column of ids: rows with one id belong together.
    weights : str, optional
        Column that says how much each row counts.
    low_is_positive : list of str, optional
        Scores whose low values speak for the positive class.
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
    low = _columns.check_names(label, scores, subject, weights, low_is_positive)
    table, words = _columns.read(path, label, scores, subject, weights, written)
    columns, notes = _columns.weigh(table, weights)
    truth = own_data.positives(columns[label], positive, name=label)
    clusters, told = _columns.group(table, columns, subject)
    others = (label, subject, weights)
    raw = {name: values for name, values in columns.items() if name not in others}
    models, left = _keep_models(path, raw, scores, table.ids)
    _check_models(models)
    low = _spelled(low, models)
    sizes = _check_sizes(truth, clusters, label, subject)
    first = [f"{table.rows} rows, {truth.size} of them used"]
    first += [f"{truth.sum()} positive ({label} = {positive}) and {(~truth).sum()} negative"]
    first += [f"models: {', '.join(models)}", *told, *notes, *table.notes, *words]
    first += [*_cautions.tell_scores(raw, models, low), *left]
    first += _cautions.tell_few(sizes, clusters is not None)
    models = {name: -values if name in low else values for name, values in models.items()}
    found = columns.get(weights) if weights is not None else None
    if found is not None and np.ptp(found) == 0:
        found = None
    return Scores(truth, models, tuple(first), found, clusters, tuple(low))


def _keep_models(path, raw, scores, ids):
    """Leave out row numbers and ids, unless they are named, and put infinite scores in line."""
    counters = [name for name, values in raw.items() if _numbers_rows(values)]
    doubtful = dict.fromkeys(counters, "a row number") | dict.fromkeys(
        (name for name in raw if name in ids), "an id"
    )
    kept = [name for name in raw if scores is not None or name not in doubtful]
    if not kept:
        raise Problem(
            f"{path.name} has no column of scores but what looks like row numbers or ids "
            f"({', '.join(doubtful)}); name it in `scores` if it is a score."
        )
    if len(kept) > MOST_MODELS:
        raise Problem(
            f"{path.name} has {len(kept)} columns of scores; name 1 to {MOST_MODELS} in `scores`."
        )
    told = "is left out; name it in `scores` to keep it"
    if scores is not None:
        told = "is kept because `scores` names it"
    notes = [f'"{name}" looks like {what} and {told}' for name, what in doubtful.items()]
    return {name: _finite_ranks(raw[name]) for name in kept}, notes


def _spelled(low, models):
    """Return the turned scores as they are spelled in the table."""
    known = {own_data.same_name(name): name for name in models}
    for name in low:
        if own_data.same_name(name) not in known:
            raise Problem(
                f'`low_is_positive` names "{name}", which is no score here: {", ".join(models)}.'
            )
    return [known[own_data.same_name(name)] for name in low]


def _check_sizes(truth, clusters, label, subject):
    """Return the number of rows, or of subjects, of each class, if there are enough."""
    sizes = [int(np.count_nonzero(side)) for side in (truth, ~truth)]
    if min(sizes) < LEAST:
        raise Problem(
            f'Column "{label}" has {sizes[0]} positive and {sizes[1]} negative rows; at '
            f"least {LEAST} of each are needed."
        )
    if clusters is None:
        return sizes
    sizes = [int(np.unique(clusters[side]).size) for side in (truth, ~truth)]
    if min(sizes) < LEAST:
        raise Problem(
            f'Column "{subject}" has {sizes[0]} subjects with positive and {sizes[1]} with '
            f"negative rows; at least {LEAST} of each are needed."
        )
    return sizes


def _finite_ranks(values):
    """Put infinite scores beyond all others, so that they keep their rank and can be drawn."""
    finite = values[np.isfinite(values)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    room = (high - low) or 1.0
    return np.where(np.isinf(values), np.where(values > 0, high + room, low - room), values)


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
