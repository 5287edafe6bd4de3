"""What was seen, in the form the sampler needs: limits for the draws, and the field's share.

With k of 4 neighbours up, the chance that a pixel turns up is 1 / (1 + exp(-2 (J (2 k - 4) + h)));
a neighbour that is missing counts as half up, which adds J to the field h of its pixel.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from helpers.ising import _lattice

BLOCK = 1 << 14  # pixels whose limits are computed at once: the buffers stay in the cache
STRONGEST = 80  # coupling whose odds, exp(8 J), a float64 holds with room for a field against it
VOTES = 2 * np.arange(5) - 4  # sum of four neighbours of which 0 to 4 are up


class Evidence(NamedTuple):
    """What the sampler knows of a picture.

    Attributes
    ----------
    up : mask of shape (M, N): where the field is not negative
    limits : `_lattice.Planes` or `_lattice.Kinds`
    agreement : takes four lines of spins and how many are up, returns the sum of h_a x_a
    """

    up: np.ndarray
    limits: _lattice.Planes | _lattice.Kinds
    agreement: Callable

    def measure(self, spins, coupling):
        """Return energy and mean spin of four lines."""
        up = _lattice.count_up(spins)
        pairs = _lattice.pair_sum(spins, self.up.shape, up)
        return -coupling * pairs - self.agreement(spins, up), 2 * up / self.up.size - 1


def two_valued(up, strength, coupling):
    """Return the evidence of a field of +`strength` where `up` is true, -`strength` elsewhere.

    There are few different pixels, so their limits are computed once and looked up; everything
    is counted in whole numbers.
    """
    seen = _lattice.split(up, np.uint8)
    seen_up = _lattice.count_up(seen)

    def agreement(spins, spins_up):
        both = np.count_nonzero(seen & spins)
        return strength * (4 * both - 2 * (seen_up + spins_up) + up.size)

    return Evidence(up, two_valued_limits(up, strength, coupling), agreement)


def two_valued_limits(up, strength, coupling):
    """Return the limits for a field of +`strength` where `up` is true, -`strength` elsewhere."""
    field = np.array([-strength, strength]) + coupling * np.arange(5)[:, None]
    log_odds = 2 * (field.reshape(-1, 1) + coupling * VOTES).clip(-300, 300)
    table = np.zeros(256, dtype=np.uint16)  # the first five are outside the picture
    table[5 : 5 + log_odds.size] = np.rint(65536 / (1 + np.exp(-log_odds.ravel()))).clip(
        0, _lattice.CERTAIN
    )
    kinds = 5 * (2 * missing(up.shape) + up + np.uint8(1))
    return _lattice.Kinds(_lattice.split(kinds, np.uint8), table)


def limits(field, is_flat, coupling):
    """Return the limits for a field; one that `is_flat`, the same everywhere, has few."""
    if is_flat:
        return two_valued_limits(np.ones(field.shape, dtype=bool), field.flat[0], coupling)
    return real_limits(_lattice.split(field, np.float64), field.shape, coupling)


def real(image, scale, coupling):
    """Return the evidence of the field `image` * `scale`."""
    lines = _lattice.split(image, np.float64)
    for line in lines:
        line *= scale
    total = sum(line.sum() for line in lines)

    def agreement(spins, _):
        return 2 * sum(map(_sum_of_up, lines, spins)) - total

    return Evidence(image >= 0, real_limits(lines, image.shape, coupling), agreement)


def _sum_of_up(line, spins):
    """Return the sum of `line` where spins are up, block by block to stay in the cache."""
    blocks = (slice(start, start + BLOCK) for start in range(0, line.size, BLOCK))
    return sum(float(np.sum(line[block] * spins[block])) for block in blocks)


def real_limits(lines, shape, coupling):
    """Return the limits for four lines of a field; `coupling` is at most `STRONGEST`.

    One exponential serves all five limits. It is computed in float64 and the rest, which is exact
    to rounding, in float32: processors agree.
    """
    bias = np.r_[-np.inf, coupling * np.arange(5)]  # the first entry is outside the picture
    steps = np.exp(-2 * coupling * VOTES)
    absent, parts = _lattice.split(missing(shape) + np.uint8(1), np.uint8), []
    for line, kind in zip(lines, absent, strict=True):
        planes = np.empty((5, line.size), dtype=np.uint16)
        for start in range(0, line.size, BLOCK):
            block = slice(start, start + BLOCK)
            against = np.take(bias, kind[block], mode="clip")
            against += line[block]
            against *= -2
            np.exp(np.clip(against, -700, 700, out=against), out=against)
            _fill(planes[:, block], against, steps)
        parts.append(planes)
    return _lattice.Planes(parts)


def _fill(planes, against, steps):
    """Write the limits 65536 / (1 + against * step), rounded, one plane for each step."""
    chance = np.empty(against.size, dtype=np.float32)
    with np.errstate(over="ignore", under="ignore"):  # odds beyond float32 are as good as infinite
        for plane, step in zip(planes, steps, strict=True):
            np.multiply(against, step, out=chance, casting="same_kind")
            chance += 1
            np.divide(65536, chance, out=chance)
            chance += 0.5  # casting to whole numbers cuts off
            plane[...] = np.minimum(chance, _lattice.CERTAIN, out=chance)


def missing(shape):
    """Return how many of the four neighbours lie outside the picture, uint8 of shape (M, N)."""
    count = np.zeros(shape, dtype=np.uint8)
    for edge in (count[0], count[-1], count[:, 0], count[:, -1]):
        edge += 1
    return count
