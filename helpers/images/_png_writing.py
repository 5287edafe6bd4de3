"""PNG files written: what OpenCV cannot write, and what files say of themselves put in."""

import struct
import zlib

import cv2
import numpy as np

GREY, RGB, PALETTE, GREY_ALPHA = 0, 2, 3, 4
UP = 2  # each byte as the difference from the one above
LEVEL = 6
METRE = 0.0254  # metres in an inch
HEADER = 33  # bytes of the signature and the first part


def encode_png(samples, *, profile=None, resolution=None):
    """Return a PNG file.

    Parameters
    ----------
    samples : array of shape (M, N) or (M, N, C), bool, uint8 or uint16
        Grey, grey and alpha, RGB, or RGB and alpha.
    profile : bytes of an ICC profile, optional
    resolution : (across, down) in pixels per inch, optional

    Returns
    -------
    bytes
    """
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    if samples.dtype == np.bool_:
        content = pack_png(samples.astype(np.uint8), 1)
    elif channels == 2:
        content = pack_png(samples, 8 * samples.dtype.itemsize)
    else:
        if channels > 1:
            order = cv2.COLOR_RGB2BGR if channels == 3 else cv2.COLOR_RGBA2BGRA
            samples = cv2.cvtColor(samples, order)
        content = cv2.imencode(".png", samples)[1].tobytes()
    parts = b""
    if profile:
        parts += _part(b"iCCP", b"ICC profile\0\0" + zlib.compress(profile))
    if resolution:
        across, down = (round(value / METRE) for value in resolution)
        parts += _part(b"pHYs", struct.pack(">IIB", across, down, 1))
    return content[:HEADER] + parts + content[HEADER:]


def pack_png(samples, bits, palette=None):
    """Return a PNG file of samples of 1, 2, 4, 8 or 16 bits, or of indices with their palette.

    Parameters
    ----------
    samples : array of shape (M, N) or (M, N, C), unsigned
        One, two (grey and alpha) or three channels.
    bits : int
    palette : array of shape (K, 3) or (K, 4), uint8, optional

    Returns
    -------
    bytes
    """
    rows, columns = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    kind = {1: GREY, 2: GREY_ALPHA, 3: RGB}[channels] if palette is None else PALETTE
    lines = _lines(samples.reshape(rows, -1), bits)
    if bits >= 8 and palette is None:
        above = np.vstack([np.zeros_like(lines[:1]), lines[:-1]])
        lines = np.column_stack([np.full(rows, UP, np.uint8), lines - above])
    else:
        lines = np.column_stack([np.zeros(rows, np.uint8), lines])
    parts = [_part(b"IHDR", struct.pack(">IIBBBBB", columns, rows, bits, kind, 0, 0, 0))]
    if palette is not None:
        parts.append(_part(b"PLTE", np.ascontiguousarray(palette[:, :3]).tobytes()))
        if palette.shape[1] == 4:
            parts.append(_part(b"tRNS", np.ascontiguousarray(palette[:, 3]).tobytes()))
    parts += [_part(b"IDAT", zlib.compress(lines.tobytes(), LEVEL)), _part(b"IEND", b"")]
    return b"".join([b"\x89PNG\r\n\x1a\n", *parts])


def _lines(samples, bits):
    """Return the bytes of each row, the first sample in the highest bits."""
    if bits >= 8:
        return samples.astype(f">u{bits // 8}").view(np.uint8).reshape(len(samples), -1)
    spread = np.unpackbits(samples.astype(np.uint8)[..., None], axis=2)[..., 8 - bits :]
    return np.packbits(spread.reshape(len(samples), -1), axis=1)


def _part(kind, data):
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def few_colours(samples):
    """Return indices and a palette if a picture has at most 256 colours, or else None.

    Parameters
    ----------
    samples : array of shape (M, N), (M, N, 2), (M, N, 3) or (M, N, 4), uint8

    Returns
    -------
    (array of shape (M, N), uint8; array of shape (K, 3) or (K, 4), uint8), or None
    """
    grey = samples.ndim == 2 or samples.shape[2] == 2
    if samples.ndim == 2:
        samples = samples[..., None]
    if grey:
        samples = np.concatenate([samples[..., :1]] * 3 + [samples[..., 1:]], axis=2)
    channels = samples.shape[2]
    wide = np.zeros((*samples.shape[:2], 4), dtype=np.uint8)
    wide[..., :channels] = samples
    colours, indices = np.unique(wide.view(np.uint32)[..., 0], return_inverse=True)
    if len(colours) > 256:
        return None
    palette = colours[:, None].view(np.uint8)[:, :channels]
    return indices.reshape(samples.shape[:2]).astype(np.uint8), palette
