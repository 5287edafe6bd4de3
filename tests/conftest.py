"""What several test modules need, and a watch over the reader's own files.

Files, analysis notebooks run as papermill does, a voice.
"""

import hashlib
import warnings
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from hypothesis import settings

SAID = "said"  # under this name a report carries what its test said
READERS = ("my_course", "results", "notebooks/analysis/results")  # in a folder that was used
BEFORE, CHANGED = pytest.StashKey(), pytest.StashKey()
settings.register_profile("course", deadline=None)  # seconds say nothing on a shared machine
settings.load_profile("course")
PAGES = Path(__file__).resolve().parent.parent / "notebooks" / "analysis"


class Run(NamedTuple):
    """Everything that was printed, the results by name, and the error's lines if there is one."""

    said: str
    files: dict
    problem: list


def _readers_files(root):
    """Map each file that a reader may have made below the project to the digest of its bytes."""
    files = [path for name in READERS for path in (root / name).rglob("*") if path.is_file()]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in files
    }


def pytest_configure(config):
    config.stash[BEFORE], config.stash[CHANGED] = _readers_files(config.rootpath), []


def pytest_sessionfinish(session):
    """Make the run red if a file of the reader is not what it was."""
    config = session.config
    if hasattr(config, "workerinput"):
        return
    before, after = config.stash[BEFORE], _readers_files(config.rootpath)
    names = sorted(before.keys() | after.keys())
    config.stash[CHANGED] = [name for name in names if before.get(name) != after.get(name)]
    if config.stash[CHANGED]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def say(record_property):
    """Return a function like `print` whose lines stand below the results of the whole run.

    What a test prints is lost in the worker that runs it; what its report carries is not.
    """
    return lambda *words: record_property(SAID, " ".join(map(str, words)))


def pytest_terminal_summary(terminalreporter):
    """Print what the tests said, each under its test, and which files they changed."""
    for name in terminalreporter.config.stash[CHANGED]:
        terminalreporter.write_line(f"Changed while the tests ran: {name}", red=True)
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for report in reports:
        properties = getattr(report, "user_properties", ())
        said = [words for name, words in properties if name == SAID]
        if said and report.when == "call":
            terminalreporter.section(report.nodeid, sep="-")
            terminalreporter.write_line("\n".join(said))


@pytest.fixture
def written(tmp_path):
    """Return a function that writes text or bytes to a file and returns its path."""

    def write(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def _said(output):
    """Return what an output says: a stream, or plain text with one line for each paragraph."""
    if output.output_type == "stream":
        return output.text
    plain = output.get("data", {}).get("text/plain", "")
    if "text/markdown" not in output.get("data", {}):
        return "" if plain.startswith("<") else plain
    return "\n".join(" ".join(part.split()) for part in plain.split("\n\n"))


@pytest.fixture
def run_page(tmp_path):
    """Return a function that runs ``notebooks/analysis/<name>.ipynb`` with parameters."""
    import papermill

    def run(name, **parameters):
        results, executed = tmp_path / "results", tmp_path / "executed.ipynb"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of papermill itself
            try:
                papermill.execute_notebook(
                    PAGES / f"{name}.ipynb",
                    executed,
                    parameters={"output": str(results)} | parameters,
                    cwd=tmp_path,
                    progress_bar=False,
                )
            except papermill.PapermillExecutionError as error:
                assert error.ename == "Problem", error
        cells = [cell for cell in nbformat.read(executed, 4).cells if cell.cell_type == "code"]
        outputs = [output for cell in cells for output in cell.outputs]
        said = "\n".join(filter(None, map(_said, outputs)))
        problem = [line for o in outputs if o.output_type == "error" for line in o.traceback]
        files = {path.name: path for path in results.rglob("*") if path.is_file()}
        return Run(said, files, problem)

    return run
