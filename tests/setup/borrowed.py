"""Run start.py in a folder of its own, with the packages of the environment of the tests."""

import contextlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path
from typing import NamedTuple

import matplotlib
import psutil

ROOT = Path(__file__).resolve().parents[2]
FONTS = {"MPLCONFIGDIR": matplotlib.get_configdir()}  # their list takes seconds to make
FILES = ("start.py", "pyproject.toml", "requirements.lock")


class Lab(NamedTuple):
    """A JupyterLab that start.py has started."""

    root: Path  # the project
    process: subprocess.Popen
    port: int
    address: str  # as start.py prints it
    token: str

    @property
    def server(self):
        return f"http://127.0.0.1:{self.port}"


def load(path):
    """Import a start.py, which believes its folder to be the project."""
    spec = importlib.util.spec_from_file_location("start", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_project(folder):
    """Copy what start.py needs, beside notebooks, to `folder`; return the copy as a module."""
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    return load(folder / "start.py")


def borrow_packages(start):
    """Give a project an environment that start.py finds complete: nothing is installed."""
    env = start.ROOT / ".venv"
    venv.create(env, with_pip=False, symlinks=os.name != "nt")
    inside = {"base": str(env), "platbase": str(env)}
    borrowed = Path(sysconfig.get_path("purelib", "venv", inside), "borrowed.pth")
    packages = sysconfig.get_path("purelib")
    borrowed.write_text(f"import site; site.addsitedir({packages!r})\n")
    lock = (start.ROOT / "requirements.lock").read_bytes()
    (env / ".complete").write_text(start.fingerprint(lock))


def copy_course(folder):
    """Copy notebooks and start.py, so that tracked files are never touched; return the folder."""
    strangers = shutil.ignore_patterns(".ipynb_checkpoints", "results")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=strangers)
    borrow_packages(make_project(folder))
    return folder


def environment(home):
    """Return the variables of a user whose home is the folder `home`."""
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "IPYTHONDIR": home / ".ipython",
        "JUPYTER_CONFIG_DIR": home / ".jupyter",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_DIR": Path(sys.prefix, "share/jupyter/lab"),
        "JUPYTER_PATH": Path(sys.prefix, "share/jupyter"),
        "JUPYTER_CONFIG_PATH": Path(sys.prefix, "etc/jupyter"),
    }
    kept = {name: word for name, word in os.environ.items() if not name.startswith("JUPYTER")}
    return kept | {name: str(place) for name, place in places.items()}


@contextlib.contextmanager
def run_lab(project, home, *words, **variables):
    """Run ``start.py lab`` with an empty or prepared `home` until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    log = project / "log.txt"
    command = [sys.executable, project / "start.py", "lab", "--no-browser", "--port", str(port)]
    with log.open("w") as file:
        output = {"stdout": file, "stderr": file, "env": environment(home) | variables}
        process = subprocess.Popen([*command, *words], **output)
    try:
        yield Lab(project, process, port, *_wait_for_address(process, log))
    finally:
        _end(process)


def _wait_for_address(process, log, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\S+token=(\w+)", log.read_text()):
            return found[0], found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def _end(process):
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(True)]
    process.terminate()
    process.wait(30)
    _, left = psutil.wait_procs(family, timeout=15)
    for survivor in left:
        survivor.kill()
    assert os.name == "nt" or left == [], "ending start.py must end JupyterLab"
