"""Make unseen.csv and unseen.npz: patches of photographs that no network has learnt.

python data/make_unseen.py

Lesson 25 reads both. One free core needs about ten minutes. Rates, layers, scales and kinds of
distance are chosen where three photographs are held out of the ten to learn from; depths of the
large network and all other sources are chosen on the same three.
"""

from dataclasses import replace
from pathlib import Path

import jax.numpy as jnp
import numpy as np
from make_comparisons import (
    RATES,
    SEEDS,
    Dealer,
    contrastive,
    distances,
    naming,
    same_or_not,
    write_table,
)

from helpers import clustering, data, images, learned

TEN = ("brick", "grass", "coins", "page", "hubble_deep_field", "chelsea", "coffee", "rocket")
TEN += ("camera", "clock")
SIX = ("gravel", "immunohistochemistry", "moon", "text", "retina", "astronaut")
PATCHES, TEXTURE_STEPS = 40, 300


def texture_net(seed, outputs):
    """Return a small network whose last layer is random: from 0 it would never leave one point."""
    net = learned.small_cnn((32, 32), (16, 32, 64), outputs, rng=seed)
    last = np.random.default_rng([seed, 2]).normal(0, np.sqrt(1 / 64), (64, outputs))
    return replace(net, weights=jnp.asarray(last))


def patches(names, count, seed):
    """Return patches of the left and of the right part, with labels."""
    parts = [
        data.texture_patches(count, part, names=names, rng=[*np.atleast_1d(seed), number])
        for number, part in enumerate(("train", "test"))
    ]
    return [(found[..., None], its) for found, its in parts]


def texture_trained(loss, names, seed, rate, steps):
    """Return a network after so many steps on patches of both parts of the named photographs."""
    left, right = patches(names, 60, seed)
    rows, labels = (np.concatenate(both) for both in zip(left, right, strict=True))
    draws = Dealer(labels, steps, seed, batch=64).pairs()
    net = texture_net(seed, 16 if loss is contrastive else len(names))
    given = rows, labels, np.ones(len(labels)), 2.0
    return learned.minimise(loss, net, draws, given=given, rate=rate).found


def seen(net, pictures, layer):
    """Return what a network makes of pictures: its outputs, or the features before them."""
    return np.asarray(net(pictures) if layer == "output" else net.features(pictures))


def sources(seed, known, trained_ones):
    """Yield source, its setting, and a function from patches to rows, for all ways to look."""
    fresh = texture_net(seed, 16)
    yield "pixels", "", lambda found: found.reshape(len(found), -1)
    yield "7 numbers", "", seven
    for layer in ("output", "features"):
        yield "random net", layer, lambda found, at=layer: seen(fresh, found, at)
        for (name, rate), net in trained_ones.items():
            setting = f"rate {rate:g}, {layer}"
            yield name, setting, lambda found, net=net, at=layer: seen(net, found, at)


def seven(found):
    """Return the seven numbers of lesson 16 of each patch."""
    grey = np.clip(0.5 + 0.2 * found[..., 0], 0, 1)
    return np.array([clustering.texture_features(images.as_uint8(patch)) for patch in grey])


def imagenet(found):
    """Return a list of what each depth of the large network says of each patch."""
    return learned.imagenet_depths(np.clip(0.5 + 0.2 * found[..., 0], 0, 1), size=64)


def scaled(rows, basis):
    """Return rows as they are, and on the scale of the known ones."""
    scaling = (rows - basis.mean(axis=0)) / (basis.std(axis=0) + 0.05)
    return {"as they are": rows, "standardised": scaling}


def judged(left, right, basis, truth):
    """Yield scaling, kind, AUC and share of one-shot answers."""
    ways = zip(scaled(left, basis).items(), scaled(right, basis).values(), strict=True)
    for (scaling, one), other in ways:
        for kind, area in same_or_not(one, truth[0], other, truth[1]).items():
            yield scaling, kind, area, one_picture(distances(one, other, kind), *truth)


def one_picture(apart, labels, truth, draws=50):
    """Return the share right if one left patch of each class is known, mean of many draws."""
    rng, right = np.random.default_rng(0), []
    for _ in range(draws):
        known = [rng.choice(np.flatnonzero(labels == c)) for c in np.unique(labels)]
        right.append(np.mean(labels[known][apart[known].argmin(axis=0)] == truth))
    return np.mean(right)


def looked_at(names, basis_names, seed, nets):
    """Yield source, setting with scaling and kind, AUC and one-shot share, on named photographs."""
    (left, one), (right, other) = patches(names, PATCHES, [seed, 9])
    basis = patches(basis_names, PATCHES, [seed, 8])[0][0]
    for source, setting, rows in sources(seed, basis, nets):
        found = [rows(part) for part in (left, right, basis)]
        for scaling, kind, *values in judged(*found, (one, other)):
            yield source, ", ".join(filter(None, (setting, scaling, kind))), *values
    for depth, found in enumerate(zip(*map(imagenet, (left, right, basis)), strict=True)):
        for scaling, kind, *values in judged(*found, (one, other)):
            yield "ImageNet", f"depth {depth}, {scaling}, {kind}", *values


def nets_of(names, seed):
    """Return networks that compare and that name, at two rates, trained on named photographs."""
    losses = {"contrastive": contrastive, "classifier": naming}
    return {
        (name, rate): texture_trained(loss, names, seed, rate, TEXTURE_STEPS)
        for name, loss in losses.items()
        for rate in RATES
    }


def of_seed(seed):
    """Return what is found where three photographs are held out, and on the six new ones."""
    held = looked_at(TEN[7:], TEN[:7], seed, nets_of(TEN[:7], seed))
    return list(held), list(looked_at(SIX, TEN, seed, nets_of(TEN, seed)))


def textures(found):
    """Yield rows of the study from what each seed found; settings are chosen by distance."""
    held, asked = zip(*found, strict=True)
    chosen = {}
    for rows in zip(*held, strict=True):
        source, setting = rows[0][:2]
        if setting.endswith("distance"):
            best = np.mean([area for *_, area, _ in rows]), setting.removesuffix(", distance")
            chosen[source] = max(chosen.get(source, best), best)
    for seed, rows in zip(SEEDS, asked, strict=True):
        for source, setting, area, right in rows:
            rest, kind = setting.rsplit(", ", 1) if ", " in setting else ("", setting)
            if rest == chosen[source][1]:
                yield "textures", source, rest, seed, kind, area
                yield "textures", source, rest, seed, f"one picture, {kind}", right
                if kind == "distance":
                    yield "textures", source, rest, seed, "held out", chosen[source][0]
            if setting.startswith("depth 17"):
                yield "angles", source, setting, seed, "AUC", area


def main():
    """Write both files beside this script."""
    write_table("unseen.csv", textures([of_seed(seed) for seed in SEEDS]))
    net = texture_trained(contrastive, TEN, 0, RATES[1], TEXTURE_STEPS)
    learned.save(Path(__file__).with_name("unseen.npz"), net, kind="float16")


if __name__ == "__main__":
    main()
