"""Exercises of lesson 09: intervals for a mean, coverage, planning, an unfair sample."""

import math

import numpy as np
from scipy import stats

from helpers.exercises import Exercise

RNG = np.random.default_rng(9)
FEW = RNG.gamma(2, 2, size=(40, 4))
MANY = RNG.gamma(2, 2, size=(300, 5))
WIDE = RNG.normal(-7, 3, size=(200, 12))
MET = RNG.gamma(3, 2, size=60)


def ends(mean, reach):
    return mean - reach, mean + reach


def interval(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd / np.sqrt(n))


def interval_of_values(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd)


def interval_of_values_by_z(mean, sd, n, confidence):
    return ends(mean, stats.norm.ppf((1 + confidence) / 2) * sd)


def interval_by_z(mean, sd, n, confidence):
    return ends(mean, stats.norm.ppf((1 + confidence) / 2) * sd / np.sqrt(n))


def interval_always_1_96(mean, sd, n, confidence):
    return ends(mean, 1.96 * sd / np.sqrt(n))


def interval_always_95(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(0.975, n - 1) * sd / np.sqrt(n))


def interval_of_one_se(mean, sd, n, confidence):
    return ends(mean, sd / np.sqrt(n))


def interval_one_tail(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(confidence, n - 1) * sd / np.sqrt(n))


def interval_swapped(mean, sd, n, confidence):
    return interval(mean, sd, n, confidence)[::-1]


def interval_whole_share_outside(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(1 - (1 - confidence) * 2, n - 1) * sd / np.sqrt(n))


def interval_n_degrees(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n) * sd / np.sqrt(n))


def interval_root_of_n_minus_1(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd / np.sqrt(n - 1))


def interval_without_root(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd / n)


def interval_half_width(mean, sd, n, confidence):
    return stats.t.ppf((1 + confidence) / 2, n - 1) * sd / np.sqrt(n)


def interval_without_mean(mean, sd, n, confidence):
    return interval(0, sd, n, confidence)


def both_ends(samples, confidence):
    n = samples.shape[1]
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(axis=1, ddof=1) / np.sqrt(n)
    return ends(samples.mean(axis=1), reach)


def holds(low, high, truth):
    return (low <= truth) & (truth <= high)


def coverage(samples, truth, confidence):
    return np.mean(holds(*both_ends(samples, confidence), truth))


def coverage_by_z(samples, truth, confidence):
    reach = stats.norm.ppf((1 + confidence) / 2) * stats.sem(samples, axis=1)
    return np.mean(holds(*ends(samples.mean(axis=1), reach), truth))


def coverage_always_1_96(samples, truth, confidence):
    reach = 1.96 * stats.sem(samples, axis=1)
    return np.mean(holds(*ends(samples.mean(axis=1), reach), truth))


def coverage_always_95(samples, truth, confidence):
    return coverage(samples, truth, 0.95)


def coverage_one_tail(samples, truth, confidence):
    return coverage(samples, truth, 2 * confidence - 1)


def coverage_of_values(samples, truth, confidence):
    reach = stats.t.ppf((1 + confidence) / 2, samples.shape[1] - 1) * samples.std(axis=1, ddof=1)
    return np.mean(holds(*ends(samples.mean(axis=1), reach), truth))


def coverage_with_n(samples, truth, confidence):
    low, high = both_ends(samples, confidence)
    mean, n = samples.mean(axis=1), samples.shape[1]
    return np.mean(np.abs(mean - truth) <= (high - low) / 2 * np.sqrt((n - 1) / n))


def coverage_of_first(samples, truth, confidence):
    return coverage(samples[:1], truth, confidence)


def coverage_of_own_mean(samples, truth, confidence):
    return np.mean(holds(*both_ends(samples, confidence), samples.mean(axis=1)))


def coverage_of_grand_mean(samples, truth, confidence):
    return coverage(samples, samples.mean(), confidence)


def coverage_of_columns(samples, truth, confidence):
    return coverage(samples.T, truth, confidence)


def coverage_rows_as_n(samples, truth, confidence):
    n = len(samples)
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(axis=1, ddof=1) / np.sqrt(n)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def coverage_all_values_as_n(samples, truth, confidence):
    n = samples.size
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(axis=1, ddof=1) / np.sqrt(n)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def coverage_common_sd(samples, truth, confidence):
    n = samples.shape[1]
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(ddof=1) / np.sqrt(n)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def coverage_counts(samples, truth, confidence):
    return np.sum(holds(*both_ends(samples, confidence), truth))


def coverage_per_cent(samples, truth, confidence):
    return 100 * coverage(samples, truth, confidence)


def coverage_each(samples, truth, confidence):
    return holds(*both_ends(samples, confidence), truth)


def coverage_misses(samples, truth, confidence):
    return 1 - coverage(samples, truth, confidence)


def coverage_low_end_only(samples, truth, confidence):
    return np.mean(both_ends(samples, confidence)[0] <= truth)


def coverage_high_end_only(samples, truth, confidence):
    return np.mean(truth <= both_ends(samples, confidence)[1])


def coverage_of_data(samples, truth, confidence):
    low, high = both_ends(samples, confidence)
    return np.mean(holds(low[:, None], high[:, None], samples))


def z_of(confidence):
    return stats.norm.ppf((1 + confidence) / 2)


def sample_size(sd, half_width, confidence):
    return math.ceil((z_of(confidence) * sd / half_width) ** 2)


def sample_size_of_full_width(sd, half_width, confidence):
    return sample_size(sd, half_width / 2, confidence)


def sample_size_of_double_width(sd, half_width, confidence):
    return sample_size(sd, 2 * half_width, confidence)


def sample_size_without_square(sd, half_width, confidence):
    return math.ceil(z_of(confidence) * sd / half_width)


def sample_size_root(sd, half_width, confidence):
    return math.ceil(math.sqrt(z_of(confidence) * sd / half_width))


def sample_size_half_squared(sd, half_width, confidence):
    return math.ceil((z_of(confidence) * sd) ** 2 / half_width)


def sample_size_only_sd_squared(sd, half_width, confidence):
    return math.ceil(z_of(confidence) * sd**2 / half_width**2)


def sample_size_rounded_down(sd, half_width, confidence):
    return int((z_of(confidence) * sd / half_width) ** 2)


def sample_size_nearest(sd, half_width, confidence):
    return round((z_of(confidence) * sd / half_width) ** 2)


def sample_size_not_rounded(sd, half_width, confidence):
    return (z_of(confidence) * sd / half_width) ** 2


def sample_size_one_tail(sd, half_width, confidence):
    return math.ceil((stats.norm.ppf(confidence) * sd / half_width) ** 2)


def sample_size_always_1_96(sd, half_width, confidence):
    return math.ceil((1.96 * sd / half_width) ** 2)


def sample_size_without_z(sd, half_width, confidence):
    return math.ceil((sd / half_width) ** 2)


def sample_size_z_rounded(sd, half_width, confidence):
    return math.ceil((round(z_of(confidence), 3) * sd / half_width) ** 2)


def sample_size_tries_too_few(sd, half_width, confidence):
    n = sample_size(sd, half_width, confidence)
    return n if n < 1000 else None


def sample_size_by_t(sd, half_width, confidence):
    n = 2
    while stats.t.ppf((1 + confidence) / 2, n - 1) * sd / np.sqrt(n) > half_width:
        n += 1
    return n


def repair(sample):
    return len(sample) / np.sum(1 / sample)


def repair_not(sample):
    return sample.mean()


def repair_wrong_way(sample):
    return np.sum(sample * sample) / np.sum(sample)


def repair_divided_by_n(sample):
    weights = 1 / sample
    return np.mean(weights * sample)


def repair_not_divided(sample):
    return np.sum(1 / sample * sample)


def repair_twice(sample):
    return np.average(sample, weights=1 / sample**2)


def repair_mean_of_weights(sample):
    return np.mean(1 / sample)


def repair_weights(sample):
    return (1 / sample) / (1 / sample).sum()


def repair_linear(sample):
    return np.average(sample, weights=sample.max() - sample)


def repair_median(sample):
    return np.median(sample)


def interval_half_of_confidence(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(1 - confidence / 2, n - 1) * sd / np.sqrt(n))


def interval_point_below_the_middle(mean, sd, n, confidence):
    reach = stats.t.ppf(confidence / 2, n - 1) * sd / np.sqrt(n)
    return mean - reach, mean + reach


def interval_level_in_per_cent(mean, sd, n, confidence):
    return interval(mean, sd, n, confidence / 100)


def interval_of_two_se(mean, sd, n, confidence):
    return ends(mean, 2 * sd / np.sqrt(n))


def interval_root_of_sd(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * np.sqrt(sd / n))


def interval_of_variance(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd**2 / np.sqrt(n))


def interval_width_halved(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n - 1) * sd / np.sqrt(n) / 2)


def interval_upper_half(mean, sd, n, confidence):
    return mean, interval(mean, sd, n, confidence)[1]


def interval_lower_half(mean, sd, n, confidence):
    return interval(mean, sd, n, confidence)[0], mean


def interval_by_z_and_n_minus_1(mean, sd, n, confidence):
    return ends(mean, z_of(confidence) * sd / np.sqrt(n - 1))


def interval_one_tail_n_degrees(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(confidence, n) * sd / np.sqrt(n))


def interval_one_tail_without_root(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf(confidence, n - 1) * sd / n)


def interval_n_degrees_without_root(mean, sd, n, confidence):
    return ends(mean, stats.t.ppf((1 + confidence) / 2, n) * sd / n)


def coverage_without_root(samples, truth, confidence):
    n = samples.shape[1]
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(axis=1, ddof=1) / n
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def coverage_n_degrees(samples, truth, confidence):
    n = samples.shape[1]
    reach = stats.t.ppf((1 + confidence) / 2, n) * stats.sem(samples, axis=1)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def coverage_half_width(samples, truth, confidence):
    low, high = both_ends(samples, confidence)
    return np.mean(np.abs((low + high) / 2 - truth) <= (high - low) / 4)


def coverage_among_values(samples, truth, confidence):
    return coverage(samples, truth, confidence) * len(samples) / samples.size


def coverage_by_z_with_n(samples, truth, confidence):
    n = samples.shape[1]
    reach = z_of(confidence) * samples.std(axis=1) / np.sqrt(n)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


def sample_size_rounded_before_the_square(sd, half_width, confidence):
    return math.ceil(z_of(confidence) * sd / half_width) ** 2


def sample_size_half_of_confidence(sd, half_width, confidence):
    return math.ceil((stats.norm.ppf(1 - confidence / 2) * sd / half_width) ** 2)


def sample_size_without_sd_squared(sd, half_width, confidence):
    return math.ceil(z_of(confidence) ** 2 * sd / half_width**2)


def sample_size_sd_squared_alone(sd, half_width, confidence):
    return math.ceil(z_of(confidence) * sd**2 / half_width)


def sample_size_one_tail_without_square(sd, half_width, confidence):
    return math.ceil(stats.norm.ppf(confidence) * sd / half_width)


def sample_size_always_1_96_nearest(sd, half_width, confidence):
    return round((1.96 * sd / half_width) ** 2)


def repair_geometric(sample):
    return np.exp(np.mean(np.log(sample)))


def repair_by_roots(sample):
    return np.average(sample, weights=1 / np.sqrt(sample))


def repair_of_squares(sample):
    return np.mean(sample**2)


def repair_distinct(sample):
    return np.unique(sample).mean()


def repair_by_rest(sample):
    return np.average(sample, weights=1 - sample / sample.sum())


def repair_halved(sample):
    return sample.mean() / 2


def coverage_of_values_one_tail(samples, truth, confidence):
    reach = stats.t.ppf(confidence, samples.shape[1] - 1) * samples.std(axis=1, ddof=1)
    return np.mean(np.abs(samples.mean(axis=1) - truth) <= reach)


EXERCISES = {
    "grow": Exercise(
        task="Predict what a hundred times as many callers do to SD and SE",
        reference="only the SE shrinks",
        choices=("both shrink", "only the SE shrinks", "both stay"),
        misconceptions={
            "both shrink": "The SD says how much single waits differ. The callers do not become"
            " more alike because you ask more of them.",
            "both stay": "The SD stays, but in a mean of 50,000 waits long and short ones cancel"
            " better than in a mean of 500: the SE is SD / √n.",
        },
        explanation="The SD belongs to the callers, the SE to our mean.",
    ),
    "inside": Exercise(
        task="Predict how many of the waits lie inside the interval for their mean",
        reference="about 7 %",
        choices=("about 95 %", "about 68 %", "about 7 %"),
        misconceptions={
            "about 95 %": "The interval catches the mean, not the callers. It is half a minute"
            " wide, and single waits differ by 2.8 minutes.",
            "about 68 %": "That is roughly what lies within one SD of the mean of a bell curve. The"
            " interval is much shorter: its ends lie 1.96 SE from the mean, not one SD.",
        },
        explanation="The interval is about the mean, and shrinks with every further caller.",
    ),
    "again": Exercise(
        task="Predict how often one finished interval holds the truth",
        reference="0 or 1000 times",
        choices=("about 950 times", "always 1000 times", "0 or 1000 times"),
        misconceptions={
            "about 950 times": "That needs 1000 new studies. Here nothing is drawn again: the"
            " interval and the truth are two fixed things.",
            "always 1000 times": "Only if it is one of those that hold the truth. Some of the"
            " intervals in the first picture miss it, and they will miss it every time.",
        },
        explanation="A finished interval holds the truth or it does not; chance came before.",
    ),
    "exactly": Exercise(
        task="Predict how likely exactly 95 of 100 intervals hold the truth",
        reference="about 18 %",
        choices=("about 95 %", "about 50 %", "about 18 %"),
        misconceptions={
            "about 95 %": "95 % is the chance of one study. How many of a hundred succeed varies"
            " from batch to batch, and 94 or 96 are almost as likely.",
            "about 50 %": "95 is the most likely number, but its neighbours 93, 94, 96 and 97 are"
            " not far behind, and they share the rest.",
        },
        explanation="The count is binomial, with mean 95 and SD 2.2.",
    ),
    "biased": Exercise(
        task="Predict how many intervals from 500 waiting callers hold the truth",
        reference="none",
        choices=("more than nine in ten", "nine in ten", "none"),
        misconceptions={
            "more than nine in ten": "More values make the interval narrower, round the mean of the"
            " callers that you meet. That mean is not the truth.",
            "nine in ten": "The intervals get more than ten times narrower from n = 5 to 500, and"
            " their"
            " middle stays at the wrong place. Five values were only too few to show it.",
        },
        explanation="n shrinks the width, not the bias.",
    ),
    "interval": Exercise(
        task="Make the interval for a mean from a printed mean, SD and n",
        reference=interval,
        cases={
            "mean 10, SD 4, n 4, 95 %": (10.0, 4.0, 4, 0.95),
            "mean 4, SD 2.8, n 5, 90 %": (4.0, 2.8, 5, 0.90),
            "mean -3, SD 9, n 60, 99 %": (-3.0, 9.0, 60, 0.99),
        },
        misconceptions={
            interval_of_values: "That is as wide as the values themselves. A mean varies less:"
            " divide the SD by √n.",
            interval_of_values_by_z: "Two steps are missing: divide the SD by √n, and take the"
            " multiplier from t with n - 1, since the SD was estimated.",
            interval_by_z: "The SD was estimated from these n values, so the multiplier is that of"
            " t, stats.t.ppf(..., n - 1). At n = 5 the difference is large.",
            interval_always_1_96: "1.96 belongs to 95 % and to a known SD. Use `confidence`, and t"
            " with n - 1.",
            interval_always_95: "The multiplier is right for 95 % only. Make it depend on"
            " `confidence`.",
            interval_of_one_se: "The multiplier is missing: mean ± one SE holds the truth in about"
            " two of three studies.",
            interval_one_tail: "The share outside is split: half of it lies below the interval and"
            " half above. For 95 % the upper end needs the point with 97.5 % below it.",
            interval_whole_share_outside: "The share left outside, 1 - confidence, is halved, not"
            " doubled: each side gets half of it.",
            interval_swapped: "The two ends are right, in the wrong order: the low end comes first."
            " (The point with 2.5 % below it is negative.)",
            interval_n_degrees: "Nearly: the degrees of freedom are n - 1, not n.",
            interval_root_of_n_minus_1: "The n - 1 is already in the SD that the report gives."
            " Divide it by √n.",
            interval_without_root: "Divide by the square root of n, not by n.",
            interval_half_width: "That is how far the interval reaches to each side. Return both"
            " ends, mean - reach and mean + reach.",
            interval_without_mean: "That interval is centred on 0. Its middle is the mean.",
            interval_half_of_confidence: "Half of the share *outside* lies on each side: the"
            " outside is 1 - confidence. Half of `confidence` was taken, so the point has only"
            " about half of the values below it.",
            interval_point_below_the_middle: "Below the point `ppf(confidence / 2)` lies less than"
            " half of all values, so the multiplier is negative. The upper end needs the point"
            " with (1 + confidence) / 2 below it.",
            interval_level_in_per_cent: "`confidence` is a share such as 0.95, not per cent: do"
            " not divide it by 100.",
            interval_of_two_se: "Two SE are a rule of thumb for 95 % and many values. Take the"
            " multiplier from t with n - 1, and from `confidence`.",
            interval_root_of_sd: "The root belongs to n alone: SE = SD / √n. (√(s² / n) would be"
            " the same; the root of SD / n is not.)",
            interval_of_variance: "You used the variance, SD². The SE is SD / √n.",
            interval_width_halved: "The interval is half as wide as it should be. t · SE is the"
            " reach to *each* side: do not halve it.",
            interval_upper_half: "The low end is the mean itself. The interval reaches to both"
            " sides: mean - reach and mean + reach.",
            interval_lower_half: "The high end is the mean itself. The interval reaches to both"
            " sides: mean - reach and mean + reach.",
            interval_by_z_and_n_minus_1: "Two things: the multiplier is that of t with n - 1,"
            " since the SD was estimated; and the SE is SD / √n, because the n - 1 is already in"
            " the SD.",
            interval_one_tail_n_degrees: "Two things: half of the share outside lies on each side,"
            " (1 + confidence) / 2; and the degrees of freedom are n - 1.",
            interval_one_tail_without_root: "Two things: half of the share outside lies on each"
            " side, (1 + confidence) / 2; and divide by the square root of n.",
            interval_n_degrees_without_root: "Two things: the degrees of freedom are n - 1; and"
            " divide by the square root of n.",
        },
        explanation="SE first, then the t multiplier with half of the rest on each side.",
    ),
    "coverage": Exercise(
        task="Find the share of studies whose t interval holds the truth",
        reference=coverage,
        cases={
            "4 studies of 3 values, the first one misses": (
                np.array([[1.0, 1.2, 1.1], [2.0, 5.0, 8.0], [3.0, 4.0, 6.0], [9.0, 8.0, 8.5]]),
                4.0,
                0.95,
            ),
            "40 studies of 4 waits": (FEW, 4.0, 0.8),
            "300 studies of 5 waits": (MANY, 4.0, 0.95),
            "200 studies of 12 values below 0": (WIDE, -7.0, 0.6),
        },
        misconceptions={
            coverage_by_z: "s is estimated from each row, so the multiplier is that of t,"
            " stats.t.ppf(..., n - 1), not that of the bell curve.",
            coverage_always_1_96: "1.96 belongs to 95 % and to a known SD. Use `confidence`, and t"
            " with n - 1, where n is the length of a row.",
            coverage_always_95: "The level is fixed at 95 %. Use `confidence`.",
            coverage_one_tail: "The share outside is split: half of it lies on each side. For 95 %"
            " take the point with 97.5 % below it.",
            coverage_of_values: "These intervals are as wide as the values. Divide s by √n: it is"
            " the mean that must be caught.",
            coverage_with_n: "s comes out too small: std divides by n. For a sample write"
            " std(..., ddof=1).",
            coverage_of_first: "Only the first study was used. Every row is a study of its own: in"
            " a loop, return stands after the loop, not in it.",
            coverage_of_own_mean: "A row's own mean is in the middle of its interval, so this is"
            " always 1. Ask whether the interval holds `truth`.",
            coverage_of_grand_mean: "This comes out with the mean of all samples as the truth. In"
            " a simulation the truth is known: it is the argument `truth`.",
            coverage_of_columns: "This comes out with one interval for each column. A study is a"
            " row: axis=1 goes along the row.",
            coverage_rows_as_n: "len(samples) is the number of studies. The n of a study is the"
            " length of a row, samples.shape[1].",
            coverage_all_values_as_n: "samples.size counts the values of all studies. The n of one"
            " study is the length of a row, samples.shape[1].",
            coverage_common_sd: "One SD for all rows: but each team knows only its own sample. Take"
            " s along the row, axis=1.",
            coverage_counts: "That is a count. Divide it by the number of studies.",
            coverage_per_cent: "That is in per cent. A share lies between 0 and 1.",
            coverage_each: "That is one answer for each study. Their mean is the share.",
            coverage_misses: "That is the share of the intervals that miss the truth.",
            coverage_low_end_only: "Only the low end was asked. An interval that lies wholly below"
            " the truth misses it too.",
            coverage_high_end_only: "Only the high end was asked. An interval that lies wholly"
            " above the truth misses it too.",
            coverage_of_data: "This comes out if the values inside the intervals are counted. The"
            " question is whether the truth is inside.",
            coverage_without_root: "Divide s by the square root of n, not by n.",
            coverage_n_degrees: "Nearly: the degrees of freedom are n - 1, one less than a row has"
            " values.",
            coverage_half_width: "Your intervals are half as wide as they should be. t · s / √n is"
            " the reach to *each* side.",
            coverage_among_values: "The number of hits was divided by the number of all values."
            " Divide it by the number of studies, the rows.",
            coverage_by_z_with_n: "Two things: s needs ddof=1, and the multiplier is that of t"
            " with n - 1, not that of the bell curve.",
            coverage_of_values_one_tail: "Two things: divide s by the root of n; and half of the"
            " share outside lies on each side.",
        },
        explanation="One interval for each study, one yes or no for each interval, and their mean.",
    ),
    "sample_size": Exercise(
        task="Find how many values an interval of a given half width needs",
        reference=sample_size,
        cases={
            "SD 2.83, half width 0.25, 95 %": (2.83, 0.25, 0.95),
            "SD 12, half width 0.45, 90 %": (12.0, 0.45, 0.90),
            "SD 0.8, half width 0.35, 99 %": (0.8, 0.35, 0.99),
            "SD 1, half width 2, 80 %": (1.0, 2.0, 0.80),
        },
        misconceptions={
            sample_size_of_full_width: "Four times too many: you took half_width for the whole"
            " width. It is what the interval reaches to *each* side.",
            sample_size_of_double_width: "Four times too few: you doubled half_width. It is already"
            " what the interval reaches to each side, as in mean ± half_width.",
            sample_size_without_square: "√n is z SD / half_width. Square it to get n: half the"
            " width needs four times n.",
            sample_size_root: "The square is needed, not the root: √n is z SD / half_width.",
            sample_size_half_squared: "The square belongs to the whole fraction: half_width is"
            " squared too.",
            sample_size_only_sd_squared: "The square belongs to z as well:"
            " (z * sd / half_width) ** 2.",
            sample_size_rounded_down: "One value too few: the decimals were cut off, so the"
            " interval reaches a little too far. Round up.",
            sample_size_nearest: "round goes to the nearest whole number, which may be one value"
            " too few. Round up.",
            sample_size_not_rounded: "There is no part of a caller: round up to a whole number.",
            sample_size_one_tail: "Half of the share outside lies on each side: for 95 % z is the"
            " point with 97.5 % below it.",
            sample_size_always_1_96: "1.96 belongs to 95 %. Make z depend on `confidence`.",
            sample_size_without_z: "The multiplier z is missing: so many values make one SE as"
            " large as half_width.",
            sample_size_z_rounded: "z was rounded, and where n is large that shows. Take z from"
            " stats.norm.ppf, with all its digits.",
            sample_size_tries_too_few: "Where n is large, nothing is returned: the numbers that you"
            " try end too early. Try on with `while`, or solve for n.",
            sample_size_by_t: "Right if the SD were estimated from the new sample. Here it is"
            " known, so the multiplier is z.",
            sample_size_rounded_before_the_square: "√n was rounded up, and then squared. Square"
            " first, and round n up at the very end.",
            sample_size_half_of_confidence: "Half of the share *outside* lies on each side: the"
            " outside is 1 - confidence. Half of `confidence` was taken.",
            sample_size_without_sd_squared: "The square belongs to the SD as well: (z * sd /"
            " half_width) ** 2.",
            sample_size_sd_squared_alone: "The square belongs to the whole fraction, z * sd /"
            " half_width, and not to the SD alone.",
            sample_size_one_tail_without_square: "Two things: square the fraction, for √n is z SD"
            " / half_width; and half of the share outside lies on each side.",
            sample_size_always_1_96_nearest: "Two things: 1.96 belongs to 95 % only; and round"
            " goes to the nearest whole number, where rounding up is needed.",
        },
        explanation="n is the square of z SD / half_width, rounded up.",
    ),
    "repair": Exercise(
        task="Repair a sample in which a wait of x was met with a chance proportional to x",
        reference=repair,
        cases={
            "waits of 0.25 and 6": (np.array([0.25, 6.0]),),
            "four waits": (np.array([1, 2, 4, 8]),),
            "five waits, two of them alike": (np.array([1.0, 3.0, 3.0, 5.0, 9.0]),),
            "60 waits": (MET,),
        },
        misconceptions={
            repair_not: "That is the plain mean, which is too large: long waits are met too often."
            " Let a wait of x count less, the more the longer it is.",
            repair_wrong_way: "The weights point the wrong way: a long wait, met too often already,"
            " now counts even more. It must count less.",
            repair_divided_by_n: "The weights are right, but a weighted mean is divided by the sum"
            " of the weights, not by n. (As it stands every term is 1.)",
            repair_not_divided: "The weights are right, but the sum must still be divided, by the"
            " sum of the weights.",
            repair_twice: "That is too much: the chance grows with x, not with x².",
            repair_mean_of_weights: "That is the mean of 1 / x. Take these as the weights of the"
            " waits.",
            repair_weights: "These are the weights, one for each wait. Multiply them by the waits"
            " and add up.",
            repair_linear: "A wait of 10 was met ten times as often as one of 1, so it must count a"
            " tenth as much: a quotient, not a difference.",
            repair_median: "The median also depends on how often each wait was met. Give each wait"
            " a weight.",
            repair_geometric: "That is the geometric mean, which undoes half of the harm. Give"
            " each wait a weight of its own, 1 over its chance.",
            repair_by_roots: "That is too little: the chance grows with x, not with √x.",
            repair_of_squares: "Two things: the weights point the wrong way (a long wait counts"
            " more), and the sum is divided by n instead of by the sum of the weights.",
            repair_distinct: "Each wait was counted once. Equal waits belong to different callers:"
            " keep them all, with a weight each.",
            repair_by_rest: "A wait of 10 was met ten times as often as one of 1, so it must count"
            " a tenth as much: 1 over x, not 1 minus its share.",
            repair_halved: "Half of the mean is right for one kind of waits only, the exponential."
            " Weigh the waits that were met.",
        },
        explanation="With the weight 1 / x every wait counts as if all had been met equally often.",
    ),
}
