"""Exercises of lesson 14: errors, windows, histograms and codes that compare two pictures."""

import itertools

import numpy as np

from helpers import similarity
from helpers.exercises import Exercise

RNG = np.random.default_rng(14)


def errors_of_moves(reference, picture, moves):
    """Return the mean squared error of what both share, for each move of the picture."""
    pairs = (similarity.overlap(reference, picture, *move) for move in moves)
    return [similarity.mean_squared_error(*pair) for pair in pairs]


def moves_within(reach):
    return list(itertools.product(range(-reach, reach + 1), repeat=2))


def best_shift(reference, picture, reach):
    moves = moves_within(reach)
    return moves[int(np.argmin(errors_of_moves(reference, picture, moves)))]


def shift_the_other_way(reference, picture, reach):
    return best_shift(picture, reference, reach)


def shift_as_columns_and_rows(reference, picture, reach):
    return best_shift(reference, picture, reach)[::-1]


def shift_the_other_way_and_swapped(reference, picture, reach):
    return best_shift(picture, reference, reach)[::-1]


def shift_without_the_last(reference, picture, reach):
    moves = list(itertools.product(range(-reach, reach), repeat=2))
    return moves[int(np.argmin(errors_of_moves(reference, picture, moves)))]


def shift_down_and_right_only(reference, picture, reach):
    moves = list(itertools.product(range(reach + 1), repeat=2))
    return moves[int(np.argmin(errors_of_moves(reference, picture, moves)))]


def shift_of_the_worst(reference, picture, reach):
    moves = moves_within(reach)
    return moves[int(np.argmax(errors_of_moves(reference, picture, moves)))]


def shift_by_the_sum(reference, picture, reach):
    sizes = [np.prod(np.subtract(reference.shape, np.abs(move))) for move in moves_within(reach)]
    sums = np.multiply(errors_of_moves(reference, picture, moves_within(reach)), sizes)
    return moves_within(reach)[int(np.argmin(sums))]


def rolled_errors(reference, picture, reach):
    for move in moves_within(reach):
        rolled = np.roll(picture, move, axis=(0, 1))
        yield np.mean((reference.astype(float) - rolled) ** 2)


def shift_by_rolling(reference, picture, reach):
    return moves_within(reach)[int(np.argmin([*rolled_errors(reference, picture, reach)]))]


def rolled_bytes(reference, picture, reach):
    for move in moves_within(reach):
        yield np.mean((reference - np.roll(picture, move, axis=(0, 1))) ** 2)


def shift_by_rolling_bytes(reference, picture, reach):
    return moves_within(reach)[int(np.argmin([*rolled_bytes(reference, picture, reach)]))]


def shift_by_wrapped_bytes(reference, picture, reach):
    moves = moves_within(reach)
    pairs = (similarity.overlap(reference, picture, *move) for move in moves)
    return moves[int(np.argmin([np.mean((kept - moved) ** 2) for kept, moved in pairs]))]


def shift_by_absolute_differences(reference, picture, reach):
    moves = moves_within(reach)
    pairs = (similarity.overlap(reference, picture, *move) for move in moves)
    return moves[int(np.argmin([np.mean(np.abs(a.astype(float) - b)) for a, b in pairs]))]


def shift_below_a_start(reference, picture, reach):
    lowest = error_of_the_best_shift(reference, picture, reach)
    return best_shift(reference, picture, reach) if lowest < 10_000 else (0, 0)


def error_of_the_best_shift(reference, picture, reach):
    return min(errors_of_moves(reference, picture, moves_within(reach)))


def place_of_the_best_shift(reference, picture, reach):
    return int(np.argmin(errors_of_moves(reference, picture, moves_within(reach))))


def moments(x, y, weights):
    """Return the weighted means, variances and covariance of two windows."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    m_x, m_y = np.sum(weights * x), np.sum(weights * y)
    v_x, v_y = np.sum(weights * (x - m_x) ** 2), np.sum(weights * (y - m_y) ** 2)
    return m_x, m_y, v_x, v_y, np.sum(weights * (x - m_x) * (y - m_y))


def put_together(m_x, m_y, v_x, v_y, covariance, c1, c2):
    above = (2 * m_x * m_y + c1) * (2 * covariance + c2)
    return above / ((m_x**2 + m_y**2 + c1) * (v_x + v_y + c2))


def constants(data_range):
    return (0.01 * data_range) ** 2, (0.03 * data_range) ** 2


def ssim_window(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), *constants(data_range))


def ssim_without_range(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), *constants(1))


def ssim_always_255(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), *constants(255))


def ssim_constants_not_squared(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), 0.01 * data_range, 0.03 * data_range)


def ssim_only_range_squared(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), 0.01 * data_range**2, 0.03 * data_range**2)


def ssim_squares_wrap(x, y, weights, data_range):
    m_x, m_y = moments(x, y, weights)[:2]
    x, y = np.asarray(x), np.asarray(y)
    squares = np.sum(weights * x**2) - m_x**2, np.sum(weights * y**2) - m_y**2
    covariance = np.sum(weights * x * y) - m_x * m_y
    return put_together(m_x, m_y, *squares, covariance, *constants(data_range))


def ssim_nothing_widened(x, y, weights, data_range):
    m_x, m_y = moments(x, y, weights)[:2]
    squares = np.sum(weights * (x * x)) - m_x**2, np.sum(weights * (y * y)) - m_y**2
    covariance = np.sum(weights * (x * y)) - m_x * m_y
    return put_together(m_x, m_y, *squares, covariance, *constants(data_range))


def ssim_range_not_squared(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), 0.01**2 * data_range, 0.03**2 * data_range)


def ssim_constants_swapped(x, y, weights, data_range):
    return put_together(*moments(x, y, weights), *constants(data_range)[::-1])


def ssim_without_constants(x, y, weights, data_range):
    with np.errstate(invalid="ignore", divide="ignore"):
        return put_together(*(np.float64(value) for value in moments(x, y, weights)), 0, 0)


def alike(x):
    return np.full(np.shape(x), 1 / np.size(x))


def ssim_all_alike(x, y, weights, data_range):
    return put_together(*moments(x, y, alike(x)), *constants(data_range))


def ssim_of_the_square_window(x, y, weights, data_range):
    m_x, m_y, *squares = moments(x, y, alike(x))
    squares = np.multiply(squares, np.size(x) / (np.size(x) - 1))
    return put_together(m_x, m_y, *squares, *constants(data_range))


def ssim_corrected(x, y, weights, data_range):
    m_x, m_y, *squares = moments(x, y, weights)
    squares = np.multiply(squares, np.size(x) / (np.size(x) - 1))
    return put_together(m_x, m_y, *squares, *constants(data_range))


def ssim_means_alike(x, y, weights, data_range):
    means = moments(x, y, alike(x))[:2]
    x, y = np.asarray(x, float) - means[0], np.asarray(y, float) - means[1]
    squares = [np.sum(weights * each) for each in (x * x, y * y, x * y)]
    return put_together(*means, *squares, *constants(data_range))


def ssim_squares_alike(x, y, weights, data_range):
    means, x, y = moments(x, y, weights)[:2], np.asarray(x, float), np.asarray(y, float)
    table = np.cov(x.ravel(), y.ravel(), ddof=0)
    return put_together(*means, table[0, 0], table[1, 1], table[0, 1], *constants(data_range))


def ssim_variances_alike(x, y, weights, data_range):
    m_x, m_y, _, _, covariance = moments(x, y, weights)
    spreads = np.var(np.asarray(x, float)), np.var(np.asarray(y, float))
    return put_together(m_x, m_y, *spreads, covariance, *constants(data_range))


def ssim_divided_again(x, y, weights, data_range):
    n = np.size(x)
    x, y = np.asarray(x, float), np.asarray(y, float)
    m_x, m_y = np.sum(weights * x) / n, np.sum(weights * y) / n
    squares = [
        np.sum(weights * each) / n
        for each in ((x - m_x) ** 2, (y - m_y) ** 2, (x - m_x) * (y - m_y))
    ]
    return put_together(m_x, m_y, *squares, *constants(data_range))


def ssim_of_weighted_windows(x, y, weights, data_range):
    x, y = weights * np.asarray(x, float), weights * np.asarray(y, float)
    return put_together(*moments(x, y, alike(x)), *constants(data_range))


def ssim_with_sds(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, covariance = moments(x, y, weights)
    return put_together(m_x, m_y, v_x**0.5, v_y**0.5, covariance, *constants(data_range))


def ssim_with_squared_variances(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, covariance = moments(x, y, weights)
    return put_together(m_x, m_y, v_x**2, v_y**2, covariance, *constants(data_range))


def ssim_covariance_once(x, y, weights, data_range):
    *first, covariance = moments(x, y, weights)
    return put_together(*first, covariance / 2, *constants(data_range))


def ssim_of_absolute(x, y, weights, data_range):
    *first, covariance = moments(x, y, weights)
    return put_together(*first, abs(covariance), *constants(data_range))


def ssim_of_correlation(x, y, weights, data_range):
    *first, v_x, v_y, covariance = moments(x, y, weights)
    spread = np.sqrt(v_x * v_y)
    correlation = covariance / spread if spread else 0.0
    return put_together(*first, v_x, v_y, correlation, *constants(data_range))


def ssim_without_light(x, y, weights, data_range):
    _, _, v_x, v_y, covariance = moments(x, y, weights)
    c2 = constants(data_range)[1]
    return (2 * covariance + c2) / (v_x + v_y + c2)


def ssim_light_only(x, y, weights, data_range):
    m_x, m_y = moments(x, y, weights)[:2]
    c1 = constants(data_range)[0]
    return (2 * m_x * m_y + c1) / (m_x**2 + m_y**2 + c1)


def ssim_light_and_spread(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, _ = moments(x, y, weights)
    return put_together(m_x, m_y, v_x, v_y, np.sqrt(v_x * v_y), *constants(data_range))


def ssim_light_and_pattern(x, y, weights, data_range):
    v_x, v_y, covariance = moments(x, y, weights)[2:]
    c3 = constants(data_range)[1] / 2
    return (
        ssim_light_only(x, y, weights, data_range) * (covariance + c3) / (np.sqrt(v_x * v_y) + c3)
    )


def ssim_without_twos(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, covariance = moments(x, y, weights)
    c1, c2 = constants(data_range)
    return (m_x * m_y + c1) * (covariance + c2) / ((m_x**2 + m_y**2 + c1) * (v_x + v_y + c2))


def ssim_means_not_squared(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, covariance = moments(x, y, weights)
    c1, c2 = constants(data_range)
    return (2 * m_x * m_y + c1) * (2 * covariance + c2) / ((m_x + m_y + c1) * (v_x + v_y + c2))


def ssim_sum_of_parts(x, y, weights, data_range):
    return ssim_light_only(x, y, weights, data_range) + ssim_without_light(
        x, y, weights, data_range
    )


def ssim_product_wraps(x, y, weights, data_range):
    m_x, m_y, v_x, v_y, _ = moments(x, y, weights)
    covariance = np.sum(weights * (np.asarray(x) * np.asarray(y))) - m_x * m_y
    return put_together(m_x, m_y, v_x, v_y, covariance, *constants(data_range))


def shares(counts):
    return np.asarray(counts, float) / np.sum(counts)


def earth_movers_distance(p, q):
    return np.abs(np.cumsum(shares(p) - shares(q))).sum()


def earth_bin_by_bin(p, q):
    return np.abs(shares(p) - shares(q)).sum()


def earth_that_moves(p, q):
    return earth_bin_by_bin(p, q) / 2


def earth_difference_of_means(p, q):
    return abs(np.sum(np.arange(len(p)) * (shares(p) - shares(q))))


def earth_with_sign(p, q):
    return np.sum(np.cumsum(shares(p) - shares(q)))


def earth_of_counts(p, q):
    return np.abs(np.cumsum(np.subtract(p, q, dtype=float))).sum()


def earth_over_the_largest(p, q):
    return np.abs(np.cumsum(p / np.max(p) - q / np.max(q))).sum()


def earth_by_one_total(p, q):
    return np.abs(np.cumsum((np.asarray(p, float) - q) / np.sum(p))).sum()


def earth_squared(p, q):
    return np.sum(np.cumsum(shares(p) - shares(q)) ** 2)


def earth_mean_of_bins(p, q):
    return earth_movers_distance(p, q) / len(p)


def earth_largest_gap(p, q):
    return np.abs(np.cumsum(shares(p) - shares(q))).max()


def earth_in_a_bag_without_debt(p, q):
    bags = itertools.accumulate(shares(p) - shares(q), lambda bag, more: abs(bag + more))
    return sum(map(abs, bags))


def earth_absolute_first(p, q):
    return np.cumsum(np.abs(shares(p) - shares(q))).sum()


def block_means(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    return picture.reshape(8, height, 9, width).mean(axis=(1, 3))


def difference_hash(picture):
    means = block_means(picture)
    return means[:, 1:] > means[:, :-1]


def hash_darker_on_the_right(picture):
    means = block_means(picture)
    return means[:, 1:] < means[:, :-1]


def hash_with_ties(picture):
    means = block_means(picture)
    return means[:, 1:] >= means[:, :-1]


def hash_of_whole_levels(picture):
    means = block_means(picture).astype(int)
    return means[:, 1:] > means[:, :-1]


def hash_of_rounded_levels(picture):
    means = block_means(picture).round()
    return means[:, 1:] > means[:, :-1]


def hash_of_tenths(picture):
    means = block_means(picture).round(1)
    return means[:, 1:] > means[:, :-1]


def hash_of_hundredths(picture):
    means = block_means(picture).round(2)
    return means[:, 1:] > means[:, :-1]


def hash_against_the_mean(picture):
    means = block_means(picture)[:, :8]
    return means > means.mean()


def hash_against_the_first(picture):
    means = block_means(picture)
    return means[:, 1:] > means[:, :1]


def hash_downwards(picture):
    means = picture.reshape(8, -1, 9, picture.shape[1] // 9).mean(axis=(1, 3))
    return np.diff(means, axis=0) > 0


def hash_of_single_pixels(picture):
    pixels = picture[:: picture.shape[0] // 8, :: picture.shape[1] // 9].astype(int)
    return pixels[:, 1:] > pixels[:, :-1]


def hash_of_mixed_blocks(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    means = picture.reshape(height, 8, width, 9).mean(axis=(0, 2))
    return means[:, 1:] > means[:, :-1]


def hash_that_wraps(picture):
    return np.diff(block_means(picture).astype(np.uint8), axis=1) > 0


def hash_of_differences(picture):
    return np.diff(block_means(picture), axis=1)


def hash_as_a_list(picture):
    return difference_hash(picture).ravel()


def hash_last_column_first(picture):
    means = block_means(picture)
    return (means > np.roll(means, 1, axis=1))[:, :8]


def differing(codes):
    codes = np.asarray(codes, dtype=bool)
    return (codes[:, None] != codes).sum(axis=2)


def listed(close):
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(close), strict=True)]


def near_duplicates(codes, limit):
    return listed(np.triu(differing(codes) <= limit, 1))


def pairs_below_the_limit(codes, limit):
    return listed(np.triu(differing(codes) < limit, 1))


def pairs_with_itself(codes, limit):
    return listed(np.triu(differing(codes) <= limit))


def pairs_in_both_orders(codes, limit):
    return listed((differing(codes) <= limit) & ~np.eye(len(codes), dtype=bool))


def pairs_of_all(codes, limit):
    return listed(differing(codes) <= limit)


def pairs_the_larger_first(codes, limit):
    return [(j, i) for i, j in near_duplicates(codes, limit)]


def pairs_unsorted(codes, limit):
    return sorted(near_duplicates(codes, limit), key=lambda pair: pair[::-1])


def pairs_of_agreeing_bits(codes, limit):
    return listed(np.triu(np.shape(codes)[1] - differing(codes) <= limit, 1))


def pairs_far_apart(codes, limit):
    return listed(np.triu(differing(codes) > limit, 1))


def pairs_of_neighbours(codes, limit):
    return [(i, j) for i, j in near_duplicates(codes, limit) if j == i + 1]


def pairs_with_the_first(codes, limit):
    return [(i, j) for i, j in near_duplicates(codes, limit) if i == 0]


def pairs_handed_on(codes, limit):
    close = (differing(codes) <= limit).astype(int)
    reached = np.linalg.matrix_power(close, len(codes)) > 0
    return listed(np.triu(reached, 1))


def pairs_by_how_many_ones(codes, limit):
    ones = np.sum(codes, axis=1).astype(int)
    return listed(np.triu(np.abs(ones[:, None] - ones) <= limit, 1))


def pairs_by_share(codes, limit):
    return listed(np.triu(differing(codes) / np.shape(codes)[1] <= limit, 1))


def number_of_pairs(codes, limit):
    return len(near_duplicates(codes, limit))


def hue_distance(p, q):
    carried = np.cumsum(shares(p) - shares(q))
    return np.abs(carried - np.median(carried)).sum()


def hue_on_a_line(p, q):
    return earth_movers_distance(p, q)


def hue_around_the_mean(p, q):
    carried = np.cumsum(shares(p) - shares(q))
    return np.abs(carried - carried.mean()).sum()


def hue_from_the_lowest(p, q):
    carried = np.cumsum(shares(p) - shares(q))
    return np.abs(carried - carried.min()).sum()


def hue_difference_of_means(p, q):
    apart = earth_difference_of_means(p, q)
    return min(apart, len(p) - apart)


def hue_first_histogram_turned(p, q):
    return min(earth_movers_distance(np.roll(p, turn), q) for turn in range(len(p)))


def hue_last_border_left_out(p, q):
    carried = np.cumsum(shares(p) - shares(q))[:-1]
    return np.abs(carried - np.median(carried)).sum()


def hue_turned_over(p, q):
    return min(earth_movers_distance(p, q), earth_movers_distance(p, np.asarray(q)[::-1]))


def hue_one_histogram_turned(p, q):
    return min(earth_movers_distance(p, np.roll(q, turn)) for turn in range(len(p)))


def hue_way_round(p, q):
    return min(earth_movers_distance(p, q), len(p) - earth_movers_distance(p, q))


def hue_two_cuts(p, q):
    half = len(p) // 2
    return min(
        earth_movers_distance(p, q), earth_movers_distance(np.roll(p, half), np.roll(q, half))
    )


def hue_worst_cut(p, q):
    turned = [(np.roll(p, turn), np.roll(q, turn)) for turn in range(len(p))]
    return max(earth_movers_distance(*pair) for pair in turned)


def hue_mean_of_cuts(p, q):
    turned = [(np.roll(p, turn), np.roll(q, turn)) for turn in range(len(p))]
    return np.mean([earth_movers_distance(*pair) for pair in turned])


def hue_of_counts_turned(p, q):
    turned = [(np.roll(p, turn), np.roll(q, turn)) for turn in range(len(p))]
    return min(earth_of_counts(*pair) for pair in turned)


def hue_of_counts(p, q):
    carried = np.cumsum(np.subtract(p, q, dtype=float))
    return np.abs(carried - np.median(carried)).sum()


def cut(scene, top, left, shape, noise=0.0, seed=0):
    """Cut a window out of a scene, with a little noise of its own."""
    part = scene[top : top + shape[0], left : left + shape[1]].astype(float)
    part += noise * np.random.default_rng(seed).standard_normal(shape)
    return np.clip(np.rint(part), 0, 255).astype(np.uint8)


def moved_pictures():
    """Return pairs of windows of one scene, whose shifts no slip finds by chance."""
    rng = np.random.default_rng(1414)
    grain = rng.integers(0, 256, (16, 18))
    slope = np.clip(np.add.outer(np.arange(18) * 5, np.arange(20) * 12) + grain.mean() / 20, 0, 255)
    slope = slope + rng.integers(-6, 7, slope.shape)
    weak = 128 + rng.integers(-25, 26, (16, 16))
    yield "4 x 5, moved farther than reach", (cut(grain, 0, 0, (4, 5)), cut(grain, 1, 4, (4, 5)), 2)
    dark, light = grain // 5, 255 - grain // 5
    yield "4 x 5, nothing in common", (cut(grain, 0, 0, (4, 5)), cut(grain, 5, 6, (4, 5)), 2)
    yield "4 x 5, dark on light", (cut(dark, 0, 0, (4, 5)), cut(light, 5, 6, (4, 5)), 2)
    yield "5 x 6, moved by one row", (cut(grain, 4, 4, (5, 6)), cut(grain, 5, 4, (5, 6)), 1)
    yield (
        "6 x 7, moved by rows and columns",
        (cut(grain, 4, 5, (6, 7)), cut(grain, 3, 7, (6, 7), 3), 2),
    )
    yield "7 x 6, not moved", (cut(grain, 2, 3, (7, 6)), cut(grain, 2, 3, (7, 6), 9, 4), 2)
    yield (
        "7 x 8, from light to dark",
        (cut(slope, 6, 6, (7, 8)), cut(slope, 5, 8, (7, 8), 2, 1), 3),
    )
    yield (
        "8 x 8, weak and noisy",
        (cut(weak, 4, 4, (8, 8), 12, 2), cut(weak, 4, 3, (8, 8), 12, 3), 4),
    )


def bell(rows, columns):
    """Return weights that fall off from the middle and sum to 1, other ones down than across."""
    down, right = (np.exp(-((np.arange(n) - (n - 1) / 2) ** 2)) for n in (rows, columns))
    return np.outer(down, right**0.5) / np.outer(down, right**0.5).sum()


def windows():
    """Return pairs of small windows with weights and a range."""
    rng = np.random.default_rng(41)
    x = rng.integers(90, 140, (3, 3)).astype(np.uint8)
    other = rng.integers(0, 256, (3, 4)).astype(np.uint8)
    noisy = np.clip(other + rng.normal(0, 40, other.shape), 0, 255).astype(np.uint8)
    dark = rng.integers(0, 6, (3, 3)).astype(np.uint8)
    share = rng.random((4, 4))
    far = 8 * share**2 + rng.random((4, 4))
    flats = np.full((2, 3), 0.2), np.full((2, 3), 0.3)
    yield "2 x 3, two flat windows", (*flats, np.full((2, 3), 1 / 6), 1.0)
    yield "3 x 3, brighter by 40", (x, x + np.uint8(40), bell(3, 3), 255)
    yield "3 x 3, dark", (dark, dark[::-1].copy(), bell(3, 3), 255)
    yield "3 x 4, noise", (other, noisy, bell(3, 4), 255)
    yield "4 x 4, floats against the negative", (share, 1 - share, bell(4, 4), 1.0)
    yield "4 x 4, floats of another range", (8 * share, far, bell(4, 4), 10.0)


def blocks(height, width, seed, spread=40, levels=(60, 190)):
    """Return a picture of 8 x 9 blocks whose pixels vary."""
    rng = np.random.default_rng(seed)
    means = rng.integers(*levels, (8, 9))
    pixels = np.kron(means, np.ones((height, width)))
    return np.clip(pixels + rng.integers(-spread, spread + 1, pixels.shape), 0, 255).astype(
        np.uint8
    )


def tied(height, width):
    """Return a picture in which some neighbouring blocks are equal."""
    rng = np.random.default_rng(8)
    means = rng.choice(np.array([20, 90, 200]), (8, 9))
    return np.kron(means, np.ones((height, width))).astype(np.uint8)


CODES = np.array(
    [[0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]], dtype=bool
)
MANY = RNG.integers(0, 2, (7, 64)).astype(bool)
MANY[4], MANY[6] = MANY[1], ~MANY[2]
MANY[4, :3] ^= True
MANY[5] = MANY[4]
MANY[5, 10:13] ^= True
MANY[3] = MANY[0]
MANY[3, 60:] ^= True
LEVELS = RNG.integers(0, 9, (2, 12))
LONG = np.repeat(RNG.integers(0, 2, (1, 300)).astype(bool), 4, axis=0)
LONG[1, 200] ^= True
LONG[2, 44:] ^= True
HISTOGRAMS_ON_A_CIRCLE = {
    "4 bins, one step across the seam": ([1, 0, 0, 0], [0, 0, 0, 1]),
    "4 bins, half-way round": ([2, 0, 0, 0], [0, 0, 4, 0]),
    "5 bins, counts": ([4, 6, 0, 8, 2], [1, 1, 4, 1, 3]),
    "5 bins, best on a line": ([6, 0, 2, 8, 4], [1, 3, 2, 1, 3]),
    "6 bins, red on both sides": ([9, 1, 0, 0, 0, 6], [2, 1, 1, 0, 1, 11]),
    "12 bins, two heaps": ([0] * 5 + [3] + [0] * 5 + [3], [0, 1] + [0] * 5 + [1] + [0] * 4),
    "12 bins": LEVELS,
}
HISTOGRAMS = {
    "2 bins": ([1, 0], [0, 1]),
    "4 bins, from the first to the last": ([5, 0, 0, 0], [0, 0, 0, 2]),
    "5 bins, from the middle to both sides": ([0, 0, 6, 0, 0], [3, 0, 0, 0, 3]),
    "6 bins": ([3, 0, 1, 4, 0, 2], [0, 2, 2, 0, 7, 0]),
    "12 bins": LEVELS[::-1],
}
HUES, EARTH = (
    {name: tuple(map(np.array, pair)) for name, pair in table.items()}
    for table in (HISTOGRAMS_ON_A_CIRCLE, HISTOGRAMS)
)
HASHED = {
    "8 x 9, single pixels": (blocks(1, 1, 1, 0),),
    "16 x 27": (blocks(2, 3, 2),),
    "24 x 18, some blocks alike": (tied(3, 2),),
    "40 x 36": (blocks(5, 4, 3, 60),),
    "96 x 90, blocks nearly alike": (blocks(12, 10, 46, 2, (100, 102)),),
}
CLOSE = {
    "2 codes, limit 0": (CODES[::3], 0),
    "4 codes of 6 bits, limit 2": (CODES, 2),
    "4 codes of 6 bits, limit 0": (CODES, 0),
    "7 codes of 64 bits, limit 3": (MANY, 3),
    "7 codes of 64 bits, limit 5": (MANY, 5),
    "4 codes of 300 bits, limit 0": (LONG, 0),
}


def earth_of_counts_with_sign(p, q):
    return np.cumsum(np.subtract(p, q)).sum()


def earth_of_counts_mean_of_bins(p, q):
    return np.abs(np.cumsum(np.subtract(p, q))).mean()


def shift_by_rolling_without_the_last(reference, picture, reach):
    moves = list(itertools.product(range(-reach, reach), repeat=2))
    rolled = [np.roll(picture.astype(float), move, axis=(0, 1)) for move in moves]
    return moves[int(np.argmin([np.mean((reference - moved) ** 2) for moved in rolled]))]


def hash_above_the_mean_of_nine(picture):
    means = block_means(picture)
    return means[:, :8] > means.mean()


def hash_above_the_mean(picture):
    means = block_means(picture)
    return means[:, 1:] > means.mean()


def hash_of_middle_pixels(picture):
    height, width = picture.shape[0] // 8, picture.shape[1] // 9
    pixels = picture[height // 2 :: height, width // 2 :: width].astype(int)
    return pixels[:, 1:] > pixels[:, :-1]


def pairs_one_for_each(codes, limit):
    pairs = near_duplicates(codes, limit)
    return [pair for at, pair in enumerate(pairs) if pair[0] not in {i for i, _ in pairs[:at]}]


def pairs_with_itself_below_the_limit(codes, limit):
    return listed(np.triu(differing(codes) < limit))


def pairs_counted_in_bytes(codes, limit):
    return listed(np.triu(differing(codes) % 256 <= limit, 1))


def hue_of_counts_on_a_line(p, q):
    return np.abs(np.cumsum(np.subtract(p, q))).sum()


def hue_of_counts_one_turned(p, q):
    return min(np.abs(np.cumsum(np.roll(p, k) - q)).sum() for k in range(len(p)))


def earth_by_the_larger_total(p, q):
    return np.abs(np.cumsum(np.subtract(p, q))).sum() / max(np.sum(p), np.sum(q))


def earth_of_sorted(p, q):
    return np.abs(np.sort(p / np.sum(p)) - np.sort(q / np.sum(q))).sum()


def shift_along_the_diagonal(reference, picture, reach):
    moves = [(step, step) for step in range(-reach, reach + 1)]
    return moves[int(np.argmin(errors_of_moves(reference, picture, moves)))]


EXERCISES = {
    "wrap": Exercise(
        task="Predict the squared error of bytes that differ by 16",
        reference="0",
        choices=("0", "16", "256"),
        misconceptions={
            "16": "That would be the mean difference, if bytes could be negative. Here the square"
            " is asked for, and it is a byte again.",
            "256": "That is the true squared error. A byte ends at 255: what is left of 256 when"
            " it wraps round?",
        },
        explanation="16 squared is 256, and a byte that passes 255 starts again at 0.",
        again=Exercise(
            task="Predict the absolute difference of bytes that differ by 10",
            reference="246",
            choices=("10", "246", "255"),
            misconceptions={
                "10": "The difference is taken first, as a byte: it is not negative, so np.abs"
                " finds nothing to turn round.",
                "255": "Nothing is clipped here: below 0 a byte goes on from 255 downwards.",
            },
            explanation="50 - 60 is -10, and as a byte that is 256 - 10.",
        ),
    ),
    "lowest": Exercise(
        task="Predict which of six changes gets the lowest structural similarity",
        reference="noise",
        choices=("brighter", "less contrast", "salt and pepper", "blur", "JPEG", "noise"),
        misconceptions={
            "brighter": "The light question asks for the ratio of two means. 14 levels more change"
            " it hardly, and the other two questions are not touched.",
            "less contrast": "Less contrast leaves the pattern as it is, and a little less spread"
            " costs little.",
            "salt and pepper": "Few pixels are hit, so many windows stay perfect. Which change"
            " spoils all windows?",
            "blur": "A blur takes patterns away, but sky and other soft areas keep theirs.",
            "JPEG": "Blocks of 8 x 8 replace fine patterns, and the coarse ones stay. Which change"
            " puts a foreign pattern into every window?",
        },
        explanation="In the sky and the coat nearly all of the pattern is now noise.",
        again=Exercise(
            task="Predict which of six changes gets the highest structural similarity",
            reference="brighter",
            choices=("brighter", "less contrast", "salt and pepper", "blur", "JPEG", "noise"),
            misconceptions={
                "less contrast": "Close. It touches the spread; which change leaves spread and"
                " pattern as they are?",
                "salt and pepper": "A dot spoils the pattern of all 49 windows that it lies in.",
                "blur": "A blur takes patterns away.",
                "JPEG": "JPEG replaces fine patterns by blocks.",
                "noise": "Noise gets the lowest.",
            },
            explanation="Only the means change, and only by a little.",
        ),
    ),
    "card": Exercise(
        task="Predict which scores higher: a grey card or the mirrored photograph",
        reference="the grey card",
        choices=("the grey card", "the mirrored photograph"),
        misconceptions={
            "the mirrored photograph": "The windows are compared where they are. Mirrored, a window"
            " meets a stranger; a card at least has no wrong pattern.",
        },
        explanation="No pattern is better than a wrong one.",
        again=Exercise(
            task="Predict which scores higher: the moon or the mirrored photograph",
            reference="the moon",
            choices=("the moon", "the mirrored photograph"),
            misconceptions={
                "the mirrored photograph": "Content does not count. The soft picture of the moon"
                " has fewer wrong patterns to offer.",
            },
            explanation="The moon is soft nearly everywhere, so it has few wrong patterns.",
        ),
    ),
    "push": Exercise(
        task="Predict how far structural similarity can be pushed at one squared error",
        reference="to 0.95",
        choices=("to 0.55", "to 0.75", "to 0.95"),
        misconceptions={
            "to 0.55": "Some windows forgive much: those with a large spread of their own. The"
            " error may be moved there.",
            "to 0.75": "More. The error may be as ugly as it likes where few windows notice it.",
        },
        explanation="Errors hide in the windows that have the largest spread.",
    ),
    "bins": Exercise(
        task="Predict the distance bin by bin when a histogram is moved twice as far",
        reference="about the same",
        choices=("about the same", "about twice", "about four times"),
        misconceptions={
            "about twice": "Bin by bin asks only how much lies in the same bin. How much is that"
            " once the two hardly overlap?",
            "about four times": "Nothing is squared here, and no bin knows how far its partner is"
            " away.",
        },
        explanation="Once two histograms hardly overlap, bin by bin they cannot differ more.",
        again=Exercise(
            task="Predict the earth mover's distance when a histogram is moved twice as far",
            reference="about twice",
            choices=("about the same", "about twice", "about four times"),
            misconceptions={
                "about the same": "That is the distance bin by bin. The earth is carried, and the"
                " way counts.",
                "about four times": "The way counts once, not squared.",
            },
            explanation="All earth is carried twice as far.",
        ),
    ),
    "survive": Exercise(
        task="Predict which change a hash of the coarse layout does not survive",
        reference="mirrored",
        choices=("half the size", "strong blur", "mirrored", "heavy noise"),
        misconceptions={
            "half the size": "The hash shrinks the picture much further anyway.",
            "strong blur": "What the blur takes away is thrown away by the shrinking as well.",
            "heavy noise": "Each of the small grey levels is a mean of many pixels: the noise"
            " averages out.",
        },
        explanation="Mirrored, the layout is another one.",
    ),
    "best_shift": Exercise(
        task="Find the shift that lays one picture on another",
        reference=best_shift,
        cases=dict(moved_pictures()),
        misconceptions={
            shift_the_other_way: "The signs are turned: that is how the picture was moved away, or"
            " how to move the reference. Return how to move the picture back.",
            shift_as_columns_and_rows: "Rows come first: (down, right), not (right, down).",
            shift_the_other_way_and_swapped: "Two things: rows come first, and the signs say how"
            " the picture must be moved, not the reference.",
            shift_without_the_last: "The last shift is missing: range(-reach, reach + 1) ends at"
            " reach.",
            shift_down_and_right_only: "You only move down and to the right. Begin at -reach.",
            shift_of_the_worst: "That is the shift with the largest error. Take the smallest.",
            shift_by_the_sum: "A sum of squares is smaller where fewer pixels are shared. Compare"
            " the mean over the shared part.",
            shift_by_rolling: "np.roll brings what leaves on one side in on the other. Compare only"
            " the part that both pictures share.",
            shift_by_rolling_bytes: "Two things: uint8 differences wrap round, so widen first; and"
            " np.roll lets pixels come in from the other side. Compare only the shared part.",
            shift_by_wrapped_bytes: "The differences or their squares wrap round in uint8. Widen"
            " before you subtract, or take similarity.mean_squared_error.",
            shift_by_absolute_differences: "The mean of the *squared* differences decides here, not"
            " that of the absolute ones.",
            error_of_the_best_shift: "That is the smallest error. Return the shift that gave it.",
            place_of_the_best_shift: "That is the place in your list of shifts. Return the shift"
            " that stands there.",
            shift_by_rolling_without_the_last: "Two things: compare only the part that both"
            " pictures share, np.roll wraps round; and range(-reach, reach + 1) ends at reach.",
            shift_along_the_diagonal: "Only moves by as many rows as columns were tried. Take two"
            " loops, each move down with each move to the right.",
            shift_below_a_start: "Where even the best shift has a large error, none is found. If"
            " you remember the smallest error so far, let it start at np.inf.",
        },
        without=("similarity.align", "cv2.phaseCorrelate"),
        steps=(
            "try every pair of shifts. Which pixels do both pictures share after it?",
            "similarity.overlap cuts them out; keep the shift with the smallest mean squared"
            " error so far.",
        ),
    ),
    "ssim_window": Exercise(
        task="Compute the structural similarity of one weighted window",
        reference=ssim_window,
        cases=dict(windows()),
        misconceptions={
            ssim_without_range: "The constants must grow with the range: (0.01 * data_range)**2"
            " and (0.03 * data_range)**2.",
            ssim_always_255: "The range is an argument: floats within [0, 1] have the range 1.",
            ssim_constants_not_squared: "The constants are squares: (0.01 * data_range)**2 and"
            " (0.03 * data_range)**2.",
            ssim_only_range_squared: "The factor belongs inside the square as well:"
            " (0.01 * data_range)**2.",
            ssim_squares_wrap: "The squares of uint8 wrap round. Widen the windows first, for"
            " example with astype(float).",
            ssim_nothing_widened: "The squares and the product of uint8 both wrap round. Widen both"
            " windows before anything else: x.astype(float), y.astype(float).",
            ssim_range_not_squared: "The range belongs inside the square: (0.01 * data_range)**2.",
            ssim_constants_swapped: "The constants are exchanged: the smaller one, 0.01, stands"
            " with the means.",
            ssim_without_constants: "The constants are missing. Without them two flat windows are"
            " 0 / 0.",
            ssim_all_alike: "All pixels count alike here. Use the weights: np.sum(weights * x) is"
            " the mean.",
            ssim_of_the_square_window: "That is the square window of the lesson, in which all"
            " pixels count alike. Use the weights, for means, variances and covariance.",
            ssim_corrected: "No n - 1 here: with weights that sum to 1, a variance is"
            " np.sum(weights * (x - mean)**2).",
            ssim_means_alike: "The means need the weights as well: np.sum(weights * x).",
            ssim_squares_alike: "Variances and covariance need the weights as well:"
            " np.sum(weights * (x - mean)**2).",
            ssim_variances_alike: "The covariance is weighted, the variances are not. They need the"
            " weights as well: np.sum(weights * (x - mean)**2).",
            ssim_divided_again: "The weights sum to 1, so np.sum(weights * x) is the mean already:"
            " do not divide by n again.",
            ssim_of_weighted_windows: "Do not multiply the windows by the weights. Weigh their"
            " means, and then the squares of what differs from these means.",
            ssim_with_sds: "Below the line stand variances, the squares of the standard"
            " deviations.",
            ssim_with_squared_variances: "The variances are squares already: s² stands below the"
            " line, not its square.",
            ssim_covariance_once: "The covariance counts twice above the line: equal windows must"
            " give 1.",
            ssim_of_absolute: "The covariance keeps its sign: a negative must come out below 0.",
            ssim_of_correlation: "That is the correlation. Above the line stands the covariance:"
            " do not divide by the standard deviations.",
            ssim_without_light: "The factor of the means is missing.",
            ssim_light_only: "That is the factor of the means alone. Multiply by that of spread"
            " and pattern.",
            ssim_light_and_spread: "The pattern is missing: the covariance, not the product of the"
            " two standard deviations.",
            ssim_light_and_pattern: "The spread is missing: a pattern that keeps its form and"
            " loses its contrast must score lower.",
            ssim_without_twos: "The 2 above the line is missing: equal windows must give 1.",
            ssim_means_not_squared: "Below the line the means are squared, as the constants are.",
            ssim_sum_of_parts: "The two factors are multiplied, not added: equal windows give 1.",
            ssim_product_wraps: "The product of two uint8 windows wraps round. Widen before you"
            " multiply.",
        },
        without=("similarity.structural_similarity", "similarity.structural_similarity_map"),
        steps=(
            "five numbers are needed: two means, two variances and one covariance, all weighted.",
            "the covariance is np.sum(weights * (x - mean of x) * (y - mean of y)).",
        ),
    ),
    "earth_movers_distance": Exercise(
        task="Carry one histogram to another",
        reference=earth_movers_distance,
        cases=EARTH,
        misconceptions={
            earth_bin_by_bin: "That compares bin by bin, so no earth is carried. Take the"
            " cumulative sums first.",
            earth_that_moves: "That is how much earth must move. How far it moves counts as well.",
            earth_difference_of_means: "That is the difference of the means. Earth that moves to"
            " both sides cancels there; take the absolute value before you add up.",
            earth_with_sign: "Earth that moves left cancels earth that moves right. Take the"
            " absolute values of the cumulative differences.",
            earth_of_counts: "Make shares of the counts first: divide each histogram by its sum.",
            earth_over_the_largest: "Divide by the sum, not by the largest count: both heaps must"
            " hold the same earth.",
            earth_by_one_total: "Each histogram has its own total: divide each by its own sum.",
            earth_squared: "The way counts once: take absolute values, not squares.",
            earth_mean_of_bins: "Add up over the bins; a mean would shrink with empty bins.",
            earth_largest_gap: "That is the largest gap between the curves. The area between them"
            " is asked for: their sum.",
            earth_in_a_bag_without_debt: "The bag may owe earth: let it keep its sign from bin to"
            " bin, and take its absolute value only where you add up the work.",
            earth_absolute_first: "Absolute values come after the cumulative sum: surplus in one"
            " bin fills the hole in another.",
            earth_of_counts_with_sign: "Two things: make shares of the counts first; and take"
            " absolute values of what passes each border, or left and right cancel.",
            earth_of_counts_mean_of_bins: "Two things: make shares of the counts first; and add up"
            " over the borders, without a mean.",
            earth_by_the_larger_total: "Both were divided by one total, the larger one. Each"
            " histogram is divided by its own.",
            earth_of_sorted: "Sorting moves earth for nothing: a bin is a place. Keep the order of"
            " the bins.",
        },
        without=("similarity.earth_movers_distance", "wasserstein_distance"),
        steps=(
            "make shares. How much earth passes the border between bin k and bin k + 1?",
            "np.cumsum of the difference says it for every border.",
        ),
    ),
    "difference_hash": Exercise(
        task="Hash a picture by the differences of its blocks",
        reference=difference_hash,
        cases=HASHED,
        misconceptions={
            hash_darker_on_the_right: "The sign is turned: a bit is true where the block on the"
            " right is brighter.",
            hash_with_ties: "Equal blocks are not brighter: > instead of >=.",
            hash_of_whole_levels: "Blocks that differ by less than a level became equal: keep the"
            " decimals of the means.",
            hash_of_rounded_levels: "Blocks that differ by less than a level became equal: do not"
            " round the means.",
            hash_of_tenths: "Blocks that differ by less than a tenth became equal: do not round"
            " the means.",
            hash_of_hundredths: "Blocks that differ by less than a hundredth became equal: do not"
            " round the means.",
            hash_against_the_mean: "That compares with the mean of the picture. Compare each block"
            " with its left neighbour.",
            hash_against_the_first: "That compares with the first block of the row. Compare with"
            " the left neighbour.",
            hash_downwards: "That compares downwards. Compare each block with the one to its left,"
            " along axis 1.",
            hash_of_single_pixels: "Those are single pixels. Take the mean of each block.",
            hash_of_mixed_blocks: "The blocks are mixed: reshape(8, height, 9, width) keeps pixels"
            " of one block together, with the axes 1 and 3 inside a block.",
            hash_that_wraps: "A difference of uint8 is never negative. Compare the means with >,"
            " or keep them as floats.",
            hash_of_differences: "Those are the differences. Ask whether each is above 0.",
            hash_as_a_list: "The bits are right. Keep them as an array of shape (8, 8).",
            hash_last_column_first: "The first column is compared with the last one. Nine blocks"
            " in a row give eight comparisons: leave the first block without a left neighbour.",
            hash_above_the_mean_of_nine: "That compares each block with the mean of all. Compare it"
            " with the block on its right.",
            hash_above_the_mean: "That compares each block with the mean of all: another code, the"
            " average hash. Compare it with the block on its left.",
            hash_of_middle_pixels: "Those are the pixels in the middle of the blocks. Take the"
            " mean of each block.",
        },
        dtype=False,
        without=("similarity.difference_hash", "cv2.resize"),
        steps=(
            "first the means of 8 x 9 blocks. Of what shape is one block?",
            "picture.reshape(8, height, 9, width).mean(axis=(1, 3)), then compare two slices.",
        ),
    ),
    "near_duplicates": Exercise(
        task="List the near duplicates among codes",
        reference=near_duplicates,
        cases=CLOSE,
        misconceptions={
            pairs_below_the_limit: "The limit counts as near: <= instead of <.",
            pairs_with_itself: "A code is no duplicate of itself: i < j.",
            pairs_in_both_orders: "Each pair once, with i < j.",
            pairs_of_all: "Two things: a code is no duplicate of itself, and each pair is wanted"
            " once, with i < j.",
            pairs_the_larger_first: "The smaller number comes first: (i, j) with i < j.",
            pairs_unsorted: "The right pairs in another order: sort them by i, then by j.",
            pairs_of_agreeing_bits: "You count the bits that agree. Count those that differ: !=.",
            pairs_far_apart: "Those are the pairs that are far apart.",
            pairs_of_neighbours: "Compare each code with all later ones, not only with the next.",
            pairs_with_the_first: "Compare every code with all later ones, not only the first.",
            pairs_handed_on: "Being near is not handed on: a and c may be far apart, though both"
            " are near b.",
            pairs_by_how_many_ones: "You compare how many bits are 1. Compare the bits place by"
            " place.",
            pairs_by_share: "From a limit of 1 on all pairs are near for you: count"
            " the bits that differ, in whole numbers (not a share of them, not True or False).",
            number_of_pairs: "That is how many pairs there are. Return the pairs.",
            pairs_one_for_each: "Each code got its first partner only. List all partners.",
            pairs_with_itself_below_the_limit: "Two things: the limit counts as near, <= instead"
            " of <; and a code is no duplicate of itself, i < j.",
            pairs_counted_in_bytes: "The differing bits were counted in uint8, which starts again"
            " at 0 after 255. Count in whole numbers.",
        },
        without=("similarity.near_duplicates", "similarity.hamming_distances"),
        steps=(
            "two loops: every i, and every j after it.",
            "np.sum(codes[i] != codes[j]) counts the bits that differ.",
        ),
    ),
    "hue_distance": Exercise(
        task="Carry a histogram round a circle",
        reference=hue_distance,
        cases=HUES,
        misconceptions={
            hue_on_a_line: "That is the distance on a line. From the last bin the way to the first"
            " is one step.",
            hue_around_the_mean: "Nearly: the constant that makes a sum of absolute differences"
            " smallest is the median, not the mean.",
            hue_from_the_lowest: "The constant to subtract is not the smallest running sum: the"
            " median makes the sum of absolute values smallest.",
            hue_difference_of_means: "Means do not carry earth, and on a circle they depend on"
            " where it is cut open.",
            hue_first_histogram_turned: "You turned one histogram against the other, so a colour"
            " may become another one for nothing. Turn both together by the same number.",
            hue_last_border_left_out: "On a circle there is one border more: that between the last"
            " bin and the first. Keep the last element of the cumulative sum.",
            hue_turned_over: "Do not mirror a histogram. Let earth pass the border between the"
            " last bin and the first.",
            hue_one_histogram_turned: "You turned one histogram against the other, so a colour"
            " may become another one for nothing. Turn both together.",
            hue_way_round: "Each grain may choose its own way round, so subtracting the whole"
            " distance from the number of bins is not enough.",
            hue_two_cuts: "Two places to cut the circle open are not enough: try all.",
            hue_worst_cut: "That is the worst cut. Take the smallest of all.",
            hue_mean_of_cuts: "Take the smallest over all cuts, not their mean.",
            hue_of_counts: "Make shares of the counts first.",
            hue_of_counts_turned: "Each histogram has its own total: divide each by its own sum.",
            hue_of_counts_on_a_line: "Two things: make shares of the counts first; and cut the"
            " circle open at each place in turn, the best cut counts.",
            hue_of_counts_one_turned: "Two things: make shares of the counts first; and turn both"
            " histograms together by the same number.",
        },
        without=("wasserstein_distance",),
        steps=(
            "cut the circle open between two bins, and it is a line. Where to cut?",
            "turn both histograms by the same number of bins with np.roll, for every number, and"
            " keep the smallest distance.",
        ),
    ),
}
