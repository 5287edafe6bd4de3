"""Tables of the reader: the form is found from the whole file, and nothing is lost in silence."""

import gzip
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from helpers import own_data
from helpers.analysis import balancing
from helpers.own_data import Problem, Written

PLAIN = "name,dose,cured\nAnna,1.5,yes\nBert,2.5,no\nCilla,4,yes\n"


def test_numbers_become_floats_and_labels_text(written):
    table = own_data.read_table(written(PLAIN), numbers=["dose"], labels=["cured"])
    np.testing.assert_array_equal(table["dose"], [1.5, 2.5, 4.0])
    assert table["dose"].dtype == np.float64
    assert table["cured"].tolist() == ["yes", "no", "yes"]
    assert (table.rows, table.notes) == (3, ())


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (PLAIN.replace(",", ";"), 'values are separated by ";"'),
        (PLAIN.replace(",", ";").replace(".", ","), "decimal commas"),
        (PLAIN.replace(",", "\t"), "values are separated by tabulator"),
        (PLAIN.replace("Cilla", "Zoë").encode("cp1252"), "encoding cp1252"),
        (PLAIN.encode("utf-16"), "encoding utf-16"),
    ],
    ids=["semicolons", "decimal commas", "tabs", "Windows", "UTF-16"],
)
def test_another_way_of_writing_gives_the_same_numbers_and_a_note(written, content, note):
    table = own_data.read_table(written(content), numbers=["dose"], labels=["name"])
    np.testing.assert_array_equal(table["dose"], [1.5, 2.5, 4.0])
    assert note in table.notes
    assert table["name"][2] in ("Cilla", "Zoë")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("dose", " dose "),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("Anna", '"Anna, of\nYork"'),
        PLAIN.rstrip("\n"),
        PLAIN.replace(",", ", "),
    ],
    ids=["byte order mark", "spaces in a name", "CRLF", "quoted", "no last newline", "spaces"],
)
def test_harmless_habits_of_writing_make_no_difference(written, content):
    table = own_data.read_table(written(content), numbers=["dose"], labels=["cured"])
    np.testing.assert_array_equal(table["dose"], [1.5, 2.5, 4.0])
    assert table["cured"].tolist() == ["yes", "no", "yes"]


def test_a_single_column_is_a_table_too(written):
    table = own_data.read_table(written("dose\n1\n2\n"), numbers=["dose"])
    np.testing.assert_array_equal(table["dose"], [1, 2])


def test_rest_means_all_columns_that_are_no_labels(written):
    table = own_data.read_table(written("a,y,b\n1,p,2\n3,q,4\n"), numbers="rest", labels=["y"])
    assert list(table.columns) == ["a", "b", "y"]


def test_labels_keep_their_spelling_even_if_they_look_like_numbers(written):
    table = own_data.read_table(written("y,x\n01,1\n1.0, 2\n"), labels=["y"])
    assert table["y"].tolist() == ["01", "1.0"]


@pytest.mark.parametrize(
    ("content", "columns", "message"),
    [
        (PLAIN, ["dosis"], r'table.csv has no column "dosis". Nearest names: dose'),
        (PLAIN, ["weight"], r'has no column "weight". It has name, dose, cured'),
        (PLAIN, ["name"], r'"name" must hold numbers; 3 of 3 values are text, .* "Anna" in row 1'),
        ("a,a\n1,2\n3,4\n", ["a"], r'has 2 columns "a": rename all but one'),
        ("", ["a"], "table.csv is empty"),
        ("\n \n", ["a"], "table.csv is empty"),
        ("a,b\n", ["a"], "has names of columns but no rows"),
        ("1,2\n3,4\n", ["a"], "The first line of table.csv holds numbers: put the names"),
        ("a,b\n1,2\n,4\n", ["a"], "has 1 complete rows of 2; at least 2 are needed"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", ["a"], "is not a text file: save the table as CSV"),
        (
            "a,b\n1,2\n3,4,5\n6,7\n8,9\n1,2\n",
            ["a"],
            "row 2 below the names has more values than there are names",
        ),
        ("a,b\n1,5,2\n3,5,4\n", ["a"], "Is a comma both decimal sign and separator?"),
        ('a,b\n1,2\n"3,4\n', ["a"], "cannot be read as a table: a quotation mark is opened"),
    ],
)
def test_each_fault_has_one_sentence(written, content, columns, message):
    with pytest.raises(Problem, match=message):
        own_data.read_table(written(content), numbers=columns)


@pytest.mark.parametrize(
    ("text", "names", "rows"),
    [
        ("Weight, kg;Age\n70,5;34\n81;36\n", ["Weight, kg", "Age"], [[70.5, 81], [34, 36]]),
        ("x;y,z\n1;2,3\n4;5,6\n", ["y,z"], [[2.3, 5.6]]),
        ("x;y,z\n1;2,3\n4;5,6\n", ["z"], [[3, 6]]),
        ("x\n1,5\n2,5\n7\n", ["x"], [[1.5, 2.5, 7]]),
        ("sep=;\nx;y\n1,5;2\n3,5;3\n", ["x"], [[1.5, 3.5]]),
        ("x   y\n1   2\n 3  4\n", ["x", "y"], [[1, 3], [2, 4]]),
        ("x|y\n1|a;b\n3|c\n", ["x"], [[1, 3]]),
        ('x,y\n1,"a;b;c"\n3,"d, e"\n', ["x"], [[1, 3]]),
        ("\n\nx,y\n\n1,2\n\n3,4\n  \n", ["y"], [[2, 4]]),
        ("x,y\r1,2\r3,4\r", ["y"], [[2, 4]]),
        ("x,y,\n1,2,\n3,4,\n", ["x", "y"], [[1, 3], [2, 4]]),
        ("x;y\n1,5;2;\n3;4;\n", ["x", "y"], [[1.5, 3], [2, 4]]),
    ],
)
def test_the_delimiter_is_found(written, text, names, rows):
    table = own_data.read_table(written(text), numbers=names)
    np.testing.assert_array_equal([table[name] for name in names], rows)


def test_a_delimiter_that_cannot_be_found_is_asked_for(written):
    path = written("x,a;y\nm,b;n\nk,c;l\n")
    with pytest.raises(Problem, match='can be split at "," or ";": set `delimiter` to one of them'):
        own_data.column_names(path)
    assert own_data.column_names(path, known=["y"]) == ["x,a", "y"]
    assert own_data.column_names(path, written=Written(delimiter=",")) == ["x", "a;y"]


def test_decimal_commas_that_may_be_row_numbers_are_not_guessed(written):
    path = written("x\n1,5\n2,7\n3,9\n")
    with pytest.raises(Problem, match=r"one value more than there are names; .* set `delimiter`"):
        own_data.read_table(path, numbers=["x"])
    table = own_data.read_table(path, numbers=["x"], written=Written(delimiter=";"))
    assert table["x"].tolist() == [1.5, 2.7, 3.9]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_told_by_their_bytes(written, encoding):
    path = written("Größe;x\nüber;1,5\nß;2\n".encode(encoding))
    table = own_data.read_table(path, numbers=["x"], labels=["Größe"])
    assert (table["Größe"].tolist(), table["x"].tolist()) == (["über", "ß"], [1.5, 2])
    assert f"encoding {encoding}" in table.notes


def test_a_zero_byte_far_down_is_no_text(written):
    with pytest.raises(Problem, match="is not a text file: save the table as CSV"):
        own_data.read_table(written("x,y\n" + "1,a\n" * 30_000 + "2,\0\n"), numbers=["x"])


def test_a_mark_at_the_beginning_is_no_part_of_the_first_name(written):
    path = written(b'\xef\xbb\xbf"x","y"\n1,2\n3,4\n')
    for given in (None, "utf-8", "utf-8-sig", "UTF8"):
        table = own_data.read_table(path, numbers=["x"], written=Written(encoding=given))
        assert table["x"].tolist() == [1, 3]


def test_latin_1_is_what_no_other_encoding_fits(written):
    table = own_data.read_table(written(b"x;y\n1;\x81\n2;\xe4\n"), labels=["y"])
    assert table["y"].tolist() == ["\x81", "ä"] and "encoding latin-1" in table.notes


def test_an_encoding_is_followed_or_refused(written):
    path = written("x,y\n1,я\n2,ж\n".encode("koi8-r"))
    table = own_data.read_table(path, labels=["y"], written=Written(encoding="koi8-r"))
    assert table["y"].tolist() == ["я", "ж"]
    with pytest.raises(Problem, match="is not written in utf-8: set `encoding` to another one"):
        own_data.read_table(path, labels=["y"], written=Written(encoding="utf-8"))
    with pytest.raises(Problem, match="It was read in encoding cp1252; `encoding` sets another"):
        own_data.read_table(path, labels=["z"])


@pytest.mark.parametrize(
    "text",
    [
        'x,y\n1,"2\n3,4\n',
        'x,y\n1,2\n"3,4\n5,6\n',
        'x,"y\n1,2\n3,4\n',
        'x,y\n"1,2\n3,4\n',
    ],
)
def test_a_quotation_mark_that_is_never_closed_is_refused(written, text):
    with pytest.raises(Problem, match="a quotation mark is opened and never closed"):
        own_data.read_table(written(text), numbers=["x"])


@pytest.mark.parametrize(
    "text",
    [
        'x,name,u,v\n1,"5 inch,a,b\n2,x,3,4\n3,6",b,c\n4,z,z,z\n',
        'x,name\n1,a\n2,"b\n3,4\n5,6\n7,8\n9",\n1,a\n',
    ],
)
def test_two_stray_quotation_marks_do_not_swallow_rows(written, text):
    with pytest.raises(Problem, match=r"a quoted value in row . below the names holds whole rows"):
        own_data.read_table(written(text), numbers=["x"])


def test_quoted_prose_of_several_lines_is_a_value(written):
    text = 'x,name\n1,"Anna, of\nYork, north\nof the river, 2nd\nhouse"\n2,5" pipe\n'
    table = own_data.read_table(written(text), numbers=["x"], labels=["name"])
    assert table["x"].tolist() == [1, 2]
    assert table["name"].tolist()[1] == '5" pipe' and table["name"][0].count("\n") == 3


def test_rows_that_are_no_data_are_told(written):
    table = own_data.read_table(written("x,y\n1,2\nx,y\n3,4\nx,y\n"), numbers=["x"])
    assert (table.rows, table["x"].tolist()) == (2, [1, 3])
    assert "2 rows repeat the names of the columns and are left out" in table.notes
    table = own_data.read_table(written("a,2020\nk,1\na,2020\nm,3\n"), numbers=["2020"])
    assert table["2020"].tolist() == [1, 3]
    table = own_data.read_table(written("x,y\nkg,\n1,b\n3,c\n"), numbers=["x"], labels=["y"])
    assert (table.rows, table["y"].tolist()) == (2, ["b", "c"])
    assert "row 1 below the names holds no number (kg) and is left out as units" in table.notes


def test_a_first_row_that_may_be_data_is_no_row_of_units(written):
    for text in ("x,y\nn.d.,a\n1,b\n3,c\n", "x,y\nNA,b\nn.d.,d\n3,c\n"):
        with pytest.raises(Problem, match=r'1 of 3 values is text, the first is "n.d."'):
            own_data.read_table(written(text), numbers=["x"], labels=["y"])
    for cell in ("5 kg", "(5)", "$5", "<LOD", "TRUE", "=A1"):
        with pytest.raises(Problem, match=r"1 of 3 values is text"):
            own_data.read_table(written(f"x\n{cell}\n1\n3\n"), numbers=["x"])
    table = own_data.read_table(written("x,y\n,b\n1,d\n3,c\n"), numbers=["x"], labels=["y"])
    assert table.notes == ('1 of 3 rows have no value in "x" and are left out',)


@pytest.mark.parametrize(
    "text",
    [
        ",x,y\n0,2,a\n1,4,b\n",
        '"x","y"\n"1",2,a\n"2",4,b\n',
        "x,y\nMazda,2,a\nFord,4,b\n",
        "x;y\n1;2;a\n2;4;b\n",
    ],
    ids=["pandas", "R", "names", "semicolons"],
)
def test_an_index_column_is_not_used_and_told(written, text):
    table = own_data.read_table(written(text), numbers="rest", labels=["y"])
    assert list(table.columns) == ["x", "y"] and table["x"].tolist() == [2, 4]
    assert "column 1 has no name and is not used" in table.notes
    assert own_data.column_names(written(text)) == ["x", "y"]


def test_values_under_no_name_are_not_lost_in_silence(written):
    text = "x,y,\n" + "1,2,\n" * 3000 + "3,4,oops\n"
    table = own_data.read_table(written(text), numbers=["x"])
    assert table.rows == 3001 and "column 3 has no name and is not used" in table.notes
    with pytest.raises(Problem, match="row 3001 below the names has more values"):
        own_data.read_table(written(text.replace("y,", "y", 1)), numbers=["x"])


def test_short_rows_are_told(written):
    table = own_data.read_table(written("x,y\n1,2\n3\n4,5\n"), numbers=["x", "y"])
    assert (table.rows, table["x"].tolist()) == (3, [1, 4])
    assert table.notes[0].startswith("1 of 3 rows have fewer values than there are names, the fir")


def test_letters_with_accents_are_the_same_however_they_are_composed(written):
    whole, parts = "Größe", unicodedata.normalize("NFD", "Größe")
    for inside, asked in ((whole, parts), (parts, whole), (parts, parts)):
        text = f"{inside},y\n1,{parts}\n2,{whole}\n"
        table = own_data.read_table(written(text), numbers=[asked], labels=["y"])
        assert table[asked].tolist() == [1, 2] and table["y"].tolist() == [whole, whole]
    with pytest.raises(Problem, match='has 2 columns "Größe": rename all but one'):
        own_data.read_table(written(f"{whole},{parts}\n1,2\n3,4\n"), numbers=[whole])
    found = own_data.positives([whole, "b"], parts)
    assert found.tolist() == [True, False]


def test_names_are_spelled_as_they_were_asked_for(written):
    whole, parts = "Größe", unicodedata.normalize("NFD", "Größe")
    path = written(f"{whole},b,c\n1,k,2\n3,k,4\n5,l,6\n7,l,8\n")
    assert own_data.column_names(path, known=[parts]) == [parts, "b", "c"]
    assert balancing.read_sample(path, "b", leave_out=[parts]).names == ("c",)


def test_a_class_that_may_mean_no_value_is_named():
    with pytest.raises(Problem, match=r'3 classes: .* If "NA" means no value, set `missing` to it'):
        own_data.positives(["NA", "0", "1"], 1)


def test_a_packed_file_is_read_whatever_its_name(written):
    packed = gzip.compress(PLAIN.encode())
    for name in ("table.csv.gz", "table.csv"):
        table = own_data.read_table(written(packed, name), numbers=["dose"])
        assert table["dose"].tolist() == [1.5, 2.5, 4]
    cut = gzip.compress(PLAIN.encode() * 500)[:-20]
    with pytest.raises(Problem, match="is damaged: it cannot be unpacked to its end"):
        own_data.read_table(written(cut), numbers=["dose"])


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"%PDF-1.4", "is a PDF: save the table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old or locked workbook"),
        (b"SQLite format 3\0", "is a database"),
    ],
)
def test_files_of_other_kinds_are_named(written, head, message):
    with pytest.raises(Problem, match=message):
        own_data.read_table(written(head), numbers=["x"])


def test_a_line_of_names_may_be_long_and_columns_many(written):
    names = [f"a column with a long name, number {n}" for n in range(2500)]
    rows = np.random.default_rng(0).normal(size=(20, 2500)).round(4)
    text = "\n".join([";".join(names), *(";".join(map(str, row)) for row in rows.tolist())])
    table = own_data.read_table(written(text), numbers="rest")
    np.testing.assert_array_equal(np.column_stack(list(table.columns.values())), rows)


@pytest.mark.alone
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_a_million_rows_keep_the_time_and_the_memory_that_are_promised(tmp_path, say):
    path = tmp_path / "long.csv"
    path.write_text("score,label\n" + "0.123456,sick\n0.654321,well\n" * 500_000)
    code = (
        "import re, time; from helpers import own_data; t = time.process_time();"
        f"table = own_data.read_table({str(path)!r}, numbers=['score'], labels=['label']);"
        "assert len(table['score']) == 1_000_000; print(time.process_time() - t);"
        "print(*re.findall(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    seconds, peak = map(float, run.stdout.split())
    say(f"a million rows: {seconds:.1f} s, {peak / 1000:.0f} MB")
    assert seconds <= 4 and peak <= 400_000
