"""Draw what results mean, what each count costs, and where scores go."""

import numpy as np
from matplotlib.ticker import FuncFormatter

from helpers import base_rates, plot
from helpers.analysis.base_rate._counts import (
    PAIRS,
    base_rate_interval,
    chances_after,
    draw_shares,
    middle_and_ends,
    ratio_intervals,
)
from helpers.analysis.base_rate._scores import Places

RATES = np.geomspace(0.001, 0.9, 60)
TIMES = [1, 2, 5, 10, 100]
COLOURS = {"positive": plot.ORANGE, "negative": plot.BLUE}


def draw_answers(counts, answers, confidence, seed, ax):
    """Draw the chance after both results for each base rate, and the answers at the counted one.

    Parameters
    ----------
    counts : Counts
    answers : dict of result -> Answer
    confidence : float
    seed : int
    ax : Axes
    """
    ratios = ratio_intervals(counts, confidence=confidence, seed=seed)
    for result, (middle, low, high) in ratios.items():
        look = {"color": COLOURS[result], "label": f"after a {result} result"}
        ax.plot(RATES, base_rates.posterior(RATES, middle), **look)
        ends = base_rates.posterior(RATES, low), base_rates.posterior(RATES, high)
        ax.fill_between(RATES, *ends, color=COLOURS[result], alpha=0.2, linewidth=0)
    share, low, high = base_rate_interval(counts, confidence)
    ax.axvspan(max(low, RATES[0]), max(high, RATES[0]), color="0.85", zorder=0, label="base rate")
    for result, answer in answers.items():
        place = np.clip(share, RATES[0], RATES[-1])
        ax.errorbar(
            place,
            answer.value,
            [[answer.value - answer.low], [answer.high - answer.value]],
            color=COLOURS[result],
            marker="o",
            capsize=4,
        )
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.set(xlabel="base rate", ylabel="chance of being sick", ylim=(0, 1), xlim=RATES[[0, -1]])
    ax.legend(frameon=False, fontsize=9, loc="upper left")
    return ax


def draw_parts(answers, ax):
    """Draw which share of the uncertainty each pair of counts brings.

    Parameters
    ----------
    answers : dict of result -> Answer
    ax : Axes
    """
    left = np.zeros(len(answers))
    for name, colour in zip(PAIRS, (plot.GREEN, plot.RED, plot.SKY), strict=True):
        width = np.array([answer.parts[name] for answer in answers.values()])
        ax.barh(list(answers), width, left=left, color=colour, label=f"the {name}")
        left += width
    ax.set(xlim=(0, 1), xlabel="share of the variance of the log-odds", ylabel="result")
    ax.invert_yaxis()
    ax.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=3)
    return ax


def make_counting(counts, confidence, seed):
    """Return a function that draws the answer if more were counted.

    Parameters
    ----------
    counts : Counts
    confidence : float
    seed : int

    Returns
    -------
    callable of an Axes, times_people, times_sick, times_healthy
    """

    def draw(ax, times_people, times_sick, times_healthy):
        more = counts
        for name, times in zip(PAIRS, (times_people, times_sick, times_healthy), strict=True):
            more = more.enlarged(name, times)
        after = chances_after(draw_shares(more, seed))["positive"]
        value, low, high = middle_and_ends(after, confidence)
        heights, edges = np.histogram(after, bins=60, range=(0, 1), density=True)
        ax.stairs(heights, edges, fill=True, color=plot.SKY)
        ax.axvspan(low, high, color=plot.ORANGE, alpha=0.2)
        ax.axvline(value, color=plot.BLACK)
        ax.set(xlim=(0, 1), yticks=[], xlabel="chance of being sick after a positive result")
        ends = f"{100 * confidence:g} % interval {low:.3f} to {high:.3f}"
        return f"{value:.3f}, {ends}"

    return draw


def draw_shift(places, ax):
    """Draw the shifted score over the old one, and between which ends it lies.

    Parameters
    ----------
    places : Places
    ax : Axes
    """
    old = np.linspace(0, 1, 201)
    new, low, high = (
        base_rates.shift_prior(old, places.trained, used)
        for used in (places.used, places.low, places.high)
    )
    ax.plot([0, 1], [0, 1], "--", color="0.6", linewidth=1)
    ax.plot(old, new, color=plot.ORANGE)
    ax.fill_between(old, low, high, color=plot.ORANGE, alpha=0.2, linewidth=0)
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="score as it is", ylabel="at the place of use")
    ax.set_aspect("equal")
    return ax


def draw_groups(groups, ax):
    """Draw what the scores say against the shares of positives, with their intervals.

    Parameters
    ----------
    groups : dict of column -> list, as from `compare_groups`; may be empty
    ax : Axes
    """
    ax.plot([0, 1], [0, 1], "--", color="0.6", linewidth=1)
    if groups:
        say, are, low, high = (np.array(groups[name]) for name in ("say", "are", "low", "high"))
        ax.errorbar(say, are, [are - low, high - are], fmt="o", color=plot.BLUE, capsize=4)
    else:
        ax.text(0.5, 0.5, "no labels,\nor too few rows", ha="center", va="center")
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="scores say", ylabel="share of positives")
    ax.set_aspect("equal")
    return ax


def make_shifting(scores, trained):
    """Return a function that draws the shifted scores for any place of use.

    Parameters
    ----------
    scores : Scores
    trained : float

    Returns
    -------
    callable of an Axes, used (in per cent), threshold
    """
    values = scores.used()

    def draw(ax, used, threshold):
        place = Places(trained, used / 100, used / 100, used / 100, ())
        new = base_rates.shift_prior(values, trained, place.used)
        edges = np.linspace(0, 1, 41)
        for name, drawn, colour in (("as they are", values, plot.SKY), ("shifted", new, plot.RED)):
            heights, _ = np.histogram(drawn, edges)
            ax.stairs(heights, edges, color=colour, linewidth=2, label=name)
        ax.axvline(threshold, color=plot.BLACK, linestyle=":")
        ax.set(xlim=(0, 1), xlabel="score", ylabel="rows")
        ax.legend(frameon=False)
        cut = base_rates.shift_prior(threshold, place.used, trained)
        called = np.count_nonzero(values >= cut)
        return (
            f"{threshold:g} is reached from a score of {cut:.3f} on: {called} of {values.size} rows"
        )

    return draw
