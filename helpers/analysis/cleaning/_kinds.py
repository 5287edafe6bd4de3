"""Which kinds of noise an estimate speaks of, and which it cannot tell."""

from helpers.analysis.cleaning._noise_estimate import KINDS

LEAST = {"gaussian": 0.5, "speckle": 0.01, "salt and pepper": 0.0003}  # below: not spoken of
COARSE = 1.5  # grain from which neighbours share their noise
UNCLEAR = 3.0  # grain from which nothing is known of its kind: clean photographs reach that too
TAILS, SPIKES = 1.4, 2.0  # tails and levels from which single pixels stick out
STRIPES, BESIDE = 1.5, 0.1  # levels, and share of the other noise: photographs reach 0.9 levels


def least_spoken_of(estimate, kind):
    """Return from which size on a kind is spoken of: less in files with finer steps.

    Parameters
    ----------
    estimate : NoiseEstimate
    kind : a key of `LEAST`

    Returns
    -------
    float
    """
    return LEAST[kind] * (1 if kind == "salt and pepper" else min(1.0, estimate.step))


def name_kinds(estimate):
    """Name the kinds of noise whose whole interval lies above the least that is spoken of.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    list of str
        Neither Gaussian noise nor speckle where what varies is coarse or sticks out.
    """
    named = [
        kind
        for kind, name in KINDS.items()
        if getattr(estimate, name).low >= least_spoken_of(estimate, kind)
    ]
    unlike = is_unclear(estimate) or is_spiky(estimate)
    return [kind for kind in named if not unlike or kind == "salt and pepper"]


def is_undecided(estimate):
    """Tell whether there is noise for certain, but Gaussian noise or speckle is left open.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    bool
    """
    known = {"gaussian", "speckle"} & set(name_kinds(estimate))
    there = estimate.least >= least_spoken_of(estimate, "gaussian")
    return there and not known and not is_unclear(estimate) and not is_spiky(estimate)


def is_unclear(estimate):
    """Tell whether what varies is so much coarser than a pixel that its kind cannot be told.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    bool
    """
    return estimate.grain > UNCLEAR and coarse_size(estimate) >= min(1.0, estimate.step)


def coarse_size(estimate):
    """Return the SD of what varies two pixels wide, in levels.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    float
    """
    return estimate.grain * estimate.typical


def is_spiky(estimate):
    """Tell whether single pixels stick out that are neither black nor white.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    bool
    """
    return estimate.tails > TAILS and estimate.typical >= SPIKES


def is_striped(estimate):
    """Tell whether whole rows or columns differ from their neighbours.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    bool
    """
    return estimate.stripes >= max(STRIPES, BESIDE * estimate.typical)
