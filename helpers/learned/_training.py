"""Descent: batches of one size, a loop of steps, and what is remembered on the way."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import jax
import numpy as np

from helpers._arguments import positive, whole
from helpers.learned._arrays import as_batch, as_labels
from helpers.learned._judging import evaluate
from helpers.learned._nets import cross_entropy


class Training(NamedTuple):
    """A network in training; `fit` goes on from it, also if only the first three were saved.

    `moments` is what Adam remembers of earlier gradients, `step` how many steps were done,
    `losses` (array) the loss of each step's batch before the step. `kept` maps steps to the
    networks of that moment, `checked` maps them to (loss, accuracy) on the validation pictures.
    """

    net: object
    moments: object
    step: int
    losses: np.ndarray = np.zeros(0)
    kept: Mapping = MappingProxyType({})
    checked: Mapping = MappingProxyType({})


def batches(pictures, labels, *, size=64, rng=0, start=0, change=None):
    """Deal out pictures in batches of one size, for ever; each once a round, in a new order.

    What a round does not fill up is completed from the next one, so no picture is left out.

    Parameters
    ----------
    pictures : array of shape (n, rows, columns) or (n, rows, columns, channels)
    labels : array of shape (n,), whole numbers from 0
    size : int >= 1
    rng : int
        Seed of the orders, and of `change`.
    start : int >= 0
        Leave out so many batches: a resumed training sees what an unbroken one would have.
    change : callable, optional
        ``change(pictures, rng)`` returns altered pictures of the same shape.

    Yields
    ------
    pictures, labels
        Returns an iterator of arrays of shape (size, rows, columns, channels) and (size,).
    """
    pictures = as_batch(pictures)
    labels = as_labels(labels, len(pictures))
    size, number = whole(size, "size"), whole(start, "start", 0)
    while True:
        chosen = places(len(pictures), size, number, rng)
        batch = pictures[chosen]
        if change is not None:
            batch = np.asarray(change(batch, np.random.default_rng([rng, number, 1])))
        yield batch, labels[chosen]
        number += 1


def places(n, size, number, seed):
    """Return which pictures form a batch: a function of its number, not of what came before."""
    at = np.arange(number * size, (number + 1) * size)
    rounds = range(at[0] // n, at[-1] // n + 1)
    orders = {turn: np.random.default_rng([seed, turn]).permutation(n) for turn in rounds}
    return np.array([orders[i // n][i % n] for i in at])


def fit(net, batches, steps, *, rate=2e-3, trainable=None, validation=None, keep=()):
    """Move the weights of a network down the loss, one batch after the other (Adam).

    Parameters
    ----------
    net : SmallCNN, another callable tree of arrays, or a Training to go on from
    batches : iterator of (pictures, labels)
        Such as `batches` or `pictures_from_folder`; all of one size.
    steps : int >= 0
    rate : float > 0
        About how far one step moves each weight.
    trainable : sequence of str, optional
        Names of the fields that move, such as ``("weights", "offsets")``. Default: all.
    validation : (pictures, labels), optional
        Judged at the steps in `keep`.
    keep : sequence of int
        Steps at which the network is kept, counted from its start; 0 is before any.

    Returns
    -------
    Training

    Raises
    ------
    ValueError
        If a field is unknown or the batches end too early.
    FloatingPointError
        If the loss is no longer a number.

    References
    ----------
    D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015.
    """
    steps, rate, keep = whole(steps, "steps", 0), positive(rate, "rate"), set(keep)
    now = net if isinstance(net, Training) else _begun(net)
    still = _still(now.net, trainable)
    losses, kept, checked = [], dict(now.kept), dict(now.checked)
    net, moments, step = now.net, now.moments, now.step
    for left in range(steps, -1, -1):
        if step in keep:
            kept[step] = net
            if validation is not None:
                judged = evaluate(net, *validation)
                checked[step] = (judged.loss, judged.accuracy)
        if left == 0:
            break
        pictures, labels = _next(batches, left)
        net, moments, loss = _one_step(net, moments, pictures, labels, rate, still)
        losses.append(loss)
        step += 1
    losses = np.concatenate([now.losses, np.array(losses, dtype=float)])
    check_losses(losses)
    return Training(net, moments, step, losses, kept, checked)


def check_losses(losses):
    """Say from which step on a loss is no number."""
    if not np.isfinite(losses).all():
        first = np.flatnonzero(~np.isfinite(losses))[0]
        raise FloatingPointError(f"the loss is no number from step {first} on; try a lower `rate`")


def adam():
    """Return the rule that turns gradients into ways to go."""
    import optax  # a third of a second that only those who train need

    return optax.scale_by_adam()


def step_down(numbers, gradient, moments, rate):
    """Return the moved numbers, and what Adam remembers; to be compiled by who calls it."""
    ways, moments = adam().update(gradient, moments)
    return jax.tree.map(lambda number, way: number - rate * way, numbers, ways), moments


def _begun(net):
    return Training(net, adam().init(net), 0)


def _still(net, trainable):
    """Return the names of the fields that do not move."""
    if trainable is None:
        return ()
    values = {f.name: getattr(net, f.name) for f in fields(net)} if is_dataclass(net) else {}
    held = [n for n, v in values.items() if isinstance(jax.tree.leaves(v)[0], jax.Array)]
    if wrong := set(trainable) - set(held):
        raise ValueError(f"`trainable` must name fields of the net, {held}; got {sorted(wrong)}.")
    return tuple(name for name in held if name not in trainable)


def _next(batches, left):
    try:
        pictures, labels = next(batches)
    except StopIteration:
        raise ValueError(f"`batches` must go on; they ended {left} steps too early.") from None
    return pictures, labels


@partial(jax.jit, static_argnames="still")
def _one_step(net, moments, pictures, labels, rate, still):
    """Return the moved net, what Adam remembers, and the loss before the step."""

    def loss(net):
        held = {name: jax.lax.stop_gradient(getattr(net, name)) for name in still}
        net = replace(net, **held) if held else net
        return cross_entropy(net(pictures), labels)

    value, gradient = jax.value_and_grad(loss)(net)
    return *step_down(net, gradient, moments, rate), value
