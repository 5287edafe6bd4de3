"""Whether chains from different starts agree, and how many independent draws they are worth."""

from typing import NamedTuple

import numpy as np
from scipy import special, stats

AGREE = 1.01  # R-hat of energy and share of ink up to which chains agree
EACH = 50  # effective draws that each half of a chain should be worth
PIXEL = 1.1  # R-hat of one pixel
FEW = 0.01  # share of pixels that may lie above it
TINY = 1e-20  # variances of scores and shares below it are rounding


class Agreement(NamedTuple):
    """What speaks for and against convergence.

    Attributes
    ----------
    energy, spin : float
        R-hat of the energy and of the mean spin, that is of the share of ink.
    pixels : float
        Share of pixels whose R-hat is above `PIXEL`.
    draws : tuple of two float
        Bulk effective sample sizes of energy and mean spin.
    wanted : int
        Effective draws that make R-hat itself reliable.
    """

    energy: float
    spin: float
    pixels: float
    draws: tuple
    wanted: int

    @property
    def agree(self):
        """Tell whether the chains are in the same place."""
        return max(self.energy, self.spin) <= AGREE and self.pixels <= FEW

    @property
    def converged(self):
        """Tell whether they are, and have drawn enough to tell."""
        return self.agree and min(self.draws) >= self.wanted


def judge(chains):
    """Compare the chains.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    Agreement
    """
    apart = float(np.mean(pixel_rhat(chains) > PIXEL))
    kept = [drawn[:, chains.burn_in :] for drawn in (chains.energies, chains.spins)]
    draws = tuple(map(bulk_ess, kept))
    return Agreement(*map(rank_rhat, kept), apart, draws, EACH * len(chains.up))


def rank_rhat(draws):
    """Return the rank-normalised split R-hat of chains.

    Parameters
    ----------
    draws : array of shape (chains, n), n >= 4

    Returns
    -------
    float
        The larger one of the values for place and for spread (of the distances from the median).
        1 if nothing moved at all, infinity if chains stand still in different places.

    Notes
    -----
    A. Vehtari and others, 2021, doi:10.1214/20-BA1221: at most 1.01 is wanted.
    """
    halves = _halves(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_normal_scores(values)) for values in (halves, folded))


def bulk_ess(draws):
    """Return how many independent draws the middle of a distribution is known by.

    Parameters
    ----------
    draws : array of shape (chains, n), n >= 4

    Returns
    -------
    float
        The number of draws, if nothing moved at all.

    Notes
    -----
    Bulk effective sample size of A. Vehtari and others, 2021: normal scores of the ranks, split
    chains, autocorrelations summed in pairs until a pair is negative, each no larger than the one
    before (C. J. Geyer, 1992, doi:10.1214/ss/1177011137).
    """
    scores = _normal_scores(_halves(draws))
    parts, n = scores.shape
    if np.ptp(scores) == 0:
        return float(scores.size)
    centred = scores - scores.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(centred, 2 * n)) ** 2
    covariance = np.fft.irfft(spectrum, 2 * n)[:, :n].mean(axis=0) / n
    within = covariance[0] * n / (n - 1)
    total = covariance[0] + scores.mean(axis=1).var(ddof=1)
    correlation = 1 - (within - covariance) / total
    correlation[0] = 1
    pairs = correlation[: n - n % 2].reshape(-1, 2).sum(axis=1)[: max(1, (n - 1) // 2)]
    ends = np.flatnonzero(pairs < 0)
    end = ends[0] if ends.size else len(pairs) - 1
    falling = np.minimum.accumulate(pairs[:end])
    time = -1 + 2 * falling.sum() + max(0.0, correlation[2 * end])
    return float(parts * n / max(time, 1 / np.log10(parts * n)))


def pixel_rhat(chains):
    """Return the split R-hat of each pixel, from the counts of the halves.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    array of shape (M, N), float32
        Ranks change nothing for a pixel, which has two values.
    """
    n, result = chains.half, np.empty(chains.up.shape[1:], dtype=np.float32)
    for row in range(0, len(result), 256):
        share = chains.up[:, row : row + 256] / np.float32(n)
        within = (share * (1 - share)).mean(axis=0) * (n / (n - 1))
        result[row : row + 256] = _ratio(within, share.var(axis=0, ddof=1), n)
    return result


def _halves(draws):
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(values):
    """Return normal quantiles of the ranks among all values, ties at their mean rank."""
    ranks = stats.rankdata(values).reshape(values.shape)
    return special.ndtri((ranks - 3 / 8) / (values.size + 1 / 4))


def _rhat(parts):
    within, between = parts.var(axis=1, ddof=1).mean(), parts.mean(axis=1).var(ddof=1)
    return float(_ratio(within, between, parts.shape[1]))


def _ratio(within, between, n):
    """Return sqrt(((n - 1) / n W + B) / W), with B the variance of the means."""
    still = within < TINY
    safe = np.where(still, 1, within)
    ratio = np.sqrt((n - 1) / n + between / safe)
    return np.where(still, np.where(between > TINY, np.inf, 1.0), ratio)
