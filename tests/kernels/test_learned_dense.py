"""Dense networks and the compiled descent: by hand, against finite differences and Optax's loop."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from helpers import learned

ROWS = np.random.default_rng(5).normal(size=(40, 3))
WANTED = ROWS @ np.array([1.0, -2, 0.5])


def error(net, draw, rows, wanted):
    return jnp.mean((net(rows[draw])[:, 0] - wanted[draw]) ** 2)


def draws(steps, size=8, seed=0):
    return np.random.default_rng(seed).integers(0, len(ROWS), (steps, size))


def test_outputs_by_hand():
    net = learned.dense_net((2, 2, 1), rng=0)
    weights = [jnp.array([[1.0, -1], [2, 0]]), jnp.array([[3.0], [5]])]
    net = learned.DenseNet(weights, [jnp.array([0.0, 1]), jnp.array([-4.0])])
    # hidden: relu(1 + 2, -1 + 1) = 3, 0; output: 9 + 0 - 4
    assert np.asarray(net(np.array([[1.0, 1]]))).tolist() == [[5]]


def test_fresh_weights_have_the_spread_they_are_said_to_have():
    net = learned.dense_net((400, 300, 200), rng=1)
    assert [w.shape for w in net.weights] == [(400, 300), (300, 200)]
    assert np.std(net.weights[0]) == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert np.std(net.weights[1]) == pytest.approx(np.sqrt(1 / 300), rel=0.02)
    assert not any(np.any(offsets) for offsets in net.offsets)
    again = learned.dense_net((400, 300, 200), rng=1)
    assert np.array_equal(again.weights[1], net.weights[1])


def test_the_gradient_is_that_of_finite_differences():
    net, draw = learned.dense_net((3, 4, 1), rng=2), np.arange(40)
    gradient = jax.grad(error)(net, draw, ROWS, WANTED).weights[0]
    for place in [(0, 0), (2, 3), (1, 2)]:
        step = jnp.zeros((3, 4)).at[place].set(1e-6)
        ends = [
            error(learned.DenseNet([net.weights[0] + way * step, net.weights[1]], net.offsets),
                  draw, ROWS, WANTED) for way in (1, -1)
        ]  # fmt: skip
        assert gradient[place] == pytest.approx(float(ends[0] - ends[1]) / 2e-6, abs=1e-6)


def test_the_loop_is_that_of_adam_step_by_step():
    start, order = learned.dense_net((3, 4, 1), rng=3), draws(6)
    ended = learned.minimise(error, start, order, given=(ROWS, WANTED), rate=0.05, every=2)
    adam, net, losses, kept = optax.adam(0.05), start, [], [start]
    state = adam.init(net)
    for number, draw in enumerate(order):
        value, gradient = jax.value_and_grad(error)(net, draw, ROWS, WANTED)
        change, state = adam.update(gradient, state)
        net, losses = optax.apply_updates(net, change), [*losses, value]
        if number % 2:
            kept.append(net)
    np.testing.assert_allclose(ended.losses, losses, rtol=1e-9)
    for mine, other in zip(jax.tree.leaves(ended.found), jax.tree.leaves(net), strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9)
    assert ended.kept.weights[0].shape == (4, 3, 4)
    for number, other in enumerate(kept):
        np.testing.assert_allclose(ended.kept.weights[1][number], other.weights[1], rtol=1e-9)


def test_a_line_is_found_and_the_start_stays():
    start = learned.dense_net((3, 1), rng=4)
    before = np.array(start.weights[0])
    ended = learned.minimise(error, start, draws(800), given=(ROWS, WANTED), rate=0.03)
    np.testing.assert_allclose(ended.found.weights[0][:, 0], [1, -2, 0.5], atol=0.01)
    assert ended.kept is None
    assert np.array_equal(start.weights[0], before)


def test_numbers_of_any_form_may_move():
    ended = learned.minimise(
        lambda at, noise: jnp.sum((at["x"] - 2) ** 2) + 0 * noise,
        {"x": np.zeros(2)}, np.zeros(500), rate=0.05,
    )  # fmt: skip
    np.testing.assert_allclose(ended.found["x"], 2, atol=1e-3)


def test_bad_sizes_and_a_loss_that_is_no_number_are_told():
    with pytest.raises(ValueError, match=r"`widths` must have at least two numbers; got \[3\]"):
        learned.dense_net((3,))
    with pytest.raises(ValueError, match="`widths` must be"):
        learned.dense_net((3, 0))
    net = learned.dense_net((3, 1), rng=0)
    with pytest.raises(ValueError, match="`every` must divide the 6 steps of `draws`; got 4"):
        learned.minimise(error, net, draws(6), given=(ROWS, WANTED), every=4)
    with pytest.raises(ValueError, match=r"one length, the steps; got \[2, 3\]"):
        learned.minimise(error, net, (np.zeros(2), np.zeros(3)))
    with pytest.raises(ValueError, match="`rate` must be"):
        learned.minimise(error, net, draws(2), given=(ROWS, WANTED), rate=0)
    with pytest.raises(FloatingPointError, match="no number from step 0 on"):
        learned.minimise(lambda at, draw: jnp.log(-1 - at), np.ones(()), np.zeros(3))
