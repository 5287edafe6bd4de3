"""Small networks: by hand, against SciPy, finite differences and Optax; training and its traps."""

import os
import subprocess
import sys
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from scipy import ndimage
from sklearn.metrics import confusion_matrix, log_loss

from helpers import data, learned

RNG = np.random.default_rng(19)
PICTURES = RNG.normal(size=(5, 9, 7, 2))
LABELS = np.array([0, 2, 1, 2, 0])


def made(rng=3, **options):
    """Return a net whose last layer and biases are not 0, so that all gradients are."""
    net = learned.small_cnn((9, 7, 2), (4, 6), 3, rng=rng, **options)
    draw = np.random.default_rng(rng + 1)
    return jax.tree.map(lambda leaf: leaf + draw.normal(0, 0.3, leaf.shape), net)


def correlated(pictures, kernels, biases, stride):
    """Return the maps of one layer, one kernel and one channel at a time, by SciPy."""
    out = np.zeros((*pictures.shape[:3], kernels.shape[-1]))
    for n, picture in enumerate(pictures):
        for o in range(kernels.shape[-1]):
            for i in range(kernels.shape[2]):
                kernel = np.asarray(kernels[:, :, i, o])
                out[n, ..., o] += ndimage.correlate(picture[..., i], kernel, mode="constant")
    return out[:, ::stride, ::stride] + np.asarray(biases)


def test_the_scores_of_a_tiny_net_by_hand():
    net = learned.small_cnn((2, 2), (1,), 2, strides=(1,), rng=0)
    kernel = np.zeros((3, 3, 1, 1))
    kernel[1, 1], kernel[1, 2] = 1, -1  # a pixel less its right neighbour; beyond the frame is 0
    net = replace(net, kernels=[jnp.array(kernel)], weights=jnp.array([[4.0, -4]]))
    picture = np.array([[[3.0, 1], [5, 9]]])
    # differences 2, 1, -4, 9; ReLU 2, 1, 0, 9; mean 3
    assert np.asarray(net.maps(picture[..., None])[0]).ravel().tolist() == [2, 1, 0, 9]
    np.testing.assert_allclose(learned.predict(net, picture)[0, 0], 1 / (1 + np.exp(-24)))


@pytest.mark.parametrize("strides", [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_layers_are_the_correlations_of_scipy(strides):
    net = made(strides=strides)
    first = np.maximum(correlated(PICTURES, net.kernels[0], net.biases[0], strides[0]), 0)
    second = np.maximum(correlated(first, net.kernels[1], net.biases[1], strides[1]), 0)
    maps = net.maps(PICTURES)
    np.testing.assert_allclose(maps[0], first, atol=1e-12)
    np.testing.assert_allclose(maps[1], second, atol=1e-12)
    np.testing.assert_allclose(net.features(PICTURES), second.mean(axis=(1, 2)), atol=1e-12)


def test_the_library_convolves_to_the_same_numbers():
    kernels, order = made().kernels[0], ("NHWC", "HWIO", "NHWC")
    for stride in (1, 2):
        theirs = jax.lax.conv_general_dilated(
            PICTURES, kernels, (stride, stride), ((1, 1), (1, 1)), dimension_numbers=order
        )
        ours = made(strides=(stride, 1)).maps(PICTURES)[0] - made().biases[0]
        seen = np.asarray(ours) > -np.asarray(made().biases[0]) + 1e-9  # where ReLU let it pass
        np.testing.assert_allclose(np.asarray(ours)[seen], np.asarray(theirs)[seen], atol=1e-12)
        assert seen.mean() > 0.3


def test_a_pool_keeps_the_largest_of_four_and_drops_what_is_left_over():
    net = made(strides=(2, 2), pool=True)
    full = correlated(PICTURES, net.kernels[0], net.biases[0], 1)
    blocks = full[:, :8, :6].reshape(5, 4, 2, 3, 2, 4).max(axis=(2, 4))
    np.testing.assert_allclose(net.maps(PICTURES)[0], np.maximum(blocks, 0), atol=1e-12)
    assert net.maps(PICTURES)[1].shape == (5, 2, 1, 6)


def test_a_flat_head_sees_all_places():
    net = made(flat=True, strides=(1, 2))
    assert net.weights.shape == (6 * 5 * 4, 3)
    last = np.asarray(net.maps(PICTURES)[1])
    np.testing.assert_allclose(net.features(PICTURES), last.reshape(5, -1))


@pytest.mark.parametrize("options", [{}, {"pool": True}, {"flat": True, "strides": (1, 2)}])
def test_gradients_are_those_of_finite_differences(options):
    net = made(**options)
    leaves, structure = jax.tree.flatten(net)

    @jax.jit
    def loss(leaves):
        return learned.cross_entropy(structure.unflatten(leaves)(PICTURES), LABELS)

    gradient = jax.jit(jax.grad(loss))(leaves)
    draw = np.random.default_rng(0)
    for number, leaf in enumerate(leaves):
        for _ in range(4):
            place = tuple(draw.integers(side) for side in leaf.shape)
            ends = [
                float(loss([*leaves[:number], leaf.at[place].add(h), *leaves[number + 1 :]]))
                for h in (1e-6, -1e-6)
            ]
            assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(
                float(gradient[number][place]), abs=1e-7
            )
    assert all(np.abs(part).max() > 1e-4 for part in gradient)


@pytest.mark.parametrize("classes", [2, 10])
def test_the_first_loss_is_the_logarithm_of_the_number_of_classes(classes):
    net = learned.small_cnn((9, 7, 2), (4, 6), classes, rng=0)
    loss = learned.evaluate(net, PICTURES, LABELS % classes).loss
    assert loss == pytest.approx(np.log(classes), rel=1e-12)


def test_cross_entropy_is_the_mean_surprise_and_that_of_the_libraries():
    scores = np.log([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    by_hand = -(np.log(0.25) + np.log(0.8)) / 2
    labels = np.array([1, 1])
    assert learned.cross_entropy(scores, labels) == pytest.approx(by_hand)
    large = RNG.normal(0, 300, (40, 6))  # exp of such scores overflows
    labels = RNG.integers(0, 6, 40)
    theirs = optax.softmax_cross_entropy_with_integer_labels(large, labels).mean()
    assert learned.cross_entropy(large, labels) == pytest.approx(float(theirs), rel=1e-12)


def test_fresh_weights_repeat_by_seed_are_doubles_and_have_the_stated_spread():
    net, again = (learned.small_cnn((32, 32), (64, 64), 8, rng=4) for _ in range(2))
    other = learned.small_cnn((32, 32), (64, 64), 8, rng=5)
    assert all(leaf.dtype == np.float64 for leaf in jax.tree.leaves(net))
    assert jax.tree.all(jax.tree.map(lambda a, b: bool((a == b).all()), net, again))
    assert not (net.kernels[0] == other.kernels[0]).any()
    spread = float(net.kernels[1].std())
    assert spread == pytest.approx(np.sqrt(2 / (9 * 64)), rel=0.02)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((8,), (4,), 3), "`shape` must be"),
        (((8, 8), (), 3), "`shape` must be"),
        (((8, 0), (4,), 3), "`shape` must be a whole number of at least 1; got 0"),
        (((8, 8), (0,), 3), "`channels` must be a whole number of at least 1; got 0"),
        (((8, 8), (4,), 1), "`classes` must be a whole number of at least 2; got 1"),
    ],
)
def test_impossible_networks_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        learned.small_cnn(*arguments)


def test_strides_and_halving_away_are_refused():
    with pytest.raises(ValueError, match="`strides` must be a 1 or 2 for each layer; got"):
        learned.small_cnn((8, 8), (4, 4), 3, strides=(2, 3))
    with pytest.raises(ValueError, match="`strides` must be a 1 or 2 for each layer; got"):
        learned.small_cnn((8, 8), (4, 4), 3, strides=(2,))
    with pytest.raises(ValueError, match="`shape` must be larger for 4 layers; got"):
        learned.small_cnn((8, 8), (4, 4, 4, 4), 3, pool=True)


# batches


def test_each_round_deals_every_picture_once_in_another_order():
    stream = learned.batches(np.arange(10.0).reshape(10, 1, 1), np.arange(10), size=4, rng=1)
    dealt = np.concatenate([next(stream)[1] for _ in range(5)])
    rounds = dealt.reshape(2, 10)
    assert [sorted(turn) for turn in rounds.tolist()] == [list(range(10))] * 2
    assert rounds[0].tolist() != rounds[1].tolist()


def test_batches_have_one_size_their_own_labels_and_go_on_where_they_stopped():
    pictures, labels = np.arange(10.0).reshape(10, 1, 1), np.arange(10) % 3
    whole = learned.batches(pictures, labels, size=4, rng=2)
    late = learned.batches(pictures, labels, size=4, rng=2, start=3)
    seen = [next(whole) for _ in range(5)]
    for x, y in seen:
        assert x.shape == (4, 1, 1, 1)
        assert (y == x.ravel().astype(int) % 3).all()
    for (x, _), (again, _) in zip(seen[3:], late, strict=False):
        np.testing.assert_array_equal(x, again)
    larger = next(learned.batches(pictures, labels, size=25, rng=0))[1]
    assert larger.shape == (25,)


def test_a_change_repeats_by_seed_and_leaves_the_pictures_alone():
    pictures, labels = np.zeros((6, 2, 2)), np.zeros(6, int)

    def noise(batch, rng):
        batch += rng.normal(size=batch.shape)  # in place, on purpose
        return batch

    streams = [learned.batches(pictures, labels, size=3, rng=r, change=noise) for r in (1, 1, 2)]
    firsts = [next(stream)[0] for stream in streams]
    np.testing.assert_array_equal(firsts[0], firsts[1])
    assert not (firsts[0] == firsts[2]).any()
    assert not (firsts[0] == next(streams[0])[0]).any()
    assert not pictures.any()


@pytest.mark.parametrize(
    ("pictures", "labels", "message"),
    [
        (np.zeros((2, 3)), [0, 1], r"`pictures` must have shape \(n, rows, columns\[, channels\]"),
        (np.zeros((0, 3, 3)), [], r"`pictures` must have shape"),
        (np.full((2, 3, 3), np.nan), [0, 1], "`pictures` must hold finite numbers"),
        (np.zeros((2, 3, 3)), [0, 1, 1], "`labels` must be 2 whole numbers from 0"),
        (np.zeros((2, 3, 3)), [0.0, 1.0], "`labels` must be 2 whole numbers from 0; got float64"),
        (np.zeros((2, 3, 3)), [0, -1], "`labels` must be 2 whole numbers from 0"),
    ],
)
def test_pictures_and_labels_that_are_none_are_refused(pictures, labels, message):
    with pytest.raises(ValueError, match=message):
        next(learned.batches(pictures, labels))
    net = learned.small_cnn((3, 3), (2,), 2, rng=0)
    with pytest.raises(ValueError, match=message):
        learned.evaluate(net, pictures, labels)


# what it says


def test_answers_do_not_depend_on_the_batch_and_sum_to_1():
    net, pictures = made(), RNG.normal(size=(23, 9, 7, 2))
    chances = learned.predict(net, pictures)
    assert chances.shape == (23, 3)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    for batch in (1, 7, 23):
        np.testing.assert_allclose(learned.predict(net, pictures, batch=batch), chances, rtol=1e-12)
    np.testing.assert_allclose(learned.predict(net, pictures[4:5])[0], chances[4], rtol=1e-12)


def test_a_judgement_is_that_of_scikit_learn():
    net, pictures = made(), RNG.normal(size=(70, 9, 7, 2))
    labels, chances = RNG.integers(0, 3, 70), learned.predict(net, pictures)
    judged = learned.evaluate(net, pictures, labels)
    assert judged.loss == pytest.approx(log_loss(labels, chances))
    assert judged.accuracy == np.mean(chances.argmax(axis=1) == labels)
    np.testing.assert_array_equal(
        judged.confusion, confusion_matrix(labels, chances.argmax(axis=1), labels=range(3))
    )
    with pytest.raises(ValueError, match="`labels` must be below 3; got 3"):
        learned.evaluate(net, pictures[:1], [3])


# training


def patches(count=12):
    names = ("brick", "hubble_deep_field", "page")
    return data.texture_patches(count, size=16, names=names, rng=0)


def test_the_loop_is_adam_as_optax_does_it_by_itself():
    x, y = patches()
    net = learned.small_cnn((16, 16), (4,), 3, rng=1)
    ours = learned.fit(net, learned.batches(x, y, size=9, rng=3), 5, rate=0.02)
    optimiser, stream = optax.adam(0.02), learned.batches(x, y, size=9, rng=3)
    state, theirs = optimiser.init(net), net

    @jax.jit
    @jax.value_and_grad
    def loss(net, pictures, labels):
        return optax.softmax_cross_entropy_with_integer_labels(net(pictures), labels).mean()

    for step in range(5):
        value, gradient = loss(theirs, *next(stream))
        assert ours.losses[step] == pytest.approx(float(value), rel=1e-9)
        updates, state = optimiser.update(gradient, state)
        theirs = optax.apply_updates(theirs, updates)
    for mine, other in zip(jax.tree.leaves(ours.net), jax.tree.leaves(theirs), strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-12)


def test_a_resumed_training_ends_in_the_same_bits(tmp_path):
    x, y = patches()
    fresh = learned.small_cnn((16, 16), (4,), 3, rng=1)
    whole = learned.fit(fresh, learned.batches(x, y, size=8), 12)
    half = learned.fit(fresh, learned.batches(x, y, size=8), 7)
    learned.save(tmp_path / "half.npz", half[:3])
    like = learned.fit(learned.small_cnn((16, 16), (4,), 3, rng=9), iter(()), 0)
    read = learned.Training(*learned.load(tmp_path / "half.npz", like[:3]))
    assert read.step == 7
    rest = learned.fit(read, learned.batches(x, y, size=8, start=read.step), 5)
    assert rest.step == 12
    for a, b in zip(jax.tree.leaves(whole[:3]), jax.tree.leaves(rest[:3]), strict=True):
        np.testing.assert_array_equal(a, b)
    goes_on = learned.fit(half, learned.batches(x, y, size=8, start=7), 5)
    np.testing.assert_array_equal(goes_on.losses, whole.losses)


def test_only_the_named_fields_move_and_nothing_given_is_changed():
    x, y = patches()
    fresh = learned.small_cnn((16, 16), (4, 4), 3, rng=1)
    before = [np.array(leaf) for leaf in jax.tree.leaves(fresh)]
    ends = learned.fit(fresh, learned.batches(x, y), 3, trainable=("weights", "offsets")).net
    for a, b in zip(before, jax.tree.leaves(fresh), strict=True):
        np.testing.assert_array_equal(a, b)
    for a, b in zip(ends.kernels + ends.biases, fresh.kernels + fresh.biases, strict=True):
        np.testing.assert_array_equal(a, b)
    assert (ends.weights != fresh.weights).all()
    moved = learned.fit(fresh, learned.batches(x, y), 3).net
    assert all((a != b).any() for a, b in zip(moved.kernels, fresh.kernels, strict=True))
    with pytest.raises(ValueError, match=r"`trainable` must name fields .*'weight'"):
        learned.fit(fresh, learned.batches(x, y), 1, trainable=("weight",))


def test_networks_are_kept_and_judged_at_the_named_steps():
    x, y = patches()
    net = learned.small_cnn((16, 16), (4,), 3, rng=1)
    stream = learned.batches(x, y, size=8)
    ended = learned.fit(net, stream, 6, validation=(x[::2], y[::2]), keep=(0, 2, 6))
    assert list(ended.kept) == list(ended.checked) == [0, 2, 6]
    assert ended.kept[0] is net
    assert ended.kept[6] is ended.net
    two = learned.fit(net, learned.batches(x, y, size=8), 2).net
    np.testing.assert_array_equal(ended.kept[2].weights, two.weights)
    judged = learned.evaluate(two, x[::2], y[::2])
    assert ended.checked[2] == (judged.loss, judged.accuracy)
    assert ended.losses.shape == (6,)


def test_a_stream_that_ends_and_a_loss_that_explodes_are_told():
    x, y = patches()
    net = learned.small_cnn((16, 16), (4,), 3, rng=1)
    with pytest.raises(ValueError, match="`batches` must go on; they ended 3 steps too early"):
        learned.fit(net, iter([(x[..., None], y)] * 2), 5)
    with pytest.raises(FloatingPointError, match="try a lower `rate`"):
        learned.fit(net, learned.batches(x, y), 6, rate=1e308)


def test_training_reaches_a_stated_bound_on_new_pictures():
    """Bounds of the locked versions, for four textures of which chance knows a quarter."""
    names = ("brick", "hubble_deep_field", "page", "immunohistochemistry")
    x, y = data.texture_patches(60, size=24, names=names, rng=0)
    new = data.texture_patches(60, "test", size=24, names=names, rng=1)
    net = learned.small_cnn((24, 24), (8, 16), 4, rng=0)
    ended = learned.fit(net, learned.batches(x, y, size=48), 200, rate=1e-2)
    assert ended.losses[0] == pytest.approx(np.log(4))
    assert learned.evaluate(ended.net, x, y).accuracy >= 0.93
    assert learned.evaluate(ended.net, *new).accuracy >= 0.85


def test_shuffled_labels_are_learnt_and_give_chance_on_new_digits():
    pictures, digits = data.load_digits()
    order = np.random.default_rng(0).permutation(len(digits))
    pictures, digits = pictures[order], digits[order]
    wrong = np.random.default_rng(1).permutation(digits[:100])
    net = learned.small_cnn((8, 8), (16, 32), 10, strides=(1, 2), flat=True, rng=0)
    ended = learned.fit(net, learned.batches(pictures[:100], wrong, size=50), 300, rate=1e-2)
    assert learned.evaluate(ended.net, pictures[:100], wrong).accuracy == 1
    # 1697 new digits: chance is 0.1, and 4 standard deviations of a share are 0.03
    assert abs(learned.evaluate(ended.net, pictures[100:], digits[100:]).accuracy - 0.1) < 0.03


LANE = """
from helpers import data, learned
x, y = data.texture_patches(20, size=16, rng=0)
net = learned.small_cnn((16, 16), (8, 16), 8, rng=0)
ended = learned.fit(net, learned.batches(x, y, size=32), 60, rate=1e-2)
print(*(f"{loss:.6e}" for loss in ended.losses), learned.evaluate(ended.net, x, y).accuracy)
"""


def test_a_training_run_agrees_to_six_digits_without_vector_units():
    runs = [
        subprocess.run(
            [sys.executable, "-c", LANE],
            env=os.environ | flags,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for flags in ({}, {"XLA_FLAGS": "--xla_cpu_max_isa=SSE4_2"})
    ]
    assert len(runs[0].split()) == 61
    assert runs[0] == runs[1]
