"""Values that move while episodes come in, one update after the other.

An update depends on the one before, so these are loops over lists; many runs at once are in
`_lanes`.
"""

import numpy as np

from helpers._arguments import probability, whole
from helpers.temporal_differences._episodes import checked


def td_values(episodes, states, *, step, start=0.0, discount=1.0, history=False):
    """Move each value towards the reward and the value of the next state, at once: TD(0).

    V(s) += step (reward + discount V(next) - V(s)); after the end there is nothing to come.

    Parameters
    ----------
    episodes : Episodes
    states : int >= 1
        Number of states.
    step : float in (0, 1]
    start : float, or array of shape (states,)
        The first guesses.
    discount : float in [0, 1]
    history : bool
        Return the values after 0, 1, ... episodes instead of the last ones.

    Returns
    -------
    array of shape (states,), or (episodes + 1, states) with `history`

    References
    ----------
    R. S. Sutton, Learning to predict by the methods of temporal differences,
    Machine Learning 3 (1988), doi:10.1007/BF00115009.
    """
    step, discount = step_size(step), probability(discount, "discount")

    def learn(values, path, rewards):
        last = len(path) - 1
        for place, state in enumerate(path):
            target = rewards[place] + (discount * values[path[place + 1]] if place < last else 0.0)
            values[state] += step * (target - values[state])

    return _go_through(episodes, states, start, history, learn)


def monte_carlo_values(episodes, states, *, step, start=0.0, discount=1.0, history=False):
    """Move the value of each visit towards its return, once the episode is over.

    Parameters
    ----------
    episodes, states, step, start, discount, history
        As for `td_values`. With a constant step this is no mean of the returns: the last ones
        weigh most. `monte_carlo_means` takes the mean.

    Returns
    -------
    array of shape (states,), or (episodes + 1, states) with `history`
    """
    return lambda_values(
        episodes, states, 1.0, step=step, start=start, discount=discount, history=history
    )


def n_step_values(episodes, states, n, *, step, start=0.0, discount=1.0, history=False):
    """Move each value towards `n` rewards and the value of the state after them.

    Parameters
    ----------
    episodes, states, step, start, discount, history
        As for `td_values`, which this is for ``n=1``.
    n : int >= 1
        With at least as many steps as an episode has, this is `monte_carlo_values`.

    Returns
    -------
    array of shape (states,), or (episodes + 1, states) with `history`

    References
    ----------
    R. S. Sutton, A. G. Barto, Reinforcement Learning: An Introduction, 2nd edition (2018),
    section 7.1.
    """
    step, discount = step_size(step), probability(discount, "discount")
    n, powers = whole(n, "n"), [1.0]
    while len(powers) < n + 1:
        powers.append(powers[-1] * discount)

    def learn(values, path, rewards):
        ahead, length = sum(map(float.__mul__, powers[:n], rewards)), len(path)
        for place, state in enumerate(path):
            seen = place + n
            target = ahead + (powers[n] * values[path[seen]] if seen < length else 0.0)
            values[state] += step * (target - values[state])
            if discount == 1:
                ahead += (rewards[seen] if seen < length else 0.0) - rewards[place]
            else:
                ahead = sum(map(float.__mul__, powers[:n], rewards[place + 1 :]))

    return _go_through(episodes, states, start, history, learn)


def lambda_values(episodes, states, trace, *, step, start=0.0, discount=1.0, history=False):
    """Move each value towards a mixture of its n-step targets, once the episode is over.

    The n-step target weighs (1 - trace) trace^(n - 1), the whole return what is left. All
    targets of an episode use the values from before it.

    Parameters
    ----------
    episodes, states, step, start, discount, history
        As for `td_values`.
    trace : float in [0, 1]
        Called lambda in the books. 0 looks one step ahead, 1 is `monte_carlo_values`.

    Returns
    -------
    array of shape (states,), or (episodes + 1, states) with `history`

    References
    ----------
    R. S. Sutton, A. G. Barto, Reinforcement Learning: An Introduction, 2nd edition (2018),
    section 12.1: the off-line lambda-return algorithm.
    """
    step, discount = step_size(step), probability(discount, "discount")
    trace = probability(trace, "trace")

    def learn(values, path, rewards):
        target, targets = rewards[-1], [rewards[-1]]
        for place in range(len(path) - 2, -1, -1):
            ahead = (1 - trace) * values[path[place + 1]] + trace * target
            target = rewards[place] + discount * ahead
            targets.append(target)
        for state, target in zip(path, reversed(targets), strict=True):
            values[state] += step * (target - values[state])

    return _go_through(episodes, states, start, history, learn)


def step_size(step):
    """Return a step size as float: above 0, and at most 1."""
    if probability(step, "step") == 0:
        raise ValueError(f"`step` must be above 0; got {step}.")
    return float(step)


def first_guesses(start, states):
    """Return the values to begin with as an array of shape (states,)."""
    start = np.asarray(start, dtype=np.float64)
    if start.shape not in ((), (states,)) or not np.isfinite(start).all():
        raise ValueError(
            f"`start` must be a finite number or {states} of them; got shape {start.shape}."
        )
    return np.broadcast_to(start, states).copy()


def _go_through(episodes, states, start, history, learn):
    """Let `learn` change the values after each episode, and keep them all if wanted."""
    visited, rewards, ends = checked(episodes, states)
    values = first_guesses(start, states).tolist()
    path, paid, kept = visited.tolist(), rewards.astype(np.float64).tolist(), [values[:]]
    first = 0
    for last in np.flatnonzero(ends).tolist():
        learn(values, path[first : last + 1], paid[first : last + 1])
        first = last + 1
        if history:
            kept.append(values[:])
    return np.array(kept if history else values)
