"""What the page says and tabulates of a cross-validation."""

import numpy as np

from helpers.analysis.classification import _estimates as estimates
from helpers.analysis.classification._choices import FEATURES
from helpers.analysis.classification._folds import MODELS
from helpers.files import readable

FEW = 5  # groups of a class below which the page warns
SHOWN = 8  # classes in a sentence


def tell_pictures(pictures, choices):
    """Say how many pictures of which classes there are, and what was left out.

    Parameters
    ----------
    pictures : Pictures
    choices : Choices

    Returns
    -------
    list of str
    """
    counts = np.bincount(pictures.labels)
    shown = [f"{readable(c)} ({n})" for c, n in zip(pictures.classes, counts, strict=True)]
    more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
    lines = [
        f"Pictures: {len(pictures.sights)} of {len(counts)} classes in "
        f"{readable(pictures.path.name)}: {', '.join(shown[:SHOWN])}{more}; seen by "
        f"{FEATURES[choices.features]}."
    ]
    if pictures.left_out:
        name, reason = next(iter(pictures.left_out.items()))
        lines.append(
            f"Not used: {len(pictures.left_out)} files, such as {readable(name)} ({reason})."
        )
    return lines


def tabulate_measures(result, confidence):
    """Return accuracy and balanced accuracy of the features and of both rivals as columns.

    Parameters
    ----------
    result : Result
    confidence : float

    Returns
    -------
    dict of column -> list
    """
    table = {"called by": list(MODELS.values())}
    for name, measure in (
        ("accuracy", estimates.accuracy),
        ("balanced", estimates.balanced_accuracy),
    ):
        found = [measure(result, confidence, model) for model in MODELS]
        table[name] = [estimate.value for estimate in found]
        table[f"{name} from"] = [estimate.low for estimate in found]
        table[f"{name} to"] = [estimate.high for estimate in found]
    return table


def tabulate_classes(result, confidence):
    """Return for each class how many of its pictures are called right, as columns.

    Parameters
    ----------
    result : Result
    confidence : float

    Returns
    -------
    dict of column -> list
        "taken for" is the commonest wrong call, empty if there is none.
    """
    shares, counts = estimates.class_shares(result, confidence), estimates.confusion(result)
    own = [result.groups[result.labels == place] for place in range(len(result.classes))]
    wrong = counts - np.diag(np.diag(counts))
    names = [readable(name) for name in result.classes]
    return {
        "class": names,
        "pictures": [len(groups) for groups in own],
        "groups": [len(np.unique(groups)) for groups in own],
        "right": [share.value for share in shares.values()],
        "from": [share.low for share in shares.values()],
        "to": [share.high for share in shares.values()],
        "taken for": [names[row.argmax()] if row.any() else "" for row in wrong],
    }


def tell_accuracy(result, choices):
    """Say for a report what was measured, how, and how sure it is.

    Parameters
    ----------
    result : Result
    choices : Choices

    Returns
    -------
    list of str
    """
    share = f"{100 * choices.confidence:g} % interval"
    whole = estimates.accuracy(result, choices.confidence)
    even = estimates.balanced_accuracy(result, choices.confidence)
    groups = len(np.unique(result.groups))
    repeats = f"{choices.repeats} {'time' if choices.repeats == 1 else 'times'}"
    lines = [
        f"A linear classifier on {FEATURES[choices.features]} called {_told(whole)} of "
        f"{len(result.labels)} pictures right ({share} {_ends(whole)}); the mean of the "
        f"{len(result.classes)} classes is {_told(even)} ({_ends(even)}). {result.folds}-fold "
        f"cross-validation, {repeats}, {groups} groups kept whole, seed {choices.seed}; strength "
        "and probabilities were chosen within the training parts."
    ]
    if result.folds < choices.folds:
        lines.append(f"There are {result.folds} folds, as the smallest class has no more groups.")
    sizes = [len(np.unique(result.groups[result.labels == k])) for k in range(len(result.classes))]
    if min(sizes) < FEW:
        lines.append(
            f"Warning: {readable(result.classes[int(np.argmin(sizes))])} has {min(sizes)} groups "
            f"only. With fewer than {FEW} of a class such figures are rough."
        )
    return lines


def tell_differences(result, choices):
    """Say whether the features call more pictures right than each rival.

    Parameters
    ----------
    result : Result
    choices : Choices

    Returns
    -------
    list of str
    """
    lines, share = [], f"{100 * choices.confidence:g} %"
    for rival, gap in estimates.differences(result, choices.confidence).items():
        first = f"Accuracy minus that of the {MODELS[rival]}: {gap.value:+.2f}"
        if np.isnan(gap.low):
            lines.append(f"{first}. No interval: each picture shows the same difference.")
            continue
        better = "the features call more right" if gap.low > 0 else "neither is shown to be better"
        better = f"the {MODELS[rival]} calls more right" if gap.high < 0 else better
        lines.append(
            f"{first} ({share} interval of both comparisons together {gap.low:+.2f} to "
            f"{gap.high:+.2f}, paired by picture): {better}."
        )
    return lines


def tell_probabilities(result, choices):
    """Say what probabilities are worth, and what leaving labels out does.

    Parameters
    ----------
    result : Result
    choices : Choices

    Returns
    -------
    list of str
    """
    claimed = result.chances["features"].max(axis=2).mean()
    given, right = estimates.when_sure(result, choices.sure, choices.confidence)
    first = (
        f"The most likely class gets a mean probability of {claimed:.2f}, and "
        f"{_told(estimates.accuracy(result, choices.confidence))} of the calls are right."
    )
    if np.isnan(right.value):
        return [f"{first} No picture reaches a probability of {choices.sure:g}."]
    ends = "" if np.isnan(right.low) else f" ({_ends(right)})"
    return [
        f"{first} Of all pictures {given:.0%} get a probability of {choices.sure:g} or more; of "
        f"these {_told(right)}{ends} are called right."
    ]


def tell_areas(result, choices):
    """Say for two classes how well probabilities rank them.

    Parameters
    ----------
    result : Result
    choices : Choices

    Returns
    -------
    list of str
        Empty for more classes.
    """
    lines = []
    for model, (_, area) in estimates.two_classes(result, choices.confidence).items():
        lines.append(
            f"AUC of {readable(result.classes[1])} against {readable(result.classes[0])}, by "
            f"{MODELS[model]}: {area.auc:.3f} ({100 * choices.confidence:g} % interval "
            f"{area.low:.3f} to {area.high:.3f}, DeLong by groups)."
        )
    return lines


def tabulate_pictures(result, pictures):
    """Return what was said of each picture, as a mean over repeats, as columns for a table.

    Parameters
    ----------
    result : Result
    pictures : Pictures

    Returns
    -------
    dict of column -> list
    """
    means, right = result.chances["features"].mean(axis=0), result.right()
    names = [readable(name) for name in result.classes]
    rows = np.arange(len(means))
    return {
        "file": [readable(sight.name) for sight in pictures.sights],
        "class": [names[place] for place in result.labels],
        "group": (result.groups + 1).tolist(),
        "called": [names[place] for place in means.argmax(axis=1)],
        "share right": right.round(4).tolist(),
        "p(own class)": means[rows, result.labels].round(4).tolist(),
        **{
            f"p({name})": column.round(4).tolist()
            for name, column in zip(names, means.T, strict=True)
        },
    }


def _told(estimate):
    return f"{estimate.value:.2f}"


def _ends(estimate):
    return f"{estimate.low:.2f} to {estimate.high:.2f}"
