"""Samples to the bytes of a file, each format with what its file can say of itself."""

import io
import struct

import cv2
import numpy as np
from PIL import Image

from helpers.images._png_writing import encode_png, few_colours, pack_png

QUALITY = 95  # of formats that lose something
FAST = {"level": 3}  # of deflate in TIFF
PILLOW = {".webp": "WEBP", ".avif": "AVIF", ".jp2": "JPEG2000"}
METRE = 0.0254
FRAME_LOSSLESS = {"lossless": True, "method": 1, "quality": 40}  # 2 % larger in half the time
FRAME_LOSSY = {"quality": 82, "method": 2}
LARGEST_SEGMENT = 65_519  # bytes of a profile in one part of a JPEG


def encode(ending, samples, *, profile=None, resolution=None, like=None):
    """Return the bytes of a picture file.

    Parameters
    ----------
    ending : str, such as ".png"
    samples : array of shape (M, N) or (M, N, C), bool, uint8 or for PNG and TIFF deeper
    profile : bytes of an ICC profile, optional
    resolution : (across, down) in pixels per inch, optional
    like : About, optional
        For what is lossless, has a palette, or premultiplied alpha.

    Returns
    -------
    bytes, or None if the format cannot hold these samples
    """
    if ending in (".tif", ".tiff"):
        return encode_tiff([(samples, profile, resolution, like)])
    if ending == ".png":
        if like is not None and like.colour == "palette" and samples.dtype == np.uint8:
            found = few_colours(samples)
            if found is not None:
                return pack_png(found[0], 8, found[1])
        return encode_png(samples, profile=profile, resolution=resolution)
    samples = 255 * samples.astype(np.uint8) if samples.dtype == np.bool_ else samples
    if ending in (".jpg", ".jpeg", ".jpe"):
        return _encode_jpeg(samples, profile, resolution)
    if ending == ".gif":
        return _encode_gif(samples)
    if ending in PILLOW:
        return _encode_with_pillow(ending, samples, profile, like)
    if samples.ndim == 3:
        samples = cv2.cvtColor(samples, cv2.COLOR_RGB2BGR)
    try:
        written, content = cv2.imencode(ending, samples)
    except cv2.error:
        return None
    content = content.tobytes() if written else None
    if content and ending == ".bmp" and resolution:
        across, down = (round(value / METRE) for value in resolution)
        content = content[:38] + struct.pack("<II", across, down) + content[46:]
    return content


def _encode_jpeg(samples, profile, resolution):
    if samples.ndim == 3:
        samples = cv2.cvtColor(samples, cv2.COLOR_RGB2BGR)
    content = cv2.imencode(".jpg", samples, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
    first = 4 + int.from_bytes(content[4:6], "big")  # the JFIF part ends here
    head, rest = content[:first], content[first:]
    if resolution:
        across, down = (min(max(round(value), 1), 65535) for value in resolution)
        head = head[:13] + struct.pack(">BHH", 1, across, down) + head[18:]
    pieces = [
        profile[start : start + LARGEST_SEGMENT]
        for start in range(0, len(profile or b""), LARGEST_SEGMENT)
    ]
    for number, piece in enumerate(pieces, start=1):
        data = b"ICC_PROFILE\0" + bytes([number, len(pieces)]) + piece
        head += b"\xff\xe2" + struct.pack(">H", len(data) + 2) + data
    return head + rest


def _encode_gif(samples):
    found = few_colours(samples)
    if found is None or found[1].shape[1] == 4:
        return None
    image, content = Image.frombytes("P", samples.shape[1::-1], found[0].tobytes()), io.BytesIO()
    image.putpalette(found[1].tobytes())
    image.save(content, "GIF", optimize=False)
    return content.getvalue()


def _encode_with_pillow(ending, samples, profile, like):
    if samples.dtype != np.uint8:
        return None
    lossless = like is None or like.lossless
    options = {
        ".webp": {"lossless": lossless, "exact": True, "quality": QUALITY},
        ".avif": {"quality": QUALITY},
        ".jp2": {"irreversible": False},
    }[ending]
    if profile and ending != ".jp2":
        options["icc_profile"] = profile
    content = io.BytesIO()
    Image.fromarray(samples).save(content, PILLOW[ending], **options)
    return content.getvalue()


def encode_frame(frame, *, lossless):
    """Return a small WebP file, made quickly: one of hundreds that a page plays.

    Parameters
    ----------
    frame : array of shape (M, N, 3), uint8, RGB
    lossless : bool
        For drawings; photographs are five times smaller without it, at quality 82.

    Returns
    -------
    bytes
    """
    content = io.BytesIO()
    options = FRAME_LOSSLESS if lossless else FRAME_LOSSY
    Image.fromarray(np.ascontiguousarray(frame)).save(content, "WEBP", **options)
    return content.getvalue()


def encode_tiff(pages, file=None):
    """Return a TIFF file of one or more pages, packed without loss.

    Parameters
    ----------
    pages : iterable of (samples, profile, resolution, like)
        As for `encode`; the alpha is premultiplied if that of `like` is.
    file : path, optional
        Written there, page by page, instead of being returned.

    Returns
    -------
    bytes, or None if `file` is given
    """
    import tifffile  # takes a while to import, and only TIFF files need it

    content = io.BytesIO()
    with tifffile.TiffWriter(file or content) as writer:
        for samples, profile, resolution, like in pages:
            channels = 1 if samples.ndim == 2 else samples.shape[2]
            options = {"photometric": "rgb" if channels > 2 else "minisblack"}
            if channels in (2, 4):
                multiplied = like is not None and like.alpha == "premultiplied"
                options["extrasamples"] = ["assocalpha" if multiplied else "unassalpha"]
            if channels > 1:
                options["planarconfig"] = "contig"
            if resolution:
                options |= {"resolution": resolution, "resolutionunit": "INCH"}
            if profile:
                options["iccprofile"] = profile
            if like is not None and like.no_data is not None:
                told = f"{like.no_data:.17g}\0".encode()
                options["extratags"] = [(42113, 2, len(told), told, True)]
            writer.write(
                samples,
                compression="zlib",
                compressionargs=FAST,
                metadata=None,
                software=False,
                **options,
            )
    return None if file else content.getvalue()
