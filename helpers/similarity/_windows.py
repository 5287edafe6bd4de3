"""Structural similarity: mean, map and gradient of a pair of pictures."""

import numpy as np

from helpers._arguments import positive
from helpers.similarity._places import pair
from helpers.similarity._tiles import tiles, window_of

FARTHEST = 1000  # ranges from 0: up to there, rounding of the squares moves a score by < 1e-5


def structural_similarity(reference, image, *, window=7, data_range=None):
    """Return the mean structural similarity (SSIM) of all windows that lie inside.

    Parameters
    ----------
    reference, image : arrays of one shape and dtype, (M, N) or (M, N, 3), uint8 or float
        Colour is compared channel by channel, then averaged.
    window : odd int >= 3, or "gaussian"
        Width in pixels of a square in which all pixels count alike, with sample variances (n - 1);
        or the window of the paper: 11 x 11, Gaussian of SD 1.5, with variances by n. Report it.
    data_range : float > 0, optional
        Distance from the darkest to the brightest value possible. Default: 255 for uint8, 1 for
        floats within [0, 1]; for other floats it must be given.

    Returns
    -------
    float
        At most 1, for equal pictures; below 0 where one is rather the negative of the other. It is
        neither a share nor a distance.

    Raises
    ------
    ValueError, TypeError
        If shapes or dtypes differ, a picture is smaller than the window, or the range is unknown
        or less than a thousandth of the largest value.

    References
    ----------
    Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, Image quality assessment: from error
    visibility to structural similarity, IEEE Trans. Image Processing 13 (2004) 600-612,
    doi:10.1109/TIP.2003.819861.
    """
    channels, look, data_range = _prepare(reference, image, window, data_range)
    inside = [size - look.size + 1 for size in channels[0][0].shape]
    total = sum(part.sum() for x, y in channels for *_, part in tiles(x, y, look, data_range))
    return float(total / (np.prod(inside) * len(channels)))


def structural_similarity_map(reference, image, *, window=7, data_range=None):
    """Return the structural similarity of every window; their mean is `structural_similarity`.

    Parameters
    ----------
    reference, image, window, data_range
        As for `structural_similarity`.

    Returns
    -------
    array of shape (M - w + 1, N - w + 1) or (M - w + 1, N - w + 1, 3), float64
        Element ``[i, j]`` belongs to the window of width w whose upper left pixel is ``[i, j]``.
    """
    channels, look, data_range = _prepare(reference, image, window, data_range)
    inside = [size - look.size + 1 for size in channels[0][0].shape]
    maps = np.empty((*inside, len(channels)))
    for channel, (x, y) in enumerate(channels):
        for rows, columns, part in tiles(x, y, look, data_range):
            maps[rows, columns, channel] = part
    return maps if np.ndim(reference) == 3 else maps[..., 0]


def structural_similarity_gradient(reference, image, *, window=7, data_range=None):
    """Return how much `structural_similarity` rises for each unit that a pixel of `image` rises.

    Parameters
    ----------
    reference, image, window, data_range
        As for `structural_similarity`.

    Returns
    -------
    array of the shape of `image`, float64
    """
    channels, look, data_range = _prepare(reference, image, window, data_range)
    gradients = [_gradient(x, y, look, data_range) for x, y in channels]
    gradient = np.stack(gradients, axis=-1) / len(channels)
    return gradient if np.ndim(reference) == 3 else gradient[..., 0]


def _prepare(reference, image, window, data_range):
    """Check the arguments; return pairs of channels, the window, and the range."""
    reference, image = pair(reference, image)
    look = window_of(window)
    if min(reference.shape[:2]) < look.size:
        raise ValueError(
            f"Both sides must be at least as long as the window of {look.size} pixels; got "
            f"{reference.shape[:2]}."
        )
    data_range = _range(reference, image, data_range)
    split = [np.atleast_3d(picture) for picture in (reference, image)]
    channels = [tuple(picture[..., c] for picture in split) for c in range(split[0].shape[2])]
    return channels, look, data_range


def _range(reference, image, asked):
    """Return the range that was asked for, or that a dtype stands for unless floats leave it."""
    is_bytes = reference.dtype == np.uint8
    low, high = 0, 255
    if not is_bytes:
        low, high = min(reference.min(), image.min()), max(reference.max(), image.max())
    if asked is None:
        if not is_bytes and (low < 0 or high > 1):
            raise ValueError(
                "`data_range` must be given for floats outside [0, 1]; these go from "
                f"{low:.4g} to {high:.4g}."
            )
        return 255 if is_bytes else 1
    asked = positive(asked, "data_range")
    if max(-low, high) > FARTHEST * asked:
        raise ValueError(
            "`data_range` must be at least a thousandth of the largest value, or rounding decides; "
            f"got {asked:.4g} for values from {low:.4g} to {high:.4g}."
        )
    return asked


def _gradient(x, y, window, data_range):
    """Return the gradient of the mean of the map with respect to `y`, for one channel."""
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    x, y, edge = x.astype(np.float64), y.astype(np.float64), window.size // 2

    def inside(values):
        window.average(values, out := np.empty_like(values))
        return out[edge:-edge, edge:-edge]

    def spread(weights):
        """Hand each weight to the pixels of its window."""
        window.average(
            np.pad(weights, 2 * edge), out := np.empty([n + 4 * edge for n in weights.shape])
        )
        return out[edge:-edge, edge:-edge]

    m_x, m_y = inside(x), inside(y)
    k = window.correction
    a1, b1 = 2 * m_x * m_y + c1, m_x**2 + m_y**2 + c1
    a2 = 2 * k * (inside(x * y) - m_x * m_y) + c2
    b2 = k * (inside(x * x + y * y) - m_x**2 - m_y**2) + c2
    by_product, by_square = 2 * k * a1 / (b1 * b2), -k * a1 * a2 / (b1 * b2**2)
    by_mean = 2 * a2 / (b1 * b2) * (m_x - a1 * m_y / b1) - by_product * m_x - 2 * by_square * m_y
    slope = spread(by_mean) + x * spread(by_product) + 2 * y * spread(by_square)
    return slope / a1.size
