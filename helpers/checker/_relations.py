"""Relations between a result and another one: "times 100", "the other sign", "transposed"."""

import math
from itertools import permutations

import numpy as np

_FACTORS = {
    100.0: "it is 100 times as large: a share is wanted, not per cent",
    0.01: "it is 100 times too small: per cent are wanted, not a share",
    2.0: "it is twice as large as it should be",
    0.5: "it is half as large as it should be",
    255.0: "it is 255 times as large: values from 0 to 1 are wanted, not 0..255",
    1 / 255: "it is 255 times too small: values in 0..255 are wanted, not from 0 to 1",
    math.log(10): "it is 2.303 times as large: `np.log` is the natural logarithm, and `np.log10`"
    " the one to base 10",
    1 / math.log(10): "it is 2.303 times too small: `np.log10` is the logarithm to base 10, and"
    " `np.log` the natural one",
    1 / math.log(2): "it is 1.443 times as large: `np.log2` is the logarithm to base 2, and"
    " `np.log` the natural one",
    180 / math.pi: "it is in degrees, and radians are wanted",
    math.pi / 180: "it is in radians, and degrees are wanted",
    math.sqrt(2): "it is the square root of 2 times as large as it should be",
    1 / math.sqrt(2): "it is the square root of 2 times too small",
}


REST = "it is 1 minus the right value"
_WORDS = {
    "negative": "its sign is turned round",
    "inverse": "it is turned upside down: 1 divided by the right value",
    "rest": REST,
    "not": "True and False are exchanged",
    "transposed": "rows and columns are exchanged (it is transposed)",
    "mirrored": "left and right are exchanged: it is mirrored",
    "reversed": "its two parts are exchanged",
    "larger": "it is too large by 1",
    "smaller": "it is too small by 1",
}


def relations():
    """Yield (what turns a right result into the one met, the words for it), likeliest first."""
    for factor, words in _FACTORS.items():
        yield (lambda x, factor=factor: _number(x) * factor), words
    yield _negative, _WORDS["negative"]
    yield (lambda x: 1 / _number(x)), _WORDS["inverse"]
    yield (lambda x: 1 - _number(x)), _WORDS["rest"]
    yield (lambda x: 255 - _whole(x)), "it is 255 minus the right value"
    yield _not, _WORDS["not"]
    yield (lambda x: 255 * _mask(x)), "it holds 0 and 255, and a mask holds True and False"
    yield (lambda x: _square(x).T), _WORDS["transposed"]
    yield (lambda x: _square(x)[::-1]), "it is upside down: the rows come in the opposite order"
    yield (lambda x: _square(x)[:, ::-1]), _WORDS["mirrored"]
    for order in _ORDERS:
        yield (
            lambda x, order=order: _columns(x, order),
            "its columns stand in another order",
        )
    yield (lambda x: _line(x)[::-1]), "its elements come in the opposite order"
    yield _reversed, _WORDS["reversed"]
    yield (lambda x: x[0]), "only the first of the parts is returned"
    yield (lambda x: x[-1]), "only the last of the parts is returned"
    yield (lambda x: _number(x) + 1), _WORDS["larger"]
    yield (lambda x: _number(x) - 1), _WORDS["smaller"]
    yield from _last_steps()
    yield from _roundings()


def certain_relations():
    """Yield the relations that say more than the place of a slip does."""
    for factor in (100.0, 0.01, 255.0, 1 / 255, math.log(10), 1 / math.log(10), 1 / math.log(2)):
        yield (lambda x, factor=factor: _number(x) * factor), _FACTORS[factor]
    yield (lambda x: _square(x).T), _WORDS["transposed"]
    yield from _in_per_cent()


def _in_per_cent():
    for digits in (0, 1, 2):
        yield (
            lambda x, digits=digits: np.round(100 * _float(x), digits),
            "it is in per cent, and rounded: the exact share is wanted",
        )


def plain_relations(rare_factors=False):
    """Yield the relations that may stand beside another slip, without 2 and 1 / 2 if told so."""
    for factor in (100.0,) if rare_factors else (100.0, 2.0, 0.5):
        yield (lambda x, factor=factor: _number(x) * factor), _FACTORS[factor]
    yield _negative, _WORDS["negative"]
    yield (lambda x: 1 / _number(x)), _WORDS["inverse"]
    yield (lambda x: 1 - _number(x)), _WORDS["rest"]
    yield _not, _WORDS["not"]
    yield (lambda x: _square(x).T), _WORDS["transposed"]
    yield (lambda x: _square(x)[:, ::-1]), _WORDS["mirrored"]
    yield _reversed, _WORDS["reversed"]
    yield (lambda x: _number(x) + 1), _WORDS["larger"]
    yield (lambda x: _number(x) - 1), _WORDS["smaller"]
    yield (lambda x: np.round(_float(x), 2)), "it is rounded"
    yield from _in_per_cent()


def _last_steps():
    yield (lambda x: _number(x) ** 2), "the last step is missing: the square root"
    yield (lambda x: np.sqrt(_number(x))), "it is the square root of the right value"
    yield (lambda x: np.log(_number(x))), "the last step is missing: the exponential, `np.exp`"
    yield (lambda x: np.exp(_number(x))), "the last step is missing: the logarithm"
    yield _odds, "these are odds, p / (1 - p): turn them back into a probability"
    yield (lambda x: np.log(_odds(x))), "these are log-odds: turn them back into a probability"
    yield (lambda x: np.abs(_number(x))), "the sign got lost: it is the absolute value"


def _roundings():
    for digits in (0, 1, 2, 3, 4):
        yield (lambda x, digits=digits: np.round(_float(x), digits)), "it is rounded"
    yield (lambda x: np.floor(_float(x))), "it is rounded down, by `int` or `//`"
    yield (lambda x: np.ceil(_float(x))), "it is rounded up"


def _number(value):
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise TypeError("no number")
    return array.astype(float)


def _float(value):
    array = np.asarray(value)
    if array.dtype.kind != "f":
        raise TypeError("no float")
    return array


def _negative(value):
    return -_number(value)


def _whole(value):
    if getattr(value, "dtype", None) != np.uint8:
        raise TypeError("no levels")
    return value.astype(int)


def _mask(value):
    array = np.asarray(value)
    if array.dtype != bool:
        raise TypeError("no mask")
    return array.astype(int)


def _not(value):
    return 1 - _mask(value)


def _square(value):
    if np.ndim(value) != 2:
        raise TypeError("no picture")
    return np.asarray(value)


def _columns(value, order):
    if np.shape(value)[1:] != (len(order),):
        raise TypeError("no table of so many columns")
    return np.asarray(value)[:, order]


_ORDERS = [order for n in (2, 3, 4) for order in permutations(range(n)) if order != tuple(range(n))]


def _line(value):
    if not isinstance(value, np.ndarray) or value.ndim != 1:
        raise TypeError("no list of numbers")
    return value


def _reversed(value):
    if not isinstance(value, tuple) or len(value) != 2:
        raise TypeError("no pair")
    return value[::-1]


def _odds(value):
    p = _number(value)
    if np.any((p < 0) | (p > 1)):
        raise TypeError("no probability")
    return p / (1 - p)
