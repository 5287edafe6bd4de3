"""Make networks.csv: how often small networks and their rivals are right, over three seeds.

python data/make_networks.py

Some minutes. Every strength and every step is chosen on the validation pictures.
"""

import csv
from pathlib import Path

import jax
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

from helpers import data, learned

SEEDS = range(3)
COUNTS = (10, 30, 100)
CHECKS = (50, 100, 200, 400, 800)
STRENGTHS = (0.001, 0.01, 0.1, 1, 10, 100)
HEAD = ("study", "method", "count", "seed", "step", "part", "accuracy")


def texture_parts(seed, count=100):
    """Return patches and labels to learn from, to choose with and to test with."""
    return {
        "train": data.texture_patches(count, rng=seed),
        "validation": data.texture_patches(60, "validation", rng=100 + seed),
        "test": data.texture_patches(100, "test", rng=200 + seed),
    }


def digit_parts(seed):
    """Return 1000 digits to learn from, 300 to choose with, 497 to test with, also moved."""
    pictures, digits = data.load_digits()
    order = np.random.default_rng(seed).permutation(len(digits))
    edges = {"train": (0, 1000), "validation": (1000, 1300), "test": (1300, None)}
    parts = {name: (pictures[order[a:b]], digits[order[a:b]]) for name, (a, b) in edges.items()}
    moved = np.roll(parts["test"][0], 1, axis=2)
    moved[:, :, 0] = 0
    return parts | {"moved": (moved, parts["test"][1])}


def turn(pictures, rng):
    """Mirror and turn each picture by lot: eight ways, no pixel is lost."""
    turns, flips = rng.integers(0, 4, len(pictures)), rng.integers(0, 2, len(pictures))
    turned = [np.rot90(p, k)[:, :: 1 - 2 * f] for p, k, f in zip(pictures, turns, flips)]  # noqa: B905
    return np.stack(turned)


def nudge(pictures, rng):
    """Move each picture by up to one pixel, by lot; what comes in is blank."""
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)))
    rows, columns = pictures.shape[1:3]
    places = rng.integers(0, 3, (len(pictures), 2))
    return np.stack(
        [p[i : i + rows, j : j + columns] for p, (i, j) in zip(framed, places)]  # noqa: B905
    )


def texture_net(seed):
    return learned.small_cnn((32, 32), (16, 32), 8, rng=seed)


def trained(net, parts, seed, *, rate=5e-3, checks=CHECKS, size=32, change=None):
    """Return the networks kept at the checks, and the step that is best on validation."""
    stream = learned.batches(*parts["train"], size=size, rng=seed, change=change)
    ended = learned.fit(
        net, stream, max(checks), rate=rate, validation=parts["validation"], keep=checks
    )
    best = min(ended.checked, key=lambda step: ended.checked[step][0])
    return ended.kept, best


def right(net, parts):
    return {part: learned.evaluate(net, *pair).accuracy for part, pair in parts.items()}


def rival(models, features, parts):
    """Return the accuracies of the model that is best on validation."""
    rows = {part: features(pictures) for part, (pictures, _) in parts.items()}
    fitted = [model.fit(rows["train"], parts["train"][1]) for model in models]
    scores = [model.score(rows["validation"], parts["validation"][1]) for model in fitted]
    best = fitted[int(np.argmax(scores))]
    return {part: best.score(rows[part], parts[part][1]) for part in parts}


def linear_models():
    models = [LogisticRegression(C=strength, max_iter=3000) for strength in STRENGTHS]
    return [make_pipeline(StandardScaler(), model) for model in models]


def pixels(pictures):
    return pictures.reshape(len(pictures), -1)


def differences(pictures):
    """Count the steps between neighbours in a row, in 16 classes: what a hand-made idea can do."""
    steps = np.diff(pictures, axis=2).reshape(len(pictures), -1)
    return np.array([np.histogram(row.clip(-3, 3), 16, (-3, 3))[0] for row in steps]) / 100


def common_rivals(net, parts):
    """Return the accuracies of the models that learn no kernel."""
    kernels = [SVC(C=strength) for strength in (0.1, 1, 10, 100)]
    frozen = jax.jit(lambda z: net.features(z[..., None]))
    return {
        "linear on pixels": rival(linear_models(), pixels, parts),
        "SVM on pixels": rival(kernels, pixels, parts),
        "frozen random kernels": rival(linear_models(), lambda z: np.asarray(frozen(z)), parts),
    }


def textures(seed):
    """Compare methods on 100 patches a class."""
    parts = texture_parts(seed)
    found = common_rivals(texture_net(seed), parts)
    found["histogram of differences"] = rival(linear_models(), differences, parts)
    kept, best = trained(texture_net(seed), parts, seed)
    found["network"] = right(kept[best], parts)
    for method, accuracies in found.items():
        yield from rows("textures", method, 100, seed, best, accuracies)


def more(seed):
    """Compare networks with and without turned and mirrored copies, with few and more patches."""
    for count in COUNTS:
        parts = texture_parts(seed, count)
        for method, change in (("as they are", None), ("turned and mirrored", turn)):
            kept, best = trained(texture_net(seed), parts, seed, change=change)
            for step, net in kept.items():
                yield from rows("more", method, count, seed, step, right(net, parts))
            yield from rows("chosen", method, count, seed, best, right(kept[best], parts))


def digits(seed):
    """Compare methods on 1000 digits, and on digits moved by one pixel."""
    parts, checks = digit_parts(seed), (100, 200, 400)
    made = {"strides": (1, 2), "rng": seed}
    flat = learned.small_cnn((8, 8), (16, 32), 10, flat=True, **made)
    found = common_rivals(flat, parts)
    mean = learned.small_cnn((8, 8), (16, 32), 10, **made)
    nets = {
        "network, all places": (flat, None),
        "network, mean of places": (mean, None),
        "network, all places, moved copies": (flat, nudge),
    }
    for method, (net, change) in nets.items():
        kept, best = trained(net, parts, seed, checks=checks, size=64, change=change)
        found[method] = right(kept[best], parts)
    for method, accuracies in found.items():
        yield from rows("digits", method, 1000, seed, 0, accuracies)
    pictures, truth = parts["train"]
    lot = np.random.default_rng(seed).permutation(truth[:200])
    shuffled = {"train": (pictures[:200], lot), "validation": parts["validation"]}
    kept, _ = trained(flat, shuffled, seed, rate=1e-2, checks=(400,), size=50)
    accuracies = right(kept[400], {"train": shuffled["train"], "test": parts["test"]})
    yield from rows("digits", "shuffled labels", 200, seed, 400, accuracies)


def rows(study, method, count, seed, step, accuracies):
    for part, accuracy in accuracies.items():
        yield (study, method, count, seed, step, part, f"{accuracy:.4f}")


def main():
    """Write the file beside this script."""
    with threadpool_limits(1):
        found = [row for seed in SEEDS for study in (textures, more, digits) for row in study(seed)]
    with open(Path(__file__).with_name("networks.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *found])


if __name__ == "__main__":
    main()
