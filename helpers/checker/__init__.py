"""Answer a learner's exercise: not attempted yet, a hint that fits the mistake, or correct."""

from dataclasses import dataclass

from helpers.checker._judging import judge
from helpers.checker._progress import WORDS, Progress, markup, progress
from helpers.checker._record import remember
from helpers.checker._running import is_running
from helpers.checker._steps import next_step
from helpers.exercises import Exercise, find

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


def check(name, answer, *, more=False):
    """Check an answer to the exercise `name`, such as "01.mark".

    Parameters
    ----------
    name : str, the lesson and the exercise
    answer : function, value or choice; `...` means not attempted yet
    more : bool, whether to add a further hint: the direction, then the step, then the line of
        the solution; each call gives the next one

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If there is no such exercise.
    RuntimeError
        If an answer checks itself while it is being checked.
    """
    name, exercise = find(name)
    if is_running():
        raise RuntimeError("an answer cannot check itself: call `check` below the function")
    feedback = Feedback(name, *_judged(exercise, answer))
    if more and feedback.state != "correct":
        step = next_step(name, exercise)
        text = f"{feedback.message}\n{step}" if feedback.message else step
        feedback = Feedback(name, feedback.state, text, feedback.kind)
    tried = feedback.kind not in ("stub", "unlisted", "unjudged")
    remember(name, feedback.state, tried, str(answer).strip() if exercise.choices else "")
    return feedback


def _judged(exercise, answer):
    """Judge an answer; whatever its own objects raise becomes a hint."""
    try:
        return judge(exercise, answer)
    except Exception as error:
        kind = type(error).__name__
        return (
            "hint",
            f"this answer could not be compared ({kind}): return plain values.",
            "unjudged",
        )
