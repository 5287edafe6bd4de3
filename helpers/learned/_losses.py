"""Losses of points (what is alike belongs near, the rest apart), and of ratings."""

import jax
import jax.numpy as jnp

from helpers._arguments import positive

TINY = 1e-12  # the root of 0 has no slope: two equal points would give no number


def contrastive_loss(first, second, same, *, margin=1.0):
    """Return the loss of each pair: d**2 if both are alike, else max(0, margin - d)**2.

    Parameters
    ----------
    first, second : arrays of shape (n, numbers), the points of the two pictures of each pair
    same : array of shape (n,), bool; True where both pictures are of one class
    margin : float > 0
        How far apart unlike pictures shall be, in the unit of the points.

    Returns
    -------
    array of shape (n,), float >= 0

    Raises
    ------
    ValueError
        If shapes differ, or the margin is not positive.

    References
    ----------
    R. Hadsell, S. Chopra and Y. LeCun, Dimensionality reduction by learning an invariant
    mapping, CVPR 2006, doi:10.1109/CVPR.2006.100 (there each loss is halved).
    """
    apart, margin = _distances(first=first, second=second), _checked(margin)
    if jnp.shape(same) != apart.shape:
        raise ValueError(
            f"`same` must have one entry for each of {apart.shape[0]} pairs;"
            f" got shape {jnp.shape(same)}."
        )
    return jnp.where(jnp.asarray(same), apart**2, jnp.maximum(0, margin - apart) ** 2)


def triplet_loss(anchors, alike, unlike, *, margin=1.0):
    """Return the loss of each triplet: max(0, margin + distance to like - distance to unlike).

    Parameters
    ----------
    anchors, alike, unlike : arrays of shape (n, numbers)
        A point each, one of its own class, and one of another class.
    margin : float > 0
        By how much the unlike one shall be farther away, in the unit of the points.

    Returns
    -------
    array of shape (n,), float >= 0

    Raises
    ------
    ValueError
        If shapes differ, or the margin is not positive.

    References
    ----------
    F. Schroff, D. Kalenichenko and J. Philbin, FaceNet: a unified embedding for face recognition
    and clustering, CVPR 2015, doi:10.1109/CVPR.2015.7298682 (there distances are squared).
    """
    near = _distances(anchors=anchors, alike=alike)
    far, margin = _distances(anchors=anchors, unlike=unlike), _checked(margin)
    return jnp.maximum(0, margin + near - far)


def earth_movers_loss(scores, ratings):
    """Return how far shares lie from the wanted ones when the classes have an order.

    The root of the mean square of the differences between the two cumulative sums (r = 2):
    an earth mover's distance in which large gaps count more.

    Parameters
    ----------
    scores : array of shape (n, classes), any real numbers; shares are their softmax
    ratings : array of shape (n, classes), the wanted shares, each row adding up to 1

    Returns
    -------
    array of shape (n,), float from 0 to 1
        1 would need all of the share to go past every class; for 10 classes at most sqrt(9/10).

    Raises
    ------
    ValueError
        If shapes differ, or are not (n, classes).

    References
    ----------
    H. Talebi and P. Milanfar, NIMA: neural image assessment, IEEE Trans. Image Processing 27
    (2018) 3998-4011, doi:10.1109/TIP.2018.2831899.
    """
    if jnp.ndim(scores) != 2 or jnp.shape(scores) != jnp.shape(ratings):
        raise ValueError(
            "`scores` and `ratings` must have one shape, (n, classes);"
            f" got {jnp.shape(scores)} and {jnp.shape(ratings)}."
        )
    gaps = jnp.cumsum(jax.nn.softmax(scores) - ratings, axis=1)
    return jnp.sqrt(jnp.mean(gaps**2, axis=1) + TINY)


def _distances(**points):
    """Return the straight distance of each two points; names and points of two arrays."""
    (first, one), (second, other) = points.items()
    if jnp.ndim(one) != 2 or jnp.shape(one) != jnp.shape(other):
        raise ValueError(
            f"`{first}` and `{second}` must have one shape, (n, numbers);"
            f" got {jnp.shape(one)} and {jnp.shape(other)}."
        )
    return jnp.sqrt(jnp.sum((jnp.asarray(one) - jnp.asarray(other)) ** 2, axis=1) + TINY)


def _checked(margin):
    """Return a margin; one that is traced by JAX cannot be looked at."""
    return margin if hasattr(margin, "aval") else positive(margin, "margin")
