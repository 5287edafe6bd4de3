"""The making of the pictures: what is missing, by workers, noted as it is done."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers.augment import random_transform
from helpers.files import write_whole
from helpers.folder_job import _journal, _labels
from helpers.folder_job._coco import NAME as TABLE
from helpers.folder_job._workers import closing, side_by_side
from helpers.images import Unusable, encode_image

BATCH = 8  # pictures of one source that one worker makes in a row


class Job(NamedTuple):
    """What each worker must know, beside the source."""

    folder: Path
    operations: tuple
    seed: int
    ending: str
    digits: int
    least_seen: float

    def name_of(self, number, source):
        """Name a picture; it lies in the folder of its class if the source does."""
        folder = "".join(source.rpartition("/")[:2])
        return f"{folder}{number:0{self.digits}}.{self.ending}"


def recall(job, sources, count, records):
    """Put the records of pictures from before into `records`; return how many there are.

    Parameters
    ----------
    job : Job
    sources : list of Found
    count : int
    records : dict of the name of a picture -> its record, changed
    """
    names = {job.name_of(number, sources[number % len(sources)].name) for number in range(count)}
    found = _journal.recall(job.folder)
    records |= {name: record for name, record in found.items() if name in names}
    return len(records)


def fill(job, sources, pairs, count, records, workers, gate, progress):
    """Make what is missing, then the tables; return the sources that failed and why.

    Parameters
    ----------
    job, sources, count, records
        As for `recall`.
    pairs : Pairs
    workers : int
    gate : Gate
    progress : bool
    """
    todo = {}
    for number in range(count):
        found = sources[number % len(sources)]
        if job.name_of(number, found.name) not in records:
            todo.setdefault(found.name, (found, []))[1].append(number)
    ends = [TABLE] if pairs.kind == "coco" else []
    if not todo and _journal.is_finished(job.folder, ends):
        return {}
    _make_folders(job, sources, pairs)
    with tqdm(total=count, initial=len(records), unit="picture", disable=not progress) as bar:
        failed = _run(job, todo.values(), workers, records, gate, bar)
        shapes = {found.name: found.shape for found in sources}
        tables = _labels.tables_of(pairs, records, shapes, job.least_seen)
        _journal.finish(job.folder, records, tables, _labels.COLUMNS[pairs.kind])
    return failed


def _make_folders(job, sources, pairs):
    for place in {found.name.rpartition("/")[0] for found in sources}:
        for top in [job.folder, *[job.folder / "masks"] * (pairs.kind == "masks")]:
            (top / place).mkdir(parents=True, exist_ok=True)


def _run(job, todo, workers, records, gate, bar):
    """Make what is to do, note it in the journal and in `records`; return sources that failed."""
    tasks = [
        (job, found, numbers[start : start + BATCH])
        for found, numbers in todo
        for start in range(0, len(numbers), BATCH)
    ]
    failed, faults = {}, []
    with _journal.journal(job.folder, records) as note, closing(gate):
        for name, made, reason in side_by_side(workers, _make, tasks, gate):
            note(made)
            records |= {record["file"]: record for record in made}
            bar.update(len(made))
            if isinstance(reason, OSError):
                faults.append(reason)
                gate.close()  # the others end their picture, and it is noted as well
            elif reason:
                failed[name] = reason
    if faults:
        raise faults[0]
    return failed


def _make(gate, task):
    """Make some pictures of one source; return its name, their records and what stood in the way.

    That is a reason to skip the source, or the fault of a disk that took some of them only: raised
    here it would overtake what is made, and nobody would note it.
    """
    job, found, numbers = task
    made = []
    with gate.at_work() as may:
        try:
            picture, labels = found.read() if may else (None, None)
        except Unusable as reason:
            return found.name, [], str(reason)
    for number in numbers:
        with gate.at_work() as may:
            if not may:
                break
            try:
                made.append(_make_one(job, found, picture, labels, number))
            except OSError as fault:
                return found.name, made, fault
    return found.name, made, ""


def _make_one(job, found, picture, labels, number):
    rng = np.random.default_rng([job.seed, number])
    ways = {"operations": job.operations, "border": found.pairs.border}
    image, transform = random_transform(picture, rng=rng, **ways)
    content = encode_image(f".{job.ending}", image, profile=found.source.about.profile)
    name = job.name_of(number, found.name)
    write_whole(job.folder / name, content)
    digest = hashlib.sha256(content).hexdigest()
    record = {"file": name, "source": found.name, "transform": transform, "sha256": digest}
    return record | _labels.write_moved(
        job.folder, name, labels, transform, found.pairs, job.least_seen
    )
