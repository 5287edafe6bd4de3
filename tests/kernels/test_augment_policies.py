"""Operations on one scale of strength and policies: Pillow, OpenCV and counting by hand agree."""

import re

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from helpers import augment, data

GREY = np.random.default_rng(3).integers(0, 256, (31, 24), dtype=np.uint8)
COLOUR = np.random.default_rng(4).integers(20, 231, (17, 12, 3), dtype=np.uint8)
PHOTO = data.load_image("rocket.jpg")
PICTURES = {"grey": GREY, "colour": COLOUR, "photo": PHOTO}
each_picture = pytest.mark.parametrize("image", PICTURES.values(), ids=PICTURES)
each_operation = pytest.mark.parametrize("name", augment.OPERATIONS)
ONE_SIDED = ("blur", "sharpen", "posterize", "solarize", "erase")
WHOLE = ("invert", "autocontrast", "equalize")


def pillow(function, image, *options):
    return np.asarray(function(Image.fromarray(image), *options))


@each_picture
def test_levels_are_those_of_pillow(image):
    np.testing.assert_array_equal(augment.invert(image), pillow(ImageOps.invert, image))
    for bits in range(1, 9):
        theirs = pillow(ImageOps.posterize, image, bits)
        np.testing.assert_array_equal(augment.posterize(image, bits), theirs)
    for level in (0, 1, 100, 254, 255):
        theirs = pillow(ImageOps.solarize, image, level)
        np.testing.assert_array_equal(augment.solarize(image, level / 255), theirs)
    theirs = pillow(ImageOps.autocontrast, image).astype(int)  # it cuts off where we round
    assert np.abs(augment.autocontrast(image) - theirs).max() <= 1


def test_equalize_is_that_of_opencv_and_near_that_of_pillow():
    grey = np.ascontiguousarray(PHOTO[..., 0])
    np.testing.assert_array_equal(augment.equalize(grey), cv2.equalizeHist(grey))
    np.testing.assert_array_equal(augment.equalize(GREY), cv2.equalizeHist(GREY))
    theirs = pillow(ImageOps.equalize, PHOTO).astype(int)
    assert np.abs(augment.equalize(PHOTO) - theirs).max() <= 12  # it counts in whole steps
    tiny = np.arange(64, dtype=np.uint8).reshape(8, 8)
    np.testing.assert_array_equal(pillow(ImageOps.equalize, tiny), tiny)  # 64 // 255 is 0
    assert augment.equalize(tiny).max() == 255


def test_levels_by_hand():
    image = np.array([[0.0, 0.25], [0.5, 1.0]])
    np.testing.assert_array_equal(augment.invert(image), [[1, 0.75], [0.5, 0]])
    np.testing.assert_array_equal(augment.solarize(image, 0.5), [[0, 0.25], [0.5, 0]])
    np.testing.assert_allclose(augment.posterize(image, 1), [[0, 0], [0, 128 / 255]])
    np.testing.assert_allclose(augment.equalize(image), [[0, 1 / 3], [2 / 3, 1]])
    np.testing.assert_allclose(augment.autocontrast(image / 2 + 0.1), image)
    flat = np.full((3, 3), 0.4)
    np.testing.assert_array_equal(augment.autocontrast(flat), flat)
    np.testing.assert_array_equal(augment.equalize(flat), flat)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_get_the_levels_of_bytes(dtype):
    shares = (COLOUR / 255).astype(dtype)
    for bits in range(1, 9):
        ours = augment.posterize(shares, bits) * 255
        np.testing.assert_allclose(ours, augment.posterize(COLOUR, bits), atol=1e-4)
    for function in (augment.invert, augment.autocontrast, augment.equalize):
        ours = function(shares)
        assert ours.dtype == dtype
        np.testing.assert_allclose(ours * 255, function(COLOUR), atol=0.51)


def test_sharpen_adds_what_a_blur_takes():
    image = GREY / 255 / 2 + 0.25
    blurred = augment.blur(image, 1)
    ours = augment.sharpen(image, 0.3)
    np.testing.assert_allclose(ours, np.clip(image + 0.3 * (image - blurred), 0, 1), atol=1e-12)
    np.testing.assert_array_equal(augment.sharpen(GREY, 0), GREY)


@each_operation
@pytest.mark.parametrize("image", [GREY, COLOUR, GREY / 255, (COLOUR / 255).astype(np.float32)])
def test_an_operation_keeps_shape_dtype_and_its_input(name, image):
    before = image.copy()
    for strength in (-10, -3, 0, 0.5, 10):
        result = augment.apply_operation(image, name, strength, rng=0)
        np.testing.assert_array_equal(image, before)
        assert result.shape == image.shape and result.dtype == image.dtype
        assert not np.shares_memory(result, image)
        assert strength or name in WHOLE or np.array_equal(result, image)
        assert image.dtype == np.uint8 or (result.min() >= 0 and result.max() <= 1)


@each_operation
def test_the_sign_turns_an_operation_round_or_means_nothing(name):
    image = COLOUR[..., 0] / 255
    one, other = (augment.apply_operation(image, name, s, rng=0) for s in (7, -7))
    assert np.array_equal(one, other) == (name in (*ONE_SIDED, *WHOLE))
    assert not np.array_equal(one, image) and not np.array_equal(other, image)


@pytest.mark.parametrize("name", [n for n in augment.OPERATIONS if n not in WHOLE])
def test_a_larger_strength_changes_more(name):
    image = augment.autocontrast(augment.blur(PHOTO[100:180, 200:280] / 255, 2))
    change = [
        np.abs(augment.apply_operation(image, name, s, border="nearest", rng=0) - image).mean()
        for s in range(11)
    ]
    assert change[0] == 0 and change[10] > change[5] > change[2] > 0


def test_moves_are_the_functions_of_the_same_name():
    image, border = GREY / 255, {"border": "constant"}
    ours = augment.apply_operation(image, "shift right", -5, **border)
    np.testing.assert_array_equal(ours, augment.shift(image, 0, -0.1, **border))
    ours = augment.apply_operation(image, "rotate", 4, **border)
    np.testing.assert_array_equal(ours, augment.rotate(image, 12.0, **border))
    ours = augment.apply_operation(image, "scale", -10, **border)
    np.testing.assert_array_equal(ours, augment.scale(image, 0.7, **border))


def test_shears_by_hand():
    column = np.zeros((5, 5))
    column[:, 2] = 1
    ours = augment.apply_operation(column, "shear right", 10, border="constant")
    np.testing.assert_allclose(ours.sum(axis=1), 1)  # each row keeps its ink
    np.testing.assert_allclose(ours @ np.arange(5), 2 + 0.4 * np.arange(-2, 3), atol=0.02)
    ours = augment.apply_operation(column.T, "shear down", 10, border="constant")
    np.testing.assert_allclose(np.arange(5) @ ours, 2 + 0.4 * np.arange(-2, 3), atol=0.02)


def test_an_erased_square_has_its_size_and_may_lie_anywhere():
    white = np.ones((20, 10))
    places = set()
    for seed in range(200):
        grey = augment.apply_operation(white, "erase", 10, rng=seed) == 0.5
        assert grey.sum() == 16
        places.add((grey.any(axis=1).argmax(), grey.any(axis=0).argmax()))
    assert {p[0] for p in places} == set(range(17)) and {p[1] for p in places} == set(range(7))


def test_a_policy_has_its_form_and_draws_every_choice_alike():
    policy = augment.draw_policy(rng=1)
    assert len(policy) == 5 and all(len(sub) == 2 for sub in policy)
    assert policy == augment.draw_policy(rng=1) != augment.draw_policy(rng=2)
    rng = np.random.default_rng(0)
    steps = [s for _ in range(1600) for sub in augment.draw_policy(rng=rng) for s in sub]
    for values, kinds in ((0, 16), (1, 11), (2, 10)):
        counts = np.unique([step[values] for step in steps], return_counts=True)[1]
        expected = len(steps) / kinds
        assert len(counts) == kinds
        assert ((counts - expected) ** 2 / expected).sum() < 3 * kinds
    assert {step.strength for step in steps} == set(range(1, 11))
    (only,) = augment.draw_policy(subs=1, steps=3, operations=["blur"], rng=0)
    assert [step.operation for step in only] == ["blur"] * 3


def test_one_sub_policy_is_drawn_and_chances_are_kept():
    image = np.zeros((4, 4))
    white = augment.Step("invert", 1, 1)
    policy = ((white,), (white, white), (augment.Step("invert", 0.3, 1),))
    rng = np.random.default_rng(0)
    shares = np.mean([augment.apply_policy(image, policy, rng=rng)[0, 0] for _ in range(6000)])
    assert shares == pytest.approx((1 + 0 + 0.3) / 3, abs=0.02)


def test_signs_are_drawn_for_each_step():
    row = np.zeros((1, 11))
    row[0, 5] = 1
    step = augment.Step("shift right", 1, 10 / 2.2)  # one pixel
    rng = np.random.default_rng(0)
    ends = [
        augment.apply_policy(row, [[step, step]], border="constant", rng=rng) for _ in range(900)
    ]
    counts = np.bincount([int(np.argmax(end)) for end in ends])[[3, 5, 7]]
    np.testing.assert_allclose(counts / 900, [0.25, 0.5, 0.25], atol=0.05)


def test_rand_and_trivial_augment_draw_from_their_lists():
    image, rng = GREY / 255, np.random.default_rng(0)
    strong = (
        augment.apply_operation(image, "rotate", 6),
        augment.apply_operation(image, "rotate", -6),
    )
    for _ in range(20):
        once = augment.rand_augment(image, 1, 6, operations=["rotate"], rng=rng)
        assert any(np.array_equal(once, one) for one in strong)
    black = np.zeros((2, 2))
    twice = [augment.rand_augment(black, 2, 5, operations=["invert"], rng=rng) for _ in range(20)]
    assert not np.any(twice)
    drawn = [augment.trivial_augment(image, operations=["solarize"], rng=rng) for _ in range(400)]
    kinds = [augment.apply_operation(image, "solarize", strength) for strength in range(11)]
    counts = [sum(np.array_equal(one, kind) for one in drawn) for kind in kinds]
    assert sum(counts) == 400 and min(counts) > 15
    one = augment.trivial_augment(image, rng=5)
    np.testing.assert_array_equal(one, augment.trivial_augment(image, rng=5))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: augment.solarize(GREY, 128), "`threshold` must be within [0, 1]; got 128."),
        (lambda: augment.posterize(GREY, 0), "`bits` must be a whole number from 1 to 8; got 0."),
        (lambda: augment.posterize(GREY, 2.5), "`bits` must be a whole number from 1 to 8; got 2"),
        (lambda: augment.sharpen(GREY, -1), "`amount` must be a number of at least 0; got -1."),
        (
            lambda: augment.apply_operation(GREY, "blur", 11),
            "`strength` must be within [-10, 10]; got 11.",
        ),
        (
            lambda: augment.apply_operation(GREY, "blur", "5"),
            "`strength` must be within [-10, 10]; got '5'.",
        ),
        (
            lambda: augment.apply_operation(GREY, "rotate", float("nan")),
            "`strength` must be within [-10, 10]; got nan.",
        ),
        (lambda: augment.apply_operation(GREY, "posterise", 1), "`operation` must be one of shift"),
        (
            lambda: augment.apply_operation(GREY, "rotate", 1, border="wrap"),
            "`border` must be one of reflect, nearest, constant; got 'wrap'.",
        ),
        (lambda: augment.draw_policy(subs=0), "`subs` must be a whole number of at least 1; got 0"),
        (lambda: augment.draw_policy(steps=0), "`steps` must be a whole number of at least 1"),
        (lambda: augment.draw_policy(operations=["flip"]), "`operations` must be one of shift"),
        (
            lambda: augment.rand_augment(GREY, 0, 5),
            "`number` must be a whole number of at least 1; got 0.",
        ),
        (lambda: augment.rand_augment(GREY, 1, 12), "`strength` must be within [-10, 10]; got"),
        (
            lambda: augment.trivial_augment(GREY, operations=()),
            "`operations` must name at least one operation; got none.",
        ),
        (
            lambda: augment.apply_policy(GREY, ()),
            "`policy` must hold at least one sub-policy; got none.",
        ),
        (
            lambda: augment.apply_policy(GREY, [[("blur", 1.2, 5)]]),
            "`chance` must be within [0, 1]; got 1.2.",
        ),
    ],
)
def test_wrong_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
