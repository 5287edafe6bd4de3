"""Show what scores are worth: curves, areas, predictive values, and tables of them."""

import numpy as np

from helpers import own_data, plot, roc
from helpers.analysis.classifier._calls import word_call

POINTS = 1000  # of a curve that are drawn
LEGEND, TICK, AXIS = 40, 18, 50  # characters of a model's name that are shown there
PREVALENCES = np.round(np.geomspace(0.001, 0.9, 60), 6)


def thin_curve(curve):
    """Return `fpr` and `tpr` of a curve at no more than about a thousand of its points."""
    if curve.fpr.size <= POINTS:
        return curve.fpr, curve.tpr
    way = curve.fpr + curve.tpr  # evenly along the curve, both ends kept
    places = np.searchsorted(way, np.linspace(0, 2, POINTS).clip(0, way[-1]))
    places = np.unique(np.r_[0, places, curve.fpr.size - 1])
    return curve.fpr[places], curve.tpr[places]


def shorten(names, most):
    """Cut long names in the middle, and number them where that makes two alike.

    Parameters
    ----------
    names : iterable of str
    most : int
        Characters that are kept, at the most.

    Returns
    -------
    list of str
    """
    names = list(names)
    short = [_cut(name, most) for name in names]
    if len(set(short)) == len(set(names)):
        return short
    return [f"{place}: {_cut(name, most - 3)}" for place, name in enumerate(names, 1)]


def draw_curves(found, areas, bands, ax):
    """Draw the ROC curve of each model in its band.

    Parameters
    ----------
    found : Scores
    areas : dict of name -> AucInterval
    bands : dict of name -> RocBand
    ax : Axes
    """
    names = shorten(found.models, LEGEND)
    for (name, scores), shown in zip(found.models.items(), names, strict=True):
        band = (bands[name].fpr, bands[name].low, bands[name].high)
        fpr, tpr = thin_curve(roc.roc_curve(found.truth, scores, weights=found.weights))
        plot.plot_roc(fpr, tpr, label=f"{shown}, AUC {areas[name].auc:.3f}", band=band, ax=ax)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), frameon=False, fontsize=9)
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
    look = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
    ax.set_xticks(np.arange(1, len(areas) + 1), shorten(areas, TICK), **look)
    ax.set(xlabel="", ylabel="AUC", ylim=(min(0.5, low.min()), 1.005))
    return ax


def draw_scores(found, model, call, ax):
    """Draw how the scores of both classes are spread, and where the threshold cuts.

    Parameters
    ----------
    found : Scores
    model : str
    call : Call
    ax : Axes
    """
    scores = -found.models[model] if model in found.low else found.models[model]
    edges = np.linspace(scores.min(), scores.max(), 31)
    classes = (("negative", ~found.truth, plot.BLUE), ("positive", found.truth, plot.ORANGE))
    for name, rows, colour in classes:
        weights = None if found.weights is None else found.weights[rows]
        look = {"bins": edges, "density": True, "alpha": 0.55, "color": colour, "label": name}
        ax.hist(scores[rows], weights=weights, **look)
    if call.decides():
        ax.axvline(call.exact, color=plot.BLACK, linewidth=1.5, label="threshold")
    ax.set(xlabel=_cut(model, AXIS), ylabel="density", title="scores by class")
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


def start_controls(rule, found, model):
    """Return the controls of the explorer, which start at what the page was asked for.

    Parameters
    ----------
    rule : Rule
    found : Scores
    model : str

    Returns
    -------
    dict of name -> control
        `prevalence` is in percent.
    """
    specificity = 0.9 if rule.specificity is None else rule.specificity
    share = found.share() if rule.prevalence is None else rule.prevalence
    return {
        "specificity": (0.5, 0.999, 0.001, round(float(np.clip(specificity, 0.5, 0.999)), 3)),
        "prevalence": (0.1, 60.0, 0.1, round(float(np.clip(100 * share, 0.1, 60)), 1)),
        "model": [model, *(name for name in found.models if name != model)],
    }


def make_drawing(found):
    """Return a function that draws what a wanted specificity does at a prevalence.

    Parameters
    ----------
    found : Scores

    Returns
    -------
    callable
        Takes two Axes, `specificity`, `prevalence` in percent, and `model`.
    """
    curves = {
        name: roc.roc_curve(found.truth, scores, weights=found.weights)
        for name, scores in found.models.items()
    }
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
        cut, *below = curve.thresholds[place : place + 2]
        call = word_call(found, model, cut, below[0] if below else -np.inf).words
        call = {"nobody": "no positive call", "everybody": "positive calls only"}.get(call, call)
        ppv, npv = (f"{v:.3f}" if np.isfinite(v) else "not defined" for v in at)
        return (
            f"{model}: {call}, sensitivity {sens:.3f}, specificity {spec:.3f}; at a prevalence of "
            f"{prevalence:g} % PPV {ppv}, NPV {npv}"
        )

    return draw


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
        name: [_rounded(v, digits) if isinstance(v, float) else v for v in values]
        for name, values in columns.items()
    }


def write_results(folder, areas, comparisons, shares, curve, call):
    """Write the tables of results as CSV files.

    Parameters
    ----------
    folder : Path
    areas : dict of name -> AucInterval
    comparisons : list of Comparison
    shares : dict of name -> Share
    curve : dict, as from `spread_prevalence`
    call : Call
        Its exact threshold stands in ``threshold.csv``.

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
            exact = {"call": call.sign, "threshold": call.exact} if file == "threshold" else {}
            own_data.write_table(folder / f"{file}.csv", first | table_columns(rows) | exact)
            tables[caption] = first | table_columns(rows, digits=4)
    own_data.write_table(folder / "prevalence.csv", curve)
    return tables


def _label_prevalence(ax):
    ax.set(xscale="log", xlim=(PREVALENCES[0], PREVALENCES[-1]), ylim=(0, 1.01))
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    ax.set(xlabel="prevalence", ylabel="predictive value")


def _cut(name, most):
    if len(name) <= most:
        return name
    tail = (most - 1) // 2
    return f"{name[: most - 1 - tail]}…{name[-tail:]}"


def _rounded(value, digits):
    return "none" if np.isnan(value) else f"{value:.{digits}g}"
