"""Figures with a text for readers who do not see them.

JupyterLab ignores the `alt` of a picture's metadata, which exports read, but shows HTML as it is.
So a figure is an `<img>` in a live session, and a picture with metadata where it is stored.
"""

import base64
import html
import os
from functools import partial
from io import BytesIO

import numpy as np
from matplotlib.figure import Figure

SHORTEST = 20  # characters
SESSION = "JPY_SESSION_NAME"  # Jupyter's server sets it for the kernels of open notebooks


class Pictures(Figure):
    """A figure that a notebook stores as JPEG or PNG, whichever is smaller."""

    def _ipython_display_(self):
        from IPython.display import display  # only IPython calls this method

        kind, encoded = _smaller_encoding(self)
        alt, plain = getattr(self, "alt", ""), repr(self)
        if alt and SESSION in os.environ:
            tag = f'<img alt="{html.escape(alt)}" src="data:{kind};base64,{encoded}">'
            display({"text/html": tag, "text/plain": plain}, raw=True)
        else:
            metadata = {kind: {"alt": alt}} if alt else {}
            display({kind: encoded, "text/plain": plain}, metadata=metadata, raw=True)


def describe(drawn, alt):
    """Give a figure a text that says what is seen, read aloud in place of the picture.

    Parameters
    ----------
    drawn : Axes, array of Axes or Figure
        What a function of this module returned, or what the figure was drawn on.
    alt : str
        The kind of picture and what it shows, such as "Line: the error falls until a window of
        five pixels, then rises." At least 20 characters; numbers must be printed or written too.

    Raises
    ------
    ValueError
        If `alt` is shorter.
    """
    if len(alt.strip()) < SHORTEST:
        raise ValueError(f"`alt` must have at least {SHORTEST} characters; got {alt!r}.")
    first = drawn if isinstance(drawn, Figure) else np.ravel(drawn)[0]
    figure = first.get_figure(root=True)
    figure.alt = " ".join(alt.split())
    figure._ipython_display_ = partial(Pictures._ipython_display_, figure)


def save_figure(figure, path, *, dpi=150):
    """Write a figure that was shown, with the places that its parts have, so the same each time.

    Parameters
    ----------
    figure : Figure
    path : str or Path, with an ending such as .png
    dpi : int, dots per inch
    """
    figure.set_layout_engine("none")  # it would move the parts a little at each drawing
    figure.savefig(path, dpi=dpi)


def _smaller_encoding(figure):
    """Return the kind and the base64 text of a picture of the figure."""
    encoded = {}
    for kind, options in (("jpeg", {"quality": 85}), ("png", {"optimize": True})):
        buffer = BytesIO()
        figure.savefig(buffer, format=kind, bbox_inches="tight", pil_kwargs=options)
        encoded[f"image/{kind}"] = base64.b64encode(buffer.getvalue()).decode()
    return min(encoded.items(), key=lambda item: len(item[1]))
