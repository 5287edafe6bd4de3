"""The tables that the page writes."""

import numpy as np

from helpers.analysis.balancing._estimates import differences, levels
from helpers.analysis.balancing._plan import MEASURES


def result_tables(result):
    """Return the tables that the page writes.

    Parameters
    ----------
    result : Comparison

    Returns
    -------
    dict of name -> dict of column -> values
        "levels" and "differences" (one row for each method and measure), "folds" (one for each
        test part and method), "chances" (out-of-fold probabilities of the first repeat, with the
        subject of each row if there is one).
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
    chances = {} if result.subjects is None else {"subject": result.subjects}
    chances |= {"positive": result.labels.astype(int)} | {
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
            column: [("-" if v != v else f"{v:.4g}") if isinstance(v, float) else v for v in values]
            for column, values in columns.items()
        }
        for name, columns in tables.items()
    }


def _long(found, *, p=False):
    rows = [(name, method, e) for name, part in found.items() for method, e in part.items()]
    columns = {"measure": [row[0] for row in rows], "method": [row[1] for row in rows]}
    for field in ("mean", "low", "high", *(("p",) if p else ())):
        columns[field] = [getattr(row[2], field) for row in rows]
    return columns
