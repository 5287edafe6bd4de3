"""Pictures by few components: low rank, principal components, patches, and honest bytes."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import whole
from helpers.compression._components import Components as Components
from helpers.compression._components import count
from helpers.compression._components import principal_components as principal_components
from helpers.compression._components import project as project
from helpers.compression._components import reconstruct as reconstruct
from helpers.compression._patches import check_values
from helpers.compression._patches import from_patches as from_patches
from helpers.compression._patches import to_patches as to_patches
from helpers.images import check_image

LONGEST = 65_500  # pixels a side of a JPEG file


class Jpeg(NamedTuple):
    """A picture after JPEG: its pixels, the quality (1 to 100), and the size in bytes."""

    image: np.ndarray
    quality: int
    size: int


def rank_k_approximation(image, k):
    """Return the sum of the first `k` rank-one parts: no other of rank `k` is nearer in squares.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), finite numbers of any unit
        Each channel of a colour picture by itself.
    k : int, from 0 (nothing but zeros) to min(M, N)

    Returns
    -------
    array of the shape of `image`, float64
        In the units of `image`, not clipped: values may leave its range.

    Raises
    ------
    ValueError
        If `k` is no such number.

    References
    ----------
    C. Eckart, G. Young, The approximation of one matrix by another of lower rank,
    Psychometrika 1 (1936), doi:10.1007/BF02288367.
    """
    channels = np.moveaxis(np.atleast_3d(check_values(image)), 2, 0).astype(np.float64)
    k = count(k, min(channels.shape[1:]), "the shorter side", least=0)
    columns, sizes, rows = np.linalg.svd(channels, full_matrices=False)
    parts = (columns[:, :, :k] * sizes[:, None, :k]) @ rows[:, :k]
    return np.moveaxis(parts, 0, 2).reshape(np.shape(image))


def stored_bytes(rows, columns, k, *, bytes_each=4, centred=False):
    """Count what must be stored to rebuild a table of rows from `k` components.

    That is k numbers for each row, k for each column, and, if centred, the mean of each column.

    Parameters
    ----------
    rows, columns : int >= 1
    k : int >= 0
    bytes_each : int >= 1
        Bytes of a number: 4 for float32.
    centred : bool

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a number is not whole or too small.
    """
    rows, columns = whole(rows, "rows"), whole(columns, "columns")
    numbers = whole(k, "k", 0) * (rows + columns) + (columns if centred else 0)
    return numbers * whole(bytes_each, "bytes_each")


def jpeg_of_size(image, size):
    """Save a picture as JPEG in memory, as good as a number of bytes allows.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8
    size : int >= 1
        Bytes that the file may have.

    Returns
    -------
    Jpeg
        Of a quality whose file fits, while that of the next higher quality does not.

    Raises
    ------
    ValueError
        If the file is too large at quality 1 already, or a side too long for the format.
    TypeError
        If the picture is not uint8.
    """
    image, size = check_image(image), whole(size, "size")
    if image.dtype != np.uint8:
        raise TypeError(f"`image` must be uint8; got {image.dtype}.")
    if max(image.shape) > LONGEST:
        raise ValueError(f"`image` must have sides of at most {LONGEST}; got {image.shape}.")
    low, high = 0, 101  # fits, does not fit
    files = {}
    while high - low > 1:
        middle = (low + high) // 2
        files[middle] = _jpeg(image, middle)
        low, high = (middle, high) if files[middle].size <= size else (low, middle)
    if low == 0:
        raise ValueError(f"`size` must be at least {files[1].size} bytes here; got {size}.")
    image = cv2.imdecode(files[low], cv2.IMREAD_UNCHANGED)
    return Jpeg(np.ascontiguousarray(_turned(image)), low, int(files[low].size))


def _jpeg(image, quality):
    return cv2.imencode(".jpg", _turned(image), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]


def _turned(image):
    """Exchange red and blue, as the files' library has them."""
    return image if image.ndim == 2 else image[:, :, ::-1]
