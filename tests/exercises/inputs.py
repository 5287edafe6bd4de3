"""Make further inputs for an exercise out of its own cases, inside the same ranges."""

import math

import numpy as np


def further_inputs(cases, number=200):
    """Return a list of argument tuples near those of the cases: other values, sizes and orders."""
    rng = np.random.default_rng(0)
    rows = list(cases.values())
    made = []
    for at in range(number):
        row = rows[at % len(rows)]
        pools = [[other[place] for other in rows] for place in range(len(row))]
        made.append(_together(rng, row, pools))
    return made


def _together(rng, row, pools):
    """Change a case: resample its arrays along the first axis alike, or each on its own."""
    arrays = [arg for arg in row if isinstance(arg, np.ndarray) and arg.ndim]
    if len({len(arg) for arg in arrays}) == 1 and rng.random() < 0.6:
        length = len(arrays[0])
        size = rng.integers(1, length + 1) if rng.random() < 0.5 else length
        picked = rng.integers(0, length, size)
        row = [arg[picked] if isinstance(arg, np.ndarray) and arg.ndim else arg for arg in row]
    return tuple(
        arg if rng.random() < 0.4 else _other(rng, arg, pool)
        for arg, pool in zip(row, pools, strict=True)
    )


def _other(rng, arg, pool):
    if isinstance(arg, (bool, np.bool_)):
        return bool(rng.integers(2))
    if isinstance(arg, (int, np.integer)):
        low, high = min(pool), max(pool)
        return int(rng.integers(low, high + 1)) if low < high else int(arg + rng.integers(0, 3))
    if isinstance(arg, float):
        finite = [value for value in pool if math.isfinite(value)]
        return float(rng.uniform(min(finite), max(finite)) if rng.random() < 0.7 else arg)
    if isinstance(arg, np.ndarray) and arg.size:
        return _array(rng, arg)
    if isinstance(arg, (list, tuple)) and arg and all(isinstance(v, int) for v in arg):
        return type(arg)(int(v + rng.integers(0, 3)) for v in arg)
    return arg


def _array(rng, arg):
    """Draw the values anew, from those that were there or from between them."""
    if arg.dtype.kind == "f" and np.isfinite(arg).any() and rng.random() < 0.5:
        finite = arg[np.isfinite(arg)]
        return rng.uniform(finite.min(), finite.max(), arg.shape).astype(arg.dtype)
    if arg.dtype.kind in "iu" and arg.dtype.itemsize == 1 and rng.random() < 0.5:
        low, high = int(arg.min()), int(arg.max())
        return rng.integers(low, high + 1, arg.shape).astype(arg.dtype)
    drawn = (
        rng.permutation(arg.ravel()) if rng.random() < 0.5 else rng.choice(arg.ravel(), arg.size)
    )
    return drawn.reshape(arg.shape)
