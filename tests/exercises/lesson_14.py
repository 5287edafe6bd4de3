"""Other right and wrong answers to the exercises of lesson 14."""

import numpy as np
from scipy.stats import wasserstein_distance

from helpers import similarity
from helpers.exercises import lesson_14 as lesson


def best_shift_by_loop(reference, picture, reach):
    best, smallest = (0, 0), np.inf
    rows, columns = reference.shape
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            errors = []
            for i in range(rows):
                for j in range(columns):
                    if 0 <= i - down < rows and 0 <= j - right < columns:
                        difference = int(reference[i, j]) - int(picture[i - down, j - right])
                        errors.append(difference**2)
            if np.mean(errors) < smallest:
                best, smallest = (down, right), np.mean(errors)
    return best


def best_shift_by_padding(reference, picture, reach):
    padded = np.pad(picture.astype(float), reach, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, reference.shape)
    errors = np.nanmean((windows - reference) ** 2, axis=(2, 3))
    place = np.unravel_index(errors.argmin(), errors.shape)
    return [reach - int(place[0]), reach - int(place[1])]


def shift_of_reference_by_overlap(reference, picture, reach):
    moves = lesson.moves_within(reach)
    pairs = {move: similarity.overlap(picture, reference, *move) for move in moves}
    return min(moves, key=lambda move: similarity.mean_squared_error(*pairs[move]))


def shift_by_uint8_squares(reference, picture, reach):
    best, smallest = (0, 0), 1e9
    for down, right in lesson.moves_within(reach):
        kept, moved = similarity.overlap(reference, picture, down, right)
        error = np.square(kept - moved).mean()
        if error < smallest:
            best, smallest = (down, right), error
    return best


def ssim_by_three_factors(x, y, weights, data_range):
    x, y = np.float64(x), np.float64(y)
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    m_x, m_y = np.average(x, weights=weights), np.average(y, weights=weights)
    s_x = np.sqrt(np.average((x - m_x) ** 2, weights=weights))
    s_y = np.sqrt(np.average((y - m_y) ** 2, weights=weights))
    covariance = np.average((x - m_x) * (y - m_y), weights=weights)
    light = (2 * m_x * m_y + c1) / (m_x**2 + m_y**2 + c1)
    spread = (2 * s_x * s_y + c2) / (s_x**2 + s_y**2 + c2)
    return light * spread * (covariance + c2 / 2) / (s_x * s_y + c2 / 2)


def ssim_by_cov(x, y, weights, data_range):
    table = np.cov(np.ravel(x), np.ravel(y), aweights=np.ravel(weights), ddof=0)
    c = [(k * data_range) ** 2 for k in (0.01, 0.03)]
    m_x, m_y = (weights * x).sum(), (weights * y).sum()
    light = (2 * m_x * m_y + c[0]) / (m_x**2 + m_y**2 + c[0])
    return light * (table[0, 1] * 2 + c[1]) / (table.trace() + c[1])


def ssim_constants_of_one_by_cov(x, y, weights, data_range):
    return ssim_by_cov(x, y, weights, 1)


def ssim_without_weights(x, y, weights, data_range):
    x, y = np.float64(x), np.float64(y)
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    covariance = np.mean(x * y) - x.mean() * y.mean()
    light = (2 * x.mean() * y.mean() + c1) / (x.mean() ** 2 + y.mean() ** 2 + c1)
    return light * (2 * covariance + c2) / (x.var() + y.var() + c2)


def earth_by_carrying(p, q):
    p, q = np.array(p) / np.sum(p), np.array(q) / np.sum(q)
    carried = work = 0.0
    for surplus in p - q:
        carried += surplus
        work += abs(carried)
    return work


def earth_by_curves(p, q):
    return float(np.sum(np.abs(np.cumsum(p) / np.sum(p) - np.cumsum(q) / np.sum(q))))


def earth_squared_by_curves(p, q):
    return np.square(np.cumsum(p) / np.sum(p) - np.cumsum(q) / np.sum(q)).sum()


def hash_by_loop(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    bits = np.zeros((8, 8), dtype=bool)
    for i in range(8):
        for j in range(8):
            rows = picture[i * height : (i + 1) * height]
            left = rows[:, j * width : (j + 1) * width].mean()
            right = rows[:, (j + 1) * width : (j + 2) * width].mean()
            bits[i, j] = right > left
    return bits


def hash_by_sums(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    rows = np.add.reduceat(picture.astype(int), np.arange(8) * height, axis=0)
    sums = np.add.reduceat(rows, np.arange(9) * width, axis=1)
    return (np.diff(sums) > 0).astype(int)


def hash_of_the_middle_pixels(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    return np.diff(picture[::height, ::width].astype(int), axis=1) > 0


def hash_of_transposed(picture):
    return (np.diff(lesson.block_means(picture).T) > 0).T


def pairs_by_loop(codes, limit):
    pairs = []
    for i in range(len(codes)):
        for j in range(i + 1, len(codes)):
            if np.count_nonzero(codes[i] != codes[j]) <= limit:
                pairs.append((i, j))
    return pairs


def pairs_as_an_array(codes, limit):
    first, second = np.triu_indices(len(codes), 1)
    near = np.logical_xor(codes[first], codes[second]).sum(axis=1) <= limit
    return np.stack([first[near], second[near]], axis=1)


def pairs_by_loop_below(codes, limit):
    bits = {(i, j): (codes[i] ^ codes[j]).sum() for i, j in pairs_by_loop(codes, 99)}
    return [pair for pair, apart in bits.items() if apart < limit]


def pairs_by_the_second(codes, limit):
    near = lesson.differing(codes) <= limit
    return [(i, j) for j in range(len(codes)) for i in range(j) if near[i, j]]


def pairs_by_loop_above(codes, limit):
    count = range(len(codes))
    return [(i, j) for i in count for j in count[i + 1 :] if (codes[i] ^ codes[j]).sum() > limit]


def hue_by_cutting(p, q):
    turns = range(len(p))
    return min(lesson.earth_movers_distance(np.roll(p, k), np.roll(q, k)) for k in turns)


def hue_by_constants(p, q):
    carried = np.cumsum(np.divide(p, np.sum(p)) - np.divide(q, np.sum(q)))
    return min(np.abs(carried - constant).sum() for constant in carried)


def hue_all_constants_but_the_last(p, q):
    carried = np.cumsum(np.divide(p, np.sum(p)) - np.divide(q, np.sum(q)))[:-1]
    return min(np.abs(carried - constant).sum() for constant in carried)


def hue_line_by_scipy(p, q):
    return wasserstein_distance(range(len(p)), range(len(q)), p, q)


ACCEPTED = {
    "best_shift": (best_shift_by_loop, best_shift_by_padding),
    "ssim_window": (
        ssim_by_three_factors,
        ssim_by_cov,
    ),
    "earth_movers_distance": (earth_by_carrying, earth_by_curves),
    "difference_hash": (hash_by_loop, hash_by_sums),
    "near_duplicates": (pairs_by_loop, pairs_as_an_array),
    "hue_distance": (hue_by_cutting, hue_by_constants),
}

VARIANTS = {
    "best_shift": {
        shift_of_reference_by_overlap: lesson.shift_the_other_way,
        shift_by_uint8_squares: lesson.shift_by_wrapped_bytes,
    },
    "ssim_window": {
        ssim_constants_of_one_by_cov: lesson.ssim_without_range,
        ssim_without_weights: lesson.ssim_all_alike,
    },
    "earth_movers_distance": {
        earth_squared_by_curves: lesson.earth_squared,
        (lambda p, q: np.abs(np.cumsum(np.array(p) - q)).sum()): lesson.earth_of_counts,
    },
    "difference_hash": {
        hash_of_the_middle_pixels: lesson.hash_of_single_pixels,
        hash_of_transposed: lesson.hash_downwards,
    },
    "near_duplicates": {
        pairs_by_loop_below: lesson.pairs_below_the_limit,
        pairs_by_the_second: lesson.pairs_unsorted,
        pairs_by_loop_above: lesson.pairs_far_apart,
    },
    "hue_distance": {
        hue_line_by_scipy: lesson.hue_on_a_line,
        hue_all_constants_but_the_last: lesson.hue_last_border_left_out,
    },
}
