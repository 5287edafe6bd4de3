"""The slider engine: controls that redraw one picture, without flicker and without pyplot.

A panel shows pixels in an `ipywidgets.Image`. Where widgets cannot live (a page on the web, a
copy that has not been run) its still is shown instead: a contact sheet and one line a setting.
"""

import base64
import html
import time
from decimal import Decimal
from numbers import Real

import cv2
import ipywidgets as widgets
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.images import as_uint8

SLOW = 0.3  # seconds: above this a slider redraws when it is let go
FRAME = 178  # grey level of the line round a picture
GAP = 8  # pixels between the pictures of a row


class Panel(widgets.VBox):
    """Controls, one picture, a caption and a line for problems, with a still for dead pages.

    Attributes
    ----------
    controls : dict of name -> widget
    picture : ipywidgets.Image
    caption, problem : ipywidgets.HTML
    still : bytes of a PNG or JPEG
    summary : str, one line for each setting of the still
    """

    def __init__(self, render, controls, settings, sheet_width):
        self._render, self.controls = render, controls
        self.picture = widgets.Image(
            format="png", layout={"max_width": "100%", "align_self": "flex-start"}
        )
        self.caption, self.problem = widgets.HTML(), widgets.HTML()
        self._show(*_frame(render(**self._values())))
        started = time.perf_counter()  # the first drawing also loads fonts: time the next ones
        self.still, self.summary = self._contact_sheet(settings, sheet_width)
        self._when_slow((time.perf_counter() - started) / len(settings))
        for control in controls.values():
            control.observe(self._update, "value")
        super().__init__([*controls.values(), self.picture, self.caption, self.problem])

    def _values(self):
        return {name: control.value for name, control in self.controls.items()}

    def _show(self, frame, text):
        self.picture.value = _encode(frame, ".png")
        self.caption.value = f'<div role="status">{html.escape(text)}</div>'

    def _update(self, _):
        try:
            self._show(*_frame(self._render(**self._values())))
            self.problem.value = ""
        except Exception as error:
            said = html.escape(f"{type(error).__name__}: {error}")
            self.problem.value = f'<pre role="alert">{said}</pre>'

    def _when_slow(self, seconds):
        for control in self.controls.values():
            if seconds > SLOW and hasattr(control, "continuous_update"):
                control.continuous_update = False

    def _contact_sheet(self, settings, sheet_width):
        frames, lines = [], []
        for setting in settings:
            frame, text = _frame(self._render(**self._values() | setting))
            label = ", ".join(f"{_label(name)} {value}" for name, value in setting.items())
            frames.append(_shrink(frame, sheet_width // len(settings), label))
            lines.append(f"{label}: {text}" if text else label)
        return _smaller_encoding(_row(frames)), "\n".join(lines)

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs)
        kind = "image/png" if self.still.startswith(b"\x89PNG") else "image/jpeg"
        data["text/plain"] = self.summary
        data[kind] = base64.b64encode(self.still).decode()
        return data, {kind: {"alt": self.summary}}


def explore(render, *, still=None, **controls):
    """Show the pictures that `render` returns, redrawn whenever a control moves.

    Parameters
    ----------
    render : callable
        Takes the controls by name. Returns a picture or a list of pictures (bool, uint8 or float
        in [0, 1], grey or RGB), or a pair of that and a caption.
    still : list of dicts, optional
        Settings of the contact sheet, such as ``[{"size": 3}, {"size": 9}]``. Default: low,
        middle and high of the first control.
    **controls
        One to four: ``(low, high, step)`` or ``(low, high, step, start)`` gives a slider, a list
        a drop-down, a bool a checkbox. The label is the name with its underscores as spaces.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If a control is none of these, or there are none or more than four.
    """
    return _panel(render, controls, still, count=3, sheet_width=960)


def explore_plot(draw, *, columns=1, figsize=(7.0, 3.4), still=None, **controls):
    """Show a figure that `draw` fills, redrawn whenever a control moves.

    Parameters
    ----------
    draw : callable
        Takes an empty `Axes` (a list of them if `columns` > 1), then the controls by name; may
        return a caption. It draws on these axes only and calls nothing of pyplot: callbacks can
        run on another thread.
    columns : int
    figsize : (width, height) in inches, at 100 dots per inch
    still, **controls
        As for `explore`; the default still shows low and high of the first control.

    Returns
    -------
    Panel
    """
    figure = Figure(figsize=figsize, dpi=100, layout="constrained")
    canvas = FigureCanvasAgg(figure)

    def render(**values):
        figure.clear()
        axes = figure.subplots(1, columns)
        text = draw(axes if columns == 1 else list(axes), **values)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())[..., :3].copy(), text or ""

    return _panel(render, controls, still, count=2, sheet_width=960)


def _panel(render, specifications, still, *, count, sheet_width):
    if not 1 <= len(specifications) <= 4:
        raise ValueError(f"`controls` must be one to four; got {len(specifications)}.")
    controls = {name: _control(name, wanted) for name, wanted in specifications.items()}
    first = next(iter(controls))
    settings = still or [
        {first: v} for v in _typical(controls[first], specifications[first], count)
    ]
    return Panel(render, controls, settings, sheet_width)


def _control(name, wanted):
    """Make the widget that the abbreviation `wanted` stands for."""
    look = {
        "description": _label(name),
        "style": {"description_width": "9em"},
        "layout": {"width": "min(100%, 34em)"},
    }
    if isinstance(wanted, bool):
        return widgets.Checkbox(value=wanted, indent=True, **look)
    if isinstance(wanted, list) and wanted:
        return widgets.Dropdown(options=wanted, **look)
    low, high, step, *start = wanted if _is_range(wanted) else (0, 0, 0)
    if not (low < high and step > 0 and all(low <= number <= high for number in start)):
        raise ValueError(
            f"`{name}` must be (low, high, step) or (low, high, step, start) with low < high, "
            f"a list or a bool; got {wanted}."
        )
    if all(isinstance(number, int | np.integer) for number in wanted):
        slider, shown = widgets.IntSlider, {}
    else:
        decimals = max(_decimals(number) for number in (low, step, *start))
        slider, shown = widgets.FloatSlider, {"readout_format": f".{decimals}f"}
        start = start or [round(low + round((high - low) / step) // 2 * step, decimals)]
    start = start[0] if start else low + (high - low) // step // 2 * step
    return slider(value=start, min=low, max=high, step=step, **shown, **look)


def _is_range(wanted):
    numbers = isinstance(wanted, tuple) and all(isinstance(part, Real) for part in wanted)
    return numbers and len(wanted) in (3, 4)


def _typical(control, wanted, count):
    """Choose the settings of a still: the ends, and the start between them if `count` is 3."""
    if isinstance(wanted, bool):
        return [False, True]
    if isinstance(wanted, list):
        return wanted[:count]
    low, high = wanted[:2]
    return [low, control.value, high] if count == 3 else [low, high]


def _label(name):
    return name.replace("_", " ")


def _decimals(number):
    """Count the digits after the point that `number` needs, as 2 for 0.25."""
    return max(0, -Decimal(str(float(number))).normalize().as_tuple().exponent)


def _frame(result):
    """Turn what `render` returned into one RGB picture and a caption."""
    pictures, text = result if isinstance(result, tuple) and len(result) == 2 else (result, "")
    if isinstance(pictures, tuple) or not isinstance(text, str):
        raise TypeError("`render` must return a picture, a list of them, or (that, caption).")
    pictures = pictures if isinstance(pictures, list) else [pictures]
    return _row([_as_rgb(picture) for picture in pictures]), text


def _as_rgb(picture):
    pixels = as_uint8(picture)
    pixels = pixels if pixels.ndim == 3 else np.stack([pixels] * 3, axis=-1)
    zoom = max(1, 240 // max(pixels.shape[:2]))  # a tiny picture shows its pixels as squares
    pixels = pixels.repeat(zoom, axis=0).repeat(zoom, axis=1)
    frame = ((1, 1), (1, 1), (0, 0))  # white on a white page needs one
    return np.pad(pixels, frame, constant_values=FRAME)


def _row(pictures):
    """Put pictures side by side, on white, with a gap."""
    height = max(picture.shape[0] for picture in pictures)
    parts = []
    for picture in pictures:
        below = height - picture.shape[0]
        parts.append(np.pad(picture, ((0, below), (0, GAP), (0, 0)), constant_values=255))
    return np.hstack(parts)[:, :-GAP]


def _shrink(frame, width, label):
    """Fit a frame into `width` pixels and write its setting above it."""
    scale = min(1.0, (width - GAP) / frame.shape[1])
    size = [max(1, round(scale * length)) for length in frame.shape[1::-1]]
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    strip = np.full((20, small.shape[1], 3), 255, dtype=np.uint8)
    cv2.putText(strip, label, (2, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (40, 40, 40), 1, cv2.LINE_AA)
    return np.vstack([strip, small])


def _encode(frame, ending, options=()):
    return cv2.imencode(ending, frame[..., ::-1], options)[1].tobytes()


def _smaller_encoding(frame):
    """Photographs are smaller as JPEG, drawings as PNG."""
    drawing = _encode(frame, ".png", (cv2.IMWRITE_PNG_COMPRESSION, 9))
    photograph = _encode(frame, ".jpg", (cv2.IMWRITE_JPEG_QUALITY, 85))
    return min(drawing, photograph, key=len)
