"""Numbers in the text: each is printed or written by its notebook, or declared with a reason."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.notebooks import stated
from tests.notebooks.pages import ROOT, each_notebook

PRINTED = """
0.0512 of them, 81.34 dB, 23.6% missed, 1234 pixels, -3.27 levels, 9876 rows
mean 2.50
"""
CODE = "limit, shape = 0.05, (640, 480)\nlevel = 0.95  # 0.77 is only a comment\nn = 20_000"


def page(text, numbers=None, far=0):
    """Make a notebook that prints, then says something, with cells between."""
    code = nbformat.v4.new_code_cell(CODE)
    code.outputs = [nbformat.v4.new_output("stream", name="stdout", text=PRINTED)]
    words = nbformat.v4.new_markdown_cell(text, metadata={"numbers": numbers} if numbers else {})
    between = [nbformat.v4.new_markdown_cell("Words.") for _ in range(far)]
    return nbformat.v4.new_notebook(cells=[code, *between, words])


@each_notebook
def test_every_number_of_the_text_is_printed_written_or_declared(path):
    notebook, lesson = stated.read_with_lesson(path)
    assert not stated.missing(notebook, lesson)
    assert not stated.false_declarations(notebook)


@pytest.mark.parametrize(
    "text",
    [
        "It is 81.3 dB.",
        "It is **81** dB, or 81.34.",
        "It is 5.1 % of them, or 5 per cent.",
        "It is 0.051, and 94.9 % are not.",
        "So 24 % are missed and 76 % found, a share of 0.24.",
        "It has 1,234 pixels, 1\u202f234 of them, about 1200.",
        "It falls by 3.3 levels: \u22123.27.",
        "A picture of 640 \u00d7 480 and 20,000 draws.",
        "The level is 95 %; 5 % lie outside.",
        "Between 5 and 24 %, or 5 to 24 %.",
        "The formula $x = 81.3 + 2.5 + 1{,}234$ holds, and `n = 0.777` is code.",
        "```\n0.777\n```\nand [a paper](https://doi.org/10.1234/0.777), doi:10.777/1.777",
        "## 0.777 in a heading\nNothing. <img width='777' alt=''>",
        "**Further reading**: A Book, 1987.",
        "Two of 30 and level 77.",
    ],
)
def test_what_is_printed_or_written_may_be_said(text):
    assert stated.missing(page(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It is 81.4 dB.", "81.4"),
        ("It is 5.2 % of them.", "5.2 %"),
        ("So 23 % are missed.", "23 %"),
        ("So 77 % are found.", "77 %"),
        ("It has 1,235 pixels.", "1,235"),
        ("It has 1200 pixels.", "1200"),
        ("It has about 1300 pixels.", "1300"),
        ("It grew by +3.27 levels.", "+3.27"),
        ("It grew from \u221281.3.", "\u221281.3"),
        ("A comment says 0.77.", "0.77"),
        ("Between 6 and 24 %.", "6"),
        ("From 5 to 25 %.", "25 %"),
        ("The formula $x = 81.4$ holds.", "81.4"),
        ("| a | b |\n|---|---|\n| 1 | 0.52 |", "0.52"),
        ("<details>It is 0.52.</details>", "0.52"),
    ],
)
def test_a_changed_digit_is_found(text, number):
    assert [found for _, found, _ in stated.missing(page(text))] == [number]


def test_a_short_number_needs_its_proof_near_and_a_long_one_does_not():
    assert stated.missing(page("So 5 %.", far=stated.NEAR - 1)) == []
    assert stated.missing(page("So 5 %.", far=stated.NEAR)) != []
    assert stated.missing(page("So 81.3 dB.", far=stated.NEAR)) == []
    assert stated.missing(page("So 76.4 % were met.", far=stated.NEAR)) != []


def test_the_text_of_a_picture_is_no_proof_and_needs_one():
    for source in ('plot.show_values(x, alt="It is 7.31.")', 'plot.describe(a, "It is 7.31.")'):
        notebook = page("It is 7.31.")
        notebook.cells[0].source = source
        assert [place for place, _, _ in stated.missing(notebook)] == [0, 1]
        notebook.cells[0].source = source + "\nwidth = 7.31"
        assert stated.missing(notebook) == []


def test_a_solution_may_speak_of_its_lesson():
    alone = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("It is 81.3 dB.")])
    assert stated.missing(alone) != []
    assert stated.missing(alone, page("")) == []


def test_a_declared_number_needs_a_reason_and_must_be_there():
    text = "In 1985 it was 7.77 and 12.5 %."
    reasons = {"1985": "a year", "7.77": "derived: 7 + 0.77", "12.5 %": "the rule of the task"}
    assert stated.missing(page(text, reasons)) == []
    assert stated.false_declarations(page(text, reasons)) == []
    assert [n for _, n, _ in stated.missing(page(text, {"1985": "a year"}))] == ["7.77", "12.5 %"]
    for wrong, fault in (
        ({"1986": "a year"}, "1986 is declared but not stated"),
        ({"12.5": "no share"}, "12.5 is declared but not stated"),
        ({"1985": ""}, "1985 is declared without a reason"),
        ({"7.77": {"explorer": "shade", "why": "at 3"}}, "7.77 is declared without a reason"),
    ):
        assert stated.false_declarations(page(text, wrong)) == [f"cell 1: {fault}"]


EXPLORER = """
import numpy as np
from helpers.sliders import explore, explore_plot
def shade(level, kind):
    return np.full((9, 9), level, dtype=np.uint8), f"at {level / 8:.3f} < 1 & {kind}"
def curve(axes, width):
    return f"width {width}, area {width ** 2}"
explore(shade, level=(0, 8, 1), kind=["box", "disc"])
explore_plot(curve, width=(0.5, 1.5, 0.25))
"""


@pytest.fixture(scope="module")
def answers():
    questions = [
        ("0.625", "shade", {"level": 5}),
        ("0.63", "shade", {"level": 5, "kind": "disc"}),
        ("0.626", "shade", {"level": 5}),
        ("0.625", "shade", {"level": 6}),
        ("0.5625", "curve", {"width": 0.75}),
        ("0.5", "other", {"level": 4}),
        ("0.5", "shade", {"size": 4}),
        ("1.125", "shade", {"level": 9}),
    ]
    source = (Path(__file__).parent / "ask.py").read_text(encoding="utf-8")
    source = f"ASKED = {[question[1:] for question in questions]}\n{source}"
    cells = [nbformat.v4.new_code_cell(code) for code in (EXPLORER, source)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return stated.unsaid(questions, json.loads(notebook.cells[-1].outputs[-1].text))


def test_a_true_position_is_found_and_a_false_one_is_a_fault(answers):
    assert answers == [
        "0.626 is not what `shade` says at {'level': 5}:  at 0.625 < 1 & box ",
        "0.625 is not what `shade` says at {'level': 6}:  at 0.750 < 1 & box ",
        "0.5 is not what `other` says at {'level': 4}: no explorer draws with `other`",
        "0.5 is not what `shade` says at {'size': 4}: `shade` has no control `size`",
        "1.125 is not what `shade` says at {'level': 9}: `level` of `shade` cannot be 9",
    ]


def test_declared_positions_are_asked_for():
    where = {"explorer": "shade", "set": {"level": 5}, "why": "caption"}
    notebook = page("0.625 in 1985", {"0.625": where, "1985": "a year"})
    assert stated.asked(notebook) == [("0.625", "shade", {"level": 5})]
    assert stated.false_declarations(notebook) == []


def test_a_false_position_turns_the_validation_of_a_page_red(tmp_path):
    for name in (
        "conftest.py",
        *(f"tests/notebooks/{n}.py" for n in ("drive", "ask", "stated", "reading")),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    for number in ("0.625", "0.626"):
        where = {number: {"explorer": "shade", "set": {"level": 5}, "why": "caption"}}
        words = nbformat.v4.new_markdown_cell(f"It is {number}.", metadata={"numbers": where})
        cells = [nbformat.v4.new_code_cell(EXPLORER), words]
        notebook = nbformat.v4.new_notebook(cells=cells)
        nbformat.write(notebook, tmp_path / f"{number}.ipynb")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval-lax"]
    command += ["--nbval-current-env", "0.625.ipynb", "0.626.ipynb"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "0.626 is not what `shade` says at {'level': 5}" in said.stdout
    assert "0.625 is not" not in said.stdout
