"""Other right and wrong answers to the exercises of lesson 07."""

import numpy as np
from scipy import ndimage

from helpers import ising
from helpers.exercises import lesson_07 as lesson
from helpers.exercises._families import anything


def flip_cost_by_padding(spins, field, coupling, row, column):
    framed = np.pad(spins, 1)
    r, c = row + 1, column + 1
    neighbours = framed[r - 1, c] + framed[r + 1, c] + framed[r, c - 1] + framed[r, c + 1]
    return 2 * (coupling * neighbours + field[row, column]) * spins[row, column]


def flip_cost_by_whole_energies(spins, field, coupling, row, column):
    flipped = spins.copy()
    flipped[row, column] *= -1
    return ising.energy(flipped, field, coupling) - ising.energy(spins, field, coupling)


def flip_half_by_padding(spins, field, coupling, row, column):
    return flip_cost_by_padding(spins, field, coupling, row, column) * 0.5


def flip_energies_swapped(spins, field, coupling, row, column):
    return -flip_cost_by_whole_energies(spins, field, coupling, row, column)


def flip_wraps_by_roll(spins, field, coupling, row, column):
    shifted = [np.roll(spins, step, axis) for axis in (0, 1) for step in (1, -1)]
    return (2 * spins * (coupling * sum(shifted) + field))[row, column]


def p_plus_by_loop(spins, field, across, down):
    chances = np.zeros(spins.shape)
    for row, column in np.ndindex(*spins.shape):
        above, below, left, right = lesson._sides(row, column)
        votes = down * lesson._sum_at(spins, (above, below)) + across * lesson._sum_at(
            spins, (left, right)
        )
        white, black = np.exp([votes + field[row, column], -votes - field[row, column]])
        chances[row, column] = white / (white + black)
    return chances


def p_plus_by_tanh(spins, field, across, down):
    cross = np.array([[0, down, 0], [across, 0, across], [0, down, 0]], dtype=float)
    votes = ndimage.convolve(spins.astype(float), cross, mode="constant") + field
    return (1 + np.tanh(votes)) / 2


def p_plus_without_2_by_odds(spins, field, across, down):
    odds = np.exp(lesson._votes(spins, field, across, down))
    return odds / (1 + odds)


def p_plus_weight_by_loop(spins, field, across, down):
    return np.array([[np.exp(v) for v in row] for row in lesson._votes(spins, field, across, down)])


def p_plus_frame_wraps(spins, field, across, down):
    framed = np.pad(spins, 1, mode="wrap")
    beside, above = framed[1:-1, :-2] + framed[1:-1, 2:], framed[:-2, 1:-1] + framed[2:, 1:-1]
    return 1 / (1 + np.exp(-2 * (across * beside + down * above + field)))


def schedule_by_loop(groups):
    rows, columns = groups.shape
    for row, column in np.ndindex(rows, columns):
        for r in range(max(row - 1, 0), min(row + 2, rows)):
            for c in range(max(column - 1, 0), min(column + 2, columns)):
                if (r, c) != (row, column) and groups[r, c] == groups[row, column]:
                    return False
    return True


def schedule_by_filters(groups):
    for group in np.unique(groups):
        crowd = ndimage.convolve(
            (groups == group).astype(int), np.ones((3, 3), int), mode="constant"
        )
        if np.any(crowd[groups == group] > 1):
            return np.False_
    return np.True_


def schedule_four_neighbours_by_diff(groups):
    return bool(np.all(np.diff(groups, axis=0) != 0) and np.all(np.diff(groups, axis=1) != 0))


def error_by_loop(traces, burn_in, batches):
    means = []
    for trace in traces:
        means.extend(part.mean() for part in np.split(trace[burn_in:], batches))
    return np.sqrt(np.var(means, ddof=1) / len(means))


def error_by_length(traces, burn_in, batches):
    length = (traces.shape[1] - burn_in) // batches
    means = traces[:, burn_in:].reshape(-1, length).mean(axis=1)
    return np.std(means, ddof=1) / len(means) ** 0.5


def error_plain_flat(traces, burn_in, batches):
    values = [value for trace in traces for value in trace[burn_in:]]
    return np.std(values, ddof=1) / len(values) ** 0.5


ACCEPTED = {
    "flip_cost": (flip_cost_by_padding, flip_cost_by_whole_energies),
    "p_plus": (p_plus_by_loop, p_plus_by_tanh),
    "schedule": (schedule_by_loop, schedule_by_filters),
    "error_of_mean": (error_by_loop, error_by_length),
}

VARIANTS = {
    "last": {0.5: anything},
    "flip_cost": {
        flip_half_by_padding: lesson.flip_half,
        flip_energies_swapped: lesson.flip_before_minus_after,
        flip_wraps_by_roll: lesson.flip_wraps,
    },
    "p_plus": {
        p_plus_without_2_by_odds: lesson.p_plus_without_2,
        p_plus_weight_by_loop: lesson.p_plus_weight,
        p_plus_frame_wraps: lesson.p_plus_wraps,
    },
    "schedule": {
        schedule_four_neighbours_by_diff: lesson.schedule_four_neighbours,
        (lambda groups: groups.max() >= 3): lesson.schedule_counts_groups,
    },
    "groups": {16: anything},
    "error_of_mean": {
        error_plain_flat: lesson.error_plain,
        (
            lambda traces, burn_in, batches: error_by_loop(traces, 0, batches)
        ): lesson.error_with_burn_in,
    },
}
