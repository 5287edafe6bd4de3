"""Make generated_28.csv and generated_28.npz: makers of digits of 28 x 28 pixels, five seeds.

python data/make_generated_28.py    (about twelve minutes on one quiet core)

Lesson 22 shows the pictures of seed 0 and walks with the networks that are kept.
"""

import csv
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from make_generated import COLUMNS, measures, play, trained_vae, two_terms
from scipy import ndimage

from helpers import data, learned

KEEP = (0, 100, 200, 300, 500, 750, 1000)
LIMIT = 2.5  # nearer than this is called a copy
NOISE, RATE, CODE = 32, 0.002, 16
SEEDS = range(5)  # a game takes two minutes


def digits():
    """Return 1500 digits to learn from and 500 others, levels 0 to 1, with their labels."""
    pictures, labels = data.load_large_digits()
    order = np.random.default_rng(0).permutation(len(labels))
    pictures, labels = pictures[order] / 255, labels[order]
    return pictures[:1500], labels[:1500], pictures[1500:], labels[1500:]


def bent(pictures, rng):
    """Turn, stretch and move each picture of a batch a little."""
    found = []
    for picture in pictures[..., 0]:
        angle, scale = rng.uniform(-0.2, 0.2), rng.uniform(0.9, 1.1)
        cosine, sine = np.cos(angle), np.sin(angle)
        way = scale * np.array([[cosine, -sine], [sine, cosine]])
        start = 13.5 - way @ [13.5, 13.5] + rng.uniform(-1.5, 1.5, 2)
        found.append(ndimage.affine_transform(picture, way, start, order=1))
    return np.array(found)[..., None]


def trained_judge(pictures, labels):
    """Return a convolutional classifier of real digits."""
    net = learned.small_cnn((28, 28), (16, 32, 64), 10, flat=True, rng=0)
    stream = learned.batches(pictures, labels, size=64, rng=0, change=bent)
    return learned.fit(net, stream, 1000).net


def uniform(draw, size, before):
    """Return weights between plus and minus one over the root of the numbers in."""
    return draw.uniform(-1, 1, size) / np.sqrt(before)


def convolve(pictures, kernels, stride=1):
    """Let each kernel of 3 x 3 look at every place, or at every second one: shifted copies."""
    rows, columns = pictures.shape[1:3]
    framed = jnp.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)))
    ways = [(i, j) for i in range(3) for j in range(3)]
    copies = [framed[:, i : i + rows : stride, j : j + columns : stride] for i, j in ways]
    return jnp.concatenate(copies, axis=-1) @ kernels.reshape(-1, kernels.shape[-1])


def leaky(numbers):
    """Return numbers, the negative ones made five times smaller."""
    return jax.nn.leaky_relu(numbers, 0.2)


class Critic(dict):
    """Two layers of kernels and a linear one; calling it gives a score for each picture."""

    def __call__(self, pictures):
        """Return scores, (n, 1); above 0 says real."""
        seen = leaky(convolve(pictures, self["first"], 2) + self["offset"])
        seen = leaky(convolve(seen, self["second"], 2) + self["offset_2"])
        return seen.reshape(len(seen), -1) @ self["last"] + self["offset_3"]


jax.tree_util.register_pytree_node(
    Critic,
    lambda net: ([net[name] for name in sorted(net)], sorted(net)),
    lambda names, parts: Critic(zip(names, parts, strict=True)),
)


def fresh(draw):
    """Return a maker (a dict of arrays) and a critic with random weights."""
    maker = {
        "weights": uniform(draw, (NOISE, 49 * 32), NOISE),
        "offsets": np.zeros(49 * 32),
        "first": uniform(draw, (3, 3, 32, 16), 9 * 32),
        "offset": np.zeros(16),
        "second": uniform(draw, (3, 3, 16, 1), 9 * 16),
        "offset_2": np.zeros(1),
    }
    critic = Critic(
        first=uniform(draw, (3, 3, 1, 16), 9),
        offset=np.zeros(16),
        second=uniform(draw, (3, 3, 16, 32), 9 * 16),
        offset_2=np.zeros(32),
        last=uniform(draw, (49 * 32, 1), 49 * 32),
        offset_3=np.zeros(1),
    )
    return jax.tree.map(jnp.asarray, (maker, critic))


def make(maker, noise):
    """Return pictures of 28 x 28: maps of 7 x 7, enlarged twice, with kernels between."""
    maps = leaky(noise @ maker["weights"] + maker["offsets"]).reshape(len(noise), 7, 7, 32)
    maps = maps.repeat(2, axis=1).repeat(2, axis=2)
    maps = leaky(convolve(maps, maker["first"]) + maker["offset"])
    maps = maps.repeat(2, axis=1).repeat(2, axis=2)
    return jax.nn.sigmoid(convolve(maps, maker["second"]) + maker["offset_2"])


def played(real, seed):
    """Return the maker at each kept step of one game, and both losses of all steps."""
    draw = np.random.default_rng(seed)
    game = {"batch": 32, "make": make, "keep": KEEP}
    kept, losses = play(fresh(draw), real[..., None], NOISE, draw, KEEP[-1], (RATE, RATE), **game)
    return {step: nets[0] for step, nets in kept.items()}, losses


def main():
    """Write the two files beside this script, anew after each seed."""
    real, labels, other, truth = digits()
    flat, judge, rows, kept = real.reshape(1500, -1), trained_judge(real, labels), [], {"film": []}
    tried = np.random.default_rng(99).normal(size=(500, NOISE))
    noise = np.random.default_rng(98).normal(size=(500, CODE))

    def row(name, seed, step, losses, made):
        made = np.asarray(made).reshape(-1, 28, 28)
        found = measures(made.reshape(-1, 784), learned.predict(judge, made), flat, LIMIT)
        return [name, 0, seed, step, *(f"{number:.4g}" for number in (*losses, *found))]

    rows.append(row("real", 0, 0, (learned.evaluate(judge, other, truth).accuracy, 0), other))
    for seed in SEEDS:
        by_step, losses = played(real, seed)
        for step, maker in by_step.items():
            made = np.asarray(make(maker, tried))
            last = losses[max(step - 50, 0) : max(step, 1)].mean(axis=0)
            rows.append(row("GAN", seed, step, last, made))
            if seed == 0:
                kept["film"].append(np.round(255 * made[:40, ..., 0]).astype(np.uint8))
        nets = trained_vae(flat, CODE, seed, steps=1000)
        made = jax.nn.sigmoid(nets[1](tried[:, :CODE]))
        rows.append(row("VAE", seed, 1000, two_terms(nets, other.reshape(500, -1), noise), made))
        if seed == 0:
            kept |= {"maker": maker, "decoder": nets[1]}
            learned.save(Path(__file__).with_name("generated_28.npz"), kept, kind="float16")
        write(rows)


def write(rows):
    """Write the table."""
    place = Path(__file__).with_name("generated_28.csv")
    with open(place, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *sorted(rows)])


if __name__ == "__main__":
    main()
