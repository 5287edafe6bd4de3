"""Set explorers where captions say so; runs in a notebook's kernel, which defines `ASKED`."""

import html
import json
import re

from ipywidgets.widgets.widget import _instances

from helpers.sliders import Panel


def ask(explorer, settings):
    """Return the caption of an explorer at some settings, and what went wrong on the way."""
    panels = [w for w in _instances.values() if isinstance(w, Panel) and w.name == explorer]
    if not panels:
        return "", f"no explorer draws with `{explorer}`"
    controls, start = panels[-1].controls, {}
    for name, value in settings.items():
        if name not in controls:
            return "", f"`{explorer}` has no control `{name}`"
        start[name] = controls[name].value
        controls[name].value = value
        if controls[name].value != value:
            return "", f"`{name}` of `{explorer}` cannot be {value}"
    said, problem = panels[-1].caption.value, panels[-1].problem.value
    for name, value in start.items():
        controls[name].value = value
    return html.unescape(re.sub(r"<[^>]*>", " ", said)), problem


print(json.dumps([ask(*asked) for asked in ASKED]))  # noqa: F821
