"""Answers that no declaration knows, and what the checker should make of them.

`trial.txt` holds right answers in unusual style, wrong ones as a learner would write them, and
ones with two mistakes. Each wrong one stands with the words of which a
fitting hint has at least one. `python -m tests.exercises.trial` prints the shares.
"""

import importlib
import linecache
import math
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from scipy import special, stats

from helpers import compression, filters, images, roc, similarity
from helpers.checker._judging import judge
from helpers.exercises import lesson_02, lesson_04, lesson_a1

TABLE = Path(__file__).with_name("trial.txt")
CAUSES = {"misconception", "repair", "relation", "part", "majority", "fact", "near", "none"}
CAUSES |= {"missing"}
SPACE = {"np": np, "math": math, "stats": stats, "roc": roc, "filters": filters, "images": images}
SPACE |= {"special": special, "cv2": cv2, "similarity": similarity, "compression": compression}
SPACE |= {"to_linear": lesson_02.decode, "to_encoded": lesson_02.encode}  # from the lessons
SPACE |= {"nine_in_order": lesson_04.by_rank, "middle_of_three": lesson_a1.middle_of_three}


class Answer(NamedTuple):
    """One answer: `kind` is "right", "wrong" or "two" mistakes; `words` is a pattern."""

    exercise: str
    kind: str
    words: str
    source: str


def answers():
    """Return all answers of the table."""
    found = []
    for chapter in re.split(r"^# ", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *blocks = re.split(r"^## ", chapter, flags=re.MULTILINE)
        for block in blocks:
            head, _, source = block.partition("\n")
            kind, _, words = head.partition(" ")
            found.append(Answer(name.strip(), kind, words, source))
    return found


def function_of(answer, number):
    """Return the function of an answer; its source can be read, as in a notebook."""
    name = f"<answer {number}>"
    lines = answer.source.splitlines(keepends=True)
    linecache.cache[name] = (len(answer.source), None, lines, name)
    space = {**SPACE, "__name__": "__main__"}
    exec(compile(answer.source, name, "exec"), space)
    return space[re.match(r"def (\w+)", answer.source)[1]]


def class_of(answer, number):
    """Return "accepted", "named", "generic" or "false", and the message."""
    lesson, _, key = answer.exercise.partition(".")
    module = importlib.import_module(f"helpers.exercises.lesson_{lesson.lower()}")
    state, message, kind = judge(module.EXERCISES[key], function_of(answer, number))
    if state == "correct":
        return "accepted", message
    fits = re.search(answer.words, message, re.IGNORECASE) if answer.words else None
    if kind in CAUSES:
        return ("named" if fits or message.startswith("nearly right") else "false"), message
    return ("named" if fits and kind in ("raises", "type", "dtype") else "generic"), message


def counts():
    """Count the classes for each kind of answer."""
    rows = list(enumerate(answers()))
    return Counter((answer.kind, class_of(answer, number)[0]) for number, answer in rows)


if __name__ == "__main__":
    for number, answer in enumerate(answers()):
        told = class_of(answer, number)
        print(number, answer.exercise, answer.kind, *told, sep=" | ")
    print(counts())
