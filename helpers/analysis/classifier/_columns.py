"""Find the columns of labels, scores, weights and ids, and take them from the file."""

from itertools import combinations

import numpy as np

from helpers import own_data
from helpers.own_data import Problem


def check_names(label, scores, subject, weights, low):
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


def read(path, label, scores, subject, weights, written):
    """Return the table, without columns of text where all others may be scores, and remarks."""
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
    notes = [f'"{name}" holds text and is left out' for name in words]
    return table._replace(columns=columns), notes


def weigh(table, weights):
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
    if not kept.any():
        raise Problem(f'Column "{weights}" holds no weight above 0: no row counts.')
    notes = [f'rows are weighted by "{weights}"']
    if not kept.all():
        gone = f"{np.count_nonzero(~kept)} of {kept.size} rows"
        notes += [f'{gone} have weight 0 in "{weights}" and are left out']
    if np.ptp(values[kept]) == 0:
        notes[0] = f'all weights in "{weights}" are equal: they change nothing'
    return {name: column[kept] for name, column in table.columns.items()}, notes


def group(table, columns, subject):
    """Return a number for the subject of each row, or None, and what was noticed."""
    if subject is None:
        return None, []
    codes, names, notes = own_data.read_subjects(table._replace(columns=columns), subject)
    return (codes if names.size < codes.size else None), list(notes)
