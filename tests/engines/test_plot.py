"""Figures: what is drawn, on which scale, and that nothing is changed or shown."""

import base64
import itertools

import cv2
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from skimage.color import deltaE_ciede2000, rgb2lab

from helpers import plot

GREY = np.arange(48, dtype=np.uint8).reshape(6, 8)
# Machado et al. (2009), severity 1, on linear light: what somebody without one cone type sees.
PROTAN = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
]
DEUTAN = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
]


@pytest.fixture(autouse=True)
def clean_figures(monkeypatch):
    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("plt.show was called"))
    with mpl.rc_context():
        yield
    plt.close("all")


def test_pictures_share_one_scale_that_nothing_stretches():
    dim = np.full((4, 4), 0.3)
    axes = plot.show_images([dim, GREY], ["dim", "bytes"])
    assert [axis.images[0].get_clim() for axis in axes] == [(0, 1), (0, 255)]
    assert [axis.get_title() for axis in axes] == ["dim", "bytes"]
    np.testing.assert_array_equal(axes[1].images[0].get_array(), GREY)
    limited = plot.show_images([dim, dim - 1], limits=(-1, 1))
    assert [axis.images[0].get_clim() for axis in limited] == [(-1, 1), (-1, 1)]


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.float32, np.float64])
def test_a_grey_picture_of_any_dtype_shows_white_as_white(dtype):
    white = np.array([[0, 255 if dtype == np.uint8 else 1]], dtype=dtype)
    image = plot.show_images([white])[0].images[0]
    np.testing.assert_array_equal(image.to_rgba(image.get_array())[0, :, :3], [[0] * 3, [1] * 3])


def test_rows_and_columns_follow_the_number_of_pictures():
    axes = plot.show_images([GREY] * 5, columns=3)
    assert axes.shape == (5,)
    grid = axes[0].figure.axes
    assert len(grid) == 6
    assert [axis.axison for axis in grid] == [True] * 5 + [False]
    assert not any(axis.get_xticks().size or axis.get_yticks().size for axis in axes)
    assert len({axis.get_position().y0 for axis in axes}) == 2


@pytest.mark.parametrize(("content", "kind"), [("photograph", "jpeg"), ("drawing", "png")])
def test_a_figure_is_stored_once_in_the_smaller_encoding(monkeypatch, content, kind):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    noisy = np.random.default_rng(0).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    axes = plot.show_images([noisy if content == "photograph" else GREY])
    axes[0].figure._ipython_display_()
    (data,) = shown
    assert set(data) == {f"image/{kind}", "text/plain"}
    encoded = np.frombuffer(base64.b64decode(data[f"image/{kind}"]), dtype=np.uint8)
    assert cv2.imdecode(encoded, cv2.IMREAD_COLOR).std() > 0


def test_show_images_draws_on_given_axes():
    figure, given = plt.subplots(1, 2)
    axes = plot.show_images([GREY], ax=given)
    assert axes[0] is given[0]
    assert plt.get_fignums() == [figure.number]
    alone = plot.show_images([GREY], ax=given[1])
    assert alone[0] is given[1]


def test_values_are_written_in_their_squares_and_stay_legible():
    image = np.array([[0, 255], [127, 128]], dtype=np.uint8)
    axes = plot.show_values(image, "tiny")
    written = {text.get_position(): (text.get_text(), text.get_color()) for text in axes.texts}
    assert written == {
        (0, 0): ("0", "white"),
        (1, 0): ("255", "black"),
        (0, 1): ("127", "white"),
        (1, 1): ("128", "black"),
    }
    assert (axes.get_title(), axes.get_xlabel(), axes.get_ylabel()) == ("tiny", "column", "row")
    assert list(axes.get_yticks()) == [0, 1]


def test_a_part_of_a_picture_keeps_its_row_and_column_numbers():
    axes = plot.show_values(np.zeros((2, 3)), first=(90, 168))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["90", "91"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["168", "169", "170"]


def test_values_of_floats_masks_and_signed_numbers():
    def texts(image, **options):
        return [text.get_text() for text in plot.show_values(np.array(image), **options).texts]

    assert texts([[0.123456, 1.0]]) == ["0.12", "1"]
    assert texts([[True, False]]) == ["True", "False"]
    signed = plot.show_values(np.array([[-4, 4]]), limits=(-4, 4))
    assert [text.get_color() for text in signed.texts] == ["white", "black"]
    _, given = plt.subplots()
    assert plot.show_values(GREY, ax=given) is given


@pytest.mark.parametrize("colour", [False, True])
def test_the_histogram_counts_every_level(colour):
    image = np.random.default_rng(0).integers(0, 256, (9, 11, 3), dtype=np.uint8)
    image = image if colour else image[..., 0]
    axes = plot.plot_histogram(image, "levels")
    channels = np.moveaxis(image, -1, 0) if colour else [image]
    assert len(axes.lines) == len(channels)
    for line, channel in zip(axes.lines, channels, strict=True):
        expected, _ = np.histogram(channel, bins=256, range=(0, 256))
        np.testing.assert_array_equal(line.get_xdata(), np.arange(256))
        np.testing.assert_array_equal(line.get_ydata(), expected)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("level", "pixels")
    legend = axes.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    assert names == (["red", "green", "blue"] if colour else [])
    _, given = plt.subplots()
    assert plot.plot_histogram(image, ax=given) is given


@pytest.mark.parametrize(
    "draw",
    [lambda image: plot.show_images([image]), plot.show_values, plot.plot_histogram],
    ids=["show_images", "show_values", "plot_histogram"],
)
def test_drawing_changes_no_input(draw):
    image = GREY.copy()
    image.flags.writeable = False
    draw(image[::2, ::-1])
    np.testing.assert_array_equal(image, GREY)


def test_the_style_sets_the_colours_and_a_grey_map():
    plot.use_style()
    assert mpl.rcParams["image.cmap"] == "gray"
    assert mpl.rcParams["image.interpolation"] == "nearest"
    _, axes = plt.subplots()
    assert axes.plot([1, 2])[0].get_color() == plot.BLUE


def _seen_by(matrix, colour):
    """Lab of a colour (sRGB decoded by IEC 61966-2-1) after losing one type of cone."""
    encoded = np.array(to_rgb(colour))
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.asarray(matrix) @ linear, 0, 1)
    again = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return rgb2lab(again)


@pytest.mark.parametrize("matrix", [np.eye(3), PROTAN, DEUTAN], ids=["all", "no red", "no green"])
@pytest.mark.parametrize("palette", [plot.CHANNELS, (plot.BLUE, plot.ORANGE, plot.GREEN, plot.RED)])
def test_colours_are_told_apart_by_every_common_colour_vision(matrix, palette):
    for one, other in itertools.combinations(palette, 2):
        assert deltaE_ciede2000(_seen_by(matrix, one), _seen_by(matrix, other)) > 10, (one, other)
