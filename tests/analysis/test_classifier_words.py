"""Each sentence of the page that evaluates a classifier, read back against what it claims."""

import re

import numpy as np
import pytest
from sklearn import metrics

from helpers import own_data, roc
from helpers.analysis import classifier
from helpers.analysis.classifier import _rows as rows
from helpers.own_data import Problem

NUMBER = r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?"


def draws(positive, negative, shift=1.0, seed=0, digits=6):
    rng = np.random.default_rng(seed)
    truth = np.arange(positive + negative) < positive
    return truth, (rng.normal(size=truth.size) + shift * truth).round(digits)


def pair(truth, score, seed=9, **more):
    other = score + np.random.default_rng(seed).normal(size=score.size)
    return rows.Scores(truth, {"s": score, "t": other}, **more)


def grid():
    """Return tables of many kinds by name."""
    truth, score = draws(60, 90)
    apart = 9.0 * truth + score
    weights = np.random.default_rng(1).lognormal(size=150)
    who = np.arange(150) // 3
    rare, faint = draws(6, 3000, 1.5)
    return {
        "usual": pair(truth, score),
        "small": pair(*draws(5, 5)),
        "fifteen": pair(*draws(15, 15)),
        "rare": pair(rare, faint),
        "few and good": pair(*draws(8, 500, 2.3)),
        "ties": pair(*draws(40, 60, digits=0)),
        "two values": pair(truth, (score > 0.5).astype(float)),
        "apart": pair(truth, apart),
        "apart and few": pair(*draws(5, 6, 20)),
        "apart the wrong way": pair(truth, -apart),
        "worse than chance": pair(~truth, score),
        "chance": pair(*draws(50, 50, 0)),
        "skewed": pair(truth, np.exp(4 * score)),
        "tiny": pair(truth, 1e-9 * score),
        "alike": rows.Scores(truth, {"s": score, "t": np.exp(score)}),
        "turned": pair(truth, score, low=("s",)),
        "turned the wrong way": pair(~truth, score, low=("s",)),
        "weighted": pair(truth, score, weights=weights),
        "grouped": pair(truth, score, clusters=who),
        "grouped and mixed": pair(np.random.default_rng(2).permutation(truth), score, clusters=who),
        "grouped and apart": pair(truth, apart, clusters=who),
        "grouped and weighted": pair(truth, score, clusters=who, weights=weights),
        "one slip": pair(np.arange(4400) < 400, np.r_[np.arange(400.0), -np.arange(3999.0), 0.5]),
        "heaped": pair(truth, np.where(truth & (who < 3), 1.0, 0.0) + 0.1 * (who % 2)),
    }


RULES = {
    "specificity": (0.9, [1, 5]),
    "strict": (0.999, [1, 5]),
    "costs": (None, [1, 5]),
    "nobody": (None, [1000, 1]),
    "everybody": (None, [1, 1000]),
}
CONFIDENCE = 0.95


def page(found, rule):
    """Say all that the page says."""
    wanted = classifier.make_rule(*rule, 0.05)
    areas = classifier.rank_models(found, judge_turned=True)
    point = classifier.choose_threshold(found, "s", wanted)
    call = classifier.word_call(found, "s", point.threshold)
    matrix, shares = classifier.count_decisions(found, "s", point.threshold)
    optimism = classifier.measure_optimism(found, "s", wanted, repeats=1)
    told = (shares, optimism, CONFIDENCE, classifier.name_method(found))
    comparisons = classifier.compare_models(found)
    return {
        "leaks": classifier.tell_leaks(areas),
        "areas": classifier.report_areas(areas, found, CONFIDENCE),
        "compared": classifier.report_comparisons(comparisons, CONFIDENCE),
        "counts": classifier.report_counts(call, matrix, "the threshold is for s (why)"),
        "threshold": classifier.report_threshold("s", call, wanted, *told),
        "meant": classifier.report_predictive(shares, found, 0.05),
        "pictures": [classifier.describe_curves(areas), classifier.describe_meaning("s", call)],
    }


@pytest.fixture(scope="module", params=grid(), ids=str)
def found(request):
    return grid()[request.param]


@pytest.fixture(scope="module", params=RULES.values(), ids=RULES)
def said(request, found):
    return request.param, page(found, request.param)


def own(found, model="s"):
    """Return the scores as they stand in the file."""
    return -found.models[model] if model in found.low else found.models[model]


def test_no_sentence_holds_what_is_no_number_or_an_interval_without_width(said):
    for sentence in (s for part in said[1].values() for s in part):
        assert not re.search(r"\b(nan|inf|None)\b", sentence), sentence
        for low, high in re.findall(rf"({NUMBER}) to ({NUMBER})", sentence):
            assert float(low) < float(high), sentence
            assert (float(low) >= 0 and float(high) <= 1) or "minus" in sentence
        assert re.match(r"[A-Zs].*[.\w]$", sentence) and "  " not in sentence


def test_areas_are_true(found, said):
    for name, sentence in zip(found.models, said[1]["areas"], strict=True):
        score = found.models[name]
        area = metrics.roc_auc_score(found.truth, score, sample_weight=found.weights)
        value = re.match(rf"AUC of {name}: ({NUMBER}) \(", sentence)[1]
        assert float(value) == pytest.approx(area, abs=5.1e-4)
        assert (float(value) in (0, 1)) == (round(area, 12) in (0, 1))  # rounding proves nothing
        exact = roc.delong_interval(found.truth, score, **found.kin())
        assert ("without a slip" in sentence) == (round(area, 12) in (0, 1))
        open_ = "An AUC of 0.5 is not ruled out: a score that knows nothing has it, and so may one"
        assert (open_ in sentence) == (exact.low <= 0.5 <= exact.high)
        assert "chance" not in sentence  # 0.5 is no proof of it
        side = "low" if name in found.low else "high"  # of the values as they stand in the file
        assert (f"On the whole {side} values speak for the other class" in sentence) == (
            exact.high < 0.5
        )
        assert sentence.count("speak for the other class") == (exact.high < 0.5)
        if found.clusters is not None:
            assert f"of {np.unique(found.clusters).size} subjects" in sentence
        assert f"{found.truth.sum()} positive and {(~found.truth).sum()} negative" in sentence
        assert ("weighted" in sentence) == (found.weights is not None and 0 < area < 1)
        if 0 < area < 1:
            low, high = map(float, re.search(rf"({NUMBER}) to ({NUMBER}),", sentence).groups())
            assert low < area < high
            assert (low, high) == pytest.approx(exact[1:3], abs=6e-4)


def test_a_bound_at_separation_counts_the_smaller_class(found, said):
    for name, sentence in zip(found.models, said[1]["areas"], strict=True):
        if bound := re.search(rf"at (least|most) ({NUMBER}) with 95 % confidence", sentence):
            size = min(found.truth.sum(), (~found.truth).sum())
            if found.clusters is not None:
                size = min(np.unique(found.clusters[s]).size for s in (found.truth, ~found.truth))
            exact = 0.05 ** (1 / size)
            assert float(bound[2]) == pytest.approx(
                exact if bound[1] == "least" else 1 - exact, abs=6e-4
            )
            assert set(found.models[name][found.truth]).isdisjoint(found.models[name][~found.truth])


def test_leaks_are_told_where_a_score_knows_nearly_all(found, said):
    told = {re.search('"(.)" alone', sentence)[1] for sentence in said[1]["leaks"]}
    for name, score in found.models.items():
        area = metrics.roc_auc_score(found.truth, score, sample_weight=found.weights)
        assert (name in told) == (max(area, 1 - area) > 0.98)


def test_comparisons_are_true(found, said):
    (sentence,) = said[1]["compared"]
    test = roc.delong_test(found.truth, found.models["s"], found.models["t"], **found.kin())
    assert f"AUC of s minus t: {test.difference:.3f}" in sentence.replace("-0.000", "0.000")
    if "No interval and no test" in sentence:
        slip = {0, 1} & {round(test.auc_a, 12), round(test.auc_b, 12)}
        orders = [np.sign(np.subtract.outer(s, s)) for s in found.models.values()]
        assert slip or np.array_equal(*orders)
        return
    better = "s" if test.difference > 0 else "t"
    assert (f"{better} ranks better" in sentence) == (test.p_value < 0.05)
    assert ("neither is shown to be better" in sentence) == (test.p_value >= 0.05)
    low, high = map(float, re.search(rf"({NUMBER}) to ({NUMBER}), paired", sentence).groups())
    assert (low, high) == pytest.approx((test.low, test.high), abs=6e-4)
    assert (low <= 0 <= high) == (test.p_value >= 0.05) or abs(test.p_value - 0.05) < 0.005


def called_by(found, sentence):
    """Follow the words to those who are called."""
    if rule := re.search(rf"score (>=|<=) ({NUMBER})", sentence):
        cut = float(rule[2])
        return own(found) >= cut if rule[1] == ">=" else own(found) <= cut
    return np.full(found.truth.size, "everybody" in sentence)


def test_the_words_of_the_threshold_call_the_rows_that_are_counted(found, said):
    (specificity, costs), told = said
    for sentence in (told["counts"][0], told["threshold"][0]):
        called = called_by(found, sentence)
        assert ("nobody" in sentence) == (not called.any())
        assert ("everybody" in sentence) == called.all()
    found_, missed = map(int, re.findall(r"\d+", told["counts"][1]))
    left, alarmed = map(int, re.findall(r"\d+", told["counts"][2]))
    truth = found.truth
    assert (found_, missed) == (np.sum(called & truth), np.sum(~called & truth))
    assert (left, alarmed) == (np.sum(~called & ~truth), np.sum(called & ~truth))
    weights = np.ones(truth.size) if found.weights is None else found.weights
    shares = {"sensitivity": (truth, called), "specificity": (~truth, ~called)}
    for name, (side, hit) in shares.items():
        value = weights @ (side & hit) / (weights @ side)
        count = f"{np.sum(side & hit)} of {side.sum()}"
        shown = re.search(rf"{name} ({NUMBER}) \([^;]*{count}\)", told["threshold"][0])[1]
        assert float(shown) == pytest.approx(value, abs=5.1e-4)
        assert (float(shown) in (0, 1)) == (round(value, 12) in (0, 1))
        if name == "specificity" and specificity is not None:
            assert value >= specificity - 1e-9
    if specificity is None:
        cost = {
            cut: 0.05 * costs[1] * (weights @ (truth & (s < cut))) / (weights @ truth)
            + 0.95 * costs[0] * (weights @ (~truth & (s >= cut))) / (weights @ ~truth)
            for s in [found.models["s"]]
            for cut in [*np.unique(s), np.inf]
        }
        own_cost = 0.05 * costs[1] * (weights @ (truth & ~called)) / (weights @ truth)
        own_cost += 0.95 * costs[0] * (weights @ (~truth & called)) / (weights @ ~truth)
        assert own_cost == pytest.approx(min(cost.values()))


def test_new_rows_are_spoken_of_only_where_a_score_is_asked(found, said):
    first, *second = said[1]["threshold"]
    called = called_by(found, first)
    assert bool(second) == (called.any() and not called.all())
    assert ("nothing is expected of new rows" in first) == (not second)
    if second:
        who = np.arange(found.truth.size) if found.clusters is None else found.clusters
        few = min(np.unique(who[side]).size for side in (found.truth, ~found.truth)) < 30
        what = "rows" if found.clusters is None else "subjects"
        assert (f"; rough, as a class has few {what})" in second[0]) == few
        assert ("rough" in second[0]) == few
        seen = [float(x) for x in re.findall(rf"near {NUMBER} instead of ({NUMBER})", second[0])]
        weights = found.weights
        sides = [(found.truth, called), (~found.truth, ~called)]
        exact = [
            np.average(h[s], weights=None if weights is None else weights[s]) for s, h in sides
        ]
        assert seen == pytest.approx(exact, abs=6e-4)


def test_predictive_values_are_true(found, said):
    first, second = said[1]["meant"]
    called = called_by(found, said[1]["threshold"][0])
    weights = np.ones(called.size) if found.weights is None else found.weights
    share = np.average(found.truth, weights=weights)
    assert f"{100 * share:.3g} % are positive" in first
    rates = []
    for name, side, hit in (("PPV", called, found.truth), ("NPV", ~called, ~found.truth)):
        if not side.any():
            assert f"{name} not defined (nobody gets this call)" in first
            continue
        value = weights @ (side & hit) / (weights @ side)
        shown = re.search(
            rf"{name} ({NUMBER}) \((weighted, )?(?:({NUMBER}) to ({NUMBER}), )?(\d+) of (\d+)\)",
            first,
        )
        assert float(shown[1]) == pytest.approx(value, abs=6e-4)
        assert (int(shown[5]), int(shown[6])) == (np.sum(side & hit), side.sum())
        assert bool(shown[2]) == (round(value - np.mean(hit[side]), 9) != 0)
        if shown[3]:
            assert float(shown[3]) <= value + 6e-4 and value <= float(shown[4]) + 6e-4
        else:
            assert np.unique(found.clusters[side]).size == 1
    for side, hit in ((found.truth, called), (~found.truth, ~called)):
        rates.append(weights @ (side & hit) / (weights @ side))
    if not called.any():
        assert "NPV 0.95, which is the share of that class" in second
    elif called.all():
        assert "PPV 0.05, which is the share of that class" in second
    else:
        values = roc.predictive_values(*rates, 0.05)
        for name, value in zip(("PPV", "NPV"), values, strict=True):
            shown = re.search(rf"{name} ({NUMBER}) \(({NUMBER}) to ({NUMBER})\)", second)
            assert float(shown[1]) == pytest.approx(value, abs=6e-4)
            assert float(shown[2]) <= float(shown[1]) <= float(shown[3])


def test_constant_scores_and_one_class_are_refused(written):
    lines = "".join(f"{n % 2},1,{n % 7}\n" for n in range(40))
    with pytest.raises(Problem, match='"s" holds 1 in every row: a constant score ranks nobody'):
        rows.read_scores(written(f"y,s,t\n{lines}"), "y", "1")
    lines = "".join(f"0,{n},{n % 7}\n" for n in range(40))
    with pytest.raises(
        Problem, match=r'"y" must hold two classes; it holds only one class: 0 \(40'
    ):
        rows.read_scores(written(f"y,s,t\n{lines}"), "y", "0")


@pytest.mark.parametrize("name", ["usual", "two values", "apart and few", "grouped", "turned"])
def test_what_the_page_says_of_a_file_is_what_is_said_here(name, written, run_page):
    """The grid is not only that of the functions: some of it goes through files and the page."""
    found = grid()[name]
    columns = {"y": found.truth.astype(int), "s": own(found), "t": own(found, "t")}
    choices = {"low_is_positive": [*found.low] or None}
    if found.clusters is not None:
        columns["who"] = [f"w{code}" for code in found.clusters]
        choices["subject"] = "who"
    path = written("")
    path.unlink()
    own_data.write_table(path, columns)
    if name == "turned":
        choices["low_is_positive"] = ["s"]
    run = run_page("evaluate_a_classifier", source=str(path), label="y", resamples=200, **choices)
    if name == "turned":  # a score that is high in the sick, taken for one that is low
        assert not run.problem
    told = page(found, RULES["specificity"])
    for sentence in [*told["areas"], *told["compared"], told["threshold"][0], *told["meant"]]:
        assert sentence in run.said
