"""Find how the lines of a text file are split into cells, from all of its rows."""

import csv
import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from helpers.files import Problem
from helpers.own_data._text import open_text
from helpers.own_data._written import same_name

DELIMITERS = (",", ";", "\t", "|")
NOTHING = "\x1f"  # splits no line: a table of one column
SAMPLE = 1000  # rows from which the kind of the cells is seen
NUMBER = re.compile(r"[-+\u2212]?(\d[\d.,' \u00a0\u202f\u2019]*|[.,]\d+)([eE][-+]?\d+)?")
UNCLOSED = "a quotation mark is opened and never closed"
SHOWN = {"\t": "tabulator", " ": "blanks"}


class Layout(NamedTuple):
    """One way to split a file: its names as written and read, the share of rows that fit, some."""

    encoding: str
    delimiter: str
    head: list
    names: list
    fit: float
    first: list
    declared: bool  # its first line is `sep=` and the delimiter
    fault: str

    def rows(self, file):
        """Return an iterator over the rows below the names, blank ones too, and its reader."""
        filled, reader = _filled_rows(file, self.delimiter, self.declared)
        next(filled, None)
        return (_with_gaps(reader) if len(self.names) == 1 else reader), reader


def find_layout(path, encoding, wanted, written):
    """Choose the delimiter: it gives equal counts in all rows, and the names that are asked for.

    Parameters
    ----------
    path : Path
    encoding : str
    wanted : list of str
        Names of columns that the table is asked for.
    written : Written

    Returns
    -------
    Layout

    Raises
    ------
    Problem
        If no way fits, or two fit equally well.
    """
    declared, lines = _declared(path, encoding)
    if not lines:
        raise Problem(f"{path.name} is empty.")
    given = written.delimiter or declared
    tried = [given] if given else _candidates(lines)
    found = [_try(path, encoding, mark, declared is not None, lines) for mark in tried]
    if not given and not any(_rank(w, wanted)[:2] == (True, True) for w in found):
        _raise_fault(path, found, wanted)
        found.append(_try(path, encoding, NOTHING, declared=False, lines=lines))
    ranked = [layout for layout in found if layout.fault == ""]
    ranked.sort(key=lambda layout: _rank(layout, wanted), reverse=True)
    if not ranked:
        raise Problem(f"{path.name} cannot be read as a table: {found[0].fault}.")
    best = ranked[0]
    if len(ranked) > 1 and _rank(best, wanted) == _rank(ranked[1], wanted):
        both = " or ".join(f'"{SHOWN.get(w.delimiter, w.delimiter)}"' for w in ranked[:2])
        raise Problem(f"{path.name} can be split at {both}: set `delimiter` to one of them.")
    return best


def _raise_fault(path, found, wanted):
    """Tell what is wrong where a delimiter finds the names and fails in the rows."""
    for layout in found:
        named = all(name in layout.names for name in wanted)
        several = len(layout.names) > 1 or layout.first
        lost = not layout.names and layout.fault == UNCLOSED
        if layout.fault and (lost or (named and several)):
            raise Problem(f"{path.name} cannot be read as a table: {layout.fault}.")


def _declared(path, encoding):
    """Return the delimiter that a first line `sep=;` names, or None, and two lines with text."""
    with open_text(path, encoding) as file:
        texts = (line.lstrip("\ufeff") for line in file)
        lines = list(islice((line for line in texts if line.strip()), 2))
    match = re.fullmatch(r"\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE) if lines else None
    return (match[1] if match else None), lines


def _candidates(lines):
    usual = [mark for mark in DELIMITERS if any(mark in line for line in lines)]
    blanks = [" "] * (not usual and " " in lines[0].strip())
    return [*usual, *blanks]


def _try(path, encoding, mark, declared, lines):
    """Read the whole file with one delimiter, and count the cells of its rows."""
    head, names, first, fault = [], [], [], ""
    with open_text(path, encoding) as file:
        rows, reader = _filled_rows(file, mark, declared)
        try:
            head = next(rows, [])
            names = [same_name(name.lstrip("\ufeff")) for name in head]
            first = list(islice(rows, SAMPLE))
            lengths = Counter(map(len, first))
            lengths.update(map(len, rows if len(names) < 2 else reader))
        except csv.Error as error:
            return Layout(encoding, mark, head, names, 0, [], declared, _worded(error, reader))
    lengths.pop(0, 0)  # blank lines
    if set(lengths) == {len(names) + 1} and any(row[-1] for row in first):
        quoted = lines[-1].lstrip().startswith('"')
        unnamed, fault = _name_rows([row[0].strip() for row in first], mark, quoted)
        names = [""] * unnamed + names
    empty_end = all(not any(row[len(names) :]) for row in first)
    fits = lengths[len(names)] + (lengths[len(names) + 1] if empty_end else 0)
    fit = fits / max(lengths.total(), 1)
    return Layout(encoding, mark, head, names, fit, first, declared, fault)


def _filled_rows(file, mark, declared):
    """Return rows that are not blank, the names as the first of them, and their reader."""
    reader = csv.reader(file, delimiter=mark, skipinitialspace=mark != "\t", strict=True)
    filled = filter(is_filled, reader)
    if declared:
        next(filled, None)
    return filled, reader


def _with_gaps(reader):
    """Yield the rows of a single column: an empty line is an empty cell, but for the last ones."""
    empty = 0
    for row in reader:
        if is_filled(row):
            yield from [[""]] * empty
            empty = 0
            yield row
        else:
            empty += 1


def is_filled(row):
    """Tell a row from a blank line."""
    return len(row) > 1 or (len(row) == 1 and row[0].strip() != "")


def _name_rows(cells, mark, quoted):
    """Tell whether the first cells are names of rows, and what is wrong if nobody can tell."""
    counted = cells[:2] in (["0", "1"], ["1", "2"])
    if not any(NUMBER.fullmatch(cell) for cell in cells) or (counted and (quoted or mark != ",")):
        return True, ""
    if counted:
        return False, (
            "each row has one value more than there are names; if they count the rows, name their "
            "column, and if the comma is a decimal sign, set `delimiter` to another sign"
        )
    return False, ""


def _rank(layout, wanted):
    """Rank by the names, then equal counts, then the share of cells that are numbers."""
    named = all(name in layout.names for name in wanted)
    cells = [cell.strip() for row in layout.first for cell in row]
    share = sum(NUMBER.fullmatch(cell) is not None for cell in cells) / max(len(cells), 1)
    several = layout.fault == "" and len(layout.names) > 1
    equal = layout.fit == 1
    return named, several and layout.fit >= 0.5, equal, round(layout.fit, 6), share


def _worded(error, reader):
    if "unexpected end" in str(error):
        return UNCLOSED
    return f"line {reader.line_num}: {error}"
