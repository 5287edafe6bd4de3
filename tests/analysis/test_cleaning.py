"""The page that cleans a picture: noise of known amounts, filters by other routes, faults."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms
from scipy import fft, ndimage

from helpers import data, filters, images, noise
from helpers.analysis.cleaning import _choice as cleaning
from helpers.analysis.cleaning import _depth as cleaning_depth
from helpers.analysis.cleaning import _kinds as cleaning_kinds
from helpers.analysis.cleaning import _noise_estimate as noise_estimate
from helpers.analysis.cleaning import _report as cleaning_report
from helpers.analysis.cleaning import _view as cleaning_view
from helpers.images import read_format
from helpers.own_data import Problem

ROOT = Path(__file__).resolve().parents[2]
PAGE = "clean_an_image"


def hills(rows=384, columns=512, low=60, high=190):
    """Return a smooth picture without any noise."""
    down, across = np.mgrid[:rows, :columns] / 90
    waves = np.sin(down) * np.cos(across) + across / 3
    return low + (high - low) * (waves - waves.min()) / np.ptp(waves)


def scene():
    return np.rint(hills()).astype(np.uint8)


def error(image, truth):
    return float(np.sqrt(np.mean((image.astype(float) - truth) ** 2)))


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The page


def test_the_page_leaves_what_it_promises_and_another_route_gives_the_same_picture(run_page):
    run = run_page(PAGE)
    assert not run.problem
    names = {"before_after.png", "cleaned.png", "filters.csv", "noise.csv", "noise.png"}
    assert set(run.files) == names | {"summary.html"}
    before = np.asarray(Image.open(ROOT / "data/deep_field.png")).astype(float)
    after = np.asarray(Image.open(run.files["cleaned.png"]))
    best = rows_of(run.files["filters.csv"])[0]
    assert best["filter"] == "low pass, cutoff 0.3 cycles per pixel"
    mirrored = np.pad(before, ((256, 256), (256, 256), (0, 0)), mode="symmetric")
    squares = sum(f**2 for f in np.meshgrid(*[fft.fftfreq(768)] * 2, indexing="ij", sparse=True))
    share = 1 / (1 + (squares / 0.3**2) ** 2)
    slow = fft.ifft2(fft.fft2(mirrored, axes=(0, 1)) * share[..., None], axes=(0, 1)).real
    expected = np.rint(slow[256:512, 256:512].clip(0, 255))
    assert np.mean(after != expected) < 0.001  # halves may be rounded to either side
    assert f"removed an SD of {np.std(before - after):.2g} levels" in run.said
    kinds = {row["noise"]: row for row in rows_of(run.files["noise.csv"])}
    assert float(kinds["gaussian"]["low"]) <= float(kinds["gaussian"]["value"])
    page = run.files["summary.html"].read_text()
    assert "<td>method</td><td>auto</td>" in page and "data:image/png" in page
    assert str(ROOT) not in page


def test_a_deep_grey_scan_with_impulses_is_cleaned_by_a_median_and_stays_deep(run_page, tmp_path):
    truth = noise.gaussian(hills(260, 300) / 255, 0.004, rng=2)
    spoilt = noise.salt_and_pepper(truth, 0.04, rng=1)
    path = tmp_path / "scan.tif"
    Image.fromarray(np.rint(spoilt * 65535).astype(np.uint16)).save(path)
    run = run_page(PAGE, source=str(path))
    assert not run.problem
    assert re.search(
        r"^median, (\d) x \1 pixels: of the filters that remove", run.said, re.MULTILINE
    )
    cleaned = np.asarray(Image.open(run.files["cleaned.tif"]))
    assert (cleaned.dtype, cleaned.shape) == (np.uint16, truth.shape)
    assert error(cleaned / 65535, truth) < error(spoilt, truth) / 20
    assert np.unique(cleaned).size > 256
    found = {row["noise"]: float(row["value"]) for row in rows_of(run.files["noise.csv"])}
    assert found["salt and pepper"] == pytest.approx(np.mean(spoilt != truth), rel=0.05)


def test_a_method_that_does_not_exist_is_refused_before_anything_is_written(run_page):
    run = run_page(PAGE, method="gausian")
    options = "auto, none, median, conservative, crimmins, gaussian, low pass, mean"
    sentence = f'`method` must be one of {options}; got "gausian". Nearest names: gaussian'
    assert len(run.problem) == 1 and run.problem[0].startswith(f"Problem: {sentence}")
    assert run.files == {}


def test_a_damaged_file_gives_one_sentence(run_page, tmp_path):
    path = tmp_path / "half.png"
    path.write_bytes((ROOT / "data/deep_field.png").read_bytes()[:60])
    run = run_page(PAGE, source=str(path))
    assert run.problem == ["Problem: half.png cannot be used: the file ends too early."]
    assert run.files == {}


# The estimate, against noise of known amounts


@pytest.mark.parametrize("sd", [1.5, 4, 12, 25])
@pytest.mark.parametrize("colour", [False, True])
def test_gaussian_noise_is_measured(sd, colour):
    picture = np.dstack([scene()] * 3) if colour else scene()
    found = noise_estimate.estimate_noise(noise.gaussian(picture, sd, rng=2))
    assert found.typical == pytest.approx(sd, rel=0.06)
    assert found.gaussian.low <= found.gaussian.value <= found.gaussian.high
    assert found.impulses.value < 0.0003
    assert 0.85 < found.grain < 1.15


@pytest.mark.parametrize("sd", [0.03, 0.1, 0.2])
def test_speckle_is_measured_and_told_from_gaussian_noise(sd):
    found = noise_estimate.estimate_noise(noise.speckle(scene(), sd, rng=3))
    assert found.speckle.value == pytest.approx(sd, rel=0.1)
    assert found.gaussian.low < 0.3 * found.typical
    assert "speckle" in cleaning_kinds.name_kinds(found)


@pytest.mark.parametrize("amount", [0.002, 0.02, 0.1, 0.25])
@pytest.mark.parametrize("salt", [0.5, 1.0])
def test_impulses_are_counted_and_do_not_swell_the_other_noise(amount, salt):
    noisy = noise.salt_and_pepper(noise.gaussian(scene(), 6, rng=4), amount, salt=salt, rng=4)
    found = noise_estimate.estimate_noise(noisy)
    assert found.impulses.value == pytest.approx(np.mean((noisy == 0) | (noisy == 255)), rel=0.1)
    assert found.typical == pytest.approx(6, rel=0.1)


def test_all_three_at_once():
    noisy = noise.speckle(noise.gaussian(scene(), 8, rng=5), 0.1, rng=6)
    found = noise_estimate.estimate_noise(noise.salt_and_pepper(noisy, 0.03, rng=7))
    assert found.gaussian.value == pytest.approx(8, rel=0.25)
    assert found.speckle.value == pytest.approx(0.1, rel=0.15)
    assert found.impulses.value == pytest.approx(0.03, rel=0.1)
    kinds = ["gaussian", "speckle", "salt and pepper"]
    assert cleaning_kinds.name_kinds(found) == kinds


def test_intervals_hold_the_amount_in_most_of_many_pictures():
    held = 0
    for trial in range(20):
        found = noise_estimate.estimate_noise(noise.gaussian(scene(), 10, rng=trial))
        held += found.gaussian.low <= 10 <= found.gaussian.high
    assert held >= 15


def test_bytes_and_floats_give_the_same():
    noisy = noise.gaussian(scene(), 10, rng=8)
    one = noise_estimate.estimate_noise(noisy)
    other = noise_estimate.estimate_noise((noisy / 255).astype(np.float32))
    np.testing.assert_allclose(one[:3], other[:3], rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_blank_picture_has_no_noise(value):
    found = noise_estimate.estimate_noise(np.full((128, 128), value, dtype=np.uint8))
    assert found[:3] == ((0, 0, 0),) * 3
    assert cleaning_kinds.name_kinds(found) == []
    assert "No kind of noise is beyond doubt" in cleaning_report.tell_noise(found)[3]


@pytest.mark.parametrize(("seed", "undecided"), [(0, False), (2, True), (3, True), (7, True)])
def test_noise_of_undecided_kind_is_no_little_noise(seed, undecided):
    """In a part of few levels Gaussian noise and speckle look alike, but there is noise."""
    part = data.load_image("camera")[:256, :256]
    found = noise_estimate.estimate_noise(noise.gaussian(part, 15, rng=seed))
    assert found.typical == pytest.approx(15, rel=0.15) and 1 < found.least <= found.typical
    said = "\n".join(cleaning_report.tell_noise(found))
    done = cleaning_report.tell_result(found, 14.0, "median", 1, 0.0)[0]
    assert cleaning_kinds.is_undecided(found) is undecided
    assert "a filter would mainly blur" not in said and "hardly any" not in done
    words = f"About {found.typical:.2g} levels of noise, kind undecided"
    assert (words in said) is undecided
    if undecided:
        assert f"holds undecided (Gaussian or speckle) noise (SD about {found.typical:.2g}" in done
        (line,) = cleaning_report.tell_fit(found, "median")
        assert "not among the filters listed" in line
        assert cleaning_report.tell_fit(found, "low pass") == []
        left = cleaning_report.tell_result(found, 0.0, "none", 1, 0.0)[0]
        assert left.endswith(f"noise, about {found.typical:.2g} levels; it was left as it is.")
        assert "undecided" in cleaning_report.describe_noise_plot(found)


def test_ink_that_hangs_together_is_no_pepper():
    page = np.full((256, 256), 255, dtype=np.uint8)
    page[20:230:12, 10:240] = 0  # lines one pixel wide
    assert noise_estimate.estimate_noise(page).impulses.value < 0.001
    dots = noise.salt_and_pepper(page, 0.02, salt=0, rng=1)
    assert noise_estimate.estimate_noise(dots).impulses.value > 0.003


def test_coarse_noise_is_noticed():
    rough = np.random.default_rng(9).normal(0, 12, (384, 512))
    picture = np.clip(scene() + ndimage.gaussian_filter(rough, 0.8), 0, 255).astype(np.uint8)
    found = noise_estimate.estimate_noise(picture)
    assert found.grain > 1.5
    assert any("coarser than a pixel" in line for line in cleaning_report.tell_noise(found))


def test_the_check_adds_what_it_says():
    rows = noise_estimate.check_estimate(
        noise.gaussian(scene(), 6, rng=1), {"gaussian": [8], "salt and pepper": [0.05]}
    )
    assert [row[:2] for row in rows] == [("gaussian", 8), ("salt and pepper", 0.05)]
    assert rows[0][2] == pytest.approx(10, rel=0.05)  # 6, 8, 10: a right-angled triangle
    for _, _, expected, found in rows:
        assert found == pytest.approx(expected, rel=0.1)


# Filters


@pytest.mark.parametrize("method", cleaning.FILTERS)
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_bands_give_what_the_whole_picture_gives(monkeypatch, method, kind):
    image = data.load_image("coins")[:200, :150]
    image = image if kind == np.uint8 else (image / 255).astype(np.float32)
    whole = cleaning.clean(image, method, 2)
    monkeypatch.setattr(cleaning, "ROWS", 37)
    banded = cleaning.clean(image, method, 2)
    assert (banded.dtype, banded.shape) == (kind, image.shape)
    gap = np.abs(banded.astype(float) - whole)
    assert gap.max() <= (1 if kind == np.uint8 else 1e-4)
    assert np.mean(gap > 1e-4) < 0.002


@pytest.mark.parametrize("strength", range(1, 6))
def test_strength_means_what_the_description_says(strength):
    image = data.load_image("coins")
    width = 2 * strength + 1
    expected = ndimage.median_filter(image, width, mode="nearest")
    np.testing.assert_array_equal(cleaning.clean(image, "median", strength), expected)
    assert cleaning.describe("median", strength) == f"median, {width} x {width} pixels"
    blurred = ndimage.gaussian_filter(image.astype(float), strength / 2, mode="reflect")
    found = cleaning.clean((image / 255).astype(np.float64), "gaussian", strength)
    np.testing.assert_allclose(found * 255, blurred, atol=0.2)
    assert cleaning.describe("gaussian", strength) == f"gaussian, sigma {strength / 2} pixels"


def test_no_filter_is_a_copy():
    image = scene()
    kept = cleaning.clean(image, "none", 1)
    np.testing.assert_array_equal(kept, image)
    assert not np.shares_memory(kept, image)
    assert cleaning.describe("none", 1) == "no filter"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda image: noise.gaussian(image, 25, rng=1),
        lambda image: noise.speckle(image, 0.2, rng=1),
        lambda image: noise.salt_and_pepper(image, 0.05, rng=1),
    ],
    ids=["gaussian", "speckle", "impulses"],
)
def test_hidden_pixels_choose_nearly_as_well_as_the_truth(spoil):
    truth = data.load_image("camera")
    noisy = spoil(truth)
    trials = cleaning.compare(noisy)
    assert [t.miss for t in trials] == sorted(t.miss for t in trials)
    method, strength, _ = cleaning.choose(trials, noise_estimate.estimate_noise(noisy))
    errors = {
        (t.method, t.strength): error(cleaning.clean(noisy, t.method, t.strength), truth)
        for t in trials
    }
    assert errors[method, strength] < 1.15 * min(errors.values())
    assert errors[method, strength] < 0.6 * error(noisy, truth)


def test_a_clean_picture_is_left_alone():
    image = scene()
    found = noise_estimate.estimate_noise(image)
    method, _, reason = cleaning.choose(cleaning.compare(image), found)
    assert method == "none" and "below one level" in reason
    sentences = cleaning_report.tell_result(found, 0.0, method, 1, 0.0)
    assert sentences == ["The picture holds hardly any noise; it was left as it is."]


def estimate_of(sd, impulses=0.0):
    none = noise_estimate.Share(0.0, 0.0, 0.0)
    image = noise_estimate.estimate_noise(noise.gaussian(scene(), 10, rng=1))
    gaussian = noise_estimate.Share(sd, sd - 0.1, sd + 0.1)
    hits = noise_estimate.Share(impulses, impulses, impulses)
    return image._replace(
        gaussian=gaussian, speckle=none, impulses=hits, typical=sd, least=sd - 0.1
    )


def test_of_filters_that_are_tied_the_one_that_removes_the_noise_is_taken():
    weak = cleaning.Trial("gaussian", 1, 4.0, 0.0, 10.67)
    right = cleaning.Trial("low pass", 1, 6.8, 0.0, 10.68)
    worse = cleaning.Trial("low pass", 2, 7.8, 0.0, 10.78)
    found = estimate_of(7.8)
    method, strength, reason = cleaning.choose([weak, right, worse], found)
    assert (method, strength) == ("low pass", 1)
    assert "within 0.5% of the smallest (gaussian, sigma 0.5 pixels)" in reason
    assert cleaning.choose([weak, worse], found)[:2] == ("gaussian", 1)


def test_too_little_removed_is_said():
    for removed, said in ((4.0, True), (6.8, False)):
        lines = cleaning_report.tell_result(estimate_of(7.8), removed, "gaussian", 1, 0.0)
        assert any("far less was removed" in line for line in lines) is said


def test_a_filter_outside_the_list_is_explained():
    found = estimate_of(6.0)
    assert cleaning_report.tell_fit(found, "low pass") == []
    assert cleaning_report.tell_fit(found, "none") == []
    (line,) = cleaning_report.tell_fit(found, "median")
    assert line.startswith("Median is not among the filters listed")


def test_a_deep_file_is_told_in_its_own_levels():
    about = images.About("PNG", (9, 9), 16, used_bits=16, colour="grey", value_range=(0, 65535))
    line = cleaning_report.tell_noise(estimate_of(6.0), about)[0]
    assert line.endswith("which is 1.54e+03 of this file's 0 to 65535.")  # 6 * 257 = 1542
    twelve = about._replace(value_range=(0, 4095))
    line = cleaning_report.tell_noise(estimate_of(6.0), twelve)[0]
    assert line.endswith("which is 96.4 of this file's 0 to 4095.")  # 6 * 4095 / 255 = 96.35
    celsius = about._replace(bits=32, sample="float", value_range=(-10.0, 40.0))
    line = cleaning_report.tell_noise(estimate_of(6.0), celsius)[0]
    assert line.endswith("which is 1.18 of this file's -10 to 40.")  # 6 * 50 / 255 = 1.176
    for plain in (None, about._replace(bits=8, value_range=(0, 255))):
        assert "of this file" not in cleaning_report.tell_noise(estimate_of(6.0), plain)[0]


def test_removed_noise_does_not_follow_edges_and_removed_detail_does():
    truth = data.load_image("camera")
    _, lost, pictures = cleaning_view.judge(truth, cleaning.clean(truth, "mean", 3))
    flat = noise.gaussian(scene(), 10, rng=1)
    removed, kept, _ = cleaning_view.judge(flat, cleaning.clean(flat, "mean", 3))
    assert lost > 0.4 and abs(kept) < 0.05
    assert removed == pytest.approx(10, rel=0.05)
    assert [part.shape for part in pictures] == [(256, 256)] * 3
    before, after, gone = (part.astype(int) for part in pictures)
    expected = np.clip(128 + 4 * (before - after), 0, 255)
    np.testing.assert_array_equal(gone, expected)


def test_the_part_that_is_shown_is_that_of_the_whole_result():
    image = data.load_image("chelsea")
    view = cleaning.explore_view(image)
    for method in cleaning.FILTERS:
        whole = cleaning.clean(image, method, 3)
        shown = view(method, 3, 100, 0)[0]
        side = shown[0].shape[0]
        np.testing.assert_array_equal(shown[0], image[-side:, :side])
        gap = np.abs(shown[1].astype(int) - whole[-side:, :side])
        assert gap.max() <= 1 and np.mean(gap > 0) < 0.002


def test_too_much_removed_is_said():
    image = noise.gaussian(data.load_image("camera"), 4, rng=1)
    found = noise_estimate.estimate_noise(image)
    removed, edges, _ = cleaning_view.judge(image, cleaning.clean(image, "median", 5))
    said = " ".join(cleaning_report.tell_result(found, removed, "median", 5, edges))
    assert "More was removed than the estimated noise" in said
    assert f"follows the edges (correlation {edges:.2f})" in said


# Files


def written(tmp_path, path, change=lambda pixels: pixels):
    """Read a picture, write it as the page does, and return what was written and the note."""
    picture = cleaning.read_large_enough(path)
    name, note = cleaning_depth.write_cleaned(tmp_path, change(picture.pixels), picture, path)
    return tmp_path / name, note


@pytest.mark.parametrize(
    ("mode", "ending", "channels"),
    [("L", ".png", 1), ("RGB", ".png", 3), ("RGBA", ".png", 4), ("L", ".jpg", 1)]
    + [("RGB", ".webp", 3), ("RGB", ".bmp", 3)],
)
def test_the_format_of_the_file_is_kept(tmp_path, mode, ending, channels):
    path = tmp_path / f"mine{ending}"
    Image.fromarray(scene()[:150, :140]).convert("RGB").convert(mode).save(path)
    target, note = written(tmp_path, path)
    assert (target.name, note) == (f"cleaned{ending}", "")
    assert read_format(target) == ("uint8", channels)


def test_content_and_not_the_ending_decides_how_a_picture_is_written(tmp_path):
    path = tmp_path / "mine.jpg"
    Image.fromarray(scene()[:150, :140]).save(path, format="PNG")
    target, note = written(tmp_path, path)
    assert target.name == "cleaned.png" and note.startswith("written as PNG")
    np.testing.assert_array_equal(np.asarray(Image.open(target)), scene()[:150, :140])


def smooth(pixels):
    return cleaning.clean(pixels, "mean", 1)


def test_profile_resolution_and_depth_of_a_picture_survive(tmp_path):
    deep = (scene()[:150, :140].astype(np.uint16)) * 200
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    profile = profile[:16] + b"GRAY" + profile[20:]
    path = tmp_path / "deep.tif"
    tifffile.imwrite(path, deep, resolution=(300, 300), resolutionunit="INCH", iccprofile=profile)
    target, note = written(tmp_path, path, smooth)
    with tifffile.TiffFile(target) as file:
        page = file.pages[0]
        assert page.dtype == np.uint16 and page.iccprofile == profile and note == ""
        assert page.get_resolution("INCH") == (300, 300)
        expected = ndimage.uniform_filter(deep.astype(float), 3, mode="reflect")
        np.testing.assert_allclose(page.asarray(), expected, atol=0.6)


@pytest.mark.parametrize("method", cleaning.FILTERS)
def test_deep_pictures_make_no_detour_over_256_levels(tmp_path, method):
    deep = np.rint(noise.gaussian(hills(150, 140) / 255, 0.05, rng=1) * 4095).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "twelve.png")
    picture = cleaning.read_large_enough(tmp_path / "twelve.png")
    assert picture.about.value_range == (0, 4095)
    found = cleaning_depth.clean_picture(picture, method, 2)
    target, _ = cleaning_depth.write_cleaned(tmp_path, found, picture, tmp_path / "twelve.png")
    values = np.asarray(Image.open(tmp_path / target))
    assert values.dtype == np.uint16 and values.max() <= 4095
    byte = np.rint(deep / 4095 * 255).astype(np.uint8)
    other = cleaning.clean(byte, method, 2) / 255 * 4095
    assert np.abs(values - other).mean() < 40  # the same filter; 16 values are one of 256 levels
    assert np.unique(values).size > 600  # not 256
    assert error(values, deep) > 20


def test_crimmins_moves_deep_pixels_by_whole_levels():
    image = noise.gaussian(hills(150, 140) / 255, 0.05, rng=1)
    moved = (cleaning.clean(image, "crimmins", 1) - image) * 255
    inner = (image > 0.1) & (image < 0.9)
    np.testing.assert_allclose(moved[inner], np.rint(moved[inner]), atol=1e-9)
    levels = np.rint(image * 255).astype(np.uint8)
    expected = filters.crimmins(levels, 1).astype(int) - levels
    np.testing.assert_array_equal(np.rint(moved[inner]), expected[inner])


def cut_out(side=160):
    """Return a noisy half that is seen, and a black half that is not, as RGBA."""
    clear = np.full((side, side, 4), 255, dtype=np.uint8)
    clear[..., :3] = noise.gaussian(np.full((side, side, 3), 200, np.uint8), 5, rng=1)
    clear[: side // 2] = 0
    return clear


def test_hidden_colours_have_no_say_and_alpha_is_given_back(tmp_path):
    Image.fromarray(cut_out()).save(tmp_path / "clear.png")
    picture = cleaning.read_large_enough(tmp_path / "clear.png")
    for method in cleaning.FILTERS:
        found = cleaning_depth.clean_picture(picture, method, 2)
        assert found[80:].min() > 170, method  # a mean with black would be near 100 at the edge
        assert not found[:80].any()
    name, _ = cleaning_depth.write_cleaned(tmp_path, found, picture, tmp_path / "clear.png")
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / name))[..., 3], picture.alpha)


def test_noise_is_measured_where_a_picture_is_seen(tmp_path):
    Image.fromarray(cut_out(256)).save(tmp_path / "clear.png")
    picture = cleaning.read_large_enough(tmp_path / "clear.png")
    image, visible = cleaning_depth.see(picture)
    assert (image[:128] == 255).all() and visible[128:].all() and not visible[:128].any()
    found = noise_estimate.estimate_noise(image, visible=visible)
    assert found.typical == pytest.approx(5, rel=0.1)
    half = noise_estimate.estimate_noise(np.ascontiguousarray(image[128:]))
    assert found.typical == pytest.approx(half.typical, rel=0.05)
    after, _ = cleaning_depth.see(
        picture._replace(pixels=cleaning_depth.clean_picture(picture, "mean", 2))
    )
    removed, _, _ = cleaning_view.judge(image, after, visible)
    assert removed == pytest.approx(5, rel=0.1)
    assert cleaning_view.judge(image, after)[0] < 0.8 * removed


def test_pixels_without_a_number_stay_so_and_have_no_say(tmp_path):
    values = (60 + 40 * noise.gaussian(np.full((150, 140), 0.5), 0.05, rng=1)).astype(np.float32)
    values[20:24, 30:34] = np.nan
    tifffile.imwrite(tmp_path / "heat.tif", values, photometric="minisblack")
    picture = cleaning.read_large_enough(tmp_path / "heat.tif")
    assert "16 pixels without a number" in cleaning_depth.tell_picture("heat.tif", picture)
    image, visible = cleaning_depth.see(picture)
    assert (~visible).sum() == 16 and image[visible].min() == 0 < image[20:24, 30:34].min()
    found = cleaning_depth.clean_picture(picture, "mean", 1)
    name, _ = cleaning_depth.write_cleaned(tmp_path, found, picture, tmp_path / "heat.tif")
    back = tifffile.imread(tmp_path / name)
    assert back.dtype == np.float32 and np.isnan(back[20:24, 30:34]).all()
    assert np.isfinite(back).sum() == back.size - 16 and np.nanmin(back) > 70  # black is 70 or less
    whole = np.where(np.isnan(values), 80, values)
    far = np.s_[40:140, 40:130]
    np.testing.assert_allclose(
        back[far], ndimage.uniform_filter(whole, 3, mode="reflect")[far], atol=1e-3
    )


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ({"bits": 8, "value_range": (0, 255)}, 1),
        ({"bits": 1, "value_range": (0, 1)}, 1),
        ({"bits": 16, "value_range": (0, 65535)}, 255 / 65535),
        ({"bits": 16, "value_range": (0, 4095)}, 255 / 4095),
        ({"bits": 16, "sample": "signed", "value_range": (-1000, 3000)}, 255 / 4000),
        ({"bits": 32, "sample": "float", "value_range": (0.0, 1.0)}, 255 / 65536),
    ],
)
def test_the_finest_step_is_that_of_the_file(given, step):
    assert cleaning_depth.finest_step(images.About("TIFF", (9, 9), **given)) == pytest.approx(step)


# Noise of no clear kind


def noisy(kind, picture):
    """Return a picture with noise that none of the three kinds is like."""
    rng = np.random.default_rng(5)
    made = {
        "rows": lambda: rng.normal(0, 8, (picture.shape[0], 1)) + picture,
        "columns": lambda: rng.normal(0, 3, (1, picture.shape[1])) + picture,
        "coarse": lambda: ndimage.gaussian_filter(rng.normal(0, 30, picture.shape), 1) + picture,
        "very coarse": lambda: (
            ndimage.gaussian_filter(rng.normal(0, 60, picture.shape), 2) + picture
        ),
        "any value": lambda: np.where(
            rng.random(picture.shape) < 0.05, rng.integers(0, 256, picture.shape), picture
        ),
    }
    return np.rint(made[kind]()).clip(0, 255).astype(np.uint8)


WORDS = {
    "rows": ("Whole rows or columns differ", "striped"),
    "columns": ("Whole rows or columns differ", "striped"),
    "coarse": ("of no clear kind: its SD is", "no clear kind of"),
    "very coarse": ("of no clear kind: its SD is", "no clear kind of"),
    "any value": ("of no clear kind: single pixels stick out", "no clear kind of"),
}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, "hills") for kind in WORDS] + [(k, "camera") for k in WORDS if k != "very coarse"],
)
def test_noise_of_no_clear_kind_is_told_as_such(kind, name):
    picture = scene() if name == "hills" else data.load_image(name)
    image = noisy(kind, picture)
    found = noise_estimate.estimate_noise(image)
    said = "\n".join(cleaning_report.tell_noise(found))
    first, second = WORDS[kind]
    assert first in said and "would mainly blur" not in said
    kinds = cleaning_kinds.name_kinds(found)
    assert "gaussian" not in kinds and "speckle" not in kinds
    method, strength, reason = cleaning.choose(cleaning.compare(image), found)
    done = cleaning_report.tell_result(found, 1.0, method, strength, 0.0)[0]
    assert second in done and "hardly any" not in done
    assert "only blur" not in reason
    assert (method in ("median", "conservative")) or kind != "any value"


def test_very_coarse_noise_amid_detail_is_warned_of_at_least():
    found = noise_estimate.estimate_noise(noisy("very coarse", data.load_image("camera")))
    said = "\n".join(cleaning_report.tell_noise(found))
    assert "noise is coarser than a pixel" in said and "would mainly blur" not in said


@pytest.mark.parametrize("name", ["camera", "chelsea", "coffee", "moon", "clock", "retina", "page"])
def test_stripes_and_spikes_are_not_seen_in_photographs(name):
    picture = data.load_image(name)
    for sd in (0, 5, 20):
        image = noise.gaussian(picture, sd, rng=3) if sd else picture
        found = noise_estimate.estimate_noise(image)
        assert not cleaning_kinds.is_striped(found)
        assert not cleaning_kinds.is_spiky(found)
        assert sd < 5 or not cleaning_kinds.is_unclear(found)


def test_a_level_edge_is_no_stripe_and_stripes_are_measured():
    edge = np.where(np.arange(384)[:, None] < 200, 60, 180) * np.ones((1, 512))
    grainy = np.rint(edge + np.random.default_rng(1).normal(0, 4, edge.shape)).astype(np.uint8)
    assert noise_estimate.estimate_noise(grainy).stripes < 0.5
    rows = np.random.default_rng(2).normal(0, 6, (384, 1))
    striped = np.rint(edge + rows).astype(np.uint8)
    assert noise_estimate.estimate_noise(striped).stripes == pytest.approx(rows.std(), rel=0.2)


def test_small_noise_of_deep_files_is_spoken_of():
    image = noise.gaussian(hills() / 255, 0.3 / 255, rng=1)
    deep = noise_estimate.estimate_noise(image, step=255 / 65535)
    plain = noise_estimate.estimate_noise(image)
    assert deep.typical == plain.typical == pytest.approx(0.3, rel=0.1)
    assert cleaning_kinds.name_kinds(deep) == ["gaussian"] != cleaning_kinds.name_kinds(plain)
    trials = cleaning.compare(image)
    assert cleaning.choose(trials, deep)[0] != "none" == cleaning.choose(trials, plain)[0]
    blind = [trial._replace(miss=1.0) for trial in trials]
    assert "only blur" in cleaning.choose(blind, deep)[2]
    none = noise_estimate.estimate_noise(hills() / 255, step=255 / 65535)
    assert cleaning.choose(trials, none._replace(typical=0.001, grain=1.0))[0] == "none"


def test_a_picture_that_is_too_small_is_refused(tmp_path):
    Image.fromarray(scene()[:100]).save(tmp_path / "small.png")
    with pytest.raises(Problem, match=r"small.png has 100 x 512 pixels; at least 128 rows"):
        cleaning.read_large_enough(tmp_path / "small.png")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"method": "medain"}, 'got "medain". Nearest names: median'),
        ({"method": None}, "`method` must be one of auto, none, median"),
        ({"strength": 0}, "`strength` must be a whole number of at least 1; got 0"),
        ({"strength": 1.5}, "`strength` must be a whole number of at least 1; got 1.5"),
        ({"strength": "2"}, "`strength` must be a whole number of at least 1; got 2"),
        ({"strength": 6}, "`strength` must be at most 5; got 6"),
        ({"seed": -1}, "`seed` must be a whole number of at least 0; got -1"),
    ],
)
def test_each_wrong_choice_has_one_sentence(choice, message):
    with pytest.raises(Problem) as problem:
        cleaning.check_choices(**{"method": "auto", "strength": 1, "seed": 0} | choice)
    assert message in str(problem.value)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
@pytest.mark.parametrize("kind", ["uint8", "float32"])
def test_forty_megapixels_stay_within_the_memory_that_is_promised(kind):
    code = f"""
import re, numpy as np
from helpers import filters
from helpers.analysis.cleaning import _choice as cleaning
from helpers.analysis.cleaning import _view as cleaning_view
from helpers.analysis.cleaning import _depth as cleaning_depth
from helpers.analysis.cleaning import _kinds as cleaning_kinds
from helpers.analysis.cleaning import _noise_estimate as noise_estimate
tile = np.random.default_rng(0).integers(90, 130, (500, 800, 3), dtype=np.uint8)
image = np.tile(tile, (10, 10, 1))
image = image if {kind!r} == "uint8" else image.astype(np.float32) / np.float32(255)
estimate = noise_estimate.estimate_noise(image)
noise_estimate.check_estimate(cleaning_view.middle(image), {{"gaussian": [5]}})
trials = cleaning.compare(image)
cleaning.explore_view(image)("median", 2, 50, 50)
cleaned = cleaning.clean(image, "low pass", 1)
cleaning_view.judge(image, cleaned)
print(*re.findall(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert int(run.stdout) < 2_000_000, run.stderr  # kilobytes
    print(f"peak {run.stdout.strip()} kB")


def test_only_the_filters_that_fit_are_offered_for_each_kind():
    for kind, named in cleaning_report.FITTING.items():
        assert kind in noise_estimate.KINDS
        assert all(name in cleaning.FILTERS for name in named.replace(" and ", ", ").split(", "))


def test_inputs_stay_as_they_were():
    image = noise.gaussian(scene(), 10, rng=1)
    copy = image.copy()
    noise_estimate.estimate_noise(image)
    cleaning.compare(image)
    for method in cleaning.FILTERS:
        cleaning.clean(image, method, 1)
        cleaning.explore_view(image)(method, 1, 0, 0)
    np.testing.assert_array_equal(image, copy)
    assert filters.psnr(image, copy) == float("inf")
