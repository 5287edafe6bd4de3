"""Exercises of lesson 18: slopes, a split of counts, thinning, a learnt kernel, a step downhill."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(18)
CORNER = np.array([[10, 10, 40], [10, 70, 40]], "uint8")
STEPS = np.array([[0.0, 2, 8, 8, 5], [1, 1, 6, 9, 9], [7, 3, 4, 0, 2], [2, 2, 2, 2, 3]])
BYTES = RNG.integers(0, 256, (6, 9)).astype(np.uint8)
WAVES = RNG.normal(0, 1, (7, 5)).round(2)
HILLS = np.array([3, 5, 2, 0, 0, 4, 6, 1])
THREE = np.array([2, 0, 0, 1, 9, 1, 0, 8])  # the spread falls, and rises again
RARE = np.array([2, 9, 30, 9, 2, 0, 1, 0, 2, 1])
MANY = RNG.poisson(40 * np.exp(-((np.arange(30) - 9) ** 2) / 30) + 5)
FAR = np.array([0, 0, 7, 0, 0, 0, 0, 1, 0])
RIDGE = np.array([[0.0, 1, 3, 2], [0, 2, 4, 1], [1, 3, 3, 0]])
CRATER = RNG.integers(1, 9, (6, 8)) / 4
SECTORS = np.pi / 8 * np.array([[0.98, 1.02, 2.98], [3.02, 4.98, 5.02], [-0.98, -1.02, -3.02]])
TURNS = RNG.uniform(-np.pi, np.pi, (6, 8)).round(3)
EVEN = RNG.integers(1, 4, (8, 7)).astype(float)
EIGHTHS = np.pi / 4 * RNG.integers(-4, 5, (8, 7))
SMALL = RNG.normal(0, 1, (7, 9)).round(2)
PATTERN = np.array([[1.0, 2, 0], [-1, 3, -4], [0, 1, -2]])
GREYS = RNG.integers(0, 256, (10, 8)).astype(np.uint8)
LARGE = RNG.normal(0, 1, (14, 12)).round(2)
WIDE = RNG.normal(0, 1, (5, 5)).round(1)
GRAIN = RNG.normal(0, 0.5, (14, 12)).round(2)


def filtered(image, kernel, pad=9.0):
    """Convolve, with a wrong value all around: only whole windows count."""
    size, half = len(kernel), len(kernel) // 2
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), (size, size))
    inner = np.sum(windows * kernel[::-1, ::-1], axis=(2, 3))
    return np.pad(inner, half, constant_values=pad)


def slope_along(image, axis):
    """Return half the difference of both neighbours, and at the ends the whole one."""
    lines = np.moveaxis(np.asarray(image, float), axis, 0)
    slopes = np.empty_like(lines)
    slopes[1:-1] = (lines[2:] - lines[:-2]) / 2
    slopes[0], slopes[-1] = lines[1] - lines[0], lines[-1] - lines[-2]
    return np.moveaxis(slopes, 0, axis)


def gradient(image):
    return np.array([slope_along(image, 0), slope_along(image, 1)])


def gradient_swapped(image):
    return gradient(image)[::-1]


def gradient_downhill(image):
    return -gradient(image)


def gradient_not_halved(image):
    slopes = gradient(image)
    slopes[0, 1:-1] *= 2
    slopes[1, :, 1:-1] *= 2
    return slopes


def gradient_halved_at_the_ends(image):
    slopes = gradient(image)
    slopes[0, [0, -1]] /= 2
    slopes[1][:, [0, -1]] /= 2
    return slopes


def gradient_zero_at_the_ends(image):
    slopes = gradient(image)
    slopes[0, [0, -1]] = 0
    slopes[1][:, [0, -1]] = 0
    return slopes


def gradient_in_a_circle(image):
    image = np.asarray(image, float)
    return np.array([(np.roll(image, -1, a) - np.roll(image, 1, a)) / 2 for a in (0, 1)])


def gradient_of_bytes(image):
    wrapped = image[2:] - image[:-2], image[:, 2:] - image[:, :-2]
    slopes = gradient(image)
    slopes[0, 1:-1], slopes[1, :, 1:-1] = wrapped[0] / 2, wrapped[1] / 2
    slopes[0, 0], slopes[0, -1] = image[1] - image[0], image[-1] - image[-2]
    slopes[1, :, 0], slopes[1, :, -1] = image[:, 1] - image[:, 0], image[:, -1] - image[:, -2]
    return slopes


def gradient_to_the_next(image):
    image = np.asarray(image, float)
    down, right = np.zeros_like(image), np.zeros_like(image)
    down[:-1], right[:, :-1] = np.diff(image, axis=0), np.diff(image, axis=1)
    return np.array([down, right])


def gradient_absolute(image):
    return np.abs(gradient(image))


def gradient_strength(image):
    return np.hypot(*gradient(image))


def gradient_forward(image):
    image = np.asarray(image, float)
    down, right = np.diff(image, axis=0), np.diff(image, axis=1)
    return np.array([np.vstack([down, down[-1:]]), np.hstack([right, right[:, -1:]])])


def gradient_by_sobel(image):
    down, right = gradient(image)
    rows, columns = np.pad(down, ((0, 0), (1, 1)), "edge"), np.pad(right, ((1, 1), (0, 0)), "edge")
    down = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4
    return np.array([down, (columns[:-2] + 2 * columns[1:-1] + columns[2:]) / 4])


def between(counts):
    """Return n0 n1 (m1 - m0)^2 for a cut after each level but the last; -1 for an empty group."""
    levels, spread = np.arange(len(counts)), np.full(len(counts) - 1, -1.0)
    for cut in range(len(counts) - 1):
        low, high = counts[: cut + 1], counts[cut + 1 :]
        if low.sum() and high.sum():
            means = low @ levels[: cut + 1] / low.sum(), high @ levels[cut + 1 :] / high.sum()
            spread[cut] = low.sum() * high.sum() * (means[1] - means[0]) ** 2
    return spread


def otsu_in(spread):
    return int(np.argmax(spread >= spread.max() * (1 - 1e-9)))


def otsu(counts):
    return otsu_in(between(np.asarray(counts, float)))


def otsu_next(counts):
    return otsu(counts) + 1


def otsu_last_of_equals(counts):
    spread = between(np.asarray(counts, float))
    return int(np.flatnonzero(spread >= spread.max() * (1 - 1e-9))[-1])


def otsu_without_sizes(counts):
    counts = np.asarray(counts, float)
    spread, below = between(counts), np.cumsum(counts)[:-1]
    sizes = np.maximum(below * (counts.sum() - below), 1e-9)
    return int(np.argmax(np.where(spread < 0, -1, spread / sizes)))


def otsu_not_squared(counts):
    counts = np.asarray(counts, float)
    below = np.cumsum(counts)[:-1]
    sizes = below * (counts.sum() - below)
    return int(np.argmax(np.sqrt(np.maximum(between(counts), 0) * sizes).round(9)))


def otsu_worst(counts):
    spread = between(np.asarray(counts, float))
    return int(np.argmin(np.where(spread < 0, np.inf, spread)))


def otsu_valley(counts):
    counts = np.asarray(counts)
    first, last = np.flatnonzero(counts)[[0, -1]]
    return int(first + np.argmin(counts[first : last + 1]))


def otsu_mean(counts):
    return int(np.asarray(counts) @ np.arange(len(counts)) / np.sum(counts))


def otsu_median(counts):
    return int(np.searchsorted(np.cumsum(counts), np.sum(counts) / 2))


def otsu_peak(counts):
    return int(np.argmax(counts))


def otsu_middle(counts):
    first, last = np.flatnonzero(counts)[[0, -1]]
    return int((first + last) // 2)


def otsu_first_peak(counts):
    """Stop where the spread between the groups first falls."""
    spread = between(np.asarray(counts, float))
    first = np.argmax(spread >= 0)
    falls = np.flatnonzero(np.diff(spread[first:]) < -1e-9 * spread.max())
    return otsu_in(spread[: first + falls[0] + 1] if falls.size else spread)


def otsu_without_single_pixels(counts):
    counts = np.asarray(counts, float)
    below = np.cumsum(counts)[:-1]
    alone = np.minimum(below, counts.sum() - below) < 2
    return otsu_in(np.where(alone, -1, between(counts)))


def otsu_spread(counts):
    return float(between(np.asarray(counts, float)).max() / np.sum(counts) ** 2)


def otsu_from_the_first_that_occurs(counts):
    return otsu(np.trim_zeros(np.asarray(counts)))


def otsu_valley_between_peaks(counts):
    counts = np.asarray(counts)
    low, high = np.sort(np.argsort(counts, kind="stable")[-2:])
    return int(low + np.argmin(counts[low : high + 1]))


def neighbours_of(strength, direction, outside=0.0):
    """Return the strengths one pixel back and one ahead, in the nearest of eight directions."""
    steps = np.array([(0, 1), (1, 1), (1, 0), (1, -1)])
    chosen = steps[np.rint(direction / (np.pi / 4)).astype(int) % 4]
    rows, columns = np.indices(strength.shape) + 1
    padded = np.pad(strength, 1, constant_values=outside)
    down, right = chosen[..., 0], chosen[..., 1]
    return padded[rows - down, columns - right], padded[rows + down, columns + right]


def thinned(strength, back, ahead):
    return np.where((strength > back) & (strength >= ahead), strength, 0.0)


def thin(strength, direction):
    return thinned(strength, *neighbours_of(strength, direction))


def thin_along_the_edge(strength, direction):
    return thinned(strength, *neighbours_of(strength, direction + np.pi / 2))


def thin_mirrored(strength, direction):
    return thinned(strength, *neighbours_of(strength, -direction))


def thin_swapped(strength, direction):
    return thinned(strength, *neighbours_of(strength, np.pi / 2 - direction))


def thin_strict(strength, direction):
    back, ahead = neighbours_of(strength, direction)
    return np.where((strength > back) & (strength > ahead), strength, 0.0)


def thin_with_equals(strength, direction):
    back, ahead = neighbours_of(strength, direction)
    return np.where((strength >= back) & (strength >= ahead), strength, 0.0)


def thin_last_of_equals(strength, direction):
    back, ahead = neighbours_of(strength, direction)
    return np.where((strength >= back) & (strength > ahead), strength, 0.0)


def thin_one_side(strength, direction):
    back, _ = neighbours_of(strength, direction)
    return np.where(strength > back, strength, 0.0)


def thin_either(strength, direction):
    back, ahead = neighbours_of(strength, direction)
    return np.where((strength > back) | (strength >= ahead), strength, 0.0)


def thin_cut_off(strength, direction):
    steps = np.floor(direction / (np.pi / 4)) * (np.pi / 4)
    return thinned(strength, *neighbours_of(strength, steps))


def thin_level_only(strength, direction):
    return thinned(strength, *neighbours_of(strength, np.zeros(strength.shape)))


def thin_without_corners(strength, direction):
    steps = np.rint(direction / (np.pi / 2)) * (np.pi / 2)
    return thinned(strength, *neighbours_of(strength, steps))


def thin_in_a_circle(strength, direction):
    wrapped = np.pad(strength, 1, mode="wrap")
    around = np.pad(direction, 1)
    return thinned(wrapped, *neighbours_of(wrapped, around))[1:-1, 1:-1]


def thin_edge_repeated(strength, direction):
    wide, around = np.pad(strength, 1, mode="edge"), np.pad(direction, 1)
    return thinned(wide, *neighbours_of(wide, around))[1:-1, 1:-1]


def thin_without_border(strength, direction):
    kept = np.zeros_like(strength)
    kept[1:-1, 1:-1] = thin(strength, direction)[1:-1, 1:-1]
    return kept


def thin_mask(strength, direction):
    return thin(strength, direction) > 0


def equations(before, after, size=3):
    """Return the windows as rows, each read backwards, and the pixels wanted in their middles."""
    before, half = np.asarray(before, float), size // 2
    windows = np.lib.stride_tricks.sliding_window_view(before, (size, size))
    rows = windows[..., ::-1, ::-1].reshape(-1, size**2)
    return rows, np.asarray(after, float)[half:-half, half:-half].ravel()


def solved(rows, wanted):
    return np.linalg.lstsq(rows, wanted, rcond=None)[0]


def learn_kernel(before, after):
    return solved(*equations(before, after)).reshape(3, 3)


def learn_turned(before, after):
    return learn_kernel(before, after)[::-1, ::-1]


def learn_transposed(before, after):
    return learn_kernel(before, after).T


def learn_flat(before, after):
    return learn_kernel(before, after).ravel()


def learn_with_borders(before, after):
    wide = np.pad(np.asarray(before, float), 1)
    rows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3))[..., ::-1, ::-1]
    return solved(rows.reshape(-1, 9), np.asarray(after, float).ravel()).reshape(3, 3)


def learn_with_mirrored_borders(before, after):
    wide = np.pad(np.asarray(before, float), 1, mode="symmetric")
    rows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3))[..., ::-1, ::-1]
    return solved(rows.reshape(-1, 9), np.asarray(after, float).ravel()).reshape(3, 3)


def learn_from_nine(before, after):
    rows, wanted = equations(before, after)
    return solved(rows[:9], wanted[:9]).reshape(3, 3)


def learn_shifted(before, after):
    rows, _ = equations(before, after)
    return solved(rows, np.asarray(after, float)[:-2, :-2].ravel()).reshape(3, 3)


def learn_shifted_back(before, after):
    rows, _ = equations(before, after)
    return solved(rows, np.asarray(after, float)[2:, 2:].ravel()).reshape(3, 3)


def learn_backwards(before, after):
    return learn_kernel(after, before)


def learn_scaled(before, after):
    kernel = learn_kernel(before, after)
    return kernel / kernel.sum()


def learn_change(before, after):
    return learn_kernel(before, np.asarray(after, float) - before)


def learn_one_by_one(before, after):
    rows, wanted = equations(before, after)
    return (rows.T @ wanted / np.sum(rows**2, axis=0)).reshape(3, 3)


def learn_with_mean_off(before, after):
    rows, wanted = equations(before, after)
    return solved(rows - rows.mean(axis=0), wanted - wanted.mean()).reshape(3, 3)


def slope_of(kernel, before, after):
    rows, wanted = equations(before, after, len(kernel))
    return 2 * rows.T @ (rows @ kernel.ravel() - wanted) / len(rows)


def descend(kernel, before, after, rate):
    return kernel - rate * slope_of(kernel, before, after).reshape(kernel.shape)


def descend_uphill(kernel, before, after, rate):
    return kernel + rate * slope_of(kernel, before, after).reshape(kernel.shape)


def descend_half(kernel, before, after, rate):
    return descend(kernel, before, after, rate / 2)


def descend_sum(kernel, before, after, rate):
    count = len(equations(before, after, len(kernel))[1])
    return descend(kernel, before, after, rate * count)


def descend_half_sum(kernel, before, after, rate):
    count = len(equations(before, after, len(kernel))[1])
    return descend(kernel, before, after, rate * count / 2)


def descend_slope(kernel, before, after, rate):
    return slope_of(kernel, before, after).reshape(kernel.shape)


def descend_move(kernel, before, after, rate):
    return descend(kernel, before, after, rate) - kernel


def descend_rate_on_all(kernel, before, after, rate):
    return rate * (kernel - slope_of(kernel, before, after).reshape(kernel.shape))


def descend_correlated(kernel, before, after, rate):
    rows, wanted = equations(before, after, len(kernel))
    rows = rows[:, ::-1]
    left = rows @ kernel.ravel() - wanted
    return kernel - rate * (2 * rows.T @ left / len(rows)).reshape(kernel.shape)


def descend_forgot_to_turn_the_slope(kernel, before, after, rate):
    return kernel - rate * slope_of(kernel, before, after).reshape(kernel.shape)[::-1, ::-1]


def descend_without_rate(kernel, before, after, rate):
    return descend(kernel, before, after, 1.0)


def descend_by_sign(kernel, before, after, rate):
    return kernel - rate * np.sign(slope_of(kernel, before, after)).reshape(kernel.shape)


def descend_per_kernel(kernel, before, after, rate):
    count = len(equations(before, after, len(kernel))[1])
    return descend(kernel, before, after, rate * count / kernel.size)


def descend_left_by_correlation(kernel, before, after, rate):
    rows, wanted = equations(before, after, len(kernel))
    left = rows[:, ::-1] @ kernel.ravel() - wanted
    return kernel - rate * (2 * rows.T @ left / len(rows)).reshape(kernel.shape)


def descend_root(kernel, before, after, rate):
    rows, wanted = equations(before, after, len(kernel))
    error = np.sqrt(np.mean((rows @ kernel.ravel() - wanted) ** 2))
    return descend(kernel, before, after, rate / (2 * error))


def descend_with_borders(kernel, before, after, rate):
    half = len(kernel) // 2
    wide = np.pad(np.asarray(before, float), half)
    return descend(kernel, wide, np.pad(after, half), rate)


def descend_uphill_sum(kernel, before, after, rate):
    return descend_sum(kernel, before, after, -rate)


EXERCISES = {
    "negative": Exercise(
        task="Predict the edges of a negative",
        reference="the same, arrows turned round",
        choices=("elsewhere", "the same, arrows turned round", "the same, arrows too"),
        misconceptions={
            "elsewhere": "A slope asks how much brightness changes, not how much there is. What"
            " becomes of the differences if each value v becomes 255 - v?",
            "the same, arrows too": "The places are the same. But the arrow points to where it gets"
            " brighter, and that is where it got darker before.",
        },
        explanation="All differences change their sign, and none its size.",
    ),
    "scale": Exercise(
        task="Predict which width finds the outlines best under noise",
        reference="sigma 3",
        choices=("Sobel", "sigma 3", "sigma 8"),
        misconceptions={
            "Sobel": "Sobel looks at nine pixels. What slope does noise of 40 levels make between"
            " neighbours, and how high is a coin's edge?",
            "sigma 8": "Hardly any noise is left there. But a coin is about 46 pixels wide, and a"
            " blur this wide moves its outline.",
        },
        explanation="Narrow slopes are noise, wide ones miss the place: the best lies between.",
    ),
    "rare": Exercise(
        task="Predict Otsu's threshold for a rare bright group",
        reference="about 110",
        choices=("about 110", "about 130", "about 150"),
        misconceptions={
            "about 130": "Half-way suits groups of one size. With 5 % the cut may save more by"
            " dividing the large group.",
            "about 150": "That would make few errors. But the method does not count errors: it"
            " wants little spread within, and nearly all of the spread is in the large group.",
        },
        explanation="It cuts into the large group, where most of the spread is.",
    ),
    "enough": Exercise(
        task="Predict how many pixels of the result fix nine numbers",
        reference="9",
        choices=("1", "9", "all of them"),
        misconceptions={
            "1": "A pixel is one equation. How many unknown numbers are there?",
            "all of them": "Each pixel is one equation in the same nine unknowns, and nothing is"
            " rounded here.",
        },
        explanation="Nine equations that differ, nine unknowns.",
    ),
    "valley": Exercise(
        task="Predict which picture teaches a kernel in fewer steps",
        reference="the noise",
        choices=("the photograph", "the noise", "both alike"),
        misconceptions={
            "the photograph": "In a photograph neighbouring pixels are nearly equal. Can the error"
            " tell then which of the nine numbers is to blame?",
            "both alike": "The kernel is the same, but the slope is not: it depends on the windows"
            " of the picture.",
        },
        explanation="Where neighbours are alike, most changes of the kernel hardly show.",
    ),
    "gradient": Exercise(
        task="Measure the slopes down and right, up to the border",
        reference=gradient,
        cases={
            "bytes, 2 x 3": (CORNER,),
            "floats, 4 x 5": (STEPS,),
            "signed, 7 x 5": (WAVES,),
            "bytes, 6 x 9": (BYTES,),
        },
        misconceptions={
            gradient_swapped: "The two are swapped: the slope *down* comes first, along axis 0.",
            gradient_downhill: "The sign is turned: a slope is positive where the *next* pixel is"
            " brighter.",
            gradient_not_halved: "The two neighbours are two pixels apart: halve the difference.",
            gradient_halved_at_the_ends: "At the border the two pixels are one pixel apart: no"
            " halving there.",
            gradient_zero_at_the_ends: "At the border take the difference to the only neighbour,"
            " not 0.",
            gradient_in_a_circle: "Your picture goes round: `np.roll` brings the last row before"
            " the first.",
            gradient_of_bytes: "In `uint8` 10 - 40 is 226. Make floats first.",
            gradient_to_the_next: "That is the step to the next pixel. Take half the difference of"
            " both neighbours, so that the slope belongs to the middle.",
            gradient_absolute: "Keep the sign: it tells uphill from downhill.",
            gradient_strength: "That is the strength. Return the two slopes, down and right.",
            gradient_forward: "Those are steps to the next pixel. Inside take half the difference"
            " of both neighbours.",
            gradient_by_sobel: "Sobel averages three rows or columns as well. Take each row and"
            " column by itself.",
        },
        explanation="Differences of both neighbours, halved; at the border the only one.",
        dtype=False,
        without=("np.gradient", "edges.gradient"),
        steps=(
            "floats, then two arrays of the shape of the picture.",
            "the inside by slices: what starts two later, less what ends two earlier, halved.",
            "the first and the last row (column) by a whole difference.",
        ),
    ),
    "otsu": Exercise(
        task="Cut a histogram where the two groups lie farthest apart",
        reference=otsu,
        cases={
            "3 levels": (np.array([1, 30, 9]),),
            "3 levels, a tie": (np.array([4, 4, 4]),),
            "3 levels, another tie": (np.array([1, 9, 1]),),
            "3 levels, equal but for rounding": (np.array([1, 2, 1]),),
            "5 levels, a tie, the first ones empty": (np.array([0, 0, 4, 4, 4]),),
            "7 levels, the first ones empty": (np.array([0, 0, 0, 5, 1, 2, 9]),),
            "8 levels, two hills": (HILLS,),
            "8 levels, three hills": (THREE,),
            "9 levels, two of them, one pixel": (FAR,),
            "10 levels, few are bright": (RARE,),
            "30 levels": (MANY,),
        },
        misconceptions={
            otsu_next: "That is the first level of the upper group. Return the last of the lower.",
            otsu_last_of_equals: "Several cuts are equally good. Take the lowest.",
            otsu_without_sizes: "You looked at the distance of the means alone. Multiply its square"
            " by both shares, or single pixels win.",
            otsu_not_squared: "The distance of the means counts squared.",
            otsu_worst: "You took the smallest spread *between* the groups. The largest is wanted,"
            " which is the smallest within.",
            otsu_valley: "That is the emptiest level. The method does not look for a valley: it"
            " compares means.",
            otsu_mean: "That is the mean of all levels. Try every cut.",
            otsu_median: "That halves the number of pixels. Try every cut.",
            otsu_peak: "That is the most frequent level. Try every cut.",
            otsu_middle: "That is the middle of the range. Try every cut.",
            otsu_first_peak: "Go on to the end: after a fall the spread between the groups may rise"
            " to more.",
            otsu_without_single_pixels: "One pixel is a group, too. Only a cut with an *empty*"
            " group is none.",
            otsu_spread: "That is the spread between the groups. Return the level that reaches it.",
            otsu_from_the_first_that_occurs: "The level is counted from the first one that occurs."
            " Count empty levels as well: the first is 0.",
            otsu_valley_between_peaks: "That is the rarest level between the two most frequent"
            " ones. The method does not look for a valley: try every cut.",
        },
        explanation="Shares times the squared distance of the means, for every cut.",
        without=("edges.otsu_split", "edges.otsu_threshold", "threshold_otsu", "cv2.threshold"),
        steps=(
            "for each cut: how many below and above, and their mean levels.",
            "n0 n1 (m1 - m0)²; skip cuts with an empty group; keep the first largest.",
        ),
    ),
    "thin": Exercise(
        task="Keep only the peaks across the edge",
        reference=thin,
        cases={
            "3 x 3, near the limits": (CRATER[:3, :3], SECTORS),
            "3 x 4, to the right": (RIDGE, np.zeros((3, 4))),
            "3 x 4, down": (RIDGE, np.full((3, 4), np.pi / 2)),
            "3 x 4, down right": (RIDGE, np.full((3, 4), np.pi / 4)),
            "6 x 8, all directions": (CRATER, TURNS),
            "8 x 7, many equals": (EVEN, EIGHTHS),
        },
        misconceptions={
            thin_along_the_edge: "You compared along the edge. The gradient points *across* it: go"
            " one step with it and one against.",
            thin_mirrored: "The two diagonals are exchanged: rows count downwards, so +45 degrees"
            " points down *right*, and +135 degrees down left.",
            thin_swapped: "Rows and columns are swapped: a direction of 0 points to the right.",
            thin_strict: "Of two equal pixels both are lost. Keep one: larger than the one behind,"
            " *at least as large* as the one ahead.",
            thin_with_equals: "Of two equal pixels both are kept. Ask for larger on one side: than"
            " the one behind.",
            thin_last_of_equals: "Of two equals you keep the one ahead. The task keeps the one"
            " behind.",
            thin_one_side: "Compare with both neighbours, the one behind and the one ahead.",
            thin_either: "Both comparisons must hold: `&`, not `|`.",
            thin_cut_off: "Round the direction to the *nearest* eighth of a turn; you cut it off.",
            thin_level_only: "You compared left and right everywhere. Use the direction.",
            thin_without_corners: "There are eight neighbours: round to an eighth of a turn, not to"
            " a quarter.",
            thin_in_a_circle: "Your picture goes round. Outside it the strength is 0.",
            thin_edge_repeated: "Outside the picture the strength is 0; you repeated the border.",
            thin_without_border: "Pixels on the border can be peaks too. Outside is 0.",
            thin_mask: "That is a mask. Return the strength where it is a peak, else 0.",
        },
        explanation="One step with the gradient, one against it, and only peaks stay.",
        dtype=False,
        without=("edges.thin", "edges.canny", "cv2.Canny"),
        steps=(
            "a border of zeros, and the direction as a whole number of eighths, taken modulo 4.",
            "0 is right, 1 down right, 2 down, 3 down left: four pairs of shifted pictures.",
        ),
    ),
    "learn_kernel": Exercise(
        task="Find nine numbers from before and after",
        reference=learn_kernel,
        cases={
            "7 x 9, exact": (SMALL, filtered(SMALL, PATTERN)),
            "7 x 9, noisy": (SMALL + 3, filtered(SMALL, PATTERN[::-1]) - GRAIN[:7, :9]),
            "10 x 8, bytes": (GREYS, filtered(GREYS, PATTERN)),
            "14 x 12, exact": (LARGE, filtered(LARGE, PATTERN.T[::-1])),
            "14 x 12, noisy": (LARGE, filtered(LARGE, PATTERN) + GRAIN),
        },
        misconceptions={
            learn_turned: "Your kernel comes out turned by half a turn compared with the right one."
            " A fit to plain windows is for correlation: turn it. A fit to what `filters.convolve`"
            " gave is right as it is.",
            learn_transposed: "Rows and columns of the kernel are swapped.",
            learn_flat: "The nine numbers are right. Give them the shape (3, 3).",
            learn_with_borders: "Windows that leave the picture are guesses. Use those inside"
            " only.",
            learn_with_mirrored_borders: "Windows that leave the picture are guesses, mirrored or"
            " not. Use those inside only.",
            learn_from_nine: "Nine equations do when nothing is noisy. Use them all.",
            learn_shifted: "A window belongs to the pixel in its *middle*: cut one row and column"
            " off *each* side of `after`.",
            learn_shifted_back: "A window belongs to the pixel in its *middle*, not to its last"
            " one: cut one row and column off each side of `after`.",
            learn_backwards: "You found the kernel that leads back. From `before` to `after` is"
            " asked.",
            learn_scaled: "The sum need not be 1. Leave the numbers as they are.",
            learn_change: "That kernel makes the *change*. It is to make `after` itself.",
            learn_one_by_one: "You fitted each number alone. All nine work together: solve for them"
            " in one go.",
            learn_with_mean_off: "The fit allows a constant beside the kernel, as with the means"
            " taken off. The kernel alone is to make `after`.",
        },
        explanation="A window a row, the middle pixel its answer, and least squares.",
        atol=1e-6,
        without=("filters.learn_kernel", "filters.descend"),
        steps=(
            "`sliding_window_view(before, (3, 3))`, made of floats, reshaped to rows of nine.",
            "the answers: `after` without its outer rows and columns, raveled.",
            "`np.linalg.lstsq(rows, answers)[0]`, reshaped, turned by half a turn.",
        ),
    ),
    "descend": Exercise(
        task="Take one step downhill",
        reference=descend,
        cases={
            "7 x 9, from zeros": (np.zeros((3, 3)), SMALL, filtered(SMALL, PATTERN), 0.1),
            "7 x 9, from a kernel": (PATTERN[::-1], SMALL, filtered(SMALL, PATTERN), 0.25),
            "14 x 12, 3 x 3, at the end": (PATTERN, LARGE, filtered(LARGE, PATTERN), 0.5),
            "14 x 12, 5 x 5": (WIDE, LARGE, filtered(LARGE, PATTERN) + GRAIN, 0.03),
        },
        misconceptions={
            descend_uphill: "You went uphill: take the rate times the slope *off*.",
            descend_half: "The slope of a square has a factor 2.",
            descend_sum: "The error is a *mean*: divide the slope by the number of windows.",
            descend_half_sum: "The error is a mean of squares: times 2, divided by the number of"
            " windows.",
            descend_slope: "That is the slope. Return the kernel after the step.",
            descend_move: "That is the step alone. Return the kernel after it.",
            descend_rate_on_all: "The rate belongs to the slope only, not to the kernel.",
            descend_correlated: "You slid the kernel as it is. A convolution turns it first.",
            descend_forgot_to_turn_the_slope: "Kernel and slope must be turned alike: read the"
            " windows backwards for both.",
            descend_without_rate: "Multiply the slope by the rate.",
            descend_by_sign: "You kept the sign of the slope only. Its size counts as well.",
            descend_per_kernel: "Divide by the number of windows, not by the numbers of the"
            " kernel.",
            descend_left_by_correlation: "What is left over was made with the kernel as it is. A"
            " convolution turns it: the same windows, read backwards, for both.",
            descend_root: "The error is the mean of the squares, without a root: so is its slope.",
            descend_with_borders: "Windows that leave the picture do not count. Use those inside"
            " only.",
            descend_uphill_sum: "Two things: downhill takes the slope *off*; and the error is a"
            " mean, so divide by the number of windows.",
        },
        explanation="What is left over, seen through the windows, tells each number where to go.",
        atol=1e-7,
        without=("filters.descend", "filters.learn_kernel"),
        steps=(
            "the windows as rows, read backwards, as many columns as the kernel has numbers.",
            "what is left over: rows @ kernel.ravel() - answers.",
            "the slope: 2 rows.T @ left / number of rows; take the rate times it off the kernel.",
        ),
    ),
}
