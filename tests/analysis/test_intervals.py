"""The page that estimates an interval: its results by other routes, its choices, its faults."""

import csv
import html
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.analysis import intervals
from helpers.analysis.intervals import _group_names as group_names
from helpers.analysis.intervals import _methods as ways
from helpers.analysis.intervals._rule import choose_method
from helpers.analysis.intervals._samples import Samples
from helpers.analysis.intervals._studies import Share
from helpers.own_data import Problem

ROOT = Path(__file__).resolve().parents[2]
PAGE = "estimate_an_interval"
PLAIN = {"group": None, "compare": None}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wine(column, cultivar):
    rows = rows_of(ROOT / "data/wine.csv")
    return np.array([float(row[column]) for row in rows if row["cultivar"] == cultivar])


def one(values, statistic, **choices):
    """Return the only estimate of one sample."""
    return intervals.estimate_groups(sample(values), statistic, **choices)[0][0]


def sample(values):
    """Return the samples of one group."""
    return Samples({"all": np.asarray(values, dtype=float)})


def gap(groups, compare, statistic, **choices):
    """Return the difference of two groups of independent rows."""
    groups = {name: np.asarray(values, dtype=float) for name, values in groups.items()}
    return intervals.difference(
        Samples(groups, by="town", compare=tuple(compare)), statistic, **choices
    )[0]


# The page


def test_the_page_leaves_what_it_promises_and_scipy_agrees(run_page):
    run = run_page(PAGE)
    assert not run.problem
    assert set(run.files) == {"intervals.csv", "intervals.png", "summary.html"}
    found = {row["group"]: row for row in rows_of(run.files["intervals.csv"])}
    assert [row["method"] for row in found.values()] == ["bca", "t", "t"]
    for group in ("2", "3"):
        values = wine("malic_acid", group)
        ends = stats.t.interval(0.95, values.size - 1, values.mean(), stats.sem(values))
        np.testing.assert_allclose([float(found[group][e]) for e in ("low", "high")], ends)
    values = wine("malic_acid", "1")
    other = stats.bootstrap((values,), np.mean, n_resamples=50_000, rng=5).confidence_interval
    np.testing.assert_allclose([float(found["1"][e]) for e in ("low", "high")], other, atol=0.012)
    welch = stats.ttest_ind(wine("malic_acid", "1"), wine("malic_acid", "2"), equal_var=False)
    low, high = welch.confidence_interval()
    assert f"{low:.4f} to {high:.4f}, Welch's t; nominal 95 %, in resamples of these" in run.said
    summary = html.unescape(run.files["summary.html"].read_text())
    assert "cultivar 1 is estimated at 2.011 (95 % confidence interval" in summary
    assert "<td>seed</td><td>0</td>" in summary and "data:image/png" in summary
    assert str(ROOT) not in summary


def test_the_page_runs_on_a_proportion_in_another_encoding(run_page, written):
    answers = {"Köln": "ja nein " * 12, "Bonn": "ja " * 9 + "nein ", "Trier": "nein " * 6}
    lines = [f"{town};{a};1,5" for town, text in answers.items() for a in text.split()]
    path = written("\n".join(["Stadt;zufrieden;x", *lines, "Bonn;;2,5"]).encode("cp1252"), "u.csv")
    run = run_page(
        PAGE,
        source=str(path),
        column="zufrieden",
        group="Stadt",
        statistic="proportion",
        positive="ja",
        compare=["Köln", "Bonn"],
        confidence=0.9,
    )
    assert not run.problem
    assert 'values are separated by ";"' in run.said and "encoding cp1252" in run.said
    assert '1 of 41 rows have no value in "zufrieden" and are left out' in run.said
    found = {row["group"]: row for row in rows_of(run.files["intervals.csv"])}
    counts = {"Köln": (12, 24, "wilson"), "Bonn": (9, 10, "exact"), "Trier": (0, 6, "exact")}
    for town, (k, n, way) in counts.items():
        ends = stats.binomtest(k, n).proportion_ci(0.9, method=way)
        np.testing.assert_allclose([float(found[town][e]) for e in ("low", "high")], ends)
        assert found[town]["method"] == {"exact": "clopper-pearson"}.get(way, way)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"source": "data/wine.cvs"},
            "There is no file data/wine.cvs. Nearest names: wine.csv, unseen.csv, mixing.csv.",
        ),
        (
            {"column": "malic"},
            'wine.csv has no column "malic". Nearest names: malic_acid, alcohol.',
        ),
        (
            {"confidence": 95},
            "`confidence` must be above 0 and below 1, such as 0.95; got 95. Is 0.95 meant?",
        ),
        (
            {"method": "bac"},
            '`method` must be one of auto, t, percentile, basic, bca; got "bac". Nearest names: '
            "basic, bca.",
        ),
    ],
    ids=["file", "column", "confidence", "method"],
)
def test_a_fault_is_one_sentence_and_leaves_no_folder(run_page, parameters, message):
    run = run_page(PAGE, **parameters)
    assert run.problem == [f"Problem: {message}"]
    assert run.files == {}


# Choices


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"statistic": "medain"}, r'`statistic` must be .*; got "medain"\. Nearest names: median'),
        ({"method": "wilson"}, r'`method` must be one of auto, t, .*; got "wilson"'),
        ({"confidence": 0}, "`confidence` must be above 0 and below 1, such as 0.95; got 0"),
        ({"confidence": 95}, r"`confidence` must be .* such as 0.95; got 95. Is 0.95 meant\?"),
        ({"confidence": "95 %"}, "`confidence` must be above 0 and below 1.*; got 95 %"),
        ({"resamples": 50}, "`resamples` must be a whole number of at least 200; got 50"),
        ({"resamples": 999.5}, "`resamples` must be a whole number of at least 200; got 999.5"),
        ({"seed": -1}, "`seed` must be a whole number of at least 0; got -1"),
    ],
)
def test_choices_that_cannot_be_followed_are_refused(choice, message):
    good = {"statistic": "mean", "method": "auto", "confidence": 0.9, "resamples": 999, "seed": 0}
    intervals.check_choices(**good)
    with pytest.raises(Problem, match=message):
        intervals.check_choices(**good | choice)


CONTENT = "dose,town,cured\n" + "1.5,2,yes\n2.5,10,no\n4,2,yes\n7,10,yes\n,2,no\n"


def test_groups_are_split_and_come_in_the_order_of_their_numbers(written):
    samples = intervals.read_samples(written(CONTENT), "dose", group="town")
    assert list(samples.groups) == ["2", "10"]
    np.testing.assert_array_equal(samples.groups["2"], [1.5, 4])
    np.testing.assert_array_equal(samples.groups["10"], [2.5, 7])
    assert samples.notes[0] == "5 rows, 4 of them used, 2 groups"
    share = intervals.read_samples(
        written(CONTENT), "cured", statistic="proportion", positive="yes"
    )
    np.testing.assert_array_equal(share.groups["all"], [1, 0, 1, 1, 0])


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"column": "cured"}, '"cured" must hold numbers; 5 of 5 values are text'),
        ({"group": "dose"}, '`group` and `column` must be two columns; both are "dose"'),
        ({"group": "twon"}, 'no column "twon". Nearest names: town'),
        ({"statistic": "proportion"}, "`positive` must name the class .* got None"),
        (
            {"column": "dose", "statistic": "proportion", "positive": "1.5"},
            "must hold two classes; it holds 4 classes",
        ),
        (
            {"column": "cured", "statistic": "proportion", "positive": "maybe"},
            r'has no class "maybe"; choose one of no \(2\), yes \(3\)',
        ),
        ({"group": "town", "compare": ["2", "3"]}, r'`compare` must be one of 2, 10; got "3"'),
        ({"group": "town", "compare": ["2", "2"]}, r"two different groups, .* got \['2', '2'\]"),
        ({"group": "town", "compare": [2, "2"]}, r"two different groups, .* got \[2, '2'\]"),
        (
            {"group": "town", "compare": "2"},
            r'`compare` must be two different groups, such as \["2", "10"\], or None; got \'2\'\. '
            r"The groups are 2, 10\.$",
        ),
        ({"compare": "2"}, "`compare` needs a column of groups: set `group`"),
        ({"compare": ["2", "10"]}, "`compare` needs a column of groups: set `group`"),
    ],
)
def test_columns_and_groups_that_do_not_fit_are_refused(written, choice, message):
    with pytest.raises(Problem, match=message):
        intervals.read_samples(written(CONTENT), **{"column": "dose"} | choice)


def test_a_column_of_names_is_not_taken_for_groups(written):
    content = "x,id\n" + "".join(f"{i},p{i}\n" for i in range(51))
    with pytest.raises(Problem, match='"id" makes 51 groups; at most 50 are compared'):
        intervals.read_samples(written(content), "x", group="id")


# Which method


def two_valued(zeros, ones):
    """Return values whose skewness is known: (1 - 2 p) / sqrt(p (1 - p))."""
    return np.r_[np.zeros(zeros), np.ones(ones)]


@pytest.mark.parametrize(
    ("values", "statistic", "method", "reason"),
    [
        (np.arange(9.0) ** 4, "mean", "t", "9 values: too few to see their shape"),
        (np.arange(30.0), "mean", "t", "skew 0.00 is within 2$"),
        # a share p of ones has a skew of (1 - 2 p) / sqrt(p (1 - p)): 2 at p = 0.1464
        (two_valued(26, 4), "mean", "bca", "skew 2.16 is heavy"),
        (
            two_valued(25, 4),
            "mean",
            "t",
            "29 values, and below 30 t .*; so heavy a",
        ),
        (two_valued(25, 5), "mean", "t", "skew 1.79 is within 2$"),
        (-two_valued(153, 17), "mean", "bca", "skew -2.67 is heavy .beyond 2., .* 170 values"),
        (two_valued(60_000, 12), "mean", "t", "for 60012 values a bootstrap takes too long"),
        (np.arange(20.0), "median", "order statistics", "holds at least as often .* distribution$"),
        (np.arange(20.0) // 4, "median", "order statistics", "75% of the values are ties"),
        (np.arange(20.0), "trimmed mean", "winsorised t", "trimmed ends"),
        (np.arange(20.0), "standard deviation", "bonett", "not from a normal curve"),
        (np.arange(6000.0), "standard deviation", "bonett", "not from a normal curve"),
        (two_valued(5, 5), "proportion", "wilson", "5 of the rarer one"),
        (two_valued(4, 60), "proportion", "clopper-pearson", "only 4 of one class"),
        (two_valued(0, 12), "proportion", "clopper-pearson", "only 0 of one class"),
    ],
)
def test_the_method_follows_size_skew_ties_and_boundary(values, statistic, method, reason):
    chosen, why = choose_method(values, statistic, 0.95, 9999)
    assert chosen == method
    assert re.search(reason, why)


@pytest.mark.parametrize("statistic", list(ways.METHODS))
def test_every_method_can_be_forced(statistic):
    rng = np.random.default_rng(3)
    values = rng.exponential(size=150) if statistic != "proportion" else two_valued(100, 50)
    for method in ways.METHODS[statistic]:
        found = one(values, statistic, method=method, resamples=499)
        assert (found.method, found.reason) == (method, "chosen by you")
        assert found.low < found.value < found.high


def test_groups_that_allow_no_interval_are_left_out_with_the_reason():
    groups = {"a": [1.0, 2, 4, 8], "b": [3.0], "c": [5.0, 5, 5]}
    groups = {name: np.array(values) for name, values in groups.items()}
    found, omitted = intervals.estimate_groups(Samples(groups), "mean")
    assert [e.group for e in found] == ["a"]
    assert omitted == [
        'group "b" is left out: 1 value, and t needs at least 2',
        'group "c" is left out: all 3 values are 5: they do not show any spread',
    ]
    with pytest.raises(Problem, match=r'No interval can be given: group "a" .* at least 10; group'):
        intervals.estimate_groups(Samples(groups), "mean", method="bca")
    with pytest.raises(Problem, match="5 values, and order statistics needs at least 6"):
        one(np.arange(5), "median")
    assert one(np.arange(5), "median", confidence=0.9).low == 0


def test_a_bootstrap_of_too_many_values_is_refused_before_it_starts():
    with pytest.raises(Problem, match="30000 values are too many for bca; choose another method"):
        one(np.arange(30_000), "mean", method="bca")


def test_the_same_seed_gives_the_same_interval_whatever_the_other_groups():
    groups = {name: wine("proline", name) for name in "123"}
    choices = {"method": "bca", "resamples": 999}
    both, _ = intervals.estimate_groups(Samples(groups), "mean", seed=4, **choices)
    alone, again, other = (
        intervals.estimate_groups(Samples({"3": groups["3"]}), "mean", seed=seed, **choices)[0][0]
        for seed in (4, 4, 5)
    )
    assert alone == again == both[2]
    assert other.value == alone.value
    assert (other.low, other.high) != (alone.low, alone.high)


# Numbers by other routes


def test_the_median_of_ten_lies_between_the_second_and_the_ninth():
    """By hand: 2 (1 + 10) / 1024 = 0.021 miss; one value further in, 0.109 would."""
    values = np.random.default_rng(0).permutation(np.arange(10.0) ** 3)
    found = one(values, "median")
    assert (found.low, found.value, found.high) == (1, (64 + 125) / 2, 512)


@pytest.mark.parametrize("size", [6, 7, 25, 60, 501])
def test_order_statistics_miss_at_most_as_often_as_allowed(size):
    for confidence in (0.5, 0.9, 0.95):
        found = one(np.arange(1, size + 1), "median", confidence=confidence)
        place = int(found.low)
        assert found.high == size + 1 - place
        assert 2 * stats.binom.cdf(place - 1, size, 0.5) <= 1 - confidence
        assert 2 * stats.binom.cdf(place, size, 0.5) > 1 - confidence


@pytest.mark.parametrize("size", [5, 12, 71])
def test_the_trimmed_mean_agrees_with_scipy(size):
    values = np.random.default_rng(size).exponential(size=size)
    found = one(values, "trimmed mean", confidence=0.9)
    ends = stats.mstats.trimmed_mean_ci(values, limits=(0.2, 0.2), alpha=0.1)
    np.testing.assert_allclose([found.low, found.high], ends)


def test_a_large_sample_of_normal_values_gives_nearly_the_interval_from_chi_square():
    values = np.random.default_rng(1).normal(7, 3, 20_000)
    found = one(values, "standard deviation")
    squares = (values.size - 1) * values.var(ddof=1)
    exact = np.sqrt(squares / stats.chi2.ppf([0.975, 0.025], values.size - 1))
    np.testing.assert_allclose([found.low, found.high], exact, rtol=1e-3)
    wide = one(values * 10 - 4, "standard deviation")
    np.testing.assert_allclose(wide[2:5], np.multiply(found[2:5], 10))


def test_a_difference_of_means_is_welchs():
    groups = {name: wine("proline", name) for name in "12"}
    found = gap(groups, ["1", "2"], "mean", confidence=0.9)
    other = stats.ttest_ind(groups["1"], groups["2"], equal_var=False).confidence_interval(0.9)
    np.testing.assert_allclose([found.low, found.high], other)
    turned = gap(groups, ["2", "1"], "mean", confidence=0.9)
    np.testing.assert_allclose([turned.low, turned.high], [-found.high, -found.low])


def test_a_difference_of_proportions_is_newcombes_published_one():
    """56 of 70 against 48 of 80: 0.0524 to 0.3339 (Newcombe, 1998, table II, method 10)."""
    groups = {"a": two_valued(14, 56), "b": two_valued(32, 48)}
    found = gap(groups, ["a", "b"], "proportion")
    assert [round(end, 4) for end in found[2:5]] == [0.2, 0.0524, 0.3339]


def test_a_difference_of_medians_agrees_with_scipys_bootstrap():
    groups = {name: wine("proline", name) for name in "12"}
    found = gap(groups, ["1", "2"], "median")

    def of_medians(x, y, axis):
        return np.median(x, axis=axis) - np.median(y, axis=axis)

    other = stats.bootstrap(
        (groups["1"], groups["2"]), of_medians, method="percentile", n_resamples=9999, rng=2
    ).confidence_interval
    np.testing.assert_allclose([found.low, found.high], other, atol=12)  # of a width of 170


def test_a_group_that_cannot_be_compared_is_named():
    groups = {"a": np.arange(20.0), "b": np.ones(1)}
    with pytest.raises(Problem, match=r'"b" cannot be compared: 1 value, .* Set `compare` to None'):
        gap(groups, ["a", "b"], "mean")


def test_measured_coverage_is_that_of_the_binomial_distribution():
    values = two_valued(3, 9)
    found = [one(values, "proportion", method="wald")]
    (share,) = intervals.measure_coverage(sample(values), found, "proportion")
    p, counts = 0.75, np.arange(13)
    half = 1.959964 * np.sqrt(counts / 12 * (1 - counts / 12) / 12)
    exact = stats.binom.pmf(counts, 12, p)[np.abs(counts / 12 - p) <= half].sum()
    assert 0.8 < exact < 0.93
    assert abs(share.value - exact) < 4 * np.sqrt(exact * (1 - exact) / intervals.STUDIES)


def test_coverage_that_falls_short_is_said_and_what_is_too_long_is_not_measured():
    values = np.exp(np.linspace(-2.5, 2.5, 12) * 1.8)
    found = [one(values, "mean", method="t")]
    shares = intervals.measure_coverage(sample(values), found, "mean")
    (said,) = intervals.report_coverage(found, shares, 0.95)
    assert shares[0].value < 0.9
    assert said.endswith("this is too few, report it as approximate")
    values = np.random.default_rng(0).exponential(size=15_000)
    found = [one(values, "mean", method="bca", resamples=200)]
    shares = intervals.measure_coverage(sample(values), found, "mean")
    said = intervals.report_coverage(found, shares, 0.95)
    assert said == ["all: not measured, it would take too long"]


# Words and pictures

MEASURED = Share(0.942)


def test_no_sentence_gives_the_truth_a_probability():
    found = [one(np.arange(20), "mean"), one(np.arange(30), "mean")]
    said = intervals.report_estimates(found, [MEASURED] * 2, "mean of x", 0.9, "town")
    assert said[0].startswith("The mean of x in town all is estimated at 9.50 (90 % confidence")
    assert "The nominal 90 % belong to the method" in said[2]
    assert said[3] == (
        "If each of the 2 intervals holds its true value in 90 % of such studies, all together do "
        "in 81 % if they are independent of each other, and in at least 80 % in any case."
    )
    assert not re.search("probab|chance|likel", " ".join(said))


def test_many_intervals_hold_together_in_a_share_that_is_said():
    """By hand: 0.95 ** 22 = 0.3235, where 1 - 22 * 0.05 < 0 promises nothing."""
    found = [one(np.arange(20), "mean")] * 22
    said = intervals.report_estimates(found, [MEASURED] * 22, "mean of x", 0.95, "town")
    assert said[-1] == (
        "If each of the 22 intervals holds its true value in 95 % of such studies, all together do "
        "in 32.4 % if they are independent of each other."
    )


@pytest.mark.parametrize(
    ("statistic", "method", "worded"),
    [
        ("proportion", "clopper-pearson", ", Clopper-Pearson, n"),
        ("proportion", "agresti-coull", ", Agresti-Coull, n"),
        ("proportion", "wilson", ", Wilson, n"),
        ("proportion", "wald", ", Wald, n"),
        ("median", "order statistics", ", order statistics, n"),
        ("trimmed mean", "winsorised t", ", winsorised t, n"),
        ("standard deviation", "bonett", ", Bonett, n"),
    ],
)
def test_a_method_is_written_as_in_a_sentence(statistic, method, worded):
    values = two_valued(60, 90) if statistic == "proportion" else np.arange(150)
    found = [one(values, statistic, method=method)]
    assert worded in intervals.report_estimates(found, [MEASURED], "x", 0.95)[0]


@pytest.mark.parametrize(
    ("column", "name", "said"),
    [
        ("Filiale", "Filiale 0", "Filiale 0"),
        ("town", "Town_3", "Town_3"),
        ("site", "site7", "site7"),
        ("town", "townsend", "town townsend"),
        ("a+", "a+ 1", "a+ 1"),
        ("cultivar", "1", "cultivar 1"),
    ],
)
def test_the_name_of_a_column_is_said_once(column, name, said):
    found = [one(np.arange(20), "mean")._replace(group=name)]
    first = intervals.report_estimates(found, [MEASURED], "mean of x", 0.95, column)[0]
    assert f"The mean of x in {said} is estimated" in first
    apart = found[0]._replace(group=f"{name} minus other")
    words = intervals.report_difference(apart, MEASURED, Samples({}, by=column), "mean of x", 0.95)
    assert f", {said} minus other, is" in words[0]


# Names of groups

CLINICS = [f"Kreiskrankenhaus Nr. {k} Süd" for k in range(22)]


def test_numbers_within_names_come_in_their_order(written):
    content = "x,g\n" + "".join(f"{i},{name}\n" for i, name in enumerate(sorted(CLINICS)))
    assert list(intervals.read_samples(written(content), "x", group="g").groups) == CLINICS
    huge = "a" + "9" * 5000
    assert group_names.ordered([huge, "a10", "b", "a 2", "a02", "a2", "-1"]) == (
        ["-1", "a02", "a2", "a10", huge, "a 2", "b"]
    )
    assert group_names.ordered(["10", "-3", "2.5"]) == ["-3", "2.5", "10"]


def test_short_names_keep_what_differs():
    shown = group_names.shorten(CLINICS)
    assert (shown[2], shown[21]) == ("Kreiskrank…2…", "Kreiskrank…21…")
    north = ["Krankenhaus Nord", "Krankenhaus Nordost", "Uni"]
    assert group_names.shorten(north) == ["Krank…Nord", "Krank…Nordost", "Uni"]
    assert group_names.shorten(["Bonn", "Trier"]) == ["Bonn", "Trier"]
    assert group_names.shorten(["Bonn am schönen Rhein", "Trier"]) == ["Bonn am schön…", "Trier"]


@given(
    st.lists(st.text("ab 1", min_size=1, max_size=40), min_size=1, max_size=50, unique=True),
    st.text("xy 2", max_size=30),
)
def test_short_names_can_always_be_told_apart(names, before):
    shown = group_names.shorten([before + name for name in names])
    assert len(set(shown)) == len(names)
    assert max(map(len, shown)) <= group_names.LONGEST


def laid_out(groups, draw):
    """Return the figure of the page for these groups, and its panels."""
    from matplotlib.figure import Figure

    grid = intervals.fit_figure(groups)
    figure = Figure(figsize=grid.pop("figsize"), layout="constrained")
    panels = figure.subplots(**grid)
    for ax in panels:
        draw(ax)
    figure.canvas.draw()
    return figure, panels


@pytest.mark.parametrize("many", [8, 22, 50])
def test_long_and_many_names_leave_the_axes_their_height_and_do_not_touch(many):
    groups = {f"Kreiskrankenhaus Nr. {k} Süd": np.arange(9.0) for k in range(many)}
    drawn = Samples(groups)
    figure, panels = laid_out(groups, lambda ax: intervals.draw_values(drawn, "x", ax))
    for ax in panels:
        assert ax.get_position().height * figure.get_figheight() > 3  # inches
        boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
        assert all(left.x1 < right.x0 + 1 for left, right in pairwise(boxes))
    assert intervals.fit_figure("123") == {"nrows": 1, "ncols": 2, "figsize": (8.0, 3.4)}


@pytest.mark.parametrize("many", [2, 8, 30])
def test_the_legend_of_a_proportion_hides_no_name(many):
    groups = {f"Kreiskrankenhaus Nr. {k} Süd": two_valued(3, 4) for k in range(many)}
    drawn = Samples(groups)
    _, panels = laid_out(groups, lambda ax: intervals.draw_values(drawn, "x", ax))
    legend = panels[0].get_legend().get_window_extent()
    assert not any(legend.overlaps(t.get_window_extent()) for t in panels[0].get_xticklabels())
    assert not legend.overlaps(panels[0].title.get_window_extent())


@pytest.mark.parametrize(
    ("shift", "statistic", "floor", "cut"),
    [
        (0, "mean", True, True),
        (0, "standard deviation", True, False),
        (-5, "standard deviation", True, False),
        (-5, "mean", False, False),
    ],
)
def test_the_explorer_shows_nothing_below_zero_of_what_cannot_be_there(
    shift, statistic, floor, cut
):
    groups = {"a": np.array([0.0] * 10 + [9]) + shift, "b": np.arange(20.0) + shift}
    draw = intervals.make_drawing(Samples(groups), statistic, "x")
    said = draw(ax := axes(), 0.99, "basic")
    assert (ax.get_ylim()[0] == 0) == floor
    assert ("1 reaches below 0, where no value lies, and is cut there" in said) == cut
    assert "cut" not in draw(axes(), 0.5, "percentile")


@pytest.mark.parametrize(
    ("shift", "meaning"),
    [
        (0.1, "0 lies within: the data do not tell which is larger, nor that they are equal"),
        (50, "0 lies outside: the first is larger"),
        (-50, "0 lies outside: the first is smaller"),
    ],
)
def test_a_difference_is_worded_by_the_side_of_zero(shift, meaning):
    groups = {"a": np.arange(20.0) + shift, "b": np.arange(20.0)}
    apart = gap(groups, ["a", "b"], "mean")
    said, how = intervals.report_difference(
        apart, MEASURED, Samples({}, by="town"), "mean of x", 0.95
    )
    assert "town a minus b" in said and meaning in said
    assert how.startswith("Method for the difference: welch; two independent groups; skews 0.00")


def axes():
    from matplotlib.figure import Figure

    return Figure().subplots()


def test_bars_show_the_counts_of_a_proportion_and_dots_the_values_of_the_rest():
    counts = Samples({"a": two_valued(4, 6), "b": two_valued(2, 0)})
    ax = intervals.draw_values(counts, "cured", axes())
    assert [bar.get_height() for bar in ax.patches] == [10, 2, 6, 0]
    values = np.random.default_rng(0).normal(size=1000)
    ax = intervals.draw_values(Samples({"a": values, "b": values[:50]}), "x", axes())
    many, few = (line.get_ydata() for line in ax.lines)
    assert set(few) == set(values[:50])
    assert set(many) <= set(values) and len(many) == 300
    assert (many.min(), many.max()) == (values.min(), values.max())


def test_the_explorer_keeps_its_scale_and_says_what_is_impossible():
    groups = {"a": np.arange(8.0), "b": np.arange(30.0)}
    draw = intervals.make_drawing(Samples(groups), "median", "median of x")
    limits, said = [], []
    for setting in [(0.5, "order statistics"), (0.99, "bca")]:
        said.append(draw(ax := axes(), *setting))
        limits.append(ax.get_ylim())
    assert limits[0] == limits[1] and limits[0][1] > 20
    # by hand: values 3 to 6 of 8 and values 13 to 18 of 30, so 3 and 5 wide
    assert said[0] == "order statistics at 0.50: the intervals are 4 wide on average."
    lonely = intervals.make_drawing(sample(np.arange(5)), "median", "median of x")
    assert "needs more values, or values that differ" in lonely(axes(), 0.95, "order statistics")


def test_a_table_for_people_is_rounded_and_one_for_files_is_not():
    found = [one(np.arange(9) / 7, "mean")]
    full = intervals.result_columns(found, "mean", 0.95, [Share(0.9512)])
    short = intervals.result_columns(found, "mean", 0.95, [Share(0.9512)], digits=3)
    assert full["value"] == [pytest.approx(4 / 7, abs=1e-15)]
    assert list(short)[-1] == "reason" and "statistic" not in short
    assert (short["value"], short["measured_coverage"]) == (["0.5714"], ["0.951"])
    unknown = intervals.result_columns(found, "mean", 0.95, [Share(np.nan, "so few")], digits=3)
    assert unknown["measured_coverage"] == ["not measured: so few"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_a_million_rows_stay_within_the_memory_that_is_promised(written):
    rng = np.random.default_rng(0)
    path = written("x,town\n" + "".join(f"{x:.5f},town {x:.1f}\n" for x in rng.random(1_000_000)))
    code = f"""
import re
from helpers.analysis import intervals
for statistic in ("mean", "median", "trimmed mean", "standard deviation"):
    samples = intervals.read_samples({str(path)!r}, "x", group="town")
    found, omitted = intervals.estimate_groups(samples, statistic)
    assert len(found) == 11 and not omitted
    intervals.measure_coverage(samples, found, statistic)
    intervals.make_drawing(samples, statistic, "x")
intervals.difference(samples._replace(compare=("town 0.1", "town 0.2")), "mean")
print(*re.findall(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert int(result.stdout) < 2_000_000, result.stderr  # kilobytes
    print(f"peak {result.stdout.strip()} kB")
