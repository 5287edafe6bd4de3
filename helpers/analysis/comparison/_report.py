"""What the page says and shows of two compared pictures."""

import math

import numpy as np

from helpers.analysis.comparison._measure import FAINT, least_response, similarity_map
from helpers.analysis.comparison._pair import shown
from helpers.images import write_image

PART = 150  # pixels a side of the part that an explorer shows
TITLES = ("first", "second", "difference, 2 times", "similarity of each window")


def tabulate(comparison):
    """Return the steps as columns for a table.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    dict of column -> list
    """
    steps, whole = comparison.steps, comparison.steps[0].first.shape
    return {
        "compared": [step.name for step in steps],
        "share of the area": [step.first.size / np.prod(whole) for step in steps],
        "MSE": [step.mse for step in steps],
        "PSNR (dB)": [step.psnr for step in steps],
        "SSIM": [step.ssim for step in steps],
        "EMD of levels": [step.emd for step in steps],
    }


def tell_cautions(comparison):
    """Say what makes the numbers doubtful.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    list of str
    """
    found, lines = comparison.alignment, []
    if found is None:
        lines.append("One picture has one value only: there is nothing to register.")
    elif found.response < (least := least_response(comparison.steps[0].first)):
        lines.append(
            f"WARNING: no shift fits (response {found.response:.2f}, below {least:.2g}): the "
            "pictures show another view, or one is turned, zoomed or a negative. They were not "
            "moved."
        )
    elif found[:2] != (0, 0) and not comparison.moved:
        lines.append(
            f"WARNING: a shift by {found.rows} rows and {found.columns} columns fits (response "
            f"{found.response:.2f}), but `register` is off: the numbers count the shift as damage."
        )
    if comparison.correlation < FAINT:
        lines.append(
            f"WARNING: the levels hardly go together (correlation {comparison.correlation:.2f}). "
            "Matching makes any two pictures more alike, strangers too: do not trust that row."
        )
    return lines


def tell_result(pair, comparison, window):
    """Say in one sentence how alike the pictures are, for a report.

    Parameters
    ----------
    pair : Pair
    comparison : Comparison
    window : odd int or "gaussian"

    Returns
    -------
    str
    """
    used, (rows, columns) = comparison.used, pair.first.shape[:2]
    steps = []
    if comparison.moved:
        move = comparison.alignment
        steps.append(f"registered by {move.rows} rows and {move.columns} columns")
    if used.name == "levels matched":
        steps.append(f"levels matched (gain {comparison.gain:.3f}, offset {comparison.offset:.1f})")
    done = f", {' and '.join(steps)}," if steps else ""
    how = "Gaussian window, SD 1.5" if window == "gaussian" else f"window of {window} x {window}"
    kind = "colour" if pair.first.ndim == 3 else "grey"
    if used.mse == 0:
        result = "are equal in every pixel"
    else:
        result = (
            f"have PSNR {used.psnr:.1f} dB and SSIM {used.ssim:.3f} ({how}, range 255); their "
            f"histograms are {used.emd:.1f} levels apart (earth mover's distance)"
        )
    return f"{pair.names[0]} and {pair.names[1]} ({rows} x {columns}, {kind}){done} {result}."


def draw(comparison, window):
    """Return four pictures: both, their difference, and the map of the structural similarity.

    Parameters
    ----------
    comparison : Comparison
    window : odd int or "gaussian"

    Returns
    -------
    list of arrays, uint8 and float
    """
    used = comparison.used
    return [*map(shown, (used.first, used.second)), _difference(used), similarity_map(used, window)]


def explore_parts(comparison, pictures):
    """Return a function that shows a part at 1:1, both pictures, difference and map.

    Parameters
    ----------
    comparison : Comparison
    pictures : list from `draw`

    Returns
    -------
    callable for `sliders.explore`, with `down` and `across` in per cent
    """
    used, values = comparison.used, pictures[3]
    margin = (used.first.shape[0] - values.shape[0]) // 2
    values = np.pad(values, margin, mode="edge")
    side = min(PART, *used.first.shape[:2])

    def view(down, across):
        top, left = (
            round((length - side) * share / 100)
            for length, share in zip(used.first.shape[:2], (down, across), strict=True)
        )
        part = np.s_[top : top + side, left : left + side]
        cut = used._replace(first=used.first[part], second=used.second[part])
        pictures = [shown(cut.first), shown(cut.second), _difference(cut), values[part]]
        error = np.sqrt(np.mean(np.square(cut.first - cut.second)))
        return pictures, f"SSIM here {values[part].mean():.3f}, RMS difference {error:.1f} levels"

    return view


def write_pictures(folder, pictures):
    """Write the difference and the map.

    Parameters
    ----------
    folder : Path
    pictures : list from `draw`
    """
    write_image(folder / "difference.png", pictures[2])
    write_image(folder / "similarity_map.png", pictures[3])


def describe(comparison):
    """Say what the four pictures show."""
    used = comparison.used
    psnr = "infinite" if math.isinf(used.psnr) else f"{used.psnr:.1f} dB"
    return (
        f"Four pictures: the first, the second ({used.name}), their difference, and the map of "
        f"similarity, white where windows agree; PSNR {psnr}, SSIM {used.ssim:.3f}."
    )


def _difference(step):
    return shown(128 + 2 * (step.second - step.first))
