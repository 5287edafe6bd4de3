"""Plots under a slider: their layout is kept where labels are as long, and only there."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from helpers.sliders import explore_plot


def height(axes, size):
    """Draw a line up to `size`, whose labels get longer with it."""
    axes.plot([0, 1], [0, size])
    axes.set(xlabel="x", ylabel="y", ylim=(0, size))
    if size == 7:
        axes.set_title("seven")


def drawn(panel, value):
    panel.controls["size"].value = value
    return panel.picture.value


@pytest.fixture
def layouts(monkeypatch):
    """Count the layouts that are worked out."""
    done, execute = [], ConstrainedLayoutEngine.execute
    monkeypatch.setattr(
        ConstrainedLayoutEngine, "execute", lambda *a: done.append(1) or execute(*a)
    )
    return done


def test_a_drawing_with_labels_as_long_needs_no_layout(layouts):
    panel = explore_plot(height, size=(1, 9, 1))
    worked_out = len(layouts)
    before = panel.picture.value
    drawn(panel, 6), drawn(panel, 8)
    assert len(layouts) == worked_out
    assert drawn(panel, 5) == before


def test_longer_labels_or_a_title_get_a_layout_of_their_own(layouts):
    panel = explore_plot(height, size=[1, 7, 9, 20000], still=[{"size": 1}, {"size": 9}])
    worked_out = len(layouts)
    for value in (7, 20000):
        drawn(panel, value)
    assert len(layouts) > worked_out + 1
    alone = explore_plot(height, size=[20000, 7], still=[{"size": 20000}])
    assert alone.picture.value == drawn(panel, 20000)
    assert drawn(alone, 7) == drawn(panel, 7)


def test_the_way_to_a_setting_leaves_no_trace():
    def named(axes, name):
        axes.set_yticks([0], [name])

    there, back = (
        explore_plot(named, name=["a", "ii", "WW"], still=[{"name": "a"}]) for _ in range(2)
    )
    ways = []
    for panel, way in ((there, ("ii", "WW", "a")), (back, ("WW", "ii", "a"))):
        seen = {}
        for name in way:
            panel.controls["name"].value = name
            seen[name] = panel.picture.value
        ways.append(seen)
    assert ways[0] == ways[1]


def test_axes_of_one_shape_stay_so_and_a_bar_of_colours_keeps_its_place():
    def picture(axes, size):
        shown = axes.imshow(np.eye(4) * size, vmin=0, vmax=9)
        axes.figure.colorbar(shown, ax=axes)

    panel = explore_plot(picture, size=(1, 9, 1))
    before = panel.picture.value
    assert drawn(panel, 8) != before
    assert drawn(panel, 5) == before


def test_the_first_drawing_is_that_of_matplotlib():
    figure = Figure(figsize=(7.0, 3.4), dpi=100, layout="constrained")
    height(figure.subplots(), 5)
    FigureCanvasAgg(figure).draw()
    wanted = figure.axes[0].get_position().bounds
    seen = []
    explore_plot(lambda axes, size: seen.append(axes) or height(axes, size), size=[5, 6])
    assert seen[0].get_position().bounds == pytest.approx(wanted)
    assert seen[1].get_position().bounds == pytest.approx(wanted)


def test_labels_may_be_numbers():
    def numbered(axes, size):
        axes.set_xticks([0, 1], [size, 2 * size])

    panel = explore_plot(numbered, size=(1, 9, 1))
    before = panel.picture.value
    assert drawn(panel, 8) != before
    assert not panel.problem.value
