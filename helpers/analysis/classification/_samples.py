"""Small pictures of textures to try the page with, cut from photographs of the course."""

import numpy as np

from helpers import data
from helpers.files import Problem, results_base
from helpers.images import write_image

CLASSES = ("brick", "chelsea", "coffee", "grass", "gravel")
SIDE = 48  # pixels of a patch
KNOWN, NEW = 10, 3  # patches of a class: to learn from and to test, to be labelled later


def make_samples(output):
    """Cut patches into a folder for each class, and others of the same photographs beside.

    Patches to be labelled come from the right third of a photograph, the others from its left.
    One patch is there twice, mirrored; one of the others is of none of the classes.

    Parameters
    ----------
    output : str, Path or None
        Folder of the results.

    Returns
    -------
    classes, new : Paths of two folders

    Raises
    ------
    Problem
        If they cannot be put there.
    """
    base = results_base(output)
    classes, new = base / "sample_classes", base / "sample_new"
    try:
        for name in CLASSES:
            image = data.load_image(name)
            edge = 2 * image.shape[1] // 3
            for folder, part, count in (
                (classes / name, image[:, :edge], KNOWN),
                (new, image[:, edge:], NEW),
            ):
                folder.mkdir(parents=True, exist_ok=True)
                for number, patch in enumerate(_patches(part, count)):
                    _put(folder / f"{name}_{number:02}.png", patch)
        first = _patches(data.load_image("brick"), 1)[0]
        _put(classes / "brick" / "brick_mirrored.png", first[:, ::-1])
        _put(new / "rocket.png", data.load_image("rocket")[224:272, 290:338])
    except (ValueError, OSError) as error:
        raise Problem(f"The sample pictures cannot be put there: {error}") from None
    return classes, new


def _patches(image, count):
    """Cut patches that do not overlap, spread over a picture."""
    rows, columns = (range(0, side - SIDE + 1, SIDE) for side in image.shape[:2])
    corners = [(row, column) for row in rows for column in columns]
    places = np.linspace(0, len(corners) - 1, count).round().astype(int)
    return [image[r : r + SIDE, c : c + SIDE] for r, c in (corners[place] for place in places)]


def _put(path, image):
    if not path.exists():
        write_image(path, np.ascontiguousarray(image))
