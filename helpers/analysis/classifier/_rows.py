"""Read labels, scores, weights and subjects, and refuse what cannot be judged."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers.analysis.classifier import _cautions
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
    low = _check_names(label, scores, subject, weights, low_is_positive)
    table, words = _read(path, label, scores, subject, weights, written)
    columns, notes = _weigh(table, weights)
    truth = own_data.positives(columns[label], positive, name=label)
    clusters, told = _group(table, columns, subject)
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


def _check_names(label, scores, subject, weights, low):
    """Refuse columns that are asked for twice; return the list of turned scores."""
    if scores is not None and (isinstance(scores, str) or not scores or label in scores):
        raise Problem(f"`scores` must be a list of columns other than `label`; got {scores}.")
    if low is not None and not isinstance(low, list | tuple):
        raise Problem(f"`low_is_positive` must be a list of scores; got {low}.")
    given = {"label": label, "subject": subject, "weights": weights}
    given = {name: column for name, column in given.items() if column is not None}
    for name, column in given.items():
        if not isinstance(column, str):
            raise Problem(f"`{name}` must be the name of a column; got {column}.")
        if column in (scores or ()):
            raise Problem(f'"{column}" is named in `{name}` and in `scores`: choose one of them.')
    for one, other in combinations(given, 2):
        if given[one] == given[other]:
            raise Problem(f'"{given[one]}" is named in `{one}` and in `{other}`: choose one.')
    return list(low or ())


def _read(path, label, scores, subject, weights, written):
    labels = [label, *([] if subject is None else [subject])]
    counted = [] if weights is None else [weights]
    choices = {"labels": labels, "written": written, "infinite": True, "ids": subject is None}
    if scores is not None:
        return own_data.read_table(path, numbers=[*scores, *counted], **choices), []
    choices["numbers"] = "rest"
    try:
        table, words = own_data.read_table(path, either=counted, **choices), []
    except own_data.WrongCells as error:
        if not (words := error.text):
            raise
        # Columns in which most values are no numbers are no scores; slips are still refused.
        table = own_data.read_table(path, either=[*words, *counted], gaps=words, **choices)
    words = [name for name in (*words, *counted) if table[name].dtype.kind != "f"]
    if weights in words:
        raise Problem(f'Column "{weights}" must hold numbers, as its values are weights.')
    columns = {name: values for name, values in table.columns.items() if name not in words}
    return table._replace(columns=columns), [
        f'"{name}" holds text and is left out' for name in words
    ]


def _weigh(table, weights):
    """Return the columns without rows of weight 0, and what was noticed."""
    if weights is None:
        return table.columns, []
    values = table[weights]
    if wrong := int(np.count_nonzero(~(np.isfinite(values) & (values >= 0)))):
        raise Problem(
            f'Column "{weights}" must hold finite weights of at least 0; {wrong} of '
            f"{values.size} are not."
        )
    kept = values > 0
    notes = [f'rows are weighted by "{weights}"']
    if not kept.all():
        notes += [f'{np.count_nonzero(~kept)} rows have weight 0 in "{weights}" and are left out']
    if kept.any() and np.ptp(values[kept]) == 0:
        notes[0] = f'all weights in "{weights}" are equal: they change nothing'
    return {name: column[kept] for name, column in table.columns.items()}, notes


def _group(table, columns, subject):
    """Return a number for the subject of each row, or None, and what was noticed."""
    if subject is None:
        return None, []
    codes, names, notes = own_data.read_subjects(table._replace(columns=columns), subject)
    return (codes if names.size < codes.size else None), list(notes)


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
