"""Empty figures for the plots under sliders, made while nobody waits for them."""

import asyncio

from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

PAUSE = 0.01  # seconds that the picture just drawn has to leave the kernel


class SpareFigure:
    """Give an empty figure for each drawing; in a kernel the next one stands ready.

    To make axes and their ticks takes nearly half the time of a drawing. A kernel does it after
    it has sent a picture, so that it does not lie between a key and what that key draws.
    """

    def __init__(self, columns, figsize):
        self._columns, self._figsize = columns, figsize
        self._spare = self._style = None

    def take(self):
        """Return a figure that nobody has drawn into, and its axes."""
        spare, self._spare = self._spare, None
        return spare if spare and self._style == _style() else self._make()

    def prepare(self, drawn):
        """Make the next figure soon, with as many ticks as `drawn` has; only in a kernel."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        loop.call_later(PAUSE, self._fill, drawn)

    def _make(self):
        figure = Figure(figsize=self._figsize, dpi=100, layout="constrained")
        FigureCanvasAgg(figure)
        return figure, figure.subplots(1, self._columns, squeeze=False)[0]

    def _fill(self, drawn):
        if self._spare is None:
            self._spare, self._style = self._make(), _style()
            for empty, full in zip(self._spare[1], drawn.axes, strict=False):
                empty.xaxis.get_major_ticks(len(full.xaxis.get_majorticklocs()))
                empty.yaxis.get_major_ticks(len(full.yaxis.get_majorticklocs()))


def _style():
    return dict.copy(rcParams)  # the plain copy, in microseconds, of what is set now
