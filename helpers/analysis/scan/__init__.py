"""The work of the page *Denoise a scan*, on the reader's own files."""

from helpers.analysis.scan._agreement import judge
from helpers.analysis.scan._chains import (
    probability,
    sample,
)
from helpers.analysis.scan._doubts import (
    decide,
    tell_doubts,
)
from helpers.analysis.scan._ink import (
    COUPLINGS,
    ENDINGS,
    binarise,
    check_choices,
    check_flips,
    estimate_flips,
    otsu,
    read_grey,
    try_couplings,
    within_limits,
)
from helpers.analysis.scan._report import (
    MISS_FORMATS,
    describe_chains,
    describe_histogram,
    tabulate_chains,
    tell_agreement,
    tell_flips,
    tell_result,
    tell_used,
)
from helpers.analysis.scan._view import (
    arrange,
    draw_chains,
    draw_histogram,
    mark_changes,
    paint,
    paint_doubt,
    posterior_view,
    result_pictures,
    threshold_view,
    view_part,
)

__all__ = [
    "COUPLINGS",
    "ENDINGS",
    "MISS_FORMATS",
    "arrange",
    "binarise",
    "check_choices",
    "check_flips",
    "decide",
    "describe_chains",
    "describe_histogram",
    "draw_chains",
    "draw_histogram",
    "estimate_flips",
    "judge",
    "mark_changes",
    "otsu",
    "paint",
    "paint_doubt",
    "posterior_view",
    "probability",
    "read_grey",
    "result_pictures",
    "sample",
    "tabulate_chains",
    "tell_agreement",
    "tell_doubts",
    "tell_flips",
    "tell_result",
    "tell_used",
    "threshold_view",
    "try_couplings",
    "view_part",
    "within_limits",
]
