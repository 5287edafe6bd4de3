"""Checks of single arguments: what passes, in which type, and what is said otherwise."""

import re

import numpy as np
import pytest

from helpers import _arguments as check

NAN, INF = float("nan"), float("inf")
ONE_ARGUMENT = [check.positive, check.not_negative, check.probability, check.inner_share]


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3)])
def test_a_whole_number_of_any_type_becomes_an_int(value):
    result = check.whole(value, "size")
    assert type(result) is int
    assert result == 3


def test_the_least_whole_number_passes_and_the_one_below_does_not():
    assert check.whole(1, "size") == 1
    assert check.whole(0, "size", least=0) == 0
    assert check.whole(-2, "size", least=-2) == -2
    for value, least in ((0, 1), (-1, 0), (2, 3)):
        message = f"`size` must be a whole number of at least {least}; got {value}."
        with pytest.raises(ValueError, match=re.escape(message)):
            check.whole(value, "size", least=least)


@pytest.mark.parametrize(
    "value",
    [
        2.5,
        3.0,
        True,
        np.True_,
        NAN,
        INF,
        -INF,
        "three",
        None,
        [3, 4],
        np.array(3),
        np.array([3, 4]),
        3j,
    ],
)
def test_what_is_no_whole_number_is_named(value):
    message = f"`sweeps` must be a whole number of at least 1; got {value}."
    with pytest.raises(ValueError, match=re.escape(message)):
        check.whole(value, "sweeps")


@pytest.mark.parametrize("function", ONE_ARGUMENT)
@pytest.mark.parametrize("value", [0.25, np.float32(0.25)])
def test_a_number_within_its_range_becomes_a_float(function, value):
    result = function(value, "share")
    assert type(result) is float
    assert result == 0.25


@pytest.mark.parametrize(
    ("function", "inside", "outside", "rule"),
    [
        (check.positive, [5e-324, 1e308], [0, -0.0, -1, INF, NAN], "a positive number"),
        (check.not_negative, [0, -0.0, 1e308], [-5e-324, INF, NAN], "a number of at least 0"),
        (check.probability, [0, 1], [-1e-12, 1 + 1e-12, 95, INF, NAN], "within [0, 1]"),
        (check.inner_share, [1e-12, 1 - 1e-12], [0, 1, 95, -0.5, INF, NAN], "above 0 and below 1"),
    ],
)
def test_the_ends_of_each_range(function, inside, outside, rule):
    for value in inside:
        assert function(value, "amount") == value
    for value in outside:
        with pytest.raises(ValueError, match=re.escape(f"`amount` must be {rule}")) as error:
            function(value, "amount")
        assert f"; got {value}." in str(error.value)


def test_a_confidence_in_percent_is_shown_how_to_write_it():
    with pytest.raises(ValueError, match=re.escape("`confidence` must be above 0 and below 1, su")):
        check.inner_share(95)


@pytest.mark.parametrize("function", ONE_ARGUMENT)
@pytest.mark.parametrize("value", ["0.5", True, np.True_, None, [0.5], np.array(0.5), 0.5j])
def test_texts_truth_values_and_arrays_are_no_numbers(function, value):
    with pytest.raises(ValueError, match="`share` must be "):
        function(value, "share")


@pytest.mark.parametrize(
    ("value", "hint"),
    [("3", "Write 3 without quotation marks."), ("0,5", "Write 0.5 with a point."), ("three", "")],
)
def test_a_number_that_came_as_text_is_shown_how_to_write_it(value, hint):
    with pytest.raises(ValueError, match=re.escape(f"got {value}.{hint and ' ' + hint}")):
        check.positive(value, "amount")


def test_a_percentage_is_shown_as_a_share_and_the_error_is_of_the_kind_asked_for():
    class Fault(ValueError):
        pass

    with pytest.raises(Fault, match=re.escape("got 95. Is 0.95 meant?")):
        check.inner_share(95, error=Fault)


def test_an_option_is_named_or_the_nearest_are_told():
    options = ("auto", "otsu", "local")
    assert check.one_of("otsu", "threshold", options) == "otsu"
    message = '`threshold` must be one of auto, otsu, local; got "otzu". Nearest names: otsu.'
    with pytest.raises(ValueError, match=re.escape(message)):
        check.one_of("otzu", "threshold", options)
    with pytest.raises(ValueError, match=re.escape("got ['otsu'].")):
        check.one_of(["otsu"], "threshold", options)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "must have shape (n,) with n >= 1; got (0,)."),
        ([[1, 2]], "must have shape (n,) with n >= 1; got (1, 2)."),
        ([1.0, NAN], "must not hold missing values; got 1 of them."),
        (np.array(["a", None], dtype=object), "must not hold missing values; got 1 of them."),
    ],
)
def test_labels_are_one_column_without_gaps(value, message):
    with pytest.raises(ValueError, match=re.escape(f"`y` {message}")):
        check.labels(value, "y")
