"""The work of the page *Evaluate a classifier*, on the reader's own files."""

from helpers.analysis.classifier._calls import word_call
from helpers.analysis.classifier._cautions import tell_leaks
from helpers.analysis.classifier._decisions import (
    check_choices,
    choose_threshold,
    count_decisions,
    make_rule,
    measure_optimism,
    spread_prevalence,
)
from helpers.analysis.classifier._report import (
    compare_models,
    draw_bands,
    pick_model,
    rank_models,
)
from helpers.analysis.classifier._results import (
    PREVALENCES,
    draw_areas,
    draw_curves,
    draw_predictive,
    draw_scores,
    make_drawing,
    start_controls,
    write_results,
)
from helpers.analysis.classifier._rows import read_scores
from helpers.analysis.classifier._words import (
    describe_curves,
    describe_meaning,
    name_method,
    report_areas,
    report_comparisons,
    report_counts,
    report_predictive,
    report_threshold,
    share_columns,
)

__all__ = [
    "PREVALENCES",
    "check_choices",
    "choose_threshold",
    "compare_models",
    "count_decisions",
    "describe_curves",
    "describe_meaning",
    "draw_areas",
    "draw_bands",
    "draw_curves",
    "draw_predictive",
    "draw_scores",
    "make_drawing",
    "make_rule",
    "measure_optimism",
    "name_method",
    "pick_model",
    "rank_models",
    "read_scores",
    "report_areas",
    "report_comparisons",
    "report_counts",
    "report_predictive",
    "report_threshold",
    "share_columns",
    "spread_prevalence",
    "start_controls",
    "tell_leaks",
    "word_call",
    "write_results",
]
