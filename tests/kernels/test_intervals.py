"""Intervals against hand-made values, SciPy, full enumeration and their own definitions."""

import itertools
import math
import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from helpers import intervals
from helpers.intervals import (
    Interval,
    _resampling,
    bootstrap_interval,
    coverage,
    mean_interval,
    proportion_interval,
    sample_means,
)

VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
SAMPLES = arrays.arrays(
    st.sampled_from([np.float64, np.float32, np.int32]),
    arrays.array_shapes(min_dims=1, max_dims=3, min_side=2, max_side=6),
    elements=st.integers(-1000, 1000),
)
SKEWED = np.random.default_rng(5).gamma(1, 2, size=40)
OTHER = SKEWED + np.random.default_rng(6).normal(5, 1, size=40)
EXACT = {"wilson": "wilson", "clopper-pearson": "exact"}


def says(text):
    return pytest.raises(ValueError, match=re.escape(text))


def every_resample(sample):
    """Return all n ** n resamples of a small sample, one a row."""
    return np.array(list(itertools.product(sample, repeat=len(sample))), dtype=float)


def ratio(x, y, axis):
    return x.mean(axis=axis) / y.mean(axis=axis)


def different(x, axis):
    return 1 + (np.diff(np.sort(x, axis=axis), axis=axis) > 0).sum(axis=axis)


# Means of samples


def test_every_member_is_drawn_equally_often():
    counts = np.bincount(sample_means(np.arange(7), 1, 70_000, rng=1).astype(int))
    assert counts.size == 7
    assert stats.chisquare(counts).pvalue > 1e-3


def test_draws_of_one_sample_are_independent():
    sums = 2 * sample_means([1, 10, 100], 2, 90_000, rng=2)
    found, counts = np.unique(np.rint(sums), return_counts=True)
    assert found.tolist() == [2, 11, 20, 101, 110, 200]
    assert stats.chisquare(counts, 10_000 * np.array([1, 2, 1, 2, 2, 1])).pvalue > 1e-3


@pytest.mark.parametrize(("size", "repeats"), [(50, 20_001), (_resampling.BLOCK + 1, 40)])
def test_means_have_the_mean_and_the_standard_error_of_the_population(size, repeats):
    population = np.random.default_rng(3).gamma(2, 2, size=1000)
    means = sample_means(population, size, repeats, rng=3)
    se = population.std() / np.sqrt(size)
    assert means.shape == (repeats,)
    assert means.dtype == np.float64
    assert abs(means.mean() - population.mean()) < 5 * se / np.sqrt(repeats)
    assert means.std() / se == pytest.approx(1, abs=5 / np.sqrt(2 * repeats))


def test_a_large_offset_costs_no_precision():
    population = np.random.default_rng(4).random(100)
    far = sample_means(population + 2.0**30, 9, 50, rng=4) - 2.0**30
    np.testing.assert_allclose(far, sample_means(population, 9, 50, rng=4), atol=1e-6)


def test_a_seed_repeats_and_another_one_does_not():
    draw = lambda rng: sample_means(np.arange(50), 5, 20, rng=rng)  # noqa: E731
    np.testing.assert_array_equal(draw(7), draw(np.random.default_rng(7)))
    assert not np.array_equal(draw(7), draw(8))
    assert not np.array_equal(draw(None), draw(None))


@pytest.mark.parametrize(
    ("population", "size", "repeats", "message"),
    [
        ([[1, 2]], 2, 2, "`population` must have shape (n,); got (1, 2)."),
        ([], 2, 2, "`population` must not be empty; got shape (0,)."),
        ([1, np.nan], 2, 2, "`population` must be finite; got 1 values that are NaN or infinite."),
        ([1, 2], 0, 2, "`size` must be a whole number of at least 1; got 0."),
        ([1, 2], 2, 2.5, "`repeats` must be a whole number of at least 1; got 2.5."),
    ],
)
def test_sample_means_refuses(population, size, repeats, message):
    with says(message):
        sample_means(population, size, repeats)


# The interval of a mean


def test_two_values_by_hand():
    t = math.tan(0.95 * math.pi / 2)  # Student's t with one degree of freedom is Cauchy's
    low, high = mean_interval([1, 3])
    assert (low, high) == pytest.approx((2 - t, 2 + t))  # s / sqrt(n) is sqrt(2) / sqrt(2)
    assert isinstance(low, float)


def test_a_known_spread_takes_the_bell_curve_even_for_one_value():
    assert mean_interval([5], sd=2) == pytest.approx((5 - 3.919928, 5 + 3.919928))
    assert mean_interval([4, 6, 5, 5], sd=2) == pytest.approx((5 - 1.959964, 5 + 1.959964))


@given(sample=SAMPLES, confidence=st.floats(0.01, 0.999))
def test_agrees_with_scipy_for_any_shape(sample, confidence):
    before = sample.copy()
    values = sample.astype(float)
    center, n = values.mean(axis=-1), values.shape[-1]
    error = values.std(axis=-1, ddof=1) / np.sqrt(n)
    t, z = (kind.ppf((1 + confidence) / 2) for kind in (stats.t(n - 1), stats.norm))
    for found, half in (
        (mean_interval(sample, confidence=confidence), t * error),
        (mean_interval(sample, confidence=confidence, sd=3), z * 3 / np.sqrt(n)),
    ):
        assert np.shape(found.low) == sample.shape[:-1]
        np.testing.assert_allclose(found.low, center - half, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found.high, center + half, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(sample, before)


def test_equal_values_give_an_interval_without_width():
    assert mean_interval([3, 3, 3]) == (3, 3)


@pytest.mark.parametrize("confidence", [0.5, 1 - 1e-12, 1 - 1e-16])
def test_ends_stay_finite_up_to_the_last_confidence_below_1(confidence):
    low, high = mean_interval([1, 2, 4], sd=1, confidence=confidence)
    assert -10 < low < high < 20
    assert np.all(np.isfinite(mean_interval([1, 2, 4], confidence=confidence)))
    low, high = proportion_interval(3, 7, confidence=confidence)
    assert 0 <= low < 3 / 7 < high <= 1


@pytest.mark.parametrize("confidence", [95, 1, 0, -0.5, np.nan])
def test_per_cent_is_no_confidence(confidence):
    message = f"`confidence` must be above 0 and below 1, such as 0.95; got {confidence}."
    for call in (
        lambda: mean_interval([1, 2], confidence=confidence),
        lambda: proportion_interval(1, 2, confidence=confidence),
        lambda: bootstrap_interval([1, 2], confidence=confidence),
    ):
        with says(message):
            call()


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        ([], "`sample` must not be empty; got shape (0,)."),
        (np.ones((3, 0)), "`sample` must not be empty; got shape (3, 0)."),
        ([1, np.nan, np.inf], "`sample` must be finite; got 2 values that are NaN or infinite."),
    ],
)
def test_empty_and_missing_values_are_named(sample, message):
    for interval in (mean_interval, bootstrap_interval):
        with says(message):
            interval(sample)


@pytest.mark.parametrize("sample", [["a", "b"], [1j, 2], 3.0, [None, 1]])
def test_what_is_no_array_of_numbers_is_refused(sample):
    for interval in (mean_interval, bootstrap_interval):
        with pytest.raises(TypeError, match="`sample` must be an array of numbers; got"):
            interval(sample)


def test_one_value_needs_a_known_spread_and_that_is_positive():
    with says("`sample` must hold at least 2 values unless `sd` is given; got 1."):
        mean_interval([4])
    for sd in (0, -1, np.nan, np.inf):
        with says(f"`sd` must be a positive number; got {sd}."):
            mean_interval([4, 5], sd=sd)


# The interval of a proportion


def test_wald_and_agresti_coull_by_hand():
    half = 1.959964 * math.sqrt(0.25 / 12)
    assert proportion_interval(6, 12, method="wald") == pytest.approx((0.5 - half, 0.5 + half))
    z2 = 1.959964**2
    share = (3 + z2 / 2) / (40 + z2)
    half = 1.959964 * math.sqrt(share * (1 - share) / (40 + z2))
    found = proportion_interval(3, 40, method="agresti-coull")
    assert found == pytest.approx((share - half, share + half))


def test_twelve_of_twelve():
    assert proportion_interval(12, 12, method="wald") == (1, 1)
    assert proportion_interval(12, 12).low == pytest.approx(12 / (12 + 1.959964**2))
    assert proportion_interval(12, 12, method="clopper-pearson").low == pytest.approx(
        0.025 ** (1 / 12)
    )


@given(st.integers(1, 300), st.floats(0, 1), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_wilson_ends_are_where_their_own_standard_error_reaches_the_share(trials, at, confidence):
    successes = round(at * trials)
    z = stats.norm.ppf((1 + confidence) / 2)
    for end in proportion_interval(successes, trials, confidence=confidence):
        reach = z * math.sqrt(end * (1 - end) / trials)
        assert abs(successes / trials - end) == pytest.approx(reach, abs=1e-7)


@given(st.integers(1, 300), st.floats(0, 1), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_clopper_pearson_ends_leave_half_of_the_rest_in_each_tail(trials, at, confidence):
    successes = round(at * trials)
    how = {"confidence": confidence, "method": "clopper-pearson"}
    low, high = proportion_interval(successes, trials, **how)
    tail = (1 - confidence) / 2
    if successes > 0:
        assert stats.binom.sf(successes - 1, trials, low) == pytest.approx(tail, rel=1e-6)
    if successes < trials:
        assert stats.binom.cdf(successes, trials, high) == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize("method", EXACT)
@pytest.mark.parametrize("trials", [1, 2, 12, 101])
def test_agrees_with_scipy_for_every_count(method, trials):
    low, high = proportion_interval(np.arange(trials + 1), trials, method=method, confidence=0.9)
    for successes in range(trials + 1):
        theirs = stats.binomtest(successes, trials).proportion_ci(0.9, EXACT[method])
        np.testing.assert_allclose((low[successes], high[successes]), theirs, atol=1e-10)


@pytest.mark.parametrize("method", intervals.PROPORTIONS)
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_all_and_none_keep_0_and_1_whatever_the_rounding(method, confidence):
    trials = np.arange(1, 3000)
    how = {"method": method, "confidence": confidence}
    assert np.all(proportion_interval(0, trials, **how).low == 0)
    assert np.all(proportion_interval(trials, trials, **how).high == 1)


@pytest.mark.parametrize("method", intervals.PROPORTIONS)
def test_successes_and_failures_mirror_each_other_within_0_and_1(method):
    successes = np.arange(31)
    low, high = proportion_interval(successes, 30, method=method)
    np.testing.assert_allclose(low[::-1], 1 - high, atol=1e-12)
    assert np.all((low >= 0) & (low <= successes / 30) & (successes / 30 <= high) & (high <= 1))
    assert np.all(np.diff(low) >= 0)


@pytest.mark.parametrize("method", intervals.PROPORTIONS)
def test_counts_broadcast_and_one_count_gives_floats(method):
    low, high = proportion_interval([[3], [5.0]], [8, 9, 10], method=method)
    assert low.shape == high.shape == (2, 3)
    alone = proportion_interval(5, 9, method=method)
    assert alone == pytest.approx((low[1, 1], high[1, 1]))
    assert type(alone) is Interval
    assert [type(end) for end in alone] == [float, float]
    assert proportion_interval([], [], method=method).low.shape == (0,)


@pytest.mark.parametrize(
    ("successes", "trials", "message"),
    [
        (5, 3, "`successes` must be within 0 and `trials`; got 5 of 3."),
        ([1, -1], [3, 4], "`successes` must be within 0 and `trials`; got -1 of 4."),
        (0, 0, "`trials` must be at least 1; got 0."),
        (2.5, 3, "`successes` must be whole numbers; got 2.5."),
        (1, np.nan, "`trials` must be whole numbers; got nan."),
        (1, np.inf, "`trials` must be whole numbers; got inf."),
        ("1", 3, "`successes` must be whole numbers; got 1."),
        (True, 3, "`successes` must be whole numbers; got True."),
    ],
)
def test_impossible_counts_are_refused(successes, trials, message):
    with says(message):
        proportion_interval(successes, trials)


def test_unknown_methods_are_refused():
    known = "`method` must be one of wald, wilson, clopper-pearson, agresti-coull; got 'exact'."
    with says(known):
        proportion_interval(1, 2, method="exact")
    with says("`method` must be one of percentile, basic, bca; got 'BCa'."):
        bootstrap_interval([1, 2], method="BCa")


# The bootstrap


@pytest.mark.parametrize("statistic", [np.mean, np.median, np.std])
def test_percentiles_are_those_of_all_possible_resamples(statistic):
    sample = [1, 2, 4, 8, 16]
    every = np.sort(statistic(every_resample(sample), axis=1))
    found = bootstrap_interval(
        sample, statistic, method="percentile", confidence=0.9, resamples=40_000, rng=1
    )
    for end, share in zip(found, (0.05, 0.95), strict=True):
        around = share + 5 * math.sqrt(0.05 * 0.95 / 40_000) * np.array([-1, 1])
        lowest, highest = np.quantile(every, around)
        assert lowest - 1e-9 <= end <= highest + 1e-9
    low, high = bootstrap_interval(
        sample, statistic, method="basic", confidence=0.9, resamples=40_000, rng=1
    )
    center = 2 * statistic(sample)
    assert (center - high, center - low) == pytest.approx(found)


@given(
    arrays.arrays(np.float64, arrays.array_shapes(min_dims=2, max_dims=2), elements=VALUES),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_quantiles_at_shares_of_their_own_are_those_of_numpy(drawn, one, other):
    shares = np.where(np.arange(len(drawn))[:, None] % 2, [one, other], [other, one])
    expected = [np.quantile(row, share) for row, share in zip(drawn, shares, strict=True)]
    np.testing.assert_allclose(
        _resampling.quantiles(drawn, shares), expected, rtol=1e-12, atol=1e-9
    )


@pytest.mark.parametrize("successes", [1, 5, 10, 17])
def test_bca_of_a_share_is_the_one_of_the_binomial_distribution(successes):
    """Half of the ties count as below: a share of 20 values has many ties."""
    sample = np.r_[np.ones(successes), np.zeros(20 - successes)]
    share, binomial = successes / 20, stats.binom(20, successes / 20)
    z0 = stats.norm.ppf(binomial.cdf(successes) - binomial.pmf(successes) / 2)
    skew = (1 - 2 * share) / (6 * math.sqrt(20 * share * (1 - share)))
    found = bootstrap_interval(sample, resamples=200_000, rng=successes)
    for end, z in zip(found, (-1.959964, 1.959964), strict=True):
        place = stats.norm.cdf(z0 + (z0 + z) / (1 - skew * (z0 + z)))
        # the place itself is estimated: z0 is off by up to 5 standard errors
        lowest, highest = binomial.ppf(np.clip([place - 0.003, place + 0.003], 0, 1)) / 20
        assert lowest - 1e-9 <= end <= highest + 1e-9
        assert end * 20 == pytest.approx(round(end * 20), abs=1e-9)


@pytest.mark.parametrize("method", intervals.BOOTSTRAPS)
@pytest.mark.parametrize(
    ("sample", "statistic"),
    [
        (SKEWED, np.mean),
        (SKEWED, np.std),
        ((SKEWED, OTHER), ratio),
    ],
    ids=["mean", "SD", "ratio"],
)
def test_agrees_with_scipy_up_to_chance(sample, statistic, method):
    parts = sample if isinstance(sample, tuple) else (sample,)
    found = bootstrap_interval(sample, statistic, method=method, resamples=100_000, rng=1)
    theirs = stats.bootstrap(
        parts,
        statistic,
        paired=len(parts) > 1,
        n_resamples=100_000,
        method="BCa" if method == "bca" else method,
        batch=2_000,
        rng=2,
    )
    # a 2.5 % point of 100,000 draws of a bell has the SE 0.0085 SD; BCa may cut at 0.5 %: 0.016
    assert found == pytest.approx(
        tuple(theirs.confidence_interval), abs=5 * 0.016 * math.sqrt(2) * theirs.standard_error
    )


@pytest.mark.parametrize("statistic", [np.mean, np.median])
@pytest.mark.parametrize("block", [4, 1000])
def test_each_value_is_left_out_once(statistic, block, monkeypatch):
    monkeypatch.setattr(_resampling, "BLOCK", block)
    rows = np.stack([SKEWED[:7], OTHER[:7]])
    expected = [[statistic(np.delete(row, out)) for out in range(7)] for row in rows]
    np.testing.assert_allclose(_resampling._leave_one_out([rows], statistic), expected)


def test_one_far_value_among_equal_ones_has_ties_too():
    sample = np.r_[np.zeros(40), 1e6]
    theirs = stats.bootstrap((sample,), np.mean, n_resamples=20_000, rng=1).confidence_interval
    assert bootstrap_interval(sample, resamples=20_000, rng=1) == pytest.approx(
        tuple(theirs), abs=1e-6
    )


@pytest.mark.parametrize("method", intervals.BOOTSTRAPS)
@pytest.mark.parametrize("statistic", [np.mean, np.median])
def test_scaling_and_shifting_the_sample_moves_the_ends_alike(method, statistic):
    how = {"method": method, "resamples": 999, "rng": 3}
    found = np.array(bootstrap_interval(SKEWED, statistic, **how))
    moved = bootstrap_interval(4 * SKEWED + 100, statistic, **how)
    np.testing.assert_allclose(moved, 4 * found + 100, rtol=1e-9)
    if statistic is np.mean:
        turned = bootstrap_interval(-SKEWED, statistic, **how)
        np.testing.assert_allclose(turned, -found[::-1], rtol=1e-9)


@pytest.mark.parametrize("method", intervals.BOOTSTRAPS)
@pytest.mark.parametrize("statistic", [np.median, np.std])
def test_many_samples_at_once_equal_one_after_the_other(method, statistic):
    samples = np.random.default_rng(8).gamma(2, 2, size=(2, 3, 9))
    how = {"method": method, "resamples": 500, "rng": 8}
    low, high = bootstrap_interval(samples, statistic, **how)
    assert low.shape == high.shape == (2, 3)
    for place in np.ndindex(2, 3):
        alone = bootstrap_interval(samples[place], statistic, **how)
        assert alone == pytest.approx((low[place], high[place]))


def test_means_of_many_samples_have_the_spread_of_single_ones():
    samples = np.random.default_rng(9).gamma(2, 2, size=(3, 25)) + 1e6
    low, high = bootstrap_interval(samples, method="percentile", resamples=50_000, rng=1)
    for row in range(3):
        alone = bootstrap_interval(samples[row], method="percentile", resamples=50_000, rng=2)
        error = samples[row].std() / 5
        assert alone == pytest.approx((low[row], high[row]), abs=5 * 0.012 * 1.42 * error)


def test_pairs_stay_pairs():
    found = bootstrap_interval((SKEWED, 2 * SKEWED), ratio, rng=1)
    assert found == pytest.approx((0.5, 0.5))
    low, high = bootstrap_interval((np.tile(SKEWED, (4, 1)), np.tile(OTHER, (4, 1))), ratio, rng=1)
    assert low.shape == (4,)
    assert np.ptp(low) == 0
    assert low[0] < ratio(SKEWED, OTHER, 0) < high[0]


@pytest.mark.parametrize("method", intervals.BOOTSTRAPS)
@pytest.mark.parametrize("statistic", [np.mean, np.median, np.max])
@given(value=VALUES, size=st.integers(1, 9))
@settings(max_examples=15)
def test_equal_values_give_that_value(method, statistic, value, size):
    found = bootstrap_interval([value] * size, statistic, method=method, resamples=50, rng=1)
    assert found == pytest.approx((value, value), rel=1e-12)
    many = bootstrap_interval([[value] * size] * 2, statistic, method=method, resamples=50, rng=1)
    np.testing.assert_allclose(many, np.full((2, 2), value), rtol=1e-12)


@pytest.mark.parametrize("method", intervals.BOOTSTRAPS)
def test_two_values_give_an_interval_between_them(method):
    assert bootstrap_interval([1, 2], method=method, resamples=2000, rng=1) == (1, 2)


def test_the_sample_is_left_alone_and_the_seed_decides():
    sample = SKEWED.copy()
    found = bootstrap_interval(sample, np.median, rng=4)
    np.testing.assert_array_equal(sample, SKEWED)
    assert found == bootstrap_interval(sample, np.median, rng=np.random.default_rng(4))
    assert bootstrap_interval(sample, rng=4) != bootstrap_interval(sample, rng=5)


@pytest.mark.parametrize(
    ("statistic", "message"),
    [
        (lambda x, axis: x, "got shape (40,) for () samples."),
        (lambda x, axis: np.mean(x, keepdims=True), "got shape (1,) for () samples."),
        (lambda x, axis: np.quantile(x, [0.1, 0.9], axis=axis), "got shape (2,) for () samples."),
    ],
)
def test_a_statistic_that_is_not_one_number_for_each_sample_is_refused(statistic, message):
    with pytest.raises(ValueError, match="`statistic` must return one number for each sample;"):
        bootstrap_interval(SKEWED, statistic, rng=1)
    with pytest.raises(ValueError, match="must return one number"):
        bootstrap_interval(np.tile(SKEWED, (3, 1)), statistic, rng=1)
    with says(message):
        _resampling.apply(statistic, [SKEWED])


def test_a_statistic_that_forgets_the_axis_is_refused():
    with pytest.raises(ValueError, match=r"`statistic` must return one number .* shape \(\)"):
        bootstrap_interval(SKEWED, lambda x, axis: np.mean(x), rng=1)


def test_a_statistic_without_a_value_on_some_resample_is_refused():
    def share_of_largest(x, axis):
        with np.errstate(invalid="ignore"):
            return x.max(axis=axis) / x.sum(axis=axis)

    with says("`statistic` must be finite on every resample; got NaN or infinity."):
        bootstrap_interval([0, 0, 0, 1], share_of_largest, rng=1)


def test_bca_refuses_an_estimate_beyond_all_resamples():
    sample = np.arange(60.0)
    with says("`statistic` of the sample must lie among those of its resamples for BCa;"):
        bootstrap_interval(sample, different, rng=1)
    low, high = bootstrap_interval(sample, different, method="percentile", rng=1)
    assert low < high < 60
    sure = bootstrap_interval(sample, lambda x, axis: np.zeros(x.shape[:-1]), rng=1)
    assert sure == (0, 0)


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        ((SKEWED, OTHER[:-1]), "`sample` must hold arrays of one shape; got [(40,), (39,)]."),
        ((), "`sample` must hold arrays of one shape; got []."),
    ],
)
def test_pairs_need_partners(sample, message):
    with says(message):
        bootstrap_interval(sample, ratio)


@pytest.mark.parametrize("resamples", [0, -1, 10.5, None])
def test_resamples_are_counted(resamples):
    with says(f"`resamples` must be a whole number of at least 1; got {resamples}."):
        bootstrap_interval([1, 2], resamples=resamples)


# Coverage


@pytest.mark.parametrize("block", [1, 7, 10, 1000])
def test_coverage_counts_every_study_once_in_blocks_of_any_size(block, monkeypatch):
    monkeypatch.setattr(intervals, "BLOCK", block)
    drawn = []

    def draw(rng, count):
        drawn.append(rng.integers(0, 5, size=(count, 1)))
        return drawn[-1]

    def interval(samples):
        assert samples.shape == drawn[-1].shape
        return samples[:, 0] - 1, samples[:, 0]

    found = coverage(interval, draw, 2, repeats=101, rng=3)
    studies = np.concatenate(drawn[1:]).ravel()  # the first draw only looks at the size
    assert max(len(some) for some in drawn) <= max(1, min(block, 101))
    assert studies.size == 101
    assert found == np.isin(studies, [2, 3]).sum() / 101  # both ends belong to the interval


def test_an_end_that_is_missing_does_not_cover():
    ends = np.array([np.nan, 0.0, 0.0])
    found = coverage(
        lambda _: (ends, ends + 1), lambda rng, count: np.zeros((count, 1)), 0.5, repeats=3
    )
    assert found == 2 / 3


def test_t_covers_as_promised_and_a_seed_repeats():
    draw = lambda rng, count: rng.normal(3, 2, size=(count, 5))  # noqa: E731
    found = coverage(mean_interval, draw, 3, repeats=40_000, rng=1)
    assert abs(found - 0.95) < 5 * math.sqrt(0.95 * 0.05 / 40_000)
    assert found == coverage(mean_interval, draw, 3, repeats=40_000, rng=1)


@pytest.mark.parametrize("method", intervals.PROPORTIONS)
def test_simulated_coverage_is_the_sum_of_the_binomial(method):
    counts = np.arange(13)
    low, high = proportion_interval(counts, 12, method=method)
    exact = stats.binom.pmf(counts, 12, 0.93)[(low <= 0.93) & (high >= 0.93)].sum()
    found = coverage(
        lambda successes: proportion_interval(successes, 12, method=method),
        lambda rng, count: rng.binomial(12, 0.93, size=count),
        0.93,
        repeats=40_000,
        rng=2,
    )
    assert abs(found - exact) < 5 * math.sqrt(exact * (1 - exact) / 40_000)


def test_clopper_pearson_guarantees_and_wilson_dips():
    beyond = proportion_interval(11, 12).high + 1e-9
    truths = np.r_[np.linspace(0.001, 0.999, 1999), beyond]
    lowest = {}
    for method in intervals.PROPORTIONS:
        for trials in (1, 5, 12, 40):
            counts = np.arange(trials + 1)[:, None]
            low, high = proportion_interval(counts, trials, method=method)
            held = stats.binom.pmf(counts, trials, truths) * ((low <= truths) & (truths <= high))
            lowest[method, trials] = held.sum(axis=0).min()
    assert all(lowest["clopper-pearson", trials] >= 0.95 for trials in (1, 5, 12, 40))
    assert lowest["wilson", 12] == pytest.approx(beyond**12)  # only 12 of 12 holds that truth
    assert 0.83 < lowest["wilson", 12] < 0.84
    assert lowest["wald", 12] < 0.05


def test_two_groups_of_different_size_come_as_a_tuple():
    def difference(groups):
        means = [group.mean(axis=1) for group in groups]
        errors = [group.var(axis=1, ddof=1) / group.shape[1] for group in groups]
        half = 1.959964 * np.sqrt(sum(errors))
        return means[1] - means[0] - half, means[1] - means[0] + half

    def draw(rng, count):
        return rng.normal(1, 1, size=(count, 80)), rng.normal(3, 2, size=(count, 60))

    found = coverage(difference, draw, 2, repeats=10_000, rng=5)
    assert 0.935 < found < 0.955  # a little below 0.95: z for a spread that is estimated


@pytest.mark.parametrize(
    ("ends", "shapes"), [((-1, 1), "() and ()"), ((np.zeros((10, 1)),) * 2, "(10, 1) and (10, 1)")]
)
def test_an_interval_that_mixes_up_the_studies_is_refused(ends, shapes):
    with says(
        "`interval` must return 10 lower and upper ends for 10 samples; got shapes " + shapes
    ):
        coverage(lambda _: ends, lambda rng, count: np.zeros((count, 3)), 0, repeats=10)


def test_repeats_are_counted():
    with says("`repeats` must be a whole number of at least 1; got 0."):
        coverage(mean_interval, lambda rng, count: np.zeros((count, 3)), 0, repeats=0)


# What the small samples of the lessons promise


def test_the_bootstrap_does_not_rescue_five_values():
    draw = lambda rng, count: rng.gamma(2, 2, size=(count, 5))  # noqa: E731
    percentile = lambda rows: bootstrap_interval(  # noqa: E731
        rows, method="percentile", resamples=999, rng=np.random.default_rng(len(rows))
    )
    assert coverage(mean_interval, draw, 4, repeats=10_000, rng=1) == pytest.approx(
        0.915, abs=0.014
    )
    assert coverage(percentile, draw, 4, repeats=4_000, rng=1) == pytest.approx(0.81, abs=0.03)


# Memory


@pytest.mark.parametrize(
    ("megabytes", "work"),
    [
        (3, lambda: sample_means(np.arange(10_000.0), 500, 50_000, rng=1)),
        (3, lambda: bootstrap_interval(np.arange(5_000.0), rng=1)),
        (
            10,
            lambda: coverage(
                mean_interval, lambda rng, count: rng.gamma(2, 2, size=(count, 100)), 4, rng=1
            ),
        ),
    ],
    ids=["means", "BCa of a mean", "coverage"],
)
def test_memory_stays_small(megabytes, work):
    tracemalloc.start()
    try:
        work()
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1e6
    finally:
        tracemalloc.stop()
