"""The work of the page *Group a folder*, on the reader's own pictures."""

from helpers.analysis.grouping._features import describe_pictures, one_of_each
from helpers.analysis.grouping._folder import check_choices, look_into
from helpers.analysis.grouping._groups import divide
from helpers.analysis.grouping._judging import judge
from helpers.analysis.grouping._report import (
    tabulate,
    tabulate_numbers,
    tell_groups,
    tell_pictures,
    tell_verdict,
)
from helpers.analysis.grouping._view import (
    draw_map,
    draw_sheet,
    explore_groups,
)

__all__ = [
    "check_choices",
    "describe_pictures",
    "divide",
    "draw_map",
    "draw_sheet",
    "explore_groups",
    "judge",
    "look_into",
    "one_of_each",
    "tabulate",
    "tabulate_numbers",
    "tell_groups",
    "tell_pictures",
    "tell_verdict",
]
