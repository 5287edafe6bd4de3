"""The page that finds near duplicates: pairs, groups, two folders, faults, and the shares told."""

import csv
import shutil

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers import data, similarity
from helpers.analysis import comparison, duplicates, folders
from helpers.images import read_image
from helpers.own_data import Problem

PAGE = "find_near_duplicates"
PLAIN = {"limit": 10, "confirm": 0.5, "changed": True}
NAMES = ("chelsea", "coffee", "rocket", "astronaut")


@pytest.fixture(scope="module")
def tiles(tmp_path_factory):
    """All tiles of the sample folder that have a layout."""
    folder = data.sample_folder(tmp_path_factory.mktemp("samples") / "tiles")
    images = [read_image(path) for path in sorted(folder.iterdir())]
    return [image for image in images if not similarity.is_flat(similarity.thumbnail(image))]


def photo(number):
    return data.load_image(NAMES[number])[60:260, 120:320]


def save(path, image, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(image)).save(path, **options)
    return path


def pairs_of(*paths, **changes):
    """Return names and kinds of the pairs that are found in one folder or two."""
    pictures = duplicates.look_into(*paths)
    pairs = duplicates.find_pairs(pictures, duplicates.check_choices(**PLAIN | changes))
    groups = duplicates.group(pairs, len(pictures.sights))
    table = duplicates.tabulate(pictures, pairs, groups)
    return list(zip(table["first"], table["second"], table["how"], strict=True))


# The page


def test_the_page_leaves_a_table_a_sheet_and_a_summary_and_the_samples_are_seen_through(run_page):
    run = run_page(PAGE)
    assert not run.problem
    with run.files["pairs.csv"].open(encoding="utf-8", newline="") as file:
        rows = {row["first"].rpartition("/")[2]: row for row in csv.DictReader(file)}
    expected = {
        "mirrored.jpg": "mirrored",
        "turned.jpg": "turned right",
        "cropped.jpg": "the first is cropped",
        "smaller.jpg": "likely a copy",
        "brighter.jpg": "likely a copy",
        "the_same.png": "same bytes",
    }
    assert {name: row["how"] for name, row in rows.items()} == expected
    assert rows["smaller.jpg"]["more pixels"] == "second"
    assert rows["the_same.png"]["first bytes"] == rows["the_same.png"]["second bytes"]
    assert "Pairs: 6 (" in run.said and "11 of 46 pictures in 5 groups" in run.said
    assert read_image(run.files["groups.png"]).shape == (5 * 146, 3 * 128, 3)
    assert "data:image/png" in run.files["summary.html"].read_text()


def test_samples_of_other_pages_do_not_join_its_own(tmp_path):
    folders.look_into(None, tmp_path)
    comparison.sample_second(tmp_path)
    assert len(duplicates.look_into(None, None, tmp_path).sights) == 46


def test_a_folder_without_doubles_gets_a_sentence_and_an_empty_table(run_page, tmp_path):
    for number in range(3):
        save(tmp_path / "mine" / f"{number}.png", photo(number))
    run = run_page(PAGE, source=str(tmp_path / "mine"))
    assert not run.problem
    assert "No two pictures in the folder are the same file or likely copies" in run.said
    assert set(run.files) == {"pairs.csv", "summary.html"}
    assert len(run.files["pairs.csv"].read_text().splitlines()) == 1


def test_pictures_are_left_as_they_are(run_page, tmp_path):
    save(tmp_path / "mine" / "a.png", photo(0))
    save(tmp_path / "mine" / "below" / "b.jpg", photo(0), quality=60)
    before = {path: path.read_bytes() for path in (tmp_path / "mine").rglob("*.*")}
    run = run_page(PAGE, source=str(tmp_path / "mine"))
    assert "likely a copy (1)" in run.said
    assert {p: p.read_bytes() for p in (tmp_path / "mine").rglob("*.*")} == before


# Pairs


def test_copies_with_other_names_sizes_and_kinds_are_found(tmp_path):
    image = photo(0)
    save(tmp_path / "a.png", image)
    shutil.copy(tmp_path / "a.png", tmp_path / "b.png")
    save(tmp_path / "c.jpg", image, quality=40)
    save(tmp_path / "d.png", image[:, ::-1])
    save(tmp_path / "e.png", image[10:190, 10:190])
    save(tmp_path / "f.png", photo(1))
    (tmp_path / "notes.txt").write_text("no picture")
    name = tmp_path.name
    found = pairs_of(tmp_path)
    assert found[0] == (f"{name}/a.png", f"{name}/b.png", "same bytes")
    with_a = {second[-5:]: how for first, second, how in found if first.endswith("/a.png")}
    assert with_a == {
        "b.png": "same bytes",
        "c.jpg": "likely a copy",
        "d.png": "mirrored",
        "e.png": "cropped",
    }
    assert not any("f.png" in first + second for first, second, _ in found)
    plain = pairs_of(tmp_path, changed=False)
    assert [how for *_, how in plain] == ["same bytes", "likely a copy"]


def test_with_two_folders_only_pairs_of_both_are_listed(tmp_path):
    train, test = tmp_path / "train", tmp_path / "test"
    save(train / "a.png", photo(0))
    save(train / "a_again.png", photo(0))
    save(train / "a_saved.jpg", photo(0), quality=50)
    save(train / "b.png", photo(1))
    save(test / "same.png", photo(0))
    save(test / "turned.png", np.rot90(photo(1)))
    save(test / "turned_again.png", np.rot90(photo(1)))
    assert sorted(pairs_of(train, test)) == [
        ("train/a.png", "test/same.png", "same bytes"),
        ("train/a_again.png", "test/same.png", "same bytes"),
        ("train/a_saved.jpg", "test/same.png", "likely a copy"),
        ("train/b.png", "test/turned.png", "turned left"),
    ]
    pictures = duplicates.look_into(train, test)
    pairs = duplicates.find_pairs(pictures, duplicates.check_choices(**PLAIN))
    told = duplicates.tell_pairs(pictures, pairs, duplicates.group(pairs, 7))
    assert told[-1].startswith("Leak: ")


def test_flat_pictures_are_pairs_only_with_the_same_bytes(tmp_path):
    page = np.full((80, 60), 250, dtype=np.uint8)
    save(tmp_path / "a.png", page)
    save(tmp_path / "b.png", page)
    dusty = page.copy()
    dusty[7, 9] = 200
    save(tmp_path / "c.png", dusty)
    assert [how for *_, how in pairs_of(tmp_path)] == ["same bytes"]
    told = duplicates.tell_pictures(duplicates.look_into(tmp_path))
    assert told[1].startswith("3 of them are flat or smaller than 9 pixels, such as a.png")


def test_groups_are_chains_and_say_when_their_ends_are_not_alike():
    pairs = [duplicates.Pair(one, one + 1, "likely a copy", 3, 0.9) for one in (0, 1, 5)]
    groups = duplicates.group(pairs, 8)
    assert groups == [[0, 1, 2], [5, 6]]
    assert duplicates.unlike(groups, pairs) == 1
    assert duplicates.group([], 8) == []
    same = [duplicates.Pair(0, 3, "same bytes", 0, 1.0)]
    assert duplicates.unlike([[0, 3, 5]], [*same, duplicates.Pair(0, 5, "mirrored", 0, 1.0)]) == 0


def test_the_shares_that_the_page_tells(tiles, say):
    def jpeg(image):
        options = [cv2.IMWRITE_JPEG_QUALITY, 30]
        return cv2.imdecode(cv2.imencode(".jpg", image[..., ::-1], options)[1], 1)[..., ::-1]

    def turned(image, degrees):
        turn = cv2.getRotationMatrix2D((47.5, 47.5), degrees, 1)
        return cv2.warpAffine(image, turn, (96, 96), borderMode=cv2.BORDER_REFLECT_101)

    def cropped(image, share):
        cut = round(96 * share)
        return np.ascontiguousarray(image[cut : 96 - cut, cut : 96 - cut])

    changes = {
        0.94: jpeg,
        0.99: lambda image: cv2.resize(image, (48, 48), interpolation=cv2.INTER_AREA),
        0.95: lambda image: np.clip(image.astype(int) + 20, 0, 255).astype(np.uint8),
        0.97: lambda image: cropped(image, 0.02),
        0.98: lambda image: cropped(image, 0.05),
        0.80: lambda image: cropped(image, 0.1),
        0.93: lambda image: turned(image, 3),
        0.16: lambda image: turned(image, 10),
        0.00: lambda image: 255 - image,
    }
    small = [similarity.thumbnail(image) for image in tiles]
    count = len(tiles)
    assert count == 286
    for share, change in changes.items():
        copies = [similarity.thumbnail(np.ascontiguousarray(change(image))) for image in tiles]
        found = similarity.likely_copies(np.array(small + copies), parts=np.repeat([0, 1], count))
        right = np.count_nonzero(found.second == found.first + count) / count
        say(f"told {share:.2f}, found {right:.3f}")
        assert right == pytest.approx(share, abs=0.0075)
    assert len(similarity.likely_copies(np.array(small)).first) == 3
    assert len(similarity.likely_copies(np.array(small), changed=False).first) == 0


# Faults


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"limit": 33}, "`limit` must be at most 32, by which unlike pictures differ; got 33."),
        ({"limit": -1}, "`limit` must be a whole number of at least 0; got -1."),
        ({"confirm": 2}, "`confirm` must be within [0, 1]; got 2."),
        ({"changed": "yes"}, "`changed` must be true or false; got yes."),
    ],
)
def test_choices_are_checked_before_any_work(run_page, change, rule):
    with pytest.raises(Problem) as error:
        duplicates.check_choices(**PLAIN | change)
    assert str(error.value) == rule


def test_folders_are_checked_and_what_is_no_picture_is_named(run_page, tmp_path):
    save(tmp_path / "mine" / "a.png", photo(0))
    (tmp_path / "mine" / "b.png").write_bytes(b"no picture")
    with pytest.raises(Problem, match=r"there are 1 in mine\. Not used: mine/b\.png: not a pict"):
        duplicates.look_into(tmp_path / "mine")
    save(tmp_path / "mine" / "c.png", photo(1))
    with pytest.raises(Problem, match="`other` must be a folder apart from the source"):
        duplicates.look_into(tmp_path / "mine", tmp_path / "mine")
    run = run_page(PAGE, source=str(tmp_path / "mne"))
    assert run.problem == [f"Problem: There is no folder {tmp_path / 'mne'}. Nearest names: mine."]
    assert run.files == {}


def test_a_film_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.similarity._copies.MOST", 2)
    for number in range(4):
        save(tmp_path / f"{number}.jpg", photo(0), quality=60 + number)
    with pytest.raises(Problem, match="`limit` must be lower here than 10: more than 2 pairs"):
        pairs_of(tmp_path)


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path):
    save(tmp_path / "mine" / "a.png", photo(0))
    save(tmp_path / "mine" / "b.png", photo(1))
    save(tmp_path / "elsewhere" / "c.png", photo(0))
    (tmp_path / "mine" / "more").symlink_to(tmp_path / "elsewhere")
    pictures = duplicates.look_into(tmp_path / "mine")
    assert pictures.left_out == {"mine/more": "a link to a folder: not followed"}


def test_names_that_no_font_has_are_drawn_with_question_marks(tmp_path):
    save(tmp_path / "mine" / "a\udcff.png", photo(0))
    save(tmp_path / "mine" / "ä.jpg", photo(0), quality=50)
    pictures = duplicates.look_into(tmp_path / "mine")
    pairs = duplicates.find_pairs(pictures, duplicates.check_choices(**PLAIN))
    sheet = duplicates.draw_groups(pictures, duplicates.group(pairs, 2))
    assert sheet.shape == (146, 256, 3)
