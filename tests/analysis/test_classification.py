"""The page that classifies a folder: files, words, faults, copies, names, labels."""

import csv

import numpy as np
import pytest
from PIL import Image

from helpers.analysis import classification
from helpers.images import read_image
from helpers.own_data import Problem

PAGE = "classify_a_folder"
PLAIN = {"features": "plain", "by": "file", "alike": 0.8, "sure": 0.8, "folds": 5, "repeats": 2}
PLAIN |= {"confidence": 0.95, "seed": 0}


def save(path, image):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(image)).save(path)
    return path


def stripes(rng, upright, side=48):
    """Return noise that varies faster across than down, or the other way round."""
    noise = rng.normal(size=(side // 4, side))
    image = np.kron(noise, np.ones((4, 1)))
    return np.clip(127 + 50 * (image if upright else image.T), 0, 255).astype(np.uint8)


def fill(folder, count=6, classes=("across", "down"), seed=0):
    """Save pictures of stripes of two directions and return the folder."""
    rng = np.random.default_rng(seed)
    for place, name in enumerate(classes):
        for number in range(count):
            save(folder / name / f"{number}.png", stripes(rng, place % 2))
    return folder


def choose(**changes):
    return classification.check_choices(**PLAIN | changes)


def look(folder, apply=None, **changes):
    choices = choose(**changes)
    return choices, *classification.look_into(folder, apply, choices, folder.parent / "results")


def judged(folder, **changes):
    """Return choices, pictures, groups and the result of a folder, by plain features."""
    choices, pictures, _ = look(folder, **changes)
    together = classification.find_together(pictures, choices)
    rows = classification.describe_pictures(pictures, choices)
    colours = classification.colour_rows(pictures)
    result = classification.cross_validate(rows, colours, pictures, together, choices)
    return choices, pictures, together, result


def rows_of(run, name):
    with run.files[name].open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


# The page


def test_the_page_classifies_its_samples_and_labels_others(run_page):
    run = run_page(PAGE)
    assert not run.problem
    assert "Near copies: 1 pair (0 with the same bytes), such as brick/brick_00.png and" in run.said
    assert "The 51 pictures are 50 groups." in run.said
    assert "Accuracy minus that of the mean colour: +" in run.said
    known, new = rows_of(run, "pictures.csv"), rows_of(run, "labels.csv")
    assert len(known) == 51 and len(new) == 16
    assert known["brick/brick_00.png"]["group"] == known["brick/brick_mirrored.png"]["group"]
    right = np.mean([float(row["share right"]) for row in known.values()])
    assert right > 0.85  # six of seven pieces of photographs; 0.96 where it was written
    for row in new.values():
        chances = [float(value) for name, value in row.items() if name.startswith("p(")]
        assert sum(chances) == pytest.approx(1, abs=5e-4)
        assert float(row["probability"]) == max(chances)
        assert row["label"] == (row["most likely"] if max(chances) >= 0.8 else "")
    results = {"measures.csv", "classes.csv", "sheet.png", "confusion.png", "summary.html"}
    assert results < set(run.files)
    assert read_image(run.files["sheet.png"]).shape[1] == 6 * 128
    assert "data:image/png" in run.files["summary.html"].read_text()


def test_two_classes_get_a_roc_curve_and_nothing_of_the_reader_is_changed(run_page, tmp_path):
    folder = fill(tmp_path / "mine")
    before = {path: path.read_bytes() for path in folder.rglob("*.png")}
    run = run_page(PAGE, source=str(folder), features="plain", repeats=2)
    assert not run.problem
    assert "called 1.00 of 12 pictures right" in run.said
    assert "AUC of down against across, by features: 1.000" in run.said
    assert "There is no second folder" in run.said
    assert "labels.csv" not in run.files
    assert {path: path.read_bytes() for path in folder.rglob("*.png")} == before


def test_a_second_folder_is_labelled_and_its_copies_of_known_pictures_are_told(run_page, tmp_path):
    folder, other = fill(tmp_path / "mine"), tmp_path / "other"
    rng = np.random.default_rng(9)
    save(other / "a.png", stripes(rng, upright=False))
    save(other / "deeper" / "b.png", stripes(rng, upright=True))
    (other / "again.png").write_bytes((folder / "down" / "3.png").read_bytes())
    (other / "broken.png").write_bytes(b"no picture")
    run = run_page(PAGE, source=str(folder), apply=str(other), features="plain", sure=0.6)
    assert not run.problem
    rows = rows_of(run, "labels.csv")
    assert {name: row["label"] for name, row in rows.items()} == {
        "a.png": "across",
        "again.png": "down",
        "deeper/b.png": "down",
    }
    assert rows["again.png"]["near copy of"] == "down/3.png"
    assert "Warning: 1 of them are near copies of pictures that were learned from" in run.said
    assert "Not used: 1 files there, such as broken.png (not a picture" in run.said


@pytest.mark.parametrize("sure", [0, 1])
def test_all_labels_are_given_or_none(tmp_path, sure):
    folder, other = fill(tmp_path / "mine"), fill(tmp_path / "other", 2, seed=5)
    choices, known, new = look(folder, other, sure=sure)
    together = classification.find_together(known, choices)
    rows = [classification.describe_pictures(part, choices) for part in (known, new)]
    labels = classification.label_pictures(rows[0], known, together, rows[1], new, choices)
    assert labels.given.tolist() == [sure == 0] * 4
    table = classification.tabulate_labels(labels, known, new)
    assert (table["label"] == table["most likely"]) == (sure == 0)
    told = classification.tell_labels(labels, known, new, choices)
    assert told[0].startswith(f"Labels for {4 - 4 * sure} of 4 pictures in other: ")


# What is refused


def refused(folder, rule, *, apply=None, **changes):
    with pytest.raises(Problem) as error:
        choices, pictures, _ = look(folder, apply, **changes)
        classification.find_together(pictures, choices)
    assert rule in str(error.value)


def test_one_class_or_none_is_refused_with_the_folder_that_may_be_meant(tmp_path):
    refused(fill(tmp_path / "a", classes=["cat"]), "a holds one class, cat (6 pictures); two")
    fill(tmp_path / "b" / "all")
    refused(tmp_path / "b", "It holds across, down: is all meant?")
    save(tmp_path / "c" / "x.png", np.zeros((9, 9), np.uint8))
    refused(tmp_path / "c", "c holds no picture in a folder of a class. Not used: x.png: in no")
    (tmp_path / "d").mkdir()
    refused(tmp_path / "d", "d holds no picture in a folder of a class.")


def test_a_class_of_one_is_refused_and_broken_files_are_named(tmp_path):
    folder = fill(tmp_path / "mine")
    save(folder / "few" / "a.png", stripes(np.random.default_rng(7), True))
    (folder / "few" / "b.png").write_bytes(b"no picture")
    refused(
        folder, "at least 3 pictures that can be used, better 5 or more; too few are in few (1)"
    )
    refused(folder, "Not used: few/b.png: not a picture")


def test_parts_of_a_split_are_no_classes(tmp_path):
    fill(tmp_path / "mine" / "train")
    fill(tmp_path / "mine" / "test", seed=1)
    refused(tmp_path / "mine", "mine holds test, train: these are parts of a split and no classes")


def test_one_file_in_two_classes_is_a_contradiction(tmp_path):
    folder = fill(tmp_path / "mine")
    (folder / "down" / "again.png").write_bytes((folder / "across" / "2.png").read_bytes())
    refused(folder, "1 files lie in two classes with the same bytes: across/2.png and down/again")


def test_a_class_of_copies_of_one_picture_cannot_be_tested(tmp_path):
    folder = fill(tmp_path / "mine")
    for number in range(5):
        save(folder / "same" / f"{number}.png", stripes(np.random.default_rng(3), True))
    refused(folder, "The 5 pictures of same are 1 group of pictures that belong together")


def test_folders_that_lie_in_one_another_are_refused(tmp_path):
    folder = fill(tmp_path / "mine")
    refused(folder, "`apply` must be a folder apart from the source", apply=folder / "down")
    (tmp_path / "empty").mkdir()
    refused(folder, "empty holds no picture to be labelled.", apply=tmp_path / "empty")
    with pytest.raises(Problem, match="`output` must lie outside the source mine"):
        classification.look_into(folder, None, choose(), folder / "results")


def test_too_many_pictures_or_classes_are_refused(tmp_path, monkeypatch):
    folder = fill(tmp_path / "mine")
    monkeypatch.setattr("helpers.analysis.classification._folder.MOST", 11)
    refused(folder, "11 pictures of 50 classes are the most; mine holds 12 of 2.")
    monkeypatch.setattr("helpers.analysis.classification._folder.MOST", 2)
    refused(folder, "mine holds 12 files; 2 are the most.")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"features": "pixels"}, '`features` must be one of imagenet, plain; got "pixels".'),
        ({"folds": 1}, "`folds` must be a whole number of at least 2; got 1."),
        ({"folds": 21}, "`folds` must be at most 20; got 21."),
        ({"repeats": 0}, "`repeats` must be a whole number of at least 1; got 0."),
        ({"sure": 80}, "`sure` must be within [0, 1]; got 80."),
        ({"alike": -1}, "`alike` must be within [0, 1]; got -1."),
        ({"confidence": 95}, "above 0 and below 1, such as 0.95; got 95. Is 0.95 meant?"),
        ({"seed": -1}, "`seed` must be a whole number of at least 0; got -1."),
        ({"by": "perfix"}, "Nearest names: prefix"),
    ],
)
def test_choices_are_checked_before_any_work(change, rule):
    with pytest.raises(Problem) as error:
        choose(**change)
    assert rule in str(error.value)


def test_without_jax_one_sentence_says_what_to_set(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "helpers.learned", None)
    monkeypatch.delattr("helpers.learned", raising=False)
    with pytest.raises(Problem, match='`features` must be "plain" on this computer: '):
        choose(features="imagenet")
    assert choose(features="plain").features == "plain"


def test_too_little_memory_is_told_in_a_sentence(tmp_path, monkeypatch):
    folder = fill(tmp_path / "mine")

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("helpers.analysis.classification._folds.fit_head", fail)
    with pytest.raises(Problem, match="not enough memory to learn from 12 pictures"):
        judged(folder)
    learned = pytest.importorskip("helpers.learned")
    monkeypatch.setattr(learned, "imagenet_features", fail)
    choices, pictures, _ = look(folder, features="imagenet")
    with pytest.raises(Problem, match="not enough memory for features of 12 pictures"):
        classification.describe_pictures(pictures, choices, tmp_path)


# What is told


def test_copies_are_kept_together_and_those_across_classes_are_told(tmp_path):
    folder = fill(tmp_path / "mine")
    image = read_image(folder / "across" / "0.png")
    save(folder / "across" / "turned.png", image[::-1])
    save(folder / "down" / "brighter.png", np.clip(image.astype(int) + 9, 0, 255).astype(np.uint8))
    _, pictures, together, _ = judged(folder)
    names = [sight.name for sight in pictures.sights]
    copies = [names.index(n) for n in ("across/0.png", "across/turned.png", "down/brighter.png")]
    assert len(set(together.groups[copies])) == 1
    assert len(np.unique(together.groups)) == 12
    told = classification.tell_together(pictures, together)
    assert told[1].startswith("The 14 pictures are 12 groups.")
    assert told[2].startswith("Warning: ") and "lie in two classes" in told[2]


def test_what_the_reader_says_belongs_together_does(tmp_path):
    folder = tmp_path / "mine"
    rng = np.random.default_rng(0)
    for place, name in enumerate(("across", "down")):
        for who in ("anna", "ben", "cleo"):
            for number in range(2):
                save(folder / name / f"{who}_{number}.png", stripes(rng, place))
    choices, pictures, together, result = judged(folder, by="prefix")
    assert len(np.unique(together.groups)) == 3 and result.folds == 3
    _, _, alone, _ = judged(folder)
    assert len(np.unique(alone.groups)) == 12
    (told,) = classification.tell_names(pictures, choose())
    assert told.startswith("Warning: 12 names begin in 3 ways, such as anna (4).")
    pattern = told.split("set `by` to ")[1].removesuffix(".").strip("'")
    _, _, by_pattern, _ = judged(folder, by=pattern)
    assert by_pattern.groups.tolist() == together.groups.tolist()
    assert classification.tell_names(pictures, choices) == []


def rename(folder, names):
    for name, files in names.items():
        for old, new in zip(sorted((folder / name).iterdir()), files, strict=True):
            old.rename(old.with_name(new))
    return look(folder)[1]


def test_a_class_that_comes_from_one_source_is_told(tmp_path):
    names = {
        name: [f"slide{who}_{n}.png" for n in range(6)]
        for name, who in (("across", 3), ("down", 8))
    }
    (told,) = classification.tell_names(rename(fill(tmp_path / "a"), names), choose())
    assert told.startswith("Warning: all names of a class begin alike (slide3, slide8).")
    names = {name: [f"{name}.{n}.png" for n in range(6)] for name in ("across", "down")}
    assert classification.tell_names(rename(fill(tmp_path / "b"), names), choose()) == []


def test_names_that_say_another_class_are_told(tmp_path):
    names = {"across": ["down_7.png", *"bcdef"], "down": [*"ghi", "down_x.png", "j", "sundown.png"]}
    names = {key: [n if "." in n else f"{n}.png" for n in own] for key, own in names.items()}
    (told,) = classification.tell_names(rename(fill(tmp_path / "a"), names), choose())
    assert told.startswith(
        "Warning: 1 names say another class than their folder, such as across/down_7"
    )


def test_sizes_that_give_the_class_away_are_told(tmp_path):
    folder = fill(tmp_path / "mine", 8)
    pictures = look(folder)[1]
    assert classification.tell_names(pictures, choose()) == []
    for file in (folder / "down").iterdir():
        save(file, read_image(file)[:40])
    (told,) = classification.tell_names(look(folder)[1], choose())
    assert "tell the class of 100% of the pictures: .png of 48 x 48 is across." in told


def test_masks_links_and_loose_files_are_no_pictures_of_a_class(tmp_path):
    folder = fill(tmp_path / "mine")
    for number in range(6):
        for name in ("across", "down"):
            save(folder / name / f"{number}_mask.png", np.eye(48, dtype=np.uint8) * 255)
    save(folder / "loose.png", np.zeros((48, 48), np.uint8))
    (folder / "linked").symlink_to(fill(tmp_path / "elsewhere"))
    _, pictures, _ = look(folder)
    assert len(pictures.sights) == 12
    assert pictures.left_out["loose.png"] == "in no folder of a class"
    assert pictures.left_out["linked"] == "a link to a folder: not followed"
    told = classification.tell_pictures(pictures, choose())
    assert told[1] == ("Not used: 2 files, such as linked (a link to a folder: not followed).")
