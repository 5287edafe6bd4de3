"""The page that groups a folder: files, words, faults, features, copies, far pictures."""

import csv
import sys

import cv2
import numpy as np
import pytest
from PIL import Image

import helpers
from helpers import data, learned
from helpers.analysis import grouping
from helpers.analysis.grouping import _folder
from helpers.analysis.grouping._groups import divide
from helpers.images import read_image
from helpers.own_data import Problem

PAGE = "group_a_folder"
PLAIN = {"features": ["colour", "texture"], "groups": None, "seed": 0}


def save(path, image):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(image)).save(path)
    return path


def fill(folder, images):
    """Save pictures under numbers and return the folder."""
    for number, image in enumerate(images):
        save(folder / f"{number:03}.png", image)
    return folder


def squares(count, seed=0, side=40):
    """Return pictures of nine grey squares by chance: no groups, and no two are near copies."""
    levels = np.random.default_rng(seed).integers(0, 256, (count, 3, 3)).astype(np.uint8)
    return [np.kron(level, np.ones((side, side), np.uint8)) for level in levels]


def cut(name, count=10):
    image = data.load_image(name)
    corners = [(96 * (n // 5), 96 * (n % 5)) for n in range(count)]
    return [image[row : row + 96, column : column + 96] for row, column in corners]


def prepared(folder, **changes):
    """Return choices, pictures and points of a folder."""
    choices = grouping.check_choices(**PLAIN | changes)
    pictures = grouping.look_into(folder, choices)
    return choices, pictures, grouping.describe_pictures(pictures, choices)


def rows_of(run):
    with run.files["groups.csv"].open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


# The page


def test_the_page_finds_the_three_photographs_of_its_samples_the_copy_and_the_odd_one(run_page):
    run = run_page(PAGE)
    assert not run.problem
    assert "3 groups: halves of the pictures agree in" in run.said
    assert "Far out: odd.png" in run.said
    assert "Near copies: 1, such as one_again.png of brick_00.png" in run.said
    rows = rows_of(run)
    assert len(rows) == 62
    pairs = {(name.rpartition("_")[0], row["group"]) for name, row in rows.items() if "_0" in name}
    assert len(pairs) == 3 and len({group for _, group in pairs}) == 3
    assert rows["one_again.png"]["group"] == rows["brick_00.png"]["group"]
    assert rows["one_again.png"]["near copy of"] == "brick_00.png"
    assert rows["odd.png"]["far out"] == "True"
    results = {"groups.csv", "numbers.csv", "sheet.png", "map.png", "summary.html"}
    assert results < set(run.files)
    assert read_image(run.files["sheet.png"]).shape == (3 * 146, 6 * 128, 3)
    assert "data:image/png" in run.files["summary.html"].read_text()


def test_a_folder_without_groups_gets_none_and_its_table_says_no_group(run_page, tmp_path):
    folder = fill(tmp_path / "mine", squares(40))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    run = run_page(PAGE, source=str(folder), features=["components"])
    assert not run.problem
    assert "No groups." in run.said
    rows = rows_of(run)
    assert {row["group"] for row in rows.values()} == {""}
    assert all(float(row["distance"]) > 0 for row in rows.values())
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_number_that_was_asked_for_is_made_and_judged_all_the_same(run_page, tmp_path):
    run = run_page(PAGE, source=str(fill(tmp_path / "mine", squares(40))), groups=3)
    assert not run.problem
    assert "No groups. 3 groups: halves" in run.said
    assert "They are made since you asked for them." in run.said
    assert {row["group"] for row in rows_of(run).values()} == {"1", "2", "3"}


def test_a_fault_is_told_before_anything_is_written(run_page, tmp_path):
    run = run_page(PAGE, source=str(fill(tmp_path / "mine", squares(19))))
    assert run.problem == ["Problem: From 20 to 5,000 pictures can be grouped; mine holds 19."]
    assert run.files == {}


# Features


def test_each_kind_of_features_has_the_same_weight(tmp_path):
    folder = fill(tmp_path, cut("brick") + cut("immunohistochemistry"))
    columns = {"colour": 64, "texture": 7, "components": 10, "network": 10}
    _, _, points = prepared(folder, features=list(columns))
    assert points.shape == (20, 91)
    assert np.abs(points.mean(axis=0)).max() < 1e-12
    for part in np.split(points, np.cumsum([*columns.values()])[:-1], axis=1):
        assert np.mean(np.sum(part**2, axis=1)) == pytest.approx(1 / 4)


def test_the_network_sees_the_middle_square_and_ten_components_are_kept(tmp_path):
    pictures = [np.pad(image, ((0, 0), (9, 9))) for image in cut("brick") + cut("grass")]
    _, _, points = prepared(fill(tmp_path, pictures), features=["network"])
    squares_of = [
        cv2.resize(p[:, 9:-9], (128, 128), interpolation=cv2.INTER_AREA) for p in pictures
    ]
    rows = learned.imagenet_features(squares_of, size=128)
    rows -= rows.mean(axis=0)
    kept = np.linalg.svd(rows, full_matrices=False)[1][:10]
    found = np.linalg.svd(points, full_matrices=False)[1]
    np.testing.assert_allclose(found / found[0], kept / kept[0], rtol=1e-6)


def test_without_a_network_it_is_said_before_a_picture_is_read(monkeypatch):
    monkeypatch.setitem(sys.modules, "helpers.learned", None)
    monkeypatch.delattr(helpers, "learned", raising=False)
    with pytest.raises(
        Problem, match=r'`features` cannot be "network" on this computer: .*learned'
    ):
        grouping.check_choices(features=["colour", "network"], groups=None, seed=0)
    assert grouping.check_choices(features=["colour"], groups=None, seed=0).features == ("colour",)


def test_a_kind_in_which_all_are_alike_is_left_out(tmp_path):
    grey = [np.where(image > 127, 40, 20).astype(np.uint8) for image in squares(24)]
    folder = fill(tmp_path, grey)
    _, _, points = prepared(folder, features=["colour", "components"])
    assert points.shape[1] <= 10
    with pytest.raises(Problem, match="All 24 pictures are alike in these features"):
        prepared(folder, features=["colour"])


def test_large_pictures_are_shrunk_so_that_textures_have_one_scale(tmp_path):
    grass = data.load_image("grass")[:256, :256]
    large = grass.repeat(4, axis=0).repeat(4, axis=1)
    folder = fill(tmp_path, [grass, large, *squares(20)])
    _, _, points = prepared(folder, features=["texture"])
    assert np.allclose(points[0], points[1], atol=0.01)
    assert np.linalg.norm(points[0] - points[2]) > 0.3


# Copies


def test_copies_count_once_where_groups_are_found_and_join_the_nearest(tmp_path):
    images = squares(20)
    folder = fill(tmp_path, [*images, *images[:7]])
    choices, pictures, points = prepared(folder, groups=2)
    assert pictures.first.tolist() == [*range(20), *range(7)]
    used = grouping.one_of_each(points, pictures)
    assert used.tolist() == [*range(20)]
    groups = divide(points, pictures, grouping.judge(points[used], choices), choices)
    assert groups.labels[20:].tolist() == groups.labels[:7].tolist()
    told = grouping.tell_pictures(pictures, choices, used)
    assert told[1].startswith("Near copies: 7, such as 020.png of 000.png.")


def test_too_few_different_pictures_are_refused_with_the_page_that_lists_them(tmp_path):
    folder = fill(tmp_path, squares(10) * 3)
    _, pictures, points = prepared(folder)
    with pytest.raises(Problem, match="Only 10 of 30 pictures differ in these features"):
        grouping.one_of_each(points, pictures)


def test_pictures_with_equal_features_count_once(tmp_path):
    flat = [np.full((96, 96, 3), level, np.uint8) for level in range(60, 68)]
    folder = fill(tmp_path, flat + cut("immunohistochemistry", 20))
    choices, pictures, points = prepared(folder, features=["colour"])
    assert len(set(pictures.first.tolist())) == 28  # flat ones are no copies for a hash
    used = grouping.one_of_each(points, pictures)
    assert used.tolist() == [0, 4, *range(8, 28)]  # 60 to 63 and 64 to 67 are two of the colours
    told = grouping.tell_pictures(pictures, choices, used)
    assert told[-1].startswith("Equal to others in these features: 6 more")


# Far pictures


def test_a_picture_is_far_out_beyond_the_quartiles_and_small_groups_have_no_limit(tmp_path):
    folder = fill(tmp_path, squares(27))
    choices, pictures, _ = prepared(folder, groups=2)
    line = np.r_[np.linspace(-1, 1, 21), 9.0, np.linspace(99, 101, 5)][:, None]
    verdict = grouping.judge(line, choices)
    groups = divide(line, pictures, verdict, choices)
    assert groups.labels.tolist() == [1] * 22 + [2] * 5
    assert np.flatnonzero(groups.far).tolist() == [21]
    assert np.isinf(groups.limits[1])
    centre = line[:22].mean()
    quartiles = np.quantile(np.abs(line[:22, 0] - centre), (0.25, 0.75))
    assert groups.limits[0] == pytest.approx(quartiles[1] + 1.5 * (quartiles[1] - quartiles[0]))
    told = grouping.tell_groups(pictures, groups, verdict)
    assert "(22 pictures), 2 (5 pictures)" in told[0] and told[1].startswith("Far out: 021.png (")


# Faults


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            {"features": []},
            "`features` must be a list of colour, texture, components, network; got [].",
        ),
        (
            {"features": 3},
            "`features` must be a list of colour, texture, components, network; got 3.",
        ),
        ({"groups": 1}, "`groups` must be a whole number of at least 2; got 1."),
        ({"groups": 41}, "`groups` must be at most 40; got 41."),
        ({"seed": -1}, "`seed` must be a whole number of at least 0; got -1."),
    ],
)
def test_choices_are_checked_before_any_work(change, rule):
    with pytest.raises(Problem) as error:
        grouping.check_choices(**PLAIN | change)
    assert str(error.value) == rule


def test_a_wrong_kind_gets_the_nearest_name_and_one_kind_may_be_a_word():
    with pytest.raises(Problem, match=r"`features` must be one of colour.*Nearest names: colour"):
        grouping.check_choices(**PLAIN | {"features": ["color"]})
    kinds = {"features": "texture"}, {"features": ("texture", "texture")}
    assert [grouping.check_choices(**PLAIN | kind).features for kind in kinds] == [("texture",)] * 2


def test_more_groups_than_half_the_pictures_are_refused(tmp_path):
    folder = fill(tmp_path, squares(22))
    with pytest.raises(Problem, match="`groups` must be at most 11 here, half of the different"):
        prepared(folder, groups=12)


def test_what_is_no_picture_or_a_link_is_named_and_skipped(tmp_path):
    folder = fill(tmp_path / "mine", squares(20))
    (folder / "broken.png").write_bytes(b"no picture")
    save(folder / "thin.png", np.zeros((1, 50), np.uint8))
    fill(tmp_path / "elsewhere", squares(3, seed=1))
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    _, pictures, _ = prepared(folder)
    assert len(pictures.sights) == 20
    assert pictures.left_out["thin.png"] == "a side of one pixel"
    assert pictures.left_out["more"] == "a link to a folder: not followed"
    assert "not a picture" in pictures.left_out["broken.png"]
    (folder / "000.png").unlink()
    with pytest.raises(Problem, match=r"mine holds 19\. Not used: .*: "):
        prepared(folder)


def test_folders_that_are_missing_empty_or_too_large_get_a_sentence(tmp_path, monkeypatch):
    with pytest.raises(Problem, match="There is no folder"):
        prepared(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem, match="From 20 to 5,000 pictures can be grouped; empty holds 0"):
        prepared(tmp_path / "empty")
    monkeypatch.setattr(_folder, "MOST", 5)
    with pytest.raises(Problem, match="mine holds 22 files; at most 5 can be grouped"):
        prepared(fill(tmp_path / "mine", squares(22)))
    monkeypatch.setattr(_folder, "MOST", 21)
    with pytest.raises(Problem, match="From 20 to 21 pictures can be grouped; mine holds 22"):
        prepared(tmp_path / "mine")


def test_a_film_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.similarity._copies.MOST", 2)
    with pytest.raises(Problem, match=r"more than 2 pairs of pictures .* find_near_duplicates"):
        prepared(fill(tmp_path, squares(12) * 2))


def test_samples_stand_apart_and_a_file_that_cannot_be_put_there_is_a_problem(tmp_path):
    (tmp_path / "sample_groups").write_text("a file")
    with pytest.raises(Problem, match="The sample pictures cannot be put there"):
        grouping.look_into(None, grouping.check_choices(**PLAIN), tmp_path)
