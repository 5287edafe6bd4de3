"""Figures with a text for readers who do not see them, as they are stored and as they are live."""

import base64
import io
import re

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from helpers import plot
from helpers.plot._describe import SESSION

GREY = np.arange(48, dtype=np.uint8).reshape(6, 8)
WORDS = 'A row of squares from "black" to grey & back.'
CELLS = [
    f"""
import os
import matplotlib.pyplot as plt
import numpy as np
from helpers import plot
plot.use_style()
words = {WORDS!r}""",
    "plot.show_images([np.zeros((9, 9))], alt=words);",
    "figure, axes = plt.subplots(1, 2)\naxes[0].plot([1, 2])\nplot.describe(axes, words)",
    "plt.plot([1, 2]);",
    f"os.environ[{SESSION!r}] = 'page.ipynb'\naxes = plot.plot_roc([0, 1], [0, 1])\n"
    "axes.set_title('late')\nplot.describe(axes, words)",
    "plt.plot([1, 2]);",
]


@pytest.fixture(scope="module")
def outputs():
    """Run cells as a notebook does; the fifth and later believe to be in a live session."""
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CELLS)))
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def kind_of(output):
    (kind,) = set(output.data) - {"text/plain"}
    return kind


def test_a_stored_figure_is_a_picture_with_its_words_in_the_metadata(outputs):
    for (output,) in outputs[:2]:
        kind = kind_of(output)
        assert kind in ("image/png", "image/jpeg")
        assert output.metadata == {kind: {"alt": WORDS}}
        assert re.fullmatch(r"<(Pictures|Figure) size \S+ with \d Axes>", output.data["text/plain"])


def test_a_live_figure_is_an_image_with_its_words(outputs):
    (output,) = outputs[3]
    assert kind_of(output) == "text/html"
    found = re.fullmatch(
        r'<img alt="A row of squares from &quot;black&quot; to grey &amp; back\." '
        r'src="data:image/(\w+);base64,(\S+)">',
        output.data["text/html"],
    )
    picture = Image.open(io.BytesIO(base64.b64decode(found[2])))
    assert picture.format.lower() == found[1]
    assert np.asarray(picture.convert("L")).std() > 0


def test_a_figure_without_words_is_shown_as_ever(outputs):
    for (output,) in (outputs[2], outputs[4]):
        assert kind_of(output) == "image/png"
        assert "alt" not in str(output.metadata)


DRAWN = {
    "show_images": lambda **words: plot.show_images([GREY, GREY], **words)[0],
    "show_values": lambda **words: plot.show_values(GREY, **words),
    "plot_histogram": lambda **words: plot.plot_histogram(GREY, **words),
    "show_people": lambda **words: plot.show_people({"well": 3}, **words),
    "plot_intervals": lambda **words: plot.plot_intervals([1], [2], **words),
    "plot_roc": lambda **words: plot.plot_roc([0, 1], [0, 1], **words),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_function_that_draws_takes_words(name):
    plt.switch_backend("agg")
    assert DRAWN[name](alt=WORDS).figure.alt == WORDS
    assert not hasattr(DRAWN[name]().figure, "alt")
    plt.close("all")


def test_words_may_be_broken_into_lines_and_given_to_a_figure_or_a_part_of_one():
    figure = plt.figure()
    plot.describe(figure, "  A line that\n falls to zero. ")
    assert figure.alt == "A line that falls to zero."
    plot.describe(figure.subfigures(1, 2)[0].subplots(), WORDS)
    assert figure.alt == WORDS
    plt.close(figure)


@pytest.mark.parametrize("alt", ["", "a line", " " * 30])
def test_words_that_say_nothing_are_refused(alt):
    _, axes = plt.subplots()
    with pytest.raises(ValueError, match=r"`alt` must have at least 20 characters; got '"):
        plot.describe(axes, alt)
    plt.close("all")


def test_a_figure_that_is_saved_twice_has_the_same_bytes(tmp_path):
    figure, axes = plt.subplots(1, 2, layout="constrained")
    axes[0].set(title="a long title", ylabel="a label\nof two lines")
    figure.canvas.draw()
    for name in ("one.png", "two.png"):
        plot.save_figure(figure, tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    plt.close(figure)
