"""Pictures and tables that come with the course: there without any network."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skimage.data

from helpers import data
from helpers.images import as_float, read_image, to_grey

LOAD_ALL = """
import socket, sys
def refuse(*_):
    raise OSError("no network in this test")
socket.socket.connect = socket.getaddrinfo = refuse
from helpers import data
for name in data.BUNDLED:
    data.load_image(name)
data.load_elevation()
print(len(data.BUNDLED))
"""


@pytest.mark.parametrize("name", data.BUNDLED)
def test_every_bundled_picture_is_a_picture(name):
    image = data.load_image(name)
    assert image.dtype == (np.bool_ if name == "horse" else np.uint8)
    assert image.ndim == 2 or image.shape[2] == 3
    assert len(np.unique(image)) > 1


def test_bundled_pictures_load_offline_with_an_empty_cache(tmp_path):
    environment = os.environ | {"SKIMAGE_DATADIR": str(tmp_path), "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", LOAD_ALL], env=environment, capture_output=True, text=True
    )
    assert run.stdout.strip() == str(len(data.BUNDLED)), run.stderr


def test_a_picture_is_the_one_of_that_name_and_belongs_to_the_caller():
    coins = data.load_image("coins")
    np.testing.assert_array_equal(coins, skimage.data.coins())
    coins[:] = 0
    assert data.load_image("coins").any()


def test_the_horse_is_ink_on_paper():
    horse = data.load_image("horse")
    np.testing.assert_array_equal(horse, ~skimage.data.horse())
    assert not horse[[0, 0, -1, -1], [0, -1, 0, -1]].any()
    assert 0 < horse.mean() < 0.5


def test_a_file_of_the_data_folder_loads_by_name(tmp_path, monkeypatch):
    from helpers.images import write_image

    picture = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    write_image(tmp_path / "tile.png", picture)
    monkeypatch.setattr(data, "DATA_FOLDER", tmp_path)
    np.testing.assert_array_equal(data.load_image("tile.png"), picture)
    with pytest.raises(ValueError, match=r"must be one of astronaut, .*, tile\.png; got 'none'"):
        data.load_image("none")


@pytest.mark.parametrize("name", ["lena", "", 3, None])
def test_an_unknown_name_lists_the_known_ones(name):
    with pytest.raises(ValueError, match=re.escape("`name` must be one of astronaut, brick,")):
        data.load_image(name)


def test_the_fault_is_as_wide_as_on_the_map():
    elevation, (down, right) = data.load_elevation()
    assert elevation.shape == (344, 403)
    assert elevation.dtype == np.float64
    assert np.isfinite(elevation).all()
    assert 200 < elevation.min() < elevation.max() < 1100  # metres; the county's top is 1,076 m
    # 3 arc seconds of a 40,075 km equator, and of the circle of latitude at 36.4 degrees north
    assert down == pytest.approx(40_075_017 / 360 * 3 / 3600, rel=2e-3)
    assert right == pytest.approx(down * np.cos(np.radians(36.4)), rel=5e-3)
    assert isinstance(down, float)


def test_faces_are_one_half_of_the_source_and_the_others_are_no_faces():
    faces = data.load_faces()
    assert faces.shape == (100, 25, 25)
    assert faces.dtype == np.float64
    assert 0 <= faces.min() < 0.1 < 0.9 < faces.max() <= 1
    np.testing.assert_allclose(faces, skimage.data.lfw_subset()[:100])
    others = data.load_faces(others=True)
    np.testing.assert_allclose(others, skimage.data.lfw_subset()[100:])


def test_digits_are_shares_of_ink_with_their_labels():
    images, labels = data.load_digits()
    assert images.shape == (1797, 8, 8)
    assert (images.min(), images.max()) == (0, 1)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    images[:] = 0
    assert data.load_digits()[0].any()


def test_large_digits_are_two_hundred_of_each_and_alike_ones_share_a_label():
    images, labels = data.load_large_digits()
    assert images.shape == (2000, 28, 28)
    assert images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [200] * 10
    assert len(np.unique(images.reshape(2000, -1), axis=0)) == 2000
    rows = images.reshape(2000, -1) / 255
    away = ((rows[1::2, None, ::3] - rows[None, ::2, ::3]) ** 2).sum(axis=2)
    assert np.mean(labels[::2][away.argmin(axis=1)] == labels[1::2]) > 0.8  # chance 0.1


def test_results_are_columns_of_their_kind_and_can_be_chosen():
    table = data.load_results("transfer")
    assert [table[name].dtype.kind for name in ("network", "rate", "right")] == ["U", "f", "i"]
    few = data.load_results("transfer", network="fine-tuned", per_class=2)
    here = (table["network"] == "fine-tuned") & (table["per_class"] == 2)
    assert 0 < here.sum() < len(here)
    assert few["right"].tolist() == table["right"][here].tolist()


@pytest.mark.parametrize(
    ("name", "chosen", "message"),
    [
        ("nothing", {}, '`name` must be one of .*transfer.*; got "nothing"'),
        ("make_maps", {}, '`name` must be one of .*; got "make_maps"'),
        ("transfer", {"pairs": 2}, '`chosen` must be one of network, .*; got "pairs"'),
        ("transfer", {"per_class": 3}, r"`per_class` must be one of \[2, 5, .*\]; got 3"),
    ],
)
def test_results_that_are_not_there_are_refused(name, chosen, message):
    with pytest.raises(ValueError, match=message):
        data.load_results(name, **chosen)


def test_patches_are_pieces_of_their_own_part_of_their_own_picture():
    places = {"train": (0, 0.45), "validation": (0.45, 0.6), "test": (0.6, 1)}
    for part, (low, high) in places.items():
        names = ("brick", "chelsea")
        patches, labels = data.texture_patches(3, part, size=40, names=names, even=False, rng=1)
        assert patches.shape == (6, 40, 40)
        assert labels.tolist() == [0, 0, 0, 1, 1, 1]
        for patch, label in zip(patches, labels, strict=True):
            grey = as_float(data.load_image(names[label]))
            grey = to_grey(grey) if grey.ndim == 3 else grey
            grey = grey[:, round(low * grey.shape[1]) : round(high * grey.shape[1])]
            corners = grey[:-39, :-39] == patch[0, 0]
            places_of = np.argwhere(corners)
            assert any(np.array_equal(grey[r : r + 40, c : c + 40], patch) for r, c in places_of)


def test_patches_repeat_by_seed_and_may_be_evened():
    raw, labels = data.texture_patches(2, rng=5, even=False)
    again, _ = data.texture_patches(2, rng=np.random.default_rng(5), even=False)
    even, _ = data.texture_patches(2, rng=5)
    other, _ = data.texture_patches(2, rng=6)
    np.testing.assert_array_equal(raw, again)
    assert len(set(labels.tolist())) == len(data.TEXTURES) == 8
    assert 0 <= raw.min() < raw.max() <= 1
    assert not np.array_equal(even, other)
    np.testing.assert_allclose(even.mean(axis=(1, 2)), 0, atol=1e-12)
    shade, spread = raw[3].mean(), raw[3].std()
    np.testing.assert_allclose(even[3], (raw[3] - shade) / (spread + 0.02), atol=1e-12)


def test_patches_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"`size` must fit into 191 x 57 pixels of page \(val"):
        data.texture_patches(1, "validation", size=64)
    with pytest.raises(ValueError, match="`part` must be one of train, validation, test"):
        data.texture_patches(1, "tests")


def nearest(points, count):
    squares = np.sum((points[:, None] - points) ** 2, axis=2)
    return np.argsort(squares, axis=1)[:, 1 : count + 1]


def test_maps_belong_to_the_points_of_their_script():
    sets = runpy.run_path(str(data.DATA_FOLDER / "make_maps.py"))["sets"]()
    kept = {}
    for name, (points, labels) in sets.items():
        maps, groups = data.load_maps(name)
        assert list(maps) == [2, 5, 20, 50]
        np.testing.assert_array_equal(groups, labels)
        in_map, in_data = nearest(maps[20], 10), nearest(points, 10)
        pairs = zip(in_map, in_data, strict=True)
        kept[name] = np.mean([len({*a} & {*b}) for a, b in pairs]) / 10
        assert kept[name] > 3 * 10 / len(points)  # three times what chance would keep
    assert max(kept, key=kept.get) == "digits"


def test_an_unknown_set_of_maps_lists_the_known_ones():
    message = "`name` must be one of digits, noise, textures, tight and wide, near and far; got 'x'"
    with pytest.raises(ValueError, match=re.escape(message)):
        data.load_maps("x")


@pytest.mark.skipif(not (data.DATA_FOLDER / "README.md").is_file(), reason="data/ has no files yet")
def test_every_file_of_the_data_folder_is_the_one_its_readme_describes():
    import hashlib

    readme = (data.DATA_FOLDER / "README.md").read_text(encoding="utf-8")
    for file in sorted(Path(data.DATA_FOLDER).iterdir()):
        if file.name != "README.md":
            assert file.name in readme
            assert hashlib.sha256(file.read_bytes()).hexdigest() in readme, file.name


# A folder to practise on


def test_the_sample_folder_holds_tiles_named_by_their_picture(tmp_path):
    folder = data.sample_folder(tmp_path / "tiles")
    files = sorted(folder.iterdir())
    assert len(files) == 289
    groups = {file.stem.rsplit("_", 1)[0] for file in files}
    assert groups == set(data.BUNDLED)
    for file in files:
        assert re.fullmatch(r"[a-z_]+_\d\d\.png", file.name)
        assert read_image(file).shape == (96, 96, 3)


def test_tiles_are_parts_of_their_picture_and_no_two_overlap(tmp_path):
    folder = data.sample_folder(tmp_path)
    coins, seen = data.load_image("coins"), []
    for file in sorted(folder.glob("coins_*.png")):
        tile = read_image(file)[..., 0]
        places = [(r, c) for r in range(0, 208, 96) for c in range(0, 289, 96)]
        fits = [p for p in places if (coins[p[0] : p[0] + 96, p[1] : p[1] + 96] == tile).all()]
        assert len(fits) == 1
        seen += fits
    assert len(set(seen)) == len(seen) == 12


def test_few_tiles_come_from_as_many_pictures_as_there_are(tmp_path):
    data.sample_folder(tmp_path / "few", count=18)
    assert len({f.name.rsplit("_", 1)[0] for f in (tmp_path / "few").iterdir()}) == 18
    data.sample_folder(tmp_path / "one", count=1)
    assert len(list((tmp_path / "one").iterdir())) == 1


def test_the_sample_folder_is_the_same_again(tmp_path):
    first = data.sample_folder(tmp_path / "a", count=30)
    before = {file.name: file.read_bytes() for file in first.iterdir()}
    next(first.iterdir()).unlink()
    for folder in (
        data.sample_folder(first, count=30),
        data.sample_folder(tmp_path / "b", count=30),
    ):
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_with_other_things_is_refused_and_stays(tmp_path):
    (tmp_path / "mine.png").write_text("mine")
    with pytest.raises(ValueError, match=r"`destination` must be empty; .* holds mine\.png"):
        data.sample_folder(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.png"]
    with pytest.raises(ValueError, match="`destination` must be a folder; got the file"):
        data.sample_folder(tmp_path / "mine.png")
    assert (tmp_path / "mine.png").read_text() == "mine"


@pytest.mark.parametrize(
    ("count", "message"),
    [(0, "`count` must be a whole number of at least 1; got 0."), (9999, "`count` must be at mo")],
)
def test_a_wrong_count_of_tiles_is_refused(tmp_path, count, message):
    with pytest.raises(ValueError, match=message):
        data.sample_folder(tmp_path / "new", count=count)
    assert not (tmp_path / "new").exists()
