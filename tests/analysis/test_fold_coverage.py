"""What the page that balances says of intervals that are too short is what a simulation gives."""

import re

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from helpers.analysis.balancing import _estimates
from tests.benchmarks import fold_coverage as coverage

TABLES, TOLD = 60, 300


def table():
    """Return the table of the docstring: (rare, each) -> shift -> line -> number."""
    _, block = _estimates.too_short.__doc__.split("::\n\n")
    head, *lines = block.split("\n\n")[0].splitlines()
    shifts, found = [float(x) for x in re.findall(r"\d\.\d", head)], {}
    for line in lines:
        if group := re.match(r"\s*(\d+) (subjects|rows) ", line):
            key = int(group[1]), coverage.EACH if group[2] == "subjects" else 1
        name = re.search(r"(mean sensitivity|sensitivity|balanced accuracy)  ", line)[1]
        numbers = [float(x) for x in re.findall(r"\d\.\d{3}", line)]
        for shift, number in zip(shifts, numbers, strict=True):
            found.setdefault(key, {}).setdefault(shift, {})[name] = number
    return found


CELLS = [cell for part in table().values() for cell in part.values()]


def test_the_words_for_low_rates_are_the_range_of_the_table():
    start = 0
    for below, words in _estimates.HELD:
        cells = [c for c in CELLS if start <= c["mean sensitivity"] < below]
        held = [c[name] for c in cells for name in ("sensitivity", "balanced accuracy")]
        assert len(held) >= 12
        assert words == f"{100 * min(held):.0f} to {100 * max(held):.0f}"
        start = below
    rest = [c for c in CELLS if c["mean sensitivity"] >= start]
    assert min(c[name] for c in rest for name in ("sensitivity", "balanced accuracy")) >= 0.92


@pytest.mark.parametrize(("rare", "each", "shift"), [(12, 1, 0.8), (12, 1, 2.5), (12, 6, 1.2)])
def test_the_table_comes_out_again(rare, each, shift):
    told, found = table()[rare, each][shift], coverage.measure(rare, shift, each, TABLES, seed=1)
    assert found.means["sensitivity"] == pytest.approx(told["mean sensitivity"], abs=0.06)
    for name in ("sensitivity", "balanced accuracy"):
        error = np.sqrt(told[name] * (1 - told[name]) * (1 / TABLES + 1 / TOLD))
        assert abs(found.shares[name] - told[name]) < 4.5 * error


def test_all_folds_at_once_get_the_chances_of_scikit_learn():
    features, labels, _ = coverage.draw_table(np.random.default_rng(0), 12, 1.2, 6)
    trained = np.random.default_rng(1).random((3, labels.size)) < 0.8
    for part, chance in zip(trained, coverage.fit_all(features, labels, trained), strict=True):
        scaler = StandardScaler().fit(features[part])
        model = LogisticRegression(tol=1e-10).fit(scaler.transform(features[part]), labels[part])
        known = model.predict_proba(scaler.transform(features))[:, 1]
        np.testing.assert_allclose(chance, known, atol=1e-6)


def test_measures_of_a_fold_by_hand():
    labels, chance = np.array([True, True, False, False]), np.array([0.9, 0.4, 0.5, 0.1])
    np.testing.assert_allclose(coverage.judge(labels, chance), [0.5, 0.5, 0.75, 0.1575])
