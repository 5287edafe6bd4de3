"""The only reader of `data/` and of the pictures and tables that come with installed packages."""

from pathlib import Path

import numpy as np
import skimage.data
from matplotlib import cbook

from helpers.images import read_image

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
BUNDLED = (
    *("astronaut", "brick", "camera", "chelsea", "clock", "coffee", "coins", "colorwheel"),
    *("grass", "gravel", "horse", "hubble_deep_field", "immunohistochemistry", "moon"),
    *("page", "retina", "rocket", "text"),
)
TABLES = {"breast_cancer": "diagnosis", "wine": "cultivar"}  # name -> column of the groups


def load_image(name):
    """Load a picture of the course by name, without any network.

    Parameters
    ----------
    name : str
        One of `BUNDLED`, or the name of a picture file in `data/` such as ``"coffee.jpg"``.

    Returns
    -------
    array of shape (M, N) or (M, N, 3), uint8 (``"horse"``: bool, True is ink)

    Raises
    ------
    ValueError
        If there is no such picture.
    """
    if name in BUNDLED:
        image = getattr(skimage.data, name)()
        return ~image if name == "horse" else image  # the horse is stored as holes
    if (DATA_FOLDER / str(name)).is_file():
        return read_image(DATA_FOLDER / name)
    known = ", ".join([*BUNDLED, *sorted(file.name for file in DATA_FOLDER.glob("*.[jp][pn]g"))])
    raise ValueError(f"`name` must be one of {known}; got {name!r}.")


def load_table(name):
    """Load a table of real measurements by name, without any network.

    Parameters
    ----------
    name : {"breast_cancer", "wine"}
        Wisconsin breast cancer: 569 tumours, 30 measurements, ``"diagnosis"`` (``"malignant"`` or
        ``"benign"``; W. Wolberg and others, 1995, doi:10.24432/C5DW2B). Wine: 178 wines, 13
        measurements, ``"cultivar"`` (``"class_0"`` to ``"class_2"``; S. Aeberhard and M. Forina,
        1992, doi:10.24432/C5PC7J).

    Returns
    -------
    dict of str -> array of shape (n,)
        Measurements (float64) in the order of the source, then the column of the groups (text).

    Raises
    ------
    ValueError
        If there is no such table.
    """
    if name not in TABLES:
        raise ValueError(f"`name` must be one of {', '.join(TABLES)}; got {name!r}.")
    import sklearn.datasets  # half a second that only readers of tables need

    bunch = getattr(sklearn.datasets, f"load_{name}")()
    table = {
        str(column).replace(" ", "_"): values.copy()
        for column, values in zip(bunch.feature_names, bunch.data.T, strict=True)
    }
    return table | {TABLES[name]: bunch.target_names[bunch.target]}


def load_elevation():
    """Load a real grid of heights: the Jacksboro fault in Tennessee.

    Returns
    -------
    elevation : array of shape (344, 403), float, metres above sea level
    spacing : (float, float)
        Distance in metres from row to row and from column to column, at the grid's middle.
    """
    with cbook.get_sample_data("jacksboro_fault_dem.npz") as grid:
        elevation = grid["elevation"].astype(np.float64)
        latitude = (grid["ymin"] + grid["ymax"]) / 2
        metres = 111_320 * np.array([grid["dy"], grid["dx"] * np.cos(np.radians(latitude))])
    return elevation, tuple(float(step) for step in metres)
