"""How cost grows with size: seconds and peak memory, and their slopes on a log-log scale.

A slope of 1 is linear; sorting adds about 0.1, caches that no longer suffice a little more.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
from report import peak_bytes

from helpers import intervals, ising, own_data, roc, similarity
from helpers.folder_job import augment_folder

ROUNDS = 3
HEAD = ("job", "sizes", "ms", "slope", "peak MB", "slope")
FORMAT = "{:<28}{:<28}{:<32}{:>6}  {:<26}{:>6}"


def show(tiny=False):
    """Print a line for each job: a call at each of three sizes."""
    print(FORMAT.format(*HEAD))
    with tempfile.TemporaryDirectory() as folder:
        for name, sizes, prepare in jobs(Path(folder)):
            sizes = [size // 50 for size in sizes[:2]] if tiny else sizes
            print(line(name, sizes, *measured(sizes, prepare)), flush=True)


def jobs(folder):
    """Return name, sizes (of what should count once each) and what makes a call for a size."""
    return [
        ("ROC curve, samples", (10**4, 10**5, 10**6), curve),
        ("BCa of a mean, values", (500, 5_000, 50_000), bootstrap),
        ("sampler, pixels", (128**2, 512**2, 2048**2), sampler),
        ("SSIM, pixels", (128**2, 512**2, 2048**2), ssim),
        ("folder job, pictures", (100, 400, 1600), lambda size: job(size, folder)),
        ("reading a table, rows", (10**3, 10**4, 10**5), lambda size: table(size, folder)),
    ]


def measured(sizes, prepare):
    """Return the best seconds and the peak bytes (None where the system does not tell)."""
    seconds, peaks = [], []
    for size in sizes:
        call = prepare(size)
        call()  # what is loaded or allocated once is no cost of the size
        peaks.append(peak_bytes(call))
        seconds.append(min(map(taken, [call] * ROUNDS)))
    return seconds, peaks


def taken(call):
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def line(name, sizes, seconds, peaks):
    """Return one job as a line of text."""
    told = None not in peaks
    return FORMAT.format(
        name,
        ", ".join(f"{size:,}" for size in sizes),
        ", ".join(f"{1000 * second:.3g}" for second in seconds),
        f"{slope(sizes, seconds):.2f}",
        ", ".join(f"{peak / 1e6:.3g}" for peak in peaks) if told else "-",
        f"{slope(sizes, peaks):.2f}" if told else "-",
    )


def slope(sizes, costs):
    """Return the exponent of the power of the size that fits the costs best."""
    return np.polyfit(np.log(sizes), np.log(costs), 1)[0]


def curve(size):
    rng = np.random.default_rng(1)
    labels = np.arange(size) % 3 == 0
    scores = rng.normal(labels.astype(float))
    return lambda: roc.roc_curve(labels, scores)


def bootstrap(size):
    sample = np.random.default_rng(1).gamma(2, 10, size)
    return lambda: intervals.bootstrap_interval(sample, resamples=999, rng=1)


def sampler(size):
    side = max(2, round(size**0.5))
    seen = np.random.default_rng(1).random((side, side)) < 0.5
    return lambda: ising.denoise(seen, flip_probability=0.1, sweeps=5, burn_in=0, rng=1)


def ssim(size):
    side = max(8, round(size**0.5))
    pair = np.random.default_rng(1).random((2, side, side))
    return lambda: similarity.structural_similarity(*pair)


def job(size, folder):
    from bench_augment import write_sources

    source = folder / "source"
    if not source.exists():
        write_sources(source, 20, 64)
    options = {"count": size, "format": "jpg", "workers": 1, "progress": False}

    def call():
        with tempfile.TemporaryDirectory(dir=folder) as target:
            augment_folder(source, Path(target) / "made", **options)

    return call


def table(size, folder):
    rng, path = np.random.default_rng(1), folder / f"{size}.csv"
    lines = [f"{a},{b:.4f},{c:.2f}" for a, (b, c) in enumerate(rng.normal(size=(size, 2)))]
    path.write_text("\n".join(["number,score,length", *lines]) + "\n")
    return lambda: own_data.read_table(path, numbers=["score", "length"], labels=["number"])
