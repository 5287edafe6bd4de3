"""What a panel records for pages without a kernel: each setting, its frame and its caption."""

import itertools
import json
import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from helpers import sheets, sliders
from helpers.sliders import explore, explore_plot

LOSS = 4  # grey levels: mean difference to the live picture that WebP may make in a photograph


def grey(level=0, **_):
    return np.full((20, 30), level, dtype=np.uint8), f"level {level}"


def pixels(encoded):
    return cv2.imdecode(np.frombuffer(encoded, dtype=np.uint8), cv2.IMREAD_COLOR)[..., ::-1]


def recorded(panel, folder, **bounds):
    return json.loads((panel.record(folder, **bounds) / "explorer.json").read_text())


def settings(explorer):
    return list(itertools.product(*(range(len(c["values"])) for c in explorer["controls"])))


def live(panel, values):
    """Move the live controls and return the picture and the caption that they give."""
    for control, value in zip(panel.controls.values(), values, strict=True):
        control.value = value
    assert panel.problem.value == ""
    said = panel.caption.value.removeprefix('<div role="status">').removesuffix("</div>")
    return pixels(panel.picture.value), said


def compare_with_live(panel, folder, values, loss):
    """Compare each recorded setting with the live panel; `values` lists those of each control."""
    explorer = recorded(panel, folder)
    places = settings(explorer)
    assert len(explorer["index"]) == len(explorer["caption"]) == len(places)
    for number, place in enumerate(places):
        picture, said = live(panel, [values[k][i] for k, i in enumerate(place)])
        stored = pixels((folder / explorer["frames"][explorer["index"][number]]).read_bytes())
        assert stored.shape == picture.shape
        assert np.abs(stored.astype(int) - picture).mean() <= loss
        assert explorer["captions"][explorer["caption"][number]] == said


def test_every_setting_of_a_plot_is_recorded_without_loss(tmp_path):
    def draw(axes, slope, colour, dashed):
        axes.plot([0, 1], [0, slope], "--" if dashed else "-", color=colour)
        axes.set_ylim(0, 4)
        return f"{colour}, slope {slope}, {dashed}"

    panel = explore_plot(draw, slope=(0, 4, 1), colour=["red", "blue"], dashed=False)
    values = [range(5), ["red", "blue"], [False, True]]
    compare_with_live(panel, tmp_path / "0", values, loss=0)


def test_every_setting_of_a_photograph_is_recorded_with_little_loss(tmp_path):
    rng = np.random.default_rng(0)
    photo = cv2.GaussianBlur(rng.random((240, 320, 3)), (0, 0), 3)
    photo = np.clip((photo - 0.5) * 4 + 0.5, 0, 1)

    def draw(power, mirrored):
        shown = photo**power
        return [shown, shown[:, ::-1] if mirrored else shown], f"power {power:.2f}"

    panel = explore(draw, power=(0.5, 2.0, 0.5), mirrored=True)
    compare_with_live(panel, tmp_path / "0", [[0.5, 1.0, 1.5, 2.0], [False, True]], loss=LOSS)
    assert any(path.stat().st_size < 20_000 for path in (tmp_path / "0").glob("*.webp"))


def test_controls_are_described_as_they_are_shown(tmp_path):
    panel = explore(
        grey, level=(0, 6, 2, 4), my_share=(0.0, 1.0, 0.25), kind=["box", "disc"], on=True
    )
    explorer = recorded(panel, tmp_path)
    assert explorer["controls"] == [
        {"name": "level", "label": "level", "kind": "slider", "values": ["0", "2", "4", "6"]},
        {"name": "my_share", "label": "my share", "kind": "slider",
         "values": ["0.00", "0.25", "0.50", "0.75", "1.00"]},
        {"name": "kind", "label": "kind", "kind": "select", "values": ["box", "disc"]},
        {"name": "on", "label": "on", "kind": "checkbox", "values": ["no", "yes"]},
    ]  # fmt: skip
    assert explorer["start"] == [2, 2, 0, 1]
    assert explorer["thinned"] is False


def test_equal_frames_and_captions_are_stored_once(tmp_path):
    def draw(level, unused):
        return grey(level // 2)[0], "same" if unused else "other"

    explorer = recorded(explore(draw, level=(0, 5, 1), unused=True), tmp_path)
    assert explorer["index"] == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert explorer["frames"] == ["0.webp", "1.webp", "2.webp"]
    assert sorted(path.name for path in tmp_path.glob("*.webp")) == explorer["frames"]
    assert explorer["captions"] == ["other", "same"]
    assert explorer["caption"] == [0, 1] * 6


def test_frames_of_several_sizes_have_room(tmp_path):
    panel = explore(lambda n: np.ones((n, 500 - n)), n=(240, 300, 60), still=[{"n": 240}])
    explorer = recorded(panel, tmp_path)
    assert explorer["size"] == [302, 262]
    assert recorded(explore(grey, alt="A <flat> picture.", level=(0, 1, 1)), tmp_path)["alt"] == (
        "A <flat> picture."
    )


@trials(max_examples=40)
@given(
    low=st.integers(-20, 20),
    steps=st.integers(2, 300),
    step=st.integers(1, 5),
    most=st.integers(6, 40),
    data=st.data(),
)
def test_thinning_keeps_ends_and_start_evenly_and_within_its_bound(
    tmp_path_factory, low, steps, step, most, data
):
    start = data.draw(st.integers(low, low + steps * step))
    wanted = (low, low + steps * step, step, start)
    panel = explore(lambda level, kind: grey(0)[0], level=wanted, kind=["a", "b"])
    explorer = recorded(panel, tmp_path_factory.mktemp("thin"), most_settings=most)
    values = [int(text) for text in explorer["controls"][0]["values"]]
    assert len(explorer["controls"][1]["values"]) == 2  # menus keep all
    assert values == sorted(set(values))
    assert values[0] == low
    assert values[-1] == low + steps * step
    assert values[explorer["start"][0]] == start
    assert len(explorer["index"]) <= max(most, 6)
    places = sorted({*range(low, low + steps * step + 1, step), start})
    gaps = np.diff([places.index(value) for value in values])
    assert len(set(gaps[1:-1])) <= 1  # even between the ends
    if len(gaps) > 2:
        assert max(gaps[0], gaps[-1]) <= gaps[1]


def test_the_longest_slider_is_thinned_first(tmp_path):
    panel = explore(lambda **_: grey(0)[0], a=(0, 100, 1), b=(0, 9, 1), on=True)
    explorer = recorded(panel, tmp_path, most_settings=200)
    counts = [len(control["values"]) for control in explorer["controls"]]
    assert counts[1:] == [10, 2]
    assert math.prod(counts) <= 200
    assert explorer["thinned"] is True


def noisy(level):
    return np.random.default_rng(level).integers(0, 256, (60, 60, 3), dtype=np.uint8)


@pytest.mark.parametrize("most", [60_000, 120_000, 240_000])
def test_frames_stay_under_their_bytes(tmp_path, most):
    explorer = recorded(explore(noisy, level=(0, 40, 1)), tmp_path, most_bytes=most)
    used = sum(path.stat().st_size for path in tmp_path.glob("*.webp"))
    assert most / 4 < used <= most
    values = [int(text) for text in explorer["controls"][0]["values"]]
    assert {0, 20, 40} <= set(values)
    assert len(values) < 41


def test_an_explorer_that_cannot_be_small_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"`most_bytes` must be at least \d+; got 1000\."):
        explore(noisy, level=(0, 40, 1)).record(tmp_path, most_bytes=1000)


def test_a_setting_that_cannot_be_drawn_is_named(tmp_path):
    panel = explore(lambda level: grey(60 // (3 - level)), still=[{"level": 0}], level=(0, 4, 1, 1))
    with pytest.raises(ZeroDivisionError) as caught:
        panel.record(tmp_path)
    assert caught.value.__notes__ == ["The explorer was drawn at {'level': 3}."]
    assert not list(tmp_path.iterdir())


def test_recording_leaves_the_panel_alone(tmp_path):
    panel = explore(grey, level=(0, 9, 1, 7))
    before = bytes(panel.picture.value), panel.caption.value
    panel.record(tmp_path)
    assert (bytes(panel.picture.value), panel.caption.value) == before
    assert panel.controls["level"].value == 7


def test_a_panel_is_recorded_only_where_that_is_asked(tmp_path, monkeypatch):
    monkeypatch.delenv(sliders.RECORDINGS, raising=False)
    assert sliders.EXPLORER not in explore(grey, level=(0, 3, 1))._repr_mimebundle_()[0]
    monkeypatch.setenv(sliders.RECORDINGS, str(tmp_path / "frames"))
    panels = [explore(grey, level=(0, 3, 1)) for _ in range(2)]
    shown = [panel._repr_mimebundle_()[0][sliders.EXPLORER] for panel in panels]
    assert shown == ["0", "1"]
    assert {path.name for path in (tmp_path / "frames/1").iterdir()} >= {"explorer.json", "0.webp"}
    assert pixels((tmp_path / "frames/1/0.webp").read_bytes())[0, 0, 0] == sheets.FRAME
