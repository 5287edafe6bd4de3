"""Dense networks, and descent on any loss in one compiled loop."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from helpers._arguments import positive, whole
from helpers.learned._training import adam, check_losses, step_down


@partial(jax.tree_util.register_dataclass, data_fields=("weights", "offsets"), meta_fields=())
@dataclass(frozen=True)
class DenseNet:
    """Hold the numbers of a dense network; calling it gives the outputs for rows.

    Attributes
    ----------
    weights : list of arrays of shape (numbers in, numbers out), one for each layer
    offsets : list of arrays of shape (numbers out,)
    """

    weights: list
    offsets: list

    def __call__(self, rows):
        """Return outputs, (..., last width), of rows of shape (..., first width)."""
        layers = list(zip(self.weights, self.offsets, strict=True))
        for weights, offsets in layers[:-1]:
            rows = jax.nn.relu(rows @ weights + offsets)
        weights, offsets = layers[-1]
        return rows @ weights + offsets


def dense_net(widths, *, rng=None):
    """Make layers in which every number sees all numbers of the layer before, with ReLU between.

    Parameters
    ----------
    widths : sequence of at least two int >= 1
        Numbers in, numbers in each layer between, numbers out: ``(64, 32, 10)``.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    DenseNet
        Weights are normal with SD sqrt(2 / numbers in), in the last layer sqrt(1 / numbers in);
        offsets are 0. All float64.

    Raises
    ------
    ValueError
        If there are fewer than two widths, or one is below 1.

    References
    ----------
    K. He and others, Delving deep into rectifiers, ICCV 2015, doi:10.1109/ICCV.2015.123.
    """
    rng, widths = np.random.default_rng(rng), [whole(width, "widths") for width in widths]
    if len(widths) < 2:
        raise ValueError(f"`widths` must have at least two numbers; got {widths}.")
    sizes = list(pairwise(widths))
    shares = [2] * (len(sizes) - 1) + [1]
    weights = [
        jnp.asarray(rng.normal(0, np.sqrt(share / size[0]), size))
        for share, size in zip(shares, sizes, strict=True)
    ]
    return DenseNet(weights, [jnp.zeros(width) for width in widths[1:]])


class Descent(NamedTuple):
    """What `minimise` found: numbers of the form of `start`, and the loss before each step.

    `kept` has the form of `start` with one more axis in front: the start, then the numbers
    after each `every` steps (None without `every`).
    """

    found: object
    losses: np.ndarray
    kept: object = None


def minimise(loss, start, draws, *, given=(), rate=2e-3, every=None):
    """Move numbers down a loss, one draw after the other (Adam), in one compiled loop.

    Such a loop is many times quicker than steps one by one for dense networks, and many times
    slower for convolutions, which `fit` trains.

    Parameters
    ----------
    loss : callable
        ``loss(numbers, draw, *given)`` returns one number. Compiled once for each function: define
        it outside of loops, and pass what changes as `given`.
    start : tree of arrays, such as a network
    draws : tree of arrays, shape (steps, ...) each
        What each step sees: places of its batch, noise; one slice is a `draw`.
    given : tuple of trees of arrays
        What all steps see.
    rate : float > 0
        About how far one step moves each number.
    every : int >= 1, optional
        Keep the numbers after each so many steps; must divide the steps.

    Returns
    -------
    Descent

    Raises
    ------
    ValueError
        If the draws differ in their number, or `every` does not divide it.
    FloatingPointError
        If the loss is no longer a number.

    References
    ----------
    D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015.
    """
    rate, sizes = positive(rate, "rate"), {len(leaf) for leaf in jax.tree.leaves(draws)}
    if len(sizes) != 1:
        raise ValueError(f"`draws` must have one length, the steps; got {sorted(sizes)}.")
    (steps,) = sizes
    length = steps if every is None else whole(every, "every")
    if not steps or steps % length:
        raise ValueError(f"`every` must divide the {steps} steps of `draws`; got {every}.")
    blocks = jax.tree.map(lambda a: jnp.reshape(a, (-1, length, *a.shape[1:])), draws)
    start = jax.tree.map(jnp.asarray, start)
    found, losses, kept = _descend(start, blocks, given, rate, loss=loss)
    losses = np.asarray(losses)
    check_losses(losses)
    return Descent(found, losses, None if every is None else kept)


@partial(jax.jit, static_argnames="loss")
def _descend(start, blocks, given, rate, *, loss):
    """Return the last numbers, the loss of every step, and the numbers after each block."""

    def step(state, draw):
        numbers, moments = state
        value, gradient = jax.value_and_grad(loss)(numbers, draw, *given)
        return step_down(numbers, gradient, moments, rate), value

    def block(state, draws):
        state, values = jax.lax.scan(step, state, draws)
        return state, (values, state[0])

    state, (values, kept) = jax.lax.scan(block, (start, adam().init(start)), blocks)
    kept = jax.tree.map(lambda first, after: jnp.concatenate([first[None], after]), start, kept)
    return state[0], values.ravel(), kept
