"""People as dots: one dot for each person, group after group, column by column."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from helpers import plot

COUNTS = {"sick, missed": 2, "sick, found": 3, "healthy, alarm": 4, "healthy, cleared": 6}


@pytest.fixture
def axes():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def test_dots_fill_column_by_column_in_the_order_of_the_groups(axes):
    plot.show_people({"a": 2, "b": 3}, rows=3, ax=axes)
    first, second = (group.get_offsets().tolist() for group in axes.collections)
    assert first == [[0, 0], [0, 1]]
    assert second == [[0, 2], [1, 0], [1, 1]]
    assert axes.get_ylim() == (3, -1)  # row 0 on top


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(1, 25))
def test_every_person_has_a_place_of_their_own_inside_the_limits(sizes, rows):
    figure, ax = plt.subplots()
    plot.show_people({f"group {i}": size for i, size in enumerate(sizes)}, rows=rows, ax=ax)
    dots = [group.get_offsets() for group in ax.collections]
    places = np.concatenate(dots)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    plt.close(figure)
    assert [len(group) for group in dots] == sizes
    assert len(np.unique(places, axis=0)) == sum(sizes)
    assert ((places > (left, top)) & (places < (right, bottom))).all()


def test_limits_depend_on_the_total_alone(axes):
    figure, other = plt.subplots()
    plot.show_people({"a": 18, "b": 982}, ax=axes)
    plot.show_people({"a": 700, "b": 0, "c": 300}, ax=other)
    plt.close(figure)
    assert axes.get_xlim() == other.get_xlim()
    assert axes.get_ylim() == other.get_ylim()


def test_hollow_groups_are_rings_in_their_colour(axes):
    plot.show_people({"full": 1, "ring": 1}, [plot.RED, plot.BLUE], hollow=["ring"], ax=axes)
    full, ring = axes.collections
    assert full.get_facecolor()[0, :3] == pytest.approx(to_rgb(plot.RED))
    assert len(ring.get_facecolor()) == 0
    assert ring.get_edgecolor()[0, :3] == pytest.approx(to_rgb(plot.BLUE))


def test_legend_names_and_counts_each_group_also_an_empty_one(axes):
    plot.show_people(COUNTS | {"nobody": 0}, ax=axes)
    said = [text.get_text() for text in axes.get_legend().get_texts()]
    assert said == [
        *("sick, missed: 2", "sick, found: 3", "healthy, alarm: 4", "healthy, cleared: 6"),
        "nobody: 0",
    ]


def test_numpy_integers_are_counts_and_axes_are_made_when_none_are_given():
    ax = plot.show_people({"a": np.int64(7)})
    drawn = len(ax.collections[0].get_offsets())
    plt.close(ax.figure)
    assert drawn == 7


@pytest.mark.parametrize("count", [-1, 2.5, 2.0, "3", None])
def test_counts_that_are_no_counts_are_refused(axes, count):
    expected = rf"^`counts` must be whole numbers from 0; got 'a': {count}\.$"
    with pytest.raises(ValueError, match=expected):
        plot.show_people({"a": count}, ax=axes)
