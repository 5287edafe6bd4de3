"""Words and tables for a scan: flips, agreement of the chains, what was cleaned.

Each function returns what the page prints and writes.
"""

import cv2
import numpy as np

from helpers.analysis.scan._agreement import AGREE, FEW, PIXEL

GROUP = 8  # pixels of ink that hang together, from which a group is no speck
MISS_FORMATS = {"J": ".1f", "mean squared miss": ".5f"}


def tell_flips(flips, checks):
    """Say how many pixels flipped, and whether such an estimate can be trusted on this scan.

    Parameters
    ----------
    flips : Flips
    checks : list of (added, expected, estimated)

    Returns
    -------
    list of str
    """
    if not flips.share >= 0:
        return ["No pixel has eight equal neighbours: the share of flips cannot be estimated."]
    lines = [
        f"Flipped pixels: {flips.share:.3%} (95 % interval {flips.low:.3%} to {flips.high:.3%}); "
        f"on paper {flips.added:.3%}, in ink {flips.lost:.3%}."
    ]
    for added, expected, found in checks:
        lines.append(f"{added:.0%} flipped on purpose: expected {expected:.2%}, found {found:.2%}")
    if max(flips.added, flips.lost) > 3 * min(flips.added, flips.lost) + 0.002:
        lines.append(
            "Paper and ink flip at different rates; the model has one rate for both, so that it "
            "trusts the worse of the two too much."
        )
    return lines


def tell_used(p, flips):
    """Compare the share of flips that the sampler is given with the one that was counted.

    Parameters
    ----------
    p : float
    flips : Flips

    Returns
    -------
    str
    """
    if p > 2 * flips.high:
        more = (
            "more than was counted: the scan is trusted less, so that groups of stray pixels go "
            "too, and with them the ends of thin strokes may go"
        )
    elif p < flips.low / 2:
        more = "less than was counted: much of the noise will stay"
    else:
        more = "about what was counted"
    return f"Used from here on: p = {p:.3g}, {more}."


def tell_agreement(agreement, coupling):
    """Say whether the chains agree, and what to do if not.

    Parameters
    ----------
    agreement : Agreement
    coupling : float

    Returns
    -------
    list of str
    """
    draws = " and ".join(f"{count:.0f}" for count in agreement.draws)
    lines = [
        f"Rank-normalised split R-hat of the energy {agreement.energy:.3f}, of the share of ink "
        f"{agreement.spin:.3f} (at most {AGREE} wanted); effective draws {draws} (at least "
        f"{agreement.wanted} wanted); pixels with an R-hat above {PIXEL}: {agreement.pixels:.2%} "
        f"(at most {FEW:.0%} wanted)."
    ]
    if agreement.converged:
        return [*lines, "The chains agree: nothing speaks against convergence."]
    if agreement.agree:
        return [
            *lines,
            "NOT CONVERGED: the chains have drawn too little to tell whether they agree, and the "
            "probabilities below are not to be used. Raise `sweeps`.",
        ]
    return [
        *lines,
        "NOT CONVERGED: chains from different starts disagree, and the probabilities below are "
        f"not to be used. Raise `sweeps`, or take a `coupling` below {coupling:g}.",
    ]


def tell_result(ink, clean, probability, agreement, choices):
    """Say what was done, for a report.

    Parameters
    ----------
    ink, clean : arrays of shape (M, N), bool
    probability : array of shape (M, N)
    agreement : Agreement
    choices : str, the threshold, the share of flips and the coupling in words

    Returns
    -------
    list of str
    """
    changed = np.count_nonzero(ink != clean)
    done = (
        f"The scan was turned into ink and paper ({choices}); of {ink.size} pixels "
        f"{np.count_nonzero(ink & ~clean)} lost their ink and {np.count_nonzero(clean & ~ink)} "
        f"gained some ({changed / ink.size:.2%} changed)."
    )
    groups, lost = count_lost(ink, clean)
    eaten = (
        f"WARNING: of {groups} groups of at least {GROUP} pixels of ink {lost} lost more than "
        "half: dust, or thin strokes that the model takes for noise. A smaller `flip_probability` "
        "or `coupling` spares them."
    )
    more = [eaten] * bool(lost)
    if not agreement.converged:
        return [
            f"{done} The chains had not converged: this result is provisional, and how many "
            "pixels are wrong or in doubt cannot be said.",
            *more,
        ]
    doubt = np.minimum(probability, 1 - probability)
    return [
        f"{done} If the model is right, {doubt.mean():.3%} of the pixels are expected to be "
        f"wrong, and {np.mean(doubt > 0.1):.2%} are in doubt by more than 0.1.",
        *more,
    ]


def count_lost(ink, clean):
    """Count groups of at least eight pixels of ink, and those that lost more than half.

    Parameters
    ----------
    ink, clean : arrays of shape (M, N), bool

    Returns
    -------
    (groups, lost), two int
        Pixels that touch, also at a corner, are of one group.
    """
    count, numbers = cv2.connectedComponents(ink.view(np.uint8), connectivity=8)
    before = np.bincount(numbers.ravel(), minlength=count)[1:]
    left = np.bincount(numbers[clean].ravel(), minlength=count)[1:]
    large = before >= GROUP
    return int(large.sum()), int(np.count_nonzero(left[large] < before[large] / 2))


def tabulate_chains(chains):
    """Return the record of the chains as columns for a table.

    Parameters
    ----------
    chains : Chains

    Returns
    -------
    dict of column -> array
    """
    count, sweeps = chains.energies.shape
    sweep = np.tile(np.arange(1, sweeps + 1), count)
    return {
        "chain": np.repeat(np.arange(1, count + 1), sweeps),
        "sweep": sweep,
        "burn_in": sweep <= chains.burn_in,
        "energy": chains.energies.ravel().round(3),
        "ink": (0.5 + chains.spins.ravel() / 2).round(6),
    }


def describe_histogram(level, way):
    """Say what the picture of grey levels shows.

    Parameters
    ----------
    level : int, Otsu's
    way : "local" or a level

    Returns
    -------
    str
    """
    used = "a local threshold is used" if way == "local" else "a line marks the threshold"
    return f"How many pixels have each grey level, from black to white; {used}."


def describe_chains(drawn):
    """Say what the picture of energies shows.

    Parameters
    ----------
    drawn : Chains

    Returns
    -------
    str
    """
    ends = drawn.energies[:, -1]
    apart = np.ptp(ends) > 0.1 * np.ptp(drawn.energies)
    told = "still lie apart" if apart else "lie on top of each other"
    return f"One line of energy for each chain over the sweeps; at the end they {told}."
