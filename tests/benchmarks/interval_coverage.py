"""How often intervals for means hold the truth.

``python -m tests.benchmarks.interval_coverage`` measures it in 4000 studies, or in as many as said.
The table behind the rules of `helpers.analysis.intervals`, which take t or BCa by size and skew.
"""

import sys
from typing import NamedTuple

import numpy as np

from helpers import intervals, show
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals._rule import choose_for_difference, choose_method

SHAPES = {  # how a population is drawn, and its mean
    "normal (0)": (lambda rng, size: rng.normal(size=size), 0),
    "uniform (0)": (lambda rng, size: rng.random(size), 0.5),
    "t with 3 degrees": (lambda rng, size: rng.standard_t(3, size), 0),
    "gamma (1.4)": (lambda rng, size: rng.gamma(2, 1, size), 2),
    "lognormal (1.8)": (lambda rng, size: rng.lognormal(0, 0.5, size), np.exp(0.125)),
    "exponential (2)": (lambda rng, size: rng.exponential(size=size), 1),
    "gamma (2.8)": (lambda rng, size: rng.gamma(0.5, 1, size), 0.5),
    "lognormal (6.2)": (lambda rng, size: rng.lognormal(0, 1, size), np.exp(0.5)),
    "lognormal (33)": (lambda rng, size: rng.lognormal(0, 1.5, size), np.exp(1.125)),
}
SIZES = (10, 20, 30, 60, 120, 300)
PAIRS = (
    ("normal (0)", "normal (0)"),
    ("exponential (2)", "exponential (2)"),
    ("exponential (2)", "normal (0)"),
    ("lognormal (6.2)", "lognormal (6.2)"),
    ("lognormal (33)", "normal (0)"),
    ("lognormal (33)", "lognormal (33)"),
)
AT_ONCE, RESAMPLES = 250, 999


class Covered(NamedTuple):
    """Share of studies that hold the truth, and the larger share of misses on one side."""

    t: float
    bca: float
    rule: float
    misses_t: float
    misses_bca: float
    misses_rule: float


def one_sample(shape, size, studies, seed=0):
    """Measure t, BCa and the rule for the mean of one sample."""
    draw, truth = SHAPES[shape]
    return _measure([(draw, size)], truth, studies, seed)


def two_samples(shapes, size, studies, seed=0):
    """Measure Welch's t, BCa and the rule for the difference of two means."""
    (draw, mean), (other, shift) = (SHAPES[name] for name in shapes)
    return _measure([(draw, size), (other, size)], mean - shift, studies, seed)


def _measure(draws, truth, studies, seed):
    rng, misses = np.random.default_rng(seed), []
    for _ in range(0, studies, AT_ONCE):
        parts = [draw(rng, (AT_ONCE, size)) for draw, size in draws]
        ends = [_formula(*parts), _bootstrap(*parts, rng=rng)]
        sides = [np.stack([truth < low, truth > high]) for low, high in ends]
        takes_bca = np.array([_chosen(*rows) == "bca" for rows in zip(*parts, strict=True)])
        misses.append([*sides, np.where(takes_bca, sides[1], sides[0])])
    missed = np.mean(misses, axis=(0, 3))  # (method, side)
    return Covered(*(1 - missed.sum(axis=1)), *missed.max(axis=1))


def _formula(one, other=None):
    return intervals.mean_interval(one) if other is None else ways.welch(one, other, 0.95)


def _bootstrap(one, other=None, *, rng):
    if other is None:
        return intervals.bootstrap_interval(one, resamples=RESAMPLES, rng=rng)
    return intervals.bootstrap_difference_interval(one, other, resamples=RESAMPLES, rng=rng)


def _chosen(one, other=None):
    if other is None:
        return choose_method(one, "mean", 0.95, RESAMPLES)[0]
    return choose_for_difference(one, other, 0.95, RESAMPLES)[0]


def main(studies=4000):
    """Print both tables."""
    for title, measure, cases in (
        ("mean of one sample", one_sample, SHAPES),
        ("difference of two means", two_samples, PAIRS),
    ):
        rows = [
            {"population": str(case), "n": size} | measure(case, size, studies)._asdict()
            for case in cases
            for size in SIZES
        ]
        print(show.table(rows, digits=3, caption=f"{title}, {studies} studies"), end="\n\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
