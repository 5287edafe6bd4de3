"""What may be said of a changed answer, how much work that takes, and what a busy machine changes.

The clocks are set by hand here: how fast this machine is must not matter.
"""

import ast
import math
import time
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.checker import Exercise, _attempts, _budget, _running
from helpers.checker._budget import CALLS, ROUNDS, Budget, counted
from helpers.checker._judging import judge
from helpers.checker._running import Outcome, TooSlow, run
from helpers.checker._safety import is_nearer
from helpers.checker._source import built, tree_of
from helpers.checker._trial import judged

RNG = np.random.default_rng(14)
ROWS = [RNG.random((n, 4)) for n in (2, 3, 5)]


def declared(reference, cases, **settings):
    named = {f"case {at}": case if isinstance(case, tuple) else (case,) for at, case in cases}
    return Exercise("task", reference, cases=named, **settings)


# a change is named only if it brings the answer nearer


def scaled_slip(x):
    return 7.1 * x.max(axis=1)


def scaled_the_wrong_way(x):
    return x.max(axis=1) / 7.1


@pytest.mark.parametrize(
    ("right", "offered"),
    [
        (lambda x: 2 * x.sum(axis=1), True),  # 3 to 6: the slip, 5 to 7, is nearer
        (lambda x: x.min(axis=1), False),  # below 1: the slip is farther than the answer
    ],
)
def test_a_first_step_that_leads_away_is_not_offered(right, offered):
    exercise = declared(right, enumerate(ROWS), misconceptions={scaled_slip: "SLIP"})
    message = judge(exercise, scaled_the_wrong_way)[1]
    assert message.startswith("two things give exactly this result. In line 2") == offered
    assert ("SLIP" in message) == offered


def test_a_first_step_that_spoils_a_right_case_is_not_offered():
    def right(x):
        return 2 * x.sum(axis=1) if len(x) > 2 else scaled_the_wrong_way(x)

    exercise = declared(right, enumerate(ROWS), misconceptions={scaled_slip: "SLIP"})
    assert "SLIP" not in judge(exercise, scaled_the_wrong_way)[1]


def _trial_of(got, want):
    """Make a Trial of one case for each pair of values; an error stands for itself."""
    exercise = declared(lambda x: x, enumerate(range(len(want))))
    failed = [isinstance(value, Exception) for value in got]
    outcomes = [
        Outcome(None if bad else value, value if bad else None, False, "")
        for value, bad in zip(got, failed, strict=True)
    ]
    return judged(exercise, outcomes, [Outcome(value, None, False, "") for value in want])


@pytest.mark.parametrize(
    ("got", "changed", "nearer"),
    [
        ([9, 9], [0, 0], True),  # less wrong
        ([1, 9], [1, 2], True),  # more elements right
        ([1, 9], [2, 3], False),  # less wrong in all, but the first was right
        ([9, 9], [1, 100], False),  # more right, but farther away in all
        ([9, 9], [9, 9], False),  # nothing gained
        ([1, 2], [1, 2], False),
        ([1, 2, 3], [9, 9], True),  # the right shape
        ([9, 9], [1, 2, 3], False),
        (ValueError("no"), [9, 9], True),
        ([9, 9], None, False),  # the change raises
        (ValueError("no"), None, False),
        ([math.nan, 9], [0, 9], True),
    ],
)
def test_nearer_means_fewer_wrong_elements_and_less_wrong_in_all(got, changed, nearer):
    got = got if isinstance(got, Exception) else np.array(got)
    changed = None if changed is None else np.array(changed)
    assert is_nearer(_trial_of([got], [np.array([1, 2])]), [changed]) == nearer


def test_nearer_in_one_case_and_farther_in_another_is_not_nearer():
    mine = _trial_of([5, 5, 5], [1, 1, 5])
    assert is_nearer(mine, [2, 5, 5])
    assert is_nearer(mine, [1, 1, 5])
    assert not is_nearer(mine, [2, 6, 5])
    assert not is_nearer(mine, [1, 1, 4])


# what a change touches must matter


def ranked_by_a_share(x):
    spread = x.std(axis=1)
    return np.argsort(x.mean(axis=1) / spread)


def ranked_by_columns(x):
    return np.argsort(x.mean(axis=0))


RANKED = declared(lambda x: np.argsort(x.mean(axis=1)), enumerate([*ROWS, RNG.random((7, 4))]))


def test_an_expression_that_is_not_wanted_is_called_so_and_not_mended():
    state, message, kind = judge(RANKED, ranked_by_a_share)
    assert (state, kind) == ("hint", "repair")
    assert message == (
        "nearly right. In line 2, `x.std(axis=1)`: all is right with 1 in its place, so it is not"
        " wanted."
    )
    assert judge(RANKED, ranked_by_columns)[1].endswith("`x.mean(axis=0)`: look at the axis.")


def healthy_by_tilde(labels, scores):
    healthy = ~labels
    return scores[healthy].mean()


def all_together(labels, scores):
    return scores[~labels].mean()


def test_the_tilde_on_labels_is_told_before_a_declared_slip():
    labels, scores = (
        [RNG.integers(0, 2, n) for n in (6, 9, 12)],
        [RNG.random(n) for n in (6, 9, 12)],
    )
    exercise = declared(
        lambda labels, scores: scores[labels == 0].mean(),
        enumerate(zip(labels, scores, strict=True)),
        misconceptions={all_together: "DECLARED"},
    )
    message = judge(exercise, healthy_by_tilde)[1]
    assert "`~labels`: `~` turns round True and False only" in message
    assert "DECLARED" not in message


# arguments that are read or not, and results that never change


def spread_times_width(x, width):
    return x.std(axis=1) * width


def spread_times_three(x, width):
    return x.std(axis=1) * 3


def spread_of_small_widths(x, width):
    return x.std(axis=1) * (width - (width > 4))


def test_a_parameter_that_is_never_read_comes_before_a_majority():
    cases = enumerate(zip(ROWS, (3, 3, 5), strict=True))
    right = declared(
        lambda x, width: x.mean(axis=1) * width,
        cases,
        misconceptions={spread_times_width: "SD"},
    )
    message, kind = judge(right, spread_times_three)[1:]
    assert kind == "fact" and message.startswith("the parameter `width` is never read")
    message, kind = judge(right, spread_of_small_widths)[1:]
    assert kind == "majority" and message.endswith("known slip: SD")


def always(x, limit):
    return np.mean(x + limit > limit - 1)


def always_by_size(x, limit):
    return len(x) / max(len(x), limit)


def without_limit(x, limit):
    return np.mean(x == x)


def one_from_zero_on(x, limit):
    return 0.5 if limit < 0 else len(x) / len(x)


LIMITS = list(zip(ROWS, (-1, 0.2, 0.5), strict=True))
SLIP = "One slip that does this: "


@pytest.mark.parametrize(
    ("answer", "slips", "told"),
    [
        (always, {always_by_size: "SIZE"}, "SIZE"),
        (without_limit, {without_limit: "NO LIMIT"}, "NO LIMIT"),
        (always, {always_by_size: "SIZE", one_from_zero_on: "ZERO"}, ""),  # two ways to 1
        (always, {without_limit: "NO LIMIT"}, ""),  # the slip reads no limit, the answer does
        (without_limit, {always_by_size: "SIZE"}, ""),  # the slip reads one, the answer does not
    ],
)
def test_a_constant_result_names_a_slip_only_if_just_one_fits(answer, slips, told):
    exercise = declared(
        lambda x, limit: np.mean(x > limit), enumerate(LIMITS), misconceptions=slips
    )
    message = judge(exercise, answer)[1]
    if told:
        assert message == f"it returns 1 in every case. {SLIP}{told}"
    else:
        assert SLIP not in message and not any(hint in message for hint in slips.values())


# the search is bounded by counted steps


def largest_over_power(x):
    out = []
    for row in x:
        out.append(row.max() / (row**2).mean())
    return np.array(out)


EFFECTIVE = declared(lambda x: x.max(axis=1) / np.sqrt((x**2).mean(axis=1)), enumerate(ROWS))


@pytest.fixture
def budgets(monkeypatch):
    """Keep the budgets of the next searches."""
    kept = []

    def keep():
        kept.append(Budget())
        return kept[-1]

    monkeypatch.setattr(_attempts, "Budget", keep)
    return kept


def test_a_busy_machine_gives_the_same_hint_after_the_same_steps(budgets, monkeypatch):
    idle = judge(EFFECTIVE, largest_over_power)
    assert idle[2] == "repair" and idle[1].endswith("a square root is missing.")
    steps = [(budget.calls, budget.rounds) for budget in budgets]
    assert max(calls for calls, _ in steps) > 100  # far down the list of changes
    hours = iter(range(0, 10**9, 3600))
    busy = SimpleNamespace(monotonic=lambda: next(hours), process_time=time.process_time)
    monkeypatch.setattr(_budget, "time", busy)
    monkeypatch.setattr(_running, "time", busy)
    monkeypatch.setattr(time, "monotonic", busy.monotonic)
    monkeypatch.setattr(time, "perf_counter", busy.monotonic)
    budgets.clear()
    assert judge(EFFECTIVE, largest_over_power) == idle
    assert [(budget.calls, budget.rounds) for budget in budgets] == steps


@pytest.mark.parametrize("name", ["CALLS", "ROUNDS"])
def test_the_search_ends_when_its_steps_are_spent(budgets, monkeypatch, name):
    monkeypatch.setattr(_budget, name, 60)
    assert judge(EFFECTIVE, largest_over_power)[2] == "value"
    spent = [budget.calls if name == "CALLS" else budget.rounds for budget in budgets]
    assert 60 <= max(spent) < 60 + sum(map(len, ROWS))


def rounds(n):
    for _ in range(n):
        n += 0
    return n


def endless(n):
    while True:
        try:
            n += 1
        except:  # noqa: E722
            n += 2


def _counted(function, budget):
    tree = tree_of(function)
    before = ast.dump(tree)
    with counted(tree):
        made = built(function, tree, budget.names)
    assert ast.dump(tree) == before
    return made


def test_a_loop_without_end_is_stopped_by_its_rounds():
    budget = Budget()
    assert budget.call(_counted(endless, budget), (1,), 0, True) is None
    assert (budget.calls, budget.rounds) == (1, 1001)


def test_a_changed_answer_may_make_four_times_as_many_rounds_and_a_thousand_more():
    budget = Budget()
    made = _counted(rounds, budget)
    budget.learn(made, [(2000,), (0,)], True)
    assert (budget.calls, budget.rounds) == (0, 0)
    assert budget.call(made, (9000,), 0, True) == (9000,)
    assert budget.call(made, (9001,), 0, True) is None
    assert budget.call(made, (1000,), 1, True) == (1000,)
    assert budget.call(made, (1001,), 1, True) is None
    assert (budget.calls, budget.rounds) == (4, 9000 + 9001 + 1000 + 1001)


def test_calls_that_are_known_to_end_cost_no_rounds():
    budget = Budget()
    made = _counted(rounds, budget)
    budget.rounds = 7
    with budget.free():
        assert made(ROUNDS + 1) == ROUNDS + 1
    assert budget.rounds == 7


@pytest.mark.parametrize(
    ("calls", "made", "spent"),
    [(CALLS - 1, 0, False), (CALLS, 0, True), (0, ROUNDS - 1, False), (0, ROUNDS, True)],
)
def test_calls_and_rounds_are_spent_apart(calls, made, spent):
    budget = Budget()
    budget.calls, budget.rounds = calls, made
    assert budget.is_spent == spent


@pytest.mark.parametrize(("computed", "calls"), [(0.001, 1), (0.125, 26), (0.5, 101)])
def test_computing_costs_calls_for_a_learner_waits(monkeypatch, computed, calls):
    ticks = iter((3.0, 3.0 + computed))
    monkeypatch.setattr(_budget, "time", SimpleNamespace(process_time=lambda: next(ticks)))
    budget = Budget()
    assert budget.call(abs, (-2,), 0, False) == (2,)
    assert budget.calls == calls


# the deadline on a busy machine


class Clock:
    """Two clocks that an answer sets by hand; they count how often the deadline looks."""

    def __init__(self):
        self.passed = self.computed = 0.0
        self.looks = 0

    def monotonic(self):
        self.looks += 1
        return self.passed

    def process_time(self):
        return self.computed


@pytest.fixture
def clock(monkeypatch):
    """Let deadlines read these clocks; only how long a timer sleeps is still real."""
    clock = Clock()
    monkeypatch.setattr(_running, "time", clock)
    return clock


@pytest.mark.parametrize(
    ("passed", "computed", "waits"),
    [
        (2.0, 1.0, True),  # half of the processor
        (10.0, 0.6, True),  # a sixteenth of it
        (10.0, 0.4, False),  # asleep
        (2.0, 1.5, True),
        (2.0, 1.7, False),  # it had its two seconds
        (31.0, 1.59, True),
        (33.0, 1.59, False),  # nobody waits longer than for 16 times the seconds
    ],
)
def test_who_computes_is_waited_for_and_who_sleeps_is_not(clock, passed, computed, waits):
    clock.passed, clock.computed = passed, computed
    assert _running._is_kept_waiting((0.0, 0.0), 2.0) == waits


SECONDS = 0.05


def _answer_at(clock, passed, computed, looks=4):
    """Make a right answer at a time of the clock, which the deadline looks at so often."""

    def answer(x):
        clock.passed, clock.computed = passed * SECONDS, computed * SECONDS
        until, start = time.monotonic() + 20, clock.looks
        while clock.looks < start + looks and time.monotonic() < until:
            time.sleep(0.001)
        return 2 * x

    return answer


DOUBLE = declared(lambda x: 2 * x, enumerate([3]), seconds=SECONDS)


def test_a_right_answer_that_the_machine_keeps_waiting_is_accepted(clock):
    assert judge(DOUBLE, _answer_at(clock, passed=9, computed=0.6))[0] == "correct"
    assert clock.looks >= 5  # at the start, and four times while it was late


@pytest.mark.parametrize(("passed", "computed"), [(1, 0.9), (9, 0.1)], ids=["computed", "asleep"])
def test_an_answer_that_had_its_seconds_or_sleeps_is_stopped(clock, passed, computed):
    state, message, kind = judge(DOUBLE, _answer_at(clock, passed, computed))
    assert (state, kind) == ("hint", "slow") and message.startswith("stopped after 0.05 s")


def test_the_wait_ends_when_the_seconds_have_been_computed(clock):
    def answer(x):
        clock.passed, clock.computed = 9 * SECONDS, 0.6 * SECONDS
        until = time.monotonic() + 20
        while time.monotonic() < until:
            time.sleep(0.001)
            if clock.looks > 3:
                clock.computed = 0.9 * SECONDS
        return 2 * x

    assert isinstance(run(answer, (3,), SECONDS).error, TooSlow)
    assert clock.looks > 3


def pairs_within(a, b, reach):
    return int((np.abs(a[:, None] - b) <= reach).sum())


def pairs_of_both(a, b, reach):
    s = np.sort(np.r_[a, b])
    hi = np.searchsorted(s, s + reach, "right")
    return int((hi - np.arange(len(s)) - 1).sum())


def test_a_tool_is_never_put_where_a_value_stood():
    # `np.sort(np.r_)` would not end: as an array, `np.r_` has always one more entry
    cases = enumerate((row[0], row[1], 0.3) for row in ROWS)
    assert judge(declared(pairs_within, cases), pairs_of_both)[0] == "hint"
