"""Look at a CSV file before it is read: encoding, delimiter, decimal sign, names of columns."""

import csv
import re
from typing import NamedTuple

from helpers.files import Problem

SAMPLE = 1 << 16  # bytes that are looked at
DELIMITERS = ",;\t|"
DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(e[-+]?\d+)?", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?", re.IGNORECASE)
GROUPED = {  # 1.250 with a point, or 1,250 with a comma: perhaps a thousand, perhaps one
    sign: re.compile(rf"[-+]?[1-9]\d{{0,2}}(\{sign}\d{{3}})+") for sign in ".,"
}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class CsvForm(NamedTuple):
    """How a file is written."""

    encoding: str
    delimiter: str
    decimal: str
    names: list
    notes: tuple
    cells: tuple

    def refuse_thousands(self, name, path):
        """Refuse a column that mixes 1.250 with whole numbers: nobody can tell what 1.250 is."""
        place = self.names.index(name)
        cells = [row[place].strip() for row in self.cells if len(row) > place]
        signed = [cell for cell in cells if self.decimal in cell]
        whole = [cell for cell in cells if re.fullmatch(r"[-+]?\d+", cell)]
        if whole and signed and all(GROUPED[self.decimal].fullmatch(cell) for cell in signed):
            plain = signed[0].replace(self.decimal, "")
            raise Problem(
                f'Column "{name}" of {path.name} holds {signed[0]} beside whole numbers such as '
                f"{whole[0]}: if that is a thousand, write {plain}; if not, give all values their "
                "decimals."
            )


def sniff(path):
    """Return the `CsvForm` of a file, or raise a `Problem` if it is no table of text."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if not head.strip():
        raise Problem(f"{path.name} is empty.")
    encoding = _encoding(path, head)
    whole_lines = head if len(head) < SAMPLE else head[: head.rfind(b"\n") + 1] or head
    lines = whole_lines.decode(encoding, "replace").splitlines(keepends=True)
    lines = [line for line in lines if line.strip()][:200]
    try:
        delimiter = _delimiter(lines)
        names, *rows = csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise Problem(f"{path.name} cannot be read as a table: {error}.") from None
    names = [name.strip() for name in names]
    if not rows:
        raise Problem(f"{path.name} has names of columns but no rows.")
    if all(NUMBER.fullmatch(name) for name in names):
        raise Problem(
            f"The first line of {path.name} holds numbers: put the names of the columns there."
        )
    cells = [cell.strip() for row in rows for cell in row]
    comma = delimiter != "," and any(DECIMAL_COMMA.fullmatch(cell) for cell in cells)
    notes = [f"encoding {encoding}"] if encoding not in ("utf-8", "utf-8-sig") else []
    shown = {"\t": "tabulator"}.get(delimiter, f'"{delimiter}"')
    notes += [f"values are separated by {shown}"] if delimiter != "," else []
    notes += ["decimal commas"] if comma else []
    return CsvForm(encoding, delimiter, "," if comma else ".", names, tuple(notes), tuple(rows))


def _encoding(path, head):
    """Tell UTF-8 and UTF-16 by their bytes; other text is Windows-1252."""
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        raise Problem(f"{path.name} is not a text file: save the table as CSV and name that file.")
    with path.open("rb") as file:
        try:
            for line in file:
                line.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _delimiter(lines):
    """Choose what splits the lines into the same number of parts, most parts first."""
    best, parts = ",", 1
    for mark in DELIMITERS:
        lengths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        if lengths[0] > parts and lengths.count(lengths[0]) >= 0.8 * len(lengths):
            best, parts = mark, lengths[0]
    return best
