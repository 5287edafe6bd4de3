"""What a fixed pile of episodes says, read over and over until nothing moves."""

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from helpers._arguments import probability
from helpers.temporal_differences._episodes import checked, returns
from helpers.temporal_differences._online import first_guesses


def batch_values(episodes, states, *, start=None, discount=1.0):
    """Return where TD(0) comes to rest if it reads the same episodes over and over.

    These are the values of the model that was counted: shares of the moves for chances, mean
    rewards for rewards. They solve V = r + discount P V, here as one sparse system.

    Parameters
    ----------
    episodes : Episodes
    states : int >= 1
    start : float or array of shape (states,), optional
        Value of states that were never visited; without it NaN.
    discount : float in [0, 1]

    Returns
    -------
    array of shape (states,), float64

    References
    ----------
    R. S. Sutton, Learning to predict by the methods of temporal differences,
    Machine Learning 3 (1988), doi:10.1007/BF00115009.
    """
    discount = probability(discount, "discount")
    visited, rewards, ends = episodes = checked(episodes, states)
    visits = np.bincount(visited, minlength=states)
    seen, values = np.flatnonzero(visits), _unvisited(start, states)
    rank = np.cumsum(visits > 0) - 1
    moves = (rank[visited[~ends]], rank[episodes.following[~ends]])
    counted = sparse.coo_array((np.ones(moves[0].size), moves), shape=(seen.size, seen.size))
    system = sparse.diags_array(visits[seen].astype(np.float64)) - discount * counted
    paid = np.bincount(visited, weights=rewards, minlength=states)[seen]
    values[seen] = linalg.spsolve(system.tocsc(), paid)
    return values


def monte_carlo_means(episodes, states, *, start=None, discount=1.0):
    """Return the mean of the returns of all visits to each state: the best fit to what was seen.

    Parameters
    ----------
    episodes, states, start, discount
        As for `batch_values`.

    Returns
    -------
    array of shape (states,), float64
    """
    visited = checked(episodes, states).states
    visits, values = np.bincount(visited, minlength=states), _unvisited(start, states)
    totals = np.bincount(visited, returns(episodes, discount=discount), minlength=states)
    np.divide(totals, visits, out=values, where=visits > 0)
    return values


def _unvisited(start, states):
    return np.full(states, np.nan) if start is None else first_guesses(start, states)
