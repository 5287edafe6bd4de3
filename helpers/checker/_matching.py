"""Find the declared misconceptions that explain an answer, and say how sure that is."""

from typing import NamedTuple

import numpy as np

from helpers.checker._comparing import flat
from helpers.checker._trial import is_constant, telling

_STAGES = ("raises", "shape", "value")


class Fit(NamedTuple):
    """How well a misconception fits: `sure` where no case speaks against it."""

    score: float
    hint: str
    sure: bool


def best_fit(mine, theirs):
    """Return the Fit of the misconception that explains an answer best, or None.

    Parameters
    ----------
    mine : Trial of the answer
    theirs : dict, hint -> Trial of the misconception
    """
    fits = [_fit(mine, other, hint) for hint, other in theirs.items()]
    fits = [fit for fit in fits if fit is not None]
    if not fits:
        return None
    best = max(fits, key=lambda fit: fit.score)
    rivals = {fit.hint for fit in fits if fit.score == best.score and fit.sure == best.sure}
    return None if len(rivals) > 1 and len(telling(mine)) <= 3 else best


def _fit(mine, other, hint):
    score = explained(mine, other)
    if not score:
        return None
    raised = [at for at, fault in enumerate(mine.faults) if fault == "raises"]
    if len(raised) > len(mine.wrong) > 0 and all(other.faults[at] != "raises" for at in raised):
        return None  # the error tells more
    against = [at for at in mine.right if other.faults[at] in _STAGES]
    if mine.wrong and is_constant(mine) and not is_constant(other):
        return None
    if against and mine.wrong and not _strong(mine, other, against):
        return None
    return Fit(score, hint, not against)


def _strong(mine, other, against):
    """Tell whether the shared wrong values are too many and too odd for a coincidence.

    Every wrong yes is a no, so a yes or no must agree in nearly all cases, right and wrong ones.
    """
    if all(isinstance(outcome.value, (bool, np.bool_)) for outcome in mine.want):
        return len(against) * 4 <= len(mine.faults)
    shared = [at for at in mine.wrong if other.faults[at] == mine.faults[at]]
    many = len(shared) >= 3 or len(telling(mine, shared)) >= 3
    return many or any(_is_odd(mine.got[a], other.got[a]) for a in shared)


def _is_odd(got, other):
    """Tell whether two results share an odd fraction to many digits, or a whole pattern."""
    a, b = flat(got.value), flat(other.value)
    if a is None or b is None or a.shape != b.shape:
        return False
    if a.size >= 4 and np.array_equal(a, b) and len(set(a.tolist())) > 1:
        return True
    odd = np.isfinite(a) & (np.abs(a * 1000 - np.round(a * 1000)) > 1e-4)
    return bool(np.any(odd & np.isclose(a, b, rtol=1e-7, atol=0)))


def explained(mine, other):
    """Count the cases that a misconception explains; 0 if it does not fit.

    It must give the wrong value in every case where a wrong value was returned; a case that
    raised instead is worth half if the misconception fails there too. Without any wrong value
    it must fail in the same way in every case.
    """
    faults, labels = mine.faults, other.faults
    needed = [fault in ("shape", "value") for fault in faults]
    if any(needed) or "raises" in faults:  # then side effects and dtype do not matter
        faults, labels = ([f if f in _STAGES else "" for f in fs] for fs in (faults, labels))
    alike = [
        fault == label and _alike(mine, fault, a, b)
        for fault, label, a, b in zip(faults, labels, mine.got, other.got, strict=True)
    ]
    if not all(same for same, need in zip(alike, needed, strict=True) if need or not any(needed)):
        return 0
    half = [fault == "raises" and label != "" for fault, label in zip(faults, labels, strict=True)]
    return sum(max(same, part / 2) for same, part in zip(alike, half, strict=True))


def _alike(mine, fault, a, b):
    if fault == "raises":
        return type(a.error) is type(b.error) and _text(a.error) == _text(b.error)
    if fault == "dtype":
        return a.value.dtype == getattr(b.value, "dtype", None)
    return fault in ("", "mutates") or mine.same(a.value, b.value)


def _text(error):
    try:
        return str(error)
    except Exception:  # an exception that cannot be told
        return ""


def majority(mine, theirs):
    """Return (hint, places) of a misconception behind most of the wrong cases, or None.

    At least two wrong cases and half of them, with values that do not coincide.
    """
    best = None
    for hint, other in theirs.items():
        places = [
            at
            for at in mine.wrong
            if other.faults[at] == mine.faults[at]
            and mine.same(mine.got[at].value, other.got[at].value)
        ]
        enough = len(places) >= max(2, len(mine.wrong) / 2) and len(telling(mine, places)) >= 3
        if enough and not is_constant(mine) and (best is None or len(places) > len(best[1])):
            best = hint, places
    return best


def related(mine, basis, relations):
    """Return the words of the first relation that leads from `basis` to every result, or None.

    `basis` holds the right outcomes or those of a misconception. Two or fewer telling numbers,
    or results that never change, could coincide.
    """
    if not mine.wrong or "raises" in mine.faults or len(telling(mine)) < 3 or is_constant(mine):
        return None
    for turn, words in relations:
        if all(_turned(mine, turn, b, g) for b, g in zip(basis, mine.got, strict=True)):
            return words
    return None


def _turned(mine, turn, basis, got):
    try:
        return mine.same(got.value, turn(basis.value))
    except Exception:  # the relation has no meaning for such a result
        return False
