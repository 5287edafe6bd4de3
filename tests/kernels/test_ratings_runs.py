"""The stored scores of forecasts of ratings: whole, and reached again by their script."""

import runpy

import jax
import numpy as np
import pytest
from scipy import stats

from helpers import clustering, data, learned

SCORES = ("emd", "mae", "rank", "side", "majority", "spread", "far", "near")


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(data.DATA_FOLDER / "make_ratings.py"))


def test_the_study_is_whole(script):
    stored, seeds = data.load_results("ratings"), len(script["SEEDS"])
    assert seeds >= 5
    assert list(stored) == script["HEAD"]
    trained = len(script["DEPTHS"]) + 1 + len(script["LOSSES"]) + 4
    assert len(stored["seed"]) == seeds * 2 * (2 + 2 * trained)
    assert set(stored["seed"]) == set(script["SEEDS"])
    for score in SCORES:
        blank = np.isnan(stored[score])
        assert set(stored["method"][blank]) <= {"constant"}, score
        assert (stored[score][~blank] > 0).all()


def test_a_jury_is_ten_shares_about_its_quality(script):
    shares = script["jury"](6, 100_000, np.random.default_rng(0))
    assert shares.sum() == pytest.approx(1)
    assert shares @ script["STARS"] == pytest.approx(6, abs=0.02)
    spread = np.sqrt(shares @ script["STARS"] ** 2 - (shares @ script["STARS"]) ** 2)
    assert spread == pytest.approx(np.sqrt(1.4**2 + 1 / 12), abs=0.02)  # rounding adds 1/12


def test_scores_of_two_juries_by_hand(script):
    sure, other = np.eye(10)[[9, 4]], np.eye(10)[[8, 6]]
    with np.errstate(invalid="ignore"):  # no rater disagrees: the ratio of spreads is none
        found = script["scores_of"](other, sure)
    places, ways = np.arange(10), zip(sure, other, strict=True)
    energies = [stats.energy_distance(places, places, p, q) for p, q in ways]
    assert found[0] == pytest.approx(np.mean(energies) / np.sqrt(20))
    assert found[:2] == pytest.approx([(np.sqrt(0.1) + np.sqrt(0.2)) / 2, 1.5])
    assert found[2:5] == pytest.approx([1, 0.5, 0.5])
    assert found[-2:] == pytest.approx([1, 2])


def test_balanced_bins_hold_what_they_promise(script):
    rng = np.random.default_rng(4)
    ratings = np.array([script["jury"](q, 100, rng) for q in rng.normal(5.4, 1, 300)])
    photographs = rng.integers(0, 10, 300)
    ways, means = script["balances"](ratings, photographs, 0), ratings @ script["STARS"]
    edges = np.linspace(means.min(), means.max(), 11)[1:-1]
    bins = np.digitize(means, edges)
    for way in ("capped", "first of each bin"):
        kept = np.bincount(bins, ways[way], minlength=10)
        np.testing.assert_array_equal(kept, np.minimum(np.bincount(bins, minlength=10), 30))
    assert ways["as few"].sum() == ways["capped"].sum()
    by_bin = np.bincount(bins, ways["by 1/bin"])
    np.testing.assert_allclose(by_bin[by_bin > 0], 1)
    full = np.bincount(bins).argmax()
    first = ways["first of each bin"].astype(bool) & (bins == full)
    left = ~first & (bins == full)
    assert photographs[first].max() <= photographs[left].min()


def test_a_rival_is_reached_again(script, monkeypatch):
    small = {"train": 60, "validation": 30, "natural": 40, "uniform": 40}
    monkeypatch.setitem(script["rated_patches"].__globals__, "COUNTS", small)
    rng, photos = np.random.default_rng(0), script["photographs"]()
    parts = {part: script["rated_patches"](part, photos, rng) for part in small}
    for part, (patches, ratings, again, _) in parts.items():
        assert patches.shape == (small[part], 64, 64, 3)
        np.testing.assert_allclose(ratings.sum(axis=1), 1)
        assert 0 < np.abs(ratings - again).max() < 0.2
    rows = {name: part[0].mean(axis=(1, 2)) for name, part in parts.items()}
    ratings = {name: part[1] for name, part in parts.items()}
    start = script["start_at"](ratings["train"], 3)
    at_start = np.asarray(jax.nn.softmax(start(rows["natural"])))
    constant = np.tile(ratings["train"].mean(axis=0), (40, 1))
    np.testing.assert_allclose(at_start, constant, atol=0.002)
    for name in ("STEPS", "EVERY"):
        monkeypatch.setitem(script["chosen"].__globals__, name, 40)
    loss, even = script["LOSSES"]["earth mover"], np.ones(60)
    found = list(script["chosen"](loss, rows, ratings, even, 0))
    assert [row[:2] for row in found] == [
        [by, test] for by in ("EMD", "MAE") for test in ("natural", "uniform")
    ]
    assert found[0][6] <= script["scores_of"](at_start[:30], ratings["validation"])[0]


def test_the_earth_movers_loss_is_that_of_the_lesson():
    rng = np.random.default_rng(5)
    scores, ratings = rng.normal(size=(6, 10)), rng.dirichlet(np.ones(10), 6)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    by_hand = [
        np.sqrt(np.mean([(p[: k + 1].sum() - q[: k + 1].sum()) ** 2 for k in range(10)]))
        for p, q in zip(shares, ratings, strict=True)
    ]
    np.testing.assert_allclose(learned.earth_movers_loss(scores, ratings), by_hand, rtol=1e-9)
    sure = np.array([[-900.0] * 8 + [900.0, -900.0], [900.0] + [-900.0] * 9])
    all_ten = np.eye(10)[[9, 9]]
    expected = np.sqrt([0.1, 0.9])
    np.testing.assert_allclose(learned.earth_movers_loss(sure, all_ten), expected, rtol=1e-9)


def test_the_earth_movers_loss_has_a_slope_where_nothing_is_to_move():
    ratings = np.full((2, 4), 0.25)
    slope = jax.grad(lambda scores: learned.earth_movers_loss(scores, ratings).sum())
    np.testing.assert_allclose(slope(np.zeros((2, 4))), 0, atol=1e-9)
    assert np.isfinite(slope(np.array([[0.0, 1, 2, 3], [9.0, 0, 0, 0]]))).all()


@pytest.mark.parametrize("shape", [(3, 9), (2, 10), (10,)])
def test_the_earth_movers_loss_wants_one_shape(shape):
    with pytest.raises(ValueError, match=r"`scores` and `ratings` must have one shape, \(n, cl"):
        learned.earth_movers_loss(np.zeros((3, 10)), np.full(shape, 0.1))


def test_stored_scores_of_one_seed_are_reached_again(script):
    rng, photos = np.random.default_rng(0), script["photographs"]()
    parts = {part: script["rated_patches"](part, photos, rng) for part in script["COUNTS"]}
    ratings = {name: part[1] for name, part in parts.items()}
    stored = data.load_results("ratings", seed=0, test="natural", chosen_by="EMD")
    jury = {score: stored[score][stored["method"] == "second jury"][0] for score in SCORES}
    found = script["scores_of"](parts["natural"][2], ratings["natural"])
    named = dict(zip(("emd", "mae", "rank", "side", "majority", "spread"), found, strict=False))
    for score, value in named.items():
        assert value == pytest.approx(jury[score], abs=0.001), score
    seven = {
        name: np.array([clustering.texture_features(patch) for patch in part[0]])
        for name, part in parts.items()
    }
    rows, even = script["standardised"](seven), np.ones(script["COUNTS"]["train"])
    best = next(script["chosen"](script["LOSSES"]["earth mover"], rows, ratings, even, 0))
    mine = stored["method"] == "seven numbers"
    assert best[7] == pytest.approx(stored["emd"][mine][0], abs=0.004)
    assert best[8] == pytest.approx(stored["mae"][mine][0], abs=0.03)
