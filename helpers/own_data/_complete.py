"""Keep the rows that hold what is asked for: gaps are counted, texts among numbers refused."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from helpers.files import Problem
from helpers.own_data._written import same_name


class Table(NamedTuple):
    """Columns of equal length, how many rows the file has, and what was noticed in it.

    `ids` names the columns that look like ids with repeats, if they were looked for.
    """

    columns: dict
    rows: int
    notes: tuple
    ids: tuple = ()

    def __getitem__(self, name):
        return self.columns[name]


class WrongCells(Problem):
    """Values that are no numbers, or too many that are empty.

    Attributes
    ----------
    text : list of names of columns that hold text
    gaps : dict of name -> number of empty values
    """

    def __init__(self, sentence, text=(), gaps=None):
        super().__init__(sentence)
        self.text, self.gaps = list(text), dict(gaps or {})


def refuse_text(found, cells):
    """Name the first value that is no number, and all columns that hold such values.

    Parameters
    ----------
    found : dict of name -> Numbers
    cells : Cells

    Raises
    ------
    WrongCells
    """
    text = [name for name, numbers in found.items() if numbers.wrong]
    if not text:
        return
    wrong, rows = found[text[0]].wrong, cells.rows - len(cells.skipped)
    row, shown = wrong[0]
    hint = "Correct it, or leave the cell empty."
    if shown.startswith("="):
        hint = "This formula has no stored result: open the file, let it compute, and save it."
    more = [f'"{name}" ({len(found[name].wrong)})' for name in text[1:4]]
    also = f" Also text: {', '.join(more)}{', ...' * (len(text) > 4)}." if more else ""
    raise WrongCells(
        f'Column "{text[0]}" must hold numbers; {len(wrong)} of {rows} values '
        f'{"is" if len(wrong) == 1 else "are"} text, the first is "{shown[:40]}" in row {row} '
        f"below the names. {hint}{also}",
        text=text,
    )


def read_labels(column, codes):
    """Return texts, and where there is none: a million rows have few different ones.

    Parameters
    ----------
    column : Column
    codes : set of str that stand for no value

    Returns
    -------
    texts, empty : arrays of shape (n,), text and bool
    """
    known = defaultdict()
    known.default_factory = known.__len__
    places = np.fromiter(map(known.__getitem__, column.cells()), np.intp)
    empty = np.array([cell == "" or cell in codes for cell in known])
    texts = np.where(empty, "", [same_name(cell) for cell in known])
    return texts[places], empty[places]


def _reasons(gaps):
    """Tell what stands where there is no value, unless all these cells are empty."""
    if not set(gaps) - {""}:
        return ""
    shown = sorted(gaps.items(), key=lambda item: -item[1][0])[:4]
    texts = [f'{count} "{text}"' if text else f"{count} empty" for text, (count, _) in shown]
    more = ", ..." if len(gaps) > 4 else ""
    return f"{', '.join(texts)}{more}, the first in row {min(first for _, first in gaps.values())}"


def keep_complete(path, columns, empty, cells, least, notes, told, gaps=()):
    """Leave out rows without a value, and tell how many and why.

    Parameters
    ----------
    path : Path
    columns : dict of name -> values of all rows
    empty : dict of name -> bool, True where there is no value
    cells : Cells
    least : int
        Fewest complete rows.
    notes : list of str
    told : dict of name -> the `gaps` of its `Numbers`
    gaps : names of columns in which a row may have no value

    Returns
    -------
    Table

    Raises
    ------
    WrongCells
        If too few rows stay.
    """
    data = np.ones(cells.rows, dtype=bool)
    data[cells.skipped] = False
    rows = int(data.sum())
    for name, gone in empty.items():
        if count := int((gone & data).sum()):
            what = "" if name in gaps else " and are left out"
            notes.append(f'{count} of {rows} rows have no value in "{name}"{what}')
            if reasons := _reasons(told.get(name, {})):
                notes.append(f'no value in "{name}": {reasons}')
    needed = [gone for name, gone in empty.items() if name not in gaps]
    keep = data & ~np.any([~data, *needed], axis=0)
    if keep.sum() < least:
        lacking = {n: int((gone & data).sum()) for n, gone in empty.items() if n not in gaps}
        raise WrongCells(
            f"{path.name} has {keep.sum()} complete rows of {rows}; at least {least} are needed.",
            gaps=lacking,
        )
    return Table({name: values[keep] for name, values in columns.items()}, rows, tuple(notes))
