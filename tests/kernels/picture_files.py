"""A family of picture files made from known samples, without the room that is tested.

Each is a `Made`: its bytes, the pixels and the alpha that a reader must see (upright, 0 to 1), and
what it must find that the file says of itself.
"""

import io
import struct
import zlib
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np
import tifffile
from PIL import Image, ImageCms

ROWS, COLUMNS = 21, 34
TURNED = {  # orientation -> rows and columns of the stored array in the one that is seen
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: a.swapaxes(0, 1)[:, ::-1],
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: a.swapaxes(0, 1)[::-1],
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


class Made(NamedTuple):
    """A file and what must be read from it; `pixels` and `alpha` are floats in [0, 1]."""

    name: str
    content: bytes
    pixels: np.ndarray
    alpha: np.ndarray | None = None
    says: dict = {}  # noqa: RUF012  (never changed)
    off: float = 0  # most by which a lossy file may differ


def draw(bits, channels, *, seed=0, signed=False):
    """Draw samples that use all of their bits, the lowest and the highest value among them."""
    shape = (ROWS, COLUMNS) if channels == 1 else (ROWS, COLUMNS, channels)
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1)) if signed else (0, 2**bits)
    size = next(size for size in (8, 16, 32, 64) if size >= bits)
    dtype = np.dtype(f"{'i' if signed else 'u'}{size // 8}")
    samples = np.random.default_rng([seed, bits, channels]).integers(low, high, shape, dtype=dtype)
    samples.flat[:2] = low, high - 1
    return samples


def smooth(channels):
    """Return a gentle picture of bytes, for files that lose something."""
    down, across = np.mgrid[:ROWS, :COLUMNS]
    parts = [down * 9, across * 6, down * 4 + across * 3, 255 - down * 9][:channels]
    whole = np.stack(parts, axis=-1).astype(np.uint8)
    return whole[..., 0] if channels == 1 else whole


# --- PNG -----------------------------------------------------------------------------------------


def chunk(kind, data):
    """Return one part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples, bits, kind, *, before=b"", after=b"", interlaced=False):
    """Return a PNG of samples of shape (M, N) or (M, N, C), each row unfiltered."""
    rows, columns = samples.shape[:2]
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2)]
        passes += [(0, 1, 2, 2), (1, 0, 2, 1)]
    raw = b""
    for row, column, down, across in passes:
        part = samples[row::down, column::across]
        raw += b"".join(b"\0" + packed(line, bits) for line in part if part.size)
    header = struct.pack(">IIBBBBB", columns, rows, bits, kind, 0, 0, interlaced)
    parts = [chunk(b"IHDR", header), before, chunk(b"IDAT", zlib.compress(raw)), after]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IEND", b"")])


def packed(line, bits):
    """Return numbers of any count of bits one after the other, the last byte filled with zeros."""
    text = "".join(f"{int(value) & (2**bits - 1):0{bits}b}" for value in line.ravel())
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big") if text else b""


def exif(orientation):
    found = Image.Exif()
    found[0x0112] = orientation
    return found.tobytes()


def pngs():
    """Yield PNG files: every colour type and depth, transparency, orientation, interlacing."""
    for bits, interlaced in product((1, 2, 4, 8, 16), (False, True)):
        word = "-interlaced" * interlaced
        grey, top = draw(bits, 1), 2**bits - 1
        content = png(grey, bits, 0, interlaced=interlaced)
        says = {"kind": "PNG", "bits": bits, "colour": "grey", "lossless": True}
        yield Made(f"grey-{bits}{word}.png", content, grey / top, None, says)
        key = int(grey[3, 4])
        content = png(grey, bits, 0, before=chunk(b"tRNS", struct.pack(">H", key)))
        yield Made(f"grey-key-{bits}{word}.png", content, grey / top, (grey != key) * 1.0)
        if bits < 16:
            palette = np.random.default_rng(7).integers(0, 256, (2**bits, 3), dtype=np.uint8)
            cover = np.arange(2**bits, dtype=np.uint8)[::-1] * 7
            parts = chunk(b"PLTE", palette.tobytes())
            content = png(grey, bits, 3, before=parts, interlaced=interlaced)
            says = {"colour": "palette", "bits": bits}
            yield Made(f"palette-{bits}{word}.png", content, palette[grey] / 255, None, says)
            parts += chunk(b"tRNS", cover[: 2**bits - 1].tobytes())  # the last one is opaque
            seen = np.append(cover[:-1], 255)[grey] / 255
            content = png(grey, bits, 3, before=parts)
            yield Made(f"palette-clear-{bits}{word}.png", content, palette[grey] / 255, seen)
        if bits >= 8:
            for kind, channels in ((2, 3), (4, 2), (6, 4)):
                deep = draw(bits, channels)
                alpha = deep[..., -1] / top if kind > 2 else None
                pixels = deep / top if kind == 2 else deep[..., :-1] / top
                pixels = pixels[..., 0] if kind == 4 else pixels
                says = {"bits": bits, "alpha": "straight" if kind > 2 else ""}
                content = png(deep, bits, kind, interlaced=interlaced)
                yield Made(f"kind{kind}-{bits}{word}.png", content, pixels, alpha, says)
            colour = draw(bits, 3)
            parts = chunk(b"tRNS", struct.pack(">HHH", *map(int, colour[5, 6])))
            seen = (colour != colour[5, 6]).any(axis=-1) * 1.0
            content = png(colour, bits, 2, before=parts)
            yield Made(f"colour-key-{bits}{word}.png", content, colour / top, seen)
    for orientation, bits in product(range(1, 9), (8, 16)):
        clear, turn = draw(bits, 4), TURNED[orientation]
        parts = chunk(b"eXIf", exif(orientation)[6:])
        content = png(clear, bits, 6, **{"after" if bits == 8 else "before": parts})
        pixels, alpha = turn(clear[..., :3]), turn(clear[..., 3])
        says = {"orientation": orientation, "shape": alpha.shape}
        top = 2**bits - 1
        yield Made(f"turned-{orientation}-{bits}.png", content, pixels / top, alpha / top, says)
    parts = chunk(b"iCCP", b"name\0\0" + zlib.compress(SRGB)) + chunk(
        b"pHYs", struct.pack(">IIB", 11811, 3937, 1)
    )
    says = {"profile": SRGB, "resolution": (11811 * 0.0254, 3937 * 0.0254)}
    colour = draw(8, 3)
    yield Made("says.png", png(colour, 8, 2, before=parts), colour / 255, None, says)


# --- JPEG ----------------------------------------------------------------------------------------


def saved(image, form, **options):
    """Return the bytes that Pillow writes."""
    content = io.BytesIO()
    image.save(content, form, **options)
    return content.getvalue()


def jpegs():
    """Yield JPEG files; their pixels may differ by a few levels."""
    for mode, channels in (("L", 1), ("RGB", 3)):
        image, word = Image.fromarray(smooth(channels)), {1: "grey", 3: "YCbCr"}[channels]
        for options in ({}, {"progressive": True}, {"subsampling": 0}):
            options = {} if channels == 1 else options
            content = saved(image, "JPEG", quality=100, dpi=(300, 150), **options)
            says = {"kind": "JPEG", "colour": word, "resolution": (300, 150), "lossless": False}
            name = f"{mode}-{'-'.join(options) or 'plain'}.jpg"
            yield Made(name, content, smooth(channels) / 255, None, says, 0.05)
    for orientation in range(1, 9):
        content = saved(Image.fromarray(smooth(3)), "JPEG", quality=100, exif=exif(orientation))
        says = {"orientation": orientation}
        pixels = TURNED[orientation](smooth(3)) / 255
        yield Made(f"turned-{orientation}.jpg", content, pixels, None, says, 0.05)
    inks = smooth(4)
    mixed = (1 - inks[..., :3] / 255) * (1 - inks[..., 3:] / 255)
    content = saved(Image.frombytes("CMYK", (COLUMNS, ROWS), inks.tobytes()), "JPEG", quality=100)
    yield Made("cmyk.jpg", content, mixed, None, {"colour": "CMYK"}, 0.05)
    plain = without_adobe(saved(_inks(255 - inks), "JPEG", quality=100))
    yield Made("cmyk-plain.jpg", plain, mixed, None, {"colour": "CMYK"}, 0.05)


def _inks(samples):
    return Image.frombytes("CMYK", samples.shape[1::-1], samples.tobytes())


def without_adobe(content):
    """Take away the part that says that inks are stored upside down."""
    place = content.index(b"\xff\xee")
    return content[:place] + content[place + 2 + int.from_bytes(content[place + 2 : place + 4]) :]


# --- TIFF ----------------------------------------------------------------------------------------


def tiff(samples, bits, tags, *, order="<", rows_each=5, mirrored=False, lines=None):
    """Return an uncompressed TIFF in strips, its numbers packed bit by bit.

    `tags` is a dict of number -> int or sequence of int (SHORT), for what samples mean.
    """
    rows, columns = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    lines = lines or [packed(line, bits) for line in samples]
    parts = [b"".join(lines[row : row + rows_each]) for row in range(0, rows, rows_each)]
    if mirrored:
        parts = [bytes(int(f"{byte:08b}"[::-1], 2) for byte in part) for part in parts]
        tags = tags | {266: 2}
    tags = {256: columns, 257: rows, 258: [bits] * channels, 259: 1, 277: channels} | tags
    tags |= {278: rows_each, 279: [len(part) for part in parts]}
    places = np.cumsum([8, *(len(part) for part in parts)])
    tags[273] = places[:-1].tolist()
    end = int(places[-1]) + int(places[-1]) % 2
    beyond, entries = b"", b""
    start = end + 2 + 12 * len(tags) + 4
    for tag in sorted(tags):
        values = [tags[tag]] if isinstance(tags[tag], int) else list(tags[tag])
        data = struct.pack(f"{order}{len(values)}I", *values)
        if len(values) > 1:
            place, beyond = start + len(beyond), beyond + data
            data = struct.pack(f"{order}I", place)
        entries += struct.pack(f"{order}HHI", tag, 4, len(values)) + data
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, end)
    body = b"".join(parts) + b"\0" * (int(places[-1]) % 2)
    return head + body + struct.pack(f"{order}H", len(tags)) + entries + bytes(4) + beyond


def written(samples, **options):
    """Return the bytes that tifffile writes."""
    content = io.BytesIO()
    options = {"photometric": "minisblack", "metadata": None} | options
    tifffile.imwrite(content, samples, **options)
    return content.getvalue()


def plain_tiffs():
    """Yield TIFF files of every depth, black or white at zero, inks, palettes, alpha."""
    for bits, white in product((*range(1, 17), 20, 24, 32), (False, True)):
        grey = draw(bits, 1)
        pixels = grey / (2**bits - 1)
        says = {"bits": bits, "colour": "white is zero" if white else "grey"}
        content = tiff(grey, bits, {262: 0 if white else 1})
        if bits in (16, 32):
            content = written(grey, photometric="miniswhite" if white else "minisblack")
        name = f"grey-{bits}-{'white' if white else 'black'}.tif"
        near = 0.51 / 255 if bits in (3, 5, 6, 7) else 0  # levels that lie between those of 8 bits
        yield Made(name, content, 1 - pixels if white else pixels, None, says, near)
    for bits in (1, 4, 8, 12):
        colour = draw(bits, 3)
        content = tiff(colour, bits, {262: 2}, mirrored=True)
        yield Made(f"mirrored-{bits}.tif", content, colour / (2**bits - 1))
        content = tiff(colour, bits, {262: 2}, order=">")
        yield Made(f"rgb-{bits}-big.tif", content, colour / (2**bits - 1))
    for bits in (2, 4, 8):
        index = draw(bits, 1)
        palette = np.random.default_rng(3).integers(0, 256, (2**bits, 3))
        content = tiff(index, bits, {262: 3, 320: (palette * 257).T.ravel().tolist()})
        says = {"colour": "palette"}
        yield Made(f"palette-{bits}.tif", content, palette[index] / 255, None, says)
    for bits, kind in product((8, 16), (1, 2)):
        for channels in (2, 4):
            clear = draw(bits, channels)
            if kind == 1:
                clear[..., :-1] = np.minimum(clear[..., :-1], clear[..., -1:])
            top, alpha = 2**bits - 1, clear[..., -1].astype(float)
            colours = clear[..., :-1].astype(float)
            if kind == 1:
                part = np.divide(1, alpha, out=np.zeros_like(alpha), where=alpha > 0)
                colours = colours * part[..., None] * top
            options = {"photometric": "rgb" if channels == 4 else "minisblack"}
            options |= {"extrasamples": [{1: "assocalpha", 2: "unassalpha"}[kind]]}
            content = written(clear, planarconfig="contig", **options)
            says = {"alpha": {1: "premultiplied", 2: "straight"}[kind]}
            pixels = colours / top if channels == 4 else colours[..., 0] / top
            name = f"alpha{kind}-{channels}-{bits}.tif"
            yield Made(name, content, pixels, alpha / top, says, 0.51 / 255 if bits == 8 else 0)
    inks = draw(8, 4)
    mixed = (1 - inks[..., :3] / 255) * (1 - inks[..., 3:] / 255)
    content = written(inks, photometric="separated", planarconfig="contig")
    yield Made("cmyk.tif", content, mixed, None, {"colour": "CMYK"}, 1.01 / 255)
    inks = draw(16, 4)
    mixed = (1 - inks[..., :3] / 65535) * (1 - inks[..., 3:] / 65535)
    content = written(inks, photometric="separated", planarconfig="contig")
    yield Made("cmyk-16.tif", content, mixed, None, {"colour": "CMYK"})
    colour = draw(16, 5)
    content = written(colour, photometric="rgb", extrasamples=[0, 2], planarconfig="contig")
    alpha = colour[..., 4] / 65535
    yield Made("extra.tif", content, colour[..., :3] / 65535, alpha, {"alpha": "straight"})
    for orientation in range(1, 9):
        clear, turn = draw(16, 4), TURNED[orientation]
        tag = [(274, 3, 1, orientation, True)]
        content = written(
            clear, photometric="rgb", extrasamples=[2], planarconfig="contig", extratags=tag
        )
        pixels, alpha = turn(clear[..., :3]) / 65535, turn(clear[..., 3]) / 65535
        says = {"orientation": orientation, "shape": alpha.shape}
        yield Made(f"turned-{orientation}.tif", content, pixels, alpha, says)


def laid_out_tiffs():
    """Yield TIFF files in strips, tiles and planes, of either byte order, small and big."""
    codecs = {None: "none", "deflate": "deflate", "lzma": "LZMA"}
    for codec, order, planes, tiled in product(codecs, "<>", (False, True), (False, True)):
        colour = draw(16, 3, seed=planes)
        options = {"tile": (16, 32)} if tiled else {"rowsperstrip": 8}
        options |= {"planarconfig": "separate" if planes else "contig"}
        stored = np.moveaxis(colour, -1, 0) if planes else colour
        content = written(stored, photometric="rgb", compression=codec, byteorder=order, **options)
        words = [codecs[codec], order.replace("<", "little").replace(">", "big")]
        words += ["planes"] * planes + ["tiled"] * tiled
        says = {"compression": codecs[codec], "kind": "TIFF", "lossless": True}
        yield Made(f"{'-'.join(words)}.tif", content, colour / 65535, None, says)
    grey = draw(8, 1)
    content = written(grey, bigtiff=True)
    yield Made("big.tif", content, grey / 255, None, {"kind": "BigTIFF"})
    for bits, channels in product((8, 16, 32), (1, 3)):
        samples = draw(bits, channels)
        stored = samples if channels == 1 else samples[..., ::-1]
        for predictor in (1, 2):
            flags = [cv2.IMWRITE_TIFF_COMPRESSION, 5, cv2.IMWRITE_TIFF_PREDICTOR, predictor]
            content = cv2.imencode(".tif", np.ascontiguousarray(stored), flags)[1].tobytes()
            says = {"compression": "LZW", "bits": bits}
            name = f"lzw-{bits}-{channels}-{predictor}.tif"
            yield Made(name, content, samples / (2**bits - 1), None, says)
    for name, codec in (("group3", "CCITT G3"), ("group4", "CCITT G4"), ("tiff_ccitt", "CCITT")):
        for inverted in (False, True):
            ink = draw(1, 1) > 0
            info = {262: 0 if inverted else 1}
            content = saved(Image.fromarray(ink), "TIFF", compression=name, tiffinfo=info)
            stored = Image.open(io.BytesIO(content))
            pixels = np.asarray(stored) * 1.0
            says = {"compression": codec, "bits": 1}
            yield Made(f"{name}-{inverted}.tif", content, pixels, None, says)
    for channels in (1, 3):
        image = Image.fromarray(smooth(channels))
        content = saved(image, "TIFF", compression="packbits")
        says = {"compression": "PackBits"}
        yield Made(f"packbits-{channels}.tif", content, smooth(channels) / 255, None, says)
        content = saved(image, "TIFF", compression="jpeg", quality=100)
        pixels = np.asarray(Image.open(io.BytesIO(content)).convert(image.mode)) / 255
        says = {"compression": "JPEG", "lossless": False}
        yield Made(f"jpeg-{channels}.tif", content, pixels, None, says, 0.02)


def values_in_tiffs():
    """Yield TIFF files of signed numbers and floats, with the range that becomes 0 to 1."""
    for bits in (8, 16, 32):
        values = draw(bits, 1, signed=True)
        low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
        pixels = (values.astype(float) - low) / (high - low)
        says = {"sample": "signed", "value_range": (low, high)}
        yield Made(f"signed-{bits}.tif", written(values), pixels, None, says)
    for size, channels in product((2, 4, 8), (1, 3)):
        shape = (ROWS, COLUMNS) if channels == 1 else (ROWS, COLUMNS, channels)
        values = np.random.default_rng(size).random(shape).astype(f"f{size}")
        kind = "rgb" if channels == 3 else "minisblack"
        says = {"sample": "float", "value_range": (0, 1), "bits": 8 * size}
        content = written(values, photometric=kind)
        yield Made(f"float-{8 * size}-{channels}.tif", content, values, None, says)
        wide = (values * 100).astype(f"f{size}")
        wide.flat[:2] = 0, 100
        says = {"value_range": (0, 100)}
        content = written(wide, photometric=kind)
        near = {2: 1e-3, 4: 1e-7, 8: 0}[size]
        yield Made(f"hundred-{8 * size}-{channels}.tif", content, wide / 100.0, None, says, near)
    values = np.random.default_rng(1).random((ROWS, COLUMNS, 3)).astype(np.float32)
    flags = [cv2.IMWRITE_TIFF_COMPRESSION, 8, cv2.IMWRITE_TIFF_PREDICTOR, 3]
    content = cv2.imencode(".tif", values[..., ::-1].copy(), flags)[1].tobytes()
    yield Made("float-differences.tif", content, values)


# --- all others ----------------------------------------------------------------------------------


def others():
    """Yield files of the kinds that Pillow reads, and the plain formats."""
    for mode, channels in (("L", 1), ("RGB", 3), ("RGBA", 4), ("LA", 2)):
        samples = draw(8, channels)
        image = Image.fromarray(samples)
        alpha = samples[..., -1] / 255 if channels in (2, 4) else None
        pixels = samples / 255 if alpha is None else samples[..., :-1] / 255
        pixels = pixels[..., 0] if channels == 2 else pixels
        if channels < 4:
            content = saved(image, "JPEG2000")
            yield Made(f"{mode}.jp2", content, pixels, alpha, {"kind": "JPEG 2000"})
        if channels in (3, 4):
            content = saved(image, "WEBP", lossless=True, exact=True)
            yield Made(f"{mode}.webp", content, pixels, alpha, {"kind": "WebP", "lossless": True})
            even = smooth(channels)
            content = saved(Image.fromarray(even), "WEBP", quality=100)
            seen = even[..., 3] / 255 if channels == 4 else None
            pixels = even[..., :3] / 255
            if channels == 3:
                yield Made("lossy.webp", content, pixels, seen, {"lossless": False}, 0.12)
                content = saved(Image.fromarray(even), "AVIF", quality=100)
                yield Made("RGB.avif", content, pixels, None, {"kind": "AVIF"}, 0.05)
    ink = draw(1, 1) > 0
    yield Made("1.bmp", saved(Image.fromarray(ink), "BMP"), ink * 1.0, None, {"bits": 1})
    colour = draw(8, 3)
    content = saved(Image.fromarray(colour), "BMP", dpi=(300, 300))
    yield Made("RGB.bmp", content, colour / 255, None, {"kind": "BMP"})
    few = Image.fromarray(smooth(3)).quantize(13)
    pixels = np.asarray(few.convert("RGB")) / 255
    yield Made("few.gif", saved(few, "GIF"), pixels, None, {"colour": "palette"})
    seen = (np.asarray(few) != 5) * 1.0
    yield Made("clear.gif", saved(few, "GIF", transparency=5), pixels, seen)
    yield from deep_others()
    yield from plain_formats()


def deep_others():
    """Yield AVIF and JPEG 2000 files of more than 8 bits, which OpenCV writes."""
    down, across = np.mgrid[:64, :80]
    deep = np.stack([down * 16, across * 12, down * 4 + across * 8], axis=-1).astype(np.uint16)
    for bits, near in ((10, 1e-6), (12, 1e-3)):
        flags = [cv2.IMWRITE_AVIF_DEPTH, bits, cv2.IMWRITE_AVIF_QUALITY, 100]
        content = cv2.imencode(".avif", deep[..., ::-1] << (bits - 10), flags)[1].tobytes()
        says = {"kind": "AVIF", "bits": bits, "lossless": False}
        top = 2**bits - 1
        yield Made(f"{bits}.avif", content, (deep << (bits - 10)) / top, None, says, near)
    flags = [cv2.IMWRITE_JPEG2000_COMPRESSION_X1000, 1000]
    for channels in (1, 3):
        samples = np.ascontiguousarray(deep[..., 0] if channels == 1 else deep[..., ::-1])
        content = cv2.imencode(".jp2", samples << 6, flags)[1].tobytes()
        pixels = (deep[..., 0] if channels == 1 else deep) * 64 / 65535
        says = {"kind": "JPEG 2000", "bits": 16, "lossless": True}
        yield Made(f"deep-{channels}.jp2", content, pixels, None, says)


def plain_formats():
    """Yield PBM, PGM, PPM and PFM files, as text and as bytes, with tops that are no power of 2."""
    size = f"{COLUMNS} # a comment\n{ROWS}\n".encode()
    for top in (1, 100, 255, 1000, 4095, 65535):
        for channels in (1, 3):
            samples = draw(16, channels) % (top + 1) if top < 65535 else draw(16, channels)
            samples.flat[0] = top
            says = {"kind": "PNM", "value_range": (0, top)}
            digit, data = {1: b"5", 3: b"6"}[channels], samples.astype(">u2" if top > 255 else "u1")
            content = b"P" + digit + b"\n" + size + b"%d\n" % top + data.tobytes()
            near = 0.51 / 255 if top < 255 else 0
            yield Made(f"{channels}-{top}.ppm", content, samples / top, None, says, near)
            digit = {1: b"2", 3: b"3"}[channels]
            data = " ".join(map(str, samples.ravel().tolist())).encode()
            content = b"P" + digit + b"\n" + size + b"%d\n" % top + data
            yield Made(f"text-{channels}-{top}.ppm", content, samples / top, None, says, near)
    ink = draw(1, 1)
    content = b"P4\n" + size + b"".join(packed(line, 1) for line in ink)
    yield Made("ink.pbm", content, 1.0 - ink, None, {"bits": 1})
    content = b"P1\n" + size + "".join(map(str, ink.ravel())).encode()
    yield Made("text.pbm", content, 1.0 - ink, None, {"bits": 1})
    for order, channels in product("<>", (1, 3)):
        shape = (ROWS, COLUMNS) if channels == 1 else (ROWS, COLUMNS, channels)
        values = np.random.default_rng(5).random(shape).astype(f"{order}f4")
        word, sign = (b"Pf", b"PF")[channels == 3], {"<": b"-1.0", ">": b"1.0"}[order]
        content = word + b"\n" + size + sign + b"\n" + values[::-1].tobytes()
        says = {"kind": "PFM", "sample": "float"}
        yield Made(f"{channels}{order}.pfm".replace("<", "l").replace(">", "b"), content, values)


def family():
    """Return all files by name, made once."""
    makers = (pngs, jpegs, plain_tiffs, laid_out_tiffs, values_in_tiffs, others)
    made = {one.name: one for maker in makers for one in maker()}
    return made


# --- more than one picture, and what a file says of itself ---------------------------------------


def pages(*pictures, **options):
    """Return a TIFF of several pages."""
    content = io.BytesIO()
    with tifffile.TiffWriter(content) as writer:
        for picture in pictures:
            writer.write(picture, photometric="minisblack", metadata=None, **options)
    return content.getvalue()


def preview_and_picture(preview, picture, *, tags=()):
    """Return a TIFF whose first page is a preview and whose picture lies below it."""
    content = io.BytesIO()
    with tifffile.TiffWriter(content) as writer:
        options = {"photometric": "minisblack", "metadata": None}
        writer.write(preview, subifds=1, subfiletype=1, extratags=tags, **options)
        writer.write(picture, subfiletype=0, **options)
    return content.getvalue()


def ink_profile(colour_of):
    """Return an ICC profile of four inks.

    `colour_of` is a function of cyan, magenta, yellow and black (0 or 1 each) that returns
    CIE L*a*b*. Between these corners colours are mixed in straight lines.
    """
    corners = [colour_of(*(int(bit) for bit in f"{number:04b}")) for number in range(16)]
    table = bytes(
        byte
        for light, a, b in corners
        for byte in (round(light * 2.55), round(a + 128), round(b + 128))
    )
    straight = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0])
    lut += struct.pack(">9i", *(65536 * (k in (0, 4, 8)) for k in range(9)))
    lut += straight * 4 + table + straight * 3
    words = b"desc" + bytes(4) + struct.pack(">I", 9) + b"Two inks\0" + bytes(78)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    parts = {b"A2B0": lut, b"desc": words, b"wtpt": white, b"cprt": b"text" + bytes(4) + b"none\0"}
    place, listed, body = 128 + 4 + 12 * len(parts), b"", b""
    for name, data in parts.items():
        listed += name + struct.pack(">II", place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s12s4s", 0, b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ",
                       bytes(12), b"acsp")  # fmt: skip
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    whole = head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + listed + body
    return struct.pack(">I", len(whole)) + whole[4:]
