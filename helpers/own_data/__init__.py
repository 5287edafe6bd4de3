"""The reader's own files: checked tables and pictures, an output folder, a summary.

Every fault of a file is a `Problem`: one sentence that says what to do, without a traceback.
Nothing leaves the computer, and nothing that exists is written over.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers._arguments import nearest
from helpers.files import Problem, find_file, output_folder, write_new
from helpers.own_data._csv import sniff
from helpers.own_data._page import page
from helpers.own_data._pictures import Picture, read_picture
from helpers.own_data._same import keep_one

MISSING = ("?", "-", "–", "missing")  # what people write for no value, besides NA and the like
THOUSANDS = r"[-+]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?"  # 1.391,18 in a file of decimal commas

__all__ = ["Picture", "Problem", "Table", "column_names", "find_file", "output_folder"]
__all__ += ["positives", "read_picture", "read_table", "write_summary", "write_table"]


class Table(NamedTuple):
    """Columns of equal length, how many rows the file has, and what was noticed in it."""

    columns: dict
    rows: int
    notes: tuple

    def __getitem__(self, name):
        return self.columns[name]


def read_table(path, *, numbers=(), labels=(), least=2):
    """Read columns of a CSV file: any usual encoding, delimiter and decimal sign.

    Parameters
    ----------
    path : str or Path
    numbers : names of columns that must hold numbers, or ``"rest"``: all that are no labels
    labels : names of columns that are read as text
    least : int
        Fewest complete rows.

    Returns
    -------
    Table
        Only the rows in which each of these columns has a value; `notes` tells how many were left
        out for which column. Numbers are float64, labels are text.

    Raises
    ------
    Problem
        If the file, a column or a value is not as asked.
    """
    path = find_file(path)
    form = sniff(path)
    labels = list(labels)
    numbers = [c for c in form.names if c not in labels] if numbers == "rest" else list(numbers)
    for name in (wanted := list(dict.fromkeys(numbers + labels))):
        _check_column(name, form.names, path)
    frame = _read(path, form, wanted, labels)
    notes = list(form.notes)
    for name in numbers:
        form.refuse_thousands(name, path)
    columns = {name: _numbers(frame[name], form.decimal, notes) for name in numbers}
    empty = {name: np.isnan(values) for name, values in columns.items()}
    for name in labels:  # strip each text once: a million rows have few different ones
        codes, texts = pd.factorize(frame[name])
        texts = np.array([text.strip() for text in texts] + [""])
        columns[name], empty[name] = texts[codes], codes < 0
    return _complete(columns, empty, least, path, notes)


def column_names(path):
    """Return the names of the columns of a table, in the order of the file."""
    return sniff(find_file(path)).names


def positives(labels, positive, *, name="labels"):
    """Return True where a label of two classes is the positive one.

    Parameters
    ----------
    labels : array of shape (n,), text
    positive : the positive class, as it stands in the file
    name : str
        Name of the column, for messages.

    Raises
    ------
    Problem
        If there is one class only, or more than two, or none is called `positive`.
    """
    classes, counts = np.unique(np.asarray(labels, dtype=str), return_counts=True)
    shown = ", ".join(f"{c} ({n})" for c, n in zip(classes[:8], counts[:8], strict=True))
    if len(classes) != 2:
        how = "only one class" if len(classes) < 2 else f"{len(classes)} classes"
        raise Problem(f'Column "{name}" must hold two classes; it holds {how}: {shown}.')
    if str(positive) not in classes:
        raise Problem(f'Column "{name}" has no class "{positive}"; choose one of {shown}.')
    return np.asarray(labels, dtype=str) == str(positive)


def write_table(path, columns):
    """Write a CSV file (UTF-8, comma, decimal point), never over one that exists.

    Parameters
    ----------
    path : str or Path
    columns : dict of name -> values, all of one length

    Raises
    ------
    Problem
        If the file exists or cannot be written.
    """
    write_new(Path(path), pd.DataFrame(columns).to_csv(index=False).encode())


def write_summary(folder, title, sentences, *, parameters, pictures=(), tables=None):
    """Write ``summary.html``: one page with results, parameters and versions.

    Parameters
    ----------
    folder : Path
    title : str
    sentences : list of str
        One paragraph each.
    parameters : dict
        Every choice, the seed among them.
    pictures : names of picture files in `folder`, put into the page itself
    tables : dict of caption -> dict of column -> values, optional

    Returns
    -------
    str
        One line that names the folder and its files. Where an earlier run left the very same
        files beside it, the new folder is removed and the earlier one named.
    """
    tables = dict(tables or {}) | {
        "Parameters": {"name": list(parameters), "value": list(parameters.values())}
    }
    content = page(title, sentences, [folder / name for name in pictures], tables)
    write_new(folder / "summary.html", content.encode())
    folder = keep_one(folder)
    files = ", ".join(sorted(file.name for file in folder.iterdir()))
    return f"In {folder.parent.name}/{folder.name}: {files}"


def _check_column(name, names, path):
    if name not in names:
        shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
        near = nearest(name, names) or f" It has {shown}."
        raise Problem(f'{path.name} has no column "{name}".{near}')
    if names.count(name) > 1:
        raise Problem(f'{path.name} has {names.count(name)} columns "{name}": rename all but one.')


def _read(path, form, wanted, labels):
    """Read columns by their place: names in a file may repeat or end in a space."""
    places = {name: form.names.index(name) for name in wanted}
    try:
        _refuse_long_rows(path, form)
        frame = _parse(
            path,
            form,
            names=range(len(form.names)),
            usecols=list(places.values()),
            dtype={places[name]: str for name in labels},
        )
    except Problem:
        raise
    except (pd.errors.ParserError, ValueError) as error:
        raise Problem(f"{path.name} cannot be read as a table: {str(error).strip()}.") from None
    return frame.rename(columns={place: name for name, place in places.items()})


def _parse(path, form, **choices):
    return pd.read_csv(
        path,
        header=0,
        index_col=False,
        sep=form.delimiter,
        decimal=form.decimal,
        encoding=form.encoding,
        na_values=MISSING,
        skipinitialspace=True,
        low_memory=False,
        **choices,
    )


def _refuse_long_rows(path, form):
    """Look for values in a place beyond the last name: pandas would drop them in silence."""
    beyond = len(form.names)
    try:
        last = _parse(path, form, names=range(beyond + 1), usecols=[beyond], dtype=str)[beyond]
    except pd.errors.ParserError as error:
        if "Too many columns" in str(error):  # no row is that long
            return
        raise
    if (found := last.notna()).any():
        raise Problem(
            f"{path.name}: row {int(np.argmax(found)) + 1} below the names has more values than "
            f"there are names ({beyond}). Is a comma both decimal sign and separator?"
        )


def _numbers(column, decimal, notes):
    """Return float64 with NaN for no value; a text gets a message with its line."""
    texts = column.str.strip() if column.dtype.kind == "O" or column.dtype == "str" else None
    if texts is not None and decimal == ",":  # pandas gives up on 1.391,18 and on any odd cell
        grouped = texts.str.fullmatch(THOUSANDS).fillna(False).astype(bool)
        if grouped.any():
            notes.append(f'points are thousands marks in "{column.name}"')
            texts = texts.where(~grouped, texts.str.replace(".", "", regex=False))
        texts = texts.mask(texts.str.contains(".", regex=False).fillna(False).astype(bool), "text")
        texts = texts.str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(column if texts is None else texts, errors="coerce")
    values = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = np.isnan(values) & column.notna().to_numpy()
    if wrong.any():
        first = int(np.argmax(wrong))
        raise Problem(
            f'Column "{column.name}" must hold numbers; {wrong.sum()} of {len(column)} values '
            f'{"is" if wrong.sum() == 1 else "are"} text, the first is "{column.iloc[first]}" in '
            f"row {first + 1} below the names. Correct it, or leave the cell empty."
        )
    return np.where(np.isinf(values), np.nan, values)


def _complete(columns, empty, least, path, notes):
    """Leave out rows without a value, and tell how many."""
    keep = ~np.any(list(empty.values()), axis=0)
    notes = list(notes) + [
        f'{gone.sum()} of {len(keep)} rows have no value in "{name}" and are left out'
        for name, gone in empty.items()
        if gone.any()
    ]
    if keep.sum() < least:
        raise Problem(
            f"{path.name} has {keep.sum()} complete rows of {len(keep)}; at least {least} are "
            "needed."
        )
    columns = {name: values[keep] for name, values in columns.items()}
    return Table(columns, len(keep), tuple(notes))
