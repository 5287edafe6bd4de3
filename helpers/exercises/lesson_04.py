"""Exercises of lesson 04: the middle of a window, spikes, masks of waves, which filter."""

import numpy as np

from helpers import filters
from helpers.exercises import Exercise

RNG = np.random.default_rng(4)
GREY = RNG.integers(0, 256, (5, 7), dtype=np.uint8)
GREY[2, 3:5] = 0, 255  # two spikes away from the border
TALL = RNG.integers(0, 256, (8, 5), dtype=np.uint8)
STEPS = np.array([[9, 8, 8, 5], [7, 9, 7, 7], [6, 6, 5, 9]], dtype=np.uint8)
DOT = np.array([[60, 62, 61], [63, 250, 60], [61, 59, 64]], dtype=np.uint8)
DARK_DOT = np.array([[60, 62, 61], [63, 10, 60], [61, 59, 64]], dtype=np.uint8)
CORNERS = np.array([[0, 80, 82, 255], [81, 83, 80, 84], [255, 79, 82, 1]], dtype=np.uint8)
PAIR = np.array([[90, 91, 92, 93], [94, 220, 200, 95], [96, 97, 98, 99], [9, 90, 91, 92]], np.uint8)
TWINS = np.array(  # 0 beside 5 on bright ground; 255 alone and two of 230 on dark ground
    [
        [0, 151, 153, 61, 64, 60, 63, 62],
        [5, 154, 150, 62, 65, 61, 255, 60],
        [152, 153, 155, 60, 66, 63, 64, 67],
        [151, 150, 154, 65, 62, 230, 61, 63],
        [153, 152, 151, 64, 60, 230, 66, 65],
    ],
    dtype=np.uint8,
)

FILTERS = ("median", "non-local means", "zero the dots", "conservative")


def nine(image, **border):
    """Return each pixel and its neighbours as nine shifted pictures."""
    padded = np.pad(image, 1, **(border or {"mode": "edge"}))
    rows, columns = image.shape
    return np.stack([padded[r : r + rows, c : c + columns] for r in range(3) for c in range(3)])


def ring(image, **border):
    return np.delete(nine(image, **border), 4, axis=0)


def by_rank(image, **border):
    return np.sort(np.moveaxis(nine(image, **border), 0, -1), axis=-1)


def trimmed_mean(image, cut):
    return by_rank(image)[..., cut : 9 - cut].mean(axis=-1)


def trimmed_empty(image, cut):
    return by_rank(image)[..., cut:-cut].mean(axis=-1)


def trimmed_top(image, cut):
    return by_rank(image)[..., : 9 - cut].mean(axis=-1)


def trimmed_bottom(image, cut):
    return by_rank(image)[..., cut:].mean(axis=-1)


def trimmed_in_total(image, cut):
    return by_rank(image)[..., cut // 2 : 9 - (cut - cut // 2)].mean(axis=-1)


def trimmed_one_too_many(image, cut):
    return by_rank(image)[..., cut : 8 - cut].mean(axis=-1)


def trimmed_unsorted(image, cut):
    return nine(image)[cut : 9 - cut].mean(axis=0)


def trimmed_without_centre(image, cut):
    return np.sort(ring(image), axis=0)[cut : 8 - cut].mean(axis=0)


def trimmed_zero_border(image, cut):
    return by_rank(image, mode="constant")[..., cut : 9 - cut].mean(axis=-1)


def trimmed_mirror_border(image, cut):
    return by_rank(image, mode="reflect")[..., cut : 9 - cut].mean(axis=-1)


def trimmed_wraps(image, cut):
    return sum(by_rank(image)[..., rank] for rank in range(cut, 9 - cut)) / (9 - 2 * cut)


def trimmed_divided_by_nine(image, cut):
    return by_rank(image)[..., cut : 9 - cut].sum(axis=-1) / 9


def trimmed_to_uint8(image, cut):
    return np.rint(trimmed_mean(image, cut)).astype(np.uint8)


def trimmed_cut_to_uint8(image, cut):
    return trimmed_mean(image, cut).astype(np.uint8)


def lowest(image):
    return ring(image, constant_values=255).min(axis=0)


def highest(image):
    return ring(image, constant_values=0).max(axis=0)


def clip_spikes(image, margin, low, high):
    below, above = low.astype(int) - margin, high.astype(int) + margin
    return np.where(image < below, low, np.where(image > above, high, image))


def despike(image, margin):
    clipped = filters.conservative(image)
    return np.where(np.abs(image.astype(int) - clipped) > margin, clipped, image)


def despike_with_centre(image, margin):
    window = by_rank(image)
    return clip_spikes(image, margin, window[..., 0], window[..., -1])


def despike_inside_only(image, margin):
    clean = image.copy()
    clean[1:-1, 1:-1] = despike(image, margin)[1:-1, 1:-1]
    return clean


def despike_zero_border(image, margin):
    around = ring(image, constant_values=0)
    return clip_spikes(image, margin, around.min(axis=0), around.max(axis=0))


def despike_without_margin(image, margin):
    return despike(image, 0)


def despike_from_margin_on(image, margin):
    return despike(image, margin - 1)


def despike_to_the_margin(image, margin):
    low, high = lowest(image).astype(int) - margin, highest(image).astype(int) + margin
    return np.clip(image, low, high).astype(np.uint8)


def despike_wraps(image, margin):
    margin = np.uint8(margin)
    low, high = lowest(image), highest(image)
    return np.where(image < low - margin, low, np.where(image > high + margin, high, image))


def despike_wraps_bright_first(image, margin):
    margin = np.uint8(margin)
    low, high = lowest(image), highest(image)
    return np.where(image > high + margin, high, np.where(image < low - margin, low, image))


def despike_difference_wraps(image, margin):
    low, high = lowest(image), highest(image)
    return np.where(image - high > margin, high, np.where(low - image > margin, low, image))


def despike_absolute_wraps(image, margin):
    clipped = filters.conservative(image)
    return np.where(np.abs(image - clipped) > margin, clipped, image)


def despike_only_bright(image, margin):
    return clip_spikes(image, margin, np.zeros_like(image), highest(image))


def despike_only_dark(image, margin):
    return clip_spikes(image, margin, lowest(image), np.full_like(image, 255))


def despike_median(image, margin):
    return by_rank(image)[..., 4]


def despike_to_median(image, margin):
    return np.where(image == despike(image, margin), image, by_rank(image)[..., 4])


def despike_wrong_end(image, margin):
    low, high = lowest(image), highest(image)
    clean = np.where(image > high.astype(int) + margin, low, image)
    return np.where(image < low.astype(int) - margin, high, clean)


def despike_four_neighbours(image, margin):
    cross = [1, 3, 4, 6]
    low = ring(image, constant_values=255)[cross].min(axis=0)
    return clip_spikes(image, margin, low, ring(image, constant_values=0)[cross].max(axis=0))


def despike_far_from_median(image, margin):
    middle = by_rank(image)[..., 4]
    return np.where(np.abs(image.astype(int) - middle) > margin, middle, image)


def despike_twins_left_out(image, margin):
    around = np.ma.masked_less(ring(image.astype(int), constant_values=-1), 0)
    around = np.ma.masked_where(around == image, around)
    low, high = around.min(axis=0).filled(0), around.max(axis=0).filled(255)
    return clip_spikes(image, margin, low, high).astype(np.uint8)


def despike_zeros_left_out(image, margin):
    around = ring(image, constant_values=0)
    low = np.where(around == 0, 255, around).min(axis=0)
    return clip_spikes(image, margin, low, around.max(axis=0))


def low_pass_mask(shape, reach):
    down, across = (np.abs(np.arange(length) - length // 2) <= reach for length in shape)
    return down[:, None] & across


def mask_even(shape, reach):
    mask = np.zeros(shape, dtype=bool)
    row, column = shape[0] // 2, shape[1] // 2
    mask[max(row - reach, 0) : row + reach, max(column - reach, 0) : column + reach] = True
    return mask


def mask_slice_from_below_zero(shape, reach):
    mask = np.zeros(shape, dtype=bool)
    row, column = shape[0] // 2, shape[1] // 2
    mask[row - reach : row + reach + 1, column - reach : column + reach + 1] = True
    return mask


def mask_around_half(shape, reach):
    down, across = (np.abs(np.arange(length) - (length - 1) / 2) <= reach for length in shape)
    return down[:, None] & across


def mask_around_lower_middle(shape, reach):
    down, across = (np.abs(np.arange(length) - (length - 1) // 2) <= reach for length in shape)
    return down[:, None] & across


def mask_in_corners(shape, reach):
    return np.fft.ifftshift(low_pass_mask(shape, reach))


def mask_by_distance(shape, reach):
    down, across = (np.arange(length) - length // 2 for length in shape)
    return np.hypot(down[:, None], across) <= reach


def mask_cross(shape, reach):
    down, across = (np.abs(np.arange(length) - length // 2) <= reach for length in shape)
    return down[:, None] | across


def mask_high_pass(shape, reach):
    return ~low_pass_mask(shape, reach)


def mask_transposed(shape, reach):
    return low_pass_mask(shape[::-1], reach)


def mask_in_cycles_per_pixel(shape, reach):
    down, across = (np.abs(np.fft.fftshift(np.fft.fftfreq(length))) for length in shape)
    return (down[:, None] <= reach) & (across <= reach)


def mask_not_rounded(shape, reach):
    down, across = (np.abs(np.fft.fftshift(np.fft.fftfreq(n) * n)) <= reach for n in shape)
    return down[:, None] & across


def mask_one_middle(shape, reach):
    down, across = (np.abs(np.arange(length) - shape[0] // 2) <= reach for length in shape)
    return down[:, None] & across


def mask_below_reach(shape, reach):
    return low_pass_mask(shape, reach - 1)


def mask_only_across(shape, reach):
    across = np.abs(np.arange(shape[1]) - shape[1] // 2) <= reach
    return np.tile(across, (shape[0], 1))


def mask_only_down(shape, reach):
    down = np.abs(np.arange(shape[0]) - shape[0] // 2) <= reach
    return np.tile(down[:, None], (1, shape[1]))


def mask_one_sided(shape, reach):
    down, across = (np.arange(length) - length // 2 <= reach for length in shape)
    return down[:, None] & across


def mask_diamond(shape, reach):
    down, across = (np.abs(np.arange(length) - length // 2) for length in shape)
    return down[:, None] + across <= reach


def mask_cross_below_reach(shape, reach):
    return mask_cross(shape, reach - 1)


def not_four_names(answer):
    return not isinstance(answer, (list, tuple)) or len(answer) != 4


def other_names(answer):
    return any(name not in FILTERS for name in answer)


def picture_a(answer):
    return answer[0] != "median"


def picture_b(answer):
    return answer[1] != "non-local means"


def picture_c(answer):
    return answer[2] != "zero the dots"


def picture_d(answer):
    return answer[3] != "conservative"


def mask_middle_rounded_up(shape, reach):
    down, across = (np.abs(np.arange(n) - (n + 1) // 2) <= reach for n in shape)
    return down[:, None] & across


def trimmed_only_the_top(image, cut):
    return by_rank(image)[..., : 9 - cut].sum(axis=-1) / 9


def trimmed_median_of_one_side(image, cut):
    return np.median(by_rank(image)[..., cut:], axis=-1)


def despike_to_median_of_neighbours(image, margin):
    outside = despike(image, margin) != image
    around = np.ma.median(np.ma.masked_less(ring(image.astype(int), constant_values=-1), 0), axis=0)
    return np.where(outside, np.ma.getdata(around), image).astype(np.uint8)


def despike_four_neighbours_in_black(image, margin):
    four = ring(image, constant_values=0)[[1, 3, 4, 6]]
    return clip_spikes(image, margin, four.min(axis=0), four.max(axis=0))


def low_pass_unshifted_below_reach(shape, reach):
    down, right = (np.abs(np.fft.fftfreq(n) * n) < reach for n in shape)
    return down[:, None] & right


def despike_to_mean_of_neighbours(image, margin):
    image = np.asarray(image)
    counted = ring(np.ones(image.shape, int), constant_values=0).sum(axis=0)
    means = ring(image.astype(int), constant_values=0).sum(axis=0) // counted
    return np.where(despike(image, margin) != image, means, image).astype(np.uint8)


EXERCISES = {
    "centre": Exercise(
        task="Predict what clipping to the range of the whole window does",
        reference="nothing changes",
        choices=("nothing changes", "all spikes go", "the picture blurs"),
        misconceptions={
            "all spikes go": "The window of a spike contains the spike. Its maximum is then at"
            " least the spike itself, so nothing is ever too bright.",
            "the picture blurs": "No pixel is averaged, and none lies outside a range that it"
            " helped to make: every pixel stays as it is.",
        },
        explanation="A pixel is never outside the range of a window that it belongs to.",
    ),
    "window": Exercise(
        task="Predict which window of the conservative filter leaves more spikes",
        reference="5 x 5",
        choices=("3 x 3", "5 x 5", "both the same"),
        misconceptions={
            "3 x 3": "A spike stays when another spike of its colour is near, because that one"
            " stretches the range. In which window is this more likely?",
            "both the same": "Among 24 neighbours another spike is more likely than among 8, and"
            " one is enough to stretch the range.",
        },
        explanation="One other spike among the neighbours is enough, and 24 are more than 8.",
    ),
    "stripes": Exercise(
        task="Predict the stripes from a dot at 0.25 cycles a pixel to the right",
        reference="vertical, 4 pixels apart",
        choices=(
            "vertical, 4 pixels apart",
            "horizontal, 4 pixels apart",
            "vertical, 25 pixels apart",
        ),
        misconceptions={
            "horizontal, 4 pixels apart": "The distance is right. But the wave goes up and down"
            " while one walks to the right and is the same all the way down, so its stripes"
            " stand upright.",
            "vertical, 25 pixels apart": "The direction is right. A quarter of a cycle for each"
            " pixel means that a cycle takes four pixels.",
        },
        explanation="It changes across, with one cycle in 1 / 0.25 = 4 pixels.",
        again=Exercise(
            task="Predict the stripes from a dot at 0.1 cycles a pixel straight down",
            reference="horizontal, 10 pixels apart",
            choices=(
                "horizontal, 10 pixels apart",
                "vertical, 10 pixels apart",
                "horizontal, 100 pixels apart",
            ),
            misconceptions={
                "vertical, 10 pixels apart": "The distance is right. The wave changes on the way"
                " down and is the same all the way across, so its stripes lie flat.",
                "horizontal, 100 pixels apart": "The direction is right. A tenth of a cycle for"
                " each pixel means that a cycle takes ten pixels.",
            },
            explanation="It changes downwards, with one cycle in 1 / 0.1 = 10 pixels.",
        ),
    ),
    "ringing": Exercise(
        task="Predict the overshoot of an ideal low-pass with four times the cutoff",
        reference="about the same",
        choices=("about a quarter", "about half", "about the same"),
        misconceptions={
            "about a quarter": "More waves make the ripples four times as narrow, and that is"
            " where the factor 4 goes. Their height next to the step stays.",
            "about half": "More waves make the ripples narrower. Their height next to the step"
            " does not depend on the cutoff.",
        },
        explanation="The ripples get narrower, not lower: about 9 % of the step at each of these"
        " cutoffs.",
    ),
    "ramp": Exercise(
        task="Predict where the high-pass of an even ramp is large",
        reference="only at the left and right border",
        choices=("everywhere", "nowhere", "only at the left and right border"),
        misconceptions={
            "everywhere": "A high-pass answers where the slope changes, and this slope is the same"
            " everywhere inside.",
            "nowhere": "Right for the inside, where the slope never changes. But the Fourier way"
            " takes the picture as one tile of an endless pattern: where does 255 meet 0?",
        },
        explanation="Inside the slope never changes; at the borders white meets the next tile's"
        " black.",
    ),
    "trimmed_mean": Exercise(
        task="Average the middle of the sorted neighbours",
        reference=trimmed_mean,
        cases={
            "a 3 x 4 picture, cut 1": (STEPS, 1),
            "a 3 x 4 picture, cut 3": (STEPS, 3),
            "a 5 x 7 picture, cut 0": (GREY, 0),
            "a 5 x 7 picture, cut 4": (GREY, 4),
            "an 8 x 5 picture, cut 2": (TALL, 2),
        },
        misconceptions={
            trimmed_empty: "The slice [cut:-cut] is empty when cut is 0, and the mean of nothing is"
            " nan. Count from the front: up to 9 - cut.",
            trimmed_top: "Only the largest were dropped. Drop as many of the smallest.",
            trimmed_bottom: "Only the smallest were dropped. Drop as many of the largest.",
            trimmed_in_total: "cut is the number to drop at each end, not at both ends together.",
            trimmed_one_too_many: "The end of a slice is not part of it: [cut:8 - cut] drops one"
            " too many at the top. With cut = 0 all nine must stay.",
            trimmed_unsorted: "These are the neighbours in the order of their places. Sort them"
            " first, along the last axis.",
            trimmed_without_centre: "Here the pixel itself belongs to the nine; only the"
            " conservative filter leaves it out.",
            trimmed_zero_border: "Zeros stand outside your picture and darken its border. Repeat"
            " the edge: mode='edge'.",
            trimmed_mirror_border: "mode='reflect' of NumPy leaves the edge itself out and takes"
            " the second row. Repeat the edge: mode='edge'.",
            trimmed_wraps: "The sum wrapped round at 255. Widen first, or let .mean do it.",
            trimmed_divided_by_nine: "After cutting fewer than nine are left: divide the sum by"
            " 9 - 2 * cut.",
            trimmed_cut_to_uint8: "The decimals were cut off: going to whole numbers loses up to a"
            " level. Return the mean as a float.",
            trimmed_to_uint8: "Return the mean with its decimals, as a float: rounding comes when"
            " a picture is stored.",
            trimmed_only_the_top: "Two things: the `cut` smallest are dropped too; and fewer than"
            " nine are left to divide by.",
            trimmed_median_of_one_side: "Two things: drop the `cut` largest as well; and the mean"
            " of the others is asked for, not their median.",
        },
    ),
    "despike": Exercise(
        task="Clip pixels that stick out of their neighbours' range by more than a margin",
        reference=despike,
        cases={
            "a bright dot in 3 x 3, margin 0": (DOT, 0),
            "a dot that sticks out by 186, margin 186": (DOT, 186),
            "a dark dot that sticks out by 49, margin 49": (DARK_DOT, 49),
            "spikes in the corners of 3 x 4, margin 9": (CORNERS, 9),
            "two spikes side by side in 4 x 4, margin 10": (PAIR, 10),
            "a 5 x 7 picture, margin 12": (GREY, 12),
            "equal spikes side by side, and 0 beside 5, margin 125": (TWINS, 125),
        },
        misconceptions={
            despike_with_centre: "Nothing has changed: a pixel that belongs to its own window is"
            " never outside the range. Leave a hole in the middle.",
            despike_inside_only: "Look at the border: if a loop skips it, or a repeated edge makes"
            " each pixel there its own neighbour, none of it ever changes. Take only the neighbours"
            " inside the picture.",
            despike_zero_border: "Zeros stand outside your picture, so the range at the border"
            " starts at 0 and dark spikes stay there. Take only the neighbours inside.",
            despike_without_margin: "The margin has no effect: a pixel that sticks out by `margin`"
            " levels or less stays as it is.",
            despike_from_margin_on: "A pixel that sticks out by exactly `margin` levels is no"
            " spike: more than `margin` means >, not >=.",
            despike_to_the_margin: "The spikes are found, but they were set to the end of the range"
            " plus or minus the margin. Give them the neighbour's value itself.",
            despike_wraps: "In uint8 250 + 20 is 14, and 10 - 20 is 246: the limits wrapped round."
            " Widen the limits before you add or subtract the margin.",
            despike_wraps_bright_first: "The limits wrapped round: in uint8 60 - 186 is 130, and"
            " 250 + 20 is 14. Widen them before you add or subtract the margin.",
            despike_difference_wraps: "In uint8 the difference 60 - 70 is 246, so pixels inside the"
            " range look like spikes. Widen before you subtract.",
            despike_absolute_wraps: "Bright spikes are right. A pixel that is 3 darker than its"
            " limit differs by 253 in uint8, and np.abs cannot mend that. Widen to int before you"
            " subtract.",
            despike_only_bright: "Bright spikes go, dark ones stay. Clip at both ends.",
            despike_only_dark: "Dark spikes go, bright ones stay. Clip at both ends.",
            despike_median: "That is the median: it changes nearly every pixel. Keep a pixel that"
            " is within the range of its neighbours.",
            despike_to_median: "The spikes are found, but they became the median. A pixel that is"
            " too bright becomes the largest of its neighbours.",
            despike_far_from_median: "That measures the distance from the median. Ask whether the"
            " pixel is outside the range of its neighbours, and by how much.",
            despike_wrong_end: "The two ends are swapped: a pixel that is too bright becomes the"
            " largest of its neighbours, not the smallest.",
            despike_four_neighbours: "Four neighbours were asked. The diagonal ones count too:"
            " eight in all.",
            despike_to_median_of_neighbours: "The spikes are found, but they got the median of the"
            " neighbours. Give them the brightest or the darkest one.",
            despike_four_neighbours_in_black: "Two things: each pixel has eight neighbours; and"
            " outside the picture nothing counts, not even a 0.",
            despike_to_mean_of_neighbours: "The spikes are found, but they got the mean of the"
            " neighbours. Give them the brightest or the darkest one.",
            despike_twins_left_out: "A neighbour with the same value as the pixel counts too. Leave"
            " the pixel out by its place, not by its value.",
            despike_zeros_left_out: "A black neighbour, 0, counts too. Leave out what lies outside"
            " the picture, not the value 0.",
        },
    ),
    "low_pass_mask": Exercise(
        task="Make a symmetric square mask for the slow waves",
        reference=low_pass_mask,
        cases={
            "5 x 5, reach 1": ((5, 5), 1),
            "4 x 6, reach 1": ((4, 6), 1),
            "6 x 5, reach 3": ((6, 5), 3),
            "7 x 10, reach 3": ((7, 10), 3),
            "5 x 8, reach 2": ((5, 8), 2),
            "4 x 9, reach 3": ((4, 9), 3),
            "3 x 4, reach 0": ((3, 4), 0),
            "14 x 49, reach 4": ((14, 49), 4),
        },
        misconceptions={
            mask_even: "The mask has an even width: the wave of frequency -reach is in, its twin"
            " +reach"
            " is not. From middle - reach up to and including middle + reach.",
            mask_slice_from_below_zero: "When the reach is longer than half the side, middle -"
            " reach is negative, and a negative start counts from the end. Stop it at 0.",
            mask_around_half: "For an even number of rows (n - 1) / 2 lies between two places. In a"
            " shifted spectrum frequency 0 is at n // 2.",
            mask_around_lower_middle: "For an even number of rows this is one place too early: in a"
            " shifted spectrum frequency 0 is at n // 2, not at (n - 1) // 2.",
            mask_in_corners: "That is the order of np.fft.fft2, with frequency 0 in the corner. The"
            " spectrum here is shifted: frequency 0 in the middle.",
            mask_by_distance: "That is a disc. Here each direction is asked on its own, which makes"
            " a square.",
            mask_only_across: "Only the columns were asked. A wave passes when it is slow down as"
            " well.",
            mask_only_down: "Only the rows were asked. A wave passes when it is slow across as"
            " well.",
            mask_one_sided: "All waves on the negative side pass. Both sides count: compare the"
            " absolute value, np.abs, with the reach.",
            mask_diamond: "Cycles down plus cycles right make a diamond. Each direction is asked on"
            " its own, which makes a square.",
            mask_cross_below_reach: "Two things: a wave must be slow down and across (& instead of"
            " |), and a wave of exactly `reach` cycles passes too (<=).",
            mask_cross: "One slow direction is enough for you, which makes a cross. A wave passes"
            " when it is slow down and across: use & instead of |.",
            mask_high_pass: "The other way round: True where waves are slow.",
            mask_transposed: "Rows come first: shape is (rows, columns).",
            mask_in_cycles_per_pixel: "Every wave passes: np.fft.fftfreq counts cycles per pixel,"
            " at most 0.5, and `reach` counts cycles in the whole picture. Multiply by the length,"
            " and round with np.rint.",
            mask_not_rounded: "For 10 columns np.fft.fftfreq(10) * 10 holds 3.0000000000000004,"
            " which is above 3. Round such products with np.rint.",
            mask_one_middle: "The middle of the rows was used for the columns too. Each direction"
            " has its own length.",
            mask_below_reach: "The mask is one wave too narrow on each side: a wave of exactly"
            " `reach` cycles passes too.",
            mask_middle_rounded_up: "For odd sides the middle is one too far: after"
            " np.fft.fftshift the frequency 0 stands at n // 2.",
            low_pass_unshifted_below_reach: "Two things: frequency 0 lies in the middle here, as"
            " `np.fft.fftshift` leaves it; and a wave of exactly `reach` cycles passes too.",
        },
    ),
    "which": Exercise(
        task="Name a filter for each of four damaged pictures",
        reference=FILTERS,
        misconceptions={
            not_four_names: "Write a list of four names, one for each of A, B, C and D in this"
            " order.",
            other_names: "Take the names from the menu of the explorer, letter by letter.",
            picture_a: "A: pixels are pure black or white, many of them and often side by side."
            " Which filter takes no notice of extreme values, even of several at once?",
            picture_b: "B: every pixel is a little wrong, up or down. That needs an average over"
            " many pixels which spares the edges.",
            picture_c: "C: a regular pattern over the whole picture is one wave. Where does one"
            " wave sit alone, apart from the picture?",
            picture_d: "D: single spikes, far apart, on fine letters. Which filter takes them and"
            " touches hardly any other pixel?",
        },
        explanation="Spikes in crowds, noise everywhere, one wave, single spikes.",
    ),
}
