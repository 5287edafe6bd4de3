"""At least 98 % of the small slips in the references are refused by the cases of each lesson.

`python -m tests.exercises.mutants` changes the other right answers as well, which takes long.
"""

import pytest

from helpers.exercises import lesson_names
from tests.exercises.mutants import of_lesson

LEAST = 0.98


@pytest.mark.parametrize("lesson", lesson_names())
def test_the_cases_refuse_nearly_every_slip(lesson, say):
    found = dict(of_lesson(lesson, most=1))
    killed = sum(tally.killed for tally in found.values())
    lived = [(name, slip) for name, tally in found.items() for slip in tally.survivors]
    say(f"  lesson {lesson}: {killed} of {killed + len(lived)} slips refused")
    assert killed >= LEAST * (killed + len(lived)), lived
