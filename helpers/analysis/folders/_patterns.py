"""What a table or a pattern says of the names of pictures."""

import re
from pathlib import PurePosixPath

from helpers import own_data
from helpers.files import Problem


def from_table(names, path, column="group"):
    """Return what a CSV file says of each name, or "" of those that it lacks.

    Parameters
    ----------
    names : list of str
    path : str
    column : str
        The column beside the one called name.
    """
    table = own_data.read_table(path, labels=["name", column], least=1)
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
