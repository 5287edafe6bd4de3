"""Exercises of the lessons: one module `lesson_NN` each, with a dict `EXERCISES` by name."""

import difflib
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


def find(name):
    """Return the full name and the exercise of a name such as "01.mark" or "01.mark.again".

    Raises
    ------
    ValueError
        If there is no such exercise; the nearest names are told.
    """
    prefix, _, key = str(name).strip().partition(".")
    prefix, plain = prefix.upper(), key.removesuffix(".again")
    found = of_lesson(prefix).get(plain)
    if found is not None and (plain == key or found.again is not None):
        return f"{prefix}.{key}", found if plain == key else found.again
    known = [f"{lesson}.{key}" for lesson in lesson_names() for key in of_lesson(lesson)]
    nearest = difflib.get_close_matches(str(name), known, n=3, cutoff=0.3)
    raise ValueError(
        f"`name` must be an exercise; got {name!r}. Nearest: {', '.join(nearest) or 'none'}."
    )
