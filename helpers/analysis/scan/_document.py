"""Pages of scanned documents, read one at a time: picture files of one or many pages, and PDF."""

from importlib.util import find_spec
from typing import NamedTuple

import cv2
import numpy as np

from helpers import images
from helpers.analysis.scan._marks import coloured_share
from helpers.files import Problem, find_file

ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".pdf")
PDF = 300.0  # pixels per inch at which pages of a PDF file are drawn
INCH = 72  # units of a PDF file
LEAST = 32  # pixels a side


class Scan(NamedTuple):
    """One page of a document.

    Attributes
    ----------
    name : str, of the file
    page, pages : int, counted from 1
    grey : array of shape (M, N), uint8, transparency laid on white
    coloured, hue : share of the ink that has a colour, and which
    resolution : (across, down) in pixels per inch, or None
    several : bool, True for a document (TIFF, PDF), False for a picture
    notes : tuple of str
    """

    name: str
    page: int
    pages: int
    grey: np.ndarray
    coloured: float
    hue: str
    resolution: tuple | None
    several: bool
    notes: tuple

    def like(self):
        """Return what `images.write_image` needs to write ink in one bit, with the resolution."""
        about = images.About(
            "TIFF", (1, 1), 1, "unsigned", 1, "grey", resolution=self.resolution, value_range=(0, 1)
        )
        return images.Picture(np.zeros((1, 1), np.uint8), None, None, about, ())


def read_scan(path, *, page=1, shrink=1):
    """Read one page of a document.

    Parameters
    ----------
    path : str or Path
    page : int, counted from 1
    shrink : int
        2 halves rows and columns, by averaging, and the resolution.

    Returns
    -------
    Scan

    Raises
    ------
    Problem
        If the file or the page cannot be read, is smaller than 32 x 32, or has one level only.
    """
    path = find_file(path)
    for scan in _pages(path, shrink, first=page - 1):
        if min(scan.grey.shape) < LEAST:
            size = " x ".join(map(str, scan.grey.shape))
            raise Problem(f"{path.name} has {size} pixels; at least {LEAST} x {LEAST} are needed.")
        if scan.grey.min() == scan.grey.max():
            raise Problem(f"{path.name} has one grey level only: there is nothing to tell apart.")
        return scan


def tell_scan(page):
    """Say what was read, for the top of a page.

    Parameters
    ----------
    page : Scan

    Returns
    -------
    str
    """
    place = f", page {page.page} of {page.pages}" if page.pages > 1 else ""
    size = f"{page.grey.shape[0]} x {page.grey.shape[1]} pixels of grey"
    inch = page.resolution and f"{page.resolution[0]:.0f} pixels per inch"
    return "; ".join([f"{page.name}{place}: {size}", *filter(None, [inch]), *page.notes])


def read_scans(path, *, shrink=1):
    """Read all pages of a document, one after the other.

    Parameters
    ----------
    path : str or Path
    shrink : int

    Returns
    -------
    iterator of Scan
        One page is in memory at a time.

    Raises
    ------
    Problem
        At the first page that cannot be read.
    """
    return _pages(find_file(path), shrink)


def _pages(path, shrink, first=0):
    """Yield the pages from `first` on, counted from 0."""
    try:
        if path.read_bytes()[:5] == b"%PDF-":
            yield from _pdf_pages(path, shrink, first)
        elif first:
            _check_page(path, first, images.read_about(path).pages)
            yield _scan(path, images.read_picture(path, page=first, value_range="used"), shrink)
        else:
            for picture in images.read_pages(path, value_range="used"):
                yield _scan(path, picture, shrink)
    except images.Unusable as reason:
        raise Problem(f"{path.name} cannot be used: {reason}.") from None
    except OSError as error:
        raise Problem(f"{path.name} cannot be read: {error.strerror}.") from None


def _scan(path, picture, shrink):
    about = picture.about
    several = about.kind.endswith("TIFF") or (about.pages > 1 and not about.moving)
    return _made(path, picture, about, several, shrink)


def _made(path, picture, about, several, shrink):
    """Return a page as grey levels, made smaller if asked for."""
    pixels, notes, resolution = picture.pixels, picture.notes, about.resolution
    grey = np.empty(pixels.shape[:2], dtype=np.uint8)
    for start in range(0, len(pixels), images.BAND):
        rows = np.s_[start : start + images.BAND]
        alpha = None if picture.alpha is None else picture.alpha[rows]
        band = images.as_uint8(images.lay_on_white(pixels[rows], alpha))
        grey[rows] = band if band.ndim == 2 else images.to_grey(band)
    if shrink > 1:
        size = [max(1, length // shrink) for length in grey.shape[::-1]]
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        notes = (*notes, f"made {shrink} times smaller: {grey.shape[0]} x {grey.shape[1]} pixels")
        resolution = resolution and tuple(along / shrink for along in resolution)
    colour = coloured_share(pixels)
    place = about.page + 1, about.pages
    return Scan(path.name, *place, grey, *colour, resolution, several, tuple(notes))


def _pdf_pages(path, shrink, first):
    if find_spec("pypdfium2") is None:
        raise Problem(
            f"{path.name} is a PDF file: its pages can be read once the package pypdfium2 is "
            "installed, or save them as TIFF."
        )
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Problem(f"{path.name} is a PDF file that is damaged or has a password.") from None
    with document:
        _check_page(path, first, len(document))
        for number in range(first, len(document)):
            page = document[number]
            size = page.get_width() * page.get_height() / INCH**2
            per_inch = min(PDF, (images.MOST_PIXELS / max(size, 1e-9)) ** 0.5)
            pixels = page.render(scale=per_inch / INCH, rev_byteorder=True).to_numpy()[..., :3]
            page.close()
            about = images.About("PDF", pixels.shape[:2], resolution=(per_inch,) * 2)
            about = about._replace(page=number, pages=len(document))
            note = f"drawn at {per_inch:.0f} pixels per inch"
            picture = images.Picture(np.ascontiguousarray(pixels), None, None, about, (note,))
            yield _made(path, picture, about, True, shrink)


def _check_page(path, page, pages):
    if page >= pages:
        has = "one page" if pages == 1 else f"{pages} pages"
        raise Problem(f"`page` must be a page of {path.name}, which has {has}; got {page + 1}.")
