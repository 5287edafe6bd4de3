"""Exercises of lesson 06: constant answers, invented rows, weights, honest folds, mixtures."""

import numpy as np
from scipy import special

from helpers.exercises import Exercise

RNG = np.random.default_rng(6)
FOUR = np.array([[0.0, 0.0], [1.0, 0.2], [3.0, 1.0], [7.0, 5.0]])
SIX = np.array([[0, 5], [1, 0], [2.5, 9], [4.5, 1], [7, 6], [11, 2]], dtype=float)
CLOUD = RNG.normal(size=(20, 3))
STEPS = RNG.random(12)
MORE_STEPS = RNG.random(40)
POINTS = RNG.normal(size=(60, 2))
POINTS[:12] += 1.2
RARE = np.arange(60) < 12
LEVELS = np.digitize(POINTS[:, 0], [-0.5, 0.8]) + 1
FOLDS = np.arange(60) % 5
MESSY = RNG.permutation(60)
SMALL_PICTURES = RNG.random((3, 2, 3))
PICTURES = RNG.random((4, 4, 4))
COLOURED = RNG.random((5, 3, 4, 3))
GUESSES = special.softmax(RNG.normal(size=(6, 3)), axis=1)


def constant_scores(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.max() / counts.sum(), 1 / counts.size


def constant_scores_half(labels):
    return 0.5, 0.5


def constant_scores_guessing(labels):
    return 1 / len(np.unique(labels)), 1 / len(np.unique(labels))


def constant_scores_two_classes(labels):
    return constant_scores(labels)[0], 0.5


def constant_scores_counted(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.max(), 1 / counts.size


def constant_scores_among_classes(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.max() / counts.size, 1 / counts.size


def constant_scores_per_cent(labels):
    accuracy, balanced = constant_scores(labels)
    return 100 * accuracy, 100 * balanced


def constant_scores_rarest(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.min() / counts.sum(), 1 / counts.size


def constant_scores_first_name(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts[0] / counts.sum(), 1 / counts.size


def constant_scores_first(labels):
    return np.mean(np.asarray(labels) == labels[0]), 1 / len(np.unique(labels))


def constant_scores_place(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.argmax() / counts.sum(), 1 / counts.size


def constant_scores_last_name(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts[-1] / counts.sum(), 1 / counts.size


def constant_scores_one_row(labels):
    return constant_scores(labels)[0], 1 / len(labels)


def constant_scores_mean_share(labels):
    accuracy = constant_scores(labels)[0]
    return accuracy, accuracy


def constant_scores_middle_name(labels):
    middle = np.sort(labels)[len(labels) // 2]
    return np.mean(np.asarray(labels) == middle), 1 / len(np.unique(labels))


def constant_scores_ties_in_balanced(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts.max() / counts.sum(), np.mean(counts == counts.max())


def constant_scores_ties_in_accuracy(labels):
    _, counts = np.unique(labels, return_counts=True)
    return counts[counts == counts.max()].sum() / counts.sum(), 1 / counts.size


def constant_scores_ties_in_both(labels):
    return constant_scores_ties_in_accuracy(labels)[0], constant_scores_ties_in_balanced(labels)[1]


def constant_scores_accuracy_only(labels):
    return constant_scores(labels)[0]


def constant_scores_swapped(labels):
    return constant_scores(labels)[::-1]


def distances(rare):
    return np.sqrt(((rare[:, None] - rare) ** 2).sum(axis=-1))


def column(steps):
    return np.asarray(steps)[:, None]


def invent(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_from_itself(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[origins, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_past_twins(rare, origins, ranks, steps):
    apart = distances(rare)
    partners = np.where(apart > 0, apart, np.inf).argsort(axis=1)[origins, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_absolute(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + column(steps) * np.abs(rare[partners] - rare[origins])


def invent_away(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + column(steps) * (rare[origins] - rare[partners])


def invent_turned(rare, origins, ranks, steps):
    return invent(rare, origins, ranks, 1 - np.asarray(steps))


def invent_furthest(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, ::-1][origins, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_by_next_rows(rare, origins, ranks, steps):
    partners = (np.asarray(origins) + np.asarray(ranks) + 1) % len(rare)
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_ranks_as_rows(rare, origins, ranks, steps):
    return rare[origins] + column(steps) * (rare[ranks] - rare[origins])


def invent_by_first_measurement(rare, origins, ranks, steps):
    return invent_with(np.abs(rare[:, None, 0] - rare[:, 0]), rare, origins, ranks, steps)


def invent_by_blocks(rare, origins, ranks, steps):
    return invent_with(np.abs(rare[:, None] - rare).sum(axis=-1), rare, origins, ranks, steps)


def invent_all_pairs(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins][:, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_rows_of_rows(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins][ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_rows_of_rows_with_itself(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[origins][ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_ranks_first(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][ranks, origins]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_ranks_first_with_itself(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[ranks, origins]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_rows_of_rows_shifted(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[origins][np.asarray(ranks) + 1]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_ranks_first_shifted(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[np.asarray(ranks) + 1, origins]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_by_sums(rare, origins, ranks, steps):
    sums = np.abs((rare[:, None] - rare).sum(axis=-1))
    return invent_with(sums, rare, origins, ranks, steps)


def invent_with(apart, rare, origins, ranks, steps):
    apart = apart.astype(float)
    np.fill_diagonal(apart, -1)
    partners = apart.argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + column(steps) * (rare[partners] - rare[origins])


def invent_adds_partner(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + column(steps) * rare[partners]


def invent_midpoints(rare, origins, ranks, steps):
    return invent(rare, origins, ranks, np.full(len(origins), 0.5))


def invent_steps_along_row(rare, origins, ranks, steps):
    partners = distances(rare).argsort(axis=1)[:, 1:][origins, ranks]
    return rare[origins] + np.asarray(steps) * (rare[partners] - rare[origins])


def invent_partners(rare, origins, ranks, steps):
    return rare[distances(rare).argsort(axis=1)[:, 1:][origins, ranks]]


def invent_without_start(rare, origins, ranks, steps):
    return invent(rare, origins, ranks, steps) - rare[origins]


def row_weights(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return (len(labels) / (counts.size * counts))[places]


def row_weights_unscaled(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return 1 / counts[places]


def row_weights_total_one(labels):
    weights = row_weights_unscaled(labels)
    return weights / weights.sum()


def row_weights_by_size(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    weights = counts[places]
    return weights / weights.mean()


def row_weights_sizes(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return counts[places]


def row_weights_squared(labels):
    weights = row_weights_unscaled(labels) ** 2
    return weights / weights.mean()


def row_weights_squared_unscaled(labels):
    return row_weights_unscaled(labels) ** 2


def row_weights_without_classes(labels):
    return len(labels) * row_weights_unscaled(labels)


def row_weights_two_classes(labels):
    return len(labels) / 2 * row_weights_unscaled(labels)


def row_weights_of_classes(labels):
    _, counts = np.unique(labels, return_counts=True)
    return len(labels) / (counts.size * counts)


def row_weights_largest(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return (counts.max() / counts)[places]


def row_weights_complement(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    weights = 1 - counts[places] / len(labels)
    return weights / weights.mean()


def row_weights_complement_unscaled(labels):
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return 1 - counts[places] / len(labels)


def row_weights_equal(labels):
    return np.ones(len(labels))


def repeat_in_turn(X, y):
    """Balance without chance: repeat the rows of each smaller class in turn."""
    classes, counts = np.unique(y, return_counts=True)
    rows = [np.arange(len(y))]
    for label, count in zip(classes, counts, strict=True):
        rows.append(np.resize(np.flatnonzero(y == label), counts.max() - count))
    return X[np.concatenate(rows)], y[np.concatenate(rows)]


def repeat_backwards(X, y):
    """Balance without chance, and return the rows in the opposite order."""
    rows, labels = repeat_in_turn(X, y)
    return rows[::-1], labels[::-1]


def blend_in_turn(X, y):
    """Balance without chance: add points half way between neighbouring rows of a class."""
    classes, counts = np.unique(y, return_counts=True)
    rows, labels = [X], [y]
    for label, count in zip(classes, counts, strict=True):
        own = X[y == label]
        half_way = (own + np.roll(own, -1, axis=0)) / 2
        places = np.resize(np.arange(count), counts.max() - count)
        rows.append(half_way[places])
        labels.append(np.full(len(places), label))
    return np.concatenate(rows), np.concatenate(labels)


def vote_of(k):
    def fit(X, y):
        def predict(rows):
            apart = ((rows[:, None] - X) ** 2).sum(axis=-1)
            return y[apart.argsort(axis=1, kind="stable")[:, :k]].mean(axis=1) > 0.5

        return predict

    return fit


def take_nearest(X, y):
    def predict(rows):
        return y[((rows[:, None] - X) ** 2).sum(axis=-1).argmin(axis=1)]

    return predict


def honest_predictions(X, y, fold, resample, fit):
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        test = fold == part
        predicted[test] = fit(*resample(X[~test], y[~test]))(X[test])
    return predicted


def honest_predictions_resampled_first(X, y, fold, resample, fit):
    X_more, y_more = resample(X, y)
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        test = fold == part
        train = np.concatenate([~test, np.full(len(y_more) - len(y), True)])
        predicted[test] = fit(X_more[train], y_more[train])(X[test])
    return predicted


def honest_predictions_of_all(X, y, fold, resample, fit):
    return fit(*resample(X, y))(X)


def honest_predictions_not_balanced(X, y, fold, resample, fit):
    return honest_predictions(X, y, fold, lambda rows, labels: (rows, labels), fit)


def honest_predictions_from_own_fold(X, y, fold, resample, fit):
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        test = fold == part
        predicted[test] = fit(*resample(X[test], y[test]))(X[test])
    return predicted


def honest_predictions_swapped(X, y, fold, resample, fit):
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        train = fold == part
        predicted[~train] = fit(*resample(X[train], y[train]))(X[~train])
    return predicted


def honest_predictions_of_some_folds(parts, X, y, fold, resample, fit):
    predicted = honest_predictions(X, y, fold, resample, fit)
    predicted[~np.isin(fold, parts)] = False
    return predicted


def honest_predictions_folds_carried(X, y, fold, resample, fit):
    together, y_more = resample(np.column_stack([X, fold]), y)
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        train = together[:, -1] != part
        predicted[fold == part] = fit(together[train, :-1], y_more[train])(X[fold == part])
    return predicted


def honest_predictions_of_five_folds(X, y, fold, resample, fit):
    return honest_predictions_of_some_folds(np.arange(5), X, y, fold, resample, fit)


def honest_predictions_without_last_fold(X, y, fold, resample, fit):
    parts = np.arange(fold.max())
    return honest_predictions_of_some_folds(parts, X, y, fold, resample, fit)


def honest_predictions_folds_continued(X, y, fold, resample, fit):
    X_more, y_more = resample(X, y)
    folds = np.resize(fold, len(y_more))
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        train = folds != part
        predicted[fold == part] = fit(X_more[train], y_more[train])(X[fold == part])
    return predicted


def honest_predictions_in_order_of_folds(X, y, fold, resample, fit):
    parts = []
    for part in np.unique(fold):
        test = fold == part
        parts.append(fit(*resample(X[~test], y[~test]))(X[test]))
    return np.concatenate(parts)


def honest_predictions_as_bool(X, y, fold, resample, fit):
    return honest_predictions(X, y, fold, resample, fit).astype(bool)


def honest_predictions_as_parts(X, y, fold, resample, fit):
    parts = []
    for part in np.unique(fold):
        test = fold == part
        parts.append(fit(*resample(X[~test], y[~test]))(X[test]))
    return parts


def honest_predictions_accuracy(X, y, fold, resample, fit):
    return np.mean(honest_predictions(X, y, fold, resample, fit) == y)


def honest_predictions_first_fold(X, y, fold, resample, fit):
    test = fold == np.unique(fold)[0]
    return fit(*resample(X[~test], y[~test]))(X[test])


def honest_predictions_test_balanced(X, y, fold, resample, fit):
    parts = []
    for part in np.unique(fold):
        test = fold == part
        rows = resample(X[test], y[test])[0]
        parts.append(fit(*resample(X[~test], y[~test]))(rows))
    return np.concatenate(parts)


def spread(weights, ndim):
    return np.asarray(weights).reshape(-1, *[1] * (ndim - 1))


def blend(values, weights, partners):
    own = spread(weights, values.ndim)
    return own * values + (1 - own) * values[partners]


def mix(X, Y, weights, partners):
    return blend(X, weights, partners), blend(Y, weights, partners)


def mix_labels_kept(X, Y, weights, partners):
    return blend(X, weights, partners), Y


def mix_labels_of_partner(X, Y, weights, partners):
    return blend(X, weights, partners), Y[partners]


def mix_labels_rounded(X, Y, weights, partners):
    mixed, soft = mix(X, Y, weights, partners)
    return mixed, np.eye(Y.shape[1])[soft.argmax(axis=1)]


def mix_labels_half(X, Y, weights, partners):
    return blend(X, weights, partners), (Y + Y[partners]) / 2


def mix_labels_turned(X, Y, weights, partners):
    return blend(X, weights, partners), blend(Y, 1 - weights, partners)


def mix_turned(X, Y, weights, partners):
    return mix(X, Y, 1 - weights, partners)


def mix_all_half(X, Y, weights, partners):
    return mix(X, Y, np.full(len(X), 0.5), partners)


def mix_one_weight(X, Y, weights, partners):
    return mix(X, Y, np.full(len(X), weights[0]), partners)


def mix_next_row(X, Y, weights, partners):
    return mix(X, Y, weights, np.roll(np.arange(len(X)), -1))


def mix_labels_of_next_row(X, Y, weights, partners):
    return blend(X, weights, partners), blend(Y, weights, np.roll(np.arange(len(X)), -1))


def mix_grey_only(X, Y, weights, partners):
    own = weights[:, None, None]
    return own * X + (1 - own) * X[partners], blend(Y, weights, partners)


def mix_along_columns(X, Y, weights, partners):
    return weights * X + (1 - weights) * X[partners], blend(Y, weights, partners)


def mix_labels_stretched(X, Y, weights, partners):
    own = spread(weights, X.ndim)
    return blend(X, weights, partners), own * Y + (1 - own) * Y[partners]


def mix_along_columns_of_both(X, Y, weights, partners):
    return tuple(weights * part + (1 - weights) * part[partners] for part in (X, Y))


def mix_added(X, Y, weights, partners):
    return tuple(
        spread(weights, part.ndim) * part + spread(weights, part.ndim) * part[partners]
        for part in (X, Y)
    )


def mix_pictures_only(X, Y, weights, partners):
    return blend(X, weights, partners)


def mix_labels_cut_to_whole(X, Y, weights, partners):
    return blend(X, weights, partners), blend(Y, weights, partners).astype(Y.dtype)


def mix_samples_cut_to_whole(X, Y, weights, partners):
    return blend(X, weights, partners).astype(X.dtype), blend(Y, weights, partners)


def mix_both_cut_to_whole(X, Y, weights, partners):
    mixed, soft = mix(X, Y, weights, partners)
    return mixed.astype(X.dtype), soft.astype(Y.dtype)


def mix_in_place(X, Y, weights, partners):
    mixed, soft = X.copy(), Y.copy()
    for i, (w, j) in enumerate(zip(weights, partners, strict=True)):
        mixed[i] = w * mixed[i] + (1 - w) * mixed[j]
        soft[i] = w * soft[i] + (1 - w) * soft[j]
    return mixed, soft


def mix_pictures_in_place(X, Y, weights, partners):
    return mix_in_place(X, Y, weights, partners)[0], blend(Y, weights, partners)


def repair(probabilities, trained, real):
    scaled = probabilities * (real / trained)
    return scaled / scaled.sum(axis=1, keepdims=True)


def repair_not_normalised(probabilities, trained, real):
    return probabilities * real / trained


def repair_wrong_way(probabilities, trained, real):
    return repair(probabilities, real, trained)


def repair_wrong_way_not_normalised(probabilities, trained, real):
    return probabilities * trained / real


def repair_clipped(probabilities, trained, real):
    return np.clip(probabilities * real / trained, 0, 1)


def repair_by_largest(probabilities, trained, real):
    scaled = probabilities * real / trained
    return scaled / scaled.max(axis=1, keepdims=True)


def repair_real_only(probabilities, trained, real):
    return repair(probabilities, np.ones(len(real)), real)


def repair_trained_only(probabilities, trained, real):
    return repair(probabilities, trained, np.ones(len(real)))


def repair_by_columns(probabilities, trained, real):
    scaled = probabilities * (real / trained)
    return scaled / scaled.sum(axis=0)


def repair_by_grand_total(probabilities, trained, real):
    scaled = probabilities * (real / trained)
    return scaled / scaled.sum()


def repair_by_difference(probabilities, trained, real):
    return probabilities + real - trained


def repair_each_odds(probabilities, trained, real):
    step = special.logit(trained) - special.logit(real)
    return special.expit(special.logit(probabilities) - step)


def repair_each_odds_normalised(probabilities, trained, real):
    shifted = repair_each_odds(probabilities, trained, real)
    return shifted / shifted.sum(axis=1, keepdims=True)


def repair_odds_as_factors(probabilities, trained, real):
    scaled = probabilities * (real / (1 - real)) / (trained / (1 - trained))
    return scaled / scaled.sum(axis=1, keepdims=True)


def repair_odds_not_normalised(probabilities, trained, real):
    return probabilities * (real / (1 - real)) / (trained / (1 - trained))


def repair_logs_normalised(probabilities, trained, real):
    logs = np.log(probabilities) + np.log(real) - np.log(trained)
    return logs / logs.sum(axis=1, keepdims=True)


def repair_not(probabilities, trained, real):
    return probabilities


def repair_to_the_shares(probabilities, trained, real):
    return np.tile(real, (len(probabilities), 1))


def repair_odds_of_each_class(probabilities, trained, real):
    odds = probabilities / (1 - probabilities) * real / trained
    return odds / (1 + odds)


def constant_scores_accuracy_by_classes(labels):
    accuracy, one_of_classes = constant_scores(labels)
    return accuracy, accuracy * one_of_classes


def mix_partner_by_its_own_weight(X, Y, weights, partners):
    def mixed(values):
        own = spread(weights, values.ndim)
        return own * values + (1 - own[partners]) * values[partners]

    return mixed(X), mixed(Y)


def mix_partner_at_full_weight(X, Y, weights, partners):
    def mixed(values):
        return spread(weights, values.ndim) * values + values[partners]

    return mixed(X), mixed(Y)


def invent_next_rank_as_row(rare, origins, ranks, steps):
    partners = rare[ranks + 1]
    return rare[origins] + column(steps) * (partners - rare[origins])


def honest_predictions_resampled_test(X, y, fold, resample, fit):
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        test = fold == part
        rows, _ = resample(X[test], y[test])
        predicted[test] = fit(*resample(X[~test], y[~test]))(rows)[: test.sum()]
    return predicted


def invent_away_from_itself(rare, origins, ranks, steps):
    partners = rare[
        np.argsort(np.linalg.norm(rare[:, None] - rare, axis=2), axis=1)[origins, ranks]
    ]
    return rare[origins] - steps[:, None] * (partners - rare[origins])


def predictions_of_one_model(X, y, fold, resample, fit):
    train = fold != fold.max()
    return fit(*resample(X[train], y[train]))(X)


EXERCISES = {
    "found": Exercise(
        task="Predict how many of 15 malignant tumours a model with 92 % accuracy finds",
        reference="1 of 15",
        choices=("1 of 15", "8 of 15", "14 of 15"),
        misconceptions={
            "8 of 15": "The accuracy does not say that. 178 of the 193 rows are benign, so 92 %"
            " can be reached without any malignant tumour.",
            "14 of 15": "92 % is the share among all rows, and 178 of the 193 are benign. Among the"
            " 15 malignant ones it can be quite another share.",
        },
        explanation="The benign tumours alone make up 92 % of the test.",
        again=Exercise(
            task="Predict the accuracy of always answering healthy, with 40 sick among 1,000",
            reference="96 %",
            choices=("4 %", "50 %", "96 %"),
            misconceptions={
                "4 %": "That is the share of the sick, for which the answer is wrong.",
                "50 %": "That is its balanced accuracy. The accuracy counts all rows alike.",
            },
            explanation="960 of the 1,000 are healthy.",
        ),
    ),
    "spread": Exercise(
        task="Predict how widely invented tumours spread, compared with the real ones",
        reference="smaller",
        choices=("larger", "the same", "smaller"),
        misconceptions={
            "larger": "More rows do not reach further. Every new point lies between two old ones,"
            " never beyond them.",
            "the same": "Copies would keep the SD. These points lie between two tumours, and near"
            " the middle of the line the two partly cancel, as in a mean.",
        },
        explanation="Points between others scatter less than the others.",
    ),
    "noise": Exercise(
        task="Predict what a cross-validation says about noise that was balanced first",
        reference="about 0.85",
        choices=("about 0.5", "about 0.65", "about 0.85"),
        misconceptions={
            "about 0.5": "So it should be. But the balanced table holds points on lines between"
            " rare rows, some in the test part and their near twins in the training part.",
            "about 0.65": "It is worse: nine in ten of the rare rows in the test part were"
            " invented, and near twins in the training part give nearly all of them away.",
        },
        explanation="The invented rows carry the training part into the test part.",
    ),
    "mean": Exercise(
        task="Predict the mean predicted probability after balancing a class of 3 %",
        reference="about 30 %",
        choices=("about 3 %", "about 30 %", "about 50 %"),
        misconceptions={
            "about 3 %": "That is the truth, and the model without balancing says so. The balanced"
            " model has seen a world in which half of the people are sick.",
            "about 50 %": "That would be the mean over its own balanced rows. Most of the new"
            " people are healthy, and the model sees that of many of them.",
        },
        explanation="Ten times too high, because we showed it a sicker world.",
    ),
    "ceiling": Exercise(
        task="Predict the best accuracy on averages that keep the first label only",
        reference="about 55 %",
        choices=("about 100 %", "about 90 %", "about 55 %"),
        misconceptions={
            "about 100 %": "The average of a 3 and an 8 is there twice, once named 3 and once named"
            " 8. Nobody can be right about both.",
            "about 90 %": "That is the share of the pairs with two different names. Of these one"
            " half is lost, whatever the program answers.",
        },
        explanation="All of the pairs with one name, and half of the others.",
        again=Exercise(
            task="Predict the best accuracy on such averages if 80 % of the pairs have two names",
            reference="60 %",
            choices=("60 %", "80 %", "100 %"),
            misconceptions={
                "80 %": "That is the share of pairs with two names. Of these one half is lost.",
                "100 %": "Each average of two names is there twice, with one name and the other.",
            },
            explanation="20 % for the pairs with one name, and half of 80 %.",
        ),
    ),
    "constant_scores": Exercise(
        task="Find accuracy and balanced accuracy of the constant answer",
        reference=constant_scores,
        cases={
            "3 healthy, 1 sick": (np.array([False, True, False, False]),),
            "two of three classes equally frequent": (np.array(["c", "a", "b", "b", "c"]),),
            "four classes, text": (np.array(["c", "a", "b", "b", "d", "c", "b", "d"]),),
            "four classes, numbers": (np.repeat([7, 1, 3, 2], [6, 4, 9, 2]),),
        },
        misconceptions={
            constant_scores_half: "Only the balanced accuracy of two classes is 0.5. The accuracy"
            " is the share of the most frequent class: count it.",
            constant_scores_guessing: "That is the accuracy of guessing at random. The constant"
            " answer is right for all rows of the most frequent class: count them.",
            constant_scores_two_classes: "0.5 is right for two classes. The answer is wholly right"
            " in one of c classes and wholly wrong in the others: what is the mean?",
            constant_scores_counted: "The first number is a count. Divide it by that of the rows.",
            constant_scores_among_classes: "You divided by the number of classes. The accuracy is a"
            " share of the rows.",
            constant_scores_per_cent: "These are in per cent. A share lies between 0 and 1.",
            constant_scores_rarest: "You took the rarest class. The constant answer is the most"
            " frequent one.",
            constant_scores_first_name: "`counts[0]` belongs to the class whose name sorts first,"
            " and it need not be the most frequent one: take the maximum.",
            constant_scores_first: "You took the class of the first row. The constant answer is the"
            " most frequent class.",
            constant_scores_place: "`argmax` gives the place of the largest count, not the count.",
            constant_scores_last_name: "The name that sorts last, as `max` has it, need not be the"
            " most frequent one: take the largest count.",
            constant_scores_one_row: "The second number is one class in c, not one row in n.",
            constant_scores_mean_share: "The second number is a mean over classes, not over rows:"
            " the class that is answered gets 1, every other class 0.",
            constant_scores_middle_name: "The middle of the sorted names need not be the most"
            " frequent class: count each of them.",
            constant_scores_ties_in_balanced: "Where two classes are equally frequent, the constant"
            " answer still names one of them. The second number is too large there.",
            constant_scores_ties_in_accuracy: "Where two classes are equally frequent, the constant"
            " answer still names one of them. The accuracy is too large there.",
            constant_scores_ties_in_both: "Where two classes are equally frequent, the constant"
            " answer still names one of them. Both numbers are too large there.",
            constant_scores_accuracy_only: "That is the accuracy. Return two numbers: the balanced"
            " accuracy too.",
            constant_scores_swapped: "The two are right, in the wrong order: the accuracy comes"
            " first.",
            constant_scores_accuracy_by_classes: "The second number does not hold the accuracy:"
            " the answer is wholly right in one of c classes and wholly wrong in the others. What"
            " is the mean?",
        },
        explanation="The largest share, and one class in c.",
    ),
    "invent": Exercise(
        task="Invent points between rare rows and their neighbours, with given draws",
        reference=invent,
        cases={
            "4 rows, 2 points": (FOUR, np.array([2, 0]), np.array([0, 1]), np.array([0.25, 0.9])),
            "5 rows, two of them alike, 3 points": (
                np.vstack([FOUR, FOUR[:1]]),
                np.array([0, 1, 4]),
                np.array([0, 1, 1]),
                np.array([0.25, 0.9, 0.5]),
            ),
            "6 rows, 5 points": (
                SIX,
                np.array([4, 0, 5, 2, 3]),
                np.array([0, 1, 2, 0, 1]),
                np.array([0.1, 0.8, 0.3, 0.45, 1.0]),
            ),
            "20 rows of 3, 12 points": (CLOUD, np.arange(12) + 5, np.arange(12) % 5, STEPS),
            "20 rows of 3, 19 ranks": (CLOUD, np.arange(19), np.arange(19), MORE_STEPS[:19]),
            "20 rows of 3, 40 points": (CLOUD, np.arange(40) % 20, np.arange(40) % 3, MORE_STEPS),
        },
        misconceptions={
            invent_from_itself: "A row's nearest row is itself, at distance 0. Rank 0 means the"
            " nearest *other* row: leave out the first place of the order.",
            invent_past_twins: "Another row may lie at the same place, at distance 0, and is a"
            " neighbour. Leave out the row itself, not all that lie there.",
            invent_absolute: "The difference lost its sign, so every point moves up and to the"
            " right, off the line. Use z - x as it is.",
            invent_away: "The points move away from the neighbour: the way from x to z is z - x.",
            invent_turned: "You start at the neighbour. With a step of 0 the point is the origin"
            " itself.",
            invent_furthest: "You took the furthest rows. argsort puts the smallest first.",
            invent_by_next_rows: "These are the next rows of the table. Neighbours are those at the"
            " smallest distance.",
            invent_ranks_as_rows: "A rank is a place in the order of the origin's neighbours, not"
            " the number of a row: sort by distance first.",
            invent_by_first_measurement: "Only the first measurement decided who is near. Use all:"
            " the root of the sum of the squared differences.",
            invent_by_blocks: "You added absolute differences. Distance along a straight line is"
            " the root of the sum of the squared differences.",
            invent_all_pairs: "That takes every rank for every origin. Two arrays in one pair of"
            " brackets, near[origins, ranks], pick one partner for each origin.",
            invent_rows_of_rows: "Two pairs of brackets pick rows, and then rows of these rows."
            " Take one partner for each origin: near[origins, ranks].",
            invent_rows_of_rows_with_itself: "Two pairs of brackets pick rows of rows, and each"
            " order still begins with the row itself. Leave out that place, then take one partner"
            " for each origin: near[origins, ranks].",
            invent_ranks_first: "Ranks and origins have changed places: the origin picks the row,"
            " the rank the place in it. Take one partner for each origin: near[origins, ranks].",
            invent_ranks_first_with_itself: "Ranks and origins have changed places, and each order"
            " still begins with the row itself. Leave out that place, then take one partner for"
            " each origin: near[origins, ranks].",
            invent_rows_of_rows_shifted: "Two pairs of brackets pick rows, and then rows of these"
            " rows. Take one partner for each origin: order[origins, ranks + 1].",
            invent_ranks_first_shifted: "Rows and columns of the order have changed places: the"
            " origin picks the row, the rank the place in it. Sort along axis=1, and take"
            " order[origins, ranks + 1].",
            invent_by_sums: "Differences of opposite sign cancelled in your sum. Square them before"
            " you add.",
            invent_adds_partner: "A share of the neighbour itself was added. The way to it is the"
            " difference z - x: add a share of that.",
            invent_midpoints: "All points are half-way. Use `steps`.",
            invent_steps_along_row: "The steps ran along the measurements. Each point has one step"
            " for all its measurements: make a column, steps[:, None].",
            invent_partners: "These are the partners themselves. Go only the share `steps` of the"
            " way to them.",
            invent_without_start: "That is only the way to go. Add it to the origin.",
            invent_next_rank_as_row: "ranks + 1 is not the number of a row: it is a place in the"
            " order of the origin's neighbours. Take order[origins, ranks].",
            invent_away_from_itself: "Two things: the nearest row of each row is itself, so rank 0"
            " is the second place; and the way to z is z - x, added and not taken off.",
        },
        explanation="The nearest others, and one step for all measurements of a point.",
    ),
    "row_weights": Exercise(
        task="Weigh rows so that all classes have the same total and the mean is 1",
        reference=row_weights,
        cases={
            "3 healthy, 1 sick": (np.array([False, True, False, False]),),
            "three classes, text": (np.array(["a", "c", "b", "b", "b", "c", "b"]),),
            "four classes, two of 4 rows": (np.repeat([3, 1, 7, 2], [2, 9, 4, 4]),),
        },
        misconceptions={
            row_weights_unscaled: "The totals of the classes are equal, but the mean weight is not"
            " 1: divide by the mean of all weights.",
            row_weights_total_one: "The weights add up to 1. Their *mean* shall be 1, so that they"
            " add up to the number of rows.",
            row_weights_by_size: "Here the frequent rows weigh more. The rows of a rare class need"
            " the larger weights: divide by the size of the class.",
            row_weights_sizes: "These are the sizes of the classes, so frequent rows weigh more."
            " Divide by the size instead.",
            row_weights_squared: "Divided twice by the size: now the rare classes have the larger"
            " totals. Add up the weights of each class to see it.",
            row_weights_squared_unscaled: "Two things: divide only once by the size of the class,"
            " and make the mean weight 1.",
            row_weights_without_classes: "Each class has the total n now, so all together have too"
            " much. Share n among the classes.",
            row_weights_two_classes: "2 is right for two classes. Count the classes.",
            row_weights_of_classes: "One weight for each class. Return one for each row, in the"
            " order of the rows.",
            row_weights_largest: "The totals are equal, but rows of the largest class weigh 1, so"
            " the mean is above 1. Divide by the mean.",
            row_weights_complement: "1 minus the share does favour the rare, but the totals are not"
            " equal: use a quotient.",
            row_weights_complement_unscaled: "1 minus the share favours the rare, but neither are"
            " the totals equal nor is the mean 1: use a quotient.",
            row_weights_equal: "With equal weights the frequent class has the larger total.",
        },
        explanation="n / (number of classes times size of the class), looked up for each row.",
    ),
    "honest_predictions": Exercise(
        task="Predict every row by a model that learnt from the other folds, balanced",
        reference=honest_predictions,
        cases={
            "60 rows, 5 folds, 3 neighbours": (POINTS, RARE, FOLDS, repeat_in_turn, vote_of(3)),
            "60 rows, mixed, 3 neighbours": (
                *(POINTS[MESSY], RARE[MESSY], FOLDS[::-1]),
                *(repeat_in_turn, vote_of(3)),
            ),
            "60 rows, mixed, 5 neighbours": (
                *(POINTS[MESSY], RARE[MESSY], FOLDS // 2),
                *(repeat_in_turn, vote_of(5)),
            ),
            "60 rows, 8 folds, 3 neighbours": (
                *(POINTS[MESSY], RARE[MESSY], np.arange(60) % 8),
                *(repeat_backwards, vote_of(3)),
            ),
            "60 rows, blended, 3 neighbours": (
                *(POINTS[MESSY], RARE[MESSY], FOLDS[::-1]),
                *(blend_in_turn, vote_of(3)),
            ),
            "60 rows, classes 1 to 3": (POINTS, LEVELS, FOLDS[::-1], blend_in_turn, take_nearest),
        },
        misconceptions={
            honest_predictions_resampled_first: "You balanced before you cut: copies of the test"
            " rows are among the training rows. Call resample inside the loop, with the training"
            " rows only.",
            honest_predictions_folds_continued: "You balanced before you cut, so copies of a row"
            " lie in other folds than the row. Call resample inside the loop, with the training"
            " rows only.",
            honest_predictions_folds_carried: "You balanced before you cut, so rows that are held"
            " out took part, though each row kept its fold. Call resample inside the loop, with"
            " the training rows only.",
            honest_predictions_of_five_folds: "There need not be five folds: the folds after the"
            " fifth were not predicted. Go through np.unique(fold).",
            honest_predictions_without_last_fold: "The last fold was not predicted. Go through"
            " np.unique(fold).",
            honest_predictions_of_all: "Each model has learnt from the rows that it predicts. Train"
            " on the rows of the other folds, fold != part.",
            honest_predictions_not_balanced: "The training rows were not balanced: hand them to"
            " `resample` before `fit`.",
            honest_predictions_from_own_fold: "The model learnt from the very fold that it"
            " predicts. Train on the rows of the *other* folds.",
            honest_predictions_swapped: "You trained on one fold and predicted the others. Swap"
            " the two.",
            honest_predictions_in_order_of_folds: "The predictions are right but stand in the order"
            " of the folds. Put them back at the places of their rows: predicted[test] = ...",
            honest_predictions_first_fold: "Only the first fold was predicted. In a loop, return"
            " stands after the loop.",
            honest_predictions_as_parts: "That is one array for each fold. Return one array with"
            " the predictions at the places of their rows.",
            honest_predictions_as_bool: "Labels need not be True and False: as booleans 1, 2 and 3"
            " are all True. The result has the dtype of y: np.empty_like(y).",
            honest_predictions_accuracy: "That is one number. Return the predictions, one for"
            " each row.",
            honest_predictions_test_balanced: "The test rows were balanced too. They must stay as"
            " they are: one prediction for each row.",
            honest_predictions_resampled_test: "The test rows went through `resample` too, which"
            " may put them into another order. They stay as they are: predict X[test].",
            predictions_of_one_model: "One model predicted everything, and it has learnt from most"
            " of these rows. Each fold needs a model of its own.",
        },
        explanation="Cut first, balance the training part, leave the test part alone.",
        dtype=False,
    ),
    "mix": Exercise(
        task="Mix samples of any shape with their partners, and their labels alike",
        reference=mix,
        cases={
            "3 numbers": (
                *(np.array([4.0, 1.5, 7.0]), np.eye(2)[[0, 1, 0]]),
                *(np.array([0.4, 0.7, 0.8]), np.array([1, 2, 1])),
            ),
            "4 rows of 2, whole numbers": (
                *(np.array([[5, 2], [0, 9], [3, 4], [8, 7]]), np.eye(3, dtype=int)[[0, 2, 1, 0]]),
                *(np.array([0.3, 0.9, 0.0, 0.55]), np.array([1, 3, 1, 2])),
            ),
            "3 pictures of 2 x 3": (
                *(SMALL_PICTURES, np.eye(3)[[0, 2, 1]]),
                *(np.array([0.9, 0.2, 0.6]), np.array([2, 0, 1])),
            ),
            "4 pictures of 4 x 4": (
                *(PICTURES, np.eye(4)[[0, 1, 1, 3]]),
                *(np.array([0.1, 0.75, 0.5, 0.35]), np.array([2, 3, 1, 0])),
            ),
            "5 pictures of 3 x 4 in colour": (
                *(COLOURED, np.eye(3)[[2, 0, 1, 1, 0]]),
                *(np.array([0.95, 0.3, 0.6, 0.15, 0.8]), np.array([3, 2, 4, 1, 0])),
            ),
        },
        misconceptions={
            mix_labels_kept: "The labels were not mixed. A picture that is 30 % of something else"
            " says so in its label: same weights, same partners.",
            mix_labels_of_partner: "The labels are those of the partners. Mix them, by the same"
            " weights as the pictures.",
            mix_labels_rounded: "The labels were rounded to one class. Leave them mixed: 0.7 and"
            " 0.3.",
            mix_labels_half: "The labels are half and half. They take the same weights as the"
            " pictures.",
            mix_labels_turned: "The weights of the labels are turned round: the sample's own label"
            " takes the weight, the partner's label the rest.",
            mix_turned: "The weights are turned round, for pictures and labels: the sample itself"
            " takes weights[i], the partner the rest.",
            mix_all_half: "Everything is half and half. Use `weights`.",
            mix_one_weight: "All samples took the first weight. Each has one of its own.",
            mix_next_row: "The partner of row i is row partners[i], not the next row.",
            mix_labels_of_next_row: "Pictures and labels have different partners. Both take"
            " `partners`.",
            mix_along_columns: "The weights ran along the last axis of the pictures. Each picture"
            " has one weight for all its values: add axes of length 1 with reshape.",
            mix_along_columns_of_both: "The weights ran along the last axis, of pictures and of"
            " labels. Each sample has one weight: add axes of length 1 with reshape.",
            mix_grey_only: "Right for grey pictures. A colour picture has one axis more, so build"
            " the shape from X.ndim: one axis of length 1 for every axis after the first.",
            mix_labels_stretched: "The weights that fit the samples have too many axes for the"
            " labels. Y has two axes: weights[:, None].",
            mix_added: "The partner takes 1 - weight, so that the two weights add up to 1.",
            mix_in_place: "A partner had been mixed already when you used it: take all partners"
            " from the original X and Y, and put the results into new arrays.",
            mix_pictures_in_place: "Some partners had been mixed already when you mixed the"
            " pictures: take all partners from the original X, as you did for the labels.",
            mix_labels_cut_to_whole: "The mixed labels were cut to whole numbers, as Y holds"
            " them. Shares need floats.",
            mix_samples_cut_to_whole: "The mixed samples were cut to whole numbers, as X holds"
            " them. Mixtures need floats.",
            mix_both_cut_to_whole: "The mixtures were cut to whole numbers, as X and Y hold them."
            " Samples and labels need floats.",
            mix_pictures_only: "Return two things: the mixed samples and their mixed labels.",
            mix_partner_by_its_own_weight: "The partner has the rest of *this* sample's weight, 1"
            " - weights[i], not 1 - weights[partners[i]].",
            mix_partner_at_full_weight: "The partner was added at full weight. It has the rest, 1"
            " minus the weight.",
        },
        explanation="One weight for all values of a sample and for its label.",
    ),
    "repair": Exercise(
        task="Repair the probabilities of several classes after training on other shares",
        reference=repair,
        cases={
            "one patient, balanced against 3 %": (
                np.array([[0.6, 0.4]]),
                np.array([0.5, 0.5]),
                np.array([0.97, 0.03]),
            ),
            "3 patients, two classes": (
                np.array([[0.6, 0.4], [0.05, 0.95], [0.9, 0.1]]),
                np.array([0.7, 0.3]),
                np.array([0.9, 0.1]),
            ),
            "6 patients, three classes": (
                GUESSES,
                np.array([0.4, 0.35, 0.25]),
                np.array([0.8, 0.05, 0.15]),
            ),
        },
        misconceptions={
            repair_not_normalised: "The factors are right, but a row no longer adds up to 1. Divide"
            " each row by its sum.",
            repair_wrong_way: "The factor is upside down: a class that was shown too often must"
            " lose, so multiply by real / trained.",
            repair_wrong_way_not_normalised: "Two things: the factor is upside down, take real /"
            " trained, and each row must be divided by its sum.",
            repair_clipped: "Clipping does not make a row add up to 1. Divide each row by its sum.",
            repair_by_largest: "You divided each row by its largest value. Divide by its sum, so"
            " that the row adds up to 1.",
            repair_real_only: "You multiplied by the real shares. The model has already used the"
            " training shares: divide by them.",
            repair_trained_only: "You took out the training shares. Now put in the real ones:"
            " multiply by `real`.",
            repair_by_columns: "You divided by the sums of the columns. It is each *row* that must"
            " add up to 1: axis=1, keepdims=True.",
            repair_by_grand_total: "You divided by the sum of all numbers. Each row must add up to"
            " 1: axis=1, keepdims=True.",
            repair_by_difference: "Shares cannot be subtracted from probabilities: they may fall"
            " below 0. Multiply by a factor, as odds do.",
            repair_each_odds: "Shifting each class against all the others is right for two classes"
            " only; with three the rows do not add up to 1. Multiply by real / trained, then divide"
            " by the sum of the row.",
            repair_each_odds_normalised: "Shifting each class against all the others is right for"
            " two classes only, and dividing by the sum afterwards does not mend it. Multiply the"
            " probabilities by real / trained.",
            repair_odds_as_factors: "You multiplied each class by a quotient of odds. With two"
            " classes the step is then taken twice: use the shares, real / trained.",
            repair_odds_not_normalised: "You multiplied each class by a quotient of odds. Use the"
            " shares, real / trained, and then divide each row by its sum.",
            repair_odds_of_each_class: "Odds were multiplied by a quotient of shares. Multiply the"
            " *probabilities* by real / trained, then divide each row by its sum.",
            repair_logs_normalised: "These are still logarithms. Go back with np.exp before each"
            " row is divided by its sum.",
            repair_not: "Nothing was changed. A class that was shown more often than it is real"
            " must lose.",
            repair_to_the_shares: "These are the real shares, the same for each patient. What the"
            " model saw in the patient must stay in.",
        },
        explanation="Take out the training shares, put in the real ones, make rows add up to 1.",
    ),
}
