"""The chains of the sampler: where each starts, and how often each pixel was up in its sweeps."""

import numpy as np

from helpers.ising import _lattice
from helpers.random_bits import raw_bits


def run(evidence, coupling, bins, rng, records, after_sweep=None):
    """Run chains one after another; yield for each how often each pixel was up.

    Parameters
    ----------
    evidence : `_evidence.Evidence`
    coupling : float
    bins : array of shape (sweeps,), int
        The bin in which a sweep is counted; below 0: not at all.
    rng : numpy.random.Generator
    records : array of shape (2, chains, sweeps)
        Receives energy and mean spin after each sweep.
    after_sweep : callable, optional

    Yields
    ------
    array of shape (bins, M, N), unsigned integers
    """
    shape, width = evidence.up.shape, _lattice.part_shape(evidence.up.shape)[1]
    sizes = np.bincount(bins[bins >= 0])
    for chain in range(records.shape[1]):
        spins = _lattice.split(_start(chain, evidence.up, rng), np.uint8)
        bits = raw_bits(rng)
        counts = np.zeros((sizes.size, *spins.shape), np.min_scalar_type(sizes.max()))
        for number, place in enumerate(bins):
            _lattice.sweep(spins, evidence.limits, width, bits)
            records[:, chain, number] = evidence.measure(spins, coupling)
            if place >= 0:
                counts[place] += spins
            if after_sweep is not None:
                after_sweep()
        yield np.stack([_lattice.join(lines, shape) for lines in counts])


def _start(chain, up, rng):
    """Return the first state of a chain as a mask of the pixels that are up."""
    if chain == 0:
        return up
    return rng.random(up.shape) < 0.5 if chain > 2 else np.full(up.shape, chain == 2)
