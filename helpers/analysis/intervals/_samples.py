"""Read what the page estimates from: values by group, who they belong to, which are pairs."""

from typing import NamedTuple

import numpy as np

from helpers import _arguments, own_data
from helpers.analysis.intervals import _group_names as group_names
from helpers.own_data import Problem, same_name

MOST_GROUPS = 50


class Samples(NamedTuple):
    """Values of each group (0 and 1 for a proportion), and what was noticed on reading.

    Attributes
    ----------
    groups : dict of name -> array of shape (n,)
    notes : tuple of str
    by : str or None
        What the groups are called in a sentence.
    compare : (str, str) or None
    subjects, pairs : dict of name -> int array of shape (n,), or None
        Who each value belongs to, with the same numbers in all groups.
    """

    groups: dict
    notes: tuple = ()
    by: str | None = None
    compare: tuple | None = None
    subjects: dict | None = None
    pairs: dict | None = None


def read_samples(
    path,
    column,
    *,
    group=None,
    statistic="mean",
    positive=None,
    compare=None,
    subject=None,
    pair=None,
    written=None,
):
    """Read the column, split it by group, and check that the groups to compare exist.

    Parameters
    ----------
    path : str or Path
    column : str, or a list of two
        Two columns hold two measurements of each row: they are two groups, and compared as pairs.
    group : str, optional
        Column of labels. Default: one group called "all".
    statistic : str
        A proportion reads labels of two classes, everything else reads numbers.
    positive : the class that a proportion counts
    compare : (str, str), optional
    subject : str, optional
        Column of ids: rows with the same id belong together.
    pair : str, optional
        Column of ids that join the one row of a subject in each of the groups to compare.
    written : own_data.Written, optional
        How the file is written; what it does not say is found.

    Returns
    -------
    Samples

    Raises
    ------
    Problem
        If file, columns, classes or groups are not as asked.
    """
    share = statistic == "proportion"
    if share and positive is None:
        raise Problem("`positive` must name the class that a proportion counts; got None.")
    wide = isinstance(column, list | tuple)
    roles = {"group": group, "subject": subject, "pair": pair}
    columns = _check_wide(column, roles) if wide else [column]
    if not wide:
        _check_roles({"column": column} | roles, compare)
    if statistic == "standard deviation" and (wide or pair is not None):
        raise Problem(
            "A pair has no standard deviation to compare: choose another `statistic`, or read one "
            "column without `pair`."
        )
    others = [name for name in roles.values() if name is not None]
    table = own_data.read_table(
        path,
        numbers=[] if share else columns,
        labels=[*(columns if share else []), *others],
        gaps=columns if wide else (),
        written=written,
        ids=subject is None and pair is None,
    )
    values, notes = _values(table, columns, positive if share else None)
    if wide:
        return _two_columns(values, table, columns, subject, compare, notes)
    return _by_group(values[0], table, roles, compare, notes)


def _by_group(values, table, roles, compare, notes):
    """Return the samples of one column, and who their values belong to."""
    group, subject, pair = roles.values()
    who = {name: own_data.read_subjects(table, name) for name in (subject, pair) if name}
    notes = [*notes, *(note for ids in who.values() for note in ids.notes)]
    labels = None if group is None else table[group]
    groups = _split(values, labels, group)
    codes = {name: _split(ids.codes, labels, group) for name, ids in who.items()}
    compare = _check_compare(compare, group, groups)
    if pair is not None:
        _check_pairs(codes[pair], who[pair].names, pair)
    many = group_names.counted(len(groups), "group")
    first = f"{table.rows} rows, {values.size} of them used, {many}"
    notes = (first, *table.notes, *notes)
    return Samples(groups, notes, group, compare, codes.get(subject), codes.get(pair))


def _values(table, columns, positive):
    """Return the numbers of each column; 1 for the class that a proportion counts."""
    if positive is None:
        return [table[name] for name in columns], []
    found, notes = [], []
    for name in columns:
        there = table[name] != ""  # of two columns a row may have one value
        marks, said = _positives(table[name][there], positive, name)
        values = np.full(there.size, np.nan)
        values[there] = marks
        found.append(values)
        notes += said
    return found, notes


def _positives(labels, positive, name):
    """Return 1 for the positive class; one class alone is an answer too."""
    classes, wanted = np.unique(labels), same_name(positive)
    if classes.size != 1 or classes[0] == wanted:
        if classes.size == 1:
            return np.ones(labels.size), []
        return own_data.positives(labels, positive, name=name).astype(np.float64), []
    if classes[0].casefold() == wanted.casefold():
        raise Problem(f'Column "{name}" has no class "{wanted}". Is "{classes[0]}" meant?')
    return np.zeros(labels.size), [
        f'no row has "{wanted}" in "{name}": all {labels.size} have "{classes[0]}"'
    ]


def _check_wide(column, roles):
    columns = [same_name(name) for name in column]
    if len(columns) != 2 or columns[0] == columns[1] or not all(columns):
        raise Problem(f"`column` must be one column, or a list of two that differ; got {column!r}.")
    for role in ("group", "pair"):
        if roles[role] is not None:
            raise Problem(
                f"`{role}` must be None where `column` names two columns: the two values of a row "
                f"are then a pair; got {roles[role]!r}."
            )
    if roles["subject"] is not None and same_name(roles["subject"]) in columns:
        raise Problem(f'`subject` and `column` must differ; both name "{roles["subject"]}".')
    return columns


def _check_roles(roles, compare):
    """Refuse two roles for one column, and ids that cannot be used."""
    seen = {}
    for role, name in roles.items():
        other = role if name is None else seen.setdefault(same_name(name), role)
        if other != role:
            raise Problem(f'`{role}` and `{other}` must be two columns; both are "{name}".')
    if roles["pair"] is None:
        return
    if roles["subject"] is not None:
        raise Problem(
            "`subject` and `pair` cannot both be set: `pair` joins the one row of a subject in "
            "each group, `subject` any number of rows."
        )
    for needed, value in (("group", roles["group"]), ("compare", compare)):
        if value is None:
            raise Problem(
                f"`pair` needs two groups to compare: set `{needed}`, or name the two columns of "
                "a pair in `column`."
            )


def _two_columns(values, table, columns, subject, compare, notes):
    """Return the samples of two columns, each with the rows that have a value in it."""
    there = [~np.isnan(numbers) for numbers in values]
    groups = {n: v[t] for n, v, t in zip(columns, values, there, strict=True)}
    pairs = {n: np.flatnonzero(t) for n, t in zip(columns, there, strict=True)}
    who = None if subject is None else own_data.read_subjects(table, subject)
    codes = None if who is None else {name: who.codes[rows] for name, rows in pairs.items()}
    notes = [*notes, *(() if who is None else who.notes)]
    for name, numbers in groups.items():
        if numbers.size == 0:
            raise Problem(f'Column "{name}" has no value in any row.')
    compare = _check_compare(columns if compare is None else compare, "column", groups)
    used = int(np.count_nonzero(there[0] | there[1]))
    first = f"{table.rows} rows, {used} of them used, 2 columns"
    return Samples(groups, (first, *table.notes, *notes), "column", compare, codes, pairs)


def _split(values, labels, column):
    if labels is None:
        return {"all": values}
    names, places = np.unique(labels, return_inverse=True)
    if names.size > MOST_GROUPS:
        raise Problem(
            f'Column "{column}" makes {names.size} groups; at most {MOST_GROUPS} are compared.'
        )
    groups = {str(name): values[places == place] for place, name in enumerate(names)}
    return {name: groups[name] for name in group_names.ordered(groups)}


def _check_compare(compare, group, groups):
    """Return the two names as they stand in the file."""
    if compare is None:
        return None
    if group is None:
        raise Problem(f"`compare` needs a column of groups: set `group`; got {compare}.")
    two = isinstance(compare, list | tuple) and len(compare) == 2
    if not two or same_name(compare[0]) == same_name(compare[1]):
        one, other = [*groups, "A", "B"][:2] if len(groups) > 1 else "AB"
        raise Problem(
            f'`compare` must be two different groups, such as ["{one}", "{other}"], or None; '
            f"got {compare!r}. The groups are {', '.join(groups)}."
        )
    options = tuple(groups)
    return tuple(
        _arguments.one_of(same_name(name), "compare", options, error=Problem) for name in compare
    )


def _check_pairs(codes, names, column):
    for group, found in codes.items():
        counts = np.bincount(found)
        if counts.max() > 1:
            raise Problem(
                f'`pair` must name each subject once in a group; "{names[counts.argmax()]}" of '
                f'"{column}" is in {counts.max()} rows of "{group}". `subject` takes any number.'
            )
