"""Exercises of lesson 24: count policies, solarize, draw steps, best so far, the curse, a gain."""

import math

import numpy as np
from scipy import stats

from helpers.exercises import Exercise

RNG = np.random.default_rng(24)
EDGES = np.array([[0.0, 0.5], [0.75, 1.0]])
SMALL = RNG.integers(0, 9, (3, 4)) / 8
SMALL[1, 0] = 0.9
WIDE = RNG.integers(0, 17, (5, 8)) / 16
WIDE[0, :3] = 0.749513, 0.750387, 0.755331  # one level of 255 apart, or less
ONE_SUB = ((("rotate", 0.5, 4), ("invert", 0.2, 7)),)
TWO_SUBS = (*ONE_SUB, (("blur", 1.0, 3), ("scale", 0.9, 10)))
FIVE_SUBS = tuple(
    tuple((name, int(RNG.integers(2, 10)) / 10, int(RNG.integers(1, 11))) for name in pair)
    for pair in (
        ("erase", "rotate"),
        ("scale", "invert"),
        ("blur", "erase"),
        ("shift down",) * 2,
        ("contrast", "solarize"),
    )
)
VALIDATION = np.array([0.9, 0.94, 0.92, 0.94, 0.96, 0.95])
TEST = np.array([0.93, 0.91, 0.95, 0.92, 0.9, 0.97])
LOW = np.array([0.0, 0.3, 0.302]), np.array([0.1, 0.05, 0.2])
LONG = (RNG.integers(84, 97, 15) / 100, RNG.integers(840, 970, 15) / 1000)
STAIRS = (80 + np.arange(60) // 3) / 100, RNG.integers(840, 970, 60) / 1000
OURS = np.array([0.94, 0.92, 0.95])
THEIRS = np.array([0.93, 0.92, 0.91])
ALIKE = np.full(4, 0.5), np.array([0.25, 0.75, 0.25, 0.75])
FIVE = np.array([0.931, 0.948, 0.917, 0.94, 0.926]), np.array([0.921, 0.944, 0.92, 0.925, 0.913])


def count_policies(operations, chances, strengths, steps, subs):
    return (operations * chances * strengths) ** (steps * subs)


def count_one_sub(operations, chances, strengths, steps, subs):
    return (operations * chances * strengths) ** steps


def count_one_step(operations, chances, strengths, steps, subs):
    return (operations * chances * strengths) ** subs


def count_times(operations, chances, strengths, steps, subs):
    return operations * chances * strengths * steps * subs


def count_step(operations, chances, strengths, steps, subs):
    return operations * chances * strengths


def count_subs_added(operations, chances, strengths, steps, subs):
    return (operations * chances * strengths) ** steps * subs


def count_exponents_added(operations, chances, strengths, steps, subs):
    return (operations * chances * strengths) ** (steps + subs)


def count_sum(operations, chances, strengths, steps, subs):
    return (operations + chances + strengths) ** (steps * subs)


def count_no_chance(operations, chances, strengths, steps, subs):
    return (operations * strengths) ** (steps * subs)


def count_no_strength(operations, chances, strengths, steps, subs):
    return (operations * chances) ** (steps * subs)


def count_turned(operations, chances, strengths, steps, subs):
    return (steps * subs) ** (operations * chances * strengths)


def count_wraps(operations, chances, strengths, steps, subs):
    return int(np.prod(np.full(steps * subs, operations * chances * strengths)))


def count_no_step_twice(operations, chances, strengths, steps, subs):
    return math.perm(operations * chances * strengths, steps * subs)


def count_in_any_order(operations, chances, strengths, steps, subs):
    return count_policies(operations, chances, strengths, steps, subs) // math.factorial(subs)


def solarize(picture, threshold):
    return np.where(picture >= threshold, 1 - picture, picture)


def solar_above(picture, threshold):
    return np.where(picture > threshold, 1 - picture, picture)


def solar_dark(picture, threshold):
    return np.where(picture < threshold, 1 - picture, picture)


def solar_all(picture, threshold):
    return 1 - picture


def solar_white(picture, threshold):
    return np.where(picture >= threshold, 1.0, picture)


def solar_black(picture, threshold):
    return np.where(picture >= threshold, 0.0, picture)


def solar_mirror(picture, threshold):
    return np.where(picture >= threshold, 2 * threshold - picture, picture)


def solar_bytes(picture, threshold):
    return np.where(picture >= threshold, 255 - picture, picture)


def solar_mask(picture, threshold):
    return picture >= threshold


def solar_minus(picture, threshold):
    return np.where(picture >= threshold, picture - 1, picture)


def drawn(sub, u):
    """Return the signed strengths of a sub-policy by the numbers that decide its steps."""
    chance, strength = (np.array([step[k] for step in sub]) for k in (1, 2))
    return np.where(u[::2] < chance, np.where(u[1::2] < 0.5, -strength, strength), 0)


def signed_steps(policy, u):
    return drawn(policy[int(u[0] * len(policy))], u[1:])


def steps_save_numbers(policy, u):
    """Let a step that does not happen take one number only."""
    found, at = [], 1
    for _, chance, strength in policy[int(u[0] * len(policy))]:
        happens = u[at] < chance
        found.append((-strength if u[at + 1] < 0.5 else strength) if happens else 0)
        at += 2 if happens else 1
    return np.array(found)


def steps_all_subs(policy, u):
    return np.concatenate([drawn(sub, u[1:]) for sub in policy])


def steps_first_sub(policy, u):
    return drawn(policy[0], u[1:])


def steps_rounded(policy, u):
    return drawn(policy[min(round(u[0] * len(policy)), len(policy) - 1)], u[1:])


def steps_other_side(policy, u):
    sub = [(name, 1 - chance, strength) for name, chance, strength in chosen(policy, u)]
    return drawn(sub, np.where(np.arange(len(u) - 1) % 2, u[1:], 1 - u[1:]))


def chosen(policy, u):
    return policy[int(u[0] * len(policy))]


def steps_always(policy, u):
    return drawn([(name, 2, strength) for name, _, strength in chosen(policy, u)], u[1:])


def steps_unsigned(policy, u):
    return np.abs(signed_steps(policy, u))


def steps_signs_turned(policy, u):
    return -signed_steps(policy, u)


def steps_one_sign(policy, u):
    return np.abs(signed_steps(policy, u)) * (-1 if u[2] < 0.5 else 1)


def steps_one_chance(policy, u):
    return drawn(chosen(policy, u), u[[1, 2, 1, 4]])


def steps_in_blocks(policy, u):
    return drawn(chosen(policy, u), u[[1, 3, 2, 4]])


def steps_left_out(policy, u):
    steps = signed_steps(policy, u)
    return steps[steps != 0]


def steps_weakened(policy, u):
    return np.array(
        [
            (-1 if u[2 * k + 2] < 0.5 else 1) * chance * strength
            for k, (_, chance, strength) in enumerate(chosen(policy, u))
        ]
    )


def steps_parts_of_one_less(policy, u):
    return drawn(policy[round(u[0] * (len(policy) - 1))], u[1:])


def steps_less_strong(policy, u):
    return signed_steps(policy, u) * np.abs(2 * u[2::2] - 1)


def so_far(validation):
    """Return the place of the best policy up to each try, the first of equals."""
    return np.array([np.argmax(validation[: n + 1]) for n in range(len(validation))])


def best_so_far(validation, test):
    at = so_far(validation)
    return np.column_stack([validation[at], test[at]])


def best_of_test_too(validation, test):
    return np.column_stack([np.maximum.accumulate(validation), np.maximum.accumulate(test)])


def best_chosen_on_test(validation, test):
    at = so_far(test)
    return np.column_stack([validation[at], test[at]])


def best_last_of_equals(validation, test):
    at = [n - np.argmax(validation[: n + 1][::-1]) for n in range(len(validation))]
    return np.column_stack([validation[at], test[at]])


def best_each_try(validation, test):
    return np.column_stack([validation, test])


def best_test_of_each(validation, test):
    return np.column_stack([np.maximum.accumulate(validation), test])


def best_turned(validation, test):
    return best_so_far(validation, test).T


def best_swapped(validation, test):
    return best_so_far(validation, test)[:, ::-1]


def best_whole(validation, test):
    return np.tile([validation.max(), test[validation.argmax()]], (len(validation), 1))


def best_once(validation, test):
    return np.array([validation.max(), test[validation.argmax()]])


def best_gap(validation, test):
    rows = best_so_far(validation, test)
    return rows[:, 0] - rows[:, 1]


def best_without_this(validation, test):
    at = so_far(validation)
    at = np.r_[at[0], at[:-1]]
    return np.column_stack([validation[at], test[at]])


def best_sorted(validation, test):
    order = np.argsort(validation, kind="stable")
    return np.column_stack([validation[order], test[order]])


def best_means(validation, test):
    tries = np.arange(1, len(validation) + 1)
    return np.column_stack([np.cumsum(validation) / tries, np.cumsum(test) / tries])


def expected_best(p, n, tries):
    below = stats.binom.cdf(np.arange(n), n, p) ** tries
    return np.sum(1 - below) / n


def best_as_one(p, n, tries):
    return p


def best_count(p, n, tries):
    return n * expected_best(p, n, tries)


def best_is_worst(p, n, tries):
    return np.sum(stats.binom.sf(np.arange(n), n, p) ** tries) / n


def best_shifted(p, n, tries):
    return np.sum(1 - stats.binom.cdf(np.arange(1, n + 1), n, p) ** tries) / n


def best_with_zero(p, n, tries):
    return np.sum(1 - stats.binom.cdf(np.arange(-1, n), n, p) ** tries) / n


def best_no_power(p, n, tries):
    return np.sum(1 - stats.binom.cdf(np.arange(n), n, p) * tries) / n


def best_curse(p, n, tries):
    return expected_best(p, n, tries) - p


def best_of_sum(p, n, tries):
    return stats.binom.mean(n * tries, p) / n


def best_one_sd(p, n, tries):
    return p + np.sqrt(p * (1 - p) / n)


def best_median(p, n, tries):
    return stats.binom.ppf(0.5 ** (1 / tries), n, p) / n


def best_distribution(p, n, tries):
    return np.sum(stats.binom.cdf(np.arange(n), n, p) ** tries) / n


def best_normal(p, n, tries):
    return p + np.sqrt(p * (1 - p) / n) * np.sqrt(2 * np.log(tries))


def best_of_a_bell_curve(p, n, tries):
    x = np.linspace(-10, 10, 20_001)
    density = tries * stats.norm.pdf(x) * stats.norm.cdf(x) ** (tries - 1)
    return p + np.sqrt(p * (1 - p) / n) * np.sum(x * density) * (x[1] - x[0])


def paired_gain(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std(ddof=1) / np.sqrt(len(gains))])


def gain_unpaired(ours, theirs):
    spread = np.sqrt((ours.var(ddof=1) + theirs.var(ddof=1)) / len(ours))
    return np.array([ours.mean() - theirs.mean(), spread])


def gain_sd(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std(ddof=1)])


def gain_n(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std() / np.sqrt(len(gains))])


def gain_n_sd(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std()])


def gain_turned(ours, theirs):
    return paired_gain(theirs, ours)


def gain_by_n(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std(ddof=1) / len(gains)])


def gain_variance(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.var(ddof=1) / len(gains)])


def gain_points(ours, theirs):
    return 100 * paired_gain(ours, theirs)


def gain_ends(ours, theirs):
    mean, error = paired_gain(ours, theirs)
    return np.array([mean - 2 * error, mean + 2 * error])


def gain_sizes(ours, theirs):
    return paired_gain(np.abs(ours - theirs), np.zeros(len(ours)))


def gain_swapped(ours, theirs):
    return paired_gain(ours, theirs)[::-1]


def gain_mean(ours, theirs):
    return np.mean(ours - theirs)


def gain_median(ours, theirs):
    return np.array([np.median(ours - theirs), paired_gain(ours, theirs)[1]])


def gain_best(ours, theirs):
    return np.array([ours.max() - theirs.max(), paired_gain(ours, theirs)[1]])


def gain_relative(ours, theirs):
    return paired_gain(ours / theirs, np.ones(len(ours)))


def gain_of_ours(ours, theirs):
    return np.array([np.mean(ours - theirs), ours.std(ddof=1) / np.sqrt(len(ours))])


def gain_less_one_twice(ours, theirs):
    gains = ours - theirs
    return np.array([gains.mean(), gains.std(ddof=1) / np.sqrt(len(gains) - 1)])


EXERCISES = {
    "signs": Exercise(
        task="Predict for how many of sixteen operations the sign of the strength matters",
        reference="8",
        choices=("4", "8", "16"),
        misconceptions={
            "4": "More. Two shifts, two shears, a turn, a change of size, and what else can go up"
            " or down?",
            "16": "What would a negative blur be, or a negative inversion?",
        },
        explanation="Six moves, brightness and contrast can go both ways.",
    ),
    "share": Exercise(
        task="Predict what share of random policies beats changing nothing",
        reference="about 25 %",
        choices=("about 25 %", "about 50 %", "about 75 %"),
        misconceptions={
            "about 50 %": "Fewer. How many of the changed digits on the sheet could come in the"
            " test?",
            "about 75 %": "Far fewer. An augmentation helps if it makes what may really come. Does"
            " a random one?",
        },
        explanation="Most random changes make pictures that never come in the test.",
    ),
    "best": Exercise(
        task="Predict the test of a winner with 0.959 on validation",
        reference="about 0.93",
        choices=("about 0.96", "about 0.93", "about 0.90"),
        misconceptions={
            "about 0.96": "It was chosen *because* it looked so good on these 100 pictures. On"
            " others it is not chosen for its luck.",
            "about 0.90": "So bad it is not: validation tells something, only too kindly.",
        },
        explanation="A part of what made it win was luck with these 100 pictures.",
    ),
    "curse": Exercise(
        task="Predict what the best of twenty equal policies looks like",
        reference="about 0.97",
        choices=("0.93", "about 0.95", "about 0.97"),
        misconceptions={
            "0.93": "That is the mean of all twenty. The luckiest of them is asked for.",
            "about 0.95": "A share of 100 has an SD of 0.026. How many SD above its middle is the"
            " best of twenty?",
        },
        explanation="The best of twenty lies about 1.7 SD above the truth.",
    ),
    "rivals": Exercise(
        task="Predict which way gains most if 100 pictures choose",
        reference="four shifts, 1 try",
        choices=("100 policies", "one knob, 30 tries", "four shifts, 1 try"),
        misconceptions={
            "100 policies": "It has the largest space, and the most luck to fall for. What does a"
            " person know about digits that no space knows?",
            "one knob, 30 tries": "Fewer tries, less luck; but its sixteen operations still invert"
            " and solarize digits.",
        },
        explanation="Knowing what may happen to a digit beats trying what might.",
    ),
    "head": Exercise(
        task="Predict what four shifts bring to a head on pixels",
        reference="about -4",
        choices=("about +1", "about 0", "about -4"),
        misconceptions={
            "about +1": "The SVM can bend its borders. What can one weight a pixel do if strokes"
            " stand elsewhere?",
            "about 0": "A head does not ignore the moved copies: it must give their pixels weights"
            " too.",
        },
        explanation="One weight for each pixel cannot serve a stroke at several places.",
    ),
    "factor": Exercise(
        task="Predict at which strength a widely copied rule changes a picture least",
        reference="5",
        choices=("0", "5", "10"),
        misconceptions={
            "0": "0.1 + 1.8 * 0 / 10 is 0.1: the picture gets a tenth of its light.",
            "10": "0.1 + 1.8 is 1.9: nearly twice the light.",
        },
        explanation="A factor of 1 changes nothing, and 0.1 + 1.8 * 5 / 10 is 1.",
    ),
    "cut": Exercise(
        task="Predict what idle operations do to the mean test of thirty settings",
        reference="better",
        choices=("worse", "the same", "better"),
        misconceptions={
            "worse": "Worse it would be if these operations helped. Do most of them?",
            "the same": "Half the blurs and inversions did not happen. What do they usually do to"
            " the test?",
        },
        explanation="Most settings are too strong here, so what weakens them helps.",
    ),
    "count_policies": Exercise(
        task="Count the policies of a search space",
        reference=count_policies,
        cases={
            "2 operations, 1 chance, 1 strength, 1 step, 1 sub-policy": (2, 1, 1, 1, 1),
            "3 operations, 2 chances, 2 strengths, 2 steps, 1 sub-policy": (3, 2, 2, 2, 1),
            "2 operations, 3 chances, 4 strengths, 1 step, 3 sub-policies": (2, 3, 4, 1, 3),
            "5 operations, 3 chances, 2 strengths, 2 steps, 3 sub-policies": (5, 3, 2, 2, 3),
            "16 operations, 11 chances, 10 strengths, 2 steps, 5 sub-policies": (16, 11, 10, 2, 5),
        },
        misconceptions={
            count_one_sub: "That counts one sub-policy. A policy has several, each chosen freely.",
            count_one_step: "That is right for sub-policies of one step.",
            count_times: "Choices that are made one after the other multiply: each further step"
            " takes the count to the next power.",
            count_step: "That counts one step. A policy has steps times sub-policies of them.",
            count_subs_added: "You counted one sub-policy, times their number. Each of them is"
            " chosen freely: take the power.",
            count_exponents_added: "How many steps has a policy? You added where it multiplies.",
            count_sum: "An operation *and* a chance *and* a strength are chosen: multiply, do not"
            " add.",
            count_no_chance: "The chance of a step is chosen as well.",
            count_no_strength: "The strength of a step is chosen as well.",
            count_wraps: "Whole numbers of NumPy end near 9e18, and wrap round. Those of Python do"
            " not end: use `**` or math.prod.",
            count_turned: "Base and exponent are swapped: each step offers all the choices.",
            count_no_step_twice: "A step may come again: each one has all the choices.",
            count_in_any_order: "The order of the sub-policies counts: do not divide by the number"
            " of orders.",
        },
        explanation="One step has o * c * s choices, a policy steps * subs steps.",
        steps=(
            "how many choices has one step?",
            "how many steps has a policy? That is the exponent.",
        ),
    ),
    "solarize": Exercise(
        task="Invert what is at least as light as a threshold",
        reference=solarize,
        cases={
            "2 x 2, threshold 0.5": (EDGES, 0.5),
            "3 x 4, threshold 0.25": (SMALL, 0.25),
            "3 x 4, threshold 0": (SMALL, 0.0),
            "3 x 4, none so light": (SMALL, 0.95),
            "5 x 8, threshold 0.75": (WIDE, 0.75),
            "5 x 8, threshold 1": (WIDE, 1.0),
        },
        misconceptions={
            solar_above: "Near. A pixel that equals the threshold is inverted too: >=.",
            solar_dark: "You inverted the dark pixels. The light ones are meant.",
            solar_all: "You inverted every pixel. Those below the threshold stay.",
            solar_white: "You made light pixels white. Inverted means 1 - value.",
            solar_black: "You made light pixels black. Inverted means 1 - value.",
            solar_mirror: "You mirrored at the threshold. Inverted means 1 - value.",
            solar_bytes: "Those are floats from 0 to 1: the inverse is 1 - value.",
            solar_mask: "That says which pixels are light. Return the picture.",
            solar_minus: "The inverse is 1 - value, not value - 1.",
        },
        explanation="np.where(picture >= threshold, 1 - picture, picture).",
        without=("augment.solarize",),
        steps=("np.where(question, if yes, if no) chooses pixel by pixel.", "if yes: 1 - picture."),
    ),
    "signed_steps": Exercise(
        task="Decide by given random numbers what a policy does to one picture",
        reference=signed_steps,
        cases={
            "1 sub-policy, both steps happen": (ONE_SUB, np.array([0.3, 0.1, 0.7, 0.1, 0.2])),
            "1 sub-policy, strengths with decimals": (
                [[("brightness", 0.6, 0.25), ("rotate", 0.9, 7.5)]],
                np.array([0.8, 0.5, 0.4, 0.3, 0.7]),
            ),
            "2 sub-policies, the second": (TWO_SUBS, np.array([0.6, 0.95, 0.1, 0.95, 0.9])),
            "2 sub-policies, the first": (TWO_SUBS, np.array([0.4, 0.45, 0.3, 0.3, 0.8])),
            "2 sub-policies, a sign of 0.5": (TWO_SUBS, np.array([0.5, 0.2, 0.5, 0.5, 0.4])),
            "2 sub-policies, only the second step": (TWO_SUBS, np.array([0.2, 0.9, 0.7, 0.1, 0.3])),
            "5 sub-policies, late in the second": (
                FIVE_SUBS,
                np.array([0.39, 0.15, 0.2, 0.1, 0.8]),
            ),
            "5 sub-policies, early in the third": (
                FIVE_SUBS,
                np.array([0.41, 0.1, 0.7, 0.15, 0.3]),
            ),
            "5 sub-policies, the fourth": (FIVE_SUBS, np.array([0.75, 0.15, 0.45, 0.1, 0.55])),
            "5 sub-policies, the last": (FIVE_SUBS, np.array([0.98, 0.05, 0.9, 0.1, 0.1])),
            "5 sub-policies, a number that equals its chance": (
                FIVE_SUBS,
                np.array([0.1, FIVE_SUBS[0][0][1], 0.6, 0.1, 0.4]),
            ),
        },
        misconceptions={
            steps_all_subs: "You applied every sub-policy. One is drawn for each picture.",
            steps_first_sub: "You took the first sub-policy always. u[0] tells which:"
            " int(u[0] * how many).",
            steps_rounded: "You rounded u[0] * how many. Cut it off: int(...). Rounding gives the"
            " first one half its share.",
            steps_other_side: "A step with chance 0.9 should happen nearly always: u < chance.",
            steps_always: "A step happens only if its number is below its chance.",
            steps_unsigned: "The signs are missing: below 0.5 the strength is negative.",
            steps_signs_turned: "Below 0.5 the strength is negative; yours is the other way round.",
            steps_one_sign: "Each step has a sign of its own: u[2] for the first, u[4] for the"
            " second.",
            steps_one_chance: "Each step has a number of its own: u[1] for the first, u[3] for the"
            " second.",
            steps_in_blocks: "The numbers stand step by step: u[1] and u[2] belong to the first.",
            steps_save_numbers: "Each step takes two numbers, also one that does not happen: u[3]"
            " and u[4] belong to the second.",
            steps_left_out: "A step that does not happen has strength 0; leave it in.",
            steps_weakened: "The chance does not weaken a step. It happens or it does not.",
            steps_parts_of_one_less: "The parts are not equal: rounding u[0] * (how many - 1)"
            " gives the first and the last half a part. Cut off instead: int(u[0] * how many).",
            steps_less_strong: "The second number decides the sign only. The strength stays whole.",
        },
        explanation="One sub-policy; u < chance; a sign for each step.",
        dtype=False,
        without=("augment.apply_policy",),
        steps=(
            "sub = policy[int(u[0] * len(policy))].",
            "step k happens if u[1 + 2 * k] < chance; its sign hangs on u[2 + 2 * k].",
        ),
    ),
    "best_so_far": Exercise(
        task="Follow a search: the best so far on validation, and what it reaches in the test",
        reference=best_so_far,
        cases={
            "2 policies": (VALIDATION[:2], TEST[:2]),
            "3 policies, the first gets none right": LOW,
            "4 policies, two are equal": (VALIDATION[:4], TEST[:4]),
            "6 policies": (VALIDATION, TEST),
            "15 policies": LONG,
            "60 policies, each three as good": STAIRS,
        },
        misconceptions={
            best_of_test_too: "The second column is the best *test* so far. You may not look at"
            " the test: take that of the policy that leads on validation.",
            best_chosen_on_test: "You chose by the test. Choose by validation.",
            best_last_of_equals: "Of equal policies keep the first: a tie is no reason to change.",
            best_each_try: "Those are the policies one by one. Keep the best so far.",
            best_test_of_each: "The test is that of the newest policy. Take that of the leader.",
            best_turned: "Rows and columns are swapped: one row for each try.",
            best_swapped: "First validation, then test.",
            best_whole: "You looked ahead: after n tries only the first n are known.",
            best_once: "That is the end of the search. Return a row for each try.",
            best_gap: "Those are the gaps. Return both columns.",
            best_without_this: "The newest policy counts as well: validation[: n + 1].",
            best_sorted: "You sorted. The policies come in their order.",
            best_means: "Those are means so far. Keep the best so far.",
        },
        explanation="The leader on validation, and the test of that same policy.",
        steps=(
            "np.argmax(validation[: n + 1]) is the place of the leader after try n.",
            "both columns at these places: np.column_stack([validation[at], test[at]]).",
        ),
    ),
    "expected_best": Exercise(
        task="Compute how good the best of equal policies looks",
        reference=expected_best,
        cases={
            "2 tries, 3 pictures": (0.6, 3, 2),
            "1 try, 10 pictures": (0.8, 10, 1),
            "5 tries, 20 pictures": (0.9, 20, 5),
            "100 tries, 50 pictures": (0.93, 50, 100),
        },
        misconceptions={
            best_as_one: "That is the truth of each. The best of several *looks* better.",
            best_count: "That is a count. Divide by n.",
            best_is_worst: "That is the worst of them. The best is at most k if *all* are.",
            best_shifted: "Shifted by one: P(best >= k) = 1 - P(one <= k - 1) ** tries, and k runs"
            " from 1 to n.",
            best_with_zero: "k = 0 adds nothing to a count: the sum begins with k = 1.",
            best_no_power: "All of them are at most k with the *power* of the chance, not a"
            " multiple.",
            best_curse: "That is what is gained by luck. Return the expected share itself.",
            best_of_sum: "You added the counts of all. Only the best one is looked at.",
            best_one_sd: "One standard error is what one policy errs by. How far the best lies"
            " above depends on the number of tries.",
            best_median: "That is a quantile of what the best reaches. The mean is asked for.",
            best_distribution: "Those are the chances that the best is *at most* k: 1 - them.",
            best_normal: "That is a rule for many tries and a bell curve. Take the binomial"
            " distribution.",
            best_of_a_bell_curve: "That is the best of a bell curve with this mean and SD. Counts"
            " are binomial, and so is their best.",
        },
        explanation="The mean of a count is the sum of P(best >= k) over k = 1 ... n.",
        steps=(
            "stats.binom.cdf(np.arange(n), n, p) is P(one <= k) for k = 0 ... n - 1.",
            "to the power of tries: all of them. Sum 1 - that, and divide by n.",
        ),
    ),
    "paired_gain": Exercise(
        task="Compare two ways that were tried on the same draws",
        reference=paired_gain,
        cases={
            "3 draws": (OURS, THEIRS),
            "4 draws, less well": (FIVE[1][:4], FIVE[0][:4]),
            "4 draws, two better and two worse": ALIKE,
            "5 draws": FIVE,
        },
        misconceptions={
            gain_unpaired: "That spread takes the draws for unrelated. Both ways met the same"
            " draws: take the differences first.",
            gain_sd: "That is the SD of the gains. Divide by the root of their number for the"
            " standard error of the mean.",
            gain_n: "Few draws: divide by their number less one in the SD (ddof=1).",
            gain_n_sd: "Two slips: ddof=1 in the SD, then divide by the root of the number.",
            gain_turned: "ours less theirs: yours has the other sign.",
            gain_by_n: "Divide the SD by the *root* of the number.",
            gain_variance: "That is the squared standard error. Take its root.",
            gain_points: "Return shares, not points.",
            gain_ends: "Those are the ends of an interval. Return mean and standard error.",
            gain_sizes: "Keep the signs of the differences: some draws may lose.",
            gain_swapped: "First the mean, then the standard error.",
            gain_mean: "The standard error is missing.",
            gain_median: "Take the mean of the gains, not the median.",
            gain_best: "You compared the best draws. Take the mean over all.",
            gain_relative: "You divided. The gain is a difference.",
            gain_of_ours: "That is the error of `ours` alone. Take the SD of the differences.",
            gain_less_one_twice: "One was taken off twice: ddof=1 in the SD is enough, the root is"
            " that of n.",
        },
        explanation="Differences first; their mean, and SD / root of n.",
        steps=("gains = ours - theirs.", "gains.std(ddof=1) / np.sqrt(len(gains))."),
    ),
}
