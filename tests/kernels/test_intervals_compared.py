"""Intervals of clusters, of differences and of spreads: by hand, by other formulas, by SciPy."""

import re

import numpy as np
import pytest
from scipy import stats

from helpers import intervals
from helpers.intervals import (
    bootstrap_difference_interval,
    clustered_difference_interval,
    clustered_mean_interval,
    clustered_proportion_interval,
    deviation_interval,
    mean_interval,
    paired_proportion_interval,
    proportion_interval,
)

# Extra hours of sleep of ten people, with one drug and with another (Student, 1908)
FIRST = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def says(sentence):
    return pytest.raises(ValueError, match=re.escape(sentence))


def clusters(seed=0, many=14):
    """Return values, the cluster of each, and totals and sizes of the clusters."""
    rng = np.random.default_rng(seed)
    code = np.repeat(np.arange(many), 1 + rng.negative_binomial(2, 2 / 7, many))
    values = rng.normal(size=many)[code] + rng.gamma(2, 1, code.size)
    return values, code, np.bincount(code, values), np.bincount(code).astype(float)


# Means of clusters


def test_two_clusters_of_two_by_hand():
    """Totals 2 and 6 are 2 off: (4 / 0.5 + 4 / 0.5) / 16 = 1, and one degree of freedom."""
    found = clustered_mean_interval([2.0, 6.0], [2, 2])
    np.testing.assert_allclose(found, [2 - 12.7062, 2 + 12.7062], rtol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_the_formulas_of_the_literature_come_out(seed):
    """CR2 of an intercept with Satterthwaite's freedom, as written out in R's clubSandwich."""
    _, _, totals, sizes = clusters(seed)
    rows = sizes.sum()
    mean, weights = totals.sum() / rows, sizes / rows
    variance = np.sum((totals - mean * sizes) ** 2 / (1 - weights)) / rows**2
    others = rows - sizes
    parts = [np.sum(sizes**2 / others**2), np.sum(sizes**3 / others**2), np.sum(sizes**2 / others)]
    freedom = rows**2 / (rows**2 * parts[0] - 2 * rows * parts[1] + parts[2] ** 2)
    ends = stats.t.interval(0.9, freedom, mean, np.sqrt(variance))
    np.testing.assert_allclose(clustered_mean_interval(totals, sizes, confidence=0.9), ends)


def sandwich(values, code, group):
    """Return estimate, CR2 variance and freedom of a difference from matrices of all rows."""
    design = np.c_[group == 0, group == 1].astype(float)
    inverse = np.linalg.inv(design.T @ design)
    hat = design @ inverse @ design.T
    left, contrast = values - hat @ values, inverse @ [1, -1]
    spreads, additions = np.zeros(2), []
    rest = np.eye(values.size) - hat
    for cluster in np.unique(code):
        own = code == cluster
        eigen, vectors = np.linalg.eigh(rest[np.ix_(own, own)])
        adjust = (vectors * eigen**-0.5) @ vectors.T
        parts = [(adjust @ (design[own] * (np.arange(2) == g) @ contrast)) for g in (0, 1)]
        spreads += [(part @ left[own]) ** 2 for part in parts]
        additions.append([part @ rest[own] for part in parts])
    additions = np.array(additions)  # (clusters, groups, rows)
    expected = np.einsum("cgr,cgr->g", additions, additions)
    scale = np.sqrt(spreads / expected)[group]
    total = additions.sum(axis=1)
    covariance = (total * scale**2) @ total.T
    freedom = np.trace(covariance) ** 2 / np.sum(covariance**2)
    return contrast @ design.T @ values, np.sum((total @ values) ** 2), freedom


@pytest.mark.parametrize("seed", range(4))
def test_a_difference_is_that_of_matrices_of_all_rows(seed):
    """Some clusters have rows in both groups, some in one."""
    values, code, _, _ = clusters(seed, 8)
    group = np.random.default_rng(seed).integers(0, 2, values.size)
    gap, variance, freedom = sandwich(values, code, group)
    counted = [
        np.bincount(code[group == g], weights, 8)
        for g in (0, 1)
        for weights in (values[group == g], np.ones(np.count_nonzero(group == g)))
    ]
    found = clustered_difference_interval(*counted)
    ends = stats.t.interval(0.95, freedom, gap, np.sqrt(variance))
    np.testing.assert_allclose(found, ends, rtol=1e-6)


def test_one_row_in_each_cluster_is_the_usual_interval():
    rng = np.random.default_rng(2)
    one, other = rng.gamma(2, 1, 12), rng.normal(3, 4, 7)
    np.testing.assert_allclose(
        clustered_mean_interval(one, np.ones(12)), mean_interval(one), rtol=1e-12
    )
    here, none = np.r_[np.ones(12), np.zeros(7)], np.zeros
    found = clustered_difference_interval(
        np.r_[one, none(7)], here, np.r_[none(12), other], 1 - here
    )
    welch = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    np.testing.assert_allclose(found, welch, rtol=1e-9)


def test_two_rows_of_each_cluster_are_a_pair():
    found = clustered_difference_interval(FIRST, np.ones(10), SECOND, np.ones(10))
    np.testing.assert_allclose(found, mean_interval(FIRST - SECOND))
    np.testing.assert_allclose(found, [-2.460, -0.700], atol=5e-4)


def test_rows_that_only_repeat_their_cluster_add_nothing():
    values = np.random.default_rng(4).normal(size=9)
    found = clustered_mean_interval(values * 50, np.full(9, 50))
    np.testing.assert_allclose(found, mean_interval(values))


def test_many_studies_at_once_equal_one_after_the_other():
    _, _, totals, sizes = clusters(1)
    rng = np.random.default_rng(0)
    chosen = rng.integers(0, 14, (5, 14))
    many = [totals[chosen], sizes[chosen]]
    other = [totals[chosen[::-1]], sizes[chosen[::-1]]]
    for work, parts in (
        (clustered_mean_interval, many),
        (clustered_difference_interval, [*many, *other]),
    ):
        at_once = np.array(work(*parts))
        singly = np.array([work(*study) for study in zip(*parts, strict=True)]).T
        np.testing.assert_allclose(at_once, singly)


def test_clusters_cover_where_rows_do_not():
    """A correlation of 0.3 in 10 clusters of unequal sizes, 4000 studies; error 0.004."""
    rng = np.random.default_rng(8)
    sizes = 1.0 + rng.negative_binomial(1, 1 / 9, (4000, 10))
    totals = sizes * rng.normal(size=sizes.shape) * np.sqrt(0.3)
    totals += np.sqrt(0.7 * sizes) * rng.normal(size=sizes.shape)
    low, high = clustered_mean_interval(totals, sizes)
    assert 0.93 < np.mean((low <= 0) & (high >= 0)) < 0.965
    naive = 1.96 / np.sqrt(sizes.sum(axis=1))  # what independent rows of variance 1 would give
    mean = totals.sum(axis=1) / sizes.sum(axis=1)
    assert np.mean(np.abs(mean) <= naive) < 0.7


@pytest.mark.parametrize(
    ("totals", "sizes", "sentence"),
    [
        ([1.0, 2], [1, 1, 1], "`totals` and `sizes` must have one shape; got (2,) and (3,)."),
        ([1.0, 2], [1, 1.5], "`sizes` must be counts of rows; got 1.5."),
        ([1.0, 2], [1, -1], "`sizes` must be counts of rows; got -1."),
        ([1.0, 0], [4, 0], "`sizes` must name at least 2 clusters with rows; got 1."),
        ([], [], "`totals` must not be empty; got shape (0,)."),
        ([1.0, np.nan], [1, 1], "`totals` must be finite; got 1 values that are NaN"),
        ([1.0, 2], [1, np.inf], "`sizes` must be finite; got 1 values that are NaN"),
    ],
)
def test_what_are_no_clusters_is_refused(totals, sizes, sentence):
    totals, sizes = np.array(totals, float), np.array(sizes, float)
    with says(sentence):
        clustered_mean_interval(totals, sizes)
    if 1.5 not in sizes:  # trials may be sums of weights
        with says(sentence.replace("`totals", "`successes").replace("`sizes", "`trials")):
            clustered_proportion_interval(totals, sizes)
    with says(sentence.replace("`totals", "`other_totals").replace("`sizes", "`other_sizes")):
        clustered_difference_interval([1.0, 2], [1, 1], totals, sizes)


def test_both_groups_hold_the_same_clusters():
    with says("must hold the same clusters; got shapes (2,) and (3,)."):
        clustered_difference_interval([1.0, 2], [1, 1], [1.0, 2, 3], [1, 1, 1])
    with pytest.raises(ValueError, match="`confidence` must be above 0"):
        clustered_mean_interval([1.0, 2], [1, 1], confidence=95)


# Proportions of clusters


def test_one_answer_in_each_cluster_is_clopper_and_pearson():
    for yes in (0, 1, 7, 19, 20):
        answers = (np.arange(20) < yes).astype(float)
        found = clustered_proportion_interval(answers, np.ones(20))
        exact = proportion_interval(yes, 20, method="clopper-pearson")
        np.testing.assert_allclose(found, exact, rtol=1e-9)


def test_clusters_that_agree_within_count_once():
    """Three rows each of 20 subjects, all alike within a subject: 6 of 20, not 18 of 60."""
    answers = 3.0 * (np.arange(20) < 6)
    found = clustered_proportion_interval(answers, np.full(20, 3.0))
    exact = proportion_interval(6, 20, method="clopper-pearson")
    np.testing.assert_allclose(found, exact, atol=0.02)  # a little wider: its spread is estimated
    none = clustered_proportion_interval(np.zeros(20), np.full(20, 3.0))
    assert none == pytest.approx(proportion_interval(0, 20, method="clopper-pearson"))
    assert none.high == pytest.approx(0.1684, abs=1e-4)
    every = clustered_proportion_interval(np.full(20, 3.0), np.full(20, 3.0))
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1))


def test_clusters_that_are_all_alike_are_worth_their_rows_and_no_more():
    found = clustered_proportion_interval(np.full(10, 2.0), np.full(10, 4.0))
    assert found == pytest.approx(proportion_interval(20, 40, method="clopper-pearson"))


@pytest.mark.parametrize(("share", "least"), [(0.02, 0.98), (0.3, 0.94)])
def test_clustered_proportions_cover_where_rows_do_not(share, least):
    """Correlation 0.3, 20 clusters, 4000 studies."""
    rng = np.random.default_rng(3)
    trials = 1.0 + rng.negative_binomial(1, 1 / 5, (4000, 20))
    each = rng.beta(share * 7 / 3, (1 - share) * 7 / 3, trials.shape)
    successes = rng.binomial(trials.astype(int), each).astype(float)
    low, high = clustered_proportion_interval(successes, trials)
    assert np.mean((low <= share) & (share <= high)) > least
    low, high = proportion_interval(successes.sum(axis=1), trials.sum(axis=1))
    assert np.mean((low <= share) & (share <= high)) < 0.9


def test_no_cluster_has_more_successes_than_trials():
    for successes in ([2.0, 0], [-1.0, 0]):
        with says("`successes` must be within 0 and `trials`"):
            clustered_proportion_interval(successes, [1, 1])


# Pairs of answers


def test_paired_proportions_are_the_published_ones():
    """48 pairs with 26 and 4 changes: 0.2548067 to 0.6251933 (R's statpsych, `ci.prop.ps`)."""
    found = paired_proportion_interval(26, 4, 48)
    np.testing.assert_allclose(found, [0.2548067, 0.6251933], atol=1e-7)
    turned = paired_proportion_interval(4, 26, 48)
    np.testing.assert_allclose(turned, [-0.6251933, -0.2548067], atol=1e-7)


def test_paired_proportions_without_any_change_keep_a_width():
    found = paired_proportion_interval(0, 0, 30)
    assert found.low == -found.high < -0.05
    assert paired_proportion_interval([9, 3], [0, 0], 9).high[0] == 1  # 0.82 + 0.21, cut
    assert paired_proportion_interval([9, 3], [0, 0], 9).low.shape == (2,)


@pytest.mark.parametrize(("first", "second"), [(0.5, 0.5), (0.2, 0.5), (0.05, 0.1)])
def test_paired_proportions_cover(first, second):
    rng = np.random.default_rng(1)
    mixed = rng.random((20_000, 30, 2))
    mixed[..., 1] = np.where(rng.random((20_000, 30)) < 0.5, mixed[..., 0], mixed[..., 1])
    one, two = mixed[..., 0] < first, mixed[..., 1] < second
    counts = [(one & ~two).sum(axis=1), (two & ~one).sum(axis=1)]
    low, high = paired_proportion_interval(*counts, 30)
    gap = first - second
    assert 0.94 < np.mean((low <= gap) & (gap <= high)) < 0.995


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0.5, 1, 9), "`only_first`, `only_second` and `pairs` must be whole numbers."),
        ((-1, 1, 9), "`only_first`, `only_second` and `pairs` must be whole numbers."),
        (("1", 1, 9), "`only_first`, `only_second` and `pairs` must be whole numbers."),
        ((5, 5, 9), "`pairs` must be at least 1, and at least the sum of the other two."),
        ((0, 0, 0), "`pairs` must be at least 1, and at least the sum of the other two."),
    ],
)
def test_impossible_pairs_are_refused(counts, sentence):
    with says(sentence):
        paired_proportion_interval(*counts)


# Bootstrap of a difference


@pytest.mark.parametrize("statistic", [np.mean, np.median])
@pytest.mark.parametrize("method", ["bca", "percentile", "basic"])
def test_a_bootstrap_of_a_difference_agrees_with_scipy_up_to_chance(statistic, method):
    rng = np.random.default_rng(6)
    one, other = rng.gamma(1, 1, 40), rng.gamma(0.5, 3, 65)

    def gap(a, b, axis):
        return statistic(a, axis=axis) - statistic(b, axis=axis)

    theirs = stats.bootstrap((one, other), gap, method=method, n_resamples=20_000, rng=3)
    found = bootstrap_difference_interval(
        one, other, statistic, method=method, resamples=20_000, rng=4
    )
    spread = theirs.standard_error
    np.testing.assert_allclose(found, theirs.confidence_interval, atol=0.08 * spread)


def test_turning_the_samples_turns_the_ends():
    rng = np.random.default_rng(6)
    one, other = rng.gamma(1, 1, 40), rng.gamma(0.5, 3, 65)
    found = bootstrap_difference_interval(one, other, resamples=50_000, rng=1)
    turned = bootstrap_difference_interval(other, one, resamples=50_000, rng=2)
    np.testing.assert_allclose(found, [-turned.high, -turned.low], atol=0.03)


def test_many_pairs_of_samples_and_a_seed():
    rng = np.random.default_rng(6)
    one, other = rng.gamma(1, 1, (3, 20)), rng.gamma(1, 1, (3, 30))
    found = bootstrap_difference_interval(one, other, rng=1)
    assert found.low.shape == (3,)
    again = bootstrap_difference_interval(one, other, rng=1)
    np.testing.assert_array_equal(found, again)
    alone = bootstrap_difference_interval(one[1], other[1], rng=1)
    np.testing.assert_allclose([found.low[1], found.high[1]], alone, atol=0.06)


def test_two_constant_samples_differ_by_their_difference():
    assert bootstrap_difference_interval(np.full(5, 3.0), np.full(6, 1.0)) == (2, 2)


@pytest.mark.parametrize(
    ("one", "other", "how", "sentence"),
    [
        (np.ones((2, 3)), np.ones((3, 3)), {}, "`one` and `other` must agree but for their sizes"),
        (np.ones(3), [], {}, "`other` must not be empty; got shape (0,)."),
        (np.ones(3), np.ones(3), {"method": "t"}, "must be bca, percentile or basic; got 't'."),
        (np.ones(3), np.ones(3), {"resamples": 0}, "`resamples` must be a whole number of at"),
    ],
)
def test_samples_that_cannot_be_compared_are_refused(one, other, how, sentence):
    with says(sentence):
        bootstrap_difference_interval(np.asarray(one), np.asarray(other), **how)


# Standard deviations


@pytest.mark.parametrize("n", [10, 23])
def test_a_standard_deviation_is_that_of_the_formula(n):
    """Bonett's formula as R's DescTools has it, with a mean that drops 1 / (2 sqrt(n - 4))."""
    values, z = np.random.default_rng(5).gamma(2, 1, n), stats.norm.ppf(0.975)
    trimmed = stats.trim_mean(values, 1 / (2 * np.sqrt(n - 4)))
    kurtosis = n * np.sum((values - trimmed) ** 4) / np.sum((values - values.mean()) ** 2) ** 2
    error = n / (n - z) * np.sqrt((kurtosis - (n - 3) / n) / (n - 1))
    log = np.log(n / (n - z) * values.var(ddof=1))
    ends = np.sqrt(np.exp([log - z * error, log + z * error]))
    np.testing.assert_allclose(deviation_interval(values), ends)
    moved = deviation_interval(values * 10 - 400)
    np.testing.assert_allclose(moved, 10 * ends)
    both = deviation_interval(np.stack([values, values[::-1] * 2]))
    np.testing.assert_allclose(both.high, [ends[1], 2 * ends[1]])


@pytest.mark.parametrize(("size", "least"), [(10, 0.95), (30, 0.93), (100, 0.93)])
def test_a_standard_deviation_covers_where_the_bootstrap_does_not(size, least):
    rng = np.random.default_rng(size)
    rows = rng.normal(size=(4000, size))
    low, high = deviation_interval(rows)
    assert np.mean((low <= 1) & (high >= 1)) > least


def test_a_standard_deviation_needs_ten_values():
    with says("`sample` must hold at least 10 values; got 9."):
        deviation_interval(np.arange(9.0))
    low, high = deviation_interval(np.arange(10.0), confidence=1 - 1e-16)
    assert 0 < low < high < np.inf
    assert deviation_interval(np.ones(12)) == (0, 0)


def test_inputs_are_left_alone():
    one, other = np.arange(12.0), np.arange(3.0, 18)
    kept = one.copy(), other.copy()
    bootstrap_difference_interval(one, other, resamples=50)
    clustered_difference_interval(one, np.ones(12), one, np.ones(12))
    deviation_interval(one)
    np.testing.assert_array_equal(np.r_[one, other], np.concatenate(kept))
    assert set(intervals.__all__) >= {"clustered_mean_interval", "deviation_interval"}
