"""The work of the page *Balance a table*, on the reader's own files."""

from helpers.analysis.balancing._cautions import describe
from helpers.analysis.balancing._folds import compare
from helpers.analysis.balancing._pictures import (
    describe_differences,
    describe_levels,
    draw_differences,
    draw_levels,
    draw_threshold,
)
from helpers.analysis.balancing._plan import make_plan
from helpers.analysis.balancing._report import result_tables, rounded
from helpers.analysis.balancing._sets import training_set
from helpers.analysis.balancing._splits import check_enough
from helpers.analysis.balancing._table import read_sample
from helpers.analysis.balancing._verdict import report_sentence, verdict

__all__ = [
    "check_enough",
    "compare",
    "describe",
    "describe_differences",
    "describe_levels",
    "draw_differences",
    "draw_levels",
    "draw_threshold",
    "make_plan",
    "read_sample",
    "report_sentence",
    "result_tables",
    "rounded",
    "training_set",
    "verdict",
]
