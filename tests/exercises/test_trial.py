"""Answers that no declaration knows meet a fitting cause, and never a false one."""

import pytest

from tests.exercises.trial import answers, counts


@pytest.fixture(scope="module")
def found():
    return counts()


def _share(found, kind, outcome):
    total = sum(number for (k, _), number in found.items() if k == kind)
    return found[kind, outcome] / total


def test_the_trial_is_large_enough():
    rows = answers()
    assert len({row.exercise for row in rows}) >= 55
    assert sum(row.kind == "wrong" for row in rows) >= 900
    assert sum(row.kind == "two" for row in rows) >= 140
    assert sum(row.kind == "right" for row in rows) >= 140


def test_right_answers_are_accepted_and_wrong_ones_refused(found):
    assert _share(found, "right", "accepted") == 1
    assert found["wrong", "accepted"] == found["two", "accepted"] == 0


def test_no_cause_is_false(found):
    assert found["wrong", "false"] == found["two", "false"] == 0


def test_most_causes_are_named(found):
    assert _share(found, "wrong", "named") >= 0.82
    assert _share(found, "two", "named") >= 0.40
