"""Make ratings.csv: how well heads foresee the ratings of simulated juries.

python data/make_ratings.py

Lesson 21 draws juries and patches in the same way and reads the scores. Each of five seeds has
patches of its own. Each method has the same 20 settings, looked at after six numbers of steps, to
choose from on the validation patches. Takes about four minutes on one free core.
"""

import csv
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from scipy import ndimage, stats

from helpers import clustering, data, images, learned

SEEDS = range(5)
STARS = np.arange(1, 11)
NAMES = ("astronaut", "brick", "chelsea", "coffee", "grass", "gravel", "hubble_deep_field")
NAMES += ("immunohistochemistry", "retina", "rocket")
COLUMNS = {"train": (0, 0.45), "validation": (0.45, 0.6), "natural": (0.6, 1), "uniform": (0.6, 1)}
COUNTS = {"train": 600, "validation": 300, "natural": 400, "uniform": 400}
RATES, STRENGTHS, STEPS, EVERY = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2), (0, 1e-4, 1e-3, 1e-2), 1200, 200
BEST, CAP, BINS = 6, 30, 10  # the depth that did best on the validation patches
DEPTHS = {"first layer": 0, "block 3": 3, "block 6": BEST, "block 9": 9, "block 12": 12}
DEPTHS |= {"features": 17}
HEAD = ["study", "method", "chosen_by", "seed", "test", "kept", "rate", "strength", "steps"]
HEAD += ["validation", "emd", "mae", "rank", "side", "majority", "spread", "far", "near"]


def photographs():
    """Return the ten photographs in colour, levels 0 to 1."""
    found = [images.as_float(data.load_image(name)) for name in NAMES]
    return [photo if photo.ndim == 3 else np.stack([photo] * 3, axis=-1) for photo in found]


def spoil(patch, quality, rng):
    """Return the patch blurred or made noisy, the more so the lower its quality."""
    fault = ((10 - quality) / 9) ** 2
    if rng.random() < 0.5:
        spoilt = ndimage.gaussian_filter(patch, (4 * fault, 4 * fault, 0))
    else:
        spoilt = patch + rng.normal(0, 0.35 * fault, patch.shape)
    return np.clip(spoilt, 0, 1)


def jury(quality, count, rng):
    """Return the shares of the ratings 1 to 10 that so many simulated raters give."""
    opinions = np.clip(np.rint(rng.normal(quality, 1.4, count)), 1, 10)
    return np.bincount(opinions.astype(int), minlength=11)[1:] / count


def rated_patches(part, photos, rng):
    """Return patches of one part, their ratings, those of a second jury, and their photographs."""
    count, (left, right) = COUNTS[part], COLUMNS[part]
    uniform = part == "uniform"
    qualities = rng.uniform(1.5, 9.5, count) if uniform else rng.normal(5.4, 1, count)
    sources, rows = rng.integers(len(photos), size=count), []
    for source, quality in zip(sources, qualities, strict=True):
        height, width = photos[source].shape[:2]
        row = rng.integers(height - 63)
        column = rng.integers(round(left * width), round(right * width) - 63)
        patch = photos[source][row : row + 64, column : column + 64]
        raters = rng.integers(78, 301)
        twice = [jury(quality, raters, rng) for _ in range(2)]
        rows.append([spoil(patch, quality, rng), *twice])
    return *(np.array(column) for column in zip(*rows, strict=True)), sources


def penalised(loss):
    """Return a loss with a price for large weights, as `learned.minimise` wants it."""

    def priced(net, places, rows, ratings, strength):
        loss_of_each = loss(net(rows[places]), ratings[places])
        return jnp.mean(loss_of_each) + strength * jnp.sum(net.weights[0] ** 2)

    return priced


def cross_entropy(scores, ratings):
    return -jnp.sum(ratings * jax.nn.log_softmax(scores), axis=1)


def mode_only(scores, ratings):
    return cross_entropy(scores, jax.nn.one_hot(jnp.argmax(ratings, axis=1), 10))


def squared_mean(scores, ratings):
    return (jax.nn.softmax(scores) @ STARS - ratings @ STARS) ** 2


LOSSES = {
    "earth mover": penalised(learned.earth_movers_loss),
    "cross-entropy": penalised(cross_entropy),
    "most frequent": penalised(mode_only),
    "mean only": penalised(squared_mean),
}


def scores_of(shares, ratings):
    """Return EMD, MAE, rank correlation, right side of 5, the majority's, SD ratio, far, near."""
    mean, truth = shares @ STARS, ratings @ STARS
    emd = np.sqrt(np.mean(np.cumsum(shares - ratings, axis=1) ** 2, axis=1)).mean()
    error, far = np.abs(mean - truth), np.abs(truth - 5.4) > 1.5
    rank = stats.spearmanr(mean, truth).statistic if np.ptp(mean) > 1e-9 else np.nan
    pairs = ((shares, mean), (ratings, truth))
    spreads = [np.sqrt(np.maximum(p @ STARS**2 - m**2, 0)).mean() for p, m in pairs]
    above = np.mean(truth > 5)
    side = np.mean((mean > 5) == (truth > 5))
    found = [emd, error.mean(), rank, side, max(above, 1 - above), spreads[0] / spreads[1]]
    return [*found, error[far].mean(), error[~far].mean()]


def start_at(ratings, width):
    """Return a head that answers the mean distribution, whatever it sees."""
    offsets = np.log(ratings.mean(axis=0) + 1e-3)
    return learned.DenseNet([np.zeros((width, 10))], [offsets])


def candidates(loss, rows, ratings, draws):
    """Yield settings and heads: every rate, strength and number of steps."""
    start = start_at(ratings, rows.shape[1])
    for rate in RATES:
        for strength in STRENGTHS:
            given = (rows, ratings, float(strength))
            run = learned.minimise(loss, start, draws, given=given, rate=rate, every=EVERY)
            for place in range(1, STEPS // EVERY + 1):
                net = jax.tree.map(lambda kept, at=place: kept[at], run.kept)
                yield (f"{rate:g}", f"{strength:g}", place * EVERY), net


def chosen(loss, rows, ratings, chances, seed):
    """Return the rows of a method: its best head by validation EMD, and by validation MAE."""
    rng = np.random.default_rng(seed)
    draws = rng.choice(len(chances), (STEPS, 64), p=chances / chances.sum())
    held = {}
    for settings, net in candidates(loss, rows["train"], ratings["train"], draws):
        answers = np.asarray(jax.nn.softmax(net(rows["validation"])))
        found = scores_of(answers, ratings["validation"])
        for place, by in enumerate(("EMD", "MAE")):
            if by not in held or found[place] < held[by][0]:
                held[by] = found[place], settings, net
    for by, (value, settings, net) in held.items():
        for test in ("natural", "uniform"):
            found = scores_of(np.asarray(jax.nn.softmax(net(rows[test]))), ratings[test])
            yield [by, test, np.count_nonzero(chances), *settings, value, *found]


def standardised(parts):
    """Return all parts in units of the training part's spread."""
    mean, spread = parts["train"].mean(axis=0), parts["train"].std(axis=0) + 0.05
    return {name: (rows - mean) / spread for name, rows in parts.items()}


def first_of_each_bin(bins, order):
    """Return 1 for the first patches of each bin in an order, up to the cap, 0 for others."""
    kept = np.zeros(len(bins))
    for number in range(BINS):
        kept[order[bins[order] == number][:CAP]] = 1
    return kept


def balances(ratings, sources, seed):
    """Return the chance of each training patch to be drawn, for each way of balancing."""
    means, rng = ratings @ STARS, np.random.default_rng(seed)
    edges = np.linspace(means.min(), means.max(), BINS + 1)[1:-1]
    bins = np.digitize(means, edges)
    capped = first_of_each_bin(bins, rng.permutation(len(bins)))
    fewer = np.zeros(len(bins))
    fewer[rng.permutation(len(bins))[: int(capped.sum())]] = 1
    first = first_of_each_bin(bins, np.argsort(sources, kind="stable"))
    shares = 1 / np.bincount(bins, minlength=BINS)[bins]
    return {"capped": capped, "as few": fewer, "first of each bin": first, "by 1/bin": shares}


def rows_of(seed):
    """Yield all rows of one seed."""
    rng, photos = np.random.default_rng(seed), photographs()
    parts = {part: rated_patches(part, photos, rng) for part in COUNTS}
    ratings, again = ({name: part[at] for name, part in parts.items()} for at in (1, 2))
    for test in ("natural", "uniform"):
        constant = np.tile(ratings["train"].mean(axis=0), (COUNTS[test], 1))
        for method, answers in (("constant", constant), ("second jury", again[test])):
            blank = ["EMD", seed, test, COUNTS["train"], "-", "-", 0, np.nan]
            yield ["loss", method, *blank, *scores_of(answers, ratings[test])]
    found = {name: learned.imagenet_depths(part[0], size=64) for name, part in parts.items()}
    sources = {
        method: standardised({name: rows[depth] for name, rows in found.items()})
        for method, depth in DEPTHS.items()
    }
    seven = {n: [clustering.texture_features(patch) for patch in p[0]] for n, p in parts.items()}
    sources["seven numbers"] = standardised({n: np.array(rows) for n, rows in seven.items()})
    even, best = np.ones(COUNTS["train"]), sources["block 6"]
    runs = [("source", name, "earth mover", rows, even) for name, rows in sources.items()]
    runs += [("loss", name, name, best, even) for name in LOSSES]
    ways = balances(ratings["train"], parts["train"][3], seed)
    runs += [("balance", name, "earth mover", best, chances) for name, chances in ways.items()]
    for study, method, loss, rows, chances in runs:
        for by, *rest in chosen(LOSSES[loss], rows, ratings, chances, seed):
            yield [study, method, by, seed, *rest]


def main():
    """Write the file beside this script."""
    rows = [
        [f"{value:.4f}" if isinstance(value, float) else value for value in row]
        for seed in SEEDS
        for row in rows_of(seed)
    ]
    with open(Path(__file__).with_name("ratings.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])


if __name__ == "__main__":
    main()
