"""Judge a committed prediction: one of the choices, however it is spelt."""

import re

from helpers.checker._wording import show


def judge_choice(exercise, answer):
    """Return the state, the message and the kind of the feedback to a choice."""
    said = str(answer) if isinstance(answer, str) else show(answer)
    for fold in (_fold, _bare):
        if fold(said) == fold(exercise.reference):
            return "correct", exercise.explanation, "correct"
        for wrong, hint in exercise.misconceptions.items():
            if fold(said) == fold(wrong):
                return "hint", hint, "misconception"
    return "hint", options(exercise), "unlisted"


def options(exercise):
    """List what can be chosen."""
    listed = ", ".join(f'"{choice}"' for choice in exercise.choices)
    return f"choose one of: {listed}."


def _fold(choice):
    """Forget case and spaces: "about 7%" means "about 7 %"."""
    return "".join(choice.casefold().split())


def _bare(choice):
    """Forget also a full stop, quotation marks and brackets, and write "percent" as %."""
    text = re.sub(r"per\s?cent", "%", choice.casefold())
    text = re.sub(r"[\"'`\u2018-\u201f\u00ab\u00bb()\[\]{}]", "", text).strip()
    return _fold(text.rstrip(".!,;: "))
