"""New training rows against imbalanced-learn, scikit-learn, segments, sums and balance."""

import datetime
import re
import tracemalloc
from collections import Counter

import numpy as np
import pytest
import threadpoolctl
from hypothesis import given, settings
from hypothesis import strategies as st
from imblearn.over_sampling import SMOTE
from scipy import stats
from scipy.spatial import distance
from sklearn.neighbors import NearestNeighbors
from sklearn.utils.class_weight import compute_class_weight

from helpers.imbalance import (
    _mixing,
    _neighbours,
    class_weights,
    mixup,
    random_over_sample,
    random_under_sample,
    sample_pairing,
    smote,
)

RESAMPLERS = (random_over_sample, random_under_sample, smote)
FLOATS = st.sampled_from([np.float32, np.float64])
LABELS = {
    "numbers": ([3, 0, 7], int),
    "texts": (["benign", "in situ", "malignant"], None),
    "bools and text": ([True, "maybe", 2], object),
    "days": ([np.datetime64("2020-01-01") + day for day in (2, 0, 1)], None),
    "pairs": ([(1, "a"), (0, "b"), (1, "b")], object),
}


def says(text, error=ValueError):
    return pytest.raises(error, match=re.escape(text))


def table(counts, features=3, dtype=np.float64, seed=1):
    """Return shuffled rows of classes 0, 1, ... of the given sizes, each about its own place."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    return (rng.normal(size=(len(y), features)) + y[:, None]).astype(dtype), y


def labelled(kind, codes):
    """Replace codes by labels of another type."""
    names, dtype = LABELS[kind]
    labels = np.empty(len(names), dtype=dtype or np.asarray(names).dtype)
    labels[:] = names
    return labels[codes]


def farthest_from_segments(new, old, k):
    """Return how far the worst new row is from any segment between a row and its k neighbours."""
    near = np.argsort(distance.cdist(old, old) + np.diag([np.inf] * len(old)))[:, :k]
    start = np.repeat(old, k, axis=0)
    step = old[near].reshape(-1, old.shape[1]) - start
    along = ((new[:, None] - start) * step).sum(-1) / np.maximum((step**2).sum(-1), 1e-300)
    foot = start + np.clip(along, 0, 1)[..., None] * step
    return np.linalg.norm(new[:, None] - foot, axis=-1).min(axis=1).max()


# Repeating and leaving out


def test_over_sampling_puts_the_originals_first_and_repeats_rows_of_the_small_classes():
    X, y = table((30, 7, 1))
    more, labels = random_over_sample(X, y, rng=0)
    np.testing.assert_array_equal(more[:38], X)
    np.testing.assert_array_equal(labels, np.r_[y, [1] * 23, [2] * 29])
    for row, label in zip(more[38:], labels[38:], strict=True):
        assert (X[y == label] == row).all(axis=1).any()


def test_repeated_rows_are_drawn_equally_often():
    y = np.repeat([0, 1], [5_000, 5])
    X = np.arange(len(y))[:, None]
    more, _ = random_over_sample(X, y, rng=1)
    counts = np.bincount(more[len(y) :, 0] - 5_000)
    assert counts.size == 5
    assert stats.chisquare(counts).pvalue > 1e-3


def test_under_sampling_keeps_each_row_at_most_once_and_in_order():
    X, y = np.arange(38)[:, None], table((30, 7, 3))[1][:38]
    fewer, labels = random_under_sample(X, y, rng=0)
    kept = fewer[:, 0]
    assert np.all(np.diff(kept) > 0)
    np.testing.assert_array_equal(labels, y[kept])
    smallest = min(Counter(y.tolist()).values())
    assert set(Counter(labels.tolist()).values()) == {smallest}


def test_every_row_of_the_large_class_may_stay():
    y = np.repeat([0, 1], [9, 3])
    kept = [random_under_sample(np.arange(12), y, rng=seed)[0] for seed in range(400)]
    counts = np.bincount(np.concatenate(kept), minlength=12)
    assert counts[9:].tolist() == [400] * 3
    assert stats.chisquare(counts[:9]).pvalue > 1e-3


@pytest.mark.parametrize("resample", [random_over_sample, random_under_sample])
def test_pictures_of_any_type_are_resampled_too(resample):
    X, y = (
        np.random.default_rng(1).integers(0, 256, (9, 4, 5, 3), dtype=np.uint8),
        [0] * 6 + [1] * 3,
    )
    found, labels = resample(X, y, rng=0)
    assert (found.dtype, found.shape[1:]) == (np.uint8, (4, 5, 3))
    assert len(found) == len(labels)


# All resamplers


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("resample", RESAMPLERS)
def test_labels_of_any_type_end_in_exact_balance(resample, kind):
    X, codes = table((20, 9, 7))
    y = labelled(kind, codes)
    found, labels = resample(X, y, rng=0)
    size = {random_under_sample: 7}.get(resample, 20)
    assert labels.dtype == y.dtype
    assert Counter(labels.tolist()) == dict.fromkeys(y.tolist(), size)
    if resample is not random_under_sample:
        np.testing.assert_array_equal(found[: len(y)], X)
        np.testing.assert_array_equal(labels[: len(y)], y)


@settings(deadline=None)
@given(
    counts=st.lists(st.integers(4, 25), min_size=2, max_size=4),
    features=st.integers(1, 12),
    dtype=FLOATS,
    k=st.integers(1, 3),
)
def test_smote_balances_keeps_the_type_and_leaves_its_input(counts, features, dtype, k):
    X, y = table(counts, features, dtype)
    before = X.copy(), y.copy()
    more, labels = smote(X, y, k_neighbors=k, rng=2)
    assert more.dtype == dtype
    assert np.bincount(labels).tolist() == [max(counts)] * len(counts)
    np.testing.assert_array_equal(more[: len(y)], before[0])
    np.testing.assert_array_equal(labels[: len(y)], before[1])
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(y, before[1])
    for label in range(len(counts)):
        new = more[len(y) :][labels[len(y) :] == label]
        if len(new):
            old = X[y == label].astype(np.float64)
            assert farthest_from_segments(new, old, k) < 500 * np.finfo(dtype).eps


@pytest.mark.parametrize("resample", [*RESAMPLERS, mixup, sample_pairing])
def test_a_seed_repeats_and_another_one_does_not(resample):
    X, y = table((20, 8))
    y = np.eye(2)[y] if resample is mixup else y
    first, again = resample(X, y, rng=3)[0], resample(X, y, rng=np.random.default_rng(3))[0]
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, resample(X, y, rng=4)[0])
    assert not np.array_equal(resample(X, y)[0], resample(X, y)[0])


@pytest.mark.parametrize("resample", RESAMPLERS)
@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (np.ones((3, 2)), [0, 1], "`X` and `y` must have one length; got 3 and 2."),
        (np.float64(1), [0, 1], "`X` and `y` must have one length; got no length and 2."),
        (np.ones((2, 2)), ["a", "a"], "`y` must hold at least two classes; got only 'a'."),
        (np.ones((0, 2)), [], "`y` must have shape (n,) with n >= 1; got (0,)."),
        (np.ones((2, 2)), [[0, 1]], "`y` must have shape (n,) with n >= 1; got (1, 2)."),
        (np.ones((2, 2)), [0, np.nan], "`y` must not hold missing values; got 1 of them."),
        (np.ones((2, 2)), ["a", None], "`y` must not hold missing values; got 1 of them."),
    ],
)
def test_resamplers_refuse(resample, X, y, message):
    with says(message):
        resample(X, y)


# SMOTE


@pytest.mark.parametrize("features", [1, 2, 8, 9, 30])
@pytest.mark.parametrize("offset", [0, 1e6])
def test_neighbours_are_those_of_scikit_learn(features, offset):
    X = np.random.default_rng(2).normal(size=(60, features)) + offset
    found = _neighbours.nearest(X, 5)
    search = NearestNeighbors(n_neighbors=5, algorithm="kd_tree").fit(X)
    np.testing.assert_array_equal(found, search.kneighbors(return_distance=False))


@pytest.mark.parametrize("features", [2, 30])
def test_counts_and_segments_match_imbalanced_learn(features):
    X, y = table((60, 25, 12), features)
    ours, labels = smote(X, y, k_neighbors=4, rng=0)
    theirs, expected = SMOTE(k_neighbors=4, random_state=0).fit_resample(X, y)
    assert Counter(labels.tolist()) == Counter(expected.tolist())
    for new, names in ((ours, labels), (theirs, expected)):
        for label in (1, 2):
            rows = new[len(y) :][names[len(y) :] == label]
            assert farthest_from_segments(rows, X[y == label], 4) < 1e-12
    assert farthest_from_segments(ours[len(y) :], X[y == 0], 4) > 0.1  # the check can fail


def test_places_on_the_segment_are_uniform_and_every_neighbour_is_used():
    X = np.r_[np.zeros(4_003), 0, 1, 11][:, None]  # nearest: 0 -> 1, 1 -> 0, 11 -> 1
    y = np.repeat([0, 1], [4_003, 3])
    new = smote(X, y, k_neighbors=1, rng=5)[0][len(y) :, 0]
    short, long = new[new < 1], (new[new > 1] - 1) / 10
    assert stats.kstest(short, "uniform").pvalue > 1e-3
    assert stats.kstest(long, "uniform").pvalue > 1e-3
    assert stats.binomtest(len(long), len(new), 1 / 3).pvalue > 1e-3


@pytest.mark.parametrize("features", [2, 12])
def test_equal_rows_are_neighbours_but_no_row_is_its_own(features):
    X = np.repeat(np.random.default_rng(1).normal(size=(3, features)), 7, axis=0)
    found = _neighbours.nearest(X, 4)
    assert found.shape == (21, 4)
    assert np.all(found != np.arange(21)[:, None])
    assert np.all(np.sort(found)[:, 1:] != np.sort(found)[:, :-1])
    np.testing.assert_array_equal(X[found], np.repeat(X[:, None], 4, axis=1))


@pytest.mark.parametrize("decimals", [0, 1, 12])
def test_new_rows_do_not_depend_on_the_number_of_threads(decimals):
    X = np.random.default_rng(2).normal(size=(3_000, 10)).round(decimals)
    y = np.arange(3_000) < 1_200
    made = []
    for threads in (1, 2, 4):
        with threadpoolctl.threadpool_limits(threads):
            made.append(smote(X, y, rng=1)[0])
    for other in made[1:]:
        np.testing.assert_array_equal(other, made[0])


def test_of_equal_distances_the_row_that_comes_first_is_nearest():
    points = np.random.default_rng(3).integers(0, 2, (300, 9)).astype(float)
    found = _neighbours.nearest(points, 4)
    for row, near in enumerate(found):
        apart = ((points - points[row]) ** 2).sum(axis=1)
        order = np.argsort(apart, kind="stable")[:5]
        assert near.tolist() == (order[order != row][:4]).tolist()


@pytest.mark.parametrize("features", [2, 12])
@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_huge_and_tiny_values_have_the_same_neighbours(features, size):
    X = np.random.default_rng(3).normal(size=(40, features))
    np.testing.assert_array_equal(_neighbours.nearest(X * size, 3), _neighbours.nearest(X, 3))


def test_a_dict_says_how_many_rows_and_a_float_the_share():
    X, y = table((40, 10, 8))
    found = smote(X, y, sampling_strategy={1: 25, 2: 8}, rng=0)[1]
    assert np.bincount(found).tolist() == [40, 25, 8]
    X, y = table((41, 10))
    for share, count in ((0.5, 20), (0.29, 12), (1, 41), (1.0, 41)):  # 20.5 goes to the even number
        found = smote(X, y, sampling_strategy=share, rng=0)[1]
        assert np.bincount(found).tolist() == [41, count]


def test_a_class_that_needs_no_rows_may_be_small():
    X, y = table((20, 10, 2))
    found = smote(X, y, sampling_strategy={1: 15}, rng=0)[1]
    assert np.bincount(found).tolist() == [20, 15, 2]


def test_a_class_of_k_plus_1_is_enough_and_of_k_is_not():
    X, y = table((20, 6))
    assert np.bincount(smote(X, y, rng=0)[1]).tolist() == [20, 20]
    X, y = table((20, 5))
    with says("`k_neighbors` must be less than the 5 rows of class 1; got 5."):
        smote(X, y, rng=0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"k_neighbors": 0}, "`k_neighbors` must be a whole number of at least 1; got 0."),
        ({"k_neighbors": 2.5}, "`k_neighbors` must be a whole number of at least 1; got 2.5."),
        ({"X": np.full((26, 2), np.nan)}, "got 52 values that are NaN or beyond."),
        ({"X": np.full((26, 2), 2e38, np.float32)}, "must be finite and within +-1.7e+38; got 52"),
        ({"X": np.ones((26, 2, 2))}, "`X` must have shape (n, d) with d >= 1; got (26, 2, 2)."),
        ({"X": np.ones((26, 0))}, "`X` must have shape (n, d) with d >= 1; got (26, 0)."),
        ({"sampling_strategy": {5: 30}}, "must name classes of `y`; got 5."),
        ({"sampling_strategy": {1: 3}}, "fewer rows than there are: class 1 has 6; got 3."),
        ({"sampling_strategy": {1: 9.5}}, "must be a whole number of at least 0; got 9.5."),
        ({"sampling_strategy": 0.1}, "fewer rows than there are: class 1 has 6; got 2."),
        ({"sampling_strategy": 1.5}, '"auto", a dict or a share in (0, 1]; got 1.5.'),
        ({"sampling_strategy": "minority"}, "a dict or a share in (0, 1]; got 'minority'."),
        ({"y": [0] * 12 + [1] * 7 + [2] * 7, "sampling_strategy": 0.9}, "got 0.9 for 3."),
    ],
)
def test_smote_refuses(change, message):
    X, y = table((20, 6))
    with says(message):
        smote(**{"X": X, "y": y, **change})


def test_smote_refuses_whole_numbers():
    with says("`X` must be float32 or float64, since rows are mixed; got int64.", TypeError):
        smote(np.ones((3, 2), dtype=np.int64), [0, 0, 1])


# mixup


SHAPES = ((1,), (2, 3), (31, 4), (300, 40), (5, 70, 80), (9, 4, 5, 3))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pictures_and_labels_are_mixed_by_one_weight_for_each_sample(shape, dtype, monkeypatch):
    monkeypatch.setattr(_mixing, "BLOCK", 2_000)  # several blocks
    n = shape[0]
    X = np.random.default_rng(1).random(shape).astype(dtype)
    before = X.copy()
    mixed, shares, weights = mixup(X, np.eye(n), alpha=1, rng=2)
    assert (mixed.dtype, weights.dtype, shares.dtype) == (dtype, dtype, np.float64)
    assert weights.shape == (n,)
    np.testing.assert_array_equal(X, before)
    # A one-hot label for each sample makes its mixture the recipe of the picture.
    expected = np.tensordot(shares, X.astype(np.float64), axes=1)
    np.testing.assert_allclose(mixed, expected, rtol=0, atol=4 * np.finfo(dtype).eps)
    if n > 1:
        np.testing.assert_array_equal(np.diag(shares), weights)
        assert np.all((shares > 0).sum(axis=0) == 2)  # itself and the partner of exactly one
        assert np.all((shares > 0).sum(axis=1) == 2)


def test_partners_form_one_cycle_and_are_equally_likely():
    found = Counter()
    for seed in range(1_800):
        partners = _mixing.cycle(4, np.random.default_rng(seed))[1]
        seen = [0]
        while (following := int(partners[seen[-1]])) != 0:
            seen.append(following)
        assert sorted(seen) == [0, 1, 2, 3]
        found[tuple(partners.tolist())] += 1
    assert len(found) == 6  # (4 - 1)! cycles
    assert stats.chisquare(list(found.values())).pvalue > 1e-3


@pytest.mark.parametrize("alpha", [0.2, 1, 5])
def test_weights_follow_the_beta_distribution(alpha):
    weights = mixup(np.ones((4_000, 1)), np.ones((4_000, 1)), alpha=alpha, rng=6)[2]
    assert stats.kstest(weights, stats.beta(alpha, alpha).cdf).pvalue > 1e-3


@settings(deadline=None)
@given(n=st.integers(1, 40), width=st.integers(1, 9_000), dtype=FLOATS, seed=st.integers(0, 99))
def test_in_place_is_the_same_bit_by_bit(n, width, dtype, seed):
    X = np.random.default_rng(seed).random((n, width), dtype=dtype)
    Y = np.eye(n, dtype=dtype)
    apart, labels, weights = mixup(X, Y, rng=seed)
    other = np.empty_like(X)
    assert mixup(X, Y, rng=seed, out=other)[0] is other
    np.testing.assert_array_equal(other, apart)
    within, same_labels, same_weights = mixup(X, Y, rng=seed, out=X)
    assert within is X
    np.testing.assert_array_equal(X, apart)
    np.testing.assert_array_equal(same_labels, labels)
    np.testing.assert_array_equal(same_weights, weights)


@pytest.mark.parametrize(
    ("shape", "limit"), [((40, 100, 100, 3), 1.3 * 120_000), ((60_000, 20), 5 * _mixing.BLOCK)]
)
def test_in_place_needs_little_more_than_one_spare_row(shape, limit):
    X, Y = np.ones(shape, dtype=np.float32), np.ones((shape[0], 1), dtype=np.float32)
    mixup(X, Y, rng=1, out=X)
    tracemalloc.start()
    mixup(X, Y, rng=1, out=X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < limit + 40 * shape[0]  # orders, weights and labels: 40 bytes a sample
    assert limit + 40 * shape[0] < X.nbytes


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(20_000, 3), (2_000, 4_097)])
def test_mixtures_of_white_stay_white_and_labels_add_up_to_1(dtype, shape):
    X, Y = np.ones(shape, dtype=dtype), np.eye(5)[np.arange(shape[0]) % 5].astype(dtype)
    mixed, labels, _ = mixup(X, Y, alpha=1, rng=1)
    assert mixed.max() <= 1
    assert mixed.min() >= 1 - np.finfo(dtype).eps
    np.testing.assert_allclose(labels.sum(axis=1), 1, rtol=0, atol=np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64])
def test_whole_one_hot_labels_take_the_type_of_the_samples(dtype):
    Y = np.eye(3)[[0, 1, 2, 1]]
    X = np.random.default_rng(1).random((4, 2), dtype=np.float32)
    found = mixup(X, Y.astype(dtype), rng=3)[1]
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, mixup(X, Y, rng=3)[1], atol=1e-6)


def test_samples_in_any_memory_order_give_the_same():
    X = np.asfortranarray(np.random.default_rng(1).random((12, 60, 80)))
    X.flags.writeable = False
    plain = mixup(np.ascontiguousarray(X), np.eye(12), rng=4)[0]
    np.testing.assert_array_equal(mixup(X, np.eye(12), rng=4)[0], plain)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"alpha": -1}, ValueError, "`alpha` must be a positive number; got -1."),
        ({"alpha": 0}, ValueError, "`alpha` must be a positive number; got 0."),
        ({"alpha": np.nan}, ValueError, "`alpha` must be a positive number; got nan."),
        ({"X": np.ones((4, 2), np.uint8)}, TypeError, "would be rounded; got uint8."),
        ({"X": np.ones((0, 2))}, ValueError, "and not be empty; got (0, 2)."),
        ({"X": np.ones((5, 2))}, ValueError, "`Y` and `X` must have one length; got 4 and 5."),
        ({"Y": [0, 1, 2, 1]}, TypeError, "`Y` must be one-hot of shape (n, c), or float"),
        ({"Y": list("abca")}, TypeError, "np.eye(c)[labels] makes numbers one-hot."),
        ({"Y": [[0], [1], [2], [1]]}, TypeError, "got int64 of shape (4, 1)"),
        ({"Y": np.ones((4, 2), int)}, TypeError, "`Y` must be one-hot"),
        ({"Y": np.full((4, 2), np.nan)}, ValueError, "`Y` must be finite; got 8 values"),
        ({"out": np.ones((4, 3))}, ValueError, "`out` must be an array of shape (4, 2)"),
        ({"out": np.ones((4, 2), np.float32)}, ValueError, "and dtype float64."),
        ({"out": [[1.0, 1.0]] * 4}, ValueError, "`out` must be an array of shape (4, 2)"),
        ({"out": np.ones((2, 4)).T}, ValueError, "`out` must be C-contiguous and writeable."),
    ],
)
def test_mixup_refuses(change, error, message):
    with says(message, error):
        mixup(**{"X": np.ones((4, 2)), "Y": np.eye(4), **change})


def test_mixup_refuses_to_write_to_a_part_of_its_input():
    room = np.ones((5, 2))
    with says("`out` must be `X` itself or share no memory with it; got a view of it."):
        mixup(room[:4], np.eye(4), out=room[1:])
    np.testing.assert_array_equal(room, 1)


# SamplePairing


def test_the_mean_of_any_two_bytes_is_that_of_rint():
    first, second = np.meshgrid(*2 * [np.arange(256, dtype=np.uint8)])
    exact = np.rint((first.astype(float) + second) / 2)
    found = _mixing.average(first, second)
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, exact)


@settings(deadline=None)
@given(n=st.integers(1, 9), dtype=st.sampled_from([np.uint8, np.float32, np.float64]))
def test_pairs_are_averaged_and_the_first_label_stays(n, dtype):
    images = (255 * np.random.default_rng(n).random((n, 4, 3, 3))).astype(dtype)
    before, labels = images.copy(), np.array([f"picture {i}" for i in range(n)])
    found, kept = sample_pairing(images, labels, rng=5)
    partners = _mixing.cycle(n, np.random.default_rng(5))[1]
    exact = (images.astype(np.float64) + images[partners]) / 2
    exact = np.rint(exact) if dtype == np.uint8 else exact
    assert found.dtype == dtype
    np.testing.assert_allclose(found, exact, rtol=1e-6)
    np.testing.assert_array_equal(kept, labels)
    np.testing.assert_array_equal(images, before)
    assert not np.shares_memory(kept, labels)


@pytest.mark.parametrize(
    ("images", "labels", "error", "message"),
    [
        (np.ones((3, 2, 2)), [0, 1], ValueError, "must have one length; got 3 and 2."),
        (np.ones((0, 2, 2)), [], ValueError, "`labels` must have shape (n,) with n >= 1"),
        (np.ones((2, 2, 2), int), [0, 1], TypeError, "uint8, float32 or float64; got int64."),
    ],
)
def test_sample_pairing_refuses(images, labels, error, message):
    with says(message, error):
        sample_pairing(images, labels)


# Class weights


def test_weights_by_hand():
    assert class_weights(list("aaab")) == pytest.approx({"a": 2 / 3, "b": 2})
    assert class_weights([True]) == {True: 1}


@pytest.mark.parametrize("kind", ["numbers", "texts"])
@given(counts=st.lists(st.integers(1, 30), min_size=3, max_size=3))
def test_weights_are_what_scikit_learn_calls_balanced(kind, counts):
    y = labelled(kind, table(counts)[1])
    found = class_weights(y)
    expected = compute_class_weight("balanced", classes=np.unique(y), y=y)
    assert list(found) == np.unique(y).tolist()
    np.testing.assert_allclose(list(found.values()), expected)
    each = np.array([found[label] for label in y.tolist()])
    assert each.mean() == pytest.approx(1)
    totals = [each[y == label].sum() for label in np.unique(y)]
    np.testing.assert_allclose(totals, totals[0])


def test_mixed_labels_keep_their_types_and_classes_their_order():
    assert class_weights([1, "a", 1]) == {1: 0.75, "a": 1.5}
    days = [datetime.date(2020, 1, day) for day in (3, 1, 3)]
    assert list(class_weights(days)) == [days[1], days[0]]
    assert list(class_weights(np.array([2, "b", 1], dtype=object))) == [2, "b", 1]


def test_class_weights_refuses():
    with says("`y` must have shape (n,) with n >= 1; got (0,)."):
        class_weights([])
    with says("`y` must not hold missing values; got 1 of them."):
        class_weights([0.0, np.nan])
