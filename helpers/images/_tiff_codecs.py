"""What TIFF files pack their strips and tiles with, and who unpacks it.

tifffile knows every layout and unpacks deflate, PackBits, LZMA and Zstandard; LZW, fax and JPEG
need a library that is not installed with it. They are wrapped as small plain TIFF files and
handed to the libtiff inside Pillow, which knows these codecs and is never asked about layouts.
"""

import struct
import zlib
from functools import partial
from itertools import groupby

import numpy as np

from helpers.images._about import DAMAGED, TOO_SHORT, Unusable, open_with_pillow
from helpers.images._quiet import listen

NAMES = {
    1: "none", 2: "CCITT", 3: "CCITT G3", 4: "CCITT G4", 5: "LZW", 6: "old JPEG", 7: "JPEG",
    8: "deflate", 32773: "PackBits", 32946: "deflate", 34925: "LZMA", 50000: "Zstandard",
    34712: "JPEG 2000", 33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000",
    50001: "WebP", 50002: "JPEG XL", 52546: "JPEG XL", 34887: "LERC", 34933: "PNG",
    34676: "LogLuv", 34677: "LogLuv", 32809: "ThunderScan", 32766: "NeXT", 34661: "JBIG",
    32909: "PixarLog", 34892: "lossy JPEG of DNG",
}  # fmt: skip
LIBTIFF = (2, 3, 4, 5)
TIFFFILE = (32773, 34925, 50000)
DEFLATE = (8, 32946)
READ = (1, *DEFLATE, *TIFFFILE, *LIBTIFF)
FAX = (2, 3, 4)
LOSSY = (6, 7, 34892, 50001, 33003, 33005, 34712)
SHORT, LONG, UNDEFINED = 3, 4, 7
PLACES = (273, 279, 324, 325)  # where strips and tiles are, and how long


def name_of(compression):
    """Return the name of a compression, or its number."""
    return NAMES.get(compression, f"number {compression}")


def unpack(compression, parts, sizes, shape, options):
    """Yield the bytes of each strip or tile.

    Parameters
    ----------
    compression : int, one of `READ`
    parts : list of bytes
    sizes : list of int, bytes that each must give
    shape : (rows of each part, columns), of the picture that each holds
    options : dict of tag -> value, for fax
    """
    if compression in LIBTIFF:
        yield from _by_libtiff(compression, parts, sizes, shape, options)
        return
    for part, size in zip(parts, sizes, strict=True):
        yield _unpack_one(compression, part, size)


def _unpack_one(compression, part, size):
    if compression == 1:
        found = part
    elif compression in DEFLATE:
        try:
            found = zlib.decompressobj().decompress(part, size)
        except zlib.error:
            raise Unusable(DAMAGED) from None
    else:
        import tifffile  # takes a while to import, and only TIFF files need it

        try:
            found = tifffile.TIFF.DECOMPRESSORS[compression](part)
        except (KeyError, ImportError):
            raise Unusable(
                f"a TIFF packed with {name_of(compression)}, which is not read here: save it "
                "with deflate"
            ) from None
        except Exception:
            raise Unusable(DAMAGED) from None
    if len(found) < size:
        raise Unusable(TOO_SHORT)
    return found[:size]


def _by_libtiff(compression, parts, sizes, shape, options):
    """Unpack runs of parts of one size as the strips of one grey or black and white picture."""
    rows, columns = shape
    place = 0
    for (size, height), run in groupby(zip(sizes, rows, strict=True)):
        count = len(list(run))
        if compression in FAX:
            tags = {256: columns, 257: height * count, 258: 1, 278: height, **options}
        else:
            tags = {256: size, 257: count, 258: 8, 278: 1}
        tags |= {259: compression, 262: 1, 277: 1}
        content = wrap(tags, parts[place : place + count])
        try:
            found, _ = listen(partial(_decode, content))
        except Exception:  # libtiff meets damaged parts with errors of every kind
            raise Unusable(DAMAGED) from None
        found = np.packbits(found, axis=1) if compression in FAX else found
        yield from (bytes(one) for one in found.reshape(count, size))
        place += count


def _decode(content):
    return np.asarray(open_with_pillow("TIFF", content))


def wrap(tags, parts):
    """Return a plain TIFF file of one picture.

    Parameters
    ----------
    tags : dict of number -> int, sequence of int, or bytes
    parts : list of bytes, its strips

    Returns
    -------
    bytes
    """
    offsets, place = [], 8
    for part in parts:
        offsets.append(place)
        place += len(part) + len(part) % 2
    tiled = 322 in tags
    tags = tags | {324 if tiled else 273: offsets, 325 if tiled else 279: [len(p) for p in parts]}
    body = b"".join(part + b"\0" * (len(part) % 2) for part in parts)
    start = 8 + len(body) + 2 + 12 * len(tags) + 4
    entries, beyond = [], b""
    for tag in sorted(tags):
        kind, count, packed = _entry(tag, tags[tag])
        if len(packed) > 4:
            place = struct.pack("<I", start + len(beyond))
            packed, beyond = place, beyond + packed + b"\0" * (len(packed) % 2)
        entries.append(struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0"))
    directory = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return struct.pack("<2sHI", b"II", 42, 8 + len(body)) + body + directory + beyond


def _entry(tag, value):
    """Return the type, the count and the bytes of a tag's value."""
    if isinstance(value, bytes):
        return UNDEFINED, len(value), value
    numbers = [value] if isinstance(value, int) else list(value)
    short = max(numbers, default=0) < 65536 and tag not in PLACES
    packed = struct.pack(f"<{len(numbers)}{'H' if short else 'I'}", *numbers)
    return SHORT if short else LONG, len(numbers), packed
