"""Exercises of the lessons: one module `lesson_NN` each, with a dict `EXERCISES` by name."""

import importlib
import pkgutil

from helpers.exercises._exercise import Exercise as Exercise


def lesson_names():
    """Return the names of all lessons with exercises, such as "00" and "A0"."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return sorted(name[7:].upper() for name in names if name.startswith("lesson_"))


def of_lesson(lesson):
    """Return the exercises of a lesson by name; none where there is no such lesson."""
    if lesson.upper() not in lesson_names():
        return {}
    return importlib.import_module(f"{__name__}.lesson_{lesson.lower()}").EXERCISES
