"""From nothing to an open lesson, by phases, and the seconds that each helper takes to import."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbclient
import nbformat

from tests.setup import borrowed

ROOT = Path(__file__).resolve().parents[2]
MADE = (".git", ".venv*", "_site", ".site-cache", "my_course", "results", "__pycache__")
GOAL = 1.0  # seconds of the processor for the import of a helper: others do not count
OWN = 0.2  # seconds of it that are ours, where the libraries alone take longer
IMPORT = """
import contextlib, importlib, json, sys, time
for name in json.loads(sys.argv[2]):
    with contextlib.suppress(Exception):
        importlib.import_module(name)
start = time.process_time()
importlib.import_module(sys.argv[1])
print(json.dumps([time.process_time() - start, list(sys.modules)]))
"""
LINE = "{:<44}{:>8.2f} s  {}"


def show(tiny=False):
    """Print the imports, then the phases of a first start, packages and all."""
    names = helpers()
    for name in names[:1] if tiny else names:
        seconds, own = map(
            min, zip(*(imported(name) for _ in range(1 if tiny else 3)), strict=True)
        )
        verdict = "met" if seconds < GOAL or own < OWN else "below"
        said = f"{own:.2f} s without libraries  {verdict}"
        print(LINE.format(f"import {name}", seconds, said), flush=True)
    if not tiny:
        for name, seconds in phases():
            print(LINE.format(name, seconds, ""), flush=True)


def helpers():
    """Return the names of all rooms and modules that a lesson may import."""
    found = [path.stem for path in (ROOT / "helpers").iterdir() if not path.name.startswith("_")]
    return [f"helpers.{name}" for name in sorted(found)]


def imported(name):
    """Import a helper in a Python of its own; return its seconds, with and without libraries."""
    seconds, modules = _timed(name, [])
    own, _ = _timed(name, [other for other in modules if other.split(".")[0] != "helpers"])
    return seconds, own


def _timed(name, before):
    command = [sys.executable, "-c", IMPORT, name, json.dumps(before)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def phases():
    """Yield what happens at a first start in an empty home, and how long it takes."""
    with tempfile.TemporaryDirectory() as folder:
        project, home = Path(folder) / "project", Path(folder) / "home"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*MADE))
        home.mkdir()
        yield from packages(project, home)
        started = time.perf_counter()
        borrowed.load(project / "start.py").copy_lessons()
        yield "lessons copied to my_course", time.perf_counter() - started
        started = time.perf_counter()
        with borrowed.run_lab(project, home) as lab:
            yield "JupyterLab has an address", time.perf_counter() - started
            urllib.request.urlopen(lab.address).read()
            yield "JupyterLab has sent its page", time.perf_counter() - started
        started = time.perf_counter()
        first_picture(project / "my_course")
        yield "a kernel has drawn the first picture of 01", time.perf_counter() - started


def packages(project, home):
    """Yield how long the environment takes with all its packages; borrow them without a network."""
    started = time.perf_counter()
    command = [sys._base_executable, project / "start.py", "setup"]
    done = subprocess.run(command, env=borrowed.environment(home), capture_output=True, check=False)
    if done.returncode == 0:
        yield "packages fetched and installed", time.perf_counter() - started
        return
    borrowed.borrow_packages(borrowed.load(project / "start.py"))
    yield "packages (not fetched: borrowed)", time.perf_counter() - started


def first_picture(course):
    """Run lesson 01 as far as its first picture."""
    notebook = nbformat.read(course / "01_pixel_basics.ipynb", as_version=4)
    shown = next(n for n, cell in enumerate(notebook.cells) if "show_image" in cell.source)
    notebook.cells = notebook.cells[: shown + 1]
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(course)}}).execute()
