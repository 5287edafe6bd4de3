"""The page that updates a base rate: its results by other routes, its choices, its faults."""

import csv
import html

import numpy as np
import pytest
from scipy import integrate, special, stats

from helpers import base_rates
from helpers.analysis.base_rate import _counts as counting
from helpers.analysis.base_rate import _results as results
from helpers.analysis.base_rate import _scores as scoring
from helpers.analysis.base_rate import _words as words
from helpers.own_data import Problem

PAGE = "update_a_base_rate"
CLINIC = counting.Counts(3, 200, 18, 20, 10, 200)
NO_COUNTS = dict.fromkeys(counting.Counts._fields)
NO_TABLE = {"source": None}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def share_below(counts, chance):
    """Integrate how often the posterior after a positive result lies below a chance."""
    prior, found, alarmed = (
        stats.beta(k + 0.5, n - k + 0.5) for k, n in map(counts.pair, counting.PAIRS)
    )
    odds = chance / (1 - chance)

    def inner(sensitivity, rate):  # base rates below this one give a posterior below `chance`
        edge = odds * rate / (sensitivity + odds * rate)
        return prior.cdf(edge) * found.pdf(sensitivity) * alarmed.pdf(rate)

    return integrate.dblquad(inner, 1e-4, 0.3, 0.3, 1 - 1e-9, epsabs=1e-4)[0]


# The page


def test_the_page_leaves_what_it_promises_and_another_route_agrees(run_page):
    run = run_page(PAGE)
    assert not run.problem
    tables = {"answers.csv", "groups.csv", "shifted_scores.csv"}
    assert set(run.files) == tables | {"answers.png", "shift.png", "summary.html"}
    positive, negative = rows_of(run.files["answers.csv"])
    assert (positive["result"], negative["result"]) == ("positive", "negative")
    for column, wanted in (("from", 0.025), ("chance", 0.5), ("to", 0.975)):
        assert share_below(CLINIC, float(positive[column])) == pytest.approx(wanted, abs=0.005)
    rows = rows_of(run.files["shifted_scores.csv"])
    assert len(rows) == 569 and [row["row"] for row in rows[:2]] == ["1", "2"]
    old, new = (np.array([float(r[n]) for r in rows]) for n in ("score_a", "to_shifted"))
    step = special.logit(new) - special.logit(old)
    np.testing.assert_allclose(step, special.logit(3 / 200) - special.logit(212 / 569))
    low, high = stats.binomtest(3, 200).proportion_ci(method="wilson")
    for name, end in (("to_low", low), ("to_high", high)):
        shifted = np.array([float(row[name]) for row in rows])
        np.testing.assert_allclose(shifted, base_rates.shift_prior(old, 212 / 569, end))
    summary = html.unescape(run.files["summary.html"].read_text())
    assert "77 % of the uncertainty" in summary and "1 of 569 rows, instead of the 179" in summary


def test_the_page_runs_on_counts_alone(run_page):
    run = run_page(PAGE, **NO_TABLE, cases=0, found=20, alarms=0)
    assert not run.problem
    assert set(run.files) == {"answers.csv", "answers.png", "summary.html"}
    assert "Only counts" in run.said and "There is nothing to shift." in run.said
    (positive, _) = rows_of(run.files["answers.csv"])
    assert 0 < float(positive["from"]) < float(positive["chance"]) < float(positive["to"]) < 1


def test_the_page_runs_on_another_table_without_labels_and_counts(run_page, written):
    lines = ["Risiko;Nummer", "0,5;1", "0,9;2", ";3", "0,2;4"]
    path = written("\n".join(lines).encode("utf-8"), "risiko.csv")
    choices = {"score": "Risiko", "label": None, "trained": 0.5, "used": 0.05, "threshold": 0.3}
    run = run_page(PAGE, source=str(path), **NO_COUNTS, **choices)
    assert not run.problem
    assert set(run.files) == {"shifted_scores.csv", "shift.png", "summary.html"}
    assert "No test was counted" in run.said and "was not checked" in run.said
    rows = rows_of(run.files["shifted_scores.csv"])
    expected = [5 / 100, 9 * 5 / (9 * 5 + 95), None, 5 / (5 + 4 * 95)]
    for row, value in zip(rows, expected, strict=True):
        assert (
            row["to_shifted"] == ""
            if value is None
            else pytest.approx(value) == float(row["to_shifted"])
        )
    assert "1 of 3 rows, instead of the 2 that 0.3 as it stands would call" in run.said


def test_the_page_estimates_the_place_of_use_from_the_scores(run_page, written):
    rng = np.random.default_rng(1)
    sick = rng.random(4_000) < 0.1
    chances = base_rates.posterior(0.5, np.exp(2 * rng.normal(2 * sick) - 2))
    path = written("risk\n" + "\n".join(f"{chance:.8f}" for chance in chances))
    choices = {"score": "risk", "label": None, "trained": 0.5, "used": "scores"}
    run = run_page(PAGE, source=str(path), **NO_COUNTS, **choices)
    assert not run.problem
    assert "estimated from the scores themselves" in run.said
    rows = rows_of(run.files["shifted_scores.csv"])
    mean = np.mean([float(row["to_shifted"]) for row in rows])
    share = base_rates.estimate_prior(chances.round(8), 0.5)
    assert mean == pytest.approx(share, abs=1e-6)  # where shifting and averaging stand still


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"cases": 300}, "`cases` must not exceed `people`; got 300 of 200."),
        ({"sick": 0, "found": 0}, "`sick` must be a whole number of at least 1; got 0."),
        ({"alarms": None}, "`alarms` is missing: `healthy` alone is no share. Set both, or none."),
        ({"used": 1}, "`used` must be above 0 and below 1, such as 0.05; got 1."),
        (
            {"trained": 50},
            "`trained` must be above 0 and below 1, such as 0.5; got 50. Is 0.5 meant?",
        ),
        (
            {**NO_COUNTS, **NO_TABLE},
            "There is nothing to update: set all six counts, or name a table",
        ),
        ({"cases": 0}, "`cases` is 0 of 200: no score survives a base rate of 0. Set `used` to"),
        (
            {"score": "score_c"},
            'scores.csv has no column "score_c". Nearest names: score_b, score_a.',
        ),
        ({"positive": "2"}, 'Column "label" has no class "2"; choose one of 0 (357), 1 (212).'),
        ({"label": None}, "`trained` is missing: name the share of positives among the rows that"),
        (NO_COUNTS, "`used` is missing: name the share at the place of use, or count cases."),
    ],
)
def test_faults_are_one_sentence_and_leave_nothing(run_page, choices, message):
    run = run_page(PAGE, **choices)
    (said,) = run.problem
    assert said.startswith(f"Problem: {message}")
    assert not run.files


# Counts


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((3, 200, None, None, 10, 200), "`sick` is missing: a test needs counts among the sick"),
        ((3, 200, 18, 20, None, None), "`healthy` is missing: a test needs counts among the sick"),
        ((None, None, 18, 20, 10, 200), "`cases` and `people` are missing: without a base rate"),
        ((3, 200, -1, 20, 10, 200), "`found` must be a whole number of at least 0; got -1."),
        ((3.5, 200, 18, 20, 10, 200), "`cases` must be a whole number of at least 0; got 3.5."),
    ],
)
def test_counts_that_cannot_be_are_refused(given, message):
    with pytest.raises(Problem) as error:
        counting.check_counts(*given)
    assert str(error.value).startswith(message)


def test_intervals_hold_the_truth_as_often_as_promised():
    rng, held = np.random.default_rng(3), 0
    truth = base_rates.posterior(0.02, 0.9 / 0.05)
    for seed in range(400):
        drawn = rng.binomial((200, 20, 200), (0.02, 0.9, 0.05))
        counts = counting.Counts(drawn[0], 200, drawn[1], 20, drawn[2], 200)
        answer = counting.update(counts, seed=seed)["positive"]
        held += answer.low <= truth <= answer.high
    assert stats.binom(400, 0.95).cdf(held) > 1e-3  # not below 95 in 100 beyond chance


@pytest.mark.parametrize("counts", [CLINIC, counting.Counts(40, 100, 3, 30, 0, 500)])
def test_the_parts_of_the_uncertainty_are_those_of_the_draws(counts):
    shares = counting.draw_shares(counts, 5)
    answers = counting.update(counts)
    sides = {"positive": lambda share: share, "negative": lambda share: 1 - share}
    for result, side in sides.items():
        steps = [special.logit(shares["people"])]
        steps += [np.log(side(shares[name])) for name in ("sick", "healthy")]
        spread = np.array([step.var() for step in steps])
        parts = answers[result].parts
        assert sum(parts.values()) == pytest.approx(1)
        np.testing.assert_allclose([*parts.values()], spread / spread.sum(), atol=0.02)


def test_more_of_one_kind_takes_its_part_away():
    before = counting.update(CLINIC)["positive"]
    after = counting.update(CLINIC.enlarged("people", 100))["positive"]
    assert before.parts["people"] > 0.7 > 0.1 > after.parts["people"]
    assert after.high - after.low < before.high - before.low
    assert CLINIC.enlarged("sick", 3) == CLINIC._replace(found=54, sick=60)


def test_advice_names_the_weakest_count():
    answers = counting.update(CLINIC)
    said = words.advise(CLINIC, answers, 0.95)
    assert "number of people for the base rate" in said[0] and "number of sick people" in said[1]


def test_answers_of_other_confidence_and_seed():
    wide, narrow = (counting.update(CLINIC, confidence=c)["positive"] for c in (0.95, 0.5))
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high
    other = counting.update(CLINIC, seed=9)["positive"]
    assert 0 < abs(other.value - wide.value) < 0.01
    ratio, low, high = counting.ratio_intervals(CLINIC)["positive"]
    assert low < 18 < high and ratio == pytest.approx(18, rel=0.1)


@pytest.mark.parametrize(("alarms", "warned"), [(190, True), (180, True), (179, False)])
def test_a_test_that_alarms_the_healthy_as_often_is_warned_of(alarms, warned):
    counts = CLINIC._replace(alarms=alarms)
    ratios = counting.ratio_intervals(counts)
    said = words.report_counts(counts, counting.update(counts), ratios, 0.95)
    assert any("Were negative results of the healthy" in line for line in said) == warned


# Scores


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "s,y\n0.2,1\n1.7,0\n0.3,1",
            'Column "s" must hold chances from 0 to 1; 1 of 3 are none, such',
        ),
        ("s,y\n20,1\n70,0\n30,1", "are none, such as 20. Are they per cent? Divide them by 100."),
        ("s,y\n-0.2,1\n0.7,0\n0.3,1", "1 of 3 are none, such as -0.2."),
        (
            "s,y\n0.2,1\n0.7,1\n0.3,1",
            'Column "y" must hold two classes; it holds only one class: 1 (3).',
        ),
    ],
)
def test_scores_that_are_no_chances_are_refused(written, text, message):
    with pytest.raises(Problem) as error:
        scoring.read_scores(written(text), "s", "y", "1")
    assert message in str(error.value)


def test_a_score_is_no_label(written):
    path = written("s,y\n0.2,1\n0.7,0")
    for name in ("y", None):
        with pytest.raises(
            Problem, match="`score` must be the name of a column other than `label`"
        ):
            scoring.read_scores(path, name, "y", "1")


def test_rows_without_a_score_or_a_label_stay_in_their_place(written):
    found = scoring.read_scores(written("s,y\n0.2,1\n,0\n0.7,\n1,0\n0.4,1"), "s", "y", "1")
    np.testing.assert_array_equal(found.known, [True, False, False, True, True])
    np.testing.assert_array_equal(found.labels(), [True, False, True])
    assert "1 scores are exactly 0 or 1: no base rate moves them" in found.notes
    shifted = scoring.shift_scores(found.values, scoring.Places(0.5, 0.1, 0.05, 0.2, ()))
    assert np.isnan(shifted["shifted"][1]) and shifted["shifted"][3] == 1
    assert np.all(shifted["low"][[0, 2, 4]] < shifted["shifted"][[0, 2, 4]])
    assert np.all(shifted["shifted"][[0, 2, 4]] < shifted["high"][[0, 2, 4]])


def scored(values, truth=None):
    values = np.asarray(values, dtype=float)
    return scoring.Scores("s", values, truth, np.full(values.size, True), ())


def test_groups_tell_calibrated_scores_from_others():
    rng = np.random.default_rng(2)
    chances = rng.beta(1, 3, 2_000)
    truth = rng.random(2_000) < chances
    places = scoring.Places(0.25, 0.05, 0.05, 0.05, ())
    for values, warned in ((chances, False), (chances**0.5, True)):
        found = scored(values, truth)
        groups = scoring.compare_groups(found)
        assert [*groups["rows"]] == [400] * 5
        say = [part.mean() for part in np.split(np.sort(values), 5)]
        np.testing.assert_allclose(groups["say"], say)
        shifted = scoring.shift_scores(values, places)
        said = words.report_shift(found, places, shifted, 0.5, groups)
        assert said[-1].startswith("Warning") == warned
    for confidence in (0.5, 0.99):  # of bars; what is called a sign does not move with them
        groups = scoring.compare_groups(scored(chances, truth), confidence)
        assert "no sign" in words._judge_groups(groups)[0]
    assert scoring.compare_groups(scored(chances)) == {}
    assert scoring.compare_groups(scored(chances[:49], truth[:49])) == {}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.5, 0.5, 0.5], "`used` cannot be estimated: all scores equal `trained`."),
        ([0.9, 0.8, 0.95], "`used` cannot be estimated: the scores fit best to a share of 1."),
    ],
)
def test_a_share_that_cannot_be_estimated_is_refused(values, message):
    with pytest.raises(Problem) as error:
        scoring.find_places(scored(values), counting.Counts(), 0.5, "scores")
    assert str(error.value).startswith(message)


def test_where_the_shares_come_from_is_told():
    found = scored([0.2, 0.8, 0.4], np.array([True, False, False]))
    places = scoring.find_places(found, CLINIC, None, None)
    assert places.trained == pytest.approx(1 / 3) and places.used == 3 / 200
    assert places.notes == (
        "behind the scores 0.3333 are positive (the share in the labels)",
        "at the place of use 0.015 (3 of 200)",
    )
    told = scoring.find_places(found, CLINIC, 0.5, 0.02)
    assert (told.trained, told.used, told.low, told.high) == (0.5, 0.02, 0.02, 0.02)
    assert [results.start_at(told._replace(used=u)) for u in (1e-4, 0.333, 0.999)] == [
        0.5,
        33.5,
        99,
    ]


def test_choices_are_checked_before_a_file_is_opened():
    for choices, message in (
        ((None, "score", 0.5, 0.95, 0), '`used` must be one of scores; got "score". Nearest'),
        ((None, None, 0, 0.95, 0), "`threshold` must be above 0 and below 1"),
        ((None, None, 0.5, 95, 0), "`confidence` must be above 0 and below 1"),
        ((None, None, 0.5, 0.95, -1), "`seed` must be a whole number of at least 0"),
    ):
        with pytest.raises(Problem) as error:
            scoring.check_shares(*choices)
        assert str(error.value).startswith(message)
