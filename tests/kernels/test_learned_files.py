"""Checkpoints and folders of pictures: the same bits or a refusal, and parts that never mix."""

import io
import pickle
import re
import subprocess
import sys
import zipfile

import jax
import numpy as np
import pytest

from helpers import augment, learned
from helpers.files import Problem
from helpers.images import read_image, write_image


def made(rng=0, **options):
    net = learned.small_cnn((8, 8), (3, 4), 5, rng=rng, **options)
    draw = np.random.default_rng(rng)
    return jax.tree.map(lambda leaf: leaf + draw.normal(size=leaf.shape), net)


def test_a_saved_network_comes_back_bit_by_bit(tmp_path):
    net = made()
    learned.save(tmp_path / "net.npz", net)
    back = learned.load(tmp_path / "net.npz", made(rng=5))
    for a, b in zip(jax.tree.leaves(net), jax.tree.leaves(back), strict=True):
        assert a.dtype == b.dtype == np.float64
        np.testing.assert_array_equal(a, b)
    pictures = np.random.default_rng(1).normal(size=(7, 8, 8))
    np.testing.assert_array_equal(learned.predict(net, pictures), learned.predict(back, pictures))
    assert [path.name for path in tmp_path.iterdir()] == ["net.npz"]


def test_trees_of_networks_and_numbers_come_back_too(tmp_path):
    tree = {"0": made(), "30": made(1), "more": (7, 0.5, np.arange(3))}
    learned.save(tmp_path / "tree.npz", tree)
    back = learned.load(
        tmp_path / "tree.npz", {"0": made(2), "30": made(3), "more": (0, 0.0, np.ones(3, int))}
    )
    assert back["more"][:2] == (7, 0.5)
    assert isinstance(back["more"][0], int)
    np.testing.assert_array_equal(back["more"][2], [0, 1, 2])
    np.testing.assert_array_equal(back["30"].weights, tree["30"].weights)


def test_float16_is_smaller_keeps_three_digits_and_refuses_what_does_not_fit(tmp_path):
    net = learned.small_cnn((32, 32), (16, 32), 8, rng=0)
    learned.save(tmp_path / "large.npz", net)
    learned.save(tmp_path / "small.npz", net, kind="float16")
    assert (tmp_path / "small.npz").stat().st_size < (tmp_path / "large.npz").stat().st_size / 3
    back = learned.load(tmp_path / "small.npz", net)
    assert back.kernels[1].dtype == np.float64
    np.testing.assert_allclose(back.kernels[1], net.kernels[1], rtol=1e-3, atol=1e-6)
    with pytest.raises(ValueError, match=r"`kind` must hold all numbers; 100000.0 does not fit"):
        learned.save(tmp_path / "no.npz", [np.array([1e5])], kind="float16")
    assert not (tmp_path / "no.npz").exists()


def test_an_older_file_stays_whole_if_the_new_one_cannot_be_written(tmp_path, monkeypatch):
    learned.save(tmp_path / "net.npz", made())
    before = (tmp_path / "net.npz").read_bytes()

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(Problem, match=r"cannot be written: No space left"):
        learned.save(tmp_path / "net.npz", made(1))
    assert (tmp_path / "net.npz").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (learned.small_cnn((8, 8), (3, 5), 5, rng=0), "[3, 3, 3, 4] and not"),
        (learned.small_cnn((8, 8), (3, 4), 6, rng=0), "[4, 5] and not"),
        (learned.small_cnn((8, 8), (3, 4), 5, strides=(1, 2), rng=0), "strides [2, 2]"),
        (learned.small_cnn((8, 8), (3, 4), 5, pool=True, rng=0), "pool False"),
        (learned.small_cnn((8, 8), (3, 4, 4), 5, rng=0), "and not"),
        ([np.zeros(3)], "and not"),
    ],
)
def test_a_file_of_another_structure_is_refused(tmp_path, other, word):
    learned.save(tmp_path / "net.npz", made())
    with pytest.raises(Problem, match=r"net.npz holds another network than `like`") as told:
        learned.load(tmp_path / "net.npz", other)
    assert word in str(told.value)


def test_every_cut_file_and_every_changed_byte_of_the_numbers_is_refused(tmp_path):
    learned.save(tmp_path / "net.npz", made())
    whole = (tmp_path / "net.npz").read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / "cut.npz").write_bytes(whole[:length])
        with pytest.raises(Problem, match=r"cut.npz is no whole file of a network"):
            learned.load(tmp_path / "cut.npz", made())
    with zipfile.ZipFile(tmp_path / "net.npz") as archive:
        places = [(i.header_offset + 60, i.compress_size) for i in archive.infolist()]
    for start, length in places:
        flipped = bytearray(whole)
        flipped[start + length // 2] ^= 0x10
        (tmp_path / "bad.npz").write_bytes(flipped)
        with pytest.raises(Problem, match=r"bad.npz"):
            learned.load(tmp_path / "bad.npz", made())


def altered(path, **changes):
    """Write a good file with some members exchanged for other bytes."""
    learned.save(path, made())
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {f"{name.removeprefix('n')}.npy": content for name, content in changes.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def npy(array, **options):
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


class Hostile:
    def __reduce__(self):
        return print, ("a file must not run code",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n0000": npy(np.array([Hostile()], object), allow_pickle=True)}, "is no whole file"),
        ({"n0000": pickle.dumps(Hostile())}, "is no whole file"),
        ({"n0000": npy(np.zeros((3, 3, 1, 4)))}, "where it says another"),
        ({"n0000": npy(np.zeros((3, 3, 1, 3), int))}, "where it says another"),
        ({"n0000": npy(np.full((3, 3, 1, 3), np.nan))}, "numbers that are not finite"),
        ({"n0000": npy(np.zeros((1000, 1000)))}, "array 0000 is too large"),
        ({"head": npy(np.zeros(2_000_000, np.uint8))}, "array head is too large"),
        ({"head": npy(np.frombuffer(b"[1, 2]", np.uint8))}, "no file of a network of this course"),
        ({"head": npy(np.frombuffer(b"{", np.uint8))}, "is no whole file"),
        ({"head": npy(np.zeros(3))}, "is no whole file"),
        (
            {"n0000": npy(np.zeros(1)).replace(b"(1,), }" + b" " * 12, b"(1000000000000,), }")},
            "no whole file",
        ),
        ({"nmore": npy(np.zeros(3))}, "holds other arrays than it says"),
    ],
)
def test_strange_and_hostile_files_are_refused_and_run_nothing(tmp_path, capfd, changes, message):
    altered(tmp_path / "net.npz", **changes)
    with pytest.raises(Problem, match=message):
        learned.load(tmp_path / "net.npz", made())
    assert capfd.readouterr().out == ""


def test_a_missing_file_and_other_kinds_of_files_are_told(tmp_path):
    with pytest.raises(Problem, match=r"There is no file .*none.npz"):
        learned.load(tmp_path / "none.npz", made())
    for content in (b"", b"no archive at all", pickle.dumps(made().strides)):
        (tmp_path / "other.npz").write_bytes(content)
        with pytest.raises(Problem, match=r"other.npz is no whole file of a network"):
            learned.load(tmp_path / "other.npz", made())
    np.savez(tmp_path / "plain.npz", a=np.zeros(3))
    with pytest.raises(Problem, match=r"plain.npz is no whole file"):
        learned.load(tmp_path / "plain.npz", made())


# folders


@pytest.fixture
def folder(tmp_path):
    """Make two classes of 12 and 9 pictures, three of each scene, with their number in a corner."""
    for kind, scenes in (("cats", 4), ("dogs", 3)):
        (tmp_path / kind).mkdir()
        for n in range(3 * scenes):
            draw = np.random.default_rng([len(kind), scenes, n])
            picture = draw.integers(0, 256, (20, 30, 3), dtype=np.uint8)
            write_image(tmp_path / kind / f"{kind}{n // 3}_{n % 3}.png", picture)
    return tmp_path


def scene(name):
    return name.split("_")[0]


def test_parts_never_share_a_group_and_every_class_is_in_every_part(folder):
    for seed in range(20):
        split = learned.split_folder(folder, group=scene, rng=seed)
        assert split.classes == ("cats", "dogs")
        assert len(split.names) == 21
        assert all(
            split.classes[k] == n.split("/")[0]
            for k, n in zip(split.labels, split.names, strict=True)
        )
        of_scene = {}
        for name, part in zip(split.names, split.parts, strict=True):
            of_scene.setdefault(scene(name), set()).add(part)
        assert len(of_scene) == 7
        assert all(len(parts) == 1 for parts in of_scene.values())
        assert {(k, p) for k, p in zip(split.labels, split.parts, strict=True)} == {
            (k, p) for k in (0, 1) for p in ("train", "validation", "test")
        }


def test_shares_are_reached_and_the_split_repeats_by_seed(folder):
    splits = [learned.split_folder(folder, shares=(0.5, 0.25, 0.25), rng=r) for r in (3, 3, 4)]
    counts = [np.sum(splits[0].parts[:12] == part) for part in ("train", "validation", "test")]
    assert counts == [6, 3, 3]
    assert (splits[0].parts == splits[1].parts).all()
    assert not (splits[0].parts == splits[2].parts).all()


def test_the_same_bytes_are_one_group_and_may_not_lie_in_two_classes(folder):
    same = (folder / "cats" / "cats0_0.png").read_bytes()
    (folder / "cats" / "copy.png").write_bytes(same)
    for seed in range(8):
        split = learned.split_folder(folder, rng=seed)
        at = [split.names.index(f"cats/{name}.png") for name in ("cats0_0", "copy")]
        assert len(set(split.parts[at])) == 1
    (folder / "dogs" / "other.png").write_bytes(same)
    told = "cats/cats0_0.png and dogs/other.png are the same picture in two classes"
    with pytest.raises(Problem, match=told):
        learned.split_folder(folder)


def test_groups_that_two_classes_share_stay_whole(folder):
    def day(name):
        return f"day {name[4]}"  # cats0 and dogs0 are of one day

    for seed in range(8):
        split = learned.split_folder(folder, group=day, rng=seed)
        parts = {}
        for name, part in zip(split.names, split.parts, strict=True):
            parts.setdefault(name.split("/")[1][4], set()).add(part)
        assert all(len(found) == 1 for found in parts.values())


def test_what_cannot_be_a_folder_of_classes_is_refused_in_words(folder, tmp_path_factory):
    with pytest.raises(Problem, match="There is no folder"):
        learned.split_folder(folder / "birds")
    with pytest.raises(Problem, match=r"must hold a folder for each class, two or more; got 0"):
        learned.split_folder(folder / "cats")
    with pytest.raises(Problem, match=r"The class cats has 1 groups: too few .* test and val"):
        learned.split_folder(folder, group=lambda name: name[:4])
    with pytest.raises(ValueError, match="`shares` must be three numbers above 0 that sum to 1"):
        learned.split_folder(folder, shares=(0.8, 0.3, 0.1))
    (folder / "birds").mkdir()
    (folder / "cats" / "notes.txt").write_text("no picture")
    (folder / "dogs" / "cut.png").write_bytes((folder / "dogs" / "dogs0_0.png").read_bytes()[:300])
    with pytest.raises(
        Problem, match=r"cannot be used: birds is empty; cats/notes.txt: .*; dogs/cut"
    ):
        learned.split_folder(folder)


def test_training_batches_have_one_size_and_deal_each_picture_once_a_round(folder):
    split = learned.split_folder(folder, group=scene, rng=0)
    mine = int(np.sum(split.parts == "train"))
    stream = learned.pictures_from_folder(split, "train", size=16, batch=5, operations=None)
    seen = [next(stream) for _ in range(mine)]
    assert {(x.shape, y.shape) for x, y in seen} == {((5, 16, 16, 3), (5,))}
    each = np.concatenate([x for x, _ in seen]).reshape(5, mine, -1)
    assert all(len(np.unique(turn, axis=0)) == mine for turn in each)
    assert not np.array_equal(each[0], each[1])


def test_the_other_parts_come_once_in_order_and_as_they_are(folder):
    split = learned.split_folder(folder, group=scene, rng=0)
    for part in ("validation", "test"):
        loud = [*learned.pictures_from_folder(split, part, size=20, batch=4, operations=(3, 3))]
        quiet = [
            *learned.pictures_from_folder(split, part, size=20, batch=4, rng=9, operations=None)
        ]
        for (x, y), (again, same) in zip(loud, quiet, strict=True):
            np.testing.assert_array_equal(x, again)
            np.testing.assert_array_equal(y, same)
        names = [n for n, p in zip(split.names, split.parts, strict=True) if p == part]
        pictures = np.concatenate([x for x, _ in loud])
        assert len(pictures) == len(names)
        for name, picture in zip(names, pictures, strict=True):
            np.testing.assert_array_equal(picture, read_image(folder / name)[:, 5:25] / 255)


def test_transforms_and_orders_repeat_by_seed_and_go_on_where_they_stopped(folder):
    split = learned.split_folder(folder, rng=0)

    def stream(**options):
        return learned.pictures_from_folder(split, "train", size=12, batch=4, **options)

    first, again, other = (stream(rng=r) for r in (1, 1, 2))
    late = stream(rng=1, start=3)
    seen = [next(first) for _ in range(5)]
    for x, y in seen[:2]:
        same_x, same_y = next(again)
        np.testing.assert_array_equal(x, same_x)
        np.testing.assert_array_equal(y, same_y)
    assert not np.array_equal(seen[0][0], next(other)[0])
    for x, _ in seen[3:]:
        np.testing.assert_array_equal(x, next(late)[0])
    plain = next(stream(rng=1, operations=None))
    np.testing.assert_array_equal(plain[1], seen[0][1])
    assert not np.array_equal(plain[0], seen[0][0])


def test_augment_is_asked_only_for_the_pictures_to_learn_from(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(
        augment, "random_transform", lambda image, **_: (asked.append(1) or image, {})
    )
    split = learned.split_folder(folder, rng=0)
    for part in ("validation", "test"):
        list(learned.pictures_from_folder(split, part))
    assert not asked
    next(learned.pictures_from_folder(split, "train", batch=6))
    assert len(asked) == 6


def test_pictures_may_be_grey_and_a_file_that_vanished_is_named(folder):
    split = learned.split_folder(folder, rng=0)
    x, _ = next(learned.pictures_from_folder(split, "test", size=40, grey=True))
    assert x.shape[1:] == (40, 40)
    assert 0 <= x.min() < x.max() <= 1
    gone = split.names[int(np.flatnonzero(split.parts == "test")[0])]
    (folder / gone).unlink()
    with pytest.raises(Problem, match=re.escape(gone) + " can no longer be read"):
        next(learned.pictures_from_folder(split, "test"))
    with pytest.raises(ValueError, match="`part` must be one of train, validation, test"):
        next(learned.pictures_from_folder(split, "all"))


WITHOUT = """
import sys
sys.modules["jax"] = None
try:
    import helpers.learned
except ImportError as error:
    print(error)
"""


def test_without_jax_one_sentence_says_so():
    run = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True)
    assert run.stdout.startswith("`helpers.learned` needs JAX, which does not exist for this")
    assert run.stdout.count("\n") == 1
