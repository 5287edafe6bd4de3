"""Similarity against a loop over windows, scikit-image, SciPy one by one, and a table of bits.

Four averages by OpenCV are half of the time of structural similarity (7 x 7: 0.56 of 1.2 ms at
256², 2.2 of 4.5 at 512²; the window of the paper: 3.4 of 6.0 ms at 512²); the rest is 18 passes of
arithmetic over tiles in the cache, so the goals below are near the limit. The earth mover's
distance of 10 bins is a handful of short calls of NumPy, three quarters of the time even without
any check; a running sum, which has no faster form, is 40 % of it at 256 bins.
"""

import numpy as np
from report import Row
from scipy.spatial.distance import pdist, squareform
from scipy.stats import wasserstein_distance
from skimage.metrics import structural_similarity

from helpers import similarity

BARS = {8: 4, 256: 4, 512: 7, 2048: 8}  # times as fast as scikit-image, by size
BARS_OF_PAPER = {256: 4, 512: 5.8, 2048: 7.5}
MEMORY = {8: None, 256: None, 512: 1 / 19, 2048: 1 / 141}
MOVERS = {10: 80, 64: 30, 256: 17}  # times as fast as SciPy one by one, by bins


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the work, to see that all of it runs."""
    sizes = (8, 8) if tiny else (64, 256, 512, 2048)
    small, *others = (pictures(size) for size in sizes)
    count, codes = (8, 9) if tiny else (1000, 2000)
    return [
        loop_row(*small),
        *[row for pair in others for row in window_rows(*pair)],
        *[mover_row(count, bins) for bins in MOVERS],
        hash_row(codes),
    ]


def pictures(size):
    """Draw waves, and the same with noise: uint8, the same on every machine."""
    waves = np.sin(np.arange(size) / 9)
    clean = np.clip(np.rint(128 + 50 * np.add.outer(waves, waves)), 0, 255).astype(np.uint8)
    noise = np.random.default_rng(size).normal(0, 20, (size, size))
    return clean, np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)


def loop(x, y, size=7):
    c1, c2 = 2.55**2, 7.65**2
    values = []
    for i in range(len(x) - size + 1):
        for j in range(x.shape[1] - size + 1):
            a = x[i : i + size, j : j + size].astype(float)
            b = y[i : i + size, j : j + size].astype(float)
            covariance = np.sum((a - a.mean()) * (b - b.mean())) / (size**2 - 1)
            above = (2 * a.mean() * b.mean() + c1) * (2 * covariance + c2)
            spread = a.var(ddof=1) + b.var(ddof=1) + c2
            values.append(above / ((a.mean() ** 2 + b.mean() ** 2 + c1) * spread))
    return np.mean(values)


def loop_row(x, y):
    return Row(
        name=f"structural_similarity 7, {len(x)}², loop",
        ours=lambda: similarity.structural_similarity(x, y),
        loop=lambda: loop(x, y),
        over_loop=100,
        agree={"atol": 1e-10},
    )


def window_rows(x, y):
    size = len(x)
    paper = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    kinds = [("7", 7, {}, BARS[size])]
    if size > 11:
        kinds.append(("of the paper", "gaussian", paper, BARS_OF_PAPER[size]))
    return [
        Row(
            name=f"structural_similarity {kind}, {size}², skimage",
            ours=lambda window=window: similarity.structural_similarity(x, y, window=window),
            library=lambda options=options: structural_similarity(x, y, data_range=255, **options),
            over_library=goal,
            memory=MEMORY[size] if window == 7 else None,
            agree={"rtol": 0, "atol": 1e-11},
        )
        for kind, window, options, goal in kinds
    ]


def mover_row(count, bins):
    p, q = np.random.default_rng(bins).dirichlet(np.ones(bins), (2, count))
    places = np.arange(bins)

    def one_by_one():
        pairs = zip(p, q, strict=True)
        return np.array([wasserstein_distance(places, places, a, b) for a, b in pairs])

    return Row(
        name=f"earth_movers_distance, {count} x {bins}, SciPy",
        ours=lambda: similarity.earth_movers_distance(p, q),
        library=one_by_one,
        over_library=MOVERS[bins],
        memory=500_000 / max(p.nbytes, 1) if count > 8 else None,
        unit=p.nbytes,
        agree={"atol": 1e-10},
    )


def hash_row(count):
    codes = np.random.default_rng(count).integers(0, 2**64, count, dtype=np.uint64)
    bits = np.unpackbits(codes.view(np.uint8).reshape(count, 8), axis=1).astype(bool)
    return Row(
        name=f"hamming_distances, {count} codes, SciPy",
        ours=lambda: similarity.hamming_distances(codes),
        library=lambda: np.rint(64 * squareform(pdist(bits, "hamming"))),
        over_library=5,
    )
