"""The three pages for tables hand on what the reader says about the file."""

import html

import numpy as np
import openpyxl
import pytest


@pytest.fixture
def workbook(tmp_path):
    """Return the path of a workbook of two sheets that both fit; in one 9999 means no value."""
    rng = np.random.default_rng(3)
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("second")):
        sheet.append(["class", "a", "b"])
        for number in range(120):
            sick = number % 3 == 0
            a, b = rng.normal(1.5 * sick), 9999 if number == 7 else rng.normal(sick)
            sheet.append(["yes" if sick else "no", float(a), f"{b:.2f}".replace(".", ",")])
    book.save(tmp_path / "two.xlsx")
    return str(tmp_path / "two.xlsx")


PAGES = {
    "estimate_an_interval": {"column": "b", "group": "class", "compare": None},
    "evaluate_a_classifier": {"label": "class", "positive": "yes", "resamples": 200},
    "balance_a_table": {"target": "class", "repeats": 2, "methods": ["weights"]},
}


@pytest.mark.parametrize(("page", "choices"), PAGES.items(), ids=PAGES)
def test_the_page_asks_for_a_sheet_and_follows_the_choices(run_page, workbook, page, choices):
    run = run_page(page, source=workbook, **choices)
    assert run.problem == [
        'Problem: two.xlsx has several sheets with such columns: set `sheet` to "Sheet", "second".'
    ]
    assert not run.files
    form = {"sheet": "second", "missing": 9999, "decimal": ","}
    run = run_page(page, source=workbook, **choices, **form)
    assert not run.problem
    summary = html.unescape(run.files["summary.html"].read_text(encoding="utf-8"))
    for part in ('1 of 120 rows have no value in "b"', '1 "9999,00", the first in row 8'):
        assert part in run.said and part in summary
    for name, value in form.items():
        assert f"<td>{name}</td><td>{value}</td>" in summary
    assert "<td>encoding</td>" not in summary
