"""The figure that stands ready for the next plot: used in a kernel, and never seen in pictures."""

import asyncio

import cv2
import matplotlib
import numpy as np
import pytest

from helpers import sheets
from helpers.sliders import _figures, explore, explore_plot

PAUSE = 10 * _figures.PAUSE


def few_ticks(axes, size):
    axes.plot([0, size], [0, 1])
    axes.set_yticks([0, 1], ["no", "yes"], rotation=30)


def on_a_log_scale(axes, size):
    axes.loglog([1, 10.0**size], [1, 2])
    axes.tick_params(axis="both", which="both", colors="red", labelsize=7)
    axes.grid(True)


def two_kinds(axes, size):
    axes[0].bar(["a", "b", "c"], [size, 1, 2])
    axes[1].imshow(np.eye(5) * size, vmin=0, vmax=9)
    axes[1].set_axis_off()


def drawn(panel, value):
    panel.controls["size"].value = value
    return panel.picture.value


@pytest.fixture
def made(monkeypatch):
    """Count the figures that are made."""
    done, make = [], _figures.SpareFigure._make
    monkeypatch.setattr(_figures.SpareFigure, "_make", lambda self: done.append(1) or make(self))
    return done


async def in_a_kernel(panel, values):
    """Return the pictures at some values, with time for the next figure after each of them."""
    seen = []
    for value in values:
        seen.append(drawn(panel, value))
        await asyncio.sleep(PAUSE)
    return seen


@pytest.mark.parametrize(("draw", "columns"), [(few_ticks, 1), (on_a_log_scale, 1), (two_kinds, 2)])
def test_a_picture_is_the_same_in_a_figure_that_stood_ready(draw, columns, made):
    panel = explore_plot(draw, size=(1, 9, 1), columns=columns)
    alone = [drawn(panel, value) for value in (2, 9, 3)]
    assert asyncio.run(in_a_kernel(panel, (2, 9, 3))) == alone
    before = len(made)
    panel.controls["size"].value = 4
    assert len(made) == before  # it took the one that was left


def test_a_figure_that_stood_ready_is_taken_once(made):
    panel = explore_plot(few_ticks, size=(1, 9, 1))
    asyncio.run(in_a_kernel(panel, [2]))
    before = len(made)
    drawn(panel, 3), drawn(panel, 4)
    assert len(made) == before + 1


def test_a_new_style_does_not_meet_a_figure_of_the_old_one():
    with matplotlib.rc_context({"axes.facecolor": "yellow"}):
        wanted = drawn(explore_plot(few_ticks, size=(1, 9, 1)), 3)
    panel = explore_plot(few_ticks, size=(1, 9, 1))
    asyncio.run(in_a_kernel(panel, [2]))
    with matplotlib.rc_context({"axes.facecolor": "yellow"}):
        assert drawn(panel, 3) == wanted


@pytest.mark.parametrize(("shown", "channels"), [("grey", 1), ("one pixel", 3)])
def test_a_grey_picture_is_sent_in_one_channel(shown, channels):
    picture = np.random.default_rng(1).integers(0, 256, (300, 400), dtype=np.uint8)
    if shown == "one pixel":
        picture = np.stack([picture] * 3, axis=-1)
        picture[7, 9, 2] ^= 1
    panel = explore(lambda size: picture[size:], size=(0, 9, 1))
    content = np.frombuffer(panel.picture.value, np.uint8)
    read = cv2.imdecode(content, cv2.IMREAD_UNCHANGED)
    assert read.ndim == (2 if channels == 1 else 3)
    whole = cv2.imdecode(content, cv2.IMREAD_COLOR_RGB)
    size = panel.controls["size"].value
    assert (whole == sheets.as_rgb(picture[size:])).all()
