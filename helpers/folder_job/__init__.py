"""A job over a folder of pictures that can be killed at any moment and loses nothing."""

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from joblib import Parallel, delayed
from tqdm.auto import tqdm

from helpers._arguments import whole
from helpers.augment import check_operations, random_transform
from helpers.files import write_whole
from helpers.folder_job import _journal
from helpers.images import Unusable, read_source

KEPT_BYTES = 256 << 20  # decoded sources that stay in memory; others are read again
BATCH = 8  # pictures of one source that one worker makes in a row


class Report(NamedTuple):
    """What a job did: numbers of pictures, and names of sources with a reason each.

    `skipped` files were no use, `converted` ones were used in 8 bits, RGB and without alpha.
    """

    written: int
    kept: int
    skipped: dict
    converted: dict


class _Job(NamedTuple):
    folder: Path
    operations: tuple
    seed: int
    ending: str
    digits: int

    def name_of(self, number):
        return f"{number:0{self.digits}}.{self.ending}"


def augment_folder(
    source,
    destination,
    *,
    count,
    operations=(1, 3),
    seed=0,
    workers=1,
    format="png",
    progress=True,
):
    """Make `count` randomly transformed pictures from those in a folder.

    Picture i is made from source i modulo their number, sorted by name, and from (seed, i) alone:
    any number of workers and any interruption give the same bytes with one version of OpenCV and
    NumPy. Stopped jobs go on where they were: call again with the same arguments. The destination
    receives ``00000.png`` and so on, and ``manifest.csv`` with the source, the transform (as
    `augment.repeat_transform` takes it) and the SHA-256 of each.

    Parameters
    ----------
    source : str or Path
        Folder of BMP, GIF, JPEG, PNG, TIFF or WebP files; subfolders are not entered. Grey
        pictures stay grey, links are followed, transparent pictures are laid on white.
    destination : str or Path
        Folder that is new, empty, or was begun with the same request. One job at a time.
    count : int >= 1
    operations : (int, int)
        Least and most operations for each picture, within [1, 7]; see `augment.random_transform`.
    seed : int >= 0
    workers : int >= 1
        Threads, since OpenCV lets them run side by side.
    format : {"png", "jpg"}
    progress : bool
        Show a bar.

    Returns
    -------
    Report
        Numbers `written` now and `kept` from before; `skipped` and `converted`, each a dict of
        the file's name and the reason.

    Raises
    ------
    ValueError
        If no source can be used, or the destination is for something else: the message says what.
    OSError
        If the disk is full or refuses: what was made is whole, and the next call goes on.

    Examples
    --------
    On a Dask cluster whose workers see the same folders (``pip install -e ".[dask]"``)::

        with joblib.parallel_config(backend="dask"):
            augment_folder("photos", "more_photos", count=2000)
    """
    operations = check_operations(operations, colour=False)
    count, seed, workers = whole(count, "count"), whole(seed, "seed", 0), whole(workers, "workers")
    if format not in ("png", "jpg"):
        raise ValueError(f'`format` must be "png" or "jpg"; got {format!r}.')
    source, destination = _folders(source, destination)
    with _one_thread_of_opencv():
        sources, skipped = _scan(source, destination, workers)
        request = {"count": count, "operations": operations, "seed": seed, "format": format}
        request |= {"opencv": cv2.__version__, "numpy": np.__version__}
        request["source"] = {found.name: [found.size, found.sha256] for found in sources}
        _journal.claim(destination, request)
        job = _Job(destination, operations, seed, format, max(5, len(str(count - 1))))
        names = {job.name_of(number) for number in range(count)}
        kept = {name: r for name, r in _journal.recall(destination).items() if name in names}
        todo = [number for number in range(count) if job.name_of(number) not in kept]
        records = dict(kept)
        if todo or not (destination / _journal.MANIFEST).is_file():
            bar = tqdm(total=count, initial=len(kept), unit="picture", disable=not progress)
            with bar, _saying_how_to_go_on(destination, records, count):
                skipped |= _run(job, sources, todo, workers, records, bar)
                _journal.finish(destination, records)
    converted = {found.name: found.converted for found in sources if found.converted}
    return Report(len(records) - len(kept), len(kept), skipped, converted)


def _folders(source, destination):
    source, destination = Path(source), Path(destination)
    if not source.is_dir():
        raise ValueError(f"`source` must be an existing folder; got {source}.")
    if source.resolve() == destination.resolve():
        raise ValueError(f"`destination` must be another folder than `source`; got {destination}.")
    return source, destination


@contextmanager
def _one_thread_of_opencv():
    """Keep OpenCV from starting threads of its own beside the workers."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


@contextmanager
def _saying_how_to_go_on(folder, records, count):
    try:
        yield
    except OSError as error:
        text = (
            f"{error.strerror or error}: {len(records)} of {count} pictures are whole in "
            "`destination`; call again with the same arguments when it can be written to"
        )
        raise OSError(error.errno, text, str(folder)) from error


def _scan(folder, destination, workers):
    """Return the usable sources, sorted by name, and the reason for each that is not."""
    target = os.path.realpath(destination)  # unlike `resolve`, it accepts links in a circle
    paths = sorted(path for path in folder.iterdir() if os.path.realpath(path) != target)
    usable, skipped, room = [], {}, KEPT_BYTES
    for path, found in zip(paths, _in_parallel(workers, _look, paths, "generator"), strict=True):
        if isinstance(found, str):
            skipped[path.name] = found
            continue
        if found.picture is not None and (room := room - found.picture.nbytes) < 0:
            found = found.without_picture()
        usable.append(found)
    if not usable:
        told = "; ".join(f"{name}: {reason}" for name, reason in list(skipped.items())[:3])
        raise ValueError(f"`source` must hold a picture that can be used; got {told or 'nothing'}.")
    return usable, skipped


def _look(path):
    try:
        return read_source(path)
    except Unusable as reason:
        return str(reason)


def _in_parallel(workers, function, tasks, return_as):
    parallel = Parallel(n_jobs=workers, prefer="threads", return_as=return_as)
    return parallel(delayed(function)(task) for task in tasks)


def _run(job, sources, todo, workers, records, bar):
    """Make what is to do, note it in the journal and in `records`; return sources that failed."""
    numbers = {}
    for number in todo:
        numbers.setdefault(number % len(sources), []).append(number)
    tasks = [
        (job, sources[place], several[start : start + BATCH])
        for place, several in numbers.items()
        for start in range(0, len(several), BATCH)
    ]
    failed = {}
    with _journal.journal(job.folder, records) as note:
        for name, made, reason in _in_parallel(workers, _make, tasks, "generator_unordered"):
            note(made)
            records |= {record["file"]: record for record in made}
            bar.update(len(made))
            if reason:
                failed[name] = reason
    return failed


def _make(task):
    """Make some pictures of one source; return its name, their records and a reason to skip it."""
    job, source, numbers = task
    try:
        picture = source.pixels()
    except Unusable as reason:
        return source.name, [], str(reason)
    return source.name, [_make_one(job, source.name, picture, n) for n in numbers], ""


def _make_one(job, source, picture, number):
    rng = np.random.default_rng([job.seed, number])
    image, transform = random_transform(picture, operations=job.operations, rng=rng)
    pixels = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    content = cv2.imencode(f".{job.ending}", pixels)[1].tobytes()
    name = job.name_of(number)
    write_whole(job.folder / name, content)
    digest = hashlib.sha256(content).hexdigest()
    return {"file": name, "source": source, "transform": transform, "sha256": digest}
