"""What a job over a folder leaves behind: request, journal and manifest, each whole or not there.

The request is written first and says what the folder is for. The journal grows by a line for each
picture; when all are made, the sorted manifest takes its place.
"""

import csv
import hashlib
import io
import json
from contextlib import contextmanager

from helpers.files import SPARE, readable, write_whole
from helpers.folder_job._lock import LOCK

REQUEST, JOURNAL, MANIFEST = "request.json", "journal.jsonl", "manifest.csv"
COLUMNS = ("file", "source", "transform", "sha256")


def check(folder, request):
    """Make the folder, or refuse one that is for something else; nothing is written in it.

    Returns
    -------
    bool
        Whether the job was begun before.

    Raises
    ------
    ValueError
        If `folder` is a file, holds other things, or belongs to another request.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ValueError(
            f"`destination` must be a folder; {folder} is or lies in a file."
        ) from None
    names = sorted(file.name for file in folder.iterdir())  # first: a request may come meanwhile
    if begun := (folder / REQUEST).is_file():
        _compare(folder, request)
        return begun
    if others := [n for n in names if not SPARE.fullmatch(n) and not n.startswith(LOCK)]:
        raise ValueError(
            f"`destination` must be empty or of this job; it holds {readable(others[0])}."
        )
    return begun


def claim(folder, request):
    """Note the request in a folder where no other job is at work, and clear what a kill left.

    Raises
    ------
    ValueError
        As `check`: it may be another folder than it was a moment ago.
    """
    begun = check(folder, request)
    for spare in folder.rglob(".*.part"):
        if SPARE.fullmatch(spare.name):
            spare.unlink(missing_ok=True)
    if not begun:
        write_whole(folder / REQUEST, json.dumps(request, indent=1).encode(), lasting=True)


def _compare(folder, request):
    try:
        before = dict(json.loads((folder / REQUEST).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise ValueError(f"`destination` must be of this job; its {REQUEST} is not.") from None
    wanted = json.loads(json.dumps(request))
    for name in (*sorted((wanted.keys() | before.keys()) - {"source"}), "source"):
        if (there := before.get(name)) != (got := wanted.get(name)):
            if name == "source":
                there, got = _difference(there or {}, got)
            raise ValueError(
                f"`destination` must be of the same request: `{name}` was {there} for it; "
                f"got {got}. Choose an empty folder."
            )


def _difference(before, now):
    """Name the first source that is not as it was."""
    name = min(n for n in before.keys() | now.keys() if before.get(n) != now.get(n))
    shown = readable(name)
    if name not in now:
        return f"with {shown}", "a folder without it, or it cannot be used"
    if name not in before:
        return f"without {shown}", "a folder with it"
    if before[name][:2] == now[name][:2]:
        return f"with other labels of {shown}", "changed ones"
    return f"with {shown} of other bytes", "a changed file"


def recall(folder):
    """Return a record for each picture that was made before and still has the noted bytes."""
    records = {}
    if (folder / MANIFEST).is_file():
        text = (folder / MANIFEST).read_text(encoding="utf-8", errors="surrogateescape")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            records[row["file"]] = row | {"transform": json.loads(row["transform"])}
    if (folder / JOURNAL).is_file():
        for line in (folder / JOURNAL).read_bytes().splitlines():
            try:
                record = json.loads(line)
                records[record["file"]] = record
            except (ValueError, TypeError, KeyError):  # the line that a kill tore
                continue
    return {name: record for name, record in records.items() if _is_whole(folder, record)}


def _is_whole(folder, record):
    """Tell whether a picture, and its mask or boxes if it has any, have the noted bytes."""
    for name, digest in (("file", "sha256"), ("labels", "labels_sha256")):
        if not (file := record.get(name)):
            continue
        path = folder / file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != record[digest]:
            return False
    return True


@contextmanager
def journal(folder, records):
    """Open the journal, rewritten without torn lines, and yield a function that adds records."""
    write_whole(folder / JOURNAL, _lines(records.values()))
    with (folder / JOURNAL).open("ab", buffering=0) as file:
        yield lambda made: file.write(_lines(made))


def _lines(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def finish(folder, records, tables, columns=()):
    """Write the tables and the manifest, sorted by file, and remove the journal.

    Parameters
    ----------
    folder : Path
    records : dict of str -> dict
    tables : dict of the name of a file -> bytes
    columns : names of further columns of the manifest
    """
    for name, content in tables.items():
        write_whole(folder / name, content, lasting=True)
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, (*COLUMNS, *columns), lineterminator="\n")
    table.writeheader()
    for name in sorted(records):
        record = records[name]
        table.writerow(record | {"transform": json.dumps(record["transform"])})
    content = text.getvalue().encode(errors="surrogateescape")
    write_whole(folder / MANIFEST, content, lasting=True)
    (folder / JOURNAL).unlink(missing_ok=True)


def is_finished(folder, tables):
    """Tell whether manifest and tables are there."""
    return all((folder / name).is_file() for name in (MANIFEST, *tables))
