"""How an exercise is declared: its task, a reference, cases, and wrong answers with their hints."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Exercise:
    """Declare an exercise; its kind follows from `choices` and from whether `reference` is called.

    Parameters
    ----------
    task : one line, shown by `progress`
    reference : a function, a value, or the right one of `choices`
    cases : for a function: name -> tuple of arguments, smallest first
    misconceptions : wrong function, value (or predicate of a value) or choice -> hint
    choices : all options of a committed prediction
    explanation : one sentence, shown when the answer is correct
    rtol, atol : tolerance of values
    dtype : whether the dtype of a returned array counts
    seconds : time allowed for each case
    without : names that the task forbids to call, such as "np.roll"
    steps : further hints on demand, from the direction to the step; the line of the stored
        solution follows by itself
    again : the same exercise with other numbers, for a repetition; None asks for the same one
    """

    task: str
    reference: object
    cases: Mapping = field(default_factory=dict)
    misconceptions: Mapping = field(default_factory=dict)
    choices: tuple = ()
    explanation: str = ""
    rtol: float = 1e-6
    atol: float = 1e-6
    dtype: bool = True
    seconds: float = 5.0
    without: tuple = ()
    steps: tuple = ()
    again: "Exercise | None" = None

    def __post_init__(self):
        """Refuse a declaration that would accept everything or nothing."""
        if callable(self.reference) and not self.cases:
            raise ValueError("`cases` must hold at least one case for a function; got none.")
        for name, args in self.cases.items():
            if not isinstance(args, tuple):
                raise ValueError(
                    f"`cases` must map to tuples of arguments; got {name!r}: {args!r}."
                )
        if self.choices and self.reference not in self.choices:
            raise ValueError(f"`reference` must be one of `choices`; got {self.reference!r}.")
