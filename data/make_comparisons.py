"""Make comparisons.csv and comparisons.npz: networks that compare digits, and their rivals.

python data/make_comparisons.py

Lesson 25 reads both. One free core needs about five minutes. Every rate, number of steps and
number of neighbours of the study "rare" is chosen on validation pictures.
"""

import csv
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from scipy.spatial.distance import cdist
from sklearn.svm import SVC

from helpers import data, learned, roc

SEEDS = range(5)
RARE, KNOWN_RARE = (8, 9), 8
RATES, STEPS, EVERY, BATCH = (1e-3, 3e-3), 900, 300, 128
MARGINS, SHARES = (0.5, 1.0, 2.0, 4.0), (0.02, 0.2, 0.5)
WIDTHS = (64, 128, 64, 16)


# Digits: 900 to learn from, of two classes only 8 pictures; 300 to choose with; the rest to test.


def digits(seed):
    """Return rows of 64 pixels and labels of the three parts."""
    pictures, labels = data.load_digits()
    order = np.random.default_rng([seed, 0]).permutation(len(labels))
    rows, labels = pictures.reshape(-1, 64)[order], labels[order]
    rare = [np.flatnonzero(labels[:900] == digit)[:KNOWN_RARE] for digit in RARE]
    known = np.sort(np.concatenate([np.flatnonzero(~np.isin(labels[:900], RARE)), *rare]))
    parts = {"known": known, "validation": np.arange(900, 1200), "test": np.arange(1200, 1797)}
    return {name: (rows[at], labels[at]) for name, at in parts.items()}


class Dealer:
    """Draw pictures, mates of the same class and others, for many steps at once."""

    def __init__(self, labels, steps, seed, *, batch=BATCH):
        self.order = np.argsort(labels, kind="stable")
        self.classes, self.counts = np.unique(labels, return_counts=True)
        self.starts = np.cumsum(self.counts) - self.counts
        self.shape, self.rng = (steps, batch), np.random.default_rng([seed, 1])

    def members(self, classes):
        """Return a random picture of each class, as its place in the order."""
        return self.starts[classes] + self.rng.integers(0, self.counts[classes])

    def firsts(self, chances=None):
        """Return first pictures; classes have the chances of their size, or those given."""
        chances = self.counts / self.counts.sum() if chances is None else chances
        classes = self.rng.choice(len(self.counts), self.shape, p=chances)
        return classes, self.members(classes)

    def mates(self, classes, firsts):
        """Return another picture of the same class."""
        place = firsts - self.starts[classes]
        step = 1 + self.rng.integers(0, np.maximum(self.counts[classes] - 1, 1))
        return self.starts[classes] + (place + step) % self.counts[classes]

    def others(self, classes):
        """Return a picture of any other class."""
        room = self.counts.sum() - self.counts[classes]
        after = self.starts[classes] + self.counts[classes] + self.rng.integers(0, room)
        return after % self.counts.sum()

    def pairs(self, *, same=0.5, chances=None, even=False):
        """Return places of first and second pictures; the first share of a batch is same."""
        classes, firsts = self.firsts(chances)
        if same is None:  # as they come
            return self.order[firsts], self.order[self.firsts()[1]]
        apart = self.others(classes)
        if even:
            ways = 1 + self.rng.integers(0, len(self.counts) - 1, self.shape)
            apart = self.members((classes + ways) % len(self.counts))
        is_same = np.arange(self.shape[1]) < same * self.shape[1]
        return self.order[firsts], self.order[np.where(is_same, self.mates(classes, firsts), apart)]

    def triplets(self):
        """Return places of anchors, of another one of their class, and of one of another class."""
        classes, firsts = self.firsts()
        mates, apart = self.mates(classes, firsts), self.others(classes)
        return self.order[firsts], self.order[mates], self.order[apart]


# Losses: what `minimise` calls with a net, the places of one batch, and what all steps see.


def contrastive(net, draw, rows, labels, weights, margin):
    """Return the contrastive loss of a batch, each pair weighed by both of its pictures."""
    i, j = draw
    loss = learned.contrastive_loss(
        net(rows[i]), net(rows[j]), labels[i] == labels[j], margin=margin
    )
    both = weights[i] * weights[j]
    return jnp.sum(both * loss) / jnp.sum(both)


def on_distance(net, draw, rows, labels, weights, margin):
    """Return the surprise if the distance itself is taken for the chance of being different."""
    i, j = draw
    apart = jnp.sqrt(jnp.sum((net(rows[i]) - net(rows[j])) ** 2, axis=1) + 1e-12)
    chance = jnp.clip(apart, 1e-7, 1 - 1e-7)
    return -jnp.mean(jnp.where(labels[i] == labels[j], jnp.log(1 - chance), jnp.log(chance)))


def triplet(net, draw, rows, labels, weights, margin):
    """Return the triplet loss of a batch."""
    return jnp.mean(learned.triplet_loss(*(net(rows[at]) for at in draw), margin=margin))


def naming(net, draw, rows, labels, weights, margin):
    """Return the surprise of a classifier, each picture weighed."""
    i = draw[0]
    surprise = optax.softmax_cross_entropy_with_integer_labels(net(rows[i]), labels[i])
    return jnp.sum(weights[i] * surprise) / jnp.sum(weights[i])


def trained(loss, part, draws, seed, *, rate=1e-3, weights=None, margin=2.0, every=None):
    """Train a dense net from fresh weights; return the Descent."""
    rows, labels = part
    widths = (*WIDTHS[:3], 10) if loss is naming else WIDTHS
    weights = np.ones(len(labels)) if weights is None else weights
    given = rows, labels, weights, float(margin)
    start = learned.dense_net(widths, rng=seed)
    return learned.minimise(loss, start, draws, given=given, rate=rate, every=every)


# What is measured.


def made_by(net, rows):
    """Return the points that a net makes of rows, as NumPy has them."""
    return np.asarray(net(rows))


def named(known, labels, asked, k):
    """Return the class that most of the k nearest have; of a tie the one that comes nearest."""
    near = labels[np.argsort(cdist(asked, known), axis=1, kind="stable")[:, :k]]
    votes = (near[:, :, None] == near[:, None, :]).sum(axis=2)
    return near[np.arange(len(near)), votes.argmax(axis=1)]


def shares(said, labels):
    """Return balanced accuracy, and the mean share that is right of rare and of other classes."""
    right = np.array([np.mean(said[labels == digit] == digit) for digit in range(10)])
    rare = np.isin(np.arange(10), RARE)
    return {"balanced": right.mean(), "rare": right[rare].mean(), "common": right[~rare].mean()}


def by_neighbours(embed, parts, k, part="test"):
    """Return the shares of k nearest neighbours among the known, where `embed` puts pictures."""
    (known, labels), (asked, truth) = parts["known"], parts[part]
    return shares(named(embed(known), labels, embed(asked), k), truth)


def distances(first, second, kind):
    """Return the distance of each two rows, or what the cosine of their angle lacks to 1."""
    if kind == "distance":
        return cdist(first, second)
    lengths = [np.linalg.norm(rows, axis=1) for rows in (first, second)]
    return 1 - first @ second.T / (np.outer(*lengths) + 1e-12)  # a row of zeros has no angle


def same_or_not(first, labels, second=None, others=None):
    """Return the AUC of distance and of cosine for pairs of two parts, or inside one."""
    if second is None:
        at, second, others = np.triu_indices(len(first), 1), first, labels
    else:
        at = tuple(map(np.ravel, np.indices((len(first), len(second)))))
    same = labels[at[0]] == others[at[1]]
    return {n: roc.auc(same, -distances(first, second, n)[at]) for n in ("distance", "cosine")}


# Study "rare": every method chooses its settings on the validation pictures.


def ways(parts, seed):
    """Yield a name, the loss, draws and weights of each way to train."""
    labels = parts["known"][1]
    even = np.full(10, 0.1)
    inverse = 1 / np.bincount(labels)[labels]
    inverse = inverse / inverse.mean()

    def deal():
        return Dealer(labels, STEPS, seed)

    yield "contrastive", contrastive, deal().pairs(), None
    yield "contrastive, pairs as they come", contrastive, deal().pairs(same=None), None
    yield "contrastive, even classes", contrastive, deal().pairs(chances=even, even=True), None
    yield "contrastive, weights", contrastive, deal().pairs(), inverse
    yield "cross-entropy on the distance", on_distance, deal().pairs(), None
    yield "triplets", triplet, deal().triplets(), None
    yield "classifier", naming, deal().pairs(), None
    yield "classifier, weights", naming, deal().pairs(), inverse


def choices(loss, parts, draws, weights, seed):
    """Yield setting, validation and test shares of each rate, number of steps and neighbours."""
    for rate in RATES:
        kept = trained(loss, parts["known"], draws, seed, rate=rate, weights=weights, every=EVERY)
        for block in range(1, STEPS // EVERY + 1):
            net = jax.tree.map(lambda leaf, at=block: leaf[at], kept.kept)
            for k in (0,) if loss is naming else (1, 5):
                setting = f"rate {rate:g}, {block * EVERY} steps" + (f", k {k}" if k else "")
                found = []
                for part in ("validation", "test"):
                    if k:
                        found.append(
                            by_neighbours(lambda r, n=net: np.asarray(n(r)), parts, k, part)
                        )
                    else:
                        said = np.asarray(net(parts[part][0])).argmax(axis=1)
                        found.append(shares(said, parts[part][1]))
                yield setting, *found


def plain_choices(parts):
    """Yield method, setting, validation and test shares of the rivals that are no networks."""
    for k in (1, 3, 5, 9):
        found = [
            by_neighbours(lambda rows: rows, parts, k, part) for part in ("validation", "test")
        ]
        yield "pixels", f"k {k}", *found
    for strength in (0.3, 1, 3, 10, 30, 100):
        model = SVC(C=strength, class_weight="balanced").fit(*parts["known"])
        found = [shares(model.predict(parts[p][0]), parts[p][1]) for p in ("validation", "test")]
        yield "SVM, weights", f"C {strength:g}", *found


def rare():
    """Yield rows of the study, one setting for each method and seed."""
    for seed in SEEDS:
        parts, tried = digits(seed), {}
        for method, *found in plain_choices(parts):
            tried.setdefault(method, []).append(found)
        for method, loss, draws, weights in ways(parts, seed):
            tried[method] = list(choices(loss, parts, draws, weights, seed))
        for method, found in tried.items():
            setting, validation, test = max(found, key=lambda one: one[1]["balanced"])
            yield "rare", method, setting, seed, "validation", validation["balanced"]
            for measure, value in test.items():
                yield "rare", method, setting, seed, measure, value
        for k in (1, 5):
            for measure, value in by_neighbours(np.asarray, parts, k).items():
                yield "neighbours", "pixels", f"k {k}", seed, measure, value


# Study "levels": pixels from 0 to 255, and a margin that knows it or does not.


def levels():
    """Yield rows of the study."""
    cases = {
        ("contrastive", "0 to 1", "margin 2"): (contrastive, 1, 2),
        ("contrastive", "0 to 255", "margin 2"): (contrastive, 255, 2),
        ("contrastive", "0 to 255", "margin 510"): (contrastive, 255, 510),
        ("cross-entropy on the distance", "0 to 1", ""): (on_distance, 1, 2),
        ("cross-entropy on the distance", "0 to 255", ""): (on_distance, 255, 2),
    }
    for seed in SEEDS:
        for (method, scale, about), (loss, factor, margin) in cases.items():
            parts = {name: (factor * rows, its) for name, (rows, its) in digits(seed).items()}
            draws = Dealer(parts["known"][1], 600, seed).pairs()
            net = trained(loss, parts["known"], draws, seed, margin=margin).found
            setting = ", ".join(filter(None, (scale, about)))
            found = by_neighbours(partial(made_by, net), parts, 1)
            for measure, value in found.items():
                yield "levels", method, setting, seed, measure, value
        fresh = partial(made_by, learned.dense_net(WIDTHS, rng=seed))
        for measure, value in by_neighbours(fresh, digits(seed), 1).items():
            yield "levels", "random net", "any", seed, measure, value


# Study "new digits": learn some classes, compare 7, 8 and 9.


def new_digits():
    """Yield rows of the study."""
    for seed in SEEDS:
        pictures, labels = data.load_digits()
        order = np.random.default_rng([seed, 0]).permutation(len(labels))
        rows, labels = pictures.reshape(-1, 64)[order], labels[order]
        asked, truth = rows[900:][labels[900:] > 6], labels[900:][labels[900:] > 6]
        for measure, value in same_or_not(asked, truth).items():
            yield "new digits", "pixels", "", seed, measure, value
        fresh = np.asarray(learned.dense_net(WIDTHS, rng=seed)(asked))
        for measure, value in same_or_not(fresh, truth).items():
            yield "new digits", "random net", "", seed, measure, value
        for classes in (2, 4, 7):
            kept = np.flatnonzero(labels[:900] < classes)
            part = rows[kept], labels[kept]
            draws = Dealer(labels[kept], 600, seed).pairs()
            net = trained(contrastive, part, draws, seed).found
            for measure, value in same_or_not(np.asarray(net(asked)), truth).items():
                yield "new digits", "contrastive", f"{classes} classes", seed, measure, value


# The points that an explorer of the lesson shows.


def points():
    """Return arrays: what nets of each margin and share of rare pairs make of 300 test digits."""
    parts = digits(0)
    rows, labels = (part[:300] for part in parts["test"])
    found = {"labels": labels.astype(np.uint8)}
    found["known labels"] = parts["known"][1].astype(np.uint8)
    for share in SHARES:
        chances = np.full(10, (1 - share) / 8)
        chances[list(RARE)] = share / 2
        draws = Dealer(parts["known"][1], 600, 0).pairs(chances=chances)
        for margin in MARGINS:
            net = trained(contrastive, parts["known"], draws, 0, margin=margin).found
            for name, some in (("asked", rows), ("known", parts["known"][0])):
                found[f"{name}, {margin:g}, {share:g}"] = np.asarray(net(some)).astype(np.float16)
    return found


def write_table(name, rows):
    """Write rows of studies to a table beside this script."""
    head = ["study", "method", "setting", "seed", "measure", "value"]
    rows = [[*row[:-1], f"{row[-1]:.4f}"] for row in rows]
    with open(Path(__file__).with_name(name), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def main():
    """Write both files beside this script."""
    write_table("comparisons.csv", [*rare(), *levels(), *new_digits()])
    np.savez_compressed(Path(__file__).with_name("comparisons.npz"), **points())


if __name__ == "__main__":
    main()
