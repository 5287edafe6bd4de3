"""Picture files as sources of a job: what each holds, or the reason why it cannot be used."""

import hashlib
import io
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
LONGEST = 32_766  # pixels a side that OpenCV can warp
TRANSPARENT = ("LA", "La", "PA", "RGBA", "RGBa")


class Unusable(Exception):
    """The reason why a file cannot be a source."""


@dataclass(frozen=True)
class Source:
    """One usable file: its name, fingerprint, what was converted, and perhaps its pixels."""

    path: Path
    name: str
    size: int
    sha256: str
    converted: str
    picture: np.ndarray | None = field(repr=False, compare=False)

    def without_picture(self):
        """Return the same source without pixels, so that they can be freed."""
        return replace(self, picture=None)

    def __reduce__(self):
        """Travel to another process without pixels: it reads the file itself."""
        return Source, (self.path, self.name, self.size, self.sha256, self.converted, None)

    def pixels(self):
        """Return the picture, read again if it was not kept; `Unusable` if the file changed."""
        if self.picture is not None:
            return self.picture
        again = read_source(self.path)
        if again.sha256 != self.sha256:
            raise Unusable("changed while the job ran")
        return again.picture


def read_source(path):
    """Read a file as (M, N) or (M, N, 3), uint8, upright, or raise `Unusable` with the reason."""
    if path.is_dir():
        raise Unusable("a folder")
    if not path.is_file():
        raise Unusable("a link to nothing" if path.is_symlink() else "not a regular file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from None
    if not content:
        raise Unusable("no bytes")
    digest = hashlib.sha256(content).hexdigest()
    try:
        picture, converted = _decode(content)
    except UnidentifiedImageError:
        raise Unusable("not a picture") from None
    except Unusable:
        raise
    except Exception as error:  # decoders meet broken files with errors of every kind
        raise Unusable(f"cannot be decoded: {error}") from None
    return Source(path, path.name, len(content), digest, converted, picture)


def _decode(content):
    with Image.open(io.BytesIO(content), formats=FORMATS) as file:
        if max(file.size) > LONGEST:
            raise Unusable(f"longer than {LONGEST} pixels a side")
        # A camera's MPO is one photograph with previews, not an animation.
        if getattr(file, "n_frames", 1) > 1 and file.format != "MPO":
            raise Unusable("more than one picture: animated or of several pages")
        deep = file.format in ("PNG", "TIFF") and any(_is_deep(tile[3]) for tile in file.tile)
        file.load()
        picture, converted = _as_bytes(ImageOps.exif_transpose(file))
    return picture, "16 bits reduced to 8" if deep and not converted else converted


def _is_deep(arguments):
    """Tell from the raw mode of a tile, such as "RGB;16B", whether its samples have 16 bits."""
    raw = arguments if isinstance(arguments, str) else arguments[0]
    return ";16" in str(raw)


def _as_bytes(file):
    """Return grey or RGB in 8 bits, and what had to be converted."""
    if file.mode in TRANSPARENT or "transparency" in file.info:
        upper = file.convert("RGBA")
        white = Image.new("RGBA", file.size, "white")
        flat = Image.alpha_composite(white, upper)
        return np.array(flat.convert(_opaque(file.mode))), "transparency laid on white"
    if file.mode.startswith("I;16"):
        return np.rint(np.array(file) / 257).astype(np.uint8), "16 bits reduced to 8"
    if file.mode == "CMYK":
        return np.array(file.convert("RGB")), "CMYK turned into RGB"
    if file.mode not in ("1", "L", "P", "RGB", "YCbCr"):
        raise Unusable(f"pixels of the kind {file.mode}")
    return np.array(file.convert(_opaque(file.mode))), ""


def _opaque(mode):
    return "L" if mode in ("1", "L", "LA", "La") else "RGB"
