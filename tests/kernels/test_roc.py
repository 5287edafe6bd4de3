"""ROC analysis against scikit-learn, counting over all pairs, and ten patients by hand."""

import itertools
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from helpers import roc

relaxed = settings(deadline=None)  # seconds say nothing on a shared machine
# Sorted by score the patients read + + - + (- +) - + - -, with one tie in brackets.
TEN_TRUE = np.array([1, 1, 0, 1, 0, 1, 0, 1, 0, 0])
TEN_SCORE = np.array([9, 8, 7, 6, 5, 5, 4, 3, 2, 1.0])
CURVES = [roc.roc_curve, roc.precision_recall_curve, roc.average_precision, roc.auc]
SCORED = [*CURVES, roc.delong_interval, roc.bootstrap_auc]


@st.composite
def samples(draw, least=1, scores=1):
    """Draw labels with at least so many of each class, and scores with many ties."""
    size = draw(st.integers(2 * least, 30))
    labels = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    assume(least <= sum(labels) <= size - least)
    values = st.integers(-4, 4).map(lambda number: number / 4)
    drawn = draw(st.lists(values, min_size=scores * size, max_size=scores * size))
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    return np.array(labels), *np.array(drawn, dtype=dtype).reshape(scores, size)


def cohort(seed=1, positives=60, negatives=90, shift=1.0, digits=1):
    """Return labels and rounded scores in random order."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.repeat([1, 0], [positives, negatives]))
    return labels, np.round(rng.normal(size=labels.size) + shift * labels, digits)


def kernel(labels, scores):
    """Compare every positive with every negative: 1 above, 1/2 tied, 0 below."""
    labels = np.asarray(labels, dtype=bool)
    first, second = scores[labels][:, None], scores[~labels][None]
    return (first > second) + (first == second) / 2


def delong_by_pairs(labels, *scores):
    """Return AUCs and their covariance from the rows and columns of all pairs."""
    tables = [kernel(labels, score) for score in scores]
    rows = np.atleast_2d(np.cov([table.mean(axis=1) for table in tables]))
    columns = np.atleast_2d(np.cov([table.mean(axis=0) for table in tables]))
    covariance = rows / tables[0].shape[0] + columns / tables[0].shape[1]
    return [table.mean() for table in tables], covariance


def decide(labels, scores, threshold):
    """Return sensitivity and specificity of `score >= threshold`, by counting."""
    called, labels = scores >= threshold, np.asarray(labels, dtype=bool)
    return called[labels].mean(), (~called[~labels]).mean()


def candidates(scores):
    return [np.inf, *np.unique(scores)[::-1]]


# Ten patients by hand


def test_curve_of_ten_patients():
    curve = roc.roc_curve(TEN_TRUE, TEN_SCORE)
    fifths_fp, fifths_tp = [0, 0, 0, 1, 1, 2, 3, 3, 4, 5], [0, 1, 2, 2, 3, 4, 4, 5, 5, 5]
    np.testing.assert_allclose(curve.fpr, np.divide(fifths_fp, 5))
    np.testing.assert_allclose(curve.tpr, np.divide(fifths_tp, 5))
    np.testing.assert_array_equal(curve.thresholds, [np.inf, 9, 8, 7, 6, 5, 4, 3, 2, 1])


def test_area_of_ten_patients():
    # The positives 9, 8, 6, 5, 3 beat 5, 5, 4, 3.5 and 2 of the 5 negatives: 19.5 of 25 pairs.
    assert roc.auc(TEN_TRUE, TEN_SCORE) == pytest.approx(0.78, abs=1e-15)
    curve = roc.roc_curve(TEN_TRUE, TEN_SCORE)
    assert np.trapezoid(curve.tpr, curve.fpr) == pytest.approx(0.78, abs=1e-15)


def test_delong_error_of_ten_patients():
    # Shares beaten: positives 1, 1, .8, .7, .4 and negatives .4, .7, .8, 1, 1, each mean 0.78.
    above = np.array([1, 1, 0.8, 0.7, 0.4]) - 0.78
    below = np.array([0.4, 0.7, 0.8, 1, 1]) - 0.78
    error = math.sqrt((above @ above + below @ below) / 20)
    interval = roc.delong_interval(TEN_TRUE, TEN_SCORE, scale="plain")
    assert interval.standard_error == pytest.approx(error, rel=1e-12)
    assert interval.low == pytest.approx(0.78 - 1.959964 * error, abs=1e-6)
    assert interval.high == 1  # 0.78 + 1.96 * 0.157 would be more than certain


def test_logit_interval_of_ten_patients():
    # log(0.78 / 0.22) = 1.2657; the error above is 0.1575, over 0.78 * 0.22 it is 0.9177.
    # 1.2657 -+ 1.96 * 0.9177 = -0.5330 and 3.0644, and 1 / (1 + exp(-x)) of them:
    interval = roc.delong_interval(TEN_TRUE, TEN_SCORE)
    assert interval == roc.delong_interval(TEN_TRUE, TEN_SCORE, scale="logit")
    assert (interval.low, interval.high) == pytest.approx((0.3698, 0.9554), abs=1e-4)


def test_precision_of_ten_patients():
    curve = roc.precision_recall_curve(TEN_TRUE, TEN_SCORE)
    expected = [1, 1, 2 / 3, 3 / 4, 4 / 6, 4 / 7, 5 / 8, 5 / 9, 5 / 10]
    np.testing.assert_allclose(curve.precision, expected)
    steps = (1 + 1 + 3 / 4 + 4 / 6 + 5 / 8) / 5
    assert roc.average_precision(TEN_TRUE, TEN_SCORE) == pytest.approx(steps, rel=1e-14)


# The 2x2 table


@relaxed
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_confusion_matrix_follows_scikit_learn(pairs):
    y_true, y_pred = np.array(pairs).T
    matrix = roc.confusion_matrix(y_true, y_pred)
    expected = metrics.confusion_matrix(y_true, y_pred, labels=[False, True])
    assert matrix == tuple(expected.ravel())
    share = roc.rates(matrix)
    oracles = {
        "sensitivity": metrics.recall_score(y_true, y_pred, zero_division=np.nan),
        "specificity": metrics.recall_score(y_true, y_pred, pos_label=0, zero_division=np.nan),
        "ppv": metrics.precision_score(y_true, y_pred, zero_division=np.nan),
        "npv": metrics.precision_score(y_true, y_pred, pos_label=0, zero_division=np.nan),
        "accuracy": metrics.accuracy_score(y_true, y_pred),
        "f1": metrics.f1_score(y_true, y_pred, zero_division=np.nan),
    }
    for name, value in oracles.items():
        assert getattr(share, name) == pytest.approx(value, nan_ok=True), name


def test_rates_by_hand():
    share = roc.rates((80, 10, 4, 6))
    assert share[:5] == pytest.approx((6 / 10, 80 / 90, 6 / 16, 80 / 84, 86 / 100))
    assert share.balanced_accuracy == pytest.approx((6 / 10 + 8 / 9) / 2)
    assert share.f1 == pytest.approx(2 * 6 / (2 * 6 + 10 + 4))
    assert share.undefined == ()


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ((5, 0, 0, 0), {"sensitivity", "ppv", "f1", "balanced_accuracy"}),
        ((0, 0, 0, 5), {"specificity", "npv", "balanced_accuracy"}),
        ((5, 0, 2, 0), {"ppv"}),
        ((0, 5, 0, 2), {"npv"}),
        ((0, 0, 0, 0), set(roc.Rates._fields) - {"undefined"}),
        ((1, 1, 1, 1), set()),
    ],
)
def test_undefined_rates_are_nan_and_named(counts, names):
    share = roc.rates(counts)
    assert {name for name in share._fields[:-1] if math.isnan(getattr(share, name))} == names
    assert {line.split(": ")[0] for line in share.undefined} == names


def test_one_table_takes_one_class_and_text():
    assert roc.confusion_matrix([0, 0], [0, 1]) == (1, 1, 0, 0)
    assert roc.confusion_matrix(["ill", "well"], ["ill", "ill"], positive="ill") == (0, 1, 0, 1)
    assert roc.confusion_matrix(["ill", "well"], ["ill", "ill"], positive="well") == (1, 0, 1, 0)


def test_one_table_refuses_three_labels_and_unequal_lengths():
    with pytest.raises(ValueError, match="`y_pred` must have one length; got 2 and 3"):
        roc.confusion_matrix([0, 1], [0, 1, 1])
    with pytest.raises(ValueError, match="same two labels; got 'well' and 'dead' beside"):
        roc.confusion_matrix(["ill", "well"], ["ill", "dead"], positive="ill")
    with pytest.raises(ValueError, match="`positive` names one; got 0, 1, 2"):
        roc.confusion_matrix([0, 1, 1], [0, 1, 2])


# Curves and areas against scikit-learn and by counting


@relaxed
@given(samples())
def test_roc_curve_follows_scikit_learn(drawn):
    labels, scores = drawn
    curve = roc.roc_curve(labels, scores)
    fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    np.testing.assert_allclose(curve.fpr, fpr, atol=1e-15)
    np.testing.assert_allclose(curve.tpr, tpr, atol=1e-15)
    np.testing.assert_array_equal(curve.thresholds, thresholds)


@relaxed
@given(samples())
def test_curves_count_what_reaches_each_threshold(drawn):
    labels, scores = drawn
    curve = roc.roc_curve(labels, scores)
    assert curve.thresholds.size == np.unique(scores).size + 1
    for fpr, tpr, threshold in zip(*curve, strict=True):
        assert (tpr, 1 - fpr) == pytest.approx(decide(labels, scores, threshold), abs=1e-15)
    for fpr, tpr, threshold in zip(*roc.precision_recall_curve(labels, scores), strict=True):
        called = labels[scores >= threshold]
        assert fpr == pytest.approx(called.mean())
        assert tpr == pytest.approx(called.sum() / labels.sum())


@relaxed
@given(samples())
def test_rates_only_grow_along_the_curve(drawn):
    curve = roc.roc_curve(*drawn)
    assert (np.diff(curve.fpr) >= 0).all()
    assert (np.diff(curve.tpr) >= 0).all()
    assert (np.diff(curve.thresholds) < 0).all()
    assert (curve.fpr[0], curve.tpr[0], curve.fpr[-1], curve.tpr[-1]) == (0, 0, 1, 1)


@relaxed
@given(samples())
def test_precision_and_recall_follow_scikit_learn(drawn):
    labels, scores = drawn
    curve = roc.precision_recall_curve(labels, scores)
    precision, recall, thresholds = metrics.precision_recall_curve(labels, scores)
    # The oracle runs the other way and ends with an invented point at recall 0.
    np.testing.assert_allclose(curve.precision[::-1], precision[:-1])
    np.testing.assert_allclose(curve.recall[::-1], recall[:-1])
    np.testing.assert_array_equal(curve.thresholds[::-1], thresholds)
    expected = metrics.average_precision_score(labels, scores)
    assert roc.average_precision(labels, scores) == pytest.approx(expected, rel=1e-12)


@relaxed
@given(samples())
def test_auc_is_the_share_of_pairs_in_order(drawn):
    labels, scores = drawn
    area = roc.auc(labels, scores)
    assert area == pytest.approx(kernel(labels, scores).mean(), abs=1e-14)
    assert area == pytest.approx(metrics.roc_auc_score(labels, scores), abs=1e-14)
    statistic = stats.mannwhitneyu(scores[labels], scores[~labels], method="asymptotic").statistic
    assert area == pytest.approx(statistic / labels.sum() / (~labels).sum(), abs=1e-14)


@relaxed
@given(samples())
def test_auc_knows_only_the_order(drawn):
    labels, scores = drawn
    area = roc.auc(labels, scores)
    for same in (3 * scores + 7, np.exp(scores), scores**3, stats.rankdata(scores)):
        assert roc.auc(labels, same) == area
    assert roc.auc(labels, -scores) == pytest.approx(1 - area, abs=1e-14)
    assert roc.auc(~labels, scores) == pytest.approx(1 - area, abs=1e-14)
    order = np.argsort(scores, kind="stable")
    assert roc.auc(labels[order], scores[order]) == area


@pytest.mark.parametrize("function", CURVES)
def test_zeros_of_either_sign_tie(function):
    labels, scores = [1, 0, 1, 0], np.array([0.0, -0.0, -0.0, 0.0])
    for dtype in (np.float32, np.float64):
        result = function(labels, scores.astype(dtype))
        np.testing.assert_array_equal(result, function(labels, np.zeros(4)))
    assert roc.auc(labels, scores) == 0.5
    assert roc.roc_curve(labels, scores).thresholds.size == 2


@pytest.mark.parametrize("near", [0.0, 0.5, -0.5, 1.0, -1e300, 5e-324, -5e-324])
def test_neighbouring_floats_are_no_tie(near):
    rng = np.random.default_rng(4)
    steps = np.array([near, np.nextafter(near, np.inf), np.nextafter(near, -np.inf)])
    scores, labels = rng.permutation(np.tile(steps, 20)), rng.random(60) < 0.4
    curve = roc.roc_curve(labels, scores)
    expected = metrics.roc_curve(labels, scores, drop_intermediate=False)
    for ours, theirs in zip(curve, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-15)
    assert curve.thresholds.size == 4
    (area,), variance = delong_by_pairs(labels, scores)
    assert roc.auc(labels, scores) == pytest.approx(area, abs=1e-15)
    found = roc.delong_interval(labels, scores)
    assert found.standard_error == pytest.approx(float(np.sqrt(variance.item())), rel=1e-12)


def test_extreme_finite_scores_keep_their_order():
    tiny, huge = 5e-324, np.finfo(float).max
    assert roc.auc([0, 0, 1, 1, 1], [-huge, 0, tiny, huge, -tiny]) == 5 / 6
    assert roc.auc([0, 1], np.array([0.1, np.nextafter(np.float32(0.1), 1)], np.float32)) == 1


def test_perfect_and_reversed_scorers():
    assert roc.auc([0, 0, 1], [1, 2, 3]) == 1
    assert roc.auc([0, 0, 1], [3, 2, 1]) == 0
    assert roc.auc([0, 0, 1], [4, 4, 4]) == 0.5


# What may come in


FORMS = [
    TEN_TRUE.tolist(),
    tuple(TEN_TRUE.tolist()),
    TEN_TRUE.astype(bool),
    TEN_TRUE.astype(np.uint8),
    TEN_TRUE.astype(float),
    TEN_TRUE.astype(object),
    TEN_TRUE.astype(bool).astype(object),
    pd.Series(TEN_TRUE, index=range(10, 20)),
]


@pytest.mark.parametrize("labels", FORMS)
def test_labels_of_every_form_mean_the_same(labels):
    assert roc.auc(labels, TEN_SCORE) == roc.auc(TEN_TRUE, TEN_SCORE)
    assert roc.auc(labels, TEN_SCORE, positive=0) == pytest.approx(1 - 0.78)


WORDS = np.where(TEN_TRUE == 1, "sick", "well")


@pytest.mark.parametrize(
    "labels",
    [WORDS, WORDS.tolist(), WORDS.astype(object), pd.Series(WORDS), pd.Categorical(WORDS)],
)
def test_words_need_the_positive_one(labels):
    assert roc.auc(labels, TEN_SCORE, positive="sick") == pytest.approx(0.78)
    assert roc.auc(labels, TEN_SCORE, positive="well") == pytest.approx(0.22)
    with pytest.raises(ValueError, match="`positive` names one; got 'sick', 'well'"):
        roc.auc(labels, TEN_SCORE)
    with pytest.raises(ValueError, match="`positive` names one; got 'sick', 'well'"):
        roc.auc(labels, TEN_SCORE, positive="ill")


def test_numbers_other_than_0_and_1_need_the_positive_one():
    labels = np.where(TEN_TRUE == 1, 4, 2)
    with pytest.raises(ValueError, match="`positive` names one; got 4, 2"):
        roc.auc(labels, TEN_SCORE)
    assert roc.auc(labels, TEN_SCORE, positive=4) == pytest.approx(0.78)
    assert roc.auc(labels / 2 - 2, TEN_SCORE, positive=0.0) == pytest.approx(0.78)


@pytest.mark.parametrize("function", SCORED)
@pytest.mark.parametrize(
    ("labels", "positive", "message"),
    [
        ([0, 0, 0], None, "`y_true` must hold both classes; got only 0."),
        ([True, True, True], None, "`y_true` must hold both classes; got only True."),
        (["a", "a", "a"], "b", "`y_true` must hold both classes; got only 'a'."),
        ([0, 1, 2], None, "two labels of which `positive` names one; got 0, 1, 2."),
        ([0, 1, 2], 1, "names one; got 0, 1, 2."),
        (np.array([0, "x", 1], object), None, "names one; got 0, 'x', 1."),
        ([0, 1, np.nan], None, "`y_true` must not hold missing values; got 1 of them."),
        (np.array(["a", None, None], object), "a", "missing values; got 2 of them."),
        (np.array(["a", np.nan, "b"], object), "a", "missing values; got 1 of them."),
        (pd.Series(["a", pd.NA, "b"], dtype="string"), "a", "missing values; got 1 of them."),
        ([[0, 1, 1]], None, "`y_true` must have shape (n,) with n >= 1; got (1, 3)."),
        ([], None, "`y_true` must have shape (n,) with n >= 1; got (0,)."),
        ([0, 1], None, "`y_true` and `y_score` must have one shape; got (2,) and (3,)."),
    ],
)
def test_labels_that_are_no_two_classes_are_refused(function, labels, positive, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        function(labels, [0.1, 0.2, 0.3], positive=positive)


@pytest.mark.parametrize("function", SCORED)
@pytest.mark.parametrize(
    ("scores", "error", "message"),
    [
        ([1, np.nan, 2], ValueError, "`y_score` must be finite; got 1 values"),
        ([np.inf, -np.inf, 2], ValueError, "`y_score` must be finite; got 2 values"),
        (["1", "2", "3"], TypeError, "`y_score` must hold numbers; got <U1"),
        ([1j, 2, 3], TypeError, "`y_score` must hold numbers; got complex128"),
        ([[1], [2], [3]], ValueError, "must have one shape; got (3,) and (3, 1)"),
        ([2**53, 2**53 + 1, 0], ValueError, "integers within +-2**53; got int64 beyond"),
    ],
)
def test_scores_that_have_no_order_are_refused(function, scores, error, message):
    with pytest.raises(error, match=re.escape(message)):
        function([0, 1, 1], scores)


def test_scores_of_any_number_type_agree():
    for dtype in (bool, np.int8, np.uint8, np.int64, np.float16, np.float32, ">f8"):
        scores = (TEN_SCORE > 4).astype(dtype)
        assert roc.auc(TEN_TRUE, scores) == pytest.approx(metrics.roc_auc_score(TEN_TRUE, scores))
    assert roc.auc(TEN_TRUE.tolist(), pd.Series(TEN_SCORE)) == pytest.approx(0.78)


def test_inputs_stay_as_they_were():
    labels, scores, other = TEN_TRUE.copy(), TEN_SCORE[::-1].copy(), TEN_SCORE % 4
    for array in (labels, scores, other):
        array.flags.writeable = False
    for function in SCORED:
        function(labels, scores)
    roc.delong_test(labels, scores, other)
    roc.threshold_at_specificity(labels, scores, 0.5)
    roc.threshold_at_cost(labels, scores, cost_fp=1, cost_fn=1)
    np.testing.assert_array_equal(scores, TEN_SCORE[::-1])


# Thresholds


@relaxed
@given(samples(), st.integers(0, 8).map(lambda number: number / 8))
def test_threshold_at_specificity_is_the_best_of_all(drawn, wanted):
    labels, scores = drawn
    point = roc.threshold_at_specificity(labels, scores, wanted)
    rows = [(t, *decide(labels, scores, t)) for t in candidates(scores)]
    good = [row for row in rows if row[2] >= wanted - 1e-9]
    best = max(row[1] for row in good)
    threshold = max(row[0] for row in good if row[1] == best)
    assert point.threshold == threshold
    assert (point.sensitivity, point.specificity) == pytest.approx(
        decide(labels, scores, threshold), abs=1e-12
    )
    assert math.isnan(point.cost)


def test_threshold_at_specificity_by_hand():
    def at(value):
        return roc.threshold_at_specificity(TEN_TRUE, TEN_SCORE, value)[:3]

    assert at(1) == (8, 0.4, 1)
    assert at(0.8) == pytest.approx((6, 0.6, 0.8))
    assert at(0.7) == pytest.approx((6, 0.6, 0.8))
    assert at(0.6) == pytest.approx((5, 0.8, 0.6))
    assert at(0) == pytest.approx((3, 1, 0.4))  # lower calls more negatives for nothing
    assert roc.threshold_at_specificity([0, 1], [2, 1], 1).threshold == math.inf
    for wrong in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match=r"`specificity` must be within \[0, 1\]; got"):
            at(wrong)


def test_a_specificity_that_is_a_share_of_the_negatives_is_reached():
    """Some of 1 - k/n are a digit below (n - k)/n; the threshold must not be one negative off."""
    for size in range(1, 40):
        labels, scores = np.repeat([0, 1], size), np.tile(np.arange(size), 2)
        for false in range(size):
            point = roc.threshold_at_specificity(labels, scores, (size - false) / size)
            assert point.threshold == (size - false if false else np.inf)


COSTS = st.sampled_from([0, 0.5, 1, 3, 20])
PREVALENCES = st.sampled_from([None, 0, 0.01, 0.3, 0.5, 1])


@relaxed
@given(samples(), COSTS, COSTS, PREVALENCES, st.sampled_from([1e-20, 1, 1e12]))
def test_threshold_at_cost_is_the_cheapest_of_all(drawn, fp, fn, prevalence, unit):
    assume(fp + fn > 0)
    labels, scores = drawn
    point = roc.threshold_at_cost(
        labels, scores, cost_fp=fp * unit, cost_fn=fn * unit, prevalence=prevalence
    )
    share = labels.mean() if prevalence is None else prevalence
    costs = {}
    for threshold in candidates(scores):
        sensitivity, specificity = decide(labels, scores, threshold)
        costs[threshold] = fn * share * (1 - sensitivity) + fp * (1 - share) * (1 - specificity)
    least = min(costs.values())
    assert point.cost / unit == pytest.approx(least, abs=1e-12)
    assert point.threshold == max(t for t, cost in costs.items() if cost <= least + 1e-10)
    assert point[1:3] == pytest.approx(decide(labels, scores, point.threshold), abs=1e-12)


def test_threshold_at_cost_by_hand():
    def at(**given):
        return roc.threshold_at_cost(TEN_TRUE, TEN_SCORE, **given)

    # One cost for both errors, half of ten ill: 8, 6, 5, 3 all make three errors; 8 treats fewest.
    assert at(cost_fp=1, cost_fn=1) == pytest.approx((8, 0.4, 1, 0.3))
    assert at(cost_fp=1, cost_fn=0)[:3] == (math.inf, 0, 1)  # treat nobody
    assert at(cost_fp=0, cost_fn=1)[0] == 3
    assert at(cost_fp=1, cost_fn=1, prevalence=0)[0] == math.inf
    assert at(cost_fp=1, cost_fn=1, prevalence=1)[0] == 3
    worst = roc.threshold_at_cost([1, 0], [1, 2], cost_fp=1, cost_fn=9)
    assert worst[:3] == (1, 1, 0)  # treat all
    assert worst.cost == 0.5


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"cost_fp": -1, "cost_fn": 1}, "`cost_fp` must be a number of at least 0; got -1."),
        ({"cost_fp": 1, "cost_fn": np.inf}, "`cost_fn` must be a number of at least 0; got inf."),
        ({"cost_fp": 0, "cost_fn": 0}, "`cost_fp` and `cost_fn` must not both be 0"),
        ({"cost_fp": 1, "cost_fn": 1, "prevalence": 5}, "`prevalence` must be within [0, 1]"),
    ],
)
def test_threshold_at_cost_refuses(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        roc.threshold_at_cost(TEN_TRUE, TEN_SCORE, **wrong)


@relaxed
@given(*[st.integers(0, 10)] * 3)
def test_predictive_values_agree_with_counting_1000_people(sensitive, specific, ill):
    true_positives, false_negatives = 10 * ill * sensitive, 10 * ill * (10 - sensitive)
    well = 10 * (10 - ill)
    true_negatives, false_positives = well * specific, well * (10 - specific)
    values = roc.predictive_values(sensitive / 10, specific / 10, ill / 10)
    share = roc.rates((true_negatives, false_positives, false_negatives, true_positives))
    # 1 - 0.9 is not 0.1 in binary, but exact zeros must stay zero.
    assert values.ppv == pytest.approx(share.ppv, nan_ok=True)
    assert values.npv == pytest.approx(share.npv, nan_ok=True)


def test_predictive_values_of_arrays():
    ppv, npv = roc.predictive_values(0.9, 0.8, np.array([[0], [0.1], [1]]))
    np.testing.assert_allclose(ppv, [[0], [0.09 / 0.27], [1]])
    np.testing.assert_allclose(npv, [[1], [0.72 / 0.73], [0]])
    ppv, npv = roc.predictive_values([0, 1], [1, 0], 0.5)
    np.testing.assert_array_equal(ppv, [np.nan, 0.5])
    np.testing.assert_array_equal(npv, [0.5, np.nan])
    with pytest.raises(ValueError, match=r"`specificity` must be within \[0, 1\]; got 95"):
        roc.predictive_values(0.9, 95, 0.1)
    with pytest.raises(ValueError, match="`prevalence` must be within"):
        roc.predictive_values(0.9, 0.9, [0.1, np.nan])


# DeLong and the bootstrap


@relaxed
@given(samples(least=2), st.sampled_from([0.5, 0.9, 0.95]))
def test_delong_interval_agrees_with_all_pairs(drawn, confidence):
    labels, scores = drawn
    (area,), variance = delong_by_pairs(labels, scores)
    interval = roc.delong_interval(labels, scores, confidence=confidence, scale="plain")
    error = math.sqrt(variance[0, 0])
    assert interval.auc == pytest.approx(area, abs=1e-14)
    assert interval.standard_error == pytest.approx(error, rel=1e-9, abs=1e-12)
    low, high = stats.norm.interval(confidence, area, error) if error > 0 else (area, area)
    assert interval.low == pytest.approx(max(low, 0), abs=1e-10)
    assert interval.high == pytest.approx(min(high, 1), abs=1e-10)
    logit = roc.delong_interval(labels, scores, confidence=confidence)
    assert logit[0] == interval[0] and logit[3] == interval[3]
    if error > 1e-9:
        middle, reach = math.log(area / (1 - area)), error / (area * (1 - area))
        ends = 1 / (1 + np.exp(-np.array(stats.norm.interval(confidence, middle, reach))))
        assert logit[1:3] == pytest.approx(ends, abs=1e-10)


@relaxed
@given(samples(least=2))
def test_logit_interval_turns_with_the_scores(drawn):
    labels, scores = drawn
    there, back = roc.delong_interval(labels, scores), roc.delong_interval(labels, -scores)
    turned = (1 - back.auc, 1 - back.high, 1 - back.low)
    assert there[:3] == pytest.approx(turned, abs=1e-12)
    assert 0 <= there.low <= there.auc <= there.high <= 1 and there.low < there.high


@relaxed
@given(samples(least=2, scores=2))
def test_delong_test_agrees_with_all_pairs(drawn):
    labels, first, second = drawn
    areas, covariance = delong_by_pairs(labels, first, second)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    assume(variance > 1e-12)
    result = roc.delong_test(labels, first, second, confidence=0.9)
    z = (areas[0] - areas[1]) / math.sqrt(variance)
    assert (result.auc_a, result.auc_b) == pytest.approx(areas, abs=1e-14)
    assert result.difference == pytest.approx(areas[0] - areas[1], abs=1e-14)
    assert result.z == pytest.approx(z, rel=1e-6, abs=1e-12)
    assert result.p_value == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-4)
    half = stats.norm.ppf(0.95) * math.sqrt(variance)
    assert result.low == pytest.approx(areas[0] - areas[1] - half, abs=1e-9)
    assert result.high == pytest.approx(areas[0] - areas[1] + half, abs=1e-9)


def test_delong_test_has_the_sign_of_a_minus_b():
    labels, good = cohort(seed=2, shift=2)
    _, noise = cohort(seed=3, shift=0)
    ahead, behind = roc.delong_test(labels, good, noise), roc.delong_test(labels, noise, good)
    assert ahead.z > 2
    assert ahead.low > 0
    assert behind.z == pytest.approx(-ahead.z)
    assert (behind.low, behind.high) == pytest.approx((-ahead.high, -ahead.low))
    assert behind.p_value == pytest.approx(ahead.p_value)


def test_equal_and_opposite_scores_in_the_paired_test():
    labels, scores = cohort()
    for same in (scores, 2 * scores + 1, np.exp(scores)):
        result = roc.delong_test(labels, scores, same)
        assert result[2:] == (0, 0, 0, 0, 1)
    result = roc.delong_test([0, 0, 1, 1], [1, 2, 3, 4], [4, 3, 2, 1])
    assert result == (1, 0, 1, 1, 1, math.inf, 0)


def test_perfect_separation_leaves_the_plain_interval_no_doubt():
    for scores, area in (([1, 2, 3, 4], 1), ([4, 3, 2, 1], 0), ([5, 5, 5, 5], 0.5)):
        interval = roc.delong_interval([0, 0, 1, 1], scores, scale="plain")
        assert interval == (area, area, area, 0)


def test_perfect_separation_bounds_one_side():
    """0.05 ** (1 / 2) is 0.2236: at that AUC two disjoint pairs are in order once in 20 times."""
    for scores, ends in (
        ([1, 2, 3, 4, 4], (0.2236, 1)),
        ([4, 3, 2, 1, 1], (0, 0.7764)),
        ([5, 5, 5, 5, 5], (0.1118, 0.8882)),
    ):
        interval = roc.delong_interval([0, 0, 1, 1, 1], scores)
        assert interval[1:3] == pytest.approx(ends, abs=5e-5)
    many = roc.delong_interval(np.arange(400) >= 100, np.arange(400))
    assert many.low == pytest.approx(0.05 ** (1 / 100))
    assert many.low == pytest.approx(1 - 3 / 100, abs=1e-3)  # the rule of three


@relaxed
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6),
    st.integers(2, 6),
    st.integers(2, 6),
)
def test_separation_is_never_more_likely_than_the_bound_says(steps, positives, negatives):
    """Exact chances for scores of a few values, from the lowest up."""
    p, q = np.array(steps, dtype=float).T
    assume(p.sum() > 0 and q.sum() > 0)
    p, q = p / p.sum(), q / q.sum()
    area = p @ (np.cumsum(q) - q / 2)
    highest = np.diff(np.cumsum(q) ** negatives, prepend=0)  # of the largest negative
    apart = highest @ np.clip(1 - np.cumsum(p), 0, 1) ** positives
    assert apart <= area ** min(positives, negatives) + 1e-12


def test_the_bound_at_separation_cannot_be_better():
    """Five positives are beyond all negatives, each with a chance of A, or else below them all."""
    bound = roc.delong_interval(np.arange(40) >= 35, np.arange(40), confidence=0.9).low
    beyond = np.random.default_rng(4).random((40_000, 5)) < bound
    apart = np.count_nonzero(beyond.all(axis=1))
    assert inside(apart, 40_000, 0.1) and not inside(apart, 40_000, 0.11)


def test_scale_is_one_of_two():
    with pytest.raises(ValueError, match='`scale` must be one of logit, plain; got "probit"'):
        roc.delong_interval(TEN_TRUE, TEN_SCORE, scale="probit")


def test_delong_needs_two_of_each_class():
    message = "`y_true` must hold at least two samples of each class; got 1 positive and 2 neg"
    for scores in [([1, 2, 3],), ([1, 2, 3], [1, 2, 3])]:
        function = roc.delong_interval if len(scores) == 1 else roc.delong_test
        with pytest.raises(ValueError, match=message):
            function([0, 0, 1], *scores)


def test_paired_test_names_the_score_that_is_wrong():
    with pytest.raises(ValueError, match=r"`score_b` must have one shape; got \(4,\) and \(3,\)"):
        roc.delong_test([0, 1, 0, 1], [1, 2, 3, 4], [1, 2, 3])
    with pytest.raises(ValueError, match="`score_a` must be finite; got 1"):
        roc.delong_test([0, 1, 0, 1], [1, 2, 3, np.inf], [1, 2, 3, 4])


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, np.nan])
def test_confidence_is_a_share(confidence):
    message = f"`confidence` must be above 0 and below 1, such as 0.95; got {confidence}."
    for function, inputs in [
        (roc.delong_interval, (TEN_TRUE, TEN_SCORE)),
        (roc.bootstrap_auc, (TEN_TRUE, TEN_SCORE)),
        (roc.delong_test, (TEN_TRUE, TEN_SCORE, TEN_SCORE)),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            function(*inputs, confidence=confidence)


def inside(covered, repeats, share, doubt=1e-6):
    """Tell whether a count is one that a binomial of that share gives, but once in a million."""
    low, high = stats.binom.interval(1 - doubt, repeats, share)
    return low <= covered <= high


def simulate_coverage(repeats, width=1.0):
    """Count DeLong intervals that hold the true area of two normal groups one sd apart."""
    truth, rng = stats.norm.cdf(1 / math.sqrt(2)), np.random.default_rng(7)
    labels, covered = np.repeat([1, 0], [100, 100]), 0
    for _ in range(repeats):
        interval = roc.delong_interval(labels, rng.normal(size=200) + labels, scale="plain")
        half = width * (interval.high - interval.low) / 2
        covered += abs(interval.auc - truth) <= half
    return covered


def test_delong_intervals_cover_what_they_promise():
    assert inside(simulate_coverage(2000), 2000, 0.95)


def test_only_the_logit_scale_covers_a_large_area():
    """The true area of 30 and 30 normal scores is 0.95; the plain interval is cut at 1."""
    labels, rng = np.repeat([1, 0], [30, 30]), np.random.default_rng(8)
    shift, covered = math.sqrt(2) * stats.norm.ppf(0.95), {"logit": 0, "plain": 0}
    for _ in range(2000):
        scores = rng.normal(size=60) + shift * labels
        for scale in covered:
            interval = roc.delong_interval(labels, scores, scale=scale)
            covered[scale] += interval.low <= 0.95 <= interval.high
    assert inside(covered["logit"], 2000, 0.95)
    assert covered["plain"] < 0.9 * 2000


def test_the_coverage_check_sees_a_standard_error_that_is_a_fifth_too_small():
    assert not inside(simulate_coverage(2000, width=0.8), 2000, 0.95)


def test_bootstrap_is_repeated_by_its_seed_alone():
    labels, scores = cohort()
    first = roc.bootstrap_auc(labels, scores, resamples=200, rng=5)
    assert roc.bootstrap_auc(labels, scores, resamples=200, rng=5) == first
    generator = np.random.default_rng(5)
    assert roc.bootstrap_auc(labels, scores, resamples=200, rng=generator) == first
    assert roc.bootstrap_auc(labels, scores, resamples=200, rng=6) != first
    for wrong in (0, 2.5, True):
        with pytest.raises(ValueError, match="`resamples` must be a whole number of at least 1"):
            roc.bootstrap_auc(labels, scores, resamples=wrong)


def test_bootstrap_has_the_exact_spread_of_resampled_classes():
    """All 27 x 27 resamples of three and three are few enough to average over."""
    labels, scores = np.array([1, 1, 1, 0, 0, 0]), np.array([4, 2, 2, 3, 2, 1])
    table = kernel(labels, scores)
    draws = [list(draw) for draw in itertools.product(range(3), repeat=3)]
    areas = [table[np.ix_(a, b)].mean() for a in draws for b in draws]
    result = roc.bootstrap_auc(labels, scores, resamples=20_000, rng=3)
    assert result.auc == pytest.approx(table.mean())
    # The error of a spread from R resamples is below spread / sqrt(R): 4 of them, 3 per cent.
    assert result.standard_error == pytest.approx(np.std(areas), rel=4 / math.sqrt(20_000))
    for end, share in ((result.low, 0.025), (result.high, 0.975)):
        below, upto = np.mean(np.array(areas) < end - 1e-9), np.mean(np.array(areas) < end + 1e-9)
        assert below - 0.005 <= share <= upto + 0.005


def test_bootstrap_and_delong_agree_on_a_large_sample():
    labels, scores = cohort(positives=300, negatives=500)
    exact, drawn = roc.delong_interval(labels, scores), roc.bootstrap_auc(labels, scores, rng=1)
    assert drawn.auc == pytest.approx(exact.auc, abs=1e-14)
    assert drawn.standard_error == pytest.approx(exact.standard_error, rel=0.08)
    assert drawn.low == pytest.approx(exact.low, abs=0.3 * exact.standard_error)
    assert drawn.high == pytest.approx(exact.high, abs=0.3 * exact.standard_error)


def test_bootstrap_gives_blocks_of_any_number_one_answer(monkeypatch):
    """A block that holds one resample must count as blocks of many do."""
    labels, scores = cohort(positives=5, negatives=4)
    wide = roc.bootstrap_auc(labels, scores, resamples=20_000, rng=1)
    monkeypatch.setattr("helpers.roc._ranking.BLOCK", 1)
    narrow = roc.bootstrap_auc(labels, scores, resamples=20_000, rng=2)
    assert narrow.standard_error == pytest.approx(wide.standard_error, rel=0.04)
