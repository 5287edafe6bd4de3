"""Which classes a picture counts for: by its folder, its name, a table or its labels."""

from collections import Counter, defaultdict
from pathlib import PurePosixPath

from helpers import own_data
from helpers._arguments import nearest
from helpers.files import Problem, readable
from helpers.own_data import from_pattern, from_table

WAYS = ("auto", "none", "folder", "prefix", "labels")
NO_CLASS = ("images", "image", "pictures", "photos", "train", "training", "val", "valid")
NO_CLASS += ("validation", "test", "testing")  # names of folders that are no classes
MOST = 40  # labels of masks that are taken for classes; more are numbers of single things


def check_classes(classes):
    """Return the way to find classes, or say which rule it breaks."""
    if isinstance(classes, str) and classes.lower().endswith(".csv"):
        return str(own_data.find_file(classes))
    if classes in WAYS or (isinstance(classes, str) and "(" in classes):
        return classes
    raise Problem(
        f"`classes` must be one of {', '.join(WAYS)}, a CSV file or a pattern with brackets; got "
        f'"{classes}".{nearest(classes, WAYS)}'
    )


def find_classes(names, groups, shown, classes):
    """Return what each picture counts for.

    Parameters
    ----------
    names : list of str
        Paths below the source, with ``/`` between folders.
    groups : list of str, the group of each picture
    shown : list of dict
        Of each picture, what its mask or boxes show -> how often.
    classes : str
        "auto": "folder" if all pictures lie in folders, and at least half of these hold a group
        for each part; or else "labels" if there are any; or else "none". "folder": the first
        folder on the way to a picture that is none of `NO_CLASS`. "prefix": the name before its
        first ``_``.
        "labels": what masks and boxes show. A ``.csv`` with the columns name and class, or a
        regular expression with the class in its first bracket.

    Returns
    -------
    way : str, what "auto" has found
    counted : list of dict, of each picture class -> count
    """
    folders = [_folder_of(name) for name in names]
    if classes == "auto":
        several = defaultdict(set)
        for folder, group in zip(folders, groups, strict=True):
            several[folder].add(group)
        sizes = sorted(map(len, several.values()))
        usual = len(several) > 1 and "" not in several and sizes[len(sizes) // 2] >= 3
        few = 0 < len(set().union(*shown)) <= MOST
        classes = "folder" if usual else "labels" if few else "none"
    if classes == "none":
        return classes, [{} for _ in names]
    if classes == "labels":
        if not any(shown):
            raise Problem('`classes` is "labels", and there are no masks or boxes.')
        return classes, [dict(Counter(found)) for found in shown]
    if classes == "folder":
        found = folders
    elif classes == "prefix":
        found = [PurePosixPath(name).stem.partition("_")[0] for name in names]
    elif classes.lower().endswith(".csv"):
        found = from_table(names, classes, "class")
    else:
        found = from_pattern(names, classes, "classes")
    if without := [name for name, told in zip(names, found, strict=True) if not told]:
        raise Problem(
            f"`classes` must give every picture a class; {classes} gives none to {len(without)} of "
            f"{len(names)}, such as {readable(without[0])}."
        )
    return classes, [{told: 1} for told in found]


def _folder_of(name):
    parents = PurePosixPath(name).parts[:-1]
    return next((part for part in parents if part.lower() not in NO_CLASS), "")
