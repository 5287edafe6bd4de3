"""Similarity against scikit-image, SciPy, linear programming, loops, and cases by hand."""

import re

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.fft import dctn
from scipy.optimize import linprog
from scipy.spatial.distance import pdist, squareform
from scipy.stats import wasserstein_distance
from skimage import data as pictures
from skimage import metrics
from skimage.registration import phase_cross_correlation

from helpers import filters, similarity
from helpers.similarity import _tiles

relaxed = settings(deadline=None, max_examples=40)  # seconds say nothing on a shared machine
PAPER = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
WINDOWS = {7: {}, 3: {"win_size": 3}, 11: {"win_size": 11}, "gaussian": PAPER}
COMPARED = [
    similarity.mean_squared_error,
    similarity.structural_similarity,
    similarity.structural_similarity_map,
    similarity.structural_similarity_gradient,
    similarity.align,
    lambda reference, image: similarity.overlap(reference, image, 0, 0),
]
HASHES = [similarity.difference_hash, similarity.dct_hash]


def noisy(image, sd=20.0, seed=0):
    rng = np.random.default_rng(seed)
    return np.clip(np.rint(image + rng.normal(0, sd, image.shape)), 0, 255).astype(np.uint8)


CAMERA = pictures.camera()
NOISY = noisy(CAMERA)
COLOUR = pictures.coffee()[:120, :130]
PAGE, DUSTY = np.full((300, 300), 250, np.uint8), np.full((300, 300), 250, np.uint8)
DUSTY[::2] += 1
PAIRS = {
    "noise": (CAMERA, NOISY),
    "equal": (CAMERA, CAMERA),
    "negative": (CAMERA, 255 - CAMERA),
    "bright and flat": (PAGE, DUSTY),
    "two flats": (PAGE, PAGE - 250),
    "one window high": (CAMERA[:11, :40], NOISY[:11, :40]),
    "one window wide": (CAMERA[:40, :11], NOISY[:40, :11]),
    "every second pixel": (CAMERA[::2, ::3], NOISY[::2, ::3]),
    "several tiles": (np.tile(CAMERA, (1, 5))[:150], np.tile(NOISY, (1, 5))[:150]),
    "colour": (COLOUR, noisy(COLOUR)),
}


def theirs(x, y, data_range=255, **options):
    """Return mean and full map of scikit-image, computed in float64."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    axis = -1 if x.ndim == 3 else None
    return metrics.structural_similarity(
        x, y, data_range=data_range, full=True, channel_axis=axis, **options
    )


def window_by_hand(x, y, data_range):
    """Return the SSIM of one window from its definition."""
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    covariance = np.cov(x.ravel(), y.ravel())
    means = 2 * x.mean() * y.mean() + c1, x.mean() ** 2 + y.mean() ** 2 + c1
    spreads = 2 * covariance[0, 1] + c2, covariance[0, 0] + covariance[1, 1] + c2
    return means[0] * spreads[0] / (means[1] * spreads[1])


# Squared error


def test_squared_error_of_four_bytes_does_not_wrap():
    dark, bright = np.array([[0, 10], [20, 30]], np.uint8), np.array([[200, 10], [4, 33]], np.uint8)
    by_hand = (200**2 + 0 + 16**2 + 3**2) / 4
    assert similarity.mean_squared_error(dark, bright) == by_hand
    assert similarity.mean_squared_error(bright, dark) == by_hand
    assert np.mean((dark - bright) ** 2) < by_hand  # what bytes would say


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_squared_error_equals_scikit_images_and_agrees_with_psnr(dtype):
    x, y = CAMERA, NOISY
    if dtype != np.uint8:
        x, y = (x / 255).astype(dtype), (y / 255).astype(dtype)
    error = similarity.mean_squared_error(x, y)
    assert error == pytest.approx(metrics.mean_squared_error(x.astype(float), y.astype(float)))
    peak = 255 if dtype == np.uint8 else 1
    assert filters.psnr(x, y) == pytest.approx(10 * np.log10(peak**2 / error))


# Structural similarity


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", PAIRS)
def test_similarity_and_map_equal_scikit_images(name, window):
    x, y = PAIRS[name]
    mean, full = theirs(x, y, **WINDOWS[window])
    ours = similarity.structural_similarity_map(x, y, window=window)
    edge = (full.shape[0] - ours.shape[0]) // 2
    inside = full[edge : len(full) - edge, edge : full.shape[1] - edge]
    assert similarity.structural_similarity(x, y, window=window) == pytest.approx(mean, abs=1e-11)
    np.testing.assert_allclose(ours, inside, atol=1e-10)


def test_three_by_three_pixels_by_hand():
    x = np.array([[0, 0, 0], [0, 9, 0], [0, 0, 0]], np.uint8)
    y = np.array([[1, 1, 1], [1, 10, 1], [1, 1, 1]], np.uint8)  # means 1 and 2, variances 9
    means = (2 * 1 * 2 + 2.55**2) / (1 + 4 + 2.55**2)  # spreads and patterns agree
    assert similarity.structural_similarity(x, y, window=3) == pytest.approx(means)
    turned = (2 * -9 + 7.65**2) / (9 + 9 + 7.65**2)  # 2 - x has the mean of x
    x = x.astype(float)
    value = similarity.structural_similarity(x, 2 - x, window=3, data_range=255)
    assert value == pytest.approx(turned)


@pytest.mark.parametrize("data_range", [255, 100.0, 1.0])
def test_each_value_of_the_map_is_that_of_its_window(data_range):
    x, y = CAMERA[200:215, 100:117].astype(float), NOISY[200:215, 100:117].astype(float)
    ours = similarity.structural_similarity_map(x, y, window=5, data_range=data_range)
    assert ours.shape == (11, 13)
    for i, j in np.ndindex(ours.shape):
        by_hand = window_by_hand(x[i : i + 5, j : j + 5], y[i : i + 5, j : j + 5], data_range)
        assert ours[i, j] == pytest.approx(by_hand, abs=1e-12)


def test_the_mean_of_the_map_is_the_similarity():
    for x, y in (PAIRS["several tiles"], PAIRS["colour"]):
        ours = similarity.structural_similarity_map(x, y)
        assert ours.shape == (x.shape[0] - 6, x.shape[1] - 6, *x.shape[2:])
        assert similarity.structural_similarity(x, y) == pytest.approx(ours.mean(), abs=1e-13)


@pytest.mark.parametrize("window", [3, 7, "gaussian", 31])
@pytest.mark.parametrize("shape", [(47, 90), (31, 41), (90, 31), (60, 61, 3)])
def test_tiles_give_what_the_whole_picture_gives(window, shape, monkeypatch):
    part = np.s_[: shape[0], : shape[1]] if len(shape) == 3 else np.s_[: shape[0], : shape[1], 0]
    x, y = COLOUR[part], noisy(COLOUR)[part]
    whole = similarity.structural_similarity_map(x, y, window=window)
    for high, wide in ((1, 1), (16, 200), (40, 17)):
        monkeypatch.setattr(_tiles, "HIGH", high)
        monkeypatch.setattr(_tiles, "WIDE", wide)
        ours = similarity.structural_similarity_map(x, y, window=window)
        np.testing.assert_allclose(ours, whole, rtol=0, atol=1e-13)


def test_similarity_is_symmetric_at_most_one_and_one_for_equals():
    for name, (x, y) in PAIRS.items():
        value = similarity.structural_similarity(x, y)
        assert value == pytest.approx(similarity.structural_similarity(y, x), abs=1e-13)
        assert value <= 1 + 1e-12
        assert (value > 1 - 1e-12) == (name == "equal")
    assert similarity.structural_similarity(*PAIRS["negative"]) < 0


def test_bytes_and_shares_of_one_give_the_same_similarity():
    bytes_ = similarity.structural_similarity(CAMERA, NOISY)
    shares = similarity.structural_similarity(CAMERA / 255, NOISY / 255)
    floats = similarity.structural_similarity(
        CAMERA.astype(np.float32), NOISY.astype(np.float32), data_range=255
    )
    assert bytes_ == pytest.approx(shares, abs=1e-12)
    assert bytes_ == pytest.approx(floats, abs=1e-12)
    assert similarity.structural_similarity(CAMERA, NOISY, data_range=510) > bytes_


@pytest.mark.parametrize("window", [3, 7, "gaussian"])
@pytest.mark.parametrize("colour", [False, True])
def test_gradient_equals_small_differences(window, colour):
    x, y = (COLOUR, noisy(COLOUR)) if colour else (CAMERA[100:], NOISY[100:])
    x, y = x[:14, 50:66] / 255, y[:14, 50:66] / 255
    gradient = similarity.structural_similarity_gradient(x, y, window=window)
    assert gradient.shape == y.shape
    step = 1e-5
    for place in list(np.ndindex(y.shape))[::5]:
        values = []
        for sign in (1, -1):
            moved = y.copy()
            moved[place] += sign * step
            values.append(similarity.structural_similarity(x, moved, window=window, data_range=1))
        assert gradient[place] == pytest.approx((values[0] - values[1]) / (2 * step), abs=1e-7)


def test_gradient_vanishes_where_the_similarity_is_largest():
    gradient = similarity.structural_similarity_gradient(CAMERA, CAMERA)
    np.testing.assert_allclose(gradient, 0, atol=1e-12)
    assert np.abs(similarity.structural_similarity_gradient(CAMERA, NOISY)).max() > 1e-7


@pytest.mark.parametrize("outside", [-0.1, 1.1])
def test_floats_outside_the_unit_range_need_a_data_range(outside):
    x, y = np.full((9, 9), 0.5), np.full((9, 9), 0.5)
    y[4, 4] = outside
    with pytest.raises(ValueError, match=r"`data_range` must be given for floats outside \[0, 1\]"):
        similarity.structural_similarity(x, y)
    with pytest.raises(ValueError, match=rf"go from .*{abs(outside)}|go from {outside}"):
        similarity.structural_similarity(y, x)
    assert similarity.structural_similarity(x, y, data_range=2) < 1


def test_values_far_from_zero_keep_their_similarity_or_are_refused():
    x, y = CAMERA[:60, :60] / 25500, NOISY[:60, :60] / 25500  # a hundredth of the range
    far = [picture + 999.9 for picture in (x, y)]
    for at, value in np.ndenumerate(similarity.structural_similarity_map(*far, data_range=1)):
        place = tuple(slice(start, start + 7) for start in at)
        assert abs(value - window_by_hand(far[0][place], far[1][place], 1)) < 1e-5
    for sign in (1, -1):
        with pytest.raises(ValueError, match=r"a thousandth of the largest value.*; got 1 for"):
            similarity.structural_similarity(sign * (far[0] + 1), sign * far[1], data_range=1)
    with pytest.raises(ValueError, match=r"got 0\.25 for values from 0 to 255"):
        similarity.structural_similarity(CAMERA, NOISY, data_range=0.25)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": 4}, "`window` must be odd and at least 3; got 4."),
        ({"window": 7.0}, "`window` must be odd and at least 3; got 7.0."),
        ({"window": "gauss"}, '`window` must be one of gaussian; got "gauss".'),
        ({"window": 43}, "at least as long as the window of 43 pixels; got (42, 50)."),
        ({"data_range": 0}, "`data_range` must be a positive number; got 0."),
        ({"data_range": np.nan}, "`data_range` must be a positive number; got nan."),
    ],
)
def test_windows_and_ranges_that_cannot_be_are_refused(options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        similarity.structural_similarity(CAMERA[:42, :50], NOISY[:42, :50], **options)


def test_the_gaussian_window_needs_eleven_pixels():
    with pytest.raises(ValueError, match="window of 11 pixels"):
        similarity.structural_similarity(CAMERA[:10], NOISY[:10], window="gaussian")


# What all pairs have in common


@pytest.mark.parametrize("compare", COMPARED)
@pytest.mark.parametrize(
    ("x", "y", "error", "message"),
    [
        (CAMERA, CAMERA[1:], ValueError, "agree in shape and dtype; got (512, 512) uint8 and (511"),
        (CAMERA, CAMERA / 255, ValueError, "(512, 512) uint8 and (512, 512) float64."),
        (CAMERA[0], CAMERA[0], ValueError, "`reference` must have shape (M, N) or (M, N, 3)"),
        (CAMERA[:0], CAMERA[:0], ValueError, "(M, N, 3); got (0, 512)."),
        (CAMERA > 9, CAMERA > 9, TypeError, "`reference` must be uint8, float32 or float64; got b"),
        (CAMERA, CAMERA.astype(int), TypeError, "`image` must be uint8, float32 or float64; got i"),
        (CAMERA / 255, CAMERA / np.nan, ValueError, "`image` must be finite"),
        (CAMERA / np.nan, CAMERA / 255, ValueError, "`reference` must be finite"),
    ],
)
def test_pictures_that_cannot_be_compared_are_refused(compare, x, y, error, message):
    with pytest.raises(error, match=re.escape(message)):
        compare(x, y)


@pytest.mark.parametrize("compare", COMPARED)
def test_pictures_are_left_as_they_were(compare):
    x, y = CAMERA[:40, :40].copy(), NOISY[:40, :40].copy()
    x.flags.writeable = y.flags.writeable = False
    compare(x, y)
    np.testing.assert_array_equal(x, CAMERA[:40, :40])


# Register


@given(rows=st.integers(-60, 60), columns=st.integers(-60, 60))
@relaxed
def test_a_moved_picture_is_moved_back(rows, columns):
    reference = CAMERA[100:400, 100:420]
    moved = CAMERA[100 + rows : 400 + rows, 100 + columns : 420 + columns]
    found = similarity.align(reference, moved)
    assert found[:2] == (rows, columns)
    assert found.response > 0.1
    ours = similarity.overlap(reference, moved, *found[:2])
    np.testing.assert_array_equal(*ours)
    assert ours[0].shape == (300 - abs(rows), 320 - abs(columns))


def test_the_shift_is_the_one_that_scikit_image_finds():
    moved = np.roll(NOISY, (7, -5), axis=(0, 1))
    theirs = phase_cross_correlation(CAMERA, moved)[0]
    assert similarity.align(CAMERA, moved)[:2] == tuple(theirs) == (-7, 5)
    assert similarity.align(moved, CAMERA)[:2] == (7, -5)


def test_a_response_is_one_for_equals_and_small_for_strangers():
    assert similarity.align(CAMERA, CAMERA) == (0, 0, pytest.approx(1, abs=1e-5))
    others = [getattr(pictures, name)() for name in ("moon", "brick", "grass", "gravel")]
    assert max(similarity.align(CAMERA, other).response for other in others) < 0.02
    assert similarity.align(CAMERA, 255 - CAMERA).response < 0.02


def test_colour_and_floats_align_as_bytes_do():
    moved = np.roll(COLOUR, (3, 4), axis=(0, 1))
    assert similarity.align(COLOUR, moved)[:2] == (-3, -4)
    assert similarity.align(COLOUR / 255, moved / 255)[:2] == (-3, -4)


def test_pictures_that_fit_everywhere_are_refused():
    with pytest.raises(ValueError, match="`image` must have more than one value; all are 250"):
        similarity.align(DUSTY, PAGE)
    with pytest.raises(ValueError, match="`reference` must have more than one value; all are 250"):
        similarity.align(PAGE, DUSTY)
    with pytest.raises(ValueError, match="at least 8 rows and columns"):
        similarity.align(CAMERA[:7], CAMERA[:7])


@pytest.mark.parametrize("move", [(512, 0), (0, -512)])
def test_a_move_out_of_the_picture_is_refused(move):
    with pytest.raises(ValueError, match="leaves nothing that two pictures of 512 rows"):
        similarity.overlap(CAMERA, NOISY, *move)
    assert similarity.overlap(CAMERA, NOISY, 511, -511)[0].shape == (1, 1)


@pytest.mark.parametrize("move", [(1.0, 0), (0, np.nan)])
def test_a_move_by_a_part_of_a_pixel_is_refused(move):
    with pytest.raises(TypeError, match="`rows` and `columns` must be whole numbers; got"):
        similarity.overlap(CAMERA, NOISY, *move)


# Earth mover's distance


def test_earth_that_one_can_carry_by_hand():
    assert similarity.earth_movers_distance([1, 0, 0, 0], [0, 0, 0, 1]) == 3
    assert similarity.earth_movers_distance([2, 0, 2], [0, 9, 0]) == 1  # counts become shares
    assert similarity.earth_movers_distance([0, 1, 0], [1, 0, 1], positions=[0, 3, 10]) == 5
    assert similarity.earth_movers_distance([7], [3]) == 0


@given(
    st.integers(1, 8).flatmap(
        lambda bins: st.tuples(
            *[st.lists(st.integers(0, 9), min_size=bins, max_size=bins).filter(any)] * 3
        )
    )
)
@relaxed
def test_distance_is_a_metric_and_equals_scipys(histograms):
    p, q, r = histograms
    move = similarity.earth_movers_distance
    bins = range(len(p))
    assert move(p, q) == pytest.approx(wasserstein_distance(bins, bins, p, q), abs=1e-12)
    assert move(p, q) == pytest.approx(move(q, p), abs=1e-12)
    assert move(p, r) <= move(p, q) + move(q, r) + 1e-12
    assert move(p, p) == 0


def test_distance_equals_the_cheapest_plan():
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(6), 2)
    positions = np.cumsum(rng.random(6))
    cost = np.abs(np.subtract.outer(positions, positions)).ravel()
    leaves = np.kron(np.eye(6), np.ones(6))
    arrives = np.kron(np.ones(6), np.eye(6))
    plan = linprog(cost, A_eq=np.vstack([leaves, arrives]), b_eq=np.r_[p, q])
    ours = similarity.earth_movers_distance(p, q, positions=positions)
    assert ours == pytest.approx(plan.fun, abs=1e-12)


@pytest.mark.parametrize("bins", [2, 10, 256])
def test_rows_are_pairs_and_one_row_stands_against_many(bins):
    rng = np.random.default_rng(bins)
    p, q = rng.integers(1, 99, (2, 1500, bins))
    each = [similarity.earth_movers_distance(a, b) for a, b in zip(p, q, strict=True)]
    np.testing.assert_allclose(similarity.earth_movers_distance(p, q), each, rtol=1e-12)
    one = similarity.earth_movers_distance(p[0], q)
    np.testing.assert_allclose(one, similarity.earth_movers_distance(p[:1], q))
    assert one[3] == pytest.approx(similarity.earth_movers_distance(p[0], q[3]))
    assert similarity.earth_movers_distance(p[:1], q[:1]).shape == (1,)


def test_levels_moved_by_s_are_s_apart():
    counts = np.bincount(CAMERA.ravel() // 2, minlength=256)
    for shift in (1, 5, 80):
        moved = np.roll(counts, shift)
        assert similarity.earth_movers_distance(counts, moved) == pytest.approx(shift)


@pytest.mark.parametrize(
    ("p", "q", "options", "message"),
    [
        ([1, 2], [1, 2, 3], {}, "as many bins, and as many rows or one; got (2,) and (3,)."),
        (np.ones((2, 3)), np.ones((3, 3)), {}, "got (2, 3) and (3, 3)."),
        ([], [], {}, "`p` must have shape (bins,) or (n, bins); got (0,)."),
        (np.ones((1, 1, 1)), [1], {}, "`p` must have shape (bins,) or (n, bins); got (1, 1, 1)."),
        ([1, 2], [-1, 2], {}, "`q` must be finite and not negative; got -1 to 2."),
        ([1, np.nan], [1, 2], {}, "`p` must be finite and not negative; got nan to nan."),
        ([1, np.inf], [1, 2], {}, "`p` must be finite and not negative; got 1 to inf."),
        ([1e308, 1e308], [1, 2], {}, "`p` must have a finite sum; its largest count is 1e+308."),
        ([1, 2], [[1, 2], [0, 0]], {}, "`q` must not hold empty histograms; got 1 of 2."),
        ([1, 2], [1, 2], {"positions": [0]}, "`positions` must have shape (2,); got (1,)."),
        ([1, 2], [1, 2], {"positions": [1, 1]}, "`positions` must rise and be finite."),
        ([1, 2], [1, 2], {"positions": [0, np.inf]}, "`positions` must rise and be finite."),
    ],
)
def test_histograms_that_cannot_be_compared_are_refused(p, q, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        similarity.earth_movers_distance(p, q, **options)


def test_words_are_no_histogram():
    with pytest.raises(TypeError, match="`p` must hold counts or shares; got <U1"):
        similarity.earth_movers_distance(["a"], [1])


# Hashes


def bits_of(code):
    return np.array([int(bit) for bit in f"{int(code):064b}"])


def test_difference_hash_of_a_ramp_and_its_mirror():
    ramp = np.tile(np.arange(90, dtype=np.uint8) * 2, (80, 1))
    assert similarity.difference_hash(ramp) == 2**64 - 1
    assert similarity.difference_hash(ramp[:, ::-1]) == 0
    ramp[:10] = 100  # the first of eight rows is flat: no neighbour is brighter
    assert similarity.difference_hash(ramp) == 2**56 - 1


def test_difference_hash_equals_block_means():
    means = CAMERA[:504, :504].reshape(8, 63, 9, 56).mean(axis=(1, 3)).round()
    by_hand = (means[:, 1:] > means[:, :-1]).ravel()
    np.testing.assert_array_equal(bits_of(similarity.difference_hash(CAMERA[:504, :504])), by_hand)


@pytest.mark.parametrize("name", ["camera", "moon", "brick"])
def test_dct_hash_equals_scipys_cosine_transform(name):
    picture = getattr(pictures, name)()
    small = picture.reshape(32, 16, 32, 16).mean(axis=(1, 3)).round()
    waves = dctn(small, norm="ortho")[:8, :8]
    bits = bits_of(similarity.dct_hash(picture))
    assert np.count_nonzero(bits != (waves > np.median(waves)).ravel()) == 0
    assert bits.sum() == 32
    assert bits[0] == 1


@pytest.mark.parametrize("code", HASHES)
def test_a_hash_sees_through_size_light_and_compression(code):
    def distance(other):
        return similarity.hamming_distances([code(CAMERA)], [code(other)])[0, 0]

    assert type(code(CAMERA)) is np.uint64
    assert distance(cv2.resize(CAMERA, (300, 200), interpolation=cv2.INTER_AREA)) <= 2
    assert distance(CAMERA // 2 + 30) <= 2
    jpeg = cv2.imencode(".jpg", CAMERA, [cv2.IMWRITE_JPEG_QUALITY, 20])[1]
    assert distance(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE)) <= 4
    assert distance(CAMERA / 255) <= 1
    assert distance(np.dstack([CAMERA] * 3)) <= 1
    assert distance(CAMERA[:, ::-1]) > 10
    assert distance(pictures.moon()) > 10


@pytest.mark.parametrize("code", HASHES)
def test_flat_pictures_are_told_and_not_hashed(code):
    dust = noisy(np.full((200, 200), 250.0), sd=3)
    for flat in (PAGE, DUSTY, dust, np.zeros((50, 50))):
        assert similarity.is_flat(flat)
        with pytest.raises(ValueError, match=r"must have a layout to be hashed.*below 2 of 255"):
            code(flat)
    assert not similarity.is_flat(CAMERA)


@pytest.mark.parametrize("code", [*HASHES, similarity.is_flat])
@pytest.mark.parametrize(
    ("picture", "error", "message"),
    [
        (CAMERA[:8], ValueError, "`image` must have at least 9 rows and columns; got (8, 512)."),
        (CAMERA > 99, TypeError, "`image` must be uint8 or float; got bool"),
        (CAMERA / 100, ValueError, "`image` must be within [0, 1]"),
        (CAMERA / np.nan, ValueError, "`image` must be within [0, 1]; got nan"),
        (CAMERA[0], ValueError, "`image` must be a picture of shape (M, N) or (M, N, 3)"),
        (CAMERA.astype(int), TypeError, "`image` must be bool, uint8 or float; got int64."),
    ],
)
def test_what_is_no_picture_has_no_hash(code, picture, error, message):
    with pytest.raises(error, match=re.escape(message)):
        code(picture)


def random_codes(count, seed=0):
    return np.random.default_rng(seed).integers(0, 2**64, count, dtype=np.uint64)


def test_bits_that_differ_by_hand():
    codes = np.array([0, 1, 3, 2**63, 2**64 - 1], np.uint64)
    table = [
        [0, 1, 2, 1, 64],
        [1, 0, 1, 2, 63],
        [2, 1, 0, 3, 62],
        [1, 2, 3, 0, 63],
        [64, 63, 62, 63, 0],
    ]
    np.testing.assert_array_equal(similarity.hamming_distances(codes), table)
    assert similarity.hamming_distances(codes).dtype == np.uint8
    found = similarity.near_duplicates(codes, 1)
    assert [list(column) for column in found] == [[0, 0, 1], [1, 3, 2], [1, 1, 1]]
    assert len(similarity.near_duplicates(codes, 64).first) == 10


@pytest.mark.parametrize("count", [0, 1, 2, 700])
def test_pairs_and_distances_equal_scipys(count):
    codes = random_codes(count) & np.uint64(2**20 - 1)  # near one another
    bits = np.unpackbits(codes.view(np.uint8).reshape(count, 8), axis=1)
    table = np.rint(64 * squareform(pdist(bits, "hamming"))) if count > 1 else np.zeros([count] * 2)
    np.testing.assert_array_equal(similarity.hamming_distances(codes), table)
    found = similarity.near_duplicates(codes, 5)
    first, second = np.nonzero(np.triu(table <= 5, 1))
    np.testing.assert_array_equal(found.first, first)
    np.testing.assert_array_equal(found.second, second)
    np.testing.assert_array_equal(found.bits, table[first, second])
    assert found.first.dtype.kind == "i"


def test_two_lists_of_codes_are_compared_across():
    codes, others = random_codes(3), random_codes(5, seed=1)
    across = similarity.hamming_distances(codes, others)
    assert across.shape == (3, 5)
    assert across[2, 4] == int(codes[2] ^ others[4]).bit_count()
    assert similarity.hamming_distances(codes, []).shape == (3, 0)


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (65, "`limit` must be at most 64 bits; got 65."),
        (-1, "`limit` must be a whole number of at least 0; got -1."),
        (0.1, "`limit` must be a whole number of at least 0; got 0.1."),
    ],
)
def test_limits_are_bits(limit, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        similarity.near_duplicates(random_codes(3), limit)


def test_codes_are_whole_numbers_of_64_bits():
    with pytest.raises(TypeError, match="`codes` must be uint64; got int64"):
        similarity.near_duplicates(np.arange(3))
    with pytest.raises(ValueError, match=re.escape("`codes` must have shape (n,); got (1, 3).")):
        similarity.near_duplicates(random_codes(3)[None])
    with pytest.raises(TypeError, match="`others` must be uint64; got float64"):
        similarity.hamming_distances(random_codes(3), np.ones(2))
