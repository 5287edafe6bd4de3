"""Drive JupyterLab in a real browser: one page at a time, by keyboard."""

import json
import shutil
import time
import urllib.request

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
WINDOW = {"width": 1200, "height": 900}
TEST_SETTINGS = {"windowingMode": "none"}  # every cell is in the page; all else is the course's
# Arrows alone would leave a closed drop-down: JupyterLab takes them to go to the next cell.
KEYS = {
    "slider": (["ArrowRight"], ["ArrowLeft"]),
    "dropdown": (["Space", "ArrowDown", "Enter"], ["Space", "ArrowUp", "Enter"]),
    "checkbox": (["Space"], ["Space"]),
}
FAR = KEYS | {"slider": (["PageUp"], ["PageDown"])}
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
PROMPTS = f"{SHOWN} .jp-CodeCell .jp-InputPrompt"
RUNNING = f"() => [...document.querySelectorAll('{PROMPTS}')].some(p => p.innerText.includes('*'))"
IDLE = """() => {
    const mark = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) '
        + '.jp-Notebook-ExecutionIndicator');
    return mark && mark.dataset.status === 'idle';
}"""
# Notes when a key goes down and when the picture that it causes has been loaded.
WATCH = """image => {
    window.course = {down: 0, shown: 0, count: 0};
    window.addEventListener('keydown', () => { course.down = performance.now(); }, true);
    image.addEventListener('load', () => { course.shown = performance.now(); course.count++; });
}"""
PIXELS = """image => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL();
}"""


def chromium():
    """Return where a Chromium is, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_test_settings(home):
    """Set for the user of a home what only the tests need."""
    folder = home / ".jupyter/lab/user-settings/@jupyterlab/notebook-extension"
    folder.mkdir(parents=True)
    (folder / "tracker.jupyterlab-settings").write_text(json.dumps(TEST_SETTINGS))


def end_kernels(running):
    """End what the pages of a test have started: twenty kernels need much memory."""
    for session in json.loads(_ask(running, "sessions")):
        _ask(running, f"sessions/{session['id']}", "DELETE")


def _ask(running, what, method="GET"):
    headers = {"Authorization": f"token {running.token}"}
    address = f"{running.server}/api/{what}"
    request = urllib.request.Request(address, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def wait_for_kernel(page):
    """Wait until a notebook is shown and its kernel is idle."""
    page.wait_for_selector(f"{SHOWN} .jp-CodeCell", timeout=60_000)
    page.wait_for_function(IDLE, timeout=60_000)


def open_notebook(page, address, token, name):
    """Open a notebook and wait until its kernel is idle."""
    page.goto(f"{address}/lab/tree/{name}?reset&token={token}")
    wait_for_kernel(page)
    page.wait_for_timeout(1500)  # a command that comes earlier can be lost


def run_all(page, *, tries=3):
    """Choose Run All Cells, again if it was lost, and wait until the last cell is done."""
    for _ in range(tries):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator('[data-command="runmenu:run-all"]').first.click()
        try:
            page.wait_for_function(RUNNING, timeout=5000, polling=20)
            break
        except Exception as lost:
            if "Timeout" not in type(lost).__name__:
                raise
    else:
        raise AssertionError("Run All Cells had no effect")
    page.wait_for_function(f"() => !({RUNNING})()", timeout=600_000)  # other tests run beside it
    page.wait_for_function(IDLE, timeout=60_000)


def stored_pictures_shown(page, number, seconds=30):
    """Wait until so many pictures stand under the cells of a page, all of them loaded."""
    deadline, seen = time.monotonic() + seconds, []
    while time.monotonic() < deadline and not (len(seen) == number and all(seen)):
        page.wait_for_timeout(200)
        images = page.locator(".jp-OutputArea-output img").all()
        seen = [image.evaluate("image => image.naturalWidth > 0") for image in images]
    return len(seen) == number and all(seen)


def panels(page):
    """Return the live panels of the page, top to bottom."""
    return page.locator(".jp-OutputArea-output .widget-vbox:has(> img.widget-image)").all()


def controls(panel):
    """Return (kind, element that takes keys) for each control of a panel."""
    found = []
    for row in panel.locator(":scope > .widget-inline-hbox, :scope > .widget-checkbox").all():
        for kind, selector in {
            "slider": ".noUi-handle",
            "dropdown": "select",
            "checkbox": "input[type=checkbox]",
        }.items():
            if row.locator(selector).count():
                found.append((kind, row.locator(selector).first))
    return found


def picture(panel):
    return panel.locator("img.widget-image")


def value(control):
    """Return what a control shows: the number of a slider, the choice, the tick."""
    kind, element = control
    if kind == "slider":
        return element.get_attribute("aria-valuetext")
    return element.evaluate("e => e.type === 'checkbox' ? e.checked : e.selectedIndex")


def move(page, panel, control, *, most=6):
    """Press keys until the picture changes, then take them back; return whether it changed."""
    kind, element = control
    element.scroll_into_view_if_needed()
    element.focus()
    start, before = value(control), picture(panel).get_attribute("src")
    there, back = KEYS[kind]
    _press(page, there)
    if value(control) == start:  # it stands at its end
        there, back = back, there
        _press(page, there)
    presses = 1
    while not (changed := _changes(page, panel, before)) and presses < most:
        problems = panel.locator("[role=alert]").all_inner_texts()
        assert not problems, f"at {value(control)}: {problems}"
        last = value(control)
        _press(page, there)
        if value(control) == last:
            break
        presses += 1
    after = picture(panel).get_attribute("src")
    for _ in range(presses):
        _press(page, back)
    assert value(control) == start, f"{kind} stands at {value(control)}, not back at {start}"
    return changed and _changes(page, panel, after)


def nudge(page, control):
    """Move a control by one step, and leave it there."""
    kind, element = control
    element.focus()
    start = value(control)
    for keys in KEYS[kind]:
        if value(control) == start:
            _press(page, keys)


def _press(page, keys):
    for key in keys:
        page.keyboard.press(key)


def _changes(page, panel, before, seconds=4):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if picture(panel).get_attribute("src") != before:
            return True
        page.wait_for_timeout(20)
    return False


def latencies(page, panel, presses=20, keys=KEYS):
    """Return milliseconds from key to loaded picture, for alternating steps of a control.

    It is the first slider, or the first control where there is none. `keys` are those that move
    it there and back, by the kind of control.
    """
    image, control = picture(panel), min(controls(panel), key=lambda c: c[0] != "slider")
    control[1].scroll_into_view_if_needed()
    control[1].focus()
    start, ways = value(control), list(keys[control[0]])
    _press(page, ways[0])
    if value(control) == start:  # it stands at its end
        ways.reverse()
    page.wait_for_timeout(1000)
    image.evaluate(WATCH)
    found = []
    for number in range(presses + 2):
        *first, last = ways[1 - number % 2]
        _press(page, first)
        found.append(time_key(page, last))
        page.wait_for_timeout(200)
    return found[2:]


def time_key(page, key):
    """Press a key and return milliseconds until the watched picture is there anew."""
    count = page.evaluate("course.count")
    page.keyboard.press(key)
    page.wait_for_function("n => course.count > n", arg=count, timeout=5000, polling=5)
    return page.evaluate("course.shown - course.down")


def settled(page, panel, quiet=0.8, seconds=20):
    """Return the pixels of a panel once its picture has not changed for a while."""
    deadline = time.monotonic() + seconds
    while _changes(page, panel, picture(panel).get_attribute("src"), quiet):
        assert time.monotonic() < deadline, "the picture goes on changing"
    return picture(panel).evaluate(PIXELS)
