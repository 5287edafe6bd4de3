"""Other right and wrong answers to the exercises of lesson 02."""

import numpy as np

from helpers.exercises import lesson_02 as lesson


def turn_hue_in_degrees(hue, degrees):
    return ((2 * hue.astype(float) + degrees) % 360 / 2).astype(np.uint8)


def turn_in_uint8(hue, degrees):
    return hue + np.array(degrees // 2).astype(np.uint8)


def turn_clips_by_minimum(hue, degrees):
    return np.uint8(np.maximum(np.minimum(hue.astype(int) + degrees // 2, 179), 0))


def disc_by_distance(shape):
    rows, columns = np.indices(shape[:2])
    from_centre = np.hypot(rows - rows.max() / 2, columns - columns.max() / 2)
    return from_centre <= min(shape[:2]) / 2


def disc_by_loop(shape):
    rows, columns = shape[:2]
    mask = np.zeros((rows, columns), dtype=bool)
    for row in range(rows):
        for column in range(columns):
            square = (row + 0.5 - rows / 2) ** 2 + (column + 0.5 - columns / 2) ** 2
            mask[row, column] = square <= (min(rows, columns) / 2) ** 2
    return mask


def disc_off_centre_by_floor(shape):
    rows, columns = shape[:2]
    down, right = np.ogrid[:rows, :columns]
    return np.hypot(down - rows // 2, right - columns // 2) <= min(rows, columns) / 2


def mean_hue_by_arrows(hue):
    arrows = np.exp(1j * np.pi * np.asarray(hue, dtype=float) / 90)
    return np.angle(arrows.sum(), deg=True) % 360


def mean_hue_in_short_floats(hue):
    angles = 2 * np.radians(hue)  # uint8 gives float16: coarse, but right
    return np.rad2deg(np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360


def hue_arithmetic_by_sum(hue):
    return sum(2 * int(value) for value in hue.flat) / hue.size % 360


def hue_swapped_arrows(hue):
    angles = np.radians(2.0 * hue)
    return np.angle((np.sin(angles) + 1j * np.cos(angles)).sum(), deg=True) % 360


def hue_by_quotient_of_sums(hue):
    angles = np.pi * hue.ravel().astype(float) / 90
    return np.rad2deg(np.arctan(np.sum(np.sin(angles)) / np.sum(np.cos(angles))))


def light_grey_by_channel(image):
    red, green, blue = lesson.decode(np.moveaxis(image / 255, -1, 0))
    return lesson.encode(0.2125 * red + 0.7154 * green + 0.0721 * blue)


def grey_luma_round_trip(image):
    return lesson.encode(lesson.decode(lesson.grey_luma(image)))


def grey_levels_by_channel(image):
    red, green, blue = lesson.decode(np.moveaxis(image / 255, -1, 0))
    return 255.0 * lesson.encode(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def grey_mean_by_sum(image):
    return image.sum(axis=2) / 3 / 255


ACCEPTED = {
    "turn_hue": (turn_hue_in_degrees,),
    "disc": (disc_by_distance, disc_by_loop),
    "mean_hue": (mean_hue_by_arrows, mean_hue_in_short_floats),
    "light_grey": (light_grey_by_channel,),
}

VARIANTS = {
    "turn_hue": {turn_in_uint8: lesson.turn_wraps_at_256, turn_clips_by_minimum: lesson.turn_clips},
    "disc": {
        disc_off_centre_by_floor: lesson.disc_middle_by_floor,
        (lambda shape: np.logical_not(disc_by_loop(shape))): lesson.disc_outside,
    },
    "mean_hue": {
        hue_arithmetic_by_sum: lesson.hue_arithmetic,
        hue_swapped_arrows: lesson.hue_swapped,
        hue_by_quotient_of_sums: lesson.hue_by_quotient,
    },
    "light_grey": {
        grey_luma_round_trip: lesson.grey_luma,
        grey_levels_by_channel: lesson.grey_in_levels,
        grey_mean_by_sum: lesson.grey_plain_mean,
    },
}
