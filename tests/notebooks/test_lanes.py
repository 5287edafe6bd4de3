"""All lessons and pages once more: without the processor's vector units and without any network."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import cv2
import nbformat
import numpy as np
import pytest

from tests.notebooks.pages import NOTEBOOKS, name_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = [path for path in NOTEBOOKS if path.parent.name != "solutions"]
pytestmark = pytest.mark.skipif(
    os.environ.get("COURSE_SKIP_LANES") == "1", reason="COURSE_SKIP_LANES is set"
)

# Brings the loopback of a new network namespace up (Linux: SIOCSIFFLAGS, IFF_UP), then runs a
# command in it: kernels talk to pytest over 127.0.0.1.
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    fcntl.ioctl(probe, 0x8914, struct.pack("16sh", b"lo", 1))
os.execv(sys.argv[1], sys.argv[1:])
"""
# Where there are no namespaces, Python itself refuses: every kernel imports this at its start.
GUARD = """
import ipaddress, socket, sys

def _watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    try:
        local = host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise OSError(f"no network in this lane: {host}")

sys.addaudithook(_watch)
"""


def namespace():
    """Return the words before a command that cut it off from the network, or None."""
    unshare = shutil.which("unshare")
    if unshare is None or not sys.platform.startswith("linux"):
        return None
    words = [unshare, "-rn", sys.executable, "-c", LOOPBACK_UP]
    works = subprocess.run([*words, sys.executable, "-c", ""], capture_output=True)
    return words if works.returncode == 0 else None


@pytest.fixture(scope="module")
def cut_off():
    return namespace()


@pytest.fixture(scope="module")
def guard(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guard")
    (folder / "sitecustomize.py").write_text(GUARD)
    return {"PYTHONPATH": str(folder)}


def without_vector_units():
    """Return the environment that turns off what NumPy, OpenCV and JAX choose at run time."""
    umath = np._core._multiarray_umath
    numpy_units = [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__[name]]
    opencv_units = [word[1:] for word in cv2.getCPUFeaturesLine().split() if word[0] == "*"]
    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(numpy_units),
        "OPENCV_CPU_DISABLE": ",".join(unit for unit in opencv_units if unit[-1] != "?"),
        "XLA_FLAGS": "--xla_cpu_max_isa=SSE4_2",
    }


def run(command, settings, before=()):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment |= settings | {"COURSE_SKIP_LANES": "1"}
    command = [*before, sys.executable, *command]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def validate(path, settings, before=()):
    command = ["-m", "pytest", "-p", "no:cacheprovider", "-q", "-n0", "--once", str(path)]
    return run(command, settings, before)


def test_the_vector_units_are_really_off(cut_off, say):
    say(
        "no network",
        "in a namespace of its own" if cut_off else "behind a guard (no namespaces here)",
    )
    code = (
        "import cv2, numpy as np; m = np._core._multiarray_umath; "
        "print([u for u in m.__cpu_dispatch__ if m.__cpu_features__[u]], "
        "[w for w in cv2.getCPUFeaturesLine().split() if w[0] == '*' and w[-1] != '?'])"
    )
    if run(["-c", code], {}).stdout == "[] []\n":
        pytest.skip("this processor has nothing to turn off")
    quiet = run(["-W", "error", "-c", code], without_vector_units())
    assert (quiet.stdout, quiet.stderr) == ("[] []\n", "")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_notebook_holds_without_vector_units_and_without_network(guard, cut_off, path):
    lane = validate(path, without_vector_units() | ({} if cut_off else guard), cut_off or ())
    assert lane.returncode == 0, lane.stdout + lane.stderr


CALLS_OUT = "import socket\nsocket.create_connection(('192.0.2.1', 9), timeout=2)"
CALLS_ITSELF = """
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
"""


def page(folder, name, source):
    cell = nbformat.v4.new_code_cell(source, execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / name)


@pytest.mark.parametrize("way", ["namespace", "guard"])
def test_a_page_that_calls_out_is_red_and_one_that_calls_itself_is_green(
    tmp_path, guard, cut_off, way
):
    before = cut_off if way == "namespace" else ()
    if before is None:
        pytest.skip("unshare -rn does not work here")
    page(tmp_path, "out.ipynb", CALLS_OUT)
    page(tmp_path, "itself.ipynb", CALLS_ITSELF)
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --nbval --nbval-current-env\n")
    lane = validate(tmp_path, guard if way == "guard" else {}, before)
    reason = "no network in this lane: 192.0.2.1" if way == "guard" else "Network is unreachable"
    assert "1 failed, 1 passed" in lane.stdout, lane.stdout + lane.stderr
    assert reason in lane.stdout


def test_the_namespace_does_not_see_the_loopback_outside(cut_off):
    if cut_off is None:
        pytest.skip("unshare -rn does not work here")
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection({server.getsockname()!r}, timeout=5)"
        assert run(["-c", code], {}).returncode == 0
        assert "Connection refused" in run(["-c", code], {}, cut_off).stderr
