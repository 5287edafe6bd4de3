"""Pictures as arrays: conversions, grey, masks and files."""

import re
import stat
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from helpers import images
from helpers.images import ImageFormat

RGB = np.random.default_rng(1).integers(0, 256, (5, 7, 3), dtype=np.uint8)
SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, max_side=9)
FLOATS = (np.float16, np.float32, np.float64, np.dtype(">f4"), np.dtype(">f8"))


@st.composite
def pictures(draw, kinds=("bool", "uint8", "float"), colour=(False, True)):
    """Draw a picture: plain, read-only or strided, of any dtype that is allowed."""
    shape = draw(SHAPES) + ((3,) if draw(st.sampled_from(colour)) else ())
    kind = draw(st.sampled_from(kinds))
    if kind == "float":
        dtype = np.dtype(draw(st.sampled_from(FLOATS)))
        values = st.floats(0, 1, width=8 * dtype.itemsize)
    else:
        dtype, values = np.dtype(kind), None
    image = draw(arrays.arrays(dtype, shape, elements=values))
    form = draw(st.sampled_from(["plain", "read-only", "strided"]))
    if form == "strided":
        return np.repeat(image, 2, axis=1)[:, ::-2]
    image.flags.writeable = form == "plain"
    return image


def unchanged(function, *inputs, **options):
    """Call a function and demand that its arrays are as they were."""
    before = [np.array(value) for value in inputs]
    result = function(*inputs, **options)
    for old, new in zip(before, inputs, strict=True):
        np.testing.assert_array_equal(old, new)
    return result


@given(pictures())
def test_as_float_follows_skimage_and_is_a_new_array(image):
    result = unchanged(images.as_float, image)
    expected = skimage.img_as_float64(image.astype(image.dtype.newbyteorder("=")))
    np.testing.assert_allclose(result, expected, rtol=1e-15)
    assert result.dtype == np.float64
    assert not np.shares_memory(result, image)


@given(pictures())
def test_as_uint8_is_the_nearest_level_and_a_new_array(image):
    result = unchanged(images.as_uint8, image)
    assert result.dtype == np.uint8
    assert not np.shares_memory(result, image)
    exact = image.astype(float) * (1 if image.dtype == np.uint8 else 255)
    spare = 255 * np.finfo(image.dtype).eps if image.dtype.kind == "f" else 0
    assert np.abs(result - exact).max() <= 0.5 + spare


@given(pictures(kinds=("uint8",)))
def test_bytes_survive_the_way_through_float(image):
    np.testing.assert_array_equal(images.as_uint8(images.as_float(image)), image)


def test_as_uint8_by_hand():
    image = np.array([[0, 0.001, 0.5, 0.999, 1]])
    np.testing.assert_array_equal(images.as_uint8(image), [[0, 0, 128, 255, 255]])
    np.testing.assert_array_equal(images.as_uint8(np.array([[False, True]])), [[0, 255]])


@pytest.mark.parametrize("function", [images.as_float, images.as_uint8, images.check_image])
@pytest.mark.parametrize(
    ("image", "error", "message"),
    [
        (np.zeros(4), ValueError, "`image` must be a picture of shape (M, N) or (M, N, 3); got (4"),
        (np.zeros((2, 2, 4)), ValueError, "got (2, 2, 4)"),
        (np.zeros((2, 2, 3, 1)), ValueError, "got (2, 2, 3, 1)"),
        (np.zeros((0, 3)), ValueError, "got (0, 3)"),
        (np.zeros((2, 2), np.uint16), TypeError, "must be bool, uint8 or float; got uint16"),
        (np.zeros((2, 2), np.int8), TypeError, "got int8"),
        (np.zeros((2, 2), complex), TypeError, "got complex128"),
        (np.array([[0, 1.25]]), ValueError, "`image` must be within [0, 1]; got 0 to 1.25."),
        (np.array([[-0.5, 1]]), ValueError, "got -0.5 to 1."),
        (np.array([[0, np.nan]]), ValueError, "within [0, 1]; got nan to nan"),
        (np.array([[0, np.inf]]), ValueError, "got 0 to inf"),
    ],
)
def test_what_is_no_picture_is_refused(function, image, error, message):
    with pytest.raises(error, match=re.escape(message)):
        function(image)


def test_check_image_demands_grey_or_colour_and_names_the_argument():
    with pytest.raises(ValueError, match=re.escape("`mask` must be a picture of shape (M, N);")):
        images.check_image(RGB, name="mask", colour=False)
    with pytest.raises(ValueError, match=re.escape("of shape (M, N, 3); got (5, 7).")):
        images.check_image(RGB[..., 0], colour=True)
    three_columns = np.zeros((4, 3))
    assert images.check_image(three_columns) is three_columns
    with pytest.raises(ValueError, match=re.escape("got (4, 3)")):
        images.check_image(three_columns, colour=True)


def test_to_grey_by_hand():
    image = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 20, 30]]], dtype=np.uint8)
    # 0.299 * 255 = 76.2, 0.587 * 255 = 149.7, 0.114 * 255 = 29.1, 2.99 + 11.74 + 3.42 = 18.2
    np.testing.assert_array_equal(images.to_grey(image), [[76, 150, 29, 18]])
    np.testing.assert_array_equal(images.to_grey(image, weights=(0, 0, 1)), [[0, 0, 255, 30]])


def test_to_grey_follows_the_libraries():
    theirs = cv2.cvtColor(RGB, cv2.COLOR_RGB2GRAY).astype(int)
    assert np.abs(images.to_grey(RGB) - theirs).max() <= 1  # OpenCV rounds its weights
    real = images.as_float(RGB)
    theirs = skimage.color.rgb2gray(real)
    np.testing.assert_allclose(images.to_grey(real, weights=images.REC_709), theirs, atol=2e-4)


@given(pictures(kinds=("uint8", "float"), colour=(True,)))
def test_to_grey_keeps_dtype_and_stays_between_the_channels(image):
    grey = unchanged(images.to_grey, image)
    assert grey.dtype == image.dtype
    assert grey.shape == image.shape[:2]
    slack = 2 * np.finfo(image.dtype).eps if image.dtype.kind == "f" else 0
    assert (grey >= image.min(axis=2) - slack).all()
    assert (grey <= image.max(axis=2) + slack).all()


@pytest.mark.parametrize("weights", [(1, 1, 1), (0.5, 0.5), (1.5, -0.5, 0), (np.nan, 0, 1)])
def test_to_grey_refuses_weights_that_are_no_shares(weights):
    with pytest.raises(ValueError, match="`weights` must be three shares that sum to 1; got"):
        images.to_grey(RGB, weights=weights)


def test_to_grey_refuses_a_mask():
    with pytest.raises(TypeError, match="`image` must be uint8 or float; got bool"):
        images.to_grey(RGB > 90)


@given(pictures(colour=(True,)))
def test_split_channels_stack_to_the_picture_and_are_copies(image):
    channels = unchanged(images.split_channels, image)
    np.testing.assert_array_equal(np.stack(channels, axis=-1), image)
    assert all(part.dtype == image.dtype for part in channels)
    assert not any(np.shares_memory(part, image) for part in channels)


def test_disc_mask_by_hand():
    np.testing.assert_array_equal(
        images.disc_mask((3, 3), radius=1), [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
    )
    assert images.disc_mask((2, 2)).all()  # the centres lie 0.71 from the middle, the radius is 1
    np.testing.assert_array_equal(
        images.disc_mask((2, 3), center=(0, 2), radius=1), [[0, 1, 1], [0, 0, 1]]
    )
    assert images.disc_mask((4, 4), center=(-9, 0)).sum() == 0


@given(SHAPES, st.floats(0, 12), st.tuples(st.floats(-3, 12), st.floats(-3, 12)))
def test_disc_mask_follows_a_loop(shape, radius, center):
    mask = images.disc_mask((*shape, 3), center=center, radius=radius)
    assert mask.shape == shape
    assert mask.dtype == np.bool_
    for row, column in np.ndindex(shape):
        distance = (row - center[0]) ** 2 + (column - center[1]) ** 2
        assert mask[row, column] == (distance <= radius**2)


@given(SHAPES)
def test_the_default_disc_is_the_same_upside_down_and_mirrored(shape):
    mask = images.disc_mask(shape)
    np.testing.assert_array_equal(mask, mask[::-1, ::-1])
    assert mask.any()


@pytest.mark.parametrize("radius", [-1, float("nan")])
def test_disc_mask_refuses_a_negative_radius(radius):
    with pytest.raises(ValueError, match=f"`radius` must be at least 0; got {radius}"):
        images.disc_mask((3, 3), radius=radius)


@pytest.mark.parametrize("ending", [".png", ".PNG", ".bmp", ".tif"])
@pytest.mark.parametrize("name", ["plain", "with space", "Übung_蛇_ñ"])
def test_a_lossless_file_gives_back_the_picture(tmp_path, ending, name):
    path = tmp_path / (name + ending)
    unchanged(lambda image: images.write_image(path, image), RGB)
    np.testing.assert_array_equal(images.read_image(path), RGB)
    np.testing.assert_allclose(images.read_image(str(path), dtype="float"), RGB / 255)
    with Image.open(path) as independent:
        np.testing.assert_array_equal(np.asarray(independent), RGB)


def test_a_grey_picture_stays_grey_in_the_file(tmp_path):
    images.write_image(tmp_path / "grey.png", RGB[..., 0])
    assert images.read_format(tmp_path / "grey.png") == ImageFormat("uint8", 1)
    read = images.read_image(tmp_path / "grey.png")
    np.testing.assert_array_equal(read, np.stack([RGB[..., 0]] * 3, axis=-1))


def test_a_jpeg_is_close(tmp_path):
    smooth = np.linspace(0, 1, 32 * 32 * 3).reshape(32, 32, 3)
    images.write_image(tmp_path / "photo.jpg", smooth)
    read = images.read_image(tmp_path / "photo.jpg", dtype="float")
    assert read.dtype == np.float64
    assert np.abs(read - smooth).max() < 0.02


@pytest.mark.parametrize("ending", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_sixteen_bits_survive_as_float(tmp_path, ending, channels):
    deep = np.random.default_rng(2).integers(0, 65536, (6, 4, 3), dtype=np.uint16)
    deep = deep[..., 0] if channels == 1 else deep
    path = tmp_path / f"deep{ending}"
    images.write_image(path, deep / 65535, like=ImageFormat("uint16", channels))
    assert images.read_format(path) == ImageFormat("uint16", channels)
    expected = np.stack([deep] * 3, axis=-1) if channels == 1 else deep
    np.testing.assert_allclose(images.read_image(path, dtype="float") * 65535, expected)
    np.testing.assert_array_equal(images.read_image(path), np.rint(expected / 257))


def test_like_restores_depth_channels_and_alpha(tmp_path):
    alpha = np.arange(35, dtype=np.uint8).reshape(5, 7)
    Image.fromarray(np.dstack([RGB, alpha])).save(tmp_path / "like.png")
    images.write_image(tmp_path / "out.png", 255 - RGB, like=tmp_path / "like.png")
    with Image.open(tmp_path / "out.png") as written:
        np.testing.assert_array_equal(np.asarray(written), np.dstack([255 - RGB, alpha]))
    images.write_image(tmp_path / "small.png", RGB[:2], like=tmp_path / "like.png")
    with Image.open(tmp_path / "small.png") as written:
        assert (np.asarray(written)[..., 3] == 255).all()  # another size: opaque


def test_like_turns_grey_into_colour_and_back(tmp_path):
    images.write_image(tmp_path / "grey.png", RGB, like=ImageFormat("uint8", 1))
    np.testing.assert_array_equal(
        cv2.imread(str(tmp_path / "grey.png"), cv2.IMREAD_UNCHANGED), images.to_grey(RGB)
    )
    images.write_image(tmp_path / "mask.png", RGB > 90, like=ImageFormat("uint8", 1))
    assert images.read_format(tmp_path / "mask.png").channels == 1
    images.write_image(tmp_path / "rgb.png", RGB[..., 0], like=ImageFormat("uint8", 3))
    assert images.read_format(tmp_path / "rgb.png").channels == 3


@pytest.mark.parametrize("ending", [".jpg", ".bmp"])
@pytest.mark.parametrize(
    ("form", "kept"),
    [(ImageFormat("uint16", 3), "16 bits"), (ImageFormat("uint8", 4), "transparency")],
)
def test_an_ending_that_would_lose_what_like_asks_for_is_refused(tmp_path, ending, form, kept):
    with pytest.raises(
        ValueError, match=rf"must end in .png or .tif to keep {kept}; got a\{ending}"
    ):
        images.write_image(tmp_path / f"a{ending}", RGB, like=form)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_as_its_camera_says(tmp_path, orientation):
    scene = np.repeat(np.repeat(np.array([[0, 80], [160, 255], [40, 200]]), 16, 0), 16, 1)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = Image.fromarray(np.stack([scene] * 3, axis=-1).astype(np.uint8))
    photo.save(tmp_path / "photo.jpg", exif=exif, quality=98)
    turns = {
        1: scene,
        2: scene[:, ::-1],
        3: scene[::-1, ::-1],
        4: scene[::-1],
        5: scene.T,
        6: np.rot90(scene, -1),
        7: scene[::-1, ::-1].T,
        8: np.rot90(scene),
    }
    read = images.read_image(tmp_path / "photo.jpg")[..., 0].astype(int)
    assert read.shape == turns[orientation].shape
    assert np.abs(read - turns[orientation]).max() < 12


@pytest.mark.parametrize("function", [images.read_image, images.read_format])
def test_a_missing_an_empty_and_a_false_picture_are_named(tmp_path, function):
    with pytest.raises(FileNotFoundError, match=re.escape("`path` must be an existing file; got")):
        function(tmp_path / "none.png")
    with pytest.raises(FileNotFoundError, match="`path` must be an existing file"):
        function(tmp_path)
    photo = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    png, jpg = (cv2.imencode(ending, photo)[1].tobytes() for ending in (".png", ".jpg"))
    for name, content, reason in [
        ("empty.png", b"", "no bytes"),
        ("text.png", b"not a picture", "not a picture"),
        ("cut.png", png[: len(png) // 2], "the file ends too early"),
        ("cut.jpg", jpg[: len(jpg) // 2], "the file ends too early"),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        said = f"`path` must be a picture that can be read; got {path}: {reason}."
        with pytest.raises(ValueError, match=re.escape(said)):
            function(path)


def test_read_image_refuses_another_dtype(tmp_path):
    with pytest.raises(ValueError, match=r"`dtype` must be .*; got 'int8'"):
        images.read_image(tmp_path / "any.png", dtype="int8")


@pytest.mark.parametrize("name", ["picture", "picture.txt", "picture.csv"])
def test_write_image_refuses_an_ending_that_is_no_picture(tmp_path, name):
    with pytest.raises(ValueError, match=f"`path` must end like a picture.*; got {name}"):
        images.write_image(tmp_path / name, RGB)


def test_write_image_refuses_what_the_ending_cannot_hold(tmp_path):
    with pytest.raises(ValueError, match=r"must have an ending that can hold .*; got a\.pgm"):
        images.write_image(tmp_path / "a.pgm", RGB)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    path = tmp_path / "kept.png"
    images.write_image(path, RGB)
    before = path.read_bytes()

    def full(self, *arguments):
        if step == "write_bytes":
            self.touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, full)
        with pytest.raises(OSError, match="No space left"):
            images.write_image(path, 255 - RGB)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_others_may_read_a_written_picture_as_the_umask_says(tmp_path):
    (tmp_path / "plain.txt").write_text("any file")
    images.write_image(tmp_path / "picture.png", RGB)
    modes = [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()]
    assert modes[0] == modes[1]


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
def test_a_picture_of_many_bands_is_written_whole(tmp_path, depth):
    image = np.random.default_rng(3).random((2 * images.BAND + 5, 7, 3))
    form = images.ImageFormat(depth, 3)
    images.write_image(tmp_path / "bands.png", image, like=form)
    top = {"uint8": 255, "uint16": 65535}[depth]
    again = images.read_image(tmp_path / "bands.png", dtype="float")
    np.testing.assert_allclose(again, np.rint(image * top) / top, rtol=0, atol=1e-12)
