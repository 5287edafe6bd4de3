"""Exercises of lesson 16: assign, update, standardise, match, one silhouette, pairs."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from helpers.exercises import Exercise

RNG = np.random.default_rng(16)
LINE = np.array([[0.0], [4], [5], [9]])
PIXELS = np.array(
    [[10, 200, 30], [250, 240, 230], [0, 0, 5], [120, 130, 90], [60, 60, 200]], "uint8"
)
PAINTS = np.array([[0, 0, 0], [255, 255, 255], [90, 180, 40]], "uint8")
CLOUD = RNG.normal(0, 3, (12, 2)).round(2)
SEEDS = np.array([[-2.0, 1], [4, 3], [0, -4], [-5, -5]])
WIDE = RNG.integers(-9, 10, (9, 4)).astype(float)
ANCHORS = np.array([[-9.0, 2, 1, 3], [4, 4, -8, 0], [0, -7, 6, 5]])
HALF_WAY = np.array([[2.25, 2], [0, 2], [6.75, 2], [4.5, 2], [2.3, 2]])  # the last is beyond
POSTS = np.array([[0.0, 2], [4.5, 2], [9, 2], [4.5, 2]])
GROUPS = np.array([2, 0, 2, 2, 0, 0, 2, 1, 0, 2, 0, 2])
WHOLE = np.array([[25, 200], [50, 75], [101, 106], [225, 175], [124, 50]], "uint8")
TABLE = np.array([[4.0, 40, 7], [2, 10, 7], [3, 60, 7], [7, 40, 7]])
BROAD = RNG.normal(0, 1, (6, 4)) * [1, 30, 0.02, 5] + [5, -40, 2, 0]
TALL = np.column_stack([RNG.normal(9, 4, 15), np.full(15, -3.0), RNG.random(15), np.zeros(15)])
TALL[4, 0] = 70  # more than three SDs above the mean
KINDS = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
FOUND = np.array([1, 1, 1, 2, 2, 1, 1, 1, 0, 0, 0, 2])
SPLIT = np.array([1, 1, 3, 3, 3, 0, 0, 1, 0, 2, 2, 4])
JOINED = np.array([1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0])
FIVE_KINDS = np.array([3, 3, 3, 4, 4, 4, 4, 0, 1, 2, 0, 1])
HALVES = np.array([0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0])
CRUMBS = np.array([5, 5, 5, 0, 1, 4, 4, 4, 2, 3, 3, 0])  # the large groups come last
RIVALS = np.array([[1, 0, 0], [6, 3, 0], [7, 1, 7]])  # counts for which no greedy way is best
RIVAL_KINDS = np.repeat(np.repeat([0, 1, 2], 3), RIVALS.ravel())
RIVAL_FOUND = np.repeat(np.tile([0, 1, 2], 3), RIVALS.ravel())
MANY_KINDS = RNG.integers(0, 4, 40)
MANY_FOUND = np.where(RNG.random(40) < 0.6, (MANY_KINDS + 3) % 4, RNG.integers(0, 6, 40))
STREET = np.array([[0.0], [2], [6], [20], [26], [33], [33]])
HOUSES = np.array([0, 0, 1, 1, 2, 3, 3])
SPREAD = RNG.normal(0, 2, (11, 2)).round(1) + np.repeat([[0, 0], [5, 1], [2, 6]], [4, 4, 3], axis=0)
SPREAD[1] = SPREAD[3]
OWNERS = np.repeat([0, 1, 2], [4, 4, 3])
SOLID = 2000 * (RNG.normal(0, 1, (14, 3)) + 3 * RNG.integers(0, 2, (14, 1)))
SIDES = np.array([0, 1, 0, 1, 3, 0, 1, 3, 3, 0, 1, 1, 0, 3])


def squares_of(points, centres):
    points, centres = np.asarray(points, float), np.asarray(centres, float)
    return np.sum((points[:, None] - centres) ** 2, axis=2)


def assign(points, centres):
    return squares_of(points, centres).argmin(axis=1)


def assign_farthest(points, centres):
    return squares_of(points, centres).argmax(axis=1)


def assign_points_to_centres(points, centres):
    return squares_of(points, centres).argmin(axis=0)


def assign_in_bytes(points, centres):
    return np.sum((points[:, None] - centres) ** 2, axis=2).argmin(axis=1)


def assign_in_bytes_once(points, centres):
    differences = (points[:, None] - centres).astype(float)
    return np.sum(differences**2, axis=2).argmin(axis=1)


def assign_absolute(points, centres):
    differences = np.asarray(points, float)[:, None] - centres
    return np.abs(differences).sum(axis=2).argmin(axis=1)


def assign_by_the_largest_difference(points, centres):
    differences = np.asarray(points, float)[:, None] - centres
    return np.abs(differences).max(axis=2).argmin(axis=1)


def assign_by_the_first_column(points, centres):
    return squares_of(points[:, :1], centres[:, :1]).argmin(axis=1)


def assign_without_squares(points, centres):
    differences = np.asarray(points, float)[:, None] - centres
    return differences.sum(axis=2).argmin(axis=1)


def assign_square_of_the_sum(points, centres):
    differences = np.asarray(points, float)[:, None] - centres
    return (differences.sum(axis=2) ** 2).argmin(axis=1)


def assign_the_last(points, centres):
    return len(centres) - 1 - squares_of(points, centres)[:, ::-1].argmin(axis=1)


def assign_from_1(points, centres):
    return assign(points, centres) + 1


def assign_the_distance(points, centres):
    return np.sqrt(squares_of(points, centres).min(axis=1))


def assign_the_square(points, centres):
    return squares_of(points, centres).min(axis=1)


def assign_the_centre(points, centres):
    return np.asarray(centres, float)[assign(points, centres)]


def assign_by_products(points, centres):
    return (np.asarray(points, float) @ np.asarray(centres, float).T).argmax(axis=1)


def means_of(points, labels, centres, empty):
    """Return the mean of each group, and what `empty(group)` says for those without points."""
    return np.array(
        [
            points[labels == g].mean(axis=0) if (labels == g).any() else empty(g)
            for g in range(len(centres))
        ]
    )


def update(points, labels, centres):
    return means_of(points, labels, centres, lambda g: centres[g])


def update_not_a_number(points, labels, centres):
    return means_of(points, labels, centres, lambda g: np.full(points.shape[1], np.nan))


def update_zero(points, labels, centres):
    return means_of(points, labels, centres, lambda g: np.zeros(points.shape[1]))


def update_mean_of_all(points, labels, centres):
    return means_of(points, labels, centres, lambda g: points.mean(axis=0))


def update_left_out(points, labels, centres):
    return np.array([points[labels == g].mean(axis=0) for g in np.unique(labels)])


def update_one_number(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = points[labels == g].mean()
    return new


def update_median(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = np.median(points[labels == g], axis=0)
    return new


def update_sum(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = points[labels == g].sum(axis=0)
    return new


def update_over_all_points(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = points[labels == g].sum(axis=0) / len(points)
    return new


def update_with_the_old_centre(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = np.vstack([points[labels == g], centres[g]]).mean(axis=0)
    return new


def update_half_way(points, labels, centres):
    return (update(points, labels, centres) + centres) / 2


def update_whole(points, labels, centres):
    return update(points, labels, centres).astype(np.asarray(centres).dtype)


def update_rounded(points, labels, centres):
    return np.rint(update(points, labels, centres))


def update_not_at_all(points, labels, centres):
    return np.array(centres, float)


def update_the_first(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        new[g] = points[labels == g][0]
    return new


def update_from_1(points, labels, centres):
    return means_of(points, labels - 1, centres, lambda g: centres[g])


def update_moved_up(points, labels, centres):
    new = np.array(centres, float)
    groups = np.unique(labels)
    new[: len(groups)] = [points[labels == g].mean(axis=0) for g in groups]
    return new


def update_sums_in_bytes(points, labels, centres):
    new = np.array(centres, float)
    for g in np.unique(labels):
        members = points[labels == g]
        new[g] = members.sum(axis=0, dtype=points.dtype) / len(members)
    return new


def update_not_to_0(points, labels, centres):
    new = update(points, labels, centres)
    return np.where(new.any(axis=1, keepdims=True), new, centres)


def spread_of(features):
    sds = features.std(axis=0)
    return np.where(sds > 0, sds, 1)


def standardise(features):
    return (features - features.mean(axis=0)) / spread_of(features)


def standard_whole(features):
    return standardise(features).astype(features.dtype)


def standard_one_mean(features):
    return (features - features.mean()) / features.std()


def standard_one_mean_own_sds(features):
    return (features - features.mean()) / spread_of(features)


def standard_one_sd(features):
    return (features - features.mean(axis=0)) / features.std()


def standard_rows(features):
    return (features - features.mean(axis=1, keepdims=True)) / features.std(axis=1, keepdims=True)


def standard_not_a_number(features):
    with np.errstate(invalid="ignore", divide="ignore"):
        return (features - features.mean(axis=0)) / features.std(axis=0)


def standard_centred(features):
    return features - features.mean(axis=0)


def standard_not_centred(features):
    return features / spread_of(features)


def standard_variance(features):
    return (features - features.mean(axis=0)) / spread_of(features) ** 2


def standard_less_one(features):
    sds = features.std(axis=0, ddof=1)
    return (features - features.mean(axis=0)) / np.where(sds > 0, sds, 1)


def standard_range(features):
    low, width = features.min(axis=0), np.ptp(features, axis=0)
    return (features - low) / np.where(width > 0, width, 1)


def standard_range_centred(features):
    width = np.ptp(features, axis=0)
    return (features - features.mean(axis=0)) / np.where(width > 0, width, 1)


def standard_largest(features):
    largest = np.abs(features).max(axis=0)
    return features / np.where(largest > 0, largest, 1)


def standard_median(features):
    return (features - np.median(features, axis=0)) / spread_of(features)


def standard_times(features):
    return (features - features.mean(axis=0)) * features.std(axis=0)


def standard_constant_kept(features):
    return np.where(features.std(axis=0) > 0, standardise(features), features)


def standard_constant_left_out(features):
    return standardise(features[:, features.std(axis=0) > 0])


def standard_turned(features):
    return -standardise(features)


def standard_twentieth(features):
    sds = features.std(axis=0)
    return (features - features.mean(axis=0)) / (sds + 0.05)


def counted(truth, labels):
    """Count the items of each class (row) in each group (column)."""
    table = np.zeros((truth.max() + 1, labels.max() + 1), int)
    np.add.at(table, (truth, labels), 1)
    return table


def matched_accuracy(truth, labels):
    table = counted(truth, labels)
    return table[linear_sum_assignment(table, maximize=True)].sum() / len(truth)


def matched_by_number(truth, labels):
    return np.mean(truth == labels)


def matched_majority_of_groups(truth, labels):
    return counted(truth, labels).max(axis=0).sum() / len(truth)


def matched_majority_of_classes(truth, labels):
    return counted(truth, labels).max(axis=1).sum() / len(truth)


def matched_greedily(truth, labels):
    table, right = counted(truth, labels), 0
    for _ in range(min(table.shape)):
        row, column = np.unravel_index(table.argmax(), table.shape)
        right += table[row, column]
        table[row], table[:, column] = 0, 0
    return right / len(truth)


def matched_in_turn(truth, labels):
    table, right = counted(truth, labels).astype(float), 0
    for row in range(min(table.shape)):
        column = table[row].argmax()
        right += table[row, column]
        table[:, column] = -1
    return right / len(truth)


def matched_low_classes(truth, labels):
    table = counted(truth, labels)[: labels.max() + 1]
    return table[linear_sum_assignment(table, maximize=True)].sum() / len(truth)


def matched_in_a_square(truth, labels):
    table = counted(truth, labels)[:, : truth.max() + 1]
    return table[linear_sum_assignment(table, maximize=True)].sum() / len(truth)


def matched_worst(truth, labels):
    table = counted(truth, labels)
    return table[linear_sum_assignment(table)].sum() / len(truth)


def matched_count(truth, labels):
    return matched_accuracy(truth, labels) * len(truth)


def matched_of_matched_groups(truth, labels):
    table = counted(truth, labels)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return table[rows, columns].sum() / table[:, columns].sum()


def matched_mean_of_classes(truth, labels):
    table = counted(truth, labels)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return np.sum(table[rows, columns] / table.sum(axis=1)[rows]) / len(table)


def matched_by_shares(truth, labels):
    table = counted(truth, labels)
    sizes = np.maximum(table.sum(axis=1, keepdims=True), 1)
    return table[linear_sum_assignment(table / sizes, maximize=True)].sum() / len(truth)


def matched_error(truth, labels):
    return 1 - matched_accuracy(truth, labels)


def matched_per_cent(truth, labels):
    return 100 * matched_accuracy(truth, labels)


def ways_of(points, i):
    return np.sqrt(np.sum((points - points[i]) ** 2, axis=1))


def sides_of(ways, labels, i, pick=min):
    """Return the mean distance to the others of the own group, and to one of the other groups."""
    own = labels == labels[i]
    a = ways[own].sum() / max(own.sum() - 1, 1)
    return a, pick([ways[labels == g].mean() for g in np.unique(labels) if g != labels[i]])


def silhouette_of(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_with_itself(points, labels, i):
    ways, own = ways_of(points, i), labels == labels[i]
    a, b = ways[own].mean(), sides_of(ways, labels, i)[1]
    return (b - a) / max(a, b) if own.sum() > 1 else 0.0


def silhouette_all_others(points, labels, i):
    ways, own = ways_of(points, i), labels == labels[i]
    a, b = sides_of(ways, labels, i)[0], ways[~own].mean()
    return (b - a) / max(a, b) if own.sum() > 1 else 0.0


def silhouette_mean_of_groups(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i, np.mean)
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_farthest_group(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i, max)
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_alone_is_1(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / max(a, b)


def silhouette_alone_is_not_a_number(points, labels, i):
    alone = np.sum(labels == labels[i]) == 1
    return np.nan if alone else silhouette_of(points, labels, i)


def silhouette_of_squares(points, labels, i):
    a, b = sides_of(ways_of(points, i) ** 2, labels, i)
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_of_absolute(points, labels, i):
    a, b = sides_of(np.abs(points - points[i]).sum(axis=1), labels, i)
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_of_centres(points, labels, i):
    groups = np.unique(labels)
    centres = np.array([points[labels == g].mean(axis=0) for g in groups])
    ways = np.linalg.norm(centres - points[i], axis=1)
    a, b = ways[groups == labels[i]][0], ways[groups != labels[i]].min()
    return (b - a) / max(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_of_nearest_points(points, labels, i):
    ways, own = ways_of(points, i), labels == labels[i]
    if own.sum() == 1:
        return 0.0
    a, b = np.delete(ways, i)[np.delete(own, i)].min(), ways[~own].min()
    return (b - a) / max(a, b)


def silhouette_turned(points, labels, i):
    return -silhouette_of(points, labels, i)


def silhouette_over_b(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / b if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_over_a(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / a if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_over_the_sum(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / (a + b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_over_the_smaller(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return (b - a) / min(a, b) if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_not_divided(points, labels, i):
    a, b = sides_of(ways_of(points, i), labels, i)
    return b - a if np.sum(labels == labels[i]) > 1 else 0.0


def silhouette_of_all(points, labels, i):
    return np.mean([silhouette_of(points, labels, j) for j in range(len(points))])


def pairs(counts):
    return np.sum(counts * (counts - 1)) / 2


def four_counts(first, second):
    """Return the pairs together in both, in the first, in the second, and all of them."""
    table = counted(first, second)
    n = np.array([len(first)])
    return pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0)), pairs(n)


def adjusted(both, p, q, n):
    return (both - p * q / n) / ((p + q) / 2 - p * q / n)


def adjusted_rand(first, second):
    return adjusted(*four_counts(first, second))


def rand_not_adjusted(first, second):
    both, p, q, n = four_counts(first, second)
    return (n + 2 * both - p - q) / n


def rand_shared_of_all(first, second):
    both, _, _, n = four_counts(first, second)
    return both / n


def rand_over_most(first, second):
    both, p, q, _ = four_counts(first, second)
    return both / ((p + q) / 2)


def rand_most_not_adjusted(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / ((p + q) / 2)


def rand_over_all_pairs(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / (n - p * q / n)


def rand_excess(first, second):
    both, p, q, n = four_counts(first, second)
    return both - p * q / n


def rand_most_is_the_larger(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / (max(p, q) - p * q / n)


def rand_most_is_the_smaller(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / (min(p, q) - p * q / n)


def rand_most_is_the_sum(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / (p + q - p * q / n)


def rand_pairs_twice(first, second):
    both, p, q, n = four_counts(first, second)
    return adjusted(2 * both, 2 * p, 2 * q, n)


def rand_with_itself(first, second):
    table = counted(first, second)
    p, q = np.sum(table.sum(axis=1) ** 2), np.sum(table.sum(axis=0) ** 2)
    return adjusted(np.sum(table**2), p, q, len(first) ** 2)


def rand_halves_of_all(first, second):
    n, table = len(first), counted(first, second)
    p, q = np.sum(table.sum(axis=1) ** 2) / 2, np.sum(table.sum(axis=0) ** 2) / 2
    return adjusted(np.sum(table**2) / 2, p, q, n * (n - 1) / 2)


def rand_all_pairs_squared(first, second):
    both, p, q, _ = four_counts(first, second)
    return adjusted(both, p, q, len(first) ** 2 / 2)


def rand_chance_of_items(first, second):
    both, p, q, _ = four_counts(first, second)
    return adjusted(both, p, q, len(first))


def rand_not_below_0(first, second):
    return max(0.0, adjusted_rand(first, second))


def rand_by_number(first, second):
    return np.mean(first == second)


def rand_together_or_apart(first, second):
    both, p, q, n = four_counts(first, second)
    return adjusted(n + 2 * both - p - q, p, q, n)


def rand_most_as_root(first, second):
    both, p, q, n = four_counts(first, second)
    return (both - p * q / n) / (np.sqrt(p * q) - p * q / n)


def silhouette_to_the_nearest_point(points, labels, i):
    far = np.linalg.norm(points - points[i], axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0.0
    a, b = far[own].sum() / (own.sum() - 1), far[~own].min()
    return (b - a) / max(a, b)


def silhouette_without_twins(points, labels, i):
    far, own = ways_of(points, i), labels == labels[i]
    others = far[own & (far > 0)]
    if not others.size:
        return 0.0
    a, b = others.mean(), sides_of(far, labels, i)[1]
    return (b - a) / max(a, b)


def silhouette_by_the_nearest_centre(points, labels, i):
    far, own = ways_of(points, i), labels == labels[i]
    if own.sum() == 1:
        return 0.0
    others = [g for g in np.unique(labels) if g != labels[i]]
    centres = np.array([points[labels == g].mean(axis=0) for g in others])
    nearest = others[np.linalg.norm(centres - points[i], axis=1).argmin()]
    a, b = far[own].sum() / (own.sum() - 1), far[labels == nearest].mean()
    return (b - a) / max(a, b)


def silhouette_of_squares_with_itself(points, labels, i):
    far = np.sum((points - points[i]) ** 2, axis=1)
    if np.sum(labels == labels[i]) == 1:
        return 0.0
    a = far[labels == labels[i]].mean()
    b = min(far[labels == other].mean() for other in set(labels.tolist()) - {int(labels[i])})
    return (b - a) / max(a, b)


def matched_worst_count(truth, labels):
    table = counted(truth, labels)
    return table[linear_sum_assignment(table)].sum()


EXERCISES = {
    "start": Exercise(
        task="Predict how often one random start finds nine clear groups",
        reference="about 30",
        choices=("about 95", "about 65", "about 30"),
        misconceptions={
            "about 95": "The groups are clear, but the draw knows nothing of them. How often do"
            " nine points drawn at random come from nine different groups?",
            "about 65": "Fewer. Nine draws hardly ever hit nine groups once each, and a centre"
            " that is missing can come only from a neighbour.",
        },
        explanation="Most starts leave a group without a centre, and few get one later.",
    ),
    "units": Exercise(
        task="Predict the agreement after two of seven columns changed their unit",
        reference="about 0.7",
        choices=("still 0.92", "about 0.7", "about 0.0"),
        misconceptions={
            "still 0.92": "k-means sees distances. What becomes of a distance if two of its"
            " columns are 255 times as large?",
            "about 0.0": "Mean and contrast rule now, and they tell something of these three"
            " photographs.",
        },
        explanation="The columns with the largest spread decide, and the unit makes the spread.",
    ),
    "square": Exercise(
        task="Predict the silhouette of the best division of an even square",
        reference="about 0.4",
        choices=("about 0", "about 0.2", "about 0.4"),
        misconceptions={
            "about 0": "A silhouette compares the own group with the next one. Cut a square into"
            " four: is a point not nearer to the others of its quarter?",
            "about 0.2": "More. In the middle of a quarter all of the next one is about twice as"
            " far as the own one.",
        },
        explanation="Any compact pieces are nearer to themselves than to the next piece.",
    ),
    "sizes": Exercise(
        task="Predict how wide a group ten times as wide is on a t-SNE map",
        reference="about 1",
        choices=("about 10", "about 3", "about 1"),
        misconceptions={
            "about 10": "The map does not keep distances. Each point gets about as many neighbours"
            " as the perplexity says, however far they are.",
            "about 3": "Less. The map measures each point's distances by those to its own"
            " neighbours, in the wide group and in the tight one.",
        },
        explanation="Each point measures with the distance of its own neighbours.",
    ),
    "assign": Exercise(
        task="Assign each point to the nearest centre",
        reference=assign,
        cases={
            "4 points on a line, 2 centres": (LINE, np.array([[1.0], [8]])),
            "5 points, some half-way": (HALF_WAY, POSTS),
            "5 pixels in bytes, 3 colours": (PIXELS, PAINTS),
            "12 points, 4 centres": (CLOUD, SEEDS),
            "9 points with 4 large numbers, 3 centres": (1000 * WIDE, 1000 * ANCHORS),
        },
        misconceptions={
            assign_farthest: "Those are the farthest centres. The smallest distance wins.",
            assign_points_to_centres: "You found the nearest point of each centre. Turn it round:"
            " the nearest centre of each point, along the other axis.",
            assign_in_bytes: "Right for floats. In uint8 differences and squares wrap round: make"
            " floats first.",
            assign_in_bytes_once: "Right for floats. In uint8 the difference wraps round before"
            " you make it a float: convert first, subtract after.",
            assign_absolute: "You added up absolute differences. The distance is the root of the"
            " sum of *squares*.",
            assign_by_the_largest_difference: "You took the largest difference of the"
            " coordinates. All count: add up their squares.",
            assign_by_the_first_column: "Only the first coordinate counts in yours. Add up the"
            " squares of all.",
            assign_without_squares: "Differences with a sign cancel, and the smallest one is the"
            " most negative. Square them first.",
            assign_square_of_the_sum: "First square, then add up: differences with a sign cancel"
            " in the sum.",
            assign_the_last: "Of equally near centres you took the last. The first is asked for.",
            assign_from_1: "You count from 1. The first centre has the number 0.",
            assign_the_distance: "Those are the distances to the nearest centre. Return its"
            " number: argmin.",
            assign_the_square: "Those are squared distances. Return the number of the nearest"
            " centre: argmin.",
            assign_the_centre: "Those are the centres themselves. Return their numbers.",
            assign_by_products: "The largest product is not the nearest centre: a long centre"
            " wins too often. Compare distances.",
        },
        explanation="Squares of differences, added up over coordinates; the smallest wins.",
        without=("clustering.assign", "clustering.k_means"),
        steps=(
            "differences of each point and each centre have shape (n, k, d).",
            "square, add up the last axis, and take argmin along the centres.",
        ),
    ),
    "update": Exercise(
        task="Move each centre to the mean of its points",
        reference=update,
        cases={
            "4 points on a line, one alone at 0": (
                LINE,
                np.array([1, 0, 0, 0]),
                np.array([[1.0], [8]]),
            ),
            "5 points in bytes": (WHOLE, np.array([1, 0, 0, 1, 1]), WHOLE[:2]),
            "12 points, one alone, one group empty": (CLOUD, GROUPS, SEEDS),
            "9 points with 4 numbers, the first group empty": (
                WIDE,
                np.array([1, 2, 2, 1, 2, 1, 2, 2, 2]),
                ANCHORS,
            ),
        },
        misconceptions={
            update_not_a_number: "Right but for a group without points: the mean of nothing is not"
            " a number. Keep its old centre.",
            update_zero: "A group without points went to 0. Keep its old centre.",
            update_mean_of_all: "A group without points went to the mean of all points. Keep its"
            " old centre.",
            update_left_out: "A group without points is missing, so all later ones have other"
            " numbers. Keep its old centre.",
            update_one_number: "That is one mean over all coordinates. A centre has a mean for"
            " each: axis=0.",
            update_median: "Those are medians. The mean has the smallest sum of squares.",
            update_sum: "Those are sums. Divide each by the number of points of its group.",
            update_over_all_points: "Divide by the number of points of the *group*, not of all.",
            update_with_the_old_centre: "The old centre counts as a point in yours. It is none.",
            update_half_way: "You went half the way. Move to the mean.",
            update_whole: "The means were cut off to whole numbers: an array of whole numbers"
            " cannot hold them. Write them into a new array of floats.",
            update_rounded: "The means were rounded. Return them as they are.",
            update_not_at_all: "Nothing has moved.",
            update_the_first: "Those are the first points of each group. Take the mean of all.",
            update_from_1: "The groups are one number late: they are numbered from 0.",
            update_moved_up: "A group without points is skipped, so the later means stand at wrong"
            " numbers. Its own old centre belongs there.",
            update_sums_in_bytes: "Right for floats. In uint8 a sum wraps round at 256: make"
            " floats first.",
            update_not_to_0: "A group that lies at 0 was taken for an empty one. Count its points;"
            " the values do not tell.",
        },
        explanation="The mean of the members, along axis 0; an empty group stays.",
        without=("clustering.k_means",),
        steps=(
            "begin with a float copy of the centres, and go through the groups.",
            "points[labels == group].mean(axis=0), if there is any such point.",
        ),
    ),
    "standardise": Exercise(
        task="Bring each column to mean 0 and SD 1",
        reference=standardise,
        cases={
            "3 rows of whole numbers": (np.array([[1, 4], [2, 4], [6, 1]]),),
            "4 rows, one column constant": (TABLE,),
            "6 rows, 4 columns": (BROAD,),
            "15 rows, two columns constant": (TALL,),
        },
        misconceptions={
            standard_one_mean: "That is one mean and one SD for all. Each column has its own:"
            " axis=0.",
            standard_one_mean_own_sds: "The SDs are those of the columns, the mean is that of all"
            " values. Each column has its own: axis=0.",
            standard_one_sd: "The means are those of the columns, the SD is that of all values."
            " Each column has its own: axis=0.",
            standard_rows: "You standardised the rows. A feature is a column: axis=0.",
            standard_not_a_number: "Right but for a constant column: 0 / 0 is not a number. It"
            " shall become 0.",
            standard_centred: "The means are taken off. Divide by the SDs as well.",
            standard_not_centred: "Divided by the SDs. Take the means off as well.",
            standard_variance: "You divided by the variance. Divide by its root, the SD.",
            standard_less_one: "That is the SD with n - 1. Take np.std as it comes.",
            standard_range: "That brings columns to 0 to 1. Mean 0 and SD 1 are asked for.",
            standard_range_centred: "You divided by the range. Divide by the SD.",
            standard_largest: "You divided by the largest size. Take the mean off and divide by"
            " the SD.",
            standard_median: "You took off the median. Take off the mean.",
            standard_times: "You multiplied by the SD. Divide.",
            standard_constant_kept: "A constant column kept its value. It shall become 0.",
            standard_constant_left_out: "A constant column is missing. It shall become 0.",
            standard_turned: "The sign is turned: value less mean, not mean less value.",
            standard_whole: "With whole numbers the decimals are cut off: an array made like"
            " `features` holds what they hold. Make it of floats, np.zeros(features.shape).",
            standard_twentieth: "Nothing is added to the SD here: the SDs shall come out as 1.",
        },
        explanation="Each column less its mean, over its SD; a constant column is 0.",
        without=("clustering.standardise",),
        steps=(
            "mean and SD of each column: axis=0. Where is the SD 0?",
            "put 1 in place of an SD of 0: then 0 / 1 is 0.",
        ),
    ),
    "matched_accuracy": Exercise(
        task="Pair groups with classes and count what is right",
        reference=matched_accuracy,
        cases={
            "12 items, three groups": (KINDS, FOUND),
            "12 items, two groups": (KINDS, JOINED),
            "12 items, two groups, five classes": (FIVE_KINDS, HALVES),
            "12 items, five groups": (KINDS, SPLIT),
            "12 items, six groups": (KINDS, CRUMBS),
            "19 items, three groups": (RIVAL_KINDS, RIVAL_FOUND),
            "40 items, six groups": (MANY_KINDS, MANY_FOUND),
        },
        misconceptions={
            matched_by_number: "You compared the numbers themselves. The numbers of groups say"
            " nothing: pair them first.",
            matched_majority_of_groups: "Each group has its most frequent class in yours, so that"
            " two groups can have the same one. Each class has one group at most.",
            matched_majority_of_classes: "Each class has its most frequent group in yours, so that"
            " two classes can share one. Each group has one class at most.",
            matched_greedily: "The largest count first is not always best: it can block two good"
            " pairs. Try all, or use linear_sum_assignment.",
            matched_in_turn: "You let the classes choose in turn, and the first takes what a later"
            " one needs more. Try all, or use linear_sum_assignment.",
            matched_in_a_square: "Your table has a column for as many groups as there are classes,"
            " and the other groups are lost. Make labels.max() + 1 columns.",
            matched_low_classes: "Your table has a row for as many classes as there are groups, and"
            " the other classes are lost. Make truth.max() + 1 rows.",
            matched_worst: "linear_sum_assignment looks for the *smallest* sum. Set maximize=True,"
            " or turn the sign of the table.",
            matched_count: "That is a count. Divide by the number of items.",
            matched_of_matched_groups: "Items of groups without a partner are wrong, too: divide"
            " by all items.",
            matched_mean_of_classes: "You took the mean over classes. Divide what is right by all"
            " items.",
            matched_by_shares: "The pairs are not those with the largest sum of *counts*. With"
            " shares of each class, for example, a small class weighs as much as a large one.",
            matched_error: "That is the share that is wrong.",
            matched_per_cent: "Per cents. Return a share from 0 to 1.",
            matched_worst_count: "Two things: linear_sum_assignment looks for the smallest sum, so"
            " set maximize=True; and a count is no share.",
        },
        explanation="A table of counts, the best pairs, their sum over all items.",
        without=("clustering.matched_accuracy", "clustering.match_labels"),
        steps=(
            "count how often each class meets each group: np.add.at on a table of zeros.",
            "linear_sum_assignment(table, maximize=True) gives rows and columns of the best pairs.",
        ),
    ),
    "silhouette_of": Exercise(
        task="Compute the silhouette of one point",
        reference=silhouette_of,
        cases={
            "7 points on a line, the first": (STREET, HOUSES, 0),
            "7 points on a line, badly placed": (STREET, HOUSES, 2),
            "7 points on a line, alone": (STREET, HOUSES, 4),
            "7 points on a line, two at one place": (STREET, HOUSES, 5),
            "11 points, number 3 has a twin": (SPREAD, OWNERS, 3),
            "11 points, number 9": (SPREAD, OWNERS, 9),
            "14 points in space, number 2": (SOLID, SIDES, 2),
            "14 points in space, number 3": (SOLID, SIDES, 3),
        },
        misconceptions={
            silhouette_with_itself: "The point itself is none of the *others*: divide the sum by"
            " the size of the group less one.",
            silhouette_all_others: "For b you took all points of other groups together. Take the"
            " mean for each other group, and the smallest of these.",
            silhouette_mean_of_groups: "For b you took the mean of the other groups. Take the"
            " nearest one: the smallest.",
            silhouette_farthest_group: "For b you took the farthest group. Take the nearest.",
            silhouette_alone_is_1: "A point that is alone in its group gets 0, by definition.",
            silhouette_alone_is_not_a_number: "A point that is alone in its group gets 0, not NaN.",
            silhouette_of_squares: "Those are squared distances. Take the root.",
            silhouette_of_absolute: "You added up absolute differences. The distance is the root"
            " of the sum of squares.",
            silhouette_of_centres: "You took the distances to the *centres*. Take the mean of the"
            " distances to the points.",
            silhouette_of_nearest_points: "You took the nearest point of each group. Take the mean"
            " of all its points.",
            silhouette_turned: "The sign is turned: b - a is positive for a point that is well"
            " placed.",
            silhouette_over_b: "Divide by the larger of the two: for a badly placed point that is"
            " a.",
            silhouette_over_a: "Divide by the larger of the two, which mostly is b.",
            silhouette_over_the_sum: "Divide by the larger of the two, not by their sum.",
            silhouette_over_the_smaller: "Divide by the larger of the two, not by the smaller.",
            silhouette_not_divided: "That is b - a. Divide by the larger of the two.",
            silhouette_of_all: "That is the mean of all points. Point `i` is asked for.",
            silhouette_to_the_nearest_point: "For b you took the nearest *point* of another group."
            " Take the mean over each other group, and the smallest of these means.",
            silhouette_of_squares_with_itself: "Two things: distances are the roots of the sums of"
            " squares; and the point itself is none of the others of its group.",
            silhouette_without_twins: "Another point at the same place, at distance 0, is one of"
            " the others: leave out number `i` alone.",
            silhouette_by_the_nearest_centre: "The nearest group is the one with the smallest"
            " *mean* distance to its points. Neither its centre nor a single point tells which.",
        },
        explanation="Mean distances to the own others and to the nearest other group.",
        without=("clustering.silhouette", "clustering.silhouette_samples", "silhouette_samples"),
        steps=(
            "the distances of point i to all points, and which of them have its label.",
            "a: their sum over their number less one. b: the smallest mean of the other groups.",
        ),
    ),
    "adjusted_rand": Exercise(
        task="Compare two divisions by their pairs",
        reference=adjusted_rand,
        cases={
            "12 items, three groups": (KINDS, FOUND),
            "12 items, two groups": (KINDS, JOINED),
            "12 items, five groups": (SPLIT, KINDS),
            "12 items, less than chance": (np.tile([0, 1, 2], 4), KINDS),
            "40 items, six groups": (MANY_KINDS, MANY_FOUND),
        },
        misconceptions={
            rand_not_adjusted: "That is the Rand index without the adjustment: large even by"
            " chance. Take off what chance would give.",
            rand_shared_of_all: "That is B / N. Take off what chance would give, and divide by the"
            " most less chance.",
            rand_over_most: "Take off what chance would give: above and below.",
            rand_most_not_adjusted: "Chance is taken off above. Take it off below as well.",
            rand_over_all_pairs: "Below you took all pairs N. The most that there can be is (P + Q)"
            " / 2.",
            rand_excess: "That is what lies above chance, in pairs. Divide by the most less"
            " chance.",
            rand_most_is_the_larger: "The most is the mean of P and Q, not the larger.",
            rand_most_is_the_smaller: "The most is the mean of P and Q, not the smaller.",
            rand_most_is_the_sum: "The most is the *mean* of P and Q: halve the sum.",
            rand_pairs_twice: "B, P and Q count each pair twice, N counts it once.",
            rand_with_itself: "An item is no pair with itself: m (m - 1) / 2, not m².",
            rand_halves_of_all: "An item is no pair with itself: take the diagonal out of P, Q and"
            " B before you halve them.",
            rand_all_pairs_squared: "Of n items n (n - 1) / 2 pairs can be made, not n² / 2.",
            rand_chance_of_items: "Chance divides by all *pairs*, not by the items.",
            rand_not_below_0: "The index may be negative: less agreement than by chance.",
            rand_by_number: "You compared the numbers of the groups. They say nothing: compare"
            " pairs.",
            rand_together_or_apart: "B counts the pairs that are *together* in both. You added"
            " those that are apart in both.",
            rand_most_as_root: "The most is the mean of both numbers of pairs, not the root of"
            " their product.",
        },
        explanation="Pairs together in both, less chance, over the most less chance.",
        without=("clustering.adjusted_rand_index", "adjusted_rand_score"),
        steps=(
            "B comes from the table of counts, P and Q from its row and column sums.",
            "m (m - 1) / 2 for each count, added up; N is that of all items.",
        ),
    ),
}
