"""Open a file as text: packed or not, in the encoding that its bytes tell."""

import codecs
import gzip
import io
import zlib
from contextlib import contextmanager

from helpers.files import Problem

MARKS = (  # the longer ones first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KINDS = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "an old or locked workbook (.xls): save it as .xlsx without a password"),
    (b"%PDF", "a PDF: save the table as CSV or .xlsx"),
    (b"SQLite", "a database: save the table as CSV"),
)
BLOCK = 1 << 20
USUAL = ("utf-8", "utf-8-sig")


def kind_of(path):
    """Return "text", "parquet" or "workbook"; other kinds are refused by name."""
    with path.open("rb") as file:
        head = file.read(8)
    for mark, kind in KINDS:
        if head.startswith(mark):
            if " " not in kind:
                return kind
            raise Problem(f"{path.name} is {kind}.")
    return "text"


@contextmanager
def open_bytes(path):
    """Open a file for reading, unpacked if it is a gzip file whatever its name says."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as opened:
            yield opened
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Problem(f"{path.name} is damaged: it cannot be unpacked to its end.") from None


@contextmanager
def open_text(path, encoding):
    """Open a file as text whose line ends are left to the reader of rows."""
    with open_bytes(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        try:
            yield text
        finally:
            text.detach()


def find_encoding(path, given=None):
    """Return the encoding: the given one, else that of a mark, of its zeros or of all its bytes.

    What is neither Unicode nor forbidden there counts as Windows-1252, then as Latin-1.
    """
    with open_bytes(path) as file:
        head = file.read(1 << 16)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Problem(f"{path.name} is empty.")
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if given is not None:
        if not _fits(path, given):
            raise Problem(f"{path.name} is not written in {given}: set `encoding` to another one.")
        return marked if marked in USUAL and codecs.lookup(given).name == "utf-8" else given
    tried = [marked] if marked else _without_mark(head)
    found = next((name for name in tried if _fits(path, name)), None)
    if found is None:
        raise Problem(f"{path.name} is not a text file: save the table as CSV and name that file.")
    return found


def _without_mark(head):
    """Text in UTF-16 without a mark has a zero in nearly every second place."""
    if b"\0" not in head:
        return ["utf-8", "cp1252", "latin-1"]
    zeros = [head[start::2].count(0) / max(len(head) // 2, 1) for start in (0, 1)]
    if max(zeros) < 0.2 or min(zeros) > 0.05:
        return []
    return ["utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"]


def _fits(path, encoding):
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with open_bytes(path) as file:
            while block := file.read(BLOCK):
                if "\0" in decoder.decode(block):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
