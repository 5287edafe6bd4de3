"""Sixteen operations with strengths on one scale, and ways to draw them for each picture."""

from numbers import Real
from typing import NamedTuple

import cv2
import numpy as np

from helpers._arguments import one_of, probability, whole
from helpers.augment import _geometry, _levels
from helpers.augment._colours import jitter_colour
from helpers.augment._geometry import picture

STRONGEST = 10
MOVES = {  # name -> matrix; s is the strength as a share of the strongest, from -1 to 1
    "shift down": lambda shape, s: _geometry.translation(0.2 * s * shape[0], 0),
    "shift right": lambda shape, s: _geometry.translation(0, 0.2 * s * shape[1]),
    "rotate": lambda shape, s: _geometry.rotation(shape, 30 * s),
    "shear down": lambda shape, s: _geometry.shearing(shape, 0.4 * s, 0),
    "shear right": lambda shape, s: _geometry.shearing(shape, 0, 0.4 * s),
    "scale": lambda shape, s: _geometry.scaling(shape, 1 + 0.3 * s),
}
TONES = {  # both signs mean something
    "brightness": lambda image, s: jitter_colour(image, brightness=1 + 0.9 * s),
    "contrast": lambda image, s: jitter_colour(image, contrast=1 + 0.9 * s),
}
ONE_SIDED = {  # s from 0 to 1: the sign of the strength is dropped
    "blur": lambda image, s: cv2.GaussianBlur(image, (0, 0), s, borderType=cv2.BORDER_REFLECT),
    "sharpen": lambda image, s: _levels.sharpen(image, 2 * s),
    "posterize": lambda image, s: _levels.posterize(image, 8 - round(7 * s)),
    "solarize": lambda image, s: _levels.solarize(image, 1 - s),
}
WHOLE = {"invert": _levels.invert}  # no strength at all
WHOLE |= {"autocontrast": _levels.autocontrast, "equalize": _levels.equalize}
OPERATIONS = (*MOVES, *TONES, *ONE_SIDED, "erase", *WHOLE)


class Step(NamedTuple):
    """One step of a sub-policy: an operation, the chance that it happens, and its strength."""

    operation: str
    chance: float
    strength: float


def apply_operation(image, operation, strength, *, border="reflect", rng=None):
    """Apply one operation with a strength on the common scale.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    operation : one of `OPERATIONS`
        At strength 10: shifts by 0.2 of the side, turns by 30 degrees, shears by 0.4, scales by
        1.3, brightness and contrast times 1.9, blur of 1 pixel, sharpening by 2, 1 bit, all
        inverted ("solarize"), or a grey square of 0.4 of the side that `rng` places ("erase").
    strength : float in [-10, 10]
        0 changes nothing. A negative one turns moves, brightness and contrast the other way; of
        the five operations without another way ("blur" to "erase") only its size counts. "invert",
        "autocontrast" and "equalize" take no notice of it.
    border : {"reflect", "nearest", "constant"}
        What lies outside after a move.
    rng : Generator or seed, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    image, share = picture(image), _strength(strength) / STRONGEST
    if one_of(operation, "operation", OPERATIONS) in WHOLE:
        return WHOLE[operation](image)
    if share == 0:
        return image.copy()
    if operation in MOVES:
        matrix = MOVES[operation](image.shape, share)
        return _geometry.warp(image, matrix, image.shape[:2], border)
    if operation in TONES:
        return TONES[operation](image, share)
    if operation == "erase":
        return _erased(image, abs(share), np.random.default_rng(rng))
    return _geometry.clipped(ONE_SIDED[operation](image, abs(share)))


def draw_policy(*, subs=5, steps=2, operations=OPERATIONS, rng=None):
    """Draw a policy at random: sub-policies of steps, as AutoAugment's search space has them.

    Parameters
    ----------
    subs : int >= 1
        Sub-policies; each picture will get one of them.
    steps : int >= 1
        Operations of a sub-policy, in the order in which they are applied.
    operations : sequence of str
    rng : Generator or seed, optional

    Returns
    -------
    tuple of tuples of Step
        Chances are one of 0, 0.1, ..., 1, strengths of 1, 2, ..., 10 (E. D. Cubuk and others,
        2019, arXiv:1805.09501).
    """
    rng, names = np.random.default_rng(rng), _names(operations)
    subs, steps = whole(subs, "subs"), whole(steps, "steps")
    return tuple(
        tuple(
            Step(names[rng.integers(len(names))], int(rng.integers(11)) / 10, int(strength))
            for strength in rng.integers(1, STRONGEST + 1, steps)
        )
        for _ in range(subs)
    )


def apply_policy(image, policy, *, border="reflect", rng=None):
    """Draw one sub-policy for a picture, and apply its steps by their chances and random signs.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    policy : sequence of sub-policies, each a sequence of Step
    border : as for `apply_operation`
    rng : Generator or seed, optional

    Returns
    -------
    array of the shape and dtype of `image`
    """
    if not len(policy):
        raise ValueError("`policy` must hold at least one sub-policy; got none.")
    rng, image = np.random.default_rng(rng), picture(image).copy()
    for operation, chance, strength in policy[rng.integers(len(policy))]:
        sign = rng.choice((-1, 1))
        if rng.random() < probability(chance, "chance"):
            image = apply_operation(image, operation, sign * strength, border=border, rng=rng)
    return image


def rand_augment(image, number, strength, *, operations=OPERATIONS, border="reflect", rng=None):
    """Apply some operations, each drawn anew for this picture, all with one strength.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    number : int >= 1, how many operations
    strength : float in [-10, 10]; the sign of each is random
    operations : sequence of str
    border : as for `apply_operation`
    rng : Generator or seed, optional

    Returns
    -------
    array of the shape and dtype of `image` (E. D. Cubuk and others, 2020, arXiv:1909.13719)
    """
    rng, names = np.random.default_rng(rng), _names(operations)
    drawn = rng.integers(len(names), size=whole(number, "number"))
    steps = [Step(names[place], 1, strength) for place in drawn]
    return apply_policy(image, (steps,), border=border, rng=rng)


def trivial_augment(image, *, operations=OPERATIONS, border="reflect", rng=None):
    """Apply one operation, drawn anew for this picture, with a strength drawn from 0 to 10.

    Parameters
    ----------
    image, operations, border, rng
        As for `rand_augment`.

    Returns
    -------
    array of the shape and dtype of `image` (S. G. Müller and F. Hutter, 2021, arXiv:2103.10158)
    """
    rng = np.random.default_rng(rng)
    strength = int(rng.integers(STRONGEST + 1))
    return rand_augment(image, 1, strength, operations=operations, border=border, rng=rng)


def _erased(image, share, rng):
    """Cover a square of 0.4 times `share` of the shorter side, at least a pixel, with grey."""
    side = max(1, round(0.4 * share * min(image.shape[:2])))
    top, left = (int(rng.integers(length - side + 1)) for length in image.shape[:2])
    image = image.copy()
    image[top : top + side, left : left + side] = 128 if image.dtype == np.uint8 else 0.5
    return image


def _strength(strength):
    fits = isinstance(strength, Real) and not isinstance(strength, bool)
    if not (fits and -STRONGEST <= strength <= STRONGEST):
        raise ValueError(f"`strength` must be within [-10, 10]; got {strength!r}.")
    return float(strength)


def _names(operations):
    """Return the names of operations, each of them known."""
    if not len(operations):
        raise ValueError("`operations` must name at least one operation; got none.")
    return [one_of(name, "operations", OPERATIONS) for name in operations]
