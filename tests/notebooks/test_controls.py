"""What moves the controls of a notebook's panels, tried on throw-away pages."""

import importlib.util
import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
PANEL = """
import numpy as np
from helpers.sliders import explore
def render(level, shape):
    if level > 8 and shape == "disc":
        raise ValueError("broken corner")
    return np.full((9, 9), level * 20 * (shape != "same"), dtype=np.uint8)
explore(render, level=(0, {high}, 1, 4), shape={shapes})
"""
REMEMBERS = """
import numpy as np
from helpers.sliders import explore
picture = np.zeros((9, 9), dtype=np.uint8)
def render(level):
    picture[level] = 200
    return picture
explore(render, level=(0, 8, 1))
"""


def drive(*sources):
    """Run cells, then move every control; return what was met."""
    driver = (ROOT / "tests" / "notebooks" / "drive.py").read_text(encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(source) for source in (*sources, driver)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return json.loads(notebook.cells[-1].outputs[-1].text)


@pytest.mark.parametrize(
    ("high", "shapes", "problems", "still"),
    [
        (8, ["box", "same", "disc"], False, []),
        (9, ["box", "same", "disc"], True, []),  # only the corner of both ends is broken
        (9, ["box", "same"], False, []),
        (9, ["box", "bar"], False, ["shape"]),  # a control without effect
    ],
)
def test_a_broken_end_and_a_dead_control_are_found(high, shapes, problems, still):
    (panel,) = drive(PANEL.format(high=high, shapes=shapes))["panels"]
    assert any("broken corner" in problem for problem in panel["problems"]) is problems
    assert panel["still"] == still


def test_a_panel_that_remembers_is_found():
    (panel,) = drive(REMEMBERS)["panels"]
    assert "not the same when the controls are back" in panel["problems"][-1]


def test_a_cell_that_ran_twice_left_two_panels_of_which_one_is_driven():
    cell, other = PANEL.format(high=8, shapes=["box", "same"]), REMEMBERS
    report = drive(cell, cell, other)
    assert report["live"] == 3
    assert len(report["panels"]) == 2


@pytest.fixture(scope="module")
def conftest():
    spec = importlib.util.spec_from_file_location("root_conftest", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_problems_dead_controls_and_missing_panels_are_faults(conftest):
    good, bad = {"problems": [], "still": []}, {"problems": ["broken"], "still": ["level"]}
    assert conftest.control_faults({"live": 4, "panels": [good, good]}, 2) == []
    found = conftest.control_faults({"live": 3, "panels": [good, bad]}, 2)
    assert found == ["broken", "`level` does nothing", "2 explorers, run twice, left 3 panels"]


def test_explorers_are_counted_outside_functions(conftest):
    inside = "def g():\n    explore_plot(f)\ndef h(): explore(f)\n# explore(f)\n"
    outside = "sliders.explore(f)\npanel = explore_plot(\n    f)\nexplore(f)\n"
    assert len(conftest.EXPLORER.findall(inside + outside + inside)) == 3
