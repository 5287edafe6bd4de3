"""Changes that make an answer right by chance, each with an answer that must not meet it again."""

import ast

import numpy as np
import pytest

from helpers.checker import Exercise
from helpers.checker._chance import by_chance, stands, turns_more
from helpers.checker._edits import edits
from helpers.checker._judging import judge

RNG = np.random.default_rng(15)
PAIRS = [(RNG.uniform(1, 9, n), RNG.uniform(1, 9, n)) for n in (2, 3, 5)]
TABLES = [(RNG.random((n, 3)),) for n in (2, 4, 5)]
WHOLE = [(np.array(row), 0.5) for row in ([1, 2, 4], [3, 1], [2.5, 1, 3])]
NAMES = [(list("aabbbccd"), 0.5), (list("abbccdd"), 0.5), (list("aaabcdd"), 0.4)]


def told(reference, rows, answer, misconceptions=()):
    cases = {f"case {at}": row for at, row in enumerate(rows)}
    exercise = Exercise("task", reference, cases=cases, misconceptions=dict(misconceptions))
    return judge(exercise, answer)[1]


def share(a, b):
    return a * b / (a * b).sum()


def softmax_share(a, b):
    weights = np.exp(a * b - np.max(a * b))
    return weights / weights.sum()


def softmax_share_by_a_name(a, b):
    product = a * b
    weights = np.exp(product - product.max())
    return weights / weights.sum()


@pytest.mark.parametrize("answer", [softmax_share, softmax_share_by_a_name])
def test_no_logarithm_is_missing_where_an_exponential_would_undo_it(answer):
    assert "logarithm" not in told(share, PAIRS, answer)


def minus_log(a, b):
    return -np.log(np.exp(-a) / (np.exp(-a) + np.exp(-b))).sum()


def not_log(a, b):
    return -(np.exp(-a) / (np.exp(-a) + np.exp(-b))).sum()


def test_a_logarithm_after_an_exponential_may_be_missing():
    assert "a logarithm is missing" in told(minus_log, PAIRS, not_log)


def held(names, part):
    taken = []
    for name in sorted(set(names)):
        if len(taken) >= part * len(names):
            break
        taken += [name] * names.count(name)
    return [name in taken for name in names]


def held_one_more(names, part):
    taken, reached = set(), False
    for name in sorted(set(names)):
        taken.add(name)
        if reached:
            break
        reached = sum(each in taken for each in names) >= part * len(names)
    return [name in taken for name in names]


def test_no_loop_wants_a_value_twice_to_end_earlier():
    assert "`set`" not in told(held, NAMES, held_one_more)


def products(table):
    return table.T @ table / len(table)


def products_of_places(table):
    rows = 1.0 * table
    return rows @ rows.T / len(rows)


def by_channels(table):
    return table.T @ table / table.shape[1]


def test_a_turn_that_turns_the_count_as_well_names_no_second_slip():
    message = told(products, TABLES, products_of_places, {by_channels: "CHANNELS"})
    assert "In line" not in message


def discounted(rewards, discount):
    return np.cumsum((rewards * discount)[::-1])[::-1] + 0.0


def discounted_whole(rewards, discount):
    found = np.zeros_like(rewards)
    found[:] = np.cumsum((rewards * discount)[::-1])[::-1]
    return found


def test_an_array_of_zeros_lacks_no_half():
    assert "half" not in told(discounted, WHOLE, discounted_whole)


def accepted(apart, same, threshold):
    return (apart[same] <= threshold).mean(), (apart[~same] <= threshold).mean()


def accepted_below_a_quantile(apart, same, threshold):
    cut = np.quantile(apart, min(threshold, 1))
    return (apart[same] <= cut).mean(), (apart[~same] <= cut).mean()


def test_no_value_is_looked_up_in_itself():
    rows = [(RNG.uniform(0, 4, 9), np.arange(9) % 2 > 0, cut) for cut in (0.5, 0.9, 1.7)]
    assert "`apart`: another name" not in told(accepted, rows, accepted_below_a_quantile)


def changes(source, *unparsed):
    """Yield for each change that is named whether it would mend by chance."""
    tree = ast.parse(source).body[0]
    found = stands(tree)
    for node in ast.walk(tree):
        for other in unparsed:
            text = other.replace("x", ast.unparse(node)) if isinstance(node, ast.expr) else ""
            if text and "\n" not in text:
                made = ast.parse(text, mode="eval").body
                _hang(made, node)
                yield ast.unparse(node), by_chance(node, made, found)


def _hang(made, node):
    if isinstance(made, ast.Call) and made.args:
        made.args[0] = node
    elif isinstance(made, ast.BinOp):
        made.left = node


def test_what_feeds_an_exponential_and_what_stands_beside_a_number():
    rows = dict(changes("def f(a):\n    b = a - 1\n    return np.exp(b) / a", "np.log(x)"))
    assert rows["b"] and rows["a - 1"]
    assert not rows["a"]
    rows = dict(changes("def f(a, b):\n    return (a == b) + (b == 0)", "x ** 2"))
    assert rows["a"] and not rows["a == b"]


def test_only_a_name_that_is_read_again_is_turned_more_than_once():
    def turned(source):
        tree = ast.parse(source).body[0]
        words = "rows and columns are exchanged"
        return [turns_more(edit, tree) for edit in edits(tree, ("wrapped",)) if edit.words == words]

    assert any(turned("def f(a):\n    b = a\n    return b @ b"))
    assert not any(turned("def f(a):\n    b = a\n    return b"))
