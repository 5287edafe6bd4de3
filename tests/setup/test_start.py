"""start.py: the environment's stamp, the working copy, and errors in plain words."""

import ast
import contextlib
import errno
import hashlib
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
import urllib.error
import urllib.request
import venv
from pathlib import Path
from unittest import mock

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement

from tests.setup import borrowed

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")
LESSON = "01_pixels.ipynb"


@pytest.fixture
def start(tmp_path):
    """Load a copy of start.py that believes `tmp_path` to be the project."""
    (tmp_path / "notebooks").mkdir()
    return borrowed.make_project(tmp_path)


@pytest.fixture
def source(start):
    (start.ROOT / "notebooks" / LESSON).write_bytes(b"one")
    return start.ROOT / "notebooks"


@pytest.fixture
def course(start):
    return start.ROOT / "my_course"


def contents(folder):
    """Return every visible file under `folder` with its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if not path.name.startswith(".")
    }


# Syntax and imports


def test_an_old_python_can_parse_it():
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    fields = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in fields if node.module == "__future__"]
    assert not re.search(r"=(![rsa])?\}", SOURCE), "f'{x=}' is newer than Python 3.6"


def test_it_imports_only_the_standard_library():
    nodes = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import)]
    names = {alias.name.split(".")[0] for node in nodes for alias in node.names}
    assert names
    assert names <= set(sys.stdlib_module_names)


# The working copy


def test_first_update_copies_lessons_only(start, source, course):
    for name in ["00_start.ipynb", "A0_chance.ipynb", "analysis/count_cells.ipynb"]:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(name.encode())
    for name in ["TEACHING.md", "scratch.ipynb", "solutions/01_pixels.ipynb"]:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(b"not for the learner")

    assert start.update_course(source, course) == []
    assert contents(course) == {
        "00_start.ipynb": b"00_start.ipynb",
        LESSON: b"one",
        "A0_chance.ipynb": b"A0_chance.ipynb",
        "analysis/count_cells.ipynb": b"analysis/count_cells.ipynb",
    }
    record = json.loads((course / ".course.json").read_text())
    assert record[LESSON] == hashlib.sha256(b"one").hexdigest()
    assert set(record) == set(contents(course))


CELLS = [
    {"cell_type": "markdown", "source": "Übung"},
    {"cell_type": "code", "source": "1 + 1", "outputs": ["2"], "execution_count": 1},
]


@pytest.fixture
def written(source):
    """Write a lesson and an analysis notebook of two cells, one with an output."""
    for name in (LESSON, "analysis/count_cells.ipynb"):
        (source / name).parent.mkdir(exist_ok=True)
        text = json.dumps({"cells": CELLS, "metadata": {"kernelspec": {"name": "python3"}}})
        (source / name).write_text(text, encoding="utf-8")
    return source


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_lesson_is_copied_without_outputs_and_an_analysis_with(start, written, course):
    start.update_course(written, course)
    assert read(course / LESSON)["cells"] == [
        CELLS[0],
        {**CELLS[1], "outputs": [], "execution_count": None},
    ]
    assert read(course / "analysis/count_cells.ipynb")["cells"] == CELLS


KERNEL = """
import json
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelspec import get_kernel_dict
print(json.dumps([IPythonKernel.language_info, get_kernel_dict()]))
"""  # asked in a process of its own: where ipykernel is imported, tqdm takes itself for a page's


@pytest.mark.parametrize("name", [LESSON, "analysis/count_cells.ipynb"])
def test_a_copy_names_the_kernel_as_the_kernel_names_itself(start, written, course, name):
    start.update_course(written, course)
    metadata = read(course / name)["metadata"]
    said = subprocess.run([sys.executable, "-c", KERNEL], capture_output=True, check=True).stdout
    language, spec = json.loads(said)
    assert metadata["language_info"] == language
    named = {"name": "python3", "display_name": spec["display_name"], "language": spec["language"]}
    assert metadata["kernelspec"] == named


def test_all_copies_are_of_one_format(start):
    course = Path(__file__).resolve().parents[2] / "notebooks"
    copies = [json.loads(start.learners_copy(path)) for path in start.lessons(course).values()]
    assert len({json.dumps([copy["nbformat_minor"], copy["metadata"]]) for copy in copies}) == 1
    assert all(cell["id"] for copy in copies for cell in copy["cells"])


@pytest.mark.parametrize("worked", [True, False])
def test_an_upgrade_of_python_is_no_new_version_of_a_lesson(
    start, written, course, monkeypatch, worked
):
    start.update_course(written, course)
    if worked:
        text = (course / LESSON).read_text(encoding="utf-8").replace("1 + 1", "my work")
        (course / LESSON).write_text(text, encoding="utf-8")
    before = contents(course)
    monkeypatch.setitem(start.KERNEL["language_info"], "version", "3.99.1")
    assert start.update_course(written, course) == []
    assert contents(course).keys() == before.keys()
    assert (contents(course)[LESSON] == before[LESSON]) is worked
    upgraded = read(course / "analysis/count_cells.ipynb")["metadata"]["language_info"]
    assert upgraded["version"] == "3.99.1"


def test_an_untouched_lesson_is_refreshed(start, source, course):
    start.update_course(source, course)
    (source / LESSON).write_bytes(b"two")
    (line,) = start.update_course(source, course)
    assert line == f"{LESSON}: updated (you had not changed it)."
    assert contents(course) == {LESSON: b"two"}
    assert start.update_course(source, course) == []


def test_a_changed_lesson_is_kept_and_the_new_version_announced_once(start, source, course):
    start.update_course(source, course)
    (course / LESSON).write_bytes(b"my work")
    assert start.update_course(source, course) == []
    (source / LESSON).write_bytes(b"two")
    (line,) = start.update_course(source, course)
    assert LESSON in line
    assert "01_pixels.new.ipynb" in line
    assert contents(course) == {LESSON: b"my work", "01_pixels.new.ipynb": b"two"}
    assert start.update_course(source, course) == []
    (course / "01_pixels.new.ipynb").unlink()
    assert start.update_course(source, course) == []


def test_a_second_new_version_does_not_overwrite_the_first(start, source, course):
    start.update_course(source, course)
    (course / LESSON).write_bytes(b"my work")
    for text in [b"two", b"three", b"four"]:
        (source / LESSON).write_bytes(text)
        start.update_course(source, course)
    assert contents(course) == {
        LESSON: b"my work",
        "01_pixels.new.ipynb": b"two",
        "01_pixels.new-2.ipynb": b"three",
        "01_pixels.new-3.ipynb": b"four",
    }


def test_a_deleted_lesson_comes_back(start, source, course):
    start.update_course(source, course)
    (course / LESSON).unlink()
    start.update_course(source, course)
    assert contents(course) == {LESSON: b"one"}


def test_a_lesson_that_upstream_dropped_stays(start, source, course):
    start.update_course(source, course)
    (source / LESSON).unlink()
    assert start.update_course(source, course) == []
    assert contents(course) == {LESSON: b"one"}


@pytest.mark.parametrize("record", [None, b"", b"{", b"[1]", b"\xff\xfe", b'"text"'])
def test_a_lost_record_loses_no_work(start, source, course, record):
    start.update_course(source, course)
    (course / LESSON).write_bytes(b"my work")
    (course / ".course.json").unlink()
    if record is not None:
        (course / ".course.json").write_bytes(record)
    start.update_course(source, course)
    assert contents(course) == {LESSON: b"my work", "01_pixels.new.ipynb": b"one"}
    assert set(json.loads((course / ".course.json").read_text())) == {LESSON}


def test_the_marker_is_there_and_progress_is_not_touched(start, course):
    course.mkdir()
    (course / ".progress.json").write_bytes(b"mine")
    start.update_course(start.ROOT / "notebooks", course)
    assert json.loads((course / ".course.json").read_text()) == {}
    assert (course / ".progress.json").read_bytes() == b"mine"


@pytest.mark.parametrize("words", ["01", "01_pixels", LESSON])
def test_reset_fetches_afresh_and_never_overwrites_the_kept(start, source, course, words):
    start.update_course(source, course)
    (course / LESSON).write_bytes(b"first try")
    said = start.reset_lesson(source, course, words)
    assert "01_pixels.mine.ipynb" in said
    (course / LESSON).write_bytes(b"second try")
    assert "01_pixels.mine-2.ipynb" in start.reset_lesson(source, course, words)
    assert contents(course) == {
        LESSON: b"one",
        "01_pixels.mine.ipynb": b"first try",
        "01_pixels.mine-2.ipynb": b"second try",
    }
    (source / LESSON).write_bytes(b"two")
    start.update_course(source, course)
    assert contents(course)[LESSON] == b"two"


def test_reset_of_an_unchanged_or_missing_lesson_keeps_nothing_aside(start, source, course):
    assert start.reset_lesson(source, course, "01") == f"{LESSON}: fetched afresh."
    assert start.reset_lesson(source, course, "01") == f"{LESSON}: fetched afresh."
    assert contents(course) == {LESSON: b"one"}


@pytest.mark.parametrize("words", ["07", "0", "pixels"])
def test_reset_of_an_unclear_name_lists_the_lessons(start, source, course, words):
    (source / "02_grey.ipynb").write_bytes(b"")
    with pytest.raises(start.Problem, match=rf"`{words}` must name one lesson") as caught:
        start.reset_lesson(source, course, words)
    assert LESSON in str(caught.value)
    assert "02_grey.ipynb" in str(caught.value)
    assert not course.exists()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_litter(start, tmp_path, monkeypatch, call):
    path = tmp_path / "folder" / "file"
    start.write_atomically(path, b"old")
    full = mock.Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr(start.os, call, full)
    with pytest.raises(OSError, match="No space left"):
        start.write_atomically(path, b"new")
    assert [(item.name, item.read_bytes()) for item in path.parent.iterdir()] == [("file", b"old")]


ACTIONS = ["publish", "edit", "delete", "update", "reset", "lose record", "update, interrupted"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(1, 3)), max_size=14))
def test_work_survives_any_history(actions):
    start = borrowed.load(ROOT / "start.py")
    text = (f"text {number}".encode() for number in itertools.count())
    work = {}  # the learner's own words by file; only the learner takes one away
    with tempfile.TemporaryDirectory() as folder:
        source, course = Path(folder, "notebooks"), Path(folder, "my_course")
        source.mkdir()
        (source / LESSON).write_bytes(next(text))
        start.update_course(source, course)
        for action, count in actions:
            if action == "publish":
                (source / LESSON).write_bytes(next(text))
            elif action == "edit":
                work[LESSON] = next(text)
                (course / LESSON).write_bytes(work[LESSON])
            elif action == "delete":
                work.pop(LESSON, None)
                (course / LESSON).unlink(missing_ok=True)
            elif action == "lose record":
                (course / ".course.json").unlink(missing_ok=True)
            elif action == "update":
                start.update_course(source, course)
                assert work.get(LESSON) in (None, (course / LESSON).read_bytes())
            elif action == "reset":
                start.reset_lesson(source, course, "01")
                work = dict(enumerate(work.values()))
                assert (course / LESSON).read_bytes() == (source / LESSON).read_bytes()
            else:
                calls = [os.replace] * (count - 1) + [OSError(errno.EIO, "unplugged")]
                effects = [
                    effect if isinstance(effect, OSError) else mock.DEFAULT for effect in calls
                ]
                fake = mock.Mock(wraps=os.replace, side_effect=effects + [mock.DEFAULT] * 9)
                with mock.patch.object(start.os, "replace", fake):
                    try:
                        start.update_course(source, course)
                    except OSError as error:
                        assert error.errno == errno.EIO
            assert set(work.values()) <= set(contents(course).values())
            assert not list(course.glob(".*.part"))


# The environment


@pytest.fixture
def installer(start, monkeypatch):
    """Replace what runs venv and pip by a recorder that makes the environment's Python."""
    commands = []

    def run_quietly(*command):
        commands.append([str(word) for word in command])
        if "venv" in commands[-1]:
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        if commands[-1][-1] in failing:
            raise start.Problem("stopped here")

    python = start.ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    failing = set()
    monkeypatch.setattr(start, "run_quietly", run_quietly)
    monkeypatch.setattr(start, "works", lambda python: python.exists())
    return mock.Mock(commands=commands, failing=failing, python=python)


def test_setup_installs_the_lock_with_hashes_then_the_project(start, installer):
    assert start.build_locked() == installer.python
    create, lock, project = installer.commands
    assert create[1:4] == ["-m", "venv", "--clear"]
    assert lock[:4] == [str(installer.python), "-m", "pip", "install"]
    assert lock[-3:] == ["--require-hashes", "-r", str(start.ROOT / "requirements.lock")]
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]


def test_nothing_is_run_when_nothing_changed(start, installer, capsys):
    start.build_locked()
    installer.commands.clear()
    capsys.readouterr()
    start.build_locked()
    assert installer.commands == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("place", ["lock", "project"])
def test_an_interrupted_install_is_repaired(start, installer, place):
    last = {"lock": str(start.ROOT / "requirements.lock"), "project": "."}[place]
    installer.failing.add(last)
    with pytest.raises(start.Problem, match="stopped here"):
        start.build_locked()
    assert not (start.ROOT / ".venv/.complete").exists()
    installer.failing.clear()
    installer.commands.clear()
    start.build_locked()
    assert [command[-1] for command in installer.commands] == [
        str(start.ROOT / "requirements.lock"),
        ".",
    ]


def test_an_interrupted_upgrade_is_repaired_even_if_the_lock_goes_back(start, installer):
    lock = start.ROOT / "requirements.lock"
    before = lock.read_bytes()
    start.build_locked()
    lock.write_bytes(before + b"# newer\n")
    installer.failing.add(str(lock))
    with pytest.raises(start.Problem):
        start.build_locked()
    lock.write_bytes(before)
    installer.failing.clear()
    installer.commands.clear()
    start.build_locked()
    assert len(installer.commands) == 2


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_list_of_packages_is_installed(start, installer, name):
    start.build_locked()
    installer.commands.clear()
    with (start.ROOT / name).open("a") as file:
        file.write("# changed\n")
    start.build_locked()
    assert [command[-1] for command in installer.commands][-1] == "."
    assert len(installer.commands) == 2


def test_another_python_or_a_moved_folder_is_noticed(start, tmp_path, monkeypatch):
    before = start.fingerprint(b"lock")
    assert start.fingerprint(b"lock") == before
    monkeypatch.setattr(start.sys, "version_info", (3, 99, 0, "final", 0))
    other = start.fingerprint(b"lock")
    monkeypatch.undo()
    shutil.copytree(tmp_path, tmp_path / "moved", ignore=shutil.ignore_patterns("moved"))
    moved = borrowed.load(tmp_path / "moved" / "start.py").fingerprint(b"lock")
    assert len({before, other, moved}) == 3


def test_a_broken_environment_is_made_anew(start, installer, monkeypatch):
    start.build_locked()
    (start.ROOT / ".venv/.complete").unlink()
    monkeypatch.setattr(start, "works", lambda python: False)
    installer.commands.clear()
    start.build_locked()
    assert installer.commands[0][1:4] == ["-m", "venv", "--clear"]


def test_an_environment_does_not_delete_the_python_it_runs_on(start, installer, monkeypatch):
    monkeypatch.setattr(start.sys, "prefix", str(start.ROOT / ".venv"))
    with pytest.raises(start.Problem, match=r"run start\.py with a Python outside it"):
        start.build_locked()
    assert installer.commands == []


def test_only_a_python_with_pip_and_of_this_version_works(start, tmp_path, monkeypatch):
    assert start.works(Path(sys.executable))
    assert not start.works(tmp_path / "missing")
    bare = tmp_path / "bare"
    venv.create(bare, with_pip=False, symlinks=os.name != "nt")
    assert not start.works(bare / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    monkeypatch.setattr(start.sys, "version_info", (3, 99, 0, "final", 0))
    assert not start.works(Path(sys.executable))


def test_lowest_versions_are_the_lower_bounds(start, installer, monkeypatch):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    ranges = project["project"]["dependencies"] + groups["test"] + groups["site"]
    assert start.lower_bound("a-b>=1.2,<3") == "a-b==1.2"
    for text in ranges:
        pin = Requirement(start.lower_bound(text))
        assert pin.name == Requirement(text).name
        assert [specifier.operator for specifier in pin.specifier] == ["=="]
    assert start.build_from_ranges("lowest").parents[1].name == ".venv-lowest"
    assert installer.commands[-2][-len(ranges) :] == [start.lower_bound(text) for text in ranges]
    assert start.build_from_ranges("latest").parents[1].name == ".venv-latest"
    assert installer.commands[-2][-len(ranges) :] == ranges
    assert not any("--require-hashes" in command for command in installer.commands)


def test_races_have_rivals_that_the_course_does_not_install(start, installer):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rivals = project["dependency-groups"]["bench"]
    assert start.build_bench().parents[1].name == ".venv-bench"
    lock, more = installer.commands[-3], installer.commands[-1]
    assert lock[-2:] == ["-r", str(start.ROOT / "requirements.lock")]
    assert more[-len(rivals) :] == rivals
    installer.commands.clear()
    start.build_locked()
    assert not set(rivals) & {word for command in installer.commands for word in command}


def test_without_the_rivals_the_course_itself_is_raced(start, installer, capsys):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rivals = project["dependency-groups"]["bench"]
    installer.failing.add(rivals[-1])
    assert start.build_bench() == installer.python
    assert f"The races are run without: {', '.join(rivals)}." in capsys.readouterr().out
    assert not (start.ROOT / ".venv-bench/.complete").exists()


# Errors in plain words


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 14)])
def test_a_python_that_is_too_old_is_named(start, version):
    with pytest.raises(start.Problem, match=r"needs Python 3\.11 or newer") as caught:
        start.check_python(version)
    assert f"this is Python {version[0]}.{version[1]} " in str(caught.value)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_python_that_is_new_enough_passes(start, version):
    assert start.check_python(version) is None


def test_the_version_is_checked_before_anything_else(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "OLDEST", (9, 0))
    monkeypatch.setattr(start, "run", mock.Mock(side_effect=AssertionError("ran")))
    assert start.main(["setup"]) == 1
    assert "This course needs Python 9.0 or newer" in capsys.readouterr().err


FAILURES = {
    "no network": ("Failed to establish a new connection: NewConnectionError", "is online"),
    "no name server": ("Temporary failure in name resolution", "is online"),
    "slow network": ("ReadTimeoutError: Read timed out.", "is online"),
    "disk full": ("ERROR: [Errno 28] No space left on device", "The disk is full"),
    "read-only": ("Error: [Errno 30] Read-only file system: '.venv'", "may not be written"),
    "no rights": ("Error: [Errno 13] Permission denied: '.venv'", "may not be written"),
    "locked file": ("[WinError 5] Access is denied: 'x.dll'", "still open"),
    "Debian": ("because ensurepip is not available", "apt install python3-venv"),
    "no venv": ("No module named venv", "apt install python3-venv"),
    "tampered": ("THESE PACKAGES DO NOT MATCH THE HASHES", "A download is damaged"),
    "unknown": ("error: subprocess-exited-with-error", "may be too new"),
}


@pytest.mark.parametrize(("line", "advice"), FAILURES.values(), ids=FAILURES)
def test_a_failed_command_is_shown_and_explained(start, monkeypatch, capsys, line, advice):
    code = f"import sys; print('first'); print({line!r}, file=sys.stderr); sys.exit(1)"
    failing = lambda: start.run_quietly(sys.executable, "-c", code)  # noqa: E731
    monkeypatch.setattr(start, "build_locked", failing)
    assert start.main(["setup"]) == 1
    shown = capsys.readouterr().err
    assert line in shown
    assert advice in shown
    assert "Traceback" not in shown


def test_a_successful_command_is_silent(start, capfd):
    start.run_quietly(sys.executable, "-c", "print('Collecting numpy')")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 1, "may not be written"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "x"), 1, "Is a directory: 'x'"),
        (KeyboardInterrupt(), 130, "Stopped"),
    ],
)
def test_errors_end_without_a_traceback(start, monkeypatch, capsys, error, code, message):
    monkeypatch.setattr(start, "update_course", mock.Mock(side_effect=error))
    monkeypatch.setattr(start, "build_locked", lambda: Path(sys.executable))
    assert start.main([]) == code
    assert message in capsys.readouterr().err


# Commands


@pytest.fixture
def launched(start, monkeypatch):
    """Record the command that would run in the foreground; it ends with code 5."""
    recorder = mock.Mock(return_value=5)
    monkeypatch.setattr(start, "run_to_its_end", recorder)
    monkeypatch.setattr(start, "build_locked", lambda: Path("python"))
    monkeypatch.setattr(start, "build_from_ranges", lambda versions: Path(versions))
    return lambda: [str(word) for word in recorder.call_args.args[0]]


def test_words_after_test_go_to_pytest_in_order(start, launched):
    words = ["-p", "no:cacheprovider", "-q", "--durations=15", "-k", "a or b", "tests/test_x.py"]
    assert start.main(["test", *words]) == 5
    assert launched() == ["python", "-m", "pytest", *words]


def test_other_versions_are_tested_leniently(start, launched):
    assert start.main(["test", "-x", "--versions", "lowest", "tests"]) == 5
    lenient = ["--nbval-lax", "--ignore=tests/browser", "-W", "default"]
    assert launched() == ["lowest", "-m", "pytest", *lenient, "-x", "tests"]


def test_words_after_bench_go_to_the_races_in_order(start, launched, monkeypatch):
    monkeypatch.setattr(start, "build_bench", lambda: Path("fast"))
    assert start.main(["bench", "roc", "--quick", "--markdown"]) == 5
    assert launched() == ["fast", "-m", "tests.benchmarks", "roc", "--quick", "--markdown"]


def test_without_a_command_the_working_copy_is_opened(start, launched, source, course):
    assert start.main([]) == 5
    assert f"--ServerApp.root_dir={course}" in launched()
    assert "--no-browser" not in launched()
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in launched()
    assert contents(course) == {LESSON: b"one"}


def test_source_opens_the_notebooks_themselves(start, launched, source, course):
    assert start.main(["lab", "--source", "--no-browser", "--port", "9001"]) == 5
    assert {f"--ServerApp.root_dir={source}", "--no-browser"} <= set(launched())
    assert "--ServerApp.port=9001" in launched()
    assert not course.exists()


def test_copy_makes_the_working_copy_without_an_environment(
    start, launched, written, course, monkeypatch, capsys
):
    monkeypatch.setattr(start, "build_locked", mock.Mock(side_effect=AssertionError("built")))
    assert start.main(["copy"]) == 0
    assert read(course / LESSON)["cells"][1]["outputs"] == []
    assert set(read(course / ".course.json")) == set(contents(course))
    assert str(course) in capsys.readouterr().out
    (written / LESSON).write_bytes(b"two")
    assert start.main(["copy"]) == 0
    assert f"{LESSON}: updated" in capsys.readouterr().out


def test_copy_runs_on_a_python_without_any_package(start, written, course):
    command = [sys.executable, "-I", "-S", start.__file__, "copy"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert read(course / LESSON)["cells"][1]["outputs"] == []
    assert not (start.ROOT / ".venv").exists()


def test_the_course_has_settings_of_its_own_and_keeps_a_layout(start, launched, source):
    start.main([])
    lab = start.ROOT / ".venv" / "lab"
    assert f"--LabApp.app_settings_dir={lab / 'settings'}" in launched()
    assert f"--LabApp.workspaces_dir={lab / 'workspaces'}" in launched()
    (layout,) = (lab / "workspaces").iterdir()
    layout.write_text("mine")
    (lab / "settings" / "overrides.json").write_text("old")
    start.main([])
    assert layout.read_text() == "mine"
    assert read(lab / "settings" / "overrides.json") == start.SETTINGS


@pytest.mark.parametrize("words", [["lab", "--prot"], ["reset"], ["fly"], ["setup", "now"]])
def test_a_mistyped_command_is_refused(start, words, capsys):
    with pytest.raises(SystemExit) as caught:
        start.main(words)
    assert caught.value.code == 2
    assert "usage: start.py" in capsys.readouterr().err


def test_the_exit_code_of_what_ran_is_handed_on(start):
    handler = signal.getsignal(signal.SIGTERM)
    try:
        assert start.run_to_its_end([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    finally:
        signal.signal(signal.SIGTERM, handler)


# JupyterLab itself


@pytest.fixture
def lab(start, source, tmp_path):
    """Run ``start.py lab`` in an environment that borrows this one's packages."""
    borrowed.borrow_packages(start)
    with borrowed.run_lab(start.ROOT, tmp_path / "home") as lab:
        yield lab


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.status, response.url, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url, ""


def test_lab_asks_for_its_token_on_loopback_without_news(lab, course):
    server, token = lab.server, lab.token
    assert lab.address == f"{server}/lab/tree/00_start_here.ipynb?token={token}"
    assert len(token) >= 32
    assert fetch(f"{server}/api/contents")[0] == 403
    assert "/login" in fetch(f"{server}/lab")[1]
    assert fetch(f"{server}/api/contents?token={'0' * len(token)}")[0] == 403

    status, _, listing = fetch(f"{server}/api/contents?token={token}")
    assert status == 200
    assert [item["name"] for item in json.loads(listing)["content"]] == list(contents(course))
    status, _, page = fetch(f"{server}/lab?token={token}")
    assert status == 200
    assert re.search(r'"news":\s*\{"disabled":\s*true\}', page)

    running = psutil.Process(lab.process.pid).children(recursive=True)
    sockets = []
    for process in running:
        with contextlib.suppress(psutil.NoSuchProcess):  # one that has just ended
            sockets += process.net_connections("inet")
    listening = {item.laddr.ip for item in sockets if item.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}
