"""Report which slips in right answers the cases of an exercise let pass.

`python -m tests.exercises.mutants 02 07.schedule` prints every slip that is accepted although
some other input shows that it is wrong. That input is the case to add.
"""

import dis
import importlib
import sys
import types
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from helpers.checker._running import Outcome, run
from helpers.checker._trial import judged
from helpers.checker._wording import show
from helpers.exercises import Exercise
from tests.exercises.inputs import further_inputs
from tests.exercises.mutations import mutants

SECONDS = 1.0  # for each call of a slip that may never end


class Tally(NamedTuple):
    """How the slips of one exercise end.

    `survivors` maps a slip to an input that tells; `equal` are slips that no input told apart;
    `disagree` is an input on which two answers that the tests call right differ.
    """

    killed: int
    survivors: dict
    equal: tuple
    disagree: tuple = ()

    @property
    def share(self):
        """Return the share of telling slips that the cases refuse."""
        telling = self.killed + len(self.survivors)
        return self.killed / telling if telling else 1.0


def tally(exercise, forms, equivalent=(), asked=None, most=None):
    """Run the slips of the reference and of its other right `forms` through the cases.

    A slip that is accepted counts as a survivor if an input is found on which all right answers
    agree and the slip does not. `equivalent` names slips that a reason excuses; `asked` tells
    whether the task speaks of an input at all; `most` answers are changed, the reference first.
    """
    forms = [form for form in (exercise.reference, *forms) if isinstance(form, types.FunctionType)]
    rows = [asked_row(exercise, args) for args in exercise.cases.values()]
    killed, passed = 0, {}
    for form in forms[:most]:
        for told, mutant in mutants(form):
            accepted = accepts(rows, mutant)
            killed += not accepted
            if accepted and told not in equivalent:
                passed[told] = mutant
    inputs, odd = agreed_inputs(exercise, forms, asked)
    told_apart = {told: _telling(mutant, inputs) for told, mutant in passed.items()}
    survivors = {told: args for told, args in told_apart.items() if args is not None}
    equal = tuple(told for told in passed if told not in survivors)
    return Tally(killed, survivors, equal, odd[0].args if odd else ())


class Row(NamedTuple):
    """An input, the exercise with this input alone, and the right outcome, computed once."""

    args: tuple
    one: Exercise
    want: Outcome


def asked_row(exercise, args):
    """Return the Row of an input."""
    one = replace(exercise, cases={"further": args}, misconceptions={})
    return Row(args, one, run(exercise.reference, args))


def accepts(rows, function):
    """Tell whether a function is right in every Row, the first wrong one ends it.

    Only what loops may need to be stopped: a deadline costs a thread for every call.
    """
    seconds = SECONDS if _loops(function) else None
    for row in rows:
        got = run(function, row.args, seconds)
        if any(judged(row.one, [got], [row.want]).faults):
            return False
    return True


def _loops(function):
    """Tell whether a function, or one of its module that it calls, goes round by `while`."""
    jumps, waiting, seen = False, [function], set()
    while waiting and not jumps:
        part = waiting.pop()
        code = getattr(part, "__code__", None)
        if code is None or code in seen:
            continue
        seen.add(code)
        jumps = any("JUMP_BACKWARD" in i.opname for i in dis.get_instructions(code))
        jumps |= any(isinstance(inner, types.CodeType) for inner in code.co_consts)
        waiting += [part.__globals__.get(name) for name in code.co_names]
    return jumps


def agreed_inputs(exercise, forms, asked=None):
    """Return the Rows on which all right answers agree, and those on which they do not.

    Inputs on which the reference fails or gives NaN are left out, and those that are not `asked`.
    """
    agreed, odd = [], []
    for args in further_inputs(exercise.cases):
        if asked is not None and not asked(*args):
            continue
        row = asked_row(exercise, args)
        if row.want.error is None and _is_finite(row.want.value):
            alike = all(accepts([row], form) for form in forms if form is not exercise.reference)
            (agreed if alike else odd).append(row)
    return agreed, odd


def _is_finite(value):
    try:
        return bool(np.all(np.isfinite(np.asarray(value, dtype=float))))
    except (TypeError, ValueError):  # ragged or text: compared as it is
        return True


def _telling(mutant, rows):
    return next((row.args for row in rows if not accepts([row], mutant)), None)


def of_lesson(lesson, most=None):
    """Yield (name, Tally) for every exercise of a lesson that asks for a function."""
    declared = importlib.import_module(f"helpers.exercises.lesson_{lesson.lower()}").EXERCISES
    tested = importlib.import_module(f"tests.exercises.lesson_{lesson.lower()}")
    excused = getattr(tested, "EQUIVALENT", {})  # name -> slip -> why it is no slip
    asked = getattr(tested, "ASKED", {})  # name -> whether the task speaks of such an input
    for key, exercise in declared.items():
        if callable(exercise.reference):
            forms, no_slips = tested.ACCEPTED.get(key, ()), excused.get(key, {})
            yield f"{lesson}.{key}", tally(exercise, forms, no_slips, asked.get(key), most)


def _report(name, found):
    telling = found.killed + len(found.survivors)
    print(f"## {name}: {found.killed} of {telling} killed, {len(found.equal)} never differ")
    for told, args in found.survivors.items():
        print(f"  SURVIVES {told}\n    told apart by ({', '.join(map(_shown, args))})")
    if found.disagree:
        print(f"  RIGHT ANSWERS DISAGREE on ({', '.join(map(_shown, found.disagree))})")
    for told in found.equal:
        print(f"  same on every further input: {told}")


def _shown(arg):
    return np.array2string(arg, threshold=40) if isinstance(arg, np.ndarray) else show(arg)


def main(wanted):
    """Print the report for lessons such as "02" or exercises such as "02.disc"."""
    killed = telling = 0
    for lesson in dict.fromkeys(word.partition(".")[0].upper() for word in wanted):
        for name, found in of_lesson(lesson):
            if {lesson, name} & set(wanted):
                _report(name, found)
                killed += found.killed
                telling += found.killed + len(found.survivors)
    print(f"{killed} of {telling} killed: {killed / max(telling, 1):.1%}")


if __name__ == "__main__":
    main([word.replace("a0", "A0") for word in sys.argv[1:]])
