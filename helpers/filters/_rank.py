"""Work shared by the rank filters: bands of rows, the median of nine, Crimmins' half-steps."""

import cv2
import numpy as np

from helpers.filters._bands import spans

DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1))
REACH = 24  # rows: of the 32 half-steps of an iteration, 24 look one row further


def in_bands(image, work, *, halo):
    """Apply `work` to bands of rows, each with `halo` rows more on both sides."""
    bands = spans(len(image), image[0].nbytes, least=4 * halo)
    if len(bands) == 1:
        return np.ascontiguousarray(work(image))
    result = np.empty_like(image)
    for band in bands:
        above = max(0, band.start - halo)
        inner = slice(band.start - above, band.stop - above)
        result[band] = work(image[above : band.stop + halo])[inner]
    return result


def median_of_nine(image):
    """Sort the three pixels of each column, then combine three neighbouring columns.

    The median of nine is the median of: the largest low, the middle middle, the smallest high.
    """
    padded = cv2.copyMakeBorder(image, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    top, middle, bottom = padded[:-2], padded[1:-1], padded[2:]
    low, high = np.minimum(top, middle), np.maximum(top, middle)
    middle = np.maximum(low, np.minimum(high, bottom))
    np.minimum(low, bottom, out=low)
    np.maximum(high, bottom, out=high)
    low = np.maximum(np.maximum(low[:, :-2], low[:, 1:-1]), low[:, 2:])
    high = np.minimum(np.minimum(high[:, :-2], high[:, 1:-1]), high[:, 2:])
    middle = median_of_three(middle[:, :-2], middle[:, 1:-1], middle[:, 2:])
    return median_of_three(low, middle, high)


def median_of_three(a, b, c):
    """Return the middle of three arrays, element by element."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.maximum(low, np.minimum(high, c, out=high), out=low)


def crimmins_pass(rows):
    """Pull spikes towards their neighbours by at most 16 levels: one iteration on uint8 rows.

    In each of four directions, four half-steps raise pixels that are too dark by one level, all
    pixels at once; then the same is done in the negative, where bright pixels are the dark ones.
    The memory of the padded rows is one line, so the neighbour in any direction is that line
    shifted.
    """
    height, width = rows.shape[0], rows.shape[1] + 2
    line = np.empty((height + 2) * width + 2, dtype=np.uint8)
    padded = line[1:-1].reshape(height + 2, width)
    padded[1:-1, 1:-1] = rows
    _repeat_edges(padded)
    spare = np.empty((2, 1, height * width), dtype=np.uint8)
    for _ in ("dark", "bright"):
        for down, right in DIRECTIONS:
            step = down * width + right
            for shift, both in ((-step, False), (-step, True), (step, True), (step, False)):
                _raise(line, width, shift, both, spare)
                _repeat_edges(padded)
        np.invert(line, out=line)
    return padded[1:-1, 1:-1]


def _raise(line, width, shift, both, spare):
    """Add 1 where the neighbour is higher: by 2, or at all if the opposite is not lower."""
    first, last = width + 1, line.size - width - 1
    rows = line[None]  # OpenCV takes an array of one dimension and four elements for a colour
    pixel, neighbour = rows[:, first:last], rows[:, first + shift : last + shift]
    higher, also = spare
    if both:
        np.greater(neighbour, pixel, out=higher.view(bool))
        np.greater_equal(rows[:, first - shift : last - shift], pixel, out=also.view(bool))
        higher &= also
    else:
        cv2.subtract(neighbour, pixel, dst=higher)  # stays at 0 where the neighbour is lower
        np.greater(higher, 1, out=higher.view(bool))
    pixel += higher


def _repeat_edges(padded):
    padded[:, 0], padded[:, -1] = padded[:, 1], padded[:, -2]
    padded[0], padded[-1] = padded[1], padded[-2]
