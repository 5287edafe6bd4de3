"""Decide what to say about an answer: which misconception fits, or what differs first."""

import inspect

import numpy as np

from helpers.checker import _wording
from helpers.checker._comparing import difference
from helpers.checker._running import TooSlow, is_stub, run
from helpers.checker._wording import show

_STAGES = ("raises", "shape", "value", "mutates", "dtype")


def judge(exercise, answer):
    """Return the state, the message and the kind of the feedback to an answer."""
    if is_stub(answer):
        return "todo", _options(exercise) if exercise.choices else "", "stub"
    if exercise.choices:
        return _judge_choice(exercise, answer)
    if callable(exercise.reference):
        return _judge_function(exercise, answer)
    return _judge_value(exercise, answer)


def _judge_choice(exercise, answer):
    said = _fold(answer if isinstance(answer, str) else show(answer))
    if said == _fold(exercise.reference):
        return "correct", exercise.explanation, "correct"
    for wrong, hint in exercise.misconceptions.items():
        if said == _fold(wrong):
            return "hint", hint, "misconception"
    return "hint", _options(exercise), "unlisted"


def _options(exercise):
    options = ", ".join(f'"{choice}"' for choice in exercise.choices)
    return f"choose one of: {options}."


def _fold(choice):
    """Forget case and spaces: "about 7%" means "about 7 %"."""
    return "".join(choice.casefold().split())


def _judge_value(exercise, answer):
    if callable(answer):
        return "hint", "the answer is a value, not a function: call it first.", "type"
    gap = _gap(exercise, answer, exercise.reference)
    if gap is None and not _wrong_dtype(exercise, answer, exercise.reference):
        return "correct", exercise.explanation, "correct"
    for wrong, hint in exercise.misconceptions.items():
        if _holds(wrong, answer) if callable(wrong) else _gap(exercise, answer, wrong) is None:
            return "hint", hint, "misconception"
    if gap is None:
        return "hint", f"{_wording.dtypes(answer, exercise.reference)}.", "dtype"
    if isinstance(answer, str) and not isinstance(exercise.reference, str):
        return "hint", f"{show(answer)} is text: write the value without quotes.", "type"
    if gap.kind == "shape":
        return "hint", f"{_wording.shapes(gap)}.", "shape"
    if gap.where:  # the expected value would give the answer away
        return "hint", f"at {gap.where} {show(gap.got)} is wrong{_wording.how_many(gap)}.", "value"
    return "hint", f"{show(answer)} is not the answer to: {exercise.task}", "value"


def _holds(predicate, answer):
    outcome = run(predicate, (answer,))
    return outcome.error is None and bool(np.all(outcome.value))


def _judge_function(exercise, function):
    if not callable(function):
        return "hint", "give the function itself: its name, without calling it.", "type"
    want = [_expected(exercise.reference, args) for args in exercise.cases.values()]
    got = []
    for case, args in exercise.cases.items():
        got.append(run(function, args, exercise.seconds))
        if isinstance(got[-1].error, TooSlow):
            where = f"stopped after {exercise.seconds:g} s, {_wording.case(exercise, case)}"
            return "hint", f"{where}: a loop that never ends, or far too much work.", "slow"
    if all(o.value is ... or type(o.error) is NotImplementedError for o in got):
        return "todo", "", "stub"
    if _forgot_return(got, want):
        printed = "printing shows a result but does not return it; " * any(o.printed for o in got)
        return "hint", f"the function returns None: {printed}is `return` missing?", "none"
    faults = _faults(exercise, got, want)
    if not any(faults):
        return "correct", exercise.explanation, "correct"
    hint = _fitting_hint(exercise, got, want, faults)
    if hint is not None:
        return "hint", hint, "misconception"
    stage = next(stage for stage in _STAGES if stage in faults)
    at = faults.index(stage)
    case = _wording.case(exercise, list(exercise.cases)[at])
    return _describe(exercise, function, stage, case, got[at], want[at].value)


def _describe(exercise, function, stage, case, outcome, want):
    if stage == "raises":
        if isinstance(outcome.error, TypeError) and not _accepts(function, exercise):
            return "hint", f"{_wording.arguments(exercise)}.", "arity"
        return "hint", f"{case}: {_wording.error(function, outcome.error)}", stage
    if stage == "mutates":
        text = f"the values are right, but an argument was changed, so work on a copy: {case}."
    elif stage == "dtype":
        text = f"{_wording.dtypes(outcome.value, want)}: {case}."
    else:
        say = _wording.shapes if stage == "shape" else _wording.values
        text = f"{case}: {say(_gap(exercise, outcome.value, want))}."
    return "hint", text, stage


def _accepts(function, exercise):
    try:
        return all(inspect.signature(function).bind(*args) for args in exercise.cases.values())
    except TypeError:
        return False
    except ValueError:  # a builtin that does not tell
        return True


def _expected(reference, args):
    outcome = run(reference, args)
    if outcome.error is not None:
        raise outcome.error
    return outcome


def _forgot_return(got, want):
    returned = [o.value is None for o in got if o.error is None]
    return all(returned) and bool(returned) and all(w.value is not None for w in want)


def _gap(exercise, got, want):
    return difference(got, want, exercise.rtol, exercise.atol)


def _wrong_dtype(exercise, got, want):
    held = exercise.dtype and isinstance(want, np.ndarray) and want.dtype.kind in "biufc"
    return held and getattr(got, "dtype", want.dtype) != want.dtype


def _faults(exercise, got, want):
    """Name for each case the first stage that the outcome fails, or ""."""
    faults = []
    for mine, right in zip(got, want, strict=True):
        gap = None if mine.error is not None else _gap(exercise, mine.value, right.value)
        if mine.error is not None:
            faults.append("raises")
        elif gap is not None:
            faults.append(gap.kind)
        elif mine.mutated and not right.mutated:
            faults.append("mutates")
        else:
            faults.append("dtype" if _wrong_dtype(exercise, mine.value, right.value) else "")
    return faults


def _fitting_hint(exercise, got, want, faults):
    best, hint = 0, None
    for wrong, cure in exercise.misconceptions.items():
        theirs = [run(wrong, args) for args in exercise.cases.values()]
        score = _explained(exercise, got, theirs, faults, _faults(exercise, theirs, want))
        if score > best:
            best, hint = score, cure
    return hint


def _explained(exercise, got, theirs, faults, labels):
    """Count the cases that a misconception explains; 0 if it does not fit.

    It must give the wrong value in every case where a wrong value was returned; a case that
    raised instead is worth half if the misconception fails there too. Without any wrong value
    it must fail in the same way in every case.
    """
    wrong = [fault in ("shape", "value") for fault in faults]
    if any(wrong) or "raises" in faults:  # then side effects and dtype do not matter
        faults, labels = ([f if f in _STAGES[:3] else "" for f in fs] for fs in (faults, labels))
    alike = [
        mine == label and _alike(exercise, mine, a, b)
        for mine, label, a, b in zip(faults, labels, got, theirs, strict=True)
    ]
    if not all(same for same, needed in zip(alike, wrong, strict=True) if needed or not any(wrong)):
        return 0
    half = [mine == "raises" and label != "" for mine, label in zip(faults, labels, strict=True)]
    return sum(max(same, part / 2) for same, part in zip(alike, half, strict=True))


def _alike(exercise, fault, a, b):
    if fault == "raises":
        return type(a.error) is type(b.error) and str(a.error) == str(b.error)
    if fault == "dtype":
        return a.value.dtype == getattr(b.value, "dtype", None)
    return fault in ("", "mutates") or _gap(exercise, a.value, b.value) is None
