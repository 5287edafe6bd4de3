"""Areas of rows that belong together or weigh differently, against formulas and resamples."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from helpers import roc

FUNCTIONS = {
    "interval": lambda y, s, **choices: roc.delong_interval(y, s, **choices),
    "test": lambda y, s, **choices: roc.delong_test(y, s, -s + y, **choices),
}


def study(seed=0, subjects=30, largest=6, mixed=True, alike=0.6, shift=1.0, digits=1):
    """Return labels, scores and subjects; rows of one subject share a part of their score."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(subjects), rng.integers(1, largest + 1, subjects))
    sick = rng.random(who.size) < 0.4 if mixed else who % 2 == 1
    own, noise = rng.normal(size=subjects)[who], rng.normal(size=who.size)
    score = shift * sick + math.sqrt(alike) * own + math.sqrt(1 - alike) * noise
    return sick, score.round(digits), who


def published(sick, who, one, other):
    """Return the areas of two scores and their covariance, subject by subject (1997, eq. 3, 4)."""
    m, n, clusters = sick.sum(), (~sick).sum(), np.unique(who)
    areas, sums = [], []
    for score in (one, other):
        won = [[(x > y) + (x == y) / 2 for y in score[~sick]] for x in score[sick]]
        areas.append(np.mean(won))
        above, below = np.mean(won, axis=1) - areas[-1], np.mean(won, axis=0) - areas[-1]
        first = [above[who[sick] == c].sum() for c in clusters]
        sums.append((first, [below[who[~sick] == c].sum() for c in clusters]))
    i10, i01, i = len(np.unique(who[sick])), len(np.unique(who[~sick])), len(clusters)
    s10 = i10 / ((i10 - 1) * m) * np.dot(sums[0][0], sums[1][0])
    s01 = i01 / ((i01 - 1) * n) * np.dot(sums[0][1], sums[1][1])
    s11 = [i / (i - 1) * np.dot(a[0], b[1]) for a, b in (sums, sums[::-1])]
    return areas, s10 / m + s01 / n + sum(s11) / (m * n)


@pytest.mark.parametrize("mixed", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_the_error_is_the_published_one(seed, mixed):
    sick, score, who = study(seed, mixed=mixed)
    (area, _), variance = published(sick, who, score, score)
    found = roc.delong_interval(sick, score, clusters=who, scale="plain")
    assert (found.auc, found.standard_error) == pytest.approx((area, math.sqrt(variance)))
    half = stats.norm.ppf(0.975) * math.sqrt(variance)
    assert found[1:3] == pytest.approx((max(area - half, 0), min(area + half, 1)))


@pytest.mark.parametrize("mixed", [True, False])
def test_the_paired_test_is_the_published_one(mixed):
    sick, first, who = study(3, mixed=mixed)
    second = (first + np.random.default_rng(5).normal(size=first.size)).round(1)
    pairs = [(first, first), (second, second), (first, second)]
    one, other, both = (published(sick, who, *pair)[1] for pair in pairs)
    error = math.sqrt(one + other - 2 * both)
    found = roc.delong_test(sick, first, second, clusters=who, confidence=0.9)
    half = stats.norm.ppf(0.95) * error
    gap = roc.auc(sick, first) - roc.auc(sick, second)
    assert found[2:5] == pytest.approx((gap, gap - half, gap + half))
    assert found.z == pytest.approx(gap / error)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(gap / error))


def by_resamples(sick, who, statistic, times=2000):
    """Return the spread of a statistic over resamples of whole subjects."""
    rng, found, rows = np.random.default_rng(1), [], [np.flatnonzero(who == w) for w in set(who)]
    while len(found) < times:
        drawn = np.concatenate([rows[i] for i in rng.integers(0, len(rows), len(rows))])
        if 0 < sick[drawn].sum() < drawn.size:
            found.append(statistic(sick[drawn], drawn))
    return np.std(found)


@pytest.mark.parametrize("mixed", [True, False])
def test_the_error_is_that_of_a_bootstrap_over_subjects(mixed):
    sick, score, who = study(2, subjects=60, mixed=mixed)
    resampled = by_resamples(sick, who, lambda y, rows: roc.auc(y, score[rows]))
    found = roc.delong_interval(sick, score, clusters=who).standard_error
    naive = roc.delong_interval(sick, score).standard_error
    assert found == pytest.approx(resampled, rel=0.12)
    assert mixed or naive < 0.8 * resampled  # what is lost without the ids


@pytest.mark.parametrize("name", FUNCTIONS)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(["clusters", "weights", "both"]))
def test_a_row_for_each_subject_and_equal_weights_change_nothing(name, seed, kind):
    sick, score, _ = study(seed)
    names = np.random.default_rng(seed).permutation(score.size)
    choices = {"clusters": names.astype(str), "weights": np.full(score.size, 0.3)}
    choices = choices if kind == "both" else {kind: choices[kind]}
    got, wanted = FUNCTIONS[name](sick, score, **choices), FUNCTIONS[name](sick, score)
    np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-12)


@given(seed=st.integers(0, 10_000))
def test_a_weight_is_as_many_copies_that_belong_together(seed):
    sick, score, who = study(seed)
    times = np.random.default_rng(seed).integers(1, 5, sick.size)
    rows = np.repeat(np.arange(sick.size), times)
    for function in FUNCTIONS.values():
        weighted = function(sick, score, weights=times)
        copied = function(sick[rows], score[rows], clusters=rows)
        np.testing.assert_allclose(weighted, copied, rtol=1e-9, atol=1e-12)
        weighted = function(sick, score, weights=times, clusters=who)
        copied = function(sick[rows], score[rows], clusters=who[rows])
        np.testing.assert_allclose(weighted, copied, rtol=1e-9, atol=1e-12)
    got = roc.delong_interval(sick, score, weights=times).auc
    assert got == pytest.approx(metrics.roc_auc_score(sick, score, sample_weight=times))


def test_only_the_interval_that_knows_the_subjects_covers():
    """40 subjects of one class each with 4 rows; the true area is that of one sd."""
    truth, rng = stats.norm.cdf(1 / math.sqrt(2)), np.random.default_rng(7)
    who, covered = np.repeat(np.arange(80), 4), {"known": 0, "not": 0}
    for _ in range(1000):
        own, noise = rng.normal(size=80)[who], rng.normal(size=320)
        score = (who % 2) + math.sqrt(0.6) * own + math.sqrt(0.4) * noise
        for name, clusters in (("known", who), ("not", None)):
            found = roc.delong_interval(who % 2, score, clusters=clusters)
            covered[name] += found.low <= truth <= found.high
    low, high = stats.binom.interval(1 - 1e-6, 1000, 0.95)
    assert low <= covered["known"] <= high
    assert covered["not"] < 850


@pytest.mark.parametrize(
    ("who", "weights", "pairs"),
    [
        ([0, 0, 1, 1, 2, 2, 3, 3], None, 2),  # two subjects of each class
        ([0, 1, 2, 3, 0, 1, 2, 3], None, 2),  # four with rows of both: two of them for each class
        ([0, 1, 2, 3, 0, 4, 5, 6], None, 3.5),
        ([0, 1, 2, 3, 4, 5, 6, 7], None, 4),
        ([0, 0, 0, 1, 2, 3, 4, 5], None, 16 / 10),
        (None, [3, 1, 1, 1, 1, 1, 1, 1], 36 / 12),
    ],
)
def test_separation_counts_subjects_and_not_rows(who, weights, pairs):
    sick = np.arange(8) < 4
    found = roc.delong_interval(sick, sick * 2.0, clusters=who, weights=weights)
    assert (found.auc, found.high, found.standard_error) == (1, 1, 0)
    assert found.low == pytest.approx(0.05 ** (1 / pairs))


@pytest.mark.parametrize("seed", range(30))
def test_separation_is_seen_whatever_the_weights(seed):
    sick, _, who = study(seed)
    weights = np.random.default_rng(seed).lognormal(size=sick.size)
    for score, ends in ((sick, [1]), (~sick, [0]), (0 * sick, [])):
        found = roc.delong_interval(sick, score.astype(float), clusters=who, weights=weights)
        assert found.standard_error == 0
        assert set(found[1:3]) & {0, 1} == set(ends)


# Curves, thresholds and bands


@pytest.mark.parametrize("seed", range(5))
def test_weighted_curves_are_those_of_scikit_learn(seed):
    sick, score, _ = study(seed)
    weights = np.random.default_rng(seed).lognormal(size=sick.size)
    curve = roc.roc_curve(sick, score, weights=weights)
    choices = {"sample_weight": weights, "drop_intermediate": False}
    for ours, theirs in zip(curve, metrics.roc_curve(sick, score, **choices), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_weighted_thresholds_are_those_of_copied_rows():
    sick, score, _ = study(4)
    times = np.random.default_rng(4).integers(1, 5, sick.size)
    rows = np.repeat(np.arange(sick.size), times)
    got = roc.threshold_at_specificity(sick, score, 0.8, weights=times)
    assert got[:3] == pytest.approx(roc.threshold_at_specificity(sick[rows], score[rows], 0.8)[:3])
    for prevalence in (None, 0.1):
        costs = {"cost_fp": 1, "cost_fn": 4, "prevalence": prevalence}
        got = roc.threshold_at_cost(sick, score, weights=times, **costs)
        assert got == pytest.approx(roc.threshold_at_cost(sick[rows], score[rows], **costs))


def test_the_band_of_single_rows_is_the_usual_one():
    sick, score, _ = study(1, subjects=200, digits=2)
    usual = roc.bootstrap_band(sick, score, resamples=4000, rng=1)
    single = roc.bootstrap_band(sick, score, resamples=4000, rng=2, clusters=np.arange(sick.size))
    np.testing.assert_allclose(single.tpr, usual.tpr, atol=1e-12)
    inner = slice(5, 95)  # quantiles of 4000 resamples wander by about a hundredth
    np.testing.assert_allclose(single.low[inner], usual.low[inner], atol=0.02)
    np.testing.assert_allclose(single.high[inner], usual.high[inner], atol=0.02)


@pytest.mark.parametrize("mixed", [True, False])
def test_the_band_is_that_of_a_loop_over_drawn_subjects(mixed, monkeypatch):
    sick, score, who = study(6, subjects=20, mixed=mixed)
    rates, rng, found = np.linspace(0, 1, 6), np.random.default_rng(3), []
    rows = [np.flatnonzero(who == w) for w in np.unique(who)]
    kinds = {}
    for place, own in enumerate(rows):
        kinds.setdefault((sick[own].any(), not sick[own].all()), []).append(place)
    while len(found) < 3000:
        picked = [rng.choice(places, len(places)) for places in kinds.values()]
        drawn = np.concatenate([rows[i] for i in np.concatenate(picked)])
        fpr, tpr, _ = roc.roc_curve(sick[drawn], score[drawn])
        found.append([tpr[fpr <= rate + 1e-9].max() for rate in rates])
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    band = roc.bootstrap_band(sick, score, fpr=rates, resamples=3000, rng=8, clusters=who)
    np.testing.assert_allclose(band.low, low, atol=0.04)
    np.testing.assert_allclose(band.high, high, atol=0.04)
    monkeypatch.setattr("helpers.roc._band.BLOCK", 1)
    narrow = roc.bootstrap_band(sick, score, fpr=rates, resamples=50, rng=8, clusters=who)
    assert np.all(narrow.low <= narrow.high) and narrow.low.shape == (6,)


def test_the_band_of_weights_is_that_of_copies_that_belong_together():
    sick, score, _ = study(2)
    times = np.random.default_rng(2).integers(1, 5, sick.size)
    rows = np.repeat(np.arange(sick.size), times)
    weighted = roc.bootstrap_band(sick, score, weights=times, resamples=100, rng=1)
    copied = roc.bootstrap_band(sick[rows], score[rows], clusters=rows, resamples=100, rng=1)
    np.testing.assert_allclose(weighted, copied, atol=1e-12)


# Faults


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"weights": [1, 1, 0, 1]}, "`weights` must be positive and finite; got 0."),
        ({"weights": [1, 1, -2, 1]}, "`weights` must be positive and finite; got -2."),
        ({"weights": [1, math.inf, 1, 1]}, "`weights` must be positive and finite; got inf."),
        ({"weights": [1, math.nan, 1, 1]}, "`weights` must not hold missing values; got 1"),
        ({"weights": [1, 1]}, "`y_true` and `weights` must have one length; got 4 and 2."),
        ({"clusters": [1, 2, 3]}, "`y_true` and `clusters` must have one length; got 4 and 3."),
        ({"clusters": [None, 2, 3, 4]}, "`clusters` must not hold missing values; got 1"),
        (
            {"clusters": ["a", "a", "b", "c"]},
            "`clusters` must name at least two with samples of each class; got 1 negative.",
        ),
    ],
)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_faults_are_named(name, choices, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        FUNCTIONS[name](np.array([0, 0, 1, 1]), np.array([1.0, 2, 3, 4]), **choices)


def test_weights_that_are_no_numbers_are_refused():
    with pytest.raises(TypeError, match="`weights` must hold numbers; got <U1"):
        roc.delong_interval([0, 0, 1, 1], [1, 2, 3, 4], weights=list("abcd"))
    with pytest.raises(ValueError, match="at least two samples of each class; got 1 negative"):
        roc.delong_interval([0, 1, 1, 1], [1, 2, 3, 4], weights=[1, 2, 3, 4])
