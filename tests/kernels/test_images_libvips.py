"""The reader of picture files against libvips, which shares no code with it."""

import numpy as np
import pytest
import pyvips

from helpers import images
from tests.kernels.picture_files import family

FAMILY = family()
TOPS = {"uchar": 255, "ushort": 65535}
# What libvips does otherwise, each looked into: it has no LZMA and gives noise, does not turn PNG
# files that say so behind the pixels, takes inks for colours, and keeps colours that a GIF hides.
OTHERWISE = ("LZMA", "cmyk", "extra.tif", "clear.gif")
OTHERWISE += tuple(f"turned-{way}-8.png" for way in range(2, 9))


def seen(content):
    """Return pixels and alpha in [0, 1] as libvips reads them, or None if it does not."""
    try:
        picture = pyvips.Image.new_from_buffer(content, "").autorot()
        samples = picture.numpy().reshape(picture.height, picture.width, -1)
    except pyvips.Error:  # odd depths, and kinds that this build leaves out
        return None
    if picture.format not in TOPS:  # its ranges are for the reader to choose
        return None
    samples = samples / TOPS[picture.format]
    colours = samples.shape[2] - picture.hasalpha()
    return samples[..., :colours], samples[..., colours:]


READ = {
    name: both
    for name, made in FAMILY.items()
    if not name.startswith(OTHERWISE) and (both := seen(made.content)) is not None
}


def test_libvips_reads_most_kinds():
    assert len(READ) >= 140
    assert {name.rsplit(".", 1)[1] for name in READ} >= {"png", "jpg", "tif", "gif", "webp", "avif"}


@pytest.mark.parametrize("name", READ)
def test_libvips_sees_the_same_pixels_and_alpha(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(FAMILY[name].content)
    picture = images.read_picture(path)
    top = 255 if picture.pixels.dtype == np.uint8 else 1
    mine, (theirs, alpha) = picture.pixels / top, READ[name]
    mine = mine.reshape(*mine.shape[:2], -1)
    if theirs.shape[2] < mine.shape[2]:
        theirs = np.repeat(theirs, 3, axis=2)
    near = 2 * FAMILY[name].off + 0.5 / 255
    np.testing.assert_allclose(mine + 0 * theirs, theirs + 0 * mine, rtol=0, atol=near)
    assert (picture.alpha is not None) == bool(alpha.shape[2])
    if picture.alpha is not None:
        np.testing.assert_allclose(picture.alpha / top, alpha[..., 0], rtol=0, atol=near)
