"""How a file is written, as far as the reader says so; all else is found."""

import codecs
import numbers
import re
import unicodedata
from typing import NamedTuple

from helpers.files import Problem

THOUSANDS = (".", ",", " ", "'")  # signs between groups of three digits that are looked for
EMPTY = ("", "na", "n/a", "nan", "-nan", "null", "none", "#n/a", "#na", "<na>", "?", "missing")
EMPTY += ("-", "–", "—", ".")  # what people write for no number, in small letters
INFINITE = re.compile(r"[-+]?inf(inity)?", re.IGNORECASE)


class Written(NamedTuple):
    """How a table is written; None means that it is found.

    Attributes
    ----------
    delimiter, decimal, thousands : str of one character
    encoding : str, a name that Python knows
    missing : str, number or list of them: codes for no value, beside the usual ones
    sheet : str, of a workbook
    """

    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    encoding: str | None = None
    missing: object = None
    sheet: str | None = None

    def chosen(self):
        """Return what the reader said, for the parameters of a summary."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    def codes(self):
        """Return the codes for no value as a set of texts."""
        given = self.missing if isinstance(self.missing, list | tuple | set) else [self.missing]
        return {str(code).strip() for code in given if code is not None}


def check_written(written):
    """Refuse what cannot be meant, before a file is opened.

    Parameters
    ----------
    written : Written

    Raises
    ------
    Problem
    """
    for name in ("delimiter", "decimal", "thousands"):
        value = getattr(written, name)
        if value is not None and not (isinstance(value, str) and len(value) == 1):
            raise Problem(f"`{name}` must be one character or None; got {value!r}.")
    if written.decimal not in (None, ".", ","):
        raise Problem(f'`decimal` must be "." or "," or None; got {written.decimal!r}.')
    if written.thousands is not None and (written.thousands.isalnum() or written.thousands in "+-"):
        raise Problem(f"`thousands` must be a sign such as '.'; got {written.thousands!r}.")
    if written.decimal is not None and written.decimal == written.thousands:
        raise Problem(f"`decimal` and `thousands` must differ; both are {written.decimal!r}.")
    _check_encoding(written.encoding)
    for code in written.missing if isinstance(written.missing, list | tuple | set) else ():
        if not isinstance(code, str | numbers.Real):
            raise Problem(f"`missing` must hold texts or numbers; got {code!r}.")
    if isinstance(written.missing, dict):
        raise Problem(f"`missing` must be a code or a list of codes; got {written.missing!r}.")


def same_name(text):
    """Return a name so that letters with accents compare equal however they are composed.

    Parameters
    ----------
    text : str, or what has a text

    Returns
    -------
    str
        In Unicode's form C, without blanks around it.
    """
    text = str(text).strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _check_encoding(encoding):
    if encoding is None:
        return
    try:
        codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, TypeError, AttributeError):
        raise Problem(
            f"`encoding` must be a name such as utf-8, cp1252 or utf-16; got {encoding!r}."
        ) from None
