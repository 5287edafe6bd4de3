"""Make maps.csv: t-SNE maps of five sets of points at four perplexities.

python data/make_maps.py

One thread only: with several the same seed draws another map each time.
"""

import csv
from pathlib import Path

import cv2
import numpy as np
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

from helpers import compression, data

PERPLEXITIES = (2, 5, 20, 50)
TEXTURES = ("brick", "grass", "gravel")


def sets():
    """Return name -> (points, labels) of the sets."""
    rng = np.random.default_rng(0)
    images, digits = data.load_digits()
    tiles = [compression.to_patches(data.load_image(name), 64) for name in TEXTURES]
    tiles = np.concatenate(tiles).reshape(-1, 64, 64)
    small = [cv2.resize(tile, (24, 24), interpolation=cv2.INTER_AREA).ravel() for tile in tiles]
    noise = rng.normal(size=(300, 64))
    tight_and_wide = rng.normal(size=(150, 20)) * np.repeat([1, 10], 75)[:, None]
    tight_and_wide[75:, 0] += 100
    near_and_far = rng.normal(size=(150, 20))
    near_and_far[:, 0] += np.repeat([0, 10, 60], 50)
    return {
        "digits": (images[:300].reshape(300, 64), digits[:300]),
        "noise": (noise, np.zeros(300, int)),
        "textures": (np.array(small) / 255, np.repeat([0, 1, 2], 64)),
        "tight and wide": (tight_and_wide, np.repeat([0, 1], 75)),
        "near and far": (near_and_far, np.repeat([0, 1, 2], 50)),
    }


def main():
    """Write the file beside this script."""
    names = [f"{axis}_{perplexity}" for perplexity in PERPLEXITIES for axis in "xy"]
    rows = []
    with threadpool_limits(1):
        for name, (points, labels) in sets().items():
            maps = [TSNE(perplexity=p, random_state=0).fit_transform(points) for p in PERPLEXITIES]
            for label, places in zip(labels, np.hstack(maps).round(1), strict=True):
                rows.append([name, label, *(f"{place:.1f}" for place in places)])
    with open(Path(__file__).with_name("maps.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([["set", "label", *names], *rows])


if __name__ == "__main__":
    main()
