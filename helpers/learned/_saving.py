"""Checkpoints: trees of arrays written whole, read back to the same bits, or refused."""

import io
import json
import zipfile
import zlib
from pathlib import Path

import jax
import numpy as np

from helpers._arguments import one_of
from helpers.files import Problem, readable, write_whole
from helpers.learned._nets import SmallCNN

FORMAT = "pixels-and-probability net 1"
KINDS = {"float64": "f8", "float16": "f2"}
ROOM = 4096  # bytes for the head of one array
BROKEN = (OSError, ValueError, KeyError, EOFError, RuntimeError, MemoryError, OverflowError)
BROKEN += (zipfile.BadZipFile, zlib.error)


def save(path, tree, *, kind="float64"):
    """Write the numbers of a network, or of a Training, to one file: whole or not at all.

    Parameters
    ----------
    path : str or Path
        An older file there is replaced.
    tree : SmallCNN, Training, or any tree of arrays (lists, tuples and dicts may hold more)
    kind : {"float64", "float16"}
        float16 takes a quarter of the room and keeps three digits.

    Raises
    ------
    Problem
        If the file cannot be written.
    ValueError
        If a number does not fit into float16.
    """
    short = KINDS[one_of(kind, "kind", tuple(KINDS))]
    arrays = {f"{number:04}": np.asarray(leaf) for number, leaf in enumerate(jax.tree.leaves(tree))}
    for name, array in arrays.items():
        if array.dtype.kind == "f":
            with np.errstate(over="ignore"):
                arrays[name] = array.astype(short)
            if not (np.isfinite(arrays[name]) == np.isfinite(array)).all():
                raise ValueError(
                    f"`kind` must hold all numbers; {np.abs(array).max()} does not fit"
                )
    head = json.dumps({"format": FORMAT, "tree": describe(tree)})
    file = io.BytesIO()
    np.savez_compressed(file, head=np.frombuffer(head.encode(), np.uint8), **arrays)
    try:
        write_whole(Path(path), file.getvalue())
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from None


def load(path, like):
    """Read what `save` wrote into a tree of the same structure; no code in a file is run.

    Parameters
    ----------
    path : str or Path
    like : tree
        Made as the saved one was: a fresh `small_cnn` of the same sizes, say. Its numbers are
        not used.

    Returns
    -------
    tree of the structure of `like`
        With the saved bits (float16 becomes float64).

    Raises
    ------
    Problem
        If the file is missing, cut, changed, of another kind, or of another structure.
    """
    leaves, structure = jax.tree.flatten(like)
    name = readable(Path(path).name)
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = {"head.npy"} | {f"{number:04}.npy" for number in range(len(leaves))}
            _check_head(name, _array(archive, "head", 10**6), describe(like))
            if set(archive.namelist()) != wanted:
                raise Problem(f"{name} holds other arrays than it says.")
            found = [
                _array(archive, f"{number:04}", 8 * np.size(leaf) + ROOM)
                for number, leaf in enumerate(leaves)
            ]
    except FileNotFoundError:
        raise Problem(f"There is no file {path}.") from None
    except Problem:
        raise
    except BROKEN as error:
        raise Problem(f"{name} is no whole file of a network: {error}.") from None
    return structure.unflatten(
        _fitted(name, f, leaf) for f, leaf in zip(found, leaves, strict=True)
    )


def describe(tree):
    """Return the names and shapes of all arrays, and the settings of networks, as text."""
    leaves = jax.tree_util.tree_leaves_with_path(tree)
    lines = [f"{jax.tree_util.keystr(way)} {list(np.shape(leaf))}" for way, leaf in leaves]
    for net in jax.tree.leaves(tree, is_leaf=lambda part: isinstance(part, SmallCNN)):
        if isinstance(net, SmallCNN):
            lines.append(f"strides {list(net.strides)}, pool {net.pool}, flat {net.flat}")
    return lines


def _array(archive, name, most):
    """Return one array, of no more bytes than it may have, without running anything."""
    if archive.getinfo(f"{name}.npy").file_size > most:
        raise ValueError(f"array {name} is too large")
    with archive.open(f"{name}.npy") as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def _check_head(name, head, expected):
    said = json.loads(head.tobytes())
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Problem(f"{name} is no file of a network of this course.")
    if said.get("tree") != expected:
        theirs = said.get("tree") if isinstance(said.get("tree"), list) else []
        pairs = [*zip(theirs, expected, strict=False)]
        other = next((f"{a} and not {b}" for a, b in pairs if a != b), "another number of arrays")
        raise Problem(f"{name} holds another network than `like`: {str(other)[:200]}.")


def _fitted(name, array, leaf):
    """Return an array as the leaf that it replaces is: its shape, its kind of number."""
    kind = np.asarray(leaf).dtype
    if array.shape != np.shape(leaf) or array.dtype.kind != kind.kind:
        raise Problem(f"{name} holds {array.dtype} of shape {array.shape} where it says another.")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise Problem(f"{name} holds numbers that are not finite.")
    if isinstance(leaf, int | float):
        return array.item()
    return jax.numpy.asarray(array.astype(kind))
