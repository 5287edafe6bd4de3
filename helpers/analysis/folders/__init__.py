"""The work of the page *Augment a folder*, on the reader's own files."""

from helpers.analysis.folders._choices import check_choices
from helpers.analysis.folders._class_words import (
    count_classes,
    describe_labels,
    table_of_classes,
    warn_of_classes,
)
from helpers.analysis.folders._contact_sheets import (
    draw_sheets,
    preview,
    write_sheets,
)
from helpers.analysis.folders._folder import look_into, plan_parts
from helpers.analysis.folders._words import (
    describe_folder,
    describe_groups,
    describe_twins,
    table_of_parts,
    tables_of_files,
    warn_of_groups,
    word_report,
)
from helpers.analysis.folders._work import (
    do_job,
    open_job,
    write_results,
)

__all__ = [
    "check_choices",
    "count_classes",
    "describe_folder",
    "describe_groups",
    "describe_labels",
    "describe_twins",
    "do_job",
    "draw_sheets",
    "look_into",
    "open_job",
    "plan_parts",
    "preview",
    "table_of_classes",
    "table_of_parts",
    "tables_of_files",
    "warn_of_classes",
    "warn_of_groups",
    "word_report",
    "write_results",
    "write_sheets",
]
