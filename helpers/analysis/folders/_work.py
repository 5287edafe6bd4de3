"""The work on a split folder: a job's own folder, copies, the augmented part."""

import csv
import hashlib
import io
import json
import re

import cv2
import numpy as np
from tqdm.auto import tqdm

from helpers import own_data
from helpers.analysis.folders._folder import HEAVY
from helpers.analysis.folders._parts import PARTS
from helpers.files import Problem, readable, write_new
from helpers.folder_job import Busy, alone_in, augment_folder, copied_tables

NAME, JOB = "augment_a_folder", "job.json"
FOLDERS = {"train": "train_originals", "validation": "validation", "test": "test"}
LONG = 300_000_000  # pixels to make above which a bar is shown: some seconds


def open_job(folder, plan, choices, *, resume=True):
    """Return the job's own folder: the earlier one for the same request, or else a new one.

    Parameters
    ----------
    folder : Folder
    plan : Plan
    choices : Choices
    resume : bool
        True goes on in an earlier folder whose ``job.json`` is the same in everything that
        decides the results: bytes, names, groups, parts, classes and labels of the pictures, files
        left out, parameters, versions. False always makes a new folder.

    Returns
    -------
    Path

    Raises
    ------
    Problem
        If `resume` is no bool, or no folder can be made.
    """
    if not isinstance(resume, bool):
        raise Problem(f"`resume` must be true or false; got {resume}.")
    wanted = _request(folder, plan, choices)
    if resume and folder.base.is_dir():
        for earlier in sorted(folder.base.iterdir()):
            if re.fullmatch(rf"{NAME}(-\d+)?", earlier.name) and _job_of(earlier) == wanted:
                return earlier
    made = own_data.output_folder(NAME, folder.base)
    write_new(made / JOB, json.dumps(wanted, indent=1).encode())
    return made


def _request(folder, plan, choices):
    rows = zip(folder.pictures, plan.groups, plan.parts, plan.classes, strict=True)
    request = {key: value for key, value in choices._asdict().items() if key != "workers"}
    request |= {"left_out": folder.left_out, "opencv": cv2.__version__, "numpy": np.__version__}
    request |= {"labels": folder.pairs.kind, "value_range": folder.value_range}
    request["pictures"] = {
        sight.name: [sight.sha256, group, part, classes, sight.told]
        for sight, group, part, classes in rows
    }
    return json.loads(json.dumps(request))


def _job_of(folder):
    try:
        return json.loads((folder / JOB).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def do_job(job, folder, plan, choices):
    """Copy the pictures into their parts, write ``split.csv``, augment the training part.

    Parameters
    ----------
    job : Path, from `open_job`
    folder : Folder
    plan : Plan
    choices : Choices

    Returns
    -------
    folder_job.Report

    Raises
    ------
    Problem
        If the job's folder holds something else than this job made, or cannot be written.
    """
    try:
        with alone_in(job):
            for part in [part for part in PARTS if part in plan.parts]:
                _copy_part(job / FOLDERS[part], part, folder, plan)
            keep_or_write(job / "split.csv", _split_table(folder, plan))
            return _augment(job, folder, plan, choices)
    except Busy:
        raise Problem(
            f"{job.parent.name}/{job.name} is in use by another run of this page: wait until it is "
            "done, or set `resume` to false for a new folder."
        ) from None
    except OSError as error:
        said = error.strerror or str(error)
        raise Problem(
            f"The results are not complete: {said}. What was made is whole: run all cells again "
            "when the disk can be written to."
        ) from None


def _augment(job, folder, plan, choices):
    sizes = [np.prod(sight.shape[:2]) for sight in folder.pictures]
    workers = 1 if max(sizes) > HEAVY else choices.workers
    keys = ("count", "operations", "seed", "format", "least_seen", "class_folders")
    options = {key: getattr(choices, key) for key in keys} | {"labels": folder.pairs.kind}
    options["value_range"] = folder.value_range
    shown = choices.count * float(np.mean(sizes)) > LONG
    source = job / FOLDERS["train"]
    try:
        report = augment_folder(source, job / "train", workers=workers, progress=shown, **options)
    except Busy:
        raise
    except ValueError as error:
        raise Problem(f"The training part cannot be made: {error}") from None
    own = {"manifest.csv", "request.json", "annotations.json", "classes.txt"}
    for row in read_manifest(job):
        own |= {row["file"], row.get("labels") or row["file"]}
    _refuse_strangers(job / "train", own)
    return report


def _copy_part(target, part, folder, plan):
    """Copy the pictures of a part, and what tells of them."""
    rows = zip(folder.pictures, plan.parts, plan.copies, plan.labels, strict=True)
    wanted = {copy: (sight, label) for sight, place, copy, label in rows if place == part}
    names = {copy: sight.name for copy, (sight, _) in wanted.items()}
    tables = copied_tables(folder.pairs, names)
    own = {*wanted, *tables, *(label for _, label in wanted.values())} - {""}
    target.mkdir(exist_ok=True)
    for inner in {name.rpartition("/")[0] for name in own}:
        (target / inner).mkdir(parents=True, exist_ok=True)
    _refuse_strangers(target, own)
    for copy, (sight, label) in tqdm(wanted.items(), desc=part, delay=2, leave=False):
        _copy(folder.path / sight.name, sight.sha256, target / copy)
        if label:
            _copy(folder.pairs.of[sight.name], sight.told, target / label)
    for name, content in tables.items():
        keep_or_write(target / name, content)


def _copy(path, sha256, copy):
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Problem(f"{readable(path.name)} can no longer be read: {error.strerror}.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem(f"{readable(path.name)} changed while the page ran: run all cells again.")
    keep_or_write(copy, content)


def _refuse_strangers(folder, own):
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    names = sorted(p.as_posix() for p in found if not any(n.startswith(".") for n in p.parts))
    if strangers := [name for name in names if name not in own]:
        raise Problem(
            f"{folder.parent.name}/{folder.name} holds {readable(strangers[0])}, which is not of "
            "this job: move it away, or set `resume` to false for a new folder."
        )


def keep_or_write(path, content):
    """Write a file, or keep the one that has these bytes already.

    Parameters
    ----------
    path : Path
    content : bytes

    Raises
    ------
    Problem
        If there is a file of other bytes: it stays as it is.
    """
    if not path.exists():
        write_new(path, content)
    elif not path.is_file() or path.read_bytes() != content:
        raise Problem(
            f"{path.parent.name}/{readable(path.name)} was changed since this job made it; nothing "
            "was written over: move it away, or set `resume` to false for a new folder."
        )


def _split_table(folder, plan):
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    more = {}
    if any(plan.classes):
        more["class"] = [_told(classes) for classes in plan.classes]
    if any(plan.labels):
        more["labels"] = plan.labels
    table.writerow(("file", "group", "part", "copy", "rows", "columns", "sha256", *more))
    rows = zip(folder.pictures, plan.groups, plan.parts, plan.copies, strict=True)
    for place, (sight, *row) in enumerate(rows):
        rest = [column[place] for column in more.values()]
        table.writerow((sight.name, *row, *sight.shape[:2], sight.sha256, *rest))
    return text.getvalue().encode(errors="surrogateescape")


def _told(classes):
    """Write what a picture counts for: its class, or "a 2; b 1" of what it shows."""
    if list(classes.values()) == [1]:
        return next(iter(classes))
    return "; ".join(f"{name} {count}" for name, count in sorted(classes.items()))


def read_manifest(job):
    """Return the rows of the training part's manifest as dicts."""
    text = (job / "train" / "manifest.csv").read_text(encoding="utf-8", errors="surrogateescape")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write_results(job, title, sentences, **contents):
    """Write the summary of a job, or keep the one that a finished job has.

    Parameters
    ----------
    job : Path
    title : str
    sentences : list of str
    **contents
        As for `own_data.write_summary`.

    Returns
    -------
    str
        One line that names the folder and what is in it.
    """
    if (job / "summary.html").is_file():
        files = ", ".join(sorted(file.name for file in job.iterdir()))
        return f"In {job.parent.name}/{job.name}: {files}"
    return own_data.write_summary(job, title, sentences, **contents)
