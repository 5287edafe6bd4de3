"""What is solved so far, as a table."""

import html
import re
from dataclasses import dataclass

from helpers.checker._record import recall
from helpers.checker._repeating import due
from helpers.exercises import lesson_names, of_lesson

WORDS = {"todo": "not attempted yet", "hint": "not yet", "correct": "correct"}


@dataclass(frozen=True, repr=False)
class Progress:
    """A table of exercises; each row is (name, state, task, note), each repetition (name, task)."""

    rows: tuple
    repeats: tuple = ()

    def __repr__(self):
        """List the exercises in plain text."""
        lines = [
            f"{name}: {WORDS[state]} - {task}{note and f' ({note})'}"
            for name, state, task, note in self.rows
        ]
        return "\n".join([self._summary(), *lines, *self._due()])

    def _due(self):
        return [f"Repeat {name}: {task}" for name, task in self.repeats]

    def _repr_html_(self):
        head = "".join(
            f'<th scope="col">{word}</th>' for word in ("Exercise", "State", "Task", "Tries")
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{markup(cell)}</td>" for cell in (name, WORDS[state], task, note))
            + "</tr>"
            for name, state, task, note in self.rows
        )
        table = f"<table><caption>{self._summary()}</caption><tr>{head}</tr>{rows}</table>"
        return table + "".join(f"<p>{markup(line)}</p>" for line in self._due())

    def _summary(self):
        if not self.rows:
            return "No exercise checked yet."
        solved = sum(state == "correct" for _, state, _, _ in self.rows)
        return f"{solved} of {len(self.rows)} exercises solved"


def progress(lesson=None):
    """List the exercises of one lesson, or of all lessons met so far, and what to repeat.

    What took three or more tries comes back after the lesson after next, with other numbers
    where the exercise has them, until it is solved once more.

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
    if lesson is not None and not of_lesson(lesson):
        known = ", ".join(lesson_names()) or "none"
        raise ValueError(f"`lesson` must be one of {known}; got {lesson!r}.")
    return Progress(
        tuple(
            (f"{prefix}.{key}", *_row(record.get(f"{prefix}.{key}"), exercise))
            for prefix in sorted(prefixes)
            for key, exercise in of_lesson(prefix).items()
        ),
        due(record),
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


def markup(text):
    """Return HTML in which `words` are code."""
    code = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
    return code.replace("\n", "<br>")
