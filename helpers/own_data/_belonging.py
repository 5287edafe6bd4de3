"""What belongs together in a folder: by names, by a table, or by a pattern."""

import re
from pathlib import PurePosixPath

from helpers._arguments import nearest
from helpers.files import Problem, find_file, readable
from helpers.own_data._tables import read_table

WAYS = ("file", "prefix", "folder")


def name_groups(names, by):
    """Return the group of each picture.

    Parameters
    ----------
    names : list of str
        Paths below the source, with ``/`` between folders.
    by : str
        "file": each on its own. "prefix": the name before its last ``_``, in whichever subfolder.
        "folder": the subfolder. A name that ends in ``.csv``: a table with the columns name and
        group. Anything with a bracket: a regular expression that fits the start of the name (the
        last part of the path); the group is what stands in its first bracket.

    Returns
    -------
    list of str

    Raises
    ------
    Problem
        If `by` is none of these, or leaves a picture without a group.
    """
    if by == "file":
        return list(names)
    if by == "prefix":
        return [(s := PurePosixPath(name).stem).rpartition("_")[0] or s for name in names]
    if by == "folder":
        return [str(PurePosixPath(name).parent) for name in names]
    if isinstance(by, str) and by.lower().endswith(".csv"):
        found = from_table(names, by)
    elif isinstance(by, str) and "(" in by:
        found = from_pattern(names, by)
    else:
        raise Problem(
            f"`by` must be one of {', '.join(WAYS)}, a CSV file or a pattern with brackets; got "
            f'"{by}".{nearest(by, WAYS)}'
        )
    if without := [name for name, group in zip(names, found, strict=True) if not group]:
        raise Problem(
            f"`by` must give every picture a group; {by} gives none to {len(without)} of "
            f"{len(names)}, such as {readable(without[0])}."
        )
    return found


def check_by(by):
    """Check what belongs together before a folder is looked at; a table is found with help.

    Parameters
    ----------
    by : str
        As for `name_groups`.

    Returns
    -------
    str
        `by`, or the path of the table.

    Raises
    ------
    Problem
        If it is none of the ways, no pattern, or no table is there.
    """
    if isinstance(by, str) and by.lower().endswith(".csv"):
        return str(find_file(by))
    name_groups(["a_b"] if "(" not in str(by) else [], by)
    return by


def from_table(names, path, column="group"):
    """Return what a CSV file says of each name, or "" of those that it lacks.

    Parameters
    ----------
    names : list of str
    path : str
    column : {"group", "class"}
        The column beside the one called name.

    Returns
    -------
    list of str

    Raises
    ------
    Problem
        If the file is no such table, or says two things of a name.
    """
    table = read_table(path, labels=["name", column], least=1)
    told = {}
    for name, value in zip(table["name"].tolist(), table[column].tolist(), strict=True):
        if told.setdefault(name, value) != value:
            several = {"group": "groups", "class": "classes"}[column]
            raise Problem(
                f"{path} puts {name} into two {several}, {told[name]} and {value}: keep one."
            )
    return [told.get(name, "") for name in names]


def from_pattern(names, by, argument="by"):
    """Return what stands in the first bracket of a pattern at the start of each name, or "".

    Parameters
    ----------
    names : list of str
    by : str, a regular expression
    argument : str
        Name of the argument, for messages.

    Returns
    -------
    list of str

    Raises
    ------
    Problem
        If it is no pattern with a bracket.
    """
    try:
        pattern = re.compile(by)
    except re.error as error:
        raise Problem(
            f"`{argument}` must be a regular expression; {by} is none: {error}."
        ) from None
    if not pattern.groups:
        meant = "group" if argument == "by" else "class"
        raise Problem(f"`{argument}` must have a bracket round the {meant}; got {by}.")
    found = [pattern.match(PurePosixPath(name).name) for name in names]
    return [match[1] or "" if match else "" for match in found]
