"""From key to picture in JupyterLab: one slider of every explorer, lesson by lesson.

It is the first one, or the first control where there is none. Beside each stands a bare one that
calls the lesson's function and hands over a ready picture, or lets Matplotlib save the same
finished figure again: what this machine needs without us. Where that is slow itself, half as much
again is the goal. A Chromium must be there. What changes the picture neither by a small step nor by
a large one within five seconds is left out.
"""

import contextlib
import itertools
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat

from tests.browser import lab
from tests.browser.test_lessons import GOALS, NOTEBOOKS, PAGES, explorers
from tests.setup import borrowed

PRESSES = 8
SHARE = 1.5  # of the bare one's time
NAMES = {"explore": "pictures", "explore_plot": "plots"}
LINE = "{:<44}{:<10}{:>3} explorers, median {:>4.0f} ms, slowest {:>4.0f} ms"
LINE += ", bare {:>4.0f} ms, {:>4.2f} times that   {}"
NOTE = """
from matplotlib.backends.backend_agg import FigureCanvasAgg

figures_of_plots, plain_draw = {}, FigureCanvasAgg.draw

def noting_draw(canvas):
    if not hasattr(canvas.figure, "number"):  # not one of pyplot
        width, height = canvas.get_width_height()
        figures_of_plots[width + 2, height + 2] = canvas.figure  # a picture has a frame
    return plain_draw(canvas)

FigureCanvasAgg.draw = noting_draw
"""
BARE = """
import io, struct
from ipywidgets import Dropdown, Image, IntSlider, VBox
from ipywidgets.widgets.widget import _instances
from helpers.sliders import Panel

def bare(panel):
    slides = any("Slider" in type(control).__name__ for control in panel.controls.values())
    control = IntSlider() if slides else Dropdown(options=range(9))
    ready = bytes(panel.picture.value)
    picture, figure = Image(value=ready), figures_of_plots.get(struct.unpack(">II", ready[16:24]))

    def hand_over(change):
        png = io.BytesIO(ready)
        if figure is None:
            panel._render(**panel._values())
        else:
            figure.savefig(png)
        picture.value = png.getvalue() + bytes(change.new)  # a picture ends before its last bytes

    control.observe(hand_over, "value")
    return VBox([control, picture])

display(*[bare(widget) for widget in list(_instances.values()) if isinstance(widget, Panel)])
"""


class Times(NamedTuple):
    """Milliseconds from key to picture: of an explorer, and of a bare slider beside it."""

    ours: list
    bare: list


def show(tiny=False):
    """Print a line for each lesson and kind of explorer, then one for each kind over all."""
    if (browser := lab.chromium()) is None:
        print("No Chromium is there, so no slider was moved.")
        return
    medians = {kind: [] for kind in GOALS}
    for path, kinds in measured(browser, PAGES[:1] if tiny else PAGES):
        for kind, times in kinds.items():
            medians[kind] += [Times(*([statistics.median(t)] for t in both)) for both in times]
            print_line(path.stem, kind, times)
    for kind, found in medians.items():
        if found:
            print_line("an explorer's median, over all lessons", kind, found)


def print_line(name, kind, times):
    ours, bare = (list(itertools.chain(*all_of_them)) for all_of_them in zip(*times, strict=True))
    median, limit = statistics.median(ours), statistics.median(bare)
    verdict = "met" if median <= max(GOALS[kind], SHARE * limit) else f"above {GOALS[kind]}"
    seen = NAMES[kind], len(times), median, max(ours), limit, median / limit, verdict
    print(LINE.format(name, *seen), flush=True)


def measured(browser, paths):
    """Yield each notebook with, for each kind of explorer, the Times of each one."""
    from playwright.sync_api import TimeoutError, sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project, home = Path(folder) / "project", Path(folder) / "home"
        project.mkdir(), home.mkdir()
        borrowed.copy_course(project)
        lab.write_test_settings(home)
        chromium = playwright.chromium.launch(executable_path=browser, args=lab.FLAGS)
        with borrowed.run_lab(project, home, "--source", **borrowed.FONTS) as running:
            for path in paths:
                add_bare(project / "notebooks" / path.relative_to(NOTEBOOKS))
                page = chromium.new_page(viewport=lab.WINDOW)
                try:
                    yield path, one_page(page, running, path)
                except TimeoutError:
                    print(f"{path.stem:<44}did not run to its end in time", flush=True)
                page.close()
                lab.end_kernels(running)
        chromium.close()


def one_page(page, running, path):
    """Run a notebook and move its sliders; return the Times for each kind."""
    name = path.relative_to(NOTEBOOKS).as_posix()
    lab.open_notebook(page, running.server, running.token, name)
    lab.run_all(page)
    panels, kinds, found = lab.panels(page), explorers(path), {}
    for panel, bare, kind in zip(panels, panels[len(kinds) :], kinds, strict=False):
        times = [_by_steps(page, each) for each in (panel, bare)]
        if all(times):
            found.setdefault(kind, []).append(Times(*times))
    return found


def _by_steps(page, panel):
    """Return the times for small steps, for large ones where these change nothing, or []."""
    from playwright.sync_api import TimeoutError as Unchanged

    for keys in (lab.KEYS, lab.FAR):
        with contextlib.suppress(Unchanged):
            return lab.latencies(page, panel, PRESSES, keys)
    return []


def add_bare(path):
    """Add cells that show each picture of a notebook once more, under a slider of its own."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NOTE))
    notebook.cells.append(nbformat.v4.new_code_cell(BARE))
    nbformat.write(notebook, path)
