"""Exercises of lesson A1: bytes that move, fixed plans, sorting once, when it is worth it."""

import math

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(11)
FIVE = tuple(RNG.integers(0, 9, (5, 4, 6)))  # with many equals
FIVE_ROWS = tuple((RNG.permutation(np.arange(60)).reshape(5, 12) - 20) / 4)
MANY = RNG.integers(-40, 60, 90), RNG.integers(-20, 60, 70)


def traffic(shape, dtype, steps):
    return 3 * steps * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_without_writing(shape, dtype, steps):
    return 2 * steps * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_one_read(shape, dtype, steps):
    return 2 * steps * len(shape) * np.dtype(dtype).itemsize


def traffic_of_the_result(shape, dtype, steps):
    return steps * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_in_values(shape, dtype, steps):
    return 3 * steps * math.prod(shape)


def traffic_in_bits(shape, dtype, steps):
    return 8 * traffic(shape, dtype, steps)


def traffic_of_one_step(shape, dtype, steps):
    return traffic(shape, dtype, 1)


def traffic_in_cache(shape, dtype, steps):
    return 2 * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_adds_lengths(shape, dtype, steps):
    return 3 * steps * sum(shape) * np.dtype(dtype).itemsize


def traffic_of_a_picture(shape, dtype, steps):
    return 3 * steps * math.prod(shape[:2]) * np.dtype(dtype).itemsize


def traffic_eight_bytes(shape, dtype, steps):
    return 3 * steps * math.prod(shape) * 8


def whole_job(shares, factors):
    shares = np.asarray(shares, dtype=float)
    return 1 / (1 - shares.sum() + (shares / factors).sum())


def job_time_left(shares, factors):
    return 1 / whole_job(shares, factors)


def job_without_rest(shares, factors):
    return 1 / np.sum(np.asarray(shares) / factors)


def job_at_most(shares, factors):
    return 1 / (1 - np.sum(shares))


def job_mean_of_factors(shares, factors):
    return 1 - np.sum(shares) + np.sum(np.asarray(shares) * factors)


def job_factors_only(shares, factors):
    return np.prod(factors)


def job_each_alone(shares, factors):
    return np.prod(1 / (1 - np.asarray(shares) + np.asarray(shares) / factors))


def job_each(shares, factors):
    return 1 / (1 - np.asarray(shares) + np.asarray(shares) / factors)


def job_first_only(shares, factors):
    return whole_job(shares[:1], factors[:1])


def job_saved(shares, factors):
    return 1 - job_time_left(shares, factors)


def middle_of_three(a, b, c):
    return np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))


def middle_of_five(a, b, c, d, e):
    low = np.maximum(np.minimum(a, b), np.minimum(c, d))
    high = np.minimum(np.maximum(a, b), np.maximum(c, d))
    return middle_of_three(low, high, e)


def five_as_three_of_three(a, b, c, d, e):
    return middle_of_three(middle_of_three(a, b, c), d, e)


def five_as_three_middles(a, b, c, d, e):
    return middle_of_three(
        middle_of_three(a, b, c), middle_of_three(b, c, d), middle_of_three(c, d, e)
    )


def five_wrong_ends(a, b, c, d, e):
    low = np.minimum(np.minimum(a, b), np.minimum(c, d))
    high = np.maximum(np.maximum(a, b), np.maximum(c, d))
    return middle_of_three(low, high, e)


def five_without_the_last(a, b, c, d, e):
    return np.maximum(
        np.maximum(np.minimum(a, b), np.minimum(c, d)),
        np.minimum(np.maximum(a, b), np.maximum(c, d)),
    )


def five_smaller_of_two(a, b, c, d, e):
    return np.minimum(
        np.maximum(np.minimum(a, b), np.minimum(c, d)),
        np.minimum(np.maximum(a, b), np.maximum(c, d)),
    )


def five_mean(a, b, c, d, e):
    return (a + b + c + d + e) / 5


def five_one_number(a, b, c, d, e):
    return np.median([a, b, c, d, e])


def five_along_the_row(a, b, c, d, e):
    return np.median([a, b, c, d, e], axis=-1)


def five_second_smallest(a, b, c, d, e):
    return np.sort([a, b, c, d, e], axis=0)[1]


def five_second_largest(a, b, c, d, e):
    return np.sort([a, b, c, d, e], axis=0)[3]


def five_unsorted(a, b, c, d, e):
    return c


def count_close(a, b, reach):
    b = np.sort(b)
    return int((np.searchsorted(b, a + reach, "right") - np.searchsorted(b, a - reach)).sum())


def close_sides_swapped(a, b, reach):
    b = np.sort(b)
    return (np.searchsorted(b, a + reach) - np.searchsorted(b, a - reach, "right")).sum()


def close_strictly(a, b, reach):
    return np.count_nonzero(np.abs(a[:, None] - b) < reach)


def close_without_upper_end(a, b, reach):
    b = np.sort(b)
    return (np.searchsorted(b, a + reach) - np.searchsorted(b, a - reach)).sum()


def close_without_lower_end(a, b, reach):
    b = np.sort(b)
    up_to = np.searchsorted(b, a + reach, "right")
    return (up_to - np.searchsorted(b, a - reach, "right")).sum()


def close_unsorted(a, b, reach):
    return (np.searchsorted(b, a + reach, "right") - np.searchsorted(b, a - reach)).sum()


def close_sorted_the_other(a, b, reach):
    a = np.sort(a)
    return (np.searchsorted(b, a + reach, "right") - np.searchsorted(b, a - reach)).sum()


def close_above_only(a, b, reach):
    b = np.sort(b)
    return (np.searchsorted(b, a + reach, "right") - np.searchsorted(b, a)).sum()


def close_below_only(a, b, reach):
    b = np.sort(b)
    return (np.searchsorted(b, a, "right") - np.searchsorted(b, a - reach)).sum()


def close_up_to(a, b, reach):
    return np.searchsorted(np.sort(b), a + reach, "right").sum()


def close_for_each(a, b, reach):
    b = np.sort(b)
    return np.searchsorted(b, a + reach, "right") - np.searchsorted(b, a - reach)


def close_any(a, b, reach):
    return np.count_nonzero(close_for_each(a, b, reach))


def close_neighbours(a, b, reach):
    return close_any(b, a, reach)


def close_share(a, b, reach):
    return close_for_each(a, b, reach).sum() / (len(a) * len(b))


def close_in_line(a, b, reach):
    short = min(len(a), len(b))
    return np.count_nonzero(np.abs(a[:short] - b[:short]) <= reach)


def no_word_of_letters(answer):
    return not isinstance(answer, str) or not answer or bool(set(answer) - set("ABCD"))


def job_a(answer):
    return "A" in answer


def job_b(answer):
    return "B" in answer


def job_c(answer):
    return "C" in answer


def job_d(answer):
    return "D" not in answer


def traffic_one_array_stays(shape, dtype, steps):
    return (2 * steps + 1) * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_steps_added(shape, dtype, steps):
    return (2 + steps) * math.prod(shape) * np.dtype(dtype).itemsize


def traffic_in_32_bits(shape, dtype, steps):
    return int(np.array(traffic(shape, dtype, steps)).astype(np.int32))


def traffic_in_kilobytes(shape, dtype, steps):
    return traffic(shape, dtype, steps) / 1024


def traffic_two_arrays_in_values(shape, dtype, steps):
    return 2 * steps * math.prod(shape)


def traffic_two_arrays_in_bits(shape, dtype, steps):
    return 8 * traffic_without_writing(shape, dtype, steps)


def traffic_of_one_step_in_values(shape, dtype, steps):
    return 3 * math.prod(shape)


def job_times_cut_off(shares, factors):
    left = np.zeros_like(factors)
    left[:] = np.asarray(shares) / factors
    return 1 / (1 - np.sum(shares) + left.sum())


def job_rest_of_each(shares, factors):
    return 1 / np.sum((1 - np.asarray(shares)) + np.asarray(shares) / factors)


def job_sums_divided(shares, factors):
    return 1 / (1 - np.sum(shares) + np.sum(shares) / np.sum(factors))


def job_mean_factor(shares, factors):
    return 1 / (1 - np.sum(shares) + np.sum(shares) / np.mean(factors))


def job_weighted_factor(shares, factors):
    return np.average(factors, weights=shares)


def job_times_multiplied(shares, factors):
    return 1 / (1 - np.sum(shares) + np.sum(np.asarray(shares) * factors))


def five_two_below(a, b, c, d, e):
    values = np.stack([a, b, c, d, e])
    middle = (values[:, None] > values).sum(axis=1) == 2
    found = np.where(middle, values, -np.inf).max(axis=0)
    return np.where(middle.any(axis=0), found, 0)


def five_middle_of_the_ends(a, b, c, d, e):
    values = np.stack([a, b, c, d, e])
    return (values.min(axis=0) + values.max(axis=0)) / 2


def five_mean_of_the_inner(a, b, c, d, e):
    return np.sort([a, b, c, d, e], axis=0)[1:4].mean(axis=0)


def five_mean_of_two(a, b, c, d, e):
    low = np.maximum(np.minimum(a, b), np.minimum(c, d))
    high = np.minimum(np.maximum(a, b), np.maximum(c, d))
    return (low + high) / 2


def five_largest(a, b, c, d, e):
    return np.max([a, b, c, d, e], axis=0)


def five_smallest(a, b, c, d, e):
    return np.min([a, b, c, d, e], axis=0)


def five_sorted_along_the_row(a, b, c, d, e):
    return np.sort(np.stack([a, b, c, d, e]))[2]


def close_distinct(a, b, reach):
    return count_close(a, np.unique(b), reach)


def close_in_sorted_line(a, b, reach):
    return close_in_line(np.sort(a), np.sort(b), reach)


def close_without_absolute(a, b, reach):
    return np.count_nonzero(a[:, None] - b <= reach)


def close_halved(a, b, reach):
    return count_close(a, b, reach) // 2


def close_for_each_sides_swapped(a, b, reach):
    b = np.sort(b)
    return np.searchsorted(b, a + reach) - np.searchsorted(b, a - reach, "right")


def close_unsorted_without_upper_end(a, b, reach):
    return (np.searchsorted(b, a + reach) - np.searchsorted(b, a - reach)).sum()


def close_ends_exchanged(a, b, reach):
    b = np.sort(b)
    return (np.searchsorted(b, a - reach, "right") - np.searchsorted(b, a + reach)).sum()


def traffic_of_the_first_length(shape, dtype, steps):
    return 3 * steps * shape[0] * np.dtype(dtype).itemsize


def traffic_adds_lengths_of_two(shape, dtype, steps):
    return 2 * steps * sum(shape) * np.dtype(dtype).itemsize


def job_sum_of_factors(shares, factors):
    return np.sum(np.asarray(shares) * factors)


def job_time_without_rest(shares, factors):
    return np.sum(np.asarray(shares) / factors)


def job_mean_of_each(shares, factors):
    return np.mean(1 / (1 - np.asarray(shares) + np.asarray(shares) / factors))


EXERCISES = {
    "vectorize": Exercise(
        task="Predict how often np.vectorize runs a function for 64 x 64 pixels",
        reference="4097 times",
        choices=("once", "64 times", "4097 times"),
        misconceptions={
            "once": "The function takes one level, not a picture: `min(int(level) + 40, 255)` has"
            " no meaning for an array. So somebody has to call it for each pixel.",
            "64 times": "That is one call for each row. The function takes a single level, so each"
            " pixel needs a call of its own.",
        },
        explanation="One call for each of 4096 pixels, and one to find the type of the result.",
    ),
    "bands": Exercise(
        task="Predict how many bytes move when the work is done in bands that fit the cache",
        reference="less than a tenth",
        choices=("about as many", "about half", "less than a tenth"),
        misconceptions={
            "about as many": "The operations are as many, but where do their numbers come from?"
            " The result of one operation on a band is still in the cache when the next needs it.",
            "about half": "Count again: each band is fetched once at the start, and its result is"
            " written once at the end. How many times was it before?",
        },
        explanation="In once and out once: 2 times the picture instead of 45 times.",
    ),
    "count": Exercise(
        task="Predict the running total of 17 million ones in float32",
        reference="16777216",
        choices=("17000000", "a little off, up or down", "16777216"),
        misconceptions={
            "17000000": "Where does float32 begin to skip whole numbers? The total must pass that"
            " place in steps of 1.",
            "a little off, up or down": "Every total up to 2**24 is exact, so nothing is off until"
            " then. What happens to 2**24 + 1, which float32 does not have?",
        },
        explanation="2**24 + 1 is rounded back to 2**24, again and again.",
    ),
    "double": Exercise(
        task="Predict the comparisons of a sort of twice as many scores",
        reference="a bit more than 2",
        choices=("a bit more than 2", "exactly 4", "about the same number"),
        misconceptions={
            "exactly 4": "That is what pairs do. A sort does not compare every score with every"
            " other: sort both halves, then merge them.",
            "about the same number": "Each score must be looked at at least once, so twice as many"
            " scores cannot be sorted for the same price.",
        },
        explanation="Two sorts of half the length, and one merge: a comparison more a score.",
    ),
    "share": Exercise(
        task="Predict the gain of a job in which a fifth of the time becomes 1000 times faster",
        reference="about 1.25",
        choices=("about 1000", "about 5", "about 1.25"),
        misconceptions={
            "about 1000": "Only the filter became faster. Loading and writing take as long as"
            " before, four fifths of the time.",
            "about 5": "That would be the gain if everything but the filter vanished. It is the"
            " fifth that vanishes; four fifths stay.",
        },
        explanation="Four fifths of the time are left, and 1 / 0.8 is 1.25.",
    ),
    "traffic": Exercise(
        task="Count the bytes that operations on whole arrays move",
        reference=traffic,
        cases={
            "10 values of bool, 1 step": ((10,), "bool", 1),
            "1000 values of float32, 4 steps": ((1000,), "float32", 4),
            "a 30 x 50 picture of int16, 3 steps": ((30, 50), "int16", 3),
            "a 400 x 300 picture of float64, 2000 steps": ((400, 300), "float64", 2000),
            "a 60,000 x 50,000 picture of uint8, 2 steps": ((60_000, 50_000), "uint8", 2),
            "a 20 x 30 picture in colour, uint8, 5 steps": ((20, 30, 3), "uint8", 5),
            "two 20 x 30 pictures in colour, uint8, 5 steps": ((2, 20, 30, 3), "uint8", 5),
        },
        misconceptions={
            traffic_without_writing: "Two arrays are fetched, and the result moves too: it is"
            " written. That makes three arrays a step.",
            traffic_one_read: "`len(shape)` is the number of directions, not of values. Multiply"
            " the lengths.",
            traffic_of_the_result: "That counts one array a step. Two are fetched and one is"
            " written.",
            traffic_in_values: "That is a number of values. How many bytes has one value of this"
            " dtype?",
            traffic_in_bits: "These are bits. `itemsize` is in bytes already.",
            traffic_of_one_step: "That is one step. Nothing stays in the cache, so each step moves"
            " its arrays again.",
            traffic_in_cache: "In once and out once is the best case, in bands. Here nothing stays"
            " in the cache.",
            traffic_adds_lengths: "The lengths were added. A picture of 30 x 50 has 1500 values:"
            " multiply them.",
            traffic_of_a_picture: "The third length counts as well: a picture in colour has three"
            " values for each pixel.",
            traffic_eight_bytes: "Eight bytes are right for float64 only. Ask the dtype for its"
            " `itemsize`.",
            traffic_one_array_stays: "That lets an array stay in the cache from one step to the"
            " next. Nothing stays: each step moves three arrays.",
            traffic_steps_added: "The steps were added. Each step moves three arrays: multiply.",
            traffic_in_32_bits: "The product does not fit into 32 bits and has wrapped round."
            " Python's own integers never do: math.prod.",
            traffic_in_kilobytes: "These are kilobytes. Bytes are asked for.",
            traffic_two_arrays_in_values: "Two things: three arrays move in each step, because the"
            " result is written; and a number of values is not yet a number of bytes.",
            traffic_two_arrays_in_bits: "Two things: the result is written too, which makes three"
            " arrays a step; and `itemsize` is in bytes already.",
            traffic_of_one_step_in_values: "Two things: that is one step; and a number of values,"
            " not of bytes.",
            traffic_of_the_first_length: "Only the first length was used. The number of values is"
            " the product of all lengths.",
            traffic_adds_lengths_of_two: "Two things: multiply the lengths; and three arrays move"
            " in each step, because the result is written.",
        },
    ),
    "whole_job": Exercise(
        task="Find how much faster a job becomes when several parts do",
        reference=whole_job,
        cases={
            "half the time, 2 times as fast": (np.array([0.5]), np.array([2.0])),
            "20 % and 30 %, 10 and 3 times": (np.array([0.2, 0.3]), np.array([10.0, 3.0])),
            "20 % and 20 %, 10 times": (np.array([0.2, 0.2]), np.array([10, 10])),
            "all of the time, 4 and 8 times": (np.array([0.25, 0.75]), np.array([4.0, 8.0])),
            "three parts, one becomes slower": (
                np.array([0.6, 0.1, 0.2]),
                np.array([0.5, 20.0, 6.0]),
            ),
        },
        misconceptions={
            job_time_left: "That is the share of the time that is left. Times as fast is 1 divided"
            " by it.",
            job_without_rest: "The rest of the job is missing: the shares need not add up to 1.",
            job_at_most: "That is the limit for parts that take no time at all. Each part still"
            " takes its share divided by its factor.",
            job_mean_of_factors: "Factors of speed cannot be averaged by time. Add up the times"
            " that are left, share / factor, and divide 1 by the sum.",
            job_factors_only: "That would be right if each part were the whole job. The shares"
            " were not used.",
            job_each_alone: "You took one part at a time and multiplied. After the first part the"
            " other shares are no longer what they were. Add the times left in one sum.",
            job_each: "That is one answer for each part, as if only that one had changed. The"
            " whole job has one time: add the times left.",
            job_first_only: "Only the first part was made faster. In a loop, return stands too far"
            " to the right.",
            job_saved: "That is the share of time saved. Times as fast is 1 divided by the time"
            " that is left.",
            job_times_cut_off: "If the factors are whole numbers, the times in an array like them"
            " are cut off to 0. Make it one of floats.",
            job_rest_of_each: "The rest of the job was counted once for each part. It is there"
            " once: 1 minus the sum of the shares.",
            job_sums_divided: "Divide part by part, share / factor, and add up then. The sum of"
            " the shares over the sum of the factors is something else.",
            job_mean_factor: "Factors cannot be averaged: each part has its own. Divide part by"
            " part, share / factor.",
            job_weighted_factor: "That is a mean of the factors. Add up the *times* that are left,"
            " share / factor and the rest, and divide 1 by the sum.",
            job_times_multiplied: "A part that becomes 4 times as fast takes a quarter of its"
            " time: share / factor, not times.",
            job_sum_of_factors: "Two things: add up times, share / factor, and divide 1 by the"
            " sum; and the rest of the job takes its time as well.",
            job_time_without_rest: "Two things: the rest of the job stays, 1 minus the sum of the"
            " shares; and times as fast is 1 divided by the time.",
            job_mean_of_each: "That is the mean over the parts, each sped up alone. They are all"
            " sped up at once: add up the times that are left.",
        },
    ),
    "middle_of_five": Exercise(
        task="Find the middle of five arrays by minima and maxima",
        reference=middle_of_five,
        cases={
            "five arrays of three": (
                np.array([1, 9, 5]),
                np.array([2, 8, 1]),
                np.array([3, 7, 4]),
                np.array([4, 6, 2]),
                np.array([5, 5, 3]),
            ),
            "five rows of 12, with quarters": FIVE_ROWS,
            "five pictures of 4 x 6, with equals": FIVE,
        },
        misconceptions={
            five_as_three_of_three: "The middle of the first three is not safe: it may be the"
            " second smallest of all five. First throw out numbers that cannot be the middle.",
            five_as_three_middles: "A middle of middles is near the middle, but not always it."
            " Throw out one number that is too small and one that is too large.",
            five_wrong_ends: "You kept the smallest and the largest of four and threw out the"
            " others. The other way round: the *larger* of the two minima stays.",
            five_without_the_last: "The fifth array was not asked. Three are left with it: take"
            " the middle of those.",
            five_smaller_of_two: "That is the smaller one of the two that are left of a, b, c and"
            " d. The fifth is missing: take the middle of the three.",
            five_mean: "That is the mean, which one wild value can move. The middle in order is"
            " asked for.",
            five_one_number: "That is one number for everything. Element by element: the result"
            " has the shape of one array.",
            five_along_the_row: "You took the middle along each array. Compare the five arrays"
            " with each other, at the same place.",
            five_second_smallest: "That is the second smallest of five. The middle has two below"
            " it.",
            five_second_largest: "That is the second largest of five. The middle has two above it.",
            five_unsorted: "That is the array in the middle of the arguments. The middle by size"
            " is asked for, element by element.",
            five_two_below: "Among equal numbers perhaps none has exactly two below it. The middle"
            " is the third in order, whatever is equal to it.",
            five_middle_of_the_ends: "That lies half-way between the smallest and the largest. The"
            " middle in order is asked for: two are below it, two above.",
            five_mean_of_the_inner: "That is the mean of the three in the middle. Only the one in"
            " the middle of all five is asked for.",
            five_mean_of_two: "That is the mean of the two that are left of a, b, c and d. With e"
            " they are three: take the middle of those.",
            five_largest: "That is the largest of five. The middle has two above it.",
            five_smallest: "That is the smallest of five. The middle has two below it.",
            five_sorted_along_the_row: "`np.sort` sorts along the last axis, so that each array"
            " was sorted alone. Compare the five with each other: axis=0.",
        },
        dtype=False,
    ),
    "count_close": Exercise(
        task="Count close pairs by sorting once",
        reference=count_close,
        cases={
            "2 and 3 numbers, reach 1": (np.array([4, 7]), np.array([9, 5, 6]), 1),
            "with equals, reach 0": (np.array([3, 3, 8, 1]), np.array([8, 3, 2, 3, 3]), 0),
            "5 and 4 numbers, reach 3": (np.array([20, 2, 7, 2, 5]), np.array([8, 1, 13, 5]), 3),
            "90 and 70 numbers, reach 4": (*MANY, 4),
        },
        misconceptions={
            close_strictly: "A distance of exactly `reach` counts: <=, not <.",
            close_sides_swapped: "The sides are swapped: from the *left* of x - reach to the"
            " *right* of x + reach. With reach 0 yours is even negative.",
            close_without_upper_end: "Numbers equal to x + reach are missing: look that end up"
            " with side='right'.",
            close_without_lower_end: "Numbers equal to x - reach are missing: look that end up"
            " with side='left'.",
            close_unsorted: "`np.searchsorted` needs an array in order, and does not complain if"
            " it is not. Sort b first.",
            close_sorted_the_other: "This comes out if a is sorted, but b is searched. It is b"
            " that must be in order.",
            close_above_only: "Only partners above x were counted. Those down to x - reach are"
            " close as well.",
            close_below_only: "Only partners below x were counted. Those up to x + reach are"
            " close as well.",
            close_up_to: "That counts everything below x + reach, however far. Take off what is"
            " below x - reach.",
            close_for_each: "That is one count for each number of a. Their sum is the number of"
            " pairs.",
            close_any: "That is the number of a's with a partner. One with three partners makes"
            " three pairs.",
            close_neighbours: "That is the number of b's with a partner. Each pair counts, not"
            " each number.",
            close_share: "That is a share of all pairs. The number of pairs is asked for.",
            close_in_line: "This comes out if the first is compared with the first, the second"
            " with the second. Every number of a meets every number of b.",
            close_distinct: "Equal numbers of b were thrown together: np.unique drops them, and"
            " each makes a pair of its own. Use np.sort.",
            close_in_sorted_line: "After sorting you compared the first with the first only. Every"
            " number of a meets every number of b.",
            close_without_absolute: "The distance has lost its absolute value: every b far above x"
            " counts as close.",
            close_halved: "That is half of the pairs. One number is of a and one of b, so no pair"
            " was counted twice.",
            close_for_each_sides_swapped: "Two things: the sides are swapped, from the left of x -"
            " reach to the right of x + reach; and the sum over all of a is missing.",
            close_unsorted_without_upper_end: "Two things: b must be in order, sort it first; and"
            " numbers equal to x + reach are missing, side='right'.",
            close_ends_exchanged: "The two ends are exchanged: up to x + reach, minus what is"
            " below x - reach.",
        },
    ),
    "worth": Exercise(
        task="Say which jobs are worth an hour of yours",
        reference="D",
        misconceptions={
            no_word_of_letters: 'Write the letters of the jobs as one word, such as "AB".',
            job_d: "D: 30 x 0.6 x 0.9 x 500 seconds are 135 minutes, more than an hour.",
            job_a: "A: 90 % looks large, but of 2 seconds. 2 x 0.9 x 0.9 x 1000 seconds are 27"
            " minutes.",
            job_b: "B: 10 minutes a hundred times is much, but the part takes a twentieth of it."
            " 10 x 0.05 x 0.9 x 100 minutes are 45.",
            job_c: "C: 36 minutes are saved, and it runs once. The hour is more.",
        },
        explanation="27, 45, 36 and 135 minutes are saved.",
    ),
}
