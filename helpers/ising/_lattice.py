"""The fast lattice of the Gibbs sampler: four sub-lattices, whole-number probabilities.

A picture is split into its pixels at even and odd rows and columns. A pixel of one of the four
parts has all its neighbours in two other parts, at the same place or one step away, so that
neighbours are summed by adding shifted lines of memory. Each part is one line with a column and
rows of zeros around it; a spin is 1 (up) or 0 (down or outside).

A pixel with k of its neighbours up turns up if a random 16-bit number is below its k-th limit:
probabilities are rounded to 1/65536, and the same limits give the same states on any processor.
"""

from typing import NamedTuple

import cv2
import numpy as np

PARTS = ((0, 0), (0, 1), (1, 0), (1, 1))
BLACK_AND_WHITE = ((0, 3), (1, 2))  # parts that share no bond may be drawn at once
BLOCK = 33 << 11  # spins drawn at once: in the cache, and a part of a 512 x 512 picture fits
CERTAIN = 65535  # the limit that no draw reaches, as none is below 0: up and down are treated alike
HIGHEST_DRAW = np.full(BLOCK, CERTAIN - 1, dtype=np.uint16)  # `minimum` is slow with a number


def part_shape(shape):
    """Return the rows and the line length (one zero column included) of each part."""
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2 + 1


def split(image, dtype):
    """Split into four lines with zeros around, as described above."""
    rows, width = part_shape(image.shape)
    lines = np.zeros((4, (rows + 2) * width + 2), dtype=dtype)
    for (row, column), line in zip(PARTS, lines, strict=True):
        part = image[row::2, column::2]
        inner(line, (rows, width))[: part.shape[0], : part.shape[1]] = part
    return lines


def inner(line, shape):
    """Return the rows of a line that hold pixels, as a view of shape (rows, width)."""
    rows, width = shape
    return line[width + 1 : (rows + 1) * width + 1].reshape(rows, width)


def join(lines, shape):
    """Put four parts together again into an array of `shape`."""
    image = np.empty(shape, dtype=lines[0].dtype)
    for (row, column), line in zip(PARTS, lines, strict=True):
        part = image[row::2, column::2]
        part[...] = inner(line, part_shape(shape))[: part.shape[0], : part.shape[1]]
    return image


def neighbours(part, width):
    """Return the four neighbours of a part as (part, shift along the line)."""
    row, column = PARTS[part]
    beside, below = part ^ 1, part ^ 2
    return (
        (beside, 0),
        (beside, 1 if column else -1),
        (below, 0),
        (below, width if row else -width),
    )


class Planes(NamedTuple):
    """Limits of a field that differs from pixel to pixel.

    Attributes
    ----------
    parts : list of four arrays of shape (5, line), uint16
        For 0 to 4 neighbours up, not falling; 0 outside the picture.
    """

    parts: list

    def draw(self, numbers, up, part, block, out):
        """Tell in `out` which `numbers` are below the limit for so many neighbours `up`."""
        below = np.empty(numbers.size, dtype=bool)
        for limit in self.parts[part][:, block]:
            np.less(numbers, limit, out=below)
            up += below.view(np.uint8)
        # limits do not fall: a number is below the k-th if at least 5 - k of the five are above it
        np.greater_equal(up, 5, out=out)


class Kinds(NamedTuple):
    """Limits of a field of few values, one byte a pixel: five planes would not fit the cache.

    Attributes
    ----------
    parts : list of four lines, uint8
        Where in `table` the five limits of each pixel begin.
    table : array of shape (256,), uint16
    """

    parts: list
    table: np.ndarray

    def draw(self, numbers, up, part, block, out):
        """Tell in `out` which `numbers` are below the limit for so many neighbours `up`."""
        up += self.parts[part][block]
        np.less(numbers, cv2.LUT(up[None], self.table)[0], out=out)


def sweep(spins, limits, width, bits):
    """Draw every spin once, given the others: first two parts, then the other two.

    Parameters
    ----------
    spins : four uint8 lines, changed in place
    limits : Planes or Kinds
    width : line length of a row
    bits : bit generator of NumPy
    """
    first, last = width + 1, spins[0].size - width - 1
    for part in sum(BLACK_AND_WHITE, ()):
        for start in range(first, last, BLOCK):
            block = slice(start, min(start + BLOCK, last))
            size = block.stop - start
            numbers = bits.random_raw((size + 3) // 4).view(np.uint16)[:size]
            np.minimum(numbers, HIGHEST_DRAW[:size], out=numbers)
            up = _neighbours_up(spins, part, width, start, block.stop)
            limits.draw(numbers, up, part, block, out=spins[part][block].view(bool))


def _neighbours_up(spins, part, width, start, stop):
    (a, i), (b, j), (c, k), (d, m) = neighbours(part, width)
    up = spins[a][start + i : stop + i] + spins[b][start + j : stop + j]
    up += spins[c][start + k : stop + k]
    up += spins[d][start + m : stop + m]
    return up


def count_up(spins):
    """Return how many spins are up."""
    return np.count_nonzero(spins)


def pair_sum(spins, shape, up):
    """Return the sum of x_a x_b over neighbour pairs, as a whole number; `up` spins are up.

    With x = 2 u - 1 a pair contributes 4 u_a u_b - 2 (u_a + u_b) + 1. Each pair joins black to
    white, and a pixel is in four pairs less one for each edge of the picture it touches.
    """
    rows, columns = shape
    size, width = part_shape(shape), part_shape(shape)[1]
    first, last = width + 1, spins[0].size - width - 1
    both_up = sum(
        np.count_nonzero(spins[part][first:last] & spins[other][first + by : last + by])
        for part in BLACK_AND_WHITE[0]
        for other, by in neighbours(part, width)
    )
    even_odd = [[inner(spins[2 * row + column], size) for column in (0, 1)] for row in (0, 1)]
    at_edges = 0
    for other in (0, 1):
        for row in (0, rows - 1):
            at_edges += np.count_nonzero(even_odd[row % 2][other][row // 2])
        for column in (0, columns - 1):
            at_edges += np.count_nonzero(even_odd[other][column % 2][:, column // 2])
    pairs = 2 * rows * columns - rows - columns
    return 4 * both_up - 2 * (4 * up - at_edges) + pairs
