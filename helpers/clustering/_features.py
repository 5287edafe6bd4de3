"""Numbers that describe a picture, and columns brought to one scale."""

from itertools import pairwise

import cv2
import numpy as np

from helpers._arguments import table as check_table
from helpers._arguments import whole
from helpers.images import as_float, check_image, to_grey

TEXTURES = ("mean", "contrast", "fine", "small", "middle", "coarse", "upright")
SCALES = (1, 2, 4, 8)  # SDs of the blurs, in pixels
LEVEL = 0.5 / 255  # half a level: the logarithm of a flat picture stays finite


def standardise(features):
    """Bring each column to mean 0 and standard deviation 1; a constant column becomes 0.

    Parameters
    ----------
    features : array of shape (n, d), finite numbers

    Returns
    -------
    array of shape (n, d), float64

    Raises
    ------
    ValueError
        If the features are no table of finite numbers.
    """
    features = check_table(features, "features")
    moved = features - features.mean(axis=0)
    sds = np.sqrt(np.mean(moved**2, axis=0))
    constant = (features == features[0]).all(axis=0)  # their mean is rounded: 0 only nearly
    return np.where(constant, 0, moved / np.where(constant | (sds == 0), 1, sds))


def colour_histogram(image, bins=4):
    """Return the share of the pixels in each of `bins` ** 3 boxes of red, green and blue.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), bool, uint8 or float in [0, 1]
        A grey picture is taken as one whose channels are equal.
    bins : int from 1 to 16
        Steps of equal size in each channel.

    Returns
    -------
    array of shape (bins**3,), float64, sum 1
        Red changes slowest. For k-means take the square roots: then few pixels count as much as
        many, and the squared distance is that of Hellinger.

    Raises
    ------
    ValueError
        If `bins` is no such number.
    """
    image, bins = check_image(image), whole(bins, "bins")
    if bins > 16:
        raise ValueError(f"`bins` must be at most 16; got {bins}.")
    if image.dtype == np.uint8:
        steps = image.astype(np.intp) * bins // 256
    else:
        steps = np.minimum(image.astype(np.float64) * bins, bins - 1).astype(np.intp)
    if steps.ndim == 2:
        steps = np.repeat(steps[:, :, None], 3, axis=2)
    boxes = (steps[..., 0] * bins + steps[..., 1]) * bins + steps[..., 2]
    return np.bincount(boxes.ravel(), minlength=bins**3) / boxes.size


def texture_features(image):
    """Describe the grey levels of a picture by seven numbers, named in `TEXTURES`.

    Mean level; standard deviation; then how much there is between blurs of 0, 1, 2, 4 and 8
    pixels, from fine to coarse, as logarithms of standard deviations; and the logarithm of the
    ratio of differences across to differences down: above 0 for upright stripes.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), M and N >= 2, bool, uint8 or float in [0, 1]

    Returns
    -------
    array of shape (7,), float64
        In units that differ: scale the columns of many pictures with `standardise`.

    Raises
    ------
    ValueError
        If a side is shorter than two pixels.
    """
    image = check_image(image)
    if min(image.shape[:2]) < 2:
        raise ValueError(f"`image` must have sides of at least 2 pixels; got {image.shape}.")
    levels = as_float(image)
    levels = to_grey(levels) if levels.ndim == 3 else levels
    blurs = [levels, *(cv2.GaussianBlur(levels, (0, 0), scale) for scale in SCALES)]
    bands = [np.std(fine - coarse) for fine, coarse in pairwise(blurs)]
    across, down = (np.diff(levels, axis=axis).std() + LEVEL for axis in (1, 0))
    logs = np.log(np.array(bands) + LEVEL)
    return np.array([levels.mean(), levels.std(), *logs, np.log(across / down)])
