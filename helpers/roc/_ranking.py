"""Work behind ROC analysis: checked labels and scores, counting by search, resampling."""

import numpy as np

from helpers import _arguments

BLOCK = 1 << 17  # numbers drawn at once
EXACT = 1 << 53  # float64 holds every whole number up to this one


def binary(labels, positive, name, *, both=True):
    """Return two-valued labels as bool.

    Raises
    ------
    ValueError
        If there are more than two values, none, a missing one, or only one where `both` are needed.
    """
    labels = _arguments.labels(labels, name)
    if positive is None:
        positive = 1
        allowed = (labels == 0) | (labels == 1)
    else:
        others = labels[labels != positive]
        allowed = (labels == positive) | (labels == (others[0] if others.size else positive))
    if not np.all(allowed):
        raise ValueError(
            f"`{name}` must be bool or 0/1, or have two labels of which `positive` names one; got "
            f"{_few(labels)}."
        )
    result = labels == positive
    if both and (result.all() or not result.any()):
        raise ValueError(f"`{name}` must hold both classes; got only {_few(labels[:1])}.")
    return result


def _few(values):
    """Show up to five of the values; labels of mixed types cannot be sorted."""
    values = list(dict.fromkeys(values.tolist()))
    return ", ".join(map(repr, values[:5])) + (", ..." if len(values) > 5 else "")


def scored(y_true, y_score, positive, name="y_score"):
    """Return checked labels and scores of one length."""
    labels, scores = binary(y_true, positive, "y_true"), np.asarray(y_score)
    if scores.shape != labels.shape:
        raise ValueError(
            f"`y_true` and `{name}` must have one shape; got {labels.shape} and {scores.shape}."
        )
    if scores.dtype.kind not in "biuf":
        raise TypeError(f"`{name}` must hold numbers; got {scores.dtype}.")
    if scores.dtype.kind != "f" or scores.dtype.itemsize not in (4, 8):
        scores = _as_double(scores, name)
    if not np.isfinite(scores).all():
        bad = np.count_nonzero(~np.isfinite(scores))
        raise ValueError(f"`{name}` must be finite; got {bad} values that are NaN or infinite.")
    return labels, scores


def _as_double(scores, name):
    """Convert to float64, unless that would tie whole numbers that differ."""
    if scores.dtype.kind in "iu" and max(int(scores.max()), -int(scores.min())) > EXACT:
        raise ValueError(f"`{name}` must hold integers within +-2**53; got {scores.dtype} beyond.")
    return scores.astype(np.float64)


def of_rows(values, truth, name):
    """Return an array with one value for each sample."""
    values = _arguments.labels(values, name)
    if values.size != truth.size:
        raise ValueError(
            f"`y_true` and `{name}` must have one length; got {truth.size} and {values.size}."
        )
    return values


def weighed(weights, truth):
    """Return checked weights as float64."""
    weights = of_rows(weights, truth, "weights")
    if weights.dtype.kind not in "biuf":
        raise TypeError(f"`weights` must hold numbers; got {weights.dtype}.")
    if not np.all((weights > 0) & np.isfinite(weights)):
        wrong = weights[~((weights > 0) & np.isfinite(weights))][0]
        raise ValueError(f"`weights` must be positive and finite; got {wrong:g}.")
    return weights.astype(np.float64)


def check_two_of_each(labels):
    """Refuse fewer than two samples of a class, whose variance nobody knows."""
    positives = np.count_nonzero(labels)
    if not 2 <= positives <= labels.size - 2:
        raise ValueError(
            "`y_true` must hold at least two samples of each class; got "
            f"{positives} positive and {labels.size - positives} negative."
        )


def classes(labels, scores):
    """Split the scores into those of the positives and of the negatives."""
    return scores[labels], scores[~labels]


def placements(positives, negatives):
    """Return for each sample the share of the other class that it is on the right side of."""
    return _share_below(positives, negatives), 1 - _share_below(negatives, positives)


def _share_below(scores, others):
    """Sorted queries are found much faster, so sort, search, and put the answers back."""
    others = np.sort(others)
    order = np.argsort(scores)
    share = np.empty(scores.size)
    scores = scores[order]
    count = np.searchsorted(others, scores, "left") + np.searchsorted(others, scores, "right")
    share[order] = count / (2 * others.size)
    return share


def covariance(first, second):
    """Return the covariance of two means over the same samples."""
    return (first - first.mean()) @ (second - second.mean()) / (first.size - 1) / first.size


def bootstrap_areas(positives, negatives, resamples, rng):
    """Return the AUC of each resample: count how often each negative is drawn, add up, look up."""
    positives, negatives = np.sort(positives), np.sort(negatives)
    low = np.searchsorted(negatives, positives, "left")
    high = np.searchsorted(negatives, positives, "right")
    places, size, tied = negatives.size + 1, negatives.size, not np.array_equal(low, high)
    rows, areas = max(1, BLOCK // (size + positives.size)), np.empty(resamples)
    for start in range(0, resamples, rows):
        count = min(rows, resamples - start)
        line = np.arange(count)[:, None]
        drawn = rng.integers(0, size, (count, size), dtype=np.uint32) + line * size
        below = np.zeros((count, places), dtype=np.int64)
        hits = np.bincount(drawn.ravel(), minlength=count * size).reshape(count, size)
        np.cumsum(hits, axis=1, out=below[:, 1:])
        chosen = rng.integers(0, positives.size, (count, positives.size), dtype=np.uint32)
        pairs = below.ravel()[low[chosen] + line * places]
        pairs += below.ravel()[high[chosen] + line * places] if tied else pairs
        areas[start : start + count] = pairs.sum(axis=1)
    return areas / (2 * positives.size * size)
