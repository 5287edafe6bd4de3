"""What the tags of a TIFF page say, and kinds of pages that are not read, by name."""

import numpy as np

from helpers.images._about import DAMAGED, About, Unusable
from helpers.images._tiff_codecs import LOSSY, READ, name_of

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
FLOATS, SIGNED = (16, 24, 32, 64), (8, 16, 32, 64)
SAVED = "save it as a TIFF of grey or RGB pixels"


def about_page(file, page):
    """Return the `About` of a page, not yet upright, or refuse it by name."""
    if page.photometric in NOT_READ:
        raise Unusable(f"a TIFF of {NOT_READ[page.photometric]}, which is not read: {SAVED}")
    colour, count = COLOURS.get(photometric_of(page), ("", 0))
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


def photometric_of(page):
    """Return how samples are to be seen; files that do not say it are grey or RGB."""
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


def palette_of(page):
    """Return the colours of a palette file, which stores them in 16 bits."""
    colours = np.asarray(page.colormap, dtype=np.uint16).reshape(3, -1).T
    whole = colours.max(initial=0) < 256  # some writers store bytes
    return (colours if whole else np.rint(colours / 257)).astype(np.uint8)


def _no_data(page):
    try:
        return float(str(page.tags.valueof(42113)).strip("\0 "))
    except ValueError:
        return None
