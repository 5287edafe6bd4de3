"""Tables that keep numbers as numbers: Excel workbooks, and Parquet where pyarrow is there."""

import datetime
import math
import zipfile
from functools import partial
from itertools import islice

import numpy as np

from helpers.files import Problem
from helpers.own_data._cells import Cells, Column, join
from helpers.own_data._layout import SAMPLE
from helpers.own_data._written import same_name


def read_workbook(path, wanted, written):
    """Read the sheet of a workbook that has the columns that are asked for.

    Parameters
    ----------
    path : Path
    wanted : list of str
    written : Written
        Its `sheet` names the sheet.

    Returns
    -------
    names : list of str
    first : rows as lists of texts
    notes : list of str
    collect : function of a list of places that returns `Cells`
    """
    sheets = {name: rows for name, rows in _sheets(path).items() if rows}
    if not sheets:
        raise Problem(f"{path.name} is empty.")
    sheet = _choose_sheet(path, sheets, wanted, written.sheet)
    notes = [f'sheet "{sheet}"'] if len(sheets) > 1 else []
    head, *rows = sheets[sheet]
    width = max((place + 1 for place, cell in enumerate(head) if cell is not None), default=0)
    names = [same_name(_text(cell)) for cell in head[:width]]
    names += [""] * (max(map(len, rows), default=0) - width)
    return names, *_offered(names, rows, notes)


def read_parquet(path, wanted, written):
    """Read a Parquet file, if pyarrow is installed; arguments and results as `read_workbook`."""
    try:
        from pyarrow import parquet
    except ImportError:
        raise Problem(
            f"{path.name} is a Parquet file: install pyarrow, or save the table as CSV or .xlsx."
        ) from None
    try:
        table = parquet.read_table(path)
    except (OSError, ValueError):
        raise Problem(f"{path.name} is damaged: it cannot be read as a Parquet file.") from None
    names = [same_name(name) for name in table.column_names]
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return names, *_offered(names, rows, [])


def _offered(names, rows, notes):
    first = [[_text(cell) for cell in row] for row in islice(rows, SAMPLE)]
    return first, notes, partial(_collect, names, rows)


def _collect(names, rows, places):
    columns = {}
    for place in places:
        cells = [row[place] if place < len(row) else None for row in rows]
        typed = np.array([_known(cell) for cell in cells], dtype=np.float64)
        columns[place] = Column(names[place], [join(map(_text, cells))], typed)
    again = [number for number, row in enumerate(rows) if [*map(_text, row)] == names]
    return Cells(columns, len(rows), again if len(names) > 1 else [], [])


def _known(cell):
    """Return a number as it is; a date, a truth value or a text is none."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else math.nan


def _text(cell):
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return str(cell.date())
    return str(cell)


def _sheets(path):
    """Return the rows of each sheet, with the text of a formula that has no stored result."""
    try:
        found = _read_sheets(path, data_only=True)
        if any(None in row for rows in found.values() for row in rows):
            formulas = _read_sheets(path, data_only=False)
            found = {n: list(map(_filled_in, found[n], formulas[n])) for n in found}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        raise Problem(f"{path.name} is damaged, or no Excel workbook: save it anew.") from None
    return {name: _without_blanks(rows) for name, rows in found.items()}


def _read_sheets(path, *, data_only):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    finally:
        book.close()


def _filled_in(values, formulas):
    pairs = zip(values, formulas, strict=True)
    return [f if v is None and isinstance(f, str) and f[:1] == "=" else v for v, f in pairs]


def _without_blanks(rows):
    """Drop rows without anything, as above a table; a row of a single column may be a gap."""
    filled = [any(cell is not None and str(cell).strip() for cell in row) for row in rows]
    if True not in filled:
        return []
    start, end = filled.index(True), len(filled) - filled[::-1].index(True)
    rows, filled = rows[start:end], filled[start:end]
    single = sum(cell is not None for cell in rows[0]) == 1
    return [row for row, there in zip(rows, filled, strict=True) if there or single]


def _choose_sheet(path, sheets, wanted, given):
    shown = ", ".join(f'"{name}"' for name in sheets)
    if given is not None:
        if given not in sheets:
            raise Problem(f'{path.name} has no sheet "{given}" with cells; it has {shown}.')
        return given
    heads = {name: {same_name(_text(cell)) for cell in rows[0]} for name, rows in sheets.items()}
    fitting = [name for name, head in heads.items() if head.issuperset(wanted)]
    if len(fitting) == 1 or len(sheets) == 1:
        return (fitting or list(sheets))[0]
    if fitting:
        both = ", ".join(f'"{name}"' for name in fitting)
        raise Problem(f"{path.name} has several sheets with such columns: set `sheet` to {both}.")
    raise Problem(
        f"{path.name} has no sheet with all of {', '.join(wanted)}; its sheets are {shown}."
    )
