"""Exercises of lesson 10: all right, Wilson's interval, a bootstrap, the worst coverage."""

import math

import numpy as np
from scipy import stats

from helpers import intervals
from helpers.exercises import Exercise

RNG = np.random.default_rng(10)
EIGHT = np.array([1.0, 2.0, 2.5, 4.0, 4.5, 7.0, 9.0, 16.0])
THIRTY = RNG.gamma(2, 2, size=30)
FEW_U, SOME_U, MANY_U = (RNG.random(shape) for shape in ((6, 3), (60, 8), (200, 30)))
FEW_U[0] = 0.0, 0.1, 0.2  # three times the first value
SHARES = np.linspace(0.021, 0.979, 60)
WALD_3 = intervals.proportion_interval(np.arange(4), 3, method="wald")
WILSON_12 = intervals.proportion_interval(np.arange(13), 12)
COULL_30 = intervals.proportion_interval(np.arange(31), 30, method="agresti-coull", confidence=0.9)


def tail_of(confidence):
    return (1 - confidence) / 2


def z_of(confidence):
    return stats.norm.ppf((1 + confidence) / 2)


def all_right(accuracy, confidence):
    return math.ceil(math.log(tail_of(confidence)) / math.log(accuracy))


def all_right_whole_tail(accuracy, confidence):
    return math.ceil(math.log(1 - confidence) / math.log(accuracy))


def all_right_confidence_for_tail(accuracy, confidence):
    return math.ceil(math.log(confidence) / math.log(accuracy))


def all_right_by_wilson(accuracy, confidence):
    n = 1
    while intervals.proportion_interval(n, n, confidence=confidence).low < accuracy:
        n += 1
    return n


def all_right_by_wald(accuracy, confidence):
    return 1


def all_right_cut_off(accuracy, confidence):
    return int(math.log(tail_of(confidence)) / math.log(accuracy))


def all_right_not_rounded(accuracy, confidence):
    return math.log(tail_of(confidence)) / math.log(accuracy)


def all_right_tries_too_few(accuracy, confidence):
    n = all_right(accuracy, confidence)
    return n if n < 500 else None


def all_right_one_more_where_exact(accuracy, confidence):
    return math.floor(math.log(tail_of(confidence)) / math.log(accuracy)) + 1


def all_right_always_95(accuracy, confidence):
    return all_right(accuracy, 0.95)


def all_right_of_errors(accuracy, confidence):
    return all_right(1 - accuracy, confidence)


def all_right_by_division(accuracy, confidence):
    return math.ceil(1 / (1 - accuracy))


def wilson(successes, trials, confidence):
    z = z_of(confidence)
    center = (successes + z**2 / 2) / (trials + z**2)
    reach = z * math.sqrt(successes * (1 - successes / trials) + z**2 / 4) / (trials + z**2)
    return center - reach, center + reach


def wald(successes, trials, confidence):
    share = successes / trials
    reach = z_of(confidence) * math.sqrt(share * (1 - share) / trials)
    return share - reach, share + reach


def wald_cut_at_1(successes, trials, confidence):
    low, high = wald(successes, trials, confidence)
    return max(low, 0), min(high, 1)


def clopper_pearson(successes, trials, confidence):
    how = "clopper-pearson"
    return intervals.proportion_interval(successes, trials, confidence=confidence, method=how)


def wilson_around_share(successes, trials, confidence):
    low, high = wilson(successes, trials, confidence)
    share = successes / trials
    return share - (high - low) / 2, share + (high - low) / 2


def wilson_then_wald(successes, trials, confidence):
    z = z_of(confidence)
    return wald(successes + z**2 / 2, trials + z**2, confidence)


def wilson_plus_four(successes, trials, confidence):
    return wald(successes + 2, trials + 4, confidence)


def wilson_one_tail(successes, trials, confidence):
    return wilson(successes, trials, 2 * confidence - 1)


def wilson_always_1_96(successes, trials, confidence):
    return wilson(successes, trials, 0.95)


def wilson_by_t(successes, trials, confidence):
    t = stats.t.ppf((1 + confidence) / 2, trials - 1)
    return wilson(successes, trials, 2 * stats.norm.cdf(t) - 1)


def wilson_adds_successes_only(successes, trials, confidence):
    z, (low, high) = z_of(confidence), wilson(successes, trials, confidence)
    center = (successes + z**2 / 2) / (trials + z**2 / 2)
    return center - (high - low) / 2, center + (high - low) / 2


def wilson_without_square(successes, trials, confidence):
    z = z_of(confidence)
    center = (successes + z / 2) / (trials + z)
    reach = z * math.sqrt(successes * (1 - successes / trials) + z / 4) / (trials + z)
    return center - reach, center + reach


def wilson_without_z_before_the_root(successes, trials, confidence):
    low, high = wilson(successes, trials, confidence)
    reach = (high - low) / 2 / z_of(confidence)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wilson_swapped(successes, trials, confidence):
    return wilson(successes, trials, confidence)[::-1]


def wilson_per_cent(successes, trials, confidence):
    return tuple(100 * end for end in wilson(successes, trials, confidence))


def wilson_of_failures(successes, trials, confidence):
    return wilson(trials - successes, trials, confidence)


def middle_half(values):
    return np.subtract(*np.quantile(values, [0.75, 0.25], axis=-1))


def both_tails(drawn, confidence):
    return np.quantile(drawn, [tail_of(confidence), 1 - tail_of(confidence)])


def picked(sample, u):
    return sample[(u * sample.size).astype(int)]


def bootstrap(sample, u, confidence):
    return tuple(both_tails(middle_half(picked(sample, u)), confidence))


def bootstrap_shuffled(sample, u, confidence):
    return tuple(both_tails(middle_half(sample[np.argsort(u, axis=1)]), confidence))


def bootstrap_half_size(sample, u, confidence):
    return bootstrap(sample, u[:, : sample.size // 2 + 1], confidence)


def bootstrap_one_short(sample, u, confidence):
    return bootstrap(sample, u[:, :-1], confidence)


def bootstrap_never_last(sample, u, confidence):
    chosen = sample[(u * (sample.size - 1)).astype(int)]
    return tuple(both_tails(middle_half(chosen), confidence))


def bootstrap_rounded(sample, u, confidence):
    chosen = sample[np.round(u * (sample.size - 1)).astype(int)]
    return tuple(both_tails(middle_half(chosen), confidence))


def bootstrap_rounded_up(sample, u, confidence):
    chosen = sample[np.round(u * sample.size).astype(int) % sample.size]
    return tuple(both_tails(middle_half(chosen), confidence))


def bootstrap_one_before_rounded_up(sample, u, confidence):
    chosen = sample[np.ceil(u * sample.size).astype(int) - 1]
    return tuple(both_tails(middle_half(chosen), confidence))


def bootstrap_down_the_columns(sample, u, confidence):
    return tuple(both_tails(middle_half(picked(sample, u).T), confidence))


def bootstrap_of_values(sample, u, confidence):
    return tuple(both_tails(picked(sample, u), confidence))


def bootstrap_all_in_one(sample, u, confidence):
    return (middle_half(picked(sample, u).ravel()),) * 2


def bootstrap_whole_tail(sample, u, confidence):
    return tuple(np.quantile(middle_half(picked(sample, u)), [1 - confidence, confidence]))


def bootstrap_from_zero(sample, u, confidence):
    return tuple(np.quantile(middle_half(picked(sample, u)), [0, confidence]))


def bootstrap_shares_as_per_cent(sample, u, confidence):
    tail = tail_of(confidence)
    return tuple(np.percentile(middle_half(picked(sample, u)), [tail, 1 - tail]))


def bootstrap_always_95(sample, u, confidence):
    return bootstrap(sample, u, 0.95)


def bootstrap_by_sd(sample, u, confidence):
    widths, z = middle_half(picked(sample, u)), z_of(confidence)
    return middle_half(sample) - z * widths.std(ddof=1), middle_half(sample) + z * widths.std(
        ddof=1
    )


def bootstrap_basic(sample, u, confidence):
    low, high = bootstrap(sample, u, confidence)
    return 2 * middle_half(sample) - high, 2 * middle_half(sample) - low


def bootstrap_swapped(sample, u, confidence):
    return bootstrap(sample, u, confidence)[::-1]


def bootstrap_of_the_median(sample, u, confidence):
    return tuple(both_tails(np.median(picked(sample, u), axis=1), confidence))


def bootstrap_of_the_mean(sample, u, confidence):
    return tuple(both_tails(picked(sample, u).mean(axis=1), confidence))


def bootstrap_of_the_sd(sample, u, confidence):
    return tuple(both_tails(picked(sample, u).std(axis=1), confidence))


def chances_of(low, p):
    n = len(low) - 1
    return stats.binom.pmf(np.arange(n + 1)[:, None], n, p)


def holds(low, high, p):
    return (low[:, None] <= p) & (p <= high[:, None])


def each_coverage(low, high, p):
    return (chances_of(low, p) * holds(low, high, p)).sum(axis=0)


def worst(low, high, p):
    return each_coverage(low, high, p).min()


def worst_n_one_too_large(low, high, p):
    n = len(low)
    pmf = stats.binom.pmf(np.arange(n)[:, None], n, p)
    return (pmf * holds(low, high, p)).sum(axis=0).min()


def worst_counts_from_1(low, high, p):
    n = len(low)
    pmf = stats.binom.pmf(np.arange(1, n + 1)[:, None], n, p)
    return (pmf * holds(low, high, p)).sum(axis=0).min()


def worst_unweighted(low, high, p):
    return holds(low, high, p).mean(axis=0).min()


def worst_where_any_holds(low, high, p):
    return worst(low, high, p[holds(low, high, p).any(axis=0)])


def worst_averaged(low, high, p):
    return each_coverage(low, high, p).mean()


def worst_of_all(low, high, p):
    return each_coverage(low, high, p)


def worst_place(low, high, p):
    return p[each_coverage(low, high, p).argmin()]


def worst_index(low, high, p):
    return each_coverage(low, high, p).argmin()


def worst_is_best(low, high, p):
    return each_coverage(low, high, p).max()


def worst_misses(low, high, p):
    return 1 - worst(low, high, p)


def worst_largest_miss(low, high, p):
    return (chances_of(low, p) * ~holds(low, high, p)).sum(axis=0).min()


def worst_low_end_only(low, high, p):
    return (chances_of(low, p) * (low[:, None] <= p)).sum(axis=0).min()


def worst_high_end_only(low, high, p):
    return (chances_of(low, p) * (p <= high[:, None])).sum(axis=0).min()


def worst_sums_over_p(low, high, p):
    return (chances_of(low, p) * holds(low, high, p)).sum(axis=1).min()


def worst_single_count(low, high, p):
    return (chances_of(low, p) * holds(low, high, p)).min()


def worst_without_last(low, high, p):
    return (chances_of(low, p) * holds(low, high, p))[:-1].sum(axis=0).min()


def worst_per_cent(low, high, p):
    return 100 * worst(low, high, p)


def worst_first_p_only(low, high, p):
    return each_coverage(low, high, p[:1])[0]


def all_right_rule_of_three(accuracy, confidence):
    return math.ceil(3 / (1 - accuracy))


def all_right_half_of_confidence(accuracy, confidence):
    return math.ceil(math.log(confidence / 2) / math.log(accuracy))


def wilson_term_over_n(successes, trials, confidence):
    z, share = z_of(confidence), successes / trials
    low, high = wilson(successes, trials, confidence)
    under = share * (1 - share) / trials + z**2 / (4 * trials)
    reach = z * math.sqrt(under) / (1 + z**2 / trials)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wilson_wald_over_trials(successes, trials, confidence):
    z = z_of(confidence)
    center = (successes + z**2 / 2) / (trials + z**2)
    reach = z * math.sqrt(center * (1 - center) / trials)
    return center - reach, center + reach


def wilson_over_n(successes, trials, confidence):
    z = z_of(confidence)
    return tuple(end * (trials + z**2) / trials for end in wilson(successes, trials, confidence))


def wilson_reach_not_divided(successes, trials, confidence):
    z, (low, high) = z_of(confidence), wilson(successes, trials, confidence)
    reach = (high - low) / 2 * (1 + z**2 / trials)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wilson_reach_without_term(successes, trials, confidence):
    z, (low, high) = z_of(confidence), wilson(successes, trials, confidence)
    reach = z * math.sqrt(successes * (1 - successes / trials)) / (trials + z**2)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wilson_reach_without_root(successes, trials, confidence):
    z, (low, high) = z_of(confidence), wilson(successes, trials, confidence)
    reach = z * (successes * (1 - successes / trials) + z**2 / 4) / (trials + z**2)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wilson_z_unsquared_under_root(successes, trials, confidence):
    z, (low, high) = z_of(confidence), wilson(successes, trials, confidence)
    reach = z * math.sqrt(successes * (1 - successes / trials) + z / 4) / (trials + z**2)
    return (low + high) / 2 - reach, (low + high) / 2 + reach


def wald_one_tail(successes, trials, confidence):
    return wald(successes, trials, 2 * confidence - 1)


def wilson_around_share_one_tail(successes, trials, confidence):
    return wilson_around_share(successes, trials, 2 * confidence - 1)


def bootstrap_all_shares_as_per_cent(sample, u, confidence):
    widths = np.subtract(*np.percentile(picked(sample, u), [0.75, 0.25], axis=1))
    tail = tail_of(confidence)
    return tuple(np.percentile(widths, [tail, 1 - tail]))


def bootstrap_by_sd_of_widths(sample, u, confidence):
    widths, z = middle_half(picked(sample, u)), z_of(confidence)
    return widths.mean() - z * widths.std(), widths.mean() + z * widths.std()


def bootstrap_of_the_range(sample, u, confidence):
    return tuple(both_tails(np.ptp(picked(sample, u), axis=1), confidence))


def bootstrap_never_last_one_tail(sample, u, confidence):
    chosen = sample[(u * (sample.size - 1)).astype(int)]
    return tuple(np.quantile(middle_half(chosen), [1 - confidence, confidence]))


def worst_without_first(low, high, p):
    return (chances_of(low, p) * holds(low, high, p))[1:].sum(axis=0).min()


def worst_open_intervals(low, high, p):
    inside = (low[:, None] < p) & (p < high[:, None])
    return (chances_of(low, p) * inside).sum(axis=0).min()


def worst_by_cdf(low, high, p):
    n = len(low) - 1
    chances = stats.binom.cdf(np.arange(n + 1)[:, None], n, p)
    return (chances * holds(low, high, p)).sum(axis=0).min()


def worst_without_orders(low, high, p):
    k = np.arange(len(low))[:, None]
    chances = p**k * (1 - p) ** (len(low) - 1 - k)
    return (chances * holds(low, high, p)).sum(axis=0).min()


def worst_is_best_with_n_one_too_large(low, high, p):
    n = len(low)
    pmf = stats.binom.pmf(np.arange(n)[:, None], n, p)
    return (pmf * holds(low, high, p)).sum(axis=0).max()


def worst_of_the_likeliest(low, high, p):
    return (chances_of(low, p) * holds(low, high, p)).max(axis=0).min()


EXERCISES = {
    "twelve": Exercise(
        task="Predict how often a true accuracy of 0.90 gives 12 of 12",
        reference="about 28 %",
        choices=("about 3 %", "about 28 %", "about 90 %"),
        misconceptions={
            "about 3 %": "With one error in ten pictures, a run of twelve without any is no rarity:"
            " multiply 0.9 by itself twelve times.",
            "about 90 %": "That is the chance that *one* picture is right. All twelve have to be.",
        },
        explanation="0.9 multiplied by itself twelve times is 0.28.",
    ),
    "wald": Exercise(
        task="Predict how many of the intervals share ± 1.96 SE hold a true accuracy of 0.97",
        reference="about 31 %",
        choices=("about 95 %", "about 85 %", "about 31 %"),
        misconceptions={
            "about 95 %": "That was the promise. But which interval does the recipe give for 12 of"
            " 12, and how often does an accuracy of 0.97 lead to 12 of 12?",
            "about 85 %": "It loses more than that: the most likely result, 12 of 12, gives an"
            " interval without any width, and that one never holds 0.97.",
        },
        explanation="12 of 12, the most likely result, gives the interval from 1 to 1.",
    ),
    "lowest": Exercise(
        task="Predict the lowest coverage of Wilson's interval for 12 pictures",
        reference="about 84 %",
        choices=("about 95 %", "about 90 %", "about 84 %"),
        misconceptions={
            "about 95 %": "A count has only 13 possible values. If a likely one among them stops"
            " holding the truth, the coverage jumps down, below 95 % as well as above.",
            "about 90 %": "The right direction, but near the ends one count alone can have a chance"
            " of more than 15 %, and its interval may just miss.",
        },
        explanation="Near 0 and 1 a single count carries so much chance that one miss is dear.",
    ),
    "small": Exercise(
        task="Predict how many percentile intervals from 5 waits hold the true mean",
        reference="about 81 %",
        choices=("about 95 %", "about 92 %", "about 81 %"),
        misconceptions={
            "about 95 %": "The resamples come from the same five values, and spread even less than"
            " these do. No number of resamples adds what five values do not know.",
            "about 92 %": "That is what t reaches, with its larger multiplier. The bootstrap has no"
            " such multiplier: its intervals from five values are shorter.",
        },
        explanation="Resamples of five values spread too little, and no t makes up for it.",
    ),
    "overlap": Exercise(
        task="Predict how often two equally good classifiers give intervals that lie apart",
        reference="about 0.6 %",
        choices=("about 5 %", "about 10 %", "about 0.6 %"),
        misconceptions={
            "about 5 %": "Each interval misses in about 5 % of the tests. To lie apart, both shares"
            " must err, in opposite directions, and by much.",
            "about 10 %": "5 % and 5 % do not add up here: it is not enough that one interval"
            " misses the truth; they must miss each other.",
        },
        explanation="Two reaches are added where the root of the sum of squares would do.",
    ),
    "all_right": Exercise(
        task="Find how many pictures without an error show that an accuracy is reached",
        reference=all_right,
        cases={
            "accuracy 0.125, 75 %, reached exactly": (0.125, 0.75),
            "accuracy 0.5, 95 %": (0.5, 0.95),
            "accuracy 0.9, 95 %": (0.9, 0.95),
            "accuracy 0.97, 90 %": (0.97, 0.90),
            "accuracy 0.99, 99 %": (0.99, 0.99),
            "accuracy 0.9965, 95 %": (0.9965, 0.95),
        },
        misconceptions={
            all_right_whole_tail: "Half of the share outside belongs to each side: the low end is"
            " the p for which `n` right of `n` has the chance (1 - confidence) / 2.",
            all_right_confidence_for_tail: "That asks for p**n = confidence. At the low end all"
            " right must be *unlikely*: a chance of (1 - confidence) / 2.",
            all_right_by_wilson: "That is right for Wilson's low end. The task asks for"
            " Clopper-Pearson's, which lies lower.",
            all_right_by_wald: "With share ± 1.96 SE a single right picture would do. That is the"
            " recipe that fails.",
            all_right_cut_off: "One picture too few: the decimals were cut off, or a loop stopped"
            " one step early. Round up.",
            all_right_not_rounded: "There is no part of a picture: round up to a whole number.",
            all_right_tries_too_few: "Where n is large, nothing is returned: the numbers that you"
            " try end too early. Try on with `while`, or use logarithms.",
            all_right_one_more_where_exact: "One picture too many where the low end is exactly"
            " `accuracy`: that is enough, for *at least* is asked.",
            all_right_always_95: "That is right at 95 % only. Use `confidence`.",
            all_right_of_errors: "You raised the chance of an *error*, 1 - accuracy, to the power"
            " of n. All right means accuracy**n.",
            all_right_by_division: "So many pictures hold one error on average, and that is often"
            " none. Ask how small accuracy**n must become.",
            all_right_rule_of_three: "The rule of three is rough, and belongs to a one-sided 95 %."
            " Use `confidence`, and solve accuracy**n = (1 - confidence) / 2 for n.",
            all_right_half_of_confidence: "At the low end all right must be *unlikely*: a chance"
            " of (1 - confidence) / 2. Half of `confidence` was taken.",
        },
        explanation="The smallest n with accuracy**n at most half of the share outside.",
    ),
    "wilson": Exercise(
        task="Compute Wilson's interval for a share",
        reference=wilson,
        cases={
            "12 of 12, 95 %": (12, 12, 0.95),
            "6 of 12, 95 %": (6, 12, 0.95),
            "0 of 8, 80 %": (0, 8, 0.80),
            "1 of 20, 90 %": (1, 20, 0.90),
            "81 of 100, 99 %": (81, 100, 0.99),
        },
        misconceptions={
            wald: "That is share ± z SE. Try 12 of 12: its width is 0. The SE must come from the"
            " candidate p, not from the share that was seen.",
            wald_cut_at_1: "Cutting share ± z SE at 0 and 1 does not repair it: 12 of 12 still has"
            " no width. The SE must come from the candidate p.",
            clopper_pearson: "That is Clopper-Pearson's interval. Wilson keeps each p with"
            " |share - p| <= z √(p (1 - p) / n).",
            wilson_around_share: "The reach is right, but the middle is not the share that was"
            " seen: it is pulled towards one half, as if z²/2 right and z²/2 wrong were added.",
            wilson_then_wald: "The middle is right. But adding z²/2 and then taking share ± z SE is"
            " another interval, called Agresti-Coull. Solve the square for p.",
            wilson_plus_four: "Adding two right and two wrong and then taking share ± z SE is a"
            " rule of thumb. Solve the square for p, with z from `confidence`.",
            wilson_one_tail: "The share outside is split: for 95 % z is the point of the bell with"
            " 97.5 % below it.",
            wilson_always_1_96: "1.96 belongs to 95 %. Make z depend on `confidence`.",
            wilson_by_t: "t belongs to a mean whose SD is estimated. Here the SE follows from p:"
            " take z.",
            wilson_adds_successes_only: "You added z²/2 to the right ones, and as much to the"
            " trials. As many wrong ones are added too: the trials grow by z².",
            wilson_without_square: "z has lost its square: it is z²/2, z²/4 and n + z².",
            wilson_without_z_before_the_root: "The reach lacks its factor z before the root.",
            wilson_swapped: "The two ends are right, in the wrong order: the low end comes first.",
            wilson_per_cent: "That is in per cent. Return shares between 0 and 1.",
            wilson_of_failures: "That is the interval for the share of the wrong ones.",
            wilson_term_over_n: "The second term under the root is z² / (4 n²), with the square of"
            " n.",
            wilson_wald_over_trials: "The middle is right. Its reach is not that of a share seen"
            " there: z√(share (1 - share) n + z²/4), divided by n + z².",
            wilson_over_n: "Both ends are divided by n. z²/2 right and z²/2 wrong were added, so"
            " middle and reach are shares of n + z².",
            wilson_reach_not_divided: "The middle is right, and the reach is not: it must be"
            " divided by 1 + z² / n as well.",
            wilson_reach_without_term: "A term under the root is missing: z² / 4 beside successes"
            " (1 - share), or z² / (4 n²) beside share (1 - share) / n.",
            wilson_reach_without_root: "The square root in the reach is missing.",
            wilson_z_unsquared_under_root: "The middle is right. Under the root z has lost its"
            " square: it is z² / 4.",
            wald_one_tail: "Two things: that is share ± z SE, whose SE must come from the"
            " candidate p; and the share outside is split, half on each side.",
            wilson_around_share_one_tail: "Two things: the middle is not the share that was seen,"
            " it is pulled towards one half; and the share outside is split, half on each side.",
        },
        explanation="Every p whose own SE allows the share that was seen.",
    ),
    "bootstrap": Exercise(
        task="Bootstrap the width of the middle half of a sample",
        reference=bootstrap,
        cases={
            "3 values, 6 resamples, 80 %": (np.array([1, 4, 9]), FEW_U, 0.80),
            "8 values, 60 resamples, 95 %": (EIGHT, SOME_U, 0.95),
            "30 waits, 200 resamples, 90 %": (THIRTY, MANY_U, 0.90),
        },
        misconceptions={
            bootstrap_shuffled: "No width: in another order the same values are the same sample."
            " A value may be drawn twice or not at all: take the place floor(u * n).",
            bootstrap_half_size: "Each resample is as large as the sample: use all n numbers of a"
            " row. Smaller resamples vary more.",
            bootstrap_one_short: "One number of each row is missing: a resample has n values.",
            bootstrap_never_last: "The last value is never drawn: u is below 1, so floor(u * n)"
            " goes from 0 to n - 1 already.",
            bootstrap_rounded: "Rounding gives the first and the last value only half of their"
            " chance. Cut off the decimals of u * n.",
            bootstrap_rounded_up: "Rounding u * n can give n, a place that does not exist, and"
            " shifts all others. Cut off the decimals.",
            bootstrap_one_before_rounded_up: "For u = 0 the place is -1, which is the last value."
            " Cut off the decimals of u * n.",
            bootstrap_down_the_columns: "A resample is a row of u: take the quartiles along"
            " axis=1.",
            bootstrap_of_values: "Those are quantiles of the values. First one width for each row,"
            " then quantiles of these widths.",
            bootstrap_all_in_one: "All resamples were thrown together. One width for each row:"
            " axis=1.",
            bootstrap_whole_tail: "The share outside is split: for 95 % take the quantiles 0.025"
            " and 0.975.",
            bootstrap_from_zero: "All that is left out lies on one side. Half of it belongs to each"
            " side.",
            bootstrap_shares_as_per_cent: "np.percentile wants per cent, 2.5 and 97.5. np.quantile"
            " takes shares.",
            bootstrap_always_95: "That is right at 95 % only. Use `confidence`.",
            bootstrap_by_sd: "Estimate ± z SD of the resamples assumes a bell curve. Take the"
            " quantiles of the widths.",
            bootstrap_basic: "That is the *basic* bootstrap, turned round the estimate. The task"
            " asks for the percentile interval.",
            bootstrap_swapped: "The two ends are right, in the wrong order: the low end comes"
            " first.",
            bootstrap_of_the_median: "That is the interval of the median. The statistic is the"
            " distance between the quartiles.",
            bootstrap_of_the_mean: "That is the interval of the mean. The statistic is the distance"
            " between the quartiles.",
            bootstrap_of_the_sd: "That is the interval of the SD. The statistic is the distance"
            " between the quartiles.",
            bootstrap_all_shares_as_per_cent: "np.percentile wants per cent: 75 and 25 for the"
            " quartiles, 2.5 and 97.5 for the ends. np.quantile takes shares.",
            bootstrap_by_sd_of_widths: "Mean ± z SD of the widths assumes a bell curve. The"
            " percentile interval takes quantiles of the widths.",
            bootstrap_of_the_range: "That is the interval of the range, largest minus smallest."
            " The statistic is the distance between the quartiles.",
            bootstrap_never_last_one_tail: "Two things: the last value is never drawn, because"
            " floor(u * n) goes from 0 to n - 1 already; and the share outside is split, half on"
            " each side.",
        },
        explanation="n draws with replacement, one statistic a row, quantiles of the statistics.",
    ),
    "worst": Exercise(
        task="Find the lowest coverage of a recipe over many true shares",
        reference=worst,
        cases={
            "share ± 1.96 SE, 3 trials, one p": (*WALD_3, np.array([0.4])),
            "own ends, 2 trials, one p that none holds": (
                np.array([0.0, 0.4, 0.8]),
                np.array([0.3, 0.6, 1.0]),
                np.array([0.0, 0.5, 0.35, 1.0]),
            ),
            "own ends, 3 trials, p on the ends": (
                np.array([0.0, 0.1, 0.3, 0.5]),
                np.array([0.5, 0.7, 0.9, 1.0]),
                np.array([0.5, 0.1, 0.7]),
            ),
            "own ends, 3 trials, the worst p above one half": (
                np.array([0.0, 0.1, 0.3, 0.4]),
                np.array([0.5, 0.7, 0.7, 0.9]),
                np.array([0.2, 0.6, 0.8]),
            ),
            "share ± 1.96 SE, 3 trials, 4 p": (*WALD_3, np.array([0.1, 0.3, 0.52, 0.9])),
            "Wilson, 12 trials, 60 p": (*WILSON_12, SHARES),
            "another recipe, 30 trials, 60 p": (*COULL_30, SHARES),
        },
        misconceptions={
            worst_n_one_too_large: "The counts go from 0 to n, so there are n + 1 of them: n is"
            " len(low) - 1.",
            worst_counts_from_1: "The first interval belongs to 0 right ones, not to 1, and n is"
            " len(low) - 1.",
            worst_unweighted: "You counted the intervals that hold p. But the counts are not"
            " equally likely: add up their binomial chances.",
            worst_where_any_holds: "A p that none holds was left out. Its coverage is 0, and that"
            " is the lowest.",
            worst_averaged: "That is the mean over all p. The worst p is asked for.",
            worst_of_all: "That is the coverage of each p. Return the lowest.",
            worst_place: "That is the p at which it happens. Return the coverage there.",
            worst_index: "argmin gives the place of the lowest coverage. Return its value.",
            worst_is_best: "That is the highest coverage.",
            worst_misses: "That is the chance of a miss. Return the coverage.",
            worst_largest_miss: "You added the chances of the intervals that miss p.",
            worst_low_end_only: "This comes out if only the low ends are asked, or by cdf, which"
            " adds up all smaller counts. An interval below p misses it too, and the chance of"
            " exactly k is pmf.",
            worst_high_end_only: "Only the high ends were asked. An interval above p misses it"
            " too.",
            worst_sums_over_p: "The wrong axis: for each p add up over the counts.",
            worst_single_count: "That is the smallest single chance. Add up over the counts first.",
            worst_without_last: "The count n is missing: range and arange leave their end out.",
            worst_without_first: "The count 0 is missing: the counts go from 0 to n.",
            worst_open_intervals: "An end belongs to its interval: ask with <= on both sides.",
            worst_by_cdf: "cdf adds up the chances of all counts up to k. The chance of exactly k"
            " is pmf.",
            worst_without_orders: "That is the chance of k right ones in one order. There are many"
            " orders: binom.pmf counts them.",
            worst_per_cent: "That is in per cent. A coverage lies between 0 and 1.",
            worst_first_p_only: "That is the coverage of the first p alone. In a loop either return"
            " stands inside it, or the sum is not set to 0 for each p and only grows.",
            worst_is_best_with_n_one_too_large: "Two things: a table with the counts 0 to n has n"
            " + 1 rows; and the lowest coverage is asked for.",
            worst_of_the_likeliest: "You took the largest chance for each p. Add up the chances of"
            " all counts whose interval holds it.",
        },
        explanation="For each p the chances of the counts that hold it, and the lowest sum.",
    ),
}
