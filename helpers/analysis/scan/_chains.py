"""Chains that draw what a scan may have been, counted so that they can be compared."""

from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import ising


class Chains(NamedTuple):
    """What chains from different starts drew.

    Attributes
    ----------
    up : array of shape (2 * chains, M, N), whole numbers
        How often a pixel was ink in the first and in the second half of each chain.
    half : int, sweeps in each half
    energies, spins : arrays of shape (chains, sweeps), burn-in included
    burn_in : int
    """

    up: np.ndarray
    half: int
    energies: np.ndarray
    spins: np.ndarray
    burn_in: int


def sample(ink, flip_probability, coupling, *, sweeps=600, chains=4, seed=0):
    """Draw from the posterior with chains that start far from each other.

    Parameters
    ----------
    ink : array of shape (M, N), bool
    flip_probability : float in (0, 0.5)
    coupling : float in 0..3
    sweeps, chains : int
        The first chain starts at the scan, then all paper, all ink, and at random. A quarter of
        the sweeps is burn-in.
    seed : int

    Returns
    -------
    Chains
    """
    half = (sweeps - sweeps // 4) // 2
    burn_in = sweeps - 2 * half
    with tqdm(total=chains * sweeps, desc="sweeps", delay=5, leave=False) as bar:
        up, energies, spins = ising.sample_halves(
            ink,
            coupling=coupling,
            flip_probability=flip_probability,
            sweeps=sweeps,
            burn_in=burn_in,
            chains=chains,
            rng=seed,
            after_sweep=bar.update,
        )
    return Chains(up, half, energies, spins, burn_in)


def probability(chains):
    """Return the share of kept draws in which each pixel was ink.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    array of shape (M, N), float32
    """
    total = chains.up.sum(axis=0, dtype=np.uint32)
    return total.astype(np.float32) / np.float32(chains.half * len(chains.up))
