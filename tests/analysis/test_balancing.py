"""The page that balances a table: its results recomputed, its intervals, its faults."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from helpers.analysis import balancing
from helpers.analysis.balancing import _estimates, _folds, _plan
from helpers.own_data import Problem

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "breast_cancer_rare.csv"
PROMISED = {"levels.csv", "differences.csv", "folds.csv", "chances.csv", "summary.html"}
PROMISED |= {"rates.png", "differences.png"}


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def cloud(n=200, rare=30, gap=1.5, seed=3):
    rng = np.random.default_rng(seed)
    labels = np.arange(n) < rare
    return rng.normal(size=(n, 2)) + gap * labels[:, None], labels


def as_csv(features, labels):
    rows = [f"{a!r},{b!r},{int(c)}" for (a, b), c in zip(features.tolist(), labels, strict=True)]
    return "a,b,ill\n" + "\n".join(rows) + "\n"


def test_the_page_on_its_default_file(run_page):
    run = run_page("balance_a_table")
    assert run.problem == []
    assert set(run.files) == PROMISED
    assert "Positive class malignant: 36 of 393 rows (9.16 %); benign: 357" in run.said
    named = "features: " + ", ".join(name for name in read(DEFAULT)[0] if name != "diagnosis")
    assert named in run.said
    assert named in run.files["summary.html"].read_text(encoding="utf-8")
    folds, chances = read(run.files["folds.csv"]), read(run.files["chances.csv"])
    truth = column(chances, "positive")
    diagnoses = [row["diagnosis"] == "malignant" for row in read(DEFAULT)]
    np.testing.assert_array_equal(truth, diagnoses)
    # Brier scores of the five folds average, weighted by size, to that of all rows together.
    for method in ("nothing", "smote"):
        first = [r for r in folds if r["method"] == method and r["repeat"] == "1"]
        whole = metrics.brier_score_loss(truth, column(chances, f"chance_{method}"))
        assert column(first, "brier").mean() == pytest.approx(whole, rel=0.02)
    gap = {
        m: column([r for r in folds if r["method"] == m], "balanced_accuracy")
        for m in ("nothing", "threshold")
    }
    gap = gap["threshold"] - gap["nothing"]
    error = gap.std(ddof=1) * np.sqrt(1 / 50 + 1 / 4)
    low, high = stats.t.interval(1 - 0.05 / 5, 49, gap.mean(), error)
    (row,) = (
        r
        for r in read(run.files["differences.csv"])
        if r["method"] == "threshold" and r["measure"] == "balanced_accuracy"
    )
    assert [float(row[n]) for n in ("mean", "low", "high")] == pytest.approx(
        [gap.mean(), low, high], abs=1e-9
    )
    p = 5 * 2 * stats.t.sf(abs(gap.mean()) / error, 49)
    assert float(row["p"]) == pytest.approx(min(1, p), rel=1e-6)


def test_the_page_on_another_table_writes_the_training_set_that_is_asked_for(run_page, written):
    features, labels = cloud()
    lines = ["größe;gewicht;land;klasse"]
    lines += [
        f"{a:.6f};{b:.6f};DE;{'krank' if ill else 'ok'}".replace(".", ",")
        for (a, b), ill in zip(features, labels, strict=True)
    ]
    path = written("\n".join(lines).encode("cp1252"), "klinik.csv")
    run = run_page(
        "balance_a_table",
        source=str(path),
        target="klasse",
        leave_out=["land"],
        repeats=2,
        write_training_set="smote",
        methods=["threshold", "under"],
    )
    assert run.problem == []
    assert set(run.files) == PROMISED | {"training_set.csv", "test_set.csv"}
    train, test = read(run.files["training_set.csv"]), read(run.files["test_set.csv"])
    kinds = [row["klasse"] for row in train]
    assert kinds.count("krank") == kinds.count("ok") == 136
    assert [row["klasse"] for row in test].count("krank") == 6
    pairs = {(round(a, 6), round(b, 6)) for a, b in features}
    measured = {(float(r["größe"]), float(r["gewicht"])) for r in train if r["made"] == "no"}
    held = {(float(r["größe"]), float(r["gewicht"])) for r in test}
    assert measured | held == pairs and not measured & held
    assert sum(row["made"] == "yes" for row in train) == 136 - 24


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ({"source": "nowhere.csv"}, "Problem: There is no file nowhere.csv."),
        (
            {"target": "diagnoses"},
            'Problem: breast_cancer_rare.csv has no column "diagnoses". Nearest names: diagnosis.',
        ),
        (
            {"subject": "patient"},
            'Problem: breast_cancer_rare.csv has no column "patient". It has diagnosis, '
            "mean_texture, mean_smoothness, mean_symmetry, mean_fractal_dimension, "
            "smoothness_error, symmetry_error.",
        ),
        (
            {"subject": "diagnosis"},
            'Problem: `subject` must not be the target "diagnosis".',
        ),
        (
            {"categories": ["mean_texture"]},
            'Problem: Column "mean_texture" holds 343 different texts in 393 rows (at most 50 can '
            "be used): leave it out or change it.",
        ),
        (
            {"confidence": 95},
            "Problem: `confidence` must be above 0 and below 1, such as 0.95; got 95."
            " Is 0.95 meant?",
        ),
    ],
)
def test_the_page_says_one_sentence_and_leaves_nothing(run_page, choices, problem):
    run = run_page("balance_a_table", **choices)
    assert run.problem == [problem]
    assert run.files == {}


def test_the_corrected_interval_by_hand():
    # mean 2, s^2 = 1, J = 3, n_test / n_train = 1 / 2: variance 1/3 + 1/2 = 5/6.
    found = _estimates.corrected_interval([1, 2, 3], 3, confidence=0.9)
    half = stats.t.ppf(0.95, 2) * np.sqrt(5 / 6)
    assert (found.mean, found.low, found.high) == pytest.approx((2, 2 - half, 2 + half))
    assert found.p == pytest.approx(2 * stats.t.sf(2 / np.sqrt(5 / 6), 2))
    for equal in (0, 1):
        found = _estimates.corrected_interval([equal] * 3, 3)
        assert found.mean == equal and np.isnan(found[1:]).all()


def test_labels_that_have_nothing_to_do_with_the_features_are_helped_by_nothing():
    features, labels = cloud(n=300, rare=60, gap=0)
    result = balancing.compare(features, labels, balancing.make_plan(repeats=3))
    assert balancing.verdict(result)[0].startswith("No method is shown to help")
    assert np.mean(result.measures["auc"]) == pytest.approx(0.5, abs=0.1)


def test_what_helps_is_named_and_probabilities_are_spoilt():
    features, labels = cloud(n=2000, rare=150)
    result = balancing.compare(features, labels, balancing.make_plan(repeats=2))
    gaps = _estimates.differences(result, "balanced_accuracy")
    better, worse = _estimates.changed(gaps, "balanced_accuracy")
    assert better == ["weights", "threshold", "over", "under", "smote"] and worse == []
    better, worse = _estimates.changed(_estimates.differences(result, "brier"), "brier")
    assert better == [] and worse == ["weights", "over", "under", "smote"]
    said = "\n".join(balancing.verdict(result))
    assert "Better than doing nothing on balanced accuracy: class weights" in said
    assert "Resampling is not shown to be better than moving the threshold on" in said
    moved = _estimates.differences(result, "auc")["threshold"]
    assert moved.mean == 0 and np.isnan(moved[1:]).all()


def test_the_price_of_a_rate_stands_in_the_sentence_that_names_its_gain():
    features, labels = cloud(n=600, rare=60)
    result = balancing.compare(features, labels, balancing.make_plan(["under"], repeats=2))
    gap = np.diff(result.measures["specificity"], axis=0).mean()
    assert gap < -0.05
    for measure, other in (("sensitivity", "specificity"), ("specificity", "sensitivity")):
        one = result._replace(plan=result.plan._replace(measure=measure))
        price = np.diff(result.measures[other], axis=0).mean()
        (first,) = (s for s in balancing.verdict(one) if "under-sampling (" in s and "; " in s)
        assert first.startswith("Better" if measure == "sensitivity" else "Worse")
        for said in (first, balancing.report_sentence(one)):
            assert re.search(rf"under-sampling .*; {other} {re.escape(f'{price:+.3f}')}, ", said)
    plain = "\n".join([*balancing.verdict(result), balancing.report_sentence(result)])
    assert "specificity" not in plain


def test_the_price_against_the_threshold_is_that_of_the_same_comparison():
    features, labels = cloud(n=600, rare=60)
    plan = balancing.make_plan(["threshold", "under"], measure="sensitivity", repeats=2)
    result = balancing.compare(features, labels, plan)
    better = result.measures["sensitivity"].copy()
    better[2] = better[1] + 0.5 + np.arange(10) / 1000
    worse = result.measures["specificity"].copy()
    worse[2] = worse[1] - 0.25
    changed = {"sensitivity": better, "specificity": worse}
    said = balancing.verdict(result._replace(measures=result.measures | changed))
    (line,) = (line for line in said if line.startswith("Better than moving the threshold"))
    assert "; specificity -0.250, no interval: all folds are equal)" in line


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (0.9, 0.9, ""),
        (1.9, 0.1, ""),
        (2.9, 2.9, ""),
        (1.6, 1.6, ""),
        (3.1, 3.1, "1 of 10 folds took 3.1 s: about 31 seconds in all\n"),
        (60, 60, "1 of 10 folds took 60 s: about 10 minutes in all\n"),
        (1800, 9, "1 of 10 folds took 1800 s: about 5 hours in all\n"),
    ],
)
def test_long_work_is_announced_once(monkeypatch, capsys, first, second, said):
    features, labels = cloud(n=60, rare=20)
    plan = balancing.make_plan(["weights"], repeats=2)
    for progress, expected in ((False, ""), (True, said)):
        times = iter([0.0, *(first + second * np.arange(10))])
        monkeypatch.setattr(_folds, "perf_counter", lambda times=times: next(times))
        balancing.compare(features, labels, plan, progress=progress)
        assert capsys.readouterr().out == expected


def test_features_are_named_and_long_lists_shortened(written):
    few = balancing.read_sample(written(GOOD, "x.csv"), "y", leave_out=["b"])
    assert few.notes[:2] == ("x.csv: 5 rows, 2 features", "features: a, c")
    names = [f"f{n}" for n in range(23)]
    rows = [",".join([str(n + i * i) for n in range(23)] + ["np"[i % 2]]) for i in range(6)]
    many = balancing.read_sample(written("\n".join([",".join([*names, "y"]), *rows])), "y")
    assert many.notes[1] == f"features: {', '.join(names[:20])} and 3 more"


def test_numbers_of_customers_are_suspected_and_measurements_are_not(written):
    rng = np.random.default_rng(0)
    numbers = rng.permutation(40) * 7 + 100_000
    rows = [f"{n},{n + 0.5},{i % 20},{'np'[i % 2]}\n" for i, n in enumerate(numbers)]
    sample = balancing.read_sample(written("kunde,size,count,y\n" + "".join(rows)), "y")
    (line,) = (line for line in balancing.describe(sample) if "leave it out" in line)
    assert line.startswith('Warning: column "kunde" holds a different whole number in each row')
    assert line.endswith("If it is one, leave it out with `leave_out`.")


def test_text_columns_and_too_many_classes_are_told_at_once(written):
    text = "a,b,y\n1,4,n\n2,3+,p\n3,2,q\n4,0,n\n"
    with pytest.raises(Problem, match=r'"b" must hold numbers.*"y" holds 3 classes .*`positive`'):
        balancing.read_sample(written(text), "y")
    with pytest.raises(Problem, match='"b" must hold numbers') as caught:
        balancing.read_sample(written(text), "y", positive="n")
    assert "If it names kinds, put it into `categories`; if it is no feature" in str(caught.value)
    assert "classes" not in str(caught.value)


def test_no_method_sees_the_test_rows(monkeypatch):
    """Rows that are resampled or fitted for the threshold never come from the test part."""
    features, labels = cloud()
    features = np.column_stack([features, np.arange(len(labels)) % 3])  # codes of a text
    features[:, 0] = np.arange(len(labels))  # a name for each row
    real, seen = _folds._one_fold, []

    def spy(rows, train, test, plan, number):
        before = real(rows, train, test, plan, number)
        spoilt, swapped = rows.features.copy(), rows.labels.copy()
        spoilt[test[1:], :2] += 1e3
        spoilt[test[1:], 2] = 9  # a text that no training row has
        swapped[test] = ~swapped[test]
        after = real(rows._replace(features=spoilt, labels=swapped), train, test, plan, number)
        for method in plan.methods:
            seen.append(method)
            assert before[method][1] == after[method][1]
            assert before[method][0][0] == after[method][0][0]
        return before

    monkeypatch.setattr(_folds, "_one_fold", spy)
    texts = np.array([False, False, True])
    balancing.compare(features, labels, balancing.make_plan(repeats=1), texts=texts)
    assert set(seen) == set(_plan.METHODS)


def test_leaving_a_method_out_does_not_change_the_others():
    features, labels = cloud()
    every = balancing.compare(features, labels, balancing.make_plan(repeats=1))
    one = balancing.compare(features, labels, balancing.make_plan(["smote"], repeats=1))
    assert one.plan.methods == ("nothing", "smote")
    np.testing.assert_array_equal(one.measures["brier"][1], every.measures["brier"][-1])


def test_rates_by_hand():
    labels, chance = np.array([True, True, False, False]), np.array([0.9, 0.4, 0.5, 0.1])
    found = _folds.rate(labels, chance, 0.5)
    assert found == pytest.approx(
        {
            "balanced_accuracy": 0.5,
            "sensitivity": 0.5,
            "specificity": 0.5,
            "auc": 0.75,
            "brier": (0.01 + 0.36 + 0.25 + 0.01) / 4,
        }
    )
    assert _folds.best_threshold(labels, chance) == pytest.approx(0.7)


def test_a_forest_takes_part():
    features, labels = cloud(n=60, rare=20)
    plan = balancing.make_plan(["weights", "threshold"], "forest", folds=2, repeats=1)
    result = balancing.compare(features, labels, plan)
    assert result.measures["auc"].min() > 0.6


def test_faults_of_the_table_are_named_before_work(written):
    said = balancing.describe(
        balancing.read_sample(
            written(
                "id,same,copy,cut,x,y\n"
                + "".join(
                    f"{i},7,{i // 12},{i + 50 * (i > 11)},{i % 3},{'b' if i > 11 else 'a'}\n"
                    for i in range(16)
                )
                + "15,7,1,65,0,b\n"
            ),
            "y",
        )
    )
    text = "\n".join(said)
    assert said[0].startswith("Positive class b: 5 of 17 rows (29.4 %); a: 12, that is 2.4")
    for part in (
        '"same" is constant',
        '"copy" is a copy of the target',
        '"cut" alone separates',
        "1 row repeats an earlier row",
        "only 5 rows",
    ):
        assert part in text
    assert '"x"' not in text


GOOD = "a,b,c,y\n" + "1,2,3,n\n2,1,4,n\n3,2,2,n\n1,1,3,p\n2,2,4,p\n"


@pytest.mark.parametrize(
    ("text", "choices", "message"),
    [
        ("a,b,y\n1,,n\n2,,\n3,,p\n4,1,n\n", {}, r'3 complete rows of 4.*values: "y" \(1\)\.$'),
        ("a,y\n,n\n,p\nNA,p\n,n\n", {}, 'to tell the classes by: "a" holds no value'),
        (GOOD.replace(",p", ",n"), {}, "it holds only one class: n"),
        (GOOD + "1,1,1,q\n", {}, r"holds 3 classes \(n \(3\), p \(2\), q \(1\)\): set `positive`"),
        (GOOD, {"positive": "P"}, 'no class "P"; choose one of n'),
        (GOOD, {"features": ["a", "y"]}, 'must not hold the target "y"'),
        (GOOD, {"features": "a"}, "`features` must be a list of columns; got 'a'"),
        (GOOD, {"features": ["aa"]}, 'no column "aa"'),
        (GOOD, {"leave_out": ["d"]}, 'no column "d"'),
        (GOOD, {"leave_out": ["a", "b", "c"]}, "must name at least one column"),
        (GOOD, {"features": ["a", "c"], "subject": "c"}, 'must not hold the subject "c"'),
        (GOOD, {"subject": "y"}, '`subject` must not be the target "y"'),
        (GOOD, {"subject": "who"}, 'has no column "who"'),
        (GOOD, {"categories": "a"}, "`categories` must be a list of columns; got 'a'"),
        (GOOD, {"categories": ["d"]}, 'no column "d"'),
        (GOOD, {"categories": ["a"], "leave_out": ["a"]}, 'features only; "a" is none'),
        (GOOD, {"most_rows": 5}, "`most_rows` must be None or a whole number from 100; got 5"),
        (GOOD.replace("a,b", "a,a"), {}, '2 columns "a"'),
        (GOOD.replace("4,p", "1e200,p"), {}, 'Column "c" must hold values within'),
        ("", {}, "is empty"),
    ],
)
def test_faults_of_the_file_have_one_sentence(written, text, choices, message):
    with pytest.raises(Problem, match=message):
        balancing.read_sample(written(text), "y", **choices)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"methods": ["smoke"]}, 'must be one of .*; got "smoke". Nearest names: smote'),
        ({"methods": "smote"}, '`methods` must be "all" or a list'),
        ({"methods": ["nothing"]}, '`methods` must be "all" or a list'),
        ({"model": "tree"}, '`model` must be one of logistic, forest; got "tree"'),
        ({"measure": "AUC"}, "`measure` must be one of balanced_accuracy"),
        ({"folds": 1}, "`folds` must be a whole number"),
        ({"folds": 21}, "`folds` must be at most 20; got 21"),
        ({"repeats": 0}, "`repeats` must be"),
        ({"k_neighbors": 0}, "`k_neighbors` must be"),
        ({"confidence": 95}, "`confidence` must be above 0 and below 1"),
        ({"seed": -1}, "`seed` must be"),
    ],
)
def test_wrong_choices_have_one_sentence(choices, message):
    with pytest.raises(Problem, match=message):
        balancing.make_plan(**choices)


def test_a_rare_class_that_is_too_small_is_refused():
    labels = np.arange(40) < 7
    with pytest.raises(Problem, match="less than the 5 rows of the rarer class that a training"):
        balancing.check_enough(labels, balancing.make_plan())
    balancing.check_enough(labels, balancing.make_plan(k_neighbors=4))
    with pytest.raises(Problem, match=r"has 4 rows, but `folds` is 5.*Set `folds` to at most 4"):
        balancing.check_enough(np.arange(40) < 4, balancing.make_plan())
    with pytest.raises(Problem, match=r"has 2 rows.*Collect more"):
        balancing.check_enough(np.arange(40) < 2, balancing.make_plan(folds=2))


def test_a_training_set_is_checked(written):
    features, labels = cloud(n=40, rare=6)
    sample = balancing.read_sample(written(as_csv(features, labels)), "ill")
    assert balancing.training_set(sample, False) == {}
    for choice, message in (
        (("smotte",), "False or one of over, under, smote; got 'smotte'. Nearest names: smote"),
        (("over", 0.9), "`test_share` must be above 0 and at most 0.5; got 0.9"),
        (("over", 0.001), "`test_share` must leave rows of both classes"),
        (("smote", 0.2), r"would have 5 rows of the rarer class.*`k_neighbors` \(5\)"),
    ):
        with pytest.raises(Problem, match=message):
            balancing.training_set(sample, *choice)
    sets = balancing.training_set(sample, "under")
    parts = [sets[name] for name in ("training_set", "test_set")]
    kept, held = ({*zip(part["a"], part["b"], strict=True)} for part in parts)
    assert len(kept) == 10 and not kept & held
    assert kept | held <= set(map(tuple, features.tolist()))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_a_million_rows_stay_within_the_memory_that_is_promised(tmp_path):
    path = tmp_path / "long.csv"
    rng = np.random.default_rng(1)
    part = "".join(
        f"{a:.6f},{b:.6f},{int(i % 10 == 0)}\n"
        for i, (a, b) in enumerate(rng.normal(size=(10_000, 2)))
    )
    path.write_text("a,b,ill\n" + part * 100)
    code = (
        "import re; from helpers.analysis import balancing as b;"
        f"s = b.read_sample({str(path)!r}, 'ill'); b.describe(s);"
        "r = b.compare(s.features, s.labels, b.make_plan(repeats=1));"
        f"t = b.read_sample({str(path)!r}, 'ill', most_rows=None); print(b.describe(t)[1]);"
        "assert (len(s.labels), s.labels.sum(), len(t.labels)) == (20000, 2000, 1000000);"
        "print(s.notes[-1], *re.findall(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert int(run.stdout.split()[-1]) < 1_500_000, run.stderr  # kilobytes
    assert "Warning: 990000 rows repeat an earlier row" in run.stdout
    assert "20000 of 1000000 rows are used, drawn at random within each class" in run.stdout
    print(run.stdout)
