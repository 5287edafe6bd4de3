"""Unattended runs: papermill's own inspection knows every parameter of a page, and what it is."""

import ast

import nbformat
import pytest
from papermill.inspection import _infer_parameters
from papermill.iorw import load_notebook_node

from tests.notebooks.pages import NOTEBOOKS, name_of, read

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
PAGES = [path for path in NOTEBOOKS if path.parent.name == "analysis"]


def assigned(notebook):
    """Map each name that the parameters cell assigns to its default."""
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    names = {}
    exec(compile(ast.parse(cell.source), "parameters", "exec"), {"__builtins__": {}}, names)
    return names


def known(notebook):
    """Map each name that `papermill --help-notebook` lists to its default and its words."""
    return {p.name: (ast.literal_eval(p.default), p.help) for p in _infer_parameters(notebook)}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_papermill_lists_every_parameter_with_its_default_and_its_words(path, caplog):
    listed = known(load_notebook_node(str(path)))
    assert {name: default for name, (default, _) in listed.items()} == assigned(read(path))
    assert [name for name, (_, words) in listed.items() if not words] == []
    assert caplog.records == []  # such as "Unable to parse line 3"


@pytest.mark.parametrize(
    ("source", "listed"),
    [
        ("a = 1  # one\nb = 2  # two", {"a", "b"}),
        ("a = b = None  # both", set()),
        ("a, b = 1, 2  # both", set()),
        ("a = 1  # one\nb = c = None  # both", {"a"}),
    ],
)
def test_papermill_sees_one_assignment_a_line_only(source, listed):
    """Why the cells are written as they are: what else is assigned goes unlisted."""
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": KERNEL})
    assert set(known(notebook)) == listed <= set(assigned(notebook))
