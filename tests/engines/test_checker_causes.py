"""The causes that need no declaration: small changes, relations, parts, majorities, facts."""

import ast
import math

import numpy as np
import pytest

from helpers.checker import Exercise
from helpers.checker._edits import edits
from helpers.checker._facts import facts
from helpers.checker._judging import judge
from helpers.checker._source import tree_of

RNG = np.random.default_rng(4)
ROWS = [RNG.random((n, 4)) for n in (2, 3, 5)]


def declared(reference, cases, **settings):
    named = {f"case {at}": case if isinstance(case, tuple) else (case,) for at, case in cases}
    return Exercise("task", reference, cases=named, **settings)


SPREAD = declared(lambda x: x.std(axis=1, ddof=1) / 2, enumerate(ROWS))
SHARE = declared(lambda x, t: np.mean(x > t), enumerate([(r, 0.3) for r in ROWS]))
ENDS = declared(lambda x: (x.mean() - 2 * x.std(), x.mean() + 3 * x.std()), enumerate(ROWS))


# one small change


def early(x):
    out = []
    for row in x:
        out.append(row.std(ddof=1) / 2)
        return out


def lost(x):
    out = x.std(axis=1, ddof=1) / 2
    np.clip(out, 0, 0.2)
    return out


def clipped(x):
    return np.clip(x.std(axis=1, ddof=1) / 2, 0, 0.2)


def wrong_axis(x):
    return x.std(axis=0, ddof=1) / 2


def no_ddof(x):
    return x.std(axis=1) / 2


def times_two(x):
    half = x.std(axis=1, ddof=1)
    return half * 2


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        (SPREAD, early, "In line 3, `for row in x: out.append(row.std(ddof=1) / 2) r...`"),
        (SPREAD, wrong_axis, "In line 2, `x.std(axis=0, ddof=1)`: look at the axis"),
        (SPREAD, no_ddof, "look at `ddof`"),
        (SPREAD, times_two, "In line 3, `half * 2`: another operation"),
        (declared(clipped, enumerate(ROWS)), lost, "its result is thrown away"),
    ],
)
def test_one_change_that_mends_an_answer_names_its_place(exercise, answer, words):
    state, message, kind = judge(exercise, answer)
    if answer is early:  # the loop is told as a fact of its own where it can be
        assert "first round" in message or "`for row" in message
        return
    assert (state, kind) == ("hint", "repair")
    assert message.startswith("nearly right. ") and words in message


def test_a_change_that_leads_to_a_declared_slip_tells_two_things():
    def unscaled(x):
        return x.std(axis=1, ddof=1)

    def both(x):
        return x.std(axis=0, ddof=1)

    exercise = declared(
        lambda x: x.std(axis=1, ddof=1) / 7.3, enumerate(ROWS), misconceptions={unscaled: "SCALE"}
    )
    state, message, kind = judge(exercise, both)
    assert (state, kind) == ("hint", "repair")
    assert (
        message.startswith("two things give exactly this result. ")
        and "axis" in message
        and message.endswith("SCALE")
    )


def test_edits_put_the_tree_back():
    tree = tree_of(early)
    before = ast.dump(tree)
    changed = {ast.dump(tree) for _ in edits(tree)}
    assert ast.dump(tree) == before
    assert len(changed) > 50


def test_a_stale_source_is_not_read():
    assert tree_of(judge) is not None
    assert tree_of(len) is None and tree_of(lambda: 1) is None
    inner = 3
    assert tree_of(lambda: inner) is None  # it remembers a value of its own


# relations


def _through(turn):
    """Answer by a turned result, without a source that could be mended."""
    return type("Answer", (), {"__call__": lambda self, *args: turn(SPREAD.reference(*args))})()


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (lambda x: 100 * x, "100 times as large"),
        (lambda x: x / 100, "100 times too small"),
        (lambda x: 2 * x, "twice as large"),
        (lambda x: 255 * x, "255 times as large"),
        (lambda x: -x, "its sign is turned round"),
        (lambda x: 1 / x, "upside down"),
        (lambda x: 1 - x, "1 minus"),
        (lambda x: x * math.log(10), "`np.log` is the natural logarithm"),
        (lambda x: x**2, "the last step is missing: the square root"),
        (lambda x: np.log(x), "the last step is missing: the exponential"),
        (lambda x: np.round(x, 2), "it is rounded"),
        (lambda x: x[::-1], "opposite order"),
        (lambda x: x + 1, "too large by 1"),
    ],
)
def test_a_relation_to_the_right_result_is_told(turn, words):
    state, message, kind = judge(SPREAD, _through(turn))
    assert (state, kind) == ("hint", "relation") and words in message


@pytest.mark.parametrize(
    ("want", "turn", "words"),
    [
        (lambda x: x > 0.5, lambda y: ~y, "True and False are exchanged"),
        (lambda x: x, lambda y: y.T, "transposed"),
        (lambda x: (x.min(), x.max()), lambda y: y[::-1], "two parts are exchanged"),
        (lambda x: np.rint(255 * x).astype(np.uint8), lambda y: 255 - y, "255 minus"),
    ],
)
def test_relations_of_masks_pictures_and_pairs(want, turn, words):
    exercise = declared(want, enumerate(ROWS))
    answer = type("Answer", (), {"__call__": lambda self, x: turn(want(x))})()
    state, message, _ = judge(exercise, answer)
    assert state == "hint"
    if words != "True and False are exchanged":  # 0 and 1 alone could coincide
        assert words in message


def test_a_relation_to_a_misconception_tells_both():
    exercise = declared(
        lambda x: x.mean(axis=1),
        enumerate(ROWS),
        misconceptions={(lambda x: x.std(axis=1)): "NOT THE SD"},
    )
    answer = type("Answer", (), {"__call__": lambda self, x: 100 * x.std(axis=1)})()
    _, message, kind = judge(exercise, answer)
    assert kind == "relation" and "NOT THE SD" in message and "100 times" in message


def test_two_numbers_are_no_relation():
    exercise = declared(lambda x: float(x), enumerate([2, 4]))
    answer = type("Answer", (), {"__call__": lambda self, x: 2.0 * x})()
    assert judge(exercise, answer)[2] == "value"


def test_an_argument_turned_round_is_told():
    answer = type("Answer", (), {"__call__": lambda self, x, t: np.mean(x > 1 - t)})()
    state, message, kind = judge(SHARE, answer)
    assert (state, kind) == ("hint", "relation") and "1 - `t`" in message


def test_nearly_right_numbers_are_an_observation():
    exercise = declared(lambda x: 1.959964 * x.std(axis=1), enumerate(ROWS))
    answer = type("Answer", (), {"__call__": lambda self, x: 1.96 * x.std(axis=1)})()
    assert judge(exercise, answer)[2] == "near"


# parts and majorities


def test_the_parts_of_a_tuple_are_matched_one_by_one():
    def narrow(x):
        return x.mean() - x.std(), x.mean() + x.std()

    exercise = declared(ENDS.reference, enumerate(ROWS), misconceptions={narrow: "NARROW"})
    right = ENDS.reference
    answer = type("Answer", (), {"__call__": lambda self, x: (right(x)[0], narrow(x)[1])})()
    assert judge(exercise, answer) == ("hint", "in the second part of the result: NARROW", "part")
    answer = type("Answer", (), {"__call__": lambda self, x: (-right(x)[0], narrow(x)[1])})()
    message = judge(exercise, answer)[1]
    assert "In the first part: Compared with the right one, its sign" in message
    assert "In the second part: NARROW" in message


def test_most_of_the_cases_may_speak_but_a_single_one_may_not():
    exercise = declared(
        lambda x: x.mean(axis=1), enumerate(ROWS), misconceptions={(lambda x: x.std(axis=1)): "SD"}
    )

    def answer_of(rows):
        def turned(self, x):
            return x.std(axis=1) if len(x) in rows else np.full(len(x), 0.123) * len(x)

        return type("Answer", (), {"__call__": turned})()

    state, message, kind = judge(exercise, answer_of((2, 3)))
    assert (state, kind) == ("hint", "majority")
    assert message == 'in the cases "case 0", "case 1" the result is that of a known slip: SD'
    assert judge(exercise, answer_of((2,)))[2] == "value"


def test_a_constant_result_is_an_observation():
    assert judge(SHARE, lambda x, t: [1.0][0])[1].startswith("it returns 1 in every case")


# facts from the source


def thrown(x):
    np.clip(x, 0, 1)
    return x


def power(x):
    return x ^ 2


def unread(x, width):
    return x


def lost_copy(x):
    x.copy()[0] = 1
    return x


def both_return(x):
    for value in x:
        if value > 1:  # noqa: SIM103
            return True
        else:
            return False


def compared(x):
    x == 1  # noqa: B015
    return x


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (thrown, "is thrown away"),
        (power, "`^` is not a power"),
        (unread, "the parameter `width` is never read"),
        (lost_copy, "writes into the copy"),
        (both_return, "the loop around it ends in its first round"),
        (compared, "computes something that nobody keeps"),
        (early, "stands inside the loop"),
    ],
)
def test_a_fact_from_the_source_is_found(function, words):
    assert any(words in fact for fact in facts(function))


def test_ordinary_functions_have_no_such_facts():
    def appends(x, n):
        out = []
        for value in x:
            if value:
                out.append(value)
                continue
            x.sort()
        np.add(x, 1, out=x)
        return out, n

    for function in (clipped, wrong_axis, appends):
        assert list(facts(function)) == []


# the same slip twice, weak evidence, parts left out


def twice_strict(x):
    return (x[:, 0] < 0.5) & (x[:, 1] < 0.5)


GRID = [np.array([[a, b] for a in (0.2, 0.5, 0.7) for b in (0.1, 0.5, 0.9)])[:n] for n in (4, 7, 9)]


def test_one_slip_in_two_places_is_one_slip():
    right = declared(lambda x: (x[:, 0] <= 0.5) & (x[:, 1] <= 0.5), enumerate(GRID))
    _, message, kind = judge(right, twice_strict)
    assert kind == "repair"
    assert "`x[:, 0] < 0.5`, and 1 more like it: look at equal values" in message


def always(x):
    return np.mean((x > 0.3) | (x <= 0.7))


def test_a_constant_result_is_no_proof_of_a_declared_slip():
    right = declared(lambda x: np.mean((x > 0.3) & (x <= 0.7)), enumerate(ROWS))
    right.misconceptions.update({(lambda x: 1.0): "You compared a row with itself."})
    assert "`|` is true where at least one holds" in judge(right, always)[1]
    message = judge(right, lambda x: x.size / x.size)[1]
    assert message.startswith("it returns 1 in every case. One slip that does this: You compared")


def without_offset(x):
    return x.mean(axis=1) * 3


def with_offset(x):
    return x.mean(axis=1) * 3 + x.max(axis=1)


def test_a_part_that_is_left_out_is_named():
    _, message, kind = judge(declared(with_offset, enumerate(ROWS)), without_offset)
    assert (kind, message) == (
        "missing",
        "this comes out when `+ x.max(axis=1)` is left out of the right formula.",
    )


def puts_the_list_into_itself(x):
    out = []
    for _ in x:
        out.append(out)
    return out


def rows_counted_on(x):
    out, row = [], [0, 0]
    for value in x[:, 0]:
        row[int(value > 0.5)] += 1
        out.append(row)
    return np.array(out)


def test_a_list_that_holds_itself_is_an_error_and_no_change_makes_one():
    right = declared(lambda x: np.arange(2 * len(x)).reshape(-1, 2), enumerate(ROWS))
    assert "a list was put into itself" in judge(right, puts_the_list_into_itself)[1]
    assert judge(right, rows_counted_on)[0] == "hint"  # `out.append(out)` would fill the memory
    for _ in edits(tree := tree_of(rows_counted_on)):
        assert "out.append(out)" not in ast.unparse(tree)
        assert "for value in out:" not in ast.unparse(tree)


def running_least(x):
    best = 0
    for row in x:
        best = min(best, row.sum())
    return best


def test_a_start_value_that_wins_at_once_is_named():
    right = declared(lambda x: x.sum(axis=1).min(), enumerate(ROWS))
    assert "`best = 0`: look at this start value" in judge(right, running_least)[1]


def test_a_yes_or_no_that_is_half_right_is_not_turned_round():
    exercise = Exercise(
        "task",
        lambda x: bool(min(x) > 0),
        cases={str(x): (x,) for x in [(-1,), (2,), (2, -1), (3, 2), (1, -2, 3), (2, 1, 4, -1)]},
        misconceptions={lambda x: bool(min(x) <= 0): "Turned round."},
    )
    assert judge(exercise, lambda x: not min(x) > 0)[1] == "Turned round."
    assert "Turned" not in judge(exercise, lambda x: bool(x[0] > 0))[1]


def without_limit(x, limit):
    return x.mean(axis=1)


def within_the_sum(x, limit):
    means, tops = x.mean(axis=1), x.max(axis=1)
    return np.where(means + tops <= limit, means, 0)


def test_a_change_that_makes_a_limit_void_is_not_the_first_of_two_things():
    exercise = declared(
        lambda x, limit: np.where(x.mean(axis=1) ** 2 <= limit / 7, x.mean(axis=1), 0),
        enumerate([(rows, limit) for rows in ROWS for limit in (1.2, 1.5)]),
        misconceptions={without_limit: "LIMIT"},
    )
    assert judge(exercise, without_limit)[1] == "LIMIT"
    assert "LIMIT" not in judge(exercise, within_the_sum)[1]
