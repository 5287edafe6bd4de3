"""Neighbourhood and frequency operators on pictures.

All take (M, N) or (M, N, 3), uint8 or float, treat colour channel by channel, leave the input as
it was and return its dtype; signed results (`laplacian`, `high_pass`) are float. Outside the
picture, linear filters see it reflected (d c b a | a b c d), rank filters see its edge repeated
or only what is inside, as each says.
"""

import cv2
import numpy as np
from scipy import ndimage

from helpers._arguments import not_negative, odd, one_of, positive, whole
from helpers.filters._bands import channels_of, checked, native, with_range
from helpers.filters._frequency import slow_waves, wide_average
from helpers.filters._learning import descend as descend
from helpers.filters._learning import learn_kernel as learn_kernel
from helpers.filters._rank import REACH, crimmins_pass, in_bands, median_of_nine
from helpers.images import as_uint8

BORDERS = {
    "reflect": cv2.BORDER_REFLECT,  # d c b a | a b c d
    "mirror": cv2.BORDER_REFLECT_101,  # d c b | a b c d: the default of OpenCV
    "nearest": cv2.BORDER_REPLICATE,  # a a a | a b c d
    "constant": cv2.BORDER_CONSTANT,  # 0 0 0 | a b c d
}
WIDE = 20  # pixels: from this sigma on the cosine transform is exact and faster than a kernel
LARGEST_MEDIAN = {1: 255, 4: 5, 8: 0}  # of OpenCV, by the bytes of a value


def convolve(image, kernel, *, border="reflect"):
    """Convolve with a kernel: flip it, slide it, sum the products.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    kernel : array of shape (odd, odd)
    border : {"reflect", "mirror", "nearest", "constant"}
        What lies outside, in the words of SciPy; "constant" is 0.

    Returns
    -------
    array of the shape and dtype of `image`; uint8 is rounded and clipped to 0..255

    Notes
    -----
    ``cv2.filter2D`` correlates: it does not flip the kernel.
    """
    image, kernel = checked(image), np.asarray(kernel)
    if kernel.dtype.kind not in "biuf":
        raise TypeError(f"`kernel` must hold real numbers; got {kernel.dtype}.")
    if kernel.ndim != 2 or kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0:
        raise ValueError(f"`kernel` must have two odd sides; got shape {kernel.shape}.")
    if not np.isfinite(kernel).all():
        raise ValueError("`kernel` must be finite; got NaN or infinity.")
    border = BORDERS[one_of(border, "border", BORDERS)]
    flipped = np.ascontiguousarray(kernel[::-1, ::-1], dtype=np.float64)
    return cv2.filter2D(image, -1, flipped, borderType=border)


def mean(image, size=3):
    """Replace each pixel by the mean of the `size` x `size` pixels around it.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    size : odd int >= 3, in pixels

    Returns
    -------
    array of the shape and dtype of `image`
    """
    if (image := native(image)).dtype != np.float64:  # OpenCV sums bytes and float32 exactly enough
        return _average(checked(image), odd(size))
    (image, low, high), size = with_range(image), odd(size)
    average = _average(image, size)
    return np.clip(average, low, high, out=average)  # undo what rounding adds


def gaussian(image, sigma):
    """Average with weights that fall off as exp(-r^2 / (2 sigma^2)).

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    sigma : float > 0, in pixels
        Below 20 the kernel is cut, at 3 sigma for uint8 and at 4 sigma for float.

    Returns
    -------
    array of the shape and dtype of `image`
    """
    (image, low, high), sigma = with_range(image), positive(sigma, "sigma")
    average = _blurred(image, sigma)
    # undo what rounding adds: an average lies between the smallest and the largest value
    return average if image.dtype == np.uint8 else np.clip(average, low, high, out=average)


def median(image, size=3):
    """Replace each pixel by the median of the `size` x `size` pixels around it, edges repeated.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    size : odd int >= 3, in pixels

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, size = checked(image), odd(size)
    if size <= LARGEST_MEDIAN[image.itemsize]:
        return cv2.medianBlur(image, size)
    if size == 3:
        return in_bands(image, median_of_nine, halo=1)
    window = (size, size) + (1,) * (image.ndim - 2)
    return ndimage.median_filter(image, window, mode="nearest")


def conservative(image, size=3):
    """Clip each pixel to the range of its neighbours, the pixel itself left out.

    Only neighbours inside the picture count. A pixel within the range of its neighbours keeps
    its value, so edges and texture stay and single spikes go.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    size : odd int >= 3, in pixels

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, size = checked(image), odd(size)
    if image.shape[:2] == (1, 1):
        return image.copy()
    ring = np.ones((size, size), dtype=np.uint8)
    ring[size // 2, size // 2] = 0

    def clip(rows):
        # the default border of OpenCV never wins a minimum or maximum: only the inside counts
        low, high = cv2.erode(rows, ring), cv2.dilate(rows, ring)
        return cv2.min(cv2.max(rows, low, dst=low), high, dst=low)

    return in_bands(image, clip, halo=size // 2)


def crimmins(image, iterations=1):
    """Take speckle away by complementary hulling: pull spikes in by one level at a time.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
        Floats are rounded to 256 levels first, since the step is one level.
    iterations : int >= 1
        Each moves a pixel by at most 16 levels; edges are repeated outside.

    Returns
    -------
    array of the shape and dtype of `image`

    References
    ----------
    T. R. Crimmins, Geometric filter for speckle reduction, Applied Optics 24 (1985) 1438-1443,
    doi:10.1364/AO.24.001438.
    """
    image, iterations = checked(image), whole(iterations, "iterations")
    if image.dtype != np.uint8:
        return (crimmins(as_uint8(image), iterations) / 255).astype(image.dtype)
    filtered = image
    for _ in range(iterations):
        channels = [in_bands(c, crimmins_pass, halo=REACH) for c in channels_of(filtered)]
        filtered = channels[0] if image.ndim == 2 else np.stack(channels, axis=-1)
    return filtered


def laplacian(image):
    """Sum the differences to the four neighbours: negative on bright spots, signed.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float

    Returns
    -------
    array of the shape of `image`, float32 for uint8 (in levels), else the dtype of `image`
    """
    image = checked(image)
    depth = cv2.CV_64F if image.dtype == np.float64 else cv2.CV_32F
    return cv2.Laplacian(image, depth, ksize=1, borderType=cv2.BORDER_REFLECT)


def unsharp_mask(image, *, radius=2.0, amount=1.5):
    """Add `amount` times what a Gaussian of SD `radius` takes away, clipped to the range.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    radius : float > 0, in pixels
    amount : float >= 0

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, low, high = with_range(image)
    radius, amount = positive(radius, "radius"), not_negative(amount, "amount")
    if image.dtype != np.uint8 and not 0 <= low <= high <= 1:
        raise ValueError(f"`image` must be within [0, 1]; got {low:.4g} to {high:.4g}.")
    blurred = _blurred(image, radius)
    sharp = cv2.addWeighted(image, 1 + amount, blurred, -amount, 0, dst=blurred)
    return sharp if image.dtype == np.uint8 else np.clip(sharp, 0, 1, out=sharp)


def low_pass(image, cutoff, *, shape="gaussian"):
    """Keep the slow waves of a picture, which is taken as one tile of an endless pattern.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float
    cutoff : float in (0, 0.71], in cycles per pixel
    shape : {"gaussian", "ideal", "butterworth"}
        Share kept of a wave of frequency f: exp(-f^2 / (2 cutoff^2)); 1 up to the cutoff and 0
        above it; 1 / (1 + (f / cutoff)^4).

    Returns
    -------
    array of the shape and dtype of `image`; uint8 is rounded and clipped, float may leave the
    range of `image`
    """
    image = checked(image)
    slow = slow_waves(image, cutoff, shape)
    return _levels(slow) if image.dtype == np.uint8 else slow


def high_pass(image, cutoff, *, shape="gaussian"):
    """Keep the fast waves: the picture minus its low-pass, signed.

    Parameters
    ----------
    image, cutoff, shape
        As for `low_pass`.

    Returns
    -------
    array of the shape of `image`, float32 for uint8 (in levels), else the dtype of `image`
    """
    image = checked(image)
    slow = slow_waves(image, cutoff, shape)
    return np.subtract(image, slow, out=slow)


def psnr(reference, image):
    """Return the peak signal-to-noise ratio in decibels: 10 log10(peak^2 / mean squared error).

    Parameters
    ----------
    reference, image : arrays of one shape and dtype, uint8 (peak 255) or float (peak 1)

    Returns
    -------
    float
        Larger is closer; infinity for equal pictures.
    """
    reference, image = checked(reference, "reference"), checked(image)
    if reference.shape != image.shape or reference.dtype != image.dtype:
        raise ValueError(
            "`reference` and `image` must agree in shape and dtype; got "
            f"{reference.shape} {reference.dtype} and {image.shape} {image.dtype}."
        )
    error = np.mean(np.square(np.subtract(reference, image, dtype=np.float64)))
    peak = 255 if image.dtype == np.uint8 else 1
    return float(10 * np.log10(peak**2 / error)) if error > 0 else float("inf")


def _average(image, size):
    return cv2.blur(image, (size, size), borderType=cv2.BORDER_REFLECT)


def _blurred(image, sigma):
    if sigma < WIDE:
        return cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    average = wide_average(image, sigma)
    return _levels(average) if image.dtype == np.uint8 else average


def _levels(values):
    return np.clip(np.rint(values, out=values), 0, 255, out=values).astype(np.uint8)
