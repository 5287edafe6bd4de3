"""The steps of a ROC curve from scores that are sorted with their labels, and its area."""

import numpy as np

from helpers.roc._ranking import check_two_of_each


def cumulated(labels, scores, weights=None):
    """Count true and false positives at each distinct score, from the highest down."""
    if weights is not None:
        order = np.argsort(scores)[::-1]
        labels, scores, weights = labels[order], scores[order], weights[order]
        last = _ends_of_ties(scores)
        both = (np.cumsum(weights * side)[last] for side in (labels, ~labels))
        return *both, scores[last]
    ranked, marks = _descending(labels, scores)
    tp = np.cumsum(marks, out=marks)  # in place: a fresh array costs as much as the sum
    fp = np.arange(1, tp.size + 1)
    fp -= tp
    last = _ends_of_ties(ranked)
    if last.all():
        return tp, fp, ranked
    return tp[last], fp[last], ranked[last]


def _ends_of_ties(scores):
    return np.append(scores[1:] != scores[:-1], True)


def _descending(labels, scores):
    """Sort scores, and 1 for a positive and 0 for a negative with them: faster than by `argsort`.

    The scores are sorted once with their labels in the lowest bit, and once by themselves. Two
    scores that only this bit tells apart would mix their labels: then it is `argsort` after all.
    """
    ranked = np.sort(np.add(scores, 0.0, dtype=np.float64))  # -0.0 becomes 0.0: they tie
    bits = ranked.view(np.uint64)
    if np.any(bits[1:] ^ bits[:-1] == 1):
        order = np.argsort(scores)[::-1]
        return scores[order], labels[order].astype(np.int64)
    marks = _marked(labels, scores)
    marks &= 1
    return ranked.astype(scores.dtype, copy=False)[::-1], marks[::-1]


def _marked(labels, scores):
    """Sort scores whose lowest bit is their label, as whole numbers of the same bits."""
    marked = np.add(scores, 0.0, dtype=np.float64)
    bits = marked.view(np.int64)
    bits &= -2
    bits |= labels
    marked.sort()
    return bits


def area(labels, scores):
    """Count the pairs that are in the right order, ties half: the area under the curve."""
    marks = _marked(labels, scores)
    bits = marks.view(np.uint64)
    if np.any(bits[1:] ^ bits[:-1] < 2):  # a tie, or as good as one
        tp, fp, _ = cumulated(labels, scores)
        pairs, positives = _steps(fp) @ (2 * tp - _steps(tp)) / 2, tp[-1]
    else:
        below = np.flatnonzero(marks & 1)  # how many samples each positive beats
        positives = below.size
        pairs = below.sum() - positives * (positives - 1) // 2
    return float(pairs / positives / (labels.size - positives))


def area_and_error(labels, scores):
    """Return the area and its standard error by DeLong's variance, from the steps of the curve."""
    check_two_of_each(labels)
    tp, fp = cumulated(labels, scores)[:2]
    missed, variance = _moments(_passed(fp), _steps(tp))
    return 1 - missed, float(np.sqrt(variance + _moments(_passed(tp), _steps(fp))[1]))


def _passed(counts):
    """Return the share of a class above each distinct score, what is tied with it half."""
    result = counts.astype(np.float64)
    result[1:] += counts[:-1]
    result /= 2 * counts[-1]
    return result


def _steps(counts):
    result = counts.copy()
    result[1:] -= counts[:-1]
    return result


def _moments(values, counts):
    """Return the mean of values that come so many times, and its variance; they are used up."""
    total = counts.sum()
    mean = float(np.einsum("i,i", values, counts) / total)
    values -= mean
    values *= values
    return mean, np.einsum("i,i", values, counts) / (total - 1) / total
