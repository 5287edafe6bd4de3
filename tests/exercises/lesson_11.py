"""Other right and wrong answers to the exercises of lesson 11."""

import numpy as np

from helpers import roc
from helpers.exercises import lesson_11 as lesson


def tables_by_masks(positive, score, thresholds):
    called = score >= np.asarray(thresholds)[:, None]
    kinds = (~positive & ~called, ~positive & called, positive & ~called, positive & called)
    return np.stack([kind.sum(axis=1) for kind in kinds], axis=1)


def tables_by_loop(positive, score, thresholds):
    rows = []
    for threshold in thresholds:
        row = [0, 0, 0, 0]
        for sick, value in zip(positive, score, strict=True):
            row[2 * int(sick) + int(value >= threshold)] += 1
        rows.append(row)
    return rows


def tables_above_by_masks(positive, score, thresholds):
    called = score > np.asarray(thresholds)[:, None]
    kinds = (~positive & ~called, ~positive & called, positive & ~called, positive & called)
    return np.stack([kind.sum(axis=1) for kind in kinds], axis=1)


def tables_mixed_up_errors_by_masks(positive, score, thresholds):
    return [
        [
            np.sum(~positive & ~(score >= cut)),
            np.sum(positive & ~(score >= cut)),
            np.sum(~positive & (score >= cut)),
            np.sum(positive & (score >= cut)),
        ]
        for cut in thresholds
    ]


def roc_points_by_loop(positive, score):
    points = [(0.0, 0.0)]
    for threshold in sorted(set(score.tolist()), reverse=True):
        called = score >= threshold
        points.append((called[~positive].mean(), called[positive].mean()))
    return points


def roc_points_by_sums(positive, score):
    order = np.argsort(-score)
    found, alarms = np.cumsum(positive[order]), np.cumsum(~positive[order])
    last = np.append(np.diff(score[order]) != 0, True)
    points = np.stack([alarms[last] / alarms[-1], found[last] / found[-1]], axis=1)
    return np.vstack([[0, 0], points])


def roc_points_end_twice_by_loop(positive, score):
    points = []
    for cut in [np.inf, *np.unique(score)[::-1], -np.inf]:
        points.append((np.mean(score[~positive] >= cut), np.mean(score[positive] >= cut)))
    return points


def roc_points_without_start_by_loop(positive, score):
    return roc_points_by_loop(positive, score)[1:]


def roc_points_among_all_by_loop(positive, score):
    points = [(0.0, 0.0)]
    for cut in np.unique(score)[::-1]:
        points.append((np.mean(~positive & (score >= cut)), np.mean(positive & (score >= cut))))
    return points


def auc_pairs_by_sign(positive, scores):
    differences = scores[positive][:, None] - scores[~positive]
    return (np.sign(differences).mean(axis=(0, 1)) + 1) / 2


def auc_pairs_by_loop(positive, scores):
    areas = []
    for column in scores.T:
        won = 0
        for one in column[positive]:
            for other in column[~positive]:
                won += 1 if one > other else 0.5 if one == other else 0
        areas.append(won / (positive.sum() * (~positive).sum()))
    return areas


def auc_pairs_won_only_by_loop(positive, scores):
    areas = []
    for column in scores.T:
        won = [one > other for one in column[positive] for other in column[~positive]]
        areas.append(sum(won) / len(won))
    return areas


def auc_pairs_first_column_in_loop(positive, scores):
    for column in scores.T:
        gap = column[positive][:, None] - column[~positive]
        return np.mean((gap > 0) + (gap == 0) / 2)


def ppv_by_odds(tn, fp, fn, tp, prevalence):
    odds = prevalence / (1 - prevalence) * (tp / (tp + fn)) / (fp / (fp + tn))
    return odds / (1 + odds)


def ppv_by_people(tn, fp, fn, tp, prevalence):
    sick = 1000 * prevalence
    found, alarms = sick * tp / (tp + fn), (1000 - sick) * fp / (fp + tn)
    return found / (found + alarms)


def ppv_of_the_study_by_rates(tn, fp, fn, tp, prevalence):
    return roc.rates((tn, fp, fn, tp)).ppv


def ppv_study_prevalence(tn, fp, fn, tp, prevalence):
    return lesson.ppv(tn, fp, fn, tp, (tp + fn) / (tn + fp + fn + tp))


ACCEPTED = {
    "table": (tables_by_masks, tables_by_loop),
    "roc_points": (roc_points_by_loop, roc_points_by_sums),
    "auc_pairs": (auc_pairs_by_sign, auc_pairs_by_loop),
    "ppv": (ppv_by_odds, ppv_by_people),
}

VARIANTS = {
    "table": {
        tables_above_by_masks: lesson.tables_above,
        tables_mixed_up_errors_by_masks: lesson.tables_mixed_up_errors,
    },
    "roc_points": {
        lesson.roc_points_above: lesson.roc_points_without_end,
        roc_points_end_twice_by_loop: lesson.roc_points_end_twice,
        roc_points_without_start_by_loop: lesson.roc_points_without_start,
        roc_points_among_all_by_loop: lesson.roc_points_among_all,
    },
    "auc_pairs": {
        auc_pairs_won_only_by_loop: lesson.auc_pairs_won_only,
        auc_pairs_first_column_in_loop: lesson.auc_pairs_first_column,
    },
    "ppv": {
        ppv_of_the_study_by_rates: lesson.ppv_of_the_study,
        ppv_study_prevalence: lesson.ppv_of_the_study,
    },
}
