"""In a live page a picture has its words, and the code of an explorer unfolds with a click."""

import nbformat

from tests.browser import lab
from tests.notebooks.faults import FOLDED
from tests.notebooks.pages import refresh

SOURCES = (
    """
import matplotlib.pyplot as plt
import numpy as np
from helpers import plot, sliders
plot.use_style()""",
    'plot.show_images([np.zeros((40, 60))], alt="A black rectangle in a grey frame.");',
    'plt.plot([1, 2])\nplot.describe(plt.gca(), "Line: it climbs from 1 to 2.")',
)
EXPLORER = """
def render(level):
    # inside
    return np.full((90, 90), level, dtype=np.uint8), f"level {level}"


sliders.explore(render, level=(0, 255, 5), alt="A square, lighter with the level.")"""


def test_pictures_have_words_and_a_folded_explorer_unfolds(course, page):
    folder, address, token = course
    cells = list(map(nbformat.v4.new_code_cell, SOURCES))
    cells.append(nbformat.v4.new_markdown_cell(FOLDED))
    folded = {"jupyter": {"source_hidden": True}}
    cells.append(nbformat.v4.new_code_cell(EXPLORER.lstrip(), metadata=folded))
    notebook = refresh().clean(nbformat.v4.new_notebook(cells=cells))
    nbformat.write(notebook, folder / "words.ipynb")
    lab.open_notebook(page, address, token, "words.ipynb")
    lab.run_all(page)
    page.wait_for_selector(".jp-OutputArea-output img.widget-image")
    figures = page.locator(".jp-RenderedHTMLCommon img").all()
    assert [figure.get_attribute("alt") for figure in figures] == [
        "A black rectangle in a grey frame.",
        "Line: it climbs from 1 to 2.",
    ]
    assert all(figure.evaluate("image => image.naturalWidth") > 50 for figure in figures)
    (panel,) = lab.panels(page)
    words = panel.get_by_text("A square, lighter with the level.").bounding_box()
    assert max(words["width"], words["height"]) <= 1  # read aloud, not seen
    inside = page.locator(".jp-CodeCell .cm-content", has_text="# inside")
    assert not any(code.is_visible() for code in inside.all())
    page.locator(".jp-InputPlaceholder .jp-Placeholder-content").click()
    inside.first.wait_for(state="visible")
