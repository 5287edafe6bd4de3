"""Pictures of a comparison, and what they show in words."""

import numpy as np

from helpers.analysis.balancing._estimates import changed, differences, levels
from helpers.analysis.balancing._folds import rate
from helpers.analysis.balancing._plan import MEASURES
from helpers.plot import BLACK, BLUE, GREEN, ORANGE, RED, plot_roc
from helpers.roc import auc, roc_curve


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
    ax.set_yticks(range(len(found)), [result.called[method] for method in found])
    ax.set_ylim(len(found) - 0.5, -0.5)
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
    ax.set_yticks(range(len(gaps)), [result.called[method] for method in gaps])
    ax.set(ylim=(len(gaps) - 0.5, -0.5), title=MEASURES[measure])
    ax.locator_params(axis="x", nbins=4)
    ax.set_xlabel("difference, less is better" if measure == "brier" else "difference")


def _draw_rows(ax, found, colour, mark, shift, label):
    rows = np.arange(len(found)) + shift
    low, high = ([getattr(e, end) for e in found.values()] for end in ("low", "high"))
    ax.hlines(rows, low, high, colour)
    ax.plot([e.mean for e in found.values()], rows, mark, color=colour, label=label)


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
    for name in ("sensitivity", "specificity"):
        means = {method: estimate.mean for method, estimate in levels(result, name).items()}
        best = [m for m, mean in means.items() if mean > max(means.values()) - 1e-12]
        told.append(f"{name} is highest with {', '.join(result.called[m] for m in best)}")
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
        f"{word}: {', '.join(result.called[k] for k in names) or 'none'}"
        for word, names in words.items()
    )
    return f"Differences from doing nothing with their intervals around a line at zero; {told}."


def draw_threshold(axes, result, method, threshold):
    """Draw both rates against the threshold, and the same threshold as a point on the ROC curve.

    Parameters
    ----------
    axes : two Axes
    result : Comparison
    method : str
    threshold : float in [0, 1]

    Returns
    -------
    str
        The caption.
    """
    chance, labels = result.chances[method], result.labels
    curve = roc_curve(labels, chance)
    steps = np.linspace(0, 1, 401)
    for part, colour, name in (
        (np.array([np.mean(chance[labels] >= t) for t in steps]), ORANGE, "sensitivity"),
        (np.array([np.mean(chance[~labels] < t) for t in steps]), BLUE, "specificity"),
    ):
        axes[0].plot(steps, part, color=colour, label=name)
    axes[0].axvline(threshold, color=BLACK, linewidth=1)
    axes[0].set(xlim=(0, 1), ylim=(0, 1.02), xlabel="threshold", title=result.called[method])
    axes[0].legend(frameon=False, loc="lower center")
    rates = rate(labels, chance, threshold)
    point = (1 - rates["specificity"], rates["sensitivity"])
    plot_roc(curve.fpr, curve.tpr, point=point, ax=axes[1])
    axes[1].set_title(f"AUC {auc(labels, chance):.3f}")
    return (
        f"{result.called[method]}, threshold {threshold:.2f}: "
        f"sensitivity {rates['sensitivity']:.3f}, specificity {rates['specificity']:.3f}, "
        f"balanced accuracy {rates['balanced_accuracy']:.3f}"
    )
