"""Other right and wrong answers to the exercises of lesson 08."""

import numpy as np

from helpers.exercises import lesson_08 as lesson
from helpers.exercises._families import anything


def estimate_by_counting(states, burn_in):
    kept = [state for chain in states for state in chain[burn_in:]]
    ups = sum((state > 0).astype(int) for state in kept)
    return 2 * (2 * ups >= len(kept)).astype(int) - 1


def field_by_differences(observed, lose, add):
    for_ink = np.where(observed, 1 - lose, lose)
    for_paper = np.where(observed, add, 1 - add)
    return 0.5 * (np.log(for_ink) - np.log(for_paper))


def field_symmetric_by_share(observed, lose, add):
    p = (lose + add) / 2
    return (2.0 * np.asarray(observed) - 1) * 0.5 * np.log(1 / p - 1)


def decide_by_level(probability, lost_cost, false_cost):
    return probability >= false_cost / (lost_cost + false_cost)


def decide_majority_by_rounding(probability, lost_cost, false_cost):
    return probability > 0.4999


def decide_swapped_by_level(probability, lost_cost, false_cost):
    return probability >= lost_cost / (lost_cost + false_cost)


def expected_recall_by_where(probability):
    found = np.where(np.asarray(probability) >= 0.5, probability, 0)
    return found.mean() / np.mean(probability)


def recall_as_precision_by_counts(probability):
    found = probability >= 0.5
    return np.sum(probability * found) / np.sum(found)


def recall_by_precision(probability):
    found = probability >= 0.5
    precision = probability[found].mean()
    return precision * found.sum() / probability.sum()


def noise_level_by_two_means(probability, observed):
    ink, paper = (1 - probability[observed]).mean(), probability[~observed].mean()
    return observed.mean() * ink + (1 - observed.mean()) * paper


def noise_level_by_difference(probability, observed):
    return float(np.abs(probability - observed.astype(float)).mean())


def noise_level_of_estimate_by_spins(probability, observed):
    return np.mean(np.where(probability >= 0.5, 1, -1) != np.where(observed, 1, -1))


ACCEPTED = {
    "estimate": (estimate_by_counting,),
    "field": (field_by_differences,),
    "decide": (decide_by_level,),
    "expected_recall": (expected_recall_by_where,),
    "noise_level": (noise_level_by_difference,),
}

VARIANTS = {
    "draw": {32: lesson.per_cent, 0.1: anything},
    "estimate": {
        (lambda states, burn_in: states[len(states) - 1][-1]): lesson.estimate_last_picture,
        (
            lambda states, burn_in: np.where(states.sum(axis=0).sum(axis=0) >= 0, 1, -1)
        ): lesson.estimate_with_burn_in,
        (
            lambda states, burn_in: (1 + states[:, burn_in:].mean(axis=(0, 1))) / 2
        ): lesson.estimate_probability,
    },
    "field": {
        field_symmetric_by_share: lesson.field_symmetric,
        (
            lambda observed, lose, add: np.where(
                observed, np.log((1 - lose) / add), np.log(lose / (1 - add))
            )
        ): lesson.field_without_half,
    },
    "decide": {
        decide_majority_by_rounding: lesson.decide_majority,
        decide_swapped_by_level: lesson.decide_swapped,
        (
            lambda probability, lost_cost, false_cost: probability * lost_cost >= false_cost
        ): lesson.decide_odds_as_level,
    },
    "expected_recall": {
        recall_as_precision_by_counts: lesson.recall_as_precision,
        recall_by_precision: lesson.recall_by_mean_of_found,
        (
            lambda probability: 1 - np.minimum(probability, 1 - probability).mean()
        ): lesson.recall_as_accuracy,
    },
    "noise_level": {
        noise_level_of_estimate_by_spins: lesson.noise_level_of_estimate,
        noise_level_by_two_means: lesson.noise_level_by_weighted_means,
        (
            lambda probability, observed: (
                1 - np.mean(np.where(observed, 1 - probability, probability))
            )
        ): lesson.noise_level_as_agreement,
    },
}
