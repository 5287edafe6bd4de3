"""Errors in plain words, values and choices in another dress, further hints, repetitions."""

import json
import math
import sys
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from helpers import exercises
from helpers.checker import Exercise, _record, _steps, check, progress
from helpers.checker._judging import judge

X = np.arange(6.0).reshape(2, 3)
ERRORS = Exercise("task", lambda x: x.sum(), cases={"one": (X,)})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: sqrt(x), "write `np.sqrt`"),  # noqa: F821
        (lambda x: totl, "there is no `totl` here"),  # noqa: F821
        (lambda x: math.sqrt(x), "met an array"),
        (lambda x: 1 if x > 2 else 0, "needs one True or False"),
        (lambda x: 0 <= x <= 1, "(a <= x) & (x <= b)"),
        (lambda x: min(x, 3 * x), "needs one True or False"),
        (lambda x: x(0), "square brackets"),
        (lambda x: x.sum[0], "round brackets"),
        (lambda x: x.sum + 1, "without its brackets"),
        (lambda x: [a for a, b, c, d in x], "taken apart into 4"),
        (lambda x: x + np.ones(4), "the shapes (2,3) (4,) do not fit"),
        (lambda x: x[2, 0], "index 2 is outside: axis 0 has the length 2, so the last index is 1"),
        (lambda x: [1, 2][2], "the last element of n has the index n - 1"),
        (lambda x: x[0, 0, 0], "3 indices for an array with 2 axes"),
        (lambda x: x.mean(axis=2), "there is no axis 2"),
        (lambda x: ~x, "`~` turns round True and False"),
        (lambda x: x[1.0], "an index must be a whole number"),
        (lambda x: range(x.size / 2), "use `//` instead of `/`"),
        (lambda x: (x > 1) - (x > 2), "masks cannot be subtracted"),
        (lambda x: x.summ(), "an array has no `.summ`"),
        (lambda x: [1, 2] / 2, "do not compute element by element"),
        (lambda x: 1 / 0, "a division by 0"),
        (lambda x: math.log(0), "a number that has none"),
        (lambda x: x.reshape(4, 4), "6 elements do not fill the shape (4,4)"),
        (lambda x: np.uint8(300), "300 does not fit into uint8"),
        (lambda x: x[x[:, :2] > 1], "a mask takes elements only"),
        (lambda x: x.astype(int) ^ 2.0, "`^` is not a power"),
        (lambda x: sorted(x, True), "further ones by name"),
        (lambda x: np.linalg.solve(np.zeros((2, 2)), x), "have no single solution"),
        (lambda x: np.linalg.inv(x), "as many rows as columns"),
        (lambda x: np.bincount(np.array(["a"])), "names stand where numbers are needed"),
        (lambda x: np.array(["a"]) + x, "names stand where numbers are needed"),
        (lambda x: np.bincount(x[0]), "and these are floats: write `.astype(int)`"),
        (lambda x: x > 1 & x < 3, "put brackets round each comparison"),
        (lambda x: "uint8".itemsize, "text has no `.itemsize`"),
        (lambda x: sum([1, 2]).mean(), "one number stands here, and it has no `.mean`"),
        (lambda x: list(len(x)), "it has no elements and no length"),
        (lambda x: x[0, 0][0], "it has no elements and no length"),
        (lambda x: len(x.sum()), "it has no elements and no length"),
        (lambda x: np.concatenate([x, np.ones(3)]), "of equal length along every other axis"),
        (lambda x: np.stack([x, x.T]), "of equal length along every other axis"),
        (lambda x: "a" + 1, "text cannot be added to a number"),
        (lambda x: cv2.add(x, x.astype("f4")), "two arrays of one dtype only"),
        (lambda x: round(x), "use `np.rint`"),
        (lambda x: sorted([1, "a"]), "of type str cannot be compared with one of type int"),
        (lambda x: np.zeros(2, 3), "a shape is one tuple"),
        (lambda x: int(x[0, 0] * math.nan), "NaN cannot become a whole number"),
        (lambda x: divmod(7, 2).reshape(2), "take one of them, with `[0]`"),
    ],
)
def test_an_error_is_told_in_plain_words_with_the_original_below(answer, words):
    state, message, kind = judge(ERRORS, answer)
    assert (state, kind) == ("hint", "raises")
    plain, _, original = message.partition("\n")
    assert words in plain and "error" in original.lower()


VALUE = Exercise("task", 12.5, misconceptions={25.0: "TWICE"})


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (np.float32(12.5), "correct", ""),
        ("12.5", "hint", "without quotation marks"),
        ("25", "hint", "without quotation marks"),
        ([12.5], "hint", "the number itself"),
        (np.array([12.5]), "hint", "the number itself"),
        (25, "hint", "TWICE"),
    ],
)
def test_a_value_in_another_dress_gets_its_own_sentence(answer, state, words):
    said = judge(VALUE, answer)
    assert said[0] == state and words in said[1]


def test_short_floats_are_as_right_as_they_can_be():
    exercise = Exercise("task", lambda x: x / 3, cases={"one": (X,)}, dtype=False)
    assert judge(exercise, lambda x: (x / 3).astype(np.float32))[0] == "correct"
    assert judge(exercise, lambda x: (x / 3.0005).astype(np.float32))[0] == "hint"


def test_a_number_in_a_box_or_in_quotation_marks_is_told_for_functions_too():
    exercise = Exercise("task", lambda x: 2.0 * x, cases={"a": (1,), "b": (2,)})
    assert "the number itself" in judge(exercise, lambda x: [2.0 * x])[1]
    assert "but it is text" in judge(exercise, lambda x: str(2.0 * x))[1]


CHOICE = Exercise("task", "about 7 %", choices=("about 7 %", "it wraps"), misconceptions={"it wraps": "NO"})  # fmt: skip # noqa: E501


@pytest.mark.parametrize("answer", ["about 7 %.", '"about 7%"', "About 7 percent", "(about 7 per cent)"])  # fmt: skip # noqa: E501
def test_a_choice_forgives_its_spelling(answer):
    assert judge(CHOICE, answer)[0] == "correct"


def test_another_choice_is_still_another():
    assert judge(CHOICE, "it wraps!") == ("hint", "NO", "misconception")
    assert judge(CHOICE, "about 8 %")[2] == "unlisted"


# further hints and repetitions


def double(x):
    return np.clip(x, 0, 9) + x


AGAIN = Exercise("Four times two?", 8)
HARD = Exercise("Double it.", double, cases={"one": (1,), "two": (2,)})
STEPPED = Exercise("Three times two?", 6, steps=("COUNT", "ADD"), again=AGAIN)


@pytest.fixture
def course(monkeypatch, tmp_path):
    """Offer three lessons, and stored solutions of the first."""
    package, work = tmp_path / "package", tmp_path / "work"
    (work / "solutions").mkdir(parents=True)
    package.mkdir()
    cell = {"cell_type": "code", "source": 'def f(x):\n    return 2 * x\n\n\ncheck("T0.hard", f)'}
    (work / "solutions" / "T0_x.ipynb").write_text(json.dumps({"cells": [cell]}))
    for lesson in ("t0", "t1", "t2"):
        (package / f"lesson_{lesson}.py").touch()
        module = SimpleNamespace(EXERCISES={"hard": HARD, "stepped": STEPPED})
        monkeypatch.setitem(sys.modules, f"helpers.exercises.lesson_{lesson}", module)
    monkeypatch.setattr(exercises, "__path__", [str(package)])
    monkeypatch.setattr(_record, "_session", {})
    monkeypatch.setattr(_steps, "_asked", {})
    monkeypatch.chdir(work)


def test_further_hints_come_one_by_one_and_the_first_stays(course):
    first = check("T0.hard", lambda x: 0).message
    said = [check("T0.hard", lambda x: 0, more=True).message for _ in range(4)]
    assert all(message.startswith(first) for message in said)
    assert 'Hint 1 of 3: do it by hand first, in the smallest case "one"' in said[0]
    assert "Hint 2 of 3: the way leads over `clip`." in said[1]
    assert "Hint 3 of 3 (the last one): the solution has the line `return 2 * x`." in said[2]
    assert said[3] == said[2]


def test_declared_steps_come_first_and_a_right_answer_needs_none(course):
    assert "Hint 1 of 2: COUNT" in check("T1.stepped", 5, more=True).message
    assert "Hint 2 of 2 (the last one): ADD" in check("T1.stepped", ..., more=True).message
    assert check("T1.stepped", 6, more=True).message == ""


def _solve_late(name):
    for answer in (1, 2):
        check(name, answer)
    check(name, 6)


def test_what_took_three_tries_comes_back_after_the_lesson_after_next(course):
    _solve_late("T0.stepped")
    check("T1.stepped", 6)
    assert "Repeat" not in repr(progress())
    check("T2.stepped", 6)
    assert repr(progress()).endswith("\nRepeat T0.stepped.again: Four times two?")
    assert "<p>Repeat T0.stepped.again" in progress()._repr_html_()
    check("T0.stepped.again", 8)
    assert "Repeat" not in repr(progress())


def test_an_exercise_without_other_numbers_is_written_once_more(course):
    for answer in (lambda x: 1, lambda x: 2, double):
        check("T0.hard", answer)
    check("T2.stepped", 6)
    assert "Repeat T0.hard: Double it., in an empty cell and without looking" in repr(progress())
    check("T0.hard", double)
    assert "Repeat" not in repr(progress())


def test_there_is_no_repetition_where_none_is_declared(course):
    with pytest.raises(ValueError, match="`name` must be an exercise"):
        check("T0.hard.again", 8)
