"""The work of the page *Update a base rate*, on the reader's own counts and scores."""

from helpers.analysis.base_rate._counts import (
    base_rate_interval,
    check_counts,
    ratio_intervals,
    update,
)
from helpers.analysis.base_rate._pictures import (
    TIMES,
    draw_answers,
    draw_groups,
    draw_parts,
    draw_shift,
    make_counting,
    make_shifting,
)
from helpers.analysis.base_rate._results import pick_table, start_at, write_tables
from helpers.analysis.base_rate._scores import (
    check_shares,
    compare_groups,
    find_places,
    read_scores,
    shift_scores,
)
from helpers.analysis.base_rate._words import (
    advise,
    answer_columns,
    describe_answers,
    describe_shift,
    report_counts,
    report_shift,
)

__all__ = [
    "TIMES",
    "advise",
    "answer_columns",
    "base_rate_interval",
    "check_counts",
    "check_shares",
    "compare_groups",
    "describe_answers",
    "describe_shift",
    "draw_answers",
    "draw_groups",
    "draw_parts",
    "draw_shift",
    "find_places",
    "make_counting",
    "make_shifting",
    "pick_table",
    "ratio_intervals",
    "read_scores",
    "report_counts",
    "report_shift",
    "shift_scores",
    "start_at",
    "update",
    "write_tables",
]
