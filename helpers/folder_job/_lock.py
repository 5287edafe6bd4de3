"""One job at a time in a folder: a file that one process alone can make, and the dead let go.

The file is made with O_EXCL and tells process, host and a token. Who finds it with a dead owner
must first make, in the same way, a file named after that owner's token, so that of many who find
it one alone takes it over.
"""

import json
import os
import platform
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import psutil

from helpers.files import write_whole

LOCK = ".job.lock"
PATIENCE = 1.0  # seconds in which an owner has written into the file that it made
SAME = 5.0  # seconds by which a clock that is set moves the start of a process
ATTEMPTS = 20  # to make the file, each after another owner has gone
HELD = set()  # tokens of this process: it may live on when a job in it was interrupted


class Busy(ValueError):
    """Another job works in the folder."""


@contextmanager
def alone_in(folder):
    """Keep every other job out of a folder until this one is done.

    Parameters
    ----------
    folder : str or Path
        It exists. While the job lasts it holds the file ``.job.lock``.

    Raises
    ------
    Busy
        A ValueError: another job is at work there, in this process or another; or one on another
        host, of which nobody here can tell whether it lives.
    OSError
        If the folder cannot be written to.
    """
    with _holding(Path(folder) / LOCK):
        yield


@contextmanager
def _holding(path):
    token = uuid.uuid4().hex[:12]
    HELD.add(token)
    try:
        _take(path, _myself(token))
        for left in path.parent.glob(f"{path.name}-*"):  # by a job that was killed as it took over
            if (owner := _owner(left)) and not _lives(owner):
                left.unlink(missing_ok=True)
        yield
    finally:
        if (owner := _owner(path)) and owner["token"] == token:
            path.unlink(missing_ok=True)
        HELD.discard(token)


def _myself(token):
    started = psutil.Process().create_time()
    return {"pid": os.getpid(), "started": started, "host": platform.node(), "token": token}


def _take(path, mine):
    content = json.dumps(mine).encode()
    for _ in range(ATTEMPTS):
        try:
            return _make(path, content)
        except FileExistsError:
            pass
        owner = _owner(path)
        if owner is None:
            continue  # it has just gone
        if _lives(owner):
            raise Busy(_told(path, owner))
        with _holding(path.with_name(f"{path.name}-{owner['token']}")):
            if _owner(path) == owner:  # nobody was quicker
                return write_whole(path, content)
    raise Busy(f"`destination` must be free of other jobs; several began in {path.parent} at once.")


def _make(path, content):
    """Make a file that did not exist, in one step; if it cannot be filled it goes again."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        with open(handle, "wb") as file:
            file.write(content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _owner(path):
    """Return what the file tells of its owner, or None if there is no file.

    A file that stays torn was left by a process that died just after it had made it.
    """
    late = time.monotonic() + PATIENCE
    while True:
        try:
            told = json.loads(path.read_bytes())
            return {key: told[key] for key in ("pid", "started", "host", "token")}
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError):
            if time.monotonic() > late:
                return {"pid": 0, "started": 0.0, "host": platform.node(), "token": "torn"}
            time.sleep(0.01)


def _lives(owner):
    if owner["host"] != platform.node():
        return True  # nobody here can tell
    if owner["pid"] == os.getpid() and abs(owner["started"] - _started(os.getpid())) < SAME:
        return owner["token"] in HELD
    started = _started(owner["pid"])
    return started is not None and abs(started - owner["started"]) < SAME


def _started(pid):
    """Return when a process began, or None if there is none: numbers are used again."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except (psutil.Error, ValueError, OverflowError, TypeError):
        return None


def _told(path, owner):
    hint = "Wait for it, or choose another folder."
    if owner["host"] != platform.node():
        hint = f"If it no longer runs, delete {path.name} in that folder."
    return (
        f"`destination` must be free of other jobs; process {owner['pid']} on {owner['host']} "
        f"works in {path.parent}. {hint}"
    )
