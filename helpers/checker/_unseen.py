"""Arguments that no case holds, made of those of the cases.

Two functions that agree in every case may part here: then their agreement may be chance.
"""

import numpy as np

from helpers.checker._comparing import flat
from helpers.checker._running import TooSlow, is_changed, run
from helpers.checker._trial import Trial

_MOST = 24  # tuples of arguments
_LARGE = 2**16  # numbers in all arguments; larger cases would take too long
_SECONDS = 0.5
_last = {}


def agree(exercise, function, other):
    """Tell whether two functions that agree in every case agree on other arguments, too.

    Arguments for which one of the two raises an error do not count, and nothing more is tried
    once one of them takes long.
    """
    same = Trial(exercise, (), (), ()).same
    for args in _unseen(exercise):
        mine, theirs = (run(each, args, _SECONDS) for each in (function, other))
        errors = [outcome.error for outcome in (mine, theirs) if outcome.error is not None]
        if any(isinstance(error, TooSlow) for error in errors):
            return True
        if not errors and not same(mine.value, theirs.value):
            return False
    return True


def _unseen(exercise):
    """List arguments that no case holds and the reference takes; those last asked for are kept.

    They are those of one case with an argument of another one, or with one turned round. Where
    the reference raises an error or gives no finite number, they do not belong together.
    """
    if _last.get("exercise") is not exercise:
        found = []
        for args in _made(list(exercise.cases.values())):
            right = run(exercise.reference, args, _SECONDS)
            if right.error is None and _is_finite(right.value):
                found.append(args)
            if len(found) == _MOST or isinstance(right.error, TooSlow):
                break
        _last.update(exercise=exercise, found=found)
    return _last["found"]


def _is_finite(value):
    numbers = flat(value)
    return numbers is None or bool(np.isfinite(numbers).all())


def _made(rows):
    """Yield tuples of arguments that stand in no case."""
    if sum(getattr(arg, "size", 1) for row in rows for arg in row) > _LARGE:
        return
    for step in range(1, len(rows)):
        for at, row in enumerate(rows):
            other = rows[(at + step) % len(rows)]
            for place in range(len(row)):
                new = (*row[:place], other[place], *row[place + 1 :])
                if is_changed(new, row) and is_changed(new, other):
                    yield new
    for row in rows:
        for place, arg in enumerate(row):
            if isinstance(arg, np.ndarray) and arg.ndim and is_changed(arg[::-1], arg):
                yield (*row[:place], arg[::-1].copy(), *row[place + 1 :])
