"""Painted pictures and mixtures that are stored: whole, and reached again by their scripts."""

import runpy

import numpy as np
import pytest

from helpers import data


def script(name):
    return runpy.run_path(str(data.DATA_FOLDER / f"make_{name}.py"))


@pytest.fixture(scope="module")
def painting():
    return script("styles")


@pytest.fixture(scope="module")
def mixing():
    return script("mixing")


def test_every_painted_picture_is_there(painting):
    sheet, side = data.load_image("styles.png"), painting["SIDE"]
    assert sheet.shape == (4 * side, 6 * side, 3)
    shown = data.load_results("styles", study="shown")
    assert list(shown["layers"][:5]) == list(painting["LAYERS"])
    assert list(shown["weight"][:5]) == [painting["WEIGHTS"][0]] * 5
    assert len(shown["weight"]) == 24
    methods, pairs = len(painting["METHODS"]), len(painting["PAIRS"])
    tests = data.load_results("styles", study="test")
    assert len(tests["weight"]) == methods * pairs * len(painting["TRIED"])
    tuning = data.load_results("styles", study="tuning")
    assert (
        len(tuning["weight"]) == methods * len(painting["SETTINGS"]) * len(painting["TUNING"]) * 2
    )
    assert not set(painting["TUNING"]) & set(painting["PAIRS"])


@pytest.mark.parametrize("method", ["moments", "random"])
def test_a_painted_picture_is_reached_again(painting, method):
    tests = data.load_results("styles", study="test", method=method, seed=1, weight=0.1)
    way = {"rate": float(tests["rate"][0]), "normaliser": str(tests["normaliser"][0])}
    row = painting["paint"](painting["PAIRS"][1], 64, 0.1, method=method, seed=1, **way)[1]
    names = ("style_loss", "content_loss", "patches", "colours", "likeness")
    stored = [tests[name][0] for name in names]
    assert row[-5:] == pytest.approx(stored, abs=1e-3 if method == "moments" else 0.02)


def test_the_judge_knows_itself_and_does_not_mind_places(painting):
    picture = painting["square"]("coffee", 32)
    assert painting["unlike"](picture, picture) == [0, 0]
    turned = painting["unlike"](picture[:, ::-1], picture)
    assert turned[1] == pytest.approx(0, abs=1e-12)
    patches, colours = painting["unlike"](np.clip(picture * 0.5, 0, 1), picture)
    assert patches > 0.2
    assert colours > 0.2


def test_every_mixture_was_run_with_every_seed(mixing):
    table = data.load_results("mixing")
    seeds = len(mixing["SEEDS"])
    assert seeds >= 5
    tasks = {**dict.fromkeys(mixing["TASKS"], mixing["METHODS"]), "pairs": mixing["PAIRED"]}
    for task, methods in tasks.items():
        for method, strengths in methods.items():
            here = (table["task"] == task) & (table["method"] == method)
            assert here.sum() == seeds * len(strengths) * len(mixing["RATES"][task])
            chosen = here & (table["chosen"] == 1)
            assert sorted(table["seed"][chosen]) == list(mixing["SEEDS"])
            means = [
                table["validation"][here & (table["rate"] == r) & (table["strength"] == s)].mean()
                for r in mixing["RATES"][task]
                for s in strengths
            ]
            assert table["validation"][chosen].mean() == pytest.approx(max(means))


def test_single_runs_are_reached_again(mixing):
    def stored(task, method):
        table = data.load_results("mixing", task=task, method=method, seed=0)
        return [tuple(float(table[name][0]) for name in ("rate", "strength", "validation", "test"))]

    for rate, strength, *shares in stored("pairs", "made of two"):
        found = mixing["run_pair"]("made of two", rate, strength, 0)
        assert found == pytest.approx(shares, abs=0.004)
    for rate, strength, *shares in stored("digits", "moments of channels"):
        found = mixing["run_network"]("digits", "moments of channels", rate, strength, 0)
        assert found == pytest.approx(shares, abs=0.004)


def test_swapped_moments_are_those_of_the_partner(mixing):
    maps = np.random.default_rng(0).normal(2, 3, (3, 4, 5, 2))
    partners = np.array([1, 2, 0])
    swapped = np.asarray(mixing["swap"](maps, partners, (1, 2)))
    wanted = maps[partners]
    np.testing.assert_allclose(swapped.mean((1, 2)), wanted.mean((1, 2)))
    np.testing.assert_allclose(swapped.std((1, 2)), wanted.std((1, 2)), rtol=1e-4)
    np.testing.assert_allclose(mixing["swap"](maps, np.arange(3), 3), maps, rtol=1e-6)
