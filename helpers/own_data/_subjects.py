"""Who belongs together: a column of ids, and columns that look like one."""

import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from helpers._arguments import nearest
from helpers.files import Problem
from helpers.own_data._written import EMPTY

WORD = re.compile(r"[^\W\d_]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])")
WHOLE = re.compile(r"\d+")
NAMED = re.compile(r"(?=.*[^\W\d_])(?=.*\d).*", re.DOTALL)  # a letter and a digit, such as P07
COUNTED = {"id", "ids", "key", "no", "nr", "num", "nummer", "number", "code", "name"}
BEINGS = {"animal", "individual", "mouse", "participant", "pat", "patient", "person", "proband"}
BEINGS |= {"rat", "respondent", "student", "subj", "subject", "volunteer"}
UNITS = {"case", "clinic", "donor", "family", "fall", "hospital", "household", "pid", "record"}
UNITS |= {"scan", "sid", "uid"}
KINDS = {"arm", "category", "class", "group", "kind", "label", "treatment", "type"}
FEW, MANY = 3, 10  # different values that a column of beings, or any other one, must have
WATCHED = 30  # columns that are looked at, at the most


class Subjects(NamedTuple):
    """The subject of row i is `names[codes[i]]`; `notes` tells what was noticed."""

    codes: np.ndarray
    names: np.ndarray
    notes: tuple


def read_subjects(table, name):
    """Return who each row of a table belongs to.

    Parameters
    ----------
    table : Table
        Read with `name` among its labels, so that rows without an id are left out and told.
    name : str
        The column of ids. A subject may have rows of several classes.

    Returns
    -------
    Subjects
        With at least two subjects.

    Raises
    ------
    Problem
        If there is no such column, one subject only, or several rows with a text such as NA.
    """
    if name not in table.columns:
        raise Problem(f'There is no column "{name}" of ids.{nearest(name, table.columns)}')
    names, codes, counts = np.unique(table[name], return_inverse=True, return_counts=True)
    for text, count in zip(names.tolist(), counts.tolist(), strict=True):
        if count > 1 and text.casefold() in EMPTY:
            raise Problem(
                f'Column "{name}" holds "{text}" in {count} of {codes.size} rows, which is no id '
                f'that they share: set `missing` to "{text}", or name their subjects.'
            )
    if names.size < 2:
        raise Problem(
            f'Column "{name}" must name at least two subjects; all {codes.size} rows have '
            f'"{names[0]}".'
        )
    if names.size == codes.size:
        notes = [f'each row has its own subject in "{name}": the column changes nothing']
    else:
        each = " to ".join(dict.fromkeys(map(str, (counts.min(), counts.max()))))
        notes = [f'{names.size} subjects in "{name}" with {each} rows each']
    return Subjects(codes, names, tuple([*notes, *_tell_alike(names, name)]))


def watched(names, first, taken):
    """Return the places of columns that may hold ids, by their names and first rows.

    Parameters
    ----------
    names : list of str
    first : list of rows, each a list of texts
    taken : places of columns that are known to be something else
    """
    found = {}
    for place in (p for p, name in enumerate(names) if name and p not in taken):
        cells = [row[place].strip() for row in first if place < len(row) and row[place].strip()]
        named = _least(names[place]) > 0
        if cells and (_kind(cells) or (named and not any(map(_is_measured, cells)))):
            found[place] = named
    return sorted(sorted(found, key=found.get, reverse=True)[:WATCHED])


def find_ids(names, cells, places):
    """Return a warning for each column, by its name, that looks like ids with repeats.

    With a name such as `patient` or `mouse id` it does from 3 different values on, as `hospital`
    or another `... id` from 10 on. Any other column needs 10, and values of which few are rare: a
    letter and a digit in nine of ten texts (P07), eight of ten of them there twice or more and
    none five times as often as the middle one; or whole numbers, of which nine of ten are there
    equally often, twice or more.

    Parameters
    ----------
    names : list of str
    cells : Cells
    places : list of int

    Returns
    -------
    dict of name -> str
    """
    found = {names[place]: _warn(names[place], cells.data(place)) for place in places}
    return {name: warning for name, warning in found.items() if warning}


def _warn(name, cells):
    counts = Counter(cell for cell in cells if cell.casefold() not in EMPTY)
    least, kind, rows = _least(name), _kind(list(counts)), counts.total()
    if len(counts) in (0, rows) or len(counts) < (least or MANY):
        return ""
    often = np.array(list(counts.values()))
    even = np.mean(often >= 2) >= 0.8 and often.max() <= 5 * np.median(often)
    usual, number = Counter(often.tolist()).most_common(1)[0]
    equal = usual >= 2 and number >= 0.9 * often.size
    named = least and not any(map(_is_measured, counts))
    if not (named or (kind == "text" and even) or (kind == "whole" and equal)):
        return ""
    return (
        f'Warning: "{name}" looks like an id with repeats ({len(counts)} different values in '
        f"{rows} rows); if rows with one value belong together, set `subject` to it"
    )


def _least(name):
    """Return how many values make a column of this name one of ids, or 0 for another name."""
    words = [word.casefold() for word in WORD.findall(name)]
    kept = list(words)
    while len(kept) > 1 and kept[-1] in COUNTED:
        kept.pop()
    if kept[-1:] and (kept[-1] in BEINGS or kept[-1].removesuffix("id") in BEINGS):
        return FEW if len(kept) == 1 else MANY * (len(kept) < len(words))
    ends = words[-1:] and words[-1] in ("id", "ids")
    return MANY * bool((ends and kept[-1] not in KINDS) or (len(kept) == 1 and kept[0] in UNITS))


def _kind(cells):
    if all(map(WHOLE.fullmatch, cells)):
        return "whole"
    return "text" if sum(NAMED.fullmatch(c) is not None for c in cells) >= 0.9 * len(cells) else ""


def _is_measured(cell):
    """Tell 3.5 and 1e-3 from ids."""
    return not WHOLE.fullmatch(cell) and re.fullmatch(r"[-+]?\d*[.,]?\d*(e[-+]?\d+)?", cell)


def _tell_alike(names, column):
    """Warn of ids that may be one, such as P01 and p1."""
    seen = {}
    for name in names.tolist():
        key = re.sub(r"[\s_.-]+|(?<!\d)0+(?=\d)", "", name.casefold())
        if key in seen:
            return [
                f'Warning: "{seen[key]}" and "{name}" in "{column}" may be one subject; they '
                "count as two"
            ]
        seen[key] = name
    return []
