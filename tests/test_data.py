"""Pictures and tables that come with the course: there without any network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skimage.data

from helpers import data

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


@pytest.mark.skipif(not (data.DATA_FOLDER / "README.md").is_file(), reason="data/ has no files yet")
def test_every_file_of_the_data_folder_is_the_one_its_readme_describes():
    import hashlib

    readme = (data.DATA_FOLDER / "README.md").read_text(encoding="utf-8")
    for file in sorted(Path(data.DATA_FOLDER).iterdir()):
        if file.name != "README.md":
            assert file.name in readme
            assert hashlib.sha256(file.read_bytes()).hexdigest() in readme, file.name
