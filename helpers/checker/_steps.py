"""Further hints on demand: the direction, then the step, then the line of the solution."""

import ast
import inspect
import json
import re
import textwrap
from pathlib import Path

from helpers.checker import _wording

_ASIDE = {"astype", "array", "asarray", "append", "range", "len", "int", "float", "copy"}
_asked = {}


def next_step(name, exercise):
    """Return the next further hint for an exercise, counted within this session."""
    steps = [*(exercise.steps or _derived(exercise)), _solution(name)]
    steps = [step for step in steps if step]
    place = _asked[name] = _asked.get(name, 0) + 1
    if not steps:
        return "there is no further hint: try another answer and read its reason."
    number = min(place, len(steps))
    more = "" if number < len(steps) else " (the last one)"
    return f"Hint {number} of {len(steps)}{more}: {steps[number - 1]}"


def _derived(exercise):
    """Make a direction and a step out of the declaration of a function."""
    if not callable(exercise.reference):
        return ()
    case = next(iter(exercise.cases))
    direction = f"do it by hand first, in the smallest {_wording.case(exercise, case)}."
    calls = _calls(exercise.reference)
    return (direction, f"the way leads over {', '.join(calls)}.") if calls else (direction,)


def _calls(function):
    """List the functions that a reference calls, as they are written."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name and name not in _ASIDE:
                found[f"`{name}`"] = None
    return list(found)[:4]


def _solution(name):
    """Return the deciding line of the stored solution, or "" where there is none."""
    lesson, _, key = name.partition(".")
    for path in _notebooks(lesson):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if re.search(rf"""\bcheck\(\s*["']{lesson}\.{key}["']""", source):
                lines = _lines(source)
                if lines:
                    return f"the solution has the line `{lines[-1]}`."
    return ""


def _notebooks(lesson):
    here = Path.cwd()
    folders = [here, *here.parents, Path(__file__).resolve().parents[2]]
    for folder in folders:
        for place in (folder / "solutions", folder / "notebooks" / "solutions"):
            found = sorted(place.glob(f"{lesson}_*.ipynb"))
            if found:
                return found
    return []


def _lines(source):
    """List the lines of the functions of a cell that say something, without their `return`."""
    lines = [line.strip() for line in source.splitlines()]
    return [line for line in lines if line.startswith("return ")]
