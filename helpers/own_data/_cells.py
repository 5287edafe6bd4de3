"""Collect the cells of a text file, column by column, so that no row is lost in silence."""

import csv
import itertools
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from helpers.files import Problem
from helpers.own_data._layout import NUMBER, is_filled
from helpers.own_data._text import open_text
from helpers.own_data._written import EMPTY, INFINITE

MARK = "\x1f"  # between the cells of a block
ONCE = 400_000  # cells that are held as single texts


class Column(NamedTuple):
    """The cells of a column: blocks of text, and numbers where the file has them as such."""

    name: str
    blocks: list
    typed: np.ndarray | None = None

    def cells(self):
        """Yield the texts of all cells in the order of the file."""
        for block in self.blocks:
            yield from block.split(MARK)


class Cells(NamedTuple):
    """Columns by their place, the number of rows, those that hold no data, and remarks."""

    columns: dict
    rows: int
    skipped: list
    notes: list

    def data(self, place):
        """Return the texts of a column without those of rows that hold no data."""
        gone = set(self.skipped)
        return [c for row, c in enumerate(self.columns[place].cells()) if row not in gone]


def join(texts):
    """Return the cells as one block of text, stripped."""
    texts = [*map(str.strip, texts)]
    block = MARK.join(texts)
    if block.count(MARK) != len(texts) - 1:
        block = MARK.join(text.replace(MARK, "�") for text in texts)
    return block


def collect(path, layout, places):
    """Read the cells at these places of the rows, all rows of the file.

    Parameters
    ----------
    path : Path
    layout : Layout
    places : list of int

    Returns
    -------
    Cells
    """
    cells = Cells({place: Column(layout.names[place], []) for place in places}, 0, [], [])
    width, count, lines, short = len(layout.names), 0, 0, []
    with open_text(path, layout.encoding) as file:
        rows, reader = layout.rows(file)
        try:
            while chunk := list(itertools.islice(rows, max(1, ONCE // width))):
                if reader.line_num - lines > len(chunk):
                    _refuse_swallowed(path, chunk, count, layout.delimiter, width)
                lines = reader.line_num
                chunk = _trimmed(path, chunk, count, width, short)
                for place, column in cells.columns.items() if chunk else ():
                    column.blocks.append(join(map(itemgetter(place), chunk)))
                cells.skipped.extend(_names_again(chunk, count, layout.head))
                count += len(chunk)
        except csv.Error as error:
            raise Problem(
                f"{path.name} cannot be read as a table: line {reader.line_num}, {error}."
            ) from None
    if short:
        cells.notes.append(
            f"{len(short)} of {count} rows have fewer values than there are names, the first is "
            f"row {short[0]}; what they lack counts as empty"
        )
    return cells._replace(rows=count)


def has_units(first, numbers):
    """Tell whether row 1 explains the names: words alone, each of them above a number.

    Parameters
    ----------
    first : list of rows, each a list of texts
    numbers : list of int
        Places that must hold numbers.
    """
    head, *below = first
    filled = [place for place in range(len(head)) if _at(head, place).casefold() not in EMPTY]
    if not set(filled) & set(numbers) or not below:
        return False
    return all(_is_unit(_at(head, place)) and _holds_number(below, place) for place in filled)


def _is_unit(cell):
    """Tell kg, % and m2 from 5 kg, <LOD, TRUE and inf."""
    letter = next((sign for sign in cell if sign.isalnum()), "x")
    known = cell.casefold() in ("true", "false") or INFINITE.fullmatch(cell)
    return letter.isalpha() and cell[0] not in "<>=#~+-" and not known


def _holds_number(rows, place):
    cells = (_at(row, place) for row in rows)
    cell = next((cell for cell in cells if cell.casefold() not in EMPTY), "")
    return NUMBER.fullmatch(cell) is not None


def _at(row, place):
    return row[place].strip() if place < len(row) else ""


def _trimmed(path, chunk, count, width, short):
    """Give all rows one length; values beyond the last name are refused."""
    if set(map(len, chunk)) == {width}:
        return chunk
    trimmed = []
    for number, row in enumerate(filter(is_filled, chunk) if width > 1 else chunk, count + 1):
        if any(cell.strip() for cell in row[width:]):
            raise Problem(
                f"{path.name}: row {number} below the names has more values than there are names "
                f"({width}). Is a comma both decimal sign and separator?"
            )
        if len(row) < width:
            short.append(number)
        trimmed.append(row[:width] + [""] * (width - len(row)))
    return trimmed


def _names_again(chunk, count, head):
    """Return the rows that repeat the line of names, as files that were put together have them."""
    if len(head) < 2 or head not in chunk:
        return []
    return [number for number, row in enumerate(chunk, count) if row == head]


def _refuse_swallowed(path, chunk, count, delimiter, width):
    """Refuse a cell that holds whole rows: two stray quotation marks swallow what is between."""
    for number, row in enumerate(chunk, count + 1):
        for cell in row if width > 1 else ():
            if "\n" in cell and _holds_rows(cell.split("\n"), delimiter, width):
                raise Problem(
                    f"{path.name}: a quoted value in row {number} below the names holds whole "
                    f"rows, {cell.count(chr(10)) + 1} lines of the file. Is a quotation mark "
                    "missing, or one too many?"
                )


def _holds_rows(lines, delimiter, width):
    """Tell rows from prose: each line has the delimiters of a row; in few columns numbers too."""
    ends, inner = lines[0] + lines[-1], lines[1:-1]
    if any(line.count(delimiter) != width - 1 for line in inner):
        return False
    if width >= 4:
        return ends.count(delimiter) == width - 1
    cells = [cell.strip() for line in inner for cell in line.split(delimiter)]
    return len(inner) >= 2 and any(NUMBER.fullmatch(cell) for cell in cells)
