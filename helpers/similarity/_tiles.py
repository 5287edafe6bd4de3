"""The map of structural similarity, tile by tile, from four moving averages of each pair.

SSIM = (2 m_x m_y + C1) (2 s_xy + C2) / ((m_x² + m_y² + C1) (s_x² + s_y² + C2)) in each window,
with C1 = (0.01 L)² and C2 = (0.03 L)² for the range L. Only the sum of the two variances is
needed, so four averages do: of x, y, x y and x² + y².
"""

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import odd, one_of

WIDE, HIGH = 256, 128  # pixels: five tiles of them, as float64, stay in the cache of a core
BELL, BELL_SD = 11, 1.5  # width and SD of the window of the paper, in pixels


class Window(NamedTuple):
    """How a neighbourhood of `size` pixels is averaged.

    `correction` turns E[xy] - E[x] E[y] into a covariance; `average` takes values and where the
    result goes.
    """

    size: int
    correction: float
    average: Callable


def window_of(window):
    """Return the `Window` that a width or a name asks for."""
    if isinstance(window, str):
        one_of(window, "window", ["gaussian"])

        def weigh(values, out):
            cv2.GaussianBlur(values, (BELL, BELL), BELL_SD, dst=out)

        return Window(BELL, 1, weigh)
    size = odd(window, "window")

    def average(values, out):
        cv2.boxFilter(values, -1, (size, size), dst=out)

    return Window(size, size**2 / (size**2 - 1), average)


def tiles(x, y, window, data_range):
    """Yield the map in tiles: their rows, their columns, and a view of the values."""
    halo, edge = window.size - 1, window.size // 2
    down, right = (
        _cuts(length - halo, max(most - halo, halo))  # the pixels that two tiles share weigh little
        for length, most in zip(x.shape, (HIGH, WIDE), strict=True)
    )
    room = np.empty((5, (down[0].stop + halo) * (right[0].stop + halo)))
    for rows in down:
        for columns in right:
            tile = tuple(slice(cut.start, cut.stop + halo) for cut in (rows, columns))
            height, width = (cut.stop - cut.start for cut in tile)
            buffers = room[:, : height * width].reshape(5, height, width)
            values = _similarity(x[tile], y[tile], window, data_range, buffers)
            yield rows, columns, values[edge : height - edge, edge : width - edge]


def _similarity(x, y, window, data_range, buffers):
    """Return the similarity around each pixel of a tile; its rim is made up.

    With the means product p = m_x m_y and the sum q = m_x² + m_y², and k the correction, SSIM is
    4 (p + C1 / 2) (E[xy] - p + C2 / 2k) / ((q + C1) (E[x² + y²] - q + C2 / k)).
    """
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2 / window.correction
    a, b, product, squares, spare = buffers
    a[...], b[...] = x, y
    np.multiply(a, b, out=product)
    np.multiply(a, a, out=squares)
    squares += np.multiply(b, b, out=spare)
    for values, out in ((a, spare), (b, a), (product, b), (squares, product)):
        window.average(values, out)
    mean_x, mean_y, shared, power, p = spare, a, b, product, squares
    np.multiply(mean_x, mean_y, out=p)
    mean_x *= mean_x
    mean_y *= mean_y
    mean_x += mean_y
    q = mean_x
    for moment, means, half in ((shared, p, 2), (power, q, 1)):
        moment -= means  # a covariance, the sum of two variances
        moment += c2 / half
        means += c1 / half
        means *= moment
    p /= q
    p *= 4
    return p


def _cuts(count, most):
    """Cut a length into equal slices of about `most`."""
    step = -(-count // max(1, round(count / most)))
    return [slice(start, min(count, start + step)) for start in range(0, count, step)]
