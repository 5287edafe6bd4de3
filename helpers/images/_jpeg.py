"""JPEG files: Pillow reads what they say of themselves, OpenCV their pixels.

Both decode with libjpeg-turbo to the same values, OpenCV in about half the time. Four inks go
through Pillow, since OpenCV turns them into colours without a look at the profile.
"""

import io
from typing import NamedTuple

import cv2
import numpy as np
from PIL.JpegImagePlugin import JpegImageFile

from helpers.images._about import (
    DAMAGED,
    GUESSED,
    TOO_SHORT,
    About,
    Opened,
    Raw,
    Unusable,
    orientation_of,
    resolution_of,
)
from helpers.images._quiet import listen

BASELINE = (0xC0, 0xC1, 0xC2, 0xC9, 0xCA)  # sequential and progressive, of both codings
FRAMES = tuple(marker for marker in range(0xC0, 0xD0) if marker not in (0xC4, 0xC8, 0xCC))
ALONE = (0x01, *range(0xD0, 0xD9))  # markers without a length
COLOURS = {1: "grey", 3: "YCbCr", 4: "CMYK"}


class _Frame(NamedTuple):
    process: int
    bits: int
    layers: int
    adobe: int | None  # which transform its marker names


def open_jpeg(content, page):
    """Read the header of a JPEG file; the pictures behind the first one are its previews.

    Parameters
    ----------
    content : bytes
    page : int, 0

    Returns
    -------
    Opened
    """
    frame = _frame(content)
    if frame.process not in BASELINE:
        raise Unusable("a lossless JPEG, which is not read: save it as PNG or TIFF")
    if frame.bits != 8:
        raise Unusable(f"a JPEG of {frame.bits} bits, which is not read: save it as PNG or TIFF")
    if frame.layers not in COLOURS:
        raise Unusable(f"a JPEG of {frame.layers} channels, which is not read")
    header = JpegImageFile(io.BytesIO(content))
    colour = COLOURS[frame.layers]
    if frame.layers == 3 and frame.adobe == 0:
        colour = "RGB"
    if frame.layers == 4 and frame.adobe == 2:
        colour = "YCCK"
    about = About(
        kind="JPEG",
        shape=header.size[::-1],
        colour=colour,
        orientation=orientation_of(header.getexif()),
        profile=header.info.get("icc_profile"),
        resolution=resolution_of(header),
        page=page,
        compression="JPEG",
        lossless=False,
    )
    return Opened(about, lambda: _load(content, about, frame))


def _frame(content):
    place, adobe = 2, None
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Unusable(DAMAGED)
        marker = content[place + 1]
        if marker in (0xFF, *ALONE):
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        data = content[place + 4 : place + 2 + length]
        if marker == 0xEE and data[:5] == b"Adobe" and len(data) >= 12:
            adobe = data[11]
        if marker in FRAMES and len(data) >= 6:
            return _Frame(marker, data[0], data[5], adobe)
        place += 2 + length
    raise Unusable(TOO_SHORT)


def _load(content, about, frame):
    if frame.layers == 4:
        inks = np.array(JpegImageFile(io.BytesIO(content)))
        return Raw(inks if frame.adobe is not None else 255 - inks, about)  # Adobe's are inverted
    packed = np.frombuffer(content, dtype=np.uint8)
    samples, complained = listen(lambda: cv2.imdecode(packed, cv2.IMREAD_UNCHANGED))
    if samples is None:
        ended = content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
        raise Unusable(DAMAGED if ended else TOO_SHORT)
    if samples.ndim == 3:
        samples = cv2.cvtColor(samples, cv2.COLOR_BGR2RGB)
    return Raw(samples, about, notes=(GUESSED,) * complained)
