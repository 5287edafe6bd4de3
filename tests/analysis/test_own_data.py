"""The reader's pictures, output folders and summaries; tables are in test_reading_tables.py."""

import os

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from helpers import files, own_data
from helpers.images import ImageFormat
from helpers.own_data import Problem

PLAIN = "name,dose,cured\nAnna,1.5,yes\nBert,2.5,no\nCilla,4,yes\n"


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


def test_a_colour_profile_that_is_not_applied_is_named(tmp_path):
    image = Image.fromarray(np.zeros((20, 20, 3), np.uint8))
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(tmp_path / "usual.png", icc_profile=usual)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    image.save(tmp_path / "other.png", icc_profile=lab)
    image.save(tmp_path / "broken.png", icc_profile=b"no profile at all")
    assert own_data.read_picture(tmp_path / "usual.png").notes == ()
    (note,) = own_data.read_picture(tmp_path / "other.png").notes
    assert note == "its colour profile (Lab identity built-in) is not applied"
    (note,) = own_data.read_picture(tmp_path / "broken.png").notes
    assert note == "its colour profile (unreadable) is not applied"


def test_an_animation_gives_its_first_frame_and_says_so(tmp_path):
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue", "lime")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    picture = own_data.read_picture(tmp_path / "moving.gif")
    assert "only the first of 3 frames is used" in picture.notes
    assert picture.pixels[0, 0, :3].tolist() == [255, 0, 0]


def test_faults_of_pictures_have_one_sentence(tmp_path, written):
    whole = cv2.imencode(".png", np.random.default_rng(0).integers(0, 255, (64, 64, 3), "uint8"))[1]
    for content, message in [
        (b"", "x.png cannot be used: no bytes."),
        (b"hello", "x.png cannot be used: not a picture."),
        (whole.tobytes()[:60], "x.png cannot be used: the file ends too early."),
    ]:
        with pytest.raises(Problem, match=message):
            own_data.read_picture(written(content, "x.png"))
    with pytest.raises(Problem, match=r"used: 64 x 64 pixels, and at most 0\.004 million are"):
        own_data.read_picture(written(whole.tobytes(), "x.png"), most=4000)


def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(path)
    assert path.stat().st_size < 200_000
    with pytest.raises(Problem, match=r"bomb\.png cannot be used: 30000 x 30000 pixels"):
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
