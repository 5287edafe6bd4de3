"""What nbval leaves out: pictures are compared, cells run twice, a trailing ';' is honoured."""

import base64
import os
import tempfile

import cv2
import numpy as np
import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, NbCellError

# Analysis notebooks write results; each run starts with none, or their names would count up.
RESULTS = tempfile.TemporaryDirectory()
os.environ["COURSE_RESULTS"] = RESULTS.name + "/results"
PICTURES = ("image/png", "image/jpeg")
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


def pytest_addoption(parser):
    parser.addoption("--once", action="store_true", help="run cells of notebooks once, not twice")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After nbval has run a cell and compared its text, compare its pictures; then run it again."""
    result = yield
    if isinstance(item, IPyNbCell):
        _compare_pictures(item)
        if not item.config.option.once:
            _run_again(item)
    return result


def _execute(self, source, allow_stdin=None):
    """Run a cell with a history: IPython honours a trailing ';' only then."""
    return self.kc.execute(source, allow_stdin=allow_stdin, stop_on_error=False, store_history=True)


RunningKernel.execute_cell_input = _execute
