"""Means and differences over repeated folds, with intervals that know the folds share rows."""

from typing import NamedTuple

import numpy as np
from scipy import special

from helpers.analysis.balancing._folds import MEASURES, METHODS, MODELS, RESAMPLING
from helpers.plot import BLACK, BLUE, GREEN, ORANGE, RED

SIGNS = {name: -1 if name == "brier" else 1 for name in MEASURES}  # a low Brier score is good
PRICES = {"sensitivity": "specificity", "specificity": "sensitivity"}  # what pays for a rate


class Estimate(NamedTuple):
    """Mean over folds with its interval, and the P value for a mean of 0."""

    mean: float
    low: float
    high: float
    p: float


def corrected_interval(values, folds, *, confidence=0.95):
    """Return the corrected resampled t interval for a mean over repeated folds.

    Parameters
    ----------
    values : array of shape (J,), J >= 2
        One value for each test part.
    folds : int >= 2
        Folds of one repeat: a test part is 1 / (folds - 1) of a training part.
    confidence : float in (0, 1)

    Returns
    -------
    Estimate

    Notes
    -----
    The variance of the mean is s^2 (1 / J + n_test / n_train) instead of s^2 / J: C. Nadeau and
    Y. Bengio, 2003, doi:10.1023/A:1024068626366.
    """
    values = np.asarray(values, dtype=np.float64)
    mean, freedom = values.mean(), values.size - 1
    error = np.sqrt((1 / values.size + 1 / (folds - 1)) * values.var(ddof=1))
    half = -special.stdtrit(freedom, (1 - confidence) / 2) * error
    if error > 1e-12:
        p = 2 * special.stdtr(freedom, -abs(mean) / error)
    else:
        p = float(abs(mean) < 1e-12)
    return Estimate(float(mean), float(mean - half), float(mean + half), float(p))


def levels(result, measure):
    """Return for each method the mean of a measure, its interval kept within [0, 1].

    Parameters
    ----------
    result : Comparison
    measure : name in `MEASURES`

    Returns
    -------
    dict of method -> Estimate
    """
    plan, found = result.plan, {}
    for method, values in zip(plan.methods, result.measures[measure], strict=True):
        mean, low, high, p = corrected_interval(values, plan.folds, confidence=plan.confidence)
        found[method] = Estimate(mean, max(low, 0.0), min(high, 1.0), p)
    return found


def differences(result, measure, *, against="nothing"):
    """Return the paired difference of each other method, wide enough for all of them together.

    Parameters
    ----------
    result : Comparison
    measure : name in `MEASURES`
    against : str
        The method that is taken away. Against the moved threshold only resampling is compared.

    Returns
    -------
    dict of method -> Estimate
        With m methods each interval has the confidence 1 - (1 - confidence) / m and P is m times
        as large (Bonferroni), so the promise holds for all together.
    """
    plan, values = result.plan, result.measures[measure]
    others = [m for m in plan.methods if m != against and (against == "nothing" or m in RESAMPLING)]
    share = 1 - (1 - plan.confidence) / max(1, len(others))
    base, found = values[plan.methods.index(against)], {}
    for method in others:
        gap = values[plan.methods.index(method)] - base
        mean, low, high, p = corrected_interval(gap, plan.folds, confidence=share)
        found[method] = Estimate(mean, low, high, min(1.0, len(others) * p))
    return found


def changed(gaps, measure):
    """Split methods into those that are better and those that are worse beyond chance.

    Parameters
    ----------
    gaps : dict of method -> Estimate
    measure : name in `MEASURES`

    Returns
    -------
    better, worse : lists of methods whose interval leaves 0 out
    """
    sign = SIGNS[measure]
    clear = {method: sign * gap.mean for method, gap in gaps.items() if gap.low > 0 or gap.high < 0}
    return [m for m in clear if clear[m] > 0], [m for m in clear if clear[m] < 0]


def verdict(result):
    """Say what helps on the chosen measure, then what happens to ranking and probabilities.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    list of str
    """
    plan, measure = result.plan, result.plan.measure
    gaps, told = differences(result, measure), _told(result)
    better, worse = changed(gaps, measure)
    if better:
        said = [f"Better than doing nothing on {MEASURES[measure]}: {_list(better, told)}."]
    else:
        ends = max(
            SIGNS[measure] * (g.high if SIGNS[measure] > 0 else g.low) for g in gaps.values()
        )
        said = [
            f"Nothing helps: no method is better than doing nothing on {MEASURES[measure]} beyond "
            f"what chance explains. A gain of up to {max(ends, 0):.2g} cannot be ruled out."
        ]
    if better and (open_ := [m for m in gaps if m not in better + worse]):
        said.append(f"Not told apart from doing nothing: {_list(open_, told)}.")
    if worse:
        said.append(f"Worse than doing nothing on {MEASURES[measure]}: {_list(worse, told)}.")
    tried = [m for m in plan.methods if m in RESAMPLING]
    if "threshold" in plan.methods and tried:
        said.append(_beyond_the_threshold(result))
    for name, what in (("auc", "The ranking (AUC)"), ("brier", "The Brier score")):
        if name != measure:
            other = differences(result, name)
            words = {method: _gap(gap) for method, gap in other.items()}
            up, down = (_list(part, words) for part in changed(other, name))
            said.append(
                f"{what} is better than that of doing nothing with: {up}; worse with: {down}."
            )
    count = len(gaps)
    said.append(
        f"{count} method{'s are' if count > 1 else ' is'} compared with doing nothing: intervals "
        f"are widened so that all {count} hold together at {plan.confidence:.4g}; each measure is "
        "a question of its own."
    )
    return said


def report_sentence(result):
    """Return one sentence for a report.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    str
    """
    plan, labels = result.plan, result.labels
    gaps = _told(result)
    changes = _list(gaps, gaps)
    start = levels(result, plan.measure)["nothing"]
    return (
        f"In {plan.folds}-fold stratified cross-validation repeated {plan.repeats} times "
        f"({len(labels)} rows, {labels.sum()} positive), {MODELS[plan.model]} reached a mean "
        f"{MEASURES[plan.measure]} of {start.mean:.3f} ({100 * plan.confidence:.4g} % interval "
        f"{start.low:.3f} to {start.high:.3f}); differences from it, with intervals adjusted for "
        f"{len(gaps)} comparison{'s' if len(gaps) > 1 else ''} (corrected resampled t, "
        f"Bonferroni): {changes}."
    )


def draw_levels(ax, result):
    """Draw sensitivity and specificity of each method with their intervals.

    Parameters
    ----------
    ax : Axes
    result : Comparison
    """
    looks = (("sensitivity", ORANGE, "s", -0.14), ("specificity", BLUE, "o", 0.14))
    for measure, colour, mark, shift in looks:
        found = levels(result, measure)
        _draw_rows(ax, found, colour, mark, shift, MEASURES[measure])
    ax.set(xlim=(-0.02, 1.02), xlabel="mean over test parts", title="Sensitivity and specificity")
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)


def draw_differences(ax, result, measure):
    """Draw the difference of each method from doing nothing; what is clear of 0 is coloured.

    Parameters
    ----------
    ax : Axes
    result : Comparison
    measure : name in `MEASURES`
    """
    gaps = differences(result, measure)
    better, worse = changed(gaps, measure)
    ax.axvline(0, color=BLACK, linewidth=1)
    for row, (method, gap) in enumerate(gaps.items()):
        colour = GREEN if method in better else RED if method in worse else "0.5"
        ax.hlines(row, gap.low, gap.high, colour)
        ax.plot(gap.mean, row, "o", color=colour)
    ax.set_yticks(range(len(gaps)), [METHODS[method] for method in gaps])
    ax.set(ylim=(len(gaps) - 0.5, -0.5), title=MEASURES[measure])
    ax.locator_params(axis="x", nbins=4)
    ax.set_xlabel("difference, less is better" if measure == "brier" else "difference")


def _draw_rows(ax, found, colour, mark, shift, label):
    rows = np.arange(len(found)) + shift
    low, high = ([getattr(e, end) for e in found.values()] for end in ("low", "high"))
    ax.hlines(rows, low, high, colour)
    ax.plot([e.mean for e in found.values()], rows, mark, color=colour, label=label)
    ax.set_yticks(range(len(found)), [METHODS[method] for method in found])
    ax.set_ylim(len(found) - 0.5, -0.5)


def _beyond_the_threshold(result):
    measure = result.plan.measure
    better, _ = changed(differences(result, measure, against="threshold"), measure)
    if better:
        told = _told(result, against="threshold")
        return f"Better than moving the threshold: {_list(better, told)}."
    return (
        f"Resampling is not better than moving the threshold on {MEASURES[measure]} beyond what "
        "chance explains."
    )


def _told(result, against="nothing"):
    """Return for each method its difference in words; for a rate with that of the other rate."""
    measure = result.plan.measure
    told = {m: _gap(gap) for m, gap in differences(result, measure, against=against).items()}
    if price := PRICES.get(measure):
        for method, gap in differences(result, price, against=against).items():
            told[method] += f"; {price} {_gap(gap)}"
    return told


def _list(methods, told):
    return ", ".join(f"{METHODS[m]} ({told[m]})" for m in methods) or "none"


def _gap(gap):
    return f"{gap.mean:+.3f}, {gap.low:+.3f} to {gap.high:+.3f}"


def describe_levels(result):
    """Say what the picture of both rates shows.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    str
    """
    told = []
    for rate in ("sensitivity", "specificity"):
        found = levels(result, rate)
        told.append(f"{rate} is highest with {METHODS[max(found, key=lambda k: found[k].mean)]}")
    rates = " and ".join(told)
    return f"A row for each method with sensitivity and specificity as intervals: {rates}."


def describe_differences(result):
    """Say what the picture of differences shows.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    str
    """
    found = differences(result, result.plan.measure)
    better, worse = changed(found, result.plan.measure)
    words = {"better": better, "worse": worse}
    told = "; ".join(
        f"{word}: {', '.join(METHODS[k] for k in names) or 'none'}" for word, names in words.items()
    )
    return f"Differences from doing nothing with their intervals around a line at zero; {told}."
