"""Pictures side by side as the pixels of one, encoded: what a panel and its still show."""

import cv2
import numpy as np

from helpers.images import as_uint8

FRAME = 178  # grey level of the line round a picture
GAP = 8  # pixels between the pictures of a row


def as_rgb(picture):
    """Return a picture as RGB bytes with a thin frame, its pixels enlarged if it is tiny."""
    pixels = as_uint8(picture)
    pixels = pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)
    zoom = max(1, 240 // max(pixels.shape[:2]))  # a tiny picture shows its pixels as squares
    if zoom > 1:
        pixels = pixels.repeat(zoom, axis=0).repeat(zoom, axis=1)
    return _bordered(pixels, (1, 1, 1, 1), FRAME)  # white on a white page needs one


def row(pictures):
    """Put pictures side by side, on white, with a gap."""
    height = max(picture.shape[0] for picture in pictures)
    gaps = [GAP] * (len(pictures) - 1) + [0]
    parts = [
        _bordered(picture, (0, height - picture.shape[0], 0, gap), 255)
        for picture, gap in zip(pictures, gaps, strict=True)
    ]
    return cv2.hconcat(parts)


def _bordered(picture, widths, level):
    return cv2.copyMakeBorder(picture, *widths, cv2.BORDER_CONSTANT, value=(level,) * 3)


def shrink(frame, width, label):
    """Fit a frame into some pixels and write its setting above it.

    Parameters
    ----------
    frame : array of shape (M, N, 3), uint8
    width : int, in pixels
    label : str

    Returns
    -------
    array of shape (m, n, 3), uint8, n at most `width`
    """
    scale = min(1.0, (width - GAP) / frame.shape[1])
    size = [max(1, round(scale * length)) for length in frame.shape[1::-1]]
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    strip = np.full((20, small.shape[1], 3), 255, dtype=np.uint8)
    cv2.putText(strip, label, (2, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (40, 40, 40), 1, cv2.LINE_AA)
    return np.vstack([strip, small])


def fit(picture, side):
    """Shrink a picture so that no side is longer than some pixels; a small one stays as it is.

    Parameters
    ----------
    picture : array of shape (M, N) or (M, N, 3), uint8
    side : int, in pixels

    Returns
    -------
    array of the dtype of `picture`
    """
    scale = min(1.0, side / max(picture.shape[:2]))
    size = [max(1, round(scale * length)) for length in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def tile(picture, label, side=120):
    """Put a picture into a white square with its name below.

    Parameters
    ----------
    picture : array of shape (M, N) or (M, N, 3), uint8
    label : str
        Its end is shown; a question mark stands for each letter that the font lacks.
    side : int, in pixels

    Returns
    -------
    array of shape (side + 26, side + 8, 3), uint8
    """
    small = fit(as_rgb(fit(picture, side - 2)), side)
    square = np.full((side + 26, side + 8, 3), 255, dtype=np.uint8)
    square[4 : 4 + small.shape[0], 4 : 4 + small.shape[1]] = small
    room = 18 * side // 120  # letters
    label = label if len(label) <= room else f"...{label[3 - room :]}"
    label = label.encode("ascii", "replace").decode()
    look = (cv2.FONT_HERSHEY_SIMPLEX, 0.36, (40, 40, 40), 1, cv2.LINE_AA)
    cv2.putText(square, label, (4, side + 18), *look)
    return square


def grid(tiles, columns):
    """Put tiles of one shape into rows, on white.

    Parameters
    ----------
    tiles : list of arrays of one shape (M, N, 3), uint8
    columns : int

    Returns
    -------
    array of shape (m, n, 3), uint8
    """
    tiles = [*tiles, *[np.full_like(tiles[0], 255)] * (-len(tiles) % columns)]
    return np.vstack([np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)])


def encode(frame, ending, options=()):
    """Encode grey or RGB pixels as the bytes of a picture file.

    Parameters
    ----------
    frame : array of shape (M, N) or (M, N, 3), uint8
    ending : str, such as ".png"
    options : flags of OpenCV's encoder

    Returns
    -------
    bytes
    """
    pixels = frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_RGB2BGR)
    return cv2.imencode(ending, pixels, options)[1].tobytes()


def without_alpha(pixels):
    """Return opaque RGBA pixels, an array or a buffer, as RGB."""
    return cv2.cvtColor(np.asarray(pixels), cv2.COLOR_RGBA2RGB)


def grey_if_equal(frame):
    """Return one channel of RGB pixels whose channels are equal, and others as they are.

    A PNG of one channel is packed and sent in a third of the time.
    """
    first, second, third = cv2.split(frame)
    equal = np.array_equal(first, second) and np.array_equal(first, third)
    return first if equal else frame


def smaller_encoding(frame):
    """Encode as PNG or JPEG, whichever is smaller: drawings or photographs."""
    drawing = encode(frame, ".png", (cv2.IMWRITE_PNG_COMPRESSION, 9))
    photograph = encode(frame, ".jpg", (cv2.IMWRITE_JPEG_QUALITY, 85))
    return min(drawing, photograph, key=len)
