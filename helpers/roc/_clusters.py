"""Areas of rows that belong together or weigh differently: what each cluster adds to the error."""

from typing import NamedTuple

import numpy as np

from helpers.roc._ranking import of_rows, weighed


class Rows(NamedTuple):
    """Weight of each row, and the place of its cluster; `alone` if each row is its own."""

    weights: np.ndarray
    codes: np.ndarray
    alone: bool


def rows(truth, weights, clusters):
    """Return checked weights and clusters of rows whose classes are known.

    Raises
    ------
    ValueError
        If a weight is not positive, or fewer than two clusters hold rows of a class.
    """
    codes = np.arange(truth.size)
    if clusters is not None:
        codes = np.unique(of_rows(clusters, truth, "clusters"), return_inverse=True)[1]
    for name, part in (("positive", codes[truth]), ("negative", codes[~truth])):
        if (count := np.unique(part).size) < 2:
            kind = "`y_true` must hold at least two samples of each class"
            if clusters is not None:
                kind = "`clusters` must name at least two with samples of each class"
            raise ValueError(f"{kind}; got {count} {name}.")
    weights = np.ones(truth.size) if weights is None else weighed(weights, truth)
    return Rows(weights, codes, clusters is None)


def additions(truth, scores, weights):
    """Return the area, and by how much each row moves it away from what all rows say."""
    result, sides = np.empty(truth.size), (truth, ~truth)
    parts = [np.flatnonzero(side) for side in sides]
    shares = [_beaten(scores[a], scores[b], weights[b]) for a, b in (parts, parts[::-1])]
    total = weights[parts[0]] @ np.ones(parts[0].size)  # summed as below: no rounding at 1
    area = float(weights[parts[0]] @ shares[0] / total)
    for part, share, middle in zip(parts, shares, (area, 1 - area), strict=True):
        sign = 1 if part is parts[0] else -1
        result[part] = sign * weights[part] * (share - middle) / weights[part].sum()
    return area, result


def error(truth, added, rows):
    """Return the standard error of what the rows add up to (Obuchowski, 1997, equation 3)."""
    size = rows.codes.max() + 1
    sums = [np.bincount(rows.codes[c], added[c], size) for c in (truth, ~truth)]
    counts = [np.unique(rows.codes[c]).size for c in (truth, ~truth)]
    own = sum(n / (n - 1) * (s @ s) for s, n in zip(sums, counts, strict=True))
    shared = 0.0 if rows.alone else 2 * size / (size - 1) * (sums[0] @ sums[1])
    return float(np.sqrt(max(own + shared, 0.0)))


def pairs(truth, rows):
    """Return how many pairs of a positive and a negative row have no cluster in common.

    Rows of unequal weight, and clusters of unequal size, count for fewer (Kish's rule).
    """
    size = rows.codes.max() + 1
    found = [size / 2] if not rows.alone else []
    for side in (truth, ~truth):
        sums = np.bincount(rows.codes[side], rows.weights[side], size)
        found.append(sums.sum() ** 2 / (sums @ sums))
    return min(found)


def _beaten(scores, others, weights):
    """Return the share of the others' weight that lies below each score; a tie counts half."""
    order = np.argsort(others)
    others, upto = others[order], np.r_[0, np.cumsum(weights[order])]
    below = upto[np.searchsorted(others, scores, "left")]
    return (below + upto[np.searchsorted(others, scores, "right")]) / (2 * upto[-1])
