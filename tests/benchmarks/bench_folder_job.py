"""The folder job against loops with albumentations and with Pillow: same sources and strengths.

Albumentations is installed for this benchmark only, by ``python3 start.py bench`` into an
environment of its own (or by ``pip install --group bench``). It asks the network for its
newest version when it is imported; NO_ALBUMENTATIONS_UPDATE keeps it from that. Without it its
rows tell the speed of the job alone. What torchvision does to pictures is in `pillow_loop`.

The loops keep no promise about files: the job writes each picture beside its name and renames it,
takes its SHA-256 and notes what was done to it. Goals are what was reached (the middle of three
runs on two busy cores) less 15 %:

- albumentations, JPEG 0.94 and PNG 0.96: both call OpenCV for the same work. Bare calls for it
  (decode, one warp, encode, write) take 0.6 of our time for JPEG and 0.8 for PNG; blur and colours,
  in floats so that nothing wraps, take most of the rest, drawing and SHA-256 a twentieth.
- albumentations with masks 0.70: of 5 ms for a picture with its mask, zlib packs the mask for
  1.1, where the encoder of OpenCV takes 0.2. Other settings would give other bytes than jobs that
  wait to be taken up again have noted. Reading each mask again takes 0.2.
- Pillow, JPEG 1.9 and PNG 1.9, on an older Xeon 1.75 and 1.57: its warps take four times as long,
  its PNG files twice.
"""

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pillow_loop
from bench_augment import write_sources
from report import Row

from helpers.folder_job import augment_folder

os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
try:
    import albumentations
except ImportError:
    albumentations = None

MISSING = (
    "albumentations is not installed, so no row has a library: `python3 start.py bench` installs "
    "it, into an environment of its own."
)
GOALS = {
    ("jpg", "pictures", "albumentations"): 0.8,
    ("png", "pictures", "albumentations"): 0.8,
    ("png", "with masks", "albumentations"): 0.6,
    ("jpg", "pictures", "Pillow"): 1.5,
    ("png", "pictures", "Pillow"): 1.35,
}


def rows(tiny=False):
    """Declare every row; `tiny` shrinks pictures and counts."""
    if albumentations is None:
        print(MISSING, file=sys.stderr)
    number, count, side = (6, 20, 24) if tiny else (96, 600, 256)
    base = Path(tempfile.mkdtemp(prefix="bench_folder_job_"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    for kind in ("pictures", "with masks"):
        write_sources(base / kind, number, side)
    (base / "with masks" / "masks").mkdir()
    for path in (base / "with masks").glob("*.jpg"):
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        mask = cv2.threshold(grey, 0, 2, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
        cv2.imwrite(str(path.parent / "masks" / f"{path.stem}.png"), mask)
    return [job_row(base, *names, count, goal) for names, goal in GOALS.items()]


def job_row(base, form, kind, rival, count, goal):
    ours, theirs = (base / f"{who} {form} {kind}" for who in ("job", rival))
    masks = kind == "with masks"

    def job():
        shutil.rmtree(ours, ignore_errors=True)
        options = {"count": count, "format": form, "progress": False}
        augment_folder(base / kind, ours, **options, labels="masks" if masks else "none")
        return ours

    def pillow():
        shutil.rmtree(theirs, ignore_errors=True)
        theirs.mkdir()
        pillow_loop.run(base / kind, theirs, form, count)
        return theirs

    def library():
        shutil.rmtree(theirs, ignore_errors=True)
        (theirs / "masks").mkdir(parents=True)
        cv2.setNumThreads(1)
        sources = read_all(base / kind, masks)
        change = transforms()
        for n in range(count):
            made = change(**sources[n % len(sources)])
            write(theirs / f"{n:05}.{form}", cv2.cvtColor(made["image"], cv2.COLOR_RGB2BGR))
            if masks:
                write(theirs / "masks" / f"{n:05}.png", made["mask"])
        return theirs

    return Row(
        name=f"{count:,} {form} {kind} and {rival}",
        ours=job,
        library=pillow if rival == "Pillow" else library if albumentations else None,
        over_library=goal,
        work=count,
        must=True,
        agree={"agree": alike},
    )


def read_all(folder, masks):
    """Decode each source once, as the job does; it also takes the SHA-256 of each file."""
    sources = []
    for path in sorted(folder.glob("*.jpg")):
        hashlib.sha256(path.read_bytes()).hexdigest()
        found = {"image": cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)}
        if masks:
            mask = str(folder / "masks" / f"{path.stem}.png")
            found["mask"] = cv2.imread(mask, cv2.IMREAD_UNCHANGED)
        sources.append(found)
    return sources


def write(path, pixels):
    path.write_bytes(cv2.imencode(path.suffix, pixels)[1].tobytes())


def transforms():
    """Return two of the eight operations at random, which is the mean of one to three."""
    A, edge = albumentations, {"border_mode": cv2.BORDER_REFLECT}
    share = (0.1, 0.3)
    single = [
        A.OneOf([A.HorizontalFlip(p=1), A.VerticalFlip(p=1)], p=1),
        A.Affine(rotate=(-25, 25), p=1, **edge),
        A.Affine(translate_percent=(-0.15, 0.15), p=1, **edge),
        A.Affine(scale=(0.8, 1.25), p=1, **edge),
        A.RandomResizedCrop((256, 256), scale=(0.49, 0.9), ratio=(1, 1), p=1),
        A.GaussianBlur(blur_limit=0, sigma_limit=(0.5, 1.5), p=1),
        A.ColorJitter((0.75, 1.25), (0.75, 1.25), (0.75, 1.25), (-0.04, 0.04), p=1),
        A.CoarseDropout((1, 1), share, share, fill=128, p=1),
    ]
    return A.Compose([A.SomeOf(single, n=2, replace=False, p=1)], seed=1)


def alike(theirs, ours):
    """Tell whether both wrote as many pictures and masks, each with the labels 0 and 2 only."""
    if theirs == ours:
        return True
    pattern = "*[0-9].[jp][pn]g"
    counts = [[len(list((w / p).glob(pattern))) for p in (".", "masks")] for w in (theirs, ours)]
    labels = [
        set(np.unique(cv2.imread(str(path), cv2.IMREAD_UNCHANGED)).tolist())
        for where in (theirs, ours)
        for path in (where / "masks").glob("*.png")
    ]
    return counts[0] == counts[1] and counts[0][0] > 0 and set().union(*labels) <= {0, 2}
