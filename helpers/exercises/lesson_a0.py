"""Exercises of lesson A0: seeds, the spread of a mean, conditional counting, log-odds."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(8)
ROLLS = RNG.integers(1, 7, size=(6, 9))
WAITS = RNG.gamma(2, 2, size=(40, 12))
CROWD_SICK = RNG.random(500) < 0.2
CROWD_POSITIVE = RNG.random(500) < np.where(CROWD_SICK, 0.9, 0.15)


def spread_of_means(samples):
    return samples.mean(axis=1).std()


def spread_down_the_columns(samples):
    return samples.mean(axis=0).std()


def spread_of_single_values(samples):
    return samples.std()


def spread_inside_the_rows(samples):
    return samples.std(axis=1).mean()


def spread_by_formula(samples):
    return samples.std() / np.sqrt(samples.shape[1])


def spread_without_root(samples):
    return samples.mean(axis=1).var()


def spread_not_taken(samples):
    return samples.mean(axis=1)


def spread_with_n_minus_1(samples):
    return samples.mean(axis=1).std(ddof=1)


def spread_as_range(samples):
    means = samples.mean(axis=1)
    return means.max() - means.min()


def spread_averaged_away(samples):
    return samples.mean(axis=1).mean()


def sick_among_positive(is_sick, is_positive):
    return is_sick[is_positive].mean()


def positive_among_sick(is_sick, is_positive):
    return is_positive[is_sick].mean()


def sick_and_positive(is_sick, is_positive):
    return (is_sick & is_positive).mean()


def sick_equals_positive(is_sick, is_positive):
    return (is_sick == is_positive).mean()


def sick_and_positive_count(is_sick, is_positive):
    return np.sum(is_sick & is_positive)


def sick_of_all(is_sick, is_positive):
    return is_sick.mean()


def sick_as_last_value(is_sick, is_positive):
    counts = np.unique(is_sick[is_positive], return_counts=True)[1]
    return counts[-1] / counts.sum()


def sick_for_each_positive(is_sick, is_positive):
    return is_sick.sum() / is_positive.sum()


def update(probability, likelihood_ratios):
    log_odds = np.log(probability / (1 - probability)) + np.log(likelihood_ratios).sum()
    return 1 / (1 + np.exp(-log_odds))


def update_multiplies_probability(probability, likelihood_ratios):
    return probability * np.prod(likelihood_ratios)


def update_returns_odds(probability, likelihood_ratios):
    return probability / (1 - probability) * np.prod(likelihood_ratios)


def update_returns_log_odds(probability, likelihood_ratios):
    return np.log(probability / (1 - probability)) + np.sum(np.log(likelihood_ratios))


def update_takes_probability_for_odds(probability, likelihood_ratios):
    odds = probability * np.prod(likelihood_ratios)
    return odds / (1 + odds)


def update_adds_ratios(probability, likelihood_ratios):
    odds = probability / (1 - probability) * np.sum(likelihood_ratios)
    return odds / (1 + odds)


def update_adds_ratios_to_log_odds(probability, likelihood_ratios):
    total = np.log(probability / (1 - probability)) + np.sum(likelihood_ratios)
    return 1 / (1 + np.exp(-total))


def update_probability_and_sum(probability, likelihood_ratios):
    odds = probability * np.sum(likelihood_ratios)
    return odds / (1 + odds)


def update_by_log10(probability, likelihood_ratios):
    total = np.log10(probability / (1 - probability)) + np.log10(likelihood_ratios).sum()
    return 1 / (1 + np.exp(-total))


def update_by_mean_ratio(probability, likelihood_ratios):
    odds = probability / (1 - probability) * np.mean(likelihood_ratios)
    return odds / (1 + odds)


def update_by_last_ratio(probability, likelihood_ratios):
    return update(probability, likelihood_ratios[-1:])


def update_stops_early(probability, likelihood_ratios):
    return update(probability, likelihood_ratios[:1])


def update_wrong_side(probability, likelihood_ratios):
    return 1 / (1 + np.exp(update_returns_log_odds(probability, likelihood_ratios)))


def spread_variance_of_columns(samples):
    return samples.mean(axis=0).var()


def sick_or_positive(is_sick, is_positive):
    return np.mean(is_sick | is_positive)


EXERCISES = {
    "seed": Exercise(
        task="Predict what a second generator with the same seed rolls",
        reference="the same rolls, then new ones",
        choices=("new rolls both times", "the same rolls, then new ones", "the same rolls twice"),
        misconceptions={
            "new rolls both times": "The numbers are computed, and the seed is where the"
            " computation starts: from the same start the same numbers follow.",
            "the same rolls twice": "The seed is used once, when the generator is made. After that"
            " the stream goes on, and the next five rolls are the next five of the stream.",
        },
        explanation="The same seed starts the same stream; each call takes the next part of it.",
    ),
    "six": Exercise(
        task="Predict how often four rolls hold at least one six",
        reference="about 52 %",
        choices=("about 17 %", "about 52 %", "about 67 %"),
        misconceptions={
            "about 17 %": "That is one roll, 1 in 6. Here there are four rolls to find a six in.",
            "about 67 %": "4 times 1/6 counts a row with two sixes twice. By that rule seven rolls"
            " would hold a six in 117 % of the cases.",
        },
        explanation="No six four times in a row has the chance (5/6)**4, about 48 %.",
        again=Exercise(
            task="Predict how often three rolls hold at least one six",
            reference="about 42 %",
            choices=("about 17 %", "about 42 %", "about 50 %"),
            misconceptions={
                "about 17 %": "That is one roll, 1 in 6. Here there are three.",
                "about 50 %": "3 times 1/6 counts a row with two sixes twice. Ask how often there"
                " is none.",
            },
            explanation="No six three times in a row has the chance (5/6)**3, about 58 %.",
        ),
    ),
    "spread": Exercise(
        task="Predict how much less the mean of 100 waits varies than one wait",
        reference="10 times less",
        choices=("as much as one wait", "10 times less", "100 times less"),
        misconceptions={
            "as much as one wait": "Within a sample long and short waits partly cancel. A mean of"
            " 100 waits is seldom as far from the middle as a single wait.",
            "100 times less": "Dividing by 100 would need every long wait to meet a short one. What"
            " does not cancel grows with the square root of 100.",
        },
        explanation="The spread shrinks with the square root of the number of values.",
        again=Exercise(
            task="Predict how much less the mean of 25 waits varies than one wait",
            reference="5 times less",
            choices=("as much as one wait", "5 times less", "25 times less"),
            misconceptions={
                "as much as one wait": "Within a sample long and short waits partly cancel.",
                "25 times less": "What does not cancel grows with the square root of 25.",
            },
            explanation="The spread shrinks with the square root of 25.",
        ),
    ),
    "positive": Exercise(
        task="Predict the chance that a person with a positive test is sick",
        reference="about 27 %",
        choices=("about 95 %", "about 90 %", "about 27 %", "about 2 %"),
        misconceptions={
            "about 95 %": "That is the share of the healthy who are cleared. The question is about"
            " the positive. Count 1000 people.",
            "about 90 %": "That is the other direction: how many of the sick are positive. The"
            " question is how many of the positive are sick. Count 1000 people.",
            "about 2 %": "That is the share before the test. A positive result is news: count how"
            " many of 1000 people are positive, and how many of those are sick.",
        },
        explanation="18 sick and 49 healthy people are positive, and 18 of 67 is about 27 %.",
        again=Exercise(
            task="Of 1000 people 100 are sick; 80 of these and 90 of the healthy are positive:"
            " predict the chance that a positive person is sick",
            reference="about 47 %",
            choices=("about 80 %", "about 47 %", "about 10 %"),
            misconceptions={
                "about 80 %": "That is how many of the sick are positive. The question is how many"
                " of the positive are sick.",
                "about 10 %": "That is the share before the test. Count the positive first.",
            },
            explanation="80 of the 170 positive people are sick, about 47 %.",
        ),
    ),
    "second": Exercise(
        task="Predict the chance to be sick after two positive tests",
        reference="about 87 %",
        choices=("about 54 %", "about 87 %", "about 99 %"),
        misconceptions={
            "about 54 %": "Percentages of evidence do not add: four tests would then give 108 %."
            " What each test multiplies is the odds.",
            "about 99 %": "Of the 49 healthy with a false alarm, 5 % get a second one: 2.45 people."
            " Against about 16 sick that is not yet 1 in 100.",
        },
        explanation="The odds 18 : 49 are multiplied by 18 again.",
    ),
    "spread_of_means": Exercise(
        task="Find how much the means of many repeats vary",
        reference=spread_of_means,
        cases={
            "3 repeats of 2 values": (np.array([[1, 3], [2, 6], [4, 12]]),),
            "6 repeats of 9 rolls": (ROLLS,),
            "40 repeats of 12 waits": (WAITS,),
        },
        misconceptions={
            spread_down_the_columns: "You took the mean of each column. A repeat is a row, and"
            " axis=1 goes along the row.",
            spread_of_single_values: "That is the spread of the single values. First make one mean"
            " out of each row, then ask how the means vary.",
            spread_inside_the_rows: "You measured the spread inside each row and averaged it. Swap"
            " the two steps: first the mean of each row, then one SD of those means.",
            spread_by_formula: "That is what the formula promises for endlessly many repeats. Here"
            " measure what these repeats did: the SD of the row means.",
            spread_not_taken: "These are the means, one for each repeat. One step is left: how much"
            " do they vary? That is a single number.",
            spread_as_range: "That is the distance from the smallest to the largest mean, which"
            " grows with the number of repeats. Take the SD of the means, np.std.",
            spread_averaged_away: "That is the mean of the means, their middle. The question is"
            " how much they vary: take the SD of them, np.std.",
            spread_without_root: "That is the variance, in squared units. Its square root is the"
            " SD.",
            spread_with_n_minus_1: "Nearly: you divided by the number of repeats minus 1. The task"
            " asks for np.std as it comes, which divides by the number of repeats.",
            spread_variance_of_columns: "Two things: a repeat is a row, so average along axis=1;"
            " and the SD is the square root of the variance.",
        },
        explanation="One number for each repeat first, then the spread of those numbers.",
    ),
    "sick_among_positive": Exercise(
        task="Find the share of the sick among the positive",
        reference=sick_among_positive,
        cases={
            "4 people, no positive one is sick": (
                np.array([1, 0, 0, 0]) == 1,
                np.array([0, 1, 1, 0]) == 1,
            ),
            "5 people": (np.array([1, 1, 0, 0, 0]) == 1, np.array([1, 0, 1, 1, 0]) == 1),
            "8 people, every sick one is found": (
                np.array([0, 1, 0, 1, 0, 0, 0, 0]) == 1,
                np.array([0, 1, 0, 1, 1, 0, 1, 1]) == 1,
            ),
            "500 people": (CROWD_SICK, CROWD_POSITIVE),
        },
        misconceptions={
            positive_among_sick: "That is the other direction, the share of the positive among the"
            " sick. The crowd that you select with the mask is the one after the word among.",
            sick_and_positive: "You counted the right people but divided by everybody. Divide by"
            " the positive only.",
            sick_equals_positive: "That is how often the test is right, among all people. Select"
            " the positive first.",
            sick_and_positive_count: "That is a count. Divide it by the number of the positive.",
            sick_for_each_positive: "The sick with a negative test were counted too. Count only"
            " those who are sick and positive, and divide by the positive.",
            sick_as_last_value: "If none of the positive is sick, the share is 0. The last of the"
            " values that occur is then the healthy.",
            sick_of_all: "The test has not been used: that is the share of the sick among all.",
            sick_or_positive: "Two things: count those who are sick *and* positive; and divide by"
            " the positive, not by all.",
        },
        explanation="A condition chooses the crowd; the share is taken inside it.",
    ),
    "update": Exercise(
        task="Update a probability by several pieces of evidence",
        reference=update,
        cases={
            "even chances, one ratio of 3": (0.5, np.array([3.0])),
            "20 %, one ratio of 1": (0.2, np.array([1.0])),
            "2 %, ratios 18 and 18": (0.02, np.array([18.0, 18.0])),
            "30 %, ratios 4, 0.5, 0.25, 8 and 20": (0.3, np.array([4.0, 0.5, 0.25, 8.0, 20.0])),
        },
        misconceptions={
            update_multiplies_probability: "The ratios multiply the odds, not the probability,"
            " which would soon exceed 1. Turn it into odds first, p / (1 - p).",
            update_returns_odds: "These are the odds. Turn them back into a probability,"
            " odds / (1 + odds).",
            update_returns_log_odds: "That is the place on the ruler, the log-odds. The logistic"
            " function turns it into a probability.",
            update_takes_probability_for_odds: "The way back is right, but you started from p as"
            " if it were the odds. The odds are p / (1 - p).",
            update_adds_ratios: "The ratios are multiplied; it is their logarithms that are added.",
            update_adds_ratios_to_log_odds: "On the ruler a step is the logarithm of a ratio: a"
            " ratio of 1 must not move anything.",
            update_probability_and_sum: "Two things: the odds are p / (1 - p), and the ratios are"
            " multiplied, not added.",
            update_by_log10: "np.exp undoes the natural logarithm, np.log, not np.log10. Use the"
            " same base on the way there and back.",
            update_by_mean_ratio: "The ratios were averaged. Each piece of evidence counts in full:"
            " multiply the ratios.",
            update_by_last_ratio: "Only the last ratio was used: each round of the loop starts anew"
            " from the given probability. Go on from the odds of the round before.",
            update_stops_early: "Only the first ratio was used. In a loop, return stands too far to"
            " the right: it ends the first round.",
            update_wrong_side: "That is the probability of the opposite: the logistic function has"
            " a minus sign, 1 / (1 + exp(-log_odds)).",
        },
        explanation="Log-odds add up; the logistic function leads back.",
    ),
}
