"""The band round a ROC curve against a loop over the same draws, by hand and by simulation."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from scipy import stats

from helpers import plot, roc
from helpers.roc import _band

RATES = np.linspace(0, 1, 11)


def patients(positives, negatives, seed=0, digits=8):
    rng = np.random.default_rng(seed)
    scores = np.r_[rng.normal(1, 1, positives), rng.normal(0, 1, negatives)].round(digits)
    return np.repeat([1, 0], [positives, negatives]), scores


def highest_reached(labels, scores, rates):
    """Try every threshold, and treating nobody, at each rate."""
    tried = [(0.0, 0.0)]
    for threshold in np.unique(scores):
        called = scores >= threshold
        tried.append((called[labels == 0].mean(), called[labels == 1].mean()))
    return [max(tpr for fpr, tpr in tried if fpr <= rate + 1e-12) for rate in rates]


def band_by_loop(labels, scores, rates, resamples, seed):
    rng, curves = np.random.default_rng(seed), []
    sick, well = scores[labels == 1], np.sort(scores[labels == 0])
    without = rng.integers(0, well.size, (resamples, well.size), dtype=np.uint32)
    drawn = rng.integers(0, sick.size, (resamples, sick.size), dtype=np.uint32)
    for some, others in zip(drawn, without, strict=True):
        truth = np.repeat([1, 0], [sick.size, well.size])
        curves.append(highest_reached(truth, np.r_[sick[some], well[others]], rates))
    return np.quantile(curves, [0.05, 0.95], axis=0)


@pytest.mark.parametrize("digits", [8, 1, 0], ids=["no ties", "some ties", "mostly ties"])
@pytest.mark.parametrize("sizes", [(7, 5), (5, 12), (1, 1), (2, 10)])
def test_the_band_is_that_of_a_loop_over_the_same_draws(sizes, digits):
    labels, scores = patients(*sizes, digits=digits)
    band = roc.bootstrap_band(labels, scores, fpr=RATES, confidence=0.9, resamples=60, rng=4)
    low, high = band_by_loop(labels, scores, RATES, 60, 4)
    np.testing.assert_allclose(band.low, low, atol=1e-12)
    np.testing.assert_allclose(band.high, high, atol=1e-12)
    np.testing.assert_allclose(band.tpr, highest_reached(labels, scores, RATES), atol=1e-12)


def test_its_middle_is_the_sensitivity_that_the_threshold_search_finds():
    labels, scores = patients(40, 60, digits=1)
    band = roc.bootstrap_band(labels, scores, resamples=20, rng=1)
    found = [roc.threshold_at_specificity(labels, scores, 1 - x).sensitivity for x in band.fpr]
    np.testing.assert_allclose(band.tpr, found, atol=1e-12)


def test_three_sick_above_four_healthy_but_one():
    labels, scores = [1, 1, 1, 0, 0, 0, 0], [9, 7, 5, 6, 3, 2, 1]
    rates = {"fpr": [0, 0.2, 0.25, 1], "confidence": 0.98}
    band = roc.bootstrap_band(labels, scores, **rates, resamples=5_000, rng=1)
    np.testing.assert_allclose(band.tpr, [2 / 3, 2 / 3, 1, 1])
    assert band.low[0] == 0  # the 6 is drawn, and three times the 5: in 1 of 40 resamples
    assert band.high[0] == 1
    assert (band.low[3], band.high[3]) == (1, 1)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 2), st.integers(0, 1000))
def test_a_band_rises_holds_its_curve_between_0_and_1_and_ends_at_1(sick, well, digits, seed):
    labels, scores = patients(sick, well, seed, digits)
    band = roc.bootstrap_band(labels, scores, resamples=400, confidence=0.99, rng=seed)
    for part in band:
        assert part.shape == (101,) and part.min() >= 0 and part.max() <= 1
        assert np.all(np.diff(part) >= -1e-12)
    assert np.all(band.low <= band.tpr + 1e-12) and np.all(band.tpr <= band.high + 1e-12)
    assert band.low[-1] == band.tpr[-1] == band.high[-1] == 1


def test_more_confidence_is_wider_and_more_patients_are_narrower():
    wide, narrow = (
        roc.bootstrap_band(*patients(100, 100), confidence=c, rng=1) for c in (0.99, 0.8)
    )
    assert np.all(wide.low <= narrow.low) and np.all(wide.high >= narrow.high)
    assert np.any(wide.high - wide.low > narrow.high - narrow.low)
    few, many = (roc.bootstrap_band(*patients(n, n), fpr=[0.2], rng=1) for n in (50, 800))
    assert 2.5 < (few.high - few.low)[0] / (many.high - many.low)[0] < 6.5  # 4, but for chance


def test_a_rate_computed_as_1_minus_specificity_counts_whole_people():
    labels, scores = patients(20, 10)
    assert (1 - 0.9) * 10 < 1
    first, second = (roc.bootstrap_band(labels, scores, fpr=[x], rng=1) for x in (1 - 0.9, 0.1))
    assert first.tpr == second.tpr and first.high == second.high


def test_perfect_separation_leaves_no_width():
    band = roc.bootstrap_band([0, 0, 1, 1], [1, 2, 3, 4], rng=1)
    assert np.all(band.low == 1) and np.all(band.high == 1)


def test_only_the_order_of_the_scores_matters():
    labels, scores = patients(20, 30)
    first = roc.bootstrap_band(labels, scores, rng=2)
    second = roc.bootstrap_band(labels, np.exp(3 * scores), rng=2)
    np.testing.assert_array_equal(first, second)


def test_the_seed_alone_decides_and_blocks_fill_every_row(monkeypatch):
    labels, scores = patients(20, 30)
    first = roc.bootstrap_band(labels, scores, rng=5)
    np.testing.assert_array_equal(first, roc.bootstrap_band(labels, scores, rng=5))
    generator = np.random.default_rng(5)
    np.testing.assert_array_equal(first, roc.bootstrap_band(labels, scores, rng=generator))
    assert not np.array_equal(first, roc.bootstrap_band(labels, scores, rng=6))
    monkeypatch.setattr(_band, "BLOCK", 350)  # seven resamples at once, and five are left over
    blocks = roc.bootstrap_band(labels, scores, rng=5)
    np.testing.assert_allclose(blocks.low, first.low, atol=0.08)
    np.testing.assert_allclose(blocks.high, first.high, atol=0.08)


def test_labels_of_any_kind_and_inputs_are_left_alone():
    labels, scores = patients(6, 9)
    words = np.where(labels == 1, "sick", "well")
    rates, before = np.array([0.3, 0.1]), scores.copy()
    band = roc.bootstrap_band(words, scores, positive="sick", fpr=rates, rng=1)
    np.testing.assert_array_equal(band, roc.bootstrap_band(labels, scores, fpr=rates, rng=1))
    band.fpr[:] = 0
    assert rates.tolist() == [0.3, 0.1] and np.array_equal(scores, before)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"fpr": [0.5, 1.5]}, "`fpr` must be within [0, 1]; got 1.5."),
        ({"fpr": [np.nan]}, "`fpr` must be within [0, 1]; got nan."),
        ({"fpr": []}, "`fpr` must have shape (k,) with k >= 1; got (0,)."),
        ({"fpr": 0.5}, "`fpr` must have shape (k,) with k >= 1; got ()."),
        ({"confidence": 1.0}, "`confidence` must be"),
        ({"resamples": 0}, "`resamples` must be"),
        ({"positive": 2}, "`y_true` must be bool or 0/1"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        roc.bootstrap_band(*patients(4, 4), **wrong)


def test_each_rate_keeps_its_promise_but_the_curve_as_a_whole_does_not():
    """Normal scores one SD apart: the true sensitivity at x is Phi(1 + Phi^-1(x))."""
    rates = np.linspace(0.1, 0.9, 17)
    truth = stats.norm.cdf(1 + stats.norm.ppf(rates))
    held = []
    for seed in range(400):
        labels, scores = patients(150, 150, seed)
        band = roc.bootstrap_band(labels, scores, fpr=rates, resamples=400, rng=seed)
        held.append((band.low <= truth) & (truth <= band.high))
    each = np.mean(held, axis=0)
    assert np.all(np.abs(each - 0.95) < 0.05), each
    assert 0.92 < each.mean() < 0.975
    assert 0.5 < np.all(held, axis=1).mean() < 0.87


def test_a_band_is_drawn_in_the_colour_of_its_curve():
    labels, scores = patients(30, 40)
    curve, band = roc.roc_curve(labels, scores), roc.bootstrap_band(labels, scores, rng=1)
    ax = plot.plot_roc(curve.fpr, curve.tpr, band=(band.fpr, band.low, band.high))
    (shade,) = ax.collections
    corners = shade.get_paths()[0].vertices
    for rate, low, high in zip(band.fpr[1:-1], band.low[1:-1], band.high[1:-1], strict=True):
        assert set(corners[np.isclose(corners[:, 0], rate), 1]) == {low, high}
    assert shade.get_facecolor()[0, :3] == pytest.approx(to_rgb(ax.lines[-1].get_color()))
    assert not plot.plot_roc(curve.fpr, curve.tpr).collections
