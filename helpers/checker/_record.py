"""Remember what is solved: in this session, and in a working copy also on disk."""

import contextlib
import json
import os
from pathlib import Path

from helpers.checker._repeating import is_due

_session = {}


def remember(name, state, tried, first):
    """Count a try; after the first correct answer nothing changes any more."""
    path = _progress_file()
    stored = _stored(path)
    known = _merged(stored)
    entry = known.get(name, {"state": "todo", "tries": 0, "first": ""})
    if tried and entry["state"] != "correct":
        first, tries = entry["first"] or first, entry["tries"] + 1
        entry = {"state": state, "tries": tries, "first": first}
    elif state == "correct" and is_due(name, known):  # the repetition, without other numbers
        known[f"{name}.again"] = _session[f"{name}.again"] = {**entry, "tries": 1}
    _session[name] = known[name] = entry
    if path is not None and known != stored:
        _store(path, known)


def recall():
    """Return what is known by now, name -> state, tries, first answer."""
    return _merged(_stored(_progress_file()))


def _merged(stored):
    """Take for each exercise the record that is further on: two notebooks may share the file."""
    rank = {name: (entry["state"] == "correct", entry["tries"]) for name, entry in stored.items()}
    newer = {
        name: entry
        for name, entry in _session.items()
        if (entry["state"] == "correct", entry["tries"]) >= rank.get(name, (False, 0))
    }
    return {**stored, **newer}


def _progress_file():
    with contextlib.suppress(OSError):
        for folder in (Path.cwd(), *Path.cwd().parents):
            if os.path.exists(folder / ".course.json"):
                return folder / ".progress.json"
    return None


def _stored(path):
    try:
        record = json.loads(path.read_text(encoding="utf-8")) if path else {}
        if all(_is_entry(entry) for entry in record.values()):
            return record
    except OSError:
        return {}
    except (ValueError, AttributeError, RecursionError):
        pass
    with contextlib.suppress(OSError):
        os.replace(path, path.with_name(".progress.json.bad"))
    return {}


def _is_entry(entry):
    kinds = {"state": str, "tries": int, "first": str}
    return (
        isinstance(entry, dict)
        and entry.keys() == kinds.keys()
        and all(isinstance(entry[key], kind) for key, kind in kinds.items())
        and entry["state"] in ("todo", "hint", "correct")
    )


def _store(path, record):
    draft = path.with_name(f".progress.{os.getpid()}.tmp")
    try:
        draft.write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(draft, path)
    except OSError:  # a full or read-only disk must not stop a lesson
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
