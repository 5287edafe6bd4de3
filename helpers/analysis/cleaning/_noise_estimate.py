"""How noisy is a picture? Normal noise, speckle and impulses, from the picture alone."""

from typing import NamedTuple

import numpy as np
from scipy import optimize

from helpers import filters, noise
from helpers.images import as_float

TILE, BLOCK = 64, 32  # pixels a side
REACH = 256  # pixels from the middle, within which stripes are looked for
SEEN = 0.9  # share of a tile that must be visible
MOST_TILES = 1500  # read from a large picture, evenly spread: six million pixels
STEP = (32.0, 96.0)  # levels by which an impulse must differ from the pixels around it
BINS = 6  # of brightness: bright and dark places tell speckle from normal noise
DRAWS = 300  # of the bootstrap
KINDS = {"gaussian": "gaussian", "speckle": "speckle", "salt and pepper": "impulses"}


class Share(NamedTuple):
    """An estimate with the ends of its 95 % bootstrap interval over parts of the picture."""

    value: float
    low: float
    high: float


class NoiseEstimate(NamedTuple):
    """What kinds of noise a picture holds.

    Attributes
    ----------
    gaussian : Share, standard deviation in levels of 0..255, equal everywhere
    speckle : Share, standard deviation of the factor, without a unit
    impulses : Share of the pixels that are salt or pepper
    grain : float
        SD seen at two pixels over that seen at one: 1 if neighbours are independent.
    brightness, spread : arrays of shape (k,), in levels: mean and SD of each smooth block
    typical : float, in levels: SD of the first two kinds at the picture's mean brightness
    least : float, in levels: the lower end of a 95 % interval for `typical`
    tails : float
        Root mean square of the finest detail over what normal noise of that mean size has: 1,
        and more where single pixels stick out that are neither black nor white.
    stripes : float, in levels: SD by which whole rows, or columns, differ from their neighbours
    step : float, in levels: the finest step of the file, 1 for 8 bits
    """

    gaussian: Share
    speckle: Share
    impulses: Share
    grain: float
    brightness: np.ndarray
    spread: np.ndarray
    typical: float
    least: float
    tails: float = 1.0
    stripes: float = 0.0
    step: float = 1.0


def estimate_noise(image, *, seed=0, step=1.0, visible=None):
    """Estimate the kinds of noise in a picture, with the spread over its parts.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1], at least 64 x 64
    seed : int
        Of the bootstrap.
    step : float, in levels of 255
        The finest step of the file; deep files have finer ones than 1.
    visible : array of shape (M, N), bool, optional
        Tiles with a tenth or more of hidden pixels are left out, if others remain.

    Returns
    -------
    NoiseEstimate

    Notes
    -----
    Diagonal differences (a - b - c + d) / 2 of 2 x 2 pixels hold little but noise (D. L. Donoho
    and I. M. Johnstone, 1994, doi:10.1093/biomet/81.3.425). Only blocks that are smooth at a
    coarser scale count; the scales of independent noise are independent, so that this choice
    does not pull the estimate.
    """
    rng, tiles = np.random.default_rng(seed), _tiles(image, visible)
    counts, impulse, medians = _impulses(tiles)
    filled = np.where(impulse, medians, tiles)
    mean, fine, coarse, tails = _smooth_blocks(filled, impulse)
    parts, drawn = _two_parts(mean, fine), np.empty((DRAWS, 3))
    for draw in drawn:
        blocks, some = (rng.integers(0, n, n) for n in (mean.size, len(tiles)))
        draw[:] = *_two_parts(mean[blocks], fine[blocks]), _impulse_share(counts[some])
    ends = np.quantile(drawn, [0.025, 0.975], axis=0).T.tolist()
    values = (*parts, _impulse_share(counts))
    shares = [Share(value, *end) for value, end in zip(values, ends, strict=True)]
    grain = float(np.median(coarse) / max(np.median(fine), 0.1))
    bright = tiles.mean()
    typical = float(np.hypot(parts[0], parts[1] * bright))
    least = float(np.quantile(np.hypot(drawn[:, 0], drawn[:, 1] * bright), 0.025))
    return NoiseEstimate(*shares, grain, mean, fine, typical, least, tails, _stripes(image), step)


def check_estimate(image, amounts, *, seed=0):
    """Add noise of known amounts to a picture, and estimate it again.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8 or float in [0, 1]
    amounts : dict of kind -> list of amounts
        Kinds as in `KINDS`: an SD in levels, the SD of a factor, a share.
    seed : int

    Returns
    -------
    list of (kind, added, expected, estimated)
        `expected` counts in what the picture holds already: variances add up.
    """
    before, rows = estimate_noise(image, seed=seed), []
    unit = 1 if image.dtype == np.uint8 else 1 / 255
    for kind, added in ((kind, a) for kind, some in amounts.items() for a in some):
        there = getattr(before, KINDS[kind]).value
        expected = float(np.hypot(there, added))
        if kind == "gaussian":
            noisy = noise.gaussian(image, added * unit, rng=seed)
        elif kind == "speckle":
            noisy = noise.speckle(image, added, rng=seed)
        else:
            noisy = noise.salt_and_pepper(image, added, rng=seed)
            expected = added + (1 - added) * there
        found = getattr(estimate_noise(noisy, seed=seed), KINDS[kind]).value
        rows.append((kind, added, expected, found))
    return rows


def _tiles(image, visible=None):
    """Return tiles of shape (k, 64, 64) in levels, float32, evenly spread, channels apart."""
    channels, picked = 1 if image.ndim == 2 else 3, []
    places = _places(image, visible)
    most = min(len(places), MOST_TILES // channels)
    for place in np.linspace(0, len(places) - 1, most).round().astype(int).tolist():
        row, column = places[place]
        tile = as_float(image[row : row + TILE, column : column + TILE]) * 255
        picked += list(np.moveaxis(np.atleast_3d(tile), -1, 0).astype(np.float32))
    return np.array(picked)


def _places(image, visible):
    """Return the corners of all tiles, or of those that are seen."""
    down, across = (range(0, length - TILE + 1, TILE) for length in image.shape[:2])
    places = [(row, column) for row in down for column in across]
    if visible is None:
        return places
    seen = [p for p in places if visible[p[0] : p[0] + TILE, p[1] : p[1] + TILE].mean() > SEEN]
    return seen or places


def _corners(tiles):
    """Return the four pixels of each 2 x 2 cell."""
    return [tiles[..., i::2, j::2] for i in (0, 1) for j in (0, 1)]


def _detail(tiles):
    a, b, c, d = _corners(tiles)
    return (a - b - c + d) / 2


def _impulses(tiles):
    """Mark black or white pixels far from the median around them; count them in each tile.

    Of each kind and tile: marked, marked without another extreme beside it, could be marked.
    """
    rough = np.quantile(np.abs(_detail(tiles)), 0.2, axis=(1, 2), keepdims=True)
    rough /= 0.2533  # the lowest fifth of a normal distribution: holds with 20 % of impulses
    step = np.clip(4 * rough, *STEP)
    medians = np.array([filters.median(tile, 5) for tile in tiles])
    marked, counts = np.zeros(tiles.shape, bool), []
    for extreme, room in ((tiles <= 1, medians), (tiles >= 254, 255 - medians)):
        possible = room > step
        found = extreme & possible
        padded = np.pad(extreme, ((0, 0), (1, 1), (1, 1)))
        beside = padded[:, 2:, 1:-1] | padded[:, :-2, 1:-1]
        beside |= padded[:, 1:-1, 2:] | padded[:, 1:-1, :-2]
        parts = (found, found & ~beside, possible)
        counts.append([np.count_nonzero(part, axis=(1, 2)) for part in parts])
        marked |= found
    return np.moveaxis(np.array(counts, dtype=float), -1, 0), marked, medians


def _impulse_share(counts):
    """Return the share of impulses; extremes that hang together, as ink does, count for less."""
    found, alone, possible = counts.sum(axis=0).T
    share = found / np.maximum(possible, 1)
    isolated = alone / np.maximum(found, 1)
    return float(np.sum(share * np.minimum(1, isolated / (1 - share).clip(0.01) ** 4)))


def _smooth_blocks(tiles, impulse):
    """Return mean, SD at one pixel and SD at two pixels of the smoothest blocks.

    In each class of brightness that is the quarter whose means of 4 x 4 pixels differ least.
    """
    tiles, impulse = _blocks(tiles), _blocks(impulse)
    clean = ~np.any(_corners(impulse), axis=0)
    clipped = np.mean((tiles <= 0) | (tiles >= 255), axis=(1, 2))
    usable = (clean.mean(axis=(1, 2)) > 0.2) & (clipped <= max(0.02, np.quantile(clipped, 0.25)))
    tiles, clean = tiles[usable], clean[usable]
    halves = np.mean(_corners(tiles), axis=0)
    quarters = np.mean(_corners(halves), axis=0)
    to_sd = np.sqrt(np.pi / 2)  # SD over mean absolute value; less coarse than a median of levels
    fine = to_sd * np.mean(np.abs(_detail(tiles)), axis=(1, 2), where=clean)
    coarse = 2 * to_sd * np.mean(np.abs(_detail(halves)), axis=(1, 2))
    tails = np.sqrt(np.mean(_detail(tiles) ** 2, axis=(1, 2), where=clean)) / np.maximum(fine, 0.1)
    mean, uneven = tiles.mean(axis=(1, 2)), quarters.std(axis=(1, 2))
    parts = np.array_split(np.argsort(mean), BINS)
    smooth = [part[np.argsort(uneven[part])][: max(1, part.size // 4)] for part in parts]
    chosen = np.concatenate([part for part in smooth if part.size])
    return mean[chosen], fine[chosen], coarse[chosen], float(np.median(tails[chosen]))


def _stripes(image):
    """Return the SD of what whole rows, or columns, of the middle have in common beyond trends."""
    rows, columns = (max(0, (length - 2 * REACH) // 2) for length in image.shape[:2])
    part = as_float(image[rows : rows + 2 * REACH, columns : columns + 2 * REACH]) * 255
    grey, found = part if part.ndim == 2 else part.mean(axis=-1), []
    for lines in (grey, grey.T):
        halves = [np.median(half, axis=1) for half in np.array_split(lines, 2, axis=1)]
        one, other = (half[:-2] - 2 * half[1:-1] + half[2:] for half in halves)
        # a quarter of the difference is what they share; medians, because a level edge is no stripe
        spreads = [np.median(np.abs(bends)) / 0.6745 for bends in (one + other, one - other)]
        found.append((spreads[0] ** 2 - spreads[1] ** 2) / 4 / 6)  # a bend has 6 times the variance
    return float(np.sqrt(max(0.0, *found)))


def _blocks(tiles):
    parts = tiles.reshape(len(tiles), 2, BLOCK, 2, BLOCK).swapaxes(2, 3)
    return parts.reshape(-1, BLOCK, BLOCK)


def _two_parts(mean, spread):
    """Fit variance = gaussian^2 + (speckle * brightness)^2 to classes of brightness."""
    classes = np.array_split(np.argsort(mean), min(BINS, mean.size))
    variance = np.array([np.median(spread[c]) ** 2 for c in classes])
    squares = np.array([np.mean(mean[c] ** 2) for c in classes])
    design = np.stack([np.ones(len(classes)), squares / 255**2], axis=1)
    weight = 1 / np.maximum(variance, 0.01)  # the error of a variance is proportional to it
    found = optimize.nnls(design * weight[:, None], variance * weight)[0]
    return float(np.sqrt(found[0])), float(np.sqrt(found[1]) / 255)
