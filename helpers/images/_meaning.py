"""From stored samples to a picture as it is seen: palette, inks, range, alpha, orientation."""

import io

import numpy as np
from PIL import Image, ImageCms

from helpers.images._about import Labels, Picture, Unusable
from helpers.images._alpha import unpremultiply
from helpers.images._ranges import choose_range, dtype_for, scale

TURNS = {  # from what is stored to what is seen, by the number in the file
    1: lambda array: array,
    2: lambda array: array[:, ::-1],
    3: lambda array: array[::-1, ::-1],
    4: lambda array: array[::-1],
    5: lambda array: np.swapaxes(array, 0, 1),
    6: lambda array: np.rot90(array, -1),
    7: lambda array: np.swapaxes(array[::-1, ::-1], 0, 1),
    8: lambda array: np.rot90(array),
}


def understand(raw, value_range=None, dtype=None):
    """Turn decoded samples into a picture.

    Parameters
    ----------
    raw : Raw
    value_range : None, "used" or (low, high)
    dtype : numpy dtype of deep pixels, optional

    Returns
    -------
    Picture
    """
    about, notes = raw.about, list(raw.notes)
    colours, alpha = _split(raw)
    missing = None
    if about.colour == "palette":
        colours, alpha = _look_up(colours, raw.palette)
        pixels = colours
    else:
        missing, told = _missing(colours, raw)
        about, told_range = choose_range(colours, about, value_range, missing)
        if missing is not None:
            colours = colours.copy()
            colours[missing] = np.asarray(about.value_range[0]).astype(colours.dtype)
        kind = dtype_for(about)
        pixels = scale(colours, about, kind if kind == np.uint8 else dtype or kind)
        notes += [*told, *told_range]
    if about.colour == "white is zero":
        pixels = (255 if pixels.dtype == np.uint8 else 1) - pixels
    if missing is not None:
        pixels[missing] = 0
    if alpha is not None:
        alpha = _scale_alpha(alpha, about, pixels.dtype)
    if about.colour in ("CMYK", "YCCK"):
        pixels, how = _mix_inks(pixels, about)
        notes.append(how)
    if about.alpha == "premultiplied":
        pixels = unpremultiply(pixels, alpha)
    pixels, alpha, missing = (
        None if part is None else turn(part, about.orientation) for part in (pixels, alpha, missing)
    )
    return Picture(pixels, alpha, missing, about.upright(), tuple(notes))


def turn(array, orientation):
    """Return an array upright, as an orientation from 1 to 8 asks, in one piece."""
    return np.ascontiguousarray(TURNS[orientation](array))


def as_labels(raw):
    """Turn decoded samples into values of a mask, not scaled.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    Labels

    Raises
    ------
    Unusable
        If the values are no whole numbers.
    """
    about, palette = raw.about, raw.palette
    values = _split(raw)[0]
    if values.dtype.kind == "f":
        if not (np.isfinite(values).all() and (values == np.rint(values)).all()):
            raise Unusable("a mask of floats that are no whole numbers")
        values = values.astype(np.int32)
    if about.colour == "white is zero":
        values = about.value_range[1] - values
    palette = None if palette is None else palette[:, :3]
    return Labels(turn(values, about.orientation), palette, about.upright())


def _split(raw):
    """Return colours and alpha, each as stored."""
    samples, about = raw.samples, raw.about
    if raw.key is not None and about.colour in ("grey", "RGB"):
        key = np.array(raw.key) & (2**about.bits - 1)
        differs = samples != (key[0] if samples.ndim == 2 else key)
        seen = differs if samples.ndim == 2 else differs.any(axis=2)
        return samples, seen * samples.dtype.type(about.value_range[1])
    if not about.alpha or samples.ndim == 2:
        return samples, None
    colours = samples[..., :-1]
    return (colours[..., 0] if colours.shape[2] == 1 else colours), samples[..., -1]


def _look_up(indices, palette):
    """Return colours and alpha; indices that the palette lacks are black, as viewers show them."""
    full = np.zeros((max(int(indices.max()) + 1, len(palette)), palette.shape[1]), dtype=np.uint8)
    full[: len(palette)] = palette
    full[len(palette) :, 3:] = 255
    found = full[indices]
    return (found[..., :3], found[..., 3]) if palette.shape[1] == 4 else (found, None)


def _missing(colours, raw):
    """Find pixels that hold no number; return None where all do."""
    lacks = None
    if raw.about.sample == "float":
        limit = np.finfo(colours.dtype).max  # written for "no data" where no tag says so
        lacks = ~(np.abs(colours) < limit)
    told = raw.about.no_data
    if told is not None and np.isfinite(told):
        given = colours == np.asarray(told).astype(colours.dtype)
        lacks = given if lacks is None else lacks | given
    if lacks is None or not lacks.any():
        return None, []
    lacks = lacks if lacks.ndim == 2 else lacks.any(axis=2)
    count = np.count_nonzero(lacks)
    return lacks, [f"{count} pixel{'s hold' if count > 1 else ' holds'} no number: taken as black"]


def _scale_alpha(alpha, about, dtype):
    top = 1.0 if about.sample == "float" else 2.0 ** (about.bits - (about.sample == "signed")) - 1
    if about.colour == "palette" or (dtype == np.uint8 and top == 255):
        return np.ascontiguousarray(alpha)
    cover = np.clip(np.nan_to_num(alpha.astype(np.float64)) / top, 0, 1)
    return np.rint(255 * cover).astype(np.uint8) if dtype == np.uint8 else cover.astype(dtype)


def _mix_inks(pixels, about):
    """Turn cyan, magenta, yellow and black into red, green and blue, with the profile if any."""
    profile = _cmyk_profile(about)
    if profile is None:
        if pixels.dtype == np.uint8:
            size = pixels.shape[1::-1]
            inks = Image.frombytes("CMYK", size, np.ascontiguousarray(pixels).tobytes())
            mixed = np.array(inks.convert("RGB"))
        else:
            mixed = (1 - pixels[..., :3]) * (1 - pixels[..., 3:])
        return mixed, f"{about.colour} turned into RGB without a profile: colours are approximate"
    inks = pixels if pixels.dtype == np.uint8 else np.rint(255 * pixels).astype(np.uint8)
    inks = Image.frombytes("CMYK", inks.shape[1::-1], np.ascontiguousarray(inks).tobytes())
    mixed = np.array(
        ImageCms.profileToProfile(
            inks,
            profile,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    )
    mixed = mixed if pixels.dtype == np.uint8 else (mixed / 255).astype(pixels.dtype)
    return mixed, f"{about.colour} turned into RGB with its profile ({about.profile_name})"


def _cmyk_profile(about):
    if not about.profile or about.profile[16:20] != b"CMYK":
        return None
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(about.profile))
    except (ImageCms.PyCMSError, OSError):
        return None
