"""Training and test parts with both classes; rows of one subject stay together."""

import heapq

import numpy as np

from helpers.analysis.balancing._encoding import LARGEST_N
from helpers.files import Problem

INNER_FOLDS = 5


def splits(labels, plan, subjects=None):
    """Yield the rows of each training part and of its test part, folds of one repeat together.

    Parameters
    ----------
    labels : array of shape (n,), bool
    plan : Plan
    subjects : array of shape (n,), int, optional
        Rows with the same number are never parted.

    Yields
    ------
    train, test : arrays of int
    """
    if subjects is None:
        from helpers.analysis.balancing import _models

        counts = {"n_splits": plan.folds, "n_repeats": plan.repeats}
        folds = _models.RepeatedStratifiedKFold(**counts, random_state=plan.seed)
        yield from folds.split(labels, labels)
        return
    rng = np.random.default_rng(plan.seed)
    for _ in range(plan.repeats):
        yield from _sides(part_subjects(labels, subjects, [1] * plan.folds, rng))


def inner_splits(labels, subjects, seed):
    """Return the parts of a second cross-validation within a training part.

    Parameters
    ----------
    labels : array of shape (n,), bool
    subjects : array of shape (n,), int, or None
    seed : int

    Returns
    -------
    iterable of (train, test)
    """
    from helpers.analysis.balancing import _models

    rare = _rare(labels)
    if subjects is not None:
        _, subjects = np.unique(subjects, return_inverse=True)
        count = min(INNER_FOLDS, np.unique(subjects[rare]).size)
        return _sides(part_subjects(labels, subjects, [1] * count, np.random.default_rng(seed)))
    count = min(INNER_FOLDS, int(rare.sum()))
    folds = _models.StratifiedKFold(count, shuffle=True, random_state=seed)
    return folds.split(labels, labels)


def part_subjects(labels, subjects, sizes, rng):
    """Return for each row the number of its part; subjects stay whole, classes are spread evenly.

    Subjects come in random order, those with rows of the rarer class first. Each goes to the part
    that has, for its size, the fewest rows: of the rarer class, then of the other one.

    Parameters
    ----------
    labels : array of shape (n,), bool
    subjects : array of shape (n,), int from 0
    sizes : list of float > 0
        Wanted sizes of the parts, in any unit.
    rng : numpy.random.Generator

    Returns
    -------
    array of shape (n,), int
        Each part has rows of the rarer class if there are as many subjects with such rows.
    """
    rare = _rare(labels)
    counts = np.column_stack([np.bincount(subjects, rare), np.bincount(subjects, ~rare)])
    order, found = rng.permutation(len(counts)), np.empty(len(counts), dtype=np.intp)
    carriers = counts[order, 0] > 0
    loads, ties = np.zeros((len(sizes), 2)), rng.permutation(len(sizes))
    for column, chosen in enumerate((order[carriers], order[~carriers])):
        heap = [(loads[p, column] / sizes[p], tie, p) for p, tie in enumerate(ties.tolist())]
        heapq.heapify(heap)
        for subject in chosen.tolist():
            load, tie, part = heap[0]
            found[subject] = part
            load += counts[subject, column] / sizes[part]
            heapq.heapreplace(heap, (load, tie, part))
        np.add.at(loads, found[chosen], counts[chosen])
    return found[subjects]


def check_enough(labels, plan, subjects=None, texts=None):
    """Refuse a rare class that is too small for the folds or for the neighbours of SMOTE.

    Parameters
    ----------
    labels : array of shape (n,), bool
    plan : Plan
    subjects : array of shape (n,), optional
        Who each row belongs to.
    texts : array of shape (d,), bool, optional
        Columns that hold texts.

    Raises
    ------
    Problem
        With the choice that would fit.
    """
    rare = int(_rare(labels).sum())
    kept = rare - -(-rare // plan.folds)  # of the rare rows in the smallest training part
    if subjects is not None:
        kept = _check_subjects(labels, plan, np.unique(subjects, return_inverse=True)[1])
    elif rare < plan.folds or kept < 2:
        raise Problem(
            f"The rarer class has {rare} rows, but `folds` is {plan.folds}: each fold needs one of "
            "them and each training part two. "
            + (f"Set `folds` to at most {rare}." if rare > 2 else "Collect more of them.")
        )
    if "smote" in plan.methods and kept <= plan.k_neighbors:
        raise Problem(
            f"`k_neighbors` must be less than the {kept} rows of the rarer class that a training "
            f'part has; got {plan.k_neighbors}. Lower it, or leave "smote" out of `methods`.'
        )
    if "smote" in plan.methods and texts is not None and texts.all() and rare > LARGEST_N:
        raise Problem(
            f"SMOTE for tables of texts alone compares all {rare} rows of the rarer class with one "
            f'another, and {LARGEST_N} are the most: lower `most_rows`, or leave "smote" out of '
            "`methods`."
        )


def _check_subjects(labels, plan, subjects):
    """Return the fewest rows of the rarer class in a training part; each part needs both."""
    rare = _rare(labels)
    for what, chosen in (("rarer", rare), ("more common", ~rare)):
        count = np.unique(subjects[chosen]).size
        if count < max(plan.folds, 3):
            raise Problem(
                f"{count} subjects have rows of the {what} class, but `folds` is {plan.folds}: "
                "each fold needs one of these subjects and each training part two. "
                + (f"Set `folds` to at most {count}." if count > 2 else "Collect more of them.")
            )
    kept = len(labels)
    for train, test in splits(labels, plan, subjects):
        carriers = np.unique(subjects[train[rare[train]]]).size
        if carriers < 2 or rare[test].all() or rare[train].all():
            raise Problem(
                f"Subjects cannot be parted into {plan.folds} test parts that have rows of both "
                "classes, each with two subjects of the rarer class in its training part: change "
                "`folds`, or take another `seed`."
            )
        kept = min(kept, int(rare[train].sum()))
    return kept


def _rare(labels):
    return labels if 2 * np.count_nonzero(labels) <= len(labels) else ~labels


def _sides(parts):
    for part in range(parts.max() + 1):
        yield np.flatnonzero(parts != part), np.flatnonzero(parts == part)
