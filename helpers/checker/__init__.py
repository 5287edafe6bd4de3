"""Answer a learner's exercise: not attempted yet, a hint that fits the mistake, or correct."""

import difflib
import html
import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers import exercises
from helpers.checker._judging import judge
from helpers.checker._record import recall, remember

_WORDS = {"todo": "not attempted yet", "hint": "not yet", "correct": "correct"}
_EDGES = {"todo": "#767676", "hint": "#D55E00", "correct": "#0072B2"}


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
        return f"{self.name}: {_WORDS[self.state]}{join}{self.message}"

    def _repr_html_(self):
        style = f"border-left: 4px solid {_EDGES[self.state]}; padding: 0.3em 0.8em"
        head = f"<strong>{_markup(self.name)}: {_WORDS[self.state]}</strong>"
        body = f"<br>{_markup(self.message)}" if self.message else ""
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


def _lesson(prefix):
    module = f"{exercises.__name__}.lesson_{prefix.lower()}"
    if prefix.lower() not in _lessons():
        return {}
    return importlib.import_module(module).EXERCISES


def _lessons():
    names = [module.name for module in pkgutil.iter_modules(exercises.__path__)]
    return sorted(name[7:] for name in names if name.startswith("lesson_"))


def _find(name):
    prefix, _, key = str(name).strip().partition(".")
    prefix = prefix.upper()
    if key in _lesson(prefix):
        return f"{prefix}.{key}", _lesson(prefix)[key]
    known = [f"{lesson.upper()}.{key}" for lesson in _lessons() for key in _lesson(lesson)]
    nearest = difflib.get_close_matches(str(name), known, n=3, cutoff=0.3)
    raise ValueError(
        f"`name` must be an exercise; got {name!r}. Nearest: {', '.join(nearest) or 'none'}."
    )


@dataclass(frozen=True, repr=False)
class Progress:
    """A table of exercises; each row is (name, state, task, note)."""

    rows: tuple

    def __repr__(self):
        """List the exercises in plain text."""
        lines = [
            f"{name}: {_WORDS[state]} - {task}{note and f' ({note})'}"
            for name, state, task, note in self.rows
        ]
        return "\n".join([self._summary(), *lines])

    def _repr_html_(self):
        head = "".join(
            f'<th scope="col">{word}</th>' for word in ("Exercise", "State", "Task", "Tries")
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{_markup(cell)}</td>" for cell in (name, _WORDS[state], task, note))
            + "</tr>"
            for name, state, task, note in self.rows
        )
        return f"<table><caption>{self._summary()}</caption><tr>{head}</tr>{rows}</table>"

    def _summary(self):
        if not self.rows:
            return "No exercise checked yet."
        solved = sum(state == "correct" for _, state, _, _ in self.rows)
        return f"{solved} of {len(self.rows)} exercises solved"


def progress(lesson=None):
    """List the exercises of one lesson, or of all lessons met so far.

    Parameters
    ----------
    lesson : str, such as "01"; by default all lessons with a checked or recorded exercise

    Returns
    -------
    Progress

    Raises
    ------
    ValueError
        If the lesson has no exercises.
    """
    record = recall()
    prefixes = {name.partition(".")[0] for name in record} if lesson is None else {lesson.upper()}
    if lesson is not None and not _lesson(lesson):
        known = ", ".join(prefix.upper() for prefix in _lessons()) or "none"
        raise ValueError(f"`lesson` must be one of {known}; got {lesson!r}.")
    return Progress(
        tuple(
            (f"{prefix}.{key}", *_row(record.get(f"{prefix}.{key}"), exercise))
            for prefix in sorted(prefixes)
            for key, exercise in _lesson(prefix).items()
        )
    )


def _row(entry, exercise):
    if entry is None or not entry["tries"]:
        return "todo", exercise.task, ""
    tries = f"{entry['tries']} {'try' if entry['tries'] == 1 else 'tries'}"
    note = f"solved after {tries}" if entry["state"] == "correct" else tries
    return (
        entry["state"],
        exercise.task,
        (f"first answer: {entry['first']}; {note}" if entry["first"] else note),
    )


def _markup(text):
    code = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
    return code.replace("\n", "<br>")
