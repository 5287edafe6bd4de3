"""Likely copies in a set of pictures: changed a little, turned, mirrored, cut from one another."""

from functools import partial
from typing import NamedTuple

import cv2
import numpy as np
from scipy import fft
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from helpers._arguments import labels, probability
from helpers.images import check_image, to_grey
from helpers.similarity._hashes import blocks, check_limit, dct_hash, is_flat
from helpers.similarity._windows import structural_similarity

SIDE = 64  # pixels of a thumbnail
TURNS = (
    *("as it is", "turned left", "upside down", "turned right"),
    *("mirrored", "mirrored, turned left", "mirrored, upside down", "mirrored, turned right"),
)
CROPPED, CUT_FROM = "cropped", "the first is cropped"
CROPS = ((3, 3, 58), (5, 5, 54), (0, 0, 59), (0, 5, 59), (5, 0, 59), (5, 5, 59))  # corner, side
MOST = 1_000_000  # pairs that are looked at


class Copies(NamedTuple):
    """Pairs of likely copies, sorted: numbers of pictures, differing bits, similarity, and how.

    Arrays of shape (k,); `first` < `second`. `how` says what makes the second of the first:
    a word of `TURNS`, "cropped", or "the first is cropped" (out of the second).
    """

    first: np.ndarray
    second: np.ndarray
    bits: np.ndarray
    similarity: np.ndarray
    how: np.ndarray


def thumbnail(image):
    """Shrink a picture to 64 x 64 grey levels by the mean of areas, whatever its proportions.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8

    Returns
    -------
    array of shape (64, 64), uint8
    """
    image = check_image(image)
    if image.dtype != np.uint8:
        raise TypeError(f"`image` must be uint8; got {image.dtype}.")
    small = cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return to_grey(small) if small.ndim == 3 else small


def likely_copies(thumbnails, *, limit=10, least=0.5, changed=True, parts=None):
    """Find pairs of pictures of which one was probably made from the other.

    The DCT hash of each is compared with that of each other one, in eight positions and after
    crops: 5 or 8 per cent off each side, or 8 per cent off the two sides of a corner. What differs
    in few bits is confirmed by the structural similarity of the thumbnails.

    Parameters
    ----------
    thumbnails : array of shape (n, 64, 64), uint8
        From `thumbnail`. Flat ones (`is_flat`), such as blank pages, take no part.
    limit : int, from 0 to 64
        Most bits that may differ.
    least : float in [0, 1]
        Least structural similarity.
    changed : bool
        Whether turned, mirrored and cropped copies are looked for as well.
    parts : array of shape (n,), optional
        Labels, such as "train" and "test": only pairs with different ones are looked for.

    Returns
    -------
    Copies
        Time grows with n squared, memory with n and with the pairs found.

    Raises
    ------
    ValueError
        If the thumbnails are others, or more than a million pairs are found.
    """
    thumbnails, limit, least = _checked(thumbnails), check_limit(limit), probability(least, "least")
    parts = np.arange(len(thumbnails)) if parts is None else labels(parts, "parts")
    if len(parts) != len(thumbnails):
        raise ValueError(f"`parts` must have {len(thumbnails)} entries; got {len(parts)}.")
    there = np.flatnonzero([not is_flat(image) for image in thumbnails])
    codes = np.array([dct_hash(image) for image in thumbnails[there]], dtype=np.uint64)
    ways, found = _ways() if changed else _ways()[:1], []
    for number, (how, way, rows, columns) in enumerate(ways):
        hashes = _hashes(way(thumbnails[there]), rows, columns) if number else codes
        pairs = _near(hashes, codes, limit, parts[there], both=how == CROPPED)
        found.append(np.vstack([pairs, np.full(pairs.shape[1], number)]))
        if sum(part.shape[1] for part in found) > MOST:
            raise ValueError(
                f"`limit` must be lower here than {limit}: more than {MOST:,} pairs of pictures "
                "differ in no more bits, as the frames of a film do."
            )
    one, other, bits, way = _best(np.hstack(found), len(there))
    one, other = there[one], there[other]
    alike = [
        structural_similarity(_made(thumbnails[a], *ways[number][1:]), thumbnails[b])
        for a, b, number in zip(one, other, way, strict=True)
    ]
    how = np.array([ways[number][0] for number in way], dtype=object)
    how[one > other] = CUT_FROM
    columns = np.minimum(one, other), np.maximum(one, other), bits, np.array(alike, float), how
    sure = columns[3] >= least
    return Copies(*(column[sure] for column in columns))


def _ways():
    """List what may have been done to a picture, as a word, a turn, and what to do to its lines.

    The turn takes pictures of shape (n, 64, 64); a matrix makes new rows of their rows, another
    new columns of their columns.
    """
    ways = [(how, partial(_turned, number=number), None, None) for number, how in enumerate(TURNS)]
    for row, column, side in CROPS:
        lines = _stretch(row, side), _stretch(column, side)
        ways.append((CROPPED, partial(_turned, number=0), *lines))
    return ways


def chains(first, second, count):
    """Find the chains of pictures that pairs join; two of one chain need not be alike.

    Parameters
    ----------
    first, second : arrays of shape (p,), whole numbers from 0 to count - 1
        The pairs, as `likely_copies` and `near_duplicates` list them.
    count : int
        Number of pictures.

    Returns
    -------
    array of shape (count,)
        The chain of each picture; one that no pair names has a chain of its own.
    """
    links = coo_array((np.ones(len(first)), (first, second)), shape=(count, count))
    return connected_components(links, directed=False)[1]


def _turned(images, number):
    images = images[..., ::-1] if number >= 4 else images
    return np.rot90(images, number % 4, axes=(-2, -1))


def _stretch(start, side):
    """Return the matrix that stretches `side` lines from `start` on to 64 lines, linearly."""
    matrix = np.zeros((SIDE, SIDE), dtype=np.float32)
    part = np.eye(side, dtype=np.float32)
    matrix[:, start : start + side] = cv2.resize(part, (side, SIDE), interpolation=cv2.INTER_LINEAR)
    return matrix


def _made(image, way, rows, columns):
    """Do to one thumbnail what a way says."""
    image = way(image)
    image = image if rows is None else np.rint(rows @ image @ columns.T).astype(np.uint8)
    return np.ascontiguousarray(image)


def _hashes(images, rows, columns):
    """Return the DCT hash of many thumbnails after their lines were stretched."""
    means = np.kron(np.eye(SIDE // 2), [0.5, 0.5])  # of two lines each
    waves = fft.dct(np.eye(SIDE // 2), axis=0, norm="ortho")[:8] @ means
    rows, columns = (waves if lines is None else waves @ lines for lines in (rows, columns))
    found = (rows.astype(np.float32) @ images @ columns.T.astype(np.float32)).reshape(-1, 64)
    bits = found > np.median(found, axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(">u8").ravel().astype(np.uint64)


def _near(hashes, codes, limit, parts, *, both):
    """Return rows of a, b and bits: b differs from what was made of a in at most `limit` bits."""
    found = [np.empty((3, 0), dtype=np.intp)]
    for rows in blocks(len(hashes), len(codes)):
        others = codes if both else codes[rows.start :]
        bits = np.bitwise_count(hashes[rows, None] ^ others).ravel()
        near = np.flatnonzero(bits <= limit)
        made, other = np.divmod(near, max(len(others), 1))
        first, second = made + rows.start, other + len(codes) - len(others)
        kept = (parts[first] != parts[second]) & (both | (first < second))
        found.append(np.vstack([first, second, bits[near]])[:, kept])
    return np.hstack(found)


def _best(pairs, count):
    """Keep of each pair of pictures the way with the fewest bits, of equals the first."""
    key = np.minimum(pairs[0], pairs[1]) * count + np.maximum(pairs[0], pairs[1])
    order = np.lexsort((pairs[3], pairs[2], key))
    first = np.unique(key[order], return_index=True)[1]
    return pairs[:, order[first]]


def _checked(thumbnails):
    thumbnails = np.asarray(thumbnails)
    if thumbnails.ndim != 3 or thumbnails.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"`thumbnails` must have shape (n, 64, 64); got {thumbnails.shape}.")
    if thumbnails.dtype != np.uint8:
        raise TypeError(f"`thumbnails` must be uint8; got {thumbnails.dtype}.")
    return thumbnails
