"""Who belongs together on the page that estimates intervals: subjects, pairs, one class alone."""

import csv
import re
import unicodedata

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy import stats

from helpers.analysis import intervals
from helpers.analysis.intervals._samples import Samples
from helpers.own_data import Problem

PAGE = "estimate_an_interval"
PLAIN = {"group": None, "compare": None}
DRUGS = {  # extra hours of sleep of ten people with two drugs (Student, 1908)
    "1": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    "2": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
}


def long_sleep(order=1):
    lines = [f"{x},{drug},p{place}" for drug in "12" for place, x in enumerate(DRUGS[drug])]
    return "\n".join(["extra,drug,who", *lines[::order]]) + "\n"


def wide_sleep():
    rows = zip(DRUGS["1"], DRUGS["2"], strict=True)
    return "one,two\n" + "".join(f"{x},{y}\n" for x, y in rows)


def read(path, column, **choices):
    return intervals.read_samples(path, column, **choices)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Pairs


def test_the_page_compares_two_drugs_as_pairs_in_long_tables(run_page, written):
    path = written(long_sleep(-1))
    how = {"column": "extra", "group": "drug", "compare": ["1", "2"], "pair": "who"}
    run = run_page(PAGE, source=str(path), **how)
    assert not run.problem
    assert (
        "The mean of the paired differences in extra, drug 1 minus 2, is estimated at -1.580 (95 % "
        "confidence interval -2.460 to -0.700, Student's t; nominal 95 %, but in resamples of "
        "these data 89 of 100); 0 lies outside: the first is smaller"
    ) in run.said
    assert "Method for the difference: t; 10 pairs; 10 values, and below 30 t is taken" in run.said
    found = {row["group"]: row for row in rows_of(run.files["intervals.csv"])}
    ends = stats.t.interval(0.95, 9, np.mean(DRUGS["2"]), stats.sem(DRUGS["2"]))
    np.testing.assert_allclose([float(found["2"][end]) for end in ("low", "high")], ends)
    assert "subjects" not in found["1"]


def test_the_page_compares_two_columns_as_pairs(run_page, written):
    run = run_page(PAGE, source=str(written(wide_sleep())), column=["one", "two"], **PLAIN)
    assert not run.problem
    assert "10 rows, 10 of them used, 2 columns" in run.said
    assert "The mean in column one is estimated at 0.750 (95 %" in run.said
    assert (
        "The mean of the paired differences, column one minus two, is estimated at -1.580 (95 % "
        "confidence interval -2.460 to -0.700, Student's t"
    ) in run.said


def test_without_pairs_the_same_numbers_are_two_groups(written):
    samples = read(written(long_sleep()), "extra", group="drug", compare=["1", "2"])
    gap, _ = intervals.difference(samples, "mean")
    np.testing.assert_allclose(gap[3:5], [-3.3655, 0.2055], atol=5e-5)


@pytest.mark.parametrize("statistic", ["mean", "median", "trimmed mean"])
def test_pairs_give_the_statistic_of_their_differences_in_any_order(written, statistic):
    how = {"group": "drug", "compare": ["2", "1"], "pair": "who", "statistic": statistic}
    found = []
    for samples in (
        read(written(long_sleep(), "a.csv"), "extra", **how),
        read(written(long_sleep(-1), "b.csv"), "extra", **how),
        read(written(wide_sleep(), "c.csv"), ["two", "one"], statistic=statistic),
    ):
        found.append(intervals.difference(samples, statistic)[0][1:6])
    assert found[0] == found[1] == found[2]
    gaps = np.subtract(DRUGS["2"], DRUGS["1"])
    alone = intervals.estimate_groups(samples._replace(groups={"all": gaps}), statistic)[0][0]
    np.testing.assert_allclose(found[0][1:4], alone[2:5])


def test_a_value_without_its_partner_is_counted_and_left_out_of_the_difference(written):
    lines = long_sleep().splitlines()
    content = "\n".join([*lines[:10], *lines[12:], "9.5,2,p77", "5,3,p1"])  # p9 of 1, p0 of 2 miss
    how = {"group": "drug", "compare": ["1", "2"], "pair": "who"}
    samples = read(written(content), "extra", **how)
    assert [values.size for values in samples.groups.values()] == [9, 10, 1]
    gap, _ = intervals.difference(samples, "mean")
    assert gap.n == 8
    gaps = np.subtract(DRUGS["1"], DRUGS["2"])[1:9]
    np.testing.assert_allclose(gap[3:5], stats.t.interval(0.95, 7, gaps.mean(), stats.sem(gaps)))
    assert gap.reason.startswith("8 pairs; 3 values without a partner are left out of the diff")


def test_a_row_with_one_of_two_values_counts_in_its_column_only(written):
    path = written("one,two\n1,2\n,5\n2,4\n4,\n3,3.5\n")
    samples = read(path, ["one", "two"])
    assert samples.notes[0] == "5 rows, 5 of them used, 2 columns"
    np.testing.assert_array_equal(samples.groups["one"], [1, 2, 4, 3])
    np.testing.assert_array_equal(samples.groups["two"], [2, 5, 4, 3.5])
    gap, share = intervals.difference(samples, "mean")
    np.testing.assert_allclose(gap.value, np.mean([-1, -2, -0.5]))
    assert gap.reason.startswith("3 pairs; 2 values without a partner are left out")
    assert share.why == "fewer than 10 pairs show too little to imitate"


def answers(both, first, second, none):
    rows = ["yes,yes"] * both + ["yes,no"] * first + ["no,yes"] * second + ["no,no"] * none
    return "before,after\n" + "\n".join(rows) + "\n"


def test_pairs_of_answers_give_the_published_interval(written):
    """48 pairs with 26 and 4 changes: 0.2548 to 0.6252 (R's statpsych, `ci.prop.ps`)."""
    path = written(answers(6, 26, 4, 12))
    how = {"statistic": "proportion", "positive": "yes"}
    samples = read(path, ["before", "after"], **how)
    gap, share = intervals.difference(samples, "proportion")
    assert [round(end, 7) for end in gap[3:5]] == [0.2548067, 0.6251933]
    assert (gap.value, gap.n, gap.method) == (22 / 48, 48, "bonett-price")
    assert 0.9 < share.value < 1
    quantity = intervals.name_quantity("proportion", ["before", "after"], "yes")
    said = intervals.report_difference(gap, share, samples, quantity, 0.95)[0]
    assert 'The paired difference in the proportion of "yes", column before minus after' in said
    alone = intervals.estimate_groups(samples, "proportion")[0][0]
    assert alone.value == 32 / 48


def test_pairs_of_equal_answers_keep_a_width(written):
    samples = read(
        written(answers(5, 0, 0, 15)), ["before", "after"], statistic="proportion", positive="yes"
    )
    gap, share = intervals.difference(samples, "proportion")
    assert gap.low < -0.1 and gap.high > 0.1
    assert share.why == "pairs that are all alike cannot be imitated"


@pytest.mark.parametrize(
    ("column", "choices", "message"),
    [
        (["one"], {}, r"`column` must be one column, or a list of two that differ; got \['one'\]"),
        (["one", "one"], {}, "a list of two that differ"),
        (["one", "two", "three"], {}, "a list of two that differ"),
        (["one", "tow"], {}, 'no column "tow". Nearest names: two'),
        (["one", "two"], {"group": "g"}, "`group` must be None where `column` names two columns"),
        (["one", "two"], {"pair": "g"}, "`pair` must be None where `column` names two columns"),
        (["one", "two"], {"subject": "two"}, '`subject` and `column` must differ; both name "two"'),
        (["one", "two"], {"subject": "g"}, 'no column "g"'),
        (["one", "two"], {"compare": ["1", "2"]}, '`compare` must be one of one, two; got "1"'),
        (["one", "two"], {"statistic": "standard deviation"}, "A pair has no standard deviation"),
    ],
)
def test_two_columns_that_make_no_pairs_are_refused(written, column, choices, message):
    with pytest.raises(Problem, match=message):
        read(written(wide_sleep()), column, **choices)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"group": None, "compare": None}, "`pair` needs two groups to compare: set `group`"),
        ({"compare": None}, "`pair` needs two groups to compare: set `compare`"),
        ({"subject": "extra"}, '`subject` and `column` must be two columns; both are "extra"'),
        ({"subject": "who"}, '`pair` and `subject` must be two columns; both are "who"'),
        ({"subject": "x"}, "`subject` and `pair` cannot both be set"),
        ({"pair": "drug"}, '`pair` and `group` must be two columns; both are "drug"'),
        ({"pair": "woh"}, 'no column "woh". Nearest names: who'),
        ({"statistic": "standard deviation"}, "A pair has no standard deviation to compare"),
    ],
)
def test_roles_of_columns_that_do_not_fit_are_refused(written, choices, message):
    good = {"group": "drug", "compare": ["1", "2"], "pair": "who"}
    path = written(long_sleep())
    read(path, "extra", **good)
    with pytest.raises(Problem, match=message):
        read(path, "extra", **good | choices)


def test_a_subject_twice_in_a_group_is_no_pair(written):
    path = written(long_sleep() + "1,2,p3\n")
    message = '`pair` must name each subject once in a group; "p3" of "who" is in 2 rows of "2"'
    with pytest.raises(Problem, match=message):
        read(path, "extra", group="drug", compare=["1", "2"], pair="who")


def test_groups_that_share_too_few_subjects_are_not_compared(written):
    path = written("x,g,who\n1,a,p1\n2,a,p2\n3,b,p2\n4,b,p3\n")
    samples = read(path, "x", group="g", compare=["a", "b"], pair="who")
    with pytest.raises(Problem, match='"a" and "b" share 1 pair; at least 2 are needed'):
        intervals.difference(samples, "mean")
    path = written("x,g,who\n1,a,p1\n2,a,p2\n3,b,p2\n2,b,p1\n", "same.csv")
    samples = read(path, "x", group="g", compare=["a", "b"], pair="who")
    with pytest.raises(Problem, match="differences cannot be judged: all 2 values are -1"):
        intervals.difference(samples, "mean")


# Subjects


def repeated(subjects=12, rows=6, seed=0, shares=None):
    """Return a table in which the rows of a subject resemble each other, in two groups."""
    rng = np.random.default_rng(seed)
    lines = ["x,ill,town,patient"]
    for number in range(subjects):
        level, town = rng.normal(), "AB"[number % 2]
        ill = rng.random() < 0.3
        for _ in range(rows + number % 3):
            value = level + 0.1 * rng.normal()
            lines.append(f"{value:.4f},{'yes' if ill else 'no'},{town},pat{number}")
    return "\n".join(lines) + "\n"


def columns_of(content):
    rows = list(csv.DictReader(content.splitlines()))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def test_the_page_counts_subjects(run_page, written):
    content = repeated()
    run = run_page(PAGE, source=str(written(content)), column="x", subject="patient", **PLAIN)
    assert not run.problem
    assert '12 subjects in "patient" with 6 to 8 rows each' in run.said
    assert "Warning" not in run.said
    (found,) = rows_of(run.files["intervals.csv"])
    assert (found["n"], found["subjects"], found["method"]) == ("84", "12", "clustered t")
    table = columns_of(content)
    values, who = table["x"].astype(float), table["patient"]
    naive = np.diff(stats.t.interval(0.95, 83, values.mean(), stats.sem(values)))[0]
    width = float(found["high"]) - float(found["low"])
    means = [values[who == name].mean() for name in np.unique(who)]
    by_subject = np.diff(stats.t.interval(0.95, 11, np.mean(means), stats.sem(means)))[0]
    assert width > 2 * naive and width == pytest.approx(by_subject, rel=0.15)
    assert re.search(r"Student's t over subjects, CR2, n = 84 rows of 12 subjects; nom", run.said)


def test_the_page_takes_no_two_rows_of_a_subject_for_two_subjects(run_page, written):
    run = run_page(
        PAGE,
        source=str(written(repeated())),
        column="ill",
        statistic="proportion",
        positive="yes",
        group="town",
        compare=["A", "B"],
        subject="patient",
    )
    assert not run.problem
    assert "Clopper-Pearson over subjects, n = " in run.said
    assert "Method for the difference: clustered t; 12 subjects, 0 of them with rows in" in run.said


def test_rows_with_repeats_and_no_subject_get_a_warning(written):
    samples = read(written(repeated()), "x", group="town")
    assert sum('"patient" looks like an id with repeats' in note for note in samples.notes) == 1
    head, *lines = repeated().splitlines()
    wards = [f"{line},w{line.split('pat')[1]}" for line in lines]
    path = written("\n".join([f"{head},ward id", *wards]), "b.csv")
    assert sum("looks like an id" in note for note in read(path, "x").notes) == 2
    assert not any("looks like" in note for note in read(path, "x", subject="patient").notes)


def test_ids_that_differ_everywhere_change_nothing(written):
    content = "x,who\n" + "".join(f"{x},p{place}\n" for place, x in enumerate(DRUGS["2"]))
    path = written(content)
    samples = read(path, "x", subject="who")
    assert any("the column changes nothing" in note for note in samples.notes)
    (found,), _ = intervals.estimate_groups(samples, "mean")
    (plain,), _ = intervals.estimate_groups(read(path, "x"), "mean")
    np.testing.assert_allclose(found[2:5], plain[2:5])


def test_a_difference_uses_that_subjects_are_in_both_groups(written):
    """One row of each subject in each group: the same as pairs."""
    how = {"group": "drug", "compare": ["1", "2"]}
    gap, _ = intervals.difference(
        read(written(long_sleep()), "extra", subject="who", **how), "mean"
    )
    np.testing.assert_allclose(gap[3:5], [-2.460, -0.700], atol=5e-4)
    assert (gap.subjects, gap.n) == (10, 20)
    assert gap.reason == "10 subjects, 10 of them with rows in both groups"


def test_imitated_studies_keep_the_rows_of_a_subject_together(written):
    """Rows that repeat each other: imitated as rows they would seem to be held far too rarely."""
    content = repeated(30, 20, seed=3)
    samples = read(written(content), "x", subject="patient")
    found, _ = intervals.estimate_groups(samples, "mean")
    (share,) = intervals.measure_coverage(samples, found, "mean")
    assert 0.9 < share.value < 0.99


@pytest.mark.parametrize(("column", "statistic"), [("x", "mean"), ("ill", "proportion")])
def test_the_explorer_shows_what_rows_taken_apart_would_give(written, column, statistic):
    path = written(repeated())
    samples = read(path, column, subject="patient", statistic=statistic, positive="yes")
    methods = intervals.offer_methods(samples, statistic)
    assert methods == ["by subject", "as if rows were independent"]
    draw = intervals.make_drawing(samples, statistic, "x")
    wide = []
    for method, subjects in zip(methods, (samples.subjects, None), strict=True):
        said = draw(Figure().subplots(), 0.9, method)
        wide.append(float(re.search(r"(\S+) wide on average", said)[1]))
        asked = samples._replace(subjects=subjects)
        (found,), _ = intervals.estimate_groups(asked, statistic, confidence=0.9)
        assert wide[-1] == pytest.approx(found.high - found.low, rel=1e-3)
    assert wide[0] > 1.8 * wide[1]


@pytest.mark.parametrize("many", [9, 10])
def test_groups_of_few_subjects_are_not_imitated(many):
    rng = np.random.default_rng(0)
    codes = {"a": np.repeat(np.arange(many), 3), "b": np.repeat(np.arange(30) + many, 3)}
    groups = {name: rng.normal(size=who.size) for name, who in codes.items()}
    samples = Samples(groups, by="g", compare=("a", "b"), subjects=codes)
    gap, share = intervals.difference(samples, "mean")
    few = "fewer than 10 subjects in a group tell little" in gap.reason
    words = "fewer than 10 subjects in a group show too little to imitate"
    assert (share.why == words) == few == (many < 10)


@pytest.mark.parametrize("statistic", ["median", "trimmed mean", "standard deviation"])
def test_subjects_serve_the_mean_and_the_proportion(statistic):
    with pytest.raises(Problem, match=f"for a {statistic} write one row for each subject"):
        intervals.check_choices(statistic, "auto", 0.95, 999, 0, subject="who")
    with pytest.raises(Problem, match='`method` must be "auto" where `subject` is set; got "bca"'):
        intervals.check_choices("mean", "bca", 0.95, 999, 0, subject="who")


def test_groups_with_one_subject_are_left_out_and_not_compared(written):
    path = written("x,g,who\n1,a,p1\n2,a,p1\n3,b,p2\n4,b,p3\n5,b,p3\n")
    samples = read(path, "x", group="g", compare=["a", "b"], subject="who")
    found, omitted = intervals.estimate_groups(samples, "mean")
    assert [e.group for e in found] == ["b"]
    assert omitted == ['group "a" is left out: it holds one subject']
    assert found[0].reason.endswith("fewer than 10 subjects tell little, read it with care")
    with pytest.raises(Problem, match='"a" cannot be compared: it holds one subject'):
        intervals.difference(samples, "mean")


def test_rows_without_an_id_are_counted_and_left_out(written):
    samples = read(written(repeated() + "5,yes,A,\n"), "x", subject="patient")
    assert '1 of 85 rows have no value in "patient" and are left out' in samples.notes
    with pytest.raises(Problem, match="must name at least two subjects; all 3 rows"):
        read(written("x,who\n1,p\n2,p\n3,p\n", "b.csv"), "x", subject="who")


# One class alone


def test_none_of_thirty_is_an_answer(run_page, written):
    path = written("ill\n" + "no\n" * 30)
    run = run_page(
        PAGE, source=str(path), column="ill", statistic="proportion", positive="yes", **PLAIN
    )
    assert not run.problem
    assert 'no row has "yes" in "ill": all 30 have "no"' in run.said
    assert "is estimated at 0 (95 % confidence interval 0 to 0.1157, Clopper-Pearson, n = 30" in (
        run.said
    )
    assert "not measured, values that are all alike cannot be imitated; Clopper-Pearson holds" in (
        run.said
    )
    (found,) = rows_of(run.files["intervals.csv"])
    exact = stats.binomtest(0, 30).proportion_ci(method="exact")
    np.testing.assert_allclose([float(found["low"]), float(found["high"])], exact)


def test_all_of_thirty_is_an_answer_and_a_slip_is_none(written):
    path = written("ill\n" + "Yes\n" * 30)
    samples = read(path, "ill", statistic="proportion", positive="Yes")
    assert samples.groups["all"].all()
    with pytest.raises(Problem, match=r'has no class "yes"\. Is "Yes" meant\?'):
        read(path, "ill", statistic="proportion", positive="yes")


def test_no_subject_of_twenty_has_it(written):
    path = written("ill,who\n" + "".join(f"no,p{place % 20}\n" for place in range(60)))
    samples = read(path, "ill", statistic="proportion", positive="yes", subject="who")
    (found,), _ = intervals.estimate_groups(samples, "proportion")
    exact = stats.binomtest(0, 20).proportion_ci(method="exact")
    np.testing.assert_allclose([found.low, found.high], exact)


# Names


def test_names_of_groups_agree_however_their_accents_are_composed(written):
    content = "x,town\n" + "".join(f"{n},{'Köln' if n % 2 else 'Bonn'}\n" for n in range(12))
    apart = unicodedata.normalize("NFD", "Köln")
    for form in ("NFC", "NFD"):
        path = written(unicodedata.normalize(form, content), f"{form}.csv")
        for name in ("Köln", apart, f" {apart} "):
            samples = read(path, "x", group="town", compare=[name, "Bonn"])
            assert samples.compare == ("Köln", "Bonn")
            assert intervals.difference(samples, "mean")[0].value == 1
        with pytest.raises(Problem, match="`compare` must be two different groups"):
            read(path, "x", group="town", compare=["Köln", apart])


def test_pairs_of_which_a_subject_has_several_count_subjects(written):
    """Each of ten people twice: as many subjects, and nearly the same interval as once."""
    rows = list(zip(DRUGS["1"], DRUGS["2"], strict=True))
    content = "one,two,who\n" + "".join(
        f"{x},{y},p{place}\n" for _ in range(2) for place, (x, y) in enumerate(rows)
    )
    samples = read(written(content), ["one", "two"], subject="who")
    gap, share = intervals.difference(samples, "mean")
    np.testing.assert_allclose(gap[3:5], [-2.460, -0.700], atol=5e-4)
    assert (gap.n, gap.subjects, gap.method) == (20, 10, "clustered t")
    assert gap.reason == "20 pairs of 10 subjects"
    assert 0.85 < share.value < 1
    found, _ = intervals.estimate_groups(samples, "mean")
    assert [e.subjects for e in found] == [10, 10]
    warned = read(written(content.replace("who", "patient"), "b.csv"), ["one", "two"])
    assert sum("looks like an id with repeats" in note for note in warned.notes) == 1
    path = written("one,two,who\n1,2,p\n2,5,p\n3,,q\n", "c.csv")
    with pytest.raises(Problem, match="The pairs belong to one subject"):
        intervals.difference(read(path, ["one", "two"], subject="who"), "mean")


def test_answers_with_gaps_in_two_columns_count_where_they_are(written):
    content = answers(6, 3, 2, 4) + "yes,\n,no\n"
    samples = read(written(content), ["before", "after"], statistic="proportion", positive="yes")
    assert [v.size for v in samples.groups.values()] == [16, 16]
    assert [v.sum() for v in samples.groups.values()] == [10, 8]
    gap, _ = intervals.difference(samples, "proportion")
    assert gap.n == 15 and gap.value == pytest.approx(1 / 15)
    assert gap.reason == "15 pairs; 2 values without a partner are left out of the difference"


def test_a_group_of_subjects_without_any_case_is_compared_with_a_width(written):
    """None of 12 subjects against some of 12: both ends are the two groups' own, combined."""
    rows = [f"no,A,a{k % 12}" for k in range(40)]
    rows += [f"{'yes' if k % 12 < 3 else 'no'},B,b{k % 12}" for k in range(40)]
    path = written("\n".join(["ill,g,who", *rows]))
    how = {"group": "g", "compare": ["A", "B"], "subject": "who"}
    samples = read(path, "ill", statistic="proportion", positive="yes", **how)
    gap, share = intervals.difference(samples, "proportion")
    a, b = intervals.estimate_groups(samples, "proportion")[0]
    assert gap.method == "clustered newcombe" and gap.value == -b.value == -12 / 40
    assert gap.low == pytest.approx(-b.high)
    assert gap.high == pytest.approx(-b.value + np.hypot(a.high, b.value - b.low))
    assert share.why == "" and share.value > 0.9
    none = written("\n".join(["ill,g,who", *(row.replace("yes", "no") for row in rows)]), "b.csv")
    samples = read(none, "ill", statistic="proportion", positive="yes", **how)
    gap, share = intervals.difference(samples, "proportion")
    assert gap.low == -gap.high < -0.2
    assert share.why == "subjects in a group that are all alike cannot be imitated"
