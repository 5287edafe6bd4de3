"""Slopes, thresholds and lines against OpenCV, SciPy and scikit-image; kernels against lstsq."""

import cv2
import numpy as np
from report import Row
from scipy import ndimage
from skimage import feature
from skimage import filters as library

from helpers import data, edges, filters


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the pictures."""
    camera = data.load_image("camera")[: 48 if tiny else None, : 64 if tiny else None]
    large = np.tile(camera, (2, 2) if tiny else (4, 4))
    return [
        sobel_row(camera),
        blurred_row(camera / 255),
        otsu_row(camera),
        otsu_row(large),
        follow_row(large),
        thin_row(camera[:128, :128]),
        opencv_row(large),
        scikit_row(camera),
        kernel_row(camera / 255, 3),
        kernel_row(camera / 255, 5),
    ]


def size_of(image):
    return f"{image.shape[0]} x {image.shape[1]}"


def sobel_row(image):
    def library_slopes():
        steps, border = ((0, 1), (1, 0)), cv2.BORDER_REFLECT
        return np.stack([cv2.Sobel(image, cv2.CV_32F, *s, borderType=border) / 8 for s in steps])

    return Row(
        name=f"gradient, uint8 {size_of(image)}, OpenCV",
        ours=lambda: np.stack(edges.gradient(image)),
        library=library_slopes,
        over_library=1 / 1.1,
        work=image.size,
    )


def blurred_row(image):
    def library_slopes():
        slopes = (ndimage.gaussian_filter(image, 2, order=o) for o in ((1, 0), (0, 1)))
        return np.stack(list(slopes))

    return Row(
        name=f"gradient, sigma 2, float64 {size_of(image)}, SciPy",
        ours=lambda: np.stack(edges.gradient(image, 2)),
        library=library_slopes,
        over_library=2,
        work=image.size,
        agree={"atol": 1e-3},  # SciPy lets a ramp lose 0.03 % of its slope
    )


def otsu_row(image):
    return Row(
        name=f"otsu_threshold, uint8 {size_of(image)}, scikit-image",
        ours=lambda: edges.otsu_threshold(image),
        library=lambda: library.threshold_otsu(image),
        over_library=1 / 1.1,
        work=image.size,
    )


def follow_row(image):
    strength = edges.gradient(image).strength
    return Row(
        name=f"follow, float32 {size_of(image)}, SciPy's labels",
        ours=lambda: edges.follow(strength, 10, 30),
        library=lambda: by_labels(strength, 10, 30),
        over_library=1,
        work=image.size,
    )


def by_labels(strength, low, high):
    """Follow with the labels of SciPy, as scikit-image does, corners included."""
    pieces, count = ndimage.label(strength > low, np.ones((3, 3)))
    kept = np.zeros(count + 1, dtype=bool)
    kept[np.unique(pieces[strength > high])] = True
    return kept[pieces]


def thin_row(image):
    slopes = edges.gradient(image)
    strength, direction = slopes.strength, slopes.direction
    return Row(
        name=f"thin, float32 {size_of(image)}, loop",
        ours=lambda: edges.thin(strength, direction),
        loop=lambda: thin_by_loop(strength, direction),
        over_loop=50,
        work=image.size,
    )


def thin_by_loop(strength, direction):
    """Thin pixel by pixel, as a first script does."""
    steps = (0, 1), (1, 1), (1, 0), (1, -1)
    padded, thinned = np.pad(strength, 1), np.zeros_like(strength)
    for row, column in np.ndindex(strength.shape):
        down, right = steps[round(direction[row, column] / (np.pi / 4)) % 4]
        here = strength[row, column]
        before = padded[row + 1 - down, column + 1 - right]
        after = padded[row + 1 + down, column + 1 + right]
        thinned[row, column] = here if here > before and here >= after else 0
    return thinned


def opencv_row(image):
    return Row(
        name=f"canny, uint8 {size_of(image)}, OpenCV",
        ours=lambda: np.mean(edges.canny(image, 10, 30)),
        library=lambda: np.mean(cv2.Canny(image, 80, 240, L2gradient=True) > 0),
        work=image.size,
        agree={"rtol": 0.02},  # ties along a diagonal
    )


def scikit_row(image):
    image = image / 255
    limits = {"low_threshold": 0.16, "high_threshold": 0.4, "mode": "reflect"}
    return Row(
        name=f"canny, sigma 2, float64 {size_of(image)}, scikit-image",
        ours=lambda: np.mean(edges.canny(image, 0.02, 0.05, sigma=2)),
        library=lambda: np.mean(feature.canny(image, sigma=2, **limits)),
        over_library=1,
        work=image.size,
        agree={"rtol": 0.2},  # it interpolates between neighbours
    )


def kernel_row(image, size):
    after = filters.convolve(image, np.ones((size, size)) / size**2)

    def by_lstsq():
        windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
        half = size // 2
        wanted = after[half:-half, half:-half].ravel()
        return np.linalg.lstsq(windows.reshape(-1, size**2), wanted)[0].reshape(size, size)

    return Row(
        name=f"learn_kernel, {size} x {size}, float64 {size_of(image)}, NumPy",
        ours=lambda: filters.learn_kernel(image, after, size),
        library=by_lstsq,
        over_library=2,
        work=image.size,
        agree={"atol": 1e-9},
    )
