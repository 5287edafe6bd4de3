"""Other right and wrong answers to the exercises of lesson 16."""

from itertools import combinations, permutations

import numpy as np
from scipy.optimize import linear_sum_assignment

from helpers.exercises import lesson_16 as lesson


def assign_by_loop(points, centres):
    labels = []
    for point in points.astype(float):
        ways = [np.linalg.norm(point - centre) for centre in centres.astype(float)]
        labels.append(ways.index(min(ways)))
    return labels


def assign_keeping_the_best(points, centres):
    best, labels = np.full(len(points), np.inf), np.zeros(len(points), int)
    for number, centre in enumerate(centres):
        ways = ((points * 1.0 - centre) ** 2).sum(axis=1)
        labels[ways < best] = number
        best = np.minimum(best, ways)
    return labels


def assign_by_loop_in_bytes(points, centres):
    return [np.argmin([np.sum((p - c) ** 2) for c in centres]) for p in points]


def assign_by_loop_absolute(points, centres):
    return [np.argmin([abs(p * 1.0 - c).sum() for c in centres]) for p in points]


def update_by_sums(points, labels, centres):
    new = centres.astype(float)
    for group in range(len(centres)):
        count = np.sum(labels == group)
        if count > 0:
            new[group] = np.sum(points[labels == group], axis=0) / count
    return new


def update_by_add_at(points, labels, centres):
    sums, counts = np.zeros(centres.shape), np.bincount(labels, minlength=len(centres))
    np.add.at(sums, labels, points)
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centres)


def update_in_the_copy(points, labels, centres):
    new = centres.copy()
    for group in set(labels.tolist()):
        new[group] = points[labels == group].mean(axis=0)
    return new


def update_by_sums_of_nothing(points, labels, centres):
    sums, counts = np.zeros(centres.shape), np.bincount(labels, minlength=len(centres))
    np.add.at(sums, labels, points)
    return sums / np.maximum(counts, 1)[:, None]


def standardise_by_loop(features):
    columns = []
    for column in features.T:
        moved = column - np.mean(column)
        sd = np.sqrt(np.mean(moved**2))
        columns.append(moved / sd if sd > 1e-12 else np.zeros(len(column)))
    return np.column_stack(columns)


def standardise_and_repair(features):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num((features - features.mean(0)) / features.std(0))


def standardise_by_scores(features):
    return (features - np.average(features, axis=0)) / np.sqrt(np.var(features))


def standardise_turned_rows(features):
    turned = features.T
    return ((turned - turned.mean(axis=0)) / turned.std(axis=0)).T


def matched_by_trying(truth, labels):
    classes, groups = int(truth.max()) + 1, int(labels.max()) + 1
    size = max(classes, groups)
    best = 0
    for order in permutations(range(size), groups):
        best = max(best, sum(order[g] == t for g, t in zip(labels, truth, strict=True)))
    return best / len(truth)


def matched_by_costs(truth, labels):
    table = np.array(
        [
            [np.sum((truth == t) & (labels == g)) for g in range(labels.max() + 1)]
            for t in range(truth.max() + 1)
        ]
    )
    rows, columns = linear_sum_assignment(-table)
    return sum(table[r, c] for r, c in zip(rows, columns, strict=True)) / truth.size


def matched_by_bincount_of_groups(truth, labels):
    return sum(np.bincount(truth[labels == g]).max() for g in set(labels.tolist())) / len(truth)


def matched_without_maximize(truth, labels):
    table = np.histogram2d(truth, labels, (truth.max() + 1, labels.max() + 1))[0]
    return table[linear_sum_assignment(table)].sum() / table.sum()


def silhouette_by_loop(points, labels, i):
    sums = {}
    for j in range(len(points)):
        if j != i:
            way = np.linalg.norm(points[j] - points[i])
            sums.setdefault(int(labels[j]), []).append(way)
    if int(labels[i]) not in sums:
        return 0
    a = np.mean(sums.pop(int(labels[i])))
    b = min(np.mean(ways) for ways in sums.values())
    return 1 - a / b if a < b else b / a - 1


def silhouette_by_masks(points, labels, i):
    ways = np.sqrt(((points - points[i]) ** 2).sum(axis=1))
    mine = (labels == labels[i]) & (np.arange(len(points)) != i)
    if not mine.any():
        return 0.0
    a = ways[mine].mean()
    b = np.inf
    for group in range(labels.max() + 1):
        if group != labels[i] and (labels == group).any():
            b = min(b, ways[labels == group].mean())
    return (b - a) / np.maximum(a, b)


def silhouette_by_masks_with_itself(points, labels, i):
    ways = np.linalg.norm(points - points[i], axis=1)
    if np.sum(labels == labels[i]) == 1:
        return 0.0
    means = {g: ways[labels == g].mean() for g in set(labels.tolist())}
    a = means.pop(int(labels[i]))
    b = min(means.values())
    return (b - a) / max(a, b)


def silhouette_by_masks_of_all(points, labels, i):
    ways = np.linalg.norm(points - points[i], axis=1)
    mine = labels == labels[i]
    if mine.sum() == 1:
        return 0.0
    a, b = ways[mine].sum() / (mine.sum() - 1), ways[labels != labels[i]].mean()
    return (b - a) / max(a, b)


def rand_by_loop(first, second):
    both = p = q = n = 0
    for i, j in combinations(range(len(first)), 2):
        here, there = first[i] == first[j], second[i] == second[j]
        both, p, q, n = both + (here and there), p + here, q + there, n + 1
    chance = p * q / n
    return (both - chance) / ((p + q) / 2 - chance)


def rand_by_tables(first, second):
    here, there = first[:, None] == first, second[:, None] == second
    upper = np.triu(np.ones(here.shape, bool), 1)
    b, p, q, n = (np.sum(t & upper) for t in (here & there, here, there, upper))
    return float((n * b - p * q) / (n * (p + q) / 2 - p * q))


def rand_by_whole_tables(first, second):
    here, there = first[:, None] == first, second[:, None] == second
    b, p, q = np.sum(here & there), np.sum(here), np.sum(there)
    chance = p * q / here.size
    return (b - chance) / ((p + q) / 2 - chance)


def rand_plain_by_tables(first, second):
    same = (first[:, None] == first) == (second[:, None] == second)
    return same[np.triu_indices(len(first), 1)].mean()


ACCEPTED = {
    "assign": (assign_by_loop, assign_keeping_the_best),
    "update": (update_by_sums, update_by_add_at),
    "standardise": (standardise_by_loop, standardise_and_repair),
    "matched_accuracy": (matched_by_trying, matched_by_costs),
    "silhouette_of": (silhouette_by_loop, silhouette_by_masks),
    "adjusted_rand": (rand_by_loop, rand_by_tables),
}

VARIANTS = {
    "assign": {
        assign_by_loop_in_bytes: lesson.assign_in_bytes,
        assign_by_loop_absolute: lesson.assign_absolute,
    },
    "update": {
        update_in_the_copy: lesson.update_whole,
        update_by_sums_of_nothing: lesson.update_zero,
    },
    "standardise": {
        standardise_by_scores: lesson.standard_one_sd,
        standardise_turned_rows: lesson.standard_rows,
    },
    "matched_accuracy": {
        matched_by_bincount_of_groups: lesson.matched_majority_of_groups,
        matched_without_maximize: lesson.matched_worst,
    },
    "silhouette_of": {
        silhouette_by_masks_with_itself: lesson.silhouette_with_itself,
        silhouette_by_masks_of_all: lesson.silhouette_all_others,
    },
    "adjusted_rand": {
        rand_by_whole_tables: lesson.rand_with_itself,
        rand_plain_by_tables: lesson.rand_not_adjusted,
    },
}
