"""The work of the page *Denoise a scan*, on the reader's own files."""

from helpers.analysis.scan._agreement import judge
from helpers.analysis.scan._batch import (
    clean_documents,
    clean_scan,
    find_scans,
    tell_pages,
    write_pages,
)
from helpers.analysis.scan._chains import (
    probability,
    sample,
)
from helpers.analysis.scan._document import (
    ENDINGS,
    read_scan,
    read_scans,
    tell_scan,
)
from helpers.analysis.scan._doubts import (
    decide,
    observe,
    tell_doubts,
    tell_observed,
)
from helpers.analysis.scan._ink import (
    COUPLINGS,
    binarise,
    check_choices,
    check_flips,
    estimate_flips,
    otsu,
    try_couplings,
    within_limits,
)
from helpers.analysis.scan._marks import tell_marks
from helpers.analysis.scan._report import (
    MISS_FORMATS,
    count_lost,
    describe_chains,
    describe_histogram,
    tabulate_chains,
    tell_agreement,
    tell_flips,
    tell_result,
    tell_used,
)
from helpers.analysis.scan._straight import straighten, tell_sheet
from helpers.analysis.scan._view import (
    arrange,
    draw_chains,
    draw_histogram,
    mark_changes,
    paint,
    paint_doubt,
    posterior_view,
    result_pictures,
    sheet_pictures,
    threshold_view,
    view_part,
    write_pictures,
)

__all__ = [
    "COUPLINGS",
    "ENDINGS",
    "MISS_FORMATS",
    "arrange",
    "binarise",
    "check_choices",
    "check_flips",
    "clean_documents",
    "clean_scan",
    "count_lost",
    "decide",
    "describe_chains",
    "describe_histogram",
    "draw_chains",
    "draw_histogram",
    "estimate_flips",
    "find_scans",
    "judge",
    "mark_changes",
    "observe",
    "otsu",
    "paint",
    "paint_doubt",
    "posterior_view",
    "probability",
    "read_scan",
    "read_scans",
    "result_pictures",
    "sample",
    "sheet_pictures",
    "straighten",
    "tabulate_chains",
    "tell_agreement",
    "tell_doubts",
    "tell_flips",
    "tell_marks",
    "tell_observed",
    "tell_pages",
    "tell_result",
    "tell_scan",
    "tell_sheet",
    "tell_used",
    "threshold_view",
    "try_couplings",
    "view_part",
    "within_limits",
    "write_pages",
    "write_pictures",
]
