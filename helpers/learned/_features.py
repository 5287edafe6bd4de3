"""Pictures of any size in, numbers of a trained network out: prepared, in batches, remembered."""

import hashlib
from importlib.metadata import version
from pathlib import Path

import cv2
import jax
import numpy as np

from helpers import files, images
from helpers._arguments import one_of, whole
from helpers.learned import _imagenet

PIXELS = 2**18  # of a batch: it bounds the memory
PRECISIONS = ("float64", "float32")
CUT = 11  # blocks below the part that `fine_tune` may move
RUNS = {
    "maps": jax.jit(lambda net, pictures: _imagenet.depths(net, pictures, CUT)[-1]),
    "means": jax.jit(_imagenet.means),
    "features": jax.jit(_imagenet.features),
    "logits": jax.jit(_imagenet.logits),
}
DIGEST = hashlib.sha256().digest_size
FORM = 1  # of the stored features: a new number forgets the old files


def imagenet_features(pictures, *, size=224, precision="float64", batch=None, cache=None):
    """Describe each picture by 1280 numbers that a network learnt to use on photographs.

    Each picture is cut to its middle square, brought to `size` x `size` and to 0..255 in RGB, and
    runs through EfficientNet-Lite0 up to the mean of its last maps.

    Parameters
    ----------
    pictures : array of shape (n, M, N) or (n, M, N, 3), or an iterable of pictures
        Each bool, uint8 or float in [0, 1], grey or RGB, of a size of its own.
    size : int >= 32
        Pixels a side that the network sees; it was trained at 224. Half the side, a quarter of
        the time.
    precision : {"float64", "float32"}
        float32 takes half the time; its last digits depend on the processor.
    batch : int >= 1, optional
        Pictures at a time. Default: 2**18 pixels. The features do not depend on it.
    cache : str or Path, optional
        A folder that remembers the features of each picture by its content, one small file each.

    Returns
    -------
    features : array of shape (n, 1280), of that precision, in [0, 6]

    Raises
    ------
    ValueError, TypeError
        If a picture is none, or there is none.
    FileNotFoundError
        If the package with the weights is missing.

    References
    ----------
    M. Tan and Q. V. Le, "EfficientNet", 2019, arXiv:1905.11946.
    """
    return _run("features", pictures, size, precision, batch, cache)


def imagenet_logits(pictures, *, size=224, precision="float64", batch=None):
    """Score each picture for the 1000 classes of ImageNet; their softmax gives shares.

    Parameters
    ----------
    pictures, size, precision, batch
        As for `imagenet_features`.

    Returns
    -------
    logits : array of shape (n, 1000), of that precision
        In the usual order of the classes: 285 is the Egyptian cat, 967 espresso.
    """
    return _run("logits", pictures, size, precision, batch)


def imagenet_depths(pictures, *, size=224, precision="float64", batch=None):
    """Describe each picture at each of 18 depths of the network, by the mean of every map.

    Parameters
    ----------
    pictures, size, precision, batch
        As for `imagenet_features`.

    Returns
    -------
    depths : list of 18 arrays of shape (n, channels)
        After the first layer (32 channels), after each of 16 blocks, and what `imagenet_features`
        returns (1280).
    """
    joined = _run("means", pictures, size, precision, batch)
    return np.split(joined, np.cumsum(_imagenet.WIDTHS)[:-1], axis=1)


def imagenet_maps(pictures, *, size=224, precision="float64", batch=None):
    """Run each picture through the first eleven blocks: what `fine_tune` starts from.

    Parameters
    ----------
    pictures, size, precision, batch
        As for `imagenet_features`.

    Returns
    -------
    maps : array of shape (n, side, side, 112), side = size / 16 rounded up
    """
    return _run("maps", pictures, size, precision, batch)


def _run(part, pictures, size, precision, batch, cache=None):
    """Return one row for each picture, from the folder of stored ones or else from the network."""
    size, precision = whole(size, "size", 32), one_of(precision, "precision", PRECISIONS)
    batch = max(PIXELS // size**2, 1) if batch is None else whole(batch, "batch")
    if isinstance(pictures, np.ndarray) and pictures.ndim == 3 and pictures.shape[2] == 3:
        raise ValueError("`pictures` must hold several pictures; put a single one into a list.")
    folder = cache and _open(cache)
    rows, waiting = {}, {}
    for number, picture in enumerate(pictures):
        seen = _prepare(picture, size, f"pictures[{number}]").astype(precision)
        place = folder and folder / f"{_key(seen)}.features"
        rows[number] = _recall(place, precision)
        if rows[number] is None:
            waiting[number] = seen, place
        if len(waiting) == batch:
            rows |= _batch(part, waiting, batch)
            waiting = {}
    if waiting:
        rows |= _batch(part, waiting, min(batch, 1 << (len(waiting) - 1).bit_length()))
    if not rows:
        raise ValueError("`pictures` must hold at least one picture; got none.")
    return np.stack(list(rows.values()))


def _prepare(picture, size, name):
    """Return the middle square of a picture as (size, size, 3), float32 in 0..255."""
    picture = images.check_image(picture, name=name)
    square = images.middle_square(picture)
    square = square.astype(np.float32) * (1 if picture.dtype == np.uint8 else 255)
    way = cv2.INTER_AREA if len(square) > size else cv2.INTER_LINEAR
    small = square if len(square) == size else cv2.resize(square, (size, size), interpolation=way)
    return small if small.ndim == 3 else np.repeat(small[..., None], 3, axis=2)


def _batch(part, waiting, length):
    """Run what waits through the network, filled up to one length: each length compiles anew."""
    seen, places = zip(*waiting.values(), strict=True)
    filled = np.zeros((length, *seen[0].shape), seen[0].dtype)
    filled[: len(seen)] = seen
    net = _imagenet.layers(filled.dtype.name)
    rows = np.asarray(RUNS[part](net, filled))[: len(seen)]
    for place, row in zip(places, rows, strict=True):
        _keep(place, row)
    return dict(zip(waiting, rows, strict=True))


def _open(cache):
    """Return the folder of stored features, made if it is new."""
    folder = Path(cache).expanduser()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"`cache` must be a folder; got the file {folder}.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _key(seen):
    """Name a picture by all that its features depend on: pixels, size, precision, versions."""
    about = (FORM, _imagenet.digest(), version("jaxlib"), seen.shape, seen.dtype.str)
    return hashlib.sha256(repr(about).encode() + seen.tobytes()).hexdigest()


def _recall(place, precision):
    """Return stored features, or None if there are none or the file is damaged."""
    if place is None or not place.is_file():
        return None
    content = place.read_bytes()
    numbers, digest = content[:-DIGEST], content[-DIGEST:]
    whole_file = digest == hashlib.sha256(numbers).digest()
    return np.frombuffer(numbers, precision) if whole_file else None


def _keep(place, row):
    """Store features as their bytes, then a sum that tells whether the file is whole."""
    if place is not None:
        files.write_whole(place, row.tobytes() + hashlib.sha256(row.tobytes()).digest())
