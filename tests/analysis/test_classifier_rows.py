"""The page that evaluates a classifier: rows that belong together, weights, turned scores."""

import csv
import html
import re

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from helpers import intervals, roc
from helpers.analysis import classifier
from helpers.analysis.classifier import _calls as calls
from helpers.analysis.classifier import _decisions as decisions
from helpers.analysis.classifier import _rows as rows
from helpers.own_data import Problem

PAGE = "evaluate_a_classifier"
ENDS = r"confidence interval ([\d.]+) to ([\d.]+)"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(**columns):
    lines = [",".join(columns)]
    lines += [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join(lines) + "\n"


def clinic(seed=0, patients=60, visits=6, shift=0.5):
    """Return columns of a study in which a patient has one label and much the same score."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(patients), visits)
    own = rng.normal(size=patients) + shift * (np.arange(patients) % 2)
    marker = (own[who] + 0.2 * rng.normal(size=who.size)).round(3)
    other = (own[who] + rng.normal(size=who.size)).round(3)
    sick = np.array(["well", "sick"])[who % 2]
    return {"who": [f"P{w:02}" for w in who], "sick": sick, "marker": marker, "other": other}


# Subjects


def test_the_page_reckons_with_subjects(run_page, written):
    columns = clinic()
    path = written(table(**columns))
    choices = {"source": str(path), "label": "sick", "positive": "sick", "resamples": 300}
    run = run_page(PAGE, subject="who", **choices)
    assert not run.problem
    assert '60 subjects in "who" with 6 rows each' in run.said
    assert "180 positive and 180 negative of 60 subjects" in run.said
    assert "looks like an id" not in run.said
    truth = columns["sick"] == "sick"
    for row in rows_of(run.files["auc.csv"]):
        score = np.array(columns[row["model"]])
        exact = roc.delong_interval(truth, score, clusters=columns["who"])
        got = [float(row[name]) for name in ("auc", "low", "high", "standard_error")]
        np.testing.assert_allclose(got, exact)
    naive = roc.delong_interval(truth, np.array(columns["marker"]))
    marker = roc.delong_interval(truth, np.array(columns["marker"]), clusters=columns["who"])
    assert marker.high - marker.low > 1.8 * (naive.high - naive.low)
    (pair,) = rows_of(run.files["comparisons.csv"])
    scores = [np.array(columns[pair[name]]) for name in ("first", "second")]
    test = roc.delong_test(truth, *scores, clusters=columns["who"])
    got = [float(pair[name]) for name in ("difference", "low", "high", "p_value")]
    np.testing.assert_allclose(got, [test.difference, test.low, test.high, test.p_value])
    said = html.unescape(run.files["summary.html"].read_text())
    assert "Clopper and Pearson for as many rows as the subjects are worth" in said
    shares = {row["name"]: row for row in rows_of(run.files["threshold.csv"])}
    called = scores[0] >= float(shares["PPV"]["threshold"])
    cells = [np.bincount(np.arange(360) // 6, part) for part in (called & truth, truth)]
    ends = intervals.clustered_proportion_interval(*cells)
    got = [float(shares["sensitivity"][name]) for name in ("low", "high")]
    np.testing.assert_allclose(got, ends)
    wilson = intervals.proportion_interval(int(cells[0].sum()), 180)
    assert got[1] - got[0] > 1.5 * (wilson.high - wilson.low)


def test_the_page_warns_where_nobody_says_who_belongs_together(run_page, written):
    columns = clinic()
    path = written(table(**columns))
    choices = {"source": str(path), "label": "sick", "positive": "sick", "resamples": 300}
    run = run_page(PAGE, **choices)
    assert not run.problem
    assert (
        'Warning: "who" looks like an id with repeats (60 different values in 360 rows); if rows '
        "with one value belong together, set `subject` to it" in run.said
    )
    assert '"who" holds text and is left out' in run.said
    assert {row["model"] for row in rows_of(run.files["auc.csv"])} == {"marker", "other"}


def test_an_id_of_numbers_is_no_score_unless_it_is_named(written):
    columns = clinic()
    columns["who"] = [int(name[1:]) for name in columns["who"]]
    path = written(table(**columns))
    found = rows.read_scores(path, "sick", "sick")
    assert list(found.models) == ["marker", "other"]
    assert '"who" looks like an id and is left out; name it in `scores` to keep it' in found.notes
    found = rows.read_scores(path, "sick", "sick", scores=["who", "marker"])
    assert '"who" looks like an id and is kept because `scores` names it' in found.notes
    assert any(note.startswith('Warning: "who" looks like an id') for note in found.notes)
    found = rows.read_scores(path, "sick", "sick", subject="who")
    assert list(found.models) == ["marker", "other"] and found.subjects() == 60


def test_a_subject_for_each_row_changes_nothing(written):
    columns = clinic(patients=80, visits=1)
    path = written(table(**columns))
    found = rows.read_scores(path, "sick", "sick", subject="who")
    assert found.clusters is None
    assert 'each row has its own subject in "who": the column changes nothing' in found.notes


def test_subjects_with_both_labels_are_served_and_few_are_told(written):
    columns = clinic(patients=20)
    columns["sick"] = np.where(np.arange(120) % 3 == 0, "sick", "well")
    found = rows.read_scores(written(table(**columns)), "sick", "sick", subject="who")
    assert (
        "fewer than 30 subjects with rows of a class: all intervals and tests here are rough"
        in found.notes
    )
    assert found.subjects() == 20
    area = classifier.rank_models(found, judge_turned=True)["marker"]
    assert area == roc.delong_interval(found.truth, found.models["marker"], clusters=found.clusters)


def test_the_rows_of_a_subject_stay_in_one_part(monkeypatch):
    who = np.arange(120) // 4
    truth = np.where(who < 6, np.arange(120) % 2 == 0, who % 2 == 0)
    found = rows.Scores(truth, {"s": np.arange(120.0) * 7 % 120}, clusters=who)
    seen = []

    def choose(truth, scores, rule, weights):
        seen.append(scores)
        return roc.threshold_at_specificity(truth, scores, 0.8)

    monkeypatch.setattr(decisions, "_choose", choose)
    decisions.measure_optimism(found, "s", decisions.Rule(0.8, 1, 1, None), repeats=2)
    of = {score: w for score, w in zip(found.models["s"], who, strict=True)}
    assert len(of) == 120  # each score tells its subject
    assert len(seen) == 21
    for scores in seen[:-1]:
        inside = {of[score] for score in scores}
        assert len(scores) == 4 * len(inside) and 24 <= len(inside) <= 28


def test_optimism_of_subjects_is_the_true_one_on_average():
    """Each subject has 5 rows that are nearly one: splitting rows would see no optimism."""
    seen, real, expected, naive = [], [], [], []
    rule = decisions.Rule(None, 1, 1, 0.5)
    for seed in range(120):
        rng = np.random.default_rng(seed)
        who = np.repeat(np.arange(40), 5)
        own = rng.normal(size=40) + np.arange(40) % 2
        score = own[who] + 0.01 * rng.normal(size=200)
        found = rows.Scores(who % 2 == 1, {"s": score}, clusters=who)
        point = decisions.choose_threshold(found, "s", rule)
        real.append(stats.norm.sf(point.threshold - 1) + stats.norm.cdf(point.threshold))
        seen.append(point.sensitivity + point.specificity)
        for kept, known in ((expected, found), (naive, found._replace(clusters=None))):
            got = decisions.measure_optimism(known, "s", rule, repeats=2, seed=seed)
            kept.append(got.expected_sensitivity + got.expected_specificity)
    seen, real, expected, naive = map(np.mean, (seen, real, expected, naive))
    assert seen - real > 0.05
    assert abs(expected - real) < 0.4 * (seen - real)
    assert naive - real > 0.7 * (seen - real)


# Weights


def test_a_weighted_page_agrees_with_scikit_learn(run_page, written):
    rng = np.random.default_rng(3)
    sick = np.arange(200) < 60
    marker = (rng.normal(size=200) + sick).round(2)
    weight = np.where(sick, 0.5, rng.integers(1, 5, 200))
    weight[7] = 0
    path = written(table(sick=sick.astype(int), marker=marker, w=weight))
    run = run_page(PAGE, source=str(path), label="sick", weights="w", prevalence=None)
    assert not run.problem
    assert (
        'rows are weighted by "w"; 1 of 200 rows have weight 0 in "w" and are left out' in run.said
    )
    kept = weight > 0
    sick, marker, weight = sick[kept], marker[kept], weight[kept]
    (area,) = rows_of(run.files["auc.csv"])
    assert area["model"] == "marker"
    exact = metrics.roc_auc_score(sick, marker, sample_weight=weight)
    assert float(area["auc"]) == pytest.approx(exact)
    shares = {row["name"]: row for row in rows_of(run.files["threshold.csv"])}
    called = marker >= float(shares["PPV"]["threshold"])
    weighted = {
        "sensitivity": metrics.recall_score(sick, called, sample_weight=weight),
        "specificity": metrics.recall_score(~sick, ~called, sample_weight=weight),
        "PPV": metrics.precision_score(sick, called, sample_weight=weight),
        "NPV": metrics.precision_score(~sick, ~called, sample_weight=weight),
    }
    for name, value in weighted.items():
        row = shares[name]
        assert float(row["value"]) == pytest.approx(value)
        assert float(row["low"]) < value < float(row["high"])
    assert weighted["specificity"] >= 0.9
    share = 100 * np.average(sick, weights=weight)
    assert f"In these rows, as they are weighted, {share:.3g} % are positive" in run.said
    assert int(shares["sensitivity"]["count"]) == np.count_nonzero(called & sick)


def test_equal_weights_change_nothing(written):
    columns = clinic(patients=80, visits=1) | {"w": [2.5] * 80}
    found = rows.read_scores(written(table(**columns)), "sick", "sick", weights="w")
    assert found.weights is None and list(found.models) == ["marker", "other"]
    assert 'all weights in "w" are equal: they change nothing' in found.notes


def test_weighted_shares_cover():
    """Rows are drawn with unequal chances and weighted back; the true share is that of all."""
    rng, covered = np.random.default_rng(5), 0
    for _ in range(1500):
        kind = rng.random(120) < 0.5
        weights = np.where(kind, 1.0, 4.0)  # kind is four times as frequent here as outside
        hit = rng.random(120) < np.where(kind, 0.9, 0.6)
        truth = np.r_[np.ones(120, bool), np.zeros(20, bool)]
        found = rows.Scores(truth, {"s": np.r_[hit, np.zeros(20)].astype(float)})
        found = found._replace(weights=np.r_[weights, np.ones(20)])
        share = classifier.count_decisions(found, "s", 1.0)[1]["sensitivity"]
        covered += share.low <= 0.2 * 0.9 + 0.8 * 0.6 <= share.high
    assert 0.935 < covered / 1500 < 0.985


# Turned scores


def test_the_page_serves_a_marker_that_is_low_in_the_sick(run_page, written):
    rng = np.random.default_rng(4)
    sick = np.arange(160) < 60
    columns = {"sick": sick.astype(int), "iron": (rng.normal(9, 1, 160) - 1.3 * sick).round(2)}
    columns["crp"] = (rng.normal(size=160) + 0.5 * sick).round(2)
    path = written(table(**columns))
    refused = run_page(PAGE, source=str(path), label="sick")
    (problem,) = refused.problem
    assert 'set `low_is_positive` to ["iron"]' in problem and refused.files == {}
    run = run_page(PAGE, source=str(path), label="sick", low_is_positive=["iron"])
    assert not run.problem
    assert 'low values of "iron" speak for the positive class' in run.said
    areas = {row["model"]: float(row["auc"]) for row in rows_of(run.files["auc.csv"])}
    assert areas["iron"] == pytest.approx(metrics.roc_auc_score(sick, -columns["iron"]))
    assert areas["crp"] == pytest.approx(metrics.roc_auc_score(sick, columns["crp"]))
    cut = float(re.search(r"iron calls positive: score <= (\S+),", run.said)[1])
    called = columns["iron"] <= cut
    for row in rows_of(run.files["threshold.csv"]):
        assert row["call"] == "<="
        exact = float(row["threshold"])
        np.testing.assert_array_equal(columns["iron"] <= exact, called)
        assert exact in columns["iron"]
    found, missed = map(int, re.search(r"Positive: (\d+) found, (\d+) missed", run.said).groups())
    assert (found, missed) == (np.sum(called & sick), np.sum(~called & sick))
    assert re.search(r"specificity 0\.5: iron: score <= \S+, sensitivity", run.said)
    judged = run_page(PAGE, source=str(path), label="sick", low_is_positive=[])
    assert not judged.problem
    assert "On the whole high values speak for the other class." in judged.said


# Warnings


def test_scores_that_know_too_much_or_too_little_are_told(run_page, written):
    rng = np.random.default_rng(1)
    sick = np.arange(120) < 50
    columns = {"sick": sick.astype(int), "fair": (rng.normal(size=120) + sick).round(2)}
    columns["late"] = (rng.normal(size=120) + 6 * sick).round(2)
    columns["yes"] = (rng.random(120) < 0.3 + 0.4 * sick).astype(int)
    run = run_page(PAGE, source=str(written(table(**columns))), label="sick")
    assert not run.problem
    area = metrics.roc_auc_score(sick, columns["late"])
    assert f'Warning: "late" alone has an AUC of {area:.3f}: a leak?' in run.said
    assert 'Warning: "yes" holds two values only (0 and 1): that is a decision' in run.said
    assert '"fair" alone' not in run.said and '"fair" holds two' not in run.said


# Faults


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"subject": "whom"}, 'has no column "whom". Nearest names: who'),
        ({"subject": "sick"}, '"sick" is named in `label` and in `subject`: choose one.'),
        ({"subject": ["who"]}, "`subject` must be the name of a column; got ['who']."),
        ({"subject": "one"}, 'Column "one" must name at least two subjects; all 60 rows have "a"'),
        ({"subject": "pair"}, "has 2 subjects with positive and 2 with negative rows; at least 5"),
        ({"subject": "marker", "scores": ["marker"]}, "in `subject` and in `scores`: choose one"),
        ({"weights": "who"}, 'Column "who" must hold numbers'),
        ({"weights": "marker"}, 'Column "marker" must hold finite weights of at least 0; '),
        ({"weights": "who", "subject": "who"}, '"who" is named in `subject` and in `weights`'),
        ({"weights": 3}, "`weights` must be the name of a column; got 3."),
        ({"low_is_positive": "marker"}, "`low_is_positive` must be a list of scores; got marker."),
        ({"low_is_positive": ["who"]}, '`low_is_positive` names "who", which is no score here'),
        ({"weights": "zero"}, 'Column "zero" holds no weight above 0: no row counts.'),
        ({"weights": "none"}, "must hold two classes; it holds only one class: well (30)"),
    ],
)
def test_choices_that_cannot_be_followed_are_refused(written, choices, message):
    columns = clinic(patients=60, visits=1) | {"one": ["a"] * 60, "pair": ["a", "b", "b", "a"] * 15}
    columns["zero"] = [0] * 60
    columns["none"] = (columns["sick"] == "well").astype(int)
    choices = {"scores": ["other"]} | choices
    with pytest.raises(Problem) as error:
        rows.read_scores(written(table(**columns)), "sick", "sick", **choices)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"weights": "wait"}, 'has no column "wait"'),
        ({"weights": "word"}, 'Column "word" must hold numbers, as its values are weights.'),
        ({"weights": "slip"}, 'Column "slip" must hold numbers; 1 of 60 values is text'),
        ({"weights": "who", "subject": "pair"}, 'Column "who" must hold numbers, as its values'),
    ],
)
def test_weights_are_checked_where_all_other_columns_are_scores_too(written, choices, message):
    columns = clinic(patients=60, visits=1) | {"word": ["much"] * 60, "pair": [*"abcde"] * 12}
    if "slip" in choices.values():
        columns["slip"] = ["one", *range(1, 60)]
    with pytest.raises(Problem) as error:
        rows.read_scores(written(table(**columns)), "sick", "sick", **choices)
    assert message in str(error.value)


def test_names_are_found_however_their_accents_are_composed(written):
    columns = clinic(patients=60, visits=2)
    columns = {"Gerät": columns["who"], "sick": columns["sick"], "größe": columns["marker"]}
    columns["rest"], columns["älter"] = columns["größe"] * 2 - 1, np.arange(120) % 7 + 1
    path = written(table(**columns))
    names = {"subject": "Gera\u0308t", "weights": "a\u0308lter", "low_is_positive": ["gro\u0308ße"]}
    found = rows.read_scores(path, "sick", "sick", **names)
    assert list(found.models) == ["größe", "rest"] and found.low == ("größe",)
    assert found.subjects() == 60 and found.weights.size == 120
    np.testing.assert_array_equal(found.models["größe"], -columns["größe"])


def test_equal_weights_give_the_intervals_of_single_rows():
    truth, score = np.arange(60) < 25, np.random.default_rng(2).normal(size=60)
    found = rows.Scores(truth, {"s": score}, weights=np.full(60, 7.0))
    single = rows.Scores(truth, {"s": score}, clusters=np.arange(60))
    for threshold in (-3, 0.2, 3):
        one, other = (classifier.count_decisions(f, "s", threshold)[1] for f in (found, single))
        for name, share in one.items():
            assert share[:3] == other[name][:3]
            np.testing.assert_allclose(share[3:], other[name][3:], rtol=1e-9)


def test_the_page_refuses_before_it_writes(run_page):
    run = run_page(PAGE, subject="patient")
    assert run.problem == [
        'Problem: scores.csv has no column "patient". It has label, score_a, score_b.'
    ]
    assert run.files == {}


# Thresholds


def random_table(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(10, 300))
    truth = rng.permutation(np.arange(size) < max(5, int(size * rng.uniform(0.1, 0.6))))
    score = rng.normal(size=size) + rng.uniform(0, 2) * truth
    score = [
        score,
        score.round(int(rng.integers(1, 4))),
        np.exp(5 * score),
        score * 1e-7,
        score * 1e9 + 1e10,
        1 / (1 + np.exp(-8 * score)),
    ][seed % 6]
    turned = ("s",) if seed % 5 == 0 else ()
    return rows.Scores(truth, {"s": -score if turned else score}, low=turned), score


@pytest.mark.parametrize("block", range(3))
def test_the_printed_threshold_calls_the_rows_that_were_counted(block):
    shorter = 0
    for seed in range(100 * block, 100 * (block + 1)):
        found, score = random_table(seed)
        rule = decisions.Rule(float(np.random.default_rng(seed).uniform(0.5, 0.99)), 1, 1, None)
        point = decisions.choose_threshold(found, "s", rule)
        called = found.models["s"] >= point.threshold
        call = calls.word_call(found, "s", point.threshold)
        reader = (score <= float(call.number)) if found.low else (score >= float(call.number))
        np.testing.assert_array_equal(reader, called)
        exact = (score <= call.exact) if found.low else (score >= call.exact)
        np.testing.assert_array_equal(exact, called)
        if call.decides():
            assert call.words == f"score {call.sign} {call.number}"
            assert call.exact in score
            shorter += len(call.number) < len(repr(call.exact))
    assert shorter > 40  # a threshold is rarely printed whole


@pytest.mark.parametrize(
    ("threshold", "below", "text"),
    [
        (0.5997, 0.598, "0.599"),
        (0.5997, 0.5996, "0.5997"),
        (0.6, 0.5, "0.6"),
        (12345.678, 12345.6, "12345.67"),
        (12345.678, 9000, "10000"),
        (-0.25, -0.31, "-0.3"),
        (-0.25, -0.26, "-0.25"),
        (0.1 + 0.2, 0.3, "0.30000000000000004"),
        (3e-9, 1e-9, "3e-9"),
        (0.3, 0.29999999999999993, "0.3"),
        (0.0, -1.0, "0"),
        (2e20, 1e20, "2e+20"),
    ],
)
def test_the_shortest_decimal_by_hand(threshold, below, text):
    assert calls.shortest(threshold, below) == text


def test_no_shorter_decimal_would_do():
    rng = np.random.default_rng(2)
    for _ in range(200):
        below, threshold = np.sort(rng.uniform(0, 1, 2).round(4))
        if below == threshold:
            continue
        digits = len(calls.shortest(threshold, below).removeprefix("0.").lstrip("0"))
        for fewer in range(1, digits):
            size = 10.0 ** (fewer - 1 - np.floor(np.log10(threshold)))
            assert np.floor(threshold * size) / size <= below


@pytest.mark.parametrize("turned", [(), ("s",)])
def test_infinite_scores_rank_and_give_thresholds_that_reproduce_the_counts(written, turned):
    score = np.array([-np.inf] * 4 + [0.5, 1.25, 2, 2.5] * 5 + [np.inf] * 6)
    sick = np.arange(30) % 3 > 0 if turned else np.arange(30) % 3 == 0
    sick[-6:] = not turned
    path = written(table(sick=sick.astype(int), s=score))
    found = rows.read_scores(path, "sick", "1", low_is_positive=list(turned) or None)
    assert 'infinite values of "s" rank before or behind all others' in found.notes
    assert calls.word_call(found, "s", np.inf).words == "nobody"
    for threshold in np.unique(found.models["s"]):
        called = found.models["s"] >= threshold
        call = calls.word_call(found, "s", threshold)
        for number in (float(call.number), call.exact):
            np.testing.assert_array_equal(score <= number if turned else score >= number, called)
        assert call.decides() == (called.sum() < 30)
