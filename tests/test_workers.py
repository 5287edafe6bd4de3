"""Tests side by side: who measures is alone, and what a test says reaches the terminal."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUSY = """
import pathlib, time, pytest
HERE = pathlib.Path(__file__).parent

@pytest.mark.parametrize("number", range(40))
def test_is_busy(number):
    started = time.time()
    time.sleep(0.05)
    with (HERE / "busy.txt").open("a") as file:
        print(started, time.time(), file=file)
"""
MEASURES = """
import pathlib, time, pytest
HERE = pathlib.Path(__file__).parent

def test_waits_for_the_other_worker():
    while not (HERE / "busy.txt").exists():
        time.sleep(0.01)
def measure(name):
    started = time.time()
    time.sleep(0.5)
    (HERE / name).write_text(f"{started} {time.time()}")

def test_measures_in_company():
    measure("company.txt")

@pytest.mark.alone
def test_measures_alone(say):
    measure("alone.txt")
    say("it took", 0.5, "seconds")
"""


def times(path):
    """Read pairs of a start and an end."""
    words = iter(path.read_text().split())
    return [(float(start), float(end)) for start, end in zip(words, words, strict=True)]


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory):
    """Run two small modules in two workers; return their folder and what pytest printed."""
    folder = tmp_path_factory.mktemp("workers")
    (folder / "tests").mkdir()
    for name in ("conftest.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    (folder / "tests" / "test_busy.py").write_text(BUSY)
    (folder / "tests" / "test_measures.py").write_text(MEASURES)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    command += ["-n2", "--dist=loadscope", "tests"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    settings = {"cwd": folder, "env": environment, "timeout": 300}
    run = subprocess.run(command, capture_output=True, text=True, **settings)
    return folder / "tests", run.stdout


@pytest.mark.parametrize(("name", "alone"), [("alone.txt", True), ("company.txt", False)])
def test_only_a_test_marked_so_measures_alone(side_by_side, name, alone):
    folder, printed = side_by_side
    ((began, ended),) = times(folder / name)
    beside = [start for start, end in times(folder / "busy.txt") if start < ended and end > began]
    assert (not beside) is alone, printed


def test_what_a_test_says_and_the_closing_line_are_printed(side_by_side):
    _, printed = side_by_side
    assert "test_measures_alone" in printed
    assert "it took 0.5 seconds\n" in printed
    assert re.search(r"^43 passed in \d+", printed.splitlines()[-1])
