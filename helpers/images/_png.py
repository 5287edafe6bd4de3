"""PNG files: their parts walked here, their pixels decoded by OpenCV, palettes by Pillow.

OpenCV keeps 16 bits, which Pillow cuts to 8 in colour. It only ever sees the parts that hold
pixels, so that no other part can change, stop or swell it.
"""

import zlib
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from helpers.images._about import (
    DAMAGED,
    TOO_SHORT,
    About,
    Opened,
    Raw,
    Unusable,
    open_with_pillow,
    orientation_of,
)
from helpers.images._quiet import listen

PIXELS = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
LONG_TEXT = 1_000_000  # bytes
LARGEST_PROFILE = 8_000_000
COLOURS = {0: "grey", 2: "RGB", 3: "palette", 4: "grey", 6: "RGB"}
METRE = 0.0254  # metres in an inch


class _Part(NamedTuple):
    kind: bytes
    start: int  # of the data
    end: int


def open_png(content, page):
    """Read the parts of a PNG file.

    Parameters
    ----------
    content : bytes
    page : int, frame of an animated PNG

    Returns
    -------
    Opened
    """
    parts = list(_parts(content))
    first = {}
    for part in parts:
        first.setdefault(part.kind, content[part.start : part.end])
    header = first.get(b"IHDR", b"")
    if b"CgBI" in first:
        raise Unusable("Apple's own kind of PNG, which is not read: save it as an ordinary PNG")
    if len(header) != 13 or b"IDAT" not in first:
        raise Unusable(DAMAGED)
    bits, kind = header[8], header[9]
    if kind not in COLOURS or bits not in (1, 2, 4, 8, 16):
        raise Unusable(DAMAGED)
    columns, rows = (int.from_bytes(header[at : at + 4], "big") for at in (0, 4))
    about = About(
        kind="PNG",
        shape=(rows, columns),
        bits=bits,
        used_bits=bits,
        colour=COLOURS[kind],
        alpha="straight" if kind in (4, 6) or b"tRNS" in first else "",
        orientation=_orientation(first.get(b"eXIf")),
        profile=_profile(first.get(b"iCCP", b"")),
        resolution=_resolution(first.get(b"pHYs", b"")),
        page=page,
        pages=_frames(parts, first),
        moving=b"acTL" in first,
        value_range=(0, 2**bits - 1),
        compression="deflate",
    )
    return Opened(about, lambda: _load(content, parts, about, first))


def _parts(content):
    place = 8
    while place + 12 <= len(content):
        end = place + 8 + int.from_bytes(content[place : place + 4], "big")
        if end + 4 > len(content):
            break
        part = _Part(bytes(content[place + 4 : place + 8]), place + 8, end)
        yield part
        if part.kind == b"IEND":
            return
        place = end + 4
    raise Unusable(TOO_SHORT)


def _orientation(data):
    if not data:
        return 1
    exif = Image.Exif()
    exif.load(data)
    return orientation_of(exif)


def _frames(parts, first):
    """Count the pictures: the first one may stand outside of the animation."""
    if len(animation := first.get(b"acTL", b"")) != 8:
        return 1
    kinds = [part.kind for part in parts if part.kind in (b"fcTL", b"IDAT")]
    return int.from_bytes(animation[:4], "big") + (kinds[0] == b"IDAT")


def _profile(data):
    name, _, packed = data.partition(b"\0")
    if not packed:
        return None
    try:
        return zlib.decompressobj().decompress(packed[1:], LARGEST_PROFILE)
    except zlib.error:
        return name or None  # kept to be told: it is no profile


def _resolution(data):
    across, down = (int.from_bytes(data[at : at + 4], "big") * METRE for at in (0, 4))
    return (across, down) if len(data) == 9 and data[8] == 1 and across and down else None


def _load(content, parts, about, first):
    texts = sum(part.end - part.start for part in parts if part.kind in TEXTS)
    notes = [f"a text of {texts / 1e6:.0f} MB in it is passed over"] if texts > LONG_TEXT else []
    if about.page > 0:
        moving = open_with_pillow("PNG", content)
        moving.seek(about.page)
        about = about._replace(bits=8, used_bits=8, alpha="straight", colour="RGB")
        return Raw(np.asarray(moving.convert("RGBA")), about, notes=tuple(notes))
    whole, content = content, _bare(content, parts)
    if about.colour == "palette":
        samples = np.asarray(open_with_pillow("PNG", content))
        return Raw(samples, about, palette=_palette(first), notes=tuple(notes))
    packed = np.frombuffer(content, dtype=np.uint8)
    samples, _ = listen(lambda: cv2.imdecode(packed, cv2.IMREAD_UNCHANGED))
    if samples is None:
        raise Unusable(_fault(whole, parts))
    if samples.ndim == 3 and about.colour == "grey":
        samples = samples[..., [0, 3]]
    elif samples.ndim == 3:
        four = samples.shape[2] == 4
        samples = cv2.cvtColor(samples, cv2.COLOR_BGRA2RGBA if four else cv2.COLOR_BGR2RGB)
    elif about.bits < 8:
        samples = samples // (255 // (2**about.bits - 1))  # OpenCV spread them over 0 to 255
    key = np.frombuffer(first.get(b"tRNS", b""), dtype=">u2")
    return Raw(samples, about, key=tuple(key.tolist()) or None, notes=tuple(notes))


def _bare(content, parts):
    """Return the file without the parts that hold no pixels."""
    if all(part.kind in PIXELS for part in parts):
        return content
    view = memoryview(content)
    kept = [view[part.start - 8 : part.end + 4] for part in parts if part.kind in PIXELS]
    return b"".join([view[:8], *kept])


def _fault(content, parts):
    view = memoryview(content)
    for part in parts:
        told = int.from_bytes(content[part.end : part.end + 4], "big")
        if part.kind in PIXELS and zlib.crc32(view[part.start - 4 : part.end]) != told:
            return "damaged: a check sum in it is wrong"
    return DAMAGED


def _palette(first):
    colours = np.frombuffer(first.get(b"PLTE", b""), dtype=np.uint8)
    colours = colours[: len(colours) // 3 * 3].reshape(-1, 3)
    if b"tRNS" not in first:
        return colours
    cover = np.full(len(colours), 255, dtype=np.uint8)
    given = np.frombuffer(first[b"tRNS"], dtype=np.uint8)[: len(colours)]
    cover[: len(given)] = given
    return np.column_stack([colours, cover])
