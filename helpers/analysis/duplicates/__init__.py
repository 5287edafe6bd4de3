"""The work of the page *Find near duplicates*, on the reader's own folders."""

from helpers.analysis.duplicates._folder import check_choices, look_into
from helpers.analysis.duplicates._pairs import Pair, find_pairs, group, unlike
from helpers.analysis.duplicates._report import (
    draw_groups,
    explore_groups,
    tabulate,
    tell_pairs,
    tell_pictures,
)

__all__ = [
    "Pair",
    "check_choices",
    "draw_groups",
    "explore_groups",
    "find_pairs",
    "group",
    "look_into",
    "tabulate",
    "tell_pairs",
    "tell_pictures",
    "unlike",
]
