"""The slider engine: controls that redraw one picture, without flicker and without pyplot.

A panel shows pixels in an `ipywidgets.Image`. Where widgets cannot live (a page on the web, a
copy that has not been run) its still is shown instead: a contact sheet and one line a setting.
"""

import base64
import gc
import html
import os
import time
from functools import cache, wraps
from pathlib import Path

import ipywidgets as widgets

from helpers import sheets
from helpers.sliders._controls import label_of, make_control, typical
from helpers.sliders._figures import SpareFigure
from helpers.sliders._file_picker import FilePicker, pick_file
from helpers.sliders._layout import LayoutKeeper
from helpers.sliders._recording import record

__all__ = ["EXPLORER", "RECORDINGS", "FilePicker", "Panel", "explore", "explore_plot", "pick_file"]

SHEET_WIDTH = 960  # pixels of a still
UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
SLOW = 0.3  # seconds: above this a slider redraws when it is let go
RECORDINGS = "COURSE_RECORDINGS"  # environment variable: the folder of a run that is recorded
EXPLORER = "application/vnd.course.explorer+json"  # in a recorded panel's output: its folder


class Panel(widgets.VBox):
    """Controls, one picture, a caption and a line for problems, with a still for dead pages.

    Attributes
    ----------
    controls : dict of name -> widget
    picture : ipywidgets.Image
    words, caption, problem : ipywidgets.HTML, the words for screen readers only
    name : str, of the function that draws
    still : bytes of a PNG or JPEG
    summary : str, one line for each setting of the still
    recorded : str or None, the folder of its recording in a run that is recorded
    """

    def __init__(self, render, controls, settings, alt):
        self._render, self.controls, self.name = render, controls, _name(render)
        self.recorded = None
        self.picture = widgets.Image(
            format="png", layout={"max_width": "100%", "align_self": "flex-start"}
        )
        self._alt = alt or ""  # an image widget has no `alt`, and breaks if it has a tooltip
        self.words = widgets.HTML(f'<div style="{UNSEEN}">{html.escape(self._alt)}</div>')
        self.caption, self.problem = widgets.HTML(), widgets.HTML()
        self._show(*_frame(render(**self._values())))
        started = time.perf_counter()  # the first drawing also loads fonts: time the next ones
        self.still, self.summary = self._contact_sheet(settings)
        self._when_slow((time.perf_counter() - started) / len(settings))
        for control in controls.values():
            control.observe(self._update, "value")
        _set_memory_aside()
        below = [self.picture, self.caption, self.problem]
        super().__init__([*controls.values(), *([self.words] if alt else []), *below])

    def _values(self):
        return {name: control.value for name, control in self.controls.items()}

    def _show(self, frame, text):
        self.picture.value = sheets.encode(sheets.grey_if_equal(frame), ".png")
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

    def _contact_sheet(self, settings):
        frames, lines = [], []
        for setting in settings:
            frame, text = _frame(self._render(**self._values() | setting))
            label = ", ".join(f"{label_of(name)} {value}" for name, value in setting.items())
            frames.append(sheets.shrink(frame, SHEET_WIDTH // len(settings), label))
            lines.append(f"{label}: {text}" if text else label)
        return sheets.smaller_encoding(sheets.row(frames)), "\n".join(lines)

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs)
        kind = "image/png" if self.still.startswith(b"\x89PNG") else "image/jpeg"
        data["text/plain"] = self.summary
        data[kind] = base64.b64encode(self.still).decode()
        if self.recorded:
            data[EXPLORER] = self.recorded
        return data, {kind: {"alt": f"{self._alt}\n{self.summary}".strip()}}

    def record(self, folder, **bounds):
        """Write what the panel shows at its settings, for pages without a kernel.

        Parameters
        ----------
        folder : Path
            Is made; holds WebP frames and ``explorer.json`` afterwards. That file has
            ``controls`` (name, label, kind, values as text), ``start`` (the place of each
            control's value), ``frames`` (file names), ``captions``, for each setting its number
            of a frame in ``index`` and of a caption in ``caption`` (the last control fastest),
            ``alt``, ``size`` (the largest height and width), and ``thinned``, whether a
            slider has fewer places than the live one.
        **bounds
            `most_bytes` of the frames and `most_settings`. Beyond them a slider keeps its ends,
            its start and every second step, every third and so on.

        Returns
        -------
        Path, `folder`

        Raises
        ------
        ValueError
            If even the ends and the start of each slider need more bytes.
        """
        record(
            lambda **values: _frame(self._render(**values)),
            self.controls,
            folder,
            alt=self._alt,
            **bounds,
        )
        return folder


def explore(render, *, still=None, alt=None, **controls):
    """Show the pictures that `render` returns, redrawn whenever a control moves.

    Parameters
    ----------
    render : callable
        Takes the controls by name. Returns a picture or a list of pictures (bool, uint8 or float
        in [0, 1], grey or RGB), or a pair of that and a caption.
    still : list of dicts, optional
        Settings of the contact sheet, such as ``[{"size": 3}, {"size": 9}]``. Default: low,
        middle and high of the first control.
    alt : str, optional
        What the pictures show, for readers who do not see them; the settings and captions of
        the still follow by themselves.
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
    return _panel(render, controls, still, alt, count=3)


def explore_plot(draw, *, columns=1, figsize=(7.0, 3.4), still=None, alt=None, **controls):
    """Show a figure that `draw` fills, redrawn whenever a control moves.

    Parameters
    ----------
    draw : callable
        Takes an empty `Axes` (a list of them if `columns` > 1), then the controls by name; may
        return a caption. It draws on these axes only and calls nothing of pyplot: callbacks can
        run on another thread.
    columns : int
    figsize : (width, height) in inches, at 100 dots per inch
    still, alt, **controls
        As for `explore`; the default still shows low and high of the first control.

    Returns
    -------
    Panel
    """
    keep_layout = LayoutKeeper(1 + len(still or [None, None]))
    spare = SpareFigure(columns, figsize)

    @wraps(draw)
    def render(**values):
        figure, axes = spare.take()
        text = draw(axes[0] if columns == 1 else list(axes), **values)
        with keep_layout(figure):
            figure.canvas.draw()
        spare.prepare(figure)
        return sheets.without_alpha(figure.canvas.buffer_rgba()), text or ""

    return _panel(render, controls, still, alt, count=2)


def _panel(render, specifications, still, alt, *, count):
    if not 1 <= len(specifications) <= 4:
        raise ValueError(f"`controls` must be one to four; got {len(specifications)}.")
    controls = {name: make_control(name, wanted) for name, wanted in specifications.items()}
    first = next(iter(controls))
    settings = still or [{first: v} for v in typical(controls[first], specifications[first], count)]
    panel = Panel(render, controls, settings, alt)
    if folder := os.environ.get(RECORDINGS):
        panel.recorded = panel.record(_next_folder(Path(folder))).name
    return panel


def _next_folder(folder):
    """Name the folder of the next panel: they are counted as they are made."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / str(len(list(folder.iterdir())))


def _name(function):
    return getattr(function, "__name__", type(function).__name__)


def _frame(result):
    """Turn what `render` returned into one RGB picture and a caption."""
    pictures, text = result if isinstance(result, tuple) and len(result) == 2 else (result, "")
    if isinstance(pictures, tuple) or not isinstance(text, str):
        raise TypeError("`render` must return a picture, a list of them, or (that, caption).")
    pictures = pictures if isinstance(pictures, list) else [pictures]
    return sheets.row([sheets.as_rgb(picture) for picture in pictures]), text


@cache
def _set_memory_aside():
    """Keep what lives now, modules above all, out of every later collection; do so once.

    A full collection looks at a million objects otherwise, in 0.1 s or more of a slider's time.
    """
    gc.collect()
    gc.freeze()
