"""Corruption models: their statistics, their range and their guards."""

import re

import numpy as np
import pytest
import skimage.util
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers import noise

MODELS = {
    "gaussian": lambda image, rng: noise.gaussian(
        image, 20 if image.dtype.kind == "u" else 0.1, rng=rng
    ),
    "speckle": lambda image, rng: noise.speckle(image, 0.2, rng=rng),
    "salt and pepper": lambda image, rng: noise.salt_and_pepper(image, 0.3, rng=rng),
    "flip": lambda image, rng: noise.flip(image > image.mean(), 0.3, rng=rng),
}
SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, max_side=8)


@st.composite
def pictures(draw):
    shape = draw(SHAPES) + draw(st.sampled_from([(), (3,)]))
    dtype = draw(st.sampled_from([np.uint8, np.float16, np.float32, np.float64, ">f8"]))
    dtype = np.dtype(dtype)
    values = st.floats(0, 1, width=8 * dtype.itemsize) if dtype.kind == "f" else None
    image = draw(arrays.arrays(dtype, shape, elements=values))
    image = np.repeat(image, 2, axis=0)[::-2] if draw(st.booleans()) else image
    image.flags.writeable = draw(st.booleans())
    return image


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@given(image=pictures(), seed=st.integers(0, 2**32))
def test_each_model_keeps_dtype_range_and_input_and_repeats_with_its_seed(model, image, seed):
    before = image.copy()
    noisy = model(image, seed)
    np.testing.assert_array_equal(image, before)
    assert not np.shares_memory(noisy, image)
    assert noisy.shape == image.shape
    if noisy.dtype != np.bool_:
        assert noisy.dtype == image.dtype
        assert 0 <= noisy.min() <= noisy.max() <= (255 if image.dtype == np.uint8 else 1)
    np.testing.assert_array_equal(noisy, model(image, np.random.default_rng(seed)))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_another_seed_gives_another_picture(model):
    image = np.tile(np.linspace(0.2, 0.8, 40), (40, 1))
    assert not np.array_equal(model(image, 1), model(image, 2))


def test_gaussian_adds_the_draws_of_its_generator():
    image = np.array([[100, 250], [3, 0]], dtype=np.uint8)
    expected = image + 10 * np.random.default_rng(4).standard_normal((2, 2))
    np.testing.assert_array_equal(
        noise.gaussian(image, 10, rng=4), np.clip(expected.round(), 0, 255)
    )


def test_gaussian_has_the_mean_and_spread_it_was_asked_for():
    image = np.full((200, 200), 0.5)
    error = noise.gaussian(image, 0.05, rng=0) - image
    assert abs(error.mean()) < 5 * 0.05 / 200
    assert abs(error.std() - 0.05) < 5 * 0.05 / np.sqrt(2 * error.size)
    levels = noise.gaussian(np.full((200, 200), 128, dtype=np.uint8), 12.75, rng=0) - 128.0
    expected = np.sqrt(12.75**2 + 1 / 12)  # rounding adds the variance of one level
    assert abs(levels.std() - expected) < 5 * expected / np.sqrt(2 * levels.size)


@pytest.mark.parametrize("mode", ["gaussian", "speckle"])
def test_noise_spreads_as_in_skimage(mode):
    image = np.tile(np.linspace(0.35, 0.65, 300), (300, 1))
    ours = getattr(noise, mode)(image, 0.1, rng=1) - image
    theirs = skimage.util.random_noise(image, mode, rng=2, var=0.01) - image
    for columns in (slice(0, 100), slice(200, 300)):
        assert ours[:, columns].std() == pytest.approx(theirs[:, columns].std(), rel=0.03)


def test_speckle_leaves_black_alone_and_hurts_bright_areas_most():
    image = np.tile(np.array([0, 0.2, 0.4], dtype=np.float32), (5000, 1))
    spread = (noise.speckle(image, 0.1, rng=3) - image).std(axis=0)
    assert spread[0] == 0
    assert spread[2] == pytest.approx(2 * spread[1], rel=0.05)


@pytest.mark.parametrize("function", [noise.gaussian, noise.speckle])
def test_no_spread_changes_nothing(function):
    for image in (np.arange(12, dtype=np.uint8).reshape(3, 4), np.full((2, 2, 3), 0.3)):
        np.testing.assert_array_equal(function(image, 0, rng=1), image)


def test_salt_and_pepper_replaces_whole_pixels_in_the_asked_shares():
    image = np.full((300, 300, 3), 77, dtype=np.uint8)
    noisy = noise.salt_and_pepper(image, 0.2, salt=0.25, rng=5)
    assert set(np.unique(noisy)) == {0, 77, 255}
    assert (noisy == noisy[..., :1]).all()
    pixels = noisy[..., 0]
    for level, share in ((255, 0.05), (0, 0.15), (77, 0.8)):
        wobble = 5 * np.sqrt(share * (1 - share) / pixels.size)
        assert abs((pixels == level).mean() - share) < wobble


def test_salt_and_pepper_at_its_ends():
    image = np.full((20, 20), 0.5, dtype=np.float32)
    np.testing.assert_array_equal(noise.salt_and_pepper(image, 0, rng=1), image)
    assert (noise.salt_and_pepper(image, 1, salt=1, rng=1) == 1).all()
    assert (noise.salt_and_pepper(image, 1, salt=0, rng=1) == 0).all()


def test_flip_turns_masks_and_spins_over():
    mask = np.array([[True, False], [False, False]])
    np.testing.assert_array_equal(noise.flip(mask, 1), ~mask)
    np.testing.assert_array_equal(noise.flip(mask, 0), mask)
    spins = np.array([[1, -1], [-1, -1]], dtype=np.int8)
    flipped = noise.flip(spins, 1)
    np.testing.assert_array_equal(flipped, -spins)
    assert flipped.dtype == np.int8


@given(st.integers(0, 2**32), st.sampled_from([np.int8, np.int32, np.int64]))
def test_a_mask_and_its_spins_flip_alike(seed, dtype):
    mask = np.random.default_rng(0).random((6, 5)) < 0.5
    spins = np.where(mask, 1, -1).astype(dtype)
    flipped = noise.flip(spins, 0.4, rng=seed)
    assert flipped.dtype == dtype
    np.testing.assert_array_equal(flipped == 1, noise.flip(mask, 0.4, rng=seed))


def test_flip_hits_the_asked_share():
    mask = np.zeros((300, 300), dtype=bool)
    assert abs(noise.flip(mask, 0.1, rng=7).mean() - 0.1) < 5 * np.sqrt(0.09 / mask.size)


@pytest.mark.parametrize("function", [noise.gaussian, noise.speckle])
@pytest.mark.parametrize("sd", [-1, float("nan"), float("inf")])
def test_a_spread_must_be_a_number_that_is_not_negative(function, sd):
    with pytest.raises(ValueError, match=f"`sd` must be a number of at least 0; got {sd}."):
        function(np.zeros((2, 2)), sd)


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_shares_must_lie_between_0_and_1(share):
    def message(name):
        return re.escape(f"`{name}` must be within [0, 1]; got {share}.")

    with pytest.raises(ValueError, match=message("amount")):
        noise.salt_and_pepper(np.zeros((2, 2)), share)
    with pytest.raises(ValueError, match=message("salt")):
        noise.salt_and_pepper(np.zeros((2, 2)), 0.1, salt=share)
    with pytest.raises(ValueError, match=message("probability")):
        noise.flip(np.zeros((2, 2), dtype=bool), share)


@pytest.mark.parametrize(
    "function", [noise.gaussian, noise.speckle, noise.salt_and_pepper], ids=lambda f: f.__name__
)
def test_pictures_that_do_not_fit_are_refused(function):
    with pytest.raises(TypeError, match="`image` must be uint8 or float; got bool: use `flip`"):
        function(np.zeros((2, 2), dtype=bool), 0.1)
    with pytest.raises(ValueError, match=re.escape("must be within [0, 1]; got 0 to 200.")):
        function(np.array([[0.0, 200.0]]), 0.1)


@pytest.mark.parametrize("image", [np.array([0, 1]), np.array([-1.0, 1.0]), np.array([1, 2])])
def test_flip_takes_two_values_only(image):
    with pytest.raises(ValueError, match=r"`image` must be bool or hold only -1 and \+1; got"):
        noise.flip(image, 0.5)
