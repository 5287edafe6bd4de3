"""Tables whose columns may hold numbers or texts, and gaps that leave no row out."""

import numpy as np
import pytest

from helpers import own_data
from helpers.own_data import Problem, Written

SHIP = (
    "age,sex,class,deck,died\n22,male,3,,yes\n,female,1,C,no\n26.5,female,3,NA,no\n"
    "NA,male,2,,yes\n35,,1,C,\n"
)


def read(path, **choices):
    columns = {"either": ["age", "sex", "class", "deck"], "labels": ["died"]}
    return own_data.read_table(path, **columns, **choices)


def test_each_column_decides_whether_it_holds_numbers(written):
    table = read(written(SHIP), gaps=["age", "sex", "class", "deck"])
    np.testing.assert_array_equal(table["age"], [22, np.nan, 26.5, np.nan])
    np.testing.assert_array_equal(table["class"], [3, 1, 3, 2])
    assert table["sex"].tolist() == ["male", "female", "female", "male"]
    assert table["deck"].tolist() == ["", "C", "NA", ""]  # among texts NA is a value
    assert '1 of 5 rows have no value in "died" and are left out' in table.notes
    assert '2 of 5 rows have no value in "age"' in table.notes
    assert 'no value in "age": 1 empty, 1 "NA", the first in row 2' in table.notes


def test_without_gaps_only_complete_rows_stay(written):
    table = read(written(SHIP), least=1)
    assert table["age"].tolist() == [26.5]
    assert '2 of 5 rows have no value in "age" and are left out' in table.notes
    with pytest.raises(Problem, match="1 complete rows of 5; at least 2 are needed"):
        read(written(SHIP), least=2)
    codes = read(written(SHIP), gaps=["age", "sex", "deck"], written=Written(missing=["C", 3]))
    assert codes["class"].tolist() == [1, 2] and np.isnan(codes["deck"]).all()


def test_a_column_in_which_half_of_the_values_are_numbers_must_hold_numbers(written):
    with pytest.raises(Problem, match='Column "a" must hold numbers; 1 of 4 values is text, the '):
        own_data.read_table(written("a\n3\n4\n<5\n7\n"), either=["a"])
    with pytest.raises(Problem, match='Column "a" must hold numbers; 2 of 4 values are text'):
        own_data.read_table(written("a\n3\n4\n<5\nx\n"), either=["a", "a"])
    table = own_data.read_table(written("a\n3\n4\n<5\ny\nx\n"), either=["a", "a"])
    assert table["a"].tolist() == ["3", "4", "<5", "y", "x"]
