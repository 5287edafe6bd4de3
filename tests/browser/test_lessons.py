"""Each lesson in JupyterLab as a learner sees it: opened, run, every control moved by keyboard."""

import ast
import os
import statistics
from pathlib import Path

import nbformat
import pytest

from tests.browser import lab

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PAGES = [*sorted(NOTEBOOKS.glob("[0-9A]*.ipynb")), *sorted(NOTEBOOKS.glob("analysis/*.ipynb"))]
SCREENSHOTS = os.environ.get("COURSE_SCREENSHOTS")
WRONG = ("Error displaying widget", "model not found", "Loading widget")
GOALS = {"explore": 60, "explore_plot": 120}  # milliseconds from key to picture, median


def stored_pictures(path):
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return sum(kind.startswith("image/") for out in outputs for kind in out.get("data", ()))


def explorers(path):
    """List the names `explore` or `explore_plot` of the calls outside functions, in order."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for statement in ast.parse(cell.source).body:
                if not isinstance(statement, ast.FunctionDef):
                    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
                    names = [getattr(c.func, "attr", getattr(c.func, "id", "")) for c in calls]
                    found += [name for name in names if name in GOALS]
    return found


def works(page, panel, control, controls):
    """Tell whether a control moves the picture: where the others stand, or a step beside."""
    if lab.move(page, panel, control):
        return True
    for other in controls:
        if other is not control:
            lab.nudge(page, other)
    return lab.move(page, panel, control)


def photograph(page, name):
    """Save each panel, each figure and the whole page, screen by screen."""
    folder = Path(SCREENSHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    for number, panel in enumerate(lab.panels(page), start=1):
        panel.screenshot(path=folder / f"{name}_panel_{number}.png")
    for number, figure in enumerate(page.locator(".jp-RenderedImage").all(), start=1):
        figure.screenshot(path=folder / f"{name}_figure_{number}.png")
    for number, cell in enumerate(page.locator(".jp-Notebook .jp-Cell").all()):
        if number % 6 == 0:
            cell.evaluate("cell => cell.scrollIntoView()")
            page.wait_for_timeout(200)
            page.screenshot(path=folder / f"{name}_page_{number // 6:02d}.png")


def verdict(median, goal):
    return "met" if median <= goal else "near" if median <= 1.3 * goal else "below"


@pytest.mark.alone
@pytest.mark.parametrize("kind", GOALS)
def test_a_slider_answers_and_a_burst_of_keys_ends_on_the_last_value(course, page, kind, say):
    path = next((path for path in PAGES if kind in explorers(path)), None)
    if path is None:
        pytest.skip(f"no lesson calls {kind} yet")
    folder, address, token = course
    name = path.relative_to(NOTEBOOKS)
    lab.open_notebook(page, address, token, name.as_posix())
    lab.run_all(page)
    panel = lab.panels(page)[explorers(folder / name).index(kind)]
    times = lab.latencies(page, panel)
    median = statistics.median(times)
    say(
        f"{kind} in {path.stem}: median {median:.0f} ms from key to picture, slowest "
        f"{max(times):.0f} ms, goal {GOALS[kind]} ms: {verdict(median, GOALS[kind])}"
    )

    slider = lab.controls(panel)[0]
    start = lab.value(slider)
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    drawn, last = lab.settled(page, panel), lab.value(slider)
    caption = panel.locator("[role=status]").inner_text()
    assert last != start
    page.keyboard.press("ArrowLeft")
    assert lab.settled(page, panel) != drawn
    page.keyboard.press("ArrowRight")
    assert lab.settled(page, panel) == drawn
    assert lab.value(slider) == last
    assert panel.locator("[role=status]").inner_text() == caption


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_opens_runs_and_every_control_moves_its_picture(course, page, path):
    folder, address, token = course
    name = path.relative_to(NOTEBOOKS)
    lab.open_notebook(page, address, token, name.as_posix())
    assert lab.stored_pictures_shown(page, stored_pictures(folder / name))

    lab.run_all(page)
    live = lab.panels(page)
    assert len(live) >= len(explorers(folder / name))
    for problem in ("error", "stderr"):
        output = page.locator(f'[data-mime-type="application/vnd.jupyter.{problem}"]')
        assert not output.all_inner_texts()
    text = page.locator(".jp-Notebook").inner_text()
    outputs = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert text
    assert not [wrong for wrong in WRONG if wrong in outputs]

    dead = []
    for number, panel in enumerate(live, start=1):
        controls = lab.controls(panel)
        assert controls
        for place, control in enumerate(controls):
            dead += [] if works(page, panel, control, controls) else [(number, place)]
    if SCREENSHOTS:
        photograph(page, path.stem)
    assert not dead
    assert not page.locator("[role=alert]").all_inner_texts()
