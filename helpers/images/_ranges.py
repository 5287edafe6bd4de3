"""Which values of a file become black and white, and the way there and back."""

from numbers import Real

import numpy as np

from helpers.images._about import Unusable

USUAL = 8  # bits that every picture may leave unused without a word


def check_range(value_range):
    """Return a range as given, or None; refuse what is neither a pair nor "used".

    Parameters
    ----------
    value_range : None, "used" or (low, high)

    Raises
    ------
    ValueError
        If it is something else, or `low` is not below `high`.
    """
    if value_range is None or (isinstance(value_range, str) and value_range == "used"):
        return value_range
    fits = isinstance(value_range, (tuple, list)) and len(value_range) == 2
    fits = fits and all(isinstance(v, Real) and np.isfinite(v) for v in value_range)
    if not fits or not value_range[0] < value_range[1]:
        raise ValueError(
            '`value_range` must be "used" or two numbers, the lower first, such as (0, 4095); '
            f"got {value_range!r}."
        )
    return tuple(value_range)


def choose_range(samples, about, value_range, missing):
    """Return the `About` with the range that is used and the bits that are, and what to tell.

    Parameters
    ----------
    samples : array, the colours as stored
    about : About
    value_range : None, "used" or (low, high)
    missing : array of shape (M, N), bool, or None

    Returns
    -------
    (About, list of str)
    """
    if about.sample == "unsigned":
        about, told = _of_unsigned(samples, about, value_range == "used")
    else:
        about, told = _of_values(samples, about, missing)
    if value_range is None or value_range == "used":
        return about, told
    low, high = value_range
    beyond = np.count_nonzero((samples < low) | (samples > high))
    cut = f"; {beyond} values beyond are cut off" if beyond else ""
    told = [f"{low:g} to {high:g} became black to white{cut}"]
    return about._replace(value_range=value_range), told


def _of_unsigned(samples, about, only_used):
    if about.bits <= USUAL:
        return about, []
    top = int(samples.max())
    used = min(max(top.bit_length(), USUAL), about.bits)
    about = about._replace(used_bits=used)
    if used >= about.bits - 1 or top == 0:
        return about, []
    told = f"its values end at {top}, so {used} of its {about.bits} bits are used"
    if only_used:
        return about._replace(value_range=(0, 2**used - 1)), [f"{told}: {2**used - 1} is white"]
    return about, [f'{told} and it is dark: `value_range="used"` makes {2**used - 1} white']


def _of_values(samples, about, missing):
    """Take 0 to 1 if a float file stays within, else its lowest to its highest value."""
    kind = f"{about.bits}-bit float" if about.sample == "float" else f"signed {about.bits} bits"
    known = samples if missing is None else samples[~missing]
    if known.size == 0:
        return about, [f"{kind} without a single number"]
    low, high = float(known.min()), float(known.max())
    if about.sample == "float" and low >= 0 and high <= 1:
        return about._replace(value_range=(0, 1)), []
    if not np.isfinite(high - low):
        raise Unusable(f"{kind} from {low:.3g} to {high:.3g}, too far apart to be scaled")
    top = high if high > low else low + 1
    told = f"{kind}, {low:.6g} to {high:.6g}: the lowest became black, the highest white"
    return about._replace(value_range=(low, top)), [told]


def scale(samples, about, dtype):
    """Return samples as a picture: uint8, or float within [0, 1].

    Parameters
    ----------
    samples : array of numbers as stored
    about : About, with the range
    dtype : numpy dtype

    Returns
    -------
    array of the same shape
    """
    low, high = about.value_range
    if dtype == np.uint8:
        if (low, high) == (0, 255):
            return samples
        levels = np.clip((np.arange(256) - low) / (high - low), 0, 1)
        return np.rint(255 * levels).astype(np.uint8)[samples]
    image = samples.astype(dtype)
    if low:
        image -= low
    image /= high - low
    return np.clip(image, 0, 1, out=image)


def restore(image, about):
    """Return a picture as samples of the kind that its file stores: the inverse of `scale`.

    Parameters
    ----------
    image : array, uint8 or float within [0, 1]
    about : About

    Returns
    -------
    array of the same shape, of the file's own type
    """
    low, high = about.value_range
    values = image / 255.0 if image.dtype == np.uint8 else image.astype(np.float64)
    values = low + values * (high - low)
    if about.sample == "float":
        return values.astype(f"f{max(about.bits, 16) // 8}" if about.bits != 24 else "f4")
    size = next(size for size in (1, 2, 4, 8) if 8 * size >= about.bits)
    return np.rint(values).astype(f"{'i' if about.sample == 'signed' else 'u'}{size}")


def dtype_for(about):
    """Return the dtype of the pixels that a file gives: enough for all of its bits."""
    if about.colour == "palette" or (about.sample == "unsigned" and about.bits <= 8):
        return np.dtype(np.uint8)
    return np.dtype(np.float32 if about.bits <= 16 else np.float64)
