"""What a table calls for, before any method is tried."""

import numpy as np

from helpers import roc

LEAK = 0.98  # AUC of one column alone, above which it is suspected to know the answer
OFTEN = 2  # times as many equal rows as columns that know nothing of each other would give


def describe(sample):
    """Tell counts and shares of the classes, and what in the table calls for caution.

    Parameters
    ----------
    sample : Sample

    Returns
    -------
    list of str
        Warnings start with "Warning".
    """
    y, n = sample.labels, len(sample.labels)
    found = int(y.sum())
    rare = min(found, n - found)
    said = [
        f"Positive class {sample.positive}: {found} of {n} rows ({100 * found / n:.3g} %); "
        f"{sample.other}: {n - found}, that is {(n - found) / found:.3g} for each positive row."
    ]
    if rare / n >= 0.4:
        said.append("The classes are nearly of one size: there is little to balance.")
    few = f"{rare} rows"
    if sample.subjects is not None:
        rows = y if found == rare else ~y
        rare = np.unique(sample.subjects[rows]).size
        few = f"rows of {rare} subjects"
    if rare < 50:
        said.append(
            f"Warning: the rarer class has only {few}, so its rates are uncertain whatever is done."
        )
    if sample.subjects is None and (again := _repeats(sample.features, y)):
        said.append(
            f"Warning: {again} row{'s repeat' if again > 1 else ' repeats'} an earlier row. If "
            "a case stands in the table twice, leave the repeat out: in the training and the test "
            "part at once it makes results too good."
        )
    for name, values, texts in zip(sample.names, sample.features.T, sample.texts, strict=True):
        said += [f'Warning: column "{name}" {what}' for what in _doubts(values, y, texts)]
        if not texts and _counts_up(values, sample.subjects):
            each = "in each row" if sample.subjects is None else "for each subject"
            said.append(
                f'Warning: column "{name}" holds a different whole number {each}, as the '
                "number of a row or a customer does. If it is one, leave it out with `leave_out`."
            )
    return said


def _repeats(X, y):
    """Count rows that repeat an earlier one, where these are not as many as chance gives."""
    n = len(y)
    rows = np.column_stack([np.where(np.isnan(X), np.inf, X + 0.0), y])
    again = n - len({hash(row.tobytes()) for row in rows})
    pairs = n * (n - 1) / 2
    for values in rows.T if again else ():
        counts = np.unique(values, return_counts=True)[1].astype(float)
        pairs *= np.sum(counts * (counts - 1)) / (n * (n - 1))  # of rows that agree there
    return again if again > OFTEN * pairs else 0


def _doubts(values, y, texts):
    """Say what a column alone knows: nothing, everything, or nearly everything."""
    gaps = np.isnan(values)
    known, ill = values[~gaps], y[~gaps]
    kinds = np.unique(known).size
    if kinds < 2 and not gaps.any():
        return ["is constant and tells nothing."]
    if 0 < ill.sum() < len(ill) and kinds > 1:
        alone = _alone(known, ill, texts)
        if alone == 1 and kinds == 2 and not gaps.any():
            return ["is a copy of the target: leave it out."]
        if alone == 1:
            return [
                "alone separates the classes without an error: is it made from the target, or "
                "known only after it?"
            ]
        if alone > LEAK:
            return [
                f"alone has an AUC of {_below_one(alone)}: is it made from the target, or known "
                "only after it (a leak)?"
            ]
    if gaps.any() and (alone := _alone(gaps, y, False)) > LEAK:
        return [
            f"has gaps that alone have an AUC of {_below_one(alone)}: is it filled in only for one "
            "class?"
        ]
    return []


def _alone(values, y, texts):
    """Return the AUC of a column, in the direction that fits; of a text by the share of each."""
    if texts:
        codes = values.astype(np.intp)
        values = (np.bincount(codes, y) / np.maximum(1, np.bincount(codes)))[codes]
    area = roc.auc(y, values)
    return max(area, 1 - area)


def _below_one(area):
    """Return an AUC with so many digits that it is not rounded up to 1."""
    return "above 0.999" if 0.999 < area < 1 else f"{area:.3f}"


def _counts_up(values, subjects):
    """Tell whether each row, or each subject, has a whole number of its own."""
    if not np.all(values == np.round(values)):
        return False
    if subjects is None:
        return np.unique(values).size == len(values)
    whose = np.unique(subjects, return_inverse=True)[1]
    pairs = np.unique(np.column_stack([whose, values]), axis=0)
    return len(pairs) == whose.max() + 1 == np.unique(values).size
