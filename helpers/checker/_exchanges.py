"""Recognise a right answer to another question: one argument turned round, or two exchanged."""

import inspect

import numpy as np

from helpers.checker._running import run
from helpers.checker._trial import is_constant, telling


def exchanged(mine):
    """Return the words for changed arguments with which every result would be right, or None."""
    if not mine.wrong or "raises" in mine.faults or len(telling(mine)) < 3 or is_constant(mine):
        return None
    cases = list(mine.exercise.cases.values())
    names = _names(mine.exercise.reference, cases[0])
    for turn, words in _turns(cases[0], names):
        if _all_right(mine, cases, turn):
            return words
    return None


def _all_right(mine, cases, turn):
    for args, got in zip(cases, mine.got, strict=True):
        try:
            outcome = run(mine.exercise.reference, turn(args))
        except Exception:  # such an argument cannot be turned
            return False
        if outcome.error is not None or not mine.same(got.value, outcome.value):
            return False
    return True


def _turns(args, names):
    for at, (arg, name) in enumerate(zip(args, names, strict=True)):
        for turn, words in _single(arg):
            yield (
                (lambda row, at=at, turn=turn: _with(row, at, turn(row[at]))),
                (f"this is the right result for {words.format(f'`{name}`')}"),
            )
        for other in range(at + 1, len(args)):
            if type(arg) is type(args[other]):
                yield (
                    (lambda row, a=at, b=other: _with(_with(row, a, row[b]), b, row[a])),
                    (f"this is the right result with `{name}` and `{names[other]}` exchanged"),
                )


def _single(arg):
    if isinstance(arg, np.ndarray) and arg.dtype == bool:
        yield np.logical_not, "the opposite of {0}: True and False are exchanged"
    if isinstance(arg, np.ndarray) and arg.ndim == 2:
        yield np.transpose, "{0} with rows and columns exchanged"
    if isinstance(arg, float) and 0 < arg < 1:
        yield (lambda x: 1 - x), "1 - {0}"
        yield (lambda x: (1 + x) / 2), "(1 + {0}) / 2 in the place of {0}"
        yield (lambda x: 2 * x - 1), "2 * {0} - 1 in the place of {0}: a tail is counted double"
    if isinstance(arg, (int, float)) and not isinstance(arg, bool):
        yield (lambda x: x + 1), "{0} + 1"
        yield (lambda x: x - 1), "{0} - 1"
        yield (lambda x: 2 * x), "twice {0}"
        yield (lambda x: x / 2), "half of {0}"
        yield (lambda x: -x), "{0} with the other sign"


def _with(row, at, value):
    return (*row[:at], value, *row[at + 1 :])


def _names(reference, args):
    try:
        names = list(inspect.signature(reference).parameters)
    except (TypeError, ValueError):
        names = []
    return names[: len(args)] or [f"argument {at + 1}" for at in range(len(args))]
