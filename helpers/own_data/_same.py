"""The same results twice need one folder."""

import re
import shutil

MADE = re.compile(rb"<p>Made [^<]*</p>")  # the date of a summary


def keep_one(folder):
    """Return the earlier folder that holds the very same files, and remove `folder`; else it.

    Only the folders that `output_folder` named before it are compared, and of a summary not the
    date on which it was made.
    """
    name, _, number = folder.name.rpartition("-")
    if not (name and number.isdigit()):
        return folder
    content = _content(folder)
    for earlier in (name, *(f"{name}-{n}" for n in range(2, int(number)))):
        beside = folder.with_name(earlier)
        if beside.is_dir() and _content(beside) == content:
            shutil.rmtree(folder)
            return beside
    return folder


def _content(folder):
    """Return the bytes of each file; a folder inside has none, so that it never agrees."""
    return {
        path.name: MADE.sub(b"", path.read_bytes()) if path.is_file() else path
        for path in folder.iterdir()
    }
