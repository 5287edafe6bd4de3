"""Exercises of lesson 12: folds, another prevalence, average precision, costs with a limit."""

import numpy as np
from scipy import special

from helpers import roc
from helpers.exercises import Exercise

RNG = np.random.default_rng(12)


def curve(sick, well, digits=8):
    labels = np.repeat([1, 0], [sick, well])
    return labels, RNG.normal(1.3 * labels).round(digits)


def shuffled(labels, scores):
    order = RNG.permutation(labels.size)
    return labels[order], scores[order]


TIED = shuffled(*curve(12, 20, 0))
MANY = shuffled(*curve(40, 160))
FOLDED = shuffled(*curve(15, 25))
DRIFT = FOLDED[1] + 0.8 * (np.arange(40) % 5)
SMALL = (
    np.array([0.0, 0.0, 0.2, 0.6, 1.0]),
    np.array([0.0, 0.5, 0.8, 0.9, 1.0]),
    np.array([np.inf, 0.9, 0.7, 0.4, 0.1]),
)
WEAK = (
    np.array([0.0, 0.1, 0.3, 0.6, 1.0]),
    np.array([0.0, 0.3, 0.6, 0.85, 1.0]),
    np.array([np.inf, 0.8, 0.5, 0.3, 0.2]),
)
DENTED = (
    np.array([0.0, 0.125, 0.375, 0.5, 1.0]),
    np.array([0.0, 0.5, 0.625, 1.0, 1.0]),
    np.array([np.inf, 0.8, 0.6, 0.5, 0.1]),
)
EIGHTHS = (
    np.array([0.0, 0.125, 0.25, 0.5, 1.0]),
    np.array([0.0, 0.5, 0.75, 0.875, 1.0]),
    np.array([np.inf, 0.8, 0.6, 0.5, 0.1]),
)
CURVE = tuple(roc.roc_curve(*MANY))


def within(y_true, y_score, fold):
    areas = []
    for name in np.unique(fold):
        here = fold == name
        if 0 < y_true[here].sum() < here.sum():
            areas.append(roc.auc(y_true[here], y_score[here]))
    return np.mean(areas)


def areas_of(y_true, y_score, fold):
    names = [name for name in np.unique(fold) if 0 < y_true[fold == name].mean() < 1]
    areas = [roc.auc(y_true[fold == name], y_score[fold == name]) for name in names]
    return np.array(areas), np.array([np.sum(fold == name) for name in names])


def within_pooled(y_true, y_score, fold):
    return roc.auc(y_true, y_score)


def within_weighted(y_true, y_score, fold):
    areas, sizes = areas_of(y_true, y_score, fold)
    return np.average(areas, weights=sizes)


def within_summed(y_true, y_score, fold):
    return areas_of(y_true, y_score, fold)[0].sum()


def within_listed(y_true, y_score, fold):
    return areas_of(y_true, y_score, fold)[0]


def within_all_folds(y_true, y_score, fold):
    return areas_of(y_true, y_score, fold)[0].sum() / np.unique(fold).size


def within_half_for_empty(y_true, y_score, fold):
    areas, _ = areas_of(y_true, y_score, fold)
    spare = np.unique(fold).size - areas.size
    return np.mean(np.r_[areas, np.full(spare, 0.5)])


def within_skips_all_healthy(y_true, y_score, fold):
    names = [name for name in np.unique(fold) if y_true[fold == name].sum() > 0]
    return np.mean([roc.auc(y_true[fold == name], y_score[fold == name]) for name in names])


def within_skips_all_sick(y_true, y_score, fold):
    names = [name for name in np.unique(fold) if y_true[fold == name].mean() < 1]
    return np.mean([roc.auc(y_true[fold == name], y_score[fold == name]) for name in names])


def within_skips_none(y_true, y_score, fold):
    names = np.unique(fold)
    return np.mean([roc.auc(y_true[fold == name], y_score[fold == name]) for name in names])


def within_not_a_number(y_true, y_score, fold):
    one_class = areas_of(y_true, y_score, fold)[0].size < np.unique(fold).size
    return np.nan if one_class else within(y_true, y_score, fold)


def within_first(y_true, y_score, fold):
    return areas_of(y_true, y_score, fold)[0][0]


def within_others(y_true, y_score, fold):
    return np.mean([roc.auc(y_true[fold != k], y_score[fold != k]) for k in np.unique(fold)])


def adapt(chances, old, new):
    odds = chances / (1 - chances) * (new / (1 - new)) / (old / (1 - old))
    return odds / (1 + odds)


def adapt_ratio(chances, old, new):
    return chances * new / old


def adapt_ratio_clipped(chances, old, new):
    return np.minimum(1, chances * new / old)


def adapt_difference(chances, old, new):
    return chances + new - old


def adapt_difference_clipped(chances, old, new):
    return np.clip(chances + new - old, 0, 1)


def adapt_backwards(chances, old, new):
    return adapt(chances, new, old)


def adapt_odds(chances, old, new):
    return chances / (1 - chances) * (new / (1 - new)) / (old / (1 - old))


def adapt_log_odds(chances, old, new):
    return special.logit(chances) + special.logit(new) - special.logit(old)


def adapt_log_of_shares(chances, old, new):
    return special.expit(special.logit(chances) + np.log(new / old))


def adapt_not(chances, old, new):
    return chances


def adapt_complement(chances, old, new):
    return 1 - adapt(chances, old, new)


def adapt_to_new_alone(chances, old, new):
    return special.expit(special.logit(chances) + special.logit(new))


def adapt_by_difference_of_log_odds(chances, old, new):
    return special.expit(special.logit(chances) + new - old)


def average(y_true, y_score):
    total = before = 0
    for threshold in np.unique(y_score)[::-1]:
        called = y_score >= threshold
        recall = np.sum(called & (y_true == 1)) / np.sum(y_true == 1)
        total += (recall - before) * np.mean(y_true[called])
        before = recall
    return total


def precision_and_recall(y_true, y_score):
    found = roc.precision_recall_curve(y_true, y_score)
    return found.precision, found.recall


def average_trapezoid(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.trapezoid(np.r_[precision[0], precision], np.r_[0, recall])


def average_trapezoid_from_1(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.trapezoid(np.r_[1, precision], np.r_[0, recall])


def average_trapezoid_without_start(y_true, y_score):
    return np.trapezoid(*precision_and_recall(y_true, y_score))


def average_one_by_one(y_true, y_score):
    ranked = y_true[np.argsort(-y_score, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, ranked.size + 1)
    return precision[ranked == 1].mean()


def average_left(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall) * precision[:-1])


def average_right_without_first(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall) * precision[1:])


def average_start_of_step(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall, prepend=0) * np.r_[1, precision[:-1]])


def average_recall_for_step(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(recall * precision)


def average_upwards(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall[::-1], prepend=0) * precision[::-1])


def average_above(y_true, y_score):
    return np.nan


def average_above_without_nobody(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall[:-1], prepend=0) * precision[:-1])


def average_plain(y_true, y_score):
    return precision_and_recall(y_true, y_score)[0].mean()


def average_by_all(y_true, y_score):
    return average(y_true, y_score) * np.mean(y_true)


def average_auc(y_true, y_score):
    return roc.auc(y_true, y_score)


def average_of_false_alarms(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(np.diff(recall, prepend=0) * (1 - precision))


def expense(fpr, tpr, cost_fp, cost_fn, prevalence):
    return cost_fn * prevalence * (1 - tpr) + cost_fp * (1 - prevalence) * fpr


def cheapest_of(cost, allowed, thresholds):
    return thresholds[np.argmin(np.where(allowed, cost, np.inf))]


def called(fpr, tpr, prevalence):
    return prevalence * tpr + (1 - prevalence) * fpr


def cheapest(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_youden(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    return cheapest_of(fpr - tpr, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_corner(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    allowed = called(fpr, tpr, prevalence) <= capacity
    return cheapest_of(np.hypot(fpr, 1 - tpr), allowed, thresholds)


def cheapest_without_limit(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    return thresholds[np.argmin(expense(fpr, tpr, cost_fp, cost_fn, prevalence))]


def cheapest_but_someone(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    rest = fpr[1:], tpr[1:], thresholds[1:]
    return cheapest(*rest, cost_fp, cost_fn, prevalence, capacity)


def cheapest_but_not_all(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    rest = fpr[:-1], tpr[:-1], thresholds[:-1]
    return cheapest(*rest, cost_fp, cost_fn, prevalence, capacity)


def cheapest_inside(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    rest = fpr[1:-1], tpr[1:-1], thresholds[1:-1]
    return cheapest(*rest, cost_fp, cost_fn, prevalence, capacity)


def cheapest_without_prevalence(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = cost_fn * (1 - tpr) + cost_fp * fpr
    return cheapest_of(cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_costs_swapped(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    return cheapest(fpr, tpr, thresholds, cost_fn, cost_fp, prevalence, capacity)


def cheapest_shares_swapped(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, 1 - prevalence)
    return cheapest_of(cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_limit_on_fpr(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, fpr <= capacity, thresholds)


def cheapest_limit_on_false_alarms(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, (1 - prevalence) * fpr <= capacity, thresholds)


def cheapest_limit_on_sum(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, fpr + tpr <= capacity, thresholds)


def cheapest_limit_on_mean(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, (fpr + tpr) / 2 <= capacity, thresholds)


def cheapest_limit_swapped(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, called(fpr, tpr, 1 - prevalence) <= capacity, thresholds)


def cheapest_fills_the_limit(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    return thresholds[called(fpr, tpr, prevalence) <= capacity][-1]


def cheapest_below_the_limit(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, called(fpr, tpr, prevalence) < capacity, thresholds)


def cheapest_stepping_back(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    at = np.argmin(expense(fpr, tpr, cost_fp, cost_fn, prevalence))
    while called(fpr, tpr, prevalence)[at] > capacity:
        at -= 1
    return thresholds[at]


def cheapest_index(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    best = cheapest(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity)
    return int(np.flatnonzero(thresholds == best)[0])


def cheapest_cost(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cost[called(fpr, tpr, prevalence) <= capacity].min()


def cheapest_hits_cost(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = cost_fn * prevalence * tpr + cost_fp * (1 - prevalence) * fpr
    return cheapest_of(cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def within_until_one_class(y_true, y_score, fold):
    areas = []
    for name in np.unique(fold):
        if not 0 < y_true[fold == name].mean() < 1:
            break
        areas.append(roc.auc(y_true[fold == name], y_score[fold == name]))
    return np.mean(areas)


def within_weighted_with_halves(y_true, y_score, fold):
    areas, sizes = areas_of(y_true, y_score, fold)
    spare = fold.size - sizes.sum()
    return (np.sum(areas * sizes) + 0.5 * spare) / fold.size


def within_numbers_for_names(y_true, y_score, fold):
    areas = []
    for name in range(np.unique(fold).size):
        if 0 < np.sum(y_true[fold == name]) < np.sum(fold == name):
            areas.append(roc.auc(y_true[fold == name], y_score[fold == name]))
    return np.mean(areas)


def within_folds_0_to_4(y_true, y_score, fold):
    areas = []
    for name in range(5):
        if 0 < np.sum(y_true[fold == name]) < np.sum(fold == name):
            areas.append(roc.auc(y_true[fold == name], y_score[fold == name]))
    return np.mean(areas)


def within_numbers_up_to_the_patients(y_true, y_score, fold):
    areas = []
    for name in range(fold.size):
        if 0 < np.sum(y_true[fold == name]) < np.sum(fold == name):
            areas.append(roc.auc(y_true[fold == name], y_score[fold == name]))
    return np.mean(areas)


def within_above_0(y_true, y_score, fold):
    areas, _ = areas_of(y_true, y_score, fold)
    return np.mean(areas[areas > 0])


def within_turned_round(y_true, y_score, fold):
    areas, _ = areas_of(y_true, y_score, fold)
    return np.mean(np.maximum(areas, 1 - areas))


def within_larger_folds(y_true, y_score, fold):
    areas, sizes = areas_of(y_true, y_score, fold)
    return np.mean(areas[sizes > 2])


def adapt_not_normalised(chances, old, new):
    return chances * (new / old) * ((1 - old) / (1 - new))


def adapt_healthy_alone(chances, old, new):
    return (1 - chances) * (1 - new) / (1 - old)


def adapt_share_of_the_sum(chances, old, new):
    return chances / chances.sum()


def adapt_odds_added(chances, old, new):
    odds = chances / (1 - chances) + new / (1 - new) - old / (1 - old)
    return odds / (1 + odds)


def adapt_log_of_shares_backwards(chances, old, new):
    return special.expit(special.logit(chances) + np.log(old / new))


def average_one_by_one_over_all(y_true, y_score):
    ranked = y_true[np.argsort(-y_score, kind="stable")]
    return np.mean(np.cumsum(ranked) / np.arange(1, ranked.size + 1))


def average_over_patients(y_true, y_score):
    return np.mean([np.mean(y_true[y_score >= score]) for score in y_score])


def average_over_false_positive_rate(y_true, y_score):
    total = before = 0
    for threshold in np.unique(y_score)[::-1]:
        called = y_score >= threshold
        rate = np.mean(called[y_true == 0])
        total += (rate - before) * np.mean(y_true[called])
        before = rate
    return total


def average_found_among_all(y_true, y_score):
    total = before = 0
    for threshold in np.unique(y_score)[::-1]:
        called = y_score >= threshold
        recall = np.sum(called & (y_true == 1)) / np.sum(y_true == 1)
        total += (recall - before) * np.sum(y_true[called]) / y_true.size
        before = recall
    return total


def average_recall_for_step_among_all(y_true, y_score):
    precision, recall = precision_and_recall(y_true, y_score)
    return np.sum(recall * np.mean(y_true) * precision)


def cheapest_swapped_without_limit(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    return cheapest_without_limit(fpr, tpr, thresholds, cost_fn, cost_fp, prevalence, capacity)


def cheapest_swapped_without_prevalence(
    fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity
):
    cost = cost_fp * (1 - tpr) + cost_fn * fpr
    return cheapest_of(cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_forbidden_is_free(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    cost[called(fpr, tpr, prevalence) > capacity] = 0
    return thresholds[np.argmin(cost)]


def cheapest_is_dearest(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(-cost, called(fpr, tpr, prevalence) <= capacity, thresholds)


def cheapest_limit_on_tpr(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    return cheapest_of(cost, tpr <= capacity, thresholds)


def adapt_odds_by_ratio(chances, old, new):
    return chances / (1 - chances) * new / old


def cheapest_or_nobody(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    best = np.argmin(expense(fpr, tpr, cost_fp, cost_fn, prevalence))
    return thresholds[best if called(fpr, tpr, prevalence)[best] <= capacity else 0]


def cheapest_below_a_start(fpr, tpr, thresholds, cost_fp, cost_fn, prevalence, capacity):
    cost = expense(fpr, tpr, cost_fp, cost_fn, prevalence)
    allowed = (called(fpr, tpr, prevalence) <= capacity) & (cost < 1000)
    return cheapest_of(cost, allowed, thresholds) if allowed.any() else np.inf


EXERCISES = {
    "strict": Exercise(
        task="Predict what 95 % specificity leaves of a sensitivity of 0.476 at 90 %",
        reference="about 0.29",
        choices=("about 0.43", "about 0.29", "about 0.24"),
        misconceptions={
            "about 0.43": "That gives up five points for five points. Between 90 and 95 % the curve"
            " is steeper than the diagonal, so each point of specificity costs more.",
            "about 0.24": "Half the false alarms does not mean half the finds: the curve bends."
            " From (0, 0) to the point at 90 % it is steeper at first.",
        },
        explanation="Five points of specificity cost nineteen points of sensitivity here.",
    ),
    "rarer": Exercise(
        task="Predict how the cheapest threshold moves when malignant tumours get rarer",
        reference="it rises",
        choices=("it rises", "it falls", "it stays"),
        misconceptions={
            "it falls": "A lower threshold calls more people. With fewer malignant tumours there is"
            " less to find and there are more people for false alarms.",
            "it stays": "The prices stay, but a thousand people now hold fewer malignant and more"
            " benign tumours. The bill counts errors, not rates.",
        },
        explanation="Fewer sick people to find, more healthy people to alarm: call fewer.",
    ),
    "youden": Exercise(
        task="Predict for which price of a miss the best Youden index is the cheapest, at 10 %",
        reference="9 times",
        choices=("1 times", "9 times", "10 times"),
        misconceptions={
            "1 times": "Equal prices for equal *numbers* of people. At 10 % there are nine healthy"
            " people for each sick one, but the index weighs both rates alike.",
            "10 times": "Nearly: count how many healthy people there are for each sick one, when 10"
            " of 100 are sick.",
        },
        explanation="Nine healthy people for each sick one: a miss must cost nine false alarms.",
    ),
    "promise": Exercise(
        task="Predict how often a threshold chosen at 90 % specificity has less in truth",
        reference="nearly half",
        choices=("almost none", "nearly half", "almost all"),
        misconceptions={
            "almost none": "The specificity was at least 0.90 on the patients that were there. They"
            " are a sample: among all patients it is as easily lower as higher.",
            "almost all": "That would be so if the healthiest looking threshold of many had been"
            " picked. Here the ninth tenth of the healthy scores is estimated, with errors to both"
            " sides.",
        },
        explanation="The threshold is an estimate, and errs to both sides.",
    ),
    "leave_one_out": Exercise(
        task="Predict the AUC of left-out patients who all get the share of the others",
        reference="0",
        choices=("0", "0.5", "1"),
        misconceptions={
            "0.5": "That would be so if all got one score. Take out a sick patient and compute the"
            " share of sick among the 59 others; then take out a healthy one.",
            "1": "Right that the scores differ, but in which direction? Without a sick patient the"
            " others hold one sick person less.",
        },
        explanation="Each sick patient gets 29/59, each healthy one 30/59: every pair is reversed.",
    ),
    "within": Exercise(
        task="Average the AUC over folds, without those that hold one class only",
        reference=within,
        cases={
            "2 folds of 4": (
                np.array([1, 0, 1, 0, 0, 1, 0, 0]),
                np.array([0.9, 0.2, 0.4, 0.6, 0.8, 0.7, 0.1, 0.3]),
                np.array([3, 3, 3, 3, 7, 7, 7, 7]),
            ),
            "folds 1 to 3, one of them all healthy": (
                np.array([1, 0, 0, 1, 0, 1, 0, 0, 0, 0]),
                np.array([5.0, 5.0, 2.0, 3.0, 4.0, 9.0, 8.0, 1.0, 6.0, 7.0]),
                np.array([1, 1, 1, 2, 2, 2, 2, 2, 3, 3]),
            ),
            "folds 1 to 3, one of them all sick": (
                np.array([0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1]),
                np.array([3.0, 6.0, 1.0, 2.0, 4.0, 4.0, 5.0, 1.0, 8.0, 2.0, 7.0]),
                np.array([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]),
            ),
            "folds with names, the second and fourth of one class": (
                np.array([1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 1]),
                np.array([5.0, 6.0, 8.0, 4.0, 8.0, 2.0, 7.0, 1.0, 9.0, 6.0, 9.0, 4.0, 3.0, 5.0]),
                np.array([*"aaa", *"bb", *"ccc", *"dd", *"ee", *"ff"]),
            ),
            "40 patients, folds that drift": (FOLDED[0], DRIFT, np.arange(40) % 5),
        },
        misconceptions={
            within_pooled: "The folds were thrown together: scores of different models are compared"
            " with each other. Compute one AUC in each fold.",
            within_weighted: "Each fold counts alike here: take the plain mean of the AUCs, not"
            " weighted by the number of patients.",
            within_summed: "That is the sum. Divide by the number of folds that gave an AUC.",
            within_listed: "Those are the AUCs of the folds. Return their mean, one number.",
            within_all_folds: "You divided by the number of all folds. A fold with one class has no"
            " AUC and does not count.",
            within_half_for_empty: "A fold with one class has no AUC, not even 0.5. Leave it out.",
            within_skips_all_healthy: "The folds without a sick patient are left out. One in which"
            " all are sick has no AUC either: how many of the fold are healthy?",
            within_skips_all_sick: "The folds in which all are sick are left out. One in which all"
            " are healthy has no AUC either: how many of the fold are sick?",
            within_skips_none: "A fold in which all are sick, or all healthy, has no AUC. Ask first"
            " how many of it are sick and how many are healthy, and leave it out if either is 0.",
            within_not_a_number: "NaN comes from a fold without any pair: all of it are sick, or"
            " all are healthy. Leave out both kinds.",
            within_first: "Only the first fold was used: return stands after the loop, not in it.",
            within_others: "You took the patients outside each fold. Take those in it.",
            within_until_one_class: "The loop ends at the first fold of one class. `break` leaves"
            " the loop; `continue` leaves out only this fold.",
            within_weighted_with_halves: "Two things: a fold of one class has no AUC, not even"
            " 0.5: leave it out; and each fold counts alike, whatever its size.",
            within_numbers_for_names: "The folds have names, not numbers from 0: go through"
            " np.unique(fold) itself.",
            within_folds_0_to_4: "Not every data set has the folds 0 to 4: go through"
            " np.unique(fold) instead.",
            within_numbers_up_to_the_patients: "A fold's name need not be a number: go through"
            " np.unique(fold), not through range(...).",
            within_above_0: "A fold with both classes counts even if its AUC is 0. Leave out only"
            " the folds of one class.",
            within_turned_round: "An AUC below 0.5 stays as it is: there the sick have the lower"
            " scores, and the mean should tell.",
            within_larger_folds: "A fold of two, one sick and one healthy, has an AUC as well."
            " Leave out only the folds of one class.",
        },
        explanation="Scores are compared only with scores of the same model.",
    ),
    "adapt": Exercise(
        task="Carry chances from one prevalence over to another",
        reference=adapt,
        cases={
            "one chance, from 0.5 to 0.1": (np.array([0.6]), 0.5, 0.1),
            "three chances, from 0.37 to 0.1": (np.array([0.1, 0.5, 0.9]), 0.37, 0.1),
            "four chances, from 0.05 to 0.4": (np.array([0.002, 0.3, 0.6, 0.997]), 0.05, 0.4),
        },
        misconceptions={
            adapt_ratio: "A chance that is multiplied can come out above 1. Multiply the odds"
            " instead.",
            adapt_ratio_clipped: "Cutting off at 1 hides the fault: all large chances become"
            " certain. Multiply the odds, not the chance.",
            adapt_difference: "Adding the difference of the prevalences can leave 0 to 1. Add on"
            " the scale of log-odds.",
            adapt_difference_clipped: "Cutting off at 0 and 1 hides the fault. Add on the scale of"
            " log-odds.",
            adapt_backwards: "The wrong way round: that carries chances from `new` to `old`.",
            adapt_odds: "Those are the new odds. Turn them back into a chance: odds / (1 + odds).",
            adapt_log_odds: "Those are the new log-odds. Turn them back into chances.",
            adapt_log_of_shares: "Only the sick were given a new weight. When their share falls,"
            " that of the healthy rises: use the odds new / (1 - new), not the share new.",
            adapt_not: "The chances did not change. Shift their log-odds.",
            adapt_complement: "That is the chance of being healthy, 1 minus the one that is asked"
            " for.",
            adapt_to_new_alone: "The old prevalence is still in the chances. Subtract its"
            " log-odds.",
            adapt_by_difference_of_log_odds: "You added a difference of shares to log-odds. Turn"
            " `old` and `new` into log-odds first.",
            adapt_not_normalised: "That multiplies the chance. The same factor belongs to the"
            " *odds*, chance / (1 - chance); then turn them back.",
            adapt_healthy_alone: "These are the healthy alone, with their new weight. A chance is"
            " the sick divided by sick and healthy together.",
            adapt_share_of_the_sum: "You divided by the sum over all patients. Each patient has a"
            " sick and a healthy part: divide by their sum.",
            adapt_odds_added: "Odds are multiplied by a factor. It is *log*-odds that are added.",
            adapt_log_of_shares_backwards: "Two things: old and new are exchanged; and the healthy"
            " get a new weight as well, (1 - new) / (1 - old).",
            adapt_odds_by_ratio: "Two things: the healthy get a new weight as well, (1 - new) / (1"
            " - old); and odds must be turned back into a chance.",
        },
        explanation="The odds of each patient change by one factor, so their order stays.",
    ),
    "average": Exercise(
        task="Compute average precision, equal scores being one threshold",
        reference=average,
        cases={
            "4 patients": (np.array([0, 1, 0, 1]), np.array([0.9, 0.8, 0.3, 0.1])),
            "6 patients with ties": (
                np.array([1, 0, 1, 0, 1, 0]),
                np.array([3.0, 3.0, 2.0, 2.0, 1.0, 1.0]),
            ),
            "32 patients, whole numbers": TIED,
            "200 patients": MANY,
        },
        misconceptions={
            average_trapezoid: "That joins the points by straight lines. Average precision takes"
            " each step in recall times the precision at its end.",
            average_trapezoid_from_1: "Two things: points are not joined by straight lines, and no"
            " point (0, 1) is invented. Take steps.",
            average_trapezoid_without_start: "Steps, not straight lines; and the first step starts"
            " at recall 0.",
            average_one_by_one: "Patients with one score were taken one after the other, so the"
            " answer depends on their order. They pass a threshold together.",
            average_left: "Each step in recall goes with the precision at its end, and the first"
            " step starts at recall 0.",
            average_right_without_first: "The first step is missing: it goes from recall 0 to the"
            " first point.",
            average_start_of_step: "Each step was weighed with the precision at its start. Take the"
            " one at its end, when the new patients have been called too.",
            average_recall_for_step: "You used recall itself where its step is meant: the recall"
            " here minus that of the threshold before, remembered anew at each threshold.",
            average_upwards: "Either you went upwards through the scores, so that"
            " recall falls: start with the highest. Or precision and recall have changed places:"
            " the step is in recall, and the precision at its end weighs it.",
            average_above: "The result is NaN: with > the highest score calls nobody, and a share"
            " of nobody is 0 / 0. Whoever has exactly the threshold is called: use >=.",
            average_above_without_nobody: "The last step is missing: the lowest score must call"
            " everybody. Either it was left out, or > was used in place of >=.",
            average_plain: "That is the plain mean of the precisions. Weigh each with the step in"
            " recall that it stands for.",
            average_by_all: "Recall is a share of the sick: divide by their number, not by that of"
            " all patients.",
            average_auc: "That is the area under the ROC curve. Here precision is averaged.",
            average_of_false_alarms: "You averaged the share of false alarms. Precision is the"
            " share of sick people among those called.",
            average_one_by_one_over_all: "Two things: patients with one score pass a threshold"
            " together; and a precision counts as much as the step in recall that it stands for.",
            average_over_patients: "That is the mean over all patients. Only a sick one makes a"
            " step in recall.",
            average_over_false_positive_rate: "Your steps are in the false positive rate, the"
            " share of the healthy. Recall is the share of the sick that is found.",
            average_found_among_all: "Precision is the share of the sick among those *called*:"
            " divide by their number, not by that of all patients.",
            average_recall_for_step_among_all: "Two things: recall is a share of the sick, not of"
            " all patients; and its *step* is meant, the recall here minus that of the threshold"
            " before.",
        },
        explanation="Each step in recall is weighed with the precision at its end.",
    ),
    "cheapest": Exercise(
        task="Find the cheapest threshold when only a share of all people can be called",
        reference=cheapest,
        cases={
            "rare, cheap misses": (*SMALL, 20.0, 1.0, 0.05, 1.0),
            "common, dear misses": (*SMALL, 1.0, 20.0, 0.4, 1.0),
            "common, dear misses, 45 in 100 can be called": (*SMALL, 1.0, 20.0, 0.4, 0.45),
            "common, cheap misses, 45 in 100 can be called": (*SMALL, 20.0, 1.0, 0.4, 0.45),
            "a weak curve, 30 in 100": (*WEAK, 1.0, 4.0, 0.2, 0.3),
            "a weak curve, nobody is worth it": (*WEAK, 3.0, 2.0, 0.3, 0.5),
            "a weak curve, 72 in 100": (*WEAK, 1.0, 2.5, 0.4, 0.72),
            "in eighths, one point calls exactly 0.375": (*EIGHTHS, 1.0, 4.0, 0.25, 0.375),
            "in eighths, half can be called": (*DENTED, 1.0, 4.0, 0.25, 0.5),
            "200 patients": (*CURVE, 1.0, 5.0, 0.1, 0.9),
            "200 patients, 12 in 100, large prices": (*CURVE, 5e3, 1e5, 0.1, 0.12),
        },
        misconceptions={
            cheapest_youden: "The costs differ, and so do the numbers of sick and healthy people:"
            " the best Youden index ignores both.",
            cheapest_corner: "The distance to the corner contains neither costs nor prevalence."
            " Compute the cost of each point.",
            cheapest_without_limit: "That may call more people than `capacity` allows. Keep only"
            " the points that call few enough, sick and healthy together.",
            cheapest_but_someone: "Calling nobody is a choice too: keep the first point, whose"
            " threshold is infinite.",
            cheapest_but_not_all: "Calling everybody is a choice too: keep the last point.",
            cheapest_inside: "Calling nobody and calling everybody are choices too: keep both ends"
            " of the curve.",
            cheapest_without_prevalence: "A rate is a share of one class. Multiply by the share of"
            " sick or of healthy people before you add the costs.",
            cheapest_costs_swapped: "The two costs are swapped: `cost_fp` belongs to healthy people"
            " that are called.",
            cheapest_shares_swapped: "The two classes are swapped: `prevalence` is the share of the"
            " sick, and misses happen among them.",
            cheapest_limit_on_fpr: "`capacity` limits all people that are called. This comes out"
            " if it limits the false positive rate, a share of the healthy.",
            cheapest_limit_on_false_alarms: "The sick people that are called take up capacity too.",
            cheapest_limit_on_sum: "The two rates are shares of different classes. Weigh them with"
            " the shares of the classes before you add them.",
            cheapest_limit_on_mean: "The plain mean of the two rates is no share of all people, as"
            " the classes differ in size. Weigh each rate with the share of its class.",
            cheapest_limit_swapped: "In the limit the two classes are swapped: `fpr` belongs to the"
            " healthy, whose share is 1 - prevalence.",
            cheapest_fills_the_limit: "That calls as many as the limit allows, whatever they cost."
            " Among the allowed points take the cheapest.",
            cheapest_below_the_limit: "A point that calls exactly the share `capacity` is allowed:"
            " use <=.",
            cheapest_stepping_back: "The last point that fits need not be the cheapest of those"
            " that fit: compare the costs of *all* allowed points.",
            cheapest_index: "That is the place of the point. Return its threshold.",
            cheapest_cost: "That is the lowest cost. Return the threshold that has it.",
            cheapest_hits_cost: "You charged for the sick that are found. A miss is a sick person"
            " that is not called: 1 - tpr.",
            cheapest_swapped_without_limit: "Two things: the two costs are swapped; and `capacity`"
            " limits how many may be called.",
            cheapest_swapped_without_prevalence: "Two things: the two costs are swapped; and each"
            " rate must be weighed with the share of its class.",
            cheapest_forbidden_is_free: "The points that call too many got a low cost, and the"
            " lowest wins. Set their cost to np.inf.",
            cheapest_is_dearest: "That is the dearest of the allowed thresholds: argmin, not"
            " argmax.",
            cheapest_limit_on_tpr: "`capacity` limits all people that are called. This comes out"
            " if it limits the true positive rate, a share of the sick.",
            cheapest_or_nobody: "Where the cheapest of all points calls too many, you call nobody."
            " Take the cheapest of the points that the limit allows.",
            cheapest_below_a_start: "Where all is dear, nobody is called. If you remember the"
            " lowest cost so far, let it start at np.inf.",
        },
        explanation="Cost from both classes, both ends of the curve, and a limit on all calls.",
    ),
}
