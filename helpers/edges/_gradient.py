"""Slopes of a picture: Sobel's, or those of the picture blurred by a Gaussian."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import at_least, numbers

SOBEL = np.array([-1, 0, 1]) / 2, np.array([1, 2, 1]) / 4  # a slope of 1 per pixel gives 1
REFLECT = cv2.BORDER_REFLECT  # d c b a | a b c d


class Gradient(NamedTuple):
    """The slope of a picture in each pixel, two arrays of shape (M, N), units per pixel."""

    down: np.ndarray
    right: np.ndarray

    @property
    def strength(self):
        """The length of the arrow: the slope in the steepest direction, units per pixel."""
        return np.hypot(self.down, self.right)

    @property
    def direction(self):
        """Where brightness rises, in radians: 0 is right, pi / 2 down; the edge lies across."""
        return np.arctan2(self.down, self.right)


def gradient(image, sigma=None):
    """Measure how steeply brightness rises downwards and to the right.

    Parameters
    ----------
    image : array of shape (M, N), uint8 or float
    sigma : float >= 0.5, in pixels, optional
        Blur by a Gaussian of this SD first, which is one step with its derivative as the kernel,
        cut at 4 sigma. Without it, Sobel's kernels are used, divided by 8.

    Returns
    -------
    Gradient
        `down` and `right`, float64 for float64 and else float32, in units of `image` per pixel:
        a ramp that rises by 1 per pixel has slope 1, whatever the sigma.

    References
    ----------
    J. Canny, A computational approach to edge detection, IEEE Transactions on Pattern Analysis
    and Machine Intelligence 8 (1986) 679-698, doi:10.1109/TPAMI.1986.4767851.
    """
    image = grey(image)
    slope, average = SOBEL if sigma is None else _gaussian(at_least(sigma, "sigma", 0.5))
    depth = cv2.CV_64F if image.dtype == np.float64 else cv2.CV_32F
    pairs = (average, slope), (slope, average)  # along a row, along a column
    return Gradient(*(cv2.sepFilter2D(image, depth, *pair, borderType=REFLECT) for pair in pairs))


def grey(image, name="image"):
    """Return a grey picture, or a map of its shape, in an order and dtype that OpenCV takes."""
    image = np.asarray(image)
    if image.ndim != 2 or image.size == 0:
        raise ValueError(
            f"`{name}` must be grey, of shape (M, N); got {image.shape}. See `images.to_grey`."
        )
    if image.dtype == np.uint8:
        return np.ascontiguousarray(image)
    if image.dtype.kind != "f" or image.dtype.itemsize not in (4, 8):
        raise TypeError(f"`{name}` must be uint8, float32 or float64; got {image.dtype}.")
    return np.ascontiguousarray(numbers(image, name), dtype=image.dtype.newbyteorder("="))


def _gaussian(sigma):
    """Return the derivative of a Gaussian, scaled so that a ramp keeps its slope, and itself."""
    x = np.arange(-int(4 * sigma + 0.5), int(4 * sigma + 0.5) + 1)
    weights = np.exp(-0.5 * (x / sigma) ** 2)
    return x * weights / np.sum(x**2 * weights), weights / weights.sum()
