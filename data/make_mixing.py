"""Make mixing.csv: what a small network gains if it mixes what it sees.

python data/make_mixing.py

Lesson 23 reads the table. Eight to ten minutes of one busy core.
"""

import csv
from functools import partial
from itertools import product
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from helpers import data, learned

SEEDS, STEPS, BATCH = range(5), 300, 40
METHODS = {"none": (0, 1e-3), "mixup": (0.2, 1), "moments of channels": (0.5, 0.9)}
METHODS["moments of places"] = (0.5, 0.9)  # strengths: brake; alpha; weight of the own label
PAIRED = {"none": (0, 1e-3), "mean of two": (0.3, 0.6), "made of two": (0.3, 0.6)}
RATES = {"digits": (2e-3, 5e-3), "textures": (5e-3, 1e-2), "pairs": (2e-3, 5e-3)}
HEAD = ("task", "method", "rate", "strength", "seed", "validation", "test", "chosen")


def digits(seed):
    """Return ten digits of each kind to learn from, 400 to choose with, the rest to test with."""
    pictures, labels = data.load_digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    few = np.concatenate([order[labels[order] == kind][:10] for kind in range(10)])
    rest = order[~np.isin(order, few)]
    parts = zip(("train", "validation", "test"), (few, rest[:400], rest[400:]), strict=True)
    return {part: (pictures[at][..., None], labels[at]) for part, at in parts}


def textures(seed):
    """Return 30 patches of each of eight photographs to learn from, 50 and 50 for the rest."""
    parts = {"train": 30, "validation": 50, "test": 50}
    cut = {p: data.texture_patches(n, p, rng=[seed, i]) for i, (p, n) in enumerate(parts.items())}
    return {part: (patches[..., None], labels) for part, (patches, labels) in cut.items()}


TASKS = {"digits": (digits, (8, 8), (16, 32), 10, {"strides": (1, 2), "flat": True})}
TASKS["textures"] = (textures, (32, 32), (12, 24), 8, {})


def swap(maps, partners, axes):
    """Give each picture's maps the mean and SD of its partner's, over these axes."""
    mean = maps.mean(axes, keepdims=True)
    spread = jnp.sqrt(maps.var(axes, keepdims=True) + 1e-5)
    return (maps - mean) / spread * spread[partners] + mean[partners]


def scores(net, pictures, partners, over):
    """Return scores if the first maps swap moments: over 0 none, 1 of channels, 2 of places."""
    first = learned.SmallCNN(net.kernels[:1], net.biases[:1], net.weights, net.offsets)
    maps = looked(first, net.strides[0], pictures)
    ways = maps, swap(maps, partners, (1, 2)), swap(maps, partners, 3)
    seen = jax.nn.relu(jnp.stack(ways)[over])
    rest = learned.SmallCNN(
        net.kernels[1:], net.biases[1:], net.weights, net.offsets, net.strides[1:], False, net.flat
    )
    return rest(seen)


def looked(net, stride, pictures):
    """Return the first layer's maps before they are cut off at 0: nine shifted copies."""
    rows, columns = pictures.shape[1:3]
    framed = jnp.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)))
    places = [(i, j) for i in range(3) for j in range(3)]
    copies = [framed[:, i : i + rows : stride, j : j + columns : stride] for i, j in places]
    kernels = net.kernels[0].reshape(-1, net.kernels[0].shape[-1])
    return jnp.concatenate(copies, axis=-1) @ kernels + net.biases[0]


def surprise(scores, targets):
    """Return the mean cross-entropy with targets that may be shared between classes."""
    return -jnp.mean(jnp.sum(targets * jax.nn.log_softmax(scores), axis=1))


def mixed_loss(net, draw, pictures, targets, over, brake):
    """Return the loss of one batch; what is mixed stands in the draw."""
    own, other = draw["places"], draw["places"][draw["partners"]]
    share = draw["share"]
    seen = share * pictures[own] + (1 - share) * pictures[other]
    wanted = draw["label"] * targets[own] + (1 - draw["label"]) * targets[other]
    partners = jnp.where(draw["on"], draw["partners"], jnp.arange(BATCH))
    weights = sum(jnp.sum(leaf**2) for leaf in (*net.kernels, net.weights))
    return surprise(scores(net, seen, partners, over), wanted) + brake * weights


def draws(method, strength, count, seed):
    """Return what each step sees."""
    rng, size = np.random.default_rng(seed), (STEPS, BATCH)
    ones, on = np.ones(STEPS), rng.random(STEPS) < 0.5
    partners = rng.permuted(np.tile(np.arange(BATCH), (STEPS, 1)), axis=1)
    drawn = {"places": rng.integers(0, count, size), "partners": partners, "on": on}
    shares = rng.beta(strength, strength, STEPS) if method == "mixup" else ones
    label = {"none": ones, "mixup": shares}.get(method, np.where(on, strength, 1))
    return drawn | {"share": shares, "label": label}


def run_network(task, method, rate, strength, seed):
    """Return the share right on validation and on test."""
    make, shape, widths, kinds, form = TASKS[task]
    parts = make(seed)
    net = learned.small_cnn(shape, widths, kinds, rng=seed, **form)
    over = list(METHODS).index(method) - 1 if method.startswith("moments") else 0
    brake = strength if method == "none" else 0
    given = parts["train"][0], np.eye(kinds)[parts["train"][1]], over, brake
    drawn = draws(method, strength, len(parts["train"][1]), seed)
    found = learned.minimise(mixed_loss, net, drawn, given=given, rate=rate).found
    return [learned.evaluate(found, *parts[part]).accuracy for part in ("validation", "test")]


def paired_loss(nets, draw, pictures, targets, way, side, brake):
    """Return the loss of a classifier on pictures and on what is made of two of one kind."""
    classifier, maker = nets
    one, two, third = (pictures[draw[name]] for name in ("one", "two", "third"))
    made = jax.nn.sigmoid(maker(jnp.concatenate([one, two], axis=1)))
    made = jnp.stack([one, (one + two) / 2, made])[way]
    wanted = targets[draw["one"]]
    likeness = jnp.mean(jnp.sum((made - third) ** 2, axis=1)) / 10
    both = surprise(classifier(one), wanted) + surprise(classifier(made), wanted)
    weights = sum(jnp.sum(leaf**2) for leaf in classifier.weights)
    return (1 - side) * both + side * likeness + brake * weights


def run_pair(method, rate, strength, seed):
    """Return the share right of a dense classifier that also saw pictures made of two."""
    parts = {part: (x.reshape(len(x), -1), y) for part, (x, y) in digits(seed).items()}
    pictures, labels = parts["train"]
    rng = np.random.default_rng(seed)
    one = rng.integers(0, len(labels), (2 * STEPS, BATCH))
    drawn = {"one": one}
    for name in ("two", "third"):  # ten of a kind stand together
        drawn[name] = one // 10 * 10 + rng.integers(0, 10, one.shape)
    way = list(PAIRED).index(method)
    side, brake = (0, strength) if method == "none" else (strength, 0)
    nets = learned.dense_net((64, 64, 10), rng=seed), learned.dense_net((128, 128, 64), rng=seed)
    given = pictures, np.eye(10)[labels], way, side, brake
    net, _ = learned.minimise(paired_loss, nets, drawn, given=given, rate=rate).found
    return [
        np.mean(np.argmax(net(x), axis=1) == y) for x, y in (parts["validation"], parts["test"])
    ]


def chosen_by_validation(task, method, strengths, run):
    """Return a row for each setting and seed; the setting that is best on validation is chosen."""
    runs = {}
    for rate, strength in product(RATES[task], strengths):
        runs[rate, strength] = [run(method, rate, strength, seed) for seed in SEEDS]
    best = max(runs, key=lambda setting: np.mean([found[0] for found in runs[setting]]))
    for setting, found in runs.items():
        for seed, pair in zip(SEEDS, found, strict=True):
            shares = [round(float(share), 4) for share in pair]
            yield [task, method, *setting, seed, *shares, int(setting == best)]


def rows():
    """Return all rows of the table."""
    for task in TASKS:
        for method, strengths in METHODS.items():
            yield from chosen_by_validation(task, method, strengths, partial(run_network, task))
    for method, strengths in PAIRED.items():
        yield from chosen_by_validation("pairs", method, strengths, run_pair)


def main():
    """Write the file beside this script."""
    with open(Path(__file__).with_name("mixing.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows()])


if __name__ == "__main__":
    main()
