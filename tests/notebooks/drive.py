"""Move every control of every panel; runs in a notebook's kernel, after its last cell."""

import itertools
import json

from ipywidgets.widgets.widget import _instances

from helpers.sliders import Panel


def positions(control):
    if hasattr(control, "options"):
        return list(control.options)
    return [control.min, control.max] if hasattr(control, "min") else [False, True]


def places(controls, start):
    """Yield settings: each control at its positions, then all corners of both ends."""
    for name, control in controls.items():
        yield from (start | {name: value} for value in positions(control))
    ends = [[positions(control)[end] for end in (0, -1)] for control in controls.values()]
    yield from (dict(zip(controls, values, strict=True)) for values in itertools.product(*ends))


def unmoved(seen):
    """Name the controls that never changed the picture while the others stood still."""
    moved = set()
    for (one, picture), (other, another) in itertools.combinations(seen, 2):
        differ = [name for name in one if one[name] != other[name]]
        if len(differ) == 1 and picture != another:
            moved.update(differ)
    return [name for name in seen[0][0] if name not in moved]


def drive(panel):
    """Return the problems that a panel met and the controls that do nothing."""
    problems, seen = [], []
    start = {name: control.value for name, control in panel.controls.items()}

    def move(values):
        for name, value in values.items():
            panel.controls[name].value = value
            if panel.problem.value:
                problems.append(f"{values}: {panel.problem.value}")
        seen.append((values, bytes(panel.picture.value)))
        return seen[-1][1], panel.caption.value

    first = move(start)
    for values in places(panel.controls, start):
        move(values)
    if move(start) != first:
        problems.append(f"{start}: not the same when the controls are back")
    return {"problems": problems, "still": unmoved(seen)}


live = [widget for widget in _instances.values() if isinstance(widget, Panel)]
# A cell that ran twice made two of the same; the later one is what a reader sees.
last = {(panel.still, panel.summary, *panel.controls): panel for panel in live}
print(json.dumps({"live": len(live), "panels": [drive(panel) for panel in last.values()]}))
