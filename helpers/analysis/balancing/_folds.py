"""Cross-validation of ways to meet rare classes: each is done to the training part alone."""

from time import perf_counter
from typing import NamedTuple

import numpy as np

from helpers import imbalance, roc
from helpers._arguments import inner_share, one_of, whole
from helpers.files import Problem

METHODS = {
    "nothing": "doing nothing",
    "weights": "class weights",
    "threshold": "moved threshold",
    "over": "over-sampling",
    "under": "under-sampling",
    "smote": "SMOTE",
}
MEASURES = {
    "balanced_accuracy": "balanced accuracy",
    "sensitivity": "sensitivity",
    "specificity": "specificity",
    "auc": "AUC",
    "brier": "Brier score",
}
MODELS = {
    "logistic": "logistic regression",
    "forest": "a random forest",
}
RESAMPLING = ("over", "under", "smote")
INNER_FOLDS = 5
SURE, LONG = 2, 10  # seconds: to judge by, and above which the length of the work is told


class Plan(NamedTuple):
    """Checked choices; made by `make_plan`."""

    methods: tuple
    model: str
    measure: str
    folds: int
    repeats: int
    k_neighbors: int
    confidence: float
    seed: int


class Comparison(NamedTuple):
    """What each fold gave.

    `measures` maps a name to an array (methods, repeats * folds), folds of one repeat together;
    `chances` maps a method to out-of-fold probabilities of the first repeat, one for each row.
    """

    plan: Plan
    measures: dict
    thresholds: np.ndarray
    chances: dict
    labels: np.ndarray


def make_plan(
    methods="all",
    model="logistic",
    measure="balanced_accuracy",
    folds=5,
    repeats=10,
    k_neighbors=5,
    confidence=0.95,
    seed=0,
):
    """Check the choices of a comparison.

    Parameters
    ----------
    methods : "all" or list of names in `METHODS`
        Doing nothing is always among them.
    model : {"logistic", "forest"}
    measure : name in `MEASURES`
        What the verdict is about.
    folds, repeats : int
        2 to 20 folds, 1 to 100 repeats.
    k_neighbors : int >= 1
        Neighbours of SMOTE.
    confidence : float in (0, 1)
    seed : int >= 0

    Returns
    -------
    Plan

    Raises
    ------
    Problem
        If a choice is not among those.
    """
    wanted = list(METHODS) if isinstance(methods, str) and methods == "all" else methods
    if not isinstance(wanted, list | tuple) or not set(wanted) - {"nothing"}:
        raise Problem(f'`methods` must be "all" or a list such as ["threshold"]; got {methods!r}.')
    for name, value, known in (
        *(("methods", method, METHODS) for method in wanted),
        ("model", model, MODELS),
        ("measure", measure, MEASURES),
    ):
        one_of(value, name, known, error=Problem)
    folds = whole(folds, "folds", 2, error=Problem)
    repeats = whole(repeats, "repeats", error=Problem)
    k_neighbors = whole(k_neighbors, "k_neighbors", error=Problem)
    seed, confidence = whole(seed, "seed", 0, error=Problem), inner_share(confidence, error=Problem)
    for name, value, most in (("folds", folds, 20), ("repeats", repeats, 100)):
        if value > most:
            raise Problem(f"`{name}` must be at most {most}; got {value}.")
    chosen = tuple(method for method in METHODS if method in wanted or method == "nothing")
    return Plan(chosen, model, measure, folds, repeats, k_neighbors, confidence, seed)


def check_enough(labels, plan):
    """Refuse a rare class that is too small for the folds or for the neighbours of SMOTE.

    Parameters
    ----------
    labels : array of shape (n,), bool
    plan : Plan

    Raises
    ------
    Problem
        With the choice that would fit.
    """
    rare = int(min(labels.sum(), (~labels).sum()))
    kept = rare - -(-rare // plan.folds)  # of the rare rows in the smallest training part
    if rare < plan.folds or kept < 2:
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


def compare(features, labels, plan, *, progress=False):
    """Try each method on the same folds of a cross-validation.

    Parameters
    ----------
    features : array of shape (n, d), float64
    labels : array of shape (n,), bool
        True is the positive class.
    plan : Plan
    progress : bool
        True prints after 2 s how long the work will take, if that is more than 10 s.

    Returns
    -------
    Comparison

    Raises
    ------
    Problem
        If the rarer class is too small.
    """
    from helpers.analysis.balancing import _models

    check_enough(labels, plan)
    total = plan.folds * plan.repeats
    measures = {name: np.empty((len(plan.methods), total)) for name in MEASURES}
    thresholds = np.full((len(plan.methods), total), 0.5)
    chances = {method: np.empty(len(labels)) for method in plan.methods}
    counts = {"n_splits": plan.folds, "n_repeats": plan.repeats}
    folds = _models.RepeatedStratifiedKFold(**counts, random_state=plan.seed)
    start = perf_counter()
    for number, (train, test) in enumerate(folds.split(features, labels)):
        found = _one_fold(features, labels, train, test, plan, number)
        for place, (method, (chance, threshold)) in enumerate(found.items()):
            thresholds[place, number] = threshold
            for name, value in rate(labels[test], chance, threshold).items():
                measures[name][place, number] = value
            if number < plan.folds:
                chances[method][test] = chance
        progress = progress and not _announce(perf_counter() - start, number + 1, total)
    return Comparison(plan, measures, thresholds, chances, labels)


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


def resample(method, features, labels, k_neighbors, rng):
    """Return training rows after over-sampling, under-sampling or SMOTE.

    Parameters
    ----------
    method : {"over", "under", "smote"}
    features : array of shape (n, d), float64, on comparable scales
    labels : array of shape (n,), bool
    k_neighbors : int
    rng : int or numpy.random.Generator

    Returns
    -------
    features, labels : new arrays
    """
    if method == "smote":
        return imbalance.smote(features, labels, k_neighbors=k_neighbors, rng=rng)
    how = imbalance.random_over_sample if method == "over" else imbalance.random_under_sample
    return how(features, labels, rng=rng)


def _one_fold(features, labels, train, test, plan, number):
    """Return for each method the chances of the test rows and the threshold."""
    from helpers.analysis.balancing import _models

    scaler = _models.StandardScaler().fit(features[train])
    known, asked = scaler.transform(features[train]), scaler.transform(features[test])
    found = {}
    for method in plan.methods:
        if method == "threshold":
            threshold = _inner_threshold(features[train], labels[train], plan, number)
            found[method] = (found["nothing"][0], threshold)
            continue
        # A seed of its own for each method: leaving one out changes nothing for the others.
        rng = np.random.default_rng([plan.seed, number, list(METHODS).index(method)])
        rows, answers, weights = known, labels[train], None
        if method in RESAMPLING:
            rows, answers = resample(method, known, labels[train], plan.k_neighbors, rng)
        elif method == "weights":
            share = imbalance.class_weights(labels[train])
            weights = np.where(labels[train], share[True], share[False])
        model = _models.make_model(plan.model, plan.seed).fit(rows, answers, sample_weight=weights)
        found[method] = (model.predict_proba(asked)[:, 1], 0.5)
    return found


def _inner_threshold(features, labels, plan, number):
    """Choose the threshold on rows of the training part that their own model has not seen."""
    from helpers.analysis.balancing import _models

    rare = int(min(labels.sum(), (~labels).sum()))
    seed = plan.seed + number
    inner = _models.StratifiedKFold(min(INNER_FOLDS, rare), shuffle=True, random_state=seed)
    chance = np.empty(len(labels))
    for train, test in inner.split(features, labels):
        scaler = _models.StandardScaler().fit(features[train])
        model = _models.make_model(plan.model, plan.seed).fit(
            scaler.transform(features[train]), labels[train]
        )
        chance[test] = model.predict_proba(scaler.transform(features[test]))[:, 1]
    return best_threshold(labels, chance)
