"""Each sentence on balancing is compared with what it claims, on a grid of results."""

import itertools
import re

import numpy as np
import pytest
from scipy import stats

from helpers.analysis import balancing
from helpers.analysis.balancing import _estimates, _folds, _plan

NAMES = {words: method for method, words in _plan.METHODS.items()}
ITEM = re.compile(r"(class weights|moved threshold|over-sampling|under-sampling|SMOTE) \(([^)]*)\)")
WHATS = ("auc", "ranking (AUC)"), ("brier", "Brier score")
SHAPES = ("alike", "equal", "better", "worse", "mixed", "tiny", "wild", "near the best", "the best")
LOW = {"less found": ("sensitivity", 0.7), "hardly found": ("sensitivity", 0.2)}
LOW |= {"less spared": ("specificity", 0.5)}  # a rate of doing nothing, and its share of the usual


def made(shape, methods, measure, folds, repeats, confidence, seed):
    """Return a comparison whose measures have been drawn, not found."""
    plan = balancing.make_plan(
        methods, measure=measure, folds=folds, repeats=repeats, confidence=confidence
    )
    rng, size = np.random.default_rng(seed), (len(plan.methods), folds * repeats)
    measures = {}
    for name in _plan.MEASURES:
        base = rng.uniform(0.3, 0.7, size[1])
        sign = -1 if name == "brier" else 1
        if shape.endswith("best"):
            base = (1 + sign) / 2 - sign * 0.04 * (base - 0.3) * (shape == "near the best")
        shifts = {"better": 0.15, "worse": -0.15, "tiny": 2e-4}.get(shape, 0.0)
        noise = {"tiny": 1e-5, "wild": 0.3}.get(shape, 0.03)
        base = base * dict([LOW.get(shape, ("", 1))]).get(name, 1)
        values = base + sign * shifts + noise * rng.normal(size=size)
        if shape == "mixed":
            values += np.linspace(-0.2, 0.2, size[0])[:, None]
        values[0] = base
        if shape == "equal":
            values[:] = 0.5
        measures[name] = np.clip(values, 0, 1)
    labels = np.arange(50) < 11
    return _folds.Comparison(plan, measures, np.full(size, 0.5), {}, labels)


def interval(values, folds, confidence):
    """Return the corrected resampled t interval by scipy, kept within -1 and 1, or None."""
    if np.ptp(values) < 1e-12:
        return None
    error = np.sqrt(values.var(ddof=1) * (1 / len(values) + 1 / (folds - 1)))
    low, high = stats.t.interval(confidence, len(values) - 1, values.mean(), error)
    return max(low, -1), min(high, 1)


def truth(result, measure, against="nothing"):
    """Return for each method +1 if it is better, -1 if worse, 0 if that is open."""
    plan, values = result.plan, result.measures[measure]
    others = [m for m in plan.methods if m != against]
    if against == "threshold":
        others = [m for m in others if m in ("over", "under", "smote")]
    confidence, found = 1 - (1 - plan.confidence) / max(1, len(others)), {}
    for method in others:
        gap = values[plan.methods.index(method)] - values[plan.methods.index(against)]
        ends = interval(gap, plan.folds, confidence)
        good = -1 if measure == "brier" else 1
        sure = ends is not None and (ends[0] > 0 or ends[1] < 0)
        found[method] = (int(sure * np.sign(gap.mean()) * good), gap.mean(), ends)
    return found


def named(line):
    return {NAMES[name]: words for name, words in ITEM.findall(line)}


def check_numbers(words, mean, ends):
    """Compare what stands in brackets with a mean and its interval; no width is 0."""
    words = words.split(";")[0]
    if ends is None:
        assert words == f"{mean:+.3f}, no interval: all folds are equal"
        return
    shown = [float(number) for number in re.findall(r"[-+]\d\.\d+", words)]
    places = len(re.findall(r"\.(\d+)", words)[0])
    np.testing.assert_allclose(shown, (mean, *ends), atol=0.6 * 10.0**-places)
    assert shown[1] < shown[2] and (shown[1] > 0) == (ends[0] > 0)


GRID = list(
    itertools.product((*SHAPES, *LOW), ("all", ["under"], ["threshold", "smote"]), ((2, 1), (5, 4)))
)


@pytest.mark.parametrize(("shape", "methods", "counts"), GRID)
def test_each_sentence_is_true(shape, methods, counts):
    for seed, measure in enumerate(_plan.MEASURES):
        for confidence in (0.8, 0.95):
            result = made(shape, methods, measure, *counts, confidence, seed)
            check_verdict(result, balancing.verdict(result))
            check_report(result, balancing.report_sentence(result))
            check_pictures(result)


def check_verdict(result, said):
    plan, name = result.plan, _plan.MEASURES[result.plan.measure]
    found, lines = truth(result, plan.measure), list(said)
    groups = {sign: [m for m in found if found[m][0] == sign] for sign in (1, 0, -1)}
    first = lines.pop(0)
    if groups[1]:
        assert first.startswith(f"Better than doing nothing on {name}: ")
        assert list(named(first)) == groups[1]
    else:
        start = f"No method is shown to help: none is better than doing nothing on {name} beyond"
        assert first.startswith(start) and not named(first)
        sides = [e[::-1] if plan.measure == "brier" else e for _, _, e in found.values() if e]
        gains = [abs(e[1]) for e in sides if (e[1] < 0 if plan.measure == "brier" else e[1] > 0)]
        level = result.measures[plan.measure][0].mean()
        room = level if plan.measure == "brier" else 1 - level  # no share is above 1 or below 0
        left = re.search(r"A gain of up to (\S+) cannot be ruled out(, and no more is)?", first)
        assert (left is not None) == bool(gains and room > 1e-12)
        assert ("reached the best value that there is" in first) == (room <= 1e-12)
        if left:
            assert float(left[1]) == pytest.approx(min(room, max(gains)), rel=0.06)
            assert (left[2] is not None) == (max(gains) > room)
    for sign, start in ((0, "Not told apart from doing nothing: "), (-1, "Worse than doing")):
        if groups[sign]:
            line = lines.pop(0)
            assert line.startswith(start) and list(named(line)) == groups[sign]
    for line in said[: len(said) - len(lines)]:
        for method, words in named(line).items():
            check_numbers(words, *found[method][1:])
    if len(found) > 1:
        assert "is not shown to be better than one that is not told apart" in lines.pop(0)
    if "threshold" in plan.methods and len(found) > 1:
        check_beyond(result, name, lines.pop(0))
    for measure, what in WHATS:
        if measure != plan.measure:
            check_side(truth(result, measure), what, lines.pop(0))
    last, *warned = lines
    check_short(result, warned)
    assert last.startswith(f"{len(found)} method") and f" {plan.confidence:.4g};" in last
    first, _, second = last.partition(" also compared with the moved threshold: a second family, ")
    assert ("widened" in first) == (len(found) > 1)
    many = len(truth(result, plan.measure, against="threshold")) if "threshold" in found else 0
    assert second == {
        0: "",
        1: "at that confidence by itself.",
        3: "whose intervals are widened so that these 3 together have that confidence.",
    }.get(many)
    assert many != 3 or first.endswith(" The 3 that resample are")


def check_short(result, warned):
    """A rate of doing nothing below 0.4 is warned of where it is measured, or half of what is."""
    plan = result.plan
    rates = {name: result.measures[name][0].mean() for name in ("sensitivity", "specificity")}
    name, asked = min(rates, key=rates.get), result.measures[plan.measure][0]
    named = plan.measure in (name, "balanced_accuracy")
    low = bool(named and rates[name] < 0.4 and np.ptp(asked) > 0)
    assert bool(warned) == low
    short = f"at a {name} of {rates[name]:.2g} nominal 95 % intervals held in "
    for line in (*warned, *[balancing.report_sentence(result)] * low):
        assert f"likely too short, as {short}" in line or f"likely too short: {short}" in line
        below, held = next((b, h) for b, h in _estimates.HELD if rates[name] < b)
        assert f"{short}{held} of 100 simulated tables" in line and below <= 0.4
    assert low or "too short" not in balancing.report_sentence(result)


def check_beyond(result, name, line):
    found = truth(result, result.plan.measure, against="threshold")
    better = [m for m in found if found[m][0] == 1]
    if better:
        assert line.startswith("Better than moving the threshold: ")
        assert list(named(line)) == better
    else:
        assert line == f"Resampling is not shown to be better than moving the threshold on {name}."


def check_side(found, what, line):
    if not any(sign for sign, _, _ in found.values()):
        assert line == f"No method is shown to change the {what}."
        return
    assert line.startswith(f"The {what} is ")
    for how, sign in (("better", 1), ("worse", -1)):
        (part,) = re.findall(
            rf"is {how} than that of doing nothing with: (.*?)(?:; it|\.$)", line
        ) or [""]
        assert list(named(part)) == [m for m in found if found[m][0] == sign]
        for method, words in named(part).items():
            check_numbers(words, *found[method][1:])


def check_report(result, line):
    plan, values = result.plan, result.measures[result.plan.measure][0]
    assert f"{plan.folds}-fold stratified cross-validation" in line
    assert (f"repeated {plan.repeats} times" in line) == (plan.repeats > 1)
    assert "(50 rows, 11 positive)" in line
    assert f"a mean {_plan.MEASURES[plan.measure]} of {values.mean():.3f} (" in line
    ends = interval(values, plan.folds, plan.confidence)
    if ends is None:
        assert "(no interval: all folds are equal); differences" in line
    else:
        low, high = np.clip(ends, 0, 1)
        assert f"(nominal {100 * plan.confidence:.4g} % interval {low:.3f} to {high:.3f}" in line
    found = truth(result, plan.measure)
    assert list(named(line)) == list(found)
    assert ("Bonferroni" in line) == (len(found) > 1)
    for method, words in named(line).items():
        check_numbers(words, *found[method][1:])


def check_pictures(result):
    said = balancing.describe_levels(result)
    for name in ("sensitivity", "specificity"):
        means = result.measures[name].mean(axis=1)
        best = np.flatnonzero(means > means.max() - 1e-12)
        words = ", ".join(_plan.METHODS[result.plan.methods[place]] for place in best)
        assert re.search(rf"{name} is highest with {re.escape(words)}( and |\.$)", said)
    said, found = balancing.describe_differences(result), truth(result, result.plan.measure)
    for how, sign in (("better", 1), ("worse", -1)):
        words = ", ".join(_plan.METHODS[m] for m in found if found[m][0] == sign) or "none"
        assert f"{how}: {words}" in said


def cells(result):
    return balancing.rounded(balancing.result_tables(result))["levels"]["low"]


@pytest.mark.parametrize("kind", ["noise", "constant", "separated", "two values", "skewed", "rare"])
def test_sentences_on_real_comparisons_are_true(kind):
    rng = np.random.default_rng(8)
    n, rare = (90, 10) if kind == "rare" else (150, 45)
    labels = np.arange(n) < rare
    columns = {
        "noise": rng.normal(size=n),
        "constant": np.zeros(n),
        "separated": labels + 0.01 * rng.normal(size=n),
        "two values": (rng.random(n) < np.where(labels, 0.7, 0.4)).astype(float),
        "skewed": np.exp(2 * rng.normal(size=n) + labels),
        "rare": rng.normal(size=n) + 1.5 * labels,
    }
    plan = balancing.make_plan(repeats=1, measure="auc" if kind == "separated" else "sensitivity")
    result = balancing.compare(columns[kind][:, None], labels, plan)
    result_of_grid = result._replace(labels=np.arange(50) < 11)
    check_verdict(result, balancing.verdict(result))
    check_report(result_of_grid, balancing.report_sentence(result_of_grid))
    check_pictures(result)
    said = "\n".join([*balancing.verdict(result), balancing.report_sentence(result)])
    if kind == "constant":
        assert "No method is shown to help" in said and "-" in cells(result)
    if kind == "separated":
        assert "AUC of 1.000 (no interval: all folds are equal)" in said
    if kind == "rare":
        assert not re.search(r"\b[Nn]othing helps", said)
