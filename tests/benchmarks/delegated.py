"""Filters that hand the work to OpenCV: beside the bare calls, and beside SciPy and scikit-image.

Bytes take the time of the bare call. Floats cannot: NaN and infinity are refused, and the one pass
that proves there are none takes 25 to 45 µs on a picture of 1 MB, where OpenCV takes 105 for a
Laplacian and 130 for a median or mean; the Gaussian needs smallest and largest value and a clip,
two reads and a write, 70 to 130 beside its 410. So floats reach 0.7 to 0.85 of the bare speed; 0.6
leaves a reserve.

Against SciPy the limit is OpenCV. Bare, at 512² and float32, it is 13, 5.4 and 7 times as fast for
mean 3, mean 9 and Gaussian 2; at float64 9, 6.7 and 4.5 times, with 2 MB a pass for range and clip
on top. The wide Gaussian is a cosine transform there and back, of float64 nearly all of its time.
"""

import cv2
import numpy as np
import skimage.filters
from report import Row
from scipy import ndimage

from helpers import filters

REFLECT = cv2.BORDER_REFLECT
AS_FAST = {"over_library": 1 / 1.1, "slack": 5e-6}  # what a check of arguments may cost
CHECKED = {"over_library": 0.6}
OVER_SLOW = {  # times as fast as SciPy and scikit-image, where it is not 6
    "float32": {"mean 9": 3.7, "gaussian 2": 4.6, "unsharp_mask": 4.8},
    "float64": {
        **{"mean 3": 4, "mean 9": 3, "gaussian 2": 2.8, "gaussian 30": 4.3},
        **{"laplacian": 5.4, "unsharp_mask": 3.1},
    },
}


def named(kernel, image, rival=""):
    return f"{kernel}, {len(image)}² {image.dtype}{rival and ', '}{rival}"


def bare_unsharp(image):
    blurred = cv2.GaussianBlur(image, (0, 0), 2, borderType=REFLECT)
    sharp = cv2.addWeighted(image, 2.5, blurred, -1.5, 0)
    return sharp if image.dtype == np.uint8 else np.clip(sharp, 0, 1)


def bare_rows(image):
    """Hold the filters that delegate against what they delegate to."""
    pairs = {
        "mean 3": (
            lambda: filters.mean(image),
            lambda: cv2.blur(image, (3, 3), borderType=REFLECT),
        ),
        "mean 9": (
            lambda: filters.mean(image, 9),
            lambda: cv2.blur(image, (9, 9), borderType=REFLECT),
        ),
        "gaussian 2": (
            lambda: filters.gaussian(image, 2),
            lambda: cv2.GaussianBlur(image, (0, 0), 2, borderType=REFLECT),
        ),
        "laplacian": (
            lambda: filters.laplacian(image),
            lambda: cv2.Laplacian(image, cv2.CV_32F, borderType=REFLECT),
        ),
        "unsharp_mask": (lambda: filters.unsharp_mask(image), lambda: bare_unsharp(image)),
        "median 3": (lambda: filters.median(image), lambda: cv2.medianBlur(image, 3)),
    }
    checked = image.dtype != np.uint8
    return [
        Row(
            name=named(kernel, image, "bare OpenCV"),
            ours=ours,
            library=bare,
            # the bare unsharp mask has a clip as well
            **(CHECKED if checked and kernel != "unsharp_mask" else AS_FAST),
        )
        for kernel, (ours, bare) in pairs.items()
    ]


def slow_rows(image):
    """Hold the same filters against SciPy and scikit-image."""
    pairs = {
        ("mean 3", "SciPy"): (
            lambda: filters.mean(image),
            lambda: ndimage.uniform_filter(image, 3),
        ),
        ("mean 9", "SciPy"): (
            lambda: filters.mean(image, 9),
            lambda: ndimage.uniform_filter(image, 9),
        ),
        ("gaussian 2", "SciPy"): (
            lambda: filters.gaussian(image, 2),
            lambda: ndimage.gaussian_filter(image, 2),
        ),
        ("gaussian 30", "SciPy"): (
            lambda: filters.gaussian(image, 30),
            lambda: ndimage.gaussian_filter(image, 30),
        ),
        ("gaussian 2", "skimage"): (
            lambda: filters.gaussian(image, 2),
            lambda: skimage.filters.gaussian(image, 2, mode="reflect"),
        ),
        ("laplacian", "SciPy"): (
            lambda: filters.laplacian(image),
            lambda: ndimage.laplace(image),
        ),
        ("unsharp_mask", "skimage"): (
            lambda: filters.unsharp_mask(image),
            lambda: skimage.filters.unsharp_mask(image, 2, 1.5),
        ),
    }
    agree = {"atol": 1e-4}  # the widest Gaussian is cut at 4 sigma there, and not here
    return [
        Row(
            name=named(kernel, image, rival),
            ours=ours,
            library=their,
            over_library=OVER_SLOW[image.dtype.name].get(kernel, 6),
            agree=agree,
        )
        for (kernel, rival), (ours, their) in pairs.items()
    ]
