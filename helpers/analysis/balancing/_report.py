"""A table with a rare class: read and described, methods compared, a training set on request."""

import numpy as np

from helpers._arguments import nearest
from helpers.analysis.balancing._folds import (
    MEASURES,
    METHODS,
    RESAMPLING,
    Comparison,
    Plan,
    best_threshold,
    check_enough,
    compare,
    make_plan,
    rate,
    resample,
)
from helpers.analysis.balancing._table import Sample, describe, read_sample
from helpers.analysis.balancing._verdict import (
    changed,
    corrected_interval,
    differences,
    draw_differences,
    draw_levels,
    levels,
    report_sentence,
    verdict,
)
from helpers.files import Problem
from helpers.plot import BLACK, BLUE, ORANGE, plot_roc
from helpers.roc import auc, roc_curve

__all__ = ["MEASURES", "METHODS", "Comparison", "Plan", "Sample", "best_threshold", "changed"]
__all__ += ["check_enough", "check_training_set", "compare", "corrected_interval", "describe"]
__all__ += ["differences", "draw_differences", "draw_levels", "draw_threshold", "levels"]
__all__ += ["make_plan", "rate", "read_sample", "report_sentence", "result_tables", "rounded"]
__all__ += ["training_set", "verdict"]


def result_tables(result):
    """Return the tables that the page writes.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    dict of name -> dict of column -> values
        "levels" and "differences" (one row for each method and measure), "folds" (one for each
        test part and method), "chances" (out-of-fold probabilities of the first repeat).
    """
    plan = result.plan
    tests = np.arange(plan.folds * plan.repeats)
    methods, count = len(plan.methods), len(tests)
    folds = {
        "repeat": np.tile(tests // plan.folds + 1, methods),
        "fold": np.tile(tests % plan.folds + 1, methods),
        "method": np.repeat(plan.methods, count),
        "threshold": result.thresholds.ravel(),
    } | {name: values.ravel() for name, values in result.measures.items()}
    chances = {"positive": result.labels.astype(int)} | {
        f"chance_{method}": values for method, values in result.chances.items()
    }
    return {
        "levels": _long({name: levels(result, name) for name in MEASURES}),
        "differences": _long({name: differences(result, name) for name in MEASURES}, p=True),
        "folds": folds,
        "chances": chances,
    }


def rounded(tables):
    """Return tables with four significant digits, for reading.

    Parameters
    ----------
    tables : dict of name -> dict of column -> values

    Returns
    -------
    dict of the same form
    """
    return {
        name: {
            column: [f"{v:.4g}" if isinstance(v, float) else v for v in values]
            for column, values in columns.items()
        }
        for name, columns in tables.items()
    }


def training_set(sample, method, test_share=0.2, k_neighbors=5, seed=0):
    """Set test rows aside, then resample the others.

    Parameters
    ----------
    sample : Sample
    method : {"over", "under", "smote"}, or False for no sets at all
    test_share : float in (0, 0.5]
    k_neighbors : int
    seed : int

    Returns
    -------
    dict of "training_set" and "test_set" -> dict of column -> values
        Features, then the target. Only the training set is resampled; rows that SMOTE invents
        are "yes" in its last column, "made" (or "made_" if the table has such a column).

    Raises
    ------
    Problem
        If a choice is wrong or the rarer class is too small.
    """
    check_training_set(method, test_share)
    if method is False:
        return {}
    from helpers.analysis.balancing import _models

    rows = np.arange(len(sample.labels))
    try:
        train, test = _models.train_test_split(
            rows, test_size=test_share, stratify=sample.labels, random_state=seed
        )
    except ValueError:
        raise Problem(
            f"`test_share` must leave rows of both classes on both sides; got {test_share}."
        ) from None
    train, test = np.sort(train), np.sort(test)
    X, y = sample.features[train], sample.labels[train]
    kept = int(min(y.sum(), (~y).sum()))
    if kept < 2 or (method == "smote" and kept <= k_neighbors):
        raise Problem(
            f"The training set would have {kept} rows of the rarer class; it needs at least 2, and "
            f"more than `k_neighbors` ({k_neighbors}) for SMOTE."
        )
    new, answers, made = _resampled(method, X, y, k_neighbors, seed)
    name = "made"
    while name in (*sample.names, sample.target):
        name += "_"
    return {
        "training_set": _columns(sample, new, answers) | {name: np.where(made, "yes", "no")},
        "test_set": _columns(sample, sample.features[test], sample.labels[test]),
    }


def _resampled(method, X, y, k_neighbors, seed):
    """Return rows, labels, and which rows SMOTE made; what was measured stays as it was."""
    from helpers.analysis.balancing import _models

    if method != "smote":
        new, answers = resample(method, X, y, k_neighbors, seed)
        return new, answers, np.zeros(len(new), dtype=bool)
    scaler = _models.StandardScaler().fit(X)
    new, answers = resample(method, scaler.transform(X), y, k_neighbors, seed)
    new = scaler.inverse_transform(new)
    new[: len(X)] = X  # rounding must not touch what was measured
    return new, answers, np.arange(len(new)) >= len(X)


def check_training_set(method, test_share):
    """Check the two choices of a training set; False asks for none.

    Parameters
    ----------
    method : False or {"over", "under", "smote"}
    test_share : float in (0, 0.5]

    Raises
    ------
    Problem
        If a choice is not among those.
    """
    if method is not False and method not in RESAMPLING:
        raise Problem(
            f"`write_training_set` must be False or one of {', '.join(RESAMPLING)}; got {method!r}."
            + nearest(method, RESAMPLING)
        )
    if not isinstance(test_share, int | float) or not 0 < test_share <= 0.5:
        raise Problem(f"`test_share` must be above 0 and at most 0.5; got {test_share!r}.")


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
    axes[0].set(xlim=(0, 1), ylim=(0, 1.02), xlabel="threshold", title=METHODS[method])
    axes[0].legend(frameon=False, loc="lower center")
    rates = rate(labels, chance, threshold)
    point = (1 - rates["specificity"], rates["sensitivity"])
    plot_roc(curve.fpr, curve.tpr, point=point, ax=axes[1])
    axes[1].set_title(f"AUC {auc(labels, chance):.3f}")
    return (
        f"{METHODS[method]}, threshold {threshold:.2f}: sensitivity {rates['sensitivity']:.3f}, "
        f"specificity {rates['specificity']:.3f}, balanced accuracy "
        f"{rates['balanced_accuracy']:.3f}"
    )


def _long(found, *, p=False):
    rows = [(name, method, e) for name, part in found.items() for method, e in part.items()]
    columns = {"measure": [row[0] for row in rows], "method": [row[1] for row in rows]}
    for field in ("mean", "low", "high", *(("p",) if p else ())):
        columns[field] = [getattr(row[2], field) for row in rows]
    return columns


def _columns(sample, features, labels):
    columns = dict(zip(sample.names, features.T, strict=True))
    return columns | {sample.target: np.where(labels, sample.positive, sample.other)}
