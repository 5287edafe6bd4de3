"""A training set that is resampled, and a test set that stays as it was measured."""

import numpy as np

from helpers._arguments import nearest
from helpers.analysis.balancing import _encoding
from helpers.analysis.balancing._plan import RESAMPLING
from helpers.analysis.balancing._splits import part_subjects
from helpers.files import Problem


def training_set(sample, method, test_share=0.2, k_neighbors=5, seed=0):
    """Set test rows aside, then resample the others.

    Parameters
    ----------
    sample : Sample
    method : {"over", "under", "smote"}, or False for no sets at all
    test_share : float in (0, 0.5]
    k_neighbors : int
    seed : int

    Returns
    -------
    dict of "training_set" and "test_set" -> dict of column -> values
        Features, then the target. Only the training set is resampled; rows that SMOTE invents
        are "yes" in its last column, "made" (or "made_" if the table has such a column), and have
        no gaps. Rows of one subject are all in one of the two sets.

    Raises
    ------
    Problem
        If a choice is wrong or the rarer class is too small.
    """
    check_training_set(method, test_share)
    if method is False:
        return {}
    train, test = _two_parts(sample, test_share, seed)
    X, y = sample.features[train], sample.labels[train]
    kept = int(min(y.sum(), (~y).sum()))
    if kept < 2 or (method == "smote" and kept <= k_neighbors):
        raise Problem(
            f"The training set would have {kept} rows of the rarer class; it needs at least 2, and "
            f"more than `k_neighbors` ({k_neighbors}) for SMOTE."
        )
    texts = sample.texts
    if method == "smote" and texts.all() and kept > _encoding.LARGEST_N:
        raise Problem(
            f"SMOTE for texts alone compares {kept} rows of the rarer class with one another, and "
            f"{_encoding.LARGEST_N} are the most: lower `most_rows`."
        )
    new, answers, made = _resampled(method, X, y, k_neighbors, seed, texts)
    name = "made"
    while name in (*sample.names, sample.target):
        name += "_"
    return {
        "training_set": _columns(sample, new, answers) | {name: np.where(made, "yes", "no")},
        "test_set": _columns(sample, sample.features[test], sample.labels[test]),
    }


def _two_parts(sample, test_share, seed):
    """Return rows for training and rows for testing, with equal shares of the classes."""
    from helpers.analysis.balancing import _models

    if sample.subjects is not None:
        rng = np.random.default_rng(seed)
        codes = np.unique(sample.subjects, return_inverse=True)[1]
        part = part_subjects(sample.labels, codes, [1 - test_share, test_share], rng)
        train, test = np.flatnonzero(part == 0), np.flatnonzero(part == 1)
        if all(0 < sample.labels[rows].sum() < len(rows) for rows in (train, test)):
            return train, test
    else:
        rows, share = np.arange(len(sample.labels)), {"test_size": test_share}
        try:
            parts = _models.train_test_split(
                rows, **share, stratify=sample.labels, random_state=seed
            )
            return map(np.sort, parts)
        except ValueError:
            pass
    raise Problem(f"`test_share` must leave rows of both classes on both sides; got {test_share}.")


def _resampled(method, X, y, k_neighbors, seed, texts):
    """Return rows, labels, and which rows SMOTE made; what was measured stays as it was."""
    if method != "smote":
        new, answers = _encoding.resample(method, X, y, k_neighbors, seed)
        return new, answers, np.zeros(len(new), dtype=bool)
    encoding = _encoding.fit_encoding(X, texts)
    scaled = _encoding.scale(encoding, X)
    new, answers = _encoding.resample(method, scaled, y, k_neighbors, seed, texts)
    new = _encoding.unscale(encoding, new)
    new[: len(X)] = X  # rounding must not touch what was measured
    return new, answers, np.arange(len(new)) >= len(X)


def check_training_set(method, test_share):
    """Check the two choices of a training set; False asks for none.

    Parameters
    ----------
    method : False or {"over", "under", "smote"}
    test_share : float in (0, 0.5]

    Raises
    ------
    Problem
        If a choice is not among those.
    """
    if method is not False and method not in RESAMPLING:
        raise Problem(
            f"`write_training_set` must be False or one of {', '.join(RESAMPLING)}; got {method!r}."
            + nearest(method, RESAMPLING)
        )
    if not isinstance(test_share, int | float) or not 0 < test_share <= 0.5:
        raise Problem(f"`test_share` must be above 0 and at most 0.5; got {test_share!r}.")


def _columns(sample, features, labels):
    columns = {
        name: values if kinds is None else np.array(kinds)[values.astype(int)]
        for name, values, kinds in zip(sample.names, features.T, sample.kinds, strict=True)
    }
    return columns | {sample.target: np.where(labels, sample.positive, sample.other)}
