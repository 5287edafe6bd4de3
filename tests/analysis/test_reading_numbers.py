"""Numbers in tables of the reader: signs, gaps and codes, each column by itself."""

import numpy as np
import pytest

from helpers import own_data
from helpers.analysis import classifier
from helpers.own_data import Problem, Written


def column(write, cells, **choices):
    """Read the column x of a file of two columns."""
    text = "x;y\n" + "".join(f"{cell};1\n" for cell in cells)
    return own_data.read_table(write(text), numbers=["x"], least=1, **choices)


@pytest.mark.parametrize("empty", ["", "NA", "NaN", "?", "-", "inf", "n/a", ".", "1e999"])
def test_rows_without_a_value_are_left_out_and_counted_with_the_reason(written, empty):
    path = written(f"dose,cured\n1.5,yes\n{empty},no\n4,yes\n")
    table = own_data.read_table(path, numbers=["dose"], labels=["cured"])
    assert (table["dose"].tolist(), table["cured"].tolist()) == ([1.5, 4], ["yes", "yes"])
    said, *reasons = table.notes
    assert said == '1 of 3 rows have no value in "dose" and are left out'
    assert reasons == [f'no value in "dose": 1 "{empty}", the first in row 2'] * (empty != "")


def test_each_reason_for_no_value_is_counted(written):
    table = own_data.read_table(written("dose\n1\nNA\n\n?\nNA\n2\n\n"), numbers=["dose"])
    assert (table.rows, table["dose"].tolist()) == (6, [1, 2])
    assert table.notes[1] == 'no value in "dose": 2 "NA", 1 empty, 1 "?", the first in row 2'


def test_a_gap_in_a_column_that_is_not_asked_for_costs_nothing(written):
    path = written("name,dose\nAnna,1\n,2\nCilla,3\n")
    assert len(own_data.read_table(path, numbers=["dose"])["dose"]) == 3


def test_a_text_far_down_is_found(written):
    content = "x\n" + "1.25\n" * 300_000 + "n.d.\n"
    with pytest.raises(Problem, match=r'1 of 300001 values is text, the first is "n.d." in row'):
        own_data.read_table(written(content), numbers=["x"])


@pytest.mark.parametrize(
    "cells",
    ["TRUE FALSE NA", "0x1F 1", "1_000 2", "1,00,000 2", "45% 3%", "2024-01-05 1", "١ 2"],
)
def test_what_is_no_number_is_named(written, cells):
    with pytest.raises(Problem, match=r'"x" must hold numbers; . of . values (is|are) text, the'):
        column(written, cells.split())


def test_all_columns_of_text_are_named_at_once(written):
    path = written("a,b,c,d\n1,k,m,2\n3,l,n,4\n")
    with pytest.raises(own_data.WrongCells, match=r'Column "b" .* Also text: "c" \(2\)') as caught:
        own_data.read_table(path, numbers="rest")
    assert caught.value.text == ["b", "c"]


GERMAN = "x;y\n1.391,18;272\n35,5;3.340\n-2.000;1.000.000\n;7\n"


def test_points_are_thousands_marks_where_commas_are_decimal_signs(written):
    table = own_data.read_table(written(GERMAN), numbers=["y"])
    np.testing.assert_array_equal(table["y"], [272, 3340, 1_000_000, 7])
    assert 'points are thousands marks in "y"' in table.notes
    table = own_data.read_table(written(GERMAN), numbers=["x"])
    np.testing.assert_array_equal(table["x"], [1391.18, 35.5, -2000])


def test_one_odd_cell_does_not_condemn_the_other_decimal_commas(written):
    with pytest.raises(Problem, match=r'; 1 of 3 values is text, the first is "n.b." in row 2'):
        column(written, ["1391,18", "n.b.", "2,5"])


def test_a_point_that_is_no_thousands_mark_is_refused_among_decimal_commas(written):
    with pytest.raises(Problem, match=r'1 of 3 values is text, the first is "1.5" in row 1'):
        column(written, ["1.5", "2,5", "3,25"])
    with pytest.raises(Problem, match=r'1 of 2 values is text, the first is "0.125.000" in row 1'):
        column(written, ["0.125.000", "1.250.000"])


@pytest.mark.parametrize(
    ("cells", "shown", "point", "comma"),
    [
        ("1.250 2.340", "1.250 is 1.25 or 1250", [1.25, 2.34], [1250, 2340]),
        ("1.250 2.100 980", "1.250 is 1.25 or 1250", [1.25, 2.1, 980], [1250, 2100, 980]),
        ("1,250 2,100 980", "1,250 is 1250 or 1.25", [1250, 2100, 980], [1.25, 2.1, 980]),
        ("-12.500 7", "-12.500 is -12.5 or -12500", [-12.5, 7], [-12500, 7]),
        ("1.250 2.125 980.000", "1.250 is 1.25 or 1250", [1.25, 2.125, 980], [1250, 2125, 980e3]),
    ],
)
def test_two_readings_are_refused_until_a_parameter_decides(written, cells, shown, point, comma):
    cells = cells.split()
    with pytest.raises(Problem, match=f'"x" can be read in two ways: {shown}. Set `decimal` to'):
        column(written, cells)
    mark = "," if "," in cells[0] else "."
    whole = point if mark == "," else comma
    assert column(written, cells, written=Written(decimal="."))["x"].tolist() == point
    assert column(written, cells, written=Written(decimal=","))["x"].tolist() == comma
    assert column(written, cells, written=Written(thousands=mark))["x"].tolist() == whole


def test_the_last_rows_decide_as_well_as_the_first(written):
    rows = [*range(500, 750), *range(1000, 1997)]
    cells = [f"{row:,}".replace(",", ".") for row in rows]
    with pytest.raises(Problem, match=r"1\.000 is 1 or 1000"):
        column(written, cells)
    table = column(written, [*cells, "2.000,5"])
    assert table["x"].mean() == np.mean([*rows, 2000.5])
    assert column(written, [*cells, "0.125"])["x"][-2:].tolist() == [1.996, 0.125]


@pytest.mark.parametrize("cells", ["0.125 2 1.5", "0.125 3", "1.25 2", "1.250 0.125", "-.5 -1.250"])
def test_plain_decimals_are_not_taken_for_thousands(written, cells):
    assert column(written, cells.split())["x"].tolist() == [float(cell) for cell in cells.split()]


@pytest.mark.parametrize(
    ("cell", "number", "note"),
    [
        ("1 234,5", 1234.5, 'blanks are thousands marks in "x"'),
        ("1\u00a0234,5", 1234.5, 'blanks are thousands marks in "x"'),
        ("1'234.5", 1234.5, 'apostrophes are thousands marks in "x"'),
        ("1’234,5", 1234.5, 'apostrophes are thousands marks in "x"'),
        ("1,234.5", 1234.5, 'commas are thousands marks in "x"'),
        ("\u22121,5", -1.5, "decimal commas"),
        ("1.5e-05", 1.5e-05, 'values are separated by ";"'),
    ],
)
def test_other_signs_of_numbers_are_known(written, cell, number, note):
    table = column(written, [cell, "7"])
    assert table["x"].tolist() == [number, 7]
    assert note in table.notes


def test_a_thousands_sign_of_the_readers_own_is_followed(written):
    table = column(written, ["1_234.5", "7"], written=Written(thousands="_"))
    assert table["x"].tolist() == [1234.5, 7]


def test_each_column_has_signs_of_its_own(written):
    text = "a;b;c;d\n1,5;1.5;1.234,5;1,234.5\n2;2;7;7\n"
    table = own_data.read_table(written(text), numbers="rest")
    assert [table[name][0] for name in "abcd"] == [1.5, 1.5, 1234.5, 1234.5]


def test_labels_are_values_unless_the_reader_says_otherwise(written):
    path = written("x,y\n1,+\n2,-\n3,NA\n4,None\n5,\n6,n.d.\n")
    table = own_data.read_table(path, numbers=["x"], labels=["y"])
    assert table["y"].tolist() == ["+", "-", "NA", "None", "n.d."]
    told = Written(missing=["NA", "n.d.", 1])
    table = own_data.read_table(path, numbers=["x"], labels=["y"], written=told)
    assert (table["x"].tolist(), table["y"].tolist()) == ([2, 4], ["-", "None"])
    assert 'no value in "x": 1 "1", the first in row 1' in table.notes


def test_codes_for_no_value_may_be_text_among_numbers(written):
    cells = ["1", "9999", "M1", "2", "9999.0"]
    table = column(written, cells, written=Written(missing=["M1", "9999"]))
    assert table["x"].tolist() == [1, 2]
    with pytest.raises(Problem, match='1 of 5 values is text, the first is "M1" in row 3'):
        column(written, cells, written=Written(missing=9999))


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ("42 43 41 9999 9999", ["9999 in 2 rows"]),
        ("42 42 9999", ["9999 in 1 row,"]),
        ("42 43 -1 999", ["-1 in 1 row,", "999 in 1 row,"]),
        ("0.1 0.5 0.9 0.7 0.3 -1", ["-1 in 1 row,"]),
        ("0 1 2 -1", []),
        ("-2.5 -1 0 1.5", []),
        ("9000 9500 9999 9800", []),
        ("9999 9999", []),
        ("1 10 100 500 999", []),
    ],
)
def test_codes_far_from_all_others_are_warned_of(written, values, warned):
    table = own_data.read_table(written("x\n" + values.replace(" ", "\n")), numbers=["x"])
    assert len(table["x"]) == len(values.split())
    for note, part in zip(table.notes, warned, strict=True):
        assert note.startswith(f'Warning: "x" holds {part}') and "set `missing` to" in note


def test_infinite_values_rank_where_they_are_asked_for(written):
    table = column(written, ["-inf", "2", "Infinity", "NA"], infinite=True)
    assert table["x"].tolist() == [-np.inf, 2, np.inf]


def test_infinite_scores_count_in_the_area_under_the_curve(written):
    rng = np.random.default_rng(1)
    sick = np.arange(100) < 40
    score = rng.normal(sick.astype(float))
    score[[0, 1, 50]], score[[5, 60, 61, 62]] = np.inf, -np.inf
    lines = [f"{'yes' if s else 'no'},{value}\n" for s, value in zip(sick, score, strict=True)]
    found = classifier.read_scores(written("y,s\n" + "".join(lines)), "y", "yes")
    wins = score[sick][:, None] > score[~sick], score[sick][:, None] == score[~sick]
    area = classifier.rank_models(found)["s"].auc
    assert area == pytest.approx(wins[0].mean() + wins[1].mean() / 2, rel=1e-12)
    assert 'infinite values of "s" rank before or behind all others' in found.notes


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"delimiter": ";;"}, "`delimiter` must be one character or None; got ';;'"),
        ({"decimal": ";"}, '`decimal` must be "." or "," or None'),
        ({"thousands": "3"}, "`thousands` must be a sign"),
        ({"thousands": ".", "decimal": "."}, "`decimal` and `thousands` must differ"),
        ({"encoding": "utf-99"}, "`encoding` must be a name such as utf-8"),
        ({"missing": [None, [1]]}, "`missing` must hold texts or numbers"),
        ({"missing": {"x": 1}}, "`missing` must be a code or a list of codes"),
    ],
)
def test_a_form_that_cannot_be_is_refused(written, choice, message):
    with pytest.raises(Problem, match=message):
        column(written, ["1", "2"], written=Written(**choice))
