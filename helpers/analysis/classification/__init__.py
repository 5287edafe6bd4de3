"""The work of the page *Classify a folder*, on the reader's own pictures."""

from helpers.analysis.classification._choices import check_choices
from helpers.analysis.classification._estimates import (
    accuracy,
    balanced_accuracy,
    class_shares,
    confusion,
    differences,
    two_classes,
    when_sure,
)
from helpers.analysis.classification._features import colour_rows, describe_pictures
from helpers.analysis.classification._folder import look_into
from helpers.analysis.classification._folds import cross_validate
from helpers.analysis.classification._head import fit_head
from helpers.analysis.classification._labelling import (
    label_pictures,
    tabulate_labels,
    tell_labels,
)
from helpers.analysis.classification._names import tell_names
from helpers.analysis.classification._report import (
    tabulate_classes,
    tabulate_measures,
    tabulate_pictures,
    tell_accuracy,
    tell_areas,
    tell_differences,
    tell_pictures,
    tell_probabilities,
)
from helpers.analysis.classification._together import find_together, tell_together
from helpers.analysis.classification._view import (
    describe_confusion,
    draw_confusion,
    draw_curves,
    draw_sheet,
    explore_sure,
    tabulate_sheet,
)

__all__ = [
    "accuracy",
    "balanced_accuracy",
    "check_choices",
    "class_shares",
    "colour_rows",
    "confusion",
    "cross_validate",
    "describe_confusion",
    "describe_pictures",
    "differences",
    "draw_confusion",
    "draw_curves",
    "draw_sheet",
    "explore_sure",
    "find_together",
    "fit_head",
    "label_pictures",
    "look_into",
    "tabulate_classes",
    "tabulate_labels",
    "tabulate_measures",
    "tabulate_pictures",
    "tabulate_sheet",
    "tell_accuracy",
    "tell_areas",
    "tell_differences",
    "tell_labels",
    "tell_names",
    "tell_pictures",
    "tell_probabilities",
    "tell_together",
    "two_classes",
    "when_sure",
]
