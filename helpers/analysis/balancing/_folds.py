"""Cross-validation of ways to meet rare classes: each is done to the training part alone."""

import warnings
from time import perf_counter
from typing import NamedTuple

import numpy as np

from helpers import imbalance, roc
from helpers.analysis.balancing import _encoding
from helpers.analysis.balancing._plan import MEASURES, METHODS, RESAMPLING, Plan
from helpers.analysis.balancing._splits import check_enough, inner_splits, splits
from helpers.files import Problem

SURE, LONG = 2, 30  # seconds: to judge by, and above which the length of the work is told


class _Rows(NamedTuple):
    """All rows: features, labels, which columns hold texts, and whose each row is."""

    features: np.ndarray
    labels: np.ndarray
    texts: np.ndarray
    subjects: np.ndarray | None


class Comparison(NamedTuple):
    """What each fold gave.

    `measures` maps a name to an array (methods, repeats * folds), folds of one repeat together;
    `chances` maps a method to out-of-fold probabilities of the first repeat, one for each row;
    `subjects` are the numbers of those who the rows belong to, or None; `called` names methods.
    """

    plan: Plan
    measures: dict
    thresholds: np.ndarray
    chances: dict
    labels: np.ndarray
    subjects: np.ndarray | None = None
    called: dict = METHODS


def compare(features, labels, plan, *, texts=None, subjects=None, progress=False):
    """Try each method on the same folds of a cross-validation.

    Parameters
    ----------
    features : array of shape (n, d), float64
        NaN where a number has no value; codes in columns of texts.
    labels : array of shape (n,), bool
        True is the positive class.
    plan : Plan
    texts : array of shape (d,), bool, optional
        Columns that hold codes of texts. Default: none.
    subjects : array of shape (n,), optional
        Who each row belongs to: the rows of a subject are trained with or tested, never both.
    progress : bool
        True prints after 2 s how long the work will take, if that is more than 30 s.

    Returns
    -------
    Comparison

    Raises
    ------
    Problem
        If the rarer class is too small.
    """
    from helpers.analysis.balancing import _models  # noqa: F401 - not within the time of a fold

    texts = np.zeros(features.shape[1], dtype=bool) if texts is None else np.asarray(texts)
    check_enough(labels, plan, subjects, texts)
    codes = None if subjects is None else np.unique(subjects, return_inverse=True)[1]
    rows = _Rows(features, labels, texts, codes)
    total = plan.folds * plan.repeats
    measures = {name: np.empty((len(plan.methods), total)) for name in MEASURES}
    thresholds = np.full((len(plan.methods), total), 0.5)
    chances = {method: np.empty(len(labels)) for method in plan.methods}
    start = perf_counter()
    for number, (train, test) in enumerate(splits(labels, plan, codes)):
        found = _one_fold(rows, train, test, plan, number)
        for place, (method, (chance, threshold)) in enumerate(found.items()):
            thresholds[place, number] = threshold
            for name, value in rate(labels[test], chance, threshold).items():
                measures[name][place, number] = value
            if number < plan.folds:
                chances[method][test] = chance
        progress = progress and not _announce(perf_counter() - start, number + 1, total)
    called = METHODS | ({"smote": "SMOTE-N" if texts.all() else "SMOTE-NC"} if texts.any() else {})
    return Comparison(plan, measures, thresholds, chances, labels, subjects, called)


def _announce(spent, done, total):
    """Tell from the seconds that some folds took how long all of them will take, if long."""
    whole_time = spent * total / done
    told = spent >= SURE and whole_time > LONG and done < total
    if told:
        sizes = ((5400, 3600, "hours"), (90, 60, "minutes"), (0, 1, "seconds"))
        size, unit = next((size, unit) for least, size, unit in sizes if whole_time >= least)
        print(
            f"{done} of {total} folds took {spent:.{int(spent < 10)}f} s: "
            f"about {whole_time / size:.0f} {unit} in all",
            flush=True,
        )
    return told


def rate(labels, chance, threshold):
    """Return the measures of one test part; a row is called positive if chance >= threshold.

    Parameters
    ----------
    labels : array of shape (n,), bool, both classes
    chance : array of shape (n,), in [0, 1]
    threshold : float

    Returns
    -------
    dict of str -> float, the names of `MEASURES`
    """
    called = roc.rates(roc.confusion_matrix(labels, chance >= threshold))
    return {
        "balanced_accuracy": called.balanced_accuracy,
        "sensitivity": called.sensitivity,
        "specificity": called.specificity,
        "auc": roc.auc(labels, chance),
        "brier": float(np.mean((chance - labels) ** 2)),
    }


def best_threshold(labels, chance):
    """Return the threshold of the highest balanced accuracy, halfway to the next lower score.

    Parameters
    ----------
    labels : array of shape (n,), bool
    chance : array of shape (n,)

    Returns
    -------
    float
        Of equally good ones the highest.
    """
    curve = roc.roc_curve(labels, chance)
    best = int(np.argmax(curve.tpr - curve.fpr))
    return float(curve.thresholds[best : best + 2].mean())


def _one_fold(rows, train, test, plan, number):
    """Return for each method the chances of the test rows and the threshold."""
    labels, known = rows.labels[train], rows.features[train]
    encoding = _encoding.fit_encoding(known, rows.texts)
    scaled = _encoding.scale(encoding, known)
    asked = _encoding.spread(encoding, _encoding.scale(encoding, rows.features[test]))
    found = {}
    for method in plan.methods:
        if method == "threshold":
            found[method] = (found["nothing"][0], _inner_threshold(rows, train, plan, number))
            continue
        # A seed of its own for each method: leaving one out changes nothing for the others.
        rng = np.random.default_rng([plan.seed, number, list(METHODS).index(method)])
        seen, answers, weights = scaled, labels, None
        if method in RESAMPLING:
            k = plan.k_neighbors
            seen, answers = _encoding.resample(method, scaled, labels, k, rng, rows.texts)
        elif method == "weights":
            share = imbalance.class_weights(labels)
            weights = np.where(labels, share[True], share[False])
        model = _fitted(plan, _encoding.spread(encoding, seen), answers, weights)
        found[method] = (model.predict_proba(asked)[:, 1], 0.5)
    return found


def _fitted(plan, rows, answers, weights=None):
    from helpers.analysis.balancing import _models

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Line search of Newton")  # it goes on with lbfgs
        return _models.make_model(plan.model, plan.seed).fit(rows, answers, sample_weight=weights)


def _inner_threshold(rows, train, plan, number):
    """Choose the threshold on rows of the training part that their own model has not seen."""
    features, labels = rows.features[train], rows.labels[train]
    subjects = None if rows.subjects is None else rows.subjects[train]
    chance = np.empty(len(labels))
    for known, asked in inner_splits(labels, subjects, plan.seed + number):
        if labels[known].all() or not labels[known].any():
            raise Problem(
                "A training part cannot be parted by subjects for the moved threshold: lower "
                '`folds`, or leave "threshold" out of `methods`.'
            )
        encoding = _encoding.fit_encoding(features[known], rows.texts)
        seen, new = (_encoding.scale(encoding, features[part]) for part in (known, asked))
        model = _fitted(plan, _encoding.spread(encoding, seen), labels[known])
        chance[asked] = model.predict_proba(_encoding.spread(encoding, new))[:, 1]
    return best_threshold(labels, chance)
