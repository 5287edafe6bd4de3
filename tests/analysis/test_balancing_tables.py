"""Tables of several rows for each subject, of texts, and with gaps, on the page that balances."""

import csv
import re

import numpy as np
import pytest
from sklearn import metrics, model_selection

from helpers.analysis import balancing, classifier
from helpers.analysis.balancing import _encoding, _estimates, _splits
from helpers.own_data import Problem


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def patients(count=60, each=6, rare=15, seed=0):
    """Return rows that tell who a patient is and nothing of the class, which is the patient's."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(count), each)
    ill = rng.permutation(np.arange(count) < rare)[who]
    return rng.normal(size=(count, 3))[who] + 0.1 * rng.normal(size=(len(who), 3)), ill, who


def as_csv(features, ill, who):
    lines = [
        f"P{w:02d},{','.join(f'{v:.4f}' for v in row)},{'yes' if y else 'no'}"
        for row, y, w in zip(features, ill, who, strict=True)
    ]
    return "\n".join(["patient,a,b,c,ill", *lines]) + "\n"


def ship(n=900, seed=1):
    """Write a table like that of a sunken ship; who survived depends on sex, class and age.

    Log odds: +2.5 for women, -1 for each class further down, -1 for those above 14.
    """
    rng = np.random.default_rng(seed)
    women, decks = rng.random(n) < 0.35, rng.choice([1, 2, 3], n, p=[0.25, 0.2, 0.55])
    age, port = np.clip(rng.normal(30, 14, n), 1, 75).round(), rng.choice(["S", "C", "Q"], n)
    odds = 0.4 + 2.5 * women - 1.0 * (decks - 1) - 1.0 * (age > 14)
    saved = rng.random(n) < 1 / (1 + np.exp(-odds))
    ages = np.where(rng.random(n) < 0.2, "", age.astype(int).astype(str))
    ports = np.where(rng.random(n) < 0.01, "", port)
    lines = [
        f'"Surname, Mr. {i}",{"female" if women[i] else "male"},{ages[i]},{decks[i]},T{i // 2},'
        f"{ports[i]},{int(saved[i])}"
        for i in range(n)
    ]
    names = "name,sex,age,class,ticket,embarked,survived"
    return "\n".join([names, *lines]) + "\n", saved, odds


def test_a_table_like_that_of_a_ship_is_served(run_page, written):
    text, saved, odds = ship()
    run = run_page(
        "balance_a_table",
        source=str(written(text, "ship.csv")),
        target="survived",
        categories=["class"],
        repeats=2,
        write_training_set="smote",
    )
    assert run.problem == []
    assert (
        "texts, with a column of 0 and 1 for each of their kinds: sex (2), class (3), embarked (4)"
    ) in run.said
    assert '"name" holds 900 different texts in 900 rows (at most 50 can be used)' in run.said
    assert '"ticket" holds 450 different texts' in run.said
    assert "where a number has no value, it gets the median of the training part" in run.said
    assert "where a text has no value, that is a kind of its own" in run.said
    assert "repeat an earlier row" not in run.said and "SMOTE-NC (" in run.said
    chances = read(run.files["chances.csv"])
    assert [row["positive"] == "1" for row in chances] == saved.tolist()
    found = metrics.roc_auc_score(saved, [float(row["chance_nothing"]) for row in chances])
    best = metrics.roc_auc_score(saved, odds)
    assert best - 0.06 < found <= best + 0.01 and best > 0.8
    train, test = read(run.files["training_set.csv"]), read(run.files["test_set.csv"])
    made = [row for row in train if row["made"] == "yes"]
    for name, kinds in (("sex", {"female", "male"}), ("class", {"1", "2", "3"})):
        assert {row[name] for row in made} == kinds == {row[name] for row in test}
    assert made and all(1 <= float(row["age"]) <= 75 for row in made)
    assert any(row["age"] == "" for row in train if row["made"] == "no")
    assert len(train) - len(made) + len(test) == 900


def test_each_row_of_a_patient_is_asked_with_the_others_left_out(run_page, written):
    features, ill, who = patients()
    path = str(written(as_csv(features, ill, who), "visits.csv"))
    choices = {"source": path, "target": "ill", "methods": ["weights"], "model": "forest"}
    choices |= {"repeats": 1, "leave_out": []}
    run = run_page("balance_a_table", subject="patient", write_training_set="over", **choices)
    assert run.problem == []
    assert '60 subjects in "patient" with 6 rows each' in run.said
    assert "features: a, b, c" in run.said and "looks like an id" not in run.said
    assert "(360 rows of 60 subjects, 90 positive, all rows of a subject in one fold)" in run.said
    assert "the rarer class has only rows of 15 subjects" in run.said
    rows = read(run.files["chances.csv"])
    assert [row["subject"] for row in rows] == [f"P{w:02d}" for w in who]
    honest = metrics.roc_auc_score(ill, [float(row["chance_nothing"]) for row in rows])
    train, test = (read(run.files[name]) for name in ("training_set.csv", "test_set.csv"))
    whose = {(f"{a:.4f}", f"{b:.4f}"): w for (a, b, _), w in zip(features, who, strict=True)}
    parts = [
        {whose[f"{float(r['a']):.4f}", f"{float(r['b']):.4f}"] for r in p} for p in (train, test)
    ]
    assert not parts[0] & parts[1] and len(parts[0] | parts[1]) == 60
    assert sum(row["ill"] == "yes" for row in test) == 18  # three of fifteen patients
    by_row = balancing.compare(features, ill, balancing.make_plan(["weights"], "forest", repeats=1))
    assert by_row.measures["auc"][0].mean() > 0.99 and 0.3 < honest < 0.7


def test_a_forgotten_subject_is_warned_of(run_page, written):
    path = str(written(as_csv(*patients(20, 4, 8)), "visits.csv"))
    choices = {"source": path, "target": "ill", "methods": ["weights"], "repeats": 1}
    said = run_page("balance_a_table", leave_out=["patient"], **choices).said
    assert 'Warning: "patient" looks like an id with repeats (20 different values in 80' in said


@pytest.mark.parametrize("kind", ["text", "whole numbers"])
def test_ids_that_nobody_declared_are_no_features_on_any_page(written, kind):
    """Twenty patients with six rows each; a column of their ids would know the class of each."""
    text = as_csv(*patients(20, 6, 8))
    path = written(text if kind == "text" else re.sub(r"(?m)^P0?", "", text))
    sample = balancing.read_sample(path, "ill")
    assert sample.names == ("a", "b", "c")
    assert '"patient" looks like an id and is left out; name it in `features` to keep it' in (
        sample.notes
    )
    scores = classifier.read_scores(path, "ill", "yes")
    assert tuple(scores.models) == sample.names
    assert any(note.startswith('"patient" ') and "is left out" in note for note in scores.notes)
    for choices in ({"features": ["a", "patient"]}, {"categories": ["patient"]}):
        kept = balancing.read_sample(written(as_csv(*patients(40, 6, 16))), "ill", **choices)
        assert "patient" in kept.names
        told = '"patient" looks like an id and is kept because `features` names it' in kept.notes
        assert told == ("features" in choices)  # categories are said to be kinds
        assert not any("left out" in note for note in kept.notes)
    with pytest.raises(Problem, match=r'No column is left.* "patient" looks like an id and is'):
        balancing.read_sample(path, "ill", leave_out=["a", "b", "c"])
    assert balancing.read_sample(path, "ill", subject="patient").names == ("a", "b", "c")


def test_subjects_with_one_row_each_change_nothing(written):
    features, ill, _ = patients(100, 1, 25)
    text = as_csv(features, ill, np.arange(100))
    sample = balancing.read_sample(written(text), "ill", subject="patient")
    assert sample.subjects is None and sample.names == ("a", "b", "c")
    assert 'each row has its own subject in "patient": the column changes nothing' in sample.notes


@pytest.mark.parametrize("seed", range(20))
def test_parts_by_subject_hold_whole_subjects_and_even_shares(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 9, 50)
    who = np.repeat(np.arange(50), sizes)
    ill = rng.random(len(who)) < rng.choice([0.0, 0.5], 50, p=[0.7, 0.3])[who]
    plan = balancing.make_plan(repeats=3)
    tests = list(_splits.splits(ill, plan, who))
    assert len(tests) == 15
    for train, test in tests:
        assert not set(who[train]) & set(who[test])
        assert sorted([*train, *test]) == list(range(len(who)))
        assert ill[test].any() and not ill[test].all()
    for repeat in range(3):
        parts = [test for _, test in tests[5 * repeat : 5 * repeat + 5]]
        assert sorted(np.concatenate(parts)) == list(range(len(who)))
        rare = [ill[part].sum() for part in parts]
        assert max(rare) - min(rare) <= 8  # no more than the rows of one subject
    first = [set(who[test]) for _, test in tests]
    assert first[:5] != first[5:10]  # each repeat is another partition
    # scikit-learn's folds by subject are as even, but alike in all repeats where sizes differ.
    theirs = model_selection.StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    spread = np.ptp([ill[test].sum() for _, test in theirs.split(who, ill, who)])
    assert max(rare) - min(rare) <= spread + 8


def test_too_few_subjects_are_refused_with_the_choice_that_fits():
    _, ill, who = patients(30, 3, 4)
    with pytest.raises(Problem, match=r"4 subjects have rows of the rarer class.*at most 4\."):
        balancing.check_enough(ill, balancing.make_plan(), who)
    with pytest.raises(Problem, match=r"less than the 9 rows of the rarer class .* got 10"):
        balancing.check_enough(ill, balancing.make_plan(folds=4, k_neighbors=10), who)
    balancing.check_enough(ill, balancing.make_plan(folds=4), who)
    with pytest.raises(Problem, match=r"2 subjects have rows of the rarer class.*Collect more"):
        balancing.check_enough(who < 2, balancing.make_plan(folds=2), who)
    with pytest.raises(Problem, match="cannot be parted into 2 test parts"):
        balancing.check_enough(who < 3, balancing.make_plan(folds=2), who)


def test_the_threshold_is_found_with_subjects_kept_whole(monkeypatch):
    from helpers.analysis.balancing import _folds

    features, ill, who = patients(40, 5, 12)
    real, seen = _folds.inner_splits, []

    def spy(labels, subjects, seed):
        for train, test in real(labels, subjects, seed):
            seen.append(len(set(subjects[train]) & set(subjects[test])))
            yield train, test

    monkeypatch.setattr(_folds, "inner_splits", spy)
    balancing.compare(features, ill, balancing.make_plan(["threshold"], repeats=1), subjects=who)
    assert len(seen) == 25 and not any(seen)


def test_texts_become_columns_and_unknown_kinds_are_nowhere():
    features = np.array([[1.0, 0], [3, 1], [np.nan, 1]])
    texts = np.array([False, True])
    encoding = _encoding.fit_encoding(features, texts)
    scaled = _encoding.scale(encoding, np.array([[2.0, 1], [np.nan, 7]]))
    np.testing.assert_allclose(scaled, [[0, 1], [0, 7]])  # the median of 1 and 3 is their mean
    np.testing.assert_allclose(_encoding.spread(encoding, scaled), [[0, 0, 1], [0, 0, 0]])
    back = _encoding.unscale(encoding, _encoding.scale(encoding, features[:2]))
    np.testing.assert_allclose(back, features[:2])
    empty = _encoding.fit_encoding(np.full((2, 1), np.nan), np.array([False]))
    np.testing.assert_array_equal(_encoding.scale(empty, np.array([[5.0]])), [[5]])


@pytest.mark.parametrize("kind", ["mixed", "texts"])
def test_smote_makes_kinds_that_its_neighbours_have(kind):
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 3, (120, 2)).astype(float)
    labels = np.arange(120) < 20
    codes[labels] = codes[labels] % 2  # kind 2 is unknown among the rare rows
    X = codes if kind == "texts" else np.column_stack([rng.normal(size=120), codes])
    texts = np.array([True, True]) if kind == "texts" else np.array([False, True, True])
    before = X.copy()
    new, answers = _encoding.resample("smote", X, labels, 5, np.random.default_rng(1), texts)
    np.testing.assert_array_equal(X, before)
    np.testing.assert_array_equal(new[:120], X)
    assert answers.dtype == bool and answers.sum() == 100 and answers[120:].all()
    assert set(np.unique(new[120:, texts])) <= {0, 1}
    again, _ = _encoding.resample("smote", X, labels, 5, np.random.default_rng(1), texts)
    np.testing.assert_array_equal(new, again)
    if kind == "mixed":
        low, high = X[labels, 0].min(), X[labels, 0].max()
        assert low <= new[120:, 0].min() and new[120:, 0].max() <= high
        assert not np.isin(new[120:, 0], X[:, 0]).all()


def test_a_table_of_texts_alone_is_served_by_smote_n(written):
    rng = np.random.default_rng(2)
    ill = np.arange(300) < 60
    a = np.where(rng.random(300) < np.where(ill, 0.8, 0.3), "yes", "no")
    rows = [f"{a[i]},{'xyz'[i % 3]},{int(ill[i])}" for i in range(300)]
    sample = balancing.read_sample(written("\n".join(["a,b,ill", *rows])), "ill")
    assert sample.kinds == (("no", "yes"), ("x", "y", "z")) and sample.texts.all()
    plan = balancing.make_plan(["smote"], repeats=1)
    result = balancing.compare(sample.features, sample.labels, plan, texts=sample.texts)
    assert result.called["smote"] == "SMOTE-N" and "SMOTE-N (" in balancing.report_sentence(result)
    assert result.measures["auc"].mean() > 0.65
    assert not any("repeat" in line for line in balancing.describe(sample))
    labels = np.arange(20_000) < 6000
    with pytest.raises(Problem, match=r"compares all 6000 rows .* 5000 are the most"):
        balancing.check_enough(labels, plan, texts=np.array([True]))


@pytest.mark.parametrize(
    ("n", "kinds", "served"),
    [(20, 5, True), (20, 6, False), (100, 20, True), (100, 21, False), (400, 50, True)]
    + [(400, 51, False)],
)
def test_texts_of_many_kinds_are_left_out_or_refused(written, n, kinds, served):
    rows = "".join(f"{i % 7},{chr(40 + i % kinds)}x,{i % 2}\n" for i in range(n))
    path = written("a,b,y\n" + rows.replace(",,x", ",zx"))
    sample = balancing.read_sample(path, "y")
    assert sample.names == (("a", "b") if served else ("a",))
    if not served:
        most = f"(at most {min(50, max(5, n // 5))} can be used)"
        said = f'"b" holds {kinds} different texts in {n} rows {most}; it is left out'
        assert said in sample.notes
        with pytest.raises(Problem, match=r'Column "b" holds .*: leave it out or change it'):
            balancing.read_sample(path, "y", features=["a", "b"])


def test_kinds_that_differ_in_capitals_alone_are_warned_of(written):
    rows = "".join(f"{i},{['Male', 'male', 'female'][i % 3]},{i % 2}\n" for i in range(30))
    sample = balancing.read_sample(written("a,sex,y\n" + rows), "y")
    (line,) = (note for note in sample.notes if note.startswith("Warning"))
    assert line == 'Warning: "Male" and "male" in "sex" may be one kind; they count as two'


@pytest.mark.parametrize("seed", range(12))
def test_counts_and_cautions_are_those_of_the_table(written, seed):
    rng = np.random.default_rng(seed)
    n, rare = int(rng.integers(12, 300)), float(rng.choice([0.1, 0.3, 0.5]))
    ill = np.arange(n) < max(2, int(rare * n))
    a, b = rng.normal(size=n).round(int(rng.choice([0, 2, 9]))), rng.integers(0, 2, n)
    twice = int(rng.integers(0, 4))
    lines = [f"{x},{c},{int(i)}" for x, c, i in zip(a, b, ill, strict=True)]
    lines += lines[:twice]
    n, found = len(lines), int(ill.sum() + min(twice, ill.sum()))
    path = written("\n".join(["a,b,y", *lines]))
    said = balancing.describe(balancing.read_sample(path, "y", positive=1))
    assert said[0].startswith(f"Positive class 1: {found} of {n} rows ({100 * found / n:.3g} %);")
    low = min(found, n - found)
    assert any("little to balance" in line for line in said) == (low / n >= 0.4)
    assert any(f"has only {low} rows" in line for line in said) == (low < 50)
    again = n - len(set(lines))
    repeats = [int(m[1]) for line in said if (m := re.match(r"Warning: (\d+) rows? repeat", line))]
    assert repeats in ([], [again])
    if np.unique(a).size == len(a) and again:
        assert repeats == [again]  # chance alone repeats no such values
    if np.unique(a).size < 10:
        assert repeats == []  # chance alone repeats these


def test_intervals_by_subject_hold_where_those_by_row_do_not(say):
    """Twelve of sixty subjects are ill; six rows of each are alike."""
    plan, found = balancing.make_plan(["under"], repeats=4), {"subject": [], "row": []}
    for seed in range(20):
        rng = np.random.default_rng(seed)
        who = np.repeat(np.arange(60), 6)
        ill = who < 12
        features = rng.normal(size=(60, 3))[who] + 0.6 * rng.normal(size=(360, 3))
        features[:, 0] += 1.2 * ill
        for how, subjects in (("subject", who), ("row", None)):
            result = balancing.compare(features, ill, plan, subjects=subjects)
            found[how].append(_estimates.levels(result, "brier")["nothing"][:3])
    truth = np.mean([mean for mean, _, _ in found["subject"]])
    held = {how: np.mean([low <= truth <= high for _, low, high in e]) for how, e in found.items()}
    say(f"intervals that hold the Brier score: {held}")
    assert held["subject"] >= 0.9 and held["row"] <= 0.75


def test_columns_that_know_the_answer_are_warned_of(written):
    rng = np.random.default_rng(4)
    n, ill = 200, np.arange(200) < 40
    near, far = rng.normal(size=n) + 4 * ill, rng.normal(size=n) + 2 * ill
    text = np.where(ill ^ (np.arange(n) == 150), "after", "before")
    filled = np.where(ill, rng.normal(size=n).round(3).astype(str), "")
    whole = np.arange(n) // 4 + 100
    rows = [
        f"{near[i]:.4f},{far[i]:.4f},{text[i]},{filled[i]},{whole[i]},{i // 4},{int(ill[i])}"
        for i in range(n)
    ]
    path = written("\n".join(["near,far,text,filled,nr,who,y", *rows]))
    said = "\n".join(balancing.describe(balancing.read_sample(path, "y", subject="who")))
    area = metrics.roc_auc_score(ill, near.round(4))
    assert area > 0.98 > metrics.roc_auc_score(ill, far)
    assert f'"near" alone has an AUC of {area:.3f}: is it made from the target, or known' in said
    assert '"text" alone has an AUC of 0.997' in said
    assert '"filled" has gaps that alone have an AUC of 1.000: is it filled in only for one' in said
    assert '"far"' not in said
    assert '"nr" holds a different whole number for each subject' in said
