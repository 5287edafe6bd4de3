"""Transparency: laid on white, multiplied into colours, and kept out of filters."""

import cv2
import numpy as np


def lay_on_white(pixels, alpha):
    """Return pixels as they look on white paper.

    Parameters
    ----------
    pixels : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    alpha : array of shape (M, N), same dtype and scale, or None

    Returns
    -------
    array of the shape and dtype of `pixels`; itself if there is no alpha
    """
    if alpha is None:
        return pixels
    cover = alpha if pixels.ndim == 2 else alpha[..., None]
    if pixels.dtype == np.uint8:
        wide = cover.astype(np.uint16)
        return ((pixels * wide + 255 * (255 - wide) + 127) // 255).astype(np.uint8)
    return np.clip(pixels * cover + (1 - cover), 0, 1).astype(pixels.dtype)


def premultiply(pixels, alpha):
    """Return colours multiplied by their cover, in the dtype of `pixels`.

    Parameters
    ----------
    pixels : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    alpha : array of shape (M, N), same dtype and scale
    """
    cover = alpha if pixels.ndim == 2 else alpha[..., None]
    if pixels.dtype == np.uint8:
        return ((pixels * cover.astype(np.uint16) + 127) // 255).astype(np.uint8)
    return pixels * cover


def unpremultiply(pixels, alpha):
    """Return colours divided by their cover: the inverse of `premultiply`, 0 where nothing is seen.

    Parameters
    ----------
    pixels : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    alpha : array of shape (M, N), same dtype and scale
    """
    cover = alpha if pixels.ndim == 2 else alpha[..., None]
    if pixels.dtype == np.uint8:
        wide = np.maximum(cover, 1).astype(np.uint32)
        straight = (pixels.astype(np.uint32) * 255 + wide // 2) // wide
        return np.where(cover > 0, np.minimum(straight, 255), 0).astype(np.uint8)
    safe = np.where(cover > 0, cover, 1)
    return np.where(cover > 0, np.clip(pixels / safe, 0, 1), 0).astype(pixels.dtype)


def filter_visible(function, pixels, alpha):
    """Filter what is seen of a picture: the colours of hidden pixels have no say.

    The premultiplied colours are laid on a bed of the visible colours around, made by averaging
    them in ever larger cells; the bed is taken away again after the filter [1]_.

    Parameters
    ----------
    function : callable of an array, whose result has the same shape
    pixels : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    alpha : array of shape (M, N), same dtype and scale, or None

    Returns
    -------
    array of the shape and dtype of `pixels`, straight colours; where the alpha is 0 as before

    References
    ----------
    .. [1] S. J. Gortler et al., The Lumigraph, SIGGRAPH 1996, section 4.3 (push and pull).
    """
    if alpha is None:
        return function(pixels)
    byte = pixels.dtype == np.uint8
    cover = (alpha / 255 if byte else alpha).astype(np.float64)
    seen = (pixels / 255 if byte else pixels).astype(np.float64)
    if pixels.ndim == 3:
        cover = cover[..., None]
    bed = (1 - cover) * _bed(seen * cover, np.ascontiguousarray(cover))
    laid = np.clip(seen * cover + bed, 0, 1)
    laid = np.rint(255 * laid).astype(np.uint8) if byte else laid.astype(pixels.dtype)
    found = function(laid)
    found = (found / 255 if byte else found) - bed
    straight = np.clip(found / np.where(cover > 0, cover, 1), 0, 1)
    straight = np.rint(255 * straight).astype(np.uint8) if byte else straight.astype(pixels.dtype)
    return np.where(cover > 0, straight, pixels)


def _bed(colours, cover):
    """Return opaque colours for every pixel from a picture of half the size that is laid so too."""
    size = colours.shape[1::-1]
    if max(size) == 1:
        return colours / cover if cover.max() > 0 else colours
    half = [max(1, (length + 1) // 2) for length in size]
    small, mask = (cv2.resize(a, half, interpolation=cv2.INTER_AREA) for a in (colours, cover))
    if colours.ndim == 3:
        mask = mask[..., None]
    small = small + (1 - mask) * _bed(small, mask)
    return cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)
