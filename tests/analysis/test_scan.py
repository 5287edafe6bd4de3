"""The page that denoises a scan: flips of known share, chains by other routes, faults."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage
from skimage import filters as skimage_filters

from helpers import data, images, ising, noise
from helpers.analysis.scan import _agreement as scan_agreement
from helpers.analysis.scan import _chains as scan_posterior
from helpers.analysis.scan import _document as scan_document
from helpers.analysis.scan import _doubts as scan_doubts
from helpers.analysis.scan import _ink as scan
from helpers.analysis.scan import _report as scan_report
from helpers.analysis.scan import _view as scan_view
from helpers.own_data import Problem

ROOT = Path(__file__).resolve().parents[2]
PAGE = "denoise_a_scan"
CHOICES = {
    **{"threshold": "auto", "ink": "auto", "window": 31, "offset": 10, "shrink": 1},
    **{"flip_probability": "auto", "coupling": "auto", "sweeps": 200, "chains": 4, "seed": 0},
}
CHOICES |= {"page": 1, "skew": "auto", "borders": "cut"}
FILES = {"chains.csv", "chains.png", "cleaned.png", "doubt.png", "histogram.png"}
FILES |= {"overview.png", "probability.png", "summary.html"}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path):
    return np.asarray(Image.open(path))


@pytest.fixture(scope="module")
def horse():
    return data.load_image("horse")


@pytest.fixture
def stored(tmp_path):
    def store(pixels, name="scan.png", **options):
        Image.fromarray(pixels).save(tmp_path / name, **options)
        return tmp_path / name

    return store


# The page


def test_the_page_leaves_what_it_promises_and_another_sampler_agrees(run_page):
    run = run_page(PAGE)
    assert not run.problem
    assert set(run.files) == FILES
    grey = read(ROOT / "data/handwriting.png")
    observed = grey <= skimage_filters.threshold_otsu(grey)
    coupling = float(re.search(r"used: J = (\d+\.\d+)", run.said)[1])
    other = ising.denoise(
        observed, flip_probability=0.05, coupling=coupling, sweeps=1000, burn_in=200, rng=99
    )
    probability = read(run.files["probability.png"]) / 255
    assert np.abs(probability - other.probability).mean() < 0.005
    clean = 255 * read(run.files["cleaned.png"]).astype(np.uint8)
    assert images.read_about(run.files["cleaned.png"]).bits == 1
    sure = np.abs(other.probability - 0.5) > 0.1
    np.testing.assert_array_equal((clean == 0)[sure], (other.estimate > 0)[sure])
    gone = np.count_nonzero(observed & (clean == 255))
    assert gone > 50 and f"{gone} lost their ink" in run.said
    assert "The chains agree" in run.said
    rows = rows_of(run.files["chains.csv"])
    assert len(rows) == 4 * 600
    assert sum(row["burn_in"] == "True" for row in rows) == 4 * 150
    page = run.files["summary.html"].read_text()
    assert "<td>flip_probability</td><td>0.05</td>" in page and "data:image/png" in page
    assert str(ROOT) not in page


def test_chains_that_are_too_short_give_no_number_of_wrong_pixels(run_page):
    run = run_page(PAGE, sweeps=20, chains=2)
    assert not run.problem and set(run.files) == FILES
    assert "(at least 200 wanted)" in run.said and "NOT CONVERGED" in run.said
    for said in (run.said, run.files["summary.html"].read_text()):
        assert "this result is provisional" in said
        assert "expected to be wrong" not in said and "are in doubt" not in said


def test_the_page_restores_a_noisy_light_drawing_in_colour(run_page, stored, horse):
    spoilt = noise.flip(horse, 0.1, rng=3)
    colour = np.where(spoilt[..., None], np.uint8([250, 240, 200]), np.uint8([20, 30, 60]))
    path = stored(colour, "board.png")
    run = run_page(PAGE, source=str(path), flip_probability="auto", chains=3, sweeps=120)
    assert not run.problem
    assert set(run.files) == FILES
    assert "Ink is light" in run.said
    clean = read(run.files["cleaned.png"])
    assert np.mean(clean != horse) < 0.01  # of 0.1; ink is as light as it was
    assert "about what was counted" in run.said


def test_the_page_says_when_the_chains_do_not_agree(run_page, stored, horse):
    spoilt = noise.flip(horse[:150, :150], 0.3, rng=3)
    path = stored(np.where(spoilt, 0, 255).astype(np.uint8))
    run = run_page(PAGE, source=str(path), coupling=1.5, flip_probability=0.3, sweeps=40)
    assert not run.problem
    assert "NOT CONVERGED" in run.said and "this result is provisional" in run.said
    assert "NOT CONVERGED" in run.files["summary.html"].read_text()


def test_a_wrong_choice_is_refused_before_anything_is_written(run_page):
    run = run_page(PAGE, threshold="otzu")
    sentence = 'Problem: `threshold` must be one of auto, otsu, local; got "otzu".'
    assert len(run.problem) == 1 and run.problem[0].startswith(sentence)
    assert run.files == {}


# Reading and threshold


def test_colour_depth_and_size_are_brought_to_grey_bytes(stored, tmp_path):
    colour = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    grey = scan_document.read_scan(stored(colour)).grey
    expected = np.asarray(Image.fromarray(colour).convert("L")).astype(int)
    assert np.abs(grey - expected).max() <= 1
    deep = (colour[..., 0].astype(np.uint16)) * 257
    found = scan_document.read_scan(stored(deep, "deep.png"))
    np.testing.assert_array_equal(found.grey, colour[..., 0])
    wide = np.kron(colour[..., 0], np.ones((3, 3), np.uint8))
    small = scan_document.read_scan(stored(wide, dpi=(300, 300)), shrink=3)
    np.testing.assert_array_equal(small.grey, colour[..., 0])
    assert small.notes == ("made 3 times smaller: 40 x 60 pixels",)
    assert small.resolution == pytest.approx((100, 100), abs=0.1)


@pytest.mark.parametrize(
    ("pixels", "shrink", "message"),
    [
        (np.zeros((20, 90), np.uint8), 1, "scan.png has 20 x 90 pixels; at least 32 x 32"),
        (np.eye(90, dtype=np.uint8), 3, "scan.png has 30 x 30 pixels; at least 32 x 32"),
        (np.full((90, 90), 7, np.uint8), 1, "scan.png has one grey level only"),
    ],
)
def test_pictures_that_cannot_be_used_have_one_sentence(stored, pixels, shrink, message):
    with pytest.raises(Problem, match=message):
        scan_document.read_scan(stored(pixels), shrink=shrink)


def test_otsu_is_that_of_scikit_image_and_the_rarer_side_is_ink():
    for name in ("coins", "page", "camera"):
        grey = data.load_image(name)
        assert scan.otsu(grey) == skimage_filters.threshold_otsu(grey)
    grey = np.where(np.arange(100) < 30, 40, 200).astype(np.uint8) * np.ones((50, 1), np.uint8)
    level = scan.otsu(grey)
    assert scan.choose_ink(grey, level, "auto") and not scan.choose_ink(255 - grey, 100, "auto")
    assert not scan.choose_ink(grey, level, "light")
    assert scan.binarise(grey, level).mean() == pytest.approx(0.3)
    np.testing.assert_array_equal(
        scan.binarise(255 - grey, 254 - level, dark=False), scan.binarise(grey, level)
    )


def test_uneven_light_asks_for_a_local_threshold_and_solid_ink_does_not(horse):
    drawing = np.where(horse, 30, 220).astype(np.uint8)
    assert scan.choose_threshold(drawing, scan.otsu(drawing), True)[0] == "otsu"
    page = data.load_image("page")
    way, reason = scan.choose_threshold(page, scan.otsu(page), True)
    assert way == "local" and "the light is uneven" in reason
    way, reason = scan.choose_threshold(255 - page, 254 - scan.otsu(page), False)
    assert way == "local" and f"Otsu's level {254 - scan.otsu(page)}" in reason


def test_the_local_threshold_follows_the_light():
    strokes = np.zeros((200, 300), bool)
    strokes[20:180:20, 20:280] = True
    light = np.linspace(80, 240, 300) * np.ones((200, 1))
    grey = np.rint(light - 40 * strokes).astype(np.uint8)
    np.testing.assert_array_equal(scan.binarise(grey, "local", window=31, offset=15), strokes)
    inverted = scan.binarise(255 - grey, "local", dark=False, window=31, offset=15)
    np.testing.assert_array_equal(inverted, strokes)
    assert np.mean(scan.binarise(grey, scan.otsu(grey)) != strokes) > 0.2


AUTO = {"threshold": "auto", "ink": "auto", "window": 31, "offset": 10}


def uneven_page():
    """Return dark strokes on paper that falls from 240 to 60, with noise, and the strokes."""
    strokes = np.zeros((300, 450), bool)
    for row in range(12, 290, 14):
        strokes[row : row + 3, 20:430] = np.arange(410) % 12 < 8
    light = (240 - 180 * np.sqrt(np.linspace(0, 1, 450))) * np.ones((300, 1))
    grey = light * (1 - 0.75 * strokes) + np.random.default_rng(3).normal(0, 4, light.shape)
    return np.clip(grey, 0, 255).astype(np.uint8), strokes


def test_ink_is_the_rarer_side_of_a_local_threshold():
    grey, strokes = uneven_page()
    level = scan.otsu(grey)
    assert not scan.choose_ink(grey, level, "auto")  # one level for the page is misled
    for picture, expected in ((grey, True), (255 - grey, False)):
        dark, way, reason = scan_doubts.decide(picture, scan.otsu(picture), **AUTO)
        assert (dark, way) == (expected, "local") and "the light is uneven" in reason
        found = scan.binarise(picture, way, dark=dark)
        assert np.mean(found != strokes) < 0.03
    assert scan_doubts.decide(grey, level, **AUTO | {"ink": "light"})[0] is False
    assert scan_doubts.decide(grey, level, **AUTO | {"threshold": 90})[1:] == (90, "chosen by you")


def test_the_wrong_side_and_photographs_are_warned_of_and_print_is_not(horse):
    grey, _ = uneven_page()
    wrong = scan.binarise(grey, "local", dark=False)
    said = " ".join(scan_doubts.tell_doubts(grey, wrong, scan.estimate_flips(wrong)))
    assert "WARNING" in said and "set `ink`" in said
    for name, photograph in (("text", False), ("page", False), ("moon", True), ("clock", True)):
        picture = data.load_image(name)
        dark, way, _ = scan_doubts.decide(picture, scan.otsu(picture), **AUTO)
        ink = scan.binarise(picture, way, dark=dark)
        lines = scan_doubts.tell_doubts(picture, ink, scan.estimate_flips(ink))
        assert any("a photograph" in line for line in lines) is photograph
        assert photograph or lines == []


def test_doubt_and_flips_and_much_ink_are_each_warned_of():
    ink = np.zeros((100, 100), bool)
    ink[:30] = True
    grey = np.where(ink, 0, 255).astype(np.uint8)
    quiet = scan.Flips(0.01, 0.0, 0.02, 0.01, 0.01)
    assert scan_doubts.tell_doubts(grey, ink, quiet, ink.astype(float)) == []
    (line,) = scan_doubts.tell_doubts(grey, ink, quiet._replace(share=0.12))
    assert "12% of the pixels seem flipped: either the scan is that noisy, or the paper" in line
    (line,) = scan_doubts.tell_doubts(255 - grey, ~ink, quiet)
    assert "70% of the pixels are ink" in line and "either it has large dark areas, or" in line
    unsure = np.where(np.arange(100) < 20, 0.5, 0.0) * np.ones((100, 1))
    (line,) = scan_doubts.tell_doubts(grey, ink, quiet, unsure)
    assert "20% of the pixels are in doubt: either the scan is that noisy, or the" in line


def test_what_ink_and_paper_explain_is_the_share_of_variance(monkeypatch):
    rng = np.random.default_rng(2)
    ink = rng.random((120, 90)) < 0.3
    grey = np.clip(np.where(ink, 60, 180) + rng.normal(0, 40, ink.shape), 0, 255).astype(np.uint8)
    share = np.corrcoef(grey.ravel(), ink.ravel())[0, 1] ** 2  # the same everywhere
    whole = scan_doubts.explained(grey, ink)
    assert whole == pytest.approx(share, abs=0.02)
    monkeypatch.setattr(scan_doubts, "ROWS", 37)
    assert scan_doubts.explained(grey, ink) == pytest.approx(whole, abs=0.01)
    assert scan_doubts.explained(np.where(ink, 9, 99).astype(np.uint8), ink) == pytest.approx(1)


@pytest.mark.parametrize(("shape", "columns"), [((172, 448), 1), ((300, 448), 1), ((300, 150), 3)])
def test_the_result_is_shown_large(shape, columns):
    found = scan_view.arrange(np.zeros(shape))
    assert found["columns"] == columns
    assert found["size"] >= 3 and found["size"] * shape[1] / shape[0] * columns <= 9.01


# Flips and coupling


@pytest.mark.parametrize("share", [0.01, 0.05, 0.15, 0.3])
def test_a_known_share_of_flips_is_counted(horse, share):
    found = scan.estimate_flips(noise.flip(horse, share, rng=5))
    assert found.share == pytest.approx(share, rel=0.08)
    assert found.low < found.share < found.high


def test_flips_are_counted_by_hand():
    ink = np.zeros((5, 9), bool)
    ink[2, 2] = True
    found = scan.estimate_flips(ink)  # 21 inner pixels, 8 of them beside the flip
    assert found.share == pytest.approx(1 / 13)
    assert found.added == pytest.approx(1 / 13) and np.isnan(found.lost)
    assert scan.estimate_flips(~ink).lost == pytest.approx(1 / 13)
    board = np.indices((40, 40)).sum(axis=0) % 2 == 0
    assert np.isnan(scan.estimate_flips(board).share)
    assert "cannot be estimated" in scan_report.tell_flips(scan.estimate_flips(board), [])[0]


def test_unequal_flips_are_noticed(horse):
    rng = np.random.default_rng(1)
    pale = horse & (rng.random(horse.shape) > 0.2)
    found = scan.estimate_flips(pale)
    assert found.added < 0.002 and found.lost > 0.1
    assert any("different rates" in line for line in scan_report.tell_flips(found, []))


def test_the_check_flips_what_it_says(horse):
    rows = scan.check_flips(noise.flip(horse, 0.1, rng=1), [0.2])
    added, expected, found = rows[0]
    assert (added, expected) == (0.2, pytest.approx(0.26, abs=0.004))  # 0.1 * 0.8 + 0.9 * 0.2
    assert found == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize(("share", "used"), [(0.0, 0.002), (0.1, 0.1), (0.6, 0.4), (np.nan, 0.4)])
def test_the_sampler_is_given_a_share_it_can_work_with(share, used):
    assert scan.within_limits(share) == used


def test_hidden_pixels_choose_a_coupling_nearly_as_good_as_the_truth_does(horse):
    part = horse[60:260, 60:300]
    spoilt = noise.flip(part, 0.2, rng=2)
    misses, chosen = scan.try_couplings(spoilt, 0.2, seed=1)
    wrong = {}
    for coupling in scan.COUPLINGS:
        found = ising.denoise(spoilt, flip_probability=0.2, coupling=coupling, rng=3)
        wrong[coupling] = np.mean((found.estimate > 0) != part)
    assert wrong[chosen] < min(wrong.values()) + 0.005 < wrong[0.3]
    assert misses.shape == (len(scan.COUPLINGS),) and misses.argmin() > 0


# Chains


def test_the_chains_are_those_of_the_kernel(horse):
    part = noise.flip(horse[:99, :120], 0.2, rng=2)
    drawn = scan_posterior.sample(part, 0.2, 0.6, sweeps=60, chains=4, seed=7)
    given = {"coupling": 0.6, "flip_probability": 0.2, "sweeps": 60, "chains": 4, "rng": 7}
    found = ising.denoise(part, burn_in=drawn.burn_in, **given)
    expected = found.probability.astype(np.float32)
    np.testing.assert_allclose(scan_posterior.probability(drawn), expected, rtol=1e-6)
    np.testing.assert_array_equal(drawn.energies, found.energies)
    np.testing.assert_array_equal(drawn.spins, found.magnetisations)
    assert drawn.burn_in + 2 * drawn.half == 60


def test_r_hat_of_pixels_is_that_of_their_draws():
    rng = np.random.default_rng(4)
    draws = rng.random((3, 2, 50, 4, 5)) < rng.random((4, 5))
    draws[:, :, :, 0, 0], draws[:, :, :, 0, 1] = False, True
    draws[:, :, :, 0, 2] = np.array([True, False, False])[:, None, None]
    up = draws.sum(axis=2).reshape(6, 4, 5).astype(np.uint8)
    chains = scan_posterior.Chains(up, 50, np.zeros((3, 4)), np.zeros((3, 4)), 0)
    found = scan_agreement.pixel_rhat(chains)
    assert found[0, 0] == found[0, 1] == 1 and np.isinf(found[0, 2])
    for place in np.ndindex(4, 5):
        one = draws[(..., *place)].reshape(3, 100).astype(float)
        assert found[place] == pytest.approx(scan_agreement.rank_rhat(one), rel=1e-4)


def test_r_hat_by_hand():
    draws = np.array([[0.0, 2.0, 1.0, 3.0], [4.0, 6.0, 5.0, 7.0]])
    # Ranks 1 to 8 have the normal quantiles of 5/66, 13/66, ..., 61/66, which are -+1.4342,
    # -+0.8525, -+0.4728 and -+0.1525. Halves pair ranks 1, 3 and 2, 4 and 5, 7 and 6, 8.
    # Their means are -+0.9535 and -+0.5025, their variances 0.4622 and 0.2450, each twice.
    found = scan_agreement.rank_rhat(draws)
    assert found == pytest.approx(np.sqrt(0.5 + 0.77438 / 0.35358), rel=1e-3)


def slow_draws():
    """Return chains of a recurrence that each machine computes alike."""
    found = np.empty((4, 200))
    for chain in range(4):
        state, value = 12345 + chain, 0.0
        for step in range(200):
            state = (1103515245 * state + 12345) % 2**31
            value = 0.7 * value + state / 2**31 - 0.5
            found[chain, step] = value
    return found


@pytest.mark.parametrize(
    ("change", "rhat", "ess"),
    [
        (lambda d: d, 1.0521040354373803, 174.8067501978332),
        (lambda d: d + 0.15 * np.arange(4)[:, None], 1.157058007198086, 21.40597261885584),
        (lambda d: d * np.array([[1], [1], [2], [3]]), 1.2006588101389661, 170.6099971164532),
        (lambda d: 1 / np.where(d == 0, 1, d), 1.0177984897786303, 631.615745907114),
        (lambda d: 1.0 * (d > 0.3), 1.0223461437451906, 260.3043206839501),
        (lambda d: d[:, :151], 1.018550850090045, 151.1696800715549),
    ],
    ids=["same", "place", "spread", "heavy tails", "two values", "odd length"],
)
def test_r_hat_and_effective_draws_are_those_of_arviz(change, rhat, ess):
    """The numbers are those of ArviZ 0.23.4, `rhat` and `ess` with their defaults."""
    draws = change(slow_draws())
    assert scan_agreement.rank_rhat(draws) == pytest.approx(rhat, rel=1e-9)
    assert scan_agreement.bulk_ess(draws) == pytest.approx(ess, rel=1e-9)


def test_r_hat_sees_what_parts_chains_and_nothing_else():
    same = np.random.default_rng(0).normal(size=(4, 2000))
    assert scan_agreement.rank_rhat(same) < 1.005
    assert scan_agreement.rank_rhat(np.exp(3 * same)) < 1.005  # heavy tails
    assert scan_agreement.bulk_ess(same) == pytest.approx(8000, rel=0.1)
    assert scan_agreement.rank_rhat(same + np.arange(4)[:, None]) > 1.3
    assert scan_agreement.rank_rhat(same + np.linspace(0, 3, 2000)) > 1.2  # a common drift
    assert scan_agreement.rank_rhat(same * [[1], [1], [1], [3]]) > 1.05  # another spread
    still = np.zeros((4, 100))
    assert scan_agreement.rank_rhat(still) == 1 and scan_agreement.bulk_ess(still) == 400
    apart = still + np.arange(4)[:, None]
    assert np.isinf(scan_agreement.rank_rhat(apart)) and scan_agreement.bulk_ess(apart) < 10


GOOD = scan_agreement.Agreement(1.009, 1.009, 0.005, (500.0, 401.0), 400)


def test_agreement_needs_all_four():
    assert GOOD.converged and "nothing speaks against" in scan_report.tell_agreement(GOOD, 0.7)[1]
    for bad in ({"energy": 1.011}, {"spin": 1.02}, {"pixels": 0.02}):
        found = GOOD._replace(**bad)
        said = scan_report.tell_agreement(found, 0.7)[1]
        assert not found.converged
        assert said.startswith("NOT CONVERGED: chains from different") and "below 0.7" in said
    few = GOOD._replace(draws=(500.0, 399.0))
    said = scan_report.tell_agreement(few, 0.7)
    assert not few.converged and "effective draws 500 and 399 (at least 400 wanted)" in said[0]
    assert said[1].startswith("NOT CONVERGED: the chains have drawn too little to tell")
    assert "disagree" not in said[1] and "`coupling`" not in said[1]


def test_a_strong_coupling_keeps_chains_apart_and_a_weak_one_does_not(horse):
    spoilt = noise.flip(horse[:150, :150], 0.3, rng=8)
    for coupling, agree in ((0.3, True), (1.5, False)):
        found = scan_agreement.judge(scan_posterior.sample(spoilt, 0.3, coupling))
        assert found.agree is agree and found.converged is agree
        assert found.wanted == 400


# Pictures and words


def test_changes_and_doubt_are_painted():
    ink, clean = np.array([[1, 1, 0, 0]], bool), np.array([[1, 0, 1, 0]], bool)
    found = scan_view.mark_changes(ink, clean)[0].tolist()
    assert found == [[0, 0, 0], [213, 94, 0], [0, 114, 178], [255, 255, 255]]
    doubt = scan_view.paint_doubt(np.array([0, 0.5, 1, 0.9], np.float32))
    assert doubt.tolist() == [0, 255, 0, 51]
    pictures = scan_view.result_pictures(ink, clean, np.array([[1.0, 0.4, 0.6, 0.0]]), False)
    assert pictures["cleaned"].tolist() == [[True, False, True, False]]
    assert pictures["probability"].tolist() == [[255, 102, 153, 0]]
    assert pictures["overview"].shape == (1 + 4 + 1, 4, 3)


def test_a_large_picture_is_shown_smaller():
    assert scan_view.shrink_to(np.zeros((800, 3200, 3), np.uint8)).shape == (400, 1600, 3)
    assert scan_view.view_part(np.zeros((1000, 2000))).shape == scan_view.VIEW


def test_the_result_is_counted():
    ink, clean = np.zeros((10, 10), bool), np.zeros((10, 10), bool)
    ink[0, :3], clean[1, :1] = True, True
    probability = np.full((10, 10), 0.05)
    probability[5] = 0.3
    (said,) = scan_report.tell_result(ink, clean, probability, GOOD, "so")
    assert "of 100 pixels 3 lost their ink and 1 gained some (4.00% changed)" in said
    assert "7.500% of the pixels are expected to be wrong, and 10.00% are in doubt" in said
    for bad in ({"spin": 1.02}, {"draws": (399.0, 399.0)}):
        (said,) = scan_report.tell_result(ink, clean, probability, GOOD._replace(**bad), "so")
        assert "(4.00% changed)" in said and "provisional" in said
        assert "7.5" not in said and "expected to be wrong" not in said


def test_groups_of_ink_that_are_eaten_are_told():
    ink = np.zeros((40, 40), bool)
    ink[2:6, 2:20], ink[10, 2:20], ink[20, 2:20], ink[30, 30:33] = True, True, True, True
    clean = ink.copy()
    clean[10], clean[20, 12:] = False, False  # one line goes, of another 10 of 18 pixels stay
    assert scan_report.count_lost(ink, clean) == (3, 1)  # three pixels are no group
    probability = np.where(clean, 0.95, 0.05)
    done, warned = scan_report.tell_result(ink, clean, probability, GOOD, "so")
    assert "lost their ink" in done
    assert warned.startswith("WARNING: of 3 groups of at least 8 pixels of ink 1 lost more than")
    assert len(scan_report.tell_result(ink, ink, probability, GOOD, "so")) == 1


def test_a_share_that_differs_from_the_count_is_said():
    flips = scan.Flips(0.02, 0.018, 0.022, 0.02, 0.02)
    for p, words in ((0.05, "more than"), (0.02, "about what"), (0.005, "less than")):
        assert f"p = {p:g}, {words}" in scan_report.tell_used(p, flips)


# Faults and limits


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"threshold": 0}, "`threshold` must be a number of at least 1; got 0"),
        ({"threshold": 255}, "`threshold` must be at most 254; got 255"),
        ({"threshold": "locale"}, "Nearest names: local"),
        ({"ink": "black"}, '`ink` must be one of auto, dark, light; got "black". Is dark meant'),
        ({"ink": "white"}, "Is light meant"),
        ({"ink": "drak"}, "`ink` must be one of auto, dark, light"),
        ({"window": 30}, "`window` must be odd"),
        ({"window": 1}, "`window` must be odd and at least 3; got 1"),
        ({"offset": -1}, "`offset` must be a whole number of at least 0"),
        ({"shrink": 0.5}, "`shrink` must be a whole number of at least 1"),
        ({"flip_probability": 5}, "`flip_probability` must be above 0 and below 1, .* 0.05 meant"),
        ({"flip_probability": 0.5}, "`flip_probability` must be below 0.5; got 0.5"),
        ({"flip_probability": "all"}, "`flip_probability` must be above 0 and below 1"),
        ({"coupling": -1}, "`coupling` must be a number of at least 0"),
        ({"coupling": 9}, "`coupling` must be at most 3; got 9"),
        ({"page": 0}, "`page` must be a whole number of at least 1; got 0"),
        ({"skew": 16}, "`skew` must be at most 15 degrees; got 16"),
        ({"skew": -16}, "`skew` must be a number of at least -15; got -16"),
        ({"borders": "crop"}, '`borders` must be one of cut, keep; got "crop"'),
        ({"sweeps": 10}, "`sweeps` must be a whole number of at least 20"),
        ({"chains": 1}, "`chains` must be a whole number of at least 2"),
        ({"seed": None}, "`seed` must be a whole number of at least 0"),
    ],
)
def test_each_wrong_choice_has_one_sentence(choice, message):
    scan.check_choices(**CHOICES)
    with pytest.raises(Problem, match=message):
        scan.check_choices(**CHOICES | choice)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_forty_megapixels_stay_within_the_memory_that_is_promised(tmp_path):
    tile = np.where(ndimage.zoom(data.load_image("horse")[:320, :400], 1), 40, 210)
    tile = np.clip(tile + np.random.default_rng(0).normal(0, 20, tile.shape), 0, 255)
    Image.fromarray(np.tile(tile.astype(np.uint8), (16, 20))).save(tmp_path / "large.png")
    code = f"""
import re, pathlib
from helpers.analysis.scan import _ink as scan
from helpers.analysis.scan import _document as scan_document
from helpers.analysis.scan import _straight as scan_straight
from helpers.analysis.scan import _marks as scan_marks
from helpers.analysis.scan import _doubts as scan_doubts
from helpers.analysis.scan import _agreement as scan_agreement
from helpers.analysis.scan import _chains as scan_posterior
from helpers.analysis.scan import _report as scan_report
from helpers.analysis.scan import _view as scan_view
grey = scan_document.read_scan(pathlib.Path({str(tmp_path / "large.png")!r})).grey
grey = scan_straight.straighten(grey, skew=1).grey
level = scan.otsu(grey)
scan_doubts.decide(grey, level, threshold="local", ink="auto", window=31, offset=10)
scan.choose_threshold(grey, level, True)
scan.binarise(grey, "local")
ink = scan.binarise(grey, level)
scan.check_flips(ink, [0.1])
scan_marks.count_rules(ink)
scan.try_couplings(ink, 0.05)
drawn = scan_posterior.sample(ink, 0.05, 0.6, sweeps=20, chains=4)
agreement = scan_agreement.judge(drawn)
probability = scan_posterior.probability(drawn)
scan_report.tell_result(ink, probability >= 0.5, probability, agreement, "")
scan_doubts.tell_doubts(grey, ink, scan.estimate_flips(ink), probability)
scan_view.result_pictures(ink, probability >= 0.5, probability, True)
print(grey.size, *re.findall(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    size, peak = map(int, run.stdout.split() or (0, 0))
    assert size > 40_000_000, run.stderr
    assert peak < 2_000_000  # kilobytes
    print(f"peak {peak} kB")
