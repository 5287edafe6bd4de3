"""Results as tables and sentences: what a page computes is read, not printed.

Both are values: the last line of a cell shows them, `str` gives the plain text.
"""

import html
import math
import re
import textwrap
from numbers import Integral, Real

WIDTH = 88  # characters of a line of plain text
MISSING = "\u2013"  # an en dash


class Table:
    """Rows of text under a heading, as HTML or in columns of plain text."""

    def __init__(self, names, rows, right, caption):
        self.names, self.rows, self.right, self.caption = names, rows, right, caption

    def __repr__(self):
        lines = [self.names, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        aligned = [
            "  ".join(
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(line, widths, self.right, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.caption, *aligned] if self.caption else aligned)

    def _repr_html_(self):
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        body = "".join(self._row(row, "td") for row in self.rows)
        head = self._row(self.names, "th", ' scope="col"')
        return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"

    def _row(self, texts, tag, more=""):
        sides = ["right" if right else "left" for right in self.right]
        cells = [
            f'<{tag}{more} style="text-align: {side}">{html.escape(text)}</{tag}>'
            for text, side in zip(texts, sides, strict=True)
        ]
        return f"<tr>{''.join(cells)}</tr>"


class Text:
    """Paragraphs, as Markdown or as plain text in lines."""

    def __init__(self, paragraphs, literal):
        self.paragraphs, self.literal = paragraphs, literal

    def __repr__(self):
        wrap = {"width": WIDTH, "break_long_words": False, "break_on_hyphens": False}
        return "\n\n".join(textwrap.fill(words, **wrap) for words in self.paragraphs)

    def _repr_markdown_(self):
        shown = map(_escaped, self.paragraphs) if self.literal else self.paragraphs
        return "\n\n".join(shown)


def table(content, *, digits=2, formats=None, caption=""):
    """Show numbers and words in rows and columns.

    Parameters
    ----------
    content : dict of name -> sequence, or list of dicts
        Columns of one length, or rows with the same names. None and nan are shown as a dash.
    digits : int
        Digits after the point of numbers that are not whole.
    formats : dict of name -> str, optional
        Format of columns that need another one, such as ``{"share": ".0%"}``.
    caption : str

    Returns
    -------
    Table
        The last line of a cell shows it; numbers stand on the right.

    Raises
    ------
    ValueError
        If columns differ in length, rows in their names, or `formats` names no column.
    """
    columns = _columns(content)
    formats = formats or {}
    for name in formats.keys() - columns.keys():
        raise ValueError(f"`formats` must name columns; got {name!r}, not in {[*columns]}.")
    texts = [
        [_format(value, digits, formats.get(name)) for value in column]
        for name, column in columns.items()
    ]
    right = [all(_is_number(value) for value in column) for column in columns.values()]
    rows = list(zip(*texts, strict=True))
    return Table([str(name) for name in columns], rows, right, caption)


def text(*sentences, literal=False):
    """Show computed sentences as text, one paragraph each.

    Parameters
    ----------
    *sentences : str
        Markdown.
    literal : bool
        Whether signs of Markdown stay as they are, for sentences with names from a file.

    Returns
    -------
    Text
        The last line of a cell shows it.
    """
    return Text([" ".join(sentence.split()) for sentence in sentences], literal)


def _columns(content):
    """Return columns, also from rows, if all of them fit together."""
    if not isinstance(content, dict):
        names = [list(row) for row in content]
        if not names or names.count(names[0]) != len(names):
            raise ValueError(f"`content` must be rows with the same names; got {names}.")
        content = {name: [row[name] for row in content] for name in names[0]}
    columns = {name: list(column) for name, column in content.items()}
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"`content` must have columns of one length; got {lengths}.")
    return columns


def _is_number(value):
    return value is None or (isinstance(value, Real) and not isinstance(value, bool))


def _format(value, digits, wanted):
    if value is None or (isinstance(value, Real) and math.isnan(value)):
        return MISSING
    if wanted:
        return format(value, wanted)
    if isinstance(value, Real) and not isinstance(value, Integral):
        return f"{value:.{digits}f}"
    return str(value)


def _escaped(words):
    return re.sub(r"([\\`*_\[\]<>#$|~])", r"\\\1", words)
