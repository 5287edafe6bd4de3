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
from helpers.analysis.cleaning._depth import (
    clean_picture,
    finest_step,
    see,
    tell_picture,
    write_cleaned,
)
from helpers.analysis.cleaning._noise_estimate import (
    check_estimate,
    estimate_noise,
)
from helpers.analysis.cleaning._report import (
    CHECK_FORMATS,
    describe_noise_plot,
    draw_noise,
    tabulate,
    tabulate_check,
    tabulate_trials,
    tell_fit,
    tell_noise,
    tell_result,
)
from helpers.analysis.cleaning._view import (
    judge,
    middle,
    write_comparison,
)

__all__ = [
    "CHECK_FORMATS",
    "FILTERS",
    "check_choices",
    "check_estimate",
    "choose",
    "clean",
    "clean_picture",
    "compare",
    "describe",
    "describe_noise_plot",
    "draw_noise",
    "estimate_noise",
    "explore_view",
    "finest_step",
    "judge",
    "middle",
    "read_large_enough",
    "see",
    "tabulate",
    "tabulate_check",
    "tabulate_trials",
    "tell_fit",
    "tell_noise",
    "tell_picture",
    "tell_result",
    "write_cleaned",
    "write_comparison",
]
