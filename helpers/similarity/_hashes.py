"""Perceptual hashes: 64 bits of a picture's coarse layout, and pairs that differ in few of them."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import whole
from helpers.images import check_image, to_grey

BITS = 64
SMALLEST = 9  # rows and columns: below, the small picture would be invented
LAYOUT = (32, 32)  # columns and rows of the small picture that shows whether there is a layout
FLAT = 2.0  # levels of 255: below this SD of the small picture, dust decides the bits
BLOCK = 1 << 15  # pairs that are compared at a time, so that they stay in the cache of a core


class NearDuplicates(NamedTuple):
    """Pairs of near duplicates, sorted: two numbers of pictures, and in how many bits they differ.

    `first` < `second`, both of shape (k,); `bits` has shape (k,).
    """

    first: np.ndarray
    second: np.ndarray
    bits: np.ndarray


def difference_hash(image):
    """Shrink to 8 rows of 9 grey levels; a bit is 1 where the right neighbour is brighter.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
        At least 9 rows and columns.

    Returns
    -------
    numpy.uint64
        The first bit, of the upper left, is the highest.

    Raises
    ------
    ValueError
        If the picture is too small, or flat, see `is_flat`.
    """
    levels = np.rint(_layout(image, (9, 8)))  # whole levels: a tie stays a tie on every machine
    return _code(levels[:, 1:] > levels[:, :-1])


def dct_hash(image):
    """Shrink to 32 x 32 grey levels; a bit is 1 where a slow cosine wave is above the median.

    The 8 x 8 slowest waves of the two-dimensional DCT are taken, the mean among them; half of the
    bits are 1. Also called pHash.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
        At least 9 rows and columns.

    Returns
    -------
    numpy.uint64
        The first bit, of the mean, is the highest.

    Raises
    ------
    ValueError
        If the picture is too small, or flat, see `is_flat`.
    """
    waves = cv2.dct(_layout(image, LAYOUT))[:8, :8]
    return _code(waves > np.median(waves))


def is_flat(image):
    """Tell whether a picture has too little layout for a hash: a blank page, sky, fog.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]

    Returns
    -------
    bool
        Whether the SD of its 32 x 32 grey levels is below 2 of 255.
    """
    return bool(_small(image, LAYOUT).std() < FLAT)


def hamming_distances(codes, others=None):
    """Count in how many bits codes differ, for all pairs.

    Parameters
    ----------
    codes : array of shape (n,), uint64
    others : array of shape (m,), uint64, optional
        Default: `codes` again.

    Returns
    -------
    array of shape (n, m), uint8, from 0 to 64
    """
    codes = _codes(codes, "codes")
    others = codes if others is None else _codes(others, "others")
    distances = np.empty((len(codes), len(others)), dtype=np.uint8)
    for rows in blocks(len(codes), len(others)):
        np.bitwise_count(codes[rows, None] ^ others, out=distances[rows])
    return distances


def near_duplicates(codes, limit=10):
    """Find all pairs of codes that differ in at most `limit` bits.

    Being near is not handed on: the first and the third of a chain may be far apart.

    Parameters
    ----------
    codes : array of shape (n,), uint64
    limit : int, from 0 to 64

    Returns
    -------
    NearDuplicates
        Each pair once, no code with itself. Memory grows with the pairs found, not with n².
    """
    codes, limit = _codes(codes, "codes"), check_limit(limit)
    found = []
    for rows in blocks(len(codes), len(codes)):
        later = slice(rows.start + 1, None)
        bits = np.bitwise_count(codes[rows, None] ^ codes[later])
        first, second = np.nonzero(bits <= limit)
        kept = second >= first  # column 0 stands for the code after the first row
        first, second = first[kept], second[kept]
        found.append((first + rows.start, second + rows.start + 1, bits[first, second]))
    columns = zip(*found, strict=True) if found else ([], [], [])
    return NearDuplicates(*(np.concatenate([np.empty(0, np.intp), *c]) for c in columns))


def check_limit(limit):
    """Return a number of bits that may differ."""
    if whole(limit, "limit", 0) > BITS:
        raise ValueError(f"`limit` must be at most {BITS} bits; got {limit}.")
    return int(limit)


def _layout(image, size):
    """Return the small grey picture of an image that is no flat one."""
    small = _small(image, size)
    layout = small if size == LAYOUT else _small(image, LAYOUT)
    if layout.std() < FLAT:
        raise ValueError(
            "`image` must have a layout to be hashed; its 32 x 32 grey levels have an SD below "
            f"{FLAT:g} of 255."
        )
    return small


def _small(image, size):
    """Shrink by areas to (columns, rows), then weigh into grey levels from 0 to 255, float64."""
    image = check_image(image)
    if image.dtype == np.bool_:
        raise TypeError("`image` must be uint8 or float; got bool: a mask has no grey levels.")
    if min(image.shape[:2]) < SMALLEST:
        raise ValueError(
            f"`image` must have at least {SMALLEST} rows and columns; got {image.shape[:2]}."
        )
    pixels = image if image.dtype == np.uint8 else image.astype(np.float32)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    small = small / 255 if image.dtype == np.uint8 else np.clip(small, 0, 1)
    return 255 * (to_grey(small) if small.ndim == 3 else small)


def _code(bits):
    """Pack 64 bits into one number, the first bit highest."""
    return np.packbits(bits.ravel()).view(">u8").astype(np.uint64)[0]


def _codes(codes, name):
    codes = np.asarray(codes)
    if codes.ndim != 1:
        raise ValueError(f"`{name}` must have shape (n,); got {codes.shape}.")
    if codes.size and codes.dtype != np.uint64:
        raise TypeError(f"`{name}` must be uint64; got {codes.dtype}.")
    return codes.astype(np.uint64)


def blocks(rows, columns):
    """Cut rows into slices, so that rows x columns stays near a block of pairs."""
    step = max(1, BLOCK // max(columns, 1))
    return [slice(start, min(rows, start + step)) for start in range(0, rows, step)]
