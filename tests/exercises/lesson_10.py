"""Other right and wrong answers to the exercises of lesson 10."""

import math

import numpy as np
from scipy import optimize, stats

from helpers import intervals
from helpers.exercises import lesson_10 as lesson


def all_right_by_trying(accuracy, confidence):
    n = 1
    while accuracy**n > (1 - confidence) / 2:
        n += 1
    return n


def all_right_by_helper(accuracy, confidence):
    n, exact = 1, "clopper-pearson"
    while intervals.proportion_interval(n, n, confidence=confidence, method=exact).low < accuracy:
        n += 1
    return float(n)


def all_right_whole_tail_by_trying(accuracy, confidence):
    n = 1
    while accuracy**n > 1 - confidence:
        n += 1
    return n


def all_right_by_wilson_formula(accuracy, confidence):
    return math.ceil(lesson.z_of(confidence) ** 2 * accuracy / (1 - accuracy))


def all_right_until_below(accuracy, confidence):
    n = 1
    while accuracy**n >= (1 - confidence) / 2:
        n += 1
    return n


def all_right_stops_at_500(accuracy, confidence):
    for n in range(1, 500):
        if accuracy**n <= lesson.tail_of(confidence):
            return n


def wilson_by_roots(successes, trials, confidence):
    z2, share = lesson.z_of(confidence) ** 2, successes / trials
    return np.sort(np.roots([trials + z2, -2 * trials * share - z2, trials * share**2]).real)


def wilson_by_search(successes, trials, confidence):
    z, share = lesson.z_of(confidence), successes / trials

    def beyond(p):
        return abs(share - p) - z * math.sqrt(p * (1 - p) / trials)

    low = 0 if share == 0 else optimize.brentq(beyond, 1e-12, share - 1e-9, xtol=1e-13)
    high = 1 if share == 1 else optimize.brentq(beyond, share + 1e-9, 1 - 1e-12, xtol=1e-13)
    return [low, high]


def wilson_by_scipy(successes, trials, confidence):
    return tuple(stats.binomtest(successes, trials).proportion_ci(confidence, "wilson"))


def wilson_by_added_answers_over_n(successes, trials, confidence):
    z = lesson.z_of(confidence)
    middle = successes + z * z / 2
    reach = z * math.sqrt(successes * (trials - successes) / trials + z * z / 4)
    return (middle - reach) / trials, (middle + reach) / trials


def bootstrap_by_loop(sample, u, confidence):
    widths = []
    for row in u:
        again = [sample[int(number * len(sample))] for number in row]
        widths.append(np.percentile(again, 75) - np.percentile(again, 25))
    tail = 50 * (1 - confidence)
    return [np.percentile(widths, tail), np.percentile(widths, 100 - tail)]


def bootstrap_by_scipy(sample, u, confidence):
    widths = stats.iqr(np.take(sample, np.floor(u * sample.size).astype(np.int64)), axis=1)
    return np.quantile(widths, (1 - confidence) / 2), np.quantile(widths, (1 + confidence) / 2)


def bootstrap_shuffled_by_loop(sample, u, confidence):
    widths = [lesson.middle_half(sample[np.argsort(-row)]) for row in u]
    return tuple(lesson.both_tails(widths, confidence))


def bootstrap_of_the_sample(sample, u, confidence):
    return (lesson.middle_half(sample),) * 2


def worst_by_loop(low, high, p):
    n, found = len(low) - 1, 1.0
    for truth in p:
        share = 0.0
        for k in range(n + 1):
            if low[k] <= truth <= high[k]:
                share += math.comb(n, k) * truth**k * (1 - truth) ** (n - k)
        found = min(found, share)
    return found


def worst_by_mask(low, high, p):
    k = np.arange(low.size)
    shares = [stats.binom(k[-1], q).pmf(k)[(low <= q) & (q <= high)].sum() for q in p]
    return sorted(shares)[0]


def worst_unweighted_by_loop(low, high, p):
    return min(np.mean((low <= truth) & (truth <= high)) for truth in p)


ACCEPTED = {
    "all_right": (all_right_by_trying, all_right_by_helper),
    "wilson": (wilson_by_roots, wilson_by_search, wilson_by_scipy),
    "bootstrap": (bootstrap_by_loop, bootstrap_by_scipy),
    "worst": (worst_by_loop, worst_by_mask),
}

VARIANTS = {
    "all_right": {
        all_right_whole_tail_by_trying: lesson.all_right_whole_tail,
        all_right_by_wilson_formula: lesson.all_right_by_wilson,
        all_right_until_below: lesson.all_right_one_more_where_exact,
        all_right_stops_at_500: lesson.all_right_tries_too_few,
    },
    "wilson": {
        (
            lambda k, n, c: stats.norm.interval(c, k / n, math.sqrt(k * (n - k) / n**3) or 1e-15)
        ): lesson.wald,
        (lambda k, n, c: stats.binomtest(k, n).proportion_ci(c)): lesson.clopper_pearson,
        wilson_by_added_answers_over_n: lesson.wilson_over_n,
    },
    "bootstrap": {
        bootstrap_shuffled_by_loop: lesson.bootstrap_shuffled,
        bootstrap_of_the_sample: lesson.bootstrap_shuffled,
        (
            lambda s, u, c: np.quantile(
                stats.iqr(s[(u * len(s)).astype(int)], axis=0),
                [lesson.tail_of(c), 1 - lesson.tail_of(c)],
            )
        ): lesson.bootstrap_down_the_columns,
    },
    "worst": {
        worst_unweighted_by_loop: lesson.worst_unweighted,
        (lambda low, high, p: list(lesson.each_coverage(low, high, p))): lesson.worst_of_all,
    },
}

ASKED = {"wilson": lambda successes, trials, confidence: successes <= trials}
