"""Networks: a training step, and features, each beside the library's convolution.

At 8 px products are small: of a step of 0.55 ms, 0.19 is no convolution (measured with layers that
only copy) and the same in both lanes, so a step that takes 0.77 by the library gains less.
"""

from unittest import mock

import jax
import numpy as np
from report import Row

from helpers import learned
from helpers.learned import _imagenet

BATCH = 64
STEPS = {8: 1.1, 32: 2}  # times as fast as a step by the library, by the side of the pictures


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the batch."""
    steps = [step_row(32, (16, 32, 64), tiny), step_row(8, (16, 32), tiny)]
    return [*steps, features_row(64, 2 if tiny else 64), features_row(224, 1 if tiny else 5)]


def library_scores(net, pictures):
    """Return the scores of a net whose layers are convolved by JAX."""
    seen, order = pictures, ("NHWC", "HWIO", "NHWC")
    for kernels, biases, stride in zip(net.kernels, net.biases, net.strides, strict=True):
        maps = jax.lax.conv_general_dilated(
            seen, kernels, (stride, stride), ((1, 1), (1, 1)), dimension_numbers=order
        )
        seen = jax.nn.relu(maps + biases)
    return seen.mean(axis=(1, 2)) @ net.weights + net.offsets


def step_of(scores, net, pictures, labels):
    """Return a call that finds the loss and all gradients, and waits for them."""
    loss = jax.value_and_grad(lambda net: learned.cross_entropy(scores(net), labels))
    compiled = jax.jit(loss)

    def call():
        value, gradient = jax.block_until_ready(compiled(net))
        return np.concatenate([np.ravel(value), *map(np.ravel, jax.tree.leaves(gradient))])

    return call


def step_row(side, channels, tiny):
    draw = np.random.default_rng(side)
    pictures = draw.normal(size=(4 if tiny else BATCH, side, side, 1))
    labels = draw.integers(0, 8, len(pictures))
    net = learned.small_cnn((side, side), channels, 8, rng=0)
    net = jax.tree.map(lambda leaf: leaf + draw.normal(0, 0.1, leaf.shape), net)
    ours = step_of(lambda net: net(pictures), net, pictures, labels)
    theirs = step_of(lambda net: library_scores(net, pictures), net, pictures, labels)
    widths = "-".join(map(str, channels))
    return Row(
        name=f"training step, {len(pictures)} of {side} px, {widths}, lax.conv",
        ours=ours,
        library=theirs,
        over_library=STEPS[side],
        agree={"atol": 1e-9},
    )


def by_library(pictures, layer, stride=1):
    """Convolve as JAX does, depthwise where the kernel has one channel in."""
    kernel, bias = layer
    groups = pictures.shape[-1] if kernel.shape[2] == 1 else 1
    found = jax.lax.conv_general_dilated(
        pictures,
        kernel,
        (stride, stride),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=groups,
    )
    return found + bias


def features_row(side, count):
    """Compare features of a trained network, float32, in milliseconds for all pictures."""
    pictures = np.random.default_rng(side).integers(0, 256, (count, side, side, 3)).astype("f4")
    net, ours = _imagenet.layers("float32"), jax.jit(_imagenet.features)

    def plain(net, pictures):
        with mock.patch.object(_imagenet, "convolve", by_library):  # while it is traced
            return _imagenet.features(net, pictures)

    theirs = jax.jit(plain)
    return Row(
        name=f"features, {count} pictures of {side} px, lax.conv",
        ours=lambda: np.asarray(ours(net, pictures)),
        library=lambda: np.asarray(theirs(net, pictures)),
        over_library=3,
        agree={"atol": 1e-3},
    )
