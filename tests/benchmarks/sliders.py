"""From key to picture in JupyterLab: the first slider of every explorer, lesson by lesson.

A Chromium must be there. What does not change the picture within five seconds is left out.
"""

import itertools
import statistics
import tempfile
from pathlib import Path

from tests.browser import lab
from tests.browser.test_lessons import GOALS, NOTEBOOKS, PAGES, explorers
from tests.setup import borrowed

PRESSES = 10
NAMES = {"explore": "pictures", "explore_plot": "plots"}
LINE = "{:<44}{:<10}{:>3} explorers, median {:>4.0f} ms, slowest {:>4.0f} ms   {}"


def show(tiny=False):
    """Print a line for each lesson and kind of explorer, then one for each kind over all."""
    if (browser := lab.chromium()) is None:
        print("No Chromium is there, so no slider was moved.")
        return
    medians = {kind: [] for kind in GOALS}
    for path, kinds in measured(browser, PAGES[:1] if tiny else PAGES):
        for kind, times in kinds.items():
            medians[kind] += list(map(statistics.median, times))
            print_line(path.stem, kind, times)
    for kind, found in medians.items():
        if found:
            print_line("an explorer's median, over all lessons", kind, [[m] for m in found])


def print_line(name, kind, times):
    every = list(itertools.chain(*times))
    median, goal = statistics.median(every), GOALS[kind]
    verdict = "met" if median <= goal else f"above {goal}"
    print(LINE.format(name, NAMES[kind], len(times), median, max(every), verdict), flush=True)


def measured(browser, paths):
    """Yield each notebook with, for each kind of explorer, a list of milliseconds for each one."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project, home = Path(folder) / "project", Path(folder) / "home"
        project.mkdir(), home.mkdir()
        borrowed.copy_course(project)
        lab.write_test_settings(home)
        chromium = playwright.chromium.launch(executable_path=browser, args=lab.FLAGS)
        with borrowed.run_lab(project, home, "--source", **borrowed.FONTS) as running:
            for path in paths:
                page = chromium.new_page(viewport=lab.WINDOW)
                yield path, one_page(page, running, path)
                page.close()
                lab.end_kernels(running)
        chromium.close()


def one_page(page, running, path):
    """Run a notebook and move its sliders; return lists of milliseconds for each kind."""
    from playwright.sync_api import TimeoutError as Unchanged

    name = path.relative_to(NOTEBOOKS).as_posix()
    lab.open_notebook(page, running.server, running.token, name)
    lab.run_all(page)
    found = {}
    for panel, kind in zip(lab.panels(page), explorers(path), strict=False):
        if "slider" not in dict(lab.controls(panel)):
            continue
        try:
            found.setdefault(kind, []).append(lab.latencies(page, panel, PRESSES))
        except Unchanged:
            continue
    return {kind: times for kind, times in found.items() if times}
