"""Three counts and what they make of a test result: draws, intervals, what each count costs."""

from typing import NamedTuple

import numpy as np
from scipy import special

from helpers import _arguments, base_rates, intervals
from helpers.own_data import Problem

DRAWS = 20_000
PAIRS = {"people": ("cases", "people"), "sick": ("found", "sick"), "healthy": ("alarms", "healthy")}


class Counts(NamedTuple):
    """Cases of so many people, found of the sick, alarms of the healthy; a pair may be None."""

    cases: int | None = None
    people: int | None = None
    found: int | None = None
    sick: int | None = None
    alarms: int | None = None
    healthy: int | None = None

    def pair(self, name):
        """Return (count, total) of "people", "sick" or "healthy"."""
        return tuple(getattr(self, part) for part in PAIRS[name])

    def has_test(self):
        """Tell whether all three pairs are known."""
        return None not in self

    def enlarged(self, name, times):
        """Return the counts with one pair counted so many times as long, its share unchanged."""
        changed = {part: getattr(self, part) * times for part in PAIRS[name]}
        return self._replace(**changed)


class Answer(NamedTuple):
    """The chance of being sick after a result, with its interval.

    `parts` maps each pair of counts to its share of the variance of the log-odds.
    """

    result: str
    value: float
    low: float
    high: float
    parts: dict


def check_counts(cases, people, found, sick, alarms, healthy):
    """Return the counts, checked.

    Parameters
    ----------
    cases, people, found, sick, alarms, healthy : int, or None for both of a pair

    Returns
    -------
    Counts

    Raises
    ------
    Problem
        If a count exceeds its total, a total is 0, or a pair or the test is half known.
    """
    counts = Counts(cases, people, found, sick, alarms, healthy)
    for name, (part, total) in PAIRS.items():
        count, whole = counts.pair(name)
        if (count is None) != (whole is None):
            known, lost = (total, part) if count is None else (part, total)
            raise Problem(f"`{lost}` is missing: `{known}` alone is no share. Set both, or none.")
        if whole is None:
            continue
        _arguments.whole(whole, total, 1, error=Problem)
        _arguments.whole(count, part, 0, error=Problem)
        if count > whole:
            raise Problem(f"`{part}` must not exceed `{total}`; got {count} of {whole}.")
    if (counts.sick is None) != (counts.healthy is None):
        lost, known = ("sick", "healthy") if counts.sick is None else ("healthy", "sick")
        raise Problem(
            f"`{lost}` is missing: a test needs counts among the sick and among the healthy; "
            f"only those of the {known} are set."
        )
    if counts.sick is not None and counts.people is None:
        raise Problem("`cases` and `people` are missing: without a base rate a test says nothing.")
    return counts


def draw_shares(counts, seed=0):
    """Draw the base rate, the sensitivity and the false positive rate that the counts allow.

    Parameters
    ----------
    counts : Counts, all three pairs known
    seed : int

    Returns
    -------
    dict of name -> array of shape (20000,)
        From beta distributions with k + 1/2 and n - k + 1/2 (Jeffreys).
    """
    rng = np.random.default_rng(seed)
    pairs = {name: counts.pair(name) for name in PAIRS}
    return {name: rng.beta(k + 0.5, n - k + 0.5, DRAWS) for name, (k, n) in pairs.items()}


def update(counts, *, confidence=0.95, seed=0):
    """Return the chance of being sick after a positive and after a negative result.

    Parameters
    ----------
    counts : Counts, all three pairs known
    confidence : float in (0, 1)
    seed : int

    Returns
    -------
    dict of "positive", "negative" -> Answer
        The value is the median of the draws, which is never 0 or 1.
    """
    drawn = chances_after(draw_shares(counts, seed))
    return {
        result: Answer(result, *middle_and_ends(after, confidence), _parts(counts, result))
        for result, after in drawn.items()
    }


def _ratios(shares):
    """Return the likelihood ratios of both results from drawn shares."""
    found, alarmed = shares["sick"], shares["healthy"]
    return {"positive": found / alarmed, "negative": (1 - found) / (1 - alarmed)}


def chances_after(shares):
    """Return the chance of being sick after each result.

    Parameters
    ----------
    shares : dict from `draw_shares`

    Returns
    -------
    dict of "positive", "negative" -> array of shape (20000,)
    """
    ratios = _ratios(shares)
    return {name: base_rates.posterior(shares["people"], ratio) for name, ratio in ratios.items()}


def middle_and_ends(values, confidence):
    """Return (median, low, high) of draws: the share `confidence` lies between the ends."""
    tail = (1 - confidence) / 2
    return tuple(np.quantile(values, [0.5, tail, 1 - tail]).tolist())


def _parts(counts, result):
    """Return the shares of the variances that add up: of logit(base rate) and of both logarithms.

    Of a beta distribution (a, b) they are trigamma(a) + trigamma(b) and trigamma(a) -
    trigamma(a + b).
    """
    spread = {}
    for name in PAIRS:
        count, total = counts.pair(name)
        seen = count if result == "positive" else total - count
        rest = -_trigamma(total + 1)
        if name == "people":
            rest = _trigamma(total - seen + 0.5)
        spread[name] = _trigamma(seen + 0.5) + rest
    return {name: float(part / sum(spread.values())) for name, part in spread.items()}


def ratio_intervals(counts, *, confidence=0.95, seed=0):
    """Return the likelihood ratios of both results with their intervals.

    Parameters
    ----------
    counts : Counts, all three pairs known
    confidence : float in (0, 1)
    seed : int

    Returns
    -------
    dict of "positive", "negative" -> (median, low, high)
    """
    drawn = _ratios(draw_shares(counts, seed))
    return {name: middle_and_ends(values, confidence) for name, values in drawn.items()}


def base_rate_interval(counts, confidence=0.95):
    """Return the base rate as it was counted, with Wilson's interval.

    Parameters
    ----------
    counts : Counts with people
    confidence : float in (0, 1)

    Returns
    -------
    (share, low, high)
    """
    low, high = intervals.proportion_interval(counts.cases, counts.people, confidence=confidence)
    return counts.cases / counts.people, low, high


def _trigamma(value):
    return special.polygamma(1, value)
