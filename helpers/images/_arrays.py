"""Pictures as arrays: dtype, range, channels and masks."""

import numpy as np

REC_601 = (0.299, 0.587, 0.114)
REC_709 = (0.2126, 0.7152, 0.0722)


def check_image(image, *, name="image", colour=None):
    """Return `image` as an array after checking shape, dtype and range.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]
    name : str
        Name of the argument, for the message.
    colour : bool, optional
        True demands (M, N, 3), False demands (M, N).

    Raises
    ------
    TypeError
        If the dtype is another one.
    ValueError
        If the shape is wrong, the picture is empty, or a float is NaN or outside [0, 1].
    """
    image = np.asarray(image)
    shapes = {None: "(M, N) or (M, N, 3)", True: "(M, N, 3)", False: "(M, N)"}[colour]
    is_colour = image.ndim == 3 and image.shape[-1] == 3
    fits = is_colour if colour else image.ndim == 2 or (colour is None and is_colour)
    if not fits or image.size == 0:
        raise ValueError(f"`{name}` must be a picture of shape {shapes}; got {image.shape}.")
    if image.dtype != np.uint8 and image.dtype.kind not in "bf":
        raise TypeError(f"`{name}` must be bool, uint8 or float; got {image.dtype}.")
    if image.dtype.kind == "f":
        low, high = image.min(), image.max()
        if not (low >= 0 and high <= 1):  # NaN fails both
            raise ValueError(f"`{name}` must be within [0, 1]; got {low:.4g} to {high:.4g}.")
    return image


def as_float(image):
    """Convert a picture to float64 in [0, 1]: uint8 is divided by 255.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]

    Returns
    -------
    array of the same shape, float64, always a new array
    """
    image = check_image(image)
    return image / 255.0 if image.dtype == np.uint8 else image.astype(np.float64)


def as_uint8(image):
    """Convert a picture to uint8 in 0..255: floats are multiplied by 255 and rounded.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]

    Returns
    -------
    array of the same shape, uint8, always a new array

    Raises
    ------
    ValueError
        If a float lies outside [0, 1]: clip on purpose, with ``np.clip``, or not at all.
    """
    image = check_image(image)
    return image.copy() if image.dtype == np.uint8 else np.rint(image * 255.0).astype(np.uint8)


def to_grey(image, *, weights=REC_601):
    """Weigh red, green and blue into one grey channel: the luma of an RGB picture.

    Parameters
    ----------
    image : array of shape (M, N, 3), uint8 or float in [0, 1]
    weights : three numbers that are not negative and sum to 1

    Returns
    -------
    array of shape (M, N), the dtype of `image` (uint8 is rounded)

    Notes
    -----
    On gamma-encoded values, as files store them, the result is luma, not luminance
    (ITU-R BT.601-7, section 2.5.1).
    """
    image = check_image(image, colour=True)
    if image.dtype == np.bool_:
        raise TypeError("`image` must be uint8 or float; got bool: a mask has no shades to weigh.")
    weights = np.asarray(weights, dtype=np.float64)
    if weights.shape != (3,) or not (weights >= 0).all() or abs(weights.sum() - 1) > 1e-3:
        raise ValueError(f"`weights` must be three shares that sum to 1; got {weights.tolist()}.")
    red, green, blue = np.moveaxis(image, -1, 0)
    grey = red * weights[0] + green * weights[1] + blue * weights[2]
    return (np.rint(grey) if image.dtype == np.uint8 else np.minimum(grey, 1)).astype(image.dtype)


def split_channels(image):
    """Return the red, green and blue channel as three copies of shape (M, N)."""
    image = check_image(image, colour=True)
    return tuple(image[..., channel].copy() for channel in range(3))


def middle_square(image):
    """Cut the largest square from the middle of a picture.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)

    Returns
    -------
    array of shape (S, S) or (S, S, 3), S = min(M, N)
        A view. If what is left over is odd, the smaller part lies above or to the left.
    """
    side = min(image.shape[:2])
    top, left = ((n - side) // 2 for n in image.shape[:2])
    return image[top : top + side, left : left + side]


def disc_mask(shape, *, center=None, radius=None):
    """Mark the pixels whose centres lie within a disc.

    Parameters
    ----------
    shape : the first two are rows and columns
    center : (row, column), optional
        Default: the middle of the picture, ``(M - 1) / 2, (N - 1) / 2``.
    radius : float >= 0, in pixels, optional
        Default: the largest disc that fits, ``min(M, N) / 2``.

    Returns
    -------
    array of shape (M, N), bool
    """
    rows, columns = shape[:2]
    row, column = ((rows - 1) / 2, (columns - 1) / 2) if center is None else center
    radius = min(rows, columns) / 2 if radius is None else radius
    if not radius >= 0:
        raise ValueError(f"`radius` must be at least 0; got {radius}.")
    down, right = np.ogrid[:rows, :columns]
    return (down - row) ** 2 + (right - column) ** 2 <= radius**2
