"""Gibbs sampling against the loop of a tutorial and the usual chessboard of boolean masks."""

import math
from dataclasses import replace

import numpy as np
from report import Row
from scipy.stats import multivariate_normal

from helpers import ising
from helpers.ising import _evidence, _lattice

FLIP, STRENGTH = 0.1, 0.5 * math.log(9)
SWEEPS = 3
NO_COMPARISON = {"agree": lambda theirs, ours: True}  # other pixels, or another end of a chain
SAME_PICTURE = {"agree": lambda theirs, ours: np.mean((theirs > 0.5) != (ours > 0.5)) < 0.05}
ONE_PER_CENT = {"agree": lambda best, ours: best <= ours <= best + 0.01 * abs(best)}


def rows(tiny=False):
    """Declare every row; ``tiny`` shrinks the pictures."""
    small, middle, large = (16, 20, 24) if tiny else (256, 512, 2048)
    return [
        *short_rows(middle, crop=4 if tiny else 64),
        *(long_row(size, goal) for size, goal in ((small, 8), (middle, 8), (large, 12))),
        *map(draw_row, (small, middle, large)),
        *(chain_row(*case) for case in ((small, 6, 40), (middle, 8, 40), (large, 12, 10))),
        quality_row(small),
    ]


def scene(size):
    """Draw stripes that bend, as -1 and +1, and the same with flipped pixels."""
    down, right = np.indices((size, size))
    truth = np.where(np.sin(down / 11 + 3 * np.sin(right / 37)) > 0, 1, -1)
    flipped = np.random.default_rng(size).random(truth.shape) < FLIP
    return truth, np.where(flipped, -truth, truth)


def tutorial_loop(seen, coupling, sd, sweeps):
    """Visit every pixel in turn and weigh both of its values by products of densities."""
    rng, x = np.random.default_rng(0), np.where(seen > 0, 1, -1)
    for _ in range(sweeps):
        for i, j in np.ndindex(x.shape):
            weights = []
            for value in (-1, 1):
                weight = multivariate_normal.pdf(seen[i, j], mean=value, cov=sd**2)
                for k, m in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                    if 0 <= k < x.shape[0] and 0 <= m < x.shape[1]:
                        weight *= np.exp(coupling * value * x[k, m])
                weights.append(weight)
            x[i, j] = 1 if rng.random() < weights[1] / sum(weights) else -1
    return x


def plain_loop(seen, coupling, sweeps):
    """Visit every pixel in turn, with lists and one exponential each."""
    rng, (rows, columns) = np.random.default_rng(0), seen.shape
    x = [[0] * (columns + 2), *([0, *line, 0] for line in seen.tolist()), [0] * (columns + 2)]
    for _ in range(sweeps):
        draws = rng.random(seen.shape).tolist()
        for i in range(1, rows + 1):
            for j in range(1, columns + 1):
                votes = x[i - 1][j] + x[i + 1][j] + x[i][j - 1] + x[i][j + 1]
                log_odds = 2 * (coupling * votes + STRENGTH * int(seen[i - 1, j - 1]))
                x[i][j] = 1 if draws[i - 1][j - 1] * (1 + math.exp(-log_odds)) < 1 else -1
    return np.array(x)[1:-1, 1:-1]


class Masks:
    """The usual fast sampler: both colours computed everywhere, kept where a mask allows."""

    def __init__(self, seen, coupling):
        self.field, self.coupling = STRENGTH * seen, coupling
        colour = np.indices(seen.shape).sum(axis=0) % 2
        self.masks, self.rng = [colour == 0, colour == 1], np.random.default_rng(0)
        self.x = seen.astype(float)

    def sweep(self):
        for mask in self.masks:
            wide = np.pad(self.x, 1)
            votes = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
            chance = 1 / (1 + np.exp(-2 * (self.coupling * votes + self.field)))
            drawn = np.where(self.rng.random(self.x.shape) < chance, 1.0, -1.0)
            self.x = np.where(mask, drawn, self.x)
        return self.x

    def probability(self, sweeps):
        total = np.zeros(self.x.shape)
        for _ in range(sweeps):
            total += self.sweep()
        return (total / sweeps + 1) / 2


def short_rows(size, crop):
    """Three sweeps from nothing to the averaged picture; loops get a share of the pixels.

    With normal noise every pixel has limits of its own, five divisions and 10 bytes for three
    draws: computing them takes half the time, so that the goals are lower there.
    """
    truth, seen = scene(size)
    real = truth + np.random.default_rng(1).normal(size=truth.shape)
    share = crop**2 / (SWEEPS * size**2)
    part = f"1/{1 / share:.0f}"
    three = {"coupling": 4, "sweeps": SWEEPS, "burn_in": 0, "rng": 0}

    def flip():
        return ising.denoise(seen > 0, flip_probability=FLIP, **three).probability

    def normal():
        return ising.denoise(real, noise_sd=1, **three).probability

    def masks():
        return Masks(seen, 4).probability(SWEEPS)

    def tutorial():
        return tutorial_loop(real[:crop, :crop], 4, 1, 1)

    def plain():
        return plain_loop(seen[:crop, :crop], 4, 1)

    ours, name = {"work": SWEEPS * seen.size}, f"denoise {size}² x{SWEEPS}"
    pictures = {**ours, "agree": SAME_PICTURE}
    two, many = {"over_library": 5, "memory": 1 / 3}, {"over_library": 2, "memory": 0.5}
    partly = {**ours, "agree": NO_COMPARISON}
    return [
        Row(name=f"{name}, masks", ours=flip, library=masks, must=True, **two, **pictures),
        Row(name=f"{name}, normal noise, masks", ours=normal, library=masks, **many, **pictures),
        Row(
            name=f"{name}, {part} by a tutorial's loop",
            ours=normal,
            loop=tutorial,
            over_loop=10_000 * share,
            must=True,
            **partly,
        ),
        Row(name=f"{name}, {part} by a plain loop", ours=flip, loop=plain, **partly),
    ]


def long_row(size, goal):
    """One sweep of a long chain: limits and masks are ready."""
    _, seen = scene(size)
    masks, bits = Masks(seen, 0.7), np.random.SFC64(0)
    limits = _evidence.two_valued(seen > 0, STRENGTH, 0.7).limits
    lines, width = _lattice.split(seen > 0, np.uint8), _lattice.part_shape(seen.shape)[1]
    return Row(
        name=f"sweep {size}², masks",
        ours=lambda: _lattice.sweep(lines, limits, width, bits),
        library=masks.sweep,
        over_library=goal,
        work=seen.size,
        must=True,
        agree=NO_COMPARISON,
    )


def draw_row(size):
    """One sweep against what no sampler can leave out: a number drawn and compared for each spin.

    Spins a second say more of the processor: 250 to 400 million of them were seen at 512².
    """
    sweep = long_row(size, None)
    bits, below = np.random.SFC64(0), np.empty(size**2, dtype=bool)

    def draw():
        for start in range(0, below.size, _lattice.BLOCK):
            part = below[start : start + _lattice.BLOCK]
            numbers = bits.random_raw((part.size + 3) // 4).view(np.uint16)[: part.size]
            np.less(numbers, 30_000, out=part)

    return replace(sweep, name=f"sweep {size}², its numbers alone", library=draw, over_library=0.3)


def chain_row(size, goal, sweeps):
    """A long chain as users run it; the masks keep neither energies nor magnetisations.

    At 256² these take a quarter of our time, and calls of a few microseconds half of the rest:
    there the goal is 6.
    """
    _, seen = scene(size)
    options = {"coupling": 0.7, "flip_probability": FLIP, "sweeps": sweeps, "burn_in": 0}
    return Row(
        name=f"denoise {size}² x{sweeps}, masks",
        ours=lambda: ising.denoise(seen > 0, rng=0, **options).probability,
        library=lambda: Masks(seen, 0.7).probability(sweeps),
        over_library=goal,
        work=sweeps * seen.size,
        must=True,
        agree=SAME_PICTURE,
    )


def quality_row(size):
    """The energy after 50 sweeps lies within 1 % of the exact optimum, or the race is void."""
    _, seen = scene(size)
    field = STRENGTH * seen
    return Row(
        name=f"50 sweeps {size}² to 1 % of the graph cut",
        ours=lambda: ising.denoise(field=field, coupling=4, sweeps=50, rng=0).energies[0, -1],
        library=lambda: ising.energy(ising.exact_map(field, 4), field, 4),
        must=True,
        agree=ONE_PER_CENT,
    )
