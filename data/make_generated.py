"""Make generated.csv: what makers of digits (GANs and VAEs) reach, over five seeds.

python data/make_generated.py    (about three minutes on one quiet core)

Lesson 22 makes the runs of seed 0 again, and reads the rest.
"""

import csv
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

from helpers import data, learned

SEEDS = range(5)
KEEP = (0, 25, 50, 100, 150, 200, 300, 400, 600, 800, 1000)
RATES = (0.0005, 0.001, 0.002, 0.008)
NOISES = (1, 2, 8)
CODES = (2, 8, 32)
RATE, NOISE = 0.001, 32
COLUMNS = ["study", "setting", "seed", "step", "first_loss", "second_loss"]
COLUMNS += ["sure", "classes", "most", "spread", "nearest", "copies"]
adam = optax.scale_by_adam(b1=0.5)


def digits():
    """Return 1200 digits to learn from and 597 others, as rows of 64, with their labels."""
    squares, labels = data.load_digits()
    order = np.random.default_rng(0).permutation(len(labels))
    rows, labels = squares.reshape(-1, 64)[order], labels[order]
    return rows[:1200], labels[:1200], rows[1200:], labels[1200:]


def surprise(net, draw, rows, labels):
    """Return the loss of a classifier on one batch."""
    return learned.cross_entropy(net(rows[draw]), labels[draw])


def trained_judge(rows, labels, seed=0):
    """Return a classifier of real digits, 1000 steps long."""
    draws = np.random.default_rng(seed).integers(len(rows), size=(1000, 64))
    net = learned.dense_net((64, 128, 64, 10), rng=seed)
    return learned.minimise(surprise, net, draws, given=(rows, labels)).found


def make(maker, noise):
    """Return pictures, levels 0 to 1, of rows of noise."""
    return jax.nn.sigmoid(maker(noise))


def surprise_real(scores):
    """Return the mean surprise of hearing that the pictures are real."""
    return jax.nn.softplus(-scores).mean()


@partial(jax.jit, static_argnames="make")
def turn(nets, moments, real, noise, rates, make=make):
    """Let the critic take a step, then the maker."""

    def critic_loss(critic):
        return surprise_real(critic(real)) + surprise_real(-critic(make(nets[0], noise[0])))

    first, slopes = jax.value_and_grad(critic_loss)(nets[1])
    critic, critic_moments = moved(nets[1], slopes, moments[1], rates[1])

    def maker_loss(maker):
        return surprise_real(critic(make(maker, noise[1])))

    second, slopes = jax.value_and_grad(maker_loss)(nets[0])
    maker, maker_moments = moved(nets[0], slopes, moments[0], rates[0])
    return (maker, critic), (maker_moments, critic_moments), jnp.stack([first, second])


def moved(net, slopes, moments, rate):
    """Return a network after a step of Adam."""
    ways, moments = adam.update(slopes, moments)
    return jax.tree.map(lambda number, way: number - rate * way, net, ways), moments


def play(nets, real, noise, draw, steps, rates, *, batch=64, make=make, keep=()):
    """Let two networks play; return those kept by step, and both losses of every step."""
    moments, kept, losses = tuple(map(adam.init, nets)), {0: nets}, []
    for step in range(1, steps + 1):
        some = real[draw.integers(len(real), size=batch)]
        numbers = draw.normal(size=(2, batch, noise))
        nets, moments, both = turn(nets, moments, some, numbers, rates, make)
        losses.append(both)
        if step in keep:
            kept[step] = nets
    return kept, np.array(losses)


def dense_play(real, seed, *, noise=NOISE, rates=(RATE, RATE), keep=KEEP):
    """Let two dense networks play until the last step that is kept."""
    draw, pixels = np.random.default_rng(seed), real.shape[1]
    maker = learned.dense_net((noise, 128, 128, pixels), rng=draw)
    critic = learned.dense_net((pixels, 128, 128, 1), rng=draw)
    return play((maker, critic), real, noise, draw, keep[-1], rates, keep=keep)


def distances(rows, known):
    """Return the distance of each row to the nearest known one."""
    squares = np.sum(rows**2, axis=1)[:, None] + np.sum(known**2, axis=1) - 2 * rows @ known.T
    return np.sqrt(np.maximum(squares.min(axis=1), 0))


def measures(rows, chances, known, limit=0.5):
    """Return sure, classes, most, spread, nearest and copies of pictures as rows.

    `classes` counts those with at least 1 % of the pictures, `most` is the share of the largest.
    """
    shares = np.bincount(chances.argmax(axis=1), minlength=10) / len(rows)
    other = rows[np.random.default_rng(0).permutation(len(rows))]
    near = distances(rows, known)
    spread = np.sqrt(np.sum((rows - other) ** 2, axis=1)).mean()
    sure, classes = chances.max(axis=1).mean(), np.sum(shares >= 0.01)
    return sure, classes, shares.max(), spread, np.median(near), np.mean(near < limit)


def reconstruction(scores, rows):
    """Return the surprise in nats of each row of grey levels under scores of ink."""
    return jnp.sum(jax.nn.softplus(scores) - rows * scores, axis=-1)


def two_terms(nets, rows, noise):
    """Return the mean reconstruction and the mean KL of a VAE."""
    mean, logvar = jnp.split(nets[0](rows), 2, axis=-1)
    scores = nets[1](mean + jnp.exp(logvar / 2) * noise)
    kl = jnp.sum(mean**2 + jnp.exp(logvar) - 1 - logvar, axis=-1) / 2
    return reconstruction(scores, rows).mean(), kl.mean()


def vae_loss(nets, draw, rows):
    """Return the loss of a VAE on one batch."""
    return sum(two_terms(nets, rows[draw[0]], draw[1]))


def trained_vae(real, code, seed, *, hidden=128, steps=3000):
    """Return encoder and decoder."""
    draw, pixels = np.random.default_rng(seed), real.shape[1]
    encoder = learned.dense_net((pixels, hidden, 2 * code), rng=draw)
    decoder = learned.dense_net((code, hidden, pixels), rng=draw)
    draws = draw.integers(len(real), size=(steps, 64)), draw.normal(size=(steps, 64, code))
    return learned.minimise(vae_loss, (encoder, decoder), draws, given=(real,)).found


def rows_of_gans(real, said):
    """Yield a row for each game and kept step."""
    games = [("rate", rate, real, NOISE, (rate, rate), KEEP) for rate in RATES]
    games += [("frozen", 0, real, NOISE, (RATE, 0.0), KEEP)]
    games += [("noise", noise, real, noise, (RATE, RATE), (1000,)) for noise in NOISES]
    games += [("few", 20, real[:20], NOISE, (RATE, RATE), (1000, 3000))]
    for study, setting, known, noise, rates, keep in games:
        tried = np.random.default_rng(99).normal(size=(1000, noise))
        for seed in SEEDS:
            kept, losses = dense_play(known, seed, noise=noise, rates=rates, keep=keep)
            for step in keep:
                made = np.asarray(make(kept[step][0], tried))
                last = losses[max(step - 50, 0) : max(step, 1)].mean(axis=0)
                yield [study, setting, seed, step, *last, *measures(made, said(made), known)]


def rows_of_vaes(real, other, said):
    """Yield a row for each VAE; its losses are those of the other digits."""
    for code in CODES:
        tried = np.random.default_rng(99).normal(size=(1000, code))
        noise = np.random.default_rng(98).normal(size=(len(other), code))
        for seed in SEEDS:
            nets = trained_vae(real, code, seed)
            made = np.asarray(jax.nn.sigmoid(nets[1](tried)))
            losses = two_terms(nets, other, noise)
            yield ["VAE", code, seed, 3000, *losses, *measures(made, said(made), real)]


def main():
    """Write the file beside this script."""
    real, labels, other, _ = digits()
    judge = trained_judge(real, labels)

    def said(rows):
        return np.asarray(jax.nn.softmax(judge(rows), axis=1))

    rows = [["real", 0, 0, 0, np.nan, np.nan, *measures(other, said(other), real)]]
    rows += [*rows_of_gans(real, said), *rows_of_vaes(real, other, said)]
    rows = [[*row[:4], *(f"{number:.4g}" for number in row[4:])] for row in rows]
    with open(Path(__file__).with_name("generated.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
