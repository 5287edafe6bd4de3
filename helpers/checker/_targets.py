"""Results that a changed answer may lead to: the right ones, or those of a known slip."""

import numpy as np

from helpers.checker._comparing import flat


class Targets:
    """What a change may lead to: "" for the right results, or the hint of a slip."""

    def __init__(self, mine, slips):
        self.mine = mine
        self.rows = {"": [(o.value, _trace(o.value)) for o in mine.want]}
        for hint, outcomes in slips.items():
            self.rows[hint] = [
                None if o.error is not None else (o.value, _trace(o.value)) for o in outcomes
            ]

    def matching(self, keys, place, value):
        """Keep the keys whose result in a case means the same as a value."""
        trace = _trace(value)
        return [key for key in keys if self._same(self.rows[key][place], value, trace)]

    def _same(self, row, value, trace):
        return row is not None and not self._apart(trace, row[1]) and self.mine.same(value, row[0])

    def _apart(self, one, other):
        """Tell by size and sum that two results differ by more than any tolerance."""
        if one is None or other is None:
            return False
        exercise = self.mine.exercise
        free = one[0] * (exercise.atol + 0.01) + max(exercise.rtol, 1e-4) * other[2]
        return one[0] != other[0] or abs(one[1] - other[1]) > free


def _trace(value):
    """Return size, sum and sum of the absolute values of finite numbers, or None."""
    numbers = flat(value)
    total = float(np.abs(numbers).sum()) if numbers is not None else float("nan")
    return (numbers.size, float(numbers.sum()), total) if total - total == 0 else None
