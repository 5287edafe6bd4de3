"""Base rates against counting, enumeration, simulation and scikit-learn."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from sklearn.naive_bayes import BernoulliNB

from helpers import base_rates, roc

relaxed = settings(deadline=None)  # seconds say nothing on a shared machine
inner = st.floats(0.001, 0.999)
shares = st.floats(0, 1)


def messages(seed=1, rows=300, words=5):
    """Return words and labels of random messages, each class with shares of its own."""
    rng = np.random.default_rng(seed)
    spam = rng.random(rows) < 0.4
    chances = np.where(spam[:, None], rng.random(words), rng.random(words))
    return rng.random((rows, words)) < chances, spam


def ratios_of(features, spam):
    counts = features[spam].sum(axis=0), spam.sum(), features[~spam].sum(axis=0), (~spam).sum()
    return base_rates.likelihood_ratios(*counts)


# Bayes' theorem for two possibilities


def test_two_groups_of_a_thousand_counted():
    # 30 %: 240 of 300 engineers and 140 of 700 lawyers fit; 70 %: 560 of 700 and 60 of 300.
    found = base_rates.posterior(np.array([0.3, 0.7]), 4)
    np.testing.assert_allclose(found, [240 / 380, 560 / 620], rtol=1e-14)
    assert isinstance(base_rates.posterior(0.3, 4), float)


@relaxed
@given(inner, inner, inner)
def test_posterior_is_the_predictive_value_of_a_test(prior, sensitivity, specificity):
    ppv = roc.predictive_values(sensitivity, specificity, prior).ppv
    found = base_rates.posterior(prior, sensitivity / (1 - specificity))
    assert found == pytest.approx(ppv, rel=1e-9)


@relaxed
@given(inner, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_two_pieces_of_evidence_may_come_in_any_order(prior, first, second):
    step_by_step = base_rates.posterior(base_rates.posterior(prior, first), second)
    assert step_by_step == pytest.approx(base_rates.posterior(prior, first * second), rel=1e-9)
    no = base_rates.posterior(1 - prior, 1 / first)
    assert base_rates.posterior(prior, first) + no == pytest.approx(1, rel=1e-9)


def test_posterior_at_the_ends():
    found = base_rates.posterior(
        [0, 0, 1, 1, 0.2, 0.2, 0, 1], [0, 9, 9, np.inf, 0, np.inf, np.inf, 0]
    )
    np.testing.assert_array_equal(found, [0, 0, 1, 1, 0, 1, np.nan, np.nan])
    assert base_rates.posterior(1e-300, 1e300) == pytest.approx(0.5)
    assert base_rates.posterior(0.5, 1e308) == 1
    assert base_rates.posterior(1e-300, 1) == pytest.approx(1e-300)


def test_shapes_broadcast_and_inputs_stay():
    prior, ratio = np.float32([[0.25], [0.5]]), np.array([1, 2, 3])
    kept = prior.copy(), ratio.copy()
    found = base_rates.posterior(prior, ratio)
    assert found.shape == (2, 3) and found.dtype == np.float64
    np.testing.assert_allclose(found[0], [1 / 4, 2 / 5, 3 / 6])
    assert base_rates.posterior([], 3).shape == (0,)
    for now, before in zip((prior, ratio), kept, strict=True):
        np.testing.assert_array_equal(now, before)


# Ratios from counts


def test_ratios_of_small_counts_by_hand():
    # 6 of 40 and 0 of 40: 7 / 42 against 1 / 42; without the word 35 / 42 against 41 / 42.
    found = base_rates.likelihood_ratios(6, 40, 0, 40)
    assert found.present == pytest.approx(7) and found.absent == pytest.approx(35 / 41)
    assert isinstance(found.present, float)
    bare = base_rates.likelihood_ratios([18, 3, 0], 20, [10, 0, 0], 200, added=0)
    np.testing.assert_allclose(bare.present, [18, np.inf, np.nan])
    np.testing.assert_allclose(bare.absent, [0.1 / 0.95, 0.85, 1])


@relaxed
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_swapping_the_classes_turns_the_ratios_over(positives, negatives, data):
    hits, alarms = (data.draw(st.integers(0, n)) for n in (positives, negatives))
    there = base_rates.likelihood_ratios(hits, positives, alarms, negatives)
    back = base_rates.likelihood_ratios(alarms, negatives, hits, positives)
    np.testing.assert_allclose(there.present * back.present, 1)
    np.testing.assert_allclose(there.absent * back.absent, 1)
    lacking = positives - hits, positives, negatives - alarms, negatives
    assert base_rates.likelihood_ratios(*lacking) == pytest.approx(there[::-1])


# Naive Bayes


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32])
@pytest.mark.parametrize("seed", range(4))
def test_naive_bayes_is_that_of_scikit_learn(seed, dtype):
    features, spam = messages(seed)
    model = BernoulliNB().fit(features, spam)
    joint = model.predict_joint_log_proba(features)
    given = features.astype(dtype), ratios_of(features, spam), spam.mean()
    np.testing.assert_allclose(
        base_rates.naive_bayes_log_odds(*given), joint[:, 1] - joint[:, 0], atol=1e-12
    )


def test_whole_ratios_are_not_taken_to_half_precision():
    ratios = np.uint8([200, 100]), np.uint8([1, 3])
    found = base_rates.naive_bayes_log_odds([[1, 0]], ratios, 0.5)
    assert found[0] == pytest.approx(math.log(600), rel=1e-12)


def test_naive_bayes_is_exact_where_words_are_independent():
    spam, ham = np.array([0.6, 0.1, 0.3]), np.array([0.2, 0.5, 0.3])
    every = np.array([*itertools.product([False, True], repeat=3)])
    found = base_rates.naive_bayes_log_odds(every, (spam / ham, (1 - spam) / (1 - ham)), 0.1)
    likely = [np.prod(np.where(every, share, 1 - share), axis=1) for share in (spam, ham)]
    exact = 0.1 * likely[0] / (0.1 * likely[0] + 0.9 * likely[1])
    np.testing.assert_allclose(special.expit(found), exact, rtol=1e-12)


def test_naive_bayes_in_blocks_is_naive_bayes_row_by_row():
    features, spam = messages(rows=base_rates.BLOCK // 5 + 7)
    ratios = ratios_of(features, spam)
    found = base_rates.naive_bayes_log_odds(features, ratios, 0.3)
    for row in (0, base_rates.BLOCK // 5 - 1, base_rates.BLOCK // 5, len(features) - 1):
        chosen = np.where(features[row], *ratios)
        assert found[row] == pytest.approx(special.logit(0.3) + np.log(chosen).sum())
    assert base_rates.naive_bayes_log_odds(features[:0], ratios, 0.3).shape == (0,)
    none = base_rates.naive_bayes_log_odds(np.empty((2, 0), bool), (np.ones(0), np.ones(0)), 0.3)
    np.testing.assert_allclose(none, special.logit(0.3))


# Another base rate


def test_shifted_prior_by_hand():
    # 99 : 1 at 50:50 becomes 99 * 5 : 1 * 95 where 5 % are positive.
    assert base_rates.shift_prior(0.99, 0.5, 0.05) == pytest.approx(99 * 5 / (99 * 5 + 95))
    assert base_rates.shift_prior([0, 1, 0.95], 0.5, 0.05) == pytest.approx([0, 1, 0.5])


@relaxed
@given(inner, inner, inner)
def test_a_shift_is_a_step_on_the_ruler_and_can_be_taken_back(chance, trained, used):
    found = base_rates.shift_prior(chance, trained, used)
    step = special.logit(used) - special.logit(trained)
    assert special.logit(found) == pytest.approx(special.logit(chance) + step, abs=1e-6)
    assert base_rates.shift_prior(found, used, trained) == pytest.approx(chance, rel=1e-6)
    assert base_rates.shift_prior(chance, trained, trained) == pytest.approx(chance, rel=1e-12)


def test_shifting_is_training_with_another_prior():
    features, spam = messages()
    plain, told = BernoulliNB().fit(features, spam), BernoulliNB(class_prior=[0.95, 0.05])
    theirs = told.fit(features, spam).predict_proba(features)[:, 1]
    ours = base_rates.shift_prior(plain.predict_proba(features)[:, 1], spam.mean(), 0.05)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def em(chances, trained, rounds=20_000):
    share = trained
    for _ in range(rounds):
        share = base_rates.shift_prior(chances, trained, share).mean()
    return share


@pytest.mark.parametrize(("trained", "true"), [(0.5, 0.05), (0.5, 0.8), (0.2, 0.4)])
def test_estimated_prior_is_where_repeated_shifting_settles(trained, true):
    rng = np.random.default_rng(2)
    sick = rng.random(4_000) < true
    chances = base_rates.posterior(trained, np.exp(rng.normal(sick) - 0.5))
    found = base_rates.estimate_prior(chances, trained)
    assert found == pytest.approx(em(chances, trained, 3_000), abs=1e-8)
    yes, no = chances / trained, (1 - chances) / (1 - trained)
    error = np.sum(((yes - no) / (true * yes + (1 - true) * no)) ** 2) ** -0.5  # of the maximum
    assert abs(found - true) < 4 * error < 0.2


def test_estimated_prior_at_the_ends():
    assert base_rates.estimate_prior([0.9, 0.8], 0.5) == 1
    assert base_rates.estimate_prior([0.1, 0.2], 0.5) == 0
    assert base_rates.estimate_prior([0, 1, 1, 1], 0.5) == pytest.approx(0.75)
    assert base_rates.estimate_prior([1.0], 0.5) == 1
    assert base_rates.estimate_prior(np.float32([0.25, 0.75]), 0.5) == pytest.approx(0.5)
    with np.errstate(all="raise"):  # ten certain cases overflowed at the lower end
        assert base_rates.estimate_prior([1.0] * 10 + [0.0], 0.5) == pytest.approx(10 / 11)


# The same test again


def test_repeated_tests_by_counting():
    # 100,000 people, 2 % sick, 0.9 and 0.95: 1800 and 4900 positive, then 1620 and 245 again.
    assert base_rates.repeated_tests(0.02, 0.9, 0.95, 2) == pytest.approx(1620 / 1865)
    assert base_rates.repeated_tests(0.02, 0.9, 0.95, 7, repeating=1) == pytest.approx(18 / 67)
    # One error in five repeats. Healthy: 0.01 always, the other 0.99 with 0.04 / 0.99 each.
    healthy = 0.01 + 0.99 * (0.04 / 0.99) ** 2
    sick = 0.98 * (0.9 / 0.98) ** 2
    expected = 0.02 * sick / (0.02 * sick + 0.98 * healthy)
    assert base_rates.repeated_tests(0.02, 0.9, 0.95, 2, repeating=0.2) == pytest.approx(expected)


@relaxed
@given(inner, inner, inner, shares, st.integers(0, 6))
def test_one_test_keeps_its_rates_whatever_repeats(prior, sens, spec, repeating, times):
    once = base_rates.repeated_tests(prior, sens, spec, 1, repeating=repeating)
    assert once == pytest.approx(roc.predictive_values(sens, spec, prior).ppv, rel=1e-9)
    none = base_rates.repeated_tests(prior, sens, spec, 0, repeating=repeating)
    assert none == pytest.approx(prior, rel=1e-12)
    free = base_rates.repeated_tests(prior, sens, spec, times)
    by_ratio = base_rates.posterior(prior, (sens / (1 - spec)) ** times)
    assert free == pytest.approx(by_ratio, rel=1e-9, abs=1e-12)


def test_repeated_tests_follow_a_simulation():
    rng, n = np.random.default_rng(3), 400_000
    sick = rng.random(n) < 0.3
    rate, fixed = np.where(sick, [[0.8], [1.0]], [[0.1], [0.0]]), np.where(sick, 0.2, 0.1) * 0.4
    stuck = rng.random(n) < fixed
    fresh = np.where(sick, 0.8 / (1 - 0.08), (0.1 - 0.04) / (1 - 0.04))
    positive = np.where(stuck, ~sick, rng.random((3, n)) < fresh)
    assert positive[0, sick].mean() == pytest.approx(rate[0, sick].mean(), abs=0.005)
    for times in (1, 2, 3):
        here = positive[:times].all(axis=0)
        found = base_rates.repeated_tests(0.3, 0.8, 0.9, times, repeating=0.4)
        assert found == pytest.approx(sick[here].mean(), abs=0.008)


def test_repeated_tests_at_the_ends():
    found = base_rates.repeated_tests([0, 1, 0.2, 0.2], 0.9, 0.95, [3, 3, 0, 1])
    np.testing.assert_allclose(found[:3], [0, 1, 0.2])
    assert base_rates.repeated_tests(0.1, 0.0, 0.0, 2, repeating=1) == 0
    assert math.isnan(base_rates.repeated_tests(0.1, 0.0, 1.0, 1))
    assert base_rates.repeated_tests(0.1, 1.0, 1.0, 3, repeating=1) == 1


def test_repeated_tests_do_not_underflow():
    # A test that tells nothing, so often that both powers come out as 0.
    found = base_rates.repeated_tests(0.02, 0.5, 0.5, [1000, 1070, 2000])
    np.testing.assert_allclose(found, 0.02, rtol=1e-9)
    assert base_rates.repeated_tests(0.02, 0.2, 0.9, 2_000) == pytest.approx(1)
    assert base_rates.repeated_tests(0.02, 0.2, 0.9, 2_000, repeating=0.1) == 0


# Plans


def test_forecast_by_hand():
    estimates, actuals = [5, 10, 2, 8], [9, 12, 5, 8]  # ratios 1.8, 1.2, 2.5, 1
    for confidence, ratio in ((0.2, 1), (0.5, 1.8), (0.6, 1.8), (0.8, 2.5), (0.81, np.inf)):
        found = base_rates.reference_class_forecast(estimates, actuals, 10, confidence=confidence)
        assert found == pytest.approx(10 * ratio), confidence
    np.testing.assert_allclose(
        base_rates.reference_class_forecast(estimates, actuals, np.array([1, 2])), [2.5, 5]
    )
    assert base_rates.reference_class_forecast([3], [6], 1, confidence=0.5) == 2


def test_a_rounded_product_takes_no_further_place():
    assert 0.07 * 100 > 7
    tasks = np.ones(99), np.arange(1, 100)
    assert base_rates.reference_class_forecast(*tasks, 1, confidence=0.07) == 7


@pytest.mark.parametrize("draw", ["lognormal", "pareto"])
@pytest.mark.parametrize(("tasks", "confidence"), [(4, 0.8), (9, 0.5), (19, 0.95)])
def test_a_promise_is_kept_as_often_as_promised(draw, tasks, confidence):
    rng = np.random.default_rng(5)
    ratios = rng.lognormal(0.4, 0.5, (4_000, tasks + 1)) if draw == "lognormal" else None
    ratios = rng.pareto(1, (4_000, tasks + 1)) + 0.5 if ratios is None else ratios
    kept = np.mean(
        [
            row[-1]
            <= base_rates.reference_class_forecast(
                np.ones(tasks), row[:-1], 1, confidence=confidence
            )
            for row in ratios
        ]
    )
    low, high = stats.binom(4_000, confidence).ppf([1e-4, 1 - 1e-4]) / 4_000
    assert low <= kept <= high


# Refusals


ONES = np.ones((2, 3), bool), (np.ones(3), np.ones(3))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: base_rates.posterior(1.2, 3),
            ValueError,
            "`prior` must be within [0, 1]; got 1.2.",
        ),
        (
            lambda: base_rates.posterior(np.nan, 3),
            ValueError,
            "`prior` must be within [0, 1]; got nan.",
        ),
        (
            lambda: base_rates.posterior(0.2, [1, -3]),
            ValueError,
            "`likelihood_ratio` must be at least 0; got -3.",
        ),
        (
            lambda: base_rates.posterior(0.2, np.nan),
            ValueError,
            "`likelihood_ratio` must be at least 0; got nan.",
        ),
        (lambda: base_rates.posterior("5 %", 3), TypeError, "`prior` must be numbers; got <U3."),
        (
            lambda: base_rates.likelihood_ratios([3, 9], 8, 1, 8),
            ValueError,
            "`hits` must not exceed `positives`; got 9 of 8.",
        ),
        (
            lambda: base_rates.likelihood_ratios(3, 8, 9, 8),
            ValueError,
            "`false_alarms` must not exceed `negatives`; got 9 of 8.",
        ),
        (
            lambda: base_rates.likelihood_ratios(0, 0, 1, 8),
            ValueError,
            "`positives` must be at least 1; got 0.",
        ),
        (
            lambda: base_rates.likelihood_ratios(0.5, 3, 1, 8),
            ValueError,
            "`hits` must be whole numbers of at least 0; got 0.5.",
        ),
        (
            lambda: base_rates.likelihood_ratios(1, 3, np.nan, 8),
            ValueError,
            "`false_alarms` must be whole numbers of at least 0; got nan.",
        ),
        (
            lambda: base_rates.likelihood_ratios(1, 3, 1, 8, added=-1),
            ValueError,
            "`added` must be a number of at least 0; got -1.",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(np.ones(3), ONES[1], 0.5),
            ValueError,
            "`features` and `ratios` must be (n, d), (d,) and (d,); got (3,), (3,) and (3,).",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(ONES[0], (np.ones(3), np.ones(2)), 0.5),
            ValueError,
            "must be (n, d), (d,) and (d,); got (2, 3), (3,) and (2,).",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(2 * ONES[0].astype(int), ONES[1], 0.5),
            ValueError,
            "`features` must be bool or 0 and 1; got other values.",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(np.full((2, 3), np.nan), ONES[1], 0.5),
            ValueError,
            "`features` must be bool or 0 and 1; got other values.",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(
                ONES[0], (np.ones(3), np.array([1, 0, 1])), 0.5
            ),
            ValueError,
            "`ratios` must be positive and finite; got 0.",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds([[1, 0]], (["2", "3"], [0.5, 0.6]), 0.5),
            TypeError,
            "`ratios` must be numbers; got <U1.",
        ),
        (
            lambda: base_rates.naive_bayes_log_odds(*ONES, 0),
            ValueError,
            "`prior` must be above 0 and below 1, such as 0.05; got 0.",
        ),
        (
            lambda: base_rates.shift_prior(0.3, 0, 0.5),
            ValueError,
            "`trained` must be above 0 and below 1, such as 0.5; got 0.",
        ),
        (
            lambda: base_rates.shift_prior(0.3, 0.5, 5),
            ValueError,
            "`used` must be above 0 and below 1, such as 0.05; got 5. Is 0.05 meant?",
        ),
        (
            lambda: base_rates.shift_prior([0.3, 1.1], 0.5, 0.05),
            ValueError,
            "`probabilities` must be within [0, 1]; got 1.1.",
        ),
        (
            lambda: base_rates.estimate_prior([], 0.5),
            ValueError,
            "`probabilities` must have shape (n,) with n >= 1; got (0,).",
        ),
        (
            lambda: base_rates.estimate_prior(0.3, 0.5),
            ValueError,
            "`probabilities` must have shape (n,) with n >= 1; got ().",
        ),
        (
            lambda: base_rates.estimate_prior([0.2, 0.2], 0.2),
            ValueError,
            "`probabilities` must differ from `trained`; got 0.2 only.",
        ),
        (
            lambda: base_rates.repeated_tests(0.1, 0.9, 0.9, -1),
            ValueError,
            "`positives` must be whole numbers of at least 0; got -1.",
        ),
        (
            lambda: base_rates.repeated_tests(0.1, 0.9, 0.9, 2, repeating=20),
            ValueError,
            "`repeating` must be within [0, 1]; got 20.",
        ),
        (
            lambda: base_rates.repeated_tests(0.1, 90, 0.9, 2),
            ValueError,
            "`sensitivity` must be within [0, 1]; got 90.",
        ),
        (
            lambda: base_rates.repeated_tests(0.1, 0.9, 1.5, 2),
            ValueError,
            "`specificity` must be within [0, 1]; got 1.5.",
        ),
        (
            lambda: base_rates.reference_class_forecast([1, 0], [1, 2], 3),
            ValueError,
            "`estimates` must be positive and finite; got 0.",
        ),
        (
            lambda: base_rates.reference_class_forecast([1, 2], [1, np.inf], 3),
            ValueError,
            "`actuals` must be positive and finite; got inf.",
        ),
        (
            lambda: base_rates.reference_class_forecast([1, 2], [1, 2], np.nan),
            ValueError,
            "`new` must be positive and finite; got nan.",
        ),
        (
            lambda: base_rates.reference_class_forecast([1, 2], [1], 3),
            ValueError,
            "`estimates` and `actuals` must share a shape (n,), n >= 1; got (2,) and (1,).",
        ),
        (
            lambda: base_rates.reference_class_forecast([], [], 3),
            ValueError,
            "must share a shape (n,), n >= 1; got (0,) and (0,).",
        ),
        (
            lambda: base_rates.reference_class_forecast([1], [1], 3, confidence=80),
            ValueError,
            "`confidence` must be above 0 and below 1, such as 0.8; got 80. Is 0.8 meant?",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()
