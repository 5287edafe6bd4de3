"""Transforms of pictures: quarter turns, whole pixels and identities are known exactly."""

import json
import re

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers import augment

relaxed = settings(deadline=None)  # seconds say nothing on a shared machine
DTYPES = (np.uint8, np.float32, np.float64)
GRID = np.arange(12, dtype=np.uint8).reshape(3, 4)
COLOUR = np.random.default_rng(1).integers(0, 256, (6, 8, 3), dtype=np.uint8)
TRANSFORMS = {
    "flip": augment.flip,
    "rotate": lambda image: augment.rotate(image, 30, interpolation="cubic"),
    "expand": lambda image: augment.rotate(image, 30, expand=True),
    "shift": lambda image: augment.shift(image, 0.3, -0.2),
    "scale": lambda image: augment.scale(image, 1.3, interpolation="cubic"),
    "crop": lambda image: augment.crop(image, 1, 1),
    "blur": lambda image: augment.blur(image, 1.15),
    "jitter_colour": lambda image: augment.jitter_colour(image, brightness=1.5, contrast=2),
    "erase": lambda image: augment.erase(image, 1, 1, top=0, left=0, value=1),
    "blend": lambda image: augment.blend(image, image, 0.3),
}


@st.composite
def pictures(draw, dtypes=DTYPES, colours=(False, True)):
    """Draw a picture: plain, read-only, strided or in the other byte order."""
    shape = draw(arrays.array_shapes(min_dims=2, max_dims=2, max_side=9))
    shape += (3,) if draw(st.sampled_from(colours)) else ()
    dtype = np.dtype(draw(st.sampled_from(dtypes)))
    values = None if dtype == np.uint8 else st.integers(0, 32).map(lambda number: number / 32)
    image = draw(arrays.arrays(dtype, shape, elements=values))
    form = draw(st.sampled_from(["plain", "read-only", "strided", "swapped"]))
    if form == "strided":
        return np.repeat(image, 2, axis=1)[:, ::-2]
    if form == "swapped":
        return image.astype(dtype.newbyteorder("S"))
    image.flags.writeable = form == "plain"
    return image


@pytest.mark.parametrize("name", TRANSFORMS)
@relaxed
@given(image=pictures())
def test_dtype_and_range_are_kept_and_the_input_too(name, image):
    before = image.copy()
    result = TRANSFORMS[name](image)
    np.testing.assert_array_equal(image, before)
    assert not np.shares_memory(result, image)
    assert result.dtype == image.dtype.newbyteorder("=")
    assert result.shape[2:] == image.shape[2:]
    assert name in ("crop", "expand") or result.shape == image.shape
    assert result.min() >= 0
    assert result.max() <= (255 if result.dtype == np.uint8 else 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_white_stays_white_whatever_the_weights_round_to(dtype):
    white = np.ones((9, 9, 3), dtype)
    for sigma in np.linspace(0.3, 5, 40):
        assert augment.blur(white, sigma).max() <= 1
    for weight in np.linspace(0, 1, 101):
        assert augment.blend(white, white, weight).max() <= 1


# Flip, rotate, shift, scale


def test_flip_by_hand():
    image = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.uint8)
    np.testing.assert_array_equal(augment.flip(image), [[3, 2, 1], [6, 5, 4]])
    np.testing.assert_array_equal(augment.flip(image, "vertical"), [[4, 5, 6], [1, 2, 3]])


@relaxed
@given(pictures(), st.sampled_from(["horizontal", "vertical"]))
def test_two_flips_give_the_picture_back(image, direction):
    twice = augment.flip(augment.flip(image, direction), direction)
    np.testing.assert_array_equal(twice, image)


@relaxed
@given(
    pictures(),
    st.integers(-5, 5),
    st.sampled_from(list(augment.BORDERS)),
    st.sampled_from(list(augment.INTERPOLATIONS)),
)
def test_quarter_turns_are_exact(image, turns, border, interpolation):
    ways = {"border": border, "interpolation": interpolation}
    expected = np.rot90(image, turns)
    turned = augment.rotate(image, 90 * turns, expand=True, **ways)
    np.testing.assert_array_equal(turned, expected)
    if image.shape[0] == image.shape[1] or turns % 2 == 0:
        np.testing.assert_array_equal(augment.rotate(image, 90 * turns, **ways), expected)


@relaxed
@given(pictures())
def test_four_quarter_turns_give_the_picture_back(image):
    result = image
    for _ in range(4):
        result = augment.rotate(result, 90, expand=True)
    np.testing.assert_array_equal(result, image)


def test_rotation_is_anticlockwise_and_can_be_undone():
    image = np.zeros((41, 41))
    image[20, 35] = 1  # to the right of the middle
    row, column = np.unravel_index(
        augment.rotate(image, 45, border="constant").argmax(), image.shape
    )
    assert (row, column) == (20 - round(15 / 2**0.5), 20 + round(15 / 2**0.5))
    smooth = augment.blur(np.random.default_rng(1).random((61, 61)), 4)
    back = augment.rotate(augment.rotate(smooth, 20), -20)
    inner = (slice(20, 41),) * 2
    assert np.abs(back - smooth)[inner].max() < 0.05 * np.ptp(smooth[inner])


def test_expand_makes_room_for_the_whole_picture():
    image = np.ones((20, 40))
    turned = augment.rotate(image, 30, expand=True, border="constant")
    cosine, sine = np.cos(np.pi / 6), np.sin(np.pi / 6)
    assert turned.shape == (np.ceil(40 * sine + 20 * cosine), np.ceil(40 * cosine + 20 * sine))
    assert turned.sum() == pytest.approx(800, rel=0.01)
    assert augment.rotate(image, 30, border="constant").sum() < 700  # corners are lost


@relaxed
@given(pictures(), st.integers(-10, 10), st.integers(-10, 10))
def test_shift_by_whole_pixels_is_slicing(image, down, right):
    rows, columns = image.shape[:2]
    expected = np.zeros(image.shape, image.dtype)
    expected[max(down, 0) : max(rows + down, 0), max(right, 0) : max(columns + right, 0)] = image[
        max(-down, 0) : max(rows - down, 0), max(-right, 0) : max(columns - right, 0)
    ]
    for interpolation in augment.INTERPOLATIONS:
        ways = {"border": "constant", "interpolation": interpolation}
        np.testing.assert_array_equal(augment.shift(image, down, right, **ways), expected)


def test_shift_by_hand_with_each_border():
    image = np.array([[10, 20, 30, 40]], dtype=np.uint8)
    np.testing.assert_array_equal(augment.shift(image, 0, 2), [[20, 10, 10, 20]])
    np.testing.assert_array_equal(augment.shift(image, 0, 2, border="nearest"), [[10, 10, 10, 20]])
    np.testing.assert_array_equal(augment.shift(image, 0, 2, border="constant"), [[0, 0, 10, 20]])
    np.testing.assert_array_equal(augment.shift(image, 0, -0.25), [[20, 30, 40, 40]])
    np.testing.assert_array_equal(augment.shift(image, 0, 0.125), [[10, 15, 25, 35]])
    np.testing.assert_array_equal(augment.shift(GRID, 1)[1:], GRID[:-1])


@relaxed
@given(pictures(), st.sampled_from(list(augment.INTERPOLATIONS)))
def test_transforms_that_do_nothing_are_identities(image, interpolation):
    ways = {"interpolation": interpolation}
    for same in (
        augment.rotate(image, 0, **ways),
        augment.rotate(image, 360, expand=True, **ways),
        augment.shift(image, **ways),
        augment.scale(image, 1, **ways),
        augment.crop(image, 1.0, 1.0),
        augment.blur(image, 0),
        augment.blend(image, np.zeros_like(image), 1),
        augment.erase(image, 0, 0, top=0, left=0),
    ):
        np.testing.assert_array_equal(same, image)
    np.testing.assert_allclose(augment.jitter_colour(image), image, atol=1e-7)


def test_scale_by_hand():
    image = np.arange(25, dtype=np.uint8).reshape(5, 5)
    doubled = augment.scale(image, 2)
    # Output pixel x shows input pixel 2 + (x - 2) / 2: the middle stays, its neighbour is half way.
    np.testing.assert_array_equal(doubled[2, ::2], [11, 12, 13])
    np.testing.assert_array_equal(doubled[::2, 2], [7, 12, 17])
    halved = augment.scale(np.pad(image[1:4, 1:4], 3), 1 / 3, border="constant")
    assert halved[4, 4] == 12
    square = np.pad(np.ones((10, 10)), 15)
    assert augment.scale(square, 2).sum() == pytest.approx(400, rel=0.02)
    assert augment.scale(square, 0.5, border="constant").sum() == pytest.approx(25, rel=0.05)


# Crop, blur, erase, blend


def test_crop_by_hand():
    np.testing.assert_array_equal(augment.crop(GRID, 1, 2), [[5, 6]])
    np.testing.assert_array_equal(augment.crop(GRID, 2, 2, top=0, left=2), [[2, 3], [6, 7]])
    np.testing.assert_array_equal(augment.crop(GRID, 1, 0.5, top=2, left=0.25), [[9, 10]])
    np.testing.assert_array_equal(augment.crop(COLOUR, 1, 1, top=5, left=7), COLOUR[5:, 7:])


@relaxed
@given(pictures(), st.data())
def test_crop_is_slicing(image, data):
    rows, columns = (data.draw(st.integers(1, side)) for side in image.shape[:2])
    top = data.draw(st.integers(0, image.shape[0] - rows))
    left = data.draw(st.integers(0, image.shape[1] - columns))
    cut = augment.crop(image, rows, columns, top=top, left=left)
    np.testing.assert_array_equal(cut, image[top : top + rows, left : left + columns])


def test_blur_is_a_gaussian_that_keeps_the_mean():
    image = np.zeros((41, 41))
    image[20, 20] = 1
    blurred = augment.blur(image, 2)
    assert blurred.sum() == pytest.approx(1)
    offsets = np.arange(41) - 20
    assert (blurred.sum(axis=0) * offsets**2).sum() == pytest.approx(4, rel=0.02)  # sigma squared
    assert (blurred.sum(axis=1) * offsets**2).sum() == pytest.approx(4, rel=0.02)
    colour = augment.blur(COLOUR / 255, 1.5)
    for channel in range(3):
        alone = augment.blur(COLOUR[..., channel] / 255, 1.5)
        np.testing.assert_allclose(colour[..., channel], alone, atol=1e-12)


def test_erase_by_hand():
    expected = GRID.copy()
    expected[1:, 2:] = 9
    np.testing.assert_array_equal(augment.erase(GRID, 5, 5, top=1, left=2, value=9), expected)
    expected = GRID.copy()
    expected[:1, :2] = 0
    np.testing.assert_array_equal(augment.erase(GRID, 2, 3, top=-1, left=-1), expected)
    np.testing.assert_array_equal(augment.erase(GRID, 1, 0.5, top=0, left=0), expected)
    np.testing.assert_array_equal(augment.erase(GRID, 2, 2, top=-3, left=0), GRID)
    np.testing.assert_array_equal(augment.erase(GRID, 2, 2, top=9, left=0), GRID)
    red = augment.erase(COLOUR, 2, 2, top=0, left=0, value=(255, 0, 0))
    assert (red[:2, :2] == [255, 0, 0]).all()
    np.testing.assert_array_equal(red[2:], COLOUR[2:])


def test_blend_by_hand():
    first, second = np.array([[0, 100, 255]], np.uint8), np.array([[200, 100, 55]], np.uint8)
    np.testing.assert_array_equal(augment.blend(first, second), [[100, 100, 155]])
    np.testing.assert_array_equal(augment.blend(first, second, 0.25), [[150, 100, 105]])
    np.testing.assert_array_equal(augment.blend(first, second, 0), second)
    np.testing.assert_allclose(
        augment.blend(first / 255, second / 255, 0.25) * 255, [[150, 100, 105]]
    )


# Colours


@relaxed
@given(pictures(colours=(True,)), st.sampled_from([-720, -360, 360, 1080]))
def test_a_full_turn_of_the_hue_is_the_identity_within_a_level(image, turn):
    level = 1 if image.dtype == np.uint8 else 1 / 255
    turned = augment.jitter_colour(image, hue=turn)
    assert np.abs(turned.astype(float) - image).max() <= level


@relaxed
@given(pictures(colours=(True,)))
def test_a_third_of_a_turn_hands_the_channels_on(image):
    level = 1 if image.dtype == np.uint8 else 1 / 255
    turned = augment.jitter_colour(image, hue=120)  # red becomes green, green blue, blue red
    assert np.abs(turned.astype(float) - np.roll(image, 1, axis=-1)).max() <= level


def test_hue_turns_and_never_wraps_from_white_to_black():
    """Every colour keeps its brightest and its darkest channel at every angle."""
    for degrees in range(-400, 401, 7):
        turned = augment.jitter_colour(COLOUR, hue=degrees).astype(int)
        assert np.abs(turned.max(axis=-1) - COLOUR.max(axis=-1)).max() <= 1
        assert np.abs(turned.min(axis=-1) - COLOUR.min(axis=-1)).max() <= 1
    red = np.array([[[255, 0, 0]]], dtype=np.uint8)
    np.testing.assert_array_equal(augment.jitter_colour(red, hue=60), [[[255, 255, 0]]])
    np.testing.assert_array_equal(augment.jitter_colour(red, hue=-60), [[[255, 0, 255]]])


def test_saturation_brightness_and_contrast_by_hand():
    image = np.array([[[200, 100, 100]]], dtype=np.uint8)
    np.testing.assert_array_equal(augment.jitter_colour(image, saturation=0), [[[200] * 3]])
    np.testing.assert_array_equal(augment.jitter_colour(image, saturation=2), [[[200, 0, 0]]])
    rose = np.array([[[200, 100, 150]]], dtype=np.uint8)  # its blue stays half way
    np.testing.assert_array_equal(augment.jitter_colour(rose, saturation=9), [[[200, 0, 100]]])
    np.testing.assert_array_equal(augment.jitter_colour(image, brightness=0.5), [[[100, 50, 50]]])
    np.testing.assert_array_equal(augment.jitter_colour(image, brightness=2), [[[255, 200, 200]]])
    grey = np.array([[50, 100, 150, 100]], dtype=np.uint8)  # mean 100
    np.testing.assert_array_equal(augment.jitter_colour(grey, contrast=2), [[0, 100, 200, 100]])
    np.testing.assert_array_equal(augment.jitter_colour(grey, contrast=9), [[0, 100, 255, 100]])
    np.testing.assert_array_equal(augment.jitter_colour(grey, contrast=0), [[100] * 4])
    np.testing.assert_array_equal(augment.jitter_colour(grey, brightness=0), np.zeros((1, 4)))


# Random transforms

SINGLE = {
    "flip": {"direction": "vertical"},
    "rotate": {"degrees": 17.0},
    "shift": {"down": 0.3, "right": -0.2},
    "scale": {"factor": 1.3},
    "blur": {"sigma": 1.15},
}


@relaxed
@given(pictures(), st.integers(0, 2**32))
def test_a_random_transform_can_be_repeated_from_its_description(image, seed):
    before = image.copy()
    result, description = augment.random_transform(image, rng=seed)
    np.testing.assert_array_equal(image, before)
    assert not np.shares_memory(result, image)
    assert (result.shape, result.dtype) == (image.shape, image.dtype.newbyteorder("="))
    assert 0 <= result.min() <= result.max() <= (255 if result.dtype == np.uint8 else 1)
    assert 1 <= len(description) <= 3
    assert image.ndim == 3 or "jitter_colour" not in description
    again = json.loads(json.dumps(description))
    np.testing.assert_array_equal(augment.repeat_transform(image, again), result)
    np.testing.assert_array_equal(augment.random_transform(image, rng=seed)[0], result)


@pytest.mark.parametrize(("image", "limit"), [(GRID, 7), (COLOUR, 8)])
def test_every_number_of_operations_and_every_operation_is_drawn(image, limit):
    rng = np.random.default_rng(5)
    drawn = [augment.random_transform(image, operations=(2, limit), rng=rng)[1] for _ in range(300)]
    assert {len(description) for description in drawn} == set(range(2, limit + 1))
    names = set(TRANSFORMS) - {"expand", "blend"} - ({"jitter_colour"} if limit == 7 else set())
    assert set().union(*drawn) == names
    only = [augment.random_transform(image, operations=(1, 1), rng=rng)[1] for _ in range(300)]
    counts = [sum(name in description for description in only) for name in names]
    assert sum(counts) == 300
    assert min(counts) > 300 / limit / 3  # each one is as likely as any other


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("image", [GRID, COLOUR, COLOUR / 255])
def test_one_operation_is_the_function_of_that_name(name, image):
    repeated = augment.repeat_transform(image, {name: SINGLE[name]})
    np.testing.assert_array_equal(repeated, getattr(augment, name)(image, **SINGLE[name]))


def test_colours_and_erased_rectangles_come_last():
    changes = {"hue": 10, "saturation": 1.2, "brightness": 0.9, "contrast": 1.1}
    spot = {"rows": 0.5, "columns": 0.5, "top": 0.0, "left": 0.5}
    result = augment.repeat_transform(COLOUR, {"erase": spot, "jitter_colour": changes})
    expected = augment.jitter_colour(COLOUR, **changes)
    expected[:3, 4:] = 128
    np.testing.assert_array_equal(result, expected)
    halves = augment.repeat_transform(COLOUR / 255, {"erase": spot})
    assert (halves[:3, 4:] == 0.5).all()


def test_one_warp_is_what_the_functions_do_in_turn():
    """Within what two interpolations of a smooth picture lose, away from the rim."""
    smooth = augment.blur(np.random.default_rng(1).random((81, 101)), 5)
    smooth = (smooth - smooth.min()) / np.ptp(smooth)
    names = ("flip", "rotate", "shift", "scale")
    one = augment.repeat_transform(smooth, {name: SINGLE[name] for name in reversed(names)})
    turns = smooth
    for name in names:
        turns = getattr(augment, name)(turns, **SINGLE[name])
    inner = (slice(55, 66), slice(25, 40))  # lies inside the picture before every step
    assert np.ptp(one[inner]) > 0.2
    assert np.abs(one - turns)[inner].max() < 0.02


def test_a_crop_fills_the_canvas():
    image = np.repeat(np.repeat(GRID, 10, axis=0), 10, axis=1)  # blocks of 10 by 10
    crop = {"rows": 1 / 3, "columns": 1 / 4, "top": 1 / 3, "left": 1 / 2}
    filled = augment.repeat_transform(image, {"crop": crop})
    assert (filled[2:-2, 3:-3] == GRID[1, 2]).all()
    whole = {"rows": 1.0, "columns": 1.0, "top": 0.0, "left": 0.0}
    np.testing.assert_array_equal(augment.repeat_transform(GRID, {"crop": whole}), GRID)


def test_an_empty_description_changes_nothing():
    result = augment.repeat_transform(COLOUR, {})
    np.testing.assert_array_equal(result, COLOUR)
    assert not np.shares_memory(result, COLOUR)


@pytest.mark.parametrize("given", [0, (0, 1), (3, 2), (1, 8), (1, 2, 3), (1.0, 2), (True, 2), "12"])
def test_wrong_numbers_of_operations_are_refused(given):
    message = f"whole numbers from 1 to 7; got {given!r}."
    with pytest.raises(ValueError, match=re.escape(message)):
        augment.random_transform(GRID, operations=given)


@pytest.mark.parametrize(
    ("description", "message"),
    [
        ({"twirl": {}}, "`description` must name some of flip, rotate, shift, scale, crop, blur,"),
        ({"flip": {"direction": "left"}}, '`direction` must be "horizontal" or "vertical"; got'),
        ({"scale": {"factor": 0}}, "`factor` must be a positive number; got 0."),
        ({"shift": {"down": np.inf, "right": 0}}, "`down` must be whole pixels or a float share"),
        (
            {"crop": {"rows": 0.0, "columns": 1.0, "top": 0.0, "left": 0.0}},
            "`rows` must be a positive number; got 0.0.",
        ),
    ],
)
def test_wrong_descriptions_are_refused(description, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        augment.repeat_transform(GRID, description)


# Guards


def call(name, *args, image=GRID, **options):
    return lambda: getattr(augment, name)(image, *args, **options)


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [
        (call("flip", "left"), ValueError, '`direction` must be "horizontal" or "vertical"; got'),
        (call("rotate", np.nan), ValueError, "`degrees` must be a finite number; got nan."),
        (call("rotate", 1, border="wrap"), ValueError, "`border` must be one of reflect, nearest,"),
        (
            call("rotate", 1, interpolation="area"),
            ValueError,
            "`interpolation` must be one of near",
        ),
        (call("shift", True), ValueError, "`down` must be whole pixels or a float share; got True"),
        (call("shift", 0, np.inf), ValueError, "`right` must be whole pixels or a float share; go"),
        (call("scale", 0), ValueError, "`factor` must be a positive number; got 0."),
        (call("crop", 4, 1), ValueError, "`rows` must lie inside the picture of 3; got 4 from -1."),
        (call("crop", 1, 2, left=3), ValueError, "`columns` must lie inside the picture of 4; got"),
        (call("crop", 0, 1), ValueError, "`rows` must lie inside the picture of 3; got 0 from 1."),
        (
            call("crop", 1, 1, top=-1),
            ValueError,
            "`rows` must lie inside the picture of 3; got 1 f",
        ),
        (call("crop", 1, 1, left=np.nan), ValueError, "`left` must be whole pixels or a float sha"),
        (call("blur", -1), ValueError, "`sigma` must be a number of at least 0; got -1."),
        (call("jitter_colour", hue=9), ValueError, "`image` must have colours to change their hue"),
        (call("jitter_colour", hue=np.inf, image=COLOUR), ValueError, "`hue` must be a finite num"),
        (call("jitter_colour", contrast=-1), ValueError, "`contrast` must be a number of at least"),
        (call("jitter_colour", brightness=-1), ValueError, "`brightness` must be a number of at l"),
        (call("jitter_colour", saturation=-1), ValueError, "`saturation` must be a number of at l"),
        (call("erase", -1, 1, top=0, left=0), ValueError, "`rows` must be at least 0; got -1."),
        (call("erase", 1, 1, top=np.nan, left=0), ValueError, "`top` must be whole pixels or a fl"),
        (call("erase", 1, 3, top=0, left=0, value=(1, 2, 3)), ValueError, "`value` must be one nu"),
        (call("erase", 1, 1, top=0, left=0, value=0.5), ValueError, "`value` must be whole and wi"),
        (call("erase", 1, 1, top=0, left=0, value=256), ValueError, "within [0, 255]; got 256."),
        (
            call("erase", 1, 1, top=0, left=0, value=2, image=GRID / 255),
            ValueError,
            "`value` must be within [0, 1]; got 2.",
        ),
        (call("blend", GRID[:2]), ValueError, "`first` and `second` must agree in shape and dtype"),
        (call("blend", GRID / 255), ValueError, "got (3, 4) uint8 and (3, 4) float64."),
        (call("blend", GRID, 1.5), ValueError, "`weight` must be within [0, 1]; got 1.5."),
        (
            call("blend", GRID > 2),
            TypeError,
            "`second` must be uint8, float32 or float64; got bool",
        ),
    ],
)
def test_wrong_arguments_are_refused(function, error, message):
    with pytest.raises(error, match=re.escape(message)):
        function()


@pytest.mark.parametrize("name", TRANSFORMS)
def test_what_is_no_picture_is_refused(name):
    for dtype in (bool, np.float16, np.longdouble):
        with pytest.raises(TypeError, match="must be uint8, float32 or float64; got"):
            TRANSFORMS[name](np.ones((4, 4), dtype))
    with pytest.raises(ValueError, match=r"must be within \[0, 1\]; got 0 to 2"):
        TRANSFORMS[name](np.array([[0, 2.0]]))
    with pytest.raises(ValueError, match=r"must be a picture of shape .*; got \(2, 2, 4\)"):
        TRANSFORMS[name](np.zeros((2, 2, 4)))


def test_borders_are_those_of_the_names():
    """The border repeats the edge pixel when it reflects, as in SciPy's "reflect"."""
    row = np.array([[1, 2, 3]], dtype=np.uint8)
    assert cv2.copyMakeBorder(row, 0, 0, 2, 0, augment.BORDERS["reflect"]).tolist() == [
        [2, 1, 1, 2, 3]
    ]


@pytest.mark.parametrize("picture", [COLOUR, COLOUR[..., 0]], ids=["colour", "grey"])
def test_a_large_picture_is_toned_in_bands_with_the_same_result(monkeypatch, picture):
    changes = {"hue": 20, "saturation": 1.2} if picture.ndim == 3 else {}
    changes |= {"brightness": 0.9, "contrast": 1.4}
    whole = augment.jitter_colour(picture, **changes)
    monkeypatch.setattr(augment._colours, "COLOUR_BAND", 2 * picture[0].size)
    np.testing.assert_allclose(
        augment.jitter_colour(picture, **changes).astype(int), whole.astype(int), atol=1
    )


# Masks and boxes

MASKS = (np.bool_, np.uint8, np.int8, np.uint16, np.int16, np.int32, np.int64)
STRONG = {
    "flip": {"direction": "horizontal"},
    "rotate": {"degrees": 21.0},
    "shift": {"down": 0.1, "right": -0.12},
    "crop": {"rows": 0.9, "columns": 0.8, "top": 0.05, "left": 0.1},
}


def as_box(mask):
    """Return top, left, bottom and right edge of what is set."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return [rows[0], columns[0], rows[-1] + 1, columns[-1] + 1]


@pytest.mark.parametrize("dtype", MASKS)
@relaxed
@given(st.integers(0, 2**32), st.integers(1, 30), st.integers(1, 30), st.booleans())
def test_a_mask_keeps_its_labels_and_its_form(dtype, seed, rows, columns, colour):
    rng = np.random.default_rng(seed)
    shape = (rows, columns) + (3,) * colour
    few = np.array([0, 1, 2, 100]) if dtype == np.int8 else np.array([0, 1, 2, 128, 254])
    mask = rng.choice(few[1:], size=shape).astype(dtype)
    before = mask.copy()
    _, described = augment.random_transform(np.zeros((rows, columns), np.uint8), rng=rng)
    moved = augment.transform_mask(mask, described)
    np.testing.assert_array_equal(mask, before)
    assert not np.shares_memory(moved, mask)
    assert (moved.shape, moved.dtype) == (mask.shape, mask.dtype)
    assert set(np.unique(moved)) <= set(np.unique(mask))


@relaxed
@given(st.integers(0, 2**32), st.sampled_from(list(augment.BORDERS)))
def test_each_label_comes_from_the_nearest_pixel(seed, border):
    """By another route: the way back of each new pixel, computed in floats."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(8, 80, 2)
    mask = np.arange(1, rows * columns + 1).reshape(rows, columns)
    _, described = augment.random_transform(np.zeros(mask.shape, np.uint8), rng=rng)
    moved = augment.transform_mask(mask, described, border=border)
    forth = [augment._places.matrix_of(mask.shape, described)]
    back = np.linalg.inv(np.vstack([*forth, [0, 0, 1]])) if forth[0] is not None else np.eye(3)
    new = np.stack([*np.mgrid[:rows, :columns][::-1], np.ones(mask.shape)])
    column, row, _ = np.tensordot(back, new, 1)
    inside = (row > 0) & (row < rows - 1) & (column > 0) & (column < columns - 1)
    from_row, from_column = np.divmod(moved - 1, columns)
    miss = np.maximum(np.abs(from_row - row), np.abs(from_column - column))
    assert (miss[inside] < 0.502).all()  # OpenCV computes places in steps of 1/1024


@pytest.mark.parametrize("border", augment.BORDERS)
def test_a_mask_stays_on_its_picture(border):
    """A disc of two grey levels and its mask: after any transform they disagree at its rim only."""
    row, column = np.mgrid[:90, :120]
    disc = (row - 40) ** 2 + (column - 70) ** 2 < 25**2
    rng, sizes = np.random.default_rng(4), []
    for _ in range(60):
        image, described = augment.random_transform(
            np.where(disc, 255, 0).astype(np.uint8), operations=(1, 4), border=border, rng=rng
        )
        described = {name: s for name, s in described.items() if name not in ("blur", "erase")}
        image = augment.repeat_transform(255 * disc.astype(np.uint8), described, border=border)
        moved = augment.transform_mask(disc, described, border=border)
        sizes.append(np.count_nonzero(moved != (image > 127)) / np.count_nonzero(moved))
        certain = (image == 0) | (image == 255)
        assert (moved == (image > 127))[certain].mean() > 0.999
    assert max(sizes) < 0.03


def test_colours_blur_and_erased_rectangles_leave_a_mask_alone():
    described = {"blur": {"sigma": 2.0}, "jitter_colour": {"hue": 90}}
    described["erase"] = {"rows": 0.5, "columns": 0.5, "top": 0.0, "left": 0.0}
    moved = augment.transform_mask(GRID, described)
    np.testing.assert_array_equal(moved, GRID)
    assert not np.shares_memory(moved, GRID)


@pytest.mark.parametrize(
    ("mask", "error", "message"),
    [
        (GRID / 12, TypeError, "`mask` must hold bool or whole numbers; got float64."),
        (GRID[0], ValueError, "`mask` must have shape (M, N) or (M, N, 3); got (4,)."),
        (GRID[:0], ValueError, "`mask` must have shape (M, N) or (M, N, 3); got (0, 4)."),
        (np.zeros((2, 2, 4), int), ValueError, "got (2, 2, 4)."),
    ],
)
def test_what_is_no_mask_is_refused(mask, error, message):
    with pytest.raises(error, match=re.escape(message)):
        augment.transform_mask(mask, {"flip": {"direction": "vertical"}})


def test_an_unknown_border_is_refused_for_masks_too():
    with pytest.raises(ValueError, match="`border` must be one of reflect, nearest, constant; got"):
        augment.transform_mask(GRID, STRONG, border="wrap")


def test_boxes_by_hand():
    boxes = [[2, 1, 6, 5], [0, 0, 10, 20]]
    moved, seen = augment.transform_boxes(boxes, {"flip": {"direction": "horizontal"}}, (10, 20))
    np.testing.assert_allclose(moved, [[2, 15, 6, 19], [0, 0, 10, 20]])
    np.testing.assert_allclose(seen, 1)
    # 0.3 of 10 rows is 3 down: of the first box rows 5 to 9 remain, of the second seven tenths.
    moved, seen = augment.transform_boxes(boxes, {"shift": {"down": 0.3, "right": 0.0}}, (10, 20))
    np.testing.assert_allclose(moved, [[5, 1, 9, 5], [3, 0, 10, 20]])
    np.testing.assert_allclose(seen, [1, 0.7])
    moved, seen = augment.transform_boxes(boxes, {"shift": {"down": -0.6, "right": 0.0}}, (10, 20))
    np.testing.assert_allclose(seen, [0, 0.4])
    turned = {"rotate": {"degrees": 45.0}}
    moved, seen = augment.transform_boxes([[8, 8, 12, 12]], turned, (20, 20))
    reach = 2 * 2**0.5  # half a diagonal
    np.testing.assert_allclose(moved, [[10 - reach] * 2 + [10 + reach] * 2])
    np.testing.assert_allclose(seen, [1])


def test_what_is_erased_is_not_seen_and_what_lay_outside_cannot_come_back():
    spot = {"erase": {"rows": 0.5, "columns": 1.0, "top": 0.0, "left": 0.0}}
    moved, seen = augment.transform_boxes([[0, 0, 10, 4], [6, 0, 9, 3]], spot, (10, 20))
    np.testing.assert_allclose(moved, [[0, 0, 10, 4], [6, 0, 9, 3]])
    np.testing.assert_allclose(seen, [0.5, 1])
    down = {"shift": {"down": 0.5, "right": 0.0}}
    moved, seen = augment.transform_boxes([[-4, 2, 4, 6]], down, (10, 20))
    np.testing.assert_allclose(moved, [[5, 2, 9, 6]])
    np.testing.assert_allclose(seen, [1])


def test_a_box_is_the_box_of_the_mask_that_it_surrounds():
    """By another route: a filled rectangle is moved as a mask, and its pixels are counted."""
    misses, shares = [], []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        mask = np.zeros((120, 160), dtype=np.uint8)
        top, left = rng.integers(0, 80), rng.integers(0, 120)
        mask[top : top + rng.integers(30, 90), left : left + rng.integers(30, 90)] = 1
        _, described = augment.random_transform(mask, operations=(1, 5), rng=rng)
        moved = augment.transform_mask(mask, described, border="constant")
        ((box,), (seen,)) = augment.transform_boxes([as_box(mask)], described, mask.shape)
        assert (box >= 0).all() and (box <= [120, 160, 120, 160]).all()
        misses.append(np.abs(box - as_box(moved)).max())
        matrix = augment._places.matrix_of(mask.shape, described)
        growth = 1 if matrix is None else abs(np.linalg.det(matrix[:, :2]))
        if "erase" in described:
            moved = augment.erase(moved, **described["erase"])
        shares.append(abs(seen - np.count_nonzero(moved) / (np.count_nonzero(mask) * growth)))
    assert max(shares) < 0.06  # one pixel in thirty on two sides
    assert np.quantile(misses, 0.95) < 1.5  # an acute tip may be thinner than a pixel


@relaxed
@given(st.integers(0, 2**32))
def test_a_box_is_cut_as_another_library_cuts_it(seed):
    rng = np.random.default_rng(seed)
    top, left = rng.uniform(0, 80), rng.uniform(0, 120)
    bottom, right = min(120, top + rng.uniform(1, 90)), min(160, left + rng.uniform(1, 90))
    _, described = augment.random_transform(np.zeros((120, 160), np.uint8), rng=rng)
    described = {name: settings for name, settings in described.items() if name != "erase"}
    matrix = augment._places.matrix_of((120, 160), described)
    matrix = np.eye(3)[:2] if matrix is None else matrix
    corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]])
    turned = (cv2.transform(corners - 0.5, matrix) + 0.5).astype(np.float32)
    canvas = np.array([[[0, 0], [160, 0], [160, 120], [0, 120]]], dtype=np.float32)
    area, cut = cv2.intersectConvexConvex(turned, canvas)
    ((box,), (seen,)) = augment.transform_boxes([[top, left, bottom, right]], described, (120, 160))
    assert seen == pytest.approx(area / cv2.contourArea(turned), abs=2e-3)
    if area > 1:
        expected = [*cut[:, 0, ::-1].min(axis=0), *cut[:, 0, ::-1].max(axis=0)]
        np.testing.assert_allclose(box, expected, atol=0.02)


def test_an_outline_with_a_dent_keeps_its_area():
    dented = [(0, 0), (8, 0), (8, 8), (4, 2), (0, 8)]  # 64 less a triangle of 8 by 6 over two
    cut, seen = augment.transform_outline(dented, {"shift": {"down": 0.0, "right": -0.5}}, (10, 10))
    # Of the columns 5 to 8 only the two horns remain: 3 by 4 each, halved.
    assert seen == pytest.approx((2 * 3 * 2 / 2) / 40)
    np.testing.assert_allclose([cut.min(axis=0), cut.max(axis=0)], [[0, 0], [8, 3]])


def test_an_outline_without_an_area_is_not_seen():
    line = [(2, 2), (2, 8), (2, 5)]
    assert augment.transform_outline(line, {}, (10, 10))[1] == 0
    cut, seen = augment.transform_outline([(-5, -5), (-5, -1), (-1, -1)], {}, (10, 10))
    assert (cut.shape, seen) == ((0, 2), 0)


@pytest.mark.parametrize(
    "outline", [[(0, 0), (1, 1)], [(0, 0, 0)] * 3, [(0, 0), (1, 1), (np.nan, 0)]]
)
def test_what_is_no_outline_is_refused(outline):
    with pytest.raises(ValueError, match="`outline` must "):
        augment.transform_outline(outline, {}, (10, 10))


def test_a_flip_alone_is_the_flip_and_not_a_warp():
    for direction in ("horizontal", "vertical"):
        described = {"flip": {"direction": direction}, "blur": {"sigma": 0}}
        for image in (GRID, COLOUR, COLOUR / 255):
            matrix = augment._places.matrix_of(image.shape, described)
            warped = augment._geometry.warp(image, matrix, image.shape[:2])
            np.testing.assert_array_equal(augment.repeat_transform(image, described), warped)


def test_angles_within_a_turn_are_those_of_the_remainder():
    rng = np.random.default_rng(6)
    for hue in (*rng.uniform(-360, 360, 30), -15.0, 0.0):
        angles = rng.uniform(0, 360, 5000).astype(np.float32) + np.float32(hue)
        expected = angles % 360
        np.testing.assert_array_equal(augment._colours._within_a_turn(angles), expected)
