"""The only reader of `data/` and of the pictures and tables that come with installed packages."""

import csv
from contextlib import suppress
from pathlib import Path

import numpy as np
import skimage.data
from matplotlib import cbook

from helpers._arguments import one_of, whole
from helpers.images import as_float, read_image, to_grey, write_image

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
BUNDLED = (
    *("astronaut", "brick", "camera", "chelsea", "clock", "coffee", "coins", "colorwheel"),
    *("grass", "gravel", "horse", "hubble_deep_field", "immunohistochemistry", "moon"),
    *("page", "retina", "rocket", "text"),
)
TILE = 96  # pixels a side
TEXTURES = ("brick", "grass", "gravel", "page", "immunohistochemistry")
TEXTURES += ("hubble_deep_field", "chelsea", "moon")
PARTS = {"train": (0, 0.45), "validation": (0.45, 0.6), "test": (0.6, 1)}  # shares of the width
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


def load_faces(*, others=False):
    """Load small grey faces: the first half of scikit-image's cut of Labeled Faces in the Wild.

    Parameters
    ----------
    others : bool
        Load the other half instead, pieces of the same size that show no faces.

    Returns
    -------
    faces : array of shape (100, 25, 25), float in [0, 1]
        In the order of the source (G. B. Huang and others, University of Massachusetts, 2007).
    """
    half = slice(100, None) if others else slice(100)
    return skimage.data.lfw_subset()[half].astype(np.float64)


def load_digits():
    """Load 1797 handwritten digits of 8 x 8 pixels.

    Returns
    -------
    images : array of shape (1797, 8, 8), float in [0, 1]
        Counts of ink from 0 to 16, divided by 16.
    labels : array of shape (1797,), int
        The digit that was written (E. Alpaydin and C. Kaynak, 1998, doi:10.24432/C50P49).
    """
    import sklearn.datasets  # half a second that only readers of tables need

    digits = sklearn.datasets.load_digits()
    return digits.images / 16, digits.target


def load_large_digits():
    """Load 2000 handwritten digits of 28 x 28 pixels, 200 of each, in order of the digit.

    Returns
    -------
    images : array of shape (2000, 28, 28), uint8, light ink on black
    labels : array of shape (2000,), int
        The digit that was written (part of MNIST: Y. LeCun, C. Cortes, C. Burges, CC BY-SA 3.0).
    """
    sheet = read_image(DATA_FOLDER / "digits_28.png")[..., 0]
    images = sheet.reshape(40, 28, 50, 28).swapaxes(1, 2).reshape(-1, 28, 28)
    return images, np.repeat(np.arange(10), 200)


def texture_patches(count, part="train", *, size=32, names=TEXTURES, even=True, rng=None):
    """Cut grey patches from photographs: each photograph is a class, each part its own columns.

    Patches to learn from come from the left 45 % of the columns, patches to choose with from the
    next 15 %, patches to test with from the right 40 %. No pixel lies in two parts.

    Parameters
    ----------
    count : int >= 1
        Patches of each class; the corners are drawn, so two may overlap.
    part : {"train", "validation", "test"}
    size : int >= 1, pixels a side
    names : sequence of str
        Pictures that `load_image` knows.
    even : bool
        Bring each patch to mean 0 and an SD of nearly 1 (an SD of 0.02 is added to its own), so
        that its brightness does not give the class away.
    rng : int or numpy.random.Generator, optional

    Returns
    -------
    patches : array of shape (n, size, size), float; in [0, 1] if not `even`
        Class after class.
    labels : array of shape (n,), int, positions in `names`

    Raises
    ------
    ValueError
        If a picture is too low, or its part too narrow, for one patch.
    """
    count, size, rng = whole(count, "count"), whole(size, "size"), np.random.default_rng(rng)
    shares, patches = PARTS[one_of(part, "part", tuple(PARTS))], []
    for name in names:
        grey = as_float(load_image(name))
        grey = to_grey(grey) if grey.ndim == 3 else grey
        left, right = (round(share * grey.shape[1]) for share in shares)
        if min(grey.shape[0], right - left) < size:
            room = f"{grey.shape[0]} x {right - left} pixels"
            raise ValueError(f"`size` must fit into {room} of {name} ({part}); got {size}.")
        windows = np.lib.stride_tricks.sliding_window_view(grey[:, left:right], (size, size))
        rows, columns = windows.shape[:2]
        patches.append(windows[rng.integers(0, rows, count), rng.integers(0, columns, count)])
    patches = np.concatenate(patches)
    if even:
        patches = patches - patches.mean(axis=(1, 2), keepdims=True)
        patches = patches / (patches.std(axis=(1, 2), keepdims=True) + 0.02)
    return patches, np.repeat(np.arange(len(names)), count)


def load_maps(name):
    """Load t-SNE maps of a set of points, made by `data/make_maps.py`.

    Parameters
    ----------
    name : {"digits", "noise", "textures", "tight and wide", "near and far"}

    Returns
    -------
    maps : dict of int -> array of shape (n, 2)
        The perplexity (2, 5, 20 and 50) and where the map puts each point.
    labels : array of shape (n,), int
        The group that each point was taken from; the map did not know it.

    Raises
    ------
    ValueError
        If there is no such set.
    """
    with open(DATA_FOLDER / "maps.csv", newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    names = list(dict.fromkeys(row[0] for row in rows))
    if name not in names:
        raise ValueError(f"`name` must be one of {', '.join(names)}; got {name!r}.")
    table = np.array([row[1:] for row in rows if row[0] == name], dtype=np.float64)
    perplexities = [int(column.removeprefix("x_")) for column in head[2::2]]
    maps = {p: table[:, 1 + 2 * i : 3 + 2 * i] for i, p in enumerate(perplexities)}
    return maps, table[:, 0].astype(int)


def load_results(name, **chosen):
    """Load what a longer study wrote: one row for each thing measured.

    Parameters
    ----------
    name : str
        A table of numbers in `data/` without its ending: ``"transfer"`` is ``transfer.csv``, made
        by ``make_transfer.py``.
    chosen : column = value, optional
        Keep only rows with this value there: ``load_results("networks", study="more")``.

    Returns
    -------
    dict of str -> array of shape (n,)
        A column of whole numbers is int, one of numbers float, any other text.

    Raises
    ------
    ValueError
        If there is no such table, column or value.
    """
    made = [path.stem.removeprefix("make_") for path in sorted(DATA_FOLDER.glob("make_*.py"))]
    one_of(name, "name", [table for table in made if (DATA_FOLDER / f"{table}.csv").exists()])
    with open(DATA_FOLDER / f"{name}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    columns = {head: _numbers(column) for head, *column in zip(*rows, strict=True)}
    kept = np.ones(len(rows) - 1, dtype=bool)
    for column, value in chosen.items():
        held = np.unique(columns[one_of(column, "chosen", list(columns))]).tolist()
        if value not in held:
            raise ValueError(f"`{column}` must be one of {held}; got {value!r}.")
        kept &= columns[column] == value
    return {head: column[kept] for head, column in columns.items()}


def _numbers(column):
    """Return texts as whole numbers, or as numbers, or as they are."""
    for kind in (int, float):
        with suppress(ValueError):
            return np.array([kind(text) for text in column])
    return np.array(column)


def load_elevation():
    """Load a real grid of heights: the Jacksboro fault where Tennessee meets Kentucky.

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


def sample_folder(destination, *, count=289):
    """Fill a folder with small pictures cut from the bundled ones, to practise on.

    The name of each tells the picture it was cut from: ``coffee_03.png`` and ``coffee_04.png``
    are parts of one photograph, so they belong on the same side of a split.

    Parameters
    ----------
    destination : str or Path
        A folder that is new or empty, or holds these pictures from an earlier call.
    count : int >= 1
        How many pictures of (96, 96, 3) to cut, about equally many from each source.

    Returns
    -------
    Path of the folder

    Raises
    ------
    ValueError
        If there are not so many tiles, or the destination is a file or holds other things.
    """
    destination, tiles = Path(destination), _sample_tiles(whole(count, "count"))
    if destination.exists() and not destination.is_dir():
        raise ValueError(f"`destination` must be a folder; got the file {destination}.")
    destination.mkdir(parents=True, exist_ok=True)
    if others := sorted({file.name for file in destination.iterdir()} - tiles.keys()):
        raise ValueError(f"`destination` must be empty; {destination} holds {others[0]}.")
    images = {name: load_image(name) for name in BUNDLED}
    for file, (name, row, column) in tiles.items():
        tile = images[name][row : row + TILE, column : column + TILE]
        colour = tile if tile.ndim == 3 else np.stack([tile] * 3, axis=-1)
        write_image(destination / file, colour)
    return destination


def _sample_tiles(count):
    """Return the file name of each tile with its source and its corner, in turns of the sources."""
    corners = {}
    for name in BUNDLED:
        rows, columns = load_image(name).shape[:2]
        grid = [range(0, side - TILE + 1, TILE) for side in (rows, columns)]
        corners[name] = [(row, column) for row in grid[0] for column in grid[1]]
    turns = [(turn, name) for name in BUNDLED for turn in range(len(corners[name]))]
    if count > len(turns):
        raise ValueError(f"`count` must be at most {len(turns)}; got {count}.")
    taken = [name for _, name in sorted(turns, key=lambda turn: turn[0])[:count]]
    tiles = {}
    for name in dict.fromkeys(taken):
        # Spread over the whole picture: the first rows alone may be sky.
        places = np.linspace(0, len(corners[name]) - 1, taken.count(name)).round().astype(int)
        tiles |= {f"{name}_{n:02}.png": (name, *corners[name][p]) for n, p in enumerate(places)}
    return tiles
