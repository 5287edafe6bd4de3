"""Picture files as sources of a job: what each holds, or the reason why it cannot be used."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from helpers.images._about import About, Unusable
from helpers.images._arrays import as_uint8
from helpers.images._meaning import understand
from helpers.images._ranges import check_range
from helpers.images._reading import decoded, file_bytes, open_content

LONGEST = 32_766  # pixels a side that OpenCV can warp


@dataclass(frozen=True)
class Source:
    """One usable file: its name, fingerprint, what was converted, and perhaps its pixels."""

    path: Path
    name: str
    size: int
    sha256: str
    converted: str
    picture: np.ndarray | None = field(repr=False, compare=False)
    value_range: object = None
    about: About | None = field(default=None, repr=False, compare=False)

    def without_picture(self):
        """Return the same source without pixels, so that they can be freed."""
        return replace(self, picture=None)

    def __reduce__(self):
        """Travel to another process without pixels: it reads the file itself."""
        first = (self.path, self.name, self.size, self.sha256, self.converted)
        return Source, (*first, None, self.value_range, self.about)

    def pixels(self):
        """Return the picture, read again if it was not kept; `Unusable` if the file changed."""
        if self.picture is not None:
            return self.picture
        again = read_source(self.path, value_range=self.value_range)
        if again.sha256 != self.sha256:
            raise Unusable("changed while the job ran")
        return again.picture


def read_source(path, *, value_range=None):
    """Read a file as (M, N) or (M, N, 3), uint8, upright, or raise `Unusable` with the reason.

    Parameters
    ----------
    path : Path
    value_range : None, "used" or (low, high)
        As for `read_picture`.

    Returns
    -------
    Source
        `converted` says in half a sentence what 8 bits without alpha could not keep.
    """
    value_range, content = check_range(value_range), file_bytes(path)
    opened = open_content(content)
    if max(opened.about.shape) > LONGEST:
        raise Unusable(f"longer than {LONGEST} pixels a side")
    if opened.about.pages > 1:
        raise Unusable("more than one picture: animated or of several pages")
    picture = understand(decoded(opened), value_range)
    told = list(picture.notes)
    if picture.pixels.dtype != np.uint8:
        kind = "-bit floats" if picture.about.sample == "float" else " bits"
        told.insert(0, f"{picture.about.bits}{kind} reduced to 8")
    if picture.alpha is not None:
        told.append("transparency laid on white")
    seen = picture.on_white()
    seen = seen if seen.dtype == np.uint8 else as_uint8(seen)
    digest = hashlib.sha256(content).hexdigest()
    fingerprint = (path, path.name, len(content), digest, "; ".join(told))
    return Source(*fingerprint, seen, value_range, picture.about)
