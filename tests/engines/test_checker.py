"""The exercise engine: three states, the hint that fits, safe running, remembered progress."""

import _thread
import functools
import json
import math
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections import namedtuple
from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from helpers import exercises
from helpers.checker import Exercise, Feedback, _record, check, progress
from helpers.checker._judging import judge
from helpers.checker._running import run

COLOUR = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
GREY = np.random.default_rng(1).integers(0, 256, (4, 6), dtype=np.uint8)
BRIGHT = np.array([[250]], np.uint8)


def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 0, 255).astype(np.uint8)


def wrap(image, amount):
    return (image.astype(int) + amount).astype(np.uint8)


def no_clip(image, amount):
    return image.astype(int) + amount


def scale(image, amount):
    return np.clip(image.astype(float) * (1 + amount / 255), 0, 255).astype(np.uint8)


def low_only(image, amount):
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


Z = 1.959963984540054


def wilson(k, n):
    p = k / n
    centre = (p + Z * Z / 2 / n) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / 4 / n / n)
    return centre - half, centre + half


def wald(k, n, z=Z):
    p = k / n
    half = z * math.sqrt(p * (1 - p) / n)
    return p - half, p + half


def no_root(k, n):
    p = k / n
    half = Z * p * (1 - p) / n
    return p - half, p + half


def plus_four(k, n):
    return wald(k + 2, n + 4)


def auc(y, score):
    above, below = score[y == 1][:, None], score[y == 0]
    return float((above > below).mean() + 0.5 * (above == below).mean())


def ties_lost(y, score):
    return float((score[y == 1][:, None] > score[y == 0]).mean())


def ties_won(y, score):
    return float((score[y == 1][:, None] >= score[y == 0]).mean())


def turned(y, score):
    return 1 - auc(y, score)


BRIGHTEN = Exercise(
    "Brighten a picture.",
    brighten,
    cases={
        "one bright pixel": (BRIGHT, 10),
        "grey": (GREY, 60),
        "darker": (GREY, -60),
        "colour": (COLOUR, 60),
    },
    misconceptions={wrap: "WRAP", no_clip: "CLIP", scale: "SCALE", low_only: "LOW"},
    explanation="Widen, add, clip, narrow.",
    seconds=0.5,
)
WILSON = Exercise(
    "Give the Wilson interval.",
    wilson,
    cases={"few": (3, 10), "all": (12, 12), "none": (0, 7), "many": (60, 200)},
    misconceptions={wald: "WALD", plus_four: "PLUS4", no_root: "VARIANCE"},
    rtol=1e-3,
    atol=1e-3,
)
_y, _s = np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.4, 0.8])
_many = np.random.default_rng(2)
AUC = Exercise(
    "Count the pairs.",
    auc,
    cases={
        "tie": (_y, _s),
        "reversed": (1 - _y, _s),
        "many ties": (_many.integers(0, 2, 30), _many.integers(0, 5, 30) / 4),
        "no ties": (_many.integers(0, 2, 25), _many.random(25)),
    },
    misconceptions={ties_lost: "TIES0", ties_won: "TIES1", turned: "TURNED"},
)
COLOURS = Exercise(
    "How many colours does 24-bit RGB have?",
    256**3,
    misconceptions={256 * 3: "ADDED", 255**3: "ZERO", (lambda v: 0 < v < 256): "ONE CHANNEL"},
    explanation="`256**3`",
)
WRAPS = Exercise(
    "What is 250 + 10 in uint8?",
    "it wraps",
    choices=("it wraps", "it clips", "it fails"),
    misconceptions={"it clips": "CLIPS", "it fails": "FAILS"},
)


@pytest.fixture(autouse=True)
def lesson(monkeypatch, tmp_path):
    """Offer the demo exercises as lesson T0, in a folder without a course marker."""
    package, work = tmp_path / "package", tmp_path / "work"
    package.mkdir()
    work.mkdir()
    (package / "lesson_t0.py").touch()
    demo = {"brighten": BRIGHTEN, "colours": COLOURS, "predict_wrap": WRAPS}
    monkeypatch.setattr(exercises, "__path__", [str(package)])
    module = SimpleNamespace(EXERCISES=demo)
    monkeypatch.setitem(sys.modules, "helpers.exercises.lesson_t0", module)
    monkeypatch.setattr(_record, "_session", {})
    monkeypatch.chdir(work)
    return work


def declared(reference, *cases, **settings):
    return Exercise(
        "task", reference, cases={f"case {i}": c for i, c in enumerate(cases)}, **settings
    )


# the three states


def empty(image, amount):
    """Add the amount."""


def dots(image, amount=3, *rest, key: int = 0, **more):
    """Add the amount."""
    ...


def passes(image):
    pass


def passes_twice(image, amount):
    """Add the amount."""
    pass
    ...


def returns_dots(image, amount):
    return ...


def result_dots(image, amount):
    """Add the amount."""
    result = ...
    return result


def not_implemented(image, amount):
    raise NotImplementedError("add the amount")


class Stub:
    def method(self, image, amount): ...


@pytest.mark.parametrize(
    "answer",
    [
        ...,
        None,
        empty,
        dots,
        passes,
        passes_twice,
        returns_dots,
        result_dots,
        not_implemented,
        lambda image, amount: ...,
        Stub().method,
        functools.partial(dots, amount=1),
    ],
)
def test_an_unwritten_function_is_not_attempted(answer):
    assert judge(BRIGHTEN, answer) == ("todo", "", "stub")


@pytest.mark.parametrize("answer", [..., None, empty])
@pytest.mark.parametrize("exercise", [COLOURS, WRAPS])
def test_an_unwritten_value_or_choice_is_not_attempted(exercise, answer):
    state, message, kind = judge(exercise, answer)
    assert (state, kind) == ("todo", "stub")
    assert all(f'"{choice}"' in message for choice in exercise.choices)
    assert bool(message) == bool(exercise.choices)


@pytest.mark.parametrize(
    "body", [lambda a, b: 0, lambda a, b: "doc", lambda a, b: (), lambda a, b: a]
)
def test_a_short_body_is_not_an_empty_body(body):
    assert judge(BRIGHTEN, body)[0] == "hint"


def test_a_constant_with_a_docstring_is_not_a_stub():
    def five():
        """Five."""
        return 5

    assert judge(declared(five, ()), five)[0] == "correct"


# accepted: correct but unusual


def looped(image, amount):
    out = image.copy()
    for at in np.ndindex(image.shape):
        out[at] = min(255, max(0, int(image[at]) + amount))
    return out


def listed(image, amount):
    return brighten(image, amount).tolist()


def printing(image, amount):
    print("working", image)
    print("still", file=sys.stderr)
    return brighten(image, amount)


class Callable:
    def __call__(self, image, amount):
        return brighten(image, amount)


@pytest.mark.parametrize(
    "answer",
    [
        brighten,
        looped,
        listed,
        printing,
        Callable(),
        lambda *args: brighten(*args),
        functools.partial(brighten),
        lambda i, a: tuple(map(tuple, brighten(i, a))),
        lambda i, a: iter(brighten(i, a)),
    ],
)
def test_correct_but_unusual_code_is_accepted(answer):
    assert judge(BRIGHTEN, answer) == ("correct", "Widen, add, clip, narrow.", "correct")


@pytest.mark.parametrize("answer", [np.add, lambda a, b: b + a, int.__add__])
def test_ufuncs_lambdas_and_builtins_are_answers(answer):
    assert judge(declared(lambda a, b: a + b, (1, 2), (5, -7)), answer)[0] == "correct"


Pair = namedtuple("Pair", "low high")


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


@pytest.mark.parametrize(
    ("want", "got"),
    [
        (0.5, np.float32(0.5)),
        (0.5, np.array(0.5)),
        (0.5, Fraction(1, 2)),
        (3, 3.0),
        (True, 1),
        (True, np.True_),
        ((0.1, 0.9), [0.1, 0.9]),
        ((0.1, 0.9), np.array([0.1, 0.9])),
        (Pair(0.1, 0.9), (0.1, 0.9)),
        (Interval(0.1, 0.9), (0.1, 0.9 + 1e-9)),
        ((0.1, 0.9), Interval(0.1, 0.9)),
        ([True, False], np.array([1, 0])),
        ([1, 2, 3], range(1, 4)),
        (math.nan, np.float32("nan")),
        ([math.inf, -math.inf], [math.inf, -math.inf]),
        ((np.zeros(3), 1.0), [[0, 0, 0], 1]),
        ((np.zeros(3), np.ones(3)), np.array([[0, 0, 0], [1, 1, 1]])),
        ((np.zeros(3), np.ones(2)), [[0, 0, 0], [1, 1]]),
        ({"a": np.ones(2), "b": "x"}, {"b": "x", "a": [1, 1]}),
        (["cat", "dog"], np.array(["cat", "dog"])),
        (pd.Series([1.0, 2.0]), [1, 2]),
        (pd.DataFrame({"a": [1], "b": ["x"]}), pd.DataFrame({"a": [1], "b": ["x"]})),
        ({1, 2}, {2, 1}),
        (2 + 1j, np.complex64(2 + 1j)),
        (256**1000, 256**1000),
        ([], ()),
    ],
)
def test_the_same_meaning_in_another_type_is_accepted(want, got):
    assert judge(declared(lambda x: want, (0,)), lambda x: got)[0] == "correct"


@pytest.mark.parametrize(
    ("want", "got", "kind"),
    [
        (256**3, 256**3 - 1, "value"),
        (256**3, 256.0**3 - 1, "value"),
        (2**53 + 1, 2**53, "value"),
        (256**1000, 256**1000 + 1, "value"),
        (256**1000, 1.0, "value"),
        (0.5, 0.50001, "value"),
        (2 + 1j, 2, "value"),
        (1.0, math.nan, "value"),
        (True, "True", "value"),
        (0.5, [0.5], "shape"),
        (np.zeros((2, 3)), np.zeros((3, 2)), "shape"),
        ((np.zeros(3), 1.0), (np.zeros(3),), "shape"),
        ((np.zeros(3), 1.0), (np.zeros(2), 1.0), "shape"),
        ((np.zeros(3), 1.0), (np.array([0, 0, 7]), 1.0), "value"),
        ({"a": 1}, {"a": 2}, "value"),
        ({"a": 1}, {"b": 1}, "value"),
        ({"a": 1}, [1], "value"),
        (np.zeros(2), [[1], [1, 2]], "shape"),
        (np.zeros(2), "x", "value"),
        (np.zeros(2), object(), "value"),
        (np.zeros(2), np.sin, "type"),
        (["cat", "dog"], ["cat", "cow"], "value"),
        (pd.Series([1.0, 2.0]), pd.Series([1.0, 3.0]), "value"),
        (pd.DataFrame({"a": ["x"]}), pd.DataFrame({"a": ["y"]}), "value"),
        (Pair(0.1, 0.9), Pair(0.1, 0.8), "value"),
        ("text", 3, "value"),
    ],
)
def test_another_meaning_is_refused_without_a_crash(want, got, kind):
    state, message, found = judge(declared(lambda x: want, (0,)), lambda x: got)
    assert (state, found) == ("hint", kind)
    assert " at 0x" not in message and len(message) < 200


@given(
    hnp.arrays(
        st.sampled_from([np.uint8, np.int64, np.float32, np.float64, np.bool_]),
        hnp.array_shapes(min_dims=0, max_dims=3, max_side=4),
    )
)
def test_any_array_equals_itself_as_a_list_and_differs_from_another_shape(array):
    exercise = declared(lambda x: array, (0,))
    assert judge(exercise, lambda x: array.copy())[0] == "correct"
    assert judge(exercise, lambda x: array.tolist())[0] == "correct"
    assert judge(exercise, lambda x: array[None])[2] == "shape"


@given(hnp.arrays(np.int64, hnp.array_shapes(max_dims=3, max_side=4)), st.data())
def test_one_integer_off_by_one_is_found_where_it_is(array, data):
    at = tuple(data.draw(st.integers(0, n - 1)) for n in array.shape)
    other = array.copy()
    other[at] ^= 1
    message = judge(declared(lambda x: array, (0,)), lambda x: other)[1]
    assert f"at {list(at)} expected {array[at]}, got {other[at]}" in message
    assert array.size == 1 or f"1 of {array.size} elements differ" in message


# misconceptions


def in_place(image, amount):
    image += np.uint8(amount)
    return image


def float_no_clip(image, amount):
    return image.astype(np.float32) + amount


def wrapped_then_clipped(image, amount):
    return np.clip(image + np.uint8(amount % 256), 0, 255)


def rounded_scale(image, amount):
    return (image * (1 + amount / 255)).clip(0, 255).astype(np.uint8)


def wald_numpy(k, n):
    p = k / n
    return p + np.array([-1.96, 1.96]) * np.sqrt(p * (1 - p) / n)


def wald_clipped(k, n):
    low, high = wald(k, n, 1.96)
    return max(0, low), min(1, high)


def pairs(y, score):
    wins = [a > b for a in score[y == 1] for b in score[y == 0]]
    return sum(wins) / len(wins)


@pytest.mark.parametrize(
    ("exercise", "answer", "hint"),
    [
        (BRIGHTEN, lambda i, a: i + a, "WRAP"),  # raises for -60, wraps for the others
        (BRIGHTEN, in_place, "WRAP"),
        (BRIGHTEN, wrapped_then_clipped, "WRAP"),
        (BRIGHTEN, float_no_clip, "CLIP"),
        (BRIGHTEN, lambda i, a: np.add(i, a, dtype=np.int16), "CLIP"),
        (BRIGHTEN, rounded_scale, "SCALE"),
        (WILSON, lambda k, n: list(wald(k, n, 1.96)), "WALD"),
        (WILSON, wald_numpy, "WALD"),
        (AUC, pairs, "TIES0"),
        (AUC, lambda y, s: 1 - auc(y, s), "TURNED"),
        (AUC, lambda y, s: np.float32(ties_won(y, s)), "TIES1"),
    ],
)
def test_a_natural_wrong_answer_gets_the_hint_that_cures_it(exercise, answer, hint):
    assert judge(exercise, answer) == ("hint", hint, "misconception")


def test_an_answer_that_differs_from_a_slip_elsewhere_hears_that_it_is_one_of_several():
    said = "one slip that gives the same in every case tried: WALD"
    assert judge(WILSON, wald_clipped) == ("hint", said, "misconception")


@pytest.mark.parametrize("exercise", [BRIGHTEN, WILSON, AUC])
def test_each_misconception_gets_its_own_hint(exercise):
    got = [judge(exercise, wrong)[1] for wrong in exercise.misconceptions]
    assert got == list(exercise.misconceptions.values())


@pytest.mark.parametrize(
    ("exercise", "answer", "expected"),
    [
        (BRIGHTEN, lambda i, a: np.clip(i + np.uint8(a % 256), 0, 200), "value"),
        (BRIGHTEN, lambda i, a: np.zeros_like(i), "constant"),
        (AUC, lambda y, s: 0.5, "constant"),
    ],
)
def test_an_answer_that_no_misconception_explains_gets_a_plain_difference(
    exercise, answer, expected
):
    state, message, kind = judge(exercise, answer)
    assert (state, kind) == ("hint", expected) and "expected" in message


def test_a_misconception_must_explain_every_wrong_value():
    exercise = declared(abs, (-1,), (-2,), misconceptions={(lambda x: x): "SIGN"})
    assert judge(exercise, lambda x: x)[1] == "SIGN"
    assert judge(exercise, lambda x: x if x == -1 else 7)[2] == "value"


def test_side_effects_and_dtype_do_not_weigh_against_a_misconception():
    def negative(x):
        return -np.abs(x)

    exercise = declared(
        np.abs,
        (np.array([-1]),),
        (np.array([2]),),
        misconceptions={negative: "ALWAYS NEGATIVE", np.positive: "SIGN"},
    )
    assert judge(exercise, lambda x: x * 1.0)[1] == "SIGN"


def test_on_a_tie_the_misconception_without_contradicted_cases_wins():
    exercise = declared(
        abs,
        (-1,),
        (-2,),
        (3,),
        misconceptions={(lambda x: min(x, -x)): "ALWAYS NEGATIVE", (lambda x: x): "SIGN"},
    )
    assert judge(exercise, lambda x: x)[1] == "SIGN"


def test_a_case_that_raises_speaks_for_the_misconception_that_fails_there():
    def first(x):
        return x if x == -1 else abs(x)

    exercise = declared(abs, (-1,), (-2,), misconceptions={first: "FIRST", (lambda x: x): "SIGN"})
    assert judge(exercise, lambda x: x if x == -1 else 1 / 0)[1] == "SIGN"
    assert judge(exercise, first)[1] == "FIRST"


def test_a_misconception_that_only_raises_is_recognised_by_its_error():
    def grey_only(image):
        height, width = image.shape
        return height * width

    exercise = declared(
        lambda image: image.shape[0] * image.shape[1],
        (GREY,),
        (COLOUR,),
        misconceptions={grey_only: "CHANNELS"},
    )

    def other_spelling(image):
        m, n = image.shape
        return m * n

    def other_fault(image):
        return image.size if image.ndim == 2 else int("three")

    assert judge(exercise, other_spelling)[1] == "CHANNELS"
    assert judge(exercise, other_fault)[2] == "raises"
    assert judge(exercise, lambda image: image.size if image.ndim == 2 else 1 / 0)[2] == "raises"


def test_mutation_and_dtype_can_be_misconceptions_with_their_own_hint():
    def mutates(x):
        x *= 2
        return x

    exercise = declared(
        lambda x: x * 2,
        (np.arange(3),),
        misconceptions={mutates: "COPY", (lambda x: x * 2.0): "INTEGER"},
    )
    assert judge(exercise, lambda x: np.multiply(x, 2, out=x))[1] == "COPY"
    assert judge(exercise, lambda x: x / 0.5)[1] == "INTEGER"
    assert judge(exercise, lambda x: (x * 2).astype(np.int16))[2] == "dtype"


# order and wording of the hints


def naive_sum(values):
    total = 0
    for value in values:
        total += value + vlaue  # noqa: F821
    return total


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (brighten(GREY, 1), "type", "without calling it"),
        (lambda i, a: brighten(i, a) and None, "none", "returns None"),
        (lambda i, a: print(brighten(i, a)), "none", "printing shows a result"),
        (lambda i, a: [brighten(i, a)][1:] or None, "none", "returns None: is `return` missing?"),
        (lambda i: i, "arity", "called with 2 arguments: (image, amount)"),
        (lambda i, a: undefined + a, "raises", "NameError in line 1 of the function: name"),  # noqa: F821
        (lambda i, a: sys.exit(3), "raises", "SystemExit"),
        (lambda i, a: brighten(i, a)[..., 0], "shape", "expected shape (1, 1), got (1,)"),
        (lambda i, a: brighten(i, a) // 2, "value", "at [0, 0] expected 255, got 127"),
        (lambda i, a: brighten(i, a).astype(float), "dtype", "dtype is float64, expected uint8"),
        (lambda i, a: brighten(i, a) if i.ndim == 2 else None, "value", "got None"),
    ],
)
def test_a_hint_names_its_kind_and_the_fact(answer, kind, words):
    state, message, found = judge(BRIGHTEN, answer)
    assert (state, found) == ("hint", kind)
    assert words in message


def test_a_value_hint_names_case_element_and_count_but_no_whole_array():
    def answer(image, amount):
        out = brighten(image, amount)
        if image.ndim == 3:
            out[1, 2:4, 0] ^= 1
        return out

    want = brighten(COLOUR, 60)[1, 2, 0]
    assert judge(BRIGHTEN, functools.partial(answer))[1] == (  # no source, so nothing to mend
        'case "colour" (image: uint8 array (5, 7, 3), amount: 60): '
        f"at [1, 2, 0] expected {want}, got {want ^ 1}; 2 of 105 elements differ."
    )


def test_raises_comes_before_value_and_value_before_mutates_and_dtype():
    exercise = declared(lambda x: x + 1, (np.arange(3),), (np.arange(4),))

    def value_then_raises(x):
        return x if len(x) == 3 else x + "a"

    def mutates_then_value(x):
        x += 1
        return x if len(x) == 3 else x * 7

    def dtype_then_mutates(x):
        if len(x) == 3:
            return x + 1.0
        x += 1
        return x

    kinds = [
        judge(exercise, functools.partial(f))[2]  # no source, so nothing to mend
        for f in (value_then_raises, mutates_then_value, dtype_then_mutates)
    ]
    assert kinds == ["raises", "value", "mutates"]


def test_a_difference_within_a_tuple_of_arrays_is_counted_in_its_part():
    want = Pair(np.zeros(3), np.ones(3))
    message = judge(declared(lambda x: want, (0,)), lambda x: (np.zeros(3), [1, 1, 5]))[1]
    assert "at [high][2] expected 1, got 5; 1 of 3 elements differ" in message


def test_an_integer_of_ten_thousand_digits_is_told_by_its_size():
    message = judge(declared(lambda x: 1, (0,)), lambda x: 10**10_000)[1]
    assert "got about 10**10000" in message


def test_values_that_look_alike_get_more_digits():
    message = judge(declared(lambda x: 0.123421, (0,)), lambda x: 0.123444)[1]
    assert "expected 0.12342, got 0.12344" in message


def test_none_can_be_a_right_result():
    exercise = declared(lambda x: None if x < 0 else x, (-1,), (2,))
    assert judge(exercise, lambda x: x if x > 0 else None)[0] == "correct"
    assert "expected 2, got None" in judge(exercise, lambda x: [x][1:] or None)[1]


def test_an_error_tells_its_line_and_no_address():
    message = judge(declared(sum, ([1, 2],)), naive_sum)[1]
    assert "NameError in line 4 of the function" in message

    def odd(values):
        raise ValueError(object())

    assert "<object object at 0x...>" in judge(declared(sum, ([1, 2],)), odd)[1]

    def long(values):
        raise ValueError("many words " * 1000)

    assert len(judge(declared(sum, ([1, 2],)), long)[1]) < 300


def test_asking_for_input_is_an_error_and_not_an_unwritten_answer():
    class StdinNotImplementedError(NotImplementedError):
        """The error of a kernel without a keyboard."""

    def asks(i, a):
        raise StdinNotImplementedError("no input here")

    assert judge(BRIGHTEN, asks)[2] == "raises"


def test_a_builtin_without_a_signature_gets_its_own_error():
    assert judge(declared(lambda a, b: a, (1, 2)), dict)[2] in ("raises", "arity")
    assert judge(declared(lambda a: a, (1,)), np.add)[2] in ("raises", "arity")


def test_callables_and_tuples_may_be_arguments():
    exercise = declared(lambda f, p: f(*p), (max, (1, 2)), (min, (1, 2)))
    assert judge(exercise, lambda f, p: f(p))[0] == "correct"
    assert "(f: max, p: (1, 2))" in judge(exercise, lambda f, p: 0)[1]


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_dtype_counts_only_where_the_reference_gives_an_array_that_should_have_it(dtype):
    def answer(x):
        return np.ones(3, dtype)

    assert judge(declared(lambda x: np.ones(3), (0,)), answer)[2] == "dtype"
    assert judge(declared(lambda x: np.ones(3), (0,), dtype=False), answer)[0] == "correct"
    assert judge(declared(lambda x: [1.0, 1.0, 1.0], (0,)), answer)[0] == "correct"
    assert judge(declared(lambda x: 1.0, (0,)), lambda x: dtype(1))[0] == "correct"


# safe running


def in_try(i, a):
    while True:
        try:  # noqa: SIM105
            time.sleep(0.001)
        except Exception:
            pass


def endless(i, a):
    while True:
        pass


def counting(i, a):
    n = 0
    while True:
        yield (n := n + 1)


@pytest.mark.parametrize("answer", [endless, in_try, lambda i, a: time.sleep(10**6)])
def test_a_call_that_does_not_end_is_stopped(answer):
    before = signal.getsignal(signal.SIGINT)
    state, message, kind = judge(BRIGHTEN, answer)
    assert (state, kind) == ("hint", "slow")
    assert message.startswith('stopped after 0.5 s, case "one bright pixel"')
    assert signal.getsignal(signal.SIGINT) is before


def test_an_endless_generator_is_a_hint():
    assert judge(BRIGHTEN, counting)[0] == "hint"


def test_an_answer_that_catches_the_first_interrupt_gets_another():
    def stubborn(i, a):
        try:
            endless(i, a)
        except BaseException:
            endless(i, a)

    assert judge(BRIGHTEN, stubborn)[2] == "slow"


def test_the_interrupt_of_the_user_is_let_through():
    def interrupted(i, a):
        _thread.interrupt_main()
        while True:
            pass

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        judge(BRIGHTEN, interrupted)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_check_outside_the_main_thread_runs_without_a_deadline():
    found = []
    thread = threading.Thread(target=lambda: found.append(judge(BRIGHTEN, brighten)[0]))
    thread.start()
    thread.join()
    assert found == ["correct"]


def test_many_quick_calls_leave_no_thread_and_no_late_interrupt():
    before = threading.active_count()
    exercise = declared(lambda x: x, (1,), seconds=0.002)
    for _ in range(200):  # some deadlines fall due within the call, some at its very end
        judge(exercise, lambda x: time.sleep(0.0019) or x)
    time.sleep(0.02)
    assert threading.active_count() == before


def test_an_alarm_that_rings_in_a_finaliser_is_dropped_in_silence_and_rings_again():
    class Slow:
        def __del__(self):
            time.sleep(0.1)

    def endless(x):
        Slow()
        while True:
            time.sleep(0.01)

    told = sys.unraisablehook
    assert judge(declared(lambda x: x, (1,), seconds=0.02), endless)[0] == "hint"
    assert sys.unraisablehook is told


def test_an_alarm_after_the_last_moment_is_ignored(monkeypatch):
    class Late(threading.Timer):
        def cancel(self):
            self.function()
            signal.raise_signal(signal.SIGINT)
            super().cancel()

    monkeypatch.setattr(threading, "Timer", Late)
    before = signal.getsignal(signal.SIGINT)
    assert run(lambda: 1, (), 60.0).value == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_recursion_without_end_is_an_error_of_the_learner():
    def deeper(i, a):
        return deeper(i, a)

    assert "RecursionError" in judge(BRIGHTEN, deeper)[1]


def test_nothing_is_printed_or_warned(capfd):
    def loud(i, a):
        print("out")
        print("err", file=sys.stderr)
        warnings.warn("beware", stacklevel=1)
        np.array([1.0]) / 0
        return brighten(i, a)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert judge(BRIGHTEN, loud)[0] == "correct"
    assert capfd.readouterr() == ("", "")


def test_draws_of_an_answer_disturb_nothing_and_repeat():
    def draws(x):
        return np.random.random() + random.random()  # noqa: NPY002

    exercise = declared(lambda x: 9.0, (0,))
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    first = np.random.random(), random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    told = judge(exercise, draws)
    assert (np.random.random(), random.random()) == first  # noqa: NPY002
    assert judge(exercise, draws) == told


def test_arguments_are_copies_and_changing_them_is_told():
    def zeroing(image, amount):
        out = brighten(image, amount)
        image[:] = 0
        return out

    kept = COLOUR.copy()
    state, message, kind = judge(BRIGHTEN, zeroing)
    assert (state, kind) == ("hint", "mutates") and "work on a copy" in message
    assert np.array_equal(COLOUR, kept)


@pytest.mark.parametrize(
    ("argument", "change"),
    [
        ([1, 2], lambda x: x.append(3)),
        ([1, 2], lambda x: x.sort(reverse=True)),
        ([[1], [2]], lambda x: x[1].clear()),
        ([[1], [2]], lambda x: x.__setitem__(0, None)),
        ({"a": 1}, lambda x: x.update(a=2)),
        ({"a": 1}, lambda x: x.clear()),
        ({1, 2}, lambda x: x.add(3)),
        (np.arange(4), lambda x: x.sort(kind="stable") or x.resize(2, 2)),
        (pd.DataFrame({"a": [1, 2]}), lambda x: x.insert(0, "b", 0)),
    ],
)
def test_every_kind_of_argument_is_watched(argument, change):
    exercise = declared(lambda x: 1, (argument,))
    assert judge(exercise, lambda x: change(x) or 1)[2] == "mutates"
    assert judge(exercise, lambda x: 1)[0] == "correct"


@pytest.mark.parametrize("argument", [math.nan, np.array([np.nan]), [np.float64("nan")], object()])
def test_an_untouched_argument_is_never_called_changed(argument):
    assert not run(lambda x: 1, (argument,)).mutated


def test_an_exercise_may_ask_for_work_in_place():
    def sort(values):
        values.sort()
        return values

    assert judge(declared(sort, ([2, 1],)), lambda x: x.sort() or x)[0] == "correct"


def test_a_view_of_a_reused_buffer_is_judged_as_it_was_returned():
    buffer = np.zeros(3)

    def reuse(x):
        buffer[:] = x
        return buffer

    exercise = declared(lambda x: np.full(3, float(x)), (1,), (2,))
    assert judge(exercise, reuse)[0] == "correct"
    late = np.array([2.0, 2.0, 2.0])
    assert judge(exercise, lambda x: late)[2] == "constant"


def test_an_error_of_the_reference_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        judge(declared(lambda x: 1 / x, (0,)), lambda x: x)


# values and choices


@pytest.mark.parametrize("answer", [16777216, 16777216.0, 2**24, np.int64(2**24), np.array(2**24)])
def test_a_right_value_is_accepted(answer):
    assert judge(COLOURS, answer) == ("correct", "`256**3`", "correct")


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (768, "misconception", "ADDED"),
        (768.0, "misconception", "ADDED"),
        (255**3, "misconception", "ZERO"),
        (200, "misconception", "ONE CHANNEL"),
        (5000, "value", "5000 is not the answer to: How many colours"),
        (16777215, "value", "16777215 is not the answer"),
        ("16777216", "type", "'16777216' is text"),
        ("many", "type", "without quotation marks"),
        ([1, 2], "shape", "expected one number, got an array of shape (2,)"),
        (lambda: 256**3, "type", "call it first"),
        ({"a": 1}, "value", "an object of type dict is not"),
    ],
)
def test_a_wrong_value_gets_a_hint_that_does_not_tell_the_answer(answer, kind, words):
    state, message, found = judge(COLOURS, answer)
    assert (state, found) == ("hint", kind)
    assert words in message and "expected 16777216" not in message


def test_a_value_may_be_an_array_and_its_wrong_forms_tuples():
    exercise = Exercise("task", np.array([1, 2, 3]), misconceptions={(3, 2, 1): "ORDER"})
    assert judge(exercise, [1, 2, 3])[0] == "correct"
    assert judge(exercise, np.array([3, 2, 1]))[1] == "ORDER"
    assert judge(exercise, [1, 2, 4])[1] == "at [2] 4 is wrong; 1 of 3 elements differ."
    assert judge(exercise, np.array([1.0, 2, 3]))[2] == "dtype"


@pytest.mark.parametrize("answer", ["it wraps", " It Wraps ", "IT WRAPS\n", "itwraps"])
def test_a_choice_ignores_case_and_spaces(answer):
    assert judge(WRAPS, answer)[0] == "correct"


def test_a_wrong_choice_gets_its_reason_and_an_unlisted_one_the_list():
    assert judge(WRAPS, "It clips") == ("hint", "CLIPS", "misconception")
    for answer in ("it explodes", 4, brighten, GREY):
        assert judge(WRAPS, answer) == (
            "hint",
            'choose one of: "it wraps", "it clips", "it fails".',
            "unlisted",
        )


def test_a_choice_that_is_a_number_may_be_given_as_one():
    exercise = Exercise("task", "4", choices=("4", "2"), misconceptions={"2": "TWO"})
    assert judge(exercise, 4)[0] == judge(exercise, 4.0)[0] == "correct"
    assert judge(exercise, 2)[1] == "TWO"


# declarations


def test_a_declaration_that_would_accept_everything_is_refused():
    with pytest.raises(ValueError, match="`cases` must hold at least one case for a function"):
        Exercise("task", brighten)
    with pytest.raises(ValueError, match="`cases` must map to tuples of arguments; got 'one'"):
        Exercise("task", abs, cases={"one": -1})
    with pytest.raises(ValueError, match="`reference` must be one of `choices`; got 'c'"):
        Exercise("task", "c", choices=("a", "b"))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("T0.brigten", "T0.brighten"),
        ("t9.colours", "T0.colours"),
        ("T0", "Nearest"),
        (7, "Nearest"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name, nearest):
    with pytest.raises(ValueError, match=r"`name` must be an exercise; got .*") as raised:
        check(name, ...)
    assert nearest in str(raised.value)


# what the learner sees


def test_feedback_reads_as_one_plain_line():
    assert repr(check("T0.brighten", ...)) == "T0.brighten: not attempted yet"
    assert repr(check("t0.brighten", wrap)) == "T0.brighten: not yet - WRAP"
    right = "T0.brighten: correct. Widen, add, clip, narrow."
    assert repr(check("T0.brighten", brighten)) == right
    assert repr(check("T0.predict_wrap", "it wraps")) == "T0.predict_wrap: correct"


def test_the_box_escapes_text_and_says_the_state_in_words():
    box = Feedback("01.a", "hint", "use `x < y`\n<script>", "value")._repr_html_()
    assert "<code>x &lt; y</code><br>&lt;script&gt;" in box
    assert 'role="status"' in box and "not yet" in box and "<script>" not in box


def _contrast(one, two):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("state", ["todo", "hint", "correct"])
def test_the_box_keeps_the_text_colour_of_the_theme_and_its_edge_shows_on_both(state):
    style = Feedback("01.a", state)._repr_html_().split('style="')[1].split('"')[0]
    rules = dict(rule.split(": ") for rule in style.split("; "))
    assert set(rules) == {"border-left", "padding"}  # text and background stay the theme's own
    edge = rules["border-left"].split()[-1]
    assert min(_contrast(edge, "#ffffff"), _contrast(edge, "#111111")) >= 3


# progress


def test_progress_lists_the_lessons_met():
    assert repr(progress()) == "No exercise checked yet."
    check("T0.predict_wrap", "it clips")
    check("T0.predict_wrap", "it explodes")
    check("T0.predict_wrap", "it wraps")
    check("T0.predict_wrap", "it fails")
    check("T0.colours", 3)
    assert repr(progress()).splitlines() == [
        "1 of 3 exercises solved",
        "T0.brighten: not attempted yet - Brighten a picture.",
        "T0.colours: not yet - How many colours does 24-bit RGB have? (1 try)",
        "T0.predict_wrap: correct - What is 250 + 10 in uint8? "
        "(first answer: it clips; solved after 2 tries)",
    ]
    assert repr(progress("t0")) == repr(progress())
    assert "<td>T0.colours</td><td>not yet</td>" in progress()._repr_html_()


def test_lessons_are_listed_in_order(lesson, monkeypatch):
    lessons = ["A0", "02", "00", "10", "01"]
    for number in lessons:
        (lesson.parent / "package" / f"lesson_{number.lower()}.py").touch()
        module = SimpleNamespace(EXERCISES={"x": COLOURS})
        monkeypatch.setitem(sys.modules, f"helpers.exercises.lesson_{number.lower()}", module)
        check(f"{number}.x", ...)
    listed = [row[0] for row in progress().rows]
    assert listed == ["00.x", "01.x", "02.x", "10.x", "A0.x"]


def test_progress_of_an_unknown_lesson_names_the_known():
    with pytest.raises(ValueError, match="`lesson` must be one of T0; got '55'"):
        progress("55")


def test_an_emptied_answer_keeps_what_was_tried():
    check("T0.colours", 3)
    check("T0.colours", ...)
    assert "not yet" in repr(progress()).splitlines()[2]


def test_without_the_marker_nothing_is_written(lesson):
    check("T0.colours", 256**3)
    assert list(lesson.iterdir()) == []


def test_in_a_working_copy_progress_survives_a_restart(lesson, monkeypatch):
    (lesson / ".course.json").write_text("{}")
    (lesson / "solutions").mkdir()
    monkeypatch.chdir(lesson / "solutions")
    check("T0.colours", 3)
    check("T0.colours", 256**3)
    monkeypatch.setattr(_record, "_session", {})
    assert "T0.colours: correct" in repr(progress()) and "solved after 2 tries" in repr(progress())
    assert sorted(path.name for path in lesson.iterdir()) == [
        ".course.json",
        ".progress.json",
        "solutions",
    ]


def test_two_notebooks_share_the_file(lesson, monkeypatch):
    (lesson / ".course.json").touch()
    check("T0.colours", 3)
    mine = _record._session
    monkeypatch.setattr(_record, "_session", {})
    check("T0.colours", 256**3)
    check("T0.brighten", brighten)
    monkeypatch.setattr(_record, "_session", mine)
    check("T0.predict_wrap", "it wraps")
    assert repr(progress()).startswith("3 of 3")


def test_an_older_file_does_not_undo_what_this_session_solved(lesson):
    (lesson / ".course.json").touch()
    check("T0.colours", 3)
    older = (lesson / ".progress.json").read_text()
    check("T0.colours", 256**3)
    (lesson / ".progress.json").write_text(older)
    assert repr(progress()).startswith("1 of 3")


@pytest.mark.parametrize(
    "text",
    [b"{", b"[]", b"\xff\xfe\x00", b'{"T0.colours": 3}', b'{"T0.colours": {"state": "won"}}', b""],
)
def test_a_damaged_file_is_kept_aside_and_progress_starts_anew(lesson, text):
    (lesson / ".course.json").touch()
    (lesson / ".progress.json").write_bytes(text)
    assert check("T0.colours", 256**3).state == "correct"
    assert (lesson / ".progress.json.bad").read_bytes() == text
    assert json.loads((lesson / ".progress.json").read_text())["T0.colours"]["tries"] == 1


def test_an_unreadable_file_does_not_stop_a_lesson(lesson):
    (lesson / ".course.json").touch()
    (lesson / ".progress.json").mkdir()
    assert check("T0.colours", 256**3).state == "correct"
    assert repr(progress()).startswith("1 of 3")
    assert sorted(os.listdir(lesson)) == [".course.json", ".progress.json"]


def test_a_read_only_disk_does_not_stop_a_lesson(lesson, monkeypatch):
    (lesson / ".course.json").touch()

    def refuse(*args, **kwargs):
        raise PermissionError("read-only")

    monkeypatch.setattr(_record.Path, "write_text", refuse)
    assert check("T0.colours", 256**3).state == "correct"
    assert repr(progress()).startswith("1 of 3")


def test_records_of_exercises_that_are_gone_are_skipped(lesson):
    (lesson / ".course.json").touch()
    gone = {"state": "correct", "tries": 1, "first": ""}
    (lesson / ".progress.json").write_text(json.dumps({"T0.old": gone, "55.x": gone}))
    assert repr(progress()).startswith("0 of 3")
