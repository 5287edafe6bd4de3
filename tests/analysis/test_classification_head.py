"""The head and the folds behind the page that classifies a folder: oracles and invariances."""

import numpy as np
import pytest
from scipy import special
from scipy.optimize import minimize_scalar
from sklearn.linear_model import Ridge

from helpers import intervals, roc
from helpers.analysis import classification
from helpers.analysis.classification import _head
from helpers.analysis.classification._choices import Choices
from helpers.analysis.classification._folder import Pictures
from helpers.analysis.classification._folds import Result
from helpers.analysis.classification._together import Together
from helpers.own_data import Problem

CHOICES = Choices("plain", "file", 0.8, 0.8, 5, 3, 0.95, 0)


def drawn(n=40, d=12, classes=3, groups=None, seed=0, gap=1.5):
    """Return rows of normal classes, labels and groups; labels belong to groups."""
    rng = np.random.default_rng(seed)
    groups = np.arange(n) if groups is None else np.arange(n) % groups
    labels = groups % classes
    return rng.normal(size=(n, d)) + gap * rng.normal(size=(classes, d))[labels], labels, groups


def crossed(rows, labels, groups, rival=None, **changes):
    names = tuple("abcdefgh"[: labels.max() + 1])
    pictures = Pictures(None, (), {}, names, labels)
    together = Together(groups, *np.empty((3, 0), dtype=int))
    rival = rows[:, :1] if rival is None else rival
    return classification.cross_validate(
        rows, rival, pictures, together, CHOICES._replace(**changes)
    )


# The head


@pytest.mark.parametrize(("n", "d"), [(40, 12), (30, 90)])
def test_the_weights_are_those_of_scikit_learn_and_of_the_course(n, d):
    rows, labels, groups = drawn(n, d)
    head = _head.fit_head(rows, labels, groups, 3)
    scaled = (rows - rows.mean(0)) / (rows.std(0) + _head.FLOOR)
    penalty = head.strength * np.sum(scaled**2) / n
    ridge = Ridge(penalty).fit(scaled, np.eye(3)[labels])
    np.testing.assert_allclose(head.scores(rows), ridge.predict(scaled), atol=1e-8)
    learned = pytest.importorskip("helpers.learned")
    course = learned.ridge_head(rows, labels, strength=penalty)
    np.testing.assert_allclose(head.scores(rows), course.scores(rows), atol=1e-8)


@pytest.mark.parametrize(("n", "d", "groups"), [(24, 6, None), (24, 60, 10), (25, 8, 7)])
def test_groups_left_out_in_closed_form_are_groups_left_out(n, d, groups):
    rows, labels, groups = drawn(n, d, groups=groups)
    rows, aims = rows - rows.mean(0), np.eye(3)[labels] - np.eye(3)[labels].mean(0)
    left, squares = _head._directions(rows)
    penalty = 3.7
    several = [np.flatnonzero(groups == g) for g in np.flatnonzero(np.bincount(groups) > 1)]
    found = _head._left_out(left, left * (squares / (squares + penalty)), aims, several)
    for group in np.unique(groups):
        own = groups == group
        ridge = Ridge(penalty).fit(rows[~own], aims[~own])
        np.testing.assert_allclose(found[own], ridge.predict(rows[own]), atol=1e-8)


def test_the_sharpness_is_where_the_surprise_is_least():
    rng = np.random.default_rng(3)
    labels = np.arange(30) % 3
    scores = np.eye(3)[labels] * [[[0.3]], [[1.0]]] + 0.4 * rng.normal(size=(2, 30, 3))
    sharp, surprise = _head._sharpen(scores, np.eye(3)[labels])
    aims = np.eye(3)[labels] * 30 / 31 + 1 / 31 / 3
    for place in range(2):

        def told(log_sharp, place=place):
            chances = special.log_softmax(np.exp(log_sharp) * scores[place], axis=1)
            return -np.mean(np.sum(aims * chances, axis=1))

        best = minimize_scalar(told, bounds=(-6, 6), method="bounded", options={"xatol": 1e-9})
        assert np.log(sharp[place]) == pytest.approx(best.x, abs=1e-4)
        assert surprise[place] == pytest.approx(best.fun, abs=1e-8)


def test_what_separates_all_rows_makes_none_certain():
    rows, labels, groups = drawn(12, 4, classes=2, gap=50)
    chances = _head.fit_head(rows, labels, groups, 2).chances(rows)
    assert (chances.argmax(1) == labels).all()
    assert 0.8 < chances.max(1).mean() < 0.99


def test_features_that_say_nothing_give_the_shares_of_the_classes():
    labels = np.arange(30) % 3
    for rows in (np.ones((30, 5)), np.random.default_rng(0).normal(size=(30, 200))):
        chances = _head.fit_head(rows, labels, np.arange(30), 3).chances(rows)
        assert np.abs(chances - 1 / 3).max() < 0.15


def test_units_and_the_order_of_rows_and_columns_change_nothing():
    rows, labels, groups = drawn(30, 9, groups=14)
    head = _head.fit_head(rows, labels, groups, 3).chances(rows)
    order = np.random.default_rng(0).permutation(30)
    again = _head.fit_head(rows[order][:, ::-1], labels[order], groups[order], 3)
    np.testing.assert_allclose(again.chances(rows[:, ::-1]), head, atol=1e-7)
    moved = _head.fit_head(rows + 7, labels, groups, 3).chances(rows + 7)
    np.testing.assert_allclose(moved, head, atol=1e-7)
    turned = _head.fit_head(rows, 2 - labels, groups, 3).chances(rows)
    np.testing.assert_allclose(turned[:, ::-1], head, atol=1e-7)


# Folds


def test_each_picture_is_tested_once_a_repeat_by_heads_that_saw_none_of_its_group(monkeypatch):
    rows, labels, groups = drawn(60, 5, groups=30)
    rows[:, 0] = groups  # so that a head can tell what it saw
    seen = []

    class Spy:
        strength = sharp = 1.0

        def __init__(self, known):
            self.known = set(known[:, 0])

        def chances(self, asked):
            seen.append((len(asked), self.known & set(asked[:, 0])))
            return np.eye(3)[np.zeros(len(asked), dtype=int)]

    monkeypatch.setattr(
        "helpers.analysis.classification._folds.fit_head", lambda known, *_: Spy(known)
    )
    result = crossed(rows, labels, groups)
    assert not any(shared for _, shared in seen)
    assert sum(count for count, _ in seen) == 2 * 60 * 3
    np.testing.assert_array_equal(result.chances["features"].sum(axis=2), np.ones((3, 60)))


def test_the_same_seed_gives_the_same_and_shuffled_labels_give_chance():
    rows, labels, groups = drawn(90, 20, gap=0.8)
    one, two = (crossed(rows, labels, groups) for _ in range(2))
    np.testing.assert_array_equal(one.chances["features"], two.chances["features"])
    assert one.right().mean() > 0.8
    shares = []
    for seed in range(8):
        mixed = np.random.default_rng(seed).permutation(labels)
        shares.append(crossed(rows, mixed, groups, repeats=1, seed=seed).right().mean())
    assert abs(np.mean(shares) - 1 / 3) < 4 * np.sqrt(2 / 9 / 90 / 8)


def test_a_leak_by_copies_is_what_groups_take_away():
    """Copies with labels by chance: alone they are recognised, in groups nobody knows them."""
    rng = np.random.default_rng(0)
    rows = np.repeat(rng.normal(size=(40, 200)), 3, axis=0)
    labels, copies = np.repeat(np.arange(40) % 2, 3), np.repeat(np.arange(40), 3)
    torn = crossed(rows, labels, np.arange(120)).right().mean()
    whole = crossed(rows, labels, copies).right().mean()
    assert torn > 0.9 and whole < 0.7


def test_a_class_with_few_groups_lowers_the_number_of_folds():
    rows, labels, groups = drawn(41, 5, classes=2)
    labels = np.where(np.arange(41) < 4, 0, 1)
    result = crossed(rows, labels, groups)
    assert result.folds == 4
    told = classification.tell_accuracy(result, CHOICES)
    assert told[1] == "There are 4 folds, as the smallest class has no more groups."
    assert told[2].startswith("Warning: a has 4 groups only.")


def test_groups_that_hold_all_of_a_class_in_one_fold_are_refused(monkeypatch):
    rows, labels, groups = drawn(20, 3, classes=2)

    class Splitter:
        def __init__(self, *_, **__):
            pass

        def split(self, *_):
            yield np.flatnonzero(labels == 0), np.flatnonzero(labels == 1)

    monkeypatch.setattr("sklearn.model_selection.StratifiedGroupKFold", Splitter)
    with pytest.raises(Problem, match="Groups cannot be parted so that each training part"):
        crossed(rows, labels, groups)


# Estimates


def made(right, labels, groups=None, rival=None):
    """Return a result in which pictures are called right as asked, shape (repeats, n)."""
    right, labels = np.atleast_2d(right), np.asarray(labels)
    k = labels.max() + 1
    groups = np.arange(len(labels)) if groups is None else np.asarray(groups)
    chances = {}
    for name, hits in (("features", right), ("colour", right if rival is None else rival)):
        calls = np.where(np.atleast_2d(hits), labels, (labels + 1) % k)
        chances[name] = np.eye(k)[calls] * 0.8 + 0.2 / k
    chances["majority"] = np.broadcast_to(np.eye(k)[0], (len(right), len(labels), k))
    names = tuple("abcdef"[:k])
    return Result(chances, labels, groups, names, 5, np.ones(5), np.ones(5))


def test_one_repeat_without_groups_gives_clopper_and_pearsons_intervals():
    result = made([1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1], [0] * 6 + [1] * 6)
    known = intervals.proportion_interval(10, 12, method="clopper-pearson")
    assert classification.accuracy(result, 0.95) == pytest.approx((10 / 12, *known))
    shares = classification.class_shares(result, 0.95)
    ends = intervals.proportion_interval(5, 6, method="clopper-pearson")
    assert shares["a"] == pytest.approx((5 / 6, *ends)) == shares["b"]
    half = np.array([5 / 6 - ends.low, ends.high - 5 / 6]) / np.sqrt(2)
    even = classification.balanced_accuracy(result, 0.95)
    assert even == pytest.approx((5 / 6, 5 / 6 - half[0], min(1, 5 / 6 + half[1])))


def test_repeats_are_no_new_evidence_and_neither_are_copies():
    labels, right = np.arange(24) % 2, np.arange(24) % 5 > 0
    once = classification.accuracy(made(right, labels), 0.95)
    assert classification.accuracy(made([right] * 9, labels), 0.95) == pytest.approx(once)
    doubled = made(np.repeat(right, 3), np.repeat(labels, 3), np.repeat(np.arange(24), 3))
    wide = classification.accuracy(doubled, 0.95)
    assert wide.value == once.value
    assert 1 <= (wide.high - wide.low) / (once.high - once.low) < 1.1


def test_a_group_is_one_answer_at_the_most_however_its_pictures_differ():
    pairs = made(
        np.arange(24) % 2 > 0, np.repeat(np.arange(12) % 2, 2), np.repeat(np.arange(12), 2)
    )
    known = intervals.proportion_interval(6, 12, method="clopper-pearson")
    assert classification.accuracy(pairs, 0.95) == pytest.approx((0.5, *known))


def test_all_right_is_not_certain():
    result = made(np.ones(10, bool), np.arange(10) % 2)
    low = intervals.proportion_interval(10, 10, method="clopper-pearson").low
    assert classification.accuracy(result, 0.95) == pytest.approx((1, low, 1))
    assert classification.balanced_accuracy(result, 0.95).low < low < 0.7


def test_a_rare_class_counts_as_much_in_the_balanced_accuracy():
    labels = np.repeat([0, 1], [90, 10])
    result = made(labels == 0, labels)
    assert classification.accuracy(result, 0.95).value == pytest.approx(0.9)
    assert classification.balanced_accuracy(result, 0.95).value == pytest.approx(0.5)


def test_the_confusion_sums_to_the_classes_and_its_diagonal_is_the_accuracy():
    rows, labels, groups = drawn(50, 6)
    result = crossed(rows, labels, groups)
    counts = classification.confusion(result)
    np.testing.assert_allclose(counts.sum(axis=1), np.bincount(labels))
    assert np.trace(counts) / 50 == pytest.approx(result.right().mean())


def test_differences_are_paired_and_equal_models_have_no_interval():
    labels = np.arange(30) % 2
    right, rival = np.arange(30) % 6 > 0, np.arange(30) % 3 > 0
    gap = classification.differences(made(right, labels, rival=rival), 0.9)["colour"]
    known = intervals.mean_interval(right.astype(float) - rival, confidence=0.95)
    assert gap == pytest.approx((right.mean() - rival.mean(), *known))
    same = made(right, labels)
    assert np.isnan(classification.differences(same, 0.95)["colour"].low)
    told = classification.tell_differences(same, CHOICES)
    assert told[0].endswith("+0.00. No interval: each picture shows the same difference.")


def test_labels_below_the_least_probability_are_left_out_of_both_shares():
    labels = np.arange(20) % 2
    result = made(np.arange(20) > 4, labels)
    sure = np.where(np.arange(20) % 4 == 0, 0.4, 1.0)[None, :, None]
    mixed = result.chances["features"] * sure + 0.5 * (1 - sure)
    result.chances["features"] = mixed
    given, right = classification.when_sure(result, 0.85, 0.95)
    told = np.arange(20) % 4 > 0
    assert given == 0.75
    assert right.value == pytest.approx(np.mean(np.arange(20)[told] > 4))
    assert right.low < right.value < right.high
    none, empty = classification.when_sure(result, 1, 0.95)
    assert none == 0 and np.isnan(empty.value)
    told = classification.tell_probabilities(result, CHOICES._replace(sure=1))
    assert told[0].endswith("No picture reaches a probability of 1.")


def test_the_area_is_that_of_the_mean_probabilities_and_needs_two_classes():
    rows, labels, groups = drawn(40, 5, classes=2, gap=0.5)
    result = crossed(rows, labels, groups)
    curve, area = classification.two_classes(result, 0.95)["features"]
    scores = result.chances["features"].mean(axis=0)[:, 1]
    assert area.auc == pytest.approx(roc.auc(labels == 1, scores))
    assert np.trapezoid(curve.tpr, curve.fpr) == pytest.approx(area.auc)
    assert classification.two_classes(crossed(*drawn()), 0.95) == {}
