"""The reader's files: what is read, and the one sentence for each thing that can be wrong."""

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers import files, own_data
from helpers.images import ImageFormat
from helpers.own_data import Problem

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


@pytest.mark.parametrize("empty", ["", "NA", "NaN", "?", "-", "inf"])
def test_rows_without_a_value_are_left_out_and_counted(written, empty):
    content = PLAIN.replace("2.5", empty)
    table = own_data.read_table(written(content), numbers=["dose"], labels=["cured"])
    np.testing.assert_array_equal(table["dose"], [1.5, 4.0])
    assert table["cured"].tolist() == ["yes", "yes"]
    assert table.notes == ('1 of 3 rows have no value in "dose" and are left out',)


def test_a_gap_in_a_column_that_is_not_asked_for_costs_nothing(written):
    content = PLAIN.replace("Bert", "")
    assert len(own_data.read_table(written(content), numbers=["dose"])["dose"]) == 3


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
        ('a,b\n1,2\n"3,4\n', ["a"], "cannot be read as a table: .*EOF inside string"),
    ],
)
def test_each_fault_has_one_sentence(written, content, columns, message):
    with pytest.raises(Problem, match=message):
        own_data.read_table(written(content), numbers=columns)


def test_a_text_far_down_is_found(written):
    content = "x\n" + "1.25\n" * 300_000 + "n.d.\n"
    with pytest.raises(Problem, match=r'1 of 300001 values is text, the first is "n.d." in row'):
        own_data.read_table(written(content), numbers=["x"])


GERMAN = "x;y\n1.391,18;272\n35,5;3.340\n-2.000;1.000.000\n;7\n"


def test_points_are_thousands_marks_where_commas_are_decimal_signs(written):
    table = own_data.read_table(written(GERMAN), numbers=["y"])
    np.testing.assert_array_equal(table["y"], [272, 3340, 1_000_000, 7])
    assert 'points are thousands marks in "y"' in table.notes
    table = own_data.read_table(written(GERMAN), numbers=["x"])
    np.testing.assert_array_equal(table["x"], [1391.18, 35.5, -2000])


def test_one_odd_cell_does_not_condemn_the_other_decimal_commas(written):
    content = "x;y\n1391,18;a\nn.b.;b\n2,5;c\n"
    with pytest.raises(Problem, match=r'; 1 of 3 values is text, the first is "n.b." in row 2'):
        own_data.read_table(written(content), numbers=["x"])


def test_a_point_that_is_no_thousands_mark_is_refused_among_decimal_commas(written):
    with pytest.raises(Problem, match=r'1 of 3 values is text, the first is "1.5" in row 1'):
        own_data.read_table(written("x;y\n1.5;a\n2,5;b\n3,25;c\n"), numbers=["x"])


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("x;y\n1.250;3\n2.100;4\n980;5\n", r"1\.250 beside .* 980: if .* write 1250"),
        ("x;y\n1,250;3\n2,100;4\n980;5\n", r"1,250 beside .* 980: if .* write 1250"),
        ("x,y\n12.500,3\n7,4\n", r"12\.500 beside .* 7: if .* write 12500"),
    ],
    ids=["point", "comma", "comma file"],
)
def test_a_number_that_may_be_a_thousand_is_not_guessed(written, content, shown):
    with pytest.raises(Problem, match=f'Column "x" of table.csv holds {shown}'):
        own_data.read_table(written(content), numbers=["x"])


@pytest.mark.parametrize("values", ["1.250 2.125 980.000", "0.125 2 1.5", "0.125 3", "1.25 2"])
def test_plain_decimals_are_not_taken_for_thousands(written, values):
    table = own_data.read_table(written("x\n" + values.replace(" ", "\n") + "\n"), numbers=["x"])
    np.testing.assert_array_equal(table["x"], [float(value) for value in values.split()])


def test_a_missing_file_names_its_neighbours(written):
    path = written(PLAIN, "patients.csv")
    with pytest.raises(Problem, match=r"There is no file .*patient.csv. Nearest names: patients"):
        own_data.read_table(path.with_name("patient.csv"))
    with pytest.raises(Problem, match="is a folder; name a file"):
        own_data.read_table(path.parent)
    with pytest.raises(Problem, match="is a file; name a folder"):
        own_data.find_file(path, folder=True)


def test_names_in_the_course_are_offered_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem, match=r"There is no file data/wine.cvs. Nearest names: wine.csv"):
        own_data.find_file("data/wine.cvs")


def test_a_path_is_looked_up_in_the_current_folder_then_in_the_course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert own_data.find_file("data/wine.csv") == files.COURSE / "data/wine.csv"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/wine.csv").write_text(PLAIN)
    assert own_data.find_file("data/wine.csv").read_text() == PLAIN


def test_the_positive_class_is_marked():
    np.testing.assert_array_equal(
        own_data.positives(["1", "0", "1"], 1, name="sick"), [True, False, True]
    )


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a", "a"], r'"sick" must hold two classes; it holds only one class: a \(2\)'),
        (["a", "b", "c"], r"it holds 3 classes: a \(1\), b \(1\), c \(1\)"),
        (["b", "c"], r'has no class "a"; choose one of b \(1\), c \(1\)'),
    ],
)
def test_other_numbers_of_classes_are_refused(labels, message):
    with pytest.raises(Problem, match=message):
        own_data.positives(labels, "a", name="sick")


def test_pictures_keep_their_channels_and_depth(tmp_path):
    grey = np.arange(48, dtype=np.uint8).reshape(6, 8)
    cv2.imwrite(str(tmp_path / "grey.png"), grey)
    picture = own_data.read_picture(tmp_path / "grey.png")
    np.testing.assert_array_equal(picture.pixels, grey)
    assert picture.form == ImageFormat("uint8", 1)
    cv2.imwrite(str(tmp_path / "deep.png"), grey.astype(np.uint16) * 1000)
    deep = own_data.read_picture(tmp_path / "deep.png")
    assert (deep.pixels.dtype, deep.form) == (np.float32, ImageFormat("uint16", 1))
    np.testing.assert_allclose(deep.pixels, grey * (1000 / 65535), rtol=1e-6)
    Image.fromarray(np.dstack([grey] * 4)).save(tmp_path / "clear.png")
    clear = own_data.read_picture(tmp_path / "clear.png")
    assert clear.pixels.shape == (6, 8, 3)
    assert clear.notes == ("transparency is kept aside",)


def test_an_animation_gives_its_first_frame_and_says_so(tmp_path):
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue", "lime")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    picture = own_data.read_picture(tmp_path / "moving.gif")
    assert "only the first of 3 frames is used" in picture.notes
    assert picture.pixels[0, 0, :3].tolist() == [255, 0, 0]


def test_faults_of_pictures_have_one_sentence(tmp_path, written):
    whole = cv2.imencode(".png", np.random.default_rng(0).integers(0, 255, (64, 64, 3), "uint8"))[1]
    for content, message in [
        (b"", "x.png is not a picture that can be read"),
        (b"hello", "x.png is not a picture that can be read"),
        (whole.tobytes()[:60], "x.png is damaged: its pixels cannot be decoded"),
    ]:
        with pytest.raises(Problem, match=message):
            own_data.read_picture(written(content, "x.png"))
    with pytest.raises(Problem, match="has 64 x 64 pixels; at most 0 million are read"):
        own_data.read_picture(written(whole.tobytes(), "x.png"), most=4000)


def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(path)
    assert path.stat().st_size < 200_000
    with pytest.raises(Problem, match=r"bomb.png (is too large to open safely|has 30000)"):
        own_data.read_picture(path)


def test_forty_megapixels_are_read(tmp_path):
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), np.zeros((5000, 8000), dtype=np.uint8))
    assert own_data.read_picture(path).pixels.shape == (5000, 8000)


def test_output_folders_never_share_a_name(tmp_path, monkeypatch):
    first = own_data.output_folder("work", tmp_path / "results")
    second = own_data.output_folder("work", tmp_path / "results")
    assert (first.name, second.name) == ("work", "work-2")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(files.RESULTS, "")
    assert own_data.output_folder("work").name == "work-3"
    monkeypatch.setenv(files.RESULTS, str(tmp_path / "elsewhere"))
    assert own_data.output_folder("work") == tmp_path / "elsewhere/work"


def test_a_file_in_the_place_of_the_results_is_named(tmp_path):
    (tmp_path / "results").write_text("mine")
    with pytest.raises(Problem, match=r"results (is a file; name a folder|cannot hold results)"):
        own_data.output_folder("work", tmp_path / "results")
    assert (tmp_path / "results").read_text() == "mine"


def test_a_summary_holds_everything_and_is_never_written_over(tmp_path):
    folder = own_data.output_folder("work", tmp_path)
    cv2.imwrite(str(folder / "curve.png"), np.zeros((2, 2), dtype=np.uint8))
    own_data.write_table(folder / "curve.csv", {"x": [0.1, 0.25], "y": ["a", "b"]})
    said = own_data.write_summary(
        folder,
        "Dose < 3",
        ["The mean is 2.67."],
        parameters={"seed": 4, "path": "<script>"},
        pictures=["curve.png"],
        tables={"By group": {"group": ["a"], "mean": [1.5]}},
    )
    assert said == f"In {tmp_path.name}/work: curve.csv, curve.png, summary.html"
    assert (folder / "curve.csv").read_text() == "x,y\n0.1,a\n0.25,b\n"
    page = (folder / "summary.html").read_text()
    for part in ("Dose &lt; 3", "The mean is 2.67.", "&lt;script&gt;", "data:image/png", "1.5"):
        assert part in page
    assert f"<td>numpy</td><td>{np.__version__}</td>" in page
    assert "<script>" not in page and "http" not in page
    with pytest.raises(Problem, match=r"summary\.html exists already; nothing was written"):
        own_data.write_summary(folder, "again", [], parameters={})
    assert (folder / "summary.html").read_text() == page


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(Problem, match="cannot be written"):
        own_data.write_table(tmp_path / "no" / "x.csv", {"x": [1]})
    assert os.listdir(tmp_path) == []


def test_a_notebook_shows_the_sentence_and_no_traceback():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shown = []
    shell._showtraceback = lambda kind, value, lines: shown.extend(lines)
    shell.run_cell("from helpers import own_data\nown_data.read_table('nowhere.csv')")
    assert shown == ["Problem: There is no file nowhere.csv."]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_a_million_rows_stay_within_the_memory_that_is_promised(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("score,label\n" + "0.123456,sick\n0.654321,well\n" * 500_000)
    code = (
        "import re; from helpers import own_data;"
        f"t = own_data.read_table({str(path)!r}, numbers=['score'], labels=['label']);"
        "assert len(t['score']) == 1_000_000;"
        "print(*re.findall(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert int(result.stdout) < 1_000_000, result.stderr  # kilobytes
    print(f"peak {result.stdout.strip()} kB")


def results(folder, mean, extra=()):
    own_data.write_table(folder / "means.csv", {"mean": [mean]})
    for name in extra:
        own_data.write_table(folder / name, {"mean": [mean]})
    return own_data.write_summary(folder, "Means", [f"The mean is {mean}."], parameters={"seed": 1})


def test_the_same_results_twice_need_one_folder(tmp_path):
    one = results(own_data.output_folder("work", tmp_path), 2.5)
    assert results(own_data.output_folder("work", tmp_path), 2.5) == one
    assert [path.name for path in tmp_path.iterdir()] == ["work"]


def test_other_results_keep_a_folder_of_their_own(tmp_path):
    results(own_data.output_folder("work", tmp_path), 2.5)
    assert "work-2: " in results(own_data.output_folder("work", tmp_path), 2.6)
    more = results(own_data.output_folder("work", tmp_path), 2.5, extra=["more.csv"])
    assert "work-3: " in more
    (tmp_path / "work" / "means.csv").write_text("changed by hand")
    assert "work-4: " in results(own_data.output_folder("work", tmp_path), 2.5)
    assert (tmp_path / "work" / "means.csv").read_text() == "changed by hand"
