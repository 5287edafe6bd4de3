"""A change that mends an answer is weighed against others that mend it, too."""

import numpy as np

from helpers.checker import Exercise
from helpers.checker._judging import judge
from tests.engines.test_checker_false import TABLES, told

PICTURES = [np.arange(n, dtype=float).reshape(n // 3, 3) for n in (6, 9, 12)]


def dark(picture):
    return picture < 3


def dark_as_255(picture):
    return np.where(picture < 3, 255, 0).astype(np.uint8)


def test_no_order_is_blamed_where_the_whole_call_is_not_wanted():
    message = told(dark, PICTURES, dark_as_255)[1]
    assert message.endswith("`where` is too much here.")


def darker_rim(picture):
    r = picture.max() + 2
    return (picture < 3) & (picture > r - 6)


def test_no_side_is_blamed_in_a_condition_that_is_not_wanted():
    message = told(dark, PICTURES, darker_rim)[1]
    assert message.endswith("`(picture < 3) & (picture > r - 6)`: a part of this is too much.")


def error_of_mean(table):
    return table[:, 0].std(ddof=1) / np.sqrt(len(table))


def one_less_twice(table):
    return table[:, 0].std(ddof=1) / np.sqrt(len(table) - 1)


def test_either_of_two_changes_is_told_where_each_is_enough():
    message = told(error_of_mean, TABLES, one_less_twice)[1]
    assert message.startswith("nearly right. One of two changes is enough: either in line 2, ")
    assert "look at `ddof`" in message and "; or in line 2, `len(table) - 1`: `- 1` is" in message


def downhill(table):
    return 10 - table.T @ (table.sum(axis=1) - 2)


def uphill(table):
    slope = table.T @ (table.sum(axis=1) - 2)
    return 10 + slope


def test_either_of_two_first_slips_is_told_beside_a_known_one():
    def longer(table):
        return 1.1 * downhill(table)

    rows = [table * 5 for table in TABLES]
    message = told(longer, rows, uphill, {downhill: "A tenth more."})[1]
    assert "One of two: either in line 2, " in message and "; or in line 3, " in message
    assert message.endswith("And then: A tenth more.")


def halves(table):
    return table.sum(axis=1) / 2


def whole_halves(table):
    out = np.zeros_like(table[:, 0])
    for at, row in enumerate(table):
        out[at] = row.sum() / 2
    return out


def test_an_array_of_whole_numbers_is_told_as_what_it_is():
    message = told(halves, [np.rint(table * 9).astype(int) for table in TABLES], whole_halves)[1]
    assert "`np.zeros_like(table[:, 0])`: this array cannot hold what is written" in message


def written_over(table):
    table -= 0.5
    np.clip(table, 0, 1, out=table)
    return table


def test_an_argument_that_was_changed_is_told_where_all_values_are_right():
    def reference(table):
        return np.clip(table - 0.5, 0, 1)

    assert told(reference, TABLES, written_over)[2] == "mutates"


def stops_at_once(table):
    total = 0
    for row in table:
        total += row.sum()
        return total


def test_a_return_in_a_loop_is_told_before_a_slip_that_gives_the_same():
    def first_row(table):
        return table[0].sum()

    def reference(table):
        return table.sum()

    message = told(reference, TABLES, stops_at_once, {first_row: "You took the first row."})[1]
    assert message.startswith("nearly right. The `return` stands inside the loop")


def of_levels(table):
    return (table * 255).round().astype(np.uint8)


def test_a_tolerance_of_a_level_forgives_nothing_among_shares():
    cases = {str(at): (table,) for at, table in enumerate(TABLES)}
    exercise = Exercise("task", of_levels, cases=cases, atol=1.5)
    assert judge(exercise, lambda table: table / 1)[2] == "relation"
    assert judge(exercise, lambda table: np.sqrt(table))[2] == "value"


def widths(table):
    return np.full(len(table), table.shape[1]) + table[:, 0]


def squares(table):
    return (table**2).sum(axis=1) + table[:, 0]


def test_an_exponent_of_0_mends_nothing():
    assert "another number than 2" not in told(widths, TABLES, squares)[1]


def whole_job(shares):
    return 1 / (1 - shares.sum() + (shares / 7).sum())


def gains_added(shares):
    return np.sum(1 / (1 - shares + shares / 7) - 1) + 1


def test_sides_and_a_result_upside_down_are_not_two_mistakes():
    rows = [table[:, 0] / 9 for table in TABLES]
    assert "upside down" not in told(whole_job, rows, gains_added)[1]
