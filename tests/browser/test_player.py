"""The scripts of the site on a page made by hand: what the reader sees when things go wrong too."""

import html
import itertools
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.browser import pages

SITE = Path(__file__).resolve().parents[2] / "helpers" / "site"
CONTROLS = [
    {"label": "blur size", "kind": "slider", "values": ["0.0", "0.5", "1.0", "1.5", "2.0"]},
    {"label": "kind", "kind": "select", "values": ["mean", "median", "wide"]},
    {"label": "grey", "kind": "checkbox", "values": ["no", "yes"]},
]
QUIZ = {
    "key": "03.half",
    "task": "Predict what half the error does",
    "choices": ["2 dB more", "6 dB more", "<b>twice</b>"],
    "right": 1,
    "hints": ["Decibels count factors.", None, None],
    "explanation": "20 log10(2) is 6.02.",
}
PAGE = """<!doctype html><html lang="en" data-content_root="../"><head><meta charset="utf-8">
<title>A page</title>{head}</head><body><main class="bd-article"><h1>A page</h1>
<div class="explorer" data-explorer="frames/0/explorer.json">
<img class="still" src="../frames/0/still.png" alt="Two squares."><p>size 0: 1
size 2: 2</p></div>
<p>Choose.</p><div class="quiz" data-quiz="{quiz}"><details><summary>The answer</summary>
<p>6 dB more</p></details></div>
<details class="reveals" data-key="03.half"><summary>Show what comes next</summary>
<p id="next">It is 6.</p></details>
<p style="height: 5000px">Far below:</p>
<div class="explorer" data-explorer="frames/0/explorer.json">
<img class="still" src="../frames/0/still.png" alt="Two squares."><p>again</p></div>
</main></body></html>"""
HEARD = """status => {
    window.heard = [];
    new MutationObserver(() => heard.push(status.textContent))
        .observe(status, {childList: true, characterData: true, subtree: true});
}"""
FLICKER = """picture => {
    window.broken = 0;
    const look = () => {
        if (!picture.complete || !picture.naturalWidth) window.broken++;
        requestAnimationFrame(look);
    };
    look();
}"""


def grey_square(level):
    picture = np.full((90, 160, 3), level, dtype=np.uint8)
    return cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, 101])[1].tobytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write a page with two explorers of 30 settings, whose frame N is a square of level 8 N."""
    folder = tmp_path_factory.mktemp("site")
    frames, lesson = folder / "frames/0", folder / "notebooks"
    frames.mkdir(parents=True)
    lesson.mkdir()
    settings = [*itertools.product(*(control["values"] for control in CONTROLS))]
    for number in range(len(settings)):
        (frames / f"{number}.webp").write_bytes(grey_square(8 * number))
    (frames / "still.png").write_bytes(cv2.imencode(".png", np.zeros((90, 320)))[1].tobytes())
    info = {
        "controls": CONTROLS,
        "start": [2, 1, 0],
        "frames": [f"{number}.webp" for number in range(len(settings))],
        "index": [*range(len(settings))],
        "captions": [" ".join(setting) for setting in settings],
        "caption": [*range(len(settings))],
        "alt": "A square.",
        "size": [90, 160],
        "thinned": True,
    }
    (frames / "explorer.json").write_text(json.dumps(info))
    head = ""
    for path in (*sorted(SITE.glob("*.js")), *sorted(SITE.glob("*.css"))):
        (folder / path.name).write_bytes(path.read_bytes())
        script = f'<script defer src="../{path.name}"></script>'
        style = f'<link rel="stylesheet" href="../{path.name}">'
        head += script if path.suffix == ".js" else style
    page = PAGE.format(head=head, quiz=html.escape(json.dumps(QUIZ)))
    (lesson / "page.html").write_text(page)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with pages.serve(folder) as address:
        yield f"{address}/notebooks/page.html"


@pytest.fixture
def explorer(page, address, folder):
    page.goto(address)
    return pages.Explorer(page, page.locator(".explorer").first, folder).start()


def level(explorer):
    """Return the grey level of the shown frame, which is 8 times its number."""
    return explorer.pixels()[50, 50, 0]


def test_each_kind_of_control_moves_the_picture_by_keyboard(page, explorer):
    assert level(explorer) == 8 * explorer.number((2, 1, 0))
    place = [2, 1, 0]
    for k in range(3):
        explorer.element(k).focus()
        page.keyboard.press(explorer.key(k))
        place[k] += 1
        explorer.wait(place)
        assert level(explorer) == 8 * explorer.number(place)
    page.keyboard.press("Space")
    explorer.wait((3, 2, 0))


def test_controls_and_picture_have_names_and_the_values_as_text(page, explorer):
    slider = page.get_by_role("slider", name="blur size").first
    assert slider.get_attribute("aria-valuetext") == "1.0"
    assert explorer.box.locator("output").inner_text() == "1.0"
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "2.0"
    assert explorer.box.locator("output").inner_text() == "2.0"
    assert explorer.box.get_by_text("larger steps than in JupyterLab").is_visible()
    assert page.get_by_role("combobox", name="kind").first.is_visible()
    assert page.get_by_role("checkbox", name="grey").first.is_visible()
    explorer.wait((4, 1, 0))
    assert explorer.picture.get_attribute("alt") == (
        "A square. (blur size 2.0, kind median, grey no)"
    )


def test_a_burst_of_moves_is_heard_once_and_ends_on_the_last_value(page, explorer):
    page.wait_for_timeout(800)  # the first caption
    status = explorer.box.locator("[role=status]")
    assert status.inner_text() == "1.0 median no"
    status.evaluate(HEARD)
    explorer.picture.evaluate(FLICKER)
    explorer.element(0).focus()
    for key in ["ArrowLeft"] * 4 + ["ArrowRight"] * 9:
        page.keyboard.press(key)
    explorer.wait((4, 1, 0))
    page.wait_for_timeout(800)
    assert page.evaluate("heard") == ["2.0 median no"]
    assert page.evaluate("broken") == 0


def test_a_late_frame_does_not_replace_the_one_that_is_wanted_last(page, explorer):
    held = []
    page.route(f"**/{explorer.frame((4, 2, 1))}", lambda route: held.append(route))
    before = explorer.picture.get_attribute("src")
    for k, at in enumerate((4, 2, 1)):
        explorer.element(k).evaluate(pages.SET, at)
    page.wait_for_function("document.querySelector('.explorer').ariaBusy === 'true'")
    assert explorer.picture.get_attribute("src") != explorer.frame((4, 2, 1))
    explorer.set((0, 0, 0))
    assert explorer.picture.get_attribute("src") != before
    assert explorer.box.get_attribute("aria-busy") is None
    with page.expect_response(f"**/{explorer.frame((4, 2, 1))}"):
        held[0].continue_()
    page.wait_for_timeout(300)
    explorer.wait((0, 0, 0))
    assert level(explorer) == 0


def test_a_frame_that_cannot_be_loaded_leaves_the_old_one_and_a_sentence(page, explorer):
    lost = explorer.frame((0, 0, 1))
    page.route(f"**/{lost}", lambda route: route.abort())
    explorer.set((0, 0, 0))
    tick = explorer.element(2)
    tick.press("Space")
    problem = explorer.box.locator("[role=alert]")
    problem.get_by_text("could not be loaded").wait_for()
    assert level(explorer) == 0
    assert explorer.picture.evaluate("picture => picture.naturalWidth") == 160
    page.unroute(f"**/{lost}")
    tick.press("Space")
    explorer.wait((0, 0, 0))
    assert not problem.inner_text()
    tick.press("Space")
    explorer.wait((0, 0, 1))
    assert level(explorer) == 8


def test_without_its_data_an_explorer_stays_a_still_and_says_so(page, address):
    page.route("**/explorer.json", lambda route: route.fulfill(status=404))
    page.goto(address)
    box = page.locator(".explorer").first
    box.get_by_text("could not be loaded").wait_for()
    assert box.locator(".still").is_visible()
    assert box.get_by_text("size 0: 1").is_visible()
    assert not box.locator("input").count()


def test_frames_are_fetched_in_view_and_neighbours_ahead(page, address, folder):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(address)
    first = pages.Explorer(page, page.locator(".explorer").first, folder).start()
    page.wait_for_timeout(500)
    frames = {name for name in asked if name.endswith(".webp")}
    beside = {(1, 1, 0), (3, 1, 0), (2, 0, 0), (2, 2, 0), (2, 1, 1), (4, 1, 0)}
    assert frames == {first.frame(place) for place in {(2, 1, 0)} | beside}
    assert asked.count("explorer.json") == 1
    pages.Explorer(page, page.locator(".explorer").last, folder).start()
    assert asked.count("explorer.json") == 2


@pytest.mark.parametrize("medium", ["no script", "print"])
def test_the_still_and_what_is_folded_serve_paper_and_pages_without_script(
    browser, address, folder, medium
):
    with browser.new_context(java_script_enabled=medium == "print") as context:
        page = context.new_page()
        page.goto(address)
        if medium == "print":
            pages.Explorer(page, page.locator(".explorer").first, folder).start()
            page.emulate_media(media="print")
        assert page.locator(".still").first.bounding_box()["width"] == 320
        assert page.get_by_text("size 2: 2").is_visible()
        assert not page.locator(".explorer input").first.is_visible()
        if medium == "print":
            assert page.locator("#next").is_visible()
        else:
            page.get_by_text("The answer").click()
            assert page.get_by_text("6 dB more").is_visible()
            page.get_by_text("Show what comes next").click()
            assert page.locator("#next").is_visible()


def choices(page):
    return page.locator(".quiz [role=radio]")


def test_a_prediction_hints_explains_counts_and_opens_what_it_hid(page, address):
    page.goto(address)
    said, hidden = page.locator(".quiz [role=status]"), page.locator("#next")
    assert page.get_by_role("radiogroup", name=QUIZ["task"]).is_visible()
    assert choices(page).all_inner_texts() == QUIZ["choices"]
    assert not hidden.is_visible()
    assert not page.get_by_role("button", name="Predict again").is_visible()

    page.get_by_role("radio", name="2 dB more").focus()
    page.keyboard.press("Enter")
    assert said.inner_text() == "Not yet (1 try). Decibels count factors."
    assert not hidden.is_visible()
    page.keyboard.press("ArrowUp")  # round to the last
    page.keyboard.press("Space")
    assert said.inner_text().startswith("Not yet (2 tries). Not this one.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert said.inner_text() == "Correct (3 tries). 20 log10(2) is 6.02."
    assert hidden.is_visible()
    marks = choices(page).evaluate_all("all => all.map(choice => choice.dataset.mark)")
    assert marks == ["wrong", "right", "wrong"]
    checked = choices(page).evaluate_all("all => all.map(choice => choice.ariaChecked)")
    assert checked == ["false", "true", "false"]


def test_a_prediction_is_kept_until_it_is_made_again(page, address):
    page.goto(address)
    for choice in ("2 dB more", "6 dB more"):
        page.get_by_role("radio", name=choice).click()
    page.reload()
    assert page.locator(".quiz [role=status]").inner_text().startswith("Correct (2 tries).")
    assert page.locator("#next").is_visible()
    page.get_by_role("button", name="Predict again").click()
    assert not page.locator("#next").is_visible()
    page.reload()
    assert not page.locator(".quiz [role=status]").inner_text()
    assert not page.locator("#next").is_visible()


def test_a_prediction_works_where_nothing_may_be_kept(page, address):
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    page.add_init_script(forbid)
    page.goto(address)
    page.get_by_role("radio", name="6 dB more").click()
    assert page.locator("#next").is_visible()


def test_what_a_prediction_hides_can_be_opened_without_an_answer(page, address):
    page.goto(address)
    page.locator("details.reveals summary").press("Enter")
    assert page.locator("#next").is_visible()
    assert not page.locator(".quiz [role=status]").inner_text()
