"""Other right and wrong answers to the exercises of lesson A1."""

import numpy as np

from helpers.exercises import lesson_a1 as lesson


def traffic_by_loop(shape, dtype, steps):
    total = np.empty(1, dtype=dtype).nbytes
    for length in shape:
        total *= length
    return total * steps * 3


def traffic_by_making(shape, dtype, steps):
    return np.zeros(shape, dtype=dtype).nbytes * 3 * steps


def traffic_float(shape, dtype, steps):
    return 3.0 * steps * np.prod(shape) * np.dtype(dtype).itemsize


def job_by_loop(shares, factors):
    left = 1.0
    for share, factor in zip(shares, factors, strict=True):
        left -= share - share / factor
    return 1 / left


def job_by_rest(shares, factors):
    return 1 / ((1 - np.sum(shares)) + np.dot(shares, 1 / factors))


def five_by_sort(a, b, c, d, e):
    return np.sort(np.stack([a, b, c, d, e]), axis=0)[2]


def five_by_median(a, b, c, d, e):
    return np.median([a, b, c, d, e], axis=0)


def five_from_other_pairs(a, b, c, d, e):
    return lesson.middle_of_five(e, c, a, b, d)


def close_by_pairs(a, b, reach):
    return np.count_nonzero(np.abs(a[:, None] - b) <= reach)


def close_by_loop(a, b, reach):
    return sum(abs(int(x) - int(y)) <= reach for x in a for y in b)


def close_from_the_other_side(a, b, reach):
    return lesson.count_close(b, a, reach)


def close_by_half_steps(a, b, reach):
    b = np.sort(b)
    return np.sum(np.searchsorted(b, a + reach + 0.5) - np.searchsorted(b, a - reach - 0.5))


def close_by_strict_loop(a, b, reach):
    return sum(abs(int(x) - int(y)) < reach for x in a for y in b)


def close_by_swapped_sides(a, b, reach):
    b = np.sort(b)
    last, first = np.searchsorted(b, a + reach, "left"), np.searchsorted(b, a - reach, "right")
    return np.sum(last - first)


ACCEPTED = {
    "traffic": (traffic_by_loop, traffic_by_making, traffic_float),
    "whole_job": (job_by_loop, job_by_rest),
    "middle_of_five": (five_by_sort, five_by_median, five_from_other_pairs),
    "count_close": (
        close_by_pairs,
        close_by_loop,
        close_from_the_other_side,
        close_by_half_steps,
    ),
}

VARIANTS = {
    "traffic": {
        (lambda shape, dtype, steps: np.zeros(shape, dtype).nbytes * steps): (
            lesson.traffic_of_the_result
        ),
        (lambda shape, dtype, steps: np.zeros(shape, dtype).size * steps * 3): (
            lesson.traffic_in_values
        ),
        (lambda shape, dtype, steps: np.zeros(shape, dtype).nbytes * 3): (
            lesson.traffic_of_one_step
        ),
    },
    "whole_job": {
        (
            lambda shares, factors: (
                sum(f * s for s, f in zip(shares, factors, strict=True)) + 1 - sum(shares)
            )
        ): lesson.job_mean_of_factors,
        (lambda shares, factors: 1 / np.dot(shares, 1 / factors)): lesson.job_without_rest,
        (lambda shares, factors: 1 - np.sum(shares) + np.sum(shares / factors)): (
            lesson.job_time_left
        ),
    },
    "middle_of_five": {
        (lambda a, b, c, d, e: np.mean([a, b, c, d, e], axis=0)): lesson.five_mean,
        (lambda a, b, c, d, e: np.median([a, b, c, d, e], axis=-1)): lesson.five_along_the_row,
    },
    "count_close": {
        close_by_strict_loop: lesson.close_strictly,
        close_by_swapped_sides: lesson.close_sides_swapped,
        (lambda a, b, reach: int((np.abs(a[:, None] - b) <= reach).any(axis=1).sum())): (
            lesson.close_any
        ),
        (lambda a, b, reach: (np.abs(a[:, None] - b) <= reach).mean()): lesson.close_share,
    },
    "worth": {
        1: lesson.no_word_of_letters,
        "d": lesson.no_word_of_letters,
        "AD": lesson.job_a,
        "BD": lesson.job_b,
        "CD": lesson.job_c,
        "A": lesson.job_d,
    },
}
