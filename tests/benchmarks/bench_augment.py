"""The folder job against a tutorial's loop over files: read, transform step by step, write.

Both draw the same operations; the loop applies them with SciPy and scikit-image, each with an
interpolation of its own, and writes with imageio. Libraries are in `bench_folder_job`.

Two workers share Python's lock, which each short call hands over: for JPEG they were 12 to 14
times as fast as the loop on a busy machine, one worker 12.6 to 13. Bare calls of OpenCV (decode,
warp, encode, write) in two threads gained 1.2 to 1.5 there, colours in floats nothing. PNG files,
whose encoder keeps away from the lock for longer, gained 1.3 to 1.4.
"""

import atexit
import csv
import json
import shutil
import tempfile
from pathlib import Path

import cv2
import imageio.v3 as iio
import numpy as np
from report import Row
from scipy import ndimage
from skimage import color, filters, transform

from helpers import data
from helpers.folder_job import augment_folder

GOALS = {("jpg", 1): 8, ("jpg", 2): 11, ("png", 1): 6, ("png", 2): 11}
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "immunohistochemistry", "retina", "rocket")


def rows(tiny=False):
    """Declare every row; `tiny` shrinks pictures and counts."""
    number, count, side = (6, 20, 24) if tiny else (289, 2000, 256)
    base = Path(tempfile.mkdtemp(prefix="bench_augment_"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    write_sources(base / "source", number, side)
    part = 1 if tiny else 20  # the loop makes one in twenty, so that its goal is a twentieth too
    return [
        job_row(base, form, workers, count, part, goal) for (form, workers), goal in GOALS.items()
    ]


def write_sources(folder, number, side):
    folder.mkdir()
    images, rng = [data.load_image(name) for name in PHOTOGRAPHS], np.random.default_rng(1)
    for n in range(number):
        image = images[n % len(images)]
        row, column = (rng.integers(size - side + 1) for size in image.shape[:2])
        cut = image[row : row + side, column : column + side, ::-1]
        cv2.imwrite(str(folder / f"{n:03}.jpg"), cut)


def job_row(base, form, workers, count, part, goal):
    ours, theirs = base / f"ours_{form}_{workers}", base / f"loop_{form}_{workers}"

    def job():
        shutil.rmtree(ours, ignore_errors=True)
        options = {"count": count, "format": form, "workers": workers, "progress": False}
        augment_folder(base / "source", ours, **options)
        return ours

    def loop():
        shutil.rmtree(theirs, ignore_errors=True)
        theirs.mkdir()
        with (ours / "manifest.csv").open(newline="", encoding="utf-8") as file:
            drawn = list(csv.DictReader(file))[: count // part]
        for line in drawn:
            image = iio.imread(base / "source" / line["source"])
            image = tutorial(image, json.loads(line["transform"]))
            quality = {"quality": 95} if form == "jpg" else {}
            iio.imwrite(theirs / line["file"], image, **quality)
        return theirs

    return Row(
        name=f"{count:,} {form} workers={workers}, loop over 1/{part}",
        ours=job,
        loop=loop,
        over_loop=goal / part,
        work=count,
        must=True,
        agree={"agree": alike},
    )


def tutorial(image, operations):
    """Apply operations one after the other on floats."""
    image = image / 255
    for name, settings in operations.items():
        image = STEPS[name](image, **settings)
    return np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)


def flip(image, direction):
    return np.fliplr(image) if direction == "horizontal" else np.flipud(image)


def rotate(image, degrees):
    return transform.rotate(image, degrees, mode="symmetric")


def shift(image, down, right):
    rows, columns = image.shape[:2]
    return ndimage.shift(image, (down * rows, right * columns, 0), order=1, mode="reflect")


def scale(image, factor):
    middle = (np.array(image.shape[1::-1]) - 1) / 2
    change = transform.AffineTransform(scale=1 / factor, translation=middle * (1 - 1 / factor))
    return transform.warp(image, change, mode="symmetric")


def crop(image, rows, columns, top, left):
    down, right = round(top * image.shape[0]), round(left * image.shape[1])
    high, wide = round(rows * image.shape[0]), round(columns * image.shape[1])
    cut = image[down : down + high, right : right + wide]
    return transform.resize(cut, image.shape, order=1)


def blur(image, sigma):
    return filters.gaussian(image, sigma, channel_axis=-1, mode="reflect")


def jitter_colour(image, hue, saturation, brightness, contrast):
    hsv = color.rgb2hsv(np.clip(image, 0, 1))
    hsv[..., 0] = (hsv[..., 0] + hue / 360) % 1
    hsv[..., 1] = np.minimum(hsv[..., 1] * saturation, 1)
    image = color.hsv2rgb(hsv) * brightness
    return image.mean() + contrast * (image - image.mean())


def erase(image, rows, columns, top, left):
    image = image.copy()
    down, right = round(top * image.shape[0]), round(left * image.shape[1])
    high, wide = round(rows * image.shape[0]), round(columns * image.shape[1])
    image[down : down + high, right : right + wide] = 0.5
    return image


STEPS = {
    "flip": flip,
    "rotate": rotate,
    "shift": shift,
    "scale": scale,
    "crop": crop,
    "blur": blur,
    "jitter_colour": jitter_colour,
    "erase": erase,
}


def alike(theirs, ours):
    """Compare the pictures both have; only what two interpolations and borders do may differ."""
    files = sorted({f.name for f in theirs.iterdir()} & {f.name for f in ours.glob("0*")})
    off = [
        np.median(np.abs(iio.imread(theirs / name).astype(int) - iio.imread(ours / name)))
        for name in files
    ]
    return theirs == ours or (len(off) >= 20 and np.median(off) <= 3)
