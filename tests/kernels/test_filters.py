"""Filters: cases by hand, invariants, loops and libraries as oracles, guards."""

import re

import numpy as np
import pytest
import skimage
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import ndimage

from helpers import filters
from helpers.filters import _bands

DTYPES = ("uint8", "float32", "float64")
SHAPES = st.tuples(st.integers(1, 9), st.integers(1, 9))
RNG = np.random.default_rng(3)
GREY = RNG.integers(0, 256, (12, 17), dtype=np.uint8)
COLOUR = RNG.integers(0, 256, (9, 8, 3), dtype=np.uint8)
SKEW = np.array([[0.0, 1, 2], [-1, 0.5, 0], [3, 0, -2]])
AVERAGES = {
    "mean": filters.mean,
    "mean 5": lambda image: filters.mean(image, 5),
    "gaussian": lambda image: filters.gaussian(image, 1.3),
    "wide gaussian": lambda image: filters.gaussian(image, 25),
}
RANKS = {
    "median": filters.median,
    "median 5": lambda image: filters.median(image, 5),
    "median 7": lambda image: filters.median(image, 7),
    "conservative": filters.conservative,
    "conservative 5": lambda image: filters.conservative(image, 5),
}
WAVES = {
    f"{shape} {name}": lambda image, keep=keep, shape=shape: keep(image, 0.2, shape=shape)
    for shape in ("gaussian", "ideal", "butterworth")
    for name, keep in (("low", filters.low_pass), ("high", filters.high_pass))
}
LINEAR = {
    **AVERAGES,
    **WAVES,
    "laplacian": filters.laplacian,
    "convolve": lambda image: filters.convolve(image, SKEW),
}
SIGNED = {"laplacian", *(name for name in WAVES if "high" in name)}
ALL = {
    **LINEAR,
    **RANKS,
    "crimmins": filters.crimmins,
    "unsharp_mask": filters.unsharp_mask,
}
ONE_ANSWER = {**ALL, "psnr": lambda image: filters.psnr(image, image)}


def named(table):
    return pytest.mark.parametrize("run", table.values(), ids=table)


def as_dtype(image, dtype):
    """Turn bytes into a picture of that dtype: floats lie within [0, 1]."""
    return image if dtype == "uint8" else (image / 255).astype(dtype)


@st.composite
def pictures(draw, dtypes=DTYPES, shapes=SHAPES):
    """Draw a grey picture with many ties, or with any values."""
    levels = draw(st.sampled_from([3, 256]))
    image = draw(arrays.arrays(np.uint8, draw(shapes), elements=st.integers(0, levels - 1)))
    return as_dtype(image, draw(st.sampled_from(dtypes)))


relaxed = settings(deadline=None)  # seconds say nothing on a shared machine


# ---- one rule for all


@named(ALL)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (6, 1), (2, 2), (4, 1), (5, 6), (5, 6, 3)])
def test_shape_and_dtype_are_kept(run, dtype, shape, request):
    image = as_dtype(np.resize(GREY, shape), dtype)
    result = run(image)
    signed = request.node.callspec.id.rsplit("-", 1)[-1] in SIGNED
    assert result.shape == shape
    assert result.dtype == ("float32" if signed and dtype == "uint8" else dtype)
    assert not np.shares_memory(result, image)


@named(ALL)
@pytest.mark.parametrize("dtype", DTYPES)
def test_colour_is_filtered_channel_by_channel(run, dtype):
    image = as_dtype(COLOUR, dtype)
    expected = np.stack([run(channel) for channel in np.moveaxis(image, -1, 0)], axis=-1)
    np.testing.assert_allclose(run(image), expected, rtol=1e-6, atol=1e-6)


def forms(image):
    """Yield the same picture in the memory orders that NumPy code produces."""
    yield "strided", np.repeat(np.repeat(image, 2, axis=0), 3, axis=1)[::2, ::3]
    yield "reversed", np.ascontiguousarray(image[::-1, ::-1])[::-1, ::-1]
    yield "Fortran", np.asfortranarray(image)
    yield "big-endian", image.astype(image.dtype.newbyteorder(">"))
    frozen = image.copy()
    frozen.flags.writeable = False
    yield "read-only", frozen


@named(ONE_ANSWER)
@pytest.mark.parametrize("image", [GREY, COLOUR], ids=["grey", "colour"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_memory_order_does_not_matter_and_the_input_stays(run, image, dtype):
    image = as_dtype(image, dtype)
    expected = run(image.copy())
    for name, form in forms(image):
        result = run(form)
        np.testing.assert_array_equal(result, expected, err_msg=name)
        np.testing.assert_array_equal(form, image, err_msg=name)
        assert np.asarray(result).dtype.isnative


@named({**AVERAGES, **RANKS, "crimmins": filters.crimmins})
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("level", [0, 100, 255])
@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (7, 6)])
def test_a_constant_picture_survives(run, dtype, level, shape):
    flat = as_dtype(np.full(shape, level, dtype=np.uint8), dtype)
    np.testing.assert_array_equal(run(flat), flat)


@named(WAVES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_a_constant_picture_has_only_the_slowest_wave(run, dtype, request):
    flat = as_dtype(np.full((6, 7), 100, dtype=np.uint8), dtype)
    expected = 0 * flat if "high" in request.node.callspec.id else flat
    np.testing.assert_allclose(run(flat), expected, atol=1e-6 * flat[0, 0])


@named(AVERAGES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("seed", range(5))
def test_an_average_of_floats_stays_in_the_range_of_the_picture(run, dtype, seed):
    rng = np.random.default_rng(seed)
    image = (rng.random((40, 41)) * (rng.random((40, 41)) < 0.5)).astype(dtype)
    image[:20, :20] = 1  # a flat patch, where rounding would show above 1
    result = run(image)
    assert result.min() >= 0
    assert result.max() <= 1


@named(LINEAR)
@relaxed
@given(st.data())
def test_linear_filters_are_linear(run, data):
    shape = data.draw(SHAPES)
    first, second = (
        data.draw(arrays.arrays(float, shape, elements=st.floats(0, 1, width=16))) for _ in "ab"
    )
    expected = 0.25 * run(first) - 2 * run(second)
    np.testing.assert_allclose(run(0.25 * first - 2 * second), expected, atol=1e-12)


@named({**AVERAGES, **RANKS, **WAVES, "laplacian": filters.laplacian})
@relaxed
@given(pictures(dtypes=["float64"]))
def test_turned_or_mirrored_pictures_give_turned_or_mirrored_results(run, image):
    result = run(image)
    for turn in (np.rot90, np.transpose, np.flipud, np.fliplr):
        np.testing.assert_allclose(run(turn(image)), turn(result), atol=1e-12)


@named(RANKS)
@relaxed
@given(pictures(dtypes=["uint8"]))
def test_rank_filters_pass_through_any_rising_curve(run, image):
    curve = np.sort(np.random.default_rng(0).random(256))
    np.testing.assert_array_equal(run(curve[image]), curve[run(image)])


# ---- convolution


def test_an_impulse_returns_the_kernel_unflipped():
    impulse = np.zeros((5, 7))
    impulse[2, 3] = 1
    expected = np.zeros((5, 7))
    expected[1:4, 2:5] = SKEW
    np.testing.assert_array_equal(filters.convolve(impulse, SKEW), expected)


def test_convolve_by_hand_rounds_and_clips_bytes():
    row = np.array([[10, 20, 40]], dtype=np.uint8)
    # kernel (1, 0, -1): right neighbour minus left; reflected: 10 10 20 40 40
    np.testing.assert_array_equal(filters.convolve(row, [[1, 0, -1]]), [[10, 30, 20]])
    np.testing.assert_array_equal(filters.convolve(row, [[-1, 0, 1]]), [[0, 0, 0]])
    np.testing.assert_array_equal(filters.convolve(row, [[9]]), [[90, 180, 255]])
    np.testing.assert_array_equal(filters.convolve(row, [[0.26]]), [[3, 5, 10]])


@pytest.mark.parametrize(
    ("border", "outside"), [("reflect", 10), ("mirror", 20), ("nearest", 10), ("constant", 0)]
)
def test_borders_by_hand(border, outside):
    row = np.array([[10.0, 20, 40]])
    assert filters.convolve(row, [[0, 0, 1]], border=border)[0, 0] == outside


@relaxed
@given(
    pictures(dtypes=["float64"]),
    st.tuples(*[st.sampled_from([1, 3, 5, 13])] * 2),
    st.sampled_from(["reflect", "mirror", "nearest", "constant"]),
)
@example(np.arange(3.0).reshape(1, 3), (13, 13), "mirror")
def test_convolve_follows_scipy(image, sides, border):
    kernel = np.random.default_rng(sides).normal(size=sides)
    expected = ndimage.convolve(image, kernel, mode=border)
    result = filters.convolve(image, kernel, border=border)
    np.testing.assert_allclose(result, expected, atol=1e-10)


# ---- averages


def test_mean_by_hand():
    image = np.array([[9, 0, 0], [0, 0, 0], [0, 0, 18]], dtype=np.uint8)
    # reflected, the corner counts four times in its own window
    np.testing.assert_array_equal(filters.mean(image), [[4, 2, 0], [2, 3, 4], [0, 4, 8]])


@relaxed
@given(pictures(), st.sampled_from([3, 5, 9, 21]))
def test_mean_follows_scipy(image, size):
    expected = ndimage.uniform_filter(image.astype(float), size, mode="reflect")
    tolerance = 0.5 + 1e-9 if image.dtype == np.uint8 else 1e-6
    np.testing.assert_allclose(filters.mean(image, size), expected, rtol=0, atol=tolerance)


def test_an_impulse_returns_the_gaussian():
    impulse = np.zeros((41, 41))
    impulse[20, 20] = 1
    result = filters.gaussian(impulse, 2)
    down, right = np.mgrid[-20:21, -20:21]
    np.testing.assert_allclose(
        result / result[20, 20], np.exp(-(down**2 + right**2) / 8), atol=4e-4
    )
    assert result.sum() == pytest.approx(1)
    assert result[20, 11] == 0  # nine away: beyond 4 sigma


@relaxed
@given(pictures(dtypes=["float32", "float64"]), st.sampled_from([0.5, 1, 2, 3.25]))
def test_gaussian_follows_scipy(image, sigma):
    expected = ndimage.gaussian_filter(image.astype(float), sigma, mode="reflect", truncate=4)
    np.testing.assert_allclose(filters.gaussian(image, sigma), expected, atol=1e-6)


@pytest.mark.parametrize("sigma", [0.5, 1, 2, 5, 19])
def test_gaussian_of_bytes_is_within_two_levels(sigma):
    image = np.random.default_rng(0).integers(0, 256, (60, 70), dtype=np.uint8)
    exact = ndimage.gaussian_filter(image.astype(float), sigma, mode="reflect", truncate=3)
    assert np.abs(filters.gaussian(image, sigma) - exact).max() <= 2


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (50, 33), (20, 7, 3)])
@pytest.mark.parametrize("sigma", [20, 33.3])
def test_a_wide_gaussian_is_the_full_kernel_on_the_reflected_picture(dtype, shape, sigma):
    image = as_dtype(np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8), dtype)
    deviations = (sigma, sigma, 0)[: image.ndim]
    exact = ndimage.gaussian_filter(image.astype(float), deviations, mode="reflect", truncate=9)
    tolerance = 0.5 + 1e-3 if dtype == "uint8" else 2e-7 if dtype == "float32" else 1e-12
    np.testing.assert_allclose(filters.gaussian(image, sigma), exact, rtol=0, atol=tolerance)


def test_a_gaussian_much_wider_than_the_picture_is_its_mean():
    image = np.array([[0, 0.5], [1, 0.3]])
    np.testing.assert_allclose(filters.gaussian(image, 1e9), 0.45)


# ---- ranks


def test_median_by_hand():
    image = np.array([[1, 2, 9], [4, 200, 6], [7, 8, 3]], dtype=np.uint8)
    # edges repeated: the first corner sees 1 1 1 1 2 2 4 4 200
    expected = [[2, 4, 9], [4, 6, 6], [7, 7, 6]]
    for dtype in DTYPES:
        np.testing.assert_array_equal(filters.median(image.astype(dtype)), expected)


@relaxed
@given(pictures(), st.sampled_from([3, 5, 7]))
@example(np.arange(4, dtype=np.uint8).reshape(4, 1), 3)
def test_median_follows_scipy_to_the_last_bit(image, size):
    expected = ndimage.median_filter(image, size, mode="nearest")
    np.testing.assert_array_equal(filters.median(image, size), expected)


def test_a_median_window_too_large_for_opencv_still_works():
    image, size = np.random.default_rng(0).integers(0, 3, (3, 4), dtype=np.uint8), 401
    padded = np.pad(image, size // 2, mode="edge")
    expected = [[np.median(padded[i : i + size, j : j + size]) for j in range(4)] for i in range(3)]
    np.testing.assert_array_equal(filters.median(image, size), expected)


def conservative_loop(image, size):
    result = image.copy()
    rows, columns = image.shape
    near = range(-(size // 2), size // 2 + 1)
    for i, j in np.ndindex(rows, columns):
        around = [
            image[i + down, j + right]
            for down in near
            for right in near
            if (down or right) and 0 <= i + down < rows and 0 <= j + right < columns
        ]
        if around:
            result[i, j] = min(max(image[i, j], min(around)), max(around))
    return result


def test_conservative_by_hand():
    image = np.array([[5, 5, 5], [5, 90, 7], [5, 5, 0]], dtype=np.uint8)
    expected = [[5, 5, 5], [5, 7, 7], [5, 5, 5]]  # the corner 0 rises to its lowest neighbour
    for dtype in DTYPES:
        np.testing.assert_array_equal(filters.conservative(image.astype(dtype)), expected)


@relaxed
@given(pictures(), st.sampled_from([3, 5, 7]))
@example(np.array([[7]], dtype=np.uint8), 3)
@example(np.array([[7, 0, 3, 3]], dtype=np.uint8), 3)
@example(np.array([[7], [0], [3], [3]], dtype=np.float32), 3)
@example(np.array([[1, 0], [0, 0]], dtype=np.float64), 3)
def test_conservative_equals_the_loop_to_the_last_bit(image, size):
    result = filters.conservative(image, size)
    np.testing.assert_array_equal(result, conservative_loop(image, size))


@pytest.mark.parametrize("value", [1e30, -1e30])
def test_conservative_and_median_take_values_far_outside_a_picture(value):
    image = np.full((4, 5), value, dtype=np.float32)
    np.testing.assert_array_equal(filters.conservative(image), image)
    np.testing.assert_array_equal(filters.median(image), image)


def test_values_whose_sum_is_infinite_are_finite_all_the_same():
    image = np.full((4, 5), 1.7e308)
    np.testing.assert_array_equal(filters.median(image), image)


@pytest.mark.parametrize("run", [filters.median, filters.mean, filters.laplacian])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(67, 301), (41, 35, 3)])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_value_that_is_not_finite_is_seen_wherever_it_is(run, dtype, shape, value):
    image = RNG.normal(size=shape).astype(dtype)
    for place in (0, 1, 17, image.size // 2, image.size - 2, image.size - 1):
        spoilt = image.copy()
        spoilt.flat[place] = value
        with pytest.raises(ValueError, match="`image` must be finite"):
            run(spoilt)


@named({**RANKS, "crimmins": filters.crimmins})
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(301, 7), (301, 7, 3), (150, 2)])
def test_bands_give_what_the_whole_picture_gives(run, dtype, shape, monkeypatch):
    image = RNG.choice(np.array([0, 90, 255], dtype=np.uint8), shape)
    image = as_dtype(image, dtype)
    cuts = []
    for band in (1 << 40, 1):
        monkeypatch.setattr(_bands, "BAND", band)
        cuts.append(run(image))
    np.testing.assert_array_equal(*cuts)


@named(WAVES)
def test_bands_of_waves_give_what_the_whole_picture_gives(run, monkeypatch):
    image = RNG.random((61, 75))
    cuts = []
    for band in (1 << 40, 1):
        monkeypatch.setattr(_bands, "BAND", band)
        cuts.append(run(image))
    np.testing.assert_allclose(*cuts, atol=1e-14)


@relaxed
@given(st.integers(1, 5000), st.integers(1, 1 << 20), st.integers(1, 130))
def test_spans_cover_all_lines_once_and_hold_about_a_band(count, nbytes, least):
    spans = _bands.spans(count, nbytes, least=least)
    assert [line for span in spans for line in range(span.start, span.stop)] == list(range(count))
    target = max(least, _bands.BAND // nbytes)
    assert all(2 * (span.stop - span.start) <= 3 * target + 2 for span in spans)
    assert len(spans) <= max(1, round(count / target))  # no short piece is left over


# ---- Crimmins


def crimmins_loop(image, iterations):
    """Do what the algorithm says, one pixel at a time, with replicated borders."""
    image = image.astype(int)
    rules = (
        lambda before, pixel, after: before >= pixel + 2,
        lambda before, pixel, after: before > pixel <= after,
        lambda before, pixel, after: after > pixel <= before,
        lambda before, pixel, after: after >= pixel + 2,
    )
    for _ in range(iterations):
        for sign in (1, -1):
            for down, right in ((1, 0), (0, 1), (1, 1), (1, -1)):
                for rule in rules:
                    framed = sign * np.pad(image, 1, mode="edge")
                    for i, j in np.ndindex(image.shape):
                        before = framed[i + 1 - down, j + 1 - right]
                        after = framed[i + 1 + down, j + 1 + right]
                        image[i, j] += sign * rule(before, framed[i + 1, j + 1], after)
    return image


@pytest.mark.parametrize(("iterations", "height"), [(1, 239), (2, 223), (5, 175), (10, 101)])
def test_a_spike_sinks_by_sixteen_levels_an_iteration(iterations, height):
    image = np.full((15, 15), 100, dtype=np.uint8)
    image[7, 7] = 255
    result = filters.crimmins(image, iterations)
    assert result.max() == result[7, 7] == height
    assert result.min() == 100


def test_a_pit_rises_as_a_spike_sinks():
    image = np.full((15, 15), 200, dtype=np.uint8)
    image[7, 7] = 0
    assert filters.crimmins(image, 3)[7, 7] == 48


@relaxed
@given(
    st.one_of(
        arrays.arrays(np.uint8, SHAPES),
        arrays.arrays(np.uint8, SHAPES, elements=st.integers(120, 124)),
    ),
    st.integers(1, 2),
)
@example(np.array([[0, 255, 0, 255]], dtype=np.uint8), 2)
@example(np.array([[0], [255], [7], [255]], dtype=np.uint8), 2)
def test_crimmins_equals_the_loop(image, iterations):
    result = filters.crimmins(image, iterations)
    np.testing.assert_array_equal(result, crimmins_loop(image, iterations))


@relaxed
@given(arrays.arrays(np.uint8, SHAPES))
def test_crimmins_moves_at_most_sixteen_levels_and_stays_in_range(image):
    result = filters.crimmins(image).astype(int)
    assert np.abs(result - image).max() <= 16
    assert image.min() <= result.min()
    assert result.max() <= image.max()


def test_crimmins_of_floats_is_that_of_their_levels():
    image = GREY / 255
    np.testing.assert_array_equal(filters.crimmins(image, 2), filters.crimmins(GREY, 2) / 255)


# ---- sharpening


def test_laplacian_by_hand_is_negative_on_a_bright_spot():
    image = np.array([[0, 0, 0], [0, 200, 0], [0, 0, 50]], dtype=np.uint8)
    result = filters.laplacian(image)
    np.testing.assert_array_equal(result, [[0, 200, 0], [200, -800, 250], [0, 250, -100]])


@relaxed
@given(pictures())
def test_laplacian_follows_scipy_and_sums_to_nothing(image):
    result = filters.laplacian(image)
    expected = ndimage.laplace(image.astype(float), mode="reflect")
    np.testing.assert_allclose(result, expected, atol=1e-5)
    assert abs(result.sum(dtype=float)) < 1e-4


@relaxed
@given(pictures(dtypes=["float64"]), st.sampled_from([0.5, 1, 2]), st.sampled_from([0, 0.7, 3]))
def test_unsharp_mask_follows_skimage(image, radius, amount):
    expected = skimage.filters.unsharp_mask(image, radius, amount)
    result = filters.unsharp_mask(image, radius=radius, amount=amount)
    np.testing.assert_allclose(result, expected, atol=1e-6)


def test_unsharp_mask_of_bytes_is_close_to_that_of_floats():
    exact = 255 * filters.unsharp_mask(GREY / 255, amount=1)
    assert np.abs(filters.unsharp_mask(GREY, amount=1) - exact).max() <= 2.5


def test_unsharp_mask_makes_an_edge_steeper():
    edge = np.tile(np.clip(np.arange(-9, 10) / 8 + 0.5, 0.2, 0.8), (5, 1))
    steepest = np.abs(np.diff(filters.unsharp_mask(edge))).max()
    assert steepest > 1.5 * np.abs(np.diff(edge)).max()


@pytest.mark.parametrize("dtype", DTYPES)
def test_unsharp_mask_adds_nothing_where_there_is_nothing(dtype):
    flat = as_dtype(np.full((7, 6), 100, dtype=np.uint8), dtype)
    np.testing.assert_allclose(filters.unsharp_mask(flat), flat, rtol=1e-6)
    np.testing.assert_array_equal(filters.unsharp_mask(GREY, amount=0), GREY)


@pytest.mark.parametrize("run", [filters.unsharp_mask, filters.crimmins])
def test_floats_outside_the_range_are_refused_where_the_range_counts(run):
    with pytest.raises(ValueError, match=re.escape("within [0, 1]; got 0 to 255")):
        run(np.array([[0.0, 255.0]]))


# ---- frequencies


SHARES = {
    "gaussian": lambda ratio: np.exp(-(ratio**2) / 2),
    "ideal": lambda ratio: float(ratio <= 1),
    "butterworth": lambda ratio: 1 / (1 + ratio**4),
}


@pytest.mark.parametrize("shape", SHARES)
@pytest.mark.parametrize(("down", "right"), [(0, 0), (3, 0), (0, 4), (3, 4), (6, 8), (10, 15)])
def test_a_wave_keeps_the_share_of_its_frequency(shape, down, right):
    rows, columns = 20, 30
    phase = np.add.outer(down * np.arange(rows) / rows, right * np.arange(columns) / columns)
    wave = np.cos(2 * np.pi * phase)
    ratio = np.hypot(down / rows, right / columns) / 0.2
    result = filters.low_pass(wave, 0.2, shape=shape)
    np.testing.assert_allclose(result, SHARES[shape](ratio) * wave, atol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [7, 49, 64, 98])
def test_an_ideal_filter_keeps_the_wave_at_its_cutoff(size, dtype):
    for cycles in range(1, size // 2 + 1):
        wave = np.tile(np.cos(2 * np.pi * cycles * np.arange(size) / size), (2, 1)).astype(dtype)
        kept = filters.low_pass(wave, cycles / size, shape="ideal")
        np.testing.assert_allclose(kept, wave, atol=1e-5)


def test_diagonal_waves_at_the_cutoff_are_kept_too():
    side = 100
    for down, right in ((1, 1), (1, 4), (3, 4), (7, 24), (20, 21)):  # some round to above 1
        phase = np.add.outer(down * np.arange(side), right * np.arange(side)) / side
        wave, cutoff = np.cos(2 * np.pi * phase), np.hypot(down, right) / side
        kept = filters.low_pass(wave, cutoff, shape="ideal")
        np.testing.assert_allclose(kept, wave, atol=1e-9)


@relaxed
@given(pictures(dtypes=["float64"]), st.floats(0.01, 0.71), st.sampled_from(list(SHARES)))
def test_low_pass_is_a_product_with_the_full_complex_spectrum(image, cutoff, shape):
    down, right = (np.fft.fftfreq(size) for size in image.shape)
    ratio = np.hypot(down[:, None], right[None]) / cutoff
    assume(shape != "ideal" or not np.isclose(ratio, 1, rtol=1e-5).any())
    mask = np.vectorize(SHARES[shape], otypes=[float])(ratio)
    expected = np.fft.ifft2(np.fft.fft2(image) * mask)
    assert np.abs(expected.imag).max() < 1e-12  # a symmetric mask leaves nothing imaginary
    np.testing.assert_allclose(
        filters.low_pass(image, cutoff, shape=shape), expected.real, atol=1e-10
    )


@relaxed
@given(pictures(), st.floats(0.01, 0.71), st.sampled_from(list(SHARES)))
def test_low_and_high_sum_to_the_picture(image, cutoff, shape):
    low, high = (
        keep(image, cutoff, shape=shape).astype(float)
        for keep in (filters.low_pass, filters.high_pass)
    )
    if image.dtype == np.uint8:  # rounded, and clipped where an ideal mask rings
        np.testing.assert_allclose(low, np.clip(image - high, 0, 255), rtol=0, atol=0.501)
    else:
        np.testing.assert_allclose(low + high, image, atol=1e-6)


def test_a_low_pass_of_bytes_is_clipped_where_an_ideal_mask_rings():
    step = np.zeros((8, 64), dtype=np.uint8)
    step[:, 16:48] = 255
    ringing = filters.low_pass(step.astype(np.float32), 0.1, shape="ideal")
    assert ringing.min() < -10
    assert ringing.max() > 265
    result = filters.low_pass(step, 0.1, shape="ideal")
    np.testing.assert_array_equal(result, np.clip(np.rint(ringing), 0, 255))
    soft = filters.low_pass(step.astype(np.float32), 0.1)
    assert soft.min() > -0.1
    assert soft.max() < 255.1


# ---- PSNR


def test_psnr_by_hand():
    image = np.full((4, 5), 100, dtype=np.uint8)
    assert filters.psnr(image, image) == float("inf")
    assert filters.psnr(image, image + 1) == pytest.approx(20 * np.log10(255))
    assert filters.psnr(np.zeros((2, 2)), np.full((2, 2), 0.1)) == pytest.approx(20)
    black, white = np.zeros((2, 2), np.uint8), np.full((2, 2), 255, np.uint8)
    assert filters.psnr(black, white) == filters.psnr(white, black) == 0
    assert isinstance(filters.psnr(black, white), float)


@relaxed
@given(pictures(), st.integers(0, 9))
def test_psnr_follows_skimage(image, seed):
    noise = np.random.default_rng(seed).integers(0, 256, image.shape, dtype=np.uint8)
    other = as_dtype(noise, image.dtype)
    assume(not np.array_equal(image, other))
    peak = 255 if image.dtype == np.uint8 else 1
    expected = skimage.metrics.peak_signal_noise_ratio(
        image.astype(float), other.astype(float), data_range=peak
    )
    assert filters.psnr(image, other) == pytest.approx(expected)


@pytest.mark.parametrize("other", [GREY[:-1], GREY / 255, np.stack([GREY] * 3, axis=-1)])
def test_psnr_refuses_unlike_pictures(other):
    with pytest.raises(ValueError, match=r"must agree in shape and dtype; got .*uint8 and "):
        filters.psnr(GREY, other)
    with pytest.raises(ValueError, match="`reference` must be finite"):
        filters.psnr(np.array([[np.nan]]), np.array([[0.5]]))


# ---- guards


@named(ONE_ANSWER)
@pytest.mark.parametrize(
    ("image", "error", "message"),
    [
        (np.zeros(4), ValueError, "must have shape (M, N) or (M, N, 3); got (4,)."),
        (np.zeros((0, 4)), ValueError, "got (0, 4)."),
        (np.zeros((2, 0, 3)), ValueError, "got (2, 0, 3)."),
        (np.zeros((2, 2, 4)), ValueError, "got (2, 2, 4)."),
        (np.zeros((2, 2, 3, 1)), ValueError, "got (2, 2, 3, 1)."),
        (3.5, ValueError, "got ()."),
        ("photo.png", ValueError, "got ()."),
        ([["a", "b"]], TypeError, "must be uint8, float32 or float64; got <U1."),
        ([[1, None]], TypeError, "got object."),
        (np.zeros((2, 2), bool), TypeError, "got bool."),
        (np.zeros((2, 2), np.int32), TypeError, "got int32."),
        (np.zeros((2, 2), np.uint16), TypeError, "got uint16."),
        (np.zeros((2, 2), np.float16), TypeError, "got float16."),
        (np.zeros((2, 2), complex), TypeError, "got complex128."),
        (np.array([[0, np.nan]]), ValueError, "must be finite; got NaN or infinity."),
        (np.array([[0, np.inf]], np.float32), ValueError, "must be finite"),
        (np.array([[-np.inf, np.inf]]), ValueError, "must be finite"),
    ],
)
def test_what_is_no_picture_is_refused(run, image, error, message):
    with pytest.raises(error, match=re.escape(message)):
        run(image)


NO_NUMBER = [None, "3", "wide", [3], np.array([3, 5]), True, np.True_, float("nan"), 1j]


def refuses(value, message, call):
    with pytest.raises(ValueError, match=re.escape(f"{message}; got {value}.")):
        call(value)


@pytest.mark.parametrize("size", [*NO_NUMBER, 0, 1, 2, 4, -3, 3.0, 3.5, float("inf")])
@pytest.mark.parametrize("run", [filters.mean, filters.median, filters.conservative])
def test_a_window_without_a_middle_is_refused(run, size):
    refuses(size, "`size` must be odd and at least 3", lambda bad: run(GREY, bad))


@pytest.mark.parametrize("iterations", [*NO_NUMBER, 0, -1, 1.0, 2.5, float("inf")])
def test_crimmins_refuses_what_is_no_count(iterations):
    rule = "`iterations` must be a whole number of at least 1"
    refuses(iterations, rule, lambda bad: filters.crimmins(GREY, bad))


@pytest.mark.parametrize("width", [*NO_NUMBER, 0, -1.5, float("inf")])
def test_a_width_must_be_positive(width):
    rule = "`{}` must be a positive number"
    refuses(width, rule.format("sigma"), lambda bad: filters.gaussian(GREY, bad))
    refuses(width, rule.format("radius"), lambda bad: filters.unsharp_mask(GREY, radius=bad))


@pytest.mark.parametrize("amount", [*NO_NUMBER, -0.1, float("inf")])
def test_an_amount_must_not_be_negative(amount):
    rule = "`amount` must be a number of at least 0"
    refuses(amount, rule, lambda bad: filters.unsharp_mask(GREY, amount=bad))


@pytest.mark.parametrize("cutoff", [*NO_NUMBER, 0, -0.1, 0.72, 30, float("inf")])
@pytest.mark.parametrize("keep", [filters.low_pass, filters.high_pass])
def test_a_cutoff_must_be_a_frequency_that_a_picture_holds(keep, cutoff):
    rule = "`cutoff` must be within (0, 0.71] cycles per pixel"
    refuses(cutoff, rule, lambda bad: keep(GREY, bad))


@pytest.mark.parametrize("word", ["wrap", "", None, 4, ["reflect"]])
def test_unknown_borders_and_shapes_are_refused(word):
    with pytest.raises(ValueError, match=r"`border` must be one of reflect, mirror, .*; got "):
        filters.convolve(GREY, SKEW, border=word)
    for keep in (filters.low_pass, filters.high_pass):
        with pytest.raises(ValueError, match=r"`shape` must be one of gaussian, ideal, .*; got "):
            keep(GREY, 0.1, shape=word)


@pytest.mark.parametrize(
    ("kernel", "error", "message"),
    [
        (np.ones((2, 3)), ValueError, "`kernel` must have two odd sides; got shape (2, 3)."),
        (np.ones((3, 4)), ValueError, "got shape (3, 4)."),
        (np.ones(3), ValueError, "got shape (3,)."),
        (np.ones((0, 3)), ValueError, "got shape (0, 3)."),
        (np.ones((3, 3, 3)), ValueError, "got shape (3, 3, 3)."),
        ([[np.nan]], ValueError, "`kernel` must be finite; got NaN or infinity."),
        ([["a"]], TypeError, "`kernel` must hold real numbers; got <U1."),
        ([[1j]], TypeError, "got complex128."),
    ],
)
def test_convolve_refuses_what_is_no_kernel(kernel, error, message):
    with pytest.raises(error, match=re.escape(message)):
        filters.convolve(GREY, kernel)


@pytest.mark.parametrize("sigma", [np.float32(1.5), np.int64(2), 1])
def test_numbers_of_numpy_are_numbers(sigma):
    np.testing.assert_array_equal(
        filters.gaussian(GREY, sigma), filters.gaussian(GREY, float(sigma))
    )
    np.testing.assert_array_equal(filters.mean(GREY, np.int8(5)), filters.mean(GREY, 5))
