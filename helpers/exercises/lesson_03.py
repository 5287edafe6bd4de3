"""Exercises of lesson 03: distance in decibels, kernels, convolution, sharpening, harm."""

from itertools import pairwise

import numpy as np

from helpers import filters
from helpers.exercises import Exercise

RNG = np.random.default_rng(3)
COLOUR = RNG.integers(0, 256, (5, 7, 3), dtype=np.uint8)
GREY = RNG.integers(0, 256, (4, 6), dtype=np.uint8)
FULL = np.array([[0.5, 1, -2], [3, -5.5, 6], [-3, -1, 0.25]])
LOPSIDED = np.array([[0, 1, -2], [3, 5, 0], [0, -1, 4]])  # differs from all its mirror images
SIZES = (1, 3, 5, 7, 9)


def psnr(reference, image, mask):
    error = np.mean((reference[mask].astype(float) - image[mask]) ** 2)
    return 10 * np.log10(255**2 / error) if error > 0 else np.inf


def psnr_wraps(reference, image, mask):
    return 10 * np.log10(255**2 / np.mean((reference[mask] - image[mask]) ** 2))


def psnr_squares_in_int16(reference, image, mask):
    differences = reference[mask].astype(np.int16) - image[mask]
    error = np.mean(differences * differences)
    return 10 * np.log10(255**2 / error) if error else np.inf


def psnr_wraps_then_squares(reference, image, mask):
    differences = (reference - image).astype(float)
    return 10 * np.log10(255**2 / np.mean(differences[mask] ** 2))


def psnr_peak_not_squared(reference, image, mask):
    return 10 * np.log10(255 / np.mean((reference[mask].astype(float) - image[mask]) ** 2))


def psnr_ten_with_root(reference, image, mask):
    return psnr(reference, image, mask) / 2


def psnr_twenty_with_squares(reference, image, mask):
    return 2 * psnr(reference, image, mask)


def psnr_everywhere(reference, image, mask):
    return psnr(reference, image, np.ones_like(mask))


def psnr_outside_counts_as_right(reference, image, mask):
    differences = (reference.astype(float) - image) * mask
    return 10 * np.log10(255**2 / np.mean(differences**2))


def psnr_of_the_sum(reference, image, mask):
    return 10 * np.log10(255**2 / np.sum((reference[mask].astype(float) - image[mask]) ** 2))


def psnr_absolute(reference, image, mask):
    return 20 * np.log10(255 / np.mean(np.abs(reference[mask].astype(float) - image[mask])))


def psnr_natural_logarithm(reference, image, mask):
    return 10 * np.log(255**2 / np.mean((reference[mask].astype(float) - image[mask]) ** 2))


def psnr_brightest_pixel(reference, image, mask):
    error = np.mean((reference[mask].astype(float) - image[mask]) ** 2)
    return 10 * np.log10(float(reference.max()) ** 2 / error)


def psnr_in_bels(reference, image, mask):
    return psnr(reference, image, mask) / 10


def psnr_peak_of_one(reference, image, mask):
    return 10 * np.log10(1 / np.mean((reference[mask].astype(float) - image[mask]) ** 2))


def quality(clean, noisy, size):
    smooth = noisy if size == 1 else filters.mean(noisy, size)
    return filters.psnr(clean, smooth)


def best_size(clean, noisy):
    return max(SIZES, key=lambda size: quality(clean, noisy, size))


def largest_size(clean, noisy):
    return 9


def best_size_never_nothing(clean, noisy):
    return max(SIZES[1:], key=lambda size: quality(clean, noisy, size))


def size_for_gaussian(clean, noisy):
    def reached(size):
        return filters.psnr(clean, noisy if size == 1 else filters.gaussian(noisy, size / 4))

    return max(SIZES, key=reached)


def size_of_refiltered(clean, noisy):
    best, highest, picture = 1, filters.psnr(clean, noisy), noisy
    for size in SIZES[1:]:
        picture = filters.mean(picture, size)
        if (reached := filters.psnr(clean, picture)) > highest:
            best, highest = size, reached
    return best


def best_size_bar_not_raised(clean, noisy):
    best = 1
    for size in (3, 5, 7, 9):
        if quality(clean, noisy, size) > quality(clean, noisy, 1):
            best = size
    return best


def best_size_of_the_clean_one(clean, noisy):
    def reached(size):
        return filters.psnr(clean, noisy if size == 1 else filters.mean(clean, size))

    return max(SIZES, key=reached)


def first_size_that_helps(clean, noisy):
    for size in (3, 5, 7, 9):
        if quality(clean, noisy, size) > quality(clean, noisy, 1):
            return size
    return 1


def size_before_the_first_loss(clean, noisy):
    for size, larger in pairwise(SIZES):
        if quality(clean, noisy, larger) <= quality(clean, noisy, size):
            return size
    return SIZES[-1]


def size_of_the_smoothed_nearest_to_noisy(clean, noisy):
    def reached(size):
        return filters.psnr(noisy, clean if size == 1 else filters.mean(noisy, size))

    return max(SIZES, key=reached)


def worst_size(clean, noisy):
    return min(SIZES, key=lambda size: quality(clean, noisy, size))


def size_nearest_to_noisy(clean, noisy):
    return max(SIZES, key=lambda size: quality(noisy, noisy, size))


def size_index(clean, noisy):
    return int(np.argmax([quality(clean, noisy, size) for size in SIZES]))


def best_quality(clean, noisy):
    return max(quality(clean, noisy, size) for size in SIZES)


def size_of_blurred_truth(clean, noisy):
    return max(SIZES[1:], key=lambda size: quality(clean, clean, size))


def weights(size, sigma):
    along = np.arange(size) - size // 2
    return np.exp(-(along[:, None] ** 2 + along**2) / (2 * sigma**2))


def gaussian_kernel(size, sigma):
    return weights(size, sigma) / weights(size, sigma).sum()


def gaussian_sum_not_one(size, sigma):
    return weights(size, sigma)


def gaussian_by_the_formula(size, sigma):
    return weights(size, sigma) / (2 * np.pi * sigma**2)


def gaussian_rows_sum_to_one(size, sigma):
    return weights(size, sigma) / weights(size, sigma).sum(axis=1, keepdims=True)


def gaussian_without_two(size, sigma):
    return gaussian_kernel(size, sigma / np.sqrt(2))


def gaussian_two_in_the_square(size, sigma):
    return gaussian_kernel(size, np.sqrt(2) * sigma)


def gaussian_sigma_not_squared(size, sigma):
    return gaussian_kernel(size, np.sqrt(sigma))


def gaussian_times_sigma(size, sigma):
    return gaussian_kernel(size, 1 / sigma)


def gaussian_without_minus(size, sigma):
    return (1 / weights(size, sigma)) / (1 / weights(size, sigma)).sum()


def gaussian_of_distance(size, sigma):
    along = np.arange(size) - size // 2
    kernel = np.exp(-np.hypot(along[:, None], along) / (2 * sigma**2))
    return kernel / kernel.sum()


def gaussian_off_centre(size, sigma):
    along = np.arange(size) - size / 2
    kernel = np.exp(-(along[:, None] ** 2 + along**2) / (2 * sigma**2))
    return kernel / kernel.sum()


def gaussian_in_the_corner(size, sigma):
    along = np.arange(size)
    kernel = np.exp(-(along[:, None] ** 2 + along**2) / (2 * sigma**2))
    return kernel / kernel.sum()


def gaussian_of_a_dot(size, sigma):
    dot = np.zeros((size, size))
    dot[size // 2, size // 2] = 1
    return filters.gaussian(dot, sigma)


def gaussian_line(size, sigma):
    return gaussian_kernel(size, sigma).sum(axis=0)


def sharpen(image, amount):
    sharp = image - amount * filters.laplacian(image)
    return np.clip(np.rint(sharp), 0, 255).astype(np.uint8)


def sharpen_adds(image, amount):
    return sharpen(image, -amount)


def sharpen_wraps(image, amount):
    sharp = np.rint(image - amount * filters.laplacian(image))
    return sharp.astype(int).astype(np.uint8)


def sharpen_without_clip(image, amount):
    return image - amount * filters.laplacian(image)


def sharpen_only_top(image, amount):
    sharp = np.minimum(np.rint(image - amount * filters.laplacian(image)), 255)
    return sharp.astype(int).astype(np.uint8)


def sharpen_only_bottom(image, amount):
    sharp = np.maximum(np.rint(image - amount * filters.laplacian(image)), 0)
    return sharp.astype(int).astype(np.uint8)


def sharpen_by_positive_part(image, amount):
    positive = np.clip(filters.laplacian(image), 0, 255)
    return np.clip(np.rint(image - amount * positive), 0, 255).astype(np.uint8)


def sharpen_by_wrapped_laplacian(image, amount):
    wrapped = filters.laplacian(image).astype(int).astype(np.uint8)
    return np.clip(np.rint(image - amount * wrapped.astype(float)), 0, 255).astype(np.uint8)


def sharpen_by_absolute(image, amount):
    sharp = image - amount * np.abs(filters.laplacian(image))
    return np.clip(np.rint(sharp), 0, 255).astype(np.uint8)


def sharpen_ignores_amount(image, amount):
    return sharpen(image, 1)


def sharpen_amount_on_all(image, amount):
    sharp = amount * (image - filters.laplacian(image))
    return np.clip(np.rint(sharp), 0, 255).astype(np.uint8)


def sharpen_laplacian_only(image, amount):
    return amount * filters.laplacian(image)


def sharpen_change_only(image, amount):
    change = np.clip(np.rint(-amount * filters.laplacian(image)), 0, 255)
    return change.astype(np.uint8)


def sharpen_by_blur(image, amount):
    sharp = image + amount * (image - filters.mean(image, 3).astype(float))
    return np.clip(np.rint(sharp), 0, 255).astype(np.uint8)


def slide(image, kernel, **padding):
    """Sum the shifted pictures, each times its weight, without turning the kernel."""
    rows, columns = np.shape(image)
    padded = np.pad(np.asarray(image, dtype=float), 1, **(padding or {"mode": "symmetric"}))
    total = np.zeros((rows, columns))
    for i in range(3):
        for j in range(3):
            total += kernel[i, j] * padded[i : i + rows, j : j + columns]
    return total


def convolve3(image, kernel):
    return slide(image, kernel[::-1, ::-1])


def convolve3_quarter_turn(image, kernel):
    return slide(image, np.rot90(kernel))


def convolve3_matrix_product(image, kernel):
    padded = np.pad(np.asarray(image, dtype=float), 1, mode="symmetric")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return (windows @ kernel[::-1, ::-1]).sum(axis=(2, 3))


def correlate3(image, kernel):
    return slide(image, kernel)


def convolve3_upside_down(image, kernel):
    return slide(image, kernel[::-1])


def convolve3_left_right(image, kernel):
    return slide(image, kernel[:, ::-1])


def convolve3_transposed(image, kernel):
    return slide(image, kernel.T)


def convolve3_black_outside(image, kernel):
    return slide(image, kernel[::-1, ::-1], mode="constant")


def correlate3_black_outside(image, kernel):
    return slide(image, kernel, mode="constant")


def convolve3_mirrored(image, kernel):
    return slide(image, kernel[::-1, ::-1], mode="reflect")


def correlate3_mirrored(image, kernel):
    return slide(image, kernel, mode="reflect")


def convolve3_inside(image, kernel):
    return convolve3(image, kernel)[1:-1, 1:-1]


def correlate3_inside(image, kernel):
    return correlate3(image, kernel)[1:-1, 1:-1]


def convolve3_border_zero(image, kernel):
    result = np.zeros(image.shape)
    result[1:-1, 1:-1] = convolve3_inside(image, kernel)
    return result


def correlate3_border_zero(image, kernel):
    result = np.zeros(image.shape)
    result[1:-1, 1:-1] = correlate3_inside(image, kernel)
    return result


def convolve3_border_kept(image, kernel):
    result = image.astype(float)
    result[1:-1, 1:-1] = convolve3_inside(image, kernel)
    return result


def in_place(image, kernel):
    padded = np.pad(image.astype(float), 1, mode="symmetric")
    for row, column in np.ndindex(*image.shape):
        window = padded[row : row + 3, column : column + 3]
        padded[row + 1, column + 1] = (window * kernel).sum()
    return padded[1:-1, 1:-1]


def convolve3_in_place(image, kernel):
    return in_place(image, kernel[::-1, ::-1])


def convolve3_normalised(image, kernel):
    return convolve3(image, kernel) / kernel.sum()


def convolve3_over_nine(image, kernel):
    return convolve3(image, kernel) / 9


def convolve3_stays_uint8(image, kernel):
    total = convolve3(image, kernel)
    return total.astype(int).astype(np.uint8) if image.dtype == np.uint8 else total


def convolve3_clipped(image, kernel):
    return filters.convolve(image, kernel)


def noisy_pictures():
    """Return pictures for `best_size` whose best sizes differ: 1, 9, 5, 5, 3, 7, 7, 1."""
    rng, once_more = np.random.default_rng(5), np.random.default_rng(6)
    stripes = np.tile(np.uint8([40, 40, 200, 200]), (12, 3))
    flat = np.full((20, 24), 120, dtype=np.uint8)
    faint = np.tile(np.uint8([100, 156]), (26, 13))  # 3 is worse than nothing, 5 better
    slope, short, long, narrow = (
        np.tile(np.uint8(np.rint(128 + 90 * np.sin(np.arange(60) / wave))), (40, 1))
        for wave in (4, 3, 6, 1.8)
    )
    pictures = {"fine stripes": (stripes, 6, rng), "plain grey": (flat, 20, rng)}
    pictures |= {"faint stripes": (faint, 28, once_more), "soft waves": (slope, 40, rng)}
    pictures |= {"short waves": (short, 20, rng), "long waves": (long, 41, rng)}
    pictures |= {"long waves again": (long, 48, rng)}
    pictures |= {"narrow waves": (narrow, 7, np.random.default_rng(7))}
    for name, (picture, sd, drawn) in pictures.items():
        spoilt = picture + sd * drawn.standard_normal(picture.shape)
        yield (
            f"{name}, noise of SD {sd}",
            (picture, np.clip(np.rint(spoilt), 0, 255).astype(np.uint8)),
        )


def psnr_zero_for_equal(reference, image, mask):
    error = np.mean((reference[mask].astype(float) - image[mask]) ** 2)
    return 10 * np.log10(255**2 / error) if error > 0 else 0.0


def psnr_brightest_inside(reference, image, mask):
    peak = float(reference[mask].max())
    error = np.mean((reference[mask].astype(float) - image[mask]) ** 2)
    return np.inf if error == 0 else 10 * np.log10(peak**2 / error)


def psnr_infinite_where_errors_cancel(reference, image, mask):
    errors = reference[mask].astype(float) - image[mask]
    return np.inf if errors.sum() == 0 else psnr(reference, image, mask)


def psnr_infinite_where_none_is_brighter(reference, image, mask):
    errors = image[mask].astype(float) - reference[mask]
    return np.inf if errors.max() == 0 else psnr(reference, image, mask)


def convolve3_unturned_over_nine(image, kernel):
    return slide(image, kernel) / 9


def kernel_of_one_direction(size, sigma):
    x = np.arange(size) - size // 2
    weights = np.exp(-(x**2) / (2 * sigma**2)) * np.ones((size, 1))
    return weights / weights.sum()


def kernel_from_minus_1_to_1(size, sigma):
    x = np.linspace(-1, 1, size)
    weights = np.exp(-(x[:, None] ** 2 + x**2) / (2 * sigma**2))
    return weights / weights.sum()


def kernel_cut_at_three_sigma(size, sigma):
    along = np.arange(size) - size // 2
    r = np.hypot(along[:, None], along)
    kernel = np.where(r <= 3 * sigma, np.exp(-(r**2) / (2 * sigma**2)), 0)
    return kernel / kernel.sum()


def kernel_square_cut_at_three_sigma(size, sigma):
    along = np.arange(size) - size // 2
    line = np.where(np.abs(along) <= 3 * sigma, np.exp(-(along**2) / (2 * sigma**2)), 0)
    return np.outer(line, line) / line.sum() ** 2


def convolve3_wrapped(image, kernel):
    return slide(image, kernel[::-1, ::-1], mode="wrap")


def convolve3_black_corners(image, kernel):
    padded = np.pad(np.asarray(image, dtype=float), 1, mode="symmetric")
    padded[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return (windows * kernel[::-1, ::-1]).sum(axis=(2, 3))


EXERCISES = {
    "half": Exercise(
        task="Predict what half the error does to the PSNR",
        reference="6 dB more",
        choices=("2 dB more", "3 dB more", "6 dB more", "twice as many dB"),
        misconceptions={
            "2 dB more": "Decibels count factors: 20 dB for each factor of 10. A factor of 2 is"
            " 20 log10(2).",
            "3 dB more": "That is half the mean *squared* error. With half the error, the square"
            " is a quarter: twice 3 dB.",
            "twice as many dB": "Decibels count factors, so a fixed factor adds a fixed number of"
            " them, wherever you start.",
        },
        explanation="20 log10(2) is 6.02: every halving of the error adds 6 dB.",
        again=Exercise(
            task="Predict what a tenth of the error does to the PSNR",
            reference="20 dB more",
            choices=("10 dB more", "20 dB more", "ten times as many dB"),
            misconceptions={
                "10 dB more": "That is a tenth of the mean *squared* error. With a tenth of the"
                " error, the square is a hundredth.",
                "ten times as many dB": "Decibels count factors, so a fixed factor adds a fixed"
                " number of them.",
            },
            explanation="20 log10(10) is 20.",
        ),
    ),
    "impulse": Exercise(
        task="Predict what sums of products make of a single bright pixel",
        reference="the kernel, turned by half a turn",
        choices=(
            "the kernel",
            "the kernel, mirrored left to right",
            "the kernel, turned by half a turn",
        ),
        misconceptions={
            "the kernel": "Follow one case: for the result above the dot, the dot lies in the"
            " bottom row of the window, so it meets the bottom row of the kernel.",
            "the kernel, mirrored left to right": "Left and right are exchanged, and so are above"
            " and below: both together are half a turn.",
        },
        explanation="Above the dot, the dot is in the bottom row of the window; so it goes round.",
    ),
    "harm": Exercise(
        task="Predict the best way to treat mild noise",
        reference="doing nothing",
        choices=("doing nothing", "mean 3x3", "mean 5x5", "mean 9x9"),
        misconceptions={
            "mean 3x3": "It does take two thirds of the noise, but the noise is mild, and what it"
            " takes from the edges is more.",
            "mean 5x5": "Less noise is left, and more of the picture is gone. The PSNR counts both"
            " errors.",
            "mean 9x9": "Stronger is not cleaner: hardly any noise is left, and hardly any detail."
            " It is the worst of the four.",
        },
        explanation="With mild noise there is little to win, and every mean loses detail.",
    ),
    "sign": Exercise(
        task="Predict what adding the Laplacian does to a soft edge",
        reference="softer",
        choices=("steeper", "softer", "unchanged"),
        misconceptions={
            "steeper": "At the foot of the edge the neighbours are brighter on average, so the"
            " Laplacian is positive and adding it lifts the foot; at the top it pulls down.",
            "unchanged": "The Laplacian is 0 on flat ground and on an even slope, but not where"
            " the slope begins and ends, at the foot and the top of the edge.",
        },
        explanation="Adding lifts the foot of the edge and pulls its top down.",
        again=Exercise(
            task="Predict what subtracting the Laplacian does to a soft edge",
            reference="steeper",
            choices=("steeper", "softer", "unchanged"),
            misconceptions={
                "softer": "At the foot of the edge the Laplacian is positive: subtracting it makes"
                " the foot darker.",
                "unchanged": "The Laplacian is not 0 where the slope begins and ends.",
            },
            explanation="Subtracting lowers the foot of the edge and lifts its top.",
        ),
    ),
    "hsv": Exercise(
        task="Predict the PSNR of a noisy colour picture filtered in HSV",
        reference="worse than doing nothing",
        choices=(
            "better than RGB",
            "as good as RGB",
            "between RGB and doing nothing",
            "worse than doing nothing",
        ),
        misconceptions={
            "better than RGB": "Hue is an angle. Where it passes through red, its neighbours 2"
            " and 358 degrees are averaged to cyan.",
            "as good as RGB": "Red, green and blue are amounts and can be averaged. Hue is an"
            " angle, and the mean of 2 and 358 degrees comes out as cyan.",
            "between RGB and doing nothing": "The direction is right, but it is worse: the wrong"
            " hues cost more than all the noise did.",
        },
        explanation="Wrong hues cost more than the noise did.",
    ),
    "psnr": Exercise(
        task="Measure the PSNR inside a mask",
        reference=psnr,
        cases={
            "1 x 2, one pixel off by 1": (
                np.array([[40, 90]], dtype=np.uint8),
                np.array([[41, 90]], dtype=np.uint8),
                np.ones((1, 2), dtype=bool),
            ),
            "1 x 2, errors of + 5 and - 5": (
                np.array([[20, 60]], dtype=np.uint8),
                np.array([[25, 55]], dtype=np.uint8),
                np.ones((1, 2), dtype=bool),
            ),
            "1 x 3, black against white": (
                np.array([[0, 30, 80]], dtype=np.uint8),
                np.array([[255, 0, 80]], dtype=np.uint8),
                np.ones((1, 3), dtype=bool),
            ),
            "2 x 2, all pixels": (
                np.array([[10, 200], [30, 40]], dtype=np.uint8),
                np.array([[7, 196], [18, 40]], dtype=np.uint8),
                np.ones((2, 2), dtype=bool),
            ),
            "2 x 3, two pixels": (
                np.array([[10, 20, 30], [40, 90, 220]], dtype=np.uint8),
                np.array([[90, 25, 30], [40, 60, 20]], dtype=np.uint8),
                np.array([[0, 1, 0], [0, 1, 0]], dtype=bool),
            ),
            "4 x 6, the darker pixels": (GREY, GREY[::-1].copy(), GREY < 100),
            "4 x 6, equal inside the mask": (GREY, np.maximum(GREY, 99), GREY > 150),
        },
        misconceptions={
            psnr_wraps: "The difference or its square wrapped round: neither fits into uint8. Widen"
            " before you subtract, for example with astype(float).",
            psnr_wraps_then_squares: "A small uint8 minus a larger one wraps round to a large"
            " number. Widen before the subtraction, for example with astype(float).",
            psnr_squares_in_int16: "int16 ends at 32767: it holds the differences but not their"
            " squares, which wrap round from 182 on. Widen with astype(float).",
            psnr_peak_not_squared: "The error is squared, so the peak is squared as well: 255**2"
            " over the mean squared error.",
            psnr_ten_with_root: "Half of it: the factor is 10 with the mean squared error, and 20"
            " with its root.",
            psnr_twenty_with_squares: "Twice as much: the factor is 20 with the root, and 10 with"
            " the mean squared error.",
            psnr_everywhere: "You measured the whole picture. Take only the pixels where the mask"
            " is true: picture[mask].",
            psnr_outside_counts_as_right: "Pixels outside the mask were counted as errors of 0."
            " Divide by the number of pixels inside, or take picture[mask].",
            psnr_of_the_sum: "That is the sum of the squared errors. Take their mean, or a larger"
            " picture is always worse.",
            psnr_absolute: "That is the mean of the absolute errors. Square them, then take the"
            " mean: large errors count more.",
            psnr_natural_logarithm: "np.log is the natural logarithm; decibels use np.log10.",
            psnr_brightest_pixel: "The peak is not the brightest pixel of this picture but the"
            " largest value that uint8 can hold, 255.",
            psnr_in_bels: "That is in bels. Ten decibels are one bel: multiply by 10.",
            psnr_peak_of_one: "Peak and error must be in the same unit: the peak of uint8 is 255.",
            psnr_zero_for_equal: "Equal pixels have no error at all, and their PSNR is infinite:"
            " np.inf, not 0.",
            psnr_infinite_where_errors_cancel: "Errors of + 5 and - 5 add up to 0, and yet the"
            " pixels differ. Ask for the mean of the squares, or for any error that is not 0.",
            psnr_infinite_where_none_is_brighter: "The largest error may be 0 where others are"
            " below 0. Ask for the mean of the squares, or for any error that is not 0.",
            psnr_brightest_inside: "You took the brightest pixel inside the mask as the peak. The"
            " peak is the largest value that a byte can have, 255.",
        },
        without=("filters.psnr",),
    ),
    "best_size": Exercise(
        task="Find the size of the mean that helps most, or none",
        reference=best_size,
        cases=dict(noisy_pictures()),
        misconceptions={
            largest_size: "The largest size is not always the best: compare the PSNR of each.",
            best_size_never_nothing: "Doing nothing is one of the answers: compare with the PSNR"
            " of the noisy picture itself, size 1.",
            best_size_bar_not_raised: "The last size that beats doing nothing is not the best one:"
            " remember the best PSNR so far together with its size.",
            best_size_of_the_clean_one: "You smoothed the clean picture. Smooth the noisy one, and"
            " compare that with the clean one.",
            first_size_that_helps: "The first size that beats doing nothing is not always the best"
            " one: go on, and remember the best so far.",
            size_before_the_first_loss: "A larger size can be better again after a worse one:"
            " try all.",
            size_of_the_smoothed_nearest_to_noisy: "This comes out if the smoothed picture is"
            " compared with the noisy one: a small mean changes it least. Compare each size with"
            " the clean one.",
            worst_size: "That is the size with the lowest PSNR. More dB is closer to the truth.",
            size_nearest_to_noisy: "You compared with the noisy picture, and to it nothing is"
            " closer than itself. Compare with the clean one.",
            size_index: "That is the place in your list of sizes. Return the size that stands"
            " there.",
            best_quality: "That is the best PSNR. Return the size that reached it.",
            size_for_gaussian: "That is the best width of another filter. Use filters.mean(noisy,"
            " size).",
            size_of_refiltered: "Each size must start from the noisy picture. Yours filters the"
            " result of the size before.",
            size_of_blurred_truth: "You filtered the clean picture. Filter the noisy one, and"
            " compare the result with the clean one.",
        },
    ),
    "gaussian_kernel": Exercise(
        task="Make a Gaussian kernel",
        reference=gaussian_kernel,
        cases={
            "3 x 3, sigma 1": (3, 1.0),
            "3 x 3, sigma 0.6": (3, 0.6),
            "5 x 5, sigma 1.5": (5, 1.5),
            "7 x 7, sigma 3": (7, 3.0),
            "9 x 9, sigma 0.85": (9, 0.85),
        },
        misconceptions={
            gaussian_sum_not_one: "The shape is right, but the weights must sum to 1, or the"
            " picture gets brighter or darker. Divide by their sum.",
            gaussian_by_the_formula: "2 pi sigma**2 is the sum over an endless plane. Your square"
            " is cut off and made of whole pixels: divide by its own sum.",
            gaussian_rows_sum_to_one: "Each row sums to 1. All weights together must.",
            gaussian_without_two: "It falls off too fast: the exponent is -r**2 / (2 * sigma**2)."
            " At a distance of sigma the weight is 0.61 of the middle.",
            gaussian_two_in_the_square: "It falls off too slowly: only sigma is squared, not the"
            " 2, as in 2 * sigma**2.",
            gaussian_sigma_not_squared: "sigma must be squared as well: 2 * sigma**2.",
            gaussian_times_sigma: "Without brackets, / 2 * sigma**2 divides by 2 and multiplies by"
            " sigma**2. Write / (2 * sigma**2).",
            gaussian_without_minus: "The weights grow outwards: the exponent needs a minus.",
            gaussian_of_distance: "r must be squared in the exponent; yours falls off like a"
            " pointed tent.",
            gaussian_off_centre: "The middle of n pixels is (n - 1) / 2: here it is half a pixel"
            " off. The kernel must equal its mirror image.",
            gaussian_in_the_corner: "The largest weight is in the corner. Count the distance from"
            " the middle: np.arange(size) - size // 2.",
            gaussian_of_a_dot: "A filtered dot shows the weights only far from the border, where"
            " the picture is mirrored, and of a kernel of another size. Take np.exp of the squared"
            " distances.",
            gaussian_line: "That is one row. Make a square from the distances down and across:"
            " r**2 = down**2 + right**2.",
            kernel_of_one_direction: "Every row is the same: only the distance across counts. r**2"
            " is the sum of both squares, down and across.",
            kernel_cut_at_three_sigma: "The weights beyond 3 sigma are 0. A Gaussian falls off, but"
            " it has no end: each place of the square gets its weight.",
            kernel_square_cut_at_three_sigma: "Rows and columns beyond 3 sigma are 0. Each place of"
            " the square gets its weight, however small it is.",
            kernel_from_minus_1_to_1: "The distances are counted in pixels: -1, 0, 1 for size 3,"
            " but -2 to 2 for size 5.",
        },
    ),
    "sharpen": Exercise(
        task="Sharpen a picture with its Laplacian",
        reference=sharpen,
        cases={
            "a soft edge in 1 x 6": (np.array([[50, 50, 60, 80, 90, 90]], dtype=np.uint8), 2),
            "a dark dot in 3 x 5": (
                np.pad(np.uint8([[20]]), ((1, 1), (2, 2)), constant_values=220),
                0.5,
            ),
            "a 4 x 6 picture": (GREY, 1),
            "a 5 x 7 colour picture": (COLOUR, 0.25),
        },
        misconceptions={
            sharpen_adds: "The edge got softer. The Laplacian is positive at the dark foot of an"
            " edge: subtract it, so that the foot gets darker and the edge steeper.",
            sharpen_wraps: "Values beyond 0..255 wrap round. Clip while they are still floats,"
            " then go back to uint8.",
            sharpen_without_clip: "Values leave the range. Clip to 0..255, then go back to uint8.",
            sharpen_only_top: "The bright end is right, but below 0 values wrap round to bright."
            " Clip at both ends.",
            sharpen_only_bottom: "The dark end is right, but above 255 values wrap round to dark."
            " Clip at both ends.",
            sharpen_by_positive_part: "The negative half of the Laplacian was lost (uint8 cannot"
            " hold it), so edges are sharpened on one side only. Keep it in floats.",
            sharpen_by_wrapped_laplacian: "The negative half of the Laplacian wrapped round in"
            " uint8. Keep it in floats until the end.",
            sharpen_by_absolute: "The sign of the Laplacian says which side of the edge gets"
            " darker and which brighter. Leave np.abs out.",
            sharpen_ignores_amount: "The amount is not used: multiply the Laplacian by it.",
            sharpen_amount_on_all: "The amount belongs to the Laplacian only, not to the picture.",
            sharpen_change_only: "That is only what changes. Add it to the picture, before you"
            " clip.",
            sharpen_by_blur: "That adds the difference from a mean. The task sharpens with the"
            " Laplacian: subtract amount * filters.laplacian(image).",
            sharpen_laplacian_only: "That is only what changes. Take it away from the picture.",
        },
        atol=1.5,  # cutting the decimals off at the very end is less than a level
    ),
    "convolve3": Exercise(
        task="Convolve with a 3 x 3 kernel, borders included",
        reference=convolve3,
        cases={
            "a 3 x 3 picture of decimals": (np.arange(9.0).reshape(3, 3) ** 2 / 7, LOPSIDED),
            "a 3 x 4 picture": (np.arange(12.0).reshape(3, 4) ** 2, FULL),
            "a bright dot in 5 x 4": (np.pad([[1.0]], ((2, 2), (1, 2))), LOPSIDED),
            "a 4 x 6 picture of uint8": (GREY, LOPSIDED.T),
        },
        misconceptions={
            correlate3: "A bright dot must return the kernel as it is. Turn the kernel by half a"
            " turn first: kernel[::-1, ::-1].",
            convolve3_upside_down: "The kernel is turned over only up-down. Half a turn reverses"
            " rows and columns: kernel[::-1, ::-1].",
            convolve3_left_right: "The kernel is turned over only left-right. Half a turn reverses"
            " rows and columns: kernel[::-1, ::-1].",
            convolve3_transposed: "kernel.T exchanges rows and columns, which is another mirror."
            " Half a turn is kernel[::-1, ::-1].",
            convolve3_quarter_turn: "np.rot90 makes a quarter turn. Half a turn is two of them:"
            " np.rot90(kernel, 2), or kernel[::-1, ::-1].",
            convolve3_matrix_product: "@ is the product of matrices. Multiply window and kernel"
            " place by place with *, then sum.",
            convolve3_black_outside: "The inside is right, but outside you put black. The picture"
            ' goes on as its mirror image there: np.pad(image, 1, mode="symmetric").',
            correlate3_black_outside: "Two things: turn the kernel by half a turn, and let the"
            ' picture go on outside as its mirror image: np.pad(image, 1, mode="symmetric").',
            convolve3_mirrored: "The inside is right. Outside, the mirror image begins with the"
            ' border pixel itself: mode "symmetric" of np.pad, not "reflect".',
            correlate3_mirrored: "Two things: turn the kernel by half a turn, and use the mode"
            ' "symmetric" of np.pad, which repeats the border pixel.',
            convolve3_inside: "The inside is right, but the border is missing: pad the picture by"
            " one pixel first, so that the result has its shape.",
            correlate3_inside: "Two things: turn the kernel by half a turn, and pad the picture by"
            " one pixel first, so that the result has its shape.",
            convolve3_border_zero: "The inside is right, but the border pixels are still 0: pad"
            " the picture by one pixel and go over all of them.",
            correlate3_border_zero: "Two things: turn the kernel by half a turn, and do not leave"
            " the border pixels at 0: pad the picture by one pixel first.",
            convolve3_border_kept: "The inside is right, but the border pixels were not filtered:"
            " pad the picture by one pixel and go over all of them.",
            convolve3_in_place: "You write into the picture that you still read from, so later"
            " windows see earlier results. Write into a new array.",
            convolve3_normalised: "Do not divide by the sum of the kernel: its weights are meant"
            " as they are.",
            convolve3_over_nine: "Dividing by 9 belongs to the mean filter. Here the weights are"
            " meant as they are.",
            convolve3_stays_uint8: "The sums wrapped round in uint8. Collect them in an array of"
            " floats: np.zeros(image.shape).",
            convolve3_clipped: "The sums were clipped to 0..255, since the picture is uint8."
            " Convert it to float first.",
            convolve3_unturned_over_nine: "Two things: turn the kernel by half a turn; and do not"
            " divide, the kernel holds all the weights.",
            convolve3_black_corners: "All is right but for the four corner pixels: the sides go on"
            " as their mirror image, and the four corners outside are still 0.",
            convolve3_wrapped: "The border wraps round to the other side. Outside, the picture"
            " goes on as its mirror image, mode `symmetric`.",
        },
        dtype=False,
        without=(
            "filters.convolve",
            "cv2.filter2D",
            "ndimage.correlate",
            "signal.convolve2d",
            "signal.correlate2d",
            "signal.fftconvolve",
        ),
        steps=(
            'pad the picture by one pixel, mode "symmetric". Which slice of it lies one place up'
            " and left of every pixel?",
            "turn the kernel by half a turn; then add up nine slices, each times its weight. Try a"
            " bright dot: it must give back the kernel.",
        ),
    ),
}
