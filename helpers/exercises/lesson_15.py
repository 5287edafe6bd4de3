"""Exercises of lesson 15: parts of a picture, honest bytes, unseen rows, products of rows."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(15)
TALL = RNG.integers(0, 256, (5, 3)).astype(np.uint8)
WIDE = RNG.integers(0, 256, (4, 6)).astype(np.uint8)
LARGER = RNG.integers(0, 256, (7, 9)).astype(np.uint8)
HALVES = np.array([4.0, 2, 2, 2, 2])  # squares 16, 4, 4, 4, 4: shares without rounding
FALLING = 100 / np.arange(1.0, 9) ** 1.5
SHORT = np.array([500.0, 300, 150, 40])
SLOW = np.linspace(30, 20, 12)
FEW = RNG.random((6, 8)) + np.linspace(0, 2, 8)
NEW = RNG.random((2, 8)) * [[1.0], [2.0]] + 0.5
MANY = RNG.random((12, 10)) * np.linspace(1, 4, 10) + 1
OTHERS = RNG.random((4, 10)) * np.array([[3.0], [1], [2], [4]])
OTHERS[1, ::2] *= 20  # rebuilt below 0
BUDGETS = [
    (30, 64, 50_000, 4),
    (40, 900, 3_000, 4),
    (100, 625, 62_500, 4),
    *((500, 300, 4 * (800 * k + more), 4) for k, more in ((10, 0), (20, 50), (30, 100), (40, 300))),
    *((500, 300, 4 * (800 * k + more), 4) for k, more in ((50, 305), (60, 400), (70, 750))),
    (500, 300, 2 * (800 * 80 + 290), 2),
    (500, 300, 8 * (800 * 90 + 310), 8),
    (500, 64, 400_000, 8),
    (900, 400, 4 * (1_300 * 270 + 500), 4),
    (1_000, 10_000, 2_000_000, 4),
]
TURNED = np.outer([1.0, -2, 3, 1], [3.0, -2, -2, -1, -1]) + RNG.random((4, 5)) + 5
THOUSANDS = RNG.random((8, 4_000)) * np.linspace(0.5, 2, 8)[:, None] + 3


def split(picture):
    return np.linalg.svd(np.asarray(picture, float), full_matrices=False)


def summed(columns, sizes, rows):
    return (columns * sizes) @ rows


def parts(picture, first, last):
    columns, sizes, rows = split(picture)
    chosen = slice(first - 1, last)
    return summed(columns[:, chosen], sizes[chosen], rows[chosen])


def parts_without_the_last(picture, first, last):
    return parts(picture, first, last - 1)


def parts_counted_from_0(picture, first, last):
    columns, sizes, rows = split(picture)
    return summed(columns[:, first:last], sizes[first:last], rows[first:last])


def parts_counted_from_0_with_the_last(picture, first, last):
    return parts(picture, first + 1, last + 1)


def parts_up_to_the_last(picture, first, last):
    return parts(picture, 1, last)


def parts_the_last_alone(picture, first, last):
    return parts(picture, last, last)


def parts_the_first_alone(picture, first, last):
    return parts(picture, first, first)


def parts_without_sizes(picture, first, last):
    columns, _, rows = split(picture)
    return columns[:, first - 1 : last] @ rows[first - 1 : last]


def parts_sizes_twice(picture, first, last):
    columns, sizes, rows = split(picture)
    chosen = slice(first - 1, last)
    return summed(columns[:, chosen], sizes[chosen] ** 2, rows[chosen])


def parts_columns_of_the_rows(picture, first, last):
    columns, sizes, rows = split(picture)
    chosen = slice(first - 1, last)
    return summed(columns[:, chosen], sizes[chosen], rows[:, chosen].T)


def parts_of_the_wrong_sizes(picture, first, last):
    columns, sizes, rows = split(picture)
    chosen = slice(first - 1, last)
    return summed(columns[:, chosen], sizes[: last - first + 1], rows[chosen])


def parts_from_the_smallest(picture, first, last):
    columns, sizes, rows = split(picture)
    return summed(
        columns[:, ::-1][:, first - 1 : last],
        sizes[::-1][first - 1 : last],
        rows[::-1][first - 1 : last],
    )


def parts_left_out(picture, first, last):
    return picture - parts(picture, first, last)


def parts_after_centring(picture, first, last):
    return parts(picture - np.mean(picture, axis=0), first, last)


def parts_clipped(picture, first, last):
    return np.clip(parts(picture, first, last), 0, 255)


def parts_rounded(picture, first, last):
    return np.clip(np.rint(parts(picture, first, last)), 0, 255)


def parts_clipped_above(picture, first, last):
    return np.minimum(parts(picture, first, last), 255)


def parts_as_bytes(picture, first, last):
    return parts(picture, first, last).astype(np.int64).astype(np.uint8)


def energy(d):
    return np.cumsum(d**2) / np.sum(d**2)


def components_needed(d, share):
    return int(np.argmax(energy(d) >= share)) + 1


def needed_not_squared(d, share):
    return int(np.argmax(np.cumsum(d) / np.sum(d) >= share)) + 1


def needed_rounded(d, share):
    return int(np.argmax(energy(d).round(2) >= share)) + 1


def needed_from_0(d, share):
    return components_needed(d, share) - 1


def needed_more_than(d, share):
    return int(np.sum(energy(d)[:-1] <= share)) + 1


def needed_more_than_from_0(d, share):
    return int(np.sum(energy(d)[:-1] <= share))


def needed_not_squared_from_0(d, share):
    return needed_not_squared(d, share) - 1


def needed_not_squared_more_than(d, share):
    return int(np.sum((np.cumsum(d) / np.sum(d))[:-1] <= share)) + 1


def needed_share_of_the_count(d, share):
    return int(np.ceil(share * len(d)))


def needed_each_alone(d, share):
    return int(np.sum(d**2 / np.sum(d**2) >= share))


def needed_each_alone_of_the_rest(d, share):
    return int(np.sum(d**2 / np.sum(d**2) >= 1 - share))


def needed_of_the_largest(d, share):
    return int(np.sum(d >= (1 - share) * d[0]))


def needed_from_the_smallest(d, share):
    return components_needed(d[::-1], share)


def needed_left_over(d, share):
    return len(d) - components_needed(d, share)


def needed_reached(d, share):
    return energy(d)[components_needed(d, share) - 1]


def needed_as_shares(d, share):
    return energy(d)


def needed_all_that_reach(d, share):
    return int(np.sum(energy(d) >= share))


def needed_squared_after(d, share):
    return int(np.argmax(np.cumsum(d) ** 2 / np.sum(d) ** 2 >= share)) + 1


def needed_of_lengths(d, share):
    return int(np.argmax(np.sqrt(energy(d)) >= share)) + 1


def fitting(numbers, each, most):
    return int(min(most, max(0, numbers // each)))


def most(rows, columns):
    return min(rows - 1, columns)


def largest_k(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - columns, rows + columns, most(rows, columns))


def largest_of_scores(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each, rows, most(rows, columns))


def largest_of_scores_and_mean(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - columns, rows, most(rows, columns))


def largest_of_basis(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each, columns, most(rows, columns))


def largest_of_basis_and_mean(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - columns, columns, most(rows, columns))


def largest_without_mean(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each, rows + columns, most(rows, columns))


def largest_mean_of_rows(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - rows, rows + columns, most(rows, columns))


def largest_mean_for_each_row(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - rows * columns, rows + columns, most(rows, columns))


def largest_mean_of_one(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - 1, rows + columns, most(rows, columns))


def largest_mean_for_each_component(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each, rows + 2 * columns, most(rows, columns))


def largest_of_one_byte(rows, columns, limit, bytes_each):
    return fitting(limit - columns, rows + columns, most(rows, columns))


def largest_mean_in_bytes(rows, columns, limit, bytes_each):
    return fitting((limit - columns) // bytes_each, rows + columns, most(rows, columns))


def largest_of_bits(rows, columns, limit, bytes_each):
    return fitting(8 * limit // bytes_each - columns, rows + columns, most(rows, columns))


def largest_bytes_multiplied(rows, columns, limit, bytes_each):
    return fitting(limit * bytes_each - columns, rows + columns, most(rows, columns))


def largest_of_whole_pictures(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each, rows * columns, most(rows, columns))


def largest_with_sizes(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - columns, rows + columns + 1, most(rows, columns))


def exact(rows, columns, limit, bytes_each):
    return (limit / bytes_each - columns) / (rows + columns)


def largest_rounded(rows, columns, limit, bytes_each):
    k = round(exact(rows, columns, limit, bytes_each))
    return min(most(rows, columns), max(0, k))


def largest_rounded_up(rows, columns, limit, bytes_each):
    k = int(np.ceil(exact(rows, columns, limit, bytes_each)))
    return min(most(rows, columns), max(0, k))


def largest_not_whole(rows, columns, limit, bytes_each):
    return min(most(rows, columns), max(0, exact(rows, columns, limit, bytes_each)))


def largest_below_0(rows, columns, limit, bytes_each):
    return min(most(rows, columns), (limit // bytes_each - columns) // (rows + columns))


def largest_without_end(rows, columns, limit, bytes_each):
    return max(0, (limit // bytes_each - columns) // (rows + columns))


def largest_without_ends(rows, columns, limit, bytes_each):
    return (limit // bytes_each - columns) // (rows + columns)


def largest_as_many_as_rows(rows, columns, limit, bytes_each):
    return fitting(limit // bytes_each - columns, rows + columns, min(rows, columns))


def largest_below_the_limit(rows, columns, limit, bytes_each):
    return fitting((limit - 1) // bytes_each - columns, rows + columns, most(rows, columns))


def largest_first_that_fails(rows, columns, limit, bytes_each):
    return max(0, (limit // bytes_each - columns) // (rows + columns) + 1)


def largest_at_least_1(rows, columns, limit, bytes_each):
    return max(1, largest_k(rows, columns, limit, bytes_each))


def largest_mean_of_rows_rounded(rows, columns, limit, bytes_each):
    k = round((limit / bytes_each - rows) / (rows + columns))
    return min(most(rows, columns), max(0, k))


def largest_mean_in_bytes_rounded(rows, columns, limit, bytes_each):
    k = round((limit - columns) / (bytes_each * (rows + columns)))
    return min(most(rows, columns), max(0, k))


def main_rows(rows, k):
    return np.linalg.svd(rows, full_matrices=False)[2][:k]


def rebuilt(rows, mean, basis):
    return mean + (rows - mean) @ basis.T @ basis


def root_of_mean(differences):
    return np.sqrt(np.mean(differences**2, axis=1))


def unseen_errors(train, unseen, k):
    mean = train.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(train - mean, k)))


def unseen_own_mean(train, unseen, k):
    mean = unseen.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(train - train.mean(axis=0), k)))


def unseen_own_mean_everywhere(train, unseen, k):
    mean = unseen.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(train - mean, k)))


def unseen_in_the_directions(train, unseen, k):
    mean = train.mean(axis=0)
    basis = main_rows(np.r_[train, unseen] - mean, k)
    return root_of_mean(unseen - rebuilt(unseen, mean, basis))


def unseen_own_directions(train, unseen, k):
    basis = main_rows(unseen - unseen.mean(axis=0), k)
    return root_of_mean(unseen - rebuilt(unseen, train.mean(axis=0), basis))


def unseen_mean_not_added(train, unseen, k):
    mean = train.mean(axis=0)
    basis = main_rows(train - mean, k)
    return root_of_mean(unseen - (unseen - mean) @ basis.T @ basis)


def unseen_mean_not_taken_off(train, unseen, k):
    mean = train.mean(axis=0)
    basis = main_rows(train - mean, k)
    return root_of_mean(unseen - mean - unseen @ basis.T @ basis)


def unseen_centred_for_the_fit_only(train, unseen, k):
    basis = main_rows(train - train.mean(axis=0), k)
    return root_of_mean(unseen - unseen @ basis.T @ basis)


def unseen_not_centred(train, unseen, k):
    basis = main_rows(train, k)
    return root_of_mean(unseen - unseen @ basis.T @ basis)


def unseen_fit_not_centred(train, unseen, k):
    return root_of_mean(unseen - rebuilt(unseen, train.mean(axis=0), main_rows(train, k)))


def unseen_in_the_fit(train, unseen, k):
    rows = np.r_[train, unseen]
    mean = rows.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(rows - mean, k)))


def unseen_fitted_on_itself(train, unseen, k):
    mean = unseen.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(unseen - mean, k)))


def unseen_mean_of_each_picture(train, unseen, k):
    basis = main_rows(train - train.mean(axis=1, keepdims=True), k)
    return root_of_mean(unseen - rebuilt(unseen, unseen.mean(axis=1, keepdims=True), basis))


def unseen_mean_of_all(train, unseen, k):
    mean = train.mean()
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(train - mean, k)))


def errors_of_the_fitted(train, unseen, k):
    mean = train.mean(axis=0)
    return root_of_mean(train - rebuilt(train, mean, main_rows(train - mean, k)))


def unseen_pictures(train, unseen, k):
    mean = train.mean(axis=0)
    return rebuilt(unseen, mean, main_rows(train - mean, k))


def unseen_differences(train, unseen, k):
    return unseen - unseen_pictures(train, unseen, k)


def unseen_in_one_number(train, unseen, k):
    return np.sqrt(np.mean(unseen_differences(train, unseen, k) ** 2))


def unseen_down_the_columns(train, unseen, k):
    return np.sqrt(np.mean(unseen_differences(train, unseen, k) ** 2, axis=0))


def unseen_without_root(train, unseen, k):
    return unseen_errors(train, unseen, k) ** 2


def unseen_absolute(train, unseen, k):
    return np.abs(unseen_differences(train, unseen, k)).mean(axis=1)


def unseen_lengths(train, unseen, k):
    return np.linalg.norm(unseen_differences(train, unseen, k), axis=1)


def unseen_sums_of_squares(train, unseen, k):
    return np.sum(unseen_differences(train, unseen, k) ** 2, axis=1)


def unseen_over_k(train, unseen, k):
    return np.sqrt(np.sum(unseen_differences(train, unseen, k) ** 2, axis=1) / k)


def unseen_spreads(train, unseen, k):
    return unseen_differences(train, unseen, k).std(axis=1)


def unseen_scores(train, unseen, k):
    mean = train.mean(axis=0)
    return root_of_mean((unseen - mean) @ main_rows(train - mean, k).T)


def unseen_without_the_kth(train, unseen, k):
    return unseen_errors(train, unseen, k - 1)


def unseen_by_one_more(train, unseen, k):
    return unseen_errors(train, unseen, k + 1)


def unseen_by_the_last(train, unseen, k):
    mean = train.mean(axis=0)
    basis = np.linalg.svd(train - mean, full_matrices=False)[2][-k:]
    return root_of_mean(unseen - rebuilt(unseen, mean, basis))


def unseen_by_columns(train, unseen, k):
    mean = train.mean(axis=0)
    basis = np.linalg.svd(train - mean)[2][:, :k].T
    return root_of_mean(unseen - rebuilt(unseen, mean, basis))


def unseen_scaled(train, unseen, k):
    mean, sd = train.mean(axis=0), train.std(axis=0, ddof=1)
    basis = main_rows((train - mean) / sd, k)
    return root_of_mean(unseen - mean - sd * ((unseen - mean) / sd @ basis.T @ basis))


def signed(directions):
    largest = np.abs(directions).argmax(axis=1)
    return directions * np.sign(directions[np.arange(len(directions)), largest])[:, None]


def of_length_1(directions):
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


def gram_vectors(centred, k):
    return np.linalg.eigh(centred @ centred.T)[1][:, ::-1][:, :k].T


def gram_components(rows, k):
    centred = rows - rows.mean(axis=0)
    return signed(of_length_1(gram_vectors(centred, k) @ centred))


def gram_not_centred(rows, k):
    return signed(of_length_1(gram_vectors(rows, k) @ rows))


def gram_by_rows_means(rows, k):
    centred = rows - rows.mean(axis=1, keepdims=True)
    return signed(of_length_1(gram_vectors(centred, k) @ centred))


def gram_by_one_mean(rows, k):
    centred = rows - rows.mean()
    return signed(of_length_1(gram_vectors(centred, k) @ centred))


def gram_scaled(rows, k):
    centred = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    return signed(of_length_1(gram_vectors(centred, k) @ centred))


def gram_sum_positive(rows, k):
    found = gram_components(rows, k)
    return found * np.sign(found.sum(axis=1, keepdims=True))


def gram_ascending(rows, k):
    centred = rows - rows.mean(axis=0)
    vectors = np.linalg.eigh(centred @ centred.T)[1][:, :k].T
    return signed(of_length_1(vectors @ centred))


def gram_last_k_ascending(rows, k):
    return gram_components(rows, k)[::-1]


def gram_not_of_length_1(rows, k):
    centred = rows - rows.mean(axis=0)
    return signed(gram_vectors(centred, k) @ centred)


def gram_over_squares(rows, k):
    found = gram_not_of_length_1(rows, k)
    return found / np.sum(found**2, axis=1, keepdims=True)


def gram_over_the_largest(rows, k):
    found = gram_not_of_length_1(rows, k)
    return found / np.abs(found).max(axis=1, keepdims=True)


def gram_over_one_length(rows, k):
    found = gram_not_of_length_1(rows, k)
    return found / np.linalg.norm(found)


def gram_over_lengths_of_columns(rows, k):
    found = gram_not_of_length_1(rows, k)
    return found / np.linalg.norm(found, axis=0)


def gram_signs_free(rows, k):
    centred = rows - rows.mean(axis=0)
    return of_length_1(gram_vectors(centred, k) @ centred)


def gram_by_svd_signs_free(rows, k):
    return main_rows(rows - rows.mean(axis=0), k)


def gram_all_positive(rows, k):
    return np.abs(gram_components(rows, k))


def gram_first_entry_positive(rows, k):
    found = gram_components(rows, k)
    return found * np.sign(found[:, :1])


def gram_largest_negative(rows, k):
    return -gram_components(rows, k)


def gram_vectors_of_the_rows(rows, k):
    return signed(gram_vectors(rows - rows.mean(axis=0), k))


def gram_rows_of_the_vectors(rows, k):
    centred = rows - rows.mean(axis=0)
    vectors = np.linalg.eigh(centred @ centred.T)[1][:, ::-1][:k]
    return signed(of_length_1(vectors @ centred))


def gram_as_columns(rows, k):
    return gram_components(rows, k).T


def gram_too_few(rows, k):
    return gram_components(rows, k - 1)


def left_out(d):
    """Return the sum of squares that 1, 2, ... parts leave out, without the last, which is 0."""
    return np.cumsum(d[:0:-1] ** 2)[::-1]


def in_decibels(errors, factor=10, peak=255.0):
    return factor * np.log10(peak**2 / errors)


def decibels(d, pixels):
    return in_decibels(left_out(d) / pixels)


def decibels_from_rank_0(d, pixels):
    return in_decibels(np.cumsum(d[::-1] ** 2)[::-1] / pixels)


def decibels_of_rank_0_instead_of_the_last(d, pixels):
    return decibels_from_rank_0(d, pixels)[:-1]


def decibels_with_the_last(d, pixels):
    return np.append(decibels(d, pixels), np.inf)


def decibels_not_squared(d, pixels):
    return in_decibels(np.cumsum(d[:0:-1])[::-1] / pixels)


def decibels_square_of_sum(d, pixels):
    return in_decibels(np.cumsum(d[:0:-1])[::-1] ** 2 / pixels)


def decibels_not_divided(d, pixels):
    return in_decibels(left_out(d))


def decibels_divided_by_parts(d, pixels):
    return in_decibels(left_out(d) / len(d))


def decibels_divided_by_left_out(d, pixels):
    return in_decibels(left_out(d) / np.arange(len(d) - 1, 0, -1))


def decibels_of_kept(d, pixels):
    return in_decibels(np.cumsum(d**2)[:-1] / pixels)


def decibels_of_all_kept(d, pixels):
    return in_decibels(np.cumsum(d**2) / pixels)


def decibels_of_the_next_alone(d, pixels):
    return in_decibels(d[1:] ** 2 / pixels)


def decibels_from_the_smallest(d, pixels):
    return decibels(d, pixels)[::-1]


def decibels_by_twenty(d, pixels):
    return in_decibels(left_out(d) / pixels, factor=20)


def decibels_peak_of_1(d, pixels):
    return in_decibels(left_out(d) / pixels, peak=1.0)


def decibels_peak_of_256(d, pixels):
    return in_decibels(left_out(d) / pixels, peak=256.0)


def decibels_by_natural_logarithm(d, pixels):
    return 10 * np.log(255**2 * pixels / left_out(d))


def decibels_peak_not_squared(d, pixels):
    return in_decibels(left_out(d) / pixels, peak=255**0.5)


def decibels_by_roots(d, pixels):
    return in_decibels(np.sqrt(left_out(d) / pixels))


def decibels_of_roots_by_ten(d, pixels):
    return 10 * np.log10(255 / np.sqrt(left_out(d) / pixels))


def decibels_turned(d, pixels):
    return -decibels(d, pixels)


def decibels_by_energy(d, pixels):
    return 10 * np.log10(np.sum(d**2) / left_out(d))


def decibels_squared_errors(d, pixels):
    return left_out(d) / pixels


def decibels_as_shares(d, pixels):
    return energy(d)


def parts_counted_from_0_without_sizes(picture, first, last):
    u, _, vt = np.linalg.svd(picture.astype(float), full_matrices=False)
    return u[:, first:last] @ vt[first:last]


def unseen_directions_about_the_mean(train, unseen, k):
    mean = train.mean(axis=0)
    return root_of_mean(unseen - rebuilt(unseen, mean, main_rows(unseen - mean, k)))


def unseen_clipped(train, unseen, k):
    return root_of_mean(unseen - np.maximum(unseen_pictures(train, unseen, k), 0))


def gram_raw(rows, k):
    centred = rows - rows.mean(axis=0)
    return gram_vectors(centred, k) @ centred


def gram_smallest_but_one(rows, k):
    centred = rows - rows.mean(axis=0)
    vectors = np.linalg.eigh(centred @ centred.T)[1][:, 1 : k + 1].T
    return signed(of_length_1(vectors @ centred))


def decibels_of_kept_not_squared(d, pixels):
    return 10 * np.log10(255**2 / (np.cumsum(d)[:-1] / pixels))


EXERCISES = {
    "png": Exercise(
        task="Predict the bytes of 50 parts of 512, against the PNG of the picture",
        reference="larger than the PNG",
        choices=("a third of the PNG", "about as large as the PNG", "larger than the PNG"),
        misconceptions={
            "a third of the PNG": "Each part needs a column and a row of numbers, and a number"
            " like 0.0173 needs more than the one byte of a grey level. Count: 50 times 512 + 512"
            " numbers, four bytes each.",
            "about as large as the PNG": "Count: 50 columns and 50 rows of 512 numbers, four bytes"
            " each. The PNG stands in the sentence above.",
        },
        explanation="51,200 numbers of four bytes: 204,800 bytes.",
        again=Exercise(
            task="Predict how many parts of 512 cost as much as the bare pixels",
            reference="64",
            choices=("64", "256", "512"),
            misconceptions={
                "256": "That is where the *numbers* are as many as the pixels. A pixel takes one"
                " byte, a number four.",
                "512": "512 parts are 512 columns and 512 rows: twice as many numbers as pixels,"
                " of four bytes each.",
            },
            explanation="512 x 512 bytes are 64 parts of 1,024 numbers of four bytes.",
        ),
    ),
    "energy": Exercise(
        task="Predict the PSNR at 99 % of the energy",
        reference="about 25 dB",
        choices=("about 25 dB", "about 35 dB", "about 45 dB"),
        misconceptions={
            "about 35 dB": "One per cent of the sum of squares is left out. The mean square of the"
            " pixels is about 22,000: what is the mean squared error?",
            "about 45 dB": "A share of squares looks large. Take the root of 0.01: the typical"
            " error is a tenth of the typical level.",
        },
        explanation="The root of 1 % is 10 %: errors of a tenth of the levels, about 15.",
    ),
    "jpeg": Exercise(
        task="Predict the bytes of a JPEG that is as near as 50 parts",
        reference="about 8,000",
        choices=("about 8,000", "about 40,000", "about 200,000"),
        misconceptions={
            "about 40,000": "Fewer still. Rows and columns fit a picture badly: a slanted edge"
            " needs many parts. JPEG describes small blocks.",
            "about 200,000": "That is what the parts take. JPEG is made for photographs, and whole"
            " columns and rows are not.",
        },
        explanation="A file about 26 times smaller is as near in squares.",
    ),
    "unseen": Exercise(
        task="Predict the error of unseen faces where the fitted ones have none",
        reference="about 0.09",
        choices=("0.000", "about 0.01", "about 0.09"),
        misconceptions={
            "0.000": "Any 80 points lie exactly in the space of 79 directions through their mean,"
            " whatever they show. A new point does not.",
            "about 0.01": "The components can copy the 80 faces by heart. What else they know of"
            " faces is less than that.",
        },
        explanation="Fitted by heart, the 80 faces say little about the size of the error.",
        again=Exercise(
            task="Predict the error of unseen pictures that are no faces, beside 0.09 of faces",
            reference="about 0.10",
            choices=("about 0.10", "about 0.20", "about 0.40"),
            misconceptions={
                "about 0.20": "Much of the 79 directions is light and dark in large areas, and"
                " other pictures have that too.",
                "about 0.40": "That would be a face detector. The components are much less picky.",
            },
            explanation="Components of faces rebuild other pictures nearly as well.",
        ),
    ),
    "basis": Exercise(
        task="Predict what fitted patch patterns gain over cosines that are fixed",
        reference="less than 1 dB",
        choices=("less than 1 dB", "about 3 dB", "about 6 dB"),
        misconceptions={
            "about 3 dB": "Look at the patterns again: are they so different from cosines?",
            "about 6 dB": "6 dB would be half of the error. Look at the patterns again: they look"
            " much like cosines.",
        },
        explanation="Fitted patterns of patches come out much like cosines.",
    ),
    "denoise": Exercise(
        task="Predict who removes noise better: the best k, or a blur",
        reference="the Gaussian filter",
        choices=("the best k", "the Gaussian filter", "they are level"),
        misconceptions={
            "the best k": "Cutting off removes noise, and with it every detail that is not in the"
            " first whole rows and columns.",
            "they are level": "One of them leads by more than 2 dB. Which one knows that"
            " neighbouring pixels are alike?",
        },
        explanation="Rows and columns do not know who is whose neighbour; a blur does.",
    ),
    "parts": Exercise(
        task="Add up some of the parts of a picture",
        reference=parts,
        cases={
            "5 x 3 pixels, part 2 alone": (TALL, 2, 2),
            "5 x 3 pixels, parts 2 to 3": (TALL, 2, 3),
            "4 x 6 pixels, parts 2 to 3": (WIDE, 2, 3),
            "4 x 6 pixels, all parts": (WIDE, 1, 4),
            "7 x 9 pixels, parts 1 to 3": (LARGER, 1, 3),
            "7 x 9 pixels, parts 3 to 5": (LARGER, 3, 5),
        },
        misconceptions={
            parts_without_the_last: "Part `last` is missing: a slice ends before its second"
            " number.",
            parts_counted_from_0: "One part too few, and the first one at that: a slice counts"
            " from 0, the parts count from 1.",
            parts_counted_from_0_with_the_last: "All parts are one too late: the parts count from"
            " 1, an index from 0.",
            parts_up_to_the_last: "Those are the parts from 1 on. Begin with part `first`.",
            parts_the_last_alone: "That is part `last` alone. Add up all from `first` to `last`.",
            parts_the_first_alone: "That is part `first` alone. Add up all from `first` to `last`.",
            parts_without_sizes: "The singular values are left out: each part is multiplied by its"
            " own.",
            parts_sizes_twice: "The singular values come in twice. Multiply the columns or the rows"
            " by them, not both.",
            parts_columns_of_the_rows: "The third result of the SVD holds the patterns of the rows"
            " in its *rows*. You took its columns.",
            parts_of_the_wrong_sizes: "Columns and rows begin at `first`, your singular values at"
            " the largest: the three must be cut alike.",
            parts_from_the_smallest: "You count from the smallest part. np.linalg.svd gives the"
            " largest first.",
            parts_left_out: "That is what the other parts make. Return the sum of these.",
            parts_after_centring: "Take no mean off: the picture itself is split here.",
            parts_clipped: "Return the sum as it is: parts may well lie below 0 or above 255.",
            parts_clipped_above: "Do not clip: the sum of some parts may lie above 255.",
            parts_rounded: "Return the sum as it is, without rounding or clipping.",
            parts_as_bytes: "Return floats: in uint8 what lies below 0 or above 255 wraps round.",
            parts_counted_from_0_without_sizes: "Two things: the parts count from 1, an index from"
            " 0; and each part is multiplied by its singular value.",
        },
        explanation="Three cuts alike: columns, sizes and rows.",
        without=("compression.rank_k_approximation",),
        steps=(
            "np.linalg.svd(picture, full_matrices=False) gives columns, sizes and rows.",
            "part i, counted from 1, has index i - 1; cut all three with one slice.",
        ),
    ),
    "components_needed": Exercise(
        task="Count the components that hold a share of the energy",
        reference=components_needed,
        cases={
            "four values, two of them 0, all of it": (np.array([4.0, 3, 0, 0]), 1.0),
            "five values, a half": (HALVES, 0.5),
            "five values, seven eighths": (HALVES, 0.875),
            "five values, a little more than a half": (HALVES, 0.52),
            "five values, nine tenths": (HALVES, 0.9),
            "eight falling values, 0.95": (FALLING, 0.95),
            "eight falling values, 0.7": (FALLING, 0.7),
            "twelve values, nearly alike, 0.61": (SLOW, 0.61),
        },
        misconceptions={
            needed_not_squared: "Energy is a sum of squares: square the singular values before you"
            " add them up.",
            needed_from_0: "That is the index, and indices count from 0. Asked is how many.",
            needed_more_than: "The share counts as reached when it is met exactly: >= instead of"
            " >.",
            needed_more_than_from_0: "Two things: the share counts as reached when it is met"
            " exactly, and an index counts from 0.",
            needed_not_squared_from_0: "Two things: square the values first, and an index counts"
            " from 0.",
            needed_not_squared_more_than: "Two things: square the values first, and the share"
            " counts as reached when it is met exactly.",
            needed_share_of_the_count: "That is a share of the number of components. The first ones"
            " hold more than the last.",
            needed_each_alone: "You ask each component alone. Add up from the first one on.",
            needed_each_alone_of_the_rest: "A component that is large by itself is not the"
            " question. Add up from the first one on.",
            needed_of_the_largest: "Neither the largest value nor the square of a sum is the whole:"
            " compare running sums of the squares with the sum of all squares.",
            needed_from_the_smallest: "You begin with the smallest. The first components are the"
            " largest.",
            needed_left_over: "That is how many may be left out.",
            needed_reached: "That is the share that is reached. Asked is how many components reach"
            " it.",
            needed_as_shares: "Those are the shares of 1, 2, ... components. Which is the first"
            " that"
            " is large enough?",
            needed_all_that_reach: "You count all that reach the share. Asked is the first of"
            " them.",
            needed_squared_after: "First square, then add up: the square of a sum is another"
            " number.",
            needed_of_lengths: "Energy is the sum of squares itself: no root.",
            needed_rounded: "The shares were rounded up before the comparison. Compare them as"
            " they are.",
        },
        explanation="Running sums of squares, divided by the sum of all.",
        steps=(
            "square the values and add up from the first on: np.cumsum.",
            "np.argmax of a comparison finds the first True; it counts from 0.",
        ),
    ),
    "largest_k": Exercise(
        task="Say how many components a number of bytes allows",
        reference=largest_k,
        cases={
            f"{case[0]} pictures of {case[1]} pixels, {case[2]} bytes, {case[3]} a number": case
            for case in BUDGETS
        },
        misconceptions={
            largest_of_scores: "Those are the scores only. Nobody can rebuild a picture from them"
            " without the components and the mean.",
            largest_of_scores_and_mean: "Scores and mean are there; the components must be stored"
            " as well: `columns` numbers each.",
            largest_of_basis: "Those are the components only. Add the scores, one for each picture"
            " and component, and the mean.",
            largest_of_basis_and_mean: "Components and mean are there; the scores are missing: one"
            " for each picture and component.",
            largest_without_mean: "The mean must be stored too: `columns` numbers, once.",
            largest_mean_of_rows: "The mean has one number for each *column*.",
            largest_mean_for_each_row: "One mean serves all pictures: `columns` numbers, once.",
            largest_mean_of_one: "The mean is a picture, not one number: `columns` numbers.",
            largest_mean_for_each_component: "The mean is stored once, not with each component.",
            largest_of_one_byte: "A number takes `bytes_each` bytes, not one.",
            largest_mean_in_bytes: "The numbers of the mean take `bytes_each` bytes each, too.",
            largest_of_bits: "`bytes_each` is in bytes already; no factor of 8.",
            largest_bytes_multiplied: "Divide the limit by `bytes_each`: fewer numbers fit if each"
            " takes more bytes.",
            largest_of_whole_pictures: "A component is one picture of `columns` numbers, and each"
            " picture needs one score for it: rows + columns, not rows times columns.",
            largest_with_sizes: "The singular values need no place of their own: a score has them"
            " multiplied in.",
            largest_rounded: "Rounding up would exceed the limit: take the whole part, //.",
            largest_rounded_up: "That exceeds the limit: take the whole part, //.",
            largest_not_whole: "Components come whole: //.",
            largest_below_0: "A number of components cannot be negative: 0 where not even one"
            " fits.",
            largest_without_end: "There are no more components than min(rows - 1, columns).",
            largest_without_ends: "Two things: no fewer than 0, and no more than min(rows - 1,"
            " columns).",
            largest_as_many_as_rows: "Centred pictures have one component fewer than pictures:"
            " rows - 1.",
            largest_below_the_limit: "All of the limit may be used: what fits exactly, fits.",
            largest_first_that_fails: "Two things: that is the first k that does not fit, so one"
            " less; and there are no more than min(rows - 1, columns).",
            largest_at_least_1: "If not even one fits, the answer is 0.",
            largest_mean_of_rows_rounded: "Two things: the mean has one number for each *column*;"
            " and take the whole part, //.",
            largest_mean_in_bytes_rounded: "Two things: the numbers of the mean take `bytes_each`"
            " bytes each as well; and take the whole part, //.",
        },
        explanation="(limit / bytes - columns) / (rows + columns), cut at both ends.",
        steps=(
            "how many numbers fit at all? Which of them does the mean take?",
            "each component takes rows + columns more; // gives the whole part.",
        ),
    ),
    "unseen_errors": Exercise(
        task="Measure how well components of a set rebuild each unseen picture",
        reference=unseen_errors,
        cases={
            "6 pictures of 8 pixels, 2 components, one unseen": (FEW, NEW[:1], 2),
            "6 pictures of 8 pixels, 2 components": (FEW, NEW, 2),
            "6 pictures of 8 pixels, 4 components": (FEW, NEW, 4),
            "12 pictures of 10 pixels, 3 components": (MANY, OTHERS, 3),
        },
        misconceptions={
            unseen_own_mean: "You took the mean of the unseen pictures. Who has only one of them"
            " has"
            " no such mean; take that of the training set.",
            unseen_own_mean_everywhere: "You took the mean of the unseen pictures, for the fit as"
            " well. Both times take that of the training set.",
            unseen_in_the_directions: "The unseen pictures went into the SVD, so they are not"
            " unseen. Fit on `train` alone.",
            unseen_own_directions: "The components come from the unseen pictures, only the mean"
            " from `train`. Take both from `train`.",
            unseen_mean_not_added: "The mean was taken off and not added again after rebuilding.",
            unseen_mean_not_taken_off: "Take the mean off before the scores are computed.",
            unseen_centred_for_the_fit_only: "The mean was taken off for the components only."
            " Centre the unseen pictures as well, and add it again.",
            unseen_not_centred: "Nothing is centred. Take the mean of the training set off, and add"
            " it again in the end.",
            unseen_fit_not_centred: "The components come from rows that were not centred. Take the"
            " mean off before the SVD.",
            unseen_in_the_fit: "The unseen pictures went into the fit, so they are not unseen.",
            unseen_fitted_on_itself: "The components come from the unseen pictures. Fit on"
            " `train`.",
            unseen_mean_of_each_picture: "You took off the mean of each picture. The mean picture"
            " is"
            " wanted: one mean for each column, axis 0.",
            unseen_mean_of_all: "That is one mean for everything. The mean picture is wanted: axis"
            " 0.",
            errors_of_the_fitted: "Those are the errors of the training pictures.",
            unseen_pictures: "Those are the rebuilt pictures. Return the error of each.",
            unseen_differences: "Those are the differences of each pixel. Make one number of each"
            " picture: root of the mean square.",
            unseen_in_one_number: "That is one number for all. Return one for each picture: axis"
            " 1.",
            unseen_down_the_columns: "That is one number for each pixel. Return one for each"
            " picture: axis 1.",
            unseen_without_root: "Take the root of the mean square.",
            unseen_absolute: "That is the mean absolute error. Square, take the mean, then the"
            " root.",
            unseen_lengths: "That is the root of the *sum* of squares. Take the mean over the"
            " pixels.",
            unseen_sums_of_squares: "Those are sums of squares. Take the mean, then the root.",
            unseen_over_k: "The mean goes over the pixels, not over the components.",
            unseen_spreads: "The SD takes off the mean of the differences. A rebuilt picture that"
            " is"
            " too dark all over is wrong, too: root of the mean square.",
            unseen_scores: "That is the size of the scores, which is what is kept. Rebuild the"
            " picture and compare.",
            unseen_without_the_kth: "One component is missing: [:k] ends before index k.",
            unseen_by_one_more: "That is one component too many.",
            unseen_by_the_last: "Those are the last components. The first ones are the main ones.",
            unseen_by_columns: "The components stand in the *rows* of the SVD's third result.",
            unseen_scaled: "The columns were divided by their SDs. All pixels have the same unit:"
            " centre them and no more.",
            unseen_directions_about_the_mean: "The components come from the unseen pictures. They"
            " must come from the training set, as if the others had not been met yet.",
            unseen_clipped: "What was rebuilt below 0 became 0. Compare with the rebuilt pictures"
            " as they are, without clipping.",
        },
        explanation="Mean and components come from the training set, the judge from outside.",
        without=(
            "compression.principal_components",
            "compression.project",
            "compression.reconstruct",
        ),
        steps=(
            "mean and components come from `train` alone. What of them does an unseen picture use?",
            "mean + (unseen - mean) @ basis.T @ basis, with the k first rows of the SVD as basis.",
        ),
    ),
    "gram_components": Exercise(
        task="Find components of few long rows by their products",
        reference=gram_components,
        cases={
            "4 rows of 5 numbers, 1 component": (TURNED, 1),
            "6 rows of 8 numbers, 2 components": (FEW, 2),
            "6 rows of 8 numbers, 5 components": (FEW, 5),
            "12 rows of 10 numbers, 1 component": (MANY, 1),
            "12 rows of 10 numbers, 6 components": (MANY, 6),
            "8 rows of 4000 numbers, 3 components": (THOUSANDS, 3),
        },
        misconceptions={
            gram_not_centred: "Take the mean of the rows off first.",
            gram_by_rows_means: "You took off the mean of each row. The mean row is wanted: axis"
            " 0.",
            gram_by_one_mean: "That is one mean for everything. The mean row is wanted: axis 0.",
            gram_scaled: "The columns were divided by their SDs. Centre them and no more.",
            gram_ascending: "np.linalg.eigh gives the smallest eigenvalue first. Take the last k,"
            " in"
            " turned order.",
            gram_last_k_ascending: "The right ones in the wrong order: the largest comes first.",
            gram_not_of_length_1: "The directions are right. Divide each by its length.",
            gram_over_squares: "Divide by the length, which is the root of the sum of squares.",
            gram_over_the_largest: "Length 1 means that the squares add up to 1, not that the"
            " largest entry is 1.",
            gram_over_one_length: "Each direction has a length of its own: np.linalg.norm with"
            " axis=1, keepdims=True.",
            gram_over_lengths_of_columns: "A direction is a row: take its length along axis 1.",
            gram_signs_free: "Right but for signs: make the entry that is largest in size"
            " positive.",
            gram_by_svd_signs_free: "Right but for signs, and made by the SVD: the eigenvectors of"
            " the small table are asked for. Make the entry that is largest in size positive.",
            gram_all_positive: "Do not take absolute values: turn a whole direction round, or"
            " leave it.",
            gram_first_entry_positive: "The sign goes by the entry that is largest in size, not by"
            " the first.",
            gram_sum_positive: "The sign goes by the entry that is largest in size, not by the"
            " sum.",
            gram_largest_negative: "The entry that is largest in size must be positive; yours is"
            " negative.",
            gram_vectors_of_the_rows: "Those are the eigenvectors of the products. They say how to"
            " mix the rows: multiply them with the centred rows.",
            gram_rows_of_the_vectors: "np.linalg.eigh puts the eigenvectors into *columns*. You"
            " took"
            " rows.",
            gram_as_columns: "The right directions as columns. Return one in each row.",
            gram_too_few: "One component is missing.",
            gram_raw: "Two things: divide each direction by its length; and turn it so that its"
            " entry largest in size is positive.",
            gram_smallest_but_one: "Those belong to the smallest eigenvalues after the first."
            " np.linalg.eigh sorts from small to large: take the last k, in turned order.",
        },
        explanation="A small table of products, mixed back into long rows.",
        seconds=2.0,
        without=("np.linalg.svd", "compression.principal_components", "PCA"),
        steps=(
            "centre, make the (n, n) table of products, and take its eigenvectors by"
            " np.linalg.eigh.",
            "each eigenvector mixes the centred rows into a direction; then length 1, then the"
            " sign.",
        ),
    ),
    "decibels": Exercise(
        task="Say how near each rank comes, without building a picture",
        reference=decibels,
        cases={
            "three values, 100 pixels, over 60 dB": (np.array([900.0, 2, 0.5]), 100),
            "four values, 20 pixels": (SHORT, 20),
            "five values, 30 pixels": (100 * HALVES, 30),
            "eight values, 99 pixels": (30 * FALLING, 99),
            "twelve values, 204 pixels": (20 * SLOW, 204),
        },
        misconceptions={
            decibels_from_rank_0: "Your first number belongs to no part at all. Begin with rank 1,"
            " which leaves out d[1:].",
            decibels_of_rank_0_instead_of_the_last: "All are one place too late: rank 1 keeps the"
            " first part and leaves out d[1:].",
            decibels_with_the_last: "The full rank leaves nothing out and has no finite PSNR. End"
            " one earlier.",
            decibels_not_squared: "Squared errors add up, not the singular values: square them.",
            decibels_square_of_sum: "First square, then add up: the square of a sum is another"
            " number.",
            decibels_not_divided: "The PSNR takes the *mean* of the squared errors: divide by"
            " `pixels`.",
            decibels_divided_by_parts: "Divide by the number of pixels, not of parts.",
            decibels_divided_by_left_out: "Divide by the number of pixels, not of the parts left"
            " out.",
            decibels_of_kept: "You added up the parts that are kept. The error is what is left"
            " out.",
            decibels_of_all_kept: "You added up the parts that are kept, up to all of them. The"
            " error is what is left out.",
            decibels_of_the_next_alone: "All later parts are left out, not only the next one.",
            decibels_from_the_smallest: "The right numbers in turned order: rank 1 comes first.",
            decibels_by_twenty: "20 belongs to the root of the error. With the mean square take"
            " 10.",
            decibels_peak_of_1: "The pixels are in 0..255 here: the peak is 255.",
            decibels_peak_of_256: "The peak is the largest level, 255.",
            decibels_by_natural_logarithm: "np.log is the natural logarithm. Take np.log10.",
            decibels_peak_not_squared: "The peak is squared as well: 255**2 over the mean square.",
            decibels_by_roots: "The square of the peak belongs to the mean square, without a root.",
            decibels_of_roots_by_ten: "With the root of the mean square it is 20 times the"
            " logarithm.",
            decibels_turned: "The fraction is upside down: the peak stands above.",
            decibels_by_energy: "You compare with the energy of the picture. The PSNR compares with"
            " the peak, 255.",
            decibels_squared_errors: "Those are the mean squared errors. Make decibels of them.",
            decibels_as_shares: "Those are shares of the energy. Decibels are asked for.",
            decibels_of_kept_not_squared: "Two things: squares add up, not singular values; and"
            " the error is what is left out, not what is kept.",
        },
        explanation="The squares of what is left out are the error; no picture is needed.",
        steps=(
            "the sum of the squared errors of rank k is the sum of d[k:] ** 2.",
            "divide by the pixels, and take 10 log10(255² / that).",
        ),
    ),
}
