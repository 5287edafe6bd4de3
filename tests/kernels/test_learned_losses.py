"""Losses of pairs and triplets: by hand, against differences and Optax, at the margin, guarded."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from helpers import learned

RNG = np.random.default_rng(25)
A, B, C = RNG.normal(0, 1, (3, 20, 4))
SAME = RNG.random(20) < 0.5


def test_pairs_by_hand():
    first = np.array([[0.0, 0], [0, 0], [0, 0], [1, 1]])
    second = np.array([[3.0, 4], [0, 1], [3, 4], [1, 1]])
    same = np.array([True, False, False, True])
    found = learned.contrastive_loss(first, second, same, margin=3)
    np.testing.assert_allclose(found, [25, 4, 0, 0], atol=1e-5)


def test_triplets_by_hand():
    zero = np.zeros((3, 2))
    near, far = np.array([[0, 2.0]] * 3), np.array([[2.5, 0], [3, 4], [0, 1]])
    found = learned.triplet_loss(zero, near, far, margin=1)
    np.testing.assert_allclose(found, [0.5, 0, 2], atol=1e-5)


def test_a_pair_is_a_pair_either_way_round_and_wherever_it_stands():
    found = learned.contrastive_loss(A, B, SAME, margin=2)
    np.testing.assert_allclose(learned.contrastive_loss(B, A, SAME, margin=2), found)
    np.testing.assert_allclose(learned.contrastive_loss(A + 5, B + 5, SAME, margin=2), found)
    np.testing.assert_allclose(
        learned.contrastive_loss(7 * A, 7 * B, SAME, margin=14), 49 * found, rtol=1e-9
    )


def test_triplets_are_those_of_the_library():
    theirs = optax.losses.triplet_margin_loss(A, B, C, margin=0.7, eps=1e-12)
    np.testing.assert_allclose(learned.triplet_loss(A, B, C, margin=0.7), theirs, atol=1e-9)


def test_slopes_are_those_of_differences():
    def loss(moved):
        return jnp.sum(learned.contrastive_loss(A + moved, B, SAME, margin=2))

    slope = jax.grad(loss)(jnp.zeros(A.shape))
    for place in [(0, 0), (7, 3), (19, 1)]:
        step = jnp.zeros(A.shape).at[place].set(1e-6)
        assert slope[place] == pytest.approx(float(loss(step) - loss(-step)) / 2e-6, abs=1e-5)


@pytest.mark.parametrize("alike", [True, False])
def test_two_equal_points_have_a_slope(alike):
    slope = jax.grad(lambda a: learned.contrastive_loss(a, A[:1], np.array([alike])).sum())(A[:1])
    assert np.isfinite(slope).all()


def test_a_margin_may_be_traced():
    run = jax.jit(lambda margin: learned.contrastive_loss(A, B, SAME, margin=margin))
    np.testing.assert_allclose(run(1.5), learned.contrastive_loss(A, B, SAME, margin=1.5))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: learned.contrastive_loss(A, B[:3], SAME),
            r"`first` and `second` must have one shape, \(n, numbers\); got \(20, 4\) and \(3, 4\)",
        ),
        (lambda: learned.contrastive_loss(A[0], B[0], SAME), "`first` and `second` must have"),
        (
            lambda: learned.contrastive_loss(A, B, SAME[:3]),
            r"`same` must have one entry for each of 20 pairs; got shape \(3,\)",
        ),
        (lambda: learned.contrastive_loss(A, B, SAME, margin=0), "`margin` must be a positive"),
        (lambda: learned.triplet_loss(A, B, C[:2]), "`anchors` and `unlike` must have one shape"),
        (lambda: learned.triplet_loss(A, B[:2], C), "`anchors` and `alike` must have one shape"),
        (lambda: learned.triplet_loss(A, B, C, margin=-1), "`margin` must be a positive number"),
    ],
)
def test_what_cannot_be_compared_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
