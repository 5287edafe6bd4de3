"""The trained network layer by layer: the same maps, and slopes back to the pictures."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from helpers import learned
from helpers.learned import _imagenet

PICTURES = np.random.default_rng(0).random((2, 32, 36, 3))


def run(stages, pictures):
    maps = [pictures]
    for stage in stages:
        maps.append(stage(maps[-1]))
    return maps[1:]


def test_the_stages_give_the_maps_whose_means_are_the_depths():
    square = PICTURES[:, :, :32]
    depths = learned.imagenet_depths(square, size=32)
    maps = run(learned.imagenet_stages(), square)
    assert len(maps) == 17
    for found, means in zip(maps, depths[:17], strict=True):
        np.testing.assert_allclose(found.mean(axis=(1, 2)), means, atol=1e-5)  # it reads float32


def test_sides_are_halved_and_rounded_up():
    shapes = [maps.shape for maps in run(learned.imagenet_stages(3), PICTURES)]
    assert shapes == [(2, 16, 18, 32), (2, 16, 18, 16), (2, 8, 9, 24), (2, 8, 9, 24)]
    assert len(learned.imagenet_stages(0)) == 1


def test_slopes_reach_the_pixels_and_are_right():
    stages = learned.imagenet_stages(2)

    def total(picture):
        return jnp.sum(run(stages, picture)[-1] ** 2)

    picture = jnp.asarray(PICTURES[:1, :12, :12])
    slopes = jax.grad(total)(picture)
    moved = 1e-6 * np.eye(432)[100].reshape(picture.shape)
    change = (total(picture + moved) - total(picture - moved)) / 2e-6
    assert slopes.ravel()[100] == pytest.approx(float(change), rel=1e-4)
    assert np.count_nonzero(slopes) > 400


def test_they_may_be_made_while_a_function_is_compiled():
    _imagenet.layers.cache_clear()
    compiled = jax.jit(lambda picture: learned.imagenet_stages(0)[0](picture).sum())
    first = compiled(PICTURES)
    assert float(learned.imagenet_stages(0)[0](PICTURES).sum()) == pytest.approx(float(first))


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (17, "`blocks` must be at most 16; got 17."),
        (-1, "`blocks` must be a whole number of at least 0; got -1."),
        (2.5, "`blocks` must be a whole number of at least 0; got 2.5."),
    ],
)
def test_numbers_of_blocks_that_do_not_exist_are_refused(blocks, message):
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        learned.imagenet_stages(blocks)
