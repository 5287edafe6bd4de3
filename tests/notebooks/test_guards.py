"""The root conftest: pictures are compared, cells run twice, a trailing ';' is honoured."""

import base64
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import cv2
import nbformat
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import matplotlib.pyplot as plt
import numpy as np
from helpers.sliders import explore
rng, noise, spare = np.random.default_rng(1), np.random.default_rng(1), [7]
"""
NUMBER = "total = 3\nprint('total', total)"
PLOT = "plt.figure(figsize=(4, 3))\nplt.plot([1, 2])\nplt.title('level 3');"
PANEL = "explore(lambda k: (np.full((9, 9), 20 * k, dtype=np.uint8), f'k is {k}'), k=(0, 9, 1))"
DRAW = "rng = np.random.default_rng(1)\nprint('drawn', rng.integers(1000))"
NOISE = "noise = np.random.default_rng(1)\nplt.imshow(noise.random((9, 9)));"
SPARE = "print('spare', spare[0])"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def picture_difference():
    return load(ROOT / "conftest.py").picture_difference


def encode(image, ending=".png", **options):
    return base64.b64encode(cv2.imencode(ending, image)[1].tobytes()).decode()


def figure(title, ending=".png"):
    image = np.full((200, 400, 3), 255, dtype=np.uint8)
    cv2.putText(image, title, (30, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (0, 0, 0), 1, cv2.LINE_AA)
    return encode(image, ending)


@pytest.mark.parametrize("ending", [".png", ".jpg"])
def test_a_changed_digit_in_a_title_is_a_difference(picture_difference, ending):
    stored = figure("33 of 1000 pixels", ending)
    found = picture_difference(stored, figure("38 of 1000 pixels", ending))
    assert re.fullmatch(r"\d+ pixels changed", found)
    assert picture_difference(stored, figure("33 of 1000 pixels", ending)) is None


def test_lines_in_the_encoded_text_do_not_matter(picture_difference):
    drawn = figure("same")
    assert picture_difference("\n".join(re.findall(".{1,76}", drawn)) + "\n", drawn) is None


def test_another_size_is_a_difference(picture_difference):
    sizes = [encode(np.zeros((height, 30, 3), dtype=np.uint8)) for height in (20, 21)]
    assert picture_difference(*sizes) == "shape (20, 30, 3) became (21, 30, 3)"


@pytest.mark.parametrize(
    ("pixels", "levels", "differs"),
    [(8, 200, False), (9, 200, True), (600, 24, False), (9, 25, True)],
)
def test_the_tolerance_is_a_count_of_clear_changes(picture_difference, pixels, levels, differs):
    before = np.zeros((20, 30, 3), dtype=np.uint8)
    after = before.copy()
    after.reshape(-1, 3)[:pixels, 1] = levels
    assert (picture_difference(encode(before), encode(after)) is not None) is differs


def wrong_number(cell):
    cell.outputs[0].text = "total 4\n"


def wrong_caption(cell):
    data = cell.outputs[0].data
    data["text/plain"] = data["text/plain"].replace("k is 9", "k is 8")


def changed_title(cell):
    cell.source = cell.source.replace("level 3", "level 8")


def changed_still(cell):
    cell.source = cell.source.replace("20 * k", "28 * k")


def missing_picture(cell):
    cell.outputs = []


def broken_end(cell):
    cell.source = cell.source.replace("20 * k", "20 // (9 - k)")


def no_semicolon(cell):
    cell.source = cell.source.rstrip(";")


def shared_generator(cell):
    cell.source = cell.source.partition("\n")[2]


def used_up(cell):
    cell.source = cell.source.replace("spare[0]", "spare.pop()")


# What is done to a stored cell, the cell, and what the report must say about it.
PLANTS = [
    (wrong_number, NUMBER, "total 4"),
    (wrong_caption, PANEL, "k is 8"),
    (changed_title, PLOT, r"Picture 1 differs: \d+ pixels changed"),
    (changed_still, PANEL, r"Picture 1 differs: \d+ pixels changed"),
    (missing_picture, PLOT, "Unexpected output fields from running code: .*image/png|text/plain"),
    (broken_end, PANEL, "ZeroDivisionError"),
    (no_semicolon, PLOT, r"dissimilar number of outputs for key .text/plain|Text\(0.5, 1"),
    (shared_generator, DRAW, "Second run: Cell outputs differ"),
    (shared_generator, NOISE, r"Second run: Picture 1 differs: \d+ pixels changed"),
    (used_up, SPARE, "Second run: Cell execution caused an exception(?s:.*)IndexError"),
]
RIGHT_ONCE = (shared_generator, used_up)


def validate(folder, name, *options):
    """Run strict validation over a notebook; return what is said of each failed cell."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--junitxml=report.xml"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    subprocess.run(
        [*command, "--nbval", "--nbval-current-env", *options, name],
        cwd=folder,
        env=environment,
        capture_output=True,
    )
    cases = list(ElementTree.parse(folder / "report.xml").iter("testcase"))
    assert len(cases) == 1 + len(PLANTS) + ("--once" not in options)
    said = [[failure.text for failure in case.iter("failure")] for case in cases]
    return ["".join(texts) for texts in said]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Store a notebook as every page of the course, and a copy in which each cell is broken."""
    folder = tmp_path_factory.mktemp("page")
    for name in ("conftest.py", "tests/notebooks/drive.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "pytest.ini").write_text("[pytest]\n")
    sources = [SETUP, *(source for _, source, _ in PLANTS)]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    nbformat.write(notebook, folder / "page.ipynb")
    refresh = load(ROOT / ".ci" / "refresh.py")
    refresh.ROOT = folder
    refresh.refresh(folder / "page.ipynb")
    notebook = nbformat.read(folder / "page.ipynb", as_version=4)
    for (change, _, _), cell in zip(PLANTS, notebook.cells[1:], strict=True):
        change(cell)
    nbformat.write(notebook, folder / "broken.ipynb")
    return folder


def test_an_intact_page_is_green_and_a_semicolon_silences_a_cell(pages):
    assert validate(pages, "page.ipynb") == [""] * (1 + len(PLANTS) + 1)
    plot = nbformat.read(pages / "page.ipynb", as_version=4).cells[3]
    assert plot.source.endswith(";")
    assert [output.output_type for output in plot.outputs] == ["display_data"]


@pytest.fixture(scope="module")
def failures(pages):
    return validate(pages, "broken.ipynb")


def test_an_unchanged_cell_stays_green_between_broken_ones(failures):
    assert failures[0] == ""


@pytest.mark.parametrize("number", range(len(PLANTS)), ids=lambda n: PLANTS[n][0].__name__)
def test_a_cell_that_says_something_else_is_red(failures, number):
    assert re.search(PLANTS[number][2], failures[number + 1])


def test_a_panel_that_was_not_made_is_missed_at_the_end(failures):
    assert re.search("3 explorers, run twice, left 2 panels", failures[-1])


def test_what_differs_in_the_second_run_alone_is_green_if_run_once(pages):
    said = validate(pages, "broken.ipynb", "--once")[1:]
    green = [not words for words in said]
    assert green == [change in RIGHT_ONCE for change, _, _ in PLANTS]
