"""The decimal sign and the sign between thousands: all values of a column decide, or nobody."""

import re
from itertools import product
from typing import NamedTuple

from helpers.files import Problem
from helpers.own_data._cells import MARK
from helpers.own_data._written import THOUSANDS

ZEROS = str.maketrans("123456789", "000000000")  # gives the shape of a number


class Reading(NamedTuple):
    """The decimal sign and the sign between thousands."""

    decimal: str
    thousands: str

    def pattern(self, first="0"):
        """Return what a number looks like, its digits as zeros unless `first` names others."""
        digit = "0" if first == "0" else "[0-9]"
        point, mark = re.escape(self.decimal), re.escape(self.thousands)
        plain = rf"(?:{digit}+(?:{point}{digit}*)?|{point}{digit}+)(?:[eE][-+]?{digit}+)?"
        grouped = rf"{first}{digit}{{0,2}}(?:{mark}{digit}{{3}})+(?:{point}{digit}*)?"
        return re.compile(rf"[-+]?(?:{plain}|{grouped})")

    def plain(self, text):
        """Return the number as Python writes it."""
        return text.replace(self.thousands, "").replace(self.decimal, ".")

    def misleads(self, blocks):
        """Tell whether a value such as 0.125 shows that its sign cannot part thousands."""
        mark = re.escape(self.thousands)
        wrong = re.compile(rf"(?:^|{MARK})[-+]?0\d{{0,2}}{mark}\d{{3}}(?!\d)")
        return any(self.thousands in block and wrong.search(block) for block in blocks)


def choose_reading(name, shapes, blocks, written):
    """Choose the signs that make numbers of all values, else of most.

    Parameters
    ----------
    name : str
    shapes : dict of text with all digits as zeros -> number of cells
    blocks : list of str, the cells themselves
    written : Written

    Returns
    -------
    Reading

    Raises
    ------
    Problem
        If two ways give other numbers.
    """
    misfits = {}
    for reading in _readings(written):
        fits = reading.pattern().fullmatch
        misfits[reading] = sum(count for shape, count in shapes.items() if not fits(shape))
    least = min(misfits.values())
    best = [reading for reading, wrong in misfits.items() if wrong == least]
    if least == 0 and len(best) > 1:
        best = _distinct(best, shapes)
        best = [reading for reading in best if not reading.misleads(blocks)] or best[:1]
        if len(best) > 1:
            _refuse_both(name, best, shapes, blocks)
    return best[0]


def _readings(written):
    points = [written.decimal] if written.decimal else [".", ","]
    marks = [written.thousands] if written.thousands else THOUSANDS
    return [Reading(*signs) for signs in product(points, marks) if signs[0] != signs[1]]


def _distinct(readings, shapes):
    """Keep one of the readings that give the same numbers."""
    kept = {}
    for reading in readings:
        kept.setdefault(tuple(map(reading.plain, shapes)), reading)
    return list(kept.values())


def _refuse_both(name, readings, shapes, blocks):
    one, other = readings[:2]
    cells = (cell for block in blocks for cell in block.split(MARK))
    odd = {s for s in shapes if one.plain(s) != other.plain(s)}
    shown = next(cell for cell in cells if cell.translate(ZEROS) in odd)
    plain = [reading.plain(shown) for reading in (one, other)]
    raise Problem(
        f'Column "{name}" can be read in two ways: {shown} is {float(plain[0]):.15g} or '
        f'{float(plain[1]):.15g}. Set `decimal` to "{one.decimal}" for the first, to '
        f'"{other.decimal}" for the second.'
    )
