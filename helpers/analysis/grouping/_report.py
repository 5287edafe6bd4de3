"""What the page says of pictures, of the number of groups, and of the groups."""

import numpy as np

from helpers.analysis.grouping._features import KINDS
from helpers.analysis.grouping._judging import STABLE, chances

NAMED = 5  # pictures that are named in a sentence


def tell_pictures(pictures, choices, different):
    """Say how many pictures there are, which are near copies, and what was left out.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices
    different : array of int
        Numbers of the pictures by which groups are found.

    Returns
    -------
    list of str
    """
    words = " and ".join(f"{kind} ({KINDS[kind].words})" for kind in choices.features)
    count = len(pictures.sights)
    lines = [f"Pictures: {count} in {pictures.path.name} and its subfolders, by their {words}."]
    copies = np.flatnonzero(pictures.first != np.arange(count))
    if copies.size:
        one, other = (pictures.sights[n].name for n in (copies[0], pictures.first[copies[0]]))
        lines.append(
            f"Near copies: {copies.size}, such as {one} of {other}. Groups are found without "
            "them, or the copies would make groups of their own; then each joins the nearest. The "
            "page find_near_duplicates.ipynb lists them."
        )
    equal = count - copies.size - len(different)
    if equal:
        lines.append(f"Equal to others in these features: {equal} more pictures, treated likewise.")
    if pictures.left_out:
        name, reason = next(iter(pictures.left_out.items()))
        lines.append(f"Not used: {len(pictures.left_out)} files, such as {name} ({reason}).")
    return lines


def tabulate_numbers(verdict):
    """Return what was measured for each number of groups as columns.

    Parameters
    ----------
    verdict : Verdict

    Returns
    -------
    dict of column -> list
        "middle / centre" is the largest of the pairs, None where valleys were not looked for.
    """
    filled = [_filled(verdict.valleys.get(int(k))) for k in verdict.ks]
    return {
        "groups": verdict.ks.tolist(),
        "halves agree": verdict.agreement.tolist(),
        "silhouette": verdict.silhouettes.tolist(),
        "columns shuffled": verdict.shuffled.tolist(),
        "gap": verdict.gaps.tolist(),
        "its error": verdict.errors.tolist(),
        "middle / centre": filled,
    }


def tell_verdict(verdict):
    """Say whether there are groups, how many, and why.

    Parameters
    ----------
    verdict : Verdict

    Returns
    -------
    list of str
    """
    if verdict.tried is None:
        best = int(verdict.agreement.argmax())
        return [
            f"No groups. Halves of the pictures, grouped apart, never agree in {STABLE:g}; the "
            f"most is {verdict.agreement[best]:.2f}, with {verdict.ks[best]} groups. Other "
            "pictures of the same kind would be divided otherwise."
        ]
    place = verdict.ks.tolist().index(verdict.tried)
    agree = (
        f"{verdict.tried} groups: halves of the pictures agree in {verdict.agreement[place]:.2f}"
    )
    if verdict.kind == "groups":
        filled = _filled(verdict.valleys[verdict.tried])
        return [
            f"{agree}, and between each two groups lies a valley: at most {filled:.2f} times as "
            f"many pictures half-way as near the emptier centre.{_others(verdict)}"
        ]
    if verdict.reference is None:
        return [f"No groups. {agree}, and {STABLE:g} are asked for. {_made(verdict)}"]
    tight = verdict.silhouettes[place]
    low = _lowest(verdict)
    if verdict.kind == "parts":
        return [
            f"Parts, no groups apart. {agree}, and they are tighter (silhouette {tight:.2f}) than "
            f"structureless data (at most {verdict.reference:.2f}). But {low} So the parts may "
            "help to sort, and a picture near a border could lie on either side."
        ]
    return [
        f"No groups. {agree}, but structureless data of the same spread are as tight: silhouette "
        f"{tight:.2f} here, up to {verdict.reference:.2f} there. A cut through one continuum comes "
        f"out like this. {_made(verdict)}"
    ]


def tell_groups(pictures, groups, verdict):
    """Say how large the groups are, and which pictures lie far out.

    Parameters
    ----------
    pictures : Pictures
    groups : Groups
    verdict : Verdict

    Returns
    -------
    list of str
    """
    sizes = np.bincount(groups.labels)[1:]
    word = {"groups": "Groups", "parts": "Parts"}.get(verdict.kind, "Divided as asked")
    shown = ", ".join(f"{n} ({size} pictures)" for n, size in enumerate(sizes, 1))
    lines = [f"{word}: {shown}."] if verdict.k > 1 else []
    far = np.flatnonzero(groups.far)
    if not far.size:
        return [*lines, "No picture lies far out of the spread of its group."]
    times = (
        groups.distances
        / np.array([_usual(groups, n) for n in range(verdict.k)])[groups.labels - 1]
    )
    far = far[np.argsort(-times[far], kind="stable")]
    named = ", ".join(
        f"{pictures.sights[n].name} ({times[n]:.1f} times the usual distance)" for n in far[:NAMED]
    )
    more = f" and {far.size - NAMED} more" if far.size > NAMED else ""
    return [*lines, f"Far out: {named}{more}. Look at these first."]


def tabulate(pictures, groups, verdict):
    """Return the group of each picture as columns for a table.

    Parameters
    ----------
    pictures : Pictures
    groups : Groups
    verdict : Verdict

    Returns
    -------
    dict of column -> list
        Without groups the column "group" is empty, and the distance is that to the middle of all.
    """
    count = len(pictures.sights)
    first = [
        "" if owner == n else pictures.sights[owner].name for n, owner in enumerate(pictures.first)
    ]
    return {
        "file": [sight.name for sight in pictures.sights],
        "group": groups.labels.tolist() if verdict.k > 1 else [""] * count,
        "distance": groups.distances.round(4).tolist(),
        "far out": groups.far.tolist(),
        "near copy of": first,
    }


def _usual(groups, number):
    """Return the median distance of a group; above 0, also where no picture is in it."""
    own = groups.distances[groups.labels == number]
    return max(float(np.median(own)), 1e-12) if own.size else 1.0


def _filled(found):
    """Return the largest ratio of middle to centre over the pairs, or None."""
    return None if found is None else float(np.max(found.middle / np.maximum(found.centre, 0.5)))


def _lowest(verdict):
    """Say in a sentence what is missing to a valley between each two."""
    found = verdict.valleys[verdict.tried]
    filled = _filled(found)
    if filled <= 0.5:
        chance = chances(found).max()
        return (
            f"there are too few pictures to be sure of valleys between them (chance {chance:.2f})."
        )
    return (
        f"between two of them lie {filled:.2f} times as many pictures half-way as near the emptier "
        "centre."
    )


def _others(verdict):
    """Name larger numbers of groups that are stable too."""
    more = [str(k) for k in sorted(verdict.valleys) if k > verdict.tried]
    if not more:
        return ""
    return f" More groups are stable too, but not all apart: {', '.join(more)}."


def _made(verdict):
    return "They are made since you asked for them." if verdict.k > 1 else ""
