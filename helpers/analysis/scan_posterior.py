"""Chains that draw what a scan may have been, counted so that they can be compared."""

from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from helpers import _evidence, _lattice
from helpers._resampling import raw_bits

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
    strength = 0.5 * np.log(1 / flip_probability - 1)
    evidence = _evidence.two_valued(ink, strength, coupling)
    half = (sweeps - sweeps // 4) // 2
    burn_in, rng = sweeps - 2 * half, np.random.default_rng(seed)
    up = np.empty((2 * chains, *ink.shape), dtype=np.min_scalar_type(half))
    records, width = np.empty((2, chains, sweeps)), _lattice.part_shape(ink.shape)[1]
    with tqdm(total=chains * sweeps, desc="sweeps", delay=2, leave=False) as bar:
        for chain in range(chains):
            spins, bits = _lattice.split(_start(chain, ink, rng), np.uint8), raw_bits(rng)
            counts = [[np.zeros(line.size, up.dtype) for line in spins] for _ in range(2)]
            for number in range(sweeps):
                _lattice.sweep(spins, evidence.limits, width, bits)
                records[:, chain, number] = evidence.measure(spins, coupling)
                if number >= burn_in:
                    for count, line in zip(counts[number >= burn_in + half], spins, strict=True):
                        count += line
                bar.update()
            for part in (0, 1):
                up[2 * chain + part] = _lattice.join(counts[part], ink.shape)
    return Chains(up, half, *records, burn_in)


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


def _start(chain, ink, rng):
    if chain == 0:
        return ink
    return rng.random(ink.shape) < 0.5 if chain > 2 else np.full(ink.shape, chain == 2)


def _ratio(within, between, n):
    """Return sqrt(((n - 1) / n W + B) / W), with B the variance of the means."""
    still = within <= 0
    safe = np.where(still, 1, within)
    ratio = np.sqrt((n - 1) / n + between / safe)
    return np.where(still, np.where(between > 0, np.inf, 1.0), ratio)
