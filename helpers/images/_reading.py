"""Picture files read: one way in for lessons, pages and the folder job.

Content decides the kind, never the ending. Each kind has the library that reads it right: OpenCV
for PNG and JPEG (16 bits, speed), tifffile for the tags of TIFF, Pillow for all others and for
what files say of themselves. No words of theirs reach the reader.
"""

import stat
from pathlib import Path

import numpy as np

from helpers._arguments import whole
from helpers.images._about import ASIDE, DAMAGED, MOST_PIXELS, TOO_SHORT, ImageFormat, Unusable
from helpers.images._arrays import as_uint8
from helpers.images._jpeg import open_jpeg
from helpers.images._kinds import kind_of, named_otherwise
from helpers.images._meaning import as_labels, understand
from helpers.images._others import PLUGINS, open_other
from helpers.images._png import open_png
from helpers.images._pnm import open_pnm
from helpers.images._ranges import check_range
from helpers.images._tiff import open_tiff

OPENERS = {"PNG": open_png, "JPEG": open_jpeg, "TIFF": open_tiff, "PNM": open_pnm}


def read_picture(path, *, page=0, value_range=None, most=MOST_PIXELS):
    """Read a picture with all that its file says of it.

    Parameters
    ----------
    path : str or Path
    page : int >= 0
        Page of a document or frame of an animation.
    value_range : None, "used" or (low, high)
        Which values become black and white. None: for unsigned samples the whole range of their
        bits; for signed ones and floats beyond 0 to 1 the lowest and the highest. "used": for
        unsigned samples the bits that are used, 0 to 4095 for 12 bits in 16.
    most : int
        Most pixels that are decoded.

    Returns
    -------
    Picture

    Raises
    ------
    Unusable
        With the reason, if it is no picture that is read here, is damaged or is too large.
    ValueError
        If `page` or `value_range` is none.
    """
    content = file_bytes(path)
    value_range = check_range(value_range)
    opened = open_content(content, page, most)
    picture = understand(decoded(opened), value_range)
    notes = (*picture.notes, *_remarks(Path(path), picture))
    return picture._replace(notes=notes)


def read_pages(path, *, value_range=None, most=MOST_PIXELS):
    """Read all pages of a document, or frames of an animation, one after the other.

    Parameters
    ----------
    path : str or Path
    value_range : None, "used" or (low, high)
        As for `read_picture`, for each page by itself.
    most : int
        Most pixels of a page.

    Yields
    ------
    Picture
        Returns an iterator: one page is in memory at a time.
    """
    content, value_range = file_bytes(path), check_range(value_range)
    pages, page, opened = 1, 0, None
    while page < pages:
        opened = open_content(content, page, most, opened)
        pages, page = opened.about.pages, page + 1
        yield understand(decoded(opened), value_range)


def read_about(path, *, page=0):
    """Read what a picture file says of itself, without decoding its pixels.

    Parameters
    ----------
    path : str or Path
    page : int >= 0

    Returns
    -------
    About
    """
    return open_content(file_bytes(path), page, None).about.upright()


def read_labels(path, *, page=0, most=MOST_PIXELS):
    """Read a mask: values as stored, not scaled; of a file with a palette its indices.

    Parameters
    ----------
    path : str or Path
    page : int >= 0
    most : int
        Most pixels that are decoded.

    Returns
    -------
    Labels
        Upright; integers of the type that the file stores.

    Raises
    ------
    Unusable
        As for `read_picture`, or if values are no whole numbers.
    """
    return as_labels(decoded(open_content(file_bytes(path), page, most)))


def read_image(path, *, dtype="uint8", value_range=None):
    """Read a picture file as RGB of shape (M, N, 3).

    Parameters
    ----------
    path : str or Path
    dtype : {"uint8", "float"}
        uint8 in 0..255 or float64 in [0, 1]; a file of 16 bits keeps its depth only as float.
    value_range : None, "used" or (low, high)
        As for `read_picture`.

    Returns
    -------
    array of shape (M, N, 3) and that dtype, turned upright as the camera noted; what is
    transparent is laid on white

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not a picture that can be read.
    """
    if dtype not in ("uint8", "float"):
        raise ValueError(f'`dtype` must be "uint8" or "float"; got {dtype!r}.')
    value_range = check_range(value_range)
    picture = _read_named(path, lambda raw: understand(raw, value_range, np.float64))
    seen = picture.on_white()
    if dtype == "uint8":
        seen = seen if seen.dtype == np.uint8 else as_uint8(seen)
    else:
        seen = seen / 255.0 if seen.dtype == np.uint8 else seen
    return seen if seen.ndim == 3 else np.stack([seen] * 3, axis=-1)


def read_format(path):
    """Return the `ImageFormat` of a file: what `write_image` restores with ``like=``."""
    picture = _read_named(path, understand)
    return ImageFormat(*picture.form)


def _read_named(path, understood):
    """Read one file; every fault names the argument."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"`path` must be an existing file; got {path}.")
    try:
        return understood(decoded(open_content(file_bytes(path))))
    except Unusable as reason:
        raise ValueError(
            f"`path` must be a picture that can be read; got {path}: {reason}."
        ) from None


def file_bytes(path):
    """Return what a file holds, or raise `Unusable` with the reason why it cannot be read."""
    path = Path(path)
    try:
        kind = path.stat().st_mode
    except OSError:
        raise Unusable("a link to nothing" if path.is_symlink() else "no such file") from None
    if not stat.S_ISREG(kind):
        raise Unusable("a folder" if stat.S_ISDIR(kind) else "not a regular file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from None


def open_content(content, page=0, most=MOST_PIXELS, opened=None):
    """Open a picture file that was read into memory.

    Parameters
    ----------
    content : bytes
    page : int >= 0
    most : int or None
        Most pixels that may be decoded; None sets no limit.
    opened : Opened, optional
        Another page of the same file, so that its header is not read again.

    Returns
    -------
    Opened
        What its header says, and how to decode it.
    """
    page = whole(page, "page", 0)
    try:
        if opened is not None and opened.turn_to:
            opened = opened.turn_to(page)
        else:
            opened = _open(kind_of(content), content, page)
    except Unusable:
        raise
    except Exception as error:  # headers break with errors of every kind
        raise _in_own_words(error) from None
    about = opened.about
    rows, columns = about.upright().shape
    if page >= about.pages:
        raise ValueError(f"`page` must be below {about.pages}, counted from 0; got {page}.")
    if most is not None and rows * columns > most:
        raise Unusable(
            f"{rows} x {columns} pixels, and at most {most / 1e6:g} million are read: make a "
            "smaller copy"
        )
    return opened


def _open(kind, content, page):
    if kind in PLUGINS:
        return open_other(kind, content, page)
    return OPENERS[kind](content, page)


def decoded(opened):
    """Decode an opened file; every fault is told in words of our own.

    Parameters
    ----------
    opened : Opened

    Returns
    -------
    Raw
    """
    try:
        return opened.load()
    except Unusable:
        raise
    except Exception as error:  # decoders meet broken files with errors of every kind
        raise _in_own_words(error) from None


def _in_own_words(error):
    if isinstance(error, MemoryError):
        return Unusable("it needs more memory than there is")
    said = str(error).lower()
    return Unusable(TOO_SHORT if "truncated" in said or "end of file" in said else DAMAGED)


def _remarks(path, picture):
    """Say what a picture is that its pixels do not show."""
    about, told = picture.about, []
    kind = about.kind.removeprefix("Big").replace("PFM", "PNM")
    if named_otherwise(path.suffix, kind):
        told.append(f"named {path.suffix}, but its content is {about.kind}")
    if about.pages > 1:
        which = "only the first" if about.page == 0 else f"number {about.page + 1}"
        told.append(f"{which} of {about.pages} {'frames' if about.moving else 'pages'} is used")
    if picture.alpha is not None:
        told.append(ASIDE)
    if about.profile_name and about.colour not in ("CMYK", "YCCK"):
        told.append(f"its colour profile ({about.profile_name}) is not applied")
    return told
