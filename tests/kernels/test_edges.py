"""Slopes, thresholds and lines: by hand, by OpenCV, SciPy and scikit-image, and the guards."""

import re

import cv2
import numpy as np
import pytest
from scipy import ndimage
from skimage import feature, filters

from helpers import data, edges


def camera():
    return data.load_image("camera")


def ramp(down, right, shape=(9, 12)):
    rows, columns = np.indices(shape)
    return down * rows + right * columns


# gradient


@pytest.mark.parametrize("sigma", [None, 0.5, 0.8, 1, 3])
def test_a_ramp_has_its_slope_away_from_the_border(sigma):
    slopes = edges.gradient(ramp(2.0, -0.25, (60, 70)), sigma)
    inside = np.s_[14:-14, 14:-14]
    np.testing.assert_allclose(slopes.down[inside], 2, atol=1e-12)
    np.testing.assert_allclose(slopes.right[inside], -0.25, atol=1e-12)
    np.testing.assert_allclose(slopes.strength[inside], np.hypot(2, 0.25), atol=1e-12)


def test_the_direction_is_where_brightness_rises():
    for down, right, angle in ((0, 1, 0), (1, 0, 90), (0, -1, 180), (-1, 0, -90), (1, 1, 45)):
        direction = edges.gradient(ramp(float(down), float(right))).direction[4, 5]
        assert np.degrees(direction) == pytest.approx(angle)


def test_a_step_of_bytes_by_hand():
    image = np.zeros((3, 4), dtype=np.uint8)
    image[:, 2:] = 100
    slopes = edges.gradient(image)
    np.testing.assert_array_equal(slopes.right, [[0, 50, 50, 0]] * 3)
    np.testing.assert_array_equal(slopes.down, 0)
    assert slopes.right.dtype == np.float32


def test_libraries_measure_the_same_slopes_in_other_units_and_other_borders():
    image, inside = camera() / 255, np.s_[1:-1, 1:-1]
    down, right = edges.gradient(image)
    np.testing.assert_allclose(ndimage.sobel(image, axis=0, mode="reflect"), 8 * down, atol=1e-12)
    np.testing.assert_allclose(ndimage.sobel(image, axis=1, mode="reflect"), 8 * right, atol=1e-12)
    np.testing.assert_allclose(cv2.Sobel(image, cv2.CV_64F, 1, 0)[inside], 8 * right[inside])
    np.testing.assert_allclose(filters.sobel_v(image), 2 * right, atol=1e-12)
    strength = edges.gradient(image).strength
    np.testing.assert_allclose(filters.sobel(image), np.sqrt(2) * strength, atol=1e-12)
    mirrored = cv2.Sobel(image, cv2.CV_64F, 1, 0)  # outside: c b | a b c
    assert np.abs(mirrored[:, 0]).max() == 0 < np.abs(right[:, 0]).max()


@pytest.mark.parametrize("sigma", [0.5, 1, 2.5])
def test_the_derivative_of_a_gaussian_is_that_of_scipy_but_for_the_slope_of_a_ramp(sigma):
    image = camera()[100:200, 50:180] / 255
    lost = ndimage.gaussian_filter(ramp(0.0, 1.0, (60, 60)), sigma, order=(0, 1))[30, 30]
    theirs = ndimage.gaussian_filter(image, sigma, order=(0, 1)) / lost
    np.testing.assert_allclose(edges.gradient(image, sigma).right, theirs, atol=1e-12)


def test_the_gradient_turns_with_the_picture_and_leaves_it_alone():
    image = camera()[::4, ::4]
    kept = image.copy()
    slopes, turned = edges.gradient(image, 1.5), edges.gradient(image.T, 1.5)
    np.testing.assert_allclose(turned.right, slopes.down.T, rtol=1e-5, atol=1e-4)
    np.testing.assert_array_equal(image, kept)


def test_a_single_pixel_has_no_slope():
    for sigma in (None, 0.5, 3):
        np.testing.assert_allclose(edges.gradient(np.array([[7.0]]), sigma), 0, atol=1e-14)


# Otsu's threshold


def spreads_within(values):
    """Return for each value the sum of squares about the means of the two groups, by loop."""
    found = {}
    for threshold in np.unique(values)[:-1]:
        groups = values[values <= threshold], values[values > threshold]
        found[threshold] = sum(np.sum((group - group.mean()) ** 2) for group in groups)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_no_split_leaves_less_within_the_groups(seed):
    values = np.random.default_rng(seed).gamma(2, 20, 300).astype(np.uint8).astype(float)
    within = spreads_within(values)
    best = min(within, key=within.get)
    assert edges.otsu_threshold(values) == best
    assert edges.otsu_threshold(values.astype(np.uint8)) == best
    assert edges.otsu_split(np.bincount(values.astype(int))) == best
    assert edges.otsu_threshold(values * 1e-3 + 1e6) == pytest.approx(best * 1e-3 + 1e6, abs=1e-9)


@pytest.mark.parametrize("name", ["camera", "coins", "page", "text", "moon"])
def test_libraries_split_a_picture_at_the_same_level(name):
    image = data.load_image(name)
    ours = edges.otsu_threshold(image)
    assert isinstance(ours, int)
    assert ours == filters.threshold_otsu(image)
    assert ours == cv2.threshold(image, 0, 255, cv2.THRESH_OTSU)[0]


def test_of_equally_good_splits_it_takes_the_lowest():
    assert edges.otsu_threshold(np.array([0, 9, 0, 9], dtype=np.uint8)) == 0
    assert edges.otsu_threshold([1, 2, 3]) == 1  # either side of the middle
    assert edges.otsu_split([0, 3, 0, 0, 3]) == 1
    assert (
        edges.otsu_split([1, 4, 4, 0, 1]) == 1
    )  # 5 * 5 * 1.6^2 = 9 * 1 * (8 / 3)^2 but for rounding
    assert edges.otsu_split([1, 0, 0, 5, 0, 3]) == 0


def test_large_offsets_and_unsigned_counts_cost_nothing():
    assert edges.otsu_threshold(1e9 + np.array([0, 1, 2, 10, 11, 12])) == 1e9 + 2
    assert edges.otsu_split(np.array([5, 1, 200, 9], dtype=np.uint8)) == 1


# thin and follow


def test_a_ridge_three_wide_is_thinned_to_its_middle_in_every_direction():
    for turns in range(4):
        strength = np.rot90(np.tile([0.0, 1, 3, 2, 0], (5, 1)), turns)
        direction = np.full((5, 5), [0, -np.pi / 2, np.pi, np.pi / 2][turns])
        thinned = edges.thin(strength, direction)
        np.testing.assert_array_equal(thinned, strength * (strength == 3))


def test_of_two_equal_pixels_one_is_kept():
    strength = np.tile([0.0, 2, 2, 0], (4, 1))
    assert (edges.thin(strength, np.zeros((4, 4))) > 0).sum(axis=1).tolist() == [1, 1, 1, 1]
    corner = edges.thin(np.ones((2, 2)), np.full((2, 2), np.pi / 4))
    assert corner.tolist() == [[1, 1], [1, 0]]


def thin_by_loop(strength, direction):
    steps = (0, 1), (1, 1), (1, 0), (1, -1)
    padded, thinned = np.pad(strength, 1), np.zeros_like(strength)
    for row, column in np.ndindex(strength.shape):
        down, right = steps[round(direction[row, column] / (np.pi / 4)) % 4]
        here = strength[row, column]
        before = padded[row + 1 - down, column + 1 - right]
        after = padded[row + 1 + down, column + 1 + right]
        thinned[row, column] = here if here > before and here >= after else 0
    return thinned


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (6, 1), (9, 14)])
def test_thinning_by_loop(shape):
    rng = np.random.default_rng(3)
    strength = rng.integers(0, 5, shape).astype(float)
    direction = rng.uniform(-np.pi, np.pi, shape)
    np.testing.assert_array_equal(
        edges.thin(strength, direction), thin_by_loop(strength, direction)
    )


def in_opencv_units(image):
    """Return Sobel's slopes as OpenCV's Canny takes them: eight times as large, 16 bits."""
    slopes = edges.gradient(image)
    return [np.rint(8 * part).astype(np.int16) for part in (slopes.right, slopes.down)]


def test_thinning_keeps_what_opencv_keeps_but_for_ties_along_a_diagonal():
    slopes = edges.gradient(camera())
    ours = edges.thin(slopes.strength, slopes.direction) > 0
    theirs = cv2.Canny(*in_opencv_units(camera()), 0, 0, L2gradient=True) > 0
    assert not (theirs & ~ours).any()
    more = ours & ~theirs
    down, right = np.nonzero(more)
    nearest = np.rint(slopes.direction / (np.pi / 4)).astype(int) % 4
    step = np.where(nearest[more] == 1, 1, -1)
    assert np.isin(nearest[more], (1, 3)).all()
    strength = slopes.strength
    assert (strength[more] == strength[down + 1, right + step]).all()
    assert 0 < more.sum() < 0.02 * ours.sum()


def test_the_edges_of_a_photograph_are_those_of_opencv_but_for_such_ties():
    ours = edges.canny(camera(), 10, 30)
    theirs = cv2.Canny(*in_opencv_units(camera()), 80, 240, L2gradient=True) > 0
    whole = cv2.Canny(camera(), 80, 240, L2gradient=True) > 0
    np.testing.assert_array_equal(theirs, whole)  # the borders agree as well
    assert ours.sum() > 10_000
    assert np.sum(ours != theirs) < 0.005 * ours.sum()


def test_scikit_image_finds_the_same_lines_within_a_pixel():
    image = camera() / 255
    ours, theirs = (
        edges.canny(image, 0.02, 0.05, sigma=2),
        feature.canny(image, sigma=2, low_threshold=0.16, high_threshold=0.4, mode="reflect"),
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        near = ndimage.binary_dilation(other, np.ones((3, 3)))
        assert np.mean(near[one]) > 0.9


def test_weak_pixels_stay_where_they_touch_strong_ones():
    strength = np.array([[9, 4, 0, 4], [0, 0, 4, 0], [4, 0, 0, 0], [4, 0, 0, 1]])
    kept = [[1, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(edges.follow(strength * 1.0, 3, 8), kept)
    np.testing.assert_array_equal(edges.follow(strength * 1.0, 3, 3), strength > 3)
    assert not edges.follow(strength * 1.0, 3, 9).any()  # above, not at
    assert edges.follow(strength * 1.0, 4, 8).sum() == 1  # the low one as well


@pytest.mark.parametrize("seed", range(4))
def test_following_is_hysteresis_with_corners(seed):
    strength = np.random.default_rng(seed).random((40, 30))
    pieces, count = ndimage.label(strength > 0.6, structure=np.ones((3, 3)))
    strong = ndimage.maximum(strength, pieces, np.arange(1, count + 1)) > 0.95
    expected = np.isin(pieces, 1 + np.flatnonzero(strong))
    np.testing.assert_array_equal(edges.follow(strength, 0.6, 0.95), expected)
    assert (filters.apply_hysteresis_threshold(strength, 0.6, 0.95) <= expected).all()


def test_canny_finds_one_closed_line_around_a_disc():
    rows, columns = np.indices((80, 80))
    disc = (np.hypot(rows - 40, columns - 40) < 25) * 1.0
    found = edges.canny(disc, 0.05, 0.1, sigma=1.5)
    assert ndimage.label(found, np.ones((3, 3)))[1] == 1
    assert np.abs(np.hypot(rows - 40, columns - 40)[found] - 25).max() < 1.5
    inner = ndimage.binary_fill_holes(found)
    assert inner[40, 40] and not found[40, 40]


# guards


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: edges.gradient(np.zeros((4, 4, 3))), "`image` must be grey, of shape (M, N); got"),
        (lambda: edges.gradient(np.full((3, 3), np.nan)), "`image` must hold finite numbers"),
        (lambda: edges.gradient(np.zeros((3, 3)), 0.3), "`sigma` must be a number of at least 0.5"),
        (lambda: edges.otsu_threshold(np.ones(4)), "`image` must hold at least two different"),
        (lambda: edges.otsu_threshold([]), "`image` must hold at least two different"),
        (lambda: edges.otsu_threshold([0, np.inf]), "`image` must hold finite numbers"),
        (lambda: edges.otsu_split([0, 0, 4]), "`counts` must not be negative, and above 0"),
        (lambda: edges.otsu_split([3, -1, 4]), "`counts` must not be negative, and above 0"),
        (lambda: edges.otsu_split([[1, 2]]), "`counts` must have shape (k,) with k >= 2"),
        (
            lambda: edges.thin(np.ones((3, 4)), np.ones((4, 3))),
            "`strength` and `direction` must have one shape; got (3, 4) and (4, 3).",
        ),
        (
            lambda: edges.thin(np.ones((3, 4)), np.full((3, 4), 90.0)),
            "`direction` must be in radians, within 2 pi; got 90.",
        ),
        (lambda: edges.follow(np.ones((3, 3)), 2, 1), "`low` must not exceed `high`; got 2 and 1."),
        (lambda: edges.canny(np.ones((3, 3)), -1, 1), "`low` must be a number of at least 0"),
    ],
)
def test_errors_name_argument_rule_and_value(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("dtype", [bool, int, np.float16])
def test_other_kinds_of_numbers_are_refused(dtype):
    with pytest.raises(TypeError, match="`image` must be uint8, float32 or float64; got"):
        edges.gradient(np.zeros((3, 3), dtype=dtype))
