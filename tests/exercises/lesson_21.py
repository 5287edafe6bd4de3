"""Other right and wrong answers to the exercises of lesson 21."""

import numpy as np
from scipy import stats

from helpers.exercises import lesson_21 as lesson


def spread_by_loop(counts):
    rows = []
    for row in counts:
        ratings = np.repeat(np.arange(1, 11), row)
        rows.append([ratings.mean(), ratings.std()])
    return rows


def spread_by_average(counts):
    stars = np.broadcast_to(np.arange(1, 11), counts.shape)
    mean = np.average(stars, axis=1, weights=counts)
    far = np.average((stars - mean[:, None]) ** 2, axis=1, weights=counts)
    return np.stack([mean, far**0.5], axis=1)


def spread_by_sample(counts):
    rows = []
    for row in counts:
        ratings = np.repeat(np.arange(1, 11), row)
        rows.append([ratings.mean(), ratings.std(ddof=1)])
    return rows


def spread_from_index(counts):
    shares = counts / counts.sum(axis=1)[:, None]
    mean = shares @ np.arange(10)
    return np.stack([mean, np.sqrt(shares @ np.arange(10) ** 2 - mean**2)], axis=1)


def emd_with_a_bag(p, q, r):
    p, q, bag, total = p / sum(p), q / sum(q), 0.0, 0.0
    for have, want in zip(p, q, strict=True):
        bag += have - want
        total += abs(bag) ** r
    return (total / len(p)) ** (1 / r)


def emd_by_norm(p, q, r):
    gaps = np.cumsum(p) / np.sum(p) - np.cumsum(q) / np.sum(q)
    return np.linalg.norm(gaps, r) / len(gaps) ** (1 / r)


def emd_of_lesson_14(p, q, r):
    places = np.arange(len(p))
    return stats.wasserstein_distance(places, places, p, q) / len(p)


def emd_with_a_square_root(p, q, r):
    gaps = np.abs(np.cumsum(p / p.sum()) - np.cumsum(q / q.sum()))
    return np.sqrt((gaps**r).mean())


def majority_by_counting(train, test):
    above = sum(mean > 5 for mean in train)
    if above > len(train) / 2:
        return sum(mean > 5 for mean in test) / len(test)
    return sum(mean <= 5 for mean in test) / len(test)


def majority_by_twice(train, test):
    side = 2 * np.count_nonzero(train > 5) > train.size
    return np.count_nonzero((test > 5) == side) / test.size


def majority_best_on_test(train, test):
    return max(np.mean(test > 5), 1 - np.mean(test > 5))


def majority_mean_side(train, test):
    return np.mean((test > 5) == (np.mean(train) > 5))


def raters_by_trying(shares, error):
    stars, number = np.arange(1, 11), 1
    mean = np.sum(shares * stars)
    sd = np.sqrt(np.sum(shares * (stars - mean) ** 2))
    while sd / np.sqrt(number) > error + 1e-12:
        number += 1
    return number


def raters_by_average(shares, error):
    stars = np.arange(1, 11)
    variance = np.average((stars - np.average(stars, weights=shares)) ** 2, weights=shares)
    return int(np.ceil(round(variance / error**2, 9)))


def raters_truncated(shares, error):
    stars = np.arange(1, 11)
    return int(round((shares @ stars**2 - (shares @ stars) ** 2) / error**2, 6) - 1e-7)


def raters_linear(shares, error):
    stars = np.arange(1, 11)
    return int(np.ceil(np.sqrt(shares @ stars**2 - (shares @ stars) ** 2) / error - 1e-9))


def cap_by_walking(means, edges, cap, order):
    kept, seen = [False] * len(means), {}
    for place in order.tolist():
        number = sum(means[place] >= edge for edge in edges)
        seen[number] = seen.get(number, 0) + 1
        kept[place] = seen[number] <= cap
    return np.array(kept)


def cap_by_ranks(means, edges, cap, order):
    bins = np.searchsorted(edges, means, side="right")
    kept = np.zeros(means.shape, dtype=bool)
    for number in range(len(edges) + 1):
        mine = [place for place in order if bins[place] == number]
        kept[mine[:cap]] = True
    return kept


def cap_as_they_come(means, edges, cap, order):
    bins, kept = np.digitize(means, edges), np.zeros(len(means), bool)
    for number in range(len(edges) + 1):
        kept[np.flatnonzero(bins == number)[:cap]] = True
    return kept


def cap_list_of_places(means, edges, cap, order):
    bins = np.digitize(means, edges)
    places = [order[bins[order] == number][:cap] for number in range(len(edges) + 1)]
    return np.sort(np.concatenate(places))


def chances_by_loop(means, edges):
    bins = [sum(mean >= edge for edge in edges) for mean in means]
    weights = [1 / bins.count(number) for number in bins]
    return np.array([weight / sum(weights) for weight in weights])


def chances_by_filled_bins(means, edges):
    _, bins, counts = np.unique(np.digitize(means, edges), return_inverse=True, return_counts=True)
    return 1 / counts[bins] / len(counts)


def chances_weights(means, edges):
    _, bins, counts = np.unique(np.digitize(means, edges), return_inverse=True, return_counts=True)
    return 1 / counts[bins]


def chances_with_empty(means, edges):
    _, bins, counts = np.unique(np.digitize(means, edges), return_inverse=True, return_counts=True)
    return 1 / counts[bins] / (len(edges) + 1)


ACCEPTED = {
    "mean_and_spread": (spread_by_loop, spread_by_average),
    "emd": (emd_with_a_bag, emd_by_norm),
    "majority_right": (majority_by_counting, majority_by_twice),
    "raters_needed": (raters_by_trying, raters_by_average),
    "cap_bins": (cap_by_walking, cap_by_ranks),
    "draw_chances": (chances_by_loop, chances_by_filled_bins),
}

VARIANTS = {
    "mean_and_spread": {
        spread_by_sample: lesson.spread_less_one,
        spread_from_index: lesson.spread_from_0,
    },
    "emd": {
        emd_of_lesson_14: lesson.emd_always_1,
        emd_with_a_square_root: lesson.emd_square_root,
    },
    "majority_right": {
        majority_best_on_test: lesson.majority_of_test,
        majority_mean_side: lesson.majority_by_mean,
    },
    "raters_needed": {
        raters_truncated: lesson.raters_cut,
        raters_linear: lesson.raters_no_square,
    },
    "cap_bins": {
        cap_as_they_come: lesson.cap_first,
        cap_list_of_places: lesson.cap_places,
    },
    "draw_chances": {
        chances_weights: lesson.chances_not_summed,
        chances_with_empty: lesson.chances_all_bins,
    },
}
