"""Exercises of lesson 13: groups, ratios, naive Bayes with gaps, thresholds, tests, forecasts."""

import numpy as np
from scipy import special

from helpers import base_rates
from helpers.exercises import Exercise

RNG = np.random.default_rng(13)
WORDS = np.array([5.0, 0.25, 3.0]), np.array([0.6, 1.5, 0.9])
SIX = np.array([5.8, 0.14, 5.0, 0.2, 2.6, 0.3]), np.array([0.7, 1.24, 0.65, 1.2, 0.82, 1.14])
LONG = RNG.uniform(0.05, 0.15, 700), RNG.uniform(1.02, 1.1, 700)
GAPS = np.array([[1, 0, -1], [-1, 1, 1], [0, 0, 0], [-1, -1, -1]])
CUT = RNG.choice([1, 0, -1], size=(5, 6))
WIDE = np.where(RNG.random((2, 700)) < 0.9, 1, -1)
SEVEN = np.array([4.0, 10, 3, 8, 5, 20, 5]), np.array([6.0, 9, 9, 10, 12, 22, 7.5])
FIFTEEN = np.arange(3.0, 18), np.arange(3.0, 18) * RNG.permutation(np.linspace(0.7, 3.6, 15))


def two_groups(ratio, share):
    return base_rates.posterior(share, ratio), base_rates.posterior(1 - share, ratio)


def two_groups_same_twice(ratio, share):
    return (base_rates.posterior(share, ratio),) * 2


def two_groups_by_story_alone(ratio, share):
    return (ratio / (1 + ratio),) * 2


def two_groups_by_product(ratio, share):
    return ratio * share, ratio * (1 - share)


def two_groups_by_product_cut(ratio, share):
    return min(1, ratio * share), min(1, ratio * (1 - share))


def two_groups_odds(ratio, share):
    odds = share / (1 - share)
    return ratio * odds, ratio / odds


def two_groups_mirrored(ratio, share):
    first = base_rates.posterior(share, ratio)
    return first, 1 - first


def two_groups_others_whole(ratio, share):
    other = 1 - share
    return ratio * share / (ratio * share + 1), ratio * other / (ratio * other + 1)


def two_groups_share_in_odds(ratio, share):
    return ratio * share / (1 + ratio * share), 1 - ratio * share / (1 + ratio * share)


def two_groups_base_rates(ratio, share):
    return share, 1 - share


def two_groups_ratio_turned(ratio, share):
    return base_rates.posterior(share, 1 / ratio), base_rates.posterior(1 - share, 1 / ratio)


def smoothed(counts, above=1.0, below=None):
    return (counts + above) / (counts.sum() + (counts.size if below is None else below))


def kind_ratios(spam_counts, ham_counts):
    return smoothed(spam_counts) / smoothed(ham_counts)


def kinds_unsmoothed(spam_counts, ham_counts):
    with np.errstate(all="ignore"):
        return smoothed(spam_counts, 0, 0) / smoothed(ham_counts, 0, 0)


def kinds_two_below(spam_counts, ham_counts):
    return smoothed(spam_counts, 1, 2) / smoothed(ham_counts, 1, 2)


def kinds_one_below(spam_counts, ham_counts):
    return smoothed(spam_counts, 1, 1) / smoothed(ham_counts, 1, 1)


def kinds_none_below(spam_counts, ham_counts):
    return smoothed(spam_counts, 1, 0) / smoothed(ham_counts, 1, 0)


def kinds_spam_among_kind(spam_counts, ham_counts):
    with np.errstate(all="ignore"):
        return spam_counts / (spam_counts + ham_counts)


def kinds_spam_among_kind_smoothed(spam_counts, ham_counts):
    return (spam_counts + 1) / (spam_counts + ham_counts + 2)


def kinds_of_counts(spam_counts, ham_counts):
    return (spam_counts + 1) / (ham_counts + 1)


def kinds_of_bare_counts(spam_counts, ham_counts):
    with np.errstate(all="ignore"):
        return spam_counts / ham_counts


def kinds_turned(spam_counts, ham_counts):
    return smoothed(ham_counts) / smoothed(spam_counts)


def kinds_shares(spam_counts, ham_counts):
    return smoothed(spam_counts)


def kinds_spam_smoothed_only(spam_counts, ham_counts):
    with np.errstate(all="ignore"):
        return smoothed(spam_counts) / smoothed(ham_counts, 0, 0)


def kinds_zeros_made_one(spam_counts, ham_counts):
    spam, ham = np.maximum(spam_counts, 1), np.maximum(ham_counts, 1)
    return (spam / spam_counts.sum()) / (ham / ham_counts.sum())


def kinds_as_absent(spam_counts, ham_counts):
    spam, ham = smoothed(spam_counts, 1, 2), smoothed(ham_counts, 1, 2)
    return (1 - spam) / (1 - ham)


def kinds_of_both_added(spam_counts, ham_counts):
    kinds = spam_counts.size + ham_counts.size
    return smoothed(spam_counts, 1, kinds) / smoothed(ham_counts, 1, kinds)


def kinds_k_above(spam_counts, ham_counts):
    return smoothed(spam_counts, spam_counts.size) / smoothed(ham_counts, ham_counts.size)


def kinds_half_added(spam_counts, ham_counts):
    kinds = spam_counts.size / 2
    return smoothed(spam_counts, 0.5, kinds) / smoothed(ham_counts, 0.5, kinds)


def steps_of(messages, present, absent):
    there, silent = np.log(present), np.log(absent)
    return np.where(messages == 1, there, np.where(messages == 0, silent, 0))


def log_odds(messages, present, absent, prior):
    return np.log(prior / (1 - prior)) + steps_of(messages, present, absent).sum(axis=1)


def log_odds_without_absent(messages, present, absent, prior):
    return special.logit(prior) + ((messages == 1) * np.log(present)).sum(axis=1)


def log_odds_unknown_is_absent(messages, present, absent, prior):
    return log_odds(messages == 1, present, absent, prior)


def log_odds_unknown_is_present(messages, present, absent, prior):
    return log_odds(messages != 0, present, absent, prior)


def log_odds_matrix_product(messages, present, absent, prior):
    steps = np.log(present) - np.log(absent)
    return special.logit(prior) + messages @ steps + np.log(absent).sum()


def log_odds_product_with_present(messages, present, absent, prior):
    return special.logit(prior) + messages @ np.log(present)


def log_odds_log_of_prior(messages, present, absent, prior):
    return np.log(prior) + steps_of(messages, present, absent).sum(axis=1)


def log_odds_odds_of_prior(messages, present, absent, prior):
    return prior / (1 - prior) + steps_of(messages, present, absent).sum(axis=1)


def log_odds_prior_itself(messages, present, absent, prior):
    return prior + steps_of(messages, present, absent).sum(axis=1)


def log_odds_without_prior(messages, present, absent, prior):
    return steps_of(messages, present, absent).sum(axis=1)


def log_odds_prior_for_each_word(messages, present, absent, prior):
    return (special.logit(prior) + steps_of(messages, present, absent)).sum(axis=1)


def log_odds_by_product(messages, present, absent, prior):
    factors = np.where(messages == 1, present, np.where(messages == 0, absent, 1))
    with np.errstate(all="ignore"):
        return np.log(prior / (1 - prior) * factors.prod(axis=1))


def log_odds_not_the_log(messages, present, absent, prior):
    with np.errstate(all="ignore"):
        return np.exp(log_odds(messages, present, absent, prior))


def log_odds_chances(messages, present, absent, prior):
    return special.expit(log_odds(messages, present, absent, prior))


def log_odds_ratios_added(messages, present, absent, prior):
    factors = np.where(messages == 1, present, np.where(messages == 0, absent, 0))
    return special.logit(prior) + factors.sum(axis=1)


def log_odds_all_together(messages, present, absent, prior):
    return special.logit(prior) + steps_of(messages, present, absent).sum()


def log_odds_down_the_columns(messages, present, absent, prior):
    return special.logit(prior) + steps_of(messages, present, absent).sum(axis=0)


def log_odds_unknown_halved(messages, present, absent, prior):
    half = (np.log(present) + np.log(absent)) / 2
    steps = np.where(messages == -1, half, steps_of(messages, present, absent))
    return special.logit(prior) + steps.sum(axis=1)


def log_odds_mean(messages, present, absent, prior):
    return special.logit(prior) + steps_of(messages, present, absent).mean(axis=1)


def log_odds_absent_mirrored(messages, present, absent, prior):
    return log_odds(messages, present, 1 / present, prior)


def log_odds_absent_taken_off(messages, present, absent, prior):
    return log_odds(messages, present, 1 / absent, prior)


def log_odds_whole_numbers(messages, present, absent, prior):
    return np.trunc(log_odds(messages, present, absent, prior))


def log_odds_one_minus_ratio(messages, present, absent, prior):
    with np.errstate(all="ignore"):
        return log_odds(messages, present, 1 - present, prior)


def threshold_after(trained, used, threshold):
    return base_rates.shift_prior(threshold, used, trained)


def threshold_backwards(trained, used, threshold):
    return base_rates.shift_prior(threshold, trained, used)


def threshold_kept(trained, used, threshold):
    return threshold


def threshold_of_half(trained, used, threshold):
    return base_rates.shift_prior(0.5, used, trained)


def threshold_as_if_trained_half(trained, used, threshold):
    return base_rates.shift_prior(threshold, used, 0.5)


def threshold_one_minus_used(trained, used, threshold):
    return 1 - used


def threshold_used(trained, used, threshold):
    return used


def threshold_by_shares(trained, used, threshold):
    return threshold * trained / used


def threshold_by_shares_cut(trained, used, threshold):
    return min(1, threshold * trained / used)


def threshold_by_shares_down(trained, used, threshold):
    return threshold * used / trained


def threshold_by_difference(trained, used, threshold):
    return threshold + trained - used


def threshold_odds(trained, used, threshold):
    found = threshold_after(trained, used, threshold)
    return found / (1 - found)


def threshold_log_odds(trained, used, threshold):
    return special.logit(threshold_after(trained, used, threshold))


def threshold_log_of_shares(trained, used, threshold):
    return special.expit(special.logit(threshold) + np.log(trained / used))


def threshold_without_used(trained, used, threshold):
    return special.expit(special.logit(threshold) + special.logit(trained))


def fixed_and_free(rate, repeating):
    fixed = rate * repeating
    return fixed, (rate - fixed) / (1 - fixed)


def bayes(prevalence, sick, well):
    return prevalence * sick / (prevalence * sick + (1 - prevalence) * well)


def likelihoods(sensitivity, specificity, repeating, positives, negatives):
    never, missed = fixed_and_free(1 - sensitivity, repeating)
    always, alarmed = fixed_and_free(1 - specificity, repeating)
    sick = (1 - never) * (1 - missed) ** positives * missed**negatives
    well = (1 - always) * alarmed**positives * (1 - alarmed) ** negatives
    return sick, well, never, always


def mixed_results(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick, well, never, always = likelihoods(
        sensitivity, specificity, repeating, positives, negatives
    )
    sick += never if positives == 0 else 0
    well += always if negatives == 0 else 0
    return bayes(prevalence, sick, well)


def mixed_independent(prevalence, sensitivity, specificity, repeating, positives, negatives):
    return mixed_results(prevalence, sensitivity, specificity, 0.0, positives, negatives)


def mixed_repeaters_always(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick, well, never, always = likelihoods(
        sensitivity, specificity, repeating, positives, negatives
    )
    return bayes(prevalence, sick + never, well + always)


def mixed_alarmed_always(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick, well, never, always = likelihoods(
        sensitivity, specificity, repeating, positives, negatives
    )
    return bayes(prevalence, sick + (never if positives == 0 else 0), well + always)


def mixed_repeaters_lost(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick, well, *_ = likelihoods(sensitivity, specificity, repeating, positives, negatives)
    return bayes(prevalence, sick, well)


def mixed_only_sick_repeat(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick = likelihoods(sensitivity, specificity, repeating, positives, negatives)
    well = likelihoods(sensitivity, specificity, 0.0, positives, negatives)[1]
    return bayes(prevalence, sick[0] + (sick[2] if positives == 0 else 0), well)


def mixed_only_well_repeat(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick = likelihoods(sensitivity, specificity, 0.0, positives, negatives)[0]
    _, well, _, always = likelihoods(sensitivity, specificity, repeating, positives, negatives)
    return bayes(prevalence, sick, well + (always if negatives == 0 else 0))


def mixed_with(free, prevalence, sensitivity, specificity, repeating, positives, negatives):
    never, always = (1 - sensitivity) * repeating, (1 - specificity) * repeating
    missed, alarmed = free(1 - sensitivity, never), free(1 - specificity, always)
    sick = (1 - never) * (1 - missed) ** positives * missed**negatives
    well = (1 - always) * alarmed**positives * (1 - alarmed) ** negatives
    return bayes(
        prevalence,
        sick + (never if positives == 0 else 0),
        well + (always if negatives == 0 else 0),
    )


def mixed_rate_kept(*given):
    return mixed_with(lambda rate, fixed: rate, *given)


def mixed_rate_not_divided(*given):
    return mixed_with(lambda rate, fixed: rate - fixed, *given)


def mixed_share_of_people(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick = (1 - repeating) * sensitivity**positives * (1 - sensitivity) ** negatives
    well = (1 - repeating) * (1 - specificity) ** positives * specificity**negatives
    sick += repeating if positives == 0 else 0
    return bayes(prevalence, sick, well + (repeating if negatives == 0 else 0))


def mixed_without_negatives(prevalence, sensitivity, specificity, repeating, positives, negatives):
    return mixed_results(prevalence, sensitivity, specificity, repeating, positives, 0)


def mixed_negatives_only_exclude(
    prevalence, sensitivity, specificity, repeating, positives, negatives
):
    sick, well, never, always = likelihoods(sensitivity, specificity, repeating, positives, 0)
    sick += never if positives == 0 else 0
    return bayes(prevalence, sick, well + (always if negatives == 0 else 0))


def mixed_negatives_as_positives(
    prevalence, sensitivity, specificity, repeating, positives, negatives
):
    return mixed_results(prevalence, sensitivity, specificity, repeating, positives + negatives, 0)


def mixed_takes_off(prevalence, sensitivity, specificity, repeating, positives, negatives):
    left = max(0, positives - negatives)
    return mixed_results(prevalence, sensitivity, specificity, repeating, left, 0)


def mixed_without_prevalence(prevalence, sensitivity, specificity, repeating, positives, negatives):
    return mixed_results(0.5, sensitivity, specificity, repeating, positives, negatives)


def mixed_ratio(prevalence, sensitivity, specificity, repeating, positives, negatives):
    found = mixed_results(0.5, sensitivity, specificity, repeating, positives, negatives)
    return found / (1 - found)


def mixed_repeaters_exchanged(
    prevalence, sensitivity, specificity, repeating, positives, negatives
):
    sick, well, never, always = likelihoods(
        sensitivity, specificity, repeating, positives, negatives
    )
    sick += never if negatives == 0 else 0
    return bayes(prevalence, sick, well + (always if positives == 0 else 0))


def mixed_well_not_weighed(prevalence, sensitivity, specificity, repeating, positives, negatives):
    odds = prevalence * mixed_ratio(
        prevalence, sensitivity, specificity, repeating, positives, negatives
    )
    return odds / (1 + odds)


def mixed_weight_missing(prevalence, sensitivity, specificity, repeating, positives, negatives):
    sick, well, never, always = likelihoods(
        sensitivity, specificity, repeating, positives, negatives
    )
    sick = sick / (1 - never) + (never if positives == 0 else 0)
    return bayes(prevalence, sick, well / (1 - always) + (always if negatives == 0 else 0))


def places(size, confidence):
    tail = (1 - confidence) / 2
    return int(np.floor(tail * (size + 1))), int(np.ceil((1 - tail) * (size + 1)))


def ends(values, low, high):
    values = np.sort(values)
    return (
        values[low - 1] if low >= 1 else 0.0,
        values[high - 1] if high <= values.size else np.inf,
    )


def forecast(estimates, actuals, new, confidence):
    ratios = actuals / estimates
    low, high = ends(ratios, *places(ratios.size, confidence))
    return new * low, new * high


def forecast_quantile(estimates, actuals, new, confidence):
    tail = (1 - confidence) / 2
    return tuple(new * np.quantile(actuals / estimates, [tail, 1 - tail]))


def forecast_whole_tail(estimates, actuals, new, confidence):
    return forecast(estimates, actuals, new, max(2 * confidence - 1, 0))


def forecast_quantile_whole_tail(estimates, actuals, new, confidence):
    return tuple(new * np.quantile(actuals / estimates, [1 - confidence, confidence]))


def forecast_of_n(estimates, actuals, new, confidence):
    ratios, tail = actuals / estimates, (1 - confidence) / 2
    low, high = int(np.floor(tail * ratios.size)), int(np.ceil((1 - tail) * ratios.size))
    return tuple(new * end for end in ends(ratios, low, high))


def forecast_by_difference(estimates, actuals, new, confidence):
    over = actuals - estimates
    low, high = ends(over, *places(over.size, confidence))
    return new + low, new + high


def forecast_turned(estimates, actuals, new, confidence):
    return forecast(actuals, estimates, new, confidence)


def forecast_largest(estimates, actuals, new, confidence):
    ratios = np.sort(actuals / estimates)
    low, high = places(ratios.size, confidence)
    return new * ratios[max(low, 1) - 1], new * ratios[min(high, ratios.size) - 1]


def forecast_largest_high(estimates, actuals, new, confidence):
    return forecast(estimates, actuals, new, confidence)[0], forecast_largest(
        estimates, actuals, new, confidence
    )[1]


def forecast_smallest_low(estimates, actuals, new, confidence):
    return forecast_largest(estimates, actuals, new, confidence)[0], forecast(
        estimates, actuals, new, confidence
    )[1]


def forecast_counts_from_zero(estimates, actuals, new, confidence):
    ratios = np.sort(actuals / estimates)
    low, high = places(ratios.size, confidence)
    return new * ratios[low], new * (ratios[high] if high < ratios.size else np.inf)


def forecast_low_from_end(estimates, actuals, new, confidence):
    ratios = np.sort(actuals / estimates)
    low, high = places(ratios.size, confidence)
    return new * ratios[low - 1], new * (ratios[high - 1] if high <= ratios.size else np.inf)


def forecast_minus_infinity(estimates, actuals, new, confidence):
    low, high = forecast(estimates, actuals, new, confidence)
    return (low if low > 0 else -np.inf), high


def forecast_unsorted(estimates, actuals, new, confidence):
    ratios = actuals / estimates
    low, high = places(ratios.size, confidence)
    return (
        new * (ratios[low - 1] if low >= 1 else 0.0),
        new * (ratios[high - 1] if high <= ratios.size else np.inf),
    )


def forecast_ratios(estimates, actuals, new, confidence):
    return forecast(estimates, actuals, 1.0, confidence)


def forecast_of_actuals(estimates, actuals, new, confidence):
    return ends(actuals, *places(actuals.size, confidence))


def forecast_rounded_inwards(estimates, actuals, new, confidence):
    ratios, tail = np.sort(actuals / estimates), (1 - confidence) / 2
    low, high = np.ceil(tail * (ratios.size + 1)), np.floor((1 - tail) * (ratios.size + 1))
    return new * ratios[int(low) - 1], new * ratios[int(high) - 1]


def forecast_rounded_to_the_nearest(estimates, actuals, new, confidence):
    ratios, tail = actuals / estimates, (1 - confidence) / 2
    low, high = np.round(np.array([tail, 1 - tail]) * (ratios.size + 1)).astype(int)
    return tuple(new * end for end in ends(ratios, low, high))


def forecast_by_two_promises(estimates, actuals, new, confidence):
    tails = (1 - confidence) / 2, (1 + confidence) / 2
    given = estimates, actuals, new
    return tuple(base_rates.reference_class_forecast(*given, confidence=tail) for tail in tails)


def forecast_not_a_number(estimates, actuals, new, confidence):
    low, high = forecast(estimates, actuals, new, confidence)
    return (low if low > 0 else np.nan), (high if np.isfinite(high) else np.nan)


def forecast_from_below(estimates, actuals, new, confidence):
    return 0.0, base_rates.reference_class_forecast(estimates, actuals, new, confidence=confidence)


def forecast_sorted_apart(estimates, actuals, new, confidence):
    return forecast(np.sort(estimates), np.sort(actuals), new, confidence)


def two_groups_odds_over_ratio(ratio, share):
    odds = share / (1 - share)
    return odds / ratio, 1 / odds / ratio


def two_groups_smaller_first(ratio, share):
    return two_groups(ratio, min(share, 1 - share))


def kind_ratios_added_below_only(spam_counts, ham_counts):
    k = len(spam_counts)
    return (spam_counts / (spam_counts.sum() + k)) / (ham_counts / (ham_counts.sum() + k))


def kinds_one_in_all(spam_counts, ham_counts):
    each = 1 / spam_counts.size
    return smoothed(spam_counts, each, 1) / smoothed(ham_counts, each, 1)


def forecast_without_twins(estimates, actuals, new, confidence):
    ratios = np.unique(actuals / estimates)
    return forecast(np.ones(ratios.size), ratios, new, confidence)


EXERCISES = {
    "second_group": Exercise(
        task="Predict the share of engineers among those whom the story fits, in the second group",
        reference="about 0.90",
        choices=("about 0.63", "about 0.80", "about 0.90"),
        misconceptions={
            "about 0.63": "The story is the same, the crowd is not: now 700 engineers bring those"
            " who fit, and only 300 lawyers. Count again.",
            "about 0.80": "That is the share of engineers whom the story fits. The question is how"
            " many of those whom it fits are engineers.",
        },
        explanation="560 engineers and 60 lawyers fit.",
        again=Exercise(
            task="Predict the same for a group of 500 engineers and 500 lawyers",
            reference="about 0.80",
            choices=("about 0.50", "about 0.63", "about 0.80"),
            misconceptions={
                "about 0.50": "That is the share before the story. It fits 80 % of the engineers"
                " and 20 % of the lawyers: count those whom it fits.",
                "about 0.63": "That was the group with 300 engineers. Count again: how many of the"
                " 500 of each kind fit?",
            },
            explanation="400 engineers and 100 lawyers fit.",
        ),
    ),
    "nothing": Exercise(
        task="Predict what a story that fits half of both kinds says in a group of 300 and 700",
        reference="0.30",
        choices=("0.30", "0.50", "nothing can be said"),
        misconceptions={
            "0.50": "Half of each kind fit, but there are more lawyers to begin with: count the"
            " engineers among those who fit.",
            "nothing can be said": "The story says nothing. The group still does: count the"
            " engineers among those who fit.",
        },
        explanation="150 engineers and 350 lawyers fit: the share stays what it was.",
    ),
    "trained": Exercise(
        task="Predict how many of 100 messages with scores above 0.9 are spam, where 5 % are spam",
        reference="about 63",
        choices=("about 96", "about 63", "about 5"),
        misconceptions={
            "about 96": "That held among the training rows, half of which were spam. Here there are"
            " 19 other messages for each spam: count how many of them get such a score.",
            "about 5": "That is the share before anybody read the message. A score of 0.96 is"
            " strong evidence: odds of 24 to 1 among equal numbers.",
        },
        explanation="The score carries the base rate of the training rows.",
        again=Exercise(
            task="A score of 0.90 from a model trained half and half, spam is 5 %: predict how"
            " many of 100 such messages are spam",
            reference="about 32",
            choices=("about 90", "about 32", "about 5"),
            misconceptions={
                "about 90": "That held where half of the messages were spam. Multiply the odds"
                " 9 : 1 by the odds 5 : 95.",
                "about 5": "That is the share before the message was read. Multiply the odds 9 : 1"
                " by the odds 5 : 95.",
            },
            explanation="9 · 5 / 95 is 0.47, and 0.47 : 1 is 32 in 100.",
        ),
    ),
    "three": Exercise(
        task="Predict the chance to be sick after three positives if one error in five repeats",
        reference="about 0.61",
        choices=("about 0.99", "about 0.61", "about 0.27"),
        misconceptions={
            "about 0.99": "That is so if every error is made anew. One healthy person in a hundred"
            " is alarmed each time: how many of 980 is that, beside at most 20 who are sick?",
            "about 0.27": "That is the answer after one test, and after any number if all errors"
            " repeat. Here four errors in five are made anew, and a further test weeds them out.",
        },
        explanation="The ten who are alarmed each time stay beside about fifteen who are sick.",
    ),
    "promise": Exercise(
        task="Predict how often a promise at the 80 % quantile of four past tasks is kept",
        reference="less often",
        choices=("more often", "in 80 %", "less often"),
        misconceptions={
            "more often": "A fifth task exceeds the *largest* of four in one case of five, since"
            " each of the five is the largest equally often. And the quantile lies below that.",
            "in 80 %": "In the sample, about. The new task is a fifth one: how often does it exceed"
            " the largest of the four, and where does the quantile lie?",
        },
        explanation="Even the largest of four is exceeded in one case of five.",
    ),
    "two_groups": Exercise(
        task="Compute the answer of a group and of its mirror image",
        reference=two_groups,
        cases={
            "ratio 4, 30 % engineers": (4.0, 0.3),
            "ratio 1, 20 % engineers": (1.0, 0.2),
            "ratio 0.5, 10 % engineers": (0.5, 0.1),
            "ratio 9, 71.25 % engineers": (9.0, 0.7125),
        },
        misconceptions={
            two_groups_same_twice: "Both groups got the answer of the first. The second has"
            " 1 - share engineers.",
            two_groups_by_story_alone: "That is the story alone, as if half of each group were"
            " engineers. Multiply by the prior odds.",
            two_groups_by_product: "A share times a ratio can come out above 1. Multiply the odds,"
            " share / (1 - share), and turn them back.",
            two_groups_by_product_cut: "Cutting off at 1 hides the fault. Multiply the odds, and"
            " turn them back.",
            two_groups_odds: "Those are the odds. Turn them back: odds / (1 + odds).",
            two_groups_mirrored: "The group is mirrored, the story is not: it still speaks for"
            " engineers. 1 - answer would turn the ratio round as well.",
            two_groups_others_whole: "The lawyers weigh 1 - share, not 1: of them there are"
            " fewer the more engineers there are.",
            two_groups_share_in_odds: "The prior went in as a share: its odds are"
            " share / (1 - share). And the mirror group needs a count of its own.",
            two_groups_base_rates: "Those are the shares before the story. Multiply their odds by"
            " the ratio.",
            two_groups_ratio_turned: "The ratio was turned round: it says how many times as often"
            " the story fits an engineer.",
            two_groups_odds_over_ratio: "Two things: multiply the odds by the ratio; and turn the"
            " result back into a probability.",
            two_groups_smaller_first: "The first answer is that of the group with the share"
            " `share`, even where that is above a half.",
        },
        explanation="One ratio multiplies the odds of both groups.",
    ),
    "kind_ratios": Exercise(
        task="Estimate the likelihood ratio of each of several kinds from counts",
        reference=kind_ratios,
        cases={
            "2 kinds": (np.array([6, 34]), np.array([0, 40])),
            "3 kinds, 40 spam and 100 others": (np.array([30, 8, 2]), np.array([95, 5, 0])),
            "4 kinds, one of them never seen": (np.array([9, 0, 3, 0]), np.array([4, 7, 15, 0])),
            "5 kinds, all seen": (np.array([5, 1, 12, 3, 9]), np.array([11, 30, 2, 6, 21])),
        },
        misconceptions={
            kinds_unsmoothed: "A kind that was not seen gives 0, infinity or NaN, and would decide"
            " alone. Add one message of each kind to both classes.",
            kinds_two_below: "2 is right for a word that is there or not. With k kinds you invent"
            " k messages in each class: the shares of a class must add up to 1.",
            kinds_one_below: "One message of *each* kind was added, so the number of messages grows"
            " by the number of kinds.",
            kinds_none_below: "The added messages must be counted below as well: the shares of a"
            " class must add up to 1.",
            kinds_k_above: "The number of kinds was added above as well. Only one message of each"
            " kind is invented: 1 above, and their number below.",
            kinds_of_both_added: "The kinds were counted twice. Each class gets one message of each"
            " kind, so it grows by their number once.",
            kinds_half_added: "Half a message of each kind was added. Here add a whole one.",
            kinds_spam_among_kind: "That is the share of spam among the messages of a kind, the"
            " other direction. Divide by the messages of the class.",
            kinds_spam_among_kind_smoothed: "That is the share of spam among the messages of a"
            " kind, the other direction, though smoothed. Divide by the size of the class.",
            kinds_of_counts: "Those are ratios of counts. The classes differ in size: divide each"
            " by the number of its messages first.",
            kinds_of_bare_counts: "Those are ratios of counts: divide by the size of each class,"
            " and add one message of each kind.",
            kinds_turned: "Turned round: spam stands above.",
            kinds_shares: "Those are the shares among spam alone. Divide by the shares among the"
            " others.",
            kinds_spam_smoothed_only: "The others need an added message of each kind as well.",
            kinds_zeros_made_one: "Only the zeros became 1. Add 1 to every count, and count the"
            " added messages below: then the shares add up to 1.",
            kinds_as_absent: "That is the ratio of *not* being of the kind.",
            kind_ratios_added_below_only: "The invented messages were counted below only. Add 1 to"
            " each count above as well.",
            kinds_one_in_all: "One message in all was invented for each class. Invent one of"
            " *each* kind: k of them.",
        },
        explanation="One invented message of each kind, so k more in each class.",
        steps=(
            "turn each array into shares that add up to 1, with 1 added to each count.",
            "by how much did the number of messages grow? By the length of the array.",
        ),
    ),
    "log_odds": Exercise(
        task="Add up the evidence of messages in which some words are unknown",
        reference=log_odds,
        cases={
            "1 message of 3 words": (np.array([[1, 0, 1]]), *WORDS, 0.5),
            "1 message, the last word unknown": (np.array([[1, 0, -1]]), *WORDS, 0.05),
            "4 messages, 5 % spam": (GAPS, *WORDS, 0.05),
            "5 messages of 6 words, 30 % spam": (CUT, *SIX, 0.3),
            "2 messages of 700 words": (WIDE, *LONG, 0.2),
        },
        misconceptions={
            log_odds_without_absent: "A word that is not there is evidence too: add the logarithm"
            " of `absent` for each 0.",
            log_odds_unknown_is_absent: "An unknown word was counted as absent. Not knowing is no"
            " evidence: add nothing for -1.",
            log_odds_unknown_is_present: "An unknown word was counted as present. Add nothing for"
            " -1: compare with 1 instead of taking it as true.",
            log_odds_matrix_product: "The product multiplies by -1 where a word is unknown, which"
            " counts against it. Choose by kind: present, absent, nothing.",
            log_odds_product_with_present: "Two things: absent words are evidence, and -1 times a"
            " step walks backwards. Choose by kind.",
            log_odds_log_of_prior: "The prior's place on the ruler is log(prior / (1 - prior)), not"
            " the logarithm of the share.",
            log_odds_odds_of_prior: "Those are the prior odds. Take their logarithm before you add"
            " steps.",
            log_odds_prior_itself: "A share cannot be added to log-odds: log(prior / (1 - prior)).",
            log_odds_without_prior: "The steps are right, the start is missing: add the log-odds of"
            " the prior.",
            log_odds_prior_for_each_word: "The prior was added once for each word. It is the start:"
            " add it once.",
            log_odds_by_product: "A product of hundreds of small factors underflows to 0, and its"
            " logarithm is minus infinity. Add the logarithms.",
            log_odds_not_the_log: "Those are odds. Return their logarithm, and add logarithms"
            " rather than multiply.",
            log_odds_chances: "Those are chances. Return the log-odds.",
            log_odds_ratios_added: "Ratios multiply; their *logarithms* add up.",
            log_odds_all_together: "All messages were added up. One sum for each row: axis=1.",
            log_odds_down_the_columns: "The sum ran down the columns, over messages. Add along the"
            " words of each message: axis=1.",
            log_odds_unknown_halved: "An unknown word got the mean of its two steps, which is not"
            " 0. Not knowing is no evidence: add nothing for -1.",
            log_odds_mean: "That is the mean of the steps. Evidence adds up.",
            log_odds_absent_mirrored: "A missing word is not the mirror image of one that is there:"
            " its ratio stands in `absent`.",
            log_odds_one_minus_ratio: "A ratio is no share, and 1 - ratio means nothing: the ratio"
            " of a missing word stands in `absent`.",
            log_odds_absent_taken_off: "The step of a missing word was taken off. Its ratio is for"
            " its absence already: add its logarithm.",
            log_odds_whole_numbers: "The sums were cut to whole numbers. Do not write into an array"
            " of whole numbers.",
        },
        explanation="Silence is evidence, not knowing is none.",
        steps=(
            "make an array of steps, one for each word of each message. Which three kinds are"
            " there?",
            "np.where(messages == 1, ..., np.where(messages == 0, ..., 0)), then sum along axis 1.",
        ),
    ),
    "threshold_after": Exercise(
        task="Find the score from which on a chance of `threshold` is reached",
        reference=threshold_after,
        cases={
            "half and half, 5 %, 0.5": (0.5, 0.05, 0.5),
            "half and half, 5 %, 0.2": (0.5, 0.05, 0.2),
            "trained at 30 %, used at 2 %, 0.5": (0.3, 0.02, 0.5),
            "trained at 20 %, used at 60 %, 0.8": (0.2, 0.6, 0.8),
        },
        misconceptions={
            threshold_backwards: "The wrong way: that says what a *score* of `threshold` is worth."
            " Where spam got rarer, more evidence is needed.",
            threshold_kept: "A score of `threshold` means that chance only where the share is"
            " `trained`.",
            threshold_of_half: "That is where 0.5 went. Carry over the given `threshold`.",
            threshold_as_if_trained_half: "That is right for a model trained half and half. Step by"
            " the log-odds of `trained` too.",
            threshold_one_minus_used: "1 - used is right for a model trained half and half and a"
            " threshold of 0.5 only. Step on the ruler.",
            threshold_used: "The threshold is not the base rate. Carry the given chance over.",
            threshold_by_shares: "A threshold that is multiplied can come out above 1. Multiply its"
            " odds.",
            threshold_by_shares_cut: "Cutting off at 1 hides the fault: nobody would be flagged."
            " Multiply the odds.",
            threshold_by_shares_down: "Rarer needs more evidence, so the threshold rises; and it is"
            " the odds that are multiplied.",
            threshold_by_difference: "Shares cannot be added to a threshold. Add on the ruler of"
            " log-odds.",
            threshold_odds: "Those are odds. Return the score: odds / (1 + odds).",
            threshold_log_odds: "Those are log-odds. Return the score.",
            threshold_log_of_shares: "When the share of spam changes, that of the others changes as"
            " well: use the odds of `trained` and `used`.",
            threshold_without_used: "`used` is missing: the step is the difference of two"
            " log-odds.",
        },
        explanation="The shift, walked backwards: from the chance where it is used to the score.",
    ),
    "mixed_results": Exercise(
        task="Find the chance to be sick after positive and negative results of one laboratory",
        reference=mixed_results,
        cases={
            "one positive, half of the errors repeat": (0.1, 0.9, 0.8, 0.5, 1, 0),
            "two positives, errors made anew": (0.02, 0.9, 0.95, 0.0, 2, 0),
            "three positives, one error in five repeats": (0.02, 0.9, 0.95, 0.2, 3, 0),
            "two positives, one negative": (0.02, 0.9, 0.95, 0.2, 2, 1),
            "one negative, half of the errors repeat": (0.2, 0.8, 0.9, 0.5, 0, 1),
            "three negatives": (0.3, 0.7, 0.85, 0.4, 0, 3),
            "three positives, two negatives": (0.1, 0.8, 0.9, 0.6, 3, 2),
        },
        misconceptions={
            mixed_independent: "`repeating` has no effect: some errors come again in every test of"
            " the same person.",
            mixed_repeaters_always: "After both kinds of results nobody who always gets the same"
            " one is left: add the repeaters only where all results agree.",
            mixed_alarmed_always: "A healthy person who is alarmed each time has no negative"
            " result: add those only if there was none.",
            mixed_repeaters_lost: "Those who always get the same result are missing: add the always"
            " alarmed if no result was negative, the never found if none was positive.",
            mixed_only_sick_repeat: "False alarms repeat as well: some healthy people are alarmed"
            " each time.",
            mixed_only_well_repeat: "Misses repeat as well: some sick people are never found.",
            mixed_rate_kept: "The others still err at the full rate, so all together err too often."
            " Their rate is (rate - fixed) / (1 - fixed).",
            mixed_rate_not_divided: "The remaining errors are made by the others only: divide by"
            " 1 - fixed.",
            mixed_share_of_people: "`repeating` is a share of the errors, not of the people:"
            " multiply by the error rate.",
            mixed_without_negatives: "The negative results had no effect. Multiply by their"
            " chances too.",
            mixed_negatives_only_exclude: "The negative results only told who is no repeater. For"
            " the others they are evidence too: multiply by their chances.",
            mixed_negatives_as_positives: "Negative results were counted as positive ones.",
            mixed_takes_off: "A negative result does not take back a positive one: their ratios"
            " differ in size. Multiply the chances of all results.",
            mixed_without_prevalence: "The prevalence had no effect: start from its odds.",
            mixed_ratio: "That is the likelihood ratio. Multiply the prior odds by it, and turn"
            " them back into a chance.",
            mixed_repeaters_exchanged: "Turned round: a sick person who is never found has no"
            " *positive* result, a healthy one who is always alarmed no negative one.",
            mixed_well_not_weighed: "The healthy weigh 1 - prevalence. Leave it out, and they count"
            " as if everybody were healthy.",
            mixed_weight_missing: "The others are only the share 1 - fixed of their class: multiply"
            " their chance by it before the repeaters are added.",
        },
        explanation="One result that differs acquits a person of repeating.",
        steps=(
            "split each class: the share rate · repeating always gets the wrong result, the others"
            " err anew each time, with (rate - fixed) / (1 - fixed).",
            "for the others multiply the chances of all results. Which repeaters have such results"
            " at all? Add them, then use Bayes' theorem.",
        ),
    ),
    "forecast": Exercise(
        task="Forecast a lower and an upper end from a reference class",
        reference=forecast,
        cases={
            "4 tasks, 50 %": (
                np.array([5.0, 10, 2, 8]),
                np.array([9.0, 12, 5, 8]),
                10.0,
                0.5,
            ),
            "4 tasks, 75 %": (
                np.array([5.0, 10, 2, 8]),
                np.array([9.0, 12, 5, 8]),
                10.0,
                0.75,
            ),
            "6 tasks, 50 %": (SEVEN[0][1:], SEVEN[1][1:], 5.0, 0.5),
            "7 tasks, 75 %": (*SEVEN, 6.0, 0.75),
            "7 tasks, 50 %": (*SEVEN, 6.0, 0.5),
            "15 tasks, 75 %": (*FIFTEEN, 20.0, 0.75),
        },
        misconceptions={
            forecast_quantile: "np.quantile looks inside the sample. The new task is one more: take"
            " places among n + 1.",
            forecast_whole_tail: "All that is left was cut off at both ends. Half of it belongs to"
            " each end.",
            forecast_quantile_whole_tail: "Two things: half of what is left belongs to each end,"
            " and the places are among n + 1.",
            forecast_of_n: "Those are places among n. The new task is one more: n + 1.",
            forecast_by_difference: "Differences do not fit a task of another size. Use ratios,"
            " actual / estimate.",
            forecast_turned: "The ratio is turned round: actual over estimate.",
            forecast_largest: "With too few tasks nothing so sure can be said: 0 and infinity, not"
            " the ends of the sample.",
            forecast_largest_high: "With too few tasks the upper end is infinite, not the largest"
            " ratio.",
            forecast_smallest_low: "With too few tasks the lower end is 0, not the smallest ratio.",
            forecast_counts_from_zero: "One place too high: the k-th of the sorted ratios has the"
            " index k - 1.",
            forecast_low_from_end: "Place 0 became index -1, which is the largest ratio. Where"
            " there is no such task, the lower end is 0.",
            forecast_rounded_inwards: "Both places were rounded inwards, so that less than wanted"
            " is held: the floor below, the ceiling above.",
            forecast_rounded_to_the_nearest: "The places were rounded to the nearest. Outwards: the"
            " floor below, the ceiling above.",
            forecast_by_two_promises: "A promise rounds its place up. That is outwards for the"
            " upper end only: the lower place is rounded down, and place 0 is 0.",
            forecast_minus_infinity: "Nothing takes less than no time: the lower end is 0.",
            forecast_unsorted: "The ratios were taken in the order of the tasks. Sort them first.",
            forecast_ratios: "Those are the ratios. Multiply them by the new estimate.",
            forecast_of_actuals: "That is what the old tasks took. Scale: ratios times the new"
            " estimate.",
            forecast_not_a_number: "With too few tasks the ends are known: 0 and np.inf, which"
            " every time lies between.",
            forecast_from_below: "That is a promise, with one end. Cut off half of what is left at"
            " each end.",
            forecast_sorted_apart: "Estimates and actuals were sorted apart, so that tasks were"
            " mixed. Take the ratios first.",
            forecast_without_twins: "A task got lost. Those with equal ratios, or with equal"
            " estimates, all count: np.unique, a set or a dict would keep one of them.",
        },
        explanation="Places among n + 1, half of the doubt at each end.",
        steps=(
            "sort the ratios actual / estimate. How much of the doubt, 1 - confidence, belongs to"
            " each end?",
            "the places are the floor of tail · (n + 1) and the ceiling of (1 - tail) · (n + 1);"
            " place 0 is 0, and place n + 1 is infinite.",
        ),
    ),
}
