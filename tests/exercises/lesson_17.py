"""Other right and wrong answers to the exercises of lesson 17."""

import numpy as np
from scipy import signal

from helpers import temporal_differences
from helpers.exercises import lesson_17 as lesson


def walk_by_sums(states, coins):
    middle = (states + 1) // 2
    places = np.append(middle, middle + np.cumsum(2 * np.asarray(coins, int) - 1)).astype(int)
    out = np.flatnonzero((places == 0) | (places == states + 1))
    return places[: out[0] + 1 if out.size else None].tolist()


def walk_while(states, coins):
    coins, found = list(coins), [(states + 1) / 2]
    while coins and 1 <= found[-1] <= states:
        found.append(found[-1] + {0: -1, 1: 1}[coins.pop(0)])
    return [int(place) for place in found]


def walk_waits_at_the_end(states, coins):
    places = [states // 2 + 1]
    for coin in coins:
        here = places[-1]
        places.append(here if here in (0, states + 1) else here + 2 * coin - 1)
    return places


def returns_by_double_loop(rewards, discount):
    found = []
    for first in range(len(rewards)):
        total = 0
        for later in range(first, len(rewards)):
            total += rewards[later] * discount ** (later - first)
        found.append(total)
    return found


def returns_by_filter(rewards, discount):
    return signal.lfilter([1], [1, -discount], rewards[::-1])[::-1]


def returns_by_the_lesson(rewards, discount):
    told = temporal_differences.record([range(len(rewards))], [list(rewards)])
    return temporal_differences.returns(told, discount=discount)


def returns_powers_upside_down(rewards, discount):
    return np.array([np.sum(discount ** np.arange(len(rewards)) * rewards)] * len(rewards))


def td_by_pairs(values, path, rewards, step, discount):
    new = [float(value) for value in values]
    for now, after, reward in zip(path, [*path[1:], None], rewards, strict=True):
        ahead = 0 if after is None else new[after]
        error = reward + discount * ahead - new[now]
        new[now] = new[now] + step * error
    return new


def td_by_weights(values, path, rewards, step, discount):
    new = np.append(values, 0.0)
    for place, after in enumerate([*path[1:], -1]):
        target = rewards[place] + discount * new[after]
        new[path[place]] = (1 - step) * new[path[place]] + step * target
    return new[:-1]


def td_by_the_lesson(values, path, rewards, step, discount):
    told = temporal_differences.record([path], [list(rewards)])
    return temporal_differences.td_values(
        told, len(values), step=step, start=values, discount=discount
    )


def td_monte_carlo(values, path, rewards, step, discount):
    new = values.copy()
    for place, state in enumerate(path):
        left = rewards[place:]
        new[state] += step * (np.sum(left * discount ** np.arange(len(left))) - new[state])
    return new


def td_forgets_the_end(values, path, rewards, step, discount):
    new = values.copy()
    for place, state in enumerate(path):
        after = path[min(place + 1, len(path) - 1)]
        new[state] += step * (rewards[place] + discount * new[after] - new[state])
    return new


def targets_by_slices(values, path, rewards, n, discount):
    powers, length = discount ** np.arange(n + 1), len(path)
    found = []
    for place in range(length):
        part = rewards[place : place + n]
        total = float(part @ powers[: len(part)])
        found.append(total + (powers[n] * values[path[place + n]] if place + n < length else 0))
    return found


def targets_backwards(values, path, rewards, n, discount):
    """Let the target of n steps grow out of that of n - 1 steps of the next visit."""
    found = np.append(np.asarray(values)[np.asarray(path)], 0.0)
    for _ in range(n):
        found = np.append(rewards + discount * found[1:], 0.0)
    return found[:-1]


def targets_with_end_value(values, path, rewards, n, discount):
    found = []
    for place in range(len(path)):
        total = sum(discount**k * r for k, r in enumerate(rewards[place : place + n]))
        reached = path[min(place + n, len(path) - 1)]
        found.append(total + discount**n * values[reached])
    return np.array(found)


def targets_plain_sums(values, path, rewards, n, discount):
    found = []
    for place in range(len(path)):
        total = rewards[place : place + n].sum()
        if place + n < len(path):
            total = total + discount**n * values[path[place + n]]
        found.append(total)
    return found


def sweep_by_loop(picture, unknown):
    found = np.array(picture, float)
    for row, column in zip(*np.nonzero(unknown), strict=True):
        near = []
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            i, j = row + down, column + right
            if 0 <= i < picture.shape[0] and 0 <= j < picture.shape[1]:
                near.append(float(picture[i, j]))
        found[row, column] = sum(near) / len(near)
    return found


def sweep_by_nan(picture, unknown):
    framed = np.pad(picture.astype(float), 1, constant_values=np.nan)
    near = [framed[:-2, 1:-1], framed[2:, 1:-1], framed[1:-1, :-2], framed[1:-1, 2:]]
    found = picture.astype(float)
    found[unknown] = np.nanmean(near, axis=0)[unknown]
    return found


def sweep_loop_in_place(picture, unknown):
    found = np.array(picture, float)
    rows, columns = found.shape
    for i in range(rows):
        for j in range(columns):
            if unknown[i, j]:
                near = [found[a, j] for a in (i - 1, i + 1) if 0 <= a < rows]
                near += [found[i, b] for b in (j - 1, j + 1) if 0 <= b < columns]
                found[i, j] = np.mean(near)
    return found


def sweep_loop_wrapping(picture, unknown):
    found = np.array(picture, float)
    for i, j in np.argwhere(unknown):
        rows, columns = picture.shape
        near = [picture[i - 1, j], picture[(i + 1) % rows, j]]
        near += [picture[i, j - 1], picture[i, (j + 1) % columns]]
        found[i, j] = np.mean(near)
    return found


def model_by_repeating(paths, ends, states):
    counts, paid, visits = lesson.counted(paths, ends, states)
    values, seen = np.zeros(states), visits > 0
    for _ in range(3000):
        values[seen] = (paid[seen] + counts[seen] @ values) / visits[seen]
    values[~seen] = np.nan
    return values


def model_by_the_lesson(paths, ends, states):
    told = temporal_differences.record(paths, ends)
    return temporal_differences.batch_values(told, states)


def model_with_a_row_for_the_end(paths, ends, states):
    """Count the moves to the end in a column of its own."""
    table = np.zeros((states + 1, states + 1))
    totals = np.zeros(states)
    for path, end in zip(paths, ends, strict=True):
        totals[path[-1]] += end
        for now, after in zip(path, [*path[1:], states], strict=True):
            table[now, after] += 1
    visits = table.sum(axis=1)[:states]
    known = [state for state in range(states) if visits[state]]
    chances = table[known][:, known] / visits[known, None]
    solved = np.linalg.solve(np.eye(len(known)) - chances, totals[known] / visits[known])
    return [solved[known.index(s)] if s in known else float("nan") for s in range(states)]


def model_means_by_sums(paths, ends, states):
    total, visits = np.zeros(states), np.zeros(states)
    for path, end in zip(paths, ends, strict=True):
        np.add.at(total, path, end)
        np.add.at(visits, path, 1)
    with np.errstate(invalid="ignore"):
        return total / visits


def model_without_a_guard(paths, ends, states):
    counts, paid, visits = lesson.counted(paths, ends, states)
    n = np.where(visits == 0, 1, visits)
    return np.linalg.solve(np.eye(states) - counts / n[:, None], paid / n)


ACCEPTED = {
    "walk": (walk_by_sums, walk_while),
    "returns": (returns_by_double_loop, returns_by_filter, returns_by_the_lesson),
    "td_update": (td_by_pairs, td_by_weights, td_by_the_lesson),
    "n_step_targets": (targets_by_slices, targets_backwards),
    "sweep": (sweep_by_loop, sweep_by_nan),
    "model_values": (model_by_repeating, model_by_the_lesson, model_with_a_row_for_the_end),
}

VARIANTS = {
    "walk": {
        walk_waits_at_the_end: lesson.walk_stands_at_the_end,
        (
            lambda states, coins: [
                place for place in lesson.walk(states, coins) if place not in (0, states + 1)
            ]
        ): lesson.walk_without_the_end,
    },
    "returns": {
        returns_powers_upside_down: lesson.returns_same_for_all,
        (lambda rewards, discount: np.cumsum(rewards[::-1])[::-1]): lesson.returns_undiscounted,
    },
    "td_update": {
        td_monte_carlo: lesson.td_by_returns,
        td_forgets_the_end: lesson.td_end_keeps_a_value,
    },
    "n_step_targets": {
        targets_with_end_value: lesson.targets_last_state_for_all_beyond,
        targets_plain_sums: lesson.targets_rewards_undiscounted,
    },
    "sweep": {
        sweep_loop_in_place: lesson.sweep_in_place,
        sweep_loop_wrapping: lesson.sweep_wraps,
    },
    "model_values": {
        model_means_by_sums: lesson.model_mean_returns,
        model_without_a_guard: lesson.model_never_seen_0,
    },
}

ASKED = {
    "walk": lambda states, coins: states % 2 == 1,
    "td_update": lambda values, path, rewards, step, discount: len(path) == len(rewards),
    "n_step_targets": lambda values, path, rewards, n, discount: len(path) == len(rewards),
}
