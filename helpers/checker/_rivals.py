"""Weigh a change that mends an answer against others that mend it as well.

Where all is right without an expression, a change inside it shows no cause. Where either of two
changes mends an answer, nobody knows which of the two slips was made.
"""

import ast

from helpers.checker._slips import is_operation

_DOUBTFUL = {"exchanged", "operated", "renamed", "numbered", "wrapped"}
_ALIKE = (  # kinds that are as likely as each other
    ("compared", "exchanged", "axes", "leftover", "operated", "twins", "joined"),
    ("counted",),
)


def without(edit, reaching):
    """Return (Edit, its place) of a change that leaves out what an Edit changes, or None.

    Parameters
    ----------
    edit : Edit that mends an answer
    reaching : function of kinds, gives such pairs of all Edits that do
    """
    found = reaching(("unwrapped",)) if edit.kind in _DOUBTFUL else ()
    return next(((other, said) for other, said in found if _drops(other, edit.node)), None)


def as_good(edit, reaching):
    """Return the place of a change elsewhere that is as good a cause as an Edit, or None."""
    found = (row for kinds in _ALIKE if edit.kind in kinds for row in reaching(kinds))
    equal = next((said for other, said in found if _are_apart(other.node, edit.node)), None)
    if equal is not None or edit.kind != "exchanged" or not is_operation(edit.node, ast.Sub):
        return equal
    found = reaching(("wrapped",))  # a difference turned round is a minus
    return next((said for other, said in found if _is_minus(other, edit.node)), None)


def _drops(other, node):
    """Tell whether a change leaves a node out, or the call or operation that it is."""
    if other.node is node:  # one side of it alone was tried
        return isinstance(node, ast.Call)
    return _holds(other.node, node) and not _holds(other.spots[0][-1], node)


def _is_minus(other, node):
    return isinstance(other.spots[0][-1], ast.UnaryOp) and _are_apart(other.node, node)


def _are_apart(one, other):
    return not _holds(one, other) and not _holds(other, one)


def _holds(node, part):
    return any(each is part for each in ast.walk(node))
