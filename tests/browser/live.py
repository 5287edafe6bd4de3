"""Draw what the slider engine shows at some settings of a page's explorers, without a kernel.

python -m tests.browser.live NOTEBOOK QUESTIONS FOLDER

QUESTIONS is a JSON file with one list for each explorer of the page, in order; it holds settings,
and a setting holds the text of each control's value. FOLDER receives K-N.png for setting N of
explorer K; what is printed is a list of captions for each explorer.
"""

import contextlib
import html
import json
import os
import re
import sys
from pathlib import Path

import nbformat
from ipywidgets.widgets.widget import _instances

from helpers.sliders import Panel


def run(notebook):
    """Run the cells of a notebook in its folder, as a program without any display."""
    names = {"__name__": "__main__", "display": lambda *shown: None}
    os.chdir(notebook.parent)
    with contextlib.redirect_stdout(sys.stderr):
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, str(notebook), "exec"), names)


def meant(control, text):
    """Return the value of a control that a page shows as `text`."""
    if hasattr(control, "options"):
        found = [option for option in control.options if str(option) == text]
        assert len(found) == 1, f"`{text}` is not one of {control.options}"
        return found[0]
    if isinstance(control.value, bool):
        return {"no": False, "yes": True}[text]
    return type(control.value)(float(text))


def draw(panel, setting):
    """Return the PNG and the caption that a panel shows at a setting."""
    for control, text in zip(panel.controls.values(), setting, strict=True):
        value = meant(control, text)
        control.value = value
        assert control.value == value, f"{control.description} cannot be {text}"
    assert not panel.problem.value
    caption = html.unescape(re.sub(r"<[^>]*>", "", panel.caption.value))
    return bytes(panel.picture.value), caption


def main(notebook, questions, folder):
    asked = json.loads(Path(questions).read_text(encoding="utf-8"))
    folder = Path(folder).resolve()
    run(Path(notebook).resolve())
    panels = [widget for widget in _instances.values() if isinstance(widget, Panel)]
    said = []
    for k, (panel, settings) in enumerate(zip(panels, asked, strict=True)):
        said.append([])
        for n, setting in enumerate(settings):
            picture, caption = draw(panel, setting)
            (folder / f"{k}-{n}.png").write_bytes(picture)
            said[-1].append(caption)
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
