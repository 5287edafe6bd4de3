"""The slider engine: controls, redrawing, problems, and the still for dead pages."""

import base64
import html
import re
import threading

import cv2
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers import sheets, sliders
from helpers.sliders import explore, explore_plot


def pixels(encoded):
    return cv2.imdecode(np.frombuffer(encoded, dtype=np.uint8), cv2.IMREAD_COLOR)[..., ::-1]


def inside(encoded):
    """Return the pixels within the line that frames a picture."""
    return pixels(encoded)[1:-1, 1:-1]


def grey(level=128, **_):
    """Render one flat picture and say its level."""
    return np.full((300, 400), level, dtype=np.uint8), f"level {level}"


def line(axes, slope, **_):
    axes.plot([0, 1], [0, slope])
    axes.set_ylim(0, 10)
    return f"slope {slope}"


def bundle(panel):
    data, metadata = panel._repr_mimebundle_()
    kind = next(kind for kind in ("image/png", "image/jpeg") if kind in data)
    return kind, data, metadata


@pytest.mark.parametrize(
    ("wanted", "kind", "value"),
    [
        ((0, 10, 1), widgets.IntSlider, 5),
        ((1, 9, 2), widgets.IntSlider, 5),
        ((0, 255, 1, 200), widgets.IntSlider, 200),
        ((np.int64(0), 4, 2), widgets.IntSlider, 2),
        ((0.0, 1.0, 0.25), widgets.FloatSlider, 0.5),
        ((0, 1, 0.1), widgets.FloatSlider, 0.5),
        ((0.1, 0.5, 0.1), widgets.FloatSlider, 0.3),  # not 0.30000000000000004
        ((0, 8, 1, 2.5), widgets.FloatSlider, 2.5),
        (["box", "disc"], widgets.Dropdown, "box"),
        (True, widgets.Checkbox, True),
        (False, widgets.Checkbox, False),
    ],
)
def test_an_abbreviation_gives_its_control(wanted, kind, value):
    seen = []
    panel = explore(lambda my_control: seen.append(my_control) or grey()[0], my_control=wanted)
    control = panel.controls["my_control"]
    assert type(control) is kind
    assert control.value == value
    assert seen[0] == value
    assert control.description == "my control"
    if isinstance(wanted, tuple):
        assert (control.min, control.max, control.step) == wanted[:3]


@pytest.mark.parametrize(
    ("wanted", "readout"),
    [((0, 1, 0.5), ".1f"), ((0, 1, 0.25), ".2f"), ((0, 1, 0.05), ".2f"), ((0, 9, 1.0), ".0f"),
     ((0.125, 1, 0.25), ".3f"), ((0, 1, 0.5, 0.05), ".2f"), ((0, 0.01, 1e-5), ".5f")],
)  # fmt: skip
def test_the_readout_shows_every_digit_of_a_step(wanted, readout):
    assert explore(lambda x: grey()[0], x=wanted).controls["x"].readout_format == readout


@given(st.integers(-50, 50), st.integers(1, 60), st.integers(1, 7), st.sampled_from([1, 0.1, 0.25]))
def test_a_slider_starts_on_one_of_its_steps(low, steps, step, unit):
    low, step = low * unit, step * unit
    control = sliders.make_control("x", (low, low + steps * step, step))
    position = (control.value - low) / step
    assert position == pytest.approx(steps // 2)


@pytest.mark.parametrize(
    "wanted",
    [(1, 1, 1), (5, 1, 1), (0, 1), (0, 1, 1, 0, 0), (0, 1, 0), (0, 1, -1), [], "box", 3, None,
     (0, 10, 1, 11), (0, 10, 1, -1), ("a", "b", "c"), {"a": 1}, (0, float("nan"), 1)],
)  # fmt: skip
def test_another_abbreviation_is_refused_by_name(wanted):
    expected = r"`level` must be \(low, high, step\) or .* with low < high, a list or a bool; got"
    with pytest.raises(ValueError, match=expected):
        explore(grey, level=wanted)


@pytest.mark.parametrize("number", [0, 5])
def test_one_to_four_controls(number):
    controls = dict(zip("abcde"[:number], [True] * number, strict=True))
    with pytest.raises(ValueError, match=f"`controls` must be one to four; got {number}"):
        explore(lambda **_: grey()[0], **controls)
    assert len(explore(lambda **_: grey()[0], a=True, b=True, c=True, d=True).controls) == 4


def test_moving_a_control_redraws_picture_and_caption():
    panel = explore(grey, level=(0, 200, 10, 50))
    assert (inside(panel.picture.value) == 50).all()
    panel.controls["level"].value = 200
    assert (inside(panel.picture.value) == 200).all()
    assert panel.caption.value == '<div role="status">level 200</div>'
    assert bytes(panel.picture.value).startswith(b"\x89PNG")
    assert panel.children[0] is panel.controls["level"]


def test_render_gets_every_control_by_name():
    seen = []
    panel = explore(
        lambda **values: seen.append(values) or grey()[0], size=(0, 2, 1), shape=["box"], on=True
    )
    panel.controls["on"].value = False
    assert seen[-1] == {"size": 1, "shape": "box", "on": False}


def test_a_plot_is_redrawn_and_leaves_no_figure_open():
    before = plt.get_fignums()
    panel = explore_plot(line, slope=(0, 9, 3))
    first = panel.picture.value
    assert inside(first).shape == (340, 700, 3)
    panel.controls["slope"].value = 9
    assert panel.picture.value != first
    panel.controls["slope"].value = 3
    assert panel.picture.value == first  # nothing of the other drawing stays behind
    assert plt.get_fignums() == before


def test_a_plot_with_columns_gets_a_list_of_axes():
    def draw(axes, level):
        left, right = axes
        left.set_title(str(level))
        right.plot([level])

    panel = explore_plot(draw, columns=2, figsize=(4, 2), level=(0, 2, 1))
    assert inside(panel.picture.value).shape == (200, 400, 3)
    assert panel.caption.value == '<div role="status"></div>'


def test_drawing_works_from_another_thread():
    panel = explore_plot(line, slope=(0, 9, 3))
    expected = explore_plot(line, slope=(0, 9, 3, 9)).picture.value
    thread = threading.Thread(target=lambda: setattr(panel.controls["slope"], "value", 9))
    thread.start()
    thread.join()
    assert panel.problem.value == ""
    assert panel.picture.value == expected


def test_panels_do_not_draw_into_each_other_from_two_threads():
    panels = [explore_plot(line, slope=(0, 9, 1, 1)) for _ in range(2)]
    expected = explore_plot(line, slope=(0, 9, 1, 9)).picture.value

    def move(panel):
        for slope in (3, 5, 7, 9):
            panel.controls["slope"].value = slope

    threads = [threading.Thread(target=move, args=[panel]) for panel in panels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [panel.picture.value for panel in panels] == [expected] * 2


def test_an_exception_is_shown_in_the_panel_and_gone_after_the_next_drawing():
    def render(level):
        if level == 255:
            raise ValueError("<b>too bright</b>")
        return grey(level)

    panel = explore(render, still=[{"level": 0}], level=(0, 255, 1, 7))
    before = panel.picture.value
    panel.controls["level"].value = 255
    shown = "ValueError: &lt;b&gt;too bright&lt;/b&gt;"
    assert panel.problem.value == f'<pre role="alert">{shown}</pre>'
    assert panel.picture.value == before
    panel.controls["level"].value = 8
    assert panel.problem.value == ""
    assert (inside(panel.picture.value) == 8).all()


def test_a_picture_out_of_range_is_a_problem_too():
    panel = explore(lambda x: np.full((4, 4), x), still=[{"x": 0.0}], x=(0.0, 2.0, 0.5))
    panel.controls["x"].value = 2.0
    assert "`image` must be within [0, 1]; got 2 to 2." in html.unescape(panel.problem.value)


def test_an_exception_in_the_first_drawing_or_the_still_raises():
    with pytest.raises(ZeroDivisionError):
        explore(lambda x: grey(1 // x), x=(-1, 1, 1))
    with pytest.raises(ZeroDivisionError):
        explore(lambda x: grey(1 // x), x=(0, 2, 1))
    with pytest.raises(KeyError, match="no axes"):
        explore_plot(lambda axes, x: {}["no axes"], x=True)


@pytest.mark.parametrize(
    "result", [(np.zeros((2, 2)), np.zeros((2, 2))), (np.zeros((2, 2)),) * 3, (np.eye(2), 3)]
)
def test_a_tuple_of_pictures_is_refused_in_words(result):
    with pytest.raises(TypeError, match="`render` must return a picture, a list of them, or"):
        explore(lambda x: result, x=True)


@pytest.mark.parametrize(("seconds", "continuous"), [(0.05, True), (0.29, True), (0.31, False)])
def test_slow_work_waits_until_the_slider_is_let_go(monkeypatch, seconds, continuous):
    now = [0.0]
    monkeypatch.setattr(sliders.time, "perf_counter", lambda: now[0])

    def render(level, shape, on):
        now[0] += seconds
        return grey(level)

    panel = explore(render, level=(0, 9, 1), shape=["box", "disc"], on=True)
    assert panel.controls["level"].continuous_update is continuous


def test_a_slow_first_drawing_alone_does_not_slow_the_slider(monkeypatch):
    now, cost = [0.0], [5.0, 0.01, 0.01, 0.01]
    monkeypatch.setattr(sliders.time, "perf_counter", lambda: now[0])

    def render(level):
        now[0] += cost.pop(0)
        return grey(level)

    assert explore(render, level=(0, 9, 1)).controls["level"].continuous_update


def test_the_still_shows_low_start_and_high_with_a_line_each():
    panel = explore(grey, level=(0, 200, 10, 50))
    kind, data, metadata = bundle(panel)
    assert data["text/plain"] == "level 0: level 0\nlevel 50: level 50\nlevel 200: level 200"
    assert metadata[kind]["alt"] == data["text/plain"]
    sheet = pixels(base64.b64decode(data[kind]))
    thirds = [part[30:-5, 20:-20] for part in np.array_split(sheet, 3, axis=1)]
    for part, level in zip(thirds, (0, 50, 200), strict=True):
        assert np.abs(np.median(part) - level) <= 2
    assert "application/vnd.jupyter.widget-view+json" in data


def test_making_the_still_leaves_the_controls_and_the_picture_alone():
    panel = explore(grey, level=(0, 200, 10, 50))
    assert panel.controls["level"].value == 50
    assert (inside(panel.picture.value) == 50).all()


def test_the_still_of_a_plot_shows_both_ends():
    panel = explore_plot(line, slope=(0, 9, 3))
    assert panel.summary == "slope 0: slope 0\nslope 9: slope 9"


def test_the_author_can_name_the_settings_of_the_still():
    panel = explore(
        lambda level, my_shape: grey(level)[0],
        still=[{"level": 3, "my_shape": "disc"}, {"my_shape": "box"}],
        level=(0, 9, 1),
        my_shape=["box", "disc"],
    )
    assert panel.summary == "level 3, my shape disc\nmy shape box"


@pytest.mark.parametrize(
    ("control", "summary"),
    [
        (["a", "b", "c", "d"], "x a\nx b\nx c"),
        (True, "x False\nx True"),
        ((0, 1, 0.5), "x 0\nx 0.5\nx 1"),
    ],
)
def test_the_usual_still_of_each_control(control, summary):
    assert explore(lambda x: grey()[0], x=control).summary == summary


def test_the_bundle_is_the_same_every_time():
    def render(level):
        return np.tile(np.linspace(0, 1, 256), (200, 1)) ** level, f"{level:.2f}"

    one, other = (bundle(explore(render, level=(0.5, 2.0, 0.5))) for _ in range(2))
    assert one[0] == other[0]
    for key in (one[0], "text/plain"):
        assert one[1][key] == other[1][key]


@pytest.mark.parametrize("shape", [(512, 512), (1411, 1411), (40, 3000), (2, 5000), (6, 8)])
def test_the_sheet_stays_small(shape):
    noise = np.random.default_rng(0).random((*shape, 3))
    settings = [{"on": True}, {"on": False}, {"on": True}, {"on": False}]
    panel = explore(lambda on: noise, still=settings, on=True)
    height, width, _ = pixels(panel.still).shape
    assert width <= 1000
    assert height <= 400
    assert len(panel.still) < 150_000
    wide = explore_plot(lambda axes, on: None, figsize=(14, 5), on=True)
    assert pixels(wide.still).shape[1] <= 1000


def test_captions_are_escaped():
    panel = explore(lambda on: (np.eye(3), '<img src="x" onerror="alert(1)"> & more'), on=True)
    assert "<img" not in panel.caption.value
    assert '<img src="x" onerror="alert(1)"> & more' in html.unescape(panel.caption.value)


def test_a_row_of_pictures_of_different_heights_stands_on_white():
    black, dark = np.zeros((250, 250), np.uint8), np.full((300, 260, 3), 60, np.uint8)
    row = pixels(explore(lambda on: [black, dark], on=True).picture.value)
    assert row.shape == (302, 252 + sheets.GAP + 262, 3)
    assert (row[1:251, 1:251] == 0).all()
    assert (row[252:, :252] == 255).all()
    assert (row[:, 252 : 252 + sheets.GAP] == 255).all()
    assert (row[1:-1, -261:-1] == 60).all()


def test_a_white_picture_has_a_visible_edge():
    framed = pixels(explore(lambda on: np.ones((240, 240)), on=True).picture.value)
    assert (inside(explore(lambda on: np.ones((240, 240)), on=True).picture.value) == 255).all()
    for edge in (framed[0], framed[-1], framed[:, 0], framed[:, -1]):
        assert (edge == sheets.FRAME).all()
    assert sheets.FRAME < 200


@given(
    arrays.arrays(
        st.sampled_from([np.bool_, np.uint8]),
        arrays.array_shapes(min_dims=2, max_dims=2, max_side=6),
    ),
    st.booleans(),
)
def test_a_tiny_picture_is_enlarged_to_squares(image, as_float):
    shown = image / 255 if as_float and image.dtype == np.uint8 else image
    drawn = inside(sheets.encode(sliders._frame(shown)[0], ".png"))
    zoom = 240 // max(image.shape)
    assert drawn.shape == (zoom * image.shape[0], zoom * image.shape[1], 3)
    levels = image * np.uint8(255) if image.dtype == np.bool_ else image
    np.testing.assert_array_equal(drawn[::zoom, ::zoom, 0], levels)
    np.testing.assert_array_equal(drawn[zoom - 1 :: zoom, zoom - 1 :: zoom, 2], levels)


def test_colours_keep_their_order():
    red = np.zeros((300, 300, 3))
    red[..., 0] = 1
    panel = explore(lambda on: red, on=True)
    np.testing.assert_array_equal(inside(panel.picture.value)[0, 0], [255, 0, 0])
    sheet = pixels(panel.still)
    assert sheet[100, 100, 0] > 240
    assert sheet[100, 100, 2] < 15


def test_render_may_return_a_view_that_the_engine_does_not_change():
    image = np.arange(64, dtype=np.uint8).reshape(8, 8)
    before = image.copy()
    panel = explore(lambda step: image[::step, ::-1], step=(1, 3, 1))
    panel.controls["step"].value = 3
    np.testing.assert_array_equal(image, before)
    assert re.fullmatch("(step .\n?){3}", panel.summary)


def test_words_for_a_picture_stand_before_the_settings_of_its_still():
    panel = explore(grey, level=(0, 200, 50), alt="A flat picture, lighter with the level.")
    kind, data, metadata = bundle(panel)
    words = metadata[kind]["alt"].splitlines()
    assert words[0] == "A flat picture, lighter with the level."
    assert words[1:] == data["text/plain"].splitlines() == panel.summary.splitlines()
    assert f">{words[0]}<" in panel.words.value
    assert panel.children.index(panel.words) + 1 == panel.children.index(panel.picture)
    assert panel.picture.tooltip is None  # JupyterLab shows no image that has one
    bare = explore_plot(line, slope=(0, 10, 1))
    kind, data, metadata = bundle(bare)
    assert metadata[kind]["alt"] == data["text/plain"]
    assert bare.words not in bare.children
    assert bare.name == "line"
