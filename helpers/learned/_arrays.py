"""Checks of pictures and labels, and the one form in which networks see them."""

import numpy as np

from helpers._arguments import numbers


def as_batch(pictures, name="pictures"):
    """Return pictures as float64 of shape (n, rows, columns, channels)."""
    pictures = numbers(pictures, name)
    if pictures.ndim not in (3, 4) or not pictures.size:
        raise ValueError(
            f"`{name}` must have shape (n, rows, columns[, channels]); got {pictures.shape}."
        )
    pictures = pictures.astype(np.float64, copy=False)
    return pictures if pictures.ndim == 4 else pictures[..., None]


def as_labels(labels, n, name="labels"):
    """Return n class numbers, from 0, as int64."""
    labels = np.asarray(labels)
    if labels.shape != (n,) or labels.dtype.kind not in "iu" or labels.min() < 0:
        got = f"{labels.dtype} of shape {labels.shape}"
        raise ValueError(f"`{name}` must be {n} whole numbers from 0; got {got}.")
    return labels.astype(np.int64)
