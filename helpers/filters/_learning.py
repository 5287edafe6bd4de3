"""Kernels found from a picture before and after: in one piece, or step by step."""

import numpy as np

from helpers._arguments import numbers, odd, positive, whole

BLOCK = 1 << 14  # windows at a time: their table stays in the cache


def learn_kernel(before, after, size=3):
    """Find the kernel whose convolution brings one picture nearest to another (least squares).

    Only windows that lie wholly inside the picture count, so no border is assumed.

    Parameters
    ----------
    before, after : arrays of shape (M, N), uint8 or float
    size : odd int >= 3, in pixels

    Returns
    -------
    array of shape (size, size), float64
        For `convolve`: ``convolve(before, kernel)`` is near to `after`.

    Raises
    ------
    ValueError
        If more than one kernel does it, as in a picture of stripes or with too few windows.
    """
    before, after, size = _pair(before, after, odd(size))
    products, _ = _products(before, after, size)
    scales = np.linalg.eigvalsh(products[:-1, :-1])
    if not scales[0] > 1e-13 * scales[-1]:
        known = np.count_nonzero(scales > 1e-13 * scales[-1])
        raise ValueError(
            f"`before` must have windows that differ in {size**2} ways; got {known}, so that more "
            "than one kernel would do."
        )
    weights = np.zeros(size**2)
    for _ in range(3):  # squared condition: the second and third pass solve what is left over
        left = sum(b[:-1] @ (b[-1] - weights @ b[:-1]) for b in _equations(before, after, size))
        weights += np.linalg.solve(products[:-1, :-1], left)
    return weights.reshape(size, size)[::-1, ::-1]


def descend(kernel, before, after, rate, steps=1):
    """Move a kernel downhill: less the rate times the slope of the mean squared error.

    Parameters
    ----------
    kernel : array of shape (size, size), size odd
    before, after : arrays of shape (M, N), uint8 or float
        The error is that of ``convolve(before, kernel)``, over windows inside the picture.
    rate : float > 0, per unit of `before` squared
    steps : int >= 1

    Returns
    -------
    array of shape (size, size), float64

    Raises
    ------
    ValueError
        If the kernel grows beyond all bounds: above a rate of 2 over the largest curvature each
        step is too long.
    """
    kernel = numbers(kernel, "kernel").astype(np.float64)
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1]:
        raise ValueError(f"`kernel` must have shape (size, size); got {kernel.shape}.")
    before, after, size = _pair(before, after, odd(len(kernel), "len(kernel)"))
    rate, steps = positive(rate, "rate"), whole(steps, "steps")
    products, count = _products(before, after, size)
    curvature, target = 2 * products[:-1, :-1] / count, 2 * products[:-1, -1] / count
    weights = kernel[::-1, ::-1].ravel()
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            weights = weights - rate * (curvature @ weights - target)
    if not np.isfinite(weights).all():
        limit = 2 / np.linalg.eigvalsh(curvature)[-1]
        raise ValueError(f"`rate` must be below {limit:.3g} for this picture; got {rate:g}.")
    return weights.reshape(size, size)[::-1, ::-1]


def _pair(before, after, size):
    """Check two grey pictures of one shape that hold at least one window."""
    before, after = numbers(before, "before"), numbers(after, "after")
    if before.ndim != 2 or before.shape != after.shape:
        raise ValueError(
            "`before` and `after` must have one shape (M, N); got "
            f"{before.shape} and {after.shape}."
        )
    if min(before.shape) < size:
        raise ValueError(f"`before` must be at least {size} pixels a side; got {before.shape}.")
    return before, after, size


def _products(before, after, size):
    """Return the sums of products of all pairs of columns of the equations, and their number."""
    blocks = _equations(before, after, size)
    total = sum(block @ block.T for block in blocks)
    return total, (before.shape[0] - size + 1) * (before.shape[1] - size + 1)


def _equations(before, after, size):
    """Yield blocks of columns: the pixels of a window, and below them the pixel wanted."""
    half, width = size // 2, before.shape[1] - size + 1
    step = max(1, BLOCK // width)
    for top in range(0, before.shape[0] - size + 1, step):
        rows = min(step, before.shape[0] - size + 1 - top)
        block = np.empty((size**2 + 1, rows, width))
        for number in range(size**2):
            down, right = divmod(number, size)
            block[number] = before[top + down : top + down + rows, right : right + width]
        block[-1] = after[top + half : top + half + rows, half : half + width]
        yield block.reshape(size**2 + 1, -1)
