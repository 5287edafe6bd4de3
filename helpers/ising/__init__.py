"""MCMC denoising with the Ising model: neighbours vote, evidence has a weight, chance decides.

The model is P(x | y) proportional to exp(J * sum over neighbour pairs x_a x_b + sum h_a x_a), with
spins x in {-1, +1}, four neighbours and free borders. J is the `coupling`; the `field` h says what
was seen: h = y/2 * log((1 - p) / p) for pixels that flipped with probability p, and h = y / sd^2
for normal noise around -1 and +1.
"""

from dataclasses import dataclass

import numpy as np

from helpers._arguments import not_negative, positive, whole
from helpers.ising import _chains, _evidence, _lattice
from helpers.ising._optimum import check_field, exact_map, icm
from helpers.random_bits import raw_bits

__all__ = ["Posterior", "denoise", "energy", "exact_map", "gibbs_sweep", "icm", "sample_halves"]


@dataclass(frozen=True)
class Posterior:
    """What `denoise` has learnt about the picture below the noise.

    Attributes
    ----------
    probability : array of shape (M, N), float
        Share of the kept sweeps, over all chains, in which the pixel was +1.
    estimate : array of shape (M, N), int8
        The likelier of -1 and +1 for each pixel; a tie goes to +1.
    energies, magnetisations : arrays of shape (chains, sweeps), float
        Energy and mean spin after each sweep, burn-in included, for judging how chains mix.
    burn_in : int
        Sweeps of each chain that were not counted.
    """

    probability: np.ndarray
    estimate: np.ndarray
    energies: np.ndarray
    magnetisations: np.ndarray
    burn_in: int

    @property
    def expected_error(self):
        """Share of wrong pixels that the model expects of `estimate`, if the model is right."""
        return float(np.minimum(self.probability, 1 - self.probability).mean())


def energy(spins, field, coupling):
    """Return -J * (sum over neighbour pairs x_a x_b) - sum h_a x_a: lower is likelier.

    Parameters
    ----------
    spins : array of shape (M, N), -1 or +1
    field : array of shape (M, N), or a number
    coupling : float >= 0

    Returns
    -------
    float
    """
    spins, coupling = _spins(spins), not_negative(coupling, "coupling")
    field = check_field(field, spins.shape)
    wide = spins.astype(np.float64)
    pairs = np.sum(wide[1:] * wide[:-1]) + np.sum(wide[:, 1:] * wide[:, :-1])
    return float(-coupling * pairs - np.sum(field * wide))


def gibbs_sweep(spins, field, coupling, rng=None):
    """Draw every spin once from its distribution given all others, colour by colour.

    Parameters
    ----------
    spins : array of shape (M, N), -1 or +1
    field : array of shape (M, N), or a number
    coupling : float in [0, 80]
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of shape (M, N), int8, new

    Notes
    -----
    Pixels of one colour of a chessboard share no bond, so they may be drawn at once
    (S. Geman and D. Geman, 1984, doi:10.1109/TPAMI.1984.4767596).
    """
    spins, coupling = _spins(spins), _weak_enough(coupling)
    limits = _evidence.limits(check_field(field, spins.shape), np.ndim(field) == 0, coupling)
    lines = _lattice.split(spins > 0, np.uint8)
    _lattice.sweep(lines, limits, _lattice.part_shape(spins.shape)[1], raw_bits(rng))
    return _signs(_lattice.join(lines, spins.shape))


def denoise(
    observed=None,
    *,
    coupling=0.7,
    flip_probability=None,
    noise_sd=None,
    field=None,
    sweeps=60,
    burn_in=20,
    chains=1,
    rng=None,
):
    """Sample pictures from the posterior, and average them.

    Parameters
    ----------
    observed : array of shape (M, N)
        With `flip_probability`: two-valued (bool, -1 and +1, 0 and 1, or 0 and 255), where the
        larger value is +1. With `noise_sd`: real numbers around -1 and +1. Not with `field`.
    coupling : float in [0, 80]
        J: how strongly neighbours agree.
    flip_probability : float in (0, 0.5)
    noise_sd : float > 0
    field : array of shape (M, N)
        Evidence for +1 as half a log-likelihood ratio, for any other noise. Exactly one of
        `flip_probability`, `noise_sd` and `field` must be given.
    sweeps, burn_in : int
        Sweeps of each chain, and how many of the first are not counted.
    chains : int >= 1
        The first starts at the evidence, the second all -1, the third all +1, others at random.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    Posterior

    Raises
    ------
    ValueError
        If not exactly one kind of noise is given, a picture is not two-valued, or a number lies
        outside its range.
    TypeError
        If `observed` is bool or unsigned with `noise_sd`.
    """
    coupling, chains = _weak_enough(coupling), whole(chains, "chains")
    burn_in = whole(burn_in, "burn_in", least=0)
    sweeps = whole(sweeps, "sweeps", least=burn_in + 1)
    evidence = _weigh(observed, flip_probability, noise_sd, field, coupling)
    records, rng = np.empty((2, chains, sweeps)), np.random.default_rng(rng)
    bins = np.r_[np.full(burn_in, -1), np.zeros(sweeps - burn_in, dtype=int)]
    times_up, most = 0, np.min_scalar_type(chains * (sweeps - burn_in))
    for (counts,) in _chains.run(evidence, coupling, bins, rng, records):
        times_up = np.add(times_up, counts, dtype=most) if chains > 1 else counts
    probability = times_up / (chains * (sweeps - burn_in))
    return Posterior(probability, _signs(probability >= 0.5), *records, burn_in)


def sample_halves(
    observed,
    *,
    coupling=0.7,
    flip_probability,
    sweeps,
    burn_in,
    chains=4,
    rng=None,
    after_sweep=None,
):
    """Sample as `denoise` does, and count the two halves of each chain apart.

    Parameters
    ----------
    observed, coupling, flip_probability, rng
        As for `denoise`.
    sweeps, burn_in, chains : int
        ``sweeps - burn_in`` must be even.
    after_sweep : callable, optional
        Called after each sweep, to show progress.

    Returns
    -------
    up : array of shape (2 * chains, M, N), unsigned integers
        How often a pixel was +1 in the first and in the second half of each chain.
    energies, magnetisations : arrays of shape (chains, sweeps), burn-in included
    """
    coupling, half = _weak_enough(coupling), (sweeps - burn_in) // 2
    if sweeps - burn_in != 2 * half or half < 1:
        raise ValueError(
            f"`sweeps` - `burn_in` must be even and at least 2; got {sweeps} - {burn_in}."
        )
    evidence = _weigh(observed, flip_probability, None, None, coupling)
    bins = np.repeat([-1, 0, 1], [burn_in, half, half])
    records, rng = np.empty((2, chains, sweeps)), np.random.default_rng(rng)
    up = np.concatenate(list(_chains.run(evidence, coupling, bins, rng, records, after_sweep)))
    return up, *records


def _signs(up):
    """Return -1 and +1 for a mask, or for 0 and 1, in one byte each."""
    return up.view(np.int8) * np.int8(2) - np.int8(1)


def _weak_enough(coupling):
    if (coupling := not_negative(coupling, "coupling")) > _evidence.STRONGEST:
        raise ValueError(f"`coupling` must be at most {_evidence.STRONGEST}; got {coupling}.")
    return coupling


def _weigh(observed, flip_probability, noise_sd, field, coupling):
    """Turn the observation, with the one kind of noise that is given, into evidence."""
    given = [flip_probability is not None, noise_sd is not None, field is not None]
    if sum(given) != 1 or (observed is None) == (field is None):
        raise ValueError(
            "Exactly one of `flip_probability`, `noise_sd` (each with `observed`) and `field` "
            "(without) must be given."
        )
    if field is not None:
        return _evidence.real(check_field(field), 1, coupling)
    if noise_sd is not None:
        scale = max(positive(noise_sd, "noise_sd"), 1e-150) ** -2  # no overflow
        return _evidence.real(_signed(observed), scale, coupling)
    if not 0 < flip_probability < 0.5:
        raise ValueError(
            f"`flip_probability` must be above 0 and below 0.5; got {flip_probability}."
        )
    strength = 0.5 * np.log((1 - flip_probability) / flip_probability)
    return _evidence.two_valued(_two_valued(observed), strength, coupling)


def _signed(observed):
    """Return a real-valued picture, unless its type cannot hold values around -1."""
    observed = np.asarray(observed)
    if observed.dtype.kind in "bu":
        raise TypeError(
            "`observed` must hold real numbers around -1 and +1 with `noise_sd`; "
            f"got {observed.dtype}."
        )
    return check_field(observed, name="observed")


def _two_valued(observed):
    """Return which pixels hold the larger of two values."""
    observed = np.asarray(observed)
    if observed.ndim != 2 or observed.size == 0:
        raise ValueError(f"`observed` must have shape (M, N); got {observed.shape}.")
    if observed.dtype == np.bool_:
        return observed
    low, high = observed.min(), observed.max()
    allowed = ((0, 1), (-1, 1), (0, 255))
    if not any(low in pair and high in pair for pair in allowed) or not np.all(
        (observed == low) | (observed == high)
    ):
        raise ValueError(
            "`observed` must hold two values with `flip_probability`: bool, -1 and +1, 0 and 1, or "
            f"0 and 255; got {low} to {high}. Threshold a grey picture first (observed > level), "
            "or give `noise_sd`."
        )
    return observed > 0


def _spins(spins):
    spins = np.asarray(spins)
    if spins.ndim != 2 or spins.size == 0 or not ((spins == 1) | (spins == -1)).all():
        raise ValueError(f"`spins` must have shape (M, N) and hold -1 and +1; got {spins.shape}.")
    return spins
