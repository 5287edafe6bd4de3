"""Which columns are features, which of their rows are positive, and texts as codes."""

import itertools

import numpy as np

from helpers import own_data
from helpers._arguments import nearest
from helpers.files import Problem

LARGEST = 1e100  # squares of larger values leave the range of floats
SHOWN, NAMED = 8, 20
MOST, FEWEST, EACH = 50, 5, 5  # kinds of a text; more than FEWEST need EACH rows for each kind


def coded(table, names, named):
    """Return features by name, the kinds of each, and notes: texts become codes.

    Parameters
    ----------
    table : own_data.Table
    names : list of str
    named : list of str
        Columns that the reader asked for: they are refused where others are left out, or kept if
        they only look like ids (`table.ids`).

    Returns
    -------
    dict of name -> array of shape (n,), list of None or texts, list of str

    Raises
    ------
    Problem
    """
    found, kinds, gone, kept = {}, {}, [], []
    for name in names:
        values, texts = table[name], None
        if values.dtype.kind != "f":
            texts, values = np.unique(values, return_inverse=True)
        elif (largest := np.nanmax(np.abs(values), initial=0)) > LARGEST:
            raise Problem(f'Column "{name}" must hold values within +-1e100; got {largest:.3g}.')
        wrong = _unusable(values, texts)
        if wrong and name in named:
            raise Problem(f'Column "{name}" {wrong}: leave it out or change it.')
        doubtful = name in table.ids
        if wrong:
            gone.append(f'"{name}" {wrong}; it is left out')
        elif doubtful and name not in named:
            gone.append(
                f'"{name}" looks like an id and is left out; name it in `features` to keep it'
            )
        else:
            kept += [
                f'"{name}" looks like an id and is kept because `features` names it'
            ] * doubtful
            found[name] = values.astype(np.float64)
            kinds[name] = None if texts is None else tuple(texts.tolist())
    if not found:
        raise Problem(f"No column is left to tell the classes by: {'; '.join(gone)}.")
    return found, list(kinds.values()), _told(found, kinds) + kept + gone


def _unusable(values, texts):
    """Say why a column cannot be a feature, or nothing."""
    if texts is None:
        return "holds no value" if np.isnan(values).all() else ""
    most = max(FEWEST, min(MOST, len(values) // EACH))
    if len(texts) <= most:
        return ""
    return f"holds {len(texts)} different texts in {len(values)} rows (at most {most} can be used)"


def _told(found, kinds):
    said = []
    if texts := [f"{name} ({len(texts)})" for name, texts in kinds.items() if texts]:
        shown = ", ".join(texts[:NAMED]) + ", ..." * (len(texts) > NAMED)
        said.append(f"texts, with a column of 0 and 1 for each of their kinds: {shown}")
    for name, texts in kinds.items():
        said += [
            f'Warning: "{one}" and "{other}" in "{name}" may be one kind; they count as two'
            for one, other in itertools.combinations(texts or (), 2)
            if one.casefold() == other.casefold()
        ]
    if any(np.isnan(values).any() for values in found.values()):
        said.append("where a number has no value, it gets the median of the training part")
    if any(texts and "" in texts for texts in kinds.values()):
        said.append("where a text has no value, that is a kind of its own")
    return said


def feature_names(path, target, features, leave_out, subject, categories, written):
    """Return the names of the features.

    Parameters
    ----------
    path : Path
    target : str
    features : "rest" or list of str
    leave_out, categories : list of str
    subject : str or None
    written : own_data.Written or None

    Returns
    -------
    list of str

    Raises
    ------
    Problem
    """
    lists = {"features": features, "leave_out": leave_out, "categories": categories}
    rest = isinstance(features, str) and features == "rest"
    for name, value in lists.items():
        if not (isinstance(value, list | tuple) or (rest and name == "features")):
            raise Problem(f"`{name}` must be a list of columns; got {value!r}.")
    whose = [] if subject is None else [subject]
    said = [name for value in lists.values() if not isinstance(value, str) for name in value]
    known = own_data.column_names(path, known=[target, *whose, *said], written=written)
    for name in [target, *whose, *leave_out, *categories]:
        if name not in known:
            near = nearest(name, known) or f" It has {', '.join(known[:12])}."
            raise Problem(f'{path.name} has no column "{name}".{near}')
    if subject == target:
        raise Problem(f'`subject` must not be the target "{target}".')
    for name, role in ((target, "target"), (subject, "subject")):
        if not rest and name in features:
            raise Problem(f'`features` must not hold the {role} "{name}".')
    asked = known if rest else dict.fromkeys(features)
    names = [name for name in asked if name not in (target, *whose, *leave_out)]
    if not names:
        raise Problem("`features` must name at least one column beside the target.")
    if odd := [name for name in categories if name not in names]:
        raise Problem(f'`categories` must hold features only; "{odd[0]}" is none.')
    return names


def explained(problem, path, target, positive, written):
    """Return a problem of numbers or gaps with what helps, and with what is wrong in the target.

    Parameters
    ----------
    problem : own_data.WrongCells
    path : Path
    target : str
    positive : the positive class, or None
    written : own_data.Written or None

    Returns
    -------
    Problem
    """
    if problem.text:
        return Problem(
            f"{problem} If it names kinds, put it into `categories`; if it is no feature, into "
            f"`leave_out`.{_also(path, target, positive, written)}"
        )
    most = ", ".join(f'"{name}" ({count})' for name, count in problem.gaps.items() if count)
    return Problem(f"{problem} Empty values: {most}." if most else str(problem))


def _also(path, target, positive, written):
    """Return what is wrong in the column of classes, so that both faults are told at once."""
    try:
        table = own_data.read_table(path, labels=[target], written=written)
        classes(table[target], target, positive)
    except Problem as problem:
        return f" {problem}"
    return ""


def classes(column, target, positive):
    """Return which rows are positive, the name of their class, and that of the others.

    Parameters
    ----------
    column : array of shape (n,), text
    target : str
    positive : the positive class, or None for the rarer of two

    Returns
    -------
    array of shape (n,), bool, and two str

    Raises
    ------
    Problem
    """
    found, counts = np.unique(column, return_counts=True)
    sizes = dict(zip(found.tolist(), counts.tolist(), strict=True))
    shown = ", ".join(f"{name} ({sizes[name]})" for name in list(sizes)[:SHOWN])
    if len(sizes) < 2:
        raise Problem(f'Column "{target}" must hold two classes; it holds only one class: {shown}.')
    if positive is None and len(sizes) > 2:
        raise Problem(
            f'Column "{target}" holds {len(sizes)} classes ({shown}): set `positive` to the one '
            "that is compared with all others."
        )
    positive = min(sizes, key=sizes.get) if positive is None else own_data.same_name(positive)
    if positive not in sizes:
        near = nearest(positive, sizes)
        raise Problem(f'Column "{target}" has no class "{positive}"; choose one of {shown}.{near}')
    others = [name for name in sizes if name != positive]
    return column == positive, positive, others[0] if len(others) == 1 else "all others"
