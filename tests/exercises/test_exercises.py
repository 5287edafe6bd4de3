"""Every exercise of every lesson keeps its promises, and every notebook asks for what exists."""

import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest

from helpers import exercises
from helpers.checker import Exercise
from helpers.checker._judging import judge

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = {path.stem: path for path in sorted(NOTEBOOKS.glob("[0-9A]*.ipynb"))}
SOLUTIONS = {
    name: twin
    for name in LESSONS
    for twin in sorted((NOTEBOOKS / "solutions").glob(f"{name}*.ipynb"))
}
CALL = re.compile(r"""^[^#\n]*\bcheck\(\s*["']([0-9A-Za-z]+\.\w+)["']""", re.MULTILINE)


def _gathered(package, table):
    """Join one table of every lesson: the entry `key` of lesson 01 becomes "01.key"."""
    return {
        f"{name.removeprefix('lesson_').upper()}.{key}": entry
        for name in MODULES
        for key, entry in getattr(importlib.import_module(f"{package}.{name}"), table).items()
    }


MODULES = [m.name for m in pkgutil.iter_modules(exercises.__path__) if m.name[:7] == "lesson_"]
DECLARED = _gathered("helpers.exercises", "EXERCISES")
ACCEPTED = _gathered("tests.exercises", "ACCEPTED")  # name -> other right answers
VARIANTS = _gathered("tests.exercises", "VARIANTS")  # name -> other wrong answers -> misconception


def _kind(exercise):
    if exercise.choices:
        return "choice"
    return "function" if callable(exercise.reference) else "value"


def _each(*kinds):
    rows = [pytest.param(ex, id=name) for name, ex in DECLARED.items() if _kind(ex) in kinds]
    return pytest.mark.parametrize("exercise", rows)


def _each_name(*kinds):
    return pytest.mark.parametrize("name", [n for n, ex in DECLARED.items() if _kind(ex) in kinds])


def _each_wrong(table):
    """Hand out each wrong answer with its entry in a table; a predicate is no answer."""
    rows = [
        pytest.param(ex, wrong, table[name][wrong], id=f"{name}-{_called(wrong)}")
        for name, ex in DECLARED.items()
        for wrong in table.get(name, ())
        if _kind(ex) == "function" or not callable(wrong)
    ]
    return pytest.mark.parametrize(("exercise", "wrong", "entry"), rows)


def _called(wrong):
    return getattr(wrong, "__name__", wrong)


def _stub(reference):
    """Build an empty function with the arguments of a reference."""
    try:
        names = ", ".join(inspect.signature(reference).parameters)
    except ValueError:
        names = "*arguments"
    made = {}
    exec(f"def stub({names}):\n    '''Write this.'''\n    ...", made)
    return made["stub"]


def _elements(args):
    return sum(
        np.size(arg) if not isinstance(arg, (list, tuple)) else _elements(arg) for arg in args
    )


@_each("function", "value", "choice")
def test_the_reference_is_correct(exercise):
    assert judge(exercise, exercise.reference)[::2] == ("correct", "correct")


@_each_name("function", "value", "choice")
def test_every_other_correct_form_is_accepted(name):
    for form in ACCEPTED.get(name, ()):
        said = judge(DECLARED[name], form)
        assert said[0] == "correct", f"{form!r}: {said}"


@_each("function", "value", "choice")
def test_the_empty_answer_is_not_attempted(exercise):
    assert judge(exercise, ...)[0] == "todo"
    if _kind(exercise) == "function":
        assert judge(exercise, _stub(exercise.reference))[0] == "todo"


def _is_told(said, hint):
    """Tell whether a hint is given; few and bare results are only said to be what a slip gives."""
    start, _, end = said[1].rpartition("One slip that does this: ")
    seen = r"it returns \S+ in every case\. |where it is wrong it returns \S+( or \S+)*\. "
    assert not start or re.fullmatch(seen, start)
    assert said[::2] == ("hint", "misconception") and end == hint, said
    return True


@_each_wrong({name: exercise.misconceptions for name, exercise in DECLARED.items()})
def test_a_misconception_gets_its_own_hint(exercise, wrong, entry):
    assert _is_told(judge(exercise, wrong), entry)


# A variant need not agree with its misconception beyond the cases, or in all of them.
DOUBTS = (
    r"^(one slip that gives the same in every case tried|"
    r"in the cases .+ the result is that of a known slip): "
)


@_each_wrong(VARIANTS)
def test_a_variant_gets_the_hint_of_its_misconception(exercise, wrong, entry):
    hint = exercise.misconceptions[entry]
    state, message, kind = judge(exercise, wrong)
    assert _is_told((state, re.sub(DOUBTS, "", message), kind), hint)


@_each_name("value")
def test_a_family_of_wrong_values_is_shown_by_a_variant(name):
    families = {wrong for wrong in DECLARED[name].misconceptions if callable(wrong)}
    assert families <= set(VARIANTS.get(name, {}).values())


@_each("function", "value", "choice")
def test_an_exercise_has_a_task_of_one_line_and_hints_that_differ(exercise):
    assert isinstance(exercise, Exercise)
    assert exercise.task.strip() and "\n" not in exercise.task
    hints = list(exercise.misconceptions.values())
    assert all(hint.strip() for hint in hints) and len(set(hints)) == len(hints)


@_each_name("function")
def test_a_function_is_declared_with_enough_wrong_and_right_forms(name):
    assert len(DECLARED[name].misconceptions) >= 3
    assert len(VARIANTS.get(name, ())) >= 2
    assert len(ACCEPTED.get(name, ())) >= 1


@_each("function")
def test_cases_are_named_and_come_smallest_first(exercise):
    assert all(isinstance(name, str) and name.strip() for name in exercise.cases)
    sizes = [_elements(args) for args in exercise.cases.values()]
    assert sizes == sorted(sizes)


@_each("value")
def test_a_value_has_two_misconceptions(exercise):
    assert len(exercise.misconceptions) >= 2


@_each("choice")
def test_every_wrong_choice_has_its_reason(exercise):
    assert set(exercise.misconceptions) == set(exercise.choices) - {exercise.reference}


def _cells(path):
    """Yield the source and the stored outputs, one string each, of every code cell."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            outputs = [
                "".join(output["data"].get("text/plain", ""))
                for output in cell["outputs"]
                if "data" in output
            ]
            yield "".join(cell["source"]), outputs


def _checked(path):
    return {name for source, _ in _cells(path) for name in CALL.findall(source)}


def _of_lesson(notebook):
    return {name for name in DECLARED if name.partition(".")[0] == notebook.partition("_")[0]}


def test_exercises_were_collected():
    if not LESSONS:
        pytest.skip("no lesson yet")
    assert DECLARED
    assert {*ACCEPTED, *VARIANTS} <= set(DECLARED)
    assert set.union(*(_checked(path) for path in LESSONS.values()))


def test_every_lesson_of_exercises_has_a_notebook():
    numbers = {name.partition("_")[0] for name in LESSONS}
    assert {name.partition(".")[0] for name in DECLARED} <= numbers


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_checks_its_own_exercises_and_no_others(lesson):
    assert _checked(LESSONS[lesson]) == _of_lesson(lesson)


@pytest.mark.parametrize("lesson", SOLUTIONS)
def test_the_stored_solutions_are_correct(lesson):
    said = [(CALL.findall(source), outputs) for source, outputs in _cells(SOLUTIONS[lesson])]
    solved = {
        name
        for names, outputs in said
        for name in names
        if any(output.startswith(f"{name}: correct") for output in outputs)
    }
    assert _checked(SOLUTIONS[lesson]) == _of_lesson(lesson)
    assert solved == _of_lesson(lesson)
