"""The job over a folder: the same bytes by any way, nothing torn, nothing dropped in silence."""

import csv
import errno
import json
import os
import platform
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers import folder_job
from helpers.augment import random_transform, repeat_transform
from helpers.data import DATA_FOLDER
from helpers.folder_job import _journal, augment_folder
from helpers.images import _sources, read_about, read_image

POSIX = os.name == "posix"
COLOUR = np.random.default_rng(1).integers(0, 256, (20, 24, 3), dtype=np.uint8)
GREY = COLOUR[..., 0]
JOB = """
import sys
from helpers.folder_job import augment_folder
print("ready", flush=True)
augment_folder(sys.argv[1], sys.argv[2], count=int(sys.argv[3]), workers=2, progress=False)
"""


def quietly(source, destination, *, count=12, **options):
    return augment_folder(source, destination, count=count, progress=False, **options)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def manifest(folder):
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def source(tmp_path):
    """Five small pictures of different shapes, one of them grey."""
    folder = tmp_path / "source"
    folder.mkdir()
    rng = np.random.default_rng(2)
    for number, shape in enumerate([(20, 24, 3), (9, 31, 3), (16, 16), (1, 5, 3), (30, 8, 3)]):
        pixels = rng.integers(0, 256, shape, dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"picture_{number}.png")
    return folder


@pytest.fixture
def result(tmp_path):
    return tmp_path / "result"


# What is made


def test_each_picture_is_the_transform_its_manifest_line_tells(source, result):
    report = quietly(source, result, seed=7)
    assert report == (12, 0, {}, {})
    names = sorted(path.name for path in source.iterdir())
    rows = manifest(result)
    assert [row["file"] for row in rows] == [f"{number:05}.png" for number in range(12)]
    assert [row["source"] for row in rows] == (names * 3)[:12]
    for number, row in enumerate(rows):
        original = np.array(Image.open(source / row["source"]))
        made = np.array(Image.open(result / row["file"]))
        np.testing.assert_array_equal(
            made, repeat_transform(original, json.loads(row["transform"]))
        )
        drawn, described = random_transform(original, rng=np.random.default_rng([7, number]))
        np.testing.assert_array_equal(made, drawn)
        assert json.loads(row["transform"]) == described
    assert sorted(contents(result)) == sorted(
        [*(row["file"] for row in rows), "manifest.csv", "request.json"]
    )


def test_the_manifest_tells_the_sha256_that_other_tools_compute(source, result):
    import hashlib

    quietly(source, result)
    for row in manifest(result):
        assert row["sha256"] == hashlib.sha256((result / row["file"]).read_bytes()).hexdigest()


def test_a_picture_depends_on_the_seed_and_its_number_only(source, tmp_path):
    quietly(source, tmp_path / "few", count=5)
    quietly(source, tmp_path / "many", count=15)
    quietly(source, tmp_path / "other", count=5, seed=1)
    few, many, other = (contents(tmp_path / name) for name in ("few", "many", "other"))
    pictures = [name for name in few if name.endswith(".png")]
    assert len(pictures) == 5
    assert all(few[name] == many[name] for name in pictures)
    assert any(few[name] != other[name] for name in pictures)


def test_any_number_of_workers_gives_the_same_bytes(source, tmp_path):
    for workers in (1, 3):
        quietly(source, tmp_path / str(workers), count=100, workers=workers)
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_sources_that_do_not_stay_in_memory_give_the_same_bytes(source, tmp_path, monkeypatch):
    quietly(source, tmp_path / "kept", count=100)
    monkeypatch.setattr(folder_job, "KEPT_BYTES", 1)
    quietly(source, tmp_path / "read again", count=100)
    assert contents(tmp_path / "kept") == contents(tmp_path / "read again")


def test_the_number_of_operations_is_as_asked(source, result):
    quietly(source, result, operations=(4, 5), count=40)
    sizes = {len(json.loads(row["transform"])) for row in manifest(result)}
    assert sizes == {4, 5}


def test_jpeg_is_written_too(source, result):
    quietly(source, result, format="jpg", count=3)
    assert (result / "00000.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert read_image(result / "00000.jpg").shape == (20, 24, 3)


def test_threads_of_opencv_are_as_before(source, result):
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    try:
        quietly(source, result)
        assert cv2.getNumThreads() == 3
        with pytest.raises(ValueError, match="`seed` was"):
            quietly(source, result, seed=1)
        assert cv2.getNumThreads() == 3
    finally:
        cv2.setNumThreads(before)


def test_progress_is_shown_unless_it_is_not_wanted(source, tmp_path, capfd):
    quietly(source, tmp_path / "silent")
    assert capfd.readouterr() == ("", "")
    augment_folder(source, tmp_path / "told", count=12)
    assert "12/12" in "".join(capfd.readouterr())


# Going on


def test_a_second_run_makes_nothing_anew(source, result):
    quietly(source, result)
    before = {path: path.stat().st_mtime_ns for path in result.iterdir()}
    assert quietly(source, result, workers=2) == (0, 12, {}, {})
    assert {path: path.stat().st_mtime_ns for path in result.iterdir()} == before


def test_lost_and_damaged_pictures_are_made_again(source, result):
    quietly(source, result)
    whole = contents(result)
    (result / "00003.png").unlink()
    (result / "00005.png").write_bytes(whole["00005.png"][:-9])
    (result / "00007.png").write_bytes(whole["00008.png"])
    assert quietly(source, result) == (3, 9, {}, {})
    assert contents(result) == whole


@pytest.mark.parametrize("torn", [b"", b'{"file": "000', b"\xff\x00\n\n[1]\nnull\n3"])
def test_a_torn_journal_and_leftovers_are_cleared(source, result, torn):
    quietly(source, result)
    whole = contents(result)
    rows = [row | {"transform": json.loads(row["transform"])} for row in manifest(result)]
    lines = "".join(json.dumps(row) + "\n" for row in rows[:4]).encode()
    (result / "journal.jsonl").write_bytes(lines + torn)
    (result / "manifest.csv").unlink()
    (result / f".{'0a' * 16}.part").write_bytes(b"half")
    assert quietly(source, result) == (8, 4, {}, {})
    assert contents(result) == whole


def test_what_is_not_of_the_job_stays(source, result):
    quietly(source, result)
    (result / "notes.txt").write_text("mine")
    (result / ".mine.part").write_text("mine")
    assert quietly(source, result).kept == 12
    assert (result / "notes.txt").read_text() == (result / ".mine.part").read_text() == "mine"


def made(folder):
    return len(list(folder.glob("?????.png")))


def kill_when(ready, rng, *arguments):
    """Start a job and kill it at a random time after `ready`, or later than its end."""
    command = [sys.executable, "-c", JOB, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as job:
        job.stdout.readline()
        while job.poll() is None and not ready():
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.06))
        job.kill()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is a signal of POSIX")
def test_killed_at_twenty_moments_the_job_ends_with_the_same_bytes(source, tmp_path):
    """Half of the kills come at any time, half while pictures are being written."""
    count, folder = 1000, tmp_path / "killed"
    quietly(source, tmp_path / "whole", count=count, workers=2)
    whole, rng, partial, seen = contents(tmp_path / "whole"), random.Random(), 0, 0
    for attempt in range(20):
        goal = seen + rng.randrange(1, count // 12) if attempt % 2 else 0
        kill_when(lambda goal=goal: made(folder) >= goal, rng, source, folder, count)
        found = contents(folder) if folder.exists() else {}
        assert [name for name in found if name in whole and found[name] != whole[name]] == []
        others = found.keys() - whole.keys() - {"journal.jsonl"}
        others = {name for name in others if not name.startswith(".job.lock")}  # gone at the end
        assert [name for name in others if not _journal.SPARE.fullmatch(name)] == []
        partial += seen < made(folder) < count
        seen = made(folder)
    assert partial >= 5, "the kills came too early or too late to test anything"
    quietly(source, folder, count=count)
    assert contents(folder) == whole


def test_what_a_job_left_that_was_killed_as_it_took_over_goes(source, tmp_path):
    quietly(source, tmp_path / "whole", count=8)
    dead = {"pid": 2**22 + 7, "started": 1.0, "host": platform.node(), "token": "0" * 12}
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / ".job.lock").write_text(json.dumps(dead))
    for token in ("0" * 12, "1" * 12):
        (tmp_path / "job" / f".job.lock-{token}").write_text(json.dumps(dead | {"token": token}))
    quietly(source, tmp_path / "job", count=8)
    assert contents(tmp_path / "job") == contents(tmp_path / "whole")


@pytest.mark.parametrize("moment", range(1, 12))
def test_stopped_before_any_of_its_renames_the_job_goes_on(source, tmp_path, monkeypatch, moment):
    """Kills at random miss rare moments, such as between request, journal and manifest."""
    quietly(source, tmp_path / "whole", count=8)
    calls, replace = iter(range(1, 1000)), Path.replace

    def stop(path, target):
        if next(calls) == moment:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            quietly(source, tmp_path / "stopped", count=8)
    quietly(source, tmp_path / "stopped", count=8)
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


# Refusals


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": 13}, "`count` was 12 for it; got 13. Choose an empty folder."),
        ({"seed": 1}, "`seed` was 0 for it; got 1."),
        ({"operations": (1, 2)}, "`operations` was [1, 3] for it; got [1, 2]."),
        ({"format": "jpg"}, "`format` was png for it; got jpg."),
    ],
)
def test_another_request_is_refused_and_touches_nothing(source, result, change, message):
    quietly(source, result)
    before = contents(result)
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(source, result, **change)
    assert contents(result) == before


@pytest.mark.parametrize("change", ["added", "removed", "changed"])
def test_other_sources_are_another_request(source, result, change):
    quietly(source, result)
    if change == "added":
        Image.fromarray(GREY).save(source / "new.png")
    elif change == "removed":
        (source / "picture_2.png").unlink()
    else:
        Image.fromarray(GREY).save(source / "picture_2.png")
    message = {
        "added": "`source` was without new.png for it; got a folder with it",
        "removed": "`source` was with picture_2.png for it; got a folder without it",
        "changed": "`source` was with picture_2.png of other bytes for it; got a changed file",
    }[change]
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(source, result)


def test_pictures_of_another_opencv_are_not_mixed(source, result, monkeypatch):
    quietly(source, result)
    monkeypatch.setattr(cv2, "__version__", "4.0.0")
    with pytest.raises(ValueError, match=r"`opencv` was .* for it; got 4\.0\.0"):
        quietly(source, result)


def test_the_same_pictures_in_another_place_are_the_same_request(source, result):
    quietly(source, result)
    moved = source.rename(source.with_name("moved"))
    (moved / "notes.txt").write_text("no picture")
    assert quietly(moved, result) == (0, 12, {"notes.txt": "not a picture"}, {})


@pytest.mark.parametrize("request_file", [None, "{", "[1]", "3"])
def test_a_destination_for_something_else_is_refused(source, result, request_file):
    result.mkdir()
    (result / ("mine.txt" if request_file is None else "request.json")).write_text(
        request_file or "mine"
    )
    (result / f".{'0a' * 16}.part").write_text("of somebody else")
    before = contents(result)
    with pytest.raises(ValueError, match=r"`destination` must be (empty or )?of this job"):
        quietly(source, result)
    assert contents(result) == before


@pytest.mark.parametrize("inner", [".", "folder"])
def test_a_file_where_the_destination_should_be_is_refused(source, result, inner):
    result.write_text("mine")
    with pytest.raises(ValueError, match=r"`destination` must be a folder; .* in a file"):
        quietly(source, result / inner)
    assert result.read_text() == "mine"


def test_the_source_itself_is_no_destination(source):
    with pytest.raises(ValueError, match="`destination` must be another folder than `source`"):
        quietly(source, source / ".." / "source")


def test_a_destination_inside_the_source_is_no_source(source):
    assert quietly(source, source / "more") == (12, 0, {}, {})
    assert quietly(source, source / "more") == (0, 12, {}, {})


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_source_that_is_no_folder_is_refused(tmp_path, result, kind):
    if kind == "file":
        (tmp_path / "source").write_text("mine")
    with pytest.raises(ValueError, match="`source` must be an existing folder; got"):
        quietly(tmp_path / "source", result)
    assert not result.exists()


def test_no_usable_source_is_an_error_that_tells_why(tmp_path, result):
    folder = tmp_path / "source"
    folder.mkdir()
    with pytest.raises(ValueError, match="must hold a picture that can be used; got nothing"):
        quietly(folder, result)
    (folder / "a.txt").write_text("text")
    with pytest.raises(ValueError, match=r"can be used; got a\.txt: not a picture\."):
        quietly(folder, result)
    assert not result.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 0}, "`count` must be a whole number of at least 1; got 0."),
        ({"seed": -1}, "`seed` must be a whole number of at least 0; got -1."),
        ({"workers": 0}, "`workers` must be a whole number of at least 1; got 0."),
        ({"format": "gif"}, '`format` must be "png" or "jpg"; got \'gif\'.'),
        ({"operations": 2}, "`operations` must be the least and the most operations, whole numb"),
        ({"operations": (1, 8)}, "whole numbers from 1 to 7; got (1, 8)."),
    ],
)
def test_wrong_arguments_are_refused(source, result, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(source, result, **options)
    assert not result.exists()


# Files of every kind


def saved(name, image, **options):
    return lambda folder: image.save(folder / name, **options)


def cut(name, image):
    def write(folder):
        image.save(folder / name)
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) * 2 // 3])

    return write


def encoded(name, pixels):
    return lambda folder: (folder / name).write_bytes(cv2.imencode(Path(name).suffix, pixels)[1])


PICTURE, FRAMES = Image.fromarray(COLOUR), [Image.fromarray(np.roll(COLOUR, 5, axis=1))]
SKIPPED = {
    "a.txt": (lambda folder: (folder / "a.txt").write_text("text"), "not a picture"),
    "a.png": (lambda folder: (folder / "a.png").write_bytes(b""), "no bytes"),
    "a.jpg": (cut("a.jpg", PICTURE), "the file ends too early"),
    "b.png": (cut("b.png", PICTURE), "the file ends too early"),
    "a.bmp": (cut("a.bmp", PICTURE), "the file ends too early"),
    "a.webp": (cut("a.webp", PICTURE), "the file ends too early"),
    "a.tif": (cut("a.tif", PICTURE), "the file ends too early"),
    "noise.jpg": (
        lambda folder: (folder / "noise.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(99)),
        "damaged: its pixels cannot be decoded",
    ),
    "moving.gif": (
        saved("moving.gif", PICTURE, save_all=True, append_images=FRAMES),
        "more than one picture",
    ),
    "moving.png": (
        saved("moving.png", PICTURE, save_all=True, append_images=FRAMES),
        "more than one picture",
    ),
    "moving.webp": (
        saved("moving.webp", PICTURE, save_all=True, append_images=FRAMES),
        "more than one picture",
    ),
    "pages.tif": (
        saved("pages.tif", PICTURE, save_all=True, append_images=FRAMES),
        "more than one picture",
    ),
    "a.psd": (lambda folder: (folder / "a.psd").write_bytes(b"8BPS" + bytes(99)), "a Photoshop"),
    "long.png": (saved("long.png", Image.new("L", (32_767, 1))), "longer than 32766 pixels a side"),
    "folder.png": (lambda folder: (folder / "folder.png").mkdir(), "a folder"),
}


@pytest.mark.parametrize("name", SKIPPED)
def test_what_cannot_be_used_is_skipped_with_its_reason(source, result, name):
    write, reason = SKIPPED[name]
    write(source)
    report = quietly(source, result)
    assert (report.written, report.converted, list(report.skipped)) == (12, {}, [name])
    assert report.skipped[name].startswith(reason)
    assert {row["source"] for row in manifest(result)} == {f"picture_{n}.png" for n in range(5)}


@pytest.mark.skipif(not POSIX, reason="links and pipes as POSIX has them")
def test_links_are_followed_and_broken_ones_and_pipes_are_skipped(source, result, tmp_path):
    PICTURE.save(tmp_path / "elsewhere.png")
    (source / "a_link.png").symlink_to(tmp_path / "elsewhere.png")
    (source / "b_link.png").symlink_to(tmp_path / "nowhere.png")
    (source / "c_link.png").symlink_to(source / "c_link.png")
    (source / "d_link.png").symlink_to(tmp_path)
    os.mkfifo(source / "pipe.png")
    report = quietly(source, result)
    assert report.skipped == {
        "b_link.png": "a link to nothing",
        "c_link.png": "a link to nothing",
        "d_link.png": "a folder",
        "pipe.png": "not a regular file",
    }
    assert "a_link.png" in {row["source"] for row in manifest(result)}


def test_a_file_that_may_not_be_read_is_skipped(source, result, monkeypatch):
    """As root every file may be read, so the refusal is injected."""
    read = Path.read_bytes

    def refuse(path):
        if path.name == "picture_1.png":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert quietly(source, result).skipped == {"picture_1.png": "cannot be read: Permission denied"}


def alone(source, write):
    """Leave one file in the source, written anew."""
    for path in source.iterdir():
        path.unlink()
    write(source)


def read_alone(source, write):
    alone(source, write)
    (path,) = source.iterdir()
    found = _sources.read_source(path)
    return found.picture, found.converted


def test_grey_stays_grey(source, result):
    alone(source, saved("grey.png", Image.fromarray(GREY)))
    assert quietly(source, result).converted == {}
    assert np.array(Image.open(result / "00000.png")).shape == GREY.shape


def test_sixteen_bits_are_reduced_to_eight(source):
    # 257 times a byte is the same shade in 16 bits; 100 more is still nearer to it than the next
    deep = GREY.astype(np.uint16) * 257 + np.where(GREY < 255, 100, 0).astype(np.uint16)
    grey, converted = read_alone(source, encoded("deep.png", deep))
    np.testing.assert_array_equal(grey, GREY)
    assert converted == "16 bits reduced to 8"
    for name in ("deep.png", "deep.tif"):
        colour, converted = read_alone(
            source, encoded(name, COLOUR[..., ::-1].astype(np.uint16) * 257)
        )
        np.testing.assert_array_equal(colour, COLOUR)
        assert converted == "16 bits reduced to 8"


def test_a_range_is_asked_for_all_files_and_belongs_to_the_request(tmp_path):
    for place, values in (("plain", GREY), ("floats", GREY.astype(np.float32) * 100 / 255)):
        (tmp_path / place).mkdir()
        Image.fromarray(values).save(tmp_path / place / "a.tif")
    quietly(tmp_path / "plain", tmp_path / "expected")
    ranged = tmp_path / "ranged"
    quietly(tmp_path / "floats", ranged, value_range=(0, 100))
    for number in range(12):
        name = f"{number:05}.png"
        assert (ranged / name).read_bytes() == (tmp_path / "expected" / name).read_bytes()
    assert quietly(tmp_path / "floats", ranged, value_range=[0, 100]).kept == 12
    with pytest.raises(ValueError, match="`destination`"):
        quietly(tmp_path / "floats", ranged, value_range=(0, 200))
    with pytest.raises(ValueError, match=r"`value_range` must be .* got 'used up'"):
        quietly(tmp_path / "floats", tmp_path / "none", value_range="used up")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("ending", ["png", "webp", "tif"])
def test_transparent_pictures_are_laid_on_white(source, ending):
    pixels = np.dstack([COLOUR, np.full(GREY.shape, 255, np.uint8)])
    pixels[:4, :, 3] = 0
    write = saved(
        f"a.{ending}", Image.fromarray(pixels), **{"lossless": True} if "w" in ending else {}
    )
    found, converted = read_alone(source, write)
    assert converted == "transparency laid on white"
    assert (found[:4] == 255).all()
    np.testing.assert_array_equal(found[4:], COLOUR[4:])


def test_a_grey_picture_with_transparency_stays_grey(source):
    pixels = np.dstack([GREY, np.full(GREY.shape, 255, np.uint8)])
    found, converted = read_alone(source, saved("a.png", Image.fromarray(pixels)))
    np.testing.assert_array_equal(found, GREY)
    assert converted == "transparency laid on white"


def test_a_cmyk_photograph_is_turned_into_rgb(source):
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    found, converted = read_alone(source, saved("a.jpg", red, quality=100))
    assert converted == "CMYK turned into RGB without a profile: colours are approximate"
    assert np.abs(found.astype(int) - [255, 0, 0]).max() <= 3


def test_a_palette_and_a_bitmap_are_plain_pictures(source):
    few = Image.fromarray(COLOUR).quantize(16)
    palette, converted = read_alone(source, saved("a.gif", few))
    np.testing.assert_array_equal(palette, np.array(few.convert("RGB")))
    assert converted == ""
    ink, converted = read_alone(source, saved("a.png", Image.fromarray(GREY > 127)))
    np.testing.assert_array_equal(ink, np.where(GREY > 127, 255, 0))
    assert converted == ""


@pytest.mark.parametrize("form", ["png", "jpg"])
def test_the_colour_profile_of_a_source_is_handed_on(source, result, form):
    profile = read_about(DATA_FOLDER / "rocket.jpg").profile
    alone(source, saved("a.png", PICTURE, icc_profile=profile))
    quietly(source, result, format=form)
    assert read_about(result / f"00000.{form}").profile == profile


def test_a_photograph_is_turned_upright(source):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: a quarter clockwise puts it right
    found, _ = read_alone(source, saved("a.png", PICTURE, exif=exif))
    np.testing.assert_array_equal(found, np.rot90(COLOUR, -1))
    np.testing.assert_array_equal(found, read_image(source / "a.png"))


def test_names_that_collide_and_names_in_any_script_are_kept_apart(source, result):
    alone(source, saved("a.jpg", PICTURE))
    names = ["a.jpg", "a.png", "b c,\"d'.png", "grün 図 🎈.png"]
    if os.name == "nt":
        names[2] = "b c,'.png"
    for name in names[1:]:
        PICTURE.save(source / name)
    assert quietly(source, result, count=8).written == 8
    assert [row["source"] for row in manifest(result)] == sorted(names) * 2
    assert quietly(source, result, count=8).kept == 8


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_a_name_that_is_no_text_is_used_too(source, result):
    name = os.fsdecode(b"\xff.png")
    PICTURE.save(source / "good.png")
    (source / "good.png").rename(source / name)
    assert quietly(source, result).written == 12
    assert quietly(source, result) == (0, 12, {}, {})


@pytest.mark.parametrize("change", ["changed", "removed"])
def test_a_source_that_changes_meanwhile_is_reported(source, result, monkeypatch, change):
    """Sources that were not kept in memory are read again, and may be others by then."""
    claim = _journal.claim

    def meddle(folder, request):
        claim(folder, request)
        if change == "changed":
            PICTURE.save(source / "picture_1.png")
        else:
            (source / "picture_1.png").unlink()

    monkeypatch.setattr(folder_job, "KEPT_BYTES", 1)
    monkeypatch.setattr(_journal, "claim", meddle)
    report = quietly(source, result, count=10)
    reason = f"{'changed' if change == 'changed' else 'vanished'} while the job ran"
    assert report == (8, 0, {"picture_1.png": reason}, {})
    assert "picture_1.png" not in {row["source"] for row in manifest(result)}


# A full disk


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_tells_how_to_go_on_and_leaves_nothing_torn(
    source, tmp_path, monkeypatch, workers
):
    quietly(source, tmp_path / "whole", count=60)
    write, room = Path.write_bytes, iter(range(30))

    def fill(path, content):
        if next(room, None) is None:
            write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    full = tmp_path / "full"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", fill)
        with pytest.raises(OSError, match=r"No space left on device: .* of 60 pictures") as caught:
            quietly(source, full, count=60, workers=workers)
    assert caught.value.errno == errno.ENOSPC
    assert "call again with the same arguments" in str(caught.value)
    whole = contents(tmp_path / "whole")
    left = contents(full)
    assert left.keys() - {"journal.jsonl"} < whole.keys()
    assert all(whole[name] == content for name, content in left.items() if name in whole)
    report = quietly(source, full, count=60)
    assert report.kept > 0
    assert report.kept + report.written == 60
    assert contents(full) == whole


def test_what_a_full_disk_took_of_one_batch_is_kept(source, result, monkeypatch):
    alone(source, saved("one.png", PICTURE))
    replace = Path.replace

    def fill(path, target):
        if target.name == "00005.png":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fill)
        with pytest.raises(OSError, match="5 of 8 pictures are whole"):
            quietly(source, result, count=8)
    report = quietly(source, result, count=8)
    assert (report.kept, report.written) == (5, 3)


@pytest.mark.skipif(not POSIX, reason="limits of a process as POSIX has them")
def test_a_limit_on_the_size_of_files_is_met_like_a_full_disk(source, result):
    noise = np.random.default_rng(3).integers(0, 256, (150, 150, 3), dtype=np.uint8)
    alone(source, saved("noise.png", Image.fromarray(noise)))
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n" + JOB
    command = [sys.executable, "-B", "-c", code, str(source), str(result), "4"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 1
    assert "0 of 4 pictures are whole in `destination`; call again" in run.stderr
    assert set(contents(result)) == {"request.json", "journal.jsonl"}
    assert quietly(source, result, count=4).written == 4


# A cluster

CLUSTER = """
import sys
import joblib
from distributed import Client, LocalCluster

def has_worked():
    return "helpers.folder_job" in sys.modules

def main():
    size = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**size, dashboard_address=None) as cluster, Client(cluster) as client:
        client.wait_for_workers(2)
        print(*client.run(has_worked).values())
        from helpers.folder_job import augment_folder
        with joblib.parallel_config(backend="dask"):
            augment_folder(*sys.argv[1:], count=200, progress=False)
        print(*client.run(has_worked).values())

if __name__ == "__main__":
    main()
"""


def test_two_processes_of_a_cluster_give_the_same_bytes(source, tmp_path):
    pytest.importorskip("distributed")
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    command = [sys.executable, str(script), str(source), str(tmp_path / "cluster")]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["False", "False", "True", "True"]
    quietly(source, tmp_path / "here", count=200)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "here")
