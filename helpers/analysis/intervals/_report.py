"""Put an interval on a statistic of a column, group by group, and say why this interval."""

from typing import NamedTuple
from zlib import crc32

import numpy as np
from tqdm.auto import tqdm

from helpers import _arguments, own_data
from helpers.analysis.intervals import _group_names as group_names
from helpers.analysis.intervals import _methods as ways
from helpers.intervals import bootstrap_distribution
from helpers.own_data import Problem

MOST_GROUPS = 50
FEW = 10  # below this nobody sees the shape of a distribution
STUDIES = 1000  # imitated studies behind a measured coverage
BLOCK = 1 << 21  # values of imitated studies at once


class Estimate(NamedTuple):
    """A statistic of one group with its interval, and why this method was used."""

    group: str
    n: int
    value: float
    low: float
    high: float
    method: str
    reason: str


class Samples(NamedTuple):
    """Values of each group (0 and 1 for a proportion), and what was noticed on reading."""

    groups: dict
    notes: tuple


def check_choices(statistic, method, confidence, resamples, seed):
    """Refuse choices that cannot be followed, before anything is read.

    Parameters
    ----------
    statistic : str, a key of `ways.METHODS`
    method : "auto" or a method for that statistic
    confidence : float in (0, 1)
    resamples : int >= 200
    seed : int >= 0

    Raises
    ------
    Problem
    """
    _arguments.one_of(statistic, "statistic", tuple(ways.METHODS), error=Problem)
    _arguments.one_of(method, "method", ("auto", *ways.METHODS[statistic]), error=Problem)
    _arguments.inner_share(confidence, "confidence", 0.95, error=Problem)
    _arguments.whole(resamples, "resamples", 200, error=Problem)
    _arguments.whole(seed, "seed", 0, error=Problem)


def read_samples(
    path, column, *, group=None, statistic="mean", positive=None, compare=None, written=None
):
    """Read the column, split it by group, and check that the groups to compare exist.

    Parameters
    ----------
    path : str or Path
    column : str
    group : str, optional
        Column of labels. Default: one group called "all".
    statistic : str
        A proportion reads labels of two classes, everything else reads numbers.
    positive : the class that a proportion counts
    compare : (str, str), optional
    written : own_data.Written, optional
        How the file is written; what it does not say is found.

    Returns
    -------
    Samples

    Raises
    ------
    Problem
        If file, columns, classes or groups are not as asked.
    """
    if group == column:
        raise Problem(f'`group` and `column` must be two columns; both are "{column}".')
    share = statistic == "proportion"
    if share and positive is None:
        raise Problem("`positive` must name the class that a proportion counts; got None.")
    labels = ([column] if share else []) + ([] if group is None else [group])
    numbers = [] if share else [column]
    table = own_data.read_table(path, numbers=numbers, labels=labels, written=written)
    values = table[column]
    if share:
        values = own_data.positives(values, positive, name=column).astype(np.float64)
    groups = {"all": values} if group is None else _split(values, table[group], group)
    _check_compare(compare, group, groups)
    many = group_names.counted(len(groups), "group")
    first = f"{table.rows} rows, {len(values)} of them used, {many}"
    return Samples(groups, (first, *table.notes))


def choose_method(values, statistic, confidence, resamples):
    """Choose a method for one sample.

    Parameters
    ----------
    values : array of shape (n,)
    statistic : str
    confidence : float in (0, 1)
    resamples : int

    Returns
    -------
    (method, reason), two str

    Notes
    -----
    For a mean: t is trusted if n > 25 G1^2, where G1 is the skewness (W. G. Cochran, Sampling
    Techniques, 1977, section 2.15).
    """
    size, usual = values.size, ways.FORMULAS[statistic][0]
    if statistic == "proportion":
        rare = int(min(values.sum(), size - values.sum()))
        if rare < 5:
            return "clopper-pearson", f"only {rare} of one class, near the boundary"
        return "wilson", f"at least 5 of each class ({rare} of the rarer one)"
    if statistic == "median":
        tied = 1 - np.unique(values).size / size
        more = f"; {tied:.0%} of the values are ties, which can only widen it" if tied > 0.1 else ""
        return usual, f"exact for any distribution, without resampling{more}"
    if statistic == "trimmed mean":
        return usual, "the trimmed ends cannot pull it"
    if statistic == "standard deviation":
        if size > 5000:
            return usual, f"{size} values, no normal distribution is assumed"
        return "bca", "no normal distribution is assumed"
    return _for_mean(values, confidence, resamples)


def estimate_groups(
    groups, statistic, *, method="auto", confidence=0.95, resamples=9999, seed=0, quiet=False
):
    """Estimate the statistic of each group with an interval.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    statistic : str
    method : "auto" or a method for that statistic
    confidence : float in (0, 1)
    resamples : int
    seed : int
    quiet : bool
        True shows no progress.

    Returns
    -------
    (list of Estimate, list of str)
        The second says which groups were left out, and why.

    Raises
    ------
    Problem
        If no group can be estimated.
    """
    found, omitted = [], []
    bar = tqdm(groups.items(), desc="groups", delay=2, leave=False, disable=quiet)
    for name, values in bar:
        way, reason = method, "chosen by you"
        if method == "auto":
            way, reason = choose_method(values, statistic, confidence, resamples)
        if why := ways.refusal(values, way, confidence, resamples):
            omitted.append(f'group "{name}" is left out: {why}')
            continue
        rng = np.random.default_rng([seed, crc32(name.encode())])  # the same whatever the others
        value = float(ways.STATISTICS[statistic](values, axis=-1))
        ends = ways.interval(values, statistic, way, confidence, resamples, rng)
        found.append(Estimate(name, values.size, value, *map(float, ends), way, reason))
    if not found:
        raise Problem(f"No interval can be given: {'; '.join(omitted[:5])}.")
    return found, omitted


def measure_coverage(groups, estimates, statistic, *, confidence=0.95, seed=0):
    """Measure how often each method would hold the truth if a sample were the whole population.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    estimates : list of Estimate
    statistic : str
    confidence : float in (0, 1)
    seed : int

    Returns
    -------
    list of float
        Share of imitated studies; NaN where that takes too long, as with a bootstrap of many
        values. A sample has shorter tails than its population, so the shares flatter.
    """
    shares = []
    for estimate in tqdm(estimates, desc="coverage", delay=2, leave=False):
        values, way = groups[estimate.group], estimate.method
        resamples = 499 if way in ways.BOOTSTRAPS else 1
        room = 0.5 if resamples > 1 else 0.1
        if resamples > 1 and statistic == "mean":
            room = 5  # resampled means are one product of matrices
        if values.size * resamples * STUDIES > ways.WORK * room:
            shares.append(float("nan"))
            continue
        shares.append(_held(values, estimate, statistic, confidence, resamples, seed))
    return shares


def difference(groups, compare, statistic, *, confidence=0.95, resamples=9999, seed=0):
    """Estimate the statistic of one group minus that of another.

    Parameters
    ----------
    groups : dict of name -> array of shape (n,)
    compare : (str, str)
    statistic : str
    confidence : float in (0, 1)
    resamples : int
    seed : int

    Returns
    -------
    Estimate
        Welch's interval for means, Newcombe's for proportions, else percentiles of a bootstrap
        that resamples each group by itself.

    Raises
    ------
    Problem
        If a group is too small or has no spread.
    """
    compare = [str(name) for name in compare]
    pair = [groups[name] for name in compare]
    name = " minus ".join(compare)
    way = {"mean": "welch", "proportion": "newcombe"}.get(statistic, "percentile")
    for label, values in zip(compare, pair, strict=True):
        base = {"welch": "t", "newcombe": "wilson"}.get(way, way)
        if why := ways.refusal(values, base, confidence, resamples):
            raise Problem(f'Group "{label}" cannot be compared: {why}. Set `compare` to None.')
    compute = ways.STATISTICS[statistic]
    value = float(np.subtract(*(compute(values, axis=-1) for values in pair)))
    if way != "percentile":
        low, high = getattr(ways, way)(*pair, confidence)
    else:
        rng, tail = np.random.default_rng(seed), (1 - confidence) / 2
        drawn = [bootstrap_distribution(v, compute, resamples=resamples, rng=rng) for v in pair]
        low, high = np.quantile(drawn[0] - drawn[1], [tail, 1 - tail])
    size = sum(values.size for values in pair)
    return Estimate(name, size, value, float(low), float(high), way, "two independent groups")


def _held(values, estimate, statistic, confidence, resamples, seed):
    """Return the share of imitated studies whose interval holds the sample's own value."""
    rng, held = np.random.default_rng(seed), 0
    most = max(1, BLOCK // values.size)
    for start in range(0, STUDIES, most):
        rows = values[rng.integers(0, values.size, (min(most, STUDIES - start), values.size))]
        try:
            low, high = ways.interval(rows, statistic, estimate.method, confidence, resamples, rng)
        except Problem:  # some imitated study is too odd for this bootstrap
            return float("nan")
        held += np.count_nonzero((low <= estimate.value) & (estimate.value <= high))
    return held / STUDIES


def _split(values, labels, column):
    names, places = np.unique(labels, return_inverse=True)
    if names.size > MOST_GROUPS:
        raise Problem(
            f'Column "{column}" makes {names.size} groups; at most {MOST_GROUPS} are compared.'
        )
    groups = {str(name): values[places == place] for place, name in enumerate(names)}
    return {name: groups[name] for name in group_names.ordered(groups)}


def _check_compare(compare, group, groups):
    if compare is None:
        return
    if group is None:
        raise Problem(f"`compare` needs a column of groups: set `group`; got {compare}.")
    two = isinstance(compare, list | tuple) and len(compare) == 2
    if not two or str(compare[0]) == str(compare[1]):
        one, other = [*groups, "A", "B"][:2] if len(groups) > 1 else "AB"
        raise Problem(
            f'`compare` must be two different groups, such as ["{one}", "{other}"], or None; '
            f"got {compare!r}. The groups are {', '.join(groups)}."
        )
    for name in compare:
        _arguments.one_of(str(name), "compare", tuple(groups), error=Problem)


def _for_mean(values, confidence, resamples):
    size = values.size
    if size < FEW:
        return "t", f"{size} values: too few to see skew, so near-normal values are assumed"
    from scipy import stats  # half a second that is needed here first

    skew = 0.0 if values.min() == values.max() else float(stats.skew(values))
    needed = 25 * skew**2
    if size > needed:
        return "t", f"skew {skew:.2f}: {size} values are enough, t needs more than {needed:.0f}"
    if ways.refusal(values, "bca", confidence, resamples):
        few = f"skew {skew:.2f} asks for more than {needed:.0f} values, these are {size}"
        return "t", f"{few}: read it with care; a bootstrap would take too long"
    return "bca", f"skew {skew:.2f}: t needs more than {needed:.0f} values, these are {size}"
