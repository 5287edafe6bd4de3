"""The page that augments a folder: masks, boxes, classes, and what hits it from outside."""

import csv
import errno
import json
import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers import folder_job, images
from helpers.analysis import folders
from helpers.analysis.folders import _contact_sheets, _parts, _work
from helpers.augment import transform_boxes, transform_mask
from helpers.own_data import Problem

PAGE = "augment_a_folder"
PLAIN = dict(count=24, operations=(1, 3), by="file", shares=(0.5, 0.25, 0.25), workers=1)
PLAIN |= dict(format="png", seed=0)
SHAPE = (40, 50)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bytes_below(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def mask_of(number):
    mask = np.zeros(SHAPE, np.uint8)
    mask[5 : 20 + number, 8:30] = 3
    mask[30:38, 20 + number : 45] = 90
    return mask


def save(path, pixels):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def picture(number):
    return np.random.default_rng(number).integers(0, 256, (*SHAPE, 3), dtype=np.uint8)


@pytest.fixture
def source(tmp_path):
    """Twelve pictures, with nothing beside them."""
    for number in range(12):
        save(tmp_path / "source" / f"s{number:02}.png", picture(number))
    return tmp_path / "source"


@pytest.fixture
def masked(source):
    for number in range(12):
        save(source / f"s{number:02}_mask.png", mask_of(number))
    return source


def prepared(source, base, *, labels="auto", **changes):
    choices = folders.check_choices(**PLAIN | changes)
    folder = folders.look_into(source, base, labels=labels)
    return folder, folders.plan_parts(folder, choices), choices


def done(source, base, **changes):
    everything = prepared(source, base, **changes)
    job = folders.open_job(*everything)
    return job, folders.do_job(job, *everything)


# Masks and boxes on the page


def test_the_sample_with_masks_runs_and_leaves_pairs(run_page, tmp_path):
    run = run_page(PAGE, sample="masks", count=80)
    assert not run.problem
    assert "masks and boxes: 68 masks, in masks" in run.said
    assert "2 classes, by what masks or boxes show." in run.said
    assert "Each mask got the geometry of its picture's transform" in run.said
    job = tmp_path / "results" / PAGE
    base = tmp_path / "results" / "sample_masks"
    for row in rows_of(job / "split.csv"):
        folder = "train_originals" if row["part"] == "train" else row["part"]
        for name, copy in (("images", row["copy"]), ("masks", row["labels"])):
            before = base / name / Path(row["file"]).name
            assert (job / folder / copy).read_bytes() == before.read_bytes()
    made = rows_of(job / "train" / "manifest.csv")
    assert len(made) == 80
    for row in made[::9]:
        mask = np.array(Image.open(job / "train_originals" / "masks" / row["source"]))
        moved = np.array(Image.open(job / "train" / row["labels"]))
        np.testing.assert_array_equal(moved, transform_mask(mask, json.loads(row["transform"])))
        assert set(np.unique(moved)) <= {0, 255}
    again = run_page(PAGE, sample="masks", count=80)
    assert "0 training pictures made, 80 kept" in again.said


def test_pictures_and_masks_without_the_other_are_named(run_page, masked, tmp_path):
    (masked / "s03_mask.png").unlink()
    (masked / "s04.png").unlink()
    run = run_page(PAGE, source="source", by="file", count=30)
    assert not run.problem
    assert "masks and boxes: 10 masks, beside the pictures; 1 without a picture" in run.said
    for said in ("s03.png: has no mask", "s04_mask.png: a mask without a picture"):
        assert said in run.said
    assert "Left out: 2 pictures, masks or boxes without the other." in run.said
    names = {row["file"] for row in rows_of(tmp_path / "results" / PAGE / "split.csv")}
    assert names == {f"s{n:02}.png" for n in range(12) if n not in (3, 4)}


def test_boxes_of_yolo_are_copied_and_moved(source, tmp_path):
    for number in range(11):  # the last one has no text
        (source / f"s{number:02}.txt").write_text(f"{number % 2} 0.5 0.4 0.3 0.5\n")
    (source / "classes.txt").write_text("cat\ndog\n")
    job, report = done(source, tmp_path / "o")
    assert report.skipped == {}
    assert {row["class"] for row in rows_of(job / "split.csv")} == {"cat", "dog", ""}
    for row in rows_of(job / "split.csv"):
        folder = "train_originals" if row["part"] == "train" else row["part"]
        if row["labels"]:
            copy = (job / folder / row["labels"]).read_bytes()
            assert copy == (source / row["labels"]).read_bytes()
        assert (job / folder / "classes.txt").read_text() == "cat\ndog\n"
    folder, plan, _ = prepared(source, tmp_path / "o")
    assert folders.describe_labels(folder) == (
        "masks and boxes: 11 texts of boxes (YOLO), beside the pictures; 1 picture has none and "
        "counts as empty: s11.png"
    )
    assert sum(folders.table_of_classes(plan)["all"]) == 11
    before = bytes_below(job)
    assert done(source, tmp_path / "o")[1].kept == 24
    assert bytes_below(job) == before


def coco(names):
    table = {"images": [], "annotations": [], "categories": [{"id": 5, "name": "cell"}]}
    for number, name in enumerate(names):
        size = {"height": SHAPE[0], "width": SHAPE[1]}
        table["images"].append({"id": number, "file_name": name} | size)
        row = {"id": number, "image_id": number, "category_id": 5, "bbox": [5, 6, 20, 10]}
        table["annotations"].append(row | {"keypoints": [1, 2, 2]})
    return table


def test_a_table_of_coco_is_split_with_the_pictures(source, tmp_path):
    names = sorted(path.name for path in source.iterdir())
    (source / "all.json").write_text(json.dumps(coco(names)))
    job, _ = done(source, tmp_path / "o")
    seen = []
    for part in ("train_originals", "validation", "test"):
        table = json.loads((job / part / "annotations.json").read_bytes())
        told = [image["file_name"] for image in table["images"]]
        assert set(told) == set(os.listdir(job / part)) - {"annotations.json"}
        assert all(row["keypoints"] == [1, 2, 2] for row in table["annotations"])
        seen += told
    assert sorted(seen) == names
    said = folders.word_report(*prepared(source, tmp_path / "o"))
    assert (
        "The pictures that were made have no keypoints: they stay with the untouched copies."
    ) in said
    made = json.loads((job / "train" / "annotations.json").read_bytes())
    rows = {row["file"]: row for row in rows_of(job / "train" / "manifest.csv")}
    boxes = {row["image_id"]: row["bbox"] for row in made["annotations"]}
    assert not any("keypoints" in row for row in made["annotations"])
    for image in made["images"]:
        transform = json.loads(rows[image["file_name"]]["transform"])
        ((box,), (share,)) = transform_boxes([[6, 5, 16, 25]], transform, SHAPE)
        if share >= 0.3:
            x, y, width, height = boxes[image["id"]]
            np.testing.assert_allclose([y, x, y + height, x + width], box, atol=2e-3)
        else:
            assert image["id"] not in boxes


def test_the_preview_shows_what_the_job_writes_with_its_mask_laid_over(masked, tmp_path):
    everything = prepared(masked, tmp_path / "o")
    job = folders.open_job(*everything)
    folders.do_job(job, *everything)
    row = rows_of(job / "train" / "manifest.csv")[5]
    made = images.read_image(job / "train" / row["file"])
    mask = np.array(Image.open(job / "train" / row["labels"]))
    (_, shown), said = folders.preview(*everything, 5, 0)
    assert said.startswith(row["source"])
    np.testing.assert_array_equal(shown[mask == 0], made[mask == 0])
    assert (np.abs(shown.astype(int) - made)[mask > 0].sum(axis=-1) > 0).mean() > 0.95
    rim = _contact_sheets.COLOURS[[0, 1]]
    colours = {tuple(c) for c in shown.reshape(-1, 3).tolist()}
    assert {tuple(c) for c in rim.tolist()} & colours
    before, after = folders.draw_sheets(job)
    assert before.shape == after.shape


def test_boxes_are_drawn_where_they_are():
    corners = np.array([(5, 5), (5, 20), (15, 20), (15, 5)], dtype=float)
    thing = folder_job._boxes.Thing((corners,), True, 0, {})
    flat = np.full((30, 40), 100, dtype=np.uint8)
    drawn = folders._contact_sheets.lay_over(flat, folder_job.Boxes((thing,), (30, 40)))
    off = np.argwhere((drawn != 100).any(axis=-1))
    assert off.min(axis=0).tolist() == [5, 5] and off.max(axis=0).tolist() == [14, 19]
    assert (drawn[6:14, 6:19] == 100).all()


# Classes


def counted(found, classes):
    return Counter(zip(classes, found, strict=True))


def test_twelve_classes_of_ten_are_in_every_part():
    names = [str(n) for n in range(120)]
    classes = [{f"c{n % 12}": 1} for n in range(120)]
    for seed in range(10):
        found = _parts.draw_parts(names, (0.7, 0.15, 0.15), seed, classes)
        counts = counted(found, [next(iter(c)) for c in classes])
        assert {counts[f"c{n}", "train"] for n in range(12)} == {7}
        assert {counts[f"c{n}", p] for n in range(12) for p in ("validation", "test")} <= {1, 2}
        assert [found.count(part) for part in _parts.PARTS] == [84, 18, 18]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=4, max_size=40),
    st.integers(0, 99),
)
def test_groups_stay_whole_and_a_class_of_three_groups_is_in_three_parts(groups, seed):
    """Each group holds one class: whatever the sizes, three groups are enough for three parts."""
    names = [f"g{n}" for n, (_, size) in enumerate(groups) for _ in range(size)]
    classes = [{str(kind): 1} for kind, size in groups for _ in range(size)]
    found = _parts.draw_parts(names, (0.6, 0.2, 0.2), seed, classes)
    assert len(set(zip(names, found, strict=True))) == len(groups)
    assert set(found) == set(_parts.PARTS)
    of = [next(iter(told)) for told in classes]
    for kind, number in Counter(str(kind) for kind, _ in groups).items():
        parts = {part for name, part in zip(of, found, strict=True) if name == kind}
        assert number < 3 or len(parts) == 3


def test_a_class_in_two_groups_is_learnt_and_tested_and_the_lack_is_told():
    names = [str(n) for n in range(32)]
    classes = [{"rare" if n < 2 else "common": 1} for n in range(32)]
    for seed in range(5):
        found = _parts.draw_parts(names, (0.7, 0.15, 0.15), seed, classes)
        assert sorted(found[:2]) == ["test", "train"]
    plan = folders._folder.Plan(names, found, names, {}, "folder", classes, [""] * 32)
    (line,) = folders.warn_of_classes(plan)
    assert line == (
        "Warning: the validation part holds none of rare (1 of 2 classes): it tells nothing of it. "
        "Too few groups hold that class to be in every part."
    )
    assert folders.table_of_classes(plan)["class"] == ["common", "rare"]
    assert folders.table_of_classes(plan)["all"] == [30, 2]


def test_what_boxes_show_is_balanced_too():
    rng = np.random.default_rng(3)
    shown = [{"a": 2, "b": int(rng.random() < 0.3)} for _ in range(60)]
    shown = [{name: count for name, count in told.items() if count} for told in shown]
    found = _parts.draw_parts([str(n) for n in range(60)], (0.6, 0.2, 0.2), 0, shown)
    total = sum(told.get("b", 0) for told in shown)
    for part, share in zip(_parts.PARTS, (0.6, 0.2, 0.2), strict=True):
        here = sum(told.get("b", 0) for told, p in zip(shown, found, strict=True) if p == part)
        assert abs(here - share * total) <= 1
        assert abs(found.count(part) - share * 60) <= 1


NAMES = [f"{kind}/{kind}_{n}.png" for kind in "ab" for n in range(4)]


def found_by(classes, names=NAMES, groups=None, shown=None):
    groups, shown = groups or names, shown or [{}] * len(names)
    return folders._classes.find_classes(names, groups, shown, classes)


def test_classes_follow_folders_names_tables_and_labels(tmp_path):
    letters = [{"a": 1}] * 4 + [{"b": 1}] * 4
    assert found_by("auto") == ("folder", letters)
    assert found_by("prefix") == ("prefix", letters)
    assert found_by("(.)")[1] == letters
    assert found_by("none") == ("none", [{}] * 8)
    one = [name.partition("/")[0] for name in NAMES]
    assert found_by("auto", groups=one) == ("none", [{}] * 8)  # a folder is one group
    deeper = [f"train/{name}" for name in NAMES]
    assert found_by("auto", names=deeper) == ("folder", letters)
    flat = [name.partition("/")[2] for name in NAMES]
    assert found_by("auto", names=flat) == ("none", [{}] * 8)
    assert found_by("auto", names=flat, shown=letters) == ("labels", letters)
    many = [{str(n): 1 for n in range(60)}] * 8
    assert found_by("auto", names=flat, shown=many)[0] == "none"
    table = "name,class\n" + "\n".join(f"{name},{n % 2}" for n, name in enumerate(NAMES))
    (tmp_path / "c.csv").write_text(table)
    assert found_by(str(tmp_path / "c.csv"))[1] == [{str(n % 2): 1} for n in range(8)]


@pytest.mark.parametrize(
    ("classes", "rule"),
    [
        ("labels", '`classes` is "labels", and there are no masks or boxes'),
        (
            "(x)",
            r"`classes` must give every picture a class; \(x\) gives none to 8 of 8",
        ),
        ("(?:a)(", "`classes` must be a regular expression"),
    ],
)
def test_classes_that_are_not_there_are_refused(classes, rule):
    with pytest.raises(Problem, match=rule):
        found_by(classes)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"classes": "folders"}, 'got "folders". Nearest names: folder'),
        ({"classes": 3}, 'or a pattern with brackets; got "3"'),
        ({"class_folders": "yes"}, "`class_folders` must be true or false; got yes."),
        ({"least_seen": 30}, r"`least_seen` must be within \[0, 1\]; got 30"),
    ],
)
def test_new_choices_are_checked_before_any_work(change, rule):
    with pytest.raises(Problem, match=rule):
        folders.check_choices(**PLAIN | change)


def test_class_folders_are_filled_in_every_part(tmp_path):
    for number in range(24):
        save(tmp_path / "source" / "ab"[number % 2] / f"s{number}.png", picture(number))
    job, _ = done(tmp_path / "source", tmp_path / "o", class_folders=True, count=40)
    for part in ("train", "train_originals", "validation", "test"):
        places = {path.name for path in (job / part).iterdir() if path.is_dir()}
        assert places == {"a", "b"}
    for row in rows_of(job / "split.csv"):
        assert row["copy"] == f"{row['class']}/{Path(row['file']).name}"
        assert row["class"] == row["file"][0]
    for row in rows_of(job / "train" / "manifest.csv"):
        assert (job / "train" / row["file"]).is_file()
        assert row["file"][0] == row["source"][0]
    assert done(tmp_path / "source", tmp_path / "o", class_folders=True, count=40)[1].kept == 40


def test_class_folders_need_one_class_for_each_picture(masked, tmp_path):
    with pytest.raises(Problem, match="`class_folders` needs one class for each picture, whose na"):
        prepared(masked, tmp_path / "o", class_folders=True, classes="none")
    with pytest.raises(Problem, match=r"s00\.png has 0, 3, 90: set `classes`"):
        prepared(masked, tmp_path / "o", class_folders=True)


def test_the_page_tells_which_part_misses_a_class(run_page, tmp_path):
    for number in range(26):
        kind = "rare" if number < 2 else "ab"[number % 2]
        save(tmp_path / "source" / kind / f"s{number}.png", picture(number))
    run = run_page(PAGE, source="source", by="file", count=30)
    assert not run.problem
    assert "3 classes, by the folders." in run.said
    assert "Warning: the validation part holds none of rare (1 of 3 classes)" in run.said
    assert "The 3 classes, by the folders, were balanced: 1 part misses a class." in run.said


# Hit from outside


def test_a_second_run_in_one_folder_is_told_and_writes_nothing(masked, tmp_path):
    everything = prepared(masked, tmp_path / "o")
    job = folders.open_job(*everything)
    before = bytes_below(tmp_path / "o")
    with folder_job.alone_in(job):
        with pytest.raises(Problem, match=rf"{job.name} is in use by another run of this page"):
            folders.do_job(job, *everything)
        assert bytes_below(tmp_path / "o").keys() == before.keys() | {f"{job.name}/.job.lock"}
    folders.do_job(job, *everything)


@pytest.mark.parametrize("room", [0, 3, 14, 30])
def test_a_full_disk_is_one_sentence_and_the_next_run_goes_on(masked, tmp_path, monkeypatch, room):
    done(masked, tmp_path / "whole")
    everything = prepared(masked, tmp_path / "o")
    job = folders.open_job(*everything)
    write, left = Path.write_bytes, iter(range(room))

    def fill(path, content):
        if next(left, None) is None:
            write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", fill)
        with pytest.raises(Problem, match="No space left on device") as caught:
            folders.do_job(job, *everything)
    assert str(caught.value).count("No space left") == 1
    assert not [name for name in bytes_below(job) if name.endswith((".part", ".lock"))]
    folders.do_job(job, *everything)
    assert bytes_below(job) == bytes_below(tmp_path / "whole" / PAGE)


@pytest.mark.parametrize("name", ["s03.png", "s03_mask.png"])
def test_a_file_that_vanishes_under_the_page_is_named(masked, tmp_path, name):
    everything = prepared(masked, tmp_path / "o")
    job = folders.open_job(*everything)
    (masked / name).unlink()
    with pytest.raises(Problem, match=rf"{name} can no longer be read: No such file"):
        folders.do_job(job, *everything)


def test_a_name_that_grows_too_long_is_refused(tmp_path):
    for number in range(4):
        save(tmp_path / "source" / ("x" * 100) / f"{'y' * 200}_{number}.png", picture(number))
    with pytest.raises(Problem, match=r"would get a name of 308 bytes, .*; file systems take 255"):
        prepared(tmp_path / "source", tmp_path / "o")


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_the_page_shows_names_that_are_no_text(run_page, masked, tmp_path):
    strange = os.fsdecode(b"s\xff")
    save(tmp_path / "good.png", picture(20))
    save(tmp_path / "mask.png", mask_of(2))
    (tmp_path / "good.png").rename(masked / f"{strange}.png")
    (tmp_path / "mask.png").rename(masked / f"{strange}_mask.png")
    (masked / f"{strange}.txt").write_text("x")
    run = run_page(PAGE, source="source", by="file", count=30, shares=[1, 0, 0])
    assert not run.problem
    assert "s\\xff.txt: not a picture" in run.said
    assert "13 masks, beside the pictures" in run.said
    job = tmp_path / "results" / PAGE
    assert (job / "train_originals" / f"{strange}.png").is_file()
    assert "s\\xff.txt" in (job / "summary.html").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links")
def test_a_link_to_a_class_folder_is_named(tmp_path):
    for number in range(8):
        save(tmp_path / "source" / "a" / f"s{number}.png", picture(number))
        save(tmp_path / "far" / f"t{number}.png", picture(number + 8))
    (tmp_path / "source" / "b").symlink_to(tmp_path / "far")
    folder, _, _ = prepared(tmp_path / "source", tmp_path / "o")
    assert folder.left_out == {"b": "a link to a folder: not followed"}
    line = folders.describe_folder(folder)[-1]
    assert line == "files left out: 1 (b: a link to a folder: not followed)"


def test_work_is_known_by_its_labels(masked, tmp_path):
    job, _ = done(masked, tmp_path / "o")
    save(masked / "s02_mask.png", mask_of(9))
    other, _ = done(masked, tmp_path / "o")
    assert other != job
    assert done(masked, tmp_path / "o", labels="none", by="prefix")[0] not in (job, other)
    assert _work.read_manifest(other)[0]["labels"] == "masks/00000.png"
