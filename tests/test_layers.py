"""The house: who may stand on whom, whose parts are whose, and how large a room may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "helpers").rglob("*.py"))

# Floor by floor, from the ground up: each room and the libraries that it may know. A room imports
# the rooms below its floor and its own parts, nothing beside or above it.
FLOORS = (
    {"_arguments": "numpy", "random_bits": "numpy", "racing": "numpy"},
    {"files": "", "show": "", "plot": "numpy matplotlib IPython.display"},
    {"images": "numpy cv2 PIL tifffile"},
    {
        "noise": "numpy",
        "filters": "numpy scipy cv2",
        "edges": "numpy cv2",
        "augment": "numpy cv2",
        "imbalance": "numpy scipy cv2 sklearn.neighbors",
        "intervals": "numpy scipy",
        "roc": "numpy scipy",
        "base_rates": "numpy scipy",
        "ising": "numpy scipy cv2",
        "clustering": "numpy scipy cv2",
        "compression": "numpy scipy cv2",
        "similarity": "numpy scipy cv2",
        "temporal_differences": "numpy scipy",
        "sheets": "numpy cv2",
    },
    {
        "data": "numpy skimage.data matplotlib.cbook sklearn.datasets",
        "own_data": "numpy pandas openpyxl pyarrow tqdm",
        "folder_job": "numpy cv2 joblib psutil tqdm",
        "sliders": "numpy ipywidgets matplotlib.figure matplotlib.backends matplotlib.rcParams",
        "learned": "numpy cv2 jax equinox optax",
    },
    {"exercises": "numpy scipy cv2 skimage.data sklearn imblearn"},
    {"checker": "numpy"},
    {"analysis": "numpy scipy cv2 sklearn skimage imblearn tqdm matplotlib.ticker pypdfium2"},
    {"site": "nbclient nbformat sphinx"},
)
ALONE = {"ipywidgets": "sliders", "pandas": "own_data", "joblib": "folder_job"}
ALONE |= {"jax": "learned", "equinox": "learned", "optax": "learned"}
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
LIBRARIES = {room: set(words.split()) for floor in FLOORS for room, words in floor.items()}
LINES, BODY = 200, 36  # of a module and of a function, both without docstrings


def place(path):
    """Return the dotted name of a module below `helpers`, such as ``ising._lattice``."""
    parts = path.relative_to(ROOT / "helpers").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(name):
    """Return the room of a dotted name: the first word, in `analysis` the first two."""
    words = name.split(".")
    return ".".join(words[: 2 if words[0] == "analysis" else 1])


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree):
    """Yield every dotted name that a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the arrows"
            package = node.module.split(".")[0]
            if package in ("helpers", "matplotlib", "skimage", "sklearn"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def within(name, allowed):
    return any(name == package or name.startswith(f"{package}.") for package in allowed)


def wrong_arrows(source, name):
    """List the imports of a module called `name` that the table does not allow."""
    wrong, home = [], room_of(name)
    for target in imports(ast.parse(source)):
        if target.split(".")[0] in sys.stdlib_module_names:
            continue
        if not target.startswith("helpers."):
            wrong += [] if within(target, LIBRARIES[home.split(".")[0]]) else [target]
            continue
        inner = target.removeprefix("helpers.")
        if home and within(inner, {home}):
            continue  # its own part
        private = any(word.startswith("_") for word in inner.split(".")[1:])
        above = FLOOR[inner.split(".")[0]] >= FLOOR[home.split(".")[0]]
        wrong += [target] if private or above else []
    return wrong


def functions(tree, *, public=True):
    """Return the functions and methods of a module."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node for node in found if not (public and node.name.startswith("_"))]


def shown(path):
    """Return the names that the front of a room offers: in `__all__`, or imported as themselves."""
    names = set()
    for node in tree_of(path.parent / "__init__.py").body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names if alias.name == alias.asname}
        elif "__all__" in ast.unparse(node).partition("=")[0]:
            names |= set(ast.literal_eval(node.value))
    return names


def public_functions(path):
    """Return the names of the functions that others may call: of a part those that are shown."""
    names = {node.name for node in functions(tree_of(path))}
    part = path.stem.startswith("_") and path.stem != "__init__"
    return names & shown(path) if part else names


each_module = pytest.mark.parametrize("path", MODULES, ids=place)


def test_every_room_has_its_floor_and_every_line_of_the_table_its_room():
    assert {room_of(place(path)).split(".")[0] for path in MODULES} - {""} == set(FLOOR)


def test_no_private_module_lies_flat_but_the_checks_of_arguments():
    flat = {path.name for path in (ROOT / "helpers").glob("_*.py")}
    assert flat == {"__init__.py", "_arguments.py"}
    assert {p.name for p in (ROOT / "helpers/analysis").glob("*.py")} == {"__init__.py"}


@each_module
def test_arrows_go_down_and_nobody_reaches_into_another_room(path):
    assert not wrong_arrows(path.read_text(encoding="utf-8"), place(path))


@pytest.mark.parametrize(
    ("name", "line", "wrong"),
    [
        ("filters", "import matplotlib.pyplot as plt", ["matplotlib.pyplot"]),
        ("filters._rank", "def f():\n    from pandas import Series", ["pandas"]),
        ("filters", "from helpers import plot, roc", ["helpers.roc"]),
        ("filters", "from helpers import sliders", ["helpers.sliders"]),
        ("filters", "from helpers.augment import _geometry", ["helpers.augment._geometry"]),
        ("sliders", "from helpers.ising._lattice import split", ["helpers.ising._lattice.split"]),
        ("analysis.scan", "from helpers.analysis import cleaning", ["helpers.analysis.cleaning"]),
        ("sliders", "from matplotlib import pyplot", ["matplotlib.pyplot"]),
        ("filters", "import os, numpy.linalg\nfrom helpers.images import x", []),
        ("ising", "from helpers.ising import _lattice", []),
        ("analysis.scan._view", "from helpers.analysis.scan import _ink", []),
    ],
)
def test_the_check_sees_a_wrong_arrow(name, line, wrong):
    assert [found for found in wrong_arrows(line, name) if found != "helpers.plot"] == wrong


@each_module
def test_one_room_alone_knows_each_heavy_library(path):
    known = list(imports(tree_of(path)))
    for package, owner in ALONE.items():
        assert room_of(place(path)) == owner or not [n for n in known if within(n, {package})]
    drawing = [name for name in known if "pyplot" in name or "pylab" in name]
    assert room_of(place(path)) == "plot" or not drawing


def test_ipython_is_met_only_where_it_calls_us():
    """A figure that IPython displays may use its display; nothing else knows IPython."""
    for path in MODULES:
        for node in ast.walk(tree := tree_of(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "_ipython_display_":
                node.body.clear()
        assert not [name for name in imports(tree) if within(name, {"IPython"})]


def test_no_module_shares_its_name_with_a_public_function():
    modules = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    names = set().union(*(public_functions(path) for path in MODULES))
    assert not modules & names


def lines_of_code(source):
    """Count the lines of a module without its docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    texts = [node.body[0] for node in nodes if ast.get_docstring(node)]
    return len(source.splitlines()) - sum(t.end_lineno - t.lineno + 1 for t in texts)


@each_module
def test_modules_and_functions_stay_small(path):
    tree = tree_of(path)
    if path.parent.name != "exercises":  # those are tables of cases and hints
        assert lines_of_code(path.read_text(encoding="utf-8")) <= LINES
    for node in functions(tree, public=False):
        first = node.body[1:] if ast.get_docstring(node) else node.body
        length = node.end_lineno - first[0].lineno + 1 if first else 0
        assert length <= BODY, f"{node.name} has {length} lines"


def undocumented(source, names=None):
    """Name the public functions whose docstring lacks a part that numpydoc asks for."""
    missing = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if names is not None and node.name not in names:
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


@each_module
def test_every_public_function_says_what_goes_in_and_out(path):
    if path.parent.name == "exercises" and path.stem != "__init__":
        return  # tables of cases and hints
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert not undocumented(source, public_functions(path))


def test_the_check_sees_a_poor_docstring():
    assert undocumented("def f(x): return 1") == ["f: no sentence"]
    assert undocumented('def f(x):\n    """Return one."""\n    return 1') == []
    assert undocumented('def f(x, y):\n    """Take x and y."""') == ["f: Parameters []"]
    text = '"""Take two.\n\n    Parameters\n    ----------\n    x : int\n    """'
    assert undocumented(f"def f(x, y):\n    {text}\n    return 1") == ["f: Parameters ['y']"]
    assert undocumented(
        f"def f(x, *, x2=x):\n    {text.replace('x :', 'x, x2 :')}\n    return 1"
    ) == ["f: Returns"]


@pytest.mark.alone
def test_import_times_are_printed(say):
    """Seconds differ from machine to machine: they are shown, not judged."""
    code = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
    for name in sorted({f"helpers.{room_of(place(path))}".rstrip(".") for path in MODULES}):
        command = [sys.executable, "-c", code.format(name)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        say(f"  import {name:<28} {float(run.stdout):5.2f} s")
