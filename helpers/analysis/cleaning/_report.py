"""Say in words and pictures how noisy a picture is and what a filter did to it."""

import numpy as np

from helpers.analysis.cleaning import _choice as cleaning
from helpers.analysis.cleaning._kinds import (
    COARSE,
    LEAST,
    coarse_size,
    is_spiky,
    is_striped,
    is_unclear,
    is_undecided,
    least_spoken_of,
    name_kinds,
)
from helpers.analysis.cleaning._noise_estimate import KINDS

FITTING = {
    "gaussian": "gaussian, low pass and mean",
    "speckle": "crimmins, gaussian and low pass",
    "salt and pepper": "median and conservative",
}
SINGLE = FITTING["salt and pepper"]
EITHER = "gaussian and low pass"  # fit Gaussian noise and speckle
CHECK_FORMATS = {"added": ".3g", "expected": ".3g", "estimated": ".3g", "ratio": ".2f"}


def tell_noise(estimate, about=None):
    """Say what kinds of noise there are, how sure that is, and which filters fit.

    Parameters
    ----------
    estimate : NoiseEstimate
    about : images.About, optional
        Of a file with more than 8 bits: its own levels are given too.

    Returns
    -------
    list of str
    """
    g, s, i = estimate.gaussian, estimate.speckle, estimate.impulses
    lines = [
        f"Gaussian noise: SD {_range(g)} levels of 255{_own_levels(g.value, about)}.",
        f"Speckle: SD of the factor {_range(s)}.",
        f"Salt and pepper: {_range(i, 100)} % of the pixels.",
    ]
    kinds, unclear = name_kinds(estimate), _tell_unclear(estimate)
    lines += unclear
    if not kinds and not unclear:
        lines.append("No kind of noise is beyond doubt; a filter would mainly blur.")
    for kind in kinds:
        lines.append(f"Filters that fit {_spell(kind)} noise: {FITTING[kind]}.")
    there = estimate.typical >= least_spoken_of(estimate, "gaussian")
    if estimate.grain > COARSE and there and not is_unclear(estimate):
        lines.append(
            f"Careful: two pixels wide the picture varies {estimate.grain:.2f} times as much as "
            "one pixel wide. Its noise is coarser than a pixel (compression, enlargement) or its "
            "texture is fine; the SD above is then too small and hidden pixels are easy to guess."
        )
    return lines


def _tell_unclear(estimate):
    """Say what is there without being of a clear kind."""
    lines = []
    if is_spiky(estimate):
        lines.append(
            f"About {estimate.typical:.2g} levels of no clear kind: single pixels stick out that "
            "are neither black nor white, so that the SD above says little. These are impulses of "
            f"any value, or sharp texture. Filters for single pixels: {SINGLE}."
        )
    elif is_unclear(estimate):
        lines.append(
            f"What varies here is of no clear kind: its SD is {coarse_size(estimate):.2g} levels "
            f"two pixels wide and {estimate.typical:.2g} one pixel wide. It is noise coarser than "
            "a pixel (compression, enlargement) or texture; hidden pixels are then easy to guess, "
            "and `auto` takes filters that are too weak."
        )
    elif is_undecided(estimate):
        lines.append(
            f"About {estimate.typical:.2g} levels of noise, kind undecided: the brightness of this "
            f"picture does not tell Gaussian noise and speckle apart. Filters that fit both: "
            f"{EITHER}."
        )
    if is_striped(estimate):
        lines.append(
            f"Whole rows or columns differ from their neighbours by an SD of "
            f"{estimate.stripes:.2g} levels: stripes of a sensor or scanner, or level lines of the "
            "picture itself. No filter of this page is made for stripes."
        )
    return lines


def _own_levels(value, about):
    if about is None or about.bits <= 8:
        return ""
    low, high = about.value_range
    return f", which is {value / 255 * (high - low):.3g} of this file's {low:.6g} to {high:.6g}"


def tell_result(estimate, removed, method, strength, edges):
    """Say what was done, for a report.

    Parameters
    ----------
    estimate : NoiseEstimate
    removed : float, SD of what was removed, in levels
    method, strength : the filter
    edges : float, correlation of what was removed with edges

    Returns
    -------
    list of str
    """
    held = f"The picture holds {_named(estimate, 'hardly any')} noise"
    done = cleaning.describe(method, strength)
    if method == "none":
        size = f", about {estimate.typical:.2g} levels" if _is_sized(estimate) else ""
        return [f"{held}{size}; it was left as it is."]
    lines = [
        f"{held} (SD about {estimate.typical:.2g} levels of 255 besides impulses); it was "
        f"filtered ({done}), which removed an SD of {removed:.2g} levels."
    ]
    if removed > 1.3 * estimate.typical and estimate.impulses.value < LEAST["salt and pepper"]:
        lines.append("More was removed than the estimated noise: detail went with it.")
    if removed < 0.6 * estimate.typical:
        lines.append(
            "WARNING: far less was removed than the estimated noise: much of it is still there. "
            "Choose `method` and a larger `strength` in section 1."
        )
    if edges > 0.3:
        lines.append(f"What was removed follows the edges (correlation {edges:.2f}).")
    return lines


def tell_fit(estimate, method):
    """Say why a filter was taken that is not listed for the noise, or nothing if it is listed.

    Parameters
    ----------
    estimate : NoiseEstimate
    method : str

    Returns
    -------
    list of str
    """
    fitting = [FITTING[kind] for kind in name_kinds(estimate)] + [EITHER] * is_undecided(estimate)
    fitting += [SINGLE] * is_spiky(estimate)
    if method == "none" or not fitting or any(method in names for names in fitting):
        return []
    return [
        f"{method.capitalize()} is not among the filters listed for this noise in section 2. That "
        "list goes by the noise alone; hidden pixels count detail and edges of this picture too."
    ]


def draw_noise(estimate, ax):
    """Draw the SD of each smooth block against its brightness, with the fitted curve.

    Parameters
    ----------
    estimate : NoiseEstimate
    ax : Axes

    Returns
    -------
    Axes
    """
    ax.plot(estimate.brightness, estimate.spread, "o", markersize=4, alpha=0.5, label="block")
    level = np.linspace(0, 255, 200)
    fitted = np.hypot(estimate.gaussian.value, estimate.speckle.value * level)
    ax.plot(level, fitted, label="Gaussian and speckle together")
    top = max(1.0, 1.5 * float(np.quantile(estimate.spread, 0.95)), float(estimate.typical) * 2)
    ax.set(xlim=(0, min(255.0, 1.3 * float(estimate.brightness.max()) + 10)), ylim=(0, top))
    ax.set(xlabel="mean brightness of the block (levels)", ylabel="SD of its noise (levels)")
    ax.legend(frameon=False)
    return ax


def tabulate(estimate):
    """Return the estimate as columns for a table.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    dict of column -> list
    """
    shares = [getattr(estimate, name) for name in KINDS.values()]
    columns = {"noise": list(KINDS), "unit": ["levels of 255", "SD of the factor", "share"]}
    for name in ("value", "low", "high"):
        columns[name] = [float(f"{getattr(share, name):.4g}") for share in shares]
    return columns


def tabulate_trials(trials):
    """Return the trials as columns for a table.

    Parameters
    ----------
    trials : list of Trial

    Returns
    -------
    dict of column -> list
    """
    columns = {"filter": [cleaning.describe(t.method, t.strength) for t in trials]}
    for name, field in (("miss", "miss"), ("removed SD", "removed"), ("with edges", "edges")):
        columns[name] = [round(getattr(trial, field), 3) + 0.0 for trial in trials]
    return columns


def _named(estimate, nothing):
    """Name the kinds of noise, the undecided one too, or say `nothing`."""
    kinds = [_spell(kind) for kind in name_kinds(estimate)]
    kinds += ["undecided (Gaussian or speckle)"] * is_undecided(estimate)
    kinds += ["no clear kind of"] * (is_spiky(estimate) or is_unclear(estimate))
    kinds += ["striped"] * is_striped(estimate)
    return " and ".join(kinds) or nothing


def _is_sized(estimate):
    return is_undecided(estimate) or is_spiky(estimate)


def _spell(kind):
    return kind.replace("gaussian", "Gaussian")


def _range(share, times=1):
    value, low, high = (f"{times * end:.2g}" for end in share)
    return f"{value} (95 % interval {low} to {high})"


def tabulate_check(rows):
    """Return the check of the estimates as columns for a table.

    Parameters
    ----------
    rows : list of (kind, added, expected, estimated)

    Returns
    -------
    dict of column -> list
    """
    kinds, added, expected, found = map(list, zip(*rows, strict=True))
    ratio = [one / other for one, other in zip(found, expected, strict=True)]
    numbers = {"added": added, "expected": expected, "estimated": found, "ratio": ratio}
    return {"kind": kinds} | numbers


def describe_noise_plot(estimate):
    """Say what the picture of brightness and spread shows.

    Parameters
    ----------
    estimate : NoiseEstimate

    Returns
    -------
    str
    """
    kinds = _named(estimate, "no kind of")
    return f"Dots of smooth blocks, their spread over their brightness, and a curve: {kinds} noise."
