"""Other right and wrong answers to the exercises of lesson 05."""

import contextlib
import math

import numpy as np

from helpers.exercises import lesson_05 as lesson


def variants_by_range(shape, crop, step, mirrored):
    tops, lefts = (range(0, side - cut + 1, step) for side, cut in zip(shape, crop, strict=True))
    return len(tops) * len(lefts) * (1 + bool(mirrored))


def variants_by_loop(shape, crop, step, mirrored):
    number = 0
    for top in range(shape[0]):
        for left in range(shape[1]):
            inside = top + crop[0] <= shape[0] and left + crop[1] <= shape[1]
            if inside and top % step == 0 and left % step == 0:
                number += 2 if mirrored else 1
    return number


def variants_without_one_by_range(shape, crop, step, mirrored):
    tops = np.arange(0, shape[0] - crop[0], step)
    return len(tops) * len(range(0, shape[1] - crop[1], step)) * (1 + mirrored)


def variants_shape_exchanged(shape, crop, step, mirrored):
    tops, lefts = ((s - c) // step + 1 for s, c in zip(shape[::-1], crop, strict=True))
    return tops * lefts * (2 if mirrored else 1)


def flip_boxes_by_copy(boxes, width):
    flipped = boxes.copy()
    flipped[:, 1], flipped[:, 3] = width - boxes[:, 3], width - boxes[:, 1]
    return flipped


def flip_boxes_by_loop(boxes, width):
    return [[top, width - right, bottom, width - left] for top, left, bottom, right in boxes]


def flip_boxes_columns_first(boxes, width):
    flipped = boxes.copy()
    flipped[:, [0, 2]] = width - boxes[:, [2, 0]]
    return flipped


def flip_boxes_moved_only(boxes, width):
    return boxes - [0, 1, 0, 1] * (boxes[:, 1:2] + boxes[:, 3:4] - width)


def flip_boxes_left_edge_only(boxes, width):
    flipped = boxes.copy()
    flipped[:, 1] = width - boxes[:, 3]
    return flipped


def move_by_loop(image, down, right, fill):
    result = image.copy()
    for row, column in np.ndindex(image.shape[:2]):
        above, before = row - down, column - right
        inside = 0 <= above < image.shape[0] and 0 <= before < image.shape[1]
        result[row, column] = image[above, before] if inside else fill
    return result


def move_by_roll(image, down, right, fill):
    result = np.roll(image, (down, right), axis=(0, 1))
    rows, columns = np.indices(image.shape[:2])
    above, before = rows - down, columns - right
    inside = (above >= 0) & (above < len(image)) & (before >= 0) & (before < image.shape[1])
    result[~inside] = fill
    return result


def move_wraps_one_axis_at_a_time(image, down, right, fill):
    return np.roll(np.roll(image, down, axis=0), right, axis=1)


def split_sources_by_set(names, order, share):
    taken, remaining = set(), list(order)
    while sum(lesson.photograph(name) in taken for name in names) < share * len(names):
        taken.add(remaining.pop(0))
    return [lesson.photograph(name) in taken for name in names]


def split_sources_by_cumulative_count(names, order, share):
    sources = [name[:-7] for name in names]
    counts = np.cumsum([sources.count(source) for source in order])
    number = int(np.argmax(counts >= share * len(names))) + 1
    return np.isin(sources, order[:number])


def move_written_until_it_fails(image, down, right, fill):
    result = np.full_like(image, fill)
    for row, column in np.ndindex(image.shape[:2]):
        with contextlib.suppress(IndexError):
            result[row + down, column + right] = image[row, column]
    return result


def split_by_photographs_rounded(names, order, share):
    return lesson.taking(names, order[: max(1, round(share * len(order)))])


def gain_by_nan_functions(changed, plain):
    difference = changed - plain
    number = np.sum(~np.isnan(difference))
    return np.nanmean(difference), np.nanstd(difference, ddof=1) / number**0.5


def gain_by_loop(changed, plain):
    differences = []
    for one, other in zip(changed, plain, strict=True):
        if not (math.isnan(one) or math.isnan(other)):
            differences.append(one - other)
    mean = sum(differences) / len(differences)
    variance = sum((d - mean) ** 2 for d in differences) / (len(differences) - 1)
    return [mean, math.sqrt(variance / len(differences))]


def gain_by_paired_variance(changed, plain):
    changed, plain = lesson.complete(changed, plain)
    both = np.cov(changed, plain)
    error = np.sqrt((both[0, 0] + both[1, 1] - 2 * both[0, 1]) / changed.size)
    return np.array([changed.mean() - plain.mean(), error])


ACCEPTED = {
    "variants": (variants_by_range, variants_by_loop),
    "flip_boxes": (flip_boxes_by_copy, flip_boxes_by_loop, flip_boxes_moved_only),
    "move": (move_by_loop, move_by_roll),
    "split_sources": (split_sources_by_set, split_sources_by_cumulative_count),
    "gain_error": (gain_by_loop, gain_by_paired_variance, gain_by_nan_functions),
}

VARIANTS = {
    "variants": {
        variants_without_one_by_range: lesson.variants_without_one,
        variants_shape_exchanged: lesson.variants_crop_exchanged,
        (lambda shape, crop, step, mirrored: lesson.variants(shape, crop, step, 0)): (
            lesson.variants_unmirrored
        ),
    },
    "flip_boxes": {
        flip_boxes_columns_first: lesson.flip_boxes_vertical,
        flip_boxes_left_edge_only: lesson.flip_boxes_overwritten,
        (lambda boxes, width: [[t, width - x, b, width - r] for t, x, b, r in boxes]): (
            lesson.flip_boxes_unordered
        ),
        (lambda boxes, width: boxes): lesson.flip_boxes_not,
    },
    "move": {
        move_wraps_one_axis_at_a_time: lesson.move_wraps,
        move_written_until_it_fails: lesson.move_written_from_the_end,
        (
            lambda image, down, right, fill: lesson.move(image, -down, -right, fill)
        ): lesson.move_backwards,
        (lambda image, down, right, fill: lesson.move(image, down, right, image.min() * 0)): (
            lesson.move_black
        ),
    },
    "split_sources": {
        split_by_photographs_rounded: lesson.split_by_photographs,
        (lambda names, order, share: np.arange(len(names)) < share * len(names)): (
            lesson.split_by_files
        ),
        (lambda names, order, share: [not x for x in lesson.split_sources(names, order, share)]): (
            lesson.split_training
        ),
    },
    "gain_error": {
        (lambda changed, plain: lesson.gain(plain, changed)): lesson.gain_reversed,
        (lambda changed, plain: ((d := changed - plain).mean(), np.std(d) / d.size**0.5)): (
            lesson.gain_with_nan_ddof_0
        ),
        (lambda changed, plain: lesson.gain_sd(*lesson.complete(changed, plain))): lesson.gain_sd,
    },
}

ASKED = {"variants": lambda shape, crop, step, mirrored: all(np.less_equal(crop, shape))}
