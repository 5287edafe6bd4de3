"""The stored studies of networks that compare: whole, and reached again by their scripts."""

import importlib

import jax
import numpy as np
import pytest

from helpers import data, learned


@pytest.fixture
def digits(monkeypatch):
    monkeypatch.syspath_prepend(str(data.DATA_FOLDER))
    return importlib.import_module("make_comparisons")


@pytest.fixture
def unseen(digits):
    return importlib.import_module("make_unseen")


def stored(table, **chosen):
    runs = data.load_results(table, study=chosen.pop("study"))
    kept = np.all([runs[name] == value for name, value in chosen.items()], axis=0)
    return runs["value"][kept]


def test_every_study_of_digits_is_whole(digits):
    seeds = len(digits.SEEDS)
    assert seeds >= 5
    sizes = {"rare": 10 * 4, "neighbours": 2 * 3, "levels": 6 * 3, "new digits": 5 * 2}
    for study, rows in sizes.items():
        runs = data.load_results("comparisons", study=study)
        assert len(runs["value"]) == rows * seeds
        assert set(runs["seed"]) == set(digits.SEEDS)
        assert ((runs["value"] >= 0) & (runs["value"] <= 1)).all()


def test_a_contrastive_net_is_reached_again(digits):
    parts = digits.digits(0)
    draws = digits.Dealer(parts["known"][1], 600, 0).pairs()
    net = digits.trained(digits.contrastive, parts["known"], draws, 0).found
    found = digits.by_neighbours(lambda rows: digits.made_by(net, rows), parts, 1)
    for measure, value in found.items():
        chosen = {"method": "contrastive", "setting": "0 to 1, margin 2", "seed": 0}
        (before,) = stored("comparisons", study="levels", measure=measure, **chosen)
        assert value == pytest.approx(before, abs=0.01), measure
    with np.load(data.DATA_FOLDER / "comparisons.npz") as points:
        assert np.array_equal(points["known labels"], parts["known"][1])
        assert np.array_equal(points["labels"], parts["test"][1][:300])
        assert len(points.files) == 2 + 2 * len(digits.MARGINS) * len(digits.SHARES)


def test_a_dead_loss_leaves_the_random_net_as_it_is(digits):
    parts = {name: (255 * rows, its) for name, (rows, its) in digits.digits(1).items()}
    draws = digits.Dealer(parts["known"][1], 20, 1).pairs()
    net = digits.trained(digits.on_distance, parts["known"], draws, 1).found
    start = learned.dense_net(digits.WIDTHS, rng=1)
    for moved, fresh in zip(jax.tree.leaves(net), jax.tree.leaves(start), strict=True):
        np.testing.assert_array_equal(moved, fresh)


def test_dealt_pairs_are_what_they_say(digits):
    labels = np.repeat([3, 5, 9], [50, 30, 2])
    first, second = digits.Dealer(labels, 40, 0).pairs(same=0.25)
    same = labels[first] == labels[second]
    assert same[:, :32].all() and not same[:, 32:].any()
    assert (first != second).all()
    even = np.full(3, 1 / 3)
    first, second = digits.Dealer(labels, 200, 0).pairs(chances=even, even=True)
    apart = labels[second[:, 64:]]
    assert [np.mean(apart == c) for c in (3, 5, 9)] == pytest.approx([1 / 3] * 3, abs=0.02)
    anchors, own, other = digits.Dealer(labels, 40, 0).triplets()
    assert (labels[anchors] == labels[own]).all() and (labels[anchors] != labels[other]).all()


def test_no_digit_serves_two_parts_and_two_classes_are_rare(digits):
    parts = digits.digits(2)
    counts = np.bincount(parts["known"][1])
    assert counts[list(digits.RARE)].tolist() == [8, 8] and counts.min() == 8
    assert [len(parts[name][1]) for name in ("validation", "test")] == [300, 597]


def test_the_six_photographs_are_new_and_the_study_is_whole(unseen):
    assert not set(unseen.TEN) & set(unseen.SIX)
    runs = data.load_results("unseen", study="textures")
    assert len(runs["value"]) == 6 * 5 * len(unseen.SEEDS)
    assert len(data.load_results("unseen", study="angles")["value"]) == 4 * len(unseen.SEEDS)


def test_the_stored_net_is_as_good_as_the_table_says(unseen):
    net = learned.load(data.DATA_FOLDER / "unseen.npz", unseen.texture_net(0, 16))
    (left, one), (right, other) = unseen.patches(unseen.SIX, unseen.PATCHES, [0, 9])
    basis = unseen.patches(unseen.TEN, unseen.PATCHES, [0, 8])[0][0]
    runs = data.load_results("unseen", study="textures")
    mine = (runs["method"] == "contrastive") & (runs["seed"] == 0)
    (before,) = runs["value"][mine & (runs["measure"] == "distance")]
    rate, layer, scaling = runs["setting"][mine][0].split(", ")
    assert rate == f"rate {unseen.RATES[1]:g}"  # what the script stores
    rows = [unseen.seen(net, part, layer) for part in (left, right, basis)]
    found = {row[:2]: row[2] for row in unseen.judged(*rows, (one, other))}
    assert found[scaling, "distance"] == pytest.approx(before, abs=0.005)
