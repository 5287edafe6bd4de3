"""Strips and tiles of a TIFF page, put together as samples of any depth and order."""

import numpy as np

from helpers.images._about import TOO_SHORT, Unusable
from helpers.images._tiff_codecs import unpack

MIRRORED = np.packbits(np.unpackbits(np.arange(256, dtype=np.uint8)), bitorder="little")
BAND = 1 << 20  # samples that are unpacked bit by bit at the same time


def read_samples(page, content):
    """Return the samples of a page as they are stored.

    Parameters
    ----------
    page : tifffile.TiffPage
    content : bytes of the whole file

    Returns
    -------
    array of shape (M, N, S)
        uint8, uint16, uint32, uint64, a signed or a float type: the smallest that holds the bits.
    """
    rows, columns, samples = page.imagelength, page.imagewidth, page.samplesperpixel
    planes = samples if page.planarconfig == 2 and samples > 1 else 1
    each = samples // planes
    high, wide = (
        (page.tilelength, page.tilewidth) if page.is_tiled else (page.rowsperstrip, columns)
    )
    high = high if page.is_tiled else min(high, rows)
    down, across = -(-rows // high), -(-columns // wide)
    heights = [
        high if page.is_tiled else min(high, rows - high * (index // across % down))
        for index in range(planes * down * across)
    ]
    image = np.zeros((rows, columns, samples), dtype=_dtype(page))
    blocks = _blocks(page, content, heights, wide, each)
    for index, block in enumerate(blocks):
        plane, place = divmod(index, down * across)
        row, column = high * (place // across), wide * (place % across)
        room = image[row : row + high, column : column + wide, plane * each : (plane + 1) * each]
        room[...] = block[: room.shape[0], : room.shape[1]]
    return image


def _dtype(page):
    bits, kind = page.bitspersample, {2: "i", 3: "f"}.get(page.sampleformat, "u")
    size = next(size for size in (1, 2, 4, 8) if 8 * size >= bits)
    return np.dtype(f"{kind}{size}")


def _blocks(page, content, heights, wide, each):
    """Yield an array of shape (rows, columns, channels) for each strip or tile."""
    starts, lengths = page.dataoffsets, page.databytecounts
    if len(starts) < len(heights) or len(lengths) < len(starts):
        raise Unusable(TOO_SHORT)
    line = -(-wide * each * page.bitspersample // 8)  # bytes of a row
    sizes = [height * line for height in heights]
    view, parts = memoryview(content), []
    for start, length in zip(starts[: len(heights)], lengths, strict=False):
        if start + length > len(content):
            raise Unusable(TOO_SHORT)
        parts.append(bytes(view[start : start + length]))
    if page.fillorder == 2:
        parts = [MIRRORED[np.frombuffer(part, dtype=np.uint8)].tobytes() for part in parts]
    options = {tag: page.tags[tag].value for tag in (292, 293) if tag in page.tags}
    unpacked = unpack(page.compression, parts, sizes, (heights, wide), options)
    for height, data in zip(heights, unpacked, strict=True):
        yield _block(page, data, (height, wide, each))


def _block(page, data, shape):
    bits, order = page.bitspersample, page.parent.byteorder
    if page.predictor == 3:
        return _undo_float_differences(data, shape, bits // 8)
    if bits in (8, 16, 32, 64):
        block = np.frombuffer(data, dtype=_dtype(page).newbyteorder(order)).reshape(shape)
        block = block.astype(_dtype(page), copy=False)
    elif page.sampleformat == 3:  # 24 bits
        import tifffile

        block = tifffile._imagecodecs.float24_decode(data, order).reshape(shape)
    else:
        block = _unpack_bits(data, shape, bits).astype(_dtype(page))
    if page.predictor == 2:
        whole = block.view(f"u{block.dtype.itemsize}")
        block = np.cumsum(whole, axis=1, dtype=whole.dtype).view(block.dtype)
    return block


def _unpack_bits(data, shape, bits):
    """Return numbers of any count of bits, the highest first; each row begins with a new byte."""
    height, wide, each = shape
    lines = np.frombuffer(data, dtype=np.uint8).reshape(height, -1)
    weights = 1 << np.arange(bits - 1, -1, -1, dtype=np.uint64)
    found = np.empty((height, wide * each), dtype=np.uint64)
    step = max(1, BAND // (wide * each))
    for row in range(0, height, step):
        spread = np.unpackbits(lines[row : row + step], axis=1)[:, : wide * each * bits]
        found[row : row + step] = spread.reshape(-1, wide * each, bits) @ weights
    return found.reshape(shape)


def _undo_float_differences(data, shape, size):
    """Undo predictor 3: bytes of one weight stand together in a row, as differences."""
    height, wide, each = shape
    lines = np.frombuffer(data, dtype=np.uint8).reshape(height, wide * size, each)
    whole = np.cumsum(lines, axis=1, dtype=np.uint8).reshape(height, size, wide * each)
    return np.ascontiguousarray(whole.transpose(0, 2, 1)).view(f">f{size}").reshape(shape)
