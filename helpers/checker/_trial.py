"""Run an answer over all cases, and tell for each case which stage it fails."""

import inspect
from dataclasses import dataclass, replace

import numpy as np

from helpers.checker._comparing import difference, flat
from helpers.checker._running import run

_FINE_ATOL = 1e-3


@dataclass(frozen=True)
class Trial:
    """An answer, what it gave in each case, what is right there, and the first stage it fails.

    A fault is "raises", "shape", "value", "mutates", "dtype" or "" for each case.
    """

    exercise: object
    got: tuple
    want: tuple
    faults: tuple

    @property
    def wrong(self):
        """List the cases that returned a wrong value."""
        return [at for at, fault in enumerate(self.faults) if fault in ("shape", "value")]

    @property
    def right(self):
        """List the cases whose value is right."""
        return [at for at, f in enumerate(self.faults) if f in ("", "mutates", "dtype")]

    @property
    def names(self):
        """List the names of the cases."""
        return list(self.exercise.cases)

    def same(self, a, b):
        """Tell whether two results mean the same; among small numbers less is forgiven."""
        atol = self.exercise.atol
        if atol > _FINE_ATOL:  # one level of 255 is everything in a picture of 0 to 1
            numbers = flat(b)
            largest = 0 if numbers is None else np.max(np.abs(numbers), initial=0)
            atol = min(atol, max(_FINE_ATOL, largest / 100))
        return difference(a, b, self.exercise.rtol, atol) is None


def known_slips(exercise, want):
    """Return hint -> Trial of every misconception; those of the last exercise are kept."""
    slips = tuple(exercise.misconceptions)
    if _last.get("key") != (id(exercise), slips):
        found = {hint: trial(exercise, s, want) for s, hint in exercise.misconceptions.items()}
        _last.update(key=(id(exercise), slips), exercise=exercise, found=found)
    return dict(_last["found"])


_last = {}


def trial(exercise, function, want):
    """Run a trusted answer (a misconception) over all cases."""
    got = tuple(run(function, args) for args in exercise.cases.values())
    return judged(exercise, got, want)


def judged(exercise, got, want):
    """Compare outcomes with the right ones."""
    faults = tuple(_fault(exercise, mine, right) for mine, right in zip(got, want, strict=True))
    return Trial(exercise, tuple(got), tuple(want), faults)


def expected(exercise):
    """Return the right outcome of each case; an error of the reference is not hidden."""
    outcomes = [run(exercise.reference, args) for args in exercise.cases.values()]
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return tuple(outcomes)


def wrong_dtype(exercise, got, want):
    """Tell whether an array has another dtype than it must have."""
    held = exercise.dtype and isinstance(want, np.ndarray) and want.dtype.kind in "biufc"
    return held and getattr(got, "dtype", want.dtype) != want.dtype


def _fault(exercise, mine, right):
    if mine.error is not None:
        return "raises"
    gap = difference(mine.value, right.value, exercise.rtol, exercise.atol)
    if gap is not None:
        return gap.kind
    if mine.mutated and not right.mutated:
        return "mutates"
    return "dtype" if wrong_dtype(exercise, mine.value, right.value) else ""


def telling(mine, places=None):
    """Gather the distinct numbers that an answer got wrong, the commonplace ones left out.

    A wrong shape tells as much as its numbers. 0, 1, -1, infinity and NaN can coincide.
    """
    found = set()
    for at in mine.wrong if places is None else places:
        got, want = flat(mine.got[at].value), flat(mine.want[at].value)
        if got is None:
            continue
        if want is not None and got.shape == want.shape:
            got = got[~np.isclose(got, want, rtol=1e-9, atol=0, equal_nan=True)]
        found |= set(np.round(got[np.isfinite(got)], 9).tolist()[:1000])
    return found - {0.0, 1.0, -1.0}


def is_constant(mine):
    """Tell whether an answer gives one and the same number in every case, where it should not."""
    got = [flat(outcome.value) for outcome in mine.got if outcome.error is None]
    want = [flat(outcome.value) for outcome in mine.want]
    return _one(got) and not _one(want) and len(got) > 1


def is_multiple(mine):
    """Tell whether all results are the right ones times one and the same number."""
    ratios = []
    for got, want in zip(mine.got, mine.want, strict=True):
        got, want = flat(got.value), flat(want.value)
        if got is None or want is None or got.shape != want.shape:
            return False
        ratios.append(got[want != 0] / want[want != 0])
    ratios = np.concatenate(ratios) if ratios else np.ones(0)
    return bool(ratios.size) and bool(np.allclose(ratios, ratios[0], rtol=1e-6))


def _one(values):
    if any(value is None or not value.size for value in values) or not values:
        return False
    return len(set(np.concatenate(values).tolist())) == 1


def parts(mine):
    """Return the trials of the components, where every result is a tuple of the same length."""
    values = [outcome.value for outcome in (*mine.got, *mine.want)]
    pairs = all(isinstance(outcome.value, tuple) for outcome in mine.want)
    if not pairs or "raises" in mine.faults or not all(map(_has_parts, values)):
        return []
    lengths = {len(value) for value in values}
    if len(lengths) != 1 or not 2 <= min(lengths) <= 6:
        return []
    return [part(mine, at) for at in range(min(lengths))]


def _has_parts(value):
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def part(mine, at):
    """Return the trial of one component of the results."""
    got, want = (
        tuple(replace(o, value=o.value[at] if o.error is None else None) for o in outcomes)
        for outcomes in (mine.got, mine.want)
    )
    return judged(replace(mine.exercise, dtype=False), got, want)


def accepts(function, exercise):
    """Tell whether a function can be called with the arguments of every case."""
    try:
        return all(inspect.signature(function).bind(*args) for args in exercise.cases.values())
    except TypeError:
        return False
    except ValueError:  # a builtin that does not tell
        return True
