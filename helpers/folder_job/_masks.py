"""Masks: pictures whose values are labels, moved without a new value."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers.augment import transform_mask
from helpers.images import (
    Labels,
    Unusable,
    decode_labels,
    encode_labels,
    read_about,
    read_labels,
)

LOOKED_AT = 12  # pairs that tell whether masks are masks
EVEN = 0.5  # least share of pixels that are as their right neighbour in a mask


class Mask(NamedTuple):
    """The labels of one picture, the file that they were in, and which ones that file holds."""

    values: np.ndarray
    like: Labels
    known: set

    def moved(self, description, border):
        """Return the mask after a transform of its picture."""
        return self._replace(values=transform_mask(self.values, description, border=border))

    @property
    def ending(self):
        """The ending of a file that holds these labels."""
        inside = self.values.min() >= 0 and self.values.max() < 1 << 16
        return "png" if inside else "tif"

    def encoded(self, path):
        """Return the bytes of a file, which were read again.

        Raises
        ------
        RuntimeError
            If they hold a label that the mask of the source does not.
        """
        content = encode_labels(path, self.values, like=self.like)
        if strange := labels_in(decode_labels(content).values) - self.known:
            raise RuntimeError(f"{path} holds labels that its source has not: {sorted(strange)}.")
        return content


def read_mask(path, shape):
    """Read the mask of a picture of some shape.

    Parameters
    ----------
    path : Path
    shape : the first two are rows and columns

    Returns
    -------
    Mask

    Raises
    ------
    Unusable
        If it cannot be read, has another size, or is stored with loss.
    """
    try:
        labels = read_labels(path)
    except Unusable as reason:
        raise Unusable(f"its mask {path.name}: {reason}") from None
    if not labels.about.lossless:
        kind = labels.about.kind
        raise Unusable(f"its mask {path.name} is a {kind} file with loss: its labels are blurred")
    if labels.values.shape[:2] != tuple(shape[:2]):
        rows, columns = labels.values.shape[:2]
        raise Unusable(
            f"has {shape[0]} x {shape[1]} pixels, and its mask {path.name} {rows} x {columns}"
        )
    return Mask(labels.values, labels, labels_in(labels.values))


def labels_in(values):
    """Return the set of labels in a mask: numbers, or colours as tuples."""
    if values.ndim == 3:
        return set(map(tuple, np.unique(values.reshape(-1, 3), axis=0).tolist()))
    if values.dtype == np.uint8:
        counts = cv2.calcHist([values], [0], None, [256], [0, 256])
        return set(np.flatnonzero(counts).tolist())
    return set(np.unique(values).tolist())


def look_like_masks(pairs):
    """Tell whether files are masks: of the size of their pictures, and mostly even.

    Parameters
    ----------
    pairs : list of (Path of the picture, Path of the mask)

    Returns
    -------
    bool
    """
    votes = []
    for picture, path in pairs[:: max(1, len(pairs) // LOOKED_AT)]:
        try:
            values = read_mask(path, read_about(picture).shape).values
        except Unusable:
            votes.append(False)
            continue
        same = values[:, 1:] == values[:, :-1]
        votes.append(same.size == 0 or same.mean() >= EVEN)
    return sum(votes) * 2 >= len(votes) > 0
