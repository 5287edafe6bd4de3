"""Make styles.csv and styles.png: pictures painted in the style of others, and what is measured.

python data/make_styles.py

Lesson 23 reads both. About five minutes of one busy core.
"""

import csv
from functools import cache, partial
from itertools import product
from pathlib import Path

import cv2
import jax
import jax.numpy as jnp
import numpy as np
import optax

from helpers import data, images, learned, similarity

LAYERS = {"first layer": (0,), "block 1": (1,), "block 3": (3,), "block 5": (5,)}
LAYERS["all four"] = (0, 1, 3, 5)
WEIGHTS = (0, 0.02, 0.1, 0.5)  # of the content, in the pictures that are shown
SHOWN = (("coffee", "gravel"), ("chelsea", "immunohistochemistry"))
SHOWN += (("rocket", "brick"), ("astronaut", "retina"))
SIDE, SMALL, STEPS, SMOOTH = 96, 64, 60, 5
TUNING = (("chelsea", "gravel"), ("coffee", "immunohistochemistry"))
PAIRS = (("astronaut", "retina"), ("coffee", "grass"), ("chelsea", "hubble_deep_field"))
PAIRS += (("rocket", "brick"), ("astronaut", "immunohistochemistry"))
METHODS = ("trained", "moments", "random")
TRIED = (0.03, 0.1, 0.3, 1)  # content weights of the rivals
SETTINGS = tuple(product((0.01, 0.03), ("each layer", "one for all")))  # rate, normaliser
KEPT = 0.3  # likeness to the content that a picture must have to count
HEAD = ("study", "content", "style", "method", "layers", "weight", "rate", "normaliser", "seed")
HEAD += ("style_loss", "content_loss", "patches", "colours", "likeness")
DIRECTIONS = np.random.default_rng(0).normal(size=(64, 7, 7, 3))
DIRECTIONS -= DIRECTIONS.mean(axis=(1, 2), keepdims=True)  # blind to the mean colour


def square(name, side):
    """Return the middle square of a picture, (side, side, 3), float in [0, 1]."""
    middle = images.middle_square(data.load_image(name))
    colour = middle if middle.ndim == 3 else np.stack([middle] * 3, axis=-1)
    return cv2.resize(colour, (side, side), interpolation=cv2.INTER_AREA) / 255


def trained_maps(layers, picture):
    """Return the maps of one picture at some depths of the trained network."""
    seen, found = picture[None], []
    for stage in learned.imagenet_stages(max(layers)):
        seen = stage(seen)
        found.append(seen[0])
    return [found[layer] for layer in layers]


def random_maps(kernels, picture):
    """Return what random kernels of four sizes answer, cut off at 0."""
    names = ("NHWC", "HWIO", "NHWC")
    seen = picture[None].astype("float32")
    look = partial(jax.lax.conv_general_dilated, window_strides=(1, 1), padding="VALID")
    answers = [look(seen, kernel, dimension_numbers=names)[0] for kernel in kernels]
    return [jax.nn.relu(answer).astype("float64") for answer in answers]


def random_kernels(seed):
    """Return 16 kernels of each of four sides, nearly blind to the mean, all of one strength."""
    rng, kernels = np.random.default_rng(seed), []
    for side in (3, 5, 7, 11):
        kernel = rng.normal(size=(side, side, 3, 16))
        kernel -= 0.9 * kernel.mean(axis=(0, 1), keepdims=True)
        kernels.append((kernel / np.sqrt(np.sum(kernel**2, axis=(0, 1, 2)))).astype("float32"))
    return kernels


def gram(maps):
    """Return which channels answer together: the mean product of each two."""
    rows = maps.reshape(-1, maps.shape[-1])
    return rows.T @ rows / len(rows)


def moments(maps):
    """Return mean and SD of each channel."""
    return jnp.stack([maps.mean((0, 1)), jnp.sqrt(maps.var((0, 1)) + 1e-5)])


def losses(method, layers, normaliser, picture, content, style, kernels):
    """Return how far the style is, and how far the content."""
    see = partial(random_maps, kernels) if method == "random" else partial(trained_maps, layers)
    say = moments if method == "moments" else gram
    maps, held, wanted = see(picture), see(content)[-1], see(style)
    pairs = [(say(a), say(b)) for a, b in zip(maps, wanted, strict=True)]
    sizes = jnp.stack([jnp.sum(b**2) for _, b in pairs])
    sizes = sizes if normaliser == "each layer" else jnp.full(len(sizes), jnp.mean(sizes))
    apart = jnp.stack([jnp.sum((a - b) ** 2) for a, b in pairs]) / sizes
    return jnp.mean(apart), jnp.mean((maps[-1] - held) ** 2) / jnp.mean(held**2)


@cache
def compiled(*what):
    """Return one step of Adam on the pixels, and the two losses."""

    def loss(picture, weight, *others):
        style, moved = losses(*what, picture, *others)
        rough = sum(jnp.mean(jnp.diff(picture, axis=axis) ** 2) for axis in (0, 1))
        return style + weight * moved + SMOOTH * rough

    @jax.jit
    def step(picture, state, weight, rate, *others):
        slopes = jax.grad(loss)(picture, weight, *others)
        ways, state = optax.scale_by_adam().update(slopes, state)
        return jnp.clip(picture - rate * ways, 0, 1), state

    return step, jax.jit(partial(losses, *what))


def paint(pair, side, weight, *, layers="all four", method="trained", rate=0.03, **more):
    """Return a picture painted in `STEPS` steps, and its row without the study."""
    content, style = (square(name, side) for name in pair)
    normaliser, seed = more.get("normaliser", "each layer"), more.get("seed", 0)
    step, measure = compiled(method, LAYERS[layers], normaliser)
    others = content, style, random_kernels(seed) if method == "random" else None
    picture, state = jnp.asarray(content), optax.scale_by_adam().init(content)
    for _ in range(more.get("steps", STEPS)):
        picture, state = step(picture, state, weight, rate, *others)
    found = *measure(picture, *others), *judged(np.asarray(picture), content, style)
    told = *pair, method, layers, weight, rate, normaliser, seed
    return np.asarray(picture), [*told, *(round(float(number), 5) for number in found)]


def unlike(one, other):
    """Return how far apart two pictures are in small patches and in colours, wherever they lie.

    Along each direction the sorted values are compared, in units of the SD of `other`.
    """
    windows = [np.lib.stride_tricks.sliding_window_view(p, (7, 7), (0, 1)) for p in (one, other)]
    patches = [np.tensordot(DIRECTIONS, w, ((1, 2, 3), (3, 4, 2))) for w in windows]
    colours = [np.tensordot(DIRECTIONS[:, 0, 0], p, (1, 2)) for p in (one, other)]
    found = []
    for pair in (patches, colours):
        a, b = (np.sort(values.reshape(64, -1)) for values in pair)
        found.append(np.mean(np.abs(a - b).mean(axis=1) / b.std(axis=1)))
    return found


def judged(picture, content, style):
    """Return patches apart, colours apart, and the likeness to the content."""
    return *unlike(picture, style), similarity.structural_similarity(content, picture)


def score(rows):
    """Return patches and colours apart of the best picture that still keeps its content."""
    kept = [row[-3] + row[-2] for row in rows if row[-1] >= KEPT]
    return min(kept, default=np.inf)


def rivals():
    """Tune each method on two pairs, then let it paint five others at four content weights."""
    for method in METHODS:
        tried = {}
        for rate, normaliser in SETTINGS:
            way = {"method": method, "rate": rate, "normaliser": normaliser}
            runs = [[paint(p, SMALL, w, **way)[1] for w in TRIED[1:3]] for p in TUNING]
            yield from (["tuning", *row] for rows in runs for row in rows)
            tried[rate, normaliser] = np.mean([score(rows) for rows in runs])
        rate, normaliser = min(tried, key=tried.get)
        way = {"method": method, "rate": rate, "normaliser": normaliser}
        for (seed, pair), weight in product(enumerate(PAIRS), TRIED):
            yield ["test", *paint(pair, SMALL, weight, seed=seed, **way)[1]]


def shown():
    """Paint what the lesson shows: tiles, 6 in a row, and a row of numbers for each."""
    for weight, pair in zip(WEIGHTS, SHOWN, strict=True):
        for layers in LAYERS:
            yield paint(SHOWN[-1], SIDE, weight, layers=layers)
        yield paint(pair, SIDE, 0.02)


def main():
    """Write both files beside this script."""
    here, tiles = Path(__file__).parent, list(shown())
    sheet = np.array([tile for tile, _ in tiles]).reshape(4, 6, SIDE, SIDE, 3)
    sheet = images.as_uint8(np.concatenate(np.concatenate(sheet, axis=1), axis=1))
    images.write_image(here / "styles.png", sheet)
    rows = [["shown", *row] for _, row in tiles]
    with open(here / "styles.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows, *rivals()])


if __name__ == "__main__":
    main()
