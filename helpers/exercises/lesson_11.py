"""Exercises of lesson 11: 2x2 tables, points of a ROC curve, AUC by pairs, PPV in a practice."""

import numpy as np

from helpers import roc
from helpers.exercises import Exercise

RNG = np.random.default_rng(11)
FIVE = np.array([True, False, True, False, False]), np.array([3.0, 3.0, 2.0, 1.0, 2.5])
NINE = np.array([0, 1, 0, 0, 1, 0, 0, 1, 0], dtype=bool), np.array([4, 7, 2, 4, 4, 9, 1, 5, 2])
MANY = RNG.random(40) < 0.3, RNG.normal(size=40).round(1)
CROWD = np.tile(NINE[0], 90), np.tile(NINE[1], 90)  # more of a kind than a byte holds
WIDE = RNG.integers(0, 6, size=(9, 3))
LARGE = RNG.normal(size=(40, 4)).round(1)


def tables(positive, score, thresholds):
    return np.array([roc.confusion_matrix(positive, score >= cut) for cut in thresholds])


def tables_above(positive, score, thresholds):
    return np.array([roc.confusion_matrix(positive, score > cut) for cut in thresholds])


def tables_mixed_up_errors(positive, score, thresholds):
    return tables(positive, score, thresholds)[:, [0, 2, 1, 3]]


def tables_positives_first(positive, score, thresholds):
    return tables(positive, score, thresholds)[:, ::-1]


def tables_positives_outside(positive, score, thresholds):
    return tables(positive, score, thresholds)[:, [3, 1, 2, 0]]


def tables_negative_is_positive(positive, score, thresholds):
    return np.array([roc.confusion_matrix(positive, score < cut) for cut in thresholds])


def tables_as_columns(positive, score, thresholds):
    return tables(positive, score, thresholds).T


def tables_first_only(positive, score, thresholds):
    return tables(positive, score, thresholds)[0]


def tables_last_only(positive, score, thresholds):
    return tables(positive, score, thresholds)[-1]


def tables_shares(positive, score, thresholds):
    return tables(positive, score, thresholds) / len(positive)


def tables_rates(positive, score, thresholds):
    healthy, sick = np.sum(~positive), np.sum(positive)
    return tables(positive, score, thresholds) / np.array([healthy, healthy, sick, sick])


def tables_squares(positive, score, thresholds):
    return tables(positive, score, thresholds).reshape(-1, 2, 2)


def roc_points(positive, score):
    return np.transpose(roc.roc_curve(positive, score)[:2])


def roc_points_one_for_each_patient(positive, score):
    order = np.argsort(-score, kind="stable")
    found, alarms = np.cumsum(positive[order]), np.cumsum(~positive[order])
    return np.vstack([[0, 0], np.stack([alarms / alarms[-1], found / found[-1]], axis=1)])


def roc_points_corners_only(positive, score):
    points = roc_points(positive, score)
    steps = np.diff(roc_points_counts(positive, score)[1:], axis=0).round()
    bends = np.any(np.diff(steps, axis=0) != 0, axis=1)
    return points[np.r_[True, True, bends, True]]


def roc_points_without_straight_parts(positive, score):
    points = roc_points(positive, score)
    right, up = np.diff(points, axis=0).T
    bends = np.abs(right[1:] * up[:-1] - right[:-1] * up[1:]) > 1e-9
    return points[np.r_[True, bends, True]]


def roc_points_end_twice(positive, score):
    return np.vstack([roc_points(positive, score), [1, 1]])


def roc_points_repeated(positive, score):
    points = [(0.0, 0.0)]
    for threshold in np.sort(score)[::-1]:
        called = score >= threshold
        points.append((called[~positive].mean(), called[positive].mean()))
    return np.array(points)


def roc_points_without_start(positive, score):
    return roc_points(positive, score)[1:]


def roc_points_without_end(positive, score):
    return roc_points(positive, score)[:-1]


def roc_points_above(positive, score):
    cuts = np.unique(score)[::-1]
    return [((score > cut)[~positive].mean(), (score > cut)[positive].mean()) for cut in cuts]


def roc_points_above_with_start(positive, score):
    return np.vstack([[0, 0], roc_points_above(positive, score)])


def roc_points_backwards(positive, score):
    return roc_points(positive, score)[::-1]


def roc_points_end_first(positive, score):
    return np.vstack([[0, 0], roc_points(positive, score)[:0:-1]])


def roc_points_upwards_without_start(positive, score):
    return roc_points(positive, score)[:0:-1]


def roc_points_swapped(positive, score):
    return roc_points(positive, score)[:, ::-1]


def roc_points_specificity(positive, score):
    points = roc_points(positive, score)
    return np.stack([1 - points[:, 0], points[:, 1]], axis=1)


def roc_points_counts(positive, score):
    return roc_points(positive, score) * [np.sum(~positive), np.sum(positive)]


def roc_points_among_all(positive, score):
    return roc_points_counts(positive, score) / len(positive)


def roc_points_as_rows(positive, score):
    return roc_points(positive, score).T


def roc_points_low_is_positive(positive, score):
    return roc_points(positive, -score)


def roc_points_precision(positive, score):
    cuts = np.unique(score)[::-1]
    rows = [(np.mean(~positive[score >= c]), np.mean((score >= c)[positive])) for c in cuts]
    return np.vstack([[0, 0], rows])


def gaps(positive, values):
    return values[positive][:, None] - values[~positive]


def auc_pairs(positive, scores):
    return np.array([roc.auc(positive, column) for column in scores.T])


def auc_pairs_won_only(positive, scores):
    return np.array([np.mean(gaps(positive, column) > 0) for column in scores.T])


def auc_pairs_ties_won(positive, scores):
    return np.array([np.mean(gaps(positive, column) >= 0) for column in scores.T])


def auc_pairs_without_ties(positive, scores):
    areas = []
    for column in scores.T:
        gap = gaps(positive, column)
        areas.append(np.sum(gap > 0) / np.sum(gap != 0))
    return np.array(areas)


def auc_pairs_among_n_squared(positive, scores):
    pairs = positive.sum() * (~positive).sum()
    return auc_pairs(positive, scores) * pairs / len(positive) ** 2


def auc_pairs_among_all_pairs(positive, scores):
    pairs, n = positive.sum() * (~positive).sum(), len(positive)
    return auc_pairs(positive, scores) * pairs / (n * (n - 1) / 2)


def auc_pairs_count(positive, scores):
    return auc_pairs(positive, scores) * positive.sum() * (~positive).sum()


def auc_pairs_turned(positive, scores):
    return 1 - auc_pairs(positive, scores)


def auc_pairs_first_column(positive, scores):
    return roc.auc(positive, scores[:, 0])


def auc_pairs_all_columns_together(positive, scores):
    gap = scores[positive][:, None] - scores[~positive]
    return np.mean((gap > 0) + (gap == 0) / 2)


def auc_pairs_never_below_half(positive, scores):
    areas = auc_pairs(positive, scores)
    return np.maximum(areas, 1 - areas)


def ppv(tn, fp, fn, tp, prevalence):
    sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
    return roc.predictive_values(sensitivity, specificity, prevalence).ppv


def ppv_of_the_study(tn, fp, fn, tp, prevalence):
    return tp / (tp + fp)


def ppv_sensitivity(tn, fp, fn, tp, prevalence):
    return tp / (tp + fn)


def ppv_found_among_all(tn, fp, fn, tp, prevalence):
    return prevalence * tp / (tp + fn)


def ppv_scaled(tn, fp, fn, tp, prevalence):
    return tp / (tp + fp) * prevalence


def ppv_by_counts(tn, fp, fn, tp, prevalence):
    return tp * prevalence / (tp * prevalence + fp * (1 - prevalence))


def ppv_by_column_shares(tn, fp, fn, tp, prevalence):
    right, wrong = tp / (tp + fp) * prevalence, tn / (tn + fn) * (1 - prevalence)
    return right / (right + wrong)


def ppv_specificity_for_alarms(tn, fp, fn, tp, prevalence):
    found, others = prevalence * tp / (tp + fn), (1 - prevalence) * tn / (tn + fp)
    return found / (found + others)


def ppv_without_prevalence(tn, fp, fn, tp, prevalence):
    found, alarms = tp / (tp + fn), fp / (fp + tn)
    return found / (found + alarms)


def ppv_alarms_not_weighed(tn, fp, fn, tp, prevalence):
    found, alarms = prevalence * tp / (tp + fn), fp / (fp + tn)
    return found / (found + alarms)


def ppv_negative(tn, fp, fn, tp, prevalence):
    sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
    return roc.predictive_values(sensitivity, specificity, prevalence).npv


def ppv_complement(tn, fp, fn, tp, prevalence):
    return 1 - ppv(tn, fp, fn, tp, prevalence)


def ppv_odds(tn, fp, fn, tp, prevalence):
    return prevalence / (1 - prevalence) * (tp / (tp + fn)) / (fp / (fp + tn))


def ppv_per_cent(tn, fp, fn, tp, prevalence):
    return 100 * ppv(tn, fp, fn, tp, prevalence)


def ppv_swapped_errors(tn, fp, fn, tp, prevalence):
    return ppv(tn, fn, fp, tp, prevalence)


def ppv_healthy_prevalence(tn, fp, fn, tp, prevalence):
    return ppv(tn, fp, fn, tp, 1 - prevalence)


def ppv_people_rounded(tn, fp, fn, tp, prevalence):
    sick = 1000 * prevalence
    found, alarms = round(sick * tp / (tp + fn)), round((1000 - sick) * fp / (fp + tn))
    return found / (found + alarms)


def tables_counted_on(positive, score, thresholds):
    return np.cumsum(tables(positive, score, thresholds), axis=0)


def tables_one_row_for_all(positive, score, thresholds):
    return np.tile(tables_counted_on(positive, score, thresholds)[-1], (len(thresholds), 1))


def tables_mixed_up_errors_above(positive, score, thresholds):
    return tables_above(positive, score, thresholds)[:, [0, 2, 1, 3]]


def auc_pairs_for_each_patient(positive, scores):
    return auc_pairs_count(positive, scores) / len(positive)


def auc_pairs_counted_on(positive, scores):
    return np.cumsum(auc_pairs(positive, scores))


def auc_pairs_best(positive, scores):
    return int(np.argmax(auc_pairs(positive, scores)))


def auc_pairs_wins_of_negatives(positive, scores):
    return np.array([np.mean(gaps(positive, column) < 0) for column in scores.T])


def ppv_found_not_weighed(tn, fp, fn, tp, prevalence):
    found, alarms = tp / (tp + fn), fp / (fp + tn)
    return found / (found * prevalence + alarms * (1 - prevalence))


def ppv_by_prevalence_ratio(tn, fp, fn, tp, prevalence):
    return tp / (tp + fp) * prevalence / ((tp + fn) / (tn + fp + fn + tp))


def ppv_of_the_missed(tn, fp, fn, tp, prevalence):
    return ppv(tn, fp, tp, fn, prevalence)


def roc_points_among_called(positive, score):
    called = [score >= threshold for threshold in np.unique(score)[::-1]]
    return np.array([(0, 0)] + [(np.mean(~positive[c]), np.mean(positive[c])) for c in called])


EXERCISES = {
    "lazy": Exercise(
        task="Predict whose accuracy is higher: a real test's or that of a constant answer",
        reference="the lazy test",
        choices=("the test of A0", "the lazy test", "both the same"),
        misconceptions={
            "the test of A0": "It is the more useful one, but count: it is wrong for 5 % of the 980"
            " healthy people and for 2 of the sick. For how many is the lazy test wrong?",
            "both the same": "Count the wrong answers among 1000 people: the lazy test is wrong for"
            " the 20 sick, the other one for 2 sick and for 5 % of 980 healthy people.",
        },
        explanation="20 wrong answers against 51: accuracy drowns the few in the many.",
    ),
    "tie": Exercise(
        task="Predict how a ROC curve passes a tie",
        reference="diagonally",
        choices=("up, then right", "right, then up", "diagonally"),
        misconceptions={
            "up, then right": "For that some threshold would have to let in the sick patient and"
            " not yet the healthy one. Both have 6 points.",
            "right, then up": "For that some threshold would have to let in the healthy patient and"
            " not yet the sick one. Both have 6 points.",
        },
        explanation="No threshold separates equal scores: both come in at once.",
    ),
    "sign": Exercise(
        task="Predict the AUC of a score with the wrong sign",
        reference="0.185",
        choices=("0.815", "0.5", "0.185"),
        misconceptions={
            "0.815": "The order of the patients is turned round: whoever came first comes last."
            " What becomes of a pair in which the malignant tumour had the higher score?",
            "0.5": "0.5 belongs to a score that knows nothing. This one knows as much as before,"
            " with the wrong sign: every pair that was won is now lost.",
        },
        explanation="Won and lost pairs change places: 1 minus the AUC.",
    ),
    "practice": Exercise(
        task="Predict the PPV where only 5 % are sick",
        reference="about 17 %",
        choices=("about 80 %", "about 50 %", "about 17 %"),
        misconceptions={
            "about 80 %": "That is the PPV of the study, where every second person was sick. Of"
            " 1000 people in the practice 950 are healthy, and 20 % of them are alarmed.",
            "about 50 %": "Too many: of 1000 people 50 are sick and 80 % of them are found. How"
            " many of the 950 healthy ones are alarmed?",
        },
        explanation="40 are found and 190 alarmed, so 40 of 230 positives are sick.",
    ),
    "turned": Exercise(
        task="Predict the sensitivity when healthy is called positive",
        reference="0.67",
        choices=("0.75", "0.67", "0.25"),
        misconceptions={
            "0.75": "That is the share called sick among the sick. Sensitivity is the share called"
            " positive among the positive, and the positive are now the healthy.",
            "0.25": "That is the share of the sick who are missed. Take the crowd that is positive"
            " now, the healthy: which share of them is called healthy?",
        },
        explanation="Sensitivity and specificity change places.",
    ),
    "table": Exercise(
        task="Count the four kinds of decisions for several thresholds",
        reference=tables,
        cases={
            "3 patients, all healthy, one threshold that nobody reaches": (
                np.zeros(3, dtype=bool),
                np.array([0.2, 0.699999, 0.5]),
                np.array([0.7]),
            ),
            "5 patients, thresholds 3 and 2": (*FIVE, np.array([3.0, 2.0])),
            "9 patients, thresholds 4, 8 and 0": (*NINE, np.array([4, 8, 0])),
            "40 patients, one threshold twice": (*MANY, np.array([-1.2, 0.4, 0.0, 0.4, 9.0])),
            "810 patients, threshold 4": (*CROWD, np.array([4])),
        },
        misconceptions={
            tables_above: "Look at those who have exactly the threshold: they are called positive,"
            " too. The rule is >=, not >.",
            tables_mixed_up_errors: "FP and FN are swapped. The second word tells what the test"
            " said: a false positive is negative in truth and was called positive.",
            tables_positives_first: "The four counts are right, in reversed order. The columns are"
            " TN, FP, FN, TP.",
            tables_positives_outside: "TN and TP have changed places: TN comes first, TP last.",
            tables_negative_is_positive: "You called those below the threshold positive. A high"
            " score is positive: score >= threshold.",
            tables_as_columns: "Your array has one column for each threshold. Give each threshold a"
            " row; .T swaps the two axes.",
            tables_first_only: "Only the first threshold was counted: in a loop, return stands"
            " after the loop, not in it.",
            tables_last_only: "Only the last threshold is left: collect the rows in a list, and"
            " make an array of it after the loop.",
            tables_shares: "These are shares of all patients. A table holds counts.",
            tables_rates: "These are rates among the healthy and among the sick. A table holds"
            " counts.",
            tables_squares: "The counts are right, as a square for each threshold. Write the four"
            " in one row: reshape(-1, 4).",
            tables_counted_on: "The counts go on from one threshold to the next: set them to 0 for"
            " each threshold.",
            tables_one_row_for_all: "All rows are one and the same list, which goes on counting:"
            " make a new row, with four zeros, for each threshold.",
            tables_mixed_up_errors_above: "Two things: who has exactly the threshold is called"
            " positive, >=; and FP and FN are swapped.",
        },
        explanation="One row for each threshold; whoever reaches it exactly is in.",
        dtype=False,
    ),
    "roc_points": Exercise(
        task="Find all points of a ROC curve, ties and both ends included",
        reference=roc_points,
        cases={
            "3 patients below 0, two of them close": (
                np.array([True, False, True]),
                np.array([-0.1, -0.8, -0.800001]),
            ),
            "5 patients, one tie": FIVE,
            "9 patients, scores in any order": NINE,
            "40 patients, many ties": MANY,
        },
        misconceptions={
            roc_points_one_for_each_patient: "Inside a tie you made one step for each patient. No"
            " threshold separates equal scores: one point for each distinct score.",
            roc_points_repeated: "Points occur twice: a score that two patients share is one"
            " threshold. np.unique gives each score once.",
            roc_points_corners_only: "Points in the middle of a straight part are missing"
            " (scikit-learn's default leaves them out). One point for each distinct score.",
            roc_points_without_straight_parts: "Only the corners of the curve are left. Points in"
            " the middle of a straight part count too: one point for each distinct score.",
            roc_points_end_twice: "The end, (1, 1), occurs twice: the lowest score already calls"
            " everybody.",
            roc_points_without_start: "The start is missing: the threshold that nobody reaches,"
            " (0, 0).",
            roc_points_without_end: "The end, (1, 1), is missing. Either the lowest score was left"
            " out as a threshold, or > leaves out whoever has exactly the threshold: use >=.",
            roc_points_above_with_start: "With > whoever has exactly the threshold stays out: the"
            " highest score gives (0, 0) a second time, and (1, 1) is missing. Use >=.",
            roc_points_backwards: "The points are right, in reversed order: start with the highest"
            " threshold, at (0, 0).",
            roc_points_end_first: "After (0, 0) the points run backwards: np.unique sorts from the"
            " lowest up. Go through the thresholds from the highest down.",
            roc_points_upwards_without_start: "Two things: np.unique sorts from the lowest up, go"
            " through it from the highest down; and put the threshold that nobody reaches first.",
            roc_points_swapped: "The two columns are swapped: the false positive rate, the x of the"
            " curve, comes first.",
            roc_points_specificity: "The first column is the specificity. The false positive rate"
            " is 1 minus it.",
            roc_points_counts: "These are counts. Divide each by the size of its crowd: alarms by"
            " the negatives, found by the positives.",
            roc_points_among_all: "You divided both counts by the number of all patients. Each rate"
            " has its own crowd: alarms among the negatives, found among the positives.",
            roc_points_as_rows: "One row for each point, please: .T swaps the two axes.",
            roc_points_low_is_positive: "You let in the lowest scores first. A high score is"
            " positive: start with the highest.",
            roc_points_precision: "The first column is taken among those called positive, a column"
            " of the table. The false positive rate is taken among the negatives.",
            roc_points_among_called: "Those are shares of the called. Turn it round: alarms among"
            " all negatives, found among all positives.",
        },
        explanation="One point for each distinct score, and (0, 0) for the one that nobody has.",
    ),
    "auc_pairs": Exercise(
        task="Find the AUC of every column from pairs, with ties",
        reference=auc_pairs,
        cases={
            "3 patients, one column, two scores close": (
                np.array([True, False, True]),
                np.array([[2.0], [2.000001], [5.0]]),
            ),
            "5 patients, two columns": (FIVE[0], np.stack([FIVE[1], [1, 2, 2, 0, 2.0]], axis=1)),
            "9 patients, three columns": (NINE[0], WIDE),
            "40 patients, four columns": (MANY[0], LARGE),
        },
        misconceptions={
            auc_pairs_won_only: "Only the pairs that are won were counted. A tie counts half.",
            auc_pairs_ties_won: "With >= a tie counts as a whole win. It counts half.",
            auc_pairs_without_ties: "You left the tied pairs out altogether. They stay among the"
            " pairs, and count half.",
            auc_pairs_among_n_squared: "You divided by n times n. A pair has one positive and one"
            " negative: divide by positives times negatives.",
            auc_pairs_among_all_pairs: "You divided by the number of all pairs of patients. A pair"
            " here has one positive and one negative: positives times negatives.",
            auc_pairs_count: "That is the number of pairs won. The AUC is their share among all"
            " pairs of a positive and a negative.",
            auc_pairs_turned: "You counted the pairs in which the negative is ahead. The AUC counts"
            " those in which the positive has the higher score.",
            auc_pairs_first_column: "That is the first column only. In a loop, return stands after"
            " the loop; the answer has one number for each column.",
            auc_pairs_all_columns_together: "One number for all columns: the mean also went over"
            " the columns. Each column has its own AUC.",
            auc_pairs_never_below_half: "An AUC below 0.5 was turned round. It is a result too: it"
            " says that low scores are positive here.",
            auc_pairs_for_each_patient: "You divided by the number of patients. The share is taken"
            " among the pairs: positives times negatives.",
            auc_pairs_counted_on: "The count of won pairs goes on from one column to the next: set"
            " it to 0 for each column.",
            auc_pairs_best: "That is the place of the best column. Return the AUC of every column.",
            auc_pairs_wins_of_negatives: "Two things: you counted the pairs in which the negative"
            " is ahead; and a tie counts half.",
        },
        explanation="Won pairs plus half of the tied ones, among positives times negatives.",
    ),
    "ppv": Exercise(
        task="Find the PPV in a practice from a study with another prevalence",
        reference=ppv,
        cases={
            "study 400, 100, 100, 400; 5 % sick": (400, 100, 100, 400, 0.05),
            "study 91, 12, 17, 34; 2.3 % sick": (91, 12, 17, 34, 0.023),
            "study 40, 10, 0, 25; 10 % sick": (40, 10, 0, 25, 0.1),
            "study 50, 30, 5, 200; 60 % sick": (50, 30, 5, 200, 0.6),
            "study 70, 10, 5, 60; 0.13 % sick": (70, 10, 5, 60, 0.0013),
        },
        misconceptions={
            ppv_of_the_study: "That is the PPV in the study, where somebody chose how many sick"
            " people to invite. Count 1000 people of the practice.",
            ppv_sensitivity: "That is the other direction: the positive among the sick. Wanted are"
            " the sick among the positive.",
            ppv_found_among_all: "That is the share of sick *and* positive people among all. Divide"
            " it by the share of all positive people, alarms included.",
            ppv_scaled: "Multiplying the study's PPV by the prevalence does not change the crowd."
            " Count the found and the alarmed of the practice anew.",
            ppv_by_counts: "The counts still depend on how many of each the study invited. Turn"
            " them into shares of their rows first: sensitivity and specificity.",
            ppv_by_column_shares: "You took shares of the table's columns, which depend on whom the"
            " study invited. Take those of its rows.",
            ppv_specificity_for_alarms: "The specificity is the share of the healthy who are *not*"
            " alarmed. The alarmed are 1 minus it.",
            ppv_without_prevalence: "The prevalence of the practice is missing: as it stands, half"
            " of the people are sick.",
            ppv_alarms_not_weighed: "The found are weighed by the prevalence, the alarmed must be"
            " weighed too: by 1 - prevalence, the share of the healthy.",
            ppv_negative: "That is the NPV, the share of the healthy among those called healthy.",
            ppv_complement: "That is the share of the healthy among the positive, 1 minus the PPV.",
            ppv_odds: "These are the odds, found for each alarmed. The share is odds / (1 + odds).",
            ppv_per_cent: "That is in per cent. A share lies between 0 and 1.",
            ppv_swapped_errors: "FP and FN are swapped. Sensitivity is TP among the sick, TP + FN;"
            " specificity is TN among the healthy, TN + FP.",
            ppv_healthy_prevalence: "`prevalence` is the share of the *sick*; you used it for the"
            " healthy.",
            ppv_people_rounded: "Nearly: rounding to whole people makes the share inexact. Leave"
            " the counts unrounded.",
            ppv_found_not_weighed: "The found above the line must be weighed with the prevalence"
            " too, as below it.",
            ppv_by_prevalence_ratio: "The study's PPV cannot be scaled by the quotient of the"
            " prevalences: the alarms change as well. Count the found and the alarmed anew.",
            ppv_of_the_missed: "You took the missed, FN, for the found. Sensitivity is TP / (TP +"
            " FN).",
        },
        explanation="Sensitivity and specificity travel, the study's prevalence does not.",
    ),
}
