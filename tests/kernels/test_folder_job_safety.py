"""Two jobs in one folder, Ctrl-C, disks that are full or closed: one sentence, nothing torn."""

import contextlib
import errno
import json
import os
import platform
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from helpers.folder_job import Busy, _journal, _lock, alone_in, augment_folder

POSIX = os.name == "posix"
JOB = """
import sys
from helpers.folder_job import augment_folder
print("ready", flush=True)
sys.stdin.read(1)
try:
    augment_folder(sys.argv[1], sys.argv[2], count=int(sys.argv[3]), seed=int(sys.argv[4]),
                   workers=2, progress=False)
except ValueError as error:
    print(type(error).__name__, error)
"""


def quietly(source, destination, *, count=12, **options):
    return augment_folder(source, destination, count=count, progress=False, **options)


def contents(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def source(tmp_path):
    """Five pictures with masks."""
    rng = np.random.default_rng(3)
    (tmp_path / "source" / "masks").mkdir(parents=True)
    for number in range(5):
        pixels = rng.integers(0, 256, (60, 70, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "source" / f"p{number}.png")
        mask = np.zeros((60, 70), np.uint8)
        mask[10:40, 20:50] = 1 + number
        Image.fromarray(mask).save(tmp_path / "source" / "masks" / f"p{number}.png")
    return tmp_path / "source"


@pytest.fixture
def start(source):
    """Return a function that starts a job in a process of its own and waits until it is ready."""
    jobs = []

    def begin(folder, count=300, seed=0):
        command = [sys.executable, "-c", JOB, *map(str, (source, folder, count, seed))]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        jobs.append(subprocess.Popen(command, **pipes, text=True))
        assert jobs[-1].stdout.readline() == "ready\n"
        return jobs[-1]

    yield begin
    for job in jobs:
        job.kill()
        job.communicate()


def go(job):
    job.stdin.write("\n")
    job.stdin.flush()


def as_owner(**changes):
    return json.dumps(_lock._myself("0123456789ab") | changes)


# One job at a time


def test_of_two_jobs_with_other_seeds_one_wins_and_the_other_says_so(source, start, tmp_path):
    quietly(source, tmp_path / "0", count=300)
    quietly(source, tmp_path / "1", count=300, seed=1)
    for turn in range(3):
        folder = tmp_path / f"both {turn}"
        jobs = [start(folder, seed=seed) for seed in (0, 1)]
        for job in jobs:
            go(job)
        said = [job.communicate()[0] for job in jobs]
        assert [job.returncode for job in jobs] == [0, 0]
        assert sorted(map(bool, said)) == [False, True]
        loser = next(filter(None, said))
        assert "`destination` must be free of other jobs; process " in loser or (
            "ValueError `destination` must be of the same request" in loser
        )
        assert contents(folder) == contents(tmp_path / str(said.index("")))


@pytest.mark.parametrize("look", ["is_file", "iterdir"])
def test_a_request_that_comes_between_two_looks_is_another_jobs(source, tmp_path, look):
    folder, asked = tmp_path / "both", getattr(Path, look)

    def look_and_meet(path):
        seen = asked(path)
        seen = seen if look == "is_file" else iter(list(seen))
        if folder in (path, path.parent) and not os.path.exists(folder / _journal.REQUEST):
            (folder / _journal.REQUEST).write_text('{"seed": 1}')
        return seen

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, look, look_and_meet)
        with pytest.raises(ValueError, match="must be of the same request: `"):
            quietly(source, folder)


def test_many_threads_that_want_one_folder_get_it_one_after_the_other(tmp_path):
    inside, most, refused = [], [], []

    def try_it():
        for _ in range(30):
            try:
                with alone_in(tmp_path):
                    inside.append(1)
                    most.append(len(inside))
                    time.sleep(0.001)
                    inside.pop()
            except Busy as error:
                refused.append(str(error))

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert refused
    assert list(tmp_path.iterdir()) == []


def test_many_processes_that_find_a_dead_owner_take_over_one_after_the_other(tmp_path):
    code = """
import sys, time
from pathlib import Path
from helpers.folder_job import Busy, alone_in
folder = Path(sys.argv[1])
sys.stdin.readline()
for _ in range(40):
    try:
        with alone_in(folder):
            (folder / "inside").touch(exist_ok=False)
            (folder / "inside").unlink()
            (folder / ".job.lock").write_text((folder / "dead").read_text())  # as if it died here
    except Busy:
        pass
"""
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1)
    (tmp_path / "dead").write_text(as_owner(pid=int(gone.stdout), started=1.0))
    (tmp_path / ".job.lock").write_text((tmp_path / "dead").read_text())
    command = [sys.executable, "-c", code, str(tmp_path)]
    runs = [subprocess.Popen(command, stdin=-1, stderr=-1, text=True) for _ in range(4)]
    errors = [run.communicate("\n")[1] for run in runs]
    assert errors == [""] * 4


def test_of_two_that_find_the_same_dead_owner_one_takes_over(tmp_path, monkeypatch):
    """Both are held up just before they would put their own file in its place."""
    meeting, inside, most, refused = threading.Barrier(2), [], [], []
    write = _lock.write_whole

    def meet(path, content):
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(0.5)
        write(path, content)

    def try_it():
        try:
            with alone_in(tmp_path):
                inside.append(1)
                time.sleep(0.8)
                most.append(len(inside))
                inside.pop()
        except Busy as error:
            refused.append(error)

    monkeypatch.setattr(_lock, "write_whole", meet)
    (tmp_path / ".job.lock").write_text(as_owner(pid=2**30))
    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, len(refused)) == ([1], 1)
    assert list(tmp_path.iterdir()) == []


def test_a_dead_owner_is_let_go_and_a_living_one_is_not(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        started = psutil.Process(other.pid).create_time()
        lock = tmp_path / ".job.lock"
        for changes, lives in [
            ({"pid": other.pid, "started": started}, True),
            ({"pid": other.pid, "started": started - 60}, False),  # the number was used again
            ({"pid": 2**30}, False),
            ({"pid": -4}, False),
            ({"host": "elsewhere", "pid": 2**30}, True),
            ({}, False),  # this process, which does not hold it: it was interrupted
        ]:
            lock.write_text(as_owner(**changes))
            if lives:
                host = changes.get("host", platform.node())
                words = rf"free of other jobs; process {changes['pid']} on {host} works in"
                with pytest.raises(Busy, match=words), alone_in(tmp_path):
                    pass
                assert lock.read_text() == as_owner(**changes)
                lock.unlink()
            else:
                with alone_in(tmp_path):
                    assert json.loads(lock.read_text())["pid"] == os.getpid()
            assert list(tmp_path.iterdir()) == []
    finally:
        other.communicate(b"\n")


def test_another_host_is_told_how_to_free_the_folder(tmp_path):
    (tmp_path / ".job.lock").write_text(as_owner(host="elsewhere"))
    with pytest.raises(Busy, match=r"on elsewhere works in .* delete \.job\.lock in that folder"):
        quietly_in = alone_in(tmp_path)
        quietly_in.__enter__()


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"pid": 1}'])
def test_a_torn_claim_is_let_go_after_a_moment(tmp_path, monkeypatch, content):
    monkeypatch.setattr(_lock, "PATIENCE", 0.05)
    (tmp_path / ".job.lock").write_text(content)
    with alone_in(tmp_path):
        assert json.loads((tmp_path / ".job.lock").read_text())["pid"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_finds_another_at_work_leaves_all_as_it_was(source, tmp_path):
    folder = tmp_path / "result"
    folder.mkdir()
    with alone_in(folder):
        before = contents(folder)
        with pytest.raises(Busy):
            quietly(source, folder)
        assert contents(folder) == before
    assert quietly(source, folder).written == 12


# Ctrl-C


FORKS = """
import os, sys
from helpers.folder_job import augment_folder
while sys.stdin.readline():
    child = os.fork()
    if not child:
        break
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
if not child:
    os.dup2(os.open(sys.argv[4], os.O_CREAT | os.O_TRUNC | os.O_WRONLY), 2)
    augment_folder(*sys.argv[1:3], count=int(sys.argv[3]), workers=2, progress=False)
"""


@pytest.mark.skipif(not POSIX, reason="Ctrl-C is a signal of POSIX")
def test_stopped_by_ctrl_c_at_twenty_moments_it_goes_on_to_the_same_bytes(source, tmp_path):
    """With two workers inside OpenCV; the interpreter ends as told and does not abort.

    One process imports all and makes a child for each moment, which is quicker than twenty starts.
    """
    count, folder, rng = 1200, tmp_path / "stopped", random.Random()
    quietly(source, tmp_path / "whole", count=count, workers=2)
    whole, stopped, errors = contents(tmp_path / "whole"), 0, tmp_path / "errors.txt"
    command = [sys.executable, "-c", FORKS, *map(str, (source, folder, count, errors))]
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes, text=True) as forks:
        for _ in range(20):
            before = len(list(folder.glob("*.png")))
            goal, late = before + rng.randrange(count // 15), time.monotonic() + 5
            go(forks)
            child = int(forks.stdout.readline())
            while time.monotonic() < late and len(list(folder.glob("*.png"))) < goal:
                time.sleep(0.002)
            time.sleep(rng.uniform(0.05, 0.1))  # a child needs a moment for its own handlers
            # One that has made all is left alone: an interpreter that ends dies without a word.
            with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
                if not (folder / "manifest.csv").exists():
                    os.kill(child, signal.SIGINT)
            code, said = int(forks.stdout.readline()), errors.read_text()
            assert code in (0, -signal.SIGINT), said
            assert not code or said.strip().endswith("KeyboardInterrupt")
            found = contents(folder)
            assert [n for n in found if n in whole and found[n] != whole[n]] == []
            assert found.keys() - whole.keys() <= {"journal.jsonl"}
            stopped += (folder / "journal.jsonl").exists()
        forks.stdin.close()
    assert stopped >= 5, "the signals came too early or too late to test anything"
    quietly(source, folder, count=count)
    assert contents(folder) == whole


def test_an_error_of_one_worker_waits_for_the_others(source, tmp_path, monkeypatch):
    from helpers.folder_job import _making

    at_work, make = [], _making._make_one

    def fail(job, found, picture, labels, number):
        at_work.append(number)
        try:
            if number == 3:
                raise OSError(errno.EIO, "Input/output error")
            time.sleep(0.02)
            return make(job, found, picture, labels, number)
        finally:
            at_work.remove(number)

    monkeypatch.setattr(_making, "_make_one", fail)
    with pytest.raises(OSError, match=r"Input/output error: \d+ of 90 pictures are whole"):
        quietly(source, tmp_path / "result", count=90, workers=4)
    assert at_work == []
    assert not (tmp_path / "result" / ".job.lock").exists()


# Disks and names


SMALL = """
import ctypes, os, sys
libc, me = ctypes.CDLL(None, use_errno=True), os.geteuid()
if libc.unshare(0x20000 | (0x10000000 if me else 0)):  # mounts (and rights) of one's own
    sys.exit(77)
if me:
    open("/proc/self/uid_map", "w").write(f"0 {me} 1")
if libc.mount(b"none", b"/", None, 0x40000 | 0x4000, None):
    sys.exit(77)
if libc.mount(b"tmpfs", sys.argv[1].encode(), b"tmpfs", int(sys.argv[3]), sys.argv[4].encode()):
    sys.exit(77)
from helpers.folder_job import augment_folder
try:
    augment_folder(sys.argv[2], sys.argv[1] + "/result", count=400, workers=2, progress=False)
except OSError as error:
    print(error.strerror)
print(*sorted(p for _, _, files in os.walk(sys.argv[1]) for p in files))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="small disks as Linux makes them")
@pytest.mark.parametrize(
    ("flags", "size", "said"),
    [(0, "size=300k", "No space left on device"), (1, "size=300k", "Read-only file system")],
)
def test_a_disk_that_is_full_or_closed_is_one_sentence(source, tmp_path, flags, size, said):
    (tmp_path / "disk").mkdir()
    arguments = [str(tmp_path / "disk"), str(source), str(flags), size]
    run = subprocess.run([sys.executable, "-c", SMALL, *arguments], capture_output=True, text=True)
    if run.returncode == 77:
        pytest.skip("this system lets nobody make a small disk")
    assert run.returncode == 0, run.stderr
    sentence, left = run.stdout.split("\n")[:2]
    assert sentence.startswith(f"{said}: ")
    assert sentence.endswith("call again with the same arguments when it can be written to")
    assert ".part" not in left and ".job.lock" not in left


@pytest.mark.skipif(not POSIX or not hasattr(os, "geteuid"), reason="rights as POSIX has them")
def test_a_folder_that_may_not_be_written_to_is_one_sentence(source, tmp_path, monkeypatch):
    """As root every folder may be written to, so the refusal is injected."""

    def refuse(path, flags, *rest, **more):
        if flags & os.O_EXCL:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return open_it(path, flags, *rest, **more)

    open_it = os.open
    (tmp_path / "result").mkdir()
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PermissionError, match="Permission denied: 0 of 12 pictures are whole in"):
        quietly(source, tmp_path / "result")
    assert contents(tmp_path / "result") == {}


def test_records_that_are_trusted_later_are_on_the_disk_first(source, tmp_path, monkeypatch):
    synced, fsync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), fsync(handle)))
    quietly(source, tmp_path / "result")
    assert len(synced) == (4 if POSIX else 2)  # request and manifest, each with its folder


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_names_that_are_no_text_or_very_long_are_carried(source, tmp_path):
    strange, long = os.fsdecode(b"p\xff"), "l" * 251
    for name in (strange, long):
        (source / "p0.png").read_bytes()
        (source / f"{name}.png").write_bytes((source / "p0.png").read_bytes())
        (source / "masks" / f"{name}.png").write_bytes((source / "masks" / "p0.png").read_bytes())
    (source / "masks" / f"{strange}2.png").write_bytes(b"")
    report = quietly(source, tmp_path / "result", count=14)
    assert report == (14, 0, {"masks/p\\xff2.png": "a mask without a picture"}, {})
    assert quietly(source, tmp_path / "result", count=14).kept == 14
    (source / f"{strange}.png").unlink()
    with pytest.raises(ValueError, match=r"`source` was with p\\xff\.png for it"):
        quietly(source, tmp_path / "result", count=14)


def test_a_mask_that_vanishes_meanwhile_is_reported(source, tmp_path, monkeypatch):
    claim = _journal.claim

    def meddle(folder, request):
        claim(folder, request)
        (source / "masks" / "p1.png").unlink()

    monkeypatch.setattr(_journal, "claim", meddle)
    report = quietly(source, tmp_path / "result", count=10)
    assert report.written == 8
    assert report.skipped == {"p1.png": "its p1.png cannot be read: No such file or directory"}
