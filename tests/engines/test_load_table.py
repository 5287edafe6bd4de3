"""Tables that come with the course: the right columns, the right groups, no network."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest
import sklearn.datasets

from helpers import data

SIZES = {"breast_cancer": (569, 30), "wine": (178, 13)}
LOAD_ALL = """
import socket
def refuse(*_):
    raise OSError("no network in this test")
socket.socket.connect = socket.getaddrinfo = refuse
from helpers import data
print(sum(len(data.load_table(name)) for name in data.TABLES))
"""


@pytest.mark.parametrize("name", data.TABLES)
def test_measurements_come_first_in_the_order_of_the_source_and_the_groups_last(name):
    table, bunch = data.load_table(name), getattr(sklearn.datasets, f"load_{name}")()
    *measured, groups = table
    rows, columns = SIZES[name]
    assert (groups, len(measured)) == (data.TABLES[name], columns)
    assert all(table[column].shape == (rows,) for column in table)
    assert all(table[column].dtype == np.float64 for column in measured)
    for number, column in enumerate(measured):
        assert column == bunch.feature_names[number].replace(" ", "_")
        np.testing.assert_array_equal(table[column], bunch.data[:, number])


def test_malignant_and_benign_are_words_and_not_mixed_up():
    table = data.load_table("breast_cancer")
    sick = table["diagnosis"] == "malignant"
    assert sick.sum() == 212  # 357 are benign
    assert np.all(sick | (table["diagnosis"] == "benign"))
    assert table["mean_radius"][sick].mean() > table["mean_radius"][~sick].mean() + 4


def test_the_wines_are_59_71_and_48():
    cultivar = data.load_table("wine")["cultivar"]
    assert [np.sum(cultivar == f"class_{k}") for k in range(3)] == [59, 71, 48]


def test_the_table_belongs_to_the_caller():
    data.load_table("wine")["hue"][:] = -1
    assert data.load_table("wine")["hue"].min() > 0


@pytest.mark.parametrize("name", ["titanic", "", None, 3])
def test_an_unknown_name_lists_the_known_ones(name):
    expected = f"`name` must be one of breast_cancer, wine; got {name!r}."
    with pytest.raises(ValueError, match=re.escape(expected)):
        data.load_table(name)


def test_tables_load_offline_with_an_empty_cache(tmp_path):
    environment = os.environ | {"SCIKIT_LEARN_DATA": str(tmp_path), "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", LOAD_ALL], env=environment, capture_output=True, text=True
    )
    assert run.stdout.strip() == str(31 + 14), run.stderr


def test_the_stored_csv_holds_the_table():
    stored = np.genfromtxt(data.DATA_FOLDER / "wine.csv", delimiter=",", names=True)
    table = data.load_table("wine")
    classes = [f"class_{int(number) - 1}" for number in stored["cultivar"]]
    np.testing.assert_array_equal(classes, table.pop("cultivar"))
    shortened = {"od280/od315_of_diluted_wines": "od280_od315"}
    assert set(stored.dtype.names) == {"cultivar", *(shortened.get(name, name) for name in table)}
    for name, values in table.items():
        np.testing.assert_array_equal(stored[shortened.get(name, name)], values)
