"""Other right and wrong answers to the exercises of lesson 18."""

import numpy as np
from scipy import signal

from helpers.exercises import lesson_18 as lesson


def gradient_by_loop(image):
    rows, columns = image.shape
    down, right = np.zeros(image.shape), np.zeros(image.shape)
    for row in range(rows):
        for column in range(columns):
            above, below = max(row - 1, 0), min(row + 1, rows - 1)
            left, next_one = max(column - 1, 0), min(column + 1, columns - 1)
            lower, upper = float(image[below, column]), float(image[above, column])
            down[row, column] = (lower - upper) / (below - above)
            rise = float(image[row, next_one]) - float(image[row, left])
            right[row, column] = rise / (next_one - left)
    return down, right


def gradient_with_padding(image):
    wide = np.pad(image.astype(float), 1, mode="reflect", reflect_type="odd")
    return (wide[2:, 1:-1] - wide[:-2, 1:-1]) / 2, (wide[1:-1, 2:] - wide[1:-1, :-2]) / 2


def gradient_border_repeated(image):
    wide = np.pad(image * 1.0, 1, mode="edge")
    return (wide[2:, 1:-1] - wide[:-2, 1:-1]) / 2, (wide[1:-1, 2:] - wide[1:-1, :-2]) / 2


def gradient_inside_only(image):
    image = image.astype(float)
    down, right = np.zeros_like(image), np.zeros_like(image)
    down[1:-1] = 0.5 * (image[2:] - image[:-2])
    right[:, 1:-1] = 0.5 * (image[:, 2:] - image[:, :-2])
    return down, right


def otsu_by_within(counts):
    best, least = 0, np.inf
    values = np.repeat(np.arange(len(counts)), counts).astype(float)
    for cut in range(len(counts) - 1):
        low, high = values[values <= cut], values[values > cut]
        if len(low) and len(high):
            within = np.sum((low - low.mean()) ** 2) + np.sum((high - high.mean()) ** 2)
            if within < least - 1e-9:
                best, least = cut, within
    return best


def otsu_by_cumsum(counts):
    share = counts / counts.sum()
    below, sums = np.cumsum(share), np.cumsum(share * np.arange(len(counts)))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = (sums[-1] * below - sums) ** 2 / (below * (1 - below))
    spread[~(below * (1 - below) > 1e-12)] = 0
    return int(np.argmax(np.round(spread, 9)))


def otsu_by_within_last(counts):
    values = np.repeat(np.arange(len(counts)), counts).astype(float)
    within = {}
    for cut in range(values.min().astype(int), values.max().astype(int)):
        low, high = values[values <= cut], values[values > cut]
        within[cut] = round(low.var() * low.size + high.var() * high.size, 9)
    return max(within, key=lambda cut: (-within[cut], cut))


def otsu_distance_only(counts):
    levels, best = np.arange(len(counts)), (-1.0, 0)
    for cut in range(len(counts) - 1):
        low, high = counts[: cut + 1], counts[cut + 1 :]
        if low.sum() and high.sum():
            way = np.average(levels[cut + 1 :], weights=high)
            way -= np.average(levels[: cut + 1], weights=low)
            best = max(best, (way**2, -cut))
    return -best[1]


def thin_by_loop(strength, direction):
    kept = np.zeros(strength.shape)

    def at(row, column):
        inside = 0 <= row < len(strength) and 0 <= column < strength.shape[1]
        return strength[row, column] if inside else 0

    for (row, column), here in np.ndenumerate(strength):
        down, right = ((0, 1), (1, 1), (1, 0), (1, -1))[
            int(np.round(4 * direction[row, column] / np.pi)) % 4
        ]
        if here > at(row - down, column - right) and here >= at(row + down, column + right):
            kept[row, column] = here
    return kept


def thin_by_shifts(strength, direction):
    eighths = np.rint(np.degrees(direction) / 45).astype(int) % 4
    wide, kept = np.pad(strength, 1), np.zeros_like(strength)
    rows, columns = strength.shape
    for number, (down, right) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        ahead = wide[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        back = wide[1 - down : 1 - down + rows, 1 - right : 1 - right + columns]
        peak = (eighths == number) & (strength > back) & (strength >= ahead)
        kept[peak] = strength[peak]
    return kept


def thin_as_mask(strength, direction):
    return thin_by_shifts(strength, direction).astype(bool)


def thin_by_loop_up(strength, direction):
    return thin_by_loop(strength, -np.asarray(direction))


def learn_by_normal_equations(before, after):
    before = before.astype(float)
    m, n = before.shape
    shifts = [before[i : m - 2 + i, j : n - 2 + j].ravel() for i in range(3) for j in range(3)]
    a, b = np.array(shifts), after[1:-1, 1:-1].ravel()
    return np.linalg.solve(a @ a.T, a @ b).reshape(3, 3)[::-1, ::-1]


def learn_by_impulses(before, after):
    columns = []
    for place in range(9):
        unit = np.zeros(9)
        unit[place] = 1
        columns.append(signal.convolve2d(before * 1.0, unit.reshape(3, 3), mode="valid").ravel())
    found = np.linalg.pinv(np.column_stack(columns)) @ after[1:-1, 1:-1].ravel()
    return found.reshape(3, 3)


def learn_by_shifts_not_turned(before, after):
    return learn_by_normal_equations(before, after)[::-1, ::-1]


def learn_whole_picture(before, after):
    columns = []
    for place in range(9):
        unit = np.zeros(9)
        unit[place] = 1
        columns.append(signal.convolve2d(before * 1.0, unit.reshape(3, 3), mode="same").ravel())
    return np.linalg.lstsq(np.column_stack(columns), after.ravel(), rcond=None)[0].reshape(3, 3)


def descend_by_convolution(kernel, before, after, rate):
    half = len(kernel) // 2
    left = signal.convolve2d(before, kernel, mode="valid") - after[half:-half, half:-half]
    slope = 2 * signal.correlate2d(before, left, mode="valid")[::-1, ::-1] / left.size
    return kernel - rate * slope


def descend_by_loop(kernel, before, after, rate):
    size, half, new = len(kernel), len(kernel) // 2, np.array(kernel, float)
    rows, columns = before.shape[0] - size + 1, before.shape[1] - size + 1
    for row in range(rows):
        for column in range(columns):
            window = before[row : row + size, column : column + size][::-1, ::-1]
            left = np.sum(window * kernel) - after[row + half, column + half]
            new -= rate * 2 * left * window / (rows * columns)
    return new


def descend_with_the_error_turned(kernel, before, after, rate):
    half = len(kernel) // 2
    left = after[half:-half, half:-half] - signal.convolve2d(before, kernel, mode="valid")
    slope = 2 * signal.correlate2d(before, left, mode="valid")[::-1, ::-1] / left.size
    return kernel - rate * slope


def descend_with_correlate(kernel, before, after, rate):
    half = len(kernel) // 2
    left = signal.correlate2d(before, kernel, mode="valid") - after[half:-half, half:-half]
    return kernel - rate * 2 * signal.correlate2d(before, left, mode="valid") / left.size


ACCEPTED = {
    "gradient": (gradient_by_loop, gradient_with_padding),
    "otsu": (otsu_by_within, otsu_by_cumsum),
    "thin": (thin_by_loop, thin_by_shifts),
    "learn_kernel": (learn_by_normal_equations, learn_by_impulses),
    "descend": (descend_by_convolution, descend_by_loop),
}

VARIANTS = {
    "gradient": {
        gradient_border_repeated: lesson.gradient_halved_at_the_ends,
        gradient_inside_only: lesson.gradient_zero_at_the_ends,
    },
    "otsu": {
        otsu_by_within_last: lesson.otsu_last_of_equals,
        otsu_distance_only: lesson.otsu_without_sizes,
    },
    "thin": {
        thin_as_mask: lesson.thin_mask,
        thin_by_loop_up: lesson.thin_mirrored,
    },
    "learn_kernel": {
        learn_by_shifts_not_turned: lesson.learn_turned,
        learn_whole_picture: lesson.learn_with_borders,
    },
    "descend": {
        descend_with_the_error_turned: lesson.descend_uphill,
        descend_with_correlate: lesson.descend_correlated,
    },
}

# Two levels at least occur; and one kernel alone does, for the windows differ enough.
ASKED = {
    "otsu": lambda counts: np.count_nonzero(counts) > 1,
    "learn_kernel": lambda before, after: (
        np.shape(before) == np.shape(after)
        and min(np.shape(before)) > 2
        and np.linalg.matrix_rank(lesson.equations(before, after)[0]) == 9
    ),
}
