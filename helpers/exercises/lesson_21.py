"""Exercises of lesson 21: mean and spread, EMD, the majority, raters, capped bins, chances."""

import numpy as np

from helpers.exercises import Exercise

STARS = np.arange(1, 11)
RNG = np.random.default_rng(21)
ONE_JURY = np.array([[0, 0, 0, 0, 1, 0, 0, 3, 0, 0]])
TWO_JURIES = np.array([[0, 0, 1, 2, 5, 6, 3, 1, 0, 0], [4, 0, 0, 0, 0, 0, 0, 0, 0, 6]])
JURIES = RNG.integers(0, 9, (3, 10))
TEN, NINE = np.eye(10)[9], np.eye(10)[8]
FIVE, THREE = np.array([2, 1, 0, 4, 1]), np.array([0, 3, 3, 0, 6])
MANY, OTHERS = RNG.integers(0, 20, 10), RNG.integers(0, 20, 10)
TRAIN, TEST = np.array([4.0, 5.5, 6.0]), np.array([4.5, 5.0, 6.0, 7.0, 5.2])
LOW_TRAIN, LOW_TEST = np.array([4.8, 4.9, 5.0, 9.5, 4.2]), np.array([5.0, 3.0, 5.5, 4.0])
TURNED, TURNED_TEST = np.array([5.1, 5.2, 5.3, 1.0]), np.array([4.0, 4.5, 5.5, 3.0, 5.0])
HALF, HALF_TEST = np.array([4.0, 6.0, 4.5, 7.0]), np.array([4.0, 4.5, 6.0])
LOW_HALF, LOW_HALF_TEST = np.array([1.0, 5.5, 2.0, 6.0]), np.array([6.0, 4.5, 3.0])
BETWEEN = np.array([5.2, 5.3, 4.9, 5.4, 5.1, 1.0, 5.2])
BETWEEN_TEST = np.array([5.3, 6.0, 4.0, 5.6, 5.1, 2.0, 7.0])
ON_IT = np.array([5.0, 5.0, 6.0])
CALM = np.array([0, 0, 0, 0.5, 0, 0.5, 0, 0, 0, 0])
QUARREL = np.array([0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5])
SKEWED = np.array([0.05, 0.05, 0.1, 0.2, 0.3, 0.1, 0.1, 0.05, 0.05, 0])
FEW = np.array([5.0, 5.5, 2.0, 5.2, 8.0])
FEW_ORDER = np.array([3, 1, 4, 0, 2])
SEVEN = np.array([4.0, 10.0, 5.5, 4.5, 6.0, 1.0, 4.2])
SEVEN_ORDER = np.array([6, 3, 1, 0, 5, 4, 2])
LONG, LONG_ORDER = RNG.uniform(1, 10, 24).round(1), RNG.permutation(24)


def mean_and_spread(counts):
    shares = counts / counts.sum(axis=1, keepdims=True)
    mean = shares @ STARS
    return np.column_stack([mean, np.sqrt(shares @ STARS**2 - mean**2)])


def spread_from_0(counts):
    return mean_and_spread(counts) - [1, 0]


def spread_variance(counts):
    return mean_and_spread(counts) ** [1, 2]


def spread_of_shares(counts):
    shares = counts / counts.sum(axis=1, keepdims=True)
    return np.column_stack([shares @ STARS, shares.std(axis=1)])


def spread_less_one(counts):
    mean, sd = mean_and_spread(counts).T
    number = counts.sum(axis=1)
    return np.column_stack([mean, sd * np.sqrt(number / (number - 1))])


def spread_error(counts):
    mean, sd = mean_and_spread(counts).T
    return np.column_stack([mean, sd / np.sqrt(counts.sum(axis=1))])


def spread_turned(counts):
    return mean_and_spread(counts).T


def spread_not_shares(counts):
    mean = counts @ STARS
    return np.column_stack([mean, mean_and_spread(counts)[:, 1]])


def spread_of_counts(counts):
    return np.column_stack([counts.mean(axis=1), counts.std(axis=1)])


def spread_swapped(counts):
    return mean_and_spread(counts)[:, ::-1]


def spread_all_together(counts):
    both = mean_and_spread(counts.sum(axis=0, keepdims=True))
    return np.repeat(both, len(counts), axis=0)


def spread_absolute(counts):
    shares = counts / counts.sum(axis=1, keepdims=True)
    mean = shares @ STARS
    return np.column_stack([mean, np.sum(shares * np.abs(STARS - mean[:, None]), axis=1)])


def spread_modal(counts):
    return np.column_stack([counts.argmax(axis=1) + 1, mean_and_spread(counts)[:, 1]])


def spread_about_the_middle(counts):
    shares = counts / counts.sum(axis=1, keepdims=True)
    return np.column_stack([shares @ STARS, np.sqrt(shares @ (STARS - 5.5) ** 2)])


def spread_over_all_raters(counts):
    shares = counts / counts.sum()
    mean = shares @ STARS
    return np.column_stack([mean, np.sqrt(shares @ STARS**2 - mean**2)])


def gaps_of(p, q):
    return np.abs(np.cumsum(p / p.sum() - q / q.sum()))


def emd(p, q, r):
    return float(np.mean(gaps_of(p, q) ** r) ** (1 / r))


def emd_bin_by_bin(p, q, r):
    return float(np.mean(np.abs(p / p.sum() - q / q.sum()) ** r) ** (1 / r))


def emd_no_root(p, q, r):
    return float(np.mean(gaps_of(p, q) ** r))


def emd_sum(p, q, r):
    return float(np.sum(gaps_of(p, q) ** r) ** (1 / r))


def emd_counts(p, q, r):
    return float(np.mean(np.abs(np.cumsum(p - q)) ** r) ** (1 / r))


def emd_always_2(p, q, r):
    return emd(p, q, 2)


def emd_always_1(p, q, r):
    return emd(p, q, 1)


def emd_whole_r(p, q, r):
    return emd(p, q, int(r))


def emd_borders(p, q, r):
    return float(np.mean(gaps_of(p, q)[:-1] ** r) ** (1 / r))


def emd_root_first(p, q, r):
    return float(np.sum(gaps_of(p, q) ** r) ** (1 / r) / len(p))


def emd_signed(p, q, r):
    gaps = np.cumsum(p / p.sum() - q / q.sum())
    return float(np.abs(np.mean(gaps**r)) ** (1 / r))


def emd_square_root(p, q, r):
    return float(np.sqrt(np.mean(gaps_of(p, q) ** r)))


def emd_largest(p, q, r):
    return float(gaps_of(p, q).max())


def emd_of_curves(p, q, r):
    return float(np.mean(np.abs(np.cumsum(p) / p.sum() + np.cumsum(q) / q.sum()) ** r) ** (1 / r))


def majority(train, test):
    above = np.mean(train > 5) > 0.5
    return float(np.mean((test > 5) == above))


def majority_of_test(train, test):
    return majority(test, test)


def majority_half(train, test):
    return 0.5


def majority_of_train(train, test):
    return majority(train, train)


def majority_by_mean(train, test):
    return float(np.mean((test > 5) == (train.mean() > 5)))


def majority_ties_above(train, test):
    return float(np.mean((test >= 5) == (np.mean(train >= 5) > 0.5)))


def majority_without_ties(train, test):
    return float(np.mean((test > 5) == (np.sum(train > 5) > np.sum(train < 5))))


def majority_above(train, test):
    return float(np.mean(test > 5))


def majority_wrong(train, test):
    return 1 - majority(train, test)


def majority_count(train, test):
    return len(test) * majority(train, test)


def majority_likeness(train, test):
    above = np.mean(train > 5)
    right = np.mean(test > 5)
    return float(above * right + (1 - above) * (1 - right))


def majority_by_median(train, test):
    return float(np.mean((test > 5) == (np.median(train) > 5)))


def majority_of_the_middle(train, test):
    return float(np.mean((test > 5.5) == (np.mean(train > 5.5) > 0.5)))


def variance_of(shares):
    return shares @ STARS**2 - (shares @ STARS) ** 2


def raters_needed(shares, error):
    return int(np.ceil(variance_of(shares) / error**2 - 1e-9))


def raters_no_square(shares, error):
    return int(np.ceil(np.sqrt(variance_of(shares)) / error - 1e-9))


def raters_cut(shares, error):
    return int(variance_of(shares) / error**2 - 1e-9)


def raters_rounded(shares, error):
    return round(variance_of(shares) / error**2)


def raters_fraction(shares, error):
    return float(variance_of(shares) / error**2)


def raters_interval(shares, error):
    return int(np.ceil(1.96**2 * variance_of(shares) / error**2 - 1e-9))


def raters_error_not_squared(shares, error):
    return int(np.ceil(variance_of(shares) / error - 1e-9))


def raters_sd_only(shares, error):
    return int(np.ceil(np.sqrt(variance_of(shares)) / error**2 - 1e-9))


def raters_of_shares(shares, error):
    return int(np.ceil(shares.var() / error**2 - 1e-9))


def raters_about_middle(shares, error):
    return int(np.ceil(shares @ (STARS - 5.5) ** 2 / error**2 - 1e-9))


def raters_one_more(shares, error):
    return int(variance_of(shares) / error**2 + 1e-9) + 1


def raters_two_at_least(shares, error):
    return max(raters_needed(shares, error), 2)


def cap_bins(means, edges, cap, order):
    bins, kept = np.digitize(means, edges), np.zeros(len(means), bool)
    for number in np.unique(bins):
        kept[order[bins[order] == number][:cap]] = True
    return kept


def cap_first(means, edges, cap, order):
    return cap_bins(means, edges, cap, np.arange(len(means)))


def cap_last(means, edges, cap, order):
    return cap_bins(means, edges, cap, order[::-1])


def cap_places(means, edges, cap, order):
    return np.flatnonzero(cap_bins(means, edges, cap, order))


def cap_all_together(means, edges, cap, order):
    kept = np.zeros(len(means), bool)
    kept[order[:cap]] = True
    return kept


def cap_turned(means, edges, cap, order):
    return ~cap_bins(means, edges, cap, order)


def cap_drops_full(means, edges, cap, order):
    bins = np.digitize(means, edges)
    return np.bincount(bins)[bins] <= cap


def cap_smallest(means, edges, cap, order):
    bins = np.digitize(means, edges)
    return cap_bins(means, edges, min(cap, np.unique(bins, return_counts=True)[1].min()), order)


def cap_order_as_rank(means, edges, cap, order):
    return cap_bins(means, edges, cap, np.argsort(order))


def cap_right_closed(means, edges, cap, order):
    return cap_bins(-means, -edges[::-1], cap, order)


def cap_below_10(means, edges, cap, order):
    return cap_bins(means, edges, cap, order) & (means < 10)


def cap_one_less(means, edges, cap, order):
    return cap_bins(means, edges, cap - 1, order)


def cap_in_order(means, edges, cap, order):
    return cap_bins(means, edges, cap, order)[order]


def draw_chances(means, edges):
    bins = np.digitize(means, edges)
    weights = 1 / np.bincount(bins)[bins]
    return weights / weights.sum()


def chances_not_summed(means, edges):
    bins = np.digitize(means, edges)
    return 1 / np.bincount(bins)[bins]


def chances_equal(means, edges):
    return np.full(len(means), 1 / len(means))


def chances_by_count(means, edges):
    bins = np.digitize(means, edges)
    weights = np.bincount(bins)[bins]
    return weights / weights.sum()


def chances_of_bins(means, edges):
    counts = np.unique(np.digitize(means, edges), return_counts=True)[1]
    return (1 / counts) / (1 / counts).sum()


def chances_root(means, edges):
    weights = np.sqrt(chances_not_summed(means, edges))
    return weights / weights.sum()


def chances_squared(means, edges):
    weights = chances_not_summed(means, edges) ** 2
    return weights / weights.sum()


def chances_all_bins(means, edges):
    return chances_not_summed(means, edges) / (len(edges) + 1)


def chances_shares(means, edges):
    bins = np.digitize(means, edges)
    return np.bincount(bins)[bins] / len(means)


def chances_right_closed(means, edges):
    return draw_chances(-means, -edges[::-1])


def chances_below_10(means, edges):
    chances, inside = np.zeros(len(means)), means < 10
    chances[inside] = draw_chances(means[inside], edges)
    return chances


def chances_mean_one(means, edges):
    return len(means) * draw_chances(means, edges)


def chances_complement(means, edges):
    weights = 1 - chances_shares(means, edges)
    return weights / weights.sum()


def chances_of_the_bin(means, edges):
    bins = np.digitize(means, edges)
    return np.full(len(bins), 1 / len(np.unique(bins)))


EXERCISES = {
    "jury": Exercise(
        task="Predict how much the means of juries of a hundred raters differ",
        reference="about 0.14",
        choices=("about 1.4", "about 0.14", "about 0.014"),
        misconceptions={
            "about 1.4": "So far single raters lie apart. What does a mean of a hundred do?"
            " Lesson 09 divides by a root.",
            "about 0.014": "You divided by 100. The standard error is SD / root of n.",
        },
        explanation="SD / root of n: 1.4 / 10.",
    ),
    "blind": Exercise(
        task="Predict which loss takes a quarrel for peace",
        reference="squared error of the mean",
        choices=("cross-entropy", "squared error of the mean", "earth mover's distance"),
        misconceptions={
            "cross-entropy": "All ratings that came had a share of 0 in the forecast. That"
            " surprises as much as anything can.",
            "earth mover's distance": "Half of the earth has to go from 5 to 1, the other half from"
            " 6 to 10. That is a lot of work.",
        },
        explanation="Both means are 5.5, and this loss looks at nothing else.",
    ),
    "majority": Exercise(
        task="Predict what a constant answer gets right at the threshold 5",
        reference="about 0.66",
        choices=("about 0.50", "about 0.66", "about 0.95"),
        misconceptions={
            "about 0.50": "That holds if as many lie above 5 as below. Their mean is 5.4.",
            "about 0.95": "The SD of the means is 1, and 5 is 0.4 below their mean. How much of a"
            " bell lies above that?",
        },
        explanation="It says 'above 5' each time, and about two thirds are.",
    ),
    "source": Exercise(
        task="Predict whether 1280 features or seven numbers tell the mean rating better",
        reference="the seven numbers",
        choices=("the 1280 features", "the seven numbers", "no difference"),
        misconceptions={
            "the 1280 features": "They were made to call a cat a cat, blurred or not. Who needs to"
            " see the blur?",
            "no difference": "There is one, and it is larger than its spread. Which of the two"
            " measures how rough a patch is?",
        },
        explanation="Names should not depend on blur and noise; ratings do.",
    ),
    "loss": Exercise(
        task="Predict what the earth mover's loss gains on cross-entropy",
        reference="about the same",
        choices=("clearly better", "about the same", "clearly worse"),
        misconceptions={
            "clearly better": "It knows the order of the ratings. But ten shares of a hundred"
            " raters tell the order as well: neighbours get shares together.",
            "clearly worse": "It is trained on the very measure that it is judged by. Why should"
            " it lose?",
        },
        explanation="With all ten shares to learn from, the order is in the data.",
    ),
    "capped": Exercise(
        task="Predict what capped bins do to the error on the usual test",
        reference="larger",
        choices=("smaller", "about the same", "larger"),
        misconceptions={
            "smaller": "Two thirds of the patches are thrown away, and they are such as this test"
            " is full of.",
            "about the same": "What is thrown away are middling patches, and this test is full of"
            " those.",
        },
        explanation="The usual ratings pay for it.",
    ),
    "mode": Exercise(
        task="Predict which of two trainings with cross-entropy is nearer to the juries",
        reference="all ten shares",
        choices=("all ten shares", "the most frequent", "no difference"),
        misconceptions={
            "the most frequent": "One number a patch is kept of ten. Can less information do"
            " better?",
            "no difference": "Of 5: 30 %, 6: 29 % it keeps the 5, and of 5: 90 % as well.",
        },
        explanation="The most frequent rating throws nearly all away, and lot decides it.",
    ),
    "first": Exercise(
        task="Predict what the first thirty of each bin do, against thirty by lot",
        reference="larger",
        choices=("smaller", "about the same", "larger"),
        misconceptions={
            "smaller": "What stands first in the file? Look at how it is sorted.",
            "about the same": "As many patches of each bin, yes. But of which photographs?",
        },
        explanation="The file is sorted by photograph, so the first few photographs fill the bins.",
    ),
    "mean_and_spread": Exercise(
        task="Tell the mean rating and its spread from counts",
        reference=mean_and_spread,
        cases={
            "one jury of 4": (ONE_JURY,),
            "a calm and a quarrelling jury": (TWO_JURIES,),
            "three juries": (JURIES,),
        },
        misconceptions={
            spread_from_0: "Your ratings go from 0 to 9. They go from 1 to 10.",
            spread_variance: "That is the variance. Take its root.",
            spread_of_shares: "That is the spread of the ten shares. Asked is the spread of the"
            " ratings: how far from the mean do raters sit?",
            spread_less_one: "All raters of the jury are there: divide by their number, not by one"
            " less.",
            spread_error: "That is the standard error of the mean. The SD of the ratings is asked"
            " for.",
            spread_turned: "Rows and columns are swapped: one row for each jury.",
            spread_not_shares: "Make shares first: the mean came out larger than 10.",
            spread_of_counts: "That is mean and SD of the counts. The ratings are 1 to 10; the"
            " counts say how often each came.",
            spread_swapped: "First the mean, then the SD.",
            spread_all_together: "You joined the juries. Each has a row of its own: axis=1.",
            spread_absolute: "That is the mean distance. The SD squares first and takes the root"
            " of the mean.",
            spread_modal: "That is the most frequent rating. Take the mean.",
            spread_about_the_middle: "The spread is taken about 5.5. Take it about each jury's own"
            " mean.",
            spread_over_all_raters: "Divide the counts of a jury by *its* number of raters, not by"
            " that of all juries.",
        },
        explanation="Shares times ratings; shares times squares, less the mean squared.",
        steps=(
            "Divide each row by its sum.",
            "mean = shares @ stars; the mean square is shares @ stars**2.",
        ),
    ),
    "emd": Exercise(
        task="Measure how far two histograms are apart, with any r",
        reference=emd,
        cases={
            "five bins, r = 1": (FIVE, THREE, 1),
            "five bins, r = 1.5": (FIVE, THREE, 1.5),
            "9 for 10, r = 2": (NINE, TEN, 2),
            "ten bins, r = 3": (MANY, OTHERS, 3),
        },
        misconceptions={
            emd_bin_by_bin: "You compared bin by bin, so that 9 and 1 are equally far from 10."
            " Add up from the left first.",
            emd_no_root: "The root is missing: to the power of 1 / r.",
            emd_sum: "That is the sum. Take the mean over the bins.",
            emd_counts: "The two may have different totals. Make shares of both first.",
            emd_always_2: "That is the distance of r = 2, whatever r is.",
            emd_always_1: "That is the distance of r = 1, whatever r is.",
            emd_whole_r: "r need not be a whole number: take it as it is.",
            emd_borders: "You took the mean over the borders between bins. In this form it goes"
            " over all bins; the last gap is 0.",
            emd_root_first: "You divided after the root. Mean first, root last.",
            emd_signed: "A gap may be negative: take its absolute value before the power.",
            emd_square_root: "The root must fit to r: the power of 1 / r, not the square root.",
            emd_largest: "That is the largest gap. Take the mean over all.",
            emd_of_curves: "You added the two curves. Take their difference.",
        },
        explanation="Shares, cumulative sums, gaps to the power r, mean, root.",
        steps=("Divide each by its sum.", "np.abs(np.cumsum(p - q)) ** r, then mean and root."),
    ),
    "majority_right": Exercise(
        task="Say how often the side of the majority is right on new pictures",
        reference=majority,
        cases={
            "3 to learn from, two are exactly 5": (ON_IT, HALF_TEST),
            "4 to learn from, half of them above": (HALF, HALF_TEST),
            "4 to learn from, two of them far below": (LOW_HALF, LOW_HALF_TEST),
            "3 to learn from, 5 to test": (TRAIN, TEST),
            "5 to learn from, one far out": (LOW_TRAIN, LOW_TEST),
            "4 to learn from, the test is unlike them": (TURNED, TURNED_TEST),
            "7 to learn from, most a little above": (BETWEEN, BETWEEN_TEST),
        },
        misconceptions={
            majority_half: "Half would be right if both sides were equally frequent.",
            majority_of_test: "You looked at the test to find the majority. The constant answer"
            " must come from the training set.",
            majority_of_train: "That is the share in the training set. Count on the test.",
            majority_by_mean: "You took the side of the mean. One far rating can pull the mean"
            " across 5: count how many lie above.",
            majority_ties_above: "A mean of exactly 5 is not above 5.",
            majority_without_ties: "Those at exactly 5 are not above: more than half of *all* must"
            " lie above, not more than lie below.",
            majority_above: "That is the share above 5. In one case the majority lies below.",
            majority_wrong: "Those are the wrong ones.",
            majority_count: "That is the count. Return the share.",
            majority_likeness: "You drew answers by lot, in the shares of the training set. The"
            " constant gives the same answer each time.",
            majority_by_median: "If just half lie above 5, the median can lie above it too. Count:"
            " *more* than half?",
            majority_of_the_middle: "The border is 5, not the middle of the scale.",
        },
        explanation="One side for all, chosen on the training set, counted on the test.",
        steps=(
            "np.mean(train > 5) > 0.5 tells the side.",
            "A test mean is right if (test > 5) equals it.",
        ),
    ),
    "raters_needed": Exercise(
        task="Find how many raters a standard error needs",
        reference=raters_needed,
        cases={
            "4 and 6, error 1.5": (CALM, 1.5),
            "1 and 10, error 0.5": (QUARREL, 0.5),
            "a skewed jury, error 0.053": (SKEWED, 0.053),
            "a skewed jury, error 0.41": (SKEWED, 0.41),
        },
        misconceptions={
            raters_no_square: "SD / root of n = error. Solve it for n: both sides squared.",
            raters_cut: "You cut off. With fewer raters the error is larger than allowed: round"
            " up.",
            raters_rounded: "Rounded down the error would be larger than allowed: always up.",
            raters_fraction: "A part of a rater cannot be asked. Return a whole number, rounded"
            " up.",
            raters_interval: "1.96 belongs to an interval. The standard error itself is asked for.",
            raters_error_not_squared: "The error must be squared too.",
            raters_sd_only: "The SD must be squared too.",
            raters_of_shares: "That is the variance of the ten shares. Take that of the ratings.",
            raters_about_middle: "The spread is about the mean of this jury, not about 5.5.",
            raters_one_more: "If it comes out even, no further rater is needed.",
            raters_two_at_least: "One rater is enough where the error may be as large as the SD.",
        },
        explanation="n = (SD / error) squared, rounded up. Half the error, four times the raters.",
        steps=("SD / root of n = error.", "n is the variance divided by error squared."),
    ),
    "cap_bins": Exercise(
        task="Keep at most so many of each bin, in the order of a lot",
        reference=cap_bins,
        cases={
            "5 patches, at most 1": (FEW, np.array([4.0, 6.0]), 1, FEW_ORDER),
            "5 patches, at most 0": (FEW, np.array([4.0, 6.0]), 0, FEW_ORDER),
            "7 patches, at most 2, a mean of 10": (SEVEN, np.array([4.0, 6.0]), 2, SEVEN_ORDER),
            "24 patches, at most 3": (LONG, np.array([2.0, 4, 6, 8]), 3, LONG_ORDER),
        },
        misconceptions={
            cap_first: "You kept the first of the file. Go through them in the order of the lot.",
            cap_last: "You kept the last of the order. Begin at its start.",
            cap_places: "Those are places. Return True or False for each patch.",
            cap_all_together: "The cap holds for each bin, not for all patches together.",
            cap_turned: "Those are the ones to drop.",
            cap_drops_full: "A bin with too many is cut, not left out.",
            cap_smallest: "Bins with fewer than the cap stay as they are; others need not shrink to"
            " them.",
            cap_order_as_rank: "`order` lists places: order[0] is the place of the first patch, not"
            " the rank of patch 0.",
            cap_right_closed: "A patch on an edge belongs to the bin above it, as np.digitize has"
            " it.",
            cap_below_10: "A mean of exactly 10 is lost. The last bin has no upper end.",
            cap_one_less: "At most `cap`: that many may stay.",
            cap_in_order: "Return them in the order of the file: patch 0 first.",
        },
        explanation="Bin by bin, the first `cap` places in the order of the lot.",
        steps=(
            "bins = np.digitize(means, edges); bins[order] are the bins in the order of the lot.",
            "order[bins[order] == number][:cap] are the places that stay.",
        ),
    ),
    "draw_chances": Exercise(
        task="Give each patch its chance to be drawn, so that all bins come equally often",
        reference=draw_chances,
        cases={
            "5 patches, 3 bins": (FEW, np.array([4.0, 6.0])),
            "7 patches, an edge and the end hit": (SEVEN, np.array([4.0, 6.0])),
            "24 patches, three empty bins": (LONG, np.array([0.5, 2, 3.6, 4.4, 6, 8, 11])),
        },
        misconceptions={
            chances_not_summed: "Chances add up to 1. Divide by their sum.",
            chances_equal: "All equal: then full bins are drawn more often.",
            chances_by_count: "Turned round: a full bin needs small chances.",
            chances_of_bins: "Those are chances of bins. Return one for each patch.",
            chances_root: "No root: with 1 / count each bin comes equally often.",
            chances_squared: "Too much: with 1 / count squared the rare bins come most often.",
            chances_all_bins: "An empty bin cannot be drawn. Divide by the sum of the weights.",
            chances_shares: "Those are the shares of the bins. The chance is larger where the bin"
            " is smaller.",
            chances_right_closed: "A patch on an edge belongs to the bin above it, as np.digitize"
            " has it.",
            chances_below_10: "A mean of exactly 10 is lost. The last bin has no upper end.",
            chances_mean_one: "These have a mean of 1. Chances add up to 1.",
            chances_complement: "1 less the share makes rare bins only a little likelier. Take"
            " 1 / count.",
            chances_of_the_bin: "Each patch got the chance of its whole bin. Share it among the"
            " patches of the bin.",
        },
        explanation="1 / count of the own bin, divided by the sum.",
        steps=("np.bincount(bins)[bins] is the count of each patch's own bin.",),
    ),
}
