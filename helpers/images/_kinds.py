"""What kind of file some bytes are, whatever its name says; kinds that are not read, by name."""

from helpers.images._about import Unusable

OTHER = "save it as PNG or TIFF"
RAW = "develop it and save it as TIFF"
UNKNOWN = "not a picture of a known kind"

# Kinds that are read: where their mark stands, the mark, the kind.
READ = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    *((0, mark, "TIFF") for mark in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    *((0, b"P%d" % digit, "PNM") for digit in range(1, 7)),
    *((0, mark, "PNM") for mark in (b"Pf", b"PF")),
    (0, b"BM", "BMP"),
)
# Kinds that are known and not read: where, mark, what it is, what to do.
KNOWN = (
    (0, b"8BPS", "a Photoshop file (PSD)", OTHER),
    (8, b"CR\x02", "a camera's raw file (CR2)", RAW),
    (0, b"IIRO", "a camera's raw file (ORF)", RAW),
    (0, b"IIRS", "a camera's raw file (ORF)", RAW),
    (0, b"IIU\0", "a camera's raw file (RW2)", RAW),
    (0, b"FUJIFILMCCD-RAW", "a camera's raw file (RAF)", RAW),
    (0, b"FOVb", "a camera's raw file (X3F)", RAW),
    (0, b"\0MRM", "a camera's raw file (MRW)", RAW),
    (0, b"\xff\x0a", "a JPEG XL file", OTHER),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL file", OTHER),
    (0, b"\xff\xd8", "not a picture: only the first two bytes are those of a JPEG", ""),
    (0, b"II\xbc", "a JPEG XR file", OTHER),
    (0, b"%PDF", "a PDF document", "save its page as PNG or TIFF"),
    (0, b"%!PS", "a PostScript file", OTHER),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript file (EPS)", OTHER),
    (0, b"AT&TFORM", "a DjVu document", OTHER),
    (0, b"v/1\x01", "an OpenEXR file", "save it as a TIFF of floats"),
    (0, b"#?R", "a Radiance file (HDR)", "save it as a TIFF of floats"),
    (128, b"DICM", "a DICOM file", OTHER),
    (0, b"SIMPLE  =", "a FITS file", "save it as a TIFF of floats"),
    (0, b"gimp xcf", "a GIMP file (XCF)", OTHER),
    (0, b"\0\0\1\0", "an icon (ICO)", OTHER),
    (0, b"icns", "an icon (ICNS)", OTHER),
    (0, b"DDS ", "a texture (DDS)", OTHER),
    (0, b"qoif", "a QOI file", OTHER),
    (0, b"P7\n", "a PAM file", OTHER),
    (0, b"\x59\xa6\x6a\x95", "a Sun raster file", OTHER),
    (0, b"\xd7\xcd\xc6\x9a", "a Windows metafile (WMF)", OTHER),
    (0, b"\x93NUMPY", "an array of NumPy (NPY)", OTHER),
    (0, b"\x89HDF", "an HDF5 file", OTHER),
    (0, b"PK\3\4", "a ZIP archive", "unpack it"),
    (0, b"\x1f\x8b", "a gzip archive", "unpack it"),
    (0, b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (0, b"Rar!", "a RAR archive", "unpack it"),
)
BRANDS = {  # of the ISO media files whose fifth to eighth bytes are "ftyp"
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx"), "a HEIC picture"),
    b"crx ": "a camera's raw file (CR3)",
    b"jp2 ": "JPEG 2000",
}
GENERAL = (b"mif1", b"msf1", b"miaf")  # the brands behind them say more
ENDINGS = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "GIF": (".gif",),
    "JPEG 2000": (".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc"),
    "TIFF": (".tif", ".tiff", ".btf", ".tf8"),
    "PNM": (".pbm", ".pgm", ".ppm", ".pnm", ".pfm"),
    "BMP": (".bmp", ".dib"),
    "WebP": (".webp",),
    "AVIF": (".avif",),
}


def kind_of(content):
    """Return the kind of picture that some bytes are, such as "PNG".

    Raises
    ------
    Unusable
        If it is none that is read, with the name of what it is where that can be told.
    """
    if not content:
        raise Unusable("no bytes")
    head = bytes(content[:512])
    if head[8:11] == b"CR\x02":  # a raw file that begins like a TIFF
        raise _refusal(KNOWN[1][2:])
    if head[4:8] == b"ftyp":
        return _branded(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    for place, mark, kind in READ:
        if head[place : place + len(mark)] == mark and not (kind == "BMP" and not _is_bmp(head)):
            return kind
    for place, mark, *words in KNOWN:
        if head[place : place + len(mark)] == mark:
            raise _refusal(words)
    raise _refusal(_text(head))


def named_otherwise(suffix, kind):
    """Tell whether an ending belongs to another kind of picture than `kind`.

    Parameters
    ----------
    suffix : str, such as ".jpg"
    kind : str

    Returns
    -------
    bool
    """
    owners = [name for name, endings in ENDINGS.items() if suffix.lower() in endings]
    return bool(owners) and kind not in owners


def _refusal(words):
    what, advice = words
    return Unusable(f"{what}, which is not read: {advice}" if advice else what)


def _branded(head):
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[place : place + 4] for place in range(16, length, 4))]
    if brands[0] in GENERAL:
        brands = [brand for brand in brands if brand in BRANDS] or brands
    kind = BRANDS.get(brands[0])
    if kind in ("AVIF", "JPEG 2000"):
        return kind
    if kind is None:
        kind = "a HEIF picture" if brands[0] in GENERAL else "a film (MP4 or its like)"
    raise _refusal((kind, RAW if "raw" in kind else OTHER))


def _is_bmp(head):
    """Two letters are no proof: the size of the second header is one of few."""
    return len(head) >= 18 and int.from_bytes(head[14:18], "little") in (
        12,
        40,
        52,
        56,
        64,
        108,
        124,
    )


def _text(head):
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<svg", b"<?xml")) and b"svg" in head.lower():
        return "a drawing (SVG)", OTHER
    if start.startswith((b"<!doctype html", b"<html")):
        return "not a picture: a web page", ""
    return "not a picture" if b"\0" not in head and _is_text(head) else UNKNOWN, ""


def _is_text(head):
    try:
        head[: max(len(head) - 3, 1)].decode()  # the last character may be cut
        return True
    except UnicodeDecodeError:
        return False
