"""The stored numbers of lesson 22: whole, and reached again by their scripts."""

import runpy

import jax
import numpy as np
import pytest

from helpers import data, learned


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(data.DATA_FOLDER / "make_generated.py"))


@pytest.fixture(scope="module")
def said(script):
    real, labels, others, truth = script["digits"]()
    judge = script["trained_judge"](real, labels)
    assert np.mean(np.asarray(judge(others)).argmax(axis=1) == truth) > 0.98
    return lambda rows: np.asarray(jax.nn.softmax(judge(rows), axis=1))


def stored(name="generated", **chosen):
    runs = data.load_results(name, **chosen)
    keys = ("first_loss", "second_loss", "sure", "classes", "most", "spread", "nearest", "copies")
    return np.column_stack([runs[key] for key in keys])


def test_the_study_is_whole(script):
    runs = data.load_results("generated")
    seeds, kept = len(script["SEEDS"]), len(script["KEEP"])
    assert seeds >= 5
    counts = {name: int(np.sum(runs["study"] == name)) for name in np.unique(runs["study"])}
    assert counts == {
        "real": 1,
        "rate": seeds * kept * len(script["RATES"]),
        "frozen": seeds * kept,
        "noise": seeds * len(script["NOISES"]),
        "few": seeds * 2,
        "VAE": seeds * len(script["CODES"]),
    }
    for name in ("sure", "most", "copies"):
        assert ((runs[name] >= 0) & (runs[name] <= 1)).all()


def test_a_game_is_reached_again(script, said):
    real = script["digits"]()[0]
    kept, losses = script["dense_play"](real, 0, keep=(200,))
    noise = np.random.default_rng(99).normal(size=(1000, script["NOISE"]))
    made = np.asarray(script["make"](kept[200][0], noise))
    found = [*losses[150:].mean(axis=0), *script["measures"](made, said(made), real)]
    (before,) = stored(study="rate", setting=script["RATE"], seed=0, step=200)
    np.testing.assert_allclose(found, before, rtol=2e-3, atol=2e-3)


def test_a_frozen_critic_does_not_move(script):
    real = script["digits"]()[0]
    kept, _ = script["dense_play"](real, 0, rates=(0.001, 0.0), keep=(1, 2))
    for before, after in zip(*(jax.tree.leaves(kept[step][1]) for step in (0, 2)), strict=True):
        np.testing.assert_array_equal(before, after)
    makers = [jax.tree.leaves(kept[step][0])[0] for step in (0, 2)]
    assert np.abs(makers[1] - makers[0]).max() > 1e-4


def test_a_vae_is_reached_again(script, said):
    real, _, others, _ = script["digits"]()
    nets = script["trained_vae"](real, 2, 0)
    noise = np.random.default_rng(98).normal(size=(len(others), 2))
    made = np.asarray(jax.nn.sigmoid(nets[1](np.random.default_rng(99).normal(size=(1000, 2)))))
    losses = map(float, script["two_terms"](nets, others, noise))
    found = [*losses, *script["measures"](made, said(made), real)]
    (before,) = stored(study="VAE", setting=2, seed=0)
    np.testing.assert_allclose(found, before, rtol=2e-3, atol=2e-3)


def test_measures_by_hand(script):
    known = np.array([[0.0, 0], [1, 1]])
    rows = np.array([[0.0, 0.3], [0, 0.3], [1, 0.2], [1, 0.2]])
    chances = np.zeros((4, 10))
    chances[[0, 1, 2, 3], [3, 3, 3, 7]] = 0.6, 0.8, 1, 1
    sure, classes, most, _, near, copies = script["measures"](rows, chances, known)
    assert (sure, classes, most, copies) == pytest.approx((0.85, 2, 0.75, 0.5))
    assert near == pytest.approx((0.3 + 0.8) / 2)


def test_the_floor_is_reached_by_the_levels_themselves(script):
    levels = np.random.default_rng(0).uniform(0.01, 0.99, (5, 8))
    scores = np.log(levels / (1 - levels))
    floor = -np.sum(levels * np.log(levels) + (1 - levels) * np.log(1 - levels), axis=1)
    np.testing.assert_allclose(script["reconstruction"](scores, levels), floor, rtol=1e-10)
    other = scores + np.random.default_rng(1).normal(size=scores.shape)
    assert (script["reconstruction"](other, levels) > floor).all()


def test_the_gains_are_whole_and_reached_again(monkeypatch):
    monkeypatch.syspath_prepend(data.DATA_FOLDER)
    script = runpy.run_path(str(data.DATA_FOLDER / "make_generated_help.py"))
    runs, seeds = data.load_results("generated_help"), len(script["SEEDS"])
    assert seeds >= 5
    kinds, amounts = 4, len(script["AMOUNTS"])
    assert len(runs["test"]) == seeds * 2 * (1 + kinds * amounts)
    known, more, choose, test = script["split"](0)
    assert np.bincount(known[1]).tolist() == [script["FEW"]] * 10
    assert len(known[1]) + len(more[1]) + len(choose[1]) + len(test[1]) <= 1797
    for amount in (0, 5):
        offers = [(more[0][: 10 * amount], more[1][: 10 * amount])]
        pair = script["best"]("SVM", offers, known, choose, test)
        kind = "real" if amount else "none"
        here = {"model": "SVM", "kind": kind, "added": amount, "seed": 0}
        row = data.load_results("generated_help", **here)
        assert pair == pytest.approx((row["validation"][0], row["test"][0]), abs=0.003)


def test_the_maker_of_large_digits_draws_what_is_stored(monkeypatch):
    monkeypatch.syspath_prepend(data.DATA_FOLDER)
    script = runpy.run_path(str(data.DATA_FOLDER / "make_generated_28.py"))
    film = [np.zeros((40, 28, 28), np.uint8)] * len(script["KEEP"])
    maker, _ = script["fresh"](np.random.default_rng(0))
    like = {"maker": maker, "decoder": learned.dense_net((16, 128, 784)), "film": film}
    kept = learned.load(data.DATA_FOLDER / "generated_28.npz", like)
    noise = np.random.default_rng(99).normal(size=(500, 32))[:40]
    made = 255 * np.asarray(script["make"](kept["maker"], noise))[..., 0]
    assert np.abs(made - kept["film"][-1]).max() < 4  # float16, and whole levels
    runs = data.load_results("generated_28")
    seeds = len(script["SEEDS"])
    assert len(runs["seed"]) == 1 + seeds * (len(script["KEEP"]) + 1)
    assert data.load_results("generated_28", study="real")["first_loss"][0] > 0.98
