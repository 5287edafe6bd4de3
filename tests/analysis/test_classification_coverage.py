"""What the page that classifies says of its intervals is what a simulation gives."""

import re

import numpy as np
import pytest

from helpers.analysis.classification import _estimates
from tests.benchmarks import classification_coverage as coverage
from tests.notebooks.pages import ROOT, prose

FOLDERS, TOLD = 20, 100
PAGE = ROOT / "notebooks" / "analysis" / "classify_a_folder.ipynb"


def table():
    """Return the table of the docstring: kind -> a list of rows, one for each shift."""
    _, block = _estimates.share.__doc__.split("::\n\n")
    found = {}
    for line in block.split("\n\n")[0].splitlines()[1:]:
        numbers = [float(x) for x in line.split()]
        found.setdefault(tuple(map(int, numbers[:3])), []).append(numbers[3:])
    return found


def test_the_table_has_each_kind_at_each_shift():
    assert set(table()) == set(coverage.KINDS)
    assert {len(rows) for rows in table().values()} == {len(coverage.SHIFTS)}


def test_the_words_of_the_page_are_the_range_of_the_table():
    shares = np.array([row[1:] for rows in table().values() for row in rows])
    accuracy, gap = shares[:, :3], shares[:, 3]
    ends = [f"{100 * end:.0f}" for part in (accuracy, gap) for end in (part.min(), part.max())]
    told = re.search(r"held it in (\d+) to (\d+) of (\d+).*?in (\d+) to (\d+)", prose(PAGE))
    assert [told[n] for n in (1, 2, 4, 5)] == ends
    assert int(told[3]) == TOLD


@pytest.mark.parametrize(("kind", "place"), [((2, 5, 1), 0), ((2, 5, 1), 1), ((3, 8, 4), 1)])
def test_the_table_comes_out_again(kind, place):
    mean, *told = table()[kind][place]
    found = coverage.measure(*kind, coverage.SHIFTS[place], FOLDERS, seed=1)
    assert found.means["accuracy"] == pytest.approx(mean, abs=0.08)
    for name, share in zip(coverage.NAMES, told, strict=True):
        error = np.sqrt(max(share * (1 - share), 0.02) * (1 / FOLDERS + 1 / TOLD))
        assert abs(found.shares[name] - share) < 4.5 * error
