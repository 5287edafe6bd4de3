"""The notebooks of the course, as the tests read them."""

import ast
import functools
import importlib.util
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = [
    path
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts
]
LESSONS = [path for path in NOTEBOOKS if path.parent.name == "notebooks"]


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=name_of)


@functools.cache
def read(path):
    return nbformat.read(path, as_version=4)


@functools.cache
def refresh():
    """Load `.ci/refresh.py`, which is not on the import path."""
    spec = importlib.util.spec_from_file_location("refresh", ROOT / ".ci" / "refresh.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def prose(path):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def explorers(source):
    """Count the calls of `explore` and `explore_plot`."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [getattr(call, "attr", getattr(call, "id", "")) for call in calls]
    return sum(name in ("explore", "explore_plot") for name in names)
