"""The work of the page *Compare two pictures*, on the reader's own files."""

from helpers.analysis.comparison._measure import compare, similarity_map
from helpers.analysis.comparison._pair import SAMPLE, check_choices, read_pair, sample_second
from helpers.analysis.comparison._report import (
    TITLES,
    describe,
    draw,
    explore_parts,
    tabulate,
    tell_cautions,
    tell_result,
    write_pictures,
)

__all__ = [
    "SAMPLE",
    "TITLES",
    "check_choices",
    "compare",
    "describe",
    "draw",
    "explore_parts",
    "read_pair",
    "sample_second",
    "similarity_map",
    "tabulate",
    "tell_cautions",
    "tell_result",
    "write_pictures",
]
