"""Tables that keep numbers as numbers: Excel workbooks, and Parquet without its library."""

import datetime
import importlib.util
import zipfile

import openpyxl
import pytest

from helpers import own_data
from helpers.own_data import Problem, Written

TWO = [["x", "y"], [1.25, "a"], [2.125, "b"]]


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes sheets to a workbook and returns its path."""

    def write(rows, **more):
        book = openpyxl.Workbook()
        book.active.title = "Data"
        for row in rows:
            book.active.append(row)
        for name, others in more.items():
            sheet = book.create_sheet(name)
            for row in others:
                sheet.append(row)
        book.save(tmp_path / "table.xlsx")
        return tmp_path / "table.xlsx"

    return write


def test_numbers_are_read_as_they_are_and_gaps_counted(workbook):
    table = own_data.read_table(workbook([*TWO, [None, "c"]]), numbers=["x"], labels=["y"])
    assert (table["x"].tolist(), table["y"].tolist()) == ([1.25, 2.125], ["a", "b"])
    assert table.notes == ('1 of 3 rows have no value in "x" and are left out',)


def test_numbers_that_are_stored_as_text_are_read_like_those_of_a_text_file(workbook):
    path = workbook([["x"], [1.125], ["2,5"], ["n/a"], [3]])
    table = own_data.read_table(path, numbers=["x"])
    assert table["x"].tolist() == [1.125, 2.5, 3] and "decimal commas" in table.notes
    with pytest.raises(Problem, match=r"2,500 is 2500 or 2\.5\. Set `decimal`"):
        own_data.read_table(workbook([["x"], [1.125], ["2,500"]]), numbers=["x"])


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (datetime.datetime(2024, 1, 5), "2024-01-05"),
        (datetime.datetime(2024, 1, 5, 7, 30), "2024-01-05 07:30:00"),
        (True, "TRUE"),
        ("#DIV/0!", "#DIV/0!"),
        ("=A2*2", "=A2*2"),
    ],
)
def test_dates_truth_values_and_faults_are_no_numbers(workbook, cell, shown):
    path = workbook([["x"], [1], [cell]])
    with pytest.raises(Problem, match="1 of 2 values is text") as caught:
        own_data.read_table(path, numbers=["x"])
    assert f'the first is "{shown}" in row 2' in str(caught.value)
    assert ("no stored result" in str(caught.value)) == shown.startswith("=")


def test_the_stored_result_of_a_formula_is_its_value(workbook):
    path = workbook([["x"], [2], ["=A2*2"]])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<f>A2*2</f><v />", b"<f>A2*2</f><v>4.5</v>")
    parts[sheet] = parts[sheet].replace(b"<f>A2*2</f><v></v>", b"<f>A2*2</f><v>4.5</v>")
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert own_data.read_table(path, numbers=["x"])["x"].tolist() == [2, 4.5]


def test_labels_of_other_kinds_become_text(workbook):
    path = workbook([["y"], [True], [0.5], [7], [7.0], [datetime.datetime(2024, 1, 5)]])
    labels = own_data.read_table(path, labels=["y"])["y"].tolist()
    assert labels == ["TRUE", "0.5", "7", "7", "2024-01-05"]


def test_rows_without_data_and_columns_without_a_name_are_handled_as_in_text(workbook):
    rows = [[], [None, "x", "y"], [None, "kg", "cm"], [1, 2, 3], [], [None, "x", "y"], [2, 4, 6]]
    table = own_data.read_table(workbook(rows), numbers="rest")
    assert (table["x"].tolist(), table["y"].tolist(), table.rows) == ([2, 4], [3, 6], 2)
    assert "column 1 has no name and is not used" in table.notes
    assert "row 1 below the names holds no number (kg, cm) and is left out as units" in table.notes
    table = own_data.read_table(workbook([["x"], [1], [None], [3]]), numbers=["x"])
    assert (table.rows, table["x"].tolist()) == (3, [1, 3])


def test_codes_for_no_value_work_on_numbers(workbook):
    path = workbook([["x"], [41], [42], [9999]])
    assert 'Warning: "x" holds 9999' in own_data.read_table(path, numbers=["x"]).notes[0]
    table = own_data.read_table(path, numbers=["x"], written=Written(missing=9999))
    assert table["x"].tolist() == [41, 42]


def test_the_sheet_that_has_the_columns_is_found_or_asked_for(workbook):
    path = workbook(TWO, Other=[["a"], [1]], Empty=[])
    table = own_data.read_table(path, numbers=["x"])
    assert table["x"].tolist() == [1.25, 2.125] and 'sheet "Data"' in table.notes
    path = workbook(TWO, Other=[["x"], [7], [8]])
    with pytest.raises(
        Problem, match='several sheets with such columns: set `sheet` to "Data", "O'
    ):
        own_data.read_table(path, numbers=["x"])
    table = own_data.read_table(path, numbers=["x"], written=Written(sheet="Other"))
    assert table["x"].tolist() == [7, 8]
    with pytest.raises(Problem, match='no sheet "Otter" with cells; it has "Data", "Other"'):
        own_data.read_table(path, numbers=["x"], written=Written(sheet="Otter"))
    with pytest.raises(Problem, match='no sheet with all of x, z; its sheets are "Data", "Other"'):
        own_data.read_table(path, numbers=["x", "z"])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "is empty"),
        ([["x", "y"]], "has names of columns but no rows"),
        ([["My table"], ["x", "y"], [1, 2]], "Its first line must hold the names of all columns"),
        ([["x", "x"], [1, 2]], 'has 2 columns "x"'),
        ([[1, 2], [3, 4]], "The first line of table.xlsx holds numbers"),
    ],
)
def test_each_fault_has_its_sentence(workbook, rows, message):
    with pytest.raises(Problem, match=message):
        own_data.read_table(workbook(rows), numbers=["x"] if rows[:1] != [[1, 2]] else "rest")


def test_a_damaged_workbook_is_named(workbook):
    path = workbook(TWO)
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(Problem, match="is damaged, or no Excel workbook: save it anew"):
        own_data.read_table(path, numbers=["x"])
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(Problem, match="is damaged, or no Excel workbook: save it anew"):
        own_data.read_table(path, numbers=["x"])


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="pyarrow is there")
def test_parquet_without_its_library_is_refused_in_one_sentence(written):
    with pytest.raises(Problem, match="is a Parquet file: install pyarrow, or save the table as"):
        own_data.read_table(written(b"PAR1abcPAR1", "t.parquet"), numbers=["x"])
