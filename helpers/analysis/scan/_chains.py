"""Chains that draw what a scan may have been, counted so that they can be compared."""

from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import ising

AGREE = 1.05  # split R-hat of energy and share of ink up to which chains agree
PIXEL = 1.1  # of one pixel
FEW = 0.01  # share of pixels that may lie above it


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


class Agreement(NamedTuple):
    """Split R-hat of energy and mean spin, and the share of pixels above `PIXEL`."""

    energy: float
    spin: float
    pixels: float

    @property
    def converged(self):
        """Tell whether all three are small enough."""
        return max(self.energy, self.spin) <= AGREE and self.pixels <= FEW


def sample(ink, flip_probability, coupling, *, sweeps=200, chains=4, seed=0):
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
    with tqdm(total=chains * sweeps, desc="sweeps", delay=2, leave=False) as bar:
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


def split_rhat(draws):
    """Return the split R-hat of chains: near 1 if halves differ no more than draws within.

    Parameters
    ----------
    draws : array of shape (chains, n)

    Returns
    -------
    float
        1 if nothing moved at all, infinity if chains stand still in different places.

    Notes
    -----
    A. Gelman and D. B. Rubin (1992), split as in A. Vehtari and others, 2021,
    doi:10.1214/20-BA1221, without ranks.
    """
    half = draws.shape[1] // 2
    parts = np.concatenate([draws[:, :half], draws[:, -half:]])
    within, between = parts.var(axis=1, ddof=1).mean(), parts.mean(axis=1).var(ddof=1)
    return float(_ratio(within, between, half))


def pixel_rhat(chains):
    """Return the split R-hat of each pixel, from the counts of the halves.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    array of shape (M, N), float32
    """
    n, result = chains.half, np.empty(chains.up.shape[1:], dtype=np.float32)
    for row in range(0, len(result), 256):
        share = chains.up[:, row : row + 256] / np.float32(n)
        within = (share * (1 - share)).mean(axis=0) * (n / (n - 1))
        result[row : row + 256] = _ratio(within, share.var(axis=0, ddof=1), n)
    return result


def judge(chains):
    """Compare the chains.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    Agreement
    """
    kept = slice(chains.burn_in, None)
    apart = float(np.mean(pixel_rhat(chains) > PIXEL))
    return Agreement(split_rhat(chains.energies[:, kept]), split_rhat(chains.spins[:, kept]), apart)


def _ratio(within, between, n):
    """Return sqrt(((n - 1) / n W + B) / W), with B the variance of the means."""
    still = within <= 0
    safe = np.where(still, 1, within)
    ratio = np.sqrt((n - 1) / n + between / safe)
    return np.where(still, np.where(between > 0, np.inf, 1.0), ratio)
