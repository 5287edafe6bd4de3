"""Make generated_help.csv: what made digits do for a classifier that has ten real ones a class.

python data/make_generated_help.py    (about five minutes on one quiet core)

Each kind of added pictures has three settings; setting and strength of the classifier are chosen
on 300 validation digits, for each kind, amount, model and seed. The last 500 or so are the test.
"""

import csv
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from make_generated import reconstruction
from scipy import ndimage
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from helpers import data, learned

SEEDS = range(10)
AMOUNTS = (5, 10, 20, 40)  # added for each class
FEW, CODE, STEPS = 10, 8, (300, 1000, 3000)
STRENGTHS = {"SVM": (1, 10, 100), "logistic": (0.1, 1, 10, 100)}
COLUMNS = ["model", "kind", "added", "seed", "validation", "test", "agrees"]


def split(seed):
    """Return known, validation and test digits; known are ten a class first, then the rest."""
    squares, labels = data.load_digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    squares, labels = squares[order], labels[order]
    few, more = [], []
    for digit in range(10):
        places = np.flatnonzero(labels[:1000] == digit)
        few.append(places[:FEW])
        more.append(places[FEW : FEW + max(AMOUNTS)])
    parts = [np.concatenate(few), np.stack(more, axis=1).ravel()]
    parts += [np.arange(1000, 1300), np.arange(1300, len(labels))]
    return [(squares[places].reshape(-1, 64), labels[places]) for places in parts]


def conditional_loss(nets, draw, rows, classes):
    """Return the loss of a VAE whose two networks are told the class."""
    seen, told = rows[draw[0]], classes[draw[0]]
    mean, logvar = jnp.split(nets[0](jnp.concatenate([seen, told], axis=1)), 2, axis=1)
    code = mean + jnp.exp(logvar / 2) * draw[1]
    scores = nets[1](jnp.concatenate([code, told], axis=1))
    kl = jnp.sum(mean**2 + jnp.exp(logvar) - 1 - logvar, axis=1) / 2
    return jnp.mean(reconstruction(scores, seen) + kl)


def decoders(rows, labels, seed):
    """Return the decoder of a conditional VAE after each of STEPS."""
    draw = np.random.default_rng(seed)
    nets = (
        learned.dense_net((74, 128, 2 * CODE), rng=draw),
        learned.dense_net((CODE + 10, 128, 64), rng=draw),
    )
    steps = STEPS[-1]
    draws = draw.integers(len(rows), size=(steps, 64)), draw.normal(size=(steps, 64, CODE))
    given = rows, np.eye(10)[labels]
    kept = learned.minimise(conditional_loss, nets, draws, given=given, every=100).kept[1]
    return [jax.tree.map(lambda leaf, at=step // 100: leaf[at], kept) for step in STEPS]


def moved(rows, way, draw):
    """Move each picture by up to `way` pixels along rows and columns."""
    squares, ways = rows.reshape(-1, 8, 8), draw.uniform(-way, way, (len(rows), 2))
    pairs = zip(squares, ways, strict=True)
    return np.array([ndimage.shift(square, by, order=1) for square, by in pairs]).reshape(-1, 64)


def added(kind, amount, known, more, nets, seed):
    """Yield the pictures that each setting of a kind adds, in order of the classes' turn."""
    labels = np.tile(np.arange(10), amount)
    draw = np.random.default_rng(seed)
    if kind == "real":
        yield more[0][: 10 * amount], more[1][: 10 * amount]
        return
    if kind == "VAE":
        noise = draw.normal(size=(len(labels), CODE))
        for net in nets:
            scores = net(np.concatenate([noise, np.eye(10)[labels]], axis=1))
            yield np.asarray(jax.nn.sigmoid(scores)), labels
        return
    base = known[0].reshape(10, FEW, 64)[labels, draw.integers(FEW, size=len(labels))]
    for setting in (0.5, 1, 1.5) if kind == "moved" else (0.05, 0.1, 0.2):
        if kind == "moved":
            yield moved(base, setting, draw), labels
        else:
            yield np.clip(base + draw.normal(0, setting, base.shape), 0, 1), labels


def models(name):
    """Yield a model for each strength."""
    for strength in STRENGTHS[name]:
        if name == "SVM":
            yield SVC(C=strength)
        else:
            yield LogisticRegression(C=strength, max_iter=300)


def best(name, offers, known, choose, test):
    """Return validation and test accuracy of the best offer and strength by validation."""
    found = []
    for rows, labels in offers:
        both = np.concatenate([known[0], rows]), np.concatenate([known[1], labels])
        for model in models(name):
            model.fit(*both)
            found.append((model.score(*choose), model.score(*test)))
    return max(found, key=lambda pair: pair[0])


def rows_of(seed):
    """Yield a row for each model, kind and amount."""
    known, more, choose, test = split(seed)
    nets = decoders(*known, seed)
    judge = SVC(C=10).fit(*more)
    nothing = [(np.zeros((0, 64)), np.zeros(0, int))]
    for name in STRENGTHS:
        yield [name, "none", 0, seed, *best(name, nothing, known, choose, test), 1]
        for kind in ("VAE", "moved", "noise", "real"):
            for amount in AMOUNTS:
                offers = list(added(kind, amount, known, more, nets, seed))
                agrees = np.mean([np.mean(judge.predict(rows) == said) for rows, said in offers])
                pair = best(name, offers, known, choose, test)
                yield [name, kind, amount, seed, *pair, agrees]


def main():
    """Write the file beside this script."""
    rows = [row for seed in SEEDS for row in rows_of(seed)]
    rows = [[*row[:4], *(f"{number:.4f}" for number in row[4:])] for row in rows]
    place = Path(__file__).with_name("generated_help.csv")
    with open(place, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
