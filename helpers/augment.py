"""Transforms that are meant to keep the label of a picture; whether they do is for you to decide.

All take (M, N) or (M, N, 3), uint8 or float in [0, 1], leave the input as it was and return its
dtype. Lengths are pixels if they are whole numbers and shares of the side if they are floats.
Outside the picture lies what `border` says: "reflect" (the default), "nearest" or "constant", 0.
"""

import cv2
import numpy as np

from helpers._validation import not_negative, positive, probability
from helpers.images import check_image

BORDERS = {
    "reflect": cv2.BORDER_REFLECT,
    "nearest": cv2.BORDER_REPLICATE,
    "constant": cv2.BORDER_CONSTANT,
}
INTERPOLATIONS = {
    "nearest": cv2.INTER_NEAREST,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
}


def flip(image, direction="horizontal"):
    """Mirror a picture.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    direction : {"horizontal", "vertical"}
        Exchange left and right, or top and bottom.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = _picture(image)
    if direction not in ("horizontal", "vertical"):
        raise ValueError(f'`direction` must be "horizontal" or "vertical"; got {direction!r}.')
    return image[:, ::-1].copy() if direction == "horizontal" else image[::-1].copy()


def rotate(image, degrees, *, expand=False, border="reflect", interpolation="linear"):
    """Rotate anticlockwise about the centre.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    degrees : float
    expand : bool
        Make the canvas large enough for the whole picture; else its corners are lost.
    border : {"reflect", "nearest", "constant"}
    interpolation : {"linear", "nearest", "cubic"}
        "nearest" invents no new values: right for masks and labels.

    Returns
    -------
    array of the shape and dtype of `image`, larger with `expand`
    """
    image = _picture(image)
    rows, columns = image.shape[:2]
    matrix = _rotation(image.shape, degrees)
    if expand:
        cosine, sine = np.abs(matrix[0, :2])
        size = (
            int(np.ceil(columns * sine + rows * cosine - 1e-9)),
            int(np.ceil(columns * cosine + rows * sine - 1e-9)),
        )
        matrix[:, 2] += (size[1] - columns) / 2, (size[0] - rows) / 2
    else:
        size = (rows, columns)
    return _warp(image, matrix, size, border, interpolation)


def shift(image, down=0, right=0, *, border="reflect", interpolation="linear"):
    """Move the content down and to the right (negative: up and left) on the same canvas.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    down, right : whole numbers of pixels, or floats as shares of the side
    border, interpolation
        As for `rotate`.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = _picture(image)
    rows, columns = image.shape[:2]
    matrix = _translation(_pixels(down, rows), _pixels(right, columns))
    return _warp(image, matrix, (rows, columns), border, interpolation)


def scale(image, factor, *, border="reflect", interpolation="linear"):
    """Enlarge (or shrink, below 1) the content about its centre on the same canvas.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    factor : float > 0
    border, interpolation
        As for `rotate`.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = _picture(image)
    matrix = _scaling(image.shape, positive(factor, "factor"))
    return _warp(image, matrix, image.shape[:2], border, interpolation)


def crop(image, rows, columns, *, top=None, left=None):
    """Cut out a rectangle, by default from the middle.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    rows, columns : size of the cut, in pixels or as shares of the sides
    top, left : first row and column, in pixels or shares, optional

    Returns
    -------
    array of shape (rows, columns) or (rows, columns, 3), a copy
    """
    image = _picture(image)
    spans = []
    for name, size, start, side in zip(
        ("rows", "columns"), (rows, columns), (top, left), image.shape, strict=False
    ):
        size = round(_pixels(size, side))
        start = (side - size) // 2 if start is None else round(_pixels(start, side))
        if size < 1 or start < 0 or start + size > side:
            raise ValueError(
                f"`{name}` must lie inside the picture of {side}; got {size} from {start}."
            )
        spans.append(slice(start, start + size))
    return image[tuple(spans)].copy()


def blur(image, sigma):
    """Smooth with a Gaussian.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    sigma : float >= 0
        Standard deviation in pixels; 0 changes nothing.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, sigma = _picture(image), not_negative(sigma, "sigma")
    if sigma == 0:
        return image.copy()
    return cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)


def jitter_colour(image, *, hue=0.0, saturation=1.0, brightness=1.0, contrast=1.0):
    """Change colours without wrapping: hue turns as an angle, all else is clipped.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
        Grey pictures have no hue or saturation to change.
    hue : float, in degrees
    saturation, brightness : float >= 0
        Factors of saturation and value (HSV); on grey pictures brightness is a plain factor.
    contrast : float >= 0
        Factor of the distance from the mean of the picture.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = _picture(image)
    saturation = not_negative(saturation, "saturation")
    brightness = not_negative(brightness, "brightness")
    contrast = not_negative(contrast, "contrast")
    if image.ndim == 2 and (hue != 0 or saturation != 1):
        raise ValueError(f"`image` must have colours to change their hue; got {image.shape}.")
    top = 255 if image.dtype == np.uint8 else 1
    values = image.astype(np.float32) / top
    if image.ndim == 3 and (hue != 0 or saturation != 1):
        hsv = cv2.cvtColor(values, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0] + hue) % 360
        hsv[..., 1] = np.minimum(hsv[..., 1] * saturation, 1)
        values = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    values *= brightness
    if contrast != 1:
        values = values.mean() + contrast * (values - values.mean())
    return _back(values * top, image.dtype)


def erase(image, rows, columns, *, top, left, value=0):
    """Cover a rectangle, as much of it as lies inside, with one value.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    rows, columns, top, left : in pixels or as shares of the sides
    value : number, or three for a colour picture, in the units of the picture

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, spans = _picture(image).copy(), []
    for size, start, side in zip((rows, columns), (top, left), image.shape, strict=False):
        start = round(_pixels(start, side))
        stop = start + round(_pixels(size, side))
        spans.append(slice(max(start, 0), max(stop, 0)))
    image[tuple(spans)] = value
    return image


def blend(first, second, weight=0.5):
    """Mix two pictures of one shape and dtype: weight * first + (1 - weight) * second.

    Parameters
    ----------
    first, second : arrays of one shape and dtype
    weight : float in [0, 1]

    Returns
    -------
    array of that shape and dtype; the label of a blend is a blend of the labels
    """
    first, second = _picture(first, "first"), _picture(second, "second")
    if first.shape != second.shape or first.dtype != second.dtype:
        raise ValueError(
            "`first` and `second` must agree in shape and dtype; got "
            f"{first.shape} {first.dtype} and {second.shape} {second.dtype}."
        )
    weight = probability(weight, "weight")
    return cv2.addWeighted(first, weight, second, 1 - weight, 0)


def _rotation(shape, degrees):
    """Return the 2 x 3 matrix that rotates anticlockwise about the middle of a picture."""
    rows, columns = shape[:2]
    if not np.isfinite(degrees):
        raise ValueError(f"`degrees` must be a finite number; got {degrees}.")
    return cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), float(degrees), 1)


def _scaling(shape, factor):
    """Return the 2 x 3 matrix that scales about the middle of a picture."""
    rows, columns = shape[:2]
    return cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), 0, factor)


def _translation(down, right):
    """Return the 2 x 3 matrix that moves down and to the right."""
    return np.array([[1, 0, right], [0, 1, down]], dtype=np.float64)


def _warp(image, matrix, size, border="reflect", interpolation="linear"):
    """Apply a 2 x 3 matrix that maps (column, row) of the input to (column, row) of the output."""
    if border not in BORDERS:
        raise ValueError(f"`border` must be one of {', '.join(BORDERS)}; got {border!r}.")
    if interpolation not in INTERPOLATIONS:
        raise ValueError(
            f"`interpolation` must be one of {', '.join(INTERPOLATIONS)}; got {interpolation!r}."
        )
    flags = INTERPOLATIONS[interpolation]
    warped = cv2.warpAffine(
        image, matrix, (size[1], size[0]), flags=flags, borderMode=BORDERS[border]
    )
    return warped if image.dtype == np.uint8 else np.clip(warped, 0, 1, out=warped)  # cubic


def _picture(image, name="image"):
    image = check_image(image, name=name)
    if image.dtype == np.bool_:
        raise TypeError(f"`{name}` must be uint8 or float; got bool: convert with `as_uint8`.")
    return np.ascontiguousarray(image)


def _pixels(length, side):
    """Read whole numbers as pixels and floats as shares of the side."""
    if isinstance(length, bool) or not np.isfinite(length):
        raise ValueError(f"lengths must be whole pixels or float shares; got {length}.")
    return length if isinstance(length, int | np.integer) else length * side


def _back(values, dtype):
    if dtype == np.uint8:
        values = np.rint(values)
    return np.clip(values, 0, 255 if dtype == np.uint8 else 1).astype(dtype)
