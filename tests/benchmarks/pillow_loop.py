"""A loop over pictures with the transforms that torchvision applies to pictures of Pillow.

Torchvision itself needs torch, gigabytes that no benchmark is worth; its transforms of such
pictures are these calls of Pillow, with the draws that the folder job makes. Two of its classes
work on tensors only: `GaussianBlur` and `RandomErasing` are a filter and a grey box here.
"""

import hashlib
import math

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

# Of the levels that compress, 1 is the quickest; the usual 6 takes more than three times as long.
SAVING = {"jpg": {"quality": 95}, "png": {"compress_level": 1}}
LINEAR = Image.Resampling.BILINEAR


def run(folder, destination, form, count, seed=1):
    """Make `count` pictures from those in a folder, two transforms each."""
    sources, rng = [], np.random.default_rng(seed)
    for path in sorted(folder.glob("*.jpg")):  # decoded once, and with a SHA-256, as by the job
        hashlib.sha256(path.read_bytes()).hexdigest()
        sources.append(Image.open(path).convert("RGB"))
    for n in range(count):
        image = sources[n % len(sources)]
        for place in rng.choice(len(TRANSFORMS), 2, replace=False):
            image = TRANSFORMS[place](image, rng)
        image.save(destination / f"{n:05}.{form}", **SAVING[form])


def flip(image, rng):
    return (ImageOps.mirror, ImageOps.flip)[rng.integers(2)](image)


def rotate(image, rng):
    return image.rotate(rng.uniform(-25, 25), LINEAR)


def shift(image, rng):
    right, down = (rng.uniform(-0.15, 0.15) * side for side in image.size)
    return affine(image, (1, 0, -right, 0, 1, -down))


def scale(image, rng):
    factor = 1 / rng.uniform(0.8, 1.25)
    right, down = (side / 2 * (1 - factor) for side in image.size)
    return affine(image, (factor, 0, right, 0, factor, down))


def affine(image, numbers):
    return image.transform(image.size, Image.Transform.AFFINE, numbers, LINEAR)


def crop(image, rng):
    share = math.sqrt(rng.uniform(0.49, 0.9))
    wide, high = (round(share * side) for side in image.size)
    left, top = rng.integers(image.width - wide + 1), rng.integers(image.height - high + 1)
    return image.crop((left, top, left + wide, top + high)).resize(image.size, LINEAR)


def blur(image, rng):
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.5)))


def jitter(image, rng):
    """Change brightness, contrast, saturation and hue in a random order, as `ColorJitter`."""
    enhancers = ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color
    for place in rng.permutation(4):
        if place == 3:
            image = turn(image, rng.uniform(-0.04, 0.04))
        else:
            image = enhancers[place](image).enhance(rng.uniform(0.75, 1.25))
    return image


def turn(image, share):
    hue, *rest = image.convert("HSV").split()
    hue = Image.fromarray(np.array(hue) + np.int32(255 * share).astype(np.uint8))
    return Image.merge("HSV", (hue, *rest)).convert("RGB")


def erase(image, rng):
    wide, high = (round(rng.uniform(0.1, 0.3) * side) for side in image.size)
    left, top = rng.integers(image.width - wide + 1), rng.integers(image.height - high + 1)
    image = image.copy()
    image.paste((128, 128, 128), (left, top, left + wide, top + high))
    return image


TRANSFORMS = (flip, rotate, shift, scale, crop, blur, jitter, erase)
