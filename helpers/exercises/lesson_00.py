"""Exercises of lesson 00: how a notebook works."""

import numpy as np

from helpers.exercises import Exercise
from helpers.exercises._families import anything


def is_a_share(value):
    return 0 < value < 1


def leaves_too_much(value):
    return 1 <= value < 150


def leaves_too_little(value):
    return value > 154


def white_share(image, threshold):
    return np.mean(image >= threshold)


def white_strictly_above(image, threshold):
    return np.mean(image > threshold)


def white_mask(image, threshold):
    return image >= threshold


def white_counted(image, threshold):
    return np.sum(image >= threshold)


def black_share(image, threshold):
    return np.mean(image < threshold)


def white_percent(image, threshold):
    return 100 * np.mean(image >= threshold)


def white_share_of_rows(image, threshold):
    return np.sum(image >= threshold) / len(image)


def white_share_of_columns(image, threshold):
    return np.sum(image >= threshold) / image.shape[1]


def white_equal(image, threshold):
    return np.mean(image == threshold)


def white_mean_brightness(image, threshold):
    white = image[image >= threshold]
    return white.mean() if white.size else np.nan


def white_against_black(image, threshold):
    return np.sum(image >= threshold) / max(np.sum(image < threshold), 1)


def white_strictly_percent(image, threshold):
    return 100 * np.mean(image > threshold)


def white_strictly_counted(image, threshold):
    return np.sum(image > threshold)


def white_columns(image, threshold):
    return (image >= threshold).any(axis=0).mean()


def white_by_difference(image, threshold):
    return (image - image.dtype.type(threshold) >= 0).mean()


def white_share_of_first_row(image, threshold):
    return np.mean(image[0] >= threshold)


def white_mean_over_threshold(image, threshold):
    return image.mean() / threshold


def strictly_above_by_rows(image, threshold):
    return np.sum(image > threshold) / len(image)


def share_of_the_light(image, threshold):
    return np.where(image >= threshold, image, 0).sum() / image.sum()


def white_without_level_0(image, threshold):
    return np.mean((image >= threshold) & (image > 0))


def white_none_at_0(image, threshold):
    return np.mean(image >= threshold) if threshold else 0.0


EXERCISES = {
    "stale": Exercise(
        task="Predict a result after a name has changed",
        reference=30,
        misconceptions={
            60: "A notebook is no spreadsheet: `total` was computed when its cell ran, and nobody"
            " has run that cell again.",
            20: "That is the new price. The question is what `total` holds.",
            anything: "Ask when `total` was computed, and with which price.",
        },
        explanation="The cell of `total` has not run again, so it keeps its old value.",
        again=Exercise(
            task="`width = 4`, `area = 5 * width`, then only `width = 6` runs: what is `area`?",
            reference=20,
            misconceptions={
                30: "The cell of `area` has not run again after the width had changed.",
                6: "That is the new width. The question is what `area` holds.",
                anything: "Ask when `area` was computed, and with which width.",
            },
            explanation="`area` was computed with the old width, and nothing has run it again.",
        ),
    ),
    "slider": Exercise(
        task="Predict what a slider does to a variable",
        reference="100",
        choices=("100", "the value of the slider", "an error"),
        misconceptions={
            "the value of the slider": "The slider hands its value to the function only. Your"
            " variable `threshold` is another thing with the same name.",
            "an error": "The variable exists: the cell above gave it a value, and nothing took it"
            " away.",
        },
        explanation="A slider calls a function with its value and changes no variable of yours.",
        again=Exercise(
            task="`level = 7`; a slider calls `show(level)` and stands at 90: what is `level`?",
            reference="7",
            choices=("7", "90", "an error"),
            misconceptions={
                "90": "90 went to the function only. Its `level` is another thing with the same"
                " name.",
                "an error": "The variable exists, since a cell gave it 7, and nothing took it"
                " away.",
            },
            explanation="The slider hands 90 to the function; the variable keeps its 7.",
        ),
    ),
    "twenty": Exercise(
        task="Find the threshold that leaves 20 % white",
        reference=152,
        misconceptions={
            is_a_share: "That is the share. The question is the threshold, a number from 0 to 255.",
            leaves_too_much: "Too much white. A larger threshold leaves fewer pixels.",
            leaves_too_little: "Too little white. A smaller threshold lets more pixels in.",
            anything: "The threshold is a number from 0 to 255.",
        },
        atol=2,
        explanation="150 to 154 are close enough; at 152 it is 20.0 %.",
    ),
    "white_share": Exercise(
        task="Write a function for the share of white",
        reference=white_share,
        cases={
            "one row: 10, 20, 30, 40 at threshold 30": (np.array([[10, 20, 30, 40]]), 30),
            "a 2 x 2 picture of uint8 at threshold 100": (
                np.array([[90, 100], [200, 7]], dtype=np.uint8),
                100,
            ),
            "a 2 x 2 picture of uint8 at threshold 0": (
                np.array([[0, 1], [0, 255]], dtype=np.uint8),
                0,
            ),
            "a 2 x 3 picture at threshold 5": (np.array([[5, 5, 5], [0, 9, 4]]), 5),
            "a 2 x 3 picture at threshold 99": (np.array([[5, 5, 5], [0, 9, 4]]), 99),
            "a 3 x 2 picture at threshold 9": (np.array([[0, 9], [12, 5], [4, 8]]), 9),
            "a 20 x 30 picture at threshold 40": (np.arange(600).reshape(20, 30) % 251, 40),
        },
        misconceptions={
            white_strictly_above: "A pixel that equals the threshold counts as white here: use >=.",
            white_mask: "That is an array of True and False, one for each pixel. One number is"
            " wanted: its mean.",
            white_counted: "That is the number of white pixels. Divide by how many pixels there"
            " are: image.size.",
            black_share: "That is the share of the dark pixels, below the threshold.",
            white_percent: "That is in percent. A share lies between 0 and 1.",
            white_share_of_rows: "You divided by the number of rows. Divide by the number of"
            " pixels, image.size.",
            white_share_of_columns: "You divided by the number of columns. Divide by the number of"
            " pixels, image.size.",
            white_equal: "That asks which pixels equal the threshold. Brighter ones are white too:"
            " use >=.",
            white_mean_brightness: "That is the mean brightness of the white pixels. Take the mean"
            " of the mask instead, image >= threshold.",
            white_against_black: "That is white divided by black. A share divides by all pixels,"
            " image.size.",
            white_strictly_percent: "Two things: a share lies between 0 and 1, not in percent, and"
            " a pixel that equals the threshold counts as white (>=).",
            white_strictly_counted: "Two things: divide the count by image.size, and a pixel that"
            " equals the threshold counts as white (>=).",
            white_share_of_first_row: "Only the first row was counted: image[0] is a row. A"
            " comparison takes the whole picture at once.",
            white_mean_over_threshold: "No pixel was compared with the threshold: that is a mean"
            " brightness. `image >= threshold` asks each pixel.",
            strictly_above_by_rows: "Two things: a pixel that equals the threshold counts as well,"
            " >=; and divide by the number of all pixels, image.size.",
            white_columns: "A column counts as white there if any pixel of it is. Ask each pixel of"
            " the whole picture.",
            white_by_difference: "Levels of uint8 are never below 0: 90 - 100 wraps to 246. Compare"
            " them, image >= threshold.",
            share_of_the_light: "That adds up brightness, the light of the white pixels among all"
            " light. Count pixels: the mean of the mask.",
            white_without_level_0: "At threshold 0 every pixel is white, also one of level 0, which"
            " yours leaves out. Ask each pixel `image >= threshold`, no more.",
            white_none_at_0: "At threshold 0 all pixels are white, and yours finds none. See what"
            " your line does there, for example a division by 0 or an index of -1.",
        },
    ),
}
