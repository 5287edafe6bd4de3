"""Masks and boxes in the folder job: found with their pictures, moved with them, kept whole."""

import csv
import json
import re

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers import images
from helpers.augment import repeat_transform, transform_boxes, transform_mask
from helpers.folder_job import _masks, augment_folder, find_pairs

SHAPE = (40, 56)
LABELS = (0, 7, 201)


def quietly(source, destination, *, count=24, **options):
    return augment_folder(source, destination, count=count, progress=False, **options)


def rows_of(folder):
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def scene(number):
    """Return a picture of two rectangles, its mask, and their boxes."""
    rng = np.random.default_rng(number)
    mask, boxes = np.zeros(SHAPE, dtype=np.uint8), []
    for label, left in ((7, 2), (201, 30)):
        top, height, width = rng.integers(2, 12), rng.integers(8, 24), rng.integers(8, 20)
        mask[top : top + height, left : left + width] = label
        boxes.append((label, top, left, top + height, left + width))
    colours = np.array([(20, 60, 30), (220, 40, 40), (240, 240, 90)], dtype=np.uint8)
    return colours[np.searchsorted(LABELS, mask)], mask, boxes


def save(path, pixels, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, **options)


def yolo_of(boxes):
    lines = []
    for label, top, left, bottom, right in boxes:
        middle = (left + right) / 2 / SHAPE[1], (top + bottom) / 2 / SHAPE[0]
        size = (right - left) / SHAPE[1], (bottom - top) / SHAPE[0]
        lines.append(f"{label % 5} " + " ".join(f"{value:.8f}" for value in middle + size))
    return "\n".join(lines) + "\n"


def coco_of(scenes, outlines=()):
    table = {"images": [], "annotations": [], "info": {"year": 2026}}
    table["categories"] = [{"id": 7, "name": "cell"}, {"id": 201, "name": "grain"}]
    for name, boxes in scenes.items():
        number = len(table["images"]) + 40
        size = {"height": SHAPE[0], "width": SHAPE[1]}
        table["images"].append({"id": number, "file_name": name, "license": 3} | size)
        for label, top, left, bottom, right in boxes:
            box = [int(v) for v in (left, top, right - left, bottom - top)]
            row = {"id": 900 + len(table["annotations"]), "image_id": number, "bbox": box}
            polygon = [left, top, right, top, right, bottom, left, bottom]
            drawn = {"segmentation": [[int(v) for v in polygon]]} if label in outlines else {}
            table["annotations"].append(
                row | {"category_id": label, "area": box[2] * box[3], "iscrowd": 0} | drawn
            )
    return table


WAYS = ("x_mask.png", "masks/", "images and masks", "beside", "_seg", "a folder elsewhere")


def lay_out(base, way, scenes=5):
    """Write scenes with masks in one of the ways; return the source and what names the masks."""
    source, labels = base / "source", "auto"
    for number in range(scenes):
        image, mask, _ = scene(number)
        where = {
            "x_mask.png": f"s{number}_mask.png",
            "masks/": f"masks/s{number}.png",
            "images and masks": f"../masks/s{number}_mask.png",
            "beside": f"../masks/s{number}.png",
            "_seg": f"s{number}_seg.png",
            "a folder elsewhere": f"../far/away/s{number}.png",
        }[way]
        if way == "images and masks":
            source = base / "source" / "images"
        save(source / f"s{number}.png", image)
        save((source / where), mask)
    if way == "_seg":
        labels = "_seg"
    elif way == "a folder elsewhere":
        labels = base / "far" / "away"
    return source, labels


# Masks


@pytest.mark.parametrize("way", WAYS)
def test_masks_are_found_in_each_usual_place_and_move_with_their_pictures(tmp_path, way):
    source, labels = lay_out(tmp_path, way)
    report = quietly(source, tmp_path / "result", labels=labels)
    assert report == (24, 0, {}, {})
    made = set()
    for row in rows_of(tmp_path / "result"):
        number, transform = int(row["source"][1]), json.loads(row["transform"])
        image, mask, _ = scene(number)
        written = np.array(Image.open(tmp_path / "result" / row["labels"]))
        np.testing.assert_array_equal(written, transform_mask(mask, transform))
        picture = np.array(Image.open(tmp_path / "result" / row["file"]))
        np.testing.assert_array_equal(picture, repeat_transform(image, transform))
        assert row["labels"] == f"masks/{row['file']}"
        made |= set(np.unique(written).tolist())
    assert made == set(LABELS)


def test_a_mask_lies_on_the_thing_in_its_picture(tmp_path):
    """Without the transform: what is red or yellow in a new picture is labelled so in its mask."""
    source, _ = lay_out(tmp_path, "masks/", scenes=8)
    quietly(source, tmp_path / "result", count=64)
    agreed = []
    for row in rows_of(tmp_path / "result"):
        if {"jitter_colour", "erase", "blur"} & json.loads(row["transform"]).keys():
            continue
        picture = np.array(Image.open(tmp_path / "result" / row["file"])).astype(int)
        mask = np.array(Image.open(tmp_path / "result" / row["labels"]))
        seen = np.where(picture[..., 0] < 120, 0, np.where(picture[..., 1] < 140, 7, 201))
        agreed.append((seen == mask).mean())
    assert len(agreed) >= 15
    assert min(agreed) > 0.93  # they differ at rims only


@pytest.mark.parametrize("kind", ["palette", "deep", "colour", "bitmap", "signed"])
def test_labels_of_every_kind_stay_in_their_set(tmp_path, kind):
    source = tmp_path / "source"
    for number in range(3):
        image, mask, _ = scene(number)
        save(source / f"s{number}.png", image)
        path = source / "masks" / f"s{number}.png"
        path.parent.mkdir(exist_ok=True)
        if kind == "palette":
            mask = np.searchsorted(LABELS, mask).astype(np.uint8)
            flat = Image.fromarray(mask, mode="P")
            flat.putpalette([0, 0, 0, 200, 30, 40, 250, 240, 60])
            flat.save(path)
        elif kind == "deep":
            cv2.imwrite(str(path), mask.astype(np.uint16) * 300)
        elif kind == "colour":
            save(path, np.stack([mask, 255 - mask, mask // 2], axis=-1))
        elif kind == "bitmap":
            save(path, mask > 0)
        else:
            images.write_labels(path.with_suffix(".tif"), mask.astype(np.int32) - 5)
    report = quietly(source, tmp_path / "result", workers=2)
    assert report.skipped == {}
    for row in rows_of(tmp_path / "result"):
        ending = ".tif" if kind == "signed" else ".png"
        before = images.read_labels(source / "masks" / f"{row['source'][:2]}{ending}")
        after = images.read_labels(tmp_path / "result" / row["labels"])
        assert _masks.labels_in(after.values) <= _masks.labels_in(before.values)
        moved = transform_mask(before.values, json.loads(row["transform"]))
        np.testing.assert_array_equal(after.values, moved)
        if kind == "palette":
            np.testing.assert_array_equal(after.palette[:3], before.palette[:3])


def test_a_label_that_was_not_there_stops_the_job(tmp_path, monkeypatch):
    source, _ = lay_out(tmp_path, "masks/")

    def blurred(mask, description, *, border):
        return cv2.blur(transform_mask(mask, description, border=border), (3, 3))

    monkeypatch.setattr(_masks, "transform_mask", blurred)
    with pytest.raises(RuntimeError, match="holds labels that its source has not"):
        quietly(source, tmp_path / "result")


def test_a_picture_without_a_mask_and_a_mask_without_a_picture_are_named(tmp_path):
    source, _ = lay_out(tmp_path, "x_mask.png")
    save(source / "alone.png", scene(9)[0])
    save(source / "lost_mask.png", scene(9)[1])
    save(source / "small.png", scene(9)[0][:30])
    save(source / "small_mask.png", scene(9)[1])
    save(source / "blurred.png", scene(9)[0])
    save(source / "blurred_mask.jpg", scene(9)[1])
    (source / "cut.png").write_bytes((source / "s0.png").read_bytes())
    (source / "cut_mask.png").write_bytes(b"")
    (source / "notes.txt").write_text("mine")
    skipped = quietly(source, tmp_path / "result").skipped
    assert skipped.pop("cut.png").startswith("its mask cut_mask.png: ")
    assert skipped == {
        "alone.png": "has no mask",
        "lost_mask.png": "a mask without a picture",
        "small.png": "has 30 x 56 pixels, and its mask small_mask.png 40 x 56",
        "blurred.png": "its mask blurred_mask.jpg is a JPEG file with loss: its labels are blurred",
        "notes.txt": "not a picture",
    }
    assert {row["source"] for row in rows_of(tmp_path / "result")} == {
        f"s{number}.png" for number in range(5)
    }


def test_what_only_sounds_like_a_mask_is_a_picture(tmp_path):
    """Photographs of people with a mask, in folders of classes or under such names."""
    source, rng = tmp_path / "source", np.random.default_rng(5)
    for name in ("a.png", "a_mask.png", "b.png", "b_mask.png", "mask/c.png", "c.png"):
        save(source / name, rng.integers(0, 256, (*SHAPE, 3), dtype=np.uint8))
    names = sorted(p.relative_to(source).as_posix() for p in source.rglob("*.png"))
    assert find_pairs(source, names).kind == "none"
    assert len(find_pairs(source, names, "masks").of) == 3
    assert find_pairs(source, names, "none").files == frozenset()


def test_pictures_of_one_stem_and_masks_of_one_picture_are_told(tmp_path):
    source, _ = lay_out(tmp_path, "masks/")
    save(source / "s0.jpg", scene(0)[0])
    save(source / "s1_mask.png", scene(1)[1])
    skipped = quietly(source, tmp_path / "result").skipped
    assert (
        skipped
        == {
            "masks/s0.png": "a mask that fits 2 pictures, such as s0.jpg",
            "s0.jpg": "has no mask",
            "s0.png": "has no mask",
            "s1_mask.png": "a mask, but s1.png has another",
        }
        or "masks/s1.png" in skipped
    )


def test_lost_and_changed_masks_are_made_again_and_a_changed_source_mask_is_another_job(tmp_path):
    source, _ = lay_out(tmp_path, "masks/")
    result = tmp_path / "result"
    quietly(source, result)
    whole = contents(result)
    (result / "masks" / "00003.png").unlink()
    (result / "masks" / "00005.png").write_bytes(whole["masks/00004.png"])
    assert quietly(source, result)[:2] == (2, 22)
    assert contents(result) == whole
    save(source / "masks" / "s1.png", scene(7)[1])
    with pytest.raises(ValueError, match=r"`source` was with other labels of s1\.png for it"):
        quietly(source, result)
    assert contents(result) == whole


@pytest.mark.parametrize("workers", [1, 3])
def test_masks_do_not_depend_on_workers(tmp_path, workers):
    source, _ = lay_out(tmp_path, "masks/")
    quietly(source, tmp_path / "one")
    quietly(source, tmp_path / "more", workers=workers)
    assert contents(tmp_path / "one") == contents(tmp_path / "more")


# Boxes


def with_yolo(source, texts="."):
    for number in range(6):
        image, _, boxes = scene(number)
        save(source / f"s{number}.png", image)
        (source / texts).mkdir(exist_ok=True)
        (source / texts / f"s{number}.txt").write_text(yolo_of(boxes))
    (source / texts / "classes.txt").write_text("a\nb\nc\n")
    return source


def boxes_in(path):
    rows = np.loadtxt(path, ndmin=2).reshape(-1, 5)
    x, y, width, height = rows[:, 1:].T
    edges = np.stack([y - height / 2, x - width / 2, y + height / 2, x + width / 2], axis=1)
    return rows[:, 0].astype(int).tolist(), edges * np.tile(SHAPE, 2)


@pytest.mark.parametrize("texts", [".", "labels", "../labels"])
def test_boxes_of_yolo_move_with_their_pictures(tmp_path, texts):
    source = with_yolo(tmp_path / "source", texts)
    assert quietly(source, tmp_path / "result", count=48, least_seen=0.4) == (48, 0, {}, {})
    dropped = 0
    for row in rows_of(tmp_path / "result"):
        image, _, things = scene(int(row["source"][1]))
        transform = json.loads(row["transform"])
        picture = np.array(Image.open(tmp_path / "result" / row["file"]))
        expected = repeat_transform(image, transform, border="constant")
        np.testing.assert_array_equal(picture, expected)
        moved, seen = transform_boxes([thing[1:] for thing in things], transform, SHAPE)
        labels, edges = boxes_in(tmp_path / "result" / row["labels"])
        kept = seen >= 0.4
        np.testing.assert_allclose(edges, moved[kept], atol=1e-3)
        assert labels == [
            thing[0] % 5 for thing, is_kept in zip(things, kept, strict=True) if is_kept
        ]
        assert (edges >= -1e-4).all() and (edges <= np.tile(SHAPE, 2) + 1e-4).all()
        assert (int(row["boxes"]), int(row["dropped"])) == (kept.sum(), (~kept).sum())
        dropped += (~kept).sum()
    assert 0 < dropped < 48
    assert (tmp_path / "result" / "classes.txt").read_text() == "a\nb\nc\n"


def test_least_seen_decides_how_many_boxes_stay(tmp_path):
    source, counts = with_yolo(tmp_path / "source"), []
    for least in (0, 0.3, 0.7, 1):
        quietly(source, tmp_path / str(least), count=60, least_seen=least)
        counts.append(sum(int(row["boxes"]) for row in rows_of(tmp_path / str(least))))
    assert counts[0] > counts[1] > counts[2] > counts[3] > 0


def test_outlines_of_yolo_stay_outlines(tmp_path):
    source = tmp_path / "source"
    for number in range(3):
        save(source / f"s{number}.png", scene(number)[0])
        (source / f"s{number}.txt").write_text("2 0.1 0.1 0.9 0.1 0.5 0.8\n")
    quietly(source, tmp_path / "result")
    for row in rows_of(tmp_path / "result"):
        (line,) = (tmp_path / "result" / row["labels"]).read_text().splitlines()
        label, *values = line.split()
        assert label == "2"
        assert len(values) >= 6 and len(values) % 2 == 0
        assert all(0 <= float(value) <= 1 for value in values)


def test_a_picture_without_a_text_shows_nothing_and_other_texts_are_told(tmp_path):
    source = with_yolo(tmp_path / "source")
    (source / "s0.txt").unlink()
    (source / "s1.txt").write_text("")
    (source / "s2.txt").write_text("0 0.5 0.5\n")
    (source / "s3.txt").write_text("0 0.5 0.5 0.2 0.2\n1 0.5 80 0.2 0.2\n")
    (source / "gone.txt").write_text("0 0.5 0.5 0.2 0.2\n")
    (source / "notes.txt").write_text("mine")
    report = quietly(source, tmp_path / "result")
    assert report.skipped == {
        "s2.png": "its boxes s2.txt, line 1, must be a class and 4 numbers, or the corners of an "
        "outline; got 0 0.5 0.5",
        "s3.png": "its boxes s3.txt, line 2, must be shares from 0 to 1; got 1 0.5 80 0.2 0.2",
        "gone.txt": "boxes without a picture",
        "notes.txt": "not a picture",
    }
    counts = {row["source"]: row["boxes"] for row in rows_of(tmp_path / "result")}
    assert counts["s0.png"] == counts["s1.png"] == "0"
    assert (tmp_path / "result" / "00000.txt").read_bytes() == b""


def test_texts_that_tell_of_pictures_in_words_are_no_boxes(tmp_path):
    source = tmp_path / "source"
    for number in range(4):
        save(source / f"s{number}.png", scene(number)[0])
        (source / f"s{number}.txt").write_text("a photograph of a red thing")
    report = quietly(source, tmp_path / "result")
    assert set(report.skipped.values()) == {"not a picture"}
    assert "labels" not in rows_of(tmp_path / "result")[0]


@pytest.mark.parametrize("outlines", [(), (7, 201)])
def test_a_table_of_coco_becomes_a_table_of_coco(tmp_path, outlines):
    source, scenes = tmp_path / "source", {}
    for number in range(6):
        image, _, boxes = scene(number)
        save(source / f"s{number}.png", image)
        scenes[f"s{number}.png"] = boxes
    (source / "instances.json").write_text(json.dumps(coco_of(scenes, outlines)))
    assert quietly(source, tmp_path / "result", count=48) == (48, 0, {}, {})
    table = json.loads((tmp_path / "result" / "annotations.json").read_bytes())
    assert table["categories"][1] == {"id": 201, "name": "grain"}
    assert table["info"] == {"year": 2026}
    rows = rows_of(tmp_path / "result")
    assert [image["file_name"] for image in table["images"]] == [row["file"] for row in rows]
    assert len({row["id"] for row in table["annotations"]}) == len(table["annotations"])
    for image, row in zip(table["images"], rows, strict=True):
        assert (image["height"], image["width"], image["license"]) == (*SHAPE, 3)
        things = scenes[row["source"]]
        moved, seen = transform_boxes(
            [thing[1:] for thing in things], json.loads(row["transform"]), SHAPE
        )
        found = [thing for thing in table["annotations"] if thing["image_id"] == image["id"]]
        assert [f["category_id"] for f in found] == [
            thing[0] for thing, share in zip(things, seen, strict=True) if share >= 0.3
        ]
        edges = [(y, x, y + h, x + w) for x, y, w, h in (f["bbox"] for f in found)]
        np.testing.assert_allclose(np.reshape(edges, (-1, 4)), moved[seen >= 0.3], atol=2e-3)
        for thing in found:
            x, y, width, height = thing["bbox"]
            if not outlines:
                assert thing["segmentation"] == []
                assert thing["area"] == pytest.approx(width * height, rel=1e-3)
            else:
                corners = np.reshape(thing["segmentation"][0], (-1, 2))
                np.testing.assert_allclose(corners.min(axis=0), (x, y), atol=2e-3)
                np.testing.assert_allclose(corners.max(axis=0), (x + width, y + height), atol=2e-3)
                assert thing["area"] <= width * height * 1.001


def test_what_a_table_names_and_what_it_does_not_are_told(tmp_path):
    source = tmp_path / "source"
    save(source / "s0.png", scene(0)[0])
    save(source / "s1.png", scene(1)[0])
    save(source / "s2.png", scene(2)[0][:20])
    known = {"s0.png": scene(0)[2], "s2.png": scene(2)[2], "gone.png": scene(3)[2]}
    (source / "t.json").write_text(json.dumps(coco_of(known)))
    assert quietly(source, tmp_path / "result").skipped == {
        "gone.png": "an entry of t.json without a picture",
        "s1.png": "is not in t.json",
        "s2.png": "has 20 x 56 pixels, and the table of boxes says 40 x 56",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "t.json is no JSON."),
        ("[1]", "t.json must hold the lists images, annotations and categories."),
        ('{"images": [{"id": 1}], "annotations": [], "categories": []}', "t.json lacks or has"),
        (
            '{"images": [], "annotations": [{"image_id": 4}], "categories": []}',
            "t.json names an image 4 that it does not list.",
        ),
        (
            '{"images": [{"id": 4, "file_name": "a"}], "categories": [], "annotations": '
            '[{"image_id": 4, "bbox": [0, 0, -1, 2], "category_id": 1}]}',
            "t.json has a bbox that is none: [0, 0, -1, 2].",
        ),
        (json.dumps(coco_of({"x.png": []})), "must tell of pictures in source; t.json does not."),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, content, message):
    save(tmp_path / "source" / "s0.png", scene(0)[0])
    (tmp_path / "source" / "t.json").write_text(content)
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(tmp_path / "source", tmp_path / "result", labels="t.json")
    assert quietly(tmp_path / "source", tmp_path / "result").written == 24
    assert not (tmp_path / "result" / "annotations.json").exists()


# Which kind


def test_two_kinds_are_asked_about_and_one_can_be_named(tmp_path):
    source, _ = lay_out(tmp_path, "masks/")
    for number in range(5):
        (source / f"s{number}.txt").write_text(yolo_of(scene(number)[2]))
    message = '`labels` must name one kind; source holds "masks" (in masks) and "yolo" (beside'
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(source, tmp_path / "result")
    assert not (tmp_path / "result").exists()
    quietly(source, tmp_path / "boxes", labels="yolo")
    assert (tmp_path / "boxes" / "00000.txt").is_file()
    quietly(source, tmp_path / "masks", labels="masks")
    assert (tmp_path / "masks" / "masks" / "00000.png").is_file()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ("yolo", '`labels` is "yolo", and source holds none of that kind.'),
        ("coco", '`labels` is "coco", and source holds none of that kind.'),
        ("mask", 'such as "_seg"; got "mask". Nearest names: masks.'),
        ("_truth", '`labels` is "_truth", and no file is named so beside its picture.'),
        ("gone.json", 'such as "_seg"; got "gone.json".'),
    ],
)
def test_labels_that_are_not_there_are_refused(tmp_path, labels, message):
    save(tmp_path / "source" / "s0.png", scene(0)[0])
    with pytest.raises(ValueError, match=re.escape(message)):
        quietly(tmp_path / "source", tmp_path / "result", labels=labels)
    assert not (tmp_path / "result").exists()


# Class folders


def test_pictures_in_class_folders_stay_in_them(tmp_path):
    source = tmp_path / "source"
    for number in range(6):
        image, mask, _ = scene(number)
        save(source / "ab"[number % 2] / f"s{number}.png", image)
        save(source / "masks" / "ab"[number % 2] / f"s{number}.png", mask)
    (source / "notes.txt").write_text("mine")
    report = quietly(source, tmp_path / "result", class_folders=True)
    assert report.skipped == {"notes.txt": "not in the folder of a class"}
    rows = rows_of(tmp_path / "result")
    assert len(rows) == 24
    for row in rows:
        assert row["file"][:2] == row["source"][:2] in ("a/", "b/")
        assert (tmp_path / "result" / row["file"]).is_file()
        assert row["labels"] == f"masks/{row['file']}"
    assert quietly(source, tmp_path / "result", class_folders=True)[:2] == (0, 24)


@pytest.mark.skipif(not hasattr(__import__("os"), "symlink"), reason="links")
def test_a_link_to_a_class_folder_is_told(tmp_path):
    save(tmp_path / "source" / "a" / "s0.png", scene(0)[0])
    save(tmp_path / "far" / "s1.png", scene(1)[0])
    (tmp_path / "source" / "b").symlink_to(tmp_path / "far")
    report = quietly(tmp_path / "source", tmp_path / "result", class_folders=True)
    assert report.skipped == {"b": "a link to a folder: not followed"}
