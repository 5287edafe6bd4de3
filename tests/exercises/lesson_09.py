"""Other right and wrong answers to the exercises of lesson 09."""

import math

import numpy as np
from scipy import stats

from helpers.exercises import lesson_09 as lesson


def interval_by_scipy(mean, sd, n, confidence):
    return stats.t.interval(confidence, n - 1, loc=mean, scale=sd / math.sqrt(n))


def interval_by_lower_tail(mean, sd, n, confidence):
    tail = stats.t(n - 1).ppf((1 - confidence) / 2)
    return [mean + tail * sd * n**-0.5, mean - tail * sd * n**-0.5]


def interval_by_z_of_scipy(mean, sd, n, confidence):
    return stats.norm.interval(confidence, mean, sd / np.sqrt(n))


def interval_one_tail_by_sf(mean, sd, n, confidence):
    return lesson.ends(mean, stats.t.isf(1 - confidence, n - 1) * sd / np.sqrt(n))


def interval_negative(mean, sd, n, confidence):
    return lesson.ends(mean, stats.t.ppf((1 - confidence) / 2, n - 1) * sd / np.sqrt(n))


def interval_point_of_half_the_level(mean, sd, n, confidence):
    multiplier = stats.t(n - 1).ppf(0.5 * confidence)
    return [mean + sign * multiplier * sd * n**-0.5 for sign in (-1, 1)]


def coverage_by_loop(samples, truth, confidence):
    hits = 0
    for row in samples:
        mean, error = sum(row) / len(row), stats.sem(row)
        low, high = stats.t.interval(confidence, len(row) - 1, mean, error)
        hits += low < truth < high
    return hits / len(samples)


def coverage_by_distance(samples, truth, confidence):
    low, high = lesson.both_ends(samples, confidence)
    return 1 - (np.abs((low + high) / 2 - truth) > (high - low) / 2).sum() / len(samples)


def coverage_with_n_by_loop(samples, truth, confidence):
    hits = []
    for row in samples:
        reach = stats.t.ppf((1 + confidence) / 2, row.size - 1) * np.std(row) / np.sqrt(row.size)
        hits.append(abs(np.mean(row) - truth) <= reach)
    return np.mean(hits)


def coverage_returns_inside_the_loop(samples, truth, confidence):
    hits = 0
    for row in samples:
        hits += lesson.coverage(row[None], truth, confidence)
        return hits


def sample_size_by_trying(sd, half_width, confidence):
    n = 1
    while lesson.z_of(confidence) * sd / n**0.5 > half_width:
        n += 1
    return n


def sample_size_by_numpy(sd, half_width, confidence):
    z = stats.norm.isf((1 - confidence) / 2)
    return np.ceil(z**2 * sd**2 / half_width**2)


def sample_size_of_full_width_by_trying(sd, half_width, confidence):
    n = 1
    while 2 * lesson.z_of(confidence) * sd / np.sqrt(n) > half_width:
        n = n + 1
    return n


def sample_size_stops_at_500(sd, half_width, confidence):
    for n in range(1, 500):
        if lesson.z_of(confidence) * sd / np.sqrt(n) <= half_width:
            return n


def sample_size_by_printed_z(sd, half_width, confidence):
    z = {0.80: 1.2816, 0.90: 1.6449, 0.95: 1.96, 0.99: 2.5758}[confidence]
    return math.ceil((z * sd / half_width) ** 2)


def sample_size_by_double_slash(sd, half_width, confidence):
    return (lesson.z_of(confidence) * sd) ** 2 // half_width**2


def repair_by_average(sample):
    return np.average(sample, weights=1 / sample)


def repair_by_scipy(sample):
    return stats.hmean(sample)


def repair_by_loop(sample):
    total = weights = 0
    for value in sample:
        total += (sample.max() / value) * value
        weights += sample.max() / value
    return total / weights


def repair_equal_weights(sample):
    return np.sum(0.5 * sample) / (0.5 * sample.size)


def repair_wrong_way_by_average(sample):
    return np.average(sample, weights=sample / sample.sum())


ACCEPTED = {
    "interval": (interval_by_scipy, interval_by_lower_tail),
    "coverage": (coverage_by_loop, coverage_by_distance),
    "sample_size": (sample_size_by_trying, sample_size_by_numpy),
    "repair": (repair_by_average, repair_by_scipy, repair_by_loop),
}

VARIANTS = {
    "interval": {
        interval_by_z_of_scipy: lesson.interval_by_z,
        interval_one_tail_by_sf: lesson.interval_one_tail,
        interval_negative: lesson.interval_swapped,
        interval_point_of_half_the_level: lesson.interval_point_below_the_middle,
    },
    "coverage": {
        coverage_with_n_by_loop: lesson.coverage_with_n,
        coverage_returns_inside_the_loop: lesson.coverage_of_first,
        (lambda samples, truth, confidence: 1.0): lesson.coverage_of_own_mean,
    },
    "sample_size": {
        sample_size_of_full_width_by_trying: lesson.sample_size_of_full_width,
        sample_size_by_double_slash: lesson.sample_size_rounded_down,
        sample_size_stops_at_500: lesson.sample_size_tries_too_few,
        sample_size_by_printed_z: lesson.sample_size_z_rounded,
    },
    "repair": {
        repair_equal_weights: lesson.repair_not,
        repair_wrong_way_by_average: lesson.repair_wrong_way,
        (lambda sample: float(np.ones(len(sample)).sum())): lesson.repair_not_divided,
    },
}

ASKED = {"coverage": lambda samples, truth, confidence: len(samples) <= 12}  # the loops are slow
