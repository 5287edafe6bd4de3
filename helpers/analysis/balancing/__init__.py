"""The work of the page *Balance a table*, on the reader's own files."""

from helpers.analysis.balancing._report import (
    check_enough,
    compare,
    describe,
    draw_differences,
    draw_levels,
    draw_threshold,
    make_plan,
    read_sample,
    report_sentence,
    result_tables,
    rounded,
    training_set,
    verdict,
)
from helpers.analysis.balancing._verdict import describe_differences, describe_levels

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
