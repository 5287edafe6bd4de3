"""What a careful reader would ask about the rows and scores of a table."""

import numpy as np

from helpers.analysis.classifier._calls import shown
from helpers.own_data import Problem

FEW = 30  # of each class: below this the page warns
LEAK = 0.98  # an AUC above this asks for a reason


def tell_scores(raw, models, low):
    """Tell which scores are infinite, turned, or no scores but decisions.

    Parameters
    ----------
    raw : dict of name -> values of the file
    models : dict of name -> scores that are used
    low : names of scores whose low values speak for the positive class

    Returns
    -------
    list of str
    """
    infinite = [name for name in models if np.isinf(raw[name]).any()]
    notes = [f'infinite values of "{name}" rank before or behind all others' for name in infinite]
    notes += [f'low values of "{name}" speak for the positive class' for name in low]
    for name, values in models.items():
        if len(found := np.unique(values)) == 2:
            notes.append(
                f'Warning: "{name}" holds two values only ({found[0]:.4g} and {found[1]:.4g}): '
                "that is a decision, and its curve has one point between the ends"
            )
    return notes


def tell_few(sizes, grouped):
    """Tell that a class is small.

    Parameters
    ----------
    sizes : numbers of rows, or of subjects, of both classes
    grouped : bool
        Whether subjects were counted.

    Returns
    -------
    list of str
    """
    if min(sizes) >= FEW:
        return []
    who = "subjects with rows of" if grouped else "of"
    return [f"fewer than {FEW} {who} a class: all intervals and tests here are rough"]


def tell_leaks(areas):
    """Tell which scores are nearly too good.

    Parameters
    ----------
    areas : dict of name -> AucInterval

    Returns
    -------
    list of str
    """
    return [
        f'Warning: "{name}" alone has an AUC of {shown(area.auc)}: a leak? Make sure that it was '
        "known before the label, and that no model was fitted on these rows"
        for name, area in areas.items()
        if max(area.auc, 1 - area.auc) > LEAK
    ]


def refuse_turned(areas):
    """Refuse scores that rank the wrong way round, with their whole intervals below 0.5.

    Parameters
    ----------
    areas : dict of name -> AucInterval

    Raises
    ------
    Problem
    """
    turned = {name: area for name, area in areas.items() if area.high < 0.5}
    if not turned:
        return
    told = ", ".join(
        f'"{name}" is {shown(a.auc)} ({shown(a.low)} to {shown(a.high)})'
        for name, a in turned.items()
    )
    names = ", ".join(f'"{name}"' for name in turned)
    raise Problem(
        f"The AUC of {told}: do high scores mean the other class? Set `positive` to it; or, if "
        f"low values speak for the positive class, set `low_is_positive` to [{names}]; or to [] to "
        "judge the scores as they are."
    )
