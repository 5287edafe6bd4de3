"""A job over a folder of pictures that can be killed at any moment and loses nothing."""

from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import probability, whole
from helpers.augment import check_operations
from helpers.folder_job import _journal
from helpers.folder_job._boxes import Boxes as Boxes
from helpers.folder_job._labels import copied_tables as copied_tables
from helpers.folder_job._labels import fingerprint as fingerprint
from helpers.folder_job._labels import labels_shown as labels_shown
from helpers.folder_job._labels import read_labels_of as read_labels_of
from helpers.folder_job._lock import Busy as Busy
from helpers.folder_job._lock import alone_in as alone_in
from helpers.folder_job._making import Job, fill, recall
from helpers.folder_job._masks import Mask as Mask
from helpers.folder_job._pairs import Pairs as Pairs
from helpers.folder_job._pairs import find_pairs as find_pairs
from helpers.folder_job._scan import scan
from helpers.folder_job._workers import Gate, closing
from helpers.images import check_range

KEPT_BYTES = 256 << 20  # decoded sources that stay in memory; others are read again


class Report(NamedTuple):
    """What a job did: numbers of pictures, and names of sources with a reason each.

    `skipped` files were no use, `converted` ones were used in 8 bits, RGB and without alpha.
    """

    written: int
    kept: int
    skipped: dict
    converted: dict


def augment_folder(
    source,
    destination,
    *,
    count,
    operations=(1, 3),
    seed=0,
    workers=1,
    format="png",
    labels="auto",
    least_seen=0.3,
    class_folders=False,
    value_range=None,
    progress=True,
):
    """Make `count` randomly transformed pictures from those in a folder.

    Picture i is made from source i modulo their number, sorted by name, and from (seed, i) alone:
    any number of workers and any interruption give the same bytes with one version of OpenCV and
    NumPy. Stopped jobs go on where they were: call again with the same arguments. The destination
    receives ``00000.png`` and so on, and ``manifest.csv`` with the source, the transform (as
    `augment.repeat_transform` takes it) and the SHA-256 of each.

    Masks and boxes move with their pictures. A mask becomes ``masks/00000.png`` with the labels
    that it had, boxes of YOLO ``00000.txt``, a table of COCO ``annotations.json``. Where there
    are boxes the border of `repeat_transform` is "constant": a mirrored thing would have no box.

    Parameters
    ----------
    source : str or Path
        Folder of picture files; subfolders are not entered. Grey pictures stay grey, links are
        followed, transparent pictures are laid on white.
    destination : str or Path
        Folder that is new, empty, or was begun with the same request. One job at a time.
    count : int >= 1
    operations : (int, int)
        Least and most operations for each picture, within [1, 7]; see `augment.random_transform`.
    seed : int >= 0
    workers : int >= 1
        Threads, since OpenCV lets them run side by side.
    format : {"png", "jpg"}
    labels : str or Path
        What tells of the pictures; see `find_pairs`. "none" takes every file as a picture.
    least_seen : float in [0, 1]
        A box is dropped when less than this share of it is seen after the transform.
    class_folders : bool
        The pictures lie in subfolders, one for each class, and so do those that are made.
    value_range : None, "used" or (low, high)
        Which values of deep and float files become black and white; see `images.read_picture`.
        None takes each file's own range.
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
    Busy
        A ValueError: another job works in the destination, and nothing was written.
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
    least_seen, value_range = probability(least_seen, "least_seen"), check_range(value_range)
    if format not in ("png", "jpg"):
        raise ValueError(f'`format` must be "png" or "jpg"; got {format!r}.')
    source, destination = _folders(source, destination)
    ways = {"labels": labels, "class_folders": class_folders, "room": KEPT_BYTES}
    ways["value_range"] = value_range
    with _one_thread_of_opencv(), closing(Gate()) as gate:
        sources, skipped, pairs = scan(source, destination, workers=workers, gate=gate, **ways)
        request = {"count": count, "operations": operations, "seed": seed, "format": format}
        request |= _rest_of_request(sources, pairs, least_seen, value_range)
        digits = max(5, len(str(count - 1)))
        job = Job(destination, operations, seed, format, digits, least_seen)
        records = {}
        with _saying_how_to_go_on(destination, records, count):
            _journal.check(destination, request)
            with alone_in(destination), closing(gate):
                _journal.claim(destination, request)
                kept = recall(job, sources, count, records)
                skipped |= fill(job, sources, pairs, count, records, workers, gate, progress)
    converted = {found.name: found.source.converted for found in sources if found.source.converted}
    return Report(len(records) - kept, kept, skipped, converted)


def _folders(source, destination):
    source, destination = Path(source), Path(destination)
    if not source.is_dir():
        raise ValueError(f"`source` must be an existing folder; got {source}.")
    if source.resolve() == destination.resolve():
        raise ValueError(f"`destination` must be another folder than `source`; got {destination}.")
    return source, destination


def _rest_of_request(sources, pairs, least_seen, value_range):
    """Return what decides the results beside the arguments."""
    rest = {"opencv": cv2.__version__, "numpy": np.__version__}
    if pairs.kind != "none":
        rest |= {"labels": pairs.kind, "least_seen": least_seen}
    if value_range is not None:
        rest["value_range"] = value_range
    fingerprints = {}
    for found in sources:
        told = [found.told] if pairs.kind != "none" else []
        fingerprints[found.name] = [found.source.size, found.source.sha256, *told]
    return rest | {"source": fingerprints}


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
