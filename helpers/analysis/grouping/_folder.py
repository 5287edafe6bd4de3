"""What is kept of each picture of a folder, the choices of the page, and its samples."""

from typing import NamedTuple

import numpy as np

from helpers import data, own_data
from helpers._arguments import one_of, whole
from helpers.analysis.grouping._features import FEWEST, KINDS, check_network
from helpers.files import Problem, results_base
from helpers.images import Unusable, write_image
from helpers.sheets import fit
from helpers.similarity import chains, likely_copies, thumbnail

MOST = 5_000  # pictures
MOST_GROUPS = 40
SIDE = 256  # pixels: larger pictures are shrunk, so that textures have one scale
ALIKE = 0.9  # least structural similarity of near copies
SAMPLES = ("brick", "grass", "immunohistochemistry")
TILE, ROWS, COLUMNS = 96, 4, 5  # pixels a side, and how many are cut from each of the samples


class Choices(NamedTuple):
    """Checked parameters of the page."""

    features: tuple
    groups: int | None
    seed: int


class Sight(NamedTuple):
    """What is kept of one picture: a row for each kind of features, and no pixels but 64 x 64."""

    name: str
    sha256: str
    small: np.ndarray
    seen: dict


class Pictures(NamedTuple):
    """A folder, what was seen of its pictures, files left out, and who is the first of its copies.

    `first` has shape (n,): the number of the first picture that this one is a near copy of.
    """

    path: object
    sights: tuple
    left_out: dict
    first: np.ndarray


def check_choices(*, features, groups, seed):
    """Check the parameters that need no folder.

    Parameters
    ----------
    features : str, or sequence of names of `KINDS`
    groups : int from 2 to 40, or None
        None: the number is proposed.
    seed : int >= 0

    Returns
    -------
    Choices
    """
    names = [features] if isinstance(features, str) else features
    if not isinstance(names, list | tuple) or not names:
        raise Problem(f"`features` must be a list of {', '.join(KINDS)}; got {features!r}.")
    names = [one_of(name, "features", tuple(KINDS), error=Problem) for name in names]
    if "network" in names:
        check_network()
    groups = groups if groups is None else whole(groups, "groups", 2, error=Problem)
    if groups is not None and groups > MOST_GROUPS:
        raise Problem(f"`groups` must be at most {MOST_GROUPS}; got {groups}.")
    return Choices(tuple(dict.fromkeys(names)), groups, whole(seed, "seed", 0, error=Problem))


def look_into(source, choices, output=None, *, workers=2):
    """Look at every picture of a folder and its subfolders.

    Parameters
    ----------
    source : str, Path or None
        None: small pictures cut from three of the course's own.
    choices : Choices
    output : str, Path or None
        Where the sample pictures are put.
    workers : int >= 1
        Threads; no more than two are used.

    Returns
    -------
    Pictures

    Raises
    ------
    Problem
        If the folder is missing, there are too few or too many pictures, or `groups` is too large.
    """
    whole(workers, "workers", error=Problem)
    path = _samples(output) if source is None else own_data.find_file(source, folder=True)
    path = path.absolute()
    names, _ = own_data.names_below(path)
    if len(names) > 4 * MOST:
        raise Problem(f"{path.name} holds {len(names):,} files; at most {MOST:,} can be grouped.")

    def see(name, found):
        if min(found.picture.shape[:2]) < 2:
            raise Unusable("a side of one pixel")
        image = fit(found.picture, SIDE)
        seen = {kind: KINDS[kind].see(image) for kind in choices.features}
        return Sight(name, found.sha256, thumbnail(found.picture), seen)

    seen, left_out = own_data.look_through(path, see, workers=workers)
    sights = tuple(seen.values())
    _check_count(path, sights, left_out, choices)
    first = _first_of_copies(sights)
    half = len(set(first.tolist())) // 2
    if choices.groups is not None and choices.groups > half:
        raise Problem(f"`groups` must be at most {half} here, half of the different pictures.")
    return Pictures(path, sights, left_out, first)


def _check_count(path, sights, left_out, choices):
    """Refuse too few or too many pictures, with the first reasons why files were not used."""
    if FEWEST <= len(sights) <= MOST:
        return
    reasons = own_data.first_reasons(left_out)
    raise Problem(
        f"From {FEWEST} to {MOST:,} pictures can be grouped; {path.name} holds {len(sights):,}."
        + (f" Not used: {reasons}." if reasons else "")
    )


def _first_of_copies(sights):
    """Return for each picture the number of the first one in its chain of near copies."""
    try:
        copies = likely_copies(
            np.array([sight.small for sight in sights]), least=ALIKE, changed=False
        )
    except ValueError as error:
        raise Problem(f"{str(error).partition(': ')[2]} See find_near_duplicates.ipynb.") from None
    owners = {}
    equal = [owners.setdefault(sight.sha256, place) for place, sight in enumerate(sights)]
    ends = np.hstack([[copies.first, copies.second], [equal, np.arange(len(sights))]])
    member = chains(*ends, len(sights))
    return np.unique(member, return_index=True)[1][member]


def _samples(output):
    """Cut sample pictures from three photographs, and put one odd picture and one copy beside."""
    base = results_base(output) / "sample_groups"
    try:
        base.mkdir(parents=True, exist_ok=True)
        for name in SAMPLES:
            image = data.load_image(name)
            for place in range(ROWS * COLUMNS):
                row, column = (TILE * step for step in divmod(place, COLUMNS))
                tile = image[row : row + TILE, column : column + TILE]
                _put(base / f"{name}_{place:02}.png", tile)
        _put(base / "odd.png", data.load_image("rocket")[200:296, 260:356])
        _put(base / "one_again.png", data.load_image("brick")[:TILE, :TILE])
    except (ValueError, OSError) as error:
        raise Problem(f"The sample pictures cannot be put there: {error}") from None
    return base


def _put(path, image):
    if not path.exists():
        write_image(path, np.ascontiguousarray(image))
