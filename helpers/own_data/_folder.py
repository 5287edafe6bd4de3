"""A folder of the reader's pictures, looked through file by file without keeping the pixels."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm.auto import tqdm

from helpers.files import readable
from helpers.images import Unusable, read_source


def look_through(folder, see, *, workers=2, skip=(), value_range=None):
    """Read every picture of a folder and its subfolders, and keep only what is seen of it.

    Hidden files are passed over.

    Parameters
    ----------
    folder : Path
    see : function of a name and an `images.Source`, whose result is kept
    workers : int
        Threads; no more than two are used, since a large picture needs much memory.
    skip : names that are passed over, such as those of masks
    value_range : None, "used" or (low, high)
        As for `images.read_source`.

    Returns
    -------
    seen : dict of name -> result
        In the order of the names, which have ``/`` between folders.
    left_out : dict of name -> reason
        Files that are no usable pictures, folders that cannot be opened, links to folders.
    """
    names, left_out = names_below(folder)
    names, seen = [name for name in names if name not in skip], {}

    def look(name):
        try:
            return see(name, read_source(folder / name, value_range=value_range)), ""
        except Unusable as reason:
            return None, str(reason)

    with ThreadPoolExecutor(min(workers, 2)) as pool:
        found = tqdm(pool.map(look, names), total=len(names), unit="file", delay=2, leave=False)
        for name, (result, reason) in zip(names, found, strict=True):
            if reason:
                left_out[name] = reason
            else:
                seen[name] = result
    return seen, left_out


def first_reasons(left_out):
    """Return the first three files that were left out, each with its reason, as one text.

    Parameters
    ----------
    left_out : dict of name -> reason

    Returns
    -------
    str
        Empty if there are none.
    """
    return "; ".join(f"{readable(name)}: {why}" for name, why in list(left_out.items())[:3])


def names_below(folder):
    """Return the paths of all files below a folder, and the subfolders that are not entered.

    Hidden files and folders are passed over.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    names : list of str, sorted, with ``/`` between folders
    closed : dict of name -> reason
    """
    names, closed = [], {}

    def note(error):
        closed[Path(error.filename).relative_to(folder).as_posix()] = f"closed: {error.strerror}"

    for place, below, files in os.walk(folder, onerror=note):
        below[:] = [name for name in below if not name.startswith(".")]
        spot = Path(place).relative_to(folder)
        names += [(spot / name).as_posix() for name in files if not name.startswith(".")]
        links = [name for name in below if os.path.islink(os.path.join(place, name))]
        closed |= {(spot / name).as_posix(): "a link to a folder: not followed" for name in links}
    return sorted(names), closed
