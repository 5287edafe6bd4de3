"""Exercises of lesson 05: labels, crops, boxes, moves, splits and honest gains."""

import math

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(5)
GREY = RNG.integers(1, 200, (4, 6), dtype=np.uint8)
HOLES = np.array([[-1, 0, 5], [300, 3, 0]], np.int16)
COLOUR = RNG.integers(1, 200, (5, 3, 3), dtype=np.uint8)
FLOAT = RNG.uniform(0.1, 0.9, (3, 4))
BOXES = np.array([[0, 0, 2, 3], [5, 4, 9, 6], [1, 2, 4, 11]])
FOUR = ["moon_00.png", "moon_01.png", "coins_00.png", "coins_01.png"]
TILES = {"page": 6, "cat": 1, "mug": 3}
LOPSIDED = [f"{name}_{n:02}.png" for name, count in TILES.items() for n in range(count)]
TRICKY = [
    *("moon_00.png", "moon_rise_00.png", "moon_rise_01.png", "deep_moon_00.png"),
    *("deep_moon_01.png", "moon_2_00.png", "moon_01.png", "moon_2_01.png"),
]
LUCK = RNG.normal(0.9, 0.03, 12)
SMALL = (np.array([0.92, 0.87, 0.94]), np.array([0.90, 0.86, 0.91]))
PAIRED = (LUCK + RNG.normal(0.01, 0.004, 12), LUCK.copy())
PAIRED[0][[2, 7]], PAIRED[1][[7, 9, 10]] = np.nan, np.nan
ZEROS, LUCKY = np.array([[0.0, 0.8, np.nan, 0.75, 0.6], [0.2, 0.7, 0.8, 0.75, 0.2]])
HARM = (LUCK[:6] - np.array([0.02, 0.03, 0.01, 0.04, 0.02, 0.03]), LUCK[:6])


def starts(side, cut, step):
    return (side - cut) // step + 1


def variants(shape, crop, step, mirrored):
    number = starts(shape[0], crop[0], step) * starts(shape[1], crop[1], step)
    return 2 * number if mirrored else number


def variants_without_one(shape, crop, step, mirrored):
    number = ((shape[0] - crop[0]) // step) * ((shape[1] - crop[1]) // step)
    return 2 * number if mirrored else number


def variants_step_one(shape, crop, step, mirrored):
    return variants(shape, crop, 1, mirrored)


def variants_divided_at_the_end(shape, crop, step, mirrored):
    return variants(shape, crop, 1, mirrored) // step**2


def variants_divided_once(shape, crop, step, mirrored):
    return variants(shape, crop, 1, mirrored) // step


def variants_one_before_division(shape, crop, step, mirrored):
    tops, lefts = ((s - c + 1) // step for s, c in zip(shape, crop, strict=True))
    return tops * lefts * (1 + mirrored)


def variants_not_whole(shape, crop, step, mirrored):
    tops, lefts = ((s - c) / step + 1 for s, c in zip(shape, crop, strict=True))
    return tops * lefts * (1 + mirrored)


def variants_rounded(shape, crop, step, mirrored):
    tops, lefts = (round((s - c) / step) + 1 for s, c in zip(shape, crop, strict=True))
    return tops * lefts * (1 + mirrored)


def variants_unmirrored(shape, crop, step, mirrored):
    return variants(shape, crop, step, False)


def variants_always_mirrored(shape, crop, step, mirrored):
    return variants(shape, crop, step, True)


def variants_mirrored_twice(shape, crop, step, mirrored):
    return variants(shape, crop, step, False) * (4 if mirrored else 1)


def variants_mirror_added(shape, crop, step, mirrored):
    return variants(shape, crop, step, False) + (1 if mirrored else 0)


def variants_added(shape, crop, step, mirrored):
    number = starts(shape[0], crop[0], step) + starts(shape[1], crop[1], step)
    return 2 * number if mirrored else number


def variants_tiled(shape, crop, step, mirrored):
    return (shape[0] // crop[0]) * (shape[1] // crop[1]) * (1 + mirrored)


def variants_crop_exchanged(shape, crop, step, mirrored):
    return variants(shape, crop[::-1], step, mirrored)


def variants_rows_only(shape, crop, step, mirrored):
    return starts(shape[0], crop[0], step) * (1 + mirrored)


def variants_rows_squared(shape, crop, step, mirrored):
    return starts(shape[0], crop[0], step) ** 2 * (1 + mirrored)


def flip_boxes(boxes, width):
    top, left, bottom, right = boxes.T
    return np.stack([top, width - right, bottom, width - left], axis=1)


def flip_boxes_not(boxes, width):
    return boxes.copy()


def flip_boxes_unordered(boxes, width):
    flipped = boxes.copy()
    flipped[:, [1, 3]] = width - boxes[:, [1, 3]]
    return flipped


def flip_boxes_exchanged_only(boxes, width):
    return boxes[:, [0, 3, 2, 1]]


def flip_boxes_overwritten(boxes, width):
    flipped = boxes.copy()
    flipped[:, 1] = width - flipped[:, 3]
    flipped[:, 3] = width - flipped[:, 1]
    return flipped


def flip_boxes_as_pixels(boxes, width):
    return flip_boxes(boxes, width - 1)


def flip_boxes_left_as_pixel(boxes, width):
    return flip_boxes(boxes, width) - [0, 1, 0, 0]


def flip_boxes_one_too_far(boxes, width):
    return flip_boxes(boxes, width + 1)


def flip_boxes_last_included(boxes, width):
    flipped = flip_boxes(boxes, width)
    return flipped - [0, 0, 0, 1]


def flip_boxes_about_half(boxes, width):
    flipped = boxes.copy()
    flipped[:, [1, 3]] = width // 2 - boxes[:, [1, 3]]
    return flipped


def flip_boxes_vertical(boxes, width):
    top, left, bottom, right = boxes.T
    return np.stack([width - bottom, left, width - top, right], axis=1)


def flip_boxes_reversed(boxes, width):
    return flip_boxes(boxes, width)[::-1]


def move(image, down, right, fill):
    result = np.full_like(image, fill)
    rows, columns = image.shape[:2]
    seen = image[max(0, -down) : max(0, rows - down), max(0, -right) : max(0, columns - right)]
    top, left = max(0, down), max(0, right)
    result[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return result


def move_wraps(image, down, right, fill):
    return np.roll(image, (down, right), axis=(0, 1))


def move_backwards(image, down, right, fill):
    return move(image, -down, -right, fill)


def move_right_first(image, down, right, fill):
    return move(image, right, down, fill)


def move_black(image, down, right, fill):
    return move(image, down, right, 0)


def move_fills_holes(image, down, right, fill):
    moved = move_black(image, down, right, fill)
    return np.where(moved == 0, fill, moved).astype(image.dtype)


def move_repeats_edge(image, down, right, fill):
    rows = np.clip(np.arange(image.shape[0]) - down, 0, image.shape[0] - 1)
    columns = np.clip(np.arange(image.shape[1]) - right, 0, image.shape[1] - 1)
    return image[rows][:, columns]


def move_keeps_old(image, down, right, fill):
    inside = move(np.ones(image.shape[:2], dtype=bool), down, right, False)
    result = move(image, down, right, fill)
    result[~inside] = image[~inside]
    return result


def move_only_forwards(image, down, right, fill):
    return move(image, max(0, down), max(0, right), fill)


def move_positive(image, down, right, fill):
    return move(image, abs(down), abs(right), fill)


def move_negative_wraps(image, down, right, fill):
    result = np.full_like(image, fill)
    for row, column in np.ndindex(image.shape[:2]):
        if row - down < image.shape[0] and column - right < image.shape[1]:
            result[row, column] = image[row - down, column - right]
    return result


def move_written_from_the_end(image, down, right, fill):
    result = np.full_like(image, fill)
    for row, column in np.ndindex(image.shape[:2]):
        below, beside = row + down, column + right
        if -len(image) <= below < len(image) and -image.shape[1] <= beside < image.shape[1]:
            result[below, beside] = image[row, column]
    return result


def move_roll_then_fill_as_given(image, down, right, fill):
    result = np.roll(image, (down, right), axis=(0, 1))
    result[:down] = fill
    result[:, :right] = fill
    return result


def move_roll_then_fill_forwards(image, down, right, fill):
    result = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        result[:down] = fill
    if right > 0:
        result[:, :right] = fill
    return result


def move_only_down(image, down, right, fill):
    return move(image, down, 0, fill)


def move_only_right(image, down, right, fill):
    return move(image, 0, right, fill)


def move_skips_row_zero(image, down, right, fill):
    result = move(image, down, right, fill)
    seen = np.arange(image.shape[0]) - down > 0, np.arange(image.shape[1]) - right > 0
    result[~np.logical_and.outer(*seen)] = fill
    return result


def move_grows(image, down, right, fill):
    tall, wide = abs(down), abs(right)
    room = [(tall, tall), (wide, wide)] + [(0, 0)] * (image.ndim - 2)
    padded = np.pad(image, room, constant_values=fill)
    return np.roll(padded, (down, right), axis=(0, 1))


def move_to_float(image, down, right, fill):
    return move(image, down, right, fill).astype(float)


def move_to_uint8(image, down, right, fill):
    return move(image, down, right, fill).astype(np.uint8)


def photograph(name):
    return name.rsplit("_", 1)[0]


def split_sources(names, order, share):
    sources = np.array([photograph(name) for name in names])
    test = np.zeros(len(names), dtype=bool)
    for source in order:
        if test.sum() >= share * len(names):
            break
        test |= sources == source
    return test


def taking(names, taken):
    return np.isin([photograph(name) for name in names], taken)


def split_by_files(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    test[: math.ceil(share * len(names))] = True
    return test


def split_by_files_rounded_down(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    test[: int(share * len(names))] = True
    return test


def split_by_files_in_order(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    ranked = sorted(range(len(names)), key=lambda k: order.index(photograph(names[k])))
    test[ranked[: math.ceil(share * len(names))]] = True
    return test


def split_by_photographs(names, order, share):
    return taking(names, order[: math.ceil(share * len(order))])


def split_by_photographs_rounded_down(names, order, share):
    return taking(names, order[: int(share * len(order))])


def split_one_too_few(names, order, share):
    return taking(names, order[: _needed(names, order, share) - 1])


def split_one_too_many(names, order, share):
    return taking(names, order[: _needed(names, order, share) + 1])


def split_more_than_share(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    for source in order:
        if test.sum() > share * len(names):
            break
        test |= taking(names, [source])
    return test


def split_share_cut_to_whole(names, order, share):
    return split_sources(names, order, int(share * len(names)) / len(names))


def _needed(names, order, share):
    counts = np.cumsum([taking(names, [source]).sum() for source in order])
    return int(np.argmax(counts >= share * len(names))) + 1


def split_training(names, order, share):
    return ~split_sources(names, order, share)


def split_by_prefix(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    for source in order:
        if test.sum() >= share * len(names):
            break
        test |= np.array([name.startswith(source) for name in names])
    return test


def split_by_first_word(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    for source in order:
        if test.sum() >= share * len(names):
            break
        test |= np.array([name.split("_")[0] == source for name in names])
    return test


def split_alphabetically(names, order, share):
    return split_sources(names, sorted(order), share)


def split_in_file_order(names, order, share):
    return split_sources(names, list(dict.fromkeys(photograph(name) for name in names)), share)


def split_first_only(names, order, share):
    return taking(names, order[:1])


def split_every_photograph(names, order, share):
    return taking(names, order)


def split_places(names, order, share):
    return np.flatnonzero(split_sources(names, order, share))


def split_names(names, order, share):
    return [name for name in names if photograph(name) in order[: _needed(names, order, share)]]


def complete(changed, plain):
    both = ~np.isnan(changed - plain)
    return changed[both], plain[both]


def gain(changed, plain):
    changed, plain = complete(changed, plain)
    difference = changed - plain
    return difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))


def gain_with_nan(changed, plain):
    difference = changed - plain
    return difference.mean(), difference.std(ddof=1) / np.sqrt(difference.size)


def gain_with_nan_ddof_0(changed, plain):
    difference = changed - plain
    return difference.mean(), difference.std() / np.sqrt(difference.size)


def gain_all_seeds_as_n(changed, plain):
    difference = changed - plain
    return np.nanmean(difference), np.nanstd(difference, ddof=1) / np.sqrt(len(difference))


def gain_means_apart(changed, plain):
    return np.nanmean(changed) - np.nanmean(plain), gain(changed, plain)[1]


def gain_means_apart_unpaired(changed, plain):
    pair = changed[~np.isnan(changed)], plain[~np.isnan(plain)]
    error = np.sqrt(sum(values.var(ddof=1) / values.size for values in pair))
    return pair[0].mean() - pair[1].mean(), error


def gain_spreads_apart(changed, plain):
    spreads = [values[~np.isnan(values)] for values in (changed, plain)]
    return gain(changed, plain)[0], np.sqrt(sum(v.var(ddof=1) / v.size for v in spreads))


def gain_spreads_apart_one_number(changed, plain):
    number = np.sum(~np.isnan(changed - plain))
    spread = np.nanvar(changed, ddof=1) + np.nanvar(plain, ddof=1)
    return gain(changed, plain)[0], np.sqrt(spread / number)


def gain_nan_as_zero(changed, plain):
    difference = np.nan_to_num(changed - plain)
    return difference.mean(), difference.std(ddof=1) / np.sqrt(difference.size)


def gain_crash_as_accuracy_zero(changed, plain):
    return gain(np.nan_to_num(changed), np.nan_to_num(plain))


def gain_unpaired(changed, plain):
    changed, plain = complete(changed, plain)
    n = len(plain)
    error = np.sqrt(changed.var(ddof=1) / n + plain.var(ddof=1) / n)
    return changed.mean() - plain.mean(), error


def gain_unpaired_ddof_0(changed, plain):
    changed, plain = complete(changed, plain)
    return changed.mean() - plain.mean(), np.sqrt((changed.var() + plain.var()) / len(plain))


def gain_errors_added(changed, plain):
    changed, plain = complete(changed, plain)
    n = len(plain)
    error = changed.std(ddof=1) / np.sqrt(n) + plain.std(ddof=1) / np.sqrt(n)
    return changed.mean() - plain.mean(), error


def gain_errors_subtracted(changed, plain):
    changed, plain = complete(changed, plain)
    error = (changed.std(ddof=1) - plain.std(ddof=1)) / np.sqrt(len(plain))
    return changed.mean() - plain.mean(), error


def gain_error_of_changed(changed, plain):
    changed, plain = complete(changed, plain)
    return changed.mean() - plain.mean(), changed.std(ddof=1) / np.sqrt(len(plain))


def gain_sd(changed, plain):
    changed, plain = complete(changed, plain)
    return np.mean(changed - plain), np.std(changed - plain, ddof=1)


def gain_ddof_0(changed, plain):
    changed, plain = complete(changed, plain)
    difference = changed - plain
    return difference.mean(), difference.std() / np.sqrt(len(difference))


def gain_ddof_0_sd(changed, plain):
    changed, plain = complete(changed, plain)
    return np.mean(changed - plain), np.std(changed - plain)


def gain_two_errors(changed, plain):
    mean, error = gain(changed, plain)
    return mean, 2 * error


def gain_divided_by_n(changed, plain):
    changed, plain = complete(changed, plain)
    difference = changed - plain
    return difference.mean(), difference.std(ddof=1) / len(difference)


def gain_reversed(changed, plain):
    return gain(plain, changed)


def gain_in_points(changed, plain):
    mean, error = gain(changed, plain)
    return 100 * mean, 100 * error


def gain_relative(changed, plain):
    return gain(changed / plain, np.ones_like(plain))


def gain_mean_only(changed, plain):
    changed, plain = complete(changed, plain)
    return np.mean(changed - plain)


def gain_absolute(changed, plain):
    return gain(np.abs(changed - plain), np.zeros(len(plain)))


def gain_swapped(changed, plain):
    return gain(changed, plain)[::-1]


def gain_interval(changed, plain):
    mean, error = gain(changed, plain)
    return mean - 2 * error, mean + 2 * error


def variants_of_two_quotients(shape, crop, step, mirrored):
    down, right = (n // step - cut // step + 1 for n, cut in zip(shape, crop, strict=True))
    return down * right * (1 + mirrored)


def move_forward_only(image, down, right, fill):
    if down < 0 or right < 0:
        return np.full_like(image, fill)
    return move(image, down, right, fill)


def flip_boxes_unordered_as_pixels(boxes, width):
    new = boxes.copy()
    new[:, [1, 3]] = width - 1 - boxes[:, [1, 3]]
    return new


def split_training_beyond_the_share(names, order, share):
    return ~np.asarray(split_more_than_share(names, order, share))


def variants_by_division(shape, crop, step, mirrored):
    down, right = ((n - cut) / step + 1 for n, cut in zip(shape, crop, strict=True))
    return int(down * right) * (1 + mirrored)


def move_fills_negative(image, down, right, fill):
    moved = move(image.astype(float), down, right, -1)
    return np.where(moved < 0, fill, moved).astype(image.dtype)


def split_by_end_of_name(names, order, share):
    test = np.zeros(len(names), dtype=bool)
    for source in order:
        if test.sum() >= share * len(names):
            break
        test |= np.array([f"{source}_0" in name for name in names])
    return test


def gain_without_zeros(changed, plain):
    difference = changed - plain
    return gain(np.where(difference == 0, np.nan, difference), np.zeros(len(plain)))


def gain_zeros_not_counted(changed, plain):
    difference = complete(changed, plain)[0] - complete(changed, plain)[1]
    return difference.mean(), difference.std(ddof=1) / np.sqrt(np.count_nonzero(difference))


def gain_without_accuracies_of_zero(changed, plain):
    return gain(np.where((changed == 0) | (plain == 0), np.nan, changed), plain)


def flip_boxes_both_ways(boxes, width):
    return width - np.asarray(boxes)[:, [2, 3, 0, 1]]


EXERCISES = {
    "two_pixels": Exercise(
        task="Predict the accuracy on digits moved by two pixels",
        reference="about 15 %",
        choices=("about 15 %", "about 50 %", "about 90 %"),
        misconceptions={
            "about 90 %": "You read it as before, since you look for the shape. This classifier"
            " compares each place with the same place, and there the strokes are gone.",
            "about 50 %": "That is nearer to what one pixel does. Two pixels are a quarter of the"
            " width: hardly a stroke is still on its old place.",
        },
        explanation="The label survives; a comparison place by place does not.",
    ),
    "corners": Exercise(
        task="Predict how much of a 400 x 600 photograph a turn by 90 degrees loses",
        reference="a third",
        choices=("nothing", "a third", "half"),
        misconceptions={
            "nothing": "Turned, the photograph has 600 rows and 400 columns. How many of the 600"
            " rows fit into a canvas of 400?",
            "half": "Of 600 upright rows 400 fit into the canvas, and all 400 columns do. What"
            " share of the rows is outside?",
        },
        explanation="400 of the 600 upright rows fit, so 200 of 600 are lost.",
        again=Exercise(
            task="Predict how much of a 300 x 400 photograph a turn by 90 degrees loses",
            reference="a quarter",
            choices=("nothing", "a quarter", "a third"),
            misconceptions={
                "nothing": "Turned, the photograph has 400 rows. The canvas has 300.",
                "a third": "100 rows are lost, but of how many upright ones?",
            },
            explanation="300 of the 400 upright rows fit, so 100 of 400 are lost.",
        ),
    ),
    "wrap": Exercise(
        task="Predict which sum of bytes spoils the most pixels",
        reference="hue - 15",
        choices=("hue + 15", "hue - 15", "value + 40"),
        misconceptions={
            "hue + 15": "The largest hue is 179, and 179 + 15 = 194 is still below 256: the byte"
            " does not wrap, and 194 is read as 14, which is right.",
            "value + 40": "Here only pixels with a value above 215 wrap, the brightest ones. How"
            " many pixels have a hue below 15?",
        },
        explanation="Below 15 the byte wraps to 241 and more, which is another colour.",
        again=Exercise(
            task="Predict which sum of bytes is right for every pixel, read modulo 180",
            reference="hue + 60",
            choices=("hue + 60", "hue + 80", "hue - 5"),
            misconceptions={
                "hue + 80": "The largest hue is 179, and 179 + 80 = 259 does not fit into a byte.",
                "hue - 5": "A hue below 5 falls below 0. To which value does a byte wrap there?",
            },
            explanation="179 + 60 = 239 still fits into a byte, and 239 is read as 59.",
        ),
    ),
    "leak": Exercise(
        task="Predict the accuracy of pure chance when the split comes after augmentation",
        reference="more than 90 %",
        choices=("about 10 %", "about 50 %", "more than 90 %"),
        misconceptions={
            "about 10 %": "That is what an honest test must show. But nearly every test picture has"
            " siblings in the training part, and they carry the same shuffled label.",
            "about 50 %": "Some is leaking, you say. Count: seven variants of each picture, 70 % of"
            " them in the training part. How often does a test picture have no sibling there, and"
            " how much do siblings differ after a turn of a few degrees?",
        },
        explanation="The nearest neighbour is a sibling, and siblings share the shuffled label.",
    ),
    "gain": Exercise(
        task="Predict which transform raises the accuracy of both classifiers by a quarter point",
        reference="none of them",
        choices=("shifts", "rotations", "flips", "none of them"),
        misconceptions={
            "shifts": "For the nearest neighbour you are right: it gets more places to compare"
            " with. But what does the average of many shifted pictures look like?",
            "rotations": "For the nearest neighbour you are right: they keep the label, and it gets"
            " more angles to compare with. But how much does the average of many hands, at many"
            " angles, notice small turns?",
            "flips": "The label question: what is a mirrored 3, or a 2 upside down, to a reader?",
        },
        explanation="What helps one classifier harms the other; keeping the label is not enough.",
    ),
    "variants": Exercise(
        task="Count the cuts on a grid of starts, with mirrored ones",
        reference=variants,
        cases={
            "4 x 4, cut 3 x 3, step 1": ((4, 4), (3, 3), 1, False),
            "4 x 5, cut 4 x 5, mirrored": ((4, 5), (4, 5), 1, True),
            "10 x 10, cut 4 x 4, step 3": ((10, 10), (4, 4), 3, False),
            "9 x 14, cut 4 x 3, step 2, mirrored": ((9, 14), (4, 3), 2, True),
            "256 x 300, cut 224 x 200, step 7": ((256, 300), (224, 200), 7, False),
        },
        misconceptions={
            variants_without_one: "One start is missing in each direction: the cut may also start"
            " at 0, or at the very last place where it still fits.",
            variants_step_one: "The step has no effect: with a step of 3 only the starts 0, 3, 6"
            " and so on count.",
            variants_divided_at_the_end: "Dividing the number of all cuts by the step (squared)"
            " does not count starts. Count them for the rows, then for the columns.",
            variants_divided_once: "The step works in both directions, so dividing the number of"
            " all cuts by it once is not enough. Count the starts of each direction by itself.",
            variants_one_before_division: "The 1 was added before the division. With 10 rows, a cut"
            " of 4 and a step of 3 the starts are 0, 3, 6: that is 6 // 3 steps, plus the first.",
            variants_not_whole: "Half a start is none: divide with `//`, which drops the"
            " remainder.",
            variants_rounded: "Half a start is none, but `round` may count it. Divide with `//`,"
            " which drops the remainder.",
            variants_unmirrored: "The mirrored cuts are missing: when `mirrored` is true, each cut"
            " counts twice.",
            variants_always_mirrored: "The number is doubled even where `mirrored` is false.",
            variants_mirrored_twice: "Left-right is one mirror: it doubles the number of cuts, and"
            " not once for each direction.",
            variants_mirror_added: "1 was added for the mirror. Every cut has a mirrored one:"
            " double their number.",
            variants_added: "Each start row goes with each start column: multiply, do not add.",
            variants_tiled: "That counts tiles that do not overlap. The cuts here may overlap: what"
            " counts is where they can start.",
            variants_crop_exchanged: "Rows and columns are exchanged in one of the two: `shape` and"
            " `crop` are both (rows, columns).",
            variants_rows_only: "These are the start rows. Each of them goes with every start"
            " column.",
            variants_rows_squared: "The rows were used for the columns too. The two directions have"
            " their own sizes.",
            variants_of_two_quotients: "Two quotients that are cut off apart can be one too many"
            " or too few. Subtract first: (rows - cut) // step.",
            variants_by_division: "A start is a whole number: divide each direction with //,"
            " before you multiply.",
        },
        steps=(
            "count the starts of the rows alone: list them for 10 rows, a cut of 4, a step of 3.",
            "the last start is at most `rows - cut`. How many steps from 0 fit into it? Add the"
            " start at 0, do the same for the columns, and multiply.",
        ),
    ),
    "flip_boxes": Exercise(
        task="Move boxes along with a mirrored picture",
        reference=flip_boxes,
        cases={
            "one box, width 10": (np.array([[1, 0, 2, 3]]), 10),
            "one box at the right border, width 8": (np.array([[0, 5, 9, 8]]), 8),
            "one box, width 9": (np.array([[2, 1, 5, 4]]), 9),
            "three boxes, width 12": (BOXES, 12),
        },
        misconceptions={
            flip_boxes_not: "The boxes stayed where they were, and the things in the picture moved"
            " to the other side.",
            flip_boxes_unordered: "The distances are right, but left is now larger than right, and"
            " such a slice is empty. The old right edge becomes the new left one.",
            flip_boxes_exchanged_only: "Exchanging the two numbers leaves the box on its place, and"
            " empty. Count from the other side: `width` minus the edge.",
            flip_boxes_overwritten: "The left edge is right, the right one is still the old one."
            " Compute it from the old left edge: if the new one is already written over it, keep"
            " a copy first.",
            flip_boxes_as_pixels: "One pixel too far left. `width - 1` is right for the number of a"
            " pixel. Edges lie between pixels: the left border is 0 and the right one is `width`.",
            flip_boxes_left_as_pixel: "The left edge is one pixel too far left. It is the old right"
            " edge, which lies between pixels: `width` minus it, and nothing more.",
            flip_boxes_one_too_far: "One pixel too far right: the right border is `width`, and it"
            " becomes 0.",
            flip_boxes_last_included: "`right` is the end of a slice, the first column that is"
            " *not* in the box, before and after. Take nothing off.",
            flip_boxes_about_half: "An edge and its mirror image add up to the whole `width`,"
            " not to half of it. And the old right edge becomes the new left one.",
            flip_boxes_vertical: "These were mirrored top-bottom. Left-right changes only `left`"
            " and `right`.",
            flip_boxes_reversed: "The boxes came back in reversed order. Row k must stay box k.",
            flip_boxes_unordered_as_pixels: "Two things: the old right edge becomes the new left"
            " one; and edges lie between pixels, so it is width, not width - 1.",
            flip_boxes_both_ways: "All four were mirrored. Left-right changes only `left` and"
            " `right`; top and bottom stay.",
        },
    ),
    "move": Exercise(
        task="Move the content of a picture without wrapping",
        reference=move,
        cases={
            "int16 2 x 3 with -1, 0 and 300, right 1, fill 9": (HOLES, 0, 1, 9),
            "floats 3 x 4, down 1, fill 0.5": (FLOAT, 1, 0, 0.5),
            "4 x 6, down 1, right 2, fill 250": (GREY, 1, 2, 250),
            "4 x 6, up 1, left 1, fill 250": (GREY, -1, -1, 250),
            "4 x 6, up 1, left 3, fill 250": (GREY, -1, -3, 250),
            "4 x 6, down 2, left 1, fill 0": (GREY, 2, -1, 0),
            "4 x 6, down 5, fill 250": (GREY, 5, 0, 250),
            "4 x 6, right 8, fill 250": (GREY, 0, 8, 250),
            "4 x 6, up 5, left 8, fill 250": (GREY, -5, -8, 250),
            "colour 5 x 3, up 2, right 1, fill 220": (COLOUR, -2, 1, 220),
        },
        misconceptions={
            move_wraps: "What left on one side came back on the other: `np.roll` wraps. Where"
            " nothing comes from, there must be `fill`.",
            move_backwards: "The content moved up and left where it should go down and right. The"
            " pixel at `row` comes from `row - down`.",
            move_right_first: "Down and right are exchanged. Rows come first: `down` belongs to"
            " axis 0.",
            move_black: "The empty places are black. They should get the value `fill`.",
            move_fills_holes: "The picture's own 0 became `fill`, too. Only places where nothing"
            " comes from get it: start with a new picture that is full of `fill`.",
            move_fills_negative: "The picture's own -1 became `fill`, too: no value can mark the"
            " empty places. Start with a new picture that is full of `fill`.",
            move_repeats_edge: "The empty places repeat the edge of the picture. They should get"
            " the value `fill`.",
            move_keeps_old: "Where nothing comes from, the old pixels are still there. Start with a"
            " new picture that is full of `fill`.",
            move_only_forwards: "It moves down and right only. Negative numbers should move the"
            " content up, or to the left.",
            move_positive: "Negative numbers move in the wrong direction: up and left, not down and"
            " right.",
            move_negative_wraps: "A negative index counts from the end in Python, so pixels from"
            " the other side come in. Also ask whether the index is at least 0.",
            move_written_from_the_end: "`row + down` may be negative, and a negative index counts"
            " from the end: what left at the top came in at the bottom. Also ask whether the index"
            " is at least 0.",
            move_roll_then_fill_as_given: "With a negative number a slice counts from the end, so"
            " the wrong rows are meant. When the content goes up, the *last* rows must be filled,"
            " and to the left the last columns.",
            move_roll_then_fill_forwards: "Down and right are right. For negative numbers the last"
            " rows or columns must be filled instead.",
            move_only_down: "The content moves down or up, but not to the side.",
            move_only_right: "The content moves to the side, but not down or up.",
            move_skips_row_zero: "Row 0 and column 0 of the old picture did not move along. They"
            " belong to it: ask with `0 <=`, not `0 <`.",
            move_grows: "The canvas has grown. The new picture has the shape of the old one.",
            move_to_uint8: "Floats in [0, 1] became whole numbers. The new picture has the dtype of"
            " the old one: `np.full_like` keeps it.",
            move_to_float: "The values are right, the dtype is not: `np.full` and `np.zeros` choose"
            " their own. `np.full_like(image, fill)` keeps the dtype of the picture.",
            move_forward_only: "Moves down and to the right work. With a negative number nothing"
            " is copied: treat up and left as well.",
        },
    ),
    "split_sources": Exercise(
        task="Put whole photographs into the test part",
        reference=split_sources,
        cases={
            "four files, share 0.5": (FOUR, ["coins", "moon"], 0.5),
            "four files, share 0.3": (FOUR, ["moon", "coins"], 0.3),
            "names with underscores, share 0.25": (
                TRICKY,
                ["moon", "deep_moon", "moon_rise", "moon_2"],
                0.25,
            ),
            "names with underscores, share 0.7": (
                TRICKY,
                ["deep_moon", "moon_rise", "moon_2", "moon"],
                0.7,
            ),
            "6, 1 and 3 tiles, share 0.14": (LOPSIDED, ["cat", "page", "mug"], 0.14),
            "6, 1 and 3 tiles, share 0.25": (LOPSIDED, ["cat", "mug", "page"], 0.25),
            "6, 1 and 3 tiles, share 0.5": (LOPSIDED, ["page", "cat", "mug"], 0.5),
        },
        misconceptions={
            split_by_files: "Here the first files make the test. Parts of one photograph may then"
            " be on both sides, and the test knows its siblings. Go by photograph, in the given"
            " `order`.",
            split_by_files_rounded_down: "Here the first files make the test, and sometimes too"
            " few. Go by photograph, in the given `order`, until the share is reached or passed.",
            split_by_files_in_order: "The last photograph was torn apart to reach the share"
            " exactly. Take whole photographs, even if the test part gets a little larger.",
            split_by_photographs: "That is the share of the photographs. They have different"
            " numbers of files: count files.",
            split_by_photographs_rounded_down: "That is the share of the photographs, cut to a"
            " whole number. They have different numbers of files: count files.",
            split_one_too_few: "The test part is smaller than the share: go on until it is reached"
            " or passed.",
            split_one_too_many: "One photograph too many: stop as soon as the share is reached.",
            split_more_than_share: "When the share is reached exactly, that is enough: at least"
            " means `>=`.",
            split_share_cut_to_whole: "The number of files was cut to a whole one. At least 1.4"
            " files are two: compare with `share * len(names)` as it is.",
            split_training: "True and false are exchanged: true marks the test files.",
            split_by_prefix: "`moon_rise_00.png` starts with `moon` too, and is another photograph."
            " Cut at the last underscore and compare the whole name.",
            split_by_end_of_name: "`deep_moon_00.png` holds `moon_0` too, but is another"
            " photograph. Cut at the last underscore and compare the whole name.",
            split_by_first_word: "`split('_')[0]` cuts at the first underscore, and some names have"
            " more of them. Cut at the last one.",
            split_alphabetically: "Take the photographs in the given `order`, not sorted by name.",
            split_in_file_order: "Take the photographs in the given `order`, not in the order of"
            " the files.",
            split_first_only: "Only the first photograph of `order` was taken. Go on until the"
            " share is reached.",
            split_every_photograph: "All files are in the test part, and none is left to learn"
            " from. Stop when the share is reached.",
            split_places: "These are the numbers of the test files. Return true or false for each"
            " file.",
            split_names: "These are the names of the test files. Return true or false for each"
            " file.",
            split_training_beyond_the_share: "Two things: true marks the *test* files; and a share"
            " that is met exactly is enough.",
        },
    ),
    "gain_error": Exercise(
        task="Give a mean gain with its standard error, runs missing",
        reference=gain,
        cases={
            "three seeds": SMALL,
            "five seeds, a gain of 0, an accuracy of 0, one incomplete": (ZEROS, LUCKY),
            "six seeds, harm": HARM,
            "twelve seeds, four of them incomplete": PAIRED,
        },
        misconceptions={
            gain_unpaired: "The mean is right. The error was taken from the two spreads, and the"
            " luck that both runs share is still in it: take the SD of the differences.",
            gain_spreads_apart: "The mean is right. The error was taken from the two spreads, even"
            " from different seeds, and the luck that both runs share is still in it: take the SD"
            " of the differences.",
            gain_spreads_apart_one_number: "The mean is right, and so is the number of seeds. But"
            " the two spreads still hold the luck that both runs share: take the SD of the"
            " differences.",
            gain_unpaired_ddof_0: "Take the difference for each seed first, and the error of these"
            " differences: most of the luck cancels. And for few values use `ddof=1`.",
            gain_errors_added: "Errors do not add up like this. Take the difference for each seed"
            " first, and then one standard error.",
            gain_errors_subtracted: "Errors do not subtract: this one may even be negative. Take"
            " the difference for each seed first, and then one standard error.",
            gain_error_of_changed: "That is the error of the changed accuracies alone. Take the"
            " error of the differences.",
            gain_sd: "That is the SD of the differences. The error of their mean is smaller: divide"
            " by the root of their number.",
            gain_ddof_0: "Nearly: `std` divides by n unless told otherwise, which is too small for"
            " few values. Use `ddof=1`.",
            gain_ddof_0_sd: "That is the SD of the differences, with n below the sum. Use `ddof=1`,"
            " and divide by the root of their number.",
            gain_with_nan: "One `nan` makes every sum `nan`. Leave out the seeds of which a run is"
            " missing: `np.isnan` finds them.",
            gain_with_nan_ddof_0: "Two things: leave out the seeds of which a run is missing"
            " (`np.isnan` finds them), and use `ddof=1` for few values.",
            gain_all_seeds_as_n: "The SD is right, the number below the root is not: only the seeds"
            " with both runs count.",
            gain_means_apart: "Each mean was taken over other seeds, so that the luck no longer"
            " cancels. A seed counts only if both of its runs finished.",
            gain_means_apart_unpaired: "The two sets were cleaned and averaged apart: other seeds,"
            " other luck. Take the difference for each seed first, then leave out the `nan`.",
            gain_nan_as_zero: "A missing run was counted as a gain of 0. It says nothing about the"
            " gain: leave it out.",
            gain_without_zeros: "A seed whose gain is 0 was left out. It counts: leave out only"
            " what is `nan`.",
            gain_zeros_not_counted: "A gain of 0 counts as a seed: the number below the root is"
            " that of all differences which are not `nan`.",
            gain_without_accuracies_of_zero: "A run with an accuracy of 0 was left out. It finished"
            " and counts: leave out only what is `nan`.",
            gain_crash_as_accuracy_zero: "A missing run was counted as an accuracy of 0, which"
            " makes gains of almost 1. Leave it out.",
            gain_two_errors: "Return one standard error; twice of it is what we draw or print"
            " behind ±.",
            gain_divided_by_n: "The standard error is the SD divided by the *root* of n.",
            gain_reversed: "The sign is wrong: a gain is changed minus plain.",
            gain_in_points: "Return shares, not percentage points: leave out the factor 100.",
            gain_relative: "The gain is the difference, not the ratio.",
            gain_mean_only: "The mean is right; return its standard error as well.",
            gain_absolute: "Without signs harm looks like a gain. Leave out `abs`.",
            gain_swapped: "The mean comes first, then its standard error.",
            gain_interval: "These are two ends of an interval. Return the mean and its standard"
            " error.",
        },
        atol=1e-9,
        steps=(
            "first `changed - plain`, seed by seed. Which of these differences are numbers?",
            "keep the differences that are no `nan`. Their mean is one answer, their SD with"
            " `ddof=1` divided by the root of their number is the other.",
        ),
    ),
}
