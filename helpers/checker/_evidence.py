"""Weigh a declared slip against the arguments that an answer reads and ignores."""

from helpers.checker._facts import unread
from helpers.checker._matching import explained
from helpers.checker._source import tree_of


def is_guess(function, mine, theirs, hint):
    """Tell whether a slip is only one of several ways to one and the same wrong number.

    It is if another slip fits as well, or if slip and answer do not read the same arguments.
    """
    if sum(explained(mine, other) > 0 for other in theirs.values()) > 1:
        return True
    tree = tree_of(function)
    ignores = tree is not None and hint in ignorant(mine.exercise, tree)
    return ignores or ignores_more(function, mine.exercise, hint)


def ignorant(exercise, tree):
    """Gather the hints of slips that ignore an argument which an answer reads."""
    ignored = unread(tree).keys()
    return {hint for hint, other in _read(exercise) if other - ignored}


def ignores_more(function, exercise, hint):
    """Tell whether an answer ignores an argument that a slip reads."""
    tree = tree_of(function)
    ignored = set() if tree is None else unread(tree).keys()
    return any(ignored - other for told, other in _read(exercise) if told == hint)


def _read(exercise):
    """Yield (hint, the places of the arguments that it ignores) of slips with a source."""
    for slip, hint in exercise.misconceptions.items():
        tree = tree_of(slip)
        if tree is not None:
            yield hint, unread(tree).keys()
