"""The page that evaluates a classifier: its results by other routes, its choices, its faults."""

import csv
import html
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from helpers import roc
from helpers.analysis.classifier import _calls as calls
from helpers.analysis.classifier import _decisions as decisions
from helpers.analysis.classifier import _report as report
from helpers.analysis.classifier import _results as results
from helpers.analysis.classifier import _rows as rows
from helpers.analysis.classifier import _words as words
from helpers.own_data import Problem

ROOT = Path(__file__).resolve().parents[2]
PAGE = "evaluate_a_classifier"
RULE = decisions.Rule(0.9, 1, 5, None)
NOBODY = calls.Call("nobody", ">=", "inf", np.inf)
COST = decisions.Rule(None, 1, 7, 0.1)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def brute_force(truth, *scores):
    """Return AUCs and their covariance from the matrix of all pairs (DeLong, 1988, eq. 4 to 6)."""
    above = []
    for score in scores:
        gap = score[truth][:, None] - score[~truth]
        above.append((gap > 0) + 0.5 * (gap == 0))
    by_positive = np.cov([pairs.mean(axis=1) for pairs in above]) / truth.sum()
    by_negative = np.cov([pairs.mean(axis=0) for pairs in above]) / (~truth).sum()
    return [pairs.mean() for pairs in above], by_positive + by_negative


def given(truth, **models):
    return rows.Scores(truth, models)


def two_normals(positive, negative, seed=0, shift=1.0):
    rng = np.random.default_rng(seed)
    truth = np.arange(positive + negative) < positive
    return truth, rng.normal(size=truth.size) + shift * truth


# The page


def test_the_page_leaves_what_it_promises_and_other_routes_agree(run_page):
    run = run_page(PAGE)
    assert not run.problem
    tables = {"auc.csv", "comparisons.csv", "threshold.csv", "prevalence.csv"}
    assert set(run.files) == tables | {"roc.png", "predictive_values.png", "summary.html"}
    rows = rows_of(ROOT / "data/scores.csv")
    truth = np.array([row["label"] == "1" for row in rows])
    a, b = (np.array([float(row[name]) for row in rows]) for name in ("score_a", "score_b"))
    auc, covariance = brute_force(truth, a, b)
    z = stats.norm.ppf(0.975)
    for place, row in enumerate(rows_of(run.files["auc.csv"])):
        middle, spread = np.log(auc[place] / (1 - auc[place])), auc[place] * (1 - auc[place])
        half = z * np.sqrt(covariance[place, place]) / spread
        ends = 1 / (1 + np.exp([half - middle, -half - middle]))
        wanted = [auc[place], *ends]
        np.testing.assert_allclose([float(row[n]) for n in ("auc", "low", "high")], wanted)
    (pair,) = rows_of(run.files["comparisons.csv"])
    error = np.sqrt([1, -1] @ covariance @ [1, -1])
    assert float(pair["difference"]) == pytest.approx(auc[0] - auc[1])
    assert float(pair["p_value"]) == pytest.approx(2 * stats.norm.sf((auc[0] - auc[1]) / error))
    cut = float(
        re.search(r"<td>threshold</td><td>([\d.]+)<", run.files["summary.html"].read_text())[1]
    )
    counts = {
        "sensitivity": (a >= cut)[truth],
        "specificity": (a < cut)[~truth],
        "PPV": truth[a >= cut],
        "NPV": ~truth[a < cut],
    }
    for row in rows_of(run.files["threshold.csv"]):
        called = counts[row["name"]]
        assert (int(row["count"]), int(row["total"])) == (called.sum(), called.size)
        assert row["call"] == ">=" and float(row["threshold"]) == a[a >= cut].min()
        ends = stats.binomtest(int(called.sum()), called.size).proportion_ci(0.95, "wilson")
        np.testing.assert_allclose([float(row["low"]), float(row["high"])], ends)
    assert counts["specificity"].mean() >= 0.9
    assert (a < np.unique(a[a < cut])[-1])[~truth].mean() < 0.9 or cut == a.min()
    summary = html.unescape(run.files["summary.html"].read_text())
    assert "This share may be made by the design of the study" in summary
    assert str(ROOT) not in summary


def test_the_page_runs_on_three_models_with_costs_and_decimal_commas(run_page, written):
    truth, one = two_normals(40, 160, seed=5)
    rng = np.random.default_rng(6)
    columns = {"eins": one, "zwei": one + rng.normal(size=200), "drei": rng.normal(size=200)}
    lines = ["Befund;" + ";".join(columns)]
    for place, sick in enumerate(truth):
        values = ";".join(f"{v[place]:.3f}".replace(".", ",") for v in columns.values())
        lines.append(f"{'krank' if sick else 'gesund'};{values}")
    path = written("\n".join([*lines, "krank;;1,5;2,5"]).encode("utf-16"), "befund.csv")
    costs = {"specificity": None, "costs": [1, 10], "prevalence": None}
    run = run_page(PAGE, source=str(path), label="Befund", positive="krank", model="zwei", **costs)
    assert not run.problem
    assert "the threshold is for zwei (it was named in `model`)" in run.said
    assert "decimal commas" in run.said and "1 of 201 rows have no value in" in run.said
    assert "p by Holm" in run.said and "An AUC of 0.5 is not ruled out" in run.said
    pairs = rows_of(run.files["comparisons.csv"])
    assert [(p["first"], p["second"]) for p in pairs] == [
        ("eins", "zwei"),
        ("eins", "drei"),
        ("zwei", "drei"),
    ]
    score = np.array([float(f"{v:.3f}") for v in columns["zwei"]])
    bill = {
        cut: 10 * np.sum(truth & (score < cut)) + np.sum(~truth & (score >= cut))
        for cut in [*np.unique(score), np.inf]
    }
    found = {row["name"]: row for row in rows_of(run.files["threshold.csv"])}
    missed = int(found["sensitivity"]["total"]) - int(found["sensitivity"]["count"])
    alarmed = int(found["specificity"]["total"]) - int(found["specificity"]["count"])
    assert 10 * missed + alarmed == min(bill.values())


def test_the_page_runs_on_one_model(run_page):
    run = run_page(PAGE, scores=["score_b"], specificity=None, costs=[1000, 1])
    assert not run.problem
    assert "There is only one model: nothing to compare." in run.said
    assert "comparisons.csv" not in run.files and "auc.csv" in run.files
    found = {row["name"]: row for row in rows_of(run.files["threshold.csv"])}
    assert found["specificity"]["count"] == found["specificity"]["total"] == "357"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"source": "data/score.csv"},
            "There is no file data/score.csv. Nearest names: scores.csv, unseen.csv, styles.csv.",
        ),
        (
            {"scores": ["score_a", "scoreb"]},
            'scores.csv has no column "scoreb". Nearest names: score_b, score_a.',
        ),
        (
            {"positive": "0"},
            'The AUC of "score_a" is 0.180 (0.148 to 0.216), "score_b" is 0.216 (0.182 to 0.256): '
            "do high scores mean the other class? Set `positive` to it; or, if low values speak "
            'for the positive class, set `low_is_positive` to ["score_a", "score_b"]; or to [] to '
            "judge the scores as they are.",
        ),
        (
            {"specificity": 90},
            "`specificity` must be above 0 and below 1, such as 0.9; got 90. Is 0.9 meant?",
        ),
    ],
    ids=["file", "column", "wrong way round", "percent"],
)
def test_a_fault_is_one_sentence_and_leaves_no_folder(run_page, parameters, message):
    run = run_page(PAGE, **parameters)
    assert run.problem == [f"Problem: {message}"]
    assert run.files == {}


# Faults


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"specificity": "0,9"}, r"such as 0.9; got 0,9. Write 0.9 with a point\.$"),
        ({"specificity": "0.8"}, r"got 0.8. Write 0.8 without quotation marks\.$"),
        ({"specificity": "high"}, r"such as 0.9; got high\.$"),
        ({"costs": [1, "2,5"]}, r"at least 0; got 2,5. Write 2.5 with a point\.$"),
        ({"specificity": 1}, "`specificity` must be above 0 and below 1, such as 0.9; got 1"),
        ({"costs": [1, -2]}, "`costs` must be a number of at least 0; got -2"),
        ({"costs": [0, 0]}, "`costs` must not both be 0"),
        ({"costs": 5}, r"`costs` must be two numbers, of a false positive and .*; got 5"),
        ({"costs": [5]}, r"`costs` must be two numbers, of a false positive and .*; got \[5\]"),
        ({"prevalence": 5}, r"`prevalence` must be above 0 .*; got 5. Is 0.05 meant\?"),
        ({"confidence": 95}, r"`confidence` must be above 0 .*; got 95. Is 0.95 meant\?"),
        ({"resamples": 10}, "`resamples` must be a whole number of at least 200; got 10"),
        ({"seed": 0.5}, "`seed` must be a whole number of at least 0; got 0.5"),
    ],
)
def test_choices_that_cannot_be_followed_are_refused(choice, message):
    rule = {"specificity": 0.9, "costs": [1, 5], "prevalence": None}
    rest = {"confidence": 0.95, "resamples": 2000, "seed": 0}
    assert decisions.make_rule(**rule) == RULE
    decisions.check_choices(**rest)
    changed = rule | choice if choice.keys() <= rule.keys() else rest | choice
    check = decisions.make_rule if changed.keys() == rule.keys() else decisions.check_choices
    with pytest.raises(Problem, match=message):
        check(**changed)


def content(labels="ab", rows=12, scores=("s", "t")):
    lines = ["who,sick," + ",".join(scores)]
    for n in range(rows):
        values = ",".join(str(n * (place + 1) % 7) for place in range(len(scores)))
        lines.append(f"p{n},{labels[n % len(labels)]},{values}")
    return "\n".join(lines) + "\n"


def test_labels_and_scores_are_read_and_the_rest_of_the_columns_can_be_left_alone(written):
    found = rows.read_scores(written(content()), "sick", "b", scores=["t", "s"])
    truth, models, notes, *_ = found
    np.testing.assert_array_equal(truth, np.arange(12) % 2 == 1)
    assert list(models) == ["t", "s"]
    np.testing.assert_array_equal(models["s"], np.arange(12) % 7)
    assert "6 positive (sick = b) and 6 negative" in notes
    assert notes[-1] == "fewer than 30 of a class: all intervals and tests here are rough"


@pytest.mark.parametrize(
    ("text", "choice", "message"),
    [
        (content("a"), {}, '"sick" must hold two classes; it holds only one class'),
        (content("abc"), {}, '"sick" must hold two classes; it holds 3 classes'),
        (content("aab", rows=11), {}, "has 3 positive and 8 negative rows; at least 5 of each"),
        (content(), {"positive": "c"}, 'has no class "c"; choose one of'),
        (content().replace(",3,", ",high,"), {"scores": None}, '"s" must hold numbers; 2 of 12'),
        (content(), {"scores": "s"}, "`scores` must be a list of columns .*; got s"),
        (content(), {"scores": []}, "`scores` must be a list of columns"),
        (content(), {"scores": ["s", "sick"]}, "a list of columns other than `label`"),
        (content().replace(",3,", ",high,"), {}, 'Column "s" must hold numbers; 2 of 12'),
        (
            content(scores="stuvwxy"),
            {"scores": list("stuvwxy")},
            "7 columns of scores; name 1 to 6",
        ),
        (content(scores="ss"), {}, 'has 2 columns "s": rename all but one'),
        (content(scores=list("stuvwxyz")), {"scores": ["s", "z"]}, '"s" and "z" are the same'),
        (content(scores=list("stuvwxy")), {"scores": ["s", "y"]}, '"y" holds 0 in every row'),
        ("sick,s\n", {"scores": ["s"]}, "has names of columns but no rows"),
    ],
)
def test_files_that_cannot_be_judged_are_refused(written, text, choice, message):
    choice = {"positive": "b", "scores": ["s"]} | choice
    with pytest.raises(Problem, match=message):
        rows.read_scores(written(text), "sick", **choice)


def test_rows_without_a_score_are_counted_and_left_out(written):
    text = content(rows=16).replace("p4,a,4,1", "p4,a,,1").replace("p9,b,2,4", "p9,b,NaN,4")
    truth, models, notes, *_ = rows.read_scores(written(text), "sick", "b", scores=["s"])
    assert truth.size == models["s"].size == 14
    assert '2 of 16 rows have no value in "s" and are left out' in notes


NUMBERS = {
    "from 0": range(20),
    "backwards": range(20, 0, -1),
    "far apart": [(7 * n) % 97 + 1000 for n in range(20)],
    "parts": [3 + n for n in range(20)],
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_a_row_number_is_no_model_unless_it_is_named(written, numbers):
    lines = [f"{n},{'ab'[p % 2]},{p % 6},{p / 8}" for p, n in enumerate(numbers)]
    path = written("\n".join(["Fall,sick,grade,net", *lines]))
    _, models, notes, *_ = rows.read_scores(path, "sick", "b")
    assert list(models) == ["grade", "net"]
    assert '"Fall" looks like a row number and is left out; name it in `scores` to keep it' in notes
    _, models, notes, *_ = rows.read_scores(path, "sick", "b", scores=["Fall", "net"])
    assert list(models) == ["Fall", "net"]
    assert '"Fall" looks like a row number and is kept because `scores` names it' in notes


def test_a_file_with_no_column_but_row_numbers_is_refused(written):
    path = written("\n".join(["Fall,sick", *(f"{n},{'ab'[n % 2]}" for n in range(20))]))
    with pytest.raises(
        Problem, match=r"no column of scores but .* numbers or ids \(Fall\); name it"
    ):
        rows.read_scores(path, "sick", "b")


def test_a_model_that_is_not_there_is_refused():
    models = {"logistic": 1, "forest": 2}
    name, why = report.pick_model(None, models)
    assert name == "logistic" and "for logistic (the first column of scores" in why
    name, why = report.pick_model("forest", models)
    assert name == "forest" and why == "the threshold is for forest (it was named in `model`)"
    with pytest.raises(
        Problem, match=r'`model` must be one of .*; got "forrest". Nearest .* forest'
    ):
        report.pick_model("forrest", models)


def test_a_useless_model_is_judged_and_only_a_turned_one_refused():
    truth, score = two_normals(50, 50, shift=0)
    areas = report.rank_models(given(truth, s=score, turned=-score))
    assert min(area.auc for area in areas.values()) < 0.5
    with pytest.raises(Problem, match=r'AUC of "s" is 0\.\d+ \(.*do high scores mean the other'):
        report.rank_models(given(~truth, s=score + truth))
    judged = report.rank_models(given(~truth, s=score + truth), judge_turned=True)
    assert judged["s"].high < 0.5


# Numbers by other routes


def test_holms_p_values_are_those_by_hand():
    """0.01 * 3, then 0.03 * 2, then 0.04 * 1, which may not fall below the one before."""
    assert report.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert report.holm([0.7, 0.6]) == [1, 1]
    assert report.holm([]) == []


def test_pairs_are_compared_on_the_same_rows():
    truth, one = two_normals(60, 90)
    rng = np.random.default_rng(1)
    models = {"a": one, "b": one + rng.normal(0, 0.8, 150), "c": rng.normal(size=150)}
    found = report.compare_models(given(truth, **models), confidence=0.9)
    auc, covariance = brute_force(truth, *models.values())
    for c, (i, j) in zip(found, [(0, 1), (0, 2), (1, 2)], strict=True):
        gap = auc[i] - auc[j]
        error = np.sqrt(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j])
        ends = gap + error * stats.norm.ppf([0.05, 0.95])
        np.testing.assert_allclose([c.difference, c.low, c.high], [gap, *ends])
    assert [c.p_holm for c in found] == report.holm([c.p_value for c in found])
    assert report.compare_models(given(truth, a=one)) == []


def test_bands_do_not_depend_on_other_models_and_many_rows_are_thinned():
    truth, one = two_normals(40, 60)
    models = {"a": one, "b": np.random.default_rng(2).normal(size=100)}
    both = report.draw_bands(given(truth, **models), resamples=200, seed=3)
    alone = report.draw_bands(given(truth, b=models["b"]), resamples=200, seed=3)
    np.testing.assert_array_equal(both["b"].low, alone["b"].low)
    other = report.draw_bands(given(truth, b=models["b"]), resamples=200, seed=4)
    assert not np.array_equal(other["b"].low, alone["b"].low)
    truth, score = two_normals(12_000, 40_000)
    band = report.draw_bands(given(truth, s=score), resamples=200)["s"]
    exact = stats.norm.sf(stats.norm.isf(band.fpr[5:95]) - 1)
    assert np.abs(band.tpr[5:95] - exact).max() < 0.02
    assert (band.high - band.low)[5:95].max() < 0.04


@pytest.mark.parametrize("rule", [RULE._replace(specificity=0.8), COST])
def test_the_threshold_is_the_one_that_trying_all_of_them_finds(rule):
    truth, score = two_normals(30, 70, seed=8)
    score = score.round(1)
    point = decisions.choose_threshold(given(truth, s=score), "s", rule)
    best, wanted = -np.inf, None
    for cut in sorted([*np.unique(score), np.inf], reverse=True):
        sens, spec = np.mean(score[truth] >= cut), np.mean(score[~truth] < cut)
        gain = -(7 * 0.1 * (1 - sens) + 0.9 * (1 - spec))
        if rule.specificity is not None:
            gain = sens if spec >= 0.8 else -np.inf
        if gain > best + 1e-12:
            best, wanted = gain, cut
    assert point.threshold == wanted


def test_decisions_are_counted_with_wilsons_intervals():
    truth = np.r_[np.ones(10, bool), np.zeros(20, bool)]
    score = np.r_[np.full(8, 2.0), np.full(2, 0.0), np.full(5, 2.0), np.full(15, 0.0)]
    matrix, shares = decisions.count_decisions(given(truth, s=score), "s", 2.0, confidence=0.9)
    assert matrix == (15, 5, 2, 8)
    for name, (count, total) in {
        "sensitivity": (8, 10),
        "specificity": (15, 20),
        "PPV": (8, 13),
        "NPV": (15, 17),
    }.items():
        ends = stats.binomtest(count, total).proportion_ci(0.9, "wilson")
        assert shares[name][:3] == (name, count, total)
        np.testing.assert_allclose(shares[name][3:], [count / total, *ends])
    _, nobody = decisions.count_decisions(given(truth, s=score), "s", np.inf)
    assert nobody["PPV"].total == 0 and np.isnan(nobody["PPV"].value)


@pytest.mark.parametrize("rule", [RULE, decisions.Rule(None, 1, 2, 0.5)])
def test_measured_optimism_is_the_true_one_on_average(rule):
    """Many studies of two normal classes, whose truth at each threshold is known.

    Of 100 negatives, and of the 90 that remain, exactly nine tenths may lie below a threshold;
    at other sizes the rounding to whole rows adds an error of its own.
    """
    seen, real, expected = [], [], []
    for seed in range(200):
        truth, score = two_normals(100, 100, seed=seed)
        point = decisions.choose_threshold(given(truth, s=score), "s", rule)
        real.append((stats.norm.sf(point.threshold - 1), stats.norm.cdf(point.threshold)))
        found = decisions.measure_optimism(given(truth, s=score), "s", rule, repeats=3, seed=seed)
        assert found[:2] == point[1:3]
        seen.append(found[:2])
        expected.append(found[2:4])
    seen, real, expected = map(np.array, (seen, real, expected))
    error = np.std(real - expected, axis=0) / np.sqrt(200)
    gap = np.mean(real - expected, axis=0)
    assert np.all(np.abs(gap) < 4 * error), gap
    assert np.mean(seen - real, axis=0).sum() > 0.01  # it flatters, so there is much to repair


def test_optimism_is_that_of_a_cross_validation_written_out():
    truth, score = two_normals(10, 10)
    score = score.round()  # many ties with the threshold
    found = decisions.measure_optimism(given(truth, s=score), "s", RULE, repeats=1, seed=5)
    rng = np.random.default_rng(5)
    part = np.r_[rng.permutation(10), rng.permutation(10)]
    hits = []
    for number in range(10):
        rest = part != number
        cut = roc.threshold_at_specificity(truth[rest], score[rest], 0.9).threshold
        hits.append((score[~rest] >= cut) == truth[~rest])  # one positive, then one negative
    np.testing.assert_allclose(found[2:4], np.mean(hits, axis=0))


def test_fewer_repeats_are_used_on_many_rows_and_the_optimism_vanishes():
    truth, score = two_normals(120_000, 280_000)
    found = decisions.measure_optimism(given(truth, s=score), "s", RULE)
    assert found.repeats == 5
    assert abs(found.specificity - found.expected_specificity) < 0.001


def test_predictive_values_follow_bayes_and_meet_the_counts_at_the_rows_own_prevalence():
    truth, score = two_normals(80, 120)
    _, shares = decisions.count_decisions(given(truth, s=score), "s", 0.5)
    curve = decisions.spread_prevalence(shares, [0.01, 0.4, 0.9])
    assert curve["ppv"][1] == pytest.approx(shares["PPV"].value)
    assert curve["npv"][1] == pytest.approx(shares["NPV"].value)
    sens, spec = shares["sensitivity"], shares["specificity"]
    low = sens.low * 0.01 / (sens.low * 0.01 + (1 - spec.low) * 0.99)
    assert curve["ppv_low"][0] == pytest.approx(low)
    for name in ("ppv", "npv"):
        assert np.all(curve[f"{name}_low"] < curve[name])
        assert np.all(curve[name] < curve[f"{name}_high"])


# Pictures and words


def axes(count=1):
    from matplotlib.figure import Figure

    return Figure().subplots(1, count)


def test_a_long_curve_is_thinned_evenly_and_a_short_one_is_left_alone():
    curve = roc.roc_curve(*two_normals(30_000, 30_000))
    fpr, tpr = results.thin_curve(curve)
    assert 500 < fpr.size <= 1002
    assert (fpr[0], tpr[0], fpr[-1], tpr[-1]) == (0, 0, 1, 1)
    assert np.diff(fpr + tpr).max() < 0.0025
    points = set(zip(curve.fpr, curve.tpr, strict=True))
    assert points.issuperset(zip(fpr, tpr, strict=True))
    short = roc.roc_curve(*two_normals(30, 30))
    assert results.thin_curve(short)[0] is short.fpr


def test_the_explorer_agrees_with_the_page():
    truth, score = two_normals(80, 120)
    draw = results.make_drawing(given(truth, s=score))
    for wanted in np.linspace(0.5, 0.99, 25):
        point = roc.threshold_at_specificity(truth, score, wanted)
        said = draw(ax := axes(2), wanted, 5, "s")
        call = calls.word_call(given(truth, s=score), "s", point.threshold)
        assert f"s: {call.words}, sensitivity {point.sensitivity:.3f}" in said
        at = roc.predictive_values(point.sensitivity, point.specificity, 0.05)
        assert f"at a prevalence of 5 % PPV {at.ppv:.3f}, NPV {at.npv:.3f}" in said
        dot = next(line for line in ax[0].lines if line.get_marker() == "o")
        np.testing.assert_allclose(dot.get_xydata(), [[1 - point.specificity, point.sensitivity]])


def test_the_score_of_a_separating_model_is_not_called_certain():
    found = given(np.arange(40) < 20, s=-np.arange(40.0))
    areas = report.rank_models(found)
    (said,) = words.report_areas(areas, found, 0.95)
    assert said == (  # 0.05 ** (1 / 20) is 0.861
        "AUC of s: 1.000 (at least 0.861 with 95 % confidence, a bound for one side, 20 positive "
        "and 20 negative). These rows separate the classes without a slip, so they show no "
        "spread: the bound counts them only."
    )
    assert results.table_columns(list(areas.values()), digits=4)["low"] == ["0.8609"]
    np.testing.assert_allclose(results.draw_areas(areas, axes()).get_ylim(), (0.5, 1.005))


def test_a_separating_model_is_not_tested_and_the_others_are_adjusted_without_it():
    truth, score = two_normals(30, 50)
    other = score + np.random.default_rng(1).normal(size=80)
    models = {"perfect": 9.0 * truth, "s": score, "also": 2.0 * truth, "t": other}
    found = {(c.first, c.second): c for c in report.compare_models(given(truth, **models))}
    honest = found.pop(("s", "t"))
    assert honest.p_holm == honest.p_value == roc.delong_test(truth, score, other).p_value
    assert len(found) == 5
    for pair in found.values():
        assert np.isnan([pair.low, pair.high, pair.p_value, pair.p_holm]).all()
    said = words.report_comparisons([found["perfect", "s"], honest], 0.95)
    gap = 1 - metrics.roc_auc_score(truth, score)
    assert said[0].startswith(f"AUC of perfect minus s: {gap:.3f}. No interval and no test")
    assert "; p = " in said[1] or "; p < " in said[1]


def test_words_follow_the_p_value_and_nobody_called_is_said():
    better = report.Comparison("a", "b", 0.1, 0.05, 0.15, 1e-6, 3e-6)
    alike = report.Comparison("a", "c", -0.02, -0.06, 0.02, 0.03, 0.06)
    two = words.report_comparisons([better, alike], 0.95)
    assert "p by Holm < 0.0001): a ranks better" in two[0]
    assert "p by Holm = 0.06): neither is shown to be better" in two[1]
    (one,) = words.report_comparisons([alike], 0.95)
    assert "p = 0.03): c ranks better" in one
    truth, score = two_normals(20, 80)
    rule = decisions.Rule(None, 1000, 1, None)
    point = decisions.choose_threshold(given(truth, s=score - 9 * truth), "s", rule)
    _, shares = decisions.count_decisions(given(truth, s=score - 9 * truth), "s", point.threshold)
    optimism = decisions.measure_optimism(given(truth, s=score - 9 * truth), "s", rule, repeats=2)
    call = calls.word_call(given(truth, s=score - 9 * truth), "s", point.threshold)
    (said,) = words.report_threshold("s", call, rule, shares, optimism, 0.95)
    assert "s calls positive: nobody, chosen for the lowest cost (false positive 1000" in said
    assert "sensitivity 0.000 (0 of 20); specificity 1.000 (80 of 80). Such a rule" in said
    assert said.endswith("nothing is expected of new rows.")
    meant = words.report_predictive(shares, given(truth), 0.05)
    assert "PPV not defined (nobody gets this call)" in meant[0]
    assert meant[1].startswith("At a prevalence of 5 %: NPV 0.95, which is the share of that class")


def test_the_sentence_on_the_lowest_cost_names_the_prevalence_it_was_reckoned_for():
    truth, score = two_normals(20, 80)
    said = {}
    for share in (None, 0.005):
        rule = decisions.Rule(None, 1, 50, share)
        point = decisions.choose_threshold(given(truth, s=score), "s", rule)
        _, shares = decisions.count_decisions(given(truth, s=score), "s", point.threshold)
        optimism = decisions.measure_optimism(given(truth, s=score), "s", rule, repeats=2)
        call = calls.word_call(given(truth, s=score), "s", point.threshold)
        said[share] = words.report_threshold("s", call, rule, shares, optimism, 0.95)[0]
    goal = "for the lowest cost (false positive 1, false negative 50)"
    assert f"{goal} on these rows, at their own share of positives. Counted" in said[None]
    assert f"{goal} at a prevalence of 0.5 %, with the rates of these rows. Counted" in said[0.005]


def test_predictive_values_at_a_wanted_prevalence_come_with_their_band():
    truth = np.arange(200) < 40
    score = np.where(np.arange(200) < 2, 1.0, 0.0)
    _, shares = decisions.count_decisions(given(truth, s=score), "s", 1.0, confidence=0.9)
    said = words.report_predictive(shares, given(truth), 0.005, 0.9)[1]
    ends = [stats.binomtest(*part).proportion_ci(0.9, "wilson") for part in ((2, 40), (160, 160))]
    low, high = (
        sens * 0.005 / (sens * 0.005 + (1 - spec) * 0.995) for sens, spec in zip(*ends, strict=True)
    )
    assert f"PPV 1.000 ({low:.3f} to {high:.3f}), NPV 0.995 (" in said
    assert low < 0.05 and "ends of the 90 % intervals" in said


def test_names_are_cut_in_the_middle_and_stay_apart():
    assert results.shorten(["logistic", "forest"], 8) == ["logistic", "forest"]
    assert results.shorten(["abcdefghijk"], 7) == ["abc…ijk"]
    alike = ["Model of the year 2023, final", "Model of the month 2023, final"]
    assert results.shorten(alike, 14) == ["1: Model…final", "2: Model…final"]


def test_the_explorer_starts_at_the_choices_of_the_page():
    found = given(np.arange(10) < 3, a=1, b=2)
    start = results.start_controls(decisions.Rule(0.95, 1, 5, 0.005), found, "b")
    assert start["specificity"] == (0.5, 0.999, 0.001, 0.95)
    assert start["prevalence"] == (0.1, 60.0, 0.1, 0.5)
    assert start["model"] == ["b", "a"]
    start = results.start_controls(decisions.Rule(None, 1, 5, None), found, "a")
    assert (start["specificity"][-1], start["prevalence"][-1]) == (0.9, 30)
    start = results.start_controls(decisions.Rule(0.3, 1, 5, 0.0001), found, "a")
    assert (start["specificity"][-1], start["prevalence"][-1]) == (0.5, 0.1)


def test_the_explorer_says_so_when_nobody_is_called():
    truth = np.arange(60) < 20
    draw = results.make_drawing(given(truth, s=np.where(truth, 0.0, 1.0) + np.arange(60) % 2))
    said = draw(axes(2), 0.999, 0.1, "s")
    assert said.startswith("s: no positive call, sensitivity 0.000, specificity 1.000")
    assert said.endswith("at a prevalence of 0.1 % PPV not defined, NPV 0.999")


@pytest.mark.parametrize("count", [1, 6])
def test_long_names_stay_off_the_curves_and_off_each_other(count):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    truth, score = two_normals(30, 50)
    rng = np.random.default_rng(2)
    long = "A very long name of a model, trained on {} and on much else besides, version 2"
    models = {long.format(n): score + rng.normal(size=80) for n in range(count)}
    found = given(truth, **models)
    areas = report.rank_models(found)
    figure = Figure(figsize=(8.4, 5.0), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2, width_ratios=(1.6, 1))
    bands = report.draw_bands(given(truth, **models), resamples=200)
    results.draw_curves(found, areas, bands, left)
    results.draw_areas(areas, right)
    canvas.draw()
    legend = left.get_legend().get_window_extent()
    assert legend.y1 < left.xaxis.label.get_window_extent().y0
    page = figure.bbox
    assert legend.x0 >= page.x0 and legend.y0 >= page.y0 and legend.x1 < right.bbox.x0
    assert left.bbox.height > 0.35 * page.height
    names = [text.get_text() for text in right.get_xticklabels()]
    assert len(set(names)) == count and max(map(len, names)) <= results.TICK


@pytest.mark.parametrize("wide", [False, True])
def test_every_picture_is_drawn_even_at_the_edge(wide):
    truth, score = two_normals(20, 80)
    models = {"s": score, "t": -score} if wide else {"s": score}
    areas = {name: roc.delong_interval(truth, values) for name, values in models.items()}
    bands = report.draw_bands(given(truth, **models), resamples=200)
    ax = results.draw_curves(given(truth, **models), areas, bands, axes())
    assert len(ax.get_legend().get_texts()) == len(models)
    low = min(area.low for area in areas.values())
    assert results.draw_areas(areas, axes()).get_ylim()[0] <= min(0.5, low)
    _, shares = decisions.count_decisions(given(truth, s=score), "s", np.inf)
    curve = decisions.spread_prevalence(shares, results.PREVALENCES)
    assert len(results.draw_scores(given(truth, s=score), "s", NOBODY, axes()).lines) == 0
    ax = results.draw_predictive(curve, {"these rows": 0.2}, axes())
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["PPV", "NPV", "these rows"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_a_million_rows_stay_within_the_memory_that_is_promised(written):
    truth, score = two_normals(300_000, 700_000)
    other = score + np.random.default_rng(1).normal(size=truth.size)
    lines = (f"{t:d},{a:.5f},{b:.5f}\n" for t, a, b in zip(truth, score, other, strict=True))
    path = written("y,a,b\n" + "".join(lines))
    code = f"""
import re
from matplotlib.figure import Figure
from pathlib import Path
from helpers.analysis import classifier as c
found = c.read_scores(Path({str(path)!r}), "y", "1")
areas = c.rank_models(found)
bands = c.draw_bands(found)
c.draw_curves(found, areas, bands, Figure().subplots())
c.compare_models(found)
rule = c.make_rule(0.9, [1, 5], None)
point = c.choose_threshold(found, "a", rule)
c.count_decisions(found, "a", point.threshold)
c.measure_optimism(found, "a", rule)
c.draw_scores(found, "a", c.word_call(found, "a", point.threshold), Figure().subplots())
c.make_drawing(found)(Figure().subplots(1, 2), 0.9, 5, "a")
print(*re.findall(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert int(result.stdout) < 2_000_000, result.stderr  # kilobytes
    print(f"peak {result.stdout.strip()} kB")


def test_the_area_is_that_of_scikit_learn():
    truth, score = two_normals(40, 60)
    score = score.round(1)
    area = report.rank_models(given(truth, s=score))["s"].auc
    assert area == pytest.approx(metrics.roc_auc_score(truth, score))
