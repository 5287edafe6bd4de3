"""Pictures of the reader's: read as all are, each fault told in one sentence."""

from helpers.files import Problem, find_file
from helpers.images import MOST_PIXELS, Unusable
from helpers.images import read_picture as read


def read_picture(path, *, page=0, value_range=None, most=MOST_PIXELS):
    """Read a picture of the reader's.

    Parameters
    ----------
    path : str or Path
    page : int >= 0
        Page of a document or frame of an animation.
    value_range : None, "used" or (low, high)
        Which values become black and white, as for `images.read_picture`.
    most : int
        Most pixels that are decoded.

    Returns
    -------
    images.Picture

    Raises
    ------
    Problem
        If it is missing, no picture that is read, damaged, or larger than `most`; if `page` or
        `value_range` is none.
    """
    path = find_file(path)
    try:
        return read(path, page=page, value_range=value_range, most=most)
    except Unusable as reason:
        raise Problem(f"{path.name} cannot be used: {reason}.") from None
    except ValueError as error:
        raise Problem(str(error)) from None
