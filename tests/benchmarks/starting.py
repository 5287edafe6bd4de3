"""From nothing to an open lesson, by phases, and the seconds that each helper takes to import."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.setup import borrowed

ROOT = Path(__file__).resolve().parents[2]
GOAL = 1.0  # seconds of the processor for the import of a helper: others do not count
IMPORT = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"
LINE = "{:<44}{:>8.2f} s  {}"


def show(tiny=False):
    """Print phases and imports; downloading and installing packages is no part of it."""
    names = helpers()
    for name in names[:1] if tiny else names:
        seconds = min(imported(name) for _ in range(1 if tiny else 3))
        print(
            LINE.format(f"import {name}", seconds, "met" if seconds < GOAL else "below"), flush=True
        )
    if not tiny:
        for name, seconds in phases():
            print(LINE.format(name, seconds, ""), flush=True)


def helpers():
    """Return the names of all rooms and modules that a lesson may import."""
    found = [path.stem for path in (ROOT / "helpers").iterdir() if not path.name.startswith("_")]
    return [f"helpers.{name}" for name in sorted(found)]


def imported(name):
    """Import a helper in a Python of its own; return the seconds."""
    command = [sys.executable, "-c", IMPORT.format(name)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(run.stdout)


def phases():
    """Yield what happens at a first start, and how long it takes: packages are at hand already."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "venv", Path(folder) / "env"], check=True)
        yield "a Python environment with pip, still empty", time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        project, home = Path(folder) / "project", Path(folder) / "home"
        project.mkdir(), home.mkdir()
        start = borrowed.make_project(project)
        borrowed.borrow_packages(start)
        started = time.perf_counter()
        start.update_course(ROOT / "notebooks", project / "my_course")
        yield "lessons copied to my_course", time.perf_counter() - started
        (project / "notebooks").mkdir()
        started = time.perf_counter()
        with borrowed.run_lab(project, home) as lab:
            yield "JupyterLab has an address", time.perf_counter() - started
            urllib.request.urlopen(lab.address).read()
            yield "JupyterLab has sent its page", time.perf_counter() - started
