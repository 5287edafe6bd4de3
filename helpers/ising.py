"""MCMC denoising with the Ising model: neighbours vote, evidence has a weight, chance decides.

The model is P(x | y) proportional to exp(J * sum over neighbour pairs x_a x_b + sum h_a x_a), with
spins x in {-1, +1}, four neighbours and free borders. J is the `coupling`; the `field` h says what
was seen: h = y/2 * log((1 - p) / p) for pixels that flipped with probability p, and h = y / sd^2
for normal noise around -1 and +1.
"""

from dataclasses import dataclass

import numpy as np

from helpers import _lattice
from helpers._optimum import check_field, exact_map, icm
from helpers._validation import not_negative, positive, whole

__all__ = ["Posterior", "denoise", "energy", "exact_map", "gibbs_sweep", "icm"]


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
    coupling : float

    Returns
    -------
    float
    """
    spins, field = _spins(spins), check_field(field, np.shape(spins))
    wide = spins.astype(np.float64)
    pairs = np.sum(wide[1:] * wide[:-1]) + np.sum(wide[:, 1:] * wide[:, :-1])
    return float(-coupling * pairs - np.sum(field * wide))


def gibbs_sweep(spins, field, coupling, rng=None):
    """Draw every spin once from its distribution given all others, colour by colour.

    Parameters
    ----------
    spins : array of shape (M, N), -1 or +1
    field : array of shape (M, N), or a number
    coupling : float
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    array of shape (M, N), int8, new

    Notes
    -----
    Pixels of one colour of a chessboard share no bond, so they may be drawn at once
    (S. Geman and D. Geman, 1984, doi:10.1109/TPAMI.1984.4767596).
    """
    spins = _spins(spins)
    limits = _lattice.limits(check_field(field, spins.shape), coupling)
    lines = _lattice.split(spins > 0, np.uint8)
    _lattice.sweep(lines, limits, _lattice.part_shape(spins.shape)[1], _bits(rng))
    return _lattice.join(lines, spins.shape).astype(np.int8) * 2 - 1


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
    coupling : float >= 0
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
    """
    coupling, chains = not_negative(coupling, "coupling"), whole(chains, "chains")
    burn_in = whole(burn_in, "burn_in", least=0)
    sweeps = whole(sweeps, "sweeps", least=burn_in + 1)
    field, limits = _evidence(observed, flip_probability, noise_sd, field, coupling)
    rng = np.random.default_rng(rng)
    ups = np.zeros(field.shape, dtype=np.int64)
    records = np.empty((2, chains, sweeps))
    measure = _lattice.meter(field, coupling)
    for chain in range(chains):
        start, bits = _start(chain, field, rng), _bits(rng)
        ups += _run_chain(start, limits, bits, measure, burn_in, records[:, chain])
    probability = ups / (chains * (sweeps - burn_in))
    estimate = np.where(probability >= 0.5, 1, -1).astype(np.int8)
    return Posterior(probability, estimate, *records, burn_in)


def _run_chain(start, limits, bits, measure, burn_in, record):
    """Run one chain, fill its two rows of `record`, return how often each pixel was up."""
    lines, width = _lattice.split(start, np.uint8), _lattice.part_shape(start.shape)[1]
    counts = [np.zeros(line.size, dtype=np.uint32) for line in lines]
    for number in range(record.shape[1]):
        _lattice.sweep(lines, limits, width, bits)
        record[:, number] = measure(lines)
        if number >= burn_in:
            for count, line in zip(counts, lines, strict=True):
                count += line
    return _lattice.join(counts, start.shape)


def _start(chain, field, rng):
    """Return the first state of a chain as a mask of the pixels that are up."""
    if chain == 0:
        return field >= 0
    return rng.random(field.shape) < 0.5 if chain > 2 else np.full(field.shape, chain == 2)


def _bits(rng):
    """Seed a fast source of raw bits from a generator."""
    return np.random.SFC64(int(np.random.default_rng(rng).integers(1 << 63)))


def _evidence(observed, flip_probability, noise_sd, field, coupling):
    """Turn the observation into a field, and both into the limits of the sampler."""
    given = [flip_probability is not None, noise_sd is not None, field is not None]
    if sum(given) != 1 or (observed is None) == (field is None):
        raise ValueError(
            "Exactly one of `flip_probability`, `noise_sd` (each with `observed`) and `field` "
            "(without) must be given."
        )
    if flip_probability is not None:
        if not 0 < flip_probability < 0.5:
            raise ValueError(
                f"`flip_probability` must be above 0 and below 0.5; got {flip_probability}."
            )
        up = _two_valued(observed)
        strength = 0.5 * np.log((1 - flip_probability) / flip_probability)
        limits = _lattice.two_valued_limits(up, strength, coupling)
        return np.where(up, strength, -strength), limits
    if noise_sd is not None:
        field = check_field(observed, name="observed") / positive(noise_sd, "noise_sd") ** 2
    field = check_field(field)
    return field, _lattice.limits(field, coupling)


def _two_valued(observed):
    """Return which pixels hold the larger of two values."""
    observed = np.asarray(observed)
    if observed.ndim != 2 or observed.size == 0:
        raise ValueError(f"`observed` must have shape (M, N); got {observed.shape}.")
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
    if spins.ndim != 2 or spins.size == 0 or not np.isin(spins, (-1, 1)).all():
        raise ValueError(f"`spins` must have shape (M, N) and hold -1 and +1; got {spins.shape}.")
    return spins
