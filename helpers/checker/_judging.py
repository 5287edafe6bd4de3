"""Decide what to say about an answer: correct, a cause that is certain, or what is seen."""

import asyncio
import inspect
import types

import numpy as np

from helpers.checker import _choices, _wording
from helpers.checker._comparing import flat
from helpers.checker._diagnosing import cause
from helpers.checker._facts import facts
from helpers.checker._guards import mended_numpy, without_warnings
from helpers.checker._preflight import hangs, may_hang
from helpers.checker._running import TooSlow, run
from helpers.checker._stub import is_stub
from helpers.checker._trial import accepts, expected, is_constant, judged
from helpers.checker._values import gap_of, judge_value, right_in_a_box
from helpers.checker._wording import show

_STAGES = ("raises", "shape", "value", "mutates", "dtype")


def judge(exercise, answer):
    """Return the state, the message and the kind of the feedback to an answer."""
    if is_stub(answer):
        return "todo", _choices.options(exercise) if exercise.choices else "", "stub"
    if exercise.choices:
        return _choices.judge_choice(exercise, answer)
    if callable(exercise.reference):
        return _judge_function(exercise, answer)
    return judge_value(exercise, answer)


def _judge_function(exercise, function):
    if not callable(function):
        return "hint", "give the function itself: its name, without calling it.", "type"
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "hint", "`async def` gives no result when it is called: write `def`.", "type"
    replaced = mended_numpy()
    want = expected(exercise)
    got, slow = _outcomes(exercise, function)
    replaced += mended_numpy()
    if replaced:
        names = ", ".join(f"`np.{name}`" for name in replaced)
        return "hint", f"NumPy itself was changed ({names}), and is put back now.", "patched"
    if slow is not None:
        where = f"stopped after {exercise.seconds:g} s, {_wording.case(exercise, slow)}"
        return "hint", f"{where}: a loop that never ends, or far too much work.", "slow"
    if all(o.value is ... or type(o.error) is NotImplementedError for o in got):
        return "todo", "", "stub"
    if _forgot_return(got, want):
        printed = "printing shows a result but does not return it; " * any(o.printed for o in got)
        return "hint", f"the function returns None: {printed}is `return` missing?", "none"
    mine = judged(exercise, got, want)
    if not any(mine.faults):
        return _allowed(exercise, function)
    return _hint(exercise, function, mine)


def _outcomes(exercise, function):
    """Run all cases; return the outcomes and the name of the case that was too slow, or None."""
    calls = [lambda args=args: run(function, args) for args in exercise.cases.values()]
    if may_hang(function):
        place = hangs(calls, exercise.seconds)
        if place is not None:
            return [], list(exercise.cases)[place]
    got = []
    for case, args in exercise.cases.items():
        got.append(run(function, args, exercise.seconds))
        if isinstance(got[-1].error, TooSlow):
            return got, case
    return got, None


def _allowed(exercise, function):
    """Refuse a right answer that calls what the task forbids."""
    names = {name for code in _inner(getattr(function, "__code__", None)) for name in code.co_names}
    for word in exercise.without:
        if word.rpartition(".")[2] in names:
            return "hint", f"right, but write it yourself, without `{word}`.", "without"
    return "correct", exercise.explanation, "correct"


def _inner(code):
    if isinstance(code, types.CodeType):
        yield code
        for part in code.co_consts:
            yield from _inner(part)


def _hint(exercise, function, mine):
    calls_it_wrongly = "raises" in mine.faults and not accepts(function, exercise)
    stage = next(stage for stage in _STAGES if stage in mine.faults)
    at = mine.faults.index(stage)
    if calls_it_wrongly and isinstance(mine.got[at].error, TypeError):
        return "hint", f"{_wording.arguments(exercise)}.", "arity"
    plain = _odd_kind(mine)
    if plain is not None:
        return "hint", f"{plain}.", "shape" if plain == _wording.BOXED else "type"
    with without_warnings():
        found = cause(exercise, function, mine)
    if found is not None:
        return "hint", *found
    case = _wording.case(exercise, mine.names[at])
    text = _describe(mine, function, stage, case, at)
    seen = next(iter(facts(function)), None) if stage in ("shape", "value") else None
    if seen is not None:
        return "hint", f"{seen}.\n{text}", "fact"
    if stage == "value" and is_constant(mine):
        return "hint", f"{_constant(mine.got[at].value)}.\n{text}", "constant"
    return "hint", text, stage


def _constant(value):
    numbers = flat(value)
    if numbers.size == 1:
        return f"it returns {show(numbers[0])} in every case"
    return f"all numbers that it returns are {show(numbers[0])}"


def _odd_kind(mine):
    """Tell a result of a kind that is never right, although its value may be."""
    for got, want, fault in zip(mine.got, mine.want, mine.faults, strict=True):
        value = got.value
        if fault not in ("shape", "value"):
            continue
        if isinstance(value, np.ma.MaskedArray):
            return "the result is a masked array: return a plain one, for example by `.filled(0)`"
        if isinstance(value, (types.BuiltinMethodType, types.MethodType)):
            name = value.__name__
            return f"the result is the method `{name}` itself: its brackets are missing, `{name}()`"
        if callable(value):
            return "the result is a function: call it with `()`, and return what it gives"
        if inspect.iscoroutine(value) or isinstance(value, asyncio.Future):
            return "`async def` gives no result when it is called: write `def`"
        if (
            isinstance(value, str)
            and not isinstance(want.value, str)
            and _same_text(mine, got, want)
        ):
            return "the value is right, but it is text: return the number itself"
    boxed = [
        right_in_a_box(mine.exercise, mine.got[at].value, mine.want[at].value) for at in mine.wrong
    ]
    return _wording.BOXED if boxed and all(boxed) and not mine.right else None


def _same_text(mine, got, want):
    try:
        return mine.same(float(got.value), want.value)
    except (ValueError, TypeError):
        return False


def _describe(mine, function, stage, case, at):
    outcome, want = mine.got[at], mine.want[at].value
    if stage == "raises":
        return f"{case}: {_wording.error(function, outcome.error)}"
    if stage == "mutates":
        return f"the values are right, but an argument was changed, so work on a copy: {case}."
    if stage == "dtype":
        kinds = {getattr(right.value, "dtype", None) for right in mine.want}
        return f"{_wording.dtypes(outcome.value, want, len(kinds) > 1)}: {case}."
    say = _wording.shapes if stage == "shape" else _wording.values
    return f"{case}: {say(gap_of(mine.exercise, outcome.value, want))}."


def _forgot_return(got, want):
    returned = [o.value is None for o in got if o.error is None]
    return all(returned) and bool(returned) and all(w.value is not None for w in want)
