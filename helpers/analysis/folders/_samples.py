"""Pictures of the course to try the page with: plain ones, and ones with masks."""

import cv2
import numpy as np

from helpers import data
from helpers.files import Problem
from helpers.images import to_grey, write_image

SAMPLES = ("pictures", "masks")
COUNT = 120  # of the plain ones
SIDE = 96  # pixels of a tile of those with masks
# Photographs whose things are brighter (True) or darker than what lies behind them.
THINGS = {
    "camera": False,
    "coins": True,
    "horse": True,
    "hubble_deep_field": True,
    "immunohistochemistry": False,
    "page": False,
    "text": False,
}
TILES = 12  # of each photograph, at most


def make_samples(base, kind):
    """Make the sample pictures in a folder of the output.

    Parameters
    ----------
    base : Path
    kind : {"pictures", "masks"}
        With masks: tiles in ``images`` and, of the same names, masks in ``masks``, 255 where
        the photograph is beyond the threshold of Otsu (1979, doi:10.1109/TSMC.1979.4310076) on
        the side of its things, 0 elsewhere.

    Returns
    -------
    Path of the folder

    Raises
    ------
    Problem
        If they cannot be put there.
    """
    try:
        if kind == "pictures":
            return data.sample_folder(base / "sample_pictures", count=COUNT)
        return _with_masks(base / "sample_masks")
    except (ValueError, OSError) as error:
        raise Problem(f"The sample pictures cannot be put there: {error}") from None


def _with_masks(folder):
    for name in ("images", "masks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, are_bright in THINGS.items():
        image = data.load_image(name)
        image = 255 * image.astype(np.uint8) if image.dtype == np.bool_ else image
        grey = image if image.ndim == 2 else to_grey(image)
        level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        mask = np.uint8(255) * ((grey > level) == are_bright)
        for number, spot in enumerate(_spots(grey.shape)):
            file = f"{name}_{number}.png"
            write_image(folder / "images" / file, image[spot])
            write_image(folder / "masks" / file, mask[spot])
    return folder


def _spots(shape):
    """Return the places of at most `TILES` tiles, spread over a picture."""
    rows, columns = (range(0, side - SIDE + 1, SIDE) for side in shape)
    corners = [(row, column) for row in rows for column in columns]
    chosen = np.linspace(0, len(corners) - 1, min(TILES, len(corners))).round().astype(int)
    return [
        (slice(row, row + SIDE), slice(column, column + SIDE))
        for row, column in (corners[place] for place in chosen)
    ]
