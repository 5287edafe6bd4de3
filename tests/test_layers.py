"""The arrows of the design: who imports what, and the size and docstrings of each module."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "helpers").rglob("*.py"))
KERNELS = {"images", "filters", "noise", "augment", "imbalance", "ising", "intervals", "roc"}
# What each module may import besides the standard library; kernels and engines by kind.
PRIVATE = [path.stem for path in MODULES if path.stem.startswith("_") and path.stem != "__init__"]
PARTS = {f"helpers.{name}" for name in PRIVATE}  # bound by the rule for kernels themselves
KERNEL = {"numpy", "scipy", "cv2", "helpers.images", *PARTS}
REACH = {
    **dict.fromkeys(KERNELS, KERNEL),
    "imbalance": KERNEL | {"sklearn.neighbors"},
    "data": KERNEL | {"skimage.data", "matplotlib.cbook", "sklearn.datasets"},
    "plot": {"numpy", "matplotlib", "IPython.display"},
    "sliders": KERNEL | {"ipywidgets", "matplotlib.figure", "matplotlib.backends.backend_agg"},
    "own_data": {"numpy", "pandas", "PIL", "helpers.images", *PARTS},
    "folder_job": KERNEL | {"joblib", "tqdm", "helpers.augment"},
    "racing": {"numpy"},
    "checker": {"numpy", "helpers.exercises", *PARTS},
    **dict.fromkeys(PRIVATE, KERNEL),
    "_sources": {"numpy", "PIL"},
    "__init__": set(),
}
ALONE = {"ipywidgets": "sliders", "pandas": "own_data", "joblib": "folder_job"}
EXERCISE = {"numpy", "scipy", "cv2", "skimage.data", "helpers"} | {"sklearn", "imblearn"}
ANALYSIS = KERNEL | {"helpers", "sklearn", "skimage", "imblearn", "tqdm", "matplotlib.ticker"}
FORBIDDEN_IN_EXERCISES = {"helpers.plot", "helpers.sliders", "helpers.own_data"}
LINES, BODY = 220, 45  # both without docstrings


def name_of(path):
    return path.stem


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree):
    """Yield every dotted name that a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the arrows"
            if node.module in ("matplotlib", "skimage", "sklearn", "helpers"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def within(name, allowed):
    return any(name == package or name.startswith(f"{package}.") for package in allowed)


def outside(name):
    return name.split(".")[0] not in sys.stdlib_module_names


def strangers(source, allowed):
    """Return the imports of `source` that are neither standard library nor allowed."""
    return [n for n in imports(ast.parse(source)) if outside(n) and not within(n, allowed)]


def functions(tree, *, public=True):
    """Return the functions and methods of a module."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node for node in found if not (public and node.name.startswith("_"))]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_module_imports_only_what_its_place_allows(path):
    source = path.read_text(encoding="utf-8")
    if path.parent.name == "exercises":
        assert not strangers(source, EXERCISE | {"helpers.exercises"})
        assert not [n for n in imports(ast.parse(source)) if within(n, FORBIDDEN_IN_EXERCISES)]
        return
    if path.parent.name == "analysis":
        assert not strangers(source, ANALYSIS)
        return
    assert path.stem in REACH, f"{path.stem} has no place in the design yet"
    assert not strangers(source, REACH[path.stem])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_one_module_alone_knows_each_heavy_library(path):
    for package, owner in ALONE.items():
        if path.stem != owner:
            assert not [n for n in imports(tree_of(path)) if within(n, {package})]
    if path.stem != "plot":
        assert not [n for n in imports(tree_of(path)) if "pyplot" in n or "pylab" in n]


def test_ipython_is_met_only_where_it_calls_us():
    """A figure that IPython displays may use its display; nothing else knows IPython."""
    for path in MODULES:
        for node in ast.walk(tree := tree_of(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "_ipython_display_":
                node.body.clear()
        assert not [name for name in imports(tree) if within(name, {"IPython"})]


def test_the_check_sees_a_wrong_arrow():
    assert strangers("import matplotlib.pyplot as plt", KERNEL) == ["matplotlib.pyplot"]
    assert strangers("def f():\n    from pandas import Series", KERNEL) == ["pandas"]
    assert strangers("from helpers import plot", KERNEL) == ["helpers.plot"]
    assert strangers("from matplotlib import pyplot", REACH["sliders"]) == ["matplotlib.pyplot"]
    assert strangers("import os, numpy.linalg\nfrom helpers.images import x", KERNEL) == []


def test_no_module_shares_its_name_with_a_public_function():
    modules = {path.stem for path in MODULES}
    names = {node.name for path in MODULES for node in functions(tree_of(path))}
    assert not modules & names


def lines_of_code(source):
    """Count the lines of a module without its docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    texts = [node.body[0] for node in nodes if ast.get_docstring(node)]
    return len(source.splitlines()) - sum(t.end_lineno - t.lineno + 1 for t in texts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path):
    tree = tree_of(path)
    if path.parent.name != "exercises":  # those are tables of cases and hints
        assert lines_of_code(path.read_text(encoding="utf-8")) <= LINES
    for node in functions(tree, public=False):
        first = node.body[1:] if ast.get_docstring(node) else node.body
        length = node.end_lineno - first[0].lineno + 1 if first else 0
        assert length <= BODY, f"{node.name} has {length} lines"


def undocumented(source):
    """Name the public functions whose docstring lacks a part that numpydoc asks for."""
    missing = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        text = ast.get_docstring(node) or ""
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        names = [a.arg for a in arguments if not re.search(rf"\b{a.arg}\b", text)]
        first = text.split("\n")[0]
        if not re.match(r"[A-Z][a-z]+ .*\.$", first):
            missing.append(f"{node.name}: no sentence")
        elif len(arguments) > 1 and ("Parameters\n---" not in text or names):
            missing.append(f"{node.name}: Parameters {names}")
        elif len(arguments) > 1 and _returns(node) and not re.search(r"Returns?\b", text):
            missing.append(f"{node.name}: Returns")
    return missing


def _returns(node):
    """Tell whether a function returns something else than the Axes it was given."""
    values = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return)]
    return any(v is not None and not (isinstance(v, ast.Name) and v.id == "ax") for v in values)


PUBLIC = [path for path in MODULES if path.parent.name != "exercises" and path.stem not in PRIVATE]


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_every_public_function_says_what_goes_in_and_out(path):
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert not undocumented(source)


def test_the_check_sees_a_poor_docstring():
    assert undocumented("def f(x): return 1") == ["f: no sentence"]
    assert undocumented('def f(x):\n    """Return one."""\n    return 1') == []
    assert undocumented('def f(x, y):\n    """Take x and y."""') == ["f: Parameters []"]
    text = '"""Take two.\n\n    Parameters\n    ----------\n    x : int\n    """'
    assert undocumented(f"def f(x, y):\n    {text}\n    return 1") == ["f: Parameters ['y']"]
    assert undocumented(
        f"def f(x, *, x2=x):\n    {text.replace('x :', 'x, x2 :')}\n    return 1"
    ) == ["f: Returns"]


def test_import_times_are_printed(capsys):
    """Seconds differ from machine to machine: they are shown, not judged."""
    code = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
    rows = []
    for path in PUBLIC:
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        command = [sys.executable, "-c", code.format(name)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(f"  import {name:<20} {float(run.stdout):5.2f} s")
    with capsys.disabled():
        print("\n" + "\n".join(rows))
