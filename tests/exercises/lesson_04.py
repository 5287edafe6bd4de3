"""Other right and wrong answers to the exercises of lesson 04."""

import numpy as np

from helpers import filters
from helpers.exercises import lesson_04 as lesson


def trimmed_by_loop(image, cut):
    rows, columns = image.shape
    trimmed = []
    for r in range(rows):
        line = []
        for c in range(columns):
            around = [
                int(image[min(max(r + i, 0), rows - 1), min(max(c + j, 0), columns - 1)])
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
            ]
            line.append(sum(sorted(around)[cut : 9 - cut]) / (9 - 2 * cut))
        trimmed.append(line)
    return trimmed


def trimmed_by_masked_sum(image, cut):
    window = lesson.by_rank(image).astype(float)
    return sum(window[..., rank] for rank in range(cut, 9 - cut)) / (9 - 2 * cut)


def despike_by_range(image, margin):
    return lesson.clip_spikes(image, margin, lesson.lowest(image), lesson.highest(image))


def despike_by_loop(image, margin):
    clean = image.copy()
    for (row, column), value in np.ndenumerate(image):
        top, left = max(row - 1, 0), max(column - 1, 0)
        window = image[top : row + 2, left : column + 2]
        around = np.delete(window, (row - top) * window.shape[1] + column - left)
        if value > int(around.max()) + margin:
            clean[row, column] = around.max()
        elif value < int(around.min()) - margin:
            clean[row, column] = around.min()
    return clean


def despike_by_mirror(image, margin):
    around = lesson.ring(image, mode="reflect")
    return lesson.clip_spikes(image, margin, around.min(axis=0), around.max(axis=0))


def despike_repeated_edge(image, margin):
    return lesson.clip_spikes(
        image, margin, lesson.ring(image).min(axis=0), lesson.ring(image).max(axis=0)
    )


def mask_by_slice(shape, reach):
    mask = np.zeros(shape, dtype=bool)
    row, column = shape[0] // 2, shape[1] // 2
    mask[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1] = True
    return mask


def mask_by_speed(shape, reach):
    speeds = [np.rint(np.fft.fftfreq(length) * length) for length in shape]
    return np.fft.fftshift(np.abs(speeds[0][:, None]) <= reach) & np.fft.fftshift(
        np.abs(speeds[1]) <= reach
    )


def mask_even_by_comparison(shape, reach):
    down, across = (np.arange(length) - length // 2 for length in shape)
    inside = (down >= -reach) & (down < reach)
    return inside[:, None] & (across >= -reach) & (across < reach)


ACCEPTED = {
    "trimmed_mean": (trimmed_by_loop, trimmed_by_masked_sum),
    "despike": (despike_by_range, despike_by_loop, despike_by_mirror),
    "low_pass_mask": (mask_by_slice, mask_by_speed),
}

VARIANTS = {
    "trimmed_mean": {
        (lambda image, cut: lesson.trimmed_mean(image, cut).round()): lesson.trimmed_to_uint8,
        (lambda image, cut: np.mean(lesson.by_rank(image)[..., cut : 9 - cut - 1], axis=2)): (
            lesson.trimmed_one_too_many
        ),
    },
    "despike": {
        (lambda image, margin: image.copy()): lesson.despike_with_centre,
        despike_repeated_edge: lesson.despike_inside_only,
        (lambda image, margin: filters.conservative(image)): lesson.despike_without_margin,
        (lambda image, margin: filters.median(image)): lesson.despike_median,
    },
    "low_pass_mask": {
        mask_even_by_comparison: lesson.mask_even,
        (lambda shape, reach: np.fft.fftshift(lesson.mask_in_corners(shape, reach)) == 0): (
            lesson.mask_high_pass
        ),
    },
    "which": {
        ("median", "median", "median"): lesson.not_four_names,
        ("median", "blur", "zero the dots", "conservative"): lesson.other_names,
        ("conservative", "non-local means", "zero the dots", "conservative"): lesson.picture_a,
        ("median", "median", "zero the dots", "conservative"): lesson.picture_b,
        ("median", "non-local means", "median", "conservative"): lesson.picture_c,
        ("median", "non-local means", "zero the dots", "median"): lesson.picture_d,
    },
}

ASKED = {"despike": lambda image, margin: min(image.shape) > 1}  # eight neighbours or fewer
