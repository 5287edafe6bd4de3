"""The stored counts of augmented digits: whole, and reached again by their script."""

import runpy

import numpy as np
import pytest

from helpers import augment, data


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(data.DATA_FOLDER / "make_policies.py"))


@pytest.fixture(scope="module")
def table():
    return data.load_results("policies")


def test_every_way_has_each_draw_and_each_setting_in_order(script, table):
    seeds, made = np.array(script["SEEDS"]), list(script["ways"]())
    assert len(seeds) >= 5
    settings = {}
    for way, setting in made:
        settings.setdefault(way, []).append(setting)
    assert len(settings["policy"]) == 100
    assert {len(settings[way]) for way in ("rand", "rand moves", "rand cut")} == {30}
    alone = [f"{name} {strength}" for name, strength in script["alone"]()]
    assert settings["alone"] == alone and len(alone) == 80
    settings |= {"shifts": [""], "none": [""]}
    for model, knobs in (("SVM", 100), ("head", 20)):
        expected = settings | {"knobs": [str(n) for n in range(knobs)]}
        expected |= {"seen": alone} if model == "SVM" else {}
        mine = table["model"] == model
        assert set(table["way"][mine]) == set(expected)
        for way, names in expected.items():
            here = mine & (table["way"] == way)
            assert table["setting"][here].reshape(len(seeds), -1).tolist() == [names] * len(seeds)
            assert np.array_equal(table["seed"][here], np.repeat(seeds, len(names)))


def test_counts_are_counts_and_the_smaller_sets_lie_in_the_larger(table):
    found = np.array([table[name] for name in ("right_50", "right_100", "right_400")])
    assert (found >= 0).all() and (np.diff(found, axis=0) >= 0).all()
    assert (np.diff(found, axis=0) <= [[50], [300]]).all()
    assert (table["right_test"] <= 1297).all()


def test_no_digit_serves_two_parts(script):
    parts = script["parts_of"](3)
    assert [len(labels) for _, labels in parts.values()] == [100, 400, 1297]
    assert np.array_equal(np.bincount(parts["learn"][1]), np.full(10, 10))
    together = np.concatenate([labels for _, labels in parts.values()])
    assert np.array_equal(np.bincount(together), np.bincount(data.load_digits()[1]))
    again = script["parts_of"](3)["test"][0]
    np.testing.assert_array_equal(parts["test"][0], again)


def test_some_rows_are_reached_again(script, table):
    wanted = {("policy", "0"), ("policy", "17"), ("rand", "2 5"), ("trivial moves", "")}
    wanted |= {("alone", "erase 6"), ("rand cut", "3 10"), ("one sign", ""), ("copies", "")}
    rows = list(script["rows_of"](2, wanted))
    assert len(rows) == 2 * len(wanted)
    for model, way, setting, seed, *counts in rows:
        here = (table["model"] == model) & (table["way"] == way)
        here &= (table["setting"] == setting) & (table["seed"] == seed)
        stored = [table[name][here] for name in script["HEADER"][4:]]
        assert np.abs(np.ravel(stored) - counts).max() <= 4, (model, way, setting)


def test_shifts_by_hand_move_one_pixel_each_way(script):
    dot = np.zeros((1, 5, 5))
    dot[0, 2, 2] = 1
    places = [tuple(np.argwhere(p)[0]) for p in script["four_shifts"](dot)]
    assert places == [(3, 2), (1, 2), (2, 3), (2, 1)]


def test_the_slip_leaves_one_sided_operations_out_below_zero(script):
    picture = data.load_digits()[0][3]
    change, rng = script["by_rand_cut"](1, 8), np.random.default_rng(0)
    idle = np.mean([np.array_equal(change(picture, rng), picture) for _ in range(600)])
    always = sum(
        np.array_equal(augment.apply_operation(picture, name, 8), picture)
        for name in ("autocontrast", "equalize")
    )
    assert idle == pytest.approx((5 / 2 + always) / 16, abs=0.06)
