"""TIFF files: tifffile reads what they say, the samples are put together here.

OpenCV and Pillow each read some kinds of TIFF wrongly or not at all (signed and float samples,
black and white swapped, planes, parts of 12 bits), and neither finds the pictures behind a
preview. tifffile reads the tags of all of them.
"""

import io
import logging
from enum import IntEnum

import numpy as np

from helpers.images._about import DAMAGED, TOO_SHORT, About, Opened, Raw, Unusable, open_with_pillow
from helpers.images._tiff_codecs import LOSSY, READ, name_of, wrap
from helpers.images._tiff_pixels import read_samples

logging.getLogger("tifffile").addHandler(logging.NullHandler())  # its warnings are ours to tell

GREY, WHITE_IS_ZERO, RGB, PALETTE, CMYK, YCBCR = 1, 0, 2, 3, 5, 6
COLOURS = {
    WHITE_IS_ZERO: ("white is zero", 1),
    GREY: ("grey", 1),
    RGB: ("RGB", 3),
    PALETTE: ("palette", 1),
    CMYK: ("CMYK", 4),
    YCBCR: ("YCbCr", 3),
}
NOT_READ = {
    8: "CIE L*a*b* colours", 9: "ICC L*a*b* colours", 10: "ITU L*a*b* colours",
    32844: "LogL light", 32845: "LogLuv light", 51177: "depth", 52527: "a semantic mask",
}  # fmt: skip
SENSOR = (32803, 34892)  # pixels as a camera's sensor sees them
FLOATS, SIGNED = (16, 24, 32, 64), (8, 16, 32, 64)
SAVED = "save it as a TIFF of grey or RGB pixels"


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
        file = tifffile.TiffFile(io.BytesIO(content))
        pictures = _pictures(file)
    except Unusable:
        raise
    except Exception:  # tifffile meets damaged tags with errors of every kind
        raise Unusable(_why(content)) from None
    if not pictures:
        raise Unusable(_why(content))
    found = pictures[min(page, len(pictures) - 1)]
    about = _about(file, found)._replace(page=page, pages=len(pictures))
    return Opened(about, lambda: _load(content, found, about))


def _why(content):
    """Tell a file whose list of tags lies beyond its end from one that is otherwise broken."""
    order = "little" if content[:2] == b"II" else "big"
    big = 43 in content[2:4]
    place = int.from_bytes(content[8:16] if big else content[4:8], order)
    return TOO_SHORT if place + 2 > len(content) else DAMAGED


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


def _about(file, page):
    if page.photometric in NOT_READ:
        raise Unusable(f"a TIFF of {NOT_READ[page.photometric]}, which is not read: {SAVED}")
    colour, count = COLOURS.get(_photometric(page), ("", 0))
    if not colour:
        raise Unusable(f"a TIFF of pixels of the kind {int(page.photometric)}: {SAVED}")
    bits = page.bitspersample
    sample = {2: "signed", 3: "float"}.get(page.sampleformat, "unsigned")
    _check_samples(page, colour, count, bits, sample)
    kinds = [int(kind) for kind in (page.extrasamples or ())][: page.samplesperpixel - count]
    alpha = {1: "premultiplied", 2: "straight"}.get(next((k for k in kinds if k in (1, 2)), 0), "")
    turned = page.tags.valueof(274)
    profile = page.tags.valueof(34675)
    return About(
        kind="BigTIFF" if file.is_bigtiff else "TIFF",
        shape=(page.imagelength, page.imagewidth),
        bits=bits,
        sample=sample,
        used_bits=bits,
        colour=colour,
        alpha=alpha,
        orientation=int(turned) if turned in range(1, 9) else 1,
        profile=bytes(profile) if profile else None,
        resolution=_resolution(page),
        value_range=(0, 2**bits - 1 if sample == "unsigned" else 1),
        no_data=_no_data(page),
        compression=name_of(int(page.compression)),
        lossless=int(page.compression) not in LOSSY,
    )


def _photometric(page):
    found = page.tags.valueof(262)
    return int(found) if found is not None else RGB if page.samplesperpixel >= 3 else GREY


def _check_samples(page, colour, count, bits, sample):
    compression = int(page.compression)
    if page.sampleformat in (5, 6):
        raise Unusable(f"a TIFF of complex numbers, which is not read: {SAVED}")
    if getattr(page, "imagedepth", 1) > 1:
        raise Unusable(f"a TIFF of a solid with depth, which is not read: {SAVED}")
    if colour == "CMYK" and page.tags.valueof(332) not in (None, 1):
        raise Unusable(f"a TIFF of other inks than cyan, magenta, yellow, black: {SAVED}")
    told = page.tags.valueof(258)
    if isinstance(told, tuple) and len(set(told)) > 1:
        raise Unusable(f"a TIFF whose channels have {told} bits, which is not read: {SAVED}")
    held = {"float": FLOATS, "signed": SIGNED}.get(sample, (*range(1, 33), 64))
    if bits not in held or (colour == "palette" and bits > 16):
        raise Unusable(f"a TIFF of {sample} samples of {bits} bits, which is not read: {SAVED}")
    if compression not in (*READ, 7):
        raise Unusable(
            f"a TIFF packed with {name_of(compression)}, which is not read here: save it with "
            "deflate or LZW"
        )
    if page.samplesperpixel < count or min(page.imagelength, page.imagewidth) < 1:
        raise Unusable(DAMAGED)


def _resolution(page):
    unit = page.tags.valueof(296, default=2)
    found = [page.tags.valueof(tag) for tag in (282, 283)]
    if unit not in (2, 3) or not all(v and v[0] and v[1] for v in found):
        return None
    return tuple(v[0] / v[1] * (2.54 if unit == 3 else 1) for v in found)


def _load(content, page, about):
    notes = ()
    if int(page.compression) == 7 or about.colour == "YCbCr":
        samples = _by_pillow(content, page)
    else:
        samples = read_samples(page, content)
    count = COLOURS[_photometric(page)][1]
    kinds = [int(kind) for kind in (page.extrasamples or ())] + [0] * samples.shape[2]
    others = list(range(count, samples.shape[2]))
    alpha = next((c for c in others if about.alpha and kinds[c - count] in (1, 2)), None)
    left = len(others) - (alpha is not None)
    if left:
        notes = (f"{left} more channel{'s are' * (left > 1) or ' is'} left aside",)
    kept = [*range(count), *([] if alpha is None else [alpha])]
    if left:
        samples = samples[..., kept]
    return Raw(
        samples[..., 0] if len(kept) == 1 else samples,
        about,
        palette=_palette(page) if about.colour == "palette" else None,
        notes=notes,
    )


def _palette(page):
    """Return the colours of a palette file, which stores them in 16 bits."""
    colours = np.asarray(page.colormap, dtype=np.uint16).reshape(3, -1).T
    whole = colours.max(initial=0) < 256  # some writers store bytes
    return (colours if whole else np.rint(colours / 257)).astype(np.uint8)


def _no_data(page):
    try:
        return float(str(page.tags.valueof(42113)).strip("\0 "))
    except ValueError:
        return None


def _by_pillow(content, page):
    """Decode a page of JPEG strips or of YCbCr samples with libtiff, which turns it into RGB."""
    wanted = (256, 257, 258, 259, 262, 266, 277, 278, 284, 317, 322, 323, 338, 347, 530, 531, 532)
    tags = {tag: page.tags[tag].value for tag in wanted if tag in page.tags}
    tags = {tag: int(v) if isinstance(v, IntEnum) else v for tag, v in tags.items()}
    places = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if any(start + length > len(content) for start, length in places):
        raise Unusable(TOO_SHORT)
    parts = [content[start : start + length] for start, length in places]
    try:
        picture = open_with_pillow("TIFF", wrap(tags, parts))
        samples = np.array(picture.convert("RGB") if picture.mode == "YCbCr" else picture)
    except Exception:  # libtiff meets damaged parts with errors of every kind
        raise Unusable(DAMAGED) from None
    return samples.reshape(*samples.shape[:2], -1)
