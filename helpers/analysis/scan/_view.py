"""Views and drawings of a scan: threshold, chains, changes and doubt."""

import cv2
import numpy as np

from helpers import ising
from helpers.analysis.scan import _ink as scan
from helpers.images import write_image, write_pages

VIEW = (300, 448)  # rows and columns of the part that the explorers show


def threshold_view(grey, dark, window):
    """Return a function for `sliders.explore` that shows a part of the scan and its ink.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    dark : bool, True if ink is dark
    window : odd int, pixels of a local threshold

    Returns
    -------
    callable with `way` ("one level" or "local"), `level` and `offset`
    """
    part = view_part(grey)

    def view(way, level, offset):
        local = way == "local"
        choices = {"dark": dark, "window": window, "offset": offset}
        ink = scan.binarise(part, "local" if local else level, **choices)
        said = f"more than {offset} levels from the mean around" if local else f"level {level}"
        return stack([part, paint(ink)]), f"{said}: {ink.mean():.2%} ink"

    return view


def sheet_pictures(grey, sheet):
    """Return a scan with the outline of its page, and the upright page.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    sheet : Sheet

    Returns
    -------
    two arrays of shape (K, L, 3), uint8
        Orange-red: the outline. Blue: what was taken as paper.
    """
    rows, columns = sheet.grey.shape
    corners = np.array([[0, columns, columns, 0], [0, 0, rows, rows]], dtype=float)
    outline = np.linalg.solve(sheet.matrix[:, :2], corners - sheet.matrix[:, 2:])
    scale = min(1.0, 700 / max(grey.shape))
    before = np.repeat(shrink_to(grey, 700)[..., None], 3, axis=-1)
    if sheet.skew or any(sheet.cut):
        points = np.rint(scale * outline.T).astype(np.int32)
        cv2.polylines(before, [points], True, (213, 94, 0), 2, cv2.LINE_AA)
    after = np.repeat(sheet.grey[..., None], 3, axis=-1)
    if sheet.blank is not None:
        after[sheet.blank] = (150, 200, 230)
    return before, shrink_to(after, 700)


def posterior_view(ink, seed):
    """Return a function for `sliders.explore` that cleans a part of the scan.

    Parameters
    ----------
    ink : array of shape (M, N), bool
    seed : int

    Returns
    -------
    callable with `coupling` and `flips`
    """
    part = view_part(ink)

    def view(coupling, flips):
        found = ising.denoise(part, coupling=coupling, flip_probability=flips, rng=seed)
        clean = found.estimate > 0
        pages = stack([mark_changes(part, clean), paint_doubt(found.probability)])
        added, removed = np.sum(clean & ~part), np.sum(part & ~clean)
        return pages, f"removed {removed} pixels of ink, filled in {added}"

    return view


def view_part(image):
    """Return the middle of a picture, as large as the explorers show.

    Parameters
    ----------
    image : array of shape (M, N)

    Returns
    -------
    view of `image`
    """
    row, column = (max(0, (n - m) // 2) for n, m in zip(image.shape, VIEW, strict=True))
    return image[row : row + VIEW[0], column : column + VIEW[1]]


def arrange(image, most=3):
    """Return the columns and the height in inches with which some such pictures fill a page.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3)
    most : int, pictures beside each other

    Returns
    -------
    dict of `columns` and `size` for `plot.show_images`
        Side by side if the picture is tall, else above each other.
    """
    wide = image.shape[1] / image.shape[0]
    if wide < 0.8:
        return {"columns": most, "size": min(4.5, 9 / most / wide)}
    return {"columns": 1, "size": min(4.0, 8 / wide)}


def paint(ink):
    """Return a picture with black ink on white, uint8, from a mask of shape (M, N)."""
    return np.where(ink, np.uint8(0), np.uint8(255))


def paint_doubt(probability):
    """Return a picture of doubt, uint8: black is certain, white could be either."""
    return np.rint(510 * np.minimum(probability, 1 - probability)).astype(np.uint8)


def mark_changes(ink, clean):
    """Return a picture with the changes in colour.

    Parameters
    ----------
    ink, clean : arrays of shape (M, N), bool

    Returns
    -------
    array of shape (M, N, 3), uint8
        Black: ink in both. Orange-red: ink that was taken away. Blue: ink that was filled in.
    """
    page = np.full((*ink.shape, 3), 255, dtype=np.uint8)
    page[ink & clean] = 0
    page[ink & ~clean] = (213, 94, 0)
    page[clean & ~ink] = (0, 114, 178)
    return page


def stack(pictures):
    """Put pictures of one width above each other, a grey line between them.

    Parameters
    ----------
    pictures : list of arrays of shape (M, N) or (M, N, 3), uint8

    Returns
    -------
    array of shape (K, N, 3), uint8
    """
    colour = [p if p.ndim == 3 else np.repeat(p[..., None], 3, axis=-1) for p in pictures]
    line = np.full((4, *colour[0].shape[1:]), 178, dtype=np.uint8)
    return np.concatenate([part for p in colour for part in (p, line)][:-1])


def draw_histogram(grey, level, way, ax):
    """Draw how many pixels have each level, on a scale of powers of ten, and the level chosen.

    Parameters
    ----------
    grey : array of shape (M, N), uint8
    level : int
    way : "local" or a level
    ax : Axes

    Returns
    -------
    Axes
    """
    ax.step(range(256), np.bincount(grey.ravel(), minlength=256), where="mid", linewidth=1.2)
    ax.axvline(level + 0.5, color="0.4", linestyle="--", label=f"Otsu: {level}")
    if way not in ("local", level):
        ax.axvline(way + 0.5, color="#D55E00", label=f"chosen: {way:g}")
    ax.set(yscale="symlog", ylim=(0, None), xlim=(-1, 256), xlabel="level", ylabel="pixels")
    ax.legend(frameon=False)
    return ax


def draw_chains(chains, pixels, ax):
    """Draw the energy of each chain in each sweep, as a difference for each pixel.

    Parameters
    ----------
    chains : Chains
    pixels : int
    ax : Axes

    Returns
    -------
    Axes
        Cut off so that the sweeps after burn-in fill most of it.
    """
    kept = chains.energies[:, chains.burn_in :]
    base, spread = kept.mean(), max(np.ptp(kept), 1e-9) / pixels
    for number, energies in enumerate(chains.energies, start=1):
        values = (energies - base) / pixels
        ax.plot(np.arange(1, values.size + 1), values, linewidth=1, label=f"chain {number}")
    ax.axvspan(0.5, chains.burn_in + 0.5, color="0.9", zorder=0)
    ax.set(ylim=(-1.5 * spread, 1.5 * spread), xlim=(0.5, chains.energies.shape[1] + 0.5))
    ax.set(xlabel="sweep (grey: burn-in)", ylabel="energy per pixel\nabove the mean")
    ax.legend(frameon=False, ncols=4, loc="upper right", fontsize=9)
    return ax


def shrink_to(image, side=1600):
    """Return a picture made smaller, by averaging, so that no side is longer than `side` pixels.

    Parameters
    ----------
    image : array of shape (M, N) or (M, N, 3), uint8
    side : int

    Returns
    -------
    array of uint8, `image` itself if it is small enough
    """
    scale = side / max(image.shape[:2])
    if scale >= 1:
        return image
    size = [max(1, round(scale * length)) for length in image.shape[1::-1]]
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def result_pictures(ink, clean, probability, dark):
    """Return the pictures that are left, by file name.

    Parameters
    ----------
    ink, clean : arrays of shape (M, N), bool
    probability : array of shape (M, N)
    dark : bool, True draws ink black

    Returns
    -------
    dict of name -> array
        "cleaned" is bool, True for white; the others are uint8. The overview holds changes and
        doubt, made smaller if the scan is large.
    """
    doubt = paint_doubt(probability)
    return {
        "cleaned": clean != dark,
        "probability": np.rint(255 * probability).astype(np.uint8),
        "doubt": doubt,
        "overview": stack([shrink_to(mark_changes(ink, clean)), shrink_to(doubt)]),
    }


def write_pictures(folder, pictures, page):
    """Write the pictures of a page: what was cleaned with its resolution, as TIFF if it came so.

    Parameters
    ----------
    folder : Path
    pictures : dict of name -> array, as from `result_pictures`
    page : Scan
    """
    for name, picture in pictures.items():
        if name != "cleaned":
            write_image(folder / f"{name}.png", picture)
        elif page.several:
            write_pages(folder / "cleaned.tif", [(picture, page.like())])
        else:
            write_image(folder / "cleaned.png", picture, like=page.like())
