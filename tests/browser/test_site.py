"""The course as web pages in a real browser: explorers, predictions, search, links, access.

Three pages are built for `start.py test`; COURSE_SITE=all builds all of them, and
COURSE_SITE_FOLDER names a site that is built already.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

import cv2
import numpy as np
import pytest

from helpers import exercises, images
from tests.browser import pages

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
FEW = ("01", "11", "analysis/clean_an_image")
EVERY = os.environ.get("COURSE_SITE") == "all"
LESSONS = [
    path.relative_to(NOTEBOOKS).with_suffix("").as_posix()
    for path in (
        *sorted(NOTEBOOKS.glob("[0-9A]*.ipynb")),
        *sorted(NOTEBOOKS.glob("analysis/*.ipynb")),
    )
]
LESSONS = [name for name in LESSONS if EVERY or name.startswith(FEW)]
PHONE = {"width": 360, "height": 740}
GOAL = 50  # milliseconds from key to picture, median
BARE = 2  # times what the browser itself needs, on a machine too slow for the goal
DECODERS = 1  # level, root mean square, between OpenCV's decoder and the browser's
SCREENSHOTS = os.environ.get("COURSE_SCREENSHOTS")
each_lesson = pytest.mark.parametrize("lesson", LESSONS)


class Site(NamedTuple):
    folder: Path
    address: str
    seconds: float  # that building took; 0 if it stood already

    def pages(self):
        """Return the names of all pages, such as ``notebooks/01_pixel_basics.html``."""
        found = [path.relative_to(self.folder) for path in self.folder.rglob("*.html")]
        return sorted(path.as_posix() for path in found if path.parts[0] != "_static")


def build(folder, cache):
    words = ["--output", folder, "--cache", cache, "--no-pdf", *([] if EVERY else FEW)]
    command = [sys.executable, "-m", "helpers.site", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    built, started = os.environ.get("COURSE_SITE_FOLDER"), time.monotonic()
    folder = Path(built or tmp_path_factory.mktemp("site") / "pages").resolve()
    if not built:
        build(folder, tmp_path_factory.mktemp("cache"))
    seconds = 0 if built else time.monotonic() - started
    with pages.serve(folder) as address:
        yield Site(folder, address, seconds)


@pytest.fixture
def reader(page, site):
    """A page; whatever it asks for must be there, and on this site."""
    faults = pages.watch(page.context, site.address)
    yield page
    assert not faults


def open_lesson(reader, site, lesson):
    """Open the page of a lesson and unfold all; return its explorers, started."""
    reader.goto(f"{site.address}/notebooks/{lesson}.html")
    return pages.explorers(reader, site.folder)


def test_the_pages_are_built(site, say):
    names = site.pages()
    assert {f"notebooks/{lesson}.html" for lesson in LESSONS} <= set(names)
    size = sum(path.stat().st_size for path in site.folder.rglob("*") if path.is_file())
    say(f"{len(names)} pages, {size / 1e6:.0f} MB, built in {site.seconds:.0f} s")


@each_lesson
def test_every_control_of_each_explorer_moves_its_picture(reader, site, lesson):
    for number, explorer in enumerate(open_lesson(reader, site, lesson)):
        for k, control in enumerate(explorer.info["controls"]):
            place = explorer.telling(k)
            assert place is not None, f"explorer {number}: `{control['label']}` does nothing"
            explorer.set(place)
            explorer.element(k).press(explorer.key(k))
            explorer.wait(pages.beside(place, k))


def settings(explorer):
    """Return the start, both ends of each control, and two corners."""
    start = tuple(explorer.info["start"])
    ends = [(0, count - 1) for count in explorer.counts]
    found = [start, *zip(*ends, strict=True)]
    for k, both in enumerate(ends):
        found += [(*start[:k], end, *start[k + 1 :]) for end in both]
    return list(dict.fromkeys(found))


def draw_live(lesson, asked, folder):
    """Let the slider engine draw settings; return pictures and captions for each explorer."""
    (folder / "asked.json").write_text(json.dumps(asked))
    notebook = NOTEBOOKS / f"{lesson}.ipynb"
    command = [sys.executable, "-m", "tests.browser.live", notebook, folder / "asked.json", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    captions = json.loads(done.stdout)
    pictures = [
        [cv2.imread(str(folder / f"{k}-{n}.png")) for n in range(len(said))]
        for k, said in enumerate(captions)
    ]
    return pictures, captions


def distance(one, other):
    """Return the root mean square difference of two pictures in levels."""
    if one.shape != other.shape:
        return np.inf
    return float(np.sqrt(np.mean((one.astype(float) - other) ** 2)))


def packed(live, frame):
    """Return what the compression of a frame makes of the live picture.

    Lossy WebP halves colours in both directions, which costs most where each pixel has its own.
    """
    if frame.read_bytes()[12:16] == b"VP8L":  # lossless
        return live
    content = images.encode_frame(live[..., ::-1], lossless=False)
    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)


@each_lesson
def test_a_frame_is_what_the_live_engine_draws(reader, site, lesson, tmp_path, say):
    found = open_lesson(reader, site, lesson)
    asked = [settings(explorer) for explorer in found]
    texts = [[e.texts(place) for place in places] for e, places in zip(found, asked, strict=True)]
    pictures, captions = draw_live(lesson, texts, tmp_path)
    apart = []
    for explorer, places, drawn, said in zip(found, asked, pictures, captions, strict=True):
        for place, live, words in zip(places, drawn, said, strict=True):
            explorer.set(place)
            assert explorer.box.locator(".caption").inner_text() == " ".join(words.split())
            shown = explorer.pixels()
            apart.append(distance(shown, live))
            assert distance(shown, packed(live, explorer.file(place))) <= DECODERS
    say(f"{lesson}: {len(apart)} frames, {min(apart):.1f} to {max(apart):.1f} levels (RMS) off")


@pytest.mark.alone
@each_lesson
def test_a_picture_follows_a_key_at_once(reader, site, lesson, say):
    times, bare = [], []
    for explorer in open_lesson(reader, site, lesson):
        kinds = [control["kind"] for control in explorer.info["controls"]]
        if "slider" in kinds:
            times += pages.latencies(explorer, kinds.index("slider"))
            bare += pages.bare_latencies(explorer, kinds.index("slider"))
    if not times:
        pytest.skip("no slider on this page")
    median, least = statistics.median(times), statistics.median(bare)
    say(
        f"{lesson}: median {median:.0f} ms from key to picture, slowest {max(times):.0f} ms; "
        f"the browser itself {least:.0f} ms"
    )
    assert median <= max(GOAL, BARE * least)


def asked_for(lesson):
    """Return the exercises that a notebook checks: predictions with choices, and all others."""
    text = (NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8")
    names = dict.fromkeys(re.findall(r'\bcheck\(\\"([\w.]+)\\"', text))
    found = {name: exercises.find(name)[1] for name in names}
    chosen = {name: exercise for name, exercise in found.items() if exercise.choices}
    return chosen, [name for name in found if name not in chosen]


@each_lesson
def test_each_prediction_answers_and_each_exercise_is_told(reader, site, lesson):
    reader.goto(f"{site.address}/notebooks/{lesson}.html")
    chosen, others = asked_for(lesson)
    boxes = {}
    for box in reader.locator(".quiz").all():
        boxes[json.loads(box.get_attribute("data-quiz"))["key"]] = box
    assert list(boxes) == list(chosen)
    for key, exercise in chosen.items():
        said = boxes[key].locator("[role=status]")
        folded = reader.locator(f'details.reveals[data-key="{key}"]')
        for choice in sorted(exercise.choices, key=lambda choice: choice == exercise.reference):
            assert not folded.evaluate("part => part.open")
            boxes[key].get_by_role("radio", name=str(choice), exact=True).click()
            right = choice == exercise.reference
            words = exercise.explanation if right else exercise.misconceptions.get(choice, "")
            assert " ".join(words.split()) in said.inner_text()
            assert said.inner_text().startswith("Correct" if right else "Not yet")
        assert folded.evaluate("part => part.open")
    told = reader.locator(".exercise").evaluate_all("all => all.map(e => e.dataset.exercise)")
    assert told == others


def title(site, lesson):
    text = (site.folder / f"notebooks/{lesson}.html").read_text(encoding="utf-8")
    return re.search(r"<h1>(.*?)<a ", text)[1]


def test_search_finds_each_lesson_by_its_title(reader, site):
    for lesson in LESSONS:
        reader.goto(f"{site.address}/index.html")
        reader.keyboard.press("Control+k")
        reader.keyboard.type(title(site, lesson))
        reader.keyboard.press("Enter")
        found = reader.locator("#search-results li a")
        found.first.wait_for()
        reader.wait_for_timeout(300)
        addresses = found.evaluate_all("all => all.map(link => link.href)")
        assert any(f"/notebooks/{lesson}.html" in address for address in addresses)


class Links(HTMLParser):
    """The identifiers of a page, and what it refers to."""

    def __init__(self, text):
        super().__init__()
        self.names, self.targets = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        words = dict(attrs)
        self.names |= {words[name] for name in ("id", "name") if words.get(name)}
        self.targets |= {words[name] for name in ("href", "src") if words.get(name)}


def test_all_links_inside_the_site_resolve(site):
    start = "file:///"
    parsed = {}
    for name in site.pages():
        parsed[start + name] = Links((site.folder / name).read_text(encoding="utf-8"))
    lost = []
    for page, links in parsed.items():
        for target in links.targets:
            address, part = urldefrag(urljoin(page, target))
            if not address.startswith(start):
                continue
            path = unquote(address.removeprefix(start).partition("?")[0])
            known = parsed.get(start + path)
            if not (site.folder / path).is_file() or (
                part and known and unquote(part) not in known.names
            ):
                lost.append(f"{page.removeprefix(start)} -> {target}")
    assert not lost


def photograph(page, name):
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        path = Path(SCREENSHOTS) / f"site_{name.replace('/', '_')}.png"
        page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(reader, site, theme):
    mode = f"for (const key of ['mode', 'theme']) localStorage.setItem(key, '{theme}');"
    reader.add_init_script(mode)
    faults = {}
    for name in site.pages():
        reader.goto(f"{site.address}/{name}")
        pages.explorers(reader, site.folder)
        photograph(reader, f"{name}_{theme}")
        if found := pages.audit(reader):
            faults[name] = found
    assert not faults


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["360 wide"])
def test_no_page_scrolls_sideways_on_a_phone(reader, site):
    wide = {}
    for name in site.pages():
        reader.goto(f"{site.address}/{name}")
        pages.explorers(reader, site.folder)
        photograph(reader, f"{name}_phone")
        wide[name] = reader.evaluate(pages.SIDEWAYS)
    assert not {name: more for name, more in wide.items() if more > 0}
