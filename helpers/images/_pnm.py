"""The plain formats PBM, PGM, PPM and PFM, read here: Pillow spreads or cuts their values."""

import re

import numpy as np

from helpers.images._about import DAMAGED, TOO_SHORT, About, Opened, Raw, Unusable

WORD = re.compile(rb"(?:\s|#[^\n]*\n)*([^\s#]+)")
LONGEST_HEADER = 65_536


def open_pnm(content, page):
    """Read the header of a file of the portable formats (netpbm, and PFM for floats).

    Parameters
    ----------
    content : bytes
    page : int, 0

    Returns
    -------
    Opened
    """
    magic = content[:2].decode()
    words, place = [], 2
    while len(words) < (2 if magic in ("P1", "P4") else 3):
        found = WORD.match(content, place, place + LONGEST_HEADER)
        if not found:
            raise Unusable(TOO_SHORT)
        words.append(found[1])
        place = found.end()
    try:
        columns, rows = int(words[0]), int(words[1])
        top = 1 if len(words) == 2 else float(words[2])
    except ValueError:
        raise Unusable(DAMAGED) from None
    real = magic in ("Pf", "PF")
    if columns < 1 or rows < 1 or top == 0 or not (real or 1 <= top <= 65535):
        raise Unusable(DAMAGED)
    bits = 32 if real else int(top).bit_length()
    about = About(
        kind="PFM" if real else "PNM",
        shape=(rows, columns),
        bits=bits,
        sample="float" if real else "unsigned",
        used_bits=bits,
        colour="white is zero" if len(words) == 2 else "RGB" if magic in "P3P6PF" else "grey",
        page=page,
        value_range=(0, 1 if real else int(top)),
        compression="none",
    )
    return Opened(about, lambda: Raw(_samples(content[place:], magic, about, top), about))


def _samples(data, magic, about, top):
    rows, columns = about.shape
    channels = 3 if about.colour == "RGB" else 1
    count = rows * columns * channels
    if magic == "P1":
        flat = np.frombuffer(re.sub(rb"#[^\n]*|[^01]", b"", data), dtype=np.uint8) - ord("0")
    elif magic in ("P2", "P3"):
        flat = np.array(re.sub(rb"#[^\n]*", b"", data).split()[:count], dtype=np.uint16)
    elif magic == "P4":
        wide = -(-columns // 8)
        packed = np.frombuffer(data[1:], dtype=np.uint8)[: rows * wide]
        if len(packed) < rows * wide:
            raise Unusable(TOO_SHORT)
        flat = np.unpackbits(packed.reshape(rows, wide), axis=1)[:, :columns].ravel()
    else:
        order = "<" if about.sample == "float" and top < 0 else ">"
        kind = "f4" if about.sample == "float" else "u2" if about.bits > 8 else "u1"
        size = np.dtype(kind).itemsize
        if len(data) < 1 + count * size:
            raise Unusable(TOO_SHORT)
        flat = np.frombuffer(data, dtype=np.dtype(order + kind), count=count, offset=1)
        flat = flat.astype(np.dtype(kind))
    if len(flat) < count:
        raise Unusable(TOO_SHORT)
    if about.bits <= 8:
        flat = flat.astype(np.uint8)
    samples = flat[:count].reshape((rows, columns, 3) if channels == 3 else (rows, columns))
    return samples[::-1] if about.sample == "float" else samples  # floats begin at the bottom
