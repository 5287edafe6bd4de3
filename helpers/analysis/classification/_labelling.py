"""Labels for pictures of a second folder, by a head that learned from all pictures of the first."""

from typing import NamedTuple

import numpy as np

from helpers.analysis.classification._head import fit_head
from helpers.files import Problem, readable
from helpers.similarity import likely_copies


class Labels(NamedTuple):
    """Probabilities of shape (n, k), whether each label is given, and near copies in the source.

    `twins` maps the number of a new picture to that of a known one.
    """

    chances: np.ndarray
    given: np.ndarray
    twins: dict


def label_pictures(rows, known, together, new_rows, new, choices):
    """Learn from all known pictures and label the new ones.

    Parameters
    ----------
    rows : array of shape (m, d)
    known : Pictures
    together : Together
    new_rows : array of shape (n, d)
    new : Pictures
    choices : Choices

    Returns
    -------
    Labels

    Raises
    ------
    Problem
        If there are too many near copies to be listed.
    """
    head = fit_head(rows, known.labels, together.groups, len(known.classes))
    chances = head.chances(new_rows)
    small = np.array([sight.small for sight in (*known.sights, *new.sights)])
    parts = np.repeat([0, 1], [len(known.sights), len(new.sights)])
    try:
        found = likely_copies(small, least=choices.alike, parts=parts)
    except ValueError as error:
        raise Problem(f"Nearly all new pictures are copies of known ones: {error}") from None
    owners = {sight.sha256: place for place, sight in enumerate(known.sights)}
    twins = {n: owners[s.sha256] for n, s in enumerate(new.sights) if s.sha256 in owners}
    for place, other in zip(found.first.tolist(), found.second.tolist(), strict=True):
        twins.setdefault(other - len(known.sights), place)
    return Labels(chances, chances.max(axis=1) >= choices.sure, dict(sorted(twins.items())))


def tell_labels(labels, known, new, choices):
    """Say how many labels are given, how many are left open, and what is a copy.

    Parameters
    ----------
    labels : Labels
    known, new : Pictures
    choices : Choices

    Returns
    -------
    list of str
    """
    count = len(new.sights)
    counts = np.bincount(labels.chances.argmax(axis=1)[labels.given], minlength=len(new.classes))
    shown = ", ".join(
        f"{readable(name)} ({n})" for name, n in zip(new.classes, counts, strict=True) if n
    )
    lines = [
        f"Labels for {labels.given.sum()} of {count} pictures in {readable(new.path.name)}: "
        f"{shown or 'none'}. The others get none: no class has a probability of {choices.sure:g}."
    ]
    if labels.twins:
        place, other = next(iter(labels.twins.items()))
        lines.append(
            f"Warning: {len(labels.twins)} of them are near copies of pictures that were learned "
            f"from, such as {readable(new.sights[place].name)} of "
            f"{readable(known.sights[other].name)}: their labels say nothing of other pictures."
        )
    if new.left_out:
        name, reason = next(iter(new.left_out.items()))
        lines.append(
            f"Not used: {len(new.left_out)} files there, such as {readable(name)} ({reason})."
        )
    return lines


def tabulate_labels(labels, known, new):
    """Return the label of each new picture as columns for a table.

    Parameters
    ----------
    labels : Labels
    known, new : Pictures

    Returns
    -------
    dict of column -> list
        "label" is empty where none is given; then a column of probabilities for each class.
    """
    best, most = labels.chances.argmax(axis=1), labels.chances.max(axis=1)
    names = [readable(name) for name in new.classes]
    likely = [names[place] for place in best]
    twins = [labels.twins.get(n) for n in range(len(best))]
    return {
        "file": [readable(sight.name) for sight in new.sights],
        "label": [name if told else "" for name, told in zip(likely, labels.given, strict=True)],
        "most likely": likely,
        "probability": most.round(4).tolist(),
        "near copy of": ["" if n is None else readable(known.sights[n].name) for n in twins],
        **{
            f"p({name})": column.round(4).tolist()
            for name, column in zip(names, labels.chances.T, strict=True)
        },
    }
