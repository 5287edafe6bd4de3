"""A table with a class column: read, checked, and described with what calls for caution."""

from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers._arguments import nearest
from helpers.files import Problem, find_file

LARGEST = 1e100  # squares of larger values leave the range of floats
SHOWN, NAMED = 8, 20


class Sample(NamedTuple):
    """Features of shape (n, d), labels (True: positive), names of columns and classes."""

    features: np.ndarray
    labels: np.ndarray
    names: tuple
    target: str
    positive: str
    other: str
    notes: tuple


def read_sample(
    path,
    target,
    features="rest",
    leave_out=(),
    positive=None,
    most_rows=20_000,
    seed=0,
    *,
    written=None,
):
    """Read a table with a column of classes and columns of numbers.

    Parameters
    ----------
    path : str or Path
    target : str
        Column of the classes.
    features : "rest" or list of str
    leave_out : list of str
        Columns that "rest" shall not hold.
    positive : optional
        Class that is looked for. Default: the rarer of two; needed if there are more than two,
        all others are then one class.
    most_rows : int >= 100 or None
        Rows beyond are left out at random, so that the shares of the classes stay.
    seed : int
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
    names = _feature_names(path, target, features, leave_out, written)
    try:
        table = own_data.read_table(path, numbers=names, labels=[target], least=4, written=written)
    except own_data.WrongCells as problem:
        raise _explained(problem, path, target, positive, written) from None
    found = np.column_stack([table[name] for name in names])
    for name, largest in zip(names, np.abs(found).max(axis=0), strict=True):
        if largest > LARGEST:
            raise Problem(f'Column "{name}" must hold values within +-1e100; got {largest:.3g}.')
    labels, positive, other = _classes(table[target], target, positive)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    notes = [f"{path.name}: {table.rows} rows, {len(names)} features"]
    notes += [f"features: {', '.join(names[:NAMED])}{more}", *table.notes]
    if most_rows is not None and len(labels) > most_rows:
        from helpers.analysis.balancing import _models

        chosen, _ = _models.train_test_split(
            np.arange(len(labels)), train_size=most_rows, stratify=labels, random_state=seed
        )
        notes.append(
            f"{most_rows} of {len(labels)} rows are used, drawn at random within each class; raise "
            "`most_rows` for more, None for all"
        )
        found, labels = found[np.sort(chosen)], labels[np.sort(chosen)]
    return Sample(found, labels, tuple(names), target, positive, other, tuple(notes))


def describe(sample):
    """Tell counts and shares of the classes, and what in the table calls for caution.

    Parameters
    ----------
    sample : Sample

    Returns
    -------
    list of str
        Warnings start with "Warning".
    """
    X, y = sample.features, sample.labels
    n, found = len(y), int(y.sum())
    said = [
        f"Positive class {sample.positive}: {found} of {n} rows ({100 * found / n:.3g} %); "
        f"{sample.other}: {n - found}, that is {(n - found) / found:.3g} for each positive row."
    ]
    if min(found, n - found) / n >= 0.4:
        said.append("The classes are nearly of one size: there is little to balance.")
    if min(found, n - found) < 50:
        said.append(
            f"Warning: the rarer class has only {min(found, n - found)} rows, so its rates are "
            "uncertain whatever is done."
        )
    again = n - len({hash(row.tobytes()) for row in np.column_stack([X + 0.0, y])})
    if again:
        said.append(
            f"Warning: {again} rows repeat an earlier row. A row that is in both the training and "
            "the test part makes results too good: leave repeats out."
        )
    for name, values in zip(sample.names, X.T, strict=True):
        ends = [(part.min(), part.max()) for part in (values[y], values[~y])]
        if values.min() == values.max():
            said.append(f'Warning: column "{name}" is constant and tells nothing.')
        elif all(low == high for low, high in ends):
            said.append(f'Warning: column "{name}" is a copy of the target: leave it out.')
        elif ends[0][0] > ends[1][1] or ends[1][0] > ends[0][1]:
            said.append(
                f'Warning: column "{name}" alone separates the classes without an error: is it '
                "made from the target?"
            )
        if np.all(values == np.round(values)) and len(np.unique(values)) == n:
            said.append(
                f'Warning: column "{name}" holds a different whole number in each row, as the '
                "number of a row or a customer does. If it is one, leave it out with `leave_out`."
            )
    return said


def _feature_names(path, target, features, leave_out, written):
    said = [name for names in (features, leave_out) if isinstance(names, list) for name in names]
    known = own_data.column_names(path, known=[target, *said], written=written)
    asked = known if isinstance(features, str) and features == "rest" else features
    for name, value in (("features", asked), ("leave_out", leave_out)):
        if not isinstance(value, list | tuple):
            raise Problem(f"`{name}` must be a list of columns; got {value!r}.")
    for name in [target, *leave_out]:
        if name not in known:
            near = nearest(name, known) or f" It has {', '.join(known[:12])}."
            raise Problem(f'{path.name} has no column "{name}".{near}')
    if asked is not known and target in asked:
        raise Problem(f'`features` must not hold the target "{target}".')
    names = [name for name in asked if name not in (target, *leave_out)]
    if not names:
        raise Problem("`features` must name at least one column beside the target.")
    return names if asked is known else list(dict.fromkeys(names))


def _explained(problem, path, target, positive, written):
    """Name all columns that are text, with what is wrong in the target, or the most gaps."""
    if problem.text:
        text = [f'"{name}"' for name in problem.text]
        shown = ", ".join(text[:SHOWN]) + (", ..." if len(text) > SHOWN else "")
        return Problem(
            f"Features must be numbers, but {shown} hold text: name them in `leave_out`, or encode "
            f"them as numbers first. {problem}{_also(path, target, positive, written)}"
        )
    gaps = {name: count for name, count in problem.gaps.items() if name != target and count}
    most = ", ".join(f'"{n}" ({gaps[n]})' for n in sorted(gaps, key=gaps.get)[::-1][:3])
    return Problem(f"{problem} Most empty values: {most or 'in the target'}.")


def _also(path, target, positive, written):
    """Return what is wrong in the column of classes, so that both faults are told at once."""
    try:
        table = own_data.read_table(path, labels=[target], written=written)
        _classes(table[target], target, positive)
    except Problem as problem:
        return f" {problem}"
    return ""


def _classes(column, target, positive):
    found, counts = np.unique(column, return_counts=True)
    sizes = dict(zip(found.tolist(), counts.tolist(), strict=True))
    shown = ", ".join(f"{name} ({sizes[name]})" for name in list(sizes)[:SHOWN])
    if len(sizes) < 2:
        raise Problem(f'Column "{target}" must hold two classes; it holds only one class: {shown}.')
    if positive is None and len(sizes) > 2:
        raise Problem(
            f'Column "{target}" holds {len(sizes)} classes ({shown}): set `positive` to the one '
            "that is compared with all others."
        )
    positive = min(sizes, key=sizes.get) if positive is None else own_data.same_name(positive)
    if positive not in sizes:
        near = nearest(positive, sizes)
        raise Problem(f'Column "{target}" has no class "{positive}"; choose one of {shown}.{near}')
    others = [name for name in sizes if name != positive]
    return column == positive, positive, others[0] if len(others) == 1 else "all others"
