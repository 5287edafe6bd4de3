"""Kernels found from pictures: exactly, by least squares of NumPy, and step by step."""

import re

import numpy as np
import pytest

from helpers import data, filters, noise

SOBEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])


def camera(step=4):
    return data.load_image("camera")[::step, ::step] / 255


def equations(before, after, size):
    """Return the windows as rows, each read against the convolution, and the middle pixels."""
    windows = np.lib.stride_tricks.sliding_window_view(before, (size, size))
    half = size // 2
    wanted = after[half : len(after) - half, half : after.shape[1] - half]
    return windows[..., ::-1, ::-1].reshape(-1, size**2), wanted.ravel()


@pytest.mark.parametrize("size", [3, 5, 7])
def test_a_kernel_is_found_again(size):
    before = camera()
    kernel = np.random.default_rng(size).normal(size=(size, size))
    after = filters.convolve(before, kernel)
    np.testing.assert_allclose(filters.learn_kernel(before, after, size), kernel, atol=1e-12)


def test_a_blurred_picture_whose_windows_hardly_differ_costs_few_digits():
    before, kernel = filters.gaussian(camera(), 1.5), np.random.default_rng(5).normal(size=(5, 5))
    rows, _ = equations(before, before, 5)
    assert np.linalg.cond(rows) > 1e5  # squared by the sums of products
    found = filters.learn_kernel(before, filters.convolve(before, kernel), 5)
    np.testing.assert_allclose(found, kernel, atol=1e-10)


def test_a_small_kernel_in_a_large_window_has_zeros_around_it():
    after = filters.convolve(camera(), SOBEL)
    found = filters.learn_kernel(camera(), after, 5)
    np.testing.assert_allclose(found, np.pad(SOBEL, 1), atol=1e-12)


@pytest.mark.parametrize("size", [3, 5])
def test_from_a_noisy_pair_it_is_the_least_squares_of_numpy(size):
    clean = camera(2)
    noisy = noise.gaussian(clean, 0.1, rng=0)
    rows, wanted = equations(noisy, clean, size)
    expected = np.linalg.lstsq(rows, wanted, rcond=None)[0].reshape(size, size)
    np.testing.assert_allclose(filters.learn_kernel(noisy, clean, size), expected, atol=1e-12)


def test_bytes_and_narrow_pictures_are_taken_as_they_are():
    before = np.random.default_rng(1).integers(0, 256, (70_000, 3)).astype(np.uint8)
    after = filters.convolve(before * 1.0, SOBEL)
    kept = before.copy()
    np.testing.assert_allclose(filters.learn_kernel(before, after), SOBEL, atol=1e-9)
    np.testing.assert_array_equal(before, kept)


def test_borders_do_not_count():
    after = filters.convolve(camera(), SOBEL)
    after[[0, -1]], after[:, [0, -1]] = 99, -99
    np.testing.assert_allclose(filters.learn_kernel(camera(), after), SOBEL, atol=1e-12)


def error_of(kernel, before, after):
    rows, wanted = equations(before, after, len(kernel))
    return np.mean((rows @ kernel.ravel() - wanted) ** 2)


def test_a_step_is_the_rate_times_the_slope_by_finite_differences():
    before, after = camera(8), filters.convolve(camera(8), SOBEL)
    kernel = np.random.default_rng(0).normal(size=(3, 3))
    slopes = np.zeros((3, 3))
    for place in np.ndindex(3, 3):
        nudge = np.zeros((3, 3))
        nudge[place] = 1e-4
        up, down = (error_of(kernel + s * nudge, before, after) for s in (1, -1))
        slopes[place] = (up - down) / 2e-4
    stepped = filters.descend(kernel, before, after, 0.1)
    np.testing.assert_allclose(kernel - stepped, 0.1 * slopes, atol=1e-9)


def test_each_step_goes_down_and_many_end_at_the_least_squares():
    before = np.random.default_rng(2).normal(size=(40, 50))  # windows of noise: a round valley
    after = filters.convolve(before, SOBEL) + np.random.default_rng(3).normal(size=(40, 50))
    kernel, errors = np.zeros((3, 3)), []
    for _ in range(20):
        errors.append(error_of(kernel, before, after))
        kernel = filters.descend(kernel, before, after, 0.1)
    assert np.all(np.diff(errors) < 0)
    end = filters.descend(np.zeros((3, 3)), before, after, 0.1, steps=500)
    np.testing.assert_allclose(end, filters.learn_kernel(before, after), atol=1e-10)
    again = filters.descend(np.zeros((3, 3)), before, after, 0.1, steps=20)
    np.testing.assert_allclose(again, kernel, atol=1e-12)


def test_a_rate_above_two_over_the_largest_curvature_grows_and_says_so():
    before, after = camera(), filters.convolve(camera(), SOBEL)
    rows, _ = equations(before, after, 3)
    limit = 2 / np.linalg.eigvalsh(2 * rows.T @ rows / len(rows))[-1]
    fits = filters.descend(np.zeros((3, 3)), before, after, 0.99 * limit, steps=20_000)
    assert error_of(fits, before, after) < error_of(np.zeros((3, 3)), before, after) / 10
    message = f"`rate` must be below {limit:.3g} for this picture; got "
    with pytest.raises(ValueError, match=re.escape(message)):
        filters.descend(np.zeros((3, 3)), before, after, 1.5 * limit, steps=20_000)


@pytest.mark.parametrize(
    ("before", "known"),
    [(np.ones((9, 9)), 1), (np.tile([0.0, 1, 5, 2, 4], (20, 9)), 3)],
)
def test_a_picture_that_leaves_the_kernel_open_is_refused(before, known):
    before = before + 1e-7 * np.random.default_rng(0).normal(size=before.shape)  # or as good as
    message = f"`before` must have windows that differ in 9 ways; got {known}"
    with pytest.raises(ValueError, match=re.escape(message)):
        filters.learn_kernel(before, before)


def test_a_black_picture_says_nothing():
    with pytest.raises(ValueError, match="got 0"):
        filters.learn_kernel(np.zeros((9, 9)), np.ones((9, 9)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda b: filters.learn_kernel(b, b[1:]), "`before` and `after` must have one shape"),
        (lambda b: filters.learn_kernel(b, b, 4), "`size` must be odd and at least 3; got 4."),
        (lambda b: filters.learn_kernel(b[:2], b[:2]), "`before` must be at least 3 pixels a side"),
        (lambda b: filters.learn_kernel(b[None], b[None]), "`before` and `after` must have one"),
        (lambda b: filters.learn_kernel(b, b * np.nan), "`after` must hold finite numbers"),
        (
            lambda b: filters.learn_kernel(b[:3, :6], b[:3, :6]),
            "`before` must have windows that differ",
        ),
        (lambda b: filters.descend(np.ones((3, 5)), b, b, 1), "`kernel` must have shape (size, s"),
        (lambda b: filters.descend(np.ones((2, 2)), b, b, 1), "`len(kernel)` must be odd"),
        (lambda b: filters.descend(SOBEL, b, b, 0), "`rate` must be a positive number; got 0."),
        (lambda b: filters.descend(SOBEL, b, b, 1, 0), "`steps` must be a whole number of at lea"),
    ],
)
def test_errors_name_argument_rule_and_value(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call(camera(64))
