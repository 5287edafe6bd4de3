"""Two phases: a head for one's own classes, then small steps for the blocks right below it."""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from helpers._arguments import positive, whole
from helpers.learned import _imagenet
from helpers.learned._arrays import as_batch
from helpers.learned._features import CUT
from helpers.learned._heads import ridge_head
from helpers.learned._judging import predict
from helpers.learned._training import batches, fit

TOGETHER = 256  # pictures: it bounds the memory
MOVING = ("blocks", "weights", "offsets")


@partial(
    jax.tree_util.register_dataclass,
    data_fields=("blocks", "weights", "offsets", "mean", "deviation"),
    meta_fields=("classes",),
)
@dataclass(frozen=True)
class Tuned:
    """Hold the last five blocks and a head; calling it gives the scores of maps.

    Attributes
    ----------
    blocks : list of layers, the last one widens to 1280 maps
    weights, offsets : arrays of shape (1280, classes) and (classes,)
    mean, deviation : arrays of shape (1280,), which never move
    classes : tuple of the labels, sorted
    """

    blocks: list
    weights: jax.Array
    offsets: jax.Array
    mean: jax.Array
    deviation: jax.Array
    classes: tuple

    def __call__(self, maps):
        """Return scores, (n, classes), of maps as `imagenet_maps` returns them."""
        features = (_upper(self.blocks, maps) - self.mean) / self.deviation
        return features @ self.weights + self.offsets

    def predict(self, maps):
        """Return the label of the highest score for each picture, array of shape (n,)."""
        return np.array(self.classes)[predict(self, maps).argmax(axis=1)]


def fine_tune(maps, labels, *, steps=60, rate=1e-4, batch=48, strength=100.0, rng=0):
    """Fit a head to one's own classes, then let the last five blocks take small steps with it.

    Phase one is `ridge_head` on the features. Phase two moves the head and 2.7 of the 4.6 million
    numbers below it by Adam on the surprise; the eleven blocks before them stay as they are, so
    their maps are computed only once.

    Parameters
    ----------
    maps : array of shape (n, side, side, 112)
        From `imagenet_maps`.
    labels : array of shape (n,), two classes or more
    steps : int >= 0
        Of phase two; 0 leaves it out.
    rate : float > 0
        About how far one step moves each number. A hundred times more ruins what was learnt.
    batch : int >= 1
        Pictures for a step, n at most.
    strength : float > 0
        As for `ridge_head`.
    rng : int
        Seed of the order of the pictures.

    Returns
    -------
    Tuned
        ``tuned.predict(maps)`` gives labels.

    Raises
    ------
    ValueError
        If shapes or labels do not fit.
    FloatingPointError
        If the loss is no longer a number.
    """
    maps = as_batch(maps, "maps")
    if maps.shape[-1] != (channels := _imagenet.WIDTHS[CUT]):
        raise ValueError(f"`maps` must have {channels} channels; got {maps.shape[-1]}.")
    steps, rate, batch = whole(steps, "steps", 0), positive(rate, "rate"), whole(batch, "batch")
    blocks = _imagenet.layers()[CUT + 1 : 18]
    parts = [maps[start : start + TOGETHER] for start in range(0, len(maps), TOGETHER)]
    features = np.concatenate([np.asarray(_features(blocks, part)) for part in parts])
    head = ridge_head(features, labels, strength=strength)
    numbers = (jnp.asarray(part) for part in (head.weights, head.bias, head.mean, head.deviation))
    tuned = Tuned(blocks, *numbers, tuple(head.classes.tolist()))
    if steps == 0:
        return tuned
    places = np.searchsorted(head.classes, labels)
    dealt = batches(maps, places, size=min(batch, len(maps)), rng=rng)
    return fit(tuned, dealt, steps, rate=rate, trainable=MOVING).net


def _upper(blocks, maps):
    """Run maps through the last blocks, up to the means of the last maps."""
    for parts, stride in zip(blocks[:-1], _imagenet.STRIDES[CUT:], strict=True):
        maps = _imagenet.block(maps, parts, stride)
    return _imagenet.top(maps, blocks[-1]).mean((1, 2))


_features = jax.jit(_upper)
