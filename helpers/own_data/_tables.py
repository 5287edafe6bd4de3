"""Read columns of a table, whatever the kind of its file, and tell what cannot be used."""

from functools import partial
from typing import NamedTuple

import numpy as np

from helpers._arguments import nearest
from helpers.files import Problem, find_file
from helpers.own_data import _cells, _codes, _complete, _subjects, _workbook
from helpers.own_data._layout import NUMBER, SHOWN, find_layout
from helpers.own_data._numbers import read_numbers
from helpers.own_data._text import USUAL, find_encoding, kind_of
from helpers.own_data._written import Written, check_written, same_name


class _Source(NamedTuple):
    """A file that was looked at: names by place, first rows, a function that reads columns."""

    names: list
    first: list
    notes: list
    collect: object

    def unnamed(self):
        return [place for place, name in enumerate(self.names) if not name]


def read_table(
    path,
    *,
    numbers=(),
    labels=(),
    either=(),
    gaps=(),
    least=2,
    written=None,
    infinite=False,
    ids=False,
):
    """Read columns of a table: text in any usual form, packed or not, a workbook, Parquet.

    Parameters
    ----------
    path : str or Path
    numbers : names of columns that must hold numbers, or ``"rest"``: all that are no labels
    labels : names of columns that are read as text
    either : names of columns that are read as text where fewer than half of their values are
        numbers; else they must hold numbers
    gaps : names of columns in which a row may have no value: NaN, or an empty text
    least : int
        Fewest complete rows.
    written : Written, optional
        How the file is written. What it does not say is found from the whole file.
    infinite : bool
        Keep infinite numbers, which rank; else they count as no values.
    ids : bool
        Warn of columns, asked for or not, that look like ids with repeats.

    Returns
    -------
    Table
        Only the rows in which each of these columns has a value, but for `gaps`; `notes` tells how
        many were left out for which column and why. Numbers are float64, labels are text.

    Raises
    ------
    Problem
        If the file, a column or a value is not as asked, or can be read in two ways.
    """
    path, written = find_file(path), written or Written()
    labels = {same_name(name): name for name in labels}
    listed = () if isinstance(numbers, str) else numbers
    asked = {same_name(name): name for name in [*listed, *either]}
    source = _look(path, [*asked, *labels], written)
    if isinstance(numbers, str):
        known = asked | labels
        asked |= {name: name for name in source.names if name and name not in known}
    places = {name: _place(name, source, path) for name in asked | labels}
    known = [places[name] for name in labels]
    watched = _subjects.watched(source.names, source.first, known) if ids else []
    cells = source.collect(list(dict.fromkeys([*places.values(), *source.unnamed(), *watched])))
    notes = [*source.notes, *cells.notes, *_set_aside(source, cells, [places[n] for n in asked])]
    choices = {"written": written, "infinite": infinite, "skipped": cells.skipped}
    found = {n: read_numbers(cells.columns[places[n]], **choices) for n in asked}
    for name in [n for n in dict.fromkeys(map(same_name, either)) if found[n].are_texts()]:
        labels[name] = asked.pop(name)
        del found[name]
    _complete.refuse_text(found, cells)
    columns = {asked[name]: numbers.values for name, numbers in found.items()}
    empty = {asked[name]: np.isnan(numbers.values) for name, numbers in found.items()}
    for name, shown in labels.items():
        texts = _complete.read_labels(cells.columns[places[name]], written.codes())
        columns[shown], empty[shown] = texts
    for numbers in found.values():
        notes += numbers.notes
    told = {asked[name]: numbers.gaps for name, numbers in found.items()}
    table = _complete.keep_complete(path, columns, empty, cells, least, notes, told, gaps)
    warned = [w for name in found for w in _codes.warn_of_codes(name, columns[asked[name]])]
    repeated = _subjects.find_ids(source.names, cells, watched)
    notes = tuple(dict.fromkeys([*table.notes, *warned, *repeated.values()]))
    return table._replace(notes=notes, ids=tuple(asked.get(name, name) for name in repeated))


def column_names(path, *, known=(), written=None):
    """Return the names of the columns of a table, in the order of the file.

    Parameters
    ----------
    path : str or Path
    known : names of columns that it has; they help to find how its lines are split, and are
        returned as they are spelled here
    written : Written, optional

    Returns
    -------
    list of str
        Columns without a name are not among them.
    """
    spelled = {same_name(name): name for name in known}
    source = _look(find_file(path), list(spelled), written or Written())
    return [spelled.get(name, name) for name in source.names if name]


def _look(path, wanted, written):
    check_written(written)
    if (kind := kind_of(path)) != "text":
        read = _workbook.read_parquet if kind == "parquet" else _workbook.read_workbook
        names, first, notes, collect = read(path, wanted, written)
    else:
        encoding = find_encoding(path, written.encoding)
        layout = find_layout(path, encoding, wanted, written)
        names, first, notes = layout.names, layout.first, _habits(layout)
        collect = partial(_cells.collect, path, layout)
    if not first:
        raise Problem(f"{path.name} has names of columns but no rows.")
    if all(NUMBER.fullmatch(name) for name in names):
        raise Problem(
            f"The first line of {path.name} holds numbers: put the names of the columns there."
        )
    return _Source(names, first, notes, collect)


def _habits(layout):
    notes = [f"encoding {layout.encoding}"] if layout.encoding not in USUAL else []
    mark = layout.delimiter
    if mark != "," and len(layout.names) > 1:
        shown = SHOWN.get(mark, f'"{mark}"')
        notes.append(f"values are separated by {shown}")
    return notes


def _place(name, source, path):
    """Return the place of a column; names in a file may repeat."""
    if (count := source.names.count(name)) == 1:
        return source.names.index(name)
    if count > 1:
        raise Problem(f'{path.name} has {count} columns "{name}": rename all but one.')
    names = [name for name in source.names if name]
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    near = nearest(name, names) or f" It has {shown}."
    coded = [note for note in source.notes if note.startswith("encoding ")]
    hint = f" It was read in {coded[0]}; `encoding` sets another." if coded else ""
    if len(names) == 1 and not near.startswith(" Nearest"):
        hint += " Its first line must hold the names of all columns."
    raise Problem(f'{path.name} has no column "{name}".{near}{hint}')


def _set_aside(source, cells, numbers):
    """Leave out rows that hold no data and columns without a name, and tell so."""
    notes = []
    if cells.skipped:
        count = len(cells.skipped)
        notes.append(f"{count} rows repeat the names of the columns and are left out")
        if count == 1:
            notes[0] = (
                f"row {cells.skipped[0] + 1} repeats the names of the columns and is left out"
            )
    if _cells.has_units(source.first, numbers) and 0 not in cells.skipped:
        shown = ", ".join(cell.strip() for cell in source.first[0] if cell.strip())
        notes.append(f"row 1 below the names holds no number ({shown}) and is left out as units")
        cells.skipped.append(0)
    for place in source.unnamed():
        rows = enumerate(cells.columns[place].cells())
        if any(cell and row not in cells.skipped for row, cell in rows):
            notes.append(f"column {place + 1} has no name and is not used")
    return notes
