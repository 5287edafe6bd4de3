"""Pages drawn with known ink, and spoilt as scanners spoil them.

python -m tests.analysis.drawn_scans      prints how much ink is missed and how much is false
"""

from pathlib import Path
from typing import NamedTuple

import cv2
import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.analysis.scan import _batch, _document, _straight
from helpers.images import to_grey

FONTS = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "STIXGeneral.ttf", "cmr10.ttf")
WORDS = (
    *("and", "area", "at", "bridge", "by", "chance", "count", "each", "edge", "every", "few"),
    *("field", "for", "grain", "harbour", "in", "it", "lamp", "letter", "light", "mean", "measure"),
    *("more", "night", "noise", "of", "on", "one", "page", "paper", "part", "picture", "press"),
    *("quay", "river", "scan", "shadow", "side", "sign", "small", "stone", "street", "ten", "than"),
    *("that", "the", "threshold", "to", "town", "under", "value", "water", "wind", "word", "year"),
)
SIZE = (1240, 874)  # rows and columns of an A5 page at 150 pixels per inch
FINE = 3  # times finer than the scan is a page drawn
INK, PAPER, BLACK = 40, 235, 12  # levels
KINDS = {
    "print": {},
    "turned by 3 degrees": {"angle": 3},
    "turned by -7 degrees": {"angle": -7},
    "black edges, turned": {"border": 60, "angle": -2},
    "grey edges, turned": {"border": 50, "outside": 100, "angle": 3},
    "fold at the side": {"gutter": "side", "angle": 1.3},
    "fold in the middle": {"gutter": "middle", "angle": 1, "size": (874, 1240)},
    "fold and black edges": {"gutter": "middle", "border": 40, "angle": -2, "size": (874, 1240)},
    "uneven light": {"light": 0.6, "angle": 1},
    "2% salt and pepper": {"salt": 0.02},
    "strong noise": {"noise": 25, "angle": -1},
    "small print": {"text": 14},
    "squared paper": {"grid": 1.0, "angle": 1},
    "red stamp": {"stamp": True},
}


class Drawn(NamedTuple):
    """A scan and its truth.

    Attributes
    ----------
    pixels : array of shape (M, N) or (M, N, 3), uint8
    cover : array of shape (M, N), float32 in [0, 1], the share of each pixel that ink covers
    angle : float, degrees by which the page lies turned clockwise
    """

    pixels: np.ndarray
    cover: np.ndarray
    angle: float


def draw_scan(
    rng,
    *,
    angle=0.0,
    border=0,
    outside=BLACK,
    gutter="",
    grid=0.0,
    stamp=False,
    salt=0.0,
    noise=5.0,
    blur=0.6,
    light=0.0,
    text=24,
    rule=False,
    most=99,
    size=SIZE,
):
    """Draw a page of text, lay it on the glass of a scanner, and spoil it.

    Parameters
    ----------
    rng : numpy.random.Generator
    angle : float, degrees clockwise
    border, outside : int, pixels around the page, and their level
    gutter : "", "side" or "middle", where the shadow of a book's fold lies
    grid : float in 0..1, how dark the lines of grid paper are, 0 for none
    stamp : bool, a red ring with letters; the scan is in colour then
    salt : float, share of pixels that become black or white
    noise, blur : float, SD in levels and in pixels
    light : float in 0..1, how much darker the lower right corner is
    text : int, height of the letters in pixels
    rule : bool, a line of two pixels below the heading
    most : int, lines of text
    size : rows and columns of the page

    Returns
    -------
    Drawn
    """
    parts = [(0.11, 0.42), (0.58, 0.89)] if gutter == "middle" else [(0.11, 0.89)]
    cover = np.max([_write(rng, size, text, part, rule, most) for part in parts], axis=0)
    lines = _rule(size, round(1.1 * text)) if grid else np.zeros_like(cover)
    red = _stamp(rng, size) if stamp else np.zeros_like(cover)
    shade = _fold(size, gutter)
    cover, lines, red = (_lay(layer, angle, border) for layer in (cover, lines, red))
    shade = _lay(shade, angle, border, edge=cv2.BORDER_REPLICATE)
    page = _lay(np.ones(np.multiply(size, FINE), dtype=np.float32), angle, border)
    page = page if border else np.ones_like(page)  # it is larger than the glass
    grey = PAPER * (1 - 0.45 * grid * lines)
    grey = np.minimum(grey, PAPER - (PAPER - INK) * cover) * shade
    grey = grey * (1 - light * np.add.outer(*[np.linspace(0, 0.5, n) for n in grey.shape]))
    grey = page * grey + (1 - page) * outside
    tint = np.stack([grey, *[grey * (1 - 0.8 * red)] * 2], axis=-1) if stamp else grey
    tint = cv2.GaussianBlur(tint, (0, 0), blur) if blur else tint
    tint = np.rint(tint + rng.normal(0, noise, tint.shape)).clip(0, 255).astype(np.uint8)
    hit = rng.random(grey.shape) < salt
    tint[hit] = 255 * rng.integers(0, 2, (hit.sum(), 1) if stamp else hit.sum())
    return Drawn(tint, cover, angle)


def _write(rng, size, text, part, rule, most):
    """Return a heading and lines of words in a part of the width, as cover."""
    rows, columns = (FINE * length for length in size)
    page = Image.new("L", (columns, rows))
    pen = ImageDraw.Draw(page)
    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    font = ImageFont.truetype(folder / rng.choice(FONTS), FINE * text)
    large = ImageFont.truetype(folder / FONTS[1], FINE * text * 3 // 2)
    left, right, row = int(part[0] * columns), int(part[1] * columns), rows // 11
    pen.text((left, row), " ".join(rng.choice(WORDS, 2)).title(), 255, large)
    row += 3 * FINE * text
    if rule:
        pen.line((left, row, right, row), 255, FINE * 2)
    row += FINE * text
    for _ in range(most):
        if row > rows - rows // 9:
            break
        end = right if rng.random() < 0.85 else int(rng.integers((left + right) // 2, right))
        line = rng.choice(WORDS)
        while pen.textlength(longer := f"{line} {rng.choice(WORDS)}", font) < end - left:
            line = longer
        pen.text((left, row), line, 255, font)
        row += round(FINE * text * (1.5 if end == right else 2.4))
    return np.asarray(page, dtype=np.float32) / 255


def _rule(size, pitch):
    """Return the lines of grid paper, one and a half pixels wide."""
    lines = np.zeros(np.multiply(size, FINE), dtype=np.float32)
    width = round(1.5 * FINE)
    for start in range(width):
        lines[start :: FINE * pitch] = 1
        lines[:, start :: FINE * pitch] = 1
    return lines


def _stamp(rng, size):
    """Return a ring with letters in it, as cover."""
    rows, columns = (FINE * length for length in size)
    page = Image.new("L", (columns, rows))
    pen = ImageDraw.Draw(page)
    radius = columns // 8
    row = int(rng.integers(rows // 3, rows * 2 // 3))
    column = int(rng.integers(columns // 3, columns * 2 // 3))
    box = (column - radius, row - radius, column + radius, row + radius)
    pen.ellipse(box, outline=255, width=FINE * 5)
    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    font = ImageFont.truetype(folder / "DejaVuSans-Bold.ttf", radius // 3)
    pen.text((column, row), "RECEIVED", 255, font, anchor="mm")
    return np.asarray(page, dtype=np.float32) / 255


def _fold(size, gutter):
    """Return the factor of the light that the shadow of a fold leaves."""
    rows, columns = (FINE * length for length in size)
    across = np.arange(columns, dtype=np.float32)
    if not gutter:
        return np.ones((rows, columns), dtype=np.float32)
    distance = across if gutter == "side" else np.abs(across - columns / 2)
    shade = 1 - 0.95 * np.exp(-((distance / (0.045 * columns)) ** 2))
    return np.broadcast_to(shade, (rows, columns)).astype(np.float32)


def _lay(layer, angle, border, *, edge=cv2.BORDER_CONSTANT):
    """Turn a fine layer clockwise about its middle, put a border around, and make it coarse."""
    rows, columns = layer.shape
    margin = FINE * border
    height, width = rows + 2 * margin, columns + 2 * margin
    turn = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), -angle, 1)
    turn[:, 2] += margin
    turned = cv2.warpAffine(layer, turn, (width, height), borderMode=edge)
    return cv2.resize(turned, (width // FINE, height // FINE), interpolation=cv2.INTER_AREA)


class Misses(NamedTuple):
    """What went wrong on one drawn page.

    Attributes
    ----------
    angle : float, degrees between the angle that was found and the true one
    missed : float, share of the ink with no ink found within a pixel
    false : float, share of the pixels that are ink with no ink within a pixel
    cut : float, share of the ink that was cut off
    warnings : str
    """

    angle: float
    missed: float
    false: float
    cut: float
    warnings: str


CHOICES = {
    **{"skew": "auto", "borders": "cut", "threshold": "auto", "ink": "auto", "window": 31},
    **{"offset": 10, "flip_probability": 0.05, "coupling": "auto"},
}


def as_scan(drawn):
    """Return a drawn page as it would be read from a file."""
    colour = _document.coloured_share(drawn.pixels)
    grey = drawn.pixels if drawn.pixels.ndim == 2 else to_grey(drawn.pixels)
    return _document.Scan("drawn.png", 1, 1, grey, *colour, (150.0, 150.0), False, ())


def truth_on(sheet, drawn):
    """Return which pixels of an upright page are ink, by the matrix that turned the scan."""
    size = sheet.grey.shape[::-1]
    return cv2.warpAffine(drawn.cover, sheet.matrix, size, flags=cv2.INTER_LINEAR)


def measure(drawn, **choices):
    """Clean a drawn page, and compare what is ink with what was drawn."""
    choices, page = CHOICES | choices, as_scan(drawn)
    white, row = _batch.clean_scan(page, **choices)
    ink = ~white if row["ink_is"] == "dark" else white
    options = {name: choices[name] for name in ("skew", "borders", "ink")}
    sheet = _straight.straighten(page.grey, **options)
    cover = truth_on(sheet, drawn)
    drawn_ink, some = cover > 0.5, cover > 0.2
    missed = np.count_nonzero(drawn_ink & ~_near(ink)) / np.count_nonzero(drawn_ink)
    false = float(np.mean(ink & ~_near(some)))
    cut = 1 - cover.sum() / drawn.cover.sum()
    return Misses(row["skew"] - drawn.angle, missed, false, float(cut), row["warnings"])


def _near(mask):
    return cv2.dilate(mask.view(np.uint8), np.ones((3, 3), np.uint8)) > 0


def tabulate(pages=3, kinds=KINDS):
    """Return a line for each kind of page: the worst of some pages with other texts and fonts."""
    lines = [f"{'kind':24s} {'angle':>6s} {'missed':>8s} {'false':>8s} {'cut':>7s}  warned of"]
    for kind, options in kinds.items():
        found = [measure(draw_scan(np.random.default_rng(n), **options)) for n in range(pages)]
        worst = [max(map(abs, values)) for values in zip(*(one[:4] for one in found), strict=True)]
        told = " / ".join(sorted({one.warnings.split(":")[1][:40] for one in found if one[4]}))
        angle, missed, false, cut = worst
        lines.append(f"{kind:24s} {angle:6.2f} {missed:8.2%} {false:8.2%} {cut:7.2%}  {told}")
    return lines


if __name__ == "__main__":
    print("\n".join(tabulate()))
