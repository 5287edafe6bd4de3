"""What a job over a folder leaves behind: request, journal and manifest, each whole or not there.

The request is written first and says what the folder is for. The journal grows by a line for each
picture; when all are made, the sorted manifest takes its place.
"""

import csv
import hashlib
import io
import json
from contextlib import contextmanager

from helpers.files import SPARE, write_whole

REQUEST, JOURNAL, MANIFEST = "request.json", "journal.jsonl", "manifest.csv"
COLUMNS = ("file", "source", "transform", "sha256")


def claim(folder, request):
    """Make the folder and note the request in it, or refuse a folder that is for something else.

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
    begun = (folder / REQUEST).is_file()
    names = {file.name for file in folder.iterdir()}
    spares = set(filter(SPARE.fullmatch, names))  # left by a job that was killed
    if begun:
        _compare(folder, request)
    elif others := sorted(names - spares):
        raise ValueError(f"`destination` must be empty or of this job; it holds {others[0]}.")
    for name in spares:
        (folder / name).unlink()
    if not begun:
        write_whole(folder / REQUEST, json.dumps(request, indent=1).encode())


def _compare(folder, request):
    try:
        before = dict(json.loads((folder / REQUEST).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise ValueError(f"`destination` must be of this job; its {REQUEST} is not.") from None
    wanted = json.loads(json.dumps(request))
    for name in (*(wanted.keys() - {"source"}), "source"):
        if before.get(name) != wanted[name]:
            there, got = before.get(name), wanted[name]
            if name == "source":
                there, got = _difference(there or {}, got)
            raise ValueError(
                f"`destination` must be of the same request: `{name}` was {there} for it; "
                f"got {got}. Choose an empty folder."
            )


def _difference(before, now):
    """Name the first source that is not as it was."""
    name = min(n for n in before.keys() | now.keys() if before.get(n) != now.get(n))
    if name not in now:
        return f"with {name}", "a folder without it, or it cannot be used"
    if name not in before:
        return f"without {name}", "a folder with it"
    return f"with {name} of other bytes", "a changed file"


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
    return {name: record for name, record in records.items() if _is_whole(folder / name, record)}


def _is_whole(path, record):
    if not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == record["sha256"]


@contextmanager
def journal(folder, records):
    """Open the journal, rewritten without torn lines, and yield a function that adds records."""
    write_whole(folder / JOURNAL, _lines(records.values()))
    with (folder / JOURNAL).open("ab", buffering=0) as file:
        yield lambda made: file.write(_lines(made))


def _lines(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def finish(folder, records):
    """Write the manifest, sorted by file, and remove the journal."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for name in sorted(records):
        record = records[name]
        table.writerow(record | {"transform": json.dumps(record["transform"])})
    write_whole(folder / MANIFEST, text.getvalue().encode(errors="surrogateescape"))
    (folder / JOURNAL).unlink(missing_ok=True)
