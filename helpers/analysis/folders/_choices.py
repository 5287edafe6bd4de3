"""What a reader asks of the page, checked before a folder is opened."""

from typing import NamedTuple

from helpers import own_data
from helpers._arguments import one_of, probability, whole
from helpers.analysis.folders._classes import check_classes
from helpers.analysis.folders._parts import check_shares
from helpers.augment import check_operations
from helpers.files import Problem


class Choices(NamedTuple):
    """Checked parameters of a page."""

    count: int
    operations: tuple
    by: str
    shares: tuple
    workers: int
    format: str
    seed: int
    least_seen: float
    classes: str
    class_folders: bool


def check_choices(
    *,
    count,
    operations,
    by,
    shares,
    workers,
    format,
    seed,
    least_seen=0.3,
    classes="auto",
    class_folders=False,
):
    """Check the parameters that need no folder.

    Parameters
    ----------
    count : int >= 1
        Training pictures to make.
    operations : (int, int)
        Least and most operations for each, from 1 to 7.
    by : str
        As for `own_data.name_groups`.
    shares : three floats that sum to 1
    workers : int >= 1
    format : {"png", "jpg"}
    seed : int >= 0
    least_seen : float in [0, 1]
        A box of which less is seen after a transform is dropped.
    classes : str
        As for `classes.find_classes`.
    class_folders : bool
        Whether each part gets a folder for each class.

    Returns
    -------
    Choices
    """
    try:
        operations = check_operations(operations, colour=False)
    except ValueError as error:
        raise Problem(str(error)) from None
    count = whole(count, "count", error=Problem)
    workers = whole(workers, "workers", error=Problem)
    form, shares = one_of(format, "format", ("png", "jpg"), error=Problem), check_shares(shares)
    by = own_data.check_by(by)
    seed = whole(seed, "seed", 0, error=Problem)
    least_seen = probability(least_seen, "least_seen", error=Problem)
    if not isinstance(class_folders, bool):
        raise Problem(f"`class_folders` must be true or false; got {class_folders}.")
    rest = least_seen, check_classes(classes), class_folders
    return Choices(count, operations, by, shares, workers, form, seed, *rest)
