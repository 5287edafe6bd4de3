"""Scans as whole documents: upright pages, dark edges, marks, many pages, folders, PDF."""

import csv
import importlib.util
import re
import weakref

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers import data, images
from helpers.analysis.scan import _angle, _batch, _document, _doubts, _edges, _ink, _marks
from helpers.analysis.scan import _straight as straight
from helpers.own_data import Problem
from tests.analysis import drawn_scans as drawn

SMALL = (700, 500)  # rows and columns of a drawn page that is cleaned fast


def page(seed=0, **options):
    return drawn.draw_scan(np.random.default_rng(seed), **options)


def turned_lines(angle, size=(600, 500)):
    """Return lines of dashes, turned clockwise."""
    ink = np.zeros(size, dtype=np.uint8)
    for row in range(60, size[0] - 60, 30):
        ink[row : row + 6, 60:-60] = np.arange(size[1] - 120) % 14 < 9
    turn = cv2.getRotationMatrix2D((size[1] / 2, size[0] / 2), -angle, 1)
    return cv2.warpAffine(ink, turn, size[::-1], flags=cv2.INTER_NEAREST) > 0


def hough_angle(ink):
    """Return the middle angle of the thirty strongest lines that OpenCV finds."""
    rows, columns = _angle.lower_ends(ink)
    picture = np.zeros((1300, 1300), np.uint8)
    picture[(rows + 650).astype(int), (columns + 650).astype(int)] = 255
    ends = {"min_theta": np.deg2rad(75), "max_theta": np.deg2rad(105)}
    lines = cv2.HoughLines(picture, 1, np.deg2rad(0.05), 60, **ends)
    return float(np.median(np.rad2deg(lines[:30, 0, 1]) - 90))


# The angle


@pytest.mark.parametrize("angle", [-14, -6.3, -0.4, 0, 0.25, 3, 11.7])
def test_the_angle_of_lines_is_found(angle):
    found, sharpness = _angle.find_angle(turned_lines(angle))
    assert found == pytest.approx(angle, abs=0.16)  # a pixel across these lines
    assert sharpness > 2 * _angle.SHARP


def test_the_angle_is_as_near_to_the_truth_as_lines_of_a_hough_transform(say):
    kinds = ({}, {"salt": 0.03}, {"most": 4}, {"text": 40}, {"noise": 25, "text": 16})
    errors = []
    for seed, options in enumerate(kinds):
        angle = np.random.default_rng(seed).uniform(-12, 12)
        scan = page(seed, angle=angle, **options)
        ink = scan.pixels <= _ink.otsu(scan.pixels)
        errors.append((_angle.find_angle(ink)[0] - angle, hough_angle(ink) - angle))
    errors = np.abs(errors)
    say(
        "angle, degrees off (profile, Hough): mean", errors.mean(0).round(3), "worst", errors.max(0)
    )
    assert errors.max(axis=0)[0] < 0.06
    assert errors.max(axis=0)[1] < 0.12  # the rival is no straw man


@pytest.mark.parametrize("name", ["horse", "coins", "camera", "moon", "text"])
def test_pictures_without_lines_of_text_are_not_turned(name):
    picture = data.load_image(name)
    grey = np.where(picture, 0, 255).astype(np.uint8) if picture.dtype == bool else picture
    sheet = straight.straighten(grey, borders="keep")
    assert sheet.skew == 0 and sheet.sharpness < _angle.SHARP
    np.testing.assert_array_equal(sheet.grey, grey)
    assert straight.tell_sheet(sheet)[0].startswith("No lines of text stand out")


def test_few_ends_of_strokes_tell_no_angle():
    assert _angle.find_angle(np.zeros((90, 90), bool)) == (0.0, 1.0)


# Upright pages


def test_a_chosen_angle_is_taken_and_nothing_is_lost():
    scan = page(1, angle=2, size=SMALL)
    sheet = straight.straighten(scan.pixels, skew=2)
    auto = straight.straighten(scan.pixels)
    assert auto.skew == pytest.approx(2, abs=0.16)
    assert "as chosen by you" in straight.tell_sheet(sheet)[0]
    assert "2.0" in straight.tell_sheet(auto)[0] and "clockwise" in straight.tell_sheet(auto)[0]
    cover = drawn.truth_on(sheet, scan)
    assert cover.sum() == pytest.approx(scan.cover.sum(), rel=0.001)
    assert sheet.grey.shape[0] > SMALL[0] and sheet.grey.shape[1] > SMALL[1]
    again = _angle.find_angle(cover > 0.5)[0]
    assert abs(again) <= 0.06
    inner = np.s_[100:-100, 100:-100]
    expected = drawn.PAPER - (drawn.PAPER - drawn.INK) * cover
    assert np.abs(sheet.grey[inner] - expected[inner]).mean() < 10  # blurred and noisy by 5 levels


def test_light_ink_is_turned_as_dark_ink_is():
    scan = page(2, angle=-3, border=25, size=SMALL)
    dark, light = (straight.straighten(g) for g in (scan.pixels, 255 - scan.pixels))
    np.testing.assert_array_equal(light.grey, 255 - dark.grey)
    assert (light.skew, light.cut) == (dark.skew, dark.cut)


def test_a_level_page_without_edges_stays_as_it_was():
    scan = page(3, size=SMALL)
    sheet = straight.straighten(scan.pixels)
    np.testing.assert_array_equal(sheet.grey, scan.pixels)
    assert sheet.blank is None and sheet.cut == (0, 0, 0, 0)
    np.testing.assert_array_equal(sheet.matrix, np.eye(2, 3))
    assert straight.tell_sheet(sheet) == ["The lines are level: the page was not turned."]


EDGES = {
    "black": {"border": 40},
    "black, turned": {"border": 40, "angle": -2},
    "thin": {"border": 6, "salt": 0.02},
    "grey": {"border": 40, "outside": 100, "angle": 3},
    "dark corner": {"border": 40, "light": 0.8, "angle": 2},
    "side": {"gutter": "side", "angle": 1.3},
}


@pytest.mark.parametrize("kind", EDGES)
def test_dark_edges_are_cut_and_no_ink_with_them(kind):
    scan = page(4, size=SMALL, text=18, **EDGES[kind])
    sheet = straight.straighten(scan.pixels)
    assert sheet.edge > 0.02 and max(sheet.cut) > 4
    cover = drawn.truth_on(sheet, scan)
    assert cover.sum() == pytest.approx(scan.cover.sum(), rel=0.002)
    paper = sheet.grey[cover == 0]
    assert np.mean(paper < 0.3 * np.median(sheet.grey)) < 0.02  # of salt and pepper, half is dark
    (_, warned) = straight.tell_sheet(sheet)
    assert "dark edges: cut off or taken as paper" in warned and "WARNING" in warned
    kept = straight.straighten(scan.pixels, borders="keep")
    assert kept.cut == (0, 0, 0, 0) and "may count as ink" in straight.tell_sheet(kept)[1]


@pytest.mark.parametrize("options", [{}, {"border": 40, "angle": -2}, {"light": 0.4}])
def test_a_fold_between_two_pages_becomes_paper(options):
    scan = page(5, size=SMALL[::-1], text=18, gutter="middle", **options)
    sheet = straight.straighten(scan.pixels)
    seen = _doubts.observe(sheet, threshold="auto", ink="auto", window=31, offset=10)
    cover = drawn.truth_on(sheet, scan)
    false = seen.ink & ~drawn._near(cover > 0.2)
    assert false.mean() < 0.03  # the fold alone has a tenth of the page
    columns = np.s_[:, seen.ink.shape[1] * 9 // 20 : seen.ink.shape[1] * 11 // 20]
    assert seen.ink[columns].mean() < 0.01
    assert cover.sum() == pytest.approx(scan.cover.sum(), rel=0.002)


@pytest.mark.parametrize(
    "options",
    [{}, {"light": 0.6}, {"light": 0.8, "noise": 8}, {"salt": 0.03}, {"text": 40}, {"noise": 25}],
)
def test_pages_without_dark_edges_are_not_cut(options):
    for seed in range(3):
        zones = _edges.find_zones(*leveled(page(seed, size=SMALL, **options).pixels))
        assert not zones.edge.any() and not zones.fold.any()


def leveled(grey):
    return grey, _ink.otsu(grey)


def test_a_dark_page_is_no_edge():
    grey = np.full((200, 200), 20, np.uint8)
    grey[80:120, 80:120] = 240
    assert not _edges.find_zones(grey, 100).edge.any()
    assert not _edges.find_zones(np.zeros((50, 50), np.uint8), 100).edge.any()


def test_the_rectangle_that_is_left_by_hand():
    dark = np.zeros((20, 30), bool)
    dark[:3], dark[-1], dark[:, :2], dark[:, -4:] = True, True, True, True
    assert _edges.inner_rectangle(dark) == (3, 19, 2, 26)
    dark[:, 14:17] = True  # a fold crosses every row alike
    assert _edges.inner_rectangle(dark) == (3, 19, 2, 26)
    assert _edges.inner_rectangle(np.zeros((5, 6), bool)) == (0, 5, 0, 6)


# Marks


def marks_of(scan, **choices):
    sheet = straight.straighten(drawn.as_scan(scan).grey)
    options = {"threshold": "auto", "ink": "auto", "window": 31, "offset": 10} | choices
    seen = _doubts.observe(sheet, **options)
    colour = _marks.coloured_share(scan.pixels)
    return _marks.count_rules(seen.ink), _marks.tell_marks(seen.ink, *colour)


@pytest.mark.parametrize(
    "options", [{}, {"angle": 3}, {"text": 14}, {"salt": 0.02}, {"border": 30}]
)
def test_squared_paper_is_warned_of(options):
    (across, down), lines = marks_of(page(6, grid=1.0, **options))
    assert across > 6 and down > 6
    assert len(lines) == 1 and "squared paper or a table" in lines[0]


@pytest.mark.parametrize(
    "options", [{}, {"text": 12}, {"text": 16, "rule": True}, {"salt": 0.03}, {"light": 0.6}]
)
def test_pages_of_text_have_no_marks(options):
    for seed in range(2):
        assert marks_of(page(seed, **options)) == ((0, 0), [])


def test_ruled_lines_are_counted_by_hand():
    ink = np.zeros((300, 240), bool)
    ink[20:290:30, 10:230] = True
    assert _marks.count_rules(ink) == (9, 0)
    assert "9 lines across at equal distances: ruled paper" in _marks.tell_marks(ink, 0, "")[0]
    assert _marks.count_rules(ink.T.copy()) == (0, 9)
    ink[:, 15:230:30] = True
    assert _marks.count_rules(ink) == (9, 8)
    uneven = np.zeros((300, 240), bool)
    uneven[[20, 30, 70, 75, 130, 200, 290]] = True
    assert _marks.count_rules(uneven) == (0, 0)
    assert _marks.count_rules(np.ones((300, 240), bool)) == (0, 0)


def test_a_stamp_is_warned_of_and_ink_of_one_colour_is_not():
    scan = page(7, stamp=True)
    share, hue = _marks.coloured_share(scan.pixels)
    assert hue == "red" and 0.02 < share < 0.3
    assert "most of it red: a stamp" in marks_of(scan)[1][0]
    grey = page(7).pixels.astype(float)
    pen = np.stack([grey, grey, 255 - 0.4 * (255 - grey)], axis=-1).astype(np.uint8)
    share, hue = _marks.coloured_share(pen)
    assert hue == "blue" and share > _marks.NEARLY_ALL
    yellow = np.stack([grey, grey, 0.7 * grey], axis=-1).astype(np.uint8)
    assert _marks.coloured_share(yellow)[0] < 0.01  # old paper is no ink
    assert _marks.coloured_share(page(7).pixels) == (0.0, "")
    quiet = np.zeros((90, 90), bool)
    assert [bool(_marks.tell_marks(quiet, s, "red")) for s in (0.01, 0.5, 0.95)] == [0, 1, 0]


# Ink that is measured


def test_missed_and_false_ink_stay_small_on_drawn_pages(say):
    kinds = (
        "print",
        "black edges, turned",
        "fold in the middle",
        "2% salt and pepper",
        "red stamp",
    )
    for kind in kinds:
        options = drawn.KINDS[kind] | {"text": 18}
        options["size"] = SMALL[::-1] if "middle" in kind else SMALL
        found = drawn.measure(page(0, **options), coupling=0.6)
        say(f"{kind}: missed {found.missed:.2%}, false {found.false:.3%}")
        assert abs(found.angle) < 0.16 and abs(found.cut) < 0.002
        assert found.missed < (0.06 if "salt" in kind else 0.02)
        assert found.false < (0.02 if "stamp" in kind else 0.001)
        warned = kind in ("black edges, turned", "fold in the middle", "red stamp")
        assert bool(found.warnings) is warned


def test_the_measure_sees_a_page_that_is_spoilt(monkeypatch):
    scan = page(0, border=40, size=SMALL, text=18)
    good, kept = (
        drawn.measure(scan, coupling=0.6),
        drawn.measure(scan, coupling=0.6, borders="keep"),
    )
    assert good.false < 0.001 and kept.false > 0.1
    strong = drawn.measure(page(0, size=SMALL, text=12), coupling=1.2, flip_probability=0.3)
    assert strong.missed > 0.2  # the prior eats thin strokes, and the measure shows it


def test_an_empty_page_is_told_and_left_white():
    grey = np.random.default_rng(0).normal(225, 6, (200, 150)).clip(0, 255).astype(np.uint8)
    scan = _document.Scan("empty.png", 1, 1, grey, 0.0, "", None, False, ())
    white, row = _batch.clean_scan(scan, **drawn.CHOICES)
    assert white.all() and row["ink"] == 0 and "no ink was found" in row["warnings"]
    black, _ = _batch.clean_scan(scan._replace(grey=255 - grey), **drawn.CHOICES | {"ink": "light"})
    assert not black.any()
    seen = _doubts.observe(straight.straighten(grey), **CHOSEN)
    assert seen.empty and "may hold no ink" in _doubts.tell_observed(seen)[1]
    pale = grey.copy()
    pale[60:80, 30:120] -= 60
    seen = _doubts.observe(straight.straighten(pale), **CHOSEN)
    assert not seen.empty and len(_doubts.tell_observed(seen)) == 1


CHOSEN = {"threshold": "auto", "ink": "auto", "window": 31, "offset": 10}
FAST = drawn.CHOICES | {"coupling": 0.6}


# Documents and folders


@pytest.fixture
def document(tmp_path):
    """Return a TIFF of three pages at 150 pixels per inch, and its pages."""
    pages = [page(n, angle=n, size=SMALL, text=18) for n in range(3)]
    first, *rest = [Image.fromarray(one.pixels) for one in pages]
    path = tmp_path / "letter.tif"
    first.save(path, save_all=True, append_images=rest, dpi=(150, 150))
    return path, pages


def test_all_pages_of_a_document_are_read_one_by_one(document):
    path, pages = document
    scans = list(_document.read_scans(path))
    assert [(s.page, s.pages, s.several) for s in scans] == [(n, 3, True) for n in (1, 2, 3)]
    for scan, one in zip(scans, pages, strict=True):
        np.testing.assert_array_equal(scan.grey, one.pixels)
        assert scan.resolution == (150, 150)
    second = _document.read_scan(path, page=2)
    np.testing.assert_array_equal(second.grey, pages[1].pixels)
    assert "letter.tif, page 2 of 3: 700 x 500" in _document.tell_scan(second)
    assert "150 pixels per inch" in _document.tell_scan(second)
    with pytest.raises(Problem, match=r"must be a page of letter\.tif, which has 3 pages; got 4"):
        _document.read_scan(path, page=4)


def test_a_folder_is_cleaned_in_one_call(document, tmp_path):
    path, pages = document
    folder = tmp_path / "in"
    folder.mkdir()
    path.rename(folder / "letter.tif")
    Image.fromarray(pages[0].pixels).save(folder / "letter.png", dpi=(300, 300))
    Image.fromarray(pages[1].pixels).save(folder / "note.jpg", quality=95)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (folder / "readme.txt").write_text("no scan")
    (folder / ".hidden.png").write_bytes(b"")
    paths = _batch.find_scans(folder)
    assert [p.name for p in paths] == ["broken.png", "letter.png", "letter.tif", "note.jpg"]
    rows = _batch.clean_documents(paths, tmp_path / "out", **FAST)
    table = _batch.tabulate_pages(rows)
    assert table["file"] == ["broken.png", "letter.png", *["letter.tif"] * 3, "note.jpg"]
    assert table["page"] == [1, 1, 1, 2, 3, 1]
    assert table["skew"][2:5] == pytest.approx([0, 1, 2], abs=0.16)
    assert "broken.png cannot be used" in table["warnings"][0] and table["warnings"][2] == ""
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "letter.png",
        "letter.tif",
        "note.png",
    }
    with Image.open(tmp_path / "out/letter.tif") as file:
        assert (file.n_frames, file.mode, file.info["dpi"]) == (3, "1", (150, 150))
        file.seek(2)
        third = np.asarray(file)
    sheet = straight.straighten(pages[2].pixels)
    truth = drawn.truth_on(sheet, pages[2])
    assert third.shape == truth.shape
    assert np.mean(third[truth > 0.8]) < 0.02 and np.mean(third[truth == 0]) > 0.99
    with Image.open(tmp_path / "out/letter.png") as file:
        assert file.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    told = _batch.tell_pages(rows)
    assert told[0].startswith("5 pages of 4 files were cleaned")
    assert told[1] == "WARNING: 1 files could not be read to their end."


def test_two_scans_with_one_stem_and_a_page_that_cannot_be_read(document, tmp_path, monkeypatch):
    path, _ = document
    read = images.read_pages

    def two(*args, **options):
        pages = read(*args, **options)
        yield next(pages)
        yield next(pages)
        raise images.Unusable("the file ends too early")

    monkeypatch.setattr(images, "read_pages", two)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.tif").write_bytes(b"an earlier one")
    rows = _batch.clean_documents([path], tmp_path / "out", **FAST)
    assert [row["page"] for row in rows] == [1, 2, 3]
    assert rows[2]["warnings"].endswith("ends too early. Its pages up to 2 are kept.")
    assert (tmp_path / "out/letter.tif").read_bytes() == b"an earlier one"
    assert images.read_about(tmp_path / "out/letter-2.tif").pages == 2


def test_one_page_is_in_memory_at_a_time(document, monkeypatch):
    path, _ = document
    made, kept = _document._made, []

    def watched(*args):
        kept.append(weakref.ref((scan := made(*args)).grey))
        return scan

    monkeypatch.setattr(_document, "_made", watched)
    for number, _ in enumerate(_document.read_scans(path)):
        assert sum(grey() is not None for grey in kept) <= 2, number
    assert len(kept) == 3


def test_folders_without_scans_and_files_that_are_none_have_one_sentence(tmp_path):
    with pytest.raises(Problem, match=r"holds no scans: files that end in \.png, \.jpg"):
        _batch.find_scans(tmp_path)
    with pytest.raises(Problem, match="There is no folder"):
        _batch.find_scans(tmp_path / "none")
    (tmp_path / "a.png").write_bytes(b"GIF")
    with pytest.raises(Problem, match=r"a\.png cannot be used: "):
        _document.read_scan(tmp_path / "a.png")


def test_pdf_without_its_package_is_one_sentence(tmp_path, monkeypatch):
    path = tmp_path / "letter.pdf"
    Image.fromarray(page(0, size=SMALL).pixels).save(path, resolution=150)
    monkeypatch.setattr(_document, "find_spec", lambda name: None)
    with pytest.raises(Problem, match="is a PDF file: its pages can be read once the package pyp"):
        _document.read_scan(path)


@pytest.mark.skipif(importlib.util.find_spec("pypdfium2") is None, reason="pypdfium2 draws pages")
def test_pages_of_a_pdf_are_drawn(tmp_path):
    pages = [page(n, size=SMALL).pixels for n in range(2)]
    first, second = map(Image.fromarray, pages)
    path = tmp_path / "letter.pdf"
    first.save(path, save_all=True, append_images=[second], resolution=150)
    scans = list(_document.read_scans(path, shrink=2))
    assert [(s.page, s.pages, s.resolution, s.several) for s in scans] == [
        (1, 2, (150, 150), True),
        (2, 2, (150, 150), True),
    ]
    for scan, pixels in zip(scans, pages, strict=True):
        inner = scan.grey[: SMALL[0], : SMALL[1]].astype(float)
        assert np.abs(inner - pixels).mean() < 12
    with pytest.raises(Problem, match="which has 2 pages; got 3"):
        _document.read_scan(path, page=3)
    path.write_bytes(b"%PDF-1.4 and no more")
    with pytest.raises(Problem, match="damaged or has a password"):
        _document.read_scan(path)


def test_the_page_cleans_a_document_and_a_folder(run_page, document, tmp_path):
    path, pages = document
    more = tmp_path / "more"
    more.mkdir()
    Image.fromarray(pages[0].pixels).save(more / "note.png", dpi=(150, 150))
    options = {"page": 2, "batch": str(more), "sweeps": 40, "chains": 2, "coupling": 0.6}
    run = run_page("denoise_a_scan", source=str(path), **options)
    assert not run.problem
    assert {"cleaned.tif", "letter.tif", "note.png", "pages.csv"} <= set(run.files)
    assert images.read_about(run.files["cleaned.tif"]).resolution == (150, 150)
    assert images.read_about(run.files["letter.tif"]).pages == 3
    with run.files["pages.csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == ["letter.tif"] * 3 + ["note.png"]
    turned = re.search(r"The lines lie turned ([0-9.]+) degrees clockwise", run.said)
    assert float(turned[1]) == pytest.approx(1, abs=0.16) and "4 pages of 2 files" in run.said


def test_a_folder_that_is_not_there_is_refused_before_anything_is_written(run_page):
    run = run_page("denoise_a_scan", batch="no_such_folder")
    assert len(run.problem) == 1 and "There is no folder no_such_folder" in run.problem[0]
    assert run.files == {}
