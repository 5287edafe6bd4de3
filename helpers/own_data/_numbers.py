"""Read a column of texts as numbers: the signs are found from all of its values, or refused."""

import itertools
import math
import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from helpers.own_data._cells import MARK
from helpers.own_data._layout import SAMPLE
from helpers.own_data._signs import ZEROS, Reading, choose_reading
from helpers.own_data._written import EMPTY, INFINITE

ALIKE = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"})
PLAIN = re.compile(rf"[-+0-9.eE{MARK}]*")
SIGNS = {".": "points", ",": "commas", " ": "blanks", "'": "apostrophes"}


class Numbers(NamedTuple):
    """Values with NaN where there is none, and what stands there.

    `gaps` maps a text for no value to its number and its first row; `wrong` holds the row and the
    text of each value that is no number.
    """

    values: np.ndarray
    gaps: dict
    wrong: list
    notes: list

    def are_texts(self):
        """Tell whether fewer than half of what stands there are numbers."""
        return len(self.wrong) > np.count_nonzero(~np.isnan(self.values))


def read_numbers(column, written, *, infinite=False, skipped=()):
    """Return the `Numbers` of a column.

    Parameters
    ----------
    column : Column
    written : Written
    infinite : bool
        Keep infinite values; else they count as no values.
    skipped : list of int
        Rows that hold no data.

    Raises
    ------
    Problem
        If the texts can be read in two ways that give other numbers.
    """
    codes = written.codes()
    values = None if codes or column.typed is not None else _plain(column.blocks, written)
    if values is not None:
        gaps, wrong = _explain(column, Reading(".", ","), values, codes, set(skipped))
        return Numbers(values, gaps, wrong, [])
    blocks = [_cleaned(block, codes) for block in _untyped(column)]
    shapes = Counter()
    for block in blocks:
        shapes.update(block.translate(ZEROS).split(MARK))
    free = {shape for shape in shapes if _is_free(shape)}
    shapes = {shape: count for shape, count in shapes.items() if shape not in free}
    reading = choose_reading(column.name, shapes, blocks, written)
    clean = all(map(reading.pattern().fullmatch, shapes)) and not reading.misleads(blocks)
    values = np.concatenate([_convert(block, reading, free, clean) for block in blocks])
    if column.typed is not None:
        values = np.where(np.isnan(column.typed), values, column.typed)
    for code in codes:
        values[values == _number(code)] = np.nan
    if not infinite:
        values[np.isinf(values)] = np.nan
    gaps, wrong = _explain(column, reading, values, codes, set(skipped))
    return Numbers(values, gaps, wrong, _notes(column.name, reading, shapes))


def _plain(blocks, written):
    """Return the values of a column in which nothing is in doubt, or None: the usual case."""
    if written.decimal == "," or written.thousands or not all(map(PLAIN.fullmatch, blocks)):
        return None
    comma = Reading(",", ".").pattern().fullmatch
    first = blocks[0].translate(ZEROS).split(MARK, SAMPLE)[:SAMPLE]
    if all(map(comma, filter(None, first))) and any("." in block for block in blocks):
        return None
    try:
        parts = [[float(c) if c else math.nan for c in block.split(MARK)] for block in blocks]
    except ValueError:
        return None
    values = np.concatenate(parts)
    return None if np.isinf(values).any() else values


def _untyped(column):
    """Return the blocks with a plain 0 where the file has a number that needs no reading."""
    if column.typed is None:
        return column.blocks
    known = ~np.isnan(column.typed)
    return [MARK.join("0" if k else c for c, k in zip(column.cells(), known, strict=True))]


def _cleaned(block, codes):
    block = block if block.isascii() else block.translate(ALIKE)
    texts = {code for code in codes if code in block and math.isnan(_number(code))}
    if not texts:
        return block
    return MARK.join("" if cell in texts else cell for cell in block.split(MARK))


def _is_free(shape):
    """Tell whether a text is no number, but one that no sign can change."""
    return shape.casefold() in EMPTY or INFINITE.fullmatch(shape) is not None


def _number(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


def _convert(block, reading, free, clean):
    """Return one block as float64, with NaN for what is no number."""
    cells = block.split(MARK)
    if not clean:
        fits = reading.pattern("[1-9]").fullmatch
        return np.array([_value(cell, reading, fits) for cell in cells])
    texts = reading.plain(block).split(MARK)
    if free.isdisjoint(cells):
        return np.fromiter(map(float, texts), np.float64, len(texts))
    known = {cell: _number(cell) for cell in free}
    pairs = zip(cells, texts, strict=True)
    return np.array([known[cell] if cell in known else float(text) for cell, text in pairs])


def _value(cell, reading, fits):
    if fits(cell):
        return float(reading.plain(cell))
    return float(cell) if INFINITE.fullmatch(cell) else math.nan


def _explain(column, reading, values, codes, skipped):
    """Count the texts that stand for no value, and list the first that are no numbers."""
    gaps, wrong = {}, []
    fits = reading.pattern("[1-9]").fullmatch
    empty = np.isnan(values)
    if not empty.any():
        return gaps, wrong
    texts = itertools.compress(column.cells(), empty)
    for row, text in zip(np.flatnonzero(empty).tolist(), texts, strict=True):
        if row in skipped:
            continue
        cell = text.translate(ALIKE)
        known = column.typed is not None and not math.isnan(column.typed[row])
        if known or text in codes or _is_free(cell) or not math.isnan(_value(cell, reading, fits)):
            count, first = gaps.get(text, (0, row + 1))
            gaps[text] = (count + 1, first)
        else:
            wrong.append((row + 1, text))
    return gaps, wrong


def _notes(name, reading, shapes):
    notes = ["decimal commas"] * (reading.decimal == "," and any("," in s for s in shapes))
    if any(reading.thousands in shape for shape in shapes):
        signs = SIGNS.get(reading.thousands, f'"{reading.thousands}"')
        notes.append(f'{signs} are thousands marks in "{name}"')
    return notes
