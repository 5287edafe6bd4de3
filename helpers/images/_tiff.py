"""TIFF files: tifffile reads what they say, the samples are put together here.

OpenCV and Pillow each read some kinds of TIFF wrongly or not at all (signed and float samples,
black and white swapped, planes, parts of 12 bits), and neither finds the pictures behind a
preview. tifffile reads the tags of all of them.
"""

import io
import logging
import struct
from enum import IntEnum

import numpy as np

from helpers.images._about import (
    DAMAGED,
    GUESSED,
    TOO_SHORT,
    Opened,
    Raw,
    Unusable,
    open_with_pillow,
)
from helpers.images._quiet import listen
from helpers.images._tiff_codecs import wrap
from helpers.images._tiff_pixels import read_samples
from helpers.images._tiff_tags import COLOURS, about_page, palette_of, photometric_of

logging.getLogger("tifffile").addHandler(logging.NullHandler())  # its warnings are ours to tell

SIZES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
LONGEST_CHAIN = 100_000  # pages
SENSOR = (32803, 34892)  # pixels as a camera's sensor sees them


def open_tiff(content, page):
    """Read the tags of one page of a TIFF file; previews and masks are no pages.

    Parameters
    ----------
    content : bytes
    page : int

    Returns
    -------
    Opened
    """
    import tifffile  # takes a while to import, and only TIFF files need it

    try:
        if _ends_early(content):
            raise Unusable(TOO_SHORT)
        file = tifffile.TiffFile(io.BytesIO(content))
        pictures = _pictures(file)
    except Unusable:
        raise
    except Exception:  # tifffile meets damaged tags with errors of every kind
        raise Unusable(DAMAGED) from None
    if not pictures:
        raise Unusable(DAMAGED)

    def turn_to(page):
        found = pictures[min(page, len(pictures) - 1)]
        about = about_page(file, found)._replace(page=page, pages=len(pictures))
        return Opened(about, lambda: _load(content, found, about), turn_to)

    return turn_to(page)


def _ends_early(content):
    """Tell whether a list of tags, or what one of them points to, lies beyond the end."""
    order, big = "<" if content[:2] == b"II" else ">", 43 in content[2:4]
    width, words = (20, "Q") if big else (12, "I")
    count_of, each = ("Q", 8) if big else ("H", 2)
    place, seen = struct.unpack_from(order + words, content, 8 if big else 4)[0], set()
    while place and place not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(place)
        if place + each > len(content):
            return True
        count = struct.unpack_from(order + count_of, content, place)[0]
        end = place + each + width * count
        if end + len(struct.pack(words, 0)) > len(content):
            return True
        for entry in range(place + each, end, width):
            kind, length = struct.unpack_from(order + "H" + words, content, entry + 2)
            size = SIZES.get(kind, 1) * length
            if size > (8 if big else 4):
                value = entry + 4 + len(struct.pack(words, 0))
                if struct.unpack_from(order + words, content, value)[0] + size > len(content):
                    return True
        place = struct.unpack_from(order + words, content, end)[0]
    return False


def _pictures(file):
    """Return the pages at full size, each instead of its preview."""
    pages = list(file.pages)
    below = {id(page): list(page.pages) if page.subifds else [] for page in pages}
    for page in [*pages, *(sub for subs in below.values() for sub in subs)]:
        if page.photometric in SENSOR or 50706 in page.tags:
            maker = page.tags.valueof(271) or pages[0].tags.valueof(271) or ""
            kind = "DNG" if 50706 in pages[0].tags else str(maker).strip("\0 ") or "TIFF"
            raise Unusable(
                f"a camera's raw file ({kind}), which is not read: develop it and save it as TIFF"
            )
    found = []
    for page in pages:
        larger = [sub for sub in below[id(page)] if not _is_small(sub) and _size(sub) > _size(page)]
        if larger:
            found.append(max(larger, key=_size))
        elif not _is_small(page):
            found.append(page)
    return found or pages


def _size(page):
    return page.imagewidth * page.imagelength


def _is_small(page):
    """Tell a preview (or a mask of what is seen) from a picture."""
    return bool(page.subfiletype & 5) or page.tags.valueof(255) == 2 or page.photometric == 4


def _load(content, page, about):
    if int(page.compression) == 7 or about.colour == "YCbCr":
        samples, notes = _by_pillow(content, page)
    else:
        samples, notes = read_samples(page, content), ()
    count = COLOURS[photometric_of(page)][1]
    kinds = [int(kind) for kind in (page.extrasamples or ())] + [0] * samples.shape[2]
    others = list(range(count, samples.shape[2]))
    alpha = next((c for c in others if about.alpha and kinds[c - count] in (1, 2)), None)
    left = len(others) - (alpha is not None)
    if left:
        notes += (f"{left} more channel{'s are' * (left > 1) or ' is'} left aside",)
    kept = [*range(count), *([] if alpha is None else [alpha])]
    if left:
        samples = samples[..., kept]
    return Raw(
        samples[..., 0] if len(kept) == 1 else samples,
        about,
        palette=palette_of(page) if about.colour == "palette" else None,
        notes=notes,
    )


def _by_pillow(content, page):
    """Decode a page of JPEG strips or of YCbCr samples with libtiff, which turns it into RGB."""
    wanted = (256, 257, 258, 259, 262, 266, 277, 278, 284, 317, 322, 323, 338, 347, 530, 531, 532)
    tags = {tag: page.tags[tag].value for tag in wanted if tag in page.tags}
    tags = {tag: int(v) if isinstance(v, IntEnum) else v for tag, v in tags.items()}
    places = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if any(start + length > len(content) for start, length in places):
        raise Unusable(TOO_SHORT)
    parts = [content[start : start + length] for start, length in places]

    def decode():
        picture = open_with_pillow("TIFF", wrap(tags, parts))
        return np.array(picture.convert("RGB") if picture.mode == "YCbCr" else picture)

    try:
        samples, complained = listen(decode)
    except Exception:  # libtiff meets damaged parts with errors of every kind
        raise Unusable(DAMAGED) from None
    return samples.reshape(*samples.shape[:2], -1), (GUESSED,) * complained
