"""Make transfer.csv: what fine-tuning and training from nothing reach with few pictures.

python data/make_transfer.py

Lesson 20 draws the same patches and reads the counts: to make them takes minutes.
"""

import csv
from pathlib import Path

import cv2
import numpy as np

from helpers import data, learned

NAMES = ("brick", "grass", "gravel", "coins", "page", "text", "hubble_deep_field", "moon")
NAMES += ("immunohistochemistry", "chelsea", "retina", "rocket")


def patches(part, count, rng):
    """Return evened patches of 64 x 64 as grey in [0, 1], and their labels."""
    found, labels = data.texture_patches(count, part, size=64, names=NAMES, rng=rng)
    return np.clip(0.5 + 0.2 * found, 0, 1), labels


def some(labels, per_class, seed):
    """Return the places of so many patches of each class."""
    order = np.random.default_rng(seed).permutation(len(labels))
    return np.concatenate([order[labels[order] == c][:per_class] for c in np.unique(labels)])


def turned(pictures, rng):
    """Flip and turn a batch of square pictures, one way for each half of it."""
    halves = np.array_split(pictures, 2)
    way = [np.rot90(half, rng.integers(4), axes=(1, 2)) for half in halves]
    return np.concatenate([half[:, :, ::-1] if rng.random() < 0.5 else half for half in way])


def shrunk(grey):
    """Return patches of 32 x 32, about mean 0 and SD 1."""
    small = [cv2.resize(patch, (32, 32), interpolation=cv2.INTER_AREA) for patch in grey]
    return 5 * (np.array(small) - 0.5)


def rows_tuned():
    """Return a row for each fine-tuning: 2, 5 and 20 a class, and a rate that is too high."""
    (known, labels), (new, truth) = patches("train", 40, 1), patches("test", 40, 2)
    low, low_new = (learned.imagenet_maps(part, size=64) for part in (known, new))
    for per_class, rate in ((2, 1e-4), (5, 1e-4), (20, 1e-4), (5, 1e-2)):
        chosen = some(labels, per_class, 0)
        tuned = learned.fine_tune(low[chosen], labels[chosen], rate=rate, rng=0)
        right = np.sum(tuned.predict(low_new) == truth)
        yield ["fine-tuned", per_class, f"{rate:g}", 0, right, len(truth)]


def rows_from_nothing():
    """Return a row for each small network that begins with random weights."""
    (known, labels), (new, truth) = patches("train", 40, 1), patches("test", 40, 2)
    known, new = shrunk(known), shrunk(new)
    for seed in range(3):
        for per_class in (5, 2, 20):
            chosen = some(labels, per_class, seed)
            net = learned.small_cnn((32, 32), (16, 32, 64), len(NAMES), rng=seed)
            dealt = learned.batches(known[chosen], labels[chosen], size=48, rng=seed, change=turned)
            trained = learned.fit(net, dealt, 300, rate=2e-3).net
            right = round(learned.evaluate(trained, new, truth).accuracy * len(truth))
            yield ["from nothing", per_class, "0.002", seed, right, len(truth)]


def main():
    """Write the file beside this script."""
    rows = sorted([*rows_tuned(), *rows_from_nothing()])
    with open(Path(__file__).with_name("transfer.csv"), "w", newline="", encoding="utf-8") as file:
        head = ["network", "per_class", "rate", "seed", "right", "of"]
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


if __name__ == "__main__":
    main()
