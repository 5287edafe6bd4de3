"""The course as web pages: a server for them, a watch over their requests, their explorers."""

import base64
import contextlib
import functools
import http.server
import itertools
import json
import math
import threading
from pathlib import Path

import cv2
import numpy as np

from tests.browser import lab

AXE = Path(__file__).with_name("axe.min.js")  # axe-core, MPL 2.0: its head says it
AUDIT = """() => axe.run({resultTypes: ['violations']}).then(found => found.violations.map(
    fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHOWN = """([box, name, words]) => {
    const picture = box.querySelector('.frame'), caption = box.querySelector('.caption');
    return picture && picture.complete && picture.src.endsWith('/' + name)
        && caption.textContent === words;
}"""
# Move a control without a key, as a drag does.
SET = """(element, place) => {
    if (element.type === 'checkbox') element.checked = place === 1;
    else if (element.tagName === 'SELECT') element.selectedIndex = place;
    else element.value = place;
    element.dispatchEvent(new Event('input', {bubbles: true}));
}"""
# Note when a key goes down, and when the frame after the picture's loading is about to be painted.
WATCH = """picture => {
    window.course = {down: 0, shown: 0, count: 0};
    window.addEventListener('keydown', () => { course.down = performance.now(); }, true);
    picture.addEventListener('load', () => requestAnimationFrame(() => {
        course.shown = performance.now();
        course.count++;
    }));
}"""

# Put a picture into the page that changes between two decoded frames at each key, by nothing else.
BARE = """async ([box, addresses]) => {
    const frames = addresses.map(address => Object.assign(new Image(), {src: address}));
    await Promise.all(frames.map(frame => frame.decode()));
    const picture = Object.assign(new Image(), {decoding: 'sync', tabIndex: 0});
    picture.addEventListener('keydown', event => {
        event.preventDefault();
        frames.reverse();
        picture.src = frames[0].src;
    });
    box.before(picture);
    picture.focus();
    return picture;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@contextlib.contextmanager
def serve(folder):
    """Serve a folder on 127.0.0.1 until the block ends; give its address."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def watch(context, address):
    """Return the list of what goes wrong from now on: requests elsewhere, answers that fail."""
    faults = []

    def outside(request):
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            faults.append(f"outside: {request.url}")

    def missing(answer):
        if answer.status >= 400:
            faults.append(f"{answer.status}: {answer.url}")

    context.on("request", outside)
    context.on("response", missing)
    return faults


def audit(page):
    """Return what axe-core finds on a page, one line for each kind of fault."""
    page.add_script_tag(path=AXE)
    return page.evaluate(AUDIT)


class Explorer:
    """An explorer of an open page, and the data that it was recorded as."""

    def __init__(self, page, box, folder):
        self.page, self.box = page, box
        name = box.get_attribute("data-explorer")
        self.path = folder / name
        self.info = json.loads(self.path.read_text(encoding="utf-8"))
        self.counts = [len(control["values"]) for control in self.info["controls"]]

    def start(self):
        """Bring it into view and wait for its first picture."""
        self.box.scroll_into_view_if_needed()
        self.wait(tuple(self.info["start"]))
        return self

    def element(self, k):
        return self.box.locator(".control").nth(k).locator("input, select")

    @property
    def picture(self):
        return self.box.locator(".frame")

    def number(self, place):
        """Return the number of a setting in row-major order."""
        return functools.reduce(lambda n, k: n * self.counts[k] + place[k], range(len(place)), 0)

    def frame(self, place):
        return self.info["frames"][self.info["index"][self.number(place)]]

    def file(self, place):
        return self.path.with_name(self.frame(place))

    def caption(self, place):
        return self.info["captions"][self.info["caption"][self.number(place)]]

    def texts(self, place):
        """Return the text of each control's value at a setting."""
        controls = self.info["controls"]
        return [control["values"][at] for control, at in zip(controls, place, strict=True)]

    def wait(self, place):
        """Wait until the page shows the frame and the caption of a setting."""
        asked = [self.box.element_handle(), self.frame(place), self.caption(place)]
        self.page.wait_for_function(SHOWN, arg=asked, timeout=10_000, polling=10)

    def set(self, place):
        """Move all controls to a setting and wait for its frame."""
        for k, at in enumerate(place):
            self.element(k).evaluate(SET, at)
        self.wait(place)

    def pixels(self):
        """Return the shown frame as an array, blue first."""
        address = self.picture.evaluate(lab.PIXELS)
        content = base64.b64decode(address.partition(",")[2])
        return cv2.imdecode(np.frombuffer(content, dtype=np.uint8), cv2.IMREAD_COLOR)

    def key(self, k):
        """Return the key that moves control `k` to its next position."""
        kinds = {"slider": "ArrowRight", "select": "ArrowDown", "checkbox": "Space"}
        return kinds[self.info["controls"][k]["kind"]]

    def telling(self, k):
        """Return a setting whose picture differs one step further along `k`; None if none does.

        The one that is nearest to the start.
        """
        start = self.info["start"]
        settings = itertools.product(*(range(count) for count in self.counts))
        pairs = (
            place
            for place in settings
            if place[k] + 1 < self.counts[k] and self.frame(place) != self.frame(beside(place, k))
        )
        return min(pairs, key=lambda place: math.dist(place, start), default=None)


def beside(place, k):
    """Return the setting one step further along control `k`."""
    return (*place[:k], place[k] + 1, *place[k + 1 :])


def explorers(page, folder):
    """Return the explorers of an open page that can be seen, each of them started."""
    page.locator("details").evaluate_all("all => all.forEach(part => { part.open = true; })")
    return [Explorer(page, box, folder).start() for box in page.locator(".explorer").all()]


def latencies(explorer, k, presses=20):
    """Return milliseconds from key to painted picture, for steps of a slider there and back."""
    page, slider = explorer.page, explorer.element(k)
    place = [*explorer.info["start"]]
    place[k] = 0
    explorer.set(place)
    explorer.picture.evaluate(WATCH)
    slider.focus()
    found, step = [], 1
    for _ in range(presses):
        last = explorer.frame(place)
        if not 0 <= place[k] + step < explorer.counts[k]:
            step = -step
        place[k] += step
        key = "ArrowRight" if step > 0 else "ArrowLeft"
        if explorer.frame(place) != last:
            found.append(lab.time_key(page, key))
        else:  # some neighbours are alike
            page.keyboard.press(key)
        page.wait_for_timeout(100)
    return found


def bare_latencies(explorer, k, presses=20):
    """Return what the browser itself needs: the same between two frames that are decoded."""
    page, place = explorer.page, explorer.telling(k)
    names = [explorer.frame(place), explorer.frame(beside(place, k))]
    folder = explorer.picture.evaluate("picture => picture.src").rpartition("/")[0]
    addresses = [f"{folder}/{name}" for name in names]
    picture = page.evaluate_handle(BARE, [explorer.box.element_handle(), addresses])
    picture.evaluate(WATCH)
    found = []
    for _ in range(presses):
        found.append(lab.time_key(page, "ArrowRight"))
        page.wait_for_timeout(100)
    picture.evaluate("picture => picture.remove()")
    return found
