"""The work of the page *Estimate an interval*, on the reader's own files."""

from helpers.analysis.intervals._differences import difference
from helpers.analysis.intervals._report import check_choices, estimate_groups, measure_coverage
from helpers.analysis.intervals._results import (
    draw_intervals,
    draw_values,
    fit_figure,
    make_drawing,
    offer_methods,
    result_columns,
)
from helpers.analysis.intervals._samples import read_samples
from helpers.analysis.intervals._studies import STUDIES
from helpers.analysis.intervals._words import (
    describe_picture,
    estimate_columns,
    method_reasons,
    name_quantity,
    report_coverage,
    report_difference,
    report_estimates,
)

__all__ = [
    "STUDIES",
    "check_choices",
    "describe_picture",
    "difference",
    "draw_intervals",
    "draw_values",
    "estimate_columns",
    "estimate_groups",
    "fit_figure",
    "make_drawing",
    "measure_coverage",
    "method_reasons",
    "name_quantity",
    "offer_methods",
    "read_samples",
    "report_coverage",
    "report_difference",
    "report_estimates",
    "result_columns",
]
