"""The colours of the course, and the look that its figures share."""

import matplotlib.pyplot as plt

# Okabe and Ito (2008): told apart with every common colour vision, and in print.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, BLACK = (
    *("#0072B2", "#E69F00", "#009E73", "#D55E00"),
    *("#CC79A7", "#56B4E9", "#F0E442", "#000000"),
)
CHANNELS = (RED, GREEN, BLUE)


def use_style():
    """Set the look that all figures of the course share."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, RED, PURPLE, SKY]),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlesize": 11,
            "figure.constrained_layout.use": True,
            "figure.dpi": 80,
            "figure.figsize": (7.0, 3.2),
            "font.size": 10.5,
            "image.cmap": "gray",
            "image.interpolation": "nearest",
            "lines.linewidth": 2,
        }
    )
