"""Other right and wrong answers to the exercises of lesson 00."""

import numpy as np

from helpers.exercises import lesson_00 as lesson
from helpers.exercises._families import anything


def white_share_by_loop(image, threshold):
    white = 0
    for value in image.ravel():
        if value >= threshold:
            white += 1
    return white / image.size


def white_strictly_above_counted(image, threshold):
    return np.count_nonzero(image > threshold) / image.size


def white_counted_by_index(image, threshold):
    return len(image[image >= threshold])


ACCEPTED = {
    "white_share": (white_share_by_loop,),
}

VARIANTS = {
    "stale": {90: anything},
    "twenty": {
        0.2: lesson.is_a_share,
        100: lesson.leaves_too_much,
        200: lesson.leaves_too_little,
        -5: anything,
    },
    "white_share": {
        white_strictly_above_counted: lesson.white_strictly_above,
        white_counted_by_index: lesson.white_counted,
    },
}
