"""What a split must not tear apart: near copies, and what the reader says belongs together."""

from typing import NamedTuple

import numpy as np

from helpers import own_data
from helpers.files import Problem, readable
from helpers.similarity import chains, likely_copies

SHOWN = 3  # pairs that are named


class Together(NamedTuple):
    """The group of each picture, shape (n,), from 0, and the pairs that are near copies.

    `first`, `second` and `same` have shape (p,): the pictures of a pair, and whether their bytes
    are the same.
    """

    groups: np.ndarray
    first: np.ndarray
    second: np.ndarray
    same: np.ndarray


def find_together(pictures, choices):
    """Join near copies, and pictures that belong together by name or table, before any split.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices

    Returns
    -------
    Together

    Raises
    ------
    Problem
        If the same file lies in two classes, or a class holds fewer than three groups.
    """
    sights = pictures.sights
    try:
        copies = likely_copies(np.array([s.small for s in sights]), least=choices.alike)
    except ValueError as error:
        raise Problem(f"Nearly all pictures are near copies of others: {error}") from None
    owners, same = {}, []
    for place, sight in enumerate(sights):
        first = owners.setdefault(sight.sha256, place)
        same += [(first, place)] if first != place else []
    _refuse_contradictions(pictures, same)
    listed = set(same)
    like = [(a, b) for a, b in zip(copies.first.tolist(), copies.second.tolist(), strict=True)]
    like = [pair for pair in like if pair not in listed]
    pairs = np.array(same + like, dtype=int).reshape(-1, 2).T
    named = own_data.name_groups([sight.name for sight in sights], choices.by)
    codes = np.unique(np.array(named, dtype=object), return_inverse=True)[1]
    heads = np.unique(codes, return_index=True)[1][codes]
    ends = np.hstack([pairs, [heads, np.arange(len(sights))]])
    together = Together(chains(*ends, len(sights)), *pairs, np.arange(pairs.shape[1]) < len(same))
    _check_groups(pictures, together)
    return together


def _refuse_contradictions(pictures, same):
    wrong = [pair for pair in same if len(set(pictures.labels[list(pair)])) > 1]
    if wrong:
        shown = "; ".join(_named(pictures, *pair) for pair in wrong[:SHOWN])
        raise Problem(
            f"{len(wrong)} files lie in two classes with the same bytes: {shown}"
            f"{'; and more' if len(wrong) > SHOWN else ''}. Keep each in one class."
        )


def _check_groups(pictures, together):
    for place, name in enumerate(pictures.classes):
        own = together.groups[pictures.labels == place]
        if (count := len(np.unique(own))) < 3:
            raise Problem(
                f"The {len(own)} pictures of {readable(name)} are {count} "
                f"{'group' if count == 1 else 'groups'} of pictures that belong together; at least "
                "3 are needed to learn from some and test with others. Add pictures of other "
                "origin, or change `by` or `alike`."
            )


def tell_together(pictures, together):
    """Say which pictures are kept together, and which near copies lie in two classes.

    Parameters
    ----------
    pictures : Pictures
    together : Together

    Returns
    -------
    list of str
    """
    count, lines = len(np.unique(together.groups)), []
    if pairs := len(together.first):
        shown = _named(pictures, together.first[0], together.second[0])
        lines.append(
            f"Near copies: {pairs} {'pair' if pairs == 1 else 'pairs'} "
            f"({np.count_nonzero(together.same)} with the same bytes), such as {shown}."
        )
    if count < len(pictures.sights):
        lines.append(
            f"The {len(pictures.sights)} pictures are {count} groups. A group is learned from or "
            "tested with, never both."
        )
    across = pictures.labels[together.first] != pictures.labels[together.second]
    if across.any():
        pairs = zip(together.first[across], together.second[across], strict=True)
        shown = "; ".join(_named(pictures, *pair) for pair in list(pairs)[:SHOWN])
        lines.append(
            f"Warning: {np.count_nonzero(across)} pairs of near copies lie in two classes, such as "
            f"{shown}. Is one of them in the wrong folder?"
        )
    return lines


def _named(pictures, one, other):
    return " and ".join(readable(pictures.sights[place].name) for place in (one, other))
