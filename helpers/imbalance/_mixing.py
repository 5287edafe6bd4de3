"""Work behind mixup and SamplePairing: one cycle through all samples, and mixing along it."""

import cv2
import numpy as np

BLOCK = 1 << 18  # bytes gathered at once
LARGE = 1 << 14  # bytes of a row from which it is mixed by itself


def cycle(count, rng):
    """Return a random order and the partner of each sample: the next one in that order."""
    order = rng.permutation(count)
    partners = np.empty_like(order)
    partners[order] = np.roll(order, -1)
    return order, partners


def mix(values, weights, partners):
    """Return weight * own + (1 - weight) * partner's; weights that add up to 1 keep the range."""
    own = _column(weights.astype(values.dtype), values.ndim)
    return values * own + values[partners] * (1 - own)


def mix_along(order, source, target, weights):
    """Write the mixtures of rows and their successors to `target`, which may be `source`.

    A row is overwritten only after its predecessor has read it; the first row alone is read
    once more at the end of the cycle, so that one spare row is enough.
    """
    rows, out = (array.reshape(len(array), -1) for array in (source, target))
    first = rows[order[:1]]
    step = max(1, BLOCK // first.nbytes) if first.nbytes < LARGE else 0
    if not step:
        others = 1 - weights
        for own, nxt in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
            _mix_pair(rows[own], rows[nxt], weights[own], others[own], out[own])
        last = int(order[-1])
        _mix_pair(rows[last], first[0], weights[last], others[last], out[last])
        return
    for start in range(0, len(order), step):
        here, after = order[start : start + step], order[start + 1 : start + step + 1]
        partners = np.concatenate([rows[after], first]) if len(after) < len(here) else rows[after]
        own = _column(weights[here], 2)
        mixed = rows[here]
        mixed *= own
        partners *= 1 - own
        mixed += partners
        out[here] = mixed


def _mix_pair(row, partner, weight, other, out):
    cv2.addWeighted(row[None], float(weight), partner[None], float(other), 0, dst=out[None])


def _column(weights, dimensions):
    return weights.reshape(-1, *[1] * (dimensions - 1))


def average(first, second):
    """Return the mean of two pictures; halves of whole numbers go to the even neighbour."""
    if first.dtype.kind == "f":
        return first / 2 + second / 2
    # Sums of whole numbers would overflow: take the mean rounded up from the bits instead.
    differ = first ^ second
    up = (first | second) - (differ >> 1)
    return up - (differ & up & 1)
