"""The work of the page *Clean an image*, on the reader's own files."""

from helpers.analysis.cleaning._choice import (
    FILTERS,
    check_choices,
    choose,
    clean,
    compare,
    describe,
    explore_view,
    read_large_enough,
)
from helpers.analysis.cleaning._noise_estimate import (
    check_estimate,
    estimate_noise,
)
from helpers.analysis.cleaning._report import (
    draw_noise,
    tabulate,
    tabulate_trials,
    tell_check,
    tell_fit,
    tell_noise,
    tell_result,
    tell_trials,
)
from helpers.analysis.cleaning._view import (
    judge,
    middle,
    write_cleaned,
    write_comparison,
)

__all__ = [
    "FILTERS",
    "check_choices",
    "check_estimate",
    "choose",
    "clean",
    "compare",
    "describe",
    "draw_noise",
    "estimate_noise",
    "explore_view",
    "judge",
    "middle",
    "read_large_enough",
    "tabulate",
    "tabulate_trials",
    "tell_check",
    "tell_fit",
    "tell_noise",
    "tell_result",
    "tell_trials",
    "write_cleaned",
    "write_comparison",
]
