"""The tests leave the working copy and the results of a used folder as they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USED = ("my_course/01_pixels.ipynb", "my_course/.progress.json", "results/summary.html")
WORKERS = ("-p", "xdist", "-n2")
READS = "def test_reads():\n    assert open('my_course/01_pixels.ipynb').read() == 'mine'\n"
DEEDS = {
    "change": "open('my_course/01_pixels.ipynb', 'w').write('theirs')",
    "progress": "open('my_course/.progress.json', 'a').write(' ')",
    "addition": "open('results/new.csv', 'w').close()",
    "removal": "__import__('os').remove('results/summary.html')",
}


@pytest.fixture
def used(tmp_path):
    """Make a project that was used; return a function that runs a test in it."""
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests/conftest.py", tmp_path / "tests")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    for name in USED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")

    def run(code, *words):
        (tmp_path / "tests" / "test_some.py").write_text(code)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
        kept = {name: word for name, word in os.environ.items() if not name.startswith("PYTEST_")}
        kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # loading them all takes most of the time
        return subprocess.run(
            command, cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=120
        )

    return run


@pytest.mark.parametrize("words", [(), WORKERS], ids=["one", "two workers"])
def test_a_run_that_leaves_the_folder_alone_is_green(used, words):
    run = used(READS, *words)
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout


@pytest.mark.parametrize(("deed", "words"), [*((deed, ()) for deed in DEEDS), ("change", WORKERS)])
def test_a_run_that_writes_there_is_red_and_names_the_file(used, deed, words):
    run = used(f"def test_writes():\n    {DEEDS[deed]}\n", *words)
    assert "1 passed" in run.stdout
    assert run.returncode == 1
    name = {"change": USED[0], "progress": USED[1], "addition": "results/new.csv"}
    assert f"Changed while the tests ran: {name.get(deed, USED[2])}\n" in run.stdout
