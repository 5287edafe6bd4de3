"""The race: agreement first, then times taken in turns."""

import re

import numpy as np
import pytest

from helpers import racing
from helpers.racing import race


class Clock:
    """A clock that only moves when a contestant works."""

    def __init__(self, monkeypatch):
        self.now, self.log = 0.0, []
        monkeypatch.setattr(racing.time, "perf_counter", lambda: self.now)

    def contestant(self, name, *seconds, result=1.0):
        times = list(seconds)

        def run():
            self.log.append(name)
            self.now += times.pop(0) if len(times) > 1 else times[0]
            return result

        return run


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def test_ratios_by_hand(clock):
    lanes = race(
        ours=clock.contestant("ours", 9, 0.5, 0.25, 0.5),  # the first call is the expected result
        library=clock.contestant("library", 2, 1, 3),
        loop=clock.contestant("loop", 50),
        rounds=2,
    )
    assert [lane.name for lane in lanes] == ["loop", "library", "ours"]
    assert lanes["ours"] == ("ours", 0.25, 1.0)
    assert lanes["library"] == ("library", 1, 4.0)
    assert lanes["loop"].ratio == 200
    assert lanes[0] is lanes["loop"]


def test_contestants_take_turns_and_a_slow_loop_runs_once(clock):
    race(
        ours=clock.contestant("ours", 0.1),
        library=clock.contestant("library", 0.1),
        loop=clock.contestant("loop", 1.5),
        rounds=2,
    )
    assert clock.log == ["ours", "loop", "library", "ours"] + 2 * ["library", "ours"]


def test_a_quick_loop_joins_every_round(clock):
    race(ours=clock.contestant("ours", 0.1), loop=clock.contestant("loop", 0.9), rounds=3)
    assert clock.log.count("loop") == 4


def test_the_table_names_each_lane_in_milliseconds(clock):
    lanes = race(ours=clock.contestant("o", 0.002), library=clock.contestant("l", 0.05), rounds=1)
    assert repr(lanes).splitlines() == [
        "library      50.000 ms       25.0 x",
        "ours          2.000 ms        1.0 x",
    ]


@pytest.mark.parametrize("name", ["library", "loop"])
def test_a_wrong_answer_wins_nothing(name):
    expected = f"`{name}` must give the result of `ours`; it differs."
    with pytest.raises(ValueError, match=re.escape(expected)):
        race(ours=lambda: np.zeros(3), **{name: lambda: np.array([0, 0, 1e-5])})


def test_agreement_has_a_tolerance_and_can_be_another_rule():
    assert race(ours=lambda: 1.0, library=lambda: 1 + 1e-7, rounds=1)["library"]
    assert race(ours=lambda: 1.0, library=lambda: 1.1, rounds=1, rtol=0.2)["library"]
    words = {"ours": lambda: "AB", "library": lambda: "ab"}
    assert race(**words, rounds=1, agree=lambda theirs, own: theirs.lower() == own.lower())
    with pytest.raises(ValueError, match="`library` must give"):
        race(**words, rounds=1, agree=lambda theirs, own: theirs == own)


def test_a_result_that_is_not_a_number_is_no_agreement():
    with pytest.raises(ValueError, match="`library` must give the result"):
        race(ours=lambda: 0.0, library=lambda: float("nan"))


def test_rounds_must_be_positive():
    with pytest.raises(ValueError, match=re.escape("`rounds` must be at least 1; got 0.")):
        race(ours=lambda: 1, rounds=0)
