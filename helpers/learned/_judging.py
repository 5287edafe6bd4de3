"""What a network says of pictures, and how often it is right."""

from typing import NamedTuple

import jax
import numpy as np

from helpers._arguments import whole
from helpers.learned._arrays import as_batch, as_labels


class Judged(NamedTuple):
    """Mean surprise, share of right answers, and a count for each true (row) and said class."""

    loss: float
    accuracy: float
    confusion: np.ndarray


def predict(net, pictures, *, batch=64):
    """Return the chance of each class for each picture.

    Parameters
    ----------
    net : SmallCNN or another callable tree of arrays
    pictures : array of shape (n, rows, columns) or (n, rows, columns, channels)
    batch : int >= 1
        Pictures looked at together. The last batch is filled up, so that nothing is compiled
        for another size; the answers do not depend on it.

    Returns
    -------
    array of shape (n, classes), float, rows sum to 1
    """
    return np.exp(_log_chances(net, as_batch(pictures), whole(batch, "batch")))


def evaluate(net, pictures, labels, *, batch=64):
    """Compare what a network says with what is true.

    Parameters
    ----------
    net : SmallCNN or another callable tree of arrays
    pictures : array of shape (n, rows, columns) or (n, rows, columns, channels)
    labels : array of shape (n,), whole numbers from 0
    batch : int >= 1

    Returns
    -------
    Judged

    Raises
    ------
    ValueError
        If a label is none of the classes.
    """
    pictures = as_batch(pictures)
    labels = as_labels(labels, len(pictures))
    logs = _log_chances(net, pictures, whole(batch, "batch"))
    classes = logs.shape[1]
    if labels.max() >= classes:
        raise ValueError(f"`labels` must be below {classes}; got {labels.max()}.")
    said = logs.argmax(axis=1)
    confusion = np.bincount(labels * classes + said, minlength=classes**2)
    surprise = -logs[np.arange(len(labels)), labels].mean()
    return Judged(float(surprise), float(np.mean(said == labels)), confusion.reshape(classes, -1))


@jax.jit
def _logs(net, pictures):
    return jax.nn.log_softmax(net(pictures), axis=1)


def _log_chances(net, pictures, batch):
    rest = -len(pictures) % batch
    filled = np.concatenate([pictures, np.zeros((rest, *pictures.shape[1:]))])
    parts = [np.asarray(_logs(net, part)) for part in np.split(filled, len(filled) // batch)]
    return np.concatenate(parts)[: len(pictures)]
