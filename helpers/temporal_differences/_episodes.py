"""Recorded episodes, visit by visit, and the walks of lesson 17."""

from typing import NamedTuple

import numpy as np

from helpers._arguments import probability, whole


class Episodes(NamedTuple):
    """Visits of one or more episodes, in the order in which they happened.

    Attributes
    ----------
    states : array of shape (n,), int from 0
    rewards : array of shape (n,), float
        What came after each visit, before the next one or before the end.
    ends : array of shape (n,), bool
        Whether the episode ended after this visit; the last one is True.
    """

    states: np.ndarray
    rewards: np.ndarray
    ends: np.ndarray

    @property
    def following(self):
        """Return the next state of each visit, -1 for the end."""
        return np.where(self.ends, -1, np.roll(self.states, -1))

    def first(self, count):
        """Return the first `count` episodes; all if there are fewer."""
        last = np.flatnonzero(self.ends)[: whole(count, "count")][-1]
        return Episodes(*(part[: last + 1] for part in self))


def record(paths, rewards):
    """Put episodes together from the states that each one visited.

    Parameters
    ----------
    paths : sequence of sequences of int
        The states of each episode, from 0.
    rewards : sequence, one for each episode
        A sequence of rewards, one for each visit; or a number, which comes at the end.

    Returns
    -------
    Episodes

    Raises
    ------
    ValueError
        If an episode has no visit, or another number of rewards.
    """
    if len(paths) != len(rewards):
        raise ValueError(f"`rewards` must be one for each of {len(paths)}; got {len(rewards)}.")
    paid, ends = [], []
    for path, reward in zip(paths, rewards, strict=True):
        if len(path) == 0:
            raise ValueError("`paths` must hold at least one visit each; got none.")
        given = [0.0] * (len(path) - 1) + [reward] if np.ndim(reward) == 0 else list(reward)
        if len(given) != len(path):
            raise ValueError(f"`rewards` must be {len(path)} for such a path; got {len(given)}.")
        paid += given
        ends += [False] * (len(path) - 1) + [True]
    states = [state for path in paths for state in path]
    return checked(Episodes(np.asarray(states), np.asarray(paid, float), np.asarray(ends, bool)))


def random_walks(count, *, states=5, rewards=(0.0, 1.0), rng=None):
    """Walk from the middle one step left or right by a fair coin, until the walk leaves a row.

    Parameters
    ----------
    count : int >= 1
        Number of episodes.
    states : odd int >= 1
        Places in the row, numbered from 0 on the left.
    rewards : (float, float)
        What is paid for leaving on the left and on the right; every other step pays 0.
    rng : numpy.random.Generator, int, or None

    Returns
    -------
    Episodes

    References
    ----------
    R. S. Sutton, A. G. Barto, Reinforcement Learning: An Introduction, 2nd edition (2018),
    example 6.2.
    """
    count, rng = whole(count, "count"), np.random.default_rng(rng)
    place, rows = np.full(count, odd_row(states) // 2), []
    inside = np.ones(count, dtype=bool)
    while inside.any():
        rows.append(np.where(inside, place, -1))
        place = np.where(inside, place + 2 * rng.integers(0, 2, count) - 1, place)
        inside = (place >= 0) & (place < states)
    return from_rows(np.array(rows), np.where(place < 0, *rewards))


def returns(episodes, *, discount=1.0):
    """Return the sum of the rewards from each visit to the end, later ones discounted.

    Parameters
    ----------
    episodes : Episodes
    discount : float in [0, 1]
        What a reward one step later is worth.

    Returns
    -------
    array of shape (n,), float
    """
    states, rewards, ends = checked(episodes)
    discount, found, ahead = probability(discount, "discount"), np.empty(states.size), 0.0
    pairs = zip(rewards.tolist()[::-1], ends.tolist()[::-1], strict=True)
    for place, (reward, end) in enumerate(pairs, start=1):
        ahead = reward if end else reward + discount * ahead
        found[-place] = ahead
    return found


def from_rows(rows, paid):
    """Turn walks that ran side by side, -1 after their end, into episodes paid at the end.

    Parameters
    ----------
    rows : array of shape (steps, count), int
    paid : array of shape (count,)
    """
    states = rows.T[rows.T >= 0]
    last = np.cumsum(np.count_nonzero(rows >= 0, axis=0)) - 1
    rewards, ends = np.zeros(states.size), np.zeros(states.size, dtype=bool)
    rewards[last], ends[last] = paid, True
    return Episodes(states, rewards, ends)


def odd_row(states):
    """Return the length of a row that has a middle."""
    if whole(states, "states") % 2 == 0:
        raise ValueError(f"`states` must be odd, so that there is a middle; got {states}.")
    return states


def checked(episodes, states=None):
    """Return the three arrays of episodes, after a look at their shapes, states and numbers."""
    visited, rewards, ends = (np.asarray(part) for part in episodes)
    if not (visited.ndim == 1 and visited.shape == rewards.shape == ends.shape and visited.size):
        shapes = f"{visited.shape}, {rewards.shape} and {ends.shape}"
        raise ValueError(
            f"`episodes` must be three arrays of one shape (n,), n >= 1; got {shapes}."
        )
    if visited.dtype.kind not in "iu":
        raise TypeError(f"`episodes.states` must be whole numbers; got {visited.dtype}.")
    if rewards.dtype.kind not in "biuf" or not np.isfinite(rewards).all():
        raise ValueError("`episodes.rewards` must be finite numbers.")
    if ends.dtype != bool or not ends[-1]:
        raise ValueError("`episodes.ends` must be bool, and True at the last visit.")
    most = np.inf if states is None else whole(states, "states")
    for outside in visited[(visited < 0) | (visited >= most)][:1]:
        raise ValueError(f"`episodes.states` must be from 0 to {most - 1:g}; got {outside}.")
    return Episodes(visited, rewards, ends)
