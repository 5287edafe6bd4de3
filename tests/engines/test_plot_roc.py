"""ROC curves: points where they belong, one diagonal, equal axes, refusals."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plot

FPR, TPR = np.array([0, 0, 0.5, 1]), np.array([0, 0.25, 0.75, 1])


@pytest.fixture(autouse=True)
def clean_figures(monkeypatch):
    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("plt.show was called"))
    yield
    plt.close("all")


def test_the_curve_goes_through_its_points_above_a_diagonal():
    diagonal, curve = plot.plot_roc(FPR, TPR).lines
    assert diagonal.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert curve.get_xydata().tolist() == [[0, 0], [0, 0.25], [0.5, 0.75], [1, 1]]
    assert curve.get_drawstyle() == "default"  # a tie is a slope, not a stair


def test_both_axes_run_from_0_to_1_at_one_scale_and_say_what_they_are():
    axes = plot.plot_roc(FPR, TPR)
    assert axes.get_xlim() == axes.get_ylim() == (0, 1)
    assert axes.get_aspect() == 1
    assert axes.get_xlabel() == "false positive rate (1 - specificity)"
    assert axes.get_ylabel() == "true positive rate (sensitivity)"


def test_a_chosen_point_is_a_dot_in_the_colour_of_its_curve():
    _, curve, dot = plot.plot_roc(FPR, TPR, point=np.array([0.5, 0.75])).lines
    assert dot.get_xydata().tolist() == [[0.5, 0.75]]
    assert dot.get_marker() == "o"
    assert dot.get_color() == curve.get_color()


def test_a_point_in_the_corner_is_drawn_too():
    assert len(plot.plot_roc(FPR, TPR, point=(0, 0)).lines) == 3


def test_two_curves_share_one_diagonal_and_only_labelled_ones_enter_the_legend():
    _, given = plt.subplots()
    axes = plot.plot_roc(FPR, TPR, label="first", ax=given)
    assert plot.plot_roc(TPR, FPR, label="second", ax=axes) is given
    plot.plot_roc(FPR, FPR, ax=axes)
    assert len(axes.lines) == 4
    assert [text.get_text() for text in axes.legend().get_texts()] == ["first", "second"]
    assert len({line.get_color() for line in axes.lines}) == 4


def test_inputs_stay_as_they_were_and_lists_will_do():
    fpr, tpr = FPR.copy(), TPR.copy()
    plot.plot_roc(fpr, tpr, point=(0.5, 0.75))
    np.testing.assert_array_equal([fpr, tpr], [FPR, TPR])
    assert len(plot.plot_roc([0, 1], [0, 1]).lines) == 2


@pytest.mark.parametrize(
    ("arguments", "chosen", "message"),
    [
        (([0, 1], [0, 0.5, 1]), None, r"`fpr` and `tpr` must have one shape \(k,\); got \[\(2,\)"),
        (([[0, 1]], [[0, 1]]), None, r"must have one shape \(k,\); got \[\(1, 2\)"),
        ((0.1, 0.9), None, r"must have one shape \(k,\); got \[\(\), \(\)\]"),
        (([0, 100], [0, 1]), None, r"`fpr` must be within \[0, 1\]; got 100\."),
        (([0, 1], [-0.1, 1]), None, r"`tpr` must be within \[0, 1\]; got -0\.1\."),
        (([0, 1], [0, np.nan]), None, r"`tpr` must be within \[0, 1\]; got nan\."),
        (([0, 1], [0, 1]), (0.1, 90), r"`point` must be within \[0, 1\]; got 90\."),
    ],
)
def test_what_is_no_curve_is_refused(arguments, chosen, message):
    with pytest.raises(ValueError, match=message):
        plot.plot_roc(*arguments, point=chosen)
