"""Paths of the reader's: found with help, written whole, never over what exists."""

import os
import re
import uuid
from pathlib import Path

from helpers._arguments import nearest

COURSE = Path(__file__).resolve().parent.parent
RESULTS = "COURSE_RESULTS"  # environment variable: where results go if not below the notebook
SPARE = re.compile(r"\.[0-9a-f]{32}\.part")  # names under which files are written first


class Problem(ValueError):
    """A fault in the reader's file or choice: a notebook shows its one sentence only."""

    def _render_traceback_(self):
        return [f"Problem: {self}"]


def find_file(path, *, folder=False):
    """Return the path of a file, taken from the current folder or else from the course's.

    Parameters
    ----------
    path : str or Path
    folder : bool
        True asks for a folder.

    Returns
    -------
    Path

    Raises
    ------
    Problem
        If it does not exist, with the nearest names; if it is a folder and should be a file.
    """
    given = Path(path).expanduser()
    found = next((p for p in (given, COURSE / given) if p.exists()), None)
    kind = "folder" if folder else "file"
    if found is None:
        parents = [p.parent for p in (given, COURSE / given) if p.parent.is_dir()]
        names = sorted({name for parent in parents for name in os.listdir(parent)})
        raise Problem(f"There is no {kind} {path}.{nearest(given.name, names)}")
    if found.is_dir() != folder:
        other = "file" if folder else "folder"
        raise Problem(f"{path} is a {other}; name a {kind}.")
    return found


def results_base(base=None):
    """Return the folder below which results go.

    Parameters
    ----------
    base : str or Path, optional
        Default: what the environment says, or else ``results`` in the current folder.

    Returns
    -------
    Path
    """
    return Path(base or os.environ.get(RESULTS) or "results").expanduser()


def output_folder(name, base=None):
    """Make a new folder for results: ``name``, or ``name-2`` and so on if it exists.

    Parameters
    ----------
    name : str
    base : str or Path, optional
        Default: ``results`` in the current folder.

    Returns
    -------
    Path of a folder that did not exist before

    Raises
    ------
    Problem
        If it cannot be made.
    """
    base = results_base(base)
    number = 1
    while True:
        folder = base / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
            return folder
        except FileExistsError:
            if base.exists() and not base.is_dir():
                raise Problem(f"{base} is a file; name a folder for the results.") from None
            number += 1
        except OSError as error:
            raise Problem(f"{base} cannot hold results: {error.strerror}.") from None


def write_whole(path, content, *, lasting=False):
    """Write a file under another name first, so that `path` is whole or not there.

    Parameters
    ----------
    path : Path
    content : bytes
    lasting : bool
        Wait until the disk has it, for a record that is trusted after the power failed.
    """
    spare = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        spare.write_bytes(content)
        if lasting:
            _onto_disk(spare)
        spare.replace(path)
        if lasting and os.name == "posix":  # elsewhere a folder cannot be opened
            _onto_disk(path.parent)
    except BaseException:
        spare.unlink(missing_ok=True)
        raise


def _onto_disk(path):
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def readable(name):
    """Return a name of a file as text that can be shown, with escapes for bytes that are none."""
    return os.fsencode(str(name)).decode("utf-8", "backslashreplace")


def write_new(path, content):
    """Write a new file whole or not at all; an existing one stays as it is.

    Parameters
    ----------
    path : Path
    content : bytes

    Raises
    ------
    Problem
        If it exists, or cannot be written.
    """
    if path.exists():
        raise Problem(f"{path} exists already; nothing was written.")
    try:
        write_whole(path, content)
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from None
