"""The one writer of picture files: what goes in comes out; and filters under transparency."""

import io
import re
import tracemalloc

import cv2
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from helpers import data, images
from helpers.images._alpha import premultiply, unpremultiply
from tests.kernels import picture_files as made_files
from tests.kernels.picture_files import SRGB, draw, family, png, written

FAMILY = family()
RGB = np.random.default_rng(1).integers(0, 256, (15, 17, 3), dtype=np.uint8)


@pytest.fixture
def read(tmp_path):
    """Return a function that reads bytes as a picture."""

    def from_bytes(content, name="file.png"):
        path = tmp_path / name
        path.write_bytes(content)
        return images.read_picture(path)

    return from_bytes


def levels(part):
    return part / 255 if part.dtype == np.uint8 else part


@pytest.mark.parametrize("name", FAMILY)
def test_what_goes_in_comes_out(name, read, tmp_path):
    """Every file of the family, read and written with the ending that its kind asks for."""
    before = read(FAMILY[name].content, name)
    path = tmp_path / f"again{before.about.ending}"
    images.write_image(path, before.pixels, like=before)
    after = images.read_picture(path)
    stored = 16 if before.about.bits <= 16 else 32  # half a level of what is stored
    near = 0 if before.pixels.dtype == np.uint8 else 0.51 / (2**stored - 1)
    near = 0.06 if not before.about.lossless else near
    assert after.pixels.shape == before.pixels.shape
    np.testing.assert_allclose(levels(after.pixels), levels(before.pixels), rtol=0, atol=near)
    assert (after.alpha is None) == (before.alpha is None)
    if before.alpha is not None:
        np.testing.assert_array_equal(after.alpha, before.alpha)
    assert after.about.orientation == 1
    for fact in ("profile", "alpha", "no_data"):
        assert getattr(after.about, fact) == getattr(before.about, fact), fact
    if before.about.resolution:
        assert after.about.resolution == pytest.approx(before.about.resolution, rel=1e-3)
    if before.about.bits in (16, 32, 64):
        facts = ("bits", "sample", "value_range")
        assert [getattr(after.about, f) for f in facts] == [getattr(before.about, f) for f in facts]


@pytest.mark.parametrize("name", ["grey-16-black.tif", "lzw-16-3-2.tif", "kind6-16.png"])
def test_sixteen_bits_come_back_to_the_last(name, read, tmp_path):
    before = read(FAMILY[name].content, name)
    images.write_image(tmp_path / "a.tif", before.pixels, like=before)
    after = images.read_labels(tmp_path / "a.tif").values
    np.testing.assert_array_equal(after, np.rint(FAMILY[name].pixels * 65535))


@pytest.mark.parametrize("kind", ["float", "signed", "twelve"])
def test_values_come_back_in_their_own_units(kind, read, tmp_path):
    values = {
        "float": np.linspace(-20, 80, 60, dtype=np.float32).reshape(6, 10),
        "signed": np.linspace(-1024, 3071, 60).astype(np.int16).reshape(6, 10),
        "twelve": np.linspace(0, 4095, 60).astype(np.uint16).reshape(6, 10),
    }[kind]
    path = tmp_path / "a.tif"
    path.write_bytes(written(values))
    before = images.read_picture(path, value_range="used")
    images.write_image(tmp_path / "b.tif", before.pixels, like=before)

    after = tifffile.imread(tmp_path / "b.tif")
    assert after.dtype == values.dtype
    np.testing.assert_allclose(after, values, rtol=0, atol=1e-5 if kind == "float" else 0)


def test_missing_pixels_are_missing_again(tmp_path):

    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    values[1, 2] = np.nan
    (tmp_path / "a.tif").write_bytes(written(values))
    before = images.read_picture(tmp_path / "a.tif")
    images.write_image(tmp_path / "b.tif", before.pixels, like=before)
    np.testing.assert_allclose(tifffile.imread(tmp_path / "b.tif"), values, atol=1e-6)
    depth = np.array([[-9999, 0, 50, 100]], dtype=np.int16)
    (tmp_path / "c.tif").write_bytes(written(depth, extratags=[(42113, 2, 6, "-9999", True)]))
    before = images.read_picture(tmp_path / "c.tif")
    images.write_image(tmp_path / "d.tif", before.pixels, like=before)
    np.testing.assert_array_equal(tifffile.imread(tmp_path / "d.tif"), depth)
    assert images.read_about(tmp_path / "d.tif").no_data == -9999


@pytest.mark.parametrize("ending", [".png", ".jpg", ".tif", ".webp"])
def test_profile_and_resolution_are_kept_in_every_format_that_has_them(ending, tmp_path):
    profile = images.read_picture(data.DATA_FOLDER / "rocket.jpg").about.profile
    Image.fromarray(RGB).save(tmp_path / "a.png", icc_profile=profile, dpi=(300, 150))
    like = images.read_picture(tmp_path / "a.png")
    path = tmp_path / f"b{ending}"
    images.write_image(path, RGB, like=like)
    with Image.open(path) as independent:
        assert independent.info["icc_profile"] == profile
        if ending != ".webp":  # has no place for it
            np.testing.assert_allclose(np.float64(independent.info["dpi"]), (300, 150), atol=0.02)
    found = images.read_about(path)
    assert found.profile == profile
    images.write_image(tmp_path / f"grey{ending}", RGB[..., 0], like=like)
    assert images.read_about(tmp_path / f"grey{ending}").profile == profile  # written as RGB


def test_a_long_profile_goes_into_a_jpeg_in_pieces(tmp_path):
    long = SRGB + bytes(150_000)
    long = len(long).to_bytes(4, "big") + long[4:]
    Image.fromarray(RGB).save(tmp_path / "a.png", icc_profile=long)
    images.write_image(tmp_path / "b.jpg", RGB, like=tmp_path / "a.png")
    with Image.open(tmp_path / "b.jpg") as independent:
        assert independent.info["icc_profile"] == long
    assert images.read_about(tmp_path / "b.jpg").profile == long


def test_a_profile_of_other_colours_is_not_written(tmp_path):
    inks = Image.new("CMYK", (9, 9), (10, 20, 30, 40))
    profile = made_files.ink_profile(lambda c, m, y, k: (100 - 90 * k, 0, 0))
    inks.save(tmp_path / "a.tif", icc_profile=profile)
    like = images.read_picture(tmp_path / "a.tif")
    images.write_image(tmp_path / "b.tif", like.pixels, like=like)
    assert images.read_about(tmp_path / "b.tif").profile is None


def test_few_colours_stay_a_palette_and_are_never_dithered(read, tmp_path):
    before = read(FAMILY["palette-clear-4.png"].content)
    for ending in (".png", ".gif"):
        alpha = None if ending == ".png" else False
        images.write_image(tmp_path / f"a{ending}", before.pixels, like=before, alpha=alpha)
        after = images.read_picture(tmp_path / f"a{ending}")
        assert after.about.colour == "palette"
        np.testing.assert_array_equal(after.pixels, before.pixels)
    many = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    opaque = read(FAMILY["palette-4.png"].content)
    images.write_image(tmp_path / "many.png", many, like=opaque)
    after = images.read_picture(tmp_path / "many.png")
    assert after.about.colour == "RGB"
    np.testing.assert_array_equal(after.pixels, many)
    with pytest.raises(ValueError, match=r"must have an ending that can hold .*; got many\.gif"):
        images.write_image(tmp_path / "many.gif", many)


@pytest.mark.parametrize("ending", [".png", ".tif"])
def test_ink_of_one_bit_is_written_with_one_bit(ending, read, tmp_path):
    before = read(FAMILY["group4-True.tif"].content, "a.tif")
    for ink in (before.pixels, before.pixels > 0):
        images.write_image(tmp_path / f"b{ending}", ink, like=before)
        after = images.read_picture(tmp_path / f"b{ending}")
        assert after.about.bits == 1
        np.testing.assert_array_equal(after.pixels, before.pixels)
    images.write_image(tmp_path / f"b{ending}", before.pixels // 2, like=before)
    assert images.read_about(tmp_path / f"b{ending}").bits == 8


def test_alpha_is_kept_replaced_or_dropped(tmp_path):
    clear = draw(8, 4)
    (tmp_path / "a.png").write_bytes(png(clear, 8, 6))
    like = images.read_picture(tmp_path / "a.png")
    other = np.linspace(0, 1, like.alpha.size).reshape(like.alpha.shape)
    for alpha, expected in [(None, like.alpha), (other, np.rint(255 * other)), (False, None)]:
        images.write_image(tmp_path / "b.png", like.pixels, like=like, alpha=alpha)
        found = images.read_picture(tmp_path / "b.png").alpha
        assert (found is None) == (expected is None)
        if found is not None:
            np.testing.assert_array_equal(found, expected)
    images.write_image(tmp_path / "c.png", RGB[..., 0], alpha=RGB[..., 1] > 99)
    grey = images.read_picture(tmp_path / "c.png")
    np.testing.assert_array_equal(grey.pixels, RGB[..., 0])
    np.testing.assert_array_equal(grey.alpha, 255 * (RGB[..., 1] > 99))


@pytest.mark.parametrize(
    ("name", "ending", "kept"),
    [
        ("hundred-32-1.tif", ".png", "floats"),
        ("signed-16.tif", ".png", "values below zero"),
        ("grey-32-black.tif", ".png", "32 bits"),
    ],
)
def test_an_ending_that_cannot_keep_the_values_is_refused(name, ending, kept, read, tmp_path):
    like = read(FAMILY[name].content, name)
    with pytest.raises(ValueError, match=rf"must end in \.tif to keep {kept}; got b\.png"):
        images.write_image(tmp_path / f"b{ending}", like.pixels, like=like)
    assert like.about.ending == ".tif"


def test_pages_are_written_one_by_one_or_not_at_all(read, tmp_path):
    ink, photo = read(FAMILY["group4-False.tif"].content, "a.tif"), RGB
    path = tmp_path / "pages.tif"
    images.write_pages(path, [(ink.pixels, ink), (photo, None)])
    first, second = images.read_pages(path)
    np.testing.assert_array_equal(first.pixels, ink.pixels)
    np.testing.assert_array_equal(second.pixels, photo)
    assert (first.about.bits, first.about.pages) == (1, 2)

    def broken():
        yield photo, None
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    with pytest.raises(OSError, match="No space left"):
        images.write_pages(path, broken())
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif", "pages.tif"]
    with pytest.raises(ValueError, match=r"must end in \.tif to hold pages; got a\.png"):
        images.write_pages(tmp_path / "a.png", [(photo, None)])


def test_a_document_is_read_and_written_with_one_page_in_memory(tmp_path):
    path, page = tmp_path / "a.tif", np.zeros((1000, 1000, 3), dtype=np.uint8)
    images.write_pages(path, ((page, None) for _ in range(12)))
    tracemalloc.start()
    try:
        images.write_pages(tmp_path / "b.tif", ((p.pixels, p) for p in images.read_pages(path)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert images.read_about(tmp_path / "b.tif").pages == 12
    assert peak < 7 * page.nbytes  # twelve pages are read


# --- under transparency --------------------------------------------------------------------------


def cut_out(hidden, *, dtype=np.uint8):
    """Return noisy pixels of about 75 with sharp and soft edges, and `hidden` colours outside."""
    noise = np.random.default_rng(0).normal(75, 8, (40, 40, 3))
    alpha = np.zeros((40, 40))
    alpha[10:30, 10:30], alpha[12:28, 30:33] = 1, 0.5
    pixels = np.where(alpha[..., None] > 0, np.clip(noise, 0, 255), hidden)
    if dtype == np.uint8:
        return np.rint(pixels).astype(np.uint8), np.rint(255 * alpha).astype(np.uint8)
    return (pixels / 255).astype(dtype), alpha.astype(dtype)


FILTERS = {
    "median": lambda image: cv2.medianBlur(image, 5),
    "gaussian": lambda image: cv2.GaussianBlur(image, (0, 0), 2),
}


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_hidden_colours_have_no_say(name, dtype):
    found = []
    for hidden in (0, 255):
        pixels, alpha = cut_out(hidden, dtype=dtype)
        before = pixels.copy()
        after = images.filter_visible(FILTERS[name], pixels, alpha)
        np.testing.assert_array_equal(pixels, before)
        assert (after.dtype, after.shape) == (pixels.dtype, pixels.shape)
        np.testing.assert_array_equal(after[alpha == 0], pixels[alpha == 0])
        found.append(after[alpha > 0])
    np.testing.assert_array_equal(found[0], found[1])
    top = 255 if dtype == np.uint8 else 1
    seen = found[0] * (255 / top)
    assert np.abs(seen.mean() - 75) < 2 and seen.std() < 6  # with the hidden colours: 39 at edges


def test_a_filter_that_does_nothing_changes_nothing():
    for dtype, near in ((np.uint8, 1), (np.float64, 1e-12)):
        pixels, alpha = cut_out(200, dtype=dtype)
        after = images.filter_visible(lambda image: image, pixels, alpha)
        assert np.abs(after.astype(float) - pixels).max() <= near
    opaque = images.filter_visible(FILTERS["median"], RGB, np.full(RGB.shape[:2], 255, np.uint8))
    np.testing.assert_array_equal(opaque, FILTERS["median"](RGB))
    np.testing.assert_array_equal(
        images.filter_visible(FILTERS["median"], RGB, None), FILTERS["median"](RGB)
    )


def test_a_picture_filters_what_is_seen_of_it(tmp_path):
    pixels, alpha = cut_out(255)
    images.write_image(tmp_path / "a.png", pixels, alpha=alpha)
    picture = images.read_picture(tmp_path / "a.png")
    expected = images.filter_visible(FILTERS["median"], pixels, alpha)
    np.testing.assert_array_equal(picture.filtered(FILTERS["median"]), expected)


@given(st.integers(0, 255), st.integers(0, 255))
def test_premultiplied_bytes_survive_division_and_multiplication(colour, cover):
    colour = np.uint8([[min(colour, cover)]])
    alpha = np.uint8([[cover]])
    straight = unpremultiply(colour, alpha)
    np.testing.assert_array_equal(premultiply(straight, alpha), colour)


def test_white_shines_through_by_hand():
    pixels = np.array([[100, 100, 100]], dtype=np.uint8)
    alpha = np.array([[0, 51, 255]], dtype=np.uint8)
    np.testing.assert_array_equal(images.lay_on_white(pixels, alpha), [[255, 224, 100]])
    real = images.lay_on_white(pixels / 255, alpha / 255)
    np.testing.assert_allclose(real, [[1, 224 / 255, 100 / 255]])


@pytest.mark.parametrize(
    ("alpha", "message"),
    [
        (RGB, "`alpha` must be a picture of shape (M, N); got (15, 17, 3)."),
        (RGB[:3, :, 0], "`alpha` must have the shape of the picture, (15, 17); got (3, 17)."),
        (np.full((15, 17), 1.5), "`alpha` must be within [0, 1]; got 1.5 to 1.5."),
    ],
)
def test_an_alpha_that_does_not_fit_is_refused(alpha, message, tmp_path):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        images.write_image(tmp_path / "a.png", RGB, alpha=alpha)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".png", ".jpg"])
def test_a_job_gets_the_bytes_that_would_be_written_and_the_profile_in_them(ending, tmp_path):
    profile = images.read_about(data.DATA_FOLDER / "rocket.jpg").profile
    images.write_image(tmp_path / f"a{ending}", RGB)
    assert images.encode_image(ending, RGB) == (tmp_path / f"a{ending}").read_bytes()
    (tmp_path / f"b{ending}").write_bytes(images.encode_image(ending, RGB, profile=profile))
    assert images.read_about(tmp_path / f"b{ending}").profile == profile
    grey = images.encode_image(ending, RGB[..., 0], profile=profile)
    assert grey == images.encode_image(ending, RGB[..., 0])  # a profile of three channels


def test_a_frame_is_a_small_file_and_exact_where_that_is_asked():
    frame = (np.indices((40, 60, 3)).sum(axis=0) % 7 * 30).astype(np.uint8)
    exact = images.encode_frame(frame[:, ::-1], lossless=True)
    with Image.open(io.BytesIO(exact)) as seen:
        assert seen.format == "WEBP"
        np.testing.assert_array_equal(np.asarray(seen), frame[:, ::-1])
    smooth = np.tile(np.linspace(0, 255, 200).astype(np.uint8)[:, None, None], (1, 200, 3))
    noisy = smooth + np.random.default_rng(0).integers(0, 3, smooth.shape, dtype=np.uint8) * (
        smooth < 250
    )
    lossy = images.encode_frame(noisy, lossless=False)
    assert 5 * len(lossy) < len(images.encode_frame(noisy, lossless=True))
    with Image.open(io.BytesIO(lossy)) as seen:
        assert np.abs(np.asarray(seen).astype(int) - noisy).mean() < 3
