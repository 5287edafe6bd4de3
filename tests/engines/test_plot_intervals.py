"""Intervals as upright lines: each at its place, misses in another colour and line style."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from helpers import plot

LOW = np.array([1.0, 4.5, 0.0, 3.0])
HIGH = np.array([5.0, 6.0, 3.5, 4.0])


@pytest.fixture(autouse=True)
def clean_figures(monkeypatch):
    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("plt.show was called"))
    yield
    plt.close("all")


def segments(lines):
    return [segment.tolist() for segment in lines.get_segments()]


def test_each_interval_stands_at_its_place_from_low_to_high():
    axes = plot.plot_intervals(LOW, HIGH)
    (lines,) = axes.collections
    assert segments(lines) == [
        *([[1, 1], [1, 5]], [[2, 4.5], [2, 6]]),
        *([[3, 0], [3, 3.5]], [[4, 3], [4, 4]]),
    ]
    assert axes.get_xlim() == (0, 5)
    assert not axes.lines


def test_misses_differ_in_colour_and_in_line_style():
    held, missed = plot.plot_intervals(LOW, HIGH, truth=4.0).collections
    assert segments(held) == [[[1, 1], [1, 5]], [[4, 3], [4, 4]]]
    assert segments(missed) == [[[2, 4.5], [2, 6]], [[3, 0], [3, 3.5]]]
    assert held.get_color()[0, :3] == pytest.approx(to_rgb(plot.BLUE))
    assert missed.get_color()[0, :3] == pytest.approx(to_rgb(plot.RED))
    dashes = [lines.get_linestyle()[0][1] for lines in (held, missed)]
    assert dashes[0] is None and dashes[1]


@settings(deadline=None)  # a figure takes its time
@given(st.lists(st.tuples(*[st.floats(-9, 9)] * 2), min_size=1, max_size=30), st.floats(-9, 9))
def test_every_interval_is_drawn_once_in_the_group_that_it_belongs_to(pairs, truth):
    ends = np.sort(pairs, axis=1)
    held, missed = plot.plot_intervals(*ends.T, truth=truth).collections
    plt.close("all")
    drawn = {}
    for group, lines in (("held", held), ("missed", missed)):
        drawn |= {place: (group, low, high) for (place, low), (_, high) in segments(lines)}
    assert drawn == {
        place: ("held" if low <= truth <= high else "missed", low, high)
        for place, (low, high) in enumerate(ends.tolist(), start=1)
    }


def test_an_end_that_is_not_a_number_holds_no_truth():
    held, missed = plot.plot_intervals([0, np.nan], [9, np.nan], truth=4).collections
    assert [len(lines.get_segments()) for lines in (held, missed)] == [1, 1]


def test_the_truth_is_a_line_across_and_centers_are_dots_in_the_colour_of_their_interval():
    axes = plot.plot_intervals(LOW, HIGH, [3, 5, 2, 3.5], truth=4.0)
    across, held, missed = axes.lines
    assert list(across.get_ydata()) == [4, 4]
    assert [held.get_xydata().tolist(), missed.get_xydata().tolist()] == [
        *([[1, 3], [4, 3.5]], [[2, 5], [3, 2]]),
    ]
    assert [held.get_color(), missed.get_color()] == [plot.BLUE, plot.RED]
    assert held.get_linestyle() == "None"


def test_a_legend_tells_what_the_colours_mean():
    def said(axes):
        return axes.get_legend_handles_labels()[1]

    assert said(plot.plot_intervals(LOW, HIGH, LOW, truth=4)) == ["holds the truth", "misses it"]
    assert said(plot.plot_intervals(LOW, HIGH, LOW)) == []


def test_one_interval_may_be_given_as_numbers_and_axes_are_used():
    _, given = plt.subplots()
    axes = plot.plot_intervals(0.7, 1, 1, truth=0.9, ax=given)
    assert axes is given
    assert segments(axes.collections[0]) == [[[1, 0.7], [1, 1]]]
    assert [tick % 1 for tick in axes.get_xticks()] == [0] * len(axes.get_xticks())


def test_drawing_changes_no_input():
    low, high, center = LOW.copy(), HIGH.copy(), LOW + 0.1
    for part in (low, high, center):
        part.flags.writeable = False
    plot.plot_intervals(low, high, center, truth=4)
    np.testing.assert_array_equal(low, LOW)


@pytest.mark.parametrize(
    ("arguments", "shapes"),
    [
        (([1, 2], [3]), r"\[\(2,\), \(1,\)\]"),
        (([1, 2], [3, 4], 2), r"\[\(2,\), \(2,\), \(1,\)\]"),
        (([[1, 2]], [[3, 4]]), r"\[\(1, 2\), \(1, 2\)\]"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(arguments, shapes):
    expected = rf"^`low`, `high` and `center` must have one shape \(k,\); got {shapes}\.$"
    with pytest.raises(ValueError, match=expected):
        plot.plot_intervals(*arguments)


def test_swapped_ends_are_refused():
    with pytest.raises(ValueError, match=r"^`low` must not exceed `high`; got 5 and 2\.$"):
        plot.plot_intervals([1, 5], [3, 2])
