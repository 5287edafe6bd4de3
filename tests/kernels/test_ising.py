"""The Ising model: energy, Gibbs sampling, denoising, and the best pictures.

Tiny lattices are enumerated in full: 2^12 pictures are few enough to know every probability.
"""

import itertools
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.special import expit

from helpers import ising
from helpers.ising import _evidence, _lattice

TINY = [(1, 1), (1, 6), (6, 1), (2, 2), (3, 3), (2, 5), (4, 3)]
SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, max_side=9)
SMALL = arrays.array_shapes(min_dims=2, max_dims=2, max_side=3)
QUARTERS = st.integers(-12, 12).map(lambda number: number / 4)
GRAIN = 2**-16  # the sampler's probabilities are rounded to it


def some_field(shape, seed=5):
    return 0.7 * np.random.default_rng(seed).normal(size=shape) + 0.2


def up_mask(shape, seed=3):
    return np.random.default_rng(seed).random(shape) < 0.5


def pairs(shape):
    """List the neighbour pairs of a lattice, once each."""
    pixels = list(np.ndindex(shape))
    return [
        (a, b) for a, b in itertools.combinations(pixels, 2) if np.abs(np.subtract(a, b)).sum() == 1
    ]


def energy_by_loop(spins, field, coupling):
    """Sum over pixels and their right and lower neighbours, one by one."""
    total, (rows, columns) = 0.0, spins.shape
    for i in range(rows):
        for j in range(columns):
            total -= field[i, j] * spins[i, j]
            if i + 1 < rows:
                total -= coupling * spins[i, j] * spins[i + 1, j]
            if j + 1 < columns:
                total -= coupling * spins[i, j] * spins[i, j + 1]
    return total


def enumerate_posterior(field, coupling):
    """Return all pictures of -1 and +1, and the probability of each."""
    states = np.array(list(itertools.product((-1, 1), repeat=field.size)))
    states = states.reshape(-1, *field.shape)
    weights = np.exp([-energy_by_loop(state, field, coupling) for state in states])
    return states, weights / weights.sum()


def correlations(states, shape):
    """Return x_a of each pixel and x_a x_b of each neighbour pair, one row for each state."""
    products = [states[:, *a] * states[:, *b] for a, b in pairs(shape)]
    return np.column_stack([states.reshape(len(states), -1), *products]).astype(float)


def z_scores(chains, field, coupling):
    """Compare the means of independent chains with full enumeration, in standard errors.

    `chains` has shape (chains, sweeps, M, N). The spread between chains gives the standard error,
    so that it holds however slowly each of them mixes.
    """
    states, weights = enumerate_posterior(field, coupling)
    exact = weights @ correlations(states, field.shape)
    means = np.array([correlations(chain, field.shape).mean(axis=0) for chain in chains])
    return (means.mean(axis=0) - exact) / (means.std(axis=0, ddof=1) / np.sqrt(len(means)))


def agree(scores):
    """Tell whether z-scores look like chance: with 16 chains, 1 in 6000 goes beyond 5."""
    return np.abs(scores).max() < 5


def sample_kernel(field, coupling, seed, sweeps=800, burn_in=20):
    evidence = _evidence.real(field, 1, coupling)
    bits, shape = np.random.SFC64(seed), field.shape
    lines, states = _lattice.split(evidence.up, np.uint8), []
    for _ in range(sweeps):
        _lattice.sweep(lines, evidence.limits, _lattice.part_shape(shape)[1], bits)
        states.append(_lattice.join(lines, shape))
    return 2 * np.array(states[burn_in:], dtype=int) - 1


def sample_textbook(field, coupling, seed, bug=None, sweeps=800, burn_in=20):
    """Sample with masks of a chessboard; `bug` plants a mistake that is often made."""
    rng, chessboard = np.random.default_rng(seed), np.indices(field.shape).sum(axis=0) % 2
    colours = (
        [chessboard >= 0] if bug == "all pixels at once" else [chessboard == 0, chessboard > 0]
    )
    x, states = np.where(field >= 0, 1, -1), []
    for _ in range(sweeps):
        for colour in colours:
            wide = np.pad(x, 1, mode="wrap" if bug == "wrapped border" else "constant")
            votes = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
            half = 1 if bug == "factor 2 missing" else 2
            chance = 1 / (1 + np.exp(-half * (coupling * votes + field)))
            x = np.where(colour & (rng.random(x.shape) < chance), 1, np.where(colour, -1, x))
        states.append(x)
    return np.array(states[burn_in:])


@pytest.mark.parametrize("shape", TINY)
def test_marginals_and_pairs_follow_full_enumeration(shape):
    field = some_field(shape)
    scores = z_scores([sample_kernel(field, 0.5, seed) for seed in range(16)], field, 0.5)
    print(f"{shape}: largest |z| {np.abs(scores).max():.2f}, mean z² {np.mean(scores**2):.2f}")
    assert agree(scores)


BUGS = ["factor 2 missing", "wrapped border", "all pixels at once"]


@pytest.mark.parametrize("bug", [None, *BUGS])
def test_the_comparison_with_enumeration_sees_a_planted_bug(bug):
    field = some_field((3, 3))
    chains = [sample_textbook(field, 0.5, seed, bug) for seed in range(16)]
    assert agree(z_scores(chains, field, 0.5)) == (bug is None)


def planes_of(limits):
    """Return the limits of each part as an array of shape (5, line)."""
    if isinstance(limits, _lattice.Planes):
        return limits.parts
    return [limits.table[kinds + np.arange(5)[:, None]] for kinds in limits.parts]


def limits_of_pixels(limits, shape):
    """Return the limits for 0 to 4 neighbours up, shape (5, M, N)."""
    parts = planes_of(limits)
    return np.array([_lattice.join([part[up] for part in parts], shape) for up in range(5)])


def chances(limits, shape):
    """Return for 0 to 4 neighbours up the probability of up, shape (5, M, N)."""
    found = limits_of_pixels(limits, shape)
    return np.where(found == _lattice.CERTAIN, 1, found / 65536)


def transition_matrix(chance, shape, colours):
    """Return P(next | state) when the pixels of some colours (0 black, 1 white) are drawn."""
    states = np.array(list(itertools.product((0, 1), repeat=shape[0] * shape[1])))
    pictures = states.reshape(-1, *shape)
    wide = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    up = wide[:, :-2, 1:-1] + wide[:, 2:, 1:-1] + wide[:, 1:-1, :-2] + wide[:, 1:-1, 2:]
    matrix = np.ones((len(states), len(states)))
    for i, j in np.ndindex(shape):
        after = pictures[None, :, i, j]
        if (i + j) % 2 in colours:
            rise = chance[up[:, i, j], i, j][:, None]
            matrix *= np.where(after == 1, rise, 1 - rise)
        else:
            matrix *= after == pictures[:, i, j][:, None]
    return matrix


def imbalance(field, coupling, limits, colours):
    """Return by how much draws of some colours miss detailed balance, and invariance."""
    _, weights = enumerate_posterior(field, coupling)
    matrix = transition_matrix(chances(limits, field.shape), field.shape, colours)
    flow = weights[:, None] * matrix
    return np.abs(flow - flow.T).max(), np.abs(weights @ matrix - weights).max()


def limits_of(field, coupling):
    return _evidence.real(field, 1, coupling).limits


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (2, 2), (2, 3), (3, 3)])
@pytest.mark.parametrize("coupling", [0, 0.4, 1.5])
def test_each_half_sweep_is_in_detailed_balance(shape, coupling):
    field = some_field(shape)
    limits = limits_of(field, coupling)
    for colour in (0, 1):
        assert max(imbalance(field, coupling, limits, (colour,))) < field.size * GRAIN


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3)])
def test_the_sweep_leaves_the_posterior_as_it_is(shape):
    field, coupling = some_field(shape), 0.7
    _, weights = enumerate_posterior(field, coupling)
    chance = chances(limits_of(field, coupling), shape)
    black, white = (transition_matrix(chance, shape, (colour,)) for colour in (0, 1))
    np.testing.assert_allclose(weights @ black @ white, weights, atol=field.size * GRAIN)


def test_the_balance_sees_a_planted_bug():
    field, coupling = some_field((2, 3)), 0.7
    limits, bound = limits_of(field, coupling), 6 * GRAIN
    half = limits_of(field / 2, coupling / 2)  # the factor 2 is missing
    assert imbalance(field, coupling, half, (0,))[0] > 100 * bound
    assert imbalance(field, coupling, half, (0,))[1] > 100 * bound
    assert imbalance(field, coupling, limits, (0, 1))[1] > 100 * bound  # all pixels at once


class ConstantBits:
    """A source of raw bits whose 16-bit draws are all the same."""

    def __init__(self, draw):
        self.word = draw * 0x0001_0001_0001_0001

    def random_raw(self, size):
        return np.full(size, self.word, dtype=np.uint64)


def sweep_with(up, limits, draw):
    lines = _lattice.split(up, np.uint8)
    _lattice.sweep(lines, limits, _lattice.part_shape(up.shape)[1], ConstantBits(draw))
    return _lattice.join(lines, up.shape), lines


def sweep_by_mask(up, chance, draw):
    """Sweep in two steps: a pixel turns up if the draw is below its limit."""
    black = np.indices(up.shape).sum(axis=0) % 2 == 0
    up = up.astype(int)
    for colour in (black, ~black):
        wide = np.pad(up, 1)
        around = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
        rise = draw / 65536 < np.take_along_axis(chance, around[None], axis=0)[0]
        up = np.where(colour, rise, up)
    return up


@pytest.mark.parametrize("shape", [(1, 3), (2, 2), (2, 3)])
@pytest.mark.parametrize("coupling", [0.6, 4])
def test_a_sweep_compares_each_draw_with_its_limit(shape, coupling):
    limits = limits_of(some_field(shape), coupling)
    chance = chances(limits, shape)
    edges = np.unique(np.rint(chance * 65536).astype(int))
    draws = np.unique(np.r_[0, edges - 1, edges, 65535].clip(0, 65535)).tolist()
    for state in itertools.product((0, 1), repeat=shape[0] * shape[1]):
        up = np.reshape(state, shape)
        for draw in draws:
            expected = sweep_by_mask(up, chance, draw)
            np.testing.assert_array_equal(sweep_with(up, limits, draw)[0], expected)


@pytest.mark.parametrize("draw", [1000, 20000, 32768, 50000, 65535])
def test_blocks_of_a_large_picture_join_without_a_seam(draw):
    up = up_mask((521, 540))
    assert _lattice.split(up, np.uint8)[0].size > _lattice.BLOCK
    limits = _evidence.two_valued(up_mask(up.shape, 4), 0.9, 0.5).limits
    expected = sweep_by_mask(up, chances(limits, up.shape), draw)
    np.testing.assert_array_equal(sweep_with(up, limits, draw)[0], expected)


def test_pixels_without_evidence_and_neighbours_are_fair_coins():
    spins = ising.gibbs_sweep(np.ones((521, 540)), 0, 0, rng=11).astype(float)
    assert abs(spins.mean()) * np.sqrt(spins.size) < 4
    for step in ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (100, 0), (0, 100)):
        product = spins[step[0] :, step[1] :] * spins[: 521 - step[0], : 540 - step[1]]
        assert abs(product.mean()) * np.sqrt(product.size) < 4


@given(SHAPES, st.floats(0, 80), st.floats(0.01, 5))
def test_pixels_outside_the_picture_never_turn_up(shape, coupling, strength):
    full = np.ones(shape, dtype=bool)
    for limits in (
        _evidence.two_valued(full, strength, coupling).limits,
        limits_of(np.full(shape, strength), coupling),
    ):
        up, lines = sweep_with(full, limits, 0)
        assert up.all()
        assert _lattice.count_up(lines) == up.size


@given(SHAPES, st.floats(0, 80), st.floats(0.001, 400), st.integers(0, 99))
def test_limits_are_the_rounded_chances(shape, coupling, strength, seed):
    """Compared to a unit for a field of two values, which float64 rounds, and for a real one."""
    up = up_mask(shape, seed)
    field = np.where(up, strength, -strength)
    degree = np.array([[np.abs(np.subtract(a, b)).sum() == 1 for a in np.ndindex(shape)]
                       for b in np.ndindex(shape)]).sum(axis=1).reshape(shape)  # fmt: skip
    exact = [65536 * expit(2 * (coupling * (2 * k - degree) + field)) for k in range(5)]
    kinds = _evidence.two_valued_limits(up, strength, coupling), limits_of(field, coupling)
    for limits, slack in zip(kinds, (0.501, 1), strict=True):
        found = limits_of_pixels(limits, shape)
        assert np.abs(found - np.minimum(exact, 65535)).max() <= slack
    found = (np.concatenate(planes_of(limits), axis=1).astype(int) for limits in kinds)
    np.testing.assert_allclose(*found, atol=1)


@pytest.mark.parametrize("value", [-1, 1])
def test_without_evidence_a_strong_coupling_holds_either_settled_state(value):
    spins = np.full((64, 65), value)
    for seed in range(40):
        spins = ising.gibbs_sweep(spins, 0, 4, rng=seed)
        assert (spins == value).all()


@given(
    arrays.arrays(np.int8, SHAPES, elements=st.sampled_from([-1, 1])), QUARTERS, st.integers(0, 9)
)
def test_energy_follows_the_double_loop(spins, level, seed):
    field = some_field(spins.shape, seed)
    coupling = abs(level)
    expected = energy_by_loop(spins.astype(int), field, coupling)
    assert ising.energy(spins, field, coupling) == pytest.approx(expected, abs=1e-9)
    constant = np.full(spins.shape, level)
    assert ising.energy(spins, level, 1) == ising.energy(spins, constant, 1)


def test_energy_by_hand():
    spins = [[1, 1, -1], [1, -1, -1]]
    # pairs: across 1 - 1 - 1 + 1 = 0, down 1 - 1 + 1 = 1; the spins sum to 0
    assert ising.energy(spins, 0, 2) == -2
    assert ising.energy(spins, 5, 0) == 0
    assert ising.energy(spins, [[1, 0, 0], [0, 0, 3]], 2) == -2 - 1 + 3


NOISES = {
    "flip": ({"flip_probability": 0.2}, lambda y, x: np.where(y == x, 0.8, 0.2)),
    "normal": ({"noise_sd": 1.3}, lambda y, x: np.exp(-((y - x) ** 2) / (2 * 1.3**2))),
    "field": ({}, lambda y, x: np.exp(x * y)),
}


@pytest.mark.parametrize("noise", NOISES)
def test_denoise_gives_the_posterior_that_bayes_rule_gives(noise):
    options, likelihood = NOISES[noise]
    real = np.random.default_rng(8).normal(size=(3, 3))
    observed = np.where(real > 0, 1, -1) if noise == "flip" else real
    options = options | ({"field": real} if noise == "field" else {"observed": observed})
    states = np.array(list(itertools.product((-1, 1), repeat=9))).reshape(-1, 3, 3)
    prior = [np.exp(0.4 * sum(x[a] * x[b] for a, b in pairs((3, 3)))) for x in states]
    weights = prior * likelihood(observed, states).prod(axis=(1, 2))
    exact = np.tensordot(weights / weights.sum(), states > 0, axes=1)
    runs = [
        ising.denoise(coupling=0.4, sweeps=700, burn_in=20, rng=seed, **options)
        for seed in range(16)
    ]
    found = np.array([run.probability for run in runs])
    scores = (found.mean(axis=0) - exact) / (found.std(axis=0, ddof=1) / 4)
    print(f"{noise}: largest |z| {np.abs(scores).max():.2f}")
    assert agree(scores)
    halved = (found.mean(axis=0) - expit(np.log(exact / (1 - exact)) / 2)) / found.std(axis=0)
    assert not agree(4 * halved)


EVIDENCE = {
    "flip": lambda shape: {"observed": up_mask(shape), "flip_probability": 0.15},
    "normal": lambda shape: {"observed": 2 * some_field(shape), "noise_sd": 0.9},
    "field": lambda shape: {"field": some_field(shape)},
}
STRENGTH = 0.5 * np.log(0.85 / 0.15)
FIELDS = {
    "flip": lambda shape: np.where(up_mask(shape), STRENGTH, -STRENGTH),
    "normal": lambda shape: 2 * some_field(shape) / 0.81,
    "field": some_field,
}


@pytest.mark.parametrize("noise", EVIDENCE)
@pytest.mark.parametrize("shape", [(1, 1), (1, 8), (7, 1), (6, 9), (11, 4)])
def test_denoise_averages_and_measures_the_states_of_gibbs_sweep(noise, shape, monkeypatch):
    field = FIELDS[noise](shape)
    bits = iter([np.random.SFC64(7), np.random.SFC64(8)])
    monkeypatch.setattr(ising._chains, "raw_bits", lambda rng: next(bits))
    run = ising.denoise(coupling=0.5, sweeps=12, burn_in=5, chains=2, **EVIDENCE[noise](shape))
    starts, kept = (np.where(field >= 0, 1, -1), np.full(shape, -1)), []
    for chain, spins in enumerate(starts):
        same = np.random.SFC64(7 + chain)
        monkeypatch.setattr(ising, "raw_bits", lambda rng, same=same: same)
        for number in range(12):
            spins = ising.gibbs_sweep(spins, field, 0.5)
            expected = energy_by_loop(spins.astype(int), field, 0.5)
            assert run.energies[chain, number] == pytest.approx(expected, abs=1e-9)
            assert run.magnetisations[chain, number] == pytest.approx(spins.mean(), abs=1e-12)
            kept += [spins > 0] * (number >= 5)
    np.testing.assert_allclose(run.probability, np.mean(kept, axis=0), atol=1e-12)
    assert run.burn_in == 5


def test_chains_start_at_the_evidence_all_down_all_up_and_at_random():
    run = ising.denoise(
        field=np.full((8, 8), 0.0), coupling=4, sweeps=3, burn_in=0, chains=5, rng=1
    )
    np.testing.assert_array_equal(run.magnetisations[:3], [[1] * 3, [-1] * 3, [1] * 3])
    assert (np.abs(run.magnetisations[3:, 0]) < 1).all()
    run = ising.denoise([[0] * 8] * 8, coupling=4, flip_probability=0.4, sweeps=1, burn_in=0)
    assert run.magnetisations == -1


@pytest.mark.parametrize("noise", EVIDENCE)
@pytest.mark.parametrize("chains", [1, 4])
def test_the_same_seed_gives_the_same_result(noise, chains):
    options = EVIDENCE[noise]((13, 10)) | {"sweeps": 9, "burn_in": 2, "chains": chains}
    first, second = (ising.denoise(rng=seed, **options) for seed in (3, np.random.default_rng(3)))
    for name in ("probability", "estimate", "energies", "magnetisations"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    other = ising.denoise(rng=4, **options)
    assert (first.probability != other.probability).any()
    assert len(np.unique(first.energies[:, -1])) == chains


def test_gibbs_sweep_takes_a_seed_or_a_generator():
    spins, rng = np.ones((20, 20)), np.random.default_rng(6)
    first, second = ising.gibbs_sweep(spins, 0, 0.3, rng), ising.gibbs_sweep(spins, 0, 0.3, rng)
    np.testing.assert_array_equal(ising.gibbs_sweep(spins, 0, 0.3, 6), first)
    assert (first != second).any()


@pytest.mark.parametrize("field", [-0.4, 0, 1.3, 90])
def test_a_number_as_field_is_the_same_everywhere(field):
    spins = np.where(np.random.default_rng(2).random((31, 44)) < 0.5, 1, -1)
    one = ising.gibbs_sweep(spins, field, 0.5, rng=7)
    everywhere = ising.gibbs_sweep(spins, np.full(spins.shape, float(field)), 0.5, rng=7)
    np.testing.assert_array_equal(one, everywhere)


def disable_features():
    """Return the environment in which NumPy uses none of its processor-specific code."""
    from numpy._core import _multiarray_umath as umath

    names = [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__[name]]
    return os.environ | {"NPY_DISABLE_CPU_FEATURES": " ".join(names)}


STATES = """
import numpy as np
from helpers import ising
up = np.random.default_rng(1).random((70, 93)) < 0.4
run = ising.denoise(up, coupling=0.6, flip_probability=0.23, sweeps=30, chains=3, rng=5)
print((run.probability.tobytes() + run.energies.tobytes()).hex())
"""


def test_flip_noise_gives_the_same_states_on_any_processor():
    command = [sys.executable, "-c", STATES]
    here, there = (
        subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
        for env in (None, disable_features())
    )
    assert here == there
    assert len(here) > 8 * 2 * 70 * 93


def forms(up):
    """Write a mask in each way that is allowed."""
    return [
        up,
        np.where(up, 1, -1).astype(np.int8),
        np.where(up, 1.0, -1.0),
        up.astype(np.uint8),
        up.astype(np.float32),
        np.where(up, 255, 0).astype(np.uint8),
        np.where(up, 255, 0),
        up.tolist(),
        np.asfortranarray(up),
    ]


@given(SHAPES, st.integers(0, 9))
@settings(deadline=None)
def test_every_form_of_a_two_valued_picture_gives_the_same_result(shape, seed):
    up = up_mask(shape, seed)
    up.flat[:2] = [True, False][: up.size]
    options = {"flip_probability": 0.2, "sweeps": 3, "burn_in": 1, "rng": seed}
    expected = ising.denoise(up, **options)
    for observed in forms(up):
        result = ising.denoise(observed, **options)
        np.testing.assert_array_equal(result.probability, expected.probability)
        np.testing.assert_array_equal(result.energies, expected.energies)


@pytest.mark.parametrize(("value", "sign"), [(False, -1), (0, -1), (-1, -1), (True, 1), (255, 1)])
def test_a_constant_picture_stays_constant(value, sign):
    run = ising.denoise(np.full((9, 7), value), coupling=3, flip_probability=0.05, rng=0)
    assert (run.estimate == sign).all()
    assert run.expected_error < 1e-3


@given(
    SHAPES, st.integers(1, 6), st.integers(0, 3), st.integers(1, 3), st.sampled_from([*EVIDENCE])
)
@settings(deadline=None)
def test_a_posterior_is_consistent(shape, kept, burn_in, chains, noise):
    sizes = {"sweeps": kept + burn_in, "burn_in": burn_in, "chains": chains}
    run = ising.denoise(rng=2, **EVIDENCE[noise](shape), **sizes)
    times = run.probability * kept * chains
    np.testing.assert_allclose(times, np.rint(times), atol=1e-9)
    assert run.probability.shape == run.estimate.shape == shape
    assert 0 <= run.probability.min() <= run.probability.max() <= 1
    np.testing.assert_array_equal(run.estimate == 1, run.probability >= 0.5)
    assert run.estimate.dtype == np.int8
    assert run.energies.shape == run.magnetisations.shape == (chains, kept + burn_in)


@pytest.mark.parametrize("kept", [255, 256, 300])
def test_counts_do_not_overflow(kept):
    run = ising.denoise(field=[[9.0, -9.0]], coupling=0, sweeps=kept, burn_in=0, rng=0)
    np.testing.assert_array_equal(run.probability, [[1, 0]])


def test_the_expected_error_by_hand():
    probability = np.array([[0.9, 0.2], [0.5, 1.0]])
    run = ising.Posterior(probability, None, None, None, 0)
    assert run.expected_error == pytest.approx((0.1 + 0.2 + 0.5 + 0.0) / 4)


def test_the_expected_error_is_the_actual_error_where_the_model_is_right():
    rng, errors = np.random.default_rng(0), []
    for _ in range(20):
        truth = np.ones((40, 41))
        for _ in range(100):
            truth = ising.gibbs_sweep(truth, 0, 0.3, rng)
        seen = np.where(rng.random(truth.shape) < 0.2, -truth, truth)
        run = ising.denoise(seen, coupling=0.3, flip_probability=0.2, sweeps=220, rng=rng)
        errors.append([(run.estimate != truth).mean(), run.expected_error])
    actual, expected = np.transpose(errors)
    difference = actual - expected
    assert abs(difference.mean()) < 4 * difference.std(ddof=1) / np.sqrt(20)
    assert 0.05 < expected.mean() < 0.2


PICTURE = [[0, 1], [1, 1]]
FLIP = {"flip_probability": 0.1}


@pytest.mark.parametrize(
    ("observed", "options", "message"),
    [
        (PICTURE, {}, "Exactly one of `flip_probability`, `noise_sd`"),
        (PICTURE, FLIP | {"noise_sd": 1}, "Exactly one of"),
        (PICTURE, {"field": PICTURE}, "Exactly one of"),
        (None, {"field": PICTURE} | FLIP, "Exactly one of"),
        (None, FLIP, "Exactly one of"),
        (PICTURE, {"flip_probability": 0}, "must be above 0 and below 0.5; got 0."),
        (PICTURE, {"flip_probability": 0.5}, "must be above 0 and below 0.5; got 0.5."),
        (PICTURE, {"flip_probability": -0.1}, "must be above 0 and below 0.5; got -0.1."),
        (PICTURE, {"flip_probability": np.nan}, "must be above 0 and below 0.5; got nan."),
        ([[0.0, 1.0]], {"noise_sd": 0}, "`noise_sd` must be a positive number; got 0."),
        ([[0.0, 1.0]], {"noise_sd": np.nan}, "`noise_sd` must be a positive number; got nan."),
        (PICTURE, FLIP | {"coupling": -1}, "`coupling` must be a number of at least 0; got -1."),
        (
            PICTURE,
            FLIP | {"coupling": np.nan},
            "`coupling` must be a number of at least 0; got nan",
        ),
        (PICTURE, FLIP | {"coupling": 81}, "`coupling` must be at most 80; got 81."),
        (PICTURE, FLIP | {"sweeps": 20}, "`sweeps` must be a whole number of at least 21; got 20."),
        (PICTURE, FLIP | {"sweeps": 0, "burn_in": 0}, "at least 1; got 0."),
        (
            PICTURE,
            FLIP | {"sweeps": 60.5},
            "`sweeps` must be a whole number of at least 21; got 60.5",
        ),
        (
            PICTURE,
            FLIP | {"burn_in": -1},
            "`burn_in` must be a whole number of at least 0; got -1.",
        ),
        (PICTURE, FLIP | {"chains": 0}, "`chains` must be a whole number of at least 1; got 0."),
        ([0, 1], FLIP, "`observed` must have shape (M, N); got (2,)."),
        ([0.0, 1.0], {"noise_sd": 1}, "`observed` must have shape (M, N); got (2,)."),
        (np.zeros((2, 2, 3)), FLIP, "`observed` must have shape (M, N); got (2, 2, 3)."),
        (np.zeros((2, 2, 3)), {"noise_sd": 1}, "got (2, 2, 3)."),
        (np.zeros((0, 3)), FLIP, "`observed` must have shape (M, N); got (0, 3)."),
        (np.zeros((0, 3)), {"noise_sd": 1}, "got (0, 3)."),
        ([[0, 128, 255]], FLIP, "got 0 to 255. Threshold a grey picture first (observed > level)"),
        ([[0.0, 0.5, 1.0]], FLIP, "Threshold a grey picture first"),
        ([[7, 7]], FLIP, "got 7 to 7. Threshold"),
        ([[0, 2]], FLIP, "got 0 to 2. Threshold"),
        ([[-1, 0]], FLIP, "got -1 to 0. Threshold"),
        ([[0, np.nan]], FLIP, "got nan to nan. Threshold"),
        ([[0, np.nan]], {"noise_sd": 1}, "`observed` must be finite; got NaN or infinity."),
        (None, {"field": [[np.inf]]}, "`field` must be finite; got NaN or infinity."),
        (None, {"field": 0.5}, "`field` must have shape (M, N); got ()."),
        (None, {"field": np.zeros((2, 2, 2))}, "`field` must have shape (M, N); got (2, 2, 2)."),
    ],
)
def test_denoise_says_what_is_wrong(observed, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        ising.denoise(observed, **options)


def test_without_noise_the_evidence_decides():
    observed = np.array([[0.5, -1e-3], [-2, 3]])
    run = ising.denoise(observed, noise_sd=1e-200, coupling=80)
    np.testing.assert_array_equal(run.probability, observed > 0)


@pytest.mark.parametrize("dtype", [bool, np.uint8])
def test_real_noise_needs_values_on_both_sides_of_zero(dtype):
    message = f"around -1 and +1 with `noise_sd`; got {np.dtype(dtype)}."
    with pytest.raises(TypeError, match=re.escape(message)):
        ising.denoise(np.zeros((2, 2), dtype), noise_sd=1)


@pytest.mark.parametrize("function", [ising.energy, ising.gibbs_sweep])
def test_spins_and_fields_that_do_not_fit_are_refused(function):
    spins = np.ones((2, 3))
    for wrong in ([1, -1], [[0, 1]], [[1, np.nan]], np.ones((2, 2, 2)), np.ones((0, 2))):
        message = f"`spins` must have shape (M, N) and hold -1 and +1; got {np.shape(wrong)}."
        with pytest.raises(ValueError, match=re.escape(message)):
            function(wrong, 0, 1)
    with pytest.raises(ValueError, match=re.escape("`field` must have shape (2, 3); got (3, 2).")):
        function(spins, spins.T, 1)
    with pytest.raises(ValueError, match="`field` must be finite; got NaN or infinity"):
        function(spins, np.nan, 1)
    for coupling in (-0.1, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"`coupling` must be a number .* got {coupling}"):
            function(spins, 0, coupling)


@pytest.mark.parametrize("function", [ising.icm, ising.exact_map])
def test_the_best_pictures_need_a_finite_field_and_no_repulsion(function):
    for wrong in (0.5, [1.0, 2.0], np.zeros((2, 0)), np.zeros((2, 2, 2))):
        message = f"`field` must have shape (M, N); got {np.shape(wrong)}."
        with pytest.raises(ValueError, match=re.escape(message)):
            function(wrong, 1)
    with pytest.raises(ValueError, match="`field` must be finite; got NaN or infinity"):
        function([[0, np.nan]], 1)
    for coupling in (-0.1, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"`coupling` must be a number .* got {coupling}"):
            function([[0.0]], coupling)


def frozen(array):
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("noise", EVIDENCE)
def test_inputs_may_be_read_only_and_strided_and_stay_as_they_are(noise):
    options = EVIDENCE[noise]((6, 5))
    name = "field" if noise == "field" else "observed"
    expected = ising.denoise(rng=1, **options)
    wide = frozen(np.repeat(options[name], 2, axis=1))
    before = wide.copy()
    result = ising.denoise(rng=1, **options | {name: wide[:, ::2]})
    np.testing.assert_array_equal(result.probability, expected.probability)
    np.testing.assert_array_equal(wide, before)


def test_kernels_do_not_write_to_their_inputs():
    spins, field = frozen(2 * up_mask((5, 4)).astype(np.int8) - 1), frozen(some_field((5, 4)))
    kept = spins.copy(), field.copy()
    swept = ising.gibbs_sweep(spins, field, 0.7, rng=1)
    ising.energy(spins, field, 0.7), ising.icm(field, 0.7), ising.exact_map(field, 0.7)
    np.testing.assert_array_equal(spins, kept[0])
    np.testing.assert_array_equal(field, kept[1])
    assert swept.dtype == np.int8
    assert not np.shares_memory(swept, spins)


@given(arrays.arrays(np.float64, SHAPES, elements=QUARTERS), st.sampled_from([0, 0.25, 0.75, 2]))
def test_icm_never_raises_the_energy_and_no_single_flip_helps(field, coupling):
    best = ising.icm(field, coupling)
    start = np.where(field >= 0, 1, -1)
    lowest = energy_by_loop(best.astype(int), field, coupling)
    assert lowest <= energy_by_loop(start, field, coupling)
    for pixel in np.ndindex(field.shape):
        flipped = best.astype(int)
        flipped[pixel] *= -1
        assert energy_by_loop(flipped, field, coupling) >= lowest


def test_icm_by_hand():
    np.testing.assert_array_equal(ising.icm([[2, -1]], 1), [[1, -1]])  # a tie stays
    np.testing.assert_array_equal(ising.icm([[2, -0.9]], 1), [[1, 1]])
    np.testing.assert_array_equal(ising.icm(np.zeros((2, 3)), 1), np.ones((2, 3)))
    np.testing.assert_array_equal(ising.icm([[2, -3]], 0), [[1, -1]])


@given(arrays.arrays(np.float64, SMALL, elements=QUARTERS), st.sampled_from([0, 0.25, 0.75, 2]))
@settings(deadline=None)
def test_exact_map_has_the_lowest_energy_of_all_pictures(field, coupling):
    states = np.array(list(itertools.product((-1, 1), repeat=field.size)))
    lowest = min(energy_by_loop(x, field, coupling) for x in states.reshape(-1, *field.shape))
    found = ising.exact_map(field, coupling)
    rounding = 20 * max(coupling, np.abs(field).max()) / 2**20
    assert energy_by_loop(found.astype(int), field, coupling) <= lowest + rounding
    assert found.dtype == np.int8


@pytest.mark.parametrize("coupling", [0.2, 0.5])
def test_exact_map_is_the_likeliest_of_all_pictures(coupling):
    for seed in range(12):
        field = some_field((3, 3), seed) - 0.2
        states, weights = enumerate_posterior(field, coupling)
        best = states[weights.argmax()]
        np.testing.assert_array_equal(ising.exact_map(field, coupling), best)


def test_exact_map_weighs_to_two_millionths():
    for nudge in (8e-6, -8e-6):
        found = ising.exact_map([[1, -1 - nudge]], 4)
        np.testing.assert_array_equal(found, np.full((1, 2), -np.sign(nudge)))


@pytest.mark.parametrize("coupling", [0, 1])
def test_exact_map_is_defined_without_evidence(coupling):
    found = ising.exact_map(np.zeros((3, 4)), coupling)
    assert set(np.unique(found)) <= {-1, 1}
    assert ising.energy(found, 0, coupling) == -17 * coupling


@pytest.mark.parametrize("scale", [1e-300, 1e-3, 1, 1e300])
def test_exact_map_does_not_depend_on_the_unit(scale):
    field = some_field((9, 8))
    expected = ising.exact_map(field, 0.6)
    np.testing.assert_array_equal(ising.exact_map(field * scale, 0.6 * scale), expected)
    np.testing.assert_array_equal(ising.exact_map(-field, 0.6), -expected)


@pytest.mark.parametrize(("shape", "coupling"), [((24, 31), 0.4), ((150, 170), 1), ((60, 60), 4)])
def test_no_sampled_picture_lies_below_the_exact_optimum(shape, coupling):
    field = some_field(shape)
    lowest = ising.energy(ising.exact_map(field, coupling), field, coupling)
    slack = 2 * field.size * max(coupling, np.abs(field).max()) / 2**20
    assert lowest <= ising.energy(ising.icm(field, coupling), field, coupling) + slack
    run = ising.denoise(field=field, coupling=coupling, chains=4, rng=1)
    assert lowest <= run.energies.min() + slack
    assert lowest <= ising.energy(run.estimate, field, coupling) + slack
