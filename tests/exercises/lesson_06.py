"""Other right and wrong answers to the exercises of lesson 06."""

import numpy as np
from scipy import special

from helpers import imbalance
from helpers.exercises import lesson_06 as lesson


def constant_scores_by_loop(labels):
    labels = list(labels)
    common = max(set(labels), key=labels.count)
    right = [float(name == common) for name in set(labels)]
    return [labels.count(common) / len(labels), sum(right) / len(right)]


def invent_by_loop(rare, origins, ranks, steps):
    points = []
    for origin, rank, step in zip(origins, ranks, steps, strict=True):
        order = np.argsort(np.linalg.norm(rare - rare[origin], axis=1))
        points.append((1 - step) * rare[origin] + step * rare[order[rank + 1]])
    return points


def invent_by_squares(rare, origins, ranks, steps):
    squares = ((rare[:, None] - rare) ** 2).sum(axis=-1)
    np.fill_diagonal(squares, np.inf)
    partners = squares.argsort(axis=1)[origins, ranks]
    return rare[origins] * (1 - lesson.column(steps)) + rare[partners] * lesson.column(steps)


def invent_from_itself_by_loop(rare, origins, ranks, steps):
    points = []
    for origin, rank, step in zip(origins, ranks, steps, strict=True):
        order = np.argsort(((rare - rare[origin]) ** 2).sum(axis=1))
        points.append(rare[origin] + step * (rare[order[rank]] - rare[origin]))
    return np.array(points)


def invent_turned_by_loop(rare, origins, ranks, steps):
    points = []
    for origin, rank, step in zip(origins, ranks, steps, strict=True):
        z = rare[np.argsort(np.linalg.norm(rare - rare[origin], axis=1))[rank + 1]]
        points.append(z + step * (rare[origin] - z))
    return np.array(points)


def invent_ranks_first_by_loop(rare, origins, ranks, steps):
    near = lesson.distances(rare).argsort(axis=1)[:, 1:]
    points = []
    for origin, rank, step in zip(origins, ranks, steps, strict=True):
        points.append(rare[origin] + step * (rare[near[rank, origin]] - rare[origin]))
    return np.array(points)


def row_weights_by_helper(labels):
    table = imbalance.class_weights(labels)
    return [table[label] for label in labels]


def row_weights_by_rescaling(labels):
    weights = lesson.row_weights_unscaled(labels)
    return weights / weights.mean()


def row_weights_by_size_by_loop(labels):
    labels = list(labels)
    weights = np.array([float(labels.count(label)) for label in labels])
    return weights * len(labels) / weights.sum()


def honest_predictions_row_by_row(X, y, fold, resample, fit):
    answers = []
    for row, part in zip(X, fold, strict=True):
        others = np.flatnonzero(fold != part)
        X_more, y_more = resample(X[others], y[others])
        answers.append(fit(X_more, y_more)(row[None])[0])
    return answers


def honest_predictions_resampled_first_by_delete(X, y, fold, resample, fit):
    X_more, y_more = resample(X, y)
    predicted = y.copy()
    for part in set(fold.tolist()):
        places = np.flatnonzero(fold == part)
        learnt = fit(np.delete(X_more, places, axis=0), np.delete(y_more, places))
        predicted[places] = learnt(X[places])
    return predicted


def honest_predictions_of_all_by_fold(X, y, fold, resample, fit):
    predicted = np.empty_like(y)
    for part in np.unique(fold):
        predicted[fold == part] = fit(*resample(X, y))(X[fold == part])
    return predicted


def mix_by_loop(X, Y, weights, partners):
    rows = list(zip(weights, partners, strict=True))
    mixed = [w * X[i] + (1 - w) * X[j] for i, (w, j) in enumerate(rows)]
    soft = [w * Y[i] + (1 - w) * Y[j] for i, (w, j) in enumerate(rows)]
    return np.stack(mixed), np.stack(soft)


def mix_by_einsum(X, Y, weights, partners):
    first = [np.einsum("i,i...->i...", weights, part) for part in (X, Y)]
    second = [np.einsum("i,i...->i...", 1 - weights, part[partners]) for part in (X, Y)]
    return first[0] + second[0], first[1] + second[1]


def mix_labels_kept_as_floats(X, Y, weights, partners):
    return lesson.blend(X, weights, partners), Y.astype(float)


def mix_in_place_of_the_arguments(X, Y, weights, partners):
    for i in range(len(X)):
        X[i] = weights[i] * X[i] + (1 - weights[i]) * X[partners[i]]
        Y[i] = weights[i] * Y[i] + (1 - weights[i]) * Y[partners[i]]
    return X, Y


def repair_by_logs(probabilities, trained, real):
    return special.softmax(np.log(probabilities) + np.log(real) - np.log(trained), axis=1)


def repair_by_loop(probabilities, trained, real):
    rows = []
    for row in probabilities:
        scaled = [p * after / before for p, before, after in zip(row, trained, real, strict=True)]
        rows.append([value / sum(scaled) for value in scaled])
    return rows


def repair_not_normalised_by_logs(probabilities, trained, real):
    return np.exp(np.log(probabilities) + np.log(real / trained))


def repair_wrong_way_by_logs(probabilities, trained, real):
    return special.softmax(np.log(probabilities) + np.log(trained) - np.log(real), axis=1)


def repair_odds_as_factors_by_logs(probabilities, trained, real):
    step = special.logit(real) - special.logit(trained)
    return special.softmax(np.log(probabilities) + step, axis=1)


ACCEPTED = {
    "constant_scores": (constant_scores_by_loop,),
    "invent": (invent_by_loop, invent_by_squares),
    "row_weights": (row_weights_by_helper, row_weights_by_rescaling),
    "honest_predictions": (honest_predictions_row_by_row,),
    "mix": (mix_by_loop, mix_by_einsum),
    "repair": (repair_by_logs, repair_by_loop),
}

VARIANTS = {
    "constant_scores": {
        (lambda labels: [0.5, 0.5]): lesson.constant_scores_half,
        (
            lambda labels: (lesson.constant_scores(labels)[0],) * 2
        ): lesson.constant_scores_mean_share,
    },
    "invent": {
        invent_from_itself_by_loop: lesson.invent_from_itself,
        invent_turned_by_loop: lesson.invent_turned,
        invent_ranks_first_by_loop: lesson.invent_ranks_first,
    },
    "row_weights": {
        row_weights_by_size_by_loop: lesson.row_weights_by_size,
        (lambda labels: [1.0 for _ in labels]): lesson.row_weights_equal,
    },
    "honest_predictions": {
        honest_predictions_resampled_first_by_delete: lesson.honest_predictions_resampled_first,
        honest_predictions_of_all_by_fold: lesson.honest_predictions_of_all,
    },
    "mix": {
        mix_labels_kept_as_floats: lesson.mix_labels_kept,
        mix_in_place_of_the_arguments: lesson.mix_in_place,
        (lambda X, Y, weights, partners: [lesson.mix(X, Y, weights, partners)[0], Y[partners]]): (
            lesson.mix_labels_of_partner
        ),
    },
    "repair": {
        repair_not_normalised_by_logs: lesson.repair_not_normalised,
        repair_wrong_way_by_logs: lesson.repair_wrong_way,
        repair_odds_as_factors_by_logs: lesson.repair_odds_as_factors,
    },
}
