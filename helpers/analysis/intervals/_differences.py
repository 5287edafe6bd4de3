"""The difference of two groups: of independent rows, of pairs, of subjects with several rows."""

import numpy as np

from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals import _studies as studies
from helpers.analysis.intervals._group_names import counted
from helpers.analysis.intervals._report import Estimate, few_subjects, no_width
from helpers.analysis.intervals._rule import choose_for_difference, choose_method
from helpers.own_data import Problem

HINT = "Set `compare` to None."


def difference(samples, statistic, *, method="auto", confidence=0.95, resamples=9999, seed=0):
    """Estimate the statistic of one group minus that of another.

    Parameters
    ----------
    samples : Samples
        With two names in `compare`.
    statistic : str
    method : str
        As for `estimate_groups`; a bootstrap that is asked for is used here too.
    confidence : float in (0, 1)
    resamples : int
    seed : int

    Returns
    -------
    (Estimate, Share)
        The second tells how often imitated studies held the value that was found. Pairs: an
        interval for the statistic of the paired differences, by the rule for one sample, or Bonett
        and Price's for proportions. Subjects: CR2 with the rows of both groups. Else Welch's
        interval or BCa for means by `choose_for_difference`, Newcombe's for proportions, and
        percentiles of a bootstrap that resamples each group by itself for the rest.

    Raises
    ------
    Problem
        If a group is too small, has no spread, or shares no pairs with the other.
    """
    if samples.pairs is not None:
        study, reason, n, many = _of_pairs(samples, statistic, method, confidence, resamples)
    elif samples.subjects is not None:
        study, reason, n, many = _of_subjects(samples, statistic)
    else:
        study, reason, n, many = _of_rows(samples, statistic, method, confidence, resamples)
    low, high = study.ends(confidence, resamples, np.random.default_rng(seed))
    if why := no_width(low, high, study.method):
        raise Problem(f"The groups cannot be compared: {why}. {HINT}")
    name = " minus ".join(samples.compare)
    found = Estimate(name, n, study.value, low, high, study.method, reason, many)
    return found, studies.imitate(study, statistic, confidence, seed)


def _of_rows(samples, statistic, method, confidence, resamples):
    pair = [samples.groups[name] for name in samples.compare]
    way, why = {"proportion": "newcombe"}.get(statistic, "percentile"), ""
    if statistic == "mean":
        way, why = {"t": "welch"}.get(method, method), "chosen by you"
        if method == "auto":
            way, why = choose_for_difference(*pair, confidence, resamples)
    elif method in ways.BOOTSTRAPS:
        way, why = method, "chosen by you"
    base = {"welch": "t", "newcombe": "wilson"}.get(way, way)
    for label, values in zip(samples.compare, pair, strict=True):
        if refused := ways.refusal(values, base, confidence, resamples):
            raise Problem(f'Group "{label}" cannot be compared: {refused}. {HINT}')
    reason = f"two independent groups{'; ' * bool(why)}{why}"
    study = studies.of_two(*pair, statistic, way)
    return study, reason, sum(values.size for values in pair), None


def _of_subjects(samples, statistic):
    pair = [(samples.groups[name], samples.subjects[name]) for name in samples.compare]
    known = [np.unique(codes) for _, codes in pair]
    for label, (values, _), codes in zip(samples.compare, pair, known, strict=True):
        if codes.size < 2:
            raise Problem(f'Group "{label}" cannot be compared: it holds one subject. {HINT}')
        if statistic == "mean" and values.min() == values.max():
            refused = ways.refusal(values, "t", 0.95, 1)
            raise Problem(f'Group "{label}" cannot be compared: {refused}. {HINT}')
    both, many = np.intersect1d(*known).size, np.union1d(*known).size
    reason = f"{many} subjects, {both} of them with rows in both groups"
    reason += few_subjects(min(codes.size for codes in known), " in a group")
    return studies.of_two_by_subject(*pair, statistic), reason, sum(v.size for v, _ in pair), many


def _of_pairs(samples, statistic, method, confidence, resamples):
    first, second = samples.compare
    _, one, two = np.intersect1d(
        samples.pairs[first], samples.pairs[second], assume_unique=True, return_indices=True
    )
    left = samples.groups[first].size + samples.groups[second].size - 2 * one.size
    if one.size < 2:
        raise Problem(
            f'"{first}" and "{second}" share {counted(one.size, "pair")}; at least 2 are needed.'
        )
    reason = counted(one.size, "pair")
    if left:
        reason += f"; {counted(left, 'value')} without a partner {'is' if left == 1 else 'are'} "
        reason += "left out of the difference"
    values = samples.groups[first][one], samples.groups[second][two]
    if samples.subjects is not None:
        return _of_pairs_of_subjects(values, samples.subjects[first][one], reason)
    if statistic == "proportion":
        return studies.of_paired_answers(*values), reason, one.size, None
    gaps, why = np.subtract(*values), "chosen by you"
    if method == "auto":
        method, why = choose_method(gaps, statistic, confidence, resamples)
    if refused := ways.refusal(gaps, method, confidence, resamples):
        raise Problem(f"The paired differences cannot be judged: {refused}. {HINT}")
    study = studies.of_rows(gaps, statistic, method)
    return study._replace(noun="pair"), f"{reason}; {why}", one.size, None


def _of_pairs_of_subjects(values, codes, reason):
    """Return the study of pairs of which a subject has several."""
    many = np.unique(codes).size
    if many < 2:
        raise Problem(f"The pairs belong to one subject, and cannot be judged. {HINT}")
    study = studies.of_subjects(np.subtract(*values), codes, "mean")
    reason += f" of {many} subjects{few_subjects(many)}"
    return study, reason, values[0].size, many
