"""How well two divisions of the same items agree, whatever their groups are called."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from helpers.clustering._points import check_pair, contingency_table


def adjusted_rand_index(first, second):
    """Return how often two divisions agree on pairs: 1 for equal ones, 0 on average by chance.

    Of all pairs of items, count those that are together in both. Subtract what chance would give
    groups of these sizes, and divide by the most that there can be, less the same.

    Parameters
    ----------
    first, second : arrays of shape (n,), any kind of labels
        Only who is with whom counts, not what the groups are called; the order of the two does
        not count either.

    Returns
    -------
    float, at most 1; below 0 where the two agree less than chance

    Raises
    ------
    ValueError
        If the lengths differ, there are no items, or a label is missing.

    References
    ----------
    L. Hubert, P. Arabie, Comparing partitions, J. Classification 2 (1985) 193-218,
    doi:10.1007/BF01908075.
    """
    _, numbers = check_pair(first, second, ("first", "second"))
    table = contingency_table(*numbers)
    together = _pairs(table).sum()
    of_first, of_second = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    most = (of_first + of_second) / 2
    all_pairs = _pairs(np.array(len(numbers[0])))
    by_chance = of_first * of_second / all_pairs if all_pairs else most
    return float((together - by_chance) / (most - by_chance)) if most != by_chance else 1.0


def match_labels(truth, labels):
    """Pair each group with at most one class so that as many items as possible are right.

    Parameters
    ----------
    truth : array of shape (n,)
        The class of each item.
    labels : array of shape (n,)
        The group of each item.

    Returns
    -------
    dict of group -> class
        Groups in rising order; where there are more groups than classes, some are missing.

    Raises
    ------
    ValueError
        If the lengths differ, there are no items, or a label is missing.

    References
    ----------
    H. W. Kuhn, The Hungarian method for the assignment problem, Naval Research Logistics
    Quarterly 2 (1955) 83-97, doi:10.1002/nav.3800020109.
    """
    (groups, classes), numbers = check_pair(labels, truth, ("labels", "truth"))
    pairs = linear_sum_assignment(contingency_table(*numbers), maximize=True)
    return {groups[group].item(): classes[kind].item() for group, kind in zip(*pairs, strict=True)}


def matched_accuracy(truth, labels):
    """Return the share of items whose group is paired with their class by `match_labels`.

    Parameters
    ----------
    truth, labels : arrays of shape (n,)

    Returns
    -------
    float in (0, 1]

    Raises
    ------
    ValueError
        As for `match_labels`.
    """
    _, numbers = check_pair(labels, truth, ("labels", "truth"))
    table = contingency_table(*numbers)
    return float(table[linear_sum_assignment(table, maximize=True)].sum() / table.sum())


def _pairs(counts):
    """Count the pairs among so many items, as floats: squares of large counts leave integers."""
    counts = counts.astype(np.float64)
    return counts * (counts - 1) / 2
