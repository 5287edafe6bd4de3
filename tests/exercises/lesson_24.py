"""Other right and wrong answers to the exercises of lesson 24."""

import numpy as np
from scipy import special, stats

from helpers.exercises import lesson_24 as lesson


def count_by_loop(operations, chances, strengths, steps, subs):
    count = 1
    for _ in range(steps * subs):
        count *= operations * chances * strengths
    return count


def count_by_powers(operations, chances, strengths, steps, subs):
    exponent = steps * subs
    return operations**exponent * chances**exponent * strengths**exponent


def count_multiplied(operations, chances, strengths, steps, subs):
    return np.prod([operations, chances, strengths, steps, subs])


def count_a_sub(operations, chances, strengths, steps, subs):
    one = operations * chances * strengths
    return one**steps


def solar_by_copy(picture, threshold):
    result = picture.copy()
    light = picture >= threshold
    result[light] = 1 - result[light]
    return result


def solar_by_sum(picture, threshold):
    light = picture >= threshold
    return light * (1 - picture) + ~light * picture


def solar_strictly(picture, threshold):
    result = picture.copy()
    result[picture > threshold] = 1 - picture[picture > threshold]
    return result


def solar_below(picture, threshold):
    light = picture >= threshold
    return light * picture + ~light * (1 - picture)


def steps_by_loop(policy, u):
    sub = policy[int(np.floor(len(policy) * u[0]))]
    result, place = [], 1
    for step in sub:
        happens, sign = u[place], u[place + 1]
        place += 2
        if happens < step[1]:
            result.append(step[2] if sign >= 0.5 else -step[2])
        else:
            result.append(0)
    return result


def steps_by_arrays(policy, u):
    sub = policy[int(u[0] * len(policy))]
    chance = np.array([step[1] for step in sub])
    strength = np.array([step[2] for step in sub])
    return np.where(u[1::2] < chance, np.where(u[2::2] < 0.5, -1, 1) * strength, 0)


def steps_never_left_out(policy, u):
    sub = policy[int(u[0] * len(policy))]
    return [step[2] * (-1 if u[2 + 2 * k] < 0.5 else 1) for k, step in enumerate(sub)]


def steps_positive(policy, u):
    sub = policy[int(u[0] * len(policy))]
    return [step[2] if u[1 + 2 * k] < step[1] else 0 for k, step in enumerate(sub)]


def best_by_loop(validation, test):
    rows, leader = [], 0
    for n in range(len(validation)):
        if validation[n] > validation[leader]:
            leader = n
        rows.append([validation[leader], test[leader]])
    return rows


def best_by_slices(validation, test):
    leaders = [int(np.argmax(validation[: n + 1])) for n in range(len(validation))]
    return np.stack([validation[leaders], test[leaders]], axis=1)


def best_both_maxima(validation, test):
    return [[validation[:n].max(), test[:n].max()] for n in range(1, len(validation) + 1)]


def best_newer_of_equals(validation, test):
    rows, leader = [], 0
    for n in range(len(validation)):
        if validation[n] >= validation[leader]:
            leader = n
        rows.append([validation[leader], test[leader]])
    return rows


def expected_by_chances(p, n, tries):
    up_to = stats.binom.cdf(np.arange(n + 1), n, p) ** tries
    chance = np.diff(up_to, prepend=0)
    return np.sum(np.arange(n + 1) * chance) / n


def expected_by_counting(p, n, tries):
    counts = np.arange(n + 1)
    one = special.comb(n, counts) * p**counts * (1 - p) ** (n - counts)
    at_most = np.cumsum(one)
    return sum(1 - at_most[k - 1] ** tries for k in range(1, n + 1)) / n


def expected_count(p, n, tries):
    return np.sum(1 - stats.binom.cdf(np.arange(n), n, p) ** tries)


def expected_least(p, n, tries):
    return sum((1 - stats.binom.cdf(k, n, p)) ** tries for k in range(n)) / n


def gain_by_loop(ours, theirs):
    gains = [a - b for a, b in zip(ours, theirs, strict=True)]
    n = len(gains)
    mean = sum(gains) / n
    variance = sum((gain - mean) ** 2 for gain in gains) / (n - 1)
    return mean, (variance / n) ** 0.5


def gain_by_scipy(ours, theirs):
    return [np.mean(ours) - np.mean(theirs), stats.sem(ours - theirs)]


def gain_of_two_groups(ours, theirs):
    n = len(ours)
    return [
        np.mean(ours) - np.mean(theirs),
        np.hypot(stats.sem(ours), np.std(theirs, ddof=1) / n**0.5),
    ]


def gain_numpy_sd(ours, theirs):
    gains = ours - theirs
    return [gains.mean(), np.std(gains) / len(gains) ** 0.5]


ACCEPTED = {
    "count_policies": (count_by_loop, count_by_powers),
    "solarize": (solar_by_copy, solar_by_sum),
    "signed_steps": (steps_by_loop, steps_by_arrays),
    "best_so_far": (best_by_loop, best_by_slices),
    "expected_best": (expected_by_chances, expected_by_counting),
    "paired_gain": (gain_by_loop, gain_by_scipy),
}
VARIANTS = {
    "count_policies": {
        count_multiplied: lesson.count_times,
        count_a_sub: lesson.count_one_sub,
    },
    "solarize": {solar_strictly: lesson.solar_above, solar_below: lesson.solar_dark},
    "signed_steps": {
        steps_never_left_out: lesson.steps_always,
        steps_positive: lesson.steps_unsigned,
    },
    "best_so_far": {
        best_both_maxima: lesson.best_of_test_too,
        best_newer_of_equals: lesson.best_last_of_equals,
    },
    "expected_best": {expected_count: lesson.best_count, expected_least: lesson.best_is_worst},
    "paired_gain": {gain_of_two_groups: lesson.gain_unpaired, gain_numpy_sd: lesson.gain_n},
}
