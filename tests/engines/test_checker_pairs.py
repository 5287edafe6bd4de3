"""Two mistakes at once: what may be said of both, and what would only coincide."""

import numpy as np
import pytest

from helpers.checker import Exercise
from helpers.checker._judging import judge
from helpers.checker._relations import plain_relations
from helpers.checker._trial import expected, is_multiple, trial

RNG = np.random.default_rng(14)
ROWS = [RNG.random((n, 4)) for n in (2, 3, 5)]
SHARES = [RNG.uniform(0.1, 0.4, n) for n in (2, 3, 5)]


def declared(reference, rows, misconceptions=()):
    cases = {f"case {at}": row for at, row in enumerate(rows)}
    return Exercise("task", reference, cases=cases, misconceptions=dict(misconceptions))


def unread(function):
    """Hide the source of an answer: only its results are left."""
    return type("Answer", (), {"__call__": lambda self, *args: function(*args)})()


def unscaled(x):
    return x.std(axis=1, ddof=1)


def raised(x):
    return np.exp(x.std(axis=1, ddof=1))


def of_the_second(x, y):
    return y.std(axis=1, ddof=1)


def test_a_step_too_much_before_a_declared_slip_tells_two_things():
    exercise = declared(lambda x: unscaled(x) / 7.3, [(x,) for x in ROWS], {unscaled: "SCALE"})
    state, message, kind = judge(exercise, raised)
    assert (state, kind) == ("hint", "repair")
    assert message.startswith("two things give exactly this result. ") and message.endswith("SCALE")
    assert "`exp` is too much" in message


def test_another_argument_before_a_declared_slip_tells_two_things():
    exercise = declared(
        lambda x, y: unscaled(x) / 7.3,
        [(x, x[:, ::-1] ** 2) for x in ROWS],
        {(lambda x, y: unscaled(x)): "SCALE"},
    )
    assert "another name than `y` is needed. And then: SCALE" in judge(exercise, of_the_second)[1]


def odds_of(chances, ratio):
    return chances / (1 - chances) * ratio


def own_variable(x, y):
    rest = y - x
    return rest.std(axis=1, ddof=1) / 7.3


@pytest.mark.parametrize(
    ("answer", "right", "slip", "rows"),
    [
        # without the division the odds are a product, but the division is right
        (
            odds_of,
            lambda p, r: odds_of(p, r) / (1 + odds_of(p, r)),
            lambda p, r: p * r,
            [(p, 1.7) for p in SHARES],
        ),
        # with `y` in the place of `rest` the change is not read, but it is
        (
            own_variable,
            lambda x, y: 1.01 * y.std(axis=1, ddof=1) / 7.3,
            lambda x, y: y.std(axis=1, ddof=1) / 7.3,
            [(x, x[:, ::-1] ** 2 * np.arange(1, 5)) for x in ROWS],
        ),
    ],
)
def test_a_change_that_undoes_a_right_step_is_not_the_first_of_two_things(
    answer, right, slip, rows
):
    message = judge(declared(right, rows, {slip: "SLIP"}), answer)[1]
    assert "SLIP" not in message, message


def test_exchanged_arguments_beside_a_declared_slip_tell_two_things():
    exercise = declared(
        lambda x, old, new: x * old / new + new,
        [(x, 1.3, 1.7) for x in ROWS],
        {(lambda x, old, new: x * old / new): "ADD"},
    )
    message = judge(exercise, unread(lambda x, old, new: x * new / old))[1]
    assert message.startswith("two things give exactly this result. ADD And besides, ")
    assert "with `old` and `new` exchanged" in message


def test_a_share_is_never_turned_into_what_is_none():
    exercise = declared(
        lambda x, share: x.mean(axis=1) * share + share**2,
        [(x, share) for x, share in zip(ROWS, (0.3, 0.6, 0.7), strict=True)],
    )
    turned = unread(lambda x, share: exercise.reference(x, share - 1))
    assert judge(exercise, turned)[2] == "value"
    halved = unread(lambda x, share: exercise.reference(x, share / 2))
    assert "half of `share`" in judge(exercise, halved)[1]


def test_two_constant_factors_are_no_proof_of_a_slip():
    exercise = declared(
        lambda x: 3 * x.sum(axis=1),
        [(x,) for x in ROWS],
        {(lambda x: 24 * x.sum(axis=1)): "BITS", (lambda x: 3 * x[:, 0]): "FIRST"},
    )
    assert "BITS" not in judge(exercise, unread(lambda x: 12 * x.sum(axis=1)))[1]
    assert "FIRST" in judge(exercise, unread(lambda x: 1.5 * x[:, 0]))[1]  # no factor of the right
    assert "BITS" in judge(exercise, unread(lambda x: -24 * x.sum(axis=1)))[1]


def test_a_multiple_is_told_by_all_of_its_numbers():
    exercise = declared(lambda x: x, [(x,) for x in ROWS])
    want = expected(exercise)
    for answer, told in [(lambda x: 4 * x, True), (lambda x: x + 1, False), (len, False)]:
        assert is_multiple(trial(exercise, answer, want)) == told


def test_rare_factors_leave_out_two_and_a_half():
    usual, rare = (sum(1 for _ in plain_relations(rare)) for rare in (False, True))
    assert usual - rare == 2


def test_a_slip_that_never_ends_for_exchanged_arguments_is_given_up():
    def endless(x, low, high):
        while low > high:
            pass
        return x + low

    exercise = declared(lambda x, low, high: x + high, [(x, 1, 2) for x in ROWS], {endless: "LOW"})
    assert judge(exercise, unread(lambda x, low, high: x + np.pi))[2] == "value"


def one_minus(x):
    odds = 3 * x / (1 - x)
    return odds / (1 - odds)


def test_a_minus_for_a_plus_is_one_slip_in_one_place():
    exercise = declared(lambda x: 3 * x / (1 + 2 * x), [(x,) for x in SHARES])
    message = judge(exercise, one_minus)[1]
    assert message == "nearly right. In line 3, `1 - odds`: another operation is needed here."


def test_a_part_does_not_speak_where_another_part_speaks_against_it():
    exercise = declared(
        lambda x: (x.sum(), x.mean()), [(x,) for x in ROWS], {(lambda x: (x.std(), x.min())): "SD"}
    )
    assert "SD" not in judge(exercise, unread(lambda x: (x.std(), x.max())))[1]
    assert "SD" in judge(exercise, unread(lambda x: (x.std(), x.mean())))[1]
