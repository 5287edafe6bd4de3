"""Names of groups: their order, their short forms, and their place in a sentence."""

import re

LONGEST = 14  # letters of a name on an axis


def ordered(names):
    """Return the names sorted, numbers within them as numbers."""
    try:
        return sorted(names, key=float)
    except ValueError:
        return sorted(names, key=_parts)


def shorten(names):
    """Return names of at most `LONGEST` letters that can be told apart, whole if they fit."""
    every = [names, _first_letters(names), _what_differs(names)]
    every += [_both_ends(names, head) for head in range(LONGEST // 2, 0, -1)]
    for shown in every:
        if len(set(shown)) == len(names) and max(map(len, shown), default=0) <= LONGEST:
            return list(shown)
    return [f"{name[:8]}… {place}" for place, name in enumerate(names, 1)]


def mention(column, name):
    """Return the name of a group after that of its column, unless it begins with it."""
    said = re.match(rf"{re.escape(column)}(?![^\W\d_])", name, re.IGNORECASE)
    return name if said else f"{column} {name}"


def counted(number, noun):
    """Return a number with its noun, in the plural unless there is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _parts(name):
    pieces = re.split("([0-9]+)", name)
    digits = [piece.lstrip("0") for piece in pieces[1::2]]
    pieces[1::2] = [(len(piece), piece) for piece in digits]  # any length, as `int` could not
    return pieces, name


def _first_letters(names):
    return [n if len(n) <= LONGEST else n[: LONGEST - 1] + "…" for n in names]


def _what_differs(names):
    """Leave out the words that all long names have in common before and behind."""
    long = [name for name in names if len(name) > LONGEST]
    before = re.sub(r"\w*$", "", _beginning(long))
    rests = [name[len(before) :] for name in long]
    behind = re.sub(r"^\w*", "", _beginning([rest[::-1] for rest in rests])[::-1])
    cores = [rest[: len(rest) - len(behind)] for rest in rests]
    room = max(0, LONGEST - 2 - max(map(len, cores), default=0))
    head = before if len(before) <= room else before[:room].rstrip() + "…"
    short = {n: f"{head}{c}{'…' if behind else ''}" for n, c in zip(long, cores, strict=True)}
    return [short.get(name, name) for name in names]


def _beginning(names):
    """Return the letters with which all names begin."""
    first, last = min(names, default=""), max(names, default="")
    same = [one == other for one, other in zip(first, last, strict=False)]
    return first[: [*same, False].index(False)]


def _both_ends(names, head):
    tail = LONGEST - 1 - head
    return [n if len(n) <= LONGEST else f"{n[:head]}…{n[-tail:]}" for n in names]
