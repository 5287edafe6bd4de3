"""Pictures with words, folded explorers: every notebook, and pages in which they are broken."""

import re

import nbformat
import pytest

from tests.notebooks.faults import FOLDED, fold_faults, picture_faults
from tests.notebooks.pages import each_notebook, read, refresh

SECTION = re.compile(r"^## (\d+) ", re.MULTILINE)
WORDS = "Two squares: the left one is black, the right one white."


@each_notebook
def test_every_stored_picture_has_words_of_its_own(path):
    assert not picture_faults(read(path))


@each_notebook
def test_explorers_that_need_not_be_read_are_folded(path):
    assert not fold_faults(read(path), own_files=path.parent.name == "analysis")


@each_notebook
def test_sections_are_numbered_without_a_gap(path):
    cells = [cell for cell in read(path).cells if cell.cell_type == "markdown"]
    numbers = [int(n) for cell in cells for n in SECTION.findall(cell.source)]
    assert numbers == list(range(1, len(numbers) + 1))


def pictures(*words, kind="image/png"):
    """Make a page with one picture for each text."""
    cells = []
    for alt in words:
        metadata = {} if alt is None else {kind: {"alt": alt}}
        shown = nbformat.v4.new_output("display_data", {kind: "AAAA"}, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("draw()", outputs=[shown]))
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg"])
def test_pictures_with_words_of_their_own_are_right(kind):
    assert picture_faults(pictures(WORDS, WORDS.replace("Two", "Three"), kind=kind)) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((WORDS, None), "cell 1: a picture without a text: ''"),
        ((WORDS, "Two squares."), "cell 1: a picture without a text: 'Two squares.'"),
        ((WORDS, " " * 30), "cell 1: a picture without a text: ''"),
        ((WORDS, WORDS), "cell 1: the text of cell 0 again"),
        (("Image of two squares, one black.",), "cell 0: the text begins with filler: 'Image of"),
        (("The figure of a square and a disc.",), "cell 0: the text begins with filler: 'The fig"),
    ],
)
def test_pictures_without_words_that_say_something_are_found(words, fault):
    (found,) = picture_faults(pictures(*words))
    assert found.startswith(fault)


LONG = "def draw(level):\n    # one\n    # two\n    # three\n    return level\n\n\n"
SHORT = "def draw(level):\n    # one\n    # two\n    return level\n\n\n"
SHOW = "sliders.explore(draw, level=(0, 9, 1))"


def page(source, *, above="Words.\n\n" + FOLDED, folded=True, tags=(), later=""):
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata = {"jupyter": {"source_hidden": True}} if folded else {}
    cell.metadata |= {"tags": list(tags)} if tags else {}
    cells = [nbformat.v4.new_markdown_cell(above), cell, nbformat.v4.new_code_cell(later)]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    "right",
    [
        page(LONG + SHOW),
        page(SHOW),
        page(SHORT + SHOW, folded=False),
        page(LONG + SHOW, folded=False, later="draw(3)"),
        page(LONG + SHOW, folded=False, tags=["teaching"]),
        page(LONG, folded=False),
        page(LONG, later=SHOW),
        page(SHORT, folded=False, later=SHOW),
        page(LONG + "draw(3)", folded=False, later=SHOW),
        page(SHOW, folded=False),
    ],
)
def test_what_may_stay_in_sight_or_be_folded(right):
    assert fold_faults(right) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (page(LONG + SHOW, folded=False), "an explorer's function is not folded"),
        (page(LONG + SHOW, folded=False, later="drawn = 3"), "an explorer's function is not"),
        (page(LONG, folded=False, later=SHOW), "an explorer's function is not folded"),
        (page(LONG + SHOW, above="Words."), "the text above does not end with the line on"),
        (page(LONG), "only an explorer may be folded"),
        (page(LONG + SHOW + '\ncheck("01.draw", draw)'), "what a reader works with is not folded"),
        (page("def draw(level):\n    ...\n\n\n" + SHOW), "what a reader works with is"),
        (page(LONG + SHOW, tags=["parameters"]), "what a reader works with is not folded"),
        (page(LONG + SHOW, tags=["teaching"]), "what a reader works with is not folded"),
    ],
)
def test_what_is_folded_wrongly_is_found(wrong, fault):
    (found,) = fold_faults(wrong)
    assert found.startswith(f"cell 1: {fault}")


def test_refresh_keeps_what_an_author_declares_and_nothing_else():
    notebook = page(LONG + SHOW, tags=["teaching"])
    words, cell, _ = notebook.cells
    words.metadata = {"numbers": {"1985": "a year"}, "editable": True}
    cell.metadata |= {"collapsed": True, "jupyter": {"source_hidden": True}, "trusted": True}
    refresh().clean(notebook)
    assert words.metadata == {"numbers": {"1985": "a year"}}
    assert cell.metadata == {"jupyter": {"source_hidden": True}, "tags": ["teaching"]}
