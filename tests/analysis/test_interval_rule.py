"""The rule that takes t or BCa: the table in its docstring is what a simulation gives."""

import re

import numpy as np
import pytest

from helpers.analysis.intervals._rule import choose_for_difference, choose_method
from tests.benchmarks import interval_coverage as coverage

STUDIES = 1000
SHORT = {"exponential": "exponential (2)", "normal": "normal (0)"}
SHORT |= {"lognormal 6.2": "lognormal (6.2)", "lognormal 33": "lognormal (33)"}


def table(function):
    """Return the measured shares of a docstring: name -> size -> (t, BCa, rule)."""
    _, block = function.__doc__.split("::\n\n")
    lines = block.split("\n\n")[0].rstrip().splitlines()
    sizes = [int(size) for size in re.findall(r"n = (\d+)", lines[0])]
    rows = {}
    for line in lines[2:]:
        numbers = np.array(re.findall(r"\d\.\d{3}", line), float).reshape(-1, 3)
        name = re.split(r"\s+\d\.\d{3}", line)[0].strip()
        rows[name] = dict(zip(sizes, numbers, strict=True))
    return rows


def agrees(found, told):
    """Compare shares of `STUDIES` studies with those of 4000."""
    error = np.sqrt(np.maximum(told * (1 - told), 0.01) * (1 / STUDIES + 1 / 4000))
    np.testing.assert_array_less(np.abs(np.array(found[:3]) - told), 4.5 * error)


ONE, TWO = table(choose_method), table(choose_for_difference)


@pytest.mark.parametrize("shape", list(coverage.SHAPES))
@pytest.mark.parametrize("size", [10, 30])
def test_the_table_for_one_sample_comes_out_again(shape, size):
    agrees(coverage.one_sample(shape, size, STUDIES, seed=7), ONE[shape][size])


@pytest.mark.parametrize("names", list(TWO))
def test_the_table_for_two_samples_comes_out_again(names):
    shapes = tuple(SHORT[name] for name in names.split(", "))
    agrees(coverage.two_samples(shapes, 30, STUDIES, seed=7), TWO[names][30])


def test_the_tables_are_whole_and_show_what_the_rule_claims():
    assert list(ONE) == list(coverage.SHAPES) and len(TWO) == len(coverage.PAIRS)
    every = np.array([list(sizes.values()) for sizes in [*ONE.values(), *TWO.values()]])
    assert every.shape[1:] == (3, 3)
    student, bca, rule = np.moveaxis(every, -1, 0)
    assert np.all(rule > student - 0.025)  # it never costs much
    assert np.max(rule - student) > 0.03  # and it helps where the skew is heavy
    assert np.max(rule - bca) > 0.1


@pytest.mark.parametrize(
    ("one", "other", "size", "method"),
    [
        (1, 0, 30, "bca"),
        (1, 0, 29, "welch"),
        (1, 1, 30, "welch"),
        (1, -1, 30, "bca"),
        (0, 1, 30, "bca"),
        (0, 0, 30, "welch"),
    ],
)
def test_two_groups_obey_the_limits_of_one(one, other, size, method):
    """Skewed to the right, to the left, or not at all."""
    heavy, flat = np.r_[np.zeros(size - 3), 1, 2, 9.0], np.arange(float(size))
    groups = [heavy * sign if sign else flat for sign in (one, other)]
    assert choose_for_difference(*groups, 0.95, 999)[0] == method
    alone = choose_method(heavy, "mean", 0.95, 999)[0]
    assert alone == ("bca" if size >= 30 else "t")
