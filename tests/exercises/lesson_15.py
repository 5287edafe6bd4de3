"""Other right and wrong answers to the exercises of lesson 15."""

import numpy as np
from scipy import linalg

from helpers import compression
from helpers.exercises import lesson_15 as lesson


def parts_by_loop(picture, first, last):
    columns, sizes, rows = np.linalg.svd(picture)
    total = np.zeros(picture.shape)
    for i in range(first - 1, last):
        total += sizes[i] * np.outer(columns[:, i], rows[i])
    return total


def parts_by_difference(picture, first, last):
    def up_to(k):
        columns, sizes, rows = linalg.svd(picture.astype(float), full_matrices=False)
        return columns[:, :k] @ np.diag(sizes[:k]) @ rows[:k]

    return up_to(last) - up_to(first - 1)


def parts_by_loop_without_the_last(picture, first, last):
    columns, sizes, rows = np.linalg.svd(picture)
    chosen = range(first - 1, last - 1)
    return sum((sizes[i] * np.outer(columns[:, i], rows[i]) for i in chosen), 0 * picture)


def parts_by_outer_of_columns(picture, first, last):
    columns, sizes, rows = np.linalg.svd(picture, full_matrices=False)
    chosen = range(first - 1, last)
    return sum(sizes[i] * np.outer(columns[:, i], rows[:, i]) for i in chosen)


def needed_by_loop(d, share):
    total = 0.0
    for count, value in enumerate(d, start=1):
        total += value**2
        if total >= share * sum(d**2):
            return count
    return len(d)


def needed_by_search(d, share):
    return np.searchsorted(np.cumsum(np.square(d)), share * np.sum(np.square(d))) + 1


def needed_by_loop_more_than(d, share):
    for count in range(1, len(d) + 1):
        if np.sum(d[:count] ** 2) > share * np.sum(d**2):
            return count
    return len(d)


def needed_by_plain_sums(d, share):
    return 1 + sum(1 for k in range(1, len(d)) if d[:k].sum() < share * d.sum())


def largest_by_trying(rows, columns, limit, bytes_each):
    k = 0
    while k < min(rows - 1, columns):
        if bytes_each * ((k + 1) * (rows + columns) + columns) > limit:
            break
        k += 1
    return k


def largest_by_stored_bytes(rows, columns, limit, bytes_each):
    stored = compression.stored_bytes
    sizes = [
        stored(rows, columns, k, bytes_each=bytes_each, centred=True)
        for k in range(min(rows - 1, columns) + 1)
    ]
    return max([k for k, size in enumerate(sizes) if size <= limit], default=0)


def largest_without_the_mean(rows, columns, limit, bytes_each):
    k = limit // (bytes_each * (rows + columns))
    return min(k, rows - 1, columns)


def largest_with_a_float(rows, columns, limit, bytes_each):
    k = (limit / bytes_each - columns) / (rows + columns)
    return max(0.0, min(k, rows - 1, columns))


def unseen_by_loop(train, unseen, k):
    mean = train.mean(axis=0)
    basis = np.linalg.svd(train - mean)[2][:k]
    errors = []
    for picture in unseen:
        built = mean.copy()
        for direction in basis:
            built += ((picture - mean) @ direction) * direction
        errors.append(np.sqrt(np.mean((picture - built) ** 2)))
    return errors


def unseen_by_covariance(train, unseen, k):
    mean = train.mean(axis=0)
    basis = np.linalg.eigh(np.cov(train.T))[1][:, -k:]
    rest = (unseen - mean) @ (np.eye(train.shape[1]) - basis @ basis.T)
    return np.linalg.norm(rest, axis=1) / train.shape[1] ** 0.5


def unseen_by_its_own_mean_by_loop(train, unseen, k):
    basis = np.linalg.svd(train - train.mean(axis=0))[2][:k]
    rest = unseen - unseen.mean(axis=0)
    return [np.sqrt(np.mean((row - row @ basis.T @ basis) ** 2)) for row in rest]


def unseen_after_stacking(train, unseen, k):
    rows = np.concatenate([train, unseen])
    basis = np.linalg.svd(rows - rows.mean(axis=0))[2][:k]
    rest = unseen - rows.mean(axis=0)
    return np.sqrt(np.mean((rest - rest @ basis.T @ basis) ** 2, axis=1))


def gram_by_loop(rows, k):
    centred = rows - np.mean(rows, axis=0)
    values, vectors = linalg.eigh(centred @ centred.T)
    found = []
    for i in np.argsort(values)[::-1][:k]:
        direction = np.dot(vectors[:, i], centred)
        direction = direction / np.sqrt(np.sum(direction**2))
        at = np.argmax(np.abs(direction))
        found.append(direction if direction[at] > 0 else -direction)
    return np.array(found)


def gram_over_roots(rows, k):
    centred = rows - rows.mean(axis=0)
    values, vectors = np.linalg.eigh(np.inner(centred, centred))
    found = (centred.T @ vectors[:, -k:] / np.sqrt(values[-k:])).T[::-1]
    signs = [1 if row.max() >= -row.min() else -1 for row in found]
    return found * np.array(signs)[:, None]


def gram_of_raw_rows(rows, k):
    values, vectors = np.linalg.eigh(rows @ rows.T)
    found = rows.T @ vectors[:, np.argsort(values)[::-1][:k]] / np.sqrt(np.sort(values)[::-1][:k])
    return lesson.signed(found.T)


def gram_in_the_order_of_eigh(rows, k):
    centred = rows - rows.mean(axis=0)
    found = np.linalg.eigh(centred @ centred.T)[1][:, -k:].T @ centred
    return lesson.signed(found / np.linalg.norm(found, axis=1)[:, None])


def decibels_by_loop(d, pixels):
    reached = []
    for k in range(1, len(d)):
        mean_square = sum(value**2 for value in d[k:]) / pixels
        reached.append(20 * np.log10(255 / np.sqrt(mean_square)))
    return reached


def decibels_by_difference(d, pixels):
    squares = np.square(d)
    errors = squares.sum() - np.cumsum(squares)
    return 10 * np.log10(255**2 * pixels / errors[:-1])


def decibels_by_loop_of_kept(d, pixels):
    kept = [np.sum(d[:k] ** 2) for k in range(1, len(d))]
    return [10 * np.log10(255**2 / (error / pixels)) for error in kept]


def decibels_by_loop_from_0(d, pixels):
    return [10 * np.log10(255**2 * pixels / np.sum(d[k:] ** 2)) for k in range(len(d))]


ACCEPTED = {
    "parts": (parts_by_loop, parts_by_difference),
    "components_needed": (needed_by_loop, needed_by_search),
    "largest_k": (largest_by_trying, largest_by_stored_bytes),
    "unseen_errors": (unseen_by_loop, unseen_by_covariance),
    "gram_components": (gram_by_loop, gram_over_roots),
    "decibels": (decibels_by_loop, decibels_by_difference),
}

VARIANTS = {
    "parts": {
        parts_by_loop_without_the_last: lesson.parts_without_the_last,
        parts_by_outer_of_columns: lesson.parts_columns_of_the_rows,
    },
    "components_needed": {
        needed_by_loop_more_than: lesson.needed_more_than,
        needed_by_plain_sums: lesson.needed_not_squared,
    },
    "largest_k": {
        largest_without_the_mean: lesson.largest_without_mean,
        largest_with_a_float: lesson.largest_not_whole,
    },
    "unseen_errors": {
        unseen_by_its_own_mean_by_loop: lesson.unseen_own_mean,
        unseen_after_stacking: lesson.unseen_in_the_fit,
    },
    "gram_components": {
        gram_of_raw_rows: lesson.gram_not_centred,
        gram_in_the_order_of_eigh: lesson.gram_last_k_ascending,
    },
    "decibels": {
        decibels_by_loop_of_kept: lesson.decibels_of_kept,
        decibels_by_loop_from_0: lesson.decibels_from_rank_0,
    },
}
