"""Values learnt in many runs at once, batches and holes, against loops and dense systems."""

import random

import numpy as np
from report import Row

from helpers import temporal_differences

MIB = 1 << 20
EPISODES, STEP = 100, 0.1
BY_CHANCE = {"rtol": 0, "atol": 0.05}  # other coins: means over the runs are compared


def rows(tiny=False):
    """Declare every row; `tiny` shrinks runs and holes."""
    few, many, side = (100, 200, 6) if tiny else (1_000, 10_000, 32)
    return [
        scalars_row(few),
        lists_row(many),
        monte_carlo_row(many),
        batch_row(side, 100 if tiny else 3_000),
        hole_row(side),
    ]


def in_lanes(runs, method="td"):
    """Return the mean values after the last episode."""
    told = {"step": STEP, "method": method, "rng": 1}
    return temporal_differences.simulate_runs(runs, EPISODES, **told)[-1].mean(axis=1)


def loop_of_lists(runs):
    """Learn by TD(0) as plain Python does it best."""
    coin, found = random.Random(1).random, []
    for _ in range(runs):
        values, kept = [0.0, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0], []
        for _ in range(EPISODES):
            place = 3
            while 0 < place < 6:
                to = place + (1 if coin() < 0.5 else -1)
                values[place] += STEP * (values[to] - values[place])
                place = to
            kept.append(values[1:6])
        found.append(kept)
    return np.mean([kept[-1] for kept in found], axis=0)


def loop_of_scalars(runs):
    """Learn by TD(0) as a tutorial writes it, one draw and one element of an array at a time."""
    rng, found = np.random.default_rng(1), []
    for _ in range(runs):
        values, kept = np.array([0.0, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0]), []
        for _ in range(EPISODES):
            place = 3
            while 0 < place < 6:
                to = place + rng.choice([-1, 1])
                values[place] = values[place] + STEP * (values[to] - values[place])
                place = to
            kept.append(values[1:6].copy())
        found.append(kept)
    return np.mean([kept[-1] for kept in found], axis=0)


def scalars_row(runs):
    return Row(
        name=f"TD(0), {runs:,} runs of {EPISODES}, NumPy scalars",
        ours=lambda: in_lanes(runs),
        loop=lambda: loop_of_scalars(runs),
        over_loop=200,
        agree=BY_CHANCE,
    )


def lists_row(runs):
    return Row(
        name=f"TD(0), {runs:,} runs of {EPISODES}, lists",
        ours=lambda: in_lanes(runs),
        loop=lambda: loop_of_lists(runs),
        over_loop=7,
        memory=25 / 20.2,
        unit=(EPISODES + 1) * 5 * 4 * runs,  # the result
        work=runs * EPISODES,
        agree=BY_CHANCE,
    )


def monte_carlo_row(runs):
    return Row(
        name=f"Monte Carlo, {runs:,} runs of {EPISODES}",
        ours=lambda: in_lanes(runs, "mc"),
        work=runs * EPISODES,
    )


def square_hole(side):
    rng = np.random.default_rng(1)
    picture, hole = rng.random((side + 8, side + 8)), np.zeros((side + 8, side + 8), dtype=bool)
    hole[4:-4, 4:-4] = True
    return picture, hole


def batch_row(side, walkers):
    picture, hole = square_hole(side)
    walks = temporal_differences.picture_walks(picture, hole, walkers, rng=1)
    count = side * side

    def dense():
        model, paid = np.eye(count), np.bincount(walks.states, walks.rewards, count)
        visits = np.maximum(np.bincount(walks.states, minlength=count), 1)
        inner = ~walks.ends
        moves = (walks.states[inner], walks.following[inner])
        np.subtract.at(model, moves, 1 / visits[moves[0]])
        return np.linalg.solve(model, paid / visits)

    return Row(
        name=f"batch of {walkers:,} walks, {count:,} states, dense",
        ours=lambda: temporal_differences.batch_values(walks, count, start=0),
        library=dense,
        work=walks.states.size,
    )


def hole_row(side):
    picture, hole = square_hole(side)

    def dense():
        number, matrix = np.full(hole.shape, -1), np.zeros((side * side,) * 2)
        number[hole], known = np.arange(side * side), np.zeros(side * side)
        for row, column in np.argwhere(hole):
            at = number[row, column]
            matrix[at, at] = 4
            for down, across in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                near = row + down, column + across
                if hole[near]:
                    matrix[at, number[near]] = -1
                else:
                    known[at] += picture[near]
        return np.linalg.solve(matrix, known)

    return Row(
        name=f"hole of {side} x {side}, dense",
        ours=lambda: temporal_differences.neighbour_mean(picture, hole)[hole],
        library=dense,
        work=side * side,
    )
