"""Kinds of false diagnoses that trials met, each with an answer that must not meet it again."""

import ast

import numpy as np
import pytest

from helpers.checker import Exercise
from helpers.checker._budget import Budget
from helpers.checker._judging import judge
from helpers.checker._safety import is_size
from helpers.checker._source import tree_of

RNG = np.random.default_rng(14)
TABLES = [RNG.random(shape) for shape in ((4, 3), (3, 4), (5, 2))]
COUNTS = [RNG.integers(0, 9, n) for n in (2, 3, 5)]
TABLE_OF_BYTES = np.arange(0, 250, 10, dtype=np.uint8).reshape(5, 5)
LABELS = [(RNG.integers(0, 2, n), RNG.integers(0, 2, n)) for n in (5, 7, 9)]


def told(reference, rows, answer, misconceptions=()):
    cases = {f"case {at}": row if isinstance(row, tuple) else (row,) for at, row in enumerate(rows)}
    return judge(
        Exercise("task", reference, cases=cases, misconceptions=dict(misconceptions)), answer
    )


def heights(x):
    return x.mean(axis=1) / x.std(axis=1, ddof=1)


def heights_of_columns(x):
    return x.mean(axis=0) / x.std(axis=0, ddof=1)


def test_one_axis_in_two_calls_is_one_slip():
    message = told(heights, TABLES, heights_of_columns)[1]
    assert message.startswith("nearly right. ")
    assert message.endswith("and 1 more like it: look at the axis.")


def smoothed(counts):
    return (counts + 1) / (counts.sum() + len(counts)) + 0.1


def not_smoothed(counts):
    return counts / counts.sum() + 0.1


def test_minus_a_count_less_one_is_no_exchange_of_truth():
    # ~counts / ~counts.sum() would be (counts + 1) / (counts.sum() + 1)
    def reference(counts):
        return (counts + 1) / (counts.sum() + 1) + 0.1

    assert "True and False" not in told(reference, COUNTS, not_smoothed)[1]
    assert "True and False" not in told(smoothed, COUNTS, not_smoothed)[1]


def agreement(a, b):
    same = a[:, None] == a
    also = b[:, None] == b
    return (same & also).sum() - (same.sum() + also.sum()) / 7


def disagreement(a, b):
    same = a[:, None] != a
    also = b[:, None] != b
    return (same & also).sum() - (same.sum() + also.sum()) / 7


def test_equal_for_unequal_everywhere_is_no_slip():
    assert "more like it" not in told(disagreement, LABELS, agreement)[1]


@pytest.mark.parametrize(
    ("results", "hedged"), [((1, 0, 1), True), ((2, 0, 1), False), ((1, 0, 3), False)]
)
def test_zeros_and_ones_are_seen_before_a_slip_is_named(results, hedged):
    def slip(at):
        return results[at]

    _, message, _ = told(lambda at: (5, 0, 7)[at], [0, 1, 2], lambda at: slip(at), {slip: "SLIP"})
    assert message.endswith("SLIP")
    assert message.startswith("where it is wrong it returns 1. One slip that does this: ") == hedged


def sizes(x):
    n = x.shape
    grid = np.zeros((len(x), 2 * 3))
    return x[2 * len(x) :] * len(x) + grid.sum() + n


def test_a_place_a_shape_and_a_count_are_told_from_a_value():
    tree = tree_of(sizes)
    found = {ast.unparse(n) for n in ast.walk(tree) if is_size(n, tree) and isinstance(n, ast.expr)}
    assert {"x.shape", "2 * 3", "2 * len(x)"} <= found
    assert not found & {"grid.sum()", "x[2 * len(x):]", "n"}


def test_a_change_that_makes_nan_mends_nothing():
    clean, odd = Budget(), Budget()
    rows = [(np.array([0.0, 2.0]),)]
    clean.learn(np.sum, rows, False)
    odd.learn(np.log, rows, False)
    assert clean.call(np.log, rows[0], 0, False) is None
    assert odd.call(np.log, rows[0], 0, False)[0].tolist() == [-np.inf, np.log(2)]


def solved(a, b):
    return np.linalg.lstsq(a - a.mean(axis=1, keepdims=True), b, rcond=None)[0]


def test_no_matrix_with_nan_reaches_lapack(monkeypatch):
    met, lstsq = [], np.linalg.lstsq

    def watched(a, b, rcond=None):
        met.append(np.isfinite(a).all() and np.isfinite(b).all())
        return lstsq(a, b, rcond)

    monkeypatch.setattr(np.linalg, "lstsq", watched)
    rows = [(a, a.sum(axis=1)) for a in TABLES]
    told(lambda a, b: 3 + lstsq(a, b, None)[0] ** 2, rows, solved)
    assert len(met) > 50 and all(met)


def cumulated(x):
    return np.r_[0, np.cumsum(x)] * 7.1


def test_an_object_of_numpy_that_has_no_end_is_not_taken_for_a_value():
    assert (
        told(lambda x: np.cumsum(x)[::-1] ** 3, [t.ravel() for t in TABLES], cumulated)[0] == "hint"
    )


def by_a_list(x):
    table = [v * v + 0.3 for v in range(9)]
    return table[x]


def by_a_list_as_an_array(x):
    return np.array([v * v + 0.3 for v in range(9)])[x]


def test_a_list_that_is_taken_for_an_array_is_called_a_list():
    assert "this is a list" in told(by_a_list_as_an_array, COUNTS, by_a_list)[1]


def expected_flips(p, seen):
    return p[~seen].sum() - (1 - p)[seen].sum()


def test_one_minus_a_chance_is_not_turned_round():
    rows = [(RNG.random(n), RNG.integers(0, 2, n).astype(bool)) for n in (5, 7, 9)]
    message = told(lambda p, s: p[~s].sum() + (1 - p)[s].sum(), rows, expected_flips)[1]
    assert "another operation" in message and "sides" not in message


@pytest.mark.parametrize("sign", [1, -1])
def test_one_on_the_wrong_side_is_another_operation(sign):
    source = {1: one_more, -1: one_less}
    message = told(source[-sign], [t.ravel() for t in TABLES], source[sign])[1]
    assert message.startswith("nearly right. ") and "another operation is needed" in message


def one_more(x):
    return x.sum() / (len(x) + 1)


def one_less(x):
    return x.sum() / (len(x) - 1)


def positive_among(sick, positive):
    return (sick & positive).sum() / positive.sum()


def sick_of_all(sick, positive):
    return sick.sum() / len(sick)


def positive_of_all(sick, positive):
    return len(np.where(positive)[0]) / sick.size


def test_a_slip_that_ignores_an_argument_is_not_met_with_this_argument_exchanged():
    rows = [tuple(RNG.integers(0, 2, (2, n)).astype(bool)) for n in (9, 17, 30, 41)]
    message = told(positive_among, rows, positive_of_all, {sick_of_all: "of all."})[1]
    assert "exchanged" not in message


def squares_of_folds(fold):
    return np.array([k * (fold == k).sum() for k in range(9)]) + 0.5


def without_the_last_fold(fold):
    out = np.zeros(9) + 0.5
    for k in range(fold.max()):
        out[k] = k * (fold == k).sum() + 0.5
    return out


def test_a_loop_that_ends_too_early_lacks_one_and_no_factor():
    message = told(squares_of_folds, [np.arange(n) for n in (3, 4, 5)], without_the_last_fold)[1]
    assert "`range(fold.max())`" in message and "it ends one too early" in message


def mixed(x, weights, partners):
    return weights * x + (1 - weights) * x[partners]


def mixed_by_others(x, weights, partners):
    weights = weights[partners]
    return weights * x + (1 - weights) * x[partners]


def test_an_index_that_is_not_wanted_is_not_put_in_order():
    rows = [(RNG.random(n), RNG.random(n), RNG.permutation(n)) for n in (4, 5, 7)]
    message = told(mixed, rows, mixed_by_others)[1]
    assert "`weights[partners]`" in message and "index in the brackets is not wanted" in message


def sharper(image, amount):
    return np.clip(image - amount * 7.5, 0, 200)


def sharper_and_darker(image, amount):
    return np.clip((1 - amount) * image - amount * 7.5, 0, 200)


def test_an_operation_is_not_changed_where_one_of_its_sides_is_not_wanted():
    rows = [(table * 90 + 20, 1) for table in TABLES]
    message = told(sharper, rows, sharper_and_darker)[1]
    assert "`image` in its place, so the rest is not wanted" in message


def weighted(x):
    return (x * 1 / x).sum() / (1 / x).sum()


def weighted_without_the_sum(x):
    w = x.max() / x
    return (w * x).mean()


def test_a_change_after_which_nothing_is_left_of_a_quotient_is_no_slip():
    rows = [1 + table.ravel() for table in TABLES]
    message = told(weighted, rows, weighted_without_the_sum, {lambda x: x.mean(): "MEAN."})[1]
    assert "too much" not in message


def taken(order, share):
    found = []
    for one in order:
        found.append(one)
        if sum(found) >= share:
            break
    return np.array(found) + 0.5


def taken_while_small(order, share):
    found = []
    for one in order:
        found.append(one)
        if one >= share:
            break
    return np.array(found) + 0.5


def test_a_loop_that_should_end_early_does_not_lack_its_last_value():
    rows = [(np.array(order), 9) for order in ((2, 3, 4, 1), (5, 4, 7), (1, 1, 7, 3))]
    assert "`order`: the last one is too much" not in told(taken, rows, taken_while_small)[1]


def of_a_byte(image):
    return image / 255


def of_its_own_range(image):
    return image / np.max(image)


def test_an_argument_that_wraps_shows_no_slip():
    rows = [(np.clip(TABLE_OF_BYTES, 2, top),) for top in (240, 90, 60)]
    assert "1 minus" not in told(of_a_byte, rows, of_its_own_range)[1]


def voted(x):
    return np.exp(0.3 * (x[0] + x[1]) + 0.7 * (x[2] + x[3]) - 0.1)


def voted_by_means(x):
    twice = x + 0
    return np.exp(0.3 * ((twice[0] + twice[1]) / 2) + 0.7 * ((twice[2] + twice[3]) / 2) - 0.1)


def test_two_means_for_two_sums_are_one_slip():
    message = told(voted, [(RNG.random((4, n)),) for n in (3, 4, 6)], voted_by_means)[1]
    assert "and 1 more like it: a part of this is too much" in message
