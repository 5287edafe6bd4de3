"""Picture files written, whole or not at all, with what another file says of itself."""

import os
import uuid
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers.files import write_whole
from helpers.images._about import About, ImageFormat, Picture
from helpers.images._alpha import premultiply
from helpers.images._arrays import as_float, check_image, to_grey
from helpers.images._encoders import PILLOW, encode, encode_tiff
from helpers.images._ranges import restore
from helpers.images._reading import read_picture

BAND = 512  # rows that are floats at the same time
DEEP = (".png", ".tif", ".tiff")  # endings that keep 16 bits
CLEAR = (*DEEP, *PILLOW)  # endings that keep transparency
SPACES = {1: b"GRAY", 2: b"GRAY", 3: b"RGB ", 4: b"RGB "}  # of profiles, by number of channels


class _Wish(NamedTuple):
    """What a written file is to be like."""

    form: ImageFormat
    about: About | None = None
    alpha: np.ndarray | None = None
    missing: np.ndarray | None = None


def write_image(path, image, *, like=None, alpha=None):
    """Write a picture, whole or not at all, in the format that the ending of `path` names.

    Parameters
    ----------
    path : str or Path
    image : array of shape (M, N) or (M, N, 3), RGB, bool, uint8 or float in [0, 1]
    like : path, Picture or ImageFormat, optional
        Restore depth and channels of that picture. A file or a `Picture` also gives its range,
        profile, resolution and, where the size agrees, its alpha and missing pixels.
    alpha : array of shape (M, N), bool, uint8 or float in [0, 1], or False, optional
        Another alpha channel; False writes none.

    Raises
    ------
    ValueError
        If that ending cannot be written, or cannot hold what `like` asks for.
    """
    path, image = Path(path), check_image(image)
    wish = _wish(like, image, alpha)
    ending = path.suffix.lower()
    _check_ending(path, ending, wish)
    samples, profile, resolution = _samples(image, wish)
    content = encode(ending, samples, profile=profile, resolution=resolution, like=wish.about)
    if content is None:
        raise ValueError(f"`path` must have an ending that can hold {wish.form}; got {path.name}.")
    write_whole(path, content)


def encode_image(ending, image, *, profile=None):
    """Return the bytes of a picture file, for jobs that note what they write.

    Parameters
    ----------
    ending : str, such as ".png" or ".jpg"
    image : array of shape (M, N) or (M, N, 3), RGB, bool, uint8 or float in [0, 1]
    profile : bytes of an ICC profile, optional
        Kept if it is one for such colours.

    Returns
    -------
    bytes
    """
    image = check_image(image)
    wish = _wish(None, image, None)
    _check_ending(Path(f"a{ending}"), ending, wish)
    fits = profile and profile[16:20] == SPACES[wish.form.channels]
    return encode(ending, _to_depth(image, wish), profile=profile if fits else None)


def write_pages(path, pages):
    """Write a TIFF file of several pages, one by one, whole or not at all.

    Parameters
    ----------
    path : str or Path, ending in .tif or .tiff
    pages : iterable of (image, like)
        As for `write_image`.

    Raises
    ------
    ValueError
        If the ending is another one.
    """
    path = Path(path)
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise ValueError(f"`path` must end in .tif to hold pages; got {path.name}.")
    spare = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        encode_tiff((_page(image, like) for image, like in pages), spare)
        os.replace(spare, path)
    except BaseException:
        spare.unlink(missing_ok=True)
        raise


def _page(image, like):
    wish = _wish(like, image := check_image(image), None)
    return *_samples(image, wish), wish.about


def _wish(like, image, alpha):
    if like is None:
        wish = _Wish(ImageFormat("uint8", 1 if image.ndim == 2 else 3))
    elif isinstance(like, ImageFormat):
        wish = _Wish(like)
    else:
        found = like if isinstance(like, Picture) else read_picture(like)
        wish = _Wish(found.form, found.about, found.alpha, found.missing)
        if wish.form.channels == 4 and found.pixels.ndim == 2:
            wish = wish._replace(form=ImageFormat(wish.form.depth, 2))
    if alpha is None:
        return wish
    colours = {2: 1, 4: 3}.get(wish.form.channels, wish.form.channels)
    if alpha is False:
        return wish._replace(form=wish.form._replace(channels=colours), alpha=None)
    alpha = check_image(alpha, name="alpha", colour=False)
    if alpha.shape != image.shape[:2]:
        rule = f"have the shape of the picture, {image.shape[:2]}"
        raise ValueError(f"`alpha` must {rule}; got {alpha.shape}.")
    return wish._replace(form=wish.form._replace(channels=colours + 1), alpha=alpha)


def _check_ending(path, ending, wish):
    deep = wish.form.depth == "uint16"
    own = wish.about is not None and (wish.about.sample != "unsigned" or wish.about.bits > 16)
    if own and ending not in (".tif", ".tiff"):
        kind = {"unsigned": f"{wish.about.bits} bits", "signed": "values below zero"}
        kept = kind.get(wish.about.sample, "floats")
        raise ValueError(f"`path` must end in .tif to keep {kept}; got {path.name}.")
    if (deep and ending not in DEEP) or (wish.form.channels in (2, 4) and ending not in CLEAR):
        kept = "16 bits" if deep else "transparency"
        raise ValueError(f"`path` must end in .png or .tif to keep {kept}; got {path.name}.")
    if ending not in CLEAR and ending != ".gif" and not cv2.haveImageWriter(f"a{ending}"):
        raise ValueError(f"`path` must end like a picture, such as .png or .jpg; got {path.name}.")


def _samples(image, wish):
    """Return samples, grey or RGB and perhaps with alpha, and the profile and resolution."""
    about, channels = wish.about, wish.form.channels
    if channels < 3 and image.ndim == 3:
        image = to_grey(as_float(image) if image.dtype == np.bool_ else image)
    if channels > 2 and image.ndim == 2:
        image = np.stack([image] * 3, axis=-1)
    alpha = _alpha(image, wish) if channels in (2, 4) else None
    if about is not None and about.alpha == "premultiplied" and alpha is not None:
        image = premultiply(_like_alpha(image, alpha), alpha)
    if about is not None and about.bits == 1 and channels == 1 and _is_black_and_white(image):
        samples = image > 0
    else:
        samples = _to_depth(image, wish)
    if wish.missing is not None and wish.missing.shape == samples.shape[:2]:
        gap = np.nan if about.no_data is None else about.no_data
        samples[wish.missing] = gap
    if alpha is not None:
        samples = np.dstack([samples, _alpha_to_depth(alpha, wish)])
    if about is None:
        return samples, None, None
    fits = about.profile and about.profile[16:20] == SPACES[channels]
    return samples, about.profile if fits else None, about.resolution


def _is_black_and_white(image):
    top = 255 if image.dtype == np.uint8 else 1
    return bool(((image == 0) | (image == top)).all())


def _like_alpha(image, alpha):
    return image if image.dtype == alpha.dtype else as_float(image).astype(alpha.dtype)


def _alpha(image, wish):
    """Return the alpha to write, opaque where there is none of that size."""
    alpha = wish.alpha
    if alpha is None or alpha.shape != image.shape[:2]:
        alpha = np.ones(image.shape[:2], dtype=bool)
    if image.dtype == np.uint8 and alpha.dtype != np.uint8:
        return np.rint(255 * as_float(alpha)).astype(np.uint8)
    return alpha if image.dtype == np.uint8 else as_float(alpha).astype(_real(image))


def _real(image):
    return image.dtype if image.dtype.kind == "f" else np.float64


def _is_own(about):
    """Tell whether a file's values come back as they were, not spread over the whole depth."""
    return about is not None and (about.sample != "unsigned" or about.bits in (16, 32, 64))


def _to_depth(image, wish):
    if _is_own(wish.about):
        return restore(as_float(image) if image.dtype == np.bool_ else image, wish.about)
    top = 65535 if wish.form.depth == "uint16" else 255
    if top == 255 and image.dtype == np.uint8:
        return image.copy()
    if wish.about is not None and wish.about.bits > 16:
        top = 2**32 - 1
    samples = np.empty(image.shape, dtype=np.min_scalar_type(top))
    for start in range(0, len(image), BAND):
        samples[start : start + BAND] = np.rint(as_float(image[start : start + BAND]) * top)
    return samples


def _alpha_to_depth(alpha, wish):
    about = wish.about
    if about is not None and about.sample == "signed":
        about = about._replace(value_range=(0, 2 ** (about.bits - 1) - 1))
    elif about is not None:
        top = 1 if about.sample == "float" else 2**about.bits - 1
        about = about._replace(value_range=(0, top))
    return _to_depth(alpha, wish._replace(about=about))
