"""What is known of a picture file, and what reading it gives."""

import io
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageCms

from helpers.images._alpha import filter_visible, lay_on_white
from helpers.images._arrays import to_grey

MOST_PIXELS = 100_000_000
TOO_SHORT = "the file ends too early"
DAMAGED = "damaged: its pixels cannot be decoded"
GUESSED = "damaged in part: some of its pixels are guesses"
ENDINGS = {"AVIF": ".avif", "BMP": ".bmp", "JPEG": ".jpg", "WebP": ".webp"}
ASIDE = "transparency is kept aside"
SIDEWAYS = (5, 6, 7, 8)  # orientations that swap rows and columns


class Unusable(ValueError):
    """The reason why a file cannot be used: half a sentence that fits behind its name."""


class ImageFormat(NamedTuple):
    """Depth (``uint8`` or ``uint16``) and number of channels (1, 3 or 4) of a file."""

    depth: str
    channels: int


class About(NamedTuple):
    """What a picture file says of itself.

    Attributes
    ----------
    kind : str, such as "PNG"
    shape : (rows, columns), upright
    bits : int, of each sample as stored
    sample : {"unsigned", "signed", "float"}
    used_bits : int, enough for the largest value; `bits` where it was not looked for
    colour : {"grey", "white is zero", "palette", "RGB", "YCbCr", "CMYK", "YCCK"}
    alpha : {"", "straight", "premultiplied"}
    orientation : int from 1 to 8, as stored; pixels that were read are upright already
    profile : bytes of an ICC profile, or None
    resolution : (across, down) in pixels per inch, upright, or None
    page, pages : int, from 0; `moving` is True if they are frames of an animation
    value_range : (low, high), in the file's own units, that became 0 and 1
    no_data : float, the value that means "no number", or None
    compression : str
    lossless : bool
    """

    kind: str
    shape: tuple
    bits: int = 8
    sample: str = "unsigned"
    used_bits: int = 8
    colour: str = "RGB"
    alpha: str = ""
    orientation: int = 1
    profile: bytes | None = None
    resolution: tuple | None = None
    page: int = 0
    pages: int = 1
    moving: bool = False
    value_range: tuple = (0, 255)
    no_data: float | None = None
    compression: str = ""
    lossless: bool = True

    @property
    def ending(self):
        """Return the ending with which a changed picture of this kind loses nothing it has."""
        deep = self.bits > 8
        if self.sample != "unsigned" or self.bits > 16 or "TIFF" in self.kind:
            return ".tif"
        return ".png" if deep else ENDINGS.get(self.kind, ".png")

    @property
    def profile_name(self):
        """Name the colour profile: "" where there is none or the usual one, sRGB."""
        if not self.profile:
            return ""
        try:
            known = ImageCms.ImageCmsProfile(io.BytesIO(self.profile))
            name = ImageCms.getProfileDescription(known).strip()
        except (ImageCms.PyCMSError, OSError):
            return "unreadable"
        return "" if "srgb" in name.casefold() else name

    def upright(self):
        """Return the same with rows and columns as they are seen."""
        if self.orientation not in SIDEWAYS:
            return self
        turned = self.resolution and self.resolution[::-1]
        return self._replace(shape=self.shape[::-1], resolution=turned)


class Picture(NamedTuple):
    """A picture as it is seen, and what its file says.

    Attributes
    ----------
    pixels : array of shape (M, N) or (M, N, 3)
        uint8 for files of up to 8 bits; for deeper ones within [0, 1], float32 up to 16 bits and
        float64 above. Colours are not multiplied by the alpha.
    alpha : array of shape (M, N), dtype and scale of `pixels`, or None
    missing : array of shape (M, N), bool, or None
        Pixels that hold no number (NaN, infinite, "no data"); they are 0 in `pixels`.
    about : About
    notes : tuple of str, half-sentences on what was done or left out
    """

    pixels: np.ndarray
    alpha: np.ndarray | None
    missing: np.ndarray | None
    about: About
    notes: tuple

    @property
    def form(self):
        """Return the `ImageFormat`."""
        channels = 1 if self.pixels.ndim == 2 else 3
        return ImageFormat(
            "uint8" if self.pixels.dtype == np.uint8 else "uint16",
            channels if self.alpha is None else 4,
        )

    def filtered(self, function):
        """Return the pixels after a filter in which hidden colours have no say."""
        return filter_visible(function, self.pixels, self.alpha)

    def on_white(self):
        """Return the pixels laid on white, as a viewer shows them."""
        return lay_on_white(self.pixels, self.alpha)

    def flat(self):
        """Return the same picture laid on white, without an alpha."""
        if self.alpha is None:
            return self
        notes = tuple(note.replace(ASIDE, "transparency is laid on white") for note in self.notes)
        return self._replace(pixels=self.on_white(), alpha=None, notes=notes)

    def grey(self):
        """Return the pixels laid on white, weighed into one channel of shape (M, N)."""
        seen = self.on_white()
        return seen if seen.ndim == 2 else to_grey(seen)


class Labels(NamedTuple):
    """A mask as its file stores it: values of shape (M, N) or (M, N, 3), palette, About."""

    values: np.ndarray
    palette: np.ndarray | None
    about: About


class Raw(NamedTuple):
    """Decoded samples before they are understood.

    Attributes
    ----------
    samples : array of shape (M, N) or (M, N, S): colours, then the alpha if there is one
    about : About
    palette : array of shape (K, 3) or (K, 4), uint8, or None
    key : tuple of samples that mean "transparent", or None
    notes : tuple of str
    """

    samples: np.ndarray
    about: About
    palette: np.ndarray | None = None
    key: tuple | None = None
    notes: tuple = ()


class Opened(NamedTuple):
    """A file whose header is known.

    Attributes
    ----------
    about : About
    load : function that decodes the pixels as `Raw`
    turn_to : function of a page that returns it as `Opened`, or None if the file is opened anew
    """

    about: About
    load: Callable
    turn_to: Callable | None = None


def open_with_pillow(plugin, content):
    """Open bytes with one named plugin of Pillow, past its own look at the size.

    Parameters
    ----------
    plugin : str, such as "GIF"
    content : bytes

    Returns
    -------
    PIL.Image.Image
    """
    if plugin not in Image.OPEN:
        Image.init()
    if plugin not in Image.OPEN:
        raise Unusable(f"{plugin} is not read by this build of Pillow")
    return Image.OPEN[plugin][0](io.BytesIO(content), None)


def resolution_of(header):
    """Return the pixels per inch that Pillow found, or None."""
    dpi = header.info.get("dpi")
    if not dpi or not all(np.isfinite(float(value)) and float(value) > 0 for value in dpi):
        return None
    return tuple(float(value) for value in dpi)


def orientation_of(exif):
    """Return the orientation from 1 to 8 that an `Image.Exif` names, or 1."""
    found = exif.get(0x0112, 1)
    return found if found in range(1, 9) else 1
