"""The checker survives: leaving Python, long calls in C, odd errors and odd results."""

import ast
import asyncio
import builtins
import itertools
import os
import random
import re
import signal
import sys
import time
import tracemalloc
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from helpers import exercises
from helpers.checker import Exercise, _preflight, check
from helpers.checker._edits import edits
from helpers.checker._judging import judge
from helpers.checker._source import tree_of

DOUBLE = Exercise(
    "Double a number or an array.",
    lambda x: 2 * x,
    cases={"three": (3,), "seven": (7,), "row": (np.arange(4),)},
    seconds=0.5,
)
NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a copy of the process")


@pytest.fixture(autouse=True)
def lesson(monkeypatch, tmp_path):
    """Offer the demo exercise as "T0.double"."""
    (tmp_path / "lesson_t0.py").touch()
    monkeypatch.setattr(exercises, "__path__", [str(tmp_path)])
    module = SimpleNamespace(EXERCISES={"double": DOUBLE})
    monkeypatch.setitem(sys.modules, "helpers.exercises.lesson_t0", module)
    monkeypatch.chdir(tmp_path)


# leaving Python


def _leaves(x):
    exit()


def _quits(x):
    quit()


@pytest.mark.parametrize("answer", [_leaves, _quits, lambda x: sys.exit(0)])
def test_leaving_python_is_a_hint(answer):
    state, message, kind = judge(DOUBLE, answer)
    assert (state, kind) == ("hint", "raises")
    assert "`exit` and `quit` end Python; `return` ends the function" in message


class ExitAutocall:
    """What a kernel calls `exit`: no exception, the kernel just ends after the cell."""

    def __init__(self):
        self._ip, self.left = object(), False

    def __call__(self):
        self.left = True


@pytest.mark.parametrize("name", ["exit", "quit"])
def test_the_exit_of_a_kernel_is_not_called_and_is_put_back(name, monkeypatch):
    autocall = ExitAutocall()
    space = {name: autocall, "__name__": "__main__"}
    exec(f"def answer(x):\n    {name}()\n    return 2 * x", space)
    monkeypatch.setattr(builtins, name, autocall, raising=False)
    assert judge(DOUBLE, space["answer"])[2] == "raises"
    assert not autocall.left
    assert space[name] is autocall and getattr(builtins, name) is autocall


# calls that do not end


def _sums(x):
    return sum(range(10**11))


def _counts(x):
    return max(itertools.count())


def _deep(x):
    return _counts(x)


@NEEDS_FORK
@pytest.mark.parametrize("answer", [_sums, _counts, _deep, lambda x: list(itertools.repeat(x))])
def test_a_long_call_in_c_is_ended(answer):
    start = time.monotonic()
    state, message, kind = judge(DOUBLE, answer)
    assert (state, kind) == ("hint", "slow") and 'case "three"' in message
    assert time.monotonic() - start < 10


@NEEDS_FORK
def test_a_right_answer_that_looks_like_a_long_call_is_accepted():
    def repeats(x):
        return sum(itertools.repeat(x, 2)) + 0 * len(list(range(3)))

    assert _preflight.may_hang(repeats)
    assert judge(DOUBLE, repeats)[0] == "correct"


@NEEDS_FORK
def test_a_copy_that_waits_for_a_lost_thread_does_not_count_as_slow():
    assert _preflight.hangs([lambda: time.sleep(30)], 0.3) is None
    assert _preflight.hangs([lambda: 1, lambda: sum(range(10**11))], 1.0) == 1
    assert _preflight.hangs([lambda: 1, lambda: 2], 1.0) is None


def test_without_fork_nothing_is_tried(monkeypatch):
    monkeypatch.delattr(os, "fork", raising=False)
    assert _preflight.hangs([lambda: time.sleep(30)], 0.1) is None


def test_ordinary_loops_run_in_the_kernel_itself():
    def loops(x):
        total = 0
        for _ in range(2):
            total = total + x
        return total

    assert not _preflight.may_hang(loops)
    assert judge(DOUBLE, loops)[0] == "correct"


def test_printing_without_end_is_stopped_and_not_kept():
    def prints(x):
        while True:
            print("x" * 10**6)

    tracemalloc.start()
    assert judge(DOUBLE, prints)[2] == "slow"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 10**6


def test_a_huge_result_is_told_by_its_shape_and_not_copied():
    def huge(x):
        return np.broadcast_to(np.float32(np.size(x)), (250, 10**6))  # 1 GB if it were copied

    tracemalloc.start()
    state, message, kind = judge(DOUBLE, huge)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (state, kind) == ("hint", "shape") and "(250, 1000000)" in message
    assert peak < 10**8


# odd errors


class Unreadable(Exception):
    """An error that cannot be told."""

    def __str__(self):
        raise ValueError("no text")


class Base(BaseException):
    """An error outside the usual family."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unreadable(), "Unreadable in line 2 of the function: it has no message"),
        (Base("far out"), "Base in line 2 of the function: far out"),
        (KeyboardInterrupt(), "KeyboardInterrupt in line 2"),
        (GeneratorExit(), "GeneratorExit in line 2"),
        (ExceptionGroup("many", [ValueError("one")]), "ExceptionGroup in line 2"),
    ],
)
def test_an_error_of_any_kind_is_a_hint(error, words):
    def raises(x):
        raise error

    state, message, kind = judge(DOUBLE, raises)
    assert (state, kind) == ("hint", "raises") and words in message


def test_the_interrupt_of_the_user_still_ends_the_check():
    def interrupted(x):
        signal.raise_signal(signal.SIGINT)
        time.sleep(5)

    with pytest.raises(KeyboardInterrupt):
        judge(DOUBLE, interrupted)


def test_an_answer_that_checks_itself_is_told_so():
    def answer(x):
        check("T0.double", answer)
        return 2 * x

    assert "an answer cannot check itself" in repr(check("T0.double", answer))
    assert check("T0.double", lambda x: 2 * x).state == "correct"  # and nothing stays behind


def test_async_functions_are_told_so():
    async def answer(x):
        return 2 * x

    async def yields(x):
        yield 2 * x

    for function in (answer, yields, lambda x: answer(x)):
        assert "`async def` gives no result" in judge(DOUBLE, function)[1]
    assert asyncio.run(answer(2)) == 4


# odd results


class Anything:
    """An object that claims to equal everything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


@pytest.mark.parametrize("want", ["text", 3, None, (1, "a"), {1, 2}, {"a": 1}])
def test_an_object_that_equals_everything_is_refused(want):
    exercise = Exercise("task", lambda x: want, cases={"one": (1,)})
    assert judge(exercise, lambda x: [Anything()][0])[0] == "hint"


class Refuses:
    """An object that refuses whatever is asked."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __len__(self):
        raise RuntimeError("len")


class Bad:
    """An object whose array is none."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("array")

    def __repr__(self):
        raise RuntimeError("repr")


ODD = [Refuses(), Bad(), type, np, object, ..., {}, {1: Bad()}]


@pytest.mark.parametrize("result", ODD, ids=map(str, range(len(ODD))))
def test_no_traceback_leaves_a_check(result):
    feedback = check("T0.double", lambda x: [result][0] if x is not None else 0)
    assert feedback.state in ("hint", "todo")
    assert repr(feedback)


def test_a_masked_array_is_refused_in_words():
    exercise = Exercise("task", lambda x: np.arange(3), cases={"one": (1,)})
    masked = np.ma.masked_array(np.arange(3), [True, True, True])
    state, message, _ = judge(exercise, lambda x: masked)
    assert state == "hint" and "masked array" in message


def test_a_patched_numpy_is_told_and_put_back():
    mean = np.mean
    exercise = Exercise("task", lambda x: float(np.mean(x)), cases={"one": (np.arange(4.0),)})

    def patches(x):
        np.mean = lambda *_: 0.0
        return 0.0

    assert judge(exercise, patches) == (
        "hint",
        "NumPy itself was changed (`np.mean`), and is put back now.",
        "patched",
    )
    assert np.mean is mean
    np.mean = lambda *_: 7.0
    assert judge(exercise, lambda x: 7.0)[2] == "patched"
    assert np.mean is mean
    assert judge(exercise, lambda x: 1.5)[0] == "correct"


def test_a_method_without_its_brackets_is_told():
    exercise = Exercise("task", lambda x: x.mean(), cases={"one": (np.arange(4.0),)})
    assert "`mean()`" in judge(exercise, lambda x: x.mean)[1]


def test_what_the_task_forbids_is_not_called():
    exercise = Exercise("task", lambda x: sorted(x), cases={"a": ([2, 1],)}, without=("np.sort",))
    assert judge(exercise, lambda x: np.sort(x).tolist()) == (
        "hint",
        "right, but write it yourself, without `np.sort`.",
        "without",
    )
    assert judge(exercise, lambda x: sorted(x))[0] == "correct"


def test_draws_inside_a_check_leave_the_generators_alone():
    random.seed(3)
    before = random.getstate()
    judge(DOUBLE, lambda x: random.random())
    assert random.getstate() == before


def smallest_so_often(numbers):
    result = []
    for _ in numbers:
        best = numbers[0]
        for number in numbers:
            if number < best:
                best = number
        result.append(best)
    return np.array(result)


def test_a_list_is_never_handed_on_to_itself_by_a_name():
    tree = tree_of(smallest_so_often)
    seen = [ast.unparse(tree) for _ in edits(tree, ("renamed",))]
    assert any("best = best" in source for source in seen)
    assert not any("best = result" in source or "(result)\n" in source for source in seen)


def edges_in_opencv(image):
    return cv2.Laplacian(image, cv2.CV_32F, ksize=1, borderType=cv2.BORDER_REFLECT)


def test_nothing_is_tried_that_destroys_memory_in_opencv():
    tree = tree_of(edges_in_opencv)
    tried = [ast.unparse(tree) for _ in edits(tree)]
    assert tried and not any("sqrt" in source for source in tried)
    given = "image, cv2.CV_32F, ksize=1, borderType=cv2.BORDER_REFLECT"
    called = [re.findall(r"Laplacian\((.*?)\)", source) for source in tried]
    parts = set(given.split(", "))
    assert all(set(words.split(", ")) <= parts for found in called for words in found)
