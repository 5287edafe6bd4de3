"""Run notebooks with recorded explorers; what has not changed is kept from the last time."""

import asyncio
import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from helpers import sliders
from helpers.files import COURSE, RESULTS, Problem

FRAMES = "frames"
LONGEST = 3600  # seconds for one cell: an explorer draws all its settings


def key_of(path):
    """Hash what a notebook's results depend on: itself, helpers, data and the lock."""
    number = path.stem.split("_")[0].lower()
    parts = [path, COURSE / "requirements.lock", *sorted((COURSE / "data").rglob("*"))]
    for module in sorted((COURSE / "helpers").rglob("*.py")):
        room = module.relative_to(COURSE / "helpers").parts[0]
        lesson = module.stem.removeprefix("lesson_") if module.stem.startswith("lesson_") else None
        if room != "site" and lesson in (None, number):
            parts.append(module)
    digest = hashlib.sha256(sys.version.encode())
    for part in parts:
        if part.is_file():
            digest.update(str(part.relative_to(COURSE) if part != path else part.name).encode())
            digest.update(hashlib.sha256(part.read_bytes()).digest())
    return digest.hexdigest()[:16]


def run_all(paths, cache, say):
    """Run the notebooks that changed, side by side.

    Parameters
    ----------
    paths : dict of name -> Path, the notebooks
    cache : Path, where results stay
    say : callable, told one line for each notebook that has run

    Returns
    -------
    dict of name -> Path
        For each notebook a folder with ``page.ipynb`` and ``frames``.

    Raises
    ------
    Problem
        If a notebook fails: its name, and the error's last line. Its folder is not kept.
    """
    folders = {name: cache / f"{path.stem}-{key_of(path)}" for name, path in paths.items()}
    wanted = [name for name, folder in folders.items() if not folder.exists()]
    cache.mkdir(parents=True, exist_ok=True)
    pool = ThreadPoolExecutor(max_workers=os.cpu_count())
    try:
        waiting = {pool.submit(_run, n, paths[n], folders[n]): n for n in wanted}
        for number, done in enumerate(as_completed(waiting), start=1):
            say(f"  {number:2} of {len(wanted)}  {waiting[done]}  {done.result():.0f} s")
    finally:
        pool.shutdown(cancel_futures=True)
    for name, folder in folders.items():
        stem = paths[name].stem
        for old in {*cache.glob(f"{stem}-*"), *cache.glob(f".{stem}-*.part")} - {folder}:
            shutil.rmtree(old)
    return folders


def _run(name, path, folder):
    """Run one notebook into a folder that appears when it is whole; return the seconds."""
    started, part = time.perf_counter(), folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    notebook = nbformat.read(path, as_version=4)
    surroundings = os.environ | {
        sliders.RECORDINGS: str((part / FRAMES).resolve()),
        RESULTS: str((part / "results").resolve()),
        "TQDM_DISABLE": "1",
    }
    surroundings.pop("JPY_SESSION_NAME", None)  # no live session: figures become pictures
    part.mkdir(parents=True)
    client = NotebookClient(
        notebook,
        timeout=LONGEST,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        asyncio.run(client.async_execute(env=surroundings, stderr=subprocess.DEVNULL))
        nbformat.write(notebook, part / "page.ipynb")
        shutil.rmtree(part / "results", ignore_errors=True)
        part.rename(folder)
    except CellExecutionError as error:
        raise Problem(f"{name} fails: {error.ename}: {error.evalue}") from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise Problem(f"{name} fails: {error}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return time.perf_counter() - started


def course_notebooks():
    """Map each notebook of the site, such as ``notebooks/analysis/x``, to its path, in order."""
    folder = COURSE / "notebooks"
    paths = [*sorted(folder.glob("*.ipynb")), *sorted(folder.glob("analysis/*.ipynb"))]
    names = {path.relative_to(COURSE).with_suffix("").as_posix(): path for path in paths}
    appendix = [name for name in names if Path(name).stem.startswith("A1")]
    primer = [name for name in names if Path(name).stem.startswith("A0")]
    order = {name: (name.count("/"), name in appendix, name) for name in names}
    order |= {name: (1, False, "notebooks/00_z") for name in primer}  # read after lesson 00
    return {name: names[name] for name in sorted(names, key=order.get)}
