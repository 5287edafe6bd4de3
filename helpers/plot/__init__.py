"""Arrays in, Axes out: draws, computes nothing, never calls `plt.show`."""

from helpers.plot._chances import plot_intervals, plot_roc, show_people
from helpers.plot._describe import Pictures, describe, save_figure
from helpers.plot._pixels import plot_histogram, show_images, show_values
from helpers.plot._style import (
    BLACK,
    BLUE,
    CHANNELS,
    GREEN,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    YELLOW,
    use_style,
)

__all__ = [
    "BLACK",
    "BLUE",
    "CHANNELS",
    "GREEN",
    "ORANGE",
    "PURPLE",
    "RED",
    "SKY",
    "YELLOW",
    "Pictures",
    "describe",
    "plot_histogram",
    "plot_intervals",
    "plot_roc",
    "save_figure",
    "show_images",
    "show_people",
    "show_values",
    "use_style",
]
