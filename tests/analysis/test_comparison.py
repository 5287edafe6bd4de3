"""The page that compares two pictures: numbers by another route, one size and kind, faults."""

import csv

import cv2
import numpy as np
import pytest
from PIL import Image
from scipy.stats import wasserstein_distance
from skimage import metrics

from helpers import data
from helpers.analysis import comparison
from helpers.own_data import Problem

PAGE = "compare_two_pictures"
CAMERA = data.load_image("camera")


def save(path, image, **options):
    Image.fromarray(np.ascontiguousarray(image)).save(path, **options)
    return path


def compared(tmp_path, one, two, **choices):
    """Write two pictures as PNG and compare them."""
    paths = [save(tmp_path / f"{name}.png", image) for name, image in (("a", one), ("b", two))]
    pair = comparison.read_pair(*paths)
    return pair, comparison.compare(pair, **choices)


# The page


def test_the_page_undoes_the_shift_and_the_darkness_of_its_sample(run_page):
    run = run_page(PAGE)
    assert not run.problem
    assert "registered by 7 rows and -5 columns" in run.said
    with run.files["comparison.csv"].open(encoding="utf-8", newline="") as file:
        rows = {row["compared"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["as they are", "registered", "levels matched"]
    ssim = [float(row["SSIM"]) for row in rows.values()]
    assert ssim == sorted(ssim)
    assert float(rows["registered"]["share of the area"]) == pytest.approx(420 * 635 / 427 / 640)
    assert float(rows["levels matched"]["EMD of levels"]) < 1
    names = {"comparison.csv", "difference.png", "similarity_map.png", "summary.html"}
    assert names <= set(run.files)


def test_the_page_says_when_nothing_fits(run_page, tmp_path):
    one = save(tmp_path / "one.png", CAMERA)
    two = save(tmp_path / "two.png", data.load_image("moon"))
    run = run_page(PAGE, one=str(one), two=str(two))
    assert not run.problem
    assert "WARNING: no shift fits (response 0.0" in run.said
    assert "WARNING: the levels hardly go together (correlation 0." in run.said
    assert "registered" not in run.said


# Numbers


@pytest.mark.parametrize("name", ["camera", "coffee"])
def test_numbers_are_those_of_the_libraries(tmp_path, name):
    one = data.load_image(name)[:200, :260]
    two = cv2.GaussianBlur(one, (0, 0), 1.5)
    _, found = compared(tmp_path, one, two)
    step, channel = found.steps[0], 2 if one.ndim == 3 else None
    assert step.mse == pytest.approx(metrics.mean_squared_error(one, two))
    assert step.psnr == pytest.approx(metrics.peak_signal_noise_ratio(one, two))
    expected = metrics.structural_similarity(one, two, channel_axis=channel)
    assert step.ssim == pytest.approx(expected, abs=1e-6)
    layers = zip(*(np.moveaxis(np.atleast_3d(image), 2, 0) for image in (one, two)), strict=True)
    ways = [wasserstein_distance(a.ravel(), b.ravel()) for a, b in layers]
    assert step.emd == pytest.approx(np.mean(ways))


def test_gain_and_offset_are_those_of_a_regression_and_count_only_if_asked(tmp_path):
    darker = np.rint(CAMERA * 0.6 + 20).astype(np.uint8)
    _, found = compared(tmp_path, CAMERA, darker)
    slope, start = np.polyfit(darker.ravel().astype(float), CAMERA.ravel().astype(float), 1)
    assert (found.gain, found.offset) == pytest.approx((slope, start))
    together = np.corrcoef(darker.ravel(), CAMERA.ravel())[0, 1]
    assert found.correlation == pytest.approx(together)
    assert found.used.name == "as they are"
    assert compared(tmp_path, CAMERA, darker, match_levels=True)[1].used.name == "levels matched"


def test_a_shift_is_undone_only_if_asked_and_told_if_not(tmp_path):
    one, two = CAMERA[20:220, 20:260], CAMERA[27:227, 15:255]
    pair, found = compared(tmp_path, one, two)
    assert found.moved and found.alignment[:2] == (7, -5)
    assert found.used.mse == 0 and found.used.first.shape == (193, 235)
    said = comparison.tell_result(pair, found, 7)
    assert said.endswith("registered by 7 rows and -5 columns, are equal in every pixel.")
    _, left = compared(tmp_path, one, two, register=False)
    assert not left.moved and left.used.name == "as they are"
    assert "a shift by 7 rows and -5 columns fits" in comparison.tell_cautions(left)[0]


def test_small_strangers_are_not_moved(tmp_path):
    photos = [data.load_image(name) for name in ("camera", "moon", "coins", "brick", "grass")]
    for one in range(5):
        for two in range(one):
            pieces = [photos[at][100:132, 150:182] for at in (one, two)]
            assert not compared(tmp_path, *pieces)[1].moved
    moved = compared(tmp_path, photos[0][100:164, 200:264], photos[0][103:167, 198:262])[1]
    assert moved.alignment[:2] == (3, -2) and moved.moved


def test_equal_pictures_are_equal_and_nothing_warns(tmp_path):
    pair, found = compared(tmp_path, CAMERA, CAMERA)
    assert found.used.ssim == 1 and np.isinf(found.used.psnr) and found.used.emd == 0
    assert comparison.tell_cautions(found) == []
    assert comparison.tell_result(pair, found, 7).endswith("are equal in every pixel.")
    assert "PSNR infinite" in comparison.describe(found)


def test_a_negative_and_a_flat_picture_are_told(tmp_path):
    _, found = compared(tmp_path, CAMERA, 255 - CAMERA)
    assert found.alignment.response < 0.01 and found.gain == pytest.approx(-1)
    assert len(comparison.tell_cautions(found)) == 2
    _, flat = compared(tmp_path, CAMERA, np.full_like(CAMERA, 99))
    told = comparison.tell_cautions(flat)
    assert told[0] == "One picture has one value only: there is nothing to register."
    assert told[1].startswith("WARNING: the levels hardly go together (correlation 0.00)")


def test_the_map_is_the_similarity_and_the_part_shows_it(tmp_path):
    noisy = np.clip(CAMERA + np.random.default_rng(0).normal(0, 20, CAMERA.shape), 0, 255)
    _, found = compared(tmp_path, CAMERA, noisy.astype(np.uint8))
    values = comparison.similarity_map(found.used, 7)
    assert values.shape == (506, 506)
    assert values.min() >= 0 and values.max() <= 1
    shown, caption = comparison.explore_parts(found, comparison.draw(found, 7))(down=0, across=100)
    assert [image.shape[:2] for image in shown] == [(150, 150)] * 4
    np.testing.assert_array_equal(shown[0], CAMERA[:150, -150:])
    assert caption.startswith("SSIM here 0.")


# One size, one kind


def test_the_larger_picture_is_scaled_down_and_the_reader_is_told(tmp_path):
    half = cv2.resize(CAMERA, (256, 256), interpolation=cv2.INTER_AREA)
    pair, found = compared(tmp_path, CAMERA, half)
    assert pair.first.shape == (256, 256)
    assert found.used.mse < 0.5  # one rounding
    assert pair.notes == (
        "sizes differ (a.png 512 x 512 and b.png 256 x 256): a.png was scaled down by 0.500",
    )


def test_other_proportions_are_refused(tmp_path):
    with pytest.raises(Problem, match=r"same proportions within 2 %: a\.png 512 x 512 and b\.png"):
        compared(tmp_path, CAMERA, CAMERA[:490])


def test_grey_beside_colour_and_bytes_beside_16_bits_are_told(tmp_path):
    coffee = data.load_image("coffee")
    grey = np.array(Image.fromarray(coffee).convert("L"))
    pair, found = compared(tmp_path, coffee, grey)
    assert pair.first.ndim == 2 and found.used.mse < 1
    assert pair.notes == ("one is grey, so both are compared in grey",)
    deep = save(tmp_path / "deep.png", CAMERA.astype(np.uint16) * 257)
    pair = comparison.read_pair(save(tmp_path / "plain.png", CAMERA), deep)
    assert pair.notes == ("plain.png has 8 bits, deep.png 16 bits",)
    assert comparison.compare(pair).used.mse == pytest.approx(0, abs=1e-6)


def test_floats_of_both_files_are_compared_in_one_range(tmp_path):
    low, high = CAMERA[:100, :100] / 2.55, CAMERA[:100, :100] / 2.55 + 100
    paths = [tmp_path / "a.tif", tmp_path / "b.tif"]
    for path, values in zip(paths, (low, high), strict=True):
        Image.fromarray(values.astype(np.float32)).save(path)
    pair = comparison.read_pair(*paths)
    scale = 255 / (high.max() - low.min())
    np.testing.assert_allclose(pair.first, (low - low.min()) * scale, atol=1e-3)
    np.testing.assert_allclose(pair.second, (high - low.min()) * scale, atol=1e-3)
    words = f"{low.min():g} to {high.max():g} became black to white"
    assert pair.notes == (f"a.tif: {words}", f"b.tif: {words}")


def test_transparent_pictures_are_compared_as_they_look_on_white(tmp_path):
    clear = np.dstack([CAMERA[:64, :64]] * 3 + [np.zeros((64, 64), np.uint8)])
    Image.fromarray(clear).save(tmp_path / "clear.png")
    white = save(tmp_path / "white.png", np.full((64, 64, 3), 255, np.uint8))
    pair = comparison.read_pair(tmp_path / "clear.png", white)
    assert (pair.first == 255).all()
    assert pair.notes == ("clear.png: transparency is laid on white",)


# Faults


@pytest.mark.parametrize(
    ("choices", "rule"),
    [
        (("yes", False, 7), "`register` must be true or false; got yes."),
        ((True, 1, 7), "`match_levels` must be true or false; got 1."),
        ((True, False, 4), "`size` must be odd and at least 3; got 4."),
        ((True, False, 53), "`window` must be at most 51 pixels; got 53."),
        ((True, False, "Gauss"), '`window` must be one of gaussian; got "Gauss". Nearest names:'),
    ],
)
def test_choices_are_checked(choices, rule):
    with pytest.raises(Problem) as error:
        comparison.check_choices(*choices)
    assert str(error.value).startswith(rule.replace("`size`", "`window`"))


def test_small_pictures_and_wide_windows_are_refused(tmp_path):
    with pytest.raises(Problem, match=r"b\.png has 15 x 30 pixels; it needs 16 a side\."):
        compared(tmp_path, CAMERA, CAMERA[:15, :30])
    with pytest.raises(Problem, match="`window` does not fit: "):
        compared(tmp_path, CAMERA[:20, :20], CAMERA[:20, :20], window=21)


def test_a_file_that_is_missing_is_one_sentence(run_page, tmp_path):
    run = run_page(PAGE, two=str(tmp_path / "no.png"))
    assert run.problem == [f"Problem: There is no file {tmp_path / 'no.png'}."]
    assert "comparison.csv" not in run.files
