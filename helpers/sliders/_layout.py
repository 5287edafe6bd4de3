"""Where the axes of an explorer stand: worked out at its first drawings, and kept after them."""

from contextlib import contextmanager

SIDES = ("left", "center", "right")  # where a title may stand


class LayoutKeeper:
    """Give a figure the places that its axes had when labels of the same length stood there.

    To fit axes between their labels takes a third of the time of a drawing. Only the first
    drawings, the start and the still of an explorer, are remembered, so that what a setting
    looks like never depends on the way that led to it.
    """

    def __init__(self, figure, drawings):
        self.figure, self.left, self.places = figure, drawings, {}

    @contextmanager
    def __call__(self):
        """Draw inside of this: with the places that are known, or with a fresh layout."""
        form = _form(self.figure)
        places = self.places.get(form) if self.left <= 0 else None
        if places:
            self.figure.set_layout_engine("none")
            for axes, place in zip(self.figure.axes, places, strict=True):
                axes.set_position(place)
        try:
            yield
        finally:
            self.figure.set_layout_engine("constrained")
        if self.left > 0:
            kept = [axes.get_position(original=True) for axes in self.figure.axes]
            self.places.setdefault(form, kept)  # of the start, to which one comes back
        self.left -= 1


def _form(figure):
    """Return what a layout depends on: which texts stand around the axes, and how long they are."""
    return tuple(_around(axes) for axes in figure.axes)


def _around(axes):
    legend = axes.get_legend()
    inside = [text.get_text() for text in legend.get_texts()] if legend else []
    ticks = [label.get_text() for label in axes.get_yticklabels()]
    below = [label.get_text() for label in axes.get_xticklabels()]
    lines = [axes.get_title(loc).count("\n") + bool(axes.get_title(loc)) for loc in SIDES]
    labels = bool(axes.get_xlabel()), bool(axes.get_ylabel())
    return *lines, *labels, _longest(ticks), _longest(below), _longest(inside)


def _longest(texts):
    return max(map(len, texts), default=0)
