"""When the page that groups a folder speaks of groups: valleys, references, verdicts, words."""

import numpy as np
import pytest

from helpers import clustering, data
from helpers.analysis import grouping
from helpers.analysis.grouping import _judging, _report
from helpers.analysis.grouping._valleys import Valleys, valleys
from tests.benchmarks import group_verdicts as trial

CHOICES = trial.CHOICES


def verdict_of(points, **changes):
    return grouping.judge(points, CHOICES._replace(**changes))


def tile_features(names, side=64, count=24):
    """Return texture features of tiles of some photographs, and which each comes from."""
    rows, owners = [], []
    for name in names:
        image = data.load_image(name)
        across = image.shape[1] // side
        for place in range(count):
            row, column = (side * step for step in divmod(place, across))
            tile = image[row : row + side, column : column + side]
            rows.append(clustering.texture_features(tile))
            owners.append(name)
    return clustering.standardise(np.array(rows)), np.array(owners)


# Valleys


def test_two_heaps_leave_the_middle_empty_and_all_near_the_centres():
    heaps = np.repeat([0.0, 1.0], 12)[:, None] + np.linspace(0, 0.01, 24)[:, None]
    found = valleys(heaps, 2, rng=np.random.default_rng(0))
    assert found.middle.tolist() == [0.0]
    assert 8 <= found.centre[0] <= 12  # the emptier one of each half


def test_an_even_line_has_as_many_in_the_middle_as_near_a_centre():
    line = np.linspace(0, 1, 400)[:, None]
    found = valleys(line, 2, rng=np.random.default_rng(0))
    assert 0.9 < found.middle[0] / found.centre[0] < 1.2  # 100 of 400 each


def test_there_is_a_number_for_each_pair_in_one_order_whatever_the_half():
    corners = np.array([[0, 0], [9, 0], [0, 30]])
    points = np.random.default_rng(0).normal(size=(90, 2)) + corners[np.arange(90) % 3]
    found = valleys(points, 3, rng=np.random.default_rng(0))
    assert found.middle.shape == found.centre.shape == (3,)
    moved = valleys(points * 7 + 3, 3, rng=np.random.default_rng(0))
    assert np.array_equal(found.middle, moved.middle)
    assert np.array_equal(found.centre, moved.centre)


def test_the_chance_of_an_empty_middle_by_hand():
    found = Valleys(np.array([0.0, 1.0, 6.0]), np.array([5.0, 4.0, 6.0]))
    expected = [1 / 32, 6 / 32, 0.5 + 924 / 4096 / 2]  # 924 ways to choose 6 of 12
    assert _judging.chances(found) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("middle", "centre", "apart"),
    [(0, 5, True), (0, 4, False), (50, 100, True), (51, 100, False)],
)
def test_a_valley_must_be_deep_and_sure(middle, centre, apart):
    found = Valleys(np.array([0.0, middle]), np.array([50.0, centre]))
    assert _judging.is_apart(found) is apart


# References


def test_turning_to_the_axes_keeps_the_distances():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(30, 3)) @ rng.normal(size=(3, 50))
    turned = _judging.along_axes(points)
    assert turned.shape == (30, 3)
    for one, other in ((0, 1), (5, 29)):
        kept = np.linalg.norm(turned[one] - turned[other])
        assert kept == pytest.approx(np.linalg.norm(points[one] - points[other]))


def test_structureless_sets_are_less_tight_than_three_blobs_and_as_tight_as_noise():
    rng = np.random.default_rng(0)
    for draw, tighter in ((trial.blobs, True), (trial.normal, False)):
        points = _judging.along_axes(draw(rng, 90, 4))
        reference = _judging.structureless(points, 3, rng)
        labels = clustering.k_means(points, 3, rng=0).labels
        assert (clustering.silhouette(points, labels) > reference + 0.1) is tighter


# Verdicts


@pytest.mark.parametrize("draw", trial.STRUCTURELESS)
@pytest.mark.parametrize("columns", [2, 20])
def test_points_without_groups_get_none(draw, columns):
    found = trial.verdicts(draw, 40, columns, 2)
    assert found.total() == 2
    assert sum(times for (kind, _), times in found.items() if kind == "groups") == 0
    if draw is not trial.arc:  # a bent continuum may be cut into parts
        assert found["none", 1] == 2


@pytest.mark.parametrize("columns", [2, 20])
def test_three_blobs_get_three_groups(columns):
    found = trial.verdicts(trial.blobs, 90, columns, 2)
    assert found["groups", 3] == 2


def test_textures_of_two_photographs_get_groups_that_are_their_photographs():
    points, owners = tile_features(("brick", "grass"))
    verdict = verdict_of(points)
    assert (verdict.kind, verdict.k) == ("groups", 2)
    labels = clustering.k_means(points, verdict.k, rng=0).labels
    assert clustering.adjusted_rand_index(labels, owners) > 0.9


def test_a_third_texture_between_them_makes_no_third_group():
    points, _ = tile_features(("brick", "grass", "gravel"))
    verdict = verdict_of(points)
    assert (verdict.kind, verdict.k) == ("groups", 2)
    assert verdict.agreement[1] >= 0.8 and not _judging.is_apart(verdict.valleys[3])


def test_a_long_even_line_is_stable_and_gets_no_groups_all_the_same():
    line = np.linspace(0, 1, 200)[:, None] + np.random.default_rng(0).normal(size=(200, 1)) / 500
    verdict = verdict_of(np.hstack([line, line / 3]))
    assert verdict.agreement.max() >= 0.8
    assert verdict.kind == "none" and verdict.reference > 0.4
    told = _report.tell_verdict(verdict)
    assert "structureless data of the same spread are as tight" in told[0]


def test_the_same_seed_gives_the_same_verdict_and_another_order_of_columns_too():
    points = trial.blobs(np.random.default_rng(0), 120, 2)
    one, again = verdict_of(points, seed=3), verdict_of(points, seed=3)
    assert np.array_equal(one.agreement, again.agreement)
    assert np.array_equal(one.gaps, again.gaps)
    other = verdict_of(points[:, ::-1], seed=3)
    assert (one.kind, one.k) == (other.kind, other.k) == ("groups", 3)


def test_numbers_round_the_one_that_was_asked_for_are_tried():
    points = trial.blobs(np.random.default_rng(0), 120, 2)
    verdict = verdict_of(points, groups=3)
    assert verdict.ks.tolist() == [2, 3, 4, 5, 6]
    assert (verdict.kind, verdict.k) == ("groups", 3)
    assert verdict_of(points, groups=12).ks.tolist() == [*range(9, 16)]
    assert verdict_of(points).ks.tolist() == [*range(2, 9)]
    table = grouping.tabulate_numbers(verdict)
    assert table["middle / centre"][1] < 0.5
    assert {len(column) for column in table.values()} == {5}


# Words


def told_of(**changes):
    """Return the sentence of a verdict that is made up."""
    ks, low = np.array([2, 3]), np.array([0.5, 0.9])
    pairs = Valleys(np.array([9.0, 2, 1]), np.array([10.0, 8, 9]))
    plain = {"ks": ks, "agreement": low, "silhouettes": low, "shuffled": low, "gaps": low}
    plain |= {"errors": low, "valleys": {3: pairs}, "kind": "parts", "k": 3, "tried": 3}
    (sentence,) = _report.tell_verdict(
        _judging.Verdict(**plain | {"reference": 0.4, **changes}),
    )
    return sentence


def test_each_verdict_has_its_sentence():
    assert told_of().startswith("Parts, no groups apart. 3 groups: halves of the pictures agree")
    assert "0.90 times as many pictures half-way" in told_of()
    few = Valleys(np.array([1.0]), np.array([3.0]))
    assert "too few pictures to be sure of valleys between them (chance 0.31)" in told_of(
        valleys={3: few}
    )
    assert "a valley: at most 0.33 times" in told_of(kind="groups", valleys={3: few})
    more = told_of(kind="groups", valleys={3: few, 5: few})
    assert more.endswith("More groups are stable too, but not all apart: 5.")
    none = {"kind": "none", "k": 1}
    assert told_of(**none, tried=None).startswith("No groups. Halves of the pictures, grouped")
    assert "up to 0.40 there" in told_of(**none)
    asked = told_of(kind="none", k=2, tried=2, reference=None)
    assert asked.startswith("No groups. 2 groups: halves of the pictures agree in 0.50, and 0.8")
    assert asked.endswith("They are made since you asked for them.")
