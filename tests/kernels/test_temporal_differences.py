"""Values of states against hands, loops, dense systems and the exact walk."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import temporal_differences
from helpers.temporal_differences import _lanes

relaxed = settings(deadline=None)  # seconds say nothing on a shared machine
ELAPSED, LEFT = np.array([0, 5, 20, 30, 40, 43]), [30.0, 35, 15, 10, 3]
EIGHT = [[0, 1]] + [[1]] * 7  # state 0 is A, 1 is B
PAID = [0, 1, 1, 1, 1, 1, 1, 0]
ON_LINE = {
    "td": temporal_differences.td_values,
    "mc": temporal_differences.monte_carlo_values,
    "n": lambda *a, **k: temporal_differences.n_step_values(*a, 3, **k),
    "lambda": lambda *a, **k: temporal_differences.lambda_values(*a, 0.7, **k),
}
steps = st.floats(0.01, 1)
shares = st.floats(0, 1)


@st.composite
def episodes_of(draw, states=4):
    """Draw up to five short episodes with rewards on the way."""
    paths = draw(st.lists(st.lists(st.integers(0, states - 1), min_size=1, max_size=7), max_size=5))
    paths = paths or [[0]]
    rewards = [draw(st.lists(st.integers(-5, 5), min_size=len(p), max_size=len(p))) for p in paths]
    return paths, rewards


def plain_loop(paths, rewards, target, *, step, start, discount, held=False):
    """Move values one visit after the other; `target` sees the values before the episode or now."""
    values = np.array(start, float)
    for path, paid in zip(paths, rewards, strict=True):
        before = values.copy()
        for at, state in enumerate(path):
            aim = target(before if held else values, path, paid, at, discount)
            values[state] += step * (aim - values[state])
    return values


def n_step_target(values, path, paid, at, discount, n=1):
    total = sum(discount**k * r for k, r in enumerate(paid[at : at + n]))
    return total + (discount**n * values[path[at + n]] if at + n < len(path) else 0)


def lambda_target(values, path, paid, at, discount, trace=0.7):
    """Write the mixture down as it is defined: a sum over n, and the rest on the return."""
    left = len(path) - at
    mixed = trace ** (left - 1) * n_step_target(values, path, paid, at, discount, left)
    for n in range(1, left):
        mixed += (1 - trace) * trace ** (n - 1) * n_step_target(values, path, paid, at, discount, n)
    return mixed


# By hand


def test_the_drive_home():
    drive = temporal_differences.record([range(5)], [np.diff(ELAPSED)])
    whole = {"states": 5, "step": 1.0, "start": LEFT}
    np.testing.assert_array_equal(temporal_differences.returns(drive), [43, 38, 23, 13, 3])
    np.testing.assert_array_equal(
        temporal_differences.monte_carlo_values(drive, **whole), [43, 38, 23, 13, 3]
    )
    np.testing.assert_array_equal(
        temporal_differences.td_values(drive, **whole), [40, 30, 20, 13, 3]
    )
    half = temporal_differences.td_values(drive, 5, step=0.5, start=LEFT)
    np.testing.assert_array_equal(half, [35, 32.5, 17.5, 11.5, 3])


def test_two_states_in_eight_episodes():
    eight = temporal_differences.record(EIGHT, PAID)
    np.testing.assert_allclose(temporal_differences.batch_values(eight, 2), [0.75, 0.75])
    np.testing.assert_allclose(temporal_differences.monte_carlo_means(eight, 2), [0, 0.75])
    # with discount 1/2, A is worth half of B
    halved = temporal_differences.batch_values(eight, 2, discount=0.5)
    np.testing.assert_allclose(halved, [0.375, 0.75])


def test_a_visit_in_the_middle_takes_the_value_that_was_just_changed():
    # 0 -> 0 -> end, reward 1: the first visit sees the old value of 0, the second the end.
    again = temporal_differences.record([[0, 0]], [1])
    np.testing.assert_allclose(temporal_differences.td_values(again, 1, step=0.5), [0.5])
    np.testing.assert_allclose(temporal_differences.monte_carlo_values(again, 1, step=0.5), [0.75])
    rewarded = temporal_differences.record([[0, 0]], [[2, 1]])
    # first target 2 + 0.5 * 0, V = 1; second target 1, V = 1
    found = temporal_differences.td_values(rewarded, 1, step=0.5, discount=0.5, history=True)
    np.testing.assert_allclose(found, [[0], [1]])


# Against loops


@relaxed
@given(episodes_of(), steps, shares)
def test_one_step_n_steps_and_lambda_are_their_definitions(drawn, step, discount):
    paths, rewards = drawn
    start = np.array([1.0, -2, 0.5, 3])
    given_ = temporal_differences.record(paths, rewards)
    told = {"step": step, "start": start, "discount": discount}
    loops = {"td": (n_step_target, False), "lambda": (lambda_target, True)}
    loops["n"] = (lambda *a: n_step_target(*a, n=3), False)
    loops["mc"] = (lambda *a: n_step_target(*a, n=99), False)
    for name, (target, held) in loops.items():
        expected = plain_loop(paths, rewards, target, held=held, **told)
        np.testing.assert_allclose(
            ON_LINE[name](given_, 4, **told), expected, atol=1e-9, err_msg=name
        )


@relaxed
@given(episodes_of(), steps, st.sampled_from([1.0, 0.9, 0.0]))
def test_n_steps_lead_from_one_step_to_the_whole_return(drawn, step, discount):
    given_ = temporal_differences.record(*drawn)
    told = {"step": step, "start": 0.5, "discount": discount, "history": True}
    one, many = (temporal_differences.n_step_values(given_, 4, n, **told) for n in (1, 7))
    np.testing.assert_allclose(one, temporal_differences.td_values(given_, 4, **told), atol=1e-12)
    whole = temporal_differences.monte_carlo_values(given_, 4, **told)
    np.testing.assert_allclose(many, whole, atol=1e-9)
    assert whole.shape == (len(drawn[0]) + 1, 4)


@relaxed
@given(episodes_of(), shares)
def test_returns_add_up_backwards(drawn, discount):
    paths, rewards = drawn
    found = temporal_differences.returns(
        temporal_differences.record(paths, rewards), discount=discount
    )
    expected = [
        sum(discount**k * r for k, r in enumerate(paid[at:]))
        for paid in rewards
        for at in range(len(paid))
    ]
    np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.parametrize("method", ["td", "mc"])
def test_lanes_are_the_single_runs(method):
    runs = temporal_differences.simulate_runs(3, 40, step=0.2, method=method, start=0.3, rng=8)
    (lane,) = np.random.default_rng(8).spawn(1)
    paths = [[[]] for _ in range(3)]  # for each lane its walks, the last one unfinished
    for place, to, leaving, _, _ in _lanes._moves((41, 5, 3), lane):
        for run in range(3):
            paths[run][-1].append((place[run] // 3 - 1, to[run] // 3 - 1))
            if run in leaving:
                paths[run].append([])
    for run, walks in enumerate(paths):
        walks = walks[:40]
        assert all(walk[0][0] == 2 and walk[-1][1] in (-1, 5) for walk in walks)
        ends = [float(walk[-1][1] == 5) for walk in walks]
        recorded = temporal_differences.record([[s for s, _ in walk] for walk in walks], ends)
        alone = ON_LINE[method](recorded, 5, step=0.2, start=0.3, history=True)
        np.testing.assert_allclose(runs[:, :, run], alone, atol=1e-6)


def test_both_methods_see_the_same_walks():
    td, mc = (
        temporal_differences.simulate_runs(50, 1, step=1.0, method=m, rng=3)[1]
        for m in ("td", "mc")
    )
    won = td[4] == 1  # with step 1 only the walks that left on the right set the last value to 1
    np.testing.assert_array_equal(mc[2], won)


# The truth that is known


def test_many_runs_are_right_on_average_with_a_small_step():
    values = temporal_differences.simulate_runs(4000, 400, step=0.02, rng=1)[-1]
    error = values.mean(axis=1) - np.arange(1, 6) / 6
    spread = values.std(axis=1) / np.sqrt(4000)
    # looked at right after a walk has left: half of the walks have just moved an outer value
    assert (np.abs(error) < 4 * spread + 0.02 / 6).all()


def test_the_first_episode_changes_one_value_and_no_other():
    first = temporal_differences.simulate_runs(3000, 1, step=0.1, rng=2)[1]
    changed = np.abs(first - 0.5) > 1e-6
    np.testing.assert_array_equal(changed.sum(axis=0), 1)
    assert not changed[1:4].any()


def test_walks_start_in_the_middle_step_by_one_and_are_paid_on_their_side():
    walks = temporal_differences.random_walks(500, states=7, rewards=(-1, 2), rng=4)
    starts = np.r_[0, np.flatnonzero(walks.ends)[:-1] + 1]
    np.testing.assert_array_equal(walks.states[starts], 3)
    inner = ~walks.ends
    np.testing.assert_array_equal(np.abs(walks.following - walks.states)[inner], 1)
    np.testing.assert_array_equal(walks.rewards[inner], 0)
    last = walks.states[walks.ends]
    assert set(last) == {0, 6}
    np.testing.assert_array_equal(walks.rewards[walks.ends], np.where(last == 0, -1, 2))
    assert abs(np.mean(last == 6) - 0.5) < 4 * 0.5 / np.sqrt(500)
    # 16 steps on average from the middle of seven: (s + 1)^2 / 4; the SD of one walk is about 13
    assert abs(walks.states.size / 500 - 16) < 4 * 13 / np.sqrt(500)


# Batches


@relaxed
@given(episodes_of(), shares)
def test_batch_values_are_the_counted_model_solved(drawn, discount):
    paths, rewards = drawn
    counts, paid = np.zeros((4, 4)), np.zeros(4)
    for path, given_ in zip(paths, rewards, strict=True):
        np.add.at(paid, path, given_)
        np.add.at(counts, (path[:-1], path[1:]), 1)
    visits = np.bincount(np.concatenate(paths), minlength=4)
    seen = visits > 0
    model = np.eye(4) - discount * counts / np.maximum(visits, 1)[:, None]
    expected = np.linalg.solve(model, paid / np.maximum(visits, 1))
    recorded = temporal_differences.record(paths, rewards)
    found = temporal_differences.batch_values(recorded, 4, discount=discount)
    np.testing.assert_allclose(found[seen], expected[seen], atol=1e-8)
    assert np.isnan(found[~seen]).all()
    filled = temporal_differences.batch_values(recorded, 4, start=7, discount=discount)
    np.testing.assert_array_equal(filled[~seen], 7)


def test_td_read_over_and_over_with_small_steps_ends_at_the_batch():
    walks = temporal_differences.random_walks(12, rng=3)
    goal, values = temporal_differences.batch_values(walks, 5), np.full(5, 0.5)
    after = np.append(walks.following, 0)[:-1]
    for _ in range(8000):  # all changes of one pass are summed before they count
        ahead = np.where(walks.ends, 0, values[after])
        change = walks.rewards + ahead - values[walks.states]
        values = values + 0.005 * np.bincount(walks.states, change, 5)
    np.testing.assert_allclose(values, goal, atol=2e-6)


@relaxed
@given(episodes_of(), shares)
def test_no_other_values_fit_the_returns_better_than_their_means(drawn, discount):
    recorded = temporal_differences.record(*drawn)
    told = temporal_differences.returns(recorded, discount=discount)
    means = temporal_differences.monte_carlo_means(recorded, 4, discount=discount)
    for state in np.unique(recorded.states):
        assert means[state] == pytest.approx(told[recorded.states == state].mean(), abs=1e-9)
    batch = temporal_differences.batch_values(recorded, 4, discount=discount)
    misses = [np.sum((values[recorded.states] - told) ** 2) for values in (means, batch)]
    assert misses[0] <= misses[1] + 1e-9


def test_batch_and_means_agree_where_nothing_crosses():
    apart = temporal_differences.record([[0, 1], [2, 3]], [[1, 5], [0, 2]])
    means = temporal_differences.monte_carlo_means(apart, 5)
    np.testing.assert_allclose(means, [6, 5, 2, 2, np.nan])
    np.testing.assert_allclose(temporal_differences.batch_values(apart, 5), means)


# Holes


def dense_fill(picture, unknown):
    """Solve for the hole with a dense matrix, pixel by pixel."""
    picture = np.asarray(picture, float)
    places = [tuple(p) for p in np.argwhere(unknown)]
    matrix, known = np.zeros((len(places),) * 2), np.zeros(len(places))
    for at, (row, column) in enumerate(places):
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if not (0 <= near[0] < picture.shape[0] and 0 <= near[1] < picture.shape[1]):
                continue
            matrix[at, at] += 1
            if unknown[near]:
                matrix[at, places.index(near)] -= 1
            else:
                known[at] += picture[near]
    filled = picture.copy()
    filled[unknown] = np.linalg.solve(matrix, known)
    return filled


def test_one_missing_pixel_is_the_mean_of_its_four_neighbours():
    picture = np.array([[9.0, 1, 9], [2, np.nan, 4], [9, 5, 9]])
    found = temporal_differences.neighbour_mean(picture, np.isnan(picture))
    assert found[1, 1] == pytest.approx(3)
    corner = temporal_differences.neighbour_mean([[0, 6], [2, 7]], [[True, False]] + [[False] * 2])
    assert corner[0, 0] == pytest.approx(4)


@pytest.mark.parametrize("seed", range(6))
def test_holes_of_any_shape_are_the_dense_system(seed):
    rng = np.random.default_rng(seed)
    picture, unknown = rng.integers(0, 256, (6, 9)).astype(np.uint8), rng.random((6, 9)) < 0.6
    kept = picture.copy()
    found = temporal_differences.neighbour_mean(picture, unknown)
    np.testing.assert_allclose(found, dense_fill(picture, unknown), atol=1e-9)
    np.testing.assert_array_equal(picture, kept)
    np.testing.assert_array_equal(found[~unknown], picture[~unknown])


def test_a_slope_is_filled_exactly():
    slope = np.add.outer(3.0 * np.arange(7), 2.0 * np.arange(8))
    hole = np.zeros((7, 8), bool)
    hole[2:5, 1:6] = True
    np.testing.assert_allclose(temporal_differences.neighbour_mean(slope, hole), slope)


def test_walkers_stay_in_the_hole_and_are_paid_what_they_meet():
    rng = np.random.default_rng(0)
    picture, hole = np.arange(48.0).reshape(6, 8), np.zeros((6, 8), bool)
    hole[0:3, 2:6] = True  # touches the border of the picture
    walks = temporal_differences.picture_walks(picture, hole, 4000, rng=rng)
    places = np.argwhere(hole)
    moved = np.abs(places[walks.following] - places[walks.states]).sum(axis=1)
    np.testing.assert_array_equal(moved[~walks.ends], 1)
    ends = np.column_stack(np.divmod(walks.rewards[walks.ends].astype(int), 8))
    assert (np.abs(ends - places[walks.states[walks.ends]]).sum(axis=1) == 1).all()
    assert not hole[tuple(ends.T)].any()
    exact = temporal_differences.neighbour_mean(picture, hole)[hole]
    found = temporal_differences.monte_carlo_means(walks, 12)
    first = np.r_[0, np.flatnonzero(walks.ends)[:-1] + 1]
    spread = np.std(walks.rewards[walks.ends])
    for state in range(12):  # first visits of a walk that starts here are independent
        came = temporal_differences.returns(walks)[first[walks.states[first] == state]]
        assert abs(came.mean() - exact[state]) < 4.5 * spread / np.sqrt(came.size)
    assert np.abs(found - exact).max() < spread / 4
    batch = temporal_differences.batch_values(walks, 12)
    assert np.sqrt(np.mean((batch - exact) ** 2)) < np.sqrt(np.mean((found - exact) ** 2))


# Guards, and what must stay as it was


def test_inputs_stay_and_a_seed_gives_the_same_walks():
    walks = temporal_differences.random_walks(9, rng=5)
    again = temporal_differences.random_walks(9, rng=np.random.default_rng(5))
    kept = [part.copy() for part in walks]
    start = np.full(5, 0.5)
    for learn in ON_LINE.values():
        learn(walks, 5, step=0.5, start=start)
    temporal_differences.batch_values(walks, 5, start=start)
    for now, before, same in zip(walks, kept, again, strict=True):
        np.testing.assert_array_equal(now, before)
        np.testing.assert_array_equal(now, same)
    np.testing.assert_array_equal(start, 0.5)


def test_the_first_episodes_are_cut_off_whole():
    three = temporal_differences.record([[0, 1], [2], [1, 1]], [1, 2, 3])
    two = three.first(2)
    np.testing.assert_array_equal(two.states, [0, 1, 2])
    np.testing.assert_array_equal(two.following, [1, -1, -1])
    assert three.first(99).states.size == 5


def test_more_lanes_than_a_block_are_all_filled(monkeypatch):
    monkeypatch.setattr(_lanes, "LANES", 4)
    found = temporal_differences.simulate_runs(10, 6, step=0.5, rng=1)
    assert found.shape == (7, 5, 10) and found.dtype == np.float32
    assert (np.abs(np.diff(found, axis=0)).sum(axis=(0, 1)) > 0).all()
    assert len({tuple(run) for run in found[-1].T}) > 5


WALK = temporal_differences.random_walks(3, rng=0)
HOLE = np.zeros((3, 3), bool)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: t.td_values(WALK, 5, step=0), "`step` must be above 0; got 0."),
        (lambda t: t.td_values(WALK, 5, step=1.5), "`step` must be within [0, 1]; got 1.5."),
        (lambda t: t.simulate_runs(2, 2, step=2), "`step` must be within [0, 1]; got 2."),
        (lambda t: t.td_values(WALK, 3, step=1), "`episodes.states` must be from 0 to 2; got"),
        (lambda t: t.td_values(WALK, 5, step=1, discount=2), "`discount` must be within [0, 1]"),
        (
            lambda t: t.td_values(WALK, 5, step=1, start=[1, 2]),
            "`start` must be a finite number or 5",
        ),
        (lambda t: t.td_values(WALK, 5, step=1, start=np.inf), "`start` must be a finite number"),
        (lambda t: t.n_step_values(WALK, 5, 0, step=1), "`n` must be a whole number of at least 1"),
        (
            lambda t: t.lambda_values(WALK, 5, 1.1, step=1),
            "`trace` must be within [0, 1]; got 1.1.",
        ),
        (lambda t: t.random_walks(0), "`count` must be a whole number of at least 1; got 0."),
        (lambda t: t.random_walks(2, states=4), "`states` must be odd, so that there is a middle"),
        (lambda t: t.simulate_runs(2, 2, step=1, states=6), "`states` must be odd"),
        (lambda t: t.simulate_runs(2, 2, step=1, method="TD"), "`method` must be one of td, mc"),
        (lambda t: t.record([[0]], [1, 2]), "`rewards` must be one for each of 1; got 2."),
        (lambda t: t.record([[0], []], [1, 2]), "`paths` must hold at least one visit each"),
        (lambda t: t.record([[0, 1]], [[1]]), "`rewards` must be 2 for such a path; got 1."),
        (lambda t: t.record([[-1]], [1]), "`episodes.states` must be from 0 to inf; got -1."),
        (lambda t: t.record([[0]], [np.nan]), "`episodes.rewards` must be finite numbers."),
        (lambda t: t.returns(([0], [1.0], [False])), "`episodes.ends` must be bool, and True at"),
        (lambda t: t.returns(([0, 1], [1.0], [True])), "`episodes` must be three arrays of one"),
        (
            lambda t: t.neighbour_mean(HOLE, HOLE),
            "`unknown` must hold some pixels and leave some; got none",
        ),
        (
            lambda t: t.neighbour_mean(HOLE, ~HOLE),
            "`unknown` must hold some pixels and leave some; got all",
        ),
        (
            lambda t: t.neighbour_mean(HOLE[0], HOLE),
            "`picture` must be numbers of shape (M, N); got (3,).",
        ),
        (
            lambda t: t.neighbour_mean(HOLE, HOLE * 1),
            "`unknown` must be bool of shape (3, 3); got int64",
        ),
        (
            lambda t: t.picture_walks(np.full((3, 3), np.nan), np.eye(3, dtype=bool), 2),
            "`picture` must hold finite numbers outside the hole.",
        ),
    ],
)
def test_arguments_that_make_no_sense_are_refused(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call(temporal_differences)


def test_states_with_names_must_be_numbered_first():
    with pytest.raises(TypeError, match=r"`episodes.states` must be whole numbers; got <U1."):
        temporal_differences.record([["A"]], [1])
