"""Exercises of lesson 01: pixels, arithmetic, masks, bit depth."""

import numpy as np

from helpers.exercises import Exercise
from helpers.exercises._families import anything

RNG = np.random.default_rng(1)
EDGES = np.array(
    [[[40, 10, 20], [10, 40, 20], [20, 10, 40], [39, 0, 39], [30, 9, 38]]], dtype=np.uint8
)
COLOUR = RNG.integers(0, 256, (5, 7, 3), dtype=np.uint8)
GREY = RNG.integers(0, 256, (4, 6), dtype=np.uint8)
BLACK_GREY_WHITE = np.array([[0, 100, 255]], dtype=np.uint8)
LEVELS = np.arange(256, dtype=np.uint8).reshape(16, 16)
MIXED = np.array(
    [[[10, 20, 30], [10, 20, 200], [40, 40, 40]], [[39, 39, 39], [255, 0, 0], [0, 0, 0]]],
    dtype=np.uint8,
)


def an_error(value):
    return value == "an error"


def mark(image, row, column):
    marked = image.copy()
    marked[row, column] = (255, 0, 0)
    return marked


def mark_swapped(image, row, column):
    marked = image.copy()
    marked[column, row] = (255, 0, 0)
    return marked


def mark_in_place(image, row, column):
    image[row, column] = (255, 0, 0)
    return image


def mark_red_channel(image, row, column):
    marked = image.copy()
    marked[row, column, 0] = 255
    return marked


def mark_blue(image, row, column):
    marked = image.copy()
    marked[row, column] = (0, 0, 255)
    return marked


def mark_white(image, row, column):
    marked = image.copy()
    marked[row, column] = 255
    return marked


def mark_counted_from_one(image, row, column):
    marked = image.copy()
    marked[row - 1, column - 1] = (255, 0, 0)
    return marked


def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 0, 255).astype(np.uint8)


def brighten_wraps(image, amount):
    return (image.astype(int) + amount).astype(np.uint8)


def brighten_without_clip(image, amount):
    return image.astype(int) + amount


def brighten_only_top(image, amount):
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


def brighten_only_top_wide(image, amount):
    return np.minimum(image.astype(int) + amount, 255)


def brighten_by_factor(image, amount):
    return np.clip(image * (1 + amount / 255), 0, 255).astype(np.uint8)


def brighten_in_int8(image, amount):
    return np.clip(image.astype(np.int8) + amount, 0, 255).astype(np.uint8)


def brighten_to_the_full_range(image, amount):
    bright = image.astype(int) + amount
    return (bright / bright.max() * 255).astype(np.uint8)


def dark_pixels(image, level):
    return (image < level).all(axis=-1)


def dark_per_channel(image, level):
    return image < level


def dark_any(image, level):
    return (image < level).any(axis=-1)


def dark_by_three_arguments(image, level):
    red, green, blue = np.moveaxis(image < level, -1, 0)
    return np.logical_and(red, green, blue.copy())


def dark_everywhere(image, level):
    return (image < level).all()


def dark_down_the_rows(image, level):
    return (image < level).all(axis=0)


def dark_across_the_columns(image, level):
    return (image < level).all(axis=1)


def dark_with_an_axis_left(image, level):
    return (image < level).all(axis=-1, keepdims=True)


def dark_or_equal(image, level):
    return (image <= level).all(axis=-1)


def dark_by_mean(image, level):
    return image.mean(axis=-1) < level


def dark_by_sum(image, level):
    return image.sum(axis=-1) < level


def dark_in_red_only(image, level):
    return image[..., 0] < level


def dark_counted(image, level):
    return (image < level).sum(axis=-1)


def dark_any_or_equal(image, level):
    return (image <= level).any(axis=-1)


def dark_by_mean_or_equal(image, level):
    return image.mean(axis=-1) <= level


def quantise(image, bits):
    steps = 2**bits - 1
    return np.rint(np.rint(image / 255 * steps) / steps * 255).astype(np.uint8)


def quantise_bits_as_levels(image, bits):
    steps = max(bits - 1, 1)
    return np.rint(np.rint(image / 255 * steps) / steps * 255).astype(np.uint8)


def quantise_by_floor(image, bits):
    step = 256 // 2**bits
    return image // step * step


def quantise_rounds_down(image, bits):
    steps = 2**bits - 1
    return (image / 255 * steps).astype(int) * 255 // steps


def quantise_wraps(image, bits):
    steps = 2**bits - 1
    return np.rint(np.rint(image * np.uint8(steps) / 255) * 255 / steps).astype(np.uint8)


def quantise_number_of_levels(image, bits):
    steps = 2**bits - 1
    return np.rint(image / 255 * steps).astype(np.uint8)


def quantise_too_many_steps(image, bits):
    steps = 2**bits
    return np.rint(np.rint(image / 255 * steps) / steps * 255).astype(np.uint8)


def quantise_twice_the_bits(image, bits):
    steps = 2 * bits - 1
    return np.rint(np.rint(image / 255 * steps) / steps * 255).astype(np.uint8)


def quantise_by_caret(image, bits):
    steps = 2 ^ bits - 1
    return np.rint(np.rint(image / 255 * steps) / steps * 255).astype(np.uint8)


def quantise_to_the_middle_of_bins(image, bits):
    width = 256 / 2**bits
    return ((image // width + 0.5) * width).astype(np.uint8)


def quantise_by_equal_bins(image, bits):
    levels = 2**bits
    return np.rint(image // (256 / levels) * 255 / (levels - 1)).astype(np.uint8)


def mark_returns_the_pixel(image, row, column):
    return np.array([255, 0, 0], dtype=image.dtype)


def mark_up_to_the_pixel(image, row, column):
    marked = image.copy()
    marked[: row + 1, : column + 1] = (255, 0, 0)
    return marked


def brighten_by_size(image, amount):
    return np.clip(image.astype(int) + abs(amount), 0, 255).astype(np.uint8)


def brighten_white_at_0(image, amount):
    return brighten(image, amount if amount else 255)


def brighten_leaves_black(image, amount):
    return np.where(image == 0, 0, brighten(image, amount)).astype(np.uint8)


def dark_everywhere_at_0(image, level):
    return dark_pixels(image, level) | (level == 0)


def dark_by_bits(image, level):
    return np.bitwise_or.reduce(image, axis=-1) < level


EXERCISES = {
    "values": Exercise(
        task="How many numbers does the coffee picture hold?",
        reference=720_000,
        misconceptions={
            240_000: "That is the number of pixels; each holds three numbers.",
            1_000: "Multiply rows and columns, and remember that each pixel holds three numbers.",
            1_003: "The numbers of the shape are multiplied, not added.",
            anything: "Multiply the three numbers of the shape.",
        },
        explanation="400 x 600 x 3: one number for each row, column and channel.",
        again=Exercise(
            task="How many numbers does a picture of shape (300, 500, 3) hold?",
            reference=450_000,
            misconceptions={
                150_000: "That is the number of pixels; each holds three numbers.",
                803: "The numbers of the shape are multiplied, not added.",
                anything: "Multiply the three numbers of the shape.",
            },
            explanation="300 x 500 x 3: one number for each row, column and channel.",
        ),
    ),
    "index": Exercise(
        task="Predict what coffee[500, 50] does",
        reference="an error",
        choices=("a pixel near the top right", "a pixel near the bottom left", "an error"),
        misconceptions={
            "a pixel near the top right": "That is (x, y) order, across first. Arrays take the row"
            " first, and this picture has no row 500: its rows end at 399.",
            "a pixel near the bottom left": "The order is right, row 500 and column 50, but the"
            " rows of this picture end at 399.",
        },
        explanation="Row first, and there is no row 500.",
        again=Exercise(
            task="Predict what picture[100, 450] is in a picture of shape (300, 500, 3)",
            reference="a pixel near the right edge",
            choices=("a pixel near the right edge", "a pixel near the bottom edge", "an error"),
            misconceptions={
                "a pixel near the bottom edge": "The row comes first: 100 of 300 rows down, and 450"
                " of 500 columns across.",
                "an error": "That would be (x, y) order. The row comes first: row 100 and column"
                " 450 exist.",
            },
            explanation="Row 100 of 300, column 450 of 500.",
        ),
    ),
    "wrap": Exercise(
        task="Predict 200 + 100 in uint8",
        reference=44,
        misconceptions={
            300: "300 does not fit into 8 bits: uint8 ends at 255 and starts again at 0.",
            255: "That is what a camera does (it saturates). NumPy starts again at 0: 300 - 256.",
            45: "Count again: 255 + 1 is 0, so 300 is 300 - 256.",
            an_error: "NumPy raises no error here, which is why this mistake is so easy to miss.",
            anything: "Count on from 255: the next number is 0 again.",
        },
        explanation="300 - 256 = 44: eight bits count modulo 256.",
        again=Exercise(
            task="Predict 10 - 20 in uint8",
            reference=246,
            misconceptions={
                -10: "uint8 has no negative numbers: below 0 it goes on at 255.",
                0: "That would be saturation. NumPy goes on at 255: -10 + 256.",
                245: "Count again: 0 - 1 is 255, so -10 is 256 - 10.",
                an_error: "NumPy raises no error for two arrays of uint8.",
                anything: "Count down from 0: the next number is 255.",
            },
            explanation="-10 + 256 = 246: eight bits count modulo 256.",
        ),
    ),
    "view": Exercise(
        task="Predict whether the picture changes too",
        reference="the picture has changed",
        choices=("the picture is as before", "the picture has changed"),
        misconceptions={
            "the picture is as before": "A slice is a window on the same numbers, not a copy: what"
            " is written through the window is written into the picture.",
        },
        explanation="A slice is a view: it shares its memory with the picture.",
    ),
    "mask": Exercise(
        task="Predict what masking by channel does to a dark red pixel",
        reference="it becomes something else",
        choices=("it turns white", "it becomes something else", "it stays as it is"),
        misconceptions={
            "it turns white": "Only the channels below 60 are replaced. Red is 90, so it stays,"
            " and the pixel becomes (90, 255, 255).",
            "it stays as it is": "Green and blue are below 60, and the mask is asked channel by"
            " channel: they are replaced, and the pixel becomes (90, 255, 255).",
        },
        explanation="Two of three channels are replaced: (90, 30, 20) becomes (90, 255, 255).",
    ),
    "mark": Exercise(
        task="Mark one pixel red, on a copy",
        reference=mark,
        cases={
            "a 4 x 6 grey-looking picture": (np.full((4, 6, 3), 9, dtype=np.uint8), 1, 3),
            "a 5 x 7 picture, row 4, column 6": (COLOUR, 4, 6),
            "a 5 x 7 picture, row 0, column 2": (COLOUR, 0, 2),
        },
        misconceptions={
            mark_swapped: "Rows come first: image[row, column].",
            mark_in_place: "The values are right, but the caller's picture has changed as well."
            " Start from image.copy().",
            mark_red_channel: "Only the red channel was set; green and blue keep their old values."
            " Pure red is (255, 0, 0).",
            mark_blue: "That is blue: the order of the channels is red, green, blue.",
            mark_white: "That is white: one number was given to all three channels. Pure red is"
            " (255, 0, 0).",
            mark_counted_from_one: "The mark is one row and one column off: rows and columns are"
            " counted from 0, so `row` and `column` are used as they are.",
            mark_returns_the_pixel: "That is the pixel alone. Return the whole picture.",
            mark_up_to_the_pixel: "All pixels up to the place are red: a slice takes many. Two"
            " numbers, [row, column], take one pixel.",
        },
    ),
    "brighten": Exercise(
        task="Brighten a picture without wrapping round",
        reference=brighten,
        cases={
            "one pixel of 250, + 10": (np.array([[250]], dtype=np.uint8), 10),
            "one pixel of 70, + 0": (np.array([[70]], dtype=np.uint8), 0),
            "black, grey and white, + 200": (BLACK_GREY_WHITE, 200),
            "black, grey and white, - 200": (BLACK_GREY_WHITE, -200),
            "a grey picture, + 60": (GREY, 60),
            "a grey picture, - 60": (GREY, -60),
            "a colour picture, + 60": (COLOUR, 60),
        },
        misconceptions={
            brighten_wraps: "Values beyond 255 wrap round to dark. Widen first"
            " (image.astype(int)), then add, clip to 0..255 and go back to uint8.",
            brighten_without_clip: "Values leave the range 0..255. Clip before you go back to"
            " uint8.",
            brighten_only_top: "The bright end is right, but a negative amount pushes values below"
            " 0, where they wrap round to bright. Clip at both ends.",
            brighten_only_top_wide: "The bright end is right, but a negative amount pushes values"
            " below 0. Clip at both ends.",
            brighten_by_factor: "That multiplies: dark pixels hardly change. Add the same amount"
            " everywhere.",
            brighten_in_int8: "int8 ends at 127, so brighter levels wrap round to negative"
            " numbers. Widen with astype(int), which is wide enough.",
            brighten_to_the_full_range: "That stretches the picture to its largest value. Add the"
            " amount, and clip what leaves 0..255.",
            brighten_by_size: "A negative amount makes the picture darker: add it with its sign.",
            brighten_white_at_0: "An amount of 0 turns the picture white. A sum equal to the old"
            " value has not wrapped, only a smaller one has: < rather than <=.",
            brighten_leaves_black: "Black pixels stay black. Add the amount to 0 as well.",
        },
    ),
    "dark_pixels": Exercise(
        task="Find the pixels that are dark in every channel",
        reference=dark_pixels,
        cases={
            "five pixels, level 40": (EDGES, 40),
            "a 2 x 3 picture, level 40": (MIXED, 40),
            "a 2 x 3 picture, level 30": (MIXED, 30),
            "a 2 x 3 picture, level 0": (MIXED, 0),
            "a 5 x 7 picture, level 128": (COLOUR, 128),
        },
        misconceptions={
            dark_per_channel: "The mask still has three channels: one answer for each number, not"
            " one for each pixel. Combine them along axis=-1.",
            dark_any: "One dark channel is enough for you; bright red then counts as dark. A pixel"
            " is dark when all of its channels are.",
            dark_by_three_arguments: "Blue was not asked. Write a & b & c, or .all(axis=-1)."
            " (np.logical_and combines two masks only, and writes its answer over a third.)",
            dark_everywhere: "That is one answer for the whole picture. Combine only the channels:"
            " .all(axis=-1).",
            dark_down_the_rows: "axis=0 runs down the rows. The channels are the last axis,"
            " axis=-1.",
            dark_across_the_columns: "axis=1 runs across the columns. The channels are the last"
            " axis, axis=-1.",
            dark_with_an_axis_left: "The values are right, but a last axis of length one is left."
            " Leave keepdims out here.",
            dark_or_equal: "A value equal to the level is not below it.",
            dark_by_mean: "The mean lets one very dark channel excuse a bright one. Ask each"
            " channel.",
            dark_by_sum: "The sum of three channels was compared with the level of one. Ask each"
            " channel, then combine the answers with .all(axis=-1).",
            dark_in_red_only: "Only the red channel was asked. Green and blue must be below the"
            " level as well.",
            dark_counted: "That is how many channels are dark. The mask is true where all of them"
            " are: .all(axis=-1).",
            dark_everywhere_at_0: "At level 0 no pixel is dark, since nothing is below 0; yours"
            " calls all of them dark. A comparison, image < level, needs no division.",
            dark_by_bits: "| joins the bits of two numbers: 30 | 9 is 31, and 31 | 38 is 63."
            " Compare each channel first, in brackets; then combine the masks with &.",
            dark_any_or_equal: "Two things: all channels must be dark, not any of them, and a value"
            " equal to the level is not below it.",
            dark_by_mean_or_equal: "Two things: ask each channel instead of their mean, and a value"
            " equal to the level is not below it.",
        },
    ),
    "quantise": Exercise(
        task="Reduce a picture to a few bits",
        reference=quantise,
        cases={
            "a ramp, 1 bit": (
                np.uint8(np.r_[0:120:15, 127, 128, 150:256:15]).reshape(3, 6),
                1,
            ),
            "a grey picture, 2 bits": (GREY, 2),
            "a grey picture, 3 bits": (GREY, 3),
            "a dim grey picture, 2 bits": (GREY // 2, 2),
            "a colour picture, 4 bits": (COLOUR, 4),
            "all 256 levels, 3 bits": (LEVELS, 3),
            "all 256 levels, 8 bits": (LEVELS, 8),
        },
        misconceptions={
            quantise_bits_as_levels: "b bits give 2**b levels, not b levels.",
            quantise_by_floor: "White has become darker than 255. Spread the 2**bits levels from 0"
            " to 255: they are 255 / (2**bits - 1) apart.",
            quantise_rounds_down: "Each value went to the level below it, not to the nearest:"
            " astype and // cut the decimals off. Round with np.rint before you scale back.",
            quantise_wraps: "The multiplication wrapped round: image * steps is still uint8."
            " Divide by 255 first, which makes floats.",
            quantise_number_of_levels: "These are the numbers of the levels. Stretch them back to"
            " 0..255.",
            quantise_twice_the_bits: "b bits give 2**b levels, a power, not 2 * b: every bit"
            " doubles the number.",
            quantise_by_caret: "^ is no power in Python, it compares bits. The power is 2**bits.",
            quantise_too_many_steps: "Between 2**bits levels lie 2**bits - 1 steps; yours makes one"
            " level too many.",
            quantise_to_the_middle_of_bins: "Each value went to the middle of a bin, so black is"
            " no longer 0 and white no longer 255. The lowest level is 0, the highest 255.",
            quantise_by_equal_bins: "The levels are right, but the range was cut into 2**bits bins"
            " of equal width. Take the nearest level: then the bins of black and white are half as"
            " wide as the others.",
        },
        atol=1.5,  # cutting the decimals off at the very end is less than a level
    ),
}
