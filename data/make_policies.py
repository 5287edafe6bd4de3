"""Make policies.csv: how often two classifiers are right after many ways to augment 100 digits.

python data/make_policies.py      takes about seven minutes on one core

Lesson 24 draws the same policies and reads the counts. Every way adds four pictures to each picture
to learn from; "none" and "knobs" add nothing, "copies" adds it four times as it is.
"""

import csv
from pathlib import Path

import cv2
import numpy as np
from sklearn.svm import SVC

from helpers import augment, data, learned

SEEDS = range(16)
SIZES = (50, 100, 400)  # pictures to choose with; the smaller sets are the first of the largest
COPIES = 4
MOVES = ("shift down", "shift right", "rotate", "shear down", "shear right", "scale")
POLICIES = [augment.draw_policy(rng=24_000 + number) for number in range(100)]
ONE_SIDED = ("blur", "sharpen", "posterize", "solarize", "erase")
STRENGTHS = (2, 4, 6, 8, 10)
BOTH_WAYS = (augment.Step("shift down", 1, 6), augment.Step("shift right", 1, 6))
CENTRE = 10.0, 1.0  # C of the SVM, and a factor of the library's own gamma
HEAD = 100.0  # strength of the ridge head
KNOBS = [(c, g) for c in 10 ** np.linspace(-1, 3, 10) for g in 2 ** np.linspace(-2, 2, 10)]
HEAD_KNOBS = 10 ** np.linspace(-1, 4, 20)
HEADER = ["model", "way", "setting", "seed", *(f"right_{n}" for n in SIZES), "right_test"]


def parts_of(seed):
    """Return (pictures, labels) to learn from, ten of each digit, to choose with and to test."""
    pictures, digit = data.load_digits()
    order = np.random.default_rng(seed).permutation(len(digit))
    learn = np.concatenate([order[digit[order] == c][:10] for c in range(10)])
    rest = order[~np.isin(order, learn)]
    places = {"learn": learn, "choose": rest[: SIZES[-1]], "test": rest[SIZES[-1] :]}
    return {name: (pictures[at], digit[at]) for name, at in places.items()}


def one_sign(picture, rng):
    """Shift down and right, with the strength of BOTH_WAYS but never up or left."""
    for step in BOTH_WAYS:
        picture = augment.apply_operation(picture, step.operation, step.strength, border="constant")
    return picture


def four_shifts(pictures):
    """Return each picture moved by one pixel: down, up, right and left."""
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1))
    return np.stack(
        [[augment.shift(p, *way, border="constant") for way in ways] for p in pictures]
    ).reshape(-1, *pictures.shape[1:])


def by_rand(number, strength, operations):
    """Return the function that changes one picture as RandAugment does."""

    def change(picture, rng):
        return augment.rand_augment(
            picture, number, strength, operations=operations, border="constant", rng=rng
        )

    return change


def by_rand_cut(number, strength):
    """Return the same with one slip: below 0 the operations of one side do nothing."""

    def change(picture, rng):
        for place in rng.integers(len(augment.OPERATIONS), size=number):
            signed, name = rng.choice((-1, 1)) * strength, augment.OPERATIONS[place]
            signed = max(signed, 0) if name in ONE_SIDED else signed
            picture = augment.apply_operation(picture, name, signed, border="constant", rng=rng)
        return picture

    return change


def by_policy(policy):
    """Return the function that changes one picture by a policy."""
    return lambda picture, rng: augment.apply_policy(picture, policy, border="constant", rng=rng)


def by_trivial(operations):
    """Return the function that changes one picture as TrivialAugment does."""

    def change(picture, rng):
        return augment.trivial_augment(picture, operations=operations, border="constant", rng=rng)

    return change


def ways():
    """Return a dict from (way, setting) to the function that changes one picture."""
    found = {("policy", str(n)): by_policy(policy) for n, policy in enumerate(POLICIES)}
    for name, operations in (("", augment.OPERATIONS), (" moves", MOVES)):
        for number in (1, 2, 3):
            for strength in range(1, 11):
                change = by_rand(number, strength, operations)
                found[f"rand{name}", f"{number} {strength}"] = change
        found[f"trivial{name}", ""] = by_trivial(operations)
    for number in (1, 2, 3):
        for strength in range(1, 11):
            found["rand cut", f"{number} {strength}"] = by_rand_cut(number, strength)
    for name, strength in alone():
        step = augment.Step(name, 1, strength)
        found["alone", f"{name} {strength}"] = by_policy([[step]])
    found["both signs", ""] = by_policy([BOTH_WAYS])
    found["one sign", ""] = one_sign
    found["copies", ""] = lambda picture, rng: picture
    return found


def alone():
    """Return each operation with each strength at which it is tried alone."""
    return [(name, strength) for name in augment.OPERATIONS for strength in STRENGTHS]


def changed(pictures, change, rng, copies=COPIES):
    """Return so many changed pictures of each."""
    return np.array([change(picture, rng) for picture in np.repeat(pictures, copies, axis=0)])


def fitted(model, pictures, labels, knobs=None):
    """Return a trained "SVM" or "head" of pixels as a function that names pictures."""
    rows = pictures.reshape(len(pictures), -1)
    if model == "head":
        fit = learned.ridge_head(rows, labels, strength=HEAD if knobs is None else knobs)
    else:
        c, factor = CENTRE if knobs is None else knobs
        fit = SVC(C=c, gamma=factor / (rows.shape[1] * rows.var())).fit(rows, labels)
    return lambda new: fit.predict(new.reshape(len(new), -1))


def counts(predict, parts):
    """Return how many are right of the first 50, 100 and 400 to choose with, and of the test."""
    right = {name: predict(parts[name][0]) == parts[name][1] for name in ("choose", "test")}
    return [*(int(right["choose"][:n].sum()) for n in SIZES), int(right["test"].sum())]


def rows_of(seed, chosen=None):
    """Yield the rows of one draw of the parts; `chosen` names some (way, setting) of `ways`."""
    parts = parts_of(seed)
    pictures, labels = parts["learn"]
    for place, ((way, setting), change) in enumerate(ways().items()):
        if chosen is None or (way, setting) in chosen:
            more = changed(pictures, change, np.random.default_rng([seed, place]))
            yield from both([way, setting, seed], pictures, more, labels, parts)
    if chosen is None:
        yield from both(["shifts", "", seed], pictures, four_shifts(pictures), labels, parts)
        yield from rows_plain(seed, parts)


def both(head, pictures, more, labels, parts):
    """Yield a row for each classifier after it learnt the pictures and what was added."""
    everything = np.concatenate([pictures, more]), np.r_[labels, np.repeat(labels, COPIES)]
    for model in ("SVM", "head"):
        yield [model, *head, *counts(fitted(model, *everything), parts)]


def rows_plain(seed, parts):
    """Yield the rows of classifiers that learnt the 100 pictures alone."""
    for model, knobs in (("SVM", KNOBS), ("head", HEAD_KNOBS)):
        plain = fitted(model, *parts["learn"])
        yield [model, "none", "", seed, *counts(plain, parts)]
        for number, knob in enumerate(knobs):
            tuned = fitted(model, *parts["learn"], knob)
            yield [model, "knobs", str(number), seed, *counts(tuned, parts)]
    plain = fitted("SVM", *parts["learn"])
    for place, (name, strength) in enumerate(alone()):
        change, rng = by_policy([[augment.Step(name, 1, strength)]]), [seed, 10_000 + place]
        seen = {
            part: (changed(parts[part][0], change, np.random.default_rng(rng), 1), parts[part][1])
            for part in ("choose", "test")
        }
        yield ["SVM", "seen", f"{name} {strength}", seed, *counts(plain, seen)]


def main():
    """Write the file beside this script."""
    cv2.setNumThreads(1)
    rows = [row for seed in SEEDS for row in rows_of(seed)]
    rows.sort(key=lambda row: (row[0], row[1], row[3]))  # settings stay in the order of `ways`
    with open(Path(__file__).with_name("policies.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])


if __name__ == "__main__":
    main()
