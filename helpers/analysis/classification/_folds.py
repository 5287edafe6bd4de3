"""Repeated cross-validation: groups stay whole, classes are spread evenly, rivals share folds."""

import warnings
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers.analysis.classification._head import fit_head
from helpers.files import Problem

LONG = 10_000  # pictures learned from or tested, in all folds, above which a bar is shown
MODELS = {"features": "features", "colour": "mean colour", "majority": "commonest class"}


class Result(NamedTuple):
    """What each model said of each picture when it was not learned from.

    `chances` maps a name of `MODELS` to an array (repeats, n, k); `labels` and `groups` have shape
    (n,); `folds` is the number that was used; `strengths` and `sharps` have one entry a fold.
    """

    chances: dict
    labels: np.ndarray
    groups: np.ndarray
    classes: tuple
    folds: int
    strengths: np.ndarray
    sharps: np.ndarray

    def right(self, model="features"):
        """Return for each picture the share of repeats in which its call was right, shape (n,)."""
        return np.mean(self.chances[model].argmax(axis=2) == self.labels, axis=0)


def cross_validate(rows, colours, pictures, together, choices):
    """Test on each picture, in each repeat, models that learned from other groups only.

    Strength and probabilities are chosen within the training part of each fold.

    Parameters
    ----------
    rows : array of shape (n, d)
    colours : array of shape (n, c)
        The rival's features.
    pictures : Pictures
    together : Together
    choices : Choices

    Returns
    -------
    Result

    Raises
    ------
    Problem
        If a class cannot be in every training part, or there is not enough memory.
    """
    labels, groups, classes = pictures.labels, together.groups, pictures.classes
    sizes = [len(np.unique(groups[labels == place])) for place in range(len(classes))]
    folds = min(choices.folds, *sizes)
    shape = choices.repeats, len(labels), len(classes)
    chances, heads = {name: np.zeros(shape) for name in MODELS}, []
    parts = list(_parts(labels, groups, folds, choices))
    try:
        quick = len(parts) * len(labels) < LONG
        for number, train, test in tqdm(parts, unit="fold", disable=quick, leave=False):
            known, codes = labels[train], np.unique(groups[train], return_inverse=True)[1]
            for name, seen in (("features", rows), ("colour", colours)):
                head = fit_head(seen[train], known, codes, len(classes))
                chances[name][number, test] = head.chances(seen[test])
                heads += [head] if name == "features" else []
            counts = np.bincount(known, minlength=len(classes))
            chances["majority"][number, test] = counts / counts.sum()
    except MemoryError:
        raise Problem(
            f"There is not enough memory to learn from {len(labels)} pictures: close other "
            "programs, or take fewer pictures."
        ) from None
    chosen = np.array([(head.strength, head.sharp) for head in heads]).T
    return Result(chances, labels, groups, classes, folds, *chosen)


def _parts(labels, groups, folds, choices):
    """Yield the repeat and the rows of each training and test part."""
    from sklearn.model_selection import StratifiedGroupKFold  # a second that checks need not

    for number in range(choices.repeats):
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=choices.seed + number)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The least populated class")
            for train, test in splitter.split(labels, labels, groups):
                if len(np.unique(labels[train])) < len(np.unique(labels)):
                    raise Problem(
                        "Groups cannot be parted so that each training part has every class: set "
                        "`folds` lower, or take another `seed`."
                    )
                yield number, train, test
