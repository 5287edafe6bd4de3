"""Exercises of lesson 07: one pixel given its neighbours, schedules, error of an average."""

import numpy as np
from scipy import ndimage

from helpers import ising
from helpers.exercises import Exercise
from helpers.exercises._families import anything

RNG = np.random.default_rng(7)
SPINS = RNG.choice([-1, 1], size=(4, 5))
FIELD = RNG.normal(size=(4, 5)).round(2)
WIDE = RNG.choice([-1, 1], size=(3, 7))
WIDE_FIELD = RNG.normal(size=(3, 7)).round(2)
TINY = np.array([[1, -1, 1], [1, 1, -1]])
TINY_FIELD = np.array([[0.5, -0.2, 0.1], [0.3, 0.0, -0.4]])
CHESSBOARD = np.indices((4, 5)).sum(axis=0) % 2
ROWS, COLUMNS = np.indices((4, 5))
BLOCKS = 2 * (ROWS % 2) + COLUMNS % 2
ONE_CLASH = np.array([[0, 1, 4, 1, 0], [2, 3, 2, 3, 2], [0, 1, 0, 1, 4], [2, 3, 2, 3, 3]])
DRIFTS = RNG.normal(size=(4, 60)).cumsum(axis=1) / 5 + 3


def _sides(row, column):
    return (row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)


def _sum_at(spins, places):
    rows, columns = spins.shape
    return sum(spins[r, c] for r, c in places if 0 <= r < rows and 0 <= c < columns)


def flip_cost(spins, field, coupling, row, column):
    neighbours = _sum_at(spins, _sides(row, column))
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_half(spins, field, coupling, row, column):
    return flip_cost(spins, field, coupling, row, column) / 2


def flip_before_minus_after(spins, field, coupling, row, column):
    return -flip_cost(spins, field, coupling, row, column)


def flip_share_of_the_pixel(spins, field, coupling, row, column):
    return -flip_cost(spins, field, coupling, row, column) / 2


def flip_without_field(spins, field, coupling, row, column):
    return flip_cost(spins, 0 * field, coupling, row, column)


def flip_field_once(spins, field, coupling, row, column):
    cost = flip_cost(spins, field, coupling, row, column)
    return cost - spins[row, column] * field[row, column]


def flip_field_without_spin(spins, field, coupling, row, column):
    neighbours = _sum_at(spins, _sides(row, column))
    return 2 * (spins[row, column] * coupling * neighbours + field[row, column])


def flip_pairs_twice(spins, field, coupling, row, column):
    return flip_cost(spins, field, 2 * coupling, row, column)


def flip_without_own_spin(spins, field, coupling, row, column):
    return flip_cost(spins, field, coupling, row, column) * spins[row, column]


def flip_minus_votes(spins, field, coupling, row, column):
    return -2 * (coupling * _sum_at(spins, _sides(row, column)) + field[row, column])


def flip_coupling_times_field(spins, field, coupling, row, column):
    return flip_cost(spins, coupling * field, coupling, row, column)


def flip_wraps(spins, field, coupling, row, column):
    neighbours = sum(np.take(np.take(spins, r, 0, mode="wrap"), c, mode="wrap")
                     for r, c in _sides(row, column))  # fmt: skip
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_wraps_at_the_start(spins, field, coupling, row, column):
    rows, columns = spins.shape
    inside = [(r, c) for r, c in _sides(row, column) if r < rows and c < columns]
    neighbours = sum(spins[r, c] for r, c in inside)
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_skips_row_zero(spins, field, coupling, row, column):
    rows, columns = spins.shape
    inside = [(r, c) for r, c in _sides(row, column) if 0 < r < rows and 0 < c < columns]
    neighbours = sum(spins[r, c] for r, c in inside)
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_frame_not_shifted(spins, field, coupling, row, column):
    framed = np.pad(spins, 1)
    neighbours = sum(framed[place] for place in _sides(row, column))
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_with_diagonals(spins, field, coupling, row, column):
    places = [(r, c) for r in range(row - 1, row + 2) for c in range(column - 1, column + 2)]
    neighbours = _sum_at(spins, places) - spins[row, column]
    return 2 * spins[row, column] * (coupling * neighbours + field[row, column])


def flip_energy_after(spins, field, coupling, row, column):
    flipped = spins.copy()
    flipped[row, column] *= -1
    return ising.energy(flipped, field, coupling)


def flip_factor_of_weight(spins, field, coupling, row, column):
    return np.exp(-flip_cost(spins, field, coupling, row, column))


def _votes(spins, field, across, down):
    framed = np.pad(np.asarray(spins, dtype=float), 1)
    beside = framed[1:-1, :-2] + framed[1:-1, 2:]
    return across * beside + down * (framed[:-2, 1:-1] + framed[2:, 1:-1]) + field


def p_plus(spins, field, across, down):
    return 1 / (1 + np.exp(-2 * _votes(spins, field, across, down)))


def p_plus_cut_to_whole(spins, field, across, down):
    cross = [[0, down, 0], [across, 0, across], [0, down, 0]]
    votes = ndimage.convolve(spins, cross, mode="constant") + field
    return 1 / (1 + np.exp(-2 * votes))


def p_plus_without_2(spins, field, across, down):
    return 1 / (1 + np.exp(-_votes(spins, field, across, down)))


def p_plus_odds(spins, field, across, down):
    return np.exp(2 * _votes(spins, field, across, down))


def p_plus_weight(spins, field, across, down):
    return np.exp(_votes(spins, field, across, down))


def p_plus_log_odds(spins, field, across, down):
    return 2 * _votes(spins, field, across, down)


def p_plus_of_black(spins, field, across, down):
    return 1 / (1 + np.exp(2 * _votes(spins, field, across, down)))


def p_plus_swapped(spins, field, across, down):
    return p_plus(spins, field, down, across)


def p_plus_without_field(spins, field, across, down):
    return p_plus(spins, 0, across, down)


def p_plus_2_only_on_neighbours(spins, field, across, down):
    return 1 / (1 + np.exp(-2 * _votes(spins, 0, across, down) - field))


def p_plus_wraps(spins, field, across, down):
    beside = np.roll(spins, 1, axis=1) + np.roll(spins, -1, axis=1)
    above = np.roll(spins, 1, axis=0) + np.roll(spins, -1, axis=0)
    return 1 / (1 + np.exp(-2 * (across * beside + down * above + field)))


def p_plus_frame_repeats(spins, field, across, down):
    framed = np.pad(spins, 1, mode="edge")
    beside, above = framed[1:-1, :-2] + framed[1:-1, 2:], framed[:-2, 1:-1] + framed[2:, 1:-1]
    return 1 / (1 + np.exp(-2 * (across * beside + down * above + field)))


def p_plus_decides(spins, field, across, down):
    return np.where(p_plus(spins, field, across, down) > 0.5, 1, -1)


def p_plus_coupling_times_field(spins, field, across, down):
    neighbours = _votes(spins, 0, across, down)
    return 1 / (1 + np.exp(-2 * (neighbours + (across + down) * field)))


def p_plus_both_couplings(spins, field, across, down):
    return p_plus(spins, field, across + down, across + down)


def p_plus_mean_coupling(spins, field, across, down):
    return p_plus(spins, field, (across + down) / 2, (across + down) / 2)


def p_plus_right_and_below(spins, field, across, down):
    framed = np.pad(spins, 1)
    votes = across * framed[1:-1, 2:] + down * framed[2:, 1:-1] + field
    return 1 / (1 + np.exp(-2 * votes))


def p_plus_left_and_above(spins, field, across, down):
    framed = np.pad(spins, 1)
    votes = across * framed[1:-1, :-2] + down * framed[:-2, 1:-1] + field
    return 1 / (1 + np.exp(-2 * votes))


def p_plus_mean_spin(spins, field, across, down):
    return np.tanh(_votes(spins, field, across, down))


def p_plus_percent(spins, field, across, down):
    return 100 * p_plus(spins, field, across, down)


def p_plus_present_value(spins, field, across, down):
    return 1 / (1 + np.exp(-2 * spins * _votes(spins, field, across, down)))


def _clashes(groups):
    """Return whether there is a clash across, down, along one and the other diagonal."""
    pairs = (
        (groups[:, 1:], groups[:, :-1]),
        (groups[1:], groups[:-1]),
        (groups[1:, 1:], groups[:-1, :-1]),
        (groups[1:, :-1], groups[:-1, 1:]),
    )
    return [bool((one == other).any()) for one, other in pairs]


def schedule(groups):
    return not any(_clashes(groups))


def schedule_four_neighbours(groups):
    return not any(_clashes(groups)[:2])


def schedule_one_diagonal(groups):
    return not any(_clashes(groups)[:3])


def schedule_other_diagonal(groups):
    across, down, _, other = _clashes(groups)
    return not (across or down or other)


def schedule_only_diagonals(groups):
    return not any(_clashes(groups)[2:])


def schedule_inverted(groups):
    return any(_clashes(groups))


def schedule_inverted_four_neighbours(groups):
    return any(_clashes(groups)[:2])


def schedule_counts_groups(groups):
    return len(np.unique(groups)) >= 4


def schedule_exactly_four(groups):
    return len(set(groups.ravel().tolist())) == 4


def schedule_all_different(groups):
    return np.unique(groups).size == groups.size


def schedule_wraps(groups):
    steps = ((0, 1), (1, 0), (1, 1), (1, -1))
    return not any((groups == np.roll(groups, step, (0, 1))).any() for step in steps)


def schedule_one_good_pair(groups):
    pairs = [groups[:, 1:] != groups[:, :-1], groups[1:] != groups[:-1]]
    pairs += [groups[1:, 1:] != groups[:-1, :-1], groups[1:, :-1] != groups[:-1, 1:]]
    return all(bool(pair.any()) for pair in pairs if pair.size)


def schedule_all_pairs_clash(groups):
    pairs = [groups[:, 1:] == groups[:, :-1], groups[1:] == groups[:-1]]
    pairs += [groups[1:, 1:] == groups[:-1, :-1], groups[1:, :-1] == groups[:-1, 1:]]
    return not all(bool(pair.all()) for pair in pairs)


def schedule_first_good_block(groups):
    rows, columns = groups.shape
    blocks = [groups[r : r + 2, c : c + 2] for r in range(rows - 1) for c in range(columns - 1)]
    return any(np.unique(block).size == 4 for block in blocks)


def schedule_blocks_end_early(groups):
    return schedule_blocks(groups[:-1, :-1])


def schedule_inner_pixels(groups):
    rows, columns = groups.shape
    for row in range(1, rows - 1):
        for column in range(1, columns - 1):
            block = groups[row - 1 : row + 2, column - 1 : column + 2]
            if (block == groups[row, column]).sum() > 1:
                return False
    return True


def schedule_misses_the_last_lines(groups):
    rows, columns = groups.shape
    for row in range(rows - 1):
        for column in range(columns - 1):
            here, right = groups[row, column], groups[row, column + 1]
            below, opposite = groups[row + 1, column], groups[row + 1, column + 1]
            if here in (right, below, opposite) or right == below:
                return False
    return True


def schedule_blocks(groups):
    rows, columns = groups.shape
    blocks = [groups[r : r + 2, c : c + 2] for r in range(rows - 1) for c in range(columns - 1)]
    return all(np.unique(block).size == 4 for block in blocks)


def schedule_every_second_block(groups):
    rows, columns = (range(0, n - 1, 2) for n in groups.shape)
    blocks = (groups[r : r + 2, c : c + 2] for r in rows for c in columns)
    return all(np.unique(block).size == 4 for block in blocks)


def schedule_first_diagonal_only(groups):
    return min(groups.shape) < 2 or bool(groups[0, 0] != groups[1, 1])


def schedule_returns_in_the_loop(groups):
    rows, columns = groups.shape
    if rows < 2 or columns < 2:
        return True
    return len(set(groups[:2, :2].ravel().tolist())) == 4


def schedule_groups_from_zero(groups):
    return all(
        schedule(np.where(groups == group, -1, np.arange(groups.size).reshape(groups.shape)))
        for group in range(np.unique(groups).size)
    )


def error_of_mean(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(ddof=1) / np.sqrt(means.size)


def error_plain(traces, burn_in, batches):
    kept = traces[:, burn_in:]
    return kept.std(ddof=1) / np.sqrt(kept.size)


def error_with_burn_in(traces, burn_in, batches):
    return error_of_mean(traces, 0, batches)


def error_keeps_burn_in_only(traces, burn_in, batches):
    return error_of_mean(traces[:, :burn_in], 0, batches)


def error_drops_the_end(traces, burn_in, batches):
    return error_of_mean(traces[:, : traces.shape[1] - burn_in], 0, batches)


def error_drops_chains(traces, burn_in, batches):
    return error_of_mean(traces[burn_in:], 0, batches)


def error_across_chains(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(batches, -1).mean(axis=1)
    return means.std(ddof=1) / np.sqrt(batches)


def error_of_chain_means(traces, burn_in, batches):
    means = traces[:, burn_in:].mean(axis=1)
    return means.std(ddof=1) / np.sqrt(len(means))


def error_without_root(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(ddof=1)


def error_by_number(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(ddof=1) / means.size


def error_squared(traces, burn_in, batches):
    return error_of_mean(traces, burn_in, batches) ** 2


def error_with_n(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std() / np.sqrt(means.size)


def error_mean_itself(traces, burn_in, batches):
    return traces[:, burn_in:].mean()


def error_chains_averaged_first(traces, burn_in, batches):
    means = traces[:, burn_in:].mean(axis=0).reshape(batches, -1).mean(axis=1)
    return means.std(ddof=1) / np.sqrt(batches)


def error_over_chains(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=0)
    return means.std(ddof=1) / np.sqrt(means.size)


def error_interleaved(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), -1, batches).mean(axis=1)
    return means.std(ddof=1) / np.sqrt(means.size)


def error_batches_as_length(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(-1, batches).mean(axis=1)
    return means.std(ddof=1) / np.sqrt(means.size)


def error_by_sweeps(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(ddof=1) / np.sqrt(traces[:, burn_in:].size)


def error_by_batches_only(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(ddof=1) / np.sqrt(batches)


def error_of_each_chain(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return (means.std(axis=1, ddof=1) / np.sqrt(batches)).mean()


def error_for_each_chain(traces, burn_in, batches):
    means = traces[:, burn_in:].reshape(len(traces), batches, -1).mean(axis=-1)
    return means.std(axis=1, ddof=1) / np.sqrt(batches)


def schedule_without_below(groups):
    across, _, one, other = _clashes(groups)
    return not (across or one or other)


def schedule_without_beside(groups):
    return not any(_clashes(groups)[1:])


EXERCISES = {
    "outvoted": Exercise(
        task="Predict the colour of a pixel beside a neighbour that leans to white",
        reference="likelier white",
        choices=("still likelier black", "exactly even", "likelier white"),
        misconceptions={
            "still likelier black": "Its own evidence is weak (-0.3), the coupling is 0.7, and the"
            " neighbour is white most of the time: the neighbour's vote weighs more.",
            "exactly even": "Evidence and vote would have to cancel exactly. Here the vote of a"
            " neighbour that leans to white weighs more than 0.3.",
        },
        explanation="The neighbour is mostly white, and 0.7 times that is more than 0.3.",
        again=Exercise(
            task="Predict the colour of a pixel, evidence -0.8, coupling 0.5, its neighbour white",
            reference="likelier black",
            choices=("likelier black", "exactly even", "likelier white"),
            misconceptions={
                "exactly even": "The vote of a white neighbour is +0.5. Add the evidence of -0.8.",
                "likelier white": "The neighbour votes with 0.5 only, and the evidence is -0.8.",
            },
            explanation="-0.8 + 0.5 is below 0.",
        ),
    ),
    "likelier": Exercise(
        task="Predict what taking the likelier value does in the long run",
        reference="one state for ever",
        choices=(
            "the same shares as with draws",
            "all four states equally often",
            "one state for ever",
        ),
        misconceptions={
            "the same shares as with draws": "Follow two turns by hand: nothing is left to chance,"
            " so an unlikely value never appears.",
            "all four states equally often": "Follow two turns by hand, from (1, 1): which of the"
            " two pixels has a reason to change?",
        },
        explanation="Where no pixel has a likelier value than its own, nothing moves any more.",
    ),
    "at_once": Exercise(
        task="Predict what drawing all pixels at once breaks",
        reference="how often neighbours agree",
        choices=(
            "how often a pixel is white",
            "how often neighbours agree",
            "both",
            "neither",
        ),
        misconceptions={
            "how often a pixel is white": "Each pixel did ask neighbours that were drawn properly,"
            " only one step earlier. What about two neighbours in the same picture?",
            "both": "Half of it is right: each pixel alone did ask neighbours that were drawn"
            " properly, one step earlier, and its share of white is right.",
            "neither": "A pixel asked the old value of its neighbour, and the new picture shows"
            " the neighbour's new value. So what about the two together?",
        },
        explanation="Each pixel asked the old neighbours, and stands beside the new ones.",
    ),
    "settled": Exercise(
        task="Predict what two settled energies prove",
        reference="neither",
        choices=(
            "both chains now draw from the same pictures",
            "the burn-in is long enough",
            "neither",
        ),
        misconceptions={
            "both chains now draw from the same pictures": "Which pictures have the same energy?"
            " Swap"
            " black and white in a picture, and compute its energy again.",
            "the burn-in is long enough": "The energy has forgotten the start, but has the"
            " picture? Swap black and white in a picture, and compute its energy again.",
        },
        explanation="Without evidence the energy is the same for a picture and for its negative.",
    ),
    "last": Exercise(
        task="Predict how often one draw is wrong where 0.9 is white",
        reference=0.18,
        misconceptions={
            0.1: "That is the error of always answering white. One draw answers black now and"
            " then, and is usually wrong when it does.",
            0.09: "That is one way to be wrong: white drawn, black true. There is a second way.",
            0.82: "That is how often the draw is right: 0.9 · 0.9 + 0.1 · 0.1.",
            0.81: "That is how often both are white. The draw is wrong when the two differ.",
            0.01: "That is how often both are black. The draw is wrong when the two differ.",
            0.2: "Nearly: 0.1 + 0.1 also counts the cases in which both are black.",
            0.19: "That is how often at least one of the two is black. When both are, the draw is"
            " right.",
            18: "Write it as a number between 0 and 1.",
            anything: "The draw is wrong when it is white and the truth black, or black and the"
            " truth white. Multiply for each, then add.",
        },
        atol=1e-3,
        explanation="0.9 · 0.1 + 0.1 · 0.9: nearly twice the error of always answering white.",
        again=Exercise(
            task="Predict how often one draw is wrong where 0.7 is white",
            reference=0.42,
            misconceptions={
                0.3: "That is the error of always answering white. One draw is worse.",
                0.21: "That is one way to be wrong: white drawn, black true. There is a second.",
                0.58: "That is how often the draw is right: 0.7 · 0.7 + 0.3 · 0.3.",
                anything: "Multiply for each of the two ways to be wrong, then add.",
            },
            atol=1e-3,
            explanation="0.7 · 0.3 + 0.3 · 0.7.",
        ),
    ),
    "flip_cost": Exercise(
        task="Find what a flip costs in energy",
        reference=flip_cost,
        cases={
            "1 x 1 pixel": (np.array([[-1]]), np.array([[0.7]]), 0.5, 0, 0),
            "1 x 2 pixels without evidence": (np.array([[1, -1]]), np.zeros((1, 2)), 0.5, 0, 0),
            "2 x 3 pixels, top left": (TINY, TINY_FIELD, 0.6, 0, 0),
            "2 x 3 pixels, bottom right": (TINY, TINY_FIELD, 0.6, 1, 2),
            "4 x 5 pixels, inside": (SPINS, FIELD, 0.4, 2, 1),
            "4 x 5 pixels, first row": (SPINS, FIELD, 0.4, 0, 3),
            "4 x 5 pixels, last column": (SPINS, FIELD, 0.4, 2, 4),
        },
        misconceptions={
            flip_half: "That is half of it. The pixel's terms do not vanish, they change sign: from"
            " -v to +v is a step of 2v.",
            flip_before_minus_after: "The sign is turned round: after minus before. A pixel that"
            " agrees with everything must cost energy to flip.",
            flip_share_of_the_pixel: "That is the pixel's part of the energy before the flip."
            " After it the part has the opposite sign: take the difference.",
            flip_without_field: "The neighbours are in, the pixel's own evidence is missing: the"
            " field changes its sign in the energy as well.",
            flip_field_once: "The neighbours are right. The field's term changes its sign too, so"
            " it counts twice.",
            flip_field_without_spin: "The neighbours' part is right. The field's part needs the"
            " pixel's own value too: evidence for ink costs only a pixel that is ink.",
            flip_pairs_twice: "Each pair counts once in the energy. You counted the pairs of this"
            " pixel twice.",
            flip_without_own_spin: "These are twice the votes. Whether a flip costs or gains"
            " depends on the pixel's present value as well: multiply by it.",
            flip_minus_votes: "Right for black pixels, turned round for white ones: multiply by"
            " the pixel's present value.",
            flip_coupling_times_field: "The coupling belongs to the neighbours only. The field"
            " stands beside it, not inside the bracket.",
            flip_wraps: "A pixel at the border got neighbours from the opposite border. Leave out"
            " the places that do not exist.",
            flip_wraps_at_the_start: "In the first row, row - 1 is -1, and Python counts that from"
            " the end: the last row voted. Check for 0 as well.",
            flip_skips_row_zero: "Row 0 and column 0 belong to the picture, but as neighbours they"
            " did not vote: check with 0 <=, not 0 <.",
            flip_frame_not_shifted: "The neighbours are those of another pixel: inside a frame of"
            " one pixel all places move by 1, so [row, column] stands at [row + 1, column + 1].",
            flip_with_diagonals: "The diagonals voted as well. A pixel has four neighbours here.",
            flip_energy_after: "That is the energy after the flip. Subtract the energy before it.",
            flip_factor_of_weight: "That is the factor by which the weight changes. The cost is"
            " the change of the energy itself, before the exponential.",
        },
        explanation="2 · spin · votes: every term with this pixel changes its sign.",
        steps=(
            "which terms of the energy hold this pixel? Up to four pairs and one field.",
            "add up the neighbours that exist, times the coupling, plus the field. Each such term"
            " goes from -v to +v.",
        ),
    ),
    "p_plus": Exercise(
        task="Find each pixel's chance of +1 with two couplings",
        reference=p_plus,
        cases={
            "1 x 1 pixel without evidence": (np.array([[1]]), np.array([[0.0]]), 0.5, 0.5),
            "1 x 2 pixels": (np.array([[1, -1]]), np.array([[0.4, 0.1]]), 0.5, 0.2),
            "2 x 3 pixels": (TINY, TINY_FIELD, 0.8, 0.3),
            "4 x 5 pixels": (SPINS, FIELD, 0.2, 0.6),
            "7 x 3 pixels, int8": (WIDE.T.astype(np.int8), WIDE_FIELD.T, 0.7, 0.0),
        },
        misconceptions={
            p_plus_cut_to_whole: "The votes were cut to whole numbers: ndimage.convolve keeps the"
            " number type of its input. Convolve spins.astype(float).",
            p_plus_without_2: "The factor 2 is missing: white has the weight exp(v), black"
            " exp(-v), and their ratio is exp(2v).",
            p_plus_odds: "These are the odds, white : black. With no evidence and no neighbours the"
            " answer must be 1/2: odds / (1 + odds).",
            p_plus_weight: "That is the weight of white alone. Divide by the sum of both weights:"
            " with no evidence and no neighbours the answer must be 1/2.",
            p_plus_log_odds: "These are the log-odds, the places on the ruler. The logistic"
            " function turns them into probabilities.",
            p_plus_of_black: "That is the chance of -1: the logistic function has a minus sign.",
            p_plus_swapped: "The two couplings are swapped. Neighbours side by side differ in"
            " their column, which is the second index.",
            p_plus_without_field: "The neighbours are in, the pixel's own evidence is missing.",
            p_plus_2_only_on_neighbours: "The factor 2 belongs to the field as well: it multiplies"
            " all the votes.",
            p_plus_wraps: "The border wraps round: the first column got votes from the last one, or"
            " the first row from the last. Put a frame of zeros round the picture.",
            p_plus_frame_repeats: "The frame repeats the border, so pixels there vote for"
            " themselves. A frame of zeros does not vote.",
            p_plus_coupling_times_field: "The couplings belong to the neighbours only. The field is"
            " added as it is.",
            p_plus_both_couplings: "Each neighbour was multiplied by both couplings. Side by side"
            " counts with `across`, one above the other with `down`.",
            p_plus_mean_coupling: "You took the mean of the two couplings. Sum the two directions"
            " apart, and multiply each by its own.",
            p_plus_right_and_below: "Only the right and the lower neighbour voted. There are two in"
            " each direction.",
            p_plus_left_and_above: "Only the left and the upper neighbour voted. There are two in"
            " each direction.",
            p_plus_mean_spin: "That is the expected value of the pixel, between -1 and +1. The"
            " chance of +1 lies between 0 and 1: add 1 and halve.",
            p_plus_percent: "These are per cent. Return numbers between 0 and 1.",
            p_plus_decides: "You decided for the likelier value. Return its chance; the coin is"
            " thrown later.",
            p_plus_present_value: "That is the chance that a pixel keeps its present value. Its"
            " own value has no say in the draw: only neighbours and field.",
        },
        explanation="Each direction has its own coupling; the ruler stays the same.",
        steps=(
            "put a frame of zeros round the picture: it does not vote, and borders need no care.",
            "two shifted slices times `across`, two times `down`, plus the field; then the"
            " logistic function of twice that.",
        ),
    ),
    "schedule": Exercise(
        task="Tell whether a schedule is legal for eight neighbours",
        reference=schedule,
        cases={
            "1 x 1 pixel": (np.array([[0]]),),
            "1 x 2 pixels of one group": (np.array([[0, 0]]),),
            "1 x 3 pixels, 0 1 0": (np.array([[0, 1, 0]]),),
            "3 x 1 pixels, 0 2 2": (np.array([[0], [2], [2]]),),
            "1 x 4 pixels, 0 1 2 3": (np.array([[0, 1, 2, 3]]),),
            "2 x 2 pixels, 0 1 and 2 0": (np.array([[0, 1], [2, 0]]),),
            "2 x 2 pixels, 0 1 and 1 2": (np.array([[0, 1], [1, 2]]),),
            "2 x 2 pixels, 0 1 and 2 3": (np.array([[0, 1], [2, 3]]),),
            "2 x 2 pixels, 0 1 and 0 2": (np.array([[0, 1], [0, 2]]),),
            "2 x 2 pixels, 0 0 and 1 2": (np.array([[0, 0], [1, 2]]),),
            "2 x 3 pixels, a clash at the right": (np.array([[3, 0, 2], [2, 4, 3]]),),
            "2 x 3 pixels, 0 1 2 above 2 3 0": (np.array([[0, 1, 2], [2, 3, 0]]),),
            "2 x 3 pixels, 0 1 2 above 3 2 4": (np.array([[0, 1, 2], [3, 2, 4]]),),
            "2 x 3 pixels, 0 0 1 above 2 3 0": (np.array([[0, 0, 1], [2, 3, 0]]),),
            "2 x 4 pixels, a clash in the middle": (np.array([[0, 1, 2, 3], [2, 3, 1, 0]]),),
            "2 x 4 pixels, a clash at the right": (np.array([[0, 1, 4, 4], [2, 3, 5, 0]]),),
            "3 x 3 pixels, a clash above": (np.array([[0, 0, 1], [2, 3, 4], [0, 1, 0]]),),
            "3 x 3 pixels, a clash below": (np.array([[0, 1, 0], [2, 3, 2], [0, 1, 3]]),),
            "4 x 5 pixels, a chessboard": (CHESSBOARD,),
            "4 x 5 pixels, four groups": (BLOCKS,),
            "4 x 5 pixels, six groups": (BLOCKS + 4 * (ROWS == 0) * (COLUMNS < 2),),
            "4 x 5 pixels, one clash in the last row": (ONE_CLASH,),
            "4 x 5 pixels, all in one group": (0 * CHESSBOARD,),
        },
        misconceptions={
            schedule_four_neighbours: "Side by side and one above the other is right, but diagonal"
            " neighbours ask each other as well here.",
            schedule_one_diagonal: "One diagonal is missing, the one from the top right down to the"
            " left: shift down and to the left.",
            schedule_other_diagonal: "One diagonal is missing, the one from the top left down to"
            " the right: shift down and to the right.",
            schedule_only_diagonals: "The diagonals are right; pixels side by side and one above"
            " the other ask each other as well.",
            schedule_inverted: "Turned round: return True if there is no clash.",
            schedule_inverted_four_neighbours: "Two things: it is turned round, so return True if"
            " there is no clash; and diagonal neighbours ask each other as well.",
            schedule_counts_groups: "Counting groups is not enough: with many groups two neighbours"
            " can still share one. Compare neighbours.",
            schedule_exactly_four: "The number of groups says little: more than four can be legal,"
            " and four can clash. Compare neighbours.",
            schedule_all_different: "Pixels that do not touch may share a group; that is the point"
            " of a schedule. Compare neighbours only.",
            schedule_wraps: "This comes out if borders are compared with the opposite borders. The"
            " picture does not wrap round: use slices instead of np.roll.",
            schedule_one_good_pair: "This comes out if one pair without a clash is enough in each"
            " direction. All pairs must differ.",
            schedule_all_pairs_clash: "That is False only where all pairs clash. One clash is"
            " enough to be illegal: ask any, not all.",
            schedule_first_good_block: "This comes out if one block without a clash is enough for"
            " True. All must be looked at: in a loop, return True belongs after it.",
            schedule_blocks_end_early: "A clash in the last row or the last column is missed. Does"
            " a loop end one block too early?",
            schedule_inner_pixels: "Some pixels at the border were never compared: a small picture,"
            " or a clash in the last row or column, is missed.",
            schedule_misses_the_last_lines: "Two pixels side by side in the last row, or one above"
            " the other in the last column, were never compared.",
            schedule_blocks: "A good idea for larger pictures, but one row or one column has no"
            " block of 2 x 2, and its pixels touch all the same.",
            schedule_first_diagonal_only: "This comes out if only the first pixel and the one down"
            " to the right of it are compared. Compare all pairs before True is returned, and the"
            " other directions.",
            schedule_returns_in_the_loop: "This comes out if only the first block of pixels is"
            " looked at. In a loop, return True belongs after it, not inside.",
            schedule_every_second_block: "Pairs across blocks were never compared. Blocks of 2 x 2"
            " overlap: one starts at every row and column but the last.",
            schedule_groups_from_zero: "Groups need not be numbered 0, 1, 2 and so on, so one of"
            " them was never looked at. Compare neighbours, or go through np.unique(groups).",
            schedule_without_below: "Pixels one above the other ask each other as well: compare"
            " with the array shifted down.",
            schedule_without_beside: "Pixels side by side ask each other as well: compare with the"
            " array shifted to the right.",
        },
        explanation="Partners must stand still while a pixel is drawn, all eight of them.",
        steps=(
            "compare all but the first column with all but the last. What does a match mean?",
            "do the same with the rows, and with both shifted at once, along each diagonal.",
        ),
    ),
    "groups": Exercise(
        task="Find the fewest groups for eight neighbours",
        reference=4,
        misconceptions={
            1: "Then everybody moves at once. The neighbours of a pixel must stand still while it"
            " is drawn.",
            2: "On a chessboard, diagonal neighbours have the same colour. Try it with your"
            " function.",
            3: "Look at a block of 2 x 2: each of its four pixels touches the other three.",
            5: "That works, but fewer do. Repeat a block of 2 x 2.",
            8: "A pixel has eight neighbours, but they may share groups if they do not touch each"
            " other.",
            9: "That works: repeat a block of 3 x 3. But pixels two steps apart do not touch each"
            " other.",
            anything: "Look at a block of 2 x 2 for how many are needed at least; then repeat it.",
        },
        explanation="A 2 x 2 block needs four, and repeating it is enough.",
        again=Exercise(
            task="Find the fewest groups for one row, each pixel asking two on either side",
            reference=3,
            misconceptions={
                2: "With 0 1 0 1 a pixel and the one two steps away share a group.",
                4: "That works, but fewer do. Repeat a pattern of three.",
                5: "A pixel and its four partners are five, but the two outermost may share.",
                anything: "Three pixels in a row all ask each other. Then repeat the pattern.",
            },
            explanation="0 1 2 0 1 2: equal numbers are three steps apart.",
        ),
    ),
    "error_of_mean": Exercise(
        task="Find the error of an average over several chains",
        reference=error_of_mean,
        cases={
            "2 chains of 4, burn-in 0, 2 batches": (np.array([[1.0, 3, 2, 6], [4, 0, 5, 5]]), 0, 2),
            "1 chain of 12, burn-in 2, 2 batches": (DRIFTS[:1, :12], 2, 2),
            "2 chains of 6, burn-in 2, 2 batches": (
                np.array([[9.0, 5, 1, 2, 4, 4], [0, 1, 3, 1, 2, 6]]),
                2,
                2,
            ),
            "3 chains of 20, burn-in 4, 4 batches": (DRIFTS[:3, 20:40], 4, 4),
            "4 chains of 60, burn-in 10, 5 batches": (DRIFTS, 10, 5),
        },
        misconceptions={
            error_plain: "That takes all sweeps as independent. First take the mean of each batch;"
            " the formula is for these means.",
            error_with_burn_in: "The burn-in is still in: drop the first sweeps of each chain.",
            error_keeps_burn_in_only: "You kept the burn-in and dropped the rest: the slice must"
            " start at burn_in, not end there.",
            error_drops_the_end: "The last sweeps were dropped. The burn-in is the start of each"
            " chain: traces[:, burn_in:].",
            error_drops_chains: "traces[burn_in:] drops whole chains. The sweeps are the second"
            " axis: traces[:, burn_in:].",
            error_across_chains: "These batches were cut from all chains glued together. Cut each"
            " chain by itself: with c chains there are c times `batches` means.",
            error_of_chain_means: "That makes one batch of each chain. Cut each chain into"
            " `batches` batches.",
            error_without_root: "That is the SD of the batch means. The mean of them all varies"
            " less: divide by the square root of their number.",
            error_by_number: "You divided by the number of batch means. Divide by its square root.",
            error_squared: "That is the variance of the mean. Take the square root.",
            error_with_n: "Nearly: the SD of the batch means should have ddof=1.",
            error_mean_itself: "That is the mean. The question is how far off it may be.",
            error_chains_averaged_first: "You averaged over the chains before cutting batches. Each"
            " chain has `batches` batches of its own.",
            error_over_chains: "axis=0 averages over the chains. The mean of a batch runs along its"
            " sweeps, the last axis.",
            error_interleaved: "Your batches take every few sweeps, not sweeps in a row. The last"
            " axis must run along one batch: reshape(chains, batches, -1).",
            error_batches_as_length: "`batches` is the number of batches, not their length.",
            error_by_sweeps: "Divide by the square root of the number of batch means, not of the"
            " number of sweeps.",
            error_by_batches_only: "There are `batches` batches in each chain. Divide by the square"
            " root of the number of all batch means.",
            error_of_each_chain: "That is the error of one chain, averaged. The mean over all"
            " chains is more certain: treat all batch means together.",
            error_for_each_chain: "That is one error for each chain. Treat the batch means of all"
            " chains together, and return one number.",
        },
        explanation="Batch means of all chains, their SD, and the root of their number.",
    ),
}
