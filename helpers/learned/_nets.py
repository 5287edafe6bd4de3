"""Small convolutional networks: layers of kernels, a mean over places, one linear layer."""

from dataclasses import dataclass, field
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from helpers._arguments import whole


@partial(
    jax.tree_util.register_dataclass,
    data_fields=("kernels", "biases", "weights", "offsets"),
    meta_fields=("strides", "pool", "flat"),
)
@dataclass(frozen=True)
class SmallCNN:
    """Hold the numbers of a network; calling it gives the scores of pictures.

    Attributes
    ----------
    kernels : list of arrays of shape (3, 3, channels in, channels out), one for each layer
    biases : list of arrays of shape (channels out,)
    weights, offsets : arrays of shape (features, classes) and (classes,), the last layer
    strides, pool, flat : as for `small_cnn`
    """

    kernels: list
    biases: list
    weights: jax.Array
    offsets: jax.Array
    strides: tuple = field(default=())
    pool: bool = False
    flat: bool = False

    def maps(self, pictures):
        """Return what each layer sees: arrays of shape (n, rows, columns, channels out)."""
        seen, layers = pictures, []
        for kernels, biases, stride in zip(self.kernels, self.biases, self.strides, strict=True):
            seen = convolve(seen, kernels, 1 if self.pool else stride) + biases
            seen = jax.nn.relu(largest_of_four(seen) if self.pool and stride == 2 else seen)
            layers.append(seen)
        return layers

    def features(self, pictures):
        """Return what the last layer is given, shape (n, features)."""
        last = self.maps(pictures)[-1]
        return last.reshape(len(last), -1) if self.flat else last.mean(axis=(1, 2))

    def __call__(self, pictures):
        """Return scores, (n, classes), of pictures of shape (n, rows, columns, channels)."""
        return self.features(pictures) @ self.weights + self.offsets


def convolve(pictures, kernels, stride):
    """Let every kernel look at every place, with a frame of zeros one pixel wide.

    Nine shifted copies side by side, times one matrix: in float64, backwards as well, this takes
    less than half the time of the library's convolution.
    """
    rows, columns = pictures.shape[1:3]
    framed = jnp.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)))
    places = [(i, j) for i in range(3) for j in range(3)]
    copies = [framed[:, i : i + rows : stride, j : j + columns : stride] for i, j in places]
    return jnp.concatenate(copies, axis=-1) @ kernels.reshape(-1, kernels.shape[-1])


def largest_of_four(maps):
    """Keep the largest of each 2 x 2 places; the gradient of the library's own pool is slow."""
    rows, columns = (side // 2 * 2 for side in maps.shape[1:3])
    corners = [maps[:, i:rows:2, j:columns:2] for i in (0, 1) for j in (0, 1)]
    return jnp.maximum(jnp.maximum(*corners[:2]), jnp.maximum(*corners[2:]))


def small_cnn(shape, channels, classes, *, strides=None, pool=False, flat=False, rng=None):
    """Make a network of 3 x 3 kernels with fresh random weights.

    Kernels are drawn with SD sqrt(2 / numbers in a kernel), which keeps the spread of the maps
    from layer to layer. Biases and the last layer begin at 0: so the first loss is the
    logarithm of the number of classes.

    Parameters
    ----------
    shape : (rows, columns) or (rows, columns, channels) of the pictures
    channels : sequence of int
        How many kernels each layer has, such as ``(16, 32, 64)``.
    classes : int >= 2
    strides : sequence of 1 and 2, optional
        2 halves the sides after a layer. Default: 2 everywhere.
    pool : bool
        Halve by keeping the largest of four places, instead of looking at every second one.
        Slower, two to four times.
    flat : bool
        Give all places of the last maps to the last layer; False gives the mean of each map.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    SmallCNN
        All numbers float64.

    Raises
    ------
    ValueError
        If a size is none, or the pictures are halved away.

    References
    ----------
    K. He and others, Delving deep into rectifiers, ICCV 2015, doi:10.1109/ICCV.2015.123.
    """
    rng, classes = np.random.default_rng(rng), whole(classes, "classes", 2)
    if len(shape) not in (2, 3) or not len(channels):
        raise ValueError(f"`shape` must be (rows, columns[, channels]); got {tuple(shape)}.")
    sides, before = [whole(side, "shape") for side in shape[:2]], (*shape, 1)[2]
    strides = tuple(strides) if strides is not None else (2,) * len(channels)
    if len(strides) != len(channels) or not set(strides) <= {1, 2}:
        raise ValueError(f"`strides` must be a 1 or 2 for each layer; got {strides}.")
    kernels = []
    for width, stride in zip(channels, strides, strict=True):
        size = (3, 3, before, whole(width, "channels"))
        kernels.append(jnp.asarray(rng.normal(0, np.sqrt(2 / (9 * before)), size)))
        sides = [(side if pool else side + 1) // 2 if stride == 2 else side for side in sides]
        before = width
    if min(sides) < 1:
        raise ValueError(f"`shape` must be larger for {len(channels)} layers; got {tuple(shape)}.")
    features = before * sides[0] * sides[1] if flat else before
    biases = [jnp.zeros(width) for width in channels]
    last = jnp.zeros((features, classes)), jnp.zeros(classes)
    return SmallCNN(kernels, biases, *last, strides, bool(pool), bool(flat))


def cross_entropy(scores, labels):
    """Return the mean surprise: minus the logarithm of the chance given to the right class.

    Parameters
    ----------
    scores : array of shape (n, classes), any real numbers
        Chances are their softmax.
    labels : array of shape (n,), whole numbers from 0

    Returns
    -------
    array of shape ()
        In nats; log(classes) for equal scores.
    """
    right = jnp.take_along_axis(scores, labels[:, None], axis=1)[:, 0]
    return jnp.mean(jax.nn.logsumexp(scores, axis=1) - right)
