"""Other right and wrong answers to the exercises of lesson A0."""

import math

import numpy as np

from helpers.exercises import lesson_a0 as lesson


def spread_by_loop(samples):
    means = [sum(row) / len(row) for row in samples]
    centre = sum(means) / len(means)
    return math.sqrt(sum((mean - centre) ** 2 for mean in means) / len(means))


def spread_by_sums(samples):
    return np.std(np.sum(samples, 1) / samples.shape[1])


def spread_of_transposed(samples):
    return np.std([column.mean() for column in samples.T])


def spread_of_flattened(samples):
    values = [value for row in samples for value in row]
    return np.std(values)


def spread_by_sample_formula(samples):
    return np.std(samples) * samples.shape[1] ** -0.5


def sick_by_counts(is_sick, is_positive):
    return (is_sick & is_positive).sum() / is_positive.sum()


def sick_by_loop(is_sick, is_positive):
    chosen = [sick for sick, positive in zip(is_sick, is_positive, strict=True) if positive]
    return sum(chosen) / len(chosen)


def positive_among_sick_by_counts(is_sick, is_positive):
    return np.sum(is_sick * is_positive) / np.sum(is_sick)


def sick_and_positive_by_length(is_sick, is_positive):
    return is_sick[is_positive].sum() / len(is_sick)


def update_by_odds(probability, likelihood_ratios):
    odds = probability / (1 - probability) * np.prod(likelihood_ratios)
    return odds / (1 + odds)


def update_one_by_one(probability, likelihood_ratios):
    for ratio in likelihood_ratios:
        sick, healthy = probability * ratio, 1 - probability
        probability = sick / (sick + healthy)
    return probability


def update_probability_by_loop(probability, likelihood_ratios):
    for ratio in likelihood_ratios:
        probability = probability * ratio
    return probability


def update_returns_odds_by_logs(probability, likelihood_ratios):
    return np.exp(lesson.update_returns_log_odds(probability, likelihood_ratios))


def update_takes_log_of_probability(probability, likelihood_ratios):
    total = np.log(probability) + np.log(likelihood_ratios).sum()
    return 1 / (1 + np.exp(-total))


def update_returns_inside_the_loop(probability, likelihood_ratios):
    odds = probability / (1 - probability)
    for ratio in likelihood_ratios:
        odds = odds * ratio
        return odds / (1 + odds)


ACCEPTED = {
    "spread_of_means": (spread_by_loop, spread_by_sums),
    "sick_among_positive": (sick_by_counts, sick_by_loop),
    "update": (update_by_odds, update_one_by_one),
}

VARIANTS = {
    "spread_of_means": {
        spread_of_transposed: lesson.spread_down_the_columns,
        spread_of_flattened: lesson.spread_of_single_values,
        spread_by_sample_formula: lesson.spread_by_formula,
    },
    "sick_among_positive": {
        positive_among_sick_by_counts: lesson.positive_among_sick,
        sick_and_positive_by_length: lesson.sick_and_positive,
        (lambda is_sick, is_positive: sum(is_sick[is_positive])): lesson.sick_and_positive_count,
    },
    "update": {
        update_probability_by_loop: lesson.update_multiplies_probability,
        update_returns_odds_by_logs: lesson.update_returns_odds,
        update_takes_log_of_probability: lesson.update_takes_probability_for_odds,
        update_returns_inside_the_loop: lesson.update_stops_early,
    },
}
