"""Every sentence of the page that estimates intervals, on a grid of inputs, against the truth."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.analysis import intervals
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals import _studies as studies
from helpers.analysis.intervals._rule import skewness
from helpers.analysis.intervals._samples import Samples
from helpers.analysis.intervals._words import rounded
from helpers.own_data import Problem

SHAPES = {
    "bell": lambda rng, n: rng.normal(5, 2, n),
    "skewed": lambda rng, n: rng.gamma(2, 1, n),
    "heavy": lambda rng, n: rng.lognormal(0, 1.5, n),
    "left": lambda rng, n: -rng.lognormal(0, 1.5, n),
    "ties": lambda rng, n: rng.integers(0, 4, n).astype(float),
    "most alike": lambda rng, n: np.r_[np.full(n - 1, 3.0), 4.0],
    "constant": lambda rng, n: np.full(n, 7.0),
    "far": lambda rng, n: 1e6 + rng.normal(0, 0.01, n),
    "tiny": lambda rng, n: 1e-9 * rng.gamma(2, 1, n),
}
SIZES = (1, 2, 3, 5, 6, 9, 10, 12, 29, 30, 100, 400)
RARE = (0, 1, 4, 5)  # of the rarer class
NUMBERS = [name for name in ways.METHODS if name != "proportion"]
ENDS = re.compile(r"is estimated at (\S+) \(95 % confidence interval (\S+) to (\S+), ")
MEASURED = re.compile(r"; nominal 95 %, (but )?in resamples of these data ([\d.]+) of 100\)")
NOT_MEASURED = re.compile(r"; nominal 95 %, not measured, as ([^)]*)\)")


@cache
def grid(statistic):
    """Return samples, estimates, omissions, shares and sentences of every input."""
    found = []
    for values in inputs(statistic):
        samples = Samples({"all": values})
        try:
            estimates, _ = intervals.estimate_groups(samples, statistic, resamples=999)
        except Problem as problem:
            found.append((values, None, str(problem), None, None))
            continue
        shares = intervals.measure_coverage(samples, estimates, statistic)
        said = intervals.report_estimates(estimates, shares, f"{statistic} of x", 0.95)
        found.append((values, estimates[0], said[0], shares[0], said[1:]))
    return found


def inputs(statistic):
    rng = np.random.default_rng(1)
    if statistic == "proportion":
        return [
            ((np.arange(n) < rare) == flip).astype(float)
            for n in SIZES
            for rare in RARE
            for flip in (True, False)
            if rare <= n
        ]
    return [draw(rng, n) for draw in SHAPES.values() for n in SIZES]


def each(statistic):
    """Yield the inputs that got an interval."""
    rows = [row for row in grid(statistic) if row[1] is not None]
    assert len(rows) >= 30
    return rows


@pytest.mark.parametrize("statistic", list(ways.METHODS))
def test_printed_ends_are_an_interval_that_holds_the_printed_estimate(statistic):
    for values, estimate, said, _, _ in each(statistic):
        value, low, high = map(float, ENDS.search(said).groups())
        assert low < high, said
        assert low <= value <= high, said
        width = estimate.high - estimate.low
        printed = np.array([value, low, high])
        assert np.all(np.abs(printed - estimate[2:5]) <= 0.006 * width), said
        truth = ways.STATISTICS[statistic](values.astype(float), axis=-1)
        assert estimate.value == pytest.approx(truth, rel=1e-12)
        assert f"n = {values.size};" in said


@pytest.mark.parametrize("statistic", list(ways.METHODS))
def test_what_was_measured_stands_beside_the_nominal_confidence(statistic):
    for values, estimate, said, share, more in each(statistic):
        measured, unknown = MEASURED.search(said), NOT_MEASURED.search(said)
        assert bool(measured) != bool(unknown), said
        if measured:
            assert values.size >= 10
            assert float(measured[2]) == pytest.approx(100 * share.value, abs=0.5)
            assert bool(measured[1]) == (share.value < 0.92)
            assert (measured[2] == "100") == (share.value == 1)
            assert "draws 1000 studies from it" in more[0]
        elif values.size < 10:
            assert unknown[1] == "fewer than 10 values show too little to imitate"
        elif "alike" in unknown[1]:
            assert np.ptp(values) == 0
        else:
            assert unknown[1] in (
                "it would take too long",
                f"some imitated study is too odd for {estimate.method}",
            )
        assert "if what the method assumes is met" in more[0]
        assert not re.search("probab|chance|likel|never|always", " ".join([said, *more]))


@pytest.mark.parametrize("statistic", list(ways.METHODS))
def test_a_measured_share_comes_out_again_from_another_seed(statistic):
    """Both counts have an error of sqrt(c (1 - c) / 1000)."""
    for values, estimate, _, share, _ in each(statistic)[::7]:
        if share.why or estimate.method in ways.BOOTSTRAPS:
            continue
        rng = np.random.default_rng(99)
        rows = values[rng.integers(0, values.size, (1000, values.size))].astype(float)
        low, high = ways.interval(rows, statistic, estimate.method, 0.95, 1, rng)
        again = np.mean((low <= estimate.value) & (estimate.value <= high))
        error = np.sqrt(max(share.value * (1 - share.value), 0.001) * 2 / 1000)
        assert abs(share.value - again) < 5 * error


def test_the_reason_for_the_method_of_a_mean_is_true():
    seen = set()
    for values, estimate, _, _, _ in each("mean"):
        (said,) = intervals.method_reasons([estimate])
        skew = float(stats.skew(values))
        assert said.startswith(f"Method for all: {estimate.method}; ")
        if shown := re.search(r"skew (-?\d+\.\d\d)", said):
            assert float(shown[1]) == pytest.approx(skew, abs=0.006)
        else:
            assert values.size < 10
        if counted := re.search(r"(\d+) values", said):
            assert int(counted[1]) == values.size
        assert ("heavy" in said) == (abs(skew) > 2 and values.size >= 10), said
        assert ("is within 2" in said) == (abs(skew) <= 2 and values.size >= 30), said
        assert ("below 30" in said) == (10 <= values.size < 30), said
        assert (estimate.method == "bca") == (abs(skew) > 2 and values.size >= 30), said
        seen.add((estimate.method, "heavy" in said))
    assert seen == {("t", False), ("t", True), ("bca", True)}


def test_the_reason_for_the_method_of_a_proportion_is_true():
    for values, estimate, _, _, _ in each("proportion"):
        rare = int(min(values.sum(), values.size - values.sum()))
        (said,) = intervals.method_reasons([estimate])
        words = (
            f"clopper-pearson; only {rare} of one class, near the boundary"
            if rare < 5
            else f"wilson; at least 5 of each class ({rare} of the rarer one)"
        )
        assert said == f"Method for all: {words}."


@pytest.mark.parametrize("statistic", NUMBERS)
def test_what_gets_no_interval_is_told_why(statistic):
    seen = set()
    for values, estimate, said, _, _ in grid(statistic):
        if estimate is not None:
            continue
        least = re.search(r"(\d+) values?, and ([\w ]+) needs at least (\d+)", said)
        if least:
            assert int(least[1]) == values.size < int(least[3])
            seen.add("few")
        elif "do not show any spread" in said:
            assert f"all {values.size} values are {values[0]:.4g}" in said
            assert np.ptp(values) == 0
            seen.add("constant")
        else:
            assert "an interval without width" in said
            assert 0.5 < np.mean(values == np.median(values)) < 1
            seen.add("ties")
    assert {"few", "constant"} <= seen
    assert ("ties" in seen) == (statistic in ("median", "trimmed mean"))


def test_no_share_is_stated_without_a_width():
    """Wald's interval of none of twelve is 0 to 0."""
    with pytest.raises(Problem, match="both ends of wald are 0, as too many values are equal"):
        intervals.estimate_groups(
            Samples({"all": np.zeros(12)}), "proportion", method="wald", resamples=999
        )


def test_clopper_and_pearsons_promise_is_the_one_of_all_proportions():
    sample = Samples({"all": np.ones(12)})
    found, _ = intervals.estimate_groups(sample, "proportion", confidence=0.9)
    shares = intervals.measure_coverage(sample, found, "proportion", confidence=0.9)
    (said,) = intervals.report_coverage(found, shares, 0.9)
    assert said == (
        "all: not measured, values that are all alike cannot be imitated; Clopper-Pearson holds "
        "in at least 90 of 100 studies of independent rows, whatever the proportion is"
    )


# Differences


def pairs_of_groups():
    rng = np.random.default_rng(4)
    for one in SHAPES.values():
        for other in SHAPES.values():
            for n, m in ((2, 5), (9, 40), (30, 35), (60, 150)):
                yield {"a": one(rng, n), "b": other(rng, m)}


@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_a_difference_says_on_which_side_of_zero_it_lies_and_by_which_method(statistic):
    seen, methods, every = set(), set(), list(pairs_of_groups())
    for groups in every[:: 3 if statistic == "mean" else 25]:
        samples = Samples(groups, by="g", compare=("a", "b"))
        try:
            gap, share = intervals.difference(samples, statistic, resamples=499)
        except Problem as problem:
            assert re.search("cannot be compared: .*Set `compare` to None", str(problem))
            continue
        said, how = intervals.report_difference(gap, share, samples, f"{statistic} of x", 0.95)
        _, low, high = map(float, ENDS.search(said).groups())
        assert low < high
        assert ("0 lies within" in said) == (gap.low <= 0 <= gap.high)
        assert ("the first is larger" in said) == (gap.low > 0)
        assert ("the first is smaller" in said) == (gap.high < 0)
        assert bool(MEASURED.search(said)) == (share.why == "")
        few = min(values.size for values in groups.values()) < 10
        words = "fewer than 10 values in a group show too little to imitate"
        assert few == (share.why == words)
        seen.add(said.split("; ")[-1][:14])
        methods.add(gap.method)
        if statistic == "mean":
            check_reason(how, gap.method, *groups.values())
    assert len(seen) == 2
    assert methods == ({"welch", "bca"} if statistic == "mean" else {"percentile"})


def check_reason(said, method, one, other):
    skews = [skewness(one), skewness(other)]
    assert f"skews {skews[0]:.2f} and {skews[1]:.2f}" in said
    heavy, light = sorted(skews, key=abs, reverse=True)
    enough = min(one.size, other.size) >= 30
    cancels = light * np.sign(heavy) > 1
    assert ("fewer than 30" in said) == (not enough)
    assert ("none beyond 2" in said) == (enough and abs(heavy) <= 2)
    assert ("cancel in part" in said) == (enough and abs(heavy) > 2 and cancels)
    assert (method == "bca") == (enough and abs(heavy) > 2 and not cancels)


def test_a_method_that_is_asked_for_is_used_for_the_difference_too():
    rng = np.random.default_rng(0)
    groups = {"a": rng.normal(size=40), "b": rng.normal(size=50)}
    samples = Samples(groups, by="g", compare=("a", "b"))
    found = {}
    for method in ("t", "bca", "percentile", "basic"):
        found[method], _ = intervals.difference(samples, "mean", method=method, resamples=999)
    assert [gap.method for gap in found.values()] == ["welch", "bca", "percentile", "basic"]
    ends = np.array([gap[3:5] for gap in found.values()])
    assert np.all(np.abs(ends - ends[0]) < 0.06)
    assert np.unique(ends[:, 0]).size == 4
    few = samples._replace(groups={"a": groups["a"][:12], "b": groups["b"][:15]})
    median, _ = intervals.difference(few, "median", method="bca", resamples=999)
    assert median.method == "bca"
    assert intervals.difference(few, "median", method="order statistics")[0].method == (
        "percentile"
    )


# Subjects


@pytest.mark.parametrize("statistic", ["mean", "proportion"])
def test_sentences_on_subjects_count_rows_and_subjects(statistic):
    rng = np.random.default_rng(2)
    for many, most in ((2, 6), (5, 6), (9, 6), (10, 6), (40, 6), (12, 1)):
        codes = np.repeat(np.arange(many), 1 + rng.integers(0, most, many))
        values = rng.normal(size=many)[codes] + rng.normal(size=codes.size)
        if statistic == "proportion":
            values = (values > 0.8).astype(float)
        samples = Samples({"all": values}, subjects={"all": codes})
        found, _ = intervals.estimate_groups(samples, statistic)
        shares = intervals.measure_coverage(samples, found, statistic)
        said = intervals.report_estimates(found, shares, f"{statistic} of x", 0.95)[0]
        assert f"n = {codes.size} rows of {many} subjects; " in said
        value, low, high = map(float, ENDS.search(said).groups())
        assert low < high and low <= value <= high
        assert value == pytest.approx(values.mean(), abs=0.006 * (high - low))
        assert ("tell little" in found[0].reason) == (many < 10)
        assert ("with more rows weigh more" in found[0].reason) == (np.ptp(np.bincount(codes)) > 0)
        if many < 10:
            assert shares[0].why == "fewer than 10 subjects show too little to imitate"
        elif not shares[0].why:
            assert 0.8 < shares[0].value <= 1


# Pictures


@pytest.mark.parametrize(
    ("means", "words"),
    [
        ({"a": 3}, "one line with its dot"),
        ({"a": 3, "b": 4, "c": -5}, "the highest in group b"),
        ({"a": 3, "b": 3}, "the highest in groups a and b"),
        ({"a": 3, "b": 4, "c": 4}, "the highest in groups b and c"),
    ],
)
def test_the_words_of_the_picture_name_all_groups_that_are_highest(means, words):
    values = np.array([-1.0, 0, 1, 1, -1])
    found, _ = intervals.estimate_groups(Samples({g: m + values for g, m in means.items()}), "mean")
    assert intervals.describe_picture(found, "mean of x").endswith(f"mean of x: {words}.")


# Numbers


@given(
    st.floats(-1e8, 1e8),
    st.floats(1e-7, 1e8),
    st.floats(0, 1),
)
def test_rounded_ends_differ_and_are_near(low, width, place):
    high = low + width
    value = low + place * width
    if high - low < 1e-9 * max(abs(low), abs(high)):
        return
    texts = rounded(value, low, high)
    numbers = np.array([float(text) for text in texts])
    assert numbers[1] < numbers[2]
    assert np.all(np.abs(numbers - [value, low, high]) <= 0.0051 * (high - low))


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ((2.0108, 1.8681, 2.2241), ("2.011", "1.868", "2.224")),
        ((0.0, 0.0, 0.115703), ("0", "0", "0.1157")),
        ((1.0, 0.735353, 1.0), ("1", "0.735", "1")),
        ((123456.7, 123453.2, 123460.2), ("123456.70", "123453.20", "123460.20")),
        ((81234.5, 70000.4, 99999.4), ("81234", "70000", "99999")),
        ((2.5e-9, 1.25e-9, 4e-9), ("2.5e-09", "1.25e-09", "4e-09")),
    ],
)
def test_numbers_have_the_digits_that_their_interval_needs(numbers, texts):
    assert rounded(*numbers) == texts


def test_imitated_studies_are_as_many_as_the_page_says():
    assert intervals.STUDIES == studies.STUDIES == 1000
