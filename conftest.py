"""What nbval leaves out: pictures, a second run of each cell, controls, a trailing ';'."""

import atexit
import base64
import contextlib
import json
import os
import re
import sqlite3
import tempfile
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more would spin while other workers compute

import cv2
import nbformat
import numpy as np
import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

# Analysis notebooks write results; each run starts with none, or their names would count up.
RESULTS = tempfile.TemporaryDirectory()
atexit.register(RESULTS.cleanup)  # before Python does it with a warning
os.environ["COURSE_RESULTS"] = RESULTS.name + "/results"
os.environ["TQDM_DISABLE"] = "1"  # bars come by the clock: on a slow machine they were outputs
WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not WORKER:
    os.environ["COURSE_TURNS"] = RESULTS.name + "/turns"  # one for all workers of this run
PICTURES = ("image/png", "image/jpeg")
DRIVE, ASK = (
    Path(__file__).resolve().parent / "tests" / "notebooks" / f"{name}.py"
    for name in ("drive", "ask")
)
EXPLORER = re.compile(r"^(?![\s#]|def ).*\bexplore(?:_plot)?\(", re.MULTILINE)  # outside functions
LEVELS, PIXELS = 24, 8  # at most so many pixels may differ by more than so many levels


def _pictures(outputs):
    return [
        out["data"][kind] for out in outputs for kind in PICTURES if kind in out.get("data", {})
    ]


def _decode(picture):
    encoded = np.frombuffer(base64.b64decode(picture), dtype=np.uint8)
    return cv2.imdecode(encoded, cv2.IMREAD_COLOR).astype(int)


def picture_difference(stored, drawn):
    """Say how two encoded pictures differ, or nothing if they agree.

    A count, not a percentage: one changed digit in a title is a small share of all pixels.
    """
    if "".join(stored.split()) == "".join(drawn.split()):
        return None
    before, after = _decode(stored), _decode(drawn)
    if before.shape != after.shape:
        return f"shape {before.shape} became {after.shape}"
    changed = int((np.abs(before - after).max(axis=-1) > LEVELS).sum())
    return f"{changed} pixels changed" if changed > PIXELS else None


def _compare_pictures(item):
    """Compare the pictures of a cell, whose text nbval has compared, with the stored ones."""
    if not item.options["check"] or item.test_outputs is None:
        return
    stored, drawn = _pictures(item.cell.outputs), _pictures(item.test_outputs)
    if len(stored) != len(drawn):
        item.raise_cell_error(f"{len(stored)} stored pictures, {len(drawn)} drawn")
    for number, pair in enumerate(zip(stored, drawn, strict=True), start=1):
        if difference := picture_difference(*pair):
            item.raise_cell_error(f"Picture {number} differs: {difference}")


def _run_again(item):
    """Run a cell once more in its kernel: it must say and draw what it did the first time."""
    try:
        item.runtest()
        _compare_pictures(item)
    except NbCellError as error:
        error.args = (f"Second run: {error}",)
        raise


def control_faults(report, explorers):
    """List what is wrong with the panels of a notebook whose cells ran twice."""
    faults = [problem for panel in report["panels"] for problem in panel["problems"]]
    faults += [f"`{name}` does nothing" for panel in report["panels"] for name in panel["still"]]
    if report["live"] < 2 * explorers:
        faults.append(f"{explorers} explorers, run twice, left {report['live']} panels")
    return faults


class Controls(IPyNbCell):
    """Moves every control of every panel in the notebook's kernel, after its last cell."""

    def runtest(self):
        super().runtest()
        cells = [cell.source for cell in self.parent.nb.cells if cell.cell_type == "code"]
        explorers = sum(len(EXPLORER.findall(source)) for source in cells)
        report = json.loads(self.test_outputs[-1].text)
        if faults := control_faults(report, explorers):
            self.raise_cell_error("\n".join(faults))

    def raise_cell_error(self, message, *args):
        raise NbCellError(self.cell_num, message, "(every control of every panel)", *args)


class Positions(Controls):
    """Asks the explorers for the numbers that a text declares at positions of theirs."""

    def runtest(self):
        from tests.notebooks import stated  # only where a text declares positions

        questions = stated.asked(self.parent.nb)
        self.cell.source = f"ASKED = {[asked[1:] for asked in questions]!r}\n{self.cell.source}"
        IPyNbCell.runtest(self)
        if faults := stated.unsaid(questions, json.loads(self.test_outputs[-1].text)):
            self.raise_cell_error("\n".join(faults))


def _collect(file, cells=IPyNbFile.collect):
    """Collect the cells of a notebook and, if they run twice, items for its explorers."""
    yield from cells(file)
    kinds = [] if file.config.option.once else [(Controls, DRIVE)]
    if kinds and '"set"' in Path(file.path).read_text(encoding="utf-8"):
        kinds.append((Positions, ASK))
    for kind, source in kinds:
        words = {"name": kind.__name__, "cell_num": -1, "options": defaultdict(bool)}
        driver = nbformat.v4.new_code_cell(source.read_text(encoding="utf-8"))
        yield kind.from_parent(file, cell=driver, **words)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Give whole folders to a worker for each core, up to four; run some files without any."""
    files = all(Path(word.partition("::")[0]).is_file() for word in config.args)
    workers = min(os.cpu_count() or 1, 4)
    return 0 if files or workers == 1 else workers


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep each file with one worker, and all browser tests, which share a server, with one."""
    from xdist.scheduler import LoadScopeScheduling

    class Rooms(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            browser = "tests/browser"
            return browser if nodeid.startswith(f"{browser}/") else super()._split_scope(nodeid)

    return Rooms(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Let a test marked `alone` have the machine: the other workers finish theirs and wait.

    Readers of a database share it and a writer does not: the system forgets no lock, even if
    a worker dies.
    """
    if not WORKER:
        return (yield)
    with contextlib.closing(sqlite3.connect(os.environ["COURSE_TURNS"], timeout=3600)) as turns:
        turns.isolation_level = None
        turns.execute("BEGIN EXCLUSIVE" if item.get_closest_marker("alone") else "BEGIN")
        turns.execute("SELECT * FROM sqlite_master").fetchall()
        return (yield)


def pytest_addoption(parser):
    parser.addoption("--once", action="store_true", help="run cells of notebooks once, not twice")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After nbval has run a cell and compared its text, compare pictures; then run it again."""
    result = yield
    if type(item) is IPyNbCell:
        _compare_pictures(item)
        if not item.config.option.once:
            _run_again(item)
    return result


def _execute(self, source, allow_stdin=None):
    """Run a cell with a history: IPython honours a trailing ';' only then."""
    return self.kc.execute(source, allow_stdin=allow_stdin, stop_on_error=False, store_history=True)


RunningKernel.execute_cell_input = _execute
IPyNbFile.collect = _collect
