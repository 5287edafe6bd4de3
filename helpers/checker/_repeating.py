"""Bring back what was hard, after the lesson after next."""

from helpers.exercises import lesson_names, of_lesson

TRIES = 3
LATER = 2  # lessons


def due(record):
    """Return (name, task) of what to repeat: solved after three or more tries, two lessons ago."""
    order = _order()
    met = [order.index(lesson) for lesson in {n.partition(".")[0] for n in record} & set(order)]
    return tuple(
        _again(lesson, key, exercise)
        for lesson in order
        for key, exercise in of_lesson(lesson).items()
        if _was_hard(record, f"{lesson}.{key}") and max(met) >= order.index(lesson) + LATER
    )


def is_due(name, record):
    """Tell whether an exercise is to be repeated now."""
    return any(name == listed for listed, _ in due(record))


def _order():
    """List the lessons in the order of the course: those with a letter come first."""
    return sorted(lesson_names(), key=lambda lesson: (lesson.isdigit(), lesson))


def _was_hard(record, name):
    entry = record.get(name)
    done = record.get(f"{name}.again", {}).get("state") == "correct"
    solved = entry is not None and entry["state"] == "correct"
    return solved and entry["tries"] >= TRIES and not done


def _again(lesson, key, exercise):
    if exercise.again is not None:
        return f"{lesson}.{key}.again", exercise.again.task
    return f"{lesson}.{key}", f"{exercise.task}, in an empty cell and without looking"
