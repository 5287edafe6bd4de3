"""Other right and wrong answers to the exercises of lesson 01."""

import numpy as np

from helpers.exercises import lesson_01 as lesson
from helpers.exercises._families import anything


def mark_by_loop(image, row, column):
    marked = np.array(image)
    for channel, value in enumerate((255, 0, 0)):
        marked[row][column][channel] = value
    return marked


def mark_swapped_by_tuple(image, row, column):
    marked = np.array(image)
    marked[(column, row)] = [255, 0, 0]
    return marked


def mark_through_a_second_name(image, row, column):
    marked = image
    marked[row, column, :] = 255, 0, 0
    return marked


def brighten_by_minimum(image, amount):
    return np.minimum(np.maximum(np.int16(image) + amount, 0), 255).astype(image.dtype)


def brighten_by_plus(image, amount):
    return image + np.array(amount).astype(np.uint8)


def brighten_clips_too_late(image, amount):
    return np.clip(lesson.brighten_wraps(image, amount), 0, 255)


def brighten_float_without_clip(image, amount):
    return image.astype(np.float32) + amount


def dark_by_maximum(image, level):
    return image.max(axis=2) < level


def dark_by_three_masks(image, level):
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    return (red < level) & (green < level) & (blue < level)


def dark_per_channel_by_where(image, level):
    return np.where(image < level, 1, 0)


def dark_by_minimum(image, level):
    return image.min(axis=-1) < level


def dark_in_red_and_green(image, level):
    return (image[..., :2] < level).all(axis=2)


def quantise_by_step(image, bits):
    step = 255 / (2**bits - 1)
    return (np.round(image / step) * step).round().astype(np.uint8)


def quantise_cut_at_the_end(image, bits):
    steps = 2**bits - 1
    return (np.rint(image / 255 * steps) * 255 / steps).astype(np.uint8)


def quantise_by_shift(image, bits):
    return (image >> (8 - bits)) << (8 - bits)


def quantise_to_the_middle_of_slices(image, bits):
    step = 256 // 2**bits
    return image // step * step + step // 2


def quantise_by_digitize(image, bits):
    edges = np.linspace(0, 256, 2**bits + 1)[1:-1]
    return np.linspace(0, 255, 2**bits)[np.digitize(image, edges)].astype(np.uint8)


def quantise_by_leading_bits(image, bits):
    return ((image >> (8 - bits)) * (255 / (2**bits - 1))).round()


ACCEPTED = {
    "mark": (mark_by_loop,),
    "brighten": (brighten_by_minimum,),
    "dark_pixels": (dark_by_maximum, dark_by_three_masks),
    "quantise": (quantise_by_step, quantise_cut_at_the_end),
}

VARIANTS = {
    "values": {256: anything},
    "wrap": {"an error": lesson.an_error, 56: anything},
    "mark": {
        mark_swapped_by_tuple: lesson.mark_swapped,
        mark_through_a_second_name: lesson.mark_in_place,
    },
    "brighten": {
        brighten_by_plus: lesson.brighten_wraps,
        brighten_clips_too_late: lesson.brighten_wraps,
        brighten_float_without_clip: lesson.brighten_without_clip,
    },
    "dark_pixels": {
        dark_per_channel_by_where: lesson.dark_per_channel,
        dark_by_minimum: lesson.dark_any,
        dark_in_red_and_green: lesson.dark_by_three_arguments,
    },
    "quantise": {
        quantise_by_shift: lesson.quantise_by_floor,
        quantise_to_the_middle_of_slices: lesson.quantise_to_the_middle_of_bins,
        quantise_by_digitize: lesson.quantise_by_equal_bins,
        quantise_by_leading_bits: lesson.quantise_by_equal_bins,
        (
            lambda image, bits: (image / 255 * (2**bits - 1)).round()
        ): lesson.quantise_number_of_levels,
    },
}
