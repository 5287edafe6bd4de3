"""Judge a value: right, a declared slip, or the right number in another dress."""

import numpy as np

from helpers.checker import _wording
from helpers.checker._comparing import difference
from helpers.checker._running import run
from helpers.checker._trial import wrong_dtype
from helpers.checker._wording import show


def judge_value(exercise, answer):
    """Return the state, the message and the kind of the feedback to a value."""
    if callable(answer):
        return "hint", "the answer is a value, not a function: call it first.", "type"
    gap = gap_of(exercise, answer, exercise.reference)
    if gap is None and not wrong_dtype(exercise, answer, exercise.reference):
        return "correct", exercise.explanation, "correct"
    if isinstance(answer, str) and _is_new_text(exercise, answer):
        return "hint", f"{show(answer)} is text: write the value without quotation marks.", "type"
    if gap is not None and right_in_a_box(exercise, answer, exercise.reference):
        return "hint", f"{_wording.BOXED}.", "type"
    for wrong, hint in exercise.misconceptions.items():
        if _holds(wrong, answer) if callable(wrong) else gap_of(exercise, answer, wrong) is None:
            return "hint", hint, "misconception"
    if gap is None:
        return "hint", f"{_wording.dtypes(answer, exercise.reference)}.", "dtype"
    if gap.kind == "shape":
        return "hint", f"{_wording.shapes(gap)}.", "shape"
    if gap.where:  # the expected value would give the answer away
        return "hint", f"at {gap.where} {show(gap.got)} is wrong{_wording.how_many(gap)}.", "value"
    return "hint", f"{show(answer)} is not the answer to: {exercise.task}", "value"


def _is_new_text(exercise, answer):
    """Tell whether text was given where no text is meant: a number in quotation marks, say."""
    if isinstance(exercise.reference, str):
        return False
    try:
        return bool(float(answer) or True)
    except ValueError:
        slips = exercise.misconceptions
        return not any(_holds(w, answer) if callable(w) else w == answer for w in slips)


def _holds(predicate, answer):
    outcome = run(predicate, (answer,))
    return outcome.error is None and bool(np.all(outcome.value))


def right_in_a_box(exercise, got, want):
    """Tell whether the right number stands alone in a list or an array."""
    try:
        alone = np.ndim(want) == 0 and np.size(got) == 1 and np.ndim(got) > 0
        return alone and gap_of(exercise, np.asarray(got).ravel()[0], want) is None
    except Exception:  # ragged lists, and objects that refuse to be arrays
        return False


def gap_of(exercise, got, want):
    """Return the first Difference between a result and the right one, or None."""
    return difference(got, want, exercise.rtol, exercise.atol)
