"""What agrees in every case is tried on further arguments before it is told as a cause."""

import numpy as np

from helpers.checker import Exercise
from helpers.checker._judging import judge
from helpers.checker._unseen import agree

ROWS = [(np.array([3.0, 8.0, 5.0]), 2), (np.array([1.0, 7.0]), 1), (np.array([6.0, 2.0, 9.0]), 2)]
HINT = "All but the last were added."


def declared(reference, rows=ROWS, misconceptions=()):
    cases = {f"case {at}": row for at, row in enumerate(rows)}
    return Exercise("task", reference, cases=cases, misconceptions=dict(misconceptions))


def first(values, n):
    return values[:n].mean()


def all_but_last(values, n):
    return values[:-1].sum()


def first_added(values, n):
    return values[:n].sum()


def every_but_one(values, n):
    return np.sum(values) - values[len(values) - 1]


def test_a_slip_that_parts_elsewhere_is_told_with_a_doubt():
    exercise = declared(first, misconceptions={all_but_last: HINT})
    message = judge(exercise, lambda values, n: values[:n].sum())[1]
    assert message == f"one slip that gives the same in every case tried: {HINT}"


def test_a_slip_that_agrees_elsewhere_too_is_told_without_one():
    exercise = declared(first, misconceptions={all_but_last: HINT})
    assert judge(exercise, every_but_one)[1] == HINT


def test_arguments_of_other_cases_part_two_functions():
    exercise = declared(first)
    assert agree(exercise, all_but_last, every_but_one)
    assert not agree(exercise, all_but_last, first_added)


def test_arguments_that_one_of_both_refuses_say_nothing():
    def strict(values, n):
        if n != len(values) - 1:
            raise ValueError("other rows")
        return values[:n].sum()

    assert agree(declared(first), first_added, strict)


def test_one_array_is_turned_round_where_there_is_no_other_argument():
    rows = [(np.array([1.0, 2.0, 5.0]),), (np.array([0.0, 4.0]),)]
    exercise = declared(lambda x: x.max(), rows)
    assert not agree(exercise, lambda x: x.max(), lambda x: x[-1])
    assert agree(exercise, lambda x: x.max(), lambda x: np.sort(x)[-1])


def test_a_case_of_a_million_numbers_is_not_multiplied():
    rows = [(np.arange(10.0**6),), (np.arange(3.0),)]
    assert agree(declared(lambda x: x.max(), rows), lambda x: x.max(), lambda x: x[-1])


def one_more(values, n):
    return values[: n + 1].mean()


def by_length(values, n):
    return values[: len(values) - 2].mean()


def test_no_change_is_told_that_mends_the_cases_only():
    rows = [(np.array([1.0, 2.0, 3.0]), 1), (np.array([1.0, 7.0, 2.0]), 1)]
    rows += [(np.array([5.0, 2.0, 9.0, 4.0, 1.0]), 3)]
    message = judge(declared(one_more, rows), by_length)[1]
    assert message.startswith("the parameter `n` is never read") and "too large" not in message
