"""Many runs of the random walk at once, each in a lane of its own.

A lane that ends an episode starts its next one at once, so that no lane waits for another. All
lanes step together until each has its episodes; the few that are done walk on unrecorded.
"""

import numpy as np

from helpers._arguments import one_of, whole
from helpers.temporal_differences._episodes import odd_row
from helpers.temporal_differences._online import step_size

LANES = 2048  # runs at once: their values stay in the cache
TOSSES = 64  # coins of each lane that are drawn at once
METHODS = ("td", "mc")


def simulate_runs(runs, episodes, *, step, method="td", start=0.5, states=5, rng=None):
    """Learn the values of a random walk in many independent runs.

    Each walk starts in the middle of a row and leaves it on the left for 0 or on the right for
    1, as those of `random_walks`; state k of 0 ... states - 1 is worth (k + 1) / (states + 1).

    Parameters
    ----------
    runs, episodes : int >= 1
    step : float in (0, 1]
    method : {"td", "mc"}
        As `td_values` or as `monte_carlo_values`.
    start : float
        The first guess of every value.
    states : odd int >= 1
    rng : numpy.random.Generator, int, or None

    Returns
    -------
    array of shape (episodes + 1, states, runs), float32
        The values after 0, 1, ... episodes. One seed gives both methods the same walks.
    """
    runs, episodes = whole(runs, "runs"), whole(episodes, "episodes")
    step, method = step_size(step), one_of(method, "method", METHODS)
    values = np.empty((episodes + 1, odd_row(states), runs), dtype=np.float32)
    values[0] = start
    learn = _td if method == "td" else _monte_carlo
    for first, lane in enumerate(np.random.default_rng(rng).spawn(-(-runs // LANES))):
        learn(values[:, :, first * LANES : (first + 1) * LANES], step, start, lane)
    return values


def _moves(shape, rng):
    """Yield for each tick the places of all lanes, where they go, and who ends an episode.

    Places are flat, row times lanes plus lane, in a table with a row for each end. It ends when
    every lane has its episodes. `over` are the lanes that end an episode which is to be kept,
    `number` says which episode that is, and `leaving` are all lanes that end one.
    """
    episodes, states, lanes = shape[0] - 1, shape[1], shape[2]
    home = (states + 1) // 2 * lanes + np.arange(lanes)
    place, done, left = home.copy(), np.zeros(lanes, dtype=np.int64), lanes
    steps = np.empty((TOSSES, lanes), dtype=np.int64)
    while left:
        bits = np.unpackbits(rng.integers(0, 256, TOSSES * lanes // 8 + 1, dtype=np.uint8))
        np.multiply(bits[: steps.size].reshape(steps.shape), 2 * lanes, out=steps, dtype=np.int64)
        steps -= lanes
        for step in steps:
            to = place + step
            inside = (to - lanes).view(np.uint64) < states * lanes  # below 0 is huge, unsigned
            leaving = np.flatnonzero(~inside)
            over = leaving[done[leaving] < episodes]
            done[over] += 1
            number = done[over]
            yield place, to, leaving, over, number
            left -= np.count_nonzero(number == episodes)
            if left == 0:
                return
            to[leaving] = home[leaving]
            place = to


def _td(kept, step, start, rng):
    values = _table(kept, start)
    flat = values.reshape(-1)
    for place, to, _, over, number in _moves(kept.shape, rng):
        here, change = flat.take(place), flat.take(to)
        change -= here
        change *= step
        here += change
        flat[place] = here
        kept[number, :, over] = values[1:-1, over].T


def _monte_carlo(kept, step, start, rng):
    """Count the visits of each walk: k equal updates leave (1 - step)^k of the old value."""
    values, lanes = _table(kept, start), kept.shape[2]
    visits = np.zeros_like(values)
    flat = visits.reshape(-1)
    for place, to, leaving, over, number in _moves(kept.shape, rng):
        flat[place] += 1
        if over.size:
            remains = (1 - step) ** visits[1:-1, over]
            came = to[over] >= lanes  # 1 on the right, 0 on the left
            values[1:-1, over] = values[1:-1, over] * remains + came * (1 - remains)
            kept[number, :, over] = values[1:-1, over].T
        visits[:, leaving] = 0


def _table(kept, start):
    """Return values with a row for each end, which is worth what is paid there."""
    values = np.full((kept.shape[1] + 2, kept.shape[2]), float(start))
    values[0], values[-1] = 0, 1
    return values
