"""Maps of pixel places as matrices of shape (2, 3), and the one warp that applies them."""

import cv2
import numpy as np

from helpers._arguments import positive
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
CUBIC_64 = ("cubic", np.dtype(np.float64))
FOUR = 1 << 22  # values of a picture that is small enough to be copied twice


def rotation(shape, degrees):
    """Return the matrix that rotates anticlockwise about the middle of a picture.

    Parameters
    ----------
    shape : the first two are rows and columns
    degrees : float

    Returns
    -------
    array of shape (2, 3), for `warp`
    """
    rows, columns = shape[:2]
    if not np.isfinite(degrees):
        raise ValueError(f"`degrees` must be a finite number; got {degrees}.")
    middle = (columns - 1) / 2, (rows - 1) / 2
    return cv2.getRotationMatrix2D(middle, float(degrees), 1).round(12)  # cos(90) is 6e-17


def scaling(shape, factor):
    """Return the matrix that scales about the middle of a picture.

    Parameters
    ----------
    shape : the first two are rows and columns
    factor : float > 0

    Returns
    -------
    array of shape (2, 3), for `warp`
    """
    rows, columns = shape[:2]
    return cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), 0, factor)


def shearing(shape, down, right):
    """Return the matrix that moves columns down and rows to the right, by their distance.

    Parameters
    ----------
    shape : the first two are rows and columns
    down, right : float
        Pixels that a column goes down for each column to the right of the middle, and that a row
        goes to the right for each row below it.

    Returns
    -------
    array of shape (2, 3), for `warp`
    """
    rows, columns = shape[:2]
    move = -right * (rows - 1) / 2, -down * (columns - 1) / 2
    return np.array([[1, right, move[0]], [down, 1, move[1]]], dtype=np.float64)


def translation(down, right):
    """Return the matrix that moves down and to the right.

    Parameters
    ----------
    down, right : float, in pixels

    Returns
    -------
    array of shape (2, 3), for `warp`
    """
    return np.array([[1, 0, right], [0, 1, down]], dtype=np.float64)


def mirroring(shape, direction):
    """Return the matrix that exchanges left and right, or with "vertical" top and bottom."""
    rows, columns = shape[:2]
    if direction == "horizontal":
        return np.array([[-1, 0, columns - 1], [0, 1, 0]], dtype=np.float64)
    return np.array([[1, 0, 0], [0, -1, rows - 1]], dtype=np.float64)


def enlarging(shape, rows, columns, top, left):
    """Return the matrix that stretches a rectangle, all in shares, over the whole canvas.

    Edges of pixels are mapped to edges: a centre lies half a pixel inside its edge.
    """
    rows, columns = positive(rows, "rows"), positive(columns, "columns")
    down, right = 0.5 - top * shape[0], 0.5 - left * shape[1]
    return np.array(
        [[1 / columns, 0, right / columns - 0.5], [0, 1 / rows, down / rows - 0.5]],
    )


def composed(matrices):
    """Return the one matrix that does what the given ones do in turn."""
    product = np.eye(3)
    for matrix in matrices:
        square = np.eye(3)
        square[:2] = matrix
        product = square @ product
    return product[:2]


def warp(image, matrix, size, border="reflect", interpolation="linear"):
    """Apply a matrix that maps (column, row) of the input to (column, row) of the output.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8, or float32 or float64 in [0, 1]
    matrix : array of shape (2, 3)
    size : rows and columns of the output
    border, interpolation
        As for `rotate`.

    Returns
    -------
    array of `size`, of the dtype of `image`
    """
    mode = border_mode(border)
    if interpolation not in INTERPOLATIONS:
        raise ValueError(
            f"`interpolation` must be one of {', '.join(INTERPOLATIONS)}; got {interpolation!r}."
        )
    # OpenCV 5.0 leaves the rim of float64 pictures black with cubic interpolation.
    source = image.astype(np.float32) if (interpolation, image.dtype) == CUBIC_64 else image
    ways = {"flags": INTERPOLATIONS[interpolation], "borderMode": mode}
    is_bytes = image.dtype == np.uint8 and interpolation == "linear"
    if is_bytes and image.ndim == 3 and image.size <= FOUR:
        # OpenCV interpolates four channels in half the time of three, to the same values.
        four = cv2.cvtColor(image, cv2.COLOR_RGB2RGBA)
        return cv2.cvtColor(cv2.warpAffine(four, matrix, size[::-1], **ways), cv2.COLOR_RGBA2RGB)
    warped = cv2.warpAffine(source, matrix, size[::-1], **ways)
    return clipped(warped.astype(image.dtype, copy=False))


def moved(values, matrix, border="reflect"):
    """Apply a matrix to labels, each new pixel taking the label of the old one that is nearest.

    Parameters
    ----------
    values : array of shape (M, N) or (M, N, 3), of a dtype that OpenCV warps
    matrix : array of shape (2, 3)
    border
        As for `rotate`.

    Returns
    -------
    array of the shape and dtype of `values`
    """
    size, flags, mode = values.shape[1::-1], cv2.INTER_NEAREST, border_mode(border)
    return cv2.warpAffine(values, matrix, size, flags=flags, borderMode=mode)


def border_mode(border):
    """Return the flag of OpenCV for what lies outside a picture."""
    if border not in BORDERS:
        raise ValueError(f"`border` must be one of {', '.join(BORDERS)}; got {border!r}.")
    return BORDERS[border]


def clipped(values):
    """Cut what cubic interpolation and rounding put outside [0, 1]; OpenCV does so for bytes."""
    return values if values.dtype == np.uint8 else np.clip(values, 0, 1, out=values)


def picture(image, name="image"):
    """Return a checked picture in an order of memory that OpenCV takes."""
    image = check_image(image, name=name)
    if image.dtype != np.uint8 and (image.dtype.kind == "b" or image.dtype.itemsize not in (4, 8)):
        raise TypeError(
            f"`{name}` must be uint8, float32 or float64; got {image.dtype}: convert with "
            "`as_uint8` or `as_float`."
        )
    return np.ascontiguousarray(image, dtype=image.dtype.newbyteorder("="))
