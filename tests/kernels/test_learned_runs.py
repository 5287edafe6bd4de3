"""The stored shares of networks and rivals: whole, and reached again by their script."""

import runpy

import numpy as np
import pytest

from helpers import data


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(data.DATA_FOLDER / "make_networks.py"))


def test_every_study_is_whole(script):
    seeds = len(script["SEEDS"])
    assert seeds >= 3
    more = data.load_results("networks", study="more")
    assert len(more["accuracy"]) == seeds * 3 * 2 * len(script["CHECKS"]) * 3
    assert set(more["count"]) == set(script["COUNTS"])
    assert set(more["step"]) == set(script["CHECKS"])
    for study, methods in (("textures", 5), ("digits", 7), ("chosen", 2)):
        runs = data.load_results("networks", study=study)
        assert len(set(runs["method"])) == methods
        assert set(runs["seed"]) == set(script["SEEDS"])
        assert ((runs["accuracy"] >= 0) & (runs["accuracy"] <= 1)).all()


def test_the_first_checks_are_reached_again(script):
    runs, parts = data.load_results("networks", study="more"), script["texture_parts"](0, 10)
    for method, change in (("as they are", None), ("turned and mirrored", script["turn"])):
        net = script["texture_net"](0)
        kept, _ = script["trained"](net, parts, 0, checks=(50, 100), change=change)
        here = (runs["method"] == method) & (runs["count"] == 10) & (runs["seed"] == 0)
        for step, trained in kept.items():
            for part, accuracy in script["right"](trained, parts).items():
                stored = runs["accuracy"][here & (runs["part"] == part) & (runs["step"] == step)]
                assert stored.shape == (1,)
                assert accuracy == pytest.approx(stored[0], abs=0.004), (method, part, step)


def test_a_rival_is_as_good_as_is_stored(script):
    parts = script["digit_parts"](0)
    found = script["rival"](script["linear_models"]()[2:4], script["pixels"], parts)
    runs = data.load_results("networks", study="digits")
    here = (runs["method"] == "linear on pixels") & (runs["seed"] == 0)
    stored = runs["accuracy"][here & (runs["part"] == "test")][0]
    assert found["test"] >= stored - 0.01


def test_turned_and_nudged_pictures_are_the_same_pixels(script):
    pictures = np.random.default_rng(0).normal(size=(40, 6, 6, 1))
    turned = script["turn"](pictures, np.random.default_rng(1))
    np.testing.assert_allclose(
        np.sort(turned.reshape(40, -1)), np.sort(pictures.reshape(40, -1)), rtol=0
    )
    ways = {
        next(
            (k, f)
            for k in range(4)
            for f in (1, -1)
            if np.array_equal(np.rot90(picture, k)[:, ::f], new)
        )
        for picture, new in zip(pictures, turned, strict=True)
    }
    assert len(ways) == 8
    nudged = script["nudge"](pictures, np.random.default_rng(1))
    assert nudged.shape == pictures.shape
    moves = {
        next(
            (i, j)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            if np.array_equal(np.roll(picture, (i, j), (0, 1))[1:-1, 1:-1], new[1:-1, 1:-1])
        )
        for picture, new in zip(pictures, nudged, strict=True)
    }
    assert len(moves) == 9


def test_no_pixel_of_a_digit_or_patch_serves_two_parts(script):
    parts = script["digit_parts"](1)
    assert [len(parts[name][1]) for name in ("train", "validation", "test")] == [1000, 300, 497]
    whole = np.concatenate([parts[name][1] for name in ("train", "validation", "test")])
    assert np.array_equal(np.bincount(whole), np.bincount(data.load_digits()[1]))
    moved, test = parts["moved"][0], parts["test"][0]
    np.testing.assert_array_equal(moved[:, :, 1:], test[:, :, :-1])
    assert not moved[:, :, 0].any()
