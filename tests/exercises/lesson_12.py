"""Other right and wrong answers to the exercises of lesson 12."""

import numpy as np
from scipy import special

from helpers import roc
from helpers.exercises import lesson_12 as lesson


def within_by_pairs(y_true, y_score, fold):
    total = folds = 0
    for name in set(fold.tolist()):
        sick = y_score[(fold == name) & (y_true == 1)]
        well = y_score[(fold == name) & (y_true == 0)]
        if sick.size and well.size:
            wins = (sick[:, None] > well) + 0.5 * (sick[:, None] == well)
            total, folds = total + wins.mean(), folds + 1
    return total / folds


def within_pooled_by_pairs(y_true, y_score, fold):
    sick, well = y_score[y_true == 1], y_score[y_true == 0]
    return np.mean((sick[:, None] > well) + 0.5 * (sick[:, None] == well))


def within_listed_as_list(y_true, y_score, fold):
    return lesson.areas_of(y_true, y_score, fold)[0].tolist()


def within_skips_none_in_loop(y_true, y_score, fold):
    total = 0
    for name in sorted(set(fold.tolist())):
        total += roc.auc(y_true[fold == name], y_score[fold == name])
    return total / len(set(fold.tolist()))


def within_not_a_number_by_pairs(y_true, y_score, fold):
    areas = []
    for name in np.unique(fold):
        sick, well = (y_score[(fold == name) & (y_true == label)] for label in (1, 0))
        wins = np.sum((sick[:, None] > well) + 0.5 * (sick[:, None] == well))
        areas.append(wins / np.float64(sick.size * well.size))
    return np.mean(areas)


def within_five_folds_by_number(y_true, y_score, fold):
    masks = [fold == number for number in (0, 1, 2, 3, 4)]
    mixed = [mask for mask in masks if len(set(y_true[mask])) == 2]
    return sum(roc.auc(y_true[mask], y_score[mask]) for mask in mixed) / np.float64(len(mixed))


def adapt_by_logit(chances, old, new):
    return special.expit(special.logit(chances) + special.logit(new) - special.logit(old))


def adapt_by_counting(chances, old, new):
    sick, well = chances * new / old, (1 - chances) * (1 - new) / (1 - old)
    return sick / (sick + well)


def adapt_sick_only(chances, old, new):
    return chances * new / old / (chances * new / old + 1 - chances)


def adapt_complement_by_counting(chances, old, new):
    sick, well = chances * new / old, (1 - chances) * (1 - new) / (1 - old)
    return well / (sick + well)


def average_by_curve(y_true, y_score):
    return roc.average_precision(y_true, y_score)


def average_by_patients(y_true, y_score):
    return np.mean([np.mean(y_true[y_score >= score]) for score in y_score[y_true == 1]])


def average_one_by_one_by_loop(y_true, y_score):
    hits, total = 0, 0.0
    for place, label in enumerate(y_true[np.argsort(-y_score, kind="stable")], 1):
        hits += label
        total += label * hits / place
    return total / hits


def average_recall_for_step_by_loop(y_true, y_score):
    total = 0
    for threshold in np.unique(y_score)[::-1]:
        called = y_score >= threshold
        total += y_true[called].sum() / y_true.sum() * y_true[called].mean()
    return total


def average_above_by_loop(y_true, y_score):
    total = before = 0
    for threshold in np.unique(y_score)[::-1]:
        called = y_score > threshold
        recall = y_true[called].sum() / y_true.sum()
        total += (recall - before) * (y_true[called].sum() / called.sum())
        before = recall
    return total


def cheapest_by_loop(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    best, lowest = np.inf, np.inf
    for wrong, right, threshold in zip(fpr, tpr, thresholds, strict=True):
        sick, well = prevalence, 1 - prevalence
        cost = 1000 * (sick * (1 - right) * cost_fn + well * wrong * cost_fp)
        if sick * right + well * wrong <= capacity and cost < lowest:
            best, lowest = threshold, cost
    return best


def cheapest_without_limit_by_roc(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = 1000 * lesson.expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return thresholds[cost.tolist().index(cost.min())]


ACCEPTED = {
    "within": (within_by_pairs,),
    "adapt": (adapt_by_logit, adapt_by_counting),
    "average": (average_by_curve, average_by_patients),
    "cheapest": (cheapest_by_loop,),
}

VARIANTS = {
    "within": {
        within_pooled_by_pairs: lesson.within_pooled,
        within_listed_as_list: lesson.within_listed,
        within_skips_none_in_loop: lesson.within_skips_none,
        within_not_a_number_by_pairs: lesson.within_not_a_number,
        within_five_folds_by_number: lesson.within_folds_0_to_4,
    },
    "adapt": {
        adapt_sick_only: lesson.adapt_log_of_shares,
        adapt_complement_by_counting: lesson.adapt_complement,
        (lambda chances, old, new: chances.copy()): lesson.adapt_not,
        (lambda chances, old, new: chances / old * new): lesson.adapt_ratio,
    },
    "average": {
        average_one_by_one_by_loop: lesson.average_one_by_one,
        average_recall_for_step_by_loop: lesson.average_recall_for_step,
        average_above_by_loop: lesson.average_above,
        (lambda y_true, y_score: lesson.average(y_true, y_score) * y_true.sum() / y_true.size): (
            lesson.average_by_all
        ),
    },
    "cheapest": {
        cheapest_without_limit_by_roc: lesson.cheapest_without_limit,
        (lambda *given: np.int64(lesson.cheapest_index(*given))): lesson.cheapest_index,
    },
}

ASKED = {
    "average": lambda y_true, y_score: 0 < y_true.sum() < y_true.size,
    "cheapest": lambda *given: np.isinf(given[2][0]) and given[0][0] == given[1][0] == 0,
}
