"""Other right and wrong answers to the exercises of lesson 13."""

import math

import numpy as np
from scipy import special

from helpers import base_rates
from helpers.exercises import lesson_13 as lesson


def two_groups_by_counting(ratio, share):
    found = []
    for engineers in (1000 * share, 1000 * (1 - share)):
        found.append(engineers * ratio / (engineers * ratio + 1000 - engineers))
    return found


def two_groups_by_ruler(ratio, share):
    return special.expit(np.log(ratio) + special.logit(np.array([share, 1 - share])))


def two_groups_mirrored_by_ratio(ratio, share):
    return base_rates.posterior(share, ratio), base_rates.posterior(1 - share, 1 / ratio)


def kind_ratios_by_loop(spam_counts, ham_counts):
    k, found = len(spam_counts), []
    for spam, ham in zip(spam_counts, ham_counts, strict=True):
        found.append((spam + 1) * (sum(ham_counts) + k) / ((ham + 1) * (sum(spam_counts) + k)))
    return found


def kinds_by_the_helper(spam_counts, ham_counts):
    totals = spam_counts.sum(), ham_counts.sum()
    return base_rates.likelihood_ratios(spam_counts, totals[0], ham_counts, totals[1]).present


def kinds_by_the_helper_bare(spam_counts, ham_counts):
    with np.errstate(all="ignore"):
        return (spam_counts / spam_counts.sum()) / (ham_counts / ham_counts.sum())


def log_odds_by_loop(messages, present, absent, prior):
    found = []
    for message in messages:
        total = math.log(prior) - math.log(1 - prior)
        for state, yes, no in zip(message, present, absent, strict=True):
            if state == 1:
                total += math.log(yes)
            elif state == 0:
                total += math.log(no)
        found.append(total)
    return found


def log_odds_by_products(messages, present, absent, prior):
    there, silent = (messages == 1).astype(float), (messages == 0).astype(float)
    return special.logit(prior) + there @ np.log(present) + silent @ np.log(absent)


def log_odds_by_helper(messages, present, absent, prior):
    return base_rates.naive_bayes_log_odds(messages == 1, (present, absent), prior)


def log_odds_by_running_product(messages, present, absent, prior):
    odds = np.full(len(messages), prior / (1 - prior))
    for at in range(messages.shape[1]):
        odds = odds * np.where(messages[:, at] == 1, present[at], 1)
        odds = odds * np.where(messages[:, at] == 0, absent[at], 1)
    with np.errstate(all="ignore"):
        return np.log(odds)


def log_odds_truthy(messages, present, absent, prior):
    return special.logit(prior) + np.where(messages, np.log(present), np.log(absent)).sum(axis=1)


def threshold_by_odds(trained, used, threshold):
    odds = threshold / (1 - threshold) * (1 - used) / used * trained / (1 - trained)
    return odds / (1 + odds)


def threshold_by_ruler(trained, used, threshold):
    return special.expit(special.logit(threshold) - special.logit(used) + special.logit(trained))


def threshold_wrong_sign(trained, used, threshold):
    return special.expit(special.logit(threshold) + special.logit(used) - special.logit(trained))


def mixed_by_branches(prevalence, sensitivity, specificity, repeating, positives, negatives):
    chances = []
    for right, says_positive in ((sensitivity, True), (1 - specificity, False)):
        wrong = 1 - right if says_positive else right
        fixed = repeating * wrong
        free = (wrong - fixed) / (1 - fixed)
        positive = 1 - free if says_positive else free
        total = 1 - fixed
        for _ in range(positives):
            total *= positive
        for _ in range(negatives):
            total *= 1 - positive
        if (says_positive and not positives) or (not says_positive and not negatives):
            total += fixed
        chances.append(total)
    odds = prevalence / (1 - prevalence) * chances[0] / chances[1]
    return odds / (1 + odds)


def mixed_by_ratios(prevalence, sensitivity, specificity, repeating, positives, negatives):
    ratio = (sensitivity / (1 - specificity)) ** positives
    ratio *= ((1 - sensitivity) / specificity) ** negatives
    return base_rates.posterior(prevalence, ratio)


def mixed_by_helper(prevalence, sensitivity, specificity, repeating, positives, negatives):
    return base_rates.repeated_tests(
        prevalence, sensitivity, specificity, positives, repeating=repeating
    )


def forecast_by_padding(estimates, actuals, new, confidence):
    ratios = sorted([0, *(actuals / estimates), math.inf])
    high = math.ceil((1 + confidence) / 2 * (len(estimates) + 1))
    return [new * ratios[len(estimates) + 1 - high], new * ratios[high]]


def forecast_by_array(estimates, actuals, new, confidence):
    n = estimates.size
    padded = np.r_[0, np.sort(actuals / estimates), np.inf]
    at = [np.floor((1 - confidence) / 2 * (n + 1)), np.ceil((1 + confidence) / 2 * (n + 1))]
    return new * padded[np.array(at).astype(int)]


def forecast_clipped(estimates, actuals, new, confidence):
    ratios, n = np.sort(actuals / estimates), estimates.size
    high = math.ceil((1 + confidence) / 2 * (n + 1))
    low = n + 1 - high
    return np.array([ratios[max(low, 1) - 1], ratios[min(high, n) - 1]]) * new


ACCEPTED = {
    "two_groups": (two_groups_by_counting, two_groups_by_ruler),
    "kind_ratios": (kind_ratios_by_loop,),
    "log_odds": (log_odds_by_loop, log_odds_by_products),
    "threshold_after": (threshold_by_odds, threshold_by_ruler),
    "mixed_results": (mixed_by_branches,),
    "forecast": (forecast_by_padding, forecast_by_array),
}

VARIANTS = {
    "two_groups": {
        two_groups_mirrored_by_ratio: lesson.two_groups_mirrored,
        (lambda ratio, share: [ratio * share, ratio - ratio * share]): (
            lesson.two_groups_by_product
        ),
        (lambda ratio, share: np.full(2, 1 - 1 / (1 + ratio))): lesson.two_groups_by_story_alone,
    },
    "kind_ratios": {
        kinds_by_the_helper: lesson.kinds_two_below,
        kinds_by_the_helper_bare: lesson.kinds_unsmoothed,
    },
    "log_odds": {
        log_odds_by_helper: lesson.log_odds_unknown_is_absent,
        log_odds_by_running_product: lesson.log_odds_by_product,
        log_odds_truthy: lesson.log_odds_unknown_is_present,
    },
    "threshold_after": {
        threshold_wrong_sign: lesson.threshold_backwards,
        (lambda trained, used, threshold: trained / used * threshold): lesson.threshold_by_shares,
    },
    "mixed_results": {
        mixed_by_ratios: lesson.mixed_independent,
        mixed_by_helper: lesson.mixed_without_negatives,
    },
    "forecast": {
        forecast_clipped: lesson.forecast_largest,
        (
            lambda estimates, actuals, new, confidence: np.quantile(
                new * actuals / estimates, [0.5 - confidence / 2, 0.5 + confidence / 2]
            )
        ): lesson.forecast_quantile,
    },
}
