"""The choices of a comparison, checked."""

from typing import NamedTuple

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
