"""Recognise a right answer to another question: one argument turned round, or two exchanged."""

import inspect

import numpy as np

from helpers.checker._facts import unread
from helpers.checker._running import run
from helpers.checker._source import tree_of
from helpers.checker._trial import is_constant, telling
from helpers.checker._wording import TWO

_SECONDS = 0.3  # a slip may search without end for what no argument of its own asks


def exchanged(mine):
    """Return the words for changed arguments with which every result would be right, or None."""
    if not mine.wrong or "raises" in mine.faults or len(telling(mine)) < 3 or is_constant(mine):
        return None
    cases = list(mine.exercise.cases.values())
    names = _names(mine.exercise.reference, cases[0])
    for turn, words in _turns(cases, names):
        if _all_right(mine, cases, turn, mine.exercise.reference):
            return f"this is the right result {words}"
    return None


def exchanged_as_well(mine):
    """Return the words for a declared slip with changed arguments that gives all, or None."""
    if not mine.wrong or "raises" in mine.faults or len(telling(mine)) < 3 or is_constant(mine):
        return None
    cases = list(mine.exercise.cases.values())
    names = _names(mine.exercise.reference, cases[0])
    for slip, hint in mine.exercise.misconceptions.items():
        for turn, words in _turns(cases, names, beside=True, ignored=_ignored(slip)):
            if _all_right(mine, cases, turn, slip):
                return f"{TWO} {hint} And besides, this comes out {words}"
    return None


def _all_right(mine, cases, turn, function):
    for args, got in zip(cases, mine.got, strict=True):
        try:
            outcome = run(function, turn(args), _SECONDS)
        except Exception:  # such an argument cannot be turned
            return False
        if outcome.error is not None or not mine.same(got.value, outcome.value):
            return False
    return True


def _ignored(slip):
    """Return the places of the arguments that a slip never reads: to turn one makes no mistake."""
    tree = tree_of(slip)
    return set() if tree is None else unread(tree).keys()


def _turns(cases, names, beside=False, ignored=()):
    """Yield (turn of a row of arguments, words); only the telling ones beside another slip."""
    args = cases[0]
    for at, (arg, name) in enumerate(zip(args, names, strict=True)):
        if at in ignored:
            continue
        for turn, words in _single([row[at] for row in cases], beside):
            yield (
                (lambda row, at=at, turn=turn: _with(row, at, turn(row[at]))),
                f"for {words.format(f'`{name}`')}",
            )
        for other in range(at + 1, len(args)):
            alike = all(_is_share(row[at]) == _is_share(row[other]) for row in cases)
            if type(arg) is type(args[other]) and alike and other not in ignored:
                yield (
                    (lambda row, a=at, b=other: _with(_with(row, a, row[b]), b, row[a])),
                    f"with `{name}` and `{names[other]}` exchanged",
                )


def _single(values, beside):
    """Yield (turn, words) for an argument with these values; a share must remain a share."""
    arg = values[0]
    if isinstance(arg, np.ndarray) and arg.dtype == bool:
        yield np.logical_not, "the opposite of {0}: True and False are exchanged"
    if isinstance(arg, np.ndarray) and arg.ndim == 2:
        yield np.transpose, "{0} with rows and columns exchanged"
    if not isinstance(arg, (int, float)) or isinstance(arg, bool):
        return
    share = all(_is_share(value) for value in values)
    for turn, words in (*(_SHARES if _is_share(arg) else ()), *(() if beside else _NUMBERS)):
        if not share or all(_is_share(turn(value)) for value in values):
            yield turn, words


def _is_share(value):
    return isinstance(value, float) and 0 < value < 1


_SHARES = (
    (lambda x: 1 - x, "1 - {0}"),
    (lambda x: (1 + x) / 2, "(1 + {0}) / 2 in the place of {0}"),
    (lambda x: 2 * x - 1, "2 * {0} - 1 in the place of {0}: a tail is counted double"),
)
_NUMBERS = (
    (lambda x: x + 1, "{0} + 1"),
    (lambda x: x - 1, "{0} - 1"),
    (lambda x: 2 * x, "twice {0}"),
    (lambda x: x / 2, "half of {0}"),
    (lambda x: -x, "{0} with the other sign"),
)


def _with(row, at, value):
    return (*row[:at], value, *row[at + 1 :])


def _names(reference, args):
    try:
        names = list(inspect.signature(reference).parameters)
    except (TypeError, ValueError):
        names = []
    return names[: len(args)] or [f"argument {at + 1}" for at in range(len(args))]
