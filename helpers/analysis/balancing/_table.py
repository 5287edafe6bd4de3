"""A table with a class column: columns of numbers and of texts, read and checked."""

from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers.analysis.balancing._features import NAMED, classes, coded, explained, feature_names
from helpers.files import Problem, find_file


class Sample(NamedTuple):
    """Features of shape (n, d), labels (True: positive), names of columns and classes.

    `kinds` holds for each column None, or the texts that its codes stand for; `subjects` names
    whose each row is, or is None.
    """

    features: np.ndarray
    labels: np.ndarray
    names: tuple
    target: str
    positive: str
    other: str
    notes: tuple
    kinds: tuple
    subjects: np.ndarray | None

    @property
    def texts(self):
        """Tell for each column whether it holds codes of texts."""
        return np.array([kinds is not None for kinds in self.kinds])


def read_sample(
    path,
    target,
    features="rest",
    leave_out=(),
    positive=None,
    most_rows=20_000,
    seed=0,
    *,
    subject=None,
    categories=(),
    written=None,
):
    """Read a table with a column of classes and columns of numbers or texts.

    Parameters
    ----------
    path : str or Path
    target : str
        Column of the classes.
    features : "rest" or list of str
        A text with more than 50 different values, or with more than 5 and fewer than 5 rows for
        each, is left out of "rest" and refused in a list. What looks like ids with repeats is left
        out of "rest" too, and kept in a list.
    leave_out : list of str
        Columns that "rest" shall not hold.
    positive : optional
        Class that is looked for. Default: the rarer of two; needed if there are more than two,
        all others are then one class.
    most_rows : int >= 100 or None
        Rows beyond are left out at random, so that the shares of the classes stay.
    seed : int
    subject : str, optional
        Column that tells whose each row is; it is no feature.
    categories : list of str
        Features whose numbers name kinds: they are read as texts.
    written : own_data.Written, optional
        How the file is written; what it does not say is found.

    Returns
    -------
    Sample

    Raises
    ------
    Problem
        If the file, a column, a class or a value is not as asked.
    """
    if most_rows is not None and not (isinstance(most_rows, int) and most_rows >= 100):
        raise Problem(f"`most_rows` must be None or a whole number from 100; got {most_rows!r}.")
    path = find_file(path)
    names = feature_names(path, target, features, leave_out, subject, categories, written)
    try:
        table = own_data.read_table(
            path,
            either=[name for name in names if name not in categories],
            labels=[target, *([] if subject is None else [subject]), *categories],
            gaps=names,
            least=4,
            written=written,
            ids=subject is None,
        )
    except own_data.WrongCells as problem:
        raise explained(problem, path, target, positive, written) from None
    named = categories if isinstance(features, str) else names
    found, kinds, notes = coded(table, names, named)
    labels, positive, other = classes(table[target], target, positive)
    subjects = None
    if subject is not None:
        who = own_data.read_subjects(table, subject)
        subjects = table[subject] if len(who.names) < len(labels) else None
        notes += who.notes
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    head = [f"{path.name}: {table.rows} rows, {len(found)} feature{'s' * (len(found) > 1)}"]
    head += [f"features: {', '.join(list(found)[:NAMED])}{more}", *notes, *table.notes]
    features, names = np.column_stack([*found.values()]), tuple(found)
    sample = Sample(
        features, labels, names, target, positive, other, tuple(head), tuple(kinds), subjects
    )
    return _fewer(sample, most_rows, seed)


def _fewer(sample, most_rows, seed):
    """Draw as many rows as are wanted, within each class."""
    count = len(sample.labels)
    if most_rows is None or count <= most_rows:
        return sample
    from helpers.analysis.balancing import _models

    chosen, _ = _models.train_test_split(
        np.arange(count), train_size=most_rows, stratify=sample.labels, random_state=seed
    )
    chosen = np.sort(chosen)
    note = (
        f"{most_rows} of {count} rows are used, drawn at random within each class; raise "
        "`most_rows` for more, None for all"
    )
    return sample._replace(
        features=sample.features[chosen],
        labels=sample.labels[chosen],
        notes=(*sample.notes, note),
        subjects=None if sample.subjects is None else sample.subjects[chosen],
    )
