"""Transforms that are meant to keep the label of a picture; whether they do is for you to decide.

All take (M, N) or (M, N, 3), uint8, or float32 or float64 in [0, 1], leave the input as it was and
return its dtype. Lengths are pixels if they are whole numbers and shares of the side if floats.
Outside the picture lies what `border` says: "reflect" (the default), "nearest" or "constant", 0.
"""

import cv2
import numpy as np

from helpers._arguments import not_negative, positive, probability
from helpers.augment import _drawing, _geometry, _places
from helpers.augment._annotations import transform_boxes as transform_boxes
from helpers.augment._annotations import transform_mask as transform_mask
from helpers.augment._annotations import transform_outline as transform_outline
from helpers.augment._colours import jitter_colour as jitter_colour
from helpers.augment._drawing import check_operations as check_operations
from helpers.augment._geometry import BORDERS as BORDERS
from helpers.augment._geometry import INTERPOLATIONS as INTERPOLATIONS
from helpers.augment._geometry import picture
from helpers.augment._levels import autocontrast as autocontrast
from helpers.augment._levels import equalize as equalize
from helpers.augment._levels import invert as invert
from helpers.augment._levels import posterize as posterize
from helpers.augment._levels import sharpen as sharpen
from helpers.augment._levels import solarize as solarize
from helpers.augment._places import direction_of, pixels_of
from helpers.augment._policies import OPERATIONS as OPERATIONS
from helpers.augment._policies import Step as Step
from helpers.augment._policies import apply_operation as apply_operation
from helpers.augment._policies import apply_policy as apply_policy
from helpers.augment._policies import draw_policy as draw_policy
from helpers.augment._policies import rand_augment as rand_augment
from helpers.augment._policies import trivial_augment as trivial_augment


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
    image = picture(image)
    return cv2.flip(image, 1 if direction_of(direction) == "horizontal" else 0)


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
        "nearest" invents no new values: right for masks and labels. "cubic" is as exact as float32.

    Returns
    -------
    array of the shape and dtype of `image`, larger with `expand`
    """
    image = picture(image)
    rows, columns = image.shape[:2]
    matrix = _geometry.rotation(image.shape, degrees)
    if expand:
        cosine, sine = np.abs(matrix[0, :2])
        size = (
            int(np.ceil(columns * sine + rows * cosine - 1e-9)),
            int(np.ceil(columns * cosine + rows * sine - 1e-9)),
        )
        matrix[:, 2] += (size[1] - columns) / 2, (size[0] - rows) / 2
    else:
        size = (rows, columns)
    return _geometry.warp(image, matrix, size, border, interpolation)


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
    image = picture(image)
    rows, columns = image.shape[:2]
    matrix = _geometry.translation(
        pixels_of(down, rows, "down"), pixels_of(right, columns, "right")
    )
    return _geometry.warp(image, matrix, (rows, columns), border, interpolation)


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
    image = picture(image)
    matrix = _geometry.scaling(image.shape, positive(factor, "factor"))
    return _geometry.warp(image, matrix, image.shape[:2], border, interpolation)


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
    image = picture(image)
    spans = []
    for name, first, size, start, side in zip(
        *(("rows", "columns"), ("top", "left"), (rows, columns), (top, left), image.shape[:2]),
        strict=True,
    ):
        size = round(pixels_of(size, side, name))
        start = (side - size) // 2 if start is None else round(pixels_of(start, side, first))
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
    image, sigma = picture(image), not_negative(sigma, "sigma")
    if sigma == 0:
        return image.copy()
    return _geometry.clipped(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))


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
    image = picture(image).copy()
    spans = []
    for name, first, size, start, side in zip(
        *(("rows", "columns"), ("top", "left"), (rows, columns), (top, left), image.shape[:2]),
        strict=True,
    ):
        start, size = round(pixels_of(start, side, first)), round(pixels_of(size, side, name))
        if size < 0:
            raise ValueError(f"`{name}` must be at least 0; got {size}.")
        spans.append(slice(max(start, 0), max(start + size, 0)))
    image[tuple(spans)] = _value(value, image)
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
    first, second = picture(first, "first"), picture(second, "second")
    if first.shape != second.shape or first.dtype != second.dtype:
        raise ValueError(
            "`first` and `second` must agree in shape and dtype; got "
            f"{first.shape} {first.dtype} and {second.shape} {second.dtype}."
        )
    weight = probability(weight, "weight")
    return _geometry.clipped(cv2.addWeighted(first, weight, second, 1 - weight, 0))


def random_transform(image, *, operations=(1, 3), border="reflect", rng=None):
    """Apply one to three different random transforms, of moderate strength.

    Flip, rotate, shift, scale and crop (enlarged to the old size) become one warp, so that the
    picture is interpolated once; then follow blur, colours and a grey erased rectangle.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
        Colours are changed only where there are any.
    operations : (int, int)
        Least and most operations, within [1, 8] (7 for a grey picture).
    border : {"reflect", "nearest", "constant"}
        What lies outside; "constant" for pictures with boxes, since a mirrored thing has no box.
    rng : Generator or seed, optional

    Returns
    -------
    transformed : array of the shape and dtype of `image`
    description : dict of str -> dict
        Each operation with its arguments; `repeat_transform` repeats it exactly, also from JSON.
    """
    image = picture(image)
    rng = np.random.default_rng(rng)
    description = _drawing.draw(operations, rng, colour=image.ndim == 3)
    return repeat_transform(image, description, border=border), description


def repeat_transform(image, description, *, border="reflect"):
    """Apply what `random_transform` did to a picture, once more.

    Not for masks of labels: it interpolates, which invents labels between two others. They are
    for `transform_mask`, and boxes for `transform_boxes`.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    description : dict of str -> dict
        Names of operations and their arguments; lengths are shares of the sides.
    border : {"reflect", "nearest", "constant"}

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image = picture(image)
    matrix = _places.matrix_of(image.shape, description)
    if _places.only_flips(description):
        image = flip(image, **description["flip"])
    elif matrix is not None:
        image = _geometry.warp(image, matrix, image.shape[:2], border)
    for name, function in (("blur", blur), ("jitter_colour", jitter_colour)):
        if name in description:
            image = function(image, **description[name])
    if "erase" in description:
        middle = 128 if image.dtype == np.uint8 else 0.5
        image = erase(image, **description["erase"], value=middle)
    return image if description else image.copy()


def _value(value, image):
    """Check a grey value or a colour in the units of the picture."""
    given, top = np.asarray(value), 255 if image.dtype == np.uint8 else 1
    if given.shape not in ((), image.shape[2:]):
        raise ValueError(f"`value` must be one number, or three for colour; got {value}.")
    whole = top == 1 or np.all(given == np.floor(given))
    if not (whole and np.all((given >= 0) & (given <= top))):
        kind = "whole and within [0, 255]" if top == 255 else "within [0, 1]"
        raise ValueError(f"`value` must be {kind}; got {value}.")
    return given
