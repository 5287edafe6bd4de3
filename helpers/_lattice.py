"""The fast lattice of the Gibbs sampler: four sub-lattices, whole-number probabilities.

A picture is split into its pixels at even and odd rows and columns. A pixel of one of the four
parts has all its neighbours in two other parts, at the same place or one step away, so that
neighbours are summed by adding shifted lines of memory. Each part is one line with a column and
rows of zeros around it; a spin is 1 (up) or 0 (down or outside).

A pixel with k of its neighbours up turns up if a random 16-bit number is below its k-th limit:
probabilities are rounded to 1/65536, and the same limits give the same states on any processor.
"""

import numpy as np

PARTS = ((0, 0), (0, 1), (1, 0), (1, 1))
BLACK_AND_WHITE = ((0, 3), (1, 2))  # parts that share no bond may be drawn at once
BLOCK = 1 << 15  # spins drawn at once: the buffers stay in the cache


def part_shape(shape):
    """Return the rows and the line length (one zero column included) of each part."""
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2 + 1


def split(image, dtype):
    """Split into four lines with zeros around, as described above."""
    rows, width = part_shape(image.shape)
    lines = []
    for row, column in PARTS:
        line = np.zeros((rows + 2) * width + 2, dtype=dtype)
        part = image[row::2, column::2]
        inner(line, (rows, width))[: part.shape[0], : part.shape[1]] = part
        lines.append(line)
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


def degrees(shape):
    """Return how many of the four neighbours lie inside the picture, int8 of shape (M, N)."""
    count = np.full(shape, 4, dtype=np.int8)
    count[0] -= 1
    count[-1] -= 1
    count[:, 0] -= 1
    count[:, -1] -= 1
    return count


def limits(field, coupling):
    """Return for each part the limits for 0 to 4 neighbours up, uint16 of shape (5, line).

    With k of 4 neighbours up, the chance of turning up is 1 / (1 + exp(-2 (J (2 k - 4) + h))); a
    neighbour that is missing counts as half up, which adds J to the field of its pixel. Outside
    the picture the limit is 0.
    """
    rows, width = part_shape(field.shape)
    whole = field + coupling * (4 - degrees(field.shape))
    odds = [np.exp(-2 * coupling * (2.0 * up - 4)) for up in range(5)]
    parts = []
    for row, column in PARTS:
        against = np.exp(-2 * whole[row::2, column::2].clip(-40, 40))
        planes = np.zeros((5, (rows + 2) * width + 2), dtype=np.uint16)
        for plane, factor in zip(planes, odds, strict=True):
            chance = against * against.dtype.type(factor)
            chance += 1
            np.divide(65536, chance, out=chance)
            chance += 0.5  # casting to whole numbers cuts off
            target = inner(plane, (rows, width))[: chance.shape[0], : chance.shape[1]]
            np.copyto(target, np.minimum(chance, 65535, out=chance), casting="unsafe")
        parts.append(planes)
    return parts


def two_valued_limits(up, strength, coupling):
    """Return the limits for a field of +`strength` where `up` is true and -`strength` elsewhere.

    There are few different pixels, so their limits are computed once in float64 and looked up.
    """
    missing = (4 - degrees(up.shape)).view(np.uint8)
    tiny = np.array([[-strength, strength]]) + coupling * np.arange(5)[:, None]
    tables = np.array([[_limit(tiny + coupling * (2.0 * k - 4))] for k in range(5)]).reshape(5, -1)
    lines = split(2 * missing + up + 1, np.uint8)  # 0 is outside
    return [np.take(np.pad(tables, ((0, 0), (1, 0))), line, axis=1) for line in lines]


def _limit(field):
    return np.minimum(np.rint(65536 / (1 + np.exp(-2 * field.clip(-40, 40)))), 65535).astype(
        np.uint16
    )


def sweep(spins, limit, width, bits):
    """Draw every spin once, given the others: first two parts, then the other two.

    Parameters
    ----------
    spins : list of four uint8 lines, changed in place
    limit : what `limits` returned
    width : line length of a row
    bits : bit generator of NumPy
    """
    for colour in BLACK_AND_WHITE:
        for part in colour:
            line, first = spins[part], width + 1
            for start in range(first, line.size - first, BLOCK):
                stop = min(start + BLOCK, line.size - first)
                up = _neighbours_up(spins, part, width, start, stop)
                draw = bits.random_raw((stop - start + 3) // 4).view(np.uint16)[: stop - start]
                below = (limit[part][0, start:stop] <= draw).view(np.uint8)
                for plane in limit[part][1:, start:stop]:
                    below += plane <= draw
                np.less_equal(below, up, out=line[start:stop].view(bool))


def _neighbours_up(spins, part, width, start, stop):
    (a, i), (b, j), (c, k), (d, m) = neighbours(part, width)
    up = spins[a][start + i : stop + i] + spins[b][start + j : stop + j]
    up += spins[c][start + k : stop + k]
    up += spins[d][start + m : stop + m]
    return up


def meter(field, coupling):
    """Return a function that measures energy and mean spin of four lines.

    With u in {0, 1} for a spin and k for its neighbours up, the energy is a constant plus
    2 sum u (J d - h) minus 4 J sum u k over one colour, since each bond joins two colours.
    """
    degree = degrees(field.shape)
    weights = split(2 * (coupling * degree - field), np.float64)
    constant = field.sum() - coupling * degree.sum() / 2
    width = part_shape(field.shape)[1]

    def measure(spins):
        first, stop = width + 1, spins[0].size - width - 1
        both = sum(
            int(np.sum(_neighbours_up(spins, part, width, first, stop) * spins[part][first:stop]))
            for part in BLACK_AND_WHITE[0]
        )
        linear = sum(weight @ line for weight, line in zip(weights, spins, strict=True))
        ups = sum(np.count_nonzero(line) for line in spins)
        return constant + linear - 4 * coupling * both, 2 * ups / field.size - 1

    return measure
