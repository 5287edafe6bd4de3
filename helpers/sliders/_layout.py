"""Where the axes of an explorer stand: worked out at its first drawings, and kept after them."""

from contextlib import contextmanager

SIDES = ("left", "center", "right")  # where a title may stand


class LayoutKeeper:
    """Give a figure the places that its axes had when labels of the same length stood there.

    To fit axes between their labels takes a third of the time of a drawing. Only the first
    drawings, the start and the still of an explorer, are remembered, so that what a setting
    looks like never depends on the way that led to it.
    """

    def __init__(self, drawings):
        self.left, self.places = drawings, {}

    @contextmanager
    def __call__(self, figure):
        """Draw a figure inside of this: with the places that are known, or with a fresh layout."""
        form = _form(figure)
        if self.left <= 0 and form in self.places:
            figure.set_layout_engine("none")
            for axes, place in zip(figure.axes, self.places[form], strict=True):
                axes.set_position(place)
        yield
        if self.left > 0:
            kept = [axes.get_position(original=True) for axes in figure.axes]
            self.places.setdefault(form, kept)  # of the start, to which one comes back
        self.left -= 1


def _form(figure):
    """Return what a layout depends on: which texts stand around the axes, and how long they are."""
    return tuple(_around(axes) for axes in figure.axes)


def _around(axes):
    legend = axes.get_legend()
    inside = [text.get_text() for text in legend.get_texts()] if legend else []
    ticks, below = map(_labels, (axes.yaxis, axes.xaxis))
    lines = [axes.get_title(loc).count("\n") + bool(axes.get_title(loc)) for loc in SIDES]
    labels = bool(axes.get_xlabel()), bool(axes.get_ylabel())
    return *lines, *labels, _longest(ticks), _longest(below), _longest(inside)


def _labels(axis):
    """Return what stands at the ticks; to ask for their labels would make the ticks twice."""
    return map(str, axis.get_major_formatter().format_ticks(axis.get_majorticklocs()))


def _longest(texts):
    return max(map(len, texts), default=0)
