"""Groups without labels: by hand, by scikit-learn and brute force, and the guards."""

import re
from itertools import permutations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics import silhouette_samples as library_silhouettes
from sklearn.preprocessing import StandardScaler

from helpers import clustering, data, images

CORNERS = np.array([[0, 0], [6, 0], [3, 5]])


def blobs(count=60, seed=0, centres=CORNERS):
    """Draw round groups of SD 1 around some centres, and the group of each point."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(centres)), count)
    return centres[truth] + rng.normal(size=(len(truth), centres.shape[1])), truth


def digits(count=None):
    table = load_digits()
    return table.data[:count], table.target[:count]


# k-means


def test_two_groups_of_four_points_by_hand():
    points = np.array([[0, 0], [0, 2], [10, 0], [10, 2]])
    found = clustering.k_means(points, 2, start=np.array([[0, 0], [1, 0]]))
    np.testing.assert_array_equal(found.labels, [0, 0, 1, 1])
    np.testing.assert_allclose(found.centres, [[0, 1], [10, 1]])
    assert found.inertia == pytest.approx(4)
    assert found.steps == 1


def test_a_poor_start_ends_in_a_local_minimum_and_more_starts_leave_it():
    points = np.array([[0, 0], [0, 2], [10, 0], [10, 2]])
    stuck = clustering.k_means(points, 2, start=np.array([[5, 0], [5, 2]]))
    assert stuck.inertia == pytest.approx(100)  # the long way across
    assert clustering.k_means(points, 2, rng=0).inertia == pytest.approx(4)


@pytest.mark.parametrize("k", [1, 2, 10, 30])
def test_from_the_same_start_it_ends_where_scikit_learn_ends(k):
    points, _ = digits()
    start = clustering.k_means(points, k, starts=1, max_steps=1, rng=k).centres  # without ties
    ours = clustering.k_means(points, k, start=start)
    theirs = KMeans(k, init=start, n_init=1, tol=0).fit(points)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    np.testing.assert_allclose(ours.centres, theirs.cluster_centers_, atol=1e-9)
    assert ours.inertia == pytest.approx(theirs.inertia_, rel=1e-12)


def test_an_empty_group_starts_anew_where_scikit_learn_starts_it():
    points, _ = blobs()
    start = np.array([[0, 0], [100, 100], [3, 3], [-80, 50]])  # two of them win no point
    ours = clustering.k_means(points, 4, start=start)
    theirs = KMeans(4, init=start, n_init=1, tol=0).fit(points)
    assert np.bincount(ours.labels, minlength=4).all()
    np.testing.assert_array_equal(ours.labels, theirs.labels_)


def test_at_the_end_no_point_and_no_centre_would_move():
    points, _ = digits(500)
    found = clustering.k_means(points, 12, rng=3)
    np.testing.assert_array_equal(clustering.assign(points, found.centres), found.labels)
    means = [points[found.labels == group].mean(axis=0) for group in range(12)]
    np.testing.assert_allclose(found.centres, means, atol=1e-9)
    assert found.inertia == pytest.approx(np.sum((points - found.centres[found.labels]) ** 2))


def test_each_step_lowers_the_inertia():
    points, _ = digits(600)
    start = points[:15]
    inertias = [
        clustering.k_means(points, 15, start=start, max_steps=m).inertia for m in range(1, 12)
    ]
    assert (np.diff(inertias) < 0).all()


def test_the_best_of_all_partitions_is_found_on_few_points():
    points, _ = blobs(count=3, seed=5)
    every = (np.array(split) for split in np.ndindex(*[3] * 9) if set(split) == {0, 1, 2})
    least = min(
        sum(np.sum((part - part.mean(axis=0)) ** 2) for part in (points[s == g] for g in range(3)))
        for s in every
    )
    assert clustering.k_means(points, 3, rng=0).inertia == pytest.approx(least)


@pytest.mark.parametrize("start", ["k-means++", "random"])
def test_many_starts_are_the_best_of_single_ones(start):
    points, _ = digits(400)
    rng = np.random.default_rng(7)
    singles = [clustering.k_means(points, 9, start=start, starts=1, rng=rng) for _ in range(8)]
    best = min(singles, key=lambda found: found.inertia)
    together = clustering.k_means(points, 9, start=start, starts=8, rng=7)
    np.testing.assert_array_equal(together.labels, best.labels)
    assert together.inertia == pytest.approx(best.inertia, rel=1e-12)


def test_starts_in_several_rooms_give_the_same(monkeypatch):
    points, _ = digits(400)
    once = clustering.k_means(points, 9, rng=7)
    monkeypatch.setattr("helpers.clustering._means.BLOCK", 9 * 400 * 3)
    again = clustering.k_means(points, 9, rng=7)
    np.testing.assert_array_equal(again.labels, once.labels)
    assert again.inertia == once.inertia


def test_careful_starts_find_nine_blobs_more_often():
    grid = 6 * np.array([[row, column] for row in range(3) for column in range(3)])
    points, truth = blobs(50, centres=grid)
    found = {}
    for start in ("random", "k-means++"):
        runs = [clustering.k_means(points, 9, start=start, starts=1, rng=s) for s in range(60)]
        found[start] = sum(clustering.adjusted_rand_index(truth, run.labels) > 0.95 for run in runs)
    assert found["k-means++"] >= found["random"] + 15


def test_a_shift_of_all_points_shifts_the_centres_and_nothing_else():
    points, _ = blobs()
    found = clustering.k_means(points, 3, rng=1)
    far = clustering.k_means(points + 1e7, 3, rng=1)
    np.testing.assert_array_equal(far.labels, found.labels)
    np.testing.assert_allclose(far.centres - 1e7, found.centres, atol=1e-6)
    assert far.inertia == pytest.approx(found.inertia, rel=1e-6)


def test_bytes_do_not_wrap_and_inputs_stay_as_they_are():
    pixels = data.load_image("coffee")[::20, ::20].reshape(-1, 3)
    before, start = pixels.copy(), pixels[:4].astype(float)
    found = clustering.k_means(pixels, 4, start=start)
    np.testing.assert_array_equal(found.labels, clustering.k_means(before / 1.0, 4, start=start)[0])
    np.testing.assert_array_equal(pixels, before)
    np.testing.assert_array_equal(start, pixels[:4])


def test_as_many_groups_as_different_points_leave_no_distance():
    points = np.repeat(CORNERS, 4, axis=0)
    for start in ("k-means++", "random"):
        assert clustering.k_means(points, 3, start=start, starts=20, rng=0).inertia == 0
        message = re.escape("`k` must be at most 3 (different points); got 4.")
        with pytest.raises(ValueError, match=message):
            clustering.k_means(points, 4, start=start, rng=0)


@pytest.mark.parametrize(
    ("points", "k", "options", "message"),
    [
        (np.zeros(4), 2, {}, "`points` must have shape (n, d), n >= 1; got (4,)."),
        (np.zeros((0, 2)), 2, {}, "`points` must have shape (n, d), n >= 1; got (0, 2)."),
        (np.full((4, 2), np.nan), 2, {}, "`points` must hold finite numbers; got NaN or infinity."),
        (np.full((4, 2), "a"), 2, {}, "`points` must hold numbers; got <U1."),
        (np.eye(4), 5, {}, "`k` must be at most 4 (points); got 5."),
        (np.eye(4), 0, {}, "`k` must be a whole number of at least 1; got 0."),
        (np.eye(4), 2, {"starts": 0}, "`starts` must be a whole number of at least 1; got 0."),
        (np.eye(4), 2, {"max_steps": 1.5}, "`max_steps` must be a whole number of at least 1"),
        (np.eye(4), 2, {"start": "far"}, '`start` must be one of k-means++, random; got "far".'),
        (np.eye(4), 2, {"start": np.eye(4)}, "`start` must have shape (2, 4); got (4, 4)."),
        (np.eye(4), 1, {"start": [[np.inf] * 4]}, "`start` must hold finite numbers; got NaN or"),
    ],
)
def test_k_means_refuses_what_it_cannot_do(points, k, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        clustering.k_means(points, k, **options)


def test_points_go_to_the_nearest_centre_by_hand():
    labels = clustering.assign([[0, 0], [3, 0], [9, 9]], [[10, 10], [1, 0]])
    np.testing.assert_array_equal(labels, [1, 1, 0])
    with pytest.raises(ValueError, match=re.escape("`centres` must have 2 columns; got 3.")):
        clustering.assign(np.zeros((4, 2)), np.zeros((2, 3)))


def test_of_equally_near_centres_the_first_wins():
    points, _ = digits()  # whole numbers: many ties, and none of them rounded
    centres = points[np.random.default_rng(0).choice(len(points), 40, replace=False)]
    squares = np.sum((points[:, None] - centres) ** 2, axis=2)
    assert np.sum(squares == squares.min(axis=1, keepdims=True)) > len(points)
    for unit in (1, 1 / 16, 255):
        labels = clustering.assign(unit * points, unit * centres)
        np.testing.assert_array_equal(labels, squares.argmin(axis=1))


def test_many_points_are_assigned_block_by_block():
    rng = np.random.default_rng(0)
    points, centres = rng.normal(size=(90_000, 3)), rng.normal(size=(7, 3))
    squares = np.sum((points[:, None] - centres) ** 2, axis=2)
    np.testing.assert_array_equal(clustering.assign(points, centres), squares.argmin(axis=1))


# Agreement


def test_the_adjusted_rand_index_of_six_items_by_hand():
    first, second = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]
    # together in both 1 + 1 = 2; in the first 6, in the second 3; by chance 6 * 3 / 15 = 1.2
    expected = (2 - 1.2) / (4.5 - 1.2)
    assert clustering.adjusted_rand_index(first, second) == pytest.approx(expected)
    assert clustering.adjusted_rand_index(second, first) == pytest.approx(expected)


def test_agreement_is_that_of_scikit_learn():
    rng = np.random.default_rng(0)
    for n, a, b in [(2, 2, 2), (10, 3, 2), (50, 5, 9), (2000, 10, 10)]:
        first, second = rng.integers(0, a, n), rng.integers(0, b, n)
        ours = clustering.adjusted_rand_index(first, second)
        assert ours == pytest.approx(adjusted_rand_score(first, second), abs=1e-12)


def test_names_of_groups_do_not_count_and_chance_agrees_by_0_on_average():
    _, truth = digits()
    names = np.array([*"qwertyuiop"])
    assert clustering.adjusted_rand_index(truth, names[truth]) == 1
    rng = np.random.default_rng(1)
    found = [clustering.adjusted_rand_index(truth, rng.permutation(truth)) for _ in range(200)]
    assert np.mean(found) == pytest.approx(0, abs=3 * np.std(found) / 200**0.5)
    assert min(found) < 0


@pytest.mark.parametrize("labels", [[0], [0, 0, 0], [0, 1, 2]])
def test_equal_divisions_agree_even_if_they_are_trivial(labels):
    assert clustering.adjusted_rand_index(labels, labels) == 1


def test_groups_are_matched_as_brute_force_matches_them():
    rng = np.random.default_rng(2)
    truth, labels = rng.integers(0, 4, 60), rng.integers(0, 4, 60)
    best = max(np.mean(np.array(order)[labels] == truth) for order in permutations(range(4)))
    assert clustering.matched_accuracy(truth, labels) == pytest.approx(best)
    partner = clustering.match_labels(truth, labels)
    assert np.mean([partner[group] for group in labels] == truth) == pytest.approx(best)


def test_each_class_has_one_group_at_most():
    truth, labels = ["cat"] * 6 + ["dog"] * 2, [0, 0, 0, 1, 1, 1, 2, 2]
    partner = clustering.match_labels(truth, labels)
    assert partner in ({0: "cat", 2: "dog"}, {1: "cat", 2: "dog"})
    assert clustering.matched_accuracy(truth, labels) == 5 / 8  # each group its majority: 8 of 8


@pytest.mark.parametrize("name", ["adjusted_rand_index", "match_labels", "matched_accuracy"])
@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 1], "must have one length; got"),
        ([], "must have shape (n,) with n >= 1; got (0,)."),
        ([0, 1, np.nan], "must not hold missing values; got 1 of them."),
    ],
)
def test_agreement_refuses_labels_that_do_not_fit(name, labels, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        getattr(clustering, name)([0, 1, 1], labels)


# How many


def test_silhouettes_of_four_points_on_a_line_by_hand():
    points, labels = np.array([[0.0], [2.0], [6.0], [20.0]]), [0, 0, 1, 1]
    # 0: a 2, b (6 + 20) / 2 = 13; 2: a 2, b 11; 6: a 14, b 5; 20: a 14, b 19
    expected = [11 / 13, 9 / 11, -9 / 14, 5 / 19]
    np.testing.assert_allclose(clustering.silhouette_samples(points, labels), expected)
    assert clustering.silhouette(points, labels) == pytest.approx(np.mean(expected))


@pytest.mark.parametrize("block", [1 << 17, 1000])
def test_silhouettes_are_those_of_scikit_learn(block, monkeypatch):
    monkeypatch.setattr("helpers.clustering._how_many.BLOCK", block)
    points, _ = digits(300)
    labels = clustering.k_means(points, 7, rng=0).labels
    labels[:1] = 99  # one point alone
    ours = clustering.silhouette_samples(points, labels)
    np.testing.assert_allclose(ours, library_silhouettes(points, labels), atol=1e-9)
    assert ours[0] == 0


def test_silhouettes_do_not_depend_on_place_scale_or_names():
    points, truth = blobs(20)
    plain = clustering.silhouette_samples(points, truth)
    moved = clustering.silhouette_samples(1e-3 * points + 50, np.array(["b", "a", "c"])[truth])
    np.testing.assert_allclose(moved, plain, rtol=1e-6)


def test_equal_points_have_silhouettes_without_rounding():
    points = np.array([[0.1, 0.3]] * 4 + [[5.0, 0.3]] * 2)
    np.testing.assert_array_equal(clustering.silhouette_samples(points, [0, 0, 1, 1, 2, 2])[:4], 0)
    np.testing.assert_array_equal(clustering.silhouette_samples(points, [0, 0, 0, 0, 1, 1]), 1)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 0, 0, 0], "`labels` must hold at least two groups; got one."),
        ([0, 1, 0], "`points` and `labels` must have one length; got 4 and 3."),
        ([0, 1, 0, np.nan], "`labels` must not hold missing values; got 1 of them."),
    ],
)
def test_silhouettes_refuse_labels_that_do_not_fit(labels, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        clustering.silhouette(np.eye(4), labels)


def test_the_gap_finds_clear_blobs_and_one_group_in_noise():
    points, _ = blobs(centres=2 * CORNERS)
    found = clustering.gap_statistic(points, range(1, 7), rng=0)
    assert found.first == 3
    assert found.gaps.argmax() + 1 == 3
    noise = np.random.default_rng(0).normal(size=(150, 2))
    assert clustering.gap_statistic(noise, range(1, 7), rng=0).first == 1


def test_the_gap_is_the_mean_logarithm_less_that_of_the_data():
    points, _ = blobs(10)
    found = clustering.gap_statistic(points, [1], references=50, rng=0)
    moved = points - points.mean(axis=0)
    turned = moved @ np.linalg.svd(moved, full_matrices=False)[2].T
    sides = np.ptp(turned, axis=0)
    # for one group the inertia of uniform points is known: n - 1 times the variances
    expected = np.log(29 * np.sum(sides**2) / 12) - np.log(np.sum(moved**2))
    assert found.gaps[0] == pytest.approx(expected, abs=4 * found.errors[0] / 50**0.5 + 0.01)
    assert found.first is None


def test_the_gap_does_not_depend_on_the_turn_of_the_data():
    points, _ = blobs(30)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    plain = clustering.gap_statistic(points, range(1, 4), references=40, rng=0)
    turned = clustering.gap_statistic(points @ turn, range(1, 4), references=40, rng=1)
    chance = 4 * (2 / 40) ** 0.5 * plain.errors  # four errors of a difference of two means
    assert (np.abs(turned.gaps - plain.gaps) < chance).all()


@pytest.mark.parametrize(
    ("ks", "options", "message"),
    [
        ([1, 3], {}, "`ks` must rise by ones, such as range(1, 8); got [1, 3]."),
        ([], {}, "`ks` must rise by ones, such as range(1, 8); got []."),
        ([0, 1], {}, "`ks` must be a whole number of at least 1; got 0."),
        ([1, 2], {"references": 1}, "`references` must be a whole number of at least 2; got 1."),
        ([2, 3], {}, "`ks` must be below the number of different points; got 3."),
    ],
)
def test_the_gap_refuses_what_it_cannot_do(ks, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        clustering.gap_statistic(np.eye(3), ks, **options)


def test_halves_agree_on_blobs_and_not_on_noise():
    points, _ = blobs(centres=2 * CORNERS)
    assert clustering.split_half_agreement(points, 3, rng=0).min() > 0.95
    noise = np.random.default_rng(0).normal(size=(180, 10))
    found = clustering.split_half_agreement(noise, 3, splits=6, rng=0)
    assert found.shape == (6,)
    assert found.mean() < 0.4


@pytest.mark.parametrize(
    ("k", "message"),
    [
        (1, "`k` must be a whole number of at least 2; got 1."),
        (3, "`k` must be at most 2 (points in a half); got 3."),
    ],
)
def test_halves_must_hold_the_groups(k, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        clustering.split_half_agreement(np.eye(5), k)


def test_the_same_seed_gives_the_same_answers():
    points, _ = blobs(15)
    for run in (
        lambda: clustering.k_means(points, 4, rng=5).centres,
        lambda: clustering.gap_statistic(points, [1, 2], references=3, rng=5).gaps,
        lambda: clustering.split_half_agreement(points, 2, rng=5),
    ):
        np.testing.assert_array_equal(run(), run())


# Features


def test_columns_are_standardised_by_hand():
    table = np.array([[0, 5, 0.1], [2, 5, 0.1], [4, 5, 0.1]])
    scaled = clustering.standardise(table)
    np.testing.assert_allclose(scaled[:, 0], [-(1.5**0.5), 0, 1.5**0.5])
    np.testing.assert_array_equal(scaled[:, 1:], 0)  # three times 0.1 has a mean that is rounded


def test_columns_are_standardised_as_by_scikit_learn():
    table, _ = digits(300)
    expected = StandardScaler().fit_transform(table)
    np.testing.assert_allclose(clustering.standardise(table), expected, atol=1e-12)
    message = re.escape("`features` must hold finite numbers; got NaN or infinity.")
    with pytest.raises(ValueError, match=message):
        clustering.standardise([[1.0], [np.nan]])


def test_the_colours_of_four_pixels_by_hand():
    image = np.array([[[0, 0, 0], [255, 0, 0]], [[255, 0, 0], [127, 128, 255]]], np.uint8)
    shares = clustering.colour_histogram(image, 2)
    np.testing.assert_array_equal(shares, [0.25, 0, 0, 0.25, 0.5, 0, 0, 0])


@pytest.mark.parametrize("bins", [1, 3, 4, 16])
def test_a_histogram_is_the_same_for_floats_and_for_grey_as_colour(bins):
    image = data.load_image("coffee")[:64, :64]
    shares = clustering.colour_histogram(image, bins)
    assert shares.shape == (bins**3,)
    assert shares.sum() == pytest.approx(1)
    wide = images.as_float(image)
    if 256 % bins == 0:  # else some levels lie on the other side of a border
        np.testing.assert_array_equal(clustering.colour_histogram(wide, bins), shares)
    grey = data.load_image("camera")[:64, :64]
    as_colour = np.stack([grey] * 3, axis=-1)
    np.testing.assert_array_equal(
        clustering.colour_histogram(grey, bins), clustering.colour_histogram(as_colour, bins)
    )


def test_there_are_at_most_16_bins():
    with pytest.raises(ValueError, match=re.escape("`bins` must be at most 16; got 17.")):
        clustering.colour_histogram(np.zeros((2, 2)), 17)


def test_texture_tells_upright_from_level_and_fine_from_coarse():
    at = dict(zip(clustering.TEXTURES, range(7), strict=True))
    fine = np.indices((64, 64))[1] // 1 % 2 * 1.0
    coarse = np.indices((64, 64))[1] // 8 % 2 * 1.0
    of_fine, of_coarse = (clustering.texture_features(image) for image in (fine, coarse))
    of_level = clustering.texture_features(fine.T)
    assert of_fine[at["upright"]] > 3
    assert of_level[at["upright"]] == pytest.approx(-of_fine[at["upright"]])
    assert of_fine[at["fine"]] > of_coarse[at["fine"]]
    assert of_fine[at["coarse"]] < of_coarse[at["coarse"]]
    assert of_fine[:2].tolist() == [0.5, 0.5]


def test_texture_knows_nothing_of_depth_and_a_flat_picture_is_finite():
    image = data.load_image("brick")[:64, :64]
    found = clustering.texture_features(image)
    np.testing.assert_allclose(clustering.texture_features(images.as_float(image)), found)
    as_colour = np.stack([images.as_float(image)] * 3, axis=-1)
    np.testing.assert_allclose(clustering.texture_features(as_colour), found, atol=1e-9)
    assert np.isfinite(clustering.texture_features(np.zeros((2, 2)))).all()


def test_a_texture_needs_two_pixels_a_side():
    message = re.escape("`image` must have sides of at least 2 pixels; got (1, 9).")
    with pytest.raises(ValueError, match=message):
        clustering.texture_features(np.zeros((1, 9)))
