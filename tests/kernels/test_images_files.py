"""The one reader and the one writer of picture files, over a family of files with known samples."""

import numpy as np
import pytest

from helpers import images
from tests.kernels.picture_files import family

FAMILY = family()


@pytest.fixture
def file(tmp_path):
    """Return a function that puts a made file on the disk."""

    def put(made, name=None):
        path = tmp_path / (name or made.name)
        path.write_bytes(made.content)
        return path

    return put


@pytest.mark.parametrize("name", FAMILY)
def test_each_file_of_the_family_is_read_as_it_was_made(name, file):
    made = FAMILY[name]
    picture = images.read_picture(file(made))
    top = 255 if picture.pixels.dtype == np.uint8 else 1
    near = made.off + (1e-7 if picture.pixels.dtype != np.float64 else 1e-15)
    assert picture.pixels.shape == made.pixels.shape
    np.testing.assert_allclose(picture.pixels / top, made.pixels, rtol=0, atol=near)
    assert (picture.alpha is None) == (made.alpha is None)
    if made.alpha is not None:
        assert picture.alpha.dtype == picture.pixels.dtype
        np.testing.assert_allclose(picture.alpha / top, made.alpha, rtol=0, atol=1e-7)
    found = {key: getattr(picture.about, key) for key in made.says}
    assert found == made.says
    assert picture.about.shape == picture.pixels.shape[:2]
