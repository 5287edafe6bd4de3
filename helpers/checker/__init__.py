"""Answer a learner's exercise: not attempted yet, a hint that fits the mistake, or correct."""

import difflib
from dataclasses import dataclass

from helpers.checker._judging import judge
from helpers.checker._progress import WORDS, Progress, markup, progress
from helpers.checker._record import remember
from helpers.exercises import Exercise, lesson_names, of_lesson

__all__ = ["Exercise", "Feedback", "Progress", "check", "progress"]

_EDGES = {"todo": "#767676", "hint": "#D55E00", "correct": "#0072B2"}


@dataclass(frozen=True, repr=False)
class Feedback:
    """The answer to an answer: `state` is "todo", "hint" or "correct"."""

    name: str
    state: str
    message: str = ""
    kind: str = ""

    def __repr__(self):
        """Say it in one line."""
        join = {"todo": " - ", "hint": " - ", "correct": ". "}[self.state] if self.message else ""
        return f"{self.name}: {WORDS[self.state]}{join}{self.message}"

    def _repr_html_(self):
        style = f"border-left: 4px solid {_EDGES[self.state]}; padding: 0.3em 0.8em"
        head = f"<strong>{markup(self.name)}: {WORDS[self.state]}</strong>"
        body = f"<br>{markup(self.message)}" if self.message else ""
        return f'<div role="status" style="{style}">{head}{body}</div>'


def check(name, answer):
    """Check an answer to the exercise `name`, such as "01.mark".

    Parameters
    ----------
    name : str, the lesson and the exercise
    answer : function, value or choice; `...` means not attempted yet

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    name, exercise = _find(name)
    feedback = Feedback(name, *judge(exercise, answer))
    tried = feedback.kind not in ("stub", "unlisted")
    remember(name, feedback.state, tried, str(answer).strip() if exercise.choices else "")
    return feedback


def _find(name):
    prefix, _, key = str(name).strip().partition(".")
    prefix = prefix.upper()
    if key in (found := of_lesson(prefix)):
        return f"{prefix}.{key}", found[key]
    known = [f"{lesson}.{key}" for lesson in lesson_names() for key in of_lesson(lesson)]
    nearest = difflib.get_close_matches(str(name), known, n=3, cutoff=0.3)
    raise ValueError(
        f"`name` must be an exercise; got {name!r}. Nearest: {', '.join(nearest) or 'none'}."
    )
