"""New training rows: repeat, leave out or invent samples of a class, and mix pairs of samples.

Resample training data only, inside each fold. Classes come in sorted order, or in order of first
appearance if labels cannot be compared.
"""

import numpy as np

from helpers._arguments import positive, whole
from helpers.imbalance import _classes, _mixing
from helpers.imbalance._neighbours import FEW_FEATURES as FEW_FEATURES
from helpers.imbalance._neighbours import nearest


def random_over_sample(X, y, *, rng=None):
    """Repeat random rows of the smaller classes until all classes have the size of the largest.

    Parameters
    ----------
    X : array of shape (n, ...), any dtype
    y : array of n labels of any type, two or more classes
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    X, y : new arrays
        The originals first, then rows drawn with replacement, class by class.
    """
    X, y, _, members = _table(X, y)
    rng, largest = np.random.default_rng(rng), max(map(len, members))
    drawn = [rng.choice(rows, largest - len(rows)) for rows in members]
    chosen = np.concatenate([np.arange(len(y)), *drawn])
    return X[chosen], y[chosen]


def random_under_sample(X, y, *, rng=None):
    """Leave out random rows of the larger classes until all have the size of the smallest.

    Parameters
    ----------
    X : array of shape (n, ...), any dtype
    y : array of n labels of any type, two or more classes
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    X, y : new arrays
        The rows that stay, each once and in their old order.
    """
    X, y, _, members = _table(X, y)
    rng, smallest = np.random.default_rng(rng), min(map(len, members))
    chosen = np.sort(np.concatenate([rng.choice(r, smallest, replace=False) for r in members]))
    return X[chosen], y[chosen]


def smote(X, y, *, k_neighbors=5, sampling_strategy="auto", rng=None):
    """Invent rows on the segments between rows of a class and their nearest neighbours in it.

    Parameters
    ----------
    X : array of shape (n, d), float32 or float64
        Features on comparable scales: distances decide who is a neighbour.
    y : array of n labels of any type, two or more classes
    k_neighbors : int >= 1
        Each new row lies between a random row and one of its `k_neighbors` neighbours.
    sampling_strategy : "auto", dict or float
        "auto" fills all classes up to the largest; a dict says how many rows the labels in it
        shall have; a float is the wanted size of the smaller of two classes as a share of the
        larger, in (0, 1], rounded to whole rows.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    X, y : new arrays of the same dtypes
        The originals first, then the new rows, class by class.

    Raises
    ------
    ValueError
        If a class to fill up has fewer than `k_neighbors` + 1 rows, or values are missing.

    Notes
    -----
    N. V. Chawla et al., SMOTE, 2002, doi:10.1613/jair.953. Up to 8 features a k-d tree finds the
    neighbours, above that scikit-learn compares all pairs. Equal rows are neighbours of each
    other; a row is never its own.
    """
    X, y, classes, members = _table(X, y)
    _check_features(X)
    k = whole(k_neighbors, "k_neighbors")
    news = _classes.missing_rows(classes, members, sampling_strategy)
    rng = np.random.default_rng(rng)
    for label, rows, count in zip(classes, members, news, strict=True):
        if count and len(rows) <= k:
            raise ValueError(
                f"`k_neighbors` must be less than the {len(rows)} rows of class {label!r}; got {k}."
            )
    filled = np.empty((len(y) + sum(news), X.shape[1]), dtype=X.dtype)
    filled[: len(y)] = X
    chosen, end = [y], len(y)
    for rows, count in zip(members, news, strict=True):
        if count:
            start, end = end, end + count
            _invent(X[rows], k, filled[start:end], rng)
            chosen.append(np.repeat(y[rows[:1]], count))
    return filled, np.concatenate(chosen)


def mixup(X, Y, *, alpha=0.2, rng=None, out=None):
    """Mix each sample with another one, and their labels by the same weight.

    Parameters
    ----------
    X : array of shape (n, ...), float32 or float64
        Whole numbers are refused: mixtures would be rounded, and as floats they need four or
        eight times the memory of uint8, which the caller should see. Values are not looked at, so
        NaN stays NaN and spreads to the other mixture that its sample is part of.
    Y : array of shape (n, c) or (n, ...), one-hot or float
    alpha : float > 0
        Weights follow Beta(alpha, alpha): small values hardly mix, 1 mixes evenly.
    rng : int or numpy.random.Generator, optional
    out : array like `X`, C-contiguous, optional
        Where to write the mixtures. With ``out=X`` they replace the samples, and only one spare
        row of memory is needed (256 KB if rows are short).

    Returns
    -------
    X, Y : arrays of shape as given
        Row i is weights[i] * own + (1 - weights[i]) * partner. `Y` keeps its float dtype; one-hot
        labels take that of `X`.
    weights : array of shape (n,), dtype of `X`

    Notes
    -----
    H. Zhang et al., mixup, 2018, arXiv:1710.09412. Partners follow one random cycle through all
    samples: each is the partner of exactly one, and of itself only if it is alone.
    """
    X, rng = _floats(X, "X"), np.random.default_rng(rng)
    Y, out = _targets(Y, X), _target(out, X)
    weights = rng.beta(positive(alpha, "alpha"), alpha, len(X)).astype(X.dtype)
    order, partners = _mixing.cycle(len(X), rng)
    _mixing.mix_along(order, X, out, weights)
    return out, _mixing.mix(Y, weights, partners), weights


def sample_pairing(images, labels, *, rng=None):
    """Average each picture with another one and keep the label of the first.

    Parameters
    ----------
    images : array of shape (n, ...), uint8, float32 or float64
    labels : array of n labels of any type
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    images, labels : new arrays of the same dtypes
        Means of uint8 do not overflow; halves go to the even neighbour, as with `numpy.rint`.

    Notes
    -----
    H. Inoue, Data augmentation by pairing samples, 2018, arXiv:1801.02929. Partners as in `mixup`.
    """
    images, labels = np.asarray(images), _classes.check_labels(labels, "labels")
    if images.dtype not in (np.uint8, np.float32, np.float64):
        raise TypeError(f"`images` must be uint8, float32 or float64; got {images.dtype}.")
    _classes.check_lengths(images, labels, "images", "labels")
    _, partners = _mixing.cycle(len(images), np.random.default_rng(rng))
    result = np.empty(images.shape, dtype=images.dtype)
    for i, partner in enumerate(partners):
        result[i] = _mixing.average(images[i], images[partner])
    return result, labels.copy()


def class_weights(y):
    """Return for each class the weight of its samples that gives all classes the same total.

    Parameters
    ----------
    y : array of n labels of any type

    Returns
    -------
    dict of label to float
        n / (number of classes * size of the class), so that the mean over all samples is 1: what
        scikit-learn calls "balanced".
    """
    labels = _classes.check_labels(y)
    classes, members = _classes.split(labels)
    sizes = map(len, members)
    return {
        label: len(labels) / (len(classes) * size)
        for label, size in zip(classes, sizes, strict=True)
    }


def _table(X, y):
    """Return arrays, the classes, and the rows of each; there must be at least two."""
    X, y = np.asarray(X), _classes.check_labels(y)
    _classes.check_lengths(X, y, "X", "y")
    classes, members = _classes.split(y)
    if len(classes) < 2:
        raise ValueError(f"`y` must hold at least two classes; got only {classes[0]!r}.")
    return X, y, classes, members


def _check_features(X):
    if X.dtype not in (np.float32, np.float64):
        raise TypeError(f"`X` must be float32 or float64, since rows are mixed; got {X.dtype}.")
    if X.ndim != 2 or X.shape[1] == 0:
        raise ValueError(f"`X` must have shape (n, d) with d >= 1; got {X.shape}.")
    limit = np.finfo(X.dtype).max / 2  # the difference of two rows must not overflow
    if bad := np.count_nonzero(~(np.abs(X) <= limit)):
        raise ValueError(
            f"`X` must be finite and within +-{limit:.2g}; got {bad} values that are NaN or beyond."
        )


def _invent(points, k, out, rng):
    """Fill `out` with rows at random places between random rows and their neighbours."""
    own = rng.integers(len(points), size=len(out))
    near = nearest(points, k)[own, rng.integers(k, size=len(out))]
    place = rng.random((len(out), 1), dtype=points.dtype)
    start = points[own]
    np.subtract(points[near], start, out=out)
    out *= place
    out += start


def _floats(X, name):
    X = np.asarray(X)
    if X.dtype not in (np.float32, np.float64):
        raise TypeError(
            f"`{name}` must be float32 or float64, since mixtures of whole numbers would be "
            f"rounded; got {X.dtype}."
        )
    if X.ndim == 0 or X.size == 0:
        raise ValueError(f"`{name}` must have shape (n, ...) and not be empty; got {X.shape}.")
    return X


def _targets(Y, X):
    """Return float labels; whole numbers must be one-hot, since class 1.4 does not exist."""
    Y = np.asarray(Y)
    one_hot = Y.dtype.kind in "biu" and Y.ndim > 1
    if one_hot and np.all((Y == 0) | (Y == 1)) and np.all(Y.sum(axis=-1) == 1):
        Y = Y.astype(X.dtype)
    if Y.dtype not in (np.float32, np.float64):
        raise TypeError(
            "`Y` must be one-hot of shape (n, c), or float: class numbers and names cannot be "
            f"mixed; got {Y.dtype} of shape {Y.shape}. np.eye(c)[labels] makes numbers one-hot."
        )
    _classes.check_lengths(Y, X, "Y", "X")
    if not np.isfinite(Y).all():
        bad = np.count_nonzero(~np.isfinite(Y))
        raise ValueError(f"`Y` must be finite; got {bad} values that are NaN or infinite.")
    return Y


def _target(out, X):
    if out is None:
        return np.empty(X.shape, dtype=X.dtype)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (X.shape, X.dtype):
        raise ValueError(f"`out` must be an array of shape {X.shape} and dtype {X.dtype}.")
    if not (out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("`out` must be C-contiguous and writeable.")
    if out is not X and np.may_share_memory(out, X):
        raise ValueError("`out` must be `X` itself or share no memory with it; got a view of it.")
    return out
