"""Find the cause of a wrong answer, the most certain first, or none."""

from helpers.checker import _wording
from helpers.checker._comparing import flat
from helpers.checker._edits import CLEAR
from helpers.checker._evidence import ignores_more, is_guess
from helpers.checker._exchanges import exchanged, exchanged_as_well
from helpers.checker._facts import is_certain
from helpers.checker._leaving import left_out
from helpers.checker._matching import best_fit, majority, related
from helpers.checker._relations import REST, certain_relations, plain_relations, relations
from helpers.checker._repairs import mended, repair
from helpers.checker._trial import is_constant, is_multiple, known_slips, part, parts, telling
from helpers.checker._unseen import agree


def cause(exercise, function, mine):
    """Return (message, kind) of the cause of a wrong answer, or None if none is certain."""
    theirs = known_slips(exercise, mine.want)
    fit = best_fit(mine, theirs)
    weak = is_constant(mine) and len(telling(mine)) <= 1  # many slips give 1 in every case
    told = fit is not None and fit.sure and "return" in fit.hint  # in words of the exercise
    proven = _PROVEN if not told else [kind for kind in _PROVEN if kind != "moved_out"]
    plain = mended(function, mine, CLEAR if weak else proven)
    if plain is not None:
        return plain, "repair"
    if weak and is_certain(function):
        return None  # the fact will be told
    if weak and fit is not None and is_guess(function, mine, theirs, fit.hint):
        fit = None
    if fit is not None and fit.sure and (weak or _holds(exercise, function, fit.hint)):
        seen = _in_every_case(mine) if weak else _bare(mine)
        return f"{seen}{fit.hint}", _DECLARED
    if weak:
        fit = None  # one number that fits only some of the cases says nothing
    words = related(mine, mine.want, certain_relations())
    if words is not None:
        return f"compared with the right result, {words}.", "relation"
    proved = None if _speaks_for_itself(mine) else repair(function, mine, theirs)
    if proved is not None and proved.startswith("nearly"):
        return proved, "repair"
    if is_certain(function):
        return None
    return _by_relation(mine, theirs, fit, proved) or _by_rest(function, mine, theirs)


_DECLARED = "misconception"
_PROVEN = ("kept", "moved_out", "inverted")  # what the source shows, whatever else would fit


_HERE = "one slip that gives the same in every case tried: "  # elsewhere it differs


def _holds(exercise, function, hint):
    """Tell whether an answer gives what a declared slip gives on more than the cases."""
    slips = (slip for slip, told in exercise.misconceptions.items() if told == hint)
    return any(agree(exercise, function, slip) for slip in slips)


def _in_every_case(mine):
    """Say what is seen before a cause that is only one of many for it."""
    value = _wording.show(flat(mine.got[mine.wrong[0]].value)[0])
    return f"it returns {value} in every case. One slip that does this: "


def _bare(mine):
    """Say that a few numbers are all 0 or 1 where they should not be; "" where they are not."""
    pairs = [(flat(mine.got[at].value), flat(mine.want[at].value)) for at in mine.wrong]
    if len(mine.right) >= len(pairs) or telling(mine):
        return ""
    if any(g is None or g.size > 1 or w is None for g, w in pairs):
        return ""
    common = {0.0, 1.0, -1.0}
    if any(len(g) != len(w) or set(g) - common or not set(w) - common for g, w in pairs):
        return ""
    values = sorted({_wording.show(g[0]) for g, _ in pairs})
    return f"where it is wrong it returns {' or '.join(values)}. One slip that does this: "


def _speaks_for_itself(mine):
    """Tell whether only errors with plain words, or only side effects and dtypes, are left."""
    errors = [got.error for got in mine.got if got.error is not None]
    return not mine.wrong and all(map(_wording.has_plain_words, errors))


def _by_relation(mine, theirs, fit, proved):
    words = related(mine, mine.want, relations())
    if words is not None:
        return f"compared with the right result, {words}.", "relation"
    if fit is not None:
        return f"{_HERE if fit.sure else _in_cases(mine, mine.wrong)}{fit.hint}", _DECLARED
    words = exchanged(mine)
    if words is not None:
        return f"{words}.", "relation"
    if proved is not None:
        return proved, "repair"
    for hint, other in theirs.items():
        words = related(mine, other.got, _beside(mine, other)) if _all_returned(other) else None
        if words is not None:
            said = f"{_wording.TWO} {hint} And compared with what that gives, {words}."
            return said, "relation"
    return None


def _beside(mine, other):
    """Leave out 2 and 1 / 2 where slip and answer are both the right result times a number.

    8 times one half is 4, and so is any other way to it. 1 minus a slip is seldom meant: in
    pictures and chances it often is another slip.
    """
    found = plain_relations(is_multiple(mine) and is_multiple(other))
    return [row for row in found if row[1] != REST]


def _by_rest(function, mine, theirs):
    missing = left_out(mine)
    if missing is not None:
        return missing, "missing"
    words = exchanged_as_well(mine)
    if words is not None:
        return f"{words}.", "relation"
    return _nearly(mine) or _by_parts(mine, theirs) or _by_majority(function, mine, theirs)


def _all_returned(other):
    return "raises" not in other.faults and len(other.wrong) > 0


def _nearly(mine):
    """Observe that all numbers agree to about three digits, but not more."""
    if "raises" in mine.faults or len(telling(mine)) < 3:
        return None
    if all(_wording.is_near(g.value, w.value) for g, w in zip(mine.got, mine.want, strict=True)):
        return (
            "right to about three digits, but not exact: is a number rounded on the way, such as"
            " 1.96 for a quantile?",
            "near",
        )
    return None


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def _by_parts(mine, theirs):
    """Match the components of tuples one by one."""
    wrong = {at: component for at, component in enumerate(parts(mine)) if component.wrong}
    fits = {at: _fit_of_part(component, at, theirs) for at, component in wrong.items()}
    turns = {at: related(own, own.want, relations()) for at, own in wrong.items()}
    told = {at for at in wrong if fits[at] or turns[at]}
    said = []
    for at in sorted(told):
        if fits[at] is not None and not _is_wrong_in(theirs[fits[at]], wrong.keys() - told):
            said.append((at, fits[at]))
        elif turns[at] is not None:
            said.append((at, f"Compared with the right one, {turns[at]}."))
    if not said:
        return None
    texts = dict.fromkeys(text for _, text in said)
    if len(texts) == 1:
        places = " and ".join(_PLACES[at] for at, _ in said)
        return f"in the {places} part of the result: {said[0][1]}", "part"
    return " ".join(f"In the {_PLACES[at]} part: {text}" for at, text in said), "part"


def _fit_of_part(component, at, theirs):
    others = {hint: part(other, at) for hint, other in theirs.items() if parts(other)}
    fit = best_fit(component, {h: o for h, o in others.items() if o.wrong})
    return None if fit is None else fit.hint


def _is_wrong_in(slip, places):
    """Tell whether a slip makes parts wrong in which the answer is wrong in another way."""
    return any(part(slip, at).wrong for at in places)


def _by_majority(function, mine, theirs):
    found = majority(mine, theirs)
    if found is None or ignores_more(function, mine.exercise, found[0]):
        return None  # the parameter that is never read will be told
    hint, places = found
    return f"{_in_cases(mine, places)}{hint}", "majority"


def _in_cases(mine, places):
    """Say in which cases a slip gives the same; in others it does not."""
    cases = ", ".join(f'"{mine.names[at]}"' for at in places)
    return f"in the cases {cases} the result is that of a known slip: "
