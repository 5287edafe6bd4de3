"""Work behind resampling: checked labels, the rows of each class, and how many more it gets."""

import numpy as np

from helpers import _arguments
from helpers._arguments import whole


def check_lengths(X, y, *names):
    if X.ndim == 0 or len(X) != len(y):
        lengths = " and ".join("no length" if a.ndim == 0 else str(len(a)) for a in (X, y))
        raise ValueError(f"`{names[0]}` and `{names[1]}` must have one length; got {lengths}.")


def check_labels(y, name="y"):
    """Return labels as an array that keeps their types: NumPy would turn [1, "a"] into texts."""
    labels = np.asarray(y)
    if labels.dtype.kind in "SU" and not isinstance(y, np.ndarray):
        labels = labels if len({type(label) for label in y}) == 1 else np.array(y, dtype=object)
    return _arguments.labels(labels, name)


def split(y):
    """Return the classes and for each the indices of its rows, in ascending order."""
    if y.dtype.kind != "O":
        found, codes = np.unique(y, return_inverse=True)
        classes = found.tolist()
    else:
        classes = list(dict.fromkeys(y))
        try:
            classes.sort()
        except TypeError:
            classes = list(dict.fromkeys(y))  # an interrupted sort leaves any order
        code = {label: number for number, label in enumerate(classes)}
        codes = np.array([code[label] for label in y])
    ends = np.cumsum(np.bincount(codes))[:-1]
    return classes, np.split(np.argsort(codes, kind="stable"), ends)


def missing_rows(classes, members, strategy):
    """Return how many rows each class shall get."""
    sizes = [len(rows) for rows in members]
    if isinstance(strategy, dict):
        if strangers := [label for label in strategy if label not in classes]:
            raise ValueError(f"`sampling_strategy` must name classes of `y`; got {strangers[0]!r}.")
        wanted = [strategy.get(label, size) for label, size in zip(classes, sizes, strict=True)]
    elif isinstance(strategy, str) and strategy == "auto":
        wanted = [max(sizes)] * len(sizes)
    else:
        wanted = _at_share(sizes, strategy)
    for label, size, count in zip(classes, sizes, wanted, strict=True):
        if whole(count, "sampling_strategy", least=0) < size:
            raise ValueError(
                f"`sampling_strategy` must not ask for fewer rows than there are: class {label!r} "
                f"has {size}; got {count}."
            )
    return [int(count) - size for count, size in zip(wanted, sizes, strict=True)]


def _at_share(sizes, share):
    if not isinstance(share, int | float | np.number) or not 0 < share <= 1:
        raise ValueError(
            f'`sampling_strategy` must be "auto", a dict or a share in (0, 1]; got {share!r}.'
        )
    if len(sizes) != 2:
        raise ValueError(
            '`sampling_strategy` must be "auto" or a dict unless there are two classes; got '
            f"{share!r} for {len(sizes)}."
        )
    wanted = list(sizes)
    wanted[int(np.argmin(sizes))] = round(share * max(sizes))
    return wanted
