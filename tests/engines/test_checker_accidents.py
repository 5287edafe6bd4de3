"""Changes that make an answer right by accident, found by learners' answers nobody had foreseen."""

import math

import numpy as np
import pytest

from helpers.checker import Exercise
from helpers.checker._judging import judge

RNG = np.random.default_rng(25)
TABLES = [(RNG.normal(5, [0.3, 0.4, 9], (n, 3)),) for n in (4, 5, 7)]
TRUTHS = [(RNG.random(n) < 0.5, RNG.random(n) < 0.6) for n in (9, 12, 20)]


def told(reference, rows, answer, misconceptions=()):
    cases = {f"case {at}": row for at, row in enumerate(rows)}
    exercise = Exercise("task", reference, cases=cases, misconceptions=dict(misconceptions))
    return judge(exercise, answer)[1]


def share(sick, found):
    return np.count_nonzero(sick & found) / np.count_nonzero(found)


def odds(sick, found):
    chosen = np.asarray(sick)[found]
    return np.count_nonzero(chosen) / np.count_nonzero(~chosen)


def test_nothing_is_missing_around_what_a_tilde_turns():
    assert "nearly right" not in told(share, TRUTHS, odds)


def test_a_factor_is_missing_where_no_other_would_do():
    message = told(lambda table: table.sum(axis=0) * 2 + 1, TABLES, one_sum)
    assert "a factor 2 is missing" in message


def one_sum(table):
    sums = table.sum(axis=0)
    return sums + 1


def along(table):
    return table + 1


def along_scaled(table):
    largest = np.abs(table).max()
    step = np.ones_like(table)
    if largest > 0:
        step = step / largest
    return table + step


def test_what_is_done_under_a_condition_may_not_be_wanted():
    message = told(along, TABLES, along_scaled)
    assert "`largest > 0`: all is right where this never holds" in message


def nearest(apart, own):
    return np.where(apart == own, np.inf, apart).min(axis=1)


def nearest_of_product(apart, own):
    other = apart != own
    return (apart * other).min(axis=1)


@pytest.mark.parametrize("n", [3, 5])
def test_a_product_with_a_mask_holds_zeros(n):
    apart = RNG.random((n, n)) + 1
    rows = [(apart, apart[0, 0]), (np.repeat(apart[:1], n, axis=0), apart[0, 1])]
    message = told(nearest, rows, nearest_of_product)
    assert message.startswith(
        "line 3, `(apart * other).min(axis=1)`: what the mask leaves out is 0"
    )


def filled(picture, value):
    result = np.full_like(picture, value)
    result[0] = picture[0]
    return result


def filled_by_dtype_of_value(picture, value):
    result = np.full(picture.shape, value)
    result[0] = picture[0]
    return result


def test_a_dtype_that_follows_the_arguments_is_not_told_as_one_dtype():
    rows = [(np.uint8([[1, 2], [3, 4]]), 9), (np.array([[0.0, 2], [3, 4]]), 7)]
    message = told(filled, rows, filled_by_dtype_of_value)
    assert "with the dtype of what was given" in message and "astype" not in message


def above_less(picture, least):
    return 0.9 * (picture > least).mean()


def bright_less(picture, least):
    return 0.9 * (picture >= least).mean()


def test_a_side_of_equal_values_is_no_mistake_of_its_own_beside_a_slip():
    rows = [(RNG.integers(0, 4, (n, n)), 2) for n in (3, 4, 5, 6)]
    message = told(lambda p, least: (p >= least).mean(), rows, above_less, {bright_less: "SLIP"})
    assert message.startswith("with equal values on the other side, in line 2, `picture > least`")
    assert message.endswith("it is what one slip gives: SLIP")


def gains_that_differ(table):
    gains = table.sum(axis=1)
    return gains[gains != 0].mean()


def test_a_number_in_a_filter_that_should_not_be_there_is_not_too_small():
    tables = (np.array([[3, -3], [4, 5], [2, 6]]), np.array([[7, 1], [2, -2], [0, 3], [8, 1]]))
    message = told(
        lambda table: table.sum(axis=1).mean(), [(table,) for table in tables], gains_that_differ
    )
    assert "too small" not in message and "too large" not in message
    assert "nothing is to be left out by it" in message


def left_edge(table):
    height, width = table.shape
    row = []
    for column in range(height):
        if column < width:
            row.append(table[0, column])
    return row


def test_a_factor_in_a_loop_that_is_cut_off_elsewhere_is_any():
    tables = (
        np.array([[3, 1, 4], [1, 5, 9]]),
        np.array([[7, 1, 2, 5], [2, 2, 0, 3], [8, 1, 6, 4]]),
    )
    assert "is missing" not in told(
        lambda table: list(table[0]), [(table,) for table in tables], left_edge
    )


def smallest_elsewhere(table):
    other = ~np.eye(len(table), dtype=bool)
    return np.minimum(np.where(other, table, table.max()), 9).min(axis=1)


def test_what_any_large_number_would_do_needs_no_square():
    tables = (np.array([[6.0, 7], [7.5, 5]]), np.array([[4.0]]), np.array([[8.0, 9], [8.5, 7]]))

    def right(table):
        return np.minimum(np.where(~np.eye(len(table), dtype=bool), table, 9), 9).min(axis=1)

    assert "square" not in told(right, [(table,) for table in tables], smallest_elsewhere)


def pairs_by_sum(first, second):
    first = np.asarray(first)
    return len(np.unique(first + second))


def test_names_of_groups_need_no_exponential_to_be_told_apart():
    rows = [(RNG.integers(0, 3, n), RNG.integers(0, 3, n)) for n in (9, 12, 15)]
    message = told(lambda one, other: len(set(zip(one, other, strict=True))), rows, pairs_by_sum)
    assert "is missing" not in message


def groups(counts):
    levels, below = np.arange(len(counts)), np.cumsum(counts)[:-1]
    sums, above = np.cumsum(counts * levels)[:-1], np.sum(counts) - below
    return below, above, sums, np.sum(counts * levels) - sums


def best_cut(counts):
    below, above, low, high = groups(counts)
    steps = high / np.maximum(above, 1) - low / np.maximum(below, 1)
    between = below * above * steps**2
    return int(np.argmax(between >= between.max() * (1 - 1e-9)))


def best_cut_of_nan(counts):
    below, above, low, high = groups(counts)
    between = below * above * (high / above - low / below) ** 2
    return int(np.argmax(between >= between.max() * (1 - 1e-9)))


def test_whole_numbers_that_hide_a_nan_are_not_what_is_missing():
    tables = ([0, 3, 1, 1], [5, 2, 0, 9, 4], [0, 0, 4, 1, 1, 7], [3, 1, 4])
    message = told(best_cut, [(np.array(counts),) for counts in tables], best_cut_of_nan)
    assert "it is not finite (0 / 0 gives NaN)" in message


def power_of_decimals(base, exponent):
    return int(math.pow(base, exponent))


@pytest.mark.parametrize("exponent", [3, 14])
def test_digits_that_decimals_do_not_keep_are_told(exponent):
    rows = [(base, exponent) for base in (1_234_567, 98_765_432, 777_777_777)]
    message = told(lambda base, exponent: base**exponent, rows, power_of_decimals)
    assert "decimals keep only 16 digits of a whole number" in message


def halves(path):
    found = np.zeros_like(path)
    for place, step in enumerate(path):
        found[place] = step / 2
    return found


def test_an_array_like_an_argument_is_made_for_decimals_and_not_left_out():
    rows = [([3, 4, 7],), ([1, 5],), ([2, 9, 4, 1],)]
    assert "make it one of floats" in told(lambda path: np.array(path) / 2, rows, halves)


def second_of_all(matrix):
    return divmod(len(matrix), 2).reshape(2)


def test_of_several_things_together_one_is_to_be_taken():
    message = told(lambda matrix: len(matrix) % 2, [(np.eye(3),), (np.eye(4),)], second_of_all)
    assert "take one of them, with `[0]`" in message


def grouped(sums, places, values):
    found = np.array(sums, float)
    np.add.at(found, places, values)
    return found


def added_once(sums, places, values):
    found = np.array(sums, float)
    found[places] += values
    return found


def overwritten(sums, places, values):
    found = np.array(sums, float)
    for place, value in zip(places, values, strict=True):
        found[place] = value
    return found


@pytest.mark.parametrize(
    ("answer", "words"),
    [(added_once, "adds once only where a place comes"), (overwritten, "its old value is lost")],
)
def test_places_that_repeat_are_named(answer, words):
    rows = [(np.zeros(k), RNG.integers(0, k, n), RNG.random(n)) for k, n in ((3, 7), (4, 9))]
    message = told(grouped, rows, answer)
    assert words in message and "np.add.at" in message


def widest_over_one(table):
    return np.round(0 * table.max(axis=1), 2)


def test_an_array_of_one_number_is_shown_by_the_number():
    message = told(lambda table: table.sum(axis=1) ** 3, TABLES, widest_over_one)
    assert message.startswith("all numbers that it returns are 0.\n")


def test_a_difference_turned_round_may_be_a_minus_elsewhere():
    rows = [(RNG.normal(0, 2, n), 0.5 * n) for n in (3, 4, 5)]
    message = told(lambda score, shift: 1 / (1 + np.exp(score - shift)), rows, turned_plain)
    assert "One of two changes is enough" in message and "a minus is missing" in message


def turned_plain(score, shift):
    moved = shift - score
    return 1 / (1 + np.exp(moved))


def test_a_remainder_with_the_sign_of_what_is_divided_is_named():
    rows = [(RNG.integers(-500, 500, n), n) for n in (7, 11, 13)]
    assert "another function than `fmod`" in told(lambda x, n: x % n, rows, signed_rest)


def signed_rest(numbers, n):
    return np.fmod(numbers, n)


def steps_from_old(values, path):
    new = np.array(values, float)
    for place in path:
        new[place] = values[place] + 1 / (2 + len(path))
    return new


def steps(values, path):
    new = np.array(values, float)
    for place in path:
        new[place] += 1 / (2 + len(path))
    return new


def test_a_copy_is_not_too_much_where_it_keeps_an_argument():
    rows = [(RNG.random(4), np.array(path)) for path in ([0, 0, 2], [3, 1, 3, 3], [2, 2])]
    assert "`array` is too much" not in told(steps, rows, steps_from_old)


def differences(picture):
    return np.abs(np.diff(picture, axis=0)).sum() + np.abs(np.diff(picture, axis=1)).sum()


def differences_of_unlike_shapes(picture):
    return (np.abs(np.diff(picture, axis=0)) + np.abs(np.diff(picture, axis=1))).sum()


def differences_around(picture):
    return sum(np.abs(np.roll(picture, 1, axis) - picture).sum() for axis in (0, 1))


def test_an_error_in_most_cases_tells_more_than_a_slip_in_one():
    rows = [(np.array([[0.0, 0], [0.25, 0.75]]),), (RNG.random((3, 5)),), (RNG.random((8, 2)),)]
    message = told(differences, rows, differences_of_unlike_shapes, {differences_around: "ROLL"})
    assert "ROLL" not in message and "do not fit" in message


def ramp(shape):
    rows, columns = np.indices(shape)
    return (3 * rows + columns)[0]


def ramp_by_meshgrid(shape):
    rows, columns = np.meshgrid(np.arange(shape[0]), np.arange(shape[1]))
    return (3 * rows + columns)[0]


def test_a_grid_that_begins_with_the_columns_is_named():
    message = told(ramp, [((2, 3),), ((4, 2),), ((3, 3),)], ramp_by_meshgrid)
    assert '`indexing="ij"` is missing' in message


def places(length, kernel, stride):
    return max((length - kernel) // stride + 1, 0)


def places_counted(length, kernel, stride):
    found = 0
    for _ in range(0, length - kernel, stride):
        found += 1
    return found


def test_a_loop_that_ends_one_too_early_is_told_at_its_end():
    message = told(places, [(7, 3, 1), (9, 3, 2), (12, 2, 5), (3, 5, 1)], places_counted)
    assert "it ends one too early" in message


def last_comes_first(picture):
    b, g, r = (picture[..., c] for c in range(3))
    return 0.2 * r + 0.7 * g + 0.1 * b


def test_three_names_in_the_opposite_order_are_told_as_names():
    rows = [(RNG.random((n, n, 3)),) for n in (2, 3)]
    message = told(lambda picture: picture @ [0.2, 0.7, 0.1], rows, last_comes_first)
    assert "`(b, g, r)`: this order does not fit" in message


def weighted_towards_small(sample):
    weights = np.reciprocal(sample)
    return (weights * sample).sum() / weights.sum()


def test_whole_numbers_that_lose_decimals_lack_no_half():
    rows = [(np.array(values),) for values in ([1, 2, 4], [1, 3, 5, 8], [2, 1, 7])]
    message = told(lambda x: len(x) / (1 / x).sum(), rows, weighted_towards_small)
    assert "`.astype(float)` is missing" in message
