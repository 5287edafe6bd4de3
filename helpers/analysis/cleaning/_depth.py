"""A picture at its own depth: its finest step, what of it is seen, and how it is written."""

import numpy as np
from scipy import ndimage

from helpers.analysis.cleaning._choice import clean
from helpers.images import filter_visible, lay_on_white, write_image


def finest_step(about):
    """Return the finest step of a file in levels of 255: 1 for 8 bits, next to 0 for floats.

    Parameters
    ----------
    about : images.About

    Returns
    -------
    float
    """
    low, high = about.value_range
    if about.sample == "float":
        return 255 * 2.0**-16
    return 255 / max(1, high - low) if about.bits > 8 else 1.0


def see(picture):
    """Return a picture as it is seen, and which pixels are.

    Parameters
    ----------
    picture : images.Picture

    Returns
    -------
    (pixels, visible)
        Transparency laid on white; pixels without a number hold the nearest one. `visible` is an
        array of shape (M, N), bool, or None if all are.
    """
    pixels, hidden = picture.pixels, picture.missing
    if hidden is not None and not hidden.all():
        near = ndimage.distance_transform_edt(hidden, return_distances=False, return_indices=True)
        pixels = pixels[tuple(near)]
    if picture.alpha is not None:
        clear = picture.alpha == 0
        hidden = clear if hidden is None else hidden | clear
    return lay_on_white(pixels, picture.alpha), None if hidden is None else ~hidden


def clean_picture(picture, method, strength):
    """Filter a picture at its own depth; what is hidden or holds no number has no say.

    Parameters
    ----------
    picture : images.Picture
    method : a key of `FILTERS`, or "none"
    strength : int in 1..5

    Returns
    -------
    array of the shape and dtype of `picture.pixels`
    """
    alpha = picture.alpha
    if picture.missing is not None:
        full = 255 if picture.pixels.dtype == np.uint8 else 1
        alpha = (
            np.full(picture.missing.shape, full, picture.pixels.dtype) if alpha is None else alpha
        )
        alpha = np.where(picture.missing, 0, alpha).astype(picture.pixels.dtype)
    return filter_visible(lambda image: clean(image, method, strength), picture.pixels, alpha)


def write_cleaned(folder, pixels, picture, path):
    """Write a cleaned picture with the depth, range, profile and resolution that it came with.

    Parameters
    ----------
    folder : Path
    pixels : array of the shape of `picture.pixels`
    picture : images.Picture
    path : Path of the original

    Returns
    -------
    (name, note)
        The note is empty if the ending is the original's.
    """
    ending = picture.about.ending
    name = f"cleaned{ending}"
    write_image(folder / name, pixels, like=picture)
    same = path.suffix.lower() in (ending, *{".jpg": [".jpeg"], ".tif": [".tiff"]}.get(ending, []))
    note = "" if same else f"written as {ending[1:].upper()}, which loses nothing of the picture"
    return name, note


def tell_picture(name, picture):
    """Say what was read, for the top of a page.

    Parameters
    ----------
    name : str, of the file
    picture : images.Picture

    Returns
    -------
    str
    """
    about, rows_columns = picture.about, " x ".join(map(str, picture.pixels.shape[:2]))
    colours = "grey" if picture.pixels.ndim == 2 else "colour"
    kind = {"unsigned": "", "signed": "signed ", "float": "float "}[about.sample]
    parts = [f"{name}: {rows_columns} pixels, {colours}, {kind}{about.bits} bits"]
    parts += [f"colour profile {about.profile_name}: kept"] if about.profile_name else []
    if picture.missing is not None:
        parts.append(f"{picture.missing.sum()} pixels without a number: left as they are")
    notes = [note for note in picture.notes if "hold no number" not in note]
    return "; ".join([*parts, *notes])
