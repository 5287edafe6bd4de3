"""The trained network layer by layer, for those who change its maps on the way."""

import jax

from helpers._arguments import whole
from helpers.learned import _imagenet

BLOCKS = len(_imagenet.STRIDES)


def imagenet_stages(blocks=BLOCKS):
    """Return the first layers of EfficientNet-Lite0 as functions, one after the other.

    They are made of JAX, so a gradient flows through them back to the pictures. What a stage
    returns may be changed before the next one takes it.

    Parameters
    ----------
    blocks : int from 0 to 16
        Blocks after the first layer.

    Returns
    -------
    stages : list of `blocks` + 1 functions
        The first takes pictures, (n, M, N, 3), RGB in [0, 1], and returns maps of shape
        (n, M / 2, N / 2, 32), sides rounded up, in [0, 6]. Each other takes the maps before it.

    Raises
    ------
    ValueError
        If there are not so many blocks.
    FileNotFoundError
        If the package with the weights is missing.

    References
    ----------
    M. Tan and Q. V. Le, "EfficientNet", 2019, arXiv:1905.11946.
    """
    if (blocks := whole(blocks, "blocks", 0)) > BLOCKS:
        raise ValueError(f"`blocks` must be at most {BLOCKS}; got {blocks}.")
    with jax.ensure_compile_time_eval():  # the weights are kept: they must not belong to a trace
        first, *others = _imagenet.stages(_imagenet.layers(), blocks)
    return [lambda pictures: first(255 * pictures), *others]
