"""The page that augments a folder: the split, the job's own folder, its faults."""

import csv
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers import data, own_data, similarity
from helpers.analysis import folders
from helpers.analysis.folders import _contact_sheets as contact_sheets
from helpers.analysis.folders import _folder
from helpers.analysis.folders import _parts as parts
from helpers.analysis.folders import _words as folder_words
from helpers.analysis.folders import _work as folder_work
from helpers.augment import repeat_transform
from helpers.images import read_image
from helpers.own_data import Problem

PAGE = "augment_a_folder"
PLAIN = dict(count=12, operations=(1, 3), by="prefix", shares=(0.5, 0.25, 0.25), workers=1)
PLAIN |= dict(format="png", seed=0)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bytes_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def picture(seed, shape=(20, 24, 3)):
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def save(path, seed, shape=(20, 24, 3)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture(seed, shape)).save(path)


@pytest.fixture
def source(tmp_path):
    """Four scenes of two pictures each."""
    for number in range(8):
        save(tmp_path / "source" / f"{'abcd'[number // 2]}_{number % 2}.png", number)
    return tmp_path / "source"


def prepared(source, base, **changes):
    choices = folders.check_choices(**PLAIN | changes)
    folder = folders.look_into(source, base)
    return folder, folders.plan_parts(folder, choices), choices


def done(source, base, *, resume=True, **changes):
    everything = prepared(source, base, **changes)
    job = folder_work.open_job(*everything, resume=resume)
    return job, folder_work.do_job(job, *everything)


def check_job(job, source, by_group):
    """Check by another route all that a finished job promises."""
    split = rows_of(job / "split.csv")
    groups = {}
    for row in split:
        assert row["group"] == by_group(row["file"])
        groups.setdefault(row["group"], set()).add(row["part"])
        folder = "train_originals" if row["part"] == "train" else row["part"]
        content = (job / folder / row["copy"]).read_bytes()
        assert content == (source / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert all(len(found) == 1 for found in groups.values())
    for part in ("train", "validation", "test"):
        folder = job / ("train_originals" if part == "train" else part)
        assert set(os.listdir(folder)) == {row["copy"] for row in split if row["part"] == part}
    made = rows_of(job / "train" / "manifest.csv")
    assert {row["source"] for row in made} == {r["copy"] for r in split if r["part"] == "train"}
    return split, made


# The page


def test_the_page_leaves_what_it_promises(run_page, tmp_path):
    run = run_page(PAGE)
    assert not run.problem
    job = tmp_path / "results" / PAGE
    assert {"before.png", "after.png", "summary.html", "job.json"} <= set(os.listdir(job))
    source = tmp_path / "results" / "sample_pictures"
    split, made = check_job(job, source, lambda name: name.rsplit("_", 1)[0])
    assert len(split) == len(os.listdir(source)) == 120
    assert len(made) == 300
    for row in made[::29]:
        original = read_image(job / "train_originals" / row["source"])
        again = repeat_transform(original, json.loads(row["transform"]))
        np.testing.assert_array_equal(read_image(job / "train" / row["file"]), again)
    assert f"300 training pictures are in {PAGE}." in run.said
    assert "0 training pictures made, 300 kept" in run.said
    for part in ("train", "validation", "test"):
        count = sum(row["part"] == part for row in split)
        assert f"{count} to {part} (" in run.said
        assert f"{count} to {part} (" in (job / "summary.html").read_text(encoding="utf-8")


def test_other_pictures_are_split_by_a_table_and_a_second_run_goes_on(run_page, tmp_path):
    source = tmp_path / "scans"
    lines = ["name;group"]
    for number in range(9):
        name = f"{'left' if number % 2 else 'right'}/scan {number}.jpg"
        save(source / name, number, (30 + number, 41))
        lines.append(f"{name};patient {number // 3}")
    deep = np.full((9, 7), 40_000, dtype=np.uint16)
    cv2.imwrite(str(source / "deep.tif"), deep)
    lines.append("deep.tif;patient 0")
    (source / "notes.txt").write_text("mine")
    (tmp_path / "who.csv").write_bytes("\n".join(lines).encode("utf-16"))
    wishes = dict(source="scans", by="who.csv", format="jpg", count=40, shares=[0.4, 0.3, 0.3])
    run = run_page(PAGE, **wishes)
    assert not run.problem
    assert "notes.txt: not a picture" in run.said
    assert "files converted: 1 (deep.tif: 16 bits reduced to 8)" in run.said
    job = tmp_path / "results" / PAGE
    groups = dict(line.split(";") for line in lines[1:])
    _, made = check_job(job, source, groups.__getitem__)
    assert [row["file"] for row in made] == [f"{n:05}.jpg" for n in range(40)]
    before = bytes_below(job)
    run = run_page(PAGE, **wishes, workers=1)
    assert "0 training pictures made, 40 kept" in run.said
    assert bytes_below(job) == before
    run = run_page(PAGE, **wishes, seed=1)
    assert not run.problem
    assert f"{PAGE}-2" in run.said
    assert bytes_below(job) == before


def test_deep_pictures_are_made_by_the_range_that_was_asked(run_page, tmp_path):
    levels = np.random.default_rng(0).integers(0, 256, (9, 16, 17), dtype=np.uint8)
    for place, deep in (("bytes", False), ("deep", True)):
        (tmp_path / place).mkdir()
        for number, each in enumerate(levels):
            values = each.astype(np.uint16) * 16 if deep else each
            cv2.imwrite(str(tmp_path / place / f"{number}.png"), values)
    made = {}
    for place, wishes in (("bytes", {}), ("deep", {"value_range": [0, 4080]})):
        run = run_page(PAGE, source=place, output=f"of_{place}", by="file", count=9, **wishes)
        assert not run.problem
        job = tmp_path / f"of_{place}" / PAGE
        made[place] = [read_image(job / "train" / f"{number:05}.png") for number in range(9)]
        sheets = [read_image(job / name) for name in ("before.png", "after.png")]
        made[place] += sheets
    for one, other in zip(made["bytes"], made["deep"], strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("wishes", "problem"),
    [
        (
            {"source": "source", "value_range": [100, 0]},
            '`value_range` must be "used" or two numbers, the lower first, such as (0, 4095); '
            "got [100, 0].",
        ),
        (
            {"source": "source", "count": 3},
            "`count` must be at least 4, or some of the 4 training pictures would not be used; "
            "got 3.",
        ),
        (
            {"source": "source", "shares": [70, 15, 15]},
            "`shares` must be three numbers from 0 to 1, for training (above 0), validation and "
            "test; got [70, 15, 15]. Is [0.7, 0.15, 0.15] meant?",
        ),
    ],
)
def test_a_fault_is_one_sentence_and_leaves_nothing(run_page, source, wishes, problem):
    run = run_page(PAGE, **wishes)
    assert run.problem == [f"Problem: {problem}"]
    assert run.files == {}


def test_a_folder_that_is_not_there_is_answered_with_its_neighbours(run_page, source):
    (problem,) = run_page(PAGE, source="sourse").problem
    start = "Problem: There is no folder sourse. Nearest names: "
    assert problem.startswith(start)
    near = problem.removeprefix(start).removesuffix(".").split(", ")
    assert near[0] == "source"  # a folder of the course, such as my_course, may follow


# The split


@settings(deadline=None, max_examples=60)
@given(
    sizes=st.lists(st.integers(1, 9), min_size=3, max_size=30),
    shares=st.sampled_from([(0.7, 0.15, 0.15), (0.98, 0.01, 0.01), (1 / 3, 1 / 3, 1 / 3)]),
    seed=st.integers(0, 99),
)
def test_no_group_is_torn_and_no_part_is_empty(sizes, shares, seed):
    groups = [f"g{place}" for place, size in enumerate(sizes) for _ in range(size)]
    found = parts.draw_parts(groups, shares, seed)
    assert len(set(zip(groups, found, strict=True))) == len(sizes)
    assert set(found) == set(parts.PARTS)
    assert found == parts.draw_parts(groups, shares, seed)


def test_single_pictures_reach_the_shares_and_the_seed_decides_who_goes_where():
    groups = [str(n) for n in range(200)]
    first, second = (parts.draw_parts(groups, (0.7, 0.2, 0.1), seed) for seed in (0, 1))
    for found in (first, second):
        assert [found.count(part) for part in parts.PARTS] == [140, 40, 20]
    assert first != second
    in_test = [parts.draw_parts(groups, (0.7, 0.2, 0.1), s)[0] == "test" for s in range(400)]
    assert 20 <= sum(in_test) <= 64  # binomial (400, 0.1): 40 +- 4 standard deviations of 6


def test_a_part_of_share_zero_stays_empty(source, tmp_path):
    job, _ = done(source, tmp_path / "o", shares=(0.75, 0.25, 0))
    assert not (job / "test").exists()
    assert [row["part"] for row in rows_of(job / "split.csv")].count("train") == 6


NAMES = ["a/x_1.png", "b/x_2.png", "b/long_name_3.jpg", "plain.png"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("file", NAMES),
        ("prefix", ["x", "x", "long_name", "plain"]),
        ("folder", ["a", "b", "b", "."]),
        (r"(?:.*_)?(.)[^.]*\.", ["1", "2", "3", "p"]),
    ],
)
def test_groups_follow_the_names(by, groups):
    assert own_data.name_groups(NAMES, by) == groups


def test_a_table_names_groups_and_may_name_more_pictures(tmp_path):
    table = "group,name\n" + "\n".join(f"{n % 2},{name}" for n, name in enumerate(NAMES))
    (tmp_path / "g.csv").write_text(table + "\n7,elsewhere.png")
    assert own_data.name_groups(NAMES, str(tmp_path / "g.csv")) == ["0", "1", "0", "1"]
    (tmp_path / "g.csv").write_text("group,name\n1,plain.png\n2,plain.png\n")
    with pytest.raises(Problem, match=r"puts plain\.png into two groups, 1 and 2"):
        own_data.name_groups(NAMES, str(tmp_path / "g.csv"))
    (tmp_path / "g.csv").write_text("group,name\n1,plain.png\n")
    with pytest.raises(Problem, match=r"gives none to 3 of 4, such as a/x_1\.png"):
        own_data.name_groups(NAMES, str(tmp_path / "g.csv"))
    (tmp_path / "g.csv").write_text("groups,name\n1,plain.png\n")
    with pytest.raises(Problem, match=r'no column "group"\. Nearest names: groups'):
        own_data.name_groups(NAMES, str(tmp_path / "g.csv"))


def of_folders(base, sizes):
    """Save pictures into one subfolder for each size."""
    for place, size in enumerate(sizes):
        for number in range(size):
            save(base / "source" / f"class {place}" / f"{place}_{number}.png", 10 * place + number)
    return base / "source"


def test_the_page_warns_where_whole_classes_become_parts(run_page, tmp_path):
    source = of_folders(tmp_path, [3, 3, 3])
    (source / "note.txt").write_text("mine")
    (source / "cut.png").write_bytes((source / "class 0" / "0_0.png").read_bytes()[:200])
    run = run_page(PAGE, source="source", by="folder", count=30, shares=[0.7, 0.15, 0.15])
    assert not run.problem
    page = tmp_path / "results" / PAGE / "summary.html"
    written = html.unescape(page.read_text(encoding="utf-8"))
    for said in (
        "Warning: the 3 groups are the folders of the source, so each folder is in one part only. "
        'Is the folder your class? Then use by = "file", or a CSV file of groups.',
        "Warning: there are only 3 groups",
        "Warning: the shares reached (0.333, 0.333, 0.333) are not those wished (0.7, 0.15, 0.15)",
        "Left out: 1 file that is no picture, 1 picture that is damaged or of a kind",
    ):
        assert run.said.count(said) == 1
        assert said in written


def warnings_of(source, base, **changes):
    everything = prepared(source, base, **changes)
    return folder_words.warn_of_groups(*everything)


def test_a_split_of_many_even_groups_is_not_warned_of(tmp_path):
    source = of_folders(tmp_path, [6, 2])
    for number in range(2):
        save(source / "class 0" / "sub" / f"0_{number}.png", 90 + number)
    kind = dict(count=20, shares=(0.6, 0.2, 0.2))
    assert warnings_of(source, tmp_path / "o", by="file", **kind) == []
    (line,) = warnings_of(source, tmp_path / "o", by="folder", **kind)
    assert line.startswith("Warning: there are only 3 groups")


def test_groups_that_equal_the_folders_are_found_however_they_are_named(tmp_path):
    source = of_folders(tmp_path, [1] * 10)
    lines = [
        warnings_of(source, tmp_path / "o", by=by, shares=(0.5, 0.3, 0.2))
        for by in ("folder", "prefix", "file")
    ]
    assert [len(found) for found in lines] == [1, 1, 0]
    assert all("the 10 groups are the folders of the source" in f[0] for f in lines[:2])


def test_shares_that_are_missed_by_more_than_a_tenth_are_told(tmp_path):
    for number in range(20):
        save(tmp_path / "source" / f"{max(0, number - 10)}_{number}.png", number)
    (line,) = warnings_of(tmp_path / "source", tmp_path / "o", shares=(0.3, 0.4, 0.3), count=20)
    assert line.startswith("Warning: the shares reached (")
    kind = dict(shares=(0.55, 0.25, 0.2), count=20)
    assert warnings_of(tmp_path / "source", tmp_path / "o", **kind) == []
    folder, plan, choices = prepared(tmp_path / "source", tmp_path / "o", **kind)
    plan = plan._replace(parts=["train"] * 16 + ["validation"] * 2 + ["test"] * 2)
    choices = choices._replace(shares=(0.7, 0.2, 0.1))
    assert folder_words.warn_of_groups(folder, plan, choices) == []


# Doubles


def test_twins_are_copies_in_another_part_the_most_alike_first():
    faces = data.load_faces()[:3]
    small = [similarity.thumbnail(np.uint8(255 * face)) for face in faces]
    mirrored, darker = small[0][:, ::-1], (0.8 * small[0]).astype(np.uint8)
    images = [small[0], small[1], mirrored, darker, small[2], small[1]]
    sights = [
        _folder.Sight(str(at), "same" if at in (1, 5) else str(at), (25, 25), image)
        for at, image in enumerate(images)
    ]
    where = ["train", "train", "test", "validation", "test", "train"]
    assert parts.find_twins(sights, where) == {
        0: (2, "mirrored"),
        2: (0, "mirrored"),
        3: (0, "as it is"),
    }
    where[5] = "test"
    found = parts.find_twins(sights, where)
    assert found[1] == (5, "same bytes") and found[5] == (1, "same bytes")


def test_more_copies_than_can_be_listed_are_refused(monkeypatch):
    monkeypatch.setattr("helpers.similarity._copies.MOST", 3)
    small = similarity.thumbnail(np.uint8(255 * data.load_faces()[0]))
    sights = [_folder.Sight(str(at), str(at), (25, 25), small) for at in range(6)]
    with pytest.raises(Problem, match="copies of those in other parts: `limit` must be lower"):
        parts.find_twins(sights, ["train", "test"] * 3)


def test_a_copy_and_a_picture_saved_again_are_named(source, tmp_path):
    smooth = cv2.resize(picture(9, (4, 4, 3)), (64, 64), interpolation=cv2.INTER_CUBIC)
    Image.fromarray(smooth).save(source / "e_0.png")
    Image.fromarray(smooth).resize((48, 48)).save(source / "f_0.jpg", quality=90)
    (source / "g_0.png").write_bytes((source / "a_0.png").read_bytes())
    folder, plan, _ = prepared(source, tmp_path / "o", by="file")
    names = [sight.name for sight in folder.pictures]
    plan = plan._replace(parts=["test" if name[0] in "fg" else "train" for name in names])
    plan = plan._replace(twins=parts.find_twins(folder.pictures, plan.parts))
    assert folder_words.describe_twins(folder, plan) == (
        "Warning: 4 of 11 pictures have a double in another part: a_0.png (train) and g_0.png "
        "(test), same bytes; e_0.png (train) and f_0.jpg (test), likely a copy. Put doubles into "
        "one group, or remove them."
    )
    _, plan, _ = prepared(source, tmp_path / "o", by="(.)", shares=(1, 0, 0))
    assert folder_words.describe_twins(folder, plan).startswith("No picture has a double")


# The job's own folder


def test_a_job_that_was_cut_short_goes_on_and_ends_alike(source, tmp_path):
    job, report = done(source, tmp_path / "o")
    whole = bytes_below(job)
    assert (report.written, report.kept) == (12, 0)
    for name in ("train/00003.png", "train/00007.png", "split.csv"):
        (job / name).unlink()
    next((job / "test").iterdir()).unlink()
    again, report = done(source, tmp_path / "o", workers=2)
    assert again == job
    assert (report.written, report.kept) == (2, 10)
    assert bytes_below(job) == whole


@pytest.mark.parametrize(
    "change",
    [{"count": 13}, {"seed": 1}, {"operations": (2, 3)}, {"format": "jpg"}, {"by": "file"}],
)
def test_another_request_gets_another_folder(source, tmp_path, change):
    job, _ = done(source, tmp_path / "o")
    whole = bytes_below(job)
    other, report = done(source, tmp_path / "o", **change)
    assert (other.name, report.kept) == (f"{PAGE}-2", 0)
    assert bytes_below(job) == whole


@pytest.mark.parametrize("name", ["a_0.png", "new_0.png", "notes.txt"])
def test_a_changed_source_gets_another_folder(source, tmp_path, name):
    job, _ = done(source, tmp_path / "o")
    if name == "notes.txt":
        (source / name).write_text("mine")
    else:
        save(source / name, 50)
    assert done(source, tmp_path / "o")[0] != job


def test_without_resume_every_run_has_its_folder_and_foreign_folders_are_left(source, tmp_path):
    (tmp_path / "o" / PAGE).mkdir(parents=True)
    (tmp_path / "o" / PAGE / "job.json").write_text("not mine")
    names = [done(source, tmp_path / "o", resume=False)[0].name for _ in range(2)]
    assert names == [f"{PAGE}-2", f"{PAGE}-3"]
    assert os.listdir(tmp_path / "o" / PAGE) == ["job.json"]
    assert done(source, tmp_path / "o")[0].name == f"{PAGE}-2"
    with pytest.raises(Problem, match="`resume` must be true or false; got maybe"):
        done(source, tmp_path / "o", resume="maybe")


@pytest.mark.parametrize("name", ["split.csv", "test/{}", "train_originals/{}"])
def test_what_was_changed_is_refused_and_stays(source, tmp_path, name):
    job, _ = done(source, tmp_path / "o")
    path = job / name.format(sorted(os.listdir((job / name).parent))[0])
    path.write_bytes(b"changed")
    with pytest.raises(Problem, match=rf"{path.name} was changed since this job made it"):
        done(source, tmp_path / "o")
    assert path.read_bytes() == b"changed"


@pytest.mark.parametrize("part", ["train", "validation", "test", "train_originals"])
def test_a_stranger_in_a_part_is_named(source, tmp_path, part):
    job, _ = done(source, tmp_path / "o")
    save(job / part / "stranger.png", 60)
    with pytest.raises(Problem, match=rf"{part} holds stranger\.png, which is not of this job"):
        done(source, tmp_path / "o")


def test_a_source_that_changes_under_the_page_is_named(source, tmp_path):
    everything = prepared(source, tmp_path / "o")
    job = folder_work.open_job(*everything)
    save(source / "c_1.png", 70)
    with pytest.raises(Problem, match=r"c_1\.png changed while the page ran"):
        folder_work.do_job(job, *everything)


def test_the_sources_stay_as_they_were(source, tmp_path):
    before = bytes_below(source)
    done(source, tmp_path / "o")
    assert bytes_below(source) == before


# What is drawn


def test_the_preview_is_the_picture_that_the_job_writes(source, tmp_path):
    everything = prepared(source, tmp_path / "o", seed=3)
    job = folder_work.open_job(*everything)
    folder_work.do_job(job, *everything)
    made = rows_of(job / "train" / "manifest.csv")
    for number in (0, 5, 11):
        (original, changed), said = contact_sheets.preview(*everything, number, 3)
        np.testing.assert_array_equal(changed, read_image(job / "train" / f"{number:05}.png"))
        name = made[number]["source"]
        np.testing.assert_array_equal(original, read_image(source / name))
        assert said.startswith(f"{name}: {next(iter(json.loads(made[number]['transform'])))}")


def test_both_sheets_show_the_same_pictures_in_the_same_places(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for number in range(5):
        pixels = np.full((60, 40, 3), 30, dtype=np.uint8)
        pixels[..., number % 3] = 220
        Image.fromarray(pixels).save(source / f"p{number}.png")
    wishes = dict(by="file", shares=(1, 0, 0), operations=(1, 1), count=9)
    job, _ = done(source, tmp_path / "o", **wishes)
    before, after = contact_sheets.draw_sheets(job, columns=3)
    assert before.shape == after.shape
    rows, columns = (np.array(before.shape[:2]) // (2, 3)).tolist()
    for number in range(5):
        top, left = number // 3 * rows, number % 3 * columns
        for sheet in (before, after):
            tile = sheet[top + 10 : top + 90, left + 10 : left + 60].reshape(-1, 3)
            assert np.median(tile, axis=0).argmax() == number % 3
    assert (before[rows + 4 :, 2 * columns + 4 :] == 255).all()
    assert contact_sheets.draw_sheets(job, most=2, columns=3)[0].shape[1] == 2 * columns


# Faults


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"count": 0}, "`count` must be a whole number of at least 1; got 0"),
        ({"operations": [3, 1]}, r"`operations` must be .* from 1 to 7; got \[3, 1\]"),
        ({"by": "perfix"}, 'got "perfix". Nearest names: prefix'),
        ({"by": None}, "`by` must be one of file, prefix, folder, a CSV file"),
        ({"by": "(a"}, r"`by` must be a regular expression; \(a is none"),
        ({"by": "(?:a)"}, "`by` must have a bracket round the group"),
        ({"by": "gone.csv"}, "There is no file gone.csv"),
        ({"shares": [0.7, 0.2, 0.2]}, r"`shares` must sum to 1; .* sum to 1\.1"),
        ({"shares": [0, 0.5, 0.5]}, r"training \(above 0\)"),
        ({"shares": "0.7"}, "`shares` must be three numbers"),
        ({"shares": (80, 20, 0)}, r"got \(80, 20, 0\)\. Is \[0\.8, 0\.2, 0\] meant\?$"),
        ({"shares": [70, 20, 20]}, r"got \[70, 20, 20\]\.$"),
        ({"shares": [0, 50, 50]}, r"got \[0, 50, 50\]\.$"),
        ({"workers": 0}, "`workers` must be a whole number of at least 1"),
        ({"format": "jpeg"}, 'must be one of png, jpg; got "jpeg". Nearest names: jpg'),
        ({"seed": -1}, "`seed` must be a whole number of at least 0"),
    ],
)
def test_choices_are_checked_before_any_work(change, rule):
    with pytest.raises(Problem, match=rule):
        folders.check_choices(**PLAIN | change)


def test_a_folder_must_be_there_and_hold_pictures(tmp_path, source):
    with pytest.raises(Problem, match=r"a_0\.png is a file; name a folder"):
        folders.look_into(source / "a_0.png", tmp_path / "o")
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        Problem, match=r"empty holds no picture that can be used\. It holds nothing"
    ):
        folders.look_into(tmp_path / "empty", tmp_path / "o")
    (tmp_path / "empty" / "x.txt").write_text("x")
    with pytest.raises(Problem, match=r"It holds x\.txt: not a picture"):
        folders.look_into(tmp_path / "empty", tmp_path / "o")
    for inside in (source, source / "deep" / "results"):
        with pytest.raises(Problem, match="`output` must lie outside the source source"):
            folders.look_into(source, inside)
    assert not (tmp_path / "o").exists()


def test_files_that_are_no_use_are_counted_and_named(source, tmp_path):
    (source / "cut.png").write_bytes((source / "a_0.png").read_bytes()[:200])
    (source / "empty.jpg").write_bytes(b"")
    (source / ".hidden").write_text("x")
    Image.new("1", (20_000, 10_000)).save(source / "bomb.png")
    Image.new("1", (10_001, 10_000)).save(source / "nearly.png")
    folder = folders.look_into(source, tmp_path / "o")
    assert len(folder.pictures) == 8
    assert folder.left_out.keys() == {"bomb.png", "cut.png", "empty.jpg", "nearly.png"}
    for name in ("bomb.png", "nearly.png"):
        assert "and at most 100 million are read" in folder.left_out[name]
    line = folder_words.describe_folder(folder)[-1]
    assert line.startswith("files left out: 4 (")
    assert all(f"{name}: {reason}" in line for name, reason in folder.left_out.items())


def test_the_report_tells_files_that_are_no_pictures_from_pictures_that_fail(source, tmp_path):
    def last_sentence():
        return folder_words.word_report(*prepared(source, tmp_path / "o"))[-1]

    assert last_sentence() == "Left out: no file."
    (source / "notes.txt").write_text("x")
    (source / "more.txt").write_text("x")
    assert last_sentence() == "Left out: 2 files that are no pictures."
    (source / "cut.png").write_bytes((source / "a_0.png").read_bytes()[:200])
    assert last_sentence() == (
        "Left out: 2 files that are no pictures, 1 picture that is damaged or of a kind that "
        "cannot be used."
    )


def test_too_few_groups_and_names_that_collide_are_refused(source, tmp_path):
    with pytest.raises(Problem, match=r"8 pictures are in 1 groups \(\.\), and 3 parts need"):
        prepared(source, tmp_path / "o", by="folder")
    save(source / "sub" / "x.png", 80)
    save(source / "sub__x.png", 81)
    with pytest.raises(Problem, match=r"sub/x\.png and sub__x\.png would get one name"):
        prepared(source, tmp_path / "o")


def test_a_place_that_cannot_hold_results_is_named(source, tmp_path):
    (tmp_path / "o").write_text("mine")
    with pytest.raises(Problem, match=r"o (is a file; name a folder|cannot hold results)"):
        done(source, tmp_path / "o")
    with pytest.raises(Problem, match="sample pictures cannot be put there"):
        folders.look_into(None, tmp_path / "o")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_large_pictures_are_looked_at_within_the_memory_that_is_promised(tmp_path):
    (tmp_path / "s").mkdir()
    pixels = cv2.resize(picture(0, (50, 80, 3)), (8000, 5000))
    for number in range(4):
        cv2.imwrite(str(tmp_path / "s" / f"{number}.jpg"), pixels[:, ::-1] // (number + 1))
    code = (
        "import sys; from helpers.analysis import folders;"
        "found = folders.look_into('s', 'o', workers=8); assert len(found.pictures) == 4;"
        "print(*[l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')])"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True
    )
    assert re.fullmatch(rb"\d+\s*", run.stdout), run.stderr
    assert int(run.stdout) < 2_000_000  # kilobytes
