"""Other right and wrong answers to the exercises of lesson 03."""

import cv2
import numpy as np

from helpers import filters
from helpers.exercises import lesson_03 as lesson


def psnr_from_the_root(reference, image, mask):
    differences = (np.float64(reference) - np.float64(image)) * mask
    return 20 * np.log10(255 / np.sqrt((differences**2).sum() / mask.sum()))


def psnr_by_loop(reference, image, mask):
    squares = [
        (int(reference[at]) - int(image[at])) ** 2 for at, inside in np.ndenumerate(mask) if inside
    ]
    mean = sum(squares) / len(squares)
    return 10 * np.log10(65025 / mean) if mean else float("inf")


def best_size_by_loop(clean, noisy):
    best, highest = 1, filters.psnr(clean, noisy)
    for size in (3, 5, 7, 9):
        reached = filters.psnr(clean, filters.mean(noisy, size))
        if reached > highest:
            best, highest = size, reached
    return best


def best_size_starting_from_zero(clean, noisy):
    best, highest = None, 0
    for size in (3, 5, 7, 9):
        reached = filters.psnr(clean, filters.mean(noisy, size))
        if reached > highest:
            best, highest = size, reached
    return best


def worst_size_by_sorting(clean, noisy):
    return lesson.SIZES[
        np.argsort([lesson.quality(clean, noisy, size) for size in lesson.SIZES])[0]
    ]


def gaussian_by_outer(size, sigma):
    line = cv2.getGaussianKernel(size, sigma)
    return line @ line.T


def gaussian_by_loop(size, sigma):
    kernel = np.zeros((size, size))
    middle = (size - 1) / 2
    for row in range(size):
        for column in range(size):
            square = (row - middle) ** 2 + (column - middle) ** 2
            kernel[row, column] = np.exp(-0.5 * square / sigma**2)
    return kernel / np.sum(kernel)


def sharpen_by_kernel(image, amount):
    cross = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    identity = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    return filters.convolve(image, identity - amount * cross)


def sharpen_cut_at_the_end(image, amount):
    return np.clip(image - amount * filters.laplacian(image), 0, 255).astype(np.uint8)


def sharpen_adds_by_kernel(image, amount):
    cross = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=float)
    added = image + amount * cv2.filter2D(image, cv2.CV_32F, cross, borderType=cv2.BORDER_REFLECT)
    return np.uint8(np.clip(added, 0, 255))


def sharpen_clips_too_late(image, amount):
    return np.clip(lesson.sharpen_wraps(image, amount), 0, 255)


def sharpen_by_uint8_laplacian(image, amount):
    positive = cv2.Laplacian(image, -1, ksize=1, borderType=cv2.BORDER_REFLECT)
    return np.clip(image - amount * positive.astype(float), 0, 255).astype(np.uint8)


def convolve3_by_shifts(image, kernel):
    return lesson.slide(image, kernel[::-1, ::-1], mode="edge")


def convolve3_by_windows(image, kernel):
    padded = np.pad(image, 1, mode="symmetric").astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return (windows * np.rot90(kernel, 2)).sum(axis=(2, 3))


def convolve3_by_loop(image, kernel):
    rows, columns = image.shape
    result = np.zeros((rows, columns))
    for row, column in np.ndindex(rows, columns):
        for i, j in np.ndindex(3, 3):
            other_row = min(max(row + 1 - i, 0), rows - 1)
            other_column = min(max(column + 1 - j, 0), columns - 1)
            result[row, column] += kernel[i, j] * float(image[other_row, other_column])
    return result


def correlate3_by_opencv(image, kernel):
    kernel = np.asarray(kernel, dtype=float)
    return cv2.filter2D(image.astype(float), -1, kernel, borderType=cv2.BORDER_REFLECT)


def convolve3_black_outside_by_opencv(image, kernel):
    return filters.convolve(image.astype(float), kernel, border="constant")


ACCEPTED = {
    "psnr": (psnr_from_the_root, psnr_by_loop),
    "best_size": (best_size_by_loop,),
    "gaussian_kernel": (gaussian_by_outer, gaussian_by_loop),
    "sharpen": (sharpen_by_kernel, sharpen_cut_at_the_end),
    "convolve3": (convolve3_by_shifts, convolve3_by_windows, convolve3_by_loop),
}

VARIANTS = {
    "psnr": {
        (
            lambda r, i, m: 10 * np.log10(255**2 / np.mean(np.square(np.subtract(r, i))[m]))
        ): lesson.psnr_wraps,
        (
            lambda r, i, m: 20 * np.log10(255 / np.sqrt(np.mean((r.astype(int) - i) ** 2)))
        ): lesson.psnr_everywhere,
    },
    "best_size": {
        best_size_starting_from_zero: lesson.best_size_never_nothing,
        worst_size_by_sorting: lesson.worst_size,
    },
    "gaussian_kernel": {
        (
            lambda size, sigma: (
                gaussian_by_loop(size, sigma) / lesson.gaussian_kernel(size, sigma).max()
            )
        ): lesson.gaussian_sum_not_one,
        (lambda size, sigma: gaussian_by_outer(size, sigma / 2**0.5)): lesson.gaussian_without_two,
    },
    "sharpen": {
        sharpen_adds_by_kernel: lesson.sharpen_adds,
        sharpen_clips_too_late: lesson.sharpen_wraps,
        sharpen_by_uint8_laplacian: lesson.sharpen_by_positive_part,
    },
    "convolve3": {
        correlate3_by_opencv: lesson.correlate3,
        convolve3_black_outside_by_opencv: lesson.convolve3_black_outside,
    },
}

ASKED = {"gaussian_kernel": lambda size, sigma: size % 2 == 1}
