"""The one reader of picture files, over a family of files with known samples."""

import io
import os
import re
import struct
import threading
import zlib

import cv2
import numpy as np
import pytest
import skimage.color
import tifffile
from PIL import Image

from helpers import data, images
from helpers.images import Unusable, _quiet
from tests.kernels import picture_files as made_files
from tests.kernels.picture_files import COLUMNS, ROWS, chunk, draw, family, png, saved, written

FAMILY = family()
ONE_OF_EACH = ("kind6-16.png", "RGB-plain.jpg", "few.gif", "RGB.bmp", "RGB.webp", "RGB.avif")
ONE_OF_EACH += ("RGB.jp2", "1-4095.ppm", "3l.pfm", "big.tif", "lzw-16-3-2.tif", "group4-False.tif")
ONE_OF_EACH += ("jpeg-3.tif", "deflate-big-planes-tiled.tif", "float-differences.tif")


@pytest.fixture
def put(tmp_path):
    """Return a function that writes bytes to a file."""

    def write(content, name="file.png"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("name", FAMILY)
def test_each_file_of_the_family_is_read_as_it_was_made(name, put):
    made = FAMILY[name]
    picture = images.read_picture(put(made.content, name))
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
    assert images.read_about(put(made.content, name)).shape == picture.pixels.shape[:2]


PLAIN = [
    name
    for name, made in FAMILY.items()
    if made.alpha is None
    and not name.startswith(("cmyk", "turned", "16-", "12"))
    and not name.endswith((".tif", ".pfm", ".ppm", ".pbm", "16.png", "16-interlaced.png"))
    and "deep" not in name
    and "10.avif" not in name
]


@pytest.mark.parametrize("name", PLAIN)
def test_pillow_sees_the_same_pixels_in_opaque_files_of_eight_bits(name, put):
    path = put(FAMILY[name].content, name)
    with Image.open(path) as independent:
        np.testing.assert_array_equal(images.read_image(path), np.array(independent.convert("RGB")))


WHOLE = [
    name
    for name in FAMILY
    if name.endswith(".tif")
    and re.match(r"none|deflate|LZMA|big|signed|grey-(1|8|16|32)-|alpha|cmyk|extra", name)
]


@pytest.mark.parametrize("name", WHOLE)
def test_tifffile_sees_the_same_samples(name, put):
    path = put(FAMILY[name].content, name)
    samples, found = tifffile.imread(path), images.read_labels(path)
    if samples.shape[0] in (3, 4):  # planes
        samples = np.moveaxis(samples, 0, -1)
    if found.about.colour == "white is zero":
        samples = found.about.value_range[1] - samples
    colours = found.values.ndim == 3 and found.values.shape[2]
    samples = samples[..., :colours] if colours else samples.reshape(*samples.shape[:2], -1)[..., 0]
    np.testing.assert_array_equal(found.values, samples)


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.97])
def test_a_file_that_was_cut_ends_too_early(name, share, put, capfd):
    content = FAMILY[name].content
    path = put(content[: int(share * len(content))], name)
    with pytest.raises(Unusable, match=r"^the file ends too early$"):
        images.read_picture(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_refused_or_read_and_no_library_speaks(seed, put, capfd):
    """Bytes are changed at random: whatever happens is told in words of this room."""
    rng = np.random.default_rng([17, seed])
    for name, made in FAMILY.items():
        content = bytearray(made.content)
        reach = min(len(content), 200) if rng.random() < 0.6 else len(content)
        for place in rng.integers(0, reach, 3):
            content[place] = rng.integers(256)
        try:
            images.read_picture(put(bytes(content), name), most=10**6)
        except Unusable as reason:
            assert not re.search(r"0x|cv2|PIL|Error|tifffile|\n", str(reason)), name
    assert capfd.readouterr().err == ""


def test_a_wrong_check_sum_is_named_and_the_library_is_silent(put, capfd):
    content = bytearray(FAMILY["kind2-16.png"].content)
    content[len(content) // 2] ^= 1
    with pytest.raises(Unusable, match=r"^damaged: a check sum in it is wrong$"):
        images.read_picture(put(bytes(content)))
    assert capfd.readouterr().err == ""


def damaged_jpeg():
    content = bytearray(saved(Image.fromarray(np.tile(made_files.smooth(3), (9, 9, 1))), "JPEG"))
    place = content.index(b"\xff\xda") + 900
    content[place : place + 40] = b"\xff\xd0" + bytes(range(38))
    return bytes(content)


def test_a_jpeg_that_is_damaged_in_part_is_read_and_told(put, capfd):
    picture = images.read_picture(put(damaged_jpeg(), "a.jpg"))
    assert picture.notes == ("damaged in part: some of its pixels are guesses",)
    assert capfd.readouterr().err == ""


def test_the_complaint_about_one_file_is_not_laid_upon_another(put):
    """Threads read a whole and a damaged file at the same time, and each note is right."""
    bad, good = put(damaged_jpeg(), "bad.jpg"), put(FAMILY["RGB-plain.jpg"].content, "good.jpg")
    notes = {bad: [], good: []}

    def read(path):
        for _ in range(60):
            notes[path].append(images.read_picture(path).notes)

    threads = [threading.Thread(target=read, args=(path,)) for path in (bad, good, good, bad)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(notes[good]) == {()}
    assert set(notes[bad]) == {("damaged in part: some of its pixels are guesses",)}


def test_a_complaint_that_comes_while_others_are_read_is_heard(monkeypatch, capfd):
    """A decoder complains at the moment at which another one's lines have been counted."""
    size_of, late = os.fstat, [b"Corrupt JPEG data: late\n"]

    def complain_meanwhile(number):
        found = size_of(number)
        if late:
            os.write(2, late.pop())
        return found

    first, second = _quiet._EAR.enter(), _quiet._EAR.enter()
    os.write(2, b"a line of somebody else\nCorrupt")
    monkeypatch.setattr(os, "fstat", complain_meanwhile)
    assert _quiet._EAR.leave(*first) == (False, True)
    assert _quiet._EAR.leave(*second) == (True, True)
    assert capfd.readouterr().err == "a line of somebody else\n"


def test_lines_of_others_pass_while_a_decoder_is_heard(capfd):
    def decode():
        os.write(2, b"a line of somebody else\nCorrupt JPEG data: bad\n> of OpenCV\n")
        return 5

    assert _quiet.listen(decode) == (5, True)
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "a line of somebody else\nafterwards\n"


BOX = b"\0\0\0\x18ftyp"
BY_NAME = [
    (b"", "no bytes"),
    (b"only words", "not a picture"),
    (b"\0\1\2\3\xfe\xff" * 9, "not a picture of a known kind"),
    (b"8BPS\0\1", "a Photoshop file (PSD), which is not read: save it as PNG or TIFF"),
    (BOX + b"heic\0\0\0\0mif1", "a HEIC picture, which is not read: save it as PNG or TIFF"),
    (BOX + b"mif1\0\0\0\0mif1heic", "a HEIC picture, which is not read: save it as PNG or TIFF"),
    (BOX + b"crx \0\0\0\0", "a camera's raw file (CR3), which is not read: develop it and save"),
    (BOX + b"isom\0\0\0\0", "a film (MP4 or its like), which is not read: save it as PNG or TIFF"),
    (b"II*\0\x10\0\0\0CR\2\0", "a camera's raw file (CR2), which is not read: develop it"),
    (b"IIRO\x08\0\0\0", "a camera's raw file (ORF), which is not read"),
    (b"FUJIFILMCCD-RAW ", "a camera's raw file (RAF), which is not read"),
    (b"%PDF-1.7", "a PDF document, which is not read: save its page as PNG or TIFF"),
    (b"<svg xmlns='x'>", "a drawing (SVG), which is not read"),
    (b'<?xml version="1.0"?><svg>', "a drawing (SVG), which is not read"),
    (b"<!DOCTYPE html><html>", "not a picture: a web page"),
    (b"PK\3\4\x14\0", "a ZIP archive, which is not read: unpack it"),
    (bytes(128) + b"DICM", "a DICOM file, which is not read"),
    (b"v/1\1\2\0\0\0", "an OpenEXR file, which is not read: save it as a TIFF of floats"),
    (b"\xff\x0a\x10\x20", "a JPEG XL file, which is not read"),
]


@pytest.mark.parametrize(("content", "words"), BY_NAME, ids=[words for _, words in BY_NAME])
def test_kinds_that_are_not_read_are_refused_by_name(content, words, put):
    with pytest.raises(Unusable, match=f"^{re.escape(words)}"):
        images.read_picture(put(content, "picture.png"))


def test_content_decides_and_a_wrong_ending_is_told(put):
    path = put(FAMILY["kind2-8.png"].content, "photo.jpg")
    picture = images.read_picture(path)
    assert picture.about.ending == ".png"
    assert picture.notes == ("named .jpg, but its content is PNG",)
    assert images.read_picture(put(FAMILY["kind2-8.png"].content, "photo")).notes == ()
    assert images.read_picture(put(FAMILY["big.tif"].content, "scan.TIFF")).notes == ()


def test_a_text_of_80_megabytes_is_passed_over_and_told(put):
    colour, long = draw(8, 3), chunk(b"tEXt", b"Comment\0" + b"x" * 80_000_000)
    picture = images.read_picture(put(png(colour, 8, 2, before=long)))
    np.testing.assert_array_equal(picture.pixels, colour)
    assert picture.notes == ("a text of 80 MB in it is passed over",)


def bomb(kind):
    """Return a small file whose header promises 40,000 x 30,000 pixels."""
    if kind == "png":
        head = struct.pack(">IIBBBBB", 40_000, 30_000, 1, 0, 0, 0, 0)
        parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + parts
    if kind == "tif":
        return made_files.tiff(draw(8, 1), 8, {262: 1, 256: 40_000, 257: 30_000})
    content = bytearray(FAMILY[{"jpg": "RGB-plain.jpg", "gif": "few.gif"}[kind]].content)
    if kind == "jpg":
        place = content.index(b"\xff\xc0") + 5
        content[place : place + 4] = struct.pack(">HH", 30_000, 40_000)
    else:
        content[6:10] = struct.pack("<HH", 40_000, 30_000)
    return bytes(content)


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "tif"])
def test_a_bomb_is_refused_before_it_is_decoded(kind, put):
    path = put(bomb(kind), f"bomb.{kind}")
    words = r"^30000 x 40000 pixels, and at most 100 million are read: make a smaller copy$"
    with pytest.raises(Unusable, match=words):
        images.read_picture(path)
    with pytest.raises(ValueError, match=r"bomb\.\w+: 30000 x 40000 pixels"):
        images.read_image(path)
    assert images.read_about(path).shape == (30_000, 40_000)


# --- several pictures in a file ------------------------------------------------------------------


def test_the_picture_is_read_and_not_its_preview(put):
    small, large = draw(8, 1)[::3, ::3], draw(8, 1)
    path = put(made_files.preview_and_picture(small, large), "a.tif")
    picture = images.read_picture(path)
    np.testing.assert_array_equal(picture.pixels, large)
    assert (picture.about.pages, picture.notes) == (1, ())


def test_previews_and_masks_beside_the_picture_are_no_pages(put):
    content, large = io.BytesIO(), draw(8, 1)
    with tifffile.TiffWriter(content) as writer:
        options = {"photometric": "minisblack", "metadata": None}
        writer.write(large[::2, ::2], subfiletype=1, **options)
        writer.write(large, subfiletype=0, **options)
        writer.write(large > 99, subfiletype=4, **options)
    picture = images.read_picture(put(content.getvalue(), "a.tif"))
    np.testing.assert_array_equal(picture.pixels, large)
    assert picture.about.pages == 1


def test_a_raw_file_of_a_camera_is_refused_by_name_and_its_preview_is_not_used(put):
    small, large = draw(8, 1)[::3, ::3], draw(16, 1)
    tags = [(50706, 1, 4, (1, 4, 0, 0), True)]
    path = put(made_files.preview_and_picture(small, large, tags=tags), "a.dng")
    words = r"^a camera's raw file \(DNG\), which is not read: develop it and save it as TIFF$"
    with pytest.raises(Unusable, match=words):
        images.read_picture(path)
    nikon = made_files.tiff(draw(8, 1), 8, {262: 32803})
    with pytest.raises(Unusable, match="a camera's raw file"):
        images.read_picture(put(nikon, "a.tif"))


def test_pages_are_read_one_by_one_and_named(put):
    parts = [draw(8, 1, seed=k) for k in range(3)]
    path = put(made_files.pages(*parts), "a.tif")
    for page, part in enumerate(parts):
        picture = images.read_picture(path, page=page)
        np.testing.assert_array_equal(picture.pixels, part)
        assert (picture.about.page, picture.about.pages) == (page, 3)
        which = "only the first" if page == 0 else f"number {page + 1}"
        assert picture.notes == (f"{which} of 3 pages is used",)
    read = images.read_pages(path)
    np.testing.assert_array_equal(next(read).pixels, parts[0])
    assert [p.about.page for p in read] == [1, 2]
    for page in (3, -1, 1.5):
        with pytest.raises(ValueError, match=r"`page` must be (below 3|a whole number)"):
            images.read_picture(path, page=page)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_frames_of_an_animation_are_counted_and_one_is_read(form, put):
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue", "lime")]
    options = {"lossless": True} if form == "WEBP" else {}
    content = saved(frames[0], form, save_all=True, append_images=frames[1:], **options)
    path = put(content, f"a.{form.lower()}")
    first, last = images.read_picture(path), images.read_picture(path, page=2)
    assert (first.about.moving, first.about.pages) == (True, 3)
    assert first.notes[0] == "only the first of 3 frames is used"
    assert last.notes[0] == "number 3 of 3 frames is used"
    assert first.pixels[0, 0].tolist() == [255, 0, 0]
    assert last.pixels[0, 0].tolist() == [0, 255, 0]


# --- ranges --------------------------------------------------------------------------------------


def deep_png(top):
    """Return a PNG of 16 bits whose values go from 0 to `top`, and these values."""
    deep = np.linspace(0, top, ROWS * COLUMNS).astype(np.uint16).reshape(ROWS, COLUMNS)
    return png(deep, 16, 0), deep


def test_twelve_bits_in_sixteen_are_seen_and_scaled_where_asked(put):
    content, deep = deep_png(4095)
    path = put(content)
    dark = images.read_picture(path)
    assert (dark.about.bits, dark.about.used_bits) == (16, 12)
    np.testing.assert_allclose(dark.pixels, deep / 65535, atol=1e-7)
    told = "its values end at 4095, so 12 of its 16 bits are used"
    assert dark.notes == (f'{told} and it is dark: `value_range="used"` makes 4095 white',)
    light = images.read_picture(path, value_range="used")
    np.testing.assert_allclose(light.pixels, deep / 4095, atol=1e-7)
    assert light.notes == (f"{told}: 4095 is white",)
    np.testing.assert_array_equal(
        images.read_image(path, value_range="used")[..., 0], np.rint(deep * (255 / 4095))
    )


@pytest.mark.parametrize(("top", "used"), [(100, 8), (1023, 10), (4000, 12), (16383, 14)])
def test_the_bits_that_are_used_are_counted(top, used, put):
    picture = images.read_picture(put(deep_png(top)[0]))
    assert picture.about.used_bits == used


@pytest.mark.parametrize("name", ["grey-16-black.tif", "kind2-16.png", "grey-8.png"])
def test_a_file_that_uses_its_range_has_no_note(name, put):
    assert images.read_picture(put(FAMILY[name].content, name)).notes == ()


def test_a_range_in_the_units_of_the_file_is_used_and_what_lies_beyond_is_counted(put):
    values = np.array([[-50, 0, 25, 100, 180]], dtype=np.float32)
    path = put(written(values), "a.tif")
    picture = images.read_picture(path, value_range=(0, 100))
    np.testing.assert_allclose(picture.pixels, [[0, 0, 0.25, 1, 1]])
    assert picture.notes == ("0 to 100 became black to white; 2 values beyond are cut off",)
    assert picture.about.value_range == (0, 100)
    whole = images.read_picture(path)
    np.testing.assert_allclose(whole.pixels, (values + 50) / 230)
    said = "32-bit float, -50 to 180: the lowest became black, the highest white"
    assert whole.notes == (said,)
    small = images.read_picture(
        put(cv2.imencode(".png", draw(8, 1))[1].tobytes()), value_range=(5, 9)
    )
    expected = np.rint(255 * np.clip((draw(8, 1) - 5.0) / 4, 0, 1))
    np.testing.assert_array_equal(small.pixels, expected)


@pytest.mark.parametrize("wrong", ["all", (1,), (3, 3), (5, 2), (0, np.nan), 7, ("a", "b")])
def test_a_range_that_is_none_is_refused(wrong, put):
    with pytest.raises(ValueError, match=r'`value_range` must be "used" or two numbers'):
        images.read_picture(put(FAMILY["grey-8.png"].content), value_range=wrong)


def test_pixels_without_a_number_are_counted_marked_and_black(put):
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    values[0, 1], values[1, 2], values[2, 3] = np.nan, np.inf, -np.finfo(np.float32).max
    picture = images.read_picture(put(written(values), "a.tif"))
    assert picture.notes[0] == "3 pixels hold no number: taken as black"
    np.testing.assert_array_equal(np.argwhere(picture.missing), [[0, 1], [1, 2], [2, 3]])
    assert (picture.pixels[picture.missing] == 0).all()
    np.testing.assert_allclose(picture.pixels[~picture.missing], values[~picture.missing] / 10)


def test_a_value_that_a_tag_calls_no_data_is_no_number(put):
    values = np.array([[-9999, 0, 50, 100]], dtype=np.int16)
    tags = [(42113, 2, 6, "-9999", True)]
    picture = images.read_picture(put(written(values, extratags=tags), "a.tif"))
    np.testing.assert_allclose(picture.pixels, [[0, 0, 0.5, 1]])
    assert picture.notes[0] == "1 pixel holds no number: taken as black"
    assert picture.notes[1].startswith("signed 16 bits, 0 to 100")
    values = np.array([[-9999, np.nan, 50, 100]], dtype=np.float32)
    picture = images.read_picture(put(written(values, extratags=tags), "a.tif"))
    assert picture.missing.tolist() == [[True, True, False, False]]


def test_floats_of_one_value_or_none_or_too_far_apart(put):
    same = images.read_picture(put(written(np.full((3, 4), 7, np.float32)), "a.tif"))
    assert (same.pixels == 0).all() and same.about.value_range == (7, 8)
    none = images.read_picture(put(written(np.full((3, 4), np.nan, np.float32)), "a.tif"))
    assert none.missing.all() and none.notes[1] == "32-bit float without a single number"
    far = np.array([[-1.7e308, 1.7e308]])
    with pytest.raises(Unusable, match="too far apart to be scaled"):
        images.read_picture(put(written(far), "a.tif"))


# --- colours -------------------------------------------------------------------------------------


def swapped(cyan, magenta, yellow, black):
    """Return the colour of inks whose cyan is red and whose magenta is green."""
    rgb = np.array([1.0 - magenta, 1 - cyan, 1 - yellow]) * (1 - black)
    return skimage.color.rgb2lab(rgb)


@pytest.mark.parametrize("form", ["jpg", "tif"])
def test_inks_are_mixed_as_their_profile_says(form, put):
    profile = made_files.ink_profile(swapped)
    inks = np.zeros((24, 24, 4), dtype=np.uint8)
    inks[:, 8:16, 0] = inks[:, 16:, 1] = 255
    image = Image.frombytes("CMYK", (24, 24), inks.tobytes())
    options = {"jpg": {"quality": 100}, "tif": {}}[form]
    content = saved(image, {"jpg": "JPEG", "tif": "TIFF"}[form], icc_profile=profile, **options)
    picture = images.read_picture(put(content, f"a.{form}"))
    white, cyan, magenta = picture.pixels[4, [4, 12, 20]].astype(int)
    assert (white >= 250).all()
    assert np.abs(cyan - [255, 0, 255]).max() < 30  # without the profile: 0, 255, 255
    assert np.abs(magenta - [0, 255, 255]).max() < 140 and magenta[0] < 60 < magenta[1]
    assert picture.notes == ("CMYK turned into RGB with its profile (Two inks)",)


def test_inks_without_a_profile_are_mixed_roughly_and_told(put):
    picture = images.read_picture(put(FAMILY["cmyk.jpg"].content, "a.jpg"))
    said = "CMYK turned into RGB without a profile: colours are approximate"
    assert picture.notes == (said,)


def test_a_profile_is_handed_on_and_not_applied(put):
    photo = images.read_picture(data.DATA_FOLDER / "rocket.jpg")
    assert photo.about.profile_name == "Adobe RGB (1998)"
    assert photo.notes == ("its colour profile (Adobe RGB (1998)) is not applied",)
    broken = saved(Image.new("RGB", (9, 9)), "PNG", icc_profile=b"no profile at all")
    (note,) = images.read_picture(put(broken)).notes
    assert note == "its colour profile (unreadable) is not applied"


def test_channels_without_a_meaning_are_left_aside_and_told(put):
    picture = images.read_picture(put(FAMILY["extra.tif"].content, "a.tif"))
    assert picture.notes == ("1 more channel is left aside", "transparency is kept aside")


REFUSED = {
    "Lab": ({262: 8}, 8, 3, "a TIFF of CIE L*a*b* colours, which is not read"),
    "complex": ({262: 1, 339: 6}, 32, 1, "a TIFF of complex numbers, which is not read"),
    "inks": ({262: 5, 332: 2}, 8, 4, "a TIFF of other inks than cyan, magenta, yellow, black"),
    "bits": ({262: 2, 258: (5, 6, 5)}, 8, 3, "a TIFF whose channels have (5, 6, 5) bits"),
    "webp": ({262: 2, 259: 50001}, 8, 3, "a TIFF packed with WebP, which is not read here"),
    "old": ({262: 2, 259: 6}, 8, 3, "a TIFF packed with old JPEG, which is not read here"),
    "odd": ({262: 1, 259: 12345}, 8, 1, "a TIFF packed with number 12345, which is not read here"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_tiff_files_that_are_not_read_say_what_they_are(name, put):
    tags, bits, channels, words = REFUSED[name]
    content = made_files.tiff(draw(bits, channels), bits, tags)
    with pytest.raises(Unusable, match=f"^{re.escape(words)}"):
        images.read_picture(put(content, "a.tif"))


# --- grey on white, and masks --------------------------------------------------------------------


def test_transparency_is_laid_on_white_where_grey_or_plain_colours_are_wanted(put):
    clear = np.array([[[200, 100, 0, 255], [200, 100, 0, 0], [200, 100, 0, 51]]], dtype=np.uint8)
    path = put(png(clear, 8, 6))
    picture = images.read_picture(path)
    np.testing.assert_array_equal(picture.pixels, clear[..., :3])
    # a fifth of the colour and four fifths of white: 40 + 204, 20 + 204, 0 + 204
    laid = [[[200, 100, 0], [255, 255, 255], [244, 224, 204]]]
    np.testing.assert_array_equal(picture.on_white(), laid)
    np.testing.assert_array_equal(images.read_image(path), laid)
    np.testing.assert_array_equal(images.read_source(path).picture, laid)
    np.testing.assert_array_equal(picture.grey(), images.to_grey(np.array(laid, dtype=np.uint8)))


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_a_mask_with_a_palette_keeps_its_numbers(bits, put, tmp_path):
    values, palette = draw(bits, 1), np.arange(3 * 2**bits, dtype=np.uint8).reshape(-1, 3)
    path = put(png(values, bits, 3, before=chunk(b"PLTE", palette.tobytes())))
    mask = images.read_labels(path)
    np.testing.assert_array_equal(mask.values, values)
    np.testing.assert_array_equal(mask.palette, palette)
    images.write_labels(tmp_path / "again.png", mask.values[:, ::-1], like=mask)
    again = images.read_labels(tmp_path / "again.png")
    np.testing.assert_array_equal(again.values, values[:, ::-1])
    np.testing.assert_array_equal(again.palette, palette)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("ending", [".png", ".tif"])
def test_a_grey_mask_keeps_its_numbers_and_is_not_scaled(bits, ending, put, tmp_path):
    values = draw(bits, 1)
    mask = images.read_labels(put(png(values, bits, 0)))
    np.testing.assert_array_equal(mask.values, values)
    images.write_labels(tmp_path / f"again{ending}", mask.values, like=mask)
    again = images.read_labels(tmp_path / f"again{ending}")
    np.testing.assert_array_equal(again.values, values)
    assert ending == ".tif" or again.about.bits == bits


def test_masks_of_large_negative_whole_and_turned_numbers(put, tmp_path):
    values = np.array([[-1, 0, 70_000]], dtype=np.int32)
    images.write_labels(tmp_path / "a.tif", values)
    np.testing.assert_array_equal(images.read_labels(tmp_path / "a.tif").values, values)
    with pytest.raises(ValueError, match=r"must end in \.tif to keep labels of -1 to 70000"):
        images.write_labels(tmp_path / "a.png", values)
    with pytest.raises(ValueError, match=r"must end in \.png or \.tif to keep labels; got a\.jpg"):
        images.write_labels(tmp_path / "a.jpg", values)
    with pytest.raises(ValueError, match="`values` must be whole numbers"):
        images.write_labels(tmp_path / "a.png", values / 2)
    whole = images.read_labels(put(written(np.array([[0.0, 3.0]], np.float32)), "b.tif"))
    assert whole.values.tolist() == [[0, 3]] and whole.values.dtype.kind == "i"
    with pytest.raises(Unusable, match="a mask of floats that are no whole numbers"):
        images.read_labels(put(written(np.array([[0.5]], np.float32)), "c.tif"))
    stored = draw(8, 1)
    turned = png(stored, 8, 0, before=chunk(b"eXIf", made_files.exif(6)[6:]))
    np.testing.assert_array_equal(images.read_labels(put(turned)).values, np.rot90(stored, -1))
    white = made_files.tiff(draw(1, 1), 1, {262: 0})
    np.testing.assert_array_equal(images.read_labels(put(white, "d.tif")).values, 1 - draw(1, 1))


# --- files of a job ------------------------------------------------------------------------------


def test_a_source_says_all_that_eight_bits_could_not_keep(put):
    values = np.linspace(0, 100, ROWS * COLUMNS, dtype=np.float32).reshape(ROWS, COLUMNS)
    source = images.read_source(put(written(values), "a.tif"))
    np.testing.assert_array_equal(source.picture, np.rint(values * 2.55))
    assert source.converted == (
        "32-bit floats reduced to 8; 32-bit float, 0 to 100: the lowest became black, the highest "
        "white"
    )
    content, deep = deep_png(4095)
    dark = put(content)
    light = images.read_source(dark, value_range="used")
    np.testing.assert_array_equal(light.picture, np.rint(deep * (255 / 4095)))
    again = light.without_picture()
    np.testing.assert_array_equal(again.pixels(), light.picture)  # with the same range
    assert "12 of its 16 bits are used" in images.read_source(dark).converted
