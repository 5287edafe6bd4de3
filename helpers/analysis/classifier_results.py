"""Show what scores are worth: curves, counts, predictive values, and sentences for a report."""

import numpy as np

from helpers import own_data, plot, roc

POINTS = 1000  # of a curve that are drawn
PREVALENCES = np.round(np.geomspace(0.001, 0.9, 60), 6)


def thin_curve(curve):
    """Return `fpr` and `tpr` of a curve at no more than about a thousand of its points."""
    if curve.fpr.size <= POINTS:
        return curve.fpr, curve.tpr
    way = curve.fpr + curve.tpr  # evenly along the curve, both ends kept
    places = np.searchsorted(way, np.linspace(0, 2, POINTS).clip(0, way[-1]))
    places = np.unique(np.r_[0, places, curve.fpr.size - 1])
    return curve.fpr[places], curve.tpr[places]


def draw_curves(truth, models, areas, bands, ax):
    """Draw the ROC curve of each model in its band.

    Parameters
    ----------
    truth : array of shape (n,), bool
    models : dict of name -> scores of shape (n,)
    areas : dict of name -> AucInterval
    bands : dict of name -> RocBand
    ax : Axes
    """
    for name, scores in models.items():
        band = (bands[name].fpr, bands[name].low, bands[name].high)
        fpr, tpr = thin_curve(roc.roc_curve(truth, scores))
        plot.plot_roc(fpr, tpr, label=f"{name}, AUC {areas[name].auc:.3f}", band=band, ax=ax)
    ax.legend(loc="lower right", frameon=False, fontsize=9)
    return ax


def draw_areas(areas, ax):
    """Draw the AUC of each model with its interval.

    Parameters
    ----------
    areas : dict of name -> AucInterval
    ax : Axes
    """
    auc, low, high, _ = np.array(list(areas.values())).T
    plot.plot_intervals(low, high, auc, ax=ax)
    ax.set_xticks(np.arange(1, len(areas) + 1), list(areas), rotation=20)
    ax.set(xlabel="", ylabel="AUC", ylim=(min(0.5, low.min()), 1.005))
    return ax


def draw_scores(truth, scores, threshold, name, ax):
    """Draw how the scores of both classes are spread, and where the threshold cuts.

    Parameters
    ----------
    truth : array of shape (n,), bool
    scores : array of shape (n,)
    threshold : float
    name : str
    ax : Axes
    """
    edges = np.linspace(scores.min(), scores.max(), 31)
    look = {"bins": edges, "density": True, "alpha": 0.55}
    ax.hist(scores[~truth], color=plot.BLUE, label="negative", **look)
    ax.hist(scores[truth], color=plot.ORANGE, label="positive", **look)
    if np.isfinite(threshold):
        ax.axvline(threshold, color=plot.BLACK, linewidth=1.5, label="threshold")
    ax.set(xlabel=name, ylabel="density", title="scores by class")
    ax.legend(frameon=False, fontsize=9)
    return ax


def draw_predictive(curve, marks, ax):
    """Draw PPV and NPV over the prevalence, with marks at prevalences that matter.

    Parameters
    ----------
    curve : dict, as from `spread_prevalence`
    marks : dict of label -> prevalence
    ax : Axes
    """
    for name, colour in (("ppv", plot.ORANGE), ("npv", plot.BLUE)):
        ax.plot(curve["prevalence"], curve[name], color=colour, label=name.upper())
        ends = (curve[f"{name}_low"], curve[f"{name}_high"])
        ax.fill_between(curve["prevalence"], *ends, color=colour, alpha=0.2, linewidth=0)
    for (label, share), style in zip(marks.items(), (":", "--"), strict=False):
        ax.axvline(share, color="0.3", linestyle=style, linewidth=1.3, label=label)
    _label_prevalence(ax)
    ax.set_title("what a call means")
    ax.legend(frameon=False, fontsize=9, loc="center left")
    return ax


def make_drawing(truth, models):
    """Return a function that draws what a wanted specificity does at a prevalence.

    Parameters
    ----------
    truth : array of shape (n,), bool
    models : dict of name -> scores of shape (n,)

    Returns
    -------
    callable
        Takes two Axes, `specificity`, `prevalence` in percent, and `model`.
    """
    curves = {name: roc.roc_curve(truth, scores) for name, scores in models.items()}
    thinned = {name: thin_curve(curve) for name, curve in curves.items()}

    def draw(axes, specificity, prevalence, model):
        curve = curves[model]
        place = np.flatnonzero(1 - curve.fpr >= specificity - 1e-12)[-1]
        place = np.flatnonzero(curve.tpr == curve.tpr[place])[0]
        sens, spec = float(curve.tpr[place]), 1 - float(curve.fpr[place])
        plot.plot_roc(*thinned[model], point=(1 - spec, sens), ax=axes[0])
        ppv, npv = roc.predictive_values(sens, spec, PREVALENCES)
        axes[1].plot(PREVALENCES, ppv, color=plot.ORANGE, label="PPV")
        axes[1].plot(PREVALENCES, npv, color=plot.BLUE, label="NPV")
        axes[1].axvline(prevalence / 100, color="0.3", linestyle=":")
        _label_prevalence(axes[1])
        axes[1].legend(frameon=False, loc="center left")
        at = roc.predictive_values(sens, spec, prevalence / 100)
        return (
            f"{model}: score >= {curve.thresholds[place]:.4g}, sensitivity {sens:.3f}, specificity "
            f"{spec:.3f}; at a prevalence of {prevalence} % PPV {at.ppv:.3f}, NPV {at.npv:.3f}"
        )

    return draw


def report_areas(areas, truth, confidence):
    """Word the AUCs for a report.

    Parameters
    ----------
    areas : dict of name -> AucInterval
    truth : array of shape (n,), bool
    confidence : float

    Returns
    -------
    list of str
    """
    said = []
    for name, area in areas.items():
        note = ""
        if area.standard_error == 0:
            note = " The classes are separated without a slip: no interval can be computed so."
        elif area.low <= 0.5:
            note = " An AUC of 0.5, which is pure chance, is not ruled out."
        said.append(
            f"AUC of {name}: {area.auc:.3f} ({100 * confidence:g} % confidence interval "
            f"{area.low:.3f} to {area.high:.3f}, DeLong, {truth.sum()} positive and "
            f"{(~truth).sum()} negative).{note}"
        )
    return said


def report_comparisons(comparisons, confidence):
    """Word the comparisons of models.

    Parameters
    ----------
    comparisons : list of Comparison
    confidence : float

    Returns
    -------
    list of str
    """
    many = len(comparisons) > 1
    said = []
    for c in comparisons:
        p, kind = (c.p_holm, "p by Holm") if many else (c.p_value, "p")
        shown = "< 0.0001" if p < 1e-4 else f"= {p:.2g}"
        better = c.first if c.difference > 0 else c.second
        meaning = (
            f"{better} ranks better, as far as this test can tell"
            if p < 1 - confidence
            else "neither is shown to be better"
        )
        said.append(
            f"AUC of {c.first} minus {c.second}: {c.difference:.3f} ({100 * confidence:g} % "
            f"confidence interval {c.low:.3f} to {c.high:.3f}, paired; {kind} {shown}): {meaning}."
        )
    return said


def report_threshold(model, point, rule, shares, optimism, confidence):
    """Word the chosen threshold and what it does.

    Parameters
    ----------
    model : str
    point : OperatingPoint
    rule : Rule
    shares : dict of name -> Share
    optimism : Optimism
    confidence : float

    Returns
    -------
    list of str
    """
    goal = f"the lowest cost (false positive {rule.cost_fp:g}, false negative {rule.cost_fn:g})"
    if rule.specificity is not None:
        goal = f"a specificity of at least {rule.specificity:g}"
    calls = f"score >= {point.threshold:.4g}" if np.isfinite(point.threshold) else "nobody"
    parts = [_worded(shares[name]) for name in ("sensitivity", "specificity")]
    return [
        f"{model} calls positive: {calls}, chosen for {goal} on these rows. There: "
        f"{parts[0]}; {parts[1]} ({100 * confidence:g} % intervals by Wilson, which do not know "
        "that the threshold was chosen here).",
        f"On new rows expect a sensitivity near {optimism.expected_sensitivity:.3f} instead of "
        f"{optimism.sensitivity:.3f} and a specificity near {optimism.expected_specificity:.3f} "
        f"instead of {optimism.specificity:.3f} (tenfold cross-validation of the choice, "
        f"{optimism.repeats} times).",
    ]


def report_predictive(shares, truth, prevalence=None):
    """Word the predictive values at the prevalence of the rows and at a wanted one.

    Parameters
    ----------
    shares : dict of name -> Share
    truth : array of shape (n,), bool
    prevalence : float in (0, 1), optional

    Returns
    -------
    list of str
    """
    said = [
        f"In these rows {100 * truth.mean():.3g} % are positive. There: {_worded(shares['PPV'])}; "
        f"{_worded(shares['NPV'])}. This share may be made by the design of the study."
    ]
    if prevalence is not None:
        sens, spec = shares["sensitivity"].value, shares["specificity"].value
        pair = zip(("PPV", "NPV"), roc.predictive_values(sens, spec, prevalence), strict=True)
        parts = [f"{n} {'not defined' if np.isnan(v) else f'{v:.3f}'}" for n, v in pair]
        said.append(f"At a prevalence of {100 * prevalence:.3g} %: {', '.join(parts)}.")
    return said


def table_columns(rows, *, digits=None):
    """Return named tuples of one kind as columns of a table.

    Parameters
    ----------
    rows : list of named tuples
    digits : int, optional
        Significant digits, for a table that people read.

    Returns
    -------
    dict of name -> list
    """
    columns = {name: [getattr(row, name) for row in rows] for name in rows[0]._fields}
    if digits is None:
        return columns
    return {
        name: [f"{v:.{digits}g}" if isinstance(v, float) else v for v in values]
        for name, values in columns.items()
    }


def write_results(folder, areas, comparisons, shares, curve):
    """Write the tables of results as CSV files.

    Parameters
    ----------
    folder : Path
    areas : dict of name -> AucInterval
    comparisons : list of Comparison
    shares : dict of name -> Share
    curve : dict, as from `spread_prevalence`

    Returns
    -------
    dict of caption -> columns
        The same tables, rounded, for the summary; without the long one over the prevalence.
    """
    names = {"model": list(areas)}
    parts = {
        "auc": ("AUC", names, list(areas.values())),
        "comparisons": ("Comparisons", {}, comparisons),
        "threshold": ("At the threshold", {}, list(shares.values())),
    }
    tables = {}
    for file, (caption, first, rows) in parts.items():
        if rows:
            own_data.write_table(folder / f"{file}.csv", first | table_columns(rows))
            tables[caption] = first | table_columns(rows, digits=4)
    own_data.write_table(folder / "prevalence.csv", curve)
    return tables


def _label_prevalence(ax):
    ax.set(xscale="log", xlim=(PREVALENCES[0], PREVALENCES[-1]), ylim=(0, 1.01))
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    ax.set(xlabel="prevalence", ylabel="predictive value")


def _worded(share):
    if share.total == 0:
        return f"{share.name} not defined (nobody gets this call)"
    return (
        f"{share.name} {share.value:.3f} ({share.low:.3f} to {share.high:.3f}, {share.count} of "
        f"{share.total})"
    )
