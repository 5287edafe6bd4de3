"""The first start, with nothing in the home: no question, no cut name, no lesson marked."""

import os
from pathlib import Path

import pytest

from tests.browser import lab

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
LESSONS = [*sorted(NOTEBOOKS.glob("[0-9A]*.ipynb")), *sorted(NOTEBOOKS.glob("analysis/*.ipynb"))]
SMALL = {"width": 1366, "height": 768}
PATIENCE = 4000  # milliseconds: JupyterLab asks, and a kernel names itself, when all is shown
LISTED = ".jp-DirListing-itemText"
IN_THE_WAY = ".jp-Dialog, .Toastify__toast"
TAB = ".lm-DockPanel-tabBar .lm-TabBar-tab"
CUT = "name => name.scrollWidth > name.clientWidth"
SCREENSHOTS = os.environ.get("COURSE_SCREENSHOTS")


def photograph(page, name):
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


@pytest.fixture
def opened(first_start, page):
    """Open the address that start.py prints, and wait for the first lesson and its kernel."""
    page.goto(first_start.address)
    lab.wait_for_kernel(page)
    return page


def names_listed(page, folder):
    """Wait until the file browser shows the notebooks of a folder; return the names' elements."""
    expected = {path.name for path in LESSONS if path.parent.name == folder}
    page.locator(LISTED, has_text=min(expected)).wait_for()
    names = page.locator(LISTED).all()
    assert {name.inner_text() for name in names} - {"analysis"} == expected
    return names


def enter(page, name):
    page.locator(LISTED).get_by_text(name, exact=True).dblclick()


@pytest.mark.parametrize("page", [SMALL], indirect=True, ids=["1366x768"])
def test_the_first_start_asks_nothing_and_shows_names_whole(opened):
    opened.wait_for_timeout(PATIENCE)
    photograph(opened, "first_start")
    assert not opened.locator(IN_THE_WAY).all_inner_texts()

    lessons = names_listed(opened, "notebooks")
    assert not [name.inner_text() for name in lessons if name.evaluate(CUT)]
    enter(opened, "analysis")
    pages = names_listed(opened, "analysis")
    photograph(opened, "first_start_analysis")
    assert not [name.inner_text() for name in pages if name.evaluate(CUT)]


def times_saved(running):
    places = [running.root / "my_course" / path.relative_to(NOTEBOOKS) for path in LESSONS]
    return [place.stat().st_mtime_ns for place in places]


def marked(page):
    """Return the names of the open notebooks that are marked as changed."""
    return {name.strip() for name in page.locator(f"{TAB}.jp-mod-dirty").all_inner_texts()}


# One in six is opened: tests/setup asks that all copies are of one format and name one kernel.
@pytest.mark.parametrize("folder", ["notebooks", "analysis"])
def test_a_lesson_that_is_only_opened_is_not_marked_as_changed(first_start, page, folder):
    page.goto(f"{first_start.server}/lab?reset&token={first_start.token}")
    if folder == "analysis":
        enter(page, folder)
    names = [path.name for path in LESSONS if path.parent.name == folder][::6]
    saved = times_saved(first_start)
    for name in names:
        enter(page, name)
        page.locator(f"{TAB}.lm-mod-current", has_text=name).wait_for()
        lab.wait_for_kernel(page)
    page.wait_for_timeout(PATIENCE)
    assert page.locator(TAB, has_text=".ipynb").count() == len(names)
    assert not marked(page)
    assert times_saved(first_start) == saved  # JupyterLab saves every two minutes what is marked


def test_a_lesson_that_is_changed_is_marked(first_start, page):
    lab.open_notebook(page, first_start.server, first_start.token, LESSONS[0].name)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.type("# mine")
    assert marked(page) == {LESSONS[0].name}
