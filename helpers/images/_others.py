"""GIF, BMP, WebP, AVIF and JPEG 2000: read by Pillow, deeper than 8 bits by OpenCV."""

import cv2
import numpy as np

from helpers.images._about import (
    DAMAGED,
    TOO_SHORT,
    About,
    Opened,
    Raw,
    Unusable,
    open_with_pillow,
    orientation_of,
    resolution_of,
)
from helpers.images._quiet import listen

PLUGINS = {"GIF": "GIF", "BMP": "BMP", "WebP": "WEBP", "AVIF": "AVIF", "JPEG 2000": "JPEG2000"}
TRANSPARENT = ("LA", "PA", "RGBA")
COLOURS = {"1": "grey", "L": "grey", "LA": "grey", "I;16": "grey", "P": "palette", "PA": "palette"}
COMPRESSION = {"GIF": "LZW", "BMP": "none", "WebP": "WebP", "AVIF": "AV1", "JPEG 2000": "JPEG 2000"}


def open_other(kind, content, page):
    """Read the header of a file of one of the kinds that Pillow decodes.

    Parameters
    ----------
    kind : {"GIF", "BMP", "WebP", "AVIF", "JPEG 2000"}
    content : bytes
    page : int, frame of an animation

    Returns
    -------
    Opened
    """
    if _told_length(kind, content) > len(content):
        raise Unusable(TOO_SHORT)
    header = open_with_pillow(PLUGINS[kind], content)
    mode, bits = header.mode, _bits(kind, content, header)
    pages = getattr(header, "n_frames", 1)
    about = About(
        kind=kind,
        shape=header.size[::-1],
        bits=bits,
        used_bits=bits,
        colour=COLOURS.get(mode, "CMYK" if mode == "CMYK" else "RGB"),
        alpha="straight" if mode in TRANSPARENT or "transparency" in header.info else "",
        orientation=orientation_of(header.getexif()),
        profile=header.info.get("icc_profile"),
        resolution=resolution_of(header),
        page=page,
        pages=pages,
        moving=pages > 1,
        value_range=(0, 2**bits - 1),
        compression=COMPRESSION[kind],
        lossless=_is_lossless(kind, content),
    )
    return Opened(about, lambda: _load(kind, content, about))


def _told_length(kind, content):
    """Return how long a file says that it is, 0 where it does not."""
    if kind == "WebP":
        return 8 + int.from_bytes(content[4:8], "little")
    if kind not in ("AVIF", "JPEG 2000") or content[:1] == b"\xff":
        return 0
    place = 0
    while place + 16 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        if length == 1:
            length = int.from_bytes(content[place + 8 : place + 16], "big")
        if length < 8:  # 0: up to the end
            return 0
        place += length
    return place


def _bits(kind, content, header):
    """Return the bits of a sample, which Pillow does not tell for deep colours."""
    found = 8
    if kind == "JPEG 2000" and (place := content.find(b"\xff\x51")) >= 0:
        found = (content[place + 40] & 0x7F) + 1
        if content[place + 40] & 0x80:
            raise Unusable("a JPEG 2000 of signed values, which is not read: save it as TIFF")
    if kind == "AVIF" and (place := content.find(b"pixi", 0, 4096)) >= 0:
        found = content[place + 9]
    return 1 if header.mode == "1" else found


def _is_lossless(kind, content):
    if kind == "WebP":
        return b"VP8L" in (content[12:16], *_parts(content))
    if kind == "JPEG 2000" and (place := content.find(b"\xff\x52")) >= 0:
        return content[place + 13] == 1  # the wavelet that works with whole numbers
    return kind in ("GIF", "BMP")


def _parts(content):
    """Yield the names of the parts of a WebP file."""
    place = 12
    while place + 8 <= len(content):
        yield content[place : place + 4]
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + length + length % 2


def _load(kind, content, about):
    if about.bits > 8:
        return _load_deep(content, about)
    file = open_with_pillow(PLUGINS[kind], content)
    try:
        file.seek(about.page)
        file.load()
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        raise Unusable(TOO_SHORT if _is_cut(error) else DAMAGED) from None
    key = file.info.get("transparency")
    if file.mode == "P":
        palette = np.array(file.getpalette("RGB"), dtype=np.uint8).reshape(-1, 3)
        if key is not None:
            palette = np.column_stack([palette, _cover(key, len(palette))])
        return Raw(np.array(file), about, palette=palette)
    if about.page > 0 or about.colour == "palette":  # later frames are laid on earlier ones
        file = file.convert("RGBA" if about.alpha or file.mode in TRANSPARENT else "RGB")
        alpha = "straight" if file.mode == "RGBA" else ""
        about = about._replace(colour="RGB", alpha=alpha)
    samples = np.array(file)
    return Raw(samples.astype(np.uint8) if file.mode == "1" else samples, about)


def _cover(key, count):
    cover = np.full(count, 255, dtype=np.uint8)
    if isinstance(key, bytes):
        cover[: len(key)] = np.frombuffer(key[:count], dtype=np.uint8)
    else:
        cover[key : key + 1] = 0
    return cover


def _is_cut(error):
    said = str(error).lower()
    return any(word in said for word in ("truncated", "unexpected end", "end of", "not enough"))


def _load_deep(content, about):
    packed = np.frombuffer(content, dtype=np.uint8)
    samples, _ = listen(lambda: cv2.imdecode(packed, cv2.IMREAD_UNCHANGED))
    if samples is None:
        raise Unusable(DAMAGED)
    if samples.ndim == 3 and samples.shape[2] == 4:
        return Raw(cv2.cvtColor(samples, cv2.COLOR_BGRA2RGBA), about._replace(alpha="straight"))
    if samples.ndim == 3:
        samples = cv2.cvtColor(samples, cv2.COLOR_BGR2RGB)
    return Raw(samples, about)
