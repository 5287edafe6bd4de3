"""The choices of the page, checked before a folder is looked at."""

from typing import NamedTuple

from helpers import own_data
from helpers._arguments import inner_share, one_of, probability, whole
from helpers.files import Problem

FEATURES = {
    "imagenet": "1280 features of a network trained on ImageNet",
    "plain": "shares of 64 colours and seven numbers of texture",
}
MOST_FOLDS, MOST_REPEATS = 20, 50


class Choices(NamedTuple):
    """Checked parameters of the page."""

    features: str
    by: str
    alike: float
    sure: float
    folds: int
    repeats: int
    confidence: float
    seed: int


def check_choices(*, features, by, alike, sure, folds, repeats, confidence, seed):
    """Check the parameters that need no folder.

    Parameters
    ----------
    features : {"imagenet", "plain"}
    by : str
        What belongs together, as for `own_data.name_groups`.
    alike : float in [0, 1]
        Least structural similarity of near copies.
    sure : float in [0, 1]
        Least probability of a label; below it none is given.
    folds, repeats : int
        2 to 20 folds, 1 to 50 repeats.
    confidence : float in (0, 1)
    seed : int >= 0

    Returns
    -------
    Choices

    Raises
    ------
    Problem
        If one of them cannot be followed.
    """
    features = one_of(features, "features", tuple(FEATURES), error=Problem)
    if features == "imagenet":
        _check_network()
    by = own_data.check_by(by)
    alike, sure = (
        probability(alike, "alike", error=Problem),
        probability(sure, "sure", error=Problem),
    )
    folds, repeats = (
        whole(folds, "folds", 2, error=Problem),
        whole(repeats, "repeats", error=Problem),
    )
    for name, value, most in (("folds", folds, MOST_FOLDS), ("repeats", repeats, MOST_REPEATS)):
        if value > most:
            raise Problem(f"`{name}` must be at most {most}; got {value}.")
    confidence = inner_share(confidence, error=Problem)
    seed = whole(seed, "seed", 0, error=Problem)
    return Choices(features, by, alike, sure, folds, repeats, confidence, seed)


def _check_network():
    """Say in a sentence that the network is not there."""
    try:
        from helpers import learned  # noqa: F401 - seconds that plain features need not
    except ImportError as error:
        raise Problem(
            f'`features` must be "plain" on this computer: {str(error).partition(". ")[0]}.'
        ) from None
